-- Whoever asks what may be given to somebody, or taken from somebody, names them. Of a party who is a person, or of whom that was not said, a kept
-- consultation holds no name, no address, nor how they came by it, from now on (`withoutPersons`); what is here of them is taken out.

CREATE FUNCTION pg_temp.without_person(facts jsonb, party text[]) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN jsonb_typeof(facts #> party) = 'object'
      AND coalesce(facts #>> (party || 'kind'::text), 'private-person') IN ('private-person', 'individual')
    THEN facts #- (party || 'name'::text) #- (party || 'address'::text) #- (party || 'representative'::text)
      #- (trim_array(party, 1) || 'howAcquired'::text)
    ELSE facts
  END
$$;

-- By a change of type all is written anew, into a file of its own, and what the server keeps of the column to plan with is dropped.
ALTER TABLE consultations ALTER COLUMN facts TYPE jsonb USING
  pg_temp.without_person(pg_temp.without_person(pg_temp.without_person(facts, '{recipient}'), '{provider}'), '{receipt,provider}');
DROP FUNCTION pg_temp.without_person;
