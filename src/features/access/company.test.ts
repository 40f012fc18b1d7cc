// Signing in by the company's OpenID Connect provider, tested against a real one on a port, with a browser that keeps cookies.

import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fieldsIn } from '../../../tests/forms.ts';
import { atOnce, PASSWORD, PASSWORD_HASH } from '../../../tests/house.ts';
import { openTestOffice, type TestOffice } from '../../../tests/office.ts';
import { CLIENT, openProvider, SECRET, signed, type Provider } from '../../../tests/oidc.ts';
import { mailServer } from '../../../tests/smtp.ts';
import type { Lang } from '../../base/bilingual.ts';
import { listEntries, type LogEntry } from '../../log/index.ts';
import { readConfig } from '../../platform/config.ts';
import { letInAsLogged } from './actions/as-logged.ts';
import type { By } from './actions/access.ts';
import { changePassword } from './actions/account.ts';
import { comeBack, leave } from './actions/oidc.ts';
import { signIn } from './actions/sign-in.ts';
import { addFictionalStaff, changeRoles, endStaff, inviteStaff, readStaff, resetStaff } from './actions/staff.ts';
import { enterTied, signInTied } from './actions/ties.ts';
import { accessProvers } from './promises.ts';
import { accessRoutes } from './routes.ts';
import { companyWords, fieldWords, signInBy, troubleWords, type Trouble } from './words.ts';

const T0 = '2026-11-24T00:00:00Z';
const origin = 'http://127.0.0.1:8080';
const MINUTE = 60_000;

let house: TestOffice;
let provider: Provider;
const letters = mailServer();
const by: By = { actor: { kind: 'sekisho' }, authority: [] };

const later = (ms: number): void => house.clock.moveTo(new Date(house.clock.now() + ms).toISOString());

beforeAll(async () => {
  provider = await openProvider(
    () => house.clock.now(),
    () => `${origin}/sign-in/company/back`,
  );
  house = await openTestOffice(
    (_, access) =>
      accessRoutes(
        access,
        async () => [],
        async () => [],
      ),
    {
      at: T0,
      env: {
        SEKISHO_SMTP: `smtp://127.0.0.1:${await letters.serve()}`,
        SEKISHO_MAIL_FROM: '例示情報通信 <desk@example.jp>',
        SEKISHO_OIDC_ISSUER: provider.issuer,
        SEKISHO_OIDC_CLIENT: CLIENT,
        SEKISHO_OIDC_SECRET: SECRET,
        SEKISHO_OIDC_NAME: '例示アカウント',
      },
    },
  );
});
beforeEach(() => {
  provider.doing = {};
});
afterAll(async () => {
  await letters.close();
  await provider.close();
  await house.close();
});

type Answer = { status: number; to: string; html: string; headers: Headers };

/** A browser: keeps cookies, and follows redirects to the provider. */
function browser(lang: Lang = 'ja') {
  const jar = new Map<string, string>();
  let csrf = '';
  const send = async (at: string, form?: URLSearchParams): Promise<Answer> => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const request = new Request(`${origin}${at}`, {
      headers: { cookie, 'accept-language': lang },
      ...(form ? { method: 'POST', body: form } : {}),
    });
    const response = await house.fetch(request);
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (/Max-Age=0/.test(line)) jar.delete(name!);
      else jar.set(name!, value!);
    }
    const html = await response.text();
    csrf = /name="csrf" value="([^"]*)"/.exec(html)?.[1] ?? csrf;
    return { status: response.status, to: response.headers.get('location') ?? '', html, headers: response.headers };
  };
  const get = (at: string): Promise<Answer> => send(at);
  return {
    jar,
    get,
    post: (at: string, fields: Record<string, string>) => send(at, new URLSearchParams({ csrf, ...fields })),
    /** Leaves for the provider; returns the address there. */
    leave: async (at = '/sign-in/company'): Promise<string> => {
      const left = await get(at);
      expect([at, left.status, left.to.startsWith(`${provider.issuer}/authorize?`)]).toEqual([at, 303, true]);
      return left.to;
    },
  };
}

type Browser = ReturnType<typeof browser>;

/** Answers as the provider for a person; returns the address it redirects to. */
async function show(there: string, person: object): Promise<string> {
  provider.person = person as Provider['person'];
  const answer = await fetch(there, { redirect: 'manual' });
  expect(answer.status).toBe(303);
  return answer.headers.get('location')!.slice(origin.length);
}

/** Goes to the provider and back. */
const go = async (b: Browser, person: object, at?: string): Promise<Answer> =>
  b.get(await show(await b.leave(at), person));

let people = 0;

/** A member of staff with a password, signed in with it. */
async function somebody(roles: Parameters<typeof addFictionalStaff>[1]['roles'] = ['employee']) {
  const n = (people += 1);
  const email = `hito-${n}@example.jp`;
  const id = await addFictionalStaff(house.access, { name: `例示 人${n}`, email, roles, passwordHash: PASSWORD_HASH });
  const account = { sub: `subject-${n}`, email: `account-${n}@example.jp`, email_verified: true };
  const b = browser();
  const signIn = async (): Promise<void> => {
    await b.get('/sign-in');
    expect((await b.post('/sign-in', { email, password: PASSWORD })).to).toBe('/');
  };
  await signIn();
  return { id, email, account, b, signIn };
}

