-- Which tables changed since somebody looked, so that a promise about many rows is counted again only when there is something new to count.
-- Noted in the transaction of the change itself, whoever makes it: seen with it, gone with it. One row for each table and connection, so
-- that nobody waits for anybody. It is not written ahead: after a crash it is empty, which is another content too.

CREATE UNLOGGED TABLE table_changes (
  relation name NOT NULL,
  backend  int  NOT NULL, -- process of the connection
  xid      xid8 NOT NULL, -- its last transaction that changed the table
  PRIMARY KEY (relation, backend)
);
GRANT SELECT ON table_changes TO sekisho_app;

CREATE FUNCTION note_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE table_changes SET xid = pg_current_xact_id() WHERE relation = TG_TABLE_NAME AND backend = pg_backend_pid();
  IF NOT FOUND THEN
    -- A connection's first change takes away the rows of connections that are over.
    DELETE FROM table_changes WHERE (relation, backend) IN (
      SELECT relation, backend FROM table_changes t
      WHERE relation = TG_TABLE_NAME AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.pid = t.backend)
      FOR UPDATE SKIP LOCKED);
    INSERT INTO table_changes VALUES (TG_TABLE_NAME, pg_backend_pid(), pg_current_xact_id());
  END IF;
  RETURN NULL;
END
$$;
REVOKE EXECUTE ON FUNCTION note_change FROM PUBLIC;

DO $$
DECLARE
  noted text;
BEGIN
  FOREACH noted IN ARRAY ARRAY['policy_versions', 'acquisitions', 'provisions', 'provision_records', 'provision_people', 'packages', 'related_provisions',
    'related_provision_records', 'related_receipts', 'identifier_links', 'requests', 'request_events', 'request_papers'] LOOP
    EXECUTE format('CREATE TRIGGER note_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %I EXECUTE FUNCTION note_change()', noted);
    -- Also where the owner has triggers held off.
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER note_change', noted);
  END LOOP;
END
$$;

-- The application adds a record of the vault with its acquisition alone, which is noted; whatever else happens to one is noted here.
CREATE TRIGGER note_change AFTER UPDATE OR DELETE OR TRUNCATE ON vault_records EXECUTE FUNCTION note_change();
CREATE TRIGGER note_insert AFTER INSERT ON vault_records WHEN (current_user <> 'sekisho_app') EXECUTE FUNCTION note_change();
ALTER TABLE vault_records ENABLE ALWAYS TRIGGER note_change, ENABLE ALWAYS TRIGGER note_insert;

-- The log says by itself what is new in it; only its rewriting is noted.
CREATE TRIGGER note_change AFTER UPDATE OR DELETE OR TRUNCATE ON log_entries EXECUTE FUNCTION note_change();
ALTER TABLE log_entries ENABLE ALWAYS TRIGGER note_change;

-- Few entries among many, which a promise of the desk looks at.
CREATE INDEX log_entries_of_openings ON log_entries (xid, seq) WHERE action = 'desk:open-paper';
