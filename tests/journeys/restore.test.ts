// The day after a loss: a backup of the database is restored that is older than what people have of the log. Nothing starts on it as if nothing
// were missing. From a newer export of the log, what was erased, withdrawn or ended since is so again before anybody is let in.

import fs from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assemble, type Assembly } from '../../src/app.ts';
import { keepLookingAtOthers } from '../../src/app/others.ts';
import { recordsKept } from '../../src/app/records.ts';
import { changePassword } from '../../src/features/access/actions/account.ts';
import { sessionCookie } from '../../src/features/access/actions/gate.ts';
import { signIn } from '../../src/features/access/actions/sign-in.ts';
import { endStaff, inviteStaff } from '../../src/features/access/actions/staff.ts';
import { revokeToken, type By } from '../../src/features/access/index.ts';
import { recordIn } from '../../src/features/checkpoint/index.ts';
import { acquire, acquisition, asStated } from '../../src/features/acquisition/index.ts';
import { correct, eraseAll } from '../../src/features/checkpoint/index.ts';
import { object, withdrawConsent } from '../../src/features/consent/index.ts';
import { eraseThoseBack } from '../../src/features/people/index.ts';
import { provide } from '../../src/features/provision/index.ts';
import {
  append,
  lastCheckpoint,
  listEntries,
  logEntry,
  proofFile,
  receiptOf,
  verifyFile,
  vkeyOf,
} from '../../src/log/index.ts';
import { openOffice } from '../../src/office.ts';
import type { Database } from '../../src/platform/database/index.ts';
import { standingClock } from '../../src/platform/clock.ts';
import { exportOf, openBackups, type Backups } from '../backup.ts';
import { PASSWORD, signAll } from '../house.ts';
import {
  addConsent,
  addConsentText,
  addHolding,
  addPerson,
  addRecipient,
  byOfficer,
  storeAsFormerly,
} from '../people.ts';
import { must, newcomer, root, settle, tokenOf } from '../server.ts';

const clock = standingClock('2026-12-10T10:00:00+09:00');
/** A request of the desk. */
const REQUEST = '01a00000-0000-7000-8000-000000000001';
/** When the person asked that something stop, in milliseconds since the epoch. */
const SAID = Date.parse('2026-12-10T09:05:00+09:00');
let backups: Backups;

const stateOf = async ({ database }: { database: Database }, sql: string): Promise<unknown> =>
  Object.values((await database.query<Record<string, unknown>>(sql, []))[0]!)[0];

/** The ids of the entries of an export in positions `from` to before `to`. */
const idsIn = (text: string, from: number, to: number): string[] =>
  text
    .split('\n')
    .slice(1)
    .filter((line) => line !== '' && !line.startsWith('{"checkpoint":'))
    .slice(from, to)
    .map((line) => JSON.parse(line).id as string);

/**
 * Checks that home and the page of the log say that a backup was restored, until somebody says that they have gone through what came after it: the
 * entries `lost`, newest last, and none of the same day that the backup had or that were written after the restore.
 */
async function goesThrough(
  { access, fetch, office }: Assembly,
  token: string,
  { first, lost }: { first: boolean; lost: readonly string[] },
): Promise<void> {
  const headers = { cookie: sessionCookie(access, token).split(';')[0]! };
  const url = office.config.publicUrl;
  const get = async (to: string): Promise<string> => (await fetch(new Request(`${url}${to}`, { headers }))).text();
  const said = async () =>
    [await get('/'), await get('/log')].map((page) => page.includes('バックアップから戻しました'));
  expect(await said()).toEqual([first, first]);
  if (!first) return;
  const page = await get('/log');
  const [, list] = /<a href="([^"]+)">バックアップの後の記録を見る<\/a>/.exec(page) ?? [];
  const shown = async (to: string) =>
    [...(await get(to)).matchAll(/<th[^>]*><a href="\/log\/entries\/([-0-9a-f]{36})"/g)].map(([, id]) => id!);
  expect(await shown(list!)).toEqual(lost.toReversed());
  expect(page).toContain(`バックアップの後の記録を見る</a>（${lost.length}件）`);
  // A kind that is chosen on that page is of the list alone.
  const inForm = /<input type="hidden" name="lost" value="([-0-9a-f]{36})"/.exec(await get(list!))![1]!;
  expect(await shown(`/log?lost=${inForm}&kind=consents`)).toHaveLength(5);
  expect(await shown('/log?kind=consents')).toHaveLength(11);
  // What is no restore selects nothing.
  expect(await shown(`/log?lost=${known.kept}`)).toEqual(await shown('/log'));
  const body = new URLSearchParams({ csrf: /name="csrf" value="([^"]+)"/.exec(page)![1]! });
  const sent = { method: 'POST', headers: { ...headers, origin: url }, body };
  expect((await fetch(new Request(`${url}/log/reviewed`, sent))).status).toBe(303);
  expect(await said()).toEqual([false, false]);
}

