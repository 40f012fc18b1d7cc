-- Joint uses (共同利用, APPI 27(5)(iii) and 27(6)): what is used jointly, with whom, for what, who answers for it, and what the public was
-- told of that, when. Codes, ids and business particulars; nothing about the persons. A notice is never rewritten once it is written down,
-- nor is its publication.

CREATE TABLE joint_uses (
  id            uuid PRIMARY KEY,
  name_ja       text NOT NULL,
  name_en       text NOT NULL, -- the same as name_ja where the company gives no English name
  information   text NOT NULL CHECK (information IN ('personal', 'pseudonymous')), -- never My Numbers
  replaces      uuid REFERENCES joint_uses, -- the joint use whose items or users were to change
  draft         jsonb, -- what is agreed, until the first notice says it
  version       int NOT NULL DEFAULT 1, -- counts every act, so that of two clerks the second is told
  registered_at timestamptz NOT NULL,
  ended_on      date, -- the first day on which nothing may be shared any more
  ended_why     text,
  CHECK ((ended_on IS NULL) = (ended_why IS NULL))
);
-- Two clerks who register the same thing get one joint use; what replaces another may have its name.
CREATE UNIQUE INDEX joint_uses_name ON joint_uses (name_ja, coalesce(replaces, '00000000-0000-0000-0000-000000000000'))
  WHERE ended_on IS NULL;

-- The first notice says everything; each later one says what changes, and from when. What is in force on a day follows from these rows.
CREATE TABLE joint_use_notices (
  joint_use_id   uuid NOT NULL REFERENCES joint_uses,
  notice         int NOT NULL CHECK (notice > 0),
  change         text NOT NULL CHECK (change IN ('start', 'purposes', 'responsible-person', 'responsible-name',
                   'responsible-address', 'responsible-representative')),
  states         jsonb NOT NULL, -- with the words of that day
  effective_on   date NOT NULL,
  why            text, -- why the officer judges new purposes to be related to the old ones (17(2))
  finding        jsonb, -- of the law, about the change
  law_version    date NOT NULL,
  policy_version int NOT NULL,
  at             timestamptz NOT NULL,
  actor          text NOT NULL, -- as in the log
  entry_id       uuid NOT NULL,
  PRIMARY KEY (joint_use_id, notice),
  CHECK ((notice = 1) = (change = 'start')),
  CHECK ((change = 'start') = (finding IS NULL)),
  CHECK ((change = 'purposes') = (why IS NOT NULL))
);

-- From which day everybody can read it. A notice without a row here has not been published.
CREATE TABLE joint_use_publications (
  joint_use_id uuid NOT NULL,
  notice       int NOT NULL,
  public_on    date NOT NULL,
  at           timestamptz NOT NULL,
  actor        text NOT NULL,
  entry_id     uuid NOT NULL,
  PRIMARY KEY (joint_use_id, notice),
  FOREIGN KEY (joint_use_id, notice) REFERENCES joint_use_notices
);

GRANT SELECT, INSERT ON joint_uses, joint_use_notices, joint_use_publications TO sekisho_app;
GRANT UPDATE (name_ja, name_en, information, draft, version, ended_on, ended_why) ON joint_uses TO sekisho_app;
