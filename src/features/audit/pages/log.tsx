// The page of the log: the signed head, the verifier's result, and the entries. Entries hold ids; the names of the staff are looked up.

import type { Context } from 'hono';
import type { Bilingual, Lang } from '../../../base/bilingual.ts';
import { both } from '../../../base/bilingual.ts';
import { isId } from '../../../base/id.ts';
import type { PromiseState } from '../../../base/promise.ts';
import type { EntryQuery, ListedEntry, LogEntry, Loss } from '../../../log/index.ts';
import { decisionIn, saysOf } from '../../../log/index.ts';
import { inParts, page, placeOf, type Env, type Route } from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, LinkButton } from '../../../platform/ui/button.tsx';
import { Chip } from '../../../platform/ui/chip.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { type Answer, answerWord, Pass } from '../../../platform/ui/finding.tsx';
import { PostForm } from '../../../platform/ui/form.tsx';
import { listed, number, slashDay, stamp } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { articleLabel } from '../../../platform/ui/article.ts';
import { homeCrumb } from '../../../platform/ui/crumbs.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import {
  FilterPeriod,
  instantsOf,
  NO_PERIOD,
  periodIn,
  periodParams,
  PeriodProblem,
  periodText,
  type Period,
} from '../../../platform/ui/period.tsx';
import { St } from '../../../platform/ui/promise-state.tsx';
import { exportLinks, ListTable, type ListColumn } from '../../../platform/ui/list.tsx';
import { Applied, Filters, FilterSelect, None, type ExportLink } from '../../../platform/ui/table.tsx';
import { VerifierLink } from '../../../platform/ui/verifier.tsx';
import {
  actorName,
  actorNames,
  byOf,
  exportPage,
  inBatches,
  systemNames,
  type ListFile,
  type Room,
} from '../../access/index.ts';
import { holdingsById } from '../../ledger/index.ts';
import { type Place, reachedText } from '../../people/index.ts';
import { collectionsById } from '../../related/index.ts';
import { entries, keyOf, logState, lossOf, openExport, reviewed, verifyNow, type LogState } from '../actions/log.ts';
import { readGround, readHead } from '../facts/entry.ts';
import { logProof, restoredLabel, restoredSays } from '../promises.ts';
import { actionWord, actKinds, kindOf, subjectWord } from '../words.ts';

export const PATH = '/log';

export const title = both('記録の検証', 'The log');

/** The states of the log's proof in words of its own, which do not speak of a promise being kept. */
const verifiedWords: Record<PromiseState, Bilingual> = {
  kept: both('一致', 'Intact'),
  broken: both('検証が止まっている', 'Not being verified'),
  risk: both('要注意', 'At risk'),
  unknown: both('確認できない', 'Unknown'),
};

const differs = both('不一致', 'Does not agree');

const PAGE_ROWS = 50;

export const words = {
  sub: both(
    'したことの記録。書き換えると分かり、社外の人も確かめられます',
    'A record of what was done. A rewrite is noticed, and outsiders can check it too',
  ),
  any: both('すべて', 'All'),
  verify: both('いま検証する', 'Verify now'),
  export: both('すべて書き出す', 'Export everything'),
  when: both('日時', 'When'),
  action: both('行為', 'Act'),
  items: both('項目', 'Items'),
  actor: both('した人', 'By'),
  kind: both('行為の種類', 'Kind of act'),
  answer: both('答え', 'Answer'),
  grounds: both('根拠', 'Grounds'),
  position: both('位置', 'Position'),
  entries: both('記録の表', 'Entries of the log'),
  readers: both('だれが何人分を開いたか', 'Who opened how much'),
} satisfies Record<string, Bilingual>;

export { placeOf };

interface Asked {
  /** The kind of the action that was asked for. */
  kind: string;
  action: string;
  actor: string;
  answer: string;
  /** Id of a package; only its steps are shown. */
  file: string;
  /** Only what was lost with a restored backup. */
  lost: Loss | undefined;
  period: Period;
  before: string;
}

async function readAsked(room: Room, c: Context): Promise<Asked> {
  const text = (name: string): string => c.req.query(name)?.trim() ?? '';
  const [answer, action] = [text('answer'), text('action')];
  const lost = text('lost');
  const kind = Object.hasOwn(actKinds, text('kind')) ? text('kind') : kindOf(action);
  return {
    kind,
    // An action of another kind is left over from before the kind was chosen.
    action: kind === '' || actKinds[kind]!.acts.includes(action) ? action : '',
    actor: text('actor'),
    answer: Object.hasOwn(answerWord, answer) ? answer : '',
    file: isId(text('package')) ? text('package') : '',
    lost: isId(lost) ? await lossOf(room, lost) : undefined,
    period: periodIn(c.req.url),
    before: text('before'),
  };
}

