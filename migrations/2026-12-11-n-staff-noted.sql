-- Name and e-mail of the staff are held against the log as well: that they are those that somebody on record wrote last.
DROP TRIGGER note_change ON staff;
CREATE TRIGGER note_change AFTER INSERT OR DELETE OR TRUNCATE OR UPDATE OF id, name_sealed, email_sealed, email_index, roles, password_hash,
  totp_sealed, fictional, created_at, ended_at ON staff EXECUTE FUNCTION note_change();
ALTER TABLE staff ENABLE ALWAYS TRIGGER note_change;
