-- Staff accounts and their sessions; who has been told what.

CREATE TABLE staff (
    account     TEXT PRIMARY KEY,
    name        TEXT NOT NULL,
    password    TEXT NOT NULL,          -- argon2, PHC text
    must_change BIGINT NOT NULL,        -- the password is a one-time one
    disabled    BIGINT NOT NULL DEFAULT 0,
    created     BIGINT NOT NULL
);

CREATE TABLE sessions (
    hash    TEXT PRIMARY KEY,           -- SHA-256 of the cookie
    account TEXT NOT NULL REFERENCES staff (account),
    created BIGINT NOT NULL,
    seen    BIGINT NOT NULL,
    expires BIGINT NOT NULL
);
CREATE INDEX sessions_account ON sessions (account);

-- Up to which line of the ledger the applicant has been told, and how.
CREATE TABLE told (
    number  TEXT PRIMARY KEY REFERENCES applications (number),
    seq     BIGINT NOT NULL,
    how     TEXT NOT NULL,
    account TEXT NOT NULL,
    at      BIGINT NOT NULL
);
