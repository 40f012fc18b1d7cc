// The log as outsiders, auditors and systems see it: the data of the pages, proofs followed by a slow reading of the RFC, public files without
// entries, an export that verifies and is itself on record, and a promise that a rewrite breaks.

import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestOffice, type TestOffice, type Visitor } from '../../../tests/office.ts';
import { addHolding, openTestCheckpoint } from '../../../tests/people.ts';
import type { Actor } from '../../base/actor.ts';
import { newId } from '../../base/id.ts';
import { dayOf, daysBetween } from '../../base/day.ts';
import type { Outcome } from '../../base/outcome.ts';
import {
  append,
  logEntry,
  verifyAndRecord,
  verifyFile,
  vkeyOf,
  type LogEntry,
  type Subjects,
  listEntries,
  RESTORED,
  REVIEWED,
} from '../../log/index.ts';
import { lockVerification } from '../../log/store.ts';
import { rowsVisited, signAll } from '../../../tests/house.ts';
import { tampered } from '../../../tests/tamper.ts';
import { readCsv } from '../../platform/sheet.ts';
import { stamp } from '../../platform/ui/format.ts';
import { accessRoutes, createSystem, createToken, keepPolicies, type Room } from '../access/index.ts';
import { findEntry, isToReview, logState, type LogState } from './actions/log.ts';
import { leafOf, proofSteps, readGround, readHead, subjectsOf } from './facts/entry.ts';
import { auditProvers, logProof } from './promises.ts';
import { recentAnswers } from './pages/recent.tsx';
import { auditRoutes } from './routes.ts';
import { actionWords, actKinds } from './words.ts';

let house: TestOffice;
let room: Room;
let auditor: Visitor;
let nobody: Visitor;
let desk: Actor;
let refused: LogEntry;

const value = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problem));
  return outcome.value;
};

const write = (...entries: LogEntry[]): Promise<void> => house.db.app.transaction((tx) => append(tx, ...entries));
const sign = (): Promise<void> => signAll(house.db.app, house.office.signer);

beforeAll(async () => {
  house = await openTestOffice((office, access) => {
    room = { office, access };
    return [
      ...auditRoutes(room),
      ...accessRoutes(
        access,
        async () => [],
        async () => [],
      ),
    ];
  });
  auditor = await house.visitor('auditor');
  nobody = await house.visitor('nobody');
  desk = { kind: 'staff', id: house.staff.desk!, name: '佐伯 健', roles: ['desk'] };
  const now = house.clock.now();
  const decision = (answer: string) => ({
    answer,
    because: ['APPI 18(1)', 'policy 14'],
    law: '2026-11-01' as never,
    policy: 1,
  });
  refused = logEntry(now, desk, 'people:use', {
    principal: '01890000-0000-7000-8000-000000000001',
    holding: '01890000-0000-7000-8000-000000000002',
    purpose: 'P3',
    items: ['name', 'email'],
    decision: decision('no'),
    authority: ['desk-answers', 'desk-of-old'],
  });
  const others = Array.from({ length: 297 }, (_, i) =>
    logEntry(now - 86_400_000 * (i % 3), { kind: 'sekisho' }, 'people:use', { decision: decision('yes') }),
  );
  await write(...others, refused);
  await sign();
});
afterAll(() => house.close());

const text = async (visitor: Visitor, path: string, status = 200): Promise<string> => {
  const response = await visitor.get(path);
  expect(response.status).toBe(status);
  return response.text();
};

