-- What the desk has told its people by mail. A round of a day tells everybody at once: the day, what each was told and the letters are one
-- transaction, so that nothing is told twice and nothing is lost.

CREATE TABLE desk_rounds (
  on_day date PRIMARY KEY,
  at     timestamptz NOT NULL
);

CREATE TABLE desk_told (
  staff_id   uuid NOT NULL,
  request_id uuid NOT NULL REFERENCES requests,
  what       text NOT NULL CHECK (what IN ('forms near', 'forms over', 'identity reached', 'identity over', 'alarm reached', 'decision reached',
               'decision over', 'extended near', 'lawsuit near', 'lawsuit reached', 'erase over')), -- a clock and how it stands
  by_day     date NOT NULL, -- the day it is about: a clock that is set anew is told of anew
  on_day     date NOT NULL REFERENCES desk_rounds,
  PRIMARY KEY (staff_id, request_id, what, by_day)
);

-- In which language somebody signed in last, and so reads their mail.
ALTER TABLE staff ADD COLUMN lang text NOT NULL DEFAULT 'ja' CHECK (lang IN ('ja', 'en'));

GRANT SELECT, INSERT ON desk_rounds, desk_told TO sekisho_app;
GRANT UPDATE (lang) ON staff TO sekisho_app;
