// A refined purpose is public before it is first relied on: a reworded purpose, a newly stated one, and a change of purpose; each is broken by a
// single use that came before.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestOffice, type TestOffice } from '../../../tests/office.ts';
import {
  addConsent,
  addConsentText,
  addHolding,
  addPerson,
  addRecipient,
  officerOf,
  openTestCheckpoint,
  restingOn,
  valueOf,
} from '../../../tests/people.ts';
import { tampered } from '../../../tests/tamper.ts';
import { day, type Day } from '../../base/day.ts';
import type { Proof } from '../../base/promise.ts';
import type { By, Room } from '../access/index.ts';
import { correct, eraseAll, forgetStanding, use } from '../checkpoint/index.ts';
import { approve, policyInForce, policyYaml, propose, type Policy } from '../policy/index.ts';
import { changeHolding, changePurpose, endPurposeChange, holding, retireHolding } from './actions.ts';
import { contentOf } from './facts.ts';
import { ledgerProvers } from './promises.ts';

let house: TestOffice;
let closeCheckpoint: () => Promise<void>;
let room: Room;
let by: By;
let readers: string;
/** A holding whose change of purpose nothing has relied on. */
let unread: string;
let reader: string;

const prove = (): Promise<Proof> =>
  ledgerProvers(room)
    .find(({ promise }) => promise === 'refined-purpose-announced')!
    .prove(house.office);
const figures = ({ state, evidence }: Proof) => [state, ...evidence.slice(0, 4).map(({ value }) => value.en)];
const at = (on: string): void => house.clock.moveTo(`${on}T10:00:00+09:00`);

/** The policy with some purposes reworded, and one more. */
function saying(policy: Policy, said: Readonly<Record<string, string>>, more?: string): Policy {
  const purposes = policy.purposes.map((one) => ({
    ...one,
    text: { ...one.text, ja: one.text.ja + (said[one.id] ?? '') },
  }));
  const [first] = policy.purposes;
  const added = { ...first!, id: more ?? '', text: { ...first!.text, ja: `${first!.text.ja}、会員の集い` } };
  const all = more === undefined ? purposes : [...purposes, added];
  const clauses = policy.clauses.map((clause) => {
    const texts = all.filter((one) => one.clause === clause.no).map(({ text }) => text.ja);
    return texts.length === 0
      ? clause
      : { ...clause, text: { ...clause.text, ja: `${clause.text.ja}。${texts.join('。')}` } };
  });
  return { ...policy, purposes: all, clauses };
}

/** Approves a version today. */
async function version(
  policy: Policy,
  effectiveOn: Day,
  judged: Record<string, [judged: string, announcedOn?: string]>,
) {
  const texts = policyYaml(policy);
  const proposed = await propose(house.office, { actor: { kind: 'sekisho' }, authority: [] }, { texts, effectiveOn });
  const stated = Object.entries(judged).map(([id, [how, announcedOn = '']]) => [
    id,
    { judged: how, reason: '読者が思い描ける範囲です', announcedOn, announcedWhere: 'ウェブサイトのお知らせ' },
  ]);
  valueOf(
    await approve(house.office, by, {
      version: valueOf(proposed).version,
      effectiveOn,
      officers: 1,
      judged: Object.fromEntries(stated),
      resting: restingOn,
    }),
  );
  forgetStanding(house.office);
}

const readOf = async (principal: string, holding: string, items: string[], purpose: string): Promise<void> => {
  valueOf(await use(house.office, by, { principal, holding, items, purpose }));
};
const read = (purpose: string): Promise<void> => readOf(reader, readers, ['name'], purpose);

const turned = async (id: string): Promise<string> => {
  const said = { related: true, reason: '思い描ける範囲です', announcedOn: '2026-11-26', announcedWhere: 'お知らせ' };
  return valueOf(await changePurpose(room, by, { id, from: 'P3', to: 'P4', ...said })).id;
};

