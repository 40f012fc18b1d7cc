// The form that provides personally related information: first the recipient, then the question of the law with its answer beside it, and on a yes
// the papers that were seen. Also the page of one provision, with its record.

import type { Context } from 'hono';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import type { Office } from '../../../office.ts';
import { page, type Env, type Form, type Route } from '../../../platform/http/index.ts';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import { Hidden } from '../../../platform/ui/form.tsx';
import { writtenDay } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import { modeWords, standing } from '../../checkpoint/index.ts';
import { askWith, factTexts, type Round } from '../../consultation/index.ts';
import { listRecipients, OfferedRecipients } from '../../recipients/index.ts';
import { searchIn } from '../../../platform/ui/offer.tsx';
import { collectionInUse } from '../actions/collections.ts';
import { knownRecipient, provide, provisionOf } from '../actions/provisions.ts';
import { offering, provideStatedSchema, providingTo } from '../facts/asking.ts';
import type { Collection } from '../facts/collection.ts';
import type { KnownRecipient } from '../facts/providing.ts';
import type { Provided } from '../store.ts';
import { words } from '../words.ts';
import { askWithPapers, documentsIn, saidOf, undone, type Attempt } from './asking.tsx';
import { HandlingPage } from './handling.tsx';
import { crumbs, itemText, namesOf, PATH, placeOf } from './list.tsx';
import { byOf } from '../../access/index.ts';

const NEW = `${PATH}/provisions/new`;

const RecordPanel = ({ lang, row, collection }: { lang: Lang; row: Provided; collection: Collection | undefined }) => {
  const { record } = row;
  if (!record) {
    return (
      <Panel title={words.provisionRecord[lang]}>
        <p class="small">{words.noRecordSays[lang]}</p>
      </Panel>
    );
  }
  const day = (text: typeof record.made_on): string => writtenDay(text, lang);
  return (
    <Panel title={words.provisionRecord[lang]} sub={words.provisionRecordSub[lang]}>
      <Dl
        items={[
          [words.consentConfirmed[lang], words.consentConfirmedYes[lang]],
          ...(record.foreign_information_confirmed
            ? [[words.foreignConfirmed[lang], words.foreignConfirmedYes[lang]] as const]
            : []),
          ...(record.provided_on ? [[words.providedOn[lang], day(record.provided_on)] as const] : []),
          ...(record.first_on && record.last_on
            ? [
                [
                  words.period[lang],
                  `${day(record.first_on)}${lang === 'ja' ? 'から' : ' to '}${day(record.last_on)}${lang === 'ja' ? 'まで' : ''}`,
                ] as const,
              ]
            : []),
          [words.recipient[lang], <span translate="no">{record.recipient_name}</span>],
          [words.address[lang], <span translate="no">{record.recipient_address}</span>],
          ...(record.recipient_representative
            ? [[words.representative[lang], <span translate="no">{record.recipient_representative}</span>] as const]
            : []),
          [words.items[lang], itemText(collection, record.items, lang)],
          [words.madeOn[lang], `${day(record.made_on)}　${modeWords[record.mode][lang]}`],
          [words.keepUntil[lang], day(record.keep_until)],
        ]}
      />
      <p class="small muted mt-3">{words.nobodyInIt[lang]}</p>
    </Panel>
  );
};

async function showOne(office: Office, c: Context<Env>): Promise<Response> {
  const found = await provisionOf(office, c.req.param('id')!);
  if (!found.ok) return c.notFound();
  const row = found.value;
  const { lang } = c.get('frame');
  const names = await namesOf(office, [row.recipient_id]);
  const collection = names.collections.get(row.collection_id);
  const recipient = row.record?.recipient_name ?? names.recipients.get(row.recipient_id) ?? '';
  return c.html(
    <HandlingPage
      c={c}
      row={row}
      collection={collection}
      title={both(`${recipient}への提供`, `Provision to ${recipient}`)}
      list={{ label: words.provisions, href: `${PATH}/provisions` }}
      says={{ done: words.provided, what: words.whatProvided, may: words.mayProvide, on: words.providedOnThis }}
      facts={[[words.recipient[lang], <a href={`/recipients/${row.recipient_id}`}>{recipient}</a>]]}
      record={<RecordPanel lang={lang} row={row} collection={collection} />}
    />,
  );
}

const newCrumbs = (lang: Lang, collection: Collection, title: Bilingual) =>
  crumbs(lang, { label: collection.name[lang], href: `${PATH}/collections/${collection.id}` }, { label: title[lang] });

/** The collection and the recipient; the recipient is '' until one is chosen. */
interface Wanted {
  collection: Collection;
  recipient: string;
}

