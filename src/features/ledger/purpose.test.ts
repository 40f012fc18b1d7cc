// A change of purpose, from the officer's judgement to what it allows: a related one is recorded and used from then on, an unrelated one is refused
// on its article, and one judged by mistake is taken back.

import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { openTestOffice, type TestOffice, type Visitor } from '../../../tests/office.ts';
import {
  addHolding,
  addPerson,
  addRecipient,
  entrusted,
  officerOf,
  openTestCheckpoint,
  restingOn,
  valueOf,
} from '../../../tests/people.ts';
import type { Actor } from '../../base/actor.ts';
import type { Bilingual } from '../../base/bilingual.ts';
import { day, type Day } from '../../base/day.ts';
import { newId } from '../../base/id.ts';
import type { Outcome } from '../../base/outcome.ts';
import { canonical, listEntries, type LogEntry } from '../../log/index.ts';
import type { By, Room } from '../access/index.ts';
import { eraseAll, forgetStanding, use, type Used } from '../checkpoint/index.ts';
import { publishNotice, registerJointUse } from '../joint-use/actions.ts';
import { approve, policyInForce, policyYaml, propose } from '../policy/index.ts';
import { packageFile } from '../provision/actions/file.ts';
import {
  approvePackage,
  draftPackage,
  packageOf,
  requestPackage,
  screenPackage,
} from '../provision/actions/packages.ts';
import { packageWaits, prepareNext } from '../provision/actions/prepare.ts';
import { provide } from '../provision/actions/provide.ts';
import { whyOut, type Screened } from '../provision/facts.ts';
import { provisionRoutes } from '../provision/index.ts';
import { changePurpose, endPurposeChange, holding as holdingOf, holdings, retireHolding } from './actions.ts';
import type { PurposeChangeInput, StandingChange } from './facts.ts';
import { ledgerRoutes } from './routes.ts';
import { lockLedger } from './store.ts';

let house: TestOffice;
let room: Room;
let closeCheckpoint: () => Promise<void>;
let desk: Actor;
let by: By;
let printer: string;
let identity: string;
let n = 0;

/** The readers' holding, which is later used for P1 too. */
let id: string;
/** A person who was told of P3 only. */
let reader: string;

beforeAll(async () => {
  house = await openTestOffice(
    (office, access) => [...ledgerRoutes((room = { office, access })), ...provisionRoutes({ office, access })],
    { at: '2026-12-07T09:00:00+09:00' },
  );
  closeCheckpoint = await openTestCheckpoint(house);
  desk = officerOf(house);
  by = { actor: desk, authority: ['officer-all-work'] };
  identity = await generateX25519Identity();
  const publicKey = await identityToRecipient(identity);
  printer = await addRecipient(house, { relations: ['entrustment'], publicKey }, entrusted);
});
afterAll(async () => {
  await closeCheckpoint();
  await house.close();
});
beforeEach(async () => {
  n += 1;
  id = await addHolding(house, { name: { ja: `読者台帳${n}`, en: `Readers ${n}` }, purposes: ['P1', 'P3', 'P4'] });
  reader = await person(['P3']);
});

const person = async (purposes: string[], email = `reader-${n}@example.jp`): Promise<string> =>
  (await addPerson(house, id, { name: '例示 花子', email }, undefined, purposes)).principal;

const REASON = 'お客様としてのご案内であり、読者が思い描ける範囲です';

const asking = (more: Partial<PurposeChangeInput> = {}): PurposeChangeInput => ({
  from: 'P3',
  to: 'P1',
  related: true,
  reason: REASON,
  announcedOn: '2026-12-01',
  announcedWhere: 'ウェブサイトのお知らせ',
  ...more,
});

const change = (more: Partial<PurposeChangeInput> = {}): Promise<Outcome<StandingChange>> =>
  changePurpose(room, by, { id, ...asking(more) });

const problem = <T>(outcome: Outcome<T>) => (outcome.ok ? expect.fail('expected a problem') : outcome.problem);
const fieldsOf = <T>(outcome: Outcome<T>): string[] => {
  const p = problem(outcome);
  if (p.kind !== 'invalid') return expect.fail(p.kind);
  for (const { says } of p.fields) expect(says.ja && says.en).toBeTruthy();
  return p.fields.map(({ field }) => field);
};
const refusalOf = <T>(outcome: Outcome<T>) => {
  const p = problem(outcome);
  return p.kind === 'refused' ? p : expect.fail(p.kind);
};
const grounds = (because: readonly { law: string; article: string }[]): string[] =>
  because.map(({ law, article }) => `${law} ${article}`);

const entries = async (): Promise<LogEntry[]> =>
  (await listEntries(house.office.database, { most: 100 })).map(({ entry }) => entry);
const entryOf = async (of: string): Promise<LogEntry | undefined> => (await entries()).find((one) => one.id === of);

const rows = () =>
  house.office.database.query<Record<string, unknown>>(
    'SELECT * FROM purpose_changes WHERE holding_id = $1 ORDER BY at, ended_at NULLS LAST',
    [id],
  );

const read = (principal: string, purpose: string): Promise<Outcome<Used>> =>
  use(house.office, by, { principal, holding: id, items: ['name'], purpose });

const give = (principal: string, purpose: string) =>
  provide(house.office, by, {
    principal,
    holding: id,
    items: ['name'],
    purpose,
    recipient: printer,
    facts: { relation: 'entrustment' },
  });

/** The wording of a purpose in the policy in force. */
const wordsOf = async (purpose: string): Promise<Bilingual> =>
  (await policyInForce(house.office, house.office.clock.today()))!.policy.purposes.find((one) => one.id === purpose)!
    .text;

