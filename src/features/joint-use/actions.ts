// Actions on a joint use: register it as a draft, publish, change and end it. Every act is one transaction with its log entry, and is written over
// the version that the clerk saw; of two clerks, the second gets a conflict. What the law refuses is logged and answered with its finding.

import { actorRef } from '../../base/actor.ts';
import { both, type Bilingual } from '../../base/bilingual.ts';
import type { Day } from '../../base/day.ts';
import type { Finding } from '../../base/finding.ts';
import { isId, newId } from '../../base/id.ts';
import { conflict, done, failed, fieldOutcome, invalid, notFound, type Outcome } from '../../base/outcome.ts';
import { isLonger } from '../../base/text.ts';
import {
  decideJointUseChange,
  decideProvision,
  jointUseChangeContradictions,
  LAW_VERSION,
  type JointUseFacts,
} from '../../law/index.ts';
import { heldAlike } from '../../vault/index.ts';
import { append, contentHash, decisionOf, type Json } from '../../log/index.ts';
import { keptReading, type Office } from '../../office.ts';
import type { Queryable, Tx } from '../../platform/database/index.ts';
import { entryBy, type By } from '../access/index.ts';
import { judgedHere } from '../checkpoint/index.ts';
import { holdings } from '../ledger/index.ts';
import { numberToday, policyInForce, purposeName } from '../policy/index.ts';
import { listRecipients } from '../recipients/index.ts';
import {
  anew,
  type Change,
  type JointUse,
  type Known,
  type SharedInformation,
  type States,
  type Terms,
} from './facts/joint-use.ts';
import {
  announcedOn,
  lackingIn,
  type SharingAsk,
  sharingFacts,
  standingOn,
  toldAfterProblem,
  type Untold,
  untoldIn,
} from './facts/standing.ts';
import {
  type ChangeInput,
  inputOf,
  type JointUseInput,
  noticeOf,
  readChange,
  readJointUse,
  type ReadJointUse,
} from './facts/read.ts';
import {
  allJointUses,
  closeDraft,
  endOn,
  findJointUse,
  findNamed,
  insertJointUse,
  insertNotice,
  insertPublication,
  lockNames,
  takeVersion,
  updateDraft,
  type Publication,
  type StatedRow,
} from './store.ts';

const says = {
  name: both('同じ名前の共同利用があります', 'There is already a joint use of this name'),
  version: both(
    'ほかの人が先に変えました。いまの内容を確かめてから、もう一度行ってください',
    'Somebody else changed it first. Check the present contents, then do it again',
  ),
  published: both('すでに公表しています', 'This has been published already'),
  ended: both('終わった共同利用は変えられません', 'A joint use that has ended cannot be changed'),
  notPublic: both(
    '公表が始まる前の共同利用では、変更を公表できません。案を直してください',
    'Before its notice is public a joint use has no changes to announce. Correct the draft',
  ),
} satisfies Record<string, Bilingual>;

const missing = notFound(both('この共同利用はありません', 'There is no such joint use'));

/** Returns every joint use in the order of registration, including drafts and ended ones. */
export const listJointUses = (office: Office): Promise<JointUse[]> => allJointUses(office.database);

export async function jointUse(office: Office, id: string): Promise<Outcome<JointUse>> {
  const found = isId(id) ? await findJointUse(office.database, id) : null;
  return found ? done(found) : missing;
}

/** Returns what a joint use is checked against: the holdings in use, the purposes of the policy in force and the recipients for joint use. */
export async function known(office: Office): Promise<Known> {
  const inForce = await policyInForce(office, office.clock.today());
  const ledger = (await holdings(office)).filter(({ state }) => state === 'active');
  const recipients = (await listRecipients(office)).filter(
    ({ state, relations }) => state === 'active' && relations.includes('joint-use'),
  );
  return {
    holdings: new Map(
      ledger.map(({ id, name, items, purposes, changes }) => [
        id,
        { name, items: new Map(items.map(({ code, label }) => [code, label])), purposes: new Set(purposes), changes },
      ]),
    ),
    purposes: new Map(
      (inForce?.policy.purposes ?? []).filter(({ scope }) => scope !== 'my-number').map(({ id, text }) => [id, text]),
    ),
    purposeName: (id, lang) => purposeName(inForce?.policy ?? null, id, lang),
    recipients: new Map(recipients.map((one) => [one.id, one])),
  };
}