/** Asks for the recipient first: what the law asks next depends on what the register says of it. */
async function choosePage(office: Office, c: Context<Env>, { collection, recipient }: Wanted, problem?: Bilingual) {
  const frame = c.get('frame');
  const { lang } = frame;
  const open = (await listRecipients(office)).filter(
    ({ state, relations }) => state === 'active' && relations.includes('third-party'),
  );
  return c.html(
    <OfficePage
      {...frame}
      title={words.provideTitle[lang]}
      path={placeOf(c)}
      sub={collection.name[lang]}
      failed={problem !== undefined}
      crumbs={newCrumbs(lang, collection, words.provideTitle)}
    >
      {open.length === 0 ? (
        <Empty
          title={words.noRecipients[lang]}
          actions={<LinkButton href="/recipients">{words.toRecipients[lang]}</LinkButton>}
        >
          {words.noRecipientsSays[lang]}
        </Empty>
      ) : (
        <form method="get" action={NEW} class="max-w-[48rem]">
          <Hidden values={{ collection: collection.id }} />
          <OfferedRecipients
            lang={lang}
            name="recipient"
            label={words.recipientFirst}
            recipients={open}
            value={recipient}
            search={searchIn(c)}
            error={problem?.[lang]}
          />
          <Buttons>
            <Button>{words.next[lang]}</Button>
          </Buttons>
        </form>
      )}
    </OfficePage>,
    problem ? 422 : 200,
  );
}

interface Place extends Wanted {
  name: string;
  known: KnownRecipient;
}

const askPage = async (office: Office, c: Context<Env>, place: Place, attempt: Attempt): Promise<Response> => {
  const { collection, recipient, name } = place;
  return askWithPapers(office, c, attempt, {
    title: words.provideTitle,
    path: `${NEW}?collection=${collection.id}&recipient=${recipient}`,
    sub: `${collection.name[c.get('lang')]} → ${name}`,
    crumbs: newCrumbs(c.get('lang'), collection, words.provideTitle),
    action: NEW,
    values: { collection: collection.id, recipient },
    fixed: true,
    asked: both(`${name}に渡す：${collection.name.ja}`, `${collection.name.en}, to ${name}`),
    act: { does: 'provide', says: words.provideDo },
    hint: words.namesNobody,
  });
};

async function submit(office: Office, c: Context<Env>, place: Place, round: Round): Promise<Response> {
  const form = c.get('form');
  const documents = documentsIn(form);
  const { items, ...stated } = round.stated;
  const facts = provideStatedSchema.safeParse(stated);
  if (!facts.success) return askPage(office, c, place, { round, documents, notice: words.unread });
  const outcome = await provide(office, byOf(c), {
    collection: place.collection.id,
    recipient: place.recipient,
    items: Array.isArray(items) ? (items as string[]) : [],
    facts: facts.data,
    documents,
    attempt: form.text('attempt') || undefined,
  });
  if (outcome.ok) return c.redirect(`${PATH}/provisions/${outcome.value.id}?done=1`, 303);
  const { problem } = outcome;
  if (problem.kind === 'conflict' && problem.field === 'attempt' && problem.existing) {
    return c.redirect(`${PATH}/provisions/${problem.existing}`, 303);
  }
  return askPage(office, c, place, undone(problem, { round, documents }));
}

/** Shows the question or, if the button for it was pressed, provides. */
async function answerPage(office: Office, c: Context<Env>, form: Form | null): Promise<Response> {
  const asked = (name: string): string => form?.text(name) ?? c.req.query(name) ?? '';
  const found = await collectionInUse(office, asked('collection'));
  if (!found.ok) return c.redirect(PATH, 303);
  const collection = found.value;
  const recipient = asked('recipient');
  const wanted = { collection, recipient };
  if (recipient === '' || searchIn(c).pressed) return choosePage(office, c, wanted);
  const known = await knownRecipient(office, recipient);
  if (!known.ok) return choosePage(office, c, wanted, saidOf(known.problem));
  const place: Place = { collection, recipient, name: known.value.recipient.name ?? '', known: known.value };
  const question = providingTo(collection, known.value);
  const round = await askWith(office, await standing(office), question, offering(collection), form);
  return form?.text('do') === 'provide' && round.finding !== null
    ? submit(office, c, place, round)
    : askPage(office, c, place, { round, documents: documentsIn(form) });
}

export const provisionPages = (office: Office): Route[] => [
  page('get', NEW, 'people:provide', (c) => answerPage(office, c, null)),
  page('post', NEW, 'people:provide', (c) => answerPage(office, c, c.get('form')), { texts: factTexts() }),
  page('get', `${PATH}/provisions/:id`, 'records:read', (c) => showOne(office, c)),
];
