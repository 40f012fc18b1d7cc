// The list of web sites, with how many of their tags may go live and how many visitors chose.

import type { Context } from 'hono';
import type { Bilingual, Lang } from '../../../base/bilingual.ts';
import type { Finding } from '../../../base/finding.ts';
import type { Office } from '../../../office.ts';
import { page, placeOf, type Env, type Route } from '../../../platform/http/index.ts';
import { LinkButton } from '../../../platform/ui/button.tsx';
import { Chip } from '../../../platform/ui/chip.tsx';
import { homeCrumb, type Crumb } from '../../../platform/ui/crumbs.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import { Pass } from '../../../platform/ui/finding.tsx';
import { number, slashDay } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Table } from '../../../platform/ui/table.tsx';
import { recentChoices, registers } from '../actions.ts';
import type { Register } from '../facts.ts';
import { siteStateWords, words } from '../words.ts';

export const PATH = '/transmissions';

export { placeOf };

/** From the home to a site, and further. */
export const crumbsTo = (lang: Lang, register?: Register, last?: Bilingual | string): Crumb[] => [
  homeCrumb(lang),
  register || last ? { label: words.title[lang], href: PATH } : { label: words.title[lang] },
  ...(register
    ? [last ? { label: register.site.name[lang], href: `${PATH}/${register.id}` } : { label: register.site.name[lang] }]
    : []),
  ...(last ? [{ label: typeof last === 'string' ? last : last[lang] }] : []),
];

/** One a line. */
export const Addresses = ({ origins }: { origins: readonly string[] }) => (
  <ul>
    {origins.map((origin) => (
      <li>
        <code class="break-all">{origin}</code>
      </li>
    ))}
  </ul>
);

const order = ['no', 'unknown', 'yes'] as const satisfies readonly Finding['answer'][];

/** How many tags in use have which answer, the bad ones first. */
const Answers = ({ lang, register }: { lang: Lang; register: Register }) => {
  const used = register.tags.filter(({ state }) => state === 'active');
  return (
    <span class="flex flex-wrap gap-x-3">
      {order.map((answer) => {
        const n = used.filter(({ decision }) => decision.finding.answer === answer).length;
        return n === 0 ? null : (
          <span class="nb inline-flex items-center gap-1">
            <Pass answer={answer} lang={lang} />
            <span class="num">{n}</span>
          </span>
        );
      })}
    </span>
  );
};

const Sites = ({
  lang,
  rows,
  recent,
}: {
  lang: Lang;
  rows: readonly Register[];
  recent: ReadonlyMap<string, number>;
}) => (
  <Table
    lang={lang}
    caption={words.title}
    stack
    columns={[
      { key: 'site', head: words.site, rowHead: true },
      { key: 'addresses', head: words.addresses },
      { key: 'tags', head: words.tags, align: 'right' },
      { key: 'answers', head: words.answers },
      { key: 'recent', head: words.recent, align: 'right' },
      { key: 'changed', head: words.changed, nowrap: true },
      { key: 'state', head: words.state, nowrap: true },
    ]}
    rows={rows.map((register) => ({
      cells: {
        site: <a href={`${PATH}/${register.id}`}>{register.site.name[lang]}</a>,
        addresses: <Addresses origins={register.site.origins} />,
        tags: number(register.tags.filter(({ state }) => state === 'active').length),
        answers: register.tags.length > 0 ? <Answers lang={lang} register={register} /> : undefined,
        recent: number(recent.get(register.id) ?? 0),
        changed: slashDay(register.changedOn),
        state:
          register.site.state === 'active' ? (
            siteStateWords.active[lang]
          ) : (
            <Chip kind="done">{siteStateWords.retired[lang]}</Chip>
          ),
      },
    }))}
  />
);

async function showList(office: Office, c: Context<Env>): Promise<Response> {
  const lang = c.get('lang');
  const rows = await registers(office);
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
      actions={rows.length > 0 && add}
    >
      {rows.length > 0 ? (
        <Sites lang={lang} rows={rows} recent={await recentChoices(office)} />
      ) : (
        <Empty title={words.noSites[lang]} actions={add}>
          {words.noSitesSays[lang]}
        </Empty>
      )}
    </OfficePage>,
  );
}

export const listPages = (office: Office): Route[] => [page('get', PATH, 'ledger:read', (c) => showList(office, c))];
