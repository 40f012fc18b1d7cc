// The pages of acquisition on a real office: a person comes in with record and log entry, a written form that did not show its purpose is refused
// with Article 21(2), bad input loses nothing, and no address ever carries a value.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestOffice, type TestOffice, type Visitor } from '../../../tests/office.ts';
import { doesNotOpen, flipped, tampered } from '../../../tests/tamper.ts';
import { addHolding, byOfficer, openTestCheckpoint, valueOf } from '../../../tests/people.ts';
import { newId } from '../../base/id.ts';
import { listEntries, type LogEntry } from '../../log/index.ts';
import { peopleByHolding } from '../../vault/index.ts';
import { eraseAll, use } from '../checkpoint/index.ts';
import { acquisitionPages, acquisitionsOf } from './index.ts';

let house: TestOffice;
let officer: Visitor;
let news: string;
let event: string;
let forget: () => Promise<void>;
beforeAll(async () => {
  house = await openTestOffice((office, access) => acquisitionPages({ office, access }));
  forget = await openTestCheckpoint(house);
  news = await addHolding(house);
  event = await addHolding(house, {
    name: { ja: '催しの参加者', en: 'Event guests' },
    purposes: ['P1', 'P3'],
    items: [
      'name',
      'birth_date',
      { code: 'wheelchair', label: { ja: '車いすの利用', en: 'Wheelchair' }, special_care: true },
    ],
    channels: ['paper', 'oral', 'indirect'],
  });
  officer = await house.visitor('officer');
});
afterAll(async () => {
  await forget();
  await house.close();
});

const name = '𠮷野 <b>家</b>';

const send = (fields: Record<string, string | string[]>): Promise<Response> =>
  officer.post(
    '/acquisitions',
    { holding: news, channel: 'oral', source: 'principal', purposes: 'P3', key: newId(house.clock.now()), ...fields },
    `/acquisitions/new?holding=${String(fields.holding ?? news)}`,
  );

const newest = async (): Promise<LogEntry> => (await listEntries(house.db.app, { most: 1 }))[0]!.entry;
const inHolding = async (id: string): Promise<number> => (await peopleByHolding(house.db.app)).get(id) ?? 0;
const principalOf = (page: Response): string =>
  /^\/people\/([0-9a-f-]{36})\?done=acquired$/.exec(page.headers.get('location')!)![1]!;

test('the form is chosen by holding, shows the purposes before the first field and ticks the only one, but none of several', async () => {
  const choose = await (await officer.get('/acquisitions/new')).text();
  expect(choose).toContain(`href="/acquisitions/new?holding=${news}"`);
  expect(choose).toContain('P3 配信とご案内');
  const html = await (await officer.get(`/acquisitions/new?holding=${news}`)).text();
  expect(html).toMatch(/value="P3" checked/);
  // With several purposes, the clerk must say which were stated to the person.
  const several = await (await officer.get(`/acquisitions/new?holding=${event}`)).text();
  expect(several.match(/name="purposes" value="P\d" checked|name="purposes" value="P\d"/g)).toEqual([
    'name="purposes" value="P1"',
    'name="purposes" value="P3"',
  ]);
  expect(html.indexOf('ここに入力する情報の利用目的')).toBeLessThan(html.indexOf('name="channel"'));
  expect(html.indexOf('メールマガジンの配信')).toBeLessThan(html.indexOf('name="channel"'));
  expect((await officer.get(`/acquisitions/new?holding=${newId(house.clock.now())}`)).status).toBe(404);
  expect((await (await house.visitor('desk')).get('/acquisitions/new')).status).toBe(403);
});

