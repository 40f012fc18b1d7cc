// A member of staff leaves: the officer who ends their entry is shown their charges before, and those that are left afterwards.

import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addFictionalStaff, createSystem, createToken, type By } from '../../src/features/access/index.ts';
import { assign, registerRequest, requestNumber } from '../../src/features/desk/index.ts';
import { registerHolding } from '../../src/features/ledger/index.ts';
import { draftPackage } from '../../src/features/provision/index.ts';
import { PASSWORD_HASH } from '../house.ts';
import { addRecipient } from '../people.ts';
import { must, openServer, readers, type Session, type TestServer } from '../server.ts';

let server: TestServer;
let officer: Session;
let leaver: string;

async function hire(name: string, email: string): Promise<string> {
  const person = { name, email, roles: ['desk', 'handler'] as const, passwordHash: PASSWORD_HASH };
  return addFictionalStaff(server.app.access, person);
}

beforeAll(async () => {
  server = await openServer();
  officer = await server.session('officer');
  leaver = await hire('佐伯 直人', 'naoto.saeki@example.jp');
});
afterAll(() => server.close());

const shown = async (at: string, session = officer): Promise<string> => {
  const page = await server.fetch(`${at}${at.includes('?') ? '&' : '?'}lang=ja`, {
    headers: { cookie: session.cookie },
  });
  expect(page.status, at).toBe(200);
  return page.text();
};

/** What a page lists to be taken over: the headings, and the names with their links. */
async function handedOver(at: string, session = officer): Promise<{ heads: string[]; things: string[] }> {
  const [, panel = ''] = /<section[^>]* id="charges"[^>]*>(.*?)<\/section>/s.exec(await shown(at, session)) ?? [];
  return {
    heads: [...panel.matchAll(/<dt>(.*?)<\/dt>/gs)].map(([, head]) => head!),
    things: [...panel.matchAll(/<li>(?:<a href="([^"]*)">)?([^<]*)/g)].map(([, href, name]) =>
      `${name} ${href ?? ''}`.trim(),
    ),
  };
}

/** Gives the leaver some charges of each kind. */
async function employ(): Promise<{
  holdings: string[];
  request: string;
  number: string;
  parcel: string;
  system: string;
  token: string;
}> {
  const { app, office, holding } = server;
  const by: By = { actor: { kind: 'staff', id: leaver, name: '佐伯 直人', roles: ['desk', 'handler'] }, authority: [] };
  const holdings: string[] = [];
  for (const n of [1, 2, 3, 4, 5, 6]) {
    const name = { ja: `台帳その${n}`, en: `Holding ${n}` };
    holdings.push(must(await registerHolding(app, by, { ...readers, name, manager: leaver })).id);
  }
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
  must(await assign(app, by, one.row.id, { seen: 1 }, { on: office.clock.today(), to: leaver }));
  const publicKey = await identityToRecipient(await generateX25519Identity());
  const recipient = await addRecipient(server, { publicKey });
  const ask = { holding, items: ['name'], purpose: 'P3', recipient, everybody: true };
  const { id: parcel } = must(await draftPackage(office, by, { ...ask, facts: { relation: 'third-party' } }));
  const { id: system } = must(await createSystem(app.access, by, { name: '会員サイト' }));
  const form = { systemId: system, actions: ['ledger:read' as const], purposes: [], days: 30 };
  const { id: token } = must(await createToken(app.access, by, form, ['P1']));
  return { holdings, request: one.row.id, number: requestNumber(one.row), parcel, system, token };
}

test('whoever ends an entry sees what is in the hands of the leaver, before and after, until somebody has taken it over', async () => {
  const end = `/staff/${leaver}/end`;
  expect(await shown(end)).toContain('この人が受け持つ台帳、窓口の案件、提供ファイルはなく');
  const had = await employ();
  const today = server.office.clock.today().replaceAll('-', '/');
  const theirs = {
    heads: ['管理する台帳（6件）', '担当する窓口の案件（1件）', '作った提供ファイル（1件）', '作ったトークン（1件）'],
    things: [
      ...had.holdings.slice(0, 5).map((id, n) => `台帳その${n + 1} /ledger/${id}`),
      `ほか1件 /ledger?manager=${leaver}`,
      `${had.number} 開示 /desk/${had.request}`,
      `株式会社共同企画への提供ファイル（${today}） /packages/${had.parcel}`,
      `会員サイト（${had.token.slice(-8)}） /systems?of=${had.system}`,
    ],
  };
  expect(await handedOver(end)).toEqual(theirs);
  // An administrator may not open everything listed, but is shown it all the same.
  const seen = await handedOver(end, await server.session('administrator'));
  expect(seen.heads).toEqual(theirs.heads);
  expect(seen.things).toContain(`${had.number} 開示`);
  expect(await handedOver(`/staff/${leaver}`)).toEqual({ heads: [], things: [] });

  const form = new URLSearchParams({ csrf: officer.csrf });
  const ended = await server.fetch(end, { method: 'POST', body: form, headers: { cookie: officer.cookie } });
  expect(ended.status).toBe(303);
  expect(await handedOver(`/staff/${leaver}`)).toEqual(theirs);
  // Wherever their name is shown, it is marked as gone.
  for (const at of [
    '/ledger',
    `/ledger/${had.holdings[0]}`,
    `/ledger/${had.holdings[0]}/retire`,
    '/desk',
    `/desk/${had.request}`,
  ])
    expect(await shown(at), at).toContain('佐伯 直人（在籍していません）');
});
