-- How a request came out, beside its events, so that a list can be filtered by it. Null while nothing is decided.
ALTER TABLE requests ADD COLUMN result text CHECK (result IN
  ('granted', 'partly', 'otherwise', 'partly-otherwise', 'refused', 'absent', 'answered', 'handled', 'dismissed'));
GRANT UPDATE (result) ON requests TO sekisho_app;

-- The list of all requests is read newest first. What is rare among many is found by these.
CREATE INDEX requests_by_result ON requests (result, id) WHERE result IS NOT NULL;
CREATE INDEX requests_by_kind ON requests (kind, id);
CREATE INDEX requests_over ON requests (state, id) WHERE state <> 'open';
CREATE INDEX requests_by_arrival ON requests (arrived_on);

-- Of the requests there are, from their events in order. A decision falls away when it is to be made anew, and a dismissal when something comes before
-- it has gone out.
DO $$
DECLARE
  e record;
  request uuid;
  outcome text;
  ground text;
  unreachable boolean;
  notified_by text;
  ways text[]; -- in which the answer was delivered and is not known not to have arrived
  to_send_again boolean;
  leaked boolean;
BEGIN
  FOR e IN SELECT r.id, v.event, v.data, v.no = max(v.no) OVER (PARTITION BY r.id) AS is_last
           FROM requests r JOIN request_events v ON v.request_id = r.id ORDER BY r.id, v.no LOOP
    IF e.id IS DISTINCT FROM request THEN
      SELECT e.id, NULL, NULL, false, NULL, '{}', false, false
        INTO request, outcome, ground, unreachable, notified_by, ways, to_send_again, leaked;
    END IF;
    IF outcome = 'dismissed' AND NOT leaked AND ways = '{}' AND (notified_by IS DISTINCT FROM 'electronic' OR to_send_again)
       AND (e.event IN ('forms-sent', 'papers-received', 'papers-short', 'fee-waived', 'identified') OR e.event = 'eased' AND ground = 'lacking') THEN
      SELECT NULL, NULL, false INTO outcome, notified_by, to_send_again;
    END IF;
    CASE e.event
      WHEN 'registered' THEN unreachable := coalesce((e.data->>'unreachable')::boolean, false);
      WHEN 'decided' THEN outcome := e.data->>'result';
      WHEN 'dismissed' THEN
        outcome := 'dismissed';
        ground := e.data->>'ground';
      WHEN 'specified' THEN outcome := NULL;
      WHEN 'reviewed' THEN IF (e.data->>'anew')::boolean THEN outcome := NULL; END IF;
      WHEN 'papers-short' THEN
        IF (e.data->>'anew')::boolean THEN SELECT NULL, NULL, false INTO outcome, notified_by, to_send_again; END IF;
      WHEN 'addressed' THEN
        IF unreachable THEN SELECT NULL, NULL, '{}', false, false INTO outcome, notified_by, ways, to_send_again, unreachable; END IF;
      WHEN 'amended' THEN
        IF e.data ? 'unreachable' THEN
          SELECT NULL, NULL, '{}', false, (e.data->>'unreachable')::boolean INTO outcome, notified_by, ways, to_send_again, unreachable;
        END IF;
      WHEN 'notified' THEN SELECT e.data->>'by', false INTO notified_by, to_send_again;
      WHEN 'delivered' THEN SELECT ways || (e.data->>'by'), false INTO ways, to_send_again;
      WHEN 'undelivered' THEN
        ways := array_remove(ways, e.data->>'by');
        to_send_again := ways = '{}';
        leaked := leaked OR e.data->>'why' IN ('astray', 'lost') OR e.data->>'envelope' = 'opened';
      ELSE NULL;
    END CASE;
    IF e.is_last AND outcome IS NOT NULL THEN UPDATE requests SET result = outcome WHERE id = request; END IF;
  END LOOP;
END
$$;
