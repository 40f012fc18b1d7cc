-- A record that covers what goes on, and a contract that stands in for records, are kept from the last provision, receipt or confirmation and not from
-- the first (Rules 21(i)(ii), 25(i)(ii), 29(i)(ii)). What follows moves the end of what came before it: made in the same way, with the same party, and
-- of the same person where it is of persons. What is recorded each time ends as it did; so does one record of many confirmations, which states its own
-- last day.

CREATE FUNCTION keep_provision_records_from_last() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE provision_records r SET keep_until = NEW.keep_until
  FROM provisions p, provisions last
  WHERE last.id = NEW.provision_id AND p.recipient_id = last.recipient_id AND r.provision_id = p.id
    AND r.mode = NEW.mode AND r.keep_until < NEW.keep_until
    AND EXISTS (SELECT FROM provision_people w JOIN provision_people n ON n.principal_id = w.principal_id
                WHERE w.provision_id = r.provision_id AND n.provision_id = NEW.provision_id);
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION keep_provision_records_from_last FROM PUBLIC;

-- At the end of the transaction, when it is written down whose record it is.
CREATE CONSTRAINT TRIGGER keep_from_last AFTER INSERT ON provision_records DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.mode <> 'each') EXECUTE FUNCTION keep_provision_records_from_last();

CREATE FUNCTION keep_related_provision_records_from_last() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE related_provision_records r SET keep_until = NEW.keep_until
  FROM related_provisions p, related_provisions last
  WHERE last.id = NEW.id AND (p.collection_id, p.recipient_id) = (last.collection_id, last.recipient_id) AND r.id = p.id
    AND r.mode = NEW.mode AND r.keep_until < NEW.keep_until;
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION keep_related_provision_records_from_last FROM PUBLIC;

CREATE TRIGGER keep_from_last AFTER INSERT ON related_provision_records
  FOR EACH ROW WHEN (NEW.mode = 'contract') EXECUTE FUNCTION keep_related_provision_records_from_last();

CREATE FUNCTION keep_related_receipt_records_from_last() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE related_receipt_records r SET keep_until = NEW.keep_until
  FROM related_receipts p, related_receipts last
  WHERE last.id = NEW.id AND p.collection_id = last.collection_id AND r.id = p.id
    AND (r.principal_id, r.provider_name, r.mode) = (NEW.principal_id, NEW.provider_name, NEW.mode)
    AND r.keep_until < NEW.keep_until;
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION keep_related_receipt_records_from_last FROM PUBLIC;

CREATE TRIGGER keep_from_last AFTER INSERT ON related_receipt_records
  FOR EACH ROW WHEN (NEW.mode <> 'each') EXECUTE FUNCTION keep_related_receipt_records_from_last();

-- What is there already.
UPDATE provision_records r SET keep_until = l.keep_until
FROM (SELECT w.provision_id, max(s.keep_until) AS keep_until
      FROM provision_people w JOIN provisions p ON p.id = w.provision_id JOIN provision_records o ON o.provision_id = p.id
      JOIN provision_people n ON n.principal_id = w.principal_id
      JOIN provisions q ON q.id = n.provision_id AND q.recipient_id = p.recipient_id
      JOIN provision_records s ON s.provision_id = q.id AND s.mode = o.mode
      WHERE o.mode <> 'each' GROUP BY 1) AS l
WHERE r.provision_id = l.provision_id AND r.keep_until < l.keep_until;
UPDATE related_provision_records r SET keep_until = l.keep_until
FROM (SELECT p.id, max(s.keep_until) AS keep_until
      FROM related_provisions p JOIN related_provision_records o ON o.id = p.id
      JOIN related_provisions q ON (q.collection_id, q.recipient_id) = (p.collection_id, p.recipient_id)
      JOIN related_provision_records s ON s.id = q.id AND s.mode = o.mode
      WHERE o.mode = 'contract' GROUP BY 1) AS l
WHERE r.id = l.id AND r.keep_until < l.keep_until;
UPDATE related_receipt_records r SET keep_until = l.keep_until
FROM (SELECT p.id, max(s.keep_until) AS keep_until
      FROM related_receipts p JOIN related_receipt_records o ON o.id = p.id
      JOIN related_receipts q ON q.collection_id = p.collection_id
      JOIN related_receipt_records s ON s.id = q.id AND (s.principal_id, s.provider_name, s.mode) = (o.principal_id, o.provider_name, o.mode)
      WHERE o.mode <> 'each' GROUP BY 1) AS l
WHERE r.id = l.id AND r.keep_until < l.keep_until;
