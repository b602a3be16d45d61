-- Word of changes to packages.

-- Grows when there is something new to show of the packages.
ALTER TABLE fleet_state ADD COLUMN packages_version BIGINT NOT NULL DEFAULT 0;