const receipt = {
  provider: { kind: 'private-person', name: '紹介 花子', address: '例示町2-2-2' },
  basis: 'private-person',
  howAcquired: '友人として名刺を受け取った',
  documentSeen: true,
} as const;

interface Known {
  kept: string;
  erased: string;
  /** The record of a receipt about who is erased. */
  received: string;
  consent: string;
  text: { code: string; version: number };
  holding: string;
  staff: Record<string, string>;
  token: string;
}

let backup: string;
let known: Known;
/** What people have of the log on the day of the loss, and an older export. */
let exported: string;
let earlier: string;
let certificate: { id: string; file: string };
/** The last checkpoint that the key signed before the loss. */
let signedLast: string;

beforeAll(async () => {
  backups = await openBackups(clock);
  const today = await backups.copyOf('sekisho_template');
  known = await backups.within(today.config, async (house) => {
    const { staff } = await settle(house as never);
    const here = { ...house, staff };
    const holding = await addHolding(here);
    const [kept, erased] = [
      await addPerson(here, holding, newcomer(holding).items),
      await addPerson(here, holding, newcomer(holding).items),
    ];
    // A record names the person who is erased then.
    const recipient = await addRecipient(here);
    const given = await addConsentText(here, { holding, recipients: [recipient], items: ['email'] });
    await addConsent(here, erased.principal, given);
    const items = ['email'];
    const facts = { relation: 'third-party' } as const;
    const giving = { principal: erased.principal, holding, items, purpose: 'P3', recipient, facts };
    must(await provide(here.office, byOfficer(here), giving));
    // A private individual gave something more of them, which the version of the backup kept with the person alone.
    const { version } = (await recordIn(house.office.database, erased.principal, holding))!;
    const { record } = must(
      await acquire(here.office, byOfficer(here), {
        holding,
        channel: 'oral',
        source: 'third-party',
        purposes: ['P3'],
        principal: erased.principal,
        seen: version,
        items: { phone: '090-0000-4444' },
        receipt,
      }),
    );
    await backups.owning(today.name, (owner) => storeAsFormerly(owner, house.office, record));
    const text = await addConsentText(here, { holding, recipients: [], items: ['email'] });
    const consent = await addConsent(here, kept.principal, text);
    const { id: token } = await tokenOf(house.access);
    const invited = { name: '職員 二人', email: 'invited@example.jp', roles: ['desk'] as const };
    must(await inviteStaff(house.access, byOfficer(here), invited));
    return {
      kept: kept.principal,
      erased: erased.principal,
      received: record.id,
      consent,
      text,
      holding,
      staff,
      token,
    };
  });
  backup = (await backups.copyOf(today.name)).name;
  await backups.within(today.config, async (house) => {
    const { office, access } = house;
    const by: By = {
      actor: { kind: 'staff', id: known.staff.officer!, name: '職員 一人', roles: ['officer'] },
      authority: ['officer-all-work'],
    };
    const on = clock.today();
    const whole = { scope: 'everything', purpose: null, recipient: null, evidence: null } as const;
    const { entry } = must(
      await eraseAll(office, by, {
        principal: known.erased,
        ground: 'no-longer-needed',
      }),
    );
    await signAll(office.database, office.signer);
    earlier = await exportOf(office);
    const kana = {
      principal: known.kept,
      holding: known.holding,
      items: { name_kana: null },
      ground: 'request',
    } as const;
    must(await correct(office, by, kana));
    must(await withdrawConsent(office, by, known.consent, { on, at: SAID, evidence: '手紙' }));
    must(await object(office, by, { ...whole, principal: known.kept, said: { on, at: SAID }, request: REQUEST }));
    // The backup lacks this consent, so there is nothing of it to end.
    const anew = await addConsent({ ...house, staff: known.staff }, known.kept, known.text);
    must(await withdrawConsent(office, by, anew, { on, evidence: '手紙' }));
    must(await revokeToken(access, by, known.token));
    must(await endStaff(access, by, known.staff.reception!));
    const { token } = must(await signIn(access, { email: 'handler@example.jp', password: PASSWORD }, ''));
    const handler: By = {
      actor: { ...by.actor, id: known.staff.handler!, roles: ['handler'] } as never,
      authority: [],
    };
    const changed = { current: PASSWORD, password: 'hoshi-no-kagayaki-8', passwordAgain: 'hoshi-no-kagayaki-8' };
    must(await changePassword(access, handler, token, changed));
    await signAll(office.database, office.signer);
    exported = await exportOf(office);
    certificate = { id: entry, file: proofFile((await receiptOf(office.database, vkeyOf(office.signer), entry))!) };
    // One more entry, which the export does not have.
    must(await signIn(access, { email: 'auditor@example.jp', password: PASSWORD }, ''));
  });
  signedLast = await fs.readFile(path.join(backups.folder, 'keys', 'log-signed.txt'), 'utf8');
});
afterAll(() => backups.close());

