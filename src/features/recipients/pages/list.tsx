// The list of recipients: to whom information may go, on which basis, and which check is due next. Filters stand in the address.

import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { Bilingual, Lang } from '../../../base/bilingual.ts';
import { daysBetween, type Day } from '../../../base/day.ts';
import type { Office } from '../../../office.ts';
import { page, placeOf, type Env, type Form, type Route } from '../../../platform/http/index.ts';
import { LinkButton } from '../../../platform/ui/button.tsx';
import { Chip, type ChipKind } from '../../../platform/ui/chip.tsx';
import { homeCrumb } from '../../../platform/ui/crumbs.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import { countryName, listed, readJapaneseDate, slashDay, untilDue } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import {
  Filters,
  FilterSelect,
  FilterText,
  holds,
  listPageOf,
  Pager,
  rowsOn,
  Table,
} from '../../../platform/ui/table.tsx';
import { listRecipients, readRegister, type Line } from '../actions.ts';
import {
  assuranceKinds,
  checksThere,
  dueState,
  lastCheck,
  relations,
  standingAssurance,
  footingOf,
  type Footing,
  type Recipient,
} from '../facts.ts';
import { assuranceWords, fieldWords, footingWords, measureWords, relationWords, stateWords, words } from '../words.ts';

export const PATH = '/recipients';

export const crumbs = (lang: Lang, ...rest: { label: string; href?: string }[]) => [
  homeCrumb(lang),
  ...(rest.length > 0 ? [{ label: words.title[lang], href: PATH }, ...rest] : [{ label: words.title[lang] }]),
];

export { placeOf };

/** A day as it was typed, read where it can be. */
export const dayTyped = (form: Form, name: string): string => readJapaneseDate(form.text(name)) ?? form.text(name);

/** A day that something ends or falls due on: it warns 30 days before, and shouts after. */
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

/** What a provision may rest on today, each with the day it runs out where that is near. */
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

/** When a recipient is to be checked again; of one whose system counts (28(3)), what was checked where it was before tells nothing of that. */
export const NextCheck = ({ lang, line, today }: { lang: Lang; line: Line; today: Day }): Child => {
  const { versions, assurances, checks } = line;
  if (lastCheck(checks, today)?.measures === 'impossible')
    return <Chip kind="bad">{measureWords.impossible[lang]}</Chip>;
  const onSystem = standingAssurance(assurances, 'equivalent-system', today) !== undefined;
  const due = lastCheck(onSystem ? checksThere(versions, checks) : checks, today)?.nextDue;
  return due ? <DueDay lang={lang} due={due} today={today} /> : null;
};

type Query = Record<'q' | 'relation' | 'state', string>;

/** Whether a recipient is one of those that a search is for. */
export const isFoundBy = ({ name, address, representative, country }: Recipient, typed: string): boolean =>
  holds([name, address, representative ?? '', countryName(country, 'ja'), countryName(country, 'en')], typed);

const matches = (one: Recipient, { q, relation, state }: Query): boolean =>
  isFoundBy(one, q) &&
  (relation === '' || one.relations.some((of) => of === relation)) &&
  (state === '' || one.state === state);

const addressOf = (query: Query): string => {
  const set = Object.entries(query).filter(([, value]) => value !== '');
  return set.length === 0 ? PATH : `${PATH}?${new URLSearchParams(set)}`;
};

const FilterRow = ({ lang, query }: { lang: Lang; query: Query }) => {
  const options = (all: Readonly<Record<string, Bilingual>>) => [
    { value: '', label: words.any[lang] },
    ...Object.entries(all).map(([value, label]) => ({ value, label: label[lang] })),
  ];
  const related = Object.fromEntries(relations.map((one) => [one, relationWords[one]]));
  return (
    <Filters lang={lang} action={PATH}>
      <FilterText name="q" label={words.search[lang]} value={query.q} />
      <FilterSelect
        name="relation"
        label={fieldWords.relations[lang]}
        value={query.relation}
        options={options(related)}
      />
      <FilterSelect name="state" label={words.state[lang]} value={query.state} options={options(stateWords)} />
    </Filters>
  );
};

const Rows = ({ lang, lines, today }: { lang: Lang; lines: readonly Line[]; today: Day }) => (
  <Table
    lang={lang}
    caption={words.title}
    stack
    columns={[
      { key: 'name', head: fieldWords.name, rowHead: true },
      { key: 'state', head: words.state, nowrap: true },
      { key: 'country', head: fieldWords.country, nowrap: true },
      { key: 'relations', head: fieldWords.relations },
      { key: 'basis', head: words.basis },
      { key: 'check', head: words.nextCheck },
    ]}
    rows={lines.map((line) => ({
      cells: {
        name: (
          <a href={`${PATH}/${line.recipient.id}`} translate="no">
            {line.recipient.name}
          </a>
        ),
        state: <StateChip lang={lang} line={line} today={today} />,
        country: countryName(line.recipient.country, lang),
        relations: listed(
          line.recipient.relations.map((one) => relationWords[one][lang]),
          lang,
        ),
        basis: Basis({ lang, line, today }),
        check: NextCheck({ lang, line, today }),
      },
    }))}
  />
);

async function showList(office: Office, c: Context<Env>): Promise<Response> {
  const frame = c.get('frame');
  const { lang } = frame;
  const query: Query = {
    q: (c.req.query('q') ?? '').trim(),
    relation: c.req.query('relation') ?? '',
    state: c.req.query('state') ?? '',
  };
  const all = await listRecipients(office);
  const asked = all.filter((one) => matches(one, query));
  const page = listPageOf(c.req.query('page'), asked.length);
  const add = c.get('may')('recipients:write') && (
    <LinkButton small icon="plus" href={`${PATH}/new`}>
      {words.add[lang]}
    </LinkButton>
  );
  return c.html(
    <OfficePage
      {...frame}
      title={words.title[lang]}
      path={placeOf(c)}
      sub={words.sub[lang]}
      crumbs={crumbs(lang)}
      actions={all.length > 0 && add}
    >
      {all.length > 0 && <FilterRow lang={lang} query={query} />}
      {asked.length > 0 ? (
        <>
          <Rows lang={lang} lines={await readRegister(office, rowsOn(page, asked))} today={office.clock.today()} />
          <Pager lang={lang} page={page} href={addressOf(query)} />
        </>
      ) : all.length > 0 ? (
        <Empty
          title={words.noMatch[lang]}
          actions={
            <LinkButton kind="second" href={PATH}>
              {words.clear[lang]}
            </LinkButton>
          }
        />
      ) : (
        <Empty title={words.none[lang]} actions={add}>
          {words.noneSays[lang]}
        </Empty>
      )}
    </OfficePage>,
  );
}

export const listPages = (office: Office): Route[] => [page('get', PATH, 'ledger:read', (c) => showList(office, c))];
