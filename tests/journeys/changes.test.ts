// The changes about people, as a system that keeps a copy follows them: everything in the order of the log and nothing twice, only about persons it
// may read, in ids and codes.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Action } from '../../src/base/actor.ts';
import type { AuditJson, DeskJson, Sekisho } from '../../src/client.ts';
import { retractObjection } from '../../src/features/consent/actions/consents.ts';
import { newId } from '../../src/base/id.ts';
import { append, logEntry } from '../../src/log/index.ts';
import { awaitIntegration } from '../../src/log/store.ts';
import { signAll } from '../house.ts';
import { addConsentText, addHolding } from '../people.ts';
import { must, newcomer, openServer, tokenOf, type TestServer } from '../server.ts';

type Changes = AuditJson['changes'];
type Change = Changes['changes'][number];

const sekisho = { kind: 'sekisho' } as const;

let server: TestServer;
/** Makes all the changes. */
let client: Sekisho;
/** Follows what is for P3, and for P2; may do nothing else. */
let mailing: Sekisho;
let orders: Sekisho;
/** Holdings for P1 and P3, and for P2 alone. */
let readers: string;
let buyers: string;
let today: string;

const following = async (purposes: string[], actions: Action[] = ['people:follow']): Promise<Sekisho> =>
  server.clientWith((await tokenOf(server.app.access, actions, purposes)).token);

beforeAll(async () => {
  server = await openServer();
  ({ client, holding: readers } = server);
  buyers = await addHolding({ ...server, access: server.app.access }, { purposes: ['P2'] });
  [mailing, orders] = [await following(['P3']), await following(['P2'])];
  today = server.office.clock.today();
});
afterAll(() => server.close());

const signed = () => signAll(server.office.database, server.office.signer);

/** The newest position of the log. */
async function here(): Promise<string> {
  await signed();
  return must(await mailing.changes({ limit: 1 })).newest!;
}

/** Everything after an entry, page by page, and the entry from which the next call continues. */
async function since(of: Sekisho, entry?: string, limit?: number): Promise<{ changes: Change[]; last: string }> {
  await signed();
  const changes: Change[] = [];
  for (let after = entry; ;) {
    const page: Changes = must(await of.changes({ ...(after ? { after } : {}), ...(limit ? { limit } : {}) }));
    changes.push(...page.changes);
    if (!page.more) {
      expect(page.last).toBe(page.newest);
      return { changes, last: page.last! };
    }
    expect([after, page.newest]).not.toContain(page.last);
    after = page.last!;
  }
}

const entriesOfSystems = async (): Promise<number> =>
  (await server.db.owner.query("SELECT FROM log_entries WHERE actor ^@ 'system:'", [])).length;

const told = async (of: Sekisho, from?: string) =>
  (await since(of, from)).changes.map(({ what, principal }) => [what, principal]);

const acquired = async (holding: string, purposes: string[]): Promise<string> =>
  must(
    await client.acquire({
      ...newcomer(holding),
      purposes,
      ...(holding === buyers ? { items: { name: '例示 買子' } } : {}),
    }),
  ).principal;

const reader = () => acquired(readers, ['P3']);
const buyer = () => acquired(buyers, ['P2']);

const corrected = async (principal: string, holding: string, seen: number): Promise<void> => {
  must(await client.correct(principal, { holding, items: { note: '訂正済み' }, ground: 'accuracy', seen }));
};

const consented = async (principal: string, text: { code: string; version: number }): Promise<string> =>
  must(
    await client.consent({
      principal,
      text,
      language: 'ja',
      given_on: today,
      given_by: 'principal',
      channel: 'web-form',
      method: 'web-form',
      note: '店頭で確かめた',
      evidence: '会員システム',
    }),
  ).id;

const takenBack = async (objection: string): Promise<void> => {
  must(
    await retractObjection(
      server.office,
      { actor: { kind: 'staff', id: server.staff.desk, name: '', roles: ['desk'] }, authority: [] },
      objection,
      '人違い',
    ),
  );
};

