-- What the application adds to the acquisitions comes with an entry of the log, in the statement that creates a person: the log says that
-- there is something new to count, and noting it beside cost that statement a tenth of its rate. Whatever else happens to one, and whoever
-- else adds one, is noted.
DROP TRIGGER note_change ON acquisitions;
CREATE TRIGGER note_change AFTER UPDATE OR DELETE OR TRUNCATE ON acquisitions EXECUTE FUNCTION note_change();
CREATE TRIGGER note_insert AFTER INSERT ON acquisitions WHEN (current_user <> 'sekisho_app') EXECUTE FUNCTION note_change();
ALTER TABLE acquisitions ENABLE ALWAYS TRIGGER note_change, ENABLE ALWAYS TRIGGER note_insert;

-- The entries that a promise looks for by their kind.
DROP INDEX log_entries_of_openings;
CREATE INDEX log_entries_of_kind ON log_entries (action, xid, seq) WHERE action IN ('desk:open-paper', 'people:acquire');
