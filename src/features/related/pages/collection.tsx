// The page of a collection: its items and their classes, what was provided and received of it, and the persons its identifiers are linked to. Also
// the page that asks before it is retired.

import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { Lang } from '../../../base/bilingual.ts';
import { isId } from '../../../base/id.ts';
import type { Problem } from '../../../base/outcome.ts';
import { PAGE, pageOf } from '../../../base/page.ts';
import type { Office } from '../../../office.ts';
import { page, problemStatus, type Env, type Route } from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import { Chip } from '../../../platform/ui/chip.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { PostForm } from '../../../platform/ui/form.tsx';
import { number, stamp } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import { EntryLink } from '../../../platform/ui/reach.tsx';
import { EarlierVersions, Filters, FilterText, Table, versionBefore } from '../../../platform/ui/table.tsx';
import { byOf } from '../../access/index.ts';
import { standing } from '../../checkpoint/index.ts';
import { collectionOf, collections, history, retireCollection } from '../actions/collections.ts';
import { links, unlinkWithdrawn, withdrawnLinks } from '../actions/links.ts';
import { provisions } from '../actions/provisions.ts';
import { receipts } from '../actions/receipts.ts';
import { classOf, type Collection, layerOf } from '../facts/collection.ts';
import { actWords, layerWords, sourceWords, stateWords, words } from '../words.ts';
import { LinkTable } from './link.tsx';
import { crumbs, namesOf, recipientsIn, PATH, placeOf, ProvisionTable, ReceiptTable } from './list.tsx';

const FEW = 5;

const Items = ({ lang, collection, office }: { lang: Lang; collection: Collection; office: Office }) => {
  const { holding } = collection;
  const on = office.clock.today();
  return (
    <Table
      lang={lang}
      caption={words.items}
      stack="inline"
      columns={[
        { key: 'label', head: words.item, rowHead: true },
        { key: 'code', head: words.code },
        { key: 'class', head: words.class },
        ...(holding ? [{ key: 'linked', head: words.linkedClass }] : []),
      ]}
      rows={collection.items.map((item) => {
        const linked = layerOf(classOf(item, collection, true, on));
        return {
          cells: {
            label: item.label[lang],
            code: <code>{item.code}</code>,
            class: <Chip>{layerWords[item.class][lang]}</Chip>,
            linked: linked && <Chip kind="warn">{layerWords[linked][lang]}</Chip>,
          },
        };
      })}
    />
  );
};

async function History({ c, office, collection }: { c: Context<Env>; office: Office; collection: Collection }) {
  const lang = c.get('lang');
  const before = versionBefore(c);
  const versions = await history(office, collection.id, before);
  const { rows, next } = pageOf(versions, PAGE, ({ version }) => String(version));
  return (
    <>
      <h2 class="h2" id="history">
        {words.history[lang]}
      </h2>
      <Table
        lang={lang}
        caption={words.history}
        stack
        columns={[
          { key: 'version', head: words.version, rowHead: true, nowrap: true },
          { key: 'at', head: words.when, nowrap: true },
          { key: 'act', head: words.act, nowrap: true },
          { key: 'entry', head: words.entry, nowrap: true },
        ]}
        rows={rows.map((row) => ({
          cells: {
            version: lang === 'ja' ? `第${row.version}版` : `${row.version}`,
            at: <span class="num">{stamp(row.at.getTime())}</span>,
            act: actWords[row.act][lang],
            entry: (
              <EntryLink id={row.entry_id} about={stamp(row.at.getTime())}>
                {words.seeEntry[lang]}
              </EntryLink>
            ),
          },
        }))}
      />
      <EarlierVersions
        lang={lang}
        label={words.history}
        at={`${PATH}/collections/${collection.id}`}
        {...{ before, next }}
      />
    </>
  );
}

