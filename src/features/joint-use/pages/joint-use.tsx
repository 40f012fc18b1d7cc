// One joint use: which items of its notice are complete, what the public can read, what changed and what is still to be published. Notices are
// published from this page.

import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import { later, type Day } from '../../../base/day.ts';
import { fieldsOf, invalid, type Outcome, type Problem } from '../../../base/outcome.ts';
import type { JointUseField } from '../../../law/index.ts';
import type { Office } from '../../../office.ts';
import { formTexts, page, problemStatus, type Env, type Route } from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, LinkButton } from '../../../platform/ui/button.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { DateField, ErrorSummary, PostForm, problemAt } from '../../../platform/ui/form.tsx';
import { listed, number, readJapaneseDate, slashDay, writtenDay } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import { St } from '../../../platform/ui/promise-state.tsx';
import { EntryLink } from '../../../platform/ui/reach.tsx';
import { None, Table } from '../../../platform/ui/table.tsx';
import { byOf, type By } from '../../access/index.ts';
import { jointUse, known, listJointUses, publishNotice, seen, untoldOf, type Seen as AsSeen } from '../actions.ts';
import { comingOn, duesOn, lackingIn, publishBy, standingOn, type Untold } from '../facts/standing.ts';
import { inputOf, readJointUse } from '../facts/read.ts';
import type { JointUse, Known, Notice, Responsible, StatedNotice, States } from '../facts/joint-use.ts';
import { changeWords, factWords, informationWords, noDay, noticeWords } from '../words.ts';
import { crumbs, PATH, placeOf, PUBLIC, purposesText, saysNow, StandingChip } from './list.tsx';

export const words = {
  edit: both('案を直す', 'Correct the draft'),
  change: both('変更する', 'Change it'),
  end: both('終える', 'End it'),
  notice: both('公表する事項', 'Items of the notice'),
  item: both('事項', 'Item'),
  content: both('内容', 'What it says'),
  whole: both('そろい', 'Complete'),
  complete: both('そろっている', 'Complete'),
  publication: both('公表', 'Publication'),
  publish: both('公表する', 'Publish'),
  on: both('公表する日', 'Day of publication'),
  onHint: both(
    '先の日にすると、その日から公表ページに載ります',
    'If you choose a later day, it appears on the public page from that day',
  ),
  members: both('範囲に入る提供先', 'Recipients within the scope'),
  history: both('公表と変更の記録', 'Notices and changes'),
  unknownRecipient: both('登録にない、または止めた提供先', 'Not registered, or stopped'),
  untold: both(
    '共同利用の目的を、集めたときに伝えていない人がいます',
    'Some persons were not told of a purpose of the joint use',
  ),
  untoldSays: both(
    'その人の情報は、伝えていない目的では渡せません。伝えた目的と関連していれば、台帳ごとに「利用目的の変更」を記録すると使えるようになります：',
    'Their information cannot be shared for a purpose they were not told of. If it is related to what they were told, a change of purpose recorded for the holding allows it: ',
  ),
  saved: both('保存しました', 'Saved'),
  entry: both('記録を見る', 'See the entry'),
} satisfies Record<string, Bilingual>;

/** A text written by people, marked as not to be translated. */
export const Written = ({ text, lang }: { text: Bilingual; lang: Lang }) => <span translate="no">{text[lang]}</span>;

export const responsibleText = ({ name, address, representative }: Responsible, lang: Lang): string =>
  listed([name[lang], address[lang], ...(representative ? [representative[lang]] : [])], lang);

/** The purposes of a notice, in its own wording. */
export const Purposes = ({ purposes, lang }: { purposes: Notice['purposes']; lang: Lang }) => (
  <ul class="grid gap-1">
    {purposes.map(({ id, text }) => (
      <li>
        {id}　{text[lang]}
      </li>
    ))}
  </ul>
);

