// Who approves a version of the policy: a privacy officer whom the access policies let do so, and not the proposer while there is another such officer.

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor, Role } from '../../src/base/actor.ts';
import { addDays } from '../../src/base/day.ts';
import { addFictionalStaff } from '../../src/features/access/index.ts';
import { policyInForce, policyVersions, policyYaml, propose } from '../../src/features/policy/index.ts';
import { slashDay } from '../../src/platform/ui/format.ts';
import { PASSWORD_HASH } from '../house.ts';
import { must, openServer, type TestServer } from '../server.ts';

let server: TestServer;
let proposed = 0;
beforeAll(async () => {
  server = await openServer({
    permit: `@id("auditor-approves") permit (principal in Role::"auditor", action == Action::"policy:approve", resource);
      @id("desk-never-approves") forbid (principal in Role::"desk", action == Action::"policy:approve", resource);`,
  });
});
afterAll(() => server.close());

const added = (email: string, ...roles: Role[]): Promise<string> =>
  addFictionalStaff(server.app.access, { name: '次席 二子', email, roles, passwordHash: PASSWORD_HASH });

/** Proposes a version as the officer, and returns its path. */
async function proposal(): Promise<string> {
  const { office, staff } = server;
  const actor: Actor = { kind: 'staff', id: staff.officer, name: '', roles: ['officer'] };
  const texts = policyYaml((await policyInForce(office, office.clock.today()))!.policy);
  const operator = texts['operator.yaml'].replace(/例示 .郎/, `例示 ${'一二三'[proposed++]}郎`);
  const effectiveOn = addDays(office.clock.today(), proposed);
  const { version } = must(
    await propose(office, { actor, authority: ['a'] }, { texts: { ...texts, 'operator.yaml': operator }, effectiveOn }),
  );
  return `/living-policy/versions/${version}`;
}

async function approves(role: Role, path: string): Promise<number> {
  const { cookie, csrf } = await server.session(role);
  const effective = slashDay(addDays(server.office.clock.today(), proposed));
  const body = new URLSearchParams({ csrf, effective_on: effective });
  const headers = { cookie, origin: server.url };
  return (await server.fetch(`${path}/approve`, { method: 'POST', headers, body })).status;
}

test('the only officer approves their own proposal, as nobody else of those who may is an officer', async () => {
  const path = await proposal();
  expect(await approves('auditor', path)).toBe(403);
  expect(await approves('officer', path)).toBe(303);
});

test('an officer whom the access policies forbid it is no other approver', async () => {
  await added('desk-officer@example.jp', 'officer', 'desk');
  expect(await approves('officer', await proposal())).toBe(303);
});

test('where another officer may approve, the proposer may not', async () => {
  await added('second@example.jp', 'officer');
  const path = await proposal();
  expect(await approves('officer', path)).toBe(403);
  expect((await policyVersions(server.office))[0]!.approval).toBeNull();
});
