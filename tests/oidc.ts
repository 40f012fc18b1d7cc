// An OpenID Connect provider like a company's, on a port of this machine. It checks requests as the standard says and signs real tokens. A test
// sets who signs in, and what the provider does wrong.

import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Claims = Readonly<Record<string, unknown>>;

export const CLIENT = 'sekisho';
/** Includes the characters that are escaped in a header. */
export const SECRET = 'himitsu+~%/ =2';

interface Key {
  kid: string;
  alg: 'RS256' | 'ES256';
  pair: { publicKey: KeyObject; privateKey: KeyObject };
}

const newKey = (alg: Key['alg']): Key => ({
  kid: randomBytes(6).toString('hex'),
  alg,
  pair:
    alg === 'RS256'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' }),
});

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/** A signed token; `header` overrides what the key says. */
export function signed({ kid, alg, pair }: Key, claims: Claims, header: object = {}): string {
  const text = `${encoded({ alg, kid, typ: 'JWT', ...header })}.${encoded(claims)}`;
  const key = { key: pair.privateKey, dsaEncoding: 'ieee-p1363' as const };
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
}

/** What the provider does differently from what it should, or from what most do. */
export interface Doing {
  discovery?: (document: Claims) => object;
  /** Changes the query it redirects back with. */
  answer?: (query: URLSearchParams) => void;
  claims?: (claims: Claims) => Claims;
  /** The token that it issues for the claims. */
  token?: (claims: Claims, key: Key) => string;
  /** The answer that never comes. */
  silent?: 'discovery' | 'token' | 'keys';
  /** The only method by which it accepts the client's secret. */
  only?: 'client_secret_basic' | 'client_secret_post';
  /** The status of all its own answers. */
  status?: number;
  /** Claims that are not in the token but returned by the userinfo endpoint. */
  userinfo?: Claims;
}

export interface Provider {
  issuer: string;
  /** The claims about the person who signs in. */
  person: Claims;
  doing: Doing;
  rotate(alg?: Key['alg']): Key;
  /** The queries of its authorisation requests. */
  asked: URLSearchParams[];
  close(): Promise<void>;
}

interface Granted {
  nonce: string | null;
  challenge: string;
  redirect: string;
  claims: Claims;
  acr: string | null;
}

async function bodyOf(request: IncomingMessage): Promise<URLSearchParams> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return new URLSearchParams(Buffer.concat(parts).toString());
}

/** The client id and secret in the header as the standard has them, each part form-encoded. */
function basicOf(header: string | undefined): string | undefined {
  const text = /^Basic (.+)$/.exec(header ?? '')?.[1];
  if (text === undefined) return undefined;
  const part = (one: string): string => new URLSearchParams(`x=${one}`).get('x') ?? '';
  return Buffer.from(text, 'base64').toString().split(':').map(part).join(':');
}

/** Opens a provider. `now`: its clock, the same as the office's. `redirect`: the only address it redirects back to. `host`: its host name. */
export async function openProvider(now: () => number, redirect: () => string, host = '127.0.0.1'): Promise<Provider> {
  let key = newKey('RS256');
  let accessToken = '';
  const codes = new Map<string, Granted>();
  const json = (response: ServerResponse, status: number, body: object): void => {
    response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(JSON.stringify(body));
  };
  const discovery = (): Claims => ({
    issuer: provider.issuer,
    authorization_endpoint: `${provider.issuer}/authorize`,
    token_endpoint: `${provider.issuer}/token`,
    jwks_uri: `${provider.issuer}/keys`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256', 'ES256'],
    token_endpoint_auth_methods_supported: provider.doing.only
      ? [provider.doing.only]
      : ['client_secret_basic', 'client_secret_post'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
    ...(provider.doing.userinfo ? { userinfo_endpoint: `${provider.issuer}/userinfo` } : {}),
  });
  const authorize = (query: URLSearchParams, response: ServerResponse): void => {
    provider.asked.push(query);
    const challenge = query.get('code_challenge');
    const right =
      query.get('client_id') === CLIENT &&
      query.get('redirect_uri') === redirect() &&
      query.get('response_type') === 'code' &&
      query.get('code_challenge_method') === 'S256' &&
      query.get('scope')?.split(' ').includes('openid');
    if (!right || !challenge) {
      response.writeHead(400).end();
      return;
    }
    const code = randomBytes(16).toString('hex');
    const acr = query.get('acr_values');
    codes.set(code, { nonce: query.get('nonce'), challenge, redirect: redirect(), claims: provider.person, acr });
    const answer = new URLSearchParams({ code, state: query.get('state') ?? '', iss: provider.issuer });
    provider.doing.answer?.(answer);
    response.writeHead(303, { location: `${redirect()}?${answer}` }).end();
  };
  const token = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request);
    const inHeader = basicOf(request.headers.authorization);
    const way = inHeader === undefined ? 'client_secret_post' : 'client_secret_basic';
    const client = inHeader ?? `${body.get('client_id')}:${body.get('client_secret')}`;
    const granted = codes.get(body.get('code') ?? '');
    codes.delete(body.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(body.get('code_verifier') ?? '')
      .digest('base64url');
    if (client !== `${CLIENT}:${SECRET}` || (provider.doing.only ?? way) !== way)
      return json(response, 401, { error: 'invalid_client' });
    if (granted?.challenge !== challenge || granted.redirect !== body.get('redirect_uri'))
      return json(response, 400, { error: 'invalid_grant', error_description: '秘密の説明' });
    const at = Math.floor(now() / 1000);
    const usual = {
      iss: provider.issuer,
      aud: CLIENT,
      iat: at,
      exp: at + 300,
      auth_time: at,
      nonce: granted.nonce,
      ...granted.claims,
    };
    const claims = provider.doing.claims?.(usual) ?? usual;
    accessToken = randomBytes(16).toString('hex');
    json(response, provider.doing.status ?? 200, {
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: 300,
      id_token: provider.doing.token?.(claims, key) ?? signed(key, claims),
    });
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url!, 'http://provider');
    const { silent } = provider.doing;
    if (pathname === '/.well-known/openid-configuration') {
      if (silent === 'discovery') return;
      json(response, provider.doing.status ?? 200, provider.doing.discovery?.(discovery()) ?? discovery());
    } else if (pathname === '/keys') {
      if (silent === 'keys') return;
      const jwk = { ...key.pair.publicKey.export({ format: 'jwk' }), kid: key.kid, alg: key.alg, use: 'sig' };
      json(response, 200, { keys: [jwk] });
    } else if (pathname === '/userinfo') {
      const known = request.headers.authorization === `Bearer ${accessToken}`;
      json(response, known ? 200 : 401, known ? provider.doing.userinfo! : {});
    } else if (pathname === '/authorize') authorize(searchParams, response);
    else if (pathname === '/token') {
      if (silent === 'token') return;
      await token(request, response);
    } else response.writeHead(404).end();
  };
  const server = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const provider: Provider = {
    issuer: `http://${host}:${(server.address() as AddressInfo).port}`,
    person: {},
    doing: {},
    rotate: (alg = 'RS256') => {
      const former = key;
      key = newKey(alg);
      return former;
    },
    asked: [],
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return provider;
}