describe('acquiring', () => {
  test('a holding of what others give alone has a form that can be sent, and takes nothing from the person', async () => {
    const given = await addHolding(house, { name: { ja: '公開名簿', en: 'Public lists' }, channels: ['indirect'] });
    const html = await (await officer.get(`/acquisitions/new?holding=${given}`)).text();
    expect(html).toContain('name="channel" value="paper"');
    expect(html).not.toContain('value="principal"');
    const sent = { holding: given, channel: 'paper', 'items.name': '例示 公子' };
    const fromNowhere = await send({ ...sent, source: 'public' });
    expect(fromNowhere.status).toBe(422);
    expect(await fromNowhere.text()).toMatch(/href="#f-receipt-provider-name"[^<]*>[^<]*方針の条項8で約束しています/);
    expect((await send({ ...sent, source: 'public', 'receipt.provider.name': '例示新聞' })).status).toBe(303);
    expect((await send({ ...sent, source: 'principal', placement: 'before-submit' })).status).toBe(422);
    expect(await inHolding(given)).toBe(1);
  });

  test('keeps exactly what was typed, and redirects to an address that holds ids only', async () => {
    const page = await send({ 'items.name': name, 'items.email': 'ieko@example.jp', 'items.note': 'a\nb' });
    expect(page.status).toBe(303);
    const principal = principalOf(page);
    const used = valueOf(
      await use(house.office, byOfficer(house), {
        principal,
        holding: news,
        items: ['name', 'email', 'phone'],
        purpose: 'P3',
      }),
    );
    expect(used.values).toEqual({ name, email: 'ieko@example.jp' });
    const [record] = await acquisitionsOf(house.office, principal);
    expect(record).toMatchObject({
      channel: 'oral',
      source: 'principal',
      items: ['name', 'email', 'note'],
      purposes: ['P3'],
    });
    const html = await (await officer.get(`/acquisitions/${record!.id}`)).text();
    expect(html).toContain('法21条1項');
    expect(html).toContain(`/people/${principal}/receipts/${record!.id}`);
    expect(html).toContain('関口 真理');
    expect(html).not.toContain('ieko@example.jp');
  });

  test('reads a day as people write it, and names a day that is none', async () => {
    const event1 = { holding: event, purposes: 'P1', 'items.name': '例示 花子' };
    const principal = principalOf(await send({ ...event1, 'items.birth_date': '昭和55年4月1日' }));
    const ask = { principal, holding: event, items: ['birth_date'], purpose: 'P1' };
    expect(valueOf(await use(house.office, byOfficer(house), ask)).values).toEqual({ birth_date: '1980-04-01' });
    const wrong = await send({ ...event1, 'items.birth_date': '昭和55年4月31日' });
    const html = await wrong.text();
    expect(wrong.status).toBe(422);
    expect(html).toContain('href="#f-items-birth-date"');
    expect(html).toContain('value="昭和55年4月31日"');
  });

  test('pressing the button twice has its effect once', async () => {
    const before = await inHolding(news);
    const fields = { 'items.name': '例示 一度', key: newId(house.clock.now()) };
    const [one, two] = await Promise.all([send(fields), send(fields)]);
    expect(one.headers.get('location')).toBe(two.headers.get('location'));
    expect(await inHolding(news)).toBe(before + 1);
  });

  test('adds to a person who is known already', async () => {
    const principal = principalOf(await send({ 'items.name': '例示 重子' }));
    const added = await send({ holding: event, purposes: ['P1', 'P3'], principal, 'items.name': '例示 重子' });
    expect(principalOf(added)).toBe(principal);
    const from = (await acquisitionsOf(house.office, principal)).map((record) => record.holding);
    expect(new Set(from)).toEqual(new Set([event, news]));
  });
});

