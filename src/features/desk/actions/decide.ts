// Decides a request. The facts that somebody established go to the law's function for the kind, together with what the desk knows; the finding and
// its result are kept. Deciding anything but a full grant needs the authority to refuse.

import { both, type Bilingual } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import type { Finding } from '../../../base/finding.ts';
import {
  conflict,
  done,
  fieldOutcome,
  forbidden,
  invalid,
  type FieldProblem,
  type Outcome,
} from '../../../base/outcome.ts';
import {
  correctionContradictions,
  decideCorrection,
  decideDisclosure,
  decidePurposeNotice,
  decideSuspension,
  disclosureContradictions,
  LAW_VERSION,
  purposeNoticeContradictions,
  suspensionContradictions,
  type CorrectionFacts,
  type DisclosureFacts,
  type FeeFacts,
  type InformationKind,
  type PurposeNoticeFacts,
  type SuspensionFacts,
} from '../../../law/index.ts';
import { day } from '../../../base/day.ts';
import { decisionOf } from '../../../log/index.ts';
import type { By, Room } from '../../access/index.ts';
import { informationOf, standing, type SharingSaid, type Standing } from '../../checkpoint/index.ts';
import { toCarryOut } from '../facts/effect.ts';
import type { Acts, Review } from '../facts/event.ts';
import { hasEffect, looksAtPerson, type Kind } from '../facts/kind.ts';
import { withPlaces } from '../facts/place.ts';
import type { Request } from '../facts/request.ts';
import { explains, isRefusal, resultOf, type Result } from '../facts/result.ts';
import { itemFacts } from '../facts/review.ts';
import { caseOf, type Case } from './cases.ts';
import { happen, madeBefore, ofDecision, overtaken, type Happening, type Step } from './happen.ts';
import { latestPaper, type Paper } from './papers.ts';
import { changedProblem, grownProblem, reviewsNow, wholeProblem } from './collect.ts';
import { withoutLaw } from './event-words.ts';
import { doneProblems, mergedChanges, planProblems } from './plan.ts';
import { isPartOfMeasures } from './measures.ts';
import { abroadOnSystem, thereNow } from './there.ts';
import { tellProblems } from './told.ts';

/** The facts that somebody has to establish before a request is decided. The desk knows the rest. */
export type Stated = Partial<
  Pick<DisclosureFacts, 'existenceHarms' | 'otherLaw' | 'method' | 'methodDifficult' | 'impedes'> &
    Pick<PurposeNoticeFacts, 'clear' | 'noticeException'> &
    Pick<CorrectionFacts, 'content' | 'inquiry' | 'purposeNeeds' | 'otherProcedure'> &
    Pick<SuspensionFacts, 'reason' | 'found' | 'substitute' | 'keeping'>
>;

const suspension = ['reason', 'found', 'substitute'] as const;

/** The facts that are stated for each kind. */
export const statedFor: Record<Kind, readonly (keyof Stated)[]> = {
  disclosure: ['existenceHarms', 'otherLaw', 'method', 'methodDifficult'],
  'record-disclosure': ['existenceHarms', 'otherLaw', 'method', 'methodDifficult'],
  'foreign-information': ['impedes'],
  'purpose-notice': ['clear', 'noticeException'],
  correction: ['content', 'inquiry', 'purposeNeeds', 'otherProcedure'],
  'stop-use': suspension,
  erasure: [...suspension, 'keeping'],
  'stop-provision': suspension,
  consultation: [],
};

/** What changes in one place. */
export interface Change extends SharingSaid {
  holding: string;
  items: Readonly<Record<string, string | null>>;
}

