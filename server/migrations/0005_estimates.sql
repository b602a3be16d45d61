-- Estimates of costs that were given a name.

CREATE TABLE estimates (
    id         TEXT   PRIMARY KEY,
    name       TEXT   NOT NULL,
    -- The name in lower case: no two estimates have the same.
    name_key   TEXT   NOT NULL UNIQUE,
    calculator TEXT   NOT NULL,
    -- The query that leads back to the estimate, its prices among it.
    query      TEXT   NOT NULL,
    saved_by   TEXT   NOT NULL,
    saved_at   BIGINT NOT NULL
);
CREATE INDEX estimates_saved_at ON estimates (saved_at);
