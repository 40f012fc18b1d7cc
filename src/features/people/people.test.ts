// The pages about one person on a real office: what is closed stays closed, a wrong purpose is refused and logged, addresses carry ids only,
// receipts verify byte by byte, and an erased person stays erased.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { registered } from '../../../tests/desk.ts';
import { signAll } from '../../../tests/house.ts';
import { openTestOffice, type TestOffice, type Visitor } from '../../../tests/office.ts';
import {
  addConsent,
  addConsentText,
  addHolding,
  addPerson,
  addRecipient,
  byOfficer,
  entrusted,
  officerOf,
  openTestCheckpoint,
  valueOf,
} from '../../../tests/people.ts';
import { tampered } from '../../../tests/tamper.ts';
import type { Actor } from '../../base/actor.ts';
import { day } from '../../base/day.ts';
import { newId } from '../../base/id.ts';
import { append, listEntries, logEntry, verifyFile, vkeyOf, type LogEntry, type Subjects } from '../../log/index.ts';
import { readCsv } from '../../platform/sheet.ts';
import type { Room } from '../access/index.ts';
import { eraseAll, forgetStanding, use } from '../checkpoint/index.ts';
import { object, withdrawConsent } from '../consent/index.ts';
import { retractObjection, stateWithdrawalTime } from '../consent/actions/consents.ts';
import { requestNumber } from '../desk/index.ts';
import { changePurpose } from '../ledger/actions.ts';
import { provide } from '../provision/index.ts';
import { registerCollection } from '../related/index.ts';
import { clearDropped } from './actions/clear.ts';
import { proofOf, receiptPdf, toldOf } from './actions/receipt.ts';
import { isTimeToClear } from './facts.ts';
import { peopleRoutes } from './index.ts';
import { receiptLetter } from './letters/receipt.ts';

const person = {
  name: '𠮷野家 髙橋辻\u{E0100}',
  name_kana: 'ヨシノヤ タカハシ',
  email: 'yoshinoya@example.jp',
  phone: '090-0000-1234',
  address: '東京都中央区例示町一丁目二番三号 例示ロイヤルパレスウエスト 1204号室',
  note: `<script>alert(1)</script> '; DROP TABLE persons; --`,
};

let house: TestOffice;
let room: Room;
let officer: Visitor;
let news: string;
let visits: string;
let principal: string;
let acquisition: string;
let forget: () => Promise<void>;
beforeAll(async () => {
  house = await openTestOffice((office, access) => peopleRoutes({ office, access }));
  forget = await openTestCheckpoint(house);
  room = house;
  news = await addHolding(house);
  visits = await addHolding(house, {
    name: { ja: '来訪者名簿', en: 'Visitor log' },
    purposes: ['P4'],
    items: ['company', 'visit'],
    channels: ['paper', 'oral'],
  });
  ({ principal, acquisition } = await addPerson(house, news, person));
  await addPerson(house, visits, { visit: '2026-12-01 10:00 総務部' }, principal);
  officer = await house.visitor('officer');
});
afterAll(async () => {
  await forget();
  await house.close();
});

const entriesOf = async (of: string): Promise<LogEntry[]> =>
  (await listEntries(house.db.app, { principal: of, most: 50 })).map((one) => one.entry);

const newest = async (): Promise<LogEntry> => (await listEntries(house.db.app, { most: 1 }))[0]!.entry;

/** Appends an entry about the person that says something was done. */
async function spoken(action: string, subjects: Subjects): Promise<LogEntry> {
  const entry = logEntry(house.office.clock.now(), officerOf(house), action, { principal, ...subjects });
  await house.db.app.transaction((tx) => append(tx, entry));
  return entry;
}

const holds = (text: string): string[] => Object.values(person).filter((value) => text.includes(value));

describe('search', () => {
  const find = (fields: Record<string, string>): Promise<Response> => officer.post('/people/search', fields, '/people');

  test.each([
    ['email', 'YOSHINOYA@example.jp'],
    ['phone', '+81 90 0000 1234'],
    ['name', '吉野家高橋辻'],
    ['kana', 'よしのや'],
  ])('finds by %s, shows where and since when, and no value', async (kind, term) => {
    const page = await find({ [kind]: term });
    const html = await page.text();
    expect(page.status).toBe(200);
    expect(html).toContain(`href="/people/${principal}"`);
    expect(html).toContain('メールマガジンの読者、来訪者名簿');
    expect(html).toContain('2026年12月7日');
    expect(holds(html)).toEqual([]);
    expect(await newest()).toMatchObject({ action: 'people:search', by: [kind], found: 1 });
  });

  test('asks for at least one condition, and names the field that is wrong without losing what was typed', async () => {
    const none = await find({});
    expect(none.status).toBe(422);
    expect(await none.text()).toContain('1つ以上の条件を書くか、台帳を選んでください');
    const wrong = await find({ email: 'no <b>address', name: '髙橋' });
    const html = await wrong.text();
    expect(wrong.status).toBe(422);
    expect(html).toContain('href="#f-email"');
    expect(html).toContain('value="no &lt;b&gt;address"');
    expect(html).toContain('value="髙橋"');
  });

  test('says when nobody matches, and when too many do', async () => {
    expect(await (await find({ email: 'nobody@example.jp' })).text()).toContain('この条件に合う本人はいません');
    for (let i = 0; i < 21; i += 1) await addPerson(house, news, { name: '例示 多子', email: `tako-${i}@example.jp` });
    const html = await (await find({ name: '例示多子' })).text();
    expect(html).toContain('21人が見つかりました');
    expect(html.match(/href="\/people\/[0-9a-f-]{36}"/g)).toHaveLength(20);
  });
});

