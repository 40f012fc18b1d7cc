// Consents through the running office: the pages without script in both languages, the API with its schema, and what each refuses.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { csvUtf8 } from '../../../tests/csv.ts';
import { failuresIn } from '../../../tests/house.ts';
import { fieldsIn, inTwoTabs } from '../../../tests/forms.ts';
import { openServer, must, newcomer, readers, type Session, type TestServer } from '../../../tests/server.ts';
import { newId } from '../../base/id.ts';
import type { ConsentGiver } from '../../law/index.ts';
import { both } from '../../base/bilingual.ts';
import { standingClock } from '../../platform/clock.ts';
import { listEntries } from '../../log/index.ts';
import { eraseAll, forgetStanding } from '../checkpoint/index.ts';
import { registerHolding } from '../ledger/index.ts';
import { registerRecipient } from '../recipients/actions/recipient.ts';

const clock = standingClock('2026-12-07T10:00:00+09:00');
let server: TestServer;
const sessions = {} as Record<'officer' | 'desk' | 'handler' | 'auditor', Session>;
let recipient: string;
let person: string;

beforeAll(async () => {
  server = await openServer({ clock });
  for (const role of ['officer', 'desk', 'handler', 'auditor'] as const) sessions[role] = await server.session(role);
  const by = { actor: { kind: 'sekisho' }, authority: [] } as const;
  recipient = must(
    await registerRecipient(server.office, by, {
      kind: 'corporation',
      name: 'Reiji Viet Nam Co., Ltd.',
      address: '1 Rei Street, Ha Noi',
      representative: 'Rei An',
      country: 'VN',
      relations: ['third-party'],
    }),
  ).id;
  person = await somebody();
});
afterAll(() => server.close());

const somebody = async () => must(await server.client.acquire(newcomer(server.holding))).principal;

type Fields = Record<string, string | string[]>;

const get = async (role: keyof typeof sessions, to: string, lang = 'ja') => {
  const response = await server.fetch(to, { headers: { cookie: `${sessions[role].cookie}; lang=${lang}` } });
  return { status: response.status, html: await response.text() };
};

async function post(role: keyof typeof sessions, to: string, fields: Fields, file?: Uint8Array) {
  const entries = Object.entries({ ...fields, csrf: sessions[role].csrf });
  const pairs = entries.flatMap(([name, values]) => [values].flat().map((value) => [name, value] as const));
  const body = file ? new FormData() : new URLSearchParams();
  for (const [name, value] of pairs) body.append(name, value);
  if (file && body instanceof FormData) body.append('file', new Blob([Uint8Array.from(file)]), 'consents.csv');
  const headers = { cookie: `${sessions[role].cookie}; lang=ja` };
  const response = await server.fetch(to, { method: 'POST', body, headers });
  const moved = response.status === 303;
  return {
    status: response.status,
    to: response.headers.get('location') ?? '',
    html: moved ? '' : await response.text(),
  };
}

/** The text of the first chip in a piece of a page. */
const chipIn = (html: string): string => /class="chip[^>]*>([^<]*)</.exec(html)?.[1] ?? '';

const newText = (code: string, more: Fields = {}): Fields => ({
  holding: server.holding,
  code,
  nameJa: '抽選会のご案内',
  nameEn: 'Prize draws',
  wordingJa: '抽選会の案内に使うことに同意します。',
  wordingEn: 'I agree to be told about prize draws.',
  kind: 'use',
  purposes: ['P1'],
  items: ['name', 'email'],
  ...more,
});

const abroad: Fields = {
  kind: 'provision-abroad',
  purposes: ['P3'],
  countryBy: 'code',
  systemBy: 'unknown',
  systemJa: '法令が公開されていないため。委員会の資料を見てください',
  systemEn: 'The laws are not public; see the Commission’s papers',
  measuresBy: 'text',
  measuresJa: '同じ水準の措置を契約で約束している',
  measuresEn: 'It has promised the same measures by contract',
};

const given = (more: Fields = {}): Fields => ({
  principal: person,
  language: 'ja',
  given_on: '令和8年12月7日',
  given_by: 'principal',
  channel: 'web-form',
  method: 'web-form',
  evidence: '申込記録 20261207-01',
  ...more,
});

/** A text in force since 1 November, entered through the pages. */
async function inForce(code: string, more: Fields = {}): Promise<string> {
  const { status, to } = await post('officer', '/consents/texts/new', newText(code, more));
  expect([status, to]).toEqual([303, `/consents/texts/${code}/1`]);
  expect((await post('officer', `${to}/start`, { from_day: '2026/11/1' })).status).toBe(303);
  return to;
}

/** Adds 500 recipients to the register, numbered from 0001. */
const registerMany = () =>
  server.db.owner.query(
    `INSERT INTO recipients (id, kind, name, address, representative, country, relations, state, registered_at, changed_at)
     SELECT gen_random_uuid(), 'corporation', '多数例示商店 ' || to_char(i, 'FM0000'), '例示市' || i, '例示 花子', 'JP', '{third-party}',
       'active', now(), now() FROM generate_series(1, 500) AS i`,
    [],
  );

test('an entry of the log leads to the recipient it names, for whoever may open that', async () => {
  const list = (await get('auditor', '/log?action=recipient:register')).html;
  const entry = /href="(\/log\/entries\/[0-9a-f-]{36})"/.exec(list)![1]!;
  for (const role of ['officer', 'auditor'] as const)
    expect((await get(role, entry)).html).toContain(`href="/recipients/${recipient}"`);
});

