-- A slip in what was registered can be put right, with the event that says so.
GRANT UPDATE (kind, scope, arrived_on) ON requests TO sekisho_app;