describe('one person', () => {
  test('is shown closed: items and dates, no value, no name in the title', async () => {
    const html = await (await officer.get(`/people/${principal}`)).text();
    for (const label of ['氏名（フリガナ）', 'メールアドレス', '来訪の日時と訪問先']) expect(html).toContain(label);
    expect(html.match(/●●●/g)).toHaveLength(Object.keys(person).length + 1);
    expect(html).toContain(`<title>本人 ${principal.slice(-8)} | 関所</title>`);
    expect(holds(html)).toEqual([]);
    for (const id of ['P1', 'P2', 'P3', 'P4']) expect(html).toContain(`<option value="${id}"`);
  });

  test('nobody has an unknown id, or one that is none', async () => {
    for (const id of [newId(house.clock.now()), 'nobody', '%3Cscript%3E']) {
      const page = await officer.get(`/people/${id}`);
      expect(page.status).toBe(404);
      expect(await page.text()).not.toContain('<script>alert');
    }
  });

  test('whose key is gone from the database without an erasure is said to be lost, and not to be nobody', async () => {
    const lost = (await addPerson(house, news, { ...person, email: 'lost@example.jp' })).principal;
    const said = async (lang: string) => {
      const page = await officer.get(`/people/${lost}?lang=${lang}`);
      return [page.status, await page.text()] as const;
    };
    const taken = `DELETE FROM vault_principals WHERE id = '${lost}'`;
    await tampered(house.db, ['vault_principals'], taken, async () => {
      expect(await said('ja')).toEqual([404, expect.stringContaining('この本人の情報は失われています')]);
      expect(await said('en')).toEqual([404, expect.stringContaining('What was held about this person is lost')]);
    });
    expect((await said('ja'))[0]).toBe(200);
  });

  const open = (fields: Record<string, string | string[]>): Promise<Response> =>
    officer.post(`/people/${principal}/open`, { holding: news, n: '0', ...fields }, `/people/${principal}`);

  test('opens chosen items for a purpose of the holding, escaped, once, with its entry', async () => {
    const page = await open({ 'items-0': ['name', 'note'], 'purpose-0': 'P3' });
    const html = await page.text();
    expect(page.status).toBe(200);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(html).toContain(person.name);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html).not.toContain('<script>alert');
    expect(html).toContain('可　開きました');
    expect(html).not.toContain(person.email);
    const [entry] = await entriesOf(principal);
    expect(entry).toMatchObject({ action: 'people:use', items: ['name', 'note'], purpose: 'P3', holding: news });
    expect(entry!.decision!.because).toEqual(['APPI 18(1)', 'policy 13']);
    expect(html).toContain(`/log/entries/${entry!.id}`);
  });

  test('refuses a purpose the holding is not for, with its grounds and what can be done, and logs it', async () => {
    const page = await open({ 'items-0': ['name'], 'purpose-0': 'P4' });
    const html = await page.text();
    expect(page.status).toBe(403);
    expect(html).toContain('不可　開けません');
    expect(html).toContain('法18条1項');
    expect(html).toContain('方針 条項13');
    expect(html).toContain('できること');
    expect(holds(html)).toEqual([]);
    const [entry] = await entriesOf(principal);
    expect(entry).toMatchObject({ action: 'refused', asked: 'use', purpose: 'P4', decision: { answer: 'no' } });
  });

  test('asks for items and a purpose beside their fields, and keeps what was chosen', async () => {
    const none = await open({ 'items-0': [], 'purpose-0': '' });
    const html = await none.text();
    expect(none.status).toBe(422);
    expect(html).toContain('href="#f-items-0"');
    expect(html).toContain('href="#f-purpose-0"');
    const kept = await (await open({ 'items-0': ['email'], 'purpose-0': '' })).text();
    expect(kept).toMatch(/value="email" checked/);
    const unknown = await open({ 'items-0': ['blood_type'], 'purpose-0': 'P3' });
    expect(unknown.status).toBe(422);
    expect((await open({ 'items-0': ['name'], 'purpose-0': 'P99' })).status).toBe(422);
  });

  test('cannot be opened in a holding that has nothing of them', async () => {
    const page = await open({ holding: newId(house.clock.now()), 'items-0': ['name'], 'purpose-0': 'P3' });
    expect(page.status).toBe(404);
  });

  test('shows its history with who, answer and grounds, page by page', async () => {
    for (let i = 0; i < 21; i += 1) {
      valueOf(
        await use(house.office, byOfficer(house), {
          principal,
          holding: news,
          items: ['email'],
          purpose: 'P3',
        }),
      );
    }
    const html = await (await officer.get(`/people/${principal}`)).text();
    expect(html).toContain('関口 真理');
    expect(html.match(/\/log\/entries\//g)).toHaveLength(20);
    const whole = /href="(\/people\/history\?principal=[0-9a-f-]+)"/.exec(html)![1]!;
    for (let i = 0; i < 9; i += 1) await spoken('people:use', { items: ['email'] });
    const newest = await (await officer.get(whole)).text();
    expect(newest.match(/\/log\/entries\//g)).toHaveLength(30);
    const next = /rel="next" href="([^"]+)"/.exec(newest)![1]!.replaceAll('&amp;', '&');
    const older = await (await officer.get(next)).text();
    expect(older).toContain('断った扱い');
    expect(older).toContain(`/log/entries/${acquisition}`);
    expect(older).toContain('最新に戻る');
  });

  test('its history is asked for by item and by period, on the page and in its files; an address holds ids, codes and days', async () => {
    const { principal: of } = await addPerson(house, news, { name: '例示 絞', phone: '03-0000-0009' });
    const day = (text: string): number => Date.parse(`${text}T10:00:00+09:00`);
    const done = (at: number, subjects: Subjects): LogEntry =>
      logEntry(at, officerOf(house), 'people:use', { principal: of, holding: news, purpose: 'P3', ...subjects });
    const [early, last, others, late] = [
      done(day('2026-11-01'), { items: ['name', 'phone'] }),
      done(day('2026-11-30'), { items: ['phone'] }),
      done(day('2026-11-10'), { items: ['name'] }),
      done(day('2026-12-01'), { items: ['phone'] }),
    ];
    await house.db.app.transaction((tx) => append(tx, early, last, others, late));
    const shown = async (query: string): Promise<string[]> => {
      const html = await (await officer.get(`/people/history?principal=${of}${query}`)).text();
      return [...html.matchAll(/\/log\/entries\/([0-9a-f-]+)/g)].map(([, id]) => id!);
    };
    const november = '&from=2026-11-01&to=2026-11-30';
    expect(await shown(`&item=phone${november}`)).toEqual([last.id, early.id]);
    expect(await shown(november)).toEqual([last.id, others.id, early.id]);
    expect(await shown('&from=2026-11-30&to=2026-11-30')).toEqual([last.id]);
    expect((await shown('&item=phone&from=2026-12-01')).includes(late.id)).toBe(true);
    expect(await shown('&item=email&to=2026-11-30')).toEqual([]);
    // A code that is no item of their holdings does not filter.
    expect((await shown('&item=salary&to=2026-11-30')).length).toBe(3);
    const html = await (await officer.get(`/people/history?principal=${of}&item=phone${november}`)).text();
    for (const field of ['name="principal"', 'name="item"', 'name="from" type="date"', 'name="to" type="date"'])
      expect(html).toContain(field);
    expect(html).toContain('2026/11/01から2026/11/30まで');
    const href = /href="([^"]*history-utf8\.csv[^"]*)"/.exec(html)![1]!.replaceAll('&amp;', '&');
    const read = readCsv(new Uint8Array(await (await officer.get(href)).arrayBuffer()));
    const cells = 'rows' in read ? read.rows.map((row) => row.cells.slice(0, 5)) : [];
    const where = ['メールマガジンの読者　P3 配信とご案内', '関口 真理'];
    expect(cells).toEqual([
      ['したこと', '日時', '項目', '台帳と目的', 'した人'],
      ['利用', '2026/11/30 10:00', '電話番号', ...where],
      ['利用', '2026/11/01 10:00', '氏名、電話番号', ...where],
    ]);
    expect(await newest()).toMatchObject({ action: 'list:export', list: 'people-history', principal: of });
    expect((await officer.get('/people/history?principal=x')).status).toBe(404);
    expect((await officer.get('/people/history/export/people-history-utf8.csv')).status).toBe(404);
    expect((await (await house.visitor('reception')).get(href)).status).toBe(403);
  });

  test('says in words which items every entry is about, those of the desk and of identifiers too', async () => {
    const about = async (action: string, subjects: Subjects): Promise<[items: string, where: string]> => {
      const { id } = await spoken(action, subjects);
      const html = await (await officer.get(`/people/${principal}`)).text();
      const row = html.slice(html.indexOf(`/log/entries/${id}`));
      const cell = (head: string): string =>
        new RegExp(`data-label="${head}">(.*?)</td>`).exec(row)![1]!.replace(/<[^>]*>/g, '');
      return [cell('項目'), cell('台帳と目的')];
    };
    const holdings = [news, visits];
    expect([
      await about('desk:collected', { holdings, items: ['name', 'visit'], provisions: 0, receipts: 0 }),
      await about('desk:collected', { provisions: 2, receipts: 1 }),
      await about('desk:reviewed', { holding: visits, item: 'visit', review: 'withhold' }),
      await about('desk:reviewed', { holding: 'provisions', item: newId(0), review: 'disclose' }),
      await about('desk:disclose', { provisions: 1, receipts: 0 }),
      await about('related:find', { identifier: 'email', purpose: 'P3' }),
    ]).toEqual([
      ['氏名、来訪の日時と訪問先', 'メールマガジンの読者・来訪者名簿'],
      ['提供の記録 2件、受け取りの記録 1件', 'なし'],
      ['来訪の日時と訪問先', '来訪者名簿'],
      ['提供の記録 1件', 'なし'],
      ['提供の記録 1件', 'なし'],
      ['メールアドレス', 'P3 配信とご案内'],
    ]);
  });

  test('shows an entry whose decision is no finding, and gives a receipt of it', async () => {
    const entry = logEntry(house.office.clock.now(), officerOf(house), 'desk:reviewed', { principal, item: 'note' });
    const old = { ...entry, decision: 'withhold' } as unknown as LogEntry;
    await house.db.app.transaction((tx) => append(tx, old));
    const page = await officer.get(`/people/${principal}`);
    expect([page.status, (await page.text()).includes(`/log/entries/${old.id}`)]).toEqual([200, true]);
    await signAll(house.db.app, house.office.signer);
    expect((await officer.get(`/people/${principal}/receipts/${old.id}`)).status).toBe(200);
  });

  test('is open to read to an auditor, who may not open an item', async () => {
    const auditor = await house.visitor('auditor');
    const shown = await auditor.get(`/people/${principal}`);
    const html = await shown.text();
    expect(html).not.toContain('目的を決めて開きます');
    expect(await (await officer.get(`/people/${principal}`)).text()).toContain('目的を決めて開きます');
    expect(shown.status).toBe(200);
    expect(html.match(/●●●/g)).toHaveLength(Object.keys(person).length + 1);
    for (const link of ['/open', '/erase', '/correct', '/receipts/', '/acquisitions/new', '/provisions/new'])
      expect(html).not.toContain(link);
    expect(html).toContain(`/log/entries/`);
    const tried = await auditor.post(
      `/people/${principal}/open`,
      { holding: news, n: '0', 'items-0': 'name', 'purpose-0': 'P3' },
      `/people/${principal}`,
    );
    expect(tried.status).toBe(403);
    expect(holds(await tried.text())).toEqual([]);
    expect((await (await house.visitor('reception')).get(`/people/${principal}`)).status).toBe(403);
  });
});

describe('what a person was told it is for', () => {
  /** What the page says the items are held for, and each purpose as it is offered. */
  const shown = async (of: string, lang?: 'en'): Promise<{ held: string[]; offered: Record<string, string> }> => {
    const visitor = lang ? await house.visitor('officer', lang) : officer;
    const html = await (await visitor.get(`/people/${of}`)).text();
    const held = /<div[^>]* id="held-for-0">(.*?)<\/div>/s.exec(html)![1]!;
    return {
      held: [...held.matchAll(/>([^<>]+)</g)].map((found) => found[1]!),
      offered: Object.fromEntries(
        [...html.matchAll(/<option value="([PN]\d)">([^<]*)</g)].map(([, id, text]) => [id, text]),
      ),
    };
  };
  let both: string;
  beforeAll(async () => {
    both = await addHolding(house, { name: { ja: '読者台帳', en: 'Readers' }, purposes: ['P1', 'P2', 'P3'] });
  });

  test('is said once where it is the same of every item, and no purpose is offered as if it were open', async () => {
    const { principal: of } = await addPerson(house, both, { name: '例示 一', email: 'ichi@example.jp' }, undefined, [
      'P3',
    ]);
    expect(await shown(of)).toEqual({
      held: ['集めたときの目的：P3 配信とご案内'],
      offered: {
        P3: 'P3 配信とご案内',
        P1: 'P1 サービスと製品の提供（開けません）',
        P2: 'P2 契約に基づく取引（開けません）',
        P4: 'P4 来訪と接続の安全管理（開けません）',
      },
    });
    const refused = await officer.post(
      `/people/${of}/open`,
      { holding: both, n: '0', 'items-0': 'name', 'purpose-0': 'P1' },
      `/people/${of}`,
    );
    expect(refused.status).toBe(403);
    expect(await refused.text()).toContain('選んだ項目は P3 配信とご案内 のために集めました。');
  });

  test('a purpose of My Numbers is offered for what was collected for it alone, and refused to whoever asks with it all the same', async () => {
    const payees = await addHolding(house, { name: { ja: '支払先', en: 'Payees' }, purposes: ['P1', 'N1'] });
    const { principal: of } = await addPerson(house, payees, { name: '例示 五', email: 'go@example.jp' }, undefined, [
      'N1',
    ]);
    expect((await shown(of)).offered).toMatchObject({ N1: expect.not.stringContaining('開けません') as string });
    expect(Object.keys((await shown(of)).offered)).not.toContain('N2');
    const { principal: other } = await addPerson(house, payees, { name: '例示 六' }, undefined, ['P1']);
    expect(Object.keys((await shown(other)).offered)).toEqual(['P1', 'P2', 'P3', 'P4']);
    const refused = await officer.post(
      `/people/${other}/open`,
      { holding: payees, n: '0', 'items-0': 'name', 'purpose-0': 'N1' },
      `/people/${other}`,
    );
    expect(refused.status).toBe(403);
    expect(await newest()).toMatchObject({
      action: 'refused',
      principal: other,
      purpose: 'N1',
      decision: { answer: 'no' },
    });
  });

  test('is said item by item where it differs, and what a purpose opens only in part is marked so', async () => {
    const { principal: of } = await addPerson(house, both, { name: '例示 二', email: 'ni@example.jp' }, undefined, [
      'P3',
    ]);
    await addPerson(house, both, { phone: '03-0000-0002' }, of, ['P1', 'P3']);
    expect(await shown(of, 'en')).toEqual({
      held: [
        'Collected for:',
        'Name, E-mail address: P3 Newsletters and events',
        'Telephone number: P1 Services and products, P3 Newsletters and events',
      ],
      offered: {
        P3: 'P3 Newsletters and events',
        P1: 'P1 Services and products (some of the items)',
        P2: 'P2 Dealings under contract (refused)',
        P4: 'P4 Security of visits and connections (refused)',
      },
    });
    // A change of purpose opens the rest.
    const by = { actor: officerOf(house), authority: [] };
    const related = { from: 'P3', to: 'P1', related: true, reason: '例示', announcedOn: '2026-12-01' };
    valueOf(await changePurpose(room, by, { id: both, ...related, announcedWhere: '例示' }));
    expect((await shown(of)).offered).toMatchObject({
      P1: 'P1 サービスと製品の提供',
      P2: 'P2 契約に基づく取引（開けません）',
    });
  });

  test('does not bind what the person consented to, and what they asked to stop stays closed', async () => {
    const { principal: of } = await addPerson(house, both, { name: '例示 四', email: 'yon@example.jp' }, undefined, [
      'P3',
    ]);
    const by = { actor: officerOf(house), authority: [] };
    await addConsent(
      house,
      of,
      await addConsentText(house, { holding: both, recipients: [], items: ['email'], purpose: 'P2' }),
    );
    const said = { on: day('2026-12-02'), at: null };
    const objection = {
      principal: of,
      scope: 'purpose',
      purpose: 'P3',
      recipient: null,
      said,
      evidence: null,
    } as const;
    valueOf(await object(house.office, by, objection));
    const { offered } = await shown(of);
    expect(offered).toMatchObject({
      P2: 'P2 契約に基づく取引（一部の項目だけ）',
      P3: 'P3 配信とご案内（開けません）',
    });
    // The checkpoint answers in the same way.
    const open = async (items: string, purpose: string): Promise<number> =>
      (
        await officer.post(
          `/people/${of}/open`,
          { holding: both, n: '0', 'items-0': items, 'purpose-0': purpose },
          `/people/${of}`,
        )
      ).status;
    expect([await open('email', 'P2'), await open('name', 'P2'), await open('email', 'P3')]).toEqual([200, 403, 403]);
  });

  test('does not open what the person had stopped', async () => {
    const { principal: of } = await addPerson(house, both, { name: '例示 三', email: 'san@example.jp' });
    expect((await shown(of)).offered.P1).toBe('P1 サービスと製品の提供');
    const request = newId(house.clock.now());
    await house.db.owner.transaction(async (tx) => {
      // Inserts the stop alone, without the request it comes from.
      await tx.query('SET LOCAL session_replication_role = replica', []);
      await tx.query(
        `INSERT INTO suspensions (request_id, principal_id, stops, purposes, recipients, article, from_day, entry_id, at)
         VALUES ($1, $2, 'use', '{P1}', NULL, '35(2)', '2026-12-01', $1, now())`,
        [request, of],
      );
    });
    forgetStanding(house.office);
    expect((await shown(of)).offered).toMatchObject({
      P1: 'P1 サービスと製品の提供（開けません）',
      P3: 'P3 配信とご案内',
    });
  });
});

describe('correction', () => {
  const seenOn = (html: string): string => /name="seen" value="(\d+)"/.exec(html)?.[1] ?? '';

  test('of two clerks who correct at once one does; the other is told, finds what they typed, and may then correct knowingly', async () => {
    const { principal: who } = await addPerson(house, news, { name: '二人 花子', note: '元' });
    const to = `/people/${who}/correct`;
    const others = [officer, await house.visitor('officer', 'en')];
    const shown = await Promise.all(others.map(async (clerk) => (await clerk.get(to)).text()));
    const corrections = async () => (await entriesOf(who)).filter((one) => one.action === 'people:correct').length;
    const press = (n: number, seen: string): Promise<Response> =>
      others[n]!.post(to, { holding: news, seen, 'items.note': `内容${n}`, ground: 'accuracy' });
    const answers = await Promise.all(shown.map((html, n) => press(n, seenOn(html))));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 409]);
    expect(await corrections()).toBe(1);
    const second = answers.findIndex(({ status }) => status === 409);
    const html = await answers[second]!.text();
    expect(html).toContain(
      second === 0
        ? 'この台帳の内容が、確かめた後に変わりました。'
        : 'information in this holding has changed since you checked it.',
    );
    expect(html).toContain(`内容${second}`);
    expect((await press(second, seenOn(html))).status).toBe(303);
    expect(await corrections()).toBe(2);
  });

  test('a form that is put right keeps to what was seen when it was opened', async () => {
    const { principal: who } = await addPerson(house, news, { name: '後から 花子', note: '元' });
    const to = `/people/${who}/correct`;
    const seen = seenOn(await (await officer.get(to)).text());
    const send = (note: string, saw: string, ground = 'accuracy'): Promise<Response> =>
      officer.post(to, { holding: news, seen: saw, 'items.note': note, ground });
    expect((await send('先', seen)).status).toBe(303);
    const wrong = await send('後', seen, '');
    expect([wrong.status, seenOn(await wrong.text())]).toEqual([422, seen]);
    const overtaken = await send('後', seen);
    const now = seenOn(await overtaken.text());
    expect([overtaken.status, now]).toEqual([409, '2']);
    expect((await send('後', now)).status).toBe(303);
  });

  const correct = (fields: Record<string, string>): Promise<Response> =>
    officer.post(`/people/${principal}/correct`, { holding: news, ...fields }, `/people/${principal}/correct`);

  test('shows no value, replaces what is filled in, takes out what is marked, and redirects to an address without values', async () => {
    expect(holds(await (await officer.get(`/people/${principal}/correct`)).text())).toEqual([]);
    const page = await correct({ 'items.phone': '03-0000-9999', remove: 'name_kana', ground: 'accuracy' });
    expect(page.status).toBe(303);
    expect(page.headers.get('location')).toBe(`/people/${principal}?done=corrected`);
    const items = ['name', 'name_kana', 'phone'];
    const used = valueOf(await use(house.office, byOfficer(house), { principal, holding: news, items, purpose: 'P3' }));
    expect(used.values).toEqual({ name: person.name, phone: '03-0000-9999' });
    const entry = (await entriesOf(principal)).find((one) => one.action === 'people:correct');
    expect(entry).toMatchObject({ items: ['name_kana', 'phone'], ground: 'accuracy' });
    expect(entry!.decision!.because).toEqual(['APPI 22']);
  });

  test('offers to take out what is held, though the ledger no longer lists it', async () => {
    const listed = await house.db.owner.query<{ items: unknown }>('SELECT items FROM holdings WHERE id = $1', [news]);
    const list = (items: string) => house.db.owner.query('UPDATE holdings SET items = $2 WHERE id = $1', [news, items]);
    const form = async () => (await officer.get(`/people/${principal}/correct?holding=${news}`)).text();
    await list(JSON.stringify((listed[0]!.items as { code: string }[]).filter(({ code }) => code !== 'note')));
    expect(await form()).toContain('name="remove" value="note"');
    expect((await correct({ remove: 'note', ground: 'accuracy' })).status).toBe(303);
    expect(await form()).not.toContain('name="remove" value="note"');
    await list(JSON.stringify(listed[0]!.items));
  });

  test('names each field that is wrong and keeps every value', async () => {
    const html = await (await correct({ 'items.email': 'none', 'items.name': '<b>例示</b>' })).text();
    expect(html).toContain('href="#f-ground"');
    const wrong = await correct({ 'items.email': 'none', 'items.name': '<b>例示</b>', ground: 'accuracy' });
    const again = await wrong.text();
    expect(wrong.status).toBe(422);
    expect(again).toContain('href="#f-items-email"');
    expect(again).toContain('value="&lt;b&gt;例示&lt;/b&gt;"');
    expect((await correct({ ground: 'accuracy' })).status).toBe(422);
    await addPerson(house, news, { email: 'taken@example.jp' });
    const taken = await correct({ 'items.email': 'taken@example.jp', ground: 'accuracy' });
    expect(taken.status).toBe(409);
    expect(await taken.text()).toContain('href="#f-items-email"');
  });
});