const queryOf = ({ kind, action, actor, answer, file, lost, period, before }: Asked): EntryQuery => ({
  ...(action ? { actions: [action] } : kind ? { actions: actKinds[kind]!.acts } : {}),
  ...(actor ? { actor } : {}),
  ...(answer ? { answer } : {}),
  ...(file ? { package: file } : {}),
  ...(lost ? { within: lost } : {}),
  ...instantsOf(period),
  ...(before ? { before } : {}),
  most: PAGE_ROWS + 1,
});

function addressOf(asked: Asked, change: Partial<Asked> = {}): string {
  const { kind, action, actor, answer, file, lost, period, before } = { ...asked, before: '', ...change };
  const all = {
    kind: action === '' ? kind : '',
    action,
    actor,
    answer,
    package: file,
    lost: lost?.id ?? '',
    ...periodParams(period),
    before,
  };
  const params = Object.entries(all).filter(([, value]) => value !== '');
  return params.length > 0 ? `${PATH}?${new URLSearchParams(params)}` : PATH;
}

/** File name of the exported log, also used in the command that checks it. */
const exportName = ({ office }: Room): string => `sekisho-log-${office.clock.today()}.ndjson`;

interface FilterProps {
  lang: Lang;
  asked: Asked;
  names: Known['names'];
  systems: Known['systems'];
  exports: readonly ExportLink[] | undefined;
}

const FilterRow = ({ lang, asked, names, systems, exports }: FilterProps) => {
  const any = { value: '', label: words.any[lang] };
  const actors = [
    ...[...names].map(([id, name]) => ({ value: `${systems.has(id) ? 'system' : 'staff'}:${id}`, label: name })),
    { value: 'sekisho', label: actorName('sekisho', names, lang) },
    { value: 'public', label: actorName('public', names, lang) },
  ];
  return (
    <Filters lang={lang} action={PATH} keep={{ lost: asked.lost?.id }} exports={exports}>
      <FilterSelect
        name="kind"
        label={words.kind[lang]}
        value={asked.kind}
        options={[any, ...Object.entries(actKinds).map(([value, { label }]) => ({ value, label: label[lang] }))]}
      />
      <FilterSelect
        name="action"
        label={words.action[lang]}
        value={asked.action}
        options={[
          any,
          ...(actKinds[asked.kind]?.acts ?? []).map((value) => ({ value, label: actionWord(value, lang) })),
        ]}
      />
      <FilterSelect name="actor" label={words.actor[lang]} value={asked.actor} options={[any, ...actors]} />
      <FilterSelect
        name="answer"
        label={words.answer[lang]}
        value={asked.answer}
        options={[
          any,
          ...(['yes', 'no', 'unknown'] as const).map((value) => ({ value, label: answerWord[value][lang] })),
        ]}
      />
      <FilterPeriod lang={lang} period={asked.period} />
    </Filters>
  );
};

const lostChip = ({ on }: Loss): Bilingual =>
  both(`${slashDay(on)}の復元で失われた範囲`, `Lost when a backup was restored on ${slashDay(on)}`);

function appliedOf(asked: Asked, names: ReadonlyMap<string, string>, lang: Lang): { label: string; remove: string }[] {
  const all: [string | false | null | undefined, Partial<Asked>][] = [
    [asked.action === '' && actKinds[asked.kind]?.label[lang], { kind: '' }],
    [asked.action !== '' && actionWord(asked.action, lang), { action: '' }],
    [asked.actor !== '' && actorName(asked.actor, names, lang), { actor: '' }],
    [asked.answer !== '' && answerWord[asked.answer as Answer][lang], { answer: '' }],
    [asked.file !== '' && subjectWord('package', lang), { file: '' }],
    [asked.lost && lostChip(asked.lost)[lang], { lost: undefined }],
    [periodText(asked.period, lang), { period: NO_PERIOD }],
  ];
  return all.flatMap(([label, change]) => (label ? [{ label, remove: addressOf(asked, change) }] : []));
}