/**
 * Puts a version of the policy into force that rewords a purpose, or changes something else of it; in Japanese only, as a slip would. A rewording is
 * judged related, or as `judged` says.
 */
async function reworded(
  purpose: string,
  part: 'text' | 'label' = 'text',
  effectiveOn?: Day,
  judged = 'related',
): Promise<number> {
  const today = house.office.clock.today();
  const { policy } = (await policyInForce(house.office, today))!;
  const said = (of: Bilingual): Bilingual => ({ ...of, ja: `${of.ja}など` });
  const purposes = policy.purposes.map((one) => (one.id === purpose ? { ...one, [part]: said(one[part]) } : one));
  // The clause repeats the purpose word for word.
  const { clause } = policy.purposes.find((one) => one.id === purpose)!;
  const clauses = policy.clauses.map((one) =>
    one.no === clause && part === 'text' ? { ...one, text: said(one.text) } : one,
  );
  const proposal = { texts: policyYaml({ ...policy, purposes, clauses }), effectiveOn: effectiveOn ?? today };
  const { version } = valueOf(await propose(house.office, whoMakes, proposal));
  const announced = { announcedOn: today, announcedWhere: 'ウェブサイトのお知らせ' };
  const judgement = { judged, reason: '前の文から思い描ける範囲です', ...announced };
  const approval = { version, effectiveOn: proposal.effectiveOn, officers: 1 };
  const asked = { ...approval, judged: { [purpose]: judgement }, resting: restingOn };
  valueOf(await approve(house.office, by, asked));
  forgetStanding(house.office);
  return version;
}

const whoMakes: By = { actor: { kind: 'sekisho' }, authority: [] };

const packed = async (purpose = 'P1'): Promise<string> => {
  const facts = { relation: 'entrustment' } as const;
  const ask = { holding: id, items: ['name'], purpose, recipient: printer, facts, everybody: true };
  return valueOf(await draftPackage(house.office, whoMakes, ask)).id;
};

test('what people were told once serves a related purpose from the officer’s judgement until it is taken back', async () => {
  expect(await read(reader, 'P3')).toMatchObject({ ok: true });
  expect(grounds(refusalOf(await read(reader, 'P1')).finding.because)).toEqual([
    'APPI 18(1)',
    'policy 13',
    'APPI 18(3)',
  ]);

  // Unrelated: it is a new purpose, which requires everybody's consent.
  const no = refusalOf(await change({ related: false }));
  expect(no.finding).toMatchObject({
    answer: 'no',
    because: [{ article: '17(2)' }, { article: '18(1)' }, { law: 'policy', article: '13' }],
    instead: [{ ja: '新しい目的について本人の同意を得る' }],
  });
  expect(await entryOf(no.decision)).toMatchObject({
    action: 'refused',
    asked: 'purpose',
    actor: `staff:${house.staff.officer}`,
    holding: id,
    held_for: 'P3',
    purpose: 'P1',
    decision: { answer: 'no', because: ['APPI 17(2)', 'APPI 18(1)', 'policy 13'] },
    authority: ['officer-all-work'],
  });
  const open = refusalOf(await change({ related: undefined })).finding;
  expect(open).toMatchObject({ answer: 'unknown', missing: [{ fact: 'judgements.purposeRelated', article: '17(2)' }] });
  expect(await rows()).toEqual([]);
  expect(await read(reader, 'P1')).toMatchObject({ ok: false });

  const made = valueOf(await change());
  expect(made).toEqual({
    id: made.id,
    from: 'P3',
    to: 'P1',
    announcedOn: '2026-12-01',
    announcedWhere: 'ウェブサイトのお知らせ',
    reason: REASON,
    at: new Date(house.clock.now()),
    actor: `staff:${house.staff.officer}`,
    words: { from: await wordsOf('P3'), to: await wordsOf('P1') },
    outdated: false,
  });
  expect((await holdingOf(house.office, id))!.changes).toEqual([made]);
  expect((await holdings(house.office)).find((one) => one.id === id)!.changes).toEqual([made]);
  expect(await rows()).toMatchObject([
    { id: made.id, because: ['APPI 17(2)', 'APPI 21(3)', 'policy 13'], duties: [], policy_version: 1, ended_at: null },
  ]);
  const entry = (await entryOf(made.id))!;
  expect(entry).toMatchObject({
    action: 'ledger:purpose',
    holding: id,
    held_for: 'P3',
    purpose: 'P1',
    decision: { answer: 'yes', because: ['APPI 17(2)', 'APPI 21(3)', 'policy 13'] },
    authority: ['officer-all-work'],
    sha256: createHash('sha256')
      .update(canonical({ announcedOn: made.announcedOn, announcedWhere: made.announcedWhere, reason: REASON }))
      .digest('hex'),
  });
  expect(JSON.stringify(entry)).not.toContain(REASON);

  const used = valueOf(await read(reader, 'P1'));
  expect(grounds(used.finding.because)).toEqual(['APPI 18(1)', 'policy 11']);
  expect(used.values).toEqual({ name: '例示 花子' });
  expect(valueOf(await give(reader, 'P1')).values).toEqual({ name: '例示 花子' });
  const file = await packed();
  expect(valueOf(await packageOf(house.office, file)).screening).toMatchObject([
    { people: 1, finding: { answer: 'yes' } },
  ]);
  valueOf(await requestPackage(house.office, whoMakes, file));
  valueOf(await approvePackage(house.office, by, file));
  while (await prepareNext(house.office));
  expect(valueOf(await packageOf(house.office, file)).state).toBe('ready');

  valueOf(await endPurposeChange(room, by, { id, change: made.id }));
  expect((await holdingOf(house.office, id))!.changes).toEqual([]);
  const [ended] = await rows();
  expect(ended).toMatchObject({ ended_at: new Date(house.clock.now()), ended_by: `staff:${house.staff.officer}` });
  expect(await entryOf(ended!.ended_entry as string)).toMatchObject({
    action: 'ledger:purpose-end',
    holding: id,
    held_for: 'P3',
    purpose: 'P1',
    taken_back: made.id,
  });
  expect(grounds(refusalOf(await read(reader, 'P1')).finding.because)).toEqual([
    'APPI 18(1)',
    'policy 13',
    'APPI 18(3)',
  ]);
  expect(await give(reader, 'P1')).toMatchObject({ ok: false, problem: { kind: 'refused' } });
  // A file that is ready is checked once more before it goes out.
  expect(await packageFile(house.office, whoMakes, file)).toMatchObject({
    ok: false,
    problem: { kind: 'conflict', field: 'state' },
  });
  expect(valueOf(await packageOf(house.office, await packed())).screening).toMatchObject([
    { people: 1, heldFor: false, finding: { answer: 'no' } },
  ]);
  expect(await read(reader, 'P3')).toMatchObject({ ok: true });
});

