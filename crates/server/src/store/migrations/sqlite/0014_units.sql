-- Promises in hours or minutes are counted in minutes of working time: `unit` is working-day or minute.
ALTER TABLE cases ADD COLUMN unit TEXT NOT NULL DEFAULT 'working-day';
CREATE TABLE counted (
    service  TEXT NOT NULL,
    part     TEXT NOT NULL,             -- whole, withdrawn, last-day, or a holder
    half     TEXT NOT NULL,
    unit     TEXT NOT NULL,
    standard BIGINT NOT NULL,           -- time given; -1 where the standard gives none
    used     BIGINT NOT NULL,
    cases    BIGINT NOT NULL,
    PRIMARY KEY (service, part, half, unit, standard, used)
) WITHOUT ROWID;
INSERT INTO counted (service, part, half, unit, standard, used, cases)
    SELECT service, part, half, 'working-day', standard, days, cases FROM tallies;
DROP TABLE tallies;
ALTER TABLE counted RENAME TO tallies;
