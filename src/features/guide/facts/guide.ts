// The shape of the guide, and what of it a reader may do. Pure.

import { roles, type Action, type Role } from '../../../base/actor.ts';
import type { Bilingual, Lang } from '../../../base/bilingual.ts';
import type { Route } from '../../../platform/http/index.ts';

/** A page of the office outside the navigation, which has no name for it. */
export interface Page {
  href: string;
  name: Bilingual;
}

export interface Step {
  /** What to do. `{at}` stands for the link to the page, `{0}`, `{1}` … for the words in `named`, then those in `later`. */
  says: Bilingual;
  /** The page where the step begins: an address in the navigation, or a page with its name. Absent: the step is done outside Sekisho. */
  at?: string | Page;
  /** The path of the route of another page of the same step, reached from there. */
  on?: string;
  /** The paths of the routes of the forms that the step sends. */
  does?: readonly string[];
  /** What else the reader must be allowed to do, where the routes do not say it. */
  may?: Action;
  /** Words of buttons, links and fields on these pages, as the pages have them. */
  named?: readonly Bilingual[];
  /** The same for words that appear only in a state that the step describes. */
  later?: readonly Bilingual[];
}

export interface Task {
  id: string;
  title: Bilingual;
  /** When it comes up. */
  when: Bilingual;
  /** The task is shown to readers who may do this. */
  may: Action;
  steps: readonly Step[];
}

export interface Chapter {
  id: string;
  title: Bilingual;
  tasks: readonly Task[];
}

export const hrefOf = ({ at }: Step): string | undefined => (typeof at === 'string' ? at : at?.href);

type Declared = Pick<Route, 'method' | 'path' | 'may'>;

/** A path without the patterns of its parameters. */
export const plainPath = (path: string): string => path.replaceAll(/\{[^}]*\}/g, '');

/** What a route asks. The address of a question of the checkpoint is one of many under one route. Throws when there is no such route. */
function askedBy(routes: readonly Declared[], method: 'get' | 'post', at: string): Declared['may'] {
  const declared = (path: string) => routes.find((one) => one.method === method && plainPath(one.path) === path);
  const route = declared(at) ?? declared(at.replace(/^\/ask\/[a-z-]+$/, '/ask/:question'));
  if (!route) throw new Error(`the guide names a route that is not there: ${method} ${at}`);
  return route.may;
}

/** The actions that the pages and forms of a step ask for. */
export function neededFor(step: Step, routes: readonly Declared[]): Action[] {
  const pages = [hrefOf(step), step.on].filter((at) => at !== undefined);
  const mays = [
    ...pages.map((at) => askedBy(routes, 'get', at)),
    ...(step.does ?? []).map((path) => askedBy(routes, 'post', path)),
    ...(step.may === undefined ? [] : [step.may]),
  ];
  return [...new Set(mays.filter((may) => may !== 'public' && may !== 'signed-in'))];
}

/** The roles whom the access policies allow all of this without a condition. */
export const rolesFor = (needed: readonly Action[], says: (action: Action, role: Role) => boolean): Role[] =>
  roles.filter((role) => needed.every((action) => says(action, role)));

/** A sentence of a step in pieces: text, the link to its page, or the number of a word. */
export const piecesOf = (says: Bilingual, lang: Lang): (string | 'at' | number)[] =>
  says[lang]
    .split(/(\{(?:at|\d)\})/)
    .filter((piece) => piece !== '')
    .map((piece) => (piece === '{at}' ? 'at' : /^\{\d\}$/.test(piece) ? Number(piece[1]) : piece));
