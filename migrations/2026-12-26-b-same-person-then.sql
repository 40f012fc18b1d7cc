-- What was done is judged by which ids were known to be one person then. Links that were ended since are looked up too.

DROP INDEX person_links_of_person, person_links_of_other;
CREATE INDEX person_links_of_person ON person_links (principal_id);
CREATE INDEX person_links_of_other ON person_links (other_id);

-- Every id that was known at an instant to be the person with this id, itself included.
CREATE FUNCTION same_person_at(of uuid, instant timestamptz) RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
  WITH RECURSIVE one (id) AS (
    SELECT of
    UNION
    SELECT CASE k.principal_id WHEN one.id THEN k.other_id ELSE k.principal_id END
    FROM one JOIN person_links k ON k.principal_id = one.id OR k.other_id = one.id
    WHERE k.at < instant AND (k.ended_at IS NULL OR k.ended_at > instant))
  SELECT array_agg(id) FROM one
$$;

-- Every id that was ever known to be the person with this id, itself included, also over links that never stood at the same time.
CREATE FUNCTION ever_same_person(of uuid) RETURNS SETOF uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$
  WITH RECURSIVE one (id) AS (
    SELECT of
    UNION
    SELECT CASE k.principal_id WHEN one.id THEN k.other_id ELSE k.principal_id END
    FROM one JOIN person_links k ON k.principal_id = one.id OR k.other_id = one.id)
  SELECT id FROM one
$$;

-- Promises about the past are counted again when a link is made or ended.
CREATE TRIGGER note_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON person_links EXECUTE FUNCTION note_change();
ALTER TABLE person_links ENABLE ALWAYS TRIGGER note_change;
