-- An objection that was written down by mistake is taken back by a row that says so and why: the objection stays on record, and from that day
-- on it reaches nothing.
CREATE TABLE consent_retractions (
  objection_id uuid PRIMARY KEY REFERENCES consent_objections,
  entry_id     uuid NOT NULL,      -- the log entry
  principal_id uuid NOT NULL,
  on_day       date NOT NULL,
  reason       text NOT NULL CHECK (reason <> ''),
  at           timestamptz NOT NULL,
  by_actor     text NOT NULL
);
CREATE INDEX consent_retractions_of_person ON consent_retractions (principal_id);
GRANT SELECT, INSERT ON consent_retractions TO sekisho_app;

-- The request of the desk that an objection carries out: what was decided about a request is not taken back as a mistake.
ALTER TABLE consent_objections ADD COLUMN request_id uuid;
UPDATE consent_objections o SET request_id = e.request_id FROM request_effects e WHERE e.entry_id = o.id;
