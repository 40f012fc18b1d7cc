// The other open requests of the same person. Nothing that one of them is about is erased or corrected before that one is answered, unless an officer
// orders it and says why: the law gives no order among requests, and what is erased can no longer be disclosed.

import { both } from '../../../base/bilingual.ts';
import { done, forbidden, invalid, type Outcome } from '../../../base/outcome.ts';
import type { Queryable } from '../../../platform/database/index.ts';
import { sameAs } from '../../../vault/index.ts';
import type { By, Room } from '../../access/index.ts';
import { isAwaited, isToChange, leaves, mayStillChange, type Left } from '../facts/others.ts';
import { numberOf } from '../facts/request.ts';
import { openRequestsOf } from '../store/lists.ts';
import type { RequestRow } from '../tables.ts';
import { type Case } from './cases.ts';

export const says = {
  officer: both(
    '答えていないほかの請求より先に実施するかどうかは、個人情報保護管理者が決めます',
    'The privacy officer decides whether to carry this out before another unanswered request of the person',
  ),
  unseen: both(
    'いまは実施できません。個人情報保護管理者に確かめてください',
    'It cannot be carried out now. Ask the privacy officer',
  ),
  why: (numbers: readonly string[]) =>
    both(
      `まだ答えていない請求（${numbers.join('、')}）より先に実施する理由を書いてください`,
      `Write why this is carried out before ${numbers.join(', ')}, which is not answered yet`,
    ),
};

/** Another open request of the same person. `takes`: what carrying out this one leaves of what the other is about; `loses`: the reverse. */
export interface Other {
  row: RequestRow;
  takes: Left | null;
  loses: Left | null;
}

/** The open requests about any of these ids, or about one linked with them, in the order they came. */
export const openOf = async (on: Queryable, principals: readonly string[]): Promise<RequestRow[]> =>
  principals.length === 0 ? [] : openRequestsOf(on, await sameAs(on, principals));

/** The other open requests about the person of an open request. */
export async function othersOpen(
  on: Queryable,
  { row: { id, principal_ids: principals }, request }: Pick<Case, 'row' | 'request'>,
): Promise<Other[]> {
  if (request.closedOn !== null) return [];
  const others = (await openOf(on, principals)).filter((one) => one.id !== id);
  return others.map((row) => ({
    row,
    takes: isToChange(request) && isAwaited(row.stage) ? leaves(request.kind, row.kind) : null,
    loses: request.delivered.length === 0 && mayStillChange(row.stage) ? leaves(row.kind, request.kind) : null,
  }));
}

/** The requests that lose something when this one is carried out. */
export const takenFrom = async (on: Queryable, known: Pick<Case, 'row' | 'request'>): Promise<RequestRow[]> =>
  (await othersOpen(on, known)).flatMap(({ row, takes }) => (takes ? [row] : []));

/** Ids of the requests that this one is carried out ahead of; none when none of them loses anything by it. */
export async function orderOf(
  { office, access: { policies } }: Room,
  { actor }: By,
  known: Pick<Case, 'row' | 'request'>,
  why: string,
): Promise<Outcome<string[]>> {
  const others = await takenFrom(office.database, known);
  if (others.length === 0) return done([]);
  const may = (action: 'requests:read' | 'requests:decide'): boolean => policies.decide(actor, action).allowed;
  if (!may('requests:read')) return forbidden(says.unseen);
  if (!may('requests:decide')) return forbidden(says.officer);
  if (why.trim() === '') return unordered(others);
  return done(others.map(({ id }) => id));
}

export const unordered = (others: readonly RequestRow[]) => invalid('ahead', says.why(others.map(numberOf)));
