// Files of consents on paper: what is read, how every problem is named, that all lines are written or none, and that a file of many lines is
// imported with an entry in everybody's history.

import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { csvUtf8 } from '../../../tests/csv.ts';
import { atOnce, filesWith, migrationsBefore, tablesWith, testDatabase } from '../../../tests/house.ts';
import { openTestOffice, type TestOffice } from '../../../tests/office.ts';
import { addHolding, addPerson, officerOf, openTestCheckpoint, valueOf } from '../../../tests/people.ts';
import { assemble } from '../../app.ts';
import { both } from '../../base/bilingual.ts';
import { day } from '../../base/day.ts';
import { newId } from '../../base/id.ts';
import { listEntries } from '../../log/index.ts';
import { byteaArray, migrate, uuidArray } from '../../platform/database/index.ts';
import { csvShiftJis } from '../../platform/sheet.ts';
import { consents, object, withdrawConsent } from './actions/consents.ts';
import { importConsents } from './actions/imports.ts';
import { remarksOf } from './actions/remarks.ts';
import { startText, writeText } from './actions/texts.ts';
import { linkPeople } from '../people/index.ts';
import { consentsOf } from './index.ts';

let house: TestOffice;
let close: () => Promise<void>;
let holding: string;
let people: string[];
const by = () => ({ actor: officerOf(house), authority: ['officer-all-work'] });

beforeAll(async () => {
  house = await openTestOffice(() => []);
  holding = await addHolding(house);
  close = await openTestCheckpoint(house);
  people = [];
  for (let i = 0; i < 3; i++)
    people.push((await addPerson(house, holding, { name: '例示 花子', email: `paper-${i}@example.jp` })).principal);
  for (const version of [1, 2]) {
    const text = {
      code: 'paper',
      kind: 'use',
      name: both('抽選会のご案内', 'Prize draws'),
      wording: { ja: '抽選会の案内に使うことに同意します' },
      purposes: ['P1'],
      holding,
      items: ['name'],
      recipients: [],
      abroad: false,
      shown: {},
    } as const;
    valueOf(await writeText(house.office, by(), text, version - 1));
    const from = day(version === 1 ? '2026-11-01' : '2026-12-01');
    valueOf(await startText(house.office, by(), { code: 'paper', version, from }));
  }
});
afterAll(async () => {
  await close();
  await house.close();
});

const head = [
  '本人の番号',
  '同意した日',
  '同意した人',
  '証拠の置き場所',
  '法定代理人の関係',
  '確かめた書類',
  '情報を示した日',
];
const sheet = (rows: string[][], of = head) => ({ name: 'x', head: of, rows });

const utf8 = ({ head: of, rows }: ReturnType<typeof sheet>): Uint8Array<ArrayBuffer> => csvUtf8(of, rows);

const take = (bytes: Uint8Array, more: object = {}) =>
  importConsents(house.office, by(), {
    text: { code: 'paper', version: 1 },
    language: 'ja',
    channel: 'oral',
    bytes,
    ...more,
  });

const problems = async (bytes: Uint8Array, more: object = {}): Promise<[string, string, string][]> => {
  const outcome = await take(bytes, more);
  if (outcome.ok || outcome.problem.kind !== 'invalid') throw new Error(JSON.stringify(outcome));
  return outcome.problem.fields.map(({ field, says }) => [field, says.ja, says.en]);
};

const count = async (): Promise<number> =>
  (await house.db.owner.query<{ n: number }>('SELECT count(*)::int AS n FROM consents', []))[0]!.n;

