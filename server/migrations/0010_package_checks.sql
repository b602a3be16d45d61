-- What was found in the zips of a draft that lie in S3 already; one line a draft.
CREATE TABLE package_checks (
    draft_id   TEXT   PRIMARY KEY REFERENCES package_drafts (id) ON DELETE CASCADE,
    -- The check: another begins another.
    id         TEXT   NOT NULL,
    -- How far it has come, as JSON.
    state      TEXT   NOT NULL,
    -- 1 when somebody wants it to end.
    cancelled  BIGINT NOT NULL,
    -- The last sign of life.
    alive      BIGINT NOT NULL,
    begun      BIGINT NOT NULL,
    ended      BIGINT,
    -- What was found by the last check that came to an end, as JSON.
    inspection TEXT
);
