-- What our web sites have their visitors' devices send to others (TBA 27-12), and what visitors chose. Everything here is written once: a
-- change of a register is its next version, a change of mind is the next choice. Of a visitor there is the random id that their browser
-- made, and neither address nor device.

CREATE TABLE web_sites (
  id            uuid PRIMARY KEY,
  code          text NOT NULL UNIQUE CHECK (code ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$'), -- in addresses and in the script tag
  registered_at timestamptz NOT NULL
);

-- A register whole: the site and its tags, each with the finding it was given. The highest version is the one that holds; of two clerks
-- who write the same version one is told.
CREATE TABLE web_registers (
  site_id    uuid NOT NULL REFERENCES web_sites,
  version    int NOT NULL CHECK (version > 0),
  notice     int NOT NULL CHECK (notice > 0), -- grows when what visitors are told changes; then they are asked again
  changed_on date NOT NULL,                   -- the day of that change
  act        text NOT NULL CHECK (act IN ('register', 'change', 'confirm')),
  at         timestamptz NOT NULL,
  by_actor   text NOT NULL,                   -- as in the log
  site       jsonb NOT NULL,
  tags       jsonb NOT NULL,
  entry_id   uuid NOT NULL,                   -- the log entry
  PRIMARY KEY (site_id, version)
);

CREATE TABLE web_choices (
  id       uuid NOT NULL,                     -- made by the browser
  n        int NOT NULL CHECK (n BETWEEN 1 AND 1000), -- how often this browser has chosen
  entry_id uuid NOT NULL,                     -- the log entry
  site_id  uuid NOT NULL REFERENCES web_sites,
  at       timestamptz NOT NULL,
  on_day   date NOT NULL,
  notice   int NOT NULL,
  allowed  text[] NOT NULL,
  refused  text[] NOT NULL,
  language text NOT NULL CHECK (language IN ('ja', 'en')),
  gpc      boolean NOT NULL,                  -- the browser asked by Global Privacy Control
  PRIMARY KEY (id, n),
  CHECK (NOT gpc OR cardinality(allowed) = 0)
);
-- Also how many a site has taken today, which is bounded.
CREATE INDEX web_choices_of_day ON web_choices (site_id, on_day);

GRANT SELECT, INSERT ON web_sites, web_registers, web_choices TO sekisho_app;
