// The form of a new collection or of its next version. What was typed is shown again, with problems beside it.

import type { Context } from 'hono';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import { fieldsOf, type FieldProblem, type Problem } from '../../../base/outcome.ts';
import type { Office } from '../../../office.ts';
import { formTexts, page, problemStatus, type Env, type Form, type Route } from '../../../platform/http/index.ts';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import {
  ErrorSummary,
  fieldFor,
  fieldId,
  PostForm,
  problemAt,
  Radios,
  SelectField,
  TextField,
} from '../../../platform/ui/form.tsx';
import { listed } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { differencesOf, isOvertaken, Overtaken, rebased, type Difference } from '../../../platform/ui/overtaken.tsx';
import { Table } from '../../../platform/ui/table.tsx';
import { byOf } from '../../access/index.ts';
import { standing, type Standing } from '../../checkpoint/index.ts';
import { changeCollection, collectionOf, history, registerCollection } from '../actions/collections.ts';
import {
  type Collection,
  type CollectionContent,
  type CollectionInput,
  MAX_ITEMS,
  sources,
  tellings,
} from '../facts/collection.ts';
import { sourceWords, tellingWords, words } from '../words.ts';
import { crumbs, PATH, placeOf } from './list.tsx';

const EMPTY_ROWS = 3;

interface Row {
  code: string;
  ja: string;
  en: string;
  tells: string;
}

/** The form as typed. */
interface Draft {
  nameJa: string;
  nameEn: string;
  source: string;
  place: string;
  searchable: string;
  communications: string;
  holding: string;
  items: Row[];
}

const emptyDraft: Draft = {
  nameJa: '',
  nameEn: '',
  source: '',
  place: '',
  searchable: '',
  communications: '',
  holding: '',
  items: [],
};

const sameOr = ({ ja, en }: Bilingual): string => (en === ja ? '' : en);
const yesOrNo = (yes: boolean): string => (yes ? 'yes' : 'no');

const draftOf = (one: CollectionContent): Draft => ({
  nameJa: one.name.ja,
  nameEn: sameOr(one.name),
  source: one.source,
  place: one.place,
  searchable: yesOrNo(one.searchable),
  communications: yesOrNo(one.communications),
  holding: one.holding ?? '',
  items: one.items.map(({ code, label, tells }) => ({ code, ja: label.ja, en: sameOr(label), tells })),
});

function readDraft(form: Form): Draft {
  const rows = Math.min(Number(form.text('rows')) || 0, MAX_ITEMS);
  const at = (i: number, column: keyof Row): string => form.text(`items.${i}.${column}`).trim();
  return {
    nameJa: form.text('name.ja'),
    nameEn: form.text('name.en'),
    source: form.text('source'),
    place: form.text('place'),
    searchable: form.text('searchable'),
    communications: form.text('communications'),
    holding: form.text('holding'),
    items: Array.from({ length: rows }, (_, i) => ({
      code: at(i, 'code'),
      ja: at(i, 'ja'),
      en: at(i, 'en'),
      tells: at(i, 'tells'),
    })).filter((row) => row.code + row.ja + row.en + row.tells !== ''),
  };
}

const said = (text: string): boolean | undefined => ({ yes: true, no: false })[text];

const inputOf = (d: Draft): CollectionInput => ({
  name: { ja: d.nameJa, en: d.nameEn },
  source: d.source,
  place: d.place,
  searchable: said(d.searchable),
  communications: said(d.communications),
  holding: d.holding || null,
  items: d.items.map(({ code, ja, en, tells }) => ({ code, label: { ja, en }, tells })),
});

const labels = {
  'name.ja': words.nameJa,
  'name.en': words.nameEn,
  source: words.source,
  place: words.place,
  searchable: words.searchable,
  communications: words.communications,
  holding: words.holding,
  items: words.items,
} satisfies Record<string, Bilingual>;

const columns = {
  code: words.code,
  ja: words.labelJa,
  en: words.labelEn,
  tells: words.tells,
} satisfies Record<keyof Row, Bilingual>;

type Column = keyof Row;

const cellName = (row: number, column: Column): string => `items.${row}.${column}`;
const cellLabel = (row: number, column: Column): Bilingual =>
  both(`${row + 1}行目「${columns[column].ja}」`, `${columns[column].en}, row ${row + 1}`);

/** Problems at the cells of the form: `items.0.label.ja` is the cell `items.0.ja`. */
const shownProblems = (problem: Problem | undefined): FieldProblem[] =>
  fieldsOf(problem).map(({ field, says }) => ({ field: field.replace(/^(items\.\d+)\.label\./, '$1.'), says }));

