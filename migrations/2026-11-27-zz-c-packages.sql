-- A package is provided when its file is first fetched: its provisions and records are written then, of those who are in the file. Until then
-- nothing has left. What is sealed in it is only ever what the vault holds: whatever changes or erases what is held about a person in the
-- holding of a package destroys, in its own transaction, the part that the person is in. Parts that are missing are sealed anew.

CREATE INDEX package_people_of_person ON package_people (principal_id);

CREATE FUNCTION unseal_package_parts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Whoever seals a part holds the package: a part that is being sealed with what is held no more is there, and goes, once this has waited.
  PERFORM 1 FROM packages WHERE holding_id = OLD.holding_id
    AND id IN (SELECT package_id FROM package_people WHERE principal_id = OLD.principal_id)
    ORDER BY id FOR UPDATE;
  IF FOUND THEN
    DELETE FROM package_parts q USING package_people p, packages k
    WHERE p.principal_id = OLD.principal_id AND k.id = p.package_id AND k.holding_id = OLD.holding_id
      AND q.package_id = p.package_id AND q.part = p.part;
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER unseal_package_parts AFTER UPDATE OR DELETE ON vault_records FOR EACH ROW EXECUTE FUNCTION unseal_package_parts();

-- Those whose records were written when they were ready count as handed over.
UPDATE packages k SET fetched = 1
WHERE k.fetched = 0 AND k.state IN ('ready', 'closed') AND EXISTS (SELECT 1 FROM provisions p WHERE p.package_id = k.id);
