// The list of web sites, with how many of their tags may go live and how many visitors made a choice.

import type { Context } from 'hono';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import type { Finding } from '../../../base/finding.ts';
import type { Office } from '../../../office.ts';
import { page, placeOf, type Env, type Route } from '../../../platform/http/index.ts';
import { LinkButton } from '../../../platform/ui/button.tsx';
import { Chip } from '../../../platform/ui/chip.tsx';
import { homeCrumb, type Crumb } from '../../../platform/ui/crumbs.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import { answerWord, Pass } from '../../../platform/ui/finding.tsx';
import { listed, slashDay } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import {
  ListBody,
  listView,
  type List,
  type ListColumn,
  type ListFilter,
  type ListView,
} from '../../../platform/ui/list.tsx';
import { exportPage, fileOf } from '../../access/index.ts';
import type { Catalogue, Thing } from '../../search/index.ts';
import { recentChoices, sitesAnswered, sitesNamed } from '../actions.ts';
import type { Register } from '../facts.ts';
import type { AnsweredSite, NamedSite } from '../store.ts';
import { siteStateWords, words } from '../words.ts';

export const PATH = '/transmissions';
export const TAGS = `${PATH}/tags`;

export { placeOf };

/** Breadcrumbs from the home page to a site, and to a page below it. */
export const crumbsTo = (lang: Lang, register?: Register, last?: Bilingual | string): Crumb[] => [
  homeCrumb(lang),
  register || last ? { label: words.title[lang], href: PATH } : { label: words.title[lang] },
  ...(register
    ? [last ? { label: register.site.name[lang], href: `${PATH}/${register.id}` } : { label: register.site.name[lang] }]
    : []),
  ...(last ? [{ label: typeof last === 'string' ? last : last[lang] }] : []),
];

/** Addresses, one per line. */
export const Addresses = ({ origins }: { origins: readonly string[] }) => (
  <ul>
    {origins.map((origin) => (
      <li>
        <code class="wrap-anywhere">{origin}</code>
      </li>
    ))}
  </ul>
);

/** Answers in the order of lists, the bad ones first. */
export const answers = ['no', 'unknown', 'yes'] as const satisfies readonly Finding['answer'][];

/** Number of tags in use by answer. */
const countsOf = (site: AnsweredSite) =>
  answers.flatMap((answer) => {
    const n = site.answers.filter((one) => one === answer).length;
    return n === 0 ? [] : [{ answer, n }];
  });

const Answers = ({ lang, site }: { lang: Lang; site: AnsweredSite }) => (
  <span class="flex flex-wrap gap-x-3">
    {countsOf(site).map(({ answer, n }) => (
      <span class="nb inline-flex items-center gap-1">
        <Pass answer={answer} lang={lang} />
        <span class="num">{n}</span>
      </span>
    ))}
  </span>
);

const columnsOf = (recent: ReadonlyMap<string, number>): readonly ListColumn<AnsweredSite>[] => [
  {
    key: 'site',
    head: words.site,
    rowHead: true,
    value: ({ site }, lang) => site.name[lang],
    cell: ({ id, site }, lang) => <a href={`${PATH}/${id}`}>{site.name[lang]}</a>,
  },
  {
    key: 'addresses',
    head: words.addresses,
    value: ({ site }) => site.origins.join(' '),
    cell: ({ site }) => <Addresses origins={site.origins} />,
  },
  { key: 'tags', head: words.tags, align: 'right', unsearched: true, value: (site) => site.answers.length },
  {
    key: 'answers',
    head: words.answers,
    unsearched: true,
    value: (site, lang) =>
      listed(
        countsOf(site).map(({ answer, n }) => `${answerWord[answer][lang]} ${n}`),
        lang,
      ),
    cell: (site, lang) => (site.answers.length > 0 ? <Answers lang={lang} site={site} /> : null),
  },
  {
    key: 'recent',
    head: words.recent,
    align: 'right',
    unsearched: true,
    value: ({ id }) => recent.get(id) ?? 0,
  },
  { key: 'changed', head: words.changed, nowrap: true, value: ({ changedOn }) => slashDay(changedOn) },
  {
    key: 'state',
    head: words.state,
    nowrap: true,
    unsearched: true,
    value: ({ site }, lang) => siteStateWords[site.state][lang],
    cell: ({ site }, lang) =>
      site.state === 'active' ? siteStateWords.active[lang] : <Chip kind="done">{siteStateWords.retired[lang]}</Chip>,
  },
];

const filters: readonly ListFilter<AnsweredSite>[] = [
  {
    name: 'answer',
    label: words.answers,
    options: answers.map((value) => ({ value, label: answerWord[value] })),
    keeps: (site, asked) => site.answers.some((answer) => answer === asked),
  },
  {
    name: 'state',
    label: words.state,
    options: Object.entries(siteStateWords).map(([value, label]) => ({ value, label })),
    keeps: ({ site }, state) => site.state === state,
  },
];

async function viewOf(office: Office, c: Context<Env>): Promise<ListView<AnsweredSite>> {
  const list: List<AnsweredSite> = {
    path: PATH,
    title: words.title,
    columns: columnsOf(await recentChoices(office)),
    filters,
    rows: await sitesAnswered(office),
    order: 'site',
    noMatch: words.noMatch,
    stack: true,
  };
  return listView(list, c.req.url, c.get('lang'));
}

async function showList(office: Office, c: Context<Env>): Promise<Response> {
  const lang = c.get('lang');
  const view = await viewOf(office, c);
  const any = view.list.rows.length > 0;
  const add = c.get('may')('transmissions:write') && (
    <LinkButton small icon="plus" href={`${PATH}/new`}>
      {words.addSite[lang]}
    </LinkButton>
  );
  return c.html(
    <OfficePage
      {...c.get('frame')}
      title={words.title[lang]}
      path={placeOf(c)}
      crumbs={crumbsTo(lang)}
      sub={words.sub[lang]}
      actions={
        any && (
          <>
            {add}
            <LinkButton small kind="text" href={TAGS}>
              {words.allTags[lang]}
            </LinkButton>
          </>
        )
      }
    >
      <ListBody
        view={view}
        none={
          <Empty title={words.noSites[lang]} actions={add}>
            {words.noSitesSays[lang]}
          </Empty>
        }
      />
    </OfficePage>,
  );
}

export const listPages = (office: Office): Route[] => [
  page('get', PATH, 'ledger:read', (c) => showList(office, c)),
  exportPage(office, { path: PATH, may: 'ledger:read' }, async (c) => fileOf(await viewOf(office, c))),
];

const thingsOf = ({ id, code, site, tags }: NamedSite): Thing[] => {
  const href = `${PATH}/${id}`;
  const origins = site.origins.join(' ');
  return [
    { name: site.name, href, numbers: [id, code], says: both(origins, origins) },
    ...tags.map((tag) => ({
      name: tag.name,
      href: `${href}/tags/${tag.code}`,
      numbers: [tag.code],
      says: both(listed([tag.recipient.ja, site.name.ja], 'ja'), listed([tag.recipient.en, site.name.en], 'en')),
    })),
  ];
};

export const transmissionCatalogue = (office: Office): Catalogue => ({
  title: words.title,
  list: PATH,
  things: async () => (await sitesNamed(office)).flatMap(thingsOf),
});
