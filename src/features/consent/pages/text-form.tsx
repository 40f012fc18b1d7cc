// Writing a version of a text: the wording in each language, what it reaches, and for a provision abroad what is shown before. First the holding is
// chosen, because it determines the items; then the rest. Recipients are searched for and added one by one. Bad input keeps every value.

import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import { fieldOutcome, fieldsOf, invalid, type FieldProblem, type Problem } from '../../../base/outcome.ts';
import type { Office } from '../../../office.ts';
import { AGAIN, formTexts, page, problemStatus, type Form, type Route } from '../../../platform/http/index.ts';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import {
  Checks,
  ErrorSummary,
  fieldFor,
  PostForm,
  Radios,
  SelectField,
  TextArea,
  TextField,
} from '../../../platform/ui/form.tsx';
import { countryName, listed } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { differencesOf, Overtaken, rebased, type Difference } from '../../../platform/ui/overtaken.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import { byOf, type Room } from '../../access/index.ts';
import { standing } from '../../checkpoint/index.ts';
import { areMany, ChooseHolding, holdings, type Holding } from '../../ledger/index.ts';
import { policyInForce } from '../../policy/index.ts';
import { searchIn, type Search } from '../../../platform/ui/offer.tsx';
import { AddedRecipients, recipientsOf, searchLabels } from '../../recipients/index.ts';
import { aroundTexts, textOf, versions, writeText } from '../actions/texts.ts';
import { type ConsentKind, consentKinds, type Shown, type Text } from '../facts/consent.ts';
import { isAbroad, MOST_WORDING, type TextInput } from '../facts/text.ts';
import { kindWords, words } from '../words.ts';
import { aroundOf, crumbs, placeOf, purposeName, textHref, TEXTS, type Around, type Request } from './sheet.tsx';

/** The fields that hold one text each. */
const labels = {
  code: words.code,
  holding: words.holding,
  kind: words.kind,
  nameJa: words.nameJa,
  nameEn: words.nameEn,
  wordingJa: words.wordingJa,
  wordingEn: words.wordingEn,
  purposes: words.purposes,
  items: words.items,
  recipients: words.recipients,
  abroad: words.abroad,
  countryBy: words.country,
  countryJa: words.saysJa,
  countryEn: words.saysEn,
  systemBy: words.system,
  systemJa: words.saysJa,
  systemEn: words.saysEn,
  measuresBy: words.measures,
  measuresJa: words.saysJa,
  measuresEn: words.saysEn,
};

type Name = keyof typeof labels;
type Lists = 'purposes' | 'items' | 'recipients';
type Draft = Record<Exclude<Name, Lists>, string> & Record<Lists, string[]>;

const names = Object.keys(labels) as Name[];
const isList = (name: Name): name is Lists => name === 'purposes' || name === 'items' || name === 'recipients';

/** The recipient that the form was sent to add. */
const addedIn = (form: Form): string => form.text('recipient');

function draftIn(form: Form): Draft {
  const draft = Object.fromEntries(
    names.map((name) => [name, isList(name) ? form.all(name) : form.text(name)]),
  ) as Draft;
  const recipients = [...new Set([...draft.recipients, addedIn(form)])].filter((id) => id !== '');
  return { ...draft, recipients };
}

const empty = Object.fromEntries(names.map((name) => [name, isList(name) ? [] : ''])) as unknown as Draft;

const textsOf = (matter: object | undefined, name: 'country' | 'system' | 'measures') => {
  const said = Object.values(matter ?? {})[0] as unknown;
  const { ja = '', en = '' } = typeof said === 'object' ? (said as Bilingual) : {};
  return { [`${name}Ja`]: ja, [`${name}En`]: en, [`${name}By`]: Object.keys(matter ?? {})[0] ?? '' };
};

/** Returns a version as the draft of the next one. */
const draftOf = (text: Text): Draft => ({
  ...empty,
  code: text.code,
  holding: text.holding_id,
  kind: text.kind,
  nameJa: text.name.ja,
  nameEn: text.name.en,
  wordingJa: text.wording.ja ?? '',
  wordingEn: text.wording.en ?? '',
  purposes: text.purposes,
  items: text.items,
  recipients: text.recipients,
  abroad: text.kind === 'linking' && text.abroad ? 'yes' : '',
  ...textsOf(text.shown?.country, 'country'),
  ...textsOf(text.shown?.system, 'system'),
  ...textsOf(text.shown?.measures, 'measures'),
});