test('an older database than what the key has signed is not opened, and only a continuation of its log brings it forward', async () => {
  const { config } = await backups.copyOf(backup);
  await expect(openOffice(config, clock, root)).rejects.toThrow('The database is old');
  for (const [text, why] of [
    [exported.split('\n').slice(0, 20).join('\n'), 'altered or cut short'],
    [exported.replace('"consent:withdraw"', '"consent:withdrew"'), 'altered or cut short'],
    [`${exported.split('\n')[0]!}\n`, 'altered or cut short'],
    ['nothing\n', 'not an export'],
    [exported.replace('policy:approve', 'policy:approvf'), 'not the beginning'],
  ] as const)
    await expect(backups.restore(config, text)).rejects.toThrow(why);
  await expect(openOffice(config, clock, root)).rejects.toThrow('The database is old');
});

test('what ended after the backup ends again, once, and the log continues what people hold', async () => {
  const { name, config } = await backups.copyOf(backup);
  const head = (await backups.owning(name, lastCheckpoint))!;
  // Without the key’s signature, nobody moves the place from which entries count as lost.
  const claim = logEntry(clock.now(), { kind: 'sekisho' }, 'log:restored', { here: 0, size: head.size, lost: 0 });
  await backups.owning(name, (owner) => owner.transaction((tx) => append(tx, claim)));
  // Somebody has an older export first. Nothing is started in between, so the loss is that since the backup.
  await backups.restore(config, earlier);
  const { here, size, lost } = await backups.restore(config, exported);
  expect([`"size":${size},`, lost]).toEqual([exported.slice(0, 80).match(/"size":\d+,/)![0], 1]);
  expect(here).toBe(head.size);
  expect(here).toBeLessThan(size);
  for (const times of [1, 2])
    await backups.within(config, async (house) => {
      const { office, access, provers } = house;
      const again = await listEntries(office.database, { actions: ['log:ended-again'], most: 9 });
      expect(
        again.map((one) => [one.entry.erased, one.entry.items_out, one.entry.withdrawals, one.entry.let_in]),
      ).toEqual([[1, 1, 2, 3]]);
      expect(await stateOf(office, 'SELECT items FROM vault_records')).not.toContain('name_kana');
      expect(await stateOf(office, 'SELECT version FROM vault_records')).toBe(2);
      expect(await stateOf(office, 'SELECT said_at FROM consent_objections')).toEqual(new Date(SAID));
      expect(await stateOf(office, 'SELECT said_at FROM consent_withdrawal_times')).toEqual(new Date(SAID));
      // An objection that carried out a request of the desk cannot be retracted.
      expect(await stateOf(office, 'SELECT array_agg(request_id) FROM consent_objections')).toEqual([REQUEST]);
      expect(
        await stateOf(office, `SELECT json_agg(json_build_array(principal_id, entry_id)) FROM vault_erasures`),
      ).toEqual([[known.erased, certificate.id]]);
      expect(await stateOf(office, 'SELECT array_agg(id) FROM vault_principals')).toEqual([known.kept]);
      expect(await stateOf(office, "SELECT array_agg(id) FROM kept_identities WHERE digests <> '{}'")).toEqual([
        known.erased,
      ]);
      // Who gave the information stays in the record, though its person was erased again.
      const by: By = { actor: { kind: 'sekisho' }, authority: [] };
      const [received] = await asStated(office, by, [must(await acquisition(office, known.received))]);
      expect(received).toMatchObject({ receipt, unread: null });
      expect(await office.database.transaction((tx) => eraseThoseBack(office, tx, recordsKept, clock.now()))).toBe(0);
      // Each is logged in the person's history, with the entry that certifies it.
      const anew = await listEntries(office.database, { actions: ['people:erase-again'], most: 9 });
      const [took] = await listEntries(office.database, {
        principal: known.kept,
        actions: ['people:correct'],
        most: 1,
      });
      const out = { principal: known.kept, holding: known.holding, taken_out: ['name_kana'] };
      expect(anew.map((one) => one.entry)).toMatchObject([
        { actor: 'sekisho', ...out, certified_by: took!.entry.id },
        { actor: 'sekisho', principal: known.erased, certified_by: certificate.id, identity_until: '2029-12-10' },
      ]);
      expect(await stateOf(office, 'SELECT count(*) FROM staff_sessions WHERE ended_at IS NULL')).toBe(times - 1);
      // A link that was open in the backup may have been used or replaced since.
      expect(await stateOf(office, 'SELECT json_agg(used_at IS NULL) FROM staff_links')).toEqual([false]);
      const entering = (role: string) => signIn(access, { email: `${role}@example.jp`, password: PASSWORD }, '');
      expect((await Promise.all(['reception', 'handler'].map(entering))).map(({ ok }) => ok)).toEqual([false, false]);
      const states = provers
        .filter(({ promise }) => ['access-authorised', 'every-access-logged'].includes(promise))
        .map(async (prover) => (await prover.prove(office)).state);
      expect(states.length).toBeGreaterThan(3);
      expect(await Promise.all(states)).not.toContain('broken');
      const { token } = must(await entering('officer'));
      await goesThrough(house, token, { first: times === 1, lost: idsIn(exported, here, size) });
      await signAll(office.database, office.signer);
      const now = Buffer.from(await exportOf(office));
      for (const held of [exported, certificate.file])
        expect(verifyFile(now, vkeyOf(office.signer), Buffer.from(held))).toMatchObject({ ok: true, kind: 'export' });
    });
});

