// The lists of collections, provisions and receipts, and what all pages of this feature share.

import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import type { Office } from '../../../office.ts';
import { page, placeOf, type Env, type Route } from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { LinkButton } from '../../../platform/ui/button.tsx';
import { Chip } from '../../../platform/ui/chip.tsx';
import { crumbsFrom } from '../../../platform/ui/crumbs.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import { listed, slashDay, stamp } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import {
  ListBody,
  ListTable,
  listView,
  type List,
  type ListColumn,
  type ListFilter,
  type ListView,
} from '../../../platform/ui/list.tsx';
import { NewestBody, newestView, type NewestList } from '../../../platform/ui/newest.tsx';
import { instantsIn } from '../../../platform/ui/period.tsx';
import { exportPage, fileOf, fileOfNewest } from '../../access/index.ts';
import { recipientNames } from '../../recipients/index.ts';
import type { Catalogue } from '../../search/index.ts';
import { collections, type CollectionLine } from '../actions/collections.ts';
import { lostRelated } from '../actions/lost.ts';
import { provisions } from '../actions/provisions.ts';
import { receipts } from '../actions/receipts.ts';
import { type Collection, sources } from '../facts/collection.ts';
import { allCollections, findProvision, findReceipt, type Provided, type Received } from '../store.ts';
import { consentByWords, layerWords, sourceWords, stateWords, words } from '../words.ts';

export const PATH = '/related';
const PROVISIONS = `${PATH}/provisions`;
const RECEIPTS = `${PATH}/receipts`;
export const LOST = `${PATH}/lost`;
const FEW = 5;

export { placeOf };

export const crumbs = crumbsFrom(words.title, PATH);

/** The names of items of a collection. A code that no longer exists is shown as it is. */
export const itemText = (collection: Collection | undefined, codes: readonly string[], lang: Lang): string =>
  listed(
    codes.map((code) => collection?.items.find((item) => item.code === code)?.label[lang] ?? code),
    lang,
  );

/** The collections and recipients that rows of a list name, by id. */
export interface Names {
  collections: ReadonlyMap<string, Collection>;
  recipients: ReadonlyMap<string, string>;
}

export const recipientsIn = (rows: readonly Provided[]): string[] => rows.map(({ recipient_id }) => recipient_id);

/** Looks up all collections, and the recipients in `named`. */
export async function namesOf(office: Office, named: readonly string[] | 'all' = []): Promise<Names> {
  const lines = await collections(office);
  return {
    collections: new Map(lines.map(({ collection }) => [collection.id, collection])),
    recipients: await recipientNames(office, named),
  };
}

const collectionColumns: readonly ListColumn<CollectionLine>[] = [
  {
    key: 'name',
    head: words.collection,
    rowHead: true,
    value: ({ collection }, lang) => collection.name[lang],
    cell: ({ collection }, lang) => <a href={`${PATH}/collections/${collection.id}`}>{collection.name[lang]}</a>,
  },
  {
    key: 'state',
    head: words.state,
    nowrap: true,
    unsearched: true,
    value: ({ collection }, lang) => stateWords[collection.state][lang],
    cell: ({ collection }, lang) =>
      collection.state === 'retired' ? <Chip>{stateWords.retired[lang]}</Chip> : stateWords.active[lang],
  },
  {
    key: 'source',
    head: words.sourceHead,
    unsearched: true,
    value: ({ collection }, lang) => sourceWords[collection.source][lang],
  },
  {
    key: 'place',
    head: words.placeHead,
    value: ({ collection }) => collection.place,
    cell: ({ collection }) => <span translate="no">{collection.place}</span>,
  },
  {
    key: 'items',
    head: words.items,
    value: ({ collection }, lang) =>
      listed(
        collection.items.map((item) => item.label[lang]),
        lang,
      ),
  },
  {
    key: 'class',
    head: words.class,
    nowrap: true,
    unsearched: true,
    value: ({ collection }, lang) =>
      listed([...new Set(collection.items.map((item) => layerWords[item.class][lang]))], lang),
  },
  { key: 'links', head: words.linksHead, align: 'right', unsearched: true, value: ({ links }) => links },
];

const collectionFilters: readonly ListFilter<CollectionLine>[] = [
  {
    name: 'source',
    label: words.sourceHead,
    options: sources.map((value) => ({ value, label: sourceWords[value] })),
    keeps: ({ collection }, source) => collection.source === source,
  },
  {
    name: 'state',
    label: words.state,
    options: Object.entries(stateWords).map(([value, label]) => ({ value, label })),
    keeps: ({ collection }, state) => collection.state === state,
  },
];

async function viewOf(office: Office, c: Context<Env>): Promise<ListView<CollectionLine>> {
  const list: List<CollectionLine> = {
    path: PATH,
    title: words.collections,
    columns: collectionColumns,
    filters: collectionFilters,
    rows: await collections(office),
    order: 'name',
    noMatch: words.noCollections,
    stack: true,
  };
  return listView(list, c.req.url, c.get('lang'));
}

