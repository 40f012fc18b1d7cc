// The report of the desk: what came, what ended and how long it took in a month, and how it stood at the end; as a page that can be printed, and as a
// file. Figures only, about nobody.

import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import { addDays, addMonths, readDay, type Day } from '../../../base/day.ts';
import { page, type Route } from '../../../platform/http/index.ts';
import { makePdf } from '../../../platform/pdf.ts';
import { xlsx, type Sheet } from '../../../platform/sheet.ts';
import { LinkButton } from '../../../platform/ui/button.tsx';
import { number, writtenDay } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import { Segment } from '../../../platform/ui/segment.tsx';
import { Table } from '../../../platform/ui/table.tsx';
import { policyInForce } from '../../policy/index.ts';
import { monthOf, readReport, type Month, type Report } from '../actions/report.ts';
import { figuresOf, figureWords, type Figures } from '../letters/figures.ts';
import { monthSpoken, reportPaper } from '../letters/report.ts';
import { crumbs, PATH, placeOf, type Asked, type Room } from './sheet.tsx';

export const REPORT = `${PATH}/report`;
const FILE = `${REPORT}.xlsx`;
const PAPER = `${REPORT}.pdf`;

const words = {
  excel: both('Excel（.xlsx）', 'Excel (.xlsx)'),
  pdf: both('PDF', 'PDF'),
  month: both('月', 'Month'),
  previous: both('前の月', 'Previous month'),
  next: both('次の月', 'Next month'),
  table: both('表', 'Table'),
  detail: both('内訳', 'Of which'),
  figure: both('項目', 'Figure'),
  value: both('値', 'Value'),
} satisfies Record<string, Bilingual>;

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
            { key: 'kind', head: figureWords.kind, rowHead: true },
            ...of.details.map((word) => ({ key: word, head: figureWords[word] })),
            ...of.numbers.map((word) => ({ key: word, head: figureWords[word], align: 'right' as const })),
          ]}
          rows={of.rows.map((row) => ({
            cells: {
              kind: row.kind,
              ...Object.fromEntries(of.details.map((word, i) => [word, row.details[i]])),
              ...numbers(row.numbers),
            },
          }))}
          {...(of.total ? { foot: { kind: figureWords.all[lang], ...numbers(of.total) } } : {})}
        />
      )}
    </Panel>
  );
};

/** All tables in one, a row for each figure, so that a spreadsheet can pivot them. */
const sheetOf = (report: Report, lang: Lang): Sheet => ({
  name: figureWords.title[lang],
  head: [words.table[lang], figureWords.kind[lang], words.detail[lang], words.figure[lang], words.value[lang]],
  rows: figuresOf(report, lang).flatMap(({ title, numbers, rows, total }) =>
    [...rows, ...(total ? [{ kind: figureWords.all[lang], details: [], numbers: total }] : [])].flatMap((row) =>
      numbers.map((word, i) => [
        title[lang],
        row.kind,
        row.details.join(lang === 'ja' ? '／' : ' / '),
        figureWords[word][lang],
        row.numbers[i]!,
      ]),
    ),
  ),
});

/** The month asked for; the present one when none is given, or one that is still to come. */
function monthIn(c: Asked, today: Day): Month {
  const asked = readDay(`${c.req.query('month') ?? ''}-01`);
  return monthOf(asked && asked <= today ? asked : today, today);
}

const nameOf = (first: Day): string => first.slice(0, 7);

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
      title={figureWords.title[lang]}
      path={placeOf(c)}
      sub={
        lang === 'ja'
          ? `${monthSpoken(month.from, 'ja')}。進行中と期限は${writtenDay(month.to, 'ja')}の終わりの時点`
          : `${monthSpoken(month.from, 'en')}. Open and due requests as of ${writtenDay(month.to, 'en')}`
      }
      crumbs={crumbs(lang, { label: figureWords.title[lang] })}
      actions={
        <>
          <LinkButton kind="second" icon="download" href={`${PAPER}?month=${nameOf(month.from)}`} download>
            {words.pdf[lang]}
          </LinkButton>
          <LinkButton kind="second" icon="download" href={`${FILE}?month=${nameOf(month.from)}`} download>
            {words.excel[lang]}
          </LinkButton>
        </>
      }
    >
      <div class="mb-4 no-print">
        <Segment
          label={words.month[lang]}
          links={[
            { label: words.previous[lang], href: to(addDays(month.from, -1)) },
            { label: monthSpoken(month.from, lang), href: to(month.from), current: true },
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

async function paper({ office, ...room }: Room, c: Asked): Promise<Response> {
  const { lang } = c.get('frame');
  const on = office.clock.today();
  const inForce = await policyInForce(office, on);
  if (!inForce) return c.notFound();
  const { version, policy } = inForce;
  const month = monthIn(c, on);
  const report = await readReport({ office, ...room }, month);
  const made = reportPaper({ report, month, version, operator: policy.operator, on, lang });
  return new Response(makePdf(made) as Uint8Array<ArrayBuffer>, {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="desk-report-${nameOf(month.from)}.pdf"`,
    },
  });
}

/** These routes must come before those of one request, which would take their addresses for a request. */
export const reportPages = (room: Room): Route[] => [
  page('get', REPORT, 'requests:read', (c) => show(room, c)),
  page('get', FILE, 'requests:read', (c) => file(room, c)),
  page('get', PAPER, 'requests:read', (c) => paper(room, c)),
];