/** The desk grants a stop of use, and answers. */
async function stoppedByDesk(name: string): Promise<void> {
  const sender = { name: '差出 一', address: '東京都例示区1-2-3' };
  const letter = { kind: 'stop-use', scope: 'customer', arrived_on: today, channel: 'letter', sender } as const;
  let one = must(await client.requests.register(letter as never));
  const [who] = must(await client.search({ name })).principals;
  const documents = { documents: ['driving-licence'], checked: ['name', 'address', 'valid'], numbers_covered: true };
  const steps: [keyof DeskJson['events'], object][] = [
    ['papers-received', { on: today, form: 'right', method: 'paper', fee_yen: one.fee.due }],
    ['identified', { on: today, requester: 'principal', ...documents }],
    ['specified', { terms: [{ kind: 'name', term: name }], principal: who!.id }],
    ['collected', {}],
    ['decided', { facts: { reason: 'no-longer-needed', found: 'all' } }],
    ['carried-out', {}],
    ['notified', { on: today, by: 'post' }],
    ['delivered', { on: today, by: 'post' }],
    ['closed', { on: today }],
  ];
  for (const [event, body] of steps)
    one = must(await client.requests.happen(one.id, event, { ...body, seen: one.last }));
}

test('a whole life is followed in its order, and a system of another purpose sees nothing of it', async () => {
  const from = await here();
  const name = '一生 追子';
  const text = await addConsentText(server, { holding: readers, recipients: [], items: ['name'] });
  const { principal } = must(await client.acquire(newcomer(readers, { name })));
  await corrected(principal, readers, 1);
  const other = await reader();
  must(await client.link(principal, { same_as: other, shown_by: 'told' }));
  must(await client.unlink(principal, { same_as: other }));
  const consent = await consented(principal, text);
  must(await client.use({ principal, holding: readers, items: ['name'], purpose: 'P3' }));
  must(await client.withdrawConsent(consent));
  const objection = must(
    await client.object({ principal, scope: 'purpose', purpose: 'P3', evidence: '留守番電話' }),
  ).id;
  await takenBack(objection);
  await stoppedByDesk(name);
  must(await client.erase(principal, { ground: 'no-longer-needed' }));

  const before = await entriesOfSystems();
  const { changes, last } = await since(mailing, from);
  const nothing = {
    holdings: [readers],
    purposes: null,
    consent: null,
    text: null,
    scope: null,
    recipient: null,
    same_as: null,
  };
  const somewhere = { entry: expect.any(String) as string, at: expect.any(String) as string };
  const of = (what: string, more: object = {}, whom = principal) => ({
    ...somewhere,
    ...nothing,
    what,
    principal: whom,
    ...more,
  });
  expect(changes).toEqual([
    of('acquired', { purposes: ['P3'] }),
    of('corrected'),
    of('acquired', { purposes: ['P3'] }, other),
    of('linked', { same_as: other }),
    of('linked', { same_as: principal }, other),
    of('unlinked', { same_as: other }),
    of('unlinked', { same_as: principal }, other),
    of('consent-given', { consent, text, purposes: ['P3'] }),
    of('consent-withdrawn', { consent, text, purposes: ['P3'] }),
    of('objected', { scope: 'purpose', purposes: ['P3'] }),
    of('objection-taken-back', { scope: 'purpose', purposes: ['P3'] }),
    of('stopped', { scope: 'everything' }),
    of('erased'),
  ]);
  // Each agrees with the log, in its order.
  const logged = await Promise.all(changes.map(async ({ entry }) => must(await client.log.entry(entry))));
  const positions = logged.map(({ position }) => position);
  expect(positions).toEqual([...new Set(positions)].toSorted((a, b) => a - b));
  expect(logged[0]!.entry).toMatchObject({ action: 'people:acquire', principal, at: changes[0]!.at });

  const others = await since(orders, from);
  expect(others.changes).toEqual([]);
  expect(others.last).toBe(last);
  const said = JSON.stringify(changes);
  expect(said).not.toMatch(/[぀-ヿ一-鿿@]|reader-|staff|system/);
  for (const id of Object.values(server.staff)) expect(said).not.toContain(id);
  // Following is not logged, or the log would contain little else.
  expect(await entriesOfSystems()).toBe(before);
});

