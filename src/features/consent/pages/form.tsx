// Recording a consent by hand: the text and version, who consented, when and how. Bad input keeps every value.

import type { Bilingual, Lang } from '../../../base/bilingual.ts';
import { isId, newId } from '../../../base/id.ts';
import { startOf, type Day } from '../../../base/day.ts';
import { fieldsOf, type FieldProblem, type Problem } from '../../../base/outcome.ts';
import { consentGivers } from '../../../law/index.ts';
import { formTexts, page, problemStatus, type Form, type Route } from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import {
  Checks,
  DateField,
  ErrorSummary,
  fieldFor,
  PostForm,
  Radios,
  SelectField,
  TextField,
} from '../../../platform/ui/form.tsx';
import { listed, dayProblem, readJapaneseDate, slashDay } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import { Table } from '../../../platform/ui/table.tsx';
import { byOf, type Room } from '../../access/index.ts';
import { giverHint, giverWords, held, standing } from '../../checkpoint/index.ts';
import { recordConsent, recordProblem, type RecordAsk } from '../actions/consents.ts';
import { countingWith } from '../actions/counting.ts';
import { textOf, texts } from '../actions/texts.ts';
import {
  langs,
  methods,
  type Moment,
  representativePapers,
  representativeRelations,
  type Text,
  textState,
} from '../facts/consent.ts';
import { says } from '../facts/given.ts';
import { languageWords, methodWords, paperWords, relationWords, shortKindWords, words } from '../words.ts';
import { countingLines, unexpectedIn } from './counting.tsx';
import {
  aroundOf,
  backFrom,
  crumbs,
  PATH,
  PersonField,
  personProblems,
  placeOf,
  purposeName,
  readTime,
  timeProblem,
  textName,
  TEXTS,
  TextStateChip,
  type Around,
  type Request,
} from './sheet.tsx';

const labels = {
  principal: words.principal,
  language: words.language,
  shown_on: words.shownOn,
  given_on: words.givenOn,
  given_time: words.givenTime,
  given_by: words.givenBy,
  relation: words.relation,
  checked: words.checked,
  channel: words.channel,
  method: words.method,
  note: words.note,
  evidence: words.evidence,
};

/** Field shown only when the person has no record in the holding that the text reaches. */
const ELSEWHERE = 'elsewhere';
/** Field shown only when another consent counts, none does, or this one counts instead of somebody else's. */
const COUNTING = 'counting';
const confirmLabels = { [ELSEWHERE]: words.elsewhere, [COUNTING]: words.counting };
const confirmYes = { [ELSEWHERE]: words.elsewhereYes, [COUNTING]: words.countingYes };

/** What whoever records a consent has to confirm. `value`: what the ticked box sends; it is another where something else is to be confirmed. */
interface Confirm {
  field: keyof typeof confirmLabels;
  says: Bilingual;
  value: string;
}

type Given = Record<keyof typeof labels, string>;
const names = Object.keys(labels) as (keyof Given)[];

const givenIn = (form: Form): Given => Object.fromEntries(names.map((name) => [name, form.text(name).trim()])) as Given;

const languageOptions = (text: Text) =>
  langs.filter((lang) => text.wording[lang]).map((value) => ({ value, label: languageWords[value] }));

interface View {
  c: Request;
  text: Text;
  around: Around;
  given: Given;
  problems: readonly FieldProblem[];
  confirms: readonly Confirm[];
}

const GiverFields = ({ c, given, problems }: View) => {
  const lang = c.get('lang');
  const field = fieldFor(lang, labels, problems);
  return (
    <>
      <Radios
        {...field('given_by')}
        need="required"
        hint={giverHint[lang]}
        value={given.given_by}
        options={consentGivers.map((value) => ({ value, label: giverWords[value] }))}
      />
      <details class="mb-5" open={given.given_by === 'representative'}>
        <summary class="font-bold cursor-pointer">{words.representative[lang]}</summary>
        <div class="mt-3">
          <SelectField
            {...field('relation')}
            value={given.relation}
            blank={words.choose}
            options={representativeRelations.map((value) => ({ value, label: relationWords[value] }))}
          />
          <SelectField
            {...field('checked')}
            value={given.checked}
            blank={words.choose}
            options={representativePapers.map((value) => ({ value, label: paperWords[value] }))}
          />
        </div>
      </details>
    </>
  );
};

