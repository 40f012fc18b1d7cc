-- Who fell out of an approved package before it was handed over, or before it was again: as many persons, for which reason, on which grounds. Nobody is
-- named. Of what was fetched before this was kept, nothing is known of that kind.
ALTER TABLE packages ADD COLUMN fallen jsonb NOT NULL DEFAULT '[]';
GRANT UPDATE (fallen) ON packages TO sekisho_app;
