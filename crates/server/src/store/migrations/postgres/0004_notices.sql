-- "OSS sedang gangguan sejak ..." and the people who asked to be rung when it is back.
CREATE TABLE notices (
    id       TEXT PRIMARY KEY,
    channel  TEXT NOT NULL,
    text     TEXT NOT NULL,
    since    BIGINT NOT NULL,
    expected BIGINT,
    ended    BIGINT,
    account  TEXT NOT NULL,
    at       BIGINT NOT NULL
);

CREATE TABLE callbacks (
    id      TEXT PRIMARY KEY,
    notice  TEXT NOT NULL REFERENCES notices (id),
    place   BIGINT NOT NULL,            -- from 1, in the order asked
    phone   TEXT NOT NULL,              -- +62...
    name    TEXT NOT NULL,
    asked   BIGINT NOT NULL,
    done    BIGINT NOT NULL DEFAULT 0,
    account TEXT NOT NULL DEFAULT '',   -- who called
    UNIQUE (notice, phone)
);
