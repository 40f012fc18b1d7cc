-- A request may end without being decided on: whoever asks may not, or what was asked for never came. A dismissal that has not gone out is taken
-- back by what comes meanwhile, so that its letter is prepared anew with the answer.
ALTER TABLE requests DROP CONSTRAINT requests_state_check;
ALTER TABLE requests ADD CONSTRAINT requests_state_check CHECK (state IN ('open', 'closed', 'withdrawn', 'dismissed'));
DROP INDEX request_events_once;
CREATE UNIQUE INDEX request_events_once ON request_events (request_id, event)
  WHERE event IN ('registered', 'carried-out', 'closed', 'withdrawn', 'papers-erased');
