-- What stood before a correction is kept with the papers of its request, so that the person is told what was changed into what (34(3)), and goes
-- with them.

ALTER TABLE request_papers DROP CONSTRAINT request_papers_kind_check;
ALTER TABLE request_papers ADD CONSTRAINT request_papers_kind_check
  CHECK (kind IN ('sender', 'letter', 'identity', 'reason', 'redacted', 'change', 'former', 'answer', 'sent', 'parcel'));
