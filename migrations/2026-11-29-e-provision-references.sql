-- The law and the document that a provision of one person rests on (27(1)(i)), and a warrant, are stated in free words, and such a document names
-- whom it is about. They are sealed under the key of that person and go with them (APPI 22); in clear there is which of them was stated, and the item
-- of the law. The record of 29 holds none of it (Rules 20(1)). What lay here in clear waits in a table of its own, of persons who are still held;
-- the program seals it when it next starts, before anybody is served, and the table is then empty for good. Of persons who were erased it is not
-- kept. What goes out with a package is stated of everybody alike, before it is known of whom, and stays as it is.

CREATE TABLE provision_references_waiting (
  id           uuid PRIMARY KEY, -- of the provision
  principal_id uuid NOT NULL,
  words        jsonb NOT NULL    -- {legalBasis?, warrant?}
);
-- The server keeps no values of it either, to plan with.
ALTER TABLE provision_references_waiting ALTER COLUMN words SET STATISTICS 0;
GRANT SELECT ON provision_references_waiting TO sekisho_app;

INSERT INTO provision_references_waiting
SELECT p.id, w.principal_id, jsonb_strip_nulls(jsonb_build_object(
  'legalBasis', p.facts #> '{exception,legalBasis}', 'warrant', p.facts #> '{secrecy,warrant}'))
FROM provisions p JOIN provision_people w ON w.provision_id = p.id
WHERE p.people = 1 AND p.package_id IS NULL AND num_nonnulls(p.facts #> '{exception,legalBasis}', p.facts #> '{secrecy,warrant}') > 0
  AND w.principal_id IN (SELECT id FROM vault_principals);

-- Which of them was stated; and they, sealed: null once they could not be kept.
ALTER TABLE provisions ADD COLUMN referenced text[] NOT NULL DEFAULT '{}', ADD COLUMN sealed bytea;
UPDATE provisions SET referenced = array_remove(ARRAY[CASE WHEN facts #> '{exception,legalBasis}' IS NOT NULL THEN 'legalBasis' END,
    CASE WHEN facts #> '{secrecy,warrant}' IS NOT NULL THEN 'warrant' END], NULL)
WHERE people = 1 AND package_id IS NULL AND num_nonnulls(facts #> '{exception,legalBasis}', facts #> '{secrecy,warrant}') > 0;
-- Writes the table anew with the rows as they are from now on, so that what they were is not left in its file.
ALTER TABLE provisions ALTER COLUMN facts TYPE jsonb
  USING CASE WHEN referenced = '{}' THEN facts ELSE facts #- '{exception,legalBasis}' #- '{secrecy,warrant}' END;
ALTER TABLE provisions ADD CHECK (referenced <@ '{legalBasis,warrant}'),
  ADD CONSTRAINT provisions_sealed CHECK ((sealed IS NOT NULL) = (referenced <> '{}') AND (people > 1 OR package_id IS NOT NULL
    OR num_nonnulls(facts #> '{exception,legalBasis}', facts #> '{secrecy,warrant}') = 0)) NOT VALID;

-- Seals what waits, and that alone: the application still rewrites nothing. A null leaves the words nowhere, of a person who was erased meanwhile.
CREATE FUNCTION seal_provision_references(ids uuid[], texts bytea[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  WITH now AS (
    DELETE FROM provision_references_waiting w USING unnest(ids, texts) AS given(id, sealed) WHERE w.id = given.id
    RETURNING w.id, given.sealed)
  UPDATE provisions p SET sealed = now.sealed FROM now WHERE p.id = now.id AND now.sealed IS NOT NULL;
  -- So that nothing is left in its file either.
  IF NOT EXISTS (SELECT FROM provision_references_waiting) THEN
    TRUNCATE provision_references_waiting;
  END IF;
END
$$;
REVOKE EXECUTE ON FUNCTION seal_provision_references FROM PUBLIC;
GRANT EXECUTE ON FUNCTION seal_provision_references TO sekisho_app;
