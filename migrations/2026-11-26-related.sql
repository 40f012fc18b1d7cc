-- Personally related information (APPI 2(7), 31): browsing histories, cookie numbers and the like that tell nobody who it is. Its values are
-- not here at all: what is kept is which collections there are, what went out and came in, and which identifiers were linked to whom.

CREATE TABLE related_collections (
  id             uuid PRIMARY KEY,
  name_ja        text NOT NULL,
  name_en        text NOT NULL, -- the same as name_ja where the company gives no English name
  source         text NOT NULL CHECK (source IN ('site', 'app', 'third-party')),
  place          text NOT NULL, -- the site, the app, or the company it comes from
  searchable     boolean NOT NULL, -- 16(7)
  communications boolean NOT NULL, -- content or traffic of communications that the company carries
  holding_id     uuid, -- of the ledger: where what is linked to persons is kept; null where nothing ever is
  items          jsonb NOT NULL CHECK (jsonb_array_length(items) > 0), -- [{code, label: {ja, en}, tells, class}]
  state          text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'retired')),
  version        int NOT NULL DEFAULT 1,
  registered_at  timestamptz NOT NULL
);
-- Two clerks who register the same thing get one collection.
CREATE UNIQUE INDEX related_collections_name ON related_collections (name_ja) WHERE state = 'active';

-- Every version as it was, who made it so, and the entry of the log that proves it.
CREATE TABLE related_collection_versions (
  collection_id uuid NOT NULL REFERENCES related_collections,
  version       int NOT NULL,
  act           text NOT NULL CHECK (act IN ('register', 'change', 'retire')),
  at            timestamptz NOT NULL,
  actor         text NOT NULL, -- as in the log
  content       jsonb NOT NULL,
  entry_id      uuid NOT NULL,
  PRIMARY KEY (collection_id, version)
);

-- What was provided, and the record of 31(3). Nobody is in them: who the persons are is not known and not recorded.
CREATE TABLE related_provisions (
  -- Also the id of the decision and of the log entry.
  id             uuid PRIMARY KEY,
  collection_id  uuid NOT NULL REFERENCES related_collections,
  recipient_id   uuid NOT NULL, -- of the register of recipients
  at             timestamptz NOT NULL,
  by_actor       text NOT NULL,
  items          text[] NOT NULL,
  facts          jsonb NOT NULL,
  documents      jsonb NOT NULL, -- references of what was seen
  finding        jsonb NOT NULL,
  law_version    date NOT NULL,
  policy_version int NOT NULL,
  -- One press of a button, or one call of a system, provides at most once.
  attempt        text UNIQUE
);
CREATE INDEX related_provisions_of_collection ON related_provisions (collection_id, id);

CREATE TABLE related_provision_records (
  id                            uuid PRIMARY KEY REFERENCES related_provisions,
  made_on                       date NOT NULL,
  mode                          text NOT NULL CHECK (mode IN ('each', 'bulk', 'contract')),
  -- Rules 28(1).
  consent_confirmed             boolean NOT NULL CHECK (consent_confirmed),
  foreign_information_confirmed boolean NOT NULL,
  provided_on                   date,
  first_on                      date,
  last_on                       date,
  recipient_name                text NOT NULL,
  recipient_address             text NOT NULL,
  recipient_representative      text,
  items                         text[] NOT NULL,
  keep_until                    date NOT NULL,
  CHECK ((mode = 'bulk') = (provided_on IS NULL)),
  CHECK ((mode = 'bulk') = (first_on IS NOT NULL)),
  CHECK ((mode = 'bulk') = (last_on IS NOT NULL))
);

-- What was received, and the record of 30(3) where it is linked to a person.
CREATE TABLE related_receipts (
  id             uuid PRIMARY KEY,
  collection_id  uuid NOT NULL REFERENCES related_collections,
  principal_id   uuid, -- null where it is kept apart from persons
  at             timestamptz NOT NULL,
  by_actor       text NOT NULL,
  items          text[] NOT NULL,
  facts          jsonb NOT NULL,
  consent_by     text CHECK (consent_by IN ('own', 'substitute')), -- null where no consent is needed
  consent_id     uuid, -- of the consents, where it is our own
  documents      jsonb NOT NULL,
  finding        jsonb NOT NULL,
  law_version    date NOT NULL,
  policy_version int NOT NULL,
  attempt        text UNIQUE
);
CREATE INDEX related_receipts_of_collection ON related_receipts (collection_id, id);
CREATE INDEX related_receipts_of_person ON related_receipts (principal_id, id);

CREATE TABLE related_receipt_records (
  id                      uuid PRIMARY KEY REFERENCES related_receipts,
  principal_id            uuid NOT NULL,
  made_on                 date NOT NULL,
  mode                    text NOT NULL CHECK (mode IN ('each', 'bulk', 'contract')),
  -- Rules 24(1)(iii).
  consent_obtained        boolean NOT NULL CHECK (consent_obtained),
  provider_name           text NOT NULL,
  provider_address        text NOT NULL,
  provider_representative text,
  items                   text[] NOT NULL,
  keep_until              date NOT NULL
);
CREATE INDEX related_receipt_records_of_person ON related_receipt_records (principal_id, made_on);

-- An identifier that was linked to a person. The value is not here, only its digest under the key of the vault's search index; when the
-- person is erased the link goes in the same transaction.
CREATE TABLE identifier_links (
  id            uuid PRIMARY KEY,
  collection_id uuid NOT NULL REFERENCES related_collections,
  identifier    text NOT NULL, -- code of the collection's item
  digest        bytea NOT NULL UNIQUE CHECK (octet_length(digest) = 32),
  principal_id  uuid NOT NULL REFERENCES vault_principals ON DELETE CASCADE,
  receipt_id    uuid REFERENCES related_receipts, -- null for what we collect ourselves
  consent_id    uuid, -- of the consents; null where the provider obtained it, or where no consent is needed
  class         text NOT NULL, -- what the information is from now on (2, 16)
  at            timestamptz NOT NULL,
  by_actor      text NOT NULL
);
CREATE INDEX identifier_links_of_person ON identifier_links (principal_id);
CREATE INDEX identifier_links_of_collection ON identifier_links (collection_id);

GRANT SELECT, INSERT ON related_collections, related_collection_versions, related_provisions, related_provision_records,
  related_receipts, related_receipt_records, identifier_links TO sekisho_app;
GRANT UPDATE (name_ja, name_en, source, place, searchable, communications, holding_id, items, state, version)
  ON related_collections TO sekisho_app;
GRANT DELETE ON identifier_links TO sekisho_app;
