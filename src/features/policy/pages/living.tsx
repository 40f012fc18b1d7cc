// The living policy: every clause with the state of its promises today or on a past day, and the evidence for the chosen promise. It shows what was
// computed and when; it never computes, and never calls a promise kept that was not shown to be.

import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { both, type Lang } from '../../../base/bilingual.ts';
import { addDays, dayOf, type Day } from '../../../base/day.ts';
import type { Ground, Source } from '../../../base/finding.ts';
import type { Evidence as EvidenceLine, PromiseState } from '../../../base/promise.ts';
import type { Office } from '../../../office.ts';
import { page, type Env, type Route } from '../../../platform/http/index.ts';
import { LinkButton, PrintButton } from '../../../platform/ui/button.tsx';
import { Clause, clauseId, Evidence, type ClauseProps } from '../../../platform/ui/clause.tsx';
import { crumbsFrom } from '../../../platform/ui/crumbs.tsx';
import { DayStrip } from '../../../platform/ui/days.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import { Hidden } from '../../../platform/ui/form.tsx';
import { clockTime, dayFrom, listed, slashDay, writtenDay } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Legend, St, stateWord } from '../../../platform/ui/promise-state.tsx';
import { Segment } from '../../../platform/ui/segment.tsx';
import { Exports, Table } from '../../../platform/ui/table.tsx';
import type { Catalogue, Thing } from '../../search/index.ts';
import {
  promiseBoard,
  promiseDays,
  type ClauseStanding,
  type PromiseBoard,
  type PromiseStanding,
} from '../actions/standings.ts';
import {
  policyInForce,
  policyVersion,
  policyVersions,
  versionStanding,
  type VersionHead,
} from '../actions/versions.ts';
import { diffPolicies } from '../facts/change.ts';
import { printedNumber } from '../facts/outline.ts';
import type { Policy, Clause as PolicyClause, Section } from '../facts/shape.ts';
import { lintPolicy } from '../lint.ts';
import { belowPart, boardRails, PromisePlaques } from './board.tsx';
import { changeCount } from './changes.tsx';
import { address, HOME, readAsked, shown, states, type Asked } from './asked.tsx';
import { addressOf, versionName } from './public.tsx';
import { evidenceFiles, evidenceFilesToo, evidenceHeads, evidenceRoutes } from './evidence.tsx';
import { promiseFiles, PromiseTable, tableRoutes } from './table.tsx';
import { draftWords } from '../words.ts';

const standingWord = {
  'in-force': { ja: '施行中', en: 'in force' },
  coming: { ja: '施行前', en: 'to come' },
  past: { ja: '前の版', en: 'earlier' },
  proposed: { ja: '案（未承認）', en: 'proposal, not approved' },
  replaced: { ja: '置き換えられた案', en: 'replaced proposal' },
};

export const standingName = (heads: readonly VersionHead[], head: VersionHead, today: Day, lang: Lang): string =>
  standingWord[versionStanding(heads, head, today)][lang];

const counts = (board: PromiseBoard, lang: Lang): string =>
  listed(
    states.toReversed().map((s) => `${stateWord[s][lang]}${lang === 'ja' ? '' : ' '}${board.tally[s]}`),
    lang,
  );

interface BarProps {
  board: PromiseBoard;
  heads: readonly VersionHead[];
  asked: Asked;
  today: Day;
  lang: Lang;
  gaps: number;
  changes: { since: number; count: number } | null;
  dayProblem: boolean;
  userName: string;
}

/** The filters that restrict the clauses shown; empty where all are. */
function shownOnly(board: PromiseBoard, { state, rail }: Asked, lang: Lang): string[] {
  const chapter = rail === undefined ? undefined : boardRails(board)[rail - 1];
  const names = [...(chapter ? [chapter.name[lang]] : []), ...(state ? [stateWord[state][lang]] : [])];
  return names.length === 0 ? [] : [lang === 'ja' ? `${names.join('、')}だけ` : `Only: ${names.join(', ')}`];
}

/** The line that identifies a printed copy. */
const PrintLine = ({
  board,
  asked,
  today,
  lang,
  userName,
}: Omit<BarProps, 'heads' | 'gaps' | 'changes' | 'dayProblem'>) => {
  const { version, effectiveOn } = board.version;
  const [name, from] = [versionName(version, lang), writtenDay(effectiveOn, lang)];
  const says = [asOf(board, today, lang), counts(board, lang), ...shownOnly(board, asked, lang)];
  return (
    <p class="print-only small">
      {lang === 'ja'
        ? [`方針 ${name}（${from}施行）`, ...says, `印刷 ${userName}`].join('　')
        : [`Policy ${name.toLowerCase()} (from ${from})`, ...says, `Printed by ${userName}`].join('. ')}
    </p>
  );
};

