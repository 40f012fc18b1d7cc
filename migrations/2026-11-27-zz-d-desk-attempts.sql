-- What an attempt was about: a keyed digest of who sent it, which step it was and what was sent with it, so that the same name with something
-- else is told from the same press twice. Null of what was done before this.
ALTER TABLE requests ADD COLUMN asked bytea;
ALTER TABLE request_events ADD COLUMN asked bytea;
ALTER TABLE request_parcels ADD COLUMN asked bytea;
