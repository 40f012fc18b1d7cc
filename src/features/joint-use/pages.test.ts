// The joint uses through HTTP behind the real gate: what the office sees and does, what the public can and cannot read on which day, what systems
// receive, and what the promises say.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { inTwoTabs } from '../../../tests/forms.ts';
import { openTestOffice, type TestOffice, type Visitor } from '../../../tests/office.ts';
import {
  addHolding,
  addPerson,
  byOfficer,
  officerOf,
  openTestCheckpoint,
  restingOn,
  valueOf,
} from '../../../tests/people.ts';
import { tampered } from '../../../tests/tamper.ts';
import { both, type Bilingual } from '../../base/bilingual.ts';
import { day } from '../../base/day.ts';
import type { Proof } from '../../base/promise.ts';
import { entriesNoted } from '../../log/index.ts';
import type { Office } from '../../office.ts';
import { createSystem, createToken, type By } from '../access/index.ts';
import { changePurpose, endPurposeChange } from '../ledger/actions.ts';
import { changeHolding, holding as holdingOf } from '../ledger/index.ts';
import { approve, policyInForce, policyYaml, propose } from '../policy/index.ts';
import { provide } from '../provision/actions/provide.ts';
import { registerRecipient, stopRecipient } from '../recipients/actions/recipient.ts';
import {
  changeJointUse,
  endJointUse,
  jointUse,
  jointUseFacts,
  known,
  listJointUses,
  publishNotice,
  registerJointUse,
  untoldOf,
} from './actions.ts';
import { noticeOn } from './facts/standing.ts';
import type { ChangeInput, JointUseInput } from './facts/read.ts';
import type { JointUse } from './facts/joint-use.ts';
import { jointUseProvers } from './promises.ts';
import { jointUseRoutes } from './routes.ts';

const START = '2026-12-07T08:42:00+09:00';
let house: TestOffice;
let closeCheckpoint: () => Promise<void>;
let officer: Visitor;
let by: By;
let readers: string;
let member: string;

beforeAll(async () => {
  house = await openTestOffice((office) => jointUseRoutes(office), {
    at: START,
  });
  closeCheckpoint = await openTestCheckpoint(house);
  by = { actor: officerOf(house), authority: [] };
  officer = await house.visitor('officer');
  readers = await addHolding(house, { purposes: ['P1', 'P3'] });
  member = valueOf(
    await registerRecipient(house.office, by, {
      kind: 'corporation',
      name: '例示物流株式会社',
      address: '東京都中央区例示町2-2',
      representative: '例示 次郎',
      country: 'JP',
      relations: ['joint-use'],
    }),
  ).id;
});
afterAll(async () => {
  await closeCheckpoint();
  await house.close();
});
beforeEach(async () => {
  house.clock.moveTo(START);
  await house.db.owner.query('TRUNCATE joint_use_publications, joint_use_notices, joint_uses', []);
});

const input = (more: Partial<JointUseInput> = {}): JointUseInput => ({
  name: { ja: '催しの共同案内', en: 'Joint invitations' },
  information: 'personal',
  shares: [{ holding: readers, items: ['name', 'email'] }],
  scope: { ja: '当社と例示物流株式会社', en: 'We and Reiji Logistics' },
  members: [member],
  purposes: ['P1'],
  responsible: {
    kind: 'corporation',
    name: { ja: '例示情報通信株式会社', en: 'Reiji Communications' },
    address: { ja: '東京都千代田区例示町1-1', en: '1-1 Reijicho, Tokyo' },
    representative: { ja: '例示 太郎', en: 'Taro Reiji' },
  },
  ...more,
});

const registered = async (more: Partial<JointUseInput> = {}): Promise<JointUse> =>
  valueOf(await registerJointUse(house.office, by, input(more)));

const published = async (more: Partial<JointUseInput> = {}, on = '2026-12-07'): Promise<JointUse> => {
  const use = await registered(more);
  return valueOf(await publishNotice(house.office, by, use, { notice: 1, on: day(on) }));
};

const changed = async (use: JointUse, asked: ChangeInput): Promise<JointUse> =>
  valueOf(await changeJointUse(house.office, by, use, asked));

const address = (ja: string, more: Partial<ChangeInput> = {}): ChangeInput => ({
  change: 'responsible-address',
  effectiveOn: day('2026-12-07'),
  noticeOn: null,
  responsible: { address: { ja, en: ja } },
  ...more,
});

const widened: ChangeInput = {
  change: 'purposes',
  effectiveOn: day('2027-02-01'),
  noticeOn: day('2026-12-10'),
  purposes: ['P1', 'P3'],
  related: true,
  why: 'どちらも催しのご案内です',
};

const textOf = async (visitor: Visitor, path: string, status = 200): Promise<string> => {
  const response = await visitor.get(path);
  expect([path, response.status]).toEqual([path, status]);
  return response.text();
};

const tab = (from: string) => ({
  get: (at: string) => textOf(officer, at),
  post: async (to: string, fields: Record<string, string | string[]>) => {
    const response = await officer.post(to, fields, from);
    return { status: response.status, html: await response.text() };
  },
});

/** The form of a joint use as a browser sends it. */
const fields = (more: Record<string, string | string[]> = {}): Record<string, string | string[]> => ({
  'name.ja': '催しの共同案内',
  information: 'personal',
  [`items-${readers}`]: ['name', 'email'],
  'scope.ja': '当社と例示物流株式会社',
  members: [member],
  purposes: ['P1'],
  'responsible.kind': 'corporation',
  'responsible.name.ja': '例示情報通信株式会社',
  'responsible.address.ja': '東京都千代田区例示町1-1',
  'responsible.representative.ja': '例示 太郎',
  ...more,
});

