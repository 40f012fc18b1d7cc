-- What of each holding was erased, so that who asked for it is told what it was (35(7)). Null of what was erased before this was kept.
ALTER TABLE vault_erasures ADD COLUMN held jsonb;
