-- What a person's items were acquired for stands with the items: they are used for nothing else (APPI 18(1)), whatever the ledger says later.

-- The ids of the purposes of each item joined by commas, in the order of `items`; one text alone where all items are held for the same.
ALTER TABLE vault_records ADD COLUMN purposes text[] NOT NULL DEFAULT '{}';

-- Whether each of the `asked` items of a record is held for one of the `allowed` purposes; of a record that has none of them, whether all of it is.
CREATE FUNCTION is_held_for(items text[], purposes text[], asked text[], allowed text[]) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN cardinality(purposes) = 1 THEN string_to_array(purposes[1], ',') && allowed
    ELSE (SELECT bool_and(coalesce(string_to_array(i.held, ',') && allowed, false)) FROM unnest(items, purposes) AS i(code, held)
          WHERE i.code = ANY (asked) OR NOT items && asked) END
$$;

-- From the records of acquisition: an item is held for what any of them named for it. An item that came with a correction is held for what all
-- the others are.
WITH told AS (
  SELECT a.principal_id, a.holding_id, code, array_agg(DISTINCT purpose COLLATE "C" ORDER BY purpose COLLATE "C") AS purposes
  FROM acquisitions a, unnest(a.items) AS code, unnest(a.purposes) AS purpose GROUP BY 1, 2, 3),
items AS (
  SELECT r.principal_id, r.holding_id, i.no, t.purposes
  FROM vault_records r CROSS JOIN LATERAL unnest(r.items) WITH ORDINALITY AS i(code, no)
  LEFT JOIN told t ON (t.principal_id, t.holding_id, t.code) = (r.principal_id, r.holding_id, i.code)),
numbers AS (
  SELECT principal_id, holding_id, count(purposes) AS acquired FROM items GROUP BY 1, 2),
shared AS (
  SELECT principal_id, holding_id, array_agg(purpose ORDER BY purpose COLLATE "C") AS purposes
  FROM (
    SELECT principal_id, holding_id, purpose FROM items JOIN numbers USING (principal_id, holding_id), unnest(purposes) AS purpose
    GROUP BY principal_id, holding_id, purpose, acquired HAVING count(*) = acquired) AS s
  GROUP BY 1, 2),
lists AS (
  SELECT i.principal_id, i.holding_id,
         array_agg(array_to_string(coalesce(i.purposes, s.purposes, '{}'), ',') ORDER BY i.no) AS purposes
  FROM items i LEFT JOIN shared s USING (principal_id, holding_id) GROUP BY 1, 2)
UPDATE vault_records r
SET purposes = CASE WHEN l.purposes[1] = ALL (l.purposes) THEN l.purposes[1:1] ELSE l.purposes END
FROM lists l WHERE (l.principal_id, l.holding_id) = (r.principal_id, r.holding_id);
