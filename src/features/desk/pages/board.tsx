// The board of the desk: every open request by what is due next, with filters, and the same as a calendar.

import { getCookie, setCookie } from 'hono/cookie';
import { isOfficer } from '../../../base/actor.ts';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import { readDay, type Day } from '../../../base/day.ts';
import { page, type Route } from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { LinkButton } from '../../../platform/ui/button.tsx';
import { Chip } from '../../../platform/ui/chip.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import { monthDay, slashDay, untilDue } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { exportLinks, ListTable, type ListColumn } from '../../../platform/ui/list.tsx';
import { FilterPeriod, periodIn, PeriodProblem, periodText } from '../../../platform/ui/period.tsx';
import { Segment } from '../../../platform/ui/segment.tsx';
import {
  Applied,
  Filters,
  FilterSelect,
  listPageOf,
  rowsOn,
  Pager,
  type ListPage,
} from '../../../platform/ui/table.tsx';
import { exportPage, namesInCharge, type ListFile } from '../../access/index.ts';
import type { Catalogue } from '../../search/index.ts';
import { countOver, openCases, overCases, type Listed } from '../actions/cases.ts';
import type { OverQuery } from '../store/lists.ts';
import { findByNumber, findRequest } from '../store/requests.ts';
import { kinds, type Kind } from '../facts/kind.ts';
import { numberFrom, numberOf } from '../facts/request.ts';
import { stages, type Stage, type State } from '../facts/stage.ts';
import { kindWords, scopeWords, stageWords, stateWords } from '../words.ts';
import { Calendar, dayIn } from './calendar.tsx';
import { REPORT } from './report.tsx';
import { TEXTS, textWords } from './texts.tsx';
import { crumbs, DueChip, PATH, placeOf, staffIn, StageChip, title, type Asked, type Room } from './sheet.tsx';

export const words = {
  add: both('手紙を受け付ける', 'Register a letter'),
  report: both('月の報告', 'Monthly report'),
  list: both('一覧', 'List'),
  calendar: both('暦', 'Calendar'),
  view: both('見方', 'View'),
  number: both('番号', 'Number'),
  kind: both('種類', 'Kind'),
  stage: both('段階', 'Stage'),
  arrived: both('届いた日', 'Arrived'),
  ended: both('終わった日', 'Ended'),
  due: both('次の期限', 'Next due'),
  left: both('残り', 'Left'),
  erase: both('書類の消去', 'Papers erased on'),
  who: both('担当', 'Assigned to'),
  all: both('すべて', 'All'),
  state: both('状態', 'State'),
  open: both('進行中', 'Open'),
  closed: both('終わったもの', 'Closed'),
  mine: both('自分', 'Me'),
  nobody: both('担当なし', 'Nobody'),
  everything: both('すべての請求', 'All requests'),
  requests: both('請求の一覧', 'List of requests'),
  none: both('進行中の請求はありません', 'No request is open'),
  noneClosed: both('終わった請求はありません', 'No request is closed yet'),
  noneSays: both(
    '手紙が届いたら、まず受け付けます。届いた日から期限を数えます。',
    'When a letter comes, register it first. The clock runs from the day it arrived.',
  ),
  noMatch: both('この条件に合う請求はありません', 'No request matches'),
  clear: both('絞り込みを外す', 'Remove the filters'),
  mailOff: both('メールの送信は設定されていません', 'Mail is not set up'),
  mailOffSays: both(
    '期限が近い請求や期限を過ぎた請求があっても、メールでの知らせはありません。この一覧で確かめてください。',
    'You do not get e-mails about requests that are due soon or overdue. Check this list instead.',
  ),
};

interface Filter {
  state: 'open' | 'closed';
  kind: Kind | '';
  stage: Stage | '';
  who: string;
  /** Only what is due on this day; '' = any day. */
  day: Day | '';
  /** Only requests that ended between these days; for those that are over. */
  from: Day | '';
  to: Day | '';
}

const NO_DAYS: Pick<Filter, 'from' | 'to'> = { from: '', to: '' };

const endedIn = (c: Asked): Pick<Filter, 'from' | 'to'> => {
  const { from, to } = periodIn(c.req.url);
  return { from: from ?? '', to: to ?? '' };
};

function filterIn(c: Asked): Filter {
  const asked = (name: string): string => c.req.query(name) ?? '';
  // The calendar shows only open requests.
  const state = asked('state') === 'closed' && asked('view') !== 'calendar' ? 'closed' : 'open';
  return {
    state,
    kind: kinds.find((one) => one === asked('kind')) ?? '',
    stage: stages.find((one) => one === asked('stage')) ?? '',
    who: /^(me|nobody|[0-9a-f-]{36})$/.test(asked('who')) ? asked('who') : '',
    day: readDay(asked('day')) ?? '',
    ...(state === 'closed' ? endedIn(c) : NO_DAYS),
  };
}

