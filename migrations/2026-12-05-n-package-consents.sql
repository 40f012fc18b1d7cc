-- Who consented anew before a package is fetched stays in it by the consent that stands then, which the record names.
GRANT UPDATE (class, consent_id) ON package_people TO sekisho_app;
