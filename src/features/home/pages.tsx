// Home: what is broken, what is due, the way to the checkpoint, and the board of promises. It shows what was computed, and when; it never shows a
// figure without a record behind it.

import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { Actor } from '../../base/actor.ts';
import type { Bilingual, Lang } from '../../base/bilingual.ts';
import { isOpenDay } from '../../base/calendar.ts';
import { dayOf, type Day } from '../../base/day.ts';
import type { Office } from '../../office.ts';
import { page, type Env, type Frame, type Route } from '../../platform/http/index.ts';
import { lostLetters, type LostLetter } from '../../platform/mail.ts';
import { Banner } from '../../platform/ui/banner.tsx';
import { Button, LinkButton, PrintButton } from '../../platform/ui/button.tsx';
import { StateChart } from '../../platform/ui/chart.tsx';
import { Chip } from '../../platform/ui/chip.tsx';
import { Deadlines } from '../../platform/ui/deadlines.tsx';
import { Empty } from '../../platform/ui/empty.tsx';
import { FindingLines, type FindingLine } from '../../platform/ui/finding.tsx';
import {
  clockTime,
  dayFrom,
  listed,
  longDay,
  monthDay,
  slashDay,
  stamp as writtenStamp,
  untilDue,
  writtenDay,
} from '../../platform/ui/format.ts';
import { OfficePage } from '../../platform/ui/frame.tsx';
import { exportLinks, ListTable, type ListColumn } from '../../platform/ui/list.tsx';
import { Panel } from '../../platform/ui/panel.tsx';
import { St, stateWord, talliedStates, Tally } from '../../platform/ui/promise-state.tsx';
import { Exports } from '../../platform/ui/table.tsx';
import {
  authorityWords,
  exportPage,
  linkGroundWords,
  type EndingToken,
  type ListFile,
  type Named,
  type OfficerLink,
} from '../access/index.ts';
import { isToReview, recentAnswers, type ReaderToReview } from '../audit/index.ts';
import { consultationsWaiting, questionOf } from '../consultation/index.ts';
import { dateWords, leapOf, leapTitle, type Leap } from '../date/index.ts';
import {
  keptTooLong,
  openCases,
  requestKindWords,
  requestNumber,
  requestsLeaked,
  requestsToDecide,
} from '../desk/index.ts';
import { changesOutdated, hasHoldings } from '../ledger/index.ts';
import {
  isExample,
  lintPolicy,
  policyVersions,
  promiseBoard,
  PromisePlaques,
  promiseTrend,
  remainsIn,
  type PromiseBoard,
  type TrendDay,
} from '../policy/index.ts';
import { admitted, packagesStuck, packagesToApprove } from '../provision/index.ts';
import {
  assuranceWords,
  readRegister,
  recipientNames,
  registerDues,
  unconfirmedRecords,
  type Line,
} from '../recipients/index.ts';
import {
  AHEAD_DAYS,
  barsOf,
  clausesOf,
  consultationTasks,
  deltas,
  duesAhead,
  keptTasks,
  lawEnd,
  leakTasks,
  packageTasks,
  purposeTasks,
  readerTasks,
  recipientDues,
  requestDues,
  requestTasks,
  stuckTasks,
  tasksOf,
  tokenTasks,
  unconfirmedTasks,
  type Due,
  type LawEnd,
  type Task,
} from './facts.ts';
import { lawEndTitle, words } from './words.ts';

/** What home shows of other features. */
export interface HomeDoors {
  /** The names of those of these staff who have not left, by id. */
  namesInPost?: (of: Named) => Promise<ReadonlyMap<string, string>>;
  worksAlone?: () => Promise<boolean>;
  /** Whether this server has another file than the access policies in force. */
  hasOtherPolicies?: () => boolean;
  /** The links of the last weeks for officers in addition to the existing ones, newest first. */
  officerLinks?: () => Promise<readonly OfficerLink[]>;
  /** The tokens that end soon. */
  endingTokens?: () => Promise<readonly EndingToken[]>;
  /** The readers who opened far more than usual and whom this person must look into. */
  readers?: (actor: Actor) => Promise<readonly ReaderToReview[]>;
}

