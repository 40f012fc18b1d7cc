-- The application's role: it owns nothing. Each migration grants it exactly what its rooms need; what is append-only in the
-- design is append-only for it in the database too.
DO $$
BEGIN
  CREATE ROLE sekisho_app NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  NULL;
END
$$;

DO $$
BEGIN
  EXECUTE format('GRANT sekisho_app TO %I', current_user);
EXCEPTION WHEN OTHERS THEN
  -- A superuser needs no membership, and a repeated grant is not an error worth stopping for; the first connection shows the truth.
  NULL;
END
$$;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO sekisho_app;
