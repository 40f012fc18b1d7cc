// The copy of a form that is filled in on a screen. Typst makes no fields, and libraries that add fields leave them out of the tags, which PDF/UA
// forbids. So the boxes are set as links, which typst tags in place, and this file turns each link into a field by an update appended to the file
// (ISO 32000-1, 7.5.6): the pages and their tags stay byte for byte the same.

import { makePdf } from '../../../platform/pdf.ts';
import type { Form } from './cover.ts';
import { formSheet, linkedForm, type FormSheet, type SentOn } from './form.ts';
import type { Writing } from './paper.ts';

/** Objects by number, as they are in the file. */
interface Update {
  objects: Map<number, string>;
  /** The first number not taken. */
  next: number;
}

/** A text of any characters as a PDF string. */
const pdfText = (text: string): string =>
  `<FEFF${Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase()}>`;

/** The labels of the fields for screen readers: by the name of the box (`name`, `method-paper`, `item-1`), the words around it. */
export function fieldLabels({ parts }: FormSheet): Map<string, string> {
  const labels = new Map<string, string>();
  const say = (name: string, ...words: string[]): Map<string, string> =>
    labels.set(name, [...new Set(words.filter((word) => word !== ''))].join(' '));
  for (const part of parts) {
    for (const row of part.rows) {
      if ('options' in row)
        for (const one of row.options) say(`${row.name}-${one.name}`, part.title, row.label, one.label);
      else say(row.name, part.title, row.label, row.hint ?? '');
    }
    if ('head' in part)
      part.cells.forEach(({ names }, i) =>
        names.forEach((name, k) => say(name, part.title, part.head[k]!, `${i + 1}`)),
      );
  }
  return labels;
}

function add(update: Update, object: string): number {
  update.objects.set(update.next, object);
  return update.next++;
}

/** What a field shows; sizes in points. A field for text has a picture of its own, which PDF readers draw anew. */
const picture = (width: number, height: number, drawing: string): string =>
  `<< /Type /XObject /Subtype /Form /BBox [0 0 ${width} ${height}] /Resources << >> /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`;

/** A tick in a box of 11 points. */
const TICK = '1.4 w 2 5.5 m 4.5 2.5 l 9 9 l S';

/** A box higher than this, in points, takes several lines. */
const ONE_LINE = 26;

const MULTILINE = 1 << 12;

const FONT_SIZE = 10;

/**
 * Adds the font for Japanese typed into a field: one of the reader's machine, by the name every PDF reader knows. Embedding a whole font would make
 * each form some megabytes long.
 */
const japaneseFont = (update: Update): number => {
  const descriptor = add(
    update,
    '<< /Type /FontDescriptor /FontName /HeiseiKakuGo-W5 /Flags 4 /FontBBox [0 -150 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -150 /CapHeight 700 /StemV 90 >>',
  );
  return add(
    update,
    `<< /Type /Font /Subtype /Type0 /BaseFont /HeiseiKakuGo-W5-UniJIS-UTF16-H /Encoding /UniJIS-UTF16-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /HeiseiKakuGo-W5 /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 5 >> /FontDescriptor ${descriptor} 0 R >>] >>`,
  );
};

const objectOf = (file: string, number: number): string => {
  const start = file.indexOf(`\n${number} 0 obj\n`);
  if (start < 0) throw new Error('the form has no such object');
  const body = file.slice(start + `\n${number} 0 obj\n`.length);
  return body.slice(0, body.indexOf('\nendobj'));
};

const one = (pattern: RegExp, text: string): string => {
  const found = pattern.exec(text);
  if (!found) throw new Error('the form is not written as expected');
  return found[1]!;
};

const LINK =
  /\n(\d+) 0 obj\n(<<\n {2}\/Type \/Annot\n {2}\/Subtype \/Link\n(?:(?!endobj)[^])*?\/URI \((box|tick):([a-zA-Z0-9-]+)\)(?:(?!endobj)[^])*?)\nendobj/g;

