-- Who asks is found out anew where it is in doubt: papers of somebody else, an agent whose power has ended, a child who has come of age. What the
-- events allow is asked in the code; everything else still happens once, whatever goes wrong above.
DROP INDEX request_events_once;
CREATE UNIQUE INDEX request_events_once ON request_events (request_id, event)
  WHERE event IN ('registered', 'carried-out', 'notified', 'closed', 'withdrawn', 'papers-erased');
