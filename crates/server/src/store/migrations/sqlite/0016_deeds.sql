-- What staff did that belongs to no application, by whom: accounts, notices, slips, calls. It only grows.
CREATE TABLE deeds (
    id      TEXT PRIMARY KEY,
    at      BIGINT NOT NULL,
    account TEXT NOT NULL,              -- empty: from the program's command line
    kind    TEXT NOT NULL,
    about   TEXT NOT NULL               -- an account, a number, a channel, a count
);
CREATE INDEX deeds_at ON deeds (at);
CREATE TRIGGER deeds_no_update BEFORE UPDATE ON deeds
    BEGIN SELECT RAISE(ABORT, 'what was done only grows'); END;
CREATE TRIGGER deeds_no_delete BEFORE DELETE ON deeds
    BEGIN SELECT RAISE(ABORT, 'what was done only grows'); END;
