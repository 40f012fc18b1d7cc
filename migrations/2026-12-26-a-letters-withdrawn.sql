-- A letter that waits is taken back when what it speaks of is stopped or replaced. `needs`: the ids of what has to stand for it to go out, such as a
-- delivery of the desk; kept when it is over, so that the page of the delivery can say what became of its letter.
ALTER TABLE mail_outbox ADD COLUMN needs uuid[] NOT NULL DEFAULT '{}';
-- A server may have the letter: it was offered to one that has not said no, or nobody knows what it said.
ALTER TABLE mail_outbox ADD COLUMN offered boolean NOT NULL DEFAULT false;
GRANT UPDATE (offered) ON mail_outbox TO sekisho_app;
CREATE INDEX mail_outbox_needs ON mail_outbox USING gin (needs);
ALTER TABLE mail_outbox DROP CONSTRAINT mail_outbox_state_check;
ALTER TABLE mail_outbox ADD CONSTRAINT mail_outbox_state_check CHECK (state IN ('waiting', 'sent', 'given-up', 'withdrawn'));
