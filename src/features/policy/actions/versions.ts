// Versions of the policy: loading the first, proposing a new one, reading the one in force. Every step writes its log entry in the same
// transaction. Nothing here changes the text of a version.

import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'yaml';
import { actorRef, type Actor } from '../../../base/actor.ts';
import { both, type Bilingual } from '../../../base/bilingual.ts';
import { readDay, type Day } from '../../../base/day.ts';
import { conflict, done, fieldOutcome, invalid, type FieldProblem, type Outcome } from '../../../base/outcome.ts';
import { append, logEntry } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import type { Database, Queryable } from '../../../platform/database/index.ts';
import { StartProblem } from '../../../platform/start-problem.ts';
import { canonicalPolicy, diffPolicies } from '../facts/change.ts';
import { inOrder, policyFiles } from '../facts/shape.ts';
import { readPolicy } from '../facts/read.ts';
import type { Policy, PolicyFile } from '../facts/shape.ts';
import type { PolicyDiff } from '../facts/change.ts';
import { lintPolicy, type Gap } from '../lint.ts';
import { addVersion, addWordings, listVersions, loadVersion, lockVersions, numberInForce } from '../store.ts';
import type { VersionContentRow, VersionRow, WordingRow } from '../tables.ts';
import { entryBy, type By } from '../../access/index.ts';

/** `proposed`: waits for approval. `replaced`: a newer proposal took its place before it was approved. */
export type VersionStanding = 'proposed' | 'replaced' | 'coming' | 'in-force' | 'past';

/** A version without its text. Instants are milliseconds since the epoch; people appear as the log writes them. */
export interface VersionHead {
  version: number;
  /** Lower-case hex, of `canonicalPolicy`. */
  sha256: string;
  effectiveOn: Day;
  proposedBy: string;
  proposedAt: number;
  proposalEntry: string;
  approval: { by: string; at: number; entry: string } | null;
}

export interface PolicyVersion extends VersionHead {
  policy: Policy;
}

export const headOf = (row: VersionRow): VersionHead => ({
  version: row.version,
  sha256: row.sha256.toString('hex'),
  effectiveOn: row.effective_on,
  proposedBy: row.proposed_by,
  proposedAt: row.proposed_at.getTime(),
  proposalEntry: row.proposal_entry,
  approval:
    row.approved_by !== null && row.approved_at !== null && row.approval_entry !== null
      ? { by: row.approved_by, at: row.approved_at.getTime(), entry: row.approval_entry }
      : null,
});

export const sha256Of = (policy: Policy): Buffer => createHash('sha256').update(canonicalPolicy(policy)).digest();

/** All versions, newest first. */
export const policyVersions = async (office: Office): Promise<VersionHead[]> =>
  (await listVersions(office.database)).map(headOf);

/** Approved versions do not change, so each is read and parsed once. */
const approvedVersions = new WeakMap<Database, Map<number, PolicyVersion>>();

/** One version with its text; null when there is none with this number. Inside a transaction, pass it as `on`. */
export async function policyVersion(
  office: Office,
  version: number,
  on: Queryable = office.database,
): Promise<PolicyVersion | null> {
  const known = approvedVersions.get(office.database) ?? new Map<number, PolicyVersion>();
  approvedVersions.set(office.database, known);
  const found = known.get(version);
  if (found) return found;
  const row = await loadVersion(on, version);
  if (!row) return null;
  const read = { ...headOf(row), policy: row.content };
  if (read.approval) known.set(version, read);
  return read;
}

/** True when the version was proposed by Sekisho's set-up and not by a person. */
export const isByNobody = (proposedBy: string): boolean => proposedBy === actorRef({ kind: 'sekisho' });

/** True when the only policy is the example that comes with Sekisho: nobody has proposed another. */
export const isExample = (heads: readonly VersionHead[]): boolean =>
  heads.length > 0 && heads.every(({ proposedBy }) => isByNobody(proposedBy));

/** The policy in force on a day; null before the first one. Inside a transaction, pass it as `on`. */
export async function policyInForce(
  office: Office,
  day: Day,
  on: Queryable = office.database,
): Promise<PolicyVersion | null> {
  const version = await numberInForce(on, day);
  return version === null ? null : policyVersion(office, version, on);
}

/** The number of the version in force today; 0 before the first one. */
export const numberToday = async ({ database, clock }: Office): Promise<number> =>
  (await numberInForce(database, clock.today())) ?? 0;

/** The standing of a version on a day. `heads` are all versions, newest first. */
export function versionStanding(heads: readonly VersionHead[], head: VersionHead, today: Day): VersionStanding {
  if (!head.approval) return head.version === heads[0]?.version ? 'proposed' : 'replaced';
  if (head.effectiveOn > today) return 'coming';
  const current = heads.find((h) => h.approval && h.effectiveOn <= today);
  return current?.version === head.version ? 'in-force' : 'past';
}

