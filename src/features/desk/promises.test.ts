// The promises the desk proves: kept by requests that went as they should, and each broken by rows that did not.

import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { answered, collectedFor, openTestDesk, registered, reviewed, rightPapers, seen } from '../../../tests/desk.ts';
import type { TestOffice } from '../../../tests/office.ts';
import { tampered } from '../../../tests/tamper.ts';
import {
  addConsent,
  addConsentText,
  addHolding,
  addPerson,
  addRecipient,
  askedThemselves,
  valueOf,
} from '../../../tests/people.ts';
import { addDays, day, type Day } from '../../base/day.ts';
import type { Outcome } from '../../base/outcome.ts';
import type { Proof } from '../../base/promise.ts';
import { append, logEntry } from '../../log/index.ts';
import type { Office } from '../../office.ts';
import type { By, Room } from '../access/index.ts';
import { sha256Of } from '../policy/actions/versions.ts';
import { policyInForce } from '../policy/index.ts';
import { deliver, notify } from './actions/answer.ts';
import { carryOut } from './actions/carry-out.ts';
import type { Case } from './actions/cases.ts';
import { simply } from './actions/happen.ts';
import { readPaper, type Paper } from './actions/papers.ts';
import { decide, type DecideAsk } from './actions/decide.ts';
import { dismiss } from './actions/dismiss.ts';
import { eraseNextPapers } from './actions/erase.ts';
import {
  acknowledge,
  ease,
  extend,
  identify,
  receivePapers,
  refund,
  sendForms,
  tellShort,
  withdraw,
} from './actions/receive.ts';
import { amend } from './actions/amend.ts';
import { toCarryOut } from './facts/effect.ts';
import type { Kind, Scope } from './facts/kind.ts';
import { numberOf, openingReasons, type OpeningReason } from './facts/request.ts';
import { currentTexts, writeTexts } from './actions/texts.ts';
import { deskProvers, letterProvers } from './promises.ts';

let house: TestOffice;
let desk: Room;
let by: By;
let holding: string;
beforeAll(async () => {
  ({ house, desk, by } = await openTestDesk());
  holding = await addHolding(house);
  for (const table of tables)
    await house.db.owner.query(`CREATE TABLE kept_${table} AS TABLE ${table} WITH NO DATA`, []);
});
afterAll(() => house.close());

const tables = ['requests', 'request_events', 'request_papers', 'request_effects', 'suspensions'] as const;

const sql = (text: string, values: unknown[] = []) => house.db.owner.query<{ id: string }>(text, values);

async function keep(): Promise<void> {
  for (const table of tables) {
    await sql(`DELETE FROM kept_${table}`);
    await sql(`INSERT INTO kept_${table} SELECT * FROM ${table}`);
  }
}

async function mend(): Promise<void> {
  for (const table of tables.toReversed()) await sql(`DELETE FROM ${table}`);
  for (const table of tables) await sql(`INSERT INTO ${table} SELECT * FROM kept_${table}`);
}

const prove = (promise: string): Promise<Proof> =>
  [...deskProvers, ...letterProvers].find((one) => one.promise === promise)!.prove(house.office);

let n = 0;

const charged = (kind: Kind): boolean => kind === 'disclosure' || kind === 'record-disclosure';

/** A request that was received, with papers and money, on the day of the clock. */
async function received(
  kind: Kind,
  {
    scope = 'customer',
    yen = 0,
    eased = false,
    form = 'right',
  }: { scope?: Scope; yen?: number; eased?: boolean; form?: 'right' | 'wrong' } = {},
): Promise<Case> {
  const on = house.office.clock.today();
  const made = await registered(desk, by, kind, { scope, eased, says: 'よろしくお願いします' });
  if (kind === 'consultation') return made;
  const { id } = made.row;
  const sent = made.request.form ? valueOf(await sendForms(desk, by, id, seen(made), { on })) : made;
  return valueOf(
    await receivePapers(desk, by, id, seen(sent), {
      on,
      ...rightPapers,
      form: sent.request.form ? form : 'none',
      feeYen: charged(kind) ? 1000 : yen,
    }),
  );
}

/** A request about a new person, up to what was collected. */
async function collected(kind: Kind, of: { scope?: Scope; yen?: number; eased?: boolean } = {}): Promise<Case> {
  const name = `約束 ${String.fromCodePoint(0x4e00 + ++n)}子`;
  await addPerson(house, holding, { name, email: `promise-${n}@example.jp` });
  const one = await collectedFor(desk, by, await received(kind, of), name);
  return kind === 'disclosure' ? reviewed(desk, by, one) : one;
}

const facts: Record<Kind, DecideAsk['facts']> = {
  disclosure: { existenceHarms: false, otherLaw: false, methodDifficult: false },
  'record-disclosure': { existenceHarms: false, otherLaw: false, methodDifficult: false },
  correction: { content: 'fact', inquiry: 'untrue', purposeNeeds: true, otherProcedure: false },
  'stop-use': { reason: 'no-longer-needed', found: 'all' },
  erasure: { reason: 'no-longer-needed', found: 'all', keeping: null },
  'stop-provision': { reason: 'unlawful-provision', found: 'all' },
  'purpose-notice': { clear: false },
  'foreign-information': { impedes: 'none' },
  consultation: {},
};

async function decided(
  kind: Kind,
  { part, ...of }: { scope?: Scope; yen?: number; eased?: boolean; part?: DecideAsk['plan'] } = {},
): Promise<Case> {
  const one = kind === 'consultation' ? await received(kind) : await collected(kind, of);
  const plan = part ?? (kind === 'correction' ? { changes: [{ holding, items: { note: '訂正' } }] } : {});
  const ask = {
    facts: { ...facts[kind], ...(part ? { found: 'part' as const } : {}) },
    reason: '調べた結果',
    plan,
    answer: 'お答えします',
    mayRefuse: true,
  };
  return valueOf(await decide(desk, by, one.row.id, seen(one), ask));
}

async function closed(kind: Kind, of: Parameters<typeof decided>[1] = {}): Promise<Case> {
  const one = await decided(kind, of);
  return answered(desk, by, toCarryOut(one.request) ? valueOf(await carryOut(desk, by, one.row.id, seen(one))) : one);
}

