// The form of a report on a country: whether a system exists, what indicates its level, what is missing, what may gravely affect rights. It starts
// from the newest report, so that a renewal is quick; saving writes the next version.

import type { Context } from 'hono';
import type { Bilingual, Lang } from '../../../base/bilingual.ts';
import type { FieldProblem, Problem } from '../../../base/outcome.ts';
import type { Office } from '../../../office.ts';
import { formTexts, page, problemStatus, type Env, type Form, type Route } from '../../../platform/http/index.ts';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import {
  Checks,
  DateField,
  ErrorSummary,
  fieldFor,
  PostForm,
  Radios,
  SelectField,
  TextArea,
  TextField,
} from '../../../platform/ui/form.tsx';
import { countryName, countryOptions, listed, readJapaneseDate, slashDay } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { differencesOf, Overtaken, rebased, type Difference } from '../../../platform/ui/overtaken.tsx';
import { byOf } from '../../access/index.ts';
import { reportCountry } from '../actions/country.ts';
import { reportsOf } from '../actions/read.ts';
import { type CountryReport, indicators, principles, type ReportInput } from '../facts/register.ts';
import { readReport } from '../facts/read.ts';
import { indicatorWords, labels, principleWords, words } from '../words.ts';
import { COUNTRIES, countryCrumbs, REPORT } from './countries.tsx';
import { dayTyped } from './list.tsx';

/** The choice that none of the principles is missing; no choice at all means that they were not examined. */
const NONE = 'none';

interface Draft {
  systemExists: string;
  indicators: string[];
  missingPrinciples: string[];
  grave: string;
  graveSystems: string;
  measures: string;
  source: string;
  checkedOn: string;
}

const draftOf = (report: CountryReport | undefined): Draft => ({
  systemExists: report ? (report.systemExists ? 'yes' : 'no') : '',
  indicators: report?.indicators ?? [],
  missingPrinciples: report?.missingPrinciples?.length === 0 ? [NONE] : (report?.missingPrinciples ?? []),
  grave: report ? (report.graveSystems === null ? 'none' : 'some') : '',
  graveSystems: report?.graveSystems ?? '',
  measures: report?.measures ?? '',
  source: report?.source ?? '',
  checkedOn: '',
});

/** Fields that form one statement: whether systems gravely affect rights, and which. */
const together: readonly (readonly (keyof Draft)[])[] = [['grave', 'graveSystems']];

const readDraft = (form: Form): Draft => ({
  systemExists: form.text('systemExists'),
  indicators: form.all('indicators'),
  missingPrinciples: form.all('missingPrinciples'),
  grave: form.text('grave'),
  graveSystems: form.text('graveSystems'),
  measures: form.text('measures'),
  source: form.text('source'),
  checkedOn: form.text('checkedOn'),
});

function inputOf(form: Form, draft: Draft): ReportInput {
  const chosen = draft.missingPrinciples;
  return {
    systemExists: ({ yes: true, no: false } as Record<string, boolean | undefined>)[draft.systemExists],
    indicators: draft.indicators,
    missingPrinciples: chosen.length === 0 ? null : chosen.filter((one) => one !== NONE),
    graveSystems: draft.grave === 'none' ? null : draft.graveSystems,
    source: draft.source,
    checkedOn: dayTyped(form, 'checkedOn'),
    measures: draft.measures,
  };
}

/**
 * Problems that only the form can have: none and some chosen together, or no answer about grave systems. If no grave system is chosen, the outline
 * taken over from the former report is dropped silently; an outline typed by the user is a problem instead, so that it is not lost.
 */
function problemsOfForm({ missingPrinciples, grave, graveSystems }: Draft, began: Draft): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (missingPrinciples.includes(NONE) && missingPrinciples.length > 1)
    problems.push({
      field: 'missingPrinciples',
      says: {
        ja: '「どれも欠けていない」と、ほかの答えは一緒に選べません',
        en: '“None is missing” cannot be chosen together with other answers',
      },
    });
  if (grave === '') problems.push({ field: 'grave', says: { ja: 'どちらかを選んでください', en: 'Choose one' } });
  if (grave === 'some' && graveSystems.trim() === '')
    problems.push({ field: 'graveSystems', says: { ja: '入力してください', en: 'Please enter this' } });
  if (grave === 'none' && graveSystems.trim() !== '' && graveSystems !== began.graveSystems)
    problems.push({
      field: 'graveSystems',
      says: { ja: '制度があるときだけ書いてください', en: 'Write this only if there is one' },
    });
  return problems;
}

