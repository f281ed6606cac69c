-- What each holder of a published case was given, `front-office=1,agency:pupr=3`, in the case's unit: with it anybody
-- counts again how many units kept their part. Cases from before say nothing.
ALTER TABLE cases ADD COLUMN limits TEXT NOT NULL DEFAULT '';
