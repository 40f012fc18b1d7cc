// What the provisions prove: each promise is broken by one fact of its own, and by none of its neighbours'.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestOffice, type TestOffice } from '../../../tests/office.ts';
import {
  addConsent,
  addConsentText,
  addHolding,
  addPerson,
  addRecipient,
  entrusted,
  officerOf,
  openTestCheckpoint,
  valueOf,
} from '../../../tests/people.ts';
import { tampered } from '../../../tests/tamper.ts';
import { day } from '../../base/day.ts';
import type { Office } from '../../office.ts';
import type { By } from '../access/index.ts';
import { publishNotice, registerJointUse } from '../joint-use/actions.ts';
import { checkRecipient, reportCountry } from '../recipients/actions.ts';
import { provide, type ProvideAsk } from './actions/provide.ts';
import { provisionProvers } from './promises.ts';

const items = ['name', 'email'];

/** To whom something was provided once, and on what. */
const ways = [
  'japan-by-consent',
  'printer',
  'vietnam-by-consent',
  'france-by-consent',
  'singapore-by-system',
  'singapore-by-system-and-consent',
  'vietnam-demanded',
  'joint-use',
] as const;
type Way = (typeof ways)[number];

let house: TestOffice;
let closeCheckpoint: () => Promise<void>;
let by: By;
let holding: string;
let person: string;
const made = {} as Record<Way, string>;

const give = async (way: Way, recipient: string, more: Partial<ProvideAsk>): Promise<void> => {
  const ask = {
    principal: person,
    holding,
    items,
    purpose: 'P3',
    recipient,
    facts: { relation: 'third-party' },
  } as const;
  made[way] = valueOf(await provide(house.office, by.actor, [], { ...ask, ...more })).id;
};

const consented = async (recipient: string, more: object = {}, given: object = {}): Promise<void> => {
  const text = await addConsentText(house, { holding, recipients: [recipient], items, ...more });
  await addConsent(house, person, text, day('2026-11-20'), given);
};

/** Vietnam: nothing says that it is equivalent, so that the persons are told of it before they consent. */
async function giveToVietnam(): Promise<void> {
  const vietnam = await addRecipient(house, { name: 'Reiji Hanoi Co., Ltd.', country: 'VN' });
  const input = {
    systemExists: true,
    indicators: [],
    missingPrinciples: [],
    graveSystems: null,
    source: 'https://www.example.jp/reports/vn',
    measures: null,
    checkedOn: '2026-11-01',
  };
  const { version } = valueOf(await reportCountry(house.office, by, { country: 'VN', version: 0, input }));
  const why = { unknown: { ja: '確かめられないため', en: 'It cannot be found out' } };
  const shown = { country: { code: 'VN' }, system: { report: version }, measures: why };
  await consented(vietnam, { shown }, { shown: { on: day('2026-11-20'), at: null } });
  await give('vietnam-by-consent', vietnam, {});
  const asking = await addRecipient(house, { name: 'Reiji Da Nang Co., Ltd.', country: 'VN' });
  const exception = { item: '27(1)(i)', legalBasis: '国税通則法 文書番号123' } as const;
  await give('vietnam-demanded', asking, { facts: { relation: 'third-party', exception } });
}

/** Singapore: the recipient has an equivalent-action system, checked within the year. */
async function giveToSingapore(): Promise<void> {
  const singapore = await addRecipient(
    house,
    { name: 'Example Events Pte. Ltd.', country: 'SG', relations: ['entrustment', 'third-party'] },
    { ...entrusted, from: '2025-12-01' },
    {
      kind: 'equivalent-system',
      reference: '覚書 2025-8',
      from: '2025-12-01',
      until: '2028-01-01',
      by: 'contract',
      measures: '日本の定めに沿う措置',
      checkMethod: '書面と訪問',
      checkMonths: 12,
    },
  );
  const check = { on: '2025-12-10', method: '書面', measures: 'kept' };
  valueOf(await checkRecipient(house.office, by, singapore, check));
  await give('singapore-by-system', singapore, { facts: { relation: 'entrustment' } });
  await consented(singapore);
  await give('singapore-by-system-and-consent', singapore, {});
}

