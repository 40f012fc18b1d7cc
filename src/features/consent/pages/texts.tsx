// The texts with which persons are asked: all of them, and one version with its wording, what it reaches and the days it is in use.

import { both, type Lang } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import { fieldsOf, type FieldProblem, type Problem } from '../../../base/outcome.ts';
import { formTexts, page, problemStatus, type Route } from '../../../platform/http/index.ts';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { DateField, ErrorSummary, fieldFor, PostForm } from '../../../platform/ui/form.tsx';
import { countryName, dayProblem, readJapaneseDate, slashDay } from '../../../platform/ui/format.ts';
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
import { Panel } from '../../../platform/ui/panel.tsx';
import { byOf, exportPage, fileOf, type Room } from '../../access/index.ts';
import type { Catalogue } from '../../search/index.ts';
import { startText, textOf, texts, versions } from '../actions/texts.ts';
import { consentKinds, langs, type Shown, type Text, textState } from '../facts/consent.ts';
import { languageWords, shortKindWords, textStateWords, words } from '../words.ts';
import {
  aroundOf,
  crumbs,
  PATH,
  placeOf,
  recipientNames,
  scopeFacts,
  textHref,
  TextLink,
  textName,
  TEXTS,
  TextStateChip,
  type Around,
  type Request,
} from './sheet.tsx';

const labels = { from_day: words.from, version: words.version };

const textCrumbs = (lang: Lang, last?: string) =>
  crumbs(lang, { label: words.texts[lang], ...(last ? { href: TEXTS } : {}) }, ...(last ? [{ label: last }] : []));

const dayText = (day: Day | null): string => (day === null ? '' : slashDay(day));

/** Columns of the versions of one text; given `around` for the names of recipients, those of the list of all texts. */
const columnsOf = (today: Day, around?: Around): readonly ListColumn<Text>[] => [
  {
    key: 'name',
    head: words.text,
    rowHead: true,
    value: textName,
    // Not sortable in the list of versions, which stays newest first.
    order: ({ name }, lang) => name[lang],
    cell: (text, lang) => <TextLink text={text} lang={lang} />,
  },
  {
    key: 'state',
    head: words.state,
    nowrap: true,
    unsearched: true,
    value: (text, lang) => textStateWords[textState(text, today)][lang],
    cell: (text, lang) => <TextStateChip lang={lang} state={textState(text, today)} />,
  },
  { key: 'kind', head: words.kind, unsearched: true, value: ({ kind }, lang) => shortKindWords[kind][lang] },
  ...(around
    ? [
        {
          key: 'recipients',
          head: words.recipients,
          value: ({ recipients }: Text, lang: Lang) => recipientNames(around, recipients, lang),
        },
      ]
    : []),
  { key: 'from', head: words.from, nowrap: true, value: ({ from_day: from }) => dayText(from) },
  { key: 'until', head: words.until, nowrap: true, value: ({ until_day: until }) => dayText(until) },
  { key: 'code', head: words.code, chosen: true, value: ({ code }) => code },
];

const filtersOf = (today: Day): readonly ListFilter<Text>[] => [
  {
    name: 'state',
    label: words.state,
    options: Object.entries(textStateWords).map(([value, label]) => ({ value, label })),
    keeps: (text, state) => textState(text, today) === state,
  },
  {
    name: 'kind',
    label: words.kind,
    options: consentKinds.map((value) => ({ value, label: shortKindWords[value] })),
    keeps: ({ kind }, value) => kind === value,
  },
];

async function viewOf({ office }: Room, c: Request): Promise<ListView<Text>> {
  const today = office.clock.today();
  const list: List<Text> = {
    path: TEXTS,
    title: words.texts,
    columns: columnsOf(today, await aroundOf(office, 'all')),
    filters: filtersOf(today),
    rows: await texts(office),
    order: 'name',
    noMatch: words.noTextsOf,
    stack: 'inline',
  };
  return listView(list, c.req.url, c.get('lang'));
}

