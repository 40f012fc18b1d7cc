// What the public sees of the joint uses (APPI 27(5)(iii), 27(6)): the notices in force, the changes announced, every earlier version with its days,
// and the same as data. A few are shown in full on one page; if there are many, the page links to each. Drafts and unpublished changes are never
// shown here.

import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import { readDay, type Day } from '../../../base/day.ts';
import type { Office } from '../../../office.ts';
import { page, plain, published, type Env, type Route } from '../../../platform/http/index.ts';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { number, slashDay, writtenDay } from '../../../platform/ui/format.ts';
import { PublicPage, type FootItem } from '../../../platform/ui/frame.tsx';
import { Filters, FilterText, holds, listPageOf, Pager, rowsOn, Table } from '../../../platform/ui/table.tsx';
import { policyInForce } from '../../policy/index.ts';
import { jointUse, listJointUses } from '../actions.ts';
import { comingOn, noticeOn, type Span, spansOf } from '../facts/standing.ts';
import type { JointUse, Notice } from '../facts/joint-use.ts';
import { changeWords, factWords, informationWords, noticeWords } from '../words.ts';
import { itemNames, placeOf, PUBLIC } from './list.tsx';
import { StatesText, Written } from './joint-use.tsx';

const words = {
  title: both('個人データの共同利用について', 'Joint use of personal data'),
  none: both('いま共同利用しているものはありません。', 'Nothing is used jointly at present.'),
  coming: both('これから変わること', 'Changes to come'),
  versions: both('これまでの公表', 'All notices'),
  ended: both('終わった共同利用', 'Joint uses that have ended'),
  until: both('今日まで続く', 'still in force'),
  untilHead: both('終わりの日', 'Until'),
  over: both('この共同利用は終わりました。', 'This joint use has ended.'),
  earlier: both('これは前の公表です。', 'This is an earlier notice. '),
  current: both('いまの公表を見る', 'See the current notice'),
  named: both('共同利用', 'Joint use'),
  search: both('共同利用の名前、範囲、項目', 'Name, users or items'),
  noMatch: both('当てはまる共同利用はありません。', 'No joint use matches.'),
  seeAll: both('すべての共同利用を見る', 'See all of them'),
  policy: both('個人情報保護方針', 'Personal Information Protection Policy'),
  noVersion: both('この公表はありません', 'There is no such notice'),
} satisfies Record<string, Bilingual>;

const countText = (n: number): Bilingual =>
  both(
    `いま${number(n)}件の共同利用があります。名前を選ぶと、公表している事項をすべて見られます。`,
    `There are ${number(n)} at present. Choose one to see everything that is published about it.`,
  );

const foot = (lang: Lang): FootItem[] => [
  { label: words.policy[lang], href: '/policy' },
  { label: lang === 'ja' ? 'データ（JSON）' : 'Data (JSON)', href: `${PUBLIC}.json` },
  { label: lang === 'ja' ? '記録の公開チェックポイント' : 'Checkpoint of the log', href: '/log/checkpoint' },
];

const Purposes = ({ purposes, lang }: { purposes: Notice['purposes']; lang: Lang }) => (
  <ul class="grid gap-1">
    {purposes.map(({ text }) => (
      <li>{text[lang]}</li>
    ))}
  </ul>
);

/** The five items of 27(5)(iii), in their order. */
const Items = ({ use, notice, lang }: { use: JointUse; notice: Notice; lang: Lang }) => {
  const { responsible, purposes, scope } = notice;
  const { representative } = responsible;
  return (
    <Dl
      items={[
        [noticeWords.fact[lang], factWords[use.information][lang]],
        [noticeWords.items[lang], itemNames(notice, lang)],
        [noticeWords.users[lang], <Written text={scope} lang={lang} />],
        [noticeWords.purposes[lang], <Purposes purposes={purposes} lang={lang} />],
        [noticeWords['responsible-name'][lang], <Written text={responsible.name} lang={lang} />],
        [noticeWords['responsible-address'][lang], <Written text={responsible.address} lang={lang} />],
        ...(representative
          ? [[noticeWords['responsible-representative'][lang], <Written text={representative} lang={lang} />] as const]
          : []),
      ]}
    />
  );
};

