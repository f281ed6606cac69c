-- What of an upload was told when it was begun. A length of 0 was not told yet.
ALTER TABLE uploads ADD COLUMN metadata TEXT NOT NULL DEFAULT ''; -- Upload-Metadata as sent
ALTER TABLE uploads ADD COLUMN concat TEXT NOT NULL DEFAULT '';   -- Upload-Concat as sent
ALTER TABLE uploads ADD COLUMN sha256 TEXT;                       -- of the whole file, by the phone

-- Until when unfinished bytes are kept.
ALTER TABLE uploads ADD COLUMN expires BIGINT NOT NULL DEFAULT 0;
UPDATE uploads SET expires = created + 604800000;
CREATE INDEX uploads_expires ON uploads (expires) WHERE file IS NULL;
