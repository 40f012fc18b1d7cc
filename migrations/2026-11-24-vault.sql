-- The vault: personal information, sealed per item under one key per person. What is searchable is a keyed digest; what is readable
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
CREATE TABLE vault_records (
  principal_id uuid NOT NULL,
  holding_id   uuid NOT NULL,
  version      int NOT NULL,
  items        text[] NOT NULL,  -- codes, in the order of the sealed sequence
  sealed       bytea NOT NULL,   -- per item: length, nonce, ciphertext, tag
  digests      bytea NOT NULL,   -- the record's rows in vault_index, 16 bytes each
  created_at   timestamptz NOT NULL,
  updated_at   timestamptz NOT NULL,
  PRIMARY KEY (principal_id, holding_id)
);
-- Ciphertext does not compress; trying costs time.
ALTER TABLE vault_records ALTER COLUMN sealed SET STORAGE EXTERNAL;

-- Blind index: HMAC-SHA-256 over kind and normalised value, cut to 128 bits. Equal digests mean equal kind, so a lookup needs no kind.
CREATE TABLE vault_index (
  digest       bytea NOT NULL CHECK (octet_length(digest) = 16),
  principal_id uuid NOT NULL,
  holding_id   uuid NOT NULL,
  kind         text NOT NULL CHECK (kind IN ('email', 'phone', 'name', 'kana')),
  PRIMARY KEY (digest, principal_id, holding_id)
);
-- Within one holding an e-mail address identifies one person.
CREATE UNIQUE INDEX vault_index_email ON vault_index (holding_id, digest) WHERE kind = 'email';

-- What was erased, so that erasure is said once, can be certified, and stays effective when an older backup is restored.
CREATE TABLE vault_erasures (
  principal_id uuid PRIMARY KEY,
  entry_id     uuid NOT NULL,          -- the entry of the log that certifies it
  erased_at    timestamptz NOT NULL,
  holdings     uuid[] NOT NULL,
  items        int NOT NULL
);

GRANT SELECT, INSERT ON vault_keys, vault_index_keys TO sekisho_app;
GRANT SELECT, INSERT, DELETE ON vault_principals, vault_index TO sekisho_app;
GRANT UPDATE (kek_version, wrapped_key) ON vault_principals TO sekisho_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON vault_records TO sekisho_app;
GRANT SELECT, INSERT ON vault_erasures TO sekisho_app;
