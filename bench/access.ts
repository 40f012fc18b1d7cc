// The cost of authentication: a remembered token with its access decision, which every call pays; and that a sign-in to an unknown account takes as
// long as one with a wrong password to a known account, so that timing does not reveal who has an account.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { addFictionalStaff } from '../src/features/access/actions/staff.ts';
import { signIn } from '../src/features/access/actions/sign-in.ts';
import { createGate, createSystem, createToken, loadAccessPolicies, openAccess } from '../src/features/access/index.ts';
import { openOffice } from '../src/office.ts';
import { standingClock } from '../src/platform/clock.ts';
import { readConfig } from '../src/platform/config.ts';
import { partOf } from './sizes/part.ts';

const SIGN_INS = partOf(15);
const CALLS = partOf(200_000);
const TOKEN_BAR_US = 5;
const SIGN_IN_BAR = 1.25;
const MINUTE_MS = 60_000;
const email = 'officer@example.jp';

const median = (numbers: number[]): number => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!;

export async function bench(print: (line: string) => void): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-bench-'));
  fs.chmodSync(folder, 0o711);
  const began = Date.now();
  const clock = standingClock(new Date(began).toISOString());
  const { office, close } = await openOffice(readConfig({}, { dataFolder: folder }), clock, process.cwd());
  try {
    const access = await openAccess(office, await loadAccessPolicies(path.resolve('policies/access.cedar')));
    await addFictionalStaff(access, { name: '例示 花子', email, roles: ['officer'], password: 'tsuki-no-hikari-7' });
    const times = { known: [] as number[], unknown: [] as number[] };
    for (let i = 0; i < SIGN_INS; i++) {
      // Far enough apart that no attempt is throttled.
      clock.moveTo(new Date(began + i * 20 * MINUTE_MS).toISOString());
      for (const [kind, address] of [
        ['known', email],
        ['unknown', `nobody${i}@example.jp`],
      ] as const) {
        const at = performance.now();
        await signIn(access, { email: address, password: 'mizu-no-oto-42' }, `${kind}${i}`);
        times[kind].push(performance.now() - at);
      }
    }
    const ratio = median(times.unknown) / median(times.known);
    const ok = ratio <= SIGN_IN_BAR && ratio >= 1 / SIGN_IN_BAR;
    print(
      `access sign-in, unknown against known account: ${ratio.toFixed(2)} (bar ${1 / SIGN_IN_BAR} to ${SIGN_IN_BAR}) ${ok ? 'ok' : 'short'}`,
    );

    const by = { actor: { kind: 'sekisho' }, authority: [] } as const;
    const system = await createSystem(access, by, { name: '計測' });
    if (!system.ok) throw new Error('no system');
    const form = { systemId: system.value.id, purposes: ['P3'], actions: ['people:use'], days: 30 } as const;
    const made = await createToken(access, by, form, ['P3']);
    if (!made.ok) throw new Error('no token');
    const gate = await createGate(access);
    const request = { cookie: undefined, authorization: `Bearer ${made.value.token}` };
    const { actor } = await gate.identify(request);
    const start = performance.now();
    for (let i = 0; i < CALLS; i++) {
      await gate.identify(request);
      gate.authorise(actor, 'people:use', 'P3');
    }
    const us = ((performance.now() - start) / CALLS) * 1_000;
    print(
      `access remembered token with its decision: ${us.toFixed(2)} µs (bar < ${TOKEN_BAR_US}) ${us < TOKEN_BAR_US ? 'ok' : 'short'}`,
    );
  } finally {
    await close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
