-- At what time of its day a consent was withdrawn. It may become known only later, so it is stated apart, once. Where nothing is stated, a withdrawal
-- written down on a later day may have come before or after what was done on its own day.
CREATE TABLE consent_withdrawal_times (
  consent_id   uuid PRIMARY KEY,
  entry_id     uuid NOT NULL,      -- the log entry
  principal_id uuid NOT NULL,
  said_at      timestamptz NOT NULL,
  at           timestamptz NOT NULL,
  by_actor     text NOT NULL
);
CREATE INDEX consent_withdrawal_times_of_person ON consent_withdrawal_times (principal_id);
GRANT SELECT, INSERT ON consent_withdrawal_times TO sekisho_app;
CREATE TRIGGER note_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON consent_withdrawal_times EXECUTE FUNCTION note_change();
ALTER TABLE consent_withdrawal_times ENABLE ALWAYS TRIGGER note_change;
