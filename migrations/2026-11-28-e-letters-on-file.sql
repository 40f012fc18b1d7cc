-- Letters are kept as they were sent, with the papers of their request, and go with them.

ALTER TABLE request_papers DROP CONSTRAINT request_papers_kind_check;
ALTER TABLE request_papers ADD CONSTRAINT request_papers_kind_check
  CHECK (kind IN ('sender', 'agent', 'letter', 'identity', 'reason', 'redacted', 'change', 'former', 'told', 'answer', 'sent', 'copy', 'parcel'));