async function tied(roles?: Parameters<typeof addFictionalStaff>[1]['roles']) {
  const one = await somebody(roles);
  expect((await go(one.b, one.account, '/account/company/leave')).to).toBe('/account/company');
  await one.b.get('/account/company');
  expect((await one.b.post('/account/company', { current: PASSWORD })).to).toBe('/account?done=tied');
  return one;
}

const isIn = async (b: Browser): Promise<boolean> => (await b.get('/account')).status === 200;

/** The newest entry about a member of staff. */
async function lastOf(id: string, action: string): Promise<LogEntry | undefined> {
  const entries = await listEntries(house.db.app, { actions: [action], most: 200 });
  return entries.map(({ entry }) => entry).find(({ staff, actor }) => staff === id || actor === `staff:${id}`);
}

const subjects = async (to: string): Promise<string[]> => {
  while (await house.office.mail.sendNext());
  return letters.received
    .filter((one) => one.to.includes(to))
    .map(({ mail }) => (mail.subject ?? '').replace(/（.*/, ''));
};

/** Expects a redirect to a page that shows this trouble. */
async function told(b: Browser, answer: Answer, trouble: Trouble, at = '/sign-in?next=%2F&'): Promise<void> {
  expect([answer.status, answer.to]).toEqual([303, `${at}trouble=${trouble}`]);
  expect((await b.get(answer.to)).html).toContain(troubleWords[trouble].ja);
  expect(await isIn(b)).toBe(false);
}

describe('signing in', () => {
  test('whoever is tied comes in, to where they wanted to go, with a session of their own and an entry', async () => {
    const { id, account } = await tied(['officer']);
    const b = browser('en');
    const page = await b.get('/sign-in?next=%2Fstaff');
    expect(page.html).toContain(signInBy('例示アカウント').en);
    expect(page.html).toMatch(/<a [^>]*href="\/sign-in\/company\?next=%2Fstaff"[^>]*data-turbo="false"/);
    b.jar.set('sekisho', 'a'.repeat(43));
    // A cookie with an unknown token does not count as signed in.
    const came = await go(b, account, '/sign-in/company?next=%2Fstaff');
    expect([came.status, came.to]).toEqual([303, '/staff']);
    expect(b.jar.get('sekisho')).not.toBe('a'.repeat(43));
    expect((await b.get('/staff')).status).toBe(200);
    const entry = await lastOf(id, 'staff:sign-in');
    expect(entry).toMatchObject({ actor: `staff:${id}`, factor: 'company', session: expect.any(String) });
    expect((await readStaff(house.access, id))?.lang).toBe('en');
    for (const at of ['/sign-in', '/sign-in/company'])
      expect(await b.get(`${at}?next=%2Fstaff`)).toMatchObject({ status: 303, to: '/staff' });
  });

  test('the provider is asked with PKCE, state and nonce, other ones each time, and nothing of it is a person’s', async () => {
    const b = browser();
    const asked = [await b.leave(), await b.leave()].map((to) => new URL(to).searchParams);
    for (const query of asked) {
      expect(Object.fromEntries(query)).toMatchObject({
        client_id: CLIENT,
        response_type: 'code',
        redirect_uri: `${origin}/sign-in/company/back`,
        scope: 'openid email profile',
        code_challenge_method: 'S256',
      });
      for (const name of ['state', 'nonce', 'code_challenge']) expect(query.get(name)).toMatch(/^[\w-]{43}$/);
      expect(query.has('client_secret')).toBe(false);
    }
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked[0]!.get(name)).not.toBe(asked[1]!.get(name));
    const cookie = (await b.get('/sign-in/company')).headers
      .getSetCookie()
      .find((line) => line.startsWith('sekisho-visit='));
    expect(cookie).toMatch(/HttpOnly; SameSite=Lax; Max-Age=600$/);
  });

  test('roles come from here: what a token says of them is nothing', async () => {
    const { account } = await tied();
    const b = browser();
    const more = { ...account, roles: ['officer'], groups: ['officer'] };
    expect((await go(b, more)).to).toBe('/');
    expect((await b.get('/staff')).status).toBe(403);
  });

  test.each(['//example.com', 'https://example.com/', '/\\example.com', '/sign-out', 'javascript:alert(1)'])(
    'an address that is none of ours leads home: %s',
    async (next) => {
      const { account } = await tied();
      expect((await go(browser(), account, `/sign-in/company?next=${encodeURIComponent(next)}`)).to).toBe('/');
    },
  );

  test('two pages of one browser may be on the way at once', async () => {
    const { account } = await tied();
    const b = browser();
    const [one, other] = [await b.leave('/sign-in/company?next=%2Faccount'), await b.leave('/sign-in/company')];
    expect((await b.get(await show(other, account))).to).toBe('/');
    expect((await b.get(await show(one, account))).to).toBe('/account');
    expect(await isIn(b)).toBe(true);
  });

  test('keys that the provider changed count at once, of another kind too; the former ones do not', async () => {
    const { account } = await tied();
    const former = provider.rotate('ES256');
    expect((await go(browser(), account)).to).toBe('/');
    provider.doing.token = (claims) => signed(former, claims);
    const b = browser();
    await told(b, await go(b, account), 'refused');
    provider.rotate();
  });
});

