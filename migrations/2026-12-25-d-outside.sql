-- Whether a letter goes to somebody outside the company, kept beyond its address: that a member of staff was not reached says nothing of the person
-- whose case it was about. Null: written before this was kept.
ALTER TABLE mail_outbox ADD COLUMN outside boolean;
CREATE INDEX mail_outbox_lost ON mail_outbox (about) WHERE state = 'given-up';
