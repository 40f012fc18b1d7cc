-- Staff sign in by the OpenID Connect provider of their company, too. Who somebody is there is kept as a keyed digest of issuer and subject alone;
-- it is held against the log as password and authenticator are.
ALTER TABLE staff ADD COLUMN tie_index bytea CHECK (octet_length(tie_index) = 32); -- HMAC of issuer and subject; null = not tied
CREATE UNIQUE INDEX staff_tie ON staff (tie_index) WHERE ended_at IS NULL;
GRANT UPDATE (tie_index) ON staff TO sekisho_app;

DROP TRIGGER note_change ON staff;
CREATE TRIGGER note_change AFTER INSERT OR DELETE OR TRUNCATE OR UPDATE OF id, name_sealed, email_sealed, email_index, roles, password_hash,
  totp_sealed, tie_index, fictional, created_at, ended_at ON staff EXECUTE FUNCTION note_change();
ALTER TABLE staff ENABLE ALWAYS TRIGGER note_change;
DROP TRIGGER staff_changed ON staff;
CREATE TRIGGER staff_changed AFTER DELETE OR UPDATE OF name_sealed, roles, password_hash, tie_index, ended_at ON staff
  FOR EACH STATEMENT EXECUTE FUNCTION access_changed();

-- Who is on the way to the provider and back, for minutes: found by what the browser holds and the address it comes back to, together.
CREATE TABLE sign_in_visits (
  key        bytea PRIMARY KEY CHECK (octet_length(key) = 32),
  sealed     bytea NOT NULL, -- under the key of the directory
  created_at timestamptz NOT NULL
);
CREATE INDEX sign_in_visits_old ON sign_in_visits (created_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_visits TO sekisho_app;