async function list(room: Room, c: Request): Promise<Response> {
  const frame = c.get('frame');
  const { lang } = frame;
  const view = await viewOf(room, c);
  const any = view.list.rows.length > 0;
  const write = c.get('may')('ledger:write') && (
    <LinkButton small icon="plus" href={`${TEXTS}/new`}>
      {words.newText[lang]}
    </LinkButton>
  );
  return c.html(
    <OfficePage
      {...frame}
      title={words.texts[lang]}
      path={placeOf(c)}
      sub={words.textsSub[lang]}
      crumbs={textCrumbs(lang)}
      actions={any && write}
    >
      <ListBody
        view={view}
        none={
          <Empty title={words.noTexts[lang]} actions={write}>
            {words.noTextsSays[lang]}
          </Empty>
        }
      />
    </OfficePage>,
  );
}

const unknownOr = (
  lang: Lang,
  matter: { unknown: { ja: string; en: string } } | { text: { ja: string; en: string } },
) =>
  'unknown' in matter ? (
    <>
      {words.unknown[lang]}
      {lang === 'ja' ? '：' : ': '}
      {matter.unknown[lang]}
    </>
  ) : (
    matter.text[lang]
  );

/** The three matters as they are shown. */
const ShownPanel = ({ lang, shown }: { lang: Lang; shown: Shown }) => {
  const { country, system, measures } = shown;
  const code = 'code' in country ? country.code : null;
  return (
    <Panel title={words.abroadTitle[lang]}>
      <Dl
        items={[
          [
            words.country[lang],
            'code' in country ? countryName(country.code, lang) : unknownOr(lang, { unknown: country.unknown }),
          ],
          [
            words.system[lang],
            'report' in system ? (
              <a href={`/countries/${code ?? ''}`}>
                {lang === 'ja' ? `報告 第${system.report}版` : `Report, version ${system.report}`}
              </a>
            ) : (
              unknownOr(lang, system)
            ),
          ],
          [words.measures[lang], unknownOr(lang, measures)],
        ]}
      />
    </Panel>
  );
};

const Wordings = ({ lang, text }: { lang: Lang; text: Text }) => (
  <Panel title={words.text[lang]}>
    {langs
      .filter((one) => text.wording[one])
      .map((one) => (
        <div class="mb-4" lang={one}>
          <h3 class="font-bold mb-1" lang={lang}>
            {languageWords[one][lang]}
          </h3>
          <p class="whitespace-pre-line" translate="no">
            {text.wording[one]}
          </p>
        </div>
      ))}
  </Panel>
);

interface One {
  c: Request;
  text: Text;
  today: Day;
  from: string;
  problems: readonly FieldProblem[];
}

const Start = ({ c, text, from, problems }: One) => {
  const lang = c.get('lang');
  const field = fieldFor(lang, labels, problems);
  return (
    <Panel title={words.start[lang]} noPrint>
      <p class="small muted mb-4">{words.startSays[lang]}</p>
      <PostForm action={`${textHref(text)}/start`} csrf={c.get('csrf')}>
        <DateField
          {...field('from_day')}
          need="required"
          value={from}
          understood={from ? readJapaneseDate(from) : null}
        />
        <Buttons>
          <Button>{words.starting[lang]}</Button>
        </Buttons>
      </PostForm>
    </Panel>
  );
};

const OneActs = ({ c, text, today }: One) => {
  const lang = c.get('lang');
  const may = c.get('may');
  const used = text.from_day !== null && text.from_day <= today;
  const links: [boolean, string, string][] = [
    [used && may('consents:write'), `${PATH}/new?code=${text.code}&version=${text.version}`, words.record[lang]],
    [used && may('consents:write'), `${PATH}/import?text=${text.id}`, words.import[lang]],
    [
      may('records:read'),
      `${PATH}?text=${text.id}`,
      lang === 'ja' ? 'この版への同意を見る' : 'Consents to this version',
    ],
    [may('ledger:write'), `${TEXTS}/new?code=${text.code}&version=${text.version}`, words.nextVersion[lang]],
    [may('log:read'), `/log/entries/${text.id}`, words.see[lang]],
  ];
  const shown = links.filter(([is]) => is);
  return shown.length === 0 ? null : (
    <Panel title={words.acts[lang]} noPrint>
      <ul class="grid gap-2">
        {shown.map(([, href, label]) => (
          <li>
            <a href={href}>{label}</a>
          </li>
        ))}
      </ul>
    </Panel>
  );
};