describe('adding to what a holding keeps of somebody', () => {
  const seenOn = (html: string): string => /name="seen" value="(\d*)"/.exec(html)?.[1] ?? '';
  const open = async (principal: string): Promise<string> =>
    (await officer.get(`/acquisitions/new?holding=${news}&principal=${principal}`)).text();
  const noteOf = async (principal: string): Promise<unknown> => {
    const ask = { principal, holding: news, items: ['note'], purpose: 'P3' };
    return valueOf(await use(house.office, byOfficer(house), ask)).values.note;
  };

  test('the form says what is kept already; nothing is replaced that was changed meanwhile, and nothing typed is lost', async () => {
    const principal = principalOf(await send({ 'items.name': '例示 版', 'items.note': '元' }));
    const form = await open(principal);
    expect(form.match(/すでに保管しています/g)).toHaveLength(2);
    const seen = seenOn(form);
    expect(seen).toBe('1');
    const add = (note: string, saw: string, more: Record<string, string> = {}) =>
      send({ principal, 'items.note': note, seen: saw, ...more });
    const both = await Promise.all([add('内容0', seen), add('内容1', seen, { 'items.phone': '03-0000-1111' })]);
    expect(both.map(({ status }) => status).sort()).toEqual([303, 409]);
    const second = both.findIndex(({ status }) => status === 409);
    const before = [await noteOf(principal), (await acquisitionsOf(house.office, principal)).length];
    expect(before).toEqual([`内容${1 - second}`, 2]);
    const html = await both[second]!.text();
    expect(html).toContain('画面を開いた後に変わりました');
    expect(html).toContain(second === 0 ? '取得　電話番号、備考' : '取得　備考');
    expect(html).toContain(`内容${second}`);
    expect(html).not.toContain(`内容${1 - second}`);
    // The same form sent again without the new version, as from another window, is refused again; with the version that the page now shows it goes
    // through.
    expect((await add('無断', '')).status).toBe(409);
    expect((await add('無断', seen)).status).toBe(409);
    expect([await noteOf(principal), (await acquisitionsOf(house.office, principal)).length]).toEqual(before);
    expect((await add(`内容${second}`, seenOn(html))).status).toBe(303);
    expect(await noteOf(principal)).toBe(`内容${second}`);
  });

  test('a form that is put right, or taken up again, keeps to what was seen when it was opened', async () => {
    const principal = principalOf(await send({ 'items.name': '例示 版二', 'items.note': '元' }));
    const seen = seenOn(await open(principal));
    expect((await send({ principal, seen, 'items.note': '先' })).status).toBe(303);
    const wrong = await send({ principal, seen, 'items.note': '後', 'items.email': 'none' });
    expect([wrong.status, seenOn(await wrong.text())]).toEqual([422, seen]);
    const refused = await send({ principal, seen, 'items.note': '後', source: 'third-party' });
    expect([refused.status, seenOn(await refused.text())]).toEqual([403, seen]);
    const again = await officer.post('/acquisitions/new', { holding: news, principal, seen, 'items.note': '後' });
    expect(seenOn(await again.text())).toBe(seen);
    expect((await send({ principal, seen, 'items.note': '後' })).status).toBe(409);
    expect(await noteOf(principal)).toBe('先');
  });
});

