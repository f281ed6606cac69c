-- What staff did that belongs to no application, by whom: accounts, notices, slips, calls. It only grows.
CREATE TABLE deeds (
    id      TEXT PRIMARY KEY,
    at      BIGINT NOT NULL,
    account TEXT NOT NULL,              -- empty: from the program's command line
    kind    TEXT NOT NULL,
    about   TEXT NOT NULL               -- an account, a number, a channel, a count
);
CREATE INDEX deeds_at ON deeds (at);
CREATE FUNCTION deeds_only_grow() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'what was done only grows'; END $$;
CREATE TRIGGER deeds_no_change BEFORE UPDATE OR DELETE ON deeds
    FOR EACH ROW EXECUTE FUNCTION deeds_only_grow();
CREATE TRIGGER deeds_no_truncate BEFORE TRUNCATE ON deeds
    FOR EACH STATEMENT EXECUTE FUNCTION deeds_only_grow();
