// Labels for envelopes: an A4 sheet of twelve, 86.4 × 42.3 mm each, two by six without gaps and centred, as stationers sell it.

import { isLacking, type Document } from '../../../platform/pdf.ts';
import { addressed, addressLines, sheet, type Addressee, type Writing } from './paper.ts';
import { both } from '../../../base/bilingual.ts';

const title = both('宛名ラベル', 'Address labels');

/** Printed above the labels, in the margin of the sheet. */
const use = both(
  '12面のラベル用紙（A4、1面86.4×42.3mm）用です。窓つき封筒（長形3号）では手紙の宛名が窓から見えるので、要りません。',
  'For sheets of twelve labels (A4, 86.4 × 42.3 mm each). A letter in a window envelope (長形3号) needs none.',
);

const byHand = both(
  '〓は印刷できない文字です。届いた手紙を見て、手で書いてください。',
  'The sign 〓 stands for a character that cannot be printed. Check the letter that came and write it by hand.',
);

/** The labels of a list, in its order, twelve to a sheet. */
export function labelSheet(addressees: readonly Addressee[], writing: Writing): Document {
  const { lang } = writing;
  const labels = addressees.map((to) => ({ address: addressLines(to), to: addressed(to, writing) }));
  return {
    template: labelsTemplate,
    data: {
      title: title[lang],
      use: [use[lang], ...(isLacking(labels) ? [byHand[lang]] : [])],
      company: writing.operator.name[lang],
      labels,
    },
    lang,
  };
}

/** A label holds its text within 6 mm of its edges, in the largest type that fits. */
const labelsTemplate = `${sheet}
#set document(title: data.title, author: data.company, date: none)
#set page(paper: "a4", margin: (x: 18.6mm, y: 21.6mm), header: text(size: 7.5pt, fill: luma(70), lines(data.use)))
#let (width, height) = (86.4mm - 12mm, 42.3mm - 12mm)
#let label(it) = context {
  let sized(s) = block(width: width, {
    set text(size: s)
    set par(leading: 0.5em, spacing: 0.9em)
    lines(it.address)
    parbreak()
    text(size: 1.25em, lines(it.to))
  })
  let fitting = (11pt, 10pt, 9pt, 8pt, 7pt).filter(s => measure(sized(s)).height <= height)
  sized(fitting.at(0, default: 6pt))
}
#set par(spacing: 0pt)
#grid(
  columns: (86.4mm, 86.4mm),
  rows: 42.3mm,
  inset: 6mm,
  align: left + horizon,
  ..data.labels.map(label)
)
`;