/** The next steps the reader may take with the collection. */
const Acts = ({ c, collection }: { c: Context<Env>; collection: Collection }) => {
  const lang = c.get('lang');
  const may = c.get('may');
  if (collection.state === 'retired') return null;
  const at = `?collection=${collection.id}`;
  const received = collection.source === 'third-party';
  return (
    <>
      {may('people:provide') && (
        <LinkButton small href={`${PATH}/provisions/new${at}`}>
          {words.provide[lang]}
        </LinkButton>
      )}
      {received && may('people:acquire') && (
        <LinkButton small href={`${PATH}/receipts/new${at}`}>
          {words.receive[lang]}
        </LinkButton>
      )}
      {!received && collection.holding && may('people:acquire') && (
        <LinkButton small kind="second" href={`${PATH}/links/new${at}`}>
          {words.linkTitle[lang]}
        </LinkButton>
      )}
      {may('ledger:write') && (
        <LinkButton small kind="text" href={`${PATH}/collections/${collection.id}/edit`}>
          {words.change[lang]}
        </LinkButton>
      )}
      {may('ledger:write') && (
        <LinkButton small kind="text" href={`${PATH}/collections/${collection.id}/retire`}>
          {words.retire[lang]}
        </LinkButton>
      )}
    </>
  );
};

const Withdrawn = ({ c, collection, n }: { c: Context<Env>; collection: Collection; n: number }) => {
  const { lang, csrf } = c.get('frame');
  return (
    <div class="mb-5">
      <Banner
        kind="warn"
        title={lang === 'ja' ? `同意のなくなった結び付きが${n}件あります` : `Links whose consent was withdrawn: ${n}`}
      >
        {lang === 'ja' ? 'もう使われることはありません。' : 'Nobody can use them any more.'}
      </Banner>
      {c.get('may')('consents:write') && (
        <div class="mt-3">
          <PostForm action={`${PATH}/collections/${collection.id}/withdrawn`} csrf={csrf}>
            <Button kind="second">{words.withdrawn[lang]}</Button>
          </PostForm>
        </div>
      )}
    </div>
  );
};

const said: Record<string, (typeof words)['saved']> = {
  saved: words.saved,
  linked: words.linked,
  unlinked: words.unlinked,
};

async function about(office: Office, c: Context<Env>, collection: Collection): Promise<[string, Child][]> {
  const lang = c.get('lang');
  const linked = (await collections(office)).find((line) => line.collection.id === collection.id)?.links ?? 0;
  const holding = collection.holding ? (await standing(office)).holdings.get(collection.holding) : undefined;
  const yesNo = (yes: boolean): string => (yes ? words.yes : words.no)[lang];
  return [
    [words.sourceHead[lang], sourceWords[collection.source][lang]],
    [words.place[lang], <span translate="no">{collection.place}</span>],
    [words.searchable[lang], yesNo(collection.searchable)],
    [words.communications[lang], yesNo(collection.communications)],
    [words.holding[lang], holding ? <a href={`/ledger/${holding.id}`}>{holding.name[lang]}</a> : words.noHolding[lang]],
    [words.links[lang], lang === 'ja' ? `${number(linked)}件` : number(linked)],
  ];
}

async function Records({ c, office, collection }: { c: Context<Env>; office: Office; collection: Collection }) {
  const lang = c.get('lang');
  if (!c.get('may')('records:read')) return null;
  const query = { collection: collection.id, most: FEW };
  const given = await provisions(office, query);
  const taken = await receipts(office, query);
  const names = await namesOf(office, given.ok ? recipientsIn(given.value) : []);
  return (
    <>
      {given.ok && given.value.length > 0 && (
        <>
          <h2 class="h2">{words.provisions[lang]}</h2>
          <ProvisionTable lang={lang} rows={given.value} names={names} />
          <p class="mt-3">
            <a href={`${PATH}/provisions?collection=${collection.id}`}>{words.allProvisions[lang]}</a>
          </p>
        </>
      )}
      {taken.ok && taken.value.length > 0 && (
        <>
          <h2 class="h2">{words.receipts[lang]}</h2>
          <ReceiptTable lang={lang} rows={taken.value} names={names} />
          <p class="mt-3">
            <a href={`${PATH}/receipts?collection=${collection.id}`}>{words.allReceipts[lang]}</a>
          </p>
        </>
      )}
    </>
  );
}

/** The links of one person in a collection. None are listed until the reader enters the person's id. */
async function LinksOf({ c, office, collection }: { c: Context<Env>; office: Office; collection: Collection }) {
  const lang = c.get('lang');
  if (collection.holding === null || !c.get('may')('records:read')) return null;
  const principal = c.req.query('principal')?.trim() ?? '';
  const found = isId(principal) ? await links(office, { principal }) : null;
  const rows = found?.ok ? found.value.filter((row) => row.collection_id === collection.id) : [];
  return (
    <>
      <h2 class="h2">{words.links[lang]}</h2>
      <Filters lang={lang} action={`${PATH}/collections/${collection.id}`}>
        <FilterText name="principal" label={words.personId[lang]} value={principal} />
      </Filters>
      {rows.length > 0 && <LinkTable c={c} rows={rows} names={await namesOf(office)} />}
      {principal !== '' && rows.length === 0 && <p class="small muted">{words.noLinks[lang]}</p>}
    </>
  );
}

