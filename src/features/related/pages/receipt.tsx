// The form that receives personally related information: first the items and the person they are linked to, then the question of the law with its
// answer beside it. Also the page of one receipt, with its record and the links that rest on it.

import type { Context } from 'hono';
import { both, type Lang } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import { isId } from '../../../base/id.ts';
import type { FieldProblem } from '../../../base/outcome.ts';
import type { Office } from '../../../office.ts';
import { page, type Env, type Form, type Route } from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import { Dl, HeldValue } from '../../../platform/ui/fact-list.tsx';
import { Checks, ErrorSummary, Hidden, problemAt, TextField } from '../../../platform/ui/form.tsx';
import { writtenDay } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import { showIdentities } from '../../../vault/index.ts';
import { byOf } from '../../access/index.ts';
import { identityRows, modeWords, standing } from '../../checkpoint/index.ts';
import { askWith, factTexts, type Round } from '../../consultation/index.ts';
import { collectionInUse } from '../actions/collections.ts';
import { asStated } from '../actions/documents.ts';
import { links } from '../actions/links.ts';
import { linkingConsent, personProblem, purposesOf, receiptOf, receive } from '../actions/receipts.ts';
import { receiptStatedSchema, receivingFor } from '../facts/asking.ts';
import type { Collection } from '../facts/collection.ts';
import type { Received } from '../store.ts';
import { consentByWords, words } from '../words.ts';
import { askWithPapers, documentsIn, saidOf, undone, type Attempt } from './asking.tsx';
import { HandlingPage } from './handling.tsx';
import { LinkTable } from './link.tsx';
import { crumbs, itemText, namesOf, PATH, placeOf } from './list.tsx';

const NEW = `${PATH}/receipts/new`;

interface RecordProps {
  lang: Lang;
  row: Received;
  collection: Collection | undefined;
  today: Day;
  /** Identity rows of an erased person. */
  identity: ReturnType<typeof identityRows>;
}

const RecordPanel = ({ lang, row, collection, today, identity }: RecordProps) => {
  const { record } = row;
  if (!record) {
    return (
      <Panel title={words.receiptRecord[lang]}>
        <p class="small">{words.noRecordSays[lang]}</p>
      </Panel>
    );
  }
  return (
    <Panel title={words.receiptRecord[lang]} sub={words.receiptRecordSub[lang]}>
      <Dl
        items={[
          [words.consent[lang], words.consentObtained[lang]],
          [words.provider[lang], <span translate="no">{record.provider_name}</span>],
          [words.address[lang], <span translate="no">{record.provider_address}</span>],
          ...(record.provider_representative
            ? [[words.representative[lang], <span translate="no">{record.provider_representative}</span>] as const]
            : []),
          [words.person[lang], <a href={`/people/${record.principal_id}`}>{record.principal_id}</a>],
          ...identity.map(({ name, ...one }) => [name, <HeldValue {...one} />] as const),
          [words.items[lang], itemText(collection, record.items, lang)],
          [words.madeOn[lang], `${writtenDay(record.made_on, lang)}　${modeWords[record.mode][lang]}`],
          [words.keepUntil[lang], writtenDay(record.keep_until, lang)],
        ]}
      />
      {record.keep_until < today && <p class="small mt-4">{words.over[lang]}</p>}
    </Panel>
  );
};

async function Linked({ c, office, row }: { c: Context<Env>; office: Office; row: Received }) {
  const { lang } = c.get('frame');
  if (row.principal_id === null) return null;
  const found = await links(office, { receipt: row.id });
  const rows = found.ok ? found.value : [];
  const may = c.get('may')('people:acquire');
  return (
    <>
      <h2 class="h2">{words.links[lang]}</h2>
      {rows.length === 0 ? (
        <p class="small muted">{words.noLinks[lang]}</p>
      ) : (
        <LinkTable c={c} rows={rows} names={await namesOf(office)} />
      )}
      {may && (
        <p class="mt-4">
          <LinkButton kind="second" href={`${PATH}/links/new?collection=${row.collection_id}&receipt=${row.id}`}>
            {words.linkTitle[lang]}
          </LinkButton>
        </p>
      )}
    </>
  );
}

