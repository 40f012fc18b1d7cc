// The headers of every page and every file, however the answer is made: nothing is guessed from the bytes, framed, cached, or revealed as a
// referrer.

import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listCode } from '../../src/platform/ui/list.tsx';
import { addRecipient } from '../people.ts';
import { aWebSite, ENTRIES, must, newcomer, openServer, type Session, type TestServer } from '../server.ts';

let server: TestServer;
let officer: Session;
/** The last logged of what is proved here. */
let erased: string;
/** Addresses of files, by their route. */
let files: Record<string, string>;
beforeAll(async () => {
  server = await openServer({ env: { SEKISHO_URL: 'https://privacy.example.jp' } });
  officer = await server.session('officer');
  const { client, holding } = server;
  const { id: acquisition, principal } = must(await client.acquire(newcomer(holding)));
  const request = must(
    await client.requests.register({
      kind: 'disclosure',
      scope: 'customer',
      arrived_on: server.office.clock.today(),
      channel: 'letter',
      sender: { name: '例示 花子', address: '104-0000 東京都中央区例示町2-2' },
    }),
  );
  erased = must(await client.acquire(newcomer(holding))).principal;
  must(await client.erase(erased, { ground: 'no-longer-needed' }));
  const site = await aWebSite(server);
  const recipient = await addRecipient(server, {
    publicKey: await identityToRecipient(await generateX25519Identity()),
  });
  const giving = { holding, items: ['name'], purpose: 'P3', recipient, facts: { relation: 'third-party' as const } };
  const draft = must(await client.packages.draft({ ...giving, everybody: true })).id;
  files = {
    'GET /assets/:name{.+}': '/assets/look.css',
    'GET /healthz': '/healthz',
    'GET /readyz': '/readyz',
    'GET /metrics': '/metrics',
    'GET /openapi.json': '/openapi.json',
    'GET /policy.json': '/policy.json',
    'GET /policy/versions/:version/proof.json': '/policy/versions/1/proof.json',
    'GET /living-policy/versions/:version/:file': '/living-policy/versions/1/policy.json',
    'GET /log/checkpoint': '/log/checkpoint',
    'GET /log/consistency/:from{[0-9]+}': '/log/consistency/1',
    'GET /log/key': '/log/key',
    'GET /log/entries/:id/proof': `/log/entries/${acquisition}/proof`,
    'GET /joint-use.json': '/joint-use.json',
    'GET /external-transmission/:site/register.json': `/external-transmission/${site.code}/register.json`,
    'GET /requests/forms/:file': '/requests/forms/customer-disclosure.pdf',
    'GET /desk/:id/letters/:file': `/desk/${request.id}/letters/cover.pdf`,
    'GET /desk/report.pdf': '/desk/report.pdf',
    'GET /desk/report.xlsx': '/desk/report.xlsx',
    'POST /desk/texts/:group/preview': '/desk/texts/cover/preview',
    ...Object.fromEntries(
      server.app.routes
        .filter(({ path: at }) => at.endsWith('/export/:file'))
        .map(({ path: at }) => [
          `GET ${at}`,
          at.replace(':file', `${listCode(at.replace('/export/:file', ''))}-utf8.csv`),
        ]),
    ),
    'GET /people/history/export/:file': `/people/history/export/people-history-utf8.csv?principal=${principal}`,
    'GET /packages/screening/export/:file': `/packages/screening/export/packages-screening-utf8.csv?package=${draft}`,
    'GET /consents/records.json': '/consents/records.json',
    'GET /provisions/records.csv': '/provisions/records.csv',
    'GET /people/:id/receipts/:file{[0-9a-f-]+\\.json}': `/people/${principal}/receipts/${acquisition}.json`,
    'GET /people/:id/certificate.json': `/people/${erased}/certificate.json`,
    'POST /log/export': '/log/export',
  };
});
afterAll(() => server.close());

