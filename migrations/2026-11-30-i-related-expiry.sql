-- The records of 30(3) and 31(3) end as those of 29 do (Rules 25, 29): what was received and provided is erased with its record, two hundred of each
-- at a time, as so many ids stand in one entry of the log. The application cannot erase one in any other way, and no clock but the database's own
-- can make it earlier. A receipt that something linked to a person rests on is still needed, and stays as long as that does.

CREATE INDEX related_provision_records_by_end ON related_provision_records (keep_until);
CREATE INDEX related_receipt_records_by_end ON related_receipt_records (keep_until);
CREATE INDEX identifier_links_of_receipt ON identifier_links (receipt_id) WHERE receipt_id IS NOT NULL;

CREATE FUNCTION expire_related_records(today date) RETURNS TABLE (act text, id uuid)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH provided AS (
    SELECT r.id FROM related_provision_records r
    WHERE r.keep_until < least(today, (now() AT TIME ZONE 'Asia/Tokyo')::date)
    ORDER BY r.keep_until, r.id LIMIT 200),
  received AS (
    SELECT r.id FROM related_receipt_records r
    WHERE r.keep_until < least(today, (now() AT TIME ZONE 'Asia/Tokyo')::date)
      AND NOT EXISTS (SELECT FROM identifier_links l WHERE l.receipt_id = r.id)
    ORDER BY r.keep_until, r.id LIMIT 200),
  provision_records AS (DELETE FROM related_provision_records r USING provided o WHERE r.id = o.id),
  receipt_records AS (DELETE FROM related_receipt_records r USING received o WHERE r.id = o.id),
  provisions AS (DELETE FROM related_provisions p USING provided o WHERE p.id = o.id RETURNING p.id),
  receipts AS (DELETE FROM related_receipts p USING received o WHERE p.id = o.id RETURNING p.id)
  SELECT 'provided', p.id FROM provisions p UNION ALL SELECT 'received', p.id FROM receipts p
$$;
REVOKE EXECUTE ON FUNCTION expire_related_records FROM PUBLIC;
GRANT EXECUTE ON FUNCTION expire_related_records TO sekisho_app;
