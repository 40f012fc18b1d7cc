-- A key belongs to what had its effect. Until now one whose e-mail address was taken was used up too, and answered so for ever.

DELETE FROM acquisition_keys AS k WHERE NOT EXISTS (SELECT FROM acquisitions AS a WHERE a.id = k.acquisition_id);