/** A tile needs hundreds of entries, and a delivery link or the way to the company's sign-in and back is redirected: none of these is a file here. */
const NO_FILE = [
  'GET /log/tile/entries/:rest{.+}',
  'GET /log/tile/:rest{.+}',
  'GET /requests/parcel/:link',
  'GET /invitation/:token/company',
  'GET /sign-in/company',
  'GET /sign-in/company/back',
  'GET /account/company/leave',
];

/** Files that others fetch again and again, and may keep. */
const published = [
  'GET /assets/:name{.+}',
  'GET /openapi.json',
  'GET /policy.json',
  'GET /joint-use.json',
  'GET /external-transmission/:site/register.json',
];

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
/** The policy of a page that sends nothing, and of what runs beside it. */
const UNCONNECTED = POLICY.replace("connect-src 'self'", "connect-src 'none'").replace(
  "form-action 'self'",
  "form-action 'none'",
);
const always = {
  'content-security-policy': POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};
const unlessSaid = {
  'cache-control': 'no-store',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'same-origin',
};
const headersOf = (response: Response, names: object): object =>
  Object.fromEntries(Object.keys(names).map((name) => [name, response.headers.get(name)]));

const ask = (method: string, to: string, fields: Record<string, string> = {}): Promise<Response> =>
  server.fetch(to, {
    method,
    headers: { cookie: officer.cookie },
    ...(method === 'GET' ? {} : { body: new URLSearchParams({ csrf: officer.csrf, ...fields }) }),
  });

test('every file that a route answers has them', async () => {
  const plain = server.app.routes
    .filter(({ kind }) => kind === 'plain')
    .map(({ method, path }) => `${method.toUpperCase()} ${path}`);
  expect(plain.filter((route) => !(route in files) && !NO_FILE.includes(route))).toEqual([]);
  // A proof is available once the log has taken the entry in.
  const taken = async (): Promise<number> => (await ask('GET', `/people/${erased}/certificate.json`)).status;
  await expect.poll(taken).toBe(200);
  for (const [route, to] of Object.entries(files)) {
    const response = await ask(route.split(' ')[0]!, to, { paper: 'cover', language: 'ja' });
    expect([route, response.status]).toEqual([route, 200]);
    expect([route, response.headers.get('content-type')?.startsWith('text/html')]).toEqual([route, false]);
    const policy = route === 'GET /assets/:name{.+}' ? UNCONNECTED : POLICY;
    expect([route, headersOf(response, always)]).toEqual([route, { ...always, 'content-security-policy': policy }]);
    // A file that may be cached or included says so itself.
    if (published.includes(route))
      expect([route, response.headers.get('cache-control')]).toEqual([route, expect.stringContaining('public')]);
    else expect([route, headersOf(response, unlessSaid)]).toEqual([route, unlessSaid]);
    await response.body?.cancel();
  }
});

test.each(published)('%s is sent again only when it has changed', async (route) => {
  const asked = (tags: string): Promise<Response> =>
    server.fetch(files[route]!, tags === '' ? {} : { headers: { 'if-none-match': tags } });
  const whole = await asked('');
  const [tag, cache, body] = [whole.headers.get('etag')!, whole.headers.get('cache-control'), await whole.text()];
  expect([tag, body]).toEqual([expect.stringMatching(/^"[\w-]{20}"$/), expect.stringMatching(/./)]);
  // A server in between that compresses the file weakens its tag.
  for (const tags of [tag, `W/${tag}`, `"other", W/${tag}`, '*']) {
    const same = await asked(tags);
    expect([same.status, await same.text()]).toEqual([304, '']);
    expect([same.headers.get('etag'), same.headers.get('cache-control')]).toEqual([tag, cache]);
  }
  for (const tags of ['"other"', tag.slice(0, -1), '']) {
    const again = await asked(tags);
    expect([again.status, await again.text()]).toEqual([200, body]);
  }
});

