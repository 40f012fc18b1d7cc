// The form of a site, for a new one and for the next version. After an error it shows what was typed, with the problems beside it.

import type { Context } from 'hono';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import { readDay, type Day } from '../../../base/day.ts';
import { fieldOutcome, type FieldProblem, type Outcome, type Problem } from '../../../base/outcome.ts';
import type { Office } from '../../../office.ts';
import { formTexts, page, problemStatus, type Env, type Form, type Route } from '../../../platform/http/index.ts';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import {
  DateField,
  ErrorSummary,
  fieldFor,
  PostForm,
  Radios,
  TextArea,
  TextField,
  type Option,
} from '../../../platform/ui/form.tsx';
import { dayProblem, readJapaneseDate, slashDay } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { differencesOf, isOvertaken, Overtaken, rebased, type Difference } from '../../../platform/ui/overtaken.tsx';
import { byOf } from '../../access/index.ts';
import { changeSite, registerOf, registerSite, versionsOf } from '../actions.ts';
import {
  readSite,
  services,
  USUAL_CHOICES,
  type Register,
  type Service,
  type SiteContent,
  type SiteInput,
} from '../facts.ts';
import { serviceWords, siteLabels, siteStateWords, words } from '../words.ts';
import { crumbsTo, PATH, placeOf } from './list.tsx';

/** The form as typed. */
interface Draft {
  code: string;
  ja: string;
  en: string;
  origins: string;
  service: string;
  linkedOn: string;
  choicesADay: string;
  state: string;
}

const emptyDraft: Draft = {
  code: '',
  ja: '',
  en: '',
  origins: '',
  service: '',
  linkedOn: '',
  choicesADay: String(USUAL_CHOICES),
  state: 'active',
};

const draftOf = ({ code, site }: Register): Draft => ({
  code,
  ja: site.name.ja,
  en: site.name.en === site.name.ja ? '' : site.name.en,
  origins: site.origins.join('\n'),
  service: site.service,
  linkedOn: site.linkedOn ? slashDay(site.linkedOn) : '',
  choicesADay: String(site.choicesADay),
  state: site.state,
});

const readDraft = (form: Form): Draft => ({
  code: form.text('code'),
  ja: form.text('name.ja'),
  en: form.text('name.en'),
  origins: form.text('origins'),
  service: form.text('service'),
  linkedOn: form.text('linkedOn'),
  choicesADay: form.text('choicesADay'),
  state: form.text('state'),
});

const isService = (text: string): text is Service => (services as readonly string[]).includes(text);

/** Parses a typed day: null when empty, undefined when it is not a day. */
const readTyped = (text: string): Day | null | undefined =>
  text.trim() === '' ? null : (readJapaneseDate(text) ?? readDay(text.trim()) ?? undefined);

const typedNumber = (text: string): number => {
  const plain = text.normalize('NFKC').replaceAll(',', '').trim();
  return /^\d{1,9}$/.test(plain) ? Number(plain) : Number.NaN;
};

/** Reads the form as the register takes it; where a value cannot be parsed, returns all problems in the order of the form. */
function inputOf(draft: Draft): Outcome<SiteInput> {
  const service = isService(draft.service) ? draft.service : undefined;
  const linkedOn = readTyped(draft.linkedOn);
  const state: SiteContent['state'] = draft.state === 'retired' ? 'retired' : 'active';
  const input = {
    code: draft.code,
    name: { ja: draft.ja, en: draft.en },
    origins: draft.origins.split('\n'),
    choicesADay: typedNumber(draft.choicesADay),
    state,
  };
  if (service && linkedOn !== undefined) return { ok: true, value: { ...input, service, linkedOn } };
  const problems: FieldProblem[] = [
    ...readSite({ ...input, service: 'none', linkedOn: null }).problems,
    ...(service ? [] : [{ field: 'service', says: both('1つ選んでください', 'Choose one') }]),
    ...(linkedOn === undefined ? [{ field: 'linkedOn', says: dayProblem(draft.linkedOn) }] : []),
  ];
  const place = ({ field }: FieldProblem): number =>
    Object.keys(siteLabels).findIndex((name) => name === field || name.startsWith(`${field}.`));
  return fieldOutcome(problems.toSorted((x, y) => place(x) - place(y)))!;
}

