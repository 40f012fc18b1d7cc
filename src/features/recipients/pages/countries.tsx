// The foreign countries: which are recognised as equivalent, what is known of the others, since when and until when, and where the Commission
// publishes its own reports.

import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { both, type Lang } from '../../../base/bilingual.ts';
import { countryCodes } from '../../../base/country.ts';
import type { Day } from '../../../base/day.ts';
import { fieldsOf, type Problem } from '../../../base/outcome.ts';
import { inForce, LAW_VERSION, parameters } from '../../../law/index.ts';
import type { Office } from '../../../office.ts';
import { formTexts, page, problemStatus, type Env, type Form, type Route } from '../../../platform/http/index.ts';
import { About } from '../../../platform/ui/about.tsx';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import { Chip } from '../../../platform/ui/chip.tsx';
import { crumbsFrom } from '../../../platform/ui/crumbs.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { DateField, ErrorSummary, fieldFor, PostForm, TextField } from '../../../platform/ui/form.tsx';
import { countryName, listed, readJapaneseDate, slashDay, stamp } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { ListBody, listView, type List, type ListColumn, type ListView } from '../../../platform/ui/list.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import { EntryLink } from '../../../platform/ui/reach.tsx';
import { Table } from '../../../platform/ui/table.tsx';
import { actorName, byOf, exportPage, fileOf, actorNames, type Room } from '../../access/index.ts';
import type { Catalogue } from '../../search/index.ts';
import { allReports, commissionPage, type Line, readRegister, reportsOf } from '../actions/read.ts';
import { checkCommissionPage } from '../actions/country.ts';
import {
  type CloudLeft,
  cloudPlaces,
  type Given,
  isEquivalent,
  recheckBy,
  reportOn,
  stillHas,
} from '../facts/standing.ts';
import type { CommissionPage, CountryReport, Recipient } from '../facts/register.ts';
import { indicatorWords, labels, leftWords, principleWords, systemWords, words } from '../words.ts';
import { DueDay, PATH, placeOf } from './list.tsx';

export const COUNTRIES = '/countries';
export const REPORT = '/country-reports/new';
const PAGE = '/commission-page';

export const countryCrumbs = crumbsFrom(words.countries, COUNTRIES);

/** A recipient in a country, with the reason why it is listed there. */
interface Named {
  recipient: Recipient;
  /** True for its servers only. */
  servers: boolean;
  /** Of a cloud that is no longer in use. */
  left: CloudLeft | null;
}

/**
 * For each foreign country, the open recipients there, the stopped ones that still have what they were given, and the clouds with servers there that are
 * in use or may still have something.
 */
function peopleOf(lines: readonly Line[], given: Given, today: Day): Map<string, Named[]> {
  const found = new Map<string, Named[]>();
  const add = (country: string, one: Named): void => {
    if (country !== 'JP') found.set(country, [...(found.get(country) ?? []), one]);
  };
  for (const line of lines) {
    const { recipient } = line;
    const places = cloudPlaces(line, today);
    const { stoppedOn } = recipient;
    const kept = stoppedOn !== null && stillHas(line, given) ? ({ how: 'stopped', on: stoppedOn } as const) : null;
    const left = kept ?? places.find((place) => place.left)?.left ?? null;
    if (recipient.state === 'active') add(recipient.country, { recipient, servers: false, left: null });
    else if (left) add(recipient.country, { recipient, servers: false, left });
    for (const place of places) add(place.country, { recipient, servers: true, left: place.left });
  }
  return new Map(
    [...found].map(([country, all]) => [country, all.toSorted((a, b) => Number(a.servers) - Number(b.servers))]),
  );
}

/** Why a recipient is listed, where it is not simply there: its servers are, or what it was given may be. */
function noteOf({ servers, left }: Named, lang: Lang): string {
  const says = [
    ...(servers ? [words.serversThere[lang]] : []),
    ...(left ? [leftWords[left.how](slashDay(left.on))[lang]] : []),
  ].join(lang === 'ja' ? '。' : '; ');
  return says && (lang === 'ja' ? `（${says}）` : ` (${says})`);
}

