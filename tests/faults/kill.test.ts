// The program is killed without warning, again and again, while it does everything at once: a system brings people in, packages are prepared, and
// requests are carried out. What was acknowledged is there, everything is done once, and the log is whole.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openApp } from '../../src/app.ts';
import { sekisho } from '../../src/client.ts';
import { registerHolding } from '../../src/features/ledger/index.ts';
import { verify, vkeyOf } from '../../src/log/index.ts';
import { openOffice, type Office } from '../../src/office.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { readConfig } from '../../src/platform/config.ts';
import { signAll } from '../house.ts';
import {
  endPrograms,
  freePort,
  must,
  readers,
  root,
  sessionIn,
  settle,
  startProgram,
  tokenOf,
  type Session,
} from '../server.ts';
import { creates } from './creates.ts';
import { packages } from './packages.ts';
import { requests } from './requests.ts';
import type { House, Life, Work } from './work.ts';

const KILLS = 20;

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-kill-'));
fs.chmodSync(folder, 0o711);
afterAll(() => {
  endPrograms(folder);
  fs.rmSync(folder, { recursive: true, force: true });
});

const config = readConfig({}, { dataFolder: folder });

interface Known {
  staff: House['staff'];
  token: string;
  session: Session;
}

/** Opens the app in this process, with a client. */
async function openHouse(office: Office, known?: Known): Promise<House & Known> {
  const app = await openApp(office, { root, report: () => undefined });
  const url = office.config.publicUrl;
  const inside: typeof fetch = async (to, init) => app.fetch(new Request(to, init));
  const settled = async (): Promise<Known> => {
    const { staff } = await settle(app);
    const session = await sessionIn(app, 'officer', (to, init) => inside(`${url}${to}`, init));
    return { staff, session, token: (await tokenOf(app.access)).token };
  };
  const is = known ?? (await settled());
  return { office, app, ...is, client: sekisho({ url, token: is.token, fetch: inside }) };
}

const by = { actor: { kind: 'sekisho' }, authority: [] } as const;

/** Prepares each work with holdings of its own, and leaves the rest to the program. */
async function prepare(): Promise<Known & { works: Work[] }> {
  const { office, close } = await openOffice(config, systemClock, root);
  const house = await openHouse(office);
  const holding = async (ja: string, en: string): Promise<string> => {
    const input = { ...readers, name: { ja, en }, manager: house.staff.officer };
    return must(await registerHolding(house.app, by, input)).id;
  };
  const works: Work[] = [
    creates(await holding('来場者台帳', 'Visitors')),
    await packages(house, await holding('会員台帳', 'Members')),
    await requests(house, [await holding('契約台帳', 'Contracts'), await holding('催しの台帳', 'Events')]),
  ];
  await house.app.close();
  await close();
  return { works, staff: house.staff, token: house.token, session: house.session };
}

test(`${KILLS} kills while everything is at work lose nothing and leave nothing half done or done twice`, async () => {
  const { works, ...known } = await prepare();
  const PORT = String(await freePort());
  for (let i = 0; i < KILLS; i++) {
    const program = await startProgram(folder, { PORT });
    await program.ready();
    const life: Life = {
      client: sekisho({ url: program.url, token: known.token }),
      officer: (to) =>
        fetch(`${program.url}${to}`, {
          method: 'POST',
          headers: { cookie: known.session.cookie, origin: program.url },
          body: new URLSearchParams({ csrf: known.session.csrf }),
          redirect: 'manual',
        }),
    };
    // The kills hit each work in turn, while the others go on.
    let left = works[i % works.length]!.killAfter();
    const step = (): void => {
      left -= 1;
      if (left === 0) setTimeout(() => program.kill('SIGKILL'), Math.random() * 10);
    };
    const working = works.map((work, n) => work.during(life, n === i % works.length ? step : () => undefined));
    await Promise.all([program.ended, ...working]);
  }

  const { office, close } = await openOffice(config, systemClock, root);
  for (const work of works) await work.met(office);
  const house = await openHouse(office, known);
  for (const work of works) await work.check(house);
  await house.app.close();
  await signAll(office.database, office.signer);
  const check = await verify(office.database, vkeyOf(office.signer));
  const [entries] = await office.database.query<{ n: number }>('SELECT count(*) AS n FROM log_entries', []);
  expect(check).toEqual({ ok: true, size: entries!.n });
  await close();
}, 1_800_000);