test('days of both calendars, in either encoding, are read; each person has an entry and the file has one', async () => {
  const rows = [
    [people[0]!, '令和8年11月1日', '本人', '書庫3 箱12', '', '', ''],
    [people[1]!, 'R8.11.2', '法定代理人', '書庫3 箱12', '親権者', '戸籍', ''],
    [people[2]!, '２０２６/11/３', 'uncertain-child', '書庫3 箱13', '', '', ''],
  ];
  const made = csvShiftJis(sheet(rows));
  if (!('bytes' in made)) throw new Error('cannot be written');
  const imported = valueOf(await take(made.bytes));
  expect(imported).toMatchObject({ lines: 3 });
  // From a digest without a key, a small file could be guessed.
  const plain = createHash('sha256').update(made.bytes).digest('hex');
  expect(await tablesWith(house.db.owner, [plain])).toEqual([]);
  const kept = await Promise.all(people.map(async (one) => (await consentsOf(house.office, one)).consents));
  const remarks = await remarksOf(house.office, by(), kept.flat());
  expect(
    kept.flat().map((c) => [c.given_on, c.given_by, c.method, remarks.get(c.id), c.representative, c.import_id]),
  ).toEqual([
    ['2026-11-01', 'principal', 'paper', { evidence: '書庫3 箱12' }, null, imported.id],
    [
      '2026-11-02',
      'representative',
      'paper',
      { evidence: '書庫3 箱12' },
      { relation: 'parent', checked: 'family-register' },
      imported.id,
    ],
    ['2026-11-03', 'uncertain-child', 'paper', { evidence: '書庫3 箱13' }, null, imported.id],
  ]);
  for (const principal of people) {
    const [entry] = await listEntries(house.office.database, { principal, actions: ['consent:record'], most: 1 });
    expect(entry!.entry).toMatchObject({ import: imported.id, principal, method: 'paper' });
  }
  const [file] = await listEntries(house.office.database, { actions: ['consent:import'], most: 1 });
  expect(file!.entry).toMatchObject({ id: imported.id, lines: 3, digest: expect.stringMatching(/^[0-9a-f]{64}$/) });

  // The same file again has no effect.
  const again = await take(made.bytes);
  expect(again.ok ? null : again.problem).toMatchObject({ kind: 'conflict', field: 'file', existing: imported.id });
  expect(await count()).toBe(3);
});

test('an import says what its consents are: a paper found later ends by what its person has asked since, or stands beside another', async () => {
  const persons = [];
  for (let i = 0; i < 4; i++)
    persons.push((await addPerson(house, holding, { name: '例示 花子', email: `state-${i}@example.jp` })).principal);
  const [asked, twice, child, plainly] = persons as [string, string, string, string];
  const line = (principal: string, giver = '本人') => [principal, '2026/11/5', giver, '書庫3 箱12', '', '', ''];
  const said = { on: day('2026-11-20'), at: null };
  const objection = {
    principal: asked,
    scope: 'everything',
    purpose: null,
    recipient: null,
    said,
    evidence: null,
  } as const;
  valueOf(await object(house.office, by(), objection));
  valueOf(await take(utf8(sheet([[twice, '2026/11/6', '本人', '書庫3 箱12', '', '', '']]))));
  const file = utf8(sheet([line(asked), line(twice), line(child, 'uncertain-child'), line(plainly)]));
  const { states } = valueOf(await take(file));
  expect(states).toEqual({ ended: 1, behind: 1, judged: 1, stands: 1 });
});

test('a consent on paper is taken in once, saved in another way or with lines added: one would outlive the withdrawal of the other', async () => {
  const [a, b, c] = people as [string, string, string];
  const line = (principal: string, on: string) => [principal, on, '本人', '書庫3 箱12', '', '', ''];
  const rows = [line(a, '2026/11/1'), line(b, '2026/11/25'), line(c, '令和8年11月3日')];
  const before = await count();
  expect((await problems(utf8(sheet(rows)))).map(([field, ja]) => [field, ja])).toEqual(
    [2, 4].map((n) => [
      `lines.${n}.principal`,
      `${n}行目「本人の番号」：この本人のこの日の書面の同意は、すでに記録しています。この行を除いてください`,
    ]),
  );
  expect(await count()).toBe(before);
  const [given] = (await consentsOf(house.office, a)).consents;
  valueOf(await withdrawConsent(house.office, by(), given!.id, { on: house.clock.today(), evidence: null }));
  expect((await problems(utf8(sheet([rows[0]!])))).map(([field]) => field)).toEqual(['lines.2.principal']);
  // Of two files with a line in common that are sent at once, only one is imported.
  const files = [utf8(sheet([rows[1]!])), utf8(sheet([rows[1]!, line(c, '2026/11/26')]))];
  const outcomes = await Promise.all(files.map((bytes) => take(bytes)));
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  expect((await consentsOf(house.office, b)).consents.filter((one) => one.given_on === '2026-11-25')).toHaveLength(1);
});

