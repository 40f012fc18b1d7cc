// One request: shown, and taken further. Every step is a form that may be sent twice. The page says what somebody else did in between, and nothing
// that was typed is lost.

import { done, fieldsOf, type FieldProblem, type Outcome, type Problem } from '../../../base/outcome.ts';
import { page, problemStatus, type Form, type Route } from '../../../platform/http/index.ts';
import { byOf } from '../../access/index.ts';
import { valueProblem } from '../../../vault/index.ts';
import { havingOf, shownIn, type Having } from '../../acquisition/index.ts';
import { find } from '../../checkpoint/index.ts';
import { address } from '../actions/address.ts';
import { close, deliver } from '../actions/answer.ts';
import { carryOut } from '../actions/carry-out.ts';
import { caseOf, type Case } from '../actions/cases.ts';
import { askedFor, type Step } from '../actions/happen.ts';
import { collect, hitsOf, matching, review, specify } from '../actions/collect.ts';
import { decide } from '../actions/decide.ts';
import { dismiss } from '../actions/dismiss.ts';
import { compare, lookAt } from '../actions/look.ts';
import { openOf } from '../actions/others.ts';
import { sendAnswer } from '../actions/parcel.ts';
import { reaching } from '../actions/reach.ts';
import {
  acknowledge,
  assign,
  ease,
  extend,
  identify,
  receivePapers,
  refund,
  sendForms,
  tellShort,
  withdraw,
} from '../actions/receive.ts';
import { amend } from '../actions/amend.ts';
import { seek } from '../actions/seek.ts';
import { keptAbout } from '../actions/there.ts';
import { undeliver } from '../actions/undelivered.ts';
import { waiveFee } from '../actions/waive.ts';
import type { EventName } from '../facts/event.ts';
import { ownerIn } from '../facts/place.ts';
import { unreviewed } from '../facts/review.ts';
import { noCase, respond } from './case-view.tsx';
import { atField, deciding, readDecision, setName, sharingName, type HavingAt } from './decide.tsx';
import { readForm } from './forms.tsx';
import type { Sent } from './form.tsx';
import { atTerms, readPerson, someMatch, termsIn, type Candidate } from './person.tsx';
import { readReview } from './review.tsx';
import { caseTexts, seenAt, type Seen } from './seen.tsx';
import { chooseOne, PATH, type Asked, type Room } from './sheet.tsx';

async function show(room: Room, c: Asked): Promise<Response> {
  const found = await caseOf(room, c.req.param('id') ?? '');
  return found.ok ? respond(await seenAt(room, c, found.value)) : noCase(c);
}

/** A press of a button: what was sent, by whom, and where the request was then. */
interface Press {
  seen: Seen;
  event: EventName;
  form: Form;
  step: Step;
}

type Answer = FieldProblem[] | Outcome<Case>;

/** The step together with what is sent with it. */
const asking = (step: Step, event: EventName, sent: object = {}): Step => ({ ...step, asked: askedFor(event, sent) });

/** Sends what a short form says to the action of its step. */
const short =
  <Ask,>(act: (room: Room, by: ReturnType<typeof byOf>, id: string, step: Step, ask: Ask) => Promise<Outcome<Case>>) =>
  ({ seen: { c, room, known, today }, event, form, step }: Press): Answer | Promise<Answer> => {
    const read = readForm(event, form, known.request, today);
    return Array.isArray(read) ? read : act(room, byOf(c), known.row.id, asking(step, event, read), read as Ask);
  };

async function reviewRest({ seen: { c, room, known }, step }: Press): Promise<Outcome<Case>> {
  let now: Outcome<Case> = done(known);
  for (const { holding, item } of unreviewed(known.request)) {
    const ask = { holding, item, decision: 'disclose', ground: null, reason: '', redacted: '' } as const;
    const seen = now.ok && now.value !== known ? now.value.request.last : step.seen;
    const attempt = `${step.attempt}:${holding}/${item}`;
    now = await review(room, byOf(c), known.row.id, asking({ seen, attempt }, 'reviewed', ask), ask);
    if (!now.ok) return now;
  }
  return now;
}

