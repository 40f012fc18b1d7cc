-- What the officer judges of one kept consultation, which holds for that consultation alone. Null: of a holding, for a purpose, or of any.
ALTER TABLE judgements
  ADD COLUMN consultation_id uuid,
  ADD CONSTRAINT judgements_of_consultation_alone
    CHECK (consultation_id IS NULL OR (holding_id IS NULL AND purpose IS NULL));
