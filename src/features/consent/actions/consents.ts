// Consents of persons, their withdrawals and objections: recorded with the log entry in one transaction, effective at once. Nothing here decides a
// handling; the caller passes a person's standing to the law.

import { actorRef, type Actor } from '../../../base/actor.ts';
import { both } from '../../../base/bilingual.ts';
import { startOf, type Day } from '../../../base/day.ts';
import { isId, newId } from '../../../base/id.ts';
import {
  conflict,
  done,
  fieldOutcome,
  invalid,
  notFound,
  type FieldProblem,
  type Outcome,
} from '../../../base/outcome.ts';
import type { ForeignInformationFacts } from '../../../law/index.ts';
import { appending } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import type { Queryable, Tx } from '../../../platform/database/index.ts';
import { fingerprint, heldAbout, knowing, sameAs } from '../../../vault/index.ts';
import { entryBy, type By } from '../../access/index.ts';
import {
  holdingsProblem,
  keyConflict,
  keyOfCall,
  keyProblem,
  says as checkpointSays,
  standing,
  tokenProblem,
  type Idempotency,
  type UseRegister,
} from '../../checkpoint/index.ts';
import { recipientOf } from '../../recipients/index.ts';
import {
  evidenceProblems,
  futureProblems,
  type Given,
  givenProblems,
  retractionProblems,
  says,
  statedIn,
  type Today,
  withdrawalProblems,
} from '../facts/given.ts';
import {
  type ConsentAsk,
  type ConsentStanding,
  type Ends,
  foreignInformationOf,
  type History,
  standingForUse,
  standingOn,
} from '../facts/standing.ts';
import type { Moment, ObjectionScope, Remarks, Text } from '../facts/consent.ts';
import { findConsent, insertConsent, listConsents, type ConsentQuery } from '../store/consents.ts';
import {
  endsOf,
  findObjection,
  findWithdrawalTime,
  insertObjection,
  insertRetraction,
  insertWithdrawal,
  insertWithdrawalTime,
  listObjections,
  type ObjectionQuery,
} from '../store/ends.ts';
import { findKey, isTaken } from '../store/rows.ts';
import { consentsAsRead, historyOf, objected } from '../store/standing.ts';
import { findInForce, findText, holdStarts, textsById } from '../store/texts.ts';
import type { ConsentRow, KeyRow, ObjectionRow, RetractionRow, WithdrawalRow, WithdrawalTimeRow } from '../tables.ts';
import { sealRemarksOf } from './remarks.ts';

/** How a person stood to a handling on a day, read from the rows themselves, so what was recorded a moment ago counts. */
export const consentStanding = async (on: Queryable, ask: ConsentAsk, day: Day): Promise<ConsentStanding> =>
  standingOn(await historyOf(on, ask.principal), ask, day);

/** What the checkpoint asks the register about a use. */
export const useRegister: UseRegister = {
  objected,
  standing: async (on, ask, day) => {
    const stands = standingForUse(await historyOf(on, ask.principal), ask, day);
    return { ...stands, asRead: consentsAsRead(ask.principal, stands) };
  },
};

/** Returns, by text id, what each text tells about the recipient's country (28(2)), without the day it was shown, which differs by person. */
export async function informationOfTexts(
  on: Queryable,
  ids: readonly string[],
  country: string,
): Promise<Map<string, ForeignInformationFacts | null>> {
  const texts = await textsById(on, ids);
  return new Map([...texts].map(([id, text]) => [id, foreignInformationOf(text, null, country)]));
}

/** Everything on record of one person. */
export const consentsOf = (office: Office, principal: string): Promise<History> =>
  historyOf(office.database, principal);

const erased = both('この本人の情報は消去されています', 'What was held about this person has been erased');
const unknown = both('この本人の情報はありません', 'Nothing is held about this person');

/** The person was erased after the check. */
const nobody: Outcome<never> = invalid('principal', unknown);

