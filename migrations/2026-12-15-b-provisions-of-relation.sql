-- What the list of provisions is filtered to among a hundred thousand rows, newest first: where that is rare, all of them were gone through otherwise.

CREATE INDEX provisions_of_relation ON provisions (relation, id);
