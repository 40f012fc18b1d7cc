// From the registered request to the identified requester: forms, papers, what is missing, identity, money that goes back, and whose desk it is.

import { both, type Lang } from '../../../base/bilingual.ts';
import { addDays, type Day } from '../../../base/day.ts';
import { conflict, done, fieldOutcome, type FieldProblem, invalid, type Outcome } from '../../../base/outcome.ts';
import { writtenDay } from '../../../platform/ui/format.ts';
import { type By, holdsRight, type Room } from '../../access/index.ts';
import { papersSuffice, policyInForce } from '../../policy/index.ts';
import { deskDays, extendableTo } from '../facts/clocks.ts';
import { isAskedAnew } from '../facts/dismissal.ts';
import {
  type Addressee,
  type EventOf,
  type Hearing,
  type Identified,
  type Lack,
  leavesAskerOpen,
  type Papers,
} from '../facts/event.ts';
import { termsOf } from '../facts/kind.ts';
import { papersEnough } from '../letters/cover.ts';
import { type Case, caseOf } from './cases.ts';
import { lettersSent, sending, takenBack } from './copies.ts';
import { happen, mayHappen, simply, type Step } from './happen.ts';
import { latestPaper, type Paper } from './papers.ts';
import { type Agent, isByHand, plain, policyFor, says as registerSays, type Sender } from './register.ts';
import { currentTexts } from './texts.ts';
import { endingProblem } from './undelivered.ts';

export const says = {
  longer: (last: Day) =>
    both(
      `窓口で延ばせるのは${writtenDay(last, 'ja')}までです。それより後は、個人情報保護管理者が延ばします`,
      `The desk can extend it to ${writtenDay(last, 'en')} at the latest. Beyond that, the privacy officer extends it`,
    ),
  agentName: both('代理人の氏名を書いてください', 'Enter the name of the agent'),
  agentAddress: both(
    '答えを送る代理人の住所を書いてください',
    'Enter the agent’s address, to which the answer is sent',
  ),
  principal: both(
    '差出人が代理人なので、本人の氏名を書いてください',
    'The sender is an agent: enter the name of the person they act for',
  ),
  noAgent: both('本人の請求に、代理人は要りません', 'A request by the person needs no agent'),
  agentWrote: both(
    '差出人も代理人です。先に「受付の誤りを直す」で、差出人を本人に直してください',
    'The sender is an agent as well. First correct the sender to the person under “Correct the registration”',
  ),
  staff: both('請求を扱える従業者を選んでください', 'Choose a member of staff who may work on requests'),
  begun: both(
    'すでに一部を実施しています。請求した人を確かめ直せないので、個人情報保護管理者に知らせてください',
    'Part of it has been carried out already, so the requester cannot be checked again. Tell the privacy officer',
  ),
  doneInPart: both(
    'すでに一部を実施しています。残りを実施して、本人に知らせてください',
    'Part of it has been carried out already. Carry out the rest and tell the person',
  ),
};

/** Records that the requester was told that the request has come: by the letter, which goes on file with it, or without. */
export const acknowledge = (desk: Room, by: By, id: string, step: Step, { on, how }: { on: Day; how: Hearing }) =>
  sending(desk, by, id, step, { event: { event: 'acknowledged', on, how }, subjects: { how } });

/** Records that the form was posted. */
export const sendForms = (desk: Room, by: By, id: string, step: Step, { on }: { on: Day }) =>
  sending(desk, by, id, step, { event: { event: 'forms-sent', on } });

/** Records papers that came, with or without money. */
export function receivePapers(
  desk: Room,
  by: By,
  id: string,
  step: Step,
  { registeredMail, ...came }: Papers & { on: Day; registeredMail: string | null },
) {
  const event = { event: 'papers-received', ...came } as const;
  const papers: Paper[] = registeredMail === null ? [] : [{ kind: 'mail', text: registeredMail }];
  const subjects = { form: came.form, yen: came.feeYen };
  return happen(desk, by, id, step, (known) => done({ event, papers, drop: takenBack(known, event), subjects }));
}

