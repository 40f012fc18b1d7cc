-- The vault: personal information, sealed under one key per person. What is searchable is a keyed digest; what is readable
-- is an item code, a date, an id. Tables of a person lead with the person's id, so that they can be spread over machines.

-- Proof that the key at hand is the key everything was wrapped with: 32 zero bytes wrapped by that KEK version.
CREATE TABLE vault_keys (
  version    int PRIMARY KEY,
  "check"    bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- The key of the search index, itself wrapped by a KEK: it is never used to encrypt, and no data key is derived from it.
CREATE TABLE vault_index_keys (
  version     int PRIMARY KEY,
  kek_version int NOT NULL,
  wrapped_key bytea NOT NULL
);

CREATE TABLE vault_principals (
  id          uuid PRIMARY KEY,
  kek_version int NOT NULL,
  wrapped_key bytea NOT NULL,
  created_at  timestamptz NOT NULL
);

-- One row per person and holding. No foreign key to vault_principals: erasure removes both in one transaction, and a check per row
-- would cost the writers more than the seal itself.
-- Search goes by blind index: HMAC-SHA-256 over kind and normalised value, cut to 128 bits. Equal digests mean equal kind.
CREATE TABLE vault_records (
  principal_id uuid NOT NULL,
  holding_id   uuid NOT NULL,
  version      int NOT NULL,
  items        text[] NOT NULL,  -- codes, in the order of the sealed values
  sealed       bytea NOT NULL,   -- nonce, ciphertext, tag
  email        bytea CHECK (octet_length(email) = 16),
  digests      bytea[] NOT NULL, -- of everything the person can be found by, the e-mail address too
  created_at   timestamptz NOT NULL,
  updated_at   timestamptz NOT NULL,
  PRIMARY KEY (principal_id, holding_id)
);
-- Ciphertext does not compress; trying costs time.
ALTER TABLE vault_records ALTER COLUMN sealed SET STORAGE EXTERNAL;
-- Within one holding an e-mail address identifies one person.
CREATE UNIQUE INDEX vault_records_email ON vault_records (holding_id, email) WHERE email IS NOT NULL;
-- New digests wait in a short list, which every search reads too, and enter the tree together.
CREATE INDEX vault_records_digests ON vault_records USING gin (digests) WITH (fastupdate = on, gin_pending_list_limit = 256);

-- What was erased, so that erasure is said once, can be certified, and stays effective when an older backup is restored.
CREATE TABLE vault_erasures (
  principal_id uuid PRIMARY KEY,
  entry_id     uuid NOT NULL,          -- the entry of the log that certifies it
  erased_at    timestamptz NOT NULL,
  holdings     uuid[] NOT NULL,
  items        int NOT NULL
);

GRANT SELECT, INSERT ON vault_keys, vault_index_keys TO sekisho_app;
GRANT SELECT, INSERT, DELETE ON vault_principals TO sekisho_app;
GRANT UPDATE (kek_version, wrapped_key) ON vault_principals TO sekisho_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON vault_records TO sekisho_app;
GRANT SELECT, INSERT ON vault_erasures TO sekisho_app;