/** Options from a record of words, in its order. */
export const optionsOf = (of: Readonly<Record<string, Bilingual>>): Option[] =>
  Object.entries(of).map(([value, label]) => ({ value, label }));

/** Problems by field; a conflict is shown at its field too, unless it is about the version. */
export const fieldsOf = (problem: Problem | undefined): readonly FieldProblem[] =>
  problem?.kind === 'invalid'
    ? problem.fields
    : problem?.kind === 'conflict' && problem.field !== 'version'
      ? [{ field: problem.field, says: problem.says }]
      : [];

const choicesOf: Partial<Record<keyof Draft, Readonly<Record<string, Bilingual>>>> = {
  service: serviceWords,
  state: siteStateWords,
};

const draftLabels: Record<keyof Draft, Bilingual> = {
  ...siteLabels,
  ja: siteLabels['name.ja'],
  en: siteLabels['name.en'],
};

const differences = (lang: Lang, draft: Draft, saved: Register): Difference[] =>
  differencesOf(draft, draftOf(saved), (name) => ({
    field: draftLabels[name][lang],
    text: (of) => <span translate="no">{choicesOf[name]?.[of[name]]?.[lang] ?? of[name]}</span>,
  }));

interface FieldsProps {
  lang: Lang;
  draft: Draft;
  problems: readonly FieldProblem[];
  /** True for an existing site, whose code does not change. */
  fixed: boolean;
}

const Naming = ({ lang, draft, problems, fixed }: FieldsProps) => {
  const field = fieldFor(lang, siteLabels, problems);
  return (
    <>
      {!fixed && (
        <TextField
          {...field('code')}
          need="required"
          width="date"
          hint={
            <>
              {lang === 'ja'
                ? '公表ページのアドレスと部品に使います。後から変えられません。例：'
                : 'Used in the address of the public page and in the script tag. It cannot be changed. For example '}
              <code>shop</code>
            </>
          }
          value={draft.code}
        />
      )}
      <TextField {...field('name.ja')} need="required" value={draft.ja} />
      <TextField {...field('name.en')} need="optional" value={draft.en} />
      <TextArea
        {...field('origins')}
        need="required"
        rows={3}
        hint={
          <>
            {lang === 'ja' ? '1行に1つ。例：' : 'One per line. For example '}
            <code>https://shop.example.jp</code>
          </>
        }
        value={draft.origins}
      />
    </>
  );
};

const Rules = ({ lang, draft, problems }: FieldsProps) => {
  const field = fieldFor(lang, siteLabels, problems);
  const linked = readTyped(draft.linkedOn);
  return (
    <>
      <Radios {...field('service')} need="required" value={draft.service} options={optionsOf(serviceWords)} />
      <DateField
        {...field('linkedOn')}
        need="optional"
        hint={
          lang === 'ja'
            ? 'すべてのページから1回で開けるようになった日。まだなら空欄。空欄の間、公表を前提とするタグは可になりません'
            : 'The day since which it can be opened in one step from every page. Leave empty if it cannot yet; until then, no tag that relies on publication gets a yes'
        }
        value={draft.linkedOn}
        understood={linked}
      />
      <TextField
        {...field('choicesADay')}
        need="required"
        width="yen"
        inputmode="numeric"
        hint={
          lang === 'ja'
            ? 'いたずらで記録があふれないための上限です（100,000まで）'
            : 'A limit, so that nobody can flood the records (at most 100,000)'
        }
        value={draft.choicesADay}
      />
      <Radios
        lang={lang}
        name="state"
        label={siteLabels.state}
        value={draft.state}
        options={optionsOf(siteStateWords)}
      />
    </>
  );
};