test('a consent of a day before its person withdrew another to the same is not taken in: nobody could ask whether they still consent', async () => {
  const { principal } = await addPerson(house, holding, { name: '例示 花子', email: 'paper-w@example.jp' });
  const line = (on: string) => [principal, on, '本人', '書庫3 箱12', '', '', ''];
  valueOf(await take(utf8(sheet([line('2026/11/10')]))));
  const [given] = (await consentsOf(house.office, principal)).consents;
  const withdraw = () => withdrawConsent(house.office, by(), given!.id, { on: day('2026-11-20'), evidence: null });
  // The withdrawal is written down while the file is taken in.
  const late = () => take(utf8(sheet([line('2026/11/9')])));
  const [meanwhile, withdrawn] = await atOnce(house.db, 'consent_imports', late, withdraw);
  expect([withdrawn.ok, meanwhile.ok ? null : meanwhile.problem]).toEqual([
    true,
    {
      kind: 'conflict',
      field: 'file',
      says: expect.objectContaining({ en: 'A withdrawal was recorded during the import. Send the file again' }),
    },
  ]);
  const before = await count();
  const rows = [line('2026/11/9'), line('2026/11/20'), line('2026/11/21')];
  expect(await problems(utf8(sheet(rows)))).toEqual(
    [2, 3].map((n) => [
      `lines.${n}.principal`,
      `${n}行目「本人の番号」：この本人は、この日以後の2026/11/20に、同じことへの同意を取り下げています。この行を除き、いまも同意していることを確かめたときは、同意を記録する画面で1件ずつ記録してください`,
      `Line ${n}, principal: On 2026/11/20, this day or later, the person withdrew a consent to the same. Leave this line out; once you have made sure that they still consent, record it by hand`,
    ]),
  );
  // The same holds under another id of the person.
  const { principal: twin } = await addPerson(house, holding, { name: '例示 花子', email: 'paper-v@example.jp' });
  const room = { office: house.office, access: house.access };
  valueOf(await linkPeople(room, by(), { principal, sameAs: twin, shownBy: 'document' }));
  const there = await problems(
    utf8(
      sheet([
        [twin, ...rows[0]!.slice(1)],
        [twin, ...rows[2]!.slice(1)],
      ]),
    ),
  );
  expect(there.map(([field, ja]) => [field, ja.includes('2026/11/20に、同じことへの同意を取り下げています')])).toEqual([
    ['lines.2.principal', true],
  ]);
  expect(await count()).toBe(before);
  valueOf(await take(utf8(sheet([rows[2]!]))));
});

test('where the evidence is stays as it was written; what no form would take is named', async () => {
  const evidence = '書庫① ㈱例示　ﾊｺ-３、神奈川';
  const line = (of: string, on: string) => [people[1]!, on, '本人', of, '', '', ''];
  valueOf(await take(utf8(sheet([line(evidence, '2026/11/27')]))));
  const kept = (await consentsOf(house.office, people[1]!)).consents.filter((one) => one.given_on === '2026-11-27');
  expect([...(await remarksOf(house.office, by(), kept)).values()]).toEqual([{ evidence }]);
  const wrong = [line('箱\n1', '2026/11/28'), line('箱'.repeat(201), '2026/11/29'), line('箱\u00071', '2026/11/30')];
  expect((await problems(utf8(sheet(wrong)))).map(([field, ja]) => [field, ja.split('：')[1]])).toEqual([
    ['lines.2.evidence', '改行などの見えない文字を除いてください'],
    ['lines.4.evidence', '200字までで書いてください'],
    ['lines.5.evidence', '改行などの見えない文字を除いてください'],
  ]);
});

