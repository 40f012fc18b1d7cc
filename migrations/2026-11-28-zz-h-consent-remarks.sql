-- What is written of a consent, and of what ends it, in free words names people: who signed, who called. It is sealed under the key of the person it
-- is about and goes with them (APPI 22); in clear there is only whether there was any. What lay here in clear is evidence of the consent (APPI 18,
-- 27) and cannot be sealed from here: it waits in a table of its own, of persons who are still held. The program seals it when it next starts, before
-- anybody is served, and the table is then empty for good. Of persons who were erased it is not kept, nor in the files of the tables.

CREATE TABLE consent_remarks_waiting (
  id           uuid PRIMARY KEY, -- of the log entry of the row it belongs to
  principal_id uuid NOT NULL,
  remarks      jsonb NOT NULL    -- {note?, evidence?, reason?}
);
-- The server keeps no values of it either, to plan with.
ALTER TABLE consent_remarks_waiting ALTER COLUMN remarks SET STATISTICS 0;
GRANT SELECT ON consent_remarks_waiting TO sekisho_app;

INSERT INTO consent_remarks_waiting
SELECT * FROM (
  SELECT id, principal_id, jsonb_strip_nulls(jsonb_build_object('note', note, 'evidence', evidence)) FROM consents
  UNION ALL SELECT entry_id, principal_id, jsonb_build_object('evidence', evidence) FROM consent_withdrawals WHERE evidence IS NOT NULL
  UNION ALL SELECT id, principal_id, jsonb_build_object('evidence', evidence) FROM consent_objections WHERE evidence IS NOT NULL
  UNION ALL SELECT entry_id, principal_id, jsonb_build_object('reason', reason) FROM consent_retractions) AS lay
WHERE principal_id IN (SELECT id FROM vault_principals);

-- Whether anything was written, and what, sealed; null once it could not be kept. What is written from now on is always sealed.
ALTER TABLE consents ADD COLUMN noted boolean, ADD COLUMN evidenced boolean, ADD COLUMN sealed bytea;
UPDATE consents SET noted = note IS NOT NULL, evidenced = evidence IS NOT NULL;
ALTER TABLE consents DROP COLUMN note, DROP COLUMN evidence, ALTER COLUMN noted SET NOT NULL, ALTER COLUMN evidenced SET NOT NULL,
  ADD CHECK (evidenced OR (method = 'oral' AND noted)),
  ADD CONSTRAINT consents_sealed CHECK (sealed IS NOT NULL) NOT VALID,
  -- Codes and nothing else.
  ADD CHECK (representative IS NULL OR (representative - '{relation,checked}'::text[] = '{}'
    AND representative ->> 'relation' IN ('parent', 'guardian-of-minor', 'guardian-of-adult')
    AND representative ->> 'checked' IN ('family-register', 'resident-record', 'guardianship-record', 'other')) IS TRUE);

ALTER TABLE consent_withdrawals ADD COLUMN evidenced boolean, ADD COLUMN sealed bytea;
UPDATE consent_withdrawals SET evidenced = evidence IS NOT NULL;
ALTER TABLE consent_withdrawals DROP COLUMN evidence, ALTER COLUMN evidenced SET NOT NULL,
  ADD CONSTRAINT consent_withdrawals_sealed CHECK (evidenced = (sealed IS NOT NULL)) NOT VALID;

ALTER TABLE consent_objections ADD COLUMN evidenced boolean, ADD COLUMN sealed bytea;
UPDATE consent_objections SET evidenced = evidence IS NOT NULL;
ALTER TABLE consent_objections DROP COLUMN evidence, ALTER COLUMN evidenced SET NOT NULL,
  ADD CONSTRAINT consent_objections_sealed CHECK (evidenced = (sealed IS NOT NULL)) NOT VALID;

ALTER TABLE consent_retractions ADD COLUMN sealed bytea;
ALTER TABLE consent_retractions DROP COLUMN reason,
  ADD CONSTRAINT consent_retractions_sealed CHECK (sealed IS NOT NULL) NOT VALID;

-- A dropped column stays in the file of its table until the rows are written anew.
CLUSTER consents USING consents_pkey;
CLUSTER consent_withdrawals USING consent_withdrawals_pkey;
CLUSTER consent_objections USING consent_objections_pkey;
CLUSTER consent_retractions USING consent_retractions_pkey;

-- Seals what waits, and that alone: the application still rewrites nothing. A null leaves a remark nowhere, of a person who was erased meanwhile.
CREATE FUNCTION seal_consent_remarks(ids uuid[], texts bytea[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  WITH now AS (
    DELETE FROM consent_remarks_waiting w USING unnest(ids, texts) AS given(id, sealed) WHERE w.id = given.id
    RETURNING w.id, given.sealed),
  kept AS (SELECT * FROM now WHERE sealed IS NOT NULL),
  consents AS (UPDATE consents c SET sealed = k.sealed FROM kept k WHERE c.id = k.id),
  withdrawals AS (UPDATE consent_withdrawals c SET sealed = k.sealed FROM kept k WHERE c.entry_id = k.id),
  objections AS (UPDATE consent_objections c SET sealed = k.sealed FROM kept k WHERE c.id = k.id)
  UPDATE consent_retractions c SET sealed = k.sealed FROM kept k WHERE c.entry_id = k.id;
  -- So that nothing is left in its file either.
  IF NOT EXISTS (SELECT FROM consent_remarks_waiting) THEN
    TRUNCATE consent_remarks_waiting;
  END IF;
END
$$;
REVOKE EXECUTE ON FUNCTION seal_consent_remarks FROM PUBLIC;
GRANT EXECUTE ON FUNCTION seal_consent_remarks TO sekisho_app;
