// Carries out what was decided. Each step is done once, whatever stops the process: it is recorded together with its effect, and running it again
// takes up what is left. It becomes an event of the request only when everything is done.

import { both, type Bilingual } from '../../../base/bilingual.ts';
import { dayOf, type Day } from '../../../base/day.ts';
import { conflict, done, invalid, type FieldProblem, type Outcome } from '../../../base/outcome.ts';
import type { StopArticle, SuspensionFacts, SuspensionReason } from '../../../law/index.ts';
import { append } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import type { Queryable, Tx } from '../../../platform/database/index.ts';
import { listed } from '../../../platform/ui/format.ts';
import type { Erasure, Values } from '../../../vault/index.ts';
import { entryBy, type By, type Room } from '../../access/index.ts';
import {
  correct,
  eraseAll,
  forgetStanding,
  held,
  standing,
  Undone,
  type ErasureGround,
  type Standing,
  type Suspended,
} from '../../checkpoint/index.ts';
import { object } from '../../consent/index.ts';
import { restrictsUse, stopOf } from '../facts/effect.ts';
import type { EventOf } from '../facts/event.ts';
import { inHolding, ownerIn, placed, stepFor, withPlaces } from '../facts/place.ts';
import { numberOf, type Request } from '../facts/request.ts';
import { isPart } from '../facts/result.ts';
import { letterDay } from '../letters/paper.ts';
import { insertEffect, isDone } from '../store/effects.ts';
import { findRequest, lockRequest } from '../store/requests.ts';
import { allSuspensions, insertSuspension, keptBefore, type KeptRow } from '../store/suspensions.ts';
import type { SuspensionRow } from '../tables.ts';
import { caseOf, type Case } from './cases.ts';
import { happen, keepDuring, mayHappen, overtaken, type Step } from './happen.ts';
import { latestPaper } from './papers.ts';
import type { Plan } from './decide.ts';
import { orderOf, takenFrom, unordered } from './others.ts';
import { reaching, type ReachingAction } from './reach.ts';
import { grownProblem, wholeProblem } from './collect.ts';
import { isMore } from './there.ts';
import { givenOf, tell, tellingsOf, tellingStep, type Given } from './told.ts';
import { keepFormer } from './former.ts';

const says = {
  unplanned: both('何を実施するかの記録がありません', 'There is no record of what is to be done'),
  nobody: both(
    'この人の情報は、決定の後に消去されました。直すものがないので、決め直してください',
    'This person’s information was erased after the decision. There is nothing to correct. Decide again',
  ),
  erased: (on: Day) =>
    both(
      `ご請求に関わる情報は、${letterDay(on, 'ja')}に、すでにすべて消去しています。`,
      `All the information that your request is about had already been erased on ${letterDay(on, 'en')}.`,
    ),
  erasedThere: (on: Day, ledgers: Bilingual) =>
    both(
      `ご請求に関わる情報のうち、${ledgers.ja}にあったものは、${letterDay(on, 'ja')}に、すでにすべて消去しています。`,
      `All the information in ${ledgers.en} that your request is about had already been erased on ${letterDay(on, 'en')}.`,
    ),
  dropped: both(
    'お求めの利用目的は、すでに当社の方針から除いています。この目的では、もう利用していません。',
    'The purpose you named is no longer in our policy. We do not use the information for it any more.',
  ),
};

/** What is stopped, as the checkpoint knows it. */
export const standingStops = async (on: Queryable): Promise<Suspended[]> =>
  (await allSuspensions(on)).map(({ principal_id, stops, article, purposes, recipients, from_day }) => ({
    principal: principal_id,
    stops,
    article,
    purposes,
    recipients,
    from: from_day,
  }));

/** Those who are still to be erased, as they were told, although no law requires their information any more (APPI 22). */
export const keptTooLong = ({ database, clock }: Pick<Office, 'database' | 'clock'>): Promise<KeptRow[]> =>
  keptBefore(database, clock.today());

/** What the steps work on. */
interface Work {
  desk: Room;
  by: By;
  known: Case;
  /** Id of the person whose record the step is about. */
  principal: string;
  plan: Plan;
  /** Ids of the requests that this one goes ahead of. */
  ahead: readonly string[];
}

/** Records in the transaction of an effect that the step is done; gets the log entry of the effect. */
type Ended = (tx: Tx, entry: string) => Promise<void>;

/** One step: its name, the action that its doer must be allowed, and how it is done; `run` returns the log entry of what it did. */
interface Doing {
  step: string;
  /** Id of the person whose record the step is about. */
  principal: string;
  may: ReachingAction;
  /** When a use is stopped: id of the purpose. */
  purpose?: string;
  run(work: Work, ended: Ended): Promise<Outcome<string>>;
}