test('what Excel leaves in a file is no problem: empty lines and columns, and cells that it does not write at the end of a line', async () => {
  const text = (rows: string[]): Uint8Array => new TextEncoder().encode(rows.map((row) => `${row}\r\n`).join(''));
  const lines = [
    `${head.join(',')},,`,
    `${people[1]},2026/11/10,本人,箱1,,,,,`,
    `${people[1]},2026/11/11,本人,箱1`,
    ',,,,,,,,',
    `${people[1]},2026/11/12,本人,箱1,,,,, `,
    ',,',
  ];
  expect(valueOf(await take(text(lines)))).toMatchObject({ lines: 3 });
  const beside = [lines[0]!, `${people[1]},2026/11/13,本人,箱1,,,,,x`, `${people[1]},,本人,箱1`];
  expect((await problems(text(beside))).map(([field]) => field)).toEqual(['lines.2']);
  expect((await problems(text([beside[0]!, beside[2]!]))).map(([field]) => field)).toEqual(['lines.2.given_on']);
});

test('every problem is named by line and column, and nothing is written', async () => {
  const before = await count();
  const [a, b] = people as [string, string, string];
  const stranger = newId(1);
  const rows = [
    [a, '2026/11/31', '本人', '箱1', '', '', ''],
    ['x', '2026/11/5', 'だれか', '', '', '', ''],
    [a, '2026/12/8', '本人', '', '', '', ''],
    [a, '2026/12/1', '本人', '箱1', '', '', ''],
    [a, '2026/10/31', '本人', '090-0000-0000', '', '', ''],
    [b, '2026/11/5', '法定代理人', '箱1', '親権者', '', ''],
    [b, '2026/11/6', '本人', '箱1', 'おじ', '戸籍', '2026/11/1'],
    [stranger, '2026/11/5', '本人', '箱1', '', '', ''],
    [b, '2026/11/7', '本人', '箱1', '', '', ''],
    [b, '令和8年11月7日', '本人', '箱1', '', '', ''],
    [b, '2026/11/8', '本人', '箱1', '', '', '2026/11/1'],
    [b, '2026/11/9', '本人', '箱1', '親権者', '', ''],
    [b, '2026/11/9', '本人', '箱1', '', '戸籍', ''],
    // Earlier versions took this of children and of adults in doubt alike.
    [b, '2026/11/10', 'uncertain', '箱1', '', '', ''],
  ];
  const found = await problems(utf8(sheet(rows)));
  expect(found.map(([field]) => field)).toEqual([
    'lines.2.given_on',
    'lines.3.principal',
    'lines.3.given_by',
    'lines.4.given_on',
    'lines.4.evidence',
    'lines.5.given_on',
    'lines.6.evidence',
    'lines.6.given_on',
    'lines.7.relation',
    'lines.8.relation',
    'lines.9.principal',
    'lines.11.principal',
    'lines.12.shown_on',
    'lines.13.relation',
    'lines.14.checked',
    'lines.15.given_by',
  ]);
  for (const [field, ja, en] of found) {
    const [, line] = field.split('.');
    expect(ja).toMatch(new RegExp(`^${line}行目「.+」：`));
    expect(en).toMatch(new RegExp(`^Line ${line}, [a-z_]+: `));
  }
  expect(found.find(([field]) => field === 'lines.11.principal')![1]).toContain('10行目');
  // Nothing written in the file is repeated.
  expect(JSON.stringify(found)).not.toMatch(/0000-0000|おじ|だれか/);
  expect(await count()).toBe(before);
});

test('of a file as long as it may be that is about nobody every line is named', async () => {
  const stranger = newId(1);
  const lines = Array.from({ length: 150_000 }, () => [stranger, '2026/11/5', '本人', '箱1', '', '', '']);
  const found = await problems(utf8(sheet(lines)));
  expect([found.length, found[0]![0], found.at(-1)![0]]).toEqual([
    150_000,
    'lines.2.principal',
    'lines.150001.principal',
  ]);
});

