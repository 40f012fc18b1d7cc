// The person fetches an answer. Link and code open it for one sitting. Each file is encrypted with the code on its way out, and a file that went out
// whole is evidence of the delivery. Guessing at the code closes it.

import type { Actor } from '../../../base/actor.ts';
import { both, type Bilingual } from '../../../base/bilingual.ts';
import { done, invalid, notFound, type Outcome } from '../../../base/outcome.ts';
import { append, logEntry } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { encryptPdf, encryptZip } from '../../../platform/encrypt.ts';
import type { Passing } from '../../../platform/rounds.ts';
import { countAttempt, mailStaff, staffWhoMay, takeBack, waitProblem, type By, type Room } from '../../access/index.ts';
import { timeReached } from '../../date/index.ts';
import { admit } from '../facts/admit.ts';
import { isOpen, isOpenable, parcelTerms, type ParcelEnd, type ParcelState } from '../facts/parcel.ts';
import { numberOf } from '../facts/request.ts';
import { dropPapers, papersOf } from '../store/papers.ts';
import {
  endParcels,
  findByLink,
  findByOpening,
  lockUnended,
  parcelsOf,
  takeToEnd,
  updateParcel,
} from '../store/parcels.ts';
import { findRequest, lockRequest } from '../store/requests.ts';
import type { PaperRow, ParcelRow, RequestRow } from '../tables.ts';
import { caseFrom, stateOfParcel } from './cases.ts';
import { write } from './happen.ts';
import { keyOf, openingEntries, paperNamed, textOf } from './papers.ts';
import { digest, newSecret } from './parcel.ts';
import { isCode, isWhole, notWhole, parcelCode } from './receipt.ts';
import { responsibleFor } from './tell.ts';

const person: By = { actor: { kind: 'public' }, authority: [] };
const sekisho: Actor = { kind: 'sekisho' };

const MINUTE_MS = 60_000;

/**
 * Failures until the lock, for an address, which several people may share, and for a parcel. That of a parcel is above `wrongCodes`, so that only the
 * last wrong codes before it closes are delayed.
 */
const FAILURES = { address: 20, parcel: parcelTerms.wrongCodes + 4 };

const noLink = notFound(
  both(
    'このリンクは見つかりません。お送りしたメールのリンクを、もう一度開いてください',
    'There is no such link. Please open the link in our e-mail again',
  ),
);

const wrongCode = (left: number): Bilingual =>
  both(
    `コードが違います。お知らせしたとおりに入れてください。あと${left}回間違えると、受け取れなくなります`,
    `The code is wrong. Please enter it exactly as we gave it to you. After ${left} more wrong ${left === 1 ? 'code' : 'codes'} you can no longer fetch the answer`,
  );

const closedMail = {
  subject: both('電子での受け渡しを閉じました', 'An electronic delivery was closed'),
  says: both(
    `コードの間違いが${parcelTerms.wrongCodes}回になったため、電子での受け渡しを閉じました。本人に確かめ、もう一度送るか、書面で郵送してください。`,
    `An electronic delivery was closed after ${parcelTerms.wrongCodes} wrong codes. Check with the person, then send it again or post it on paper.`,
  ),
};

/** The state of the parcel that a link leads to; null where there is none. */
export async function stateOfLink({ database, clock }: Office, secret: string): Promise<ParcelState | null> {
  const row = secret === '' ? null : await findByLink(database, digest(secret));
  return row && stateOfParcel(row, clock.now());
}

/** A parcel that cannot change, because the row of its request is locked. */
interface Held {
  request: RequestRow;
  parcel: ParcelRow;
  state: ParcelState;
}

async function hold({ clock }: Office, tx: Tx, { id, request_id }: ParcelRow): Promise<Held> {
  const request = (await lockRequest(tx, request_id))!;
  const parcel = (await parcelsOf(tx, request_id)).find((one) => one.id === id)!;
  return { request, parcel, state: stateOfParcel(parcel, clock.now()) };
}

/** Ends a parcel and destroys its files. */
async function end(office: Office, tx: Tx, { request, parcel }: Held, by: ParcelEnd, actor: Actor): Promise<void> {
  const now = office.clock.now();
  await dropPapers(tx, request.id, 'parcel', new Date(now));
  await endParcels(tx, request.id, by, new Date(now));
  const subjects = { request: request.id, parcel: parcel.id, because: by };
  await append(tx, logEntry(now, actor, 'desk:end-parcel', subjects));
}

