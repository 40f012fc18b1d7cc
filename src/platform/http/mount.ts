// Puts declared routes on the server. Every request passes here: who is it, may they, is the form theirs, in which language; and
// every failure leaves here as a problem that says nothing personal.

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
  /** What surrounds a page. */
  frame(c: Context<Env>): Promise<Omit<Frame, 'may' | 'typed'>>;
  /** A page that says why there is no other page. `kept`: what was typed, which is not to be lost for it. */
  refusalPage(c: Context<Env>, status: number, says: Bilingual, kept?: Kept): Response | Promise<Response>;
  /** One line for the operator; gets ids and codes only. */
  report(line: string): void;
}

const says = {
  signIn: { ja: 'サインインが必要です', en: 'Please sign in' },
  forbidden: { ja: 'この操作の権限がありません', en: 'You do not have the authority for this' },
  forged: {
    ja: '画面の有効期限が切れました。前の画面に戻り、読み込み直してからもう一度送ってください。',
    en: 'This page has expired. Go back, reload it and send it again.',
  },
  elsewhere: {
    ja: 'ほかのサイトからは開けません。関所の画面から開いてください。',
    en: 'This cannot be opened from another site. Open it from the pages of the office.',
  },
  others: {
    ja: 'この画面は、別の人がサインインしていたときのものです',
    en: 'This page is from somebody else’s sign-in',
  },
  ended: { ja: 'サインインの期限が切れました', en: 'Your sign-in has ended' },
  stale: { ja: 'まだ送っていません', en: 'This is not sent yet' },
  missing: { ja: 'このページはありません', en: 'There is no such page' },
  noCall: { ja: 'この宛先またはメソッドの呼び出しはありません', en: 'There is no call of this address and method' },
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
    en: 'The database cannot be written, so nothing can be done at the moment. Nothing was changed. Please try again shortly.',
  },
  damaged: {
    ja: '必要なものが鍵で開けないため、処理を完了できませんでした。データベースが直接書き換えられたか、壊れています。',
    en: 'Something that this needs does not open with its key, so it could not be completed: the database was written to directly, or is damaged.',
  },
  broken: {
    ja: '処理を完了できませんでした。記録を残せない操作は行いません。何も変わっていません。',
    en: 'This could not be completed. Nothing is done without its record, and nothing was changed.',
  },
  unsure: {
    ja: '処理を完了できたかどうかが分かりません。もう一度送る前に、記録を確かめてください。',
    en: 'It is not known whether this was completed. Before you send it again, look at what is on record.',
  },
} satisfies Record<string, Bilingual>;

const saysFormTooLarge = (most: number): Bilingual => {
  const size = Math.floor(most / 1024 ** 2);
  return {
    ja: `送った内容が大きすぎます。前の画面に戻り、全部で${size} MBまでにして、もう一度送ってください。`,
    en: `What was sent is too large. Go back, and send at most ${size} MB in all.`,
  };
};

/** `id`: under which the operator finds what went wrong. */
const saysFailed = (said: Bilingual, id: string): Bilingual => ({
  ja: `${said.ja}同じことが続くときは、運用管理者に番号 ${id} を伝えてください。`,
  en: `${said.en} If it goes on, tell the administrator the number ${id}.`,
});

/** The field of a form that holds the token of its session. */
const CSRF_FIELD = 'csrf';

/** No page has nearly as many; a form of a megabyte can have half a million, which nobody else is to wait for. */
const MOST_FIELDS = 10_000;

const saysTooMany: Bilingual = {
  ja: `一度に送れる欄は${MOST_FIELDS.toLocaleString('en')}個までです`,
  en: `A form may have at most ${MOST_FIELDS.toLocaleString('en')} fields`,
};

/** ?lang= wins and is remembered; then the cookie; then the browser's wish; Japanese otherwise. */
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

/** Also where an address was put together with one slash too many: a system is told so in JSON. */
const isApi = (c: Context): boolean => /^\/+api\//.test(c.req.path);

/** Refuses: JSON for systems, a page for people. */
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

/** What every page and file says to the browser, unless it says something else itself. */
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