/** No remarks are kept about an erased person: they could not be sealed. A consent can be withdrawn without any. */
const wordless = {
  evidence: both(
    'この本人の情報は消去されているので、証拠の置き場所を残せません。空欄にしてください',
    'What was held about this person has been erased, so where the evidence is cannot be kept. Leave this empty',
  ),
  reason: both(
    'この本人の情報は消去されているので、取り消す理由を残せません。申出はこのままにしてください',
    'What was held about this person has been erased, so why it is taken back cannot be kept. Leave the objection as it is',
  ),
};

/** The problem of an invalid id, or of a person about whom nothing is held. */
async function principalProblems(office: Office, principal: string): Promise<FieldProblem[]> {
  if (!isId(principal)) return [{ field: 'principal', says: checkpointSays.principal }];
  const held = await heldAbout(office.database, principal);
  if (held && 'records' in held) return [];
  return [{ field: 'principal', says: held ? erased : unknown }];
}

const keyedRow = (office: Office, actor: Actor, effect: string, idempotency: Idempotency | undefined): KeyRow | null =>
  idempotency
    ? {
        actor: actorRef(actor),
        key: keyOfCall(office, idempotency.key),
        digest: fingerprint(office.vault, idempotency.text),
        effect_id: effect,
        at: new Date(office.clock.now()),
      }
    : null;

/** Returns what the first request with this key did. */
async function repeatedOf<Row>(
  office: Office,
  keyed: KeyRow,
  find: (on: Queryable, id: string) => Promise<Row | null>,
): Promise<Outcome<Done<Row>>> {
  const first = await findKey(office.database, keyed.actor, keyed.key);
  if (!first?.digest.equals(keyed.digest)) return keyConflict;
  const row = await find(office.database, first.effect_id);
  return row ? done({ row, repeated: true }) : keyConflict;
}

/** What was written. `repeated`: it was written by an earlier request with the same key. */
export interface Done<Row> {
  row: Row;
  repeated: boolean;
}

export const todayOf = (office: Office): Today => ({ today: office.clock.today(), now: office.clock.now() });

/** The problem of a version not in force on a day; a superseded version is a conflict that names the version in force. */
async function daysProblem(on: Queryable, text: Text, day: Day): Promise<Outcome<never> | null> {
  const { code, from_day, until_day } = text;
  if (from_day === null || day < from_day) return invalid('text', says.notInForce);
  if (until_day === null || day < until_day) return null;
  const now = await findInForce(on, code, day);
  if (!now) throw new Error('consent: a superseded version has none after it');
  return conflict(
    'text.version',
    both(
      `この版は古い版です。その日に使っていたのは第${now.version}版です`,
      `This version is superseded. Version ${now.version} was in force on that day`,
    ),
    now.id,
  );
}

/** A consent to record. */
export interface RecordAsk extends Given {
  principal: string;
  text: { code: string; version: number };
}

const instant = (moment: Moment | null): Date | null => (moment?.at == null ? null : new Date(moment.at));

/** The free words of a consent. */
export const remarksIn = ({ note, evidence }: Pick<Given, 'note' | 'evidence'>): Remarks => ({
  ...(note === null ? {} : { note }),
  ...(evidence === null ? {} : { evidence }),
});

/** The row of a consent. `sealed`: its sealed remarks. */
export const consentRow = (
  asked: Given & { principal: string },
  of: { id: string; text: string; now: number; actor: Actor; import: string | null; sealed: Buffer },
): ConsentRow => ({
  id: of.id,
  principal_id: asked.principal,
  text_id: of.text,
  language: asked.language,
  given_on: asked.given.on,
  given_at: instant(asked.given),
  given_by: asked.givenBy,
  representative: asked.representative,
  channel: asked.channel,
  method: asked.method,
  shown_on: asked.shown?.on ?? null,
  shown_at: instant(asked.shown),
  import_id: of.import,
  at: new Date(of.now),
  by_actor: actorRef(of.actor),
  noted: asked.note !== null,
  evidenced: asked.evidence !== null,
  sealed: of.sealed,
});

