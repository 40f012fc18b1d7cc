// Who opened how much: a list of all readers of the last nine weeks and those still marked, compared with their usual weeks, and the page of one reader, where an officer
// records a review.

import type { Context } from 'hono';
import { actorRef, type Actor } from '../../../base/actor.ts';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import { addDays, type Day } from '../../../base/day.ts';
import { fieldsOf, type Problem } from '../../../base/outcome.ts';
import { page, placeOf, problemStatus, type Env, type Route } from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, LinkButton } from '../../../platform/ui/button.tsx';
import { Chip } from '../../../platform/ui/chip.tsx';
import { homeCrumb } from '../../../platform/ui/crumbs.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { ErrorSummary, PostForm, problemAt, Radios } from '../../../platform/ui/form.tsx';
import { number, slashDay, stamp, writtenDay } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Icon } from '../../../platform/ui/icon.tsx';
import { ListBody, listView, type List, type ListColumn, type ListFilter } from '../../../platform/ui/list.tsx';
import { Note, Panel } from '../../../platform/ui/panel.tsx';
import { Table } from '../../../platform/ui/table.tsx';
import { actorName, actorNames, byOf, exportPage, fileOf, staffNames, type Room } from '../../access/index.ts';
import {
  oneReader,
  readers,
  readersToReview,
  reviewersOf,
  reviewIn,
  reviewReader,
  type Reader,
} from '../actions/readers.ts';
import { ALONE, FEWEST, readerResults, mayReview, TIMES, weekStarts, type Mark } from '../facts/readers.ts';
import { readerResultWords } from '../words.ts';
import { PATH as LOG, title as logTitle } from './log.tsx';

const PATH = `${LOG}/readers`;

export const title = both('だれが何人分を開いたか', 'Who opened how much');

export const words = {
  sub: both(
    '従業者とシステムが情報を開いた・渡した本人の数を、ふだんの週と比べます',
    'Number of people whose information each member of staff and each system opened or handed over, compared with their usual week',
  ),
  rule: both(
    `直近7日間に${FEWEST}人以上、かつふだんの週の${TIMES}倍以上の本人の情報を開くと、「ふだんよりはるかに多い」と印が付きます。比べる週のない人は、${ALONE}人以上で付きます。この数は関所が決めたもので、法律の数ではありません。印は、調べるきっかけです。7日が過ぎても、だれかが調べるまで残ります。`,
    `Anybody who opened information of at least ${FEWEST} people in the last 7 days, and of at least three times their usual week, is marked “Far more than usual”; without a week to compare, from ${ALONE} people. These figures are Sekisho’s own, not the law’s. A mark is only a prompt to look into it. It stays until somebody has, also after the 7 days.`,
  ),
  counted: both(
    'ふだんの週は、その前の8週間の中央値です。その人がまだいなかった週は数えません。検索と、提供ファイルに入れた本人は、人数に入りません。',
    'A usual week is the median of the 8 weeks before; weeks in which they were not there yet do not count. Searches, and people put in a package, are not counted.',
  ),
  name: both('だれ', 'Who'),
  kind: both('種類', 'Kind'),
  staff: both('従業者', 'Staff'),
  system: both('システム', 'System'),
  today: both('今日', 'Today'),
  week: both('直近7日間', 'Last 7 days'),
  usual: both('ふだんの週', 'Usual week'),
  times: both('何倍', 'Times'),
  acts: both('件数', 'Acts'),
  timesLong: both('ふだんの何倍か', 'Times the usual'),
  actsLong: both('直近7日間の件数', 'Acts in the last 7 days'),
  figures: both('開いた本人の数', 'People whose information was opened'),
  mark: both('印', 'Mark'),
  farMore: both('ふだんよりはるかに多い', 'Far more than usual'),
  asUsual: both('ふだんどおり', 'As usual'),
  review: both('調べた人', 'Looked into by'),
  toReview: both('まだ調べていない', 'Not looked into yet'),
  noMatch: both('この条件に合う人はいません', 'Nobody matches'),
  none: both('この9週間に、本人の情報を開いた人はいません', 'Nobody opened anything in the last 9 weeks'),
  noneHow: both(
    '従業者かシステムが本人の情報を開くと、ここに載ります。',
    'A member of staff or a system that opens somebody’s information is listed here.',
  ),
  noWeek: both('比べる週なし', 'No week to compare'),
  weeks: both('週ごとの人数', 'People by week'),
  period: both('7日間', '7 days'),
  people: both('人数', 'People'),
  notThere: both('まだいなかった', 'Not there yet'),
  seeEarlier: both('それまでの記録を見る', 'See the log up to then'),
  seeLog: both('直近7日間の記録を見る', 'See the log of the last 7 days'),
  found: both('分かったこと', 'What you found'),
  look: both('調べる', 'Look into it'),
  looked: both('調べた結果', 'What was found'),
  toLook: both(
    '開いた本人と目的を記録で見て、その人に尋ね、分かったことを選んでください。だれが、いつ、何と答えたかが記録に残ります。',
    'See in the log whose information was opened and for what purpose, ask the person who opened it, and choose what you found. The log records who answered, when and what.',
  ),
  lookedInto: both('調べたと記録する', 'Record that it was looked into'),
  notOwn: both(
    '自分が開いたことなので、調べられるほかの人が調べます。',
    'You opened this yourself, so somebody else who may look into it will do so.',
  ),
  alone: both(
    '自分が開いたことですが、調べられる人がほかにいないため、自分で答えられます。自分で答えたことは、この画面と記録に残ります。もう1人、調べられる人（個人情報保護管理者など）を招いてください。',
    'You opened this yourself, but as nobody else may look into it, you can answer yourself. That you did so is shown here and in the log. Please invite somebody else who may, such as a second privacy officer.',
  ),
  waiting: both('まだだれも調べていません。', 'Nobody has looked into it yet.'),
  own: both('自分で調べた', 'by themselves'),
  since: both('その後に開いたことで、また印が付いています。', 'It is marked again because of what was opened since.'),
} satisfies Record<string, Bilingual>;

