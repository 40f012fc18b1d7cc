-- A package that was screened before anybody looked at what items are held for (2026-11-28-p-purposes.sql) does not say so of its classes, and would
-- let nobody in any more. Whom the law let in is held for its purpose where anybody of the class is: otherwise it is their consent that lets them in.
-- Of who fell out, nothing of that kind was said.
UPDATE packages k SET screening = (
  SELECT jsonb_agg(c.one || CASE WHEN c.one ? 'heldFor' THEN '{}' ELSE jsonb_build_object('heldFor', (c.one->>'held')::boolean
      AND (c.one #>> '{finding,answer}' IS DISTINCT FROM 'yes'
        OR NOT EXISTS (SELECT FROM package_people p WHERE p.package_id = k.id AND p.class = c.no - 1)
        OR EXISTS (
          SELECT FROM package_people p JOIN vault_records r ON r.principal_id = p.principal_id AND r.holding_id = k.holding_id
          WHERE p.package_id = k.id AND p.class = c.no - 1 AND is_held_for(r.items, r.purposes, k.items, ARRAY[k.purpose])))) END ORDER BY c.no)
  FROM jsonb_array_elements(k.screening) WITH ORDINALITY AS c(one, no))
WHERE k.screening @? '$[*] ? (!exists (@.heldFor))';