/** Returns what the draft shows of a country; matters not chosen are left out, and the action names them. */
function shownOf(draft: Draft, country: string | undefined, report: number | undefined): Partial<Shown> {
  const said = (name: 'country' | 'system' | 'measures'): Bilingual => ({
    ja: draft[`${name}Ja`].trim(),
    en: draft[`${name}En`].trim(),
  });
  return {
    ...(draft.countryBy === 'code' && country ? { country: { code: country } } : {}),
    ...(draft.countryBy === 'unknown' ? { country: { unknown: said('country') } } : {}),
    ...(draft.systemBy === 'report' && report !== undefined ? { system: { report } } : {}),
    ...(draft.systemBy === 'text' ? { system: { text: said('system') } } : {}),
    ...(draft.systemBy === 'unknown' ? { system: { unknown: said('system') } } : {}),
    ...(draft.measuresBy === 'text' ? { measures: { text: said('measures') } } : {}),
    ...(draft.measuresBy === 'unknown' ? { measures: { unknown: said('measures') } } : {}),
  };
}

async function inputOf({ office }: Room, draft: Draft): Promise<TextInput> {
  const around = await aroundTexts(office, draft.recipients);
  const country = around.recipients.get(draft.recipients[0] ?? '')?.country;
  return {
    code: draft.code.trim(),
    kind: draft.kind as ConsentKind,
    name: { ja: draft.nameJa.trim(), en: draft.nameEn.trim() },
    wording: { ja: draft.wordingJa.trim(), en: draft.wordingEn.trim() },
    purposes: draft.purposes,
    holding: draft.holding,
    items: draft.items,
    recipients: draft.recipients,
    abroad: draft.abroad === 'yes',
    shown: shownOf(draft, country, around.reports.get(country ?? '')),
  };
}

/** True when a matter is stated in the form's own texts, rather than by what the register has. */
const saidWith = {
  country: (draft) => draft.countryBy === 'unknown',
  system: (draft) => draft.systemBy === 'text' || draft.systemBy === 'unknown',
  measures: () => true,
} satisfies Record<string, (draft: Draft) => boolean>;

/**
 * Problems of texts in the draft for which its other answers leave no place. Texts taken over from an earlier version are dropped with the answer
 * they belonged to. The choices themselves are dropped as well, because nobody can undo them.
 */
function strayIn(draft: Draft, versions: readonly Draft[]): FieldProblem[] {
  const abroad = isAbroad({ kind: draft.kind as ConsentKind, abroad: draft.abroad === 'yes' });
  const stray = (name: Name, says: Bilingual): FieldProblem[] =>
    String(draft[name]).trim() === '' || versions.some((one) => one[name] === draft[name])
      ? []
      : [{ field: name, says }];
  return [
    ...(abroad ? [] : stray('abroad', words.onlyLinking)),
    ...(['country', 'system', 'measures'] as const).flatMap((name) => {
      if (abroad && (draft[`${name}By`] === '' || saidWith[name](draft))) return [];
      const says = abroad ? words.notBeside : words.onlyAbroad;
      return [...stray(`${name}Ja`, says), ...stray(`${name}En`, says)];
    }),
  ];
}

/** Form fields of a text's fields that have other names on the form. */
const fieldNames: Readonly<Record<string, Name>> = {
  name: 'nameJa',
  wording: 'wordingJa',
  'shown.country': 'countryBy',
  'shown.system': 'systemBy',
  'shown.measures': 'measuresBy',
};

interface View {
  lang: Lang;
  draft: Draft;
  around: Around;
  problems: readonly FieldProblem[];
  /** The recipient that was just added. */
  added?: string | undefined;
  search: Search;
}

