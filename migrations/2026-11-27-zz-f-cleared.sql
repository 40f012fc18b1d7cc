-- A row that is deleted stays in the files of the database until they are vacuumed. That follows every erasure, and is recorded.

ALTER TABLE vault_erasures ADD COLUMN cleared_at timestamptz; -- when the key and what it sealed had left the tables
CREATE INDEX vault_erasures_uncleared ON vault_erasures (erased_at) WHERE cleared_at IS NULL;
GRANT UPDATE (cleared_at) ON vault_erasures TO sekisho_app;

DO $$
BEGIN
  IF current_setting('server_version_num')::int >= 170000 THEN
    EXECUTE 'GRANT MAINTAIN ON vault_principals, vault_records TO sekisho_app';
  ELSE
    -- Only the owner may vacuum: the server does it for the keys by itself, within its nap of a minute, and nothing is recorded.
    ALTER TABLE vault_principals SET (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0);
  END IF;
END
$$;