/** What is done when the request is granted, beyond what its kind says. */
export interface Plan {
  /** Of a correction or an erasure in part: new values by item; null removes the item. */
  changes?: readonly Change[] | undefined;
  /** Of a use that is stopped in part: ids of purposes. */
  purposes?: readonly string[] | undefined;
  /** Of a provision that is stopped in part: ids of recipients. */
  recipients?: readonly string[] | undefined;
  /** Of a correction: ids of recipients that were given what is wrong and are told of it, because the person asks for that. */
  tell?: readonly string[] | undefined;
  /** The other measures in place of the one asked for. */
  measures?: string | undefined;
  /** Of the measures of recipients abroad that are told in part: the items that are kept back (Rules 18(3)). */
  untold?: readonly { recipient: string; items: readonly string[] }[] | undefined;
}

export interface DecideAsk {
  facts: Stated;
  /** The reasons, which the person is told; of a consultation without an address to answer to, what is done about it and why. Sealed. */
  reason: string;
  plan: Plan;
  /** Of a consultation: what is answered. Sealed. */
  answer: string;
  /** Whether the caller may decide refusals. */
  mayRefuse: boolean;
}

const says = {
  stranger: both('この事実は、この種類の請求に関わりません', 'This fact does not belong to this kind of request'),
  reason: both('理由を書いてください', 'Write down the reasons'),
  answer: both('回答を書いてください', 'Write the answer'),
  handling: both('どう対応するかと、その理由を書いてください', 'Write what is done about it, and why'),
  officer: both(
    '求めのとおりにしない決定は、個人情報保護管理者が行います',
    'A decision that is not as requested is made by the privacy officer',
  ),
} satisfies Record<string, Bilingual>;

/** The fee that is kept, as a fact for the law: at most what is due, since the rest goes back; when none is due, whatever came. */
function feeOf({ fee }: Request): FeeFacts | null {
  const here = fee.received - fee.returned;
  const published = fee.due + fee.waived > 0;
  const yen = published ? Math.min(here, fee.due) : here;
  return yen > 0 ? { yen, published, reasonable: true } : null;
}

/** What kind of information was collected. */
function informationFor({ scope, collected }: Request, stands: Standing): InformationKind {
  if (scope === 'my-number') return 'my-number';
  const special = (collected?.holdings ?? []).some(({ holding, items }) => {
    const known = stands.holdings.get(holding);
    return known !== undefined && informationOf(known, items) === 'special-care';
  });
  return special ? 'special-care' : 'personal';
}

interface Asked {
  facts: object;
  finding: Finding;
  contradictions: FieldProblem[];
}

function disclosure(request: Request, known: DisclosureFacts, reviews: readonly Review[], on: Day): Asked {
  const records = request.kind === 'record-disclosure';
  const facts: DisclosureFacts = {
    ...known,
    what: records ? 'records' : 'data',
    ...(records ? { recordUnder: '29(1)' as const } : {}),
    ...itemFacts(reviews),
    ...(known.method === undefined && request.method ? { method: request.method } : {}),
  };
  return { facts, finding: decideDisclosure(facts, on), contradictions: disclosureContradictions(facts) };
}

/** Asks the law's function for the kind of a request. */
async function askLaw(desk: Room, request: Request, stated: Stated): Promise<Asked> {
  const { office } = desk;
  const on = office.clock.today();
  const information = informationFor(request, withPlaces(await standing(office), request));
  const known = { ...stated, information, fee: feeOf(request) };
  const { principals } = request.specified ?? { principals: [] };
  const there = await thereNow(office, request);
  const retained = there.length > 0;
  switch (request.kind) {
    case 'disclosure':
    case 'record-disclosure':
      return disclosure(request, known, await reviewsNow(desk, request), on);
    case 'foreign-information': {
      const exists = (await abroadOnSystem(office, principals)).length > 0;
      const facts: DisclosureFacts = { ...known, what: 'foreign-measures', exists };
      return { facts, finding: decideDisclosure(facts, on), contradictions: disclosureContradictions(facts) };
    }
    case 'purpose-notice': {
      const facts: PurposeNoticeFacts = { ...known, retained };
      return { facts, finding: decidePurposeNotice(facts, on), contradictions: purposeNoticeContradictions(facts) };
    }
    case 'correction': {
      const facts: CorrectionFacts = { ...known, raisedBy: 'principal', retained };
      return { facts, finding: decideCorrection(facts, on), contradictions: correctionContradictions(facts) };
    }
    case 'stop-use':
    case 'erasure':
    case 'stop-provision': {
      const facts: SuspensionFacts = {
        ...known,
        asks: request.kind,
        ...(principals.length === 0 ? { found: 'none' } : {}),
      };
      return { facts, finding: decideSuspension(facts, on), contradictions: suspensionContradictions(facts) };
    }
    case 'consultation':
      throw new Error('desk: the law is not asked about a consultation');
  }
}