/** A step that is done for each id of the person. */
type Whole = Omit<Doing, 'principal'>;

/** Corrects one place and keeps what stood there. An erasure in part keeps nothing of what it removes. */
const correction = (principal: string, { holding: place, ...change }: NonNullable<Plan['changes']>[number]): Doing => ({
  step: `correct:${place}`,
  principal,
  may: 'people:correct',
  run: async ({ desk, by, known: { row, request } }, ended) => {
    const record = async (tx: Tx, entry: string, before: Values): Promise<void> => {
      await ended(tx, entry);
      if (request.kind === 'correction') await keepFormer(desk, by, tx, { request: row.id, place, before });
    };
    const { holding } = inHolding(place);
    const whole = request.kind === 'erasure';
    const ask = { ...change, principal, holding, ground: 'request', whole, record } as const;
    const corrected = await correct(desk.office, by, ask);
    return corrected.ok ? done(corrected.value.decision) : corrected;
  },
});

/** Tells one recipient what was corrected. */
const telling = (principal: string, given: Given, changes: Plan['changes']): Doing => ({
  step: tellingStep(given),
  principal,
  may: 'people:provide',
  run: ({ desk, by, known: { row } }, ended) => tell({ desk, by, request: row.id, principal }, given, changes, ended),
});

const erasureGround: Record<Exclude<SuspensionReason, 'unlawful-provision'>, ErasureGround> = {
  'unlawful-handling': 'request-unlawful',
  'no-longer-needed': 'request-unneeded',
  breach: 'request-breach',
  'may-harm': 'request-harm',
};

/** Erases everything; doing it twice has the same outcome. The law gives no erasure for an unlawful provision. */
const erasure = (reason: SuspensionReason): Whole => ({
  step: 'erase',
  may: 'people:erase',
  run: async ({ desk, by, principal, known: { request } }, record) => {
    const ground = erasureGround[reason as keyof typeof erasureGround];
    // What came since is not erased with the rest: the person may have given it for something new.
    const unless = ({ held: kept }: Erasure): FieldProblem | null => {
      const there = (kept ?? []).map((one) => ({ ...one, principal }));
      return grownProblem({ grown: isMore(placed(there, request.collected), request) });
    };
    const erased = await eraseAll(desk.office, by, { principal, ground, unless, record });
    return erased.ok ? done(erased.value.entry) : erased;
  },
});

type Reach =
  | { scope: 'everything' | 'provision' }
  | { scope: 'purpose'; id: string }
  | { scope: 'recipient'; id: string };

/** Records an objection of the person in the register of consents, which ends every earlier consent as far as it reaches. */
const objection = (reach: Reach): Whole => {
  const id = 'id' in reach ? reach.id : null;
  return {
    step: ['object', reach.scope, ...(id === null ? [] : [id])].join(':'),
    may: 'consents:write',
    ...(reach.scope === 'purpose' ? { purpose: reach.id } : {}),
    run: async ({ desk: { office }, by, known, principal }, record) => {
      const made = await object(office, by, {
        principal,
        scope: reach.scope,
        purpose: reach.scope === 'purpose' ? id : null,
        recipient: reach.scope === 'recipient' ? id : null,
        said: { on: office.clock.today(), at: null },
        evidence: numberOf(known.row),
        request: known.row.id,
        record,
      });
      return made.ok ? done(made.value.row.id) : made;
    },
  };
};

/** The id whose record a ledger keeps. Throws when there is none: a plan changes only what was collected (`planProblems`). */
function ownerOf(request: Request, holding: string): string {
  const owner = ownerIn(request, holding);
  if (owner === null) throw new Error('desk: a plan changes what was collected');
  return owner;
}

const correctionsOf = (request: Request, { changes = [] }: Plan): Doing[] =>
  changes.map((change) => correction(ownerOf(request, change.holding), change));

const tellings = (request: Request, plan: Plan, given: readonly Given[]): Doing[] =>
  tellingsOf(given, plan).map((one) => telling(ownerOf(request, one.holding), one, plan.changes));

/** The steps of a granted request that are done for each id of the person, in their order. */
function wholeSteps({ kind, decided }: Request, plan: Plan): Whole[] {
  const result = decided?.result;
  const isErasedInPart = kind === 'erasure' && isPart(result);
  if (result === 'otherwise' || isErasedInPart)
    return restrictsUse(decided) ? [objection({ scope: 'everything' })] : [];
  if (kind === 'erasure') {
    const { reason } = (decided?.facts ?? {}) as SuspensionFacts;
    return reason ? [erasure(reason)] : [];
  }
  if (kind === 'stop-use') {
    return isPart(result)
      ? (plan.purposes ?? []).map((id) => objection({ scope: 'purpose', id }))
      : [objection({ scope: 'everything' })];
  }
  return isPart(result)
    ? (plan.recipients ?? []).map((id) => objection({ scope: 'recipient', id }))
    : [objection({ scope: 'provision' })];
}

