// From the envelope on the table to the identified requester: registering, forms, papers, what is missing, identity, money that is returned.

import { actorRef } from '../../../base/actor.ts';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import { addDays, type Day } from '../../../base/day.ts';
import { newId } from '../../../base/id.ts';
import {
  conflict,
  done,
  fieldOutcome,
  forbidden,
  invalid,
  type FieldProblem,
  type Outcome,
} from '../../../base/outcome.ts';
import { append } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { isAddress } from '../../../platform/mail.ts';
import { isLacking } from '../../../platform/pdf.ts';
import { fingerprint, packageKey, type PackageKey } from '../../../vault/index.ts';
import { entryBy, staffWhoMay, type By, type Room } from '../../access/index.ts';
import { keyOfAttempt } from '../../checkpoint/index.ts';
import { papersSuffice, policyInForce } from '../../policy/index.ts';
import type { AddressCheck } from '../facts/address.ts';
import { admit } from '../facts/admit.ts';
import { deskDays, extendableTo, isLongAgo } from '../facts/clocks.ts';
import {
  leavesAskerOpen,
  senderParts,
  type Addressee,
  type Channel,
  type EventOf,
  type Hearing,
  type Identified,
  type Lack,
  type Papers,
  type SenderPart,
} from '../facts/event.ts';
import { isAskedAnew } from '../facts/dismissal.ts';
import { looksAtPerson, termsOf, type Kind, type Scope } from '../facts/kind.ts';
import type { Request } from '../facts/request.ts';
import { requestFrom } from '../facts/stage.ts';
import { writtenDay } from '../../../platform/ui/format.ts';
import { papersEnough } from '../letters/cover.ts';
import { insertEvent } from '../store/events.ts';
import { findByAttempt, findSame, insertRequest, nextSerial, updateReception } from '../store/requests.ts';
import type { RequestRow } from '../tables.ts';
import { caseFrom, caseOf, type Case } from './cases.ts';
import {
  askedFor,
  attemptOf,
  eventDigest,
  eventRow,
  foldedOf,
  happen,
  isSameAttempt,
  otherAttempt,
  simply,
  type Step,
} from './happen.ts';
import { keepPapers, latestPaper, paperGone, type Paper } from './papers.ts';
import { ahead, lettersSent, readyFor, sending, takenBack } from './copies.ts';
import { keptAboutAll } from './collect.ts';
import { addressCheck } from './elsewhere.ts';
import { addresseeOf } from './making.ts';
import { currentTexts } from './texts.ts';
import { endingProblem } from './undelivered.ts';

/** Who wrote. Sealed as a paper of the request. */
export interface Sender {
  /** Empty where the letter gives none. */
  name: string;
  /** Empty where the person gave none. */
  address: string;
  /** Empty where none was given. */
  email: string;
}

/** Who acts for the person, as their papers say. Sealed as a paper of the request; the answer goes to them. */
export interface Agent {
  name: string;
  address: string;
  /** Empty where none was given. */
  email: string;
  /** Name of the person they act for; empty when that is the sender. */
  principal: string;
}

export interface RegisterAsk {
  kind: Kind;
  scope: Scope;
  arrivedOn: Day;
  channel: Channel;
  /** Taken in another way because an ordinary letter is difficult for the requester (37(4)). */
  eased?: boolean | undefined;
  lang: Lang;
  sender: Sender;
  /** States that the letter gives no name. */
  anonymous?: boolean | undefined;
  /** States that it gives neither an address nor an e-mail address to answer to. */
  unreachable?: boolean | undefined;
  /** What the letter says, as far as somebody wrote it down. */
  says: string;
  /** Confirms that this is another request, although the same sender asked for the same on the same day. */
  another: boolean;
  /** Confirms that it did arrive that long ago. */
  longAgo?: boolean | undefined;
  /** Names one press of a button of one caller: the same name registers once. */
  attempt?: string | undefined;
}

