-- Issued permits. The PDF is an object in the file store.
CREATE TABLE permits (
    application  TEXT PRIMARY KEY REFERENCES applications (number),
    number       TEXT NOT NULL UNIQUE,
    code         TEXT NOT NULL UNIQUE,  -- of the QR
    service      TEXT NOT NULL,
    service_name TEXT NOT NULL,         -- as printed
    holder       TEXT NOT NULL,         -- as printed
    issued       TEXT NOT NULL,         -- day, YYYY-MM-DD
    valid_until  TEXT,                  -- day
    revoked      BIGINT NOT NULL DEFAULT 0,
    object       TEXT NOT NULL,
    size         BIGINT NOT NULL,
    sha256       TEXT NOT NULL,
    at           BIGINT NOT NULL,
    account      TEXT NOT NULL
);
