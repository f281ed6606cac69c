-- The counter: drafts that the desk fills in for somebody, permits to be taken back, changes of content.

-- Drafts of the counter. Follows from the ledger alone and can be made anew from it, like open_applications.
CREATE TABLE assisted (
    number TEXT PRIMARY KEY REFERENCES applications (number)
);
CREATE FUNCTION events_keep_assisted() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN
        IF NEW.kind = 'drafted' THEN
            INSERT INTO assisted (number) VALUES (NEW.number);
        ELSE
            DELETE FROM assisted WHERE number = NEW.number;
        END IF;
        RETURN NULL;
    END $$;
CREATE TRIGGER events_assist AFTER INSERT ON events FOR EACH ROW
    WHEN (NEW.kind = 'drafted' AND NEW.actor = 'staff') EXECUTE FUNCTION events_keep_assisted();
CREATE TRIGGER events_alone AFTER INSERT ON events FOR EACH ROW
    WHEN (NEW.kind IN ('submitted', 'withdrawn', 'rekeyed')) EXECUTE FUNCTION events_keep_assisted();

-- Whoever confirms that a permit is taken back finds it in the queue.
CREATE FUNCTION events_reopen() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN
        INSERT INTO open_applications (number) VALUES (NEW.number) ON CONFLICT DO NOTHING;
        RETURN NULL;
    END $$;
CREATE TRIGGER events_revoke AFTER INSERT ON events FOR EACH ROW
    WHEN (NEW.kind = 'revocation-proposed') EXECUTE FUNCTION events_reopen();

-- What somebody wants to change in the content folder, and who agreed. The files stay the truth; these rows say
-- who changed them, and what waits for its day.
CREATE TABLE content_changes (
    id       TEXT PRIMARY KEY,
    change   TEXT NOT NULL,             -- JSON, a list of publish::edit::Edit
    starts   TEXT NOT NULL,             -- day, YYYY-MM-DD
    state    TEXT NOT NULL,             -- proposed, approved, applied, refused, failed
    undoes   TEXT NOT NULL DEFAULT '',  -- id of the change that this one takes back
    account  TEXT NOT NULL,
    at       BIGINT NOT NULL,
    second   TEXT NOT NULL DEFAULT '',  -- account of who approved or refused
    decided  BIGINT,
    applied  BIGINT,
    says     TEXT NOT NULL DEFAULT ''   -- why it was refused or failed
);
CREATE INDEX content_changes_at ON content_changes (at);
