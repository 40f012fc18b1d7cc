// Looking through the registers. Nothing is kept of what was looked for, and no word of it reaches the database: what is asked there is an id
// or a number.

import { foundIn, type Asked, type Catalogue, type Found } from './facts.ts';

/** What is called so and may be opened, each kind by its closest. One after the other: a search waits for one connection, and takes no more. */
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
