-- Names and e-mail addresses of the staff change: whoever marries, gets another address or was invited with a slip in either keeps their entry, and
-- with it what is in their hands.
GRANT UPDATE (name_sealed, email_sealed, email_index) ON staff TO sekisho_app;