const Names = ({ of, lang }: { of: readonly Named[]; lang: Lang }) => (
  <>
    {of.map((one) => (
      <li>
        <a href={`${PATH}/${one.recipient.id}`} translate="no">
          {one.recipient.name}
        </a>
        <span class="small muted">{noteOf(one, lang)}</span>
      </li>
    ))}
  </>
);

/** A country where a recipient or its servers are, or that has a report. */
interface Country {
  code: string;
  here: readonly Named[];
  newest: CountryReport | undefined;
}

function countriesOf(lines: readonly Line[], given: Given, reports: readonly CountryReport[], today: Day): Country[] {
  const people = peopleOf(lines, given, today);
  const codes = [...new Set([...people.keys(), ...reports.map(({ country }) => country)])].sort();
  return codes.map((code) => ({
    code,
    here: people.get(code) ?? [],
    newest: reports.find(({ country }) => country === code),
  }));
}

const systemOf = ({ code, newest }: Country, today: Day): keyof typeof systemWords => {
  if (isEquivalent(code, today)) return 'equivalent';
  if (!newest) return 'lacking';
  return newest.systemExists ? 'exists' : 'none';
};

const recipientsText = ({ here }: Country, lang: Lang): string =>
  listed(
    here.map((one) => one.recipient.name + noteOf(one, lang)),
    lang,
  );

const columnsOf = (today: Day): readonly ListColumn<Country>[] => [
  {
    key: 'country',
    head: labels.country,
    rowHead: true,
    nowrap: true,
    value: ({ code }, lang) => countryName(code, lang),
    cell: ({ code }, lang) => <a href={`${COUNTRIES}/${code}`}>{countryName(code, lang)}</a>,
  },
  {
    key: 'recipients',
    head: words.recipientsThere,
    value: recipientsText,
    cell: ({ here }, lang) =>
      here.length > 0 && (
        <ul class="grid gap-1">
          <Names of={here} lang={lang} />
        </ul>
      ),
  },
  {
    key: 'system',
    head: words.system,
    unsearched: true,
    value: (country, lang) => systemWords[systemOf(country, today)][lang],
    cell: (country, lang) => {
      const system = systemOf(country, today);
      const says = systemWords[system][lang];
      if (system === 'equivalent') return <Chip kind="good">{says}</Chip>;
      return system === 'lacking' ? <Chip kind="bad">{says}</Chip> : says;
    },
  },
  {
    key: 'checked',
    head: labels.checkedOn,
    nowrap: true,
    value: ({ newest }) => (newest ? slashDay(newest.checkedOn) : ''),
  },
  {
    key: 'recheck',
    head: words.recheck,
    value: ({ newest }) => (newest ? slashDay(recheckBy(newest)) : ''),
    cell: ({ newest }, lang) => newest && <DueDay lang={lang} due={recheckBy(newest)} today={today} />,
  },
  {
    key: 'measures',
    head: labels.countryMeasures,
    value: ({ newest }) => newest?.measures ?? '',
    cell: ({ newest }) =>
      newest?.measures && (
        <span translate="no" class="whitespace-pre-line">
          {newest.measures}
        </span>
      ),
  },
];

/** To whom something was provided on a basis that lasts; the provisions know. */
export type ReadGiven = (office: Office) => Promise<Given>;

async function viewOf(office: Office, given: ReadGiven, c: Context<Env>): Promise<ListView<Country>> {
  const today = office.clock.today();
  const list: List<Country> = {
    path: COUNTRIES,
    title: words.reports,
    columns: columnsOf(today),
    filters: [
      {
        name: 'system',
        label: words.system,
        options: Object.entries(systemWords).map(([value, label]) => ({ value, label })),
        keeps: (country, system) => systemOf(country, today) === system,
      },
    ],
    rows: countriesOf(await readRegister(office), await given(office), await allReports(office), today),
    order: 'country',
    noMatch: words.noCountries,
    stack: true,
  };
  return listView(list, c.req.url, c.get('lang'));
}

