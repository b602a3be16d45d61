-- What publishers may do, whose packages are, and tokens for pipelines.

-- A rule as JSON; '' is the rule of all who have none of their own.
CREATE TABLE publisher_rules (
    username TEXT PRIMARY KEY,
    rule     TEXT NOT NULL
);

-- Who may change a package: who published it first, or to whom an admin has handed it over.
CREATE TABLE package_owners (
    package  TEXT   PRIMARY KEY,
    username TEXT   NOT NULL,
    since    BIGINT NOT NULL
);
INSERT INTO package_owners (package, username, since)
    SELECT package, MIN(username), begun FROM publications AS p
    WHERE stage LIKE '{"stage":"published"%' AND begun = (
        SELECT MIN(begun) FROM publications AS q WHERE q.package = p.package AND q.stage LIKE '{"stage":"published"%'
    )
    GROUP BY package, begun;

CREATE TABLE api_tokens (
    id        TEXT   PRIMARY KEY,
    user_id   TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name      TEXT   NOT NULL,
    -- SHA-256 of the token. It is 256 random bits: nobody tries them out, so nothing slower is needed.
    hash      TEXT   NOT NULL UNIQUE,
    -- What names of packages begin with, as JSON.
    names     TEXT   NOT NULL,
    created   BIGINT NOT NULL,
    expires   BIGINT NOT NULL,
    last_used BIGINT,
    UNIQUE (user_id, name)
);

-- The name of the token by which somebody has published.
ALTER TABLE publications ADD COLUMN token TEXT;

-- Which publication a pipeline's key stands for: a job that is run again does not publish twice.
CREATE TABLE api_requests (
    username TEXT   NOT NULL,
    key      TEXT   NOT NULL,
    -- SHA-256 of what was asked for.
    request  TEXT   NOT NULL,
    id       TEXT   NOT NULL,
    created  BIGINT NOT NULL,
    PRIMARY KEY (username, key)
);
