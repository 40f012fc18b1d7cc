-- On what special care-required information was acquired from others than the person (20(2)): the consent to the company, and the item of the law with
-- its facts, as they were when it was decided. The free text of an item is left out: it may name somebody. Of what was acquired before this was kept,
-- neither is known.
ALTER TABLE acquisitions ADD COLUMN relied_on jsonb; -- {consent, exception}; null: nothing to rely on was needed, or it is not known
