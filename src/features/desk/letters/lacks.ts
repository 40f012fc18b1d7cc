// The letter that says what is missing before a request can go on, each with what to do about it. The request stays as it arrived.

import type { Day } from '../../../base/day.ts';
import type { Document } from '../../../platform/pdf.ts';
import { yen } from '../../../platform/ui/format.ts';
import { waysToPay } from '../../policy/index.ts';
import { feePaid, papersEnough, type Form } from './cover.ts';
import {
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
  /** Null where the policy has none. */
  form: Form | null;
  /** In the order they are said. */
  lacks: readonly Lack[];
  /** Which form came, where the right one is lacking. */
  got: 'none' | 'wrong';
  /** Yen that the request costs, and that came with the papers, where the fee is lacking. */
  dueYen: number;
  receivedYen: number;
  /** The fee is asked for once it is known who asks, and not missing before. */
  feeAfter: boolean;
  /** The day by which it should come. */
  by: Day;
  /** The last day on which it is waited for; null where none was told. */
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
  if (lack === 'form')
    return { says: facts.form ? [filled(texts.lacks.form[facts.got], lang, { form: facts.form.title[lang] })] : [] };
  if (lack === 'fee') return missingFee(facts, writing);
  if (lack === 'identity' && writing.operator.identity_papers)
    return { says: [texts.lacks.enough[lang]], items: papersEnough(writing) };
  return { says: [texts.lacks[lack][lang]] };
}

export function lacksLetter(facts: LacksFacts, writing: Writing): Document {
  const { texts, lang } = writing;
  const { lacks } = texts;
  // Nothing is missing where the fee alone is asked for when its time has come.
  const asked = facts.feeAfter && facts.lacks.every((lack) => lack === 'fee');
  const { title, lead, by } = asked ? lacks.asked : lacks;
  const arrived = letterDay(facts.about.arrivedOn, lang);
  return letter(
    {
      title: title[lang],
      body: [
        filled(lead, lang, { arrived }),
        filled(by, lang, { by: letterDay(facts.by, lang) }),
        ...(facts.until ? [filled(lacks.end, lang, { until: letterDay(facts.until, lang) })] : []),
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
