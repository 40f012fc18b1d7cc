-- Judgements of the officer and consultations, which a promise holds against the log.
DO $$
DECLARE
  noted text;
BEGIN
  FOREACH noted IN ARRAY ARRAY['judgements', 'consultations'] LOOP
    EXECUTE format('CREATE TRIGGER note_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %I EXECUTE FUNCTION note_change()', noted);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER note_change', noted);
  END LOOP;
END
$$;
