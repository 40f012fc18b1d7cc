// The page of a package: what goes to which recipient, who falls out and why, its state, and what the reader may do next. Every step is a form that
// may be sent twice; a refusal shows the finding.

import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { both, type Lang } from '../../../base/bilingual.ts';
import type { Finding } from '../../../base/finding.ts';
import { isId } from '../../../base/id.ts';
import { done, invalid, type FieldProblem, type Outcome, type Problem } from '../../../base/outcome.ts';
import type { Office } from '../../../office.ts';
import {
  formTexts,
  inParts,
  page,
  problemStatus,
  type Env,
  type Form,
  type Route,
} from '../../../platform/http/index.ts';
import { noText, textIn } from '../../../platform/sheet.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import { Dl, Instead } from '../../../platform/ui/fact-list.tsx';
import { FindingView } from '../../../platform/ui/finding.tsx';
import { ErrorSummary, fieldFor, PostForm, TextArea, TextField } from '../../../platform/ui/form.tsx';
import { countryName, number, stamp } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import { exportLinks } from '../../../platform/ui/list.tsx';
import { Progress } from '../../../platform/ui/progress.tsx';
import { Steps, type Step } from '../../../platform/ui/steps.tsx';
import { Exports } from '../../../platform/ui/table.tsx';
import { unreadWords, type Unread } from '../../../vault/index.ts';
import { actorName, actorNames, byOf, exportPage, type ListFile, type Room } from '../../access/index.ts';
import { itemName, madeUnder, standing, type Standing } from '../../checkpoint/index.ts';
import { consentTexts } from '../../consent/index.ts';
import { FactValue, statedFacts, storedText } from '../../consultation/index.ts';
import { listJointUses, type JointUse } from '../../joint-use/index.ts';
import { recipientOf, type Recipient } from '../../recipients/index.ts';
import { packageFile } from '../actions/file.ts';
import {
  approvePackage,
  fetchesOf,
  handIn,
  listPeople,
  packageOf,
  requestPackage,
  screenPackage,
  type Fetch,
  type PackageSeen,
} from '../actions/packages.ts';
import { ifFetched, packageWaits, type IfFetched } from '../actions/prepare.ts';
import { provisions } from '../actions/read.ts';
import { packageReferences } from '../actions/references.ts';
import {
  admitted,
  joinFacts,
  providing,
  READY_DAYS,
  steps as stepsFrom,
  type PackageState,
  type References,
  type Screened as Class,
} from '../facts.ts';
import type { Provided } from '../store/provisions.ts';
import type { PackageRow } from '../tables.ts';
import {
  endedWords,
  packageWords,
  referenceWords,
  relationWords,
  stateWords,
  stepWords,
  stuckWords,
  words,
} from '../words.ts';
import { itemsText, peopleText, purposeText } from './list.tsx';
import { barOf, crumbs, packageTo, PATH, StateChip } from './packages.tsx';
import { everybodyIn, FallenOut, Screening, screeningSheet, type TextName } from './screening.tsx';

const SCREENING = `${PATH}/screening`;

const DAY_MS = 86_400_000;
/** Seconds after which a page of a package that is being prepared renews itself. */
const RENEW_SECONDS = 5;
/** The most of its provisions on the page at once. */
const MOST_MADE = 20;
/** The most of its downloads on the page; the log has them all. */
const MOST_FETCHES = 20;

/** A package with everything that its pages show. */
export interface Seen {
  row: PackageSeen;
  /** Its references, as far as they are still kept. A page that renews itself shows them `later`, because each showing is logged. */
  references: References | Unread | 'later' | null;
  /** The law's answer while it waits for a change of purpose to be judged anew; null where it does not wait. */
  waits: Finding | null;
  /** What would become of a download at this moment. */
  now: IfFetched;
  stands: Standing;
  recipient: Recipient | null;
  jointUse: JointUse | undefined;
  texts: ReadonlyMap<string, TextName>;
  /** The reader had a hand in asking for it. */
  own: boolean;
  /** Some of its provisions, and whether there are more. */
  provided: readonly Provided[];
  more: boolean;
  /** Its newest downloads. */
  fetches: readonly Fetch[];
  names: ReadonlyMap<string, string>;
}

const renews = ({ row, waits }: Pick<Seen, 'row' | 'waits'>): boolean => row.state === 'preparing' && !waits;

const textNames = async (office: Office): Promise<ReadonlyMap<string, TextName>> =>
  new Map((await consentTexts(office)).map((text) => [text.id, text]));