const Wording = ({ lang, draft, problems }: View) => {
  const field = fieldFor(lang, labels, problems);
  return (
    <>
      <TextField {...field('code')} need="required" hint={words.codeHint[lang]} value={draft.code} />
      <TextField {...field('nameJa')} need="required" value={draft.nameJa} />
      <TextField {...field('nameEn')} need="required" value={draft.nameEn} />
      <TextArea
        {...field('wordingJa')}
        hint={words.wordingHint[lang]}
        value={draft.wordingJa}
        rows={6}
        maxlength={MOST_WORDING}
      />
      <TextArea {...field('wordingEn')} value={draft.wordingEn} rows={6} maxlength={MOST_WORDING} />
    </>
  );
};

const Reach = ({ lang, draft, around, problems, added, search }: View) => {
  const field = fieldFor(lang, labels, problems);
  const holding = around.stands.holdings.get(draft.holding);
  const place = (country: string): string => {
    const name = countryName(country, lang);
    return country === 'JP' ? '' : lang === 'ja' ? `（${name}）` : ` (${name})`;
  };
  return (
    <>
      <Radios
        {...field('kind')}
        need="required"
        value={draft.kind}
        options={consentKinds.map((value) => ({ value, label: kindWords[value] }))}
      />
      <Checks
        {...field('purposes')}
        need="required"
        values={draft.purposes}
        options={around.purposes.map((id) => ({ value: id, label: purposeName(around, id, lang) }))}
      />
      <Checks
        {...field('items')}
        need="required"
        values={draft.items}
        options={[...(holding?.labels ?? [])].map(([value, label]) => ({ value, label }))}
      />
      {around.recipients.size > 0 && (
        <AddedRecipients
          {...field('recipients')}
          values={draft.recipients}
          recipients={[...around.recipients.values()]}
          search={search}
          called={({ name, country }) => `${name}${place(country)}`}
          addition={{ name: 'recipient', label: words.addition, button: words.addRecipient, blank: words.choose }}
          added={added}
        />
      )}
    </>
  );
};

/** Hints that say when the texts below a choice are needed. */
const hints: Readonly<Record<'country' | 'system' | 'measures', Bilingual>> = {
  country: words.onlyUnknown,
  system: words.notReport,
  measures: words.always,
};

/** The choices for each of the three matters. */
const matters = {
  countryBy: [
    ['code', words.countryOf],
    ['unknown', words.unknownWhy],
  ],
  systemBy: [
    ['report', words.report],
    ['text', words.ownText],
    ['unknown', words.unknownWhy],
  ],
  measuresBy: [
    ['text', words.told],
    ['unknown', words.unknownWhy],
  ],
} satisfies Record<string, [string, Bilingual][]>;

const ShownFields = ({ lang, draft, problems }: View) => {
  const field = fieldFor(lang, labels, problems);
  return (
    <details open={isAbroad({ kind: draft.kind as ConsentKind, abroad: draft.abroad === 'yes' })}>
      <summary class="font-bold cursor-pointer">{words.abroadTitle[lang]}</summary>
      <p class="small muted my-3">{words.abroadSays[lang]}</p>
      <Checks
        {...field('abroad')}
        label={kindWords.linking}
        values={[draft.abroad]}
        options={[{ value: 'yes', label: words.abroad }]}
      />
      {(['country', 'system', 'measures'] as const).map((name) => (
        <>
          <Radios
            {...field(`${name}By`)}
            value={draft[`${name}By`]}
            options={matters[`${name}By`].map(([value, label]) => ({ value, label }))}
          />
          <TextArea {...field(`${name}Ja`)} hint={hints[name][lang]} value={draft[`${name}Ja`]} rows={3} />
          <TextArea {...field(`${name}En`)} value={draft[`${name}En`]} rows={3} />
        </>
      ))}
    </details>
  );
};

/** The first step when no holding is in use: the items come from a holding. */
const NoHolding = ({ lang }: { lang: Lang }) => (
  <Empty
    title={lang === 'ja' ? '使用中の台帳がありません' : 'No holding is in use'}
    actions={<LinkButton href="/ledger/new">{lang === 'ja' ? '台帳を加える' : 'Add a holding'}</LinkButton>}
  >
    {lang === 'ja'
      ? '同意は、台帳にある項目について得ます。先に台帳を加えます。'
      : 'People consent to what is done with the items of a holding. Add the holding first.'}
  </Empty>
);

