-- Promises in hours or minutes are counted in minutes of working time: `unit` is working-day or minute.
ALTER TABLE cases ADD COLUMN unit TEXT NOT NULL DEFAULT 'working-day';
ALTER TABLE tallies ADD COLUMN unit TEXT NOT NULL DEFAULT 'working-day';
ALTER TABLE tallies RENAME COLUMN days TO used;
ALTER TABLE tallies DROP CONSTRAINT tallies_pkey;
ALTER TABLE tallies ADD PRIMARY KEY (service, part, half, unit, standard, used);
ALTER TABLE tallies ALTER COLUMN unit DROP DEFAULT;
