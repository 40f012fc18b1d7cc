// Letters by mail. A feature posts a letter in the transaction of its effect; a loop sends it by SMTP, at least once, and marks it. A letter
// contains a number and a link, or neither, and nothing personal. Its address is sealed while it waits, then deleted.

import { both, type Bilingual, type Lang } from '../base/bilingual.ts';
import { newId } from '../base/id.ts';
import type { Clock } from './clock.ts';
import type { MailSettings } from './config.ts';
import { uuidArray, type Database, type Queryable, type Tx } from './database/index.ts';
import { Damaged } from './damaged.ts';
import { codeOf, isFinal, isNotTaken, serverProblem, type Failure } from './mail-answers.ts';
import { keepRounds, reporting, type Rounds } from './rounds.ts';

/** What is sent: fixed words of a feature, the number of a case, and its place in the office. */
export interface Letter {
  to: string;
  lang: Lang;
  subject: Bilingual;
  says: Bilingual;
  number: string;
  /** Path, beginning with `/`. Null in a letter that says neither the number nor where it leads: only those who list lost letters see the number. */
  path: string | null;
  /** Signature lines of the sender, its company first, for letters to people outside the company; otherwise Sekisho signs. */
  by?: readonly string[];
}

/** A text sealed under a key of its own, which the KEK wraps. */
export interface SealedText {
  keyVersion: number;
  key: Buffer;
  sealed: Buffer;
}

/** How waiting letters are sealed, bound to their id. */
export interface Sealing {
  seal(id: string, text: string): SealedText;
  open(id: string, text: SealedText): string;
}

export interface Mail {
  /** False without settings: the office then works without mail and says so. */
  readonly on: boolean;
  /**
   * Puts a letter into the outbox, in the transaction of what it reports. Returns whether it waits there. Nothing is stored when mail is off. A
   * letter to an invalid address is given up at once and shown as lost, because what it reports has happened all the same. `needs`: ids of what has to
   * stand for it to go out; who ends one of them withdraws the letter.
   */
  post(tx: Tx, letter: Letter, needs?: readonly string[]): Promise<boolean>;
  /**
   * Redirects waiting letters to staff from one address to another, in the transaction that changes the address. A letter being sent at that moment
   * still goes to the old one; if it does not arrive, the next try goes to the new one.
   */
  readdress(tx: Tx, from: string, to: string): Promise<void>;
  /**
   * Sends the due letter that has waited longest, or gives it up. Returns whether there was one. When the office stops meanwhile, the server has only
   * seconds left to take it.
   */
  sendNext(stopping?: AbortSignal): Promise<boolean>;
  /** Reports once why the server accepts no letters, whoever they are to, and null once it does again. */
  watch(tell: (why: string | null) => void): void;
}

interface Row {
  id: string;
  queued_at: Date;
  kek_version: number;
  wrapped_key: Buffer;
  sealed: Buffer;
  tries: number;
}

