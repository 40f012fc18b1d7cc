// The registers of web sites compared with the log: every change, addition or removal made directly in the database is detected, and nothing that the
// office itself did is reported.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestOffice, type TestOffice } from '../../../tests/office.ts';
import { officerOf, valueOf } from '../../../tests/people.ts';
import { tampered } from '../../../tests/tamper.ts';
import { day } from '../../base/day.ts';
import type { By } from '../access/index.ts';
import { changeSite, putTag, registerSite } from './actions.ts';
import type { SiteInput, TagInput } from './facts.ts';
import { transmissionProvers } from './promises.ts';

let house: TestOffice;
let by: By;

const prove = async () => {
  const { state, evidence } = await transmissionProvers[0]!.prove(house.office);
  return [state, ...evidence.map(({ value }) => value.en)];
};

beforeAll(async () => {
  house = await openTestOffice(() => [], { at: '2026-12-07T08:42:00+09:00' });
  by = { actor: officerOf(house), authority: ['officer-all-work'] };
});
afterAll(() => house.close());

test('before there is any, the promise is kept, and says so with a zero', async () => {
  expect(await prove()).toEqual(['kept', '0', '0']);
});

const site = (code: string): SiteInput => ({
  code,
  name: { ja: `例示サイト ${code}`, en: `Reiji site ${code}` },
  origins: ['https://shop.example.jp'],
  service: 'information',
  linkedOn: day('2026-12-01'),
});

const tag: TagInput = {
  code: 'analytics',
  name: { ja: 'アクセス解析', en: 'Web analytics' },
  information: { ja: '見たページのアドレス', en: 'Addresses of the pages seen' },
  recipient: { name: { ja: '例示解析株式会社', en: 'Reiji Analytics' }, country: 'JP' },
  purpose: { ja: 'サイトの改善', en: 'Improving the site' },
  sends: true,
  thirdPartyId: true,
  plain: true,
  choice: 'opt-in',
  patterns: ['analytics.example'],
};

test('what was registered, described, told anew and confirmed is as the log has it', async () => {
  const { office } = house;
  valueOf(await registerSite(office, by, site('news')));
  const shop = valueOf(await registerSite(office, by, site('shop')));
  const at = (version: number) => ({ id: shop.id, version });
  house.clock.moveTo('2026-12-08T08:42:00+09:00');
  valueOf(await putTag(office, by, { ...at(1), input: tag }));
  valueOf(await putTag(office, by, { ...at(2), tag: 'analytics', input: tag }));
  house.clock.moveTo('2026-12-09T08:42:00+09:00');
  valueOf(await changeSite(office, by, { ...at(3), input: { ...site('shop'), choicesADay: 500 } }));
  valueOf(await changeSite(office, by, { ...at(4), input: { ...site('shop'), choicesADay: 500 } }));
  expect(await prove()).toEqual(['kept', '2', '0']);
});

const ofShop = "site_id = (SELECT id FROM web_sites WHERE code = 'shop')";
const newest = `WHERE ${ofShop} AND version = 5`;
test.each([
  ['web_registers', `UPDATE web_registers SET tags = jsonb_set(tags, '{0,patterns}', '["ads.example"]') ${newest}`],
  ['web_registers', `UPDATE web_registers SET tags = jsonb_set(tags, '{0,choice}', '"opt-out"') ${newest}`],
  ['web_registers', `UPDATE web_registers SET tags = jsonb_set(tags, '{0,decision,finding,answer}', '"no"') ${newest}`],
  ['web_registers', `UPDATE web_registers SET tags = '[]' ${newest}`],
  ['web_registers', `UPDATE web_registers SET site = site || '{"state": "retired"}' ${newest}`],
  ['web_registers', `UPDATE web_registers SET notice = notice + 1 ${newest}`],
  ['web_registers', `UPDATE web_registers SET changed_on = changed_on - 1 ${newest}`],
  ['web_registers', `UPDATE web_registers SET act = 'change' ${newest}`],
  ['web_registers', `UPDATE web_registers SET by_actor = 'staff:other' ${newest}`],
  ['web_registers', `UPDATE web_registers SET at = at - interval '1 minute' ${newest}`],
  ['web_registers', `DELETE FROM web_registers ${newest}`],
  ['web_registers', 'DELETE FROM web_registers WHERE version = 1 AND NOT ' + ofShop],
  [
    'web_registers',
    `INSERT INTO web_registers SELECT site_id, 6, notice, changed_on, act, at, by_actor, site, tags, gen_random_uuid() FROM web_registers ${newest}`,
  ],
  ['web_sites', "UPDATE web_sites SET code = 'other' WHERE code = 'shop'"],
  ['web_sites', "UPDATE web_sites SET registered_at = registered_at - interval '1 day' WHERE code = 'shop'"],
  ['web_sites', "DELETE FROM web_sites WHERE code = 'shop'"],
  ['web_sites', "INSERT INTO web_sites VALUES (gen_random_uuid(), 'ghost', now())"],
])('one of %s that is otherwise is seen: %s', async (table, change) => {
  const [state, , wrong, ...names] = await tampered(house.db, [table], change, prove);
  expect([state, wrong, names]).toEqual(['broken', '1', ['not as logged']]);
  expect(await prove()).toEqual(['kept', '2', '0']);
});

test('what is not so is named, also when it is gone', async () => {
  const named = async () => {
    const { evidence } = await transmissionProvers[0]!.prove(house.office);
    return evidence.slice(2).map(({ label }) => label.en);
  };
  const off = `UPDATE web_registers SET tags = '[]' ${newest}`;
  expect(await tampered(house.db, ['web_registers'], off, named)).toEqual(['Reiji site shop']);
  const gone = "DELETE FROM web_sites WHERE code = 'shop'";
  expect(await tampered(house.db, ['web_sites'], gone, named)).toEqual(['A site that is gone']);
});
