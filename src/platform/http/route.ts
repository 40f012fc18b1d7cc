// Routes are declared, not registered: each states who may use it, so the list of routes is also the list of what must be guarded. A route without
// `may` does not compile.

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
  /** The field's text as typed, each line break as one character; '' when absent. */
  text(name: string): string;
  /** All values of a repeated field. */
  all(name: string): string[];
  file(name: string): File | undefined;
}

/** What was typed into a refused form. It is sent back only to the browser it came from, to be submitted again. */
export interface Kept {
  /**
   * Why it was refused: `signIn` nobody is signed in; `others` somebody else is; `signedIn` the session is newer than the page; `forbidden` not
   * permitted; `failed` a failure; `unseen` invisible characters.
   */
  why: 'signIn' | 'others' | 'signedIn' | 'forbidden' | 'failed' | 'unseen';
  /** The token to submit it with again. The form keeps its original owner. */
  csrf: string;
  action: string;
  /** Names with values in order, without files. */
  fields: readonly (readonly [string, string])[];
  /** Files had been chosen; a page cannot choose them again. */
  files: boolean;
  /** Fields with invisible characters, with these removed, for the person to check before sending. */
  unseen?: readonly UnseenText[];
}

/** A text of a form that contains invisible characters. */
export interface UnseenText {
  /** Its index among the fields. */
  at: number;
  label: Bilingual;
  says: Bilingual;
  /** The text without the invisible characters. */
  value: string;
}

/** Label and kind of a form's text. By default a text is one line without invisible characters. `secret`: a password, which is never kept. */
export type Texts = (
  name: string,
  c: Context<Env>,
) => { label: Bilingual | undefined; kind?: TextKind | undefined; secret?: boolean | undefined };

/** What every page of the office needs around its content. Built per request by app/frame.ts. */
export interface Frame {
  lang: Lang;
  company: string;
  user?: { name: string; role: string; links?: { label: string; href: string }[] };
  nav: { groups: { title?: string; links: { href: string; label: string; count?: number; bad?: boolean }[] }[] };
  footer: { label: string; href?: string; paper?: boolean }[];
  csrf: string;
  /** True when the page answers a form. */
  typed: boolean;
  /** What the reader may do; see `may` of `Env`. */
  may: (action: Action) => boolean;
}

export interface Env {
  Variables: {
    actor: Actor;
    lang: Lang;
    /** When the request was received, on the process clock (`performance.now()`). */
    began: number;
    /** Ids of the access policies that determined the permission, for the log. */
    authority: readonly string[];
    /** Whether this actor may perform another action, so that a page offers only what will be allowed. */
    may: (action: Action) => boolean;
    /** Whether this actor may open a page of the office, so that a page links only where its reader may go. */
    mayOpen: (href: string) => boolean;
    /** Whether this actor may do more than read in the part of the office that an address belongs to. */
    mayWork: (href: string) => boolean;
    /**
     * The problem to return for a part of an answer that failed: what a call for that part alone would have answered. `began`: when work on the
     * part began, on the process clock. Each error is reported to the operator once, with place and code, never its message.
     */
    failed: (error: Error, began: number) => ProblemBody;
    /** The session's token against forged forms; '' without a session. */
    csrf: string;
    /** The submitted form of a page's POST. */
    form: Form;
    /** The form's fields, to return if the request fails. */
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
  /** Most bytes of the form, when it takes a file larger than 1 MiB. */
  most?: number;
  /** Its texts. Without them every text is taken exactly as sent, like a password. */
  texts?: Texts;
}

/** `operationId`: the method of the typed client that makes the call, followed by its argument when one method makes several. */
type Declared = RouteConfig & { operationId: string };

export type Route =
  | (Common & {
      kind: 'page' | 'plain';
      handle: (c: Context<Env>) => Response | Promise<Response>;
    } & Taken)
  | (Common & { kind: 'api'; config: Declared; handle: (c: never) => Response | Promise<Response> });

/** A screen. A POST carries a form and the token against forged forms. */
export const page = (
  method: 'get' | 'post',
  path: string,
  may: May,
  handle: (c: Context<Env>) => Response | Promise<Response>,
  taken: Taken = {},
): Route => ({ kind: 'page', method, path, may, handle, ...taken });

/**
 * Declares the texts of a form: the labels of its fields, and which have several lines (`prose`), are kept exactly (`exact`) or are passwords
 * (`secret`).
 */
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

/** Path and query of the requested page: its place in the office, and the target of the link to the other language. */
export const placeOf = (c: Context): string => c.req.path + new URL(c.req.url).search;

/** A route that is neither screen nor JSON API: a file, a checkpoint, a health answer. */
export const plain = (path: string, may: May, handle: (c: Context<Env>) => Response | Promise<Response>): Route => ({
  kind: 'plain',
  method: 'get',
  path,
  may,
  handle,
});

/** The context given to every JSON route: the part of Hono's context that both paths have (direct.ts). */
export type ApiContext = Pick<Context<Env>, 'get' | 'json' | 'env'> & {
  req: Pick<Context<Env>['req'], 'header' | 'text'>;
};

type Full<R extends RouteConfig> = Parameters<RouteHandler<R, Env>>[0];

/** The same with the validated input of one route. */
type Given<R extends RouteConfig> = Pick<Full<R>, 'get' | 'json' | 'env'> & {
  req: Pick<Full<R>['req'], 'valid' | 'header' | 'text'>;
};

/** A JSON route. Its schemas validate the input and produce the OpenAPI document. */
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
