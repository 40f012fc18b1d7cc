-- Who may enter and what they may do: the staff directory, sessions, one-time links, systems and their tokens.
-- No secret is kept in clear: tokens and links as SHA-256 of 256 random bits, passwords as argon2id, name, e-mail and the
-- authenticator's secret under the directory's key (AES-256-GCM).

-- Which key sealed the directory, so that a wrong key stops the start instead of showing nonsense.
CREATE TABLE staff_key (
  one         boolean PRIMARY KEY DEFAULT true CHECK (one),
  fingerprint bytea NOT NULL CHECK (octet_length(fingerprint) = 32)
);

CREATE TABLE staff (
  id             uuid PRIMARY KEY,
  name_sealed    bytea NOT NULL,
  email_sealed   bytea NOT NULL,
  email_index    bytea NOT NULL CHECK (octet_length(email_index) = 32), -- HMAC of the normalised address
  roles          text[] NOT NULL CHECK (cardinality(roles) > 0),
  password_hash  text,   -- null = invited or reset: enters by a link only
  totp_sealed    bytea,
  totp_last_step bigint NOT NULL DEFAULT 0, -- a code of this time step or an earlier one is never taken again
  fictional      boolean NOT NULL DEFAULT false, -- the demo's people, who have no authenticator
  created_at     timestamptz NOT NULL,
  ended_at       timestamptz,
  CHECK (password_hash IS NULL OR totp_sealed IS NOT NULL OR fictional)
);
CREATE UNIQUE INDEX staff_email ON staff (email_index) WHERE ended_at IS NULL;

CREATE TABLE staff_recovery_codes (
  staff_id  uuid NOT NULL REFERENCES staff,
  code_hash bytea NOT NULL CHECK (octet_length(code_hash) = 32), -- HMAC: 50 random bits alone could be tried out
  used_at   timestamptz,
  PRIMARY KEY (staff_id, code_hash)
);

-- One-time links. Without a person it makes the first officer; with one it lets that person set a password and an authenticator.
CREATE TABLE staff_links (
  token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
  staff_id   uuid REFERENCES staff,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at    timestamptz
);
CREATE INDEX staff_links_of_staff ON staff_links (staff_id);

CREATE TABLE staff_sessions (
  id           uuid PRIMARY KEY,
  staff_id     uuid NOT NULL REFERENCES staff,
  token_hash   bytea NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
  created_at   timestamptz NOT NULL,
  confirmed_at timestamptz, -- null = the password was right, the code is still awaited
  seen_at      timestamptz NOT NULL,
  ended_at     timestamptz
);
CREATE INDEX staff_sessions_open ON staff_sessions (staff_id) WHERE ended_at IS NULL;

-- Attempts by account and by address, both as HMAC.
CREATE TABLE sign_in_attempts (
  key           bytea PRIMARY KEY CHECK (octet_length(key) = 32),
  failures      integer NOT NULL,
  last_at       timestamptz NOT NULL,
  blocked_until timestamptz NOT NULL
);
CREATE INDEX sign_in_attempts_old ON sign_in_attempts (last_at);

CREATE TABLE systems (
  id         uuid PRIMARY KEY,
  name       text NOT NULL, -- of a system of the company, never of a person
  created_at timestamptz NOT NULL,
  ended_at   timestamptz
);
CREATE UNIQUE INDEX systems_name ON systems (name) WHERE ended_at IS NULL;

CREATE TABLE api_tokens (
  id           uuid PRIMARY KEY,
  system_id    uuid NOT NULL REFERENCES systems,
  token_hash   bytea NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
  purposes     text[] NOT NULL,
  actions      text[] NOT NULL CHECK (cardinality(actions) > 0),
  created_at   timestamptz NOT NULL,
  expires_at   timestamptz NOT NULL,
  revoked_at   timestamptz,
  last_used_on date
);
CREATE INDEX api_tokens_of_system ON api_tokens (system_id);

-- Every process forgets what it remembers of tokens and sessions when an authority changes, whoever changed it.
CREATE FUNCTION access_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('access', '');
  RETURN NULL;
END
$$;
CREATE TRIGGER staff_changed AFTER DELETE OR UPDATE OF name_sealed, roles, password_hash, ended_at ON staff
  FOR EACH STATEMENT EXECUTE FUNCTION access_changed();
CREATE TRIGGER staff_session_changed AFTER DELETE OR UPDATE OF ended_at ON staff_sessions
  FOR EACH STATEMENT EXECUTE FUNCTION access_changed();
CREATE TRIGGER system_changed AFTER DELETE OR UPDATE ON systems
  FOR EACH STATEMENT EXECUTE FUNCTION access_changed();
CREATE TRIGGER api_token_changed AFTER DELETE OR UPDATE OF purposes, actions, expires_at, revoked_at ON api_tokens
  FOR EACH STATEMENT EXECUTE FUNCTION access_changed();

GRANT SELECT, INSERT ON staff_key, staff, staff_recovery_codes, staff_links, staff_sessions, systems, api_tokens TO sekisho_app;
GRANT UPDATE (roles, password_hash, totp_sealed, totp_last_step, ended_at) ON staff TO sekisho_app;
GRANT UPDATE (used_at), DELETE ON staff_recovery_codes TO sekisho_app;
GRANT UPDATE (used_at) ON staff_links TO sekisho_app;
GRANT UPDATE (seen_at, ended_at) ON staff_sessions TO sekisho_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_attempts TO sekisho_app;
GRANT UPDATE (ended_at) ON systems TO sekisho_app;
GRANT UPDATE (revoked_at, last_used_on) ON api_tokens TO sekisho_app;
