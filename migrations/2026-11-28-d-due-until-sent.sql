-- The clock of a request runs until its answer has gone out, not until it lies ready: those that lie ready are due again.
UPDATE requests r
SET due_on = coalesce(
  (SELECT (e.data->>'until')::date FROM request_events e WHERE e.request_id = r.id AND e.event = 'extended' ORDER BY e.no DESC LIMIT 1),
  r.arrived_on + 14)
WHERE r.state = 'open' AND r.stage = 'notified' AND NOT EXISTS (
  SELECT 1 FROM request_events e WHERE e.request_id = r.id AND e.event = 'notified' AND e.data->>'by' = 'electronic');