/** Completes the headers of an answer once it is made, so that no way of making one goes without. */
function secured(answer: Response, publicUrl: string): Response {
  const { headers } = answer;
  for (const [name, value] of pageHeaders) if (!headers.has(name)) headers.set(name, value);
  if (publicUrl.startsWith('https:')) headers.set('Strict-Transport-Security', 'max-age=31536000');
  return answer;
}

/** Browsers send a line end as two characters and count it as one (HTML, form submission). */
const asTyped = (value: string): string => value.replaceAll('\r\n', '\n');

/** The fields that were sent; null where they are too many. None of what cannot be read as a form. */
async function fieldsSent({ req }: Context<Env>): Promise<FormData | null> {
  // Counted before they are taken apart: each costs a hundred times its bytes.
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

/** A text without what nobody sees in one of its kind; what parts words leaves them apart. */
function withoutUnseen(text: string, kind: TextKind | undefined): string {
  if (kind === 'exact') return text.replaceAll(/\0|\p{Surrogate}/gu, '');
  const breaks = kind === 'prose' ? /[\t\v\f]/g : /[\t\v\f\n]/g;
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(breaks, ' ')
    .replaceAll(/[^\P{Cc}\n]|\p{Surrogate}/gu, '');
}

type PageRoute = Exclude<Route, { kind: 'api' }>;

/** The texts that hold what nobody sees, by the one rule for all forms. Around a text there may be any: it is kept trimmed. */
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
  en: `What was entered as “${en}” holds a code that is not a character. Go back, write it again and send it.`,
});

/**
 * Whether the browser says that a request comes from our own pages. Null: it says nothing. Where people reach us by TLS no page without it is ours:
 * the browser keeps no session for it.
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
  en: `This page was opened under another address than that of Sekisho, so nothing was sent. Open it at ${publicUrl}. If that leads nowhere, ask the administrator whether the setting SEKISHO_URL is the address of this page.`,
});

const toldOfAddress = new WeakSet<MountOptions>();

/** Why a form is not from our pages. A browser that does not say so itself says under which address its page was opened: mostly, ours is set wrongly. */
function saysNotOurs(c: Context<Env>, options: MountOptions): Bilingual {
  if (c.req.header('sec-fetch-site')) return says.elsewhere;
  if (!toldOfAddress.has(options))
    options.report('forms are refused: their pages were opened under another address than SEKISHO_URL');
  toldOfAddress.add(options);
  return saysAddress(options.publicUrl);
}

/** The fields that were sent, but for the token, passwords and files. */
const typedIn = (c: Context<Env>, { texts }: PageRoute, data: FormData): Kept['fields'] =>
  [...data].flatMap(([name, value]) =>
    typeof value === 'string' && name !== CSRF_FIELD && !texts?.(name, c).secret ? [[name, value]] : [],
  );

/** The token that a form came with; '' without one. */
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
 * Its typed fields, when a browser says that the form is ours: a session that ended or began anew elsewhere, or a failure, must lose nobody's work.
 * None of a form for everybody or of one's own account where it does not say its texts: they are passwords and codes.
 */
function keep(c: Context<Env>, route: PageRoute, data: FormData, { publicUrl }: MountOptions, why: Kept['why']) {
  const mayBeSecret = !route.texts && (route.may === 'public' || route.may === 'signed-in');
  return mayBeSecret || !fromOurPages(c, publicUrl) ? undefined : typed(c, route, data, why);
}

/** The page or file that an address leads to: the first route that fits, as the server takes it. */
function pageAt(routes: readonly Route[], pathname: string): Route | undefined {
  const parts = pathname.split('/');
  return routes.find(({ kind, method, path }) => {
    if (kind === 'api' || method !== 'get') return false;
    const own = path.split('/');
    return own.length === parts.length && own.every((part, i) => part.startsWith(':') || part === parts[i]);
  });
}

/** The part of the office that an address or a route is in. */
const partOf = (path: string): string => path.split('/')[1] ?? '';