/** Why a letter cannot go to the sender, or null: an agent wrote, and who the person is can be read only in their letter. */
async function agentWrote({ office }: Room, { row }: Case): Promise<FieldProblem | null> {
  const agent = JSON.parse((await latestPaper(office.database, office, row, 'agent')) ?? 'null') as Agent | null;
  const sender = JSON.parse((await latestPaper(office.database, office, row, 'sender')) ?? 'null') as Sender | null;
  const principal = plain(agent?.principal ?? '');
  return principal !== '' && principal !== plain(sender?.name ?? '')
    ? { field: 'addressee', says: says.agentWrote }
    : null;
}

/**
 * Tells the person what is missing, and until when the desk waits for it. When that is needed to establish who asks, and the requester had been
 * identified, neither they nor the person count as known: nothing is looked at, decided or sent until they are again. When an agent may no longer be
 * one, `addressee` says who gets the letter.
 */
export async function tellShort(
  desk: Room,
  by: By,
  id: string,
  step: Step,
  { addressee, ...short }: { on: Day; lacks: readonly Lack[]; addressee?: Addressee | undefined },
): Promise<Outcome<Case>> {
  const eventOf = ({ request }: Case): EventOf<'papers-short'> => ({
    event: 'papers-short',
    ...short,
    ...(addressee ? { addressee } : {}),
    until: addDays(short.on, deskDays.waits),
    ...(request.identified !== null && leavesAskerOpen(short.lacks) ? { anew: true } : {}),
  });
  const ready = await mayHappen(desk, by, id, step, eventOf);
  if (!ready.ok) return ready;
  const { known, repeated } = ready.value;
  if (repeated) return done(known);
  const event = eventOf(known);
  const toAgent = addressee === 'sender' ? await agentWrote(desk, known) : null;
  if (toAgent) return invalid(toAgent.field, toAgent.says);
  const letters = await lettersSent(desk, by, known, { event });
  if (!letters.ok) return letters;
  const subjects = { lacks: [...short.lacks], ...(addressee ? { addressee } : {}) };
  return happen(desk, by, id, step, (now) =>
    event.anew && now.effects.length > 0
      ? conflict('event', says.begun)
      : done({
          event,
          papers: letters.value,
          drop: [...(addressee === 'sender' ? [{ kind: 'agent' as const }] : []), ...takenBack(now, event)],
          subjects,
        }),
  );
}

/** The problems of an agent, given who asks; a person who asks for themself has none. */
async function agentProblems(
  { office }: Room,
  { row }: Case,
  { requester, agent }: { requester: Identified['requester']; agent: Agent | null },
): Promise<FieldProblem[]> {
  if (requester === 'principal') return agent ? [{ field: 'agent.name', says: says.noAgent }] : [];
  const { name = '', address = '', principal = '' } = agent ?? {};
  const written = await latestPaper(office.database, office, row, 'sender');
  const wrote = written === null ? '' : (JSON.parse(written) as Sender).name;
  const lacking: [boolean, FieldProblem][] = [
    [name.trim() === '', { field: 'agent.name', says: says.agentName }],
    [address.trim() === '', { field: 'agent.address', says: says.agentAddress }],
    [principal.trim() === '' && plain(name) === plain(wrote), { field: 'agent.principal', says: says.principal }],
  ];
  return lacking.flatMap(([is, problem]) => (is ? [problem] : []));
}

/** The problem of papers that do not suffice. Papers that suffice by the policy of the day the request arrived are enough. */
async function paperProblems(
  { office }: Room,
  { request }: Case,
  documents: Identified['documents'],
): Promise<FieldProblem[]> {
  const now = await policyInForce(office, office.clock.today());
  const then = await policyFor(office, request.arrivedOn);
  const policies = [now, then].flatMap((one) => one?.policy.operator ?? []);
  if (policies.length === 0 || policies.some((operator) => papersSuffice(operator, documents))) return [];
  const operator = policies[0]!;
  const { texts } = await currentTexts(office);
  const of = (lang: Lang): string => papersEnough({ operator, texts, lang }).join(lang === 'ja' ? '、または' : ', or ');
  const wanted = both(
    `方針の定める書類がそろっていません。${of('ja')}`,
    `These are not all the papers that the policy requires: ${of('en')}`,
  );
  return [{ field: 'documents', says: wanted }];
}

/**
 * Records that the requester is identified. Copies of identity documents are destroyed with it; only their kinds stay. An agent is kept sealed: the
 * answer goes to them and names the person.
 */