describe('nobody comes in', () => {
  test('who is tied to nobody, however their e-mail is called', async () => {
    const { email, id } = await somebody(['officer']);
    for (const person of [
      { sub: 'stranger', email, email_verified: true },
      { sub: 'stranger' },
      { sub: id, email: 'nobody@example.jp' },
    ]) {
      const b = browser();
      await told(b, await go(b, person), 'unknown');
    }
  });

  test('whose subject is another than the one that was tied, and whoever has the same at another issuer', async () => {
    const { account } = await tied();
    const b = browser();
    await told(b, await go(b, { ...account, sub: `${account.sub}x` }), 'unknown');
    provider.doing.claims = (claims) => ({ ...claims, iss: 'https://login.example.jp' });
    await told(b, await go(b, account), 'refused');
    // Another provider may give the same number to somebody else.
    const settings = house.office.config.companySignIn!;
    const former = provider;
    provider = await openProvider(
      () => house.clock.now(),
      () => `${origin}/sign-in/company/back`,
    );
    settings.issuer = provider.issuer;
    await told(b, await go(b, account), 'unknown');
    await provider.close();
    provider = former;
    settings.issuer = provider.issuer;
    provider.doing = {};
    expect((await go(b, account)).to).toBe('/');
  });

  test('whoever left; and their account may be tied to whoever comes after them', async () => {
    const { id, account } = await tied();
    const b = browser();
    expect((await go(b, account)).to).toBe('/');
    expect((await endStaff(house.access, by, id)).ok).toBe(true);
    expect(await isIn(b)).toBe(false);
    await told(b, await go(b, account), 'unknown');
    const next = await somebody();
    await go(next.b, account, '/account/company/leave');
    await next.b.get('/account/company');
    expect((await next.b.post('/account/company', { current: PASSWORD })).to).toBe('/account?done=tied');
    expect(await lastOf(next.id, 'staff:tie')).toBeDefined();
  });

  test('without the cookie of the browser that left, or with another’s', async () => {
    const { account } = await tied();
    const b = browser();
    const back = await show(await b.leave(), account);
    const other = browser();
    await told(other, await other.get(back), 'over');
    await other.leave();
    await told(other, await other.get(back), 'over');
    // That attempt did not use the visit up.
    expect((await b.get(back)).to).toBe('/');
  });

  test('a second time with the same answer, nor with another’s code, nor of two at once more than one', async () => {
    const { account } = await tied();
    const b = browser();
    const back = await show(await b.leave(), account);
    const both = await Promise.all([b.get(back), b.get(back)]);
    expect(both.map(({ to }) => to).toSorted()).toEqual(['/', '/sign-in?next=%2F&trouble=over']);
    b.jar.delete('sekisho');
    await told(b, await b.get(back), 'over');
    const [code] = [new URL(await show(await browser().leave(), account), origin).searchParams.get('code')!];
    const own = new URL(await show(await b.leave(), account), origin);
    own.searchParams.set('code', code);
    await told(b, await b.get(own.pathname + own.search), 'refused');
  });

  test('after too long, also where the clock was set back; nothing is kept then of who was on the way', async () => {
    const { account } = await tied();
    for (const ms of [10 * MINUTE, -10 * MINUTE]) {
      const b = browser();
      const back = await show(await b.leave(), account);
      later(ms);
      await told(b, await b.get(back), 'over');
      await browser().leave();
      expect(await house.db.owner.query('SELECT key FROM sign_in_visits', [])).toHaveLength(1);
      later(-ms);
    }
  });

  test.each<[what: string, doing: Provider['doing'], trouble: Trouble]>([
    ['a cancelled sign-in', { answer: (q) => (q.delete('code'), q.set('error', 'access_denied')) }, 'cancelled'],
    [
      'an error of the provider, with words',
      { answer: (q) => (q.delete('code'), q.set('error', '<b>秘密</b>'), q.set('error_description', '秘密の説明')) },
      'refused',
    ],
    ['another issuer in the answer', { answer: (q) => q.set('iss', 'https://login.example.jp') }, 'refused'],
    ['no issuer in the answer', { answer: (q) => q.delete('iss') }, 'refused'],
    ['no code', { answer: (q) => q.delete('code') }, 'refused'],
    ['a code that is none', { answer: (q) => q.set('code', 'none') }, 'refused'],
    ['two states', { answer: (q) => q.append('state', 'another') }, 'refused'],
    ['another state', { answer: (q) => q.set('state', 'a'.repeat(43)) }, 'over'],
    ['another audience', { claims: (c) => ({ ...c, aud: 'another' }) }, 'refused'],
    ['more audiences and no party', { claims: (c) => ({ ...c, aud: [CLIENT, 'another'] }) }, 'refused'],
    ['a token that is over', { claims: (c) => ({ ...c, exp: Number(c.iat) - 60 }) }, 'refused'],
    ['a token of tomorrow', { claims: (c) => ({ ...c, nbf: Number(c.iat) + 86_400 }) }, 'refused'],
    ['another nonce', { claims: (c) => ({ ...c, nonce: 'a'.repeat(43) }) }, 'refused'],
    ['no nonce', { claims: (c) => ({ ...c, nonce: undefined }) }, 'refused'],
    ['no subject', { claims: (c) => ({ ...c, sub: undefined }) }, 'refused'],
    [
      'the key of another',
      {
        token: (claims, key) => signed({ ...key, pair: generateKeyPairSync('rsa', { modulusLength: 2048 }) }, claims),
      },
      'refused',
    ],
    ['no signature', { token: (claims, key) => signed(key, claims, { alg: 'none' }).replace(/[^.]*$/, '') }, 'refused'],
    ['a signature by the secret', { token: (claims, key) => signed(key, claims, { alg: 'HS256' }) }, 'refused'],
    ['no token at all', { token: () => '' }, 'refused'],
    ['a failure', { status: 500 }, 'away'],
    ['no address to be sent to', { discovery: (d) => ({ ...d, authorization_endpoint: undefined }) }, 'settings'],
    ['an address that has moved', { status: 404 }, 'settings'],
    [
      'an issuer that is not the one that is set',
      { discovery: (d) => ({ ...d, issuer: 'https://login.example.jp' }) },
      'settings',
    ],
    ['keys elsewhere, by http', { discovery: (d) => ({ ...d, jwks_uri: 'ftp://example.jp/keys' }) }, 'refused'],
  ])('%s', async (_, doing, trouble) => {
    const { account } = await tied();
    const b = browser();
    const there = await b.leave();
    provider.doing = doing;
    const answer = await b.get(await show(there, account));
    await told(b, answer, trouble);
    expect(answer.to + (await b.get(answer.to)).html).not.toMatch(/秘密|description/);
  });

  test.each(['discovery', 'token', 'keys'] as const)('where the provider never answers: %s', async (silent) => {
    const { account, email } = await tied();
    const b = browser();
    const there = await b.leave();
    provider.doing = { silent };
    await told(b, await b.get(await show(there, account)), 'away');
    // The password still lets them in.
    await b.get('/sign-in');
    expect((await b.post('/sign-in', { email, password: PASSWORD })).to).toBe('/');
  });
});

