// The collections, the provisions and the receipts as lists, and what all pages of the room share.

import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { Lang } from '../../../base/bilingual.ts';
import { isId } from '../../../base/id.ts';
import type { Office } from '../../../office.ts';
import { page, placeOf, type Env, type Route } from '../../../platform/http/index.ts';
import { LinkButton } from '../../../platform/ui/button.tsx';
import { Chip } from '../../../platform/ui/chip.tsx';
import { homeCrumb, type Crumb } from '../../../platform/ui/crumbs.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import { listed, number, slashDay, stamp } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Table } from '../../../platform/ui/table.tsx';
import { listRecipients } from '../../recipients/index.ts';
import { collections, type CollectionLine } from '../actions/collections.ts';
import { provisions } from '../actions/provisions.ts';
import { receipts } from '../actions/receipts.ts';
import type { Collection } from '../facts.ts';
import type { Provided, Received } from '../store.ts';
import { consentByWords, layerWords, sourceWords, words } from '../words.ts';

export const PATH = '/related';
const PAGE = 50;
const FEW = 5;

export { placeOf };

export const crumbs = (lang: Lang, ...rest: Crumb[]): Crumb[] => [
  homeCrumb(lang),
  rest.length > 0 ? { label: words.title[lang], href: PATH } : { label: words.title[lang] },
  ...rest,
];

/** Items of a collection in words; a code that is no longer there stays as it is. */
export const itemText = (collection: Collection | undefined, codes: readonly string[], lang: Lang): string =>
  listed(
    codes.map((code) => collection?.items.find((item) => item.code === code)?.label[lang] ?? code),
    lang,
  );

/** What a row of a list names: the collections and the recipients, by id. */
export interface Names {
  collections: ReadonlyMap<string, Collection>;
  recipients: ReadonlyMap<string, string>;
}

export async function namesOf(office: Office): Promise<Names> {
  const lines = await collections(office);
  return {
    collections: new Map(lines.map(({ collection }) => [collection.id, collection])),
    recipients: new Map((await listRecipients(office)).map(({ id, name }) => [id, name])),
  };
}

const Collections = ({ lang, lines }: { lang: Lang; lines: readonly CollectionLine[] }) => (
  <Table
    lang={lang}
    caption={words.collections}
    stack
    columns={[
      { key: 'name', head: words.collection, rowHead: true },
      { key: 'source', head: words.sourceHead },
      { key: 'items', head: words.items },
      { key: 'class', head: words.class, nowrap: true },
      { key: 'links', head: words.linksHead, align: 'right' },
    ]}
    rows={lines.map(({ collection, links }) => ({
      cells: {
        name: (
          <span>
            <a href={`${PATH}/collections/${collection.id}`}>{collection.name[lang]}</a>
            {collection.state === 'retired' && (
              <>
                {' '}
                <Chip>{words.retired[lang]}</Chip>
              </>
            )}
          </span>
        ),
        source: (
          <span>
            {sourceWords[collection.source][lang]}
            <br />
            <span class="small muted" translate="no">
              {collection.place}
            </span>
          </span>
        ),
        items: itemText(
          collection,
          collection.items.map((item) => item.code),
          lang,
        ),
        class: listed([...new Set(collection.items.map((item) => layerWords[item.class][lang]))], lang),
        links: lang === 'ja' ? `${number(links)}件` : number(links),
      },
    }))}
  />
);

const Kept = ({ lang, until }: { lang: Lang; until: Parameters<typeof slashDay>[0] | undefined }) =>
  until === undefined ? (
    <>{words.noRecord[lang]}</>
  ) : (
    <span>
      <Chip kind="good">{words.recorded[lang]}</Chip>{' '}
      <span class="nb">{lang === 'ja' ? `${slashDay(until)}まで保存` : `kept until ${slashDay(until)}`}</span>
    </span>
  );

export const ProvisionTable = ({ lang, rows, names }: { lang: Lang; rows: readonly Provided[]; names: Names }) => (
  <Table
    lang={lang}
    caption={words.provisions}
    stack
    columns={[
      { key: 'at', head: words.at, rowHead: true, nowrap: true },
      { key: 'recipient', head: words.recipient },
      { key: 'collection', head: words.collection },
      { key: 'items', head: words.items },
      { key: 'record', head: words.record },
    ]}
    rows={rows.map((row) => {
      const collection = names.collections.get(row.collection_id);
      return {
        cells: {
          at: <a href={`${PATH}/provisions/${row.id}`}>{stamp(row.at.getTime())}</a>,
          recipient: <span translate="no">{row.record?.recipient_name ?? names.recipients.get(row.recipient_id)}</span>,
          collection: collection?.name[lang],
          items: itemText(collection, row.items, lang),
          record: <Kept lang={lang} until={row.record?.keep_until} />,
        },
      };
    })}
  />
);

