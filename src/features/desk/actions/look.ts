// Opens what is judged: a disclosure is decided item by item and a correction by what stands there, so whoever decides may see it, for this request
// and nothing else. Opens also what tells the persons apart that a search finds.

import { both } from '../../../base/bilingual.ts';
import { done, invalid, type Outcome } from '../../../base/outcome.ts';
import { showIdentities, tellingItems, type SearchTerm, type Values } from '../../../vault/index.ts';
import type { By, Room } from '../../access/index.ts';
import { standing } from '../../checkpoint/index.ts';
import { admit } from '../facts/admit.ts';
import type { Kind } from '../facts/kind.ts';
import { ownerIn, withPlaces } from '../facts/place.ts';
import type { Request } from '../facts/request.ts';
import { caseOf } from './cases.ts';
import { erasedAmong, hitsOf, matching, nobodyBy, partedProblem } from './collect.ts';
import { openFor } from './opened.ts';
import { reaching } from './reach.ts';
import { keptAbout } from './there.ts';

/** The paragraph under which each kind is judged by what stands there. */
const judgedUnder: Partial<Record<Kind, string>> = { disclosure: '33(2)', correction: '34(2)' };

/** Whether what was collected may be looked at: while it is judged, until the person is told. */
export const mayLook = ({ kind, collected, notified, closedOn }: Request): boolean =>
  judgedUnder[kind] !== undefined && collected !== null && notified === null && closedOn === null;

/** The most entries that are compared with each other. */
const MOST_COMPARED = 10;

const says = {
  over: both(
    'いまは、この請求のために中身を見る段階ではありません',
    'The content is not opened for this request at this stage',
  ),
  many: both(
    `見比べられるのは${MOST_COMPARED}件までです。条件を加えて絞り込んでください`,
    `You can compare at most ${MOST_COMPARED} entries. Add a condition to narrow the search`,
  ),
};

/** What one holding keeps of what was collected. */
export interface Looked {
  /** Its place. */
  holding: string;
  values: Values;
  /** Version of the record. */
  version: number;
}

/** Opens what one place keeps of what was collected for a request. */
export async function lookAt(desk: Room, by: By, id: string, place: string): Promise<Outcome<Looked>> {
  const found = await caseOf(desk, id);
  if (!found.ok) return found;
  const { request } = found.value;
  const stands = withPlaces(await standing(desk.office), request);
  const principal = ownerIn(request, place);
  const items = request.collected?.holdings.find((one) => one.holding === place)?.items;
  const article = judgedUnder[request.kind];
  if (!mayLook(request) || !principal || !items || !article || !stands.holdings.has(place))
    return invalid('holding', says.over);
  const parted = partedProblem(found.value);
  if (parted) return invalid(parted.field, parted.says);
  const may = await reaching(desk, by, 'people:use', [principal]);
  if (!may.ok) return may;
  const looked = await openFor(desk, may.value, found.value, stands, { place, principal, items, article });
  return looked.ok ? done({ holding: place, ...looked.value }) : looked;
}

/** What tells a person apart in one holding; `holding` null: what is kept of who an erased person was. */
export interface Compared {
  principal: string;
  holding: string | null;
  values: Values;
}

/**
 * Opens what tells apart those who match the terms of a search, so that nobody is chosen unseen and nobody has to open it under another reason. As
 * for the search itself, never before the requester is identified.
 */
export async function compare(
  desk: Room,
  by: By,
  id: string,
  terms: readonly SearchTerm[],
): Promise<Outcome<Compared[]>> {
  const { office } = desk;
  const known = await caseOf(desk, id);
  if (!known.ok) return known;
  const on = office.clock.today();
  const early = admit(known.value.request, nobodyBy(known.value, terms, on), on);
  if (early) return invalid(early.field, early.says);
  const found = await matching(desk, by, known.value.request, terms);
  if (!found.ok) return found;
  const { request } = known.value;
  const hits = await hitsOf(office, request, found.value);
  if (hits.length > MOST_COMPARED) return invalid('principal', says.many);
  const principals = hits.map(({ principal }) => principal);
  const may = await reaching(desk, by, 'people:use', principals);
  if (!may.ok) return may;
  const stands = await standing(office);
  const compared: Compared[] = [];
  for (const { holding, principal = '', items: kept } of (
    await Promise.all(principals.map((one) => keptAbout(office, one)))
  ).flat()) {
    const items = kept.filter((item) => tellingItems.has(item));
    if (items.length === 0 || !stands.holdings.has(holding)) continue;
    const opened = { place: holding, principal, items, article: '37(2)' };
    const looked = await openFor(desk, may.value, known.value, stands, opened);
    if (!looked.ok) return looked;
    compared.push({ principal, holding, values: looked.value.values });
  }
  for (const [principal, identity] of await showIdentities(office, may.value, erasedAmong(request, hits), {
    request: id,
  }))
    if (identity !== 'unreadable')
      compared.push(...identity.map(([code, value]) => ({ principal, holding: null, values: { [code]: value } })));
  return done(compared);
}