beforeAll(async () => {
  house = await openTestOffice(() => [], { at: '2026-11-24T10:00:00+09:00' });
  closeCheckpoint = await openTestCheckpoint(house);
  room = house;
  by = { actor: officerOf(house), authority: ['officer-all-work'] };
  readers = await addHolding(house, { purposes: ['P1', 'P3', 'P4'] });
  unread = await addHolding(house, { name: { ja: '控え', en: 'Copies' }, purposes: ['P3', 'P4'] });
  reader = (await addPerson(house, readers, { name: '例示 花子' }, undefined, ['P1', 'P3'])).principal;
});
afterAll(async () => {
  await closeCheckpoint();
  await house.close();
});

test('where no purpose was made more exact the promise is kept, and says so with zeros', async () => {
  await read('P1');
  const proof = await prove();
  expect(figures(proof)).toEqual(['kept', '0', '0', '0', '0']);
  expect(proof.says.ja).toBe('これまでに具体化した利用目的はありません。');
});

describe('once purposes were made more exact', () => {
  beforeAll(async () => {
    const { policy } = (await policyInForce(house.office, house.office.clock.today()))!;
    const judged = { P1: ['related', '2026-11-26'], P3: ['editorial'] } as const;
    await version(saying(policy, { P1: 'など', P3: 'など' }, 'P5'), day('2026-11-26'), judged as never);
  });

  test('what is to be announced on a day to come is at risk until then, and kept from then on', async () => {
    const waiting = await prove();
    expect([figures(waiting), waiting.fix.length]).toEqual([['risk', '2', '0', '1', '1'], 1]);
    expect(waiting.evidence.at(-1)).toMatchObject({
      label: { ja: 'P1（第2版）' },
      value: { ja: '2026年11月26日に公表する' },
      href: '/policy/versions/2',
      state: 'risk',
    });
    at('2026-11-26');
    forgetStanding(house.office);
    expect(figures(await prove())).toEqual(['kept', '2', '0', '0', '1']);
    at('2026-11-27');
    await read('P1');
    await turned(readers);
    await turned(unread);
    await read('P4');
    const proof = await prove();
    expect([figures(proof), proof.evidence.length, proof.fix]).toEqual([['kept', '4', '0', '0', '1'], 4, []]);
  });

  /** Writes a use into the log that only the owner of the database could write. */
  const logged = (on: string, purpose: string, policy: number, action = 'people:use', ground = '18(1)'): string => {
    const decision = { answer: 'yes', because: [`APPI ${ground}`], law: '2026-01-01', policy };
    const text = JSON.stringify({ action, holding: readers, items: ['name'], purpose, decision, authority: ['a'] });
    return `INSERT INTO log_entries (id, at, action, actor, principal_id, entry)
      VALUES (gen_random_uuid(), '${on}T12:00:00+09:00', '${action}', 'staff:a', '${reader}', '${text}')`;
  };
  const announced = (table: string, on: string, where: () => string) =>
    [table, () => `UPDATE ${table} SET announced_on = '${on}' WHERE ${where()}`] as const;
  const P1 = (): string => "purpose = 'P1' AND version = 2";

  test.each<[string, readonly [string, () => string], string | null]>([
    [
      'a use under the new words before the day they were announced',
      announced('purpose_wordings', '2026-11-28', P1),
      'P1（第2版）',
    ],
    [
      'a package under the new words before their day',
      ['log_entries', () => logged('2026-11-25', 'P1', 2, 'people:package')],
      'P1（第2版）',
    ],
    [
      'a provision under the new words before their day',
      ['log_entries', () => logged('2026-11-25', 'P1', 2, 'people:provide')],
      'P1（第2版）',
    ],
    [
      'a use for a new purpose before the version that states it',
      ['log_entries', () => logged('2026-11-25', 'P5', 1)],
      'P5（第2版）',
    ],
    [
      'a new purpose that a use had come before',
      ['policy_versions', () => "UPDATE policy_versions SET effective_on = '2026-12-01' WHERE version = 2"],
      null,
    ],
    ['a use under the old words before the new ones', ['log_entries', () => logged('2026-11-25', 'P1', 1)], null],
    ['a use for what was only worded better', ['log_entries', () => logged('2026-11-25', 'P3', 2)], null],
    [
      'a use beyond the purpose, which rests on an item of the law and not on the new words',
      ['log_entries', () => logged('2026-11-25', 'P1', 2, 'people:use-beyond', '18(3)(ii)')],
      null,
    ],
    ['a search', ['log_entries', () => logged('2026-11-25', 'P5', 1, 'people:search')], null],
    [
      'a use by a change before it was announced',
      announced('purpose_changes', '2026-11-28', () => `holding_id = '${readers}'`),
      'P3 → P4',
    ],
    [
      'a change announced late that nothing rested on until then',
      announced('purpose_changes', '2026-11-27', () => `holding_id = '${unread}'`),
      null,
    ],
  ])('%s', async (_, [table, change], broken) => {
    const found = await tampered(house.db, [table], change(), prove);
    expect(figures(found).slice(0, 3)).toEqual([broken ? 'broken' : 'kept', '4', broken ? '1' : '0']);
    if (broken) {
      expect(found.evidence.at(-1)).toMatchObject({ label: { ja: expect.stringContaining(broken) }, state: 'broken' });
      expect(found.evidence.at(-1)!.href).toMatch(/^\/(policy\/versions\/2|ledger\/[0-9a-f-]{36})$/);
      expect(found.fix).toHaveLength(1);
    }
    expect(figures(await prove())).toEqual(['kept', '4', '0', '0', '1']);
  });

  test('a change whose announcement is still to come is at risk, and broken by a use that did not wait for it', async () => {
    const late = (of: string) => `UPDATE purpose_changes SET announced_on = '2026-12-30' WHERE holding_id = '${of}'`;
    const waits = await tampered(house.db, ['purpose_changes'], late(unread), prove);
    expect(figures(waits)).toEqual(['risk', '4', '0', '1', '1']);
    const read4 = await tampered(house.db, ['purpose_changes'], late(readers), prove);
    expect([figures(read4), read4.evidence.at(-1)!.value.ja]).toEqual([
      ['broken', '4', '1', '0', '1'],
      '2026年11月27日に使い、公表は2026年12月30日',
    ]);
  });

  test('one that was taken back is looked at for as long as it stood', async () => {
    at('2026-11-30');
    const change = await turned(await addHolding(house, { name: { ja: '別', en: 'Other' }, purposes: ['P3', 'P4'] }));
    const [{ holding_id: id }] = (await house.db.owner.query<{ holding_id: string }>(
      'SELECT holding_id FROM purpose_changes WHERE id = $1',
      [change],
    )) as [{ holding_id: string }];
    at('2026-12-01');
    valueOf(await endPurposeChange(room, by, { id, change }));
    const used = (on: string) => logged(on, 'P4', 2).replaceAll(readers, id);
    const late = `UPDATE purpose_changes SET announced_on = '2026-12-20' WHERE id = '${change}'`;
    const looked = (on: string) =>
      tampered(house.db, ['log_entries'], used(on), () => tampered(house.db, ['purpose_changes'], late, prove));
    expect(figures(await looked('2026-11-30')).slice(0, 3)).toEqual(['broken', '5', '1']);
    expect(figures(await looked('2026-12-05')).slice(0, 3)).toEqual(['kept', '5', '0']);
  });

  describe('of the uses for its purpose', () => {
    let club: string;
    let mixed: string;
    let held: string;
    let changes: Record<'P2' | 'P3', string>;
    const person = async (items: Record<string, string>, purposes: string[]): Promise<string> =>
      (await addPerson(house, club, items, undefined, purposes)).principal;
    const change = async (from: string, announcedOn: string): Promise<string> => {
      const said = { related: true, reason: '思い描ける範囲です', announcedOn, announcedWhere: 'お知らせ' };
      return valueOf(await changePurpose(room, by, { id: club, from, to: 'P4', ...said })).id;
    };
    /** What the promise says if the change had been announced much later. */
    const late = (...of: ('P2' | 'P3')[]) =>
      tampered(
        house.db,
        ['purpose_changes'],
        `UPDATE purpose_changes SET announced_on = '2026-12-30' WHERE id IN (${of.map((one) => `'${changes[one]}'`).join()})`,
        prove,
      );
    const reliedOn = async (...of: ('P2' | 'P3')[]): Promise<string[]> =>
      (await late(...of)).evidence.flatMap(({ label, state }) =>
        state === 'broken' ? (/P\d → P\d$/.exec(label.ja) ?? []) : [],
      );

    beforeAll(async () => {
      at('2026-12-02');
      club = await addHolding(house, { name: { ja: '集い', en: 'Club' }, purposes: ['P2', 'P3', 'P4'] });
      held = await person({ name: '例示 次郎' }, ['P3', 'P4']);
      mixed = await person({ name: '例示 三郎' }, ['P4']);
      await addPerson(house, club, { email: 'mixed@example.jp' }, mixed, ['P3']);
      at('2026-12-03');
      changes = { P2: await change('P2', '2026-12-02'), P3: await change('P3', '2026-12-01') };
      forgetStanding(house.office);
    });

    test('none relies on it that was told of from the start', async () => {
      await readOf(held, club, ['name'], 'P4');
      await readOf(mixed, club, ['name'], 'P4');
      expect(await reliedOn('P2', 'P3')).toEqual([]);
    });

    test('none relies on it for what was asked for and not held', async () => {
      await readOf(held, club, ['name', 'phone'], 'P4');
      expect(await reliedOn('P2', 'P3')).toEqual([]);
    });

    test('an item that came with a correction is held for what everything before was', async () => {
      const ground = 'request';
      const added = (principal: string, phone: string) =>
        correct(house.office, by, {
          principal,
          holding: club,
          items: { phone },
          ground,
        });
      valueOf(await added(held, '03-1234-5678'));
      await readOf(held, club, ['phone'], 'P4');
      expect(await reliedOn('P2', 'P3')).toEqual([]);
    });

    test('of an erased person what was acquired counts, for an item that no acquisition names too', async () => {
      const [told, other] = [await person({ name: '例示 七郎' }, ['P4']), await person({ name: '例示 八郎' }, ['P3'])];
      for (const principal of [told, other])
        valueOf(
          await eraseAll(house.office, by, {
            principal,
            ground: 'no-longer-needed',
          }),
        );
      const used = (by: string) =>
        logged('2026-12-03', 'P4', 2).replace('["name"]', '["phone"]').replaceAll(readers, club).replaceAll(reader, by);
      const looked = (by: string) => tampered(house.db, ['log_entries'], used(by), () => reliedOn('P2', 'P3'));
      expect(await looked(told)).toEqual([]);
      expect(await looked(other)).toEqual(['P3 → P4']);
    });

    test('none relies on it that a consent let, named or standing beside it', async () => {
      const asked = await person({ name: '例示 四郎' }, ['P3']);
      const text = await addConsentText(house, { holding: club, recipients: [], items: ['name'], purpose: 'P4' });
      await addConsent(house, asked, text);
      await readOf(asked, club, ['name'], 'P4');
      expect(await reliedOn('P2', 'P3')).toEqual([]);
    });

    test('none relies on it that went to a third party by a consent or by an item of the law', async () => {
      const told = await person({ name: '例示 五郎' }, ['P3']);
      const given = (ground: string) =>
        logged('2026-12-03', 'P4', 2, 'people:provide', ground).replaceAll(readers, club).replaceAll(reader, told);
      const looked = (ground: string) => tampered(house.db, ['log_entries'], given(ground), () => reliedOn('P3'));
      expect(await looked('27(1)')).toEqual([]);
      expect(await looked('27(1)(ii)')).toEqual([]);
      expect(await looked('27(5)(i)')).toHaveLength(1);
    });

    test.each<[string, () => Promise<string[]>]>([
      ['to the use', async () => []],
      ['to a provision to somebody else', async () => [await addRecipient(house)]],
    ])('one relies on it that was entrusted beside a consent %s', async (_, recipients) => {
      const told = await person({ name: '例示 九郎' }, ['P3']);
      const text = { holding: club, recipients: await recipients(), items: ['name'], purpose: 'P4' };
      await addConsent(house, told, await addConsentText(house, text));
      const entrusted = logged('2026-12-03', 'P4', 2, 'people:provide', '27(5)(i)');
      const change = entrusted.replaceAll(readers, club).replaceAll(reader, told);
      expect(await tampered(house.db, ['log_entries'], change, () => reliedOn('P3'))).toEqual(['P3 → P4']);
    });

    test('one relies on it for any item that was collected for something else', async () => {
      await readOf(mixed, club, ['name', 'email'], 'P4');
      expect(await reliedOn('P2')).toEqual([]);
      expect(await reliedOn('P3')).toEqual(['P3 → P4']);
    });

    test('one relies on the change that was public first, of those that its item could rest on', async () => {
      const twice = await person({ name: '例示 六郎' }, ['P2', 'P3']);
      await readOf(twice, club, ['name'], 'P4');
      expect(await reliedOn('P2')).toEqual([]);
    });
  });
});

