// One holding: its description, whether it is in order today, and its history. And the page that asks for confirmation before it is retired.

import { isDeepStrictEqual } from 'node:util';
import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { Bilingual, Lang } from '../../../base/bilingual.ts';
import { both } from '../../../base/bilingual.ts';
import { dayOf } from '../../../base/day.ts';
import { isId } from '../../../base/id.ts';
import type { FieldProblem, Problem } from '../../../base/outcome.ts';
import { PAGE, pageOf } from '../../../base/page.ts';
import { formTexts, page, type Env, type Route } from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import { Chip } from '../../../platform/ui/chip.tsx';
import { homeCrumb } from '../../../platform/ui/crumbs.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { ErrorSummary, PostForm, problemAt, TextArea } from '../../../platform/ui/form.tsx';
import { listed, number, stamp, writtenDay } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import { St } from '../../../platform/ui/promise-state.tsx';
import { EntryLink } from '../../../platform/ui/reach.tsx';
import { EarlierVersions, Table, versionBefore } from '../../../platform/ui/table.tsx';
import { actorName, byOf, type Named, type Room } from '../../access/index.ts';
import { purposeName } from '../../policy/index.ts';
import {
  changeablePurposes,
  history,
  peopleUntouched,
  readOne,
  retireHolding,
  type Line,
  type Standing,
} from '../actions.ts';
import {
  changedFields,
  retentionText,
  termText,
  type Holding,
  type HoldingContent,
  type HoldingVersion,
  type StandingChange,
} from '../facts.ts';
import { linksKeptIn, type LinkedCollection } from '../store.ts';
import { actWords, changeWords, channelWord, fieldWords, principalWords, stateWords } from '../words.ts';
import { managerName } from './columns.tsx';
import { PATH, placeOf, title } from './table.tsx';

export const words = {
  confirm: both('見直す・変える', 'Review or change'),
  retire: both('廃止する', 'Retire'),
  content: both('台帳の内容', 'What is held'),
  items: both('情報の項目', 'Items'),
  purposes: both('利用目的', 'Purposes of use'),
  today: both('今日の状態', 'Today'),
  history: both('これまでの版', 'History'),
  special: both('要配慮個人情報', 'Special care-required'),
  notInPolicy: both('施行中の方針にありません', 'Not in the policy in force'),
  linked: both('本人と結び付いた識別子', 'Identifiers linked to persons'),
  openCollection: both('まとまりを開く', 'Open the collection'),
  reason: both('廃止する理由', 'Why it is retired'),
  record: both('記録', 'Record'),
} satisfies Record<string, Bilingual>;

/** The line of the ledger that an address names; undefined when there is none. */
export const lineAt = (room: Room, c: Context<Env>, more?: Named): ReturnType<typeof readOne> =>
  readOne(room, c.req.param('id') ?? '', more);

/** One field of a description in words; parts are in the order of the form. */
export function fieldText(
  content: HoldingContent,
  field: keyof HoldingContent,
  standing: Standing,
  lang: Lang,
): string {
  switch (field) {
    case 'name':
      return content.name.en === content.name.ja ? content.name.ja : `${content.name.ja} / ${content.name.en}`;
    case 'manager':
      return standing.names.get(content.manager) ?? '';
    case 'purposes':
      return listed(
        content.purposes.map((id) => purposeName(standing.policy, id, lang)),
        lang,
      );
    case 'items':
      return listed(
        content.items.map((item) => item.label[lang] + (item.special_care ? `（${words.special[lang]}）` : '')),
        lang,
      );
    case 'principals':
      return listed(
        content.principals.map((kind) => principalWords[kind][lang]),
        lang,
      );
    case 'channels':
      return listed(
        content.channels.map((id) => channelWord(standing.policy, id, lang)),
        lang,
      );
    case 'retention':
      return retentionText(content.retention, lang);
    default:
      return content[field];
  }
}

const purposeIn = (standing: Standing, id: string) => standing.policy?.purposes.find((purpose) => purpose.id === id);

