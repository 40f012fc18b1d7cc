// Public files that others fetch again and again. A file is sent again only when it has changed.

import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import type { Env } from './route.ts';

/** The entity tag of a file: a hash of its content. */
export const tagOf = (body: string | Uint8Array): string =>
  `"${createHash('sha256').update(body).digest('base64url').slice(0, 20)}"`;

/** Whether the caller has the version with this tag. A server in between that compresses a file weakens its tag (RFC 9110, 13.1.2). */
const isKept = (sent: string | undefined, tag: string): boolean =>
  sent !== undefined && sent.split(',').some((one) => ['*', tag].includes(one.trim().replace(/^W\//, '')));

interface Published {
  type?: string;
  /** Cache-Control. By default a kept copy is checked before each use. */
  cache?: string;
  /** The tag, where it is known already. */
  tag?: string;
}

/** The file, or 304 without it when the caller has this version. */
export function published(
  c: Context<Env>,
  body: string | Uint8Array<ArrayBuffer>,
  { type = 'application/json; charset=utf-8', cache = 'public, no-cache', tag = tagOf(body) }: Published = {},
): Response {
  c.header('ETag', tag);
  c.header('Cache-Control', cache);
  return isKept(c.req.header('if-none-match'), tag) ? c.body(null, 304) : c.body(body, 200, { 'content-type': type });
}