/** Nothing is left out. */
const NOTHING: Omit<Filter, 'state'> = { kind: '', stage: '', who: '', day: '', ...NO_DAYS };

const query = (filter: Filter, more: Record<string, string> = {}): string => {
  const set = Object.entries({ ...filter, state: filter.state === 'open' ? '' : filter.state, ...more });
  const text = new URLSearchParams(set.filter(([, value]) => value !== '')).toString();
  return text === '' ? PATH : `${PATH}?${text}`;
};

const matches = (row: Listed, { kind, stage, who, day }: Filter, me: string): boolean =>
  (day === '' || row.due_on === day) &&
  (kind === '' || row.kind === kind) &&
  (stage === '' || row.stage === stage) &&
  (who === '' || row.assigned_to === (who === 'nobody' ? null : who === 'me' ? me : who));

/** What the board shows of the open requests, or of those that are over. */
interface Found {
  /** How many there are in all and at each stage, without the filter. */
  all: number;
  stages: ReadonlyMap<Stage, number>;
  /** Ids of their assignees. */
  people: readonly string[];
  /** The page that is shown of those that match. */
  page: ListPage;
  rows: readonly Listed[];
}

function tally<Row extends Pick<Listed, 'stage' | 'assigned_to'>>(
  rows: readonly Row[],
  nOf: (row: Row) => number,
): Pick<Found, 'all' | 'stages' | 'people'> {
  const counted = new Map<Stage, number>();
  for (const row of rows) counted.set(row.stage, (counted.get(row.stage) ?? 0) + nOf(row));
  const all = [...counted.values()].reduce((sum, n) => sum + n, 0);
  return { all, stages: counted, people: [...new Set(rows.flatMap((row) => row.assigned_to ?? []))] };
}

function foundOpen(open: readonly Listed[], asked: readonly Listed[], at: string | undefined): Found {
  const shown = listPageOf(at, asked.length);
  return { ...tally(open, () => 1), page: shown, rows: rowsOn(shown, asked) };
}

/** The query of a filter for the requests that are over. */
const overQuery = ({ kind, stage, who, day, from, to }: Filter, me: string): OverQuery => ({
  kind: kind || null,
  stage: stage || null,
  assigned: who === 'me' ? me : who || null,
  erase: day || null,
  from: from || null,
  to: to || null,
});

async function foundOver(room: Room, filter: Filter, me: string, at: string | undefined): Promise<Found> {
  const query = overQuery(filter, me);
  const counts = await countOver(room, query);
  const shown = listPageOf(
    at,
    counts.reduce((sum, row) => sum + row.asked, 0),
  );
  return { ...tally(counts, (row) => row.all), page: shown, rows: await overCases(room, query, shown) };
}

/** How many requests that are over are read at a time for a file. */
const AT_ONCE = 500;

/** Every request that matches a filter, for a file. */
async function* everyRequest(room: Room, filter: Filter, me: string): AsyncGenerator<readonly Listed[]> {
  if (filter.state === 'open') return yield (await openCases(room)).filter((row) => matches(row, filter, me));
  for (let skip = 0; ; skip += AT_ONCE) {
    const rows = await overCases(room, overQuery(filter, me), { skip, most: AT_ONCE });
    yield rows;
    if (rows.length < AT_ONCE) return;
  }
}

interface View {
  c: Asked;
  found: Found;
  filter: Filter;
  names: ReadonlyMap<string, string>;
  today: Day;
}

/** Names the scope too when it is a partner’s My Number, which is not customers’ information. */
export const kindText = ({ kind, scope }: Listed, lang: Lang): string => {
  const name = kindWords[kind].name[lang];
  if (scope === 'customer') return name;
  return lang === 'ja' ? `${name}（${scopeWords[scope].name.ja}）` : `${name} (${scopeWords[scope].name.en})`;
};

/** Requests that ended without an answer show how they ended. */
const endWords: Partial<Record<State, Bilingual>> = {
  withdrawn: stateWords.withdrawn,
  dismissed: stateWords.dismissed,
  undelivered: stateWords.undelivered,
};

const unreachableWord = both('返信先なし', 'no address');

const stateText = ({ state, stage, unreachable }: Listed, lang: Lang): string => {
  const text = (endWords[state] ?? stageWords[stage])[lang];
  if (!unreachable) return text;
  return lang === 'ja' ? `${text}（${unreachableWord.ja}）` : `${text} (${unreachableWord.en})`;
};