/** The package named in the address; null when there is none. */
export async function seenAt(room: Room, c: Context<Env>): Promise<Seen | null> {
  const { office } = room;
  const found = await packageOf(office, c.req.param('id') ?? '');
  if (!found.ok) return null;
  const row = found.value;
  const recipient = await recipientOf(office, row.recipient_id);
  const before = c.req.query('before') ?? '';
  const made = await provisions(office, {
    package: row.id,
    ...(isId(before) ? { before } : {}),
    most: MOST_MADE + 1,
  });
  const provided = made.ok ? made.value : [];
  const waits = await packageWaits(office, row);
  const fetches = row.fetched > 0 ? await fetchesOf(office, row.id, MOST_FETCHES) : [];
  return {
    row,
    references: renews({ row, waits }) && row.sealed ? 'later' : await packageReferences(office, byOf(c), row),
    waits,
    now: waits ? { leaving: [], hindrance: null } : await ifFetched(office, row),
    stands: await standing(office),
    recipient: recipient.ok ? recipient.value : null,
    jointUse: (await listJointUses(office)).find(({ id }) => id === row.joint_use_id),
    texts: await textNames(office),
    own: row.state === 'requested' && (await handIn(office.database, row, c.get('actor'))),
    provided: provided.slice(0, MOST_MADE),
    more: provided.length > MOST_MADE,
    fetches,
    names: await actorNames(room.access, [row.made_by, row.approved_by, row.state_by, ...fetches.map(({ by }) => by)]),
  };
}

export const titleOf = ({ recipient }: Seen) => packageTo(recipient?.name ?? '');

const order = ['draft', 'requested', 'preparing', 'ready', 'closed'] as const;

/** The steps a package went through. One that ended early skips to the end. */
function stepsOf({ row }: Seen, lang: Lang): Step[] {
  const { state } = row;
  const at = order.findIndex((one) => one === state);
  if (at >= 0 && endOf(row) !== 'unfetched') {
    return order.map((one, i) => ({
      title: stepWords[one][lang],
      state: i < at || state === 'closed' ? 'done' : i === at ? 'now' : 'later',
    }));
  }
  const reached = row.approved_by ? 3 : state === 'declined' ? 2 : 1;
  return [
    ...order.slice(0, reached).map((one): Step => ({ title: stepWords[one][lang], state: 'done' })),
    { title: stateWords[state][lang], note: stamp(row.state_at.getTime()), state: 'now' },
  ];
}

const StatedFacts = ({ lang, seen: { row, references, stands } }: { lang: Lang; seen: Seen }) => {
  const holding = stands.holdings.get(row.holding_id);
  const offered = {
    purposes: stands.purposes,
    items: holding ? [...holding.labels].map(([value, label]) => ({ value, label })) : null,
  };
  const facts = references === null || typeof references === 'string' ? row.facts : joinFacts(row.facts, references);
  const notRead = typeof references === 'string' && (
    <Instead
      says={{ ...unreadWords, gone: packageWords.gone, later: packageWords.later }[references][lang]}
      bad={references === 'unreadable'}
    />
  );
  // The relation is shown above.
  const stated = statedFacts(providing, { ...facts }).filter(({ leaf }) => leaf.path !== 'relation');
  return stated.length === 0 ? null : (
    <>
      <h3 class="mt-4 mb-1 text-std-16B-170">{packageWords.stated[lang]}</h3>
      <Dl
        asked
        items={[
          ...stated.map(
            ({ leaf, value }) =>
              [
                leaf.field.label[lang],
                <FactValue leaf={leaf} offered={offered}>
                  {storedText(leaf, value, offered, lang)}
                </FactValue>,
              ] as const,
          ),
          ...(notRead ? row.referenced : []).map((name) => [referenceWords[name][lang], notRead] as const),
        ]}
      />
    </>
  );
};

const RecipientLine = ({ lang, recipient }: { lang: Lang; recipient: Recipient }) => (
  <>
    <a href={`/recipients/${recipient.id}`} translate="no">
      {recipient.name}
    </a>
    {lang === 'ja' ? `（${countryName(recipient.country, 'ja')}）` : ` (${countryName(recipient.country, 'en')})`}
  </>
);

