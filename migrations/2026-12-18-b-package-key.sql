-- The key that the approval of a package was asked for with: it is approved for that key and leaves to no other, whoever changes the recipient's key
-- meanwhile. What is on its way goes to the key of now.
ALTER TABLE packages ADD COLUMN public_key text;
UPDATE packages p SET public_key = r.public_key FROM recipients r
WHERE r.id = p.recipient_id AND p.state IN ('requested', 'preparing', 'ready');
GRANT UPDATE (public_key) ON packages TO sekisho_app;
