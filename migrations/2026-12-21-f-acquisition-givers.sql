-- A record of a receipt that goes on, or for which a contract stands in, is kept from the last receipt from the same party (Rules 25). Private individuals
-- who gave information are sealed, so all who gave something of one person counted as the same party, and each was kept for as long as the others. A keyed
-- digest of the name now tells them apart. Where one is missing (a record of an earlier version, a giver without a name), the record is kept.

ALTER TABLE acquisitions ADD COLUMN giver bytea; -- keyed digest of the name of a private individual who gave the information

CREATE OR REPLACE FUNCTION keep_acquisitions_from_last() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE acquisitions a SET keep_until = NEW.keep_until
  WHERE (a.principal_id, a.receipt #>> '{record,mode}') = (NEW.principal_id, NEW.receipt #>> '{record,mode}')
    AND a.receipt #>> '{provider,name}' IS NOT DISTINCT FROM NEW.receipt #>> '{provider,name}'
    AND coalesce(a.giver = NEW.giver, true) AND a.keep_until < NEW.keep_until;
  RETURN NULL;
END $$;