async function giveJointly(): Promise<void> {
  const group = await addRecipient(house, { name: '例示ホールディングス株式会社', relations: ['joint-use'] });
  const draft = valueOf(
    await registerJointUse(house.office, by, {
      name: { ja: 'グループの催しの案内', en: 'Events of the group' },
      information: 'personal',
      shares: [{ holding, items }],
      scope: { ja: '例示ホールディングス株式会社', en: 'Example Holdings' },
      members: [group],
      purposes: ['P3'],
      responsible: {
        kind: 'corporation',
        name: { ja: '例示情報通信株式会社', en: 'Example Communications' },
        address: { ja: '東京都例示区1-1', en: '1-1 Reiji, Tokyo' },
        representative: { ja: '例示 一郎', en: 'Ichiro Reiji' },
      },
    }),
  );
  valueOf(await publishNotice(house.office, by, draft, { notice: 1, on: day('2026-11-24') }));
  await give('joint-use', group, { jointUse: draft.id, facts: { relation: 'joint-use' } });
}

beforeAll(async () => {
  house = await openTestOffice(() => [], { at: '2026-11-24T10:00:00+09:00' });
  closeCheckpoint = await openTestCheckpoint(house);
  by = { actor: officerOf(house), authority: [] };
  holding = await addHolding(house);
  ({ principal: person } = await addPerson(house, holding, { name: '佐藤 𠮷子', email: 'yoshiko@example.jp' }));
});
afterAll(async () => {
  await closeCheckpoint();
  await house.close();
});

const proofs = async () =>
  Object.fromEntries(
    await Promise.all(provisionProvers.map(async (one) => [one.promise, await one.prove(house.office)] as const)),
  );
const brokenOf = async (): Promise<string[]> =>
  Object.entries(await proofs()).flatMap(([promise, { state }]) => (state === 'broken' ? [promise] : []));

test('before anything was provided, every promise is kept, and the evidence says so with a zero', async () => {
  for (const [promise, { state, evidence }] of Object.entries(await proofs()))
    expect([promise, state, evidence.map(({ value }) => value.en)]).toEqual([promise, 'kept', ['0', '0']]);
});

