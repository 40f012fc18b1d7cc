// Very many sign in at once: most are checked in turn, those for whom there is no place are told to come back, and nobody is locked for it.

import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PASSWORD } from '../house.ts';
import { hashing } from '../../src/features/access/actions/credentials.ts';
import { httpServer } from '../../src/platform/http/index.ts';
import { ENTRIES, openServer, type TestServer } from '../server.ts';

let server: TestServer;
let listening: Server;
beforeAll(async () => {
  // Behind a proxy, which says from where each request comes.
  server = await openServer({ env: { SEKISHO_URL: 'https://privacy.example.jp' } });
  listening = httpServer(server.app.listener()).listen(0, '127.0.0.1');
  await once(listening, 'listening');
});
afterAll(async () => {
  listening.close();
  await server.close();
});

const signingIn = async (from: number, email: string, password: string, lang = 'ja') => {
  const answer = await fetch(`http://127.0.0.1:${(listening.address() as AddressInfo).port}/sign-in`, {
    method: 'POST',
    body: new URLSearchParams({ email, password }),
    headers: { cookie: `lang=${lang}`, 'x-forwarded-for': `192.0.2.${from}` },
    redirect: 'manual',
  });
  return { status: answer.status, retryAfter: answer.headers.get('retry-after'), html: await answer.text() };
};

const failuresCounted = async (): Promise<number> => {
  const [row] = await server.db.owner.query<{ n: number }>(
    'SELECT coalesce(sum(failures), 0)::int AS n FROM sign_in_attempts',
    [],
  );
  return row!.n;
};

const entries = () => server.db.owner.query(`SELECT action FROM ${ENTRIES} e WHERE actor <> 'sekisho' ORDER BY id`, []);

test('of two hundred who sign in at once each is checked or told to come back, and only who was checked is counted', async () => {
  const before = [await failuresCounted(), await entries()];
  expect(before[0]).toBe(0);
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, i) =>
      signingIn(i + 1, `nobody-${i}@example.jp`, 'no-such-word', i % 2 === 0 ? 'ja' : 'en'),
    ),
  );
  const of = (status: number) => answers.filter((one) => one.status === status);
  const [checked, refused] = [of(422), of(503)];
  expect(checked.length + refused.length).toBe(200);
  // As many as there are places come first, whatever is worked off meanwhile.
  expect(checked.length).toBeGreaterThanOrEqual(50);
  expect(refused.length).toBeGreaterThan(0);
  for (const { html } of checked)
    expect(html).toMatch(/メールアドレスかパスワードが違います|E-mail or password is wrong/);
  const says = new Set(
    refused.map(({ retryAfter, html }) => `${retryAfter} ${/<h1[^>]*>(.*?)<\/h1>/.exec(html)?.[1]}`),
  );
  expect([...says].toSorted()).toEqual(['1 Too busy at the moment', '1 混み合っています']);
  // One attempt of the address and one of the account.
  expect(await failuresCounted()).toBe(2 * checked.length);
  expect(await entries()).toEqual(before[1]);
  expect(server.reported).toEqual([]);
});

test('who was refused though the password was right has no attempt against them, and comes in afterwards', async () => {
  const own = async (): Promise<number> => (await signingIn(250, 'desk@example.jp', PASSWORD)).status;
  const crowd = new AbortController();
  const over = once(crowd.signal, 'abort');
  const places = Array.from({ length: 50 }, () => hashing(() => over));
  const before = await failuresCounted();
  // More often than would lock an account.
  for (let i = 0; i < 12; i++) expect(await own()).toBe(503);
  expect(await failuresCounted()).toBe(before);
  crowd.abort();
  await Promise.all(places);
  expect(await own()).toBe(303);
});
