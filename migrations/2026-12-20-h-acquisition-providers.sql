-- The record of a receipt says who gave the information and how they came by it (APPI 30(3), Rules 24(1)) and is kept for one year or three (30(4)).
-- Where a private individual gave it, that was sealed under the key of the person the information is about, so that erasing the person left the record
-- incomplete. It now has a key of its own, which goes with the record. The next start moves here what still opens (`sealWaitingProviders`).

CREATE TABLE acquisition_providers (
  id          uuid PRIMARY KEY, -- of the acquisition
  kek_version integer NOT NULL,
  wrapped_key bytea NOT NULL,
  sealed      bytea NOT NULL -- name, address and account of a private individual who gave it
);
GRANT SELECT, INSERT, UPDATE (kek_version, wrapped_key) ON acquisition_providers TO sekisho_app;

-- Those that an earlier version sealed under the key of the person. Each start looks through them, and none is added.
CREATE INDEX acquisitions_beside ON acquisitions (id) WHERE sealed IS NOT NULL AND keep_until IS NOT NULL;

-- As for every table of keys (see 2026-12-18-e-kept-identities.sql).
ALTER TABLE acquisition_providers ALTER COLUMN wrapped_key SET STATISTICS 0, ALTER COLUMN sealed SET STATISTICS 0;
CREATE TRIGGER note_dropped_key AFTER DELETE ON acquisition_providers FOR EACH ROW EXECUTE FUNCTION note_dropped_key();
DO $$
BEGIN
  IF current_setting('server_version_num')::int >= 170000 THEN
    GRANT MAINTAIN ON acquisition_providers TO sekisho_app;
  ELSE
    ALTER TABLE acquisition_providers SET (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0);
  END IF;
END
$$;

-- As in 2026-12-19-d-acquisitions-end.sql, and it goes with the record that it was kept for.
CREATE OR REPLACE FUNCTION expire_acquisitions(today date) RETURNS SETOF uuid
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH over AS (
    SELECT a.id FROM acquisitions a
    WHERE a.keep_until < least(today, (now() AT TIME ZONE 'Asia/Tokyo')::date)
      AND NOT EXISTS (SELECT FROM vault_principals p WHERE p.id = a.principal_id)
    ORDER BY a.keep_until, a.id LIMIT 200),
  keys AS (DELETE FROM acquisition_keys WHERE acquisition_id IN (SELECT id FROM over)),
  providers AS (DELETE FROM acquisition_providers WHERE id IN (SELECT id FROM over))
  DELETE FROM acquisitions WHERE id IN (SELECT id FROM over) RETURNING id
$$;

-- A promise counts the records that do not say who gave the information.
CREATE TRIGGER note_change AFTER INSERT OR DELETE OR TRUNCATE OR UPDATE OF id ON acquisition_providers EXECUTE FUNCTION note_change();
ALTER TABLE acquisition_providers ENABLE ALWAYS TRIGGER note_change;
