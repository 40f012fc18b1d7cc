// Approving a proposed version of the policy. Where it rewords a purpose, information from people who were told the old words would be used for
// something else. So the privacy officer first judges each such purpose (17(2), 21(3)); an unrelated one is not approved under the old id. What
// relies on the old words is counted and must be judged anew. The judgements, the version and the log entry are one transaction.

import { actorRef, isOfficer, type Actor } from '../../../base/actor.ts';
import { both, type Bilingual } from '../../../base/bilingual.ts';
import { dayOf, later, type Day } from '../../../base/day.ts';
import type { Finding } from '../../../base/finding.ts';
import { conflict, done, fieldOutcome, forbidden, invalid, notFound, type Outcome } from '../../../base/outcome.ts';
import { decidePurposeChange, LAW_VERSION } from '../../../law/index.ts';
import { append, contentHash, type Json } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import type { Queryable, Tx } from '../../../platform/database/index.ts';
import { peopleByHolding } from '../../../vault/index.ts';
import { basisOf, decide, forgetStanding, judgedHere, refuse } from '../../checkpoint/index.ts';
import {
  type JudgedRewording,
  leftOut,
  readRewording,
  type RefinedPurpose,
  refinedPurposes,
  type Rewording,
  type RewordingInput,
  rewordingsIn,
  twinOf,
  wordingsOf,
} from '../facts/change.ts';
import type { Policy, Purpose } from '../facts/shape.ts';
import {
  addWordings,
  listApproved,
  listVersions,
  listWordings,
  loadVersion,
  lockVersions,
  markApproved,
  numberInForce,
} from '../store.ts';
import type { WordingRow } from '../tables.ts';
import { isOthersExample } from './company.ts';
import { asBefore, effectiveProblem, headOf, type VersionHead } from './versions.ts';
import { entryBy, type By } from '../../access/index.ts';

/** What other features have that relies on the words of purposes. */
export interface Resting {
  /** Standing changes of purpose. `holding` is an id, `from` and `to` are purposes. */
  changes: { id: string; holding: string; name: Bilingual; from: string; to: string }[];
  /** Consent texts that name one of the purposes, each with the number of people whose consent to it stands. */
  consents: { code: string; version: number; name: Bilingual; purposes: string[]; people: number }[];
  /** For each purpose, the number of people whose objection to its use stands. */
  objections: { purpose: string; people: number }[];
}

/** Looks up what relies on these purposes under a version of the policy. */
export type RestingOn = (on: Queryable, asked: { policy: number; purposes: readonly string[] }) => Promise<Resting>;

/** How a proposed version changes the purposes of the approved ones. */
export interface Reworded {
  rewordings: Rewording[];
  /** Ids of the purposes that it no longer states. */
  leftOut: string[];
  /** The last approved version; null where it would be the first. */
  before: number | null;
}

async function compared(on: Queryable, policy: Policy) {
  const rows = await listApproved(on);
  const approved = rows.map(({ version, content }) => ({ version, policy: content }));
  const foreign = rows
    .filter((row) => isOthersExample(row.proposed_by, row.content, policy))
    .map(({ version }) => version);
  // Once there are people in the holdings, they gave their information on the example's words while these were in force, so the words count.
  const told =
    foreign.length > 0 && (await peopleByHolding(on)).size === 0
      ? approved.filter(({ version }) => !foreign.includes(version))
      : approved;
  const [last] = told;
  const reworded: Reworded = {
    rewordings: rewordingsIn(policy, told),
    leftOut: leftOut(policy, last?.policy),
    before: last?.version ?? null,
  };
  return { approved, reworded };
}

/** What must be judged before a proposed version is approved. */
export const rewordedBy = async (office: Office, policy: Policy): Promise<Reworded> =>
  (await compared(office.database, policy)).reworded;

/** The officer's judgements on the purposes that a version rewords. */
export const judgedOf = async (office: Office, version: number): Promise<WordingRow[]> =>
  (await listWordings(office.database)).filter((one) => one.version === version && one.judged !== null);

/** The purposes that versions refined, and the number of rewordings judged editorial. */
export async function refinements(office: Office): Promise<{ refined: RefinedPurpose[]; editorial: number }> {
  const [wordings, versions] = await Promise.all([listWordings(office.database), listVersions(office.database)]);
  const publicOn = versions.map(headOf).flatMap(({ version, effectiveOn, approval }): [number, Day][] => {
    if (!approval) return [];
    const approvedOn = dayOf(approval.at);
    return [[version, later(approvedOn, effectiveOn)]];
  });
  return {
    refined: refinedPurposes(wordings, new Map(publicOn)),
    editorial: wordings.filter(({ judged }) => judged === 'editorial').length,
  };
}