export const says = {
  name: both('差出人の氏名を書いてください', 'Enter the name of the sender'),
  address: both('返信先の住所を書いてください', 'Enter the address for the answer'),
  email: both('返信先のメールアドレスを書いてください', 'Enter the e-mail address for the answer'),
  anywhere: both(
    '返信先の住所かメールアドレスを書いてください',
    'Enter an address or an e-mail address for the answer',
  ),
  named: both(
    '氏名があるときは、「氏名が書かれていない」の印を外してください',
    'If there is a name, clear the tick at “It gives no name”',
  ),
  reachable: both(
    '返信先があるときは、「返信先が書かれていない」の印を外してください',
    'If there is an address to answer to, clear the tick at “It gives no address to answer to”',
  ),
  unreachable: both(
    '受け付けた後で返信先がないことにするのは、個人情報保護管理者が行います',
    'Only the privacy officer may record after the registration that there is no address to answer to',
  ),
  emailWrong: both(
    'メールアドレスとして読めません。name@example.jp のように書いてください',
    'This cannot be read as an e-mail address. Write it like name@example.jp',
  ),
  longAgo: (arrivedOn: Day) =>
    both(
      `${writtenDay(arrivedOn, 'ja')}に届いた手紙で間違いなければ、印を付けてください`,
      `If it really arrived on ${writtenDay(arrivedOn, 'en')}, tick the box`,
    ),
  same: both(
    '同じ差出人から同じ日に届いた請求を、すでに受け付けています。別の請求なら、別のものとして受け付けてください',
    'A request from the same sender on the same day is already registered. If this is a different one, say so and register it',
  ),
  policy: both('施行中の方針がないため、受け付けられません', 'No policy is in force, so nothing can be registered'),
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

/** What came, as far as the form is filled in. */
export interface Reception {
  arrivedOn: Day | null | undefined;
  kind: Kind | undefined;
  channel: Channel | undefined;
  sender: Sender;
  anonymous?: boolean | undefined;
  unreachable?: boolean | undefined;
  longAgo?: boolean | undefined;
}

/**
 * What is wrong with who wrote and where the answer goes. A question or complaint may have neither, if that is stated; it can be answered to either
 * kind of address, and other requests to the one they came by.
 */
function senderProblems({ kind, channel, sender, anonymous, unreachable }: Reception): FieldProblem[] {
  const [name, address, email] = [sender.name, sender.address, sender.email].map((text) => text.trim());
  const either = kind !== undefined && !looksAtPerson(kind);
  const electronic = channel === 'electronic';
  const wrong: [boolean | undefined, string, Bilingual][] = [
    [!anonymous && name === '', 'sender.name', says.name],
    [anonymous && name !== '', 'sender.name', says.named],
    [
      either && !unreachable && address === '' && email === '',
      electronic ? 'sender.email' : 'sender.address',
      says.anywhere,
    ],
    [!either && !unreachable && channel !== undefined && !electronic && address === '', 'sender.address', says.address],
    [!either && !unreachable && electronic && email === '', 'sender.email', says.email],
    [unreachable && address !== '', 'sender.address', says.reachable],
    [unreachable && email !== '', 'sender.email', says.reachable],
    [!unreachable && email !== '' && !isAddress(email!), 'sender.email', says.emailWrong],
  ];
  return wrong.flatMap(([is, field, what]) => (is ? [{ field, says: what }] : []));
}

/** Everything that is wrong with what came, if it is registered on a day. */
export function receptionProblems(reception: Reception, registeredOn: Day): FieldProblem[] {
  const { arrivedOn, longAgo = false } = reception;
  const on = arrivedOn ?? registeredOn;
  return [
    ...(!longAgo && isLongAgo(on, registeredOn) ? [{ field: 'longAgo', says: says.longAgo(on) }] : []),
    ...senderProblems(reception),
  ];
}

/** Whether a name or an address must be written by hand because our fonts lack characters of it. */
export const isByHand = ({ name, address }: Pick<Sender, 'name' | 'address'>): boolean => isLacking([name, address]);

/** A text without what the same person may write differently: widths, spaces and capitals. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/[\s　]/g, '')
    .toLowerCase();

/** The digest by which the same sender is recognised; null where nothing is known of them. */
export const senderDigest = ({ vault }: Office, { name, address, email }: Sender): Buffer | null =>
  [name, address, email].every((text) => text.trim() === '')
    ? null
    : fingerprint(vault, `${plain(name)}\n${plain(address || email)}`);

const papersOf = ({ sender, says: letter }: RegisterAsk): Paper[] => [
  { kind: 'sender', text: JSON.stringify(sender) },
  ...(letter.trim() === '' ? [] : [{ kind: 'letter' as const, text: letter }]),
];

/** A registered request. `repeated`: an earlier attempt of the same name registered it. */
export interface Registered {
  case: Case;
  repeated: boolean;
}

async function register(
  desk: Room,
  tx: Tx,
  by: By,
  ask: RegisterAsk,
  event: EventOf<'registered'>,
): Promise<Outcome<Registered>> {
  const { office } = desk;
  const at = office.clock.now();
  const id = newId(at);
  const year = Number(office.clock.today().slice(0, 4));
  const serial = await nextSerial(tx, year);
  const { attempt, ...sent } = ask;
  const asked = askedFor('registered', sent);
  const named = keyOfAttempt(office, attempt);
  const before = named && (await findByAttempt(tx, actorRef(by.actor), named));
  if (before && !isSameAttempt(office, by.actor, before.asked, asked)) return otherAttempt;
  if (before) return done({ case: await caseFrom(tx, before), repeated: true });
  const sender = senderDigest(office, ask.sender);
  const same = await findSame(tx, { sender, arrived_on: ask.arrivedOn, kind: ask.kind });
  if (same && !ask.another) return conflict('sender', says.same, same);
  const key: PackageKey = packageKey(office.vault, id);
  const papers = papersOf(ask);
  const row: RequestRow = {
    id,
    year,
    serial,
    kind: ask.kind,
    scope: ask.scope,
    arrived_on: ask.arrivedOn,
    registered_at: new Date(at),
    by_actor: actorRef(by.actor),
    ...attemptOf(office, by.actor, { attempt, asked }),
    sender,
    kek_version: key.kekVersion,
    wrapped_key: key.wrapped,
    ...foldedOf(requestFrom([event]), papers.length),
  };
  await insertRequest(tx, row);
  await keepPapers(office, tx, { id, papers: 0 }, key, { papers, on: ask.arrivedOn });
  const entry = newId(at);
  const first = eventRow({ request: id, no: 1, at, actor: by.actor, entry, attempt: null, asked: null }, event);
  await insertEvent(tx, first);
  const subjects = {
    request: id,
    kind: ask.kind,
    scope: ask.scope,
    arrived_on: ask.arrivedOn,
    channel: ask.channel,
    ...(event.anonymous ? { anonymous: true } : {}),
    ...(event.unreachable ? { unreachable: true } : {}),
    sha256: eventDigest(first),
  };
  await append(tx, entryBy(by, at, 'desk:registered', subjects, entry));
  return done({ case: await caseFrom(tx, row), repeated: false });
}

/** The policy by which a letter is registered: that of the day it arrived, or today's when there was none. */
const policyFor = async (office: Office, arrivedOn: Day) =>
  (await policyInForce(office, arrivedOn)) ?? (await policyInForce(office, office.clock.today()));

/**
 * Registers a letter with the day it arrived. The fee and the form that the policy asks for this kind are kept with it. A second request of the same
 * sender, day and kind must be confirmed. `also` runs in the same transaction when the request is registered now.
 */
export async function registerRequest(
  desk: Room,
  by: By,
  ask: RegisterAsk,
  also: (tx: Tx, known: Case) => Promise<void> = async () => undefined,
): Promise<Outcome<Registered>> {
  const { office } = desk;
  const today = office.clock.today();
  const inForce = await policyFor(office, ask.arrivedOn);
  if (!inForce) return conflict('policy', says.policy);
  const event: EventOf<'registered'> = {
    event: 'registered',
    on: today,
    kind: ask.kind,
    scope: ask.scope,
    arrivedOn: ask.arrivedOn,
    channel: ask.channel,
    ...(ask.anonymous ? { anonymous: true } : {}),
    ...(ask.unreachable ? { unreachable: true } : {}),
    ...(ask.eased ? { eased: true } : {}),
    lang: ask.lang,
    ...(isByHand(ask.sender) ? { byHand: true } : {}),
    ...termsOf(inForce.policy.operator, ask),
  };
  const problem = admit(null, event, today);
  const wrong = fieldOutcome([...(problem ? [problem] : []), ...receptionProblems(ask, today)]);
  if (wrong) return wrong;
  return office.database.transaction(async (tx) => {
    const made = await register(desk, tx, by, ask, event);
    if (made.ok && !made.value.repeated) await also(tx, made.value.case);
    return made;
  });
}

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
  const ready = await ahead(desk, by, id, step, eventOf);
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
  const ready = await ahead(desk, by, id, step, () => event);
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
  const working = await staffWhoMay(desk.access, 'requests:write');
  if (!working.some((one) => one.id === to)) return invalid('to', says.staff);
  return simply(desk, by, id, step, { event: { event: 'assigned', on, to }, subjects: { to } });
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
  if (!inForce) return conflict('policy', says.policy);
  const { form } = termsOf(inForce.policy.operator, { kind, scope, eased });
  const on = office.clock.today();
  const until = eased && isAskedAnew(found.value.request) ? { until: addDays(on, deskDays.waits) } : {};
  const event = { event: 'eased', on, eased, form, ...until } as const;
  return sending(desk, by, id, step, { event, subjects: { eased } });
}

