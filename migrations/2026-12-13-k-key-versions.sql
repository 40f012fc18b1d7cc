-- The key above all keys is replaced without closing the office: what an older version wrapped is wrapped anew, row by row, and a version that
-- wraps nothing any more is retired. What it had wrapped leaves the files as dropped keys do, noted under an id of nobody.

ALTER TABLE vault_keys ADD COLUMN retired_at timestamptz; -- when nothing was wrapped by it any more
GRANT UPDATE (retired_at) ON vault_keys TO sekisho_app;
GRANT UPDATE (kek_version, wrapped_key) ON vault_index_keys TO sekisho_app;

CREATE FUNCTION note_rewrapped_keys(keyed name) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  INSERT INTO dropped_keys (relation, owner, dropped_at) VALUES (keyed, '00000000-0000-0000-0000-000000000000', clock_timestamp())
  ON CONFLICT (relation, owner) DO UPDATE SET dropped_at = excluded.dropped_at, cleared_at = NULL
$$;
REVOKE EXECUTE ON FUNCTION note_rewrapped_keys FROM PUBLIC;
GRANT EXECUTE ON FUNCTION note_rewrapped_keys TO sekisho_app;
