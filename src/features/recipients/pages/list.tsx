// The list of recipients: to whom information may go, on which basis, and which check is due next. Filters are kept in the address.

import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { both, type Lang } from '../../../base/bilingual.ts';
import { daysBetween, type Day } from '../../../base/day.ts';
import type { Office } from '../../../office.ts';
import { page, placeOf, type Env, type Form, type Route } from '../../../platform/http/index.ts';
import { LinkButton } from '../../../platform/ui/button.tsx';
import { Chip, type ChipKind } from '../../../platform/ui/chip.tsx';
import { crumbsFrom } from '../../../platform/ui/crumbs.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import { countryName, listed, readJapaneseDate, slashDay, untilDue } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import {
  ListBody,
  listView,
  type List,
  type ListColumn,
  type ListFilter,
  type ListView,
} from '../../../platform/ui/list.tsx';
import { rowsOn } from '../../../platform/ui/table.tsx';
import { exportPage, fileOf } from '../../access/index.ts';
import type { Catalogue } from '../../search/index.ts';
import { type Line, listRecipients, nextCheckOf, readRegister } from '../actions/read.ts';
import { assuranceKinds, type Recipient, relations } from '../facts/register.ts';
import { dueState, type Footing, footingOf, standingAssurance } from '../facts/standing.ts';
import { assuranceWords, fieldWords, footingWords, measureWords, relationWords, stateWords, words } from '../words.ts';

export const PATH = '/recipients';

export const crumbs = crumbsFrom(words.title, PATH);

export { placeOf };

/** Returns a typed day in ISO form where it can be parsed, otherwise as typed. */
export const dayTyped = (form: Form, name: string): string => readJapaneseDate(form.text(name)) ?? form.text(name);

/** A day on which something ends or falls due. It is marked as a warning from 30 days before, and as overdue after it. */
export const DueDay = ({ lang, due, today }: { lang: Lang; due: Day; today: Day }) => {
  const state = dueState(due, today);
  return (
    <span>
      <span class="nb">{slashDay(due)}</span>
      {state !== 'kept' && (
        <>
          {' '}
          <Chip kind={state === 'broken' ? 'bad' : 'warn'}>{untilDue(today, due, lang)}</Chip>
        </>
      )}
    </span>
  );
};

const footingLook: Record<Footing, ChipKind> = { stands: 'good', each: 'plain', none: 'bad', stopped: 'bad' };

export const StateChip = ({
  lang,
  line,
  today,
}: {
  lang: Lang;
  line: Pick<Line, 'recipient' | 'assurances'>;
  today: Day;
}) => {
  const footing = footingOf(line.recipient, line.assurances, today);
  return <Chip kind={footingLook[footing]}>{footingWords[footing][lang]}</Chip>;
};

function endsText(until: Day, today: Day, lang: Lang): string {
  if (lang === 'en') return `ends ${untilDue(today, until, 'en')}`;
  return until === today ? '期限は今日' : `期限まで${daysBetween(today, until)}日`;
}

/** The assurances in force today, each with its last day where that is near. */
const Basis = ({ lang, line, today }: { lang: Lang; line: Line; today: Day }) => {
  const standing = assuranceKinds.flatMap((kind) => standingAssurance(line.assurances, kind, today) ?? []);
  if (standing.length === 0) return null;
  return (
    <ul class="grid gap-1">
      {standing.map(({ terms, until }) => (
        <li>
          {assuranceWords[terms.kind][lang]}
          {until && dueState(until, today) === 'risk' && (
            <>
              {' '}
              <Chip kind="warn">{endsText(until, today, lang)}</Chip>
            </>
          )}
        </li>
      ))}
    </ul>
  );
};

const nextCheckText = (line: Line, today: Day, lang: Lang): string => {
  const due = nextCheckOf(line, today);
  return due === null ? '' : due === 'impossible' ? measureWords.impossible[lang] : slashDay(due);
};

export const NextCheck = ({ lang, line, today }: { lang: Lang; line: Line; today: Day }): Child => {
  const due = nextCheckOf(line, today);
  if (due === 'impossible') return <Chip kind="bad">{measureWords.impossible[lang]}</Chip>;
  return due && <DueDay lang={lang} due={due} today={today} />;
};

/**
 * The texts by which a search finds a recipient: the name under which it does business, for a sole trader too; private persons are not in the
 * register. Its representative and its address, where a sole trader may live, are left out, because they would appear in the address of the page.
 */
export const foundBy = ({ name, country }: Recipient): string[] => [
  name,
  countryName(country, 'ja'),
  countryName(country, 'en'),
];

/** Returns the assurances in force today, in words. */
const basesOf = ({ assurances }: Line, today: Day, lang: Lang): string =>
  listed(
    assuranceKinds
      .filter((kind) => standingAssurance(assurances, kind, today))
      .map((kind) => assuranceWords[kind][lang]),
    lang,
  );