/** The steps of a granted request, in their order. */
function stepsOf(request: Request, plan: Plan, given: readonly Given[]): Doing[] {
  const { kind, decided } = request;
  if (kind === 'correction') return [...correctionsOf(request, plan), ...tellings(request, plan, given)];
  const { principals } = request.specified!;
  const whole = wholeSteps(request, plan).flatMap((doing) =>
    principals.map((principal) => ({ ...doing, principal, step: stepFor(principals, doing.step, principal) })),
  );
  return kind === 'erasure' && isPart(decided?.result) ? [...correctionsOf(request, plan), ...whole] : whole;
}

/** What may no longer be used or provided once the request is carried out; null when nothing is stopped. */
function suspensionOf(
  { row, request }: Case,
  plan: Plan,
  of: { principal: string; on: Day; entry: string; at: Date },
): SuspensionRow | null {
  const { kind, decided } = request;
  const stops = stopOf(request);
  if (!stops) return null;
  const whole = !isPart(decided?.result);
  return {
    request_id: row.id,
    principal_id: of.principal,
    stops,
    purposes: kind === 'stop-use' && !whole ? [...(plan.purposes ?? [])] : null,
    recipients: kind === 'stop-provision' && !whole ? [...(plan.recipients ?? [])] : null,
    // The first ground of a claim that is met is the paragraph under which it is met.
    article: decided!.finding!.because[0].article as StopArticle,
    from_day: of.on,
    entry_id: of.entry,
    at: of.at,
  };
}

/**
 * Counts a step as done that has nothing left to do, because what it was to stop or remove is gone already. The reason is told to the person (34(3),
 * 35(7)) and is on record together with the erasure it follows from, if any.
 */
const nothingLeft =
  (step: string, why: Bilingual, erasure: string | null): Doing['run'] =>
  ({ desk, by, principal, known: { row, request } }, ended) =>
    desk.office.database.transaction(async (tx) => {
      const subjects = { request: row.id, principal, ...(erasure ? { erasure } : {}) };
      const entry = entryBy(by, desk.office.clock.now(), 'desk:nothing-left', subjects);
      await append(tx, entry);
      await ended(tx, entry.id);
      const text = why[request.lang];
      await keepDuring(desk, by, tx, { request: row.id, of: {}, kind: 'reason', about: step, text });
      return done(entry.id);
    });

/** The erasures of the person, by id. */
export async function erasuresOf(office: Office, { specified }: Request): Promise<ReadonlyMap<string, Erasure>> {
  const erased = new Map<string, Erasure>();
  for (const principal of specified?.principals ?? []) {
    const about = await held(office, principal);
    if (about.ok && 'entry' in about.value) erased.set(principal, about.value);
  }
  return erased;
}

/** What the person is told of an earlier erasure: its day and, when they have several ids, the ledgers. */
function erasedBefore(request: Request, { holdings }: Standing, principal: string, { at }: Erasure): Bilingual {
  const on = dayOf(at.getTime());
  const names = (request.collected?.holdings ?? [])
    .filter((one) => one.principal === principal)
    .flatMap(({ holding }) => holdings.get(holding)?.name ?? []);
  if (request.specified?.principals.length === 1 || names.length === 0) return says.erased(on);
  const ja = names.map((name) => `「${name.ja}」`).join('');
  return says.erasedThere(
    on,
    both(
      ja,
      listed(
        names.map((name) => `“${name.en}”`),
        'en',
      ),
    ),
  );
}

/** The steps; those that became needless since the decision do nothing, because the person was erased or the policy dropped the purpose. */
const stepsLeft = (
  steps: readonly Doing[],
  request: Request,
  erasures: ReadonlyMap<string, Erasure>,
  stands: Standing,
): Doing[] =>
  steps.map((doing) => {
    const { step, may, principal, purpose } = doing;
    const erasure = erasures.get(principal);
    if (erasure && may !== 'people:erase')
      return { ...doing, run: nothingLeft(step, erasedBefore(request, stands, principal, erasure), erasure.entry) };
    return purpose === undefined || stands.purposes.has(purpose)
      ? doing
      : { ...doing, run: nothingLeft(step, says.dropped, null) };
  });

/** Thrown to undo a step when the request has moved on, as it may have been decided anew. */
class Overtaken extends Error {}

