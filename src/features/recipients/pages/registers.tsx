// The assurances and the checks of all recipients, as two lists. They answer questions across recipients, such as every contract that ends this
// quarter, which the page of no single recipient answers.

import type { Context } from 'hono';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import type { Office } from '../../../office.ts';
import { page, type Env, type Route } from '../../../platform/http/index.ts';
import { Empty } from '../../../platform/ui/empty.tsx';
import { countryName, listed, slashDay } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { ListBody, listView, type List, type ListColumn } from '../../../platform/ui/list.tsx';
import { actorName, actorNames, exportPage, fileOf, type Room } from '../../access/index.ts';
import type { Catalogue } from '../../search/index.ts';
import { readRegister } from '../actions/read.ts';
import { type Assurance, assuranceKinds, type Check, measureStates, type Recipient } from '../facts/register.ts';
import { assuranceStanding, type AssuranceStanding, assuranceStandings } from '../facts/standing.ts';
import {
  assuranceStateWords,
  assuranceWords,
  basisWords,
  everyMonths,
  factWords,
  labels,
  measureWords,
  schemeWords,
  words,
} from '../words.ts';
import { crumbs, DueDay, PATH, placeOf } from './list.tsx';
import { AssuranceChip, MeasureChip, thereOrNot, written } from './recipient.tsx';

const ASSURANCES = `${PATH}/assurances`;
const CHECKS = `${PATH}/checks`;

/** Something that the register holds about a recipient. */
interface Of<Held> {
  recipient: Recipient;
  one: Held;
}

interface AssuredLine extends Of<Assurance> {
  state: AssuranceStanding;
}

const recipientColumn: ListColumn<Of<unknown>> = {
  key: 'recipient',
  head: words.recipient,
  rowHead: true,
  value: ({ recipient }) => recipient.name,
  cell: ({ recipient }) => (
    <a href={`${PATH}/${recipient.id}`} translate="no">
      {recipient.name}
    </a>
  ),
};

/** Returns the terms of an assurance in short. */
function termsText({ terms }: Assurance, lang: Lang): string {
  const fact = (field: keyof typeof factWords, is: boolean): string =>
    `${factWords[field][lang]}${lang === 'ja' ? '　' : ': '}${thereOrNot(is, lang)}`;
  switch (terms.kind) {
    case 'entrustment':
      return listed(
        (['ownUse', 'assessed', 'contract', 'monitored'] as const).map((field) => fact(field, terms[field])),
        lang,
      );
    case 'equivalent-system':
      return listed(
        [
          terms.scheme ? schemeWords[terms.scheme][lang] : basisWords[terms.by][lang],
          everyMonths(terms.checkMonths)[lang],
        ],
        lang,
      );
    case 'cloud':
      return listed(
        [
          ...(['contractExcludesHandling', 'accessControlled'] as const).map((field) => fact(field, terms[field])),
          `${labels.serverCountry[lang]}${lang === 'ja' ? '　' : ': '}${countryName(terms.serverCountry, lang)}`,
        ],
        lang,
      );
  }
}

const assuranceColumns = (today: Day): readonly ListColumn<AssuredLine>[] => [
  recipientColumn,
  {
    key: 'kind',
    head: words.basis,
    unsearched: true,
    value: ({ one }, lang) => assuranceWords[one.terms.kind][lang],
  },
  {
    key: 'state',
    head: words.state,
    nowrap: true,
    unsearched: true,
    value: ({ state }, lang) => assuranceStateWords[state][lang],
    cell: ({ state }, lang) => <AssuranceChip state={state} lang={lang} />,
  },
  {
    key: 'reference',
    head: labels.reference,
    value: ({ one }) => one.reference,
    cell: ({ one }) => written(one.reference),
  },
  { key: 'from', head: labels.from, nowrap: true, unsearched: true, value: ({ one }) => slashDay(one.from) },
  {
    key: 'until',
    head: labels.until,
    unsearched: true,
    value: ({ one }, lang) => (one.until ? slashDay(one.until) : words.noEnd[lang]),
    // An assurance without an end sorts after every day.
    order: ({ one }) => one.until ?? '9999-12-31',
    cell: ({ one, state }, lang) =>
      one.until && state === 'holds' ? (
        <DueDay lang={lang} due={one.until} today={today} />
      ) : one.until ? (
        slashDay(one.until)
      ) : (
        words.noEnd[lang]
      ),
  },
  { key: 'terms', head: words.terms, unsearched: true, value: ({ one }, lang) => termsText(one, lang) },
  {
    key: 'reason',
    head: words.endReason,
    chosen: true,
    unsearched: true,
    value: ({ one }) => (one.ended ? `${slashDay(one.ended.on)} ${one.ended.reason}` : ''),
    cell: ({ one: { ended } }) =>
      ended && (
        <>
          {slashDay(ended.on)} {written(ended.reason)}
        </>
      ),
  },
];

