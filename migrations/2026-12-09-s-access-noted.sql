-- Who is let in is held against the log by a promise. Not noted: what a sign-in leaves with a member of staff, and a use with a token.
CREATE TRIGGER note_change AFTER INSERT OR DELETE OR TRUNCATE OR UPDATE OF id, roles, password_hash, totp_sealed, fictional, created_at, ended_at
  ON staff EXECUTE FUNCTION note_change();
CREATE TRIGGER note_change AFTER INSERT OR DELETE OR TRUNCATE OR UPDATE ON systems EXECUTE FUNCTION note_change();
CREATE TRIGGER note_change AFTER INSERT OR DELETE OR TRUNCATE OR UPDATE OF id, system_id, token_hash, purposes, actions, created_at, expires_at, revoked_at
  ON api_tokens EXECUTE FUNCTION note_change();
ALTER TABLE staff ENABLE ALWAYS TRIGGER note_change;
ALTER TABLE systems ENABLE ALWAYS TRIGGER note_change;
ALTER TABLE api_tokens ENABLE ALWAYS TRIGGER note_change;

-- Each open sign-in is held against its entry, found by its instant.
CREATE INDEX log_entries_of_sign_ins ON log_entries (at) WHERE action IN ('staff:sign-in', 'staff:enter', 'staff:set-up');