describe('refused', () => {
  test('a written form that did not show the purpose: 21(2) and our own clause, logged, nothing kept, and taken up again', async () => {
    const before = await inHolding(event);
    const fields = { holding: event, purposes: ['P1', 'P3'], channel: 'paper', placement: 'none', 'items.name': name };
    const page = await send(fields);
    const html = await page.text();
    expect(page.status).toBe(403);
    expect(html).toContain('不可　受け取れません');
    expect(html).toContain('法21条2項');
    expect(html).toContain('方針 条項17');
    expect(html).toContain('できること');
    expect(await inHolding(event)).toBe(before);
    expect(await newest()).toMatchObject({ action: 'refused', asked: 'acquire', holding: event, channel: 'paper' });
    const again = await (await officer.post('/acquisitions/new', fields)).text();
    expect(again).toContain('value="𠮷野 &lt;b&gt;家&lt;/b&gt;"');
    expect(again).toMatch(/value="none" checked/);
    expect((await send({ ...fields, placement: 'before-submit' })).status).toBe(303);
  });

  test('who gave it is not dropped because the person is said to have given it', async () => {
    const page = await send({
      source: 'principal',
      'items.name': '例示 三郎',
      'receipt.provider.name': '株式会社みなと印刷',
      'receipt.basis': 'consent',
      'receipt.documentSeen': 'yes',
    });
    const html = await page.text();
    const named = [...html.matchAll(/<a href="#f-([^"]*)"/g)].map(([, field]) => field);
    expect([page.status, named]).toEqual([422, ['receipt-provider-name', 'receipt-basis', 'receipt-documentSeen']]);
    expect(html).toContain('value="株式会社みなと印刷"');
  });

  test('an answer that was chosen by mistake can be taken back, and is then as if nobody had given it', async () => {
    const unset = { holding: event, placement: '', consent: '', 'receipt.documentSeen': '' };
    const html = await (await send({ ...unset, 'items.name': '' })).text();
    for (const field of ['placement', 'consent', 'receipt.documentSeen'])
      expect(html).toMatch(new RegExp(`<input type="radio" name="${field}" value="" checked`));
    expect((await send({ ...unset, 'items.name': '例示 四郎' })).status).toBe(303);
  });

  test('a third party whose part is not known: on hold, with what is missing', async () => {
    const page = await send({
      source: 'third-party',
      'items.name': '例示 三郎',
      'receipt.provider.name': '株式会社みなと印刷',
    });
    const html = await page.text();
    expect(page.status).toBe(403);
    expect(html).toContain('保留　まだ受け取れません');
    expect(html).toContain('足りない事実');
    expect(html).toContain('法30条1項');
    expect((await newest()).decision!.answer).toBe('unknown');
  });

  test('of public information it is kept who publishes it', async () => {
    const fields = { source: 'public', 'items.name': '例示 四郎', 'receipt.provider.kind': 'corporation' };
    const page = await send({ ...fields, 'receipt.provider.name': '例示新聞' });
    const [record] = await acquisitionsOf(house.office, principalOf(page));
    expect(record).toMatchObject({ source: 'public', receipt: { provider: { name: '例示新聞' } } });
    expect(await (await officer.get(`/acquisitions/${record!.id}`)).text()).toContain('例示新聞');
  });

  test('once everything of Article 30 is known, it is taken in and its record is to be kept', async () => {
    const page = await send({
      source: 'third-party',
      'items.name': '例示 三郎',
      'receipt.provider.kind': 'corporation',
      'receipt.provider.name': '株式会社みなと印刷',
      'receipt.provider.address': '東京都例示区1-1',
      'receipt.provider.representative': '湊 太郎',
      'receipt.basis': 'consent',
      'receipt.howAcquired': '自社の催しで本人から',
      'receipt.documentSeen': 'yes',
      'receipt.consentObtained': 'yes',
    });
    const [record] = await acquisitionsOf(house.office, principalOf(page));
    expect(record!.receipt).toMatchObject({ basis: 'consent', provider: { name: '株式会社みなと印刷' } });
    expect(record!.because).toContain('APPI 30(1)');
    const html = await (await officer.get(`/acquisitions/${record!.id}`)).text();
    // Rules 24(1)(ii): consent, name, address and representative, and how they came by it.
    const shown = [...html.matchAll(/<dt[^>]*>(.*?)<\/dt>\s*<dd[^>]*>(.*?)<\/dd>/gs)].map(([, dt, dd]) => [dt, dd]);
    expect(shown).toEqual(
      expect.arrayContaining([
        ['提供元', '株式会社みなと印刷'],
        ['住所', '東京都例示区1-1'],
        ['代表者', '湊 太郎'],
        ['取得の経緯', '自社の催しで本人から'],
        ['経緯を示す契約書など', '見た'],
        ['渡す根拠', '本人の同意'],
        ['相手が得た本人の同意', '得ている'],
      ]),
    );
    expect(html).toMatch(/記録を20\d\d年\d+月\d+日まで保存/);
  });

  test('what is entrusted to us is taken in only for that work; whether it is has to be said', async () => {
    const entrusted = {
      source: 'third-party',
      'items.name': '例示 四郎',
      'receipt.provider.kind': 'corporation',
      'receipt.provider.name': '株式会社みなと印刷',
      'receipt.basis': 'not-third-party',
    };
    for (const [answer, said] of [
      ['', 'unknown'],
      ['yes', 'no'],
    ] as const) {
      expect((await send({ ...entrusted, 'receipt.ownUse': answer })).status).not.toBe(303);
      expect((await newest()).decision!.answer).toBe(said);
    }
    const page = await send({ ...entrusted, 'receipt.ownUse': 'no' });
    const [record] = await acquisitionsOf(house.office, principalOf(page));
    expect(record!.receipt).toMatchObject({ basis: 'not-third-party', ownUse: false });
    const html = await (await officer.get(`/acquisitions/${record!.id}`)).text();
    expect(html).toMatch(/任された業務のほかの利用<\/dt>\s*<dd[^>]*>しない/);
  });
});

