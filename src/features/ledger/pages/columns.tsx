// The columns of the list of the ledger, and its filters.

import type { Bilingual, Lang } from '../../../base/bilingual.ts';
import { both } from '../../../base/bilingual.ts';
import { dayOf } from '../../../base/day.ts';
import { promiseStates } from '../../../base/promise.ts';
import { listed, slashDay } from '../../../platform/ui/format.ts';
import type { ListColumn, ListFilter } from '../../../platform/ui/list.tsx';
import { St, stateWord } from '../../../platform/ui/promise-state.tsx';
import { leftWords } from '../../access/index.ts';
import { purposeName } from '../../policy/index.ts';
import type { Line, Standing } from '../actions.ts';
import { retentionText, type HoldingContent } from '../facts.ts';
import { channelWord, fieldWords, principalWords, stateWords } from '../words.ts';

const words = {
  state: both('状態', 'State'),
  use: both('使用', 'In use'),
} satisfies Record<string, Bilingual>;

/** What is kept, and about whom. */
const kept: readonly ListColumn<Line>[] = [
  {
    key: 'code',
    head: both('番号', 'No.'),
    fixed: true,
    value: ({ holding }) => holding.code,
    cell: ({ holding }) => <span class="num">{holding.code}</span>,
  },
  {
    key: 'name',
    head: fieldWords.name,
    rowHead: true,
    value: ({ holding }, lang) => holding.name[lang],
    cell: ({ holding }, lang) => <a href={`/ledger/${holding.id}`}>{holding.name[lang]}</a>,
  },
  {
    key: 'state',
    head: words.state,
    unsearched: true,
    value: ({ holding, state }, lang) =>
      (holding.state === 'retired' ? stateWords.retired : stateWord[state.state])[lang],
    cell: ({ holding, state }, lang) =>
      holding.state === 'retired' ? stateWords.retired[lang] : <St state={state.state} lang={lang} />,
    order: ({ holding, state }) =>
      holding.state === 'retired' ? promiseStates.length : promiseStates.indexOf(state.state),
  },
  {
    key: 'items',
    head: fieldWords.items,
    value: ({ holding }, lang) =>
      listed(
        holding.items.map((item) => item.label[lang]),
        lang,
      ),
    // The longest column: it wraps, so that the columns after it stay visible.
    cell: ({ holding }, lang) => (
      <span class="md:block md:w-72 md:whitespace-normal">
        {listed(
          holding.items.map((item) => item.label[lang]),
          lang,
        )}
      </span>
    ),
  },
  {
    key: 'people',
    head: both('人数', 'People'),
    align: 'right',
    unsearched: true,
    value: ({ people }) => people,
  },
];

/** Name of the manager of a holding, and whether they have left. */
export const managerName = (
  { manager }: Pick<HoldingContent, 'manager'>,
  { names, staff }: Standing,
  lang: Lang,
): string => (names.get(manager) ?? '') + (staff.has(manager) ? '' : leftWords[lang]);

/** What it is used for, where it comes from, how long it is kept, and who may use it. */
export const columnsOf = (standing: Standing): readonly ListColumn<Line>[] => [
  ...kept,
  {
    key: 'purposes',
    head: fieldWords.purposes,
    value: ({ holding }, lang) =>
      listed(
        holding.purposes.map((id) => purposeName(standing.policy, id, lang)),
        lang,
      ),
  },
  {
    key: 'channels',
    head: fieldWords.channels,
    value: ({ holding }, lang) =>
      listed(
        holding.channels.map((id) => channelWord(standing.policy, id, lang)),
        lang,
      ),
  },
  { key: 'place', head: fieldWords.place, value: ({ holding }) => holding.place },
  {
    key: 'retention',
    head: fieldWords.retention,
    value: ({ holding }, lang) => retentionText(holding.retention, lang),
  },
  {
    key: 'manager',
    head: fieldWords.manager,
    person: true,
    value: ({ holding }, lang) => managerName(holding, standing, lang),
  },
  { key: 'department', head: fieldWords.department, value: ({ holding }) => holding.department },
  {
    key: 'principals',
    head: fieldWords.principals,
    chosen: true,
    value: ({ holding }, lang) =>
      listed(
        holding.principals.map((kind) => principalWords[kind][lang]),
        lang,
      ),
  },
  {
    key: 'access',
    head: fieldWords.access,
    chosen: true,
    // Free text on who may use it, which may contain names.
    person: true,
    value: ({ holding }) => holding.access,
  },
  {
    key: 'confirmed',
    head: both('見直し', 'Confirmed'),
    value: ({ holding }) => slashDay(dayOf(holding.confirmedAt.getTime())),
    cell: ({ holding }) => <span class="num">{slashDay(dayOf(holding.confirmedAt.getTime()))}</span>,
  },
];

const asIs = (value: string): { value: string; label: Bilingual } => ({ value, label: both(value, value) });

export const filtersOf = (standing: Standing, lines: readonly Line[]): readonly ListFilter<Line>[] => [
  {
    name: 'purpose',
    label: fieldWords.purposes,
    options: (standing.policy?.purposes ?? []).map(({ id, label }) => ({
      value: id,
      label: both(`${id} ${label.ja}`, `${id} ${label.en}`),
    })),
    keeps: ({ holding }, purpose) => holding.purposes.includes(purpose),
  },
  {
    name: 'department',
    label: fieldWords.department,
    options: [...new Set(lines.map(({ holding }) => holding.department))].sort().map(asIs),
    keeps: ({ holding }, department) => holding.department === department,
  },
  {
    name: 'manager',
    label: fieldWords.manager,
    options: [...new Set(lines.map(({ holding }) => holding.manager))].flatMap((manager) =>
      standing.names.has(manager)
        ? [
            {
              value: manager,
              label: both(managerName({ manager }, standing, 'ja'), managerName({ manager }, standing, 'en')),
            },
          ]
        : [],
    ),
    keeps: ({ holding }, manager) => holding.manager === manager,
  },
  {
    name: 'state',
    label: words.state,
    options: promiseStates.map((state) => ({ value: state, label: stateWord[state] })),
    keeps: ({ holding, state }, asked) => holding.state !== 'retired' && state.state === asked,
  },
  {
    name: 'use',
    label: words.use,
    options: [
      { value: 'active', label: both('使用中のみ', 'In use only') },
      { value: 'all', label: both('廃止を含む', 'Retired too') },
      { value: 'retired', label: both('廃止のみ', 'Retired only') },
    ],
    any: 'all',
    usual: 'active',
    keeps: ({ holding }, use) => holding.state === use,
  },
];
