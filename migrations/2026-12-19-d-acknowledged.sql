-- Who asks hears within two business days that their request has come, by the form or, where none goes out, by a letter or otherwise.

ALTER TABLE requests ADD COLUMN unacknowledged boolean NOT NULL DEFAULT false; -- they have not heard yet
GRANT UPDATE (unacknowledged) ON requests TO sekisho_app;

-- Of the requests that are open: that a letter was printed for them did not say that it went out, so the desk says it now.
UPDATE requests r SET unacknowledged = true
WHERE r.state = 'open' AND NOT EXISTS (
  SELECT FROM request_events e
  WHERE e.request_id = r.id AND (
    e.event IN ('acknowledged', 'forms-sent', 'papers-short', 'refunded', 'extended', 'delivered')
    OR (e.event = 'notified' AND e.data->>'by' = 'electronic')
    OR (e.event = 'eased' AND e.data ? 'until')));

ALTER TABLE desk_told DROP CONSTRAINT desk_told_what_check;
ALTER TABLE desk_told ADD CONSTRAINT desk_told_what_check CHECK (what IN ('forms near', 'forms over', 'acknowledgement near', 'acknowledgement over',
  'identity reached', 'identity over', 'alarm reached', 'decision reached', 'decision over', 'extended near', 'lawsuit near', 'lawsuit reached', 'erase over'));