test('two changes never make one: what is held for P3 serves P1, what is held for P1 serves P4, and P3 does not serve P4', async () => {
  const customer = await person(['P1'], `customer-${n}@example.jp`);
  valueOf(await change({ from: 'P3', to: 'P1' }));
  valueOf(await change({ from: 'P1', to: 'P4' }));
  const may = async (principal: string) =>
    Promise.all(['P1', 'P3', 'P4'].map(async (purpose) => (await read(principal, purpose)).ok));
  expect(await may(reader)).toEqual([true, true, false]);
  expect(await may(customer)).toEqual([true, false, true]);
  expect(await give(reader, 'P4')).toMatchObject({ ok: false, problem: { kind: 'refused' } });
});

describe('a change is not recorded', () => {
  test.each<[string, Partial<PurposeChangeInput>, string[]]>([
    [
      'nothing is filled in',
      { from: '', to: '', reason: ' ', announcedOn: '', announcedWhere: '　' },
      ['from', 'to', 'reason', 'announcedOn', 'announcedWhere'],
    ],
    ['it is to the same purpose', { to: 'P3' }, ['to']],
    ['it is to a purpose the holding is not used for', { to: 'P2' }, ['to']],
    ['it is to a purpose that nobody has stated', { to: 'P9' }, ['to']],
    ['it is from a purpose that nobody has stated', { from: 'P9' }, ['from']],
    ['it is from an affair of My Numbers', { from: 'N1' }, ['from']],
    ['nobody can know of it yet', { announcedOn: '2026-12-08' }, ['announcedOn']],
    ['the day never was', { announcedOn: '2026-11-31' }, ['announcedOn']],
    ['it says too much', { reason: 'あ'.repeat(501), announcedWhere: 'あ'.repeat(201) }, ['reason', 'announcedWhere']],
    ['it holds signs that nobody sees', { reason: 'a\u0000', announcedWhere: 'a\nb' }, ['reason', 'announcedWhere']],
  ])('where %s', async (_, more, fields) => {
    const before = (await entries()).length;
    expect(fieldsOf(await change(more))).toEqual(fields);
    expect([await rows(), (await entries()).length]).toEqual([[], before]);
  });

  test('for a My Number, even where a holding states its affair', async () => {
    await house.db.owner.query("UPDATE holdings SET purposes = '{P3,N1}' WHERE id = $1", [id]);
    expect(fieldsOf(await change({ to: 'N1' }))).toEqual(['to']);
  });

  test('in a holding that is retired, or that nobody has', async () => {
    await house.db.owner.query('DELETE FROM vault_records WHERE holding_id = $1', [id]);
    const made = valueOf(await change());
    valueOf(await retireHolding(room, by, { id, version: 1, reason: '統合' }));
    expect(problem(await change({ to: 'P4' }))).toMatchObject({ kind: 'conflict', field: 'state' });
    expect(problem(await endPurposeChange(room, by, { id, change: made.id }))).toMatchObject({ field: 'state' });
    id = newId(house.clock.now());
    expect(problem(await change()).kind).toBe('not-found');
  });

  test('where somebody takes the purpose out of the holding after the law was asked', async () => {
    const { owner } = house.db;
    const waiting = async (): Promise<boolean> => {
      const found = await owner.query(
        "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
        [],
      );
      return found.length > 0;
    };
    let outcome = Promise.resolve<Outcome<StandingChange> | null>(null);
    await owner.transaction(async (tx) => {
      await lockLedger(tx);
      outcome = change();
      while (!(await waiting())) await sleep(5);
      await tx.query("UPDATE holdings SET purposes = '{P3}' WHERE id = $1", [id]);
    });
    expect(await outcome).toMatchObject({ ok: false, problem: { kind: 'invalid', fields: [{ field: 'to' }] } });
    expect(await rows()).toEqual([]);
  });
});

describe('of two officers', () => {
  test('who record the same change at once, one does, and the other is told', async () => {
    const outcomes = await Promise.all([change(), change(), change()]);
    expect(outcomes.filter((one) => one.ok)).toHaveLength(1);
    for (const one of outcomes.filter((other) => !other.ok))
      expect(problem(one)).toMatchObject({ kind: 'conflict', field: 'to' });
    expect(await rows()).toHaveLength(1);
    expect((await entries()).filter((one) => one.action === 'ledger:purpose' && one.holding === id)).toHaveLength(1);
  });

  test('who take it back at once, one does; then it may be recorded anew, and both stay on record', async () => {
    const { id: made } = valueOf(await change());
    const outcomes = await Promise.all([1, 2].map(() => endPurposeChange(room, by, { id, change: made })));
    expect(outcomes.filter((one) => one.ok)).toHaveLength(1);
    expect(problem(outcomes.find((one) => !one.ok)!)).toMatchObject({ kind: 'conflict', field: 'change' });
    valueOf(await change());
    expect((await rows()).map((row) => row.ended_at === null)).toEqual([false, true]);
    expect(problem(await endPurposeChange(room, by, { id, change: newId(0) }))).toMatchObject({ kind: 'conflict' });
  });
});

