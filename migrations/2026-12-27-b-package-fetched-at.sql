-- What is fetched again leaves again: whoever it went to has it from the last time, also if they returned what they had from the first.
ALTER TABLE packages ADD COLUMN fetched_at timestamptz;
WITH fetches AS (
  SELECT l.entry::json->>'package' AS package, max(l.at) AS last FROM log_entries l WHERE l.action = 'package:fetch' GROUP BY 1)
UPDATE packages k SET fetched_at = coalesce((SELECT last FROM fetches WHERE package = k.id::text), k.state_at) WHERE k.fetched > 0;
ALTER TABLE packages ADD CONSTRAINT packages_fetched_at CHECK ((fetched > 0) = (fetched_at IS NOT NULL));
GRANT UPDATE (fetched_at) ON packages TO sekisho_app;
