-- What a clock that was ahead had told is told again when its day comes.
GRANT UPDATE (on_day) ON desk_told TO sekisho_app;