describe('consent to special care-required information', () => {
  const care = {
    holding: '',
    purposes: ['P1', 'P3'],
    source: 'observed',
    'items.name': '例示 花',
    'items.wheelchair': 'はい',
  };
  const covering = { 'consent.coversItems': 'yes', 'consent.coversPurpose': 'yes' };
  const consenting = (more: Record<string, string>) =>
    send({ ...care, holding: event, consent: 'yes', 'consent.on': '2026/11/20', ...covering, ...more });

  test('asks who consented, and takes in what the legal representative consented to', async () => {
    const form = await (await officer.get(`/acquisitions/new?holding=${event}`)).text();
    expect(form).toContain('name="consent.givenBy"');
    expect(form).toContain('12歳から15歳くらいまで');
    expect(await (await officer.get(`/acquisitions/new?holding=${news}`)).text()).not.toContain('consent.givenBy');
    const principal = principalOf(await consenting({ 'consent.givenBy': 'representative' }));
    const [record] = await acquisitionsOf(house.office, principal);
    expect(record!.because).toEqual(expect.arrayContaining(['APPI 20(2)', 'Guideline 2-16']));
  });

  test('a child alone cannot consent: refused with what may be done, and taken up again as it was typed', async () => {
    const before = await inHolding(event);
    const fields = { 'consent.givenBy': 'without-capacity' };
    const page = await consenting(fields);
    const html = await page.text();
    expect(page.status).toBe(403);
    expect(html).toContain('不可　受け取れません');
    expect(html).toContain('法定代理人に、同意を求める');
    expect(await inHolding(event)).toBe(before);
    const typed = { ...care, holding: event, consent: 'yes', 'consent.on': '2026/11/20', ...fields };
    const again = await (await officer.post('/acquisitions/new', typed)).text();
    expect(again).toContain('<option value="without-capacity" selected');
  });

  test('a consent is not dropped because it is not said that there is one', async () => {
    const before = await inHolding(event);
    for (const consent of ['', 'no']) {
      const page = await consenting({ consent, 'consent.givenBy': 'principal' });
      const html = await page.text();
      const named = ['consent.givenBy', 'consent.on'].map((name) =>
        html.includes(`href="#f-${name.replace('.', '-')}"`),
      );
      expect([consent, page.status, named]).toEqual([consent, 422, [true, true]]);
      expect(html).toContain('value="2026/11/20"');
    }
    expect(await inHolding(event)).toBe(before);
  });

  test('left open who consented: on hold', async () => {
    const page = await consenting({});
    expect(page.status).toBe(403);
    expect(await page.text()).toContain('保留　まだ受け取れません');
    expect((await newest()).decision!.answer).toBe('unknown');
  });
});

