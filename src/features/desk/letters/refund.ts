// The letter about a fee that is returned: how much, why, and how it comes back.

import type { Document } from '../../../platform/pdf.ts';
import { yen } from '../../../platform/ui/format.ts';
import { waysToPay } from '../../policy/index.ts';
import { claimOf, feeText, letter, letterDay, type About, type Addressee, type Writing } from './paper.ts';
import { filled } from './texts.ts';

export interface RefundFacts {
  to: Addressee;
  about: About;
  /** Yen that are returned, and yen held before that. */
  yen: number;
  heldYen: number;
  /** Yen that the request costs without what was waived of it; 0 = nothing. */
  dueYen: number;
  waivedYen: number;
  /** Nothing that the fee is for was done. */
  undone: boolean;
  /** Yen received in total. */
  receivedYen: number;
}

/** The reason: no fee is due, nothing was done for it, more came than is due, or the company does not take or keep what was due. */
function why(
  { about, yen: back, heldYen, dueYen, waivedYen, undone, receivedYen }: RefundFacts,
  writing: Writing,
): string {
  const { none, undone: dismissed, over, waived } = writing.texts.refund.why;
  const claim = claimOf(about, writing);
  if (dueYen + waivedYen === 0) return filled(none, writing.lang, { claim });
  if (undone) return filled(dismissed, writing.lang, { claim });
  if (waivedYen > 0 || back > heldYen - dueYen) return waived[writing.lang];
  const received = yen(receivedYen, writing.lang);
  return filled(over, writing.lang, { fee: feeText(writing, dueYen), received });
}

export function refundLetter(facts: RefundFacts, writing: Writing): Document {
  const { texts, lang, operator } = writing;
  const { title, lead, why: reason, how } = texts.refund;
  const [way, ...more] = waysToPay(operator);
  const returned = { yen: yen(facts.yen, lang) };
  return letter(
    {
      title: title[lang],
      body: [
        filled(facts.yen < facts.heldYen ? lead.part : lead.all, lang, {
          arrived: letterDay(facts.about.arrivedOn, lang),
          claim: claimOf(facts.about, writing),
          ...returned,
        }),
      ],
      points: [
        { title: reason.title[lang], says: [why(facts, writing)] },
        { title: how.title[lang], says: [filled(more.length > 0 ? how.several : how.paid[way!], lang, returned)] },
      ],
    },
    facts.to,
    facts.about,
    writing,
  );
}