describe('who is told of', () => {
  test('somebody in a holding of another purpose is not, until they consent to this one', async () => {
    const from = await here();
    const text = await addConsentText(server, { holding: buyers, recipients: [], items: ['name'] });
    const principal = await buyer();
    expect([await told(mailing, from), await told(orders, from)]).toEqual([[], [['acquired', principal]]]);
    const now = await here();
    await consented(principal, text);
    await corrected(principal, buyers, 1);
    must(await client.erase(principal, { ground: 'no-longer-needed' }));
    const [given, ...rest] = (await since(mailing, now)).changes;
    expect(given).toMatchObject({ what: 'consent-given', principal, text, holdings: [buyers] });
    expect(rest.map(({ what }) => what)).toEqual(['corrected', 'erased']);
    // They are not told of a consent to another purpose.
    expect(await told(orders, now)).toEqual([
      ['corrected', principal],
      ['erased', principal],
    ]);
  });

  test('what a holding serves since a moment ago counts, whether or not anybody told of it: what is passed over never comes again', async () => {
    const name = { ja: '後からの台帳', en: 'Late' };
    const late = await addHolding({ ...server, access: server.app.access }, { name, purposes: ['P2'] });
    const { principal } = must(
      await client.acquire({ ...newcomer(late), purposes: ['P2'], items: { name: '例示 後子' } }),
    );
    const from = await here();
    await corrected(principal, late, 1);
    await server.db.owner.transaction(async (tx) => {
      await tx.query('ALTER TABLE holdings DISABLE TRIGGER USER', []);
      await tx.query("UPDATE holdings SET purposes = '{P2,P3}' WHERE id = $1", [late]);
      await tx.query('ALTER TABLE holdings ENABLE TRIGGER USER', []);
    });
    expect(await told(mailing, from)).toEqual([['corrected', principal]]);
  });

  test('of several holdings those that are told are named', async () => {
    const principal = await reader();
    must(await client.acquire({ ...newcomer(buyers), principal, purposes: ['P2'], items: { name: '例示 両子' } }));
    const from = await here();
    await corrected(principal, buyers, 1);
    must(await client.erase(principal, { ground: 'no-longer-needed' }));
    expect((await since(mailing, from)).changes).toMatchObject([{ what: 'erased', holdings: [readers] }]);
    expect((await since(orders, from)).changes).toMatchObject([
      { what: 'corrected', holdings: [buyers] },
      { what: 'erased', holdings: [buyers] },
    ]);
  });

  test('an objection is told to whoever is told of its purpose; one to everything to all who are told of the person', async () => {
    const principal = await reader();
    const from = await here();
    const one = must(await client.object({ principal, scope: 'purpose', purpose: 'P1' })).id;
    must(await client.object({ principal, scope: 'recipient', recipient: server.recipient }));
    await takenBack(one);
    must(await client.object({ principal, scope: 'everything' }));
    const scopes = async (of: Sekisho) =>
      (await since(of, from)).changes.map(({ what, scope, recipient }) => [what, scope, recipient]);
    const wide = [
      ['objected', 'recipient', server.recipient],
      ['objected', 'everything', null],
    ];
    expect(await scopes(mailing)).toEqual(wide);
    expect(await scopes(orders)).toEqual([]);
    expect(await scopes(await following(['P1']))).toEqual([
      ['objected', 'purpose', null],
      wide[0],
      ['objection-taken-back', 'purpose', null],
      wide[1],
    ]);
  });

  test('what an id in another holding asked to stop is told of the id that is told of, and the other id is not', async () => {
    const [one, other] = [await reader(), await buyer()];
    const from = await here();
    must(await client.link(one, { same_as: other, shown_by: 'document' }));
    must(await client.object({ principal: other, scope: 'everything' }));
    const seen = (await since(mailing, from)).changes;
    expect(seen.map(({ what, principal, same_as }) => [what, principal, same_as])).toEqual([
      ['linked', one, null],
      ['objected', one, null],
    ]);
    expect(JSON.stringify(seen)).not.toContain(other);
    // A system that may read both holdings is told of both ids.
    const both = (await since(await following(['P2', 'P3']), from)).changes;
    expect(both.map(({ what, principal, same_as }) => [what, principal, same_as])).toEqual([
      ['linked', one, other],
      ['linked', other, one],
      ['objected', other, null],
      ['objected', one, null],
    ]);
  });

  test('what a restore did again is told again', async () => {
    const [back, part] = [await reader(), await reader()];
    must(await client.erase(back, { ground: 'no-longer-needed' }));
    const from = await here();
    const now = server.office.clock.now();
    await server.office.database.transaction((tx) =>
      append(
        tx,
        logEntry(now, sekisho, 'people:erase-again', { principal: back, certified_by: part }),
        logEntry(now, sekisho, 'people:erase-again', {
          principal: part,
          holding: readers,
          taken_out: ['note'],
          certified_by: back,
        }),
      ),
    );
    expect((await since(mailing, from)).changes).toMatchObject([
      { what: 'erased', principal: back, holdings: [readers] },
      { what: 'corrected', principal: part, holdings: [readers] },
    ]);
    expect(await told(orders, from)).toEqual([]);
  });

  test('a token without the action, or for no purpose of ours, is told nothing', async () => {
    const forbidden = { ok: false, problem: { status: 403 } };
    expect(await (await following(['P3'], ['people:use', 'people:search'])).changes()).toMatchObject(forbidden);
    expect(await server.clientWith('sks_none').changes()).toMatchObject({ ok: false, problem: { status: 401 } });
    expect(await told(await following(['P4']))).toEqual([]);
  });
});

