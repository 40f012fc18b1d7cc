// The report of a month on paper: the same tables as on the page, with bars where they help to compare. Figures only, about nobody.

import { both, type Lang } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import type { Document } from '../../../platform/pdf.ts';
import { number, writtenDay } from '../../../platform/ui/format.ts';
import type { Operator } from '../../policy/index.ts';
import type { Month, Report } from '../actions/report.ts';
import { figuresOf, figureWords, type Figures } from './figures.ts';
import { sheet } from './paper.ts';

export interface ReportFacts {
  report: Report;
  month: Month;
  operator: Operator;
  /** Version of the policy in force. */
  version: number;
  /** The day it is made on. */
  on: Day;
  lang: Lang;
}

const words = {
  month: both('対象の月', 'Month'),
  until: both('進行中と期限の基準日', 'Open and due as of'),
  made: both('作った日', 'Made on'),
  policy: both('方針', 'Policy'),
  noPerson: both(
    '件数、日数、金額だけの報告です。請求した人を示す情報は含みません。',
    'Numbers, days and amounts only. Nothing here tells who asked.',
  ),
};

/** `2026年11月` or `November 2026`. */
export const monthSpoken = (first: Day, lang: Lang): string =>
  lang === 'ja' ? `${first.slice(0, 4)}年${Number(first.slice(5, 7))}月` : writtenDay(first, 'en').replace(/^\d+ /, '');

/** A cell is a text or a figure. A figure may have a bar, as a share of the longest. */
type Cell = { text: string } | { figure: string; bar: number | null };

function tableOf({ title, none, details, numbers, rows, total, bar }: Figures, lang: Lang) {
  const at = bar === null ? -1 : numbers.indexOf(bar);
  const longest = Math.max(1, ...rows.map((row) => row.numbers[at] ?? 0));
  const figures = (values: readonly number[], bars: boolean): Cell[] =>
    values.map((value, i) => ({ figure: number(value), bar: bars && i === at ? value / longest : null }));
  const texts = (...all: string[]): Cell[] => all.map((text) => ({ text }));
  return {
    title: title[lang],
    none: none[lang],
    head: ['kind' as const, ...details, ...numbers].map((word) => figureWords[word][lang]),
    texts: 1 + details.length,
    bar: at,
    rows: rows.map((row) => [...texts(row.kind, ...row.details), ...figures(row.numbers, true)]),
    total: total && [...texts(figureWords.all[lang], ...details.map(() => '')), ...figures(total, false)],
  };
}

export function reportPaper({ report, month, operator, version, on, lang }: ReportFacts): Document {
  return {
    template: reportTemplate,
    data: {
      title: figureWords.title[lang],
      company: operator.name[lang],
      desk: operator.desk.name[lang],
      about: [
        [words.month[lang], monthSpoken(month.from, lang)],
        [words.until[lang], writtenDay(month.to, lang)],
        [words.made[lang], writtenDay(on, lang)],
        [words.policy[lang], lang === 'ja' ? `第${version}版` : `version ${version}`],
      ],
      lead: words.noPerson[lang],
      tables: figuresOf(report, lang).map((figures) => tableOf(figures, lang)),
    },
    lang,
  };
}

/** Texts are aligned left and figures right. A bar comes before its figure and adds nothing to it. */
const reportTemplate = `${sheet}
#set document(title: data.title + " " + data.about.first().at(1), author: data.company, date: none)
#set page(
  paper: "a4",
  margin: (top: 20mm, bottom: 20mm, x: 20mm),
  header: context if here().page() > 1 { text(size: 8.5pt, [#data.title#h(1fr)#data.about.first().at(1)]) },
  footer: page-number,
)
#let bar(share) = pdf.artifact(box(width: 24mm, height: 6pt, align(left + horizon, rect(width: 100% * share, height: 100%, fill: luma(150)))))
#let shown(cell) = if "text" in cell { cell.text } else if cell.bar == none { align(right, cell.figure) } else {
  grid(columns: (1fr, 9mm), align: (right + horizon, right), bar(cell.bar), cell.figure)
}
#grid(
  columns: (1fr, auto),
  column-gutter: 8mm,
  { text(size: 11pt, data.company); linebreak(); text(size: 9pt, data.desk) },
  text(size: 9pt, grid(columns: 2, column-gutter: 1em, row-gutter: 0.6em, ..data.about.flatten())),
)

#align(center)[= #data.title]

#quiet(data.lead)

#for part in data.tables {
  heading(level: 2, part.title)
  if part.rows.len() == 0 { part.none } else {
    table(
      columns: part.head.enumerate().map(((i, _)) => if i == 0 { 4fr } else if i < part.texts { 3fr } else if i == part.texts + part.bar { 3fr } else { 2fr }),
      inset: (x: 6pt, y: 4pt),
      stroke: (x, y) => (top: rule, bottom: rule),
      fill: (x, y) => if y == 0 { luma(240) },
      table.header(..part.head.enumerate().map(((i, it)) => align(if i < part.texts { left } else { right }, text(size: 9pt, weight: "bold", it)))),
      ..part.rows.flatten().map(it => table.cell(breakable: false, shown(it))),
      ..if part.total == none { () } else { part.total.map(it => table.cell(breakable: false, fill: luma(248), strong(shown(it)))) },
    )
  }
}
`;