test('an address is corrected to one that somebody else has where it is said of everybody who has it', async () => {
  const email = 'joined@example.jp';
  const { principal: first } = await addPerson(house, news, { name: '先 太郎', email });
  const { principal: who } = await addPerson(house, news, { name: '共 花子', email: 'joining@example.jp' });
  const to = `/people/${who}/correct`;
  const send = (more: Record<string, string> = {}): Promise<Response> =>
    officer.post(to, { holding: news, seen: '1', 'items.email': email, ground: 'accuracy', ...more }, to);
  const taken = await send();
  const html = await taken.text();
  expect(taken.status).toBe(409);
  expect(html).toContain(`name="sharesEmailWith" value="${first}"`);
  expect(html).not.toContain(`value="${first}" checked`);
  expect(html).not.toContain('先 太郎');
  const named = { sharesEmailWith: first, 'sharesEmailWith.shown': first };
  const wrong = await send({ ...named, ground: '' });
  expect([wrong.status, (await wrong.text()).includes(`name="sharesEmailWith" value="${first}" checked`)]).toEqual([
    422,
    true,
  ]);
  expect((await send(named)).status).toBe(303);
  expect((await entriesOf(who))[0]).toMatchObject({ action: 'people:correct', email: 'shared' });
  const found = await officer.post('/people/search', { email, holding: '' }, '/people');
  const list = await found.text();
  for (const id of [first, who]) expect(list).toContain(`href="/people/${id}"`);
});