/** The key to which the file is encrypted. The approver checks that it is the recipient's. */
const Key = ({ lang, value }: { lang: Lang; value: string | null }) =>
  value === null ? (
    <>{packageWords.noKey[lang]}</>
  ) : (
    <code class="wrap-anywhere" translate="no">
      {value}
    </code>
  );

function whoText({ everybody, listed, duplicates, screening }: PackageSeen, lang: Lang): string {
  const repeats =
    duplicates === 0
      ? ''
      : lang === 'ja'
        ? `　重なっていた${number(duplicates)}件は除いています`
        : `; ${number(duplicates)} repeated ${duplicates === 1 ? 'id was' : 'ids were'} left out`;
  if (everybody) return packageWords.everybody[lang];
  // The list is gone once the package has ended.
  const n = listed === null || listed === 0 ? everybodyIn(screening ?? []) : listed;
  return `${packageWords.list[lang]}${lang === 'ja' ? '　' : ': '}${peopleText(n, lang)}${repeats}`;
}

/** How often its file was downloaded, and when, by whom and with how many people lately. */
const Fetches = ({ lang, seen: { row, fetches, names } }: { lang: Lang; seen: Seen }) => (
  <>
    {lang === 'ja' ? `${row.fetched}回` : row.fetched}
    <ul class="small">
      {fetches.map(({ at, by, people }) => (
        <li>
          {stamp(at.getTime())} {peopleText(people, lang)} <span translate="no">{actorName(by, names, lang)}</span>
        </li>
      ))}
    </ul>
  </>
);

const What = ({ lang, seen }: { lang: Lang; seen: Seen }) => {
  const { row, stands, recipient, jointUse, names } = seen;
  const holding = stands.holdings.get(row.holding_id);
  const person = (actor: string) => <span translate="no">{actorName(actor, names, lang)}</span>;
  const rows: (readonly [string, Child])[] = [
    [words.recipient[lang], recipient && <RecipientLine lang={lang} recipient={recipient} />],
    ...(row.facts.relation ? [[words.relation[lang], relationWords[row.facts.relation][lang]] as const] : []),
    ...(jointUse
      ? [[words.jointUse[lang], <a href={`/joint-uses/${jointUse.id}`}>{jointUse.name[lang]}</a>] as const]
      : []),
    [packageWords.key[lang], <Key lang={lang} value={row.public_key ?? recipient?.publicKey ?? null} />],
    [words.holding[lang], <a href={`/ledger/${row.holding_id}`}>{holding?.name[lang] ?? row.holding_id}</a>],
    [words.items[lang], itemsText(holding, row.items, lang)],
    [words.purpose[lang], purposeText(stands, row.purpose, lang)],
    [packageWords.whose[lang], whoText(row, lang)],
    [packageWords.asked[lang], person(row.made_by)],
    ...(row.approved_by ? [[packageWords.approved[lang], person(row.approved_by)] as const] : []),
    ...(row.fetched > 0 ? [[packageWords.fetched[lang], <Fetches lang={lang} seen={seen} />] as const] : []),
  ];
  return (
    <Panel title={packageWords.what[lang]}>
      <Dl items={rows} />
      <StatedFacts lang={lang} seen={seen} />
    </Panel>
  );
};

/** A step that could not be taken, with what was typed. */
interface Pressed {
  problem: Problem;
  list?: string;
}

interface CaseProps {
  c: Context<Env>;
  seen: Seen;
  pressed?: Pressed | undefined;
}

const allowed = (step: keyof typeof stepsFrom, state: PackageState): boolean =>
  (stepsFrom[step] as readonly PackageState[]).includes(state);

const mayList = (c: Context<Env>, row: PackageRow): boolean =>
  c.get('may')('people:provide') && allowed('list', row.state) && !row.everybody;

const fieldsOf = (pressed: Pressed | undefined): readonly FieldProblem[] =>
  pressed?.problem.kind === 'invalid' ? pressed.problem.fields : [];

const labels = { list: packageWords.ids, file: packageWords.idFile };

const AddPeople = ({ c, seen: { row }, pressed }: CaseProps) => {
  const frame = c.get('frame');
  const { lang } = frame;
  const field = fieldFor(lang, labels, fieldsOf(pressed));
  return (
    <Panel title={packageWords.addPeople[lang]} id="people">
      <PostForm action={`${PATH}/${row.id}/people`} csrf={frame.csrf} files>
        <TextArea {...field('list')} hint={packageWords.idsHint[lang]} rows={5} value={pressed?.list} />
        <TextField
          {...field('file')}
          type="file"
          accept=".csv,.txt,text/csv,text/plain"
          hint={packageWords.idFileHint[lang]}
        />
        <Buttons>
          <Button kind={everybodyIn(row.screening ?? []) === 0 ? 'main' : 'second'}>
            {packageWords.addThem[lang]}
          </Button>
        </Buttons>
      </PostForm>
    </Panel>
  );
};