const Equivalent = ({ lang, today }: { lang: Lang; today: Day }) => {
  const { equivalentCountries: parameter } = parameters;
  const codes = [...(inForce(parameter, today) ?? [])];
  const confirmed = parameter.status === 'verified';
  return (
    <Panel
      title={words.equivalent[lang]}
      sub={lang === 'ja' ? `${codes.length}か国　規則15条` : `${codes.length} countries, Rules Art. 15`}
      mark={
        <Chip kind={confirmed ? 'good' : 'warn'}>
          {confirmed
            ? { ja: '原典と照合済み', en: 'Compared with the original text' }[lang]
            : { ja: '原典と照合していません', en: 'Not yet compared with the original text' }[lang]}
        </Chip>
      }
    >
      <p class="small">
        {listed(
          codes.map((code) => countryName(code, lang)),
          lang,
        )}
      </p>
      <p class="small muted mt-2">
        {lang === 'ja'
          ? `法令データ ${LAW_VERSION} のもの。この国にある提供先は、国内の提供先と同じに扱います。`
          : `As in the law data of ${LAW_VERSION}. A recipient there is treated as a domestic one.`}
      </p>
    </Panel>
  );
};

const CommissionPanel = (props: { lang: Lang; found: CommissionPage | null; today: Day; mayWrite: boolean }) => {
  const { lang, found, today, mayWrite } = props;
  return (
    <Panel title={words.page[lang]} {...(mayWrite ? { more: { href: PAGE, label: words.pageCheck[lang] } } : {})}>
      {found === null ? (
        <p class="small">{words.lacking[lang]}</p>
      ) : (
        <Dl
          items={[
            [
              labels.url[lang],
              <a class="wrap-anywhere" href={found.url} rel="noreferrer" translate="no">
                {found.url}
              </a>,
            ],
            [labels.checkedOn[lang], slashDay(found.checkedOn)],
            [words.recheck[lang], <DueDay lang={lang} due={recheckBy(found)} today={today} />],
            [lang === 'ja' ? '出どころ' : 'Source', (found.recorded ? words.pageRecorded : words.pageFromPolicy)[lang]],
          ]}
        />
      )}
    </Panel>
  );
};

async function showCountries(office: Office, given: ReadGiven, c: Context<Env>): Promise<Response> {
  const frame = c.get('frame');
  const { lang } = frame;
  const view = await viewOf(office, given, c);
  const found = await commissionPage(office);
  const today = office.clock.today();
  const mayWrite = c.get('may')('recipients:write');
  const add = mayWrite && (
    <LinkButton small icon="plus" href={REPORT}>
      {words.addReport[lang]}
    </LinkButton>
  );
  const any = view.list.rows.length > 0;
  return c.html(
    <OfficePage
      {...frame}
      title={words.countries[lang]}
      path={placeOf(c)}
      sub={words.countriesSub[lang]}
      crumbs={countryCrumbs(lang)}
      actions={any && add}
    >
      {c.req.query('saved') !== undefined && (
        <div class="mb-4">
          <Banner kind="good" role="status" title={words.saved[lang]} />
        </div>
      )}
      <ListBody
        view={view}
        none={
          <Empty title={words.noReports[lang]} actions={add}>
            {words.noReportsSays[lang]}
          </Empty>
        }
      />
      <div class="grid gap-5 lg:grid-cols-2 items-start mt-5">
        <CommissionPanel lang={lang} found={found} today={today} mayWrite={mayWrite} />
        <Equivalent lang={lang} today={today} />
      </div>
    </OfficePage>,
  );
}