const MOST_TASKS = 6;
const MOST_LETTERS = 5;
const MOST_RECENT = 3;
const TREND_DAYS = 91;
const STALE_MS = 10 * 60_000;
const POLICY = '/living-policy';
/** Every task, to print or to export. */
const SHEET = '/morning-sheet';

const MOST_CLAUSES = 4;

const clauseList = (clauses: readonly number[], lang: Lang): string => {
  const comma = lang === 'ja' ? '、' : ', ';
  const some = clauses.slice(0, MOST_CLAUSES).join(comma);
  return clauses.length > MOST_CLAUSES ? `${some}${lang === 'ja' ? 'ほか' : ' …'}` : some;
};

const BrokenBanner = ({ board, lang }: { board: PromiseBoard; lang: Lang }) => {
  const broken = board.promises.filter((p) => p.state === 'broken');
  // A promise may be made in several clauses. This counts clauses, as the board, its tally and the living policy do.
  const clauses = board.tally.broken;
  if (clauses === 0) return null;
  const title =
    lang === 'ja'
      ? `守れていない条項が${clauses}件あります`
      : clauses === 1
        ? 'One clause makes a promise that is broken'
        : `${clauses} clauses make promises that are broken`;
  return (
    <Banner
      kind="bad"
      title={title}
      action={{ href: `${POLICY}?state=broken`, label: words.seeClauses(clauses)[lang] }}
    >
      {broken.slice(0, 2).map((p) => {
        const made = clausesOf(board, p.id);
        return lang === 'ja'
          ? `条項${clauseList(made, 'ja')} ${p.title.ja}：${p.why.ja}`
          : `${p.title.en} (${made.length === 1 ? 'clause' : 'clauses'} ${clauseList(made, 'en')}): ${p.why.en} `;
      })}
    </Banner>
  );
};

const StaleBanner = ({ board, now, lang }: { board: PromiseBoard; now: number; lang: Lang }) => {
  const today = dayOf(now);
  if (board.computed !== null && now - board.computed <= STALE_MS) return null;
  const last = board.computed;
  return (
    <Banner kind="warn" title={words.stale[lang]}>
      {last === null
        ? lang === 'ja'
          ? 'まだ計算していないため、どの約束も「確認できない」です。'
          : 'They have not been computed yet, so every promise is unknown.'
        : lang === 'ja'
          ? `最後の計算は${dayFrom(today, dayOf(last), 'ja')} ${clockTime(last)}です。いまの状態とは違うことがあります。`
          : `They were last computed at ${clockTime(last)} on ${dayFrom(today, dayOf(last), 'en')}. Things may have changed since.`}
    </Banner>
  );
};

const When = ({ task, today, lang }: { task: Task; today: Day; lang: Lang }) => {
  if (task.due !== undefined) {
    const late = task.due < today;
    return (
      <>
        <Chip kind={late ? 'bad' : task.due === today ? 'warn' : 'plain'}>{untilDue(today, task.due, lang)}</Chip>
        <span class="muted ml-2">{dayFrom(today, task.due, lang)}</span>
      </>
    );
  }
  if (task.since === undefined) return <span class="muted">{words.noDeadline[lang]}</span>;
  const since = dayFrom(today, task.since, lang);
  return <>{lang === 'ja' ? `${since}から` : `since ${since}`}</>;
};

/** When a task is due, or since when it waits. */
function whenText({ due, since }: Task, lang: Lang): string {
  if (due !== undefined) return slashDay(due);
  if (since === undefined) return words.noDeadline[lang];
  return lang === 'ja' ? `${slashDay(since)}から` : `since ${slashDay(since)}`;
}

const taskState = ({ state }: Task, lang: Lang): string =>
  (state === undefined ? words.toDecide : state === 'set-up' ? words.toSetUp : stateWord[state])[lang];

