-- More of what the promises hold records against: what a holding was kept for, how a recipient was found, and what was done of the log.
CREATE TRIGGER note_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON holding_versions EXECUTE FUNCTION note_change();
ALTER TABLE holding_versions ENABLE ALWAYS TRIGGER note_change;
CREATE TRIGGER note_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON recipient_checks EXECUTE FUNCTION note_change();
ALTER TABLE recipient_checks ENABLE ALWAYS TRIGGER note_change;

-- Each provision is held against the entries of its readings, found by their ids.
CREATE INDEX log_entries_of_provisions ON log_entries (id, principal_id) WHERE action IN ('people:provide', 'people:package');