export interface Approval {
  version: number;
  effectiveOn: Day;
  /** Number of privacy officers whom the access policies let approve. With two or more, nobody approves what they proposed themselves. */
  officers: number;
  /** The officer's judgement on each purpose that the version rewords, by purpose id. */
  judged: Readonly<Record<string, RewordingInput>>;
  resting: RestingOn;
}

const ownId = both(
  '別の番号の目的として方針に加える。集めてある情報は、元の目的に使い続けられる',
  'State it as a purpose of its own, under another id. What was collected can still be used for the original one',
);

/** What the law says about a reworded purpose; null for an editorial rewording, which is no change of purpose. */
function findingOf(
  { purpose }: Rewording,
  { judged, announced, reason }: JudgedRewording,
  { actor }: By,
  today: Day,
): Finding | null {
  if (judged === 'editorial') return null;
  const { id, clause, scope, label } = purpose;
  const finding = decidePurposeChange(
    {
      information: scope === 'my-number' ? 'my-number' : 'personal',
      from: { id, clause: String(clause), says: label },
      judgements: judgedHere(actor, 'purposeRelated', judged === 'related', { on: today, why: reason }),
      consent: null,
      published: announced !== null && announced.on <= today,
    },
    today,
  );
  return finding.answer === 'no' ? { ...finding, instead: [...(finding.instead ?? []), ownId] } : finding;
}

interface Judged extends JudgedRewording {
  purpose: Purpose;
  finding: Finding | null;
}

/** The judgements on all reworded purposes, each with what the law says about it. */
function judgedAll(
  rewordings: readonly Rewording[],
  { judged, effectiveOn }: Approval,
  by: By,
  today: Day,
): Outcome<Judged[]> {
  const read = rewordings.map((one) => ({
    one,
    ...readRewording(one.purpose.id, judged[one.purpose.id], effectiveOn),
  }));
  const wrong = fieldOutcome(read.flatMap(({ problems }) => problems));
  if (wrong) return wrong;
  return done(
    read.map(({ one, read: judgement }) => ({
      ...judgement!,
      purpose: one.purpose,
      finding: findingOf(one, judgement!, by, today),
    })),
  );
}

/** What each purpose means in the version. */
function wordingsFor(
  version: number,
  policy: Policy,
  approved: readonly { version: number; policy: Policy }[],
  known: readonly WordingRow[],
  judged: readonly Judged[],
): WordingRow[] {
  const meant = (id: string, of: number | undefined): number =>
    known.find((one) => one.version === of && one.purpose === id)?.meaning ?? version;
  return policy.purposes.map((purpose): WordingRow => {
    const { id } = purpose;
    const wordings = wordingsOf(id, approved);
    const judgement = judged.find((one) => one.purpose.id === id);
    // A purpose without a judgement is worded as before, or nobody was told otherwise in the name of the company.
    if (!judgement)
      return { ...asBefore, version, purpose: id, meaning: meant(id, twinOf(purpose, wordings)?.version) };
    const { reason, announced, finding } = judgement;
    if (!finding)
      return {
        ...asBefore,
        version,
        purpose: id,
        meaning: meant(id, wordings[0]?.version),
        judged: 'editorial',
        reason,
      };
    return {
      version,
      purpose: id,
      // A wording used in an earlier version means again what it meant there.
      meaning: meant(id, twinOf(purpose, wordings)?.version),
      judged: 'related',
      reason,
      announced_on: announced!.on,
      announced_where: announced!.where,
      ...basisOf(finding),
      law_version: LAW_VERSION,
    };
  });
}

/** The judgements as the log has them: purpose ids, and the reasons by their hash. */
export const judgedSaid = (
  judged: readonly (Pick<JudgedRewording, 'judged' | 'reason' | 'announced'> & { id: string })[],
) => {
  const idsOf = (as: JudgedRewording['judged']): string[] =>
    judged.flatMap((one) => (one.judged === as ? [one.id] : []));
  const stated = judged.map(({ id, judged: as, reason, announced }) => ({
    purpose: id,
    judged: as,
    reason,
    announced,
  }));
  return { reworded: idsOf('related'), editorial: idsOf('editorial'), reasons: contentHash(stated) };
};

/** The log members of the judgements; empty lists are left out. */
function loggedOf(judged: readonly Judged[], left: readonly string[]): Record<string, Json> {
  const { reasons, ...purposes } = judgedSaid(judged.map(({ purpose, ...one }) => ({ ...one, id: purpose.id })));
  const named = Object.entries({ ...purposes, left_out: [...left] }).filter(([, ids]) => ids.length > 0);
  return { ...Object.fromEntries(named), ...(judged.length > 0 ? { reasons } : {}) };
}

