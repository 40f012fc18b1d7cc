-- A closed request is open again where its answer turns out not to have reached the person, and is closed once more.
DROP INDEX request_events_once;
CREATE UNIQUE INDEX request_events_once ON request_events (request_id, event)
  WHERE event IN ('registered', 'carried-out', 'withdrawn', 'papers-erased');
