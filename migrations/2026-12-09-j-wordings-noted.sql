-- What the versions of the policy mean by their purposes, which a promise holds against the log.
CREATE TRIGGER note_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON purpose_wordings EXECUTE FUNCTION note_change();
ALTER TABLE purpose_wordings ENABLE ALWAYS TRIGGER note_change;
