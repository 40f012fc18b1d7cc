// What home shows, worked out from the board of promises: what is due, and how the states moved. Pure. Nothing is listed that is not so.

import type { Action } from '../../base/actor.ts';
import { both, type Bilingual } from '../../base/bilingual.ts';
import { addDays, addMonths, dayOf, type Day } from '../../base/day.ts';
import type { PromiseState } from '../../base/promise.ts';
import { lawLastDay } from '../../law/index.ts';
import { writtenDay } from '../../platform/ui/format.ts';
import type { ReaderToReview } from '../audit/index.ts';
import {
  versionStanding,
  type Gap,
  type PromiseBoard,
  type PromiseStanding,
  type TrendDay,
  type VersionHead,
} from '../policy/index.ts';

/** Something to do. `due` is the day by which, where there is one; `since` the day from which it has been so. */
export interface Task {
  href: string;
  title: Bilingual;
  due?: Day;
  since?: Day;
  clauses: number[];
  /** Who it is assigned to, or who manages what it is about, by their id on the staff. */
  responsible?: string;
  /** Of a promise, or that a new office is being set up; without either it waits for a decision. */
  state?: PromiseState | 'set-up';
}

/** The numbers of the clauses that make a promise. */
export const clausesOf = (board: PromiseBoard, promise: string): number[] =>
  board.clauses.filter(({ clause }) => clause.promises.includes(promise)).map(({ clause }) => clause.no);

/** What somebody may do, and where they may go and do something. */
export interface Reach {
  may(action: Action): boolean;
  mayOpen(href: string): boolean;
  mayWork(href: string): boolean;
}

/** Everybody reads the policy: where a promise is proved by it alone, it is mended by whoever writes it. */
const isPolicy = (href: string): boolean => /^\/(living-)?policy\b/.test(href);

/** Whether a promise is mended by somebody: they may go where its evidence lies, and not only to read. */
function mends({ evidence }: PromiseStanding, { may, mayOpen, mayWork }: Reach): boolean {
  const places = evidence.flatMap(({ href }) => (href === undefined || isPolicy(href) ? [] : [href]));
  return places.length === 0 ? may('policy:propose') : places.some((href) => mayOpen(href) && mayWork(href));
}

/** A package that waits for its approval, and how many persons are in it. */
export interface Waiting {
  id: string;
  recipient: string;
  people: number;
  since: Day;
}

export const packageTasks = (packages: readonly Waiting[]): Task[] =>
  packages.map(({ id, recipient, people, since }) => ({
    href: `/packages/${id}`,
    title: both(
      `${recipient}への提供ファイル（${people}人）を承認するか決める`,
      `Decide on the package of ${people} ${people === 1 ? 'person' : 'people'} for ${recipient}`,
    ),
    since,
    clauses: [],
  }));

/** Packages that cannot be prepared, and since when. */
export const stuckTasks = (packages: readonly Omit<Waiting, 'people'>[]): Task[] =>
  packages.map(({ id, recipient, since }) => ({
    href: `/packages/${id}`,
    title: both(
      `${recipient}への提供ファイルを用意できない原因を確かめる`,
      `Find out why the package for ${recipient} cannot be prepared`,
    ),
    since,
    clauses: [],
  }));

/** A request of which nothing is left to do but its decision. */
export interface Undecided {
  id: string;
  number: string;
  kind: Bilingual;
  due: Day | null;
  assigned: string | null;
}

export const requestTasks = (requests: readonly Undecided[]): Task[] =>
  requests.map(({ id, number, kind, due, assigned }) => ({
    href: `/desk/${id}`,
    title: both(`${number} ${kind.ja}の請求を決める`, `Decide request ${number}: ${kind.en.toLowerCase()}`),
    ...(due === null ? {} : { due }),
    ...(assigned === null ? {} : { responsible: assigned }),
    clauses: [],
  }));

/** A request whose answer somebody else may have. */
export interface Leaked {
  id: string;
  number: string;
  since: Day;
  assigned: string | null;
}

export const leakTasks = (requests: readonly Leaked[]): Task[] =>
  requests.map(({ id, number, since, assigned }) => ({
    href: `/desk/${id}`,
    title: both(
      `${number} 答えがほかの人に渡ったかもしれない。漏えいに当たるかを確かめる`,
      `${number}: somebody else may have the answer. Find out whether it is a leak`,
    ),
    since,
    ...(assigned === null ? {} : { responsible: assigned }),
    clauses: [],
  }));

/** A kept consultation that waits for the privacy officer's judgement. */
export interface Unjudged {
  id: string;
  question: Bilingual;
  since: Day;
}

export const consultationTasks = (consultations: readonly Unjudged[]): Task[] =>
  consultations.map(({ id, question, since }) => ({
    href: `/ask/consultations/${id}`,
    title: both(`相談「${question.ja}」を判断する`, `Judge the consultation “${question.en}”`),
    since,
    clauses: [],
  }));