const peopleOf = (all: readonly { people: number }[]): number => all.reduce((sum, { people }) => sum + people, 0);

/** Approves in one transaction, or returns the purpose whose rewording the law does not allow. */
async function approveIn(
  office: Office,
  by: By,
  approval: Approval,
  tx: Tx,
): Promise<Outcome<VersionHead> | { purpose: string; finding: Finding; policy: number }> {
  await lockVersions(tx);
  const heads = (await listVersions(tx)).map(headOf);
  const head = heads.find((h) => h.version === approval.version);
  if (!head) return notFound(both('この版はありません', 'There is no such version'));
  const today = office.clock.today();
  const refused = refusal(heads, head, by.actor, approval, today);
  if (refused) return refused;
  const { content } = (await loadVersion(tx, head.version))!;
  const { approved, reworded } = await compared(tx, content);
  const read = judgedAll(reworded.rewordings, approval, by, today);
  if (!read.ok) return read;
  const judged = read.value;
  for (const { purpose, finding } of judged) {
    if (finding && finding.answer !== 'yes')
      return { purpose: purpose.id, finding, policy: (await numberInForce(tx, today)) ?? 0 };
  }
  const purposes = [...judged.flatMap(({ purpose, finding }) => (finding ? [purpose.id] : [])), ...reworded.leftOut];
  const rests = await approval.resting(tx, { policy: reworded.before ?? 0, purposes });
  const at = office.clock.now();
  const entry = entryBy(by, at, 'policy:approve', {
    version: head.version,
    sha256: head.sha256,
    effective: approval.effectiveOn,
    proposer: head.proposedBy,
    ...loggedOf(judged, reworded.leftOut),
    outdates: rests.changes.length,
    consents: peopleOf(rests.consents),
    objections: peopleOf(rests.objections),
  });
  const approver = actorRef(by.actor);
  await append(tx, entry);
  const marks = { effectiveOn: approval.effectiveOn, by: approver, at: new Date(at), entry: entry.id };
  await markApproved(tx, head.version, marks);
  await addWordings(tx, wordingsFor(head.version, content, approved, await listWordings(tx), judged));
  return done({ ...head, effectiveOn: approval.effectiveOn, approval: { by: approver, at, entry: entry.id } });
}

/**
 * Puts a proposed version into force from a day. Only a privacy officer may approve. The proposer may only where no other officer may: a
 * company with one officer must still be able to change its policy, and the log shows that it was the same person.
 * Problems: `invalid` names `effective_on` and the fields of the judgements, such as `judged.P1`; `refused` holds what the law says about a reworded
 * purpose that is unrelated or is for My Numbers.
 */
export async function approve(office: Office, by: By, approval: Approval): Promise<Outcome<VersionHead>> {
  const { actor } = by;
  if (!isOfficer(actor)) {
    return forbidden({
      ja: '方針を承認できるのは個人情報保護管理者だけです',
      en: 'Only a privacy officer may approve the policy',
    });
  }
  const outcome = await office.database.transaction((tx) => approveIn(office, by, approval, tx));
  // This process decides on the new version at once, without waiting to hear of it from the database.
  forgetStanding(office);
  if (!('finding' in outcome)) return outcome;
  const { purpose, finding, policy } = outcome;
  const decision = decide(office, policy, finding, null);
  return refuse(office, by, decision, 'purpose', {
    version: approval.version,
    purpose,
  });
}

function refusal(
  heads: readonly VersionHead[],
  head: VersionHead,
  actor: Actor,
  approval: Approval,
  today: Day,
): Outcome<never> | null {
  if (head.approval) return conflict('version', { ja: 'この版は承認済みです', en: 'This version is approved already' });
  if (head.version !== heads[0]?.version)
    return conflict('version', {
      ja: `この案は第${heads[0]!.version}版に置き換えられました`,
      en: `This proposal was replaced by version ${heads[0]!.version}`,
    });
  if (head.proposedBy === actorRef(actor) && approval.officers > 1)
    return forbidden({
      ja: '自分が出した案は承認できません。ほかの個人情報保護管理者に承認を頼んでください。',
      en: 'You cannot approve your own proposal. Ask another privacy officer to approve it.',
    });
  const wrong = effectiveProblem(heads, approval.effectiveOn, today);
  return wrong ? invalid('effective_on', both(wrong.ja, wrong.en)) : null;
}
