-- How often each field was changed (JSON object of numbers), so that a save can say what it saw.
ALTER TABLE applications ADD COLUMN versions TEXT NOT NULL DEFAULT '{}';

-- SHA-256 of the Idempotency-Key that spent a code: the same answers sent again are accepted again. It stands with
-- the code and says nothing of the answer.
ALTER TABLE survey_codes ADD COLUMN token TEXT NOT NULL DEFAULT '';
