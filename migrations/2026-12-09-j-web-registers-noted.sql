-- Web sites and the versions of their registers, which a promise holds against the log.
DO $$
DECLARE
  noted text;
BEGIN
  FOREACH noted IN ARRAY ARRAY['web_sites', 'web_registers'] LOOP
    EXECUTE format('CREATE TRIGGER note_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %I EXECUTE FUNCTION note_change()', noted);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER note_change', noted);
  END LOOP;
END
$$;