/** Somebody whom a request was to erase and whose information a law had kept until a day that is over. */
export interface Kept {
  principal: string;
  number: string;
  until: Day;
}

export const keptTasks = (people: readonly Kept[]): Task[] =>
  people.map(({ principal, number, until }) => ({
    href: `/people/${principal}/erase`,
    title: both(
      `${number} ${writtenDay(until, 'ja')}まで法令により保存した情報を消去する`,
      `${number}: erase what a law had kept until ${writtenDay(until, 'en')}`,
    ),
    since: addDays(until, 1),
    clauses: [],
  }));

/** A change of purpose that was judged of words the policy has no longer. `from` and `to` are ids of purposes. */
export interface Outdated {
  holding: string;
  name: Bilingual;
  from: string;
  to: string;
  manager: string | undefined;
}

export const purposeTasks = (changes: readonly Outdated[]): Task[] =>
  changes.map(({ holding, name, from, to, manager }) => ({
    href: `/ledger/${holding}#changes`,
    title: both(
      `「${name.ja}」の利用目的の変更（${from}→${to}）を改めて判断する`,
      `Judge anew the change of purpose (${from} → ${to}) of “${name.en}”`,
    ),
    clauses: [],
    ...(manager === undefined ? {} : { responsible: manager }),
  }));

export const readerTasks = (readers: readonly ReaderToReview[]): Task[] =>
  readers.map(({ href, name, week, usual }) => ({
    href,
    title: both(
      `${name.ja}が7日間に${week}人の情報を開いたわけを調べる（${usual === null ? '比べる週なし' : `ふだんの週は${usual}人`}）`,
      `Find out why ${name.en} opened information of ${week} people in 7 days (${usual === null ? 'no week to compare' : `${usual} in a usual week`})`,
    ),
    clauses: [],
  }));

/** How far an office is set up. */
export interface SetUp {
  /** There is nothing but the example company's policy. */
  example: boolean;
  /** The policy in force is somebody’s own, and still names the example company. */
  remains: boolean;
  holdings: number;
  /** How many people are on the staff, invited ones too; unknown where nobody counts them. */
  staff: number | undefined;
}

/** What a new office begins with. Each goes away once it is done. */
function setUpTasks({ example, remains, holdings, staff }: SetUp, { may }: Reach): Task[] {
  const task = (href: string, ja: string, en: string): Task => ({
    href,
    title: both(ja, en),
    clauses: [],
    state: 'set-up',
  });
  return [
    ...(example && may('policy:propose')
      ? [
          task(
            '/living-policy/new',
            '見本の会社の方針を、自社の方針に替える',
            'Replace the example company’s policy with your own',
          ),
        ]
      : []),
    ...(remains && may('policy:propose')
      ? [
          task(
            '/living-policy/company',
            '方針に残っている見本の会社の名前や連絡先を直す',
            'Take the example company’s name and addresses out of the policy',
          ),
        ]
      : []),
    ...(holdings === 0 && may('ledger:write')
      ? [
          task(
            '/ledger/new',
            '個人情報の置き場を、台帳に加える',
            'Add to the ledger where you keep personal information',
          ),
        ]
      : []),
    ...(staff === 1 && may('staff:write')
      ? [task('/staff/new', '一緒に働く従業者を招く', 'Invite the people who will work here')]
      : []),
  ];
}

/** Broken promises first, then those at risk, oldest first. */
const promiseTasks = (board: PromiseBoard, reach: Reach): Task[] =>
  (['broken', 'risk'] as const).flatMap((state) =>
    board.promises
      .filter((p) => p.state === state && mends(p, reach))
      .sort((a, b) => (a.since ?? 0) - (b.since ?? 0))
      .map((p): Task => {
        const clauses = clausesOf(board, p.id);
        const clause = clauses[0]!;
        return {
          href: `/living-policy?promise=${encodeURIComponent(p.id)}&clause=${clause}#c${clause}`,
          title: p.fix[0] ?? p.title,
          ...(p.since === null ? {} : { since: dayOf(p.since) }),
          clauses,
          state,
        };
      }),
  );

/** The gaps the law asks to close. */
function gapTasks(gaps: readonly Gap[], reach: Reach): Task[] {
  const must = reach.may('policy:propose') ? gaps.filter((gap) => gap.severity === 'must') : [];
  if (must.length === 0) return [];
  return [
    {
      href: '/living-policy/gaps',
      title: both(
        `法律の求めに足りない方針の文を直す（${must.length}件）`,
        must.length === 1
          ? 'Correct the one place where the law asks for more than the policy says'
          : `Correct the ${must.length} places where the law asks for more than the policy says`,
      ),
      clauses: must.flatMap((gap) => gap.clause ?? []),
    },
  ];
}