/** The contents of the notice of a change. */
export function StatesText({ states: { purposes, responsible }, lang }: { states: States; lang: Lang }) {
  if (purposes) return <Purposes purposes={purposes} lang={lang} />;
  const texts = [responsible?.name, responsible?.address, responsible?.representative];
  return (
    <span translate="no">
      {listed(
        texts.flatMap((text) => (text ? [text[lang]] : [])),
        lang,
      )}
    </span>
  );
}

/** Which fields of a description belong to which item of the notice. */
const itemOfField: [RegExp, JointUseField][] = [
  [/^shares/, 'items'],
  [/^(scope|members)/, 'users'],
  [/^purposes/, 'purposes'],
  [/^responsible\.(kind|name)/, 'responsible-name'],
  [/^responsible\.address/, 'responsible-address'],
  [/^responsible\.representative/, 'responsible-representative'],
];

interface Seen {
  use: JointUse;
  now: Known;
  today: Day;
  /** The joint use it replaces, and the one that replaces it. */
  before: JointUse | undefined;
  after: JointUse | undefined;
  untold: readonly Untold[];
}

/** What is wrong with an item of the notice, in words; null when it is complete. */
function lackOf({ use, now, today }: Seen, notice: Notice | null, field: JointUseField): Bilingual | null {
  const { draft } = use;
  if (draft) {
    const { problems } = readJointUse(inputOf(use, draft), now);
    return (
      problems.find((one) => itemOfField.some(([pattern, item]) => item === field && pattern.test(one.field)))?.says ??
      null
    );
  }
  return notice && lackingIn(notice, today).includes(field) ? both('書かれていません', 'It is not stated') : null;
}

const ItemsByHolding = ({ notice, now, lang }: { notice: Notice; now: Known; lang: Lang }) => (
  <ul class="grid gap-1">
    {[...new Set(notice.items.map(({ holding }) => holding))].map((holding) => (
      <li>
        {listed(
          notice.items.filter((item) => item.holding === holding).map(({ label }) => label[lang]),
          lang,
        )}
        <span class="muted">
          {lang === 'ja' ? '（' : ' ('}
          <a href={`/ledger/${holding}`}>{now.holdings.get(holding)?.name[lang] ?? holding}</a>
          {lang === 'ja' ? '）' : ')'}
        </span>
      </li>
    ))}
  </ul>
);

/** The five items, each with its contents and whether it is complete. */
const NoticeTable = ({ seen, notice, lang }: { seen: Seen; notice: Notice | null; lang: Lang }) => {
  const { use, now } = seen;
  const responsible = notice?.responsible ?? use.draft!.responsible;
  const contents: [JointUseField, Child][] = [
    ['fact', factWords[use.information][lang]],
    ['items', notice && <ItemsByHolding notice={notice} now={now} lang={lang} />],
    ['users', <Written text={notice?.scope ?? use.draft!.scope} lang={lang} />],
    [
      'purposes',
      notice ? <Purposes purposes={notice.purposes} lang={lang} /> : purposesText(use.draft!.purposes, now, lang),
    ],
    ['responsible-name', <Written text={responsible.name} lang={lang} />],
    ['responsible-address', <Written text={responsible.address} lang={lang} />],
    ...(responsible.kind === 'corporation'
      ? [
          [
            'responsible-representative',
            responsible.representative && <Written text={responsible.representative} lang={lang} />,
          ] as [JointUseField, Child],
        ]
      : []),
  ];
  return (
    <Table
      lang={lang}
      caption={words.notice}
      stack
      columns={[
        { key: 'item', head: words.item, rowHead: true, nowrap: true },
        { key: 'content', head: words.content },
        { key: 'whole', head: words.whole },
      ]}
      rows={contents.map(([field, content]) => {
        const lack = lackOf(seen, notice, field);
        return {
          cells: {
            item: noticeWords[field][lang],
            content,
            whole: (
              <St state={lack ? 'broken' : 'kept'} lang={lang}>
                {(lack ?? words.complete)[lang]}
              </St>
            ),
          },
        };
      })}
    />
  );
};

interface Pressed {
  notice: number;
  on: string;
  problem: Problem;
}

