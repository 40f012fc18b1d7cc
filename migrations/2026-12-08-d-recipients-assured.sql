-- How often an assurance of a recipient was recorded or ended: whoever waits for that finds it in the row that is held.
ALTER TABLE recipients ADD COLUMN assured int NOT NULL DEFAULT 0;
GRANT UPDATE (assured) ON recipients TO sekisho_app;
