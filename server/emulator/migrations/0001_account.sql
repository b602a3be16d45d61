-- One AWS account and Region, as far as the emulated services know it. Times are milliseconds since the epoch, UTC.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE activations (
    seq                   INTEGER PRIMARY KEY AUTOINCREMENT,
    id                    TEXT    NOT NULL UNIQUE,
    code_sha256           BLOB    NOT NULL,
    description           TEXT,
    default_instance_name TEXT,
    iam_role              TEXT    NOT NULL,
    registration_limit    INTEGER NOT NULL,
    registrations_count   INTEGER NOT NULL DEFAULT 0 CHECK (registrations_count <= registration_limit),
    expires_at            INTEGER NOT NULL,
    created_at            INTEGER NOT NULL,
    tags                  TEXT    NOT NULL DEFAULT '[]'
);

-- Managed nodes: registered ones (mi-) and EC2 instances (i-) whose agent has reported.
-- agent_version_key is agent_version with every part padded, so that it compares as text.
CREATE TABLE nodes (
    seq               INTEGER PRIMARY KEY AUTOINCREMENT,
    id                TEXT    NOT NULL UNIQUE,
    resource_type     TEXT    NOT NULL,
    source_type       TEXT    NOT NULL,
    activation_id     TEXT,
    iam_role          TEXT,
    name              TEXT,
    registered_at     INTEGER,
    public_key        BLOB,
    fingerprint       TEXT,
    last_ping_at      INTEGER NOT NULL,
    agent_name        TEXT,
    agent_status      TEXT,
    agent_version     TEXT,
    agent_version_key TEXT,
    platform_type     TEXT,
    platform_name     TEXT,
    platform_version  TEXT,
    computer_name     TEXT,
    ip_address        TEXT,
    availability_zone TEXT
);
CREATE INDEX nodes_by_resource_type ON nodes (resource_type);
CREATE INDEX nodes_by_activation ON nodes (activation_id);

-- Temporary credentials that RequestManagedInstanceRoleToken has issued. Secrets are not kept: nothing verifies with them.
CREATE TABLE node_credentials (
    access_key_id TEXT    PRIMARY KEY,
    node_id       TEXT    NOT NULL,
    expires_at    INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX node_credentials_by_node ON node_credentials (node_id);

CREATE TABLE tags (
    resource_type TEXT NOT NULL,
    resource_id   TEXT NOT NULL,
    key           TEXT NOT NULL,
    value         TEXT NOT NULL,
    PRIMARY KEY (resource_type, resource_id, key)
) WITHOUT ROWID;
CREATE INDEX tags_by_key ON tags (key, value);

CREATE TABLE service_settings (
    setting_id  TEXT    PRIMARY KEY,
    value       TEXT    NOT NULL,
    modified_at INTEGER NOT NULL,
    modified_by TEXT    NOT NULL,
    takes_at    INTEGER NOT NULL
) WITHOUT ROWID;

-- Role names are unique without regard to case.
CREATE TABLE roles (
    name                 TEXT    NOT NULL PRIMARY KEY COLLATE NOCASE,
    id                   TEXT    NOT NULL UNIQUE,
    path                 TEXT    NOT NULL,
    description          TEXT,
    trust_policy         TEXT    NOT NULL,
    max_session_duration INTEGER NOT NULL,
    created_at           INTEGER NOT NULL,
    tags                 TEXT    NOT NULL DEFAULT '[]'
);

CREATE TABLE role_policies (
    role_name   TEXT NOT NULL COLLATE NOCASE,
    policy_arn  TEXT NOT NULL,
    PRIMARY KEY (role_name, policy_arn)
) WITHOUT ROWID;

-- What EC2 itself would tell about an instance.
CREATE TABLE ec2_instances (
    id                TEXT PRIMARY KEY,
    name              TEXT,
    instance_type     TEXT NOT NULL,
    instance_state    TEXT NOT NULL,
    instance_role     TEXT,
    key_name          TEXT,
    architecture      TEXT NOT NULL,
    availability_zone TEXT NOT NULL,
    launched_at       INTEGER NOT NULL
) WITHOUT ROWID;
