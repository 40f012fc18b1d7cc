// Which id of a request a record in a holding belongs to. Of several entries in one holding, each has its place, so that no two persons are mixed.

import { both } from '../../../base/bilingual.ts';
import type { Standing } from '../../checkpoint/index.ts';
import type { Collected, HoldingItems } from './event.ts';
import type { Request } from './request.ts';

/** The id whose record a holding keeps, among those of a request; null when several are possible and none was collected there. */
export function ownerIn({ specified, collected }: Pick<Request, 'specified' | 'collected'>, holding: string) {
  const principals = specified?.principals ?? [];
  const owner = collected?.holdings.find((one) => one.holding === holding)?.principal;
  return owner ?? (principals.length === 1 ? principals[0]! : null);
}

/** The holding of a place and, for one of several entries in it, the id of its owner. */
export function inHolding(place: string): { holding: string; owner?: string } {
  const [holding = '', owner] = place.split('@');
  return { holding, ...(owner === undefined ? {} : { owner }) };
}

/** The holdings that keep more than one id of a request, with these ids. They must all be one person. */
export function sharedIn(kept: readonly HoldingItems[]): Map<string, string[]> {
  const owners = new Map<string, string[]>();
  for (const { holding: place, principal } of kept) {
    const { holding } = inHolding(place);
    if (principal !== undefined) owners.set(holding, [...(owners.get(holding) ?? []), principal]);
  }
  return new Map([...owners].filter(([, all]) => all.length > 1));
}

/**
 * What is kept about a person, each entry at its place: the holding, or `holding@id` where several of their entries are in one holding. A decision
 * about a record is about its place. An entry that was collected keeps the place it had then.
 */
export function placed(kept: readonly HoldingItems[], collected: Pick<Collected, 'holdings'> | null): HoldingItems[] {
  const shared = sharedIn(kept);
  const before = ({ holding, principal }: HoldingItems): HoldingItems | undefined =>
    collected?.holdings.find((one) => one.principal === principal && inHolding(one.holding).holding === holding);
  return kept.map((one) => {
    const own =
      shared.has(one.holding) && one.principal !== undefined ? `${one.holding}@${one.principal}` : one.holding;
    return { ...one, holding: before(one)?.holding ?? own };
  });
}

/** The place of an id's record in a holding, among what was collected; null where there is none. */
export function placeIn(request: Pick<Request, 'specified' | 'collected'>, holding: string, principal: string) {
  const places = request.collected?.holdings.map((one) => one.holding) ?? [];
  return places.find((one) => inHolding(one).holding === holding && ownerIn(request, one) === principal) ?? null;
}

/** The standing facts with the places of a request among the holdings; several entries in one holding are numbered. */
export function withPlaces<S extends Pick<Standing, 'holdings'>>(
  stands: S,
  { collected }: Pick<Request, 'collected'>,
): S {
  const shared = sharedIn(collected?.holdings ?? []);
  if (shared.size === 0) return stands;
  const holdings = new Map(stands.holdings);
  for (const id of shared.keys()) {
    const places = collected!.holdings.filter((one) => inHolding(one.holding).holding === id);
    for (const [i, { holding: place }] of places.entries()) {
      const known = stands.holdings.get(id);
      const name = both(`${known?.name.ja}（${i + 1}）`, `${known?.name.en} (${i + 1})`);
      if (known) holdings.set(place, { ...known, name });
    }
  }
  return { ...stands, holdings };
}

/** The name of a step taken for each id of the person; with only one id, the step alone. */
export const stepFor = (principals: readonly string[], step: string, principal: string): string =>
  principals.length > 1 ? `${step}@${principal}` : step;