describe('the ledger, held against the log', () => {
  const logged = () =>
    ledgerProvers(room)
      .find(({ promise }) => promise === 'every-access-logged')!
      .prove(house.office);
  const wrongIn = ({ state, evidence, fix }: Proof) => [state, evidence[1]!.value.en, fix.length > 0];

  beforeAll(async () => {
    const left = await addHolding(house, { name: { ja: '戻した名簿', en: 'List as before' }, purposes: ['P3', 'P4'] });
    valueOf(await endPurposeChange(room, by, { id: left, change: await turned(left) }));
    const retired = await addHolding(house, { name: { ja: '終えた名簿', en: 'Former list' } });
    valueOf(await retireHolding(room, by, { id: retired, version: 1, reason: '業務の終了' }));
    const moved = await addHolding(house, { name: { ja: '動く名簿', en: 'List in use' }, purposes: ['P3', 'P4'] });
    const input = { ...contentOf((await holding(house.office, moved))!), place: '別の棚' };
    valueOf(await changeHolding(room, by, { id: moved, version: 1, input }));
    await turned(moved);
  });

  test('is as it was written, whatever was changed, replaced, taken back and retired', async () => {
    expect(wrongIn(await logged())).toEqual(['kept', '0', false]);
  });

  const one = (table: string, where: string) => `WHERE ctid = (SELECT ctid FROM ${table} WHERE ${where} LIMIT 1)`;
  const stands = one('purpose_changes', 'ended_at IS NULL');
  const ended = one('purpose_changes', 'ended_at IS NOT NULL');
  test.each([
    ['purpose_changes', `UPDATE purpose_changes SET announced_on = '2026-01-01' ${stands}`],
    ['purpose_changes', `UPDATE purpose_changes SET announced_where = 'どこか' ${stands}`],
    ['purpose_changes', `UPDATE purpose_changes SET to_purpose = 'P9' ${stands}`],
    ['purpose_changes', `UPDATE purpose_changes SET policy_version = policy_version + 1 ${stands}`],
    ['purpose_changes', `UPDATE purpose_changes SET at = at - interval '1 day' ${stands}`],
    ['purpose_changes', `UPDATE purpose_changes SET actor = 'staff:other' ${stands}`],
    ['purpose_changes', `DELETE FROM purpose_changes ${stands}`],
    ['purpose_changes', `DELETE FROM purpose_changes ${ended}`],
    ['purpose_changes', `UPDATE purpose_changes SET ended_at = NULL, ended_by = NULL, ended_entry = NULL ${ended}`],
    ['purpose_changes', `UPDATE purpose_changes SET ended_at = ended_at + interval '1 year' ${ended}`],
    ['purpose_changes', `UPDATE purpose_changes SET ended_by = 'staff:other' ${ended}`],
    [
      'purpose_changes',
      `UPDATE purpose_changes SET ended_at = at, ended_by = actor, ended_entry = gen_random_uuid() ${stands}`,
    ],
    [
      'purpose_changes',
      `INSERT INTO purpose_changes
       SELECT gen_random_uuid(), holding_id, 'P8', to_purpose, at, actor, announced_on, announced_where, reason, because, duties, law_version, policy_version
       FROM purpose_changes ${stands}`,
    ],
    [
      'holding_versions',
      `UPDATE holding_versions SET content = content || '{"purposes": ["P9"]}' ${one('holding_versions', 'version = 1')}`,
    ],
    [
      'holding_versions',
      `UPDATE holding_versions SET at = at - interval '1 day' ${one('holding_versions', 'version = 1')}`,
    ],
    [
      'holding_versions',
      `UPDATE holding_versions SET reason = '別の理由' ${one('holding_versions', "act = 'retire'")}`,
    ],
    ['holding_versions', `DELETE FROM holding_versions ${one('holding_versions', 'version = 1')}`],
    ['holding_versions', `DELETE FROM holding_versions ${one('holding_versions', "act = 'retire'")}`],
    [
      'holding_versions',
      `INSERT INTO holding_versions SELECT holding_id, 9, 'change', at, actor, content, NULL, gen_random_uuid() FROM holding_versions ${one('holding_versions', 'version = 1')}`,
    ],
    ['holdings', `UPDATE holdings SET purposes = '{P9}' ${one('holdings', "state = 'active'")}`],
    ['holdings', `UPDATE holdings SET code = 'L-901' ${one('holdings', "state = 'active'")}`],
    ['holdings', `UPDATE holdings SET state = 'active' ${one('holdings', "state = 'retired'")}`],
    ['holdings', `UPDATE holdings SET confirmed_at = confirmed_at + interval '1 year' ${one('holdings', 'true')}`],
    ['holdings', `UPDATE holdings SET version = version + 1 ${one('holdings', "state = 'active'")}`],
    ['holdings', `DELETE FROM holdings ${one('holdings', 'true')}`],
  ])('one of %s that is otherwise is seen: %s', async (table, change) => {
    expect(wrongIn(await tampered(house.db, [table], change, logged))).toEqual(['broken', '1', true]);
  });

  test('a gap among its versions is seen, though the holding agrees with the last', async () => {
    const change = `WITH v AS (UPDATE holding_versions SET version = 9 WHERE act = 'retire') UPDATE holdings SET version = 9 WHERE state = 'retired'`;
    expect(wrongIn(await tampered(house.db, ['holdings', 'holding_versions'], change, logged))).toEqual([
      'broken',
      '1',
      true,
    ]);
  });

  test('what an earlier version of the program did not say in its entries is not missed', async () => {
    const earlier = `UPDATE log_entries SET entry = (entry::jsonb - '{code,reasons}'::text[])::text WHERE action LIKE 'ledger:%'`;
    expect(wrongIn(await tampered(house.db, ['log_entries'], earlier, logged))).toEqual(['kept', '0', false]);
  });

  test('a holding that is gone with all of it is seen, and named is what is there', async () => {
    const [{ id } = { id: '' }] = await house.db.owner.query<{ id: string }>('SELECT id FROM holdings LIMIT 1', []);
    const change = `WITH v AS (DELETE FROM holding_versions WHERE holding_id = '${id}'),
      c AS (DELETE FROM purpose_changes WHERE holding_id = '${id}') DELETE FROM holdings WHERE id = '${id}'`;
    const tables = ['holdings', 'holding_versions', 'purpose_changes'];
    const gone = await tampered(house.db, tables, change, logged);
    expect([...wrongIn(gone), gone.evidence[2]]).toMatchObject(['broken', '1', true, { href: '/ledger' }]);
    const other = await tampered(house.db, ['holdings'], `UPDATE holdings SET place = 'x' WHERE id = '${id}'`, logged);
    expect(other.evidence[2]).toMatchObject({ href: `/ledger/${id}`, state: 'broken' });
  });

  test('is read again only where something of it changed', async () => {
    const { database } = house.office;
    const { query } = database;
    let read = 0;
    database.query = (text, values, name) => {
      if (name === 'ledger.traces') read += 1;
      return query(text, values, name);
    };
    for (let look = 0; look < 3; look++) await logged();
    await addHolding(house, { name: { ja: '新しい名簿', en: 'New list' } });
    const { state } = await logged();
    database.query = query;
    expect([read, state]).toEqual([2, 'kept']);
  });
});
