-- The satisfaction survey. Codes and answers share no id and no time, and codes do not name an application.
-- PostgreSQL keeps rows in the order they came: the server rewrites both tables shuffled with each answer.

CREATE TABLE survey_codes (
    hash  TEXT PRIMARY KEY,             -- SHA-256 of the code
    half  TEXT NOT NULL DEFAULT '',     -- slips: the half-year they are for
    spent BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE survey_answers (
    id      TEXT PRIMARY KEY,           -- random
    half    TEXT NOT NULL,
    label   TEXT NOT NULL DEFAULT '',   -- batches collected on paper stand apart
    scores  TEXT NOT NULL,              -- nine digits, U1 to U9
    profile TEXT NOT NULL DEFAULT '{}'  -- coarse, JSON
);
CREATE INDEX survey_answers_half ON survey_answers (half, label, id);

-- Batches collected on paper: who typed them in, apart from the answers.
CREATE TABLE survey_batches (
    half    TEXT NOT NULL,
    label   TEXT NOT NULL,
    answers BIGINT NOT NULL,
    account TEXT NOT NULL,
    PRIMARY KEY (half, label)
);
