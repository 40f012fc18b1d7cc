-- Two ids that are one person (名寄せ, APPI 22): who said so, how it was established, and since when. What the ids keep stays apart, each
-- under its own key; a link that was a mistake is ended, and stays on record.

CREATE TABLE person_links (
  id           uuid PRIMARY KEY,  -- also the id of the decision and of its log entry
  principal_id uuid NOT NULL,
  other_id     uuid NOT NULL,
  shown_by     text NOT NULL,     -- how it was established, a code
  at           timestamptz NOT NULL,
  actor        text NOT NULL,     -- as in the log
  -- Ended, because it was a mistake.
  ended_at     timestamptz,
  ended_by     text,
  ended_entry  uuid,              -- the log entry
  CHECK (principal_id <> other_id),
  CHECK (num_nulls(ended_at, ended_by, ended_entry) IN (0, 3))
);
-- Two officers who link the same ids make one link, whichever they name first.
CREATE UNIQUE INDEX person_links_standing ON person_links (least(principal_id, other_id), greatest(principal_id, other_id))
  WHERE ended_at IS NULL;
CREATE INDEX person_links_of_person ON person_links (principal_id) WHERE ended_at IS NULL;
CREATE INDEX person_links_of_other ON person_links (other_id) WHERE ended_at IS NULL;

-- For each id every other id of the same person, over however many links: what whoever asks about a person joins. It follows from the links
-- and is written by nothing else.
CREATE TABLE same_person (
  principal_id uuid,
  other_id     uuid,
  PRIMARY KEY (principal_id, other_id)
);

CREATE FUNCTION same_person_follows() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  touched uuid[];
BEGIN
  -- Of two links at once the second sees the first.
  PERFORM pg_advisory_xact_lock(1886546283); -- 'prsk'
  SELECT array_agg(DISTINCT id) INTO touched FROM (
    SELECT unnest(ARRAY[NEW.principal_id, NEW.other_id]) AS id
    UNION SELECT other_id FROM same_person WHERE principal_id IN (NEW.principal_id, NEW.other_id)) AS ids;
  DELETE FROM same_person WHERE principal_id = ANY (touched);
  INSERT INTO same_person
  WITH RECURSIVE sides AS (
    SELECT principal_id, other_id FROM person_links WHERE ended_at IS NULL AND principal_id = ANY (touched)
    UNION ALL SELECT other_id, principal_id FROM person_links WHERE ended_at IS NULL AND other_id = ANY (touched)),
  reached AS (
    SELECT principal_id, other_id FROM sides
    UNION SELECT r.principal_id, s.other_id FROM reached r JOIN sides s ON s.principal_id = r.other_id)
  SELECT principal_id, other_id FROM reached WHERE principal_id <> other_id;
  -- What one of them had stopped, the checkpoint keeps in mind for all.
  PERFORM pg_notify('standing', 'people');
  RETURN NULL;
END
$$;
REVOKE EXECUTE ON FUNCTION same_person_follows FROM PUBLIC;
CREATE TRIGGER same_person_follows AFTER INSERT OR UPDATE ON person_links FOR EACH ROW EXECUTE FUNCTION same_person_follows();

GRANT SELECT, INSERT, UPDATE (ended_at, ended_by, ended_entry) ON person_links TO sekisho_app;
GRANT SELECT ON same_person TO sekisho_app;