test('every process that keeps the standing facts hears of a change, and of its end', async () => {
  const heard: string[] = [];
  const stop = await house.db.app.listen('standing', (payload) => heard.push(payload));
  const { id: made } = valueOf(await change());
  await expect.poll(() => heard.length).toBe(1);
  valueOf(await endPurposeChange(room, by, { id, change: made }));
  await expect.poll(() => heard.length).toBe(2);
  await stop();
});

test('the record of a change can be added to and ended, and neither rewritten nor deleted', async () => {
  const { id: made } = valueOf(await change());
  const { app, owner } = house.db;
  for (const sql of ["UPDATE purpose_changes SET reason = 'x'", 'DELETE FROM purpose_changes'])
    await expect(app.query(sql, [])).rejects.toThrow(/permission denied/);
  const twice = `INSERT INTO purpose_changes SELECT gen_random_uuid(), holding_id, from_purpose, to_purpose, at, actor, announced_on,
    announced_where, reason, because, duties, law_version, policy_version FROM purpose_changes WHERE id = $1`;
  await expect(owner.query(twice, [made])).rejects.toMatchObject({ code: '23505' });
});

describe('a new version of the policy', () => {
  const outdated = async () => (await holdingOf(house.office, id))!.changes.map((one) => one.outdated);

  test('that says a purpose otherwise closes what was judged of the old words, until the officer has judged anew', async () => {
    const before = { from: await wordsOf('P3'), to: await wordsOf('P1') };
    const made = valueOf(await change());
    expect(await read(reader, 'P1')).toMatchObject({ ok: true });
    const file = await packed();
    valueOf(await requestPackage(house.office, whoMakes, file));
    valueOf(await approvePackage(house.office, by, file));
    while (await prepareNext(house.office));
    expect(valueOf(await packageOf(house.office, file)).state).toBe('ready');

    await reworded('P1');
    expect((await holdingOf(house.office, id))!.changes).toEqual([{ ...made, words: before, outdated: true }]);
    const refused = refusalOf(await read(reader, 'P1'));
    expect(refused.finding).toMatchObject({
      answer: 'unknown',
      missing: [{ fact: 'judgements.purposeRelated', article: '17(2)' }],
    });
    expect(grounds(refused.finding.because)).toEqual(['policy 11', 'APPI 17(2)', 'policy 13']);
    expect(await entryOf(refused.decision)).toMatchObject({
      action: 'refused',
      principal: reader,
      purpose: 'P1',
      decision: { answer: 'unknown', because: ['policy 11', 'APPI 17(2)', 'policy 13'] },
    });
    // A provision is answered like a use: nobody has judged it, so the answer is unknown and not no.
    for (const handed of [
      refusalOf(await give(reader, 'P1')),
      refusalOf(await packageFile(house.office, whoMakes, file)),
    ]) {
      expect(handed.finding).toEqual(refused.finding);
      expect(await entryOf(handed.decision)).toMatchObject({
        action: 'refused',
        asked: 'provide',
        decision: { answer: 'unknown', because: ['policy 11', 'APPI 17(2)', 'policy 13'] },
      });
    }
    expect(valueOf(await packageOf(house.office, file)).state).toBe('ready');
    const draft = await packed();
    expect(valueOf(await packageOf(house.office, draft)).screening).toMatchObject([
      { people: 1, heldFor: false, awaits: true, finding: refused.finding },
    ]);
    expect(refusalOf(await requestPackage(house.office, whoMakes, draft)).finding).toEqual(refused.finding);
    expect(await read(reader, 'P3')).toMatchObject({ ok: true });
    // A purpose that they were never told of, and that no change ever allowed, is refused as before.
    expect(refusalOf(await read(reader, 'P4')).finding.answer).toBe('no');

    // Nobody has judged, so the law cannot say.
    expect(refusalOf(await change({ related: undefined })).finding.answer).toBe('unknown');
    expect(await outdated()).toEqual([true]);
    house.clock.moveTo('2026-12-07T10:00:00+09:00');
    const anew = valueOf(await change({ announcedOn: '2026-12-07' }));
    expect(anew).toMatchObject({ words: { ...before, to: await wordsOf('P1') }, outdated: false });
    expect((await holdingOf(house.office, id))!.changes).toEqual([anew]);
    expect(await rows()).toMatchObject([
      {
        id: made.id,
        ended_at: new Date(house.clock.now()),
        ended_by: `staff:${house.staff.officer}`,
        ended_entry: anew.id,
      },
      { id: anew.id, ended_at: null },
    ]);
    expect(await entryOf(anew.id)).toMatchObject({ action: 'ledger:purpose', replaces: made.id });
    expect(valueOf(await read(reader, 'P1')).values).toEqual({ name: '例示 花子' });
    expect(problem(await change())).toMatchObject({ kind: 'conflict', field: 'to' });
  });

  test('lets nobody say yet what is handed over, but for those of whom the law says no whatever is judged', async () => {
    const [visitor, known] = [
      await person(['P4'], `visitor-${n}@example.jp`),
      await person(['P1'], `known-${n}@example.jp`),
    ];
    valueOf(await change());
    house.clock.moveTo('2026-12-07T11:00:00+09:00');
    valueOf(await change({ from: 'P2' }));
    const file = await packed();
    await reworded('P1');
    const of = ({ screening }: { screening: readonly Screened[] | null }) =>
      (screening ?? []).map((one) => [
        one.people,
        one.finding?.answer,
        one.finding?.answer === 'yes' ? null : whyOut(one),
        grounds(one.finding!.because),
      ]);
    // For a class it is not known who was told what, so both changes wait.
    expect(of(valueOf(await screenPackage(house.office, whoMakes, file)))).toEqual([
      [1, 'unknown', 'awaited', ['policy 11', 'APPI 17(2)', 'policy 13', 'policy 12']],
      [1, 'no', 'purpose', ['APPI 27(5)(i)', 'APPI 18(1)', 'policy 13', 'policy 14']],
      [1, 'yes', null, ['APPI 27(5)(i)', 'APPI 18(1)', 'policy 11', 'APPI 25', 'APPI 29(1)']],
    ]);
    // For one person it is known: a change that does not concern them is no ground.
    expect(grounds(refusalOf(await give(reader, 'P1')).finding.because)).toEqual([
      'policy 11',
      'APPI 17(2)',
      'policy 13',
    ]);
    expect(grounds(refusalOf(await give(visitor, 'P1')).finding.because)).toEqual([
      'APPI 27(5)(i)',
      'APPI 18(1)',
      'policy 14',
    ]);
    expect(await give(known, 'P1')).toMatchObject({ ok: true });
    expect(valueOf(await requestPackage(house.office, whoMakes, file)).state).toBe('requested');
    // A third party needs a consent, to which no change of purpose is relevant.
    const stranger = await addRecipient(house, { name: '株式会社北斗企画' });
    const given = provide(house.office, by, {
      principal: reader,
      holding: id,
      items: ['name'],
      purpose: 'P1',
      recipient: stranger,
      facts: { relation: 'third-party' },
    });
    expect(refusalOf(await given).finding.answer).toBe('no');
    // Other unknown facts are missing, too.
    const bare = await addRecipient(house, { name: '株式会社さくら発送', relations: ['entrustment'] });
    const unassured = provide(house.office, by, {
      principal: reader,
      holding: id,
      items: ['name'],
      purpose: 'P1',
      recipient: bare,
      facts: { relation: 'entrustment' },
    });
    const { finding } = refusalOf(await unassured);
    expect(finding.answer === 'unknown' && finding.missing.map(({ fact }) => fact)).toEqual(
      expect.arrayContaining(['judgements.purposeRelated', 'entrustment.contract']),
    );
  });

  test('is answered alike within the company and in a joint use', async () => {
    valueOf(await change());
    const group = await addRecipient(house, { name: `例示ホールディングス${n}株式会社`, relations: ['joint-use'] });
    const draft = valueOf(
      await registerJointUse(house.office, by, {
        name: { ja: `グループのご案内${n}`, en: `News of the group ${n}` },
        information: 'personal',
        shares: [{ holding: id, items: ['name'] }],
        scope: { ja: '例示ホールディングス株式会社', en: 'Example Holdings' },
        members: [group],
        purposes: ['P1'],
        responsible: {
          kind: 'corporation',
          name: { ja: '例示情報通信株式会社', en: 'Example Communications' },
          address: { ja: '東京都例示区1-1', en: '1-1 Reiji, Tokyo' },
          representative: { ja: '例示 一郎', en: 'Ichiro Reiji' },
        },
      }),
    );
    const today = house.office.clock.today();
    valueOf(await publishNotice(house.office, by, draft, { notice: 1, on: today }));
    const asked = { principal: reader, holding: id, items: ['name'], purpose: 'P1' };
    const ways = [
      { ...asked, recipient: null, facts: { relation: 'same-entity' } },
      { ...asked, recipient: group, jointUse: draft.id, facts: { relation: 'joint-use' } },
    ] as const;
    const answers = () => Promise.all(ways.map((way) => provide(house.office, by, way)));
    for (const outcome of await answers()) expect(outcome).toMatchObject({ ok: true });
    await reworded('P1');
    const { finding } = refusalOf(await read(reader, 'P1'));
    for (const outcome of await answers()) expect(refusalOf(outcome).finding).toEqual(finding);
  });

  test('is asked about at the last moment: who waits stays out of the file, and the others go', async () => {
    const known = await person(['P1'], `known-${n}@example.jp`);
    valueOf(await change());
    const file = await packed();
    valueOf(await requestPackage(house.office, whoMakes, file));
    valueOf(await approvePackage(house.office, by, file));
    await reworded('P1');
    while (await prepareNext(house.office));
    expect(valueOf(await packageOf(house.office, file))).toMatchObject({ state: 'ready' });
    const { body } = valueOf(await packageFile(house.office, whoMakes, file));
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    const text = await decrypter.decrypt(new Uint8Array(await new Response(body).arrayBuffer()), 'text');
    expect(text.trim().split('\r\n')).toHaveLength(2);
    const [provided] = await house.office.database.query<{ principal_id: string }>(
      'SELECT w.principal_id FROM provision_people w JOIN provisions p ON p.id = w.provision_id WHERE p.package_id = $1',
      [file],
    );
    expect(provided).toEqual({ principal_id: known });
  });

  describe('of a package whose persons all wait for it', () => {
    const approved = async (): Promise<string> => {
      const file = await packed();
      valueOf(await requestPackage(house.office, whoMakes, file));
      valueOf(await approvePackage(house.office, by, file));
      return file;
    };
    const prepared = async (): Promise<void> => {
      while (await prepareNext(house.office));
    };
    const judge = async (): Promise<void> => {
      valueOf(await change());
      forgetStanding(house.office);
    };
    const stateOf = async (file: string) => valueOf(await packageOf(house.office, file)).state;
    const waitsFor = async (file: string) => valueOf(await packageOf(house.office, file)).waits_for;
    const refusals = async (file: string) =>
      (await entries())
        .filter((one) => one.action === 'refused' && one.package === file)
        .map(({ actor, decision }) => [actor, decision]);
    const unjudgedYet = { answer: 'unknown', because: ['policy 11', 'APPI 17(2)', 'policy 13'] };
    const file = async (of: string): Promise<string[]> => {
      const { body } = valueOf(await packageFile(house.office, whoMakes, of));
      const decrypter = new Decrypter();
      decrypter.addIdentity(identity);
      const text = await decrypter.decrypt(new Uint8Array(await new Response(body).arrayBuffer()), 'text');
      return text.trim().split('\r\n').slice(1);
    };
    const erased = async (principal: string): Promise<void> => {
      const asked = { principal, ground: 'no-longer-needed' } as const;
      valueOf(await eraseAll(house.office, by, asked));
    };

    test('the preparing waits, says for what, keeps no other package back, and goes on once it is judged', async () => {
      valueOf(await change());
      const waiting = await approved();
      await reworded('P1');
      const other = await packed('P3');
      valueOf(await requestPackage(house.office, whoMakes, other));
      valueOf(await approvePackage(house.office, by, other));
      await prepared();
      expect([await stateOf(waiting), await waitsFor(waiting)]).toEqual(['preparing', ['P3']]);
      expect(await packageWaits(house.office, valueOf(await packageOf(house.office, waiting)))).toMatchObject({
        answer: 'unknown',
        missing: [{ fact: 'judgements.purposeRelated', article: '17(2)' }],
      });
      expect(await refusals(waiting)).toMatchObject([['sekisho', unjudgedYet]]);
      expect(await stateOf(other)).toBe('ready');
      await prepared();
      expect(await refusals(waiting)).toHaveLength(1);

      await judge();
      await prepared();
      expect([await stateOf(waiting), await waitsFor(waiting)]).toEqual(['ready', null]);
      expect(await file(waiting)).toEqual(['例示 花子']);
    });

    test('what is ready waits too: whoever fetches it hears why, and gets it once it is judged', async () => {
      const second = await person(['P3'], `second-${n}@example.jp`);
      valueOf(await change());
      const waiting = await approved();
      await prepared();
      await reworded('P1');
      for (let times = 1; times <= 2; times++) {
        expect(refusalOf(await packageFile(house.office, whoMakes, waiting)).finding.answer).toBe('unknown');
        expect(await refusals(waiting)).toHaveLength(times);
      }
      expect(await stateOf(waiting)).toBe('ready');
      await judge();
      expect(await file(waiting)).toEqual(['例示 花子', '例示 花子']);
      await reworded('P1');
      // A file that was fetched once is not closed by it either.
      expect(refusalOf(await packageFile(house.office, whoMakes, waiting)).finding.answer).toBe('unknown');
      expect(await stateOf(waiting)).toBe('ready');
      await judge();
      await erased(second);
      expect(await file(waiting)).toEqual(['例示 花子']);
    });

    test('keeps those whose part is sealed and those whose part is not', async () => {
      const second = await person(['P3'], `second-${n}@example.jp`);
      valueOf(await change());
      const waiting = await approved();
      await house.db.owner.query('UPDATE package_people SET part = 1 WHERE package_id = $1 AND principal_id = $2', [
        waiting,
        second,
      ]);
      expect(await prepareNext(house.office)).toBe(true);
      await reworded('P1');
      await prepared();
      expect([await stateOf(waiting), await waitsFor(waiting)]).toEqual(['preparing', ['P3']]);
      await judge();
      await prepared();
      expect(await file(waiting)).toHaveLength(2);
    });

    test('goes on with those who come to be told of the purpose meanwhile', async () => {
      valueOf(await change());
      const waiting = await approved();
      await reworded('P1');
      await prepared();
      await addPerson(house, id, { name: '例示 花子' }, reader, ['P1']);
      await prepared();
      expect(await stateOf(waiting)).toBe('ready');
    });

    test.each([
      ['fall out for good while they wait', () => erased(reader)],
      [
        'have the change taken back',
        async () => {
          const [made] = (await holdingOf(house.office, id))!.changes;
          valueOf(await endPurposeChange(room, by, { id, change: made!.id }));
          forgetStanding(house.office);
        },
      ],
    ])('ends where its persons %s', async (_, happens) => {
      valueOf(await change());
      const waiting = await approved();
      await reworded('P1');
      await prepared();
      await happens();
      await prepared();
      expect(await stateOf(waiting)).toBe('refused');
      expect(valueOf(await packageOf(house.office, waiting)).reason).toMatch(
        /^渡す項目を、だれについても保有していません/,
      );
    });

    test('ends where those in it fall out for good, though others wait who never were', async () => {
      const known = await person(['P1'], `known-${n}@example.jp`);
      valueOf(await change());
      await reworded('P1');
      const one = await approved();
      await prepared();
      expect(await stateOf(one)).toBe('ready');
      await erased(known);
      expect(problem(await packageFile(house.office, whoMakes, one))).toMatchObject({
        kind: 'conflict',
        field: 'state',
      });
      expect(await stateOf(one)).toBe('refused');
    });
  });

  test('that says what people were told otherwise closes it too, and it can be taken back', async () => {
    const { id: made } = valueOf(await change());
    await reworded('P3');
    expect(await outdated()).toEqual([true]);
    expect(refusalOf(await read(reader, 'P1')).finding.answer).toBe('unknown');
    valueOf(await endPurposeChange(room, by, { id, change: made }));
    expect(refusalOf(await read(reader, 'P1')).finding.answer).toBe('no');
  });

  test('that says something else otherwise closes nothing', async () => {
    valueOf(await change());
    await reworded('P2');
    await reworded('P1', 'label');
    expect(await outdated()).toEqual([false]);
    expect(await read(reader, 'P1')).toMatchObject({ ok: true });
  });

  test('closes it from the day on which it takes effect', async () => {
    valueOf(await change());
    await reworded('P1', 'text', day('2026-12-09'));
    expect(await read(reader, 'P1')).toMatchObject({ ok: true });
    house.clock.moveTo('2026-12-09T00:00:01+09:00');
    forgetStanding(house.office);
    expect(await outdated()).toEqual([true]);
    expect(refusalOf(await read(reader, 'P1')).finding.answer).toBe('unknown');
  });

  test('of which only the wording changed closes nothing, however often', async () => {
    valueOf(await change());
    await reworded('P1', 'text', undefined, 'editorial');
    await reworded('P1', 'text', undefined, 'editorial');
    await reworded('P3', 'text', undefined, 'editorial');
    expect(await outdated()).toEqual([false]);
    expect(await read(reader, 'P1')).toMatchObject({ ok: true });
    await reworded('P3');
    expect(await outdated()).toEqual([true]);
    await reworded('P3', 'text', undefined, 'editorial');
    expect(await outdated()).toEqual([true]);
  });

  test('of two officers who judge anew at once one does, and the other is told', async () => {
    valueOf(await change());
    await reworded('P1');
    const outcomes = await Promise.all([change(), change()]);
    expect(outcomes.filter((one) => one.ok)).toHaveLength(1);
    expect(problem(outcomes.find((one) => !one.ok)!)).toMatchObject({ kind: 'conflict', field: 'to' });
    expect((await rows()).map((row) => row.ended_at === null)).toEqual([false, true]);
  });
});

