-- A receipt under an item of 27(1) names the law and the document it rests on, which is sealed with its papers.

ALTER TABLE related_receipts DROP CONSTRAINT related_receipts_documented_check;
ALTER TABLE related_receipts ADD CONSTRAINT related_receipts_documented_check
  CHECK (documented <@ '{consent,foreignInformation,contract,legalBasis}');
