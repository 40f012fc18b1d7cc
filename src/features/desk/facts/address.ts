// Whether two addresses are one place, as people write them: with or without the prefecture, the postal code and 丁目. In doubt they count as two
// places, because then somebody looks.

/** How the address of an answer compares with those the holdings keep: the same as all of them, other than one of them, or none is kept. */
export const addressChecks = ['same', 'other', 'none'] as const;
export type AddressCheck = (typeof addressChecks)[number];

const numerals = '〇一二三四五六七八九';

/** Converts a number up to 99 as 丁目 are written: 十二 → 12. */
function arabic(kanji: string): string {
  if (!kanji.includes('十')) return String(numerals.indexOf(kanji));
  const [tens, ones] = kanji.split('十').map((one) => (one === '' ? null : numerals.indexOf(one)));
  return String((tens ?? 1) * 10 + (ones ?? 0));
}

function keyOf(address: string): string {
  return address
    .normalize('NFKC')
    .toLowerCase()
    .replace(/〒?\s*\b\d{3}[-‐‑–−ー]?\d{4}(?=\s|\D)/, '')
    .replace(/[一二三四五六七八九]?十[一二三四五六七八九]?(?=丁目)|[一二三四五六七八九](?=丁目)/g, arabic)
    .replace(/(?<=\d)\s*(丁目|番地の?|番町?|号室?|の|[-‐‑–−ー―])\s*(?=\d)/g, '-')
    .replace(/(?<=\d)\s*(丁目|番地|番|号室?)/g, ' ')
    .replace(/[\s,、。.]+/g, ' ')
    .trim()
    .replace(/(?<=\d) (?=\d)/g, '-')
    .replaceAll(' ', '')
    .replace(/^(東京都|北海道|(京都|大阪)府|.{2,3}県)/, '');
}

/** True when `whole` is `part` and the name of a building, which makes no other place. A further number does. */
const continues = (whole: string, part: string): boolean =>
  part !== '' && whole.startsWith(part) && !/^[\d-]/.test(whole.slice(part.length)) && /\d$/.test(part);

export function isSamePlace(one: string, other: string): boolean {
  const [a, b] = [keyOf(one), keyOf(other)];
  return a === b || continues(a, b) || continues(b, a);
}

/** Compares the address of an answer with the addresses kept. */
export function addressCheckOf(to: string, kept: readonly string[]): AddressCheck {
  if (kept.length === 0) return 'none';
  return kept.every((one) => isSamePlace(one, to)) ? 'same' : 'other';
}
