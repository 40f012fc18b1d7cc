// Asking the checkpoint, keeping a question with its answer, and recording the privacy officer's judgements. Asking handles nobody's information and
// is not logged. Facts that cannot be read or that contradict each other are refused by name and never decided.

import { both } from '../../base/bilingual.ts';
import { actorRef, type Actor } from '../../base/actor.ts';
import { dayOf, type Day } from '../../base/day.ts';
import type { Finding } from '../../base/finding.ts';
import { isId, newId } from '../../base/id.ts';
import { done, failed, notFound, type FieldProblem, type Outcome } from '../../base/outcome.ts';
import { LAW_VERSION, type Judgement, type Judgements } from '../../law/index.ts';
import { appending, contentHash, decisionOf } from '../../log/index.ts';
import type { Office } from '../../office.ts';
import type { Queryable, Tx } from '../../platform/database/index.ts';
import { withdrawLetters } from '../../platform/mail.ts';
import { stamp } from '../../platform/ui/format.ts';
import { entryBy, mailStaff, staffWhoMay, type By, type Room, type StaffMember } from '../access/index.ts';
import { limitedUse, useWithinLimits, withinLimits, type KnownHolding, type Standing } from '../checkpoint/index.ts';
import {
  judgementsFor,
  judgementsLacking,
  readFacts,
  standingFacts,
  withStanding,
  withoutPersons,
  type Facts,
  type Judged,
  type JudgedAbout,
  type Question,
} from './facts.ts';
import { questionOf, questions } from './questions/index.ts';
import {
  awaitJudgement,
  findConsultation,
  keepConsultation,
  keepJudgement,
  lackingJudgement,
  listConsultations,
  listJudgements,
  sameConsultation,
  type ConsultationQuery,
} from './store.ts';
import type { ConsultationRow, JudgementRow } from './tables.ts';
import { letters } from './words.ts';

/** The facts a person states, with the holding of ours and the items they are about. */
export interface Statement {
  question: Question;
  stated: Facts;
  holding: KnownHolding | null;
  items: readonly string[];
  on: Day;
}

export interface Answered {
  /** The stated facts, with what the office knows. */
  facts: Facts;
  finding: Finding<string>;
}

export type Asked = Answered | { problems: [FieldProblem, ...FieldProblem[]] };

/** The officer's judgements on these codes that bear on what is asked. */
async function judgementsOn(on: Queryable, codes: readonly string[], about: JudgedAbout): Promise<Judgements> {
  return codes.length > 0 ? judgementsFor(await listJudgements(on, codes), about) : {};
}

/**
 * Decides, looking up each recorded judgement that the law lacks. One judgement may leave another lacking, which is then looked up in turn. Returns
 * the facts with the judgements that were found.
 */
async function decideAsJudged<F extends { judgements?: Judgements }, R extends Finding<string>>(
  decide: (facts: F, on: Day) => R,
  facts: F,
  on: Day,
  recorded: (codes: readonly string[]) => Promise<Judgements>,
): Promise<{ facts: F; finding: R }> {
  let judged = { facts, finding: decide(facts, on) };
  for (;;) {
    const known = judged.facts.judgements ?? {};
    const lacking = judgementsLacking(judged.finding).filter((code) => !(code in known));
    const found = lacking.length > 0 ? await recorded(lacking) : {};
    if (Object.keys(found).length === 0) return judged;
    const more = { ...judged.facts, judgements: { ...known, ...found } };
    judged = { facts: more, finding: decide(more, on) };
  }
}

/** Decides a real handling, with the officer's judgements. These are looked up only where the law lacks one, which is seldom. */
export const decideJudged = <F extends { judgements?: Judgements }>(
  on: Queryable,
  decide: (facts: F, on: Day) => Finding,
  facts: F,
  about: JudgedAbout,
): Promise<{ facts: F; finding: Finding }> =>
  decideAsJudged(decide, facts, about.on, (codes) => judgementsOn(on, codes, about));

const purposeIn = ({ purpose }: Facts): string | null => (typeof purpose === 'string' ? purpose : null);

/** Asks the law about a statement, with what the office knows and what the officer has judged. */
export async function answer(office: Office, stands: Standing, statement: Statement): Promise<Asked> {
  const { question, stated, holding, items, on } = statement;
  const filled = withStanding(question, stated, standingFacts(stands, holding, items));
  if ('problems' in filled) return filled;
  const codes = Object.keys(question.judgements);
  const purpose = purposeIn(filled.facts);
  const judgements = await judgementsOn(office.database, codes, { holding: holding?.id ?? null, purpose, on });
  const whole = Object.keys(judgements).length > 0 ? { ...filled.facts, judgements } : filled.facts;
  const read = readFacts(question, question.schema, whole, on);
  if ('problems' in read) return read;
  // Where the policy keeps an item to other purposes, the answer is the one the checkpoint would give.
  const within = limits[question.id];
  const limited = within && purpose !== null ? limitedUse(stands, { items, purpose }) : null;
  const finding = question.decide(read.facts, on);
  return { facts: read.facts, finding: limited ? within!(finding as Finding, limited) : finding };
}