const DayField = ({ on, lang, problem }: { on: Day; lang: Lang; problem: boolean }) => (
  <div>
    <label class="small muted block" for="asof">
      {lang === 'ja' ? 'この日の状態で見る' : 'States as of'}
    </label>
    <span class="flex gap-2">
      <input
        class="input input-s w-date"
        id="asof"
        name="on"
        autocomplete="off"
        value={slashDay(on)}
        aria-invalid={problem ? 'true' : undefined}
        aria-describedby={problem ? 'asof-e' : undefined}
      />
      <button class="btn btn-2 btn-s">{lang === 'ja' ? '見る' : 'Show'}</button>
    </span>
    {problem && (
      <span class="err" id="asof-e">
        {lang === 'ja'
          ? '＊2026/12/7 のように書いてください。今日の状態を表示しています'
          : '＊Write a day such as 2026/12/7. Today is shown'}
      </span>
    )}
  </div>
);

const VersionBar = ({ board, heads, asked, today, lang, gaps, changes, dayProblem, userName }: BarProps) => (
  <form class="ver" method="get" action={HOME}>
    <Hidden values={{ state: asked.state, view: asked.view === 'text' ? undefined : asked.view }} />
    <PrintLine board={board} asked={asked} today={today} lang={lang} userName={userName} />
    <div>
      <label class="small muted block" for="v">
        {lang === 'ja' ? '版' : 'Version'}
      </label>
      <select class="select input-s" id="v" name="version">
        {heads.map((h) => (
          <option value={h.version} selected={h.version === board.version.version}>
            {lang === 'ja'
              ? `${versionName(h.version, lang)} ${standingName(heads, h, today, lang)}（${writtenDay(h.effectiveOn, lang)}〜）`
              : `${versionName(h.version, lang)}, ${standingName(heads, h, today, lang)} (from ${writtenDay(h.effectiveOn, lang)})`}
          </option>
        ))}
      </select>
    </div>
    <div>
      <label class="small muted block" for="rail">
        {lang === 'ja' ? '見る範囲' : 'Sections'}
      </label>
      <select class="select input-s max-w-64" id="rail" name="rail">
        <option value="">{lang === 'ja' ? 'すべて' : 'All'}</option>
        {boardRails(board).map((r, i) => (
          <option value={i + 1} selected={asked.rail === i + 1}>
            {r.name[lang]}
          </option>
        ))}
      </select>
    </div>
    <DayField on={board.on} lang={lang} problem={dayProblem} />
    <div class="small flex flex-wrap gap-x-5 gap-y-1 pb-1.5 lg:ml-auto">
      {changes && (
        <a href={`${HOME}/changes?from=${changes.since}&to=${board.version.version}`}>
          {lang === 'ja'
            ? `${versionName(changes.since, lang)}との違い（${changes.count}か所）`
            : `Changes since version ${changes.since} (${changes.count})`}
        </a>
      )}
      <a href={`${HOME}/gaps?version=${board.version.version}`}>
        {lang === 'ja' ? `点検の指摘 ${gaps}件` : `Gaps found: ${gaps}`}
      </a>
      <a href={`${HOME}/versions`}>{draftWords.versions[lang]}</a>
    </div>
  </form>
);

function asOf(board: PromiseBoard, today: Day, lang: Lang): string {
  if (board.on < today)
    return lang === 'ja'
      ? `${writtenDay(board.on, lang)}の終わりの状態`
      : `States at the end of ${writtenDay(board.on, lang)}`;
  if (board.computed === null) return lang === 'ja' ? 'まだ計算していません' : 'Not computed yet';
  const day = writtenDay(dayOf(board.computed), lang);
  const time = clockTime(board.computed);
  return lang === 'ja' ? `${day} ${time} 時点の状態` : `States at ${time} on ${day}`;
}

