// What the living policy is asked to show: a version, a day, clauses and promises, and the view. All of it is in the address.

import type { Context } from 'hono';
import type { Day } from '../../../base/day.ts';
import type { PromiseState } from '../../../base/promise.ts';
import type { Env } from '../../../platform/http/index.ts';
import { readJapaneseDate } from '../../../platform/ui/format.ts';
import type { PromiseBoard, PromiseStanding } from '../actions/standings.ts';
import { boardRails } from './board.tsx';
import { numberOf } from './public.tsx';

export const HOME = '/living-policy';
export const states = ['broken', 'risk', 'unknown', 'kept'] as const;
const views = ['text', 'board', 'table'] as const;
type View = (typeof views)[number];

/** The parameters of the page; all of them are in the address, so that it can be shared. */
export interface Asked {
  version?: number;
  on?: Day;
  state?: PromiseState;
  view: View;
  rail?: number;
  promise?: string;
  clause?: number;
}

export function readAsked(c: Context<Env>): { asked: Asked; dayProblem: boolean } {
  const query = (name: string): string => c.req.query(name) ?? '';
  const day = query('on') === '' ? null : readJapaneseDate(query('on'));
  const version = numberOf(query('version'));
  const rail = numberOf(query('rail'));
  const clause = numberOf(query('clause'));
  const state = states.find((s) => s === query('state'));
  return {
    asked: {
      ...(version === null ? {} : { version }),
      ...(day === null ? {} : { on: day }),
      ...(state ? { state } : {}),
      view: views.find((v) => v === query('view')) ?? 'text',
      ...(rail === null ? {} : { rail }),
      ...(query('promise') === '' ? {} : { promise: query('promise') }),
      ...(clause === null ? {} : { clause }),
    },
    dayProblem: query('on') !== '' && day === null,
  };
}

/** The address of the page with some parameters changed; undefined removes one. */
export function address(
  asked: Asked,
  change: Partial<Record<keyof Asked, Asked[keyof Asked] | undefined>>,
  anchor = '',
): string {
  const all = { ...asked, ...change };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(all)) {
    if (value !== undefined && !(name === 'view' && value === 'text')) query.set(name, String(value));
  }
  const text = query.toString();
  return HOME + (text ? `?${text}` : '') + anchor;
}

/** The chosen clauses, by section. */
export const shown = (board: PromiseBoard, asked: Asked) =>
  boardRails(board)
    .filter((_, i) => asked.rail === undefined || asked.rail === i + 1)
    .map((rail) => ({
      ...rail,
      clauses: rail.clauses.filter((c) => asked.state === undefined || c.state === asked.state),
    }))
    .filter((rail) => rail.clauses.length > 0);

/** A promise of a clause. */
export interface ClausePromise {
  clause: number;
  promise: PromiseStanding;
}

/** The promises of the chosen clauses, those in the chosen state. */
export const promisesOf = (board: PromiseBoard, asked: Asked): ClausePromise[] =>
  shown(board, asked)
    .flatMap((rail) => rail.clauses)
    .flatMap(({ clause, promises }) =>
      promises
        .filter(({ state }) => asked.state === undefined || state === asked.state)
        .map((promise) => ({ clause: clause.no, promise })),
    );
