// The steps of a request to a JSON route, in order: identity, permission, size, schema; and identity and permission again after a body that came
// late. One function instead of a chain of middlewares, because each link of a chain would cost every request of the company's systems again.

import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { both, type Bilingual, type Lang } from '../../base/bilingual.ts';
import type { FieldProblem } from '../../base/outcome.ts';
import { answerFields, problemResponse } from './answers.ts';
import { MOST_TOLD, readInput, shownField } from './fields.ts';
import { permitted, type Gate } from './gate.ts';
import type { Env, May, Route } from './route.ts';

const MIB = 1024 * 1024;
export const BODY_LIMIT = MIB;

type ApiRoute = Extract<Route, { kind: 'api' }>;

export interface ApiOptions {
  gate: Gate;
  /** Makes the function that reports an unexpected failure in one part of an answer. */
  failed(c: Context<Env>): Env['Variables']['failed'];
}

const says = {
  token: both('有効なトークンが必要です', 'A valid token is needed'),
  forbidden: both('この操作の権限がありません', 'You do not have permission to do this'),
  mediaType: both('この形式の本文は受け取れません', 'This content type is not accepted here'),
  encoding: both('圧縮した本文は受け取れません', 'A compressed body is not accepted here'),
  badJson: both('JSONとして読めません', 'The body cannot be read as JSON'),
  notUtf8: both('文字コードがUTF-8ではありません', 'The body is not in UTF-8'),
  parameter: both('このパラメーターはありません', 'There is no such parameter'),
  attempt: both(
    'この呼び出しでは、代わりに本文の attempt を使ってください',
    'For this call, use `attempt` in the body instead',
  ),
  once: both('1回だけ指定してください', 'Must be given only once'),
};

/** The action is named as in the API document and in the form for a token. */
const saysUnnamed = (may: May): Bilingual => ({
  ja: `このトークンには操作 ${may} が許されていません`,
  en: `This token does not allow the action ${may}`,
});

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The body as text. Throws a TypeError when it is not UTF-8: decoded anyway, it would be stored as other characters than were meant. */
export const asText = (body: Uint8Array | ArrayBuffer): string => utf8.decode(body);

/** The language of problems: English if the Accept-Language header begins with it, otherwise Japanese. */
export const apiLang = (c: Context): Lang => (/^\s*en\b/i.test(c.req.header('accept-language') ?? '') ? 'en' : 'ja');

const saysTooLarge = (most: number): Bilingual => {
  const size = `${Math.floor(most / MIB)} MiB`;
  return both(`送れる大きさは${size}までです`, `The body may be at most ${size}`);
};

const tooLarge = (c: Context, most: number): Response | Promise<Response> => {
  const text = saysTooLarge(most);
  return problemResponse(apiLang(c), 413, text, { fields: [{ field: 'body', says: text[apiLang(c)] }] });
};

/**
 * Lets a body of at most `most` bytes through. A stated length decides, and the parser reads no more than that. Only a body without one is counted,
 * because counting would make a web stream of every small body.
 */
export async function withinLimit(
  c: Context,
  next: () => Promise<Response>,
  most = BODY_LIMIT,
  refuse = () => tooLarge(c, most),
): Promise<Response> {
  const stated = c.req.header('content-length');
  if (stated !== undefined && c.req.header('transfer-encoding') === undefined) {
    return Number(stated) <= most ? next() : refuse();
  }
  let answer: Response | undefined;
  const count = bodyLimit({ maxSize: most, onError: refuse });
  const refused = await count(c, async () => {
    answer = await next();
  });
  return refused ?? answer!;
}

type Target = 'json' | 'query' | 'param';

interface Input {
  target: Target;
  schema: z.ZodType;
}

interface Body {
  /** Content types declared by the route. */
  types: readonly string[];
  required: boolean;
  schema: z.ZodType | undefined;
}

export const JSON_TYPE = 'application/json';

/** The media type that a Content-Type header names, without its parameters. */
export const mediaType = (header: string | undefined): string | undefined =>
  header?.split(';')[0]!.trim().toLowerCase();

const schemaOf = (content: unknown): z.ZodType | undefined => (content as { schema?: z.ZodType } | undefined)?.schema;

function bodyOf({ config }: ApiRoute): Body | undefined {
  const body = config.request?.body;
  if (!body?.content) return undefined;
  const content = body.content as Record<string, unknown>;
  return { types: Object.keys(content), required: body.required === true, schema: schemaOf(content[JSON_TYPE]) };
}

const nothing = z.object({});

/**
 * True when the body has a field `attempt` that makes the call idempotent. An Idempotency-Key beside it would be ignored, and a repeated call would
 * take effect twice.
 */
const takesAttempt = ({ schema }: Body): boolean => schema instanceof z.ZodObject && 'attempt' in schema.shape;

const refuseType = (lang: Lang, field: string, text: Bilingual): Response =>
  problemResponse(lang, 415, text, { fields: [{ field, says: text[lang] }] });

