// Puts the declared routes on the server. Every request passes through here: who sent it, may they, is the form from our pages, in which language.
// Every failure leaves as a problem that says nothing personal.

import type { HttpBindings } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { Actor } from '../../base/actor.ts';
import type { Bilingual, Lang } from '../../base/bilingual.ts';
import { newId } from '../../base/id.ts';
import { QueueFull } from '../batch.ts';
import { Damaged } from '../damaged.ts';
import { awaySince, canOnlyBeRead, wasLost } from '../database/index.ts';
import { wasRefused } from '../statement.ts';
import { apiResponse, plainProblem, problemResponse } from './answers.ts';
import { apiHandler, apiLang, asText, BODY_LIMIT, mediaType, withinLimit, type ApiOptions } from './api.ts';
import { connected } from './csp.ts';
import { charactersProblem, shownField } from './fields.ts';
import { isOthers, permitted, type Gate, type Identity } from './gate.ts';
import type { Env, Form, Frame, Kept, Route, UnseenText } from './route.ts';
import type { TextKind } from './schema.ts';

export interface MountOptions {
  gate: Gate;
  /** Scheme, host and port under which people reach us; forms from elsewhere are refused. */
  publicUrl: string;
  /** The frame around a page. */
  frame(c: Context<Env>): Promise<Omit<Frame, 'may' | 'typed'>>;
  /** The page that explains why a request was refused. `kept` holds what was typed, so that it is not lost. */
  refusalPage(c: Context<Env>, status: number, says: Bilingual, kept?: Kept): Response | Promise<Response>;
  /** Writes one line for the operator; it gets ids and codes only. */
  report(line: string): void;
}

const says = {
  signIn: { ja: 'サインインが必要です', en: 'Please sign in' },
  forbidden: { ja: 'この操作の権限がありません', en: 'You do not have permission to do this' },
  forged: {
    ja: '画面の有効期限が切れました。前の画面に戻り、読み込み直してからもう一度送ってください。',
    en: 'This page has expired. Go back, reload it and send it again.',
  },
  elsewhere: {
    ja: 'ほかのサイトからは開けません。関所の画面から開いてください。',
    en: 'This cannot be opened from another site. Open it from a page of Sekisho.',
  },
  others: {
    ja: 'この画面は、別の人がサインインしていたときのものです',
    en: 'This page was opened while somebody else was signed in',
  },
  ended: { ja: 'サインインの期限が切れました', en: 'Your sign-in has expired' },
  stale: { ja: 'まだ送っていません', en: 'This has not been sent yet' },
  missing: { ja: 'このページはありません', en: 'There is no such page' },
  noCall: {
    ja: 'このアドレスとメソッドのAPIはありません',
    en: 'There is no API call with this address and method',
  },
  busy: {
    ja: '混み合っています。少し待ってから、もう一度お試しください。',
    en: 'Too busy at the moment. Please try again shortly.',
  },
  away: {
    ja: 'データベースにつながらないため、いまは処理できません。何も変わっていません。少し待ってから、もう一度お試しください。',
    en: 'The database cannot be reached, so nothing can be done at the moment. Nothing was changed. Please try again shortly.',
  },
  readOnly: {
    ja: 'データベースに書き込めないため、いまは処理できません。何も変わっていません。少し待ってから、もう一度お試しください。',
    en: 'The database cannot be written to, so nothing can be done at the moment. Nothing was changed. Please try again shortly.',
  },
  damaged: {
    ja: '必要なものが鍵で開けないため、処理を完了できませんでした。データベースが直接書き換えられたか、壊れています。',
    en: 'This could not be completed, because something it needs does not open with its key: the database was written to directly, or is damaged.',
  },
  broken: {
    ja: '処理を完了できませんでした。記録を残せない操作は行いません。何も変わっていません。',
    en: 'This could not be completed. Nothing is done without its record, and nothing was changed.',
  },
  unsure: {
    ja: '処理を完了できたかどうかが分かりません。もう一度送る前に、記録を確かめてください。',
    en: 'It is not known whether this was completed. Before you send it again, check the records.',
  },
} satisfies Record<string, Bilingual>;

