// The pages of personally related information, as forms are sent: what is asked, what is shown again with its error, what a yes needs before it is
// written, and who is offered what.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { inTwoTabs } from '../../../tests/forms.ts';
import { openTestOffice, type TestOffice, type Visitor } from '../../../tests/office.ts';
import { addHolding, addPerson, officerOf, openTestCheckpoint, valueOf } from '../../../tests/people.ts';
import { both } from '../../base/bilingual.ts';
import { day } from '../../base/day.ts';
import { recordConsent, withdrawConsent } from '../consent/actions/consents.ts';
import { startText, writeText } from '../consent/actions/texts.ts';
import { registerRecipient, stopRecipient } from '../recipients/actions/recipient.ts';
import { collectionOf } from './actions/collections.ts';
import { relatedRoutes } from './index.ts';

let house: TestOffice;
let close: () => Promise<void>;
let officer: Visitor;
let english: Visitor;
let auditor: Visitor;
let holding: string;
let adco: string;
let person: string;
let consent: string;

const by = () => ({ actor: officerOf(house), authority: ['officer-all-work'] });

beforeAll(async () => {
  house = await openTestOffice((office) => relatedRoutes(office), { at: '2026-12-01T10:00:00+09:00' });
  officer = await house.visitor('officer');
  english = await house.visitor('officer', 'en');
  auditor = await house.visitor('auditor');
  const own = (code: string, ja: string, en: string) => ({ code, label: { ja, en } });
  holding = await addHolding(house, {
    items: ['name', 'email', own('cookie_id', 'クッキーの番号', 'Cookie number'), own('interest', '関心', 'Interests')],
  });
  close = await openTestCheckpoint(house);
  const input = {
    kind: 'corporation',
    name: '例示広告株式会社',
    address: '東京都港区例示町3-3',
    representative: '例示 花子',
    country: 'JP',
    relations: ['third-party'],
  };
  adco = valueOf(await registerRecipient(house.office, by(), input)).id;
  person = (await addPerson(house, holding, { name: '例示 会員', email: 'page-member@example.jp' })).principal;
  const text = {
    code: 'linking',
    kind: 'linking' as const,
    name: both('結び付け', 'Linking'),
    wording: { ja: '結び付けに同意します' },
    purposes: ['P3'],
    holding,
    items: ['cookie_id', 'interest'],
    recipients: [],
    abroad: false,
    shown: {},
  };
  valueOf(await writeText(house.office, by(), text));
  valueOf(await startText(house.office, by(), { code: 'linking', version: 1, from: day('2026-11-01') }));
  const asked = {
    principal: person,
    text: { code: 'linking', version: 1 },
    language: 'ja' as const,
    given: { on: day('2026-11-05'), at: null },
    givenBy: 'principal' as const,
    representative: null,
    channel: 'web-form',
    method: 'web-form' as const,
    note: null,
    evidence: '申込記録',
    shown: null,
  };
  consent = valueOf(await recordConsent(house.office, by(), asked)).row.id;
});
afterAll(async () => {
  await close();
  await house.close();
});

const read = async (response: Response, status = 200): Promise<string> => {
  const html = await response.text();
  expect([response.status, response.status === status ? '' : html.slice(0, 400)]).toEqual([status, '']);
  return html;
};

const collection = (more: Record<string, string> = {}): Record<string, string> => ({
  'name.ja': '会員サイトの閲覧履歴',
  'name.en': 'Browsing on the members’ site',
  source: 'site',
  place: '会員サイト',
  searchable: 'yes',
  communications: 'no',
  holding,
  rows: '3',
  'items.0.code': 'cookie_id',
  'items.0.ja': 'クッキーの番号',
  'items.0.en': 'Cookie number',
  'items.0.tells': 'nobody',
  'items.1.code': 'interest',
  'items.1.ja': '関心',
  'items.1.tells': 'nobody',
  ...more,
});

const idIn = (response: Response): string => /([0-9a-f-]{36})/.exec(response.headers.get('location') ?? '')![1]!;

let site: string;
let segments: string;