describe('an e-mail address that somebody has already', () => {
  const SHARES = 'sharesEmailWith';
  const choices = (html: string): string[] =>
    [...html.matchAll(/name="sharesEmailWith" value="([^"]*)"/g)].map(([, id]) => id!);
  const ticked = (html: string): string[] =>
    [...html.matchAll(/name="sharesEmailWith" value="([^"]*)" checked/g)].map(([, id]) => id!);
  const newestOf = async (principal: string) => (await acquisitionsOf(house.office, principal))[0]!;

  test('is looked at, compared and said to be shared; everybody who has it is named, nobody is ticked beforehand', async () => {
    const first = principalOf(
      await send({ 'items.name': '例示 夫', 'items.email': 'couple@example.jp', 'items.note': '秘密の備考' }),
    );
    const wife = { 'items.name': '例示 妻', 'items.email': 'COUPLE@example.jp' };
    const taken = await send(wife);
    const html = await taken.text();
    expect([taken.status, choices(html), ticked(html)]).toEqual([409, [first], []]);
    expect(html).toContain('href="#f-items-email"');
    expect(html).toContain(`href="/people/${first}" target="_blank"`);
    expect(html).toContain('氏名 ●●●、メールアドレス ●●●、備考 ●●●');
    expect(html).not.toContain('例示 夫');
    const before = await inHolding(news);
    const shown = { ...wife, [`${SHARES}.shown`]: first };
    const opened = await officer.post(
      '/acquisitions/compare',
      { holding: news, channel: 'oral', source: 'principal', purposes: 'P3', ...shown },
      `/acquisitions/new?holding=${news}`,
    );
    const beside = await opened.text();
    expect([opened.status, choices(beside), ticked(beside)]).toEqual([200, [first], []]);
    expect(beside).toMatch(/例示 妻.*例示 夫/s);
    expect(beside).not.toContain('秘密の備考');
    expect(await newest()).toMatchObject({
      action: 'people:use',
      principal: first,
      items: ['name', 'email'],
      purpose: 'P3',
    });
    // An error elsewhere loses neither the choice nor the persons shown.
    const wrong = await send({ ...shown, channel: '', [SHARES]: first });
    expect([wrong.status, ticked(await wrong.text())]).toEqual([422, [first]]);
    expect(await inHolding(news)).toBe(before);
    const second = principalOf(await send({ ...shown, [SHARES]: first }));
    expect(await newestOf(second)).toMatchObject({ emailShared: true });
    const record = await (await officer.get(`/acquisitions/${(await newestOf(second)).id}`)).text();
    expect(record).toContain('ほかの人と共に使うものと示した');
    const own = await (await officer.get(`/acquisitions/${(await newestOf(first)).id}`)).text();
    expect(own).not.toContain('共に使う');
    // Naming one of two shows both again, with the one still named.
    const child = { 'items.name': '例示 子', 'items.email': 'couple@example.jp' };
    const few = await send({ ...child, [`${SHARES}.shown`]: first, [SHARES]: first });
    const both = await few.text();
    expect([few.status, choices(both), ticked(both)]).toEqual([409, [first, second], [first]]);
    expect(both).toContain('href="#f-sharesEmailWith"');
    expect((await send({ ...child, [SHARES]: [first, second] })).status).toBe(303);
  });

  test('is nobody’s any more: that is said at the address, and it goes on without naming anybody', async () => {
    const email = { 'items.name': '例示 残', 'items.email': 'gone@example.jp' };
    const first = principalOf(await send(email));
    valueOf(await eraseAll(house.office, byOfficer(house), { principal: first, ground: 'no-longer-needed' }));
    const page = await send({ ...email, [SHARES]: first, [`${SHARES}.shown`]: first });
    const html = await page.text();
    expect([page.status, choices(html)]).toEqual([409, []]);
    expect(html).toContain('このメールアドレスを使うほかの人はいません');
    expect(html).toContain('href="#f-items-email"');
    expect((await send(email)).status).toBe(303);
  });

  test('is compared for no purpose that it is not held for, and nothing is opened then', async () => {
    const two = await addHolding(house, { name: { ja: '共用', en: 'Shared' }, purposes: ['P1', 'P3'] });
    const sent = { holding: two, 'items.name': '例示 先', 'items.email': 'purpose@example.jp' };
    const first = principalOf(await send({ ...sent, purposes: 'P1' }));
    const ask = { ...sent, channel: 'oral', source: 'principal', [`${SHARES}.shown`]: first, 'items.name': '例示 後' };
    const open = async (purposes: string) =>
      (await officer.post('/acquisitions/compare', { ...ask, purposes }, `/acquisitions/new?holding=${two}`)).text();
    const before = (await newest()).id;
    expect(await open('P3')).toContain('開けません');
    expect((await newest()).id).toBe(before);
    expect(await open('P1')).toContain('例示 先');
  });
});