test.each<[string, () => Uint8Array, object, string[]]>([
  ['bytes of another encoding', () => Uint8Array.from([0xff, 0xfe, 0x41]), {}, ['file']],
  ['no line', () => utf8(sheet([])), {}, ['file']],
  ['nothing', () => new Uint8Array(), {}, ['lines.1']],
  ['another head', () => utf8(sheet([], ['id', 'name'])), {}, ['lines.1']],
  ['a column twice', () => utf8(sheet([], [...head, 'evidence'])), {}, ['lines.1']],
  [
    'a long line',
    () => new TextEncoder().encode('principal,given_on,given_by,evidence\n\na,b,c,d,e\n'),
    {},
    ['lines.3'],
  ],
  ['more cells than there can be', () => Buffer.alloc(6_000_000, ','), {}, ['file']],
  ['a workbook', () => new TextEncoder().encode('PK\u0003\u0004'), {}, ['file']],
  ['an open quotation mark', () => new TextEncoder().encode('principal,"given_on'), {}, ['file']],
  ['no such text', () => utf8(sheet([])), { text: { code: 'none', version: 1 } }, ['text']],
  ['a language it is not offered in', () => utf8(sheet([])), { language: 'en' }, ['language']],
  ['an unknown way', () => utf8(sheet([])), { channel: 'pigeon' }, ['channel']],
])('%s is refused', async (_, bytes, more, fields) => {
  expect((await problems(bytes(), more)).map(([field]) => field)).toEqual(fields);
});

test('two who send the same file at once have it taken in once', async () => {
  const bytes = utf8(sheet([[people[2]!, '2026/11/20', '本人', '箱9', '', '', '']]));
  const before = await count();
  const outcomes = await Promise.all([1, 2, 3].map(() => take(bytes)));
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  for (const outcome of outcomes)
    if (!outcome.ok) expect(outcome.problem).toMatchObject({ kind: 'conflict', field: 'file' });
  expect(await count()).toBe(before + 1);
});

test('all of a file is to a version that is in force, also where the next begins at that moment', async () => {
  const code = 'meanwhile';
  const text = { code, kind: 'use', name: both('抽選会のご案内', 'Prize draws') } as const;
  const more = { wording: { ja: '抽選会の案内に使うことに同意します' }, purposes: ['P1'], holding, items: ['name'] };
  const write = async (seen: number) =>
    valueOf(await writeText(house.office, by(), { ...text, ...more, recipients: [], abroad: false, shown: {} }, seen));
  const start = (version: number, from: string) => startText(house.office, by(), { code, version, from: day(from) });
  const paper = (on: string) => utf8(sheet([[people[2]!, on, '本人', '箱7', '', '', '']]));
  const taken = (on: string) => take(paper(on), { text: { code, version: 1 } });
  await write(0);
  valueOf(await start(1, '2026-12-01'));
  await write(1);
  const [kept, refused] = await atOnce(
    house.db,
    'consents',
    () => taken('2026/12/6'),
    () => start(2, '2026-12-06'),
  );
  expect(kept.ok).toBe(true);
  expect(refused).toMatchObject({ ok: false, problem: { kind: 'invalid', fields: [{ field: 'from_day' }] } });
  const before = await count();
  const [begun, late] = await atOnce(
    house.db,
    'consent_text_starts',
    () => start(2, '2026-12-07'),
    () => taken('2026/12/7'),
  );
  expect(begun.ok).toBe(true);
  expect(late).toMatchObject({ ok: false, problem: { kind: 'conflict', field: 'file' } });
  expect(await count()).toBe(before);
});