type Written = { readonly [Part in SenderPart]?: string | undefined };

export interface AmendAsk {
  /** Left out: stays as it is. */
  arrivedOn?: Day | undefined;
  kind?: Kind | undefined;
  scope?: Scope | undefined;
  sender: Written;
  /** States that the letter gave no name, or no address to answer to; only the officer may state the latter. */
  anonymous?: boolean | undefined;
  unreachable?: boolean | undefined;
  /** Of the agent to whom the letters go. */
  agent?: Written | undefined;
  /** Confirms that it did arrive that long ago. */
  longAgo?: boolean | undefined;
}

/** The parts of somebody that are written otherwise than they were. */
const partsIn = (kept: Record<SenderPart, string>, said: Written): SenderPart[] =>
  senderParts.filter((part) => (said[part]?.trim() ?? kept[part]) !== kept[part]);

export const withParts = <T extends Record<SenderPart, string>>(kept: T, said: Written): T => ({
  ...kept,
  ...Object.fromEntries(partsIn(kept, said).map((part) => [part, said[part]!.trim()])),
});

/** The corrections of an agent. For an agent who wrote the letter, those of the sender apply too, in the parts that were written alike. */
function saidOfAgent(agent: Agent, kept: Sender, { sender, agent: said = {} }: AmendAsk): Written {
  if (agent.principal.trim() === '') return said;
  const alike = partsIn(kept, sender).filter((part) => plain(agent[part]) === plain(kept[part]));
  return { ...Object.fromEntries(alike.map((part) => [part, sender[part]])), ...said };
}