/** Does a step unless it is done already. That it is done is written in the transaction of its effect, so that of two at once one is undone. */
async function doOnce(work: Work, { step, may, run }: Doing): Promise<Outcome<string>> {
  const { office } = work.desk;
  const { row, effects, request } = work.known;
  const changes = may === 'people:erase' || may === 'people:correct';
  const before = effects.find((one) => one.step === step);
  if (before) return done(before.entry_id);
  const at = new Date(office.clock.now());
  try {
    return await run(work, async (tx, entry) => {
      await insertEffect(tx, { request_id: row.id, step, entry_id: entry, at });
      if ((await lockRequest(tx, row.id))?.last !== request.last) throw new Overtaken();
      // The person is locked by now, so that no request comes to reach them (`specify`).
      const others = changes ? await takenFrom(tx, work.known) : [];
      if (others.some(({ id }) => !work.ahead.includes(id))) throw new Undone(unordered(others));
    });
  } catch (error) {
    if (error instanceof Undone) return error.outcome;
    if (!isDone(error) && !(error instanceof Overtaken)) throw error;
  }
  // At the same moment somebody else did this step, or something else with the request.
  const now = await caseOf(work.desk, work.known.row.id);
  const other = now.ok && now.value.effects.find((one) => one.step === step);
  return other ? done(other.entry_id) : overtaken;
}

/** Records why this request goes ahead of others, before anything is done. */
const keepOrder = (
  desk: Room,
  by: By,
  { row }: Case,
  { why, ahead }: { why: string; ahead: string[] },
): Promise<void> =>
  desk.office.database.transaction((tx) =>
    keepDuring(desk, by, tx, { request: row.id, of: { ahead_of: ahead }, kind: 'reason', about: 'ahead', text: why }),
  );

/** Why there is no plan: the decision was taken back a moment ago, and the plan with it; otherwise it is lost. */
async function unplanned({ database }: Office, { row, request }: Case): Promise<Outcome<never>> {
  const now = await findRequest(database, row.id);
  return now?.last === request.last ? conflict('event', says.unplanned) : overtaken;
}

/**
 * Carries out what was decided. A step that fails returns its problem, and what is done stays done: running it again goes on from there. The use or
 * provision is stopped in the transaction that makes it an event. `ahead`: why this is done before another request of the person is answered that
 * loses something by it; kept sealed before anything is done.
 */
export async function carryOut(
  desk: Room,
  by: By,
  id: string,
  step: Step,
  { ahead: why = '' }: { ahead?: string | undefined } = {},
): Promise<Outcome<Case>> {
  const { office } = desk;
  const on = office.clock.today();
  const empty: EventOf<'carried-out'> = { event: 'carried-out', on, entries: [] };
  const ready = await mayHappen(desk, by, id, step, () => empty);
  if (!ready.ok) return ready;
  const { known, repeated } = ready.value;
  if (repeated) return done(known);
  const incomplete = wholeProblem(known) ?? grownProblem(known.since);
  if (incomplete) return invalid(incomplete.field, incomplete.says);
  const order = await orderOf(desk, by, known, why);
  if (!order.ok) return order;
  const ahead = order.value;
  const { principals } = known.request.specified ?? { principals: [] };
  const planned = await latestPaper(office.database, office, known.row, 'change');
  if (principals.length === 0 || planned === null) return await unplanned(office, known);
  const plan = JSON.parse(planned) as Plan;
  const given = plan.tell?.length ? await givenOf(office, known.request) : [];
  const all = stepsOf(known.request, plan, given);
  const erasures = await erasuresOf(office, known.request);
  // A correction cannot be confirmed for what is no longer there; a stop of use or provision can.
  if (
    known.request.kind === 'correction' &&
    known.effects.length === 0 &&
    all.some((one) => erasures.has(one.principal))
  )
    return conflict('event', says.nobody);
  const steps = stepsLeft(all, known.request, erasures, withPlaces(await standing(office), known.request));
  const entries: string[] = [];
  const doers: By[] = [];
  for (const { may, principal } of steps) {
    const doer = await reaching(desk, by, may, [principal]);
    if (!doer.ok) return doer;
    doers.push(doer.value);
  }
  if (ahead.length > 0) await keepOrder(desk, by, known, { why, ahead });
  for (const [i, doing] of steps.entries()) {
    const did = await doOnce({ desk, by: doers[i]!, known, principal: doing.principal, plan, ahead }, doing);
    if (!did.ok) return did;
    entries.push(did.value);
  }
  const carried = await happen(desk, by, id, step, () =>
    done({
      event: { ...empty, entries, ...(ahead.length > 0 ? { ahead } : {}) },
      effect: async (tx, entry) => {
        const at = new Date(office.clock.now());
        for (const principal of principals) {
          const row = suspensionOf(known, plan, { principal, on, entry, at });
          if (row) await insertSuspension(tx, row);
        }
      },
      subjects: { effects: entries.length, ...(ahead.length > 0 ? { ahead_of: ahead } : {}) },
    }),
  );
  forgetStanding(office);
  return carried;
}
