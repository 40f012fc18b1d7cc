// Registers a request from the envelope on the table: who sent it, in whose name, and what they ask for.

import { actorRef } from '../../../base/actor.ts';
import { type Bilingual, both, type Lang } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import { newId } from '../../../base/id.ts';
import { conflict, done, fieldOutcome, type FieldProblem, type Outcome } from '../../../base/outcome.ts';
import { append } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { isAddress } from '../../../platform/mail.ts';
import { isLacking } from '../../../platform/pdf.ts';
import { writtenDay } from '../../../platform/ui/format.ts';
import { fingerprint, type PackageKey, packageKey } from '../../../vault/index.ts';
import { type By, entryBy, type Room } from '../../access/index.ts';
import { keyOfAttempt } from '../../checkpoint/index.ts';
import { policyInForce } from '../../policy/index.ts';
import { admit } from '../facts/admit.ts';
import { isLongAgo } from '../facts/clocks.ts';
import type { Channel, EventOf } from '../facts/event.ts';
import { type Kind, looksAtPerson, type Scope, termsOf } from '../facts/kind.ts';
import { requestFrom } from '../facts/stage.ts';
import { insertEvent } from '../store/events.ts';
import { findByAttempt, findSame, insertRequest, nextSerial } from '../store/requests.ts';
import type { RequestRow } from '../tables.ts';
import { type Case, caseFrom } from './cases.ts';
import { askedFor, attemptOf, eventDigest, eventRow, foldedOf, isSameAttempt, otherAttempt } from './happen.ts';
import { keepPapers, type Paper } from './papers.ts';

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
export const plain = (text: string): string =>
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
export const policyFor = async (office: Office, arrivedOn: Day) =>
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
