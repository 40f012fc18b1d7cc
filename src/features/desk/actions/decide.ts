// What is decided about a request: the facts that somebody established go to the law's function of the kind, together with what the desk knows;
// the finding and its result are kept. Whoever decides anything but a full grant needs the authority to refuse.

import { both, type Bilingual } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import type { Finding } from '../../../base/finding.ts';
import { done, failed, type FieldProblem, type Outcome } from '../../../base/outcome.ts';
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
import type { Office } from '../../../office.ts';
import type { By } from '../../access/index.ts';
import { fieldOutcome, informationOf, standing, type Standing } from '../../checkpoint/index.ts';
import {
  anythingHeld,
  explains,
  extentsOf,
  hasEffect,
  isRefusal,
  looksAtPerson,
  resultOf,
  type Kind,
  type Request,
  type Result,
  type Review,
} from '../facts.ts';
import { caseOf, fieldInvalid, hasHappened, simply, type Case, type Desk, type Paper, type Step } from './cases.ts';
import { abroadOnSystem } from './collect.ts';
import { tellProblems } from './told.ts';

/** What somebody has to establish before a request of a kind is decided. The rest the desk knows. */
export type Stated = Partial<
  Pick<DisclosureFacts, 'existenceHarms' | 'otherLaw' | 'method' | 'methodDifficult' | 'impedes'> &
    Pick<PurposeNoticeFacts, 'clear' | 'noticeException'> &
    Pick<CorrectionFacts, 'content' | 'inquiry' | 'purposeNeeds' | 'otherProcedure'> &
    Pick<SuspensionFacts, 'reason' | 'found' | 'substitute' | 'keeping'>
>;

const suspension = ['reason', 'found', 'substitute'] as const;

/** Which facts are stated for a kind. */
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

/** What is done when the request is granted, as far as the kind alone does not say it. */
export interface Plan {
  /** Of a correction, and of an erasure in part: new values by item; null takes the item out. */
  changes?: readonly { holding: string; items: Readonly<Record<string, string | null>> }[] | undefined;
  /** Of a use that is stopped in part: ids of purposes. */
  purposes?: readonly string[] | undefined;
  /** Of a provision that is stopped in part: ids of recipients. */
  recipients?: readonly string[] | undefined;
  /** Of a correction: ids of recipients that were given what is wrong and are told, because the person asks for it. */
  tell?: readonly string[] | undefined;
  /** The other measures in place of the one asked for. */
  measures?: string | undefined;
}

export interface DecideAsk {
  facts: Stated;
  /** Why it comes out so; the person is told. Sealed. */
  reason: string;
  plan: Plan;
  /** Of a consultation: what is answered. Sealed. */
  answer: string;
  /** Whoever decides may refuse. */
  mayRefuse: boolean;
}

const says = {
  stranger: both('この種類の請求の事実ではありません', 'This is no fact of this kind of request'),
  reason: both('理由を書いてください', 'Write down the reasons'),
  answer: both('回答を書いてください', 'Write the answer'),
  officer: both(
    '請求どおりにしない決定は、個人情報保護管理者が行います',
    'Only the privacy officer decides anything but a full grant',
  ),
  changes: both('直す項目と内容を書いてください', 'Write what is to be changed'),
  strange: both('集めた情報にない項目です', 'This is not among what was collected'),
  taken: both('消去では、新しい内容を書けません', 'An erasure writes nothing new'),
  purposes: both('止める利用目的を選んでください', 'Choose the purposes to stop'),
  recipients: both('止める提供先を選んでください', 'Choose the recipients to stop'),
  measures: both('代わりの措置を書いてください', 'Write the measures taken instead'),
} satisfies Record<string, Bilingual>;