describe('receipts', () => {
  /** The positions where a flipped bit was not noticed, trying every `step`-th byte. */
  const unnoticed = (bytes: Uint8Array, step: number): number[] => {
    const accepted: number[] = [];
    for (let at = 0; at < bytes.length; at += step) {
      const copy = Uint8Array.from(bytes);
      copy[at]! ^= 0x01;
      if (verifyFile(copy).ok) accepted.push(at);
    }
    return accepted;
  };

  /** Waits for the log: a long transaction elsewhere on the server can hold it back, and a page waits only two seconds. */
  const signed = (): Promise<void> => signAll(house.db.app, house.office.signer);
  beforeEach(signed);

  const pdf = (entry: string, to: string): Promise<Response> =>
    officer.post(`/people/${principal}/receipts/${entry}.pdf`, { to }, `/people/${principal}/receipts/${entry}`);

  test.each(['ja', 'en'])('a sealed PDF in %s that verifies, and not with any byte changed', async (to) => {
    const before = (await entriesOf(principal)).length;
    const answer = await pdf(acquisition, to);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="receipt-[0-9a-f]{8}-(ja|en)\.pdf"$/,
    );
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const checked = verifyFile(bytes, vkeyOf(house.office.signer));
    expect(checked).toMatchObject({ ok: true, kind: 'pdf-receipt', entry: { id: acquisition, principal } });
    expect(unnoticed(bytes, 101)).toEqual([]);
    expect(Buffer.from(bytes).toString('latin1')).toMatch(/<pdfuaid:part>1<\/pdfuaid:part>|pdfuaid:part="1"/);
    const entries = await entriesOf(principal);
    expect(entries).toHaveLength(before + 1);
    expect(entries[0]).toMatchObject({ action: 'people:receipt', about: acquisition, items: ['name'], holding: news });
    expect(entries[0]!.decision!.because).toEqual(['APPI 33(1)']);
  });

  test('is preceded by a page that says what it will state, without reading anything', async () => {
    const before = (await entriesOf(principal)).length;
    const html = await (await officer.get(`/people/${principal}/receipts/${acquisition}`)).text();
    expect(html).toContain('ご本人の個人情報を取得しました');
    expect(html).toContain('メールマガジンの配信');
    expect(holds(html)).toEqual([]);
    expect(await entriesOf(principal)).toHaveLength(before);
  });

  test.each(['ja', 'en'] as const)('leads whoever has it to what anybody may read, in %s', async (lang) => {
    const proof = valueOf(await proofOf(room, principal, acquisition));
    const told = await toldOf(room, { actor: officerOf(house), authority: [] }, proof.entry);
    const url = 'https://sekisho.example.jp';
    const facts = { told, proof, name: null, operator: null, on: house.clock.today(), url, attached: 'proof.json' };
    const ways = receiptLetter(facts, lang)
      .proof.join(' ')
      .match(/https:[\w./-]*[\w]/g);
    expect(ways).toEqual([`${url}/verify`, `${url}/log/key`, `${url}/log/consistency/${proof.size}`]);
  });

  const statedOf = async (entry: LogEntry, lang: 'ja' | 'en'): Promise<Record<string, string>> => {
    const proof = valueOf(await proofOf(room, entry.principal!, entry.id));
    const told = await toldOf(room, { actor: officerOf(house), authority: [] }, proof.entry);
    const letter = receiptLetter(
      { told, proof, name: null, operator: null, on: house.clock.today(), url: '', attached: 'proof.json' },
      lang,
    );
    return Object.fromEntries(letter.facts);
  };

  describe('of consents and objections', () => {
    /** A person who consented, withdrew that, asked twice to stop, and had one of these taken back. */
    async function ended(): Promise<{ who: string; entries: LogEntry[] }> {
      const { principal: who } = await addPerson(house, news, { name: '例示 取下', email: `${newId(0)}@example.jp` });
      await addPerson(house, visits, { visit: '2026-12-01 11:00 総務部' }, who);
      const text = await addConsentText(house, { holding: news, recipients: [recipient], items: ['name', 'email'] });
      const consent = await addConsent(house, who, text);
      const [by, on] = [byOfficer(house), day('2026-11-25')];
      valueOf(await withdrawConsent(house.office, by, consent, { on, evidence: null }));
      valueOf(await stateWithdrawalTime(house.office, by, consent, 9.5 * 3_600_000));
      const ask = { principal: who, said: { on, at: null }, evidence: null, purpose: null, recipient: null };
      valueOf(await object(house.office, by, { ...ask, scope: 'purpose', purpose: 'P3' }));
      const { row } = valueOf(await object(house.office, by, { ...ask, scope: 'recipient', recipient }));
      valueOf(await retractObjection(house.office, by, row.id, '誤り'));
      await signed();
      return { who, entries: await entriesOf(who) };
    }

    let recipient: string;
    beforeAll(async () => {
      recipient = await addRecipient(house, { name: '株式会社例示の相手' });
    });

    test('says which consent, which scope, purpose and recipient, and on which day', async () => {
      const { entries } = await ended();
      const of = async (action: string, lang: 'ja' | 'en', nth = 0): Promise<Record<string, string>> =>
        statedOf(entries.filter((one) => one.action === action)[nth]!, lang);
      const scope = {
        同意: '共催者への提供（第1版）',
        同意の種類: '第三者への提供（法27条1項）',
        同意した日: '令和8年11月20日',
        台帳: 'メールマガジンの読者',
        情報の項目: '氏名、メールアドレス',
        利用目的: 'P3：メールマガジンの配信、セミナーやフォーラムのご案内、報道された内容についての情報の公開',
        提供先: '株式会社例示の相手',
      };
      expect(await of('consent:record', 'ja')).toMatchObject({ ...scope, 同意した人: 'ご本人' });
      expect(await of('consent:withdraw', 'ja')).toMatchObject({ ...scope, 取り下げた日: '令和8年11月25日' });
      expect(await of('consent:withdraw', 'en')).toMatchObject({
        Consent: 'Provision to the partner (version 1)',
        'Kind of consent': 'Provision to a third party (Art. 27(1))',
        'Given on': '20 November 2026',
        'Withdrawn on': '25 November 2026',
        Recipient: '株式会社例示の相手',
      });
      expect(await of('consent:withdrawal-time', 'ja')).toMatchObject({
        同意: '共催者への提供（第1版）',
        取り下げた日: '令和8年11月25日 9:30（日本時間）',
      });
      const [toOne, forPurpose] = await Promise.all([of('consent:object', 'ja'), of('consent:object', 'ja', 1)]);
      expect(toOne).toMatchObject({
        何をやめてほしいか: 'ある提供先への提供をやめる',
        申出を受けた日: '令和8年11月25日',
        提供先: '株式会社例示の相手',
      });
      expect(forPurpose).toMatchObject({ 何をやめてほしいか: 'ある目的での利用をやめる', 利用目的: scope.利用目的 });
      expect(forPurpose).not.toHaveProperty('提供先');
      expect(await of('consent:retract-objection', 'en')).toMatchObject({
        'What is to stop': 'Stop providing to one recipient',
        'Received on': '25 November 2026',
        Recipient: '株式会社例示の相手',
      });
    });

    test('is given to a token only for a purpose of that consent or objection', async () => {
      const { who, entries } = await ended();
      const actor = { kind: 'system' as const, id: newId(0), name: '', token: newId(0), actions: ['people:receipt'] };
      const asked = (action: string, ...purposes: string[]) => {
        const { id: entry } = entries.findLast((one) => one.action === action)!;
        const by = { actor: { ...actor, purposes } as Actor, authority: [] };
        return receiptPdf(room, by, { principal: who, entry, lang: 'ja' });
      };
      for (const action of ['consent:record', 'consent:withdraw', 'consent:withdrawal-time', 'consent:object'])
        expect([action, (await asked(action, 'P4')).ok, (await asked(action, 'P3')).ok]).toEqual([action, false, true]);
    });
  });

  let collection: string | undefined;

  test.each([
    [
      'ja',
      { 個人関連情報: '広告会社の関心データ', 情報の項目: '広告の番号、関心の分野' },
      { 情報の項目: '広告の番号' },
    ],
    ['en', { 'Related information': 'Interests from AdCo', Items: 'Ad number, Interests' }, { Items: 'Ad number' }],
  ] as const)('of related information names it and its items in words, in %s', async (lang, received, linked) => {
    collection ??= valueOf(
      await registerCollection(house.office, byOfficer(house), {
        name: { ja: '広告会社の関心データ', en: 'Interests from AdCo' },
        source: 'third-party',
        place: '例示広告株式会社',
        searchable: true,
        communications: false,
        items: [
          { code: 'ad_id', label: { ja: '広告の番号', en: 'Ad number' }, tells: 'nobody' },
          { code: 'interest', label: { ja: '関心の分野', en: 'Interests' }, tells: 'nobody' },
        ],
      }),
    ).id;
    const receive = await spoken('related:receive', { collection, items: ['ad_id', 'interest'] });
    const link = await spoken('related:link', { collection, identifier: 'ad_id' });
    await signed();
    expect(await statedOf(receive, lang)).toMatchObject(received);
    expect(await statedOf(link, lang)).toMatchObject(linked);
    const visitor = await house.visitor('officer', lang);
    const history = await (await visitor.get(`/people/history?principal=${principal}`)).text();
    for (const name of Object.values(received)) expect(history).toContain(name);
    expect(history).not.toMatch(/>(ad id|interest)[,<]/);
  });

  test('gives the proof alone as JSON, exactly as it verifies', async () => {
    const answer = await officer.get(`/people/${principal}/receipts/${acquisition}.json`);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect(verifyFile(bytes)).toMatchObject({ ok: true, kind: 'receipt', entry: { id: acquisition } });
    expect(unnoticed(bytes, 1)).toEqual([]);
    expect(holds(Buffer.from(bytes).toString())).toEqual([]);
  });

  test('of a provision is a disclosure of its record, and of a refusal says that nothing was read', async () => {
    const provided = valueOf(
      await provide(house.office, byOfficer(house), {
        principal,
        holding: news,
        items: ['name'],
        purpose: 'P3',
        recipient: await addRecipient(house, { name: '株式会社みなと印刷', relations: ['entrustment'] }, entrusted),
        facts: { relation: 'entrustment' },
      }),
    );
    await signed();
    const page = await (await officer.get(`/people/${principal}/receipts/${provided.id}`)).text();
    expect(page).toContain('株式会社みなと印刷');
    expect(page).toContain('業務の委託');
    expect((await pdf(provided.id, 'ja')).status).toBe(200);
    expect((await entriesOf(principal))[0]!.decision!.because).toEqual(['APPI 33(5)']);
    const refusal = (await entriesOf(principal)).find((one) => one.action === 'refused')!;
    const refused = await (await officer.get(`/people/${principal}/receipts/${refusal.id}`)).text();
    expect(refused).toContain('ご本人の個人情報は読み出していません');
  });

  test('of a refused provision says whom it was to go to, and of a refused use nobody', async () => {
    const recipient = await addRecipient(house, { name: '株式会社例示の断られた相手' });
    const ask = { principal, holding: news, items: ['name'], purpose: 'P3' };
    const facts = { relation: 'third-party' } as const;
    const answer = await provide(house.office, byOfficer(house), { ...ask, recipient, facts });
    expect(answer).toMatchObject({ ok: false, problem: { kind: 'refused' } });
    const refused = await newest();
    expect(refused).toMatchObject({ action: 'refused', asked: 'provide', recipient });
    await signed();
    expect(await statedOf(refused, 'ja')).toMatchObject({ 求められた提供先: '株式会社例示の断られた相手' });
    expect(await statedOf(refused, 'en')).toMatchObject({ 'Was to go to': '株式会社例示の断られた相手' });
    const told = await spoken('desk:tell-recipient', { recipient });
    const use = await spoken('refused', { asked: 'use' });
    await signed();
    expect(await statedOf(told, 'ja')).toMatchObject({ 提供先: '株式会社例示の断られた相手' });
    expect(Object.keys(await statedOf(use, 'ja'))).toEqual(['したこと', '日時', '扱った者']);
  });

  test('of the decision on a record about the person says that it was one, and no code', async () => {
    const reviewed = await spoken('desk:reviewed', { holding: 'receipts', item: newId(0), review: 'withhold' });
    await signed();
    const stated = await statedOf(reviewed, 'ja');
    expect([stated['記録'], stated['台帳']]).toEqual(['受け取りの記録 1件', undefined]);
  });

  test('of what was done with a request says which request it was', async () => {
    const { row } = await registered(room, byOfficer(house), 'disclosure');
    const closed = await spoken('desk:closed', { request: row.id, kind: 'disclosure' });
    const looked = await spoken('refused', { asked: 'use', request: row.id });
    const unknown = await spoken('desk:closed', { request: newId(0) });
    await signed();
    const number = requestNumber(row);
    expect(number).toMatch(/^R-2026-\d{3}$/);
    expect(await statedOf(closed, 'ja')).toMatchObject({ したこと: '請求の終了', 請求の番号: number });
    expect(await statedOf(closed, 'en')).toMatchObject({ 'What was done': 'Request closed', Request: number });
    expect(await statedOf(looked, 'ja')).toMatchObject({ 請求の番号: number });
    expect(Object.keys(await statedOf(unknown, 'ja'))).toEqual(['したこと', '日時', '記録した者']);
  });

  test('is not given for an entry about somebody else, or about nobody', async () => {
    const other = await addPerson(house, news, { name: '例示 花子' });
    for (const entry of [other.acquisition, newId(house.clock.now())]) {
      expect((await officer.get(`/people/${principal}/receipts/${entry}`)).status).toBe(404);
      expect((await officer.get(`/people/${principal}/receipts/${entry}.json`)).status).toBe(404);
      const made = await receiptPdf(room, { actor: officerOf(house), authority: [] }, { principal, entry, lang: 'ja' });
      expect(made).toMatchObject({ ok: false, problem: { kind: 'not-found' } });
    }
  });

  test('reads no name for a token that is told of a holding without it alone, and is on record all the same', async () => {
    const { principal: both } = await addPerson(house, news, { name: '例示 両方', email: 'both@example.jp' });
    const { acquisition: visit } = await addPerson(house, visits, { visit: '2026-12-01 14:00 営業部' }, both);
    await signed();
    const reception: Actor = {
      kind: 'system',
      id: newId(house.clock.now()),
      name: '受付システム',
      token: newId(house.clock.now()),
      purposes: ['P4'],
      actions: ['people:receipt'],
    };
    const by = { actor: reception, authority: ['system-within-token'] };
    const made = valueOf(await receiptPdf(room, by, { principal: both, entry: visit, lang: 'ja' }));
    expect(verifyFile(made.bytes)).toMatchObject({ ok: true, entry: { id: visit } });
    const [issued] = await entriesOf(both);
    const { actor, authority } = { actor: `system:${reception.id}`, authority: by.authority };
    expect(issued).toMatchObject({ action: 'people:receipt', about: visit, actor, authority });
    expect([issued!.items, issued!.holding]).toEqual([undefined, undefined]);
    const officers = { actor: officerOf(house), authority: [] };
    valueOf(await receiptPdf(room, officers, { principal: both, entry: visit, lang: 'ja' }));
    expect((await entriesOf(both))[0]).toMatchObject({ action: 'people:receipt', items: ['name'], holding: news });
  });

  test('can be written for a name no font of ours has', async () => {
    const rare = await addPerson(house, news, { name: '𮕩𱁬 🙂 مثال' });
    const by = { actor: officerOf(house), authority: [] };
    await signed();
    for (const lang of ['ja', 'en'] as const) {
      const made = valueOf(await receiptPdf(room, by, { principal: rare.principal, entry: rare.acquisition, lang }));
      expect(verifyFile(made.bytes).ok).toBe(true);
    }
  });
});

