// Packages are prepared and provided. In the end everybody the law let in is once in the file and once on record, and nobody else is in either.

import { setTimeout as sleep } from 'node:timers/promises';
import { Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { expect } from 'vitest';
import type { By } from '../../src/features/access/index.ts';
import { importConsents } from '../../src/features/consent/actions/imports.ts';
import { packageFile } from '../../src/features/provision/actions/file.ts';
import {
  approvePackage,
  draftPackage,
  packageOf,
  requestPackage,
} from '../../src/features/provision/actions/packages.ts';
import type { Office } from '../../src/office.ts';
import { addConsentText, addRecipient, officerOf, valueOf } from '../people.ts';
import { must, newcomer } from '../server.ts';
import { each, type House, type Work } from './work.ts';

/** One is approved in each life of the program (from start to kill), so that every life has something to prepare. */
const PACKAGES = 20;
const PEOPLE = 650;
const CONSENTING = 500;
const AT_ONCE = 64;
/** The least number of lives in which packages were being prepared shortly before the kill. */
const LIVES_AT_WORK = 5;

type TextOf = Awaited<ReturnType<typeof addConsentText>>;

/** The e-mail addresses of those who consented, among all persons in the holding. */
async function consenting({ office, client }: House, by: By, holding: string, text: TextOf): Promise<string[]> {
  const people: { principal: string; email: string }[] = [];
  await each(Array.from({ length: PEOPLE }), AT_ONCE, async () => {
    const ask = newcomer(holding);
    people.push({ principal: must(await client.acquire(ask)).principal, email: ask.items.email });
  });
  const some = people.slice(0, CONSENTING);
  const lines = some.map(({ principal }) => `${principal},2026-11-01,principal,箱3\n`);
  const bytes = Buffer.from(`principal,given_on,given_by,evidence\n${lines.join('')}`);
  valueOf(await importConsents(office, by, { text, bytes, channel: 'web-form', language: 'ja' }));
  return some.map(({ email }) => email).sort();
}

async function emailsInFile(office: Office, by: By, id: string, identity: string): Promise<string[]> {
  const file = valueOf(await packageFile(office, by, id));
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const text = await new Response(await decrypter.decrypt(file.body)).text();
  return text.trimEnd().split('\r\n').slice(1).sort();
}

/** Checks that the file of a package and the records of its provision are about the same persons. */
async function expectProvided(office: Office, id: string): Promise<void> {
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

/** Packages of everybody in a holding, waiting for approval. */
export async function packages(house: House, holding: string): Promise<Work> {
  const officer = { actor: officerOf(house), authority: [] };
  // The approver must be another actor than the one who asks.
  const other = { actor: { kind: 'sekisho' }, authority: [] } as const;
  const identity = await generateX25519Identity();
  const recipient = await addRecipient(house, { publicKey: await identityToRecipient(identity) });
  const text = await addConsentText(house, { holding, recipients: [recipient], items: ['email'] });
  const emails = await consenting(house, officer, holding, text);
  const ids: string[] = [];
  let lives = 0;
  let livesAtWork = 0;
  const ask = { holding, items: ['email'], purpose: 'P3', recipient, everybody: true };
  for (let i = 0; i < PACKAGES; i++) {
    const drafted = await draftPackage(house.office, other, { ...ask, facts: { relation: 'third-party' } });
    const { id } = valueOf(drafted);
    valueOf(await requestPackage(house.office, other, id));
    ids.push(id);
  }
  const all = (office: Office) => Promise.all(ids.map(async (id) => valueOf(await packageOf(office, id))));

  return {
    killAfter: () => 1,
    // Most kills hit the first step or two of a package; some let it get further, even on a busy machine.
    during: async ({ client, officer: send }, step) => {
      const id = ids[lives++]!;
      // Whether an approval cut off by a kill was done is checked in the end.
      await send(`/packages/${id}/approve`).catch(() => undefined);
      await sleep(Math.random() * (Math.random() < 0.2 ? 1_600 : 300));
      const now = await client.packages.one(id).catch(() => null);
      if (now?.ok && now.value.state === 'preparing') livesAtWork += 1;
      step();
    },
    met: async (office) => {
      expect(livesAtWork).toBeGreaterThanOrEqual(LIVES_AT_WORK);
      expect((await all(office)).some(({ progress: { sealed } }) => sealed > 0)).toBe(true);
      // Nothing is provided before somebody fetches it.
      const provided = 'SELECT 1 FROM provisions WHERE package_id = ANY($1::uuid[])';
      expect(await office.database.query(provided, [ids])).toEqual([]);
    },
    check: async ({ office }) => {
      for (const { id, state } of await all(office))
        if (state === 'requested') valueOf(await approvePackage(office, officer, id));
      const states = async () => (await all(office)).map(({ state }) => state);
      await expect.poll(states, { timeout: 180_000, interval: 200 }).toEqual(ids.map(() => 'ready'));
      for (const id of ids) {
        expect(await emailsInFile(office, officer, id, identity)).toEqual(emails);
        await expectProvided(office, id);
      }
      // What a kill interrupted was neither sealed nor logged.
      const readings = "SELECT count(*)::int AS n FROM log_entries WHERE action = 'people:package'";
      expect(await office.database.query(readings, [])).toEqual([{ n: PACKAGES * CONSENTING }]);
    },
  };
}
