-- Records of provisions and receipts are kept for one year or three (APPI 29(2), 30(4)) and say whose they are (Rules 20(1), 24(1)). Of somebody who
-- is erased before that, what tells who it was stays for these records alone: under a key of its own, as the person's goes.

CREATE TABLE kept_identities (
  id          uuid PRIMARY KEY, -- of the person, who is erased
  kek_version integer NOT NULL,
  wrapped_key bytea NOT NULL,
  sealed      bytea NOT NULL,
  kept_at     timestamptz NOT NULL
);
GRANT SELECT, INSERT, DELETE, UPDATE (kek_version, wrapped_key) ON kept_identities TO sekisho_app;

-- As of every table of keys (see 2026-11-29-e-erased-keys.sql and 2026-11-30-i-dropped-keys.sql).
ALTER TABLE kept_identities ALTER COLUMN wrapped_key SET STATISTICS 0, ALTER COLUMN sealed SET STATISTICS 0;
CREATE TRIGGER note_dropped_key AFTER DELETE ON kept_identities FOR EACH ROW EXECUTE FUNCTION note_dropped_key();
DO $$
BEGIN
  IF current_setting('server_version_num')::int >= 170000 THEN
    GRANT MAINTAIN ON kept_identities TO sekisho_app;
  ELSE
    ALTER TABLE kept_identities SET (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0);
  END IF;
END
$$;