interface FieldsProps {
  lang: Lang;
  draft: Draft;
  problems: readonly FieldProblem[];
}

const Cell = ({ lang, draft, problems, row, column }: FieldsProps & { row: number; column: Column }) => {
  const name = cellName(row, column);
  const id = fieldId(name);
  const error = problemAt(problems, name, lang);
  const value = draft.items[row]?.[column] ?? '';
  const about = {
    id,
    name,
    'aria-label': cellLabel(row, column)[lang],
    'aria-invalid': error ? ('true' as const) : undefined,
    'aria-describedby': error ? `${id}-e` : undefined,
  };
  return (
    <div class="min-w-0">
      {column === 'tells' ? (
        <select {...about} class="select input-s w-full">
          <option value="">{words.choose[lang]}</option>
          {tellings.map((telling) => (
            <option value={telling} selected={telling === value}>
              {tellingWords[telling][lang]}
            </option>
          ))}
        </select>
      ) : (
        <input {...about} class="input input-s" autocomplete="off" value={value} />
      )}
      {error && (
        <span class="err" id={`${id}-e`}>
          ＊{error}
        </span>
      )}
    </div>
  );
};

const Items = (props: FieldsProps) => {
  const { lang, draft, problems } = props;
  const rows = Math.min(draft.items.length + EMPTY_ROWS, MAX_ITEMS);
  const error = problemAt(problems, 'items', lang);
  return (
    <fieldset class={error ? 'field field-bad' : 'field'} id={fieldId('items')} tabindex={-1}>
      <legend>
        {words.items[lang]} <span class="need">{lang === 'ja' ? '※必須' : '(required)'}</span>
      </legend>
      <p class="hint">{`${words.itemsHint[lang]}${lang === 'ja' ? '' : ' '}${words.classHint[lang]}`}</p>
      <input type="hidden" name="rows" value={String(rows)} />
      <Table
        lang={lang}
        caption={words.items}
        stack
        columns={(Object.keys(columns) as Column[]).map((key) => ({ key, head: columns[key] }))}
        rows={Array.from({ length: rows }, (_, row) => ({
          cells: Object.fromEntries(
            (Object.keys(columns) as Column[]).map((column) => [column, <Cell {...props} row={row} column={column} />]),
          ),
        }))}
      />
      {error && <span class="err">＊{error}</span>}
    </fieldset>
  );
};

const Fields = (props: FieldsProps & { stands: Standing }) => {
  const { lang, draft, problems, stands } = props;
  const field = fieldFor(lang, labels, problems);
  const yesNo = [
    { value: 'yes', label: words.yes },
    { value: 'no', label: words.no },
  ];
  const active = [...stands.holdings.values()].filter(({ state }) => state === 'active');
  return (
    <>
      <TextField {...field('name.ja')} need="required" value={draft.nameJa} />
      <TextField {...field('name.en')} need="optional" value={draft.nameEn} />
      <Radios
        {...field('source')}
        need="required"
        value={draft.source}
        options={sources.map((value) => ({ value, label: sourceWords[value] }))}
      />
      <TextField {...field('place')} need="required" hint={words.placeHint[lang]} value={draft.place} />
      <Items {...props} />
      <Radios {...field('searchable')} need="required" value={draft.searchable} options={yesNo} />
      <Radios {...field('communications')} need="required" value={draft.communications} options={yesNo} />
      <SelectField
        {...field('holding')}
        need="optional"
        hint={words.holdingHint[lang]}
        blank={words.noHolding}
        value={draft.holding}
        options={active.map(({ id, name }) => ({ value: id, label: name }))}
      />
    </>
  );
};

/** The text of a field of a draft. */
function fieldText(draft: Draft, name: keyof Draft, stands: Standing, lang: Lang): string {
  const choices: Readonly<Record<string, Bilingual>> = { ...sourceWords, yes: words.yes, no: words.no };
  switch (name) {
    case 'items':
      return listed(
        draft.items.map(({ code, ja, en, tells }) => {
          const telling = tellings.find((one) => one === tells);
          return [code, (lang === 'en' && en) || ja, telling && tellingWords[telling][lang]].filter(Boolean).join(' ');
        }),
        lang,
      );
    case 'holding':
      return stands.holdings.get(draft.holding)?.name[lang] ?? words.noHolding[lang];
    case 'source':
    case 'searchable':
    case 'communications':
      return choices[draft[name]]?.[lang] ?? '';
    default:
      return draft[name];
  }
}

const draftLabels: Record<keyof Draft, Bilingual> = { ...labels, nameJa: words.nameJa, nameEn: words.nameEn };

