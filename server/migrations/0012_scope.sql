-- Whose fleet this is: the account and the Region that Sekisho was first started for, as "account region"; NULL until then.
ALTER TABLE fleet_state ADD COLUMN scope TEXT;