export async function identify(
  desk: Room,
  by: By,
  id: string,
  step: Step,
  { agent = null, ...checked }: Identified & { on: Day; agent?: Agent | null },
): Promise<Outcome<Case>> {
  const byHand = agent && isByHand(agent) ? { byHand: true as const } : {};
  const event = { event: 'identified', ...checked, ...byHand } as const;
  const ready = await mayHappen(desk, by, id, step, () => event);
  if (!ready.ok) return ready;
  const { known, repeated } = ready.value;
  if (repeated) return done(known);
  const wrong = fieldOutcome([
    ...(await paperProblems(desk, known, checked.documents)),
    ...(await agentProblems(desk, known, { requester: checked.requester, agent })),
  ]);
  if (wrong) return wrong;
  return simply(desk, by, id, step, {
    event,
    papers: agent ? [{ kind: 'agent', text: JSON.stringify(agent) }] : [],
    // An agent found earlier no longer acts for the person.
    drop: [{ kind: 'identity' }, { kind: 'agent' }, ...takenBack(known, event)],
    subjects: {
      requester: checked.requester,
      documents: [...checked.documents],
      documents_of_authority: [...checked.authority],
    },
  });
}

/** Records that money went back: what is not due, or the part over. */
export const refund = (desk: Room, by: By, id: string, step: Step, back: { on: Day; yen: number }) =>
  sending(desk, by, id, step, { event: { event: 'refunded', ...back }, subjects: { yen: back.yen } });

/**
 * Extends the time for the answer; the reason goes into the letter and is kept sealed. The day from which the person may sue does not move. Extending
 * by more than as long again needs the authority to refuse.
 */
export async function extend(
  desk: Room,
  by: By,
  id: string,
  step: Step,
  { on, until, reason }: { on: Day; until: Day; reason: string },
): Promise<Outcome<Case>> {
  const found = await caseOf(desk, id);
  if (!found.ok) return found;
  const mayDecide = desk.access.policies.decide(by.actor, 'requests:decide').allowed;
  const last = extendableTo(found.value.request, mayDecide);
  if (until > last && !mayDecide) return invalid('until', says.longer(last));
  return sending(desk, by, id, step, {
    event: { event: 'extended', on, until },
    papers: [{ kind: 'reason', about: 'extended', text: reason }],
    subjects: { until },
  });
}

/**
 * Records that the person withdrew the request. Copies of identity documents that nobody has checked yet are destroyed with it, and so are letters
 * that lie ready, since they were not sent.
 */
export const withdraw = (desk: Room, by: By, id: string, step: Step, { on }: { on: Day }): Promise<Outcome<Case>> =>
  happen(desk, by, id, step, (known) => {
    const forbidden = endingProblem(desk, by, known.request);
    if (forbidden) return forbidden;
    if (known.request.carriedOut === null && known.effects.length > 0) return conflict('event', says.doneInPart);
    const event = { event: 'withdrawn', on } as const;
    return done({ event, drop: [{ kind: 'identity' }, ...takenBack(known, event)] });
  });

/** Assigns the request to a member of staff who may work on requests. */
export async function assign(
  desk: Room,
  by: By,
  id: string,
  step: Step,
  { on, to }: { on: Day; to: string },
): Promise<Outcome<Case>> {
  return happen(desk, by, id, step, async (_, tx) =>
    (await holdsRight(desk.access, tx, to, 'requests:write'))
      ? done({ event: { event: 'assigned', on, to }, subjects: { to } })
      : invalid('to', says.staff),
  );
}

/**
 * Records later that an ordinary letter is difficult for the requester, or that ticking it was a mistake. The request goes on as if registered that
 * way. A requester who is waited for with more than the form gets a letter that asks for the rest alone, with the time of a new letter.
 */
export async function ease(
  desk: Room,
  by: By,
  id: string,
  step: Step,
  { eased }: { eased: boolean },
): Promise<Outcome<Case>> {
  const { office } = desk;
  const found = await caseOf(desk, id);
  if (!found.ok) return found;
  const { kind, scope, arrivedOn } = found.value.request;
  const inForce = await policyFor(office, arrivedOn);
  if (!inForce) return conflict('policy', registerSays.policy);
  const { form } = termsOf(inForce.policy.operator, { kind, scope, eased });
  const on = office.clock.today();
  const until = eased && isAskedAnew(found.value.request) ? { until: addDays(on, deskDays.waits) } : {};
  const event = { event: 'eased', on, eased, form, ...until } as const;
  return sending(desk, by, id, step, { event, subjects: { eased } });
}