const Filters = ({ board, asked, lang }: { board: PromiseBoard; asked: Asked; lang: Lang }) => (
  <div class="tools">
    <Segment
      label={lang === 'ja' ? '状態で絞る' : 'Filter by state'}
      links={[
        {
          label: lang === 'ja' ? `すべて ${board.clauses.length}` : `All ${board.clauses.length}`,
          href: address(asked, { state: undefined, promise: undefined, clause: undefined }),
          current: !asked.state,
        },
        ...states.map((state) => ({
          label: `${stateWord[state][lang]} ${board.tally[state]}`,
          href: address(asked, { state, promise: undefined, clause: undefined }),
          current: asked.state === state,
        })),
      ]}
    />
    {asked.rail !== undefined && boardRails(board)[asked.rail - 1] && (
      <span class="small muted">
        {lang === 'ja'
          ? `${boardRails(board)[asked.rail - 1]!.name.ja} を表示中`
          : `Showing ${boardRails(board)[asked.rail - 1]!.name.en}`}
      </span>
    )}
    <div class="push" />
    <Segment
      label={lang === 'ja' ? '表示' : 'View'}
      links={[
        {
          label: lang === 'ja' ? '文章' : 'Text',
          href: address(asked, { view: 'text' }),
          current: asked.view === 'text',
        },
        {
          label: lang === 'ja' ? '木札' : 'Plaques',
          href: address(asked, { view: 'board' }),
          current: asked.view === 'board',
        },
        {
          label: lang === 'ja' ? '表' : 'Table',
          href: address(asked, { view: 'table' }),
          current: asked.view === 'table',
        },
      ]}
    />
    {asked.view === 'table' && (
      <Exports lang={lang} files={[...promiseFiles(asked, lang), ...evidenceFilesToo(asked, lang)]} />
    )}
  </div>
);

/** The text cut at the words that make a promise. A mark that overlaps an earlier one is dropped, so that no words are underlined twice. */
function piecesOf(
  clause: PolicyClause,
  lang: Lang,
  mark: (promise: string) => { state: PromiseState; href: string } | null,
): ClauseProps['text'] {
  const text = clause.text[lang];
  const found = (clause.marks ?? [])
    .map((m) => ({ at: text.indexOf(m[lang]), words: m[lang], look: mark(m.promise) }))
    .filter((m) => m.at >= 0)
    .sort((a, b) => a.at - b.at);
  const pieces: ClauseProps['text'][number][] = [];
  let done = 0;
  for (const { at, words, look } of found) {
    if (at < done || !look) continue;
    if (at > done) pieces.push(text.slice(done, at));
    pieces.push({ words, ...look });
    done = at + words.length;
  }
  if (done < text.length) pieces.push(text.slice(done));
  return pieces;
}

const ClauseView = ({ standing, asked, lang }: { standing: ClauseStanding; asked: Asked; lang: Lang }) => {
  const { clause, promises } = standing;
  const href = (promise: string): string =>
    address(asked, { promise, clause: clause.no }, `#${clauseId(String(clause.no))}`);
  const selected = asked.promise !== undefined && asked.clause === clause.no;
  return (
    <>
      <Clause
        lang={lang}
        number={String(clause.no)}
        text={piecesOf(clause, lang, (id) => {
          const promise = promises.find((p) => p.id === id);
          return promise ? { state: promise.state, href: href(id) } : null;
        })}
        marks={promises.map((p) => ({ state: p.state, name: p.title[lang], href: href(p.id) }))}
        selected={selected}
      />
      {selected && (
        <p class="small lg:hidden no-print py-2">
          <a href="#ev" data-turbo="false">
            {lang === 'ja' ? 'この約束の証拠を読む' : 'Read the evidence of this promise'}
          </a>
        </p>
      )}
    </>
  );
};

/** The headings before a clause, of its part and of its section, each at its first appearance. */
const SectionHeads = (props: { policy: Policy; clause: PolicyClause; seen: Set<string>; lang: Lang }) => {
  const { policy, clause, seen, lang } = props;
  const path: Section[] = [];
  for (let id: string | undefined = clause.section; id !== undefined;) {
    const section: Section | undefined = policy.sections.find((s) => s.id === id);
    if (section) path.unshift(section);
    id = section?.parent;
  }
  const fresh = path.filter((section, depth) => !seen.has(section.id) && (depth > 0 || path.length === 1));
  for (const section of path) seen.add(section.id);
  return (
    <>
      {fresh.map((section) => {
        const top = section === path[0] || section === path[1];
        const own = printedNumber(section, lang);
        const number = section === path[0] ? clause.part : top ? belowPart(clause.part, own) : own;
        const text = `${number}${lang === 'ja' ? '　' : ' '}${section.title[lang]}`;
        return top ? <h2 class="h2 first:mt-1">{text}</h2> : <h3 class="h3">{text}</h3>;
      })}
    </>
  );
};

