-- What a system recorded of a recipient abroad in an earlier version takes the place of the persons' consent (28(1)) only once a member of the staff
-- has confirmed it: an equivalent-action system, and a check that does not find it failing.
ALTER TABLE recipient_assurances
  ADD COLUMN confirmed_at timestamptz, ADD COLUMN confirmed_by text, ADD COLUMN confirm_entry_id uuid,
  ADD CHECK (num_nulls(confirmed_at, confirmed_by, confirm_entry_id) IN (0, 3));
GRANT UPDATE (confirmed_at, confirmed_by, confirm_entry_id) ON recipient_assurances TO sekisho_app;

ALTER TABLE recipient_checks
  ADD COLUMN confirmed_at timestamptz, ADD COLUMN confirmed_by text, ADD COLUMN confirm_entry_id uuid,
  ADD CHECK (num_nulls(confirmed_at, confirmed_by, confirm_entry_id) IN (0, 3));
GRANT UPDATE (confirmed_at, confirmed_by, confirm_entry_id) ON recipient_checks TO sekisho_app;
