-- What persons have consented to (APPI 18(1), 20(2), 27(1), 28(1), 31(1)), what they were shown, and when they withdrew or objected. Every
-- row is written once, with its log entry, and never changed: a consent is ended by a row that says so. Of a person there is the id alone.

-- A version of a text that persons are asked with: its wording and exactly what it reaches.
CREATE TABLE consent_texts (
  id         uuid PRIMARY KEY,     -- also of the log entry
  code       text NOT NULL,
  version    int NOT NULL CHECK (version > 0),
  kind       text NOT NULL CHECK (kind IN ('use', 'special-care', 'provision', 'provision-abroad', 'linking')),
  name       jsonb NOT NULL,       -- {ja, en}, as the staff knows it
  wording    jsonb NOT NULL,       -- {ja?, en?}: the languages it is offered in
  purposes   text[] NOT NULL CHECK (cardinality(purposes) > 0),
  holding_id uuid NOT NULL,
  items      text[] NOT NULL CHECK (cardinality(items) > 0),
  recipients uuid[] NOT NULL,
  abroad     boolean NOT NULL,
  shown      jsonb,                -- abroad: country, system and measures, none of them blank (28(2), Rules 17)
  at         timestamptz NOT NULL,
  by_actor   text NOT NULL,
  UNIQUE (code, version),
  CHECK (abroad = (shown IS NOT NULL)),
  CHECK (kind = 'linking' OR abroad = (kind = 'provision-abroad')),
  CHECK (kind = 'linking' OR (cardinality(recipients) > 0) = (kind IN ('provision', 'provision-abroad')))
);

-- Since when a version is the one to ask with; it is until the next begins, so that there is at most one on any day.
CREATE TABLE consent_text_starts (
  text_id  uuid PRIMARY KEY REFERENCES consent_texts,
  entry_id uuid NOT NULL,          -- the log entry
  code     text NOT NULL,
  from_day date NOT NULL,
  at       timestamptz NOT NULL,
  by_actor text NOT NULL,
  UNIQUE (code, from_day)
);

-- A file of consents on paper, taken in as a whole. The same file is taken in once.
CREATE TABLE consent_imports (
  id       uuid PRIMARY KEY,       -- also of the log entry
  text_id  uuid NOT NULL REFERENCES consent_texts,
  sha256   text NOT NULL,
  lines    int NOT NULL CHECK (lines > 0),
  at       timestamptz NOT NULL,
  by_actor text NOT NULL,
  UNIQUE (text_id, sha256)
);

CREATE TABLE consents (
  id             uuid PRIMARY KEY, -- also of the log entry
  principal_id   uuid NOT NULL,
  text_id        uuid NOT NULL REFERENCES consent_texts,
  language       text NOT NULL CHECK (language IN ('ja', 'en')),
  given_on       date NOT NULL,
  given_at       timestamptz,      -- where the instant is known
  given_by       text NOT NULL CHECK (given_by IN ('principal', 'representative', 'without-capacity', 'uncertain')),
  representative jsonb,            -- {relation, checked}: how they stand to the person, and the paper that showed it
  channel        text NOT NULL,
  method         text NOT NULL CHECK (method IN ('web-form', 'paper', 'e-mail', 'oral')),
  note           text,
  evidence       text,             -- where the evidence is, never what it says
  shown_on       date,             -- abroad: when the information of 28(2) was shown
  shown_at       timestamptz,
  import_id      uuid REFERENCES consent_imports,
  at             timestamptz NOT NULL,
  by_actor       text NOT NULL,
  CHECK ((given_by = 'representative') = (representative IS NOT NULL)),
  CHECK (evidence IS NOT NULL OR (method = 'oral' AND note IS NOT NULL)),
  CHECK (shown_on <= given_on AND (shown_at <= given_at) IS NOT FALSE)
);
CREATE INDEX consents_of_person ON consents (principal_id);
CREATE INDEX consents_of_text ON consents (text_id, principal_id);

CREATE TABLE consent_withdrawals (
  consent_id   uuid PRIMARY KEY REFERENCES consents,
  entry_id     uuid NOT NULL,      -- the log entry
  principal_id uuid NOT NULL,
  on_day       date NOT NULL,
  evidence     text,
  at           timestamptz NOT NULL,
  by_actor     text NOT NULL
);
CREATE INDEX consent_withdrawals_of_person ON consent_withdrawals (principal_id);

-- A person asks to stop: everything, all provision, one purpose or one recipient. It ends every earlier consent as far as it reaches.
CREATE TABLE consent_objections (
  id           uuid PRIMARY KEY,   -- also of the log entry
  principal_id uuid NOT NULL,
  scope        text NOT NULL CHECK (scope IN ('everything', 'provision', 'purpose', 'recipient')),
  purpose      text,
  recipient_id uuid,
  on_day       date NOT NULL,
  said_at      timestamptz,        -- where the instant is known
  evidence     text,
  at           timestamptz NOT NULL,
  by_actor     text NOT NULL,
  CHECK ((scope = 'purpose') = (purpose IS NOT NULL)),
  CHECK ((scope = 'recipient') = (recipient_id IS NOT NULL))
);
CREATE INDEX consent_objections_of_person ON consent_objections (principal_id);

-- A repeated request with the same key has its effect once. The digest of the request is keyed: it cannot be guessed back.
CREATE TABLE consent_keys (
  actor     text NOT NULL,
  key       text NOT NULL,
  digest    bytea NOT NULL,
  effect_id uuid NOT NULL,         -- the consent or the objection
  at        timestamptz NOT NULL,
  PRIMARY KEY (actor, key)
);

GRANT SELECT, INSERT ON consent_texts, consent_text_starts, consent_imports, consents, consent_withdrawals, consent_objections,
  consent_keys TO sekisho_app;
