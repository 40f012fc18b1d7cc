// The board of the desk with 1,000 open requests: from the request for the page to the whole of it, through the gate and the database of a
// real office, as a clerk loads it in the morning.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openApp } from '../src/app.tsx';
import { addDays } from '../src/base/day.ts';
import { addFictionalStaff } from '../src/features/access/index.ts';
import { sessionCookie } from '../src/features/access/actions/gate.ts';
import { signIn } from '../src/features/access/actions/sign-in.ts';
import { kinds } from '../src/features/desk/facts.ts';
import { registerRequest } from '../src/features/desk/index.ts';
import { openOffice } from '../src/office.ts';
import { systemClock } from '../src/platform/clock.ts';
import { readConfig } from '../src/platform/config.ts';

const REQUESTS = 1_000;
const TURNS = 15;
const BAR_MS = 300;
const person = { email: 'desk@example.jp', password: 'tsuki-no-hikari-7' };

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

export async function bench(print: (line: string) => void): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-bench-desk-'));
  const config = readConfig({}, { dataFolder: folder });
  const root = path.resolve('.');
  const { office, close } = await openOffice(config, systemClock, root);
  const app = await openApp(office, { root, report: print });
  try {
    await addFictionalStaff(app.access, { name: '佐伯 健', roles: ['desk'], ...person });
    const desk = { office, access: app.access, sources: [] };
    const by = { actor: { kind: 'sekisho' }, authority: [] } as const;
    const today = office.clock.today();
    for (let i = 0; i < REQUESTS; i++) {
      const registered = await registerRequest(desk, by, {
        kind: kinds[i % kinds.length]!,
        scope: 'customer',
        arrivedOn: addDays(today, -(i % 30)),
        channel: 'letter',
        lang: 'ja',
        sender: { name: `例示 ${i}`, address: '東京都中央区例示町1-1', email: '' },
        says: '',
        another: false,
      });
      if (!registered.ok) throw new Error('a request is not registered');
    }
    const signed = await signIn(app.access, person, '127.0.0.1');
    if (!signed.ok) throw new Error('the clerk cannot sign in');
    const cookie = sessionCookie(app.access, signed.value.token).split(';')[0]!;
    for (const [name, at] of [
      ['board', '/desk'],
      ['calendar', '/desk?view=calendar'],
    ] as const) {
      const took: number[] = [];
      for (let turn = 0; turn < TURNS; turn++) {
        const began = performance.now();
        const answer = await app.fetch(new Request(`${config.publicUrl}${at}`, { headers: { cookie } }));
        const text = await answer.text();
        took.push(performance.now() - began);
        if (answer.status !== 200 || !text.includes('R-')) throw new Error('the board does not show the requests');
      }
      const ms = median(took);
      print(`desk ${name}, ${REQUESTS} open: ${ms.toFixed(0)} ms (bar ${BAR_MS}) ${ms < BAR_MS ? 'ok' : 'short'}`);
    }
  } finally {
    await app.close();
    await close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