const idOf = ({ reader }: Pick<Reader, 'reader'>): string => reader.slice(reader.indexOf(':') + 1);

const pathOf = (reader: Pick<Reader, 'reader'>): string => `${PATH}/${idOf(reader)}`;

/** The log entries of what a reader opened in the seven days up to a day. */
const logOf = ({ reader }: Pick<Reader, 'reader'>, to: Day): string =>
  `${LOG}?${new URLSearchParams({ kind: 'reached', actor: reader, from: addDays(to, -6), to })}`;

const periodText = (to: Day, lang: Lang): string =>
  `${slashDay(addDays(to, -6))}${lang === 'ja' ? '～' : ' – '}${slashDay(to)}`;

/** Rounds to tenths: the median of two weeks may be half a person, and the multiple is not an exact figure. */
const tenths = (n: number): number => Math.round(n * 10) / 10;

const peopleText = (n: number, lang: Lang): string =>
  lang === 'ja' ? `${number(n)}人` : n === 1 ? '1 person' : `${number(n)} people`;

const timesText = ({ times }: Reader, lang: Lang): string =>
  times === null ? '' : lang === 'ja' ? `${number(tenths(times))}倍` : `${number(tenths(times))} times`;

/** Marked by the last seven days, or by earlier ones that nobody has looked into. */
const isMarked = ({ marked, waiting }: Reader): boolean => marked || waiting.length > 0;

const MarkOf = ({ one, lang }: { one: Reader; lang: Lang }) =>
  isMarked(one) ? (
    <Chip kind="warn">
      <Icon name="warn" small />
      {words.farMore[lang]}
    </Chip>
  ) : (
    <span class="muted">{words.asUsual[lang]}</span>
  );

function reviewText(one: Reader, names: ReadonlyMap<string, string>, lang: Lang): string {
  if (one.waiting.length > 0) return words.toReview[lang];
  const review = reviewIn(one);
  if (!review) return '';
  const own = review.own ? (lang === 'ja' ? `（${words.own.ja}）` : ` (${words.own.en})`) : '';
  return `${stamp(Date.parse(review.entry.at))} ${actorName(review.entry.actor, names, lang)}${own}`;
}