/** The problems of a corrected agent. */
function amendedAgentProblems(before: Agent | null, agent: Agent | null, said: Written | undefined): FieldProblem[] {
  if (!agent)
    return said && Object.values(said).some((text) => text) ? [{ field: 'agent.name', says: says.noAgent }] : [];
  const wrong: [boolean, FieldProblem][] = [
    [agent.name === '', { field: 'agent.name', says: says.agentName }],
    [agent.address === '', { field: 'agent.address', says: says.agentAddress }],
    [
      agent.email !== before?.email && agent.email !== '' && !isAddress(agent.email),
      { field: 'agent.email', says: says.emailWrong },
    ],
  ];
  return wrong.flatMap(([is, problem]) => (is ? [problem] : []));
}

/**
 * Compares the address to which the answer goes from then on with what is kept. Undefined when it does not change or nobody was found; null: not
 * compared.
 */
async function movedCheck(desk: Room, by: By, id: string, ask: AmendAsk): Promise<AddressCheck | null | undefined> {
  const { office } = desk;
  const found = await caseOf(desk, id);
  const ids = found.ok ? (found.value.request.specified?.principals ?? []) : [];
  if (!found.ok || found.value.row.closed_on !== null || ids.length === 0) return undefined;
  const { row } = found.value;
  const kept = JSON.parse((await latestPaper(office.database, office, row, 'sender')) ?? 'null') as Sender | null;
  const agent = JSON.parse((await latestPaper(office.database, office, row, 'agent')) ?? 'null') as Agent | null;
  if (!kept) return undefined;
  const before = agent ?? kept;
  const to = (agent ? saidOfAgent(agent, kept, ask) : ask.sender).address?.trim() ?? before.address;
  if (to === before.address) return undefined;
  return to === '' ? null : ((await addressCheck(desk, by, found.value, await keptAboutAll(office, ids), to)) ?? null);
}

/** The sender as they are corrected: what is stated to be missing is removed, unless it is filled in at the same time, which is a problem. */
const correctedSender = (kept: Sender, { sender: said, anonymous, unreachable }: AmendAsk): Sender =>
  withParts(kept, {
    ...said,
    ...(anonymous && !said.name ? { name: '' } : {}),
    ...(unreachable && !said.address ? { address: '' } : {}),
    ...(unreachable && !said.email ? { email: '' } : {}),
  });

