// A new key of the vault, in an office that has wrapped keys of every kind: what a former key wrapped is rewrapped and purged from the files, and the
// page shows the progress.

import fs from 'node:fs/promises';
import path from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { filesWith } from '../../../tests/house.ts';
import { openTestOffice, type TestOffice } from '../../../tests/office.ts';
import {
  addConsent,
  addConsentText,
  addHolding,
  addPerson,
  addRecipient,
  byOfficer,
  officerOf,
  openTestCheckpoint,
  valueOf,
} from '../../../tests/people.ts';
import { both } from '../../base/bilingual.ts';
import { listEntries } from '../../log/index.ts';
import { admitKey, keepIdentity, prepareKey, sealIdentity, uncleared } from '../../vault/index.ts';
import { acquire } from '../acquisition/index.ts';
import { use } from '../checkpoint/index.ts';
import { registerRequest } from '../desk/index.ts';
import { clearDropped } from '../people/actions/clear.ts';
import { approvePackage, draftPackage, requestPackage } from '../provision/index.ts';
import { goOver, keepKeys } from './actions.ts';
import { keyPages } from './index.ts';

let house: TestOffice;
let close: () => Promise<void>;
let keys: string;
let read: Parameters<typeof use>[2];

/** A person, the identity of an erased person, a private individual who gave information, a waiting letter, a request with papers, and a package being prepared: each has a key of its own. */
beforeAll(async () => {
  const env = { SEKISHO_SMTP: 'smtp://localhost:2525', SEKISHO_MAIL_FROM: 'sekisho@example.jp' };
  house = await openTestOffice((office) => keyPages(office), { at: '2026-11-26T10:00:00+09:00', env });
  close = await openTestCheckpoint(house);
  keys = house.office.config.keysFolder;
  const officer = { actor: officerOf(house), authority: ['officer-all-work'] };
  const holding = await addHolding(house);
  const { principal } = await addPerson(house, holding, { name: '例示 花子' });
  const given = {
    source: 'third-party',
    channel: 'oral',
    purposes: ['P3'],
    principal,
    seen: 1,
    items: { note: 'x' },
    receipt: {
      provider: { kind: 'private-person', name: '紹介 花子', address: '例示町2-2-2' },
      basis: 'private-person',
      howAcquired: '友人として名刺を受け取った',
      documentSeen: true,
    },
  } as const;
  valueOf(await acquire(house.office, officer, { holding, ...given }));
  read = { principal, holding, items: ['name'], purpose: 'P3' };
  const { mail, database, clock } = house.office;
  const letter = { subject: both('件名', 'Subject'), says: both('文', 'Text'), number: 'R-2026-001', path: '/desk' };
  await database.transaction((tx) => mail.post(tx, { to: 'saeki@example.jp', lang: 'ja', ...letter }));
  const sender = { name: '例示 花子', address: '〒104-0000 東京都中央区例示町9-9', email: '' };
  const asked = { kind: 'disclosure', scope: 'customer', channel: 'letter', lang: 'ja', says: '' } as const;
  const arrived = { arrivedOn: clock.today(), sender, another: true };
  valueOf(await registerRequest(house, officer, { ...asked, ...arrived }));
  const publicKey = await identityToRecipient(await generateX25519Identity());
  const recipient = await addRecipient(house, { publicKey });
  const items = ['name'];
  await addConsent(house, principal, await addConsentText(house, { holding, recipients: [recipient], items }));
  const actor = { kind: 'staff', id: house.staff['desk']!, name: '佐伯 健', roles: ['handler'] } as const;
  const file = {
    holding,
    items,
    purpose: 'P3',
    recipient,
    everybody: true,
    facts: { relation: 'third-party' },
  } as const;
  const { id } = valueOf(await draftPackage(house.office, { actor, authority: ['handler-daily-work'] }, file));
  valueOf(await requestPackage(house.office, { actor, authority: ['handler-daily-work'] }, id));
  valueOf(await approvePackage(house.office, officer, id));
  // As for an erased person whom a record names.
  await database.transaction(async (tx) => keepIdentity(tx, (await sealIdentity(tx, house.office.vault, principal))!));
});
afterAll(async () => {
  await close();
  await house.close();
});

const KEYED = ['acquisition_providers', 'kept_identities', 'mail_outbox', 'packages', 'requests', 'vault_principals'];

interface Kept {
  id: string;
  kek_version: number;
  wrapped_key: Buffer;
}

const kept = async (): Promise<Kept[]> =>
  (
    await Promise.all(
      KEYED.map((table) =>
        house.db.owner.query<Kept>(
          `SELECT id, kek_version, wrapped_key FROM ${table} WHERE wrapped_key IS NOT NULL`,
          [],
        ),
      ),
    )
  ).flat();

const logged = async (action: string) =>
  (await listEntries(house.office.database, { actions: [action], most: 9 })).map(({ entry }) => entry);