const WhenFields = ({ c, text, given, problems }: View) => {
  const lang = c.get('lang');
  const field = fieldFor(lang, labels, problems);
  const understood = (day: string): Day | null => (day ? readJapaneseDate(day) : null);
  return (
    <>
      <Radios {...field('language')} need="required" value={given.language} options={languageOptions(text)} />
      {text.abroad && (
        <DateField
          {...field('shown_on')}
          need="required"
          hint={words.shownHint[lang]}
          value={given.shown_on}
          understood={understood(given.shown_on)}
        />
      )}
      <DateField
        {...field('given_on')}
        need="required"
        value={given.given_on}
        understood={understood(given.given_on)}
      />
      <TextField
        {...field('given_time')}
        need="optional"
        width="date"
        hint={words.givenTimeHint[lang]}
        value={given.given_time}
      />
    </>
  );
};

const HowFields = ({ c, around, given, problems }: View) => {
  const lang = c.get('lang');
  const field = fieldFor(lang, labels, problems);
  return (
    <>
      <Radios
        {...field('channel')}
        need="required"
        value={given.channel}
        options={around.channels.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <SelectField
        {...field('method')}
        hint={words.methodHint[lang]}
        value={given.method}
        blank={words.methodAsCame}
        options={methods.map((value) => ({ value, label: methodWords[value] }))}
      />
      <TextField {...field('evidence')} hint={words.evidenceHint[lang]} value={given.evidence} maxlength={200} />
      <TextField {...field('note')} hint={words.noteHint[lang]} value={given.note} maxlength={200} />
    </>
  );
};

const ConfirmFields = ({ c, problems, confirms }: View) => (
  <>
    {confirms.map(({ field, value }) => (
      <Checks
        {...fieldFor(c.get('lang'), confirmLabels, problems)(field)}
        need="required"
        values={problems.some((one) => one.field === field) ? [] : [value]}
        options={[{ value, label: confirmYes[field] }]}
      />
    ))}
  </>
);

const FormPage = (view: View & { key: string; existing: Text | undefined }) => {
  const { c, text, around, given, problems, existing } = view;
  const frame = c.get('frame');
  const { lang } = frame;
  const field = fieldFor(lang, labels, problems);
  const hidden = { code: text.code, version: String(text.version), key: view.key };
  return (
    <OfficePage
      {...frame}
      title={words.record[lang]}
      path={`${PATH}/new?code=${text.code}&version=${text.version}`}
      sub={words.recordSub[lang]}
      crumbs={crumbs(lang, { label: words.record[lang] })}
      failed={problems.length > 0}
    >
      <div class="max-w-[48rem] grid gap-5">
        <ErrorSummary lang={lang} problems={problems} labels={{ ...labels, ...confirmLabels }} />
        {existing && (
          <Banner
            kind="warn"
            title={lang === 'ja' ? '使う版が替わっています' : 'Another version is in use'}
            action={{
              href: `${PATH}/new?code=${existing.code}&version=${existing.version}`,
              label: textName(existing, lang),
            }}
          />
        )}
        <PostForm action={`${PATH}/new`} csrf={frame.csrf} values={hidden}>
          <div class="grid gap-5">
            <Panel title={textName(text, lang)} mark={<TextStateChip lang={lang} state="in-force" />}>
              <Dl
                items={[
                  [words.kind[lang], shortKindWords[text.kind][lang]],
                  [
                    words.purposes[lang],
                    listed(
                      text.purposes.map((id) => purposeName(around, id, lang)),
                      lang,
                    ),
                  ],
                ]}
              />
            </Panel>
            <Panel title={words.one[lang]}>
              <PersonField c={c} field={field('principal')} value={given.principal} />
              <WhenFields {...view} />
              <GiverFields {...view} />
              <HowFields {...view} />
              <ConfirmFields {...view} />
              <Buttons>
                <Button>{words.save[lang]}</Button>
                <LinkButton kind="text" href={backFrom(c)}>
                  {words.cancel[lang]}
                </LinkButton>
              </Buttons>
            </Panel>
          </div>
        </PostForm>
      </div>
    </OfficePage>
  );
};

const ChoosePage = ({ c, all, today, principal }: { c: Request; all: Text[]; today: Day; principal: string }) => {
  const lang = c.get('lang');
  const more = principal ? `&principal=${principal}` : '';
  const usable = all.filter((text) => text.from_day !== null && text.from_day <= today);
  return (
    <OfficePage
      {...c.get('frame')}
      title={words.record[lang]}
      path={placeOf(c)}
      sub={words.chooseText[lang]}
      crumbs={crumbs(lang, { label: words.record[lang] })}
    >
      {usable.length === 0 ? (
        <Empty
          title={words.noTextToUse[lang]}
          actions={
            <LinkButton kind="second" href={TEXTS}>
              {words.texts[lang]}
            </LinkButton>
          }
        >
          {words.noTextsSays[lang]}
        </Empty>
      ) : (
        <Table
          lang={lang}
          caption={words.chooseText}
          stack="inline"
          columns={[
            { key: 'name', head: words.text, rowHead: true },
            { key: 'state', head: words.state, nowrap: true },
            { key: 'kind', head: words.kind },
            { key: 'from', head: words.from, nowrap: true },
            { key: 'until', head: words.until, nowrap: true },
          ]}
          rows={usable.map((text) => ({
            cells: {
              name: <a href={`${PATH}/new?code=${text.code}&version=${text.version}${more}`}>{textName(text, lang)}</a>,
              state: <TextStateChip lang={lang} state={textState(text, today)} />,
              kind: shortKindWords[text.kind][lang],
              from: text.from_day && slashDay(text.from_day),
              until: text.until_day && slashDay(text.until_day),
            },
          }))}
        />
      )}
    </OfficePage>
  );
};

/** Reads the moment from its two fields, or returns their problems. */
function readGiven({ given_on, given_time }: Given): Moment | FieldProblem[] {
  const on = readJapaneseDate(given_on);
  const time = readTime(given_time);
  const problems: FieldProblem[] = on ? [] : [{ field: 'given_on', says: dayProblem(given_on) }];
  if (given_time !== '' && time === null) problems.push({ field: 'given_time', says: timeProblem });
  return on && problems.length === 0 ? { on, at: time === null ? null : startOf(on) + time } : problems;
}

const chosen = <Code extends string>(codes: readonly Code[], code: string): Code | undefined =>
  codes.find((one) => one === code);

/** Reads the consent from the form, or returns the problems that the action could not detect. */
function readAsk(text: Text, given: Given): RecordAsk | FieldProblem[] {
  const moment = readGiven(given);
  const shown = readJapaneseDate(given.shown_on);
  const language = chosen(langs, given.language);
  const givenBy = chosen(consentGivers, given.given_by);
  // Most ways of acquisition are also ways of consenting; for these the form asks only once.
  const method = chosen(methods, given.method === '' ? given.channel : given.method);
  const relation = chosen(representativeRelations, given.relation);
  const checked = chosen(representativePapers, given.checked);
  const choose = (field: keyof Given, found: unknown): FieldProblem[] =>
    found ? [] : [{ field, says: { ja: '選んでください', en: 'Choose one' } }];
  const problems = [
    ...personProblems(given.principal),
    ...choose('language', language),
    ...(given.shown_on !== '' && !shown ? [{ field: 'shown_on', says: dayProblem(given.shown_on) }] : []),
    ...(Array.isArray(moment) ? moment : []),
    ...choose('given_by', givenBy),
    ...choose('channel', given.channel),
    ...(given.channel === '' ? [] : choose('method', method)),
    // Relation and paper together make a representative, which the action checks; only one of them would be lost without a word.
    ...(givenBy && givenBy !== 'representative'
      ? (['relation', 'checked'] as const).flatMap((field) =>
          given[field] === '' ? [] : [{ field, says: says.noRepresentative }],
        )
      : []),
  ];
  if (problems.length > 0 || Array.isArray(moment) || !language || !givenBy || !method) return problems;
  return {
    principal: given.principal,
    text: { code: text.code, version: text.version },
    language,
    given: moment,
    givenBy,
    representative: relation && checked ? { relation, checked } : null,
    channel: given.channel,
    method,
    note: given.note || null,
    evidence: given.evidence || null,
    shown: shown && { on: shown, at: null },
  };
}

/** Form fields of a consent's fields that have other names on the form. */
const controlOf: Readonly<Record<string, string>> = { representative: 'relation', 'representative.checked': 'checked' };

const atFields = (problems: readonly FieldProblem[]): FieldProblem[] =>
  problems.map(({ field, says }) => ({
    field: controlOf[field] ?? (field.startsWith('text') ? 'given_on' : field),
    says,
  }));

interface Wrong {
  problem?: Problem;
  problems?: readonly FieldProblem[];
  confirms?: readonly Confirm[];
}

async function formPage({ office }: Room, c: Request, text: Text, given: Given, wrong: Wrong = {}): Promise<Response> {
  const { problem, confirms = [] } = wrong;
  const problems = [...(wrong.problems ?? []), ...(problem ? atFields(fieldsOf(problem)) : [])];
  const stale = problem?.kind === 'conflict' && problem.field === 'text.version' ? problem.existing : undefined;
  const existing = stale ? (await texts(office)).find(({ id }) => id === stale) : undefined;
  const around = await aroundOf(office, []);
  const key = newId(office.clock.now());
  const status = problem ? problemStatus(problem) : problems.length > 0 ? 422 : 200;
  return c.html(<FormPage {...{ c, text, around, given, problems, confirms, existing, key }} />, status);
}

async function show(room: Room, c: Request): Promise<Response> {
  const asked = c.req.query('principal') ?? '';
  const principal = isId(asked) ? asked : '';
  const code = c.req.query('code');
  if (code === undefined) {
    const all = await texts(room.office);
    return c.html(<ChoosePage c={c} all={all} today={room.office.clock.today()} principal={principal} />);
  }
  const text = await textOf(room.office, code, Number(c.req.query('version')));
  if (!text.ok) return c.notFound();
  const [only, ...others] = languageOptions(text.value);
  const empty = Object.fromEntries(names.map((name) => [name, ''])) as Given;
  const language = only && others.length === 0 ? only.value : '';
  return formPage(room, c, text.value, { ...empty, principal, language });
}

/**
 * The problem that the person has no record in the holding that the text reaches. The consent would allow nothing, and often another person or text
 * is meant. A consent to an acquisition comes before anything is held.
 */
async function elsewhereConfirms({ office }: Room, text: Text, principal: string): Promise<Confirm[]> {
  if (text.kind === 'special-care') return [];
  const found = await held(office, principal);
  if (!found.ok || !('records' in found.value)) return [];
  if (found.value.records.some(({ holding }) => holding === text.holding_id)) return [];
  const { holdings } = await standing(office);
  const name = holdings.get(text.holding_id)?.name ?? { ja: '', en: '' };
  return [
    {
      field: ELSEWHERE,
      value: 'yes',
      says: {
        ja: `この本人は、この文面が及ぶ台帳「${name.ja}」に登録されていません。本人と文面を確かめてください`,
        en: `This person is not in “${name.en}”, the holding that the text covers. Check the person and the text`,
      },
    },
  ];
}

/** What counts once the consent is recorded, where that may not be expected. */
async function countingConfirms({ office }: Room, c: Request, text: Text, ask: RecordAsk): Promise<Confirm[]> {
  const { id, counting } = await countingWith(office, byOf(c).actor, text, ask);
  const value = unexpectedIn(counting, { id, given_by: ask.givenBy });
  if (value === null) return [];
  const around = await aroundOf(office, text.recipients);
  const says = (lang: Lang): string =>
    countingLines(counting, id, around, lang)
      .map((line) => line.says)
      .join(lang === 'ja' ? '' : ' ');
  return [{ field: COUNTING, value, says: { ja: says('ja'), en: says('en') } }];
}

async function submit(room: Room, c: Request): Promise<Response> {
  const form = c.get('form');
  const found = await textOf(room.office, form.text('code'), Number(form.text('version')));
  if (!found.ok) return c.notFound();
  const text = found.value;
  const given = givenIn(form);
  const ask = readAsk(text, given);
  if (Array.isArray(ask)) return formPage(room, c, text, given, { problems: ask });
  const wrong = await recordProblem(room.office, byOf(c), ask);
  if (wrong && !wrong.ok) return formPage(room, c, text, given, { problem: wrong.problem });
  const confirms = [
    ...(await elsewhereConfirms(room, text, ask.principal)),
    ...(await countingConfirms(room, c, text, ask)),
  ];
  const problems = confirms.filter(({ field, value }) => !form.all(field).includes(value));
  if (problems.length > 0) return formPage(room, c, text, given, { problems, confirms });
  const key = form.text('key');
  // Pressing the button twice has only one effect.
  const idempotency = isId(key) ? { key, text: JSON.stringify({ ...given, text: text.id }) } : undefined;
  const outcome = await recordConsent(room.office, byOf(c), ask, idempotency);
  if (!outcome.ok) return formPage(room, c, text, given, { problem: outcome.problem });
  const to = c.get('may')('records:read') ? `${PATH}/${outcome.value.row.id}` : `/people/${ask.principal}`;
  return c.redirect(to, 303);
}

export const formPages = (room: Room): Route[] => [
  page('get', `${PATH}/new`, 'consents:write', (c) => show(room, c)),
  page('post', `${PATH}/new`, 'consents:write', (c) => submit(room, c), { texts: formTexts(labels) }),
];
