-- SSM documents of type Package: those of the account, and those of others that it sees.
-- Times are milliseconds since the epoch, UTC.

-- `access` is how the account comes to see it: Self, Amazon, ThirdParty, or Private (shared by another account).
-- `account` is the owner's twelve digits, empty for what AWS itself publishes; `owner` is what lists show.
CREATE TABLE documents (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    access          TEXT    NOT NULL,
    account         TEXT    NOT NULL,
    owner           TEXT    NOT NULL,
    name            TEXT    NOT NULL,
    document_type   TEXT    NOT NULL,
    target_type     TEXT,
    default_version INTEGER NOT NULL,
    last_number     INTEGER NOT NULL,
    UNIQUE (account, name)
);

-- `sources` is what the attachments are fetched from, until they are.
CREATE TABLE document_versions (
    document_id        INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    number             INTEGER NOT NULL,
    version_name       TEXT,
    display_name       TEXT,
    content            TEXT    NOT NULL,
    hash               TEXT    NOT NULL,
    platform_types     TEXT    NOT NULL,
    status             TEXT    NOT NULL,
    status_information TEXT,
    sources            TEXT    NOT NULL,
    created_at         INTEGER NOT NULL,
    PRIMARY KEY (document_id, number)
) WITHOUT ROWID;

CREATE TABLE document_attachments (
    document_id INTEGER NOT NULL,
    number      INTEGER NOT NULL,
    name        TEXT    NOT NULL,
    size        INTEGER NOT NULL,
    sha256      TEXT    NOT NULL,
    PRIMARY KEY (document_id, number, name),
    FOREIGN KEY (document_id, number) REFERENCES document_versions (document_id, number) ON DELETE CASCADE
) WITHOUT ROWID;

-- The service's own copies of the bytes.
CREATE TABLE document_blobs (
    document_id INTEGER NOT NULL,
    number      INTEGER NOT NULL,
    name        TEXT    NOT NULL,
    part        INTEGER NOT NULL,
    file        TEXT    NOT NULL UNIQUE,
    size        INTEGER NOT NULL,
    PRIMARY KEY (document_id, number, name, part),
    FOREIGN KEY (document_id, number, name)
        REFERENCES document_attachments (document_id, number, name) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE document_shares (
    document_id    INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    account        TEXT    NOT NULL,
    shared_version TEXT    NOT NULL,
    PRIMARY KEY (document_id, account)
) WITHOUT ROWID;
