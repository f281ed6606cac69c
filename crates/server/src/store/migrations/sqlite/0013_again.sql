-- When a picture that could not be looked at is looked at again, and how often it was tried.
ALTER TABLE files ADD COLUMN open_tries BIGINT NOT NULL DEFAULT 0;
ALTER TABLE files ADD COLUMN open_again BIGINT NOT NULL DEFAULT 0;

-- Who agreed to a change of content. `second` is who decided last, and so who withdrew it where it was agreed to.
ALTER TABLE content_changes ADD COLUMN approver TEXT NOT NULL DEFAULT '';
UPDATE content_changes SET approver = second WHERE state IN ('approved', 'applied', 'failed');
