// Joint uses and their notices compared with the log: every change, addition or removal made directly in the database is detected, and nothing that
// the office itself did is reported.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestOffice, type TestOffice } from '../../../tests/office.ts';
import { addHolding, addRecipient, officerOf, valueOf } from '../../../tests/people.ts';
import { tampered } from '../../../tests/tamper.ts';
import { day } from '../../base/day.ts';
import type { By } from '../access/index.ts';
import { changeDraft, changeJointUse, endJointUse, publishNotice, registerJointUse } from './actions.ts';
import type { JointUse } from './facts/joint-use.ts';
import type { JointUseInput } from './facts/read.ts';
import { jointUseProvers } from './promises.ts';

let house: TestOffice;
let by: By;

const proof = () => jointUseProvers.find(({ promise }) => promise === 'every-access-logged')!.prove(house.office);
const prove = async () => {
  const { state, evidence } = await proof();
  return [state, ...evidence.map(({ value }) => value.en)];
};

beforeAll(async () => {
  house = await openTestOffice(() => []);
  by = { actor: officerOf(house), authority: ['officer-all-work'] };
});
afterAll(() => house.close());

test('before there is any, the promise is kept, and says so with a zero', async () => {
  expect(await prove()).toEqual(['kept', '0', '0']);
});

let input: JointUseInput;
const seen = ({ id, version }: JointUse) => ({ id, version });
const named = (ja: string, en: string): JointUseInput => ({ ...input, name: { ja, en } });

test('what was registered, corrected, published, changed and ended is as the log has it', async () => {
  const { office } = house;
  const holding = await addHolding(house, { purposes: ['P1', 'P3'] });
  input = {
    name: { ja: '催しの共同案内', en: 'Joint invitations' },
    information: 'personal',
    shares: [{ holding, items: ['name', 'email'] }],
    scope: { ja: '当社と株式会社例示配送', en: 'We and Reiji Haiso' },
    members: [await addRecipient(house, { relations: ['joint-use'] })],
    purposes: ['P1'],
    responsible: {
      kind: 'corporation',
      name: { ja: '例示情報通信株式会社' },
      address: { ja: '東京都千代田区例示町1-1' },
      representative: { ja: '例示 太郎' },
    },
  };
  const today = office.clock.today();
  const drawn = valueOf(await registerJointUse(office, by, input));
  const corrected = valueOf(
    await changeDraft(office, by, seen(drawn), { ...input, shares: [{ holding, items: ['email'] }] }),
  );
  const published = valueOf(await publishNotice(office, by, seen(corrected), { notice: 1, on: today }));
  const widened = valueOf(
    await changeJointUse(office, by, seen(published), {
      change: 'purposes',
      effectiveOn: day('2027-02-01'),
      noticeOn: day('2026-12-10'),
      purposes: ['P1', 'P3'],
      related: true,
      why: 'どちらも催しのご案内です',
    }),
  );
  valueOf(
    await changeJointUse(office, by, seen(widened), {
      change: 'responsible-address',
      effectiveOn: today,
      noticeOn: null,
      responsible: { address: { ja: '東京都港区例示町3-3' } },
    }),
  );
  const over = valueOf(await registerJointUse(office, by, named('名簿の共同整理', 'Joint lists'), published.id));
  const open = valueOf(await publishNotice(office, by, seen(over), { notice: 1, on: today }));
  valueOf(await endJointUse(office, by, seen(open), { on: today, why: '催しが終わったため' }));
  valueOf(await registerJointUse(office, by, named('これからの共同案内', 'Invitations to come')));
  expect(await prove()).toEqual(['kept', '3', '0']);
});