/** The grounds of a logged decision as chips; on one line in a table that scrolls sideways. */
export const GroundChips = ({
  because,
  lang,
  oneLine,
}: {
  because: readonly string[];
  lang: Lang;
  oneLine?: boolean;
}) => (
  <span class={oneLine ? 'flex gap-1 print:flex-wrap print:min-w-52' : 'flex flex-wrap gap-1'}>
    {because.map((text) => {
      const { law } = readGround(text);
      return <Chip kind={law === 'policy' ? 'policy' : 'law'}>{groundText(text, lang)}</Chip>;
    })}
  </span>
);

/** The law was not asked, so the column does not apply. */
const inapplicable = <span class="muted">―</span>;

const groundText = (text: string, lang: Lang): string => {
  const { law, article } = readGround(text);
  return articleLabel(law, article, lang);
};

interface Known {
  /** Names of all actors that entries may have, by id. */
  names: ReadonlyMap<string, string>;
  /** Names of the systems among them. */
  systems: ReadonlyMap<string, string>;
  /** The ledger and the collections of related information, by id. */
  places: ReadonlyMap<string, Place>;
}

const known = async ({ office, access }: Room): Promise<Known> => ({
  names: await actorNames(access, 'everybody'),
  systems: await systemNames(access),
  places: new Map<string, Place>([...(await holdingsById(office)), ...(await collectionsById(office))]),
});

const columnsOf = ({ names, places }: Pick<Known, 'names' | 'places'>): readonly ListColumn<ListedEntry>[] => [
  {
    key: 'at',
    head: words.when,
    nowrap: true,
    value: ({ entry }) => stamp(Date.parse(entry.at)),
    cell: ({ entry }) => <span class="num">{stamp(Date.parse(entry.at))}</span>,
  },
  {
    key: 'action',
    head: words.action,
    rowHead: true,
    nowrap: true,
    value: ({ entry }, lang) => actionWord(entry.action, lang),
    cell: ({ entry }, lang) => <a href={`${PATH}/entries/${entry.id}`}>{actionWord(entry.action, lang)}</a>,
  },
  {
    key: 'items',
    head: words.items,
    value: ({ entry }, lang) => reachedText(entry, places, lang),
    cell: ({ entry }, lang) => {
      const reached = reachedText(entry, places, lang);
      // The only cell of the row that may wrap, as it may name many things.
      return reached && <span class="block min-w-56">{reached}</span>;
    },
  },
  { key: 'actor', head: words.actor, nowrap: true, value: ({ entry }, lang) => actorName(entry.actor, names, lang) },
  {
    key: 'answer',
    head: words.answer,
    nowrap: true,
    value: ({ entry }, lang) => {
      const decision = decisionIn(entry);
      return decision ? answerWord[decision.answer as Answer][lang] : '';
    },
    cell: ({ entry }, lang) => {
      const decision = decisionIn(entry);
      return decision ? <Pass answer={decision.answer as Answer} lang={lang} /> : inapplicable;
    },
  },
  {
    key: 'grounds',
    head: words.grounds,
    nowrap: true,
    value: ({ entry }, lang) =>
      listed(
        (decisionIn(entry)?.because ?? []).map((text) => groundText(text, lang)),
        lang,
      ),
    cell: ({ entry }, lang) => {
      const decision = decisionIn(entry);
      return decision ? <GroundChips because={decision.because} lang={lang} oneLine /> : inapplicable;
    },
  },
  {
    key: 'position',
    head: words.position,
    align: 'right',
    nowrap: true,
    value: ({ position }) => position ?? '',
    cell: ({ position }, lang) => (position === null ? <None lang={lang} what="undecided" /> : number(position)),
  },
];

/** How to check the log without this server: the published files, and the whole log as a file. */
const FromOutside = ({ c }: { c: Context<Env> }) => {
  const lang = c.get('lang');
  return (
    <>
      <p class="small mt-3">
        {lang === 'ja' ? '社外から確かめるために公開しているアドレス：' : 'Public addresses, to check from outside: '}
        <a href="/log/checkpoint">/log/checkpoint</a>
        {lang === 'ja' ? '、' : ', '}
        <a href="/log/key">/log/key</a>
        {lang === 'ja' ? '、' : ', '}
        <code>/log/consistency/…</code>
        {lang === 'ja' ? '、' : ', '}
        <code>/log/tile/…</code>
      </p>
      {c.get('may')('log:export') && (
        <p class="small mt-3">
          {lang === 'ja' ? 'すべて書き出したファイルは、' : 'The whole export can be checked on '}
          <VerifierLink lang={lang} />
          {lang === 'ja'
            ? 'で、受け取った人のブラウザーかNode.jsで確かめられます。前に受け取ったファイルの続きかどうかも分かります。'
            : ', in the recipient’s browser or with Node.js. This also shows whether it continues a file they were given before.'}
        </p>
      )}
    </>
  );
};