test('a start that came to nothing between two exports has ended nothing of what only the newer one has', async () => {
  const { config } = await backups.copyOf(backup);
  await backups.restore(config, earlier);
  const { office, close } = await openOffice(config, clock, root);
  await (await assemble(office, { root, report: () => undefined })).close();
  await close();
  await backups.restore(config, exported);
  await backups.within(config, async ({ office: now, access }) => {
    const again = await listEntries(now.database, { actions: ['log:ended-again'], most: 9 });
    expect(
      again.map(({ entry }) => [entry.erased, entry.items_out, entry.withdrawals, entry.let_in]).toSorted(),
    ).toEqual([
      [0, 1, 2, 3],
      [1, 0, 0, 0],
    ]);
    expect(await stateOf(now, 'SELECT items FROM vault_records')).not.toContain('name_kana');
    const entered = await signIn(access, { email: 'reception@example.jp', password: PASSWORD }, '');
    expect(entered.ok).toBe(false);
  });
});

test('where nobody has an export, the loss is put on record once, and the office goes on', async () => {
  const { name, config } = await backups.copyOf(backup);
  const head = (await backups.owning(name, lastCheckpoint))!;
  // What a restored office has signed in the meantime is unknown to this one.
  const signed = path.join(backups.folder, 'keys', 'log-signed.txt');
  const known = Number((await fs.readFile(signed, 'utf8')).split('\n')[1]);
  const { here, size, lost } = await backups.restore(config, null);
  expect({ here, size, lost }).toEqual({ here: head.size, size: head.size, lost: known - head.size });
  expect(lost).toBeGreaterThan(1);
  await expect(fs.readFile(signed)).rejects.toThrow('ENOENT');
  await backups.within(config, async ({ office }) => {
    const [noted] = await listEntries(office.database, { actions: ['log:restored'], most: 1 });
    expect(noted!.entry).toMatchObject({ actor: 'sekisho', lost });
    // The invitation that was open in the backup lets nobody in.
    expect(await stateOf(office, 'SELECT json_agg(used_at IS NULL) FROM staff_links')).toEqual([false]);
  });
  await expect(backups.restore(config, null)).rejects.toThrow('Nothing is lost');
  // The log has gone on, so the export does not continue it any more.
  await expect(backups.restore(config, exported)).rejects.toThrow('not the beginning');
});