const unreadable = (lang: Lang, text: Bilingual): Response =>
  problemResponse(lang, 400, text, { fields: [{ field: 'body', says: text[lang] }] });

/** Reads and checks the body. Routes that take lines instead of JSON read them themselves. */
async function readBody(c: Context<Env>, { types, required, schema }: Body): Promise<Response | FieldProblem[]> {
  const lang = c.get('lang');
  const type = mediaType(c.req.header('content-type'));
  if (type === undefined) {
    const length = c.req.header('content-length');
    if ((length !== undefined && length !== '0') || c.req.header('transfer-encoding'))
      return refuseType(lang, 'Content-Type', says.mediaType);
    // If the body is optional, the route handles its absence.
    return check(c, { target: 'json', schema: required && schema ? schema : nothing }, {});
  }
  if (!types.includes(type)) return refuseType(lang, 'Content-Type', says.mediaType);
  if ((c.req.header('content-encoding') ?? 'identity') !== 'identity')
    return refuseType(lang, 'Content-Encoding', says.encoding);
  let text: string;
  try {
    text = await c.req.text();
  } catch {
    return unreadable(lang, says.notUtf8);
  }
  if (type !== JSON_TYPE) return [];
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return unreadable(lang, says.badJson);
  }
  return schema ? check(c, { target: 'json', schema }, value, text) : [];
}

function check(c: Context<Env>, { target, schema }: Input, value: unknown, json?: string): FieldProblem[] {
  const read = readInput(schema, value, json);
  if (!read.ok) return read.problems;
  c.req.addValidatedData(target, read.value as object);
  return [];
}

/** Reads the query. Unknown parameters are refused: ignoring a filter would return more than was asked for. */
function readQuery(c: Context<Env>, schema: z.ZodObject): FieldProblem[] {
  const sent = Object.entries(c.req.queries());
  const wrong = sent.flatMap(([name, all]): FieldProblem[] => {
    if (!Object.hasOwn(schema.shape, name)) return [{ field: shownField(name), says: says.parameter }];
    return all.length > 1 ? [{ field: name, says: says.once }] : [];
  });
  if (wrong.length > 0 || schema === nothing) return wrong.slice(0, MOST_TOLD);
  return check(c, { target: 'query', schema }, Object.fromEntries(sent.map(([name, [value]]) => [name, value])));
}

/** True when the whole body has come with its head, as a small one does. Another may take minutes, and whoever sent it must still have the right then. */
const hasCome = (c: Context<Env>): boolean =>
  (c.env as { incoming?: { complete: boolean } } | undefined)?.incoming?.complete === true;

/** Handles requests to one declared route. */
export function apiHandler(route: ApiRoute, { gate, failed }: ApiOptions): (c: Context<Env>) => Promise<Response> {
  const body = bodyOf(route);
  const refusesKey = body !== undefined && takesAttempt(body);
  const query = (route.config.request?.query ?? nothing) as z.ZodObject;
  const params = route.config.request?.params as z.ZodType | undefined;
  const handle = route.handle as unknown as (c: Context<Env>) => Response | Promise<Response>;
  /** Finds out who asks; the answer to those who may not, and null for the others. */
  const refusal = async (c: Context<Env>): Promise<Response | null> => {
    const { actor } = await gate.identify({ cookie: undefined, authorization: c.req.header('authorization') });
    c.set('actor', actor);
    const { allowed, policies } = permitted(gate, actor, route.may);
    c.set('authority', policies);
    if (allowed) return null;
    const lang = c.get('lang');
    return actor.kind === 'public'
      ? problemResponse(lang, 401, says.token, {}, { 'www-authenticate': 'Bearer' })
      : problemResponse(lang, 403, says.forbidden, { detail: saysUnnamed(route.may)[lang] });
  };
  const withBody = async (c: Context<Env>, declared: Body, late: boolean): Promise<Response> => {
    const wrong = await readBody(c, declared);
    if (wrong instanceof Response) return wrong;
    const refused = late ? await refusal(c) : null;
    if (refused) return refused;
    return wrong.length > 0 ? answerFields(c.get('lang'), wrong) : handle(c);
  };
  return async (c) => {
    const lang = apiLang(c);
    c.set('lang', lang);
    c.set('began', performance.now());
    c.set('failed', failed(c));
    c.set('csrf', '');
    const refused = await refusal(c);
    if (refused) return refused;
    const misasked = readQuery(c, query);
    if (misasked.length > 0) return answerFields(lang, misasked);
    if (refusesKey && c.req.header('idempotency-key') !== undefined)
      return answerFields(lang, [{ field: 'Idempotency-Key', says: says.attempt }]);
    if (params) {
      const wrong = check(c, { target: 'param', schema: params }, c.req.param());
      if (wrong.length > 0) return answerFields(lang, wrong);
    }
    if (!body) return handle(c);
    // Asked now: where the length is not stated, the limit reads the body to count it.
    const late = !hasCome(c);
    return withinLimit(c, () => withBody(c, body, late));
  };
}