interface UseProps {
  use: JointUse;
  on: Day;
  lang: Lang;
  /** True when it is shown among others, under a heading of its own. */
  among?: boolean;
}

const Heading = ({ among = false, children }: Pick<UseProps, 'among'> & { children?: Child }) =>
  among ? <h3>{children}</h3> : <h2>{children}</h2>;

const Coming = ({ use, on, lang, among }: UseProps) => {
  const coming = comingOn(use, on);
  if (coming.length === 0) return null;
  return (
    <>
      <Heading among={among}>{words.coming[lang]}</Heading>
      <ul>
        {coming.map(({ change, states, effectiveOn }) => (
          <li>
            {lang === 'ja' ? `${writtenDay(effectiveOn, 'ja')}から　` : `From ${writtenDay(effectiveOn, 'en')}: `}
            {changeWords[change][lang]}
            {lang === 'ja' ? '：' : ': '}
            {states.purposes ? (
              <Purposes purposes={states.purposes} lang={lang} />
            ) : (
              <StatesText states={states} lang={lang} />
            )}
          </li>
        ))}
      </ul>
    </>
  );
};

const Versions = ({ use, on, lang }: { use: JointUse; on: Day; lang: Lang }) => (
  <Table
    lang={lang}
    caption={both(`「${use.name.ja}」の${words.versions.ja}`, `${words.versions.en}: ${use.name.en}`)}
    stack="inline"
    columns={[
      { key: 'from', head: both('公表した日', 'From'), rowHead: true },
      { key: 'until', head: words.untilHead },
      { key: 'what', head: both('変わったこと', 'What changed') },
    ]}
    rows={spansOf(use, on)
      .toReversed()
      .map(({ from, until, notices }) => ({
        cells: {
          from: <a href={`${PUBLIC}/${use.id}/${from}`}>{slashDay(from)}</a>,
          until: until ? <span class="num">{slashDay(until)}</span> : words.until[lang],
          what: notices.map(({ change }) => changeWords[change][lang]).join(lang === 'ja' ? '、' : ', '),
        },
      }))}
  />
);

/** A joint use in force, in full. */
const InForce = ({ use, on, lang, among }: UseProps) => {
  const notice = noticeOn(use, on)!;
  const current = spansOf(use, on).at(-1)!;
  return (
    <>
      <p class="small muted">
        {informationWords[use.information][lang]}
        {lang === 'ja' ? `　${writtenDay(current.from, 'ja')}から` : ` from ${writtenDay(current.from, 'en')}`}
      </p>
      <Items use={use} notice={notice} lang={lang} />
      <Coming use={use} on={on} lang={lang} among={among} />
      <Heading among={among}>{words.versions[lang]}</Heading>
      <Versions use={use} on={on} lang={lang} />
    </>
  );
};

const Section = (props: UseProps) => (
  <section class="body" id={props.use.id} aria-labelledby={`${props.use.id}-h`}>
    <h2 id={`${props.use.id}-h`} translate="no">
      {props.use.name[props.lang]}
    </h2>
    <InForce {...props} among />
  </section>
);

/** Most joint uses shown in full on one page. */
const MOST_IN_FULL = 20;

interface Public {
  inForce: JointUse[];
  ended: JointUse[];
}

/** Returns the joint uses that have been public by a day, those in force and those ended separately. */
async function publicUses(office: Office, on: Day): Promise<Public> {
  const shown = (await listJointUses(office)).filter((use) => spansOf(use, on).length > 0);
  return {
    inForce: shown.filter((use) => noticeOn(use, on) !== null),
    ended: shown.filter((use) => noticeOn(use, on) === null),
  };
}

async function companyName(office: Office, lang: Lang): Promise<string> {
  return (await policyInForce(office, office.clock.today()))?.policy.operator.name[lang] ?? '';
}

