// Labels for envelopes: a sheet of A4 with twelve, 86.4 × 42.3 mm each, two by six without gaps and centred, as paper shops sell it.

import type { Document } from '../../../platform/pdf.ts';
import { addressed, addressLines, sheet, type Addressee, type Writing } from './paper.ts';
import { both } from '../../../base/bilingual.ts';

const title = both('宛名ラベル', 'Address labels');

/** The labels of a list, in its order; after twelve a new sheet. */
export const labelSheet = (addressees: readonly Addressee[], writing: Writing): Document => ({
  template: labelsTemplate,
  data: {
    title: title[writing.lang],
    company: writing.operator.name[writing.lang],
    labels: addressees.map((to) => ({ address: addressLines(to), to: addressed(to, writing) })),
  },
  lang: writing.lang,
});

/** A label holds its text within 6 mm of its edges, in the largest type that fits. */
export const labelsTemplate = `${sheet}
#set document(title: data.title, author: data.company, date: none)
#set page(paper: "a4", margin: (x: 18.6mm, y: 21.6mm))
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
