-- What was seen of a receipt about a person is noted in free words, and a paper is called by whose it is. It is sealed under the key of that
-- person and goes with them (APPI 22); in clear there is only of which papers there was any. The record of 30(3) holds none of it (Rules 24(1))
-- and stays its time. What lay here in clear waits in a table of its own, of persons who are still held; the program seals it when it next
-- starts, before anybody is served, and the table is then empty for good. Of persons who were erased it is not kept, nor of receipts that are
-- kept apart from persons: nothing rests on it there.

CREATE TABLE related_documents_waiting (
  id           uuid PRIMARY KEY, -- of the receipt
  principal_id uuid NOT NULL,
  documents    jsonb NOT NULL    -- {consent?, foreignInformation?, contract?}
);
-- The server keeps no values of it either, to plan with.
ALTER TABLE related_documents_waiting ALTER COLUMN documents SET STATISTICS 0;
GRANT SELECT ON related_documents_waiting TO sekisho_app;

-- The papers of which there is a reference, and the references, sealed; null once they could not be kept.
ALTER TABLE related_receipts ADD COLUMN documented text[], ADD COLUMN sealed bytea;
UPDATE related_receipts SET documented = CASE WHEN principal_id IS NULL THEN '{}'
  ELSE ARRAY(SELECT key FROM jsonb_each_text(documents) WHERE btrim(value) <> '' ORDER BY key) END;

INSERT INTO related_documents_waiting
SELECT id, principal_id, (SELECT jsonb_object_agg(key, documents -> key) FROM unnest(documented) AS key)
FROM related_receipts WHERE documented <> '{}' AND principal_id IN (SELECT id FROM vault_principals);

ALTER TABLE related_receipts DROP COLUMN documents, ALTER COLUMN documented SET NOT NULL,
  ADD CHECK (documented <@ '{consent,foreignInformation,contract}'),
  ADD CONSTRAINT related_receipts_sealed
    CHECK ((sealed IS NOT NULL) = (documented <> '{}') AND (sealed IS NULL OR principal_id IS NOT NULL)) NOT VALID;

-- A dropped column stays in the file of its table until the rows are written anew.
CLUSTER related_receipts USING related_receipts_pkey;

-- Seals what waits, and that alone: the application still rewrites nothing. A null leaves a reference nowhere, of a person who was erased meanwhile.
CREATE FUNCTION seal_related_documents(ids uuid[], texts bytea[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  WITH now AS (
    DELETE FROM related_documents_waiting w USING unnest(ids, texts) AS given(id, sealed) WHERE w.id = given.id
    RETURNING w.id, given.sealed)
  UPDATE related_receipts r SET sealed = now.sealed FROM now WHERE r.id = now.id AND now.sealed IS NOT NULL;
  -- So that nothing is left in its file either.
  IF NOT EXISTS (SELECT FROM related_documents_waiting) THEN
    TRUNCATE related_documents_waiting;
  END IF;
END
$$;
REVOKE EXECUTE ON FUNCTION seal_related_documents FROM PUBLIC;
GRANT EXECUTE ON FUNCTION seal_related_documents TO sekisho_app;
