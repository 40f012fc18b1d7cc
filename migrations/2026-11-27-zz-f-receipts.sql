-- Who gave the information is a person too, where it was no company. What is recorded of them, in their words, is sealed under the key of the
-- person it is about and goes with it (APPI 22). What lay here in clear cannot be sealed from here, and is not kept.

ALTER TABLE acquisitions ADD COLUMN sealed bytea; -- name, address and account of a provider who is a person

UPDATE acquisitions SET receipt = (receipt - 'howAcquired') #- '{provider,name}' #- '{provider,address}' #- '{provider,representative}'
WHERE receipt IS NOT NULL AND coalesce(receipt #>> '{provider,kind}', 'private-person') IN ('private-person', 'individual');