/** The first columns of the lists of provisions and receipts. */
const actColumns = <Row extends Provided | Received>(path: string, names: Names) => {
  const at: ListColumn<Row> = {
    key: 'at',
    head: words.at,
    rowHead: true,
    nowrap: true,
    value: (row) => stamp(row.at.getTime()),
    cell: (row) => (
      <a class="num" href={`${path}/${row.id}`}>
        {stamp(row.at.getTime())}
      </a>
    ),
  };
  const what: ListColumn<Row>[] = [
    {
      key: 'collection',
      head: words.collection,
      value: (row, lang) => names.collections.get(row.collection_id)?.name[lang] ?? '',
    },
    {
      key: 'items',
      head: words.items,
      value: (row, lang) => itemText(names.collections.get(row.collection_id), row.items, lang),
    },
  ];
  const record: ListColumn<Row>[] = [
    {
      key: 'record',
      head: words.record,
      nowrap: true,
      value: (row, lang) => (row.record ? words.recorded : words.noRecord)[lang],
      cell: (row, lang) => (row.record ? <Chip kind="good">{words.recorded[lang]}</Chip> : words.noRecord[lang]),
    },
    {
      key: 'keepUntil',
      head: words.keepUntil,
      nowrap: true,
      value: (row) => (row.record ? slashDay(row.record.keep_until) : ''),
    },
  ];
  return { at, what, record };
};

function provisionColumns(names: Names): readonly ListColumn<Provided>[] {
  const { at, what, record } = actColumns<Provided>(PROVISIONS, names);
  const recipient = (row: Provided): string =>
    row.record?.recipient_name ?? names.recipients.get(row.recipient_id) ?? '';
  return [
    at,
    {
      key: 'recipient',
      head: words.recipient,
      value: recipient,
      cell: (row) => recipient(row) && <span translate="no">{recipient(row)}</span>,
    },
    ...what,
    ...record,
  ];
}

function receiptColumns(names: Names): readonly ListColumn<Received>[] {
  const { at, what, record } = actColumns<Received>(RECEIPTS, names);
  return [
    at,
    ...what,
    {
      key: 'person',
      head: words.person,
      nowrap: true,
      value: (row, lang) => row.principal_id ?? words.apart[lang],
      cell: ({ principal_id }, lang) =>
        principal_id ? (
          <a class="num" href={`/people/${principal_id}`}>
            {principal_id.slice(-8)}
          </a>
        ) : (
          words.apart[lang]
        ),
    },
    {
      key: 'consent',
      head: words.consent,
      value: (row, lang) => (row.consent_by ? consentByWords[row.consent_by] : words.noRecord)[lang],
    },
    ...record,
  ];
}

export const ProvisionTable = ({ lang, rows, names }: { lang: Lang; rows: readonly Provided[]; names: Names }) => (
  <ListTable lang={lang} caption={words.provisions} stack columns={provisionColumns(names)} rows={rows} />
);

export const ReceiptTable = ({ lang, rows, names }: { lang: Lang; rows: readonly Received[]; names: Names }) => (
  <ListTable lang={lang} caption={words.receipts} stack columns={receiptColumns(names)} rows={rows} />
);

const More = ({ href, children }: { href: string; children?: Child }) => (
  <p class="mt-3">
    <a href={href}>{children}</a>
  </p>
);

async function showAll(office: Office, c: Context<Env>): Promise<Response> {
  const { lang } = c.get('frame');
  const may = c.get('may');
  const view = await viewOf(office, c);
  const any = view.list.rows.length > 0;
  const given = may('records:read') ? await provisions(office, { most: FEW }) : null;
  const names = await namesOf(office, given?.ok ? recipientsIn(given.value) : []);
  const taken = may('records:read') ? await receipts(office, { most: FEW }) : null;
  const anyLost = may('records:read') && (await lostRelated(office, { most: 1 })).length > 0;
  const register = (first: boolean) =>
    may('ledger:write') && (
      <LinkButton {...(first ? {} : { small: true, icon: 'plus' })} href={`${PATH}/collections/new`}>
        {words.register[lang]}
      </LinkButton>
    );
  return c.html(
    <OfficePage
      {...c.get('frame')}
      title={words.title[lang]}
      path={placeOf(c)}
      sub={words.sub[lang]}
      crumbs={crumbs(lang)}
      actions={any && register(false)}
    >
      {anyLost && (
        <div class="mb-5">
          <Banner
            kind="warn"
            icon="warn"
            title={words.lost[lang]}
            action={{ href: LOST, label: words.seeLost[lang] }}
          />
        </div>
      )}
      <ListBody
        view={view}
        none={
          <Empty title={words.none[lang]} actions={register(true)}>
            {words.noneSays[lang]}
          </Empty>
        }
      />
      {given?.ok && given.value.length > 0 && (
        <>
          <h2 class="h2">{words.provisions[lang]}</h2>
          <ProvisionTable lang={lang} rows={given.value} names={names} />
          <More href={PROVISIONS}>{words.allProvisions[lang]}</More>
        </>
      )}
      {taken?.ok && taken.value.length > 0 && (
        <>
          <h2 class="h2">{words.receipts[lang]}</h2>
          <ReceiptTable lang={lang} rows={taken.value} names={names} />
          <More href={RECEIPTS}>{words.allReceipts[lang]}</More>
        </>
      )}
    </OfficePage>,
  );
}

