-- S3: buckets, objects, and uploads in progress. The bytes are files of the data folder's `blobs`; what a row names exists.
-- Times are milliseconds since the epoch, UTC.

CREATE TABLE buckets (
    name       TEXT    PRIMARY KEY,
    created_at INTEGER NOT NULL
) WITHOUT ROWID;

-- An object's bytes are its blobs in the order of their numbers: one, or the parts of its upload.
-- `headers` and `metadata` are JSON objects.
CREATE TABLE objects (
    id                 INTEGER PRIMARY KEY AUTOINCREMENT,
    bucket             TEXT    NOT NULL REFERENCES buckets (name),
    key                TEXT    NOT NULL,
    size               INTEGER NOT NULL,
    etag               TEXT    NOT NULL,
    headers            TEXT    NOT NULL,
    metadata           TEXT    NOT NULL,
    checksum_algorithm TEXT    NOT NULL,
    checksum           TEXT    NOT NULL,
    checksum_type      TEXT    NOT NULL,
    modified_at        INTEGER NOT NULL,
    UNIQUE (bucket, key)
);

CREATE TABLE object_blobs (
    object_id INTEGER NOT NULL REFERENCES objects (id) ON DELETE CASCADE,
    number    INTEGER NOT NULL,
    file      TEXT    NOT NULL UNIQUE,
    size      INTEGER NOT NULL,
    PRIMARY KEY (object_id, number)
) WITHOUT ROWID;

CREATE TABLE uploads (
    id                 TEXT    PRIMARY KEY,
    bucket             TEXT    NOT NULL REFERENCES buckets (name),
    key                TEXT    NOT NULL,
    headers            TEXT    NOT NULL,
    metadata           TEXT    NOT NULL,
    checksum_algorithm TEXT    NOT NULL,
    checksum_type      TEXT    NOT NULL,
    created_at         INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX uploads_by_key ON uploads (bucket, key, id);

CREATE TABLE upload_parts (
    upload_id   TEXT    NOT NULL REFERENCES uploads (id) ON DELETE CASCADE,
    number      INTEGER NOT NULL,
    file        TEXT    NOT NULL UNIQUE,
    size        INTEGER NOT NULL,
    md5         BLOB    NOT NULL,
    checksum    TEXT    NOT NULL,
    modified_at INTEGER NOT NULL,
    PRIMARY KEY (upload_id, number)
) WITHOUT ROWID;