const taskColumns = ({ names, today }: Pick<View, 'names' | 'today'>): readonly ListColumn<Task>[] => [
  {
    key: 'when',
    head: words.when,
    nowrap: true,
    value: whenText,
    cell: (task, lang) => <When task={task} today={today} lang={lang} />,
  },
  {
    key: 'task',
    head: words.task,
    rowHead: true,
    value: ({ title }, lang) => title[lang],
    cell: ({ href, title }, lang) => (
      <a class="font-normal" href={href}>
        {title[lang]}
      </a>
    ),
  },
  {
    key: 'clause',
    head: words.clause,
    value: ({ clauses }, lang) => listed(clauses.map(String), lang),
    cell: ({ clauses }, lang) => clauseList(clauses, lang),
  },
  {
    key: 'responsible',
    head: words.responsible,
    nowrap: true,
    person: true,
    value: ({ responsible }) => names.get(responsible ?? '') ?? '',
    cell: ({ responsible }) => {
      const name = names.get(responsible ?? '');
      return name === undefined ? null : <span translate="no">{name}</span>;
    },
  },
  {
    key: 'state',
    head: words.state,
    nowrap: true,
    value: taskState,
    cell: (task, lang) =>
      task.state === undefined || task.state === 'set-up' ? (
        <Chip kind="wait">{taskState(task, lang)}</Chip>
      ) : (
        <St state={task.state} lang={lang} />
      ),
  },
];

const Tasks = ({
  tasks,
  names,
  today,
  lang,
  all,
}: Pick<View, 'tasks' | 'names' | 'today' | 'lang'> & { all?: boolean }) => (
  <Panel
    title={words.tasks[lang]}
    id="tasks"
    sub={words.tasksOrder[lang]}
    pad={tasks.length === 0 ? 'body' : 'bare'}
    {...(tasks.length > MOST_TASKS && !all
      ? {
          more: {
            href: SHEET,
            label: lang === 'ja' ? `すべての仕事（${tasks.length}件）` : `All tasks (${tasks.length})`,
          },
        }
      : {})}
  >
    {tasks.length === 0 ? (
      <p>{words.noTasks[lang]}</p>
    ) : (
      <ListTable
        lang={lang}
        caption={words.taskList}
        stack="inline"
        columns={taskColumns({ names, today })}
        rows={tasks.slice(0, all ? undefined : MOST_TASKS)}
      />
    )}
  </Panel>
);

const Ask = ({ recent, lang }: { recent: readonly FindingLine[] | null; lang: Lang }) => (
  <Panel title={words.ask[lang]} id="ask" noPrint>
    <p class="small mb-3">{words.mayI[lang]}</p>
    <form method="get" action="/ask">
      <Button wide>{words.check[lang]}</Button>
    </form>
    {recent && (
      <>
        <h3 class="h3">{words.recent[lang]}</h3>
        {recent.length > 0 ? (
          <FindingLines lang={lang} lines={recent} />
        ) : (
          <p class="small muted">{words.noRecent[lang]}</p>
        )}
      </>
    )}
  </Panel>
);

const barLabel = (day: Day, lang: Lang): string => {
  const [month, date] = [Number(day.slice(5, 7)), Number(day.slice(8, 10))];
  return lang === 'ja' ? `${month}/${date}` : `${date} ${monthDay(day, 'en').split(' ')[1]!.slice(0, 3)}`;
};

const Trend = ({ trend, lang }: { trend: readonly TrendDay[]; lang: Lang }) => {
  const { weekly, days } = barsOf(trend);
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return null;
  const notKept = (d: TrendDay): number => d.counts.broken + d.counts.risk + d.counts.unknown;
  const length =
    lang === 'ja'
      ? `${days.length}${weekly ? '週' : '日'}の動き`
      : `${days.length} ${weekly ? 'weeks' : days.length === 1 ? 'day' : 'days'}`;
  const moved =
    lang === 'ja'
      ? `${length}。守れていると言えない条項は${notKept(first)}件から${notKept(last)}件`
      : `${length}: clauses not known to be kept, from ${notKept(first)} to ${notKept(last)}`;
  return (
    <div>
      <h3 class="h3">
        {length}
        <span class="small muted font-normal ml-2">{words.notKept[lang]}</span>
      </h3>
      <StateChart
        lang={lang}
        bars={days.map((d) => ({ label: barLabel(d.on, lang), counts: d.counts }))}
        label={moved}
        caption={words.notKept}
        period={weekly ? { ja: '週の終わり', en: 'Week to' } : { ja: '日', en: 'Day' }}
      />
    </div>
  );
};