const Head = ({ c, room, state }: { c: Context<Env>; room: Room; state: LogState }) => {
  const lang = c.get('lang');
  const { head, last, restored } = state;
  const proof = logProof(state, room.office.clock.now());
  const read = head && readHead(head.note);
  return (
    <Panel
      title={lang === 'ja' ? '最新のチェックポイント' : 'Latest checkpoint'}
      sub={lang === 'ja' ? '署名された、記録全体の要約' : 'The signed summary of the whole log'}
    >
      <Dl
        items={[
          [
            lang === 'ja' ? '検証' : 'Verification',
            <>
              <St state={proof.state} lang={lang}>
                {(last && !last.check.ok ? differs : verifiedWords[proof.state])[lang]}
              </St>
              {'　'}
              {proof.says[lang]}
            </>,
          ],
          [
            lang === 'ja' ? '最後の検証' : 'Last verified',
            last ? <span class="num">{stamp(last.at.getTime())}</span> : <None lang={lang} />,
          ],
          [lang === 'ja' ? '記録の数' : 'Entries', head ? number(head.size) : number(0)],
          [
            lang === 'ja' ? '署名の日時' : 'Signed',
            head ? <span class="num">{stamp(head.at.getTime())}</span> : <None lang={lang} />,
          ],
          [
            lang === 'ja' ? '根のハッシュ' : 'Root hash',
            read ? <code class="wrap-anywhere">{read.root}</code> : <None lang={lang} />,
          ],
          ...(restored
            ? [
                [
                  restoredLabel[lang],
                  <a href={`${PATH}/entries/${restored.id}`}>{restoredSays(restored)[lang]}</a>,
                ] as const,
              ]
            : []),
          [lang === 'ja' ? '検証鍵' : 'Verification key', <code class="wrap-anywhere">{keyOf(room)}</code>],
        ]}
      />
      <FromOutside c={c} />
      <div class="btns mt-3">
        <PostForm action={`${PATH}/verify`} csrf={c.get('csrf')} whole>
          <Button small>{words.verify[lang]}</Button>
        </PostForm>
        <PostForm action={`${PATH}/export`} csrf={c.get('csrf')} download>
          <Button small kind="second" icon="download">
            {words.export[lang]}
          </Button>
        </PostForm>
      </div>
    </Panel>
  );
};

const NoEntries = ({ lang, asked }: { lang: Lang; asked: Asked }) => {
  const filtered = addressOf(asked) !== PATH;
  const ja = lang === 'ja';
  return (
    <Empty
      title={
        filtered
          ? ja
            ? 'この条件に合う記録はありません'
            : 'No entry matches'
          : ja
            ? 'まだ記録がありません'
            : 'Nothing has been recorded yet'
      }
      actions={
        filtered && (
          <LinkButton kind="second" href={PATH}>
            {ja ? '条件を外す' : 'Remove the conditions'}
          </LinkButton>
        )
      }
    >
      {filtered
        ? ja
          ? 'すべての記録を、新しいものから調べました。'
          : 'All entries were looked at, newest first.'
        : ja
          ? '何かをすると、同時に記録が残ります。'
          : 'Whatever is done is recorded at the same moment.'}
    </Empty>
  );
};

