-- A digest without a key tells who can guess a small file that the guess is right. That of a file of consents is keyed from now on. What is here is
-- keyed too, as the program that has the key next starts, before anybody is served: it waits in a table of its own, which is then empty for good.
-- Log entries of files that were taken in before keep the digest without a key: the log is not rewritten.

CREATE TABLE consent_imports_waiting (
  id     uuid PRIMARY KEY, -- of the file
  sha256 text NOT NULL
);
-- The server keeps no values of it either, to plan with.
ALTER TABLE consent_imports_waiting ALTER COLUMN sha256 SET STATISTICS 0;
GRANT SELECT ON consent_imports_waiting TO sekisho_app;
INSERT INTO consent_imports_waiting SELECT id, sha256 FROM consent_imports;

-- Under the key of the vault's search index, over the SHA-256 of the file.
ALTER TABLE consent_imports DROP COLUMN sha256, ADD COLUMN digest bytea CHECK (octet_length(digest) = 32),
  ADD CONSTRAINT consent_imports_keyed CHECK (digest IS NOT NULL) NOT VALID,
  ADD CONSTRAINT consent_imports_taken UNIQUE (text_id, digest);
-- A dropped column stays in the file of its table until the rows are written anew.
CLUSTER consent_imports USING consent_imports_pkey;

-- Puts keyed digests in the place of those that wait, and of them alone.
CREATE FUNCTION key_consent_imports(ids uuid[], digests bytea[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  WITH now AS (
    DELETE FROM consent_imports_waiting w USING unnest(ids, digests) AS given(id, digest) WHERE w.id = given.id
    RETURNING w.id, given.digest)
  UPDATE consent_imports i SET digest = now.digest FROM now WHERE i.id = now.id;
  -- So that nothing is left in its file either.
  IF NOT EXISTS (SELECT FROM consent_imports_waiting) THEN
    TRUNCATE consent_imports_waiting;
  END IF;
END
$$;
REVOKE EXECUTE ON FUNCTION key_consent_imports FROM PUBLIC;
GRANT EXECUTE ON FUNCTION key_consent_imports TO sekisho_app;