/** The contents of a report, as names and values. */
function reportItems(report: CountryReport, lang: Lang): (readonly [string, Child])[] {
  const { indicators, missingPrinciples, graveSystems, measures } = report;
  const text = (one: string): Child => (
    <span translate="no" class="whitespace-pre-line">
      {one}
    </span>
  );
  const none = { ja: 'なし', en: 'None' }[lang];
  return [
    [labels.systemExists[lang], (report.systemExists ? words.yes : words.no)[lang]],
    [
      labels.indicators[lang],
      listed(
        indicators.map((one) => indicatorWords[one][lang]),
        lang,
      ) || none,
    ],
    [
      labels.missingPrinciples[lang],
      missingPrinciples === null
        ? words.notLooked[lang]
        : listed(
            missingPrinciples.map((one) => principleWords[one][lang]),
            lang,
          ) || words.noneMissing[lang],
    ],
    [labels.graveSystems[lang], graveSystems === null ? words.graveNone[lang] : text(graveSystems)],
    [labels.countryMeasures[lang], measures === null ? words.undecided[lang] : text(measures)],
    [
      labels.source[lang],
      <a class="wrap-anywhere" href={report.source} rel="noreferrer" translate="no">
        {report.source}
      </a>,
    ],
    [labels.checkedOn[lang], slashDay(report.checkedOn)],
  ];
}

async function showCountry(room: Room, given: ReadGiven, c: Context<Env>): Promise<Response> {
  const frame = c.get('frame');
  const { lang } = frame;
  const code = c.req.param('country')!;
  const found = await reportsOf(room.office, code);
  if (!found.ok) return c.notFound();
  const reports = found.value;
  const today = room.office.clock.today();
  const names = await actorNames(
    room.access,
    reports.map(({ actor }) => actor),
  );
  const people = peopleOf(await readRegister(room.office), await given(room.office), today).get(code);
  const standing = reportOn(reports, today);
  const [newest] = reports;
  const add = c.get('may')('recipients:write') && (
    <LinkButton small={newest !== undefined} href={`${REPORT}?country=${code}`}>
      {words.addReport[lang]}
    </LinkButton>
  );
  return c.html(
    <OfficePage
      {...frame}
      title={countryName(code, lang)}
      path={placeOf(c)}
      crumbs={countryCrumbs(lang, { label: countryName(code, lang) })}
      sub={isEquivalent(code, today) ? words.equivalent[lang] : undefined}
      actions={newest && add}
    >
      {newest && !standing && (
        <div class="mb-4">
          <Banner kind="bad" title={{ ja: 'この調査は期限が切れています', en: 'This report is out of date' }[lang]}>
            {words.noReportsSays[lang]}
          </Banner>
        </div>
      )}
      {newest ? (
        <Panel title={words.found[lang]} sub={lang === 'ja' ? `第${newest.version}版` : `version ${newest.version}`}>
          <Dl
            asked
            items={[
              ...reportItems(newest, lang),
              [words.recheck[lang], <DueDay lang={lang} due={recheckBy(newest)} today={today} />],
            ]}
          />
        </Panel>
      ) : (
        <Empty title={words.noReportHere[lang]} actions={add}>
          {words.noReportsSays[lang]}
        </Empty>
      )}
      {people && (
        <div class="mt-5">
          <Panel title={words.recipientsThere[lang]}>
            <ul class="grid gap-1 small">
              <Names of={people} lang={lang} />
            </ul>
          </Panel>
        </div>
      )}
      {newest && (
        <>
          <h2 class="h2">{words.history[lang]}</h2>
          <Versions lang={lang} reports={reports} names={names} />
        </>
      )}
    </OfficePage>,
  );
}

const Versions = (props: { lang: Lang; reports: readonly CountryReport[]; names: ReadonlyMap<string, string> }) => {
  const { lang, reports, names } = props;
  return (
    <Table
      lang={lang}
      caption={words.history}
      stack
      columns={[
        { key: 'version', head: words.version, rowHead: true, nowrap: true },
        { key: 'checked', head: labels.checkedOn, nowrap: true },
        { key: 'says', head: { ja: '内容', en: 'What it says' } },
        { key: 'at', head: words.at, nowrap: true },
        { key: 'by', head: words.actor, nowrap: true },
        { key: 'entry', head: words.entry, nowrap: true },
      ]}
      rows={reports.map((report, i) => ({
        cells: {
          version: lang === 'ja' ? `第${report.version}版` : `Version ${report.version}`,
          checked: slashDay(report.checkedOn),
          says:
            i === 0 ? (
              words.asAbove[lang]
            ) : (
              <details>
                <summary class="small">
                  {words.seeIt[lang]}
                  <About>{slashDay(report.checkedOn)}</About>
                </summary>
                <Dl items={reportItems(report, lang)} />
              </details>
            ),
          at: <span class="num">{stamp(report.at.getTime())}</span>,
          by: actorName(report.actor, names, lang),
          entry: (
            <EntryLink id={report.entryId} about={stamp(report.at.getTime())}>
              {words.seeEntry[lang]}
            </EntryLink>
          ),
        },
      }))}
    />
  );
};

