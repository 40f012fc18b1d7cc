// What a restored backup did not have, after the log was brought forward: it is told apart from other losses, counts as a risk until somebody has
// gone through it, and never excuses anything else.

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Assembly } from '../../src/app.ts';
import type { Proof } from '../../src/base/promise.ts';
import { furnish } from '../../src/demo.ts';
import { listStaff, type By } from '../../src/features/access/index.ts';
import { withdrawConsent } from '../../src/features/consent/index.ts';
import { endJointUse } from '../../src/features/joint-use/actions.ts';
import { listJointUses } from '../../src/features/joint-use/index.ts';
import { retireHolding } from '../../src/features/ledger/actions.ts';
import { linkPeople, unlinkPeople } from '../../src/features/people/actions/link.ts';
import { evaluatePromises, promiseBoard } from '../../src/features/policy/index.ts';
import { resumeRecipient, stopRecipient } from '../../src/features/recipients/actions/recipient.ts';
import { listRecipients } from '../../src/features/recipients/index.ts';
import { append, listEntries, logEntry, type LogEntry } from '../../src/log/index.ts';
import { openOffice, type Office } from '../../src/office.ts';
import type { Link } from '../../src/vault/index.ts';
import { standingClock } from '../../src/platform/clock.ts';
import { exportOf, openBackups, type Backups } from '../backup.ts';
import { signAll } from '../house.ts';
import { addHolding } from '../people.ts';
import { must, root } from '../server.ts';

/** The office opens eight weeks earlier. */
const clock = standingClock('2026-10-15T08:00:00+09:00');
let backups: Backups;
/** Templates: the office before any work, and after eight weeks of it. */
let empty: string;
let furnished: string;
let exported: string;

beforeAll(async () => {
  backups = await openBackups(clock);
  const { name, config } = await backups.copyOf('sekisho_template');
  await backups.within(config, () => Promise.resolve());
  empty = (await backups.copyOf(name)).name;
  clock.moveTo('2026-12-10T10:00:00+09:00');
  const { office, close } = await openOffice(config, clock, root);
  await furnish(office, { root, report: () => undefined });
  await signAll(office.database, office.signer);
  exported = await exportOf(office);
  await close();
  furnished = name;
});
beforeEach(() => backups.forget());
afterAll(() => backups.close());

interface Named extends Proof {
  promise: string;
}

const proofsOf = ({ provers, office }: Assembly): Promise<Named[]> =>
  Promise.all(provers.map(async (one) => ({ promise: one.promise, ...(await one.prove(office)) })));

/** The broken promises, sorted, each as often as a prover reports it. */
const brokenIn = async (house: Assembly): Promise<string[]> =>
  (await proofsOf(house))
    .filter(({ state }) => state === 'broken')
    .map(({ promise }) => promise)
    .toSorted();

/** The number that a promise reports as lost. */
const lostOf = ({ evidence }: Proof): string | undefined =>
  evidence.find(({ label }) => label.en.includes('Lost when a backup was restored on 2026/12/1'))?.value.en;

const goneThrough = ({ office }: Assembly): Promise<void> =>
  office.database.transaction((tx) => append(tx, logEntry(clock.now(), { kind: 'sekisho' }, 'log:reviewed')));

const officerIn = async ({ access }: Assembly): Promise<{ staff: Record<string, string>; by: By }> => {
  const { id } = (await listStaff(access)).find(({ roles }) => roles.includes('officer'))!;
  return {
    staff: { officer: id },
    by: { actor: { kind: 'staff', id, name: '', roles: ['officer'] }, authority: ['officer-all-work'] },
  };
};

/** Changes a register as the owner of the database, bypassing everything that would refuse it. */
const tamper = (name: string, sql: string): Promise<void> =>
  backups.owning(name, (owner) =>
    owner.transaction(async (tx) => {
      await tx.query('SET LOCAL session_replication_role = replica', []);
      expect(await tx.query(`${sql} RETURNING 1`, [])).toHaveLength(1);
    }),
  );

