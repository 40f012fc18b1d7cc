-- Who is held and who was erased is held against the log by a promise. Whom the application adds comes with the entry of the acquisition, in the
-- statement that creates a person: that makes nothing wrong, and noting it there would cost that statement a tenth of its rate.
CREATE TRIGGER note_change AFTER DELETE OR TRUNCATE OR UPDATE OF id ON vault_principals EXECUTE FUNCTION note_change();
CREATE TRIGGER note_insert AFTER INSERT ON vault_principals WHEN (current_user <> 'sekisho_app') EXECUTE FUNCTION note_change();
CREATE TRIGGER note_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON vault_erasures EXECUTE FUNCTION note_change();
ALTER TABLE vault_principals ENABLE ALWAYS TRIGGER note_change, ENABLE ALWAYS TRIGGER note_insert;
ALTER TABLE vault_erasures ENABLE ALWAYS TRIGGER note_change;