/** The clause that states a purpose, or a note that none does. */
const PurposeChip = ({ id, standing, lang }: { id: string; standing: Standing; lang: Lang }) => {
  const stated = purposeIn(standing, id);
  return stated ? (
    <Chip kind="policy" href={`/living-policy#c${stated.clause}`}>
      {lang === 'ja' ? `${id}　条項${stated.clause}` : `${id} clause ${stated.clause}`}
    </Chip>
  ) : (
    <Chip kind="bad">{id}</Chip>
  );
};

const Purposes = ({ purposes, standing, lang }: { purposes: readonly string[]; standing: Standing; lang: Lang }) => (
  <ul class="grounds">
    {purposes.map((id) => (
      <li>
        <span>
          <PurposeChip id={id} standing={standing} lang={lang} />
        </span>
        <span>{(purposeIn(standing, id)?.text ?? words.notInPolicy)[lang]}</span>
      </li>
    ))}
  </ul>
);

const Items = ({ line, lang }: { line: Line; lang: Lang }) => (
  <Table
    lang={lang}
    caption={words.items}
    stack="inline"
    columns={[
      { key: 'label', head: both('項目', 'Item'), rowHead: true },
      { key: 'code', head: both('符号', 'Code') },
      { key: 'kind', head: both('種類', 'Kind') },
    ]}
    rows={line.holding.items.map((item) => ({
      cells: {
        label: item.label[lang],
        code: <code>{item.code}</code>,
        kind: item.special_care ? (
          <Chip kind="warn">{words.special[lang]}</Chip>
        ) : lang === 'ja' ? (
          '個人情報'
        ) : (
          'Personal'
        ),
      },
    }))}
  />
);

/** Number of people whose term may be over: the ledger does not know from which day each term counts. */
const Untouched = ({ holding, untouched, lang }: { holding: Holding; untouched: number | null; lang: Lang }) =>
  untouched !== null &&
  untouched > 0 && (
    <p class="small mt-3">
      {lang === 'ja'
        ? `保存期間（${retentionText(holding.retention, 'ja')}）が過ぎた人の情報は、遅滞なく消去するよう努めます（法22条）。「本人」の画面で台帳を選び、何も入力せずに探すと、入った順に並びます。`
        : `Try to erase without delay the information of people whose retention period (${retentionText(holding.retention, 'en').toLowerCase()}) is over (APPI Art. 22). On the page People, choose the holding and search without entering anything: they are listed in the order in which they came.`}
    </p>
  );

const Today = ({
  line: { holding, people, state },
  untouched,
  lang,
}: {
  line: Line;
  untouched: number | null;
  lang: Lang;
}) => (
  <>
    <Dl
      items={[
        [
          lang === 'ja' ? '状態' : 'State',
          holding.state === 'retired' ? stateWords.retired[lang] : <St state={state.state} lang={lang} />,
        ],
        [lang === 'ja' ? '人数' : 'People', lang === 'ja' ? `${number(people)}人` : number(people)],
        ...(untouched === null || 'until' in holding.retention
          ? []
          : [
              [
                lang === 'ja'
                  ? `情報が最後に変わってから${termText(holding.retention, 'ja')}を過ぎた人`
                  : `Unchanged for over ${termText(holding.retention, 'en')}`,
                lang === 'ja' ? `${number(untouched)}人` : number(untouched),
              ] as const,
            ]),
        [lang === 'ja' ? '見直した日' : 'Confirmed on', writtenDay(dayOf(holding.confirmedAt.getTime()), lang)],
        [lang === 'ja' ? '登録した日' : 'Registered on', writtenDay(dayOf(holding.registeredAt.getTime()), lang)],
      ]}
    />
    <Untouched holding={holding} untouched={untouched} lang={lang} />
  </>
);

