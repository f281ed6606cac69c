-- The desk in the browser: roles, who has a file open, and which files are open at all.

-- Accounts so far could do everything and go on doing so.
ALTER TABLE staff ADD COLUMN roles TEXT NOT NULL DEFAULT '';  -- words, as "front-office back-office"
ALTER TABLE staff ADD COLUMN agency TEXT NOT NULL DEFAULT ''; -- of the role "agency"
UPDATE staff SET roles = 'front-office back-office signer complaints head administrator';

-- Who looks at which file, told to others who do.
CREATE TABLE presence (
    number  TEXT NOT NULL REFERENCES applications (number),
    account TEXT NOT NULL REFERENCES staff (account),
    seen    BIGINT NOT NULL,
    PRIMARY KEY (number, account)
);

-- The applications among which the queue looks: handed in, not handed over and not withdrawn. Follows from the
-- ledger alone and can be made anew from it; kept by the database, so that no program can forget it.
CREATE TABLE open_applications (
    number TEXT PRIMARY KEY REFERENCES applications (number)
);
INSERT INTO open_applications SELECT DISTINCT s.number FROM events s WHERE s.kind = 'submitted'
    AND NOT EXISTS (SELECT 1 FROM events e WHERE e.number = s.number AND e.kind IN ('handed-over', 'withdrawn'));
CREATE FUNCTION events_keep_open() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN
        IF NEW.kind = 'submitted' THEN
            INSERT INTO open_applications (number) VALUES (NEW.number) ON CONFLICT DO NOTHING;
        ELSE
            DELETE FROM open_applications WHERE number = NEW.number;
        END IF;
        RETURN NULL;
    END $$;
CREATE TRIGGER events_open AFTER INSERT ON events FOR EACH ROW
    WHEN (NEW.kind IN ('submitted', 'handed-over', 'withdrawn')) EXECUTE FUNCTION events_keep_open();
