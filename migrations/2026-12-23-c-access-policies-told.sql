-- Every process hears at once that other access policies are in force, as it hears of tokens and sessions.
CREATE TRIGGER access_policies_changed AFTER INSERT OR UPDATE OR DELETE ON access_policies
  FOR EACH STATEMENT EXECUTE FUNCTION access_changed();