const LettersBanner = ({
  lost,
  title,
  says,
  lang,
}: {
  lost: readonly LostLetter[];
  title: Bilingual;
  says: Bilingual;
  lang: Lang;
}) => {
  if (lost.length === 0) return null;
  const about = [...new Set(lost.map((one) => one.about))].slice(0, MOST_LETTERS).join(lang === 'ja' ? '、' : ', ');
  return (
    <Banner kind="warn" title={title[lang]}>
      {lang === 'ja' ? `${about}についてのメールです。` : `About ${about}. `}
      {says[lang]}
    </Banner>
  );
};

const MailBanner = ({ lost: all, lang }: { lost: readonly LostLetter[]; lang: Lang }) => {
  const kept = all.filter(({ why }) => why === 'restored');
  const lost = all.filter(({ why }) => why !== 'restored');
  const says = words[lost.every(({ why }) => why === 'refused') ? 'mailRefused' : 'mailUnsent'];
  return (
    <>
      <LettersBanner lost={lost} title={words.mailLost(lost.length)} says={says} lang={lang} />
      <LettersBanner lost={kept} title={words.mailKept(kept.length)} says={words.mailRestored} lang={lang} />
    </>
  );
};

const LeapBanner = ({ leap, lang }: { leap: Leap | null; lang: Lang }) =>
  leap && (
    <Banner kind="warn" title={leapTitle(leap, lang)} action={{ href: '/date', label: dateWords.toConfirm[lang] }}>
      {dateWords.why[lang]}
    </Banner>
  );

const LawBanner = ({ law, lang }: { law: LawEnd | null; lang: Lang }) =>
  law && (
    <Banner kind={law.over ? 'bad' : 'warn'} title={lawEndTitle(law, lang)}>
      {words[law.over ? 'lawEnded' : 'lawEnds'][lang]}
    </Banner>
  );

const RestoredBanner = ({ toReview, lang }: { toReview: boolean; lang: Lang }) =>
  toReview && (
    <Banner kind="warn" title={words.restored[lang]} action={{ href: '/log', label: words.restoredReview[lang] }}>
      {words.restoredSays[lang]}
    </Banner>
  );

const OtherPoliciesBanner = ({ otherPolicies, lang }: { otherPolicies: boolean; lang: Lang }) =>
  otherPolicies && (
    <Banner
      kind="warn"
      title={authorityWords.otherFile[lang]}
      action={{ href: '/authority', label: authorityWords.title[lang] }}
    >
      {words.otherPolicies[lang]}
    </Banner>
  );

const OfficerLinkBanner = ({ officerLinks: links, names, lang }: Pick<View, 'officerLinks' | 'names' | 'lang'>) => {
  const newest = links[0];
  if (!newest) return null;
  const came = links.flatMap(({ staff }) => (staff === null ? [] : [names.get(staff) ?? `#${staff.slice(-8)}`]));
  const made = { at: writtenStamp(newest.at), why: linkGroundWords[newest.ground][lang], came: listed(came, lang) };
  return (
    <Banner
      kind="warn"
      title={words.officerLink[lang]}
      action={{ href: '/log?action=staff:officer-link', label: words.officerLinkLog[lang] }}
    >
      {words.officerLinkSays(made)[lang]}
    </Banner>
  );
};

interface View {
  board: PromiseBoard;
  /** For those who read the log. */
  officerLinks: readonly OfficerLink[];
  /** For those who read the log: a backup was restored, and what came after it must be gone through. */
  toReview: boolean;
  /** For those who see who may do what. */
  otherPolicies: boolean;
  /** For those who may confirm the date. */
  leap: Leap | null;
  /** When near: for those who see how the office runs. When over: for everybody. */
  law: LawEnd | null;
  lost: readonly LostLetter[];
  trend: readonly TrendDay[];
  tasks: readonly Task[];
  /** The names of the staff, by id. */
  names: ReadonlyMap<string, string>;
  /** What is due ahead; null for a user who may see none of it. */
  dues: readonly Due[] | null;
  today: Day;
  now: number;
  lang: Lang;
}