/** Members of the log entry of a consent: ids, codes and days. */
export const subjectsOf = (row: ConsentRow, text: Text) => ({
  principal: row.principal_id,
  text: text.id,
  code: text.code,
  version: text.version,
  kind: text.kind,
  purposes: text.purposes,
  language: row.language,
  given_on: row.given_on,
  given_at: row.given_at?.toISOString(),
  given_by: row.given_by,
  representative: row.representative?.relation,
  documents_of_authority: row.representative?.checked,
  channel: row.channel,
  method: row.method,
  shown_on: row.shown_on ?? undefined,
  shown_at: row.shown_at?.toISOString(),
});

/** The text of a consent that is to be recorded, or what is wrong with that consent. */
async function textToRecord(office: Office, by: By, asked: RecordAsk): Promise<Outcome<Text>> {
  const text = await findText(office.database, asked.text.code, asked.text.version);
  if (!text) return invalid('text', says.text);
  const { channels } = await standing(office);
  const wrong =
    tokenProblem(by.actor, text.purposes) ??
    fieldOutcome([
      ...(await principalProblems(office, asked.principal)),
      ...givenProblems(asked, text, channels, todayOf(office)),
    ]);
  return wrong ?? done(text);
}

/** What a form is told is wrong with a consent before it is recorded. */
export async function recordProblem(office: Office, by: By, asked: RecordAsk): Promise<Outcome<never> | null> {
  const text = await textToRecord(office, by, asked);
  return text.ok ? daysProblem(office.database, text.value, asked.given.on) : text;
}

/** Records that a person has consented to a version of a text. */
export async function recordConsent(
  office: Office,
  by: By,
  asked: RecordAsk,
  idempotency?: Idempotency,
): Promise<Outcome<Done<ConsentRow>>> {
  const unfit = keyProblem(idempotency);
  if (unfit) return unfit;
  const found = await textToRecord(office, by, asked);
  if (!found.ok) return found;
  const text = found.value;
  const now = office.clock.now();
  const id = newId(now);
  const sealed = await sealRemarksOf(office, { principal: asked.principal, of: id }, remarksIn(asked));
  if (!sealed) return nobody;
  const row = consentRow(asked, { id, text: text.id, now, actor: by.actor, import: null, sealed });
  const keyed = keyedRow(office, by.actor, id, idempotency);
  const entry = entryBy(by, now, 'consent:record', subjectsOf(row, text), id);
  const written = await office.database.transaction(async (tx) => {
    await holdStarts(tx, text.code);
    const held = (await findText(tx, text.code, text.version))!;
    const late = await daysProblem(tx, held, asked.given.on);
    return late ?? insertConsent(tx, knowing([asked.principal]), row, keyed, appending([{ key: id, entry }]));
  });
  if (typeof written === 'object') return written;
  if (written === 'unknown') return nobody;
  return written === 'repeated' && keyed ? repeatedOf(office, keyed, findConsent) : done({ row, repeated: false });
}

const noConsent = notFound(both('この同意はありません', 'There is no such consent'));

/** A consent with its text and everything that may have ended it. */
export interface Consented extends Ends {
  row: ConsentRow;
  text: Text;
}

/** Adds to each consent its text and what may have ended it. */
async function withEnds(office: Office, rows: readonly ConsentRow[]): Promise<Consented[]> {
  const texts = await textsById(
    office.database,
    rows.map((row) => row.text_id),
  );
  const ends = await endsOf(
    office.database,
    rows.map((row) => row.principal_id),
  );
  return rows.map((row) => {
    const { withdrawals, ...objected } = ends(row.principal_id);
    const own = withdrawals.filter((one) => one.consent_id === row.id);
    return { row, text: texts.get(row.text_id)!, withdrawals: own, ...objected };
  });
}

export async function consentOf(office: Office, id: string): Promise<Outcome<Consented>> {
  const row = isId(id) ? await findConsent(office.database, id) : null;
  const [found] = row ? await withEnds(office, [row]) : [];
  return found ? done(found) : noConsent;
}

/** Returns consents, the newest recorded first. The ids of the query must be valid. */
export const consents = async (office: Office, query: ConsentQuery): Promise<Consented[]> =>
  withEnds(office, await listConsents(office.database, query));