describe('erasure', () => {
  test('asks with the facts, gives one certificate however often it is asked, and ends all opening', async () => {
    const gone = await addPerson(house, news, { name: '例示 消子', email: 'gone@example.jp' });
    const at = `/people/${gone.principal}`;
    const asks = await (await officer.get(`${at}/erase`)).text();
    expect(asks).toContain('2項目（氏名、メールアドレス）');
    expect(asks).toContain('法35条7項');
    expect((await officer.post(`${at}/erase`, {})).status).toBe(422);

    const done = await officer.post(`${at}/erase`, { ground: 'no-longer-needed' });
    expect(done.status).toBe(303);
    expect(done.headers.get('location')).toBe(at);
    const page = await (await officer.get(at)).text();
    expect(page).toContain('この本人の情報は消去しました');
    await signAll(house.db.app, house.office.signer);

    const first = await (await officer.get(`${at}/certificate.json`)).text();
    expect(verifyFile(Buffer.from(first))).toMatchObject({
      ok: true,
      kind: 'erasure-certificate',
      entry: { principal: gone.principal },
    });
    const again = valueOf(
      await eraseAll(house.office, byOfficer(house), {
        principal: gone.principal,
        ground: 'no-longer-needed',
      }),
    );
    expect(JSON.parse(first)).toMatchObject({ receipt: { entry: { id: again.entry } } });
    expect((await entriesOf(gone.principal)).filter((one) => one.action === 'people:erase')).toHaveLength(1);
    expect(await (await officer.get(`${at}/certificate.json`)).text()).toBe(first);

    const opened = await officer.post(
      `${at}/open`,
      { holding: news, n: '0', 'items-0': 'name', 'purpose-0': 'P3' },
      at,
    );
    expect(opened.status).toBe(303);
    const used = await use(house.office, byOfficer(house), {
      principal: gone.principal,
      holding: news,
      items: ['name'],
      purpose: 'P3',
    });
    expect(used).toMatchObject({ ok: false, problem: { kind: 'not-found' } });

    const made = await officer.post(`${at}/receipts/${again.entry}.pdf`, { to: 'ja' }, at);
    const bytes = new Uint8Array(await made.arrayBuffer());
    expect(made.headers.get('content-disposition')).toContain('erasure-');
    expect(verifyFile(bytes)).toMatchObject({ ok: true, kind: 'pdf-receipt', entry: { action: 'people:erase' } });
    expect((await entriesOf(gone.principal))[0]).toMatchObject({ action: 'people:receipt', about: again.entry });
    expect((await officer.get(`/people/${principal}/certificate.json`)).status).toBe(404);
  });
});

