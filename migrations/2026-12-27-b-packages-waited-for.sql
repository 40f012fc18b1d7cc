-- A person who withdrew, objected or had it stopped while a package with them was being handed over was told so before it had gone, and went with it.
-- What ends a provision waits until the package is on record as gone, or leaves them out of it.
CREATE FUNCTION wait_for_packages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Like an erasure, and in the same order: who did both at once would otherwise wait for another who does.
  PERFORM 1 FROM packages
  WHERE id IN (SELECT package_id FROM package_people
    WHERE principal_id = NEW.principal_id
      OR principal_id IN (SELECT other_id FROM same_person WHERE principal_id = NEW.principal_id))
  ORDER BY id FOR UPDATE;
  RETURN NULL;
END
$$;
CREATE TRIGGER wait_for_packages AFTER INSERT ON consent_withdrawals FOR EACH ROW EXECUTE FUNCTION wait_for_packages();
CREATE TRIGGER wait_for_packages AFTER INSERT ON consent_objections FOR EACH ROW EXECUTE FUNCTION wait_for_packages();
CREATE TRIGGER wait_for_packages AFTER INSERT ON suspensions FOR EACH ROW EXECUTE FUNCTION wait_for_packages();
