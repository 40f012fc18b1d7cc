// The promises as a table, one row each, and its files, to be laid before a board of directors or an auditor.

import type { Context } from 'hono';
import { dayOf } from '../../../base/day.ts';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import type { Office } from '../../../office.ts';
import type { Env, Route } from '../../../platform/http/index.ts';
import { clauseId } from '../../../platform/ui/clause.tsx';
import { slashDay } from '../../../platform/ui/format.ts';
import { exportLinks, ListTable, type ListColumn } from '../../../platform/ui/list.tsx';
import { St, stateWord } from '../../../platform/ui/promise-state.tsx';
import { exportPage, type ListFile } from '../../access/index.ts';
import { promiseBoard, type PromiseBoard } from '../actions/standings.ts';
import { address, HOME, promisesOf, readAsked, type Asked, type ClausePromise } from './asked.tsx';

/** For a past day only the changes of state are on record: the reason shown is that of the last change, not of the day itself. */
const whyOf = (board: PromiseBoard | null): Bilingual =>
  board === null || board.computed !== null
    ? both('理由', 'Why')
    : both('理由（「いつから」の日に確かめた内容）', 'Why, as found on the day under “Since”');

const columnsOf = (asked: Asked, board: PromiseBoard | null): readonly ListColumn<ClausePromise>[] => {
  const at = (clause: number, promise?: string): string =>
    address({ ...asked, view: 'text' }, promise ? { promise, clause } : {}, `#${clauseId(String(clause))}`);
  return [
    {
      key: 'no',
      head: both('条項', 'Clause'),
      rowHead: true,
      value: ({ clause }) => clause,
      cell: ({ clause }) => <a href={at(clause)}>{clause}</a>,
    },
    {
      key: 'promise',
      head: both('約束', 'Promise'),
      value: ({ promise }, lang) => promise.title[lang],
      cell: ({ clause, promise }, lang) => <a href={at(clause, promise.id)}>{promise.title[lang]}</a>,
    },
    {
      key: 'state',
      head: both('状態', 'State'),
      nowrap: true,
      value: ({ promise }, lang) => stateWord[promise.state][lang],
      cell: ({ promise }, lang) => <St state={promise.state} lang={lang} />,
    },
    {
      key: 'since',
      head: both('いつから', 'Since'),
      nowrap: true,
      value: ({ promise }) => (promise.since === null ? '' : slashDay(dayOf(promise.since))),
    },
    { key: 'why', head: whyOf(board), value: ({ promise }, lang) => promise.why[lang] },
  ];
};

export const PromiseTable = ({ board, asked, lang }: { board: PromiseBoard; asked: Asked; lang: Lang }) => (
  <ListTable
    lang={lang}
    caption={both('条項と約束の状態', 'Clauses and the states of their promises')}
    stack
    columns={columnsOf(asked, board)}
    rows={promisesOf(board, asked)}
  />
);

export const promiseFiles = (asked: Asked, lang: Lang) => exportLinks(HOME, address(asked, {}), lang);

async function fileOfAll(office: Office, c: Context<Env>): Promise<ListFile<ClausePromise>> {
  const { asked } = readAsked(c);
  const board = await promiseBoard(office, asked);
  return {
    list: { path: HOME, title: both('条項と約束の状態', 'Clauses and the states of their promises') },
    columns: columnsOf(asked, board),
    // No version was in force on the day.
    rows: board ? promisesOf(board, asked) : [],
    address: address(asked, {}),
    on: board?.on,
  };
}

export const tableRoutes = (office: Office): Route[] => [
  exportPage(office, { path: HOME, may: 'policy:read' }, (c) => fileOfAll(office, c)),
];