describe('after an erasure', () => {
  /** The files of the whole database that contain these bytes, by the names of their tables and indexes. */
  const filesOf = async (bytes: Buffer): Promise<string[]> => {
    await house.db.owner.query('CHECKPOINT', []);
    const files = await house.db.owner.query<{ name: string }>(
      `SELECT coalesce(pg_filenode_relation(0, nullif(substring(file FROM '^[0-9]+'), '')::oid)::text, file) AS name
       FROM (SELECT oid FROM pg_database WHERE datname = current_database()) AS d, pg_ls_dir('base/' || d.oid) AS file
       WHERE position($1::bytea IN coalesce(pg_read_binary_file('base/' || d.oid || '/' || file, 0, 1 << 29, true), '')) > 0`,
      [bytes],
    );
    return files.map(({ name }) => name).sort();
  };
  const waiting = async (): Promise<number> =>
    (await house.db.owner.query('SELECT 1 FROM dropped_keys WHERE cleared_at IS NULL', [])).length;
  const clearing = (): Promise<number> => clearDropped(house.office, 'vault_principals');
  const erasing = async (gone: string): Promise<void> => {
    const asked = { principal: gone, ground: 'no-longer-needed' } as const;
    valueOf(await eraseAll(house.office, byOfficer(house), asked));
  };
  const addMany = async (): Promise<string[]> => {
    const all: string[] = [];
    for (let i = 0; i < 12; i++)
      all.push((await addPerson(house, news, { name: '例示 消去', note: 'x'.repeat(200) })).principal);
    return all;
  };
  const keyOf = async (of: string): Promise<Buffer> =>
    (
      await house.db.owner.query<{ wrapped_key: Buffer }>('SELECT wrapped_key FROM vault_principals WHERE id = $1', [
        of,
      ])
    )[0]!.wrapped_key;

  test('the key leaves every file of the database once nobody reads it, and the log says so', async () => {
    const all = await addMany();
    // No row takes the place of the last row of a page, so its bytes stay however often the table is vacuumed.
    const gone = all.at(-1)!;
    const [key, kept] = [await keyOf(gone), await keyOf(all[0]!)];
    // ANALYZE copies samples of a table into the planner's statistics.
    await house.db.owner.query('ANALYZE', []);
    expect(await filesOf(key)).toEqual(['vault_principals']);
    await house.db.owner.transaction(async (reader) => {
      await reader.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ', []);
      await reader.query('SELECT 1 FROM vault_principals', []);
      await erasing(gone);
      const before = await waiting();
      expect(await clearing()).toBe(0);
      expect(await waiting()).toBe(before);
      expect((await newest()).action).toBe('people:erase');
      expect(await filesOf(key)).toEqual(['vault_principals']);
    });
    const erasures = await waiting();
    // A connection that is just beginning counts as an older reader for a moment.
    await expect.poll(clearing).toBe(erasures);
    expect(await filesOf(key)).toEqual([]);
    expect(await filesOf(kept)).toEqual(['vault_principals']);
    expect(await newest()).toMatchObject({
      action: 'people:clear',
      actor: 'sekisho',
      table: 'vault_principals',
      keys: erasures,
    });
    expect(await clearing()).toBe(0);
    expect(await waiting()).toBe(0);
    expect((await newest()).action).toBe('people:clear');
  });

  test('nobody waits behind it: held up by somebody at work it gives way, and does it all at the next time', async () => {
    const [gone, other] = await addMany();
    const key = await keyOf(gone!);
    await erasing(gone!);
    await house.db.owner.transaction(async (tx) => {
      // Holds a lock but no snapshot.
      await tx.query('LOCK TABLE vault_principals IN ROW SHARE MODE', []);
      expect(await clearing()).toBe(0);
    });
    expect((await newest()).action).toBe('people:erase');
    const twoAtOnce = async () => (await Promise.all([clearing(), clearing()])).toSorted();
    await expect.poll(twoAtOnce).toEqual([0, 1]);
    expect(await filesOf(key)).toEqual([]);
    expect((await newest()).action).toBe('people:clear');
    const read = { principal: other!, holding: news, items: ['name'], purpose: 'P3' };
    valueOf(await use(house.office, byOfficer(house), read));
  });

  test.each<[string, string, string, boolean, number?]>([
    ['at once where few are kept', '2026-12-07T09:10:00+09:00', '2026-12-07T09:00:00+09:00', true, 16_777_216],
    ['of many, at night', '2026-12-07T01:00:00+09:00', '2026-12-07T00:59:00+09:00', true],
    ['until five', '2026-12-07T04:59:59+09:00', '2026-12-07T04:00:00+09:00', true],
    ['not in the morning', '2026-12-07T05:00:00+09:00', '2026-12-07T04:00:00+09:00', false],
    ['not by day', '2026-12-07T23:59:59+09:00', '2026-12-07T09:00:00+09:00', false],
    ['by day once it has waited for a day', '2026-12-07T09:00:00+09:00', '2026-12-06T09:00:00+09:00', true],
  ])('%s', (_, now, erased, due, size = 16_777_217) => {
    expect(isTimeToClear(Date.parse(now), { since: Date.parse(erased), size })).toBe(due);
  });
});

