-- The last line of each open application's ledger, so that the queue sees at once to which something has happened.
ALTER TABLE open_applications ADD COLUMN seq BIGINT NOT NULL DEFAULT 0;
UPDATE open_applications SET seq = (SELECT MAX(e.seq) FROM events e WHERE e.number = open_applications.number);
DROP TRIGGER events_open;
CREATE TRIGGER events_open AFTER INSERT ON events WHEN NEW.kind = 'submitted'
    BEGIN INSERT INTO open_applications (number, seq) VALUES (NEW.number, NEW.seq) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER events_last AFTER INSERT ON events
    BEGIN UPDATE open_applications SET seq = NEW.seq WHERE number = NEW.number; END;