const PublishForm = (props: {
  c: Context<Env>;
  use: JointUse;
  notice: number;
  today: Day;
  pressed: Pressed | undefined;
  hint: string;
}) => {
  const { c, use, notice, today, pressed, hint } = props;
  const lang = c.get('lang');
  const mine = pressed?.notice === notice ? pressed : undefined;
  return (
    <PostForm
      action={`${PATH}/${use.id}/publish`}
      csrf={c.get('csrf')}
      values={{ version: String(use.version), notice: String(notice) }}
    >
      <DateField
        lang={lang}
        name={`on-${notice}`}
        label={words.on}
        need="required"
        hint={hint}
        value={mine?.on ?? slashDay(today)}
        understood={mine ? readJapaneseDate(mine.on) : null}
        error={mine && problemAt(fieldsOf(mine.problem), 'on', lang)}
      />
      <Button>{words.publish[lang]}</Button>
    </PostForm>
  );
};

/** Shows the day typed for a notice that has no form any more, so that it can be copied. */
const Lost = ({ seen: { use, now }, pressed, lang }: { seen: Seen; pressed: Pressed | undefined; lang: Lang }) => {
  if (!pressed || pressed.on === '') return null;
  const waits = use.draft
    ? readJointUse(inputOf(use, use.draft), now).problems.length === 0
    : use.notices.some(({ notice, publicOn }) => notice === pressed.notice && publicOn === null);
  return waits && use.endedOn === null ? null : (
    <div class="mb-5">
      <Dl items={[[words.on[lang], <span translate="no">{pressed.on}</span>]]} />
    </div>
  );
};

/** The form of the first publication, or since when what can be read. */
const Publication = ({ c, seen, pressed }: { c: Context<Env>; seen: Seen; pressed: Pressed | undefined }) => {
  const { use, now, today } = seen;
  const lang = c.get('lang');
  const [first] = use.notices;
  if (!first) {
    const whole = readJointUse(inputOf(use, use.draft!), now).problems.length === 0;
    if (!c.get('may')('joint-uses:write')) return <p>{standingSays.draft[lang]}</p>;
    return whole ? (
      <>
        <p class="mb-4">{standingSays.draft[lang]}</p>
        <PublishForm c={c} use={use} notice={1} today={today} pressed={pressed} hint={words.onHint[lang]} />
      </>
    ) : (
      <p>
        {lang === 'ja'
          ? 'そろっていない事項があります。案を直すと公表できます。'
          : 'Some items are not complete. Once you correct the draft, it can be published.'}
      </p>
    );
  }
  return (
    <>
      <Dl
        items={[
          [lang === 'ja' ? '公表の始まり' : 'Public from', writtenDay(first.publicOn!, lang)],
          [lang === 'ja' ? '共有できる日' : 'May be shared from', writtenDay(first.effectiveOn, lang)],
          ...(use.endedOn ? ([[lang === 'ja' ? '終わる日' : 'Ends on', writtenDay(use.endedOn, lang)]] as const) : []),
          ...(use.endedWhy ? ([[lang === 'ja' ? '終える理由' : 'Reason for ending', use.endedWhy]] as const) : []),
        ]}
      />
      <p class="mt-3">
        <a href={`${PUBLIC}/${use.id}`}>{lang === 'ja' ? '公表ページを見る' : 'See the public page'}</a>
      </p>
    </>
  );
};

const standingSays = {
  draft: both(
    '公表するまで、この共同利用で情報を渡すことはできません。公表した後は書き直せません。',
    'Until it is published nothing may be shared under it. Once published it cannot be rewritten.',
  ),
};

