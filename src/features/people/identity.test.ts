// When a person is erased while records of provisions and receipts must still name them, their identity is kept until the last of these records
// ends. It is found here with the real records of each kind, and dropped by the round.

import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clockLeapt, PASSWORD_HASH, signAll, tablesWith } from '../../../tests/house.ts';
import { openTestOffice, type TestOffice, type Visitor } from '../../../tests/office.ts';
import {
  addConsent,
  addConsentText,
  addHolding,
  addPerson,
  addRecipient,
  boughtHistory,
  byOfficer,
  openTestCheckpoint,
  valueOf,
} from '../../../tests/people.ts';
import type { Actor } from '../../base/actor.ts';
import { done } from '../../base/outcome.ts';
import { listEntries } from '../../log/index.ts';
import { showIdentities, uncleared } from '../../vault/index.ts';
import { addFictionalStaff, type By } from '../access/index.ts';
import { eraseExpired } from '../acquisition/actions.ts';
import { acquire, acquisitionPages } from '../acquisition/index.ts';
import { checkpointApi, eraseAll, identityUntil } from '../checkpoint/index.ts';
import {
  approvePackage,
  draftPackage,
  packageFile,
  prepareNext,
  provide,
  provisionRoutes,
  requestPackage,
} from '../provision/index.ts';
import { receiveRelated, registerCollection, relatedRoutes } from '../related/index.ts';
import { clearDropped, dropIdentitiesOver, keepDroppingIdentities } from './actions/clear.ts';
import { proofOf, toldOf } from './actions/receipt.ts';
import { peopleRoutes } from './index.ts';
import { receiptLetter } from './letters/receipt.ts';

let house: TestOffice;
let forget: () => Promise<void>;
let by: By;
let holding: string;
let recipient: string;
let text: { code: string; version: number };
beforeAll(async () => {
  house = await openTestOffice((office, access) => [
    ...peopleRoutes({ office, access }),
    ...provisionRoutes({ office, access }),
    ...relatedRoutes(office),
    ...acquisitionPages({ office, access }),
    ...checkpointApi(office, () => Promise.resolve(done(() => Promise.resolve()))),
  ]);
  forget = await openTestCheckpoint(house);
  by = byOfficer(house);
  holding = await addHolding(house);
  recipient = await addRecipient(house);
  text = await addConsentText(house, { holding, recipients: [recipient], items: ['name', 'email'] });
});
afterAll(async () => {
  await forget();
  await house.close();
});

let people = 0;
const member = async (): Promise<string> => {
  const email = `identity-${++people}@example.jp`;
  return (await addPerson(house, holding, { name: '例示 記録', email, note: 'x' })).principal;
};

const giving = (principal: string, more: object = {}) => {
  const facts = { relation: 'third-party' } as const;
  return provide(house.office, by, { principal, holding, items: ['email'], purpose: 'P3', recipient, facts, ...more });
};

const provided = async (): Promise<string> => {
  const principal = await member();
  await addConsent(house, principal, text);
  valueOf(await giving(principal));
  return principal;
};

const erase = async (principal: string) => {
  valueOf(await eraseAll(house.office, by, { principal, ground: 'no-longer-needed' }));
  const [last] = await listEntries(house.office.database, { principal, actions: ['people:erase'], most: 1 });
  return last!.entry;
};
const pageOf = async (visitor: Visitor, path: string): Promise<string> => (await visitor.get(path)).text();
const looked = async (principal: string) =>
  (await listEntries(house.office.database, { principal, actions: ['people:identity'], most: 9 })).length;
const identityOf = async (principal: string) => (await showIdentities(house.office, by, [principal])).get(principal);

const waits = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";

const kept = { name: [['name', '例示 記録']] };

test('a record of a provision keeps who it was', async () => {
  const principal = await provided();
  const entry = await erase(principal);
  expect(entry.identity_until).toBe('2029-12-07');
  expect(entry.decision?.because.slice(2)).toEqual(['APPI 29(2)', 'APPI-Rules 20(1)']);
  expect(await identityOf(principal)).toEqual(kept.name);
  expect(await tablesWith(house.db.owner, ['例示 記録'])).toEqual([]);
});