const HoldingForm = ({ lang, draft, problems, all }: View & { all: readonly Holding[] }) => (
  <Panel title={words.holding[lang]}>
    <form method="get" action={`${TEXTS}/new`}>
      {draft.code && <input type="hidden" name="code" value={draft.code} />}
      <SelectField
        {...fieldFor(lang, labels, problems)('holding')}
        value={draft.holding}
        blank={words.choose}
        options={all.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <Buttons>
        <Button>{lang === 'ja' ? '次へ' : 'Next'}</Button>
      </Buttons>
    </form>
  </Panel>
);

/** The first step: choosing the holding that has the items; if there are very many, from a list with a search. */
async function firstStep(office: Office, c: Request, view: View) {
  const all = (await holdings(office)).filter(({ state }) => state === 'active');
  if (all.length === 0) return <NoHolding lang={view.lang} />;
  if (!areMany(all)) return <HoldingForm {...view} all={all} />;
  const policy = (await policyInForce(office, office.clock.today()))?.policy ?? null;
  return <ChooseHolding c={c} all={all} policy={policy} path={`${TEXTS}/new`} keep={{ code: view.draft.code }} />;
}

/** Returns a field of a draft in words. */
function fieldText(draft: Draft, name: Name, around: Around, lang: Lang): string {
  const value = draft[name];
  const holding = around.stands.holdings.get(draft.holding);
  switch (name) {
    case 'purposes':
      return listed(
        draft.purposes.map((id) => purposeName(around, id, lang)),
        lang,
      );
    case 'items':
      return listed(
        draft.items.map((code) => holding?.labels.get(code)?.[lang] ?? code),
        lang,
      );
    case 'recipients':
      return listed(
        draft.recipients.map((id) => around.recipients.get(id)?.name ?? id),
        lang,
      );
    case 'holding':
      return holding?.name[lang] ?? '';
    case 'kind':
      return consentKinds.some((kind) => kind === value) ? kindWords[value as ConsentKind][lang] : '';
    case 'abroad':
      return (value === 'yes' ? both('はい', 'Yes') : both('いいえ', 'No'))[lang];
    case 'countryBy':
    case 'systemBy':
    case 'measuresBy':
      return matters[name].find(([of]) => of === value)?.[1][lang] ?? '';
    default:
      return String(value);
  }
}

/** The fields in which the newest version differs from the draft. */
const differences = (lang: Lang, draft: Draft, newest: Text, around: Around): Difference[] =>
  differencesOf(draft, draftOf(newest), (name) => ({
    field: labels[name][lang],
    text: (of) => <span translate="no">{fieldText(of, name, around, lang)}</span>,
  }));

/** The newest version of a text that the author of the next one has seen. */
interface Seen {
  code: string;
  version: number;
}

const seenIn = (form: Form): Seen => ({ code: form.text('seenCode'), version: Number(form.text('seen')) });

/** The version seen of the draft's own text; 0 under another code, which makes it another text. */
const seenOf = (draft: Draft, { code, version }: Seen): number => (draft.code.trim() === code ? version : 0);

interface Again {
  seen?: Seen;
  problem?: Problem | undefined;
  added?: string;
  /** The version that somebody else wrote first. */
  overtakenBy?: Text | undefined;
}

async function formPage({ office }: Room, c: Request, draft: Draft, again: Again = {}): Promise<Response> {
  const { problem, added, overtakenBy, seen = { code: '', version: 0 } } = again;
  const frame = c.get('frame');
  const { lang } = frame;
  const around = await aroundOf(office, 'all');
  const problems = (problem && !overtakenBy ? fieldsOf(problem) : []).map(({ field, says }) => ({
    field: fieldNames[field] ?? field,
    says,
  }));
  const search = searchIn(c, c.req.method === 'POST' ? c.get('form') : null);
  const view = { lang, draft, around, problems, added, search };
  const holding = around.stands.holdings.get(draft.holding);
  return c.html(
    <OfficePage
      {...frame}
      title={words.newText[lang]}
      path={placeOf(c)}
      sub={holding?.name[lang]}
      crumbs={crumbs(lang, { label: words.texts[lang], href: TEXTS }, { label: words.newText[lang] })}
      failed={problem !== undefined}
      stays={added !== undefined || search.pressed}
    >
      <div class="max-w-[48rem] grid gap-5">
        <ErrorSummary lang={lang} problems={problems} labels={labels} />
        {overtakenBy && <Overtaken lang={lang} differences={differences(lang, draft, overtakenBy, around)} />}
        {holding ? (
          <PostForm
            action={`${TEXTS}/new`}
            csrf={frame.csrf}
            values={{ holding: draft.holding, seenCode: seen.code, seen: String(seen.version) }}
          >
            <div class="grid gap-5">
              <Panel title={words.text[lang]}>
                <Wording {...view} />
              </Panel>
              <Panel title={words.scope[lang]}>
                <Reach {...view} />
                <ShownFields {...view} />
              </Panel>
              <Buttons>
                <Button>{words.save[lang]}</Button>
                <LinkButton kind="text" href={TEXTS}>
                  {words.cancel[lang]}
                </LinkButton>
              </Buttons>
            </div>
          </PostForm>
        ) : (
          await firstStep(office, c, view)
        )}
      </div>
    </OfficePage>,
    problem ? problemStatus(problem) : added || search.pressed ? AGAIN : 200,
  );
}

const notChosen = invalid('holding', both('使用中の台帳から選んでください', 'Choose a holding that is in use'));

async function show(room: Room, c: Request): Promise<Response> {
  const code = c.req.query('code') ?? '';
  const holding = c.req.query('holding') ?? '';
  const version = c.req.query('version');
  if (version === undefined) {
    const draft = { ...empty, code, holding };
    const asked = c.req.query('holding') !== undefined;
    const known = (await standing(room.office)).holdings.get(holding)?.state === 'active';
    return formPage(room, c, draft, { problem: asked && !known ? notChosen.problem : undefined });
  }
  const before = await textOf(room.office, code, Number(version));
  if (!before.ok) return c.notFound();
  const [newest] = await versions(room.office, code);
  return formPage(room, c, draftOf(before.value), { seen: newest! });
}

async function submit(room: Room, c: Request): Promise<Response> {
  const form = c.get('form');
  const draft = draftIn(form);
  const added = addedIn(form);
  const seen = seenIn(form);
  if ((await recipientsOf(room.office, [added])).has(added)) return formPage(room, c, draft, { seen, added });
  if (searchIn(c, form).pressed) return formPage(room, c, draft, { seen });
  if (!consentKinds.some((kind) => kind === draft.kind)) {
    const unchosen = invalid('kind', both('選んでください', 'Choose one'));
    return formPage(room, c, draft, { seen, problem: unchosen.problem });
  }
  const version = seenOf(draft, seen);
  const before = version === 0 ? [] : await versions(room.office, seen.code);
  const stray = fieldOutcome(strayIn(draft, before.map(draftOf)));
  if (stray) return formPage(room, c, draft, { seen, problem: stray.problem });
  const outcome = await writeText(room.office, byOf(c), await inputOf(room, draft), version);
  if (outcome.ok) return c.redirect(textHref(outcome.value), 303);
  const { problem } = outcome;
  if (problem.kind !== 'conflict') return formPage(room, c, draft, { seen, problem });
  // Having been shown what was written first, the author may write the version after it.
  const written = await versions(room.office, draft.code.trim());
  const newest = written[0]!;
  const began = written.find((one) => one.version === version);
  const shown = began ? rebased(draft, { began: draftOf(began), newest: draftOf(newest) }) : draft;
  return formPage(room, c, shown, { seen: newest, problem, overtakenBy: newest });
}

export const textFormPages = (room: Room): Route[] => [
  page('get', `${TEXTS}/new`, 'ledger:write', (c) => show(room, c)),
  page('post', `${TEXTS}/new`, 'ledger:write', (c) => submit(room, c), {
    texts: formTexts({ ...labels, ...searchLabels }, { prose: /^(wording|country|system|measures)(Ja|En)$/ }),
  }),
];