/** Tells those responsible for the request by mail that a parcel has closed. */
async function tellDesk(desk: Room, tx: Tx, request: RequestRow): Promise<void> {
  const readers = responsibleFor(request, await staffWhoMay(desk.access, 'requests:write', tx));
  await mailStaff(desk, tx, readers, () => ({
    ...closedMail,
    number: numberOf(request),
    path: `/desk/${request.id}`,
  }));
}

async function countWrong(desk: Room, tx: Tx, held: Held): Promise<Outcome<never>> {
  const { office } = desk;
  const { request, parcel } = held;
  const wrong = parcel.wrong + 1;
  await updateParcel(tx, parcel.id, { wrong });
  const subjects = { request: request.id, parcel: parcel.id, wrong };
  await append(tx, logEntry(office.clock.now(), person.actor, 'desk:wrong-code', subjects));
  if (wrong < parcelTerms.wrongCodes) {
    return invalid('code', wrongCode(parcelTerms.wrongCodes - wrong));
  }
  await end(office, tx, held, 'wrong-codes', person.actor);
  await tellDesk(desk, tx, request);
  return noLink;
}

/** Opens it for a new sitting, which ends any earlier one. */
async function open(office: Office, tx: Tx, { request, parcel }: Held): Promise<string> {
  const now = office.clock.now();
  const opening = newSecret();
  await updateParcel(tx, parcel.id, {
    opened_at: new Date(now),
    opening: digest(opening),
    opening_until: new Date(now + parcelTerms.minutes * MINUTE_MS),
  });
  const subjects = { request: request.id, parcel: parcel.id };
  await append(tx, logEntry(now, person.actor, 'desk:open-parcel', subjects));
  return opening;
}

export interface CodeAsk {
  /** The secret in the link. */
  link: string;
  code: string;
  /** The caller's network address; empty where it is not known. */
  address: string;
}

/** Opens a parcel. Returns the secret that the browser holds for the sitting. Not found where the link leads to nothing that the code could open. */
export async function openParcel(desk: Room, { link, code, address }: CodeAsk): Promise<Outcome<string>> {
  const { office, access } = desk;
  if (!isWhole(code)) return invalid('code', both(notWhole.ja, notWhole.en));
  const row = await findByLink(office.database, digest(link));
  const keys = [
    ...(address === '' ? [] : [{ key: access.directory.index('parcel-address', address), limit: FAILURES.address }]),
    ...(row ? [{ key: access.directory.index('parcel', row.id), limit: FAILURES.parcel }] : []),
  ];
  const { wait } = await countAttempt(access, keys);
  if (wait > 0) return waitProblem(wait);
  if (!row) return noLink;
  return office.database.transaction(async (tx) => {
    const held = await hold(office, tx, row);
    if (!isOpenable(held.state)) return noLink;
    if (!isCode(code, parcelCode(office, row.id))) return countWrong(desk, tx, held);
    await takeBack(tx, keys, true);
    return done(await open(office, tx, held));
  });
}

/** A file of a parcel: a letter, or the data. */
export interface ParcelFile {
  name: string;
  /** Name of the letter, or `data`. */
  about: string;
}

const fileName = (number: string, about: string): string => `${number}-${about}.${about === 'data' ? 'zip' : 'pdf'}`;

interface Sitting {
  request: RequestRow;
  parcel: ParcelRow;
  files: PaperRow[];
}

/** The sitting that a browser has open at this moment; null when it has none. */
async function sittingOf({ database, clock }: Office, opening: string): Promise<Sitting | null> {
  const parcel = opening === '' ? null : await findByOpening(database, digest(opening));
  const request = parcel && (await findRequest(database, parcel.request_id));
  if (!request || !isOpen(stateOfParcel(parcel, clock.now()))) return null;
  const files = (await papersOf(database, request.id)).filter(
    ({ kind, sealed }) => kind === 'parcel' && sealed !== null,
  );
  return { request, parcel, files };
}

export interface Opened {
  number: string;
  /** Until when the files can be fetched, in milliseconds. */
  until: number;
  files: ParcelFile[];
}

/** What a browser has open; null when it has since come by another link. */
export async function openedParcel(
  office: Office,
  { opening, link }: { opening: string; link: string },
): Promise<Opened | null> {
  const sitting = await sittingOf(office, opening);
  if (!sitting || (link !== '' && !digest(link).equals(sitting.parcel.link))) return null;
  const number = numberOf(sitting.request);
  return {
    number,
    until: sitting.parcel.opening_until!.getTime(),
    files: sitting.files.map(({ about }) => ({ about: about ?? '', name: fileName(number, about ?? '') })),
  };
}

