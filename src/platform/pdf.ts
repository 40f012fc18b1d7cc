// PDF documents made with typst: tagged, PDF/UA-1, with our own fonts. Data is passed as an input of the template, never as markup, so that no
// person's text can be read as code.

import fs from 'node:fs';
import { createRequire } from 'node:module';
import type * as Typst from '@myriaddreamin/typst-ts-node-compiler';
import { both, type Lang } from '../base/bilingual.ts';

/** A file embedded in the PDF. */
export interface Attachment {
  name: string;
  bytes: Uint8Array;
  mime: string;
  says: string;
}

export interface Document {
  /** Typst source. It reads its data with `#let data = json(bytes(sys.inputs.data))`. */
  template: string;
  /** Plain data for the template; texts stay texts. */
  data: unknown;
  lang: Lang;
  attachments?: readonly Attachment[];
}

const require = createRequire(import.meta.url);

/** Attachments are put in a folder that exists only in the compiler's memory. */
const WORKSPACE = '/sekisho';

/** BIZ UDPGothic first, for its legibility; Noto Sans JP for characters it lacks, such as 𠮷. */
const REGULAR = [
  '@expo-google-fonts/biz-udpgothic/400Regular/BIZUDPGothic_400Regular.ttf',
  '@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf',
];
const BOLD = [
  '@expo-google-fonts/biz-udpgothic/700Bold/BIZUDPGothic_700Bold.ttf',
  '@expo-google-fonts/noto-sans-jp/700Bold/NotoSansJP_700Bold.ttf',
];

/**
 * The fonts of a template. BIZ UDPGothic makes quotation marks and apostrophes as wide as a kanji, which would tear English words apart, so English
 * takes them from Noto Sans JP.
 */
export const fonts = `#let fonts = if sys.inputs.lang == "ja" { () } else { ((name: "Noto Sans JP", covers: regex("[‘’“”]")),) }
#let fonts = fonts + ("BIZ UDPGothic", "Noto Sans JP")`;

/**
 * A postal code stays with its 〒, and an article of a law with its paragraph and item: no line ends within them. What is kept so is always shorter
 * than a line, because it does not wrap.
 */
export const whole = `#let unbroken = (
  "〒 ?\\d{3}-\\d{4}",
  "第?\\d{1,3}条(の\\d)?( ?第?\\d{1,2}項)?(第?\\d{1,2}号)?",
  "(\\b(APPI|Art\\.) )?\\b\\d{1,3}(-\\d)?(\\([0-9ivx]{1,4}\\)){1,2}",
)
#show regex(unbroken.join("|")): it => box(it)`;

/**
 * Letters and signs between which no line may end, such as a long name in Latin letters or a row of dashes, would run out of their column and off the
 * sheet. From 30 on they may end a line anywhere, and in a `column` those that are wider than it. A web address ends a line at its strokes. Typst
 * takes a space as a place to break only if it is not zero; nobody sees or copies this one.
 */
export const runs = `#let run = "(?:[[\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}]--[\\p{Han}\\p{Hiragana}\\p{Katakana}/\\-]]|[/\\-]{3,})"
#let parted(it) = it.text.clusters().map(c => c + h(0.001pt)).join()
#let column(it) = layout(size => {
  show regex(run + "{11,}|[/\\-]{11,}"): it => context if measure(it).width > size.width { parted(it) } else { it }
  it
})
#show regex(run + "{30,}|[/\\-]{30,}"): parted`;

/**
 * A last line of a Japanese paragraph is not left with one character and its stop: the lines before it end earlier instead. Only that cost is raised, so
 * that other paragraphs part much as they would anyway. Part of the template and not of `makePdf`: a letter on file is made from its own template, and
 * stays as it went out.
 */
export const endings = `#set par(linebreaks: "optimized") if sys.inputs.lang == "ja"
#set text(costs: (runt: 1000%))`;

const fontBlobs = (fonts: readonly string[]): Buffer[] => fonts.map((font) => fs.readFileSync(require.resolve(font)));

/** The four letters `cmap`. */
const CMAP = 0x63_6d_61_70;

/** The Unicode table of a font (OpenType cmap), without the megabytes of its outlines. */
function cmapOf(font: string): DataView {
  const file = fs.openSync(require.resolve(font), 'r');
  try {
    const part = (at: number, length: number): DataView => {
      const bytes = new DataView(new ArrayBuffer(length));
      fs.readSync(file, bytes, { position: at });
      return bytes;
    };
    const count = part(4, 2).getUint16(0);
    const list = part(12, 16 * count);
    const entry = Array.from({ length: count }, (_, i) => 16 * i).find((at) => list.getUint32(at) === CMAP)!;
    return part(list.getUint32(entry + 8), list.getUint32(entry + 12));
  } finally {
    fs.closeSync(file);
  }
}