/** How a limit of the policy changes the answer, by question. */
const limits: Readonly<Record<string, typeof withinLimits | undefined>> = {
  use: useWithinLimits,
  provide: withinLimits,
};

/** The members of a consultation's log entry. The facts are left out, and even a hash of them: a name among the facts could be guessed from it. */
export const consultationSaid = (row: Omit<ConsultationRow, 'id' | 'at' | 'by_actor' | 'facts'>) => ({
  question: row.question,
  ...(row.holding_id ? { holding: row.holding_id } : {}),
  on: row.on_day,
  decision: decisionOf(row.finding, row.law_version, row.policy_version),
  sha256: contentHash(row.finding),
});

/** A kept consultation. */
export interface Kept {
  id: string;
  /** It was kept before: the form was sent twice. */
  repeated: boolean;
}

/**
 * Keeps a question with its facts and its answer. If it waits for a judgement, the others who may judge are told by mail. `shown`: the
 * first id of the instant at which the form was shown; what its sender has kept since with the same content is not kept again.
 */
export async function consult(
  room: Room,
  by: By,
  stands: Standing,
  statement: Statement,
  shown?: string,
): Promise<Outcome<Kept>> {
  const { office } = room;
  const asked = await answer(office, stands, statement);
  if ('problems' in asked) return failed({ kind: 'invalid', fields: asked.problems });
  const at = office.clock.now();
  const id = newId(at);
  const row: ConsultationRow = {
    id,
    at: new Date(at),
    by_actor: actorRef(by.actor),
    question: statement.question.id,
    holding_id: statement.holding?.id ?? null,
    on_day: statement.on,
    facts: withoutPersons(asked.facts),
    finding: asked.finding,
    law_version: LAW_VERSION,
    policy_version: stands.policy,
  };
  const entry = entryBy(by, at, 'consultation:keep', consultationSaid(row), id);
  return office.database.transaction(async (tx) => {
    const same = shown !== undefined && isId(shown) ? await sameConsultation(tx, row, shown) : null;
    if (same !== null) return done({ id: same, repeated: true });
    await keepConsultation(tx, row, appending([{ key: id, entry }]));
    const kept = done({ id, repeated: false });
    if (judgementsLacking(row.finding).length === 0) return kept;
    const judging = await staffWhoMay(room.access, 'judgements:write', tx);
    await tell(
      room,
      tx,
      'waiting',
      row,
      judging.filter(({ id: reader }) => `staff:${reader}` !== row.by_actor),
    );
    return kept;
  });
}

/**
 * Mails these members of staff about a consultation, in the transaction that it reports. That one waits is withdrawn once it is judged; that one was
 * judged stays true, whatever is judged later.
 */
async function tell(
  room: Room,
  tx: Tx,
  what: keyof typeof letters,
  { id, at }: ConsultationRow,
  readers: readonly StaffMember[],
): Promise<void> {
  const letter = { ...letters[what], number: stamp(at.getTime()), path: `/ask/consultations/${id}` };
  await mailStaff(room, tx, readers, () => letter, what === 'waiting' ? [id] : []);
}

/** The consultations an actor may see: their own, or all of them for those who may read the records. */
const seenBy = (actor: Actor, all: boolean): { by?: string } => (all ? {} : { by: actorRef(actor) });

export async function consultationOf(
  office: Office,
  actor: Actor,
  all: boolean,
  id: string,
): Promise<Outcome<ConsultationRow>> {
  const found = isId(id) ? await findConsultation(office.database, id) : null;
  const { by } = seenBy(actor, all);
  return found && (by === undefined || by === found.by_actor)
    ? done(found)
    : notFound(both('この相談はありません', 'There is no such consultation'));
}

export const consultations = (
  office: Office,
  actor: Actor,
  all: boolean,
  { before, ...query }: Omit<ConsultationQuery, 'by'>,
): Promise<ConsultationRow[]> =>
  listConsultations(office.database, {
    ...query,
    ...seenBy(actor, all),
    ...(before !== undefined && isId(before) ? { before } : {}),
  });

/** The judgements that a kept consultation waited for, recorded since, and today's answer to its facts with them. */
export interface JudgedSince {
  judgements: readonly (readonly [code: string, judgement: Judgement])[];
  finding: Finding<string>;
}

/** Today's answer to the facts of a consultation, once the officer has judged what it waited for; null before that. */
export const judgedSince = (office: Office, row: ConsultationRow): Promise<JudgedSince | null> =>
  answeredSince(row, office.clock.today(), (codes) => listJudgements(office.database, codes));

