// What was provided stays where it is when its recipient is stopped or its basis ends: the promises about the yearly check and about supervision go
// on asking about it.

import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestOffice, type TestOffice } from '../../../tests/office.ts';
import {
  addHolding,
  addPerson,
  addRecipient,
  entrusted,
  officerOf,
  openTestCheckpoint,
  valueOf,
} from '../../../tests/people.ts';
import { tampered } from '../../../tests/tamper.ts';
import { worst } from '../../base/promise.ts';
import type { By } from '../access/index.ts';
import { changeRecipient, resumeRecipient, stopRecipient } from '../recipients/actions/recipient.ts';
import { assureRecipient, checkRecipient, endAssuranceOf } from '../recipients/actions/assurance.ts';
import { dossierOf, recipientOf } from '../recipients/actions/read.ts';
import { reportCountry } from '../recipients/actions/country.ts';
import { contentOf } from '../recipients/facts/read.ts';
import { recipientProvers } from '../recipients/index.ts';
import { packageFile } from './actions/file.ts';
import { approvePackage, draftPackage, requestPackage } from './actions/packages.ts';
import { prepareNext } from './actions/prepare.ts';
import { provide } from './actions/provide.ts';
import { afterwardsProvers } from './promises.ts';

let house: TestOffice;
let closeCheckpoint: () => Promise<void>;
let by: By;
let singapore: string;
/** Nothing was ever provided to this one. */
let other: string;
let printer: string;
let holding: string;
let give: (recipient: string) => Promise<string>;

const system = {
  kind: 'equivalent-system',
  reference: '覚書 2026-8',
  from: '2026-11-01',
  until: '2027-06-30',
  by: 'contract',
  measures: '日本の定めに沿う措置',
  checkMethod: '書面と訪問',
  checkMonths: 12,
};
const at = (day: string): void => house.clock.moveTo(`${day}T10:00:00+09:00`);
const check = async (recipient: string, on: string): Promise<unknown> =>
  valueOf(await checkRecipient(house.office, by, recipient, { on, method: '書面', measures: 'kept' }));
const stop = async (id: string): Promise<unknown> => {
  const { version } = valueOf(await recipientOf(house.office, id));
  return valueOf(await stopRecipient(house.office, by, { id, version, reason: '契約の終了' }));
};

/** The state of a promise by all its proofs, and the lines about one recipient. */
async function look(promise: string, recipient: string) {
  const provers = [...recipientProvers, ...afterwardsProvers].filter((one) => one.promise === promise);
  const proofs = await Promise.all(provers.map(({ prove }) => prove(house.office)));
  const lines = proofs.flatMap(({ evidence }) => evidence).filter(({ href }) => href === `/recipients/${recipient}`);
  return [worst(proofs.map(({ state }) => state)), lines.map(({ state, value }) => `${state} ${value.en}`)] as const;
}
const yearly = () => look('equivalent-measures-checked-yearly', singapore);
const supervised = () => look('contractors-supervised', printer);

beforeAll(async () => {
  house = await openTestOffice(() => [], { at: '2026-11-24T10:00:00+09:00' });
  closeCheckpoint = await openTestCheckpoint(house);
  by = { actor: officerOf(house), authority: [] };
  holding = await addHolding(house);
  const person = await addPerson(house, holding, { name: '佐藤 𠮷子', email: 'yoshiko@example.jp' });
  give = async (recipient: string): Promise<string> => {
    const facts = { relation: 'entrustment' } as const;
    const ask = { ...person, holding, items: ['email'], purpose: 'P3', recipient, facts };
    valueOf(await provide(house.office, by, ask));
    return recipient;
  };
  const abroad = { country: 'SG', relations: ['entrustment', 'third-party'] };
  singapore = await addRecipient(house, { name: 'Example Events Pte. Ltd.', ...abroad }, entrusted, system);
  await check(singapore, '2026-11-20');
  await give(singapore);
  other = await addRecipient(house, { name: 'Example Halls Pte. Ltd.', ...abroad }, entrusted, system);
  await check(other, '2026-11-20');
  printer = await addRecipient(house, { name: '株式会社例示印刷', relations: ['entrustment'] }, entrusted);
  await check(printer, '2026-11-20');
  await give(printer);
});
afterAll(async () => {
  await closeCheckpoint();
  await house.close();
});
beforeEach(() => at('2026-11-24'));