/** By code point: 1 if one of our regular fonts has the character. */
let characters: Uint8Array | undefined;

/** The characters of these tables (formats 4 and 12). Read at every start, so without an intermediate list of ranges. */
function charactersOf(fonts: readonly string[]): Uint8Array {
  const has = new Uint8Array(0x11_00_00);
  for (const cmap of fonts.map(cmapOf)) {
    const places = Array.from({ length: cmap.getUint16(2) }, (_, i) => cmap.getUint32(8 + 8 * i));
    for (const table of new Set(places)) {
      const format = cmap.getUint16(table);
      if (format === 12)
        for (let at = table + 16, end = table + cmap.getUint32(table + 4); at < end; at += 12)
          has.fill(1, cmap.getUint32(at), cmap.getUint32(at + 4) + 1);
      if (format === 4)
        for (let at = table + 14, n = cmap.getUint16(table + 6), end = at + n; at < end; at += 2)
          has.fill(1, cmap.getUint16(at + 2 + n), cmap.getUint16(at) + 1);
    }
  }
  return has;
}

/** Marks that change how the preceding character is drawn, and are not drawn themselves. */
const selector = /\p{Variation_Selector}/u;

/** True when one of our fonts has the character. */
function isDrawn(character: string): boolean {
  const has = (characters ??= charactersOf(REGULAR));
  return has[character.codePointAt(0)!] === 1 || selector.test(character);
}

/** True when our fonts have every character of the text. A line break does not count as one. */
export const isPrintable = (text: string): boolean => [...text].every(isDrawn);

/** The printers' sign for a missing character. */
const GETA = '〓';

/** The lines of a text, with any kind of line break. */
export const linesOf = (text: string): string[] => text.split(/\r\n|[\n\v\f\r\x85\u2028\u2029]/);

/** Invisible characters that separate or reorder text for people who copy it or have it read out, such as U+200B and U+202E. */
const unseen = /(?!\p{Variation_Selector})\p{Default_Ignorable_Code_Point}/gu;

/**
 * Full-width forms of half-width kana. Typst treats a half-width kana and its sound mark as one character, so text copied from the PDF or read out
 * would have different kana: ｻｶｲ as ｻｶﾞｲ.
 */
const widened = (text: string): string => text.replace(/[\uff61-\uff9f]+/g, (kana) => kana.normalize('NFKC'));

const lineOf = (text: string): string =>
  [...widened(text.replaceAll('\t', ' ').replace(unseen, ''))].map((c) => (isDrawn(c) ? c : GETA)).join('');

/**
 * The data with every text as a PDF can have it: in lines, with full-width kana, without invisible characters, and with 〓 for each character that
 * our fonts lack, without which no PDF could be made.
 */
export function printable<Data>(data: Data): Data;
export function printable(data: unknown): unknown {
  if (typeof data === 'string') return linesOf(data).map(lineOf).join('\n');
  if (Array.isArray(data)) return data.map((one: unknown) => printable(one));
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, printable(value)]));
}

/** True when some of the data cannot be printed with our fonts. */
export const isLacking = (data: unknown): boolean => JSON.stringify(printable(data)).includes(GETA);

export const unwritten = both(
  '〓は、この書面の書体にない文字です。',
  'The sign 〓 stands for a character that the font of this document lacks.',
);

/** Loaded with the first document: 50 MB that the start does not wait for. */
const typst = () => require('@myriaddreamin/typst-ts-node-compiler') as typeof Typst;

const EVICT_AFTER = 20;
let compiler: Typst.NodeCompiler | undefined;

/** Makes the PDF from data as `printable` returns it. Throws when the template itself is wrong, which is a bug. */
export function makePdf(document: Document): Uint8Array {
  const { NodeCompiler, PdfStandard } = typst();
  compiler ??= NodeCompiler.create({
    workspace: WORKSPACE,
    fontArgs: [{ fontBlobs: fontBlobs([...REGULAR, ...BOLD]) }],
  });
  const attachments = document.attachments ?? [];
  const attached = attachments
    .map((a) => `#pdf.attach("/${a.name}", mime-type: "${a.mime}", description: ${JSON.stringify(a.says)})`)
    .join('\n');
  for (const a of attachments) compiler.mapShadow(`${WORKSPACE}/${a.name}`, Buffer.from(a.bytes));
  try {
    return compiler.pdf(
      {
        mainFileContent: `${document.template}\n${attached}`,
        inputs: { data: JSON.stringify(printable(document.data)), lang: document.lang },
      },
      { pdfStandard: PdfStandard.UA_1 },
    );
  } finally {
    for (const a of attachments) compiler.unmapShadow(`${WORKSPACE}/${a.name}`);
    compiler.evictCache(EVICT_AFTER);
  }
}
