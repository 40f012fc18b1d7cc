-- Provisions and the records of APPI 29: written once, in the transaction of the provision itself, and never changed. Nothing of the
-- person is here but the id; what was provided stays in the vault.
CREATE TABLE provisions (
  -- Also the id of the decision and of the log entry.
  id uuid PRIMARY KEY,
  principal_id uuid NOT NULL,
  holding_id uuid NOT NULL,
  at timestamptz NOT NULL,
  by_actor text NOT NULL,
  purpose text NOT NULL,
  items text[] NOT NULL,
  relation text NOT NULL,
  recipient jsonb NOT NULL,
  facts jsonb NOT NULL,
  finding jsonb NOT NULL,
  law_version date NOT NULL,
  policy_version integer NOT NULL,
  -- One press of a button, or one call of a system, provides at most once.
  attempt text UNIQUE
);
CREATE INDEX provisions_of_person ON provisions (principal_id, at);
CREATE INDEX provisions_by_time ON provisions (at);

CREATE TABLE provision_records (
  id uuid PRIMARY KEY REFERENCES provisions,
  principal_id uuid NOT NULL,
  made_on date NOT NULL,
  mode text NOT NULL,
  -- Rules 20(1): by consent the fact of consent, by opt-out the day of provision.
  consent_obtained boolean NOT NULL,
  provided_on date,
  recipient_name text NOT NULL,
  recipient_address text NOT NULL,
  recipient_representative text,
  items text[] NOT NULL,
  keep_until date NOT NULL,
  CHECK (consent_obtained OR provided_on IS NOT NULL)
);
CREATE INDEX provision_records_of_person ON provision_records (principal_id, made_on);
CREATE INDEX provision_records_by_day ON provision_records (made_on);

GRANT SELECT, INSERT ON provisions, provision_records TO sekisho_app;