/** A withdrawal: its day, its instant on that day if it is known, and where the evidence is, if there is any. */
export interface WithdrawAsk {
  on: Day;
  at?: number | null;
  evidence: string | null;
}

/** Ends one consent; a token needs every purpose of its text. A consent already withdrawn is a conflict. */
export async function withdrawConsent(
  office: Office,
  by: By,
  id: string,
  { on, at = null, evidence }: WithdrawAsk,
): Promise<Outcome<WithdrawalRow>> {
  const consent = isId(id) ? await findConsent(office.database, id) : null;
  if (!consent) return noConsent;
  const text = (await textsById(office.database, [consent.text_id])).get(consent.text_id)!;
  const wrong =
    tokenProblem(by.actor, text.purposes) ??
    fieldOutcome([...withdrawalProblems({ on, at }, consent, todayOf(office)), ...evidenceProblems(evidence)]);
  if (wrong) return wrong;
  const now = office.clock.now();
  const principal = consent.principal_id;
  const subjects = { principal, consent: id, text: consent.text_id, on };
  const entry = entryBy(by, now, 'consent:withdraw', subjects);
  const sealed = evidence === null ? null : await sealRemarksOf(office, { principal, of: entry.id }, { evidence });
  if (evidence !== null && !sealed) return invalid('evidence', wordless.evidence);
  const row: WithdrawalRow = {
    consent_id: id,
    entry_id: entry.id,
    principal_id: principal,
    on_day: on,
    at: new Date(now),
    by_actor: actorRef(by.actor),
    evidenced: evidence !== null,
    sealed,
  };
  try {
    const logging = appending([{ key: entry.id, entry }]);
    const time = at === null ? null : timeOf(by, row, at, now);
    if (time === null) await insertWithdrawal(office.database, row, logging);
    else
      await office.database.transaction(async (tx) => {
        await insertWithdrawal(tx, row, logging);
        await insertWithdrawalTime(tx, time.row, time.logging);
      });
  } catch (error) {
    if (isTaken(error, 'consent_withdrawals_pkey')) return withdrawnBefore(id);
    throw error;
  }
  return done(row);
}

/** The row of the time of a withdrawal, with its log entry. */
function timeOf(by: By, { consent_id, principal_id }: WithdrawalRow, at: number, now: number) {
  const said_at = new Date(at);
  const subjects = { principal: principal_id, consent: consent_id, said_at: said_at.toISOString() };
  const entry = entryBy(by, now, 'consent:withdrawal-time', subjects);
  const row: WithdrawalTimeRow = {
    consent_id,
    entry_id: entry.id,
    principal_id,
    said_at,
    at: new Date(now),
    by_actor: actorRef(by.actor),
  };
  return { row, logging: appending([{ key: entry.id, entry }]) };
}

/** At what time of its day a consent was withdrawn; null if nobody stated it. */
export const withdrawnAt = async ({ database }: Office, consent: string): Promise<Date | null> =>
  (await findWithdrawalTime(database, consent))?.said_at ?? null;

const timed = conflict(
  'consent',
  both('この取下げの時刻は、すでに記録されています', 'The time of this withdrawal has already been recorded'),
);

/**
 * States at what `time` of its day, in milliseconds since midnight, a consent was withdrawn, once: it became known only later, and what was done on
 * that day is judged by it.
 */
export async function stateWithdrawalTime(
  office: Office,
  by: By,
  id: string,
  time: number,
): Promise<Outcome<WithdrawalTimeRow>> {
  const found = await consentOf(office, id);
  if (!found.ok) return found;
  const { row: consent, withdrawals } = found.value;
  const [withdrawal] = withdrawals;
  if (!withdrawal) return noConsent;
  const moment = { on: withdrawal.on_day, at: startOf(withdrawal.on_day) + time };
  const wrong = fieldOutcome(
    moment.at > withdrawal.at.getTime()
      ? [{ field: 'at', says: says.afterRecorded }]
      : withdrawalProblems(moment, consent, todayOf(office)),
  );
  if (wrong) return wrong;
  const stated = timeOf(by, withdrawal, moment.at, office.clock.now());
  try {
    await insertWithdrawalTime(office.database, stated.row, stated.logging);
  } catch (error) {
    if (isTaken(error, 'consent_withdrawal_times_pkey')) return timed;
    throw error;
  }
  return done(stated.row);
}

