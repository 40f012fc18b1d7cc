// Search keys: what is equal for a reader becomes equal for the blind index. For keys only: a value is always stored as it was given,
// because these rules change names (NFKC turns 神 U+FA19 into 神 U+795E).

import { domainToASCII } from 'node:url';

/** Forms, each with the one that it is looked up under; `any` finds them. */
interface Forms {
  keys: ReadonlyMap<string, string>;
  any: RegExp;
}

function pairs(...written: string[]): Forms {
  const keys = new Map(written.flatMap((line) => line.split(' ')).map((pair) => Array.from(pair) as [string, string]));
  return { keys, any: new RegExp(`[${[...keys.keys()].join('')}]`, 'gu') };
}

const replaced = (text: string, { keys, any }: Forms): string => text.replace(any, (form) => keys.get(form)!);

/** Old and variant forms of kanji in names → the form they are looked up under. NFKC does not know these. Every key that is kept was made with them. */
const variants = pairs(
  '髙高 𠮷吉 﨑崎 嵜崎 濵浜 濱浜 邉辺 邊辺 齋斎 齊斉 澤沢 廣広 國国 櫻桜 眞真 惠恵 靜静 德徳 渕淵 嶋島 嶌島 槇槙 瀨瀬 條条 圓円 榮栄',
  '壽寿 藏蔵 豐豊 學学 實実 寬寛 黑黒 桒桑 冨富 峯峰 舘館 會会 關関 鐵鉄 應応 來来 穗穂 祿禄 兒児 淺浅 增増 橫横 與与 萬万 彌弥 溫温',
  '瀧滝 龍竜',
);

/** Those of the looser key of a name, the small kana of 大ヶ谷, and letters with something on them that is no mark to leave out. */
const looserVariants = pairs(
  '栁柳 𣘺橋 舩船 圡土 吳呉 戶戸 曾曽 龜亀 靑青 淸清 郞郎 堯尭 籠篭 籔薮 藪薮 檜桧 莊荘 鷗鴎 凜凛 凉涼 晉晋 萊莱 螢蛍 曉暁 嶽岳 鹽塩',
  '穐秋 藝芸 傳伝 團団 縣県 狹狭 峽峡 澁渋 壯壮 敎教 黃黄 亞亜 巖巌 稻稲 氣気 佛仏 乘乗 隣鄰 禮礼 濟済 劍剣 淨浄 讓譲 嚴厳 覺覚 薰薫',
  '賴頼 每毎 步歩 卷巻 緖緒 翆翠 禱祷 遙遥 瑤瑶 楳梅 枩松 蟬蝉 鶯鴬 鴈雁 鷄鶏 麴麹 埜野 㐂喜 疊畳 體体 舊旧 嶺岺 ヶケ ヵカ øo łl đd ðd ıi ħh',
);

const plainPairs = { ß: 'ss', æ: 'ae', œ: 'oe', þ: 'th' };

/** As readings were and are written: without small kana, by the sound, and with what is taken for the long vowel mark. */
const plainKana = pairs(
  'ァア ィイ ゥウ ェエ ォオ ッツ ャヤ ュユ ョヨ ヮワ ヵカ ヶケ ヰイ ヱエ ヲオ ヂジ ヅズ ヴブ 〜ー ~ー ⁃ー ˗ー 一ー',
);
const plainSyllables = { ヴァ: 'バ', ヴィ: 'ビ', ヴェ: 'ベ', ヴォ: 'ボ' };

const syllables = (text: string, forms: Readonly<Record<string, string>>): string =>
  Object.entries(forms).reduce((now, [from, to]) => now.replaceAll(from, to), text);

/** What nobody sees: variation selectors, zero-width spaces and joiners, byte order marks, soft hyphens. */
const unseen = /\p{Default_Ignorable_Code_Point}/gu;
/** What may stand between the parts of a name: spaces, and the middle dot of names from abroad. */
const between = /[\s・·]+/gu;
/** The same, and what stands between the parts of a name in a list or in another script. */
const parting = /[\s・·,、=゠]+/u;
/** The same of a name in letters, in which a hyphen is no long vowel mark. */
const partingLetters = /[\s·,\-\u2010-\u2015\u2212]+/u;
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
  replaced(composed(compatible(text).replace(between, '').replace(dashes, 'ー').toLowerCase()), variants);

/** What is added to a name, such as the one before a marriage. */
const added = /\([^()]*\)/g;
const kanjiOrKana = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u;
/** Accents, and the vowel marks of scripts that may leave them out; never the sound marks of kana. */
const accents = /(?<=[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Arabic}\p{sc=Hebrew}])\p{M}+/gu;
/** Apostrophes, full stops and the like. */
const marks = /[\p{P}\p{S}]/gu;

/** A part of a name by its letters alone, without accents and marks. */
const lettersOf = (part: string): string =>
  replaced(
    syllables(nameKey(part).normalize('NFD').replace(accents, '').normalize('NFKC').replace(marks, ''), plainPairs),
    looserVariants,
  );

/** A name by its letters alone, without what is added to it; of one in letters whose parts papers put in either order, in one. */
function looserNameKey(text: string): string {
  // An accent that stands alone is an apostrophe here; NFKC would take it for a space.
  const written = compatible(text.replaceAll('´', "'")).replace(added, '');
  if (!kanjiOrKana.test(written)) return written.split(partingLetters).map(lettersOf).toSorted().join('');
  return written.split(parting).map(lettersOf).join('').replace(/(.)々/gu, '$1$1');
}

/** The key and, where it is another and there is any, the looser one. What is none of a name is sought too, and nobody has it. */
const withLooser = (key: string, looser: string): string[] => (looser === '' || looser === key ? [key] : [key, looser]);

/** What has nothing to leave out. Most names are so, and each person who comes in has one. */
const kanjiAndKanaAlone = /^[ぁ-ゖァ-ヺー一-鿿]*$/;

/** The keys a name is stored and sought under: as it is written, and by its letters alone. Whatever shares one of them is found. */
export function nameKeys(text: string): string[] {
  const key = nameKey(text);
  return kanjiAndKanaAlone.test(key) && key.search(looserVariants.any) < 0
    ? [key]
    : withLooser(key, looserNameKey(text));
}

const toKatakana = (text: string): string =>
  text.replace(/[ぁ-ゖゝゞ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60));

/** Reading: full-width katakana, nothing unseen, nothing between its parts, one dash. */
export const kanaKey = (text: string): string =>
  composed(toKatakana(compatible(text)).replace(between, '').replace(dashes, 'ー').toLowerCase());

/** What is written otherwise than it sounds, or is no sound. */
const unlikeSound = new RegExp(`${plainKana.any.source}|${marks.source}`, 'gu');

const looserKana = (key: string): string =>
  (key.includes('ヴ') ? syllables(key, plainSyllables) : key).replace(
    unlikeSound,
    (sign) => plainKana.keys.get(sign) ?? '',
  );

/** The keys a reading is sought under: as it is written, and by its sounds. */
export function kanaTerms(text: string): string[] {
  const key = kanaKey(text);
  return withLooser(key, looserKana(key));
}

/** The keys a reading is stored under: those of the whole and, where something divides it, of the family name alone. */
export function kanaKeys(text: string): string[] {
  const family = compatible(text)
    .split(parting)
    .find((part) => part !== '');
  const whole = kanaTerms(text);
  return family === undefined ? whole : [...new Set([...whole, ...kanaTerms(family)])];
}
