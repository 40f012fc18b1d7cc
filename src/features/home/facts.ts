// Computes what home shows from the board of promises: what is due, and how the states moved. Pure. Lists nothing that is not the case.

import type { Action } from '../../base/actor.ts';
import { both, type Bilingual } from '../../base/bilingual.ts';
import { addDays, addMonths, dayOf, type Day } from '../../base/day.ts';
import type { PromiseState } from '../../base/promise.ts';
import { lawLastDay } from '../../law/index.ts';
import { writtenDay } from '../../platform/ui/format.ts';
import type { EndingToken } from '../access/index.ts';
import type { ReaderToReview } from '../audit/index.ts';
import type { Unconfirmed } from '../recipients/index.ts';
import {
  versionStanding,
  type Gap,
  type PromiseBoard,
  type PromiseStanding,
  type TrendDay,
  type VersionHead,
} from '../policy/index.ts';

/** Something to do. `due`: the last day for it, if any; `since`: the day from which it has been waiting. */
export interface Task {
  href: string;
  title: Bilingual;
  due?: Day;
  since?: Day;
  clauses: number[];
  /** Staff id of the person it is assigned to, or who manages what it is about. */
  responsible?: string;
  /** The state of a promise, or `set-up` for something to set up; without either it waits for a decision. */
  state?: PromiseState | 'set-up';
}

/** The numbers of the clauses that make a promise. */
export const clausesOf = (board: PromiseBoard, promise: string): number[] =>
  board.clauses.filter(({ clause }) => clause.promises.includes(promise)).map(({ clause }) => clause.no);

/** What a user may do, which pages they may open, and on which they may do something. */
export interface Reach {
  may(action: Action): boolean;
  mayOpen(href: string): boolean;
  mayWork(href: string): boolean;
}

/** Everybody reads the policy, so a promise proved by the policy alone is mended by those who may write it. */
const isPolicy = (href: string): boolean => /^\/(living-)?policy\b/.test(href);

/** True when the user can mend a promise: they may open and work on a page with its evidence, not only read it. */
function mends({ evidence }: PromiseStanding, { may, mayOpen, mayWork }: Reach): boolean {
  const places = evidence.flatMap(({ href }) => (href === undefined || isPolicy(href) ? [] : [href]));
  return places.length === 0 ? may('policy:propose') : places.some((href) => mayOpen(href) && mayWork(href));
}

/** A package that waits for approval, with the number of people in it. */
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

/** Tasks for packages that cannot be prepared, since a day. */
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

/** A request for which only the decision is left to do. */
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
    title: both(`${number} ${kind.ja}の請求について決定する`, `Decide request ${number}: ${kind.en.toLowerCase()}`),
    ...(due === null ? {} : { due }),
    ...(assigned === null ? {} : { responsible: assigned }),
    clauses: [],
  }));

/** A request whose answer may have reached somebody else. */
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
      `${number} 答えがほかの人に渡ったおそれがあるため、漏えいに当たるかを確かめる`,
      `${number}: the answer may have reached somebody else. Find out whether this is a breach`,
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

/** A person whom a request should have erased, whose information a law required to be kept until a day now past. */
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
      `${number}: erase the information that the law required to be kept until ${writtenDay(until, 'en')}`,
    ),
    since: addDays(until, 1),
    clauses: [],
  }));

/** A change of purpose judged on words that the policy no longer has. `from` and `to` are ids of purposes. */
export interface Outdated {
  holding: string;
  name: Bilingual;
  from: string;
  to: string;
  manager: string;
}

export const purposeTasks = (changes: readonly Outdated[]): Task[] =>
  changes.map(({ holding, name, from, to, manager }) => ({
    href: `/ledger/${holding}#changes`,
    title: both(
      `「${name.ja}」の利用目的の変更（${from}→${to}）を改めて判断する`,
      `Judge anew the change of purpose (${from} → ${to}) of “${name.en}”`,
    ),
    clauses: [],
    responsible: manager,
  }));

/** Tasks for what systems recorded about recipients abroad. Only the number says how many of a recipient's records wait. */
export const unconfirmedTasks = (waiting: readonly Unconfirmed[]): Task[] =>
  waiting.map(({ recipient: { id, name }, records }) => ({
    href: `/recipients/${id}`,
    title: both(
      `${name}についてシステムが記録した根拠や確認（${records.length}件）を確かめる`,
      `Confirm what a system recorded about ${name} (${records.length})`,
    ),
    since: dayOf(Math.min(...records.map(({ at }) => at.getTime()))),
    clauses: [],
  }));