async function showOne(office: Office, c: Context<Env>): Promise<Response> {
  const found = await collectionOf(office, c.req.param('id')!);
  if (!found.ok) return c.notFound();
  const collection = found.value;
  const frame = c.get('frame');
  const { lang } = frame;
  const fallen = (await withdrawnLinks(office)).get(collection.id) ?? 0;
  const what = Object.keys(said).find((name) => c.req.query(name) !== undefined);
  return c.html(
    <OfficePage
      {...frame}
      title={collection.name[lang]}
      path={placeOf(c)}
      sub={stateWords[collection.state][lang]}
      crumbs={crumbs(lang, { label: collection.name[lang] })}
      actions={<Acts c={c} collection={collection} />}
    >
      {what && (
        <div class="mb-4">
          <Banner kind="good" role="status" title={said[what]![lang]} />
        </div>
      )}
      {fallen > 0 && <Withdrawn c={c} collection={collection} n={fallen} />}
      <Panel title={words.about[lang]}>
        <Dl items={await about(office, c, collection)} asked />
        {collection.holding && <p class="small muted mt-3">{words.linksSays[lang]}</p>}
      </Panel>
      <h2 class="h2">{words.items[lang]}</h2>
      <Items lang={lang} collection={collection} office={office} />
      {await LinksOf({ c, office, collection })}
      {await Records({ c, office, collection })}
      {await History({ c, office, collection })}
    </OfficePage>,
  );
}

function retirePage(c: Context<Env>, collection: Collection, problem?: Problem): Response | Promise<Response> {
  const frame = c.get('frame');
  const { lang } = frame;
  const back = `${PATH}/collections/${collection.id}`;
  return c.html(
    <OfficePage
      {...frame}
      title={words.retireTitle[lang]}
      path={placeOf(c)}
      failed={problem !== undefined}
      crumbs={crumbs(lang, { label: collection.name[lang], href: back }, { label: words.retire[lang] })}
    >
      {problem && 'says' in problem && (
        <div class="mb-4">
          <Banner kind="bad" role="alert" title={problem.says[lang]} />
        </div>
      )}
      <Panel title={collection.name[lang]}>
        <p>{words.retireSays[lang]}</p>
        <div class="mt-4">
          <PostForm action={`${back}/retire`} csrf={frame.csrf} values={{ version: String(collection.version) }}>
            <Buttons>
              <Button kind="stop">{words.retire[lang]}</Button>
              <LinkButton kind="text" href={back}>
                {words.cancel[lang]}
              </LinkButton>
            </Buttons>
          </PostForm>
        </div>
      </Panel>
    </OfficePage>,
    problem ? problemStatus(problem) : 200,
  );
}

export const collectionPages = (office: Office): Route[] => [
  page('get', `${PATH}/collections/:id`, 'ledger:read', (c) => showOne(office, c)),
  page('get', `${PATH}/collections/:id/retire`, 'ledger:write', async (c) => {
    const found = await collectionOf(office, c.req.param('id')!);
    return found.ok ? retirePage(c, found.value) : c.notFound();
  }),
  page('post', `${PATH}/collections/:id/retire`, 'ledger:write', async (c) => {
    const id = c.req.param('id')!;
    const found = await collectionOf(office, id);
    if (!found.ok) return c.notFound();
    const version = Number(c.get('form').text('version'));
    const outcome = await retireCollection(office, byOf(c), { id, version });
    return outcome.ok
      ? c.redirect(`${PATH}/collections/${id}?saved=1`, 303)
      : retirePage(c, found.value, outcome.problem);
  }),
  page('post', `${PATH}/collections/:id/withdrawn`, 'consents:write', async (c) => {
    const id = c.req.param('id')!;
    const outcome = isId(id) ? await unlinkWithdrawn(office, byOf(c), id) : null;
    return outcome?.ok ? c.redirect(`${PATH}/collections/${id}?unlinked=1`, 303) : c.notFound();
  }),
];
