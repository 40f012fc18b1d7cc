-- Whoever made a package, put persons on its list or asked for its approval does not approve it.
ALTER TABLE packages
  ADD COLUMN listed_by text[] NOT NULL DEFAULT '{}',
  ADD COLUMN requested_by text;

-- What waits for an approval is asked of the log, which knew before the table did.
WITH acts AS (
  SELECT (entry::jsonb->>'package')::uuid AS id, array_agg(DISTINCT actor) FILTER (WHERE action = 'package:list') AS listed,
         max(actor) FILTER (WHERE action = 'package:request') AS requested
  FROM log_entries WHERE action ^@ 'package:' AND action IN ('package:list', 'package:request') GROUP BY 1)
UPDATE packages p SET listed_by = coalesce(a.listed, '{}'), requested_by = a.requested
FROM acts a WHERE a.id = p.id AND p.approved_by IS NULL;

ALTER TABLE packages ADD CONSTRAINT packages_approved_by_another
  CHECK (approved_by IS NULL OR approved_by <> made_by AND approved_by <> ALL (listed_by) AND approved_by IS DISTINCT FROM requested_by);
GRANT UPDATE (listed_by, requested_by) ON packages TO sekisho_app;
