// The report of the desk: what came, what ended and how long it took in a month, and how it stood at the end of it; on a page that prints,
// and as a file. Figures only, about nobody.

import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import { addDays, addMonths, readDay, type Day } from '../../../base/day.ts';
import { page, type Route } from '../../../platform/http/index.ts';
import { xlsx, type Sheet } from '../../../platform/sheet.ts';
import { articleLabel } from '../../../platform/ui/article.ts';
import { LinkButton } from '../../../platform/ui/button.tsx';
import { listed, number, writtenDay } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import { Segment } from '../../../platform/ui/segment.tsx';
import { Table } from '../../../platform/ui/table.tsx';
import { monthOf, readReport, SOON_DAYS, type Month, type Report } from '../actions/report.ts';
import { kindWords, resultWords, scopeWords } from '../words.ts';
import { crumbs, PATH, placeOf, type Asked, type Room } from './sheet.tsx';

export const REPORT = `${PATH}/report`;
const FILE = `${REPORT}.xlsx`;

const words = {
  title: both('窓口の報告', 'Report of the desk'),
  excel: both('Excel（.xlsx）', 'Excel (.xlsx)'),
  month: both('月', 'Month'),
  previous: both('前の月', 'Previous month'),
  next: both('次の月', 'Next month'),
  kind: both('種類', 'Kind'),
  scope: both('対象', 'About'),
  arrived: both('届いた', 'Arrived'),
  closed: both('終わった', 'Closed'),
  withdrawn: both('取下げ', 'Withdrawn'),
  week: both('7日以内', 'Up to 7 days'),
  fortnight: both('8日から14日', '8 to 14 days'),
  older: both('14日を超えた', 'More than 14 days'),
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
  table: both('表', 'Table'),
  detail: both('内訳', 'Of which'),
  figure: both('項目', 'Figure'),
  value: both('値', 'Value'),
} satisfies Record<string, Bilingual>;

type Word = keyof typeof words;

/** One table: its kinds, what tells its rows apart further, and its figures. */
interface Figures {
  id: keyof Report;
  title: Bilingual;
  none: Bilingual;
  details: readonly Word[];
  numbers: readonly Word[];
  rows: readonly { kind: string; details: readonly string[]; numbers: readonly number[] }[];
  /** What the row of all kinds says; null where there is none to say. */
  total: readonly number[] | null;
}

const sums = (rows: Figures['rows']): number[] | null =>
  rows.length === 0 ? null : rows[0]!.numbers.map((_, i) => rows.reduce((sum, row) => sum + row.numbers[i]!, 0));

/** A table whose rows add up. */
const added = (of: Omit<Figures, 'total'>): Figures => ({ ...of, total: sums(of.rows) });

const comings = ({ flow }: Report, lang: Lang): Figures =>
  added({
    id: 'flow',
    title: both('届いた請求と終わった請求', 'Requests that arrived and ended'),
    none: both('請求の種類がありません', 'There are no kinds of requests'),
    details: ['scope'],
    numbers: ['arrived', 'closed', 'withdrawn'],
    rows: flow.map(({ kind, scope, arrived, closed, withdrawn }) => ({
      kind: kindWords[kind].name[lang],
      details: [scopeWords[scope].name[lang]],
      numbers: [arrived, closed, withdrawn],
    })),
  });

const standing = ({ open }: Report, lang: Lang): Figures =>
  added({
    id: 'open',
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
    title: both('答える期限', 'Days to answer by'),
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
    title: both('手数料', 'Fees'),
    none: both('この月に受け取った手数料も、返した手数料もありません', 'No fee came or went back in this month'),
    details: [],
    numbers: ['received', 'returned'],
    rows: fees.map(({ kind, received, returned }) => ({
      kind: kindWords[kind].name[lang],
      details: [],
      numbers: [received, returned],
    })),
  });

const figuresOf = (report: Report, lang: Lang): Figures[] =>
  [comings, standing, dues, refusals, times, money].map((figures) => figures(report, lang));

