-- An attempt is named by whoever makes it: the same name of another is another attempt. The keyed digest tells whether the same was asked.
ALTER TABLE provisions DROP CONSTRAINT provisions_attempt_key, ADD CONSTRAINT provisions_attempt UNIQUE (by_actor, attempt),
  ADD COLUMN attempt_digest text CHECK (attempt_digest ~ '^[0-9a-f]{64}$');
ALTER TABLE related_provisions DROP CONSTRAINT related_provisions_attempt_key,
  ADD CONSTRAINT related_provisions_attempt UNIQUE (by_actor, attempt),
  ADD COLUMN attempt_digest text CHECK (attempt_digest ~ '^[0-9a-f]{64}$');
ALTER TABLE related_receipts DROP CONSTRAINT related_receipts_attempt_key,
  ADD CONSTRAINT related_receipts_attempt UNIQUE (by_actor, attempt),
  ADD COLUMN attempt_digest text CHECK (attempt_digest ~ '^[0-9a-f]{64}$');