const Act = (props: {
  c: Context<Env>;
  row: PackageRow;
  step: 'screening' | 'request' | 'approve';
  kind?: 'main' | 'second';
  children?: Child;
}) => (
  <PostForm action={`${PATH}/${props.row.id}/${props.step}`} csrf={props.c.get('frame').csrf} whole>
    <Button kind={props.kind ?? 'main'}>{props.children}</Button>
  </PostForm>
);

const EndLink = (props: { row: PackageRow; end: 'decline' | 'close'; children?: Child }) => (
  <LinkButton kind="second" href={`${PATH}/${props.row.id}/${props.end}`}>
    {props.children}
  </LinkButton>
);

/** Only a privacy officer approves, and never one who had a hand in asking. */
const Approval = ({ c, seen: { row, recipient, own } }: CaseProps) => {
  const { lang } = c.get('frame');
  if (!c.get('may')('provisions:approve')) return <p>{packageWords.waits[lang]}</p>;
  if (own) return <p>{packageWords.own[lang]}</p>;
  const bar = barOf(row, recipient);
  return (
    <>
      <div class="mb-3">
        {bar === 'stopped' ? (
          <Banner kind="bad" level={3} title={packageWords.stoppedNow[lang]} />
        ) : bar === 'key' ? (
          <Banner kind="bad" level={3} title={packageWords.requestedKey[lang]}>
            {packageWords.requestedKeySays[lang]}
          </Banner>
        ) : (
          <p>{packageWords.approveSays[lang]}</p>
        )}
      </div>
      <Buttons>
        {!bar && (
          <Act c={c} row={row} step="approve">
            {packageWords.approve[lang]}
          </Act>
        )}
        <EndLink row={row} end="decline">
          {packageWords.decline[lang]}
        </EndLink>
      </Buttons>
    </>
  );
};

const Preparing = ({ c, seen: { row } }: CaseProps) => {
  const { lang } = c.get('frame');
  const { people, sealed } = row.progress;
  return (
    <>
      <Progress label={packageWords.preparing[lang]} done={sealed} total={people}>
        {lang === 'ja'
          ? `${number(people)}人のうち${number(sealed)}人の用意ができました。`
          : `${number(sealed)} of ${number(people)} are prepared. `}
        {packageWords.leave[lang]}
      </Progress>
      <p class="mt-3">
        <a href={`${PATH}/${row.id}`} data-turbo="false">
          {packageWords.look[lang]}
        </a>
      </p>
    </>
  );
};

/** Until when it can be downloaded; what happens then. */
function untilText({ state_at }: PackageRow, lang: Lang): string {
  const at = stamp(state_at.getTime() + READY_DAYS * DAY_MS);
  return lang === 'ja'
    ? `ダウンロードの期限は${at}です。過ぎると、関所がこの提供ファイルを閉じます。`
    : `The file can be downloaded until ${at}. After that Sekisho closes the package.`;
}

/** True when a download would hand over nothing at present. */
const goesNowhere = ({ row, now }: Seen): boolean =>
  now.hindrance !== null || (now.leaving.length > 0 && everybodyIn(now.leaving) >= row.progress.people);

/** Why the file is not offered; null where it is. */
const NotOffered = ({ lang, seen }: { lang: Lang; seen: Seen }) => {
  const { row, recipient, now } = seen;
  const bar = barOf(row, recipient);
  if (bar === 'stopped') return <Banner kind="bad" level={3} title={packageWords.stoppedNow[lang]} />;
  if (bar === 'key')
    return (
      <Banner kind="bad" level={3} title={packageWords.otherKey[lang]}>
        {packageWords.otherKeySays[lang]}
      </Banner>
    );
  if (now.hindrance) return <Banner kind="bad" level={3} title={now.hindrance[lang]} />;
  if (!goesNowhere(seen)) return null;
  return (
    <Banner kind="bad" level={3} title={packageWords.nobodyNow[lang]}>
      {packageWords.nobodyNowSays[lang]}
    </Banner>
  );
};

