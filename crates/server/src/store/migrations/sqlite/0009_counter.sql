-- The counter: drafts that the desk fills in for somebody, permits to be taken back, changes of content.

-- Drafts of the counter. Follows from the ledger alone and can be made anew from it, like open_applications.
CREATE TABLE assisted (
    number TEXT PRIMARY KEY REFERENCES applications (number)
);
CREATE TRIGGER events_assist AFTER INSERT ON events WHEN NEW.kind = 'drafted' AND NEW.actor = 'staff'
    BEGIN INSERT INTO assisted (number) VALUES (NEW.number); END;
CREATE TRIGGER events_alone AFTER INSERT ON events WHEN NEW.kind IN ('submitted', 'withdrawn', 'rekeyed')
    BEGIN DELETE FROM assisted WHERE number = NEW.number; END;

-- Whoever confirms that a permit is taken back finds it in the queue.
CREATE TRIGGER events_revoke AFTER INSERT ON events WHEN NEW.kind = 'revocation-proposed'
    BEGIN INSERT INTO open_applications (number) VALUES (NEW.number) ON CONFLICT DO NOTHING; END;

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
