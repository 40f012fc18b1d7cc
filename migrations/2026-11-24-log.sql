-- The log: entries as the business transactions write them, and the Merkle tree the integrator builds over them.
-- Nothing here is ever rewritten: the application may only add, and triggers refuse the owner too.

-- An entry commits with the effect it speaks of. The tree takes entries in the order (xid, seq), which is settled below a
-- snapshot's xmin; a sequence alone is not, because a late commit may carry an early number.
CREATE TABLE log_entries (
  xid          xid8 NOT NULL DEFAULT pg_current_xact_id(),
  seq          bigint GENERATED ALWAYS AS IDENTITY,
  id           uuid NOT NULL,
  at           timestamptz NOT NULL,
  action       text NOT NULL,
  actor        text NOT NULL,
  principal_id uuid,
  entry        text NOT NULL, -- canonical JSON (RFC 8785); the leaf is the hash of exactly these bytes
  PRIMARY KEY (xid, seq)
);
-- An entry on its way, with the id of the effect it speaks of.
CREATE TYPE log_line AS (key uuid, id uuid, at timestamptz, action text, actor text, principal_id uuid, entry text);
CREATE INDEX log_entries_of_principal ON log_entries (principal_id, xid, seq) WHERE principal_id IS NOT NULL;
-- Days are asked for rarely and rows lie in time order: a block range index costs the writers nothing.
CREATE INDEX log_entries_at ON log_entries USING brin (at) WITH (autosummarize = on);

CREATE TABLE log_leaves (
  position bigint PRIMARY KEY,
  id       uuid NOT NULL,
  xid      xid8 NOT NULL,
  seq      bigint NOT NULL,
  hash     bytea NOT NULL CHECK (octet_length(hash) = 32)
);
CREATE INDEX log_leaves_of_entry ON log_leaves (id);

CREATE TABLE log_tiles (
  level  smallint NOT NULL,
  n      bigint NOT NULL,
  hashes bytea NOT NULL CHECK (octet_length(hashes) % 32 = 0 AND octet_length(hashes) BETWEEN 32 AND 8192),
  PRIMARY KEY (level, n)
);
-- Hashes do not compress; trying costs time.
ALTER TABLE log_tiles ALTER COLUMN hashes SET STORAGE EXTERNAL;

CREATE TABLE log_checkpoints (
  size bigint PRIMARY KEY,
  root bytea NOT NULL CHECK (octet_length(root) = 32),
  note text NOT NULL,
  at   timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE log_verifications (
  id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at       timestamptz NOT NULL,
  whole    boolean NOT NULL, -- from the first entry, not from the last verified checkpoint
  size     bigint NOT NULL,
  ok       boolean NOT NULL,
  part     text,             -- what does not agree
  position bigint,           -- and where
  CHECK (ok = (part IS NULL))
);
CREATE INDEX log_verifications_whole ON log_verifications (id) WHERE whole;

CREATE FUNCTION log_refuse_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the log is not rewritten' USING ERRCODE = 'insufficient_privilege';
END
$$;

-- Only the rightmost tile of a level is short, and it only grows at its end.
CREATE FUNCTION log_tile_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.level <> OLD.level OR NEW.n <> OLD.n OR octet_length(NEW.hashes) <= octet_length(OLD.hashes)
     OR substring(NEW.hashes FOR octet_length(OLD.hashes)) <> OLD.hashes THEN
    RAISE EXCEPTION 'a tile of the log only grows' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER no_rewrite BEFORE UPDATE OR DELETE OR TRUNCATE ON log_entries EXECUTE FUNCTION log_refuse_rewrite();
CREATE TRIGGER no_rewrite BEFORE UPDATE OR DELETE OR TRUNCATE ON log_leaves EXECUTE FUNCTION log_refuse_rewrite();
CREATE TRIGGER no_rewrite BEFORE UPDATE OR DELETE OR TRUNCATE ON log_checkpoints EXECUTE FUNCTION log_refuse_rewrite();
CREATE TRIGGER no_rewrite BEFORE UPDATE OR DELETE OR TRUNCATE ON log_verifications EXECUTE FUNCTION log_refuse_rewrite();
CREATE TRIGGER no_rewrite BEFORE DELETE OR TRUNCATE ON log_tiles EXECUTE FUNCTION log_refuse_rewrite();
CREATE TRIGGER only_grows BEFORE UPDATE ON log_tiles FOR EACH ROW EXECUTE FUNCTION log_tile_only_grows();

-- Neither xid nor seq may be chosen by the application.
GRANT SELECT, INSERT (id, at, action, actor, principal_id, entry) ON log_entries TO sekisho_app;
GRANT SELECT, INSERT ON log_leaves, log_checkpoints TO sekisho_app;
GRANT SELECT, INSERT, UPDATE (hashes) ON log_tiles TO sekisho_app;
GRANT SELECT, INSERT (at, whole, size, ok, part, position) ON log_verifications TO sekisho_app;
