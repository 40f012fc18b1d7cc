// What a search looks for, and what it is matched with: names of things, and their ids and numbers. Pure. People are never among the things, and text
// that looks like an e-mail address or a telephone number is not searched for.

import type { Action, Actor } from '../../base/actor.ts';
import type { Bilingual } from '../../base/bilingual.ts';
import { isId } from '../../base/id.ts';
import { folded, readText } from '../../base/text.ts';

/** What was typed, and by whom. */
export interface Asked {
  /** Normalised in width and trimmed. */
  typed: string;
  /** The same, if it is an id. */
  id: string | null;
  actor: Actor;
  may: (action: Action) => boolean;
}

/** Something that has a page, under its name. */
export interface Thing {
  name: Bilingual;
  href: string;
  /** The page for users who may not open `href`. */
  or?: string | undefined;
  /** Its id, and other texts that only it has, such as its number; typing one in full means this thing. */
  numbers?: readonly string[];
  /** A line that tells it from others; its words are searched too. */
  says?: Bilingual;
}

/** The things of one kind of a feature, to be found by name. Never people. */
export interface Catalogue {
  title: Bilingual;
  /** The page that lists all of them. A user who may not open it finds none. */
  list?: string;
  /** All things; where a kind may have very many, only those whose name or number matches exactly. */
  things(asked: Asked): readonly Thing[] | Promise<readonly Thing[]>;
}

/** The things of one kind that were found, closest first. */
export interface Found {
  catalogue: Pick<Catalogue, 'title' | 'list'>;
  things: readonly Thing[];
  /** There are more than are shown. */
  more: boolean;
}

/** The most things shown of a kind. */
export const MOST_SHOWN = 5;

export const readTyped = (text: string, put: (says: Bilingual) => void): string =>
  readText(text.normalize('NFKC'), { most: 100, need: true }, put);

export const idIn = (typed: string): string | null => {
  const id = typed.toLowerCase();
  return isId(id) ? id : null;
};

/** True for text like an e-mail address or a telephone number, for which no register is searched. */
export const isOfSomebody = (typed: string): boolean =>
  typed.includes('@') || (/^[+\d\s().‐‑–−ー-]+$/.test(typed) && typed.replaceAll(/\D/g, '').length >= 9);

/** The form in which names are compared. */
const plain = (text: string): string => folded(text).replaceAll(/\s/g, '');

/** The form in which numbers are compared: `R-2026-031` as `r2026 031`, `1,234` as `1234`. */
const plainNumber = (text: string): string => folded(text).replaceAll(/[\s,‐‑–−ー-]/g, '');

/** What was typed, in the forms in which it is compared with each thing. */
interface Wanted {
  whole: string;
  number: string;
  words: readonly string[];
}

const wanted = (typed: string): Wanted => ({
  whole: plain(typed),
  number: plainNumber(typed),
  words: typed.split(/\s+/).map(plain),
});

/** Distance of a thing from what is wanted, 0 the closest; null where it does not match. */
function distanceOf({ name, numbers = [], says }: Thing, { whole, number, words }: Wanted): number | null {
  if (numbers.some((one) => plainNumber(one) === number)) return 0;
  const names = [plain(name.ja), plain(name.en)];
  if (names.includes(whole)) return 1;
  if (names.some((one) => one.startsWith(whole))) return 2;
  const holds = (texts: readonly string[]): boolean => words.every((word) => texts.some((text) => text.includes(word)));
  if (holds(names)) return 3;
  return says && holds([...names, plain(says.ja), plain(says.en)]) ? 4 : null;
}

/** True when the typed text matches this name. */
export const isCalled = (name: Bilingual, typed: string): boolean =>
  distanceOf({ name, href: '' }, wanted(typed)) !== null;

/** The matching things of a kind that the user may open, closest first, and the smallest distance. */
export function foundIn(
  catalogue: Found['catalogue'],
  things: readonly Thing[],
  typed: string,
  mayOpen: (href: string) => boolean,
): (Found & { distance: number }) | null {
  const want = wanted(typed);
  const found = things
    .flatMap((thing) => {
      const distance = distanceOf(thing, want);
      if (distance === null) return [];
      const href = [thing.href, ...(thing.or ? [thing.or] : [])].find(mayOpen);
      return href === undefined ? [] : [{ thing: { ...thing, href }, distance }];
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
