-- A child of whom it is unclear whether they can judge a consent has a value of its own. Earlier versions recorded `uncertain` of children and of adults
-- in doubt alike: those rows stay as they are, and no new row states it. No CHECK could say so, because the remarks of such a row may still be sealed.

ALTER TABLE consents DROP CONSTRAINT consents_given_by_check;
ALTER TABLE consents ADD CONSTRAINT consents_given_by_check
  CHECK (given_by IN ('principal', 'representative', 'without-capacity', 'uncertain-child', 'uncertain'));

CREATE FUNCTION refuse_uncertain_giver() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'of an adult in doubt no consent is recorded' USING ERRCODE = 'check_violation';
END
$$;
CREATE TRIGGER giver BEFORE INSERT ON consents FOR EACH ROW WHEN (NEW.given_by = 'uncertain') EXECUTE FUNCTION refuse_uncertain_giver();
