-- Who erased persons were is held against the log by a promise: each is there that the log says is kept, and none that it does not.
CREATE TRIGGER note_change AFTER INSERT OR DELETE OR TRUNCATE OR UPDATE OF id ON kept_identities EXECUTE FUNCTION note_change();
ALTER TABLE kept_identities ENABLE ALWAYS TRIGGER note_change;