const restoredWords = {
  title: both('バックアップから戻しました', 'A backup was restored'),
  again: both(
    '記録にあり、戻したデータベースになかった次のことは、始めるときにもう一度行いました：消去、項目の取り除き、同意の取下げと申出、識別子の結び付きの解除、同じ本人としての結び付けと取消し、従業者・システム・トークンの終了。出ていく途中だった提供ファイル、電子での受け渡し、メールは、すでに出ていったか止めたものかもしれないので、すべて終えました。このほかに、バックアップの後にしたこと（受け付けた請求、訂正、提供、取得など）は、データベースから失われています。',
    'Acts that are in the log but were missing from the restored database were done again at the start: erasures, removals of items, withdrawals and objections, removals of links of identifiers, links as one person made and taken back, and ends of staff, systems and tokens. Packages, electronic deliveries and e-mails that were on their way have all been ended, because they may have gone out since, or been stopped. Everything else done since the backup, such as requests received, corrections, provisions and acquisitions, is lost from the database.',
  ),
  lost: both(
    'これより後の記録も失われています。証明書や手紙など、ほかに残っているもので確かめてください。消去したはずの方の情報が、戻っていることがあります。',
    'Entries after that are lost too. Check against what else is left, such as certificates and letters. Information of persons who were erased may be back.',
  ),
  promises: both(
    '失われた記録のある約束は、見直したと記録するまで「要注意」です。記録では止めたか終えた提供先、契約、台帳、共同利用、目的の変更がいまも使われているか、改めたはずの判断がいまも有効か、ウェブサイトの登録が前のものなら、その約束は、もう一度終えるか、判断するか、登録を書くまで「守れていない」です。',
    'Promises with lost records are at risk until the review is recorded here. Where a recipient, contract, holding, joint use or change of purpose is in use that the log says was stopped or ended, a judgement holds that was replaced, or a web site goes by an older register, the promise is broken until it is ended, judged or written again.',
  ),
  until: (at: number): Bilingual =>
    both(
      `バックアップにある最後の記録は、${stamp(at)}のものです。それより後にしたことを、見直してください。`,
      `The last entry that the backup has was written on ${stamp(at)}. Go through what was done after that.`,
    ),
  list: both('バックアップの後の記録を見る', 'See the entries since the backup'),
  reviewed: both('見直し、要るものをやり直した', 'Reviewed, and done again where needed'),
};

/** The lists of the records that the law asks for and that are lost. */
const recordsLost = [
  {
    href: '/provisions/lost',
    label: both('記録が失われた提供を見る', 'See the provisions whose records were lost'),
  },
  {
    href: '/acquisitions/lost',
    label: both('記録が失われた受け取りを見る', 'See the receipts whose records were lost'),
  },
  {
    href: '/related/lost',
    label: both('記録が失われた個人関連情報を見る', 'See the related information whose records were lost'),
  },
];

/** Whether entries are lost that nobody brought back, or nothing tells whether there were any. */
const isLost = ({ here, size, lost }: LogEntry): boolean => lost !== 0 || here === size;

/** What must be gone through after a restore, until somebody says that it was. */
const ToReview = ({ c, restored, toReview }: { c: Context<Env> } & Pick<LogState, 'restored' | 'toReview'>) => {
  const lang = c.get('lang');
  if (!restored || !toReview) return null;
  const { until, losses } = toReview;
  return (
    <div class="mb-5">
      <Banner kind="warn" title={restoredWords.title[lang]}>
        <div class="grid gap-2">
          <p>{restoredSays(restored)[lang]}</p>
          <p>{restoredWords.again[lang]}</p>
          {restored.here !== restored.size && <p>{restoredWords.promises[lang]}</p>}
          {isLost(restored) && <p>{restoredWords.lost[lang]}</p>}
          {until !== null && <p>{restoredWords.until(until)[lang]}</p>}
          {losses.map((loss) => (
            <p>
              <a href={`${PATH}?lost=${loss.id}`}>{restoredWords.list[lang]}</a>
              {lang === 'ja' ? `（${number(loss.to - loss.from)}件）` : ` (${number(loss.to - loss.from)})`}
            </p>
          ))}
          {losses.length > 0 && c.get('may')('records:read') && (
            <>
              {recordsLost.map(({ href, label }) => (
                <p>
                  <a href={href}>{label[lang]}</a>
                </p>
              ))}
            </>
          )}
          {c.get('may')('log:review') && (
            <PostForm action={`${PATH}/reviewed`} csrf={c.get('csrf')}>
              <Button small kind="second">
                {restoredWords.reviewed[lang]}
              </Button>
            </PostForm>
          )}
        </div>
      </Banner>
    </div>
  );
};

interface PageProps extends Known {
  c: Context<Env>;
  room: Room;
  asked: Asked;
  state: LogState;
  rows: readonly ListedEntry[];
  done?: { kind: 'good' | 'bad' | 'warn'; says: Bilingual };
}