test('before anything is registered, the lists say what to do next, in both languages', async () => {
  expect(await read(await officer.get('/related'))).toMatch(
    /個人関連情報はまだ登録されていません[\s\S]*\/related\/collections\/new/,
  );
  expect(await read(await english.get('/related'))).toContain('No personally related information is registered yet');
  expect(await read(await officer.get('/related/provisions'))).toContain('提供はまだありません');
  expect(await read(await english.get('/related/receipts'))).toContain('Nothing has been received yet');
  expect(await read(await auditor.get('/related'))).not.toContain('/related/collections/new');
});

test('a form shows everything again, each problem at its field; then it is registered, with the class of each item', async () => {
  const bad = collection({ 'name.ja': '', searchable: '', 'items.0.code': 'Cookie ID', 'items.1.tells': 'by-itself' });
  const html = await read(await officer.post('/related/collections/new', bad), 422);
  for (const field of ['name-ja', 'searchable', 'items-0-code', 'items-1-tells'])
    expect(html).toContain(`href="#f-${field}"`);
  expect(html).toContain('value="Cookie ID"');
  expect(html).toContain('だれのことか分かる項目は個人情報です');
  const made = await officer.post('/related/collections/new', collection());
  expect(made.status).toBe(303);
  site = idIn(made);
  const shown = await read(await officer.get(`/related/collections/${site}`));
  expect(shown).toMatch(/クッキーの番号[\s\S]*個人関連情報[\s\S]*保有個人データ/);
  expect(await read(await english.get(`/related/collections/${site}`))).toContain('Personally related');
  const again = await read(await officer.post('/related/collections/new', collection()), 409);
  expect(again).toContain('同じ名前のまとまりが使われています');
  const from = collection({ 'name.ja': '広告会社の関心', source: 'third-party', place: '例示広告株式会社' });
  segments = idIn(await officer.post('/related/collections/new', from));
});

const next = (): Record<string, string> => collection({ place: '会員サイト（新）' });

test('a version that somebody else has overtaken is said, and nothing is lost', async () => {
  const edit = `/related/collections/${site}/edit`;
  expect(await read(await officer.get(edit))).toContain('value="会員サイト"');
  expect((await officer.post(edit, { ...next(), version: '1' })).status).toBe(303);
  const html = await read(await officer.post(edit, { ...next(), version: '1', place: 'ほかの案' }), 409);
  expect(html).toContain('ほかの人が先に変えました');
  expect(html).toContain('value="ほかの案"');
  expect((await officer.get('/related/collections/00000000-0000-7000-8000-000000000000/edit')).status).toBe(404);
});

test('of two tabs the second takes nothing back that the first changed', async () => {
  const edit = `/related/collections/${site}/edit`;
  const send = async (to: string, fields: Record<string, string | string[]>) => {
    const response = await officer.post(to, fields);
    return { status: response.status, html: await response.text() };
  };
  const tab = { get: async (at: string) => read(await officer.get(at)), post: send };
  const late = await inTwoTabs(tab, edit, {
    first: { place: '会員サイトと店', 'items.0.ja': 'クッキー番号' },
    second: { searchable: 'no' },
  });
  expect(late.status).toBe(409);
  const kept = { place: ['会員サイトと店'], 'items.0.ja': ['クッキー番号'], searchable: ['no'] };
  expect(late.fields).toMatchObject({ version: ['3'], ...kept });
  expect(late.html).toContain('先に保存された内容との違い');
  // A form with an error keeps its old version number: its reader has not seen the newest version.
  expect((await send(edit, { ...late.fields, version: '2', place: '' })).html).toContain('name="version" value="2"');
  expect((await send(edit, late.fields)).status).toBe(303);
  expect(await collectionOf(house.office, site)).toMatchObject({
    value: { place: '会員サイトと店', searchable: false, version: 4 },
  });
  expect((await send(edit, { ...next(), version: '4' })).status).toBe(303);
});

