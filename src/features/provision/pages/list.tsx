// The list of provisions, newest first, with the statutory record of each.

import type { Context } from 'hono';
import type { Lang } from '../../../base/bilingual.ts';
import { isId } from '../../../base/id.ts';
import type { Office } from '../../../office.ts';
import { page, type Env, type Route } from '../../../platform/http/index.ts';
import { LinkButton } from '../../../platform/ui/button.tsx';
import { Chip } from '../../../platform/ui/chip.tsx';
import { homeCrumb } from '../../../platform/ui/crumbs.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import { listed, number, slashDay, stamp } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Table } from '../../../platform/ui/table.tsx';
import { standing, type KnownHolding, type Standing } from '../../checkpoint/index.ts';
import { provisions } from '../actions/provide.ts';
import type { Provided } from '../store.ts';
import { relationWords, words } from '../words.ts';

const PAGE = 50;
export const PATH = '/provisions';
export const RECORDS_FILE = `${PATH}/records.csv`;

export const crumbs = (lang: Lang, ...rest: { label: string; href?: string }[]) => [
  homeCrumb(lang),
  ...(rest.length > 0 ? [{ label: words.title[lang], href: PATH }, ...rest] : [{ label: words.title[lang] }]),
];

/** Items of a holding by name. */
export const itemsText = (holding: KnownHolding | undefined, codes: readonly string[], lang: Lang): string =>
  listed(
    codes.map((code) => holding?.labels.get(code)?.[lang] ?? code),
    lang,
  );

/** A purpose by its number and, where the policy in force states it, its name. */
export const purposeText = (stands: Standing, id: string, lang: Lang): string => {
  const stated = stands.purposes.get(id)?.says;
  return stated ? `${id} ${stated[lang]}` : id;
};

export const peopleText = (n: number, lang: Lang): string =>
  lang === 'ja' ? `${number(n)}人` : `${number(n)} ${n === 1 ? 'person' : 'persons'}`;

const Record = ({ lang, row: { record } }: { lang: Lang; row: Provided }) =>
  record ? (
    <span>
      <Chip kind="good">{words.recorded[lang]}</Chip>{' '}
      <span class="nb">
        {lang === 'ja' ? `${slashDay(record.keep_until)}まで保存` : `kept until ${slashDay(record.keep_until)}`}
      </span>
    </span>
  ) : (
    <>{words.noRecord[lang]}</>
  );

const List = ({ lang, rows, stands }: { lang: Lang; rows: readonly Provided[]; stands: Standing }) => (
  <Table
    lang={lang}
    caption={words.title}
    stack
    columns={[
      { key: 'at', head: words.at, rowHead: true, nowrap: true },
      { key: 'recipient', head: words.recipient },
      { key: 'relation', head: words.relation, nowrap: true },
      { key: 'people', head: words.people, align: 'right' },
      { key: 'items', head: words.items },
      { key: 'holding', head: words.holding },
      { key: 'record', head: words.record },
    ]}
    rows={rows.map((row) => {
      const holding = stands.holdings.get(row.holding_id);
      return {
        cells: {
          at: <a href={`${PATH}/${row.id}`}>{stamp(row.at.getTime())}</a>,
          recipient: row.recipient.name && <span translate="no">{row.recipient.name}</span>,
          relation: relationWords[row.relation][lang],
          people: number(row.people),
          items: itemsText(holding, row.items, lang),
          holding: holding?.name[lang] ?? row.holding_id,
          record: <Record lang={lang} row={row} />,
        },
      };
    })}
  />
);

async function showList(office: Office, c: Context<Env>): Promise<Response> {
  const frame = c.get('frame');
  const { lang } = frame;
  const principal = c.req.query('principal');
  const before = c.req.query('before');
  const recorded = c.req.query('recorded') === 'yes';
  const found = await provisions(office, {
    ...(principal && isId(principal) ? { principal } : {}),
    ...(before && isId(before) ? { before } : {}),
    recorded,
    most: PAGE + 1,
  });
  const rows = found.ok ? found.value.slice(0, PAGE) : [];
  const more = found.ok && found.value.length > PAGE;
  const query = new URLSearchParams({
    ...(principal && isId(principal) ? { principal } : {}),
    ...(recorded ? { recorded: 'yes' } : {}),
  });
  const personOnly = query.has('principal') ? `?${new URLSearchParams({ principal: query.get('principal')! })}` : '';
  const next = more ? `${PATH}?${new URLSearchParams([...query, ['before', rows.at(-1)!.id]]).toString()}` : undefined;
  return c.html(
    <OfficePage
      {...frame}
      title={words.title[lang]}
      path={`${PATH}?${query.toString()}`}
      sub={words.sub[lang]}
      crumbs={crumbs(lang)}
      actions={
        <LinkButton small kind="second" icon="download" download href={`${RECORDS_FILE}${personOnly}`}>
          {words.exportRecords[lang]}
        </LinkButton>
      }
    >
      <nav class="seg mb-4" aria-label={words.view[lang]}>
        <a href={PATH} aria-current={recorded ? undefined : 'page'}>
          {words.all[lang]}
        </a>
        <a href={`${PATH}?recorded=yes`} aria-current={recorded ? 'page' : undefined}>
          {words.onlyRecorded[lang]}
        </a>
      </nav>
      {rows.length === 0 ? (
        <Empty title={words.none[lang]} actions={<LinkButton href="/people">{words.toPeople[lang]}</LinkButton>}>
          {words.noneSays[lang]}
        </Empty>
      ) : (
        <>
          <List lang={lang} rows={rows} stands={await standing(office)} />
          {next && (
            <p class="mt-3">
              <a href={next}>{words.older[lang]}</a>
            </p>
          )}
        </>
      )}
    </OfficePage>,
  );
}

export const listPages = (office: Office): Route[] => [page('get', PATH, 'records:read', (c) => showList(office, c))];
