-- The key that a package was approved to go to: it leaves to no other, whoever changes the recipient's key after the approval. What is on its way goes
-- to the key of now.
ALTER TABLE packages ADD COLUMN approved_key text;
UPDATE packages p SET approved_key = r.public_key FROM recipients r
WHERE r.id = p.recipient_id AND p.state IN ('preparing', 'ready');
GRANT UPDATE (approved_key) ON packages TO sekisho_app;