const Ready = ({ c, seen }: CaseProps) => {
  const { lang } = c.get('frame');
  const { row } = seen;
  const notOffered = NotOffered({ lang, seen });
  return (
    <>
      {notOffered ?? (
        <>
          <p class="mb-3">{(row.fetched > 0 ? packageWords.fetchedSays : packageWords.readySays)[lang]}</p>
          <p class="mb-3">{untilText(row, lang)}</p>
          <PostForm action={`${PATH}/${row.id}/file`} csrf={c.get('csrf')} download>
            <Buttons>
              <Button icon="download">{packageWords.download[lang]}</Button>
            </Buttons>
          </PostForm>
        </>
      )}
      {row.fetched > 0 && (
        <p class="mt-3">
          <EndLink row={row} end="close">
            {packageWords.close[lang]}
          </EndLink>
        </p>
      )}
    </>
  );
};

/** The panel while the package waits: it stays as it is until somebody has judged. If it was fetched before, it can still be closed. */
const Held = ({ c, seen: { row } }: CaseProps) => {
  const { lang } = c.get('frame');
  return (
    <>
      <p>{packageWords.waitsNow[lang]}</p>
      {row.fetched > 0 && c.get('may')('people:provide') && (
        <p class="mt-3">
          <EndLink row={row} end="close">
            {packageWords.close[lang]}
          </EndLink>
        </p>
      )}
    </>
  );
};

const Draft = ({ c, seen: { row } }: CaseProps) => {
  const { lang } = c.get('frame');
  if (everybodyIn(row.screening ?? []) === 0 && !row.everybody) return <p>{packageWords.first[lang]}</p>;
  return (
    <>
      <p class="mb-3">{packageWords.requestSays[lang]}</p>
      <Buttons>
        <Act c={c} row={row} step="request">
          {packageWords.request[lang]}
        </Act>
      </Buttons>
    </>
  );
};

const nexts: Partial<Record<PackageState, (props: CaseProps) => Child>> = {
  draft: Draft,
  requested: Approval,
  preparing: Preparing,
  ready: Ready,
};

/** The states in which a reader without further rights is told what it waits for. */
const waiting: readonly PackageState[] = ['requested', 'preparing'];

/** What the reader may do with it in its present state; nothing once it has ended. */
const Next = (props: CaseProps) => {
  const { c, seen } = props;
  const { lang } = c.get('frame');
  const mayProvide = c.get('may')('people:provide');
  const waits = seen.waits !== null;
  const Way = waits ? Held : nexts[seen.row.state];
  if (!Way || !(mayProvide || waits || waiting.includes(seen.row.state))) return null;
  return (
    <Panel
      title={packageWords.next[lang]}
      mark={
        <StateChip lang={lang} row={seen.row} waits={waits} recipient={seen.recipient} nobody={goesNowhere(seen)} />
      }
      noPrint
    >
      <Way {...props} />
      {mayProvide && allowed('cancel', seen.row.state) && seen.row.fetched === 0 && (
        <p class="mt-4">
          <a href={`${PATH}/${seen.row.id}/cancel`}>{packageWords.cancel[lang]}</a>
        </p>
      )}
    </Panel>
  );
};

/** What the package led to: the provisions with their records, and the log entries. */
const Made = ({ c, seen: { row, provided, more } }: CaseProps) => {
  const { lang } = c.get('frame');
  const mayRead = c.get('may')('log:read');
  const mayList = c.get('may')('records:read');
  if (provided.length === 0 && !mayRead) return null;
  return (
    <Panel title={provided.length > 0 ? packageWords.provided[lang] : packageWords.entries[lang]} id="made">
      <ul class="grid gap-2 small">
        {provided.map(({ id, at, people }) => (
          <li class="grid gap-2 justify-items-start">
            <span>
              {mayList ? <a href={`/provisions/${id}`}>{stamp(at.getTime())}</a> : stamp(at.getTime())}{' '}
              {peopleText(people, lang)}
            </span>
            {mayRead && <a href={`/log/entries/${id}`}>{packageWords.entry[lang]}</a>}
          </li>
        ))}
        {more && (
          <li>
            <a href={`${PATH}/${row.id}?before=${provided.at(-1)!.id}#made`}>{packageWords.earlier[lang]}</a>
          </li>
        )}
        {mayRead && (
          <li>
            <a href={`/log?package=${row.id}`}>{packageWords.moves[lang]}</a>
          </li>
        )}
      </ul>
    </Panel>
  );
};

