-- Changes of purpose (利用目的の変更, APPI 17(2)): what a holding keeps for one purpose is used for another too. Each stands with the officer's
-- reason and where the persons can learn of it (21(3)), from its record until it is taken back; both stay.

CREATE TABLE purpose_changes (
  id              uuid PRIMARY KEY,     -- also the id of the decision and of its log entry
  holding_id      uuid NOT NULL REFERENCES holdings,
  from_purpose    text NOT NULL,
  to_purpose      text NOT NULL,
  at              timestamptz NOT NULL,
  actor           text NOT NULL,        -- as in the log
  announced_on    date NOT NULL,        -- the day it was notified or published
  announced_where text NOT NULL CHECK (announced_where <> ''),
  reason          text NOT NULL CHECK (reason <> ''), -- why the officer judges the one related to the other
  because         text[] NOT NULL,      -- grounds of the finding
  duties          jsonb NOT NULL,
  law_version     date NOT NULL,
  policy_version  int NOT NULL,
  -- Taken back, because an officer erred.
  ended_at        timestamptz,
  ended_by        text,
  ended_entry     uuid,                 -- the log entry
  CHECK (from_purpose <> to_purpose),
  CHECK (num_nulls(ended_at, ended_by, ended_entry) IN (0, 3))
);
-- Two officers who record the same change make one.
CREATE UNIQUE INDEX purpose_changes_standing ON purpose_changes (holding_id, from_purpose, to_purpose) WHERE ended_at IS NULL;

CREATE TRIGGER purpose_changes_changed AFTER INSERT OR UPDATE ON purpose_changes FOR EACH STATEMENT EXECUTE FUNCTION holdings_changed();

GRANT SELECT, INSERT, UPDATE (ended_at, ended_by, ended_entry) ON purpose_changes TO sekisho_app;
