-- Two persons of one holding may share an e-mail address, where whoever takes in the second says so. One of those who have an address keeps its
-- digest in `vault_records.email`, which is unique, so that nobody else comes in with it unsaid; the others have it among `digests` alone, by which
-- everybody who has it is found. Nothing that is there changes: until now nobody shared any.
ALTER TABLE acquisitions ADD COLUMN email_shared boolean NOT NULL DEFAULT false;
