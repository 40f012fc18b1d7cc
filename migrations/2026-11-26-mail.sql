-- Letters by mail. A letter is written in the transaction of what it tells of, and sent from here afterwards. To whom it goes and what it says
-- is sealed while it waits and dropped when it has left or was given up.

CREATE TABLE mail_outbox (
  -- Also in the Message-ID, so that who receives a letter twice can see that it is one.
  id uuid PRIMARY KEY,
  -- The number of the case it is about.
  about text NOT NULL,
  queued_at timestamptz NOT NULL,
  kek_version int,
  wrapped_key bytea,
  sealed bytea,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'given-up')),
  tries int NOT NULL DEFAULT 0,
  next_at timestamptz NOT NULL,
  ended_at timestamptz,
  -- A code, never what a server said: that may hold the address.
  problem text,
  CHECK ((state = 'waiting') = (sealed IS NOT NULL) AND (state = 'waiting') = (wrapped_key IS NOT NULL)),
  CHECK ((state = 'waiting') = (ended_at IS NULL))
);
CREATE INDEX mail_outbox_waiting ON mail_outbox (next_at) WHERE state = 'waiting';
CREATE INDEX mail_outbox_given_up ON mail_outbox (ended_at) WHERE state = 'given-up';

GRANT SELECT, INSERT ON mail_outbox TO sekisho_app;
GRANT UPDATE (kek_version, wrapped_key, sealed, state, tries, next_at, ended_at, problem) ON mail_outbox TO sekisho_app;
