-- The records of a provision of very many persons, page by page: in their order, and not from its first person each time. What looks for the persons
-- of a provision finds them here as before; and what counts them, with how many consented, reads nothing else.
CREATE INDEX provision_people_in_order ON provision_people (provision_id, principal_id) INCLUDE (consent_id);
DROP INDEX provision_people_of_provision;