test('a provider that is away at the start stops nothing: the page says so, and the password lets in', async () => {
  const env = { SEKISHO_OIDC_ISSUER: 'http://127.0.0.1:9', SEKISHO_OIDC_CLIENT: CLIENT, SEKISHO_OIDC_SECRET: SECRET };
  const { config } = house.office;
  const before = config.companySignIn;
  config.companySignIn = readConfig(env, { dataFolder: '/nowhere' }).companySignIn;
  try {
    const b = browser();
    expect((await b.get('/sign-in')).html).toContain(signInBy('127.0.0.1').ja);
    await told(b, await b.get('/sign-in/company'), 'away');
    const { b: own } = await somebody();
    expect(await isIn(own)).toBe(true);
  } finally {
    config.companySignIn = before;
  }
});

test('without the setting there is no such way', async () => {
  const { config } = house.office;
  const before = config.companySignIn;
  const { b, account } = await tied();
  config.companySignIn = null;
  try {
    const stranger = browser();
    expect((await stranger.get('/sign-in')).html).not.toContain('/sign-in/company');
    for (const at of ['/sign-in/company', '/sign-in/company/back?code=x&state=y', '/invitation/x/company'])
      expect([at, (await stranger.get(at)).status]).toEqual([at, 404]);
    expect((await b.get('/account')).html).toContain(companyWords.off.ja);
    expect((await b.get('/account/company/leave')).status).toBe(404);
  } finally {
    config.companySignIn = before;
  }
  expect((await go(browser(), account)).to).toBe('/');
});

test('what is set half or wrongly stops the start with a sentence', () => {
  const right = { SEKISHO_OIDC_ISSUER: 'https://login.example.jp', SEKISHO_OIDC_CLIENT: 'a', SEKISHO_OIDC_SECRET: 'b' };
  const read = (env: Record<string, string>) => () => readConfig(env, { dataFolder: '/nowhere' }).companySignIn;
  expect(read(right)()).toEqual({
    issuer: 'https://login.example.jp',
    client: 'a',
    secret: 'b',
    name: 'login.example.jp',
    acr: [],
  });
  expect(read({})()).toBeNull();
  for (const missing of Object.keys(right)) expect(read({ ...right, [missing]: '' })).toThrow(/all three/);
  for (const issuer of [
    'http://login.example.jp',
    'login.example.jp',
    'ftp://localhost',
    'https://a:b@login.example.jp',
    'https://login.example.jp/?a',
  ])
    expect(read({ ...right, SEKISHO_OIDC_ISSUER: issuer })).toThrow(/must be the issuer/);
  expect(read({ ...right, SEKISHO_URL: 'http://sekisho.example.jp' })).toThrow(/needs https/);
  expect(read({ ...right, SEKISHO_URL: 'https://sekisho.example.jp' })()).not.toBeNull();
});