function changesOf(version: HoldingVersion, before: HoldingVersion | undefined, standing: Standing, lang: Lang): Child {
  if (version.reason !== null) return version.reason;
  const fields = before && version.act === 'change' ? changedFields(before.content, version.content) : [];
  if (!before || fields.length === 0) return lang === 'ja' ? 'なし' : 'None';
  return (
    <ul class="grid gap-1">
      {fields.map((field) => (
        <li>
          {fieldWords[field][lang]}
          {lang === 'ja' ? '：' : ': '}
          <del class="muted">{fieldText(before.content, field, standing, lang)}</del>
          {' → '}
          <ins class="no-underline">{fieldText(version.content, field, standing, lang)}</ins>
        </li>
      ))}
    </ul>
  );
}

interface HistoryProps {
  /** Address of the holding. */
  at: string;
  /** As read: one more than a page has, where there are earlier ones. */
  versions: readonly HoldingVersion[];
  /** The version that these come before; null when they are the newest. */
  before: number | null;
  standing: Standing;
  lang: Lang;
}

const History = ({ at, versions, before, standing, lang }: HistoryProps) => {
  const { rows, next } = pageOf(versions, PAGE, ({ version }) => String(version));
  return (
    <>
      <Table
        lang={lang}
        caption={words.history}
        stack
        columns={[
          { key: 'version', head: both('版', 'Version'), rowHead: true, nowrap: true },
          { key: 'at', head: both('日時', 'When'), nowrap: true },
          { key: 'act', head: both('行為', 'Act'), nowrap: true },
          { key: 'actor', head: both('した人', 'By'), nowrap: true },
          { key: 'changes', head: both('変わったこと', 'What changed') },
          { key: 'entry', head: both('記録', 'Record'), nowrap: true },
        ]}
        rows={rows.map((version, i) => ({
          cells: {
            version: lang === 'ja' ? `第${version.version}版` : `Version ${version.version}`,
            at: <span class="num">{stamp(version.at.getTime())}</span>,
            act: actWords[version.act][lang],
            actor: actorName(version.actor, standing.names, lang),
            changes: changesOf(version, versions[i + 1], standing, lang),
            entry: (
              <EntryLink id={version.entryId} about={stamp(version.at.getTime())}>
                {lang === 'ja' ? '記録を見る' : 'See the entry'}
              </EntryLink>
            ),
          },
        }))}
      />
      <EarlierVersions lang={lang} label={words.history} {...{ at, before, next }} />
    </>
  );
};

/** True when a change of purpose is possible: the holding is in use and has people in it, and the policy has another purpose. */
export const isChangeable = ({ holding, people }: Line, standing: Standing): boolean => {
  const purposes = changeablePurposes(standing);
  return (
    holding.state === 'active' &&
    people > 0 &&
    purposes.length > 1 &&
    purposes.some(({ id }) => holding.purposes.includes(id))
  );
};

/** The words on which a change of purpose was judged, beside those of the policy in force where they differ. */
export const Rewording = ({ change, standing, lang }: { change: StandingChange; standing: Standing; lang: Lang }) => (
  <ul class="grid gap-3">
    {(['from', 'to'] as const).flatMap((end) => {
      const before = change.words[end];
      const now = purposeIn(standing, change[end])?.text ?? null;
      if (isDeepStrictEqual(before, now)) return [];
      return (
        <li>
          {change[end]}
          {lang === 'ja' ? '：' : ': '}
          <del class="muted">{(before ?? changeWords.unstated)[lang]}</del>
          {' → '}
          <ins class="no-underline">{(now ?? changeWords.unstated)[lang]}</ins>
        </li>
      );
    })}
  </ul>
);

