// The search in the head of the office: what each role finds and does not find, by the actions that guard the pages; that no person is found by it;
// and that what was typed is kept nowhere.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failuresIn } from '../house.ts';
import { roles, type Action, type Role } from '../../src/base/actor.ts';
import { demoAccounts } from '../../src/demo.ts';
import { createSystem, listStaff } from '../../src/features/access/index.ts';
import { furnishedOffice, type Furnished } from '../furnished.ts';
import { like, shown } from '../links.ts';
import { must } from '../server.ts';

const reported: string[] = [];
let house: Furnished;
const sessions = {} as Record<Role, { cookie: string; csrf: string }>;

const url = (to: string): string => `${house.office.config.publicUrl}${to}`;
const go = (role: Role, to: string, lang = 'ja'): Response | Promise<Response> =>
  house.app.fetch(new Request(url(to), { headers: { cookie: `${sessions[role].cookie}; lang=${lang}` } }));

async function enter(role: Role): Promise<{ cookie: string; csrf: string }> {
  const { email, password } = demoAccounts.find((account) => account.role === role)!;
  const body = new URLSearchParams({ email, password });
  const answer = await house.app.fetch(new Request(url('/sign-in'), { method: 'POST', body }));
  const cookie = answer.headers.get('set-cookie')!.split(';')[0]!;
  const page = await (await house.app.fetch(new Request(url('/search'), { headers: { cookie } }))).text();
  return { cookie, csrf: /name="csrf" value="([^"]+)"/.exec(page)![1]! };
}

async function typed(role: Role, q: string, lang = 'ja'): Promise<{ status: number; main: string; whole: string }> {
  const { cookie, csrf } = sessions[role];
  const answer = await house.app.fetch(
    new Request(url('/search'), {
      method: 'POST',
      body: new URLSearchParams({ csrf, q }),
      headers: { cookie: `${cookie}; lang=${lang}` },
    }),
  );
  const whole = await answer.text();
  return { status: answer.status, whole, main: /<main.*<\/main>/s.exec(whole)![0] };
}

/** The links of what was found, in order. */
const linksIn = (main: string): string[] =>
  [...main.matchAll(/<a class="font-bold" href="([^"]*)"/g)].map(([, href]) => shown(href!));
const found = async (role: Role, q: string, lang?: string): Promise<string[]> =>
  linksIn((await typed(role, q, lang)).main);

beforeAll(async () => {
  house = await furnishedOffice((line) => reported.push(line));
  must(await createSystem(house.app.access, { actor: { kind: 'sekisho' }, authority: [] }, { name: '会員サイト' }));
  for (const role of roles) sessions[role] = await enter(role);
});
afterAll(() => house?.close());

/** Each kind of thing that has a number: one of them, and the action that its page needs, written here apart from the code. */
const kinds: [what: string, sql: string, may: Action][] = [
  ['/ledger/', 'SELECT id AS n, id FROM holdings', 'ledger:read'],
  ['/ledger/', 'SELECT code AS n, id FROM holdings', 'ledger:read'],
  ['/recipients/', 'SELECT id AS n, id FROM recipients', 'ledger:read'],
  [
    '/recipients/',
    "SELECT reference AS n, recipient_id AS id FROM recipient_assurances WHERE reference LIKE '%例示-0417'",
    'ledger:read',
  ],
  ['/joint-uses/', 'SELECT id AS n, id FROM joint_uses', 'ledger:read'],
  ['/transmissions/', 'SELECT id AS n, id FROM web_sites', 'ledger:read'],
  ['/related/collections/', 'SELECT id AS n, id FROM related_collections', 'ledger:read'],
  ['/related/provisions/', 'SELECT id AS n, id FROM related_provisions', 'records:read'],
  ['/related/receipts/', 'SELECT id AS n, id FROM related_receipts', 'records:read'],
  ['/packages/', 'SELECT id AS n, id FROM packages', 'packages:read'],
  ['/provisions/', 'SELECT id AS n, id FROM provisions', 'records:read'],
  ['/acquisitions/', 'SELECT id AS n, id FROM acquisitions', 'records:read'],
  ['/consents/', 'SELECT id AS n, id FROM consents', 'records:read'],
  ['/consents/objections/', 'SELECT id AS n, id FROM consent_objections', 'records:read'],
  ['/consents/texts/', "SELECT id AS n, code || '/' || version AS id FROM consent_texts", 'ledger:read'],
  ['/uses-beyond/', 'SELECT id AS n, id FROM uses_beyond', 'records:read'],
  ['/desk/', 'SELECT id AS n, id FROM requests', 'requests:read'],
  ['/desk/', "SELECT format('R-%s-%s', year, lpad(serial::text, 3, '0')) AS n, id FROM requests", 'requests:read'],
  ['/systems?of=', 'SELECT id AS n, id FROM systems', 'staff:read'],
  ['/log/entries/', 'SELECT id AS n, id FROM log_leaves WHERE position = 7', 'log:read'],
  ['/log/entries/', 'SELECT position AS n, id FROM log_leaves WHERE position = 7', 'log:read'],
  ['/countries/', "SELECT 'SG' AS n, 'SG' AS id", 'ledger:read'],
  ['/living-policy#c', "SELECT '12' AS n, '12' AS id", 'policy:read'],
  ['/ledger/', 'SELECT name_ja AS n, id FROM holdings', 'ledger:read'],
  ['/ledger/', 'SELECT lower(name_en) AS n, id FROM holdings', 'ledger:read'],
  ['/recipients/', "SELECT content->>'name' AS n, recipient_id AS id FROM recipient_versions", 'ledger:read'],
];

