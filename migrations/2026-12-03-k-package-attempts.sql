-- A draft that is sent again after its answer was lost is made once: as of a provision, of one actor the same name, and the keyed digest of what was
-- asked tells the same draft from another. Null of what was drafted before this.
ALTER TABLE packages ADD COLUMN attempt text, ADD COLUMN attempt_digest text CHECK (attempt_digest ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT packages_attempt UNIQUE (made_by, attempt);
