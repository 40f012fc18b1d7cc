-- The number of the registered mail that a fee came with, and the law and document by which a record is kept though its erasure was asked for, stood in
-- clear in the events of a request. They are papers of it from now on, sealed under its key and gone with it. What lay here in clear waits in a table
-- of its own, of requests whose papers are kept; the program seals it when it next starts, before anybody is served, and the table is then empty for
-- good. Such a paper names its event, whose digest in the log is over both.

ALTER TABLE request_papers DROP CONSTRAINT request_papers_kind_check;
ALTER TABLE request_papers ADD CONSTRAINT request_papers_kind_check
  CHECK (kind IN ('sender', 'agent', 'letter', 'mail', 'identity', 'reason', 'keeping', 'redacted', 'change', 'former', 'told', 'answer', 'sent', 'copy', 'parcel'));

CREATE TABLE request_words_waiting (
  request_id uuid NOT NULL,
  no         int NOT NULL, -- of the event
  kind       text NOT NULL CHECK (kind IN ('mail', 'keeping')),
  words      text NOT NULL,
  PRIMARY KEY (request_id, no, kind)
);
-- The server keeps no values of it either, to plan with.
ALTER TABLE request_words_waiting ALTER COLUMN words SET STATISTICS 0;
GRANT SELECT ON request_words_waiting TO sekisho_app;

INSERT INTO request_words_waiting
SELECT e.request_id, e.no, w.kind, w.words
FROM request_events e JOIN requests r ON r.id = e.request_id AND r.wrapped_key IS NOT NULL
CROSS JOIN LATERAL (VALUES ('mail', e.data ->> 'registeredMail'), ('keeping', e.data #>> '{facts,keeping,legalBasis}')) AS w (kind, words)
WHERE e.event IN ('papers-received', 'decided') AND w.words IS NOT NULL;

-- Writes the table anew with the rows as they are from now on, so that what they were is not left in its file.
ALTER TABLE request_events ALTER COLUMN data TYPE jsonb
  USING CASE WHEN event = 'papers-received' AND data ->> 'registeredMail' IS NOT NULL THEN data - 'registeredMail'
             WHEN event = 'decided' THEN data #- '{facts,keeping,legalBasis}' ELSE data END;

-- Those that were sealed wait no more.
CREATE FUNCTION drop_request_words(request uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM request_words_waiting WHERE request_id = request;
  -- So that nothing is left in its file either.
  IF NOT EXISTS (SELECT FROM request_words_waiting) THEN
    TRUNCATE request_words_waiting;
  END IF;
END
$$;
REVOKE EXECUTE ON FUNCTION drop_request_words FROM PUBLIC;
GRANT EXECUTE ON FUNCTION drop_request_words TO sekisho_app;