/** Records that a file goes out whole. Throws when the delivery has ended, so that it does not. */
async function delivered({ office }: Room, { parcel, files }: Sitting, file: PaperRow): Promise<void> {
  await office.database.transaction(async (tx) => {
    const { request, parcel: now } = await hold(office, tx, parcel);
    const known = await caseFrom(tx, request);
    const event = { event: 'delivered', on: office.clock.today(), by: 'electronic' } as const;
    if (now.ended_by !== null || admit(known.request, event, event.on)) throw new Error('desk: the delivery has ended');
    await write(
      office,
      tx,
      person,
      known,
      {},
      {
        event,
        subjects: { by: 'electronic', parcel: parcel.id, paper: file.id, file: file.about ?? '', of: files.length },
        // The sitting that fetches first is the last, even if another was opened meanwhile.
        effect: () =>
          updateParcel(tx, parcel.id, {
            fetched_at: now.fetched_at ?? new Date(office.clock.now()),
            ...(now.fetched_at ? {} : { opening: parcel.opening, opening_until: parcel.opening_until }),
          }),
      },
    );
  });
}

/** Bytes held back until it is recorded that the file goes out. */
const LAST = 1024;

/** Sends all but the end of a file, has the delivery recorded, and sends the end: nothing goes out whole without its record. */
function recorded(bytes: Uint8Array, record: () => Promise<void>): ReadableStream<Uint8Array> {
  const most = Math.max(0, bytes.length - LAST);
  return new ReadableStream<Uint8Array>(
    {
      start: (out) => {
        if (most > 0) out.enqueue(bytes.subarray(0, most));
      },
      pull: async (out) => {
        await record();
        out.enqueue(bytes.subarray(most));
        out.close();
      },
    },
    { highWaterMark: 0 },
  );
}

export interface Fetched {
  name: string;
  type: string;
  length: number;
  body: ReadableStream<Uint8Array>;
}

/** One file, encrypted with the code. The reading is logged before the first byte, the delivery before the last. */
export async function fetchFile(desk: Room, opening: string, about: string): Promise<Outcome<Fetched>> {
  const { office } = desk;
  const sitting = await sittingOf(office, opening);
  const file = sitting?.files.find((one) => one.about === about);
  const key = sitting && keyOf(sitting.request);
  if (!sitting || !file || !key) return noLink;
  const { request, parcel } = sitting;
  const now = office.clock.now();
  const entries = openingEntries(now, person.actor, request, { ...paperNamed(file), parcel: parcel.id });
  await office.database.transaction((tx) => append(tx, ...entries));
  const clear = Buffer.from(textOf(office, key, file), 'base64');
  const code = parcelCode(office, parcel.id);
  const number = numberOf(request);
  const bytes =
    about === 'data'
      ? await encryptZip({ name: `${number}-data.json`, bytes: clear, at: parcel.made_at }, code)
      : await encryptPdf(clear, code);
  return done({
    name: fileName(number, about),
    type: about === 'data' ? 'application/zip' : 'application/pdf',
    length: bytes.length,
    body: recorded(bytes, () => delivered(desk, sitting, file)),
  });
}

/** Ends one parcel whose time is over. Returns whether there was one. */
export async function endNextParcel(office: Office, passing: Passing = { over: [] }): Promise<boolean> {
  const over = await timeReached(office);
  return office.database.transaction(async (tx) => {
    const now = office.clock.now();
    const request = await takeToEnd(tx, now, over, passing.over);
    if (request) passing.at = request.id;
    const parcel = request && (await parcelsOf(tx, request.id)).find(({ ended_by }) => ended_by === null);
    if (!request || !parcel) return false;
    const state = stateOfParcel(parcel, now);
    await end(office, tx, { request, parcel, state }, state === 'fetched' ? 'fetched' : 'expired', sekisho);
    return true;
  });
}

/**
 * Ends every parcel that a restored backup brought back open: it may have been stopped since, because somebody else has its link, or been replaced or
 * fetched. Returns how many.
 */
export async function endParcelsBack(office: Office, tx: Tx): Promise<number> {
  const requests = await lockUnended(tx);
  for (const request of requests) {
    const parcel = (await parcelsOf(tx, request.id)).at(-1)!;
    const state = stateOfParcel(parcel, office.clock.now());
    await end(office, tx, { request, parcel, state }, state === 'fetched' ? 'fetched' : 'closed', sekisho);
  }
  return requests.length;
}
