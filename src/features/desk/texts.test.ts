// The sentences of the letters as the company keeps them, on a real database and through the real pages: versions that are only added, letters that
// follow at once in every process, two writers at a time, and everything a sentence may not be.

import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { registered, wordsOf } from '../../../tests/desk.ts';
import { openTestOffice, type TestOffice, type Visitor } from '../../../tests/office.ts';
import { openTestCheckpoint, valueOf } from '../../../tests/people.ts';
import { both, type Bilingual } from '../../base/bilingual.ts';
import type { Outcome } from '../../base/outcome.ts';
import { listEntries } from '../../log/index.ts';
import type { Office } from '../../office.ts';
import { openDatabase } from '../../platform/database/index.ts';
import { StartProblem } from '../../platform/start-problem.ts';
import type { By, Room } from '../access/index.ts';
import { policyInForce, type Operator } from '../policy/index.ts';
import { printLetter } from './actions/copies.ts';
import {
  currentTexts,
  loadTexts,
  MOST_NOTE,
  restoreTexts,
  textsHeads,
  textsVersion,
  writeGroup,
  writeTexts,
  type TextsVersion,
} from './actions/texts.ts';
import { keyWord, groupWords, placeName, sectionsOf, valuesSaid, valueWords } from './letters/places.ts';
import { previewNames } from './letters/preview.ts';
import {
  changesBetween,
  fieldOf,
  groups,
  MOST_SENTENCE,
  places,
  placesOf,
  sentencesAt,
  withSentences,
  type Texts,
} from './letters/texts.ts';
import { deskPages } from './pages/desk.tsx';

const folder = path.resolve('policies/example');

let on: TestOffice;
let desk: Room;
let by: By;
let operator: Operator;
let closeCheckpoint: () => Promise<void>;
let officer: Visitor;
let clerk: Visitor;

beforeAll(async () => {
  on = await openTestOffice((office, access) => deskPages({ office, access }));
  closeCheckpoint = await openTestCheckpoint(on);
  desk = on;
  by = { actor: { kind: 'staff', id: on.staff.officer!, name: '関口 真理', roles: ['officer'] }, authority: ['p'] };
  operator = (await policyInForce(on.office, on.office.clock.today()))!.policy.operator;
  await loadTexts(on.office, folder);
  officer = await on.visitor('officer');
  clerk = await on.visitor('desk');
});
afterAll(async () => {
  await closeCheckpoint();
  await on.close();
});

const now = (): Promise<TextsVersion> => currentTexts(on.office);

/** The sentences of the newest version with others in one place. */
const changed = async (place: string, ...sentences: Bilingual[]): Promise<unknown> =>
  withSentences((await now()).texts, new Map([[place, sentences]]));

const problemsIn = (outcome: Outcome<unknown>): [string, string][] =>
  !outcome.ok && outcome.problem.kind === 'invalid'
    ? outcome.problem.fields.map(({ field, says }) => [field, says.ja])
    : [];

const conflictOn = (outcome: Outcome<unknown>): string | null =>
  !outcome.ok && outcome.problem.kind === 'conflict' ? outcome.problem.field : null;

const entriesOf = async () =>
  (await listEntries(on.db.app, { actions: ['desk:texts'], most: 100 })).map(({ entry }) => entry);

const textOf = async (answer: Response): Promise<string> =>
  (await answer.text()).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

/** The form of a group as the page sends it. */
async function formOf(group: string, more: Record<string, string> = {}): Promise<Record<string, string>> {
  const { texts, version } = await now();
  const fields = placesOf(group).flatMap((place) =>
    sentencesAt(texts, place.path).flatMap((says, at): [string, string][] => [
      [fieldOf(place, at, 'ja'), says.ja],
      [fieldOf(place, at, 'en'), says.en],
    ]),
  );
  return { ...Object.fromEntries(fields), seen: String(version), note: '', ...more };
}