const FigureTable = ({ lang, of }: { lang: Lang; of: Figures }) => {
  const numbers = (values: readonly number[]) =>
    Object.fromEntries(of.numbers.map((word, i) => [word, number(values[i]!)]));
  return (
    <Panel id={of.id} title={of.title[lang]} pad={of.rows.length === 0 ? 'body' : 'bare'}>
      {of.rows.length === 0 ? (
        <p class="muted">{of.none[lang]}</p>
      ) : (
        <Table
          lang={lang}
          caption={both(`${of.title.ja}の表`, `Table: ${of.title.en}`)}
          stack="inline"
          columns={[
            { key: 'kind', head: words.kind, rowHead: true },
            ...of.details.map((word) => ({ key: word, head: words[word] })),
            ...of.numbers.map((word) => ({ key: word, head: words[word], align: 'right' as const })),
          ]}
          rows={of.rows.map((row) => ({
            cells: {
              kind: row.kind,
              ...Object.fromEntries(of.details.map((word, i) => [word, row.details[i]])),
              ...numbers(row.numbers),
            },
          }))}
          {...(of.total ? { foot: { kind: words.all[lang], ...numbers(of.total) } } : {})}
        />
      )}
    </Panel>
  );
};

/** All tables under each other, a figure a row, so that a spreadsheet can turn them as it likes. */
const sheetOf = (report: Report, lang: Lang): Sheet => ({
  name: words.title[lang],
  head: [words.table[lang], words.kind[lang], words.detail[lang], words.figure[lang], words.value[lang]],
  rows: figuresOf(report, lang).flatMap(({ title, numbers, rows, total }) =>
    [...rows, ...(total ? [{ kind: words.all[lang], details: [], numbers: total }] : [])].flatMap((row) =>
      numbers.map((word, i) => [
        title[lang],
        row.kind,
        row.details.join(lang === 'ja' ? '／' : ' / '),
        words[word][lang],
        row.numbers[i]!,
      ]),
    ),
  ),
});

/** The month asked for; the present one when none is, or one that is still to come. */
function monthIn(c: Asked, today: Day): Month {
  const asked = readDay(`${c.req.query('month') ?? ''}-01`);
  return monthOf(asked && asked <= today ? asked : today, today);
}

const nameOf = (first: Day): string => first.slice(0, 7);

const spoken = (first: Day, lang: Lang): string =>
  lang === 'ja' ? `${first.slice(0, 4)}年${Number(first.slice(5, 7))}月` : nameOf(first);

async function show(room: Room, c: Asked): Promise<Response> {
  const { lang } = c.get('frame');
  const today = room.office.clock.today();
  const month = monthIn(c, today);
  const report = await readReport(room, month);
  const after = addMonths(month.from, 1);
  const to = (first: Day): string => `${REPORT}?month=${nameOf(first)}`;
  return c.html(
    <OfficePage
      {...c.get('frame')}
      title={words.title[lang]}
      path={placeOf(c)}
      sub={
        lang === 'ja'
          ? `${spoken(month.from, 'ja')}。進行中と期限は${writtenDay(month.to, 'ja')}の終わりのもの`
          : `${spoken(month.from, 'en')}; what is open and due is of the end of ${writtenDay(month.to, 'en')}`
      }
      crumbs={crumbs(lang, { label: words.title[lang] })}
      actions={
        <LinkButton kind="second" icon="download" href={`${FILE}?month=${nameOf(month.from)}`} download>
          {words.excel[lang]}
        </LinkButton>
      }
    >
      <div class="mb-4 no-print">
        <Segment
          label={words.month[lang]}
          links={[
            { label: words.previous[lang], href: to(addDays(month.from, -1)) },
            { label: spoken(month.from, lang), href: to(month.from), current: true },
            ...(after <= today ? [{ label: words.next[lang], href: to(after) }] : []),
          ]}
        />
      </div>
      <div class="grid gap-5">
        {figuresOf(report, lang).map((of) => (
          <FigureTable lang={lang} of={of} />
        ))}
      </div>
    </OfficePage>,
  );
}

async function file(room: Room, c: Asked): Promise<Response> {
  const { lang } = c.get('frame');
  const month = monthIn(c, room.office.clock.today());
  return c.body(await xlsx(sheetOf(await readReport(room, month), lang)), 200, {
    'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'content-disposition': `attachment; filename="desk-report-${nameOf(month.from)}.xlsx"`,
  });
}

/** They stand before the pages of one request, whose address would take them for its number. */
export const reportPages = (room: Room): Route[] => [
  page('get', REPORT, 'requests:read', (c) => show(room, c)),
  page('get', FILE, 'requests:read', (c) => file(room, c)),
];
