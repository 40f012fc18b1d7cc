-- The ledger of holdings (個人情報管理台帳): what the company holds, of whom, for which purposes, where, until when, under whose care.
-- It describes information and holds none of it. Nothing is deleted: a holding is retired, and every version stays readable.

CREATE TABLE holdings (
  id            uuid PRIMARY KEY,
  code          text NOT NULL UNIQUE CHECK (code ~ '^L-[0-9]{3,6}$'),
  name_ja       text NOT NULL,
  name_en       text NOT NULL, -- the same as name_ja where the company gives no English name
  department    text NOT NULL,
  manager       uuid NOT NULL, -- of the staff directory; who leaves stays named, and the promise shows it
  purposes      text[] NOT NULL CHECK (cardinality(purposes) > 0),
  items         jsonb NOT NULL CHECK (jsonb_array_length(items) > 0), -- [{code, label: {ja, en}, special_care}]
  place         text NOT NULL,
  retention     jsonb NOT NULL, -- {years, from} | {months, from} | {until}
  channels      text[] NOT NULL CHECK (cardinality(channels) > 0),
  principals    text[] NOT NULL CHECK (cardinality(principals) > 0),
  access        text NOT NULL,
  state         text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'retired')),
  version       int NOT NULL DEFAULT 1,
  registered_at timestamptz NOT NULL,
  confirmed_at  timestamptz NOT NULL -- when somebody last said that it is so
);
-- Two clerks who register the same thing get one holding.
CREATE UNIQUE INDEX holdings_name ON holdings (name_ja) WHERE state = 'active';

-- Every version as it was, who made it so, and the entry of the log that proves it.
CREATE TABLE holding_versions (
  holding_id uuid NOT NULL REFERENCES holdings,
  version    int NOT NULL,
  act        text NOT NULL CHECK (act IN ('register', 'change', 'confirm', 'retire')),
  at         timestamptz NOT NULL,
  actor      text NOT NULL, -- as in the log
  content    jsonb NOT NULL,
  reason     text, -- why it was retired
  entry_id   uuid NOT NULL,
  PRIMARY KEY (holding_id, version),
  CHECK ((act = 'retire') = (reason IS NOT NULL))
);

-- Every process that keeps the standing facts in memory reads them again.
CREATE FUNCTION holdings_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('standing', 'ledger');
  RETURN NULL;
END
$$;
CREATE TRIGGER holdings_changed AFTER INSERT OR UPDATE ON holdings FOR EACH STATEMENT EXECUTE FUNCTION holdings_changed();

GRANT SELECT, INSERT ON holdings, holding_versions TO sekisho_app;
GRANT UPDATE (name_ja, name_en, department, manager, purposes, items, place, retention, channels, principals, access, state,
              version, confirmed_at) ON holdings TO sekisho_app;
