-- The sentences of the desk's letters as the company writes them. A row is all of them; the highest version is the one letters are written
-- with, and of two people who write the same version one is told. Rows are only ever added.

CREATE TABLE letter_texts (
  version  int PRIMARY KEY CHECK (version > 0),
  content  jsonb NOT NULL,
  note     text NOT NULL, -- why, for the colleagues; may be empty
  at       timestamptz NOT NULL,
  by_actor text NOT NULL, -- as in the log
  entry_id uuid NOT NULL
);

GRANT SELECT, INSERT ON letter_texts TO sekisho_app;