// ---- the Commission's page

interface PageShown {
  url: string;
  checkedOn: string;
  problem?: Problem;
}

function pageForm(c: Context<Env>, { url, checkedOn, problem }: PageShown): Response | Promise<Response> {
  const frame = c.get('frame');
  const { lang } = frame;
  const problems = fieldsOf(problem);
  const field = fieldFor(lang, labels, problems);
  return c.html(
    <OfficePage
      {...frame}
      title={words.page[lang]}
      path={placeOf(c)}
      failed={problem !== undefined}
      sub={words.pageSub[lang]}
      crumbs={countryCrumbs(lang, { label: words.page[lang] })}
    >
      <ErrorSummary lang={lang} problems={problems} labels={labels} />
      <div class="max-w-3xl">
        <p class="mb-4">{words.pageSays[lang]}</p>
        {URL.canParse(url) && (
          <p class="mb-4">
            <a class="wrap-anywhere" href={url} rel="noreferrer" translate="no">
              {url}
            </a>
          </p>
        )}
        <PostForm action={PAGE} csrf={frame.csrf}>
          <TextField {...field('url')} type="url" need="required" value={url} />
          <DateField
            {...field('checkedOn')}
            need="required"
            value={checkedOn}
            understood={readJapaneseDate(checkedOn)}
          />
          <Buttons>
            <Button>{words.record[lang]}</Button>
            <LinkButton kind="text" href={COUNTRIES}>
              {words.cancel[lang]}
            </LinkButton>
          </Buttons>
        </PostForm>
      </div>
    </OfficePage>,
    problem ? problemStatus(problem) : 200,
  );
}

const typedPage = (form: Form): { url: string; checkedOn: string } => ({
  url: form.text('url'),
  checkedOn: form.text('checkedOn'),
});

async function recordPage(office: Office, c: Context<Env>): Promise<Response> {
  const typed = typedPage(c.get('form'));
  const checkedOn = readJapaneseDate(typed.checkedOn) ?? typed.checkedOn;
  const outcome = await checkCommissionPage(office, byOf(c), { url: typed.url, checkedOn });
  return outcome.ok ? c.redirect(`${COUNTRIES}?saved`, 303) : pageForm(c, { ...typed, problem: outcome.problem });
}

export const countryPages = (room: Room, given: ReadGiven): Route[] => {
  const { office } = room;
  return [
    page('get', COUNTRIES, 'ledger:read', (c) => showCountries(office, given, c)),
    exportPage(office, { path: COUNTRIES, may: 'ledger:read' }, async (c) => fileOf(await viewOf(office, given, c))),
    page('get', `${COUNTRIES}/:country`, 'ledger:read', (c) => showCountry(room, given, c)),
    page('get', PAGE, 'recipients:write', async (c) => {
      const found = await commissionPage(office);
      return pageForm(c, { url: found?.url ?? '', checkedOn: slashDay(office.clock.today()) });
    }),
    page('post', PAGE, 'recipients:write', (c) => recordPage(office, c), { texts: formTexts(labels) }),
  ];
};

/** Every foreign country: the page of one without a report says that there is none. */
export const countryCatalogue: Catalogue = {
  title: words.countries,
  list: COUNTRIES,
  things: () =>
    [...countryCodes]
      .filter((code) => code !== 'JP')
      .map((code) => ({
        name: both(countryName(code, 'ja'), countryName(code, 'en')),
        href: `${COUNTRIES}/${code}`,
        numbers: [code],
      })),
};