/** The field that replaces a link, in the same place and under the same tag. */
function fieldOf(link: string, kind: string, name: string, label: string, update: Update): string {
  const rect = one(/\/Rect (\[[^\]]*\])/, link);
  const [left, low, right, high] = rect.slice(1, -1).split(' ').map(Number) as [number, number, number, number];
  const shows = (drawing: string): string => `${add(update, picture(right - left, high - low, drawing))} 0 R`;
  const type =
    kind === 'tick'
      ? `/FT /Btn /V /Off /AS /Off /AP << /N << /Yes ${shows(TICK)} /Off ${shows('')} >> >>`
      : `/FT /Tx /Ff ${high - low > ONE_LINE ? MULTILINE : 0} /DA (/Jp ${FONT_SIZE} Tf 0 g) /AP << /N ${shows('')} >>`;
  return `<< /Type /Annot /Subtype /Widget ${type} /T (${name}) /TU ${pdfText(label)} /Rect ${rect} /F 4 /StructParent ${one(/\/StructParent (\d+)/, link)} >>`;
}

/** Turns the tag of a link into that of a field. Its only child is the annotation. */
function retag(file: string, update: Update, annotation: string): void {
  const tag = new RegExp(
    `\\n(\\d+) 0 obj\\n(<<\\n  /Type /StructElem\\n  /S /Link\\n(?:(?!endobj)[^])*?/Obj ${annotation} 0 R(?:(?!endobj)[^])*?)\\nendobj`,
  ).exec(file);
  if (!tag) throw new Error('a box of the form has no tag');
  update.objects.set(Number(tag[1]), tag[2]!.replace('/S /Link', '/S /Form'));
}

/** Appends an update to the file. */
function updated(file: string, { objects, next }: Update): string {
  const before = one(/startxref\n(\d+)\n%%EOF\s*$/, file);
  const trailer = one(/\ntrailer\n<<([^]*?)\n>>\nstartxref/, file).replace(/\/Size \d+/, `/Size ${next}`);
  let text = `${file}\n`;
  const entries = [...objects].map(([number, object]) => {
    const at = text.length;
    text += `${number} 0 obj\n${object}\nendobj\n`;
    return `${number} 1\n${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const at = text.length;
  return `${text}xref\n${entries.join('')}trailer\n<<${trailer}\n  /Prev ${before}\n>>\nstartxref\n${at}\n%%EOF\n`;
}

/** The form as a PDF with a field for each of its boxes, still PDF/UA-1. */
export function fillableForm(form: Form, sent: SentOn | null, writing: Writing): Uint8Array {
  const sheet = formSheet(form, sent, writing);
  // One character for each byte, so that positions in the text are positions in the file.
  const file = Buffer.from(makePdf(linkedForm(sheet, writing))).toString('latin1');
  const update: Update = {
    objects: new Map(),
    next: Number(one(/\/Size (\d+)/, file.slice(file.lastIndexOf('\ntrailer')))),
  };
  const labels = fieldLabels(sheet);
  const font = japaneseFont(update);
  const fields = [...file.matchAll(LINK)].map(([, at, link, kind, name]) => {
    update.objects.set(Number(at), fieldOf(link!, kind!, name!, labels.get(name!)!, update));
    retag(file, update, at!);
    return `${at} 0 R`;
  });
  const root = Number(one(/\/Root (\d+) 0 R/, file.slice(file.lastIndexOf('\ntrailer'))));
  const acroForm = `/AcroForm << /Fields [${fields.join(' ')}] /DR << /Font << /Jp ${font} 0 R >> >> /DA (/Jp ${FONT_SIZE} Tf 0 g) >>`;
  update.objects.set(root, objectOf(file, root).replace(/\n>>$/, `\n  ${acroForm}\n>>`));
  return Buffer.from(updated(file, update), 'latin1');
}