/** A letter that was taken for a try. `offered`: a server may have it from an earlier one. */
interface Taken extends Row {
  offered: boolean;
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;
const LONGEST_PAUSE_MS = 120 * MINUTE_MS;
/** The pauses between this many tries add up to hours, whatever the clock says. */
const FEWEST_TRIES = 8;
const SHOWN_DAYS = 7;
/**
 * How long a server may be silent (RFC 5321, 4.5.3.2). Some look at a letter for minutes before they take it; if we hung up earlier, it would arrive
 * again with every try.
 */
const SILENCE_MS = 5 * MINUTE_MS;
/** For one try of a letter, however slowly the server goes on. */
const TRY_MS = 9 * MINUTE_MS;
/** For the letter in hand when the office is told to stop: service managers wait seconds and then kill. */
const STOP_MS = 5 * SECOND_MS;
/** Longer than a try, and shorter than the longest pause: a letter due later than that counts as due at once. */
const LEASE_MS = 10 * MINUTE_MS;

/**
 * A single address, with nothing that could form a header or a list of addresses, and nothing that cannot be seen. The mailbox is in ASCII: a letter
 * to another may go only to a server that offers SMTPUTF8 (RFC 6531, 3.2), which few do, and full-width letters are a slip of the keyboard.
 */
const oneAddress = /^[^\s\p{C}\u0080-\u{10ffff}@,;:<>"()[\]\\]+@[^\s\p{C}@,;:<>"()[\]\\]+$/u;

/** True when a letter can be sent to this address. */
export const isAddress = (text: string): boolean => text.length <= 254 && oneAddress.test(text);

/** One minute, doubled on each try, at most two hours. */
const pauseAfter = (tries: number): number => Math.min(MINUTE_MS * 2 ** (tries - 1), LONGEST_PAUSE_MS);

const LOCAL = new Set(['localhost', '127.0.0.1', '::1']);

/** TLS from the start, or required STARTTLS; in clear only to the same machine. */
async function transportOf({ host, port, secure, login }: MailSettings) {
  const { createTransport } = await import('nodemailer');
  return createTransport({
    host,
    port,
    secure,
    ...(secure ? {} : LOCAL.has(host) ? { ignoreTLS: true } : { requireTLS: true }),
    ...(login ? { auth: { user: login.user, pass: login.password } } : {}),
    dnsTimeout: 10 * SECOND_MS,
    connectionTimeout: 10 * SECOND_MS,
    greetingTimeout: 10 * SECOND_MS,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

const house = both('このメールは、関所が自動で送っています。', 'This mail was sent automatically by Sekisho.');

const JAPAN_MS = 9 * 60 * MINUTE_MS;

/** An instant as the time in Japan, as a header writes it. */
const dateHeader = (at: Date): string => new Date(at.getTime() + JAPAN_MS).toUTCString().replace('GMT', '+0900');

/**
 * The message as sent. What follows the two dashes is its signature (RFC 3676, 4.3). Outside, the sender has the name of the company: the name that the
 * settings give may be in another language than the letter, and name a desk that others at the address are not to learn of.
 */
function messageOf(letter: Letter, publicUrl: string, { name, address }: MailSettings['from']) {
  const { lang, number, path, by = [house[lang]] } = letter;
  const subject = letter.subject[lang];
  const text = [
    letter.says[lang],
    ...(path === null ? [] : [`${number}\n${publicUrl}${path}`]),
    `-- \n${by.join('\n')}\n`,
  ].join('\n\n');
  return {
    from: { name: letter.by?.[0] ?? name, address },
    to: { name: '', address: letter.to },
    subject: path === null ? subject : lang === 'ja' ? `${subject}（${number}）` : `${subject} (${number})`,
    text,
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': lang },
    // Mailbox files part letters at such a line, and alter it.
    ...(/^From /m.test(text) ? { textEncoding: 'base64' as const } : {}),
  };
}

/**
 * A letter that was never tried is due whatever the clock says. One that would wait longer than any pause is due too: its time was set by a clock that
 * was ahead.
 */
const DUE = "state = 'waiting' AND (tries = 0 OR next_at <= $1 OR next_at > $2)";
const dueAt = (now: number): Date[] => [new Date(now), new Date(now + LONGEST_PAUSE_MS)];

const columns = 'm.id, queued_at, kek_version, wrapped_key, sealed, tries';

/**
 * Takes the letter that has waited longest, for one try. It becomes due again when the lease ends, in case the process dies. Called every few
 * seconds; usually there is none, and nothing is written.
 */
async function takeDue(on: Queryable, now: number): Promise<Taken | undefined> {
  const [row] = await on.query<Taken>(
    // A subquery could be read once for each row of the outbox, and then take several letters, of which one would be sent.
    `WITH due AS MATERIALIZED (
       SELECT id, offered FROM mail_outbox WHERE ${DUE} ORDER BY next_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
     UPDATE mail_outbox m SET tries = tries + 1, next_at = $3, offered = true FROM due
     WHERE m.id = due.id RETURNING ${columns}, due.offered`,
    [...dueAt(now), new Date(now + LEASE_MS)],
    'mail.takeDue',
  );
  return row;
}

const GONE = 'kek_version = NULL, wrapped_key = NULL, sealed = NULL';

/** A delivered letter is delivered, even if another process is trying it or it has been redirected or withdrawn since. */
async function markSent(on: Queryable, { id }: Row, at: Date): Promise<void> {
  await on.query(`UPDATE mail_outbox SET state = 'sent', ended_at = $2, problem = NULL, ${GONE} WHERE id = $1`, [
    id,
    at,
  ]);
}

/** A failure counts only for the letter as it was tried: not if it has been tried again, ended or redirected since. */
const AS_TRIED = 'id = $1 AND tries = $2 AND wrapped_key = $3';
const asTried = ({ id, tries, wrapped_key }: Row) => [id, tries, wrapped_key];

async function giveUp(on: Queryable, row: Row, at: Date, problem: string): Promise<void> {
  await on.query(`UPDATE mail_outbox SET state = 'given-up', ended_at = $4, problem = $5, ${GONE} WHERE ${AS_TRIED}`, [
    ...asTried(row),
    at,
    problem,
  ]);
}

async function putOff(on: Queryable, row: Taken, until: Date, failure: Failure): Promise<void> {
  await on.query(`UPDATE mail_outbox SET next_at = $4, problem = $5, offered = $6 WHERE ${AS_TRIED}`, [
    ...asTried(row),
    until,
    codeOf(failure),
    row.offered || !isNotTaken(failure),
  ]);
}

const openLetter = (sealing: Sealing, { id, kek_version, wrapped_key, sealed }: Row): Letter =>
  JSON.parse(sealing.open(id, { keyVersion: kek_version, key: wrapped_key, sealed })) as Letter;

/** The letter, or null when it is damaged and does not open; it must not hold up the others. */
function readLetter(sealing: Sealing, row: Row): Letter | null {
  try {
    return openLetter(sealing, row);
  } catch (error) {
    if (error instanceof Damaged) return null;
    throw error;
  }
}

async function readdress(sealing: Sealing, tx: Tx, from: string, to: string): Promise<void> {
  const rows = await tx.query<Row>(
    `SELECT ${columns} FROM mail_outbox m WHERE state = 'waiting' ORDER BY id FOR UPDATE`,
    [],
  );
  for (const row of rows) {
    const letter = readLetter(sealing, row);
    if (letter?.to !== from || letter.by) continue;
    const { keyVersion, key, sealed } = sealing.seal(row.id, JSON.stringify({ ...letter, to }));
    await tx.query('UPDATE mail_outbox SET kek_version = $2, wrapped_key = $3, sealed = $4 WHERE id = $1', [
      row.id,
      keyVersion,
      key,
      sealed,
    ]);
  }
}

export interface MailOptions {
  database: Database;
  clock: Clock;
  config: { mail: MailSettings | null; publicUrl: string };
  sealing: Sealing;
}

/** Ends a try of a letter when its time is up. `over` is called when the try has ended. */
function limitOf(stopping: AbortSignal | undefined): { signal: AbortSignal; over: () => void } {
  const stopped = new AbortController();
  const stop = (): void => void setTimeout(() => stopped.abort(), STOP_MS).unref();
  stopping?.addEventListener('abort', stop, { once: true });
  return {
    signal: AbortSignal.any([AbortSignal.timeout(TRY_MS), stopped.signal]),
    over: () => stopping?.removeEventListener('abort', stop),
  };
}

type Deliver = (row: Row, stopping: AbortSignal | undefined) => Promise<void>;

/** Hands a letter to the server. */
function delivery({ config: { mail, publicUrl }, sealing }: MailOptions): Deliver {
  let transport: ReturnType<typeof transportOf> | undefined;
  return async (row, stopping) => {
    if (!mail) throw Object.assign(new Error('mail is off'), { code: 'off' });
    const letter = openLetter(sealing, row);
    const server = await (transport ??= transportOf(mail));
    const { signal, over } = limitOf(stopping);
    await server
      .sendMail({
        ...messageOf(letter, publicUrl, mail.from),
        messageId: `<${row.id}@${new URL(publicUrl).hostname}>`,
        date: dateHeader(row.queued_at),
        signal,
      })
      .finally(over);
  };
}

async function post(
  { clock, sealing }: MailOptions,
  tx: Tx,
  letter: Letter,
  needs: readonly string[],
): Promise<boolean> {
  const now = clock.now();
  const id = newId(now);
  const outside = letter.by !== undefined;
  if (!isAddress(letter.to)) {
    await tx.query(
      `INSERT INTO mail_outbox (id, about, outside, needs, queued_at, next_at, state, ended_at, problem)
       VALUES ($1, $2, $3, $4, $5, $5, 'given-up', $5, 'refused')`,
      [id, letter.number, outside, uuidArray(needs), new Date(now)],
    );
    return false;
  }
  const { keyVersion, key, sealed } = sealing.seal(id, JSON.stringify(letter));
  await tx.query(
    `INSERT INTO mail_outbox (id, about, outside, needs, queued_at, next_at, kek_version, wrapped_key, sealed)
     VALUES ($1, $2, $3, $4, $5, $5, $6, $7, $8)`,
    [id, letter.number, outside, uuidArray(needs), new Date(now), keyVersion, key, sealed],
  );
  return true;
}

export function openMail(options: MailOptions): Mail {
  const { database, clock, config, sealing } = options;
  const deliver = delivery(options);
  let tell: (why: string | null) => void = () => undefined;
  let problem: string | null = null;
  const heard = (why: string | null): void => {
    if (why !== problem) tell(why);
    problem = why;
  };
  return {
    on: config.mail !== null,
    post: async (tx, letter, needs = []) => config.mail !== null && post(options, tx, letter, needs),
    watch: (told) => {
      tell = told;
    },
    readdress: (tx, from, to) => readdress(sealing, tx, from, to),
    // No transaction is open while waiting for the server: an open one would keep every later log entry from settling.
    sendNext: async (stopping) => {
      const row = await takeDue(database, clock.now());
      if (!row) return false;
      const failure = await deliver(row, stopping).then(
        () => null,
        (reason: unknown) => (reason ?? {}) as Failure,
      );
      // A damaged letter was never offered to the server, and one that the stop cut short says nothing of it.
      if (failure === null) heard(null);
      else if (!(failure instanceof Damaged) && stopping?.aborted !== true) heard(serverProblem(failure) ?? problem);
      const now = clock.now();
      if (failure === null) await markSent(database, row, new Date(now));
      else if (isFinal(failure)) await giveUp(database, row, new Date(now), 'refused');
      else if (row.tries >= FEWEST_TRIES && now - row.queued_at.getTime() >= DAY_MS)
        await giveUp(database, row, new Date(now), codeOf(failure));
      else await putOff(database, row, new Date(now + pauseAfter(row.tries)), failure);
      return true;
    },
  };
}

/**
 * Withdraws the letters that wait and need what this id names, in the transaction that stops or replaces it. Their addresses and texts are gone with
 * it. One that is being sent at that moment may arrive all the same: it is then marked as sent, or, if the process dies before that, stays withdrawn
 * and `offered`.
 */
export async function withdrawLetters(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.query(
    `UPDATE mail_outbox SET state = 'withdrawn', ended_at = $2, ${GONE} WHERE state = 'waiting' AND needs @> $1::uuid[]`,
    [uuidArray([id]), at],
  );
}

/** The problem of a letter that came back with a backup. */
const RESTORED = 'restored';

/** Gives up every letter that waits: a restored backup does not say which of them have gone out since. Returns how many. */
export async function giveUpWaiting(tx: Tx, at: Date): Promise<number> {
  const given = await tx.query(
    `UPDATE mail_outbox SET state = 'given-up', ended_at = $1, problem = $2, ${GONE} WHERE state = 'waiting' RETURNING id`,
    [at, RESTORED],
  );
  return given.length;
}

/** What became of a letter. `offered`: a server may have it, though it is not marked as sent. */
export interface LetterState {
  state: 'waiting' | 'sent' | 'given-up' | 'withdrawn';
  tries: number;
  offered: boolean;
}

/** What became of the last letter that needed what this id names; null where there was none, or it was written before that was kept. */
export async function letterState(on: Queryable, id: string): Promise<LetterState | null> {
  const [row] = await on.query<LetterState>(
    'SELECT state, tries, offered FROM mail_outbox WHERE needs @> $1::uuid[] ORDER BY id DESC LIMIT 1',
    [uuidArray([id])],
    'mail.letterState',
  );
  return row ?? null;
}

/**
 * A letter that was given up: what it was about, and whether the address was refused, it came back with a backup (and may have gone out before), or
 * the server could not be reached for a day.
 */
export interface LostLetter {
  about: string;
  at: Date;
  why: 'refused' | 'restored' | 'unsent';
}

/** Letters given up in the last week, newest first. */
export async function lostLetters(on: Queryable, clock: Clock): Promise<LostLetter[]> {
  return on.query<LostLetter>(
    `SELECT about, ended_at AS at, CASE WHEN problem IN ('refused', '${RESTORED}') THEN problem ELSE 'unsent' END AS why FROM mail_outbox
     WHERE state = 'given-up' AND ended_at > $1 ORDER BY ended_at DESC, id DESC`,
    [new Date(clock.now() - SHOWN_DAYS * DAY_MS)],
  );
}

/** Whether a letter about a case to somebody outside the company, written at this instant or later, was given up. */
export async function isLostOutside(on: Queryable, about: string, since: Date): Promise<boolean> {
  const lost = await on.query(
    `SELECT 1 FROM mail_outbox WHERE state = 'given-up' AND about = $1 AND queued_at >= $2 AND outside IS NOT FALSE LIMIT 1`,
    [about, since],
  );
  return lost.length > 0;
}

const PAUSE_MS = 2 * SECOND_MS;

/** Sends letters as they are posted. */
export const keepMailing = (mail: Mail, report: (line: string) => void): Rounds =>
  keepRounds(
    async (signal) => {
      while (!signal.aborted && (await mail.sendNext(signal)));
    },
    PAUSE_MS,
    reporting(report, 'mail'),
  );
