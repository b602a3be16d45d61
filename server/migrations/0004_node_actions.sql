-- What was done to nodes, and what has come of each of them.

CREATE TABLE node_actions (
    -- The token of the form that asked for it: sent twice, it is one action.
    id       TEXT   PRIMARY KEY,
    username TEXT   NOT NULL,
    -- What is done, as JSON.
    action   TEXT   NOT NULL,
    begun    BIGINT NOT NULL,
    -- The last sign of life of the instance that does it.
    alive    BIGINT NOT NULL,
    ended    BIGINT
);
CREATE INDEX node_actions_begun ON node_actions (begun);

CREATE TABLE node_action_results (
    action_id TEXT   NOT NULL REFERENCES node_actions (id) ON DELETE CASCADE,
    -- The node's place among those that were chosen.
    place     BIGINT NOT NULL,
    node_id   TEXT   NOT NULL,
    name      TEXT,
    -- As JSON; NULL until the node had its turn.
    outcome   TEXT,
    PRIMARY KEY (action_id, place)
);
