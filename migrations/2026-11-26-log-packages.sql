-- What was done with a package, found by its id. Few: the readings for a package are not among them.
CREATE INDEX log_entries_of_package ON log_entries ((entry::jsonb->>'package')) WHERE action ^@ 'package:';
