-- What was asked of the checkpoint and kept, and what the privacy officer judged where the law leaves it open. Both are written once, with
-- their log entry, and never changed; the log holds neither the facts nor the reasons.
CREATE TABLE consultations (
  id uuid PRIMARY KEY,             -- also of the log entry
  at timestamptz NOT NULL,
  by_actor text NOT NULL,
  question text NOT NULL,
  holding_id uuid,
  on_day date NOT NULL,
  facts jsonb NOT NULL,
  finding jsonb NOT NULL,
  law_version date NOT NULL,
  policy_version int NOT NULL
);
CREATE INDEX consultations_of_actor ON consultations (by_actor, id);

CREATE TABLE judgements (
  id uuid PRIMARY KEY,             -- also of the log entry
  at timestamptz NOT NULL,
  by_actor text NOT NULL,
  code text NOT NULL,
  holding_id uuid,                 -- null: of any
  purpose text,                    -- null: for any
  answer boolean NOT NULL,
  why text NOT NULL,
  on_day date NOT NULL,
  until_day date NOT NULL,
  CHECK (on_day <= until_day)
);
CREATE INDEX judgements_of_code ON judgements (code, id);

GRANT SELECT, INSERT ON consultations, judgements TO sekisho_app;
