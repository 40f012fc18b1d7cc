-- When it was mailed that a token ends soon. It is mailed once.
ALTER TABLE api_tokens ADD COLUMN end_told_at timestamptz;
GRANT UPDATE (end_told_at) ON api_tokens TO sekisho_app;