const order: readonly string[] = Object.keys(draftOf(undefined));

/** Keeps one problem per field, in the order of the form. */
const inOrder = (problems: readonly FieldProblem[]): FieldProblem[] =>
  order.flatMap((field) => problems.find((one) => one.field === field) ?? []);

const fieldLabels = { ...labels, measures: labels.countryMeasures, grave: labels.graveSystems };

const graveOutline: Bilingual = { ja: 'その制度の概要', en: 'That system in outline' };

interface FieldsProps {
  lang: Lang;
  draft: Draft;
  problems: readonly FieldProblem[];
}

const SystemFields = ({ lang, draft, problems }: FieldsProps) => {
  const field = fieldFor(lang, fieldLabels, problems);
  const ja = lang === 'ja';
  return (
    <>
      <Radios
        {...field('systemExists')}
        need="required"
        value={draft.systemExists}
        options={[
          { value: 'yes', label: words.yes },
          { value: 'no', label: words.no },
        ]}
      />
      <Checks
        {...field('indicators')}
        need="optional"
        values={draft.indicators}
        options={indicators.map((value) => ({ value, label: indicatorWords[value] }))}
      />
      <Checks
        {...field('missingPrinciples')}
        hint={
          ja
            ? '指標があるときは選ばなくてもかまいません（規則17条2項2号）'
            : 'May be left out if there is an indicator (Rules Art. 17(2)(ii))'
        }
        values={draft.missingPrinciples}
        options={[
          { value: NONE, label: words.noneMissing },
          ...principles.map((value) => ({ value, label: principleWords[value] })),
        ]}
      />
      <Radios
        {...field('grave')}
        need="required"
        hint={
          ja
            ? '広い範囲の政府による情報の収集や、国内での保存の義務など'
            : 'Such as broad collection by the government, or a duty to store data in the country'
        }
        value={draft.grave}
        options={[
          { value: 'none', label: words.graveNone },
          { value: 'some', label: words.graveSome },
        ]}
      />
      <TextArea
        {...field('graveSystems')}
        label={graveOutline}
        hint={
          ja
            ? '制度があるときに書きます。前の報告の概要は、「見当たらない」を選ぶと残りません'
            : 'Write this if there is one. If you choose “None was found”, the outline from the previous report is not kept'
        }
        rows={3}
        value={draft.graveSystems}
      />
    </>
  );
};

const LookFields = ({ lang, draft, problems }: FieldsProps) => {
  const field = fieldFor(lang, fieldLabels, problems);
  return (
    <>
      <TextArea
        {...field('measures')}
        need="optional"
        hint={
          lang === 'ja'
            ? 'この国で取り扱うときに、当社がとる安全管理の措置（法23条）'
            : 'The safety measures that we take when information is handled in this country (APPI Art. 23)'
        }
        rows={3}
        value={draft.measures}
      />
      <TextField {...field('source')} type="url" need="required" value={draft.source} />
      <DateField
        {...field('checkedOn')}
        need="required"
        value={draft.checkedOn}
        understood={readJapaneseDate(draft.checkedOn)}
      />
    </>
  );
};

/** Returns a field of a draft in words. */
function fieldText(draft: Draft, name: keyof Draft, lang: Lang): string {
  const value = draft[name];
  const choices: Readonly<Record<string, Bilingual>> = {
    yes: words.yes,
    no: words.no,
    some: words.graveSome,
    [NONE]: name === 'grave' ? words.graveNone : words.noneMissing,
    ...indicatorWords,
    ...principleWords,
  };
  if (typeof value !== 'string')
    return listed(
      value.map((one) => choices[one]?.[lang] ?? one),
      lang,
    );
  return name === 'systemExists' || name === 'grave' ? (choices[value]?.[lang] ?? '') : value;
}

/** The fields in which the report saved first differs from the draft. */
const differences = (lang: Lang, draft: Draft, saved: Draft): Difference[] =>
  differencesOf(draft, saved, (name) => ({
    field: (name === 'graveSystems' ? graveOutline : fieldLabels[name])[lang],
    text: (of) => <span translate="no">{fieldText(of, name, lang)}</span>,
  }));

interface Shown {
  country: string;
  /** Number of reports that the user has seen. */
  version: number;
  draft: Draft;
  problems?: FieldProblem[];
  problem?: Problem;
  /** The report that somebody else saved first. */
  overtakenBy?: Draft;
}