describe('the first version', () => {
  test('is the file, written by the house with its log entry; loading again writes nothing', async () => {
    const [entry, ...others] = await entriesOf();
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ actor: 'sekisho', texts: 1, changed: [] });
    await loadTexts(on.office, folder);
    expect((await textsHeads(on.office)).map(({ version, by: who }) => [version, who])).toEqual([[1, 'sekisho']]);
    expect((await now()).entry).toBe(entry!.id);
  });

  test('the file is needed by a new house only, which does not start without it', async () => {
    await loadTexts(on.office, '/nothing-here');
    expect((await textsHeads(on.office)).map(({ version }) => version)).toEqual([1]);
    const other = await openTestOffice(() => []);
    await expect(loadTexts(other.office, '/nothing-here')).rejects.toThrow(StartProblem);
    expect(await textsHeads(other.office)).toEqual([]);
    await other.close();
  });

  test('two processes that start at once write it once', async () => {
    const other = await openTestOffice(() => []);
    const second: Office = { ...other.office, database: openDatabase(other.db.connection, { role: 'sekisho_app' }) };
    await Promise.all([loadTexts(other.office, folder), loadTexts(second, folder)]);
    expect((await textsHeads(other.office)).map(({ version }) => version)).toEqual([1]);
    await second.database.close();
    await other.close();
  });

  test('rows are only ever added', async () => {
    for (const sql of ["UPDATE letter_texts SET note = 'x'", 'DELETE FROM letter_texts', 'TRUNCATE letter_texts'])
      await expect(on.db.app.query(sql, [])).rejects.toMatchObject({ code: '42501' });
  });

  test('a later release takes the sentences it needs from the file and keeps the company’s own', async () => {
    const other = await openTestOffice(() => []);
    await loadTexts(other.office, folder);
    const { texts } = (await textsVersion(other.office, 1))!;
    const { extension: _, ...older } = withSentences(
      texts,
      new Map([
        ['consultation.title', [both('わが社の答え', 'Ours')]],
        ['lacks.lead', [both('日を言わない文', 'Names no day')]],
      ]),
    ) as Texts;
    await other.db.owner.query(
      `INSERT INTO letter_texts SELECT 2, $1::jsonb || '{"gone": {"ja": "x", "en": "x"}}', '', at, 'staff:x', entry_id FROM letter_texts`,
      [JSON.stringify(older)],
    );
    await loadTexts(other.office, folder);
    const completed = await currentTexts(other.office);
    expect([completed.version, completed.by]).toEqual([3, 'sekisho']);
    expect(changesBetween(texts, completed.texts).map((one) => [one.path, one.lang, one.after])).toEqual([
      ['consultation.title', 'ja', 'わが社の答え'],
      ['consultation.title', 'en', 'Ours'],
    ]);
    expect(completed.texts).not.toHaveProperty('gone');
    await other.close();
  });
});

