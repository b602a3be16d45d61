-- The activation tier as SSM last told, and what has happened to nodes.

-- The setting as JSON; NULL before SSM first told it.
ALTER TABLE fleet_state ADD COLUMN tier TEXT;
ALTER TABLE fleet_state ADD COLUMN tier_read_at BIGINT;
-- When it was last asked for, whether or not there was an answer.
ALTER TABLE fleet_state ADD COLUMN tier_tried_at BIGINT;
-- Why the last try failed, as JSON.
ALTER TABLE fleet_state ADD COLUMN tier_failure TEXT;
-- Grows when there is something new to show of the tier.
ALTER TABLE fleet_state ADD COLUMN tier_version BIGINT NOT NULL DEFAULT 0;

CREATE TABLE fleet_events (
    happened BIGINT NOT NULL,
    node_id  TEXT   NOT NULL,
    kind     TEXT   NOT NULL,
    -- The event as JSON.
    event    TEXT   NOT NULL,
    PRIMARY KEY (happened, node_id, kind)
);