async function pressDecide({ seen, form, step }: Press): Promise<Answer> {
  const { c, room, known, stands } = seen;
  // Asking the law decides nothing: the page shows its answer.
  if (form.text('do') !== 'decide') return [];
  const now = await deciding(room, known, stands, form);
  if (now && now.result === null) return now.round.problems as FieldProblem[];
  const ask = readDecision({
    form,
    stated: now?.round.stated ?? {},
    request: known.request,
    stands,
    mayRefuse: c.get('may')('requests:decide'),
  });
  const decided = await decide(room, byOf(c), known.row.id, asking(step, 'decided', ask), ask);
  return !decided.ok && decided.problem.kind === 'invalid'
    ? decided.problem.fields.map((problem) => atField(known.request.kind, ask.plan, problem))
    : decided;
}

const acts: Partial<Record<EventName, (press: Press) => Answer | Promise<Answer>>> = {
  acknowledged: short(acknowledge),
  addressed: short(address),
  'forms-sent': short(sendForms),
  'papers-received': short(receivePapers),
  'papers-short': short(tellShort),
  identified: short(identify),
  'fee-waived': short(waiveFee),
  refunded: short(refund),
  extended: short(extend),
  withdrawn: short(withdraw),
  dismissed: short(dismiss),
  assigned: short(assign),
  eased: short(ease),
  amended: short(amend),
  notified: short(sendAnswer),
  delivered: short(deliver),
  undelivered: short(undeliver),
  sought: short(seek),
  closed: short(close),
  specified: ({ seen: { c, room, known }, form, step }) => {
    const read = readPerson(form);
    return Array.isArray(read) ? read : specify(room, byOf(c), known.row.id, asking(step, 'specified', read), read);
  },
  collected: ({ seen: { c, room, known }, step }) => collect(room, byOf(c), known.row.id, asking(step, 'collected')),
  reviewed: (press) => {
    if (press.form.text('rest') === 'yes') return reviewRest(press);
    const read = readReview(press.form);
    const { c, room, known } = press.seen;
    return Array.isArray(read) ? read : review(room, byOf(c), known.row.id, asking(press.step, 'reviewed', read), read);
  },
  decided: pressDecide,
  'carried-out': ({ seen: { c, room, known }, form, step }) => {
    const said = { ahead: form.text('ahead').trim() };
    return carryOut(room, byOf(c), known.row.id, asking(step, 'carried-out', said), said);
  },
};

/** Shows the case with what one ledger keeps of the information that is judged. */
async function look(room: Room, c: Asked): Promise<Response> {
  const found = await caseOf(room, c.req.param('id') ?? '');
  if (!found.ok) return noCase(c);
  const looked = await lookAt(room, byOf(c), found.value.row.id, c.get('form').text('holding'));
  const seen = await seenAt(room, c, found.value);
  if (looked.ok) return respond({ ...seen, looked: looked.value });
  const { problem } = looked;
  // The problem belongs to no form of a step.
  const sent: Sent = { event: 'registered', form: c.get('form'), problems: fieldsOf(problem) };
  return respond({ ...seen, sent }, problemStatus(problem));
}

/** Whether somebody else took the request further since a form of it was opened. */
const isLate = ({ known }: Seen, form: Form): boolean => Number(form.text('seen')) !== known.request.last;

/** Says who was first. Problems of what was sent are not shown: the field may be gone, and other problems may apply by now. */
const late = (seen: Seen, sent: Pick<Sent, 'event' | 'form'>): Promise<Response> =>
  respond({ ...seen, sent: { ...sent, problems: [] }, overtaken: 'seen' }, 409);

/** Shows the persons a search finds with what tells them apart; nobody is chosen by it. */
async function showCompared(seen: Seen, form: Form): Promise<Response> {
  const { c, room, known } = seen;
  if (isLate(seen, form)) return late(seen, { event: 'specified', form });
  const read = readPerson(form);
  if (Array.isArray(read)) return respond({ ...seen, sent: { event: 'specified', form, problems: read } }, 422);
  const compared = await compare(room, byOf(c), known.row.id, read.terms);
  if (!compared.ok) return refused(room, c, known, { event: 'specified', problem: compared.problem });
  const matches = await matchesOf(seen, form);
  const sent: Sent = { event: 'specified', form, problems: [{ field: 'principal', says: chooseOne }] };
  return respond({ ...seen, sent, matches, compared: compared.value }, 422);
}

