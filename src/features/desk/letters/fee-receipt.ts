// The receipt for the fee.

import type { Day } from '../../../base/day.ts';
import type { Document } from '../../../platform/pdf.ts';
import { yen } from '../../../platform/ui/format.ts';
import type { Operator } from '../../policy/index.ts';
import { addressed, feeText, letterDay, sheet, type About, type Addressee, type Writing } from './paper.ts';
import { filled } from './texts.ts';

/** Receipts below this sum bear no stamp duty: Stamp Tax Act (印紙税法), Appended Table 1, item 17, column of what is not taxed. */
const STAMP_DUTY_FROM_YEN = 50_000;

/**
 * The rate of consumption tax, in percent: 7.8 of the state (Consumption Tax Act 消費税法 29(i)) and 22/78 of that of the prefecture (Local Tax Act
 * 地方税法 72-83). No reduced rate reaches a service such as this (消費税法 2(1)(ix-ii), 別表第一).
 */
const TAX_PERCENT = 10;

/**
 * The tax in yen in an amount that includes it. A receipt states it by rate, with the rate and, of a registered issuer, its number, as the payer is
 * named (消費税法 57-4(1); the simple form of 57-4(2) without a payer is for shops, restaurants, taxis and the like). Fractions of a yen are dropped once
 * for each rate (消費税法施行令 70-10 leaves the rounding to the issuer).
 */
const taxIn = (yenWithTax: number): number => Math.floor((yenWithTax * TAX_PERCENT) / (100 + TAX_PERCENT));

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

/** Rate and amount of the tax; empty when the policy does not say that the fee includes tax. */
function taxLines(amountYen: number, { operator, texts: { receipt }, lang }: Writing): string[] {
  if (!operator.fee.tax_included) return [];
  const amounts = { yen: yen(amountYen, lang), tax: yen(taxIn(amountYen), lang) };
  return [filled(receipt.tax, lang, { rate: lang === 'ja' ? `${TAX_PERCENT}％` : `${TAX_PERCENT} %`, ...amounts })];
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
      tax: taxLines(facts.amountYen, writing),
      sender: [
        operator.name[lang],
        operator.address[lang],
        operator.desk.name[lang],
        ...(operator.invoice_number
          ? [filled(receipt.registered, lang, { registration: operator.invoice_number })]
          : []),
      ],
      stamp: facts.amountYen < STAMP_DUTY_FROM_YEN ? receipt.stamp[lang] : '',
      again: null,
      mark: receipt.again[lang],
    },
    lang,
  };
}

/** The same receipt printed again, with the same day and number, and marked as reissued. */
export const reissued = (receipt: Document): Document => {
  const data = receipt.data as { mark: string };
  return { ...receipt, data: { ...data, again: data.mark } };
};

const feeReceiptTemplate = `${sheet}
#set document(title: data.title, author: data.sender.first(), date: none)
#set page(paper: "a4", margin: (top: 20mm, bottom: 20mm, x: 25mm))
#block(width: 100%, stroke: 0.8pt + luma(60), inset: (x: 10mm, y: 9mm))[
  #if data.again != none { place(top + left, box(stroke: 0.8pt + luma(60), inset: (x: 3mm, y: 1.5mm), text(size: 11pt, weight: "bold", data.again))) }
  #align(right, text(size: 9pt, [#data.number.join(h(0.8em))#linebreak()#data.issued]))
  #align(center)[= #data.title]
  #text(size: 12pt, lines(data.to))
  #align(center, block(stroke: (bottom: 0.8pt + luma(60)), inset: (x: 12mm, bottom: 3mm, top: 4mm), text(size: 18pt, weight: "bold", data.amount)))
  #align(center, for line in data.tax { text(size: 9.5pt, line); parbreak() })
  #v(2mm)
  #for line in data.lines { line; parbreak() }
  #v(4mm)
  #align(right, lines(data.sender))
  #text(size: 8.5pt, data.stamp)
]
`;
