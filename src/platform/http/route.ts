// Routes are declared, not registered: a route says who may use it, so that the list of routes is also the list of what must be
// guarded. A route without `may` does not compile.

import type { RouteConfig, RouteHandler } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Action, Actor } from '../../base/actor.ts';
import type { Bilingual, Lang } from '../../base/bilingual.ts';
import type { ProblemBody } from './problem.ts';
import type { TextKind } from './schema.ts';

/** `public`: anyone. `signed-in`: any member of staff. Otherwise the action that the access policies must allow. */
export type May = 'public' | 'signed-in' | Action;

/** A submitted form: every field as text, repeated fields in order, files apart. */
export interface Form {
  /** The field's text as typed, a line end as one character; '' when absent. */
  text(name: string): string;
  /** All values of a repeated field. */
  all(name: string): string[];
  file(name: string): File | undefined;
}

/** What was typed into a form that was not taken. It is shown to nobody but sent back to the browser it came from, to be sent again. */
export interface Kept {
  /**
   * Why it was not taken: nobody is signed in, somebody else, or they anew since the page was opened; they may not; there was a failure; or there is
   * something in it that nobody sees.
   */
  why: 'signIn' | 'others' | 'signedIn' | 'forbidden' | 'failed' | 'unseen';
  /** The token that it is sent again with: whoever wrote it stays its writer. */
  csrf: string;
  action: string;
  /** Names with values, in their order; no file. */
  fields: readonly (readonly [string, string])[];
  /** Files had been chosen, which no page can choose again. */
  files: boolean;
  /** Those of the fields that hold what nobody sees, without it, to be looked at before they are sent. */
  unseen?: readonly UnseenText[];
}

/** A text of a form that holds what nobody sees. */
export interface UnseenText {
  /** Its place among the fields. */
  at: number;
  label: Bilingual;
  says: Bilingual;
  /** The text without it. */
  value: string;
}

/** What a text of a form is called, and what it may be beside one line in which nothing is unseen. `secret`: a password, which is never kept. */
export type Texts = (
  name: string,
  c: Context<Env>,
) => { label: Bilingual | undefined; kind?: TextKind | undefined; secret?: boolean | undefined };

/** What every page of the office needs around its content. Assembled per request by app/frame.ts. */
export interface Frame {
  lang: Lang;
  company: string;
  user?: { name: string; role: string; links?: { label: string; href: string }[] };
  nav: { groups: { title?: string; links: { href: string; label: string; count?: number; bad?: boolean }[] }[] };
  footer: { label: string; href?: string; paper?: boolean }[];
  csrf: string;
  /** It answers a form. */
  typed: boolean;
  /** What the reader may do; see `may` of `Env`. */
  may: (action: Action) => boolean;
}

export interface Env {
  Variables: {
    actor: Actor;
    lang: Lang;
    /** When the request was taken up, in the time of the process (`performance.now()`). */
    began: number;
    /** Ids of the access policies that determined the permission; they go into the log. */
    authority: readonly string[];
    /** Whether this actor may do something else too, so that a page offers only what will be allowed. */
    may: (action: Action) => boolean;
    /** Whether this actor may open a page of the office, so that a page links only where its reader may go. */
    mayOpen: (href: string) => boolean;
    /** Whether this actor may do anything in the part of the office that an address is in, and not only read there. */
    mayWork: (href: string) => boolean;
    /**
     * The problem that a part of an answer carries when it failed: what the answer to a call of it alone would have been. `began`: when that part
     * was taken up, in the time of the process. The operator is told of each error once: where and which code, never a message.
     */
    failed: (error: Error, began: number) => ProblemBody;
    /** The session's token against forged forms; '' without a session. */
    csrf: string;
    /** The submitted form of a page's POST. */
    form: Form;
    /** The same, for the case that it cannot be worked on. */
    kept: Kept | undefined;
    frame: Frame;
  };
}

interface Common {
  method: 'get' | 'post' | 'put' | 'delete';
  path: string;
  may: May;
}

interface Taken {
  /** Bytes that a form may have, where it takes a file larger than 1 MiB. */
  most?: number;
  /** Its texts. Without them every text is taken exactly as it was sent, as a password is. */
  texts?: Texts;
}

/** `operationId`: the method of the typed client that makes the call, and what it is told to do where one method makes several. */
type Declared = RouteConfig & { operationId: string };

export type Route =
  | (Common & {
      kind: 'page' | 'plain';
      handle: (c: Context<Env>) => Response | Promise<Response>;
    } & Taken)
  | (Common & { kind: 'api'; config: Declared; handle: (c: never) => Response | Promise<Response> });

/** A screen. POSTs of pages carry a form and the token against forged forms. */
export const page = (
  method: 'get' | 'post',
  path: string,
  may: May,
  handle: (c: Context<Env>) => Response | Promise<Response>,
  taken: Taken = {},
): Route => ({ kind: 'page', method, path, may, handle, ...taken });

/** The texts of a form by the labels of its fields; which of them have several lines, are kept exactly, or are passwords. */
export const formTexts =
  (
    labels: Readonly<Record<string, Bilingual>> | ((name: string) => Bilingual | undefined),
    { prose, exact, secret }: Partial<Record<TextKind | 'secret', RegExp>> = {},
  ): Texts =>
  (name) => ({
    label: typeof labels === 'function' ? labels(name) : labels[name],
    kind: prose?.test(name) ? 'prose' : exact?.test(name) ? 'exact' : undefined,
    secret: secret?.test(name),
  });

/** Path and query of the page that is asked for: where it stands in the office, and where the link to the other language leads. */
export const placeOf = (c: Context): string => c.req.path + new URL(c.req.url).search;

/** Something that is neither screen nor JSON API: a file, a checkpoint, a health answer. */
export const plain = (path: string, may: May, handle: (c: Context<Env>) => Response | Promise<Response>): Route => ({
  kind: 'plain',
  method: 'get',
  path,
  may,
  handle,
});

/** What every JSON route is given: as much of Hono's context as there is by either door (direct.ts). */
export type ApiContext = Pick<Context<Env>, 'get' | 'json' | 'env'> & {
  req: Pick<Context<Env>['req'], 'header' | 'text'>;
};

type Full<R extends RouteConfig> = Parameters<RouteHandler<R, Env>>[0];

/** The same with the input that the schemas of one route let through. */
type Given<R extends RouteConfig> = Pick<Full<R>, 'get' | 'json' | 'env'> & {
  req: Pick<Full<R>['req'], 'valid' | 'header' | 'text'>;
};

/** A JSON route; its schemas validate the input and make the OpenAPI document. */
export const api = <R extends Declared>(
  may: May,
  config: R,
  handle: (c: Given<R>) => ReturnType<RouteHandler<R, Env>>,
): Route => ({
  kind: 'api',
  method: config.method as Common['method'],
  path: config.path.replace(/\{(\w+)\}/g, ':$1'),
  may,
  config,
  handle: handle as unknown as (c: never) => Response | Promise<Response>,
});