const withdrawnBefore = (existing: string): Outcome<never> =>
  conflict(
    'consent',
    both('この同意は、すでに取り下げられています', 'This consent has already been withdrawn'),
    existing,
  );

/** A person's request that something stop. */
export interface ObjectAsk {
  principal: string;
  scope: ObjectionScope;
  /** For scope `purpose`. */
  purpose: string | null;
  /** For scope `recipient`. */
  recipient: string | null;
  said: Moment;
  evidence: string | null;
  /** Id of the request of the desk that this carries out. */
  request?: string | undefined;
  /** Writes what else belongs to the objection, in its transaction; receives the id of its log entry. */
  record?: ((tx: Tx, entry: string) => Promise<void>) | undefined;
}

/**
 * A token may record an objection to its own purposes. A wider objection affects everything the person is kept for, under any id, so it needs every
 * purpose of those holdings, as an erasure does.
 */
async function reachProblem(office: Office, actor: Actor, ask: ObjectAsk): Promise<Outcome<never> | null> {
  const { principal, scope, purpose } = ask;
  const stands = await standing(office);
  if (actor.kind !== 'system') return null;
  if (scope === 'purpose')
    return tokenProblem(actor, purpose !== null && stands.purposes.has(purpose) ? [purpose] : []);
  if (!isId(principal)) return null;
  const ids = await sameAs(office.database, [principal]);
  const held = await Promise.all(ids.map((id) => heldAbout(office.database, id)));
  const holdings = held.flatMap((about) =>
    about && 'records' in about ? about.records.map((one) => one.holding) : [],
  );
  return holdingsProblem(actor, stands, holdings);
}

async function objectProblems(office: Office, ask: ObjectAsk): Promise<FieldProblem[]> {
  const { scope, purpose, recipient } = ask;
  const problems = [
    ...(await principalProblems(office, ask.principal)),
    ...futureProblems(statedIn('on', 'at', ask.said), ask.said, todayOf(office)),
    ...evidenceProblems(ask.evidence),
  ];
  const { purposes } = await standing(office);
  if (scope === 'purpose' && (purpose === null || !purposes.has(purpose)))
    problems.push({ field: 'purpose', says: says.purpose });
  if (scope === 'recipient' && (recipient === null || !(await recipientOf(office, recipient)).ok))
    problems.push({ field: 'recipient', says: says.recipient });
  if (scope !== 'purpose' && purpose !== null) problems.push({ field: 'purpose', says: says.onlyPurpose });
  if (scope !== 'recipient' && recipient !== null) problems.push({ field: 'recipient', says: says.onlyRecipient });
  return problems;
}