describe('bad input', () => {
  test('names every field in page order and keeps every value', async () => {
    const page = await send({ channel: '', purposes: [], 'items.name': name, 'items.email': 'none' });
    const html = await page.text();
    expect(page.status).toBe(422);
    expect(html).toContain('<title>エラー：');
    expect(html).toContain('href="#f-channel"');
    expect(html).toContain('value="𠮷野 &lt;b&gt;家&lt;/b&gt;"');
    const next = await (await send({ purposes: [], 'items.email': 'none' })).text();
    expect(next).toContain('href="#f-purposes"');
    expect(next).toContain('href="#f-items-email"');
    expect((await send({})).status).toBe(422);
    expect((await send({ channel: 'pigeon', 'items.name': 'x' })).status).toBe(422);
    expect((await send({ purposes: ['P4'], 'items.name': 'x' })).status).toBe(422);
  });

  test('facts of a receipt that cannot all be true are named by their field, decided on by nobody and kept nowhere', async () => {
    const before = [await inHolding(news), await newest()];
    const fields = { source: 'third-party', 'items.name': '例示 三郎', 'receipt.basis': 'private-person' };
    const page = await send({ ...fields, 'receipt.provider.kind': 'corporation' });
    const html = await page.text();
    expect(page.status).toBe(422);
    expect(html).toContain('href="#f-receipt-basis"');
    expect(html).toContain('相手の種類と合いません');
    expect([await inHolding(news), await newest()]).toEqual(before);
    expect((await send({ ...fields, 'receipt.provider.kind': 'private-person' })).status).toBe(403);
  });

  test('who gave it is written in a bounded length, as it is through the JSON API', async () => {
    const before = await inHolding(news);
    const fields = { source: 'third-party', 'items.name': '例示 三郎', 'receipt.provider.kind': 'corporation' };
    for (const name of ['provider.name', 'provider.address', 'provider.representative', 'howAcquired']) {
      const page = await send({ ...fields, [`receipt.${name}`]: '長'.repeat(501) });
      const html = await page.text();
      expect([name, page.status, html.includes('字までで書いてください')]).toEqual([name, 422, true]);
      expect(html).toContain(`href="#f-receipt-${name.replaceAll(/[.A-Z]/g, (c) => (c === '.' ? '-' : c))}"`);
    }
    expect(await inHolding(news)).toBe(before);
  });

  test('an unknown record is not found', async () => {
    expect((await officer.get(`/acquisitions/${newId(house.clock.now())}`)).status).toBe(404);
    expect((await officer.get('/acquisitions/nothing')).status).toBe(404);
  });
});