const screeningSays = (row: PackageSeen, lang: Lang): string => {
  const all = everybodyIn(row.screening ?? []);
  const go = admitted(row.screening ?? []);
  if (row.approved_by) {
    return lang === 'ja'
      ? `承認のときは、${number(all)}人のうち${number(go)}人の情報を渡せる状態でした。${number(all - go)}人は外れました。`
      : `At the approval ${number(go)} of ${number(all)} could go; ${number(all - go)} fell out. `;
  }
  return lang === 'ja'
    ? `${number(all)}人のうち${number(go)}人の情報を渡せます。${number(all - go)}人は外れます。`
    : `${number(go)} of ${number(all)} can go; ${number(all - go)} fall out. `;
};

const screeningAt = (id: string): string => `${SCREENING}?package=${id}`;

const Screened = ({ c, seen: { row, texts } }: CaseProps) => {
  const { lang } = c.get('frame');
  const screening = row.screening ?? [];
  return (
    <section class="mt-6">
      <h2 class="h2">{packageWords.screening[lang]}</h2>
      {screening.length === 0 ? (
        <Empty title={packageWords.nobodyYet[lang]}>{packageWords.nobodyYetSays[lang]}</Empty>
      ) : (
        <>
          <div class="flex flex-wrap items-center gap-x-6 gap-y-2 mb-3">
            <p>
              {screeningSays(row, lang)}
              {row.screened_at && (
                <span class="small muted ml-4">
                  {packageWords.screenedAt[lang]} {stamp(row.screened_at.getTime())}
                </span>
              )}
            </p>
            {c.get('may')('people:provide') && (row.state === 'draft' || row.state === 'requested') && (
              <Act c={c} row={row} step="screening" kind="second">
                {packageWords.again[lang]}
              </Act>
            )}
            <Exports lang={lang} files={exportLinks(SCREENING, screeningAt(row.id), lang)} />
          </div>
          <Screening
            lang={lang}
            screening={screening}
            texts={texts}
            href={`${PATH}/${row.id}`}
            page={c.req.query('page')}
          />
        </>
      )}
    </section>
  );
};

/** Why it ended, as its reason was written; where the program ended it, in the reader's language. */
function reasonOf({ state, state_by, reason }: PackageRow, lang: Lang): Child {
  if (state_by !== 'sekisho') return reason && <span translate="no">{reason}</span>;
  const [ja, en] = reason?.split(' / ') ?? [];
  // What an earlier version refused by the law's answer has no reason beside it.
  return (lang === 'ja' ? ja : en) ?? (state === 'refused' ? packageWords.noLonger[lang] : null);
}

/** How it ended; null where it has not. */
function endOf({ state, state_by, fetched }: PackageRow): keyof typeof endedWords | null {
  if (state !== 'closed') return state in endedWords ? (state as keyof typeof endedWords) : null;
  if (fetched === 0) return 'unfetched';
  return state_by === 'sekisho' ? 'over' : 'closed';
}

/** How it ended, by whom, and why. */
export const Ended = ({ c, seen: { row, names } }: Pick<CaseProps, 'c' | 'seen'>) => {
  const { lang } = c.get('frame');
  const how = endOf(row);
  if (!how) return null;
  const reason = reasonOf(row, lang);
  return (
    <div class="mb-5">
      <Banner kind={how === 'closed' ? 'good' : 'warn'} title={endedWords[how][lang]}>
        {reason}
        {reason && <br />}
        <span class="small">
          <span translate="no">{actorName(row.state_by, names, lang)}</span> {stamp(row.state_at.getTime())}
        </span>
      </Banner>
    </div>
  );
};

/** Why a step was not taken, if no field is to blame. Repeats what was typed into a field that is gone, so that it can be copied. */
const Hindered = ({ c, seen: { row }, pressed }: CaseProps) => {
  const { lang } = c.get('frame');
  const problem = pressed?.problem;
  if (!problem || problem.kind === 'invalid' || problem.kind === 'refused') return null;
  const lost = mayList(c, row) ? '' : (pressed.list ?? '');
  return (
    <div class="mb-5">
      <Banner kind="warn" role="alert" title={problem.says[lang]} />
      {lost !== '' && (
        <div class="mt-3">
          <Dl
            items={[
              [
                packageWords.ids[lang],
                <span class="block wrap-anywhere whitespace-pre-line" translate="no">
                  {lost}
                </span>,
              ],
            ]}
          />
        </div>
      )}
    </div>
  );
};

