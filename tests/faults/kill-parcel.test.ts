// The program is killed without warning while answers go out electronically. A second press sends no second link, no answer is lost, and every
// mailed link works.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openApp } from '../../src/app.ts';
import { sekisho, type DeskJson, type Sekisho } from '../../src/client.ts';
import { openOffice } from '../../src/office.ts';
import type { Day } from '../../src/base/day.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { readConfig } from '../../src/platform/config.ts';
import { browser, enter, linksIn, mailed, mailTo } from '../parcel.ts';
import { endPrograms, freePort, must, root, settle, startProgram, tokenOf } from '../server.ts';
import { mailServer } from '../smtp.ts';

const KILLS = 4;
const REQUESTS = 24;

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-kill-parcel-'));
fs.chmodSync(folder, 0o711);
const mails = mailServer();
afterAll(async () => {
  endPrograms(folder);
  await mails.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** A run may go past midnight. */
const today = (): Day => systemClock.today();

/** A question with its answer decided, waiting to be sent. */
async function decided(client: Sekisho, n: number): Promise<DeskJson['request']> {
  const sender = { name: `電子 ${n}`, address: `東京都例示区${n}`, email: `kill-${n}@example.jp` };
  const asked = {
    kind: 'consultation',
    scope: 'customer',
    arrived_on: today(),
    channel: 'electronic',
    sender,
  } as const;
  const one = must(await client.requests.register(asked));
  return must(await client.requests.happen(one.id, 'decided', { seen: one.last, answer: 'お答えします' }));
}

test(`${KILLS} kills while answers go out: one link each, and every one opens`, async () => {
  const env = mailTo(await mails.serve());
  const config = readConfig(env, { dataFolder: folder });
  const requests: DeskJson['request'][] = [];
  const { office, close } = await openOffice(config, systemClock, root);
  const app = await openApp(office, { root, report: () => undefined });
  await settle(app);
  const { token } = await tokenOf(app.access);
  const inside = sekisho({
    url: office.config.publicUrl,
    token,
    fetch: async (to, init) => app.fetch(new Request(to, init)),
  });
  for (let n = 0; n < REQUESTS; n++) requests.push(await decided(inside, n));
  await app.close();
  await close();

  const PORT = String(await freePort());
  const client = sekisho({ url: `http://127.0.0.1:${PORT}`, token });
  const send = (of: Sekisho, { id, last }: DeskJson['request'], n: number) =>
    of.requests.happen(id, 'notified', { seen: last, on: today(), by: 'electronic', attempt: `send-once-${n}` });
  for (let i = 0; i < KILLS; i++) {
    const program = await startProgram(folder, { PORT, ...env });
    await program.ready();
    let left = 1 + Math.floor(Math.random() * 5);
    // All are pressed again each time, as a clerk does who saw no answer.
    const pressed = (async () => {
      for (const [n, one] of requests.entries()) {
        must(await send(client, one, n));
        if (n < i * 5) continue;
        left -= 1;
        if (left === 0) setTimeout(() => program.kill('SIGKILL'), Math.random() * 60);
      }
    })().catch((error: unknown) => error);
    await program.ended;
    const ended = await pressed;
    if (ended instanceof Error) expect(ended.message).not.toContain('expected a value');
  }

  const again = await openOffice(config, systemClock, root);
  const rows = <T>(text: string): Promise<T[]> => again.office.database.query<T>(text, []);
  // The kills met work that was under way.
  const [reached] = await rows<{ sent: number }>('SELECT count(*)::int AS sent FROM request_parcels');
  expect(reached!.sent).toBeGreaterThan(0);
  expect(reached!.sent).toBeLessThan(REQUESTS);
  // What a killed process was sending is due when its lease ends; here at once.
  await rows("UPDATE mail_outbox SET next_at = queued_at WHERE state = 'waiting'");
  const last = await openApp(again.office, { root, report: () => undefined });
  const url = again.office.config.publicUrl;
  const go = async (to: string, init?: RequestInit): Promise<Response> =>
    last.fetch(new Request(to.startsWith('http') ? to : `${url}${to}`, init));
  const finishing = sekisho({ url, token, fetch: async (to, init) => go(String(to), init) });
  for (const [n, one] of requests.entries()) must(await send(finishing, one, n));
  await mailed(again.office);

  const all = await rows<{ parcels: number; requests: number; notified: number; files: number }>(
    `SELECT count(*)::int AS parcels, count(DISTINCT request_id)::int AS requests,
       (SELECT count(*)::int FROM request_events WHERE event = 'notified') AS notified,
       (SELECT count(*)::int FROM request_papers WHERE kind = 'parcel') AS files FROM request_parcels`,
  );
  expect(all).toEqual([{ parcels: REQUESTS, requests: REQUESTS, notified: REQUESTS, files: REQUESTS }]);
  for (const { number } of requests) {
    // A letter may arrive twice if the program dies before it has marked it as sent; it is then the same letter.
    const links = new Set(await linksIn(again.office, mails, number));
    expect(links.size).toBe(1);
    const [link] = links;
    // A wrong code is counted, so the link leads to a waiting delivery.
    const answer = await enter(browser({ fetch: go }), link!, 'ZZZZZ-ZZZZZ');
    expect([number, answer.status]).toEqual([number, 422]);
  }
  await last.close();
  await again.close();
});
