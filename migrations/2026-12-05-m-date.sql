-- How far the office has come in time by its own account. What is over by the clock is destroyed for good: of a clock that leaps, somebody says first
-- that it is right.

CREATE TABLE time_reached (
  one     boolean PRIMARY KEY DEFAULT true CHECK (one),
  at      timestamptz NOT NULL,
  told_at timestamptz -- when somebody was last told of a leap, by the clock that leapt
);
GRANT SELECT, INSERT, UPDATE (at, told_at) ON time_reached TO sekisho_app;

-- An office that is older was last at work when it last checked its log.
INSERT INTO time_reached (at) SELECT at FROM log_verifications ORDER BY id DESC LIMIT 1;
