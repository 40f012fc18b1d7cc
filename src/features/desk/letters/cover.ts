// The letter that goes out with the form: what is enclosed, what to send back and with which papers, what it costs, and what comes next.

import type { Day } from '../../../base/day.ts';
import type { Document } from '../../../platform/pdf.ts';
import { listed } from '../../../platform/ui/format.ts';
import {
  feeOf,
  isFeeAskedAfter,
  reachSays,
  requestKindNames,
  waysToDesk,
  waysToPay,
  type Operator,
  type Payment,
} from '../../policy/index.ts';
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
  /** The fee is asked for after the requester is identified. */
  feeAfter: boolean;
  /** Business days from the arrival of the papers within which identity is checked. */
  checkDays: number;
  /** The day by which the answer is sent when everything comes in time; null when it is over. */
  answerBy: Day | null;
}

/** The kinds of request for which the company asks a fee. */
export const chargedKinds = (operator: Operator): Operator['fee']['kinds'] =>
  operator.fee.kinds.filter((kind) => feeOf(operator, kind) > 0);

const enclosed = ['registered-mail', 'postage-stamps', 'postal-money-order'] as const satisfies readonly Payment[];

const comesWithPapers = (way: Payment): boolean => enclosed.some((one) => one === way);

/** Whether every fee comes with the papers. */
export const isFeeEnclosed = (operator: Operator): boolean => waysToPay(operator).every(comesWithPapers);

/** What may come with the papers: the fee itself, and the slip that shows that it was paid into an account. */
export const feesEnclosed = (operator: Operator): ('fee' | 'slip')[] => {
  const ways = waysToPay(operator);
  return [
    ...(ways.some(comesWithPapers) ? (['fee'] as const) : []),
    ...(ways.includes('bank-transfer') ? (['slip'] as const) : []),
  ];
};

type Said = Pick<Writing, 'operator' | 'texts' | 'lang'>;

/** How much a fee is, and how it is paid or that this is told later: a sentence, and where there are several ways to pay, the list of them. */
function feeSays(writing: Said, fee: string, after: boolean): { says: string; items: string[] } {
  const { operator, texts, lang } = writing;
  const { paid, several, ways, later } = texts.cover.fee;
  if (after) return { says: filled(later, lang, { fee }), items: [] };
  const [way, ...more] = waysToPay(operator);
  return more.length === 0
    ? { says: filled(paid[way!], lang, { fee }), items: [] }
    : { says: filled(several, lang, { fee }), items: [way!, ...more].map((one) => ways[one][lang]) };
}

/** What a request costs, and whether that is asked for after the requester is identified. A later policy changes neither. */
export type Costs = Pick<CoverFacts, 'feeYen' | 'feeAfter'>;

/** The fee of one request and how it is paid. */
export const feePaid = ({ feeYen, feeAfter }: Costs, writing: Said): { says: string; items: string[] } =>
  feeSays(writing, feeText(writing, feeYen), feeAfter);

/** The fees of every kind that has one, by the amounts of the policy, and how they are paid. */
export function feesPaid(writing: Said): { says: string; items: string[] } {
  const { operator, lang } = writing;
  const kinds = chargedKinds(operator);
  const amounts = kinds.map((kind) => feeOf(operator, kind));
  const each = kinds.map((kind, i) => {
    const [name, fee] = [requestKindNames[kind], feeText(writing, amounts[i]!)];
    return lang === 'ja' ? `${name.ja}${fee}` : `${fee} for ${name.en.toLowerCase()}`;
  });
  const fee = new Set(amounts).size === 1 ? feeText(writing, amounts[0]!) : listed(each, lang);
  return feeSays(writing, fee, isFeeAskedAfter(operator));
}

/** The point that says whether there is a fee, and how it is paid. */
export function feePoint(costs: Costs, writing: Writing): Point {
  const { title, none } = writing.texts.cover.fee;
  const { says, items } = costs.feeYen > 0 ? feePaid(costs, writing) : { says: none[writing.lang], items: [] };
  return { title: title[writing.lang], says: [says], ...(items.length > 0 ? { items } : {}) };
}

/** The papers that show who asks; each line alone is enough. */
export const papersEnough = ({ operator, texts, lang }: Said): string[] =>
  (operator.identity_papers ?? []).map(({ count, of }) => {
    const { enough, named } = texts.cover.papers;
    const names = of.map((paper) => named[paper][lang]);
    return filled(enough.of, lang, { count: String(count), which: listed(names, lang) });
  });

/** The papers that show who asks: those of the policy, or the general sentences when it names none. */
export function papersAsked(writing: Said): { lead: string; items: string[] } {
  const { operator, texts, lang } = writing;
  const { lead, items, enough } = texts.cover.papers;
  return operator.identity_papers
    ? { lead: enough.lead[lang], items: papersEnough(writing) }
    : { lead: lead[lang], items: items.map((one) => one[lang]) };
}

/** The papers that show who asks, the numbers to cover on them, and the papers of an agent. `first`: the number of the first of these points. */
export function identityPoints(scope: About['scope'], first: number, writing: Writing): Point[] {
  const { texts, lang } = writing;
  const { papers, agents, hide } = texts.cover;
  const { lead, items } = papersAsked(writing);
  return [
    { title: papers.title[lang], says: [lead], items },
    {
      title: hide.title[lang],
      says: [hide.says[lang], ...(scope === 'my-number' ? [hide.myNumber[lang]] : [])],
    },
    {
      title: agents.title[lang],
      says: [filled(agents.lead, lang, { papers: String(first) })],
      items: agents.items.map((one) => one[lang]),
    },
  ];
}

/** The point that says what is accepted instead of the form, and where the desk explains it. */
function otherWayPoint({ operator: { desk }, texts, lang }: Writing): Point {
  const ways = waysToDesk(desk);
  return {
    title: texts.cover.difficult[lang],
    says: [desk.alternative[lang], ...(ways.length > 0 ? [reachSays[lang]] : [])],
    items: ways.map(({ name, at }) => name[lang] + at),
  };
}

/** What happens next; in place of a day that is over, that the answer is late. */
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
  const { to, about, form, checkDays, answerBy } = facts;
  const { texts, lang } = writing;
  const { cover } = texts;
  const named = { form: form.title[lang], clause: String(form.clause) };
  const back = { ...named, papers: String(PAPERS), agents: String(PAPERS + 2) };
  const next = { checkDays: String(checkDays), answerBy: answerBy && letterDay(answerBy, lang) };
  const points: Point[] = [
    { title: cover.enclosed.title[lang], items: cover.enclosed.items.map((one) => filled(one, lang, named)) },
    { title: cover.back.title[lang], items: cover.back.items.map((one) => filled(one, lang, back)) },
    feePoint(facts, writing),
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