const lawVersion = day(LAW_VERSION);

/**
 * Writes a decision. A new decision leaves only the event of the earlier one, and is written only if no step was carried out since it was prepared.
 */
const writeDecision = (desk: Room, by: By, { row, effects }: Case, step: Step, decision: Happening) =>
  happen(desk, by, row.id, step, (now) =>
    now.effects.length === effects.length
      ? done({ ...decision, drop: [...ofDecision, ...(decision.drop ?? [])] })
      : overtaken,
  );

/** What was decided about a consultation while there was no address to answer to. It is kept beside a later answer. */
const ofHandling = { kind: 'reason', about: 'handled' } as const;

/** The decision of a consultation is its answer or, where there is no address to answer to, what is done about it (40). */
function decideConsultation(
  desk: Room,
  by: By,
  known: Case,
  step: Step,
  { answer, reason }: DecideAsk,
): Promise<Outcome<Case>> | Outcome<never> {
  const on = desk.office.clock.today();
  if (known.request.unreachable) {
    if (reason.trim() === '') return invalid('reason', says.handling);
    const event = { event: 'decided', on, result: 'handled', facts: {}, finding: null } as const;
    const papers = [{ ...ofHandling, text: reason }];
    return writeDecision(desk, by, known, step, { event, papers, drop: [ofHandling], subjects: { result: 'handled' } });
  }
  if (answer.trim() === '') return invalid('answer', says.answer);
  return writeDecision(desk, by, known, step, {
    event: { event: 'decided', on, result: 'answered', facts: {}, finding: null },
    papers: [{ kind: 'answer', text: answer }],
    subjects: { result: 'answered' },
  });
}

/** What the law says of a request with these facts, without deciding it; `result` is null while it cannot say. */
export async function lawOn(
  desk: Room,
  { request }: Case,
  stated: Stated,
): Promise<Outcome<{ facts: object; finding: Finding; result: Result | null }>> {
  const allowed = statedFor[request.kind];
  const strangers = Object.keys(stated).filter((fact) => !(allowed as readonly string[]).includes(fact));
  const wrong = fieldOutcome(strangers.map((fact) => ({ field: `facts.${fact}`, says: says.stranger })));
  if (wrong) return wrong;
  const { facts, finding, contradictions } = await askLaw(desk, request, stated);
  const impossible = fieldOutcome(
    contradictions.map(({ field, says: what }) => ({ field: `facts.${field}`, says: what })),
  );
  if (impossible) return impossible;
  return done({ facts, finding, result: looksAtPerson(request.kind) ? resultOf(request.kind, finding) : null });
}

/** The facts that a finding lacks, as problems of their fields. */
export const lackingIn = (finding: Finding): FieldProblem[] =>
  finding.answer === 'unknown'
    ? finding.missing.map(({ fact, says: what }) => ({ field: `facts.${fact}`, says: what }))
    : [];

/** As `lawOn`, for a decision: facts that the law lacks are problems of their fields. */
async function preview(desk: Room, known: Case, stated: Stated): Promise<Outcome<Previewed>> {
  const asked = await lawOn(desk, known, stated);
  if (!asked.ok) return asked;
  const { facts, finding, result } = asked.value;
  if (finding.answer === 'unknown' || result === null) {
    return fieldOutcome(lackingIn(finding)) ?? conflict('facts', says.stranger);
  }
  return done({ facts, finding, result });
}