/** The items and purposes announced for a joint use; null for pseudonymously processed information, of which the vault keeps none. */
const announcedOf = (use: JointUse, on: Day) => (use.information === 'personal' ? announcedOn(use, on) : null);

/** Counts everybody in the holdings shared or announced, in classes; counted again when somebody is added or leaves, or another holding is shared. */
export const peopleShared = keptReading({
  tables: ['vault_records'],
  // Every new record in the vault comes with an acquisition.
  logged: 'people:acquire',
  given: async (office) => {
    const today = office.clock.today();
    const items = (await listJointUses(office)).flatMap((use) => announcedOf(use, today)?.items ?? []);
    return [...new Set(items.map(({ holding }) => holding))].toSorted();
  },
  read: ({ database }, shared) => heldAlike(database, shared),
});

/** Returns the persons in the shared holdings who were not told of every announced purpose. */
export async function untoldOf(office: Office, use: JointUse, now: Known): Promise<Untold[]> {
  const announced = announcedOf(use, office.clock.today());
  return announced ? untoldIn(announced, await peopleShared(office), now) : [];
}

/** Logs a refusal by the law and returns it. */
async function refused(
  office: Office,
  by: By,
  finding: Finding,
  subjects: { [subject: string]: Json | undefined },
): Promise<Outcome<never>> {
  const entry = entryBy(by, office.clock.now(), 'refused', {
    ...subjects,
    decision: decisionOf(finding, LAW_VERSION, await numberToday(office)),
  });
  await office.database.transaction((tx) => append(tx, entry));
  return failed({ kind: 'refused', finding, decision: entry.id });
}

/** Most items that a log entry names from a long list, so that entries stay short. */
const NAMED = 50;

type Agreed = Pick<JointUse, 'id' | 'name' | 'information' | 'draft'>;

/** Members of the log entry of an agreement: ids and codes, and the hash of the whole, which covers those not named too. */
export const agreedSaid = ({ id, name, information, draft }: Agreed) => ({
  jointUse: id,
  information,
  named: contentHash(name),
  ...(draft
    ? {
        holdings: draft.shares.slice(0, NAMED).map(({ holding }) => holding),
        items: [...new Set(draft.shares.flatMap(({ items }) => items))].slice(0, NAMED),
        purposes: draft.purposes,
        members: draft.members.length,
        recipients: draft.members.slice(0, NAMED),
        sha256: contentHash(draft),
      }
    : {}),
});

/** Members of the log entry of a notice. */
export const noticeSaid = (row: Omit<StatedRow, 'at' | 'actor' | 'entry_id'>) => ({
  jointUse: row.joint_use_id,
  notice: row.notice,
  change: row.change,
  effective: row.effective_on,
  sha256: contentHash(row.states),
  ...(row.finding ? { decision: decisionOf(row.finding, row.law_version, row.policy_version) } : {}),
  ...(row.why === null ? {} : { reasons: contentHash({ why: row.why }) }),
});

export const publicationSaid = ({
  jointUse: id,
  notice,
  publicOn,
}: Pick<Publication, 'jointUse' | 'notice' | 'publicOn'>) => ({
  jointUse: id,
  notice,
  published: publicOn,
});

export const endSaid = ({ id, endedOn, endedWhy }: Pick<JointUse, 'id' | 'endedOn' | 'endedWhy'>) => ({
  jointUse: id,
  effective: endedOn,
  sha256: contentHash({ why: endedWhy }),
});

interface Described extends ReadJointUse {
  information: SharedInformation;
}