/** Changes that took effect, each with the form to publish it. */
const Waiting = ({ c, seen, pressed }: { c: Context<Env>; seen: Seen; pressed: Pressed | undefined }) => {
  const { use, today } = seen;
  const lang = c.get('lang');
  return (
    <>
      {use.notices
        .filter(({ publicOn }) => publicOn === null)
        .map((stated) => {
          const due = stated.effectiveOn <= today;
          const by = publishBy(stated);
          return (
            <Panel
              title={changeWords[stated.change][lang]}
              mark={
                <St state={!due ? 'unknown' : by < today ? 'broken' : 'risk'} lang={lang}>
                  {lang === 'ja' ? `${slashDay(by)}までに公表` : `publish by ${slashDay(by)}`}
                </St>
              }
            >
              <div class="mb-3">
                <StatesText states={stated.states} lang={lang} />
                <span class="muted">
                  {lang === 'ja'
                    ? `（${writtenDay(stated.effectiveOn, 'ja')}から）`
                    : ` (from ${writtenDay(stated.effectiveOn, 'en')})`}
                </span>
              </div>
              {c.get('may')('joint-uses:write') && (
                <PublishForm
                  c={c}
                  use={use}
                  notice={stated.notice}
                  today={later(stated.effectiveOn, today)}
                  pressed={pressed}
                  hint={
                    lang === 'ja'
                      ? '変わった後、遅滞なく公表します（法27条6項）'
                      : 'Published without delay after the change (APPI Art. 27(6))'
                  }
                />
              )}
            </Panel>
          );
        })}
    </>
  );
};

const Members = ({ members, now, lang }: { members: readonly string[]; now: Known; lang: Lang }) => (
  <ul class="grid gap-1">
    {members.map((id) => {
      const name = now.recipients.get(id)?.name;
      return (
        <li>
          <a href={`/recipients/${id}`} translate={name ? 'no' : undefined}>
            {name ?? words.unknownRecipient[lang]}
          </a>
        </li>
      );
    })}
  </ul>
);

const publicText = ({ publicOn }: StatedNotice, lang: Lang): Child =>
  publicOn === null ? <None lang={lang} what="undecided" /> : <span class="num">{slashDay(publicOn)}</span>;

const History = ({ use, lang, mayRead }: { use: JointUse; lang: Lang; mayRead: boolean }) => (
  <Table
    lang={lang}
    caption={words.history}
    stack
    columns={[
      { key: 'notice', head: both('番号', 'No.'), nowrap: true },
      { key: 'change', head: both('変わったこと', 'What changed'), rowHead: true },
      { key: 'states', head: both('新しい内容', 'New contents') },
      { key: 'effective', head: both('変わる日', 'Takes effect'), nowrap: true },
      { key: 'public', head: both('公表した日', 'Published on'), nowrap: true },
      { key: 'why', head: both('関連すると判断した理由', 'Why it is related') },
      ...(mayRead ? [{ key: 'entry', head: both('記録', 'Record'), nowrap: true }] : []),
    ]}
    rows={use.notices.toReversed().map((stated) => ({
      cells: {
        notice: <span class="num">{stated.notice}</span>,
        change: changeWords[stated.change][lang],
        states:
          stated.change === 'start' ? (
            lang === 'ja' ? (
              '5つの事項すべて'
            ) : (
              'All five items'
            )
          ) : (
            <StatesText states={stated.states} lang={lang} />
          ),
        effective: <span class="num">{slashDay(stated.effectiveOn)}</span>,
        public: publicText(stated, lang),
        why: stated.why === null ? '—' : <span translate="no">{stated.why}</span>,
        entry: (
          <EntryLink id={stated.publicationEntry ?? stated.entry} about={stated.notice}>
            {words.entry[lang]}
          </EntryLink>
        ),
      },
    }))}
  />
);

/** Address where the change of purpose of a holding is judged, or of the holding for users who may not judge it. */
export const purposeHref = (c: Context<Env>, holding: string): string =>
  `/ledger/${holding}${c.get('may')('ledger:write') ? '/purpose' : ''}`;

/** Says whom the joint use does not reach for all its purposes, and which act would change that. */
const UntoldBanner = ({ c, seen: { untold, now } }: { c: Context<Env>; seen: Seen }) => {
  const lang = c.get('lang');
  if (untold.length === 0) return null;
  return (
    <Banner kind="warn" title={words.untold[lang]}>
      {words.untoldSays[lang]}
      {untold.map(({ holding, people, purposes }, i) => {
        const name = now.holdings.get(holding)?.name ?? both(holding, holding);
        const ids = purposesText(purposes, now, lang);
        return (
          <>
            {i > 0 && (lang === 'ja' ? '、' : '; ')}
            <a href={purposeHref(c, holding)}>
              {lang === 'ja'
                ? `${name.ja}の${number(people)}人（${ids}）`
                : `${name.en}: ${number(people)} ${people === 1 ? 'person' : 'persons'} (${ids})`}
            </a>
          </>
        );
      })}
    </Banner>
  );
};

