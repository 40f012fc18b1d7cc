// Search keys: what a reader takes as equal becomes equal in the blind index. For keys only: values are always stored as they were given, because
// these rules change names (NFKC turns 神 U+FA19 into 神 U+795E).

import { domainToASCII } from 'node:url';

/** Variant characters, each with the one it is looked up under. `any` matches all of them. */
interface Forms {
  keys: ReadonlyMap<string, string>;
  any: RegExp;
}

function pairs(...written: string[]): Forms {
  const keys = new Map(written.flatMap((line) => line.split(' ')).map((pair) => Array.from(pair) as [string, string]));
  return { keys, any: new RegExp(`[${[...keys.keys()].join('')}]`, 'gu') };
}

const replaced = (text: string, { keys, any }: Forms): string => text.replace(any, (form) => keys.get(form)!);

/**
 * Old and variant forms of kanji in names → the form they are looked up under. NFKC does not know these. Every stored key was made with this table.
 */
const variants = pairs(
  '髙高 𠮷吉 﨑崎 嵜崎 濵浜 濱浜 邉辺 邊辺 齋斎 齊斉 澤沢 廣広 國国 櫻桜 眞真 惠恵 靜静 德徳 渕淵 嶋島 嶌島 槇槙 瀨瀬 條条 圓円 榮栄',
  '壽寿 藏蔵 豐豊 學学 實実 寬寛 黑黒 桒桑 冨富 峯峰 舘館 會会 關関 鐵鉄 應応 來来 穗穂 祿禄 兒児 淺浅 增増 橫横 與与 萬万 彌弥 溫温',
  '瀧滝 龍竜',
);

/** Further variants, for the looser name key only: kanji, the small kana of 大ヶ谷, and letters such as ø whose diacritic is not a separate mark. */
const looserVariants = pairs(
  '栁柳 𣘺橋 舩船 圡土 吳呉 戶戸 曾曽 龜亀 靑青 淸清 郞郎 堯尭 籠篭 籔薮 藪薮 檜桧 莊荘 鷗鴎 凜凛 凉涼 晉晋 萊莱 螢蛍 曉暁 嶽岳 鹽塩',
  '穐秋 藝芸 傳伝 團団 縣県 狹狭 峽峡 澁渋 壯壮 敎教 黃黄 亞亜 巖巌 稻稲 氣気 佛仏 乘乗 隣鄰 禮礼 濟済 劍剣 淨浄 讓譲 嚴厳 覺覚 薰薫',
  '賴頼 每毎 步歩 卷巻 緖緒 翆翠 禱祷 遙遥 瑤瑶 楳梅 枩松 蟬蝉 鶯鴬 鴈雁 鷄鶏 麴麹 埜野 㐂喜 疊畳 體体 舊旧 嶺岺 ヶケ ヵカ øo łl đd ðd ıi ħh',
);

const plainPairs = { ß: 'ss', æ: 'ae', œ: 'oe', þ: 'th' };

/** Plain forms of readings, old and new: small kana as full-size, kana by their sound, and characters typed for the long vowel mark. */
const plainKana = pairs(
  'ァア ィイ ゥウ ェエ ォオ ッツ ャヤ ュユ ョヨ ヮワ ヵカ ヶケ ヰイ ヱエ ヲオ ヂジ ヅズ ヴブ 〜ー ~ー ⁃ー ˗ー 一ー',
);
const plainSyllables = { ヴァ: 'バ', ヴィ: 'ビ', ヴェ: 'ベ', ヴォ: 'ボ' };

const syllables = (text: string, forms: Readonly<Record<string, string>>): string =>
  Object.entries(forms).reduce((now, [from, to]) => now.replaceAll(from, to), text);

/** Invisible characters: variation selectors, zero-width spaces and joiners, byte order marks, soft hyphens. */
const unseen = /\p{Default_Ignorable_Code_Point}/gu;
/** What may separate the parts of a name: spaces, and the middle dot of foreign names. */
const between = /[\s・·]+/gu;
/** The same, plus what separates the parts of a name in a list or in another script. */
const parting = /[\s・·,、=゠]+/u;
/** The same for names in letters, where a hyphen is not a long vowel mark. */
const partingLetters = /[\s·,\-\u2010-\u2015\u2212]+/u;
/** Characters typed for the long vowel mark or for a hyphen. */
const dashes = /[-\u2010-\u2015\u2212\u2500]/gu;
/** Free-standing sound marks, which NFKC would turn into a space and a combining mark. */
const apart = /[゛゜]/gu;

const ascii = /^[ -~]*$/;

/** NFKC without invisible characters. ASCII text needs no change. */
const compatible = (text: string): string =>
  ascii.test(text)
    ? text
    : text
        .replace(unseen, '')
        .replace(apart, (mark) => (mark === '゛' ? '\u3099' : '\u309A'))
        .normalize('NFKC');

/** Composes once more at the end: a mark may compose only once the space before it is gone (NFKC turns ˘ into a space and a mark). */
const composed = (key: string): string => key.normalize('NFKC');

