// The pages of the ledger behind the real gate: the address decides what is shown, a file holds exactly that, and a form loses nothing.

import readXlsx from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fieldsIn } from '../../../tests/forms.ts';
import { openTestOffice, type TestOffice, type Visitor } from '../../../tests/office.ts';
import { PASSWORD_HASH } from '../../../tests/house.ts';
import { newId } from '../../base/id.ts';
import type { Outcome } from '../../base/outcome.ts';
import { listEntries } from '../../log/index.ts';
import { addFictionalStaff, createSystem, createToken, type By, type Room } from '../access/index.ts';
import { changeHolding, holdings, registerHolding, retireHolding } from './actions.ts';
import type { Holding, HoldingInput } from './facts.ts';
import { ledgerRoutes } from './routes.ts';

let house: TestOffice;
let room: Room;
let officer: Visitor;
let english: Visitor;
let by: By;
const made: Record<string, Holding> = {};

const value = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problem));
  return outcome.value;
};

const described = (ja: string, more: Partial<HoldingInput> = {}): HoldingInput => ({
  name: { ja },
  department: '営業部',
  manager: house.staff.officer!,
  purposes: ['P1'],
  items: ['name', 'email'],
  place: '東京DC',
  retention: { years: 2 },
  channels: ['paper'],
  principals: ['customer'],
  access: '営業部の担当者',
  ...more,
});

beforeAll(async () => {
  house = await openTestOffice((office, access) => {
    room = { office, access };
    return ledgerRoutes(room);
  });
  officer = await house.visitor('officer');
  english = await house.visitor('officer', 'en');
  by = { actor: { kind: 'staff', id: house.staff.officer!, name: '', roles: ['officer'] }, authority: [] };
});
afterAll(() => house.close());

const register = async (key: string, input: HoldingInput): Promise<void> => {
  made[key] = value(await registerHolding(room, by, input));
};

const text = async (visitor: Visitor, path: string, status = 200): Promise<string> => {
  const response = await visitor.get(path);
  expect(response.status).toBe(status);
  return response.text();
};

