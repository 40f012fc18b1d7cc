-- What is looked for among many rows, and is found by going through all of them otherwise.

-- The states of the promises since a day, of all the states there have been.
CREATE INDEX promise_states_at ON promise_states (at);

-- Whatever was done, by what it is: an action is looked for in the log from wherever its number is shown. Whoever creates a person writes into
-- this index where they wrote into the one before, which had few actions.
CREATE INDEX log_entries_of_action ON log_entries (action, xid, seq);
DROP INDEX log_entries_of_kind, log_entries_of_uses_beyond;

-- What came from others than the person, which is little beside what came from them. Who comes in by themselves writes nothing here.
CREATE INDEX acquisitions_from_others ON acquisitions (id) WHERE source <> 'principal';
