// The board of the desk: every open request by what is due next, with filters, and the same as a month.

import { both, type Lang } from '../../../base/bilingual.ts';
import { isOpenDay } from '../../../base/calendar.ts';
import { addDays, daysBetween, readDay, weekday, type Day } from '../../../base/day.ts';
import { page, type Route } from '../../../platform/http/index.ts';
import { LinkButton } from '../../../platform/ui/button.tsx';
import { Chip } from '../../../platform/ui/chip.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import { monthDay, slashDay, weekdayName } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Segment } from '../../../platform/ui/segment.tsx';
import { Applied, Filters, FilterSelect, None, Pager, Table } from '../../../platform/ui/table.tsx';
import { cases } from '../actions/cases.ts';
import { kinds, numberOf, stages } from '../facts.ts';
import type { RequestRow } from '../tables.ts';
import { kindWords, scopeWords, stageWords } from '../words.ts';
import { REPORT } from './report.tsx';
import { crumbs, DueChip, PATH, placeOf, StageChip, staffNames, title, type Asked, type Room } from './sheet.tsx';
import { TEXTS, textWords } from './texts.tsx';

const words = {
  add: both('手紙を受け付ける', 'Register a letter'),
  report: both('月の報告', 'Monthly report'),
  list: both('一覧', 'List'),
  calendar: both('暦', 'Calendar'),
  view: both('見方', 'View'),
  number: both('番号', 'Number'),
  kind: both('種類', 'Kind'),
  stage: both('段階', 'Stage'),
  arrived: both('届いた日', 'Arrived'),
  due: both('次の期限', 'Next due'),
  left: both('残り', 'Left'),
  who: both('担当', 'With'),
  all: both('すべて', 'All'),
  state: both('状態', 'State'),
  open: both('進行中', 'Open'),
  closed: both('終わったもの', 'Closed'),
  mine: both('自分', 'Me'),
  nobody: both('担当なし', 'Nobody'),
  requests: both('請求の一覧', 'List of requests'),
  none: both('進行中の請求はありません', 'No request is open'),
  noneSays: both(
    '手紙が届いたら、まず受け付けます。届いた日から期限を数えます。',
    'When a letter comes, register it first. The clock runs from the day it arrived.',
  ),
  noMatch: both('この条件に合う請求はありません', 'No request matches'),
  clear: both('絞り込みを外す', 'Remove the filters'),
  previous: both('前の月', 'Previous month'),
  next: both('次の月', 'Next month'),
  thisMonth: both('今月', 'This month'),
  withdrawn: both('取下げ', 'Withdrawn'),
  order: both('期限の近い順', 'next due first'),
};

const PER_PAGE = 100;
/** More open requests than a desk can have; of closed ones the newest. */
const MOST_OPEN = 10_000;
const MOST_CLOSED = 1_000;
const MOST_A_DAY = 6;

interface Filter {
  state: 'open' | 'closed';
  kind: string;
  stage: string;
  who: string;
}

function filterIn(c: Asked): Filter {
  const asked = (name: string): string => c.req.query(name) ?? '';
  return {
    state: asked('state') === 'closed' ? 'closed' : 'open',
    kind: kinds.some((one) => one === asked('kind')) ? asked('kind') : '',
    stage: stages.some((one) => one === asked('stage')) ? asked('stage') : '',
    who: /^(me|nobody|[0-9a-f-]{36})$/.test(asked('who')) ? asked('who') : '',
  };
}

const query = (filter: Filter, more: Record<string, string> = {}): string => {
  const set = Object.entries({ ...filter, state: filter.state === 'open' ? '' : filter.state, ...more });
  const text = new URLSearchParams(set.filter(([, value]) => value !== '')).toString();
  return text === '' ? PATH : `${PATH}?${text}`;
};

const matches = (row: RequestRow, { kind, stage, who }: Filter, me: string): boolean =>
  (kind === '' || row.kind === kind) &&
  (stage === '' || row.stage === stage) &&
  (who === '' || row.assigned_to === (who === 'nobody' ? null : who === 'me' ? me : who));

/** What is due soonest stands first; what is not due at all last, the newest first. */
const byDue = (a: RequestRow, b: RequestRow): number =>
  (a.due_on ?? '9999').localeCompare(b.due_on ?? '9999') ||
  b.arrived_on.localeCompare(a.arrived_on) ||
  a.serial - b.serial;

interface View {
  c: Asked;
  rows: readonly RequestRow[];
  filter: Filter;
  names: ReadonlyMap<string, string>;
  today: Day;
}