const LogPage = ({ c, room, asked, state, rows, names, systems, places, done }: PageProps) => {
  const lang = c.get('lang');
  const shown = rows.slice(0, PAGE_ROWS);
  return (
    <OfficePage
      {...c.get('frame')}
      title={title[lang]}
      path={placeOf(c)}
      crumbs={[homeCrumb(lang), { label: title[lang] }]}
      sub={words.sub[lang]}
      actions={
        <LinkButton small kind="second" href={`${PATH}/readers`}>
          {words.readers[lang]}
        </LinkButton>
      }
    >
      {done && <Banner kind={done.kind} role="status" title={done.says[lang]} />}
      <ToReview c={c} {...state} />
      <PeriodProblem lang={lang} period={asked.period} />
      <Head c={c} room={room} state={state} />
      <h2 class="h2">{lang === 'ja' ? '記録' : 'Entries'}</h2>
      <FilterRow
        lang={lang}
        asked={asked}
        names={names}
        systems={systems}
        exports={c.get('may')('log:export') && shown.length > 0 ? exportLinks(PATH, addressOf(asked), lang) : undefined}
      />
      <Applied lang={lang} filters={appliedOf(asked, names, lang)} removeAll={PATH} />
      {shown.length > 0 ? (
        <ListTable lang={lang} caption={words.entries} columns={columnsOf({ names, places })} rows={shown} />
      ) : (
        <NoEntries lang={lang} asked={asked} />
      )}
      <nav class="pager" aria-label={lang === 'ja' ? 'ページ' : 'Pages'}>
        <span class="muted">{lang === 'ja' ? `新しい順に${shown.length}件` : `${shown.length}, newest first`}</span>
        <span class="flex flex-wrap gap-1">
          {asked.before !== '' && (
            <LinkButton small kind="second" href={addressOf(asked)}>
              {lang === 'ja' ? '最新に戻る' : 'Back to the newest'}
            </LinkButton>
          )}
          {rows.length > PAGE_ROWS && (
            <LinkButton small kind="second" href={addressOf(asked, { before: shown.at(-1)!.cursor })}>
              {lang === 'ja' ? '古い記録へ' : 'Older entries'}
            </LinkButton>
          )}
        </span>
      </nav>
    </OfficePage>
  );
};

async function show(room: Room, c: Context<Env>, done?: PageProps['done'], status: 200 | 409 = 200): Promise<Response> {
  const asked = await readAsked(room, c);
  const [state, rows] = [await logState(room), await entries(room, queryOf(asked))];
  return c.html(<LogPage {...{ c, room, asked, state, rows, done }} {...await known(room)} />, status);
}

async function verify(room: Room, c: Context<Env>): Promise<Response> {
  const outcome = await verifyNow(room, byOf(c));
  if (outcome.ok) return show(room, c, { kind: outcome.value.ok ? 'good' : 'bad', says: saysOf(outcome.value) });
  return show(
    room,
    c,
    outcome.problem.kind === 'conflict' ? { kind: 'warn', says: outcome.problem.says } : undefined,
    409,
  );
}

async function exported(room: Room, c: Context<Env>): Promise<Response> {
  const outcome = await openExport(room, byOf(c));
  if (!outcome.ok)
    return show(
      room,
      c,
      outcome.problem.kind === 'not-found' ? { kind: 'warn', says: outcome.problem.says } : undefined,
      409,
    );
  return c.body(inParts(c, outcome.value), 200, {
    'content-type': 'application/x-ndjson; charset=utf-8',
    'content-disposition': `attachment; filename="${exportName(room)}"`,
  });
}

/** The entries that an address asks for, as a table to read. The export of the whole log is the file that can be verified. */
async function fileOfAll(room: Room, c: Context<Env>): Promise<ListFile<ListedEntry>> {
  const asked = await readAsked(room, c);
  return {
    list: { path: PATH, title },
    columns: columnsOf(await known(room)),
    rows: inBatches(
      (page) => entries(room, { ...queryOf({ ...asked, before: '' }), ...page }),
      ({ cursor }) => cursor,
    ),
    address: addressOf(asked),
  };
}

export const logPages = (room: Room): Route[] => [
  page('get', PATH, 'log:read', (c) => show(room, c)),
  exportPage(room.office, { path: PATH, may: 'log:export' }, (c) => fileOfAll(room, c)),
  page('post', `${PATH}/verify`, 'log:read', (c) => verify(room, c)),
  page('post', `${PATH}/reviewed`, 'log:review', async (c) => {
    await reviewed(room, byOf(c));
    return c.redirect(PATH, 303);
  }),
  page('post', `${PATH}/export`, 'log:export', (c) => exported(room, c)),
];