const saysFormTooLarge = (most: number): Bilingual => {
  const size = Math.floor(most / 1024 ** 2);
  return {
    ja: `送った内容が大きすぎます。前の画面に戻り、全部で${size} MBまでにして、もう一度送ってください。`,
    en: `What you sent is too large. Go back, reduce it to ${size} MB in all, and send it again.`,
  };
};

/** `id`: the id under which the operator finds the failure. */
const saysFailed = (said: Bilingual, id: string): Bilingual => ({
  ja: `${said.ja}同じことが続くときは、運用管理者に番号 ${id} を伝えてください。`,
  en: `${said.en} If this keeps happening, tell the administrator the number ${id}.`,
});

/** The form field with the session's token. */
const CSRF_FIELD = 'csrf';

/** Far more fields than any page has. A form of a megabyte can have half a million, which would keep everyone else waiting. */
const MOST_FIELDS = 10_000;

const saysTooMany: Bilingual = {
  ja: `一度に送れる欄は${MOST_FIELDS.toLocaleString('en')}個までです`,
  en: `A form may have at most ${MOST_FIELDS.toLocaleString('en')} fields`,
};

/** The language: `?lang=`, which is remembered; then the cookie; then the browser's preference; otherwise Japanese. */
function chooseLang(c: Context<Env>): Lang {
  const asked = c.req.query('lang');
  if (asked === 'ja' || asked === 'en') {
    setCookie(c, 'lang', asked, { path: '/', sameSite: 'Lax', maxAge: 31_536_000, httpOnly: true });
    return asked;
  }
  const kept = getCookie(c, 'lang');
  if (kept === 'ja' || kept === 'en') return kept;
  return /^\s*en\b/i.test(c.req.header('accept-language') ?? '') ? 'en' : 'ja';
}

/** Also true for an address with one slash too many, so that a system gets its 404 as JSON. */
const isApi = (c: Context): boolean => /^\/+api\//.test(c.req.path);

/** Refuses with JSON for systems and a page for people. */
async function refuse(
  c: Context<Env>,
  options: MountOptions,
  status: number,
  text: Bilingual,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  if (isApi(c)) return problemResponse(c.get('lang') ?? apiLang(c), status, text, {}, headers);
  for (const [name, value] of Object.entries(headers)) c.header(name, value);
  return secured(await options.refusalPage(c, status, text, c.get('kept')), options.publicUrl);
}