/** A partner’s My Number is another matter than a customer’s information: it is said beside the kind. */
const kindText = ({ kind, scope }: RequestRow, lang: Lang): string => {
  const name = kindWords[kind].name[lang];
  if (scope === 'customer') return name;
  return lang === 'ja' ? `${name}（${scopeWords[scope].name.ja}）` : `${name} (${scopeWords[scope].name.en})`;
};

const RequestsTable = ({ c, rows, names, today }: View) => {
  const lang = c.get('lang');
  return (
    <Table
      lang={lang}
      caption={words.requests}
      stack="inline"
      columns={[
        { key: 'number', head: words.number, rowHead: true, nowrap: true },
        { key: 'left', head: words.left, nowrap: true },
        { key: 'due', head: words.due, nowrap: true },
        { key: 'kind', head: words.kind },
        { key: 'stage', head: words.stage, nowrap: true },
        { key: 'arrived', head: words.arrived, nowrap: true },
        { key: 'who', head: words.who },
      ]}
      rows={rows.map((row) => ({
        cells: {
          number: <a href={`${PATH}/${row.id}`}>{numberOf(row)}</a>,
          left: row.due_on && row.state === 'open' ? <DueChip lang={lang} today={today} due={row.due_on} /> : undefined,
          due: row.due_on && slashDay(row.due_on),
          kind: kindText(row, lang),
          stage:
            row.state === 'withdrawn' ? (
              <Chip kind="done">{words.withdrawn[lang]}</Chip>
            ) : (
              <StageChip lang={lang} stage={row.stage} />
            ),
          arrived: slashDay(row.arrived_on),
          who: row.assigned_to ? (
            <span translate="no">{names.get(row.assigned_to)}</span>
          ) : (
            <None lang={lang} what="undecided" />
          ),
        },
      }))}
    />
  );
};

const FilterRow = ({ c, filter, names, shown }: View & { shown: readonly RequestRow[] }) => {
  const lang = c.get('lang');
  const counted = (stage: string): number => shown.filter((row) => row.stage === stage).length;
  const people = [...new Set(shown.flatMap((row) => row.assigned_to ?? []))];
  return (
    <>
      <Filters lang={lang} action={PATH} keep={filter.state === 'closed' ? { state: 'closed' } : {}}>
        <FilterSelect
          name="stage"
          label={words.stage[lang]}
          value={filter.stage}
          options={[
            { value: '', label: words.all[lang] },
            ...stages
              .filter((stage) => counted(stage) > 0 || stage === filter.stage)
              .map((stage) => ({
                value: stage,
                label:
                  lang === 'ja'
                    ? `${stageWords[stage].ja}（${counted(stage)}）`
                    : `${stageWords[stage].en} (${counted(stage)})`,
              })),
          ]}
        />
        <FilterSelect
          name="kind"
          label={words.kind[lang]}
          value={filter.kind}
          options={[
            { value: '', label: words.all[lang] },
            ...kinds.map((kind) => ({ value: kind, label: kindWords[kind].name[lang] })),
          ]}
        />
        <FilterSelect
          name="who"
          label={words.who[lang]}
          value={filter.who}
          options={[
            { value: '', label: words.all[lang] },
            { value: 'me', label: words.mine[lang] },
            { value: 'nobody', label: words.nobody[lang] },
            ...people.map((id) => ({ value: id, label: names.get(id) ?? id.slice(-8) })),
          ]}
        />
      </Filters>
      <Applied
        lang={lang}
        filters={applied(filter, names, lang)}
        removeAll={query({ ...filter, kind: '', stage: '', who: '' })}
      />
    </>
  );
};

function applied(filter: Filter, names: ReadonlyMap<string, string>, lang: Lang) {
  const who =
    filter.who === 'me'
      ? words.mine[lang]
      : filter.who === 'nobody'
        ? words.nobody[lang]
        : (names.get(filter.who) ?? '');
  const set: [keyof Filter, string][] = [
    ['stage', stages.filter((one) => one === filter.stage).map((one) => stageWords[one][lang])[0] ?? ''],
    ['kind', kinds.filter((one) => one === filter.kind).map((one) => kindWords[one].name[lang])[0] ?? ''],
    ['who', filter.who && (lang === 'ja' ? `担当：${who}` : `With: ${who}`)],
  ];
  return set
    .filter(([, label]) => label !== '')
    .map(([name, label]) => ({ label, remove: query({ ...filter, [name]: '' }) }));
}

// ---- the month

