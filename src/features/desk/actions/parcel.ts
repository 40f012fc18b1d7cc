// An answer that goes out electronically: its papers, made once and sealed, the link that goes by mail, and the code that goes apart from it, on
// paper or by telephone. One press of a button sends one link, and a new link ends the one before.

import { hash, randomBytes } from 'node:crypto';
import { both, type Bilingual } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import { newId } from '../../../base/id.ts';
import { conflict, done, invalid, type Outcome } from '../../../base/outcome.ts';
import { append } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { isAddress, isLostOutside, letterState, type LetterState } from '../../../platform/mail.ts';
import { makePdf, type Document } from '../../../platform/pdf.ts';
import { writtenDay } from '../../../platform/ui/format.ts';
import { entryBy, type By, type Room } from '../../access/index.ts';
import { keyOfAttempt } from '../../checkpoint/index.ts';
import { admit } from '../facts/admit.ts';
import type { EventBody } from '../facts/event.ts';
import { isDisclosure } from '../facts/kind.ts';
import { endOf, isOpenable, isStoppable, lastDayOf } from '../facts/parcel.ts';
import { numberOf, type Request } from '../facts/request.ts';
import { says as factSays } from '../facts/says.ts';
import { bodyOf } from '../store/events.ts';
import { dropPapers } from '../store/papers.ts';
import { endParcels, insertParcel, parcelsOf, updateParcel } from '../store/parcels.ts';
import { lockRequest, updateFolded } from '../store/requests.ts';
import type { ParcelRow, RequestRow } from '../tables.ts';
import { notify, type NotifyAsk, type Outgoing } from './answer.ts';
import { caseFrom, caseOf, noRequest, stateOfParcel, type Case } from './cases.ts';
import { askedFor, attemptOf, foldedOf, isSameAttempt, madeBefore, otherAttempt, write, type Step } from './happen.ts';
import { keepPapers, keyOf, latestPaper, type Paper } from './papers.ts';
import { lettersSent, readCopy } from './copies.ts';
import { answerLetters, lastCopy } from './drafts.ts';
import { makeData } from './letters.ts';
import { mailSignature } from './making.ts';
import { parcelCode } from './receipt.ts';
import type { Sender } from './register.ts';
import { returning } from './undelivered.ts';

/** Where the public opens a delivery; in the link its secret follows. */
export const PARCEL = '/requests/parcel';

const says = {
  mailOff: both(
    'メールの設定がないため、電子では渡せません。書面で郵送してください',
    'Mail is not set up, so nothing can be handed over electronically. Post it on paper',
  ),
  noAddress: both(
    'メールアドレスの記録がありません。本人が知らせたアドレスを書くか、書面で郵送してください',
    'There is no e-mail address on record. Enter the one the person gave, or post it on paper',
  ),
  address: both('アドレスを1つだけ、name@example.jp の形で書いてください', 'Write one address, like name@example.jp'),
  notSent: both('この答えは電子で送っていません', 'This answer did not go out electronically'),
  returned: both(
    '答えは本人に届いていません。宛先を確かめ、「電子で送り直す」か郵送で送り直してください',
    'The answer did not reach the person. Confirm the address, then send it again electronically or by post',
  ),
  over: both('この受け渡しは終わっています。もう一度送ってください', 'This delivery is over. Send it again'),
  told: both(
    'コードはすでに電話で知らせました。もう一度知らせるには、新しいリンクを送ってください',
    'The code has already been given by telephone. To give a code again, send a new link',
  ),
  reason: both(
    'だれに知らせるのかと、その人だとどう確かめたのかを書いてください',
    'Write whom you are telling and how you confirmed who they are',
  ),
} satisfies Record<string, Bilingual>;

/** What the mail says besides the number and the link: nothing of whose answer it is. */
const mailWords = (last: Day) => ({
  subject: both('お申し出へのお答えをお渡しします', 'Our answer to your request'),
  says: both(
    `お申し出へのお答えの用意ができました。下のリンクを開き、別にお知らせするコードを入れて、お受け取りください。リンクは${writtenDay(last, 'ja')}まで使えます。コードがまだ届いていないときは、届くまでお待ちください。メールでコードをお尋ねすることはありません。お申し出にお心当たりがないときは、リンクを開かずに、お手数ですが、末尾の窓口へお知らせください。`,
    `Our answer to your request is ready. Open the link below and enter the code that we give you separately. The link works until ${writtenDay(last, 'en')}. If you do not have the code yet, please wait for it. We never ask for the code by e-mail. If you made no such request, please do not open the link, and let the desk named at the end know.`,
  ),
});