test('20,000 lines are taken in, each with its entry; one bad line takes in none', async () => {
  const many = 20_000;
  const ids = Array.from({ length: many }, () => newId(1));
  await house.db.owner.query(
    'INSERT INTO vault_principals SELECT id, 1, wrapped, now() FROM unnest($1::uuid[], $2::bytea[]) AS p(id, wrapped)',
    [uuidArray(ids), byteaArray(ids.map((id) => house.office.vault.keeper.fresh(id).wrapped))],
  );
  const rows = ids.map((id, i) => [id, '令和8年11月15日', '本人', `箱${i % 400}`, '', '', '']);
  const before = await count();
  const bad = rows.with(many - 1, [ids[many - 1]!, '2026/11/31', '本人', '箱1', '', '', '']);
  expect((await problems(utf8(sheet(bad)))).map(([field]) => field)).toEqual([`lines.${many + 1}.given_on`]);
  expect(await count()).toBe(before);
  const { id } = valueOf(await take(utf8(sheet(rows))));
  const [written] = await house.db.owner.query<{ consents: number; entries: number }>(
    `SELECT (SELECT count(*) FROM consents WHERE import_id = $1)::int AS consents,
            (SELECT count(*) FROM log_entries e JOIN consents c ON c.id = e.id AND c.principal_id = e.principal_id
             WHERE c.import_id = $1)::int AS entries`,
    [id],
  );
  expect(written).toEqual({ consents: many, entries: many });
  // Ids of one instant come in any order, so some from another file may be among the newest.
  const newest = await consents(house.office, { most: 500 });
  const some = newest.filter(({ row }) => row.import_id === id);
  expect(some.length).toBeGreaterThan(400);
  const remarks = await remarksOf(
    house.office,
    by(),
    some.map(({ row }) => row),
  );
  const stated = new Map(ids.map((one, i) => [one, { evidence: `箱${i % 400}` }]));
  expect(some.map(({ row }) => remarks.get(row.id))).toEqual(some.map(({ row }) => stated.get(row.principal_id)));
});

test('what an earlier version noted of a file gets its key at the start, and the same file is still taken in once', async () => {
  const bytes = utf8(sheet([[people[0]!, '令和8年11月20日', '本人', '書庫3 箱12', '', '', '']]));
  const plain = createHash('sha256').update(bytes).digest('hex');
  const [textId, importId] = [newId(1), newId(2)];
  const earlier = await migrationsBefore('2026-11-29-e-import-digests.sql');
  const old = await testDatabase({ migrations: earlier });
  try {
    await old.owner.query(
      `INSERT INTO consent_texts VALUES ($1, 'paper', 1, 'use', '{}', '{"ja": "例示"}', '{P1}', $1, '{name}', '{}', false, NULL, now(), 'sekisho')`,
      [textId],
    );
    await old.owner.query("INSERT INTO consent_imports VALUES ($1, $2, $3, 1, now(), 'sekisho')", [
      importId,
      textId,
      plain,
    ]);
    expect(await filesWith(old.owner, 'consent%', [plain])).toEqual(['consent_imports']);
    await migrate(old.owner, path.resolve('migrations'));
    expect(await tablesWith(old.owner, [plain])).toEqual(['consent_imports_waiting']);
    const office = { ...house.office, database: old.app };
    const opened = [1, 2].map(() => assemble(office, { root: path.resolve('.'), report: expect.fail }));
    for (const app of await Promise.all(opened)) await app.close();
    expect(await tablesWith(old.owner, [plain])).toEqual([]);
    expect(await filesWith(old.owner, 'consent%', [plain])).toEqual([]);
    const again = await importConsents(office, by(), {
      text: { code: 'paper', version: 1 },
      language: 'ja',
      channel: 'oral',
      bytes,
    });
    expect(again).toMatchObject({ problem: { kind: 'conflict', field: 'file', existing: importId } });
    await old.app.query("SELECT key_consent_imports(ARRAY[$1::uuid], ARRAY[decode(repeat('00', 32), 'hex')])", [
      importId,
    ]);
    expect(
      await old.owner.query("SELECT 1 FROM consent_imports WHERE digest = decode(repeat('00', 32), 'hex')", []),
    ).toEqual([]);
  } finally {
    await old.drop();
    await fs.rm(earlier, { recursive: true });
  }
});
