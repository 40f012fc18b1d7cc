-- On what special care-required information was acquired from others than the person (20(2)): the consent to the company, and the item of the law with
-- its facts, as they were when it was decided; the free text of an item is left out, as it may name somebody. And for what the person handed over without
-- being shown the purpose: the urgency (21(2)) or the item of 21(4) with its facts. Of what was acquired before this was kept, none of it is known.
ALTER TABLE acquisitions ADD COLUMN relied_on jsonb; -- {consent, exception} or {urgent, notice}; null: nothing to rely on was needed, or it is not known