test('a long history is shown in pages, the newest first; what began long ago is still compared', async () => {
  const { id } = valueOf(await collectionOf(house.office, site));
  const at = `/related/collections/${id}`;
  const shown = (html: string): number[] => [...html.matchAll(/>第(\d+)版<\/th>/g)].map(([, n]) => Number(n));
  const had = shown(await read(await officer.get(at)))[0]!;
  // As many versions as fill a page and begin a second.
  await house.db.owner.query(
    `INSERT INTO related_collection_versions
     SELECT collection_id, n, 'change', at, actor, content, entry_id
     FROM related_collection_versions, generate_series($2::int + 1, 102) AS n WHERE collection_id = $1 AND version = $2`,
    [id, had],
  );
  await house.db.owner.query('UPDATE related_collections SET version = 102 WHERE id = $1', [id]);
  const newest = await read(await officer.get(at));
  expect(shown(newest)).toEqual(Array.from({ length: 100 }, (_, i) => 102 - i));
  expect(newest).toContain(`rel="next" href="${at}?before=3#history">これより前の版</a>`);
  expect(newest).not.toContain('最新の版に戻る');
  const older = await read(await officer.get(`${at}?before=3`));
  expect(shown(older)).toEqual([2, 1]);
  expect(older).toContain(`href="${at}#history">最新の版に戻る</a>`);
  expect(older).not.toContain('rel="next"');
  expect(await read(await officer.get(`${at}?before=101`))).not.toContain('rel="next"');
  expect(shown(await read(await officer.get(`${at}?before=x`)))[0]).toBe(102);
  expect(await read(await english.get(`${at}?before=3`))).toContain('Back to the newest versions');

  // A form that was opened at the first version, and one of no version that there can be.
  for (const [version, place] of [
    ['1', 'ほかの案'],
    ['99999999999', '会員サイト（新）'],
    ['x', '会員サイト（新）'],
  ] as const) {
    const html = await read(await officer.post(`${at}/edit`, { ...next(), version, place }), 409);
    expect([version, html.includes('ほかの人が先に変えました')]).toEqual([version, true]);
    expect(html).toContain(`value="${place}"`);
  }
});

const NEW = '/related/provisions/new';
const said = {
  items: ['cookie_id'],
  'link.expected': 'yes',
  'link.byTag': 'no',
  'link.confirmation': 'yes',
  'link.confirmation.on': '2026/11/30',
  'link.confirmation.by': 'declaration',
  'link.confirmation.consented': 'yes',
};

test('providing: whom, what the law asks, the paper that was seen, then the record', async () => {
  const from = `${NEW}?collection=${site}`;
  expect(await read(await officer.get(from))).toContain(`name="recipient" value="${adco}"`);
  const place = { collection: site, recipient: adco, attempt: 'attempt-page-1' };
  const first = await read(await officer.get(`${from}&recipient=${adco}`));
  expect(first).not.toContain('当社が取り次ぐ通信');
  const html = await read(await officer.post(NEW, { ...place, items: said.items }, from));
  expect(html).toContain('name="link.expected"');
  const answered = await read(await officer.post(NEW, { ...place, ...said }, from));
  expect(answered).toMatch(/渡してよい[\s\S]*name="documents.consent"[\s\S]*渡して記録する/);
  expect(answered).toMatch(/id="f-documents-consent-h"[^>]*>\s*番号や置き場所を書き、人の名前は書かないでください。/);
  const bare = await read(await officer.post(NEW, { ...place, ...said, do: 'provide' }, from), 422);
  expect(bare).toContain('href="#f-documents-consent"');
  const bulk = await read(
    await officer.post(
      NEW,
      { ...place, ...said, 'record.mode': 'bulk', do: 'provide', 'documents.consent': '申告書 1' },
      from,
    ),
    422,
  );
  expect(bulk).toMatch(/value="申告書 1"/);
  expect(bulk).toContain('name="record.lastOn"');
  const sent = { ...place, ...said, do: 'provide', 'documents.consent': '申告書 1' };
  const done = await officer.post(NEW, sent, from);
  expect(done.status).toBe(303);
  const id = idIn(done);
  const shown = await read(await officer.get(`/related/provisions/${id}`));
  expect(shown).toMatch(
    /提供の記録[\s\S]*本人の同意を得ていることを確かめた[\s\S]*例示広告株式会社[\s\S]*2029年12月1日/,
  );
  expect(shown).toContain('本人がだれかは記録しません');
  // The same press again leads to the same provision.
  expect(idIn(await officer.post(NEW, sent, from))).toBe(id);
  expect(await read(await auditor.get('/related/provisions'))).toContain(`/related/provisions/${id}`);
  expect((await auditor.get(`${from}&recipient=${adco}`)).status).toBe(403);
});

