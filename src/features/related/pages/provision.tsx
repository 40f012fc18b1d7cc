// Providing personally related information: to whom, then the question of the law with its answer beside it, and on a yes the papers that
// were seen. And one provision, with its record.

import type { Context } from 'hono';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import { newId } from '../../../base/id.ts';
import type { FieldProblem, Problem } from '../../../base/outcome.ts';
import type { Office } from '../../../office.ts';
import { page, type Env, type Form, type Route } from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import { ErrorSummary, Field, fieldId, Hidden, problemAt, SelectField } from '../../../platform/ui/form.tsx';
import { writtenDay } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import { classes } from '../../../platform/ui/say.ts';
import { standing } from '../../checkpoint/index.ts';
import { AskView, askWith, type Round } from '../../consultation/index.ts';
import { listRecipients } from '../../recipients/index.ts';
import { collectionInUse } from '../actions/collections.ts';
import { knownRecipient, provide, provisionOf } from '../actions/provisions.ts';
import {
  documentNames,
  documentsFor,
  offering,
  provideStatedSchema,
  providingTo,
  type Collection,
  type Documents,
  type KnownRecipient,
} from '../facts.ts';
import type { Provided } from '../store.ts';
import { documentWords, modeWords, words } from '../words.ts';
import { HandlingPage } from './handling.tsx';
import { crumbs, itemText, namesOf, PATH, placeOf } from './list.tsx';

const NEW = `${PATH}/provisions/new`;

/** The papers as a form names them. */
export const documentsIn = (form: Form | null): Documents =>
  Object.fromEntries(documentNames.map((name) => [name, form?.text(`documents.${name}`).trim() || undefined]));

/** Fields for the papers, which stand beside the form of the question and belong to it. */
export const DocumentFields = (props: {
  lang: Lang;
  names: readonly (keyof Documents)[];
  documents: Documents;
  problems: readonly FieldProblem[];
  hint?: string;
}) => (
  <>
    {props.names.map((one) => {
      const name = `documents.${one}`;
      const error = problemAt(props.problems, name, props.lang);
      return (
        <Field
          lang={props.lang}
          name={name}
          label={documentWords[one]}
          need="required"
          {...(props.hint ? { hint: props.hint } : {})}
          {...(error ? { error } : {})}
        >
          <input
            class="input"
            id={fieldId(name)}
            name={name}
            form="ask"
            value={props.documents[one]}
            maxlength={200}
            aria-required="true"
            aria-invalid={error ? 'true' : undefined}
            aria-describedby={classes(
              props.hint !== undefined && `${fieldId(name)}-h`,
              error !== undefined && `${fieldId(name)}-e`,
            )}
          />
        </Field>
      );
    })}
  </>
);

const documentLabels = Object.fromEntries(documentNames.map((name) => [`documents.${name}`, documentWords[name]]));

/** What is wrong with the papers, above the form; the form itself says what is wrong with its own fields. */
export const DocumentSummary = ({ lang, problems }: { lang: Lang; problems: readonly FieldProblem[] }) => (
  <ErrorSummary
    lang={lang}
    problems={problems.filter(({ field }) => field in documentLabels)}
    labels={documentLabels}
  />
);

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
  const names = await namesOf(office);
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