const everyKind: Kind[] = [
  'disclosure',
  'record-disclosure',
  'correction',
  'stop-use',
  'erasure',
  'stop-provision',
  'purpose-notice',
  'foreign-information',
  'consultation',
];

test('請求がないうちは、どの約束も守られていて、件数は0', async () => {
  for (const { promise, prove: of } of deskProvers) {
    const proof = await of(house.office);
    expect([promise, proof.state]).toEqual([promise, 'kept']);
    expect(proof.evidence[0]!.value.en).toBe('0');
  }
});

describe('どの種類の請求も終わりまで進めると', () => {
  const done = {} as Record<Kind, string>;
  let partner: string;
  let eased: string;
  /** Ids of the requests for stops in part: of a use for the named purpose, and of a provision. */
  const inPart = {} as Record<'P1' | 'P3' | 'provision', string>;
  let easedLater: string;
  let dismissed: string;
  beforeAll(async () => {
    for (const kind of everyKind) done[kind] = (await closed(kind)).row.id;
    partner = (await closed('correction', { scope: 'my-number' })).row.id;
    eased = (await closed('disclosure', { eased: true })).row.id;
    for (const purpose of ['P1', 'P3'] as const)
      inPart[purpose] = (await closed('stop-use', { part: { purposes: [purpose] } })).row.id;
    const recipients = [await addRecipient(house), await addRecipient(house, { name: '株式会社例示名簿' })];
    inPart.provision = (await closed('stop-provision', { part: { recipients } })).row.id;
    // The form went out and was asked for again before the difficulty was known; from then on it is not asked for.
    let later = await received('disclosure', { form: 'wrong' });
    const today = house.office.clock.today();
    easedLater = later.row.id;
    later = valueOf(await tellShort(desk, by, easedLater, seen(later), { on: today, lacks: ['form'] }));
    later = valueOf(await ease(desk, by, easedLater, seen(later), { eased: true }));
    valueOf(await withdraw(desk, by, easedLater, seen(later), { on: today }));
    const stranger = await received('disclosure');
    dismissed = stranger.row.id;
    const ground = { on: today, ground: 'stranger', reason: '' } as const;
    let over = valueOf(await dismiss(desk, by, dismissed, seen(stranger), ground));
    over = valueOf(await refund(desk, by, dismissed, seen(over), { on: today, yen: 1000 }));
    await answered(desk, by, over);
    const short = await received('disclosure');
    valueOf(
      await tellShort(desk, by, short.row.id, seen(short), { on: house.office.clock.today(), lacks: ['identity'] }),
    );
    await keep();
  });
  beforeEach(mend);

  test.each(deskProvers.map(({ promise }) => promise))('%s は守られている', async (promise) => {
    const proof = await prove(promise);
    expect([proof.state, proof.says.ja]).toEqual(['kept', proof.says.ja]);
    expect(Number(proof.evidence[0]!.value.en)).toBeGreaterThan(0);
  });

  /** Changes the data of one event of a request. */
  const change = (id: () => string, event: string, data: string) => () =>
    sql(`UPDATE request_events SET data = data || $3::jsonb WHERE request_id = $1 AND event = $2`, [id(), event, data]);
  const move = (id: () => string, event: string, on: string) => () =>
    sql('UPDATE request_events SET on_day = $3 WHERE request_id = $1 AND event = $2', [id(), event, on]);
  const lose = (id: () => string, event: string) => () =>
    sql('DELETE FROM request_events WHERE request_id = $1 AND event = $2', [id(), event]);
  const of = (kind: Kind) => (): string => done[kind];

  const askedAtTheEnd = (id: () => string, lack: string) => () =>
    sql(
      `INSERT INTO request_events (request_id, no, event, on_day, at, by_actor, data, entry_id)
       SELECT request_id, 99, 'papers-short', on_day, at, by_actor, $2, gen_random_uuid()
       FROM request_events WHERE request_id = $1 AND event = 'closed'`,
      [id(), JSON.stringify({ lacks: [lack] })],
    );

  const breaches: [string, string, () => Promise<unknown>][] = [
    ['requests-answered', '期限より後の送付', move(of('correction'), 'delivered', '2026-12-22')],
    ['requests-answered', '実施のない通知', lose(of('correction'), 'carried-out')],
    ['requests-answered', '期限より後の却下の手紙', move(() => dismissed, 'delivered', '2026-12-22')],
    ['requests-answered', '求めて待つ前の却下', change(() => dismissed, 'dismissed', '{"ground":"lacking"}')],
    ['result-notified', '却下の手紙のない終わり', lose(() => dismissed, 'notified')],
    ['my-number-requests-answered', '期限より後の送付', move(() => partner, 'delivered', '2026-12-22')],
    ['consultations-answered', '通知のない終了', lose(of('consultation'), 'notified')],
    ['result-notified', '決定の書類のない通知', change(of('correction'), 'notified', '{"documents":[]}')],
    ['result-notified', '通知のない終了', lose(of('erasure'), 'notified')],
    [
      'request-arrival-recorded',
      '合わない到着日',
      () => sql('UPDATE requests SET arrived_on = $2 WHERE id = $1', [done.disclosure, '2026-11-30']),
    ],
    ['forms-sent-promptly', '遅れた用紙', move(of('disclosure'), 'forms-sent', '2026-12-10')],
    ['written-route-offered', '求めた用紙', change(() => eased, 'registered', '{"form":true}')],
    ['written-route-offered', '後から分かってもなお要る用紙', change(() => easedLater, 'eased', '{"form":true}')],
    [
      'written-route-offered',
      '分かった後に求めた用紙',
      () => sql("UPDATE request_events SET no = 9 WHERE request_id = $1 AND event = 'papers-short'", [easedLater]),
    ],
    ['forms-sent-promptly', '書面に代わる方法になる前に遅れた用紙', move(() => easedLater, 'forms-sent', '2026-12-10')],
    [
      'papers-as-published',
      '手数料のない請求への手数料の求め',
      () =>
        sql(
          `UPDATE request_events SET event = 'papers-short', data = '{"lacks":["fee"]}' WHERE request_id = $1 AND event = 'forms-sent'`,
          [done.correction],
        ),
    ],
    ['papers-as-published', 'もう届いている手数料の求め', askedAtTheEnd(of('disclosure'), 'fee')],
    ['papers-as-published', '確かめた後の確認書類の求め', askedAtTheEnd(of('correction'), 'identity')],
    ['papers-as-published', '相談への確認書類の求め', askedAtTheEnd(of('consultation'), 'authority')],
    ['disclosure-given', '開示のない終わり', change(of('disclosure'), 'notified', '{"documents":[]}')],
    [
      'provision-records-disclosed',
      '理由の記録のない不開示',
      () =>
        sql("UPDATE request_papers SET about = 'x' WHERE request_id = $1 AND kind = 'reason'", [
          done['record-disclosure'],
        ]),
    ],
    ['fee-only-for-disclosure', '訂正の手数料', change(of('correction'), 'registered', '{"feeYen":1000}')],
    ['fee-only-for-disclosure', '公表していない額', change(of('disclosure'), 'registered', '{"feeYen":1100}')],
    ['fee-only-for-disclosure', '返していない手数料', change(of('erasure'), 'papers-received', '{"feeYen":1000}')],
    ['disclosure-method-chosen', '選んでいない方法', change(of('disclosure'), 'notified', '{"by":"electronic"}')],
    ['correction-investigated', '調査のない決定', change(of('correction'), 'decided', '{"facts":{"content":"fact"}}')],
    ['suspension-decided-on-grounds', '理由のない決定', change(of('erasure'), 'decided', '{"facts":{}}')],
    ['identity-checked', '確認のない特定', lose(of('stop-use'), 'identified')],
    [
      'identity-checked',
      '確認が疑わしくなった後の特定',
      async () => {
        const identified = "SELECT no FROM request_events WHERE request_id = $1 AND event = 'identified'";
        await sql(`UPDATE request_events SET no = no + 100 WHERE request_id = $1 AND no > (${identified})`, [
          done['stop-use'],
        ]);
        await sql(
          `INSERT INTO request_events (request_id, no, event, on_day, at, by_actor, data, entry_id)
           SELECT request_id, 99, 'papers-short', on_day, at, by_actor, '{"lacks":["identity"],"anew":true}', gen_random_uuid()
           FROM request_events WHERE request_id = $1 AND event = 'identified'`,
          [done['stop-use']],
        );
      },
    ],
    ['identity-papers-minimal', '隠していない番号', change(of('correction'), 'identified', '{"numbersCovered":false}')],
    [
      'identity-papers-minimal',
      '残る確認書類',
      () =>
        sql("UPDATE request_papers SET kind = 'identity' WHERE request_id = $1 AND kind = 'sender'", [done.disclosure]),
    ],
    [
      'identity-papers-minimal',
      '確かめ直す前の、隠していない番号',
      async () => {
        const identified = "SELECT no FROM request_events WHERE request_id = $1 AND event = 'identified'";
        await sql(`UPDATE request_events SET no = no + 100 WHERE request_id = $1 AND no >= (${identified})`, [
          done['stop-use'],
        ]);
        for (const [no, event, data] of [
          [98, 'identified', `data || '{"numbersCovered":false}'`],
          [99, 'papers-short', `'{"lacks":["identity"],"anew":true}'`],
        ])
          await sql(
            `INSERT INTO request_events (request_id, no, event, on_day, at, by_actor, data, entry_id)
             SELECT request_id, ${no}, '${event}', on_day, at, by_actor, ${data}, gen_random_uuid()
             FROM request_events WHERE request_id = $1 AND event = 'identified' AND no > 100`,
            [done['stop-use']],
          );
      },
    ],
    [
      'identity-papers-minimal',
      '確かめずに終わった請求に残る確認書類',
      () => sql("UPDATE request_papers SET kind = 'identity' WHERE request_id = $1 AND kind = 'sender'", [dismissed]),
    ],
    [
      'provision-stopped-on-request',
      '消された停止',
      () => sql('DELETE FROM suspensions WHERE request_id = $1', [done['stop-provision']]),
    ],
    [
      'provision-stopped-on-request',
      '遅らされた利用の停止',
      () => sql("UPDATE suspensions SET from_day = '2027-12-07' WHERE request_id = $1", [done['stop-use']]),
    ],
    ['provision-stopped-on-request', '決定の記録のない停止', lose(of('stop-use'), 'decided')],
    ...(
      [
        ['一部だけになった全部の停止', "purposes = '{P1}'", () => done['stop-use']],
        ['提供先の一部だけになった停止', "recipients = '{}'", () => done['stop-provision']],
        ['提供先だけに限られた利用の停止', "recipients = '{}'", () => done['stop-use']],
        ['条項の変わった停止', "article = '35(2)'", () => done['stop-provision']],
        [
          'ほかの人のものになった停止',
          'principal_id = (SELECT s.principal_id FROM suspensions s WHERE s.principal_id <> suspensions.principal_id LIMIT 1)',
          () => done['stop-provision'],
        ],
        ['ほかの目的になった停止', "purposes = '{P1}'", () => inPart.P3],
        ['広がった停止', "purposes = '{P1,P3}'", () => inPart.P3],
        ['提供先の減った停止', 'recipients = recipients[1:1]', () => inPart.provision],
        ['全部になった停止', 'recipients = NULL', () => inPart.provision],
      ] as const
    ).map(([what, set, id]): (typeof breaches)[number] => [
      'provision-stopped-on-request',
      what,
      () => sql(`UPDATE suspensions SET ${set} WHERE request_id = $1`, [id()]),
    ]),
    ['every-access-logged', '早められた送付の日', move(of('correction'), 'delivered', '2026-12-06')],
    ['every-access-logged', '書き換えられた結果', change(of('erasure'), 'decided', '{"result":"granted","x":1}')],
    ['every-access-logged', '消された動き', lose(of('disclosure'), 'closed')],
    [
      'every-access-logged',
      '書き足された動き',
      () =>
        sql(
          `INSERT INTO request_events (request_id, no, event, on_day, at, by_actor, data, entry_id)
           SELECT request_id, max(no) + 1, 'extended', max(on_day), max(at), max(by_actor), '{"until":"2027-03-01"}', gen_random_uuid()
           FROM request_events WHERE request_id = $1 GROUP BY request_id`,
          [done.correction],
        ),
    ],
    [
      'every-access-logged',
      'ほかの人がしたことにされた動き',
      () =>
        sql("UPDATE request_events SET by_actor = 'staff:other' WHERE request_id = $1 AND event = 'decided'", [
          done.erasure,
        ]),
    ],
    [
      'every-access-logged',
      '消された請求',
      async () => {
        for (const table of tables.toReversed())
          await sql(`DELETE FROM ${table} WHERE ${table === 'requests' ? 'id' : 'request_id'} = $1`, [
            done.consultation,
          ]);
      },
    ],
    [
      'requests-answered',
      '鍵をなくして隠した遅れ',
      async () => {
        await move(of('correction'), 'delivered', '2026-12-22')();
        await sql('UPDATE requests SET wrapped_key = NULL, kek_version = NULL WHERE id = $1', [done.correction]);
      },
    ],
    [
      'request-papers-limited',
      '期限を過ぎた保管',
      () =>
        sql(`UPDATE request_events SET on_day = '2026-05-01' WHERE request_id = $1 AND event = 'closed'`, [
          done.disclosure,
        ]),
    ],
  ];

  test('利用目的の通知の手数料は、方針がそれを定めてからの請求でなければ約束を破る', async () => {
    for (const event of ['registered', 'papers-received'])
      await change(of('purpose-notice'), event, '{"feeYen":1000}')();
    expect(await prove('fee-only-for-disclosure')).toMatchObject({
      state: 'broken',
      evidence: [{}, { value: { en: '1' } }, {}],
    });
    const { policy } = (await policyInForce(house.office, house.office.clock.today()))!;
    const other = structuredClone(policy);
    other.operator.fee.kinds.push('purpose-notice');
    const stated = `INSERT INTO policy_versions SELECT 2, jsonb_set(content, '{operator,fee,kinds}', '${JSON.stringify(other.operator.fee.kinds)}'),
        decode('${sha256Of(other).toString('hex')}', 'hex'), '${house.office.clock.today()}', proposed_by, proposed_at, proposal_entry,
        approved_by, approved_at, approval_entry FROM policy_versions WHERE version = 1`;
    const proof = await tampered(house.db, ['policy_versions'], stated, () => prove('fee-only-for-disclosure'));
    expect(proof.state).toBe('kept');
    // A policy of the day after makes no fee right that was set before it.
    const today = house.office.clock.today();
    house.clock.moveTo(`${addDays(today, 1)}T08:42:00+09:00`);
    const next = stated.replace(`'${today}'`, `'${addDays(today, 1)}'`);
    const later = await tampered(house.db, ['policy_versions'], next, () => prove('fee-only-for-disclosure'));
    house.clock.moveTo(`${today}T08:42:00+09:00`);
    expect(later.state).toBe('broken');
  });

  test('方針が定めるより少ない書類で本人を確かめ、その情報を見れば約束を破る', async () => {
    expect((await prove('identity-checked')).state).toBe('kept');
    const { policy } = (await policyInForce(house.office, house.office.clock.today()))!;
    const two = [{ count: 2, of: ['driving-licence' as const, 'resident-record' as const] }];
    const other = { ...policy, operator: { ...policy.operator, identity_papers: two } };
    const stated = `INSERT INTO policy_versions SELECT 3, jsonb_set(content, '{operator,identity_papers}', '${JSON.stringify(two)}'),
        decode('${sha256Of(other).toString('hex')}', 'hex'), (SELECT min(arrived_on) FROM requests), proposed_by, proposed_at, proposal_entry,
        approved_by, approved_at, approval_entry FROM policy_versions WHERE version = 1`;
    const proof = await tampered(house.db, ['policy_versions'], stated, () => prove('identity-checked'));
    expect(proof.state).toBe('broken');

    // A later policy that is content with less makes nothing right that was done before it.
    const today = house.office.clock.today();
    house.clock.moveTo(`${addDays(today, 1)}T10:00:00+09:00`);
    const again = (from: string) => `${stated} UNION ALL SELECT 4, content, sha256, ${from}, proposed_by, proposed_at,
        proposal_entry, approved_by, approved_at, approval_entry FROM policy_versions WHERE version = 1`;
    const states = [];
    for (const from of [`'${addDays(today, 1)}'`, '(SELECT min(arrived_on) FROM requests)'])
      states.push((await tampered(house.db, ['policy_versions'], again(from), () => prove('identity-checked'))).state);
    house.clock.moveTo(`${today}T08:42:00+09:00`);
    expect(states).toEqual(['broken', 'kept']);
  });

  test('どの約束にも、それを破る記録がある', () => {
    expect(new Set(breaches.map(([promise]) => promise))).toEqual(new Set(deskProvers.map(({ promise }) => promise)));
  });

  test.each(breaches)('%s は、%sで破れる', async (promise, _, wreck) => {
    await wreck();
    const proof = await prove(promise);
    expect([proof.state, proof.evidence[1]!.value.en]).toEqual(['broken', '1']);
    expect(proof.fix).not.toEqual([]);
  });

  test('遅れた用紙は番号で言い、送ってあればそう言い、送ってから6か月で過ぎたことになる', async () => {
    const all = (await prove('forms-sent-promptly')).evidence[0]!.value.en;
    await move(of('disclosure'), 'forms-sent', '2026-12-10')();
    const late = await prove('forms-sent-promptly');
    const [row] = await house.db.owner.query<{ year: number; serial: number }>(
      'SELECT year, serial FROM requests WHERE id = $1',
      [done.disclosure],
    );
    expect(late.evidence.slice(1)).toMatchObject([
      { value: { en: '1' }, state: 'broken' },
      { value: { ja: numberOf(row!) }, href: `/desk/${done.disclosure}`, state: 'broken' },
    ]);
    expect(late.fix.map(({ ja }) => ja)).toEqual([expect.stringMatching(/^これから送る遅れた用紙はありません/)]);
    // Another form that has not gone out can still be acted on.
    await registered(desk, by, 'erasure');
    house.clock.moveTo('2026-12-20T09:00:00+09:00');
    const open = await prove('forms-sent-promptly');
    expect([open.evidence[1]!.value.en, open.fix[0]!.ja]).toEqual(['2', '用紙をすぐに送ります。']);
    await mend();
    await move(of('disclosure'), 'forms-sent', '2026-12-10')();
    house.clock.moveTo('2027-06-09T09:00:00+09:00');
    expect((await prove('forms-sent-promptly')).state).toBe('broken');
    house.clock.moveTo('2027-06-10T09:00:00+09:00');
    const aged = await prove('forms-sent-promptly');
    expect([aged.state, aged.evidence]).toMatchObject(['kept', [{ value: { en: '0' } }, { value: { en: '0' } }]]);
    house.clock.moveTo('2026-12-07T08:42:00+09:00');
    expect(Number(all)).toBeGreaterThan(1);
  });

  test('終わった請求の書類は、認められた目的で開いても約束は守られ、目的のない閲覧は請求の数で破る', async () => {
    const before = house.office.clock.today();
    house.clock.moveTo('2026-12-08T09:00:00+09:00');
    const opened = async (id: string, why?: OpeningReason) => {
      const [letter] = await sql("SELECT id FROM request_papers WHERE request_id = $1 AND kind = 'letter'", [id]);
      return readPaper(desk, by, id, letter!.id, why);
    };
    expect(await opened(done.consultation)).toMatchObject({
      ok: false,
      problem: { kind: 'invalid', fields: [{ field: 'for' }] },
    });
    const { evidence: all } = await prove('request-papers-limited');
    for (const why of openingReasons) expect(valueOf(await opened(done.consultation, why))).not.toBe('');
    const kept = await prove('request-papers-limited');
    expect([kept.state, kept.evidence.map(({ value }) => value.en)]).toEqual([
      'kept',
      [all[0]!.value.en, '0', String(Number(all.at(-1)!.value.en) + 3), '3'],
    ]);
    // As before reasons were asked for: however often, it counts as one request.
    await house.office.database.transaction(async (tx) => {
      for (const why of [{}, {}, { for: 'curiosity' }]) {
        const subjects = { request: done.erasure, kind: 'letter', ...why };
        await append(tx, logEntry(house.office.clock.now(), by.actor, 'desk:open-paper', subjects));
      }
    });
    const broken = await prove('request-papers-limited');
    expect([broken.state, broken.evidence[1]!.value.en]).toEqual(['broken', '1']);
    // However many papers are opened properly after that.
    const right = Array.from({ length: 1_000 }, () =>
      logEntry(house.office.clock.now(), by.actor, 'desk:open-paper', { request: done.erasure, for: 'question' }),
    );
    await house.office.database.transaction((tx) => append(tx, ...right));
    const later = await prove('request-papers-limited');
    expect([later.state, later.evidence[1]!.value.en]).toEqual(['broken', '1']);
    expect(Number(later.evidence.at(-2)!.value.en)).toBe(Number(broken.evidence.at(-2)!.value.en) + 1_000);
    house.clock.moveTo(`${before}T08:42:00+09:00`);
  });

  describe('変わった請求だけを読み直しても', () => {
    const proofs = (office: Office) =>
      Promise.all(deskProvers.map(async ({ promise, prove: of }) => [promise, await of(office)] as const));
    /** What the promises say now; another office has read nothing yet and reads everything. */
    const agreed = async (): Promise<string> => {
      const now = await proofs(house.office);
      expect(now).toEqual(await proofs({ ...house.office }));
      return now
        .map(
          ([promise, { state, evidence }]) => `${promise} ${state} ${evidence.map(({ value }) => value.en).join(', ')}`,
        )
        .join('; ');
    };
    const some = 'SELECT id FROM requests ORDER BY md5(id::text || $1) LIMIT 1';
    const changes: Record<string, (n: number) => Promise<unknown>> = {
      'an event is another': (i) =>
        sql(
          `UPDATE request_events SET on_day = on_day + 30 WHERE (request_id, no) =
             (SELECT request_id, no FROM request_events WHERE no > 1 ORDER BY md5(request_id::text || no || $1) LIMIT 1)`,
          [String(i)],
        ),
      'an event is gone': (i) =>
        sql(
          `DELETE FROM request_events WHERE (request_id, no) =
             (SELECT request_id, no FROM request_events WHERE no > 1 ORDER BY md5(request_id::text || no || $1) LIMIT 1)`,
          [String(i)],
        ),
      'an event is of another request': (i) =>
        sql(
          `UPDATE request_events SET no = 1000 + $1::int, request_id = (SELECT id FROM requests ORDER BY md5(id::text || 'x' || $1) LIMIT 1)
           WHERE (request_id, no) = (SELECT request_id, no FROM request_events WHERE event = 'papers-short' ORDER BY md5(request_id::text || $1) LIMIT 1)`,
          [String(i)],
        ),
      'a paper is another': (i) =>
        sql(
          "UPDATE request_papers SET kind = 'identity' WHERE id = (SELECT id FROM request_papers ORDER BY md5(id::text || $1) LIMIT 1)",
          [String(i)],
        ),
      'papers are gone': (i) => sql(`DELETE FROM request_papers WHERE request_id = (${some})`, [String(i)]),
      'a request is another': (i) =>
        sql(`UPDATE requests SET arrived_on = arrived_on - 1 WHERE id = (${some})`, [String(i)]),
      'a key is gone': (i) =>
        sql(`UPDATE requests SET wrapped_key = NULL, kek_version = NULL WHERE id = (${some})`, [String(i)]),
      'a request is gone': async (i) => {
        const [one] = await sql(some, [String(i)]);
        for (const table of tables.toReversed())
          await sql(`DELETE FROM ${table} WHERE ${table === 'requests' ? 'id' : 'request_id'} = $1`, [one!.id]);
      },
      'a request comes': () => received('correction'),
      'a request goes on': async () => {
        const one = await received('disclosure');
        await tellShort(desk, by, one.row.id, seen(one), { on: house.office.clock.today(), lacks: ['fee'] });
      },
      'a table is emptied': () => sql('TRUNCATE request_papers'),
      'days pass': () =>
        Promise.resolve(house.clock.moveTo(`${addDays(house.office.clock.today(), 6)}T08:42:00+09:00`)),
    };

    test('答えは、すべての請求を読んだ答えと同じ', async () => {
      const said = new Set([await agreed()]);
      const done = fc.sample(fc.constantFrom(...Object.keys(changes)), { numRuns: 60, seed: 20_261_205 });
      expect(new Set(done).size).toBe(Object.keys(changes).length);
      for (const [i, change] of done.entries()) {
        await changes[change]!(i);
        said.add(await agreed());
      }
      expect(said.size).toBeGreaterThan(30);
      house.clock.moveTo('2026-12-07T08:42:00+09:00');
    });

    test('先に始まって後に終わる変更も、見落とさない', async () => {
      await agreed();
      await house.db.owner.transaction(async (tx) => {
        await tx.query(
          "UPDATE request_events SET on_day = '2026-12-10' WHERE request_id = $1 AND event = 'forms-sent'",
          [done.disclosure],
        );
        await move(of('correction'), 'delivered', '2026-12-22')();
        expect(await agreed()).toMatch(/requests-answered broken.*forms-sent-promptly kept/);
      });
      expect(await agreed()).toMatch(/requests-answered broken.*forms-sent-promptly broken/);
    });
  });

  test('停止の後に同じ人の情報を渡すと、停止の約束が破れる', async () => {
    const [row] = await house.db.owner.query<{ principal_id: string }>(
      'SELECT principal_id FROM suspensions WHERE request_id = $1',
      [done['stop-provision']],
    );
    const stopped = row!.principal_id;
    const given = (
      facts: object,
      { of = stopped, relation = 'third-party', recipient = {}, at = '2026-12-07T12:00:00+09:00', consent = '' } = {},
    ) =>
      sql(
        `WITH provided AS (
           INSERT INTO provisions (id, at, by_actor, holding_id, purpose, items, relation, recipient, facts, finding, law_version,
             policy_version, people)
           VALUES (gen_random_uuid(), $6, 'sekisho', $1, 'P3', '{email}', $4, $5, $2, '{}', '2026-11-01', 1, 1) RETURNING id)
         INSERT INTO provision_people (principal_id, provision_id, entry_id, consent_id)
         SELECT $3, id, id, $7 FROM provided RETURNING provision_id AS id`,
        [holding, JSON.stringify(facts), of, relation, JSON.stringify(recipient), at, consent || null],
      );
    const stateThen = async (...provision: Parameters<typeof given>): Promise<string> => {
      const [made] = await given(...provision);
      const { state } = await prove('provision-stopped-on-request');
      await sql('DELETE FROM provision_people WHERE provision_id = $1', [made!.id]);
      await sql('DELETE FROM provisions WHERE id = $1', [made!.id]);
      return state;
    };
    // A new consent lifts the stop when it covers the provision; abroad, an entrusted party is a third party unless an equivalent-action system
    // covers it.
    expect(await stateThen({ consent: { on: '2026-12-08', coversRecipient: false } })).toBe('broken');
    const vietnam = { relation: 'entrustment', recipient: { country: 'VN' } };
    expect(await stateThen({ consent: { on: '2026-10-01', abroad: true } }, vietnam)).toBe('broken');
    expect(await stateThen({ consent: { on: '2026-12-08', abroad: true } }, vietnam)).toBe('kept');
    expect(await stateThen({}, { relation: 'entrustment', recipient: { country: 'JP' } })).toBe('kept');
    // The stop counts for the person, also under an id found to be theirs since; but not before that was known.
    const { principal: other } = await addPerson(house, holding, { name: '約束 別人', email: 'other-id@example.jp' });
    expect(await stateThen({}, { of: other })).toBe('kept');
    const link = (at: string) =>
      sql(
        `INSERT INTO person_links (id, principal_id, other_id, shown_by, at, actor) VALUES (gen_random_uuid(), $1, $2, 'document', $3, 'staff:a')`,
        [other, stopped, at],
      );
    await link('2026-12-07T13:00:00+09:00');
    expect(await stateThen({}, { of: other })).toBe('kept');
    await sql("UPDATE person_links SET at = '2026-12-07T11:00:00+09:00' WHERE principal_id = $1", [other]);
    expect(await stateThen({}, { of: other })).toBe('broken');
    const end = (at: string) =>
      sql(
        `UPDATE person_links SET ended_at = $2, ended_by = 'staff:a', ended_entry = gen_random_uuid() WHERE principal_id = $1`,
        [other, at],
      );
    await end('2026-12-07T13:00:00+09:00');
    expect(await stateThen({}, { of: other })).toBe('broken');
    await end('2026-12-07T11:30:00+09:00');
    expect(await stateThen({}, { of: other })).toBe('kept');
    // A stop of use reaches an entrustment too, and one for other purposes does not.
    const haltedBy = async (request: string): Promise<string> => {
      const [one] = await house.db.owner.query<{ principal_id: string }>(
        'SELECT principal_id FROM suspensions WHERE request_id = $1',
        [request],
      );
      return one!.principal_id;
    };
    const entrusted = { relation: 'entrustment', recipient: { country: 'JP' } };
    const halted = await haltedBy(done['stop-use']);
    expect(await stateThen({}, { of: halted, ...entrusted })).toBe('broken');
    expect(await stateThen({ exception: { item: '27(1)(i)' } }, { of: halted })).toBe('kept');
    expect(await stateThen({}, { of: await haltedBy(inPart.P3), ...entrusted })).toBe('broken');
    expect(await stateThen({}, { of: await haltedBy(inPart.P1), ...entrusted })).toBe('kept');
    // A stop counts from its own day, whenever it was written down.
    const recorded = (at: string) =>
      sql('UPDATE suspensions SET at = $2 WHERE request_id = $1', [done['stop-provision'], at]);
    await recorded('2026-12-09T10:00:00+09:00');
    expect(await stateThen({}, { at: '2026-12-08T12:00:00+09:00' })).toBe('broken');
    expect(await stateThen({}, { at: '2026-12-06T12:00:00+09:00' })).toBe('kept');
    await recorded('2026-12-07T10:00:00+09:00');
    // In a package the facts name the latest of many consents; whether the person consented anew is told by their own.
    const kyodo = await addRecipient(house, { name: '株式会社例示共同' });
    const text = await addConsentText(house, { holding, recipients: [kyodo], items: ['email'] });
    const consent = await addConsent(house, stopped, text, day('2026-12-01'));
    const packaged = () => stateThen({ consent: { on: '2026-12-08' } }, { consent });
    expect(await packaged()).toBe('broken');
    await sql("UPDATE consents SET given_on = '2026-12-08' WHERE id = $1", [consent]);
    expect(await packaged()).toBe('kept');
    // What a law requires, and what the person consented to anew, is no breach.
    await given({ exception: { item: '27(1)(i)' } });
    await given({ consent: { on: '2026-12-08' } });
    expect((await prove('provision-stopped-on-request')).state).toBe('kept');
    await given({ consent: { on: '2026-10-01' } });
    expect((await prove('provision-stopped-on-request')).state).toBe('broken');
    // A breach is not hidden behind many other provisions.
    await sql(
      `WITH provided AS (
         INSERT INTO provisions (id, at, by_actor, holding_id, purpose, items, relation, recipient, facts, finding, law_version,
           policy_version, people)
         SELECT ('ffffffff-0000-4000-8000-' || lpad(i::text, 12, '0'))::uuid, '2026-12-07T13:00:00+09:00', 'sekisho', $1::uuid, 'P3', '{email}',
           'entrustment', '{}', '{}', '{}', '2026-11-01', 1, 1 FROM generate_series(1, 100) AS i RETURNING id)
       INSERT INTO provision_people (principal_id, provision_id, entry_id) SELECT $2, id, id FROM provided RETURNING provision_id AS id`,
      [holding, stopped],
    );
    expect((await prove('provision-stopped-on-request')).state).toBe('broken');
  });
});