export const digest = (secret: string): Buffer => Buffer.from(hash('sha256', secret, 'base64'), 'base64');

export const newSecret = (): string => randomBytes(32).toString('base64url');

/** Files that go out electronically, and the copies of them put on file with the step. */
interface Files {
  files: readonly Paper[];
  copies: readonly Paper[];
}

const fileOf = (about: string, bytes: Uint8Array): Paper => ({
  kind: 'parcel',
  about,
  text: Buffer.from(bytes).toString('base64'),
});

/** Makes the answer as files, for the step it goes out with. A disclosure that was asked for electronically goes as data too. */
async function newFiles(desk: Room, by: By, known: Case, event: EventBody): Promise<Outcome<Files>> {
  const letters = await lettersSent(desk, by, known, { event });
  if (!letters.ok) return letters;
  const names: readonly string[] = answerLetters(known.request);
  const files = letters.value
    .filter(({ about }) => names.includes(about ?? ''))
    .map(({ about, text }) => fileOf(about ?? '', makePdf(JSON.parse(text) as Document)));
  const discloses = names.includes('disclosed') && isDisclosure(known.request.kind);
  if (!discloses || known.request.method !== 'electronic') return done({ files, copies: letters.value });
  const data = await makeData(desk, by, known, { sent: event, papers: [] });
  if (!data.ok) return data;
  return done({
    files: [...files, fileOf('data', Buffer.from(data.value))],
    copies: [...letters.value, { kind: 'copy', about: 'data', text: data.value }],
  });
}

/** The answer as it was sent, as files again. */
async function sameFiles(desk: Room, by: By, known: Case): Promise<Outcome<Files>> {
  const files: Paper[] = [];
  for (const name of [...answerLetters(known.request), 'data']) {
    const copy = lastCopy(known, name);
    const read = copy && (await readCopy(desk, by, known, copy));
    if (read && !read.ok) return read;
    if (read) files.push(fileOf(name, read.value.bytes));
  }
  return done({ files, copies: [] });
}

interface Recipient {
  email: string;
  /** The sender or the agent with the new address, when one other than that on record was given. */
  papers: Paper[];
}

/** Where the link goes: the address given now, or the one on record. */
async function recipientOf(desk: Room, row: RequestRow, given: string): Promise<Outcome<Recipient>> {
  const { office } = desk;
  // An answer for an agent goes to the agent.
  const kind = (await latestPaper(office.database, office, row, 'agent')) === null ? 'sender' : 'agent';
  const kept = await latestPaper(office.database, office, row, kind);
  if (kept === null) return noRequest;
  const sender = JSON.parse(kept) as Pick<Sender, 'email'>;
  const email = given.trim() || sender.email;
  if (email === '') return invalid('email', says.noAddress);
  if (!isAddress(email)) return invalid('email', says.address);
  if (email === sender.email) return done({ email, papers: [] });
  return done({ email, papers: [{ kind, text: JSON.stringify({ ...sender, email }) }] });
}

/** Writes the parcel and puts its link into the outbox. */
async function post(
  { office }: Room,
  tx: Tx,
  of: Pick<ParcelRow, 'attempt' | 'asked'> & {
    id: string;
    row: RequestRow;
    request: Request;
    email: string;
    signature: readonly string[];
  },
): Promise<void> {
  const { id, row, request, attempt, asked, email, signature } = of;
  const now = office.clock.now();
  const last = lastDayOf(now);
  const secret = newSecret();
  await insertParcel(tx, {
    id,
    request_id: row.id,
    attempt,
    asked,
    link: digest(secret),
    made_at: new Date(now),
    valid_until: endOf(last),
  });
  const letter = {
    ...mailWords(last),
    to: email,
    lang: request.lang,
    number: numberOf(row),
    path: `${PARCEL}/${secret}?lang=${request.lang}`,
    by: signature,
  };
  if (!(await office.mail.post(tx, letter, [id]))) throw new Error('desk: mail is off');
}