/** Why it cannot be prepared, since when, whose record it is about, and what helps. */
const Stuck = ({ c, seen: { row, waits } }: CaseProps) => {
  const { lang } = c.get('frame');
  if (!row.stuck || waits) return null;
  const { since, why, person } = row.stuck;
  const { says, helps } = stuckWords[why];
  const at = stamp(Date.parse(since));
  const record =
    person && (c.get('mayOpen')(`/people/${person}`) ? <a href={`/people/${person}`}>{person}</a> : person);
  return (
    <div class="mb-5">
      <Banner kind="bad" title={packageWords.stuckTitle[lang]}>
        {lang === 'ja' ? `${at}から、${says.ja}` : `Since ${at} ${says.en} `}
        {helps[lang]}
        {lang === 'ja' ? '' : ' '}
        {packageWords.stuckGoesOn[lang]}
        {record && (
          <>
            <br />
            {packageWords.stuckOf[lang]} <code class="wrap-anywhere">{record}</code>
          </>
        )}
      </Banner>
    </div>
  );
};

/** What it waits for, and a link to where that is judged. */
const Waits = ({ c, seen, finding }: CaseProps & { finding: Finding }) => {
  const { lang } = c.get('frame');
  return (
    <div class="mb-5 max-w-[48rem]">
      <FindingView
        lang={lang}
        finding={finding}
        question={titleOf(seen)}
        title={packageWords.waitsTitle}
        says={packageWords.waitsSays}
        actions={
          <LinkButton kind="second" href={`/ledger/${seen.row.holding_id}#changes`}>
            {(c.get('may')('ledger:write') ? packageWords.toJudge : packageWords.seeChanges)[lang]}
          </LinkButton>
        }
        madeUnder={madeUnder(seen.stands.policy)}
        itemName={itemName(lang)}
      />
    </div>
  );
};

const Refusal = (props: CaseProps) => {
  const { c, seen, pressed } = props;
  const { lang } = c.get('frame');
  if (seen.waits) return <Waits {...props} finding={seen.waits} />;
  if (pressed?.problem.kind !== 'refused') return null;
  return (
    <div class="mb-5 max-w-[48rem]" role="alert">
      <FindingView
        lang={lang}
        finding={pressed.problem.finding}
        question={titleOf(seen)}
        title={packageWords.refusedTitle}
        says={packageWords.refusedSays}
        madeUnder={madeUnder(seen.stands.policy)}
        itemName={itemName(lang)}
      />
    </div>
  );
};

const CasePage = (props: CaseProps) => {
  const { c, seen, pressed } = props;
  const frame = c.get('frame');
  const { lang } = frame;
  const { row } = seen;
  const listing = mayList(c, row);
  return (
    <OfficePage
      {...frame}
      title={titleOf(seen)[lang]}
      path={`${PATH}/${row.id}`}
      sub={`${packageWords.made[lang]} ${stamp(row.made_at.getTime())}`}
      crumbs={crumbs(lang, { label: titleOf(seen)[lang] })}
      failed={pressed !== undefined}
    >
      <Steps lang={lang} steps={stepsOf(seen, lang)} />
      <ErrorSummary lang={lang} problems={fieldsOf(pressed)} labels={listing ? labels : {}} />
      <Hindered {...props} />
      <Stuck {...props} />
      <Refusal {...props} />
      <Ended {...props} />
      <div class="grid gap-5 lg:grid-cols-[minmax(0,1fr)_22rem] items-start">
        <div class="grid gap-5">
          <What lang={lang} seen={seen} />
          {listing && <AddPeople {...props} />}
        </div>
        <div class="grid gap-5">
          <Next {...props} />
          <Made {...props} />
        </div>
      </div>
      <FallenOut
        lang={lang}
        title={packageWords.leaving}
        says={packageWords.leavingSays}
        fallen={seen.now.leaving}
        texts={seen.texts}
      />
      <FallenOut
        lang={lang}
        title={packageWords.fallen}
        says={packageWords.fallenSays}
        fallen={row.fallen}
        texts={seen.texts}
      />
      <Screened {...props} />
    </OfficePage>
  );
};

/** The page of a package as it stands, with the step that could not be taken. */
async function casePage(room: Room, c: Context<Env>, pressed?: Pressed): Promise<Response> {
  const seen = await seenAt(room, c);
  if (!seen) return c.notFound();
  if (renews(seen)) c.header('Refresh', `${RENEW_SECONDS}; url=${PATH}/${seen.row.id}`);
  return c.html(<CasePage c={c} seen={seen} pressed={pressed} />, pressed ? problemStatus(pressed.problem) : 200);
}