describe('everybody in a holding', () => {
  const list = (fields: Record<string, string>): Promise<Response> => officer.post('/people/search', fields, '/people');
  const idsIn = (html: string): string[] => [...html.matchAll(/>\s*([0-9a-f-]{36})\s*<\/a>/g)].map((one) => one[1]!);

  test('is listed page by page by whole numbers, with no value, and each page is logged as a search', async () => {
    const members = await addHolding(house, { name: { ja: '会員台帳', en: 'Members' } });
    const added: string[] = [];
    for (let i = 0; i < 51; i += 1)
      added.push((await addPerson(house, members, { name: '例示 会員', email: `member-${i}@example.jp` })).principal);
    const first = await (await list({ holding: members })).text();
    expect(idsIn(first)).toHaveLength(50);
    expect(await newest()).toMatchObject({ action: 'people:search', by: ['holding'], holding: members, found: 51 });
    const after = /name="after" value="([0-9a-f-]{36})"/.exec(first)![1]!;
    const second = await (await list({ holding: members, after })).text();
    expect(idsIn(second)).toHaveLength(1);
    expect(second).not.toContain('name="after"');
    expect([...idsIn(first), ...idsIn(second)].toSorted()).toEqual(added.toSorted());
    for (const html of [first, second]) expect(html).not.toContain('例示 会員');
    expect(await newest()).toMatchObject({ action: 'people:search', found: 1 });
  });

  test('says when nobody is in it, and refuses one that is none', async () => {
    const empty = await addHolding(house, { name: { ja: '空の台帳', en: 'Empty' } });
    expect(await (await list({ holding: empty })).text()).toContain('この台帳には、まだだれもいません');
    const wrong = await list({ holding: newId(1) });
    expect([wrong.status, (await wrong.text()).includes('href="#f-holding"')]).toEqual([422, true]);
  });
});