async function assuranceView({ office }: Room, c: Context<Env>) {
  const today = office.clock.today();
  const list: List<AssuredLine> = {
    path: ASSURANCES,
    title: words.allAssurances,
    columns: assuranceColumns(today),
    filters: [
      {
        name: 'kind',
        label: words.basis,
        options: assuranceKinds.map((value) => ({ value, label: assuranceWords[value] })),
        keeps: ({ one }, kind) => one.terms.kind === kind,
      },
      {
        name: 'state',
        label: words.state,
        options: assuranceStandings.map((value) => ({ value, label: assuranceStateWords[value] })),
        keeps: (line, state) => line.state === state,
      },
    ],
    rows: (await readRegister(office)).flatMap(({ recipient, assurances }) =>
      assurances.map((one) => ({ recipient, one, state: assuranceStanding(one, assurances, today) })),
    ),
    order: 'recipient',
    noMatch: words.noAssuranceMatches,
    stack: true,
  };
  return listView(list, c.req.url, c.get('lang'));
}

/** A column of free text, which may name a person. */
const freeText = (
  key: 'method' | 'foreignSystem' | 'trouble' | 'remedy' | 'proof',
  head: Bilingual,
): ListColumn<Of<Check>> => ({
  key,
  head,
  person: true,
  value: ({ one }) => one[key] ?? '',
  cell: ({ one }) => one[key] && written(one[key]),
});

const checkColumns = (names: ReadonlyMap<string, string>): readonly ListColumn<Of<Check>>[] => [
  recipientColumn,
  { key: 'on', head: labels.checkedOn, nowrap: true, unsearched: true, value: ({ one }) => slashDay(one.on) },
  {
    key: 'measures',
    head: words.kept,
    nowrap: true,
    unsearched: true,
    value: ({ one }, lang) => measureWords[one.measures][lang],
    cell: ({ one }, lang) => <MeasureChip measures={one.measures} lang={lang} />,
  },
  freeText('method', labels.method),
  { ...freeText('foreignSystem', labels.foreignSystem), chosen: true },
  freeText('trouble', words.trouble),
  freeText('remedy', words.remedy),
  { ...freeText('proof', words.proof), chosen: true },
  {
    key: 'next',
    head: words.nextCheck,
    nowrap: true,
    unsearched: true,
    value: ({ one }) => (one.nextDue ? slashDay(one.nextDue) : ''),
  },
  {
    key: 'by',
    head: words.actor,
    person: true,
    value: ({ one }, lang) => actorName(one.actor, names, lang),
    cell: ({ one }, lang) => <span translate="no">{actorName(one.actor, names, lang)}</span>,
  },
];

async function checkView({ office, access }: Room, c: Context<Env>) {
  const rows = (await readRegister(office)).flatMap(({ recipient, checks }) =>
    checks.map((one) => ({ recipient, one })),
  );
  const names = await actorNames(
    access,
    rows.map(({ one }) => one.actor),
  );
  const list: List<Of<Check>> = {
    path: CHECKS,
    title: words.checks,
    columns: checkColumns(names),
    filters: [
      {
        name: 'measures',
        label: words.kept,
        options: measureStates.map((value) => ({ value, label: measureWords[value] })),
        keeps: ({ one }, measures) => one.measures === measures,
      },
    ],
    rows,
    order: '-on',
    noMatch: words.noCheckMatches,
    stack: true,
  };
  return listView(list, c.req.url, c.get('lang'));
}

async function show<Held>(
  c: Context<Env>,
  view: ReturnType<typeof listView<Of<Held>>>,
  none: { title: string; says: string },
): Promise<Response> {
  const lang = c.get('lang');
  return c.html(
    <OfficePage
      {...c.get('frame')}
      title={view.list.title[lang]}
      path={placeOf(c)}
      sub={words.ofAllRecipients[lang]}
      crumbs={crumbs(lang, { label: view.list.title[lang] })}
    >
      <ListBody view={view} none={<Empty title={none.title}>{none.says}</Empty>} />
    </OfficePage>,
  );
}

export const registerPages = (room: Room): Route[] => [
  page('get', ASSURANCES, 'ledger:read', async (c) =>
    show(c, await assuranceView(room, c), {
      title: words.noneAssured[c.get('lang')],
      says: words.noAssurances[c.get('lang')],
    }),
  ),
  exportPage(room.office, { path: ASSURANCES, may: 'ledger:read' }, async (c) => fileOf(await assuranceView(room, c))),
  page('get', CHECKS, 'ledger:read', async (c) =>
    show(c, await checkView(room, c), {
      title: words.noneChecked[c.get('lang')],
      says: words.checkSaysHere[c.get('lang')],
    }),
  ),
  exportPage(room.office, { path: CHECKS, may: 'ledger:read' }, async (c) => fileOf(await checkView(room, c))),
];

/** Assurances by the number of the contract, the rules or the certificate; each leads to its recipient. */
export const assuranceCatalogue = (office: Office): Catalogue => ({
  title: words.allAssurances,
  list: ASSURANCES,
  things: async () =>
    (await readRegister(office)).flatMap(({ recipient, assurances }) =>
      assurances.map(({ id, reference, terms }) => {
        const kind = assuranceWords[terms.kind];
        return {
          name: both(reference, reference),
          href: `${PATH}/${recipient.id}`,
          numbers: [id],
          says: both(listed([recipient.name, kind.ja], 'ja'), listed([recipient.name, kind.en], 'en')),
        };
      }),
    ),
});

/** Finds nothing: checks hold only free text. */
export const checkCatalogue: Catalogue = { title: words.checks, list: CHECKS, things: () => [] };
