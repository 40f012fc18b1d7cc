-- A caller may name an attempt after whom it is about, as a call by its key: the name is kept as a keyed digest from now on, in hex, under which it is
-- found again. Those that are here lay in clear. They wait in a table of their own, which is empty for good once the program that has the key has
-- keyed them, as it next starts and before anybody is served.

CREATE TABLE attempts_waiting (
  relation name NOT NULL, -- where it belongs
  id       uuid NOT NULL,
  no       int  NOT NULL, -- of the event of a request; 0 elsewhere
  attempt  text NOT NULL,
  PRIMARY KEY (relation, id, no)
);
-- The server keeps no values of it, to plan with.
ALTER TABLE attempts_waiting ALTER COLUMN attempt SET STATISTICS 0;
GRANT SELECT ON attempts_waiting TO sekisho_app;
INSERT INTO attempts_waiting
SELECT 'provisions', id, 0, attempt FROM provisions WHERE attempt IS NOT NULL
UNION ALL SELECT 'packages', id, 0, attempt FROM packages WHERE attempt IS NOT NULL
UNION ALL SELECT 'related_provisions', id, 0, attempt FROM related_provisions WHERE attempt IS NOT NULL
UNION ALL SELECT 'related_receipts', id, 0, attempt FROM related_receipts WHERE attempt IS NOT NULL
UNION ALL SELECT 'requests', id, 0, attempt FROM requests WHERE attempt IS NOT NULL
UNION ALL SELECT 'request_events', request_id, no, attempt FROM request_events WHERE attempt IS NOT NULL
UNION ALL SELECT 'request_parcels', id, 0, attempt FROM request_parcels WHERE attempt IS NOT NULL;

-- Into files of their own, so that nothing is left in those that were; what the server kept of the column to plan with goes with the type.
ALTER TABLE provisions ALTER COLUMN attempt TYPE text USING NULL, ADD CHECK (attempt ~ '^[0-9a-f]{64}$');
ALTER TABLE packages ALTER COLUMN attempt TYPE text USING NULL, ADD CHECK (attempt ~ '^[0-9a-f]{64}$');
ALTER TABLE related_provisions ALTER COLUMN attempt TYPE text USING NULL, ADD CHECK (attempt ~ '^[0-9a-f]{64}$');
ALTER TABLE related_receipts ALTER COLUMN attempt TYPE text USING NULL, ADD CHECK (attempt ~ '^[0-9a-f]{64}$');
ALTER TABLE requests ALTER COLUMN attempt TYPE text USING NULL, ADD CHECK (attempt ~ '^[0-9a-f]{64}$');
ALTER TABLE request_events ALTER COLUMN attempt TYPE text USING NULL, ADD CHECK (attempt ~ '^[0-9a-f]{64}$');
ALTER TABLE request_parcels ALTER COLUMN attempt TYPE text USING NULL, ADD CHECK (attempt ~ '^[0-9a-f]{64}$');

-- Puts the keyed digests of some that wait where they belong, and of them alone.
CREATE FUNCTION key_attempts(relations text[], ids uuid[], nos int[], digests bytea[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  WITH now AS (
    DELETE FROM attempts_waiting w USING unnest(relations, ids, nos, digests) AS given(relation, id, no, keyed)
    WHERE w.relation = given.relation AND w.id = given.id AND w.no = given.no
    RETURNING w.relation, w.id, w.no, encode(given.keyed, 'hex') AS keyed),
  provided AS (UPDATE provisions t SET attempt = keyed FROM now WHERE now.relation = 'provisions' AND now.id = t.id),
  drafted AS (UPDATE packages t SET attempt = keyed FROM now WHERE now.relation = 'packages' AND now.id = t.id),
  gave AS (UPDATE related_provisions t SET attempt = keyed FROM now WHERE now.relation = 'related_provisions' AND now.id = t.id),
  received AS (UPDATE related_receipts t SET attempt = keyed FROM now WHERE now.relation = 'related_receipts' AND now.id = t.id),
  registered AS (UPDATE requests t SET attempt = keyed FROM now WHERE now.relation = 'requests' AND now.id = t.id),
  sent AS (UPDATE request_parcels t SET attempt = keyed FROM now WHERE now.relation = 'request_parcels' AND now.id = t.id)
  UPDATE request_events t SET attempt = keyed FROM now WHERE now.relation = 'request_events' AND now.id = t.request_id AND now.no = t.no;
  -- So that nothing is left in its file either.
  IF NOT EXISTS (SELECT FROM attempts_waiting) THEN
    TRUNCATE attempts_waiting;
  END IF;
END
$$;
REVOKE EXECUTE ON FUNCTION key_attempts FROM PUBLIC;
GRANT EXECUTE ON FUNCTION key_attempts TO sekisho_app;