describe('once something was provided in every way', () => {
  beforeAll(async () => {
    const kyodo = await addRecipient(house);
    await consented(kyodo);
    await give('japan-by-consent', kyodo, {});
    const printer = await addRecipient(house, { name: '株式会社みなと印刷', relations: ['entrustment'] }, entrusted);
    await give('printer', printer, { facts: { relation: 'entrustment' } });
    const france = await addRecipient(house, { name: 'Reiji Paris SAS', country: 'FR' });
    await consented(france);
    await give('france-by-consent', france, {});
    await giveToVietnam();
    await giveToSingapore();
    await giveJointly();
    // All of it as if it had gone out in a package that a second person approved, as a policy may promise.
    await house.db.owner.query(
      `INSERT INTO packages (id, made_at, made_by, holding_id, purpose, items, recipient_id, facts, everybody, state, state_at, state_by, approved_by)
       SELECT id, at, 'staff:a', holding_id, purpose, items, coalesce(recipient_id, id), '{}', false, 'ready', at, 'sekisho', 'staff:b'
       FROM provisions`,
      [],
    );
    await house.db.owner.query('UPDATE provisions SET package_id = id', []);
    // The database itself refuses who approves their own; here it is kept from doing so, because somebody may have kept it.
    await house.db.owner.query(
      `ALTER TABLE packages DROP CONSTRAINT packages_check, DROP CONSTRAINT IF EXISTS packages_approved_by_another`,
      [],
    );
  });

  test('every promise is kept, and each has looked at all it speaks of', async () => {
    expect(await brokenOf()).toEqual([]);
    const found = Object.entries(await proofs()).map(([promise, { state, evidence }]) => {
      expect([promise, state]).toEqual([promise, 'kept']);
      return [promise, evidence[0]!.value.en];
    });
    expect(Object.fromEntries(found)).toEqual({
      'provision-recorded': '8',
      'provision-approved': '8',
      'no-opt-out': '8',
      'consent-before-provision': '4',
      'foreign-information-before-consent': '1',
      'foreign-information-complete': '1',
      'foreign-information-individually-given': '1',
      'foreign-provision-checked': '5',
      'joint-use-registered': '1',
      'joint-use-announced-first': '1',
      'joint-use-notice-complete': '1',
      'joint-use-items-kept': '1',
      'joint-use-scope-kept': '1',
      'joint-use-purposes-kept': '1',
    });
  });

  /** `facts` of the provision of a way with something taken out (#-) or put elsewhere (jsonb_set). */
  const facts = (of: Way, value: string) => [of, `UPDATE provisions SET facts = ${value} WHERE id = $`] as const;
  const without = (of: Way, path: string) => facts(of, `facts #- '{${path}}'`);
  const put = (of: Way, path: string, value: string) => facts(of, `jsonb_set(facts, '{${path}}', '${value}')`);

  test.each<[string, string, readonly [Way, string]]>([
    [
      'provision-recorded',
      'a record that is gone',
      ['japan-by-consent', 'DELETE FROM provision_records WHERE provision_id = $'],
    ],
    [
      'provision-recorded',
      'a person who is not written down',
      ['printer', 'DELETE FROM provision_people WHERE provision_id = $'],
    ],
    ['provision-recorded', 'a person too few', ['printer', 'UPDATE provisions SET people = 2 WHERE id = $']],
    [
      'provision-approved',
      'one outside of every package',
      ['printer', 'UPDATE provisions SET package_id = NULL WHERE id = $'],
    ],
    [
      'provision-approved',
      'a package nobody approved',
      ['printer', 'UPDATE packages SET approved_by = NULL WHERE id = $'],
    ],
    [
      'provision-approved',
      'who approved their own',
      ['printer', 'UPDATE packages SET approved_by = made_by WHERE id = $'],
    ],
    [
      'no-opt-out',
      'the record of an opt-out',
      ['japan-by-consent', "UPDATE provision_records SET provided_on = '2026-11-24' WHERE provision_id = $"],
    ],
    ['consent-before-provision', 'a consent given later', put('japan-by-consent', 'consent,on', '"2026-11-25"')],
    ['consent-before-provision', 'a consent of no day', without('japan-by-consent', 'consent,on')],
    [
      'consent-before-provision',
      'somebody who consented to nothing',
      ['japan-by-consent', 'UPDATE provision_people SET consent_id = NULL WHERE provision_id = $'],
    ],
    [
      'foreign-information-before-consent',
      'information shown later',
      put('vietnam-by-consent', 'foreignInformation,on', '"2026-11-21"'),
    ],
    [
      'foreign-information-before-consent',
      'information of no day',
      without('vietnam-by-consent', 'foreignInformation,on'),
    ],
    ['foreign-information-complete', 'no country', without('vietnam-by-consent', 'foreignInformation,country')],
    [
      'foreign-information-complete',
      'a blank system',
      put('vietnam-by-consent', 'foreignInformation,system', '"not-told"'),
    ],
    [
      'foreign-information-complete',
      'blank measures',
      put('vietnam-by-consent', 'foreignInformation,measures', '"not-told"'),
    ],
    [
      'foreign-information-individually-given',
      'persons who were told nothing',
      put('vietnam-by-consent', 'foreignInformation', 'null'),
    ],
    [
      'foreign-information-individually-given',
      'nothing on record of what they were told',
      without('vietnam-by-consent', 'foreignInformation'),
    ],
    ['foreign-provision-checked', 'a consent to something else', put('vietnam-by-consent', 'consent,abroad', 'false')],
    ['foreign-provision-checked', 'a system that is gone', without('singapore-by-system', 'equivalentSystem')],
    ['foreign-provision-checked', 'a system that never was', put('singapore-by-system', 'equivalentSystem', 'null')],
    ['foreign-provision-checked', 'a demand without an item of the law', put('vietnam-demanded', 'exception', 'null')],
    [
      'joint-use-registered',
      'sharing in no joint use of the register',
      ['joint-use', 'UPDATE provisions SET joint_use_id = NULL WHERE id = $'],
    ],
    ['joint-use-announced-first', 'a notice after it', put('joint-use', 'jointUse,noticeOn', '"2026-11-25"')],
    ['joint-use-announced-first', 'a notice that was never given', put('joint-use', 'jointUse,noticeOn', 'null')],
    [
      'joint-use-notice-complete',
      'a notice without an address',
      facts(
        'joint-use',
        "jsonb_set(facts, '{jointUse,listed}', (facts #> '{jointUse,listed}') - 'responsible-address')",
      ),
    ],
    [
      'joint-use-notice-complete',
      'a notice without the representative of a corporation',
      facts(
        'joint-use',
        "jsonb_set(facts, '{jointUse,listed}', (facts #> '{jointUse,listed}') - 'responsible-representative')",
      ),
    ],
    ['joint-use-items-kept', 'an item the notice does not name', put('joint-use', 'jointUse,items', '["name"]')],
    ['joint-use-scope-kept', 'a user outside the scope', put('joint-use', 'jointUse,recipientInScope', 'false')],
    ['joint-use-scope-kept', 'a user of whom nothing is said', without('joint-use', 'jointUse,recipientInScope')],
    ['joint-use-purposes-kept', 'a purpose the notice does not name', put('joint-use', 'jointUse,purposes', '["P1"]')],
  ])('%s alone is broken by %s', async (promise, _, [way, change]) => {
    const tables = ['provisions', 'provision_records', 'provision_people', 'packages'];
    const found = await tampered(house.db, tables, change.replace('$', `'${made[way]}'`), proofs);
    for (const [neighbour, { state, evidence, fix }] of Object.entries(found)) {
      const broken = neighbour === promise;
      expect([neighbour, state]).toEqual([neighbour, broken ? 'broken' : 'kept']);
      expect([neighbour, evidence[1]!.value.en]).toEqual([neighbour, broken ? '1' : '0']);
      expect(fix).toHaveLength(broken ? 1 : 0);
    }
    expect(await brokenOf()).toEqual([]);
  });

  test('is counted again once a provision, a record, a person or an approval is another, and not before', async () => {
    let counted = 0;
    const database: Office['database'] = {
      ...house.office.database,
      query: (sql, ...more) => {
        if (sql.includes('AS "byOptOut"')) counted += 1;
        return house.office.database.query(sql, ...more);
      },
    };
    const office = { ...house.office, database };
    const look = () => provisionProvers[0]!.prove(office);
    const all = (await look()).evidence[0]!.value.en;
    expect([(await look()).evidence[0]!.value.en, counted]).toEqual([all, 1]);
    for (const table of ['provisions', 'provision_records', 'provision_people', 'packages']) {
      await tampered(house.db, [table], `DELETE FROM ${table}`, look);
      const before = counted;
      expect([table, (await look()).state, counted]).toEqual([table, 'kept', before + 1]);
      await look();
      expect([table, counted]).toEqual([table, before + 1]);
    }
  });

  test('where who answers for a joint use is no corporation, its notice needs no representative', async () => {
    const listed = "(facts #> '{jointUse,listed}') - 'responsible-representative'";
    const change = `UPDATE provisions SET facts = jsonb_set(jsonb_set(facts, '{jointUse,listed}', ${listed}),
      '{jointUse,responsibleKind}', '"individual"') WHERE id = '${made['joint-use']}'`;
    expect(await tampered(house.db, ['provisions'], change, brokenOf)).toEqual([]);
  });
});
