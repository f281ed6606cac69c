-- Applications and what belongs to them. Times are milliseconds UTC, truth values 0 and 1, JSON is text.

-- Counts by name: application numbers of a year ("application-2026"), permit numbers and the like.
CREATE TABLE counters (
    name  TEXT PRIMARY KEY,
    value BIGINT NOT NULL
);

-- One application. State, holder and days are not here: they are computed from `events`.
CREATE TABLE applications (
    number    TEXT PRIMARY KEY,
    service   TEXT NOT NULL,
    key_hash  TEXT NOT NULL,            -- SHA-256 of the manage key
    view_hash TEXT NOT NULL,            -- SHA-256 of the view key
    fields    TEXT NOT NULL,            -- JSON object, as typed
    ticks     TEXT NOT NULL,            -- JSON array of requirement cards
    answers   TEXT NOT NULL,            -- JSON array of wizard answers
    rules     TEXT NOT NULL,            -- version of the rules it was begun with
    created   BIGINT NOT NULL,
    saved     BIGINT NOT NULL,
    changes   BIGINT NOT NULL DEFAULT 0, -- counted up first in every write, which locks the row
    receipt   TEXT                      -- JSON, once submitted
);
CREATE INDEX applications_created ON applications (created);

-- Keys that were replaced: whoever uses one is told so.
CREATE TABLE revoked_keys (
    number   TEXT NOT NULL REFERENCES applications (number),
    key_hash TEXT NOT NULL,
    at       BIGINT NOT NULL,
    PRIMARY KEY (number, key_hash)
);

-- The ledger. Rows are only ever added; `seq` is the order that counts.
CREATE TABLE events (
    number  TEXT NOT NULL REFERENCES applications (number),
    seq     BIGINT NOT NULL,
    at      BIGINT NOT NULL,
    actor   TEXT NOT NULL,
    account TEXT NOT NULL DEFAULT '',   -- staff account; never shown to citizens
    kind    TEXT NOT NULL,
    what    TEXT NOT NULL,              -- JSON of the event's own part, with its kind
    PRIMARY KEY (number, seq)
);
CREATE INDEX events_kind ON events (kind, at);
CREATE FUNCTION events_only_grow() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the ledger only grows'; END $$;
CREATE TRIGGER events_no_change BEFORE UPDATE OR DELETE ON events
    FOR EACH ROW EXECUTE FUNCTION events_only_grow();
CREATE TRIGGER events_no_truncate BEFORE TRUNCATE ON events
    FOR EACH STATEMENT EXECUTE FUNCTION events_only_grow();

-- Received papers. The bytes are an object in the file store.
CREATE TABLE files (
    id         TEXT PRIMARY KEY,
    number     TEXT NOT NULL REFERENCES applications (number),
    item       TEXT NOT NULL,           -- requirement card
    page       BIGINT NOT NULL,         -- position within the item, from 1
    name       TEXT NOT NULL,           -- cleaned
    media_type TEXT NOT NULL,           -- as found in the bytes
    size       BIGINT NOT NULL,
    sha256     TEXT NOT NULL,
    object     TEXT NOT NULL,           -- key in the file store
    received   BIGINT NOT NULL,
    round      BIGINT NOT NULL,         -- how often the file had been handed in before this was received
    replaced   BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX files_number ON files (number, item, page);

-- Uploads under way and their outcome. The bytes so far are in the staging folder.
CREATE TABLE uploads (
    id      TEXT PRIMARY KEY,           -- made by the phone
    number  TEXT NOT NULL REFERENCES applications (number),
    item    TEXT NOT NULL,
    page    BIGINT,
    name    TEXT NOT NULL,
    length  BIGINT NOT NULL,
    created BIGINT NOT NULL,
    file    TEXT,                       -- id of the file, once stored
    problem TEXT                        -- code, when the file was refused
);
CREATE INDEX uploads_number ON uploads (number);

-- Answers already given, so that a repeated request has the same effect once.
CREATE TABLE idempotency (
    number TEXT NOT NULL REFERENCES applications (number),
    key    TEXT NOT NULL,
    action TEXT NOT NULL,
    body   TEXT NOT NULL,               -- SHA-256 of the request body
    status BIGINT NOT NULL,
    answer TEXT NOT NULL,
    at     BIGINT NOT NULL,
    PRIMARY KEY (number, key)
);

-- Downloads of one paper for five minutes. Only the hash of the ticket is kept.
CREATE TABLE tickets (
    hash       TEXT PRIMARY KEY,
    object     TEXT NOT NULL,
    name       TEXT NOT NULL,
    media_type TEXT NOT NULL,
    expires    BIGINT NOT NULL
);
CREATE INDEX tickets_expires ON tickets (expires);