const firstOf = (d: Day): Day => `${d.slice(0, 7)}-01` as Day;
const monthBefore = (first: Day): Day => firstOf(addDays(first, -1));
const monthAfter = (first: Day): Day => firstOf(addDays(first, 31));
const monthName = (first: Day, lang: Lang): string =>
  lang === 'ja'
    ? `${first.slice(0, 4)}年${Number(first.slice(5, 7))}月`
    : `${monthDay(first, 'en').split(' ')[1]} ${first.slice(0, 4)}`;

/** Weeks from Sunday that have a day of the month. */
function weeksOf(first: Day): Day[][] {
  const begin = addDays(first, -weekday(first));
  const weeks = Math.ceil((daysBetween(begin, monthAfter(first)) - 0) / 7);
  return Array.from({ length: weeks }, (_, w) => Array.from({ length: 7 }, (__, d) => addDays(begin, w * 7 + d)));
}

const DayCell = ({
  c,
  day,
  month,
  due,
  today,
}: {
  c: Asked;
  day: Day;
  month: Day;
  due: readonly RequestRow[];
  today: Day;
}) => {
  const lang = c.get('lang');
  const inside = day.slice(0, 7) === month.slice(0, 7);
  if (!inside) return <td class="bg-[var(--ground-2)]" />;
  const closed = isOpenDay(day) === false;
  return (
    <td
      class={closed ? 'align-top bg-[var(--ground-2)]' : 'align-top'}
      aria-current={day === today ? 'date' : undefined}
    >
      <span class={day === today ? 'block font-bold underline' : 'block'}>
        {Number(day.slice(8))}
        <span class="sr-only">
          {lang === 'ja' ? '日' : ` ${weekdayName(day, 'en')}`}
          {day === today && (lang === 'ja' ? '、今日' : ', today')}
        </span>
      </span>
      {due.length > 0 && (
        <ul class="grid gap-1">
          {due.slice(0, MOST_A_DAY).map((row) => (
            <li>
              <a href={`${PATH}/${row.id}`}>{numberOf(row)}</a>
              <span class="muted"> {kindWords[row.kind].name[lang]}</span>
            </li>
          ))}
          {due.length > MOST_A_DAY && (
            <li class="muted">
              {lang === 'ja' ? `ほか${due.length - MOST_A_DAY}件` : `${due.length - MOST_A_DAY} more`}
            </li>
          )}
        </ul>
      )}
    </td>
  );
};

