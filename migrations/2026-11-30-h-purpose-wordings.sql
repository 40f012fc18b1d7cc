-- What each approved version of the policy means by each of its purposes (APPI 17). A version that words a purpose otherwise means the same only
-- where the privacy officer judged the new words to be editorial; otherwise it is a change of purpose for everybody who was told the old words,
-- judged related (17(2)) and made known (21(3)). What is not related never keeps the id.

CREATE TABLE purpose_wordings (
  version         int NOT NULL REFERENCES policy_versions,
  purpose         text NOT NULL,
  meaning         int NOT NULL,  -- the version that first meant it so
  -- Where its words differ from those before; before this was asked nobody judged.
  judged          text CHECK (judged IN ('editorial', 'related')),
  reason          text CHECK (reason <> ''),
  -- Of what is related: the day on which it was or will be notified or published, where, and what the law said.
  announced_on    date,
  announced_where text CHECK (announced_where <> ''),
  because         text[],
  duties          jsonb,
  law_version     date,
  PRIMARY KEY (version, purpose),
  CHECK ((judged IS NULL) = (reason IS NULL)),
  CHECK (num_nonnulls(announced_on, announced_where, because, duties, law_version)
         = CASE WHEN judged = 'related' THEN 5 ELSE 0 END)
);
CREATE TRIGGER no_rewrite BEFORE UPDATE OR DELETE OR TRUNCATE ON purpose_wordings EXECUTE FUNCTION policy_refuse_rewrite();

-- Of versions approved before: those mean the same that say the same.
INSERT INTO purpose_wordings (version, purpose, meaning)
SELECT version, purpose, min(version) OVER (PARTITION BY purpose, words)
FROM (SELECT v.version, p->>'id' AS purpose, p->'text' AS words
      FROM policy_versions v, jsonb_array_elements(v.content->'purposes') AS p WHERE v.approved_at IS NOT NULL) AS stated;

-- Whether a version of the policy means something else by one of the two purposes of a change than the version it was judged under, or does not
-- state it: then it opens nothing until it is judged anew. Of no version nothing is known.
CREATE FUNCTION is_outdated(change purpose_changes, in_version int) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT count(*) < 2 FROM purpose_wordings judged JOIN purpose_wordings now USING (purpose, meaning)
  WHERE judged.version = change.policy_version AND now.version = in_version
    AND purpose IN (change.from_purpose, change.to_purpose)
$$;

-- The version of the policy in force at an instant; null before the first.
CREATE FUNCTION policy_in_force(at timestamptz) RETURNS int
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT max(version) FROM policy_versions WHERE approved_at <= at AND effective_on <= (at AT TIME ZONE 'Asia/Tokyo')::date
$$;

GRANT SELECT, INSERT ON purpose_wordings TO sekisho_app;