/** What a domain may consist of. `domainToASCII` would read anything else as the rest of a URL. */
const domainForm = /^[\w.\-\u0080-\u{10FFFF}]+$/u;
const beyondAscii = /[^\0-\x7f]/u;

/** The domain of an address in the ASCII form that mail servers use (例示.jp is xn--fsq192h.jp); unchanged when it is not a domain. */
const asciiDomain = (domain: string): string =>
  (beyondAscii.test(domain) && domainForm.test(domain) && domainToASCII(domain)) || domain;

/** Search key of an e-mail address: NFKC, trimmed, lower case, the Japanese full stop as a dot, the domain in ASCII. */
export function emailKey(text: string): string {
  const address = composed(compatible(text).trim().toLowerCase()).replaceAll('。', '.');
  const at = address.lastIndexOf('@') + 1;
  return address.slice(0, at) + asciiDomain(address.slice(at));
}

/** Start of an extension number. */
const extension = /内線?|ext|x|#|;/iu;

/** Search key of a telephone number: digits only, without the extension; the country code of Japan becomes the leading 0. */
export function phoneKey(text: string): string {
  const written = compatible(text);
  const [number] = written.split(extension);
  const digits = (/\d/.test(number!) ? number! : written).replace(/\D/g, '');
  return digits.replace(/^(?:00|010)?810?(?=[1-9]\d{8,9}$)/, '0');
}

/** Search key of a name: NFKC, lower case, nothing invisible, nothing between its parts, one kind of dash, variant kanji under one form. */
export const nameKey = (text: string): string =>
  replaced(composed(compatible(text).replace(between, '').replace(dashes, 'ー').toLowerCase()), variants);

/** Additions to a name in parentheses, such as a name before marriage. */
const added = /\([^()]*\)/g;
const kanjiOrKana = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u;
/** Accents, and the vowel marks of scripts in which they are optional; never the sound marks of kana. */
const accents = /(?<=[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Arabic}\p{sc=Hebrew}])\p{M}+/gu;
/** Apostrophes, full stops and the like. */
const marks = /[\p{P}\p{S}]/gu;

/** A part of a name reduced to its letters, without accents and marks. */
const lettersOf = (part: string): string =>
  replaced(
    syllables(nameKey(part).normalize('NFD').replace(accents, '').normalize('NFKC').replace(marks, ''), plainPairs),
    looserVariants,
  );

/**
 * A name reduced to its letters, without additions in parentheses. The parts of a name without kanji or kana are sorted, because papers put them in
 * either order.
 */
function looserNameKey(text: string): string {
  // A free-standing acute accent is an apostrophe here; NFKC would make it a space.
  const written = compatible(text.replaceAll('´', "'")).replace(added, '');
  if (!kanjiOrKana.test(written)) return written.split(partingLetters).map(lettersOf).toSorted().join('');
  return written.split(parting).map(lettersOf).join('').replace(/(.)々/gu, '$1$1');
}

/** The key and, when it differs and is not empty, the looser key. A term that is not a name keeps its one key, which matches nobody. */
const withLooser = (key: string, looser: string): string[] => (looser === '' || looser === key ? [key] : [key, looser]);

/** Names with nothing to leave out. Most names are, and this runs for every new person. */
const kanjiAndKanaAlone = /^[ぁ-ゖァ-ヺー一-鿿]*$/;

/** The keys a name is stored and searched under: as written, and by its letters only. Two names that share a key match. */
export function nameKeys(text: string): string[] {
  const key = nameKey(text);
  return kanjiAndKanaAlone.test(key) && key.search(looserVariants.any) < 0
    ? [key]
    : withLooser(key, looserNameKey(text));
}

const toKatakana = (text: string): string =>
  text.replace(/[ぁ-ゖゝゞ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60));

/** Search key of a reading: full-width katakana, nothing invisible, nothing between its parts, one kind of dash. */
export const kanaKey = (text: string): string =>
  composed(toKatakana(compatible(text)).replace(between, '').replace(dashes, 'ー').toLowerCase());

/** Kana not written as they sound, and marks without a sound. */
const unlikeSound = new RegExp(`${plainKana.any.source}|${marks.source}`, 'gu');

const looserKana = (key: string): string =>
  (key.includes('ヴ') ? syllables(key, plainSyllables) : key).replace(
    unlikeSound,
    (sign) => plainKana.keys.get(sign) ?? '',
  );

/** The keys a reading is searched under: as written, and by its sounds. */
export function kanaTerms(text: string): string[] {
  const key = kanaKey(text);
  return withLooser(key, looserKana(key));
}

/** The keys a reading is stored under: those of the whole and, when it has parts, those of the family name (the first part) alone. */
export function kanaKeys(text: string): string[] {
  const family = compatible(text)
    .split(parting)
    .find((part) => part !== '');
  const whole = kanaTerms(text);
  return family === undefined ? whole : [...new Set([...whole, ...kanaTerms(family)])];
}