const says = {
  past: {
    ja: '今日以降の日にしてください。施行日をさかのぼることはできません。',
    en: 'Choose today or a later day: a policy cannot take effect in the past.',
  },
  before: {
    ja: '承認済みの版の施行日より前にはできません。',
    en: 'It cannot take effect before a version that is approved already.',
  },
} satisfies Record<string, Bilingual>;

export function effectiveProblem(heads: readonly VersionHead[], on: Day, today: Day): Bilingual | null {
  if (on < today) return says.past;
  return heads.some((h) => h.approval && h.effectiveOn > on) ? says.before : null;
}

/** Problems of what the log and the database cannot hold; `readPolicy` knows neither. */
function storageProblems(policy: Policy): FieldProblem[] {
  const long = policy.promises.flatMap((p, i) =>
    p.id.length > 80
      ? [
          {
            field: `promises.yaml: promises[${i}].id`,
            says: { ja: '80字以内にしてください', en: 'Use at most 80 characters' },
          },
        ]
      : [],
  );
  // In JSON, NUL and lone surrogates appear as escapes; after an even number of backslashes they are real escapes, otherwise literal text.
  const unstorable = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/i.test(JSON.stringify(policy));
  return unstorable
    ? [
        ...long,
        {
          field: 'policy',
          says: {
            ja: '保存できない文字（NULまたは片割れのサロゲート）が含まれています',
            en: 'It contains a character that cannot be stored (NUL or half a surrogate pair)',
          },
        },
      ]
    : long;
}

/** A policy to be proposed, read and checked, with its changes from the last approved version. */
export interface Draft {
  policy: Policy;
  sha256: string;
  gaps: Gap[];
  against: VersionHead | null;
  diff: PolicyDiff | null;
}

/** Reads and checks the files of a policy without keeping anything. */
export async function draftOf(office: Office, texts: Readonly<Record<string, string>>): Promise<Outcome<Draft>> {
  const read = readPolicy(texts);
  if (!read.ok) return read;
  const wrong = fieldOutcome(storageProblems(read.value));
  if (wrong) return wrong;
  const policy = read.value;
  const last = (await policyVersions(office)).find((h) => h.approval);
  const before = last ? await policyVersion(office, last.version) : null;
  return done({
    policy,
    sha256: sha256Of(policy).toString('hex'),
    gaps: lintPolicy(policy),
    against: last ?? null,
    diff: before ? diffPolicies(before.policy, policy) : null,
  });
}

export interface Proposal {
  /** File name → YAML. */
  texts: Readonly<Record<string, string>>;
  effectiveOn: Day;
  /** The newest version that the proposer has seen; `conflict` on `version` where there is a newer one. */
  seen?: number;
}

const overtaken = conflict('version', {
  ja: 'ほかの人が先に新しい版を提案しました',
  en: 'Somebody else proposed a new version first',
});

/** Stores a checked policy as the next version, to be approved. It replaces a proposal that is still waiting. */
export async function propose(office: Office, by: By, proposal: Proposal): Promise<Outcome<VersionHead>> {
  const draft = await draftOf(office, proposal.texts);
  if (!draft.ok) return draft;
  const { policy, sha256 } = draft.value;
  return office.database.transaction(async (tx) => {
    await lockVersions(tx);
    const heads = (await listVersions(tx)).map(headOf);
    if (proposal.seen !== undefined && proposal.seen !== heads[0]?.version) return overtaken;
    const wrong = effectiveProblem(heads, proposal.effectiveOn, office.clock.today());
    if (wrong) return invalid('effective_on', wrong);
    const same = heads.find((h) => h.sha256 === sha256 && (h.approval || h.version === heads[0]?.version));
    if (same && same.version === (heads.find((h) => h.approval)?.version ?? same.version)) return sameAs(same);
    const version = (heads[0]?.version ?? 0) + 1;
    const at = office.clock.now();
    const entry = entryBy(by, at, 'policy:propose', {
      version,
      sha256,
      effective: proposal.effectiveOn,
    });
    const row: VersionContentRow = {
      version,
      content: policy,
      sha256: Buffer.from(sha256, 'hex'),
      effective_on: proposal.effectiveOn,
      proposed_by: actorRef(by.actor),
      proposed_at: new Date(at),
      proposal_entry: entry.id,
      approved_by: null,
      approved_at: null,
      approval_entry: null,
    };
    await addVersion(tx, row);
    await append(tx, entry);
    return done(headOf(row));
  });
}