const columnsOf = (today: Day): readonly ListColumn<Line>[] => [
  {
    key: 'name',
    head: fieldWords.name,
    rowHead: true,
    value: ({ recipient }) => recipient.name,
    cell: ({ recipient }) => (
      <a href={`${PATH}/${recipient.id}`} translate="no">
        {recipient.name}
      </a>
    ),
  },
  {
    key: 'state',
    head: words.state,
    nowrap: true,
    unsearched: true,
    value: ({ recipient, assurances }, lang) => footingWords[footingOf(recipient, assurances, today)][lang],
    cell: (line, lang) => <StateChip lang={lang} line={line} today={today} />,
  },
  {
    key: 'country',
    head: fieldWords.country,
    nowrap: true,
    value: ({ recipient }, lang) => countryName(recipient.country, lang),
  },
  {
    key: 'relations',
    head: fieldWords.relations,
    unsearched: true,
    value: ({ recipient }, lang) =>
      listed(
        recipient.relations.map((one) => relationWords[one][lang]),
        lang,
      ),
  },
  {
    key: 'basis',
    head: words.basis,
    unsearched: true,
    value: (line, lang) => basesOf(line, today, lang),
    cell: (line, lang) => Basis({ lang, line, today }),
  },
  {
    key: 'check',
    head: words.nextCheck,
    unsearched: true,
    value: (line, lang) => nextCheckText(line, today, lang),
    cell: (line, lang) => NextCheck({ lang, line, today }),
  },
  {
    key: 'address',
    head: fieldWords.address,
    chosen: true,
    // A sole trader may live there.
    person: true,
    value: ({ recipient }) => recipient.address,
  },
  {
    key: 'representative',
    head: fieldWords.representative,
    chosen: true,
    person: true,
    value: ({ recipient }) => recipient.representative ?? '',
  },
];

const filters: readonly ListFilter<Line>[] = [
  {
    name: 'relation',
    label: fieldWords.relations,
    options: relations.map((value) => ({ value, label: relationWords[value] })),
    keeps: ({ recipient }, relation) => recipient.relations.some((one) => one === relation),
  },
  {
    name: 'state',
    label: words.inUse,
    options: Object.entries(stateWords).map(([value, label]) => ({ value, label })),
    keeps: ({ recipient }, state) => recipient.state === state,
  },
];

function viewOf(office: Office, c: Context<Env>, rows: readonly Line[]): ListView<Line> {
  const list: List<Line> = {
    path: PATH,
    title: words.title,
    columns: columnsOf(office.clock.today()),
    filters,
    rows,
    order: 'name',
    noMatch: words.noMatch,
    stack: true,
  };
  return listView(list, c.req.url, c.get('lang'));
}

/** Columns that show what the register has about a recipient beside its description. */
const BESIDE: readonly string[] = ['state', 'basis', 'check'];

/** The list as its page shows it. These columns are read only for the rows on the page, unless the list is sorted by one of them. */
async function shownOf(office: Office, c: Context<Env>): Promise<ListView<Line>> {
  const recipients = await listRecipients(office);
  const bare = recipients.map((recipient) => ({ recipient, versions: [], assurances: [], checks: [] }));
  const view = viewOf(office, c, bare);
  if (BESIDE.includes(view.query.sort.key)) return viewOf(office, c, await readRegister(office));
  const onPage = rowsOn(view.page, view.rows).map(({ recipient }) => recipient);
  const whole = new Map((await readRegister(office, onPage)).map((line) => [line.recipient.id, line]));
  return { ...view, rows: view.rows.map((line) => whole.get(line.recipient.id) ?? line) };
}

async function showList(office: Office, c: Context<Env>): Promise<Response> {
  const { lang } = c.get('frame');
  const view = await shownOf(office, c);
  const any = view.list.rows.length > 0;
  const add = c.get('may')('recipients:write') && (
    <LinkButton small icon="plus" href={`${PATH}/new`}>
      {words.add[lang]}
    </LinkButton>
  );
  return c.html(
    <OfficePage
      {...c.get('frame')}
      title={words.title[lang]}
      path={placeOf(c)}
      sub={words.sub[lang]}
      crumbs={crumbs(lang)}
      actions={
        any && (
          <>
            {add}
            <LinkButton small kind="text" href={`${PATH}/assurances`}>
              {words.allAssurances[lang]}
            </LinkButton>
            <LinkButton small kind="text" href={`${PATH}/checks`}>
              {words.checks[lang]}
            </LinkButton>
          </>
        )
      }
    >
      <ListBody
        view={view}
        none={
          <Empty title={words.none[lang]} actions={add}>
            {words.noneSays[lang]}
          </Empty>
        }
      />
    </OfficePage>,
  );
}

export const listPages = (office: Office): Route[] => [
  page('get', PATH, 'ledger:read', (c) => showList(office, c)),
  exportPage(office, { path: PATH, may: 'ledger:read' }, async (c) =>
    fileOf(viewOf(office, c, await readRegister(office))),
  ),
];

/** Returns a recipient's relations, its country and, if stopped, its state. */
function besideOf({ relations: to, country, state }: Recipient, lang: Lang): string {
  const parts = [...to.map((one) => relationWords[one][lang]), countryName(country, lang)];
  return listed(state === 'stopped' ? [...parts, stateWords.stopped[lang]] : parts, lang);
}

export const recipientCatalogue = (office: Office): Catalogue => ({
  title: words.title,
  list: PATH,
  things: async () =>
    (await listRecipients(office)).map((one) => ({
      name: both(one.name, one.name),
      href: `${PATH}/${one.id}`,
      numbers: [one.id],
      says: both(besideOf(one, 'ja'), besideOf(one, 'en')),
    })),
});
