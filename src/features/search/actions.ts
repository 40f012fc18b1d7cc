// Searches the registers. Nothing is kept of the search, and no word of it reaches the database, which is asked for ids and numbers only.

import { foundIn, type Asked, type Catalogue, type Found } from './facts.ts';

/** Finds things by name that the user may open, each kind by its closest. Catalogues are read in turn, so that a search takes one connection only. */
export async function search(
  catalogues: readonly Catalogue[],
  asked: Asked,
  mayOpen: (href: string) => boolean,
): Promise<Found[]> {
  const found: (Found & { distance: number })[] = [];
  for (const catalogue of catalogues) {
    if (catalogue.list !== undefined && !mayOpen(catalogue.list)) continue;
    const one = foundIn(catalogue, await catalogue.things(asked), asked.typed, mayOpen);
    if (one) found.push(one);
  }
  return found.sort((a, b) => a.distance - b.distance);
}