describe('in the office', () => {
  test('an empty register leads on, and its form begins from the company itself', async () => {
    expect(await textOf(officer, '/joint-uses')).toMatch(/まだ共同利用がありません[\s\S]*href="\/joint-uses\/new"/);
    const form = await textOf(officer, '/joint-uses/new');
    expect(form).toMatch(/name="responsible\.name\.ja"[^>]*value="例示情報通信株式会社"/);
    expect(form).toContain('個人番号（マイナンバー）は共同利用できません');
  });

  test('a form that begins from what can be chosen no more names it, until it is saved without', async () => {
    const party = { kind: 'corporation', representative: '例示 五郎', country: 'JP', relations: ['joint-use'] };
    const partner = (name: string) => registerRecipient(house.office, by, { ...party, name, address: `${name}の住所` });
    const leaving = valueOf(await partner('例示運輸株式会社'));
    const use = await registered({ name: both('運送の共同案内', 'Joint deliveries'), members: [member, leaving.id] });
    const at = `/joint-uses/${use.id}/edit`;
    expect(await textOf(officer, at)).not.toContain('いまは選べないもの');
    valueOf(await stopRecipient(house.office, by, { id: leaving.id, version: 1, reason: '契約の終了' }));
    const warned = new RegExp(
      `いまは選べないもの[\\s\\S]*<a href="/recipients/${leaving.id}">例示運輸株式会社</a>[\\s\\S]*<form`,
    );
    expect(await textOf(officer, at)).toMatch(warned);
    // The warning is still shown when the form comes back with an error.
    const sent = fields({ version: '1', 'name.ja': '運送の共同案内' });
    const again = await officer.post(at, { ...sent, purposes: [] });
    expect(again.status).toBe(422);
    expect(await again.text()).toMatch(warned);
    expect((await officer.post(at, sent)).status).toBe(303);
    expect(await textOf(officer, at)).not.toContain('いまは選べないもの');
    expect(valueOf(await jointUse(house.office, use.id)).draft!.members).toEqual([member]);
  });

  test('the form registers a draft; the draft shows which items are complete, is corrected and published', async () => {
    const made = await officer.post('/joint-uses/new', fields());
    expect(made.status).toBe(303);
    const [use] = await listJointUses(house.office);
    const page = await textOf(officer, `/joint-uses/${use!.id}?saved`);
    expect(page).toContain('保存しました');
    expect(page.match(/そろっている/g)).toHaveLength(7);
    const edited = fields({ version: '1', 'scope.ja': '当社と当社の子会社' });
    expect((await officer.post(`/joint-uses/${use!.id}/edit`, edited)).status).toBe(303);
    const again = await officer.post(`/joint-uses/${use!.id}/edit`, { ...edited, 'scope.ja': '当社と取引先' });
    expect(again.status).toBe(409);
    expect(await again.text()).toMatch(/ほかの人が先に変えました[\s\S]*value="当社と取引先"/);
    const publish = { version: '2', notice: '1', 'on-1': '令和8年12月7日' };
    const press = (sent: typeof publish) =>
      officer.post(`/joint-uses/${use!.id}/publish`, sent, `/joint-uses/${use!.id}`);
    const late = await press({ ...publish, 'on-1': '2026/2/30' });
    expect([late.status, /実在する日/.test(await late.text())]).toEqual([422, true]);
    expect((await press(publish)).status).toBe(303);
    expect(valueOf(await jointUse(house.office, use!.id)).notices[0]).toMatchObject({ publicOn: '2026-12-07' });
    // Pressing again publishes nothing more.
    expect((await officer.post(`/joint-uses/${use!.id}/publish`, publish, '/joint-uses/new')).status).toBe(409);
    expect((await officer.get(`/joint-uses/${use!.id}/edit`)).status).toBe(404);
  });

  test('of two tabs with one draft the second takes nothing back that the first changed', async () => {
    const use = await registered();
    const at = `/joint-uses/${use.id}/edit`;
    const late = await inTwoTabs(tab(at), at, {
      first: { 'scope.ja': '当社と当社の子会社', [`items-${readers}`]: ['name'] },
      second: { 'responsible.address.ja': '東京都港区例示町9-9' },
    });
    expect(late.status).toBe(409);
    // The differences are shown: the saved text against the text that would be saved.
    expect(late.html).toMatch(/先に保存された内容との違い[\s\S]*東京都千代田区例示町1-1[\s\S]*東京都港区例示町9-9/);
    expect(late.fields).toMatchObject({
      version: ['2'],
      'scope.ja': ['当社と当社の子会社'],
      [`items-${readers}`]: ['name'],
      'responsible.address.ja': ['東京都港区例示町9-9'],
    });
    // An error in between, or adding a recipient, does not hide what somebody else changes next.
    const behind = { ...late.fields, version: ['1'] };
    for (const [more, status] of [
      [{ 'name.ja': '' }, 409],
      [{ share: readers }, 422],
    ] as const)
      expect((await tab(at).post(at, { ...behind, ...more })).status).toBe(status);
    expect((await tab(at).post(at, late.fields)).status).toBe(303);
    expect(valueOf(await jointUse(house.office, use.id)).draft).toMatchObject({
      shares: [{ holding: readers, items: ['name'] }],
      scope: { ja: '当社と当社の子会社' },
      responsible: { address: { ja: '東京都港区例示町9-9' } },
    });
  });

  test('a change of a joint use is over the version that was seen until somebody is told of a later one', async () => {
    const use = await published({}, '2026-12-07');
    const at = `/joint-uses/${use.id}/change?change=responsible-address`;
    const late = await inTwoTabs(tab(at), at, {
      first: { 'responsible.address.ja': '東京都港区例示町8-8', effective_on: '2026/12/7' },
      // An invalid day, which is reported first.
      second: { 'responsible.address.ja': '東京都港区例示町9-9', effective_on: '2026/2/30' },
    });
    expect(late.status).toBe(422);
    const again = await tab(at).post(`/joint-uses/${use.id}/change`, { ...late.fields, effective_on: '2026/12/7' });
    expect(again.status).toBe(409);
    expect(again.html).toContain('ほかの人が先に変えました');
    expect(again.html).toContain('東京都港区例示町8-8');
  });

  test('purposes stand by their names in the list, on a draft and where a holding is added', async () => {
    const { policy } = (await policyInForce(house.office, house.office.clock.today()))!;
    const called = (id: string) => `${id} ${policy.purposes.find((one) => one.id === id)!.label.ja}`;
    const use = await registered({ purposes: ['P1', 'P3'] });
    expect(await textOf(officer, '/joint-uses')).toContain(`${called('P1')}、${called('P3')}`);
    const form = await (await officer.post('/joint-uses/new', fields({ share: readers }))).text();
    expect(form).toMatch(new RegExp(`<summary[^>]*>[^<]*<span class="muted">${called('P1')}、${called('P3')}</span>`));
    expect(await textOf(officer, '/joint-uses/new')).toContain(`　${called('P1')}、${called('P3')}</option>`);
    // A draft with an item that is gone has no notice to show.
    await house.db.owner.query(
      `UPDATE joint_uses SET draft = jsonb_set(draft, '{shares,0,items}', '["gone"]') WHERE id = $1`,
      [use.id],
    );
    expect(await textOf(officer, `/joint-uses/${use.id}`)).toContain(`${called('P1')}、${called('P3')}`);
  });

  test('a mistake is shown at its field and nothing that was typed is lost', async () => {
    const sent = fields({ 'responsible.representative.ja': '', [`items-${readers}`]: [], 'name.ja': '会員の分析' });
    const response = await officer.post('/joint-uses/new', sent);
    expect(response.status).toBe(422);
    const html = await response.text();
    expect(html).toContain('法人は代表者の氏名を書いてください');
    expect(html).toMatch(/href="#f-shares"/);
    expect(html).toMatch(/name="name\.ja"[^>]*value="会員の分析"/);
    expect(await listJointUses(house.office)).toEqual([]);
  });

  test('of many holdings and recipients only those that were chosen stand in the form', async () => {
    const other = await addHolding(house, { name: { ja: '展示会の名刺', en: 'Cards' }, purposes: ['P1'] });
    const first = await textOf(officer, '/joint-uses/new');
    // They are offered by name only.
    for (const id of [readers, other, member]) expect(first).toContain(`<option value="${id}"`);
    expect(first).not.toMatch(/name="(items-|members)/);
    // Adding one keeps everything typed, and those added before, even if nothing of them is chosen yet.
    const typed = { 'name.ja': '会員の分析', 'scope.ja': '当社と例示物流' };
    const added = await officer.post('/joint-uses/new', { ...typed, share: readers });
    expect(added.status).toBe(422);
    const html = await added.text();
    expect(html).not.toContain('を直してください');
    expect(html).toMatch(/name="name\.ja"[^>]*value="会員の分析"/);
    expect(html).toMatch(new RegExp(`<summary autofocus[\\s\\S]*name="items-${readers}"`));
    expect(html).not.toContain(`<option value="${readers}"`);
    const more = await officer.post('/joint-uses/new', { ...typed, shared: [readers], share: other, member });
    const both = await more.text();
    for (const id of [readers, other]) expect(both).toContain(`name="items-${id}"`);
    expect(both).toMatch(new RegExp(`name="members" value="${member}" checked`));
    // When somebody else corrects the draft meanwhile, the form keeps the version that the clerk saw.
    const use = await registered();
    const edited = fields({ version: '1', shared: [readers] });
    expect((await officer.post(`/joint-uses/${use.id}/edit`, edited)).status).toBe(303);
    const late = await officer.post(`/joint-uses/${use.id}/edit`, { ...edited, share: other });
    expect(await late.text()).toMatch(/name="version" value="1"/);
    await house.db.owner.query('DELETE FROM joint_uses', []);
    // An id that cannot be shared is not added.
    const nobody = await officer.post('/joint-uses/new', { ...typed, share: member, member: readers });
    expect(await nobody.text()).not.toMatch(/name="(items-|members)/);
    expect(await listJointUses(house.office)).toEqual([]);
  });

  test('of a long register some members are offered, and a search without script finds any other; nothing is lost', async () => {
    await house.db.owner.query(
      `INSERT INTO recipients (id, kind, name, address, representative, country, relations, state, registered_at, changed_at)
       SELECT gen_random_uuid(), 'corporation', '多数例示商店 ' || to_char(i, 'FM0000'), '例示市' || i, '例示 花子', 'JP', '{joint-use}',
         'active', now(), now() FROM generate_series(1, 500) AS i`,
      [],
    );
    const membersIn = (html: string): string[] =>
      [...html.matchAll(/name="members" value="([^"]+)" checked/g)].map(([, one]) => one!);
    const offered = (html: string): string[] => {
      const [, select = ''] = /<select [^>]*name="member">([\s\S]*?)<\/select>/.exec(html) ?? [];
      return [...select.matchAll(/<option value="([0-9a-f-]{36})"/g)].map(([, one]) => one!);
    };
    const ask = async (at: string, more: Record<string, string | string[]>, status = 422): Promise<string> => {
      const response = await officer.post(at, fields({ shared: [readers], ...more }));
      expect(response.status).toBe(status);
      return response.text();
    };
    const first = await textOf(officer, '/joint-uses/new');
    expect([offered(first).length, first.length < 15_000]).toEqual([15, true]);
    expect(first).toContain('501件のうち15件を並べています');
    const use = await registered();
    const chosen: string[] = [];
    for (const at of ['/joint-uses/new', `/joint-uses/${use.id}/edit`]) {
      // The search keeps the rest of the form and moves the focus to the results.
      const found = await ask(at, { version: '1', 'name.ja': '会員の分析', q: '商店　０４９８', find: '' });
      expect(found).not.toContain('を直してください');
      expect(found).not.toContain('<title>エラー');
      expect(found).toMatch(/id="found"[^>]* autofocus/);
      expect(found).toContain('「商店　０４９８」に合う提供先は1件です。');
      expect(found).toMatch(/name="name\.ja"[^>]*value="会員の分析"/);
      expect(found).toMatch(/value="email" checked/);
      expect([membersIn(found), offered(found).length]).toEqual([[member], 1]);
      // A recipient is added from the results; a new search shows that it is already added.
      chosen.splice(0, 1, ...offered(found));
      const added = await ask(at, { version: '1', member: chosen, q: '商店　０４９８' });
      expect(membersIn(added).toSorted()).toEqual([member, ...chosen].toSorted());
      expect(added).toMatch(new RegExp(`value="${chosen[0]}" checked[^>]* autofocus`));
      expect(added).not.toMatch(/id="found"[^>]* autofocus/);
      expect(added).toContain('「商店　０４９８」に合う提供先は、すべて加えてあります。');
      // An error keeps the search and the recipients already added.
      const wrong = await ask(at, { version: '1', members: [member, ...chosen], 'scope.ja': '', q: '商店　０４９' });
      expect([membersIn(wrong).length, offered(wrong).length]).toEqual([2, 9]);
      expect(wrong).toMatch(/href="#f-scope-ja"[\s\S]*value="商店　０４９"/);
    }
    // Pressing Enter presses the first button of the form, which searches too and registers nothing.
    const [, button] = /<select [^>]*name="share">[\s\S]*?<button [^>]*name="([^"]*)"/.exec(first)!;
    expect(await ask('/joint-uses/new', { q: 'どこにもない', [button!]: '' })).toContain(
      '「どこにもない」に合う提供先はありません。',
    );
    expect(await listJointUses(house.office)).toHaveLength(1);
    await ask(`/joint-uses/${use.id}/edit`, { version: '1', members: [member, ...chosen], q: '商店　０４９' }, 303);
    expect(await textOf(officer, `/joint-uses/${use.id}`)).toContain('多数例示商店 0498');
    await house.db.owner.query(`DELETE FROM recipients WHERE name LIKE '多数例示商店%'`, []);
    // In a short register, all are offered and there is no search.
    expect(await textOf(officer, '/joint-uses/new')).not.toContain('id="f-q"');
  });

  test('of very many holdings some can be added, and a search of its own finds any other', async () => {
    await house.db.owner.query(
      `INSERT INTO holdings SELECT (jsonb_populate_record(h, jsonb_build_object('id', gen_random_uuid(), 'code', 'L-' || (1000 + i), 'name_ja', '多い台帳' || i, 'name_en', 'Many ' || i))).*
       FROM holdings h, generate_series(1, 250) i WHERE h.id = $1`,
      [readers],
    );
    const offered = (html: string): string[] => {
      const [, select = ''] = /<select [^>]*name="share">([\s\S]*?)<\/select>/.exec(html) ?? [];
      return [...select.matchAll(/<option value="([0-9a-f-]{36})"/g)].map(([, one]) => one!);
    };
    const first = await textOf(officer, '/joint-uses/new');
    expect([offered(first).length, first.length < 20_000]).toEqual([15, true]);
    const ask = async (more: Record<string, string | string[]>): Promise<string> => {
      const response = await officer.post('/joint-uses/new', fields({ shared: [readers], ...more }));
      expect(response.status).toBe(422);
      return response.text();
    };
    const found = await ask({ 'q-share': '多い台帳２５０', 'find-share': '' });
    expect(found).toMatch(/id="found-share"[^>]* autofocus/);
    expect(found).toContain('「多い台帳２５０」に合う台帳は1件です。');
    expect(found).toMatch(/value="email" checked/);
    expect(offered(found)).toHaveLength(1);
    const added = await ask({ share: offered(found), 'q-share': '多い台帳２５０' });
    expect(added).toContain(`name="shared" value="${offered(found)[0]}"`);
    expect(added).toContain('「多い台帳２５０」に合う台帳は、すべて加えてあります。');
    expect(await listJointUses(house.office)).toEqual([]);
    await house.db.owner.query("DELETE FROM holdings WHERE name_ja LIKE '多い台帳%'", []);
  });

  test('recipients of one name are told apart by where they are, added or not', async () => {
    const party = { kind: 'corporation', representative: '例示 六郎', country: 'JP', relations: ['joint-use'] };
    const at = (address: string) =>
      registerRecipient(house.office, by, { ...party, name: '例示支店株式会社', address });
    const [east] = [valueOf(await at('例示市東1')).id, valueOf(await at('例示市西2')).id];
    const form = await officer.post('/joint-uses/new', fields({ members: [member], member: east }));
    const html = await form.text();
    expect(html).toMatch(/checked[^>]*\/>\s*例示支店株式会社（例示市東1）/);
    expect(html).toContain('>例示支店株式会社（例示市西2）</option>');
    expect(html).toMatch(/checked[^>]*\/>\s*例示物流株式会社</);
  });

  test('My Numbers are answered with the finding and its articles', async () => {
    const response = await officer.post('/joint-uses/new', fields({ information: 'my-number' }));
    expect(response.status).toBe(403);
    expect(await response.text()).toMatch(/番号法19条[\s\S]*番号法30条2項/);
  });

  test('what the ledger no longer allows is shown as not complete, and cannot be published', async () => {
    const other = await addHolding(house, { name: { ja: '展示会', en: 'Exhibition' }, purposes: ['P1'] });
    const use = await registered({ shares: [{ holding: other, items: ['name'] }] });
    const ledger = house;
    const before = (await holdingOf(house.office, other))!;
    const narrowed = { ...before, items: before.items.map(({ code }) => code), purposes: ['P3'] };
    valueOf(await changeHolding(ledger, by, { id: other, version: 1, input: narrowed }));
    const html = await textOf(officer, `/joint-uses/${use.id}`);
    expect(html).toContain('共有する台帳の利用目的を超えています');
    expect(html).toContain('案を直すと公表できます');
    expect(html).not.toContain('name="on-1"');
  });

  test('a change told after is an alarm with its form until it is published', async () => {
    const use = await changed(await published(), address('東京都港区例示町3-3'));
    const html = await textOf(officer, `/joint-uses/${use.id}`);
    expect(html).toContain('公表していない変更があります');
    expect(html).toContain('2026/12/21までに公表');
    expect(await textOf(officer, '/joint-uses')).toContain('1件（2026/12/21まで）');
    const sent = { version: String(use.version), notice: '2', 'on-2': '2026/12/7' };
    expect((await officer.post(`/joint-uses/${use.id}/publish`, sent, `/joint-uses/${use.id}`)).status).toBe(303);
    expect(await textOf(officer, `/joint-uses/${use.id}`)).not.toContain('公表していない変更があります');
  });

  test('a notice that somebody else was first with says so, and gives back the day that was typed', async () => {
    const use = await changed(await published(), address('東京都港区例示町3-3'));
    const at = `/joint-uses/${use.id}`;
    const sent = { version: String(use.version), notice: '2', 'on-2': '2026/12/7' };
    expect((await officer.post(`${at}/publish`, sent, at)).status).toBe(303);
    for (const typed of ['令和8年12月9日', '十二月の九日']) {
      const answer = await officer.post(`${at}/publish`, { ...sent, 'on-2': typed }, '/joint-uses/new');
      expect(answer.status).toBe(409);
      const html = await answer.text();
      expect(html).toContain('ほかの人が先に変えました');
      expect(html).toContain(typed);
      expect(html).not.toContain('href="#f-on-2"');
    }
    // If it is still to be published, the day is kept in its form.
    const later = await changed(
      await published({ name: { ja: '次の案内', en: 'Next' } }),
      address('東京都港区例示町3-3'),
    );
    const stale = { version: '1', notice: '2', 'on-2': '2026/12/9' };
    const html = await (await officer.post(`/joint-uses/${later.id}/publish`, stale, `/joint-uses/${later.id}`)).text();
    expect(html).toContain('ほかの人が先に変えました');
    expect(html.split('2026/12/9"')).toHaveLength(2);
  });

  test('the register is filtered by what the public can read, and its file holds the same', async () => {
    await changed(await published(), address('東京都港区例示町3-3'));
    await registered({ name: { ja: '会報の発送', en: 'Mailing the bulletin' } });
    const fileOf = async (query: string): Promise<string[]> =>
      (await textOf(officer, `/joint-uses/export/joint-uses-utf8.csv${query}`)).trimEnd().split('\r\n');
    expect(await fileOf('?state=in-force')).toEqual([
      '共同利用,状態,項目,利用する者の範囲,目的,公表した日,公表を待つ変更',
      '催しの共同案内,公表中,氏名、メールアドレス,当社と例示物流株式会社,P1 サービスと製品の提供,2026/12/07,1件（2026/12/21まで）',
    ]);
    expect((await fileOf('?state=draft')).slice(1)).toEqual([
      '会報の発送,公表前の案,氏名、メールアドレス,当社と例示物流株式会社,P1 サービスと製品の提供,,',
    ]);
    expect(await fileOf('?sort=-name')).toHaveLength(3);
    const drafts = await textOf(officer, '/joint-uses?state=draft');
    expect([drafts.includes('会報の発送'), drafts.includes('催しの共同案内')]).toEqual([true, false]);
    expect(await textOf(officer, '/joint-uses?state=ended')).toContain('この条件に合う共同利用はありません');
  });

  test('a change of purposes is refused by the law on the page, and what was typed stays', async () => {
    const use = await published();
    const sent = {
      version: String(use.version),
      change: 'purposes',
      purposes: ['P1', 'P3'],
      related: 'no',
      why: '同じご案内です',
      effective_on: '2027/2/1',
      notice_on: '2026/12/10',
    };
    const refused = await officer.post(`/joint-uses/${use.id}/change`, sent);
    expect(refused.status).toBe(403);
    expect(await refused.text()).toMatch(/value="同じご案内です"[\s\S]*法17条2項/);
    expect((await officer.post(`/joint-uses/${use.id}/change`, { ...sent, related: '' })).status).toBe(403);
    const wrong = await officer.post(`/joint-uses/${use.id}/change`, { ...sent, effective_on: '来年' });
    expect([wrong.status, /href="#f-effective-on"/.test(await wrong.text())]).toEqual([422, true]);
    expect((await officer.post(`/joint-uses/${use.id}/change`, { ...sent, related: 'yes' })).status).toBe(303);
    expect(valueOf(await jointUse(house.office, use.id)).notices).toHaveLength(2);
  });

  test('items and users lead to a new joint use that begins from the old one', async () => {
    const use = await published();
    for (const change of ['items', 'users']) {
      const html = await textOf(officer, `/joint-uses/${use.id}/change?change=${change}`);
      expect(html).toMatch(/法27条6項[\s\S]*ガイドライン 3-6-3/);
      expect(html).toContain(`href="/joint-uses/new?from=${use.id}"`);
    }
    const form = await textOf(officer, `/joint-uses/new?from=${use.id}`);
    expect(form).toContain(`name="replaces" value="${use.id}"`);
    expect(form).toMatch(/value="email" checked/);
    const sent = fields({ replaces: use.id, [`items-${readers}`]: ['name', 'email', 'phone'] });
    expect((await officer.post('/joint-uses/new', sent)).status).toBe(303);
    const next = (await listJointUses(house.office)).find(({ replaces }) => replaces === use.id)!;
    const shown = valueOf(await publishNotice(house.office, by, next, { notice: 1, on: day('2026-12-07') }));
    expect(await textOf(officer, `/joint-uses/${shown.id}`)).toContain('前の共同利用が、まだ続いています');
    expect(await textOf(officer, `/joint-uses/${use.id}`)).toContain(`href="/joint-uses/${shown.id}"`);
  });

  test('ending wants a day and a reason', async () => {
    const use = await published();
    const version = String(use.version);
    const wrong = await officer.post(`/joint-uses/${use.id}/end`, { version, on: '2026/12/1', why: '契約の終了' });
    expect([wrong.status, /今日以降の日/.test(await wrong.text())]).toEqual([422, true]);
    const ended = await officer.post(`/joint-uses/${use.id}/end`, { version, on: '2026/12/7', why: '契約の終了' });
    expect(ended.status).toBe(303);
    const html = await textOf(officer, `/joint-uses/${use.id}`);
    expect(html).toContain('契約の終了');
    expect(html).not.toContain(`href="/joint-uses/${use.id}/change"`);
    for (const path of ['change', 'end']) expect((await officer.get(`/joint-uses/${use.id}/${path}`)).status).toBe(404);
  });

  test('who may not write sees no way to', async () => {
    const use = await published();
    const auditor = await house.visitor('auditor');
    const html = await textOf(auditor, `/joint-uses/${use.id}`);
    expect(html).not.toMatch(/\/(change|end|edit|publish)"/);
    expect((await auditor.post(`/joint-uses/${use.id}/end`, { version: '1' }, '/joint-uses')).status).toBe(403);
  });
});

describe('in public', () => {
  const nobody = (lang: 'ja' | 'en' = 'ja') => house.visitor('nobody', lang);
  interface PublicJson {
    joint_uses: {
      id: string;
      in_force: { responsible: { address: { ja: string } }; purposes: { id: string }[] } | null;
      coming: { change: string; effective_on: string }[];
      notices: { from: string; until: string | null; changed: string[] }[];
      ended_on: string | null;
    }[];
  }
  const json = async (): Promise<PublicJson> =>
    JSON.parse(await textOf(await nobody(), '/joint-use.json')) as PublicJson;

  test('nothing shows of a draft, nor of a notice before its day', async () => {
    await registered({ name: { ja: '会員の分析', en: 'Analysis' } });
    const planned = await published({}, '2026-12-10');
    expect(await textOf(await nobody(), '/joint-use')).toContain('いま共同利用しているものはありません');
    expect(await json()).toEqual({ on: '2026-12-07', joint_uses: [] });
    expect(await textOf(await nobody(), `/joint-use/${planned.id}/2026-12-10`, 404)).not.toContain('催し');
    house.clock.moveTo('2026-12-10T00:00:00+09:00');
    const html = await textOf(await nobody(), '/joint-use');
    expect(html).toContain('催しの共同案内');
    expect(html).not.toContain('会員の分析');
  });

  test.each([
    [
      'ja' as const,
      ['氏名', '当社と例示物流株式会社', '例示情報通信株式会社', '東京都千代田区例示町1-1', '例示 太郎'],
      ['共同利用する旨', '共同利用する項目', '利用する者の範囲', '利用する者の利用目的', '管理について責任を有する者'],
    ],
    [
      'en' as const,
      ['Name', 'We and Reiji Logistics', 'Reiji Communications', '1-1 Reijicho, Tokyo', 'Taro Reiji'],
      [
        'The fact of joint use',
        'Items used jointly',
        'Scope of users',
        'The users’ purposes',
        'Person responsible for the management',
      ],
    ],
  ])('the five items in %s, in their order', async (lang, contents, terms) => {
    await published();
    const html = await textOf(await nobody(lang), '/joint-use');
    for (const text of contents) expect(html).toContain(text);
    const shown = [...html.matchAll(/<dt>([^<]*)<\/dt>/g)].map((match) => match[1]!.replaceAll('&#39;', '’'));
    expect(shown.filter((term) => terms.includes(term))).toEqual(terms);
  });

  test('a change is public from its day, keeps what was before as an earlier notice, and an unpublished one stays inside', async () => {
    const use = await changed(await published(), widened);
    const moved = await changed(use, address('東京都港区例示町3-3'));
    expect(await textOf(await nobody(), '/joint-use')).not.toMatch(/これから変わること|例示町3-3/);
    house.clock.moveTo('2026-12-10T09:00:00+09:00');
    expect(await textOf(await nobody(), '/joint-use')).toMatch(/これから変わること[\s\S]*2027年2月1日から/);
    expect((await json()).joint_uses[0]).toMatchObject({
      coming: [{ change: 'purposes', effective_on: '2027-02-01', public_on: '2026-12-10' }],
      in_force: { purposes: [{ id: 'P1' }], responsible: { address: { ja: '東京都千代田区例示町1-1' } } },
    });
    valueOf(await publishNotice(house.office, by, moved, { notice: 3, on: day('2026-12-10') }));
    house.clock.moveTo('2027-02-01T09:00:00+09:00');
    const [shown] = (await json()).joint_uses;
    expect(shown).toMatchObject({
      coming: [],
      in_force: { purposes: [{ id: 'P1' }, { id: 'P3' }], responsible: { address: { ja: '東京都港区例示町3-3' } } },
      notices: [
        { from: '2026-12-07', until: '2026-12-09', changed: ['start'] },
        { from: '2026-12-10', until: '2027-01-31', changed: ['responsible-address'] },
        { from: '2027-02-01', until: null, changed: ['purposes'] },
      ],
    });
    const earlier = await textOf(await nobody(), `/joint-use/${use.id}/2026-12-07`);
    expect(earlier).toContain('東京都千代田区例示町1-1');
    expect(earlier).toContain('2026年12月7日から2026年12月9日まで');
    for (const at of [`${use.id}/2026-12-08`, `${use.id}/x`, `x/2026-12-07`, `${readers}/2026-12-07`]) {
      await textOf(await nobody(), `/joint-use/${at}`, 404);
    }
  });

  test('of many the page leads to each, which stands in full on a page of its own; a draft and one not public yet on none', async () => {
    const first = await published();
    const draft = await registered({ name: { ja: '会員の分析', en: 'Analysis' } });
    const planned = await published({ name: { ja: '先の案内', en: 'Later' } }, '2026-12-10');
    const over = await published({ name: { ja: '前の案内', en: 'Earlier' } });
    valueOf(await endJointUse(house.office, by, over, { on: day('2026-12-08'), why: '契約の終了' }));
    const rows = `generate_series(1, 120) AS i, (SELECT * FROM TABLE_ WHERE ID_ = $1) AS of`;
    const copy = (table: string, id: string, more: string) =>
      house.db.owner.query(
        `INSERT INTO ${table} SELECT (jsonb_populate_record(of::${table}, ${more})).* FROM ${rows.replace('TABLE_', table).replace('ID_', id)}`,
        [first.id],
      );
    const nth = "('00000000-0000-7000-8000-' || lpad(i::text, 12, '0'))";
    await copy(
      'joint_uses',
      'id',
      `jsonb_build_object('id', ${nth}, 'name_ja', '多い共同利用' || i, 'name_en', 'Many ' || i)`,
    );
    await copy(
      'joint_use_notices',
      'joint_use_id',
      `jsonb_build_object('joint_use_id', ${nth}, 'entry_id', gen_random_uuid())`,
    );
    await copy(
      'joint_use_publications',
      'joint_use_id',
      `jsonb_build_object('joint_use_id', ${nth}, 'entry_id', gen_random_uuid())`,
    );
    house.clock.moveTo('2026-12-08T09:00:00+09:00');
    const links = (html: string) => [...html.matchAll(/href="(\/joint-use\/[0-9a-f-]{36})"/g)].map(([, at]) => at!);
    const index = await textOf(await nobody(), '/joint-use');
    expect([links(index).length, index.length < 60_000]).toEqual([100, true]);
    expect(index).toContain('いま121件の共同利用があります');
    expect(await textOf(await nobody(), encodeURI('/joint-use?q=催しの'))).toMatch(
      /催しの共同案内[\s\S]*当社と例示物流株式会社[\s\S]*氏名/,
    );
    expect(links(await textOf(await nobody(), '/joint-use?page=2'))).toHaveLength(22);
    expect(links(await textOf(await nobody(), encodeURI('/joint-use?q=多い共同利用１２０')))).toHaveLength(1);
    expect(await textOf(await nobody(), '/joint-use?q=none')).toContain('当てはまる共同利用はありません');
    const one = await textOf(await nobody(), `/joint-use/${first.id}`);
    for (const shown of ['共同利用する旨', '氏名', '当社と例示物流株式会社', '例示情報通信株式会社', 'これまでの公表'])
      expect(one).toContain(shown);
    expect(await textOf(await nobody(), `/joint-use/${over.id}`)).toMatch(
      /この共同利用は終わりました[\s\S]*2026\/12\/07/,
    );
    for (const at of [draft.id, planned.id, 'x', readers]) {
      expect(await textOf(await nobody(), `/joint-use/${at}`, 404)).not.toMatch(/会員の分析|先の案内/);
    }
  });

  test('an ended one is shown among the past', async () => {
    const use = await published();
    valueOf(await endJointUse(house.office, by, use, { on: day('2026-12-20'), why: '契約の終了' }));
    house.clock.moveTo('2026-12-20T09:00:00+09:00');
    const html = await textOf(await nobody(), '/joint-use');
    expect(html).toMatch(/いま共同利用しているものはありません[\s\S]*終わった共同利用[\s\S]*2026\/12\/19/);
    expect(html).not.toContain('契約の終了');
    expect((await json()).joint_uses).toMatchObject([{ id: use.id, in_force: null, ended_on: '2026-12-20' }]);
  });
});

test('JSON: a system registers, publishes, changes and ends; every no has its finding, every mistake its field', async () => {
  const system = valueOf(await createSystem(house.access, by, { name: '契約管理' }));
  const actions = ['ledger:read', 'joint-uses:write'] as const;
  const form = { systemId: system.id, purposes: ['P1'], actions, days: 30 };
  const { token } = valueOf(await createToken(house.access, by, form, ['P1']));
  const call = async (path: string, body?: object): Promise<{ status: number; json: Record<string, unknown> }> => {
    const response = await house.fetch(
      new Request(`${house.office.config.publicUrl}/api/v1/joint-uses${path}`, {
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'accept-language': 'en' },
        ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
      }),
    );
    return { status: response.status, json: (await response.json()) as Record<string, unknown> };
  };
  const made = await call('', input());
  expect(made).toMatchObject({ status: 201, json: { state: 'draft', version: 1, notice: null, notices: [] } });
  const at = `/${made.json.id as string}`;
  expect(await call('', input())).toMatchObject({ status: 409, json: { existing: made.json.id } });
  expect(await call('', input({ information: 'my-number' }))).toMatchObject({
    status: 403,
    json: { finding: { answer: 'no', because: [{ law: 'NumberingAct', article: '19' }, { article: '30(2)' }] } },
  });
  const { representative: _, ...headless } = input().responsible;
  expect(await call('', input({ name: { ja: '別' }, responsible: headless }))).toMatchObject({
    status: 422,
    json: { fields: [{ field: 'responsible.representative.ja' }] },
  });
  const drafted = await call(`${at}/draft`, { ...input({ purposes: ['P1'] }), version: 1 });
  expect(drafted).toMatchObject({ status: 200, json: { version: 2, draft: { purposes: ['P1'] } } });
  const publication = { version: 2, notice: 1, on: '2026-12-07' };
  expect(await call(`${at}/publications`, publication)).toMatchObject({
    status: 200,
    json: { state: 'in-force', draft: null, notice: { purposes: [{ id: 'P1' }] }, version: 3 },
  });
  expect((await call(`${at}/publications`, publication)).status).toBe(409);
  expect(await call(`${at}/changes`, { version: 3, change: 'items' })).toMatchObject({
    status: 403,
    json: { finding: { answer: 'no', because: [{ article: '27(6)' }, { law: 'Guideline', article: '3-6-3' }] } },
  });
  const moving = { version: 3, change: 'responsible-address', effective_on: '2026-12-07' };
  expect(
    await call(`${at}/changes`, { ...moving, responsible: { address: { ja: '東京都港区例示町3-3' } } }),
  ).toMatchObject({ status: 200, json: { unpublished: [2], version: 4 } });
  expect(await call(`${at}/changes`, { ...moving, version: 4, responsible: {} })).toMatchObject({
    status: 422,
    json: { fields: [{ field: 'responsible.address.ja' }] },
  });
  expect(await call(`${at}/end`, { version: 4, on: '2026-12-07', why: '契約の終了' })).toMatchObject({
    status: 200,
    json: { state: 'ended', ended_on: '2026-12-07' },
  });
  expect((await call(at)).json).toMatchObject({ state: 'ended', unpublished: [] });
  expect((await call('')).json).toMatchObject({ joint_uses: [{ id: made.json.id }] });
  expect((await call('/nothing')).status).toBe(404);
});