const pageOf = async (role: 'officer' | 'auditor', lang: 'ja' | 'en'): Promise<string> =>
  (await (await (await house.visitor(role, lang)).get('/keys')).text())
    .replace(/<head>.*<\/head>/s, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ');

const atOnce = (more: boolean) => () => Promise.resolve(more);

test('from the making of a key to the end of the former one', async () => {
  const before = await kept();
  expect(new Set(before.map(({ kek_version: version }) => version))).toEqual(new Set([1]));
  expect(before).toHaveLength(6);
  const [index] = await house.db.owner.query<Kept>('SELECT wrapped_key FROM vault_index_keys', []);
  const former = [...before, index!].map(({ wrapped_key: wrapped }) => wrapped);
  expect(await filesWith(house.db.owner, '%', former)).toEqual([...KEYED, 'vault_index_keys'].toSorted());
  expect(await pageOf('officer', 'en')).toMatch(/Version 1 \S+ \S+ In use 7 /);
  expect(await goOver(house.office, atOnce(true))).toBe(true);

  const { file } = prepareKey(keys);
  expect(await pageOf('officer', 'en')).toMatch(/A new key is waiting to be copied .* --copy …\/vault-2\.key/);
  // Nothing is wrapped by it before a copy of it was shown.
  expect(await goOver(house.office, atOnce(true))).toBe(true);
  expect(await kept()).toEqual(before);
  const copy = path.join(await fs.mkdtemp(path.join(path.dirname(house.office.config.dataFolder), 'copy-')), 'v2');
  await fs.copyFile(file, copy);
  expect(admitKey(house.office.config, copy)).toBe(2);

  expect(await goOver(house.office, atOnce(false), 0)).toBe(false);
  expect(await logged('keys:replace')).toMatchObject([{ actor: 'sekisho', version: 2 }]);
  const page = await pageOf('auditor', 'ja');
  expect(page).toContain('7個のうち1個');
  expect(page).toMatch(/第2版 \S+ \S+ 使用中 1 第1版 \S+ \S+ 新しい鍵で包み直しています 6 /);

  expect(await goOver(house.office, atOnce(true), 0)).toBe(true);
  const anew = await kept();
  expect(anew.map(({ id, kek_version: version }) => [id, version])).toEqual(before.map(({ id }) => [id, 2]));
  for (const [at, { id, wrapped_key: wrapped }] of anew.entries()) {
    const key = house.office.vault.keeper.unwrap(2, wrapped, id).export();
    expect(key).toEqual(house.office.vault.keeper.unwrap(1, before[at]!.wrapped_key, id).export());
  }
  expect(valueOf(await use(house.office, byOfficer(house), read)).values).toEqual({ name: '例示 花子' });
  expect(await logged('keys:retire')).toMatchObject([{ actor: 'sekisho', version: 2, former: [1] }]);
  expect(await pageOf('officer', 'en')).toMatch(
    /Version 2 \S+ \S+ In use 7 Version 1 \S+ \S+ No longer needed \(from 2026\/11\/26\) 0 /,
  );
  expect(await goOver(house.office, atOnce(true), 0)).toBe(true);
  expect(await logged('keys:retire')).toHaveLength(1);

  // What the former key had wrapped is purged from the files as well.
  const waiting = (await uncleared(house.office.database)).map(({ table }) => table);
  expect(waiting).toEqual(KEYED);
  for (const table of waiting) await expect.poll(() => clearDropped(house.office, table)).toBe(1);
  const leftIn = await filesWith(
    house.db.owner,
    '%',
    before.map(({ wrapped_key: wrapped }) => wrapped),
  );
  expect(leftIn).toEqual([]);
  expect(await logged('people:clear')).toMatchObject(
    KEYED.toReversed().map((table) => ({ table, keys: 0, rewrapped: true })),
  );
});

test('the operator hears of a file that is no key, and work goes on by the former one', async () => {
  await fs.writeFile(path.join(keys, 'vault-3.key'), 'short');
  const heard: string[] = [];
  const rounds = keepKeys(house.office, (line) => heard.push(line));
  await expect.poll(() => heard).toHaveLength(1);
  await rounds.stop();
  expect(heard[0]).toMatch(/^keys: The key of the vault has the wrong size/);
  expect(house.office.vault.keeper.version).toBe(2);
  await fs.rm(path.join(keys, 'vault-3.key'));
});

test('who stops the office stops the wrapping anew after the part that is under way, and the next start goes on from there', async () => {
  const copy = path.join(await fs.mkdtemp(path.join(path.dirname(house.office.config.dataFolder), 'copy-')), 'v3');
  await fs.copyFile(prepareKey(keys).file, copy);
  expect(admitKey(house.office.config, copy)).toBe(3);
  const versions = async () => (await kept()).map(({ kek_version: version }) => version).toSorted();
  const report = (line: string): void => expect.fail(line);
  let stopped: Promise<void>;
  await house.db.owner.transaction(async (tx) => {
    await tx.query(`SELECT 1 FROM ${KEYED[0]} FOR UPDATE`, []);
    const rounds = keepKeys(house.office, report);
    const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    await expect.poll(() => house.db.owner.query(waiting, []), { interval: 5 }).toHaveLength(1);
    stopped = rounds.stop();
  });
  await stopped!;
  expect(await versions()).toEqual([2, 2, 2, 2, 2, 3]);
  expect(valueOf(await use(house.office, byOfficer(house), read)).values).toEqual({ name: '例示 花子' });
  const again = keepKeys(house.office, report);
  await expect.poll(versions).toEqual([3, 3, 3, 3, 3, 3]);
  await again.stop();
  expect(await goOver(house.office, atOnce(true), 0)).toBe(true);
  expect((await logged('keys:retire'))[0]).toMatchObject({ version: 3, former: [2] });
  expect(valueOf(await use(house.office, byOfficer(house), read)).values).toEqual({ name: '例示 花子' });
});
