-- A running process looks whether a newer version has changed the database, and stops.
GRANT SELECT ON migrations TO sekisho_app;