const columnsOf = (names: ReadonlyMap<string, string>, today: Day): readonly ListColumn<Reader>[] => [
  {
    key: 'name',
    head: words.name,
    rowHead: true,
    nowrap: true,
    unsearched: true,
    value: ({ reader }, lang) => actorName(reader, names, lang),
    cell: (one, lang) => <a href={pathOf(one)}>{actorName(one.reader, names, lang)}</a>,
  },
  {
    key: 'mark',
    head: words.mark,
    nowrap: true,
    unsearched: true,
    value: (one, lang) => words[isMarked(one) ? 'farMore' : 'asUsual'][lang],
    order: ({ marked, waiting }) => (waiting.length > 0 ? 0 : marked ? 1 : 2),
    cell: (one, lang) => <MarkOf one={one} lang={lang} />,
  },
  { key: 'week', head: words.week, align: 'right', unsearched: true, value: ({ week }) => week },
  {
    key: 'usual',
    head: words.usual,
    align: 'right',
    unsearched: true,
    value: ({ usual }) => (usual === null ? '' : tenths(usual)),
    order: ({ usual }) => usual ?? -1,
    cell: (one, lang) =>
      one.usual === null ? <span class="muted">{words.noWeek[lang]}</span> : number(tenths(one.usual)),
  },
  {
    key: 'times',
    head: words.times,
    align: 'right',
    nowrap: true,
    unsearched: true,
    value: ({ times }) => (times === null ? '' : tenths(times)),
    order: ({ times }) => times ?? -1,
    cell: timesText,
  },
  { key: 'today', head: words.today, align: 'right', unsearched: true, value: ({ today: n }) => n },
  {
    key: 'acts',
    head: words.acts,
    align: 'right',
    unsearched: true,
    value: ({ acts }) => acts,
    cell: (one, lang) => {
      const text = lang === 'ja' ? `${number(one.acts)}件` : `${number(one.acts)} ${one.acts === 1 ? 'act' : 'acts'}`;
      return one.acts === 0 ? text : <a href={logOf(one, today)}>{text}</a>;
    },
  },
  {
    key: 'review',
    head: words.review,
    unsearched: true,
    value: (one, lang) => reviewText(one, names, lang),
    cell: (one, lang) =>
      one.waiting.length > 0 ? <Chip kind="wait">{words.toReview[lang]}</Chip> : reviewText(one, names, lang),
  },
];

const filters: readonly ListFilter<Reader>[] = [
  {
    name: 'kind',
    label: words.kind,
    options: (['staff', 'system'] as const).map((value) => ({ value, label: words[value] })),
    keeps: ({ reader }, value) => reader.startsWith(`${value}:`),
  },
  {
    name: 'mark',
    label: words.mark,
    options: [
      { value: 'far-more', label: words.farMore },
      { value: 'to-review', label: words.toReview },
    ],
    keeps: (one, value) => (value === 'to-review' ? one.waiting.length > 0 : isMarked(one)),
  },
];

/** The names of readers and of their reviewers. */
const namesOf = ({ access }: Room, all: readonly Pick<Reader, 'reader' | 'review'>[]) =>
  actorNames(
    access,
    all.flatMap(({ reader, review }) => [reader, review?.actor]),
  );

async function viewOf(room: Room, c: Context<Env>) {
  const rows = await readers(room.office);
  const list: List<Reader> = {
    path: PATH,
    title,
    columns: columnsOf(await namesOf(room, rows), room.office.clock.today()),
    filters,
    rows,
    order: 'mark',
    noMatch: words.noMatch,
    stack: 'inline',
  };
  return listView(list, c.req.url, c.get('lang'));
}

async function showAll(room: Room, c: Context<Env>): Promise<Response> {
  const lang = c.get('lang');
  return c.html(
    <OfficePage
      {...c.get('frame')}
      title={title[lang]}
      path={placeOf(c)}
      crumbs={[homeCrumb(lang), { label: logTitle[lang], href: LOG }, { label: title[lang] }]}
      sub={words.sub[lang]}
    >
      <div class="mb-5">
        <Note>
          <p>{words.rule[lang]}</p>
          <p class="mt-2">{words.counted[lang]}</p>
        </Note>
      </div>
      <ListBody view={await viewOf(room, c)} none={<Empty title={words.none[lang]}>{words.noneHow[lang]}</Empty>} />
    </OfficePage>,
  );
}

interface OneProps {
  c: Context<Env>;
  one: Reader;
  names: ReadonlyMap<string, string>;
  today: Day;
}

const Figures = ({ c, one, today }: OneProps) => {
  const lang = c.get('lang');
  return (
    <Panel
      id="figures"
      title={words.figures[lang]}
      mark={<MarkOf one={one} lang={lang} />}
      more={{ href: logOf(one, today), label: words.seeLog[lang] }}
    >
      <Dl
        items={[
          [words.week[lang], peopleText(one.week, lang)],
          [words.usual[lang], one.usual === null ? words.noWeek[lang] : peopleText(tenths(one.usual), lang)],
          ...(one.times === null ? [] : [[words.timesLong[lang], timesText(one, lang)] as const]),
          [words.today[lang], peopleText(one.today, lang)],
          [words.actsLong[lang], number(one.acts)],
        ]}
      />
    </Panel>
  );
};

const earlierOnes = (last: Day): Bilingual =>
  both(
    `${writtenDay(last, 'ja')}までに開いたものは、ここでは数えていません。`,
    `What was opened up to ${writtenDay(last, 'en')} is not counted here.`,
  );

