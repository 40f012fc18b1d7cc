// What has changed since in what a request is about: the ids it found may have been linked with others or parted, and items that were judged may have
// changed. Checked whenever a request is read, so that nothing is done on outdated facts and its reader is told.

import { groupsOf } from '../../../base/groups.ts';
import { listEntries } from '../../../log/index.ts';
import type { Queryable } from '../../../platform/database/index.ts';
import { othersOf, sameAs } from '../../../vault/index.ts';
import { recordsHeld } from '../../checkpoint/index.ts';
import type { Review } from '../facts/event.ts';
import { inHolding, ownerIn } from '../facts/place.ts';
import type { Request } from '../facts/request.ts';
import type { Since } from '../facts/since.ts';
import type { EffectRow } from '../tables.ts';
import { hasGrown } from './there.ts';

/** Whether two ids that were linked as one person when a request found them no longer are. */
async function isParted(on: Queryable, { specified }: Request): Promise<boolean> {
  const persons = specified?.persons ?? [];
  const others = await othersOf(on, persons.flat());
  return persons.some(([first, ...rest]) => rest.some((id) => !others.get(first!)?.includes(id)));
}

/** Ids with something kept that were linked as the same person's since a request found them. */
async function joinedTo(on: Queryable, { specified }: Request): Promise<string[]> {
  const { principals } = specified ?? { principals: [] };
  const joined: string[] = [];
  for (const id of (await sameAs(on, principals)).slice(principals.length))
    if ((await recordsHeld(on, id)).length > 0) joined.push(id);
  return joined;
}

type Judged = Pick<Review, 'holding' | 'item' | 'version'>;

/** The most amendments that are searched for what they changed. When a record may have more, everything counts as changed. */
const MOST_AMENDMENTS = 200;

/** The items that each amendment of an id's records named, by holding, the newest first; each amendment makes one version. */
async function amendmentsOf(on: Queryable, principal: string): Promise<(holding: string) => readonly string[][]> {
  const actions = ['people:correct', 'people:acquire'];
  const listed = await listEntries(on, { principal, actions, most: MOST_AMENDMENTS });
  const by = groupsOf(listed, ({ entry }) => String(entry.holding));
  return (holding) => by(holding).map(({ entry }) => entry.items as string[]);
}

/** The judged items of one id that an amendment has named since. What is no longer there has not changed: it is gone. */
async function changedAbout(on: Queryable, principal: string, judged: readonly Judged[]): Promise<Judged[]> {
  const records = new Map((await recordsHeld(on, principal)).map((one) => [one.holding, one]));
  const recordOf = ({ holding: place }: Judged) => records.get(inHolding(place).holding);
  const older = judged.filter((one) => {
    const record = recordOf(one);
    return record?.items.includes(one.item) && one.version !== record.version;
  });
  if (older.length === 0) return [];
  const amended = await amendmentsOf(on, principal);
  return older.filter((one) => {
    const { holding, version: now } = recordOf(one)!;
    const { item, version = 0 } = one;
    const since = now - version;
    const known = version > 0 && since > 0 && since <= amended(holding).length;
    return (
      !known ||
      amended(holding)
        .slice(0, since)
        .some((items) => items.includes(item))
    );
  });
}

/** Items that were judged and have been corrected or added to since. */
export async function changedOf(
  on: Queryable,
  request: Pick<Request, 'kind' | 'specified' | 'collected'>,
  judged: readonly Judged[],
): Promise<Judged[]> {
  if (request.kind !== 'disclosure') return [];
  const about = groupsOf(judged, ({ holding }) => ownerIn(request, holding) ?? '');
  const changed: Judged[] = [];
  for (const owner of new Set(judged.map(({ holding }) => ownerIn(request, holding))))
    if (owner !== null) changed.push(...(await changedAbout(on, owner, about(owner))));
  return changed;
}

/** The version of the record that a place keeps at this moment; undefined where there is none. */
export async function versionIn(
  on: Queryable,
  request: Pick<Request, 'specified' | 'collected'>,
  place: string,
): Promise<number | undefined> {
  const owner = ownerIn(request, place);
  const { holding } = inHolding(place);
  const records = owner === null ? [] : await recordsHeld(on, owner);
  return records.find((one) => one.holding === holding)?.version;
}

/** What has changed since. New links and changed items no longer matter once the person was told or the request is closed. */
export async function sinceOf(on: Queryable, request: Request, effects: readonly EffectRow[]): Promise<Since> {
  const waits = request.notified === null && request.closedOn === null;
  return {
    parted: await isParted(on, request),
    joined: waits ? await joinedTo(on, request) : [],
    begun: effects.length > 0 || request.carriedOut !== null,
    changed: waits ? await changedOf(on, request, request.reviews) : [],
    grown: await hasGrown({ database: on }, request),
  };
}
