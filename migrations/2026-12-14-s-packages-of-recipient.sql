-- The newest packages of a recipient, which a search by its name asks for.
CREATE INDEX packages_of_recipient ON packages (recipient_id, id);