describe('the pages', () => {
  let officer: Visitor;
  let english: Visitor;
  beforeAll(async () => {
    officer = await house.visitor('officer');
    english = await house.visitor('officer', 'en');
  });

  const page = async (path: string, who = officer, status = 200): Promise<string> => {
    const response = await who.get(path);
    expect([path, response.status]).toEqual([path, status]);
    return response.text();
  };
  const typed = {
    from: 'P3',
    to: 'P1',
    related: 'yes',
    reason: 'ご案内の<範囲>です',
    announcedOn: '令和8年12月1日',
    announcedWhere: 'ウェブサイトの"お知らせ"',
  };
  const send = (more: Partial<typeof typed> = {}, who = officer): Promise<Response> =>
    who.post(`/ledger/${id}/purpose`, { ...typed, ...more });

  test('lead from the holding to the form, and only where there is somebody to use it of', async () => {
    const html = await page(`/ledger/${id}`);
    expect(html).toContain(`href="/ledger/${id}/purpose">集めた情報を、別の目的にも使う</a>`);
    expect(html).toContain('それぞれ集めたときの目的だけに使えます');
    const form = await page(`/ledger/${id}/purpose`);
    const options = (name: string) =>
      [
        ...(new RegExp(`<select[^>]* name="${name}".*?</select>`, 's').exec(form)?.[0] ?? '').matchAll(
          /value="(\w+)"/g,
        ),
      ].map((found) => found[1]);
    expect(options('to')).toEqual(['P1', 'P3', 'P4']);
    expect(options('from')).toContain('P2');
    expect(options('from')).not.toContain('N1');
    expect(await page(`/ledger/${id}/edit`)).toContain(
      '目的を加えても、すでに入っている1人の情報は、それだけではその目的に使えません',
    );
    expect(await page(`/ledger/${id}/edit`, english)).toContain(
      'does not by itself let you use for it the information of the 1 person already in the holding',
    );
    // Those who may only read the ledger see the changes, but cannot make one.
    const auditor = await house.visitor('auditor');
    expect(await page(`/ledger/${id}`, auditor)).not.toContain('/purpose"');
    await page(`/ledger/${id}/purpose`, auditor, 403);
    await house.db.owner.query('DELETE FROM vault_records WHERE holding_id = $1', [id]);
    expect(await page(`/ledger/${id}`)).not.toContain('/purpose"');
    expect(await page(`/ledger/${id}/edit`)).not.toContain('目的を加えても');
    await page(`/ledger/${id}/purpose`, officer, 404);
  });

  test('lose nothing of what was typed, whatever is wrong with it', async () => {
    const response = await send({ announcedOn: '2026/11/31', announcedWhere: '', to: '' });
    expect(response.status).toBe(422);
    const html = await response.text();
    for (const field of ['to', 'announcedOn', 'announcedWhere']) expect(html).toContain(`href="#f-${field}"`);
    expect(html).not.toContain('href="#f-reason"');
    expect(html).toContain('2026年11月に31日はありません');
    expect(html).toContain('value="2026/11/31"');
    expect(html).toContain('ご案内の&lt;範囲&gt;です</textarea>');
    expect(html).toMatch(/<option value="P3" selected/);
    expect(html).toMatch(/name="related" value="yes" checked/);
  });

  test('show what the law says where it is no yes, and what can be done instead', async () => {
    const no = await send({ related: 'no' });
    expect(no.status).toBe(403);
    const html = await no.text();
    for (const text of ['不可　使えません', '法17条2項', '方針 条項13', '新しい目的について本人の同意を得る'])
      expect(html).toContain(text);
    expect(html).toContain('href="/consents/texts/new"');
    expect(html).toContain('令和8年12月1日');
    const open = await english.post(`/ledger/${id}/purpose`, { ...typed, related: '' });
    expect(open.status).toBe(403);
    const text = await open.text();
    expect(text).toContain('On hold: it cannot be told yet');
    expect(text).toContain('The privacy officer’s judgement: whether the new purpose is related to the old one');
    expect(await rows()).toEqual([]);
  });

  test('show what stands, by whom and where it was announced, and ask before it is taken back', async () => {
    const response = await send();
    expect([response.status, response.headers.get('location')]).toEqual([303, `/ledger/${id}?saved#changes`]);
    const html = await page(`/ledger/${id}`);
    for (const text of [
      '2026年12月1日',
      'ウェブサイトの&quot;お知らせ&quot;',
      'ご案内の&lt;範囲&gt;です',
      '関口 真理',
      '/living-policy#c13',
      '/living-policy#c11',
    ])
      expect(html).toContain(text);
    const [made] = (await holdingOf(house.office, id))!.changes;
    expect(html).toContain(`/log/entries/${made!.id}`);
    expect(html).toContain(`/ledger/${id}/purpose/${made!.id}/end`);
    const twice = await send();
    expect(twice.status).toBe(409);
    expect(await twice.text()).toContain('この目的の変更は、すでに記録されています');

    const at = `/ledger/${id}/purpose/${made!.id}/end`;
    expect(await page(at, english)).toContain('This takes back a change that was recorded by mistake');
    const ended = await officer.post(at, {});
    expect([ended.status, ended.headers.get('location')]).toEqual([303, `/ledger/${id}?saved#changes`]);
    await page(at, officer, 404);
    const again = await officer.post(at, {}, `/ledger/${id}/edit`);
    expect(again.status).toBe(409);
    expect(await again.text()).toContain('この目的の変更は、もう取り消されています');
    expect(await page(`/ledger/${id}`)).not.toContain('ウェブサイトの');
  });

  test('show what is to be judged anew, with the old words and the new, and lead to it', async () => {
    officer = await house.visitor('officer');
    const { id: made } = valueOf(await change());
    const before = (await wordsOf('P1')).ja;
    await reworded('P1');
    const html = await page(`/ledger/${id}`);
    expect(html).toContain('方針の文が変わったため、この変更では何も使えません');
    expect(html).toContain(`<del class="muted">${before}</del>`);
    expect(html).toContain(`${before}など</ins>`);
    expect(html).toContain(`href="/ledger/${id}/purpose?change=${made}"`);
    const auditor = await page(`/ledger/${id}`, await house.visitor('auditor', 'en'));
    expect(auditor).toContain('The wording in the policy has changed, so nothing may be used under this change');
    expect(auditor).not.toContain('/purpose?change=');
    const form = await page(`/ledger/${id}/purpose?change=${made}`);
    expect(form).toMatch(/<option value="P3" selected/);
    expect(form).toMatch(/<option value="P1" selected/);
    expect(form).toContain(`<del class="muted">${before}</del>`);
    expect(form).not.toMatch(/name="related" value="yes" checked/);
    const wrong = await send({ reason: '' });
    expect(wrong.status).toBe(422);
    expect(await wrong.text()).toContain(`<del class="muted">${before}</del>`);
    expect((await send()).status).toBe(303);
    const after = await page(`/ledger/${id}`);
    expect(after).not.toContain('方針の文が変わったため');
    expect(after).not.toContain('<del class="muted">電気');
  });

  test('say of a provision and of a package that it waits for that, before anything is pressed', async () => {
    valueOf(await change());
    await reworded('P1');
    const giving = { principal: reader, holding: id, recipient: printer };
    const at = `/provisions/new?${new URLSearchParams(giving).toString()}`;
    const sent = { ...giving, items: ['name'], purpose: 'P1' };
    const text = await (await officer.post('/provisions/new', sent, at)).text();
    for (const said of [
      '個人情報保護管理者の判断：新しい目的が、元の目的と関連するか',
      '前の判断は、前の文についてのものです',
      '保留',
    ])
      expect(text).toContain(said);
    expect(text).not.toContain('value="provide"');
    const file = await packed();
    const html = await page(`/packages/${file}`);
    expect(html).toContain('利用目的の変更が、改めて判断されていない');
    expect(html).toContain('元の目的と関連するか');
    const translated = await page(`/packages/${file}`, english);
    expect(translated).toContain('The change of purpose has not been judged anew');
  });

  test('say of a package that is approved what it waits for, and lead to it', async () => {
    valueOf(await change());
    const [early, late] = [await packed(), await packed()];
    const ask = async (file: string) => {
      valueOf(await requestPackage(house.office, whoMakes, file));
      valueOf(await approvePackage(house.office, by, file));
    };
    await ask(early);
    while (await prepareNext(house.office));
    await ask(late);
    await reworded('P1');
    while (await prepareNext(house.office));
    for (const file of [early, late]) {
      const response = await officer.get(`/packages/${file}`);
      expect(response.headers.get('refresh')).toBeNull();
      const html = await response.text();
      for (const said of ['保留　判断を待っています', '元の目的と関連するか', '作り直す必要はありません', '判断待ち'])
        expect(html).toContain(said);
      expect(html).toContain(`href="/ledger/${id}#changes"`);
      expect(html).not.toContain(`/packages/${file}/file`);
      expect(html).toContain(`/packages/${file}/cancel`);
      expect(await page(`/packages/${file}`, english)).toContain('On hold: it waits for a judgement');
    }
    const list = await page('/packages');
    expect(list).toMatch(new RegExp(`href="/packages/${late}"(?:(?!</tr>).)*判断待ち`));
    const refused = await officer.post(`/packages/${early}/file`, {}, `/packages/${early}`);
    expect(refused.status).toBe(403);
    expect((await refused.text()).match(/保留　/g)).toHaveLength(1);
    valueOf(await change());
    forgetStanding(house.office);
    while (await prepareNext(house.office));
    for (const file of [early, late]) {
      const html = await page(`/packages/${file}`);
      expect(html).not.toContain('判断を待っています');
      expect(html).toContain(`action="/packages/${file}/file"`);
    }
  });
});
