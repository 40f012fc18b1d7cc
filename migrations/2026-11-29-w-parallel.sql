-- A function that is not said to be safe in parallel keeps every statement that might call it in one process: the screening of a million persons
-- took twice as long.
ALTER FUNCTION is_held_for(text[], text[], text[], text[]) PARALLEL SAFE;