test('外国の相手の根拠が終わっても、渡した情報の年に一度の確認が求められ続ける', async () => {
  expect(await yearly()).toEqual(['kept', ['kept by 2027/11/20']]);
  at('2027-07-01');
  expect(await yearly()).toEqual(['kept', ['kept by 2027/11/20; provided, and its basis is no longer in force']]);
  at('2027-11-20');
  expect((await yearly())[0]).toBe('risk');
  at('2027-11-21');
  expect(await yearly()).toEqual(['risk', ['risk 2027/11/20, overdue; provided, and its basis is no longer in force']]);
  await check(singapore, '2027-11-21');
  expect((await yearly())[0]).toBe('kept');
});

describe('年に一度の確認は、渡したときの事実が体制によると示す提供にだけ求められる', () => {
  const law = { item: '27(1)(ii)', necessary: true, consentDifficult: true };
  const cloud = { contractExcludesHandling: true, accessControlled: true };
  const proven = { by: 'contract', checkedOn: '2026-11-20', validUntil: '2027-06-30' };
  const put = (fact: string, value: unknown) => `facts = jsonb_set(facts, '{${fact}}', '${JSON.stringify(value)}')`;
  const withSystem = (more: object) => put('equivalentSystem', { ...proven, ...more });
  const country = (code: string) => `recipient = recipient || '{"country":"${code}"}'`;
  /** The ids of these two recipients that are asked about. */
  const asked = async () => {
    at('2027-07-01');
    const lines = await Promise.all([singapore, other].map((one) => look('equivalent-measures-checked-yearly', one)));
    return [singapore, other].filter((_, i) => lines[i]![1].length > 0);
  };

  test.each<[string, boolean, string]>([
    ['体制の最後の日', true, withSystem({ validUntil: '2026-11-24', checkedOn: '2025-11-24' })],
    ['国が分からない', true, "recipient = recipient - 'country'"],
    ['体制の期限が過ぎていた', false, withSystem({ validUntil: '2026-11-23' })],
    ['期限のない認証だった', false, withSystem({ by: 'certificate', validUntil: null })],
    ['確認が古かった', false, withSystem({ checkedOn: '2025-11-23' })],
    ['措置を続けられなかった', false, withSystem({ failing: true })],
    ['体制がなかった', false, put('equivalentSystem', null)],
    ['法律の挙げる場合だった', false, put('exception', law)],
    ['取り扱わないクラウドだった', false, put('cloud', cloud)],
    ['同等水準国だった', false, country('GB')],
    ['日本だった', false, country('JP')],
    ['社内だった', false, "relation = 'same-entity'"],
  ])('%s：%j', async (_, still, set) => {
    const change = `UPDATE provisions SET ${set} WHERE recipient_id = '${singapore}'`;
    expect(await tampered(house.db, ['provisions'], change, asked)).toEqual(still ? [singapore] : []);
  });

  /** SQL: a provision of related information with the ground of a system in its finding. */
  const related = (facts: object) => {
    const recipient = { kind: 'corporation', country: 'SG' };
    const link = { expected: true, fromDatabase: true };
    return `INSERT INTO related_provisions SELECT (jsonb_populate_record(NULL::related_provisions, jsonb_build_object('id', gen_random_uuid(),
      'collection_id', gen_random_uuid(), 'at', '2026-11-24T10:00+09', 'by_actor', 'staff:a', 'items', '{cookie_id}'::text[], 'law_version', '2026-04-01',
      'policy_version', 1, 'recipient_id', '${other}', 'documents', '{}'::jsonb, 'finding', '{"because":[{"law":"APPI-Rules","article":"16"}]}'::jsonb,
      'facts', '${JSON.stringify({ recipient, link, equivalentSystem: proven, ...facts })}'::jsonb))).*`;
  };

  test.each<[string, boolean, object]>([
    ['体制による', true, {}],
    ['体制の期限が過ぎていた', false, { equivalentSystem: { ...proven, validUntil: '2026-11-23' } }],
    ['法律の挙げる場合だった', false, { exception: law }],
    ['結び付けない相手だった', false, { link: { expected: false, fromDatabase: true } }],
    ['検索できるものではなかった', false, { link: { expected: true, fromDatabase: false } }],
    ['結び付けるか分からない', true, { link: {} }],
  ])('個人関連情報で、%s：%j', async (_, still, facts) => {
    expect(await tampered(house.db, ['related_provisions'], related(facts), asked)).toEqual(
      still ? [singapore, other] : [singapore],
    );
  });
});

