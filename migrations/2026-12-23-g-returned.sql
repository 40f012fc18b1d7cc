-- A check may find that all that was given before its day has been returned or erased, as something named here shows. It says nothing of the measures,
-- so that both kinds of check may be on record for one day.
ALTER TABLE recipient_checks
  ADD COLUMN proof text,
  DROP CONSTRAINT recipient_checks_measures_check,
  DROP CONSTRAINT recipient_checks_check,
  DROP CONSTRAINT recipient_checks_check1,
  DROP CONSTRAINT recipient_checks_recipient_id_on_day_key,
  ADD CONSTRAINT recipient_checks_measures_check CHECK (measures IN ('kept', 'hindered', 'impossible', 'returned')),
  ADD CHECK ((measures IN ('hindered', 'impossible')) = (trouble IS NOT NULL)
    AND (measures IN ('hindered', 'impossible')) = (remedy IS NOT NULL)),
  ADD CHECK ((measures IN ('kept', 'hindered')) = (next_due IS NOT NULL)),
  ADD CHECK ((measures = 'returned') = (proof IS NOT NULL));
CREATE UNIQUE INDEX recipient_checks_of_day ON recipient_checks (recipient_id, on_day, (measures = 'returned'));
