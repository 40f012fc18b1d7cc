-- By what an erased person is found whom a record names, for a request about these records (APPI 33(5)): as a held person is, of what is kept to tell
-- who it was. It goes with that. Null: kept by a version that had none; the next start writes it.
ALTER TABLE kept_identities ADD COLUMN digests bytea[], ALTER COLUMN digests SET STATISTICS 0;
GRANT UPDATE (digests) ON kept_identities TO sekisho_app;