const BoardPanel = ({ board, trend, lang }: View) => {
  const moved = deltas(board, trend);
  return (
    <div class="mt-5">
      <Panel
        title={words.board[lang]}
        id="board"
        sub={
          lang === 'ja'
            ? `一枚が一条項。全${board.clauses.length}条項`
            : `one plaque per clause, ${board.clauses.length} in all`
        }
        more={{ href: POLICY, label: words.openPolicy[lang] }}
      >
        <div class="grid gap-6 lg:grid-cols-[minmax(0,1fr)_14.5rem]">
          <PromisePlaques board={board} lang={lang} />
          <div class="min-w-0 print:grid print:grid-cols-2 print:gap-6">
            <Tally
              lang={lang}
              lines={talliedStates.map((state) => ({
                state,
                n: board.tally[state],
                ...(moved ? { delta: moved[state] } : {}),
                href: `${POLICY}?state=${state}`,
              }))}
            />
            <Trend trend={trend} lang={lang} />
          </div>
        </div>
      </Panel>
    </div>
  );
};

const Alerts = ({ board, toReview, otherPolicies, officerLinks, names, leap, law, lost, now, lang }: View) => (
  <div class="grid gap-3 mb-5 empty:hidden">
    <RestoredBanner toReview={toReview} lang={lang} />
    <OtherPoliciesBanner otherPolicies={otherPolicies} lang={lang} />
    <OfficerLinkBanner officerLinks={officerLinks} names={names} lang={lang} />
    <LeapBanner leap={leap} lang={lang} />
    <LawBanner law={law} lang={lang} />
    <BrokenBanner board={board} lang={lang} />
    <StaleBanner board={board} now={now} lang={lang} />
    <MailBanner lost={lost} lang={lang} />
  </div>
);

const stamp = (now: number, lang: Lang): string =>
  lang === 'ja'
    ? `${longDay(dayOf(now), 'ja')}　${clockTime(now)} 時点`
    : `${longDay(dayOf(now), 'en')}, ${clockTime(now)}`;

const DeadlinePanel = ({ dues, today, lang }: View) => {
  if (!dues) return null;
  const late = dues.filter(({ on }) => on < today).length;
  return (
    <div class="mt-5">
      <Panel title={words.deadlines[lang]} id="deadlines" sub={words.deadlinesOf[lang]}>
        {dues.length === 0 ? (
          <p>{words.noDeadlines[lang]}</p>
        ) : (
          <Deadlines
            lang={lang}
            today={today}
            days={AHEAD_DAYS}
            isClosed={(day) => isOpenDay(day) === false}
            items={dues.map(({ on, name, title, href }) => ({ on, name: name[lang], title: title[lang], href }))}
            label={words.deadlinesSay(late, dues.length - late)[lang]}
            caption={words.deadlineList}
          />
        )}
      </Panel>
    </div>
  );
};

/** What is due and visible to the user, in no order; null where they may see none of it. */
async function duesFor(office: Office, c: Context<Env>, register: readonly Line[]): Promise<Due[] | null> {
  const may = c.get('may');
  if (!may('requests:read') && !may('ledger:read')) return null;
  const requests = may('requests:read') ? await openCases({ office }) : [];
  const recipients = may('ledger:read') ? registerDues(register, office.clock.today()) : [];
  return [
    ...requestDues(
      requests.map((row) => ({
        id: row.id,
        number: requestNumber(row),
        kind: requestKindWords[row.kind].name,
        due: row.due_on,
      })),
    ),
    ...recipientDues(
      recipients.map(({ recipient: { id, name }, what, on }) => ({
        id,
        name,
        on,
        ...(what === 'check' ? {} : { ends: assuranceWords[what] }),
      })),
    ),
  ];
}

/** Tasks of packages: those that wait for approval, and those that cannot go on, for approvers and for the person who made the package. */
async function packagesFor(office: Office, c: Context<Env>): Promise<Task[]> {
  const may = c.get('may');
  const packages = may('provisions:approve') ? await packagesToApprove(office, c.get('actor')) : [];
  const stuck = may('people:provide')
    ? await packagesStuck(office, may('provisions:approve') ? undefined : c.get('actor'))
    : [];
  const recipients = await recipientNames(
    office,
    [...packages, ...stuck].map(({ recipient_id }) => recipient_id),
  );
  const recipientOf = (id: string): string => recipients.get(id) ?? id.slice(-8);
  return [
    ...stuckTasks(
      stuck.map(({ id, recipient_id, stuck: why }) => ({
        id,
        recipient: recipientOf(recipient_id),
        since: dayOf(Date.parse(why!.since)),
      })),
    ),
    ...packageTasks(
      packages.map((row) => ({
        id: row.id,
        recipient: recipientOf(row.recipient_id),
        people: admitted(row.screening ?? []),
        since: dayOf(row.state_at.getTime()),
      })),
    ),
  ];
}

