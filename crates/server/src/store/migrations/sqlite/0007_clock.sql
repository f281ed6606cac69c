-- The chain of the ledger: each line's hash over itself and the hash before it (domain::application::link). Lines
-- written before this step get theirs from the program right after it; a hash that is there never changes.
ALTER TABLE events ADD COLUMN hash TEXT NOT NULL DEFAULT '';
DROP TRIGGER events_no_update;
CREATE TRIGGER events_no_update BEFORE UPDATE ON events
    WHEN OLD.hash <> '' OR NEW.hash = '' OR NEW.number <> OLD.number OR NEW.seq <> OLD.seq OR NEW.at <> OLD.at
        OR NEW.actor <> OLD.actor OR NEW.account <> OLD.account OR NEW.kind <> OLD.kind OR NEW.what <> OLD.what
    BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;

-- Closed applications as the public sees them. Kept in the order of random ids (WITHOUT ROWID), without a number or
-- a moment, so that a row cannot be told to be that of a person.
CREATE TABLE cases (
    half     TEXT NOT NULL,             -- half-year in which it was closed, 2026-1
    service  TEXT NOT NULL,
    id       TEXT NOT NULL,             -- random
    outcome  TEXT NOT NULL,             -- issued, refused, withdrawn
    standard BIGINT NOT NULL,           -- working days promised
    lines    TEXT NOT NULL,             -- CSV: workday,event,holder
    PRIMARY KEY (half, service, id)
) WITHOUT ROWID;
-- How many cases took how many days: what figures are computed from.
CREATE TABLE tallies (
    service  TEXT NOT NULL,
    part     TEXT NOT NULL,             -- whole, withdrawn, last-day, or a holder
    half     TEXT NOT NULL,
    standard BIGINT NOT NULL,           -- working days given; -1 where the standard gives none
    days     BIGINT NOT NULL,
    cases    BIGINT NOT NULL,
    PRIMARY KEY (service, part, half, standard, days)
) WITHOUT ROWID;
ALTER TABLE applications ADD COLUMN settled BIGINT NOT NULL DEFAULT 0; -- its case is counted
CREATE INDEX applications_unsettled ON applications (number) WHERE settled = 0;