/** Reads a description. A My Number is refused by the law, whatever else was entered. */
async function described(
  office: Office,
  by: By,
  input: JointUseInput,
  asked: Record<string, string>,
): Promise<Outcome<Described>> {
  const read = readJointUse(input, await known(office));
  const { information } = read;
  if (information === 'my-number') {
    const finding = decideProvision({ information, relation: 'joint-use' }, office.clock.today());
    return refused(office, by, finding, { ...asked, asked: 'joint-use' });
  }
  return fieldOutcome(read.problems) ?? done({ ...read, information: information! });
}

/**
 * Registers a joint use as a draft; nothing may be shared before its notice is published. `replaces`: the joint use whose items or users were to
 * change. Problems: `invalid` names the fields of JointUseInput; `conflict` names the name, with the id of the other joint use.
 */
export async function registerJointUse(
  office: Office,
  by: By,
  input: JointUseInput,
  replaces: string | null = null,
): Promise<Outcome<JointUse>> {
  if (replaces !== null && !(await jointUse(office, replaces)).ok) {
    return invalid('replaces', both('この共同利用はありません', 'There is no such joint use'));
  }
  const read = await described(office, by, input, {});
  if (!read.ok) return read;
  const { name, information, terms } = read.value;
  const now = office.clock.now();
  const id = newId(now);
  return office.database.transaction(async (tx) => {
    await lockNames(tx);
    const existing = await findNamed(tx, { id, name: name.ja, replaces });
    if (existing) return conflict('name.ja', says.name, existing);
    const drawn = { id, name, information, draft: terms };
    await insertJointUse(tx, { ...drawn, replaces, registeredAt: new Date(now) });
    const subjects = { ...agreedSaid(drawn), ...(replaces ? { replaces } : {}) };
    await append(tx, entryBy(by, now, 'joint-use:register', subjects));
    return done((await findJointUse(tx, id))!);
  });
}

/** A joint use and the version of it that the caller has seen. */
export interface Seen {
  id: string;
  version: number;
}

/** Returns a joint use that has not ended; a conflict where it has ended, or its version is not the one that was seen. */
export async function seen(office: Office, { id, version }: Seen): Promise<Outcome<JointUse>> {
  const found = await jointUse(office, id);
  if (!found.ok) return found;
  if (found.value.endedOn !== null) return conflict('state', says.ended, id);
  return found.value.version === version ? found : conflict('version', says.version, id);
}

/** Runs a write over the version that was seen, or writes nothing. */
const writing = (
  office: Office,
  use: JointUse,
  write: (tx: Tx) => Promise<Outcome<void>>,
): Promise<Outcome<JointUse>> =>
  office.database.transaction(async (tx): Promise<Outcome<JointUse>> => {
    if (!(await takeVersion(tx, use.id, use.version))) return conflict('version', says.version, use.id);
    const written = await write(tx);
    return written.ok ? done((await findJointUse(tx, use.id))!) : written;
  });

/** Corrects a draft; a published joint use is changed, not corrected. */
export async function changeDraft(office: Office, by: By, at: Seen, input: JointUseInput): Promise<Outcome<JointUse>> {
  const found = await seen(office, at);
  if (!found.ok) return found;
  const use = found.value;
  if (!use.draft) return conflict('state', says.published, use.id);
  const read = await described(office, by, input, { jointUse: use.id });
  if (!read.ok) return read;
  const { name, information, terms } = read.value;
  return office.database.transaction(async (tx) => {
    await lockNames(tx);
    const existing = await findNamed(tx, { id: use.id, name: name.ja, replaces: use.replaces });
    if (existing) return conflict('name.ja', says.name, existing);
    if (!(await takeVersion(tx, use.id, use.version))) return conflict('version', says.version, use.id);
    const drawn = { id: use.id, name, information, draft: terms };
    await updateDraft(tx, drawn);
    await append(tx, entryBy(by, office.clock.now(), 'joint-use:draft', agreedSaid(drawn)));
    return done((await findJointUse(tx, use.id))!);
  });
}

