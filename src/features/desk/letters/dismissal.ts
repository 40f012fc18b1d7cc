// The letter that a request ends without a decision: why, how to ask again, what becomes of the fee, and how to complain.

import type { Day } from '../../../base/day.ts';
import type { Document } from '../../../platform/pdf.ts';
import { yen } from '../../../platform/ui/format.ts';
import type { DismissalGround, Lack } from '../facts/event.ts';
import { complaintPoint } from './notice.ts';
import { claimOf, letter, letterDay, type About, type Addressee, type Point, type Writing } from './paper.ts';
import { filled } from './texts.ts';

export interface DismissalFacts {
  to: Addressee;
  about: About;
  /** `lacks`: what did not come. `until`: the day until which the desk waited for it. */
  why: { ground: Exclude<DismissalGround, 'lacking'> } | { ground: 'lacking'; lacks: readonly Lack[]; until: Day };
  /** What the officer added, a paragraph each. */
  reason: readonly string[];
  /** Yen that go back; 0 = none. */
  yen: number;
}

function whyPoint({ about, why, reason }: DismissalFacts, writing: Writing): Point {
  const { texts, lang } = writing;
  const { title } = texts.dismissal.why;
  const grounds = texts.dismissal[about.kind === 'foreign-information' ? about.kind : 'why'];
  const claim = claimOf(about, writing);
  if (why.ground !== 'lacking') return { title: title[lang], says: [grounds[why.ground][lang], ...reason] };
  return {
    title: title[lang],
    says: [filled(grounds.lacking, lang, { until: letterDay(why.until, lang) }), ...reason],
    items: why.lacks.map((lack) => filled(texts.dismissal.missing[lack], lang, { claim })),
  };
}

export function dismissalLetter(facts: DismissalFacts, writing: Writing): Document {
  const { texts, lang } = writing;
  const { title, lead, anew, fee } = texts.dismissal;
  const claim = claimOf(facts.about, writing);
  const returned: Point[] =
    facts.yen === 0 ? [] : [{ title: fee.title[lang], says: [filled(fee.says, lang, { yen: yen(facts.yen, lang) })] }];
  return letter(
    {
      title: filled(title, lang, { claim }),
      body: [filled(lead, lang, { arrived: letterDay(facts.about.arrivedOn, lang), claim })],
      points: [
        whyPoint(facts, writing),
        { title: filled(anew.title, lang, { claim }), says: [filled(anew[facts.why.ground], lang, { claim })] },
        ...returned,
        complaintPoint(writing),
      ],
    },
    facts.to,
    facts.about,
    writing,
  );
}
