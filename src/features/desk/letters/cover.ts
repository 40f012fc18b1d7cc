// The letter that goes out with the form: what is enclosed, what to send back and with which papers, what it costs, and what comes next.

import type { Day } from '../../../base/day.ts';
import type { Document } from '../../../platform/pdf.ts';
import { reachSays, waysToDesk, type Operator } from '../../policy/index.ts';
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

export type Form = Operator['forms'][number];

export interface CoverFacts {
  to: Addressee;
  about: About;
  form: Form;
  /** Yen that the request costs. */
  feeYen: number;
  /** Business days from the arrival of the papers within which identity is checked. */
  checkDays: number;
  /** The day by which the answer is sent when everything comes in time; null where it is over. */
  answerBy: Day | null;
}

/** APPI 38: the policy's fee for this form, in yen; 0 where there is none. */
export const feeOf = ({ fee }: Operator, { kind }: Form): number =>
  fee.kinds.some((one) => one === kind) ? fee.amount_yen : 0;

/** Whether the company asks a fee of anybody. */
export const asksFee = ({ fee }: Operator): boolean => fee.kinds.length > 0 && fee.amount_yen > 0;

/** Whether a fee, or what shows that it was paid, comes with the papers: not where it is paid at the desk. */
export const isFeeEnclosed = ({ fee }: Operator): boolean => fee.paid_by !== 'cash';

/** How much the fee is and how it is paid; of a request what that costs, which a later policy does not change. */
export const feePaid = (writing: Pick<Writing, 'operator' | 'texts' | 'lang'>, yen?: number): string => {
  const { operator, texts, lang } = writing;
  return filled(texts.cover.fee.paid[operator.fee.paid_by], lang, { fee: feeText(writing, yen) });
};

/** Whether there is a fee, and how it is paid. */
export const feeSentence = (yen: number, writing: Writing): string =>
  yen > 0 ? feePaid(writing, yen) : writing.texts.cover.fee.none[writing.lang];

const feePoint = (yen: number, writing: Writing): Point => ({
  title: writing.texts.cover.fee.title[writing.lang],
  says: [feeSentence(yen, writing)],
});

/** The papers that show who asks, the numbers to cover on them, and the papers of an agent. `first`: the number of the first of these points. */
export function identityPoints(scope: About['scope'], first: number, { texts, lang }: Writing): Point[] {
  const { papers, agents, hide } = texts.cover;
  const texted = (all: readonly { ja: string; en: string }[]): string[] => all.map((one) => one[lang]);
  return [
    { title: papers.title[lang], says: [papers.lead[lang]], items: texted(papers.items) },
    {
      title: hide.title[lang],
      says: [hide.says[lang], ...(scope === 'my-number' ? [hide.myNumber[lang]] : [])],
    },
    {
      title: agents.title[lang],
      says: [filled(agents.lead, lang, { papers: String(first) })],
      items: texted(agents.items),
    },
  ];
}

/** What is accepted instead of the form, and where the desk tells how. */
function otherWayPoint({ operator: { desk }, texts, lang }: Writing): Point {
  const ways = waysToDesk(desk);
  return {
    title: texts.cover.difficult[lang],
    says: [desk.alternative[lang], ...(ways.length > 0 ? [reachSays[lang]] : [])],
    items: ways.map(({ name, at }) => name[lang] + at),
  };
}

/** What happens next; in the place of a day that is over, that the answer is late. */
const nextItems = (next: { checkDays: string; answerBy: string | null }, { texts, lang }: Writing): string[] => {
  const { items, late } = texts.cover.next;
  const { checkDays, answerBy } = next;
  return items.map((one) =>
    answerBy === null && one[lang].includes('{answerBy}')
      ? late[lang]
      : filled(one, lang, { checkDays, answerBy: answerBy ?? '' }),
  );
};

/** The number of the point with the papers that show who asks. */
const PAPERS = 4;

/** The cover letter of a form. */
export function coverLetter(facts: CoverFacts, writing: Writing): Document {
  const { to, about, form, feeYen, checkDays, answerBy } = facts;
  const { texts, lang } = writing;
  const { cover } = texts;
  const named = { form: form.title[lang], clause: String(form.clause) };
  const back = { ...named, papers: String(PAPERS), agents: String(PAPERS + 2) };
  const next = { checkDays: String(checkDays), answerBy: answerBy && letterDay(answerBy, lang) };
  const points: Point[] = [
    { title: cover.enclosed.title[lang], items: cover.enclosed.items.map((one) => filled(one, lang, named)) },
    { title: cover.back.title[lang], items: cover.back.items.map((one) => filled(one, lang, back)) },
    feePoint(feeYen, writing),
    ...identityPoints(about.scope, PAPERS, writing),
    { title: cover.send.title[lang], says: [filled(cover.send.says, lang, deskAddress(writing))] },
    { title: cover.next.title[lang], items: nextItems(next, writing) },
    otherWayPoint(writing),
  ];
  const arrived = letterDay(about.arrivedOn, lang);
  return letter(
    {
      title: filled(cover.title, lang, named),
      body: [filled(cover.lead, lang, { form: named.form, arrived })],
      points,
    },
    to,
    about,
    writing,
  );
}