describe.each(roles)('%s', (role) => {
  test('finds each thing whose page they may open, and none whose page they may not', async () => {
    const actor = { kind: 'staff', id: role, name: '', roles: [role] } as const;
    for (const [what, sql, may] of kinds) {
      const rows = await house.db.owner.query<{ n: string | number; id: string }>(`${sql} LIMIT 2`, []);
      expect([sql, rows.length > 0]).toEqual([sql, true]);
      const { allowed } = house.app.access.policies.decide(actor, may);
      for (const { n, id } of rows)
        expect([sql, (await found(role, String(n))).includes(what + id)]).toEqual([sql, allowed]);
    }
  });

  test('is led to nothing that is closed to them', async () => {
    const words = [
      'a',
      'e',
      'の',
      'する',
      '1',
      '同意',
      '提供',
      '台帳',
      '方針',
      '記録',
      '例示',
      'list',
      'policy',
      'Japan',
    ];
    const led = new Set<string>();
    for (const word of words) {
      const { main } = await typed(role, word);
      for (const [, href] of main.matchAll(/ href="(\/[^"#]*)/g)) led.add(shown(href!));
    }
    expect(led.size).toBeGreaterThan(words.length);
    const ofEachKind = new Map([...led].map((href) => [like(href), href]));
    for (const href of ofEachKind.values())
      expect([role, href, (await go(role, href)).status]).toEqual([role, href, 200]);
  });
});

test('a number typed whole stands first, and a kind by its closest', async () => {
  const [row] = await house.db.owner.query<{ id: string; year: number; serial: number }>(
    'SELECT id, year, serial FROM requests ORDER BY id LIMIT 1',
    [],
  );
  const number = `${row!.year}${String(row!.serial).padStart(3, '0')}`;
  for (const q of [`r-${number}`, `Ｒ ${number}`, ` R${number} `]) {
    expect([q, (await found('desk', q))[0]]).toEqual([q, `/desk/${row!.id}`]);
  }
  expect((await found('officer', 'P3'))[0]).toMatch(/^\/living-policy#c\d+$/);
  expect((await found('officer', '提供先'))[0]).toBe('/recipients');
  expect((await found('officer', 'recipients'))[0]).toBe('/recipients');
  expect(await found('handler', '取得')).toContain('/acquisitions/new');
  expect(await found('auditor', '取得')).toContain('/acquisitions');
  expect(await found('reception', '台帳')).not.toContain('/ledger');
  expect(await found('employee', '方針')).toContain('/living-policy');
  // A tag by its name and by its recipient.
  const [site] = await house.db.owner.query<{ id: string; tag: string; name: string; to: string }>(
    `SELECT r.site_id AS id, t->>'code' AS tag, t->'name'->>'ja' AS name, t->'recipient'->'name'->>'ja' AS to
     FROM web_registers r, jsonb_array_elements(to_jsonb(r)->'tags') t ORDER BY r.version DESC LIMIT 1`,
    [],
  );
  for (const q of [site!.name, site!.to])
    expect([q, await found('handler', q)]).toEqual([
      q,
      expect.arrayContaining([`/transmissions/${site!.id}/tags/${site!.tag}`]),
    ]);
});

test('packages are found by who gets them, as they have no name of their own', async () => {
  const [row] = await house.db.owner.query<{ id: string; name: string }>(
    `SELECT p.id, v.content->>'name' AS name FROM packages p JOIN recipient_versions v USING (recipient_id)
     ORDER BY p.id DESC LIMIT 1`,
    [],
  );
  expect(await found('handler', row!.name)).toContain(`/packages/${row!.id}`);
  expect(await found('reception', row!.name)).toEqual([]);
});

test('consultations are found by whoever sees them: their own, or all of them', async () => {
  const rows = await house.db.owner.query<{ id: string; by_actor: string }>(
    'SELECT id, by_actor FROM consultations',
    [],
  );
  expect(rows.length).toBeGreaterThan(0);
  for (const { id, by_actor: by } of rows)
    for (const role of ['officer', 'auditor', 'handler', 'employee'] as const) {
      const answer = await go(role, `/ask/consultations/${id}`);
      expect([role, by, await found(role, id)]).toEqual([
        role,
        by,
        answer.status === 200 ? expect.arrayContaining([`/ask/consultations/${id}`]) : [],
      ]);
    }
});

describe('nobody is found', () => {
  /** The page with the typed text masked. */
  const without = (main: string, q: string): string => main.replaceAll(q, '…');

  test('by an e-mail address, a telephone number or a name, which no register is looked through for', async () => {
    const nothing = without((await typed('officer', 'zz@example.jp')).main, 'zz@example.jp');
    for (const q of ['officer@example.jp', '03-0000-0000', '+81 90 0000 0000']) {
      for (const role of roles) expect([role, q, await found(role, q)]).toEqual([role, q, []]);
      expect(without((await typed('officer', q)).main, q)).toBe(nothing);
    }
    expect(nothing).toContain('href="/people"');
    expect((await typed('employee', 'zz@example.jp')).main).not.toContain('/people');
    // Members of staff are people too.
    for (const { id, name } of await listStaff(house.app.access))
      expect([name, await found('officer', name), await found('officer', id)]).toEqual([name, [], []]);
  });

  test('by the number of a person, and whether there is one is not told', async () => {
    const [{ id } = { id: '' }] = await house.db.owner.query<{ id: string }>(
      'SELECT principal_id AS id FROM vault_records LIMIT 1',
      [],
    );
    const nobody = '0193a1b2-c3d4-7000-8000-00000000000a';
    for (const role of roles) {
      const [one, none] = [await typed(role, id), await typed(role, nobody)];
      expect([role, without(one.main, id)]).toEqual([role, without(none.main, nobody)]);
      const may = (await go(role, '/people')).status === 200;
      expect([role, one.main.includes(`href="/people/${id}"`)]).toEqual([role, may]);
    }
  });
});

test('what was typed stands in no address, no line, no title and no table, and needs its token', async () => {
  const secret = '秘密野 花代';
  for (const role of roles) {
    const { whole, main, status } = await typed(role, secret);
    expect(status).toBe(200);
    expect(main).toContain('合うものはありません');
    expect(/<title>(.*)<\/title>/.exec(whole)![1]).not.toContain('秘密');
    for (const [, address] of whole.matchAll(/ (?:href|action|src)="([^"]*)"/g))
      expect(decodeURIComponent(address!)).not.toContain('秘密');
  }
  const tables = await house.db.owner.query<{ name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'",
    [],
  );
  for (const { name } of tables) {
    const held = await house.db.owner.query(`SELECT 1 FROM ${name} t WHERE t::text LIKE '%秘密野%' LIMIT 1`, []);
    expect([name, held]).toEqual([name, []]);
  }
  const { cookie } = sessions.officer;
  const forged = await house.app.fetch(
    new Request(url('/search'), { method: 'POST', body: new URLSearchParams({ q: secret }), headers: { cookie } }),
  );
  expect(forged.status).toBe(403);
  expect((await go('officer', '/search?q=L-001')).status).toBe(200);
  expect(await (await go('officer', '/search?q=L-001')).text()).not.toContain('/ledger/0');
  expect(failuresIn(reported)).toEqual([]);
});

test('nothing, too much and what nobody sees are refused at the field, in words', async () => {
  for (const [lang, q, says] of [
    ['ja', '', '入力してください'],
    ['ja', ' 　', '入力してください'],
    ['en', 'x'.repeat(101), 'Use at most 100 characters'],
    ['en', 'a\u0007b', 'Remove line breaks and other invisible characters'],
  ] as const) {
    const { status, whole } = await typed('employee', q, lang);
    expect([q, status]).toEqual([q, 422]);
    expect(whole).toContain(says);
  }
  const { main } = await typed('employee', '<script>alert(1)</script>');
  expect(main).toContain('value="&lt;script&gt;');
  expect(main).not.toContain('<script>');
});