/** Of a receipt under an item of 27(1) that does not say which: what is to be done, with the form that records it anew. */
const Itemless = ({ c, row }: { c: Context<Env>; row: Received }) => {
  const lang = c.get('lang');
  const { basis, exception, links: linked } = row.facts;
  if (row.principal_id === null || linked !== true || basis !== 'exception' || exception?.item !== undefined)
    return null;
  const about = new URLSearchParams({ collection: row.collection_id, principal: row.principal_id, begin: '1' });
  for (const code of row.items) about.append('items', code);
  const action = { href: `${NEW}?${about}`, label: words.recordAnew[lang] };
  return (
    <Banner kind="warn" title={words.itemless[lang]} {...(c.get('may')('people:acquire') ? { action } : {})}>
      {words.itemlessSays[lang]}
    </Banner>
  );
};

async function showOne(office: Office, c: Context<Env>): Promise<Response> {
  const found = await receiptOf(office, c.req.param('id')!);
  if (!found.ok) return c.notFound();
  const [shown] = await asStated(office, byOf(c), [found.value]);
  const row = shown!;
  const { lang } = c.get('frame');
  const collection = (await namesOf(office)).collections.get(row.collection_id);
  const { principal_id: person, consent_by: consentBy } = row;
  const shownOf = await showIdentities(office, byOf(c), person && row.record ? [person] : []);
  return c.html(
    <HandlingPage
      c={c}
      row={row}
      collection={collection}
      title={both(`${collection?.name.ja ?? ''}の受け取り`, `Receipt: ${collection?.name.en ?? ''}`)}
      list={{ label: words.receipts, href: `${PATH}/receipts` }}
      says={{ done: words.received, what: words.whatReceived, may: words.mayReceive, on: words.receivedOnThis }}
      facts={[
        [words.person[lang], person ? <a href={`/people/${person}`}>{person}</a> : words.apart[lang]],
        ...(consentBy ? [[words.consentBy[lang], consentByWords[consentBy][lang]] as const] : []),
      ]}
      record={
        <RecordPanel
          lang={lang}
          row={row}
          collection={collection}
          today={office.clock.today()}
          identity={identityRows(person ? shownOf.get(person) : undefined, lang)}
        />
      }
    >
      <Itemless c={c} row={row} />
      {await Linked({ c, office, row })}
    </HandlingPage>,
  );
}

/** What is received and for which person, before anything is asked. */
interface Place {
  collection: Collection;
  items: string[];
  principal: string | undefined;
}

const newCrumbs = (lang: Lang, collection: Collection) =>
  crumbs(
    lang,
    { label: collection.name[lang], href: `${PATH}/collections/${collection.id}` },
    { label: words.receiveTitle[lang] },
  );

function beginPage(c: Context<Env>, { collection, items, principal }: Place, problems: readonly FieldProblem[]) {
  const frame = c.get('frame');
  const { lang } = frame;
  return c.html(
    <OfficePage
      {...frame}
      title={words.receiveTitle[lang]}
      path={placeOf(c)}
      sub={collection.name[lang]}
      failed={problems.length > 0}
      crumbs={newCrumbs(lang, collection)}
    >
      <ErrorSummary lang={lang} problems={problems} labels={{ items: words.items, principal: words.personFirst }} />
      <form method="get" action={NEW} class="max-w-[48rem]">
        <Hidden values={{ collection: collection.id, begin: '1' }} />
        <Checks
          lang={lang}
          name="items"
          label={words.items}
          need="required"
          values={items}
          options={collection.items.map(({ code, label }) => ({ value: code, label }))}
          error={problemAt(problems, 'items', lang)}
        />
        <TextField
          lang={lang}
          name="principal"
          label={words.personFirst}
          need="optional"
          hint={words.personHint[lang]}
          value={principal}
          error={problemAt(problems, 'principal', lang)}
        />
        <Buttons>
          <Button>{words.next[lang]}</Button>
        </Buttons>
      </form>
    </OfficePage>,
    problems.length > 0 ? 422 : 200,
  );
}

const askPage = (office: Office, c: Context<Env>, place: Place, attempt: Attempt): Promise<Response> => {
  const { collection, items, principal } = place;
  const lang = c.get('lang');
  return askWithPapers(office, c, attempt, {
    title: words.receiveTitle,
    path: c.req.method === 'GET' ? placeOf(c) : `${NEW}?collection=${collection.id}`,
    sub: `${collection.name[lang]}　${itemText(collection, items, lang)}`,
    crumbs: newCrumbs(lang, collection),
    action: NEW,
    values: { collection: collection.id, chosen: items.join(','), ...(principal ? { principal } : {}) },
    asked: principal
      ? both(`本人と結び付けて受け取る：${collection.name.ja}`, `Linked to a person: ${collection.name.en}`)
      : both(`結び付けずに受け取る：${collection.name.ja}`, `Kept apart from persons: ${collection.name.en}`),
    act: { does: 'receive', says: words.receiveDo },
  });
};

