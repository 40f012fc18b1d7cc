// A token that ends soon, such as that of the nightly export of the log: those who may manage systems see it on home and are told once by mail.

import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  createSystem,
  createToken,
  listSystems,
  revokeToken,
  tellOfEndingTokens,
  withTokens,
} from '../../src/features/access/index.ts';
import { readAccessPolicies } from '../../src/features/access/facts/policies.ts';
import type { Role } from '../../src/base/actor.ts';
import { standingClock } from '../../src/platform/clock.ts';
import { mailServer } from '../smtp.ts';
import { must, openServer, type TestServer } from '../server.ts';

const MADE = '2026-12-01T10:00:00+09:00';
const by = { actor: { kind: 'sekisho' }, authority: [] } as const;

const mail = mailServer();
const clock = standingClock(MADE);
let server: TestServer;
beforeAll(async () => {
  const env = { SEKISHO_SMTP: `smtp://localhost:${await mail.serve()}`, SEKISHO_MAIL_FROM: 'sekisho@example.jp' };
  server = await openServer({ clock, env });
});
afterAll(async () => {
  await server.close();
  await mail.close();
});

async function token(name: string, days: number): Promise<string> {
  const { access } = server.app;
  const { id } = must(await createSystem(access, by, { name }));
  return must(await createToken(access, by, { systemId: id, actions: ['log:export'], purposes: [], days }, [])).id;
}

/** What home tells somebody to do about tokens, with the day. */
async function onHome(role: Role): Promise<string[]> {
  const { cookie } = await server.session(role);
  const html = await (await server.fetch('/morning-sheet', { headers: { cookie } })).text();
  const rows = html.split(/<tr|<\/tr>/).filter((row) => row.includes('のトークン'));
  return rows.map((row) =>
    row
      .replaceAll(/^[^>]*>|<[^>]+>/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  );
}

/** To whom and about what, of each letter about tokens so far. The office sends letters too, so one may be on its way. */
async function letters(): Promise<string[]> {
  while (await server.office.mail.sendNext());
  return mail.received
    .map(({ mail: { subject }, to }) => `${to.join()} ${subject}`)
    .filter((one) => one.includes('トークン'))
    .toSorted();
}

const go = (day: string): void => clock.moveTo(`${day}T10:00:00+09:00`);

test('it is on home of those who may replace it, and in one letter to each of them', async () => {
  const { access } = server.app;
  // The token that every test server has.
  for (const { tokens } of await withTokens(access, await listSystems(access)))
    for (const { id } of tokens) must(await revokeToken(access, by, id));
  await token('夜間の書き出し', 90);
  await token('在庫管理', 90);
  const short = await token('会員サイト', 30);
  await token('販売管理', 365);
  go('2026-12-20');
  expect(await onHome('administrator')).toEqual([]);
  expect(await tellOfEndingTokens(access)).toBe(0);

  // A short life is named in its last third only: whoever made it yesterday knows.
  go('2026-12-21');
  expect(await onHome('administrator')).toEqual([expect.stringMatching(/^あと10日 .*会員サイト.*準備$/)]);
  // Where nobody may replace it, it stays to be told.
  const rules = '@id("own-forbid") forbid (principal is Staff, action == Action::"systems:write", resource);';
  const policies = readAccessPolicies(`${access.policies.text}\n${rules}`, 'own.cedar');
  expect(await tellOfEndingTokens({ ...access, policies })).toBe(0);
  expect(await tellOfEndingTokens(access)).toBe(1);
  const toBoth = (number: string): string[] =>
    ['administrator', 'officer'].map(
      (role) => `${role}@example.jp まもなく期限の切れるトークンがあります（${number}）`,
    );
  await expect.poll(letters).toEqual(toBoth('1件、期限は2026年12月31日'));
  expect(await tellOfEndingTokens(access)).toBe(0);

  go('2026-12-29');
  must(await revokeToken(access, by, short));
  expect(await onHome('administrator')).toEqual([]);

  go('2027-01-30');
  for (const role of ['administrator', 'officer'] as const)
    expect((await onHome(role)).toSorted()).toEqual(
      // Made in the same millisecond, they stand in either order.
      ['在庫管理', '夜間の書き出し'].map((name) => expect.stringMatching(new RegExp(`^あと30日 .*「${name}」`))),
    );
  for (const role of ['desk', 'auditor'] as const) expect(await onHome(role)).toEqual([]);
  const both = await Promise.all([tellOfEndingTokens(access), tellOfEndingTokens(access)]);
  expect(both.toSorted()).toEqual([0, 2]);
  const all = [...toBoth('1件、期限は2026年12月31日'), ...toBoth('2件、最初の期限は2027年3月1日')].toSorted();
  await expect.poll(letters).toEqual(all);

  // One that has ended is on the page of the systems only.
  go('2027-03-02');
  expect(await onHome('administrator')).toEqual([]);
  expect([await tellOfEndingTokens(access), await letters()]).toEqual([0, all]);
});
