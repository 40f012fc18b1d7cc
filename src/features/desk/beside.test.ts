// A person with an open request cannot be corrected or erased around the desk, neither on the pages of a person nor through the JSON API.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { identified, openTestDesk, seen, untrue } from '../../../tests/desk.ts';
import type { TestOffice, Visitor } from '../../../tests/office.ts';
import { addHolding, addPerson, specifyFound, valueOf } from '../../../tests/people.ts';
import { listEntries } from '../../log/index.ts';
import { createSystem, createToken, type By, type Room } from '../access/index.ts';
import { checkpointApi, held } from '../checkpoint/index.ts';
import { peopleRoutes } from '../people/index.ts';
import { carryOut } from './actions/carry-out.ts';
import { collect } from './actions/collect.ts';
import { decide, type DecideAsk } from './actions/decide.ts';
import { withdraw } from './actions/receive.ts';
import type { Case } from './actions/cases.ts';
import { keyOf } from './actions/papers.ts';
import { formerOf } from './actions/former.ts';
import type { Kind } from './facts/kind.ts';
import { numberOf } from './facts/request.ts';
import { besideDesk } from './index.ts';
import { papersOf } from './store/papers.ts';

let house: TestOffice;
let desk: Room;
let by: By;
let officer: Visitor;
let token: string;
let holding: string;
beforeAll(async () => {
  ({ house, desk, by } = await openTestDesk((office, access) => [
    ...peopleRoutes({ office, access }),
    ...checkpointApi(office, (of, ask) => besideDesk({ office, access }, of, ask)),
  ]));
  officer = await house.visitor('officer');
  holding = await addHolding(house);
  const system = valueOf(await createSystem(house.access, by, { name: '会員の仕組み' }));
  const form = {
    systemId: system.id,
    purposes: ['P3'],
    actions: ['people:erase', 'people:correct'] as const,
    days: 30,
  };
  ({ token } = valueOf(await createToken(house.access, by, form, ['P3'])));
});
afterAll(() => house.close());

let n = 0;

async function somebody(): Promise<{ id: string; name: string }> {
  const name = `例示 ${String.fromCodePoint(0x4e00 + ++n)}子`;
  const items = { name, email: `beside-${n}@example.jp`, note: '変更前' };
  return { id: (await addPerson(house, holding, items)).principal, name };
}

/** An open request about somebody. */
async function reaching(kind: Kind, name: string): Promise<Case> {
  const one = await identified(desk, by, kind);
  return valueOf(await specifyFound(desk, by, one.row.id, seen(one), [{ kind: 'name', term: name }]));
}

async function decided(one: Case, facts: DecideAsk['facts'], plan: DecideAsk['plan'] = {}): Promise<Case> {
  const there = valueOf(await collect(desk, by, one.row.id, seen(one)));
  const ask = { facts, reason: '', plan, answer: '', mayRefuse: true };
  return valueOf(await decide(desk, by, one.row.id, seen(there), ask));
}

