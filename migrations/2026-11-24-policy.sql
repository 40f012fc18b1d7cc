-- The policy: its versions, and how each promise stood. A version's text never changes once proposed, and nothing of it changes
-- once approved; the history of states only grows. Triggers refuse the owner too.

CREATE TABLE policy_versions (
  version        int PRIMARY KEY CHECK (version > 0),
  content        jsonb NOT NULL,
  sha256         bytea NOT NULL CHECK (octet_length(sha256) = 32), -- of the canonical JSON (RFC 8785) of content
  effective_on   date NOT NULL,
  proposed_by    text NOT NULL,
  proposed_at    timestamptz NOT NULL,
  proposal_entry uuid NOT NULL,
  approved_by    text,
  approved_at    timestamptz,
  approval_entry uuid,
  CHECK ((approved_at IS NULL) = (approved_by IS NULL) AND (approved_at IS NULL) = (approval_entry IS NULL))
);

CREATE FUNCTION policy_refuse_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'versions and states of the policy are not rewritten' USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE FUNCTION policy_only_approve() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.approved_at IS NOT NULL
     OR (NEW.version, NEW.content, NEW.sha256, NEW.proposed_by, NEW.proposed_at, NEW.proposal_entry)
        IS DISTINCT FROM
        (OLD.version, OLD.content, OLD.sha256, OLD.proposed_by, OLD.proposed_at, OLD.proposal_entry) THEN
    RAISE EXCEPTION 'versions and states of the policy are not rewritten' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$$;

-- Whoever keeps the policy in memory hears of an approval when it commits.
CREATE FUNCTION policy_tell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('standing', 'policy');
  RETURN NULL;
END
$$;

CREATE TRIGGER only_approve BEFORE UPDATE ON policy_versions FOR EACH ROW EXECUTE FUNCTION policy_only_approve();
CREATE TRIGGER no_rewrite BEFORE DELETE OR TRUNCATE ON policy_versions EXECUTE FUNCTION policy_refuse_rewrite();
CREATE TRIGGER tell AFTER INSERT OR UPDATE ON policy_versions FOR EACH ROW WHEN (NEW.approved_at IS NOT NULL)
  EXECUTE FUNCTION policy_tell();

-- One row per change of state of a promise.
CREATE TABLE promise_states (
  id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  promise  text NOT NULL,
  at       timestamptz NOT NULL,
  state    text NOT NULL CHECK (state IN ('broken', 'risk', 'unknown', 'kept')),
  says     jsonb NOT NULL,
  evidence jsonb NOT NULL,
  policy   int NOT NULL REFERENCES policy_versions (version),
  entry    uuid NOT NULL -- of the log
);
CREATE INDEX promise_states_of_promise ON promise_states (promise, id);
CREATE TRIGGER no_rewrite BEFORE UPDATE OR DELETE OR TRUNCATE ON promise_states EXECUTE FUNCTION policy_refuse_rewrite();

-- How each promise was found the last time it was computed.
CREATE TABLE promise_checks (
  promise  text PRIMARY KEY,
  at       timestamptz NOT NULL,
  state    text NOT NULL CHECK (state IN ('broken', 'risk', 'unknown', 'kept')),
  says     jsonb NOT NULL,
  evidence jsonb NOT NULL,
  fix      jsonb NOT NULL
);

GRANT SELECT, INSERT, UPDATE (effective_on, approved_by, approved_at, approval_entry) ON policy_versions TO sekisho_app;
GRANT SELECT, INSERT (promise, at, state, says, evidence, policy, entry) ON promise_states TO sekisho_app;
GRANT SELECT, INSERT, UPDATE ON promise_checks TO sekisho_app;
