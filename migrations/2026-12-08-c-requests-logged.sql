-- What the log has of each request of the desk, which the promises hold its events against: read for the requests that changed and for no other.
CREATE INDEX log_entries_of_requests ON log_entries ((entry::jsonb->>'request')) WHERE action ^@ 'desk:';