/** What a correction makes of the registration, the sender and the agent, and what changes by it. */
function correctedBy({ request: r }: Case, { kept, before }: { kept: Sender; before: Agent | null }, ask: AmendAsk) {
  const ofAgent = before ? saidOfAgent(before, kept, ask) : {};
  const agent = before && withParts(before, ofAgent);
  const sender = correctedSender(kept, ask);
  const { arrivedOn = r.arrivedOn, kind = r.kind, scope = r.scope } = ask;
  const parts = partsIn(kept, sender);
  const agentParts = before ? partsIn(before, ofAgent) : [];
  // What was missing no longer is when it is filled in.
  const anonymous = ask.anonymous === true || (r.anonymous && sender.name === '');
  const unreachable = ask.unreachable === true || (r.unreachable && sender.address === '' && sender.email === '');
  const changed = [
    ...(arrivedOn === r.arrivedOn ? [] : ['arrived_on']),
    ...(kind === r.kind ? [] : ['kind']),
    ...(scope === r.scope ? [] : ['scope']),
    ...(anonymous === r.anonymous ? [] : ['anonymous']),
    ...(unreachable === r.unreachable ? [] : ['unreachable']),
    ...parts.map((part) => `sender.${part}`),
    ...agentParts.map((part) => `agent.${part}`),
  ];
  return { arrivedOn, kind, scope, sender, parts, agent, agentParts, anonymous, unreachable, changed };
}

/** What the policy asks of a corrected request: that of today when its kind or scope changes; null when there is none. */
async function correctedTerms({ office }: Room, tx: Tx, r: Request, now: Pick<Request, 'kind' | 'scope'>) {
  if (now.kind === r.kind && now.scope === r.scope)
    return { feeYen: r.fee.due, ...(r.feeAfter ? { feeAfter: true as const } : {}), form: r.form };
  const inForce = await policyInForce(office, office.clock.today(), tx);
  return inForce && termsOf(inForce.policy.operator, { ...now, eased: r.eased });
}

/**
 * Corrects a mistake in what was registered. What the sender was called before stays with the papers; the log keeps which parts changed. Letters that
 * lie ready go to the corrected address; when it turns out that there is none, or that there was one, the decision and its letters are made anew.
 */
export async function amend(desk: Room, by: By, id: string, step: Step, ask: AmendAsk): Promise<Outcome<Case>> {
  const { texts } = await currentTexts(desk.office);
  // Checked before the request is locked; if somebody has taken the request further since, `happen` refuses this step.
  const address = await movedCheck(desk, by, id, ask);
  return happen(desk, by, id, step, async (known, tx) => {
    const { office } = desk;
    const { row, request: r } = known;
    const kept = JSON.parse((await latestPaper(tx, office, row, 'sender')) ?? 'null') as Sender | null;
    if (!kept) return paperGone;
    const before = JSON.parse((await latestPaper(tx, office, row, 'agent')) ?? 'null') as Agent | null;
    const now = correctedBy(known, { kept, before }, ask);
    const { arrivedOn, kind, scope, sender, parts, agent, agentParts, anonymous, unreachable } = now;
    // The company then owes no answer, and whoever would have to send it does not decide that alone.
    if (unreachable && !r.unreachable && !desk.access.policies.decide(by.actor, 'requests:decide').allowed)
      return forbidden(says.unreachable);
    // A letter that lay long was confirmed when it was registered.
    const longAgo = ask.longAgo === true || arrivedOn === r.arrivedOn;
    const wrong = fieldOutcome([
      ...receptionProblems({ ...now, channel: r.channel, longAgo }, r.registeredOn),
      ...amendedAgentProblems(before, agent, ask.agent),
    ]);
    if (wrong) return wrong;
    const terms = await correctedTerms(desk, tx, r, now);
    if (!terms) return conflict('policy', says.policy);
    const redirected = unreachable !== r.unreachable;
    const moved = (agent ? agentParts : parts).length > 0 && !redirected;
    const ready = moved ? await readyFor(office, tx, known, addresseeOf(agent ?? sender, r.lang), texts) : {};
    const event = {
      event: 'amended',
      on: office.clock.today(),
      kind,
      scope,
      arrivedOn,
      ...terms,
      sender: parts,
      ...(anonymous === r.anonymous ? {} : { anonymous }),
      ...(redirected ? { unreachable } : {}),
      ...(agentParts.length > 0 ? { agent: agentParts } : {}),
      byHand: { sender: isByHand(sender), agent: agent && isByHand(agent) },
      ...(address === undefined ? {} : { address }),
    } as const;
    return done({
      event,
      papers: [
        ...(parts.length === 0 ? [] : [{ kind: 'sender' as const, text: JSON.stringify(sender) }]),
        ...(agentParts.length === 0 ? [] : [{ kind: 'agent' as const, text: JSON.stringify(agent) }]),
        ...(ready.papers ?? []),
      ],
      drop: redirected ? takenBack(known, event) : (ready.drop ?? []),
      effect: () =>
        updateReception(tx, id, { kind, scope, arrived_on: arrivedOn, sender: senderDigest(office, sender) }),
      subjects: { kind, amended: now.changed, ...(arrivedOn === r.arrivedOn ? {} : { arrived_on: arrivedOn }) },
    });
  });
}