async function onePage({ office }: Room, c: Request, one: One, problem?: Problem): Promise<Response> {
  const frame = c.get('frame');
  const { lang } = frame;
  const { text, today } = one;
  const problems = [...one.problems, ...(problem ? fieldsOf(problem) : [])];
  const state = textState(text, today);
  const around = await aroundOf(office, text.recipients);
  return c.html(
    <OfficePage
      {...frame}
      title={textName(text, lang)}
      path={textHref(text)}
      sub={<span translate="no">{text.code}</span>}
      crumbs={textCrumbs(lang, textName(text, lang))}
      failed={problems.length > 0}
    >
      <ErrorSummary lang={lang} problems={problems} labels={{ from_day: labels.from_day }} />
      <div class="grid gap-5 lg:grid-cols-[minmax(0,1fr)_320px] items-start">
        <div class="grid gap-5">
          <Wordings lang={lang} text={text} />
          {text.shown && <ShownPanel lang={lang} shown={text.shown} />}
          <Panel title={words.scope[lang]} mark={<TextStateChip lang={lang} state={state} />}>
            <Dl items={scopeFacts(text, around, lang)} />
          </Panel>
          <Panel title={words.versions[lang]} pad="bare">
            <ListTable
              lang={lang}
              caption={words.versions}
              stack="inline"
              columns={columnsOf(today).filter(({ chosen }) => !chosen)}
              rows={await versions(office, text.code)}
            />
          </Panel>
        </div>
        <div class="grid gap-5">
          {state === 'draft' && c.get('may')('ledger:write') && <Start {...one} problems={problems} />}
          <OneActs {...one} />
        </div>
      </div>
    </OfficePage>,
    problem ? problemStatus(problem) : problems.length > 0 ? 422 : 200,
  );
}

const asked = (room: Room, c: Request) => textOf(room.office, c.req.param('code')!, Number(c.req.param('version')));

async function show(room: Room, c: Request): Promise<Response> {
  const found = await asked(room, c);
  if (!found.ok) return c.notFound();
  const today = room.office.clock.today();
  return onePage(room, c, { c, text: found.value, today, from: slashDay(today), problems: [] });
}

async function start(room: Room, c: Request): Promise<Response> {
  const found = await asked(room, c);
  if (!found.ok) return c.notFound();
  const text = found.value;
  const typed = c.get('form').text('from_day');
  const from = readJapaneseDate(typed);
  const one = { c, text, today: room.office.clock.today(), from: typed, problems: [] };
  if (!from) {
    return onePage(room, c, { ...one, problems: [{ field: 'from_day', says: dayProblem(typed) }] });
  }
  const { code, version } = text;
  const outcome = await startText(room.office, byOf(c), { code, version, from });
  return outcome.ok ? c.redirect(textHref(text), 303) : onePage(room, c, one, outcome.problem);
}

export const textPages = (room: Room): Route[] => [
  page('get', TEXTS, 'ledger:read', (c) => list(room, c)),
  // The version must be a number, so that a text may have any code.
  page('get', `${TEXTS}/:code/:version{[0-9]+}`, 'ledger:read', (c) => show(room, c)),
  exportPage(room.office, { path: TEXTS, may: 'ledger:read' }, async (c) => fileOf(await viewOf(room, c))),
  page('post', `${TEXTS}/:code/:version/start`, 'ledger:write', (c) => start(room, c), { texts: formTexts(labels) }),
];

export const consentTextCatalogue = ({ office }: Room): Catalogue => ({
  title: words.texts,
  list: TEXTS,
  things: async () =>
    (await texts(office)).map((text) => ({
      name: both(textName(text, 'ja'), textName(text, 'en')),
      href: textHref(text),
      numbers: [text.id, text.code],
      says: textStateWords[textState(text, office.clock.today())],
    })),
});
