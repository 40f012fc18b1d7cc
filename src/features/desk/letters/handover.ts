// The slip of receipt (受領書) for an answer that is handed over in person: what was handed over, of which request and where. Whoever receives it
// writes the day and their name on it, so it says nothing else of the person, and the company keeps the signed paper.

import type { Document } from '../../../platform/pdf.ts';
import { deskAddress, sheet, type Writing } from './paper.ts';
import { filled } from './texts.ts';

export interface HandoverFacts {
  number: string;
  /** Titles of the papers of the answer. */
  documents: readonly string[];
  /** The number of the receipt for the fee that is handed over with them; null where there is none. */
  receipt: string | null;
}

export function handoverSlip({ number, documents, receipt }: HandoverFacts, writing: Writing): Document {
  const { operator, texts, lang } = writing;
  const { frame, handover } = texts;
  const { desk, address } = deskAddress(writing);
  return {
    template: handoverTemplate,
    data: {
      title: handover.title[lang],
      company: operator.name[lang],
      to: filled(frame.organisation, lang, { name: operator.name[lang] }),
      lead: handover.lead[lang],
      rows: [
        [frame.number[lang], [number]],
        [
          handover.documents[lang],
          [...documents, ...(receipt === null ? [] : [`${texts.receipt.title[lang]}　${receipt}`])],
        ],
        [handover.place[lang], [desk, address]],
      ],
      // Left blank: whoever receives it writes them by hand.
      blank: [
        [handover.day[lang], lang === 'ja' ? '　　　　　年　　　　月　　　　日' : ''],
        [handover.sign[lang], ''],
      ],
      note: handover.note[lang],
    },
    lang,
  };
}

const handoverTemplate = `${sheet}
#set document(title: data.title, author: data.company, date: none)
#set page(paper: "a4", margin: (top: 25mm, bottom: 20mm, x: 25mm))
#align(center)[= #data.title]
#v(4mm)
#text(size: 12pt, data.to)
#v(4mm)
#data.lead
#let rows(all, height) = table(
  columns: (42mm, 1fr),
  rows: height,
  align: left + horizon,
  inset: (x: 3mm, y: 3mm),
  stroke: (x, y) => (top: rule, bottom: rule),
  ..all.flatten(),
)
#rows(data.rows.map(it => (text(weight: "bold", it.at(0)), lines(it.at(1)))), auto)
#v(6mm)
#quiet(data.note)
#rows(data.blank.map(it => (text(weight: "bold", it.at(0)), it.at(1))), 18mm)
`;
