-- Provisions and the records of APPI 29: written once, in the transaction of the provision itself, and never changed. Nothing of a person is
-- here but the id; what was provided stays in the vault.

-- One act of providing the same items to the same recipient on the same finding, of one person or of many.
CREATE TABLE provisions (
  -- Also the id of the decision and of the log entry.
  id uuid PRIMARY KEY,
  at timestamptz NOT NULL,
  by_actor text NOT NULL,
  holding_id uuid NOT NULL,
  purpose text NOT NULL,
  items text[] NOT NULL,
  relation text NOT NULL,
  -- The register's id of the recipient, and how it was called then.
  recipient_id uuid,
  recipient jsonb NOT NULL,
  joint_use_id uuid,
  facts jsonb NOT NULL,
  finding jsonb NOT NULL,
  law_version date NOT NULL,
  policy_version integer NOT NULL,
  people integer NOT NULL CHECK (people > 0),
  -- One press of a button, or one call of a system, provides at most once.
  attempt text UNIQUE,
  -- The package it went out with.
  package_id uuid
);
CREATE INDEX provisions_by_time ON provisions (at);
CREATE INDEX provisions_to_recipient ON provisions (recipient_id, at);

-- The items of the record that are the same for everybody in it; whose information it was stands in provision_people.
CREATE TABLE provision_records (
  provision_id uuid PRIMARY KEY REFERENCES provisions,
  made_on date NOT NULL,
  mode text NOT NULL,
  -- Rules 20(1): by consent the fact of consent, by opt-out the day of provision.
  consent_obtained boolean NOT NULL,
  provided_on date,
  recipient_name text NOT NULL,
  recipient_address text NOT NULL,
  recipient_representative text,
  items text[] NOT NULL,
  keep_until date NOT NULL,
  CHECK (consent_obtained OR provided_on IS NOT NULL)
);
CREATE INDEX provision_records_by_end ON provision_records (keep_until);

-- Whose information was provided. With the row above it is the record of that person.
CREATE TABLE provision_people (
  principal_id uuid NOT NULL,
  provision_id uuid NOT NULL REFERENCES provisions,
  -- The log entry of the reading: of a single provision its own.
  entry_id uuid NOT NULL,
  -- The consent it rested on.
  consent_id uuid,
  PRIMARY KEY (principal_id, provision_id)
);
CREATE INDEX provision_people_of_provision ON provision_people (provision_id);

GRANT SELECT, INSERT ON provisions, provision_records, provision_people TO sekisho_app;

-- Erases the records whose time is over (Rules 21) and what was provided under them. The application cannot erase one in any other way, and
-- no clock but the database's own can make it earlier.
CREATE FUNCTION expire_provision_records(today date) RETURNS SETOF uuid
LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
  WITH over AS (
    SELECT provision_id FROM provision_records
    WHERE keep_until < least(today, (now() AT TIME ZONE 'Asia/Tokyo')::date)),
  people AS (DELETE FROM provision_people WHERE provision_id IN (SELECT provision_id FROM over)),
  records AS (DELETE FROM provision_records WHERE provision_id IN (SELECT provision_id FROM over))
  DELETE FROM provisions WHERE id IN (SELECT provision_id FROM over) RETURNING id
$$;
REVOKE EXECUTE ON FUNCTION expire_provision_records FROM PUBLIC;
GRANT EXECUTE ON FUNCTION expire_provision_records TO sekisho_app;

-- A package: what many persons, or one, gave leave to hand to a recipient, on its way to become a file only the recipient opens.
--   draft → requested → preparing → ready → closed; or declined, refused, cancelled
-- Nothing has left before `ready`. Then its provisions and records are there, and its parts are all that was provided.
CREATE TABLE packages (
  id uuid PRIMARY KEY,
  made_at timestamptz NOT NULL,
  made_by text NOT NULL,
  holding_id uuid NOT NULL,
  purpose text NOT NULL,
  items text[] NOT NULL,
  recipient_id uuid NOT NULL,
  joint_use_id uuid,
  -- What was stated beside what the registers know.
  facts jsonb NOT NULL,
  -- Everybody in the holding, or those in package_list.
  everybody boolean NOT NULL,
  state text NOT NULL CHECK (state IN ('draft', 'requested', 'preparing', 'ready', 'closed', 'declined', 'refused', 'cancelled')),
  state_at timestamptz NOT NULL,
  state_by text NOT NULL,
  reason text,
  approved_by text,
  approved_at timestamptz,
  -- What the law said of whom, counted: an array of classes.
  screening jsonb,
  screened_at timestamptz,
  -- Lines of the list that named somebody twice, or nobody's id.
  duplicates integer NOT NULL DEFAULT 0,
  -- The key its parts are sealed under, wrapped; gone when it is over.
  kek_version integer,
  wrapped_key bytea,
  fetched integer NOT NULL DEFAULT 0,
  CHECK (approved_by IS NULL OR approved_by <> made_by)
);
CREATE INDEX packages_by_time ON packages (made_at);
CREATE INDEX packages_preparing ON packages (approved_at) WHERE state = 'preparing';

CREATE TABLE package_list (
  package_id uuid NOT NULL REFERENCES packages,
  principal_id uuid NOT NULL,
  PRIMARY KEY (package_id, principal_id)
);

-- Those whom the law lets into the package, by the number of the class it answered for and the part they are sealed in.
CREATE TABLE package_people (
  package_id uuid NOT NULL REFERENCES packages,
  part integer NOT NULL,
  class smallint NOT NULL,
  principal_id uuid NOT NULL,
  consent_id uuid,
  PRIMARY KEY (package_id, part, principal_id)
);

CREATE TABLE package_parts (
  package_id uuid NOT NULL REFERENCES packages,
  part integer NOT NULL,
  -- Those in it, with the log entries of the readings, the classes and the consents, all in the same order.
  principals uuid[] NOT NULL,
  entries uuid[] NOT NULL,
  classes smallint[] NOT NULL,
  consents uuid[] NOT NULL,
  sealed bytea NOT NULL,
  PRIMARY KEY (package_id, part)
);
ALTER TABLE package_parts ALTER COLUMN sealed SET STORAGE EXTERNAL;

GRANT SELECT, INSERT ON packages TO sekisho_app;
GRANT UPDATE (state, state_at, state_by, reason, approved_by, approved_at, screening, screened_at, duplicates, kek_version, wrapped_key, fetched)
  ON packages TO sekisho_app;
GRANT SELECT, INSERT, DELETE ON package_list, package_people, package_parts TO sekisho_app;