describe('pages', () => {
  test('of any size, from anywhere, come to the same and to the same end', async () => {
    const from = await here();
    for (let i = 0; i < 3; i++) {
      await reader();
      await buyer();
    }
    const whole = await since(mailing, from);
    expect(whole.changes).toHaveLength(3);
    for (const limit of [1, 2, 3, 6, 7, 1_000])
      expect((await since(mailing, from, limit)).changes).toEqual(whole.changes);
    for (const [i, { entry }] of whole.changes.entries())
      expect((await since(mailing, entry, 2)).changes).toEqual(whole.changes.slice(i + 1));
    expect(await since(mailing, whole.last)).toEqual({ changes: [], last: whole.last });
    // `last` of an empty log, as the client gives it on.
    expect(must(await mailing.changes({ after: null, limit: 1 }))).toEqual(must(await mailing.changes({ limit: 1 })));
    // `limit` counts entries of any person, so a page may be empty without being the last.
    const { changes } = await since(orders, from);
    const empty = must(await mailing.changes({ after: whole.changes[0]!.entry, limit: 1 }));
    expect(empty).toEqual({ changes: [], last: changes[0]!.entry, more: true, newest: whole.last });
  });

  test('end before what is not signed yet, which comes behind it', async () => {
    const from = await here();
    let principal = '';
    await server.db.owner.transaction(async (tx) => {
      await awaitIntegration(tx);
      principal = await reader();
      expect(must(await mailing.changes({ after: from }))).toMatchObject({ changes: [], last: from, more: false });
    });
    expect(await told(mailing, from)).toEqual([['acquired', principal]]);
  });

  test('are asked for by what can be one; else the field is named', async () => {
    const last = await here();
    for (const [query, field] of [
      ['after=0', 'after'],
      ['after=', 'after'],
      [`after=${last.toUpperCase()}`, 'after'],
      ['from=0', 'from'],
      ['limit=0', 'limit'],
      ['limit=1001', 'limit'],
      ['limit=all', 'limit'],
      ['principal=x', 'principal'],
      [`after=${last}&after=${last}`, 'after'],
    ] as const) {
      const response = await server.fetch(`/api/v1/changes?${query}`, {
        headers: { authorization: `Bearer ${server.token}` },
      });
      expect([query, response.status]).toEqual([query, 422]);
      expect(((await response.json()) as { fields: { field: string }[] }).fields.map((one) => one.field)).toEqual([
        field,
      ]);
    }
  });

  test('are refused after what the log does not have, be it that a backup without it was brought back and others stand in its place', async () => {
    const after = newId(server.office.clock.now());
    expect(await mailing.changes({ after })).toMatchObject({
      ok: false,
      problem: { status: 409, fields: [{ field: 'after' }] },
    });
    // Nor after an entry that is not signed yet, which may still be lost.
    await server.db.owner.transaction(async (tx) => {
      await awaitIntegration(tx);
      const { id } = must(await client.acquire(newcomer(readers)));
      expect(await mailing.changes({ after: id })).toMatchObject({ ok: false, problem: { status: 409 } });
    });
  });
});