/** What the figures do not count, with the way to it: a reader goes on for longer than the weeks that are compared. */
const EarlierOnes = ({ lang, reader, today }: { lang: Lang; reader: string; today: Day }) => {
  const last = addDays(weekStarts(today)[0]!, -1);
  return (
    <>
      {earlierOnes(last)[lang]}
      {lang === 'en' && ' '}
      <a href={`${LOG}?${new URLSearchParams({ kind: 'reached', actor: reader, to: last })}`}>
        {words.seeEarlier[lang]}
      </a>
    </>
  );
};

/** The seven-day periods behind the usual week, newest first. */
const Weeks = ({ c, one, today }: OneProps) => {
  const lang = c.get('lang');
  const starts = weekStarts(today).toReversed();
  return (
    <Panel title={words.weeks[lang]} pad="bare">
      <Table
        lang={lang}
        caption={words.weeks}
        columns={[
          { key: 'period', head: words.period, rowHead: true, nowrap: true },
          { key: 'people', head: words.people, align: 'right' },
        ]}
        rows={starts.map((start, i) => ({
          cells: {
            period: periodText(addDays(start, 6), lang),
            people:
              i > 0 && one.since > addDays(start, 6) ? (
                <span class="muted">{words.notThere[lang]}</span>
              ) : (
                number(one.people[i]!)
              ),
          },
        }))}
      />
      <p class="panel-body">
        <EarlierOnes lang={lang} reader={one.reader} today={today} />
      </p>
    </Panel>
  );
};

/** The last review: by whom, when, and its result. */
const Reviewed = ({ c, one, names }: OneProps) => {
  const lang = c.get('lang');
  const review = reviewIn(one);
  if (!review) return null;
  const { entry, result, own } = review;
  return (
    <Dl
      items={[
        [
          words.review[lang],
          <>
            {actorName(entry.actor, names, lang)} {own && <Chip kind="warn">{words.own[lang]}</Chip>}
          </>,
        ],
        [both('日時', 'When')[lang], <a href={`${LOG}/entries/${entry.id}`}>{stamp(Date.parse(entry.at))}</a>],
        [words.people[lang], number(Number(entry.people))],
        [words.looked[lang], result ? readerResultWords[result][lang] : ''],
      ]}
    />
  );
};

/** The seven days that nobody has looked into, each with its entries in the log. */
const Waiting = ({ c, one }: OneProps) => {
  const lang = c.get('lang');
  return (
    <ul class="grid gap-2">
      {one.waiting.map(({ on, people }) => (
        <li>
          <a href={logOf(one, on)}>{periodText(on, lang)}</a>
          {lang === 'ja' ? '：' : ': '}
          {peopleText(people, lang)}
        </li>
      ))}
    </ul>
  );
};

/** What must be done about it, and by whom. */
const ToReview = (props: OneProps & { reviewers: readonly string[]; sent: Sent | undefined }) => {
  const { c, one, reviewers, sent } = props;
  const lang = c.get('lang');
  const self = actorRef(c.get('actor'));
  if (!c.get('may')('log:review')) return <p>{words.waiting[lang]}</p>;
  if (!mayReview(self, one.reader, reviewers)) return <p>{words.notOwn[lang]}</p>;
  return (
    <>
      {self === one.reader && (
        <div class="mb-4">
          <Banner kind="warn" level={3} title={words.alone[lang]} />
        </div>
      )}
      <p class="mb-4">{words.toLook[lang]}</p>
      <PostForm action={pathOf(one)} csrf={c.get('csrf')} values={{ shown: String(one.week) }}>
        <Radios
          lang={lang}
          name="result"
          label={words.found}
          need="required"
          options={readerResults.map((value) => ({ value, label: readerResultWords[value] }))}
          value={sent?.result ?? ''}
          error={problemAt(fieldsOf(sent?.problem), 'result', lang)}
        />
        <Button>{words.lookedInto[lang]}</Button>
      </PostForm>
    </>
  );
};

interface Sent {
  result: string;
  problem: Problem;
}

/** A member of staff or a system, as the log names actors; null for an id of neither. */
async function readerCalled(room: Room, id: string): Promise<string | null> {
  if ((await staffNames(room.access, [id])).has(id)) return `staff:${id}`;
  return (await actorNames(room.access, [id])).has(id) ? `system:${id}` : null;
}