/** The same, with the judgements that `recorded` returns for the codes it is asked for, newest first. */
async function answeredSince(
  row: ConsultationRow,
  on: Day,
  recorded: (codes: readonly string[]) => Promise<readonly JudgementRow[]>,
): Promise<JudgedSince | null> {
  const question = questionOf(row.question);
  const read = question && readFacts(question, question.schema, row.facts, on);
  if (!question || !read || 'problems' in read) return null;
  const about = { consultation: row.id, holding: row.holding_id, purpose: purposeIn(row.facts), on };
  const judged = await decideAsJudged<Facts & { judgements?: Judgements }, Finding<string>>(
    question.decide,
    read.facts,
    on,
    async (codes) => judgementsFor(await recorded(codes), about),
  );
  const earlier = (row.facts.judgements ?? {}) as Judgements;
  const found = Object.entries(judged.facts.judgements ?? {}).flatMap(([code, one]) =>
    one && !(code in earlier) ? [[code, one] as const] : [],
  );
  return found.length > 0 ? { judgements: found, finding: judged.finding } : null;
}

/**
 * The kept consultations whose answer still lacks a judgement of the privacy officer, oldest first. A consultation that was judged does not wait
 * again after the last day of that judgement: it was answered.
 */
export async function consultationsWaiting(
  office: Office,
  on: Queryable = office.database,
): Promise<ConsultationRow[]> {
  const rows = (await lackingJudgement(on)).filter(({ question }) => questionOf(question));
  if (rows.length === 0) return [];
  const judgements = await listJudgements(on);
  const today = office.clock.today();
  const recorded = (codes: readonly string[]) => Promise.resolve(judgements.filter(({ code }) => codes.includes(code)));
  const waiting: ConsultationRow[] = [];
  for (const row of rows) {
    const since = row.judged ? await answeredSince(row, today, recorded) : null;
    if (!row.judged || (since && judgementsLacking(since.finding).length > 0)) waiting.push(row);
  }
  return waiting;
}

/** Every code that some question asks the officer to judge, with its words. */
export const judgementCodes = (): ReadonlyMap<string, Question['judgements'][string]> =>
  new Map(questions.flatMap(({ judgements }) => Object.entries(judgements)));

export type JudgementContent = Omit<Judged, 'by_actor' | 'on_day' | 'consultation_id'> &
  Partial<Pick<Judged, 'consultation_id'>>;

/** The members of a judgement's log entry. */
export const judgementSaid = (row: Omit<JudgementRow, 'id' | 'at' | 'by_actor'>) => ({
  judgement: row.code,
  ...(row.consultation_id ? { consultation: row.consultation_id } : {}),
  ...(row.holding_id ? { holding: row.holding_id } : {}),
  ...(row.purpose ? { purpose: row.purpose } : {}),
  judged: row.answer,
  on: row.on_day,
  until: row.until_day,
  // A hash of the reasons: they are about the law and not about a person.
  sha256: contentHash({ why: row.why }),
});

/** Records the officer's judgement, in force from today. The reasons stay in the row; the log holds what was judged, and how. */
export async function judge(
  office: Office,
  by: By,
  content: JudgementContent,
  on: Queryable = office.database,
): Promise<string> {
  const at = office.clock.now();
  const id = newId(at);
  const row: JudgementRow = {
    consultation_id: null,
    ...content,
    id,
    at: new Date(at),
    by_actor: actorRef(by.actor),
    on_day: dayOf(at),
  };
  const entry = entryBy(by, at, 'consultation:judge', judgementSaid(row), id);
  await keepJudgement(on, row, appending([{ key: id, entry }]));
  return id;
}

const isSameMatter = (one: JudgementContent, other: JudgementContent): boolean =>
  one.code === other.code &&
  (one.consultation_id ?? null) === (other.consultation_id ?? null) &&
  one.holding_id === other.holding_id &&
  one.purpose === other.purpose;

const isSame = (one: JudgementContent, other: JudgementContent): boolean =>
  one.answer === other.answer && one.why === other.why && one.until_day === other.until_day;

/**
 * Records a judgement, and mails those whose kept consultations it answers. `seen`: id of the newest judgement when the form was opened, '' if there
 * was none. Records nothing and returns a judgement of the same matter that was recorded since, unless it is the very same.
 */
export const judgeAndTell = (
  room: Room,
  by: By,
  content: JudgementContent,
  seen: string,
): Promise<JudgementRow | null> =>
  room.office.database.transaction(async (tx) => {
    await awaitJudgement(tx);
    const since = await listJudgements(tx, [content.code]);
    const first = since.find((one) => one.id > seen && isSameMatter(one, content));
    if (first) return first.by_actor === actorRef(by.actor) && isSame(first, content) ? null : first;
    const before = await consultationsWaiting(room.office, tx);
    await judge(room.office, by, content, tx);
    const waiting = new Set((await consultationsWaiting(room.office, tx)).map(({ id }) => id));
    const asking = await staffWhoMay(room.access, 'checkpoint:ask', tx);
    const over = before.filter(({ id }) => !waiting.has(id));
    for (const { id } of over) await withdrawLetters(tx, id, new Date(room.office.clock.now()));
    for (const answered of over.filter(({ by_actor }) => by_actor !== actorRef(by.actor)))
      await tell(
        room,
        tx,
        'judged',
        answered,
        asking.filter(({ id }) => `staff:${id}` === answered.by_actor),
      );
    return null;
  });

export const judgementsOf = (office: Office): Promise<JudgementRow[]> => listJudgements(office.database);