const sha256 = (...parts: (string | Buffer)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

describe('an entry', () => {
  test('the steps shown lead from the text of the entry to the signed root, for every entry', async () => {
    const { head } = await logState(room);
    const rows = await house.db.app.query<{ id: string; entry: string }>('SELECT id, entry FROM log_entries', []);
    expect(rows.length).toBe(head!.size);
    for (const row of rows.filter((_, i) => i % 17 === 0 || i > rows.length - 4)) {
      const found = await findEntry(room, row.id);
      const { position, size, proof, checkpoint } = found!.proof!;
      expect(leafOf(row.entry)).toBe(sha256('\0', row.entry).toString('base64'));
      let hash = sha256('\0', row.entry);
      for (const step of proofSteps(position, size, proof)) {
        const other = Buffer.from(step.hash, 'base64');
        hash = step.side === 'left' ? sha256('\x01', other, hash) : sha256('\x01', hash, other);
      }
      expect(hash.toString('base64')).toBe(readHead(checkpoint).root);
    }
  });

  test('its page says what, who, why, and how to check it', async () => {
    const html = await text(auditor, `/log/entries/${refused.id}`);
    for (const shown of [
      '佐伯 健',
      '不可',
      '法18条1項',
      '方針 条項14',
      '<a href="/authority#rule-desk-answers">個人情報窓口が本人に答える</a>',
      // A rule that is no longer in the policies.
      '<span class="chip">desk-of-old</span> <span class="muted">いまはない規則です</span>',
      'P3',
      '氏名、メールアドレス',
      'href="/verify"',
      readHead((await logState(room)).head!.note).root,
    ])
      expect(html).toContain(shown);
    const english = await house.visitor('auditor', 'en');
    const inEnglish = await text(english, `/log/entries/${refused.id}`);
    for (const shown of ['APPI Art. 18(1)', '>The desk answers people</a>', 'This rule is no longer in force'])
      expect(inEnglish).toContain(shown);
  });

  test('leads to the rules that let it as they were then', async () => {
    const { policies } = house.access;
    const once = { ...policies, text: policies.text.replace('個人情報窓口が本人に答える', '窓口が答える') };
    await keepPolicies({ ...house.access, policies: once });
    house.clock.moveTo('2026-12-07T08:43:00+09:00');
    await keepPolicies(house.access);
    house.clock.moveTo('2026-12-07T08:42:00+09:00');
    const html = await text(auditor, `/log/entries/${refused.id}`);
    expect(html).toContain(
      '<a href="/authority/versions/1#rule-desk-answers">窓口が答える</a><span class="muted"> 第1版</span>',
    );
    const [read] = await listEntries(house.db.app, { actions: ['access:policies'], most: 1 });
    const says = await text(auditor, `/log/entries/${read!.entry.id}`);
    for (const shown of [
      'アクセスの方針の読み込み',
      '変わった規則',
      '個人情報窓口が本人に答える',
      'href="/authority/versions/2"',
    ])
      expect(says).toContain(shown);
  });

  test('the days it names are written in the language of the reader; its text and its proof have them as they were logged', async () => {
    const days = { effective: '2026-11-29', published: '2026-12-07', day: '2026-02-30', code: 'news-2026-12-01' };
    const entry = logEntry(house.clock.now(), desk, 'joint-use:publish', days);
    await write(entry);
    await sign();
    const shownIn = (html: string): string[] => {
      const says = html.slice(html.indexOf('<main'), html.indexOf('id="by-hand"'));
      return [...says.matchAll(/<dd[^>]*><span class="wrap-anywhere">([^<]*)<\/span>/g)].map(([, value]) => value!);
    };
    const html = await text(auditor, `/log/entries/${entry.id}`);
    // A value that is not a day of the calendar is shown as it is.
    expect(shownIn(html)).toEqual(['news-2026-12-01', '2026-02-30', '2026年11月29日', '2026年12月7日']);
    expect(html).toContain('&quot;effective&quot;:&quot;2026-11-29&quot;');
    const english = await house.visitor('auditor', 'en');
    expect(shownIn(await text(english, `/log/entries/${entry.id}`)).slice(2)).toEqual([
      '29 November 2026',
      '7 December 2026',
    ]);
    expect(await text(auditor, `/log/entries/${entry.id}/proof`)).toContain('2026-11-29');
  });

  test('the items it is about are called as their holding calls them, here, in the list and in its files', async () => {
    const stop = await openTestCheckpoint(house);
    try {
      const own = { code: 'seat', label: { ja: '座席の希望', en: 'Seat wished for' } };
      const holding = await addHolding(house, { items: ['phone', own] });
      const of = (action: string, subjects: Subjects): LogEntry =>
        logEntry(house.clock.now(), desk, action, { holding, ...subjects });
      const entries = [of('desk:look', { items: ['phone', 'seat'] }), of('desk:reviewed', { item: 'seat' })];
      const record = of('desk:reviewed', { holding: 'provisions', item: newId(0) });
      await write(...entries, record);
      for (const { id } of entries) expect(await text(auditor, `/log/entries/${id}`)).toContain('座席の希望');
      expect(await text(auditor, `/log/entries/${record.id}`)).toMatch(/台帳<\/dt><dd><span[^>]*>提供の記録</);
      const english = await house.visitor('auditor', 'en');
      expect(await text(english, '/log')).toContain('Telephone number, Seat wished for');
      const file = await (await auditor.get('/log/export/log-utf8.csv?action=desk:look')).text();
      expect(file).toContain('電話番号、座席の希望');
    } finally {
      await stop();
    }
  });

  test('what an entry only counts is not called by ids', async () => {
    const entry = logEntry(house.clock.now(), desk, 'desk:disclose', { provisions: 2, receipts: 0 });
    await write(entry);
    const html = await text(auditor, `/log/entries/${entry.id}`);
    expect(html).toContain('提供の記録の数');
    expect(html).not.toContain('識別子');
  });

  test('a code of the desk has its word in the entries of the desk alone: a policy calls its ways of acquisition by codes of its own', async () => {
    const shown = async (action: string): Promise<string> => {
      const entry = logEntry(house.clock.now(), desk, action, { channel: 'electronic' });
      await write(entry);
      const html = await text(auditor, `/log/entries/${entry.id}`);
      return /<dd[^>]*><span class="wrap-anywhere">([^<]*)<\/span>/.exec(html)![1]!;
    };
    expect([await shown('desk:registered'), await shown('people:acquire')]).toEqual(['電子メールなど', 'electronic']);
  });

  test('its proof is a file that verifies; one changed byte and it does not', async () => {
    const response = await auditor.get(`/log/entries/${refused.id}/proof`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    const vkey = vkeyOf(house.office.signer);
    expect(verifyFile(bytes, vkey)).toMatchObject({ ok: true, kind: 'receipt' });
    const at = Buffer.from(bytes).indexOf('"P3"') + 2;
    bytes[at] = '4'.charCodeAt(0);
    expect(verifyFile(bytes, vkey).ok).toBe(false);
  });

  test('one that is not signed yet is shown as that, without a proof', async () => {
    const waiting = logEntry(house.clock.now(), desk, 'people:search', { found: 0 });
    await write(waiting);
    const html = await text(auditor, `/log/entries/${waiting.id}`);
    expect(html).toContain('まだ署名されていません');
    expect((await auditor.get(`/log/entries/${waiting.id}/proof`)).status).toBe(404);
    await sign();
    expect(await text(auditor, `/log/entries/${waiting.id}`)).not.toContain('まだ署名されていません');
  });

  test('one whose decision is no finding is shown as it is, in the list, alone and with its proof', async () => {
    const entry = logEntry(house.clock.now(), desk, 'desk:reviewed', { item: 'note' });
    const old = { ...entry, decision: 'withhold' } as unknown as LogEntry;
    await write(old);
    await sign();
    const alone = await text(auditor, `/log/entries/${old.id}`);
    expect(alone).toContain('項目ごとの判断');
    expect(alone).toContain('開示しない');
    expect(alone).toMatch(/<dt>項目<\/dt>\s*<dd><span class="wrap-anywhere">備考</);
    expect(alone).toContain('"decision":"withhold"'.replaceAll('"', '&quot;'));
    expect(await text(auditor, '/log')).toContain(`/log/entries/${old.id}`);
    const proof = new Uint8Array(await (await auditor.get(`/log/entries/${old.id}/proof`)).arrayBuffer());
    expect(verifyFile(proof, vkeyOf(house.office.signer)).ok).toBe(true);
  });

  test('what is not there is not found', async () => {
    expect((await auditor.get('/log/entries/01890000-0000-7000-8000-000000000009')).status).toBe(404);
    expect((await auditor.get('/log/entries/x')).status).toBe(404);
  });
});

describe('the page of the log', () => {
  const rows = (html: string): number => (html.match(/href="\/log\/entries\//g) ?? []).length;

  test('shows the head, and fifty entries at a time without gap or repetition', async () => {
    const { head } = await logState(room);
    let path: string | undefined = '/log';
    const seen: string[] = [];
    while (path) {
      const html = await text(auditor, path);
      expect(html).toContain(readHead(head!.note).root);
      seen.push(...[...html.matchAll(/href="\/log\/entries\/([^"]+)"/g)].map((m) => m[1]!));
      path = /href="(\/log\?before=[^"]+)">古い記録へ/.exec(html)?.[1];
    }
    const stored = await house.db.app.query<{ id: string }>(
      'SELECT id FROM log_entries ORDER BY xid DESC, seq DESC',
      [],
    );
    expect(seen).toEqual(stored.map((row) => row.id));
  });

  test('offers the acts by kind, so that however many there are each can be chosen', async () => {
    const chosen = (html: string, name: string): string[] => {
      const select = new RegExp(`<select[^>]* name="${name}".*?</select>`, 's').exec(html)?.[0] ?? '';
      return [...select.matchAll(/<option value="([^"]*)"/g)].map(([, one]) => one!);
    };
    const bare = await text(auditor, '/log');
    expect(chosen(bare, 'kind')).toEqual(['', ...Object.keys(actKinds)]);
    expect(chosen(bare, 'action')).toEqual([]);
    const inKinds = Object.entries(actKinds).flatMap(([kind, { acts }]) => (kind === 'reached' ? [] : acts));
    expect(inKinds.toSorted()).toEqual(Object.keys(actionWords).toSorted());
    for (const kind of Object.keys(actKinds)) {
      const html = await text(auditor, `/log?kind=${kind}`);
      expect(chosen(html, 'action')).toEqual(['', ...actKinds[kind]!.acts]);
    }
    // A property that every object has is neither a kind nor an answer.
    expect(rows(await text(auditor, '/log?kind=constructor&answer=constructor'))).toBe(rows(bare));
    const ofOne = await text(auditor, '/log?action=people:use');
    expect(ofOne).toContain('<option value="people" selected');
    expect(ofOne).toContain('<option value="people:use" selected');
    // An action of another kind than the chosen one is ignored.
    const sent = await text(auditor, '/log?kind=consents&action=people:use');
    expect(sent).not.toContain('value="people:use"');
    expect(rows(sent)).toBe(0);
    expect(rows(await text(auditor, `/log?kind=reached&actor=staff:${house.staff.desk}`))).toBeGreaterThan(0);
    expect(rows(await text(auditor, '/log?kind=consents'))).toBe(0);
  });

  test('filters by act, by who, by answer, by a period of days as people write them', async () => {
    expect(rows(await text(auditor, `/log?actor=staff:${house.staff.desk}&action=people:use`))).toBe(1);
    expect(rows(await text(auditor, '/log?answer=no'))).toBe(1);
    expect(rows(await text(auditor, '/log?answer=unknown'))).toBe(0);
    expect(await text(auditor, '/log?answer=unknown')).toContain('この条件に合う記録はありません');
    const days = await Promise.all(
      ['2026/12/6', '令和8年12月6日', 'Ｒ８．１２．６'].map((day) =>
        text(auditor, `/log?from=${encodeURIComponent(day)}&to=${encodeURIComponent(day)}&action=people:use`),
      ),
    );
    const onThatDay = await house.db.app.query(
      `SELECT FROM log_entries WHERE action = 'people:use' AND (at AT TIME ZONE 'Asia/Tokyo')::date = '2026-12-06'`,
      [],
    );
    expect(onThatDay.length).toBeGreaterThan(50);
    for (const html of days) {
      expect(rows(html)).toBe(50);
      expect(html).toContain('2026/12/06 08:42');
      expect(html).not.toContain('2026/12/07 08:42');
    }
    const listed = async (query: string): Promise<number> => {
      const file = await (await auditor.get(`/log/export/log-utf8.csv?action=people:use&${query}`)).text();
      return file.match(/2026\/12\/0\d 08:42/g)?.length ?? 0;
    };
    const { length } = onThatDay;
    expect(await listed('from=2026-12-06&to=2026-12-06')).toBe(length);
    expect([await listed('from=2026-12-07'), await listed('to=2026-12-05')]).toEqual([298 - 2 * length, length]);
    expect([await listed('from=2026-12-05&to=2026-12-06'), await listed('')]).toEqual([2 * length, 298]);
    const period = await text(auditor, '/log?from=2026-12-05&to=2026-12-06&action=people:use');
    expect(period).toContain('2026/12/05から2026/12/06まで');
    expect(period.replaceAll('&amp;', '&')).toContain('action=people%3Ause&from=2026-12-05&to=2026-12-06');
    expect(await text(auditor, '/log?from=13/45')).toContain('日を読み取れませんでした');
    expect(await text(auditor, '/log?from=2026-12-06&to=2026-12-05')).toContain('期間の終わりが、始まりより前です');
  });

  test('of a package alone: what was done with it, without the readings for it', async () => {
    const id = '01890000-0000-7000-8000-000000000005';
    const now = house.clock.now();
    const of = (action: string, file: string): LogEntry => logEntry(now, desk, action, { package: file });
    const steps = [of('package:draft', id), of('package:request', id)];
    await write(...steps, of('people:package', id), of('package:draft', '01890000-0000-7000-8000-000000000006'));
    const html = await text(auditor, `/log?package=${id}`);
    expect(rows(html)).toBe(2);
    for (const step of steps) expect(html).toContain(`/log/entries/${step.id}`);
    // A value that does not have the form of an id is no filter.
    expect(rows(await text(auditor, '/log?package=1'))).toBe(50);
  });

  test('is taken along as a table of what is asked for: every entry of it, the newest first, no formula and no id of a person', async () => {
    const query = `?action=people:use&answer=yes`;
    const href = `/log/export/log-utf8.csv${query}`;
    expect((await text(auditor, `/log${query}`)).replaceAll('&amp;', '&').replaceAll('%3A', ':')).toContain(href);
    const read = readCsv(new Uint8Array(await (await auditor.get(href)).arrayBuffer()));
    const [head, ...cells] = 'rows' in read ? read.rows.map((row) => row.cells) : [];
    expect(head).toEqual(['日時', '行為', '項目', 'した人', '答え', '根拠', '位置']);
    expect(cells).toHaveLength(297);
    expect(cells[0]!.slice(0, 6)).toEqual(['2026/12/05 08:42', '利用', '', '関所', '可', '法18条1項、方針 条項14']);
    const positions = cells.map((row) => Number(row[6]));
    expect(positions).toEqual(positions.toSorted((a, b) => b - a));
    // More than are read at a time.
    const many = Array.from({ length: 700 }, () => logEntry(house.clock.now(), desk, 'related:find', { found: 0 }));
    await write(...many);
    const searched = await (await auditor.get('/log/export/log-utf8.csv?action=related:find')).text();
    expect(searched.match(/識別子による検索/g)).toHaveLength(700);
  });

  test('who may not read the log does not enter', async () => {
    expect((await (await house.visitor('reception')).get('/log/export/log.xlsx')).status).toBe(403);
    expect((await (await house.visitor('reception')).get('/log')).status).toBe(403);
    expect((await nobody.get('/log')).status).toBe(303);
  });
});

describe('the public files', () => {
  test('checkpoint and key are for everybody', async () => {
    const { head } = await logState(room);
    expect(await text(nobody, '/log/checkpoint')).toBe(head!.note);
    expect(await text(nobody, '/log/key')).toBe(`${vkeyOf(house.office.signer)}\n`);
  });

  test('hash tiles are for everybody, entries are not; only what exists in its one spelling is there', async () => {
    const tile = await nobody.get('/log/tile/0/000');
    expect((await tile.arrayBuffer()).byteLength).toBe(256 * 32);
    expect(tile.headers.get('cache-control')).toContain('immutable');
    const { head } = await logState(room);
    const rest = head!.size - 256;
    expect((await (await nobody.get(`/log/tile/0/001.p/${rest}`)).arrayBuffer()).byteLength).toBe(rest * 32);
    for (const path of ['0/999', '0/001', '00/000', 'x', `0/001.p/${rest + 1}`])
      expect((await nobody.get(`/log/tile/${path}`)).status, path).not.toBe(200);
    expect((await nobody.get('/log/tile/entries/000')).status).toBe(303);
    const bundle = await auditor.get('/log/tile/entries/000');
    // No cache between the office and a reader may keep entries for others.
    expect([bundle.status, bundle.headers.get('cache-control')]).toEqual([200, 'private, no-store']);
  });
});

test('the export verifies, and is itself on record', async () => {
  const before = (await logState(room)).head!.size;
  const response = await (await house.visitor('officer')).post('/log/export', {}, '/log');
  expect(response.status).toBe(200);
  expect(await text(await house.visitor('officer'), '/log')).toContain('href="/verify"');
  const bytes = new Uint8Array(await response.arrayBuffer());
  const { head } = await logState(room);
  expect(verifyFile(bytes, vkeyOf(house.office.signer))).toMatchObject({ ok: true, kind: 'export', size: head!.size });
  const recorded = await listEntries(house.db.app, { actions: ['log:export'], most: 2 });
  expect(recorded.map(({ entry }) => [entry.actor, entry.size, entry.authority])).toEqual([
    [`staff:${house.staff.officer}`, before, ['officer-all-work']],
  ]);
  const html = await text(auditor, '/log?action=log:export');
  expect(html).toContain('記録の書き出し');
  expect(html).toContain('関口 真理');
});

test('whoever holds an earlier proof sees that the log continues it, and nobody has to let them', async () => {
  const vkey = vkeyOf(house.office.signer);
  const held = new Uint8Array(await (await auditor.get(`/log/entries/${refused.id}/proof`)).arrayBuffer());
  const { size } = verifyFile(held, vkey);
  await write(logEntry(house.clock.now(), desk, 'people:search', { found: 0 }));
  await sign();
  const nobody = await house.visitor('nobody');
  const now = await nobody.get(`/log/consistency/${size}`);
  expect([now.status, now.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
  const file = new Uint8Array(await now.arrayBuffer());
  const grown = (await logState(room)).head!.size;
  expect(grown).toBeGreaterThan(size!);
  expect(verifyFile(file, vkey, held)).toMatchObject({ ok: true, kind: 'consistency', size: grown });
  for (const from of [grown + 1, '9'.repeat(400), 'x', '-1'])
    expect((await nobody.get(`/log/consistency/${from}`)).status, String(from)).toBe(404);
  const html = await text(auditor, `/log/entries/${refused.id}`);
  expect(html).toContain(`href="/log/consistency/${grown}"`);
});

describe('JSON', () => {
  test('a system pages by position and proves an entry', async () => {
    await sign();
    const by = { actor: desk, authority: [] };
    const system = value(await createSystem(house.access, by, { name: '監査の仕組み' }));
    const form = { systemId: system.id, purposes: [], actions: ['log:read'] as const, days: 30 };
    const { token } = value(await createToken(house.access, by, form, []));
    const call = async (path: string) => {
      const response = await house.fetch(
        new Request(`${house.office.config.publicUrl}${path}`, { headers: { authorization: `Bearer ${token}` } }),
      );
      return { status: response.status, json: (await response.json()) as Record<string, unknown> };
    };
    const size = (await logState(room)).head!.size;
    const seen: unknown[] = [];
    for (let from: unknown = 0; from !== null;) {
      const { json } = await call(`/api/v1/log?from=${String(from)}&limit=100`);
      expect(json.size).toBe(size);
      seen.push(...(json.entries as { position: number; entry: LogEntry }[]));
      from = json.next;
    }
    expect(seen.map((one) => (one as { position: number }).position)).toEqual(
      Array.from({ length: size }, (_, i) => i),
    );
    const place = seen.findIndex((one) => (one as { entry: LogEntry }).entry.id === refused.id);
    const one = await call(`/api/v1/log/${refused.id}`);
    expect(one).toMatchObject({
      status: 200,
      json: { kind: 'sekisho-receipt', position: place, entry: { id: refused.id } },
    });
    expect((await call('/api/v1/log?limit=0')).status).toBe(422);
    expect((await call('/api/v1/log?from=99999')).json).toMatchObject({ entries: [], next: null });
    expect((await call('/api/v1/log/none')).status).toBe(404);
  });
});

describe('the promise that the log is whole', () => {
  const prove = () => auditProvers(room)[0]!.prove(house.office);
  const verified = async () =>
    (await listEntries(house.db.app, { actions: ['log:verify'], most: 2 })).map(({ entry }) => [
      entry.actor,
      entry.size,
      entry.ok,
      entry.authority,
    ]);

  const MINUTE_MS = 60_000;

  test('without a verification it is unknown; verified it is kept; a quiet verifier proves less and less', async () => {
    expect((await prove()).state).toBe('unknown');
    const never = await logState(room);
    const ranFor = (minutes: number): LogState => ({ ...never, runningMs: minutes * MINUTE_MS });
    const stated = [4, 6, 61].map((minutes) => logProof(ranFor(minutes), house.clock.now()));
    expect(stated.map(({ state }) => state)).toEqual(['unknown', 'risk', 'broken']);
    for (const { says } of stated) expect(says.ja).toContain('まだ一度も検証していません');
    // While another process verifies, nothing is verified here and nothing is on record as verified.
    await house.db.owner.transaction(async (tx) => {
      expect(await lockVerification(tx)).toBe(true);
      const busy = await auditor.post('/log/verify', {}, '/log');
      expect([busy.status, await busy.text()]).toEqual([409, expect.stringContaining('いま検証しているところです')]);
    });
    expect(await verified()).toEqual([]);
    const { size } = never.head!;
    const response = await auditor.post('/log/verify', {}, '/log');
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('すべて一致しました');
    expect(await verified()).toEqual([[`staff:${house.staff.auditor}`, size, true, ['auditor-reads']]]);
    await sign();
    const kept = await prove();
    expect(kept.state).toBe('kept');
    expect(kept.evidence.map((one) => one.label.ja)).toContain('最後の検証');
  });

  test('a verifier that stopped puts it at risk after five minutes and breaks it after an hour, as the evidence says', async () => {
    const state: LogState = { ...(await logState(room)), runningMs: Infinity };
    const after = (minutes: number) => logProof(state, house.clock.now() + minutes * MINUTE_MS);
    expect([4, 6, 60, 61].map((minutes) => after(minutes).state)).toEqual(['kept', 'risk', 'risk', 'broken']);
    const { says, evidence, fix } = after(61);
    expect([says.ja, says.en]).toEqual([expect.stringContaining('61分間'), expect.stringContaining('61 minutes')]);
    expect(evidence[0]).toMatchObject({ label: { ja: '最後の検証' }, state: 'broken' });
    expect(fix).not.toEqual([]);
    // A date ahead of the clock, whoever wrote it, delays nothing.
    expect(after(-61)).toMatchObject({ state: 'broken', says: { ja: expect.stringContaining('61分先') as string } });
  });

  test('while the server did not run nothing was silent: it is unknown until its verifier has had the time', async () => {
    const state = await logState(room);
    const startedBefore = (minutes: number) =>
      logProof({ ...state, runningMs: minutes * MINUTE_MS }, house.clock.now() + 3 * 24 * 60 * MINUTE_MS);
    const silent =
      'The verifier has not run for 4320 minutes: nobody has confirmed since that the log was not rewritten.';
    expect([1, 6, 61].map(startedBefore).map(({ state: stands, says }) => [stands, says.en])).toEqual([
      ['unknown', 'Nothing has been verified since the server started, so this is unknown.'],
      ['risk', silent],
      ['broken', silent],
    ]);
  });

  test('what waits to be signed puts it at risk, and breaks it after an hour, however much was written since', async () => {
    const written = house.clock.now();
    const many = Array.from({ length: 600 }, () => logEntry(written + 90_000, { kind: 'sekisho' }, 'people:use', {}));
    await write(logEntry(written, { kind: 'sekisho' }, 'people:use', {}));
    await write(...many);
    const { waitingSince } = await logState(room);
    expect(waitingSince).toEqual(new Date(written));
    const waits = async () => (await prove()).evidence.find(({ label }) => label.ja === '署名を待つ記録')!.value;
    expect(await waits()).toEqual({ ja: `${stamp(written)}から`, en: `since ${stamp(written)}` });
    const state: LogState = { ...(await logState(room)), runningMs: Infinity };
    const after = (ms: number) =>
      logProof({ ...state, last: { ...state.last!, at: new Date(written + ms) } }, written + ms).state;
    expect([30_000, 31_000, 61 * MINUTE_MS].map(after)).toEqual(['kept', 'risk', 'broken']);
    await sign();
    expect((await logState(room)).waitingSince).toBeNull();
    expect(await waits()).toEqual({ ja: 'なし', en: 'None' });
  });

  test('a rewritten entry breaks it, and the page says where', async () => {
    await house.db.owner.query('ALTER TABLE log_entries DISABLE TRIGGER no_rewrite', []);
    await house.db.owner.query(`UPDATE log_entries SET entry = replace(entry, '"P3"', '"P4"') WHERE id = $1`, [
      refused.id,
    ]);
    const check = await verifyAndRecord(house.db.app, house.office.signer, house.clock);
    expect(check?.ok).toBe(false);
    const rewritten = await prove();
    expect([rewritten.state, rewritten.fix.length]).toEqual(['broken', 1]);
    expect(await text(auditor, '/log')).toContain('不一致');
    // A log shorter than before may be from an older database; only then does the proof say what to do about that.
    const state = await logState(room);
    const cut = { ok: false, size: 1, part: 'end', position: 1 } as const;
    const shorter = logProof({ ...state, last: { ...state.last!, check: cut } }, house.clock.now());
    expect([shorter.state, shorter.fix[1]?.en]).toEqual([
      'broken',
      expect.stringContaining('restore the log from an export'),
    ]);
  });
});

test('of what an entry says is none there is an empty text, which the page has a word for', () => {
  const said = { code: 'text-1', holding: null, items: [], recipients: ['a', 'b'] };
  const shown = subjectsOf(logEntry(0, { kind: 'sekisho' }, 'consent:text', said), ', ', (_, code) => code);
  expect(shown).toEqual([
    ['code', 'text-1'],
    ['holding', ''],
    ['items', ''],
    ['recipients', 'a, b'],
  ]);
});

test('grounds are read as the log writes them', () => {
  expect(readGround('APPI-Rules 20(1)(ii)')).toEqual({ law: 'APPI-Rules', article: '20(1)(ii)' });
  expect(readGround('policy 14')).toEqual({ law: 'policy', article: '14' });
});

test('the system that did it is named, and so are its holding and its purposes; it is asked for by them', async () => {
  const by = { actor: desk, authority: [] };
  const system = value(await createSystem(house.access, by, { name: '会員管理の仕組み' }));
  const holding = await addHolding(house, { items: ['phone'], name: { ja: '会員名簿', en: 'Members' } });
  const actor: Actor = { kind: 'system', id: system.id, name: '', token: 't', actions: [], purposes: [] };
  const entry = logEntry(house.clock.now(), actor, 'people:use', { holding, purpose: 'P3', items: ['phone'] });
  await write(entry);
  await sign();
  const html = await text(auditor, `/log/entries/${entry.id}`);
  for (const shown of ['会員管理の仕組み', '会員名簿', 'P3 配信とご案内']) expect(html).toContain(shown);
  const list = await text(auditor, `/log?actor=${encodeURIComponent(`system:${system.id}`)}`);
  expect(list.match(/<tr\b/g)).toHaveLength(2);
  expect(list).toMatch(/<td[^>]*>会員管理の仕組み</);
  expect(list).toMatch(/<option[^>]* selected[^>]*>会員管理の仕組み</);
});

test('home calls what was refused in words, whatever it was', async () => {
  const asked = ['provide', 'purpose', 'joint-use', 'joint-use-change'];
  await write(...asked.map((one) => logEntry(house.clock.now(), desk, 'refused', { asked: one })));
  for (const lang of ['ja', 'en'] as const) {
    const lines = await recentAnswers(house.office, { policy: null, lang, most: asked.length });
    expect(lines.map(({ label }) => label).filter((label) => /[a-z]+:|-/.test(label))).toEqual([]);
    expect(new Set(lines.map(({ label }) => label)).size).toBe(asked.length);
    expect(lines.map(({ label }) => label).filter((label) => /^[a-z]/.test(label))).toEqual([]);
  }
});

test('whether a backup was brought back is asked without going through the log', async () => {
  const { owner } = house.db;
  const visited = await tampered(
    house.db,
    ['log_entries'],
    `INSERT INTO log_entries (id, at, action, actor, entry) SELECT gen_random_uuid(), now(), (ARRAY['people:use', 'people:acquire'])[n % 2 + 1], 'sekisho', '{}'
     FROM generate_series(1, 20000) AS n`,
    async () => {
      await owner.query('ANALYZE log_entries', []);
      return rowsVisited(house.db, 'log_entries', (on) => isToReview({ database: on }));
    },
  );
  expect(visited).toBeLessThanOrEqual(1);
});

test('what came after every restored backup is to be gone through, until somebody says that it was', async () => {
  const DAY_MS = 86_400_000;
  const later = (days: number) => house.clock.now() + days * DAY_MS;
  const today = house.clock.today();
  await write(logEntry(later(2), desk, 'people:search', { found: 0 }));
  await sign();
  const { size } = (await logState(room)).head!;
  const restoredOn = (days: number, here: number) =>
    logEntry(later(days), { kind: 'sekisho' }, RESTORED, { here, size, lost: 0 });
  const shown = async () => {
    const { restored, toReview } = await logState(room);
    const until = toReview?.until && daysBetween(today, dayOf(toReview.until));
    return [restored!.id, toReview && { until, losses: toReview.losses }];
  };
  const [first, second, older, third] = [
    restoredOn(3, 0),
    restoredOn(5, size),
    restoredOn(4, size),
    restoredOn(6, size),
  ];
  // What is not signed tells from where on, and of no entry that was lost.
  const nothing = { until: null, losses: [] };
  await write(first);
  expect(await shown()).toEqual([first.id, nothing]);
  await write(second);
  // A restore puts the entry of one before, if it waited in the database, behind its own.
  await write(older);
  expect(await shown()).toEqual([second.id, nothing]);
  await write(logEntry(later(5), desk, REVIEWED));
  expect(await shown()).toEqual([second.id, null]);
  await write(third);
  expect(await shown()).toEqual([third.id, { until: 2, losses: [] }]);
});
