-- Whom a correction was told to who had been given what was wrong, with what they were given again: kept with the papers of the request, so
-- that the letter can be written, and gone with them.

ALTER TABLE request_papers DROP CONSTRAINT request_papers_kind_check;
ALTER TABLE request_papers ADD CONSTRAINT request_papers_kind_check
  CHECK (kind IN ('sender', 'letter', 'identity', 'reason', 'redacted', 'change', 'former', 'told', 'answer', 'sent', 'parcel'));
