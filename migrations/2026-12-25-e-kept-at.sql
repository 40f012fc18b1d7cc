-- Nothing asks when an identity was kept: the log entry of the erasure says it.
ALTER TABLE kept_identities DROP COLUMN kept_at;