/** Records that a person asks to stop. Every earlier consent ends as far as the objection reaches. */
export async function object(
  office: Office,
  by: By,
  ask: ObjectAsk,
  idempotency?: Idempotency,
): Promise<Outcome<Done<ObjectionRow>>> {
  const unfit = keyProblem(idempotency);
  if (unfit) return unfit;
  const wrong = (await reachProblem(office, by.actor, ask)) ?? fieldOutcome(await objectProblems(office, ask));
  if (wrong) return wrong;
  const now = office.clock.now();
  const id = newId(now);
  const { principal, scope, said, evidence } = ask;
  const sealed = evidence === null ? null : await sealRemarksOf(office, { principal, of: id }, { evidence });
  if (evidence !== null && !sealed) return nobody;
  const row: ObjectionRow = {
    id,
    principal_id: principal,
    scope,
    purpose: scope === 'purpose' ? ask.purpose : null,
    recipient_id: scope === 'recipient' ? ask.recipient : null,
    on_day: said.on,
    said_at: instant(said),
    at: new Date(now),
    by_actor: actorRef(by.actor),
    request_id: ask.request ?? null,
    evidenced: evidence !== null,
    sealed,
  };
  const keyed = keyedRow(office, by.actor, id, idempotency);
  const subjects = {
    principal,
    scope,
    ...(row.purpose ? { purpose: row.purpose } : {}),
    ...(row.recipient_id ? { recipient: row.recipient_id } : {}),
    ...(row.request_id ? { request: row.request_id } : {}),
    on: said.on,
    ...(row.said_at ? { said_at: row.said_at.toISOString() } : {}),
  };
  const entry = entryBy(by, now, 'consent:object', subjects, id);
  const logging = appending([{ key: id, entry }]);
  const written = await office.database.transaction(async (tx) => {
    const inserted = await insertObjection(tx, knowing([principal]), row, keyed, logging);
    if (inserted === 'written') await ask.record?.(tx, id);
    return inserted;
  });
  if (written === 'unknown') return nobody;
  return written === 'repeated' && keyed ? repeatedOf(office, keyed, findObjection) : done({ row, repeated: false });
}

const noObjection = notFound(both('この申出はありません', 'There is no such objection'));

/** An objection and its retraction, if any. */
export interface Objected {
  row: ObjectionRow;
  retraction: RetractionRow | null;
}

async function withRetractions(office: Office, rows: readonly ObjectionRow[]): Promise<Objected[]> {
  const ends = await endsOf(
    office.database,
    rows.map((row) => row.principal_id),
  );
  return rows.map((row) => {
    const { retractions } = ends(row.principal_id);
    return { row, retraction: retractions.find((one) => one.objection_id === row.id) ?? null };
  });
}

/** Returns objections, the newest recorded first. The ids of the query must be valid. */
export const objections = async (office: Office, query: ObjectionQuery): Promise<Objected[]> =>
  withRetractions(office, await listObjections(office.database, query));

export async function objectionOf(office: Office, id: string): Promise<Outcome<Objected>> {
  const row = isId(id) ? await findObjection(office.database, id) : null;
  const [found] = row ? await withRetractions(office, [row]) : [];
  return found ? done(found) : noObjection;
}

const retracted = conflict(
  'objection',
  both('この申出は、すでに取り消されています', 'This objection has already been taken back'),
);

const decidedAtDesk = conflict(
  'objection',
  both(
    '窓口の請求を実施した記録なので、取り消せません',
    'It was recorded to carry out a request at the desk and cannot be taken back',
  ),
);

/**
 * Retracts an objection recorded by mistake. It stays on record, and from today on it reaches nothing, so the consents it had ended are in force
 * again. A person who changes their mind consents anew instead. An objection that carries out a request of the desk cannot be retracted.
 */
export async function retractObjection(
  office: Office,
  by: By,
  id: string,
  reason: string,
): Promise<Outcome<RetractionRow>> {
  const objection = isId(id) ? await findObjection(office.database, id) : null;
  if (!objection) return noObjection;
  if (objection.request_id !== null) return decidedAtDesk;
  const wrong = fieldOutcome(retractionProblems(reason));
  if (wrong) return wrong;
  const now = office.clock.now();
  const principal = objection.principal_id;
  const subjects = { principal, objection: id, scope: objection.scope };
  const entry = entryBy(by, now, 'consent:retract-objection', subjects);
  const sealed = await sealRemarksOf(office, { principal, of: entry.id }, { reason: reason.trim() });
  if (!sealed) return invalid('reason', wordless.reason);
  const row: RetractionRow = {
    objection_id: id,
    entry_id: entry.id,
    principal_id: principal,
    on_day: office.clock.today(),
    at: new Date(now),
    by_actor: actorRef(by.actor),
    sealed,
  };
  try {
    await insertRetraction(office.database, row, appending([{ key: entry.id, entry }]));
  } catch (error) {
    if (isTaken(error, 'consent_retractions_pkey')) return retracted;
    throw error;
  }
  return done(row);
}
