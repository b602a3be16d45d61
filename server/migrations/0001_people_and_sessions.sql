-- The same statements run on SQLite and PostgreSQL. Times are seconds since 1970-01-01 UTC.

CREATE TABLE users (
    id            TEXT   PRIMARY KEY,
    username      TEXT   NOT NULL UNIQUE,
    role          TEXT   NOT NULL,
    password_hash TEXT   NOT NULL,
    -- Grows with every new password: a session made with an older one is over.
    generation    BIGINT NOT NULL,
    created       BIGINT NOT NULL
);

CREATE TABLE sessions (
    -- SHA-256 of the cookie's value: who reads this table cannot take over a session.
    id_hash   TEXT   PRIMARY KEY,
    data      TEXT   NOT NULL,
    created   BIGINT NOT NULL,
    last_used BIGINT NOT NULL
);
CREATE INDEX sessions_last_used ON sessions (last_used);

CREATE TABLE sign_in_attempts (
    -- SHA-256 of what was tried: people type passwords into the wrong field.
    key           TEXT   PRIMARY KEY,
    attempts      BIGINT NOT NULL,
    last_attempt  BIGINT NOT NULL,
    blocked_until BIGINT NOT NULL
);
CREATE INDEX sign_in_attempts_last_attempt ON sign_in_attempts (last_attempt);

-- Forms that create an activation. The activation's code is not among the columns, and must never be.
CREATE TABLE submissions (
    token         TEXT   PRIMARY KEY,
    username      TEXT   NOT NULL,
    activation_id TEXT,
    created       BIGINT NOT NULL
);
CREATE INDEX submissions_created ON submissions (created);