test('a record of personally related information that was received keeps who it was', async () => {
  const principal = await member();
  const { collection, facts } = boughtHistory(holding);
  const { id } = valueOf(await registerCollection(house.office, by, collection));
  const asked = { collection: id, principal, items: ['note'], facts, documents: { consent: '申告書 7号' } };
  const { id: receipt } = valueOf(await receiveRelated(house.office, by, asked));
  const entry = await erase(principal);
  expect(await pageOf(await house.visitor('officer'), `/related/receipts/${receipt}`)).toContain('例示 記録');
  expect(entry.identity_until).toBe('2029-12-07');
  expect(entry.decision?.because.slice(2)).toEqual(['APPI 30(4)', 'APPI-Rules 24(1)']);
  expect(await identityOf(principal)).toEqual(kept.name);
});

/** What a company gave of somebody of whom no name is held. */
async function received(): Promise<{ id: string; principal: string }> {
  const provider = {
    kind: 'corporation',
    name: '例示商事株式会社',
    address: '例示町1-1',
    representative: '例示 次郎',
  } as const;
  return valueOf(
    await acquire(house.office, by, {
      holding,
      channel: 'oral',
      source: 'third-party',
      purposes: ['P3'],
      items: { email: `identity-${++people}@example.jp`, note: 'x' },
      receipt: {
        provider,
        basis: 'consent',
        consentObtained: true,
        howAcquired: '申込書',
        documentSeen: true,
        record: { mode: 'each' },
      },
    }),
  ).record;
}

test('an acquisition from a third party keeps who it was until its record goes at its end', async () => {
  const record = await received();
  const entry = await erase(record.principal);
  expect(entry.identity_until).toBe('2029-12-07');
  // Of a person without a name on record, other identifying items.
  expect(await identityOf(record.principal)).toEqual([['email', `identity-${people}@example.jp`]]);
  expect(await pageOf(await house.visitor('officer'), `/acquisitions/${record.id}`)).toContain(
    `identity-${people}@example.jp`,
  );
  expect(await dropIdentitiesOver(house.office)).toBe(0);
  const until = "UPDATE acquisitions SET keep_until = '2026-11-25' WHERE principal_id = $1";
  await house.db.owner.query(until, [record.principal]);
  expect(await dropIdentitiesOver(house.office)).toBe(0);
  expect(await eraseExpired(house.office)).toBe(1);
  expect(await dropIdentitiesOver(house.office)).toBe(1);
  expect(await identityOf(record.principal)).toBeUndefined();
});

test('whoever is provided of while they are erased is named by the record that comes of it, or none comes', async () => {
  const principal = await member();
  await addConsent(house, principal, text);
  let goOn = () => {};
  let began = () => {};
  const halfway = new Promise<void>((resolve) => (began = resolve));
  const record = () => {
    began();
    return new Promise<void>((resolve) => (goOn = resolve));
  };
  const given = giving(principal, { record });
  await halfway;
  const erasing = erase(principal);
  try {
    await expect.poll(() => house.db.owner.query(waits, []), { timeout: 5_000 }).toHaveLength(1);
  } finally {
    goOn();
  }
  valueOf(await given);
  expect((await erasing).identity_until).toBe('2029-12-07');
  expect(await identityOf(principal)).toEqual(kept.name);
  expect(await giving(principal)).toMatchObject({ ok: false });
});