/** Prepares an answer to go out electronically. */
async function outgoingOf(
  desk: Room,
  by: By,
  known: Case,
  { email, event, ...step }: Pick<Step, 'attempt' | 'asked'> & { email: string; event: EventBody | null },
): Promise<Outcome<Outgoing>> {
  if (!desk.office.mail.on) return invalid('by', says.mailOff);
  const { row, request } = known;
  const to = await recipientOf(desk, row, email);
  if (!to.ok) return to;
  const made = await (event ? newFiles(desk, by, known, event) : sameFiles(desk, by, known));
  if (!made.ok) return made;
  const { files, copies } = made.value;
  const id = newId(desk.office.clock.now());
  const signature = await mailSignature(desk.office, request.lang);
  return done({
    parcel: id,
    papers: [...to.value.papers, ...copies, ...files],
    post: (tx) =>
      post(desk, tx, { id, row, request, ...attemptOf(desk.office, by.actor, step), email: to.value.email, signature }),
  });
}

export interface AnswerAsk extends NotifyAsk {
  /** Where the link goes; the address on record when empty or left out. */
  email?: string | undefined;
}

/** Tells the person the outcome, by post or electronically. */
export async function sendAnswer(
  desk: Room,
  by: By,
  id: string,
  step: Step,
  { email = '', ...ask }: AnswerAsk,
): Promise<Outcome<Case>> {
  if (ask.by !== 'electronic') return notify(desk, by, id, step, ask);
  const found = await caseOf(desk, id);
  if (!found.ok) return found;
  const known = found.value;
  const made = madeBefore(desk.office, by, known, step);
  if (made) return made;
  // Checked first, so that nothing is read for an answer that is not due.
  const event = { event: 'notified', on: ask.on, by: ask.by, documents: ask.documents ?? [] } as const;
  const early = known.request.decided === null ? admit(known.request, event, desk.office.clock.today()) : null;
  if (early) return invalid(early.field, early.says);
  // What goes out again is what went out before.
  const again = known.request.toSendAgain && lastCopy(known, answerLetters(known.request)[0]!) !== undefined;
  const going = { attempt: step.attempt, asked: step.asked, email, event: again ? null : event };
  const outgoing = await outgoingOf(desk, by, known, going);
  return outgoing.ok ? notify(desk, by, id, step, ask, outgoing.value) : outgoing;
}

export interface Again {
  /** Names this press: pressed twice, one link goes out. */
  attempt: string;
  /** Another address than the one on record; empty for that one. */
  email: string;
}

/** The event the answer went out with. The letters of an answer sent before letters were kept are made again, for its day. */
const lastNotified = ({ events }: Case): EventBody => events.map(bodyOf).findLast((one) => one.event === 'notified')!;

/** Sends a new link to the same papers, with another code; the link before ends. */
export async function sendAgain(desk: Room, by: By, id: string, { attempt, email }: Again): Promise<Outcome<Case>> {
  const { office } = desk;
  const found = await caseOf(desk, id);
  if (!found.ok) return found;
  const { request, parcels } = found.value;
  const [named, asked] = [keyOfAttempt(office, attempt), askedFor('parcel', { email })];
  const sentBefore = (known: Case): Outcome<Case> | null => {
    const made = known.parcels.find((one) => one.attempt === named);
    if (!made) return null;
    return isSameAttempt(office, by.actor, made.asked, asked) ? done(known) : otherAttempt;
  };
  const made = sentBefore(found.value);
  if (made) return made;
  if (request.closedOn !== null) return invalid('by', factSays.closed);
  if (parcels.length === 0) return invalid('by', says.notSent);
  if (request.toSendAgain) return invalid('by', says.returned);
  const event = lastCopy(found.value, answerLetters(request)[0]!) ? null : lastNotified(found.value);
  const outgoing = await outgoingOf(desk, by, found.value, { attempt, asked, email, event });
  if (!outgoing.ok) return outgoing;
  return office.database.transaction(async (tx) => {
    const row = await lockRequest(tx, id);
    const known = row && (await caseFrom(tx, row));
    if (!known) return noRequest;
    const key = keyOf(row);
    if (!key || known.request.closedOn !== null) return invalid('by', factSays.closed);
    const meanwhile = sentBefore(known);
    if (meanwhile) return meanwhile;
    if (known.request.toSendAgain) return invalid('by', says.returned);
    const at = new Date(office.clock.now());
    await dropPapers(tx, id, 'parcel', at);
    await endParcels(tx, id, 'replaced', at);
    const { papers, parcel } = outgoing.value;
    const kept = await keepPapers(office, tx, row, key, { papers, on: office.clock.today() });
    await updateFolded(tx, id, foldedOf(known.request, kept));
    await outgoing.value.post(tx, known);
    const subjects = { request: id, parcel };
    await append(tx, entryBy(by, office.clock.now(), 'desk:send-parcel', subjects));
    return done(await caseFrom(tx, { ...row, papers: kept }));
  });
}