const Clauses = ({ board, asked, lang }: { board: PromiseBoard; asked: Asked; lang: Lang }) => {
  const rails = shown(board, asked);
  if (rails.length === 0)
    return (
      <Empty title={lang === 'ja' ? 'この状態の条項はありません' : 'No clause is in this state'}>
        {lang === 'ja' ? 'ほかの状態を選ぶと表示されます。' : 'Choose another state above.'}
      </Empty>
    );
  const seen = new Set<string>();
  return (
    <article lang={lang}>
      {rails.flatMap((rail) =>
        rail.clauses.map((standing) => (
          <>
            <SectionHeads policy={board.version.policy} clause={standing.clause} seen={seen} lang={lang} />
            <ClauseView standing={standing} asked={asked} lang={lang} />
          </>
        )),
      )}
    </article>
  );
};

/** The evidence. Links to the records are shown only to those who may open them; the findings to all who read the policy. */
const EvidenceTable = ({ c, evidence }: { c: Context<Env>; evidence: readonly EvidenceLine[] }) => {
  const lang = c.get('lang');
  return evidence.length === 0 ? (
    <p class="small">{lang === 'ja' ? '示せる証拠はありません。' : 'There is no evidence to show.'}</p>
  ) : (
    <Table
      lang={lang}
      caption={{ ja: '証拠の一覧', en: 'The evidence' }}
      height="tight"
      columns={[
        { key: 'label', head: evidenceHeads.label, rowHead: true },
        { key: 'value', head: evidenceHeads.value },
      ]}
      rows={evidence.map((e) => ({
        cells: {
          label: e.href && c.get('mayOpen')(e.href) ? <a href={e.href}>{e.label[lang]}</a> : e.label[lang],
          value: e.state ? (
            <St state={e.state} lang={lang}>
              {e.value[lang]}
            </St>
          ) : (
            e.value[lang]
          ),
        },
      }))}
    />
  );
};

/** The clause itself, then the articles that it names. */
function groundsOf(clause: PolicyClause, promise: PromiseStanding): Ground[] {
  return [
    { law: 'policy', article: String(clause.no), says: promise.says },
    ...(clause.cites ?? []).map((cite): Ground => {
      const [law, article] = [cite.slice(0, cite.indexOf(' ')), cite.slice(cite.indexOf(' ') + 1)];
      return {
        law: law as Source,
        article,
        says: { ja: 'この条項が挙げている条文です。', en: 'An article that the clause names.' },
      };
    }),
  ];
}

/** The strip in words: each run of days with its state. */
function stripWords(first: Day, days: readonly PromiseState[], lang: Lang): string {
  const last = addDays(first, days.length - 1);
  const runs: string[] = [];
  days.forEach((state, i) => {
    if (i > 0 && days[i - 1] === state) return;
    const from = dayFrom(last, addDays(first, i), lang);
    runs.push(
      lang === 'ja' ? `${from}から${stateWord[state].ja}` : `from ${from}: ${stateWord[state].en.toLowerCase()}`,
    );
  });
  return runs.join(lang === 'ja' ? '。' : '; ');
}

const MOST_DAYS = 92;