interface Known {
  /** The number of the version in force. */
  policy: number;
  /** The register of recipients, as far as the user may read it. */
  register: readonly Line[];
}

/** Tasks from other features that wait for the user. */
async function waitingFor(
  office: Office,
  c: Context<Env>,
  doors: HomeDoors,
  { policy, register }: Known,
): Promise<Task[]> {
  const may = c.get('may');
  const packages = await packagesFor(office, c);
  const changes = may('ledger:write') ? await changesOutdated(office.database, policy) : [];
  const requests = may('requests:decide') ? await requestsToDecide({ office }) : [];
  const leaked = may('requests:decide') ? await requestsLeaked(office) : [];
  const kept = may('people:erase') ? await keptTooLong(office) : [];
  const unjudged = may('judgements:write') ? await consultationsWaiting(office) : [];
  const unconfirmed = may('recipients:write') ? unconfirmedRecords(register, office.clock.today()) : [];
  const tokens = may('systems:write') && doors.endingTokens ? await doors.endingTokens() : [];
  const readers = may('log:review') && doors.readers ? await doors.readers(c.get('actor')) : [];
  return [
    ...leakTasks(
      leaked.map((row) => ({
        id: row.id,
        number: requestNumber(row),
        since: row.since,
        assigned: row.assigned_to,
      })),
    ),
    ...readerTasks(readers),
    ...keptTasks(kept.map((row) => ({ principal: row.principal_id, number: requestNumber(row), until: row.until }))),
    ...packages,
    ...requestTasks(
      requests.map((row) => ({
        id: row.id,
        number: requestNumber(row),
        kind: requestKindWords[row.kind].name,
        due: row.due_on,
        assigned: row.assigned_to,
      })),
    ),
    ...consultationTasks(
      unjudged.map(({ id, question, at }) => ({
        id,
        question: questionOf(question)!.title,
        since: dayOf(at.getTime()),
      })),
    ),
    ...unconfirmedTasks(unconfirmed),
    ...purposeTasks(changes),
    ...tokenTasks(tokens),
  ];
}

/** What home shows. The version in force, read with the board, and the register of recipients are read once and handed on to what depends on them. */
async function viewOf(office: Office, c: Context<Env>, doors: HomeDoors): Promise<View | null> {
  const [lang, may] = [c.get('lang'), c.get('may')];
  const today = office.clock.today();
  const board = await promiseBoard(office, { on: today });
  if (!board) return null;
  const { version, policy } = board.version;
  const register = may('ledger:read') ? await readRegister(office) : [];
  const [waiting, toReview, officerLinks, leap, trend, heads, remains, lost, empty, alone, dues] = await Promise.all([
    waitingFor(office, c, doors, { policy: version, register }),
    may('log:read') && isToReview(office),
    may('log:read') && doors.officerLinks ? doors.officerLinks() : [],
    may('date:confirm') ? leapOf(office) : null,
    promiseTrend(office, policy, TREND_DAYS),
    policyVersions(office),
    may('policy:propose') ? remainsIn(office, policy) : null,
    lostLetters(office.database, office.clock),
    may('ledger:write') && hasHoldings(office.database).then((any) => !any),
    may('staff:write') && doors.worksAlone ? doors.worksAlone() : false,
    duesFor(office, c, register),
  ]);
  const setUp = { example: isExample(heads), remains: remains !== null, empty, alone };
  const work = { board, heads, gaps: lintPolicy(policy), waiting, setUp };
  const tasks = tasksOf(work, { may, mayOpen: c.get('mayOpen'), mayWork: c.get('mayWork') }, today);
  const ahead = dues && duesAhead(dues, heads, today);
  const named = [...tasks.map(({ responsible }) => responsible), ...officerLinks.map(({ staff }) => staff)];
  const names = (await doors.namesInPost?.(named)) ?? new Map<string, string>();
  const now = office.clock.now();
  const end = lawEnd(today);
  const law = end && (end.over || may('keys:read')) ? end : null;
  return {
    board,
    toReview,
    otherPolicies: (doors.hasOtherPolicies?.() ?? false) && may('staff:read'),
    officerLinks,
    leap,
    law,
    lost,
    trend,
    tasks,
    names,
    dues: ahead,
    today,
    now,
    lang,
  };
}