const columnsOf = ({ names, today, filter }: Pick<View, 'names' | 'today' | 'filter'>): ListColumn<Listed>[] => {
  const open = filter.state === 'open';
  const left: ListColumn<Listed> = {
    key: 'left',
    head: words.left,
    nowrap: true,
    value: ({ state, due_on: due }, lang) => (due && state === 'open' ? untilDue(today, due, lang) : ''),
    cell: ({ state, due_on: due }, lang) =>
      due && state === 'open' ? <DueChip lang={lang} today={today} due={due} /> : undefined,
  };
  const ended: ListColumn<Listed> = {
    key: 'ended',
    head: words.ended,
    nowrap: true,
    value: ({ closed_on: day }) => (day ? slashDay(day) : ''),
  };
  return [
    {
      key: 'number',
      head: words.number,
      rowHead: true,
      nowrap: true,
      value: numberOf,
      cell: (row) => <a href={`${PATH}/${row.id}`}>{numberOf(row)}</a>,
    },
    ...(open ? [left] : []),
    {
      key: 'due',
      head: words[open ? 'due' : 'erase'],
      nowrap: true,
      value: ({ due_on: due }) => (due ? slashDay(due) : ''),
    },
    { key: 'kind', head: words.kind, value: kindText },
    {
      key: 'stage',
      head: words.stage,
      nowrap: true,
      value: stateText,
      cell: (row, lang) =>
        endWords[row.state] ? (
          <Chip kind="done">{stateText(row, lang)}</Chip>
        ) : (
          <>
            <StageChip lang={lang} stage={row.stage} />
            {row.unreachable && <span class="muted"> {unreachableWord[lang]}</span>}
          </>
        ),
    },
    { key: 'arrived', head: words.arrived, nowrap: true, value: ({ arrived_on: day }) => slashDay(day) },
    ...(open ? [] : [ended]),
    {
      key: 'who',
      head: words.who,
      value: ({ assigned_to: who }, lang) => (who ? (names.get(who) ?? '') : words.nobody[lang]),
      cell: ({ assigned_to: who }, lang) =>
        who ? <span translate="no">{names.get(who)}</span> : <span class="muted">{words.nobody[lang]}</span>,
    },
  ];
};

const FilterRow = ({ c, filter, names, found }: View) => {
  const lang = c.get('lang');
  const counted = (stage: Stage): number => found.stages.get(stage) ?? 0;
  return (
    <>
      {filter.state === 'closed' && <PeriodProblem lang={lang} period={periodIn(c.req.url)} />}
      <Filters
        lang={lang}
        action={PATH}
        keep={{
          ...(filter.state === 'closed' ? { state: 'closed' } : {}),
          ...(filter.day === '' ? {} : { day: filter.day }),
        }}
        exports={found.page.total > 0 ? exportLinks(PATH, query(filter), lang) : undefined}
      >
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
            ...found.people.map((id) => ({ value: id, label: names.get(id) ?? id.slice(-8) })),
          ]}
        />
        {filter.state === 'closed' && <FilterPeriod lang={lang} period={periodIn(c.req.url)} of={words.ended} />}
      </Filters>
      <Applied lang={lang} filters={applied(filter, names, lang)} removeAll={query({ ...filter, ...NOTHING })} />
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
    ['day', filter.day && `${words.due[lang]}${lang === 'ja' ? '：' : ': '}${monthDay(filter.day, lang)}`],
  ];
  const period = periodText({ from: filter.from || null, to: filter.to || null, wrong: null }, lang);
  return [
    ...set
      .filter(([, label]) => label !== '')
      .map(([name, label]) => ({ label, remove: query({ ...filter, [name]: '' }) })),
    ...(period === null
      ? []
      : [
          {
            label: `${words.ended[lang]}${lang === 'ja' ? ' ' : ': '}${period}`,
            remove: query({ ...filter, ...NO_DAYS }),
          },
        ]),
  ];
}

// ---- the page

function subOf(rows: readonly Listed[], today: Day, lang: Lang): string {
  const late = rows.filter((row) => row.due_on !== null && row.due_on < today).length;
  const now = rows.filter((row) => row.due_on === today).length;
  return lang === 'ja'
    ? `進行中${rows.length}件　期限超過${late}件　今日が期限${now}件`
    : `${rows.length} open, ${late} overdue, ${now} due today`;
}

const CalendarBody = ({ c, rows, filter, names, today }: Omit<View, 'found'> & { rows: readonly Listed[] }) => {
  const span = c.req.query('week') === undefined ? 'month' : 'week';
  return (
    <Calendar
      {...{ lang: c.get('lang'), rows, names, today, span }}
      on={dayIn(span, c.req.query(span) ?? '', today)}
      to={(more) => query(filter, { view: 'calendar', ...more })}
      list={(due) => query({ ...filter, day: due })}
    />
  );
};