test('what a backup did not have is at risk until somebody went through it, and named after that', async () => {
  const { config } = await backups.copyOf(empty);
  const { here, size } = await backups.restore(config, exported);
  expect(size - here).toBeGreaterThan(900);
  await backups.within(config, async (house) => {
    const before = await proofsOf(house);
    expect(before.filter(({ state }) => state === 'broken')).toEqual([]);
    const named = before.filter((one) => lostOf(one));
    expect(named.map(({ promise, state }, i) => [promise, state, lostOf(named[i]!)])).toEqual([
      ['every-access-logged', 'risk', '7'],
      ['use-within-purpose', 'risk', '112'],
      ['joint-use-purposes-kept', 'risk', '1'],
      ['access-authorised', 'risk', '8'],
      // This line counts the persons themselves.
      ['every-access-logged', 'risk', '238'],
      ['exception-grounded', 'risk', '1'],
      ['every-access-logged', 'risk', '79'],
      ['every-access-logged', 'risk', '8'],
      ['every-access-logged', 'risk', '30'],
      ['every-access-logged', 'risk', '6'],
      ['related-consent-confirmed', 'risk', '1'],
      ['related-consent-before-linking', 'risk', '1'],
      ['every-access-logged', 'risk', '2'],
      ['every-access-logged', 'risk', '8'],
      ['provision-recorded', 'risk', '3'],
      ['every-access-logged', 'risk', '18'],
    ]);
    expect(named[0]!.says.en).toBe(
      '7 cannot be verified: records were lost when a backup was restored on 2026/12/10. Their entries remain in the log.',
    );
    await goneThrough(house);
    const after = (await proofsOf(house)).filter((one) => lostOf(one));
    expect(after.map((one) => [one.promise, lostOf(one)])).toEqual(named.map((one) => [one.promise, lostOf(one)]));
    expect(new Set(after.map(({ state }) => state))).toEqual(new Set(['kept']));
  });
});

test('what the log says was ended and is not is no loss, nor is what was there and is gone', async () => {
  const before = await backups.copyOf(furnished);
  const unused = await backups.within(before.config, async (house) => {
    const { staff } = await officerIn(house);
    const id = await addHolding({ ...house, staff });
    await signAll(house.office.database, house.office.signer);
    return id;
  });
  const today = await backups.copyOf(before.name);
  const back = await backups.copyOf(before.name);
  clock.moveTo('2026-12-11T10:00:00+09:00');
  const usual = await backups.within((await backups.copyOf(before.name)).config, brokenIn);
  /** Stops a recipient, ends a joint use and retires a holding. */
  const endThree = async (house: Assembly, recipient: string): Promise<void> => {
    const { office } = house;
    const { by } = await officerIn(house);
    const one = (await listRecipients(office)).find(({ id }) => id === recipient)!;
    must(await stopRecipient(office, by, { id: one.id, version: one.version, reason: '契約の終了' }));
    const use = (await listJointUses(office)).find(({ endedOn }) => endedOn === null)!;
    must(await endJointUse(office, by, use, { on: clock.today(), why: '催しが終わったため' }));
    must(await retireHolding(house, by, { id: unused, version: 1, reason: '移行済み' }));
  };
  /** Resumes a recipient that is stopped, some time after it was. */
  const resume = async (house: Assembly, id: string): Promise<void> => {
    const { version } = (await listRecipients(house.office)).find((one) => one.id === id)!;
    clock.moveTo(new Date(clock.now() + 60_000).toISOString());
    must(await resumeRecipient(house.office, (await officerIn(house)).by, { id, version, reason: '点検の終了' }));
  };
  const { text, recipient, consent } = await backups.within(today.config, async (house) => {
    const { by, staff } = await officerIn(house);
    const { office } = house;
    await addHolding({ ...house, staff }, { name: { ja: '会員台帳', en: 'Members' } });
    const [one, other] = (await listRecipients(office)).filter(({ state }) => state === 'active');
    must(await stopRecipient(office, by, { id: other!.id, version: other!.version, reason: '点検' }));
    await resume(house, other!.id);
    await endThree(house, one!.id);
    const [free] = await office.database.query<{ id: string }>(
      'SELECT id FROM consents c WHERE NOT EXISTS (SELECT FROM consent_withdrawals w WHERE w.consent_id = c.id) ORDER BY id LIMIT 1',
      [],
    );
    must(await withdrawConsent(office, by, free!.id, { on: clock.today(), evidence: null }));
    await signAll(office.database, office.signer);
    return { text: await exportOf(office), recipient: one!.id, consent: free!.id };
  });
  await backups.restore(back.config, text);
  await backups.within(back.config, async (house) => {
    // The recipient that was stopped according to the log can receive again, the joint use goes on, and the holding is in use.
    const undone = [...usual, 'every-access-logged', 'every-access-logged', 'every-access-logged'].toSorted();
    expect(await brokenIn(house)).toEqual(undone);
    await goneThrough(house);
    expect(await brokenIn(house)).toEqual(undone);
    await endThree(house, recipient);
    // The other one was resumed since, as the log says. And one that is stopped again may be resumed again.
    expect(await brokenIn(house)).toEqual(usual);
    await resume(house, recipient);
    expect(await brokenIn(house)).toEqual(usual);
  });
  // The restore wrote the withdrawal again, and the register existed before the backup, so neither was lost.
  for (const sql of [
    `DELETE FROM consent_withdrawals WHERE consent_id = '${consent}'`,
    'DELETE FROM web_registers WHERE (site_id, version) = (SELECT site_id, version FROM web_registers ORDER BY 1, 2 LIMIT 1)',
  ]) {
    await tamper(back.name, sql);
    await backups.within(back.config, async (house) => expect(await brokenIn(house)).toContain('every-access-logged'));
  }
});

