// What is looked for and what it is found by: what things are called, and their ids and numbers. Pure. Nothing here is a person, and what is
// typed like somebody's address or telephone number is looked for nowhere.

import type { Action, Actor } from '../../base/actor.ts';
import type { Bilingual } from '../../base/bilingual.ts';
import { isId } from '../../base/id.ts';
import { folded, readText } from '../../base/text.ts';

/** What somebody typed, and who. */
export interface Asked {
  /** In one width, without what stands around it. */
  typed: string;
  /** The same, where it is an id. */
  id: string | null;
  actor: Actor;
  may: (action: Action) => boolean;
}

/** Something with a page of its own, as it is called. */
export interface Thing {
  name: Bilingual;
  href: string;
  /** Where those go who may not go there. */
  or?: string | undefined;
  /** Its id and what else is its alone, such as its number: whoever types one whole means this. */
  numbers?: readonly string[];
  /** A line that tells it from others; its words are found, too. */
  says?: Bilingual;
}

/** What a feature has of one kind, to be found by what it is called. Never people. */
export interface Catalogue {
  title: Bilingual;
  /** The page that lists all of them: whoever may not open it finds none. */
  list?: string;
  /** All there are; of a kind that there may be very many of, those alone that are called exactly so. */
  things(asked: Asked): readonly Thing[] | Promise<readonly Thing[]>;
}

/** Those of one kind that were found, the closest first. */
export interface Found {
  catalogue: Pick<Catalogue, 'title' | 'list'>;
  things: readonly Thing[];
  /** There are more than these. */
  more: boolean;
}

/** So many of a kind are shown. */
export const MOST_SHOWN = 5;

export const readTyped = (text: string, put: (says: Bilingual) => void): string =>
  readText(text.normalize('NFKC'), { most: 100, need: true }, put);

export const idIn = (typed: string): string | null => {
  const id = typed.toLowerCase();
  return isId(id) ? id : null;
};

/** Whether it is written like an e-mail address or a telephone number: no register is looked through for those. */
export const isOfSomebody = (typed: string): boolean =>
  typed.includes('@') || (/^[+\d\s().‐‑–−ー-]+$/.test(typed) && typed.replaceAll(/\D/g, '').length >= 9);

/** As names are compared. */
const plain = (text: string): string => folded(text).replaceAll(/\s/g, '');

/** As numbers are compared: `R-2026-031`, `r2026 031`; `1,234`, `1234`. */
const plainNumber = (text: string): string => folded(text).replaceAll(/[\s,‐‑–−ー-]/g, '');

/** How close a thing is to what was typed, 0 the closest; null where it is not what was meant. */
function distanceOf({ name, numbers = [], says }: Thing, typed: string): number | null {
  const whole = plain(typed);
  const names = [plain(name.ja), plain(name.en)];
  if (numbers.some((one) => plainNumber(one) === plainNumber(typed))) return 0;
  if (names.includes(whole)) return 1;
  if (names.some((one) => one.startsWith(whole))) return 2;
  const words = typed.split(/\s+/).map(plain);
  const holds = (texts: readonly string[]): boolean => words.every((word) => texts.some((text) => text.includes(word)));
  if (holds(names)) return 3;
  return says && holds([...names, plain(says.ja), plain(says.en)]) ? 4 : null;
}

/** Whether something of this name is meant. */
export const isCalled = (name: Bilingual, typed: string): boolean => distanceOf({ name, href: '' }, typed) !== null;

/** Those of a kind that are called so and that the reader may open, the closest first, and how close that is. */
export function foundIn(
  catalogue: Found['catalogue'],
  things: readonly Thing[],
  typed: string,
  mayOpen: (href: string) => boolean,
): (Found & { distance: number }) | null {
  const found = things
    .flatMap((thing) => {
      const distance = distanceOf(thing, typed);
      const href = [thing.href, ...(thing.or ? [thing.or] : [])].find(mayOpen);
      return distance === null || href === undefined ? [] : [{ thing: { ...thing, href }, distance }];
    })
    .sort((a, b) => a.distance - b.distance);
  const [closest] = found;
  return closest
    ? {
        catalogue,
        things: found.slice(0, MOST_SHOWN).map(({ thing }) => thing),
        more: found.length > MOST_SHOWN,
        distance: closest.distance,
      }
    : null;
}
