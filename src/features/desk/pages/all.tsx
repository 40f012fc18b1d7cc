// Every request of the desk, open and over, newest first: found by its number, filtered by kind, state, result and the days of arrival, and taken along
// as a file. It names no person whose request it is.

import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import { page, type Route } from '../../../platform/http/index.ts';
import { Chip } from '../../../platform/ui/chip.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import { slashDay } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import type { ListColumn } from '../../../platform/ui/list.tsx';
import { NewestBody, newestView, type Chosen, type NewestList } from '../../../platform/ui/newest.tsx';
import { daysIn } from '../../../platform/ui/period.tsx';
import { exportPage, fileOfNewest, namesInCharge } from '../../access/index.ts';
import { cases, type Listed } from '../actions/cases.ts';
import { kinds, type Kind } from '../facts/kind.ts';
import { numberFrom, numberOf } from '../facts/request.ts';
import { results, type Result } from '../facts/result.ts';
import { states, type State } from '../facts/stage.ts';
import { kindWords, resultWords, stageWords, stateWords } from '../words.ts';
import { kindText, words as boardWords } from './board.tsx';
import { crumbs, PATH, placeOf, StageChip, type Asked, type Room } from './sheet.tsx';

export const ALL = `${PATH}/all`;

export const words = {
  sub: both('進行中のものも終わったものも、新しく受け付けた順に', 'Open and closed, the newest first'),
  result: both('結果', 'Outcome'),
  none: both('請求はまだありません', 'There is no request yet'),
} satisfies Record<string, Bilingual>;

const stateText = ({ state, stage }: Listed, lang: Lang): string =>
  (state === 'open' ? stageWords[stage] : stateWords[state])[lang];

const columnsOf = (names: ReadonlyMap<string, string>): readonly ListColumn<Listed>[] => [
  {
    key: 'number',
    head: boardWords.number,
    rowHead: true,
    nowrap: true,
    value: numberOf,
    cell: (row) => <a href={`${PATH}/${row.id}`}>{numberOf(row)}</a>,
  },
  { key: 'kind', head: boardWords.kind, value: kindText },
  {
    key: 'state',
    head: boardWords.state,
    nowrap: true,
    value: stateText,
    cell: (row, lang) =>
      row.state === 'open' ? (
        <StageChip lang={lang} stage={row.stage} />
      ) : (
        <Chip kind="done">{stateText(row, lang)}</Chip>
      ),
  },
  {
    key: 'result',
    head: words.result,
    value: ({ result }, lang) => (result ? resultWords[result][lang] : ''),
  },
  { key: 'arrived', head: boardWords.arrived, nowrap: true, value: ({ arrived_on: on }) => slashDay(on) },
  {
    key: 'ended',
    head: boardWords.ended,
    nowrap: true,
    value: ({ closed_on: on }) => (on ? slashDay(on) : ''),
  },
  {
    key: 'who',
    head: boardWords.who,
    nowrap: true,
    value: ({ assigned_to: who }, lang) => (who ? (names.get(who) ?? '') : boardWords.nobody[lang]),
    cell: ({ assigned_to: who }, lang) =>
      who ? <span translate="no">{names.get(who)}</span> : <span class="muted">{boardWords.nobody[lang]}</span>,
  },
];

/** The requests that an address asks for. What was typed and is no number matches none. */
async function read(room: Room, chosen: Chosen, at: { before?: string; most: number }): Promise<readonly Listed[]> {
  const { q, kind, state, result } = chosen;
  const number = q === undefined ? undefined : numberFrom(q);
  if (number === null) return [];
  return cases(room, {
    ...(number ? { number } : {}),
    ...(kind ? { kind: kind as Kind } : {}),
    ...(state ? { state: state as State } : {}),
    ...(result ? { result: result as Result } : {}),
    ...daysIn(chosen),
    ...at,
  });
}

async function listOf(room: Room, c: Asked): Promise<NewestList<Listed>> {
  const options = <Code extends string>(codes: readonly Code[], says: (code: Code) => Bilingual) =>
    codes.map((value) => ({ value, label: says(value) }));
  return {
    path: ALL,
    title: boardWords.everything,
    columns: columnsOf(await namesInCharge(room.access, c.get('lang'), 'everybody')),
    typed: boardWords.number,
    filters: [
      { name: 'state', label: boardWords.state, options: options(states, (state) => stateWords[state]) },
      { name: 'kind', label: boardWords.kind, options: options(kinds, (kind) => kindWords[kind].name) },
      { name: 'result', label: words.result, options: options(results, (result) => resultWords[result]) },
    ],
    period: boardWords.arrived,
    read: (chosen, at) => read(room, chosen, at),
    noMatch: boardWords.noMatch,
    stack: 'inline',
  };
}

async function show(room: Room, c: Asked): Promise<Response> {
  const frame = c.get('frame');
  const { lang } = frame;
  const view = await newestView(await listOf(room, c), c.req.url, lang);
  return c.html(
    <OfficePage
      {...frame}
      title={boardWords.everything[lang]}
      path={placeOf(c)}
      sub={words.sub[lang]}
      crumbs={crumbs(lang, { label: boardWords.everything[lang] })}
    >
      <NewestBody view={view} none={<Empty title={words.none[lang]} />} />
    </OfficePage>,
  );
}

export const allPages = (room: Room): Route[] => [
  page('get', ALL, 'requests:read', (c) => show(room, c)),
  exportPage(room.office, { path: ALL, may: 'requests:read' }, async (c) =>
    fileOfNewest(await listOf(room, c), c.req.url),
  ),
];
