// The purposes each item of a record is held for, that is, those it was acquired for (APPI 18(1)). Pure.

/** Ids of purposes, by item code. */
export type HeldFor = ReadonlyMap<string, readonly string[]>;

/**
 * The stored form: one text per code, in the order of the codes, with the purpose ids joined by commas; a single text when all items are held for
 * the same purposes.
 */
export function purposesOf(codes: readonly string[], heldFor: HeldFor): string[] {
  // Items acquired together share one list object, so nearly always there is a single text to build.
  const texts = new Map<readonly string[] | undefined, string>();
  const textOf = (purposes: readonly string[] | undefined): string => {
    const text = texts.get(purposes) ?? [...new Set(purposes)].toSorted().join(',');
    texts.set(purposes, text);
    return text;
  };
  const all = codes.map((code) => textOf(heldFor.get(code)));
  return all.every((text) => text === all[0]) ? all.slice(0, 1) : all;
}

/** Reads the stored form. */
export const heldForOf = (codes: readonly string[], stored: readonly string[]): HeldFor =>
  new Map(
    codes.map((code, i) => {
      const text = (stored.length === 1 ? stored[0] : stored[i]) ?? '';
      return [code, text === '' ? [] : text.split(',')];
    }),
  );

/** What an acquisition brought: the codes of its items, and `again`, those whose value was already held. */
export interface Brought {
  codes: readonly string[];
  again: readonly string[];
  purposes: readonly string[];
}

/**
 * After an acquisition: a value that came again is held for the new purposes too; a different value is held for the new purposes only, because the
 * person was told of no others when they gave it (APPI 18(1), 21).
 */
export const acquired = (before: HeldFor, { codes, again, purposes }: Brought): HeldFor =>
  new Map([
    ...before,
    ...codes.map((code): [string, readonly string[]] => [
      code,
      again.includes(code) ? [...(before.get(code) ?? []), ...purposes] : purposes,
    ]),
  ]);

/** After a correction: a new item is held only for the purposes that every item held before shares. */
export function corrected(before: HeldFor, codes: readonly string[]): HeldFor {
  const [first = [], ...rest] = before.values();
  const common = first.filter((purpose) => rest.every((purposes) => purposes.includes(purpose)));
  return new Map([...before, ...codes.map((code): [string, readonly string[]] => [code, before.get(code) ?? common])]);
}

/** The purposes of each asked item that is held; when none of them is held, the purposes of every held item. */
export function purposesOfAsked(heldFor: HeldFor, asked: readonly string[]): (readonly string[])[] {
  const held = asked.flatMap((code) => (heldFor.has(code) ? [heldFor.get(code)!] : []));
  return held.length > 0 ? held : [...heldFor.values()];
}
