-- The managed nodes as SSM last told, written by whichever instance holds the lease.

CREATE TABLE fleet_nodes (
    id      TEXT   PRIMARY KEY,
    -- The node as JSON.
    node    TEXT   NOT NULL,
    -- The snapshot's version with which this row was last written.
    version BIGINT NOT NULL
);
CREATE INDEX fleet_nodes_version ON fleet_nodes (version);

CREATE TABLE fleet_state (
    id                  BIGINT PRIMARY KEY CHECK (id = 1),
    -- Grows with every snapshot that differs from the one before, be it in a last ping.
    version             BIGINT NOT NULL,
    -- The last version that removed a row: an older copy has to be read anew.
    removed_version     BIGINT NOT NULL,
    -- Grow when there is something new to show.
    nodes_version       BIGINT NOT NULL,
    activations_version BIGINT NOT NULL,
    -- Grows when somebody wants a refresh before its time.
    refresh_wanted      BIGINT NOT NULL,
    fetched_at          BIGINT,
    -- Why the last refresh failed, as JSON.
    failure             TEXT,
    lease_holder        TEXT,
    lease_expires       BIGINT NOT NULL
);
INSERT INTO fleet_state
    (id, version, removed_version, nodes_version, activations_version, refresh_wanted, lease_expires)
    VALUES (1, 0, 0, 0, 0, 0, 0);