describe('期限が近づくと', () => {
  test('まだ知らせていない請求は危うくなり、過ぎると破れる', async () => {
    const one = await decided('correction');
    expect((await prove('result-notified')).state).toBe('risk');
    const states = async (at: string): Promise<string> => {
      house.clock.moveTo(`${at}T09:00:00+09:00`);
      return (await prove('requests-answered')).state;
    };
    expect(await states('2026-12-16')).toBe('kept');
    expect(await states('2026-12-17')).toBe('risk');
    expect(await states('2026-12-21')).toBe('risk');
    expect(await states('2026-12-22')).toBe('broken');
    house.clock.moveTo('2026-12-07T08:42:00+09:00');
    expect(one.request.decided?.result).toBe('granted');
  });

  describe('期限を過ぎた後に', () => {
    const anew = async (): Promise<void> => {
      for (const table of tables.toReversed()) await sql(`DELETE FROM ${table}`);
      house.clock.moveTo('2026-12-07T08:42:00+09:00');
    };
    beforeEach(anew);
    afterAll(anew);

    const until = day('2027-01-05');
    const late = day('2026-12-22');
    const inTime = day('2026-12-21');
    const state = async (promise: string) => {
      const { state: now, evidence } = await prove(promise);
      return [now, evidence[0]!.value.en, evidence[1]!.value.en];
    };
    const moveTo = (on: string) => house.clock.moveTo(`${on}T09:00:00+09:00`);

    test('延ばしても、期限を守ったことにはならず、過ぎる前に延ばせば守れる', async () => {
      const one = await received('correction');
      const extending = (of: Case, on = house.office.clock.today()) =>
        extend(desk, by, of.row.id, seen(of), { on, until, reason: '台帳が多いため' });
      moveTo(inTime);
      const before = await received('correction');
      valueOf(await extending(before));
      expect(await state('requests-answered')).toEqual(['risk', '2', '0']);
      moveTo(late);
      expect(await state('requests-answered')).toEqual(['broken', '2', '1']);
      valueOf(await extending(one));
      const proof = await prove('requests-answered');
      expect([proof.state, proof.evidence[1]!.value.en]).toEqual(['broken', '1']);
      expect(proof.evidence.find(({ href }) => href === `/desk/${one.row.id}`)?.state).toBe('broken');
    });

    test('取下げを記録しても、期限を守ったことにはならない', async () => {
      const [one, other] = [await received('correction'), await received('correction')];
      const question = await registered(desk, by, 'consultation');
      moveTo(inTime);
      valueOf(await withdraw(desk, by, other.row.id, seen(other), { on: inTime }));
      expect(await state('requests-answered')).toEqual(['risk', '1', '0']);
      moveTo(late);
      valueOf(await withdraw(desk, by, one.row.id, seen(one), { on: late }));
      expect(await state('requests-answered')).toEqual(['broken', '1', '1']);
      valueOf(await withdraw(desk, by, question.row.id, seen(question), { on: late }));
      expect(await state('consultations-answered')).toEqual(['broken', '1', '1']);
    });

    test('返信先がないと直しても、期限を守ったことにはならない', async () => {
      const question = await registered(desk, by, 'consultation');
      moveTo(late);
      valueOf(await amend(desk, by, question.row.id, seen(question), { sender: { address: '' }, unreachable: true }));
      expect(await state('consultations-answered')).toEqual(['broken', '1', '1']);
    });

    test('期限までの日付で記録したものは、期限の後に記録したと分かる', async () => {
      const one = await decided('correction');
      const carried = valueOf(await carryOut(desk, by, one.row.id, seen(one)));
      moveTo(late);
      const told = valueOf(await notify(desk, by, one.row.id, seen(carried), { on: inTime, by: 'post' }));
      valueOf(await deliver(desk, by, one.row.id, seen(told), { on: inTime, by: 'post' }));
      const proof = await prove('requests-answered');
      expect([proof.state, proof.evidence.map(({ value }) => value.en)]).toMatchObject([
        'risk',
        ['1', '0', '1', expect.stringMatching(/^R-/)],
      ]);
    });

    test.each<[string, (one: Case, on: Day) => Promise<unknown>]>([
      [
        '書類が届いても',
        (one, on) => receivePapers(desk, by, one.row.id, seen(one), { on, ...rightPapers, feeYen: 0 }),
      ],
      ['取り下げられても', (one, on) => withdraw(desk, by, one.row.id, seen(one), { on })],
      ['書面に代わる方法になっても', (one) => ease(desk, by, one.row.id, seen(one), { eased: true })],
    ])('用紙を送らないまま%s、期限までに送ったことにはならず、6か月で過ぎたことになる', async (_, goOn) => {
      const [one, other] = [await registered(desk, by, 'correction'), await registered(desk, by, 'correction')];
      moveTo('2026-12-09');
      valueOf((await goOn(other, day('2026-12-09'))) as Outcome<Case>);
      moveTo('2026-12-10');
      expect(await state('forms-sent-promptly')).toEqual(['broken', '1', '1']);
      valueOf((await goOn(one, day('2026-12-10'))) as Outcome<Case>);
      expect(await state('forms-sent-promptly')).toEqual(['broken', '1', '1']);
      expect((await prove('forms-sent-promptly')).fix[0]!.ja).toMatch(/^これから送る遅れた用紙はありません/);
      moveTo('2027-06-10');
      expect(await state('forms-sent-promptly')).toEqual(['kept', '0', '0']);
    });

    test('到着日を直したことは、到着日の証拠に表れる', async () => {
      const one = await registered(desk, by, 'consultation', { arrivedOn: day('2026-12-01') });
      valueOf(await amend(desk, by, one.row.id, seen(one), { sender: {}, arrivedOn: day('2026-12-07') }));
      const { state: now, evidence } = await prove('request-arrival-recorded');
      expect([now, evidence.map(({ value }) => value.en)]).toEqual(['kept', ['1', '0', '1']]);
      expect(evidence[2]!.label.ja).toBe('うち、到着日を遅い日に直したもの');
    });
  });

  test('受け付けたことを期限までに知らせていない相談は、知らせるまで危うい', async () => {
    const one = await registered(desk, by, 'consultation');
    const states = async (at: string): Promise<string> => {
      house.clock.moveTo(`${at}T09:00:00+09:00`);
      return (await prove('consultations-answered')).state;
    };
    expect(await states('2026-12-09')).toBe('kept');
    expect(await states('2026-12-10')).toBe('risk');
    const told = valueOf(await acknowledge(desk, by, one.row.id, seen(one), { on: day('2026-12-10'), how: 'letter' }));
    expect((await prove('consultations-answered')).state).toBe('kept');
    house.clock.moveTo('2026-12-07T08:42:00+09:00');
    expect(told.request.acknowledgedOn).toBe('2026-12-10');
  });

  test('いただけない手数料は、返すまで危うい', async () => {
    const one = await received('correction', { yen: 1000 });
    expect((await prove('fee-only-for-disclosure')).state).toBe('risk');
    const on = house.office.clock.today();
    const back = valueOf(await refund(desk, by, one.row.id, seen(one), { on, yen: 1000 }));
    expect((await prove('fee-only-for-disclosure')).state).toBe('kept');
    valueOf(await withdraw(desk, by, one.row.id, seen(back), { on }));
  });
});

