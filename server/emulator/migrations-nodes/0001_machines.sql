-- What the simulated machines keep on their own disks: their key, and who they were registered as.

CREATE TABLE key_pair (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    pkcs8 BLOB NOT NULL
) STRICT;

-- The activation that a batch of machines is registering with right now. Its code is in memory only.
CREATE TABLE open_activation (
    batch TEXT PRIMARY KEY,
    activation_id TEXT NOT NULL
) STRICT;

CREATE TABLE machine (
    number INTEGER PRIMARY KEY,
    instance_id TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    reported INTEGER NOT NULL DEFAULT 0 CHECK (reported IN (0, 1)),
    deregistered INTEGER NOT NULL DEFAULT 0 CHECK (deregistered IN (0, 1))
) STRICT;
