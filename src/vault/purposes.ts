// What each item of a record is held for: the purposes it was acquired for (APPI 18(1)). Pure.

/** Ids of purposes, by the code of the item. */
export type HeldFor = ReadonlyMap<string, readonly string[]>;

/** As it is stored: a text for each of the codes, in their order, with the ids joined by commas; one text alone where all are held for the same. */
export function purposesOf(codes: readonly string[], heldFor: HeldFor): string[] {
  // What came together shares its list, and is nearly always all there is.
  const texts = new Map<readonly string[] | undefined, string>();
  const textOf = (purposes: readonly string[] | undefined): string => {
    const text = texts.get(purposes) ?? [...new Set(purposes)].toSorted().join(',');
    texts.set(purposes, text);
    return text;
  };
  const all = codes.map((code) => textOf(heldFor.get(code)));
  return all.every((text) => text === all[0]) ? all.slice(0, 1) : all;
}

/** What was stored. */
export const heldForOf = (codes: readonly string[], stored: readonly string[]): HeldFor =>
  new Map(
    codes.map((code, i) => {
      const text = (stored.length === 1 ? stored[0] : stored[i]) ?? '';
      return [code, text === '' ? [] : text.split(',')];
    }),
  );

/** What an acquisition brought: the codes of its items, and those of them whose value stood there already. */
export interface Brought {
  codes: readonly string[];
  again: readonly string[];
  purposes: readonly string[];
}

/**
 * After an acquisition: a value that came again is held for its purposes too; another one for these alone, as nobody was told of others when it was
 * given (APPI 18(1), 21).
 */
export const acquired = (before: HeldFor, { codes, again, purposes }: Brought): HeldFor =>
  new Map([
    ...before,
    ...codes.map((code): [string, readonly string[]] => [
      code,
      again.includes(code) ? [...(before.get(code) ?? []), ...purposes] : purposes,
    ]),
  ]);

/** After a correction: what is new is held for what everything before was, and for nothing else. */
export function corrected(before: HeldFor, codes: readonly string[]): HeldFor {
  const [first = [], ...rest] = before.values();
  const common = first.filter((purpose) => rest.every((purposes) => purposes.includes(purpose)));
  return new Map([...before, ...codes.map((code): [string, readonly string[]] => [code, before.get(code) ?? common])]);
}

/** What each of the asked items is held for, as far as it is held; where none of them is, what every held item is held for. */
export function purposesOfAsked(heldFor: HeldFor, asked: readonly string[]): (readonly string[])[] {
  const held = asked.flatMap((code) => (heldFor.has(code) ? [heldFor.get(code)!] : []));
  return held.length > 0 ? held : [...heldFor.values()];
}