describe('the texts', () => {
  test('where there is none, the pages say what to do next', async () => {
    for (const [lang, says] of [
      ['ja', '同意の文面はまだありません'],
      ['en', 'There is no consent text yet'],
    ] as const) {
      expect((await get('officer', '/consents/texts', lang)).html).toContain(says);
    }
    expect((await get('officer', '/consents')).html).toContain('href="/consents/texts/new"');
    expect((await get('desk', '/consents/new')).html).toContain('使える文面がありません');
    expect((await get('desk', '/consents/import')).html).toContain('使える文面がありません');
    expect((await get('desk', '/consents/texts')).html).not.toContain('href="/consents/texts/new"');
  });

  test('where no holding is in use, the form of a text leads to the ledger', async () => {
    const bare = await openServer({ clock });
    try {
      const officer = await bare.session('officer');
      const form = async () =>
        (await bare.fetch('/consents/texts/new', { headers: { cookie: `${officer.cookie}; lang=ja` } })).text();
      expect(await form()).toContain('name="holding"');
      await bare.db.owner.query(`UPDATE holdings SET state = 'retired'`, []);
      forgetStanding(bare.office);
      const html = await form();
      expect(html).toContain('使用中の台帳がありません');
      expect(html).toContain('href="/ledger/new"');
      expect(html).not.toContain('name="holding"');
    } finally {
      await bare.close();
    }
  });

  test('who goes on without a holding is told to choose one', async () => {
    expect((await get('officer', '/consents/texts/new')).status).toBe(200);
    for (const [lang, says] of [
      ['ja', '使用中の台帳から選んでください'],
      ['en', 'Choose a holding that is in use'],
    ] as const)
      for (const holding of ['', newId(clock.now())]) {
        const { status, html } = await get('officer', `/consents/texts/new?holding=${holding}`, lang);
        expect(status).toBe(422);
        expect(html).toContain('href="#f-holding"');
        expect(html).toContain(says);
      }
  });

  test('of very many holdings one is found on a list of its own', async () => {
    await server.db.owner.query(
      `INSERT INTO holdings SELECT (jsonb_populate_record(h, jsonb_build_object('id', gen_random_uuid(), 'code', 'L-' || (1000 + i), 'name_ja', '多い台帳' || i, 'name_en', 'Many ' || i))).*
       FROM holdings h, generate_series(1, 250) i WHERE h.id = $1`,
      [server.holding],
    );
    const links = async (more: string): Promise<string[]> => {
      const { html } = await get('officer', `/consents/texts/new?code=draws${more}`);
      return [...html.matchAll(/href="(\/consents\/texts\/new\?holding=[0-9a-f-]{36}&amp;code=draws)"/g)].map(
        ([, at]) => at!,
      );
    };
    expect(await links('')).toHaveLength(100);
    expect(await links('&q=L-1250')).toHaveLength(1);
    await server.db.owner.query("DELETE FROM holdings WHERE name_ja LIKE '多い台帳%'", []);
  });

  test('the officer writes one and puts it in force; others read it', async () => {
    const chosen = await get('officer', `/consents/texts/new?holding=${server.holding}`);
    for (const name of ['kind', 'purposes', 'items', 'recipient', 'countryBy', 'systemBy', 'measuresBy'])
      expect(chosen.html).toContain(`name="${name}"`);
    const to = await inForce('draws');
    for (const [lang, texts] of [
      [
        'ja',
        ['抽選会のご案内　第1版', '使用中', '抽選会の案内に使うことに同意します。', '目的を超える利用', '読者台帳'],
      ],
      ['en', ['Prize draws, version 1', 'In use', 'I agree to be told about prize draws.', 'Readers']],
    ] as const) {
      const { status, html } = await get('auditor', to, lang);
      expect(status).toBe(200);
      for (const text of texts) expect(html).toContain(text);
      expect(html).not.toContain(`${to}/start`);
    }
    const next = await get('officer', '/consents/texts/new?code=draws&version=1');
    expect(next.html).toContain('抽選会の案内に使うことに同意します。');
  });

  test('of two versions written from the same one the later takes nothing back unseen', async () => {
    expect((await post('officer', '/consents/texts/new', newText('shared'))).status).toBe(303);
    const at = '/consents/texts/new?code=shared&version=1';
    const tab = {
      get: async (to: string) => (await get('officer', to)).html,
      post: (to: string, fields: Fields) => post('officer', to, fields),
    };
    const first = { wordingJa: '抽選会と展示会の案内に使うことに同意します。' };
    const late = await inTwoTabs(tab, at, { first, second: { nameJa: '催しのご案内' } });
    expect(late.status).toBe(409);
    expect(late.html).toContain('先に保存された内容との違い');
    expect(late.fields).toMatchObject({ wordingJa: [first.wordingJa], nameJa: ['催しのご案内'] });
    const { to } = await post('officer', '/consents/texts/new', late.fields);
    expect(to).toBe('/consents/texts/shared/3');
    expect(must(await server.client.consentText('shared', 3))).toMatchObject({
      wording: { ja: first.wordingJa },
      name: { ja: '催しのご案内' },
    });
    // A new text whose code was taken by somebody else meanwhile does not become a version of theirs.
    const taken = await post('officer', '/consents/texts/new', newText('shared'));
    expect(taken.status).toBe(409);
  });

  test('a text may have the code export: its page and the files of all texts do not stand in each other’s way', async () => {
    expect((await get('auditor', await inForce('export'))).status).toBe(200);
    const list = (await get('auditor', '/consents/texts?kind=use&state=in-force&col=code&sort=-code')).html;
    const at = /href="([^"]*consents-texts-utf8\.csv[^"]*)"/.exec(list)![1]!.replaceAll('&amp;', '&');
    const file = (await get('auditor', at)).html.trim().split('\r\n');
    expect(file).toEqual(['文面,文面の番号', '抽選会のご案内　第1版,export', '抽選会のご案内　第1版,draws']);
    expect(list.match(/href="\/consents\/texts\/[a-z]+\/1"/g)).toEqual([
      'href="/consents/texts/export/1"',
      'href="/consents/texts/draws/1"',
    ]);
    expect((await get('auditor', '/consents/texts/export/none')).status).toBe(404);
  });

  test('of many recipients only those that were added stand in the form, and whatever was typed is kept', async () => {
    const by = { actor: { kind: 'sekisho' }, authority: [] } as const;
    const described = {
      kind: 'corporation',
      address: '例示市1',
      representative: '例示 花子',
      relations: ['third-party'],
    };
    const register = async (name: string, country: string): Promise<string> =>
      must(await registerRecipient(server.office, by, { ...described, name, country })).id;
    const [printer, carrier] = [await register('株式会社例示印刷', 'JP'), await register('Reiji Lines', 'VN')];
    const first = (await get('officer', `/consents/texts/new?holding=${server.holding}`)).html;
    for (const id of [recipient, printer, carrier]) expect(first).toContain(`<option value="${id}"`);
    expect(first).toContain('Reiji Lines（ベトナム）');
    expect(first).not.toContain('name="recipients"');
    const added = await post('officer', '/consents/texts/new', newText('many', { kind: '', recipient: printer }));
    expect(added.status).toBe(422);
    expect(added.html).not.toContain('errsum');
    expect(added.html).toContain('value="many"');
    expect(added.html).toMatch(/name="items" value="email" checked/);
    expect(added.html).toMatch(new RegExp(`name="recipients" value="${printer}" checked[^>]* autofocus`));
    expect(added.html).not.toContain(`<option value="${printer}"`);
    const sent = newText('many', { kind: 'provision', purposes: ['P3'], recipients: [printer] });
    const more = await post('officer', '/consents/texts/new', { ...sent, recipient: carrier });
    for (const id of [printer, carrier]) expect(more.html).toContain(`name="recipients" value="${id}" checked`);
    const nobody = await post('officer', '/consents/texts/new', { ...sent, recipient: newId(0) });
    expect(nobody.html).toContain('href="#f-recipients"');
    expect(nobody.html.match(/name="recipients"/g)).toHaveLength(1);
    const done = await post('officer', '/consents/texts/new', sent);
    expect([done.status, done.to]).toEqual([303, '/consents/texts/many/1']);
    const next = (await get('officer', '/consents/texts/new?code=many&version=1')).html;
    expect(next.match(/name="recipients" value="[^"]*"/g)).toEqual([`name="recipients" value="${printer}"`]);
  });

  test('of a long register a text offers some recipients to add, and a search without script finds any other; nothing is lost', async () => {
    await registerMany();
    const to = '/consents/texts/new';
    const offered = (html: string): string[] =>
      [...html.matchAll(/<option value="([0-9a-f-]{36})"/g)].map(([, one]) => one!);
    const added = (html: string): string[] =>
      [...html.matchAll(/name="recipients" value="([^"]+)" checked/g)].map(([, one]) => one!);
    const first = (await get('officer', `${to}?holding=${server.holding}`)).html;
    expect([offered(first).length, first.length < 15_000]).toEqual([15, true]);
    expect(first).toContain('件のうち15件を並べています');
    // The search keeps the rest of the form and moves the focus to the results.
    const typed = newText('long', { ...abroad, kind: 'provision', recipients: [recipient] });
    const found = await post('officer', to, { ...typed, recipient: '', q: '商店　０４９８', find: '' });
    expect(found.status).toBe(422);
    expect(found.html).not.toContain('errsum');
    expect(found.html).not.toContain('<title>エラー');
    expect(found.html).toMatch(/id="found"[^>]* autofocus/);
    expect(found.html).toContain('「商店　０４９８」に合う提供先は1件です。');
    expect(added(found.html)).toEqual([recipient]);
    for (const kept of ['value="long"', 'value="email" checked', abroad['systemJa'] as string])
      expect([kept, found.html.includes(kept)]).toEqual([kept, true]);
    const [chosen] = offered(found.html);
    expect(offered(found.html)).toHaveLength(1);
    // A recipient is added from the results; a new search shows that it is already added.
    const one = await post('officer', to, { ...typed, recipient: chosen!, q: '商店　０４９８' });
    expect([one.status, added(one.html).toSorted()]).toEqual([422, [recipient, chosen!].toSorted()]);
    expect(one.html).toMatch(new RegExp(`value="${chosen}" checked[^>]* autofocus`));
    expect(one.html).not.toMatch(/id="found"[^>]* autofocus/);
    expect(one.html).toContain('「商店　０４９８」に合う提供先は、すべて加えてあります。');
    // An error keeps the search and the recipients already added, and a search adds a recipient that is chosen but not yet added.
    const both = newText('long', { kind: 'provision', purposes: ['P3'], recipients: [recipient, chosen!] });
    const wrong = await post('officer', to, { ...both, code: 'Long', recipient: '', q: '商店　０４９' });
    expect([wrong.status, added(wrong.html).length, offered(wrong.html).length]).toEqual([422, 2, 9]);
    expect(wrong.html).toContain('href="#f-code"');
    expect(wrong.html).toContain('value="商店　０４９"');
    const more = await post('officer', to, {
      ...both,
      recipient: offered(wrong.html)[0]!,
      q: 'どこにもない',
      find: '',
    });
    expect([added(more.html).length, offered(more.html).length]).toEqual([3, 0]);
    expect(more.html).toContain('「どこにもない」に合う提供先はありません。');
    const done = await post('officer', to, { ...both, recipient: '', q: '商店　０４９' });
    expect(done).toMatchObject({ status: 303, to: '/consents/texts/long/1' });
    expect((await get('officer', done.to)).html).toContain('多数例示商店 0498');
    await server.db.owner.query(`DELETE FROM recipients WHERE name LIKE '多数例示商店%'`, []);
  });

  test('what is wrong is named at its field, and nothing typed is lost', async () => {
    const wrong = await post(
      'officer',
      '/consents/texts/new',
      newText('Draws', { wordingJa: '', wordingEn: '', items: [] }),
    );
    expect(wrong.status).toBe(422);
    for (const field of ['code', 'wordingJa', 'items']) expect(wrong.html).toContain(`href="#f-${field}"`);
    expect(wrong.html).toContain('value="Draws"');
    expect((await post('officer', '/consents/texts/new', newText('x', { kind: '' }))).html).toContain('href="#f-kind"');
  });

  test.each(['country', 'system', 'measures'])('abroad with the %s left blank is refused', async (matter) => {
    const blank = { ...abroad, recipients: [recipient], [`${matter}By`]: '' };
    const wrong = await post('officer', '/consents/texts/new', newText('blank', blank));
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain(`href="#f-${matter}By"`);
    expect((await get('officer', '/consents/texts/blank/1')).status).toBe(404);
  });

  test.each<[string, Fields, string]>([
    ['why a country is not known, beside the country', { ...abroad, countryJa: '所在が分からない' }, 'countryJa'],
    ['a text beside the report', { ...abroad, systemBy: 'report' }, 'systemJa'],
    ['the measures of another kind of consent', { ...abroad, kind: 'use' }, 'measuresEn'],
    ['that the recipient is abroad, of another kind', { abroad: 'yes' }, 'abroad'],
  ])('%s is not dropped, but refused at its field', async (_, more, field) => {
    const to = '/consents/texts/new';
    const wrong = await post('officer', to, newText('stray', { ...more, recipients: [recipient] }));
    expect([wrong.status, wrong.html.includes(`href="#f-${field}"`)]).toEqual([422, true]);
    expect((await get('officer', '/consents/texts/stray/1')).status).toBe(404);
  });

  test('abroad says what is shown', async () => {
    const to = await inForce('abroad', { ...abroad, recipients: [recipient] });
    const { html } = await get('auditor', to);
    for (const text of [
      'ベトナム',
      '不明：法令が公開されていないため',
      '同じ水準の措置を契約で約束している',
      'Reiji Viet Nam',
    ])
      expect(html).toContain(text);
  });

  test('what a version said of another choice goes with the choice', async () => {
    const began = fieldsIn((await get('officer', '/consents/texts/new?code=abroad&version=1')).html);
    const next = await post('officer', '/consents/texts/new', { ...began, kind: 'provision' });
    expect([next.status, next.to]).toEqual([303, '/consents/texts/abroad/2']);
    expect((await get('auditor', next.to)).html).not.toContain('同じ水準の措置を契約で約束している');
  });

  test('a day that cannot be read, and a second start, are refused', async () => {
    await post('officer', '/consents/texts/new', newText('draws', { seenCode: 'draws', seen: '1' }));
    expect((await post('officer', '/consents/texts/draws/2/start', { from_day: '2026/2/30' })).html).toContain(
      'href="#f-from-day"',
    );
    expect((await post('officer', '/consents/texts/draws/2/start', { from_day: '2026/10/1' })).status).toBe(422);
    expect((await post('officer', '/consents/texts/draws/1/start', { from_day: '2026/12/7' })).status).toBe(409);
  });
});

describe('a consent', () => {
  const at = '/consents/new?code=draws&version=1';
  const record = (more: Fields = {}) => post('desk', '/consents/new', { code: 'draws', version: '1', ...given(more) });

  test('is recorded by the desk, shown in both languages, and stands in the history of the person', async () => {
    const form = await get('desk', `${at}&principal=${person}`);
    expect(form.html).toContain(`value="${person}"`);
    const { status, to } = await record();
    expect(status).toBe(303);
    for (const [lang, texts] of [
      ['ja', ['有効', '>抽選会のご案内　<', '>第1版<', '申込記録 20261207-01', '取り下げられていません']],
      ['en', ['In force', '>Prize draws, <', '>version 1<', 'It has not been withdrawn']],
    ] as const) {
      const { html } = await get('auditor', to, lang);
      for (const text of texts) expect(html).toContain(text);
    }
    expect((await get('desk', `/people/${person}`)).html).toContain('同意の記録');
    expect((await get('desk', `/people/${person}`)).html).toContain(`/consents/new?principal=${person}`);
    const list = await get('auditor', `/consents?principal=${person}`);
    expect(list.html).toContain(`href="${to}"`);
    expect((await get('auditor', to)).html).not.toContain(`${to}/withdraw`);
  });

  test('is asked once how it came, where that says how it was given', async () => {
    const principal = await somebody();
    const { to } = await record({ principal, channel: 'paper', method: '' });
    expect(must(await server.client.consents({ principal })).consents).toMatchObject([
      { channel: 'paper', method: 'paper' },
    ]);
    expect((await get('desk', to)).status).toBe(200);
  });

  test('of a person outside the holding that the text reaches is asked about, and recorded on a second press', async () => {
    const holding = must(
      await registerHolding(
        server.app,
        { actor: { kind: 'sekisho' }, authority: [] },
        {
          ...readers,
          name: both('会員台帳', 'Members'),
          manager: server.staff.officer,
        },
      ),
    ).id;
    await inForce('members', { holding, items: ['name'] });
    const principal = await somebody();
    const fields = { code: 'members', version: '1', ...given({ principal }) };
    const asked = await post('desk', '/consents/new', fields);
    expect(asked.status).toBe(422);
    for (const text of [
      'href="#f-elsewhere"',
      '「会員台帳」に登録されていません',
      'name="elsewhere"',
      '申込記録 20261207-01',
    ])
      expect(asked.html).toContain(text);
    expect(must(await server.client.consents({ principal })).consents).toEqual([]);
    expect((await post('desk', '/consents/new', { ...fields, elsewhere: 'yes' })).status).toBe(303);
    expect(must(await server.client.consents({ principal })).consents).toHaveLength(1);
    expect((await get('desk', '/consents/new?code=members&version=1')).html).not.toContain('name="elsewhere"');
  });

  test('of a child who cannot judge it, after the person’s own, says before and after that the person’s own counts', async () => {
    const principal = await somebody();
    const own = (await record({ principal, given_on: '2026/12/5' })).to;
    const fields = { code: 'draws', version: '1', ...given({ principal, given_by: 'without-capacity' }) };
    const asked = await post('desk', '/consents/new', fields);
    expect(asked.status).toBe(422);
    for (const text of [
      'href="#f-counting"',
      '2026/12/05の同意（本人）が根拠になります。だれが同意したかが、日付より先に問われるためです（ガイドライン2-16）。',
      'この同意は、それが終わるまで根拠になりません。',
      '確かめた（このまま記録する）',
    ])
      expect(asked.html).toContain(text);
    expect(must(await server.client.consents({ principal })).consents).toHaveLength(1);
    // What is confirmed is this: with another consent it is asked anew.
    expect((await post('desk', '/consents/new', { ...fields, counting: 'none' })).status).toBe(422);
    const done = await post('desk', '/consents/new', { ...fields, counting: own.split('/').at(-1)! });
    expect(done.status).toBe(303);
    const shown = await get('desk', done.to, 'en');
    for (const text of [
      'Which consent counts',
      'The consent of 2026/12/05 (The person) counts. Who consented matters before the day does (guideline 2-16).',
      'This one does not count until that one has ended.',
      `href="${own}"`,
    ])
      expect(shown.html).toContain(text);
    expect((await get('desk', own)).html).toContain(
      'この同意が根拠になります。だれが同意したかが、日付より先に問われるためです（ガイドライン2-16）。この同意が終わると、2026/12/07の同意（判断できない本人）が再び根拠になります。',
    );
    await post('desk', `${own}/withdraw`, { on: '2026/12/7', evidence: '' });
    expect((await get('desk', done.to)).html).toContain(
      'この同意が根拠になります。ほかに有効な同意はありません。判断できない本人の同意なので、これだけでは何も認められません。',
    );
    expect((await get('desk', own)).html).toContain(
      '2026/12/07の同意（判断できない本人）が根拠になります。この同意は、申出か取下げで終わっています。',
    );
  });

  test('says before that a representative’s counts from now on instead of the person’s own', async () => {
    const principal = await somebody();
    await record({ principal, given_on: '2026/12/5' });
    const fields = given({ principal, given_by: 'representative', relation: 'parent', checked: 'family-register' });
    const asked = await post('desk', '/consents/new', { code: 'draws', version: '1', ...fields });
    expect([asked.status, asked.html.includes('name="counting"')]).toEqual([422, true]);
    expect(asked.html).toContain(
      'この同意が根拠になります。新しいほうで決まるためです（同じ日なら、時刻の分かるほう）。この同意が終わると、2026/12/05の同意（本人）が再び根拠になります。',
    );
  });

  test('beside one that counts instead, or of a giver whose consent allows nothing, is not called in force anywhere', async () => {
    const principal = await somebody();
    const row = async (lang: string): Promise<string[]> => {
      const { html } = await get('desk', `/consents?principal=${principal}`, lang);
      // Recorded in the same instant, they are listed in either order.
      return html.split('<tr').slice(2).map(chipIn).toSorted();
    };
    const file = async () =>
      (await get('auditor', `/consents/export/consents-utf8.csv?principal=${principal}`)).html
        .trim()
        .split('\r\n')
        .slice(1)
        .map((line) => line.split(',')[1])
        .toSorted();
    const page = async (to: string) => [
      chipIn((await get('desk', to)).html),
      chipIn((await get('desk', to, 'en')).html),
    ];
    const own = (await record({ principal, given_on: '2026/12/5' })).to;
    const chooses = { given_by: 'without-capacity', counting: own.split('/').at(-1)! };
    const child = (await record({ principal, given_on: '2026/12/6', ...chooses })).to;
    expect(await page(child)).toEqual(['ほかの同意が根拠', 'Another one counts']);
    expect(await page(own)).toEqual(['有効', 'In force']);
    expect(await row('ja')).toEqual(['ほかの同意が根拠', '有効'].toSorted());
    expect(await row('en')).toEqual(['Another one counts', 'In force']);
    expect(await file()).toEqual(['ほかの同意が根拠', '有効'].toSorted());
    const newer = (await record({ principal })).to;
    expect(await page(own)).toEqual(['ほかの同意が根拠', 'Another one counts']);
    for (const one of [own, newer]) await post('desk', `${one}/withdraw`, { on: '2026/12/7', evidence: '' });
    expect(await page(own)).toEqual(['終了 2026/12/07', 'Ended 2026/12/07']);
    expect(await page(child)).toEqual(['根拠にならない', 'Allows nothing']);
    const unclear = (await record({ principal: await somebody(), given_by: 'uncertain-child' })).to;
    expect(await page(unclear)).toEqual(['管理者の判断による', 'As the officer judges']);
  });

  test('of the same giver, as when it is renewed, is recorded without being asked about', async () => {
    const principal = await somebody();
    expect((await record({ principal, given_on: '2026/12/5' })).status).toBe(303);
    const { to } = await record({ principal });
    expect((await get('desk', to)).html).toContain('この同意が根拠になります。新しいほうで決まるためです');
    // One of an earlier day, written down late, is not what counts.
    const late = await record({ principal, given_on: '2026/12/4' });
    expect(late.status).toBe(303);
    expect((await get('desk', late.to)).html).toContain(
      '2026/12/07の同意（本人）が根拠になります。新しいほうで決まるためです',
    );
  });

  test('of a day before another to the same was withdrawn is recorded only once somebody made sure that they still consent', async () => {
    const principal = await somebody();
    const own = (await record({ principal, given_on: '2026/12/5' })).to;
    await post('desk', `${own}/withdraw`, { on: '2026/12/6', evidence: '' });
    const fields = { code: 'draws', version: '1', ...given({ principal, given_on: '2026/12/4' }) };
    const asked = await post('desk', '/consents/new', fields);
    expect(asked.status).toBe(422);
    for (const text of [
      'href="#f-counting"',
      'この同意が根拠になります。ほかに有効な同意はありません。',
      'ただし、同じことへの2026/12/05の同意（本人）が、2026/12/06に取り下げられています（根拠になる同意と同じ日か、その後です）。本人がいまも同意しているかを確かめてください。',
    ])
      expect(asked.html).toContain(text);
    expect(must(await server.client.consents({ principal })).consents).toHaveLength(1);
    const done = await post('desk', '/consents/new', { ...fields, counting: own.split('/').at(-1)! });
    expect(done.status).toBe(303);
    expect((await get('desk', done.to, 'en')).html).toContain(
      'But the consent of 2026/12/05 (The person) to the same was withdrawn on 2026/12/06, the day of the consent that counts or later. Make sure that the person still consents.',
    );
    // After the withdrawal they consented anew.
    const anew = await record({ principal });
    expect(anew.status).toBe(303);
    expect((await get('desk', anew.to)).html).not.toContain('取り下げられています');
  });

  test('of a day before an objection says that it no longer counts, and asks together with what else is to be confirmed', async () => {
    const principal = await somebody();
    must(await server.client.object({ principal, scope: 'everything', on: '2026-12-06' }));
    const fields = { code: 'members', version: '1', ...given({ principal, given_on: '2026/12/5' }) };
    const asked = await post('desk', '/consents/new', fields);
    expect(asked.html).toContain('根拠になる同意はありません。この同意は、申出か取下げで終わっています。');
    const half = await post('desk', '/consents/new', { ...fields, counting: 'none' });
    expect([half.status, /name="counting" value="none"[^>]* checked/.test(half.html)]).toEqual([422, true]);
    expect((await post('desk', '/consents/new', { ...fields, counting: 'none', elsewhere: 'yes' })).status).toBe(303);
  });

  test('pressed twice, it is one', async () => {
    const principal = await somebody();
    const key = '00000000-0000-7000-8000-00000000000a';
    const [first, second] = [await record({ principal, key }), await record({ principal, key })];
    expect([first.status, second.to]).toEqual([303, first.to]);
    expect(must(await server.client.consents({ principal })).consents).toHaveLength(1);
  });

  test.each<[string, Fields, string]>([
    ['a day after today', { given_on: '2026/12/8' }, 'given-on'],
    ['a day that cannot be read', { given_on: '2026/2/30' }, 'given-on'],
    ['a time that cannot be read', { given_time: '25:00' }, 'given-time'],
    ['nobody who gave it', { given_by: '' }, 'given-by'],
    ['a representative without the paper', { given_by: 'representative', relation: 'parent' }, 'relation'],
    [
      'the guardian of an adult, shown by a family register',
      { given_by: 'representative', relation: 'guardian-of-adult', checked: 'family-register' },
      'checked',
    ],
    ['a relation, where the person gave it', { relation: 'parent' }, 'relation'],
    ['the paper of a representative, where the person gave it', { checked: 'family-register' }, 'checked'],
    ['no language', { language: '' }, 'language'],
    ['no way', { channel: '' }, 'channel'],
    ['a channel that is no method, and none chosen', { channel: 'electronic', method: '' }, 'method'],
    ['word of mouth without a note', { method: 'oral' }, 'note'],
    ['an address as evidence', { evidence: 'hanako@example.jp' }, 'evidence'],
    ['nobody', { principal: 'x' }, 'principal'],
  ])('with %s is refused at its field', async (_, more, field) => {
    const wrong = await record(more);
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain(`href="#f-${field}"`);
    expect(wrong.html).toContain('エラー：');
  });

  test('abroad asks when the information was shown, and refuses a later day', async () => {
    expect((await get('desk', '/consents/new?code=abroad&version=1')).html).toContain('name="shown_on"');
    expect((await get('desk', at)).html).not.toContain('name="shown_on"');
    const of = (more: Fields) => post('desk', '/consents/new', { code: 'abroad', version: '1', ...given(more) });
    expect((await of({})).html).toContain('href="#f-shown-on"');
    const late = await of({ given_on: '2026/12/6', shown_on: '2026/12/7' });
    expect([late.status, late.html.includes('法28条2項')]).toEqual([422, true]);
    expect((await of({ shown_on: '2026/12/6' })).status).toBe(303);
  });

  test('to a superseded version is refused and leads to the one in force', async () => {
    await inForce('old');
    await post('officer', '/consents/texts/new', newText('old', { seenCode: 'old', seen: '1' }));
    expect((await post('officer', '/consents/texts/old/2/start', { from_day: '2026/12/1' })).status).toBe(303);
    const stale = await post('desk', '/consents/new', { code: 'old', version: '1', ...given() });
    expect(stale.status).toBe(409);
    expect(stale.html).toContain('/consents/new?code=old&amp;version=2');
    expect(stale.html).toContain('申込記録 20261207-01');
  });

  test('of a person who withdrew another to the same under another of their ids is asked about too', async () => {
    const [one, other] = [await somebody(), await somebody()];
    must(await server.client.link(one, { same_as: other, shown_by: 'document' }));
    const draws = (principal: string, more: Fields = {}) =>
      post('desk', '/consents/new', { code: 'draws', version: '1', ...given({ principal, ...more }) });
    const withdrawn = (await draws(one, { given_on: '2026/12/5' })).to;
    await post('desk', `${withdrawn}/withdraw`, { on: '2026/12/6', evidence: '' });
    const doubt = 'ただし、同じことへの2026/12/05の同意（本人）が、2026/12/06に取り下げられています';
    const asked = await draws(other, { given_on: '2026/12/4' });
    expect([asked.status, asked.html.includes(doubt)]).toEqual([422, true]);
    const done = await draws(other, { given_on: '2026/12/4', counting: withdrawn.split('/').at(-1)! });
    expect((await get('desk', done.to)).html).toContain(doubt);
  });

  test('a handler who may not read the records is led back to the person', async () => {
    const done = await post('handler', '/consents/new', { code: 'draws', version: '1', ...given() });
    expect([done.status, done.to]).toEqual([303, `/people/${person}`]);
  });
});

describe('what ends it', () => {
  test('before one is withdrawn it is said that another for the same purpose remains', async () => {
    const principal = await somebody();
    const record = async () =>
      (await post('desk', '/consents/new', { code: 'draws', version: '1', ...given({ principal }) })).to;
    const [one, other] = [await record(), await record()];
    const asked = await get('desk', `${one}/withdraw`);
    expect(asked.html).toContain('同じ目的への同意が、ほかに1件残ります');
    expect(asked.html).toContain(`href="/consents/objections/new?principal=${principal}"`);
    expect((await get('desk', `${one}/withdraw`, 'en')).html).toContain(
      'One more consent for the same purpose remains',
    );
    await post('desk', `${one}/withdraw`, { on: '2026/12/7', evidence: '' });
    expect((await get('desk', `${other}/withdraw`)).html).not.toContain('残ります');
  });

  test('what remains under another id of the person is told too', async () => {
    const [one, twin] = [await somebody(), await somebody()];
    const record = async (principal: string) =>
      (await post('desk', '/consents/new', { code: 'draws', version: '1', ...given({ principal }) })).to;
    const [here] = [await record(one), await record(twin)];
    const says = async () => (await get('desk', `${here}/withdraw`)).html;
    expect(await says()).not.toContain('残ります');
    must(await server.client.link(one, { same_as: twin, shown_by: 'document' }));
    expect(await says()).toContain('同じ目的への同意が、ほかに1件残ります');
  });

  test('withdrawn on a page of its own, once', async () => {
    const principal = await somebody();
    const { to } = await post('desk', '/consents/new', { code: 'draws', version: '1', ...given({ principal }) });
    const page = await get('desk', `${to}/withdraw`);
    expect(page.html).toContain('元には戻せません');
    expect((await post('desk', `${to}/withdraw`, { on: '2026/2/30', evidence: '' })).html).toContain('href="#f-on"');
    expect((await post('desk', `${to}/withdraw`, { on: '2026/12/6', evidence: '' })).status).toBe(422);
    expect((await post('desk', `${to}/withdraw`, { on: '2026/12/7', at: '9', evidence: '' })).html).toContain(
      'href="#f-at"',
    );
    expect(await post('desk', `${to}/withdraw`, { on: '2026/12/7', evidence: '' })).toMatchObject({ status: 303, to });
    expect((await post('desk', `${to}/withdraw`, { on: '2026/12/7', evidence: '' })).status).toBe(409);
    const shown = await get('desk', to);
    expect(shown.html).toContain('終了');
    expect(shown.html).not.toContain(`href="${to}/withdraw"`);
    // Its time may become known later, and is stated once.
    expect(shown.html).toContain(`href="${to}/withdrawal-time"`);
    expect((await get('desk', `${to}/withdrawal-time`)).html).toContain('2026/12/07');
    expect(await post('desk', `${to}/withdrawal-time`, { at: '25:00' })).toMatchObject({ status: 422 });
    expect(await post('desk', `${to}/withdrawal-time`, { at: '0:05' })).toMatchObject({ status: 303, to });
    const timed = (await get('desk', to)).html;
    expect(timed).toContain('2026/12/07 0:05');
    expect(timed).not.toContain('withdrawal-time');
    expect((await post('desk', `${to}/withdrawal-time`, { at: '0:06' })).status).toBe(409);
    expect((await get('desk', to)).html).toContain('2026/12/07 0:05');
    // The list can be filtered to withdrawn consents; it shows the day each ended.
    const anew = { code: 'draws', version: '1', counting: to.split('/').at(-1)!, ...given({ principal }) };
    const kept = await post('desk', '/consents/new', anew);
    const files = async (query: string): Promise<string[]> =>
      (await get('auditor', `/consents/export/consents-utf8.csv?principal=${principal}${query}`)).html
        .trim()
        .split('\r\n')
        .slice(1)
        .map((line) => line.split(',')[1]!);
    expect([kept.status, new Set(await files(''))]).toEqual([303, new Set(['有効', '終了 2026/12/07'])]);
    expect(await files('&withdrawn=yes')).toEqual(['終了 2026/12/07']);
    expect((await get('auditor', `/consents?principal=${principal}&withdrawn=yes`)).html).toContain('取下げ あり');
  });

  test('of a long register an objection offers some recipients, and a search without script finds any other; nothing typed is lost', async () => {
    await registerMany();
    const to = '/consents/objections/new';
    const offered = (html: string): string[] =>
      [...html.matchAll(/<input type="radio" name="recipient" value="([^"]+)"/g)].map(([, one]) => one!);
    const first = (await get('desk', to)).html;
    expect([offered(first).length, first.length < 20_000]).toEqual([15, true]);
    const principal = await somebody();
    const asked = { principal, scope: 'recipient', purpose: '', recipient, on: '2026/12/6', evidence: '棚3' };
    const found = await post('desk', to, { ...asked, q: '商店　０４９８', find: '' });
    expect(found.status).toBe(422);
    expect(found.html).not.toContain('errsum');
    expect(found.html).not.toContain('<title>エラー');
    expect(found.html).toMatch(new RegExp(`value="${recipient}" checked`));
    for (const kept of [principal, '2026/12/6', '棚3', 'value="recipient" checked', '例示市498'])
      expect([kept, found.html.includes(kept)]).toEqual([kept, true]);
    const chosen = offered(found.html).find((id) => id !== recipient)!;
    const done = await post('desk', to, { ...asked, recipient: chosen, q: '' });
    expect(done.status).toBe(303);
    expect((await get('desk', done.to)).html).toContain('多数例示商店 0498');
    await server.db.owner.query(`DELETE FROM recipients WHERE name LIKE '多数例示商店%' AND id <> $1`, [chosen]);
  });

  test('an objection ends what came before it', async () => {
    const principal = await somebody();
    const { to } = await post('desk', '/consents/new', { code: 'draws', version: '1', ...given({ principal }) });
    const asked = { principal, scope: 'purpose', purpose: '', recipient: '', on: '', at: '', evidence: '' };
    const nothing = (await post('desk', '/consents/objections/new', { ...asked, principal: '', scope: '' })).html;
    expect(nothing).toContain('href="#f-principal"');
    expect(nothing).toContain('href="#f-scope"');
    expect((await post('desk', '/consents/objections/new', asked)).html).toContain('href="#f-purpose"');
    expect((await post('desk', '/consents/objections/new', { ...asked, on: 'x' })).html).toContain('href="#f-on"');
    expect((await post('desk', '/consents/objections/new', { ...asked, at: '9' })).html).toContain('href="#f-at"');
    const other = { ...asked, scope: 'recipient', recipient: person };
    expect((await post('desk', '/consents/objections/new', other)).html).toContain('href="#f-recipient"');
    for (const [field, stray] of [
      ['recipient', { purpose: 'P1', recipient }],
      ['purpose', { purpose: 'P1', scope: 'everything' }],
    ] as const) {
      const kept = await post('desk', '/consents/objections/new', { ...asked, ...stray });
      expect([field, kept.status, kept.html.includes(`href="#f-${field}"`)]).toEqual([field, 422, true]);
    }
    const done = await post('desk', '/consents/objections/new', { ...asked, purpose: 'P1' });
    const shown = await get('desk', to);
    expect(shown.html).toContain('ある目的での利用をやめる：P1');
    expect(shown.html).toContain('終了');
    const id = /^\/consents\/objections\?principal=[0-9a-f-]+&done=([0-9a-f-]{36})$/.exec(done.to)![1]!;
    expect(done.to).toContain(principal);
    const said = (await get('desk', done.to)).html;
    for (const text of [
      '申出を記録しました',
      'ある目的での利用をやめる：P1',
      '終わった同意：抽選会のご案内　第1版',
      '有効',
    ])
      expect(said).toContain(text);
    const atPerson = (await get('handler', `/people/${principal}`)).html;
    for (const text of ['やめてほしいという申出', 'ある目的での利用をやめる：P1', '2026/12/07から', '抽選会のご案内'])
      expect(atPerson).toContain(text);
    expect(atPerson).not.toContain('/consents/objections?');

    clock.moveTo('2026-12-07T10:01:00+09:00');
    const twice = await post('desk', '/consents/objections/new', { ...asked, scope: 'everything' });
    expect((await get('desk', twice.to)).html).toContain('終わる同意はありませんでした。');
    expect((await get('desk', `/people/${principal}`)).html).toContain('終わった同意：抽選会のご案内　第1版');
    const second = /done=([0-9a-f-]{36})$/.exec(twice.to)![1]!;
    await post('desk', `/consents/objections/${second}/take-back`, { reason: '二重に記録しました' });

    const at = `/consents/objections/${id}/take-back`;
    expect(said).toContain(`href="${at}"`);
    expect((await get('desk', at)).html).toContain('ある目的での利用をやめる：P1');
    expect((await post('desk', at, { reason: '' })).html).toContain('href="#f-reason"');
    const back = await post('desk', at, { reason: '別の方の申出でした' });
    expect(back).toMatchObject({ status: 303, to: done.to });
    const after = (await get('auditor', back.to, 'en')).html;
    for (const text of [
      'The objection was taken back',
      'Consents in force again: Prize draws, version 1',
      `href="/consents/objections/${id}"`,
    ])
      expect(after).toContain(text);
    expect((await get('auditor', `/consents/objections/${id}`)).html).toContain('別の方の申出でした');
    expect(after).not.toContain(at);
    expect((await get('desk', to)).html).toContain('申出の記録の取消し');
    expect((await get('desk', at)).status).toBe(404);
    expect((await get('handler', `/people/${principal}`)).html).not.toContain('ある目的での利用をやめる：P1');
    expect((await get('auditor', at)).status).toBe(403);
    const narrowed = `/consents/objections?principal=${principal}&scope=everything`;
    const found = (await get('auditor', narrowed)).html;
    expect(found.split('<tr')).toHaveLength(3);
    const on = async (from: string, to: string) =>
      (await get('auditor', `${narrowed}&from=${from}&to=${to}`)).html.split('<tr').length - 2;
    expect(await Promise.all([on('2026-12-07', '2026-12-07'), on('2026-12-08', ''), on('', '2026-12-06')])).toEqual([
      1, -1, -1,
    ]);
    const file = /href="([^"]*consents-objections-utf8\.csv[^"]*)"/.exec(found)![1]!.replaceAll('&amp;', '&');
    expect((await get('auditor', file)).html.trim().split('\r\n')[1]).toContain(
      `,取消し 2026/12/07,${principal},すべての取扱いをやめる,`,
    );
    expect((await get('auditor', narrowed.replace('everything', 'provision'))).html).toContain(
      'この条件に合う申出はありません',
    );
    expect(must(await server.client.objections(principal)).objections).toMatchObject([
      { id: second, taken_back_on: '2026-12-07' },
      { id, taken_back_on: '2026-12-07' },
    ]);
  });

  test('whoever may not read the records is told on the page of the person', async () => {
    const principal = await somebody();
    const asked = { principal, scope: 'everything', purpose: '', recipient: '', on: '', evidence: '' };
    const done = await post('handler', '/consents/objections/new', asked);
    expect(done).toMatchObject({ status: 303, to: `/people/${principal}?done=objected` });
    expect((await get('handler', done.to)).html).toContain('申出を記録しました');
    expect((await get('handler', '/consents/objections/new')).html).toContain('href="/people"');
  });
});

describe('a file', () => {
  const take = (rows: string[][], fields: Fields) =>
    post('desk', '/consents/import', fields, csvUtf8(['principal', 'given_on', 'given_by', 'evidence'], rows));

  test('larger than a form may be is taken in; what is wrong in it is named', async () => {
    const text = must(await server.client.consentText('draws', 1)).id;
    const fields = { text, language: 'ja', channel: 'web-form' };
    // More than 1 MiB, the limit for a form without a file.
    const wide = '箱'.repeat(190);
    const people = await Promise.all(Array.from({ length: 3 }, somebody));
    const rows = people.map((id) => [id, 'R8.11.1', 'principal', wide]);
    const bad = [...rows, ...Array.from({ length: 2_000 }, () => [people[0]!, '2026/13/1', 'principal', wide])];
    const wrong = await take(bad, fields);
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('5行目「同意した日」');
    expect(wrong.html).toContain('あと1,900か所');
    expect(await take(rows, fields)).toMatchObject({ status: 303, to: `/consents?text=${text}&imported=3` });
    expect((await get('desk', `/consents?text=${text}&imported=3`)).html).toContain('3件の同意を記録しました');
    expect((await take(rows, fields)).status).toBe(409);
  });

  test('of which some are not in force says how many, in the words of the list', async () => {
    const text = must(await server.client.consentText('draws', 1)).id;
    const [asked, child, plainly] = await Promise.all(Array.from({ length: 3 }, somebody));
    must(await server.client.object({ principal: asked!, scope: 'everything' }));
    const rows = [asked!, child!, plainly!].map((id) => [id, 'R8.11.1', 'principal', '箱9']);
    rows[1]![2] = 'uncertain-child';
    const { to } = await take(rows, { text, language: 'ja', channel: 'web-form' });
    expect(to).toBe(`/consents?text=${text}&imported=3&ended=1&judged=1`);
    expect((await get('desk', to)).html).toContain(
      '3件の同意を記録しました。このうち、「終了」1件、「管理者の判断による」1件です。',
    );
    expect((await get('desk', `${to}&lang=en`)).html).toContain(
      '3 consents were recorded. Of these: 1 “Ended”, 1 “As the officer judges”.',
    );
  });

  test('none chosen, and no text, are named', async () => {
    const wrong = await post('desk', '/consents/import', { text: '', language: '', channel: '' });
    for (const field of ['text', 'language', 'channel', 'file']) expect(wrong.html).toContain(`href="#f-${field}"`);
  });
});

describe('through the API', () => {
  const input = () =>
    ({
      principal: person,
      text: { code: 'draws', version: 1 },
      language: 'en',
      given_at: '2026-12-07T09:30:00+09:00',
      given_by: 'representative',
      representative: { relation: 'parent', checked: 'family-register' },
      channel: 'web-form',
      method: 'web-form',
      evidence: 'form 7',
    }) as const;

  test('a text is written and put in force', async () => {
    const { client, holding } = server;
    const text = {
      code: 'by-system',
      kind: 'use',
      name: both('案内', 'News'),
      wording: { en: 'I agree' },
      purposes: ['P1'],
      holding,
      items: ['email'],
      recipients: [],
    } as const;
    expect(must(await client.writeConsentText(text as never))).toMatchObject({
      version: 1,
      state: 'draft',
      shown: null,
    });
    const started = must(await client.startConsentText('by-system', 1, { from_day: '2026-12-08' }));
    expect(started).toMatchObject({ state: 'coming', from_day: '2026-12-08', until_day: null });
    expect(must(await client.consentTexts()).texts.map(({ code }) => code)).toContain('by-system');
    // A new version must name the version that its author has seen.
    const unseen = await client.writeConsentText(text as never);
    expect(unseen.ok ? 0 : unseen.problem.status).toBe(409);
    expect(must(await client.writeConsentText({ ...text, version: 1 } as never))).toMatchObject({ version: 2 });
    const blank = { ...text, code: 'blank', kind: 'provision-abroad', recipients: [recipient], shown: {} };
    const refused = await client.writeConsentText(blank as never);
    expect(refused.ok ? [] : refused.problem.fields!.map(({ field }) => field)).toEqual([
      'shown.country',
      'shown.system',
      'shown.measures',
    ]);
  });

  test('a consent is recorded once for a key, read, withdrawn once', async () => {
    const { client } = server;
    const first = must(await client.consent(input(), { key: 'a-1' }));
    expect(first).toMatchObject({ given_on: '2026-12-07', given_at: '2026-12-07T00:30:00.000Z', state: 'stands' });
    expect(must(await client.consent(input(), { key: 'a-1' }))).toEqual(first);
    expect(must(await client.consentOf(first.id))).toEqual(first);
    expect(must(await client.withdrawConsent(first.id))).toMatchObject({ consent: first.id, on: '2026-12-07' });
    expect(must(await client.consentOf(first.id))).toMatchObject({ state: 'ended', ended_on: '2026-12-07' });
    const again = await client.withdrawConsent(first.id);
    expect(again.ok ? 0 : again.problem.status).toBe(409);
  });

  test('the answer says which consent counts, and why, also once one is withdrawn', async () => {
    const { client } = server;
    const principal = await somebody();
    const { representative: _, ...stated } = input();
    const ask = (given_by: ConsentGiver) => client.consent({ ...stated, principal, given_by });
    const own = must(await ask('principal'));
    const counts = (
      of: { id: string; given_by: string } | null,
      why: string | null,
      withdrawn_on: string | null = null,
    ) => [
      expect.objectContaining({
        purpose: 'P1',
        recipient: null,
        consent: of?.id ?? null,
        given_by: of?.given_by ?? null,
        why,
        withdrawn_on,
      }),
    ];
    expect(own.counting).toEqual(counts(own, 'only'));
    const child = must(await ask('without-capacity'));
    expect(child.counting).toEqual(counts(own, 'giver'));
    expect(must(await client.consentOf(own.id)).counting).toEqual(counts(own, 'giver'));
    expect(must(await client.withdrawConsent(own.id)).counting).toEqual(counts(child, 'only', '2026-12-07'));
    expect(must(await client.withdrawConsent(child.id)).counting).toEqual(counts(null, null));
  });

  test('a day and an instant that differ, no day, and one that is later, are refused by the field that was sent', async () => {
    const { client } = server;
    const { given_at: _, ...without } = input();
    for (const [body, field] of [
      [{ ...input(), given_on: '2026-12-06' }, 'given_at'],
      [without, 'given_on'],
      [{ ...without, given_on: '2026-12-08' }, 'given_on'],
      // The field named is the one that was sent: here the day in Japan comes from the instant.
      [{ ...without, given_at: '2026-12-07T23:30:00-12:00' }, 'given_at'],
      [{ ...input(), shown_at: '2026-12-07T00:00:00Z' }, 'shown_at'],
    ] as const) {
      const refused = await client.consent(body);
      expect(refused.ok ? [] : refused.problem.fields!.map((one) => one.field)).toEqual([field]);
    }
    const later = await client.object({ principal: person, scope: 'everything', at: '2026-12-08T00:00:00Z' });
    expect(later.ok ? [] : later.problem.fields!.map((one) => one.field)).toEqual(['at']);
  });

  test('a moment of today that is not yet come is refused as that, so that a clock which is ahead is looked for', async () => {
    const says = 'The time cannot be in the future. Check that the clock of the sender is not fast';
    const at = '2026-12-07T23:59:59+09:00';
    const { given_at: _, ...without } = input();
    const consent = await server.client.consent({ ...without, given_at: at });
    expect(consent).toMatchObject({ ok: false, problem: { status: 422, fields: [{ field: 'given_at', says }] } });
    const objection = await server.client.object({ principal: person, scope: 'everything', at });
    expect(objection).toMatchObject({ ok: false, problem: { status: 422, fields: [{ field: 'at', says }] } });
  });

  test('a superseded version is refused with the one in force', async () => {
    const { client } = server;
    const stale = await client.consent({ ...input(), text: { code: 'old', version: 1 } });
    const now = must(await client.consentText('old', 2)).id;
    expect(stale.ok ? null : stale.problem).toMatchObject({ status: 409, existing: now });
  });

  test('an objection is now unless it says otherwise', async () => {
    const { client } = server;
    const principal = await somebody();
    const made = must(await client.object({ principal, scope: 'everything' }, { key: 'o-1' }));
    expect(made).toMatchObject({ on: '2026-12-07', at: new Date(clock.now()).toISOString() });
    expect(must(await client.object({ principal, scope: 'everything' }, { key: 'o-1' }))).toEqual(made);
    expect(must(await client.objections(principal)).objections).toEqual([made]);
    const unknown = await client.object({ principal, scope: 'recipient', recipient: principal });
    expect(unknown.ok ? [] : unknown.problem.fields!.map(({ field }) => field)).toEqual(['recipient']);
  });

  test('what is exported has the fields of a consent record, and nothing of the person', async () => {
    const { client } = server;
    const principal = await somebody();
    const made = must(
      await client.consent({
        ...input(),
        principal,
        text: { code: 'abroad', version: 1 },
        language: 'ja',
        shown_on: '2026-12-06',
        note: '受付で聞いた',
      }),
    );
    must(await client.withdrawConsent(made.id));
    const { records, next } = must(await client.consentRecords({ principal }));
    expect(next).toBeNull();
    expect(records).toEqual([
      {
        schema_version: 'ISO/IEC TS 27560:2023',
        record_id: made.id,
        pii_principal_id: principal,
        pii_processing: {
          privacy_notice: `${server.url}/api/v1/consent-texts/abroad/1`,
          language: 'ja',
          purposes: [
            {
              purpose: 'P3',
              purpose_type: 'provision-abroad',
              lawful_basis: 'APPI 28(1)',
              pii_information: [
                { pii_type: 'name', special_pii_category: false },
                { pii_type: 'email', special_pii_category: false },
              ],
              pii_controllers: ['operator'],
              collection_method: 'web-form',
              storage_locations: ['関所の保管庫'],
              retention_period: '取得後3年',
              jurisdiction: 'JP',
              recipient_third_parties: [recipient],
              withdrawal_method: expect.stringContaining('お客様個人情報窓口') as string,
            },
          ],
        },
        party_identification: [
          expect.objectContaining({
            party_id: 'operator',
            party_name: '例示情報通信株式会社',
            party_role: 'pii-controller',
          }) as object,
          {
            party_id: recipient,
            party_name: 'Reiji Viet Nam Co., Ltd.',
            party_address: '1 Rei Street, Ha Noi',
            party_contact: '1 Rei Street, Ha Noi',
            party_role: 'third-party',
            party_type: 'corporation',
          },
        ],
        event: [
          {
            event_time: '2026-12-07T00:30:00.000Z',
            validity_duration: 'until-withdrawn',
            entity_id: 'representative:parent',
            event_type: 'explicit',
            event_state: 'consent_given',
          },
          {
            event_time: '2026-12-07',
            validity_duration: 'until-withdrawn',
            entity_id: principal,
            event_type: 'explicit',
            event_state: 'consent_withdrawn',
          },
        ],
      },
    ]);
    expect(JSON.stringify(records)).not.toMatch(/form 7|受付で|花子|reader-/);
    const file = await get('desk', `/consents/records.json?principal=${principal}`);
    expect(JSON.parse(file.html)).toEqual({ records });
    const [logged] = await listEntries(server.office.database, { actions: ['list:export'], most: 1 });
    expect(logged!.entry).toMatchObject({ list: 'consents', format: 'json', principal });
  });

  test('a record of a consent that ended in part names only what is left of it, and when the rest ended', async () => {
    const { client } = server;
    await inForce('two-purposes', { kind: 'provision', purposes: ['P1', 'P3'], recipients: [recipient] });
    const principal = await somebody();
    const asked = { ...input(), principal, text: { code: 'two-purposes', version: 1 }, language: 'ja' } as const;
    must(await client.consent({ ...asked, given_at: '2026-12-07T00:10:00+09:00' }));
    const record = async () => {
      const [one] = must(await client.consentRecords({ principal })).records;
      return {
        purposes: one!.pii_processing.purposes.map((of) => [of.purpose, of.recipient_third_parties]),
        parties: one!.party_identification.map(({ party_role: role }) => role),
        events: one!.event.map(({ event_time: at, event_state: state }) => [at, state]),
      };
    };
    const given = ['2026-12-06T15:10:00.000Z', 'consent_given'];
    const parties = ['pii-controller', 'third-party'];
    expect(await record()).toEqual({
      purposes: [
        ['P1', [recipient]],
        ['P3', [recipient]],
      ],
      parties,
      events: [given],
    });
    must(await client.object({ principal, scope: 'purpose', purpose: 'P3', at: '2026-12-07T09:00:00+09:00' }));
    const partly = ['2026-12-07T00:00:00.000Z', 'consent_partly_withdrawn'];
    expect(await record()).toEqual({ purposes: [['P1', [recipient]]], parties, events: [given, partly] });
    // Once the consent has ended in whole, the record names everything consented to.
    must(await client.object({ principal, scope: 'everything', on: '2026-12-07' }));
    expect(await record()).toEqual({
      purposes: [
        ['P1', [recipient]],
        ['P3', [recipient]],
      ],
      parties,
      events: [given, partly, ['2026-12-07', 'consent_withdrawn']],
    });
  });

  test('a file of one person’s consents is none where the address names nobody: it would be everybody’s', async () => {
    const { owner } = server.db;
    const exports = async () =>
      (await owner.query("SELECT 1 FROM log_entries WHERE action IN ('list:export', 'records:export')", [])).length;
    const before = await exports();
    for (const file of [
      '/consents/records.json',
      '/consents/export/consents-utf8.csv',
      '/consents/export/consents.xlsx',
      '/provisions/records.csv',
    ])
      for (const whose of ['abc', `${person}%20`, person.toUpperCase()])
        expect([file, whose, (await get('officer', `${file}?principal=${whose}`)).status]).toEqual([file, whose, 404]);
    expect(await exports()).toBe(before);
  });

  test('the file of the records has every one of them, however many have consented', async () => {
    const { client, db } = server;
    const principal = await somebody();
    const { id } = must(await client.consent({ ...input(), principal }));
    const others = 10_001;
    await db.owner.query(
      `INSERT INTO consents SELECT r.* FROM consents c, generate_series(1, ${others}) AS i,
         LATERAL jsonb_populate_record(c, jsonb_build_object('id', md5(i::text)::uuid)) AS r WHERE c.id = $1`,
      [id],
    );
    const file = await get('desk', `/consents/records.json?principal=${principal}`);
    const { records } = JSON.parse(file.html) as { records: { record_id: string }[] };
    expect(new Set(records.map((record) => record.record_id)).size).toBe(others + 1);
    expect(JSON.parse((await get('desk', `/consents/records.json?principal=${newId(0)}`)).html)).toEqual({
      records: [],
    });
    const list = await get('desk', `/consents?principal=${principal}`);
    expect(list.html).toContain(`href="/consents/export/consents-utf8.csv?principal=${principal}"`);
    const all = await get('desk', `/consents/export/consents-utf8.csv?principal=${principal}`);
    expect(all.html.match(new RegExp(`,${principal},`, 'g'))).toHaveLength(others + 1);
    expect(all.html.trim().split('\r\n')).toHaveLength(1 + others + 1);
    const [logged] = await listEntries(server.office.database, { actions: ['list:export'], most: 1 });
    expect(logged!.entry).toMatchObject({ list: 'consents', format: 'csv-utf8', principal });
    await db.owner.query('DELETE FROM consents WHERE principal_id = $1 AND id <> $2', [principal, id]);
  });

  test('notes, evidence and reasons are shown while the person is held, and said to be gone afterwards', async () => {
    const { client, office } = server;
    const principal = await somebody();
    const { id } = must(await client.consent({ ...input(), principal, note: '父の例示一郎から聞いた' }));
    must(await client.withdrawConsent(id, { evidence: '例示一郎の封書' }));
    must(await client.object({ principal, scope: 'everything', evidence: '例示一郎の葉書' }));
    const [objection] = must(await client.objections(principal)).objections;
    const back = { reason: '例示一郎の件の取違え' };
    expect((await post('desk', `/consents/objections/${objection!.id}/take-back`, back)).status).toBe(303);
    const lists = ['', '/export/consents-objections-utf8.csv'].map(
      (of) => `/consents/objections${of}?principal=${principal}`,
    );
    for (const list of lists) expect((await get('desk', list)).html).not.toMatch(/例示一郎/);
    const shown = async (lang: string) =>
      (await get('desk', `/consents/${id}`, lang)).html +
      (await get('desk', `/consents/objections/${objection!.id}`, lang)).html;
    for (const lang of ['ja', 'en']) {
      expect(await shown(lang)).toMatch(/父の例示一郎から聞いた.*form 7.*例示一郎の封書.*例示一郎の葉書.*取違え/s);
      expect(await shown(lang)).not.toMatch(/消去しました|Erased together/);
    }
    const whole = must(await client.consentOf(id));
    expect(whole).toMatchObject({ note: '父の例示一郎から聞いた', evidence: 'form 7', gone: false });
    const record = must(await client.consentRecords({ principal }));

    const actor = { kind: 'staff', id: server.staff.officer, name: '職員 一人', roles: ['officer'] } as const;
    must(await eraseAll(office, { actor, authority: [] }, { principal, ground: 'request-harm' }));
    for (const [lang, gone] of [
      ['ja', '本人の情報とともに消去しました'],
      ['en', 'Erased together with the person’s information'],
    ] as const) {
      const html = await shown(lang);
      expect(html).not.toMatch(/例示一郎|form 7/);
      // Note, evidence, and those of the withdrawal and objection here; evidence and reason on the page of the objection.
      expect(html.split(gone)).toHaveLength(7);
    }
    const left = { ...whole, note: null, evidence: null, gone: true };
    expect(must(await client.consentOf(id))).toEqual(left);
    const { counting: _, ...listed } = left;
    expect(must(await client.consents({ principal })).consents).toEqual([listed]);
    expect(must(await client.consentRecords({ principal }))).toEqual(record);
  });

  test('a list is paged, and an id that is none is refused', async () => {
    const { client } = server;
    const all = must(await client.consents({ limit: 500 })).consents.map(({ id }) => id);
    const first = must(await client.consents({ limit: 2 }));
    const second = must(await client.consents({ limit: 2, before: first.next! }));
    expect([...first.consents, ...second.consents].map(({ id }) => id)).toEqual(all.slice(0, 4));
    for (const query of [{ principal: 'x' }, { before: 'x' }, { code: 'none', version: 1 }]) {
      const refused = await client.consents(query);
      expect(refused.ok ? 0 : refused.problem.status).toBe(422);
    }
  });

  test('the operator heard of no failure in all this', () => {
    expect(failuresIn(server.reported)).toEqual([]);
  });
});
