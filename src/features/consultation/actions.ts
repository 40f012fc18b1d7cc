// Asking the checkpoint, keeping what was asked, and recording what the privacy officer judges. Asking handles nobody's information and is
// not logged; facts that cannot be read or contradict each other are refused by name and never decided.

import { both } from '../../base/bilingual.ts';
import { actorRef, type Actor } from '../../base/actor.ts';
import { day, dayOf, type Day } from '../../base/day.ts';
import type { Finding } from '../../base/finding.ts';
import { isId, newId } from '../../base/id.ts';
import { done, failed, notFound, type FieldProblem, type Outcome } from '../../base/outcome.ts';
import { LAW_VERSION, type Judgement, type Judgements } from '../../law/index.ts';
import { appending, contentHash, decisionOf } from '../../log/index.ts';
import type { Office } from '../../office.ts';
import type { Queryable } from '../../platform/database/index.ts';
import { entryBy, type By } from '../access/index.ts';
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
  findConsultation,
  keepConsultation,
  keepJudgement,
  listConsultations,
  listJudgements,
  type ConsultationQuery,
} from './store.ts';
import type { ConsultationRow, JudgementRow } from './tables.ts';

/** What somebody states, and about which of our holdings and which of its items. */
export interface Statement {
  question: Question;
  stated: Facts;
  holding: KnownHolding | null;
  items: readonly string[];
  on: Day;
}

export interface Answered {
  /** As stated, with what the office knows. */
  facts: Facts;
  finding: Finding<string>;
}

export type Asked = Answered | { problems: [FieldProblem, ...FieldProblem[]] };

const lawVersion = day(LAW_VERSION);

/** What the officer has judged of these codes, as far as it bears on something asked on a day. */
async function judgementsOn(on: Queryable, codes: readonly string[], about: JudgedAbout): Promise<Judgements> {
  return codes.length > 0 ? judgementsFor(await listJudgements(on, codes), about) : {};
}

/**
 * Decides a real handling, with what the officer has judged: looked up only where the law lacks it, which is seldom. The facts come back
 * with what was found.
 */
export async function decideJudged<F extends { judgements?: Judgements }>(
  on: Queryable,
  decide: (facts: F, on: Day) => Finding,
  facts: F,
  about: JudgedAbout,
): Promise<{ facts: F; finding: Finding }> {
  const finding = decide(facts, about.on);
  const codes = judgementsLacking(finding);
  if (codes.length === 0) return { facts, finding };
  const judged = { ...facts, judgements: await judgementsOn(on, codes, about) };
  return { facts: judged, finding: decide(judged, about.on) };
}

const purposeIn = ({ purpose }: Facts): string | null => (typeof purpose === 'string' ? purpose : null);

/** Puts a statement to the law, with what the office knows and what the officer has judged. */
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
  // What the policy keeps to other purposes is answered as the checkpoint would.
  const within = limits[question.id];
  const limited = within && purpose !== null ? limitedUse(stands, { items, purpose }) : null;
  const finding = question.decide(read.facts, on);
  return { facts: read.facts, finding: limited ? within!(finding as Finding, limited) : finding };
}

/** How a limit of the policy stands to the answer of a question. */
const limits: Readonly<Record<string, typeof withinLimits | undefined>> = {
  use: useWithinLimits,
  provide: withinLimits,
};

/** What the entry of a consultation says of it. Nothing of the facts, not even by a hash: a name among them could be guessed from that. */
export const consultationSaid = (row: Omit<ConsultationRow, 'id' | 'at' | 'by_actor' | 'facts'>) => ({
  question: row.question,
  ...(row.holding_id ? { holding: row.holding_id } : {}),
  on: row.on_day,
  decision: decisionOf(row.finding, row.law_version, row.policy_version),
  sha256: contentHash(row.finding),
});

/** Keeps a question with its facts and its answer. */
export async function consult(
  office: Office,
  by: By,
  stands: Standing,
  statement: Statement,
): Promise<Outcome<string>> {
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
    law_version: lawVersion,
    policy_version: stands.policy,
  };
  const entry = entryBy(by, at, 'consultation:keep', consultationSaid(row), id);
  await keepConsultation(office.database, row, appending([{ key: id, entry }]));
  return done(id);
}

/** Whose consultations somebody may see: their own; all of them, who reads the records. */
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

/** What a kept consultation waited for, as the officer has judged it since, and what the answer to its facts is with that. */
export interface JudgedSince {
  judgements: readonly (readonly [code: string, judgement: Judgement])[];
  finding: Finding<string>;
}

/** The answer of today to the facts of a consultation, once the officer has judged what it waited for; null before. */
export async function judgedSince(office: Office, row: ConsultationRow): Promise<JudgedSince | null> {
  const question = questionOf(row.question);
  const codes = question ? judgementsLacking(row.finding) : [];
  const on = office.clock.today();
  const about = { consultation: row.id, holding: row.holding_id, purpose: purposeIn(row.facts), on };
  const judgements = await judgementsOn(office.database, codes, about);
  const found = Object.entries(judgements).flatMap(([code, one]) => (one ? [[code, one] as const] : []));
  if (!question || found.length === 0) return null;
  const earlier = row.facts.judgements as Judgements | undefined;
  const whole = { ...row.facts, judgements: { ...earlier, ...judgements } };
  const read = readFacts(question, question.schema, whole, on);
  return 'problems' in read ? null : { judgements: found, finding: question.decide(read.facts, on) };
}

/** Every code that some question asks the officer to judge, in words. */
export const judgementCodes = (): ReadonlyMap<string, Question['judgements'][string]> =>
  new Map(questions.flatMap(({ judgements }) => Object.entries(judgements)));

export type JudgementContent = Omit<Judged, 'by_actor' | 'on_day' | 'consultation_id'> &
  Partial<Pick<Judged, 'consultation_id'>>;

/** What the entry of a judgement says of it. */
export const judgementSaid = (row: Omit<JudgementRow, 'id' | 'at' | 'by_actor'>) => ({
  judgement: row.code,
  ...(row.consultation_id ? { consultation: row.consultation_id } : {}),
  ...(row.holding_id ? { holding: row.holding_id } : {}),
  ...(row.purpose ? { purpose: row.purpose } : {}),
  judged: row.answer,
  on: row.on_day,
  until: row.until_day,
  // The reasons, which are about the law and not about a person.
  sha256: contentHash({ why: row.why }),
});

/** Records what the officer judges, from today on. The reasons stay in the row; the log holds that it was judged, and how. */
export async function judge(office: Office, by: By, content: JudgementContent): Promise<string> {
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
  await keepJudgement(office.database, row, appending([{ key: id, entry }]));
  return id;
}

export const judgementsOf = (office: Office): Promise<JudgementRow[]> => listJudgements(office.database);