test('a published file that has changed has another tag', async () => {
  const at = files['GET /external-transmission/:site/register.json']!;
  const tag = (await server.fetch(at)).headers.get('etag')!;
  const [site] = must(await server.client.webSites()).sites;
  const { id, version, origins, linkedOn } = site!;
  const name = { ja: '例示の店', en: 'Shop' };
  must(
    await server.client.changeWebSite(id, {
      version,
      site: { name, origins, service: 'information', linkedOn },
    }),
  );
  const answer = await server.fetch(at, { headers: { 'if-none-match': tag } });
  expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ name })]);
  expect(answer.headers.get('etag')).not.toBe(tag);
});

test('a file that is not everybody’s is handed to nobody whom another site sent for it', async () => {
  const entries = async (): Promise<unknown> => server.db.owner.query(`SELECT count(*) FROM ${ENTRIES} e`, []);
  const guarded = server.app.routes.filter(({ kind, may }) => kind === 'plain' && may !== 'public');
  const closed = guarded.flatMap(({ path }) => {
    const to = files[`GET ${path}`];
    return to === undefined ? [] : [[path, to] as const];
  });
  expect(closed.length).toBeGreaterThan(4);
  const before = await entries();
  for (const [route, to] of closed) {
    for (const site of ['cross-site', 'same-site']) {
      const headers = { cookie: officer.cookie, 'sec-fetch-site': site, 'sec-fetch-mode': 'navigate' };
      const response = await server.fetch(to, { headers });
      expect([route, site, response.status]).toEqual([route, site, 403]);
    }
  }
  expect(await entries()).toEqual(before);
  for (const site of ['same-origin', 'none']) {
    const headers = { cookie: officer.cookie, 'sec-fetch-site': site };
    expect((await server.fetch(files['GET /desk/report.pdf']!, { headers })).status).toBe(200);
  }
  // A page may be opened from a mail.
  const headers = { cookie: officer.cookie, 'sec-fetch-site': 'cross-site' };
  expect((await server.fetch('/desk', { headers })).status).toBe(200);
});

test('so has every page, also one that refuses, sends on, or tells of a failure', async () => {
  const nobody = '00000000-0000-7000-8000-000000000000';
  const pages = server.app.routes
    .filter(({ kind }) => kind !== 'api')
    .map(({ method, path }) => [method.toUpperCase(), path.replaceAll(/:\w+(?:\{.*?\}(?=\/|$))?/g, nobody)] as const)
    .filter(([, path]) => path !== '/sign-out');
  for (const [method, to] of [...pages, ['GET', '/no/such/place'], ['GET', '/log?actor=%00']] as const) {
    for (const cookie of ['', officer.cookie]) {
      const init = method === 'GET' ? {} : { body: new URLSearchParams({ csrf: cookie ? officer.csrf : '' }) };
      const response = await server.fetch(to, { method, headers: { cookie }, ...init });
      expect([method, to, response.status >= 500]).toEqual([method, to, false]);
      const policy = to === '/verify' ? UNCONNECTED : POLICY;
      expect([method, to, headersOf(response, always)]).toEqual([
        method,
        to,
        { ...always, 'content-security-policy': policy },
      ]);
      for (const name of Object.keys(unlessSaid))
        expect([to, name, response.headers.has(name)]).toEqual([to, name, true]);
      await response.body?.cancel();
    }
  }
  const large = await server.fetch('/sign-in', {
    method: 'POST',
    body: new URLSearchParams({ email: 'x'.repeat(1_100_000) }),
    headers: { 'content-length': '1100006' },
  });
  expect([large.status, headersOf(large, { ...always, ...unlessSaid })]).toEqual([413, { ...always, ...unlessSaid }]);
});

test('so has the page of a failure', async () => {
  await server.db.owner.query('REVOKE SELECT ON staff FROM sekisho_app', []);
  for (const to of ['/staff', '/no/such/place', '/desk/report.pdf']) {
    const response = await ask('GET', to);
    expect([to, headersOf(response, { ...always, ...unlessSaid })]).toEqual([to, { ...always, ...unlessSaid }]);
  }
  expect((await ask('GET', '/staff')).status).toBe(500);
  await server.db.owner.query('GRANT SELECT ON staff TO sekisho_app', []);
});
