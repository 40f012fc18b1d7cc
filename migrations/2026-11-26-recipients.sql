-- The recipients of personal information, what a provision to them rests on, how that is checked, and the systems of foreign countries.
-- Names of companies and of their representatives are business records and stand in clear; a private person is never written here.

CREATE TABLE recipients (
  id             uuid PRIMARY KEY,
  kind           text NOT NULL CHECK (kind <> 'private-person'),
  name           text NOT NULL,
  address        text NOT NULL,
  representative text,
  country        text NOT NULL CHECK (country ~ '^[A-Z]{2}$'), -- of the entity, never of a server
  relations      text[] NOT NULL CHECK (cardinality(relations) > 0),
  contact        text,
  public_key     text,
  state          text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'stopped')),
  stopped_on     date,
  stop_reason    text,
  version        int NOT NULL DEFAULT 1,
  registered_at  timestamptz NOT NULL,
  changed_at     timestamptz NOT NULL,
  -- Two clerks who register the same get one; who is stopped does not come in again under the same name.
  UNIQUE (name, address),
  CHECK (kind <> 'corporation' OR representative IS NOT NULL),
  CHECK ((state = 'stopped') = (stopped_on IS NOT NULL) AND (state = 'stopped') = (stop_reason IS NOT NULL))
);

-- Every version as it was, so that a record can show what was true on its day.
CREATE TABLE recipient_versions (
  recipient_id uuid NOT NULL REFERENCES recipients,
  version      int NOT NULL,
  act          text NOT NULL CHECK (act IN ('register', 'change', 'stop', 'resume')),
  at           timestamptz NOT NULL,
  actor        text NOT NULL, -- as in the log
  content      jsonb NOT NULL,
  state        text NOT NULL,
  reason       text, -- why it was stopped or resumed
  entry_id     uuid NOT NULL,
  PRIMARY KEY (recipient_id, version),
  CHECK ((act IN ('stop', 'resume')) = (reason IS NOT NULL))
);

-- What a provision may rest on: an entrustment (APPI 25, 27(5)(i)), an equivalent-action system (Rules 16), a cloud that does not handle
-- the data. What has expired or was ended counts as if it were not there.
CREATE TABLE recipient_assurances (
  id           uuid PRIMARY KEY,
  recipient_id uuid NOT NULL REFERENCES recipients,
  kind         text NOT NULL CHECK (kind IN ('entrustment', 'equivalent-system', 'cloud')),
  reference    text NOT NULL,
  from_day     date NOT NULL,
  until_day    date,
  terms        jsonb NOT NULL,
  at           timestamptz NOT NULL,
  actor        text NOT NULL,
  entry_id     uuid NOT NULL,
  ended_on     date,
  end_reason   text,
  end_entry_id uuid,
  UNIQUE (recipient_id, kind, reference, from_day),
  CHECK (until_day IS NULL OR from_day <= until_day),
  CHECK ((ended_on IS NULL) = (end_reason IS NULL) AND (ended_on IS NULL) = (end_entry_id IS NULL))
);

-- The periodic checks (Rules 18(1)), one a day and recipient.
CREATE TABLE recipient_checks (
  id             uuid PRIMARY KEY,
  recipient_id   uuid NOT NULL REFERENCES recipients,
  on_day         date NOT NULL,
  method         text NOT NULL,
  measures       text NOT NULL CHECK (measures IN ('kept', 'hindered', 'impossible')),
  foreign_system text, -- what of the country's system may affect the measures; null: nothing
  trouble        text,
  remedy         text,
  next_due       date,
  at             timestamptz NOT NULL,
  actor          text NOT NULL,
  entry_id       uuid NOT NULL,
  UNIQUE (recipient_id, on_day),
  CHECK ((measures = 'kept') = (trouble IS NULL) AND (measures = 'kept') = (remedy IS NULL)),
  CHECK ((measures = 'impossible') = (next_due IS NULL))
);

-- What is known of the system of a foreign country (APPI 28(2), Rules 17(2)); a new look is a new version.
CREATE TABLE country_reports (
  country    text NOT NULL CHECK (country ~ '^[A-Z]{2}$' AND country <> 'JP'),
  version    int NOT NULL,
  content    jsonb NOT NULL,
  checked_on date NOT NULL,
  at         timestamptz NOT NULL,
  actor      text NOT NULL,
  entry_id   uuid NOT NULL,
  PRIMARY KEY (country, version)
);

-- Where the Commission publishes its reports on countries, each time somebody looked. The newest counts.
CREATE TABLE commission_pages (
  id         uuid PRIMARY KEY, -- also of the log entry
  url        text NOT NULL,
  checked_on date NOT NULL,
  at         timestamptz NOT NULL,
  actor      text NOT NULL,
  UNIQUE (url, checked_on)
);

GRANT SELECT, INSERT ON recipients, recipient_versions, recipient_assurances, recipient_checks, country_reports, commission_pages
  TO sekisho_app;
GRANT UPDATE (kind, name, address, representative, country, relations, contact, public_key, state, stopped_on, stop_reason, version,
              changed_at) ON recipients TO sekisho_app;
GRANT UPDATE (ended_on, end_reason, end_entry_id) ON recipient_assurances TO sekisho_app;
