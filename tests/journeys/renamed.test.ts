// A member of staff marries: their charges stay with them, and every page shows the new name, also for what they did before.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { addFictionalStaff, type By } from '../../src/features/access/index.ts';
import { assign, registerRequest } from '../../src/features/desk/index.ts';
import { registerHolding } from '../../src/features/ledger/index.ts';
import { PASSWORD_HASH } from '../house.ts';
import { must, openServer, readers, type TestServer } from '../server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());

test('a new name stands wherever the old one did', async () => {
  const { app, office } = server;
  const before = { name: '旧姓 優子', email: 'yuko.kyusei@example.jp' };
  const after = { name: '辻󠄀 優子', email: 'yuko.tsuji@example.jp' };
  const roles = ['desk', 'handler'] as const;
  const id = await addFictionalStaff(app.access, { ...before, roles, passwordHash: PASSWORD_HASH });
  const by: By = { actor: { kind: 'staff', id, name: before.name, roles }, authority: [] };
  const name = { ja: '会員台帳', en: 'Members' };
  const holding = must(await registerHolding(app, by, { ...readers, name, manager: id })).id;
  const { case: one } = must(
    await registerRequest(app, by, {
      kind: 'disclosure',
      scope: 'customer',
      arrivedOn: office.clock.today(),
      channel: 'letter',
      lang: 'ja',
      sender: { name: '例示 花子', address: '東京都例示区1-2-3', email: '' },
      says: '',
      another: false,
    }),
  );
  must(await assign(app, by, one.row.id, { seen: 1 }, { on: office.clock.today(), to: id }));
  const { cookie, csrf } = await server.session('officer');
  const pages = ['/staff', `/staff/${id}`, '/ledger', `/ledger/${holding}`, '/desk', `/desk/${one.row.id}`, '/log'];
  const named = async (who: string): Promise<[string, boolean][]> => {
    const found: [string, boolean][] = [];
    for (const at of pages) {
      const page = await server.fetch(`${at}?lang=ja`, { headers: { cookie } });
      found.push([at, (await page.text()).includes(who)]);
    }
    return found;
  };
  const everywhere = pages.map((at) => [at, true]);
  expect(await named(before.name)).toEqual(everywhere);
  const seen = { 'seen-name': before.name, 'seen-email': before.email };
  const body = new URLSearchParams({ csrf, ...seen, ...after });
  const answer = await server.fetch(`/staff/${id}/person`, { method: 'POST', body, headers: { cookie } });
  expect([answer.status, answer.headers.get('location')]).toEqual([303, `/staff/${id}?done=name-email`]);
  expect(await named(after.name)).toEqual(everywhere);
  expect(await named(before.name)).toEqual(pages.map((at) => [at, false]));
  const log = await (await server.fetch('/log?action=staff:change&lang=ja', { headers: { cookie } })).text();
  expect(log).toContain('従業者の名前かメールアドレスの変更');
  const [, entry] = /\/log\/entries\/([0-9a-f-]{36})/.exec(log)!;
  const said = await (await server.fetch(`/log/entries/${entry}?lang=ja`, { headers: { cookie } })).text();
  expect(said).toMatch(/変えたところ[\s\S]*名前[\s\S]*メールアドレス/);
  expect(said).not.toMatch(/kyusei|tsuji|旧姓/);
});
