// Search keys: what is equal for a reader becomes equal for the blind index. For keys only: a value is always stored as it was given,
// because these rules change names (NFKC turns 神 U+FA19 into 神 U+795E).

/** Old and variant forms of kanji in names → the form they are looked up under. NFKC does not know these. */
const variants = new Map(
  // oxfmt-ignore
  [
    '髙高', '𠮷吉', '﨑崎', '嵜崎', '濵浜', '濱浜', '邉辺', '邊辺', '齋斎', '齊斉', '澤沢', '廣広', '國国',
    '櫻桜', '眞真', '惠恵', '靜静', '德徳', '渕淵', '嶋島', '嶌島', '槇槙', '瀨瀬', '條条', '圓円', '榮栄',
    '壽寿', '藏蔵', '豐豊', '學学', '實実', '寬寛', '黑黒', '桒桑', '冨富', '峯峰', '舘館', '會会', '關関',
    '鐵鉄', '應応', '來来', '穗穂', '祿禄', '兒児', '淺浅', '增増', '橫横', '萬万', '與与', '彌弥', '溫温',
    '瀧滝', '龍竜',
  ].map((pair): [string, string] => {
    const [form, key] = Array.from(pair);
    return [form!, key!];
  }),
);

const variantForms = new RegExp(`[${[...variants.keys()].join('')}]`, 'gu');
/** Variation selectors: standardised (FE00–FE0F) and ideographic (E0100–E01EF). */
const selectors = /[\u{FE00}-\u{FE0F}\u{E0100}-\u{E01EF}]/gu;
const spaces = /\s+/gu;

const compatible = (text: string): string => text.replace(selectors, '').normalize('NFKC');

/** What stood apart may compose once the space between is gone (NFKC reads ˘ as a space and a mark), so composing comes last. */
const composed = (key: string): string => key.normalize('NFKC');

/** e-mail: NFKC, trimmed, lower case. */
export const emailKey = (text: string): string => composed(compatible(text).trim().toLowerCase());

/** Telephone: digits only; the country code of Japan becomes the leading 0. */
export function phoneKey(text: string): string {
  const compact = compatible(text).replace(/[^\d+]/g, '');
  return compact.replace(/^(?:\+|00|010)81(?:0(?=\d{9,10}$))?/, '0').replace(/\D/g, '');
}

/** Name: NFKC, lower case, no variation selectors, no spaces, variant kanji under one form. */
export const nameKey = (text: string): string =>
  composed(compatible(text).replace(spaces, '').toLowerCase()).replace(variantForms, (form) => variants.get(form)!);

const toKatakana = (text: string): string =>
  text.replace(/[ぁ-ゖゝゞ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60));

/** Reading: full-width katakana without spaces. */
export const kanaKey = (text: string): string =>
  composed(toKatakana(compatible(text)).replace(spaces, '').toLowerCase());

/** The keys a reading is stored under: the whole and, where a space divides it, the family name alone. */
export function kanaKeys(text: string): string[] {
  const whole = kanaKey(text);
  const family = kanaKey(compatible(text).trim().split(spaces)[0] ?? '');
  return family === '' || family === whole ? [whole] : [whole, family];
}