/** Headers of every page and file that does not set its own. */
const pageHeaders: readonly [name: string, value: string][] = [
  ['X-Content-Type-Options', 'nosniff'],
  ['Referrer-Policy', 'same-origin'],
  ['Cache-Control', 'no-store'],
  ...Object.entries(connected),
  ['X-Frame-Options', 'DENY'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['Permissions-Policy', 'camera=(), microphone=(), geolocation=()'],
];

/** Completes the headers of a finished answer, so that no way of making one can miss them. */
function secured(answer: Response, publicUrl: string): Response {
  const { headers } = answer;
  for (const [name, value] of pageHeaders) if (!headers.has(name)) headers.set(name, value);
  if (publicUrl.startsWith('https:')) headers.set('Strict-Transport-Security', 'max-age=31536000');
  return answer;
}

/** Browsers send a line break as two characters but count it as one (HTML, form submission). */
const asTyped = (value: string): string => value.replaceAll('\r\n', '\n');

/** The submitted fields; null when there are too many. Empty when the body cannot be read as a form. */
async function fieldsSent({ req }: Context<Env>): Promise<FormData | null> {
  // Counted before parsing: each field costs a hundred times its bytes.
  const encoded = mediaType(req.header('content-type')) === 'application/x-www-form-urlencoded';
  if (encoded && (await req.text()).split('&', MOST_FIELDS + 1).length > MOST_FIELDS) return null;
  const data = await req.formData().catch(() => new FormData());
  return [...data.keys()].length > MOST_FIELDS ? null : data;
}

const readForm = (data: FormData): Form => ({
  text: (name) => {
    const value = data.get(name);
    return typeof value === 'string' ? asTyped(value) : '';
  },
  all: (name) => data.getAll(name).flatMap((value) => (typeof value === 'string' ? asTyped(value) : [])),
  file: (name) => {
    const value = data.get(name);
    return value instanceof File ? value : undefined;
  },
});

/** A text without the invisible characters its kind does not allow. Tabs and line breaks become spaces, so that words stay apart. */
function withoutUnseen(text: string, kind: TextKind | undefined): string {
  if (kind === 'exact') return text.replaceAll(/\0|\p{Surrogate}/gu, '');
  const breaks = kind === 'prose' ? /[\t\v\f]/g : /[\t\v\f\n]/g;
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(breaks, ' ')
    .replaceAll(/[^\P{Cc}\n]|\p{Surrogate}/gu, '');
}

type PageRoute = Exclude<Route, { kind: 'api' }>;

/**
 * Submitted texts with invisible characters, by the one rule for all forms. Surrounding white space does not count, because texts are stored
 * trimmed.
 */
function unseenIn(c: Context<Env>, { texts }: PageRoute, typed: Kept['fields']): UnseenText[] {
  return typed.flatMap(([name, value], at) => {
    const { label, kind } = texts?.(name, c) ?? { label: undefined, kind: 'exact' };
    const problem = charactersProblem(kind === 'exact' ? value : value.trim(), [kind]);
    if (!problem) return [];
    const shown = shownField(name);
    return [{ at, label: label ?? { ja: shown, en: shown }, says: problem, value: withoutUnseen(value, kind) }];
  });
}

const saysUnkept = ({ ja, en }: Bilingual): Bilingual => ({
  ja: `入力した「${ja}」に、文字として読めない符号が含まれています。前の画面に戻り、書き直してからもう一度送ってください。`,
  en: `What you entered as “${en}” contains a code that is not a character. Go back, write it again and send it.`,
});

/**
 * True when the browser says that the request comes from our own pages, false when from elsewhere, null when it does not say. If `publicUrl` is
 * https, no plain-http page counts as ours: the browser would not keep our session there.
 */
function fromOurPages(c: Context<Env>, publicUrl: string): boolean | null {
  const site = c.req.header('sec-fetch-site');
  if (site) return site === 'same-origin' || (site === 'none' ? null : false);
  const origin = c.req.header('origin');
  if (!origin) return null;
  return (
    origin === new URL(publicUrl).origin || (publicUrl.startsWith('http:') && origin === new URL(c.req.url).origin)
  );
}

const saysAddress = (publicUrl: string): Bilingual => ({
  ja: `関所のアドレスとは別のアドレスで開いた画面からは、送れません。${publicUrl} で開き直してください。そこで開けないときは、運用管理者に、設定（SEKISHO_URL）がこの画面のアドレスと合っているかを確かめてもらってください。`,
  en: `Nothing was sent, because this page was opened at another address than that of Sekisho. Open it at ${publicUrl}. If that does not work, ask the administrator to check that the setting SEKISHO_URL matches the address of this page.`,
});

const toldOfAddress = new WeakSet<MountOptions>();

/** Why a form does not count as ours. Older browsers only report the address of the page: if that differs, SEKISHO_URL is usually set wrongly. */
function saysNotOurs(c: Context<Env>, options: MountOptions): Bilingual {
  if (c.req.header('sec-fetch-site')) return says.elsewhere;
  if (!toldOfAddress.has(options))
    options.report('forms are refused: their pages were opened under another address than SEKISHO_URL');
  toldOfAddress.add(options);
  return saysAddress(options.publicUrl);
}

/** The submitted fields without the token, passwords and files. */
const typedIn = (c: Context<Env>, { texts }: PageRoute, data: FormData): Kept['fields'] =>
  [...data].flatMap(([name, value]) =>
    typeof value === 'string' && name !== CSRF_FIELD && !texts?.(name, c).secret ? [[name, value]] : [],
  );

/** The token of a submitted form; '' without one. */
const tokenIn = (data: FormData): string => {
  const sent = data.get(CSRF_FIELD);
  return typeof sent === 'string' ? sent : '';
};

const typed = (c: Context<Env>, route: PageRoute, data: FormData, why: Kept['why']): Kept => ({
  why,
  csrf: c.get('csrf') === '' || isOthers(tokenIn(data), c.get('csrf')) ? tokenIn(data) : c.get('csrf'),
  action: c.req.path + new URL(c.req.url).search,
  fields: typedIn(c, route, data),
  files: [...data.values()].some((value) => value instanceof File && value.size > 0),
});

/**
 * The typed fields, if the browser says that the form is ours: an expired or renewed session or a failure must not lose anybody's work. Nothing for
 * public forms and forms of one's own account without declared texts, because these hold passwords and codes.
 */
function keep(c: Context<Env>, route: PageRoute, data: FormData, { publicUrl }: MountOptions, why: Kept['why']) {
  const mayBeSecret = !route.texts && (route.may === 'public' || route.may === 'signed-in');
  return mayBeSecret || !fromOurPages(c, publicUrl) ? undefined : typed(c, route, data, why);
}

/** Finds the page or file at an address: the first route that matches, as on the server. A page asks about a hundred addresses. */
function pageFinder(routes: readonly Route[]): (pathname: string) => Route | undefined {
  const pages = routes.flatMap((route) =>
    route.kind !== 'api' && route.method === 'get' ? [{ route, own: route.path.split('/') }] : [],
  );
  return (pathname) => {
    const parts = pathname.split('/');
    return pages.find(
      ({ own }) => own.length === parts.length && own.every((part, i) => part.startsWith(':') || part === parts[i]),
    )?.route;
  };
}

/** The part of the office that an address or route belongs to: its first path segment. */
const partOf = (path: string): string => path.split('/')[1] ?? '';

/** The forms of a part that change something; if it has only reading forms, as the log does, those. */
function formsIn(routes: readonly Route[], part: string): readonly Route[] {
  const forms = routes.filter(
    ({ kind, method, may, path }) =>
      kind !== 'api' && method === 'post' && may !== 'public' && may !== 'signed-in' && partOf(path) === part,
  );
  const doing = forms.filter(({ may }) => !may.endsWith(':read'));
  return doing.length > 0 ? doing : forms;
}

/** Which pages an actor may open and where they may work, according to the routes. An address without a page cannot be opened. */
function reacher(routes: readonly Route[], { gate }: MountOptions) {
  const pageAt = pageFinder(routes);
  return (actor: Actor) => ({
    mayOpen: (href: string): boolean => {
      const route = pageAt(new URL(href, 'http://office').pathname);
      return route !== undefined && permitted(gate, actor, route.may).allowed;
    },
    mayWork: (href: string): boolean =>
      formsIn(routes, partOf(new URL(href, 'http://office').pathname)).some(
        ({ may }) => permitted(gate, actor, may).allowed,
      ),
  });
}

/** None of our addresses contains a NUL, and no database can search for one. */
const hasNul = (c: Context): boolean => c.req.url.includes('%00');

/** The nearest page above an address. */
function pageAbove(pageAt: ReturnType<typeof pageFinder>, pathname: string): string {
  const above = pathname.slice(0, pathname.lastIndexOf('/'));
  return above === '' || pageAt(above) ? above || '/' : pageAbove(pageAt, above);
}

/** A regular expression for the addresses of a declared path. */
const fitting = (path: string): RegExp =>
  new RegExp(`^${path.replace(/:\w+(?:\{(.*?)\}(?=\/|$))?/g, (_, value?: string) => value ?? '[^/]+')}$`);

/**
 * Returns the answer, or a redirect to the page above if the answer is a 404 at an address that only takes a form. A browser that reloads the
 * answer to a form asks for that address.
 */
function orAboveFor(
  routes: readonly Route[],
  { publicUrl }: MountOptions,
): (c: Context<Env>, answer: Response) => Response {
  const declared = (of: 'get' | 'post') =>
    routes.flatMap(({ kind, method, path }) =>
      kind !== 'api' && method === of ? [{ fits: fitting(path), open: path.split('/:').length }] : [],
    );
  const pages = declared('get');
  const forms = declared('post');
  const pageAt = pageFinder(routes);
  /** One more than the number of path parameters in the closest matching declaration; Infinity when none matches. */
  const openIn = (addresses: typeof pages, pathname: string): number =>
    Math.min(...addresses.flatMap(({ fits, open }) => (fits.test(pathname) ? [open] : [])));
  return (c, answer) => {
    if (answer.status !== 404 || c.req.method !== 'GET' || hasNul(c)) return answer;
    const { pathname } = new URL(c.req.url);
    // A declared page or file reports its own absence.
    if (openIn(forms, pathname) >= openIn(pages, pathname)) return answer;
    return secured(c.redirect(pageAbove(pageAt, pathname), 303), publicUrl);
  };
}

type Reacher = ReturnType<typeof reacher>;

/** Sets the language and time of a request, with which its failure is answered. */
function begin(c: Context<Env>, options: MountOptions): void {
  c.set('lang', chooseLang(c));
  c.set('began', performance.now());
  c.set('failed', failedIn(c, options));
}

/** Sets the actor and frame of a request. A file has no frame, and a public file does not need the actor. */
async function meet(
  c: Context<Env>,
  reach: Reacher,
  options: MountOptions,
  { kind, may }: Pick<PageRoute, 'kind' | 'may'> = { kind: 'page', may: 'public' },
): Promise<void> {
  const { actor, csrf }: Identity =
    kind === 'plain' && may === 'public'
      ? { actor: { kind: 'public' }, csrf: '' }
      : await options.gate.identify({ cookie: c.req.header('cookie'), authorization: undefined });
  c.set('actor', actor);
  c.set('may', (action) => options.gate.authorise(actor, action).allowed);
  const { mayOpen, mayWork } = reach(actor);
  c.set('mayOpen', mayOpen);
  c.set('mayWork', mayWork);
  c.set('csrf', csrf);
  if (kind === 'page')
    c.set('frame', { ...(await options.frame(c)), may: c.get('may'), typed: c.req.method === 'POST' });
}

/** Lets a request to a page or file through, or answers it. */
async function guard(
  c: Context<Env>,
  route: PageRoute,
  reach: Reacher,
  options: MountOptions,
): Promise<Response | undefined> {
  if (hasNul(c)) return c.notFound();
  begin(c, options);
  // Read before it is asked who sends it: a form may take minutes to come, and whoever sends it must have the right at its end.
  const data = route.method === 'post' ? await fieldsSent(c) : undefined;
  await meet(c, reach, options, route);
  const { allowed, policies } = permitted(options.gate, c.get('actor'), route.may);
  c.set('authority', policies);
  if (data === null) return refuse(c, options, 413, saysTooMany);
  if (data) return takeForm(c, route, data, options, allowed);
  if (!allowed && c.get('actor').kind !== 'public') return refuse(c, options, 403, says.forbidden);
  // Handing out a file is logged under its reader, so no other site may trigger it.
  const closed = route.kind === 'plain' && route.may !== 'public';
  if (closed && fromOurPages(c, options.publicUrl) === false) return refuse(c, options, 403, says.elsewhere);
  return allowed ? undefined : c.redirect(`/sign-in?next=${encodeURIComponent(c.req.path)}`, 303);
}

/** Takes the form that was sent, or answers why it is refused. */
async function takeForm(
  c: Context<Env>,
  route: PageRoute,
  data: FormData,
  options: MountOptions,
  allowed: boolean,
): Promise<Response | undefined> {
  const refuseForm = async (status: number, why: Kept['why'], lost: Bilingual, held: Bilingual): Promise<Response> => {
    const kept = keep(c, route, data, options, why);
    return options.refusalPage(c, status, kept ? held : lost, kept);
  };
  if (!allowed && c.get('actor').kind === 'public') return refuseForm(401, 'signIn', says.signIn, says.ended);
  // A form counts as ours when it does not come from elsewhere and, with a session, carries the session's token.
  if (fromOurPages(c, options.publicUrl) === false) return refuse(c, options, 403, saysNotOurs(c, options));
  const token = c.get('csrf');
  if (isOthers(tokenIn(data), token)) return refuseForm(403, 'others', says.forged, says.others);
  if (!allowed) return refuseForm(403, 'forbidden', says.forbidden, says.forbidden);
  if (token !== '' && tokenIn(data) !== token) return refuseForm(403, 'signedIn', says.forged, says.stale);
  const unseen = unseenIn(c, route, typedIn(c, route, data));
  // A form without declared texts may hold a password, so its texts are not shown again.
  if (unseen.length > 0 && route.texts)
    return options.refusalPage(c, 422, says.stale, { ...typed(c, route, data, 'unseen'), unseen });
  if (unseen[0]) return refuse(c, options, 422, saysUnkept(unseen[0].label));
  c.set('form', readForm(data));
  c.set('kept', keep(c, route, data, options, 'failed'));
  return undefined;
}

/** Handles requests to one declared page or file. */
function pageHandler(route: PageRoute, reach: Reacher, options: MountOptions): (c: Context<Env>) => Promise<Response> {
  const answer = async (c: Context<Env>): Promise<Response> =>
    (await guard(c, route, reach, options)) ?? route.handle(c);
  if (route.method === 'get') return async (c) => secured(await answer(c), options.publicUrl);
  // A form that is too large is answered before it is read.
  const most = route.most ?? BODY_LIMIT;
  return async (c) => {
    const tooLarge = async (): Promise<Response> => {
      begin(c, options);
      await meet(c, reach, options, route);
      return refuse(c, options, 413, saysFormTooLarge(most));
    };
    return secured(await withinLimit(c, () => answer(c), most, tooLarge), options.publicUrl);
  };
}

/** What the operator sees of an unexpected failure: place and error code, never a message, because messages can contain values. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code = (error as { code?: unknown }).code;
  // The stack begins with the message, a line of which could look like a frame.
  const frames = (error.stack ?? '')
    .replace(error.message, '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 4)
    .map((line) => line.trim());
  return [error.name, typeof code === 'string' ? code : '', ...frames].filter(Boolean).join(' ');
}

/** The declared path of the route. If there is no route, the requested path could be anything and is not logged. */
function routeOf({ req }: Context<Env>): string {
  try {
    return req.routePath;
  } catch {
    return '(no route)';
  }
}

/** Reports one line to the operator and returns its id. */
function tell(c: Context<Env>, error: unknown, options: MountOptions): string {
  const id = newId(Date.now());
  options.report(`${id} ${c.req.method} ${routeOf(c)} ${describe(error)}`);
  return id;
}

/** A full queue is usually worked off within this time. */
const BUSY_SECONDS = '1';

/** A restarted database is usually back within this time. */
const AWAY_SECONDS = '5';

interface Failure {
  status: 500 | 503;
  says: Bilingual;
  /** Seconds after which to retry (Retry-After). */
  wait?: string;
  /** Whether to report it here. An absent database is reported once, by the watcher; a full queue and a caller who disconnected are not failures. */
  isTold: boolean;
}

/** True when the caller disconnected before the request was complete, so that nobody is left to answer. */
const hasLeft = (c: Context<Env>, error: Error): boolean =>
  (c.env as Partial<HttpBindings> | undefined)?.incoming?.errored === error;

/**
 * What to tell the caller of an unexpected failure. It says that nothing was done only if that is certain: a commit may precede the loss of its
 * connection, and an earlier commit of the same request (after `began`) may precede the error that no connection can be made.
 */
function judge(c: Context<Env>, error: Error, began: number): Failure {
  if (error instanceof QueueFull) return { status: 503, says: says.busy, wait: BUSY_SECONDS, isTold: false };
  const since = awaySince(error);
  const unsent = since !== undefined && since < began;
  const nothing = ['GET', 'HEAD'].includes(c.req.method) || wasRefused(error) || unsent;
  if (nothing && canOnlyBeRead(error))
    return { status: 503, says: says.readOnly, wait: AWAY_SECONDS, isTold: since === undefined };
  if (nothing && (since !== undefined || wasLost(error)))
    return { status: 503, says: says.away, wait: AWAY_SECONDS, isTold: since === undefined };
  if (error instanceof Damaged) return { status: 500, says: says.damaged, isTold: true };
  return { status: 500, says: nothing ? says.broken : says.unsure, isTold: !hasLeft(c, error) };
}

/** The answer to an unexpected failure. */
export function failure(c: Context<Env>, error: Error, options: MountOptions): Promise<Response> {
  const { status, says: said, wait, isTold } = judge(c, error, c.get('began'));
  const id = isTold ? tell(c, error, options) : '';
  if (wait !== undefined) return refuse(c, options, status, said, { 'retry-after': wait });
  return refuse(c, options, status, isApi(c) ? said : saysFailed(said, id), { 'x-request-id': id });
}

/** The same for parts of an answer. An error shared by several parts, such as a statement for many, is reported once. */
function failedIn(c: Context<Env>, options: MountOptions): Env['Variables']['failed'] {
  const told = new Set<Error>();
  return (error, began) => {
    const { status, says: said, isTold } = judge(c, error, began);
    if (isTold && !told.has(error)) tell(c, error, options);
    told.add(error);
    return plainProblem(c.get('lang'), status, said);
  };
}

export const apiOptions = (options: MountOptions): ApiOptions => ({
  gate: options.gate,
  failed: (c) => failedIn(c, options),
});

/** Mounts every route. Throws at start when a path is declared twice. */
export function mountRoutes(routes: readonly Route[], options: MountOptions): Hono<Env> {
  const app = new Hono<Env>();
  const reach = reacher(routes, options);
  const orAbove = orAboveFor(routes, options);
  const seen = new Set<string>();
  for (const route of routes) {
    const key = `${route.method} ${route.path}`;
    if (seen.has(key)) throw new Error(`declared twice: ${key}`);
    seen.add(key);
    if (route.kind === 'api') {
      const handle = apiHandler(route, apiOptions(options));
      app.on(route.method.toUpperCase(), [route.path], (c) => {
        // The headers of every answer are known in advance; setting them one by one would cost more than the answer.
        c.json = apiResponse as typeof c.json;
        c.req.text = async () => asText(await c.req.arrayBuffer());
        return handle(c);
      });
    } else {
      const handle = pageHandler(route, reach, options);
      app.on(route.method.toUpperCase(), [route.path], async (c) => orAbove(c, await handle(c)));
    }
  }
  app.notFound(async (c) => {
    if (isApi(c)) return refuse(c, options, 404, says.noCall);
    begin(c, options);
    await meet(c, reach, options);
    return orAbove(c, await refuse(c, options, 404, says.missing));
  });
  app.onError((error, c) => failure(c, error, options));
  return app;
}