test('a file that is handed over while somebody in it is erased names them as whom it kept', async () => {
  const publicKey = await identityToRecipient(await generateX25519Identity());
  const partner = await addRecipient(house, { publicKey, name: '例示企画株式会社' });
  const items = ['email'];
  const principal = await member();
  await addConsent(house, principal, await addConsentText(house, { holding, recipients: [partner], items }));
  const maker = { actor: { ...by.actor, id: house.staff.desk!, roles: ['handler'] } as Actor, authority: [] };
  const facts = { relation: 'third-party' } as const;
  const ask = { holding, items, purpose: 'P3', recipient: partner, everybody: true, facts };
  const { id } = valueOf(await draftPackage(house.office, maker, ask));
  valueOf(await requestPackage(house.office, maker, id));
  valueOf(await approvePackage(house.office, by, id));
  while (await prepareNext(house.office));
  let goOn = () => {};
  let began = () => {};
  const held = new Promise<void>((resolve) => (began = resolve));
  const holds = house.db.owner.transaction(async (tx) => {
    await tx.query('SELECT 1 FROM packages WHERE id = $1 FOR UPDATE', [id]);
    began();
    await new Promise<void>((resolve) => (goOn = resolve));
  });
  await held;
  const waiting = (n: number) => expect.poll(() => house.db.owner.query(waits, []), { timeout: 5_000 }).toHaveLength(n);
  const fetching = packageFile(house.office, by, id);
  try {
    await waiting(1);
    const erasing = erase(principal);
    await waiting(2).finally(goOn);
    valueOf(await fetching);
    expect((await erasing).identity_until).toBe('2029-12-07');
  } finally {
    goOn();
    await holds;
  }
  expect(await identityOf(principal)).toEqual(kept.name);
});

/** Sets the last day of the records of what was provided of a person. */
const recordsUntil = (principal: string, on: string) =>
  house.db.owner.query(
    `UPDATE provision_records SET keep_until = $2
     WHERE provision_id IN (SELECT provision_id FROM provision_people WHERE principal_id = $1)`,
    [principal, on],
  );

test('who it was goes with its key once the last record has ended, not before, and the history says so', async () => {
  const principal = await provided();
  await erase(principal);
  const today = house.office.clock.today();
  await recordsUntil(principal, today);
  await house.db.owner.query('SELECT expire_provision_records($1)', [today]);
  expect(await dropIdentitiesOver(house.office)).toBe(0);
  expect(await identityUntil(house.office, principal)).toBe(today);
  await recordsUntil(principal, '2026-11-25');
  // The record is over but still there; the identity goes once the record is gone.
  expect(await dropIdentitiesOver(house.office)).toBe(0);
  await house.db.owner.query('SELECT expire_provision_records($1)', [today]);
  const round = keepDroppingIdentities(house.office, (line) => expect.fail(line));
  await expect.poll(() => house.db.owner.query('SELECT 1 FROM kept_identities WHERE id = $1', [principal])).toEqual([]);
  await round.stop();
  expect(await identityOf(principal)).toBeUndefined();
  const [over] = await listEntries(house.office.database, { principal, most: 1 });
  expect(over!.entry).toMatchObject({ action: 'people:identity-over', actor: 'sekisho' });
  expect((await uncleared(house.office.database)).map(({ table }) => table)).toContain('kept_identities');
  await expect.poll(() => clearDropped(house.office, 'kept_identities')).toBeGreaterThan(0);
});

test('of whoever is erased while the clock may be wrong, who it was is kept by the day before it leapt', async () => {
  const principal = await provided();
  await recordsUntil(principal, '2027-01-31');
  const then = new Date(house.clock.now()).toISOString();
  await clockLeapt(house.db, then);
  house.clock.moveTo('2027-02-01T10:00:00+09:00');
  try {
    const entry = await erase(principal);
    expect(entry.identity_until).toBe('2027-01-31');
    expect(entry.decision?.because.slice(2)).toEqual(['APPI 29(2)', 'APPI-Rules 20(1)']);
    expect(await identityUntil(house.office, principal)).toBe('2027-01-31');
    expect(await dropIdentitiesOver(house.office)).toBe(0);
  } finally {
    house.clock.moveTo(then);
    await clockLeapt(house.db, null);
  }
  expect(await identityOf(principal)).toEqual(kept.name);
});