test('providing without the consent: the answer is no, and there is no button for it', async () => {
  const from = `${NEW}?collection=${site}`;
  const place = { collection: site, recipient: adco, attempt: 'attempt-page-2' };
  const denied = { ...said, 'link.confirmation': 'no' };
  const html = await read(await officer.post(NEW, { ...place, ...denied }, from));
  expect(html).toMatch(/不可[\s\S]*渡せません/);
  expect(html).not.toContain('name="documents.consent"');
  // Pressing the button despite a no is refused, logged and shown.
  expect(await read(await officer.post(NEW, { ...place, ...denied, do: 'provide' }, from))).toContain('法31条1項1号');
});

test('a recipient that is stopped is not offered, and named all the same is refused', async () => {
  const input = { kind: 'corporation', name: '停止した会社', address: '東京都例示区9', representative: '例示 太郎' };
  const made = await registerRecipient(house.office, by(), { ...input, country: 'JP', relations: ['third-party'] });
  const { id, version } = valueOf(made);
  valueOf(await stopRecipient(house.office, by(), { id, version, reason: '事故' }));
  expect(await read(await officer.get(`${NEW}?collection=${site}`))).not.toContain(id);
  const html = await read(await officer.get(`${NEW}?collection=${site}&recipient=${id}`), 422);
  expect(html).toContain('この提供先への提供は止めています');
});

const TAKE = '/related/receipts/new';
let receipt: string;

test('of a long register some recipients are offered, and a search without script finds any other', async () => {
  await house.db.owner.query(
    `INSERT INTO recipients (id, kind, name, address, representative, country, relations, state, registered_at, changed_at)
     SELECT gen_random_uuid(), 'corporation', '多数例示商店 ' || to_char(i, 'FM0000'), '例示市' || i, '例示 花子', 'JP', '{third-party}', 'active',
       now(), now() FROM generate_series(1, 500) AS i`,
    [],
  );
  const party = {
    kind: 'corporation',
    name: '多数例示商店 末尾',
    address: '例示市501',
    country: 'JP',
    relations: ['third-party'],
  };
  const last = valueOf(await registerRecipient(house.office, by(), { ...party, representative: '例示 花子' })).id;
  const offered = (html: string): string[] =>
    [...html.matchAll(/<input type="radio" name="recipient" value="([^"]*)"/g)].map(([, one]) => one!);
  const first = await (await officer.get(`${NEW}?collection=${site}`)).text();
  expect([offered(first).length, first.length < 20_000]).toEqual([15, true]);
  expect(offered(first)).not.toContain(last);
  const chosen = `${NEW}?collection=${site}&recipient=${adco}`;
  const found = await (await officer.get(`${chosen}&find=&q=${encodeURI('商店　末尾')}`)).text();
  expect(found).toMatch(new RegExp(`value="${adco}" checked`));
  expect(offered(found)).toEqual([adco, last]);
  expect(found).toContain('例示市501');
  const asked = await (await officer.get(`${NEW}?collection=${site}&recipient=${last}&q=x`)).text();
  expect(asked).toContain('→ 多数例示商店 末尾');
  await house.db.owner.query(`DELETE FROM recipients WHERE name LIKE '多数例示商店%' AND id <> $1`, [last]);
});