const send = (of: string, what: 'erasure' | 'corrections', body: object): Promise<Response> =>
  Promise.resolve(
    house.fetch(
      new Request(`${house.office.config.publicUrl}/api/v1/principals/${of}/${what}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'accept-language': 'ja' },
        body: JSON.stringify(body),
      }),
    ),
  );

const erase = (of: string, fields: Record<string, string>): Promise<Response> =>
  officer.post(`/people/${of}/erase`, fields);
const correct = (of: string, fields: Record<string, string>): Promise<Response> =>
  officer.post(`/people/${of}/correct`, { holding, 'items.note': '変更後', ...fields }, `/people/${of}/correct`);

const isErased = async (of: string): Promise<boolean> => 'entry' in valueOf(await held(house.office, of));

const besideOf = async (of: string) =>
  (await listEntries(house.db.app, { actions: ['desk:beside'], principal: of, most: 9 })).map(({ entry }) => entry);

/** Waits until this many locks are waited for, or the call has answered without waiting. */
async function waited(doing: Promise<unknown>, many: number): Promise<void> {
  const answer = doing.then(() => true);
  const waits = async (): Promise<boolean> => {
    const [row] = await house.db.owner.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM pg_locks WHERE NOT granted',
      [],
    );
    return row!.n >= many;
  };
  while (!(await Promise.race([answer, waits()])));
}

describe('erasure', () => {
  test('is refused while a request that reaches the person is open, naming it to whoever may see requests', async () => {
    const { id, name } = await somebody();
    const one = await reaching('disclosure', name);
    const number = numberOf(one.row);
    expect(await (await officer.get(`/people/${id}/erase`)).text()).toContain(number);
    const page = await erase(id, { ground: 'no-longer-needed' });
    expect(page.status).toBe(409);
    expect(await page.text()).toContain(`この本人の請求が窓口で進行中です（${number}）。終わるまで消去できません`);
    const api = await send(id, 'erasure', { ground: 'no-longer-needed' });
    expect(api.status).toBe(409);
    const body = await api.text();
    expect(body).toContain('この本人の請求が窓口で進行中です。終わるまで消去できません');
    expect(body).not.toContain(number);
    expect(await isErased(id)).toBe(false);

    valueOf(await withdraw(desk, by, one.row.id, seen(one), { on: house.office.clock.today() }));
    expect((await send(id, 'erasure', { ground: 'no-longer-needed' })).status).toBe(200);
    expect(await isErased(id)).toBe(true);
  });

  test('because the person asked wants the number of an open request of theirs to erase or to stop use', async () => {
    const [{ id, name }, other] = [await somebody(), await somebody()];
    const theirs = await reaching('erasure', other.name);
    const wrong: [fields: Record<string, string>, says: string][] = [
      [{ ground: 'request-harm' }, '窓口で受け付けた請求の番号を書いてください'],
      [
        { ground: 'request-harm', request: numberOf(theirs.row) },
        '進行中の消去か利用の停止の請求の番号を書いてください',
      ],
      [{ ground: 'request-harm', request: 'R-2026-1' }, '進行中の消去か利用の停止の請求の番号を書いてください'],
      [{ ground: 'no-longer-needed', request: numberOf(theirs.row) }, '本人の請求によるときだけ書きます'],
    ];
    for (const [fields, says] of wrong) {
      const page = await erase(id, fields);
      expect([page.status, (await page.text()).includes(says)], JSON.stringify(fields)).toEqual([422, true]);
      const api = await send(id, 'erasure', fields);
      expect(api.status).toBe(422);
      expect(((await api.json()) as { fields: { field: string }[] }).fields.map(({ field }) => field)).toEqual([
        'request',
      ]);
    }
    const one = await reaching('erasure', name);
    const asked = { ground: 'request-harm', request: numberOf(one.row).toLowerCase() };
    expect((await erase(id, asked)).status).toBe(303);
    expect(await isErased(id)).toBe(true);
    const [entry, ...more] = await besideOf(id);
    expect(more).toEqual([]);
    const [erasure] = await listEntries(house.db.app, { actions: ['people:erase'], principal: id, most: 1 });
    expect(entry).toMatchObject({ request: one.row.id, about: erasure!.entry.id });
    // Asked again, the answer is the same.
    expect((await send(id, 'erasure', asked)).status).toBe(200);
    expect(await besideOf(id)).toHaveLength(1);
  });

  test('on one request waits for the other', async () => {
    const { id, name } = await somebody();
    const [one, other] = [await reaching('erasure', name), await reaching('disclosure', name)];
    const page = await erase(id, { ground: 'request-harm', request: numberOf(one.row) });
    expect([page.status, (await page.text()).includes(numberOf(other.row))]).toEqual([409, true]);
    expect(await isErased(id)).toBe(false);
  });

  test('does not overlook a request that comes to reach the person at the same moment', async () => {
    const { id, name } = await somebody();
    const one = await identified(desk, by, 'disclosure');
    let finding: Promise<unknown> | undefined;
    let erasing: Promise<Response> | undefined;
    await house.db.owner.transaction(async (tx) => {
      await tx.query('SELECT 1 FROM requests WHERE id = $1 FOR UPDATE', [one.row.id]);
      finding = specifyFound(desk, by, one.row.id, seen(one), [{ kind: 'name', term: name }]);
      await waited(finding, 1);
      erasing = erase(id, { ground: 'no-longer-needed' });
      // Until it waits for the search that finds the person, or has not waited.
      await waited(erasing, 2);
    });
    expect(await finding).toMatchObject({ ok: true });
    const page = await erasing!;
    expect([page.status, (await page.text()).includes(numberOf(one.row))]).toEqual([409, true]);
    expect(await isErased(id)).toBe(false);
  });

  test('on a request that is taken back at the same moment is not done in its name', async () => {
    const { id, name } = await somebody();
    const one = await reaching('erasure', name);
    let erasing: Promise<Response> | undefined;
    await house.db.owner.transaction(async (tx) => {
      await tx.query("UPDATE requests SET state = 'withdrawn', closed_on = $2 WHERE id = $1", [
        one.row.id,
        house.office.clock.today(),
      ]);
      erasing = erase(id, { ground: 'request-harm', request: numberOf(one.row) });
      await waited(erasing, 1);
    });
    expect((await erasing!).status).toBe(422);
    expect([await isErased(id), await besideOf(id)]).toEqual([false, []]);
  });

  test('that the desk decided is carried out by the desk all the same', async () => {
    const { id, name } = await somebody();
    const one = await decided(await reaching('erasure', name), {
      reason: 'no-longer-needed',
      found: 'all',
      keeping: null,
    });
    valueOf(await carryOut(desk, by, one.row.id, seen(one)));
    expect(await isErased(id)).toBe(true);
  });
});

describe('correction', () => {
  test('because the person asked wants the number of an open request for correction; to keep it accurate does not', async () => {
    const { id, name } = await somebody();
    const disclosure = await reaching('disclosure', name);
    for (const request of ['', numberOf(disclosure.row)]) {
      const page = await correct(id, { ground: 'request', request });
      expect([page.status, (await page.text()).includes('href="#f-request"')]).toEqual([422, true]);
      const api = await send(id, 'corrections', {
        holding,
        items: { note: '変更後' },
        ground: 'request',
        request,
        seen: 1,
      });
      expect(api.status).toBe(422);
    }
    expect((await correct(id, { ground: 'accuracy' })).status).toBe(303);
    expect(await besideOf(id)).toEqual([]);
  });

  test('keeps what stood before with the request, and the person is told what stood before the first correction', async () => {
    const { id, name } = await somebody();
    const one = await reaching('correction', name);
    expect((await correct(id, { ground: 'request', request: numberOf(one.row) })).status).toBe(303);
    expect(await besideOf(id)).toMatchObject([{ request: one.row.id }]);
    const changes = [{ holding, items: { note: '変更後' } }];
    let now = await decided(one, untrue, { changes });
    now = valueOf(await carryOut(desk, by, one.row.id, seen(now)));
    expect(now.papers.filter(({ kind }) => kind === 'former')).toHaveLength(2);
    const former = formerOf(house.office, keyOf(now.row)!, await papersOf(house.db.app, one.row.id));
    expect(former.get(holding)).toEqual({ note: '変更前' });
  });

  test('whose request cannot keep what stood before is not made: there is no effect, no entry and no paper of it', async () => {
    const { id, name } = await somebody();
    const one = await reaching('correction', name);
    const asked = { ground: 'request', request: numberOf(one.row) };
    const corrections = async () =>
      (
        await listEntries(house.db.app, {
          actions: ['people:correct', 'desk:beside', 'desk:keep-paper'],
          principal: id,
          most: 9,
        })
      ).length;
    await house.db.owner.query('REVOKE INSERT ON request_papers FROM sekisho_app', []);
    await correct(id, asked).catch(() => undefined);
    await house.db.owner.query('GRANT INSERT ON request_papers TO sekisho_app', []);
    expect(valueOf(await held(house.office, id))).toMatchObject({ records: [{ version: 1 }] });
    expect([
      await corrections(),
      (await papersOf(house.db.app, one.row.id)).some(({ kind }) => kind === 'former'),
    ]).toEqual([0, false]);
    expect((await correct(id, asked)).status).toBe(303);
    expect(await besideOf(id)).toHaveLength(1);
  });
});
