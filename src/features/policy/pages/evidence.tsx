// The evidence of the promises as files, to be laid before an auditor: of one promise, or of all that are shown.

import type { Context } from 'hono';
import { dayOf } from '../../../base/day.ts';
import { both, type Lang } from '../../../base/bilingual.ts';
import type { Evidence } from '../../../base/promise.ts';
import type { Office } from '../../../office.ts';
import type { Env, Route } from '../../../platform/http/index.ts';
import { slashDay, stamp } from '../../../platform/ui/format.ts';
import { exportLinks, type ListColumn } from '../../../platform/ui/list.tsx';
import { stateWord } from '../../../platform/ui/promise-state.tsx';
import { exportPage, type ListFile } from '../../access/index.ts';
import { promiseBoard, type PromiseBoard } from '../actions/standings.ts';
import { address, HOME, promisesOf, readAsked, type Asked, type ClausePromise } from './asked.tsx';

const PATH = `${HOME}/evidence`;

/** One line of evidence; a promise without evidence has one row. */
interface Row extends ClausePromise {
  evidence: Evidence | null;
}

const rowsOf = (board: PromiseBoard, asked: Asked): Row[] =>
  promisesOf(board, asked)
    .filter(
      ({ clause, promise }) =>
        asked.promise === undefined ||
        (promise.id === asked.promise && (asked.clause === undefined || clause === asked.clause)),
    )
    .flatMap((one): Row[] =>
      one.promise.evidence.length === 0
        ? [{ ...one, evidence: null }]
        : one.promise.evidence.map((evidence) => ({ ...one, evidence })),
    );

export const evidenceHeads = { label: both('見たもの', 'Looked at'), value: both('結果', 'Found') };

const columns: readonly ListColumn<Row>[] = [
  { key: 'no', head: both('条項', 'Clause'), rowHead: true, value: ({ clause }) => clause },
  { key: 'promise', head: both('約束', 'Promise'), value: ({ promise }, lang) => promise.title[lang] },
  { key: 'state', head: both('状態', 'State'), value: ({ promise }, lang) => stateWord[promise.state][lang] },
  {
    key: 'since',
    head: both('いつから', 'Since'),
    value: ({ promise }) => (promise.since === null ? '' : slashDay(dayOf(promise.since))),
  },
  {
    key: 'computed',
    head: both('最終計算', 'Last computed'),
    value: ({ promise }) => (promise.computed === null ? '' : stamp(promise.computed)),
  },
  { key: 'label', head: evidenceHeads.label, value: ({ evidence }, lang) => evidence?.label[lang] ?? '' },
  {
    key: 'found',
    head: both('証拠の状態', 'State of the evidence'),
    value: ({ evidence }, lang) => (evidence?.state ? stateWord[evidence.state][lang] : ''),
  },
  { key: 'value', head: evidenceHeads.value, value: ({ evidence }, lang) => evidence?.value[lang] ?? '' },
  { key: 'href', head: both('見る場所', 'Where to look'), value: ({ evidence }) => evidence?.href ?? '' },
  {
    key: 'entry',
    head: both('状態が変わった記録', 'Log entry of the state'),
    value: ({ promise }) => promise.entry ?? '',
  },
];

const addressAt = (asked: Asked): string => PATH + address(asked, {}).slice(HOME.length);

export const evidenceFiles = (asked: Asked, lang: Lang) => exportLinks(PATH, addressAt(asked), lang);

/** The same beside other files. */
export const evidenceFilesToo = (asked: Asked, lang: Lang) =>
  evidenceFiles(asked, lang).map(({ label, ...link }) => ({
    ...link,
    label: lang === 'ja' ? `証拠も含めて、${label}` : `${label}, with the evidence`,
  }));

async function fileOfAll(office: Office, c: Context<Env>): Promise<ListFile<Row>> {
  const { asked } = readAsked(c);
  const board = await promiseBoard(office, asked);
  return {
    list: { path: PATH, title: both('約束の証拠', 'Evidence of the promises') },
    columns,
    rows: board ? rowsOf(board, asked) : [],
    address: addressAt(asked),
    page: address(asked, {}),
    on: board?.on,
  };
}

export const evidenceRoutes = (office: Office): Route[] => [
  exportPage(office, { path: PATH, may: 'policy:read' }, (c) => fileOfAll(office, c)),
];
