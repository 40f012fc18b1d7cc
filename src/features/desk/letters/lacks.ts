// The letter about what is missing before a request can go on, each with what to do about it. The request keeps its day of arrival.

import type { Day } from '../../../base/day.ts';
import type { Document } from '../../../platform/pdf.ts';
import { yen } from '../../../platform/ui/format.ts';
import { waysToPay } from '../../policy/index.ts';
import { feePaid, papersEnough, type Form } from './cover.ts';
import {
  claimOf,
  deskAddress,
  feeText,
  letter,
  letterDay,
  type About,
  type Addressee,
  type Point,
  type Writing,
} from './paper.ts';
import { filled } from './texts.ts';

export type Lack = 'form' | 'fee' | 'identity' | 'unreadable' | 'authority' | 'specify';

export interface LacksFacts {
  to: Addressee;
  about: About;
  /** Null when the policy has none. */
  form: Form | null;
  /** In the order of the letter. */
  lacks: readonly Lack[];
  /** What came in place of the right form, when that is missing. */
  got: 'none' | 'wrong';
  /** Yen that the request costs, and yen that came with the papers, when the fee is missing. */
  dueYen: number;
  receivedYen: number;
  /** The fee is asked for after the requester is identified, and does not count as missing before. */
  feeAfter: boolean;
  /** The day by which it should come. */
  by: Day;
  /** The last day the desk waits for it; null when none was told. */
  until: Day | null;
}

function missingFee({ dueYen, receivedYen, feeAfter }: LacksFacts, writing: Writing): Omit<Point, 'title'> {
  const { operator, texts, lang } = writing;
  const { none, short } = texts.lacks.fee;
  const { fee, ways } = texts.lacks.asked;
  if (receivedYen === 0 && feeAfter)
    return {
      says: [filled(fee, lang, { fee: feeText(writing, dueYen) })],
      items: waysToPay(operator).map((way) => ways[way][lang]),
    };
  if (receivedYen === 0) {
    const { says, items } = feePaid({ feeYen: dueYen, feeAfter }, writing);
    return { says: [none[lang], says], ...(items.length > 0 ? { items } : {}) };
  }
  const received = yen(receivedYen, lang);
  const missing = yen(dueYen - receivedYen, lang);
  return { says: [filled(short, lang, { fee: feeText(writing, dueYen), received, missing })] };
}

function whatToDo(lack: Lack, facts: LacksFacts, writing: Writing): Omit<Point, 'title'> {
  const { texts, lang } = writing;
  const claim = claimOf(facts.about, writing);
  if (lack === 'form')
    return {
      says: facts.form ? [filled(texts.lacks.form[facts.got], lang, { form: facts.form.title[lang], claim })] : [],
    };
  if (lack === 'fee') return missingFee(facts, writing);
  if (lack === 'identity' && writing.operator.identity_papers)
    return { says: [texts.lacks.enough[lang]], items: papersEnough(writing) };
  return { says: [filled(texts.lacks[lack], lang, { claim })] };
}

export function lacksLetter(facts: LacksFacts, writing: Writing): Document {
  const { texts, lang } = writing;
  const { lacks } = texts;
  // A fee that is only now asked for does not count as missing.
  const asked = facts.feeAfter && facts.lacks.every((lack) => lack === 'fee');
  const { title, lead, by } = asked ? lacks.asked : lacks;
  const arrived = letterDay(facts.about.arrivedOn, lang);
  const claim = claimOf(facts.about, writing);
  return letter(
    {
      title: title[lang],
      body: [
        filled(lead, lang, { arrived, claim }),
        filled(by, lang, { by: letterDay(facts.by, lang) }),
        ...(facts.until ? [filled(lacks.end, lang, { until: letterDay(facts.until, lang), claim })] : []),
        ...(asked ? [] : [filled(lacks.close, lang, { company: writing.operator.name[lang] })]),
      ],
      points: [
        ...facts.lacks.map((lack) => ({ title: lacks.titles[lack][lang], ...whatToDo(lack, facts, writing) })),
        ...(asked && waysToPay(writing.operator).every((way) => way === 'cash')
          ? []
          : [{ title: lacks.send.title[lang], says: [filled(lacks.send.says, lang, deskAddress(writing))] }]),
      ],
    },
    facts.to,
    facts.about,
    writing,
  );
}
