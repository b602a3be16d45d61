-- Packages that are being made, and what was published.

CREATE TABLE package_drafts (
    id          TEXT   PRIMARY KEY,
    username    TEXT   NOT NULL,
    -- Grows with each change of what a person gives.
    revision    BIGINT NOT NULL,
    -- What was given, as JSON.
    contents    TEXT   NOT NULL,
    created     BIGINT NOT NULL,
    updated     BIGINT NOT NULL,
    -- The publication under way.
    publication TEXT
);
CREATE INDEX package_drafts_updated ON package_drafts (updated);

CREATE TABLE package_draft_files (
    id        TEXT   PRIMARY KEY,
    draft_id  TEXT   NOT NULL REFERENCES package_drafts (id) ON DELETE CASCADE,
    -- Its place among the draft's files.
    place     BIGINT NOT NULL,
    file_name TEXT   NOT NULL,
    -- Bytes: as announced, and those that take room on the disk or will.
    size      BIGINT NOT NULL,
    reserved  BIGINT NOT NULL,
    -- How it stands, what is known of it, what it is for, its scripts: as JSON.
    state     TEXT   NOT NULL,
    software  TEXT,
    targets   TEXT   NOT NULL,
    scripts   TEXT   NOT NULL,
    -- Checksums that the zip around it is made with, as JSON; NULL until the file is ready.
    sums      TEXT
);
CREATE INDEX package_draft_files_draft ON package_draft_files (draft_id, place);

CREATE TABLE publications (
    -- The token of the form that asked for it: sent twice, it is one publication.
    id           TEXT   PRIMARY KEY,
    draft_id     TEXT   NOT NULL,
    username     TEXT   NOT NULL,
    package      TEXT   NOT NULL,
    version_name TEXT,
    -- What is published, how far it has come, and bytes sent by file, as JSON.
    plan         TEXT   NOT NULL,
    stage        TEXT   NOT NULL,
    sent         TEXT   NOT NULL,
    -- 1 when somebody wants it to end.
    cancelled    BIGINT NOT NULL,
    -- The instance that does it, and its last sign of life.
    holder       TEXT   NOT NULL,
    alive        BIGINT NOT NULL,
    begun        BIGINT NOT NULL,
    ended        BIGINT
);
CREATE INDEX publications_package ON publications (package, begun);
CREATE INDEX publications_ended ON publications (ended);

-- One row: whoever asks for room on the disk writes it first, and so waits for others who do.
CREATE TABLE package_room (
    id    BIGINT PRIMARY KEY,
    asked BIGINT NOT NULL
);
INSERT INTO package_room (id, asked) VALUES (1, 0);