const InFull = ({ inForce, ended, on, lang }: Public & { on: Day; lang: Lang }) => (
  <>
    {inForce.length === 0 && <p>{words.none[lang]}</p>}
    {inForce.map((use) => (
      <Section use={use} on={on} lang={lang} />
    ))}
    {ended.length > 0 && (
      <section class="body">
        <h2>{words.ended[lang]}</h2>
        {ended.map((use) => (
          <>
            <h3 translate="no">{use.name[lang]}</h3>
            <Versions use={use} on={on} lang={lang} />
          </>
        ))}
      </section>
    )}
  </>
);

/** Links to each joint use by name, with what tells a person whether it is about them. */
const Index = ({ c, inForce, ended, on }: Public & { c: Context<Env>; on: Day }) => {
  const lang = c.get('lang');
  const q = (c.req.query('q') ?? '').trim();
  const lines = [...inForce, ...ended].map((use) => {
    const { notice, until } = spansOf(use, on).at(-1)!;
    return {
      use,
      notice,
      until,
      texts: [
        use.name.ja,
        use.name.en,
        notice.scope.ja,
        notice.scope.en,
        itemNames(notice, 'ja'),
        itemNames(notice, 'en'),
      ],
    };
  });
  const found = lines.filter(({ texts }) => holds(texts, q));
  const page = listPageOf(c.req.query('page'), found.length);
  return (
    <>
      <p class="mb-4">{countText(inForce.length)[lang]}</p>
      <Filters lang={lang} action={PUBLIC}>
        <FilterText name="q" label={words.search[lang]} value={q} />
      </Filters>
      {found.length === 0 ? (
        <p>
          {words.noMatch[lang]} <a href={PUBLIC}>{words.seeAll[lang]}</a>
        </p>
      ) : (
        <Table
          lang={lang}
          caption={words.title}
          stack
          columns={[
            { key: 'name', head: words.named, rowHead: true },
            { key: 'users', head: noticeWords.users },
            { key: 'items', head: noticeWords.items },
            { key: 'until', head: words.untilHead, nowrap: true },
          ]}
          rows={rowsOn(page, found).map(({ use, notice, until }) => ({
            cells: {
              name: (
                <a href={`${PUBLIC}/${use.id}`} translate="no">
                  {use.name[lang]}
                </a>
              ),
              users: <Written text={notice.scope} lang={lang} />,
              items: itemNames(notice, lang),
              until: until ? slashDay(until) : words.until[lang],
            },
          }))}
        />
      )}
      {page.of > 1 && <Pager lang={lang} page={page} href={q ? `${PUBLIC}?${new URLSearchParams({ q })}` : PUBLIC} />}
    </>
  );
};

async function show(office: Office, c: Context<Env>): Promise<Response> {
  const lang = c.get('lang');
  const today = office.clock.today();
  const all = await publicUses(office, today);
  return c.html(
    <PublicPage
      lang={lang}
      title={words.title[lang]}
      company={await companyName(office, lang)}
      path={placeOf(c)}
      footer={foot(lang)}
    >
      {all.inForce.length + all.ended.length > MOST_IN_FULL ? (
        <Index {...all} c={c} on={today} />
      ) : (
        <InFull {...all} on={today} lang={lang} />
      )}
    </PublicPage>,
  );
}

const noSuch = (c: Context<Env>, company: string) => {
  const lang = c.get('lang');
  return c.html(
    <PublicPage lang={lang} title={words.noVersion[lang]} company={company} path={placeOf(c)} footer={foot(lang)}>
      <p>
        <a href={PUBLIC}>{words.title[lang]}</a>
      </p>
    </PublicPage>,
    404,
  );
};

/** Shows one joint use; for an ended one, what was published. */
async function one(office: Office, c: Context<Env>): Promise<Response> {
  const lang = c.get('lang');
  const today = office.clock.today();
  const found = await jointUse(office, c.req.param('id') ?? '');
  const company = await companyName(office, lang);
  if (!found.ok || spansOf(found.value, today).length === 0) return noSuch(c, company);
  const use = found.value;
  return c.html(
    <PublicPage
      lang={lang}
      title={use.name[lang]}
      company={company}
      path={placeOf(c)}
      crumbs={[{ label: words.title[lang], href: PUBLIC }, { label: use.name[lang] }]}
      footer={foot(lang)}
    >
      <section class="body">
        {noticeOn(use, today) ? (
          <InForce use={use} on={today} lang={lang} />
        ) : (
          <>
            <p>{words.over[lang]}</p>
            <Versions use={use} on={today} lang={lang} />
          </>
        )}
      </section>
    </PublicPage>,
  );
}