test('委託先の関係を外しても、止めても、渡した情報の確認が求められ続ける', async () => {
  expect(await supervised()).toEqual(['kept', ['kept by 2027/11/20']]);
  const before = valueOf(await recipientOf(house.office, printer));
  const input = { ...contentOf(before), relations: ['third-party'] };
  valueOf(await changeRecipient(house.office, by, { id: printer, version: before.version, input }));
  expect(await supervised()).toEqual(['kept', ['kept by 2027/11/20; provided, and no longer entrusted']]);
  await stop(printer);
  expect(await supervised()).toEqual(['kept', ['kept by 2027/11/20; provided, and stopped']]);
  at('2027-11-21');
  await check(other, '2027-11-21');
  expect(await supervised()).toEqual(['risk', ['risk 2027/11/20, overdue; provided, and stopped']]);
});

test('返却・消去を確かめると、その日より前に渡した情報は問われず、後で渡した情報は改めて問われる', async () => {
  const { relations, ...before } = contentOf(valueOf(await recipientOf(house.office, printer)));
  const third = await addRecipient(
    house,
    { ...before, name: '株式会社例示返却', relations: ['entrustment'] },
    entrusted,
  );
  expect(relations).toEqual(['third-party']);
  await give(third);
  at('2026-12-01');
  await stop(third);
  expect(await look('contractors-supervised', third)).toEqual(['risk', ['risk never checked; provided, and stopped']]);
  const back = { method: '書面', measures: 'returned', proof: 'データ消去証明書 12' };
  // On the day on which it was given, more may have been given after the return.
  valueOf(await checkRecipient(house.office, by, third, { ...back, on: '2026-11-24' }));
  expect((await look('contractors-supervised', third))[0]).toBe('risk');
  valueOf(await checkRecipient(house.office, by, third, { ...back, on: '2026-11-30' }));
  expect(await look('contractors-supervised', third)).toEqual(['kept', []]);
  const { version } = valueOf(await recipientOf(house.office, third));
  valueOf(await resumeRecipient(house.office, by, { id: third, version, reason: '再び委託する' }));
  await give(third);
  await stop(third);
  expect(await look('contractors-supervised', third)).toEqual(['risk', ['risk never checked; provided, and stopped']]);
  // Given, stopped and returned on one day.
  valueOf(await checkRecipient(house.office, by, third, { ...back, on: '2026-12-01' }));
  expect(await look('contractors-supervised', third)).toEqual(['kept', []]);
});

