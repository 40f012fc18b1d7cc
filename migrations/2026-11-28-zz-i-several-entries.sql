-- A person may stand in several ledgers under several ids, and a request is about all of them: whom it reaches are many, and what is stopped is
-- stopped for each.
ALTER TABLE requests ADD COLUMN principal_ids uuid[] NOT NULL DEFAULT '{}';
UPDATE requests SET principal_ids = ARRAY[principal_id] WHERE principal_id IS NOT NULL;
ALTER TABLE requests DROP COLUMN principal_id;
CREATE INDEX requests_of_person ON requests USING gin (principal_ids);
GRANT UPDATE (principal_ids) ON requests TO sekisho_app;

ALTER TABLE suspensions DROP CONSTRAINT suspensions_pkey;
ALTER TABLE suspensions ADD PRIMARY KEY (request_id, principal_id, stops);
