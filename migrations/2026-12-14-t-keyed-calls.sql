-- A caller may name a call by whom it is about, such as by an e-mail address: the name is kept as a keyed digest from now on, under which it is found
-- again. Those that are here lay in clear, also after the person was erased. They wait in a table of their own, which is empty for good once the
-- program that has the key has keyed them, as it next starts and before anybody is served.

CREATE TABLE call_keys_waiting (
  relation  name NOT NULL, -- where it belongs
  actor     text NOT NULL,
  key       text NOT NULL,
  digest    bytea NOT NULL,
  effect_id uuid NOT NULL,
  at        timestamptz NOT NULL,
  PRIMARY KEY (relation, actor, key)
);
-- The server keeps no values of it, to plan with.
ALTER TABLE call_keys_waiting ALTER COLUMN key SET STATISTICS 0;
GRANT SELECT ON call_keys_waiting TO sekisho_app;
INSERT INTO call_keys_waiting
SELECT 'acquisition_keys', actor, key, digest, acquisition_id, at FROM acquisition_keys
UNION ALL SELECT 'consent_keys', actor, key, digest, effect_id, at FROM consent_keys;

-- Into files of their own, so that nothing is left in those that were; what the server kept of the column to plan with goes with the type.
TRUNCATE acquisition_keys, consent_keys;
ALTER TABLE acquisition_keys ALTER COLUMN key TYPE bytea USING NULL, ADD CHECK (octet_length(key) = 32);
ALTER TABLE consent_keys ALTER COLUMN key TYPE bytea USING NULL, ADD CHECK (octet_length(key) = 32);

-- Puts the keyed digests of some that wait where they belong, and of them alone.
CREATE FUNCTION key_calls(relations text[], actors text[], keys text[], digests bytea[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  WITH now AS (
    DELETE FROM call_keys_waiting w USING unnest(relations, actors, keys, digests) AS given(relation, actor, key, keyed)
    WHERE w.relation = given.relation AND w.actor = given.actor AND w.key = given.key
    RETURNING w.relation, w.actor, given.keyed, w.digest, w.effect_id, w.at),
  acquired AS (
    INSERT INTO acquisition_keys SELECT actor, keyed, digest, effect_id, at FROM now WHERE relation = 'acquisition_keys')
  INSERT INTO consent_keys SELECT actor, keyed, digest, effect_id, at FROM now WHERE relation = 'consent_keys';
  -- So that nothing is left in its file either.
  IF NOT EXISTS (SELECT FROM call_keys_waiting) THEN
    TRUNCATE call_keys_waiting;
  END IF;
END
$$;
REVOKE EXECUTE ON FUNCTION key_calls FROM PUBLIC;
GRANT EXECUTE ON FUNCTION key_calls TO sekisho_app;
