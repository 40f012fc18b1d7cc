-- What the people of a package were last told of by mail: its state, or that it cannot be prepared. Whatever was so before is not told.
ALTER TABLE packages ADD COLUMN told text;
UPDATE packages SET told = CASE WHEN stuck IS NULL THEN state ELSE 'stuck' END;
GRANT UPDATE (told) ON packages TO sekisho_app;
