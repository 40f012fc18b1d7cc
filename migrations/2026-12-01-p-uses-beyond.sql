-- Uses beyond the purpose that an item of APPI 18(3) lets: the item, the facts it rests on and who approved it, written in the statement of the reading
-- and never changed. What was written of it in free words, the circumstances and the law relied on, is sealed under the key of the person and goes
-- with them (APPI 22); which of it was written, the item and the actor stay.

CREATE TABLE uses_beyond (
  -- Also the id of the decision and of the log entry.
  id             uuid PRIMARY KEY,
  at             timestamptz NOT NULL,
  -- Who approved it, by asking for it: a person, never a system.
  by_actor       text NOT NULL CHECK (by_actor LIKE 'staff:%'),
  principal_id   uuid NOT NULL,
  holding_id     uuid NOT NULL,
  -- Id of a purpose of the policy, or `other`: none that the policy states.
  purpose        text NOT NULL,
  -- What was asked for, and what of it was held and read.
  items          text[] NOT NULL,
  read           text[] NOT NULL CHECK (read <@ items),
  exception      text NOT NULL CHECK (exception IN ('18(3)(i)', '18(3)(ii)', '18(3)(iii)', '18(3)(iv)', '18(3)(v)', '18(3)(vi)')),
  facts          jsonb NOT NULL,
  worded         text[] NOT NULL CHECK (worded <@ '{situation,legalBasis,warrant}' AND 'situation' = ANY (worded)),
  sealed         bytea NOT NULL,
  finding        jsonb NOT NULL CHECK (finding ->> 'answer' = 'yes'),
  law_version    date NOT NULL,
  policy_version integer NOT NULL,
  CHECK (facts #>> '{exception,item}' = exception AND NOT facts ? 'situation'
    AND num_nonnulls(facts #> '{exception,legalBasis}', facts #> '{secrecy,warrant}') = 0)
);
CREATE INDEX uses_beyond_of_person ON uses_beyond (principal_id, id);
GRANT SELECT, INSERT ON uses_beyond TO sekisho_app;

CREATE TRIGGER note_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON uses_beyond EXECUTE FUNCTION note_change();
ALTER TABLE uses_beyond ENABLE ALWAYS TRIGGER note_change;

-- Few entries among many, which a promise compares with the records.
CREATE INDEX log_entries_of_uses_beyond ON log_entries (xid, seq) WHERE action = 'people:use-beyond';