/** Redirects to the package after a step, or shows why the step was not taken. A second press of a step that was taken is no problem. */
async function after(
  room: Room,
  c: Context<Env>,
  outcome: Outcome<unknown>,
  { done, list }: { done?: readonly PackageState[]; list?: string } = {},
): Promise<Response> {
  const id = c.req.param('id') ?? '';
  if (outcome.ok) return c.redirect(`${PATH}/${id}`, 303);
  const { problem } = outcome;
  if (problem.kind === 'not-found') return c.notFound();
  if (problem.kind === 'conflict' && problem.field === 'state' && done) {
    const now = await packageOf(room.office, id);
    if (now.ok && done.includes(now.value.state)) return c.redirect(`${PATH}/${id}`, 303);
  }
  return casePage(room, c, { problem, ...(list === undefined ? {} : { list }) });
}

const tooLarge = both(
  '1回に加えられるのは1MiBまでです。分けて加えてください',
  'At most 1 MiB can be added at a time. Add it in parts',
);
const MOST_BYTES = 1024 * 1024;

/** The lines of the file, which may begin with a heading, and the lines typed. */
async function listIn(form: Form): Promise<Outcome<string>> {
  const file = form.file('file');
  if (file && file.size > MOST_BYTES) return invalid('file', tooLarge);
  const read = textIn(file ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array());
  if ('wrong' in read) return invalid('file', noText[read.wrong]);
  return done([read.text, form.text('list')].filter((text) => text !== '').join('\n'));
}

async function addPeople(room: Room, c: Context<Env>): Promise<Response> {
  const form = c.get('form');
  const id = c.req.param('id') ?? '';
  const list = await listIn(form);
  const listed = list.ok ? await listPeople(room.office, byOf(c), id, list.value) : list;
  // Screened at once, so that the page shows who goes and who falls out.
  return after(room, c, listed.ok ? await screenPackage(room.office, byOf(c), id) : listed, {
    list: form.text('list'),
  });
}

/** Sends the file, or shows the package with the reason why it cannot be handed out. */
async function download(room: Room, c: Context<Env>): Promise<Response> {
  const file = await packageFile(room.office, byOf(c), c.req.param('id') ?? '');
  if (!file.ok) return after(room, c, file);
  return c.body(inParts(c, file.value.body), 200, {
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename="${file.value.name}"`,
  });
}

const gone = ['requested', 'preparing', 'ready', 'closed'] as const;

/** The file of the screening of the package that an address names. */
async function screeningFile(office: Office, c: Context<Env>): Promise<ListFile<Class> | null> {
  const found = await packageOf(office, c.req.query('package') ?? '');
  if (!found.ok) return null;
  const { id, screening } = found.value;
  return {
    ...screeningSheet(screening ?? [], await textNames(office)),
    list: { path: SCREENING, title: packageWords.screening },
    address: screeningAt(id),
    page: `${PATH}/${id}`,
    package: id,
  };
}

export const casePages = (room: Room): Route[] => {
  const { office } = room;
  const id = (c: Context<Env>): string => c.req.param('id') ?? '';
  return [
    page('get', `${PATH}/:id`, 'packages:read', (c) => casePage(room, c)),
    exportPage(office, { path: SCREENING, may: 'packages:read' }, (c) => screeningFile(office, c)),
    page('post', `${PATH}/:id/file`, 'people:provide', (c) => download(room, c)),
    page('post', `${PATH}/:id/people`, 'people:provide', (c) => addPeople(room, c), {
      most: 2 * MOST_BYTES,
      texts: formTexts({ list: packageWords.ids }, { exact: /^list$/ }),
    }),
    page('post', `${PATH}/:id/screening`, 'people:provide', async (c) =>
      after(room, c, await screenPackage(office, byOf(c), id(c))),
    ),
    page('post', `${PATH}/:id/request`, 'people:provide', async (c) =>
      after(room, c, await requestPackage(office, byOf(c), id(c)), { done: gone }),
    ),
    page('post', `${PATH}/:id/approve`, 'provisions:approve', async (c) =>
      after(room, c, await approvePackage(office, byOf(c), id(c)), { done: ['preparing', 'ready', 'closed'] }),
    ),
  ];
};
