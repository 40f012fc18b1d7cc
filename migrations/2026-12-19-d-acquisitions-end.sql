-- The record of a receipt (30(3)) that an acquisition is has an end (30(4), Rules 25), as those of provisions and of related information have. It is
-- kept from the last receipt where one record covers what goes on or a contract stands in for it; until whoever it is about is erased it says besides
-- where what is held of them came from, and stays.

ALTER TABLE acquisitions ADD COLUMN keep_until date; -- of one that had to be recorded; null: of any other

-- Where an earlier version did not say until when, the longest there is.
UPDATE acquisitions SET keep_until = coalesce(
  (SELECT (duty ->> 'keepUntil')::date FROM jsonb_array_elements(duties) AS duty WHERE duty ->> 'do' = 'record-receipt'),
  ((at AT TIME ZONE 'Asia/Tokyo')::date + interval '3 years')::date)
WHERE duties @> '[{"do": "record-receipt"}]';
UPDATE acquisitions a SET keep_until = l.keep_until
FROM (SELECT principal_id, receipt #>> '{provider,name}' AS provider, receipt #>> '{record,mode}' AS mode, max(keep_until) AS keep_until
      FROM acquisitions WHERE keep_until IS NOT NULL AND receipt #>> '{record,mode}' IN ('bulk', 'contract') GROUP BY 1, 2, 3) AS l
WHERE (a.principal_id, a.receipt #>> '{record,mode}') = (l.principal_id, l.mode) AND a.receipt #>> '{provider,name}' IS NOT DISTINCT FROM l.provider
  AND a.keep_until < l.keep_until;

ALTER TABLE acquisitions ADD CHECK (receipt IS NULL OR (keep_until IS NOT NULL) = (duties @> '[{"do": "record-receipt"}]'));
CREATE INDEX acquisitions_by_end ON acquisitions (keep_until) WHERE keep_until IS NOT NULL;

-- As of the other records: see 2026-12-02-s-records-from-last.sql. Who comes in by themselves has no end, and pays for none of it.
CREATE FUNCTION keep_acquisitions_from_last() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE acquisitions a SET keep_until = NEW.keep_until
  WHERE (a.principal_id, a.receipt #>> '{record,mode}') = (NEW.principal_id, NEW.receipt #>> '{record,mode}')
    AND a.receipt #>> '{provider,name}' IS NOT DISTINCT FROM NEW.receipt #>> '{provider,name}' AND a.keep_until < NEW.keep_until;
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION keep_acquisitions_from_last FROM PUBLIC;
CREATE TRIGGER keep_from_last AFTER INSERT ON acquisitions FOR EACH ROW
  WHEN (NEW.keep_until IS NOT NULL AND NEW.receipt #>> '{record,mode}' IN ('bulk', 'contract')) EXECUTE FUNCTION keep_acquisitions_from_last();

-- Two hundred at a time, as so many ids stand in one entry of the log; no clock but the database's own makes one earlier.
CREATE FUNCTION expire_acquisitions(today date) RETURNS SETOF uuid
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH over AS (
    SELECT a.id FROM acquisitions a
    WHERE a.keep_until < least(today, (now() AT TIME ZONE 'Asia/Tokyo')::date)
      AND NOT EXISTS (SELECT FROM vault_principals p WHERE p.id = a.principal_id)
    ORDER BY a.keep_until, a.id LIMIT 200),
  keys AS (DELETE FROM acquisition_keys WHERE acquisition_id IN (SELECT id FROM over))
  DELETE FROM acquisitions WHERE id IN (SELECT id FROM over) RETURNING id
$$;
REVOKE EXECUTE ON FUNCTION expire_acquisitions FROM PUBLIC;
GRANT EXECUTE ON FUNCTION expire_acquisitions TO sekisho_app;