test('a required way of showing who one is, is asked for and held against the token', async () => {
  const { account } = await tied();
  const there = house.office.config.companySignIn!;
  there.acr = ['urn:example:mfa', 'urn:example:key'];
  try {
    for (const [acr, trouble] of [
      [undefined, 'weak'],
      ['urn:example:password', 'weak'],
      ['urn:example:key', null],
    ] as const) {
      const b = browser();
      const answer = await go(b, { ...account, acr });
      expect(provider.asked.at(-1)!.get('acr_values')).toBe('urn:example:mfa urn:example:key');
      if (trouble) await told(b, answer, trouble);
      else expect(answer.to).toBe('/');
    }
  } finally {
    there.acr = [];
  }
});

test.each(['client_secret_post', 'client_secret_basic'] as const)(
  'a provider that takes the secret in one way alone is given it so: %s',
  async (only) => {
    const { account } = await tied();
    provider.doing = { only };
    expect((await go(browser(), account)).to).toBe('/');
  },
);

test('whoever asks for the provider again and again waits, and the passwords of their office let in meanwhile', async () => {
  const { email } = await somebody();
  const from = { address: '192.0.2.7', browser: '' };
  const ask = async () => leave(house.access, { for: 'sign-in', next: '/' }, from);
  let left = await ask();
  for (let i = 0; i < 60 && left.ok; i += 1) left = await ask();
  expect(left).toEqual({ ok: false, trouble: 'busy' });
  expect((await signIn(house.access, { email, password: PASSWORD }, from.address)).ok).toBe(true);
  later(16 * MINUTE);
  expect((await ask()).ok).toBe(true);
});

test('so does whoever comes back each time as nobody; who comes back as somebody is in nobody’s way', async () => {
  const { account } = await tied();
  const ask = (address: string) => leave(house.access, { for: 'sign-in', next: '/' }, { address, browser: '' });
  const round = async (address: string, back: (there: URL) => Promise<URLSearchParams>) => {
    let left = await ask(address);
    for (let i = 0; i < 50 && left.ok; i += 1) {
      const { to, browser: secret } = left.value;
      await comeBack(house.access, await back(to), { address, browser: secret });
      left = await ask(address);
    }
    return left;
  };
  const cancelled = async (there: URL) =>
    new URLSearchParams({ state: there.searchParams.get('state')!, error: 'access_denied' });
  expect(await round('192.0.2.8', cancelled)).toEqual({ ok: false, trouble: 'busy' });
  const shown = async (there: URL) => new URL(await show(there.href, account), origin).searchParams;
  expect((await round('192.0.2.9', shown)).ok).toBe(true);
});

