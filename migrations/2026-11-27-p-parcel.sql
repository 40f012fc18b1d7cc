-- Electronic delivery of an answer. A parcel is a link that goes by mail and a code that goes apart from it: of the link only a digest is kept, and
-- the code is a keyed digest of the parcel's id that is kept nowhere. What is in it are papers of the request, gone when the parcel ends.

ALTER TABLE request_papers DROP CONSTRAINT request_papers_kind_check;
ALTER TABLE request_papers ADD CONSTRAINT request_papers_kind_check
  CHECK (kind IN ('sender', 'letter', 'identity', 'reason', 'redacted', 'change', 'answer', 'sent', 'parcel'));

CREATE TABLE request_parcels (
  id            uuid PRIMARY KEY,
  request_id    uuid NOT NULL REFERENCES requests,
  attempt       text, -- one press of a button sends one link
  link          bytea NOT NULL UNIQUE, -- SHA-256 of what stands in the link
  made_at       timestamptz NOT NULL,
  valid_until   timestamptz NOT NULL,
  wrong         int NOT NULL DEFAULT 0, -- wrong codes
  told_at       timestamptz, -- the code was told on the telephone
  opened_at     timestamptz, -- last opened with the code
  opening       bytea UNIQUE, -- SHA-256 of what the browser holds that opened it last
  opening_until timestamptz,
  fetched_at    timestamptz, -- the first file was handed over whole
  ended_at      timestamptz,
  ended_by      text CHECK (ended_by IN ('fetched', 'expired', 'wrong-codes', 'replaced', 'closed')),
  UNIQUE (request_id, attempt),
  CHECK ((opening IS NULL) = (opening_until IS NULL)),
  CHECK ((ended_at IS NULL) = (ended_by IS NULL))
);
-- A new link ends the one before.
CREATE UNIQUE INDEX request_parcels_one ON request_parcels (request_id) WHERE ended_at IS NULL;

GRANT SELECT, INSERT ON request_parcels TO sekisho_app;
GRANT UPDATE (wrong, told_at, opened_at, opening, opening_until, fetched_at, ended_at, ended_by) ON request_parcels TO sekisho_app;