const ended = 'WHERE ended_on IS NOT NULL';
const going = 'WHERE ended_on IS NULL AND draft IS NULL';
const draft = 'WHERE draft IS NOT NULL';
test.each([
  ['joint_uses', `UPDATE joint_uses SET name_ja = '別の名前' ${going}`],
  ['joint_uses', `UPDATE joint_uses SET information = 'pseudonymous' ${going}`],
  ['joint_uses', `UPDATE joint_uses SET registered_at = registered_at - interval '1 day' ${going}`],
  ['joint_uses', `UPDATE joint_uses SET replaces = NULL ${ended}`],
  ['joint_uses', `UPDATE joint_uses SET replaces = (SELECT id FROM joint_uses ${ended}) ${going}`],
  ['joint_uses', `UPDATE joint_uses SET ended_on = NULL, ended_why = NULL ${ended}`],
  ['joint_uses', `UPDATE joint_uses SET ended_on = ended_on + 30 ${ended}`],
  ['joint_uses', `UPDATE joint_uses SET ended_why = '別の理由' ${ended}`],
  ['joint_uses', `UPDATE joint_uses SET ended_on = '2026-12-07', ended_why = '別の理由' ${going}`],
  ['joint_uses', `UPDATE joint_uses SET draft = jsonb_set(draft, '{members}', '[]') ${draft}`],
  ['joint_uses', `UPDATE joint_uses SET draft = jsonb_set(draft, '{shares,0,items}', '["name"]') ${draft}`],
  ['joint_uses', `UPDATE joint_uses SET draft = NULL ${draft}`],
  ['joint_uses', `UPDATE joint_uses SET draft = (SELECT draft FROM joint_uses ${draft}) ${going}`],
  ['joint_uses', `DELETE FROM joint_uses ${draft}`],
  ['joint_uses', `DELETE FROM joint_uses ${going}`],
  [
    'joint_uses',
    `INSERT INTO joint_uses SELECT gen_random_uuid(), '別の名前', name_en, information, replaces, draft, version, registered_at FROM joint_uses ${draft}`,
  ],
  [
    'joint_use_notices',
    `UPDATE joint_use_notices SET states = states || '{"members": []}' WHERE notice = 1 AND effective_on = '2026-12-07' AND joint_use_id IN (SELECT id FROM joint_uses ${going})`,
  ],
  ['joint_use_notices', `UPDATE joint_use_notices SET states = '{"purposes": []}' WHERE change = 'purposes'`],
  ['joint_use_notices', `UPDATE joint_use_notices SET effective_on = effective_on - 30 WHERE change = 'purposes'`],
  ['joint_use_notices', `UPDATE joint_use_notices SET why = '別の理由' WHERE change = 'purposes'`],
  [
    'joint_use_notices',
    `UPDATE joint_use_notices SET finding = finding || '{"answer": "no"}' WHERE change = 'purposes'`,
  ],
  ['joint_use_notices', `UPDATE joint_use_notices SET policy_version = 7 WHERE change = 'purposes'`],
  [
    'joint_use_notices',
    `UPDATE joint_use_notices SET change = 'responsible-name' WHERE change = 'responsible-address'`,
  ],
  ['joint_use_notices', `UPDATE joint_use_notices SET actor = 'staff:other' WHERE change = 'purposes'`],
  ['joint_use_notices', `DELETE FROM joint_use_notices WHERE change = 'responsible-address'`],
  ['joint_use_publications', `UPDATE joint_use_publications SET public_on = public_on - 2 WHERE notice = 2`],
  ['joint_use_publications', `DELETE FROM joint_use_publications WHERE notice = 2`],
  [
    'joint_use_publications',
    `INSERT INTO joint_use_publications SELECT joint_use_id, 3, public_on, at, actor, gen_random_uuid() FROM joint_use_publications WHERE notice = 2`,
  ],
])('one of %s that is otherwise is seen: %s', async (table, change) => {
  const [state, , wrong, ...names] = await tampered(house.db, [table], change, prove);
  expect([state, wrong, names]).toEqual(['broken', '1', ['not as logged']]);
  expect(await prove()).toEqual(['kept', '3', '0']);
});

test('what is not so is named, also when it is gone', async () => {
  const names = async () => (await proof()).evidence.slice(2).map(({ label }) => label.en);
  const reason = `UPDATE joint_uses SET ended_why = '別の理由' ${ended}`;
  expect(await tampered(house.db, ['joint_uses'], reason, names)).toEqual(['Joint lists']);
  expect(await tampered(house.db, ['joint_uses'], `DELETE FROM joint_uses ${ended}`, names)).toEqual([
    'A joint use that is gone',
  ]);
});

/** Entries as an earlier version wrote them; those of an end had no hash at all. */
const earlier = `UPDATE log_entries SET entry = (entry::jsonb - '{named,reasons}'::text[]
    - CASE action WHEN 'joint-use:end' THEN 'sha256' ELSE '' END)::text WHERE action LIKE 'joint-use:%'`;
const underEarlier = (look: () => Promise<unknown>) => tampered(house.db, ['log_entries'], earlier, look);

test('what an earlier version of the program did not say in its entries is not missed', async () => {
  expect(await underEarlier(prove)).toEqual(['kept', '3', '0']);
  const replaced = `UPDATE joint_uses SET replaces = (SELECT id FROM joint_uses ${ended}) ${going}`;
  const look = () => tampered(house.db, ['joint_uses'], replaced, prove);
  expect(await underEarlier(look)).toEqual(['broken', '3', '1', 'not as logged']);
});

test('a change that was overdue when its joint use ended is one that was not told in time, for a year', async () => {
  const state = async () =>
    (await jointUseProvers.find(({ promise }) => promise === 'joint-use-changes-announced')!.prove(house.office)).state;
  const then = async (endedOn: string, on: string) => {
    house.clock.moveTo(`${on}T10:00:00+09:00`);
    const end = `UPDATE joint_uses SET ended_on = '${endedOn}', ended_why = '終了' ${going}`;
    return tampered(house.db, ['joint_uses'], end, state);
  };
  // The change of address of the seventh of December is to be public by the 21st.
  expect(await then('2026-12-21', '2027-01-10')).toBe('kept');
  expect(await then('2026-12-22', '2027-01-10')).toBe('risk');
  expect(await then('2026-12-22', '2027-12-22')).toBe('risk');
  expect(await then('2026-12-22', '2027-12-23')).toBe('kept');
});
