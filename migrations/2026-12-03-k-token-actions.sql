-- What a token may do is taken away from it, and never added: of tokens that somebody gave who might not give all of it today.
CREATE FUNCTION narrow_api_token(token uuid, taken text[]) RETURNS SETOF text[]
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  UPDATE api_tokens SET actions = ARRAY(SELECT action FROM unnest(actions) AS action WHERE action <> ALL (taken))
  WHERE id = token AND actions && taken AND revoked_at IS NULL RETURNING actions
$$;
REVOKE EXECUTE ON FUNCTION narrow_api_token FROM PUBLIC;
GRANT EXECUTE ON FUNCTION narrow_api_token TO sekisho_app;