async function evidenceOf(c: Context<Env>, office: Office, board: PromiseBoard, asked: Asked): Promise<Child> {
  const lang = c.get('lang');
  const standing =
    board.clauses.find((c) => c.clause.no === asked.clause && c.clause.promises.includes(asked.promise ?? '')) ??
    board.clauses.find((c) => c.clause.promises.includes(asked.promise ?? ''));
  const promise = standing?.promises.find((p) => p.id === asked.promise);
  if (!standing || !promise) return null;
  const { clause } = standing;
  const start =
    addDays(board.on, 1 - MOST_DAYS) > board.version.effectiveOn
      ? addDays(board.on, 1 - MOST_DAYS)
      : board.version.effectiveOn;
  const days = await promiseDays(office, promise.id, start, board.on);
  const nth = clause.promises.indexOf(promise.id) + 1;
  return (
    <Evidence
      lang={lang}
      of={
        lang === 'ja'
          ? `条項${clause.no} の約束 ${nth}／${clause.promises.length}`
          : `Clause ${clause.no}, promise ${nth} of ${clause.promises.length}`
      }
      back={{
        href: `#${clauseId(String(clause.no))}`,
        label: lang === 'ja' ? `条項${clause.no}へ戻る` : `Back to clause ${clause.no}`,
      }}
      name={promise.title}
      state={promise.state}
      since={promise.since === null ? undefined : sinceText(promise.since, board.on, lang)}
      says={promise.why}
      {...(days
        ? {
            days: {
              title: lang === 'ja' ? `記録のある${days.states.length}日` : `The ${days.states.length} days on record`,
              strip: (
                <DayStrip
                  lang={lang}
                  days={days.states}
                  first={days.first}
                  last={board.on}
                  label={stripWords(days.first, days.states, lang)}
                />
              ),
            },
          }
        : {})}
      evidence={<EvidenceTable c={c} evidence={promise.evidence} />}
      files={<Exports lang={lang} files={evidenceFiles({ ...asked, clause: clause.no }, lang)} />}
      computed={computedText(promise.computed, lang)}
      {...(promise.entry === null || !c.get('may')('log:read')
        ? {}
        : {
            proof: {
              label: lang === 'ja' ? '記録を見る' : 'See the log entry',
              href: `/log/entries/${promise.entry}`,
            },
          })}
      grounds={groundsOf(clause, promise)}
      {...(promise.fix.length > 0 && promise.state !== 'kept' ? { fix: { steps: promise.fix } } : {})}
    />
  );
}

const sinceText = (at: number, on: Day, lang: Lang): string => {
  const [day, time] = [dayFrom(on, dayOf(at), lang), clockTime(at)];
  return lang === 'ja' ? `${day} ${time} から` : `since ${time} on ${day}`;
};

const computedText = (at: number | null, lang: Lang): string => {
  if (at === null) return lang === 'ja' ? '計算の記録なし' : 'Never computed';
  const [day, time] = [slashDay(dayOf(at)), clockTime(at)];
  return lang === 'ja' ? `最終計算 ${day} ${time}` : `Last computed ${day} ${time}`;
};

const NoPromiseChosen = ({ lang }: { lang: Lang }) => (
  <section class="panel no-print">
    <div class="panel-body">
      <h2 class="text-std-18B-160">
        {lang === 'ja' ? '約束を選ぶと、証拠が出ます' : 'Choose a promise to see its evidence'}
      </h2>
      <p class="small muted mt-1 mb-3">
        {lang === 'ja'
          ? '下線のある言葉と、条項の下の印は、どれも約束です。線の形と印が、いまの状態を表します。'
          : 'The underlined words and the marks below a clause are promises. The line and the mark show how each stands.'}
      </p>
      <Legend lang={lang} />
    </div>
  </section>
);

async function changesSince(office: Office, heads: readonly VersionHead[], board: PromiseBoard) {
  const head = heads.find((h) => h.approval && h.version < board.version.version);
  const before = head && (await policyVersion(office, head.version));
  return before
    ? { since: before.version, count: changeCount(diffPolicies(before.policy, board.version.policy)) }
    : null;
}

const Work = ({ board, asked, lang, evidence }: { board: PromiseBoard; asked: Asked; lang: Lang; evidence: Child }) => {
  if (asked.view === 'board')
    return (
      <div class="panel">
        <div class="panel-body">
          <PromisePlaques
            board={board}
            lang={lang}
            link={(no) => address({ ...asked, view: 'text' }, { state: undefined }, `#${clauseId(String(no))}`)}
            state={asked.state}
          />
        </div>
      </div>
    );
  if (asked.view === 'table') return <PromiseTable board={board} asked={asked} lang={lang} />;
  return (
    <div class="policy">
      <Clauses board={board} asked={asked} lang={lang} />
      <aside class="side-panel" id="ev" aria-label={lang === 'ja' ? '約束の証拠' : 'Evidence of the promise'}>
        {evidence ?? <NoPromiseChosen lang={lang} />}
      </aside>
    </div>
  );
};

const title = { ja: '生きた方針', en: 'The living policy' };

export const crumbs = crumbsFrom(title, HOME);

/** A page of the office with some content. */
export function officePage(
  c: Context<Env>,
  props: {
    title: string;
    sub?: Child;
    actions?: Child;
    crumbs: { label: string; href?: string }[];
    failed?: boolean;
    path?: string;
  },
  children: Child,
): Response | Promise<Response> {
  const frame = c.get('frame');
  return c.html(
    <OfficePage
      {...frame}
      title={props.title}
      path={props.path ?? addressOf(c)}
      crumbs={props.crumbs}
      sub={props.sub}
      actions={props.actions}
      failed={props.failed}
    >
      {children}
    </OfficePage>,
  );
}