test('a notice of new purposes turns nothing that was collected to them: the pages say so and lead to the act that does', async () => {
  const guests = await addHolding(house, { name: { ja: '来場者', en: 'Visitors' }, purposes: ['P1', 'P3'] });
  const { principal } = await addPerson(house, guests, { name: '例示 四' }, undefined, ['P1']);
  const use = await published({ shares: [{ holding: guests, items: ['name'] }] });
  const form = await textOf(officer, `/joint-uses/${use.id}/change?change=purposes`);
  expect(form).toContain('この公表だけでは、すでに集めた情報を新しい目的に使えません');
  expect(form).toContain(`href="/ledger/${guests}/purpose"`);
  const one = async (visitor = officer) => textOf(visitor, `/joint-uses/${use.id}`);
  expect(await one()).not.toContain('伝えていない人がいます');

  await changed(use, { ...widened, effectiveOn: day('2026-12-09'), noticeOn: day('2026-12-07') });
  const coming = await one();
  expect(coming).toContain('共同利用の目的を、集めたときに伝えていない人がいます');
  expect(coming).toContain('来場者の1人（P3 配信とご案内）');
  expect(coming).toContain(`href="/ledger/${guests}/purpose"`);
  const english = await house.visitor('auditor', 'en');
  const read = await textOf(english, `/joint-uses/${use.id}`);
  expect(read).toContain('Visitors: 1 person (P3 Newsletters and events)');
  expect(read).toContain(`href="/ledger/${guests}"`);
  expect(read).not.toContain(`href="/ledger/${guests}/purpose"`);

  house.clock.moveTo('2026-12-09T09:00:00+09:00');
  const share = (purpose: string) =>
    provide(house.office, byOfficer(house), {
      principal,
      holding: guests,
      items: ['name'],
      purpose,
      recipient: member,
      jointUse: use.id,
      facts: { relation: 'joint-use' },
    });
  expect(valueOf(await share('P1')).decision.finding.answer).toBe('yes');
  const refused = await share('P3');
  expect(refused).toMatchObject({ ok: false, problem: { kind: 'refused', finding: { answer: 'no' } } });
  expect(JSON.stringify(refused)).toContain('"18(1)"');
  const ledger = house;
  const judged = { from: 'P1', to: 'P3', related: true, reason: '例示', announcedOn: '2026-12-07' };
  valueOf(await changePurpose(ledger, by, { id: guests, ...judged, announcedWhere: '例示' }));
  expect(valueOf(await share('P3')).decision.finding.answer).toBe('yes');
  expect(await one(await house.visitor('officer'))).not.toContain('伝えていない人がいます');
});

