-- The next day something of a request is due follows from its events, the clock of the desk and its closed days. The last two are the program's: what a
-- version of it had written stayed until the next event of the request, whatever the version after it knew. It is found when it is read.
ALTER TABLE requests DROP COLUMN due_on;
CREATE INDEX requests_open ON requests (id) WHERE state = 'open';
