// The program is killed without warning, again and again, while it prepares and provides packages. In the end everybody whom the law let in is
// in the file once and on record once, nobody else is in either, and the log is whole.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterAll, expect, test } from 'vitest';
import { openApp } from '../../src/app.tsx';
import type { Actor } from '../../src/base/actor.ts';
import { sekisho } from '../../src/client.ts';
import { importConsents } from '../../src/features/consent/actions/imports.ts';
import { packageFile } from '../../src/features/provision/actions/file.ts';
import {
  approvePackage,
  draftPackage,
  packageOf,
  requestPackage,
} from '../../src/features/provision/actions/packages.ts';
import { verify, vkeyOf } from '../../src/log/index.ts';
import { openOffice, type Office } from '../../src/office.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { readConfig } from '../../src/platform/config.ts';
import { signAll } from '../house.ts';
import { addConsentText, addRecipient, valueOf } from '../people.ts';
import { endPrograms, freePort, must, newcomer, root, settle, startProgram, tokenOf } from '../server.ts';

const KILLS = 20;
const PACKAGES = 80;
const PEOPLE = 1_300;
const CONSENTING = 1_000;
const AT_ONCE = 64;

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-kill-package-'));
fs.chmodSync(folder, 0o711);
afterAll(() => {
  endPrograms(folder);
  fs.rmSync(folder, { recursive: true, force: true });
});

const config = readConfig({}, { dataFolder: folder });
const officer: Actor = { kind: 'staff', id: '01890000-0000-7000-8000-000000000001', name: '関口', roles: ['officer'] };
const handler: Actor = { kind: 'staff', id: '01890000-0000-7000-8000-000000000002', name: '森田', roles: ['handler'] };

/** Persons by their e-mail address, those of them who consented first, and packages of all of them that are approved. */
async function prepare(key: string): Promise<{ emails: string[]; packages: string[] }> {
  const { office, close } = await openOffice(config, systemClock, root);
  const app = await openApp(office, { root, report: () => undefined });
  const { holding, staff } = await settle(app);
  const house = { office, staff };
  const recipient = await addRecipient(house, { publicKey: key });
  const text = await addConsentText(house, { holding, recipients: [recipient], items: ['email'] });
  const client = sekisho({
    url: office.config.publicUrl,
    token: (await tokenOf(app.access)).token,
    fetch: async (to, init) => app.fetch(new Request(to, init)),
  });
  const people: { principal: string; email: string }[] = [];
  let left = PEOPLE;
  const worker = async (): Promise<void> => {
    while (left-- > 0) {
      const ask = newcomer(holding);
      people.push({ principal: must(await client.acquire(ask)).principal, email: ask.items.email });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const consenting = people.slice(0, CONSENTING);
  const lines = consenting.map(({ principal }) => `${principal},2026-11-01,principal,箱3`);
  valueOf(
    await importConsents(
      office,
      { actor: officer, authority: [] },
      {
        text,
        bytes: Buffer.from(`principal,given_on,given_by,evidence\n${lines.join('\n')}\n`),
        channel: 'web-form',
        language: 'ja',
      },
    ),
  );
  const packages: string[] = [];
  for (let i = 0; i < PACKAGES; i++) {
    const by = { actor: handler, authority: [] };
    const ask = {
      holding,
      items: ['email'],
      purpose: 'P3',
      recipient,
      everybody: true,
      facts: { relation: 'third-party' as const },
    };
    const { id } = valueOf(await draftPackage(office, by, ask));
    valueOf(await requestPackage(office, by, id));
    packages.push(id);
  }
  // Prepared by the program alone.
  await app.close();
  for (const id of packages) valueOf(await approvePackage(office, { actor: officer, authority: [] }, id));
  await close();
  return { emails: consenting.map(({ email }) => email).sort(), packages };
}

async function emailsInFile(office: Office, id: string, identity: string): Promise<string[]> {
  const file = valueOf(await packageFile(office, { actor: officer, authority: [] }, id));
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const text = await new Response(await decrypter.decrypt(file.body)).text();
  return text.trimEnd().split('\r\n').slice(1).sort();
}

test(`${KILLS} kills while ${PACKAGES} packages are prepared: the persons in the file are those on record`, async () => {
  const identity = await generateX25519Identity();
  const { emails, packages } = await prepare(await identityToRecipient(identity));
  const PORT = String(await freePort());
  for (let i = 0; i < KILLS; i++) {
    const program = await startProgram(folder, { PORT });
    await program.ready();
    // Most kills fall into the first step or two; every fifth process gets further, also on a machine that is busy.
    await new Promise((resolve) => setTimeout(resolve, Math.random() * (i % 5 === 4 ? 1_600 : 400)));
    program.kill('SIGKILL');
    await program.ended;
  }
  const { office, close } = await openOffice(config, systemClock, root);
  const progress = await Promise.all(packages.map(async (id) => valueOf(await packageOf(office, id))));
  // The kills met work that was under way.
  expect(progress.some(({ progress: { sealed } }) => sealed > 0)).toBe(true);
  expect(progress.some(({ state }) => state === 'preparing')).toBe(true);
  for (const one of progress.filter(({ state }) => state === 'preparing')) {
    expect(await office.database.query('SELECT 1 FROM provisions WHERE package_id = $1', [one.id])).toEqual([]);
  }
  const app = await openApp(office, { root, report: () => undefined });
  const states = async () => Promise.all(packages.map(async (id) => valueOf(await packageOf(office, id)).state));
  await expect.poll(states, { timeout: 180_000, interval: 200 }).toEqual(packages.map(() => 'ready'));
  await app.close();

  for (const id of packages) {
    expect(await emailsInFile(office, id, identity)).toEqual(emails);
    const [counts] = await office.database.query(
      `SELECT count(*)::int AS people, count(DISTINCT w.principal_id)::int AS persons, count(DISTINCT w.entry_id)::int AS entries,
              count(*) FILTER (WHERE c.principal_id = w.principal_id)::int AS consents,
              count(*) FILTER (WHERE l.principal_id = w.principal_id AND l.action = 'people:package')::int AS logged
       FROM provisions p JOIN provision_people w ON w.provision_id = p.id JOIN provision_records r ON r.provision_id = p.id
       LEFT JOIN consents c ON c.id = w.consent_id LEFT JOIN log_entries l ON l.id = w.entry_id WHERE p.package_id = $1`,
      [id],
    );
    expect(counts).toEqual({
      people: CONSENTING,
      persons: CONSENTING,
      entries: CONSENTING,
      consents: CONSENTING,
      logged: CONSENTING,
    });
  }
  // What a kill interrupted was neither sealed nor logged.
  const [readings] = await office.database.query<{ n: number }>(
    "SELECT count(*)::int AS n FROM log_entries WHERE action = 'people:package'",
    [],
  );
  expect(readings!.n).toBe(PACKAGES * CONSENTING);
  await signAll(office.database, office.signer);
  const check = await verify(office.database, vkeyOf(office.signer));
  const [entries] = await office.database.query<{ n: number }>('SELECT count(*) AS n FROM log_entries', []);
  expect(check).toEqual({ ok: true, size: entries!.n });
  await close();
}, 480_000);
