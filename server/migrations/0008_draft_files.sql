-- Grows with each file of a draft that is announced, has arrived, or goes.
ALTER TABLE package_drafts ADD COLUMN files_revision BIGINT NOT NULL DEFAULT 0;
