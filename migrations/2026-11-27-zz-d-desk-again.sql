-- A decision is taken again as long as it is neither carried out nor told: what it was to do may have become impossible. What the events allow is
-- asked in the code; everything else still happens once, whatever goes wrong above.
DROP INDEX request_events_once;
CREATE UNIQUE INDEX request_events_once ON request_events (request_id, event)
  WHERE event IN ('registered', 'identified', 'carried-out', 'notified', 'closed', 'withdrawn', 'papers-erased');
