-- The ARN of the policy that is a role's permissions boundary.
ALTER TABLE roles ADD COLUMN permissions_boundary TEXT;