/** The forms of a part of the office by which something is done; where none does more than read, as with the log, those. */
function formsIn(routes: readonly Route[], part: string): readonly Route[] {
  const forms = routes.filter(
    ({ kind, method, may, path }) =>
      kind !== 'api' && method === 'post' && may !== 'public' && may !== 'signed-in' && partOf(path) === part,
  );
  const doing = forms.filter(({ may }) => !may.endsWith(':read'));
  return doing.length > 0 ? doing : forms;
}

/** How far an actor reaches, as the routes say. What leads to no page is not opened. */
const reacher =
  (routes: readonly Route[], { gate }: MountOptions) =>
  (actor: Actor) => ({
    mayOpen: (href: string): boolean => {
      const route = pageAt(routes, new URL(href, 'http://office').pathname);
      return route !== undefined && permitted(gate, actor, route.may).allowed;
    },
    mayWork: (href: string): boolean =>
      formsIn(routes, partOf(new URL(href, 'http://office').pathname)).some(
        ({ may }) => permitted(gate, actor, may).allowed,
      ),
  });

/** No address of ours holds a NUL, and no database can look for one. */
const hasNul = (c: Context): boolean => c.req.url.includes('%00');

/** The nearest page above an address. */
function pageAbove(routes: readonly Route[], pathname: string): string {
  const above = pathname.slice(0, pathname.lastIndexOf('/'));
  return above === '' || pageAt(routes, above) ? above || '/' : pageAbove(routes, above);
}

/** A path as it is declared, for an address. */
const fitting = (path: string): RegExp =>
  new RegExp(`^${path.replace(/:\w+(?:\{(.*?)\}(?=\/|$))?/g, (_, value?: string) => value ?? '[^/]+')}$`);

/**
 * An answer, or the way to the page above it where it says that there is no page at an address that takes a form and nothing else: a reload of what
 * the form was answered with asks for that.
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
  /** How much of the closest address that fits is open to whatever is asked for. */
  const openIn = (addresses: typeof pages, pathname: string): number =>
    Math.min(...addresses.flatMap(({ fits, open }) => (fits.test(pathname) ? [open] : [])));
  return (c, answer) => {
    if (answer.status !== 404 || c.req.method !== 'GET' || hasNul(c)) return answer;
    const { pathname } = new URL(c.req.url);
    // What has a page of its own, or a file, says itself that there is nothing.
    if (openIn(forms, pathname) >= openIn(pages, pathname)) return answer;
    return secured(c.redirect(pageAbove(routes, pathname), 303), publicUrl);
  };
}

type Reacher = ReturnType<typeof reacher>;

/** Notes when and in which language is asked, by whom, and what surrounds their page. A file has no surroundings, and one for everybody needs no look at who asks. */
async function meet(
  c: Context<Env>,
  reach: Reacher,
  { gate, frame }: MountOptions,
  { kind, may }: Pick<PageRoute, 'kind' | 'may'> = { kind: 'page', may: 'public' },
): Promise<void> {
  c.set('lang', chooseLang(c));
  c.set('began', performance.now());
  const { actor, csrf }: Identity =
    kind === 'plain' && may === 'public'
      ? { actor: { kind: 'public' }, csrf: '' }
      : await gate.identify({ cookie: c.req.header('cookie'), authorization: undefined });
  c.set('actor', actor);
  c.set('may', (action) => gate.authorise(actor, action).allowed);
  const { mayOpen, mayWork } = reach(actor);
  c.set('mayOpen', mayOpen);
  c.set('mayWork', mayWork);
  c.set('csrf', csrf);
  if (kind === 'page') c.set('frame', { ...(await frame(c)), may: c.get('may'), typed: c.req.method === 'POST' });
}

/** Lets a request to a page or file through, or answers it. */
async function guard(
  c: Context<Env>,
  route: PageRoute,
  reach: Reacher,
  options: MountOptions,
): Promise<Response | undefined> {
  if (hasNul(c)) return c.notFound();
  await meet(c, reach, options, route);
  const { allowed, policies } = permitted(options.gate, c.get('actor'), route.may);
  c.set('authority', policies);
  if (route.method === 'post') return takeForm(c, route, options, allowed);
  if (!allowed && c.get('actor').kind !== 'public') return refuse(c, options, 403, says.forbidden);
  // Whoever is handed a file is on record with it: no other site sends somebody for one.
  const closed = route.kind === 'plain' && route.may !== 'public';
  if (closed && fromOurPages(c, options.publicUrl) === false) return refuse(c, options, 403, says.elsewhere);
  return allowed ? undefined : c.redirect(`/sign-in?next=${encodeURIComponent(c.req.path)}`, 303);
}