interface PageProps {
  c: Context<Env>;
  draft: Draft;
  register?: Register;
  problem?: Problem;
}

const FormPage = ({ c, draft, register, problem }: PageProps) => {
  const lang = c.get('lang');
  const heading = register ? words.editSite : words.addSite;
  const back = register ? `${PATH}/${register.id}` : PATH;
  const problems = fieldsOf(problem);
  const fields = { lang, draft, problems, fixed: register !== undefined };
  return (
    <OfficePage
      {...c.get('frame')}
      title={heading[lang]}
      path={placeOf(c)}
      failed={problem !== undefined}
      crumbs={crumbsTo(lang, register, heading)}
      sub={register?.site.name[lang]}
    >
      <ErrorSummary lang={lang} problems={problems} labels={siteLabels} />
      {register && isOvertaken(problem) && <Overtaken lang={lang} differences={differences(lang, draft, register)} />}
      <div class="max-w-3xl">
        <PostForm
          action={register ? `${back}/edit` : `${PATH}/new`}
          csrf={c.get('csrf')}
          values={{ version: register && String(register.version) }}
        >
          <Naming {...fields} />
          <Rules {...fields} />
          <Buttons>
            <Button>{register ? words.save[lang] : words.register[lang]}</Button>
            <LinkButton kind="text" href={back}>
              {words.cancel[lang]}
            </LinkButton>
          </Buttons>
        </PostForm>
      </div>
    </OfficePage>
  );
};

async function add(office: Office, c: Context<Env>): Promise<Response> {
  const draft = readDraft(c.get('form'));
  const input = inputOf(draft);
  const made = input.ok ? await registerSite(office, byOf(c), input.value) : input;
  if (made.ok) return c.redirect(`${PATH}/${made.value.id}?saved`, 303);
  return c.html(<FormPage c={c} draft={draft} problem={made.problem} />, problemStatus(made.problem));
}

async function edit(office: Office, c: Context<Env>): Promise<Response> {
  const form = c.get('form');
  const id = c.req.param('id') ?? '';
  const found = await registerOf(office, id);
  if (!found.ok) return c.notFound();
  const draft = { ...readDraft(form), code: found.value.code };
  const version = Number(form.text('version'));
  const input = inputOf(draft);
  const made = input.ok ? await changeSite(office, byOf(c), { id, version, input: input.value }) : input;
  if (made.ok) return c.redirect(`${PATH}/${id}?saved`, 303);
  const { problem } = made;
  const [newest, ...earlier] = await versionsOf(office, id);
  // Only a clerk who has been shown what the other saved may write over it.
  const overtaken = isOvertaken(problem) ? newest : undefined;
  const began = overtaken && earlier.find((one) => one.version === version);
  const shown = began ? rebased(draft, { began: draftOf(began), newest: draftOf(overtaken) }) : draft;
  const register = overtaken ?? { ...found.value, version };
  return c.html(<FormPage c={c} draft={shown} register={register} problem={problem} />, problemStatus(problem));
}

/** These routes must come before the pages of a site, since `new` is not an id. */
const siteTexts = formTexts(siteLabels, { prose: /^origins$/ });

export const formPages = (office: Office): Route[] => [
  page('get', `${PATH}/new`, 'transmissions:write', (c) => c.html(<FormPage c={c} draft={emptyDraft} />)),
  page('post', `${PATH}/new`, 'transmissions:write', (c) => add(office, c), { texts: siteTexts }),
  page('get', `${PATH}/:id/edit`, 'transmissions:write', async (c) => {
    const found = await registerOf(office, c.req.param('id') ?? '');
    if (!found.ok) return c.notFound();
    return c.html(<FormPage c={c} draft={draftOf(found.value)} register={found.value} />);
  }),
  page('post', `${PATH}/:id/edit`, 'transmissions:write', (c) => edit(office, c), { texts: siteTexts }),
];