describe('promises', () => {
  const prove = (promise: string): Promise<Proof> =>
    jointUseProvers.find((prover) => prover.promise === promise)!.prove(house.office);
  const stateOn = async (at: string): Promise<Proof> => {
    house.clock.moveTo(`${at}T09:00:00+09:00`);
    return prove('joint-use-changes-announced');
  };

  test('without a joint use all are kept, and the evidence says so with a zero', async () => {
    // The log still has the entries of other tests; promises.test.ts covers that promise.
    for (const { promise } of jointUseProvers.filter((one) => one.promise !== 'every-access-logged')) {
      const proof = await prove(promise);
      expect([promise, proof.state, proof.evidence[0]!.value.en]).toEqual([promise, 'kept', '0']);
    }
  });

  test('a change told after is kept, at risk and broken by its day, and late for a year once it is published late', async () => {
    const use = await changed(await published(), address('東京都港区例示町3-3'));
    const waiting = await stateOn('2026-12-21');
    expect([waiting.state, waiting.says.ja]).toEqual(['risk', '共同利用の変更1件のうち1件が、公表を待っています。']);
    expect(waiting.evidence.some(({ href }) => href === `/joint-uses/${use.id}`)).toBe(true);
    const broken = await stateOn('2026-12-22');
    expect([broken.state, broken.fix.length]).toEqual(['broken', 1]);
    valueOf(await publishNotice(house.office, by, use, { notice: 2, on: day('2026-12-22') }));
    expect((await stateOn('2026-12-22')).state).toBe('risk');
    expect((await stateOn('2027-12-22')).state).toBe('risk');
    expect((await stateOn('2027-12-23')).state).toBe('kept');
  });

  test('a change told on its day, or before as it must be, is kept', async () => {
    await changed(
      await changed(await published(), widened),
      address('東京都港区例示町3-3', { noticeOn: day('2026-12-07') }),
    );
    expect(await stateOn('2027-02-02')).toMatchObject({ state: 'kept', fix: [] });
  });

  test('a change of purposes that was not told before it took effect breaks it', async () => {
    await changed(await published(), widened);
    await house.db.owner.query("UPDATE joint_use_publications SET public_on = '2027-02-01' WHERE notice = 2", []);
    expect((await stateOn('2027-02-01')).state).toBe('broken');
  });

  test.each([
    ['the address of who answers for it', "jsonb_set(states, '{responsible,address,ja}', '\"\"')"],
    ['the representative of that corporation', "jsonb_set(states, '{responsible,representative}', 'null')"],
    ['the items', "jsonb_set(states, '{items}', '[]')"],
  ])('a notice that lacks %s breaks the promise of a complete one, and no other', async (_, states) => {
    const use = await published();
    const kept = await prove('joint-use-notice-complete');
    expect([kept.state, kept.evidence[0]!.value.en]).toEqual(['kept', '1']);
    await house.db.owner.query(`UPDATE joint_use_notices SET states = ${states}`, []);
    const broken = await prove('joint-use-notice-complete');
    expect([broken.state, broken.evidence[0]!.href]).toEqual(['broken', `/joint-uses/${use.id}`]);
    for (const promise of ['joint-use-purposes-kept', 'joint-use-changes-announced'])
      expect([promise, (await prove(promise)).state]).toEqual([promise, 'kept']);
  });

  test.each([
    ['a holding that is kept for My Numbers', 'holdings', "UPDATE holdings SET purposes = '{P1,P3,N1}'"],
    [
      'a purpose of My Numbers',
      'joint_use_notices',
      "UPDATE joint_use_notices SET states = jsonb_set(states, '{purposes,0,id}', '\"N1\"')",
    ],
  ])('%s in a notice breaks the promise of no joint use of them', async (_, table, change) => {
    const use = await published();
    const kept = await prove('my-number-no-joint-use');
    expect([kept.state, kept.evidence.map(({ value }) => value.en)]).toEqual(['kept', ['1', '0']]);
    const proof = await tampered(house.db, [table], change, () => prove('my-number-no-joint-use'));
    expect([proof.state, proof.evidence.map(({ value }) => value.en)]).toEqual(['broken', ['1', '1']]);
    expect([proof.evidence[0]!.href, proof.fix.length]).toEqual([`/joint-uses/${use.id}`, 1]);
    expect((await prove('my-number-no-joint-use')).state).toBe('kept');
  });

  test.each([
    [
      'joint-use-notice-complete',
      `jsonb_set(states, '{responsible}', coalesce(states->'responsible', '{}') || '{"representative":null}')`,
    ],
    [
      'my-number-no-joint-use',
      'jsonb_set(states, \'{purposes}\', \'[{"id":"N1","text":{"ja":"例示","en":"example"}}]\')',
    ],
  ])('%s is broken by what everybody can read of though it comes later', async (promise, states) => {
    const first = await published();
    await changed(first, { ...widened, effectiveOn: day('2026-12-20'), noticeOn: day('2026-12-07') });
    const look = async (notice: number) =>
      (
        await tampered(
          house.db,
          ['joint_use_notices'],
          `UPDATE joint_use_notices SET states = ${states} WHERE notice = ${notice}`,
          () => prove(promise),
        )
      ).state;
    expect((await prove(promise)).state).toBe('kept');
    expect(await look(1)).toBe('broken');
    expect(await look(2)).toBe('broken');
  });

  test('a purpose of My Numbers that took effect and was never published breaks the promise of no joint use of them', async () => {
    const first = await published();
    const use = await changed(first, { ...widened, effectiveOn: day('2026-12-20'), noticeOn: day('2026-12-07') });
    const n1 = '[{"id":"N1","text":{"ja":"例示","en":"example"}}]';
    await house.db.owner.query('DELETE FROM joint_use_publications WHERE notice = 2', []);
    await house.db.owner.query(
      `UPDATE joint_use_notices SET states = jsonb_set(states, '{purposes}', '${n1}') WHERE notice = 2`,
      [],
    );
    expect((await prove('my-number-no-joint-use')).state).toBe('kept');
    house.clock.moveTo('2026-12-20T09:00:00+09:00');
    const proof = await prove('my-number-no-joint-use');
    expect([proof.state, proof.evidence[0]!.href]).toEqual(['broken', `/joint-uses/${use.id}`]);
  });

  test('purposes beyond those of a holding break the promise until they are brought back', async () => {
    const other = await addHolding(house, { name: { ja: '抽選会', en: 'Raffle' }, purposes: ['P1', 'P3'] });
    const use = await published({ shares: [{ holding: other, items: ['name'] }] });
    expect((await prove('joint-use-purposes-kept')).state).toBe('kept');
    const ledger = house;
    const before = (await holdingOf(house.office, other))!;
    const narrowed = { ...before, items: before.items.map(({ code }) => code), purposes: ['P3'] };
    valueOf(await changeHolding(ledger, by, { id: other, version: 1, input: narrowed }));
    const proof = await prove('joint-use-purposes-kept');
    expect([proof.state, proof.evidence[0]!.href]).toEqual(['broken', `/joint-uses/${use.id}`]);
  });

  test('who was not told is counted again once somebody comes or another holding is shared, for the pages and the promise alike', async () => {
    let counted = 0;
    const database: Office['database'] = {
      ...house.office.database,
      query: (sql, ...more) => {
        if (sql.includes('GROUP BY holding_id, items, purposes')) counted += 1;
        return house.office.database.query(sql, ...more);
      },
    };
    const office = { ...house.office, database };
    const shared = await addHolding(house, { name: { ja: '展示会の来場者', en: 'Fair' }, purposes: ['P1', 'P3'] });
    const use = await published({ shares: [{ holding: shared, items: ['name'] }] });
    const look = async () => (await untoldOf(office, use, await known(office))).map(({ people }) => people);
    const prover = jointUseProvers.find(({ promise }) => promise === 'joint-use-purposes-kept')!;
    expect([await look(), await look(), counted]).toEqual([[], [], 1]);
    expect([(await prover.prove(office)).state, counted]).toEqual(['kept', 1]);
    await addPerson(house, shared, { name: '例示 五' }, undefined, ['P3']);
    // While an open transaction of other tests on the same server could still commit, the noted entry is one of several.
    await expect
      .poll(async () => (await entriesNoted(house.office.database, 'people:acquire')).includes(' '), {
        interval: 20,
      })
      .toBe(false);
    expect([await look(), await look(), counted]).toEqual([[1], [1], 2]);
    expect([(await prover.prove(office)).state, counted]).toEqual(['risk', 2]);
    const other = await addHolding(house, { name: { ja: '講座の受講者', en: 'Classes' }, purposes: ['P1', 'P3'] });
    // What becomes public on a later day is counted only for its own page.
    const more = {
      name: { ja: '講座の共同利用', en: 'Classes together' },
      shares: [{ holding: other, items: ['name'] }],
    };
    const coming = await published(more, '2026-12-09');
    expect(await untoldOf(office, coming, await known(office))).toEqual([]);
    expect([await look(), (await prover.prove(office)).state, counted]).toEqual([[1], 'risk', 3]);
  });

  test('whoever was not told of a purpose puts it at risk, until a change of purpose stands', async () => {
    const ledger = house;
    const shared = await addHolding(house, { name: { ja: '催しの参加者', en: 'Guests' }, purposes: ['P1', 'P3'] });
    const add = async (items: Record<string, string>, purposes: string[], principal?: string): Promise<string> =>
      (await addPerson(house, shared, items, principal, purposes)).principal;
    await add({ name: '例示 一', email: 'one@example.jp' }, ['P1', 'P3']);
    const use = await published({ shares: [{ holding: shared, items: ['name', 'email'] }] });
    const look = async () => {
      const { state, evidence, fix } = await prove('joint-use-purposes-kept');
      const [, , untold] = evidence;
      return [state, untold!.value.en, untold!.state, untold!.href, fix.length];
    };
    expect(await look()).toEqual(['kept', '0', 'kept', undefined, 0]);
    // Nothing about this person is in the joint use.
    await add({ phone: '03-0000-0001' }, ['P3']);
    expect(await look()).toEqual(['kept', '0', 'kept', undefined, 0]);
    const mixed = await add({ name: '例示 二' }, ['P1']);
    await add({ email: 'two@example.jp' }, ['P3'], mixed);
    await add({ name: '例示 三' }, ['P3']);
    expect(await look()).toEqual(['risk', '2', 'risk', `/joint-uses/${use.id}`, 1]);
    const judged = { from: 'P3', to: 'P1', related: true, reason: '例示', announcedOn: '2026-12-01' };
    const change = valueOf(await changePurpose(ledger, by, { id: shared, ...judged, announcedWhere: '例示' }));
    expect(await look()).toEqual(['kept', '0', 'kept', undefined, 0]);
    valueOf(await endPurposeChange(ledger, by, { id: shared, change: change.id }));
    expect(await look()).toEqual(['risk', '2', 'risk', `/joint-uses/${use.id}`, 1]);
  });
});