/** What must be done, most urgent first. */
const Banners = ({ seen, lang, mayWrite }: { seen: Seen; lang: Lang; mayWrite: boolean }) => {
  const { use, today, before, after } = seen;
  const dues = duesOn(use, today);
  const coming = comingOn(use, today);
  return (
    <>
      {dues.length > 0 && (
        <Banner
          kind={dues.some((due) => publishBy(due) < today) ? 'bad' : 'warn'}
          title={lang === 'ja' ? '公表していない変更があります' : 'A change has not been published'}
        >
          {lang === 'ja'
            ? '公表ページは、まだ変わる前の内容です。下で公表してください。'
            : 'The public page still shows the contents before the change. Publish the change below.'}
        </Banner>
      )}
      {coming.map((stated) => (
        <Banner
          kind="info"
          title={
            lang === 'ja'
              ? `${writtenDay(stated.effectiveOn, 'ja')}に「${changeWords[stated.change].ja}」が変わります`
              : `On ${writtenDay(stated.effectiveOn, 'en')} this changes: ${changeWords[stated.change].en}`
          }
        >
          {lang === 'ja'
            ? `${writtenDay(stated.publicOn!, 'ja')}から公表しています。その日に自動で切り替わります。`
            : `It has been public since ${writtenDay(stated.publicOn!, 'en')} and takes effect automatically on that day.`}
        </Banner>
      ))}
      {before && standingOn(use, today) === 'in-force' && before.endedOn === null && (
        <Banner
          kind="warn"
          title={
            lang === 'ja' ? '前の共同利用が、まだ続いています' : 'The joint use that this one replaces has not ended'
          }
          {...(mayWrite
            ? {
                action: { href: `${PATH}/${before.id}`, label: lang === 'ja' ? '前の共同利用へ' : 'To that joint use' },
              }
            : {})}
        >
          {lang === 'ja' ? '要らなければ終えてください。' : 'End it if it is no longer needed.'}
        </Banner>
      )}
      {after && (
        <p>
          {lang === 'ja' ? 'この共同利用に代わる共同利用：' : 'Replaced by: '}
          <a href={`${PATH}/${after.id}`} translate="no">
            {after.name[lang]}
          </a>
        </p>
      )}
    </>
  );
};

const Actions = ({ use, today, lang }: { use: JointUse; today: Day; lang: Lang }) => {
  const standing = standingOn(use, today);
  if (use.endedOn !== null) return null;
  return (
    <>
      {standing === 'draft' && (
        <LinkButton small kind="second" href={`${PATH}/${use.id}/edit`}>
          {words.edit[lang]}
        </LinkButton>
      )}
      {standing === 'in-force' && (
        <LinkButton small kind="second" href={`${PATH}/${use.id}/change`}>
          {words.change[lang]}
        </LinkButton>
      )}
      <LinkButton small kind="text" href={`${PATH}/${use.id}/end`}>
        {words.end[lang]}
      </LinkButton>
    </>
  );
};

