-- A request can end though its answer never arrived: the person could not be reached.

ALTER TABLE requests DROP CONSTRAINT requests_state_check;
ALTER TABLE requests ADD CONSTRAINT requests_state_check
  CHECK (state IN ('open', 'closed', 'withdrawn', 'dismissed', 'undelivered'));