export const readerTasks = (readers: readonly ReaderToReview[]): Task[] =>
  readers.map(({ href, name, opened, compared }) => ({
    href,
    title: both(
      `${name.ja}が${opened.ja}を開いた理由を調べる${compared ? `（${compared.ja}）` : ''}`,
      `Find out why ${name.en} opened ${opened.en}${compared ? ` (${compared.en})` : ''}`,
    ),
    clauses: [],
  }));

export const tokenTasks = (tokens: readonly EndingToken[]): Task[] =>
  tokens.map(({ system, name, ends }) => ({
    href: `/systems?of=${system}`,
    title: both(`「${name}」のトークンを、期限までに新しいものに替える`, `Replace a token of “${name}” before it ends`),
    due: ends,
    clauses: [],
    state: 'set-up',
  }));

/** How far the office is set up. */
export interface SetUp {
  /** There is only the example company's policy. */
  example: boolean;
  /** The policy in force is the company's own, but still names the example company. */
  remains: boolean;
  /** There is no holding. */
  empty: boolean;
  /** There is no other member of staff, not even an invited one. */
  alone: boolean;
}

/** The first tasks of a new office. Each disappears when done. */
function setUpTasks({ example, remains, empty, alone }: SetUp, { may }: Reach): Task[] {
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
    ...(empty && may('ledger:write')
      ? [
          task(
            '/ledger/new',
            '個人情報の置き場を、台帳に加える',
            'Add the places where you keep personal information to the ledger',
          ),
        ]
      : []),
    ...(alone && may('staff:write')
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

/** The gaps that the law requires to be closed. */
function gapTasks(gaps: readonly Gap[], reach: Reach): Task[] {
  const must = reach.may('policy:propose') ? gaps.filter((gap) => gap.severity === 'must') : [];
  if (must.length === 0) return [];
  return [
    {
      href: '/living-policy/gaps',
      title: both(
        `法律の求めを満たさない方針の文を直す（${must.length}件）`,
        must.length === 1
          ? 'Correct the one place where the law asks for more than the policy says'
          : `Correct the ${must.length} places where the law asks for more than the policy says`,
      ),
      clauses: must.flatMap((gap) => gap.clause ?? []),
    },
  ];
}

/** The inputs of the list of tasks. `waiting`: tasks from other features that wait for this user. */
export interface Work {
  board: PromiseBoard;
  heads: readonly VersionHead[];
  gaps: readonly Gap[];
  waiting: readonly Task[];
  setUp: SetUp;
}

/** The tasks of a user: proposals by their day, then other decisions that wait for them, then what they may mend or set up. */
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

/** Change in the number of clauses per state since a week ago; null while there is no record a week old. */
export function deltas(now: PromiseBoard, trend: readonly TrendDay[]): Record<PromiseState, number> | null {
  const weekAgo = trend.find(({ on }) => on === addDays(now.on, -7));
  if (!weekAgo) return null;
  const delta = (state: PromiseState): number => now.tally[state] - weekAgo.counts[state];
  return { kept: delta('kept'), risk: delta('risk'), broken: delta('broken'), unknown: delta('unknown') };
}

const MOST_BARS = 13;

/** Up to 13 bars: every recorded day, or every seventh back from today once there are more than 13. */
export function barsOf(trend: readonly TrendDay[]): { weekly: boolean; days: TrendDay[] } {
  if (trend.length <= MOST_BARS) return { weekly: false, days: [...trend] };
  return { weekly: true, days: trend.filter((_, i) => (trend.length - 1 - i) % 7 === 0).slice(-MOST_BARS) };
}

/** Number of days to look ahead. */
export const AHEAD_DAYS = 28;

/** Something with a last day. `name`: a short name of what it belongs to. */
export interface Due {
  on: Day;
  name: Bilingual;
  title: Bilingual;
  href: string;
}

/** A request with its next day. */
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

/** A recipient with its next day; `ends`: what expires then. Without `ends`, a check is due. */
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

/** What is overdue or due in the days ahead, in order of days. */
export const duesAhead = (dues: readonly Due[], heads: readonly VersionHead[], today: Day): Due[] =>
  [...dues, ...versionDues(heads, today)]
    .filter(({ on }) => on < addDays(today, AHEAD_DAYS))
    .toSorted((a, b) => a.on.localeCompare(b.on));

/** Months before the end of the law data from which home says so. Our choice: a newer version must be published, reviewed and installed. */
const LAW_SAID_MONTHS = 6;

export interface LawEnd {
  last: Day;
  over: boolean;
}

/** The last day of the law data, when it is near or past; null before that. */
export const lawEnd = (today: Day): LawEnd | null =>
  today < addMonths(lawLastDay, -LAW_SAID_MONTHS) ? null : { last: lawLastDay, over: today > lawLastDay };
