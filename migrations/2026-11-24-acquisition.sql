-- How each piece of personal information came in: by which way, from whom, for which purposes, on which grounds (APPI 20, 21, 30).
-- Ids, codes and the provider's particulars; what was acquired lies in the vault.

CREATE TABLE acquisitions (
  id             uuid PRIMARY KEY,     -- also the id of the decision and of its log entry
  principal_id   uuid NOT NULL,
  holding_id     uuid NOT NULL,
  at             timestamptz NOT NULL,
  actor          text NOT NULL,        -- as in the log
  channel        text NOT NULL,
  source         text NOT NULL CHECK (source IN ('principal', 'third-party', 'public', 'observed')),
  purposes       text[] NOT NULL,
  items          text[] NOT NULL,      -- codes
  placement      text,                 -- how the purpose stood before the principal's eyes (21(2))
  receipt        jsonb,                -- what was checked of a third party that provided it (30)
  because        text[] NOT NULL,      -- grounds of the finding
  duties         jsonb NOT NULL,
  law_version    date NOT NULL,
  policy_version int NOT NULL
);
CREATE INDEX acquisitions_of_principal ON acquisitions (principal_id);

-- A repeated request with the same key has its effect once. The digest of the request is keyed: it cannot be guessed back.
CREATE TABLE acquisition_keys (
  actor          text NOT NULL,
  key            text NOT NULL,
  digest         bytea NOT NULL,
  acquisition_id uuid NOT NULL,
  at             timestamptz NOT NULL,
  PRIMARY KEY (actor, key)
);

GRANT SELECT, INSERT ON acquisitions, acquisition_keys TO sekisho_app;
