-- A function with its owner's rights looks for names where only the owner puts any; unnamed, the caller's temporary tables come first.
ALTER FUNCTION expire_provision_records(date) SET search_path = pg_catalog, public, pg_temp;
