-- Errors are written in another form than before: what was written in the old one says less from now on.
UPDATE fleet_state SET failure = NULL, tier_failure = NULL;
UPDATE node_action_results SET outcome = '{"failed":"internal"}' WHERE outcome LIKE '{"failed":{"kind":%';