export const ReceiptTable = ({ lang, rows, names }: { lang: Lang; rows: readonly Received[]; names: Names }) => (
  <Table
    lang={lang}
    caption={words.receipts}
    stack
    columns={[
      { key: 'at', head: words.at, rowHead: true, nowrap: true },
      { key: 'collection', head: words.collection },
      { key: 'items', head: words.items },
      { key: 'person', head: words.person, nowrap: true },
      { key: 'consent', head: words.consent },
      { key: 'record', head: words.record },
    ]}
    rows={rows.map((row) => {
      const collection = names.collections.get(row.collection_id);
      return {
        cells: {
          at: <a href={`${PATH}/receipts/${row.id}`}>{stamp(row.at.getTime())}</a>,
          collection: collection?.name[lang],
          items: itemText(collection, row.items, lang),
          person: row.principal_id ? (
            <a class="num" href={`/people/${row.principal_id}`}>
              {row.principal_id.slice(-8)}
            </a>
          ) : (
            words.apart[lang]
          ),
          consent: row.consent_by ? consentByWords[row.consent_by][lang] : words.noRecord[lang],
          record: <Kept lang={lang} until={row.record?.keep_until} />,
        },
      };
    })}
  />
);

const More = ({ href, children }: { href: string; children?: Child }) => (
  <p class="mt-3">
    <a href={href}>{children}</a>
  </p>
);

async function showAll(office: Office, c: Context<Env>): Promise<Response> {
  const frame = c.get('frame');
  const { lang } = frame;
  const may = c.get('may');
  const lines = await collections(office);
  const names = await namesOf(office);
  const given = may('records:read') ? await provisions(office, { most: FEW }) : null;
  const taken = may('records:read') ? await receipts(office, { most: FEW }) : null;
  const register = (first: boolean) =>
    may('ledger:write') && (
      <LinkButton {...(first ? {} : { small: true, icon: 'plus' })} href={`${PATH}/collections/new`}>
        {words.register[lang]}
      </LinkButton>
    );
  return c.html(
    <OfficePage
      {...frame}
      title={words.title[lang]}
      path={placeOf(c)}
      sub={words.sub[lang]}
      crumbs={crumbs(lang)}
      actions={lines.length > 0 && register(false)}
    >
      {lines.length === 0 ? (
        <Empty title={words.none[lang]} actions={register(true)}>
          {words.noneSays[lang]}
        </Empty>
      ) : (
        <Collections lang={lang} lines={lines} />
      )}
      {given?.ok && given.value.length > 0 && (
        <>
          <h2 class="h2">{words.provisions[lang]}</h2>
          <ProvisionTable lang={lang} rows={given.value} names={names} />
          <More href={`${PATH}/provisions`}>{words.allProvisions[lang]}</More>
        </>
      )}
      {taken?.ok && taken.value.length > 0 && (
        <>
          <h2 class="h2">{words.receipts[lang]}</h2>
          <ReceiptTable lang={lang} rows={taken.value} names={names} />
          <More href={`${PATH}/receipts`}>{words.allReceipts[lang]}</More>
        </>
      )}
    </OfficePage>,
  );
}

/** What a list of provisions or of receipts has of its own. */
interface Listing<Row extends { id: string }> {
  path: string;
  title: typeof words.title;
  sub: typeof words.sub;
  none: typeof words.none;
  noneSays: typeof words.noneSays;
  read(query: { collection?: string; before?: string; most: number }): Promise<{ ok: boolean; value?: Row[] }>;
  table(lang: Lang, rows: readonly Row[], names: Names): Child;
}

async function showList<Row extends { id: string }>(
  office: Office,
  c: Context<Env>,
  listing: Listing<Row>,
): Promise<Response> {
  const frame = c.get('frame');
  const { lang } = frame;
  const asked = (name: string): Record<string, string> => {
    const id = c.req.query(name);
    return id && isId(id) ? { [name]: id } : {};
  };
  const found = await listing.read({ ...asked('collection'), ...asked('before'), most: PAGE + 1 });
  const rows = found.value?.slice(0, PAGE) ?? [];
  const more = (found.value?.length ?? 0) > PAGE;
  const next = new URLSearchParams({ ...asked('collection'), before: rows.at(-1)?.id ?? '' });
  return c.html(
    <OfficePage
      {...frame}
      title={listing.title[lang]}
      path={placeOf(c)}
      sub={listing.sub[lang]}
      crumbs={crumbs(lang, { label: listing.title[lang] })}
    >
      {rows.length === 0 ? (
        <Empty title={listing.none[lang]} actions={<LinkButton href={PATH}>{words.toCollections[lang]}</LinkButton>}>
          {listing.noneSays[lang]}
        </Empty>
      ) : (
        <>
          {listing.table(lang, rows, await namesOf(office))}
          {more && <More href={`${listing.path}?${next.toString()}`}>{words.older[lang]}</More>}
        </>
      )}
    </OfficePage>,
  );
}

export const listPages = (office: Office): Route[] => [
  page('get', PATH, 'ledger:read', (c) => showAll(office, c)),
  page('get', `${PATH}/provisions`, 'records:read', (c) =>
    showList<Provided>(office, c, {
      path: `${PATH}/provisions`,
      title: words.provisionsTitle,
      sub: words.provisionsSub,
      none: words.noProvisions,
      noneSays: words.noProvisionsSays,
      read: (query) => provisions(office, query),
      table: (lang, rows, names) => <ProvisionTable lang={lang} rows={rows} names={names} />,
    }),
  ),
  page('get', `${PATH}/receipts`, 'records:read', (c) =>
    showList<Received>(office, c, {
      path: `${PATH}/receipts`,
      title: words.receiptsTitle,
      sub: words.receiptsSub,
      none: words.noReceipts,
      noneSays: words.noReceiptsSays,
      read: (query) => receipts(office, query),
      table: (lang, rows, names) => <ReceiptTable lang={lang} rows={rows} names={names} />,
    }),
  ),
];
