-- The upload in parts that a publication is at, as JSON: its key, and its id once S3 has told it.
ALTER TABLE publications ADD COLUMN upload TEXT;
-- 1 when all of what was asked for under a pipeline's key was made. What was asked for before counts as made.
ALTER TABLE api_requests ADD COLUMN made BIGINT NOT NULL DEFAULT 1;