/** Puts a version of the policy in force today that rewords P1 and P3, judged related. */
async function reword(): Promise<void> {
  const today = house.office.clock.today();
  const { policy } = (await policyInForce(house.office, today))!;
  const isSaid = ({ id }: { id: string }) => id === 'P1' || id === 'P3';
  const said = (text: Bilingual): Bilingual => ({ ...text, ja: `${text.ja}、別の文` });
  const purposes = policy.purposes.map((one) => (isSaid(one) ? { ...one, text: said(one.text) } : one));
  const spoken = policy.purposes.filter(isSaid).map(({ clause }) => clause);
  const clauses = policy.clauses.map((one) => (spoken.includes(one.no) ? { ...one, text: said(one.text) } : one));
  const texts = policyYaml({ ...policy, purposes, clauses });
  const asked = { texts, effectiveOn: today };
  const { version } = valueOf(await propose(house.office, { actor: { kind: 'sekisho' }, authority: [] }, asked));
  const judgement = { judged: 'related', reason: '思い描ける範囲です', announcedOn: today, announcedWhere: 'お知らせ' };
  const approval = { version, effectiveOn: today, officers: 1, resting: restingOn };
  valueOf(await approve(house.office, by, { ...approval, judged: { P1: judgement, P3: judgement } }));
}