async function showOne(room: Room, c: Context<Env>, sent?: Sent): Promise<Response> {
  const lang = c.get('lang');
  const reader = await readerCalled(room, c.req.param('id') ?? '');
  if (reader === null) return c.notFound();
  const one = await oneReader(room.office, reader);
  const [names, today] = [await namesOf(room, [one ?? { reader, review: null }]), room.office.clock.today()];
  const name = actorName(reader, names, lang);
  const props = one && { c, one, names, today };
  const waits = one !== undefined && one.waiting.length > 0;
  return c.html(
    <OfficePage
      {...c.get('frame')}
      title={name}
      path={`${PATH}/${c.req.param('id')}`}
      crumbs={[
        homeCrumb(lang),
        { label: logTitle[lang], href: LOG },
        { label: title[lang], href: PATH },
        { label: name },
      ]}
      sub={title[lang]}
      failed={sent !== undefined}
    >
      <ErrorSummary lang={lang} problems={fieldsOf(sent?.problem)} labels={{ result: words.found }} />
      {props ? (
        <div class="grid grid-cols-1 gap-5">
          <Figures {...props} />
          {waits ? (
            <Panel id="review" title={words.look[lang]}>
              <div class="grid gap-4">
                <Reviewed {...props} />
                {props.one.review && <p>{words.since[lang]}</p>}
                <Waiting {...props} />
                <ToReview {...props} reviewers={await reviewersOf(room)} sent={sent} />
              </div>
            </Panel>
          ) : (
            props.one.review && (
              <Panel id="review" title={words.looked[lang]}>
                <Reviewed {...props} />
              </Panel>
            )
          )}
          <Weeks {...props} />
        </div>
      ) : (
        <Empty
          title={lang === 'ja' ? 'この9週間に、何も開いていません' : 'They opened nothing in the last 9 weeks'}
          actions={
            <LinkButton kind="second" href={PATH}>
              {title[lang]}
            </LinkButton>
          }
        >
          {lang === 'ja'
            ? '本人の情報を開くと、ここで人数を比べられます。'
            : 'Once they open somebody’s information, it is counted here. '}
          <EarlierOnes lang={lang} reader={reader} today={today} />
        </Empty>
      )}
    </OfficePage>,
    sent ? problemStatus(sent.problem) : 200,
  );
}

async function review(room: Room, c: Context<Env>): Promise<Response> {
  const reader = await readerCalled(room, c.req.param('id') ?? '');
  if (reader === null) return c.notFound();
  const form = c.get('form');
  const shown = /^\d{1,9}$/.exec(form.text('shown'))?.[0] ?? '0';
  const result = form.text('result');
  const outcome = await reviewReader(room, byOf(c), { reader, result, shown: Number(shown) });
  if (!outcome.ok) return showOne(room, c, { result, problem: outcome.problem });
  return c.redirect(pathOf({ reader }), 303);
}

/** A reader who opened far more than usual, and has not been reviewed since; the most they did so. */
export interface ReaderToReview {
  /** The member of staff or the system, as the log names it. */
  reader: string;
  /** The address of their page. */
  href: string;
  name: Bilingual;
  /** The information opened, such as `7日間に24人の情報`. */
  opened: Bilingual;
  /** The usual week to compare; null for other days than the last seven. */
  compared: Bilingual | null;
}

/** What was opened in the last seven days, or in the seven days up to an earlier day. */
function openedText({ on, people }: Mark, today: Day): Bilingual {
  const [ja, en] = on === today ? ['', '7 days'] : [`${slashDay(on)}までの`, `the 7 days to ${slashDay(on)}`];
  return both(`${ja}7日間に${people}人の情報`, `information of ${people} people in ${en}`);
}

/** The readers whom a user must review, for home and for the page of one who leaves. */
export async function waitingReaders(room: Room, actor: Actor): Promise<ReaderToReview[]> {
  const waiting = await readersToReview(room, actor);
  const names = await namesOf(room, waiting);
  const today = room.office.clock.today();
  return waiting.map(({ reader, waiting: [worst], usual }) => ({
    reader,
    href: pathOf({ reader }),
    name: both(actorName(reader, names, 'ja'), actorName(reader, names, 'en')),
    opened: openedText(worst!, today),
    compared:
      worst!.on !== today
        ? null
        : usual === null
          ? both('比べる週なし', 'no week to compare')
          : both(`ふだんの週は${tenths(usual)}人`, `${tenths(usual)} in a usual week`),
  }));
}

export const readerPages = (room: Room): Route[] => [
  page('get', PATH, 'log:read', (c) => showAll(room, c)),
  exportPage(room.office, { path: PATH, may: 'log:read' }, async (c) => fileOf(await viewOf(room, c))),
  page('get', `${PATH}/:id`, 'log:read', (c) => showOne(room, c)),
  page('post', `${PATH}/:id`, 'log:review', (c) => review(room, c)),
];