const sameAs = (head: VersionHead): Outcome<never> =>
  conflict(
    'policy',
    {
      ja: `第${head.version}版と同じ内容です。変わったところがありません。`,
      en: `This is the same as version ${head.version}: nothing has changed.`,
    },
    String(head.version),
  );

/** The fields of a wording that needed no judgement: the first one, or one unchanged from before. */
export const asBefore = {
  judged: null,
  reason: null,
  announced_on: null,
  announced_where: null,
  because: null,
  duties: null,
  law_version: null,
} satisfies Partial<WordingRow>;

/** The files of a policy folder, by name. Missing files are left out; `readPolicy` reports them. */
async function readFolder(folder: string): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const file of policyFiles) {
    const text = await fs.readFile(path.join(folder, file), 'utf8').catch(() => null);
    if (text !== null) texts[file] = text;
  }
  return texts;
}

/**
 * Loads the policy of a folder as version 1, approved by Sekisho's set-up and in force from today, unless a version exists. True when it was loaded
 * by this call. Throws StartProblem when the folder holds no complete policy.
 */
export async function loadFirstPolicy(office: Office, folder: string): Promise<boolean> {
  if ((await listVersions(office.database)).length > 0) return false;
  const draft = await draftOf(office, await readFolder(folder));
  if (!draft.ok) {
    const first = draft.problem.kind === 'invalid' ? draft.problem.fields[0] : undefined;
    throw new StartProblem(
      `方針を読めません（${folder}）。${first ? `${first.field}：${first.says.ja}` : ''}`,
      `The policy cannot be read (${folder}). ${first ? `${first.field}: ${first.says.en}` : ''}`,
    );
  }
  const { policy, sha256 } = draft.value;
  const sekisho: Actor = { kind: 'sekisho' };
  return office.database.transaction(async (tx) => {
    await lockVersions(tx);
    if ((await listVersions(tx)).length > 0) return false;
    const effective = office.clock.today();
    const at = office.clock.now();
    const entry = logEntry(at, sekisho, 'policy:approve', {
      version: 1,
      sha256,
      effective,
      proposer: actorRef(sekisho),
    });
    await addVersion(tx, {
      version: 1,
      content: policy,
      sha256: Buffer.from(sha256, 'hex'),
      effective_on: effective,
      proposed_by: actorRef(sekisho),
      proposed_at: new Date(at),
      proposal_entry: entry.id,
      approved_by: actorRef(sekisho),
      approved_at: new Date(at),
      approval_entry: entry.id,
    });
    await addWordings(
      tx,
      policy.purposes.map(({ id }) => ({ ...asBefore, version: 1, purpose: id, meaning: 1 })),
    );
    await append(tx, entry);
    return true;
  });
}

/** The files of a policy folder, written from the data: reading them gives the same policy. */
export function policyYaml(policy: Policy): Record<PolicyFile, string> {
  // Versions approved before the office kept joint uses also list them in the policy, which no file may do today.
  const { jointUses: j } = policy;
  const jointUses = j === 'none' ? j : { notice_items: j.notice_items, notice_by: j.notice_by, changes: j.changes };
  const parts: Record<PolicyFile, unknown> = {
    'operator.yaml': policy.operator,
    'purposes.yaml': { purposes: policy.purposes },
    'sections.yaml': { sections: policy.sections },
    'clauses.yaml': { clauses: policy.clauses },
    'promises.yaml': { promises: policy.promises },
    'measures.yaml': { measures: policy.measures },
    'joint-uses.yaml': jointUses,
  };
  return Object.fromEntries(
    policyFiles.map((file) => [
      file,
      stringify(inOrder(file, parts[file]), { lineWidth: 120, aliasDuplicateObjects: false }),
    ]),
  ) as Record<PolicyFile, string>;
}

/** A version as data anyone can check: the SHA-256 is that of the RFC 8785 text of `policy`. */
export const policyJson = (version: PolicyVersion) => ({
  version: version.version,
  effective_on: version.effectiveOn,
  approved_at: version.approval ? new Date(version.approval.at).toISOString() : null,
  sha256: version.sha256,
  hashed: 'SHA-256 of the RFC 8785 text of "policy"',
  log: version.approval
    ? { entry: version.approval.entry, proof: `/policy/versions/${version.version}/proof.json` }
    : null,
  policy: version.policy,
});

/** Reads the effective day of a form; otherwise a problem at the field `effective_on`. */
export const effectiveDay = (day: Day | null): Outcome<Day> =>
  day !== null && readDay(day) !== null
    ? done(day)
    : invalid(
        'effective_on',
        both(
          '2027/1/15 や 令和9年1月15日 のように、実在する日にしてください',
          'Give a day that exists, such as 2027/1/15',
        ),
      );