test('receiving: of what and for whom, the provider, then the record for that person', async () => {
  const from = `${TAKE}?collection=${segments}`;
  expect(await read(await officer.get(from))).toContain('だれと結び付けますか');
  const bad = await read(await officer.get(`${from}&begin=1&principal=x`), 422);
  expect(bad).toMatch(/href="#f-items"[\s\S]*href="#f-principal"/);
  const begun = await read(await officer.get(`${from}&begin=1&items=cookie_id&principal=${person}`));
  expect(begun).toContain('name="provider.name"');
  const place = { collection: segments, chosen: 'cookie_id', principal: person, attempt: 'attempt-page-3' };
  const provider = {
    'provider.kind': 'corporation',
    'provider.name': '例示広告株式会社',
    'provider.country': 'JP',
    'provider.address': '東京都港区例示町3-3',
  };
  const asked = await read(await officer.post(TAKE, { ...place, ...provider }, from));
  expect(asked).toContain('name="provider.representative"');
  const whole = { ...provider, 'provider.representative': '例示 花子' };
  const yes = await read(await officer.post(TAKE, { ...place, ...whole }, from));
  expect(yes).toContain('受け取って記録する');
  expect(yes).not.toContain('name="documents.consent"');
  const done = await officer.post(TAKE, { ...place, ...whole, do: 'receive' }, from);
  expect(done.status).toBe(303);
  receipt = idIn(done);
  const shown = await read(await officer.get(`/related/receipts/${receipt}`));
  // As an earlier version recorded it under an item of the law: the page leads those who may to the form that records it anew.
  expect(shown).not.toContain('号とともに記録し直す');
  const as = (facts: string) =>
    house.db.owner.query(`UPDATE related_receipts SET facts = ${facts} WHERE id = $1`, [receipt]);
  const [before] = await house.db.owner.query<{ facts: object }>('SELECT facts FROM related_receipts WHERE id = $1', [
    receipt,
  ]);
  await as(`facts || '{"basis":"exception"}'`);
  const bare = await read(await officer.get(`/related/receipts/${receipt}`));
  const at = /href="(\/related\/receipts\/new[^"]+)"[^>]*>号とともに記録し直す/
    .exec(bare)![1]!
    .replaceAll('&amp;', '&');
  expect(await read(await officer.get(at))).toContain('name="chosen"');
  await as(`'${JSON.stringify(before!.facts)}'`);
  expect(shown).toMatch(/受け取りの記録[\s\S]*例示広告株式会社[\s\S]*例示 花子[\s\S]*2029年12月1日/);
  expect(shown).toContain('当社が得た同意');
});

test('received and kept apart, nothing is asked', async () => {
  const from = `${TAKE}?collection=${segments}`;
  const html = await read(await officer.get(`${from}&begin=1&items=interest`));
  expect(html).toContain('受け取って記録する');
  const sent = { collection: segments, chosen: 'interest', attempt: 'attempt-page-4', do: 'receive' };
  const id = idIn(await officer.post(TAKE, sent, from));
  expect(await read(await english.get(`/related/receipts/${id}`))).toContain('Kept apart');
});

test('an identifier is linked, found on the page of the collection, and taken away; its value is on no page', async () => {
  const from = `/related/links/new?collection=${segments}&receipt=${receipt}`;
  expect(await read(await officer.get(from))).toContain(`value="${person}"`);
  const bad = await read(
    await officer.post('/related/links/new', { collection: segments, receipt, principal: person }, from),
    422,
  );
  expect(bad).toMatch(/href="#f-identifier"[\s\S]*href="#f-value"/);
  const fields = {
    collection: segments,
    receipt,
    principal: person,
    identifier: 'cookie_id',
    value: 'GA1.2.on-a-page',
  };
  expect((await officer.post('/related/links/new', fields, from)).status).toBe(303);
  const shown = await read(await officer.get(`/related/collections/${segments}?principal=${person}`));
  expect(shown).toContain('保有個人データ');
  const id = /\/related\/links\/([0-9a-f-]{36})\/unlink/.exec(shown)![1]!;
  for (const page of [`/related/receipts/${receipt}`, `/related/collections/${segments}`, '/related']) {
    expect(await read(await officer.get(page))).not.toContain('GA1.2.on-a-page');
  }
  expect(await read(await auditor.get(`/related/collections/${segments}?principal=${person}`))).not.toContain(
    '/unlink"',
  );
  const gone = await officer.post(`/related/links/${id}/unlink`, { reason: 'mistake' }, `/related/receipts/${receipt}`);
  expect(gone.headers.get('location')).toBe(`/related/collections/${segments}?unlinked=1`);
  expect(await read(await officer.get(`/related/receipts/${receipt}`))).toContain('結び付けた識別子はありません');
});