test('which ids are one person is as the log says, made and taken back since the backup', async () => {
  const today = await backups.copyOf(furnished);
  const back = await backups.copyOf(furnished);
  clock.moveTo('2026-12-11T11:00:00+09:00');
  const linksIn = ({ database }: Office) => database.query('SELECT * FROM person_links ORDER BY id', []);
  const { text, then } = await backups.within(today.config, async (house) => {
    const { by } = await officerIn(house);
    const { database, signer } = house.office;
    const [mistaken] = await database.query<Link>('SELECT * FROM person_links', []);
    const [one, other] = await database.query<{ id: string }>(
      `SELECT principal_id AS id FROM vault_records r WHERE NOT EXISTS (SELECT FROM same_person s WHERE s.principal_id = r.principal_id)
       GROUP BY 1 ORDER BY 1 LIMIT 2`,
      [],
    );
    const pair = { principal: one!.id, sameAs: other!.id };
    must(await unlinkPeople(house, by, { principal: mistaken!.principal_id, sameAs: mistaken!.other_id }));
    for (const shownBy of ['details', 'document'] as const) {
      must(await linkPeople(house, by, { ...pair, shownBy }));
      if (shownBy === 'details') must(await unlinkPeople(house, by, pair));
    }
    await signAll(database, signer);
    return { text: await exportOf(house.office), then: await linksIn(house.office) };
  });
  expect(then).toHaveLength(3);
  await backups.restore(back.config, text);
  for (const times of [1, 2])
    await backups.within(back.config, async ({ office }) => {
      expect([times, await linksIn(office)]).toEqual([times, then]);
      const [again] = await listEntries(office.database, { actions: ['log:ended-again'], most: 2 });
      expect(again!.entry.linked).toBe(4);
    });
});

test('whoever only says that a backup was brought back excuses nothing', async () => {
  const drill = await backups.copyOf(empty);
  await backups.restore(drill.config, exported);
  const genuine = await backups.within(drill.config, async ({ office }) => {
    const [noted] = await listEntries(office.database, { actions: ['log:restored'], most: 1 });
    return noted!.entry;
  });
  await backups.forget();
  const { name, config } = await backups.copyOf(furnished);
  const usual = await backups.within(config, brokenIn);
  const { here, size } = genuine as LogEntry & { here: number; size: number };
  const said = logEntry(clock.now(), { kind: 'sekisho' }, 'log:restored', { here, size, lost: 0 });
  await backups.within(config, async ({ office }) => {
    // A restore entry signed for another office with this key, an unsigned one, and one with the signature of something else.
    for (const forged of [genuine, said, { ...said, signature: genuine.signature }])
      await office.database.transaction((tx) =>
        append(tx, logEntry(clock.now(), { kind: 'sekisho' }, 'log:reviewed'), forged),
      );
  });
  await tamper(name, 'DELETE FROM consents WHERE id = (SELECT id FROM consents ORDER BY id LIMIT 1)');
  await backups.within(config, async (house) =>
    expect(await brokenIn(house)).toEqual([...usual, 'every-access-logged'].toSorted()),
  );
});

test('a board that came with a backup is not shown as what is here', async () => {
  const today = await backups.copyOf(furnished);
  clock.moveTo('2026-12-12T10:00:00+09:00');
  const text = await backups.within(today.config, async ({ office, provers }) => {
    await evaluatePromises(office, provers);
    await signAll(office.database, office.signer);
    return exportOf(office);
  });
  const back = await backups.copyOf(today.name);
  clock.moveTo('2026-12-12T10:00:10+09:00');
  const later = await backups.within(today.config, async (house) => {
    await addHolding({ ...house, staff: (await officerIn(house)).staff });
    await signAll(house.office.database, house.office.signer);
    return exportOf(house.office);
  });
  expect(later.length).toBeGreaterThan(text.length);
  clock.moveTo('2026-12-12T10:00:20+09:00');
  await backups.restore(back.config, later);
  await backups.within(back.config, async ({ office, provers }) => {
    const logged = async () => (await promiseBoard(office))!.promises.find(({ id }) => id === 'every-access-logged')!;
    expect(await logged()).toMatchObject({ state: 'unknown', evidence: [], computed: null });
    // The last check was less than a minute ago, but before the restore.
    expect(await evaluatePromises(office, provers, { unlessFresh: true })).not.toBeNull();
    expect((await logged()).state).toBe('risk');
    expect(await evaluatePromises(office, provers, { unlessFresh: true })).toBeNull();
  });
});