/** The row headers of the table, in order. */
const names = (html: string): string[] =>
  [...html.matchAll(/<th scope="row" class="pin"><a href="\/ledger\/[^"]*">([^<]*)<\/a>/g)].map((m) => m[1]!);

test('an empty ledger says so and leads on', async () => {
  const html = await text(officer, '/ledger');
  expect(html).toContain('まだ台帳がありません');
  expect(html).toContain('href="/ledger/new"');
});

describe('the table', () => {
  beforeAll(async () => {
    await register(
      'contracts',
      described('契約台帳', { name: { ja: '契約台帳', en: 'Contracts' }, purposes: ['P1', 'P2'] }),
    );
    await register(
      'visitors',
      described('来訪者の記録', { purposes: ['P4'], department: '総務部', items: ['name', 'visit'] }),
    );
    await register('takahashi', described('髙橋商店の名簿', { place: '=1+1' }));
    await register('old', described('旧会員の名簿'));
    value(await retireHolding(room, by, { id: made.old!.id, version: 1, reason: '移行済み' }));
    await house.db.owner.query(
      `INSERT INTO vault_records (principal_id, holding_id, version, items, sealed, digests, created_at, updated_at)
       SELECT gen_random_uuid(), $1, 1, '{name}', '', '{}', now(), now() FROM generate_series(1, 1204)`,
      [made.visitors!.id],
    );
  });

  test.each<[string, string[]]>([
    ['', ['契約台帳', '来訪者の記録', '髙橋商店の名簿']],
    ['?use=all', ['契約台帳', '来訪者の記録', '髙橋商店の名簿', '旧会員の名簿']],
    ['?use=retired', ['旧会員の名簿']],
    ['?purpose=P1', ['契約台帳', '髙橋商店の名簿']],
    ['?department=総務部', ['来訪者の記録']],
    ['?state=kept&q=ＣＯＮＴＲＡＣＴＳ', ['契約台帳']],
    ['?q=来訪', ['来訪者の記録']],
    ['?sort=-people', ['来訪者の記録', '契約台帳', '髙橋商店の名簿']],
    ['?sort=-code', ['髙橋商店の名簿', '来訪者の記録', '契約台帳']],
    ['?sort=nonsense&height=x&state=y&use=z&col=q', ['契約台帳', '来訪者の記録', '髙橋商店の名簿']],
  ])('ledger%s', async (query, expected) => {
    expect(names(await text(officer, `/ledger${encodeURI(query)}`))).toEqual(expected);
  });

  test('says what it is sorted by, what is applied and how many there are', async () => {
    const html = await text(officer, encodeURI('/ledger?purpose=P1&sort=-people'));
    expect(html.match(/aria-sort="descending"/g)).toHaveLength(1);
    expect(html).toContain('2件');
    expect(html).toContain('全4件');
    expect(html).toContain('「目的 P1 サービスと製品の提供」を外す');
    expect(await text(english, '/ledger')).toContain('Contracts');
  });

  test('nothing found is told apart from nothing there, and leads to the retired ones that match', async () => {
    const html = await text(officer, encodeURI('/ledger?q=旧会員'));
    expect(html).toContain('この条件に合う台帳はありません');
    expect(html).toContain('href="/ledger?q=%E6%97%A7%E4%BC%9A%E5%93%A1&amp;use=all">廃止を含む（1件）');
    // A single condition is removed by the button that removes all.
    const other = await text(officer, encodeURI('/ledger?use=all&q=どこにもない'));
    expect(other).toContain('4件を調べました。');
    expect(other.match(/class="btn btn-[23]"/g)).toHaveLength(1);
  });

  test('nobody is looked for by name, which would stand in the address: a manager has a filter by id', async () => {
    const { officer: id, handler } = house.staff;
    const listed = await text(officer, '/ledger');
    const name = new RegExp(`<option value="${id}">([^<]+)</option>`).exec(listed)![1]!;
    expect(listed).toContain('言葉（人名を除く）');
    expect(await text(english, '/ledger')).toContain('Words (no names of people)');
    expect(names(await text(officer, `/ledger?q=${encodeURIComponent(name)}`))).toEqual([]);
    // Nor does the search find who may use a holding, which is free text.
    expect(await text(officer, '/ledger?col=access')).toContain('営業部の担当者');
    expect(names(await text(officer, `/ledger?q=${encodeURIComponent('担当者')}&col=access`))).toEqual([]);
    expect(names(await text(officer, `/ledger?manager=${id}`))).toEqual(names(listed));
    expect(listed).not.toContain(`<option value="${handler}">`);
    expect(await text(officer, `/ledger/export/ledger-utf8.csv?manager=${id}`)).toContain(name);
  });

  test('purposes stand by their names, and are found by them', async () => {
    const query = `q=${encodeURIComponent('契約台帳')}&col=purposes`;
    expect(await text(officer, `/ledger?${query}`)).toMatch(/P1 [^<、]+、P2 [^<、]+</);
    expect(await text(english, `/ledger?${query}`)).toMatch(/P1 [A-Z][^<]+ P2 [A-Z][^<]+</);
  });

  test('what is typed is shown as text', async () => {
    const html = await text(officer, `/ledger?q=${encodeURIComponent('"><script>alert(1)</script>')}`);
    expect(html).not.toContain('<script>alert');
  });

  const query = encodeURI('?col=people&col=place&sort=-people&q=名');
  const shown = [
    ['番号', '台帳', '人数', '置き場'],
    ['L-002', '来訪者の記録', '1204', '東京DC'],
    ['L-001', '契約台帳', '0', '東京DC'],
    ['L-003', '髙橋商店の名簿', '0', "'=1+1"],
  ];

  const cells = (csv: string): string[][] => {
    expect(csv.endsWith('\r\n')).toBe(true);
    return csv
      .slice(0, -2)
      .split('\r\n')
      .map((row) => row.split(','));
  };

  test('a CSV in UTF-8 holds exactly the rows and columns shown, in their order', async () => {
    const html = await text(officer, `/ledger${query}`);
    expect(names(html)).toEqual(shown.slice(1).map((row) => row[1]));
    expect(html).toContain(
      `/ledger/export/ledger-utf8.csv?q=${encodeURIComponent('名')}&amp;sort=-people&amp;col=code`,
    );
    const response = await officer.get(`/ledger/export/ledger-utf8.csv${query}`);
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="ledger-2026-12-07-utf8.csv"');
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect(Buffer.from(bytes).toString('hex', 0, 3)).toBe('efbbbf');
    expect(cells(new TextDecoder().decode(bytes))).toEqual(shown);
  });

  test('a CSV in Shift_JIS holds the same; 髙 is written as Windows writes it', async () => {
    const response = await officer.get(`/ledger/export/ledger-shift-jis.csv${query}`);
    expect(response.status).toBe(200);
    expect(cells(new TextDecoder('shift_jis', { fatal: true }).decode(await response.arrayBuffer()))).toEqual(shown);
  });

  test('an .xlsx holds the same with its types: the formula stays a text, the count a number', async () => {
    const response = await officer.get(`/ledger/export/ledger.xlsx${query}`);
    const [sheet] = await readXlsx(Buffer.from(await response.arrayBuffer()));
    expect(sheet!.data).toEqual([
      shown[0],
      ['L-002', '来訪者の記録', 1204, '東京DC'],
      ['L-001', '契約台帳', 0, '東京DC'],
      ['L-003', '髙橋商店の名簿', 0, '=1+1'],
    ]);
  });

  test('what Shift_JIS lacks stops the file and is listed by cell; the other formats hold it', async () => {
    const first = made.takahashi!;
    const renamed = described('𠮷田と髙橋の名簿', { place: '=1+1' });
    value(await changeHolding(room, by, { id: first.id, version: 1, input: renamed }));
    const html = await text(officer, `/ledger/export/ledger-shift-jis.csv${query}`, 422);
    expect(html).toContain('𠮷 (U+20BB7)');
    expect(html).not.toContain('髙 (');
    expect(html).toContain('L-003');
    const utf8 = await officer.get(`/ledger/export/ledger-utf8.csv${query}`);
    expect(await utf8.text()).toContain('𠮷田と髙橋の名簿');
    // Leaving the column out would remove the obstacle, but the name is always shown, so the table warns beforehand.
    expect(await text(officer, `/ledger${query}`)).toContain('書けない文字があります');
  });

  test('who takes a file along is on record, with the list and the format; what was stopped is not', async () => {
    const exports = () =>
      listEntries(house.db.app, { actions: ['list:export'], most: 100 }).then((all) => all.map(({ entry }) => entry));
    const before = (await exports()).length;
    await officer.get(`/ledger/export/ledger-shift-jis.csv${query}`);
    expect(await exports()).toHaveLength(before);
    await (await house.visitor('auditor')).get(`/ledger/export/ledger.xlsx${query}`);
    expect((await exports())[0]).toMatchObject({
      actor: `staff:${house.staff.auditor}`,
      list: 'ledger',
      format: 'xlsx',
      authority: ['auditor-reads'],
    });
    expect(await exports()).toHaveLength(before + 1);
  });

  test('there is no other file', async () => {
    expect((await officer.get('/ledger/export/ledger.pdf')).status).toBe(404);
  });
});

describe('the form', () => {
  const typed = {
    'name.ja': 'セミナー参加者名簿',
    department: '広報部',
    manager: '',
    purposes: ['P3'],
    items: ['name', 'email'],
    rows: '2',
    'own-0-code': 'Seat',
    'own-0-ja': '座席',
    principals: ['customer'],
    channels: ['web-form'],
    place: '東京DC',
    retention: 'years',
    count: '２',
    access: '広報部',
  };

  test('what is wrong is named in words and by link, and everything typed is still there', async () => {
    const response = await officer.post('/ledger/new', typed);
    expect(response.status).toBe(422);
    const html = await response.text();
    expect(html).toContain('<title>エラー：');
    expect(html).toContain('2か所を直してください');
    expect(html).toContain('href="#f-manager"');
    expect(html).toContain('href="#f-own-0-code"');
    expect(html).toContain('1行目の符号：項目の符号は');
    for (const kept of ['セミナー参加者名簿', '広報部', '座席', 'value="Seat"', 'value="２"'])
      expect(html).toContain(kept);
    expect(html).toMatch(/value="P3"[^>]*checked/);
    const en = await (await english.post('/ledger/new', typed)).text();
    expect(en).toContain('Put 2 things right');
    expect(en).toContain('Choose a current member of staff');
  });

  test('registers, and leads to the holding', async () => {
    const response = await officer.post('/ledger/new', {
      ...typed,
      manager: house.staff.officer!,
      'own-0-code': 'seat',
      'own-0-special': '1',
    });
    expect(response.status).toBe(303);
    const html = await text(officer, response.headers.get('location')!);
    for (const shown of ['保存しました', '座席', '要配慮個人情報', '取得後2年', '条項13', '第1版', '関口 真理'])
      expect(html).toContain(shown);
  });

  test('the second of two clerks sees what the first saved, keeps what they typed, and may then save knowingly', async () => {
    const h = (await holdings(house.office)).find((one) => one.name.ja === 'セミナー参加者名簿')!;
    const path = `/ledger/${h.id}/edit`;
    const edit = { ...typed, manager: house.staff.officer!, 'own-0-code': 'seat', 'own-0-special': '1' };
    const first = await officer.post(path, { ...edit, version: '1', place: '大阪DC' });
    expect(first.status).toBe(303);
    const second = await english.post(path, { ...edit, version: '1', access: '広報部と窓口' });
    expect(second.status).toBe(409);
    const html = await second.text();
    for (const shown of ['Somebody else changed it first', '広報部と窓口', 'name="version" value="2"'])
      expect(html).toContain(shown);
    // A field that they left unchanged does not undo the first clerk's change.
    expect(html).toMatch(/name="place"[^>]*value="大阪DC"|value="大阪DC"[^>]*name="place"/);
    expect(html).not.toContain('東京DC');
    // A mistake in an overtaken form does not hide that it was overtaken.
    const mistaken = await english.post(path, { ...edit, version: '1', place: '' });
    expect(mistaken.status).toBe(422);
    expect(await mistaken.text()).toContain('name="version" value="1"');
    const third = await english.post(path, { ...edit, version: '2', access: '広報部と窓口', purposes: ['P1', 'P3'] });
    expect(third.status).toBe(303);
    const page = await text(officer, `/ledger/${h.id}`);
    expect(page).toMatch(/<del[^>]*>大阪DC<\/del> → <ins[^>]*>東京DC<\/ins>/);
    expect(page).toMatch(
      /<del[^>]*>P3 配信とご案内<\/del> → <ins[^>]*>P1 サービスと製品の提供、P3 配信とご案内<\/ins>/,
    );
    expect(page).toContain('第3版');
  });

  test('how long it is kept, said in a field of another way, and a mark on an empty row are not dropped', async () => {
    const wrong = async (fields: Record<string, string>, to = '/ledger/new'): Promise<unknown[]> => {
      const answer = await officer.post(to, {
        ...typed,
        'own-0-code': 'seat',
        manager: house.staff.officer!,
        ...fields,
      });
      const html = await answer.text();
      return [answer.status, ...[...html.matchAll(/<a href="#f-([^"]+)"/g)].map(([, field]) => field)];
    };
    expect(await wrong({ until: '配信停止の申出' })).toEqual([422, 'until']);
    expect(await wrong({ retention: 'until', until: '配信停止の申出', from: '退会' })).toEqual([422, 'count', 'from']);
    expect(await wrong({ 'own-1-special': '1' })).toEqual([422, 'own-1-code', 'own-1-ja']);
    // When another way of keeping is chosen, the stored values of the former way are dropped.
    const h = (await holdings(house.office)).find((one) => one.name.ja === 'セミナー参加者名簿')!;
    const path = `/ledger/${h.id}/edit`;
    const began = fieldsIn(await text(officer, path));
    const other = { ...began, retention: 'until', until: '配信停止の申出' };
    expect((await officer.post(path, { ...other, count: '7' })).status).toBe(422);
    expect((await officer.post(path, other)).status).toBe(303);
    expect(await text(officer, `/ledger/${h.id}`)).toContain('配信停止の申出まで');
  });

  test('retiring asks on a page of its own, and is refused while people are in it', async () => {
    const path = `/ledger/${made.visitors!.id}/retire`;
    expect(await text(officer, path)).toContain('1,204人');
    const response = await officer.post(path, { version: '1', reason: '不要' });
    expect(response.status).toBe(409);
    expect(await response.text()).toContain('1204人の情報が残っています');
  });

  test('retiring names the collections whose linked identifiers are in the way, before and after the press, and keeps the reason', async () => {
    await register('browsing', described('閲覧の記録の台帳'));
    const { id } = made.browsing!;
    const path = `/ledger/${id}/retire`;
    expect(await text(officer, path)).not.toContain('本人と結び付いた識別子');
    const [collection, person] = [newId(0), newId(1)];
    const { owner } = house.db;
    await owner.query(
      `INSERT INTO related_collections (id, name_ja, name_en, source, place, searchable, communications, holding_id, items, registered_at)
       VALUES ($1, '例示サイトの閲覧', 'Browsing of the site', 'site', 'www.example.jp', false, false, $2, '[{"code": "cookie_id"}]', now())`,
      [collection, id],
    );
    await owner.query("INSERT INTO vault_principals VALUES ($1, 1, '', now())", [person]);
    await owner.query(
      `INSERT INTO identifier_links (id, collection_id, identifier, digest, principal_id, class, at, by_actor)
       SELECT gen_random_uuid(), $1, 'cookie_id', sha256(n::text::bytea), $2, 'personal', now(), 'sekisho' FROM generate_series(1, 3) AS n`,
      [collection, person],
    );
    const link = `href="/related/collections/${collection}"`;
    expect(await text(officer, path)).toMatch(
      new RegExp(`本人と結び付いた識別子[\\s\\S]*${link}>例示サイトの閲覧</a>　3件`),
    );
    expect(await text(english, path)).toContain(`${link}>Browsing of the site</a>: 3`);
    const response = await officer.post(path, { version: '1', reason: '統合のため' });
    expect(response.status).toBe(409);
    const html = await response.text();
    expect(html).toContain('識別子が、本人と結び付いています（「例示サイトの閲覧」で3件）');
    expect(html).toMatch(new RegExp(`${link}[^>]*>まとまりを開く`));
    expect(html).toContain('統合のため</textarea>');
    await owner.query('DELETE FROM identifier_links', []);
    expect((await officer.post(path, { version: '1', reason: '統合のため' })).status).toBe(303);
  });

  test('a long history is shown in pages, the newest first, and each version is compared with the one before it', async () => {
    await register('long', described('何度も直した台帳'));
    const { id } = made.long!;
    // As many versions as fill a page and begin a second; each says how often the place was changed.
    await house.db.owner.query(
      `INSERT INTO holding_versions
       SELECT holding_id, n, 'change', at, actor, content || jsonb_build_object('place', '保管室 ' || n || '号'), NULL, entry_id
       FROM holding_versions, generate_series(2, 102) AS n WHERE holding_id = $1 AND version = 1`,
      [id],
    );
    const shown = (html: string): number[] => [...html.matchAll(/>第(\d+)版<\/th>/g)].map(([, n]) => Number(n));
    const newest = await text(officer, `/ledger/${id}`);
    expect(shown(newest)).toEqual(Array.from({ length: 100 }, (_, i) => 102 - i));
    expect(newest).toContain('<del class="muted">保管室 2号</del> → <ins class="no-underline">保管室 3号</ins>');
    expect(newest).toContain(`rel="next" href="/ledger/${id}?before=3#history">これより前の版</a>`);
    expect(newest).not.toContain('最新の版に戻る');
    const older = await text(officer, `/ledger/${id}?before=3`);
    expect(shown(older)).toEqual([2, 1]);
    expect(older).toContain('<del class="muted">東京DC</del> → <ins class="no-underline">保管室 2号</ins>');
    expect(older).toContain(`href="/ledger/${id}#history">最新の版に戻る</a>`);
    expect(older).not.toContain('rel="next"');
    // A page that is full leads to no empty one, and what names no version shows the newest.
    expect(await text(officer, `/ledger/${id}?before=101`)).not.toContain('rel="next"');
    expect(shown(await text(officer, `/ledger/${id}?before=x`))[0]).toBe(102);
    expect(await text(english, `/ledger/${id}?before=3`)).toContain('Back to the newest versions');
  });

  test('what is not there is not found', async () => {
    for (const path of ['/ledger/x', '/ledger/01890000-0000-7000-8000-000000000009', `/ledger/${made.old!.id}/edit`])
      expect((await officer.get(path)).status).toBe(404);
  });

  test('who may read may not write; who may neither does not enter', async () => {
    const auditor = await house.visitor('auditor');
    expect((await auditor.get('/ledger')).status).toBe(200);
    expect((await auditor.get('/ledger/new')).status).toBe(403);
    expect((await (await house.visitor('reception')).get('/ledger')).status).toBe(403);
    expect((await (await house.visitor('nobody')).get('/ledger')).status).toBe(303);
  });
});

describe('JSON', () => {
  test('a system registers, lists and reads holdings; every mistake names its field', async () => {
    const system = value(await createSystem(house.access, by, { name: '顧客管理' }));
    const form = { systemId: system.id, purposes: ['P1'], actions: ['ledger:read', 'ledger:write'] as const, days: 30 };
    const { token } = value(await createToken(house.access, by, form, ['P1']));
    const call = async (path: string, body?: unknown): Promise<{ status: number; json: Record<string, never> }> => {
      const response = await house.fetch(
        new Request(`${house.office.config.publicUrl}${path}`, {
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
        }),
      );
      return { status: response.status, json: (await response.json()) as Record<string, never> };
    };
    const made = await call(
      '/api/v1/holdings',
      described('配送の名簿', { name: { ja: '配送の名簿', en: 'Deliveries' } }),
    );
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({
      name: { ja: '配送の名簿', en: 'Deliveries' },
      state: 'active',
      version: 1,
      people: 0,
    });
    const { id } = made.json as unknown as { id: string };
    expect((await call(`/api/v1/holdings/${id}`)).json).toEqual(made.json);
    const list = await call('/api/v1/holdings?state=active');
    expect((list.json as unknown as { holdings: { id: string }[] }).holdings.map((one) => one.id)).toContain(id);
    const again = await call('/api/v1/holdings', described('配送の名簿'));
    expect(again).toMatchObject({ status: 409, json: { existing: id } });
    const bad = await call('/api/v1/holdings', described('請求の名簿', { purposes: ['P9'], manager: 'x' }));
    expect(bad).toMatchObject({ status: 422, json: { fields: [{ field: 'manager' }, { field: 'purposes' }] } });
    expect((await call('/api/v1/holdings', { ...described('x'), colour: 'red' })).json).toMatchObject({
      fields: [{ field: 'colour' }],
    });
    expect((await call('/api/v1/holdings/none')).status).toBe(404);
  });
});

test('of a long ledger a page shows some; its counts, its totals and its files are of all', async () => {
  for (let i = 1; i <= 120; i++)
    value(await registerHolding(room, by, described(`長い台帳 ${i}`, { department: '長部' })));
  const last = (await holdings(house.office)).at(-1)!;
  await house.db.owner.query(
    `INSERT INTO vault_records (principal_id, holding_id, version, items, sealed, digests, created_at, updated_at)
     SELECT gen_random_uuid(), $1, 1, '{name}', '', '{}', now(), now() FROM generate_series(1, 77)`,
    [last.id],
  );
  const all = Array.from({ length: 120 }, (_, i) => `長い台帳 ${i + 1}`);
  const first = await text(officer, encodeURI('/ledger?department=長部'));
  expect(names(first)).toEqual(all.slice(0, 100));
  expect(first).toContain('<b class="num">120件</b>');
  expect(first).toContain('120件のうち 1〜100件');
  expect(first).toMatch(/計 120件[\s\S]*>77</);
  const second = await text(officer, encodeURI('/ledger?department=長部&page=2'));
  expect(names(second)).toEqual(all.slice(100));
  expect(second).toMatch(/計 120件[\s\S]*>77</);
  // On the second page the links to files still cover all rows, and another order begins at the first page.
  expect(second).not.toMatch(/href="[^"]*(export|sort)[^"]*page=/);
  expect(names(await text(officer, encodeURI('/ledger?department=長部&sort=-code&page=2')))).toEqual(
    all.toReversed().slice(100),
  );
  const file = await officer.get(encodeURI('/ledger/export/ledger-utf8.csv?department=長部'));
  expect((await file.text()).match(/長い台帳/g)).toHaveLength(120);
  expect(await text(officer, '/ledger?q=契約')).not.toContain('件のうち');
});

test.each([
  // Kept up to and including the corresponding day, or the last day of its month where there is none (Civil Code 143(2)).
  [{ years: 1 }, '2028-02-29', '2029-02-28', '2029-03-01', '1年', '取得後1年'],
  [{ months: 6, from: '' }, '2027-08-30', '2028-02-29', '2028-03-01', '6か月', '取得後6か月'],
  [{ years: 3, from: '取引の終わり' }, '2028-06-01', '2031-06-01', '2031-06-02', '3年', '取引の終わり後3年'],
] as const)(
  'of how many people nothing changed for as long as a holding is kept: %o',
  async (retention, on, last, over, length, says) => {
    const before = house.clock.now();
    house.clock.moveTo(`${on}T09:00:00+09:00`);
    const { id } = value(await registerHolding(room, by, described(`${says}の台帳`, { retention })));
    const put = (at: string) =>
      house.db.owner.query(
        `INSERT INTO vault_records (principal_id, holding_id, version, items, sealed, digests, created_at, updated_at)
       VALUES (gen_random_uuid(), $1, 1, '{name}', '', '{}', $2, $3)`,
        [id, `${on}T00:00:00+09:00`, at],
      );
    await put(`${on}T00:00:00+09:00`);
    await put(`${on}T23:59:59+09:00`);
    const shown = async (day: string): Promise<string> => {
      house.clock.moveTo(`${day}T00:00:00+09:00`);
      // People added or corrected since then are not as old.
      await put(`${day}T00:00:00+09:00`);
      const page = (await text(await house.visitor('officer'), `/ledger/${id}`)).replaceAll(/<[^>]*>/g, '');
      const [, people] = new RegExp(`情報が最後に変わってから${length}を過ぎた人(\\d+)人`).exec(page) ?? [];
      return `${people}${page.includes(`保存期間（${says}）が過ぎた人の情報は`) ? ' to erase' : ''}`;
    };
    expect(await shown(last)).toBe('0');
    expect(await shown(over)).toBe('2 to erase');
    house.clock.moveTo(new Date(before).toISOString());
  },
);

test('of very many staff a few are offered as who answers for a holding, and a search of the form finds any other', async () => {
  // After the years that have passed, every session is over.
  const officer = await house.visitor('officer');
  const added: string[] = [];
  for (let i = 1; i <= 150; i++) {
    const person = { name: `例示 職員${i}`, email: `many-${i}@example.jp`, roles: ['employee' as const] };
    added.push(await addFictionalStaff(room.access, { ...person, passwordHash: PASSWORD_HASH }));
  }
  const offered = (html: string): string[] =>
    [...html.matchAll(/<input type="radio" name="manager" value="([^"]+)"/g)].map(([, one]) => one!);
  const first = await text(officer, '/ledger/new');
  expect([offered(first).length, first.length < 40_000]).toEqual([15, true]);
  const filled = { ...fieldsIn(first), 'name.ja': '探して決める台帳', manager: added[0]! };
  const [, holding] = [made, made.newsletter ?? Object.values(made)[0]!] as const;
  for (const at of ['/ledger/new', `/ledger/${holding.id}/edit`]) {
    const response = await officer.post(at, { ...filled, version: '1', q: '職員１５０', find: '' });
    const html = await response.text();
    expect([response.status, offered(html)]).toEqual([422, [added[0], added[149]]]);
    expect(html).toMatch(new RegExp(`value="${added[0]}" checked`));
    expect(html).toContain('value="探して決める台帳"');
    expect(html).toContain('「職員１５０」に合う従業者は1件です。');
    expect(html).not.toContain('を直してください');
  }
  expect((await holdings(house.office)).some(({ name }) => name.ja === '探して決める台帳')).toBe(false);
});
