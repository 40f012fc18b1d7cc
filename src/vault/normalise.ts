// Search keys: what is equal for a reader becomes equal for the blind index. For keys only: a value is always stored as it was given,
// because these rules change names (NFKC turns 神 U+FA19 into 神 U+795E).

import { domainToASCII } from 'node:url';

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
/** What nobody sees: variation selectors, zero-width spaces and joiners, byte order marks, soft hyphens. */
const unseen = /\p{Default_Ignorable_Code_Point}/gu;
/** What may stand between the parts of a name: spaces, and the middle dot of names from abroad. */
const between = /[\s・·]+/gu;
/** What is typed for the long vowel mark, and for a hyphen. */
const dashes = /[-\u2010-\u2015\u2212\u2500]/gu;
/** The sound marks that stand apart, which NFKC would take for a space and a mark. */
const apart = /[゛゜]/gu;

const ascii = /^[ -~]*$/;

/** What is ASCII is compatible as it is. */
const compatible = (text: string): string =>
  ascii.test(text)
    ? text
    : text
        .replace(unseen, '')
        .replace(apart, (mark) => (mark === '゛' ? '\u3099' : '\u309A'))
        .normalize('NFKC');

/** What stood apart may compose once the space between is gone (NFKC reads ˘ as a space and a mark), so composing comes last. */
const composed = (key: string): string => key.normalize('NFKC');

/** What a domain may be made of; anything else would be read as the rest of an address of the web. */
const domainForm = /^[\w.\-\u0080-\u{10FFFF}]+$/u;
const beyondAscii = /[^\0-\x7f]/u;

/** The domain of an address in the letters that mail servers use (例示.jp is xn--fsq192h.jp); as it is where it is none. */
const asciiDomain = (domain: string): string =>
  (beyondAscii.test(domain) && domainForm.test(domain) && domainToASCII(domain)) || domain;

/** e-mail: NFKC, trimmed, lower case; the full stop of Japanese is a dot, and the domain is in ASCII. */
export function emailKey(text: string): string {
  const address = composed(compatible(text).trim().toLowerCase()).replaceAll('。', '.');
  const at = address.lastIndexOf('@') + 1;
  return address.slice(0, at) + asciiDomain(address.slice(at));
}

/** Where an extension begins. */
const extension = /内線?|ext|x|#|;/iu;

/** Telephone: digits only, without the extension; the country code of Japan becomes the leading 0. */
export function phoneKey(text: string): string {
  const written = compatible(text);
  const [number] = written.split(extension);
  const digits = (/\d/.test(number!) ? number! : written).replace(/\D/g, '');
  return digits.replace(/^(?:00|010)?810?(?=[1-9]\d{8,9}$)/, '0');
}

/** Name: NFKC, lower case, nothing unseen, nothing between its parts, one dash, variant kanji under one form. */
export const nameKey = (text: string): string =>
  composed(compatible(text).replace(between, '').replace(dashes, 'ー').toLowerCase()).replace(variantForms, (form) =>
    variants.get(form)!,
  );

const toKatakana = (text: string): string =>
  text.replace(/[ぁ-ゖゝゞ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60));

/** Reading: full-width katakana, nothing unseen, nothing between its parts, one dash. */
export const kanaKey = (text: string): string =>
  composed(toKatakana(compatible(text)).replace(between, '').replace(dashes, 'ー').toLowerCase());

/** The keys a reading is stored under: the whole and, where something divides it, the family name alone. */
export function kanaKeys(text: string): string[] {
  const whole = kanaKey(text);
  const family = kanaKey(
    compatible(text)
      .split(between)
      .find((part) => part !== '') ?? '',
  );
  return family === '' || family === whole ? [whole] : [whole, family];
}