describe('tying', () => {
  test('takes the password, and is seen before it is done; the owner hears of it, and it is on record', async () => {
    const { id, email, account, b } = await somebody();
    expect((await b.get('/account')).html).toContain(companyWords.begin.ja);
    expect((await go(b, account, '/account/company/leave')).to).toBe('/account/company');
    const page = await b.get('/account/company');
    expect(page.html).toContain(account.email);
    expect(Object.keys(fieldsIn(page.html, '/account/company'))).toContain('current');
    const wrong = await b.post('/account/company', { current: 'wrong' });
    expect([wrong.status, wrong.html.includes(fieldWords.current.ja)]).toEqual([422, true]);
    expect((await readStaff(house.access, id))?.tied).toBe(false);
    expect((await b.post('/account/company', { current: PASSWORD })).to).toBe('/account?done=tied');
    const entry = await lastOf(id, 'staff:tie');
    expect(entry).toMatchObject({ staff: id, tie: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(JSON.stringify(entry)).not.toMatch(/account-|subject-/);
    expect(await subjects(email)).toContain('会社のサインインに結び付けました');
    // Only once: neither the same account nor another can be tied while the tie exists.
    for (const sub of [account.sub, 'another']) {
      await go(b, { sub }, '/account/company/leave');
      const anew = await b.post('/account/company', { current: PASSWORD });
      expect([anew.status, anew.html.includes('先に結び付きを外してください')]).toEqual([403, true]);
    }
    const [kept] = await house.db.owner.query<{ row: string }>('SELECT s::text AS row FROM staff s WHERE id = $1', [
      id,
    ]);
    expect(kept!.row).not.toMatch(/account-|subject-/);
  });

  test('shows on the pages of the staff, and in their file', async () => {
    const { id } = await tied();
    const officer = await somebody(['officer']);
    const all = await officer.b.get('/staff');
    expect(all.html).toContain(companyWords.ways.ja);
    expect((await officer.b.get(`/staff/${id}`)).html).toContain('関所のパスワード、会社のサインイン');
    expect((await officer.b.get('/staff/export/staff-utf8.csv')).html).toContain('関所のパスワード、会社のサインイン');
  });

  test('one account belongs to one person, of two at once too', async () => {
    const one = await tied();
    const others = [await somebody(), await somebody()];
    await go(others[0]!.b, one.account, '/account/company/leave');
    await others[0]!.b.get('/account/company');
    const refused = await others[0]!.b.post('/account/company', { current: PASSWORD });
    expect([refused.status, refused.html.includes(troubleWords.taken.ja.slice(0, 20))]).toEqual([422, true]);
    const account = { ...one.account, sub: 'shared' };
    for (const { b } of others) {
      await go(b, account, '/account/company/leave');
      await b.get('/account/company');
    }
    const [a, z] = await atOnce(
      house.db,
      'staff',
      () => others[0]!.b.post('/account/company', { current: PASSWORD }),
      () => others[1]!.b.post('/account/company', { current: PASSWORD }),
    );
    expect([a.status, z.status].toSorted()).toEqual([303, 422]);
  });

  test('only whoever left for it, still signed in, ties what was shown', async () => {
    const [one, other] = [await somebody(), await somebody()];
    const there = await one.b.leave('/account/company/leave');
    // The key of an account that waits to be tied does not work as a state.
    await other.b.get(await show(await other.b.leave('/account/company/leave'), other.account));
    const [session] = await house.db.owner.query<{ id: string }>(
      'SELECT id FROM staff_sessions WHERE staff_id = $1 AND ended_at IS NULL',
      [other.id],
    );
    const forged = new URLSearchParams({ code: 'x', state: `tie ${session!.id}`, iss: provider.issuer });
    expect((await other.b.get(`/sign-in/company/back?${forged}`)).to).toBe('/sign-in?next=%2F&trouble=over');
    expect((await other.b.get('/account/company')).status).toBe(200);
    // Somebody else has signed in at the browser meanwhile.
    one.b.jar.set('sekisho', other.b.jar.get('sekisho')!);
    expect((await one.b.get(await show(there, one.account))).to).toBe('/account?trouble=over');
    expect((await one.b.get('/account/company')).to).toBe('/account?trouble=over');
    // The same after the account was shown, before it is tied.
    other.b.jar.set('sekisho-visit', one.b.jar.get('sekisho-visit')!);
    one.b.jar.delete('sekisho');
    await one.signIn();
    expect((await go(one.b, one.account, '/account/company/leave')).to).toBe('/account/company');
    expect((await one.b.get('/account/company')).html).toContain(one.account.email);
    expect((await other.b.get('/account/company')).to).toBe('/account?trouble=over');
    const stranger = browser();
    expect((await stranger.get('/account/company/leave')).to).toMatch(/^\/sign-in\?next=/);
    const foreign = await house.fetch(
      new Request(`${origin}/account/company/leave`, {
        headers: { cookie: `sekisho=${other.b.jar.get('sekisho')}`, 'sec-fetch-site': 'cross-site' },
      }),
    );
    expect(foreign.status).toBe(403);
  });

  test('is taken off by the person with their password; what began elsewhere ends', async () => {
    const { id, email, account, b } = await tied();
    const there = browser();
    expect((await go(there, account)).to).toBe('/');
    await b.get('/account');
    expect((await b.post('/account/company/end', { 'company-proof': 'wrong' })).status).toBe(422);
    expect((await b.post('/account/company/end', { 'company-proof': PASSWORD })).to).toBe('/account?done=untied');
    expect([await isIn(there), await isIn(b)]).toEqual([false, true]);
    await told(there, await go(there, account), 'unknown');
    expect(await lastOf(id, 'staff:untie')).toMatchObject({ staff: id, ended: 1 });
    expect(await subjects(email)).toContain('会社のサインインとの結び付きを外しました');
    expect((await b.post('/account/company/end', { 'company-proof': PASSWORD })).status).toBe(403);
  });

  test('is not taken off with a password that was changed while it was checked', async () => {
    const { id, account, b } = await tied();
    await b.get('/account');
    const token = b.jar.get('sekisho')!;
    const own: By = {
      actor: { kind: 'staff', id, name: '', roles: ['employee'] },
      authority: [],
    };
    const next = 'kaze-ga-fuku-oka';
    const [changed, untied] = await atOnce(
      house.db,
      'log_entries',
      () => changePassword(house.access, own, token, { current: PASSWORD, password: next, passwordAgain: next }),
      () => b.post('/account/company/end', { 'company-proof': PASSWORD }),
    );
    expect([changed.ok, untied.status, untied.html.includes('いまのパスワードを入れてください')]).toEqual([
      true,
      422,
      true,
    ]);
    expect(await readStaff(house.access, id)).toMatchObject({ tied: true, password: true });
    expect(await lastOf(id, 'staff:untie')).toBeUndefined();
    expect((await go(browser(), account)).to).toBe('/');
  });

  test('is taken off with everything else by whoever lets them in anew', async () => {
    const { id, account } = await tied();
    const there = browser();
    await go(there, account);
    expect((await resetStaff(house.access, by, id)).ok).toBe(true);
    expect(await readStaff(house.access, id)).toMatchObject({ state: 'invited', tied: false, password: false });
    expect(await isIn(there)).toBe(false);
    await told(there, await go(there, account), 'unknown');
  });
});

describe('the company’s sign-in alone', () => {
  test('lets in without a password, which is gone; on the pages is nothing that asks for one', async () => {
    const { id, email, account, b } = await tied();
    await b.get('/account');
    expect((await b.post('/account/company/alone', { 'company-proof': PASSWORD })).to).toBe('/account?done=alone');
    const own = await b.get('/account');
    expect([own.html.includes('type="password"'), own.html.includes(companyWords.alone.ja)]).toEqual([false, true]);
    for (const at of ['person', 'password', 'recovery-codes', 'company', 'company/end', 'company/alone'])
      expect([at, (await b.post(`/account/${at}`, {})).status]).not.toEqual([at, 200]);
    const c = browser();
    await c.get('/sign-in');
    expect((await c.post('/sign-in', { email, password: PASSWORD })).status).toBe(422);
    expect((await go(c, account)).to).toBe('/');
    expect(await lastOf(id, 'staff:tie-alone')).toMatchObject({ staff: id });
    expect(await readStaff(house.access, id)).toMatchObject({ state: 'active', password: false, tied: true });
  });

  test('is not for whoever is not tied: their password lets them in as before', async () => {
    const { id, b, signIn } = await somebody();
    await b.get('/account');
    const refused = await b.post('/account/company/alone', { 'company-proof': PASSWORD });
    expect([refused.status, refused.html.includes('会社のサインインに結び付いていません')]).toEqual([403, true]);
    expect(await readStaff(house.access, id)).toMatchObject({ tied: false, password: true });
    expect(await lastOf(id, 'staff:tie-alone')).toBeUndefined();
    b.jar.clear();
    await signIn();
  });

  test('is not for the last officer who has a password, nor does that one leave for one without', async () => {
    const last = house.staff.officer!;
    for (const one of await house.db.owner.query<{ id: string }>(
      `SELECT id FROM staff WHERE 'officer' = ANY (roles) AND ended_at IS NULL AND id <> $1`,
      [last],
    ))
      await endStaff(house.access, by, one.id);
    const { id, b } = await tied(['officer']);
    await b.get('/account');
    expect((await b.post('/account/company/alone', { 'company-proof': PASSWORD })).to).toBe('/account?done=alone');
    for (const outcome of [
      await endStaff(house.access, by, last),
      await resetStaff(house.access, by, last),
      await changeRoles(house.access, by, last, ['employee']),
    ])
      expect(JSON.stringify(outcome)).toContain('パスワードで入れる個人情報保護管理者がいなくなります');
    expect((await endStaff(house.access, by, id)).ok).toBe(true);
    const other = await tied(['officer']);
    await house.db.owner.query('UPDATE staff SET password_hash = NULL WHERE id = $1', [last]);
    await other.b.get('/account');
    const refused = await other.b.post('/account/company/alone', { 'company-proof': PASSWORD });
    expect([refused.status, refused.html.includes('パスワードで入れる個人情報保護管理者がいなくなります')]).toEqual([
      403,
      true,
    ]);
    await house.db.owner.query('UPDATE staff SET password_hash = $2 WHERE id = $1', [last, PASSWORD_HASH]);
  });
});

describe('an invitation', () => {
  async function invited(roles: Parameters<typeof inviteStaff>[2]['roles'] = ['employee']) {
    const n = (people += 1);
    const email = `hito-${n}@example.jp`;
    const outcome = await inviteStaff(house.access, by, { name: `例示 人${n}`, email, roles });
    if (!outcome.ok) throw new Error('nobody was invited');
    const { id, link } = outcome.value;
    return {
      id,
      email,
      path: new URL(link).pathname,
      account: { sub: `subject-${n}`, email: email.toUpperCase(), email_verified: true },
    };
  }

  test('is accepted at the provider where that vouches for the e-mail that was invited', async () => {
    const { id, email, path, account } = await invited();
    const b = browser();
    expect((await b.get(path)).html).toContain(`href="${path}/company"`);
    expect((await go(b, account, `${path}/company`)).to).toBe('/');
    expect(await isIn(b)).toBe(true);
    expect(await readStaff(house.access, id)).toMatchObject({ state: 'active', password: false, tied: true });
    expect(await lastOf(id, 'staff:enter')).toMatchObject({ staff: id, credentials: null, tie: expect.any(String) });
    expect(await subjects(email)).toContain('会社のサインインで登録しました');
    expect((await go(browser(), account)).to).toBe('/');
    const again = browser();
    expect((await again.get(path)).status).toBe(404);
    for (const none of [path, '/invitation/%0d%0ax', '/invitation/..%2F..%2F%2Fexample.com'])
      expect([none, (await again.get(`${none}/company`)).status]).toEqual([none, 404]);
  });

  test('lets in the first of two who show it at once, and nobody else by it', async () => {
    const { email, path } = await invited();
    const link = path.split('/').at(-1)!;
    const known = (subject: string) => ({ issuer: provider.issuer, subject, shown: '', verifiedEmail: email });
    const came = await atOnce(
      house.db,
      'staff_links',
      () => enterTied(house.access, link, known('first')),
      () => enterTied(house.access, link, known('second')),
    );
    expect(came).toEqual([
      { ok: true, value: expect.anything() },
      { ok: false, trouble: 'link' },
    ]);
    expect((await signInTied(house.access, known('first'))).ok).toBe(true);
    expect(await signInTied(house.access, known('second'))).toEqual({ ok: false, trouble: 'unknown' });
  });

  test.each<[what: string, person: object]>([
    ['that is another', { email: 'other@example.jp' }],
    ['that it does not vouch for', { email_verified: false }],
    ['that it says nothing of', { email_verified: undefined }],
    ['that it vouches for in a word alone', { email_verified: 'true' }],
    ['that there is none of', { email: undefined }],
  ])('is not accepted by an e-mail %s', async (_, person) => {
    const { id, path, account } = await invited();
    const b = browser();
    await told(b, await go(b, { ...account, ...person }, `${path}/company`), 'email', `${path}?`);
    expect((await readStaff(house.access, id))?.state).toBe('invited');
  });

  test('is accepted, too, where the provider says the e-mail only when it is asked for it, and of no other person', async () => {
    const { id, path, account } = await invited();
    const { sub, ...said } = account;
    for (const [userinfo, trouble] of [
      [{ sub: 'another', ...said }, 'refused'],
      [{ sub, email: said.email }, 'email'],
    ] as const) {
      provider.doing.userinfo = userinfo;
      const b = browser();
      await told(b, await go(b, { sub }, `${path}/company`), trouble, `${path}?`);
    }
    provider.doing.userinfo = account;
    expect((await go(browser(), { sub }, `${path}/company`)).to).toBe('/');
    expect((await readStaff(house.access, id))?.tied).toBe(true);
    // A sign-in uses the token alone, not the user info.
    provider.doing.userinfo = { sub: 'another' };
    expect((await go(browser(), { sub })).to).toBe('/');
  });

  test('takes a password from the first who has a role that somebody must come in with while the provider is away', async () => {
    // There is an officer with a password, and no administrator.
    for (const [role, trouble] of [
      ['administrator', 'password'],
      ['officer', null],
    ] as const) {
      const { path, account } = await invited([role]);
      const b = browser();
      const answer = await go(b, account, `${path}/company`);
      if (trouble) await told(b, answer, trouble, `${path}?`);
      else expect(answer.to).toBe('/');
    }
  });

  test('is not accepted by an account that is somebody’s, nor lets a link that was replaced anybody in', async () => {
    const one = await tied();
    const { id, path, account } = await invited();
    const b = browser();
    await told(b, await go(b, { ...account, sub: one.account.sub }, `${path}/company`), 'taken', `${path}?`);
    const there = await b.leave(`${path}/company`);
    expect((await resetStaff(house.access, by, id)).ok).toBe(true);
    expect((await b.get(await show(there, account))).to).toBe(`${path}?trouble=link`);
    expect(await isIn(b)).toBe(false);
  });
});

describe('the log', () => {
  const proved = async () => {
    const [prover] = accessProvers({ access: house.access });
    return prover!.prove(house.office);
  };

  test('a tie that somebody wrote into the database breaks the promise', async () => {
    const { id } = await tied();
    expect((await proved()).state).toBe('kept');
    const [before] = await house.db.owner.query<{ tie: Buffer }>('SELECT tie_index AS tie FROM staff WHERE id = $1', [
      id,
    ]);
    const write = (tie: Buffer | null) =>
      house.db.owner.query('UPDATE staff SET tie_index = $2 WHERE id = $1', [id, tie]);
    for (const tie of [Buffer.alloc(32, 7), null]) {
      await write(tie);
      const { state, evidence } = await proved();
      expect([state, JSON.stringify(evidence).includes('会社のサインインとの結び付き')]).toEqual(['broken', true]);
    }
    await write(before!.tie);
    expect((await proved()).state).toBe('kept');
  });

  test('after a backup of before was brought back, a tie that was taken off since lets nobody in', async () => {
    const [kept, off] = [await tied(), await tied()];
    const [row] = await house.db.owner.query<{ tie: Buffer }>('SELECT tie_index AS tie FROM staff WHERE id = $1', [
      off.id,
    ]);
    await off.b.get('/account');
    await off.b.post('/account/company/end', { 'company-proof': PASSWORD });
    await house.db.owner.query('UPDATE staff SET tie_index = $2 WHERE id = $1', [off.id, row!.tie]);
    const waiting = browser();
    const there = await waiting.leave();
    await house.db.app.transaction((tx) => letInAsLogged(tx, house.clock.now()));
    expect(await readStaff(house.access, off.id)).toMatchObject({ state: 'invited', tied: false });
    expect(await readStaff(house.access, kept.id)).toMatchObject({ state: 'active', tied: true });
    await told(waiting, await waiting.get(await show(there, kept.account)), 'over');
    expect((await go(browser(), kept.account)).to).toBe('/');
  });
});
