// The figures of the desk's report as tables in words: the page, the spreadsheet and the PDF show the same.

import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import { articleLabel } from '../../../platform/ui/article.ts';
import { listed } from '../../../platform/ui/format.ts';
import { SOON_DAYS, type Report } from '../actions/report.ts';
import { kindWords, resultWords, scopeWords } from '../words.ts';

export const figureWords = {
  title: both('窓口の報告', 'Report of the desk'),
  kind: both('種類', 'Kind'),
  scope: both('対象', 'About'),
  arrived: both('届いた', 'Arrived'),
  closed: both('終わった', 'Closed'),
  undelivered: both('答えが届かずに終了', 'Closed, not delivered'),
  withdrawn: both('取下げ', 'Withdrawn'),
  dismissed: both('却下', 'Dismissed'),
  week: both('7日以内', 'Up to 7 days'),
  fortnight: both('8日から14日', '8 to 14 days'),
  older: both('14日超', 'More than 14 days'),
  all: both('計', 'Total'),
  soon: both(`${SOON_DAYS}日以内に期限`, `Due within ${SOON_DAYS} days`),
  overdue: both('期限超過', 'Overdue'),
  result: both('決定', 'Decision'),
  grounds: both('根拠', 'Grounds'),
  requests: both('件数', 'Requests'),
  answers: both('答えた件数', 'Answers'),
  median: both('日数の中央値', 'Median days'),
  longest: both('最も長い日数', 'Longest, days'),
  received: both('受け取った額（円）', 'Received (yen)'),
  returned: both('返した額（円）', 'Returned (yen)'),
  waived: both('免除した額（円）', 'Waived (yen)'),
} satisfies Record<string, Bilingual>;

export type FigureWord = keyof typeof figureWords;

/** One table: a row for each kind, what tells rows apart further, and the figures. */
export interface Figures {
  id: keyof Report;
  title: Bilingual;
  none: Bilingual;
  details: readonly FigureWord[];
  numbers: readonly FigureWord[];
  rows: readonly { kind: string; details: readonly string[]; numbers: readonly number[] }[];
  /** The figure that is drawn as a bar; null for none. */
  bar: FigureWord | null;
  /** The figures of the row for all kinds; null when there is none. */
  total: readonly number[] | null;
}

const sums = (rows: Figures['rows']): number[] | null =>
  rows.length === 0 ? null : rows[0]!.numbers.map((_, i) => rows.reduce((sum, row) => sum + row.numbers[i]!, 0));

/** A table whose rows add up. */
const added = (of: Omit<Figures, 'total'>): Figures => ({ ...of, total: sums(of.rows) });

const comings = ({ flow }: Report, lang: Lang): Figures =>
  added({
    id: 'flow',
    bar: 'arrived',
    title: both('届いた請求と終わった請求', 'Requests that arrived and ended'),
    none: both('請求の種類がありません', 'There are no kinds of requests'),
    details: ['scope'],
    numbers: ['arrived', 'closed', 'undelivered', 'withdrawn', 'dismissed'],
    rows: flow.map(({ kind, scope, arrived, closed, undelivered, withdrawn, dismissed }) => ({
      kind: kindWords[kind].name[lang],
      details: [scopeWords[scope].name[lang]],
      numbers: [arrived, closed, undelivered, withdrawn, dismissed],
    })),
  });

const standing = ({ open }: Report, lang: Lang): Figures =>
  added({
    id: 'open',
    bar: 'all',
    title: both('進行中の請求（届いてからの日数）', 'Open requests, by days since they arrived'),
    none: both('進行中の請求はありません', 'No request is open'),
    details: [],
    numbers: ['week', 'fortnight', 'older', 'all'],
    rows: open.map(({ kind, week, fortnight, older }) => ({
      kind: kindWords[kind].name[lang],
      details: [],
      numbers: [week, fortnight, older, week + fortnight + older],
    })),
  });

const dues = ({ due }: Report, lang: Lang): Figures =>
  added({
    id: 'due',
    bar: null,
    title: both('次の期限', 'What is due next'),
    none: both('期限の近い請求も、過ぎた請求もありません', 'No request is due soon or overdue'),
    details: [],
    numbers: ['soon', 'overdue'],
    rows: due.map(({ kind, soon, overdue }) => ({
      kind: kindWords[kind].name[lang],
      details: [],
      numbers: [soon, overdue],
    })),
  });

const refusals = ({ refused }: Report, lang: Lang): Figures =>
  added({
    id: 'refused',
    bar: 'requests',
    title: both('求めのとおりにしなかった決定', 'Decisions that granted less than was asked'),
    none: both('求めのとおりにしなかった決定はありません', 'Everything decided was granted in full'),
    details: ['result', 'grounds'],
    numbers: ['requests'],
    rows: refused.map(({ kind, result, grounds, requests }) => ({
      kind: kindWords[kind].name[lang],
      details: [
        resultWords[result][lang],
        listed(
          grounds.map(({ law, article }) => articleLabel(law, article, lang)),
          lang,
        ),
      ],
      numbers: [requests],
    })),
  });

const times = ({ answered, answeredAll }: Report, lang: Lang): Figures => ({
  id: 'answered',
  bar: null,
  title: both('届いてから答えるまでの日数', 'Days from arrival to the answer'),
  none: both('この月に答えた請求はありません', 'No request was answered in this month'),
  details: [],
  numbers: ['answers', 'median', 'longest'],
  rows: answered.map(({ kind, answers, median, longest }) => ({
    kind: kindWords[kind].name[lang],
    details: [],
    numbers: [answers, median, longest],
  })),
  total: answeredAll && [answeredAll.answers, answeredAll.median, answeredAll.longest],
});

const money = ({ fees }: Report, lang: Lang): Figures =>
  added({
    id: 'fees',
    bar: null,
    title: both('手数料', 'Fees'),
    none: both(
      'この月に受け取った手数料も、返した手数料も、免除した手数料もありません',
      'No fee came, went back or was waived in this month',
    ),
    details: [],
    numbers: ['received', 'returned', 'waived'],
    rows: fees.map(({ kind, received, returned, waived }) => ({
      kind: kindWords[kind].name[lang],
      details: [],
      numbers: [received, returned, waived],
    })),
  });

/** All tables of a report, in their order. */
export const figuresOf = (report: Report, lang: Lang): Figures[] =>
  [comings, standing, dues, refusals, times, money].map((figures) => figures(report, lang));