test('of whom no record opens the erasure goes on, and says that nothing could be kept', async () => {
  const principal = await provided();
  const damage = "UPDATE vault_records SET sealed = '\\x00' WHERE principal_id = $1";
  await house.db.owner.query(damage, [principal]);
  const entry = await erase(principal);
  expect([entry.identity, entry.identity_until]).toEqual(['unreadable', undefined]);
  expect(await identityUntil(house.office, principal)).toBeNull();
});

test('what was written into another’s place, or over the key, says that it does not open, and is no reading', async () => {
  const [one, other] = [await provided(), await provided()];
  for (const principal of [one, other]) await erase(principal);
  const copy = `UPDATE kept_identities SET sealed = o.sealed, wrapped_key = o.wrapped_key
    FROM kept_identities o WHERE kept_identities.id = '${one}' AND o.id = '${other}'`;
  await house.db.owner.query(copy, []);
  expect(await identityOf(one)).toBe('unreadable');
  expect(await looked(one)).toBe(0);
  expect(await pageOf(await house.visitor('officer'), `/people/${one}`)).toContain('鍵で開けません');
});

test('the record and the page of the person show who it was to whoever may read records, each time on record', async () => {
  const principal = await provided();
  const [given] = await house.office.database.query<{ id: string }>(
    'SELECT provision_id AS id FROM provision_people WHERE principal_id = $1',
    [principal],
  );
  const officer = await house.visitor('officer');
  const paths = [`/people/${principal}`, `/provisions/${given!.id}`];
  for (const path of paths) expect(await pageOf(officer, path)).not.toContain('例示 記録');
  expect(await looked(principal)).toBe(0);
  await erase(principal);
  for (const [i, path] of paths.entries()) {
    const page = await pageOf(officer, path);
    expect(page).toContain('例示 記録');
    expect(page).toContain('残した氏名');
    expect(await looked(principal)).toBe(i + 1);
  }
  expect(await pageOf(officer, paths[0]!)).toContain('2029年12月7日まで');
  expect(await pageOf(officer, '/provisions')).not.toContain('例示 記録');
  const seen = await looked(principal);
  await addFictionalStaff(house.access, {
    name: '例示 一郎',
    email: 'handler@example.jp',
    roles: ['handler'],
    passwordHash: PASSWORD_HASH,
  });
  const page = await pageOf(await house.visitor('handler'), paths[0]!);
  expect(page).toContain('2029年12月7日まで');
  expect([page.includes('例示 記録'), await looked(principal)]).toEqual([false, seen]);
  expect((await house.db.owner.query(`SELECT 1 FROM log_entries WHERE entry LIKE '%例示 記録%'`, [])).length).toBe(0);
});

/** What the certificate of an erasure says is left, in both languages. */
async function leftBy(principal: string): Promise<string[]> {
  const entry = await erase(principal);
  await signAll(house.office.database, house.office.signer);
  const proof = valueOf(await proofOf(house, principal, entry.id));
  const told = await toldOf(house, by, proof.entry);
  const facts = { told, proof, name: null, operator: null, on: house.clock.today(), url: '', attached: 'proof.json' };
  return (['ja', 'en'] as const).map(
    (lang) => Object.fromEntries(receiptLetter(facts, lang).facts)[{ ja: '残すもの', en: 'What stays' }[lang]]!,
  );
}

test('the certificate says what stays, for which records and until when', async () => {
  const [ja, en] = await leftBy(await provided());
  expect(ja).toMatch(/ご本人の氏名.*提供の記録がどなたのものかを示すためで、.*令和11年12月7日まで残し/);
  expect(en).toMatch(/your name.* records of provisions .* until 7 December 2029/);
  expect(`${ja}${en}`).not.toMatch(/提供元|who gave us/);
  const [said, says] = await leftBy((await received()).principal);
  expect(said).toMatch(/受け取りの記録がどなたのものかを.*受け取りの記録には、法律の定めにより提供元なども残り/);
  expect(says).toMatch(/records of receipts .* also name who gave us the information/);
});
