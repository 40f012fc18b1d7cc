// PDF documents made by typst: tagged, PDF/UA-1, with our own fonts. Data goes in as an input of the template, never into its markup,
// so that no text of a person can be read as code.

import fs from 'node:fs';
import { createRequire } from 'node:module';
import { NodeCompiler, PdfStandard } from '@myriaddreamin/typst-ts-node-compiler';
import type { Lang } from '../base/bilingual.ts';

/** A file that travels inside the PDF. */
export interface Attachment {
  name: string;
  bytes: Uint8Array;
  mime: string;
  says: string;
}

export interface Document {
  /** Typst source. Reads its data with `#let data = json(bytes(sys.inputs.data))`. */
  template: string;
  /** Plain data for the template; texts stay texts. */
  data: unknown;
  lang: Lang;
  attachments?: readonly Attachment[];
}

const require = createRequire(import.meta.url);

/** Attachments lie in a folder that exists in the compiler's memory only. */
const WORKSPACE = '/sekisho';

/** BIZ UDPGothic first for its legibility; Noto Sans JP for what it lacks, such as 𠮷. */
const REGULAR = [
  '@expo-google-fonts/biz-udpgothic/400Regular/BIZUDPGothic_400Regular.ttf',
  '@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf',
];
const BOLD = [
  '@expo-google-fonts/biz-udpgothic/700Bold/BIZUDPGothic_700Bold.ttf',
  '@expo-google-fonts/noto-sans-jp/700Bold/NotoSansJP_700Bold.ttf',
];

const fontBlobs = (fonts: readonly string[]): Buffer[] => fonts.map((font) => fs.readFileSync(require.resolve(font)));

/** By code point, 1 where one of our regular fonts has the character. */
let characters: Uint8Array | undefined;

/** What the Unicode tables of the fonts (OpenType cmap, formats 4 and 12) say. Read at every start, so without a list of ranges in between. */
function charactersOf(fonts: readonly Buffer[]): Uint8Array {
  const has = new Uint8Array(0x11_00_00);
  const mark = (first: number, last: number): void => {
    for (let c = first; c <= last; c++) has[c] = 1;
  };
  for (const font of fonts) {
    const tables = Array.from({ length: font.readUInt16BE(4) }, (_, i) => 12 + 16 * i);
    const entry = tables.find((at) => font.toString('latin1', at, at + 4) === 'cmap')!;
    const cmap = font.subarray(font.readUInt32BE(entry + 8));
    for (let i = 0; i < cmap.readUInt16BE(2); i++) {
      const table = cmap.subarray(cmap.readUInt32BE(8 + 8 * i));
      const format = table.readUInt16BE(0);
      if (format === 12)
        for (let at = 16; at < table.readUInt32BE(4); at += 12)
          mark(table.readUInt32BE(at), table.readUInt32BE(at + 4));
      if (format === 4)
        for (let at = 14, n = table.readUInt16BE(6); at < 14 + n; at += 2)
          mark(table.readUInt16BE(at + 2 + n), table.readUInt16BE(at));
    }
  }
  return has;
}

/** Marks that change how the character before them is drawn, and are not drawn themselves. */
const selector = /\p{Variation_Selector}/u;

/** The text with 〓 (the printers' geta) for each character that none of our fonts has; without that, the PDF could not be made. */
export function writable(text: string): string {
  const has = (characters ??= charactersOf(fontBlobs(REGULAR)));
  let written = '';
  for (const c of text) written += has[c.codePointAt(0)!] || selector.test(c) ? c : '〓';
  return written;
}

const EVICT_AFTER = 20;
let compiler: NodeCompiler | undefined;

/** Makes the PDF. Throws when the template itself is wrong, which is a bug. */
export function makePdf(document: Document): Uint8Array {
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
        inputs: { data: JSON.stringify(document.data), lang: document.lang },
      },
      { pdfStandard: PdfStandard.UA_1 },
    );
  } finally {
    for (const a of attachments) compiler.unmapShadow(`${WORKSPACE}/${a.name}`);
    compiler.evictCache(EVICT_AFTER);
  }
}