test('使っている手紙の文に方針にない郵便番号が書いてあると、窓口の表示は確認できない', async () => {
  const kept = await prove('desk-address-shown');
  expect(kept.state).toBe('kept');
  expect(kept.evidence.map(({ value }) => value.en)).toEqual(['6', '0']);
  const { texts, version } = await currentTexts(house.office);
  const write = async (seen: number, says: { ja: string; en: string }) => {
    const given = structuredClone(texts);
    Object.assign(given.frame.closing, says);
    return valueOf(await writeTexts(house.office, by, { seen, texts: given, note: '宛先の確認' })).version;
  };
  const { ja, en } = texts.frame.closing;
  const { operator } = (await policyInForce(house.office, house.office.clock.today()))!.policy;
  let seen = version;
  for (const [says, state] of [
    [{ ja: '宛先：〒104-0001　東京都中央区例示町9-9-9', en }, 'unknown'],
    [{ ja, en: 'Please write to 9-9-9 Reiji-cho, Tokyo 104-0001, Japan.' }, 'unknown'],
    [{ ja: '宛先は１０４－０００１です。', en }, 'unknown'],
    [{ ja: `宛先：${operator.desk.address.ja}`, en: `Please write to ${operator.desk.address.en}.` }, 'kept'],
    [{ ja: 'お電話は03-0000-0000、番号は2026-0004です。', en }, 'kept'],
    [{ ja, en }, 'kept'],
  ] as const) {
    seen = await write(seen, says);
    const proof = await prove('desk-address-shown');
    expect([says, proof.state]).toEqual([says, state]);
    if (state === 'unknown') expect(proof.evidence.at(-1)).toMatchObject({ state: 'unknown', value: { en: '1' } });
    expect(proof.fix.length).toBe(state === 'unknown' ? 1 : 0);
  }
});

describe('書類', () => {
  test('確認書類の写しは、確かめたときに消える', async () => {
    let one = await received('correction');
    const scan: Paper = { kind: 'identity', text: '画像' };
    const assigned = { event: 'assigned', on: house.office.clock.today(), to: house.staff.desk! } as const;
    one = valueOf(await simply(desk, by, one.row.id, seen(one), { event: assigned, papers: [scan] }));
    const { id } = one.papers.find(({ kind }) => kind === 'identity')!;
    expect(valueOf(await readPaper(desk, by, one.row.id, id))).toBe('画像');
    one = valueOf(await identify(desk, by, one.row.id, seen(one), { on: day('2026-12-07'), ...askedThemselves }));
    expect(one.papers.find((paper) => paper.id === id)!.gone_at).not.toBeNull();
    expect(await readPaper(desk, by, one.row.id, id)).toMatchObject({ ok: false, problem: { kind: 'not-found' } });
  });

  test('だれも消すものがなければ、何もしない', async () => {
    expect(await eraseNextPapers(house.office)).toBe(false);
  });
});