test('what a notice said of the purposes stays what it said, also once the policy words them otherwise', async () => {
  const words = (await known(house.office)).purposes;
  const [P1, P3] = [`P1　${words.get('P1')!.ja}`, `P3　${words.get('P3')!.ja}`];
  const use = await changed(await published(), widened);
  house.clock.moveTo('2027-03-01T09:00:00+09:00');
  await reword();
  expect((await known(house.office)).purposes.get('P1')!.ja).toMatch(/、別の文$/);
  officer = await house.visitor('officer');
  const visitor = await house.visitor('nobody');
  for (const path of ['/joint-use', '/joint-use.json', `/joint-use/${use.id}/2026-12-07`]) {
    const shown = await textOf(visitor, path);
    expect(shown).toContain(words.get('P1')!.ja);
    expect(shown).not.toContain('別の文');
  }
  const html = await textOf(officer, `/joint-uses/${use.id}`);
  expect(html).not.toContain('別の文');
  const history = html.slice(html.indexOf('公表と変更の記録'));
  for (const said of [P1, P3]) expect(history).toContain(`${said}</li>`);
  // The form offers the purposes in today's wording, beside the announced one.
  const form = await textOf(officer, `/joint-uses/${use.id}/change?change=purposes`);
  for (const said of [P1, P3]) expect(form).toMatch(new RegExp(`${said}</li>[\\s\\S]*${said}、別の文`));
});

