-- What was found out about papers after they came.

-- Why the phone advised against a photo that was used all the same: codes with commas.
ALTER TABLE uploads ADD COLUMN judged TEXT NOT NULL DEFAULT '';
ALTER TABLE files ADD COLUMN judged TEXT NOT NULL DEFAULT '';

-- Whether a picture was opened whole in a process of its own: unknown, yes, no.
ALTER TABLE files ADD COLUMN opens TEXT NOT NULL DEFAULT 'unknown';
CREATE INDEX files_unopened ON files (received) WHERE opens = 'unknown' AND media_type LIKE 'image/%';

-- What the virus scanner said: none (not scanned), clean, infected, failed (tried again at `scan_again`).
ALTER TABLE files ADD COLUMN scan TEXT NOT NULL DEFAULT 'none';
ALTER TABLE files ADD COLUMN scan_tries BIGINT NOT NULL DEFAULT 0;
ALTER TABLE files ADD COLUMN scan_again BIGINT NOT NULL DEFAULT 0;
CREATE INDEX files_unscanned ON files (scan_again) WHERE scan IN ('none', 'failed');