const around = (frame: Frame, title: string, sub: string, path: string, actions: Child, children: Child) => (
  <OfficePage {...frame} title={title} path={path} sub={sub} actions={actions}>
    {children}
  </OfficePage>
);

const NoPolicy = ({ lang }: { lang: Lang }) => (
  <Empty
    title={words.noPolicy[lang]}
    actions={
      <LinkButton href={`${POLICY}/versions`}>{lang === 'ja' ? '版と承認を見る' : 'See the versions'}</LinkButton>
    }
  >
    {words.noPolicyWhy[lang]}
  </Empty>
);

async function home(c: Context<Env>, office: Office, doors: HomeDoors): Promise<Response> {
  const lang = c.get('lang');
  const view = await viewOf(office, c, doors);
  const policy = view?.board.version.policy ?? null;
  const recent = c.get('may')('log:read') ? await recentAnswers(office, { policy, lang, most: MOST_RECENT }) : null;
  const print = (
    <LinkButton kind="second" small icon="print" href={SHEET}>
      {words.toPrint[lang]}
    </LinkButton>
  );
  const content = view ? (
    <>
      <Alerts {...view} />
      <div class="grid gap-5 lg:grid-cols-[minmax(0,1fr)_17.5rem] items-start">
        <Tasks {...view} />
        <Ask recent={recent} lang={lang} />
      </div>
      <BoardPanel {...view} />
      <DeadlinePanel {...view} />
    </>
  ) : (
    <NoPolicy lang={lang} />
  );
  return c.html(around(c.get('frame'), words.home[lang], stamp(office.clock.now(), lang), '/', print, content));
}

/** Home on paper: alerts, every task and the board, with the policy version, the time and the name of who printed it. */
async function morningSheet(c: Context<Env>, office: Office, doors: HomeDoors): Promise<Response> {
  const lang = c.get('lang');
  const frame = c.get('frame');
  const view = await viewOf(office, c, doors);
  const content = view ? (
    <>
      <p class="small muted no-print mb-4">{words.howToPrint[lang]}</p>
      <p class="small mb-4">
        {lang === 'ja'
          ? `方針 第${view.board.version.version}版（${writtenDay(view.board.version.effectiveOn, 'ja')}施行）　作成 ${frame.user?.name ?? ''}`
          : `Policy version ${view.board.version.version} (from ${writtenDay(view.board.version.effectiveOn, 'en')}), prepared by ${frame.user?.name ?? ''}`}
      </p>
      <Alerts {...view} />
      <Tasks {...view} all />
      <BoardPanel {...view} />
    </>
  ) : (
    <NoPolicy lang={lang} />
  );
  return c.html(
    around(
      frame,
      words.morning[lang],
      stamp(office.clock.now(), lang),
      SHEET,
      <>
        {view && view.tasks.length > 0 && <Exports lang={lang} files={exportLinks(SHEET, SHEET, lang)} />}
        <PrintButton lang={lang} />
      </>,
      content,
    ),
  );
}

/** Every task as a file; null while no policy is in force, when the sheet lists none. */
async function fileOfTasks(c: Context<Env>, office: Office, doors: HomeDoors): Promise<ListFile<Task> | null> {
  const view = await viewOf(office, c, doors);
  const list = { path: SHEET, title: words.taskList };
  return view && { list, columns: taskColumns(view), rows: view.tasks, address: SHEET };
}

export const homeRoutes = (office: Office, doors: HomeDoors = {}): Route[] => [
  page('get', '/', 'home:read', (c) => home(c, office, doors)),
  page('get', SHEET, 'home:read', (c) => morningSheet(c, office, doors)),
  exportPage(office, { path: SHEET, may: 'home:read' }, (c) => fileOfTasks(c, office, doors)),
];
