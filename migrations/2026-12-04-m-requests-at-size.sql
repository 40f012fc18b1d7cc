-- The desk among thousands of requests: a list costs what it shows, and a promise what changed.

-- What the days of a request are counted from, and whether nothing but its decision is to come. Both follow from its events, and lists would read all
-- of these otherwise. The days themselves are counted when they are read.
ALTER TABLE requests
  ADD COLUMN form_due    boolean NOT NULL DEFAULT false, -- the form is still to go out
  ADD COLUMN check_from  date, -- papers came on this day by which it is still to be found out who asks
  ADD COLUMN untold      boolean NOT NULL DEFAULT false, -- the answer has not gone out
  ADD COLUMN extended_to date,
  ADD COLUMN decidable   boolean NOT NULL DEFAULT false;
CREATE INDEX requests_decidable ON requests (id) WHERE decidable;
GRANT UPDATE (form_due, check_from, untold, extended_to, decidable) ON requests TO sekisho_app;

-- Of the requests there are: by the last event of each kind.
CREATE TEMP TABLE lasts AS
SELECT request_id,
       max(no) FILTER (WHERE event IN ('registered', 'eased', 'amended')) AS terms,
       max(no) FILTER (WHERE event = 'forms-sent') AS form,
       max(no) FILTER (WHERE event = 'papers-received') AS papers,
       max(no) FILTER (WHERE event = 'papers-short') AS short,
       max(no) FILTER (WHERE event = 'eased' AND (data->>'eased')::boolean) AS eased,
       max(no) FILTER (WHERE event = 'identified') AS identified,
       max(no) FILTER (WHERE event = 'specified') AS specified,
       max(no) FILTER (WHERE event = 'collected') AS collected,
       max(no) FILTER (WHERE event = 'decided') AS decided,
       max(no) FILTER (WHERE event = 'delivered' OR (event = 'notified' AND data->>'by' = 'electronic')) AS sent,
       max(no) FILTER (WHERE event = 'extended') AS extended
FROM request_events GROUP BY request_id;
ALTER TABLE lasts ADD COLUMN lacking boolean NOT NULL DEFAULT false;
UPDATE lasts l SET lacking = true FROM request_events s
WHERE s.request_id = l.request_id AND s.no = l.short AND l.short > l.papers
  -- Whoever hears afterwards that no form is asked of them lacks none.
  AND (s.data->'lacks') - CASE WHEN l.eased > l.short THEN 'form' ELSE '' END <> '[]';

UPDATE requests r SET
  form_due = r.state = 'open' AND l.form IS NULL AND l.papers IS NULL AND (terms.data->>'form')::boolean,
  check_from = CASE WHEN r.state = 'open' AND r.kind <> 'consultation' AND l.identified IS NULL AND NOT l.lacking THEN papers.on_day END,
  untold = r.state = 'open' AND l.sent IS NULL,
  extended_to = (extended.data->>'until')::date
FROM lasts l
JOIN request_events terms ON terms.request_id = l.request_id AND terms.no = l.terms
LEFT JOIN request_events papers ON papers.request_id = l.request_id AND papers.no = l.papers
LEFT JOIN request_events extended ON extended.request_id = l.request_id AND extended.no = l.extended
WHERE l.request_id = r.id;

UPDATE requests r SET decidable = true
FROM lasts l
JOIN request_events s ON s.request_id = l.request_id AND s.no = l.specified
LEFT JOIN request_events c ON c.request_id = l.request_id AND c.no = l.collected AND l.collected > l.specified
WHERE l.request_id = r.id AND r.state = 'open' AND r.kind <> 'consultation' AND l.papers IS NOT NULL AND NOT l.lacking
  AND l.identified IS NOT NULL AND (l.decided IS NULL OR l.decided < l.specified)
  -- Nobody was found, or what is held about who was.
  AND (c.no IS NOT NULL OR coalesce(s.data->'principals' = '[]', s.data->'principal' = 'null'))
  -- A disclosure is decided item by item. A decision about one falls away when it is not among what is collected anew.
  AND NOT (r.kind = 'disclosure' AND EXISTS (
    SELECT FROM jsonb_array_elements(c.data->'holdings') AS held, jsonb_array_elements_text(held->'items') AS item
    WHERE NOT EXISTS (
      SELECT FROM request_events v
      WHERE v.request_id = r.id AND v.event = 'reviewed' AND v.no > l.specified AND v.data->'holding' = held->'holding' AND v.data->>'item' = item
        AND NOT EXISTS (
          SELECT FROM request_events again
          WHERE again.request_id = r.id AND again.event = 'collected' AND again.no > v.no AND NOT EXISTS (
            SELECT FROM jsonb_array_elements(again.data->'holdings') AS a WHERE a->'holding' = held->'holding' AND a->'items' ? item)))));
DROP TABLE lasts;

-- The transaction in which something of a request was last changed, by whomever, so that the promises read that request anew and no other.
ALTER TABLE requests ADD COLUMN changed xid8 NOT NULL DEFAULT '0';
CREATE INDEX requests_changed ON requests (changed);

CREATE FUNCTION note_change_of_request() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.changed := pg_current_xact_id();
  RETURN NEW;
END
$$;
CREATE FUNCTION note_change_in_request() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE requests SET changed = pg_current_xact_id() WHERE id IN (NEW.request_id, OLD.request_id) AND changed <> pg_current_xact_id();
  RETURN NULL;
END
$$;
REVOKE EXECUTE ON FUNCTION note_change_of_request, note_change_in_request FROM PUBLIC;

-- What is taken away is noted as before: of a request that is gone, none is left to say so.
DROP TRIGGER note_change ON requests;
DROP TRIGGER note_change ON request_events;
DROP TRIGGER note_change ON request_papers;
CREATE TRIGGER note_change AFTER DELETE OR TRUNCATE ON requests EXECUTE FUNCTION note_change();
CREATE TRIGGER note_change AFTER TRUNCATE ON request_events EXECUTE FUNCTION note_change();
CREATE TRIGGER note_change AFTER TRUNCATE ON request_papers EXECUTE FUNCTION note_change();
CREATE TRIGGER note_request BEFORE INSERT OR UPDATE ON requests FOR EACH ROW EXECUTE FUNCTION note_change_of_request();
CREATE TRIGGER note_request AFTER INSERT OR UPDATE OR DELETE ON request_events FOR EACH ROW EXECUTE FUNCTION note_change_in_request();
CREATE TRIGGER note_request AFTER INSERT OR UPDATE OR DELETE ON request_papers FOR EACH ROW EXECUTE FUNCTION note_change_in_request();
ALTER TABLE requests ENABLE ALWAYS TRIGGER note_change, ENABLE ALWAYS TRIGGER note_request;
ALTER TABLE request_events ENABLE ALWAYS TRIGGER note_change, ENABLE ALWAYS TRIGGER note_request;
ALTER TABLE request_papers ENABLE ALWAYS TRIGGER note_change, ENABLE ALWAYS TRIGGER note_request;