describe('a new version', () => {
  test('is logged with the places it changes, and the next letter names it and is made of it, in every process', async () => {
    const second: Office = { ...on.office, database: openDatabase(on.db.connection, { role: 'sekisho_app' }) };
    const closeSecond = await openTestCheckpoint({ ...on, office: second });
    const before = await currentTexts(second);
    const { row } = await registered(desk, by, 'disclosure');
    const printed = async (of: Office) =>
      wordsOf(valueOf(await printLetter({ ...desk, office: of }, by, row.id, 'cover')).bytes);
    expect(await printed(second)).toContain('請求用紙をお送りします');
    const texts = await changed('cover.title', both('用紙のご案内', 'The form for you'));
    const kept = valueOf(await writeTexts(on.office, by, { seen: before.version, texts, note: '題名を短く' }));
    expect(kept).toMatchObject({ version: before.version + 1, note: '題名を短く', by: `staff:${on.staff.officer}` });
    for (const of of [second, on.office]) {
      const text = await printed(of);
      expect([text.includes('用紙のご案内'), text.includes('請求用紙をお送りします')]).toEqual([true, false]);
    }
    const [entry] = await entriesOf();
    expect(entry).toMatchObject({ id: kept.entry, texts: kept.version, changed: ['cover.title'], authority: ['p'] });
    expect(JSON.stringify(entry)).not.toMatch(/題名|案内/);
    const prints = await listEntries(on.db.app, { actions: ['desk:open-paper'], most: 10 });
    expect(prints.map(({ entry: one }) => [one['letter'], one['texts']])).toEqual([
      ['cover', kept.version],
      ['cover', kept.version],
      ['cover', before.version],
    ]);
    await closeSecond();
    await second.database.close();
  });

  test('is refused to whoever has not seen the newest, and of two at once one is told', async () => {
    const { version: seen, texts: same } = await now();
    const texts = await changed('extension.close', both('お待ちください。', 'Please wait.'));
    expect(conflictOn(await writeTexts(on.office, by, { seen: seen - 1, texts, note: '' }))).toBe('seen');
    const written = await Promise.all([1, 2, 3].map(() => writeTexts(on.office, by, { seen, texts, note: '' })));
    expect(written.filter(({ ok }) => ok)).toHaveLength(1);
    expect(written.map(conflictOn).filter((field) => field === 'seen')).toHaveLength(2);
    expect((await now()).version).toBe(seen + 1);
    expect(conflictOn(await restoreTexts(on.office, by, { seen, version: 1, note: '' }))).toBe('seen');
    const again = await writeTexts(on.office, by, { seen: seen + 1, texts, note: '' });
    expect(problemsIn(again)).toEqual([['', '何も変わっていません']]);
    expect(changesBetween(same, (await now()).texts)).toHaveLength(2);
  });

  test('of a group is no obstacle to a writer of another, but to one of the same', async () => {
    const { version: seen } = await now();
    const of = (group: string, place: string, text: string) =>
      writeGroup(on.office, by, { seen, group, sentences: new Map([[place, [both(text, text)]]]), note: '' });
    valueOf(await of('receipt', 'receipt.title', '受領証'));
    const other = valueOf(await of('consultation', 'consultation.title', 'お返事'));
    expect(other.version).toBe(seen + 2);
    expect(other.texts.receipt.title.ja).toBe('受領証');
    expect(conflictOn(await of('receipt', 'receipt.title', '受取書'))).toBe('seen');
    for (const [group, version] of [
      ['nothing', seen],
      ['receipt', 99],
      ['receipt', Number.NaN],
    ] as const) {
      const ask = { seen: version, group, sentences: new Map(), note: '' };
      expect(await writeGroup(on.office, by, ask)).toMatchObject({ ok: false, problem: { kind: 'not-found' } });
    }
  });

  test('goes back to an older one by saying the same again', async () => {
    const { version: seen } = await now();
    const restored = valueOf(await restoreTexts(on.office, by, { seen, version: 1, note: '元の文へ' }));
    expect(restored.version).toBe(seen + 1);
    expect(changesBetween((await textsVersion(on.office, 1))!.texts, restored.texts)).toEqual([]);
    expect(await restoreTexts(on.office, by, { seen: seen + 1, version: 99, note: '' })).toMatchObject({
      ok: false,
      problem: { kind: 'not-found' },
    });
  });

  test.each([
    ['empty', '', '空でない文にしてください'],
    ['blank', '　 ', '空でない文にしてください'],
    ['too long', 'あ'.repeat(MOST_SENTENCE + 1), `${MOST_SENTENCE}字までにしてください`],
    ['without its value', '書類をお送りください。', '{by} を入れてください'],
    ['with a value nobody knows', '{by}までに{when}お送りください。', '{when} は使えません。使えるのは {by} です'],
    ['with half a pair of brackets', '{by}までに}お送りください。', '{ と } の組が合いません'],
    ['with half a character', '{by}まで\ud83d', '改行や、印刷できない文字が入っています'],
    ['with the other half', '{by}まで\udc00', '改行や、印刷できない文字が入っています'],
    ['with an emoji', '{by}まで😀', '改行や、印刷できない文字が入っています'],
    ['with a line break', '{by}までに\nお送りください。', '改行や、印刷できない文字が入っています'],
    ['with a NUL', '{by}まで\u0000', '改行や、印刷できない文字が入っています'],
  ])('is refused with a sentence that is %s, by its place, and nothing is kept', async (_, ja, says) => {
    const { version: seen } = await now();
    const texts = await changed('lacks.by', both(ja, 'By {by}, please.'));
    const refused = await writeTexts(on.office, by, { seen, texts, note: '' });
    expect(problemsIn(refused)).toEqual([['lacks.by.ja', says]]);
    expect((await now()).version).toBe(seen);
  });

  test.each([
    ['something that is no text', { ja: 1, en: ['{by}'] }, ['lacks.by.ja', 'lacks.by.en']],
    ['nothing', undefined, ['lacks.by']],
    ['a text of one language', '{by}', ['lacks.by']],
    ['a third language', { ja: '{by}', en: '{by}', fr: '{by}' }, ['lacks.by']],
    ['the name of a thing every object has', { ja: '{constructor} {by}', en: '{by}' }, ['lacks.by.ja']],
  ])('is refused with %s in the place of a sentence', async (_, given, fields) => {
    const { version: seen, texts } = await now();
    const wrong = { ...texts, lacks: { ...texts.lacks, by: given } };
    const refused = await writeTexts(on.office, by, { seen, texts: wrong, note: '' });
    expect(problemsIn(refused).map(([field]) => field)).toEqual(fields);
  });

  test.each([null, [], 'x', 1, {}])('is refused when it is %j', async (texts) => {
    const { version: seen } = await now();
    expect(problemsIn(await writeTexts(on.office, by, { seen, texts, note: '' })).length).toBeGreaterThan(0);
  });

  test.each(['x'.repeat(MOST_NOTE + 1), '一行目\n二行目', 'half \ud800', 'nul \u0000'])(
    'is refused with the note %j',
    async (note) => {
      const { version: seen } = await now();
      const texts = await changed('lacks.title', both('お願い', 'Please'));
      expect(problemsIn(await writeTexts(on.office, by, { seen, texts, note })).map(([field]) => field)).toEqual([
        'note',
      ]);
    },
  );

  test.each([
    '<b>太字</b>&amp;<script>alert(1)</script>',
    '#panic() $x^2$ @cite <label> *強* _斜_ `x` \\ // 注 [角]',
    '"引用" = 見出し',
  ])('with %s prints it as it is, as a letter and on the page', async (looks) => {
    const { version: seen } = await now();
    const texts = await changed('extension.title', both(looks, looks));
    const kept = valueOf(await writeTexts(on.office, by, { seen, texts, note: looks.slice(0, MOST_NOTE) }));
    const preview = await officer.post(
      '/desk/texts/extension/preview',
      await formOf('extension', { paper: 'extension', language: 'ja' }),
      '/desk/texts/extension',
    );
    expect([preview.status, preview.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(await wordsOf(new Uint8Array(await preview.arrayBuffer()))).toContain(looks.replace(/\s/g, ''));
    for (const at of ['/desk/texts/extension', `/desk/texts/versions/${kept.version}`, '/desk/texts']) {
      const html = await (await officer.get(at)).text();
      expect(html).not.toMatch(/<b>太字|<script>alert/);
      const shown = html
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&quot;', '"')
        .replaceAll('&amp;', '&');
      expect(shown).toContain(looks);
    }
  });
});

describe('the pages', () => {
  test('name every group, place and value in words', async () => {
    const list = await textOf(await officer.get('/desk/texts'));
    for (const group of groups) {
      expect(list).toContain(groupWords[group]!.ja.replace('&', '&amp;'));
      const words = [
        groupWords[group],
        ...sectionsOf(group).map(({ key }) => (key === null ? both('-', '-') : keyWord(key))),
      ];
      expect(words.filter((one) => !one?.ja || !one.en)).toEqual([]);
      expect(sectionsOf(group).flatMap((one) => one.places)).toEqual(placesOf(group));
      const names = placesOf(group).map(({ path: at }) => placeName(at, group, 'ja'));
      expect([names.length, new Set(names).size, names.join().includes('undefined')]).toEqual([
        names.length,
        names.length,
        false,
      ]);
    }
    expect(groups.flatMap((group) => placesOf(group))).toHaveLength(places.length);
    expect(Object.values(valueWords).filter(({ ja, en }) => ja === '' || en === '')).toEqual([]);
    expect(valuesSaid({ must: ['form'], may: ['arrived'] }, 'ja')).toEqual({
      must: '{form}＝用紙の名前',
      may: '{arrived}＝手紙が届いた日',
    });
    const form = await textOf(await officer.get('/desk/texts/lacks'));
    expect(form).toContain('必ず入れるもの： {fee} ＝手数料の額、 {received} ＝届いた額、 {missing} ＝足りない額');
  });

  test('every group can be looked at in a paper, in both languages', async () => {
    for (const group of groups) {
      const [paper] = previewNames(group, operator);
      for (const language of ['ja', 'en']) {
        const at = `/desk/texts/${group}`;
        const seen = await officer.post(`${at}/preview`, await formOf(group, { paper: paper!, language }), at);
        expect([group, seen.status, seen.headers.get('content-type')]).toEqual([group, 200, 'application/pdf']);
        expect(seen.headers.get('content-disposition')).toMatch(/^inline; filename="[a-z-]+\.pdf"$/);
      }
    }
  });

  test('what is looked at for a group is made of its sentences', async () => {
    const { texts } = await now();
    for (const group of groups) {
      const [place] = placesOf(group).filter(({ path: at }) =>
        /^(frame\.number|information\.customer|.*title)$/.test(at),
      );
      const [says] = sentencesAt(texts, place!.path);
      const marked = fieldOf(place!, 0, 'ja');
      const form = await formOf(group, { [marked]: `${says!.ja}しるし`, language: 'ja' });
      const papers = previewNames(group, operator);
      const at = `/desk/texts/${group}`;
      let found = false;
      for (const paper of papers.slice(0, 12)) {
        const seen = await officer.post(`${at}/preview`, { ...form, paper }, at);
        found = (await wordsOf(new Uint8Array(await seen.arrayBuffer()))).includes('しるし');
        if (found) break;
      }
      expect([group, found]).toEqual([group, true]);
    }
  });

  test('a preview is of what is typed, keeps nothing, and says what is wrong at its field', async () => {
    const { version } = await now();
    const at = '/desk/texts/consultation';
    const typed = { 'consultation.title.ja': 'まだ保存していない題名', paper: 'consultation', language: 'ja' };
    const seen = await officer.post(`${at}/preview`, await formOf('consultation', typed), at);
    const text = await wordsOf(new Uint8Array(await seen.arrayBuffer()));
    expect([text.includes('まだ保存していない題名'), text.includes('東日本統括事業本部御中')]).toEqual([true, true]);
    const wrong = await officer.post(
      `${at}/preview`,
      await formOf('consultation', { ...typed, 'consultation.lead.en': 'No day at all' }),
      at,
    );
    const html = await wrong.text();
    expect(wrong.status).toBe(422);
    expect(html).toContain('href="#f-consultation-lead-en"');
    expect(html).toContain('{arrived} を入れてください');
    expect(html).toContain('まだ保存していない題名');
    const none = await officer.post(
      `${at}/preview`,
      await formOf('consultation', { ...typed, paper: 'constructor' }),
      at,
    );
    expect([none.status, (await now()).version]).toEqual([404, version]);
  });

  test('a list grows by what is written in its last field and shrinks by what is emptied', async () => {
    const at = '/desk/texts/cover';
    const { version, texts } = await now();
    const before = sentencesAt(texts, 'cover.papers.items');
    const more = {
      'cover.papers.items[0].ja': '',
      'cover.papers.items[0].en': '',
      [`cover.papers.items[${before.length}].ja`]: '旅券',
      [`cover.papers.items[${before.length}].en`]: 'Passport',
    };
    const saved = await officer.post(at, await formOf('cover', { ...more, note: '旅券を足す' }), at);
    expect([saved.status, saved.headers.get('location')]).toEqual([303, `${at}?saved`]);
    expect(sentencesAt((await now()).texts, 'cover.papers.items')).toEqual([
      ...before.slice(1),
      both('旅券', 'Passport'),
    ]);
    const shown = await textOf(await clerk.get(`/desk/texts/versions/${version + 1}`));
    expect(shown).toMatch(/関口 真理.*旅券を足す/);
    expect(shown).toContain('Passport');
    const none = Object.fromEntries(
      before.flatMap((_, i) => [
        [`cover.papers.items[${i}].ja`, ''],
        [`cover.papers.items[${i}].en`, ''],
      ]),
    );
    const refused = await officer.post(at, await formOf('cover', none), at);
    expect([refused.status, await textOf(refused)]).toEqual([
      422,
      expect.stringContaining('1つ以上の文の一覧にしてください'),
    ]);
  });

  test('the second of two who write the same is told, sees both, and may then save', async () => {
    const at = '/desk/texts/extension';
    const mine = await formOf('extension', { 'extension.close.ja': '私の結び。', note: '私の覚え書き' });
    const theirs = await formOf('extension', { 'extension.close.ja': '先の結び。', 'extension.reason.ja': '先のわけ' });
    expect((await officer.post(at, theirs, at)).status).toBe(303);
    const { version } = await now();
    const told = await officer.post(at, mine, at);
    const html = await told.text();
    expect(told.status).toBe(409);
    expect(html).toContain('ほかの人が先に新しい版を作りました');
    expect(html).toMatch(/いまの文：<span[^>]*>先の結び。/);
    expect(html).toMatch(/<textarea[^>]*>私の結び。/);
    // A sentence that the second writer did not change is as the first saved it.
    expect(html).toMatch(/<textarea[^>]*>先のわけ/);
    expect(html).toContain('value="私の覚え書き"');
    expect((await now()).version).toBe(version);
    const seen = /name="seen" value="(\d+)"/.exec(html)![1]!;
    expect((await officer.post(at, { ...mine, seen }, at)).status).toBe(303);
    expect((await now()).texts.extension.close.ja).toBe('私の結び。');
    expect(sentencesAt((await textsVersion(on.office, version))!.texts, 'extension.close')[0]!.ja).toBe('先の結び。');
  });

  test('an older version is one press away, and the press is the officer’s', async () => {
    const first = '/desk/texts/versions/1';
    expect(await textOf(await clerk.get(first))).not.toContain('この版に戻す');
    expect((await clerk.post(`${first}/restore`, { seen: '1' }, '/desk/texts')).status).toBe(403);
    const { version } = await now();
    const stale = await officer.post(`${first}/restore`, { seen: String(version - 1), note: '' }, first);
    expect([stale.status, await textOf(stale)]).toEqual([409, expect.stringContaining('ほかの人が先に')]);
    const back = await officer.post(`${first}/restore`, { seen: String(version), note: '' }, first);
    expect(back.headers.get('location')).toBe(`/desk/texts/versions/${version + 1}`);
    expect(changesBetween((await textsVersion(on.office, 1))!.texts, (await now()).texts)).toEqual([]);
  });

  test('the desk and the auditor read and look at papers, and write nothing', async () => {
    for (const reader of [clerk, await on.visitor('auditor')]) {
      const html = await (await reader.get('/desk/texts/consultation')).text();
      expect(html).toContain('お申し出へのお答え');
      expect(html).not.toMatch(/<textarea|name="seen"|新しい版として保存/);
      const form = { paper: 'consultation', language: 'ja', 'consultation.title.ja': '読む人の題名' };
      const seen = await reader.post('/desk/texts/consultation/preview', form, '/desk/texts/consultation');
      const text = await wordsOf(new Uint8Array(await seen.arrayBuffer()));
      expect([text.includes('お申し出へのお答え'), text.includes('読む人の題名')]).toEqual([true, false]);
      const refused = await reader.post(
        '/desk/texts/consultation',
        await formOf('consultation'),
        '/desk/texts/consultation',
      );
      expect(refused.status).toBe(403);
    }
    expect((await (await on.visitor('reception')).get('/desk/texts')).status).toBe(403);
  });

  test.each(['/desk/texts/nothing', '/desk/texts/versions/0', '/desk/texts/versions/99', '/desk/texts/versions/x'])(
    '%s is not there',
    async (at) => {
      expect((await officer.get(at)).status).toBe(404);
    },
  );
});
