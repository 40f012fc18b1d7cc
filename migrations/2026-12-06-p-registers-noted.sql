-- What the promises about provisions hold them against: consents and what ended them, who is the same person, and joint uses. The application
-- only ever adds a consent that nothing rested on before, so that its own adding of one changes no count and is not noted.
DO $$
DECLARE
  noted text;
BEGIN
  FOREACH noted IN ARRAY ARRAY['consent_texts', 'consent_withdrawals', 'consent_objections', 'consent_retractions', 'same_person',
    'joint_uses', 'joint_use_notices', 'joint_use_publications'] LOOP
    EXECUTE format('CREATE TRIGGER note_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %I EXECUTE FUNCTION note_change()', noted);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER note_change', noted);
  END LOOP;
END
$$;
CREATE TRIGGER note_change AFTER UPDATE OR DELETE OR TRUNCATE ON consents EXECUTE FUNCTION note_change();
CREATE TRIGGER note_insert AFTER INSERT ON consents WHEN (current_user <> 'sekisho_app') EXECUTE FUNCTION note_change();
ALTER TABLE consents ENABLE ALWAYS TRIGGER note_change, ENABLE ALWAYS TRIGGER note_insert;
