// A new office makes the example company’s policy its own with the form of the company and its desk, wherever the text repeats them; those who write,
// check or approve a version are told where it still names the example company.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { fieldsIn } from '../../../tests/forms.ts';
import { openTestOffice, type TestOffice, type Visitor } from '../../../tests/office.ts';
import { restingOn, valueOf } from '../../../tests/people.ts';
import { companyOf, draftWithCompany, remainsIn } from './actions/company.ts';
import { policyVersion, policyVersions, policyYaml } from './actions/versions.ts';
import type { Policy } from './facts/shape.ts';
import { policyRoutes } from './routes.ts';

let house: TestOffice;
let officer: Visitor;

beforeAll(async () => {
  const people = {
    officers: () => Promise.resolve(1),
    nameOf: () => Promise.resolve(null),
    resting: restingOn,
    outdatedBy: () => Promise.resolve([]),
  };
  house = await openTestOffice((office) => policyRoutes(office, people, () => Promise.resolve(null)));
  officer = await house.visitor('officer');
});
afterAll(() => house.close());

const get = async (at: string): Promise<string> => (await officer.get(at)).text();

const company = {
  'name.ja': '青葉$&商事株式会社',
  'name.en': 'Aoba Trading Co., Ltd.',
  'short_name.ja': '青葉商事',
  'short_name.en': 'Aoba Trading',
  'address.ja': '〒980-0000　宮城県仙台市例町3-3-3',
  'address.en': '3-3-3 Rei-machi, Sendai, Miyagi 980-0000, Japan',
  'representative.ja': '代表取締役　青葉 次郎',
  'representative.en': 'Jiro Aoba, President',
  'desk.name.ja': '個人情報の係',
  'desk.name.en': 'Personal Information Office',
  'desk.address.ja': '〒981-0000　宮城県仙台市例町4-4-4　別館',
  'desk.address.en': 'Annex, 4-4-4 Rei-machi, Sendai, Miyagi 981-0000, Japan',
  'desk.phone': '022-000-0000',
  'desk.email': '',
};

test('a version with its first line changed by hand is told of everything else that is the example company’s', async () => {
  const texts = policyYaml((await policyVersion(house.office, 1))!.policy);
  texts['operator.yaml'] = texts['operator.yaml'].replace('例示情報通信株式会社', '青葉商事株式会社');
  const sent = { ...texts, effective_on: '2026/12/20', seen: '1' };
  const check = await officer.post('/living-policy/new', { ...sent, step: 'check' }, '/living-policy/new');
  const proposed = await officer.post('/living-policy/new', { ...sent, step: 'propose' }, '/living-policy/new');
  expect(proposed.headers.get('location')).toBe('/living-policy/versions/2');
  for (const text of [await check.text(), await get('/living-policy/versions/2'), await get('/living-policy/new')]) {
    expect(text.includes('見本の会社の名前や連絡先が残っています')).toBe(true);
    expect(text.includes('条項1、39、90、93、114、134')).toBe(true);
    expect(text.includes('窓口のメールアドレス')).toBe(true);
  }
  expect((await get('/living-policy/versions/1')).includes('残っています')).toBe(false);
});

test('the form of the company says what is wrong beside its field and loses nothing that was typed', async () => {
  const at = '/living-policy/company';
  const bad = { ...company, 'name.ja': '', 'desk.phone': '0220000000', effective_on: '2026/12/20' };
  const response = await officer.post(at, { ...fieldsIn(await get(at)), ...bad }, at);
  const text = await response.text();
  expect(response.status).toBe(422);
  expect(text).toContain('入力してください');
  expect(text).toContain('03-0000-0000');
  expect(fieldsIn(text)).toMatchObject({ 'desk.phone': ['0220000000'], 'desk.name.ja': ['個人情報の係'] });
});

test('what the form says of the company stands wherever the policy repeats it, and is proposed like any other version', async () => {
  const at = '/living-policy/company';
  const shown = fieldsIn(await get(at));
  expect(shown['name.ja']).toEqual(['青葉商事株式会社']);
  const check = await officer.post(at, { ...shown, ...company, effective_on: '2026/12/20' }, at);
  const text = await check.text();
  expect(check.status).toBe(200);
  // The group policy was left unchanged.
  expect(text.includes('グループの方針のURL')).toBe(true);
  const review = fieldsIn(text);
  const proposed = await officer.post('/living-policy/new', review, '/living-policy/new');
  expect(proposed.headers.get('location')).toBe('/living-policy/versions/3');
  const { policy } = (await policyVersion(house.office, 3))!;
  expect(policy.operator).toMatchObject({
    name: { ja: '青葉$&商事株式会社', en: 'Aoba Trading Co., Ltd.' },
    desk: {
      name: { ja: '個人情報の係' },
      address: { ja: '〒981-0000　宮城県仙台市例町4-4-4　別館' },
      phone: '022-000-0000',
    },
  });
  expect(policy.operator.desk).not.toHaveProperty('email');
  const clause = (no: number): string => policy.clauses.find((one) => one.no === no)!.text.ja;
  expect(clause(39)).toBe('〒981-0000　宮城県仙台市例町4-4-4　別館　青葉$&商事株式会社　個人情報の係');
  expect(JSON.stringify(policy).match(/例示|Reiji|privacy-desk/g)).toHaveLength(4);
  expect((await policyVersions(house.office))[0]!.approval).toBeNull();
});

test('a company that follows no policy of a group leaves it out, with the clause, its promise and its section', async () => {
  const { policy } = (await policyVersion(house.office, 3))!;
  const group = { 'parent_policy.name.ja': '', 'parent_policy.name.en': '', 'parent_policy.url': '' };
  const given = { ...companyOf(policy), ...group };
  const { draft } = valueOf(await draftWithCompany(house.office, policy, given));
  expect(draft.policy.operator.parent_policy).toBe('none');
  const { clauses, promises, sections } = draft.policy;
  expect([clauses.length, promises.length, sections.length]).toEqual([
    policy.clauses.length - 1,
    policy.promises.length - 1,
    policy.sections.length - 1,
  ]);
  expect(clauses.some(({ no }) => no === 134)).toBe(false);
  expect(await remainsIn(house.office, draft.policy)).toBeNull();
  const half = await draftWithCompany(house.office, policy, {
    ...given,
    'parent_policy.name.ja': '青葉グループの方針',
  });
  expect(half).toMatchObject({
    problem: { fields: [{ field: 'parent_policy.name.en' }, { field: 'parent_policy.url' }] },
  });
});

test('a desk with a name that other sentences use too takes none of them along when it is called otherwise', async () => {
  const { policy } = (await policyVersion(house.office, 3))!;
  const called = async (of: Policy, name: string): Promise<Policy> => {
    const given = { ...companyOf(of), 'desk.name.ja': name };
    return valueOf(await draftWithCompany(house.office, of, given)).draft.policy;
  };
  const short = await called(policy, '窓口');
  const texts = ({ clauses, operator: { desk } }: Policy): string[] =>
    clauses.filter(({ no }) => !desk.clauses.includes(no)).map(({ text }) => text.ja);
  expect(texts(short).some((text) => text.includes('窓口'))).toBe(true);
  expect(texts(await called(short, '相談室'))).toEqual(texts(short));
});

test('nobody else than who may propose a version sees the form', async () => {
  expect((await (await house.visitor('reception')).get('/living-policy/company')).status).toBe(403);
});
