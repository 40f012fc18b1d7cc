-- What is over and tells nobody anything any more is not kept for ever.

-- Who was signed in when is in the log; of a sign-in that is over by its age nothing is needed here.
GRANT DELETE ON staff_sessions TO sekisho_app;

-- A verification each minute is half a million rows a year. A good one of what had come since the one before says nothing once a whole one has come
-- after it; those from the first entry and those that found something stay.
DROP TRIGGER no_rewrite ON log_verifications;
CREATE TRIGGER no_rewrite BEFORE UPDATE OR TRUNCATE ON log_verifications EXECUTE FUNCTION log_refuse_rewrite();
CREATE TRIGGER only_clears BEFORE DELETE ON log_verifications FOR EACH ROW
  WHEN (NOT OLD.ok OR OLD.whole OR OLD.at > now() - interval '30 days') EXECUTE FUNCTION log_refuse_rewrite();
GRANT DELETE ON log_verifications TO sekisho_app;
