// 担当にできる人：権限の方針が請求を扱わせる人だけ。方針がひとりについて決めていることも、役割が同じ人から区別する。

import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDesk, registered } from '../../../tests/desk.ts';
import { beside, PASSWORD_HASH } from '../../../tests/house.ts';
import { valueOf } from '../../../tests/people.ts';
import { listEntries } from '../../log/index.ts';
import { addFictionalStaff, type By, type Room } from '../access/index.ts';
import { readAccessPolicies } from '../access/facts/policies.ts';

import { caseOf } from './actions/cases.ts';
import { assign, says } from './actions/receive.ts';
import { deskPages } from './pages/desk.tsx';

type Opened = Awaited<ReturnType<typeof openTestDesk>>;

let house: Opened['house'];
/** The room of the pages, under policies about single members of staff. */
let own: Room;
let barred: string;
let by: By;
beforeAll(async () => {
  ({ house } = await openTestDesk((office, access) => {
    own = { office, access: { ...access } };
    return deskPages(own);
  }));
  by = { actor: { kind: 'staff', id: house.staff.desk!, name: '佐伯 健', roles: ['desk'] }, authority: [] };
  barred = await addFictionalStaff(own.access, {
    name: '窓口 休子',
    email: 'barred@example.jp',
    roles: ['desk'],
    passwordHash: PASSWORD_HASH,
  });
  own.access.policies = readAccessPolicies(
    `${own.access.policies.text}
@id("one-may-not") forbid (principal == Staff::"${barred}", action == Action::"requests:write", resource);
@id("one-may") permit (principal == Staff::"${house.staff.auditor}", action == Action::"requests:write", resource);`,
    'own.cedar',
  );
});
afterAll(() => house.close());

test('担当の候補は、方針が請求を扱わせる人だけ', async () => {
  const { row } = await registered(own, by, 'stop-use', {});
  const visitor = await house.visitor('desk');
  const page = await (await visitor.get(`/desk/${row.id}?do=assigned`)).text();
  const offered = (id: string): boolean => page.includes(`<option value="${id}"`);
  expect([house.staff.desk!, house.staff.officer!, house.staff.auditor!].map(offered)).toEqual([true, true, true]);
  expect([barred, house.staff.reception!].map(offered)).toEqual([false, false]);
});

test('請求を扱えない人を、担当にできない', async () => {
  const { row } = await registered(own, by, 'stop-use', {});
  const on = own.office.clock.today();
  for (const to of [barred, house.staff.reception!]) {
    expect(await assign(own, by, row.id, { seen: 1 }, { on, to })).toMatchObject({
      ok: false,
      problem: { kind: 'invalid', fields: [{ field: 'to' }] },
    });
  }
  const given = valueOf(await assign(own, by, row.id, { seen: 1 }, { on, to: house.staff.auditor! }));
  expect(given.request.assignedTo).toBe(house.staff.auditor);
});

test('担当にする間に登録を終えられた人は、担当にならず、記録も残らない', async () => {
  const { row } = await registered(own, by, 'stop-use', {});
  const to = await addFictionalStaff(own.access, {
    name: '窓口 去子',
    email: 'leaving@example.jp',
    roles: ['desk'],
    passwordHash: PASSWORD_HASH,
  });
  const { begun } = await house.db.owner.transaction(async (tx) => {
    await tx.query('UPDATE staff SET ended_at = now() WHERE id = $1', [to]);
    return beside(house.db, tx, () => assign(own, by, row.id, { seen: 1 }, { on: own.office.clock.today(), to }));
  });
  expect(await begun).toMatchObject({
    ok: false,
    problem: { kind: 'invalid', fields: [{ field: 'to', says: says.staff }] },
  });
  expect(valueOf(await caseOf(own, row.id)).request.assignedTo).toBeNull();
  expect(await listEntries(house.db.app, { actions: ['desk:assigned'], most: 9 })).not.toContainEqual(
    expect.objectContaining({ entry: expect.objectContaining({ request: row.id }) }),
  );
});