const JointUsePage = ({ c, seen, pressed }: { c: Context<Env>; seen: Seen; pressed?: Pressed }) => {
  const { use, now, today } = seen;
  const frame = c.get('frame');
  const { lang } = frame;
  const mayWrite = c.get('may')('joint-uses:write');
  const notice = saysNow(use, now, today);
  const problems = fieldsOf(pressed?.problem);
  return (
    <OfficePage
      {...frame}
      title={use.name[lang]}
      path={pressed ? `${PATH}/${use.id}` : placeOf(c)}
      failed={pressed !== undefined}
      crumbs={crumbs(lang, { label: use.name[lang] })}
      sub={
        <>
          <StandingChip use={use} today={today} lang={lang} /> {informationWords[use.information][lang]}
        </>
      }
      actions={mayWrite && <Actions use={use} today={today} lang={lang} />}
    >
      <ErrorSummary
        lang={lang}
        problems={problems.map((one) => (one.field === 'on' ? { ...one, field: `on-${pressed!.notice}` } : one))}
        labels={pressed ? { [`on-${pressed.notice}`]: words.on } : {}}
      />
      <Lost seen={seen} pressed={pressed} lang={lang} />
      <div class="grid gap-3 mb-5 empty:hidden">
        {c.req.query('saved') !== undefined && <Banner kind="good" role="status" title={words.saved[lang]} />}
        <Banners seen={seen} lang={lang} mayWrite={mayWrite} />
        <UntoldBanner c={c} seen={seen} />
      </div>
      <div class="grid gap-5 lg:grid-cols-[minmax(0,1fr)_320px] items-start">
        <Panel title={words.notice[lang]} pad="bare">
          <NoticeTable seen={seen} notice={notice} lang={lang} />
        </Panel>
        <div class="grid gap-5">
          <Panel title={words.publication[lang]}>
            <Publication c={c} seen={seen} pressed={pressed} />
          </Panel>
          {use.endedOn === null && <Waiting c={c} seen={seen} pressed={pressed} />}
          <Panel title={words.members[lang]}>
            <Members members={(notice ?? use.draft!).members} now={now} lang={lang} />
          </Panel>
        </div>
      </div>
      {use.notices.length > 0 && (
        <>
          <h2 class="h2">{words.history[lang]}</h2>
          <History use={use} lang={lang} mayRead={c.get('may')('log:read')} />
        </>
      )}
    </OfficePage>
  );
};

/** Returns the joint use that an address names, with what it is shown against; null when there is none. */
async function seenAt(office: Office, c: Context<Env>): Promise<Seen | null> {
  const found = await jointUse(office, c.req.param('id') ?? '');
  if (!found.ok) return null;
  const use = found.value;
  const all = await listJointUses(office);
  const now = await known(office);
  return {
    use,
    now,
    untold: await untoldOf(office, use, now),
    today: office.clock.today(),
    before: all.find(({ id }) => id === use.replaces),
    after: all.find(({ replaces }) => replaces === use.id),
  };
}

/** Publishes a notice. `on`: null where the typed day could not be parsed, which is reported only if nobody else was first. */
async function publishing(
  office: Office,
  by: By,
  at: AsSeen,
  { notice, on }: { notice: number; on: Day | null },
): Promise<Outcome<JointUse>> {
  if (on) return publishNotice(office, by, at, { notice, on });
  const found = await seen(office, at);
  return found.ok ? invalid('on', noDay) : found;
}

async function publish(office: Office, c: Context<Env>): Promise<Response> {
  const form = c.get('form');
  const notice = Number(form.text('notice')) || 1;
  const on = form.text(`on-${notice}`);
  const read = readJapaneseDate(on);
  const id = c.req.param('id') ?? '';
  const at = { id, version: Number(form.text('version')) };
  const outcome = await publishing(office, byOf(c), at, { notice, on: read });
  if (outcome.ok) return c.redirect(`${PATH}/${id}?saved`, 303);
  const stands = await seenAt(office, c);
  if (!stands) return c.notFound();
  const pressed = { notice, on, problem: outcome.problem };
  return c.html(<JointUsePage c={c} seen={stands} pressed={pressed} />, problemStatus(outcome.problem));
}

export const jointUsePages = (office: Office): Route[] => [
  page('get', `${PATH}/:id`, 'ledger:read', async (c) => {
    const seen = await seenAt(office, c);
    return seen ? c.html(<JointUsePage c={c} seen={seen} />) : c.notFound();
  }),
  page('post', `${PATH}/:id/publish`, 'joint-uses:write', (c) => publish(office, c), {
    texts: formTexts((name) => (name.startsWith('on-') ? words.on : undefined)),
  }),
];
