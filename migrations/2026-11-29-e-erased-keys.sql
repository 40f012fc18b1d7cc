-- The server takes values out of a table to plan with, and keeps them after their rows are gone: the wrapped key of somebody who was erased among
-- them. Of wrapped keys, and of digests that are one person's, it takes none any more. What it took goes as the type of a column is set, to the
-- same, and leaves the file of its statistics as that is vacuumed by the server itself.

DO $$
DECLARE
  one record;
BEGIN
  FOR one IN
    SELECT c.oid::regclass AS relation, a.attname AS name FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND NOT a.attisdropped
      AND (a.attname = 'wrapped_key' OR (c.relname, a.attname) = ('vault_records', 'email'))
  LOOP
    EXECUTE format('ALTER TABLE %s ALTER COLUMN %I SET STATISTICS 0, ALTER COLUMN %I TYPE bytea', one.relation, one.name, one.name);
  END LOOP;
END
$$;

-- Until now the table was only vacuumed after an erasure, which leaves the bytes of some keys in its pages. From now on it is written anew.
CLUSTER vault_principals USING vault_principals_pkey;
