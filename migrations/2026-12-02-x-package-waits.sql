-- A package whose persons all wait for a change of purpose to be judged anew is not over: it waits with them, and goes on once that is judged or
-- something changes of what is held about them.

-- Ids of the purposes whose change to that of the package waits to be judged anew; null where it waits for nothing.
ALTER TABLE packages ADD COLUMN waits_for text[],
  ADD CONSTRAINT packages_waiting CHECK (waits_for IS NULL OR (state = 'preparing' AND cardinality(waits_for) > 0));
GRANT UPDATE (waits_for) ON packages TO sekisho_app;

CREATE OR REPLACE FUNCTION unseal_package_parts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Whoever seals a part holds the package: a part that is being sealed with what is held no more is there, and goes, once this has waited.
  PERFORM 1 FROM packages WHERE holding_id = OLD.holding_id
    AND id IN (SELECT package_id FROM package_people WHERE principal_id = OLD.principal_id)
    ORDER BY id FOR UPDATE;
  IF FOUND THEN
    DELETE FROM package_parts q USING package_people p, packages k
    WHERE p.principal_id = OLD.principal_id AND k.id = p.package_id AND k.holding_id = OLD.holding_id
      AND q.package_id = p.package_id AND q.part = p.part;
    UPDATE packages k SET waits_for = NULL FROM package_people p
    WHERE k.waits_for IS NOT NULL AND k.holding_id = OLD.holding_id AND p.package_id = k.id AND p.principal_id = OLD.principal_id;
  END IF;
  RETURN NULL;
END
$$;
