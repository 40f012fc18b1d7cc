-- A package that cannot be prepared says so: since when, why, and of whom a record does not open. It is tried again all the while, and says it no
-- more once a step of it was taken.
ALTER TABLE packages ADD COLUMN stuck jsonb, -- {since, why, person}
  ADD CONSTRAINT packages_stuck CHECK (stuck IS NULL OR state = 'preparing');
GRANT UPDATE (stuck) ON packages TO sekisho_app;
