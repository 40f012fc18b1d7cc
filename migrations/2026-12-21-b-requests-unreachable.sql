-- A question or complaint may come without an address to answer to: nothing can be sent, and it is decided and closed without an answer. Once the
-- person gives an address, the answer is owed from that day.
ALTER TABLE requests
  ADD COLUMN unreachable boolean NOT NULL DEFAULT false,
  ADD COLUMN addressed_on date; -- the day such an address became known; null without one
GRANT UPDATE (unreachable, addressed_on) ON requests TO sekisho_app;
