-- What is looked for among a million entries and is found by going through all of them otherwise.

-- What people did, and what was done by nobody: whoever reads the log asks for them by name. Systems do most of what is done, the creating of persons
-- above all, and write nothing here.
CREATE INDEX log_entries_of_actor ON log_entries (actor, xid, seq) WHERE NOT actor ^@ 'system:';

-- What the checkpoint did not allow, of which there is little: an entry is canonical, so its decision has one spelling and begins with the answer.
CREATE INDEX log_entries_refused ON log_entries (xid, seq) WHERE strpos(entry, '"decision":{"answer":"no",') > 0;
CREATE INDEX log_entries_unknown ON log_entries (xid, seq) WHERE strpos(entry, '"decision":{"answer":"unknown",') > 0;

-- What a package provided, among all that was provided.
CREATE INDEX provisions_of_package ON provisions (package_id, id) WHERE package_id IS NOT NULL;