test('返却・消去を確かめた後にもう一度ダウンロードされた提供ファイルの情報は、改めて問われる', async () => {
  const publicKey = await identityToRecipient(await generateX25519Identity());
  const binder = { name: '株式会社例示製本', relations: ['entrustment'], publicKey };
  const fourth = await addRecipient(house, binder, entrusted);
  const handler = {
    actor: { kind: 'staff', id: house.staff.desk!, name: '佐伯 健', roles: ['handler'] },
    authority: [],
  } as const;
  const facts = { relation: 'entrustment' } as const;
  const asked = { holding, items: ['email'], purpose: 'P3', recipient: fourth, everybody: true, facts };
  const { id } = valueOf(await draftPackage(house.office, handler, asked));
  valueOf(await requestPackage(house.office, handler, id));
  valueOf(await approvePackage(house.office, by, id));
  while (await prepareNext(house.office));
  const download = async () => valueOf(await packageFile(house.office, by, id)).body.cancel();
  const asOf = () => look('contractors-supervised', fourth);
  await download();
  await stop(fourth);
  expect(await asOf()).toEqual(['risk', ['risk never checked; provided, and stopped']]);
  at('2026-11-25');
  const back = { method: '書面', measures: 'returned', proof: '消去証明書 9' };
  valueOf(await checkRecipient(house.office, by, fourth, { ...back, on: '2026-11-25' }));
  expect(await asOf()).toEqual(['kept', []]);
  at('2026-11-26');
  const { version } = valueOf(await recipientOf(house.office, fourth));
  valueOf(await resumeRecipient(house.office, by, { id: fourth, version, reason: '再び委託する' }));
  await download();
  await stop(fourth);
  expect(await asOf()).toEqual(['risk', ['risk never checked; provided, and stopped']]);
  valueOf(await checkRecipient(house.office, by, fourth, { ...back, on: '2026-11-26' }));
  expect(await asOf()).toEqual(['kept', []]);
});

test('止めた外国の相手が渡した情報を持つ間は、その国の調査と措置が求められ続ける', async () => {
  const promises = ['foreign-system-understood', 'foreign-measures-taken'];
  const states = () => Promise.all(promises.map(async (promise) => (await look(promise, ''))[0]));
  const report = {
    systemExists: true,
    indicators: ['cbpr'],
    missingPrinciples: null,
    graveSystems: null,
    source: 'https://www.example.jp/sg',
    checkedOn: '2026-11-24',
    measures: '暗号にして渡す',
  };
  expect(await states()).toEqual(['broken', 'broken']);
  valueOf(await reportCountry(house.office, by, { country: 'SG', version: 0, input: report }));
  expect(await states()).toEqual(['kept', 'kept']);
  await stop(singapore);
  await stop(other);
  at('2027-11-25');
  // Nothing was ever given to the other one; what was given to this one is still there.
  expect(await states()).toEqual(['risk', 'risk']);
  const back = { on: '2027-11-25', method: '書面', measures: 'returned', proof: 'Certificate 7' };
  valueOf(await checkRecipient(house.office, by, singapore, back));
  expect(await states()).toEqual(['kept', 'kept']);
});