/** The fee that is kept, as the law asks about it: what is due, as more goes back; where none is due, whatever came. */
function feeOf({ fee }: Request): FeeFacts | null {
  const here = fee.received - fee.returned;
  const yen = fee.due > 0 ? Math.min(here, fee.due) : here;
  return yen > 0 ? { yen, published: fee.due > 0, reasonable: true } : null;
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

/** Records are shown unless somebody decided otherwise about one of them. */
const wholeOf = ({ collected, reviews }: Request): Review[] =>
  (collected?.holdings ?? []).flatMap(({ holding, items }) =>
    items.map(
      (item): Review =>
        reviews.find((one) => one.holding === holding && one.item === item) ?? {
          holding,
          item,
          decision: 'disclose',
          ground: null,
        },
    ),
  );

function disclosure(request: Request, known: DisclosureFacts, on: Day): Asked {
  const { kind, reviews } = request;
  const records = kind === 'record-disclosure';
  const decisions = records ? wholeOf(request) : reviews;
  const exists = request.specified?.principal !== null && anythingHeld(decisions);
  const facts: DisclosureFacts = {
    ...known,
    what: records ? 'records' : 'data',
    exists,
    ...(records ? { recordUnder: '29(1)' as const } : {}),
    ...(exists ? extentsOf(decisions) : {}),
    ...(known.method === undefined && request.method ? { method: request.method } : {}),
  };
  return { facts, finding: decideDisclosure(facts, on), contradictions: disclosureContradictions(facts) };
}

/** Puts a request to the law's function of its kind. */
async function askLaw(office: Office, request: Request, stated: Stated): Promise<Asked> {
  const on = office.clock.today();
  const information = informationFor(request, await standing(office));
  const known = { ...stated, information, fee: feeOf(request) };
  const principal = request.specified?.principal ?? null;
  switch (request.kind) {
    case 'disclosure':
    case 'record-disclosure':
      return disclosure(request, known, on);
    case 'foreign-information': {
      const exists = principal !== null && (await abroadOnSystem(office, principal)).length > 0;
      const facts: DisclosureFacts = { ...known, what: 'foreign-measures', exists };
      return { facts, finding: decideDisclosure(facts, on), contradictions: disclosureContradictions(facts) };
    }
    case 'purpose-notice': {
      const facts: PurposeNoticeFacts = { ...known, retained: principal !== null };
      return { facts, finding: decidePurposeNotice(facts, on), contradictions: purposeNoticeContradictions(facts) };
    }
    case 'correction': {
      const facts: CorrectionFacts = { ...known, raisedBy: 'principal', retained: principal !== null };
      return { facts, finding: decideCorrection(facts, on), contradictions: correctionContradictions(facts) };
    }
    case 'stop-use':
    case 'erasure':
    case 'stop-provision': {
      const facts: SuspensionFacts = { ...known, asks: request.kind, ...(principal === null ? { found: 'none' } : {}) };
      return { facts, finding: decideSuspension(facts, on), contradictions: suspensionContradictions(facts) };
    }
    case 'consultation':
      throw new Error('desk: the law is not asked about a consultation');
  }
}

function changeProblems({ kind, collected }: Request, changes: Plan['changes']): FieldProblem[] {
  const all = (changes ?? []).flatMap(({ holding, items }) =>
    Object.entries(items).map(([code, value]) => ({ holding, code, value })),
  );
  if (all.length === 0) return [{ field: 'changes', says: says.changes }];
  const strange = all.some(
    ({ holding, code, value }) =>
      !collected?.holdings.some((one) => one.holding === holding && (value !== null || one.items.includes(code))),
  );
  if (strange) return [{ field: 'changes', says: says.strange }];
  return kind === 'erasure' && all.some(({ value }) => value !== null) ? [{ field: 'changes', says: says.taken }] : [];
}

/** Whether an outcome in other measures comes of the substitute of 35, and not of a law that has the data kept. */
const isSubstitute = (finding: Finding): boolean =>
  finding.answer === 'no' && finding.duties.some((duty) => duty.do === 'take-alternative-measures');

function planProblems(request: Request, result: Result, finding: Finding, plan: Plan): FieldProblem[] {
  const { kind } = request;
  if (isSubstitute(finding) && !plan.measures?.trim()) return [{ field: 'measures', says: says.measures }];
  if (result !== 'granted' && result !== 'partly') return [];
  if (kind === 'correction' || (kind === 'erasure' && result === 'partly'))
    return changeProblems(request, plan.changes);
  if (kind === 'stop-use' && result === 'partly' && !plan.purposes?.length)
    return [{ field: 'purposes', says: says.purposes }];
  if (kind === 'stop-provision' && result === 'partly' && !plan.recipients?.length)
    return [{ field: 'recipients', says: says.recipients }];
  return [];
}

const lawVersion = day(LAW_VERSION);

/** The decision of a consultation is its answer. */
function answerConsultation(
  desk: Desk,
  by: By,
  id: string,
  step: Step,
  answer: string,
): Promise<Outcome<Case>> | Outcome<never> {
  if (answer.trim() === '') return fieldInvalid({ field: 'answer', says: says.answer });
  return simply(desk, by, id, step, {
    event: { event: 'decided', on: desk.office.clock.today(), result: 'answered', facts: {}, finding: null },
    papers: [{ kind: 'answer', text: answer }],
    subjects: { result: 'answered' },
  });
}

/** What the law says of a request with these facts, without deciding it. What the law lacks are problems of its fields. */
export async function preview(
  { office }: Desk,
  { request }: Case,
  stated: Stated,
): Promise<Outcome<{ facts: object; finding: Finding; result: Result }>> {
  const allowed = statedFor[request.kind];
  const strangers = Object.keys(stated).filter((fact) => !(allowed as readonly string[]).includes(fact));
  const wrong = fieldOutcome(strangers.map((fact) => ({ field: `facts.${fact}`, says: says.stranger })));
  if (wrong) return wrong;
  const { facts, finding, contradictions } = await askLaw(office, request, stated);
  const impossible = fieldOutcome(
    contradictions.map(({ field, says: what }) => ({ field: `facts.${field}`, says: what })),
  );
  if (impossible) return impossible;
  const result = looksAtPerson(request.kind) ? resultOf(request.kind, finding) : null;
  if (finding.answer === 'unknown' || result === null) {
    const missing = finding.answer === 'unknown' ? finding.missing : [];
    return (
      fieldOutcome(missing.map(({ fact, says: what }) => ({ field: `facts.${fact}`, says: what }))) ??
      failed({ kind: 'conflict', field: 'facts', says: says.stranger })
    );
  }
  return done({ facts, finding, result });
}

/**
 * Decides a request. The law answers with the facts that were established; its finding is kept with its result. Problems name the facts that
 * are lacking.
 */
export async function decide(desk: Desk, by: By, id: string, step: Step, ask: DecideAsk): Promise<Outcome<Case>> {
  const { office } = desk;
  const known = await caseOf(desk, id);
  if (!known.ok || hasHappened(known.value, step)) return known;
  const { request } = known.value;
  if (!looksAtPerson(request.kind)) return answerConsultation(desk, by, id, step, ask.answer);
  const asked = await preview(desk, known.value, ask.facts);
  if (!asked.ok) return asked;
  const { facts, finding, result } = asked.value;
  if (isRefusal(result) && !ask.mayRefuse) return failed({ kind: 'forbidden', says: says.officer });
  const wrong = fieldOutcome([
    ...(explains(request.kind, result) && ask.reason.trim() === '' ? [{ field: 'reason', says: says.reason }] : []),
    ...planProblems(request, result, finding, ask.plan),
    ...(request.kind === 'correction'
      ? await tellProblems(office, request.specified?.principal ?? null, ask.plan)
      : []),
  ]);
  if (wrong) return wrong;
  const papers: Paper[] = [
    ...(ask.reason.trim() === '' ? [] : [{ kind: 'reason' as const, about: 'decided', text: ask.reason }]),
    ...(hasEffect(request.kind) ? [{ kind: 'change' as const, text: JSON.stringify(ask.plan) }] : []),
  ];
  const { policy } = await standing(office);
  return simply(desk, by, id, step, {
    event: { event: 'decided', on: office.clock.today(), result, facts, finding },
    papers,
    subjects: { result, decision: decisionOf(finding, lawVersion, policy) },
  });
}