const differences = (lang: Lang, draft: Draft, saved: Collection, stands: Standing): Difference[] =>
  differencesOf(draft, draftOf(saved), (name) => ({
    field: draftLabels[name][lang],
    text: (of) => <span translate="no">{fieldText(of, name, stands, lang)}</span>,
  }));

interface Shown {
  draft: Draft;
  /** The collection being changed, with the version that was seen; absent for a new one. */
  of?: Collection;
  problem?: Problem;
}

async function formPage(office: Office, c: Context<Env>, { draft, of, problem }: Shown): Promise<Response> {
  const frame = c.get('frame');
  const { lang } = frame;
  const problems = isOvertaken(problem) ? [] : shownProblems(problem);
  const stands = await standing(office);
  const title = of ? words.changeTitle : words.registerTitle;
  const back = of ? `${PATH}/collections/${of.id}` : PATH;
  const rows = draft.items.length + EMPTY_ROWS;
  const cells = Array.from({ length: rows }, (_, row) =>
    (Object.keys(columns) as Column[]).map((column) => [cellName(row, column), cellLabel(row, column)] as const),
  );
  return c.html(
    <OfficePage
      {...frame}
      title={title[lang]}
      path={placeOf(c)}
      failed={problem !== undefined}
      crumbs={crumbs(lang, ...(of ? [{ label: of.name[lang], href: back }] : []), { label: title[lang] })}
    >
      <ErrorSummary lang={lang} problems={problems} labels={{ ...labels, ...Object.fromEntries(cells.flat()) }} />
      {of && isOvertaken(problem) && <Overtaken lang={lang} differences={differences(lang, draft, of, stands)} />}
      <PostForm
        action={of ? `${back}/edit` : `${PATH}/collections/new`}
        csrf={frame.csrf}
        values={of ? { version: String(of.version) } : {}}
      >
        <Fields lang={lang} draft={draft} problems={problems} stands={stands} />
        <Buttons>
          <Button>{words.save[lang]}</Button>
          <LinkButton kind="text" href={back}>
            {words.cancel[lang]}
          </LinkButton>
        </Buttons>
      </PostForm>
    </OfficePage>,
    problem ? problemStatus(problem) : 200,
  );
}

async function add(office: Office, c: Context<Env>): Promise<Response> {
  const draft = readDraft(c.get('form'));
  const outcome = await registerCollection(office, byOf(c), inputOf(draft));
  return outcome.ok
    ? c.redirect(`${PATH}/collections/${outcome.value.id}?saved=1`, 303)
    : formPage(office, c, { draft, problem: outcome.problem });
}

async function edit(office: Office, c: Context<Env>): Promise<Response> {
  const id = c.req.param('id')!;
  const draft = readDraft(c.get('form'));
  const version = Number(c.get('form').text('version'));
  const outcome = await changeCollection(office, byOf(c), { id, version, input: inputOf(draft) });
  if (outcome.ok) return c.redirect(`${PATH}/collections/${id}?saved=1`, 303);
  const { problem } = outcome;
  const found = await collectionOf(office, id);
  if (!found.ok) return c.notFound();
  // Only a clerk who has been told of the newer version may write over it.
  const of = found.value;
  if (!isOvertaken(problem)) return formPage(office, c, { draft, of: { ...of, version }, problem });
  const began = (await history(office, id, version + 1)).find((one) => one.version === version)?.content;
  const shown = began ? rebased(draft, { began: draftOf(began), newest: draftOf(of) }) : draft;
  return formPage(office, c, { draft: shown, of, problem });
}

const labelOf = (name: string): Bilingual | undefined => {
  const [, row, column] = /^items\.(\d+)\.(code|ja|en|tells)$/.exec(name) ?? [];
  return row === undefined ? labels[name as keyof typeof labels] : cellLabel(Number(row), column as Column);
};

const collectionTexts = formTexts(labelOf);

export const formPages = (office: Office): Route[] => [
  page('get', `${PATH}/collections/new`, 'ledger:write', (c) => formPage(office, c, { draft: emptyDraft })),
  page('post', `${PATH}/collections/new`, 'ledger:write', (c) => add(office, c), { texts: collectionTexts }),
  page('get', `${PATH}/collections/:id/edit`, 'ledger:write', async (c) => {
    const found = await collectionOf(office, c.req.param('id')!);
    return found.ok ? formPage(office, c, { draft: draftOf(found.value), of: found.value }) : c.notFound();
  }),
  page('post', `${PATH}/collections/:id/edit`, 'ledger:write', (c) => edit(office, c), { texts: collectionTexts }),
];