test('止めたか使い終えたクラウドのサーバーの国は、返却・消去を確かめるまで、調査と措置が求められ続ける', async () => {
  const terms = { kind: 'cloud', contractExcludesHandling: true, accessControlled: true };
  const here = { name: '株式会社例示倉庫クラウド', relations: ['entrustment'] };
  const used = { ...terms, reference: '規約', from: '2026-04-01', serverCountry: 'TH' };
  const cloud = await addRecipient(house, here, used, { ...used, reference: '先の規約', from: '2999-01-01' });
  const about = async (promise: string, country: string) => {
    const provers = [...recipientProvers, ...afterwardsProvers].filter((one) => one.promise === promise);
    const proofs = await Promise.all(provers.map(({ prove }) => prove(house.office)));
    return proofs.flatMap(({ evidence }) => evidence).filter(({ href }) => href === `/countries/${country}`);
  };
  const states = async (country: string) =>
    (
      await Promise.all(
        ['foreign-system-understood', 'foreign-measures-taken'].map((promise) => about(promise, country)),
      )
    ).map((lines) => lines.map(({ state }) => state));
  expect(await states('TH')).toEqual([['broken'], ['broken']]);
  at('2026-12-01');
  await stop(cloud);
  // Nothing that is put on a cloud is on record as a provision, so that nothing is left there is known from a check alone.
  expect(await states('TH')).toEqual([['risk'], ['risk']]);
  const back = { method: '書面', measures: 'returned', proof: '消去証明書 3' };
  valueOf(await checkRecipient(house.office, by, cloud, { ...back, on: '2026-11-30' }));
  expect(await states('TH')).toEqual([['risk'], ['risk']]);
  // On the very day of the stop, written down after it.
  valueOf(await checkRecipient(house.office, by, cloud, { ...back, on: '2026-12-01' }));
  expect(await states('TH')).toEqual([[], []]);
  at('2026-12-02');
  // The same where the cloud is not stopped, but its terms have ended.
  const other = await addRecipient(house, { ...here, name: '株式会社例示雲' }, { ...used, serverCountry: 'MY' });
  const [assurance] = valueOf(await dossierOf(house.office, other)).assurances;
  const ending = { recipient: other, assurance: assurance!.id, reason: '解約' };
  valueOf(await endAssuranceOf(house.office, by, ending));
  expect(await states('MY')).toEqual([['risk'], ['risk']]);
});

test('契約が終わった委託先は、渡した情報の返却・消去を確かめた日から問われない。それまでの判定は変わらず、何か残る間は破れたままである', async () => {
  at('2026-11-24');
  const shop = await addRecipient(house, { name: '株式会社例示発送', relations: ['entrustment'] }, entrusted);
  await check(shop, '2026-11-20');
  await give(shop);
  const about = () => look('contractors-supervised', shop);
  expect((await about())[1]).toEqual(['kept by 2027/11/20']);
  at('2026-12-01');
  const [contract] = valueOf(await dossierOf(house.office, shop)).assurances;
  valueOf(await endAssuranceOf(house.office, by, { recipient: shop, assurance: contract!.id, reason: '契約の終了' }));
  expect(await about()).toEqual(['broken', ['broken assessment, contract or oversight lacking']]);
  const back = { method: '書面', measures: 'returned', proof: '消去証明書 4' };
  // What was given on the day of the check may have been given after it.
  valueOf(await checkRecipient(house.office, by, shop, { ...back, on: '2026-11-24' }));
  expect(await about()).toEqual(['broken', ['broken assessment, contract or oversight lacking']]);
  valueOf(await checkRecipient(house.office, by, shop, { ...back, on: '2026-11-28' }));
  expect((await about())[1]).toEqual(['kept returned or erased, as found on 2026/11/28']);
  // A new contract is supervised like any other, and once it is over what was given under it counts.
  valueOf(await assureRecipient(house.office, by, shop, { ...entrusted, reference: '契約 2', from: '2026-12-01' }));
  expect((await about())[1]).toEqual(['kept by 2027/11/20']);
  await give(shop);
  const second = valueOf(await dossierOf(house.office, shop)).assurances.find(({ ended }) => ended === null);
  at('2026-12-02');
  valueOf(await endAssuranceOf(house.office, by, { recipient: shop, assurance: second!.id, reason: '契約の終了' }));
  expect(await about()).toEqual(['broken', ['broken assessment, contract or oversight lacking']]);
  // Without any contract ever, a return resolves nothing: nothing shows what the party was entrusted with.
  const none = await addRecipient(house, { name: '株式会社例示無契約', relations: ['entrustment'] });
  valueOf(await checkRecipient(house.office, by, none, { ...back, on: '2026-12-01' }));
  expect(await look('contractors-supervised', none)).toEqual([
    'broken',
    ['broken assessment, contract or oversight lacking'],
  ]);
});
