-- The batch that a finding is about, besides its own: it is one while both are
-- in force.
ALTER TABLE ops.issue ADD COLUMN other INTEGER;
