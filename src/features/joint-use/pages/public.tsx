// What the public sees of the joint uses (APPI 27(5)(iii), 27(6)): the notices in force, the changes announced, every earlier version with
// its days, and the same as data. A draft or a change that is not published never shows here.

import type { Context } from 'hono';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import { readDay, type Day } from '../../../base/day.ts';
import type { Office } from '../../../office.ts';
import { page, plain, type Env, type Route } from '../../../platform/http/index.ts';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { slashDay, writtenDay } from '../../../platform/ui/format.ts';
import { PublicPage, type FootItem } from '../../../platform/ui/frame.tsx';
import { Table } from '../../../platform/ui/table.tsx';
import { policyInForce } from '../../policy/index.ts';
import { jointUse, listJointUses } from '../actions.ts';
import { comingOn, noticeOn, spansOf, type JointUse, type Notice, type Span } from '../facts.ts';
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
  earlier: both('これは前の公表です。', 'This is an earlier notice. '),
  current: both('いまの公表を見る', 'See what is in force'),
  policy: both('個人情報保護方針', 'Personal Information Protection Policy'),
  noVersion: both('この公表はありません', 'There is no such notice'),
} satisfies Record<string, Bilingual>;

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

const Coming = ({ use, on, lang }: { use: JointUse; on: Day; lang: Lang }) => {
  const coming = comingOn(use, on);
  if (coming.length === 0) return null;
  return (
    <>
      <h3>{words.coming[lang]}</h3>
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
      { key: 'until', head: both('終わりの日', 'Until') },
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

const Section = ({ use, on, lang }: { use: JointUse; on: Day; lang: Lang }) => {
  const notice = noticeOn(use, on)!;
  const current = spansOf(use, on).at(-1)!;
  return (
    <section class="body" id={use.id} aria-labelledby={`${use.id}-h`}>
      <h2 id={`${use.id}-h`} translate="no">
        {use.name[lang]}
      </h2>
      <p class="small muted">
        {informationWords[use.information][lang]}
        {lang === 'ja' ? `　${writtenDay(current.from, 'ja')}から` : ` from ${writtenDay(current.from, 'en')}`}
      </p>
      <Items use={use} notice={notice} lang={lang} />
      <Coming use={use} on={on} lang={lang} />
      <h3>{words.versions[lang]}</h3>
      <Versions use={use} on={on} lang={lang} />
    </section>
  );
};

/** Those that were public at some time up to a day, in force and ended apart. */
async function publicUses(office: Office, on: Day): Promise<{ inForce: JointUse[]; ended: JointUse[] }> {
  const shown = (await listJointUses(office)).filter((use) => spansOf(use, on).length > 0);
  return {
    inForce: shown.filter((use) => noticeOn(use, on) !== null),
    ended: shown.filter((use) => noticeOn(use, on) === null),
  };
}

async function companyName(office: Office, lang: Lang): Promise<string> {
  return (await policyInForce(office, office.clock.today()))?.policy.operator.name[lang] ?? '';
}

async function show(office: Office, c: Context<Env>): Promise<Response> {
  const lang = c.get('lang');
  const today = office.clock.today();
  const { inForce, ended } = await publicUses(office, today);
  return c.html(
    <PublicPage
      lang={lang}
      title={words.title[lang]}
      company={await companyName(office, lang)}
      path={placeOf(c)}
      footer={foot(lang)}
    >
      {inForce.length === 0 && <p>{words.none[lang]}</p>}
      {inForce.map((use) => (
        <Section use={use} on={today} lang={lang} />
      ))}
      {ended.length > 0 && (
        <section class="body">
          <h2>{words.ended[lang]}</h2>
          {ended.map((use) => (
            <>
              <h3 translate="no">{use.name[lang]}</h3>
              <Versions use={use} on={today} lang={lang} />
            </>
          ))}
        </section>
      )}
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
          <a href={PUBLIC}>{words.current[lang]}</a>
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

/** One version by the day it began. */
async function version(office: Office, c: Context<Env>): Promise<Response> {
  const lang = c.get('lang');
  const found = await jointUse(office, c.req.param('id') ?? '');
  const from = readDay(c.req.param('day') ?? '');
  const span = found.ok && spansOf(found.value, office.clock.today()).find((one) => one.from === from);
  const company = await companyName(office, lang);
  if (found.ok && span) return c.html(<VersionPage c={c} use={found.value} span={span} company={company} />);
  return c.html(
    <PublicPage lang={lang} title={words.noVersion[lang]} company={company} path={placeOf(c)} footer={foot(lang)}>
      <p>
        <a href={PUBLIC}>{words.title[lang]}</a>
      </p>
    </PublicPage>,
    404,
  );
}

/** A notice as data. Which recipients belong to the scope is the office's own record; the scope is what is published. */
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
  return c.body(JSON.stringify(body, null, 2), 200, { 'content-type': 'application/json; charset=utf-8' });
}

export const publicPages = (office: Office): Route[] => [
  page('get', PUBLIC, 'public', (c) => show(office, c)),
  page('get', `${PUBLIC}/:id/:day`, 'public', (c) => version(office, c)),
  plain(`${PUBLIC}.json`, 'public', (c) => json(office, c)),
];