interface Writing {
  office: Office;
  by: By;
  policy: number;
}

/** Writes a notice with its log entry; it is not public yet. */
async function state(
  tx: Tx,
  { office, by, policy }: Writing,
  notice: {
    jointUse: string;
    notice: number;
    change: 'start' | Change;
    states: States;
    effectiveOn: Day;
    why: string | null;
    finding: Finding | null;
  },
): Promise<void> {
  const now = office.clock.now();
  const row = {
    joint_use_id: notice.jointUse,
    notice: notice.notice,
    change: notice.change,
    states: notice.states,
    effective_on: notice.effectiveOn,
    why: notice.why,
    finding: notice.finding,
    law_version: LAW_VERSION,
    policy_version: policy,
    at: new Date(now),
    actor: actorRef(by.actor),
  };
  const entry = entryBy(by, now, 'joint-use:change', noticeSaid(row));
  await insertNotice(tx, { ...row, entry_id: entry.id });
  await append(tx, entry);
}

/** Makes a notice public from a day on, with its log entry. */
async function publish(
  tx: Tx,
  { office, by }: Pick<Writing, 'office' | 'by'>,
  jointUseId: string,
  notice: number,
  on: Day,
): Promise<void> {
  const now = office.clock.now();
  const said = { jointUse: jointUseId, notice, publicOn: on };
  const entry = entryBy(by, now, 'joint-use:publish', publicationSaid(said));
  await insertPublication(tx, { ...said, at: new Date(now), actor: actorRef(by.actor), entry: entry.id });
  await append(tx, entry);
}

const past = (): Outcome<never> => invalid('on', both('今日以降の日にしてください', 'Choose today or a later day'));

/** Publishes the first notice. It is made from the draft, in today's wording, and keeps that wording. */
async function publishFirst(office: Office, by: By, use: JointUse, terms: Terms, on: Day): Promise<Outcome<JointUse>> {
  const now = await known(office);
  const wrong = fieldOutcome(readJointUse(inputOf(use, terms), now).problems);
  if (wrong) return wrong;
  const notice = noticeOf(terms, now);
  if (lackingIn(notice, on).length > 0) {
    return invalid('notice', both('公表する事項がそろっていません', 'The notice is not complete'));
  }
  const policy = await numberToday(office);
  return writing(office, use, async (tx) => {
    await closeDraft(tx, use.id);
    await state(
      tx,
      { office, by, policy },
      { jointUse: use.id, notice: 1, change: 'start', states: notice, effectiveOn: on, why: null, finding: null },
    );
    await publish(tx, { office, by }, use.id, 1, on);
    return done(undefined);
  });
}

/** Publishes a notice from a day on, the first one or that of a change. It cannot be taken back or rewritten. */
export async function publishNotice(
  office: Office,
  by: By,
  at: Seen,
  { notice, on }: { notice: number; on: Day },
): Promise<Outcome<JointUse>> {
  const found = await seen(office, at);
  if (!found.ok) return found;
  const use = found.value;
  if (on < office.clock.today()) return past();
  if (notice === 1 && use.draft) return publishFirst(office, by, use, use.draft, on);
  const stated = use.notices.find((one) => one.notice === notice);
  if (!stated) return invalid('notice', both('この公表はありません', 'There is no such notice'));
  if (stated.publicOn !== null) return conflict('notice', says.published, use.id);
  const wrong = toldAfterProblem(stated.effectiveOn, on, office.clock.today());
  if (wrong) return invalid('on', wrong);
  return writing(office, use, async (tx) => {
    await publish(tx, { office, by }, use.id, notice, on);
    return done(undefined);
  });
}

