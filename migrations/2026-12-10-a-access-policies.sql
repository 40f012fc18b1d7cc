-- The access policies that this office has worked by, each file as it was read. An entry of the log names the rules that let an act: here is what
-- they said then. Held against the log by a promise.
CREATE TABLE access_policies (
  id       uuid PRIMARY KEY,
  version  integer NOT NULL UNIQUE CHECK (version > 0),
  text     text NOT NULL,
  since    timestamptz NOT NULL
);
GRANT SELECT, INSERT ON access_policies TO sekisho_app;
CREATE TRIGGER note_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON access_policies EXECUTE FUNCTION note_change();
ALTER TABLE access_policies ENABLE ALWAYS TRIGGER note_change;
