-- A link by which whoever runs the server has a new privacy officer come in, also while others are there, and why it was made.

ALTER TABLE staff_links ADD COLUMN ground text CHECK (ground IN ('lost', 'away'));
-- Who came in by a link that did not say so.
GRANT UPDATE (staff_id) ON staff_links TO sekisho_app;

-- Whoever comes in by one begins a sign-in too.
DROP INDEX log_entries_of_sign_ins;
CREATE INDEX log_entries_of_sign_ins ON log_entries (at)
  WHERE action IN ('staff:sign-in', 'staff:enter', 'staff:set-up', 'staff:let-in');
