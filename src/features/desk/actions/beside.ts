// Keeps corrections and erasures made outside the desk from going around it. One that the person asked for names the request, in which it is known
// who asks and the person is told (34(3), 35(7)). Nobody is erased while a request about them is open, which would find nothing any more.

import type { Actor } from '../../../base/actor.ts';
import { both } from '../../../base/bilingual.ts';
import { conflict, done, invalid, type Outcome } from '../../../base/outcome.ts';
import { append } from '../../../log/index.ts';
import type { Queryable, Tx } from '../../../platform/database/index.ts';
import type { Values } from '../../../vault/index.ts';
import { entryBy, type Access, type By, type Room } from '../../access/index.ts';
import {
  held,
  holdingsProblem,
  standing,
  Undone,
  type CorrectionGround,
  type ErasureGround,
} from '../../checkpoint/index.ts';
import type { Kind } from '../facts/kind.ts';
import { placeIn } from '../facts/place.ts';
import { numberFrom, numberOf } from '../facts/request.ts';
import { openRequestsOf } from '../store/lists.ts';
import { lockRequest } from '../store/requests.ts';
import type { RequestRow } from '../tables.ts';
import { caseFrom } from './cases.ts';
import { keepFormer } from './former.ts';

/** A correction or an erasure of a person outside the desk. */
export interface BesideAsk {
  principal: string;
  change: { what: 'correct'; ground: CorrectionGround; holding: string } | { what: 'erase'; ground: ErasureGround };
  /** The number of the request at the desk, as typed; empty for none. */
  request: string;
}

/** Writes what belongs to a change, in its transaction; gets its log entry and, for a correction, what stood before. */
export type BesideRecord = (tx: Tx, entry: string, before?: Values) => Promise<void>;

/** Kinds of requests that a change can belong to when the person asked for it. */
const kindsFor: Record<BesideAsk['change']['what'], readonly Kind[]> = {
  correct: ['correction'],
  erase: ['erasure', 'stop-use'],
};

const says = {
  number: both(
    '本人の請求によるときは、窓口で受け付けた請求の番号を書いてください',
    'If the person asked for this, enter the number of their request at the desk',
  ),
  unasked: both(
    '請求の番号は、本人の請求によるときだけ書きます',
    'Enter a request number only if the person asked for this',
  ),
  correct: both(
    'この本人の、進行中の訂正の請求の番号を書いてください',
    'Enter the number of this person’s open request for correction',
  ),
  erase: both(
    'この本人の、進行中の消去か利用の停止の請求の番号を書いてください',
    'Enter the number of this person’s open request to erase or to stop use',
  ),
};

/** The refusal while requests are open; it names their numbers only to those who may see requests (`open` not null). */
const waits = (open: readonly Pick<RequestRow, 'year' | 'serial'>[] | null) => {
  const numbers = open?.map(numberOf);
  return both(
    `この本人の請求が窓口で進行中です${numbers ? `（${numbers.join('、')}）` : ''}。終わるまで消去できません`,
    `This person has an open request at the desk${numbers ? ` (${numbers.join(', ')})` : ''} and cannot be erased until it is closed`,
  );
};

const mayRead = ({ policies }: Access, actor: Actor): boolean => policies.decide(actor, 'requests:read').allowed;

/** The open requests about a person, if the actor may see them; null: there are some that they may not see. */
export async function openAbout(
  { office, access }: Room,
  actor: Actor,
  principal: string,
): Promise<RequestRow[] | null> {
  const open = await openRequestsOf(office.database, [principal]);
  return open.length === 0 || mayRead(access, actor) ? open : null;
}

const nothing: BesideRecord = () => Promise.resolve();

/** Ties a change to its request: by its log entry and, for a correction, by what stood before. */
async function tie(
  { desk, by, ask: { principal, change }, tx }: { desk: Room; by: By; ask: BesideAsk; tx: Tx },
  row: RequestRow,
  { entry, before = {} }: { entry: string; before: Values | undefined },
): Promise<void> {
  const { id } = row;
  const subjects = { request: id, principal, about: entry };
  await append(tx, entryBy(by, desk.office.clock.now(), 'desk:beside', subjects));
  if (change.what !== 'correct') return;
  const { request } = await caseFrom(tx, row);
  const place = placeIn(request, change.holding, principal) ?? change.holding;
  await keepFormer(desk, by, tx, { request: id, place, before });
}

/** The open request that a change belongs to, null when the person did not ask for it; or why the change cannot be made outside the desk. */
async function requestFor(
  on: Queryable,
  { access }: Room,
  { actor }: By,
  { principal, change, request }: BesideAsk,
): Promise<Outcome<RequestRow | null>> {
  const open = await openRequestsOf(on, [principal]);
  const asked = change.ground.startsWith('request');
  if (asked && request.trim() === '') return invalid('request', says.number);
  if (!asked && request.trim() !== '') return invalid('request', says.unasked);
  const number = numberFrom(request);
  const named = open.find((one) => one.year === number?.year && one.serial === number.serial);
  if (asked && !(named && kindsFor[change.what].includes(named.kind))) return invalid('request', says[change.what]);
  const others = open.filter((one) => one !== named);
  if (change.what === 'erase' && others.length > 0) {
    const seen = mayRead(access, actor) ? others : null;
    return conflict('request', waits(seen));
  }
  return done(named ?? null);
}

/**
 * Whether a person may be corrected or erased outside the desk, and what is then written with it. Not called for what the desk carries out itself. A
 * person who is erased already may be erased again: the outcome is the same.
 */
export async function besideDesk(desk: Room, by: By, ask: BesideAsk): Promise<Outcome<BesideRecord>> {
  const { principal, change } = ask;
  const about = await held(desk.office, principal);
  if (!about.ok || 'entry' in about.value) return done(nothing);
  const reached = change.what === 'correct' ? [change.holding] : about.value.records.map(({ holding }) => holding);
  const stands = await standing(desk.office);
  // The correction itself reports an unknown holding.
  if (!reached.every((id) => stands.holdings.has(id))) return done(nothing);
  const outside = holdingsProblem(by.actor, stands, reached);
  if (outside) return outside;
  const early = await requestFor(desk.office.database, desk, by, ask);
  if (!early.ok) return early;
  // Checked again in the transaction of the change. The person is locked by then, so that no request comes to reach them (`specify`), and so is the
  // request, so that it does not end.
  return done(async (tx, entry, before) => {
    if (early.value) await lockRequest(tx, early.value.id);
    const named = await requestFor(tx, desk, by, ask);
    if (!named.ok) throw new Undone(named);
    if (named.value) await tie({ desk, by, ask, tx }, named.value, { entry, before });
  });
}