/** Asks first to whom: what the law asks next depends on what the register knows of them. */
async function choosePage(office: Office, c: Context<Env>, collection: Collection, problem?: Bilingual) {
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
          <SelectField
            lang={lang}
            name="recipient"
            label={words.recipientFirst}
            blank={words.chooseRecipient}
            options={open.map(({ id, name }) => ({ value: id, label: name }))}
            {...(problem ? { error: problem[lang] } : {})}
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

interface Place {
  collection: Collection;
  recipient: string;
  name: string;
  known: KnownRecipient;
}

interface Attempt {
  round: Round;
  documents: Documents;
  problems?: readonly FieldProblem[];
  notice?: Bilingual;
}

async function askPage(office: Office, c: Context<Env>, place: Place, attempt: Attempt): Promise<Response> {
  const { collection, recipient, name } = place;
  const { round, documents, problems = [], notice } = attempt;
  const frame = c.get('frame');
  const { lang } = frame;
  const failed = round.problems.length > 0 || problems.length > 0 || notice !== undefined;
  // Where this press did nothing, the next is another attempt.
  const sent = c.req.method === 'POST' && notice === undefined;
  const key = sent ? c.get('form').text('attempt') : newId(office.clock.now());
  const mode = (round.stated.record as { mode?: 'each' | 'bulk' | 'contract' } | undefined)?.mode;
  const finding = round.finding as Parameters<typeof documentsFor>[0] | null;
  return c.html(
    <OfficePage
      {...frame}
      title={words.provideTitle[lang]}
      path={`${NEW}?collection=${collection.id}&recipient=${recipient}`}
      sub={`${collection.name[lang]} → ${name}`}
      crumbs={newCrumbs(lang, collection, words.provideTitle)}
      failed={failed}
    >
      {notice && (
        <div class="mb-4">
          <Banner kind="warn" title={notice[lang]} />
        </div>
      )}
      <DocumentSummary lang={lang} problems={problems} />
      <AskView
        lang={lang}
        csrf={frame.csrf}
        action={NEW}
        stands={await standing(office)}
        values={{ collection: collection.id, recipient, attempt: key }}
        fixed
        asked={both(`${name}に渡す：${collection.name.ja}`, `${collection.name.en}, to ${name}`)}
        proceed={
          <div class="grid gap-3">
            <DocumentFields
              lang={lang}
              names={finding ? documentsFor(finding, mode) : []}
              documents={documents}
              problems={problems}
              hint={words.namesNobody[lang]}
            />
            <Button name="do" value="provide" form="ask">
              {words.provideDo[lang]}
            </Button>
          </div>
        }
        round={{
          ...round,
          problems: [...round.problems, ...problems.filter(({ field }) => !field.startsWith('documents.'))],
        }}
      />
    </OfficePage>,
    failed ? 422 : 200,
  );
}

/** Where the form asks for a fact that the act names. */
export const asAsked = ({ field, says }: FieldProblem): FieldProblem => ({
  field: field.replace(/^facts\./, ''),
  says,
});

async function submit(office: Office, c: Context<Env>, place: Place, round: Round): Promise<Response> {
  const form = c.get('form');
  const documents = documentsIn(form);
  const { items, ...stated } = round.stated;
  const facts = provideStatedSchema.safeParse(stated);
  if (!facts.success) return askPage(office, c, place, { round, documents, notice: words.unread });
  const outcome = await provide(office, c.get('actor'), c.get('authority'), {
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
  if (problem.kind === 'refused')
    return askPage(office, c, place, { round: { ...round, finding: problem.finding }, documents });
  if (problem.kind === 'invalid') {
    return askPage(office, c, place, { round, documents, problems: problem.fields.map(asAsked) });
  }
  return askPage(office, c, place, { round, documents, notice: problem.says });
}

/** A problem in one sentence. */
export const saidOf = (problem: Problem): Bilingual => {
  if (problem.kind === 'refused') return words.refused;
  return problem.kind === 'invalid' ? problem.fields[0].says : problem.says;
};

/** Asks, or where the button for it was pressed, provides. */
async function answerPage(office: Office, c: Context<Env>, form: Form | null): Promise<Response> {
  const asked = (name: string): string => form?.text(name) ?? c.req.query(name) ?? '';
  const found = await collectionInUse(office, asked('collection'));
  if (!found.ok) return c.redirect(PATH, 303);
  const collection = found.value;
  const recipient = asked('recipient');
  if (recipient === '') return choosePage(office, c, collection);
  const known = await knownRecipient(office, recipient);
  if (!known.ok) return choosePage(office, c, collection, saidOf(known.problem));
  const place: Place = { collection, recipient, name: known.value.recipient.name ?? '', known: known.value };
  const question = providingTo(collection, known.value);
  const round = await askWith(office, await standing(office), question, offering(collection), form);
  return form?.text('do') === 'provide' && round.finding !== null
    ? submit(office, c, place, round)
    : askPage(office, c, place, { round, documents: documentsIn(form) });
}

export const provisionPages = (office: Office): Route[] => [
  page('get', NEW, 'people:provide', (c) => answerPage(office, c, null)),
  page('post', NEW, 'people:provide', (c) => answerPage(office, c, c.get('form'))),
  page('get', `${PATH}/provisions/:id`, 'records:read', (c) => showOne(office, c)),
];