test('what a withdrawal has left is shown and taken away by one press; after it nothing is linked', async () => {
  const from = `/related/links/new?collection=${site}`;
  const fields = { collection: site, principal: person, identifier: 'cookie_id', value: 'GA1.2.withdrawn' };
  expect((await officer.post('/related/links/new', fields, from)).status).toBe(303);
  valueOf(await withdrawConsent(house.office, by(), consent, { on: day('2026-12-01'), evidence: '窓口' }));
  const page = `/related/collections/${site}`;
  expect(await read(await officer.get(page))).toContain('同意のなくなった結び付きが1件あります');
  expect((await officer.post(`${page}/withdrawn`, {}, page)).headers.get('location')).toBe(`${page}?unlinked=1`);
  expect(await read(await officer.get(page))).not.toContain('同意のなくなった結び付き');
  const refused = await read(await officer.post('/related/links/new', fields, from), 403);
  expect(refused).toMatch(/いまは結び付けられません[\s\S]*条項78/);
});

test('a collection is retired only after asking, and takes nothing in from then on', async () => {
  const page = `/related/collections/${segments}`;
  const html = await read(await officer.get(`${page}/retire`));
  expect(html).toContain('元には戻せません');
  const stale = await read(await officer.post(`${page}/retire`, { version: '9' }), 409);
  expect(stale).toContain('ほかの人が先に変えました');
  expect((await officer.post(`${page}/retire`, { version: '1' })).status).toBe(303);
  expect(await read(await officer.get(page))).not.toContain('/related/receipts/new');
  expect((await officer.get(`${TAKE}?collection=${segments}`)).status).toBe(303);
});

test('the lists are filtered, and their files hold the same, persons by their whole id', async () => {
  const fileOf = async (visitor: Visitor, list: string, query: string): Promise<string[]> => {
    const at = `/${list}/export/${list.replaceAll('/', '-')}-utf8.csv${query}`;
    return (await read(await visitor.get(at))).trimEnd().split('\r\n');
  };
  const [head, ...retired] = await fileOf(officer, 'related', '?state=retired');
  expect(head).toBe('まとまり,状態,出どころ,サイト、アプリ、会社,項目,分類,結び付き');
  expect(retired).toHaveLength(1);
  expect(retired[0]).toMatch(/,廃止,ほかの会社から受け取る,.*,0$/);
  const sites = await fileOf(officer, 'related', '?source=site');
  expect(sites).toHaveLength(2);
  expect(sites[1]).toMatch(/^会員サイトの閲覧履歴,使用中,当社のサイトで集める,会員サイト（新）,/);

  const given = await fileOf(auditor, 'related/provisions', `?collection=${site}&recipient=${adco}`);
  expect(given).toHaveLength(2);
  expect(given[1]).toMatch(/,例示広告株式会社,会員サイトの閲覧履歴,.*,あり,2029\/12\/01$/);
  expect(await fileOf(auditor, 'related/provisions', `?collection=${segments}`)).toHaveLength(1);
  expect(await read(await auditor.get(`/related/provisions?collection=${segments}`))).toContain(
    'この条件に合う提供はありません',
  );

  const taken = await fileOf(english, 'related/receipts', `?collection=${segments}`);
  expect(taken[0]).toBe('When,Collection,Items,Person,Consent,Record,Kept until');
  expect(new Set(taken.slice(1).map((line) => line.split(',').slice(3).join()))).toEqual(
    new Set(['Kept apart,Not needed,Not needed,', `${person},Obtained by us,Made,2029/12/01`]),
  );
  expect(await fileOf(english, 'related/receipts', `?collection=${site}`)).toHaveLength(1);
});