const VersionPage = ({ c, use, span, company }: { c: Context<Env>; use: JointUse; span: Span; company: string }) => {
  const lang = c.get('lang');
  const days =
    lang === 'ja'
      ? `${writtenDay(span.from, 'ja')}から${span.until ? `${writtenDay(span.until, 'ja')}まで` : ''}`
      : `from ${writtenDay(span.from, 'en')}${span.until ? ` to ${writtenDay(span.until, 'en')}` : ''}`;
  return (
    <PublicPage
      lang={lang}
      title={use.name[lang]}
      company={company}
      path={placeOf(c)}
      crumbs={[{ label: words.title[lang], href: PUBLIC }, { label: slashDay(span.from) }]}
      footer={foot(lang)}
    >
      {span.until && (
        <p class="note mb-4">
          {words.earlier[lang]}
          <a href={`${PUBLIC}/${use.id}`}>{words.current[lang]}</a>
        </p>
      )}
      <p class="small muted mb-5">
        {informationWords[use.information][lang]}
        {lang === 'ja' ? '　' : ' '}
        {days}
      </p>
      <Items use={use} notice={span.notice} lang={lang} />
    </PublicPage>
  );
};

/** Shows one version, by the day it began. */
async function version(office: Office, c: Context<Env>): Promise<Response> {
  const lang = c.get('lang');
  const found = await jointUse(office, c.req.param('id') ?? '');
  const from = readDay(c.req.param('day') ?? '');
  const span = found.ok && spansOf(found.value, office.clock.today()).find((one) => one.from === from);
  const company = await companyName(office, lang);
  if (found.ok && span) return c.html(<VersionPage c={c} use={found.value} span={span} company={company} />);
  return noSuch(c, company);
}

/** A notice as data. The scope is published; which recipients belong to it is the office's own record. */
const noticeBody = ({ items, scope, purposes, responsible }: Notice) => ({
  items: [...new Map(items.map(({ code, label }) => [code, { code, label }])).values()],
  users: scope,
  purposes,
  responsible,
});

const spanBody = ({ from, until, notices, notice }: Span) => ({
  from,
  until,
  changed: notices.map(({ change }) => change),
  log_entries: notices.flatMap(({ entry, publicationEntry }) => [
    entry,
    ...(publicationEntry ? [publicationEntry] : []),
  ]),
  notice: noticeBody(notice),
});

async function json(office: Office, c: Context<Env>): Promise<Response> {
  const today = office.clock.today();
  const { inForce, ended } = await publicUses(office, today);
  const body = {
    on: today,
    joint_uses: [...inForce, ...ended].map((use) => {
      const now = noticeOn(use, today);
      return {
        id: use.id,
        name: use.name,
        information: use.information,
        in_force: now && noticeBody(now),
        coming: comingOn(use, today).map(({ change, effectiveOn, publicOn, states }) => ({
          change,
          effective_on: effectiveOn,
          public_on: publicOn,
          purposes: states.purposes,
          responsible: states.responsible,
        })),
        notices: spansOf(use, today).map(spanBody),
        ended_on: use.endedOn !== null && use.endedOn <= today ? use.endedOn : null,
      };
    }),
  };
  return published(c, JSON.stringify(body, null, 2));
}

export const publicPages = (office: Office): Route[] => [
  page('get', PUBLIC, 'public', (c) => show(office, c)),
  page('get', `${PUBLIC}/:id`, 'public', (c) => one(office, c)),
  page('get', `${PUBLIC}/:id/:day`, 'public', (c) => version(office, c)),
  plain(`${PUBLIC}.json`, 'public', (c) => json(office, c)),
];