async function submit(office: Office, c: Context<Env>, place: Place, round: Round): Promise<Response> {
  const form = c.get('form');
  const documents = documentsIn(form);
  const facts = receiptStatedSchema.safeParse({ ...round.stated, links: place.principal !== undefined });
  if (!facts.success) return askPage(office, c, place, { round, documents, notice: words.unread });
  const outcome = await receive(office, byOf(c), {
    collection: place.collection.id,
    principal: place.principal,
    items: place.items,
    facts: facts.data,
    documents,
    attempt: form.text('attempt') || undefined,
  });
  if (outcome.ok) {
    const to = c.get('may')('records:read')
      ? `${PATH}/receipts/${outcome.value.id}?done=1`
      : `${PATH}/collections/${place.collection.id}?saved=1`;
    return c.redirect(to, 303);
  }
  const { problem } = outcome;
  if (problem.kind === 'conflict' && problem.field === 'attempt' && problem.existing)
    return c.redirect(`${PATH}/receipts/${problem.existing}`, 303);
  return askPage(office, c, place, undone(problem, { round, documents }));
}

async function placeOfForm(office: Office, c: Context<Env>, form: Form | null): Promise<Place | null> {
  const asked = (name: string): string => (form ? form.text(name) : (c.req.query(name) ?? ''));
  const found = await collectionInUse(office, asked('collection'));
  if (!found.ok || found.value.source !== 'third-party') return null;
  const chosen = form ? form.text('chosen').split(',') : (c.req.queries('items') ?? []);
  const known = new Set(found.value.items.map((item) => item.code));
  return {
    collection: found.value,
    items: chosen.filter((code) => known.has(code)),
    principal: asked('principal').trim() || undefined,
  };
}

const noItems = both('項目を1つ以上選んでください', 'Choose at least one item');

async function beginProblems(office: Office, { items, principal }: Place): Promise<FieldProblem[]> {
  const unknown =
    principal === undefined
      ? null
      : isId(principal)
        ? await personProblem(office, principal)
        : { ok: false as const, problem: { kind: 'not-found' as const, says: nobody } };
  return [
    ...(items.length === 0 ? [{ field: 'items', says: noItems }] : []),
    ...(unknown && !unknown.ok ? [{ field: 'principal', says: saidOf(unknown.problem) }] : []),
  ];
}

const nobody = both('本人の番号の形が正しくありません', 'This is not the id of a person');

async function answerPage(office: Office, c: Context<Env>, form: Form | null): Promise<Response> {
  const place = await placeOfForm(office, c, form);
  if (!place) return c.redirect(PATH, 303);
  const begun = form !== null || c.req.query('begin') !== undefined;
  const problems = begun ? await beginProblems(office, place) : [];
  if (!begun || problems.length > 0) return beginPage(c, place, problems);
  const stands = await standing(office);
  const { collection, principal, items } = place;
  const purposes = purposesOf(stands, collection);
  const ids = purposes.map(({ id }) => id);
  const { database, clock } = office;
  const person =
    principal === undefined
      ? null
      : await linkingConsent(database, clock.today(), collection, { principal, items, purposes: ids });
  const asked = await askWith(office, stands, receivingFor(purposes, person), null, form);
  // A receipt kept apart from persons needs no answers, so its result is shown at once.
  const round = principal === undefined ? { ...asked, begun: true } : asked;
  return form?.text('do') === 'receive' && round.finding !== null
    ? submit(office, c, place, round)
    : askPage(office, c, place, { round, documents: documentsIn(form) });
}

export const receiptPages = (office: Office): Route[] => [
  page('get', NEW, 'people:acquire', (c) => answerPage(office, c, null)),
  page('post', NEW, 'people:acquire', (c) => answerPage(office, c, c.get('form')), {
    texts: factTexts({ items: words.items, principal: words.personFirst }),
  }),
  page('get', `${PATH}/receipts/:id`, 'records:read', (c) => showOne(office, c)),
];