/** A change of purpose in words. */
export const ChangeFacts = ({ change, standing, lang }: { change: StandingChange; standing: Standing; lang: Lang }) => {
  const purpose = (id: string): Child => (
    <>
      {(purposeIn(standing, id)?.label ?? words.notInPolicy)[lang]}{' '}
      <PurposeChip id={id} standing={standing} lang={lang} />
    </>
  );
  return (
    <Dl
      items={[
        [changeWords.from[lang], purpose(change.from)],
        [changeWords.to[lang], purpose(change.to)],
        ...(change.outdated
          ? [[changeWords.wording[lang], <Rewording change={change} standing={standing} lang={lang} />] as const]
          : []),
        [
          changeWords.announced[lang],
          <>
            {writtenDay(change.announcedOn, lang)}
            {lang === 'ja' ? '　' : ', '}
            <span translate="no">{change.announcedWhere}</span>
          </>,
        ],
        [
          changeWords.reason[lang],
          <span class="whitespace-pre-wrap" translate="no">
            {change.reason}
          </span>,
        ],
        [
          changeWords.judged[lang],
          <>
            {actorName(change.actor, standing.names, lang)} <span class="num">{stamp(change.at.getTime())}</span>
          </>,
        ],
        [words.record[lang], <EntryLink id={change.id}>{lang === 'ja' ? '記録を見る' : 'See the entry'}</EntryLink>],
      ]}
    />
  );
};