/** Reads the form, or answers why it is not taken. */
async function takeForm(
  c: Context<Env>,
  route: PageRoute,
  options: MountOptions,
  allowed: boolean,
): Promise<Response | undefined> {
  const data = await fieldsSent(c);
  if (!data) return refuse(c, options, 413, saysTooMany);
  const refuseForm = async (status: number, why: Kept['why'], lost: Bilingual, held: Bilingual): Promise<Response> => {
    const kept = keep(c, route, data, options, why);
    return options.refusalPage(c, status, kept ? held : lost, kept);
  };
  if (!allowed && c.get('actor').kind === 'public') return refuseForm(401, 'signIn', says.signIn, says.ended);
  // A form counts as ours when it does not come from elsewhere and, with a session, carries its token.
  if (fromOurPages(c, options.publicUrl) === false) return refuse(c, options, 403, saysNotOurs(c, options));
  const token = c.get('csrf');
  if (isOthers(tokenIn(data), token)) return refuseForm(403, 'others', says.forged, says.others);
  if (!allowed) return refuseForm(403, 'forbidden', says.forbidden, says.forbidden);
  if (token !== '' && tokenIn(data) !== token) return refuseForm(403, 'signedIn', says.forged, says.stale);
  const unseen = unseenIn(c, route, typedIn(c, route, data));
  // Where it does not say its texts it may hold a password.
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
      await meet(c, reach, options, route);
      return refuse(c, options, 413, saysFormTooLarge(most));
    };
    return secured(await withinLimit(c, () => answer(c), most, tooLarge), options.publicUrl);
  };
}

/** What the operator sees of an unexpected failure: where and which code, never a message, because messages can carry values. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code = (error as { code?: unknown }).code;
  // The stack begins with the message, of which a line may look like a frame.
  const frames = (error.stack ?? '')
    .replace(error.message, '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 4)
    .map((line) => line.trim());
  return [error.name, typeof code === 'string' ? code : '', ...frames].filter(Boolean).join(' ');
}

/** The path of the route as it is declared. What was asked for where there is no route may be anything, and is in no line. */
function routeOf({ req }: Context<Env>): string {
  try {
    return req.routePath;
  } catch {
    return '(no route)';
  }
}

/** One line for the operator; returns its id. */
function tell(c: Context<Env>, error: unknown, options: MountOptions): string {
  const id = newId(Date.now());
  options.report(`${id} ${c.req.method} ${routeOf(c)} ${describe(error)}`);
  return id;
}

/** A full queue is written within about so long. */
const BUSY_SECONDS = '1';

/** A database that is started anew is back within about so long. */
const AWAY_SECONDS = '5';

interface Failure {
  status: 500 | 503;
  says: Bilingual;
  /** Seconds after which to ask again. */
  wait?: string;
  /** That the database is away is told once, by who watches it; a full queue and a caller who went away are no failure. */
  isTold: boolean;
}

/** Whether whoever asked went away before all of it was sent. Nobody is there to be answered. */
const hasLeft = (c: Context<Env>, error: Error): boolean =>
  (c.env as Partial<HttpBindings> | undefined)?.incoming?.errored === error;

/**
 * What an unexpected failure is to whoever asked. That nothing was done is said only where it is certain: a commit may come before its connection
 * is lost, and an earlier one of what was asked, since it `began`, before no other connection is to be had.
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

/** The same of parts of an answer. What failed together, such as a statement for many, is told once. */
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
        // The headers of every answer are known beforehand: set one by one they cost more than the answer.
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
    await meet(c, reach, options);
    return orAbove(c, await refuse(c, options, 404, says.missing));
  });
  app.onError((error, c) => failure(c, error, options));
  return app;
}
