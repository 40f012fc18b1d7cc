// The receipt for the fee.

import type { Day } from '../../../base/day.ts';
import type { Document } from '../../../platform/pdf.ts';
import type { Operator } from '../../policy/index.ts';
import { addressed, feeText, letterDay, sheet, type About, type Addressee, type Writing } from './paper.ts';
import { filled } from './texts.ts';

/** Below this sum a receipt bears no stamp duty: Stamp Tax Act (印紙税法), Appended Table 1, item 17, column of what is not taxed. */
const STAMP_DUTY_FROM_YEN = 50_000;

export interface FeeReceiptFacts {
  to: Addressee;
  about: About;
  /** What the fee is for: APPI 38 names these. */
  kind: Operator['fee']['kinds'][number];
  amountYen: number;
  receivedOn: Day;
  /** `R-2026-031-1`. */
  receiptNumber: string;
}

export function feeReceipt(facts: FeeReceiptFacts, writing: Writing): Document {
  const { operator, texts, on, lang } = writing;
  const { receipt } = texts;
  const information = texts.information[facts.about.scope][lang];
  const what = filled(receipt.what[facts.kind], lang, { information });
  return {
    template: feeReceiptTemplate,
    data: {
      title: receipt.title[lang],
      number: [receipt.number[lang], facts.receiptNumber],
      issued: letterDay(on, lang),
      to: addressed(facts.to, writing),
      amount: feeText(writing, facts.amountYen),
      lines: [
        filled(receipt.for, lang, { what }),
        filled(receipt.received, lang, { on: letterDay(facts.receivedOn, lang) }),
      ],
      sender: [operator.name[lang], operator.address[lang], operator.desk.name[lang]],
      stamp: facts.amountYen < STAMP_DUTY_FROM_YEN ? receipt.stamp[lang] : '',
      again: null,
      mark: receipt.again[lang],
    },
    lang,
  };
}

/** The same receipt printed again: of its day and number, and marked as what it is. */
export const reissued = (receipt: Document): Document => {
  const data = receipt.data as { mark: string };
  return { ...receipt, data: { ...data, again: data.mark } };
};

export const feeReceiptTemplate = `${sheet}
#set document(title: data.title, author: data.sender.first(), date: none)
#set page(paper: "a4", margin: (top: 20mm, bottom: 20mm, x: 25mm))
#block(width: 100%, stroke: 0.8pt + luma(60), inset: (x: 10mm, y: 9mm))[
  #if data.again != none { place(top + left, box(stroke: 0.8pt + luma(60), inset: (x: 3mm, y: 1.5mm), text(size: 11pt, weight: "bold", data.again))) }
  #align(right, text(size: 9pt, [#data.number.join(h(0.8em))#linebreak()#data.issued]))
  #align(center)[= #data.title]
  #text(size: 12pt, lines(data.to))
  #align(center, block(stroke: (bottom: 0.8pt + luma(60)), inset: (x: 12mm, bottom: 3mm, top: 4mm), text(size: 18pt, weight: "bold", data.amount)))
  #for line in data.lines { line; parbreak() }
  #v(4mm)
  #align(right, lines(data.sender))
  #text(size: 8.5pt, data.stamp)
]
`;
