-- Registers that the promises hold against the log.
DO $$
DECLARE
  noted text;
BEGIN
  FOREACH noted IN ARRAY ARRAY['recipients', 'recipient_versions', 'recipient_assurances', 'country_reports', 'commission_pages',
    'holdings', 'purpose_changes', 'consent_text_starts'] LOOP
    EXECUTE format('CREATE TRIGGER note_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %I EXECUTE FUNCTION note_change()', noted);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER note_change', noted);
  END LOOP;
END
$$;