const Body = (view: View) => {
  const { c, filter, found } = view;
  const lang = c.get('lang');
  if (found.page.total === 0) {
    const bare = found.all === 0;
    const open = filter.state === 'open';
    return (
      <Empty
        title={words[bare ? (open ? 'none' : 'noneClosed') : 'noMatch'][lang]}
        {...(bare
          ? {}
          : {
              actions: (
                <LinkButton kind="second" href={query({ ...filter, ...NOTHING })}>
                  {words.clear[lang]}
                </LinkButton>
              ),
            })}
      >
        {bare && open && words.noneSays[lang]}
      </Empty>
    );
  }
  return (
    <>
      <ListTable lang={lang} caption={words.requests} stack="inline" columns={columnsOf(view)} rows={found.rows} />
      <Pager lang={lang} page={found.page} href={query(filter)} />
    </>
  );
};

const LOOKED = 'desk-mail-off';

/** True on the first look in a browser's session. */
function firstLook(c: Asked): boolean {
  if (getCookie(c, LOOKED) !== undefined) return false;
  setCookie(c, LOOKED, 'seen', { path: PATH, sameSite: 'Lax', httpOnly: true });
  return true;
}

/** The links on from the board, for those who may follow them. */
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
      <LinkButton kind="second" href={`${PATH}/all`}>
        {words.everything[lang]}
      </LinkButton>
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
  const me = staffIn(c);
  const calendar = c.req.query('view') === 'calendar';
  const asked = c.req.query('page');
  const open = filter.state === 'open' ? await openCases(room) : [];
  const rows = open.filter((row) => matches(row, filter, me));
  const found = filter.state === 'open' ? foundOpen(open, rows, asked) : await foundOver(room, filter, me, asked);
  const named = [filter.who, ...found.people, ...[...rows, ...found.rows].map(({ assigned_to }) => assigned_to)];
  const names = await namesInCharge(room.access, c.get('lang'), named);
  const mailOff = !office.mail.on && isOfficer(c.get('actor')) && firstLook(c);
  const view = { c, filter, names, today };
  return c.html(
    <OfficePage
      {...c.get('frame')}
      title={title[lang]}
      path={placeOf(c)}
      sub={filter.state === 'open' ? subOf(open, today, lang) : words.closed[lang]}
      crumbs={crumbs(lang)}
      actions={<Acts c={c} />}
    >
      <div class="flex flex-wrap items-end gap-x-5 gap-y-3 mb-4">
        <Segment
          label={words.view[lang]}
          links={[
            {
              label: words.list[lang],
              href: query({ ...filter, ...NO_DAYS, state: 'open' }),
              current: !calendar && filter.state === 'open',
            },
            {
              label: words.calendar[lang],
              href: query({ ...filter, ...NO_DAYS, state: 'open', day: '' }, { view: 'calendar' }),
              current: calendar,
            },
            {
              label: words.closed[lang],
              href: query({ ...filter, stage: '', day: '', state: 'closed' }),
              current: !calendar && filter.state === 'closed',
            },
          ]}
        />
      </div>
      {mailOff && (
        <div class="mb-4">
          <Banner kind="info" title={words.mailOff[lang]}>
            {words.mailOffSays[lang]}
          </Banner>
        </div>
      )}
      {calendar ? (
        <CalendarBody {...view} rows={rows} />
      ) : (
        <>
          {found.all > 0 && <FilterRow {...view} found={found} />}
          <Body {...view} found={found} />
        </>
      )}
    </OfficePage>,
  );
}

async function fileOfAll(room: Room, c: Asked): Promise<ListFile<Listed>> {
  const filter = filterIn(c);
  const view = {
    filter,
    names: await namesInCharge(room.access, c.get('lang'), 'everybody'),
    today: room.office.clock.today(),
  };
  return {
    list: { path: PATH, title },
    columns: columnsOf(view),
    rows: everyRequest(room, filter, staffIn(c)),
    address: query(filter),
  };
}

export const boardPages = (room: Room): Route[] => [
  page('get', PATH, 'requests:read', (c) => board(room, c)),
  exportPage(room.office, { path: PATH, may: 'requests:read' }, (c) => fileOfAll(room, c)),
];

export const requestCatalogue = ({ office: { database } }: Pick<Room, 'office'>): Catalogue => ({
  title: words.requests,
  list: PATH,
  things: async ({ id, typed }) => {
    const number = numberFrom(typed);
    const row = id ? await findRequest(database, id) : number && (await findByNumber(database, number));
    if (!row) return [];
    const { name } = kindWords[row.kind];
    const called = numberOf(row);
    return [
      {
        name: both(`${called} ${name.ja}`, `${called} ${name.en}`),
        href: `${PATH}/${row.id}`,
        numbers: [row.id, called],
        says: stageWords[row.stage],
      },
    ];
  },
});