test('a restore that was killed after its work, or was run on another machine, leaves a start that goes on from it', async () => {
  const file = path.join(backups.folder, 'keys', 'log-signed.txt');
  for (const text of [exported, null]) {
    await fs.writeFile(file, signedLast);
    const { config } = await backups.copyOf(backup);
    const { size } = await backups.restore(config, text);
    await fs.writeFile(file, signedLast);
    const again = text ? 'Give a newer export' : 'Nothing is lost';
    await expect(backups.restore(config, text)).rejects.toThrow(again);
    await fs.writeFile(file, signedLast);
    await backups.within(config, async ({ office }) => {
      await signAll(office.database, office.signer);
      const noted = await listEntries(office.database, { actions: ['log:restored'], most: 9 });
      expect(noted.map(({ position }) => position)).toEqual([size]);
    });
    // What was signed since is not given up: an older copy of the database is noticed as before.
    expect(Number((await fs.readFile(file, 'utf8')).split('\n')[1])).toBeGreaterThan(size);
    const older = await backups.copyOf(backup);
    await expect(openOffice(older.config, clock, root)).rejects.toThrow('The database is old');
  }
});

test('an office that was cut off while a backup was restored does not go on', async () => {
  await backups.forget();
  const { name, config } = await backups.copyOf(backup);
  const { office, close } = await openOffice(config, clock, root);
  const house = await assemble(office, { root, report: () => undefined });
  const looking = await keepLookingAtOthers(house, () => undefined, clock);
  const restoring = backups.restore(config, exported).then(() => true);
  const cut = `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ShareLock'
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
  await backups.owning(name, async (owner) => {
    const cuts = (): Promise<boolean> => owner.query(cut, []).then(() => false);
    while (!(await Promise.race([restoring, cuts()])));
  });
  expect((await looking.outdated).says.en).toContain('A backup was restored while this process was running');
  await looking.stop();
  await house.close();
  await close();
});

test('a database that was brought back without its rights is not opened, and it is said what it lacks', async () => {
  const { name, config } = await backups.copyOf(backup);
  await backups.owning(name, (owner) => owner.query('REVOKE ALL ON ALL TABLES IN SCHEMA public FROM sekisho_app', []));
  await expect(openOffice(config, clock, root)).rejects.toThrow('lacks the role sekisho_app or required rights');
});