test('whether new purposes are related is asked of personal information alone (41(9))', async () => {
  const visitor = await house.visitor('officer');
  const asks = async (information: JointUseInput['information']) => {
    const use = await published({ information, name: { ja: information, en: information } });
    const form = await textOf(visitor, `/joint-uses/${use.id}/change?change=purposes`);
    return ['name="related"', 'name="why"', 'この公表だけでは'].map((part) => form.includes(part));
  };
  expect([await asks('personal'), await asks('pseudonymous')]).toEqual([
    [true, true, true],
    [false, true, false],
  ]);
});

test('the new words of the same purposes are announced before they take effect, and the same words never twice', async () => {
  const again: ChangeInput = {
    change: 'purposes',
    effectiveOn: day('2027-03-20'),
    noticeOn: day('2027-03-10'),
    purposes: ['P1'],
    related: true,
    why: '言い回しを改めただけです',
  };
  const use = await published();
  house.clock.moveTo('2027-03-02T09:00:00+09:00');
  const announce = (of: JointUse, input = again) =>
    changeJointUse(house.office, by, { id: of.id, version: of.version }, input);
  const [told] = use.notices;
  const before = told!.states.purposes![0]!.text.ja;
  await reword();
  const now = (await known(house.office)).purposes.get('P1')!.ja;
  expect(now).not.toBe(before);
  const late = await announce(use, { ...again, noticeOn: day('2027-03-20') });
  expect(late).toMatchObject({ ok: false, problem: { kind: 'refused', finding: { answer: 'no' } } });
  const stated = valueOf(await announce(use));
  const purposesOn = (on: string) => noticeOn(stated, day(on))!.purposes.map(({ text }) => text.ja);
  expect([purposesOn('2027-03-19'), purposesOn('2027-03-20')]).toEqual([[before], [now]]);
  expect(stated.notices[1]).toMatchObject({ change: 'purposes', publicOn: '2027-03-10', effectiveOn: '2027-03-20' });
  // Sharing depends on the purpose, not on its wording.
  const asked = { recipient: member, holding: readers, jointUse: use.id };
  expect(valueOf(await jointUseFacts(house.office.database, asked, day('2027-03-20'))).purposes).toEqual(['P1']);
  const same = await announce(stated, { ...again, effectiveOn: day('2027-03-25') });
  expect(same).toMatchObject({ problem: { kind: 'invalid', fields: [{ field: 'purposes' }] } });
  officer = await house.visitor('officer');
  const form = `/joint-uses/${use.id}/change?change=purposes`;
  expect(await textOf(officer, form)).toContain('方針の文と公表した文が違います');
  house.clock.moveTo('2027-03-20T09:00:00+09:00');
  officer = await house.visitor('officer');
  expect(await textOf(officer, form)).not.toContain('方針の文と公表した文が違います');
});
