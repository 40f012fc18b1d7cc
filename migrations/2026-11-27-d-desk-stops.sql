-- Under which paragraph of Article 35 a stop was carried out, so that a refusal can name it.
ALTER TABLE suspensions ADD COLUMN article text CHECK (article IN ('35(2)', '35(4)', '35(6)'));
UPDATE suspensions s SET article = e.data->'finding'->'because'->0->>'article'
FROM request_events e WHERE e.request_id = s.request_id AND e.event = 'decided';
ALTER TABLE suspensions ALTER COLUMN article SET NOT NULL;
