-- Records whose time is over are erased two hundred at a time: so many ids stand in one entry of the log, and many may end on one day.
CREATE OR REPLACE FUNCTION expire_provision_records(today date) RETURNS SETOF uuid
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH over AS (
    SELECT provision_id FROM provision_records
    WHERE keep_until < least(today, (now() AT TIME ZONE 'Asia/Tokyo')::date)
    ORDER BY keep_until, provision_id LIMIT 200),
  people AS (DELETE FROM provision_people WHERE provision_id IN (SELECT provision_id FROM over)),
  records AS (DELETE FROM provision_records WHERE provision_id IN (SELECT provision_id FROM over))
  DELETE FROM provisions WHERE id IN (SELECT provision_id FROM over) RETURNING id
$$;