export const notThere = (c: Context<Env>): Response | Promise<Response> => {
  const lang = c.get('lang');
  c.status(404);
  return officePage(
    c,
    {
      title: lang === 'ja' ? 'この版はありません' : 'There is no such version',
      crumbs: crumbs(lang, { label: '404' }),
    },
    <Empty title={lang === 'ja' ? 'この番号の版は見つかりません' : 'No version has this number'}>
      <a href={`${HOME}/versions`}>{lang === 'ja' ? 'すべての版を見る' : 'See all versions'}</a>
    </Empty>,
  );
};

async function living(c: Context<Env>, office: Office): Promise<Response> {
  const lang = c.get('lang');
  const { asked, dayProblem } = readAsked(c);
  const board = await promiseBoard(office, asked);
  if (!board) {
    c.status(404);
    return officePage(
      c,
      { title: title[lang], crumbs: crumbs(lang) },
      <Empty title={lang === 'ja' ? 'この日に施行中の版はありません' : 'No version was in force on that day'}>
        <a href={HOME}>{lang === 'ja' ? '今日の状態を見る' : 'See today'}</a>
      </Empty>,
    );
  }
  const heads = await policyVersions(office);
  const n = board.version.version;
  const evidence = asked.promise === undefined ? null : await evidenceOf(c, office, board, asked);
  const exports = (
    <LinkButton kind="second" small icon="download" href={`${HOME}/versions/${n}`}>
      {lang === 'ja' ? 'YAML・JSON' : 'YAML, JSON'}
    </LinkButton>
  );
  return officePage(
    c,
    {
      title: title[lang],
      sub:
        lang === 'ja'
          ? '文ごとに、今日守れているかを証拠とともに示します'
          : 'Shows for each sentence whether it is kept today, with the evidence',
      actions: (
        <>
          <PrintButton lang={lang} />
          {exports}
          {c.get('may')('policy:propose') && (
            <LinkButton kind="second" small href={`${HOME}/new`}>
              {draftWords.write[lang]}
            </LinkButton>
          )}
        </>
      ),
      crumbs: crumbs(lang),
    },
    <>
      <VersionBar
        board={board}
        heads={heads}
        asked={asked}
        today={office.clock.today()}
        lang={lang}
        gaps={lintPolicy(board.version.policy).length}
        changes={await changesSince(office, heads, board)}
        dayProblem={dayProblem}
        userName={c.get('frame').user?.name ?? ''}
      />
      <Filters board={board} asked={asked} lang={lang} />
      <p class="small muted mb-3 no-print">{asOf(board, office.clock.today(), lang)}</p>
      <Work board={board} asked={asked} lang={lang} evidence={evidence} />
    </>,
  );
}

export const livingRoutes = (office: Office): Route[] => [
  page('get', HOME, 'policy:read', (c) => living(c, office)),
  ...tableRoutes(office),
  ...evidenceRoutes(office),
];

/** The things to search: promises, clauses and purposes, each under its own name. */
function thingsOf({ clauses, promises, purposes }: Policy): Thing[] {
  const at = (clause: number): string => `#${clauseId(String(clause))}`;
  return [
    ...promises.flatMap(({ id, title, says }) => {
      const clause = clauses.find((one) => one.promises.includes(id))?.no;
      if (clause === undefined) return [];
      return { name: title, href: address({ view: 'text' }, { promise: id, clause }, at(clause)), says };
    }),
    ...purposes.map(({ id, clause, label, text }) => ({
      name: both(`${id} ${label.ja}`, `${id} ${label.en}`),
      href: HOME + at(clause),
      numbers: [id],
      says: text,
    })),
    ...clauses.map(({ no, text }) => ({
      name: both(`条項${no}`, `Clause ${no}`),
      href: HOME + at(no),
      numbers: [String(no)],
      says: text,
    })),
  ];
}

export const clauseCatalogue = (office: Office): Catalogue => ({
  title: both('生きた方針', 'Living policy'),
  list: HOME,
  things: async () => {
    const inForce = await policyInForce(office, office.clock.today());
    return inForce ? thingsOf(inForce.policy) : [];
  },
});