test('the list is newest first, filters by codes, ignores everything else in the address, and goes on page by page', async () => {
  for (let i = 0; i < 31; i += 1) await send({ 'items.name': `例示 ${i}` });
  const html = await (await officer.get('/acquisitions')).text();
  expect(html.match(/href="\/acquisitions\/[0-9a-f-]{36}"/g)).toHaveLength(30);
  const next = /href="(\/acquisitions\?before=[0-9a-f-]{36})"/.exec(html)![1]!;
  expect(await (await officer.get(next)).text()).toContain('最新に戻る');
  const third = await (await officer.get('/acquisitions?source=third-party')).text();
  expect(third.match(/href="\/acquisitions\/[0-9a-f-]{36}"/g)).toHaveLength(2);
  const file = await officer.get('/acquisitions/export/acquisitions-utf8.csv?source=third-party');
  expect((await file.text()).trimEnd().split('\r\n')).toHaveLength(3);
  expect(await (await officer.get('/acquisitions?source=public&channel=sound-recording')).text()).toContain(
    'この条件に合う取得はありません',
  );
  expect((await officer.get('/acquisitions?holding=%27%3B--&before=x&channel=%3Cscript%3E')).status).toBe(200);
});

test('who gave it is shown as long as the record is kept, and where an earlier version erased it with the person, said to be gone', async () => {
  const page = await send({
    source: 'third-party',
    'items.name': '例示 四郎',
    'receipt.provider.kind': 'private-person',
    'receipt.provider.name': '紹介 花子',
    'receipt.provider.address': '東京都例示区2-2-2',
    'receipt.basis': 'private-person',
    'receipt.howAcquired': '友人の名刺',
    'receipt.documentSeen': 'yes',
  });
  expect(page.status).toBe(303);
  const principal = principalOf(page);
  const [record] = await acquisitionsOf(house.office, principal);
  const shown = async (): Promise<string> => (await officer.get(`/acquisitions/${record!.id}`)).text();
  expect(await shown()).toMatch(/紹介 花子.*事業者でない個人.*例示区2-2-2.*友人の名刺/s);
  const damage = `UPDATE acquisition_providers SET ${flipped()} WHERE id = '${record!.id}'`;
  await tampered(house.db, ['acquisition_providers'], damage, async () => {
    const damaged = await shown();
    expect(damaged.split(doesNotOpen.ja)).toHaveLength(4);
    expect(damaged).toContain('事業者でない個人');
    for (const path of ['/acquisitions', '/acquisitions/export/acquisitions-utf8.csv'])
      expect([path, (await officer.get(path)).status]).toEqual([path, 200]);
  });
  const former = `UPDATE acquisitions SET sealed = '\\x00' WHERE id = '${record!.id}'`;
  valueOf(await eraseAll(house.office, byOfficer(house), { principal, ground: 'no-longer-needed' }));
  expect(await shown()).toMatch(/紹介 花子.*事業者でない個人.*例示区2-2-2.*友人の名刺/s);
  await house.db.owner.query(former, []);
  await house.db.owner.query('DELETE FROM acquisition_providers WHERE id = $1', [record!.id]);
  const after = await shown();
  expect(after).not.toMatch(/紹介|例示区2|友人/);
  expect(after).toContain('事業者でない個人');
  expect(after.match(/本人の情報とともに消去しました/g)).toHaveLength(3);
});

test('of very many holdings a page holds a part, and one is found by its name or its number, for the same person', async () => {
  await house.db.owner.query(
    `INSERT INTO holdings SELECT (jsonb_populate_record(h, jsonb_build_object('id', gen_random_uuid(), 'code', 'L-' || (1000 + i), 'name_ja', '多い台帳' || i, 'name_en', 'Many ' || i))).*
     FROM holdings h, generate_series(1, 250) i WHERE h.id = $1`,
    [news],
  );
  const principal = newId(house.clock.now());
  const shown = async (more: string): Promise<number> => {
    const html = await (await officer.get(`/acquisitions/new?principal=${principal}${more}`)).text();
    return (
      html.match(new RegExp(`/acquisitions/new\\?holding=[0-9a-f-]{36}&amp;principal=${principal}"`, 'g'))?.length ?? 0
    );
  };
  expect(await shown('')).toBe(100);
  expect(await shown('&page=3')).toBeLessThan(100);
  expect(await shown('&q=多い台帳２５０')).toBe(1);
  expect(await shown('&q=L-1250')).toBe(1);
  expect(await shown('&q=none')).toBe(0);
});