function formPage(c: Context<Env>, shown: Shown): Response | Promise<Response> {
  const { country, version, draft, problem, overtakenBy } = shown;
  const frame = c.get('frame');
  const { lang } = frame;
  const problems = shown.problems ?? (problem?.kind === 'invalid' ? problem.fields : []);
  const failed = problems.length > 0 || problem !== undefined;
  const back = `${COUNTRIES}/${country}`;
  const props = { lang, draft, problems };
  return c.html(
    <OfficePage
      {...frame}
      title={words.reportTitle[lang]}
      path={`${REPORT}?country=${country}`}
      failed={failed}
      sub={countryName(country, lang)}
      crumbs={countryCrumbs(
        lang,
        { label: countryName(country, lang), href: back },
        { label: words.reportTitle[lang] },
      )}
    >
      <ErrorSummary lang={lang} problems={problems} labels={fieldLabels} />
      {overtakenBy && <Overtaken lang={lang} differences={differences(lang, draft, overtakenBy)} />}
      <div class="max-w-3xl">
        <PostForm action={REPORT} csrf={frame.csrf} values={{ country, version: String(version) }}>
          <SystemFields {...props} />
          <LookFields {...props} />
          <Buttons>
            <Button>{words.record[lang]}</Button>
            <LinkButton kind="text" href={back}>
              {words.cancel[lang]}
            </LinkButton>
          </Buttons>
        </PostForm>
      </div>
    </OfficePage>,
    failed ? (problem ? problemStatus(problem) : 422) : 200,
  );
}

/** Asks for the country first; the form itself comes next. */
const choosePage = (c: Context<Env>): Response | Promise<Response> => {
  const frame = c.get('frame');
  const { lang } = frame;
  return c.html(
    <OfficePage
      {...frame}
      title={words.reportTitle[lang]}
      path={REPORT}
      crumbs={countryCrumbs(lang, { label: words.reportTitle[lang] })}
    >
      <form method="get" action={REPORT} class="max-w-3xl">
        <SelectField lang={lang} name="country" label={labels.country} options={countryOptions(lang, ['JP'])} />
        <Buttons>
          <Button>{{ ja: '次へ', en: 'Next' }[lang]}</Button>
        </Buttons>
      </form>
    </OfficePage>,
  );
};

async function show(office: Office, c: Context<Env>): Promise<Response> {
  const country = c.req.query('country') ?? '';
  const found = await reportsOf(office, country);
  if (!found.ok) return choosePage(c);
  const [newest] = found.value;
  const draft = { ...draftOf(newest), checkedOn: slashDay(office.clock.today()) };
  return formPage(c, { country, version: newest?.version ?? 0, draft });
}

async function submit(office: Office, c: Context<Env>): Promise<Response> {
  const form = c.get('form');
  const country = form.text('country');
  const found = await reportsOf(office, country);
  if (!found.ok) return c.notFound();
  const draft = readDraft(form);
  const version = Number(form.text('version'));
  const began = draftOf(found.value.find((one) => one.version === version));
  const wrong = problemsOfForm(draft, began);
  if (wrong.length > 0) {
    const { problems } = readReport(inputOf(form, draft), office.clock.today());
    return formPage(c, { country, version, draft, problems: inOrder([...wrong, ...problems]) });
  }
  const outcome = await reportCountry(office, byOf(c), { country, version, input: inputOf(form, draft) });
  if (outcome.ok) return c.redirect(`${COUNTRIES}/${country}`, 303);
  const { problem } = outcome;
  if (problem.kind !== 'conflict') return formPage(c, { country, version, draft, problem });
  // Having been shown what was saved first, the user may write the version after it.
  const now = await reportsOf(office, country);
  const reports = now.ok ? now.value : found.value;
  const [newest] = reports;
  // The day of the check is the user's own, so it is not compared.
  const overtakenBy = { ...draftOf(newest), checkedOn: draft.checkedOn };
  return formPage(c, {
    country,
    version: newest?.version ?? 0,
    draft: rebased(draft, { began, newest: overtakenBy, together }),
    problem,
    overtakenBy,
  });
}

export const reportPages = (office: Office): Route[] => [
  page('get', REPORT, 'recipients:write', (c) => show(office, c)),
  page('post', REPORT, 'recipients:write', (c) => submit(office, c), {
    texts: formTexts(fieldLabels, { prose: /^(graveSystems|measures)$/ }),
  }),
];