/**
 * Changes a joint use whose notice is public (27(6)). The law says which changes are told before they take effect and which after; it refuses a
 * change of items or users. With `noticeOn`, the change is published from that day on; without it, it waits for `publishNotice`.
 *
 * New purposes of the users do not extend to information collected before: that needs a change of purpose of the holding (17(2), 18(1), 21(3)),
 * which is a separate act. 27(6) compares the new purposes with those in the notice. What an item may be used for depends on what its person was
 * told when it was collected, which differs by holding and may be less than any notice said. A change of purpose also allows every use by the
 * company, not only by the users. If the notice counted for both, one judgement would allow what nobody judged.
 */
export async function changeJointUse(office: Office, by: By, at: Seen, input: ChangeInput): Promise<Outcome<JointUse>> {
  const found = await seen(office, at);
  if (!found.ok) return found;
  const use = found.value;
  const today = office.clock.today();
  if (standingOn(use, today) !== 'in-force') return conflict('state', says.notPublic, use.id);
  const { change, effectiveOn, noticeOn, purposes, related, why } = input;
  const facts = {
    information: use.information,
    change,
    // The page of the joint use is public, so every notice is published.
    ...(noticeOn ? { published: true } : {}),
    ...(effectiveOn === undefined ? {} : { effectiveOn }),
    ...(noticeOn === undefined ? {} : { noticeOn }),
    ...(change === 'purposes' ? { newPurpose: (purposes ?? []).join(', ') } : {}),
    judgements: judgedHere(by.actor, 'purposeRelated', related, { on: today, why: why ?? '' }),
    ...(change === 'items' || change === 'users' ? anew(change) : {}),
  };
  const read = readChange(input, use, await known(office), today);
  const wrong = fieldOutcome([...jointUseChangeContradictions(facts), ...read.problems]);
  if (wrong) return wrong;
  const finding = decideJointUseChange(facts, today);
  if (finding.answer !== 'yes') {
    return refused(office, by, finding, { asked: 'joint-use-change', jointUse: use.id, change });
  }
  const policy = await numberToday(office);
  return writing(office, use, async (tx) => {
    const notice = use.notices.length + 1;
    // A yes to a change told before or after it comes with the day; items and users never get a yes.
    const stated = { jointUse: use.id, notice, change: change as Change, effectiveOn: effectiveOn!, finding };
    await state(tx, { office, by, policy }, { ...stated, states: read.states, why: read.why });
    if (noticeOn) await publish(tx, { office, by }, use.id, notice, noticeOn);
    return done(undefined);
  });
}

/** Ends a joint use: from that day on nothing may be shared under it, and its notices are shown as past. */
export async function endJointUse(
  office: Office,
  by: By,
  at: Seen,
  { on, why }: { on: Day; why: string },
): Promise<Outcome<JointUse>> {
  const found = await seen(office, at);
  if (!found.ok) return found;
  const reason = why.trim();
  if (on < office.clock.today()) return past();
  if (reason === '') return invalid('why', both('終える理由を書いてください', 'Write why it ends'));
  if (isLonger(reason, 500)) return invalid('why', both('500字までで書いてください', 'Use at most 500 characters'));
  const use = found.value;
  return writing(office, use, async (tx) => {
    await endOn(tx, use.id, on, reason);
    await append(
      tx,
      entryBy(by, office.clock.now(), 'joint-use:end', endSaid({ id: use.id, endedOn: on, endedWhy: reason })),
    );
    return done(undefined);
  });
}

/**
 * Returns the facts of 27(5)(iii), 41(6) and 42(2) about sharing items of a holding with a recipient under a joint use on a day. `information`: the
 * kind of information of the joint use.
 */
export async function jointUseFacts(
  on: Queryable,
  ask: SharingAsk & { jointUse: string },
  day: Day,
): Promise<Outcome<JointUseFacts & { information: SharedInformation; version: number }>> {
  const found = isId(ask.jointUse) ? await findJointUse(on, ask.jointUse) : null;
  if (!found) return missing;
  const { information, version } = found;
  return done({ ...sharingFacts(found, ask, day), information, version });
}
