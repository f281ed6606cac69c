-- The last line of each open application's ledger, so that the queue sees at once to which something has happened.
ALTER TABLE open_applications ADD COLUMN seq BIGINT NOT NULL DEFAULT 0;
UPDATE open_applications SET seq = (SELECT MAX(e.seq) FROM events e WHERE e.number = open_applications.number);
CREATE OR REPLACE FUNCTION events_keep_open() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN
        IF NEW.kind = 'submitted' THEN
            INSERT INTO open_applications (number, seq) VALUES (NEW.number, NEW.seq) ON CONFLICT DO NOTHING;
        ELSIF NEW.kind IN ('handed-over', 'withdrawn') THEN
            DELETE FROM open_applications WHERE number = NEW.number;
        ELSE
            UPDATE open_applications SET seq = NEW.seq WHERE number = NEW.number;
        END IF;
        RETURN NULL;
    END $$;
DROP TRIGGER events_open ON events;
CREATE TRIGGER events_open AFTER INSERT ON events FOR EACH ROW EXECUTE FUNCTION events_keep_open();