const Changes = ({ c, line, standing }: { c: Context<Env>; line: Line; standing: Standing }) => {
  const lang = c.get('lang');
  const mayWrite = c.get('may')('ledger:write');
  const { id, state, changes } = line.holding;
  return (
    <Panel
      id="changes"
      title={changeWords.changes[lang]}
      {...(mayWrite && isChangeable(line, standing)
        ? { more: { href: `${PATH}/${id}/purpose`, label: changeWords.more[lang] } }
        : {})}
    >
      {changes.length === 0 ? (
        <p class="small muted">{changeWords.none[lang]}</p>
      ) : (
        <ul class="grid gap-5">
          {changes.map((change) => (
            <li class="grid gap-3">
              {change.outdated && (
                <Banner kind="warn" level={3} title={changeWords.outdated[lang]}>
                  {changeWords.outdatedSays[lang]}
                </Banner>
              )}
              <ChangeFacts change={change} standing={standing} lang={lang} />
              {mayWrite && state === 'active' && (
                <Buttons>
                  {change.outdated && isChangeable(line, standing) && (
                    <LinkButton small href={`${PATH}/${id}/purpose?change=${change.id}`}>
                      {changeWords.anew[lang]}
                      <span class="sr-only">{`${lang === 'ja' ? '：' : ': '}${change.from} → ${change.to}`}</span>
                    </LinkButton>
                  )}
                  <LinkButton small kind="second" href={`${PATH}/${id}/purpose/${change.id}/end`}>
                    {changeWords.end[lang]}
                    <span class="sr-only">{`${lang === 'ja' ? '：' : ': '}${change.from} → ${change.to}`}</span>
                  </LinkButton>
                </Buttons>
              )}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
};

export const crumbs = (line: Line, lang: Lang, last?: Bilingual) => [
  homeCrumb(lang),
  { label: title[lang], href: PATH },
  last ? { label: line.holding.name[lang], href: `${PATH}/${line.holding.id}` } : { label: line.holding.name[lang] },
  ...(last ? [{ label: last[lang] }] : []),
];

const StateBanner = ({ line, lang, mayWrite }: { line: Line; lang: Lang; mayWrite: boolean }) => {
  const { holding, state } = line;
  if (holding.state === 'retired' || state.reasons.length === 0) return null;
  const broken = state.state === 'broken';
  return (
    <Banner
      kind={broken ? 'bad' : 'warn'}
      title={state.reasons.map((reason) => reason.says[lang]).join(lang === 'ja' ? '。' : '. ')}
      {...(mayWrite ? { action: { href: `${PATH}/${holding.id}/edit`, label: words.confirm[lang] } } : {})}
    >
      {broken
        ? lang === 'ja'
          ? '直すと、方針の約束の状態も変わります。'
          : 'Correcting it changes the state of the promise in the policy too.'
        : lang === 'ja'
          ? '内容を確かめて、変わりがなければそのまま保存します。'
          : 'Check what it says; if nothing has changed, save it as it is.'}
    </Banner>
  );
};

const HoldingPage = (props: {
  c: Context<Env>;
  line: Line;
  standing: Standing;
  versions: readonly HoldingVersion[];
  before: number | null;
  untouched: number | null;
  saved: boolean;
}) => {
  const { c, line, standing, versions, before, saved } = props;
  const lang = c.get('lang');
  const { holding } = line;
  const facts = (['department', 'manager', 'principals', 'channels', 'place', 'retention', 'access'] as const).map(
    (field): [string, Child] => [
      fieldWords[field][lang],
      field === 'manager' ? managerName(holding, standing, lang) : fieldText(holding, field, standing, lang),
    ],
  );
  return (
    <OfficePage
      {...c.get('frame')}
      title={holding.name[lang]}
      path={placeOf(c)}
      crumbs={crumbs(line, lang)}
      sub={`${holding.code}　${stateWords[holding.state][lang]}　${lang === 'ja' ? `第${holding.version}版` : `version ${holding.version}`}`}
      actions={
        holding.state === 'active' &&
        c.get('may')('ledger:write') && (
          <>
            <LinkButton small href={`${PATH}/${holding.id}/edit`}>
              {words.confirm[lang]}
            </LinkButton>
            <LinkButton small kind="text" href={`${PATH}/${holding.id}/retire`}>
              {words.retire[lang]}
            </LinkButton>
          </>
        )
      }
    >
      <div class="grid gap-5 mb-5 empty:hidden">
        {saved && <Banner kind="good" role="status" title={lang === 'ja' ? '保存しました' : 'Saved'} />}
        <StateBanner line={line} lang={lang} mayWrite={c.get('may')('ledger:write')} />
      </div>
      <div class="grid gap-5 lg:grid-cols-[minmax(0,1fr)_320px] items-start">
        <div class="grid gap-5 min-w-0">
          <Panel title={words.content[lang]}>
            <Dl items={facts} />
          </Panel>
          <Panel title={words.purposes[lang]}>
            <Purposes purposes={holding.purposes} standing={standing} lang={lang} />
          </Panel>
          <Changes c={c} line={line} standing={standing} />
        </div>
        <Panel title={words.today[lang]}>
          <Today line={line} untouched={props.untouched} lang={lang} />
        </Panel>
      </div>
      <h2 class="h2">{words.items[lang]}</h2>
      <Items line={line} lang={lang} />
      <h2 class="h2" id="history">
        {words.history[lang]}
      </h2>
      <History at={`${PATH}/${holding.id}`} versions={versions} before={before} standing={standing} lang={lang} />
    </OfficePage>
  );
};

/** The collections in the way of retiring a holding, each with a link to where its identifiers are unlinked. */
const Linked = ({ linked, lang }: { linked: readonly LinkedCollection[]; lang: Lang }) => (
  <ul>
    {linked.map(({ id, name, links }) => (
      <li>
        <a href={`/related/collections/${id}`}>{name[lang]}</a>
        {lang === 'ja' ? `　${number(links)}件` : `: ${number(links)}`}
      </li>
    ))}
  </ul>
);

interface RetireProps {
  c: Context<Env>;
  line: Line;
  standing: Standing;
  linked: readonly LinkedCollection[];
  problem?: Problem;
  reason?: string;
}

/** What is to be retired, and what is still in it. */
const ToRetire = ({
  line: { holding, people },
  standing,
  linked,
  lang,
}: Pick<RetireProps, 'line' | 'standing' | 'linked'> & { lang: Lang }) => (
  <Panel title={`${holding.code}　${holding.name[lang]}`}>
    <Dl
      items={[
        [lang === 'ja' ? '人数' : 'People', lang === 'ja' ? `${number(people)}人` : number(people)],
        ...(linked.length > 0 ? [[words.linked[lang], <Linked linked={linked} lang={lang} />] as const] : []),
        [fieldWords.manager[lang], managerName(holding, standing, lang)],
        [fieldWords.place[lang], holding.place],
        [fieldWords.retention[lang], retentionText(holding.retention, lang)],
      ]}
    />
  </Panel>
);

const RetirePage = (props: RetireProps) => {
  const { c, line, problem } = props;
  const lang = c.get('lang');
  const { holding } = line;
  const problems: FieldProblem[] = problem?.kind === 'invalid' ? problem.fields : [];
  const heading = both('台帳の廃止', 'Retire the holding');
  return (
    <OfficePage
      {...c.get('frame')}
      title={heading[lang]}
      path={placeOf(c)}
      failed={problem !== undefined}
      crumbs={crumbs(line, lang, words.retire)}
    >
      <ErrorSummary lang={lang} problems={problems} labels={{ reason: words.reason }} />
      {problem?.kind === 'conflict' && (
        <Banner
          kind="bad"
          role="alert"
          title={problem.says[lang]}
          action={
            problem.field === 'links'
              ? { href: `/related/collections/${problem.existing}`, label: words.openCollection[lang] }
              : { href: `${PATH}/${holding.id}`, label: lang === 'ja' ? '台帳に戻る' : 'Back to the holding' }
          }
        />
      )}
      <ToRetire {...props} lang={lang} />
      <p class="my-4 max-w-3xl">
        {lang === 'ja'
          ? '廃止すると、この台帳に個人情報を加えることも、この台帳の情報を使うこともできなくなります。元には戻せません。これまでの版と記録は残ります。紙や別の場所に残る情報は、遅滞なく消去するよう努めます（法22条）。'
          : 'Once retired, nothing can be added to this holding or used from it, and this cannot be undone. Its versions and records remain. Try to erase copies on paper or elsewhere without delay (APPI Art. 22).'}
      </p>
      <PostForm
        action={`${PATH}/${holding.id}/retire`}
        csrf={c.get('csrf')}
        values={{ version: String(holding.version) }}
      >
        <TextArea
          lang={lang}
          name="reason"
          label={words.reason}
          need="required"
          rows={2}
          value={props.reason}
          error={problemAt(problems, 'reason', lang)}
        />
        <Buttons>
          <Button kind="stop">{words.retire[lang]}</Button>
          <LinkButton kind="text" href={`${PATH}/${holding.id}`}>
            {lang === 'ja' ? 'やめる' : 'Cancel'}
          </LinkButton>
        </Buttons>
      </PostForm>
    </OfficePage>
  );
};

async function retire(room: Room, c: Context<Env>): Promise<Response> {
  const found = await lineAt(room, c);
  if (!found) return c.notFound();
  const { id } = found.line.holding;
  const form = c.get('form');
  const reason = form.text('reason');
  const outcome = await retireHolding(room, byOf(c), { id, version: Number(form.text('version')), reason });
  if (outcome.ok) return c.redirect(`${PATH}/${id}?saved`, 303);
  const status = outcome.problem.kind === 'invalid' ? 422 : 409;
  const linked = await linksKeptIn(room.office.database, id);
  return c.html(<RetirePage c={c} {...found} linked={linked} problem={outcome.problem} reason={reason} />, status);
}

export const holdingPages = (room: Room): Route[] => [
  page('get', `${PATH}/:id`, 'ledger:read', async (c) => {
    const id = c.req.param('id') ?? '';
    const before = versionBefore(c);
    const versions = isId(id) ? await history(room.office, id, before) : [];
    const found = await lineAt(
      room,
      c,
      versions.flatMap(({ actor, content }) => [actor, content.manager]),
    );
    if (!found) return c.notFound();
    const shown = {
      ...found,
      versions,
      before,
      untouched: await peopleUntouched(room.office, found.line.holding),
    };
    return c.html(<HoldingPage c={c} {...shown} saved={c.req.query('saved') !== undefined} />);
  }),
  page('get', `${PATH}/:id/retire`, 'ledger:write', async (c) => {
    const found = await lineAt(room, c);
    if (!found) return c.notFound();
    const linked = await linksKeptIn(room.office.database, found.line.holding.id);
    return c.html(<RetirePage c={c} {...found} linked={linked} />);
  }),
  page('post', `${PATH}/:id/retire`, 'ledger:write', (c) => retire(room, c), {
    texts: formTexts({ reason: words.reason }, { prose: /^reason$/ }),
  }),
];
