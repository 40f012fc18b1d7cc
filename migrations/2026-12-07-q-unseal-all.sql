-- While an erasure or a correction waited for one package, another could be approved with the person in it: what was sealed of them there stayed, or
-- went without the package being held. It holds every package that has them by then, and looks again whenever it had to wait.
CREATE OR REPLACE FUNCTION unseal_package_parts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  held uuid[] := '{}';
  more uuid[];
BEGIN
  -- Whoever seals a part holds the package: a part that is being sealed with what is held no more is there, and goes, once this has waited.
  LOOP
    SELECT array_agg(k.id) INTO more FROM (
      SELECT id FROM packages
      WHERE holding_id = OLD.holding_id AND id <> ALL (held)
        AND id IN (SELECT package_id FROM package_people WHERE principal_id = OLD.principal_id)
      ORDER BY id FOR UPDATE) k;
    EXIT WHEN more IS NULL;
    held := held || more;
  END LOOP;
  IF cardinality(held) > 0 THEN
    DELETE FROM package_parts q USING package_people p
    WHERE p.principal_id = OLD.principal_id AND p.package_id = ANY (held) AND q.package_id = p.package_id AND q.part = p.part;
    UPDATE packages k SET waits_for = NULL FROM package_people p
    WHERE k.waits_for IS NOT NULL AND k.id = ANY (held) AND p.package_id = k.id AND p.principal_id = OLD.principal_id;
  END IF;
  RETURN NULL;
END
$$;