type Previewed = { facts: object; finding: Finding; result: Result };

/** What prevents a decision; `plan` as it would be carried out. */
async function problemsOf(
  desk: Room,
  known: Case,
  asked: Previewed,
  { ask, plan }: { ask: DecideAsk; plan: Plan },
): Promise<FieldProblem[]> {
  const { office } = desk;
  const { row, request, effects } = known;
  const { kind } = request;
  const done = new Set(effects.map(({ step }) => step));
  const before = done.size > 0 ? await latestPaper(office.database, office, row, 'change') : null;
  const acts = toCarryOut({ kind, decided: { ...asked, on: office.clock.today() } });
  return [
    ...(explains(kind, asked.result) && ask.reason.trim() === '' ? [{ field: 'reason', says: says.reason }] : []),
    ...[grownProblem(known.since), changedProblem(known.since)].flatMap((problem) => problem ?? []),
    ...doneProblems(effects, JSON.parse(before ?? '{}') as Plan, { plan, acts }),
    ...(await planProblems(office, request, asked, { plan: ask.plan, done })),
    ...(kind === 'correction' ? await tellProblems(office, request, plan) : []),
  ];
}

/** What a plan changes, without the new content. */
const actsOf = ({ changes = [], purposes = [], recipients = [] }: Plan): Acts => ({
  changes: changes.map(({ holding, items }) => ({
    holding,
    set: Object.keys(items).filter((item) => items[item] !== null),
    taken: Object.keys(items).filter((item) => items[item] === null),
  })),
  purposes,
  recipients,
});

/**
 * Decides a request. The law answers with the facts that were established; its finding is kept with its result. Problems name the facts that are
 * missing and the parts of the plan that cannot be carried out. A request may be decided anew until it is carried out or told.
 */
export async function decide(desk: Room, by: By, id: string, step: Step, ask: DecideAsk): Promise<Outcome<Case>> {
  const { office } = desk;
  const known = await caseOf(desk, id);
  if (!known.ok) return known;
  const made = madeBefore(office, by, known.value, step);
  if (made) return made;
  const { request } = known.value;
  if (!looksAtPerson(request.kind)) return decideConsultation(desk, by, known.value, step, ask);
  const incomplete = wholeProblem(known.value);
  if (incomplete) return invalid(incomplete.field, incomplete.says);
  const asked = await preview(desk, known.value, ask.facts);
  if (!asked.ok) return asked;
  const { facts, finding, result } = asked.value;
  // Taking back a refusal needs the same authority.
  const refuses = isRefusal(result) || (request.decided !== null && isRefusal(request.decided.result));
  if (refuses && !ask.mayRefuse) return forbidden(says.officer);
  const plan: Plan = { ...ask.plan, ...(ask.plan.changes ? { changes: mergedChanges(ask.plan.changes) } : {}) };
  const wrong = fieldOutcome(await problemsOf(desk, known.value, asked.value, { ask, plan }));
  if (wrong) return wrong;
  const { facts: bare, law } = withoutLaw(facts);
  const papers: Paper[] = [
    ...(ask.reason.trim() === '' ? [] : [{ kind: 'reason' as const, about: 'decided', text: ask.reason }]),
    ...(law === undefined ? [] : [{ kind: 'keeping' as const, about: 'decided', text: law }]),
    ...(hasEffect(request.kind) || isPartOfMeasures(request, result)
      ? [{ kind: 'change' as const, text: JSON.stringify(plan) }]
      : []),
  ];
  const { policy } = await standing(office);
  return writeDecision(desk, by, known.value, step, {
    event: {
      event: 'decided',
      on: office.clock.today(),
      result,
      facts: bare,
      finding,
      ...(hasEffect(request.kind) ? { acts: actsOf(plan) } : {}),
    },
    papers,
    subjects: { result, decision: decisionOf(finding, lawVersion, policy) },
  });
}
