-- A key that is dropped stays in the files of the database until its table is written anew: that of a person who was erased, and as well that of a
-- request whose papers are erased, of a package that is over, of a letter that has left. Every table of keys notes by itself whose was dropped, in
-- the transaction that does it, and one job has them all leave the files.

CREATE TABLE dropped_keys (
  relation   name NOT NULL, -- the table it was in
  owner      uuid NOT NULL, -- id of its row
  dropped_at timestamptz NOT NULL,
  cleared_at timestamptz,   -- when it had left the files
  PRIMARY KEY (relation, owner)
);
CREATE INDEX dropped_keys_uncleared ON dropped_keys (relation, dropped_at) WHERE cleared_at IS NULL;
GRANT SELECT, UPDATE (cleared_at) ON dropped_keys TO sekisho_app;

CREATE FUNCTION note_dropped_key() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO dropped_keys VALUES (TG_TABLE_NAME, OLD.id, clock_timestamp())
  ON CONFLICT (relation, owner) DO UPDATE SET dropped_at = excluded.dropped_at, cleared_at = NULL;
  RETURN NULL;
END
$$;
REVOKE EXECUTE ON FUNCTION note_dropped_key FROM PUBLIC;

DO $$
DECLARE
  keyed text;
BEGIN
  FOREACH keyed IN ARRAY ARRAY['vault_principals', 'requests', 'packages', 'mail_outbox'] LOOP
    EXECUTE format('CREATE TRIGGER note_dropped_key AFTER DELETE ON %I FOR EACH ROW
      WHEN (OLD.wrapped_key IS NOT NULL) EXECUTE FUNCTION note_dropped_key()', keyed);
    EXECUTE format('CREATE TRIGGER note_emptied_key AFTER UPDATE ON %I FOR EACH ROW
      WHEN (OLD.wrapped_key IS NOT NULL AND NEW.wrapped_key IS NULL) EXECUTE FUNCTION note_dropped_key()', keyed);
    IF current_setting('server_version_num')::int >= 170000 THEN
      EXECUTE format('GRANT MAINTAIN ON %I TO sekisho_app', keyed);
    ELSE
      -- As for the keys of persons: only the owner may do it, the server vacuums by itself, and nothing is recorded.
      EXECUTE format('ALTER TABLE %I SET (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0)', keyed);
    END IF;
  END LOOP;
END
$$;

-- What was noted of persons until now; and what requests, packages and letters dropped is still to be cleared: written anew here, a row that
-- somebody still sees as it was would be taken along.
INSERT INTO dropped_keys SELECT 'vault_principals', principal_id, erased_at, cleared_at FROM vault_erasures;
ALTER TABLE vault_erasures DROP COLUMN cleared_at; -- with its index and its grant
INSERT INTO dropped_keys
SELECT 'requests', id, now() FROM requests WHERE wrapped_key IS NULL
UNION ALL SELECT 'packages', id, now() FROM packages WHERE wrapped_key IS NULL AND state IN ('closed', 'declined', 'refused', 'cancelled')
UNION ALL SELECT 'mail_outbox', id, now() FROM mail_outbox WHERE wrapped_key IS NULL;

-- Digests under a key that are one person's are taken to plan with no more either (see 2026-11-29-e-erased-keys.sql): the planner finds by their
-- indexes without.
ALTER TABLE vault_records ALTER COLUMN digests SET STATISTICS 0, ALTER COLUMN digests TYPE bytea[];
ALTER TABLE requests ALTER COLUMN sender SET STATISTICS 0, ALTER COLUMN sender TYPE bytea;
ALTER TABLE identifier_links ALTER COLUMN digest SET STATISTICS 0, ALTER COLUMN digest TYPE bytea;