const asIs = (value: string, name: string): { value: string; label: Bilingual } => ({ value, label: both(name, name) });

const collectionFilter = ({ collections: all }: Names) => ({
  name: 'collection',
  label: words.collection,
  options: [...all.values()].map(({ id, name }) => ({ value: id, label: name })),
});

async function provisionList(office: Office): Promise<NewestList<Provided>> {
  const names = await namesOf(office, 'all');
  return {
    path: PROVISIONS,
    title: words.provisionsTitle,
    columns: provisionColumns(names),
    filters: [
      collectionFilter(names),
      {
        name: 'recipient',
        label: words.recipient,
        options: [...names.recipients].map(([id, name]) => asIs(id, name)),
      },
    ],
    period: true,
    read: async ({ collection, recipient, ...chosen }, rows) => {
      const found = await provisions(office, { collection, recipient, ...instantsIn(chosen), ...rows });
      return found.ok ? found.value : [];
    },
    noMatch: words.noSuchProvision,
    stack: true,
  };
}

async function receiptList(office: Office): Promise<NewestList<Received>> {
  const names = await namesOf(office);
  return {
    path: RECEIPTS,
    title: words.receiptsTitle,
    columns: receiptColumns(names),
    filters: [collectionFilter(names)],
    period: true,
    read: async ({ collection, ...chosen }, rows) => {
      const found = await receipts(office, { collection, ...instantsIn(chosen), ...rows });
      return found.ok ? found.value : [];
    },
    noMatch: words.noSuchReceipt,
    stack: true,
  };
}

async function showList<Row extends { id: string }>(
  c: Context<Env>,
  list: NewestList<Row>,
  says: Record<'sub' | 'none' | 'noneSays', Bilingual>,
): Promise<Response> {
  const { lang } = c.get('frame');
  return c.html(
    <OfficePage
      {...c.get('frame')}
      title={list.title[lang]}
      path={placeOf(c)}
      sub={says.sub[lang]}
      crumbs={crumbs(lang, { label: list.title[lang] })}
    >
      <NewestBody
        view={await newestView(list, c.req.url, lang)}
        none={
          <Empty title={says.none[lang]} actions={<LinkButton href={PATH}>{words.toCollections[lang]}</LinkButton>}>
            {says.noneSays[lang]}
          </Empty>
        }
      />
    </OfficePage>,
  );
}

export const listPages = (office: Office): Route[] => [
  page('get', PATH, 'ledger:read', (c) => showAll(office, c)),
  exportPage(office, { path: PATH, may: 'ledger:read' }, async (c) => fileOf(await viewOf(office, c))),
  page('get', PROVISIONS, 'records:read', async (c) =>
    showList(c, await provisionList(office), {
      sub: words.provisionsSub,
      none: words.noProvisions,
      noneSays: words.noProvisionsSays,
    }),
  ),
  exportPage(office, { path: PROVISIONS, may: 'records:read' }, async (c) =>
    fileOfNewest(await provisionList(office), c.req.url),
  ),
  page('get', RECEIPTS, 'records:read', async (c) =>
    showList(c, await receiptList(office), {
      sub: words.receiptsSub,
      none: words.noReceipts,
      noneSays: words.noReceiptsSays,
    }),
  ),
  exportPage(office, { path: RECEIPTS, may: 'records:read' }, async (c) =>
    fileOfNewest(await receiptList(office), c.req.url),
  ),
];

export const relatedCatalogues = (office: Office): Catalogue[] => [
  {
    title: words.title,
    list: PATH,
    things: async () =>
      (await allCollections(office.database)).map(({ id, name, items }) => ({
        name,
        href: `${PATH}/collections/${id}`,
        numbers: [id],
        says: both(
          listed(
            items.map(({ label }) => label.ja),
            'ja',
          ),
          listed(
            items.map(({ label }) => label.en),
            'en',
          ),
        ),
      })),
  },
  ...[
    { title: words.provisionsTitle, list: PROVISIONS, find: findProvision },
    { title: words.receiptsTitle, list: RECEIPTS, find: findReceipt },
  ].map(({ title, list, find }): Catalogue => ({
    title,
    list,
    things: async ({ id }) => {
      const row = id && (await find(office.database, id));
      if (!row) return [];
      const at = stamp(row.at.getTime());
      return [{ name: both(at, at), href: `${list}/${row.id}`, numbers: [row.id] }];
    },
  })),
];
