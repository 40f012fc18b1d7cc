-- What a package rests on in words, the law and the document of 27(1)(i) and a warrant, is stated before it is known of whom the package is. It lies
-- apart from the facts now. As long as the package is of nobody yet, or of several, it lies in clear; of one person it names whom it is about, and is
-- sealed under that person's key as that of a provision is (2026-11-29-e-provision-references.sql): here with the end of the package, as nothing leads
-- from one that is over to those who were to be in it; of the provision as long as the person is held. What lay here in clear of one person waits
-- where that of provisions did; the program seals it when it next starts, before anybody is served. Of persons who were erased it is not kept.

ALTER TABLE packages ADD COLUMN words jsonb, -- {legalBasis?, warrant?}
  ADD COLUMN referenced text[] NOT NULL DEFAULT '{}', -- which of them were stated
  ADD COLUMN sealed bytea,
  ADD COLUMN sealed_of uuid; -- the person under whose key
-- The server keeps no values of them, to plan with.
ALTER TABLE packages ALTER COLUMN words SET STATISTICS 0;

UPDATE packages SET
  words = jsonb_strip_nulls(jsonb_build_object('legalBasis', facts #>> '{exception,legalBasis}', 'warrant', facts #>> '{secrecy,warrant}')),
  referenced = array_remove(ARRAY[CASE WHEN facts #>> '{exception,legalBasis}' IS NOT NULL THEN 'legalBasis' END,
    CASE WHEN facts #>> '{secrecy,warrant}' IS NOT NULL THEN 'warrant' END], NULL)
WHERE num_nonnulls(facts #>> '{exception,legalBasis}', facts #>> '{secrecy,warrant}') > 0;

-- Those of one person, who is null where nothing leads there any more.
CREATE TEMPORARY TABLE of_one AS
SELECT k.id, k.state IN ('closed', 'declined', 'refused', 'cancelled') AS over, CASE
    WHEN k.state NOT IN ('closed', 'declined', 'refused', 'cancelled')
      THEN coalesce((SELECT principal_id FROM package_people WHERE package_id = k.id LIMIT 1),
                    (SELECT principal_id FROM package_list WHERE package_id = k.id LIMIT 1))
    ELSE (SELECT w.principal_id FROM provisions p JOIN provision_people w ON w.provision_id = p.id WHERE p.package_id = k.id LIMIT 1)
  END AS principal_id
FROM packages k
WHERE k.words IS NOT NULL AND CASE
    WHEN k.state NOT IN ('closed', 'declined', 'refused', 'cancelled')
      THEN coalesce(nullif((SELECT count(*) FROM package_people WHERE package_id = k.id), 0),
                    (SELECT count(*) FROM package_list WHERE package_id = k.id)) = 1
    ELSE coalesce((SELECT sum(p.people) FROM provisions p WHERE p.package_id = k.id),
                  (SELECT sum((s ->> 'people')::int) FROM jsonb_array_elements(k.screening) AS s
                   WHERE k.approved_by IS NULL OR s #>> '{finding,answer}' = 'yes')) = 1
  END;

INSERT INTO provision_references_waiting
SELECT k.id, o.principal_id, k.words FROM of_one o JOIN packages k ON k.id = o.id
WHERE NOT o.over AND o.principal_id IN (SELECT id FROM vault_principals)
UNION ALL
SELECT p.id, o.principal_id, k.words FROM of_one o JOIN packages k ON k.id = o.id JOIN provisions p ON p.package_id = k.id
WHERE o.principal_id IN (SELECT id FROM vault_principals);

-- Their provisions: as those of one person that went out without a package.
ALTER TABLE provisions DROP CONSTRAINT provisions_sealed;
UPDATE provisions p SET referenced = k.referenced FROM of_one o JOIN packages k ON k.id = o.id WHERE p.package_id = k.id;
UPDATE packages k SET words = NULL FROM of_one o WHERE k.id = o.id;
DROP TABLE of_one;

-- Writes both anew with the rows as they are from now on, so that what they were is not left in their files.
ALTER TABLE packages ALTER COLUMN facts TYPE jsonb USING facts #- '{exception,legalBasis}' #- '{secrecy,warrant}';
ALTER TABLE provisions ALTER COLUMN facts TYPE jsonb
  USING CASE WHEN referenced = '{}' THEN facts ELSE facts #- '{exception,legalBasis}' #- '{secrecy,warrant}' END;
ALTER TABLE provisions ADD CONSTRAINT provisions_sealed CHECK ((sealed IS NOT NULL) = (referenced <> '{}') AND (people > 1 OR package_id IS NOT NULL
  OR num_nonnulls(facts #> '{exception,legalBasis}', facts #> '{secrecy,warrant}') = 0)) NOT VALID;
ALTER TABLE packages ADD CHECK (referenced <@ '{legalBasis,warrant}'),
  ADD CONSTRAINT packages_words CHECK ((sealed IS NULL) = (sealed_of IS NULL) AND num_nonnulls(words, sealed) <= sign(cardinality(referenced))
    AND num_nonnulls(facts #>> '{exception,legalBasis}', facts #>> '{secrecy,warrant}') = 0);

GRANT UPDATE (words, sealed, sealed_of) ON packages TO sekisho_app;

-- Seals what waits of either, and that alone.
CREATE OR REPLACE FUNCTION seal_provision_references(ids uuid[], texts bytea[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  WITH now AS (
    DELETE FROM provision_references_waiting w USING unnest(ids, texts) AS given(id, sealed) WHERE w.id = given.id
    RETURNING w.id, w.principal_id, given.sealed),
  of_packages AS (
    UPDATE packages k SET sealed = now.sealed, sealed_of = now.principal_id FROM now WHERE k.id = now.id AND now.sealed IS NOT NULL)
  UPDATE provisions p SET sealed = now.sealed FROM now WHERE p.id = now.id AND now.sealed IS NOT NULL;
  -- So that nothing is left in its file either.
  IF NOT EXISTS (SELECT FROM provision_references_waiting) THEN
    TRUNCATE provision_references_waiting;
  END IF;
END
$$;

-- Words that are sealed from now on leave the files with the dropped keys.
DROP TRIGGER note_emptied_key ON packages;
CREATE TRIGGER note_emptied_key AFTER UPDATE ON packages FOR EACH ROW
  WHEN (OLD.wrapped_key IS NOT NULL AND NEW.wrapped_key IS NULL OR OLD.words IS NOT NULL AND NEW.words IS NULL)
  EXECUTE FUNCTION note_dropped_key();