/**
 * Ends a delivery at once, even while it is being fetched, since whoever reads the mail may not be the person; nothing goes out in its place. When
 * nothing was fetched, the answer did not reach the person.
 */
export async function stopParcel(desk: Room, by: By, id: string): Promise<Outcome<Case>> {
  const { office } = desk;
  return office.database.transaction(async (tx) => {
    const row = await lockRequest(tx, id);
    if (!row) return noRequest;
    const parcel = (await parcelsOf(tx, id)).at(-1);
    const now = office.clock.now();
    if (!parcel || !isStoppable(stateOfParcel(parcel, now))) return conflict('parcel', says.over);
    await dropPapers(tx, id, 'parcel', new Date(now));
    await endParcels(tx, id, 'closed', new Date(now));
    const subjects = { request: id, parcel: parcel.id, because: 'closed' };
    await append(tx, entryBy(by, now, 'desk:end-parcel', subjects));
    const known = await caseFrom(tx, row);
    const what = { by: 'electronic', why: 'unfetched', envelope: 'unopened' } as const;
    const event = { event: 'undelivered', on: office.clock.today(), ...what } as const;
    if (admit(known.request, event, event.on)) return done(known);
    await write(office, tx, by, known, {}, returning(desk, tx, row, event));
    return done(await caseFrom(tx, (await lockRequest(tx, id))!));
  });
}

const isMailed = (event: EventBody): boolean =>
  event.event === 'sought' && event.how === 'email' && event.letter === true;

/** Whether the mail that went to the person last, with a link or the request to get in touch, is known not to have arrived. */
export async function mailLost({ database }: Office, { row, events, parcels }: Case): Promise<boolean> {
  const asked = events.findLast((one) => isMailed(bodyOf(one)))?.at;
  const sent = [parcels.at(-1)?.made_at, asked].flatMap((at) => at ?? []);
  if (sent.length === 0) return false;
  return isLostOutside(database, numberOf(row), new Date(Math.max(...sent.map((at) => at.getTime()))));
}

/** What became of the mail with the last link; null where none was made. */
export async function linkMail({ database }: Office, { parcels }: Case): Promise<LetterState | null> {
  const last = parcels.at(-1);
  return last ? letterState(database, last.id) : null;
}

/** Returns the code to be told on the telephone, once; the reason is kept sealed. */
export async function tellCode(desk: Room, by: By, id: string, reason: string): Promise<Outcome<string>> {
  const { office } = desk;
  const found = await caseOf(desk, id);
  if (!found.ok) return found;
  if (reason.trim() === '') return invalid('reason', says.reason);
  return office.database.transaction(async (tx) => {
    const row = await lockRequest(tx, id);
    const known = row && (await caseFrom(tx, row));
    const key = row && keyOf(row);
    const parcel = known?.parcels.at(-1);
    const now = office.clock.now();
    if (!known || !key || !parcel || !isOpenable(stateOfParcel(parcel, now))) {
      return conflict('code', says.over);
    }
    if (parcel.told_at !== null) return conflict('code', says.told);
    await updateParcel(tx, parcel.id, { told_at: new Date(now) });
    const papers = [{ kind: 'reason', about: 'code', text: reason.trim() }] as const;
    const kept = await keepPapers(office, tx, row, key, { papers, on: office.clock.today() });
    await updateFolded(tx, id, foldedOf(known.request, kept));
    const subjects = { request: id, parcel: parcel.id };
    await append(tx, entryBy(by, now, 'desk:tell-code', subjects));
    return done(parcelCode(office, parcel.id));
  });
}