/** What a list of tasks is made of. `waiting`: what other features have that waits for this reader. */
export interface Work {
  board: PromiseBoard;
  heads: readonly VersionHead[];
  gaps: readonly Gap[];
  waiting: readonly Task[];
  setUp: SetUp;
}

/** Each reader's own: proposals by their day, then what else waits for their decision, then what they may mend or set up. */
export function tasksOf({ board, heads, gaps, waiting, setUp }: Work, reach: Reach, today: Day): Task[] {
  const proposals = heads
    .filter((h) => reach.may('policy:approve') && versionStanding(heads, h, today) === 'proposed')
    .map((h): Task => ({
      href: `/living-policy/versions/${h.version}`,
      title: both(`方針 第${h.version}版の案を承認するか決める`, `Decide on version ${h.version} of the policy`),
      due: h.effectiveOn,
      clauses: [],
    }));
  return [
    ...proposals,
    ...waiting,
    ...promiseTasks(board, reach),
    ...setUpTasks(setUp, reach),
    ...gapTasks(gaps, reach),
  ];
}

/** Clauses per state now against a week ago; null while there is no record a week old. */
export function deltas(
  now: PromiseBoard,
  weekAgo: PromiseBoard | null,
  trend: readonly TrendDay[],
): Record<PromiseState, number> | null {
  const recorded = trend[0] !== undefined && weekAgo !== null && trend[0].on <= weekAgo.on;
  if (!recorded) return null;
  const delta = (state: PromiseState): number => now.tally[state] - weekAgo.tally[state];
  return { kept: delta('kept'), risk: delta('risk'), broken: delta('broken'), unknown: delta('unknown') };
}

const MOST_BARS = 13;

/** Up to 13 bars: every recorded day, or every seventh back from today once there are more than 13. */
export function barsOf(trend: readonly TrendDay[]): { weekly: boolean; days: TrendDay[] } {
  if (trend.length <= MOST_BARS) return { weekly: false, days: [...trend] };
  return { weekly: true, days: trend.filter((_, i) => (trend.length - 1 - i) % 7 === 0).slice(-MOST_BARS) };
}

/** Days that are looked ahead. */
export const AHEAD_DAYS = 28;

/** Something with a last day. `name`: whose it is, in a few letters. */
export interface Due {
  on: Day;
  name: Bilingual;
  title: Bilingual;
  href: string;
}

/** A request as far as its next day goes. */
export interface DueRequest {
  id: string;
  number: string;
  kind: Bilingual;
  due: Day | null;
}

export const requestDues = (requests: readonly DueRequest[]): Due[] =>
  requests.flatMap(({ id, number, kind, due }) =>
    due === null
      ? []
      : [
          {
            on: due,
            name: both(number, number),
            title: both(`${number} ${kind.ja}の請求`, `Request ${number}: ${kind.en.toLowerCase()}`),
            href: `/desk/${id}`,
          },
        ],
  );

/** Of the register of recipients; `ends`: what holds until that day. Without it, it is a check. */
export interface DueRecipient {
  id: string;
  name: string;
  ends?: Bilingual;
  on: Day;
}

export const recipientDues = (dues: readonly DueRecipient[]): Due[] =>
  dues.map(({ id, name, ends, on }) => ({
    on,
    name: both(name, name),
    title: ends
      ? both(`${name} ${ends.ja}の期限`, `${name}: ${ends.en} ends`)
      : both(`${name} 確認`, `Check of ${name}`),
    href: `/recipients/${id}`,
  }));

/** Approved versions that are not in force yet. */
const versionDues = (heads: readonly VersionHead[], today: Day): Due[] =>
  heads
    .filter((head) => versionStanding(heads, head, today) === 'coming')
    .map(({ version, effectiveOn }) => ({
      on: effectiveOn,
      name: both(`方針 第${version}版`, `Policy version ${version}`),
      title: both(`方針 第${version}版の施行`, `Version ${version} of the policy takes effect`),
      href: `/living-policy/versions/${version}`,
    }));

/** What is overdue or due in the days ahead, by its day. */
export const duesAhead = (dues: readonly Due[], heads: readonly VersionHead[], today: Day): Due[] =>
  [...dues, ...versionDues(heads, today)]
    .filter(({ on }) => on < addDays(today, AHEAD_DAYS))
    .toSorted((a, b) => a.on.localeCompare(b.on));

export const weekBefore = (day: Day): Day => addDays(day, -7);

/** Months before its end from which it is said that the law data ends. Ours to choose: a newer version has to come out, be looked at and be put in. */
const LAW_SAID_MONTHS = 6;

export interface LawEnd {
  last: Day;
  over: boolean;
}

/** The last day of the law data where that is near or past; null before. */
export const lawEnd = (today: Day): LawEnd | null =>
  today < addMonths(lawLastDay, -LAW_SAID_MONTHS) ? null : { last: lawLastDay, over: today > lawLastDay };