async function press(room: Room, c: Asked): Promise<Response> {
  if (c.req.param('event') === 'look') return look(room, c);
  const found = await caseOf(room, c.req.param('id') ?? '');
  const event = (Object.keys(acts) as EventName[]).find((one) => one === c.req.param('event'));
  if (!found.ok || !event) return noCase(c);
  const seen = await seenAt(room, c, found.value);
  const form = c.get('form');
  if (event === 'specified' && form.text('do') === 'compare') return showCompared(seen, form);
  const step: Step = { seen: Number(form.text('seen')), attempt: form.text('attempt') || undefined };
  const answer = await acts[event]!({ seen, event, form, step });
  if (!Array.isArray(answer) && answer.ok) return c.redirect(`${PATH}/${found.value.row.id}`, 303);
  if (Array.isArray(answer)) {
    const asking = event === 'decided' && answer.length === 0;
    if (!asking && isLate(seen, form)) return late(seen, { event, form });
    const having = event === 'decided' ? await havingAt(seen, form, answer) : seen.having;
    return respond({ ...seen, sent: { event, form, problems: answer }, having }, asking ? 200 : 422);
  }
  const { problem } = answer as { problem: Parameters<typeof problemStatus>[0] };
  const sent: Sent = { event, form, problems: atTerms(form, fieldsOf(problem)) };
  const field = problem.kind === 'conflict' ? problem.field : '';
  const overtaken = field === 'seen' || field === 'attempt' ? field : null;
  const matches = someMatch(sent) ? await matchesOf(seen, form) : [];
  return respond({ ...seen, sent, overtaken, matches }, problemStatus(problem));
}

/** The case again, with the problem of something that was sent beside its forms. */
export const refused = async (
  room: Room,
  c: Asked,
  known: Case,
  { event, problem }: { event: EventName; problem: Problem },
): Promise<Response> => {
  const form = c.get('form');
  const sent: Sent = { event, form, problems: atTerms(form, fieldsOf(problem)) };
  return respond({ ...(await seenAt(room, c, known)), sent }, problemStatus(problem));
};

/** The persons who match the terms, and those an earlier search found, to be looked at and chosen. */
async function matchesOf({ c, room, known }: Seen, form: Form): Promise<readonly Candidate[]> {
  const found = await matching(room, byOf(c), known.request, termsIn(form));
  if (!found.ok) return [];
  const hits = await hitsOf(room.office, known.request, found.value);
  const openFor = async (principal: string) =>
    c.get('may')('requests:read')
      ? (await openOf(room.office.database, [principal])).filter(({ id }) => id !== known.row.id)
      : [];
  return Promise.all(
    hits.map(async (hit) => ({
      ...hit,
      records: await keptAbout(room.office, hit.principal),
      open: await openFor(hit.principal),
    })),
  );
}

/** Who has the e-mail addresses that a correction would write: as the form showed them or, when that is the problem, as a search finds them. */
async function havingAt(
  { c, room, known, stands }: Seen,
  form: Form,
  problems: readonly FieldProblem[],
): Promise<HavingAt> {
  const may = await reaching(room, byOf(c), 'people:search', []);
  const having = new Map<string, readonly Having[]>();
  for (const { holding: place } of known.request.collected?.holdings ?? []) {
    const holding = stands.holdings.get(place)?.id;
    const term = form.text(setName(place, 'email')).trim();
    const wrong = problems.some(({ field }) => field === setName(place, 'email')) && !valueProblem('email', term);
    if (!holding || !may.ok) continue;
    const terms = [{ kind: 'email', term }] as const;
    const found = wrong ? await find(room.office, may.value, { terms, holding }) : null;
    const ids = found?.ok ? found.value.map(({ principal }) => principal) : shownIn(form, sharingName(place));
    const others = ids.filter((id) => id !== ownerIn(known.request, place));
    having.set(place, await havingOf(room.office, holding, others));
  }
  return having;
}

export const casePages = (room: Room): Route[] => [
  page('get', `${PATH}/:id`, 'requests:read', (c) => show(room, c)),
  page('post', `${PATH}/:id/:event`, 'requests:write', (c) => press(room, c), { texts: caseTexts }),
];