const Month = ({ c, rows, filter, today }: View) => {
  const lang = c.get('lang');
  const asked = readDay(`${c.req.query('month') ?? ''}-01`);
  const first = firstOf(asked ?? today);
  const dueIn = (d: Day): RequestRow[] => byDay.get(d) ?? [];
  const byDay = new Map<Day, RequestRow[]>();
  for (const row of rows) if (row.due_on) byDay.set(row.due_on, [...(byDay.get(row.due_on) ?? []), row]);
  const to = (month: Day): string => query(filter, { view: 'calendar', month: month.slice(0, 7) });
  const sunday = addDays(first, -weekday(first));
  return (
    <div>
      <div class="flex flex-wrap items-center gap-3 mb-3">
        <h2 class="text-std-20B-150">{monthName(first, lang)}</h2>
        <Segment
          label={lang === 'ja' ? '月' : 'Month'}
          links={[
            { label: words.previous[lang], href: to(monthBefore(first)) },
            { label: words.thisMonth[lang], href: to(firstOf(today)), current: first === firstOf(today) },
            { label: words.next[lang], href: to(monthAfter(first)) },
          ]}
        />
      </div>
      <div class="tbl-wrap" tabindex={0} role="region" aria-label={monthName(first, lang)}>
        <table class="tbl table-fixed min-w-[48rem]">
          <caption class="sr-only">
            {lang === 'ja' ? `${monthName(first, 'ja')}に期限が来る請求` : `Requests due in ${monthName(first, 'en')}`}
          </caption>
          <thead>
            <tr>
              {Array.from({ length: 7 }, (_, i) => addDays(sunday, i)).map((d) => (
                <th scope="col">{weekdayName(d, lang).slice(0, lang === 'ja' ? 1 : 3)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weeksOf(first).map((week) => (
              <tr>
                {week.map((d) => (
                  <DayCell c={c} day={d} month={first} due={dueIn(d)} today={today} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
};

// ---- the page

function subOf(rows: readonly RequestRow[], today: Day, lang: Lang): string {
  const late = rows.filter((row) => row.due_on !== null && row.due_on < today).length;
  const now = rows.filter((row) => row.due_on === today).length;
  return lang === 'ja'
    ? `進行中${rows.length}件　期限超過${late}件　今日が期限${now}件`
    : `${rows.length} open, ${late} overdue, ${now} due today`;
}

const Body = (view: View & { shown: readonly RequestRow[]; calendar: boolean; at: number }) => {
  const { c, rows, filter, shown, calendar, at } = view;
  const lang = c.get('lang');
  if (calendar) return <Month {...view} />;
  if (rows.length === 0) {
    const bare = shown.length === 0;
    return (
      <Empty
        title={words[bare ? 'none' : 'noMatch'][lang]}
        {...(bare
          ? {}
          : {
              actions: (
                <LinkButton kind="second" href={query({ ...filter, kind: '', stage: '', who: '' })}>
                  {words.clear[lang]}
                </LinkButton>
              ),
            })}
      >
        {bare && words.noneSays[lang]}
      </Empty>
    );
  }
  const from = (at - 1) * PER_PAGE;
  const most = Math.ceil(rows.length / PER_PAGE);
  const to = (n: number): string => query(filter, n === 1 ? {} : { page: String(n) });
  return (
    <>
      <RequestsTable {...view} rows={rows.slice(from, from + PER_PAGE)} />
      <Pager
        lang={lang}
        from={from + 1}
        to={Math.min(from + PER_PAGE, rows.length)}
        total={rows.length}
        {...(at > 1 ? { previous: to(at - 1) } : {})}
        {...(at < most ? { next: to(at + 1) } : {})}
        pages={Array.from({ length: most }, (_, i) => ({ n: i + 1, href: to(i + 1), current: i + 1 === at }))}
      />
    </>
  );
};

/** What leads on from the board, for whoever may go there. */
const Acts = ({ c }: { c: Asked }) => {
  const lang = c.get('lang');
  const may = c.get('may');
  return (
    <>
      {may('requests:write') && (
        <LinkButton icon="plus" href={`${PATH}/new`}>
          {words.add[lang]}
        </LinkButton>
      )}
      <LinkButton kind="second" href={REPORT}>
        {words.report[lang]}
      </LinkButton>
      {may('letters:read') && (
        <LinkButton kind="second" href={TEXTS}>
          {textWords.title[lang]}
        </LinkButton>
      )}
    </>
  );
};

async function board(room: Room, c: Asked): Promise<Response> {
  const { office } = room;
  const lang = c.get('lang');
  const today = office.clock.today();
  const filter = filterIn(c);
  const actor = c.get('actor');
  const me = actor.kind === 'staff' ? actor.id : '';
  const shown =
    filter.state === 'open'
      ? await cases(room, { state: 'open', most: MOST_OPEN })
      : [
          ...(await cases(room, { state: 'closed', most: MOST_CLOSED })),
          ...(await cases(room, { state: 'withdrawn', most: MOST_CLOSED })),
        ];
  const rows = shown.filter((row) => matches(row, filter, me)).sort(byDue);
  const names = await staffNames(room);
  const calendar = c.req.query('view') === 'calendar';
  const pages = Math.max(1, Math.ceil(rows.length / PER_PAGE));
  const at = Math.min(pages, Math.max(1, Number(/^\d{1,4}$/.exec(c.req.query('page') ?? '')?.[0] ?? 1)));
  const view = { c, rows, filter, names, today };
  return c.html(
    <OfficePage
      {...c.get('frame')}
      title={title[lang]}
      path={placeOf(c)}
      sub={filter.state === 'open' ? subOf(shown, today, lang) : words.closed[lang]}
      crumbs={crumbs(lang)}
      actions={<Acts c={c} />}
    >
      <div class="flex flex-wrap items-end gap-x-5 gap-y-3 mb-4">
        <Segment
          label={words.view[lang]}
          links={[
            {
              label: words.list[lang],
              href: query({ ...filter, state: 'open' }),
              current: !calendar && filter.state === 'open',
            },
            {
              label: words.calendar[lang],
              href: query({ ...filter, state: 'open' }, { view: 'calendar' }),
              current: calendar,
            },
            {
              label: words.closed[lang],
              href: query({ ...filter, stage: '', state: 'closed' }),
              current: !calendar && filter.state === 'closed',
            },
          ]}
        />
      </div>
      {!calendar && shown.length > 0 && <FilterRow {...view} shown={shown} />}
      <Body {...view} shown={shown} calendar={calendar} at={at} />
    </OfficePage>,
  );
}

export const boardPages = (room: Room): Route[] => [page('get', PATH, 'requests:read', (c) => board(room, c))];
