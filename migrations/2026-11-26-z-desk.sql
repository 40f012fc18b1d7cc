-- Requests of persons (APPI 32 to 40). A request is its events, which are only ever added; the columns that fold them are for lists. What is
-- personal of a request lies in its papers, sealed under a key of the request alone, which is dropped when their time is over.

CREATE TABLE requests (
  id          uuid PRIMARY KEY,
  year        int NOT NULL,
  serial      int NOT NULL CHECK (serial > 0), -- with the year its number: R-2026-031
  kind        text NOT NULL CHECK (kind IN ('purpose-notice', 'disclosure', 'record-disclosure', 'foreign-information', 'correction',
                'stop-use', 'erasure', 'stop-provision', 'consultation')),
  scope       text NOT NULL CHECK (scope IN ('customer', 'my-number')),
  arrived_on  date NOT NULL,
  registered_at timestamptz NOT NULL,
  by_actor    text NOT NULL, -- as in the log
  attempt     text, -- one press of a button, or one call of a system, registers once
  sender      bytea, -- keyed digest of name and address, so that the same letter is noticed; gone with the papers
  kek_version int,
  wrapped_key bytea, -- gone with the papers
  papers      int NOT NULL DEFAULT 0, -- how many there have been: the place of the next
  -- What the events come to.
  last        int NOT NULL, -- number of the last event
  state       text NOT NULL CHECK (state IN ('open', 'closed', 'withdrawn')),
  stage       text NOT NULL,
  due_on      date,
  assigned_to uuid,
  principal_id uuid,
  closed_on   date,
  UNIQUE (year, serial),
  UNIQUE (by_actor, attempt),
  CHECK ((kek_version IS NULL) = (wrapped_key IS NULL))
);
CREATE INDEX requests_open ON requests (due_on) WHERE state = 'open';
CREATE INDEX requests_of_person ON requests (principal_id) WHERE principal_id IS NOT NULL;
CREATE INDEX requests_by_sender ON requests (sender, arrived_on) WHERE sender IS NOT NULL;
CREATE INDEX requests_to_erase ON requests (closed_on) WHERE wrapped_key IS NOT NULL AND closed_on IS NOT NULL;

CREATE TABLE request_events (
  request_id uuid NOT NULL REFERENCES requests,
  no         int NOT NULL CHECK (no > 0),
  event      text NOT NULL,
  on_day     date NOT NULL,
  at         timestamptz NOT NULL,
  by_actor   text NOT NULL,
  data       jsonb NOT NULL, -- codes, ids, days and amounts; nothing of a person
  entry_id   uuid NOT NULL,
  attempt    text, -- one press of a button happens once
  PRIMARY KEY (request_id, no),
  UNIQUE (request_id, attempt)
);
-- What may happen once happens once, whatever goes wrong above.
CREATE UNIQUE INDEX request_events_once ON request_events (request_id, event)
  WHERE event IN ('registered', 'identified', 'decided', 'carried-out', 'notified', 'closed', 'withdrawn', 'papers-erased');

-- Who wrote, what they wrote, reasons, redacted texts, answers and letters. The place binds the text to its request.
CREATE TABLE request_papers (
  id         uuid PRIMARY KEY,
  request_id uuid NOT NULL REFERENCES requests,
  place      int NOT NULL,
  kind       text NOT NULL CHECK (kind IN ('sender', 'letter', 'identity', 'reason', 'redacted', 'change', 'answer', 'sent')),
  about      text, -- the holding and the item of a reason, or which document was sent
  on_day     date NOT NULL,
  sealed     bytea,
  gone_at    timestamptz,
  UNIQUE (request_id, place),
  CHECK ((sealed IS NULL) = (gone_at IS NOT NULL))
);
ALTER TABLE request_papers ALTER COLUMN sealed SET STORAGE EXTERNAL;

-- The steps of carrying out that are done, each written in the transaction of its effect, so that no step is done twice.
CREATE TABLE request_effects (
  request_id uuid NOT NULL REFERENCES requests,
  step       text NOT NULL,
  entry_id   uuid NOT NULL, -- of the effect
  at         timestamptz NOT NULL,
  PRIMARY KEY (request_id, step)
);

-- Whose information is used or provided no more (35). The checkpoint refuses what falls under one.
CREATE TABLE suspensions (
  request_id   uuid NOT NULL REFERENCES requests,
  principal_id uuid NOT NULL,
  stops        text NOT NULL CHECK (stops IN ('use', 'provision')),
  purposes     text[], -- of a use: the purposes it reaches; null = all
  recipients   uuid[], -- of a provision: the recipients it reaches; null = all
  from_day     date NOT NULL,
  entry_id     uuid NOT NULL,
  at           timestamptz NOT NULL,
  PRIMARY KEY (request_id, stops)
);
CREATE INDEX suspensions_of_person ON suspensions (principal_id);

-- The checkpoint keeps the suspensions in mind and is told at the commit that there is a new one.
CREATE FUNCTION suspensions_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('standing', 'desk');
  RETURN NULL;
END
$$;
CREATE TRIGGER suspensions_changed AFTER INSERT ON suspensions FOR EACH STATEMENT EXECUTE FUNCTION suspensions_changed();

GRANT SELECT, INSERT ON requests, request_events, request_papers, request_effects, suspensions TO sekisho_app;
GRANT UPDATE (sender, kek_version, wrapped_key, papers, last, state, stage, due_on, assigned_to, principal_id, closed_on) ON requests TO sekisho_app;
GRANT UPDATE (sealed, gone_at) ON request_papers TO sekisho_app;
