// Records that an answer did not reach the person: it came back, or somebody else got it. The request is open again, those who decide refusals are
// told at once of what may be a leak, and only they end such a request.

import { both } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import { done, forbidden, type Outcome } from '../../../base/outcome.ts';
import type { Queryable, Tx } from '../../../platform/database/index.ts';
import { mailStaff, staffWhoMay, type By, type Room } from '../../access/index.ts';
import type { EventOf, Undelivered } from '../facts/event.ts';
import { numberOf, type Request } from '../facts/request.ts';
import { isLeak, mayHaveLeaked } from '../facts/undelivered.ts';
import { openUndelivered } from '../store/events.ts';
import { endParcels } from '../store/parcels.ts';
import type { ListedRow, RequestRow } from '../tables.ts';
import type { Case } from './cases.ts';
import { happen, type Happening, type Step } from './happen.ts';
import type { Paper } from './papers.ts';

export const says = {
  undelivered: both(
    '答えが届かないまま終えるのは、個人情報保護管理者です',
    'Only the privacy officer may close a request whose answer never arrived',
  ),
  officer: both(
    '答えがほかの人に渡ったかもしれない請求は、個人情報保護管理者が、漏えいに当たるかを確かめてから終えます',
    'A request whose answer may have reached somebody else is closed by the privacy officer, once it is clear whether it is a leak',
  ),
};

/** The mail: a number and a link, and nothing of whose answer it was. */
const leakMail = {
  subject: both('請求の答えが、ほかの人に渡ったかもしれません', 'An answer may have reached somebody else'),
  says: both(
    '送った答えが本人に届かず、ほかの人に見られたかもしれないと記録されました。漏えいに当たれば、報告には日数の決まりがあります（法26条）。すぐに開いて確かめてください。',
    'It was recorded that an answer did not reach the person and that somebody else may have seen it. If it is a leak, it must be reported within a set number of days (APPI Art. 26). Open the request and check at once.',
  ),
};

/** Tells those who may decide whether it was a leak. */
async function tellOfLeak(desk: Room, tx: Tx, row: RequestRow): Promise<void> {
  const readers = await staffWhoMay(desk.access, 'requests:decide', tx);
  await mailStaff(desk, tx, readers, () => ({ ...leakMail, number: numberOf(row), path: `/desk/${row.id}` }));
}

/**
 * The event with everything that belongs to it: an electronic delivery ends at once, since anybody may have the link, and the officers are told of a
 * leak.
 */
export const returning = (
  desk: Room,
  tx: Tx,
  row: RequestRow,
  event: EventOf<'undelivered'>,
): Happening & { event: EventOf<'undelivered'> } => ({
  event,
  drop: event.by === 'electronic' ? [{ kind: 'parcel' }] : [],
  effect: async () => {
    if (event.by === 'electronic') await endParcels(tx, row.id, 'closed', new Date(desk.office.clock.now()));
    if (mayHaveLeaked(event)) await tellOfLeak(desk, tx, row);
  },
  subjects: { by: event.by, why: event.why, envelope: event.envelope },
});

/** Words of the desk about a step, sealed with the papers of the request; none when nothing was written. */
export const noted = (about: 'undelivered' | 'sought', text: string): Paper[] =>
  text.trim() === '' ? [] : [{ kind: 'reason', about, text: text.trim() }];

export interface UndeliverAsk extends Undelivered {
  on: Day;
  /** Where what came back is kept; sealed. */
  kept?: string | undefined;
}

/** Records that an answer did not reach the person. */
export const undeliver = (
  desk: Room,
  by: By,
  id: string,
  step: Step,
  { kept = '', ...what }: UndeliverAsk,
): Promise<Outcome<Case>> =>
  happen(desk, by, id, step, ({ row }, tx) =>
    done({ ...returning(desk, tx, row, { event: 'undelivered', ...what }), papers: noted('undelivered', kept) }),
  );

/**
 * Why the caller may not end a request, or null: whether it was a leak is for those who may decide refusals to find out. `givesUp`: the answer never
 * arrived, and whoever owes it does not write it off alone.
 */
export function endingProblem(
  { access }: Room,
  { actor }: By,
  request: Request,
  givesUp = false,
): Outcome<never> | null {
  if (access.policies.decide(actor, 'requests:decide').allowed) return null;
  if (isLeak(request)) return forbidden(says.officer);
  return givesUp ? forbidden(says.undelivered) : null;
}

/** An open request whose answer somebody else may have, and since when that is known. */
export interface Leaked extends Pick<ListedRow, 'id' | 'year' | 'serial' | 'assigned_to'> {
  since: Day;
}

/** Every such request, in the order in which that was learned. */
export async function requestsLeaked({ database }: { database: Queryable }): Promise<Leaked[]> {
  const leaks = (await openUndelivered(database)).filter((row) => mayHaveLeaked(row.data));
  const first = new Map(leaks.toReversed().map((row) => [row.id, row]));
  return [...first.values()]
    .map(({ id, year, serial, assigned_to, on_day: since }) => ({ id, year, serial, assigned_to, since }))
    .toSorted((a, b) => a.since.localeCompare(b.since) || a.year - b.year || a.serial - b.serial);
}
