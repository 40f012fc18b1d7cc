// Asking, keeping and judging through the running office: forms without script, the API, the record and the log.

import fs from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../base/actor.ts';
import { fieldsIn as sentBy, formsShown } from '../../../tests/forms.ts';
import { atOnce, filesWith, migrationsBefore, tablesWith, testDatabase } from '../../../tests/house.ts';
import { openServer, tokenOf, type Session, type TestServer } from '../../../tests/server.ts';
import { standingClock } from '../../platform/clock.ts';
import { migrate } from '../../platform/database/index.ts';

const clock = standingClock('2026-11-24T10:00:00+09:00');
let server: TestServer;
const sessions = {} as Record<'employee' | 'reception' | 'officer' | 'auditor', Session>;
beforeAll(async () => {
  server = await openServer({ clock });
  for (const role of ['employee', 'reception', 'officer', 'auditor'] as const) {
    sessions[role] = await server.session(role);
  }
});
afterAll(() => server.close());

type Answers = Record<string, string | string[]>;

const forms = formsShown();

const get = async (
  role: keyof typeof sessions & Role,
  to: string,
  lang = 'ja',
): Promise<{ status: number; html: string }> => {
  const response = await server.fetch(to, { headers: { cookie: `${sessions[role].cookie}; lang=${lang}` } });
  const html = await response.text();
  forms.look(html);
  return { status: response.status, html };
};

async function post(role: keyof typeof sessions, to: string, answers: Answers) {
  const body = new URLSearchParams({ csrf: sessions[role].csrf });
  for (const [name, values] of Object.entries(answers)) for (const one of [values].flat()) body.append(name, one);
  const headers = { cookie: `${sessions[role].cookie}; lang=ja` };
  const response = await server.fetch(to, { method: 'POST', body, headers });
  const html = response.status === 303 ? '' : await response.text();
  forms.assertShown(response.status, to, Object.keys(answers));
  forms.look(html);
  return { status: response.status, to: response.headers.get('location') ?? '', html };
}

const partner: Answers = {
  relation: 'third-party',
  'recipient.kind': 'corporation',
  'recipient.name': '株式会社共同企画',
  'recipient.country': 'JP',
  purpose: 'P3',
};
const record: Answers = { 'recipient.address': '大阪府例示市中町2-3-4', 'recipient.representative': '共同 太郎' };
const consent: Answers = {
  consent: 'yes',
  'consent.givenBy': 'principal',
  'consent.on': '2026/11/20',
  'consent.coversPurpose': 'yes',
  'consent.coversRecipient': 'yes',
  'consent.coversItems': 'yes',
};

/** The names of the form's fields that take an answer. */
const fieldsOf = (html: string): string[] => [
  ...new Set(
    [...html.matchAll(/<(?:input|select|textarea)\b[^>]*?\bname="([^"]+)"[^>]*>/g)]
      .filter(([tag]) => !tag.includes('type="hidden"'))
      .map((match) => match[1]!),
  ),
];

const logged = (id: string) =>
  server.db.owner.query<{ entry: string }>('SELECT entry FROM log_entries WHERE id = $1', [id]);

describe('この名簿をセミナーの共催者に渡してよいか', () => {
  test('従業者は、条文を知らなくても、画面を三つ進めば答えに着く', async () => {
    const questions = await get('employee', '/ask');
    expect(questions.html).toContain('だれかに渡したい');
    expect(questions.html).toContain('href="/ask/provide"');
    const first = await get('employee', '/ask/provide');
    // Every country is offered, wherever the recipient is.
    for (const [code, name] of [
      ['BD', 'バングラデシュ'],
      ['BR', 'ブラジル'],
      ['JP', '日本'],
    ] as const)
      expect(first.html).toContain(`<option value="${code}">${name}</option>`);
    expect(first.status).toBe(200);
    expect(fieldsOf(first.html)).toEqual(expect.arrayContaining(Object.keys(partner)));
    expect(first.html).not.toContain('id="finding"');
    // Whoever asks for it at the counter may be the police.
    expect(first.html).toContain('都道府県の警察は地方公共団体');
    expect(first.html.match(/name="optOut" value="yes"[\s\S]{0,80}?<span[^>]*>([^<]+)/)?.[1]).toBe('はい');

    const said: Answers = { holding: server.holding, items: ['name', 'email'], ...partner };
    const second = await post('employee', '/ask/provide', said);
    expect(second.status).toBe(200);
    expect(second.html).toContain('保留');
    // Only what the rule lacks is asked: the ledger holds the kind of information and the purposes it was collected for.
    expect(fieldsOf(second.html)).toEqual(
      expect.arrayContaining(['consent', 'recipient.address', 'recipient.representative']),
    );
    expect(fieldsOf(second.html)).not.toContain('information');
    expect(fieldsOf(second.html)).not.toContain('holdingPurposes');

    const third = await post('employee', '/ask/provide', { ...said, ...record, consent: 'yes' });
    expect(fieldsOf(third.html)).toEqual(expect.arrayContaining(Object.keys(consent).filter((f) => f !== 'consent')));
    const answer = await post('employee', '/ask/provide', { ...said, ...record, ...consent });
    expect(answer.html).toContain('可　渡してよい');
    expect(answer.html).toContain('法27条1項');
    expect(answer.html).toContain('2029年11月24日まで保存');
    // Employees cannot hand anything over themselves, so they get no link to do it.
    expect(answer.html).not.toContain('href="/people"');
  });

  test('読めない日は、その欄を名指しして、答えを出さない', async () => {
    const wrong = await post('employee', '/ask/provide', { ...partner, ...consent, 'consent.on': '2026/2/30' });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('エラー：');
    expect(wrong.html).toContain('href="#f-consent-on"');
    expect(wrong.html).not.toContain('id="finding"');
  });

  test('答えに足りないことは、初めから尋ねていたものも、そうと分かる', async () => {
    const missingIn = (html: string): string => /<section class="missing"[\s\S]*?<\/section>/.exec(html)?.[0] ?? '';
    const without = {
      ...partner,
      ...record,
      ...consent,
      holding: server.holding,
      items: ['name', 'email'],
      relation: '',
    };
    const asked = await post('employee', '/ask/provide', without);
    expect(asked.html).toContain('保留');
    expect(missingIn(asked.html)).toContain('あと1件');
    expect(fieldsOf(missingIn(asked.html))).toEqual(['relation']);
    expect(asked.html.match(/<select[^>]* name="relation"/g)).toHaveLength(1);
  });

  test('食い違う事実は、その欄を名指しして、決めない', async () => {
    const answers = { ...partner, ...consent, 'consent.withdrawnOn': '2026/11/1' };
    const wrong = await post('employee', '/ask/provide', answers);
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('href="#f-consent-withdrawnOn"');
    expect(wrong.html).not.toContain('id="finding"');
  });

  test('言い直すと、その下に言ったことも消える', async () => {
    const again = await post('employee', '/ask/provide', { ...partner, ...record, ...consent, forget: 'consent' });
    expect(fieldsOf(again.html)).toContain('consent');
    expect(again.html).not.toContain('同意を得た日');
  });

  test('間違えて選んだ答えは「分からない」に戻せて、知らないこととして扱われる', async () => {
    const asked = await post('employee', '/ask/provide', { ...partner, ...record });
    expect(asked.html).toMatch(/<input type="radio" name="consent" value="" checked/);
    const unset = await post('employee', '/ask/provide', { ...partner, ...record, consent: '' });
    expect(unset.html).toContain('保留');
    expect(fieldsOf(unset.html)).toContain('consent');
  });

  test('聞くだけでは、何も残らない', async () => {
    const count = () => server.db.owner.query<{ n: number }>('SELECT count(*)::int AS n FROM log_entries', []);
    const before = await count();
    await post('employee', '/ask/provide', { ...partner, ...record, ...consent });
    expect(await count()).toEqual(before);
  });
});

describe('残した相談', () => {
  let kept: string;
  beforeAll(async () => {
    const said = { holding: server.holding, items: ['name', 'email'], ...partner, ...record, ...consent };
    const { status, to } = await post('employee', '/ask/provide', { ...said, do: 'keep' });
    expect([status, to]).toEqual([303, expect.stringMatching(/^\/ask\/consultations\/[0-9a-f-]{36}$/)]);
    kept = to.split('/').at(-1)!;
  });

  test('聞いた人には、事実も根拠も義務も見える', async () => {
    const { status, html } = await get('employee', `/ask/consultations/${kept}`);
    expect(status).toBe(200);
    for (const text of ['可　渡してよい', '株式会社共同企画', '共同 太郎', '2026年11月20日', '法27条1項', '読者台帳']) {
      expect(html).toContain(text);
    }
    expect((await get('employee', '/ask/consultations')).html).toContain(kept);
  });

  test('ほかの従業者には見えず、記録を読む人には見える', async () => {
    expect((await get('reception', `/ask/consultations/${kept}`)).status).toBe(404);
    expect((await get('reception', '/ask/consultations')).html).not.toContain(kept);
    for (const role of ['officer', 'auditor'] as const) {
      expect((await get(role, `/ask/consultations/${kept}`)).status).toBe(200);
      expect((await get(role, '/ask/consultations')).html).toContain(kept);
    }
    for (const id of ['x', server.holding]) expect((await get('officer', `/ask/consultations/${id}`)).status).toBe(404);
  });

  test('ファイルにも、見える相談だけが、絞り込んだとおりに入る', async () => {
    const rowsFor = async (role: 'employee' | 'reception' | 'officer', query: string): Promise<string[]> => {
      const { html } = await get(role, `/ask/consultations/export/ask-consultations-utf8.csv${query}`);
      return html.trim().split('\r\n').slice(1);
    };
    const row = '2026/11/24 10:00,名簿やデータを、だれかに渡したい,可　渡してよい,読者台帳,職員 一人';
    for (const role of ['employee', 'officer'] as const) {
      expect(await rowsFor(role, '')).toEqual([row]);
      expect(await rowsFor(role, '?question=provide&answer=yes')).toEqual([row]);
      for (const other of ['?answer=no', '?question=breach']) expect(await rowsFor(role, other)).toEqual([]);
    }
    expect(await rowsFor('reception', '')).toEqual([]);
    const page = (await get('officer', '/ask/consultations?question=provide')).html;
    expect(page).toContain('/export/ask-consultations-utf8.csv?question=provide"');
    expect((await get('officer', '/ask/consultations?answer=no')).html).toContain('この条件に合う相談はありません');
  });

  test('記録には、問いと答えの符号だけが残り、相手の名も本人の名もない', async () => {
    const [row] = await logged(kept);
    const entry = JSON.parse(row!.entry) as Record<string, unknown>;
    expect(entry).toMatchObject({
      action: 'consultation:keep',
      actor: `staff:${server.staff.employee}`,
      question: 'provide',
      holding: server.holding,
      decision: { answer: 'yes', law: '2026-11-24', policy: 1 },
    });
    expect(row!.entry).not.toMatch(/共同|大阪/);
  });

  test('個人である相手の氏名、住所、入手の経緯は、相談に残らず、ページがそう言う。会社のものは残る', async () => {
    const person = { name: '例示 花子', address: '東京都例示区桜台1-2-3', representative: '例示 太郎' };
    const party = (of: string, kind: string): Answers => ({
      ...(kind ? { [`${of}.kind`]: kind } : {}),
      ...Object.fromEntries(Object.entries(person).map(([name, value]) => [`${of}.${name}`, value])),
    });
    const how = '花子さんが同窓会で聞いた';
    const keep = async (to: string, answers: Answers) => {
      const { status, to: kept } = await post('employee', to, { ...answers, do: 'keep' });
      expect([to, status]).toEqual([to, 303]);
      const { html } = await get('employee', kept);
      const [row] = await server.db.owner.query<{ facts: object }>('SELECT facts FROM consultations WHERE id = $1', [
        kept.split('/').at(-1),
      ]);
      return { facts: row!.facts, html };
    };
    const words = [...Object.values(person), how];
    const found = (text: string): string[] => words.filter((word) => text.includes(word));
    for (const kind of ['private-person', 'individual', '']) {
      const asked: [string, Answers][] = [
        ['/ask/provide', { ...partner, ...record, 'recipient.kind': [], ...party('recipient', kind) }],
        ['/ask/receive', { ...party('provider', kind), howAcquired: how }],
        [
          '/ask/acquire',
          { source: 'third-party', receipt: 'yes', ...party('receipt.provider', kind), 'receipt.howAcquired': how },
        ],
      ];
      for (const [to, answers] of asked) {
        const { facts, html } = await keep(to, answers);
        expect([to, kind, found(JSON.stringify(facts)), found(html)]).toEqual([to, kind, [], []]);
        expect([to, kind, html.includes('個人である相手の氏名')]).toEqual([to, kind, true]);
      }
    }
    const { facts, html } = await keep('/ask/receive', { ...party('provider', 'corporation'), howAcquired: how });
    expect([found(JSON.stringify(facts)), found(html)]).toEqual([words, words]);
    expect(html).not.toContain('個人である相手の氏名');
  });

  test('アプリケーションは、残した相談も判断も書き換えられない', async () => {
    for (const table of ['consultations', 'judgements']) {
      for (const change of [`UPDATE ${table} SET by_actor = 'x'`, `DELETE FROM ${table}`]) {
        await expect(server.office.database.query(change, [])).rejects.toThrow(/permission denied/);
      }
    }
  });
});

test('前の版で残した相談からも、個人である相手の氏名などが、表とそのファイルからなくなる', async () => {
  const earlier = await migrationsBefore('2026-12-14-t-consultation-persons.sql');
  const old = await testDatabase({ migrations: earlier });
  const [person, body] = ['例示 花子', '株式会社例示'];
  const facts = (kind: string | undefined, name: string): object[] => {
    const party = { ...(kind ? { kind } : {}), name, address: `${name}の住所`, representative: `${name}の代表者` };
    const provided = { provider: party, howAcquired: `${name}の話` };
    return [{ recipient: party, relation: 'third-party' }, provided, { receipt: { ...provided, links: true } }];
  };
  try {
    const all = [undefined, 'private-person', 'individual'].flatMap((kind) => facts(kind, person));
    for (const one of [...all, ...facts('corporation', body)])
      await old.owner.query(
        `INSERT INTO consultations VALUES (gen_random_uuid(), now(), 'sekisho', 'provide', NULL, '2026-11-24', $1, '{}', '2026-11-24', 1)`,
        [one],
      );
    await old.owner.query('ANALYZE consultations', []);
    expect(await filesWith(old.owner, 'consultations', [person])).toEqual(['consultations']);
    await migrate(old.owner, path.resolve('migrations'));
    expect(await tablesWith(old.owner, [person])).toEqual([]);
    expect(await filesWith(old.owner, 'consultations', [person])).toEqual([]);
    const statistics = "SELECT 1 FROM pg_stats WHERE tablename = 'consultations' AND attname = 'facts'";
    expect(await old.owner.query(statistics, [])).toEqual([]);
    const kept = await old.owner.query<{ facts: object }>('SELECT facts FROM consultations', []);
    expect(kept).toHaveLength(all.length + 3);
    for (const one of facts('corporation', body)) expect(kept).toContainEqual({ facts: one });
    expect(kept).toContainEqual({ facts: { recipient: { kind: 'individual' }, relation: 'third-party' } });
    expect(kept).toContainEqual({ facts: { receipt: { provider: {}, links: true } } });
  } finally {
    await old.drop();
    await fs.rm(earlier, { recursive: true });
  }
});

test('ほかの問いが答えることは、その問いへの道で示す', async () => {
  await get('employee', '/ask/provide');
  const numbers = await post('employee', '/ask/provide', {
    ...partner,
    relation: 'entrustment',
    information: 'my-number',
  });
  expect(numbers.html).toContain('href="/ask#my-number"');
  const special = { basis: 'private-person', information: 'special-care', 'provider.kind': 'private-person' };
  await get('employee', '/ask/receive');
  const received = await post('employee', '/ask/receive', special);
  expect(received.html).toContain('href="/ask/acquire"');
  expect((await get('employee', '/ask')).html).toContain('id="my-number"');
});

describe('管理者の判断', () => {
  const secret: Answers = {
    purpose: 'P1',
    information: 'personal',
    holdingPurposes: 'P1',
    secrecy: 'yes',
    'secrecy.basis': 'justification',
  };
  const judgement: Answers = {
    code: 'legalJustification',
    judged: 'yes',
    why: '回線の障害を直すために要ると、法務担当と確かめた。',
    until: '2026/12/31',
  };

  /** Data that was damaged while a copy is kept. Whether that is a breach is for the officer to judge. */
  const damaged: Answers = {
    events: ['damage'],
    data: 'personal-data',
    knownOn: '2026/11/24',
    principals: '1200',
    improperPurpose: 'no',
    specialCare: 'no',
    propertyDamage: 'no',
    copyKept: 'yes',
    encryption: 'no',
    numbers: 'no',
    telecom: 'no',
    entrusted: 'no',
  };

  test('残した相談についての判断は、その相談だけに効き、ほかの事案には及ばない', async () => {
    await get('employee', '/ask/breach');
    const { to } = await post('employee', '/ask/breach', { ...damaged, do: 'keep' });
    const id = /consultations\/([0-9a-f-]+)$/.exec(to)![1]!;
    const link = `/judgements/new?consultation=${id}&amp;code=damageUndone`;
    const waits = '個人情報保護管理者の判断を待っています';
    const shown = (await get('employee', to)).html;
    expect([shown.includes('/judgements/new'), shown.includes(waits)]).toEqual([false, true]);
    expect((await get('officer', to)).html).toContain(link);
    expect((await get('officer', link.replace('&amp;', '&'))).html).toContain(`href="${to}"`);
    const one = { code: 'damageUndone', judged: 'yes', why: '控えから全件を戻せた。', until: '2026/12/31' };
    // A judgement that lets one incident pass must name that incident.
    const wide = await post('officer', '/judgements/new', one);
    expect([wide.status, wide.html.includes('href="#f-holding"')]).toEqual([422, true]);
    const strange = await post('officer', '/judgements/new', { ...one, consultation: id, code: 'consentCapacity' });
    expect([strange.status, strange.html.includes('href="#f-code"')]).toEqual([422, true]);
    expect((await post('officer', '/judgements/new', { ...one, consultation: 'x' })).status).toBe(422);
    const recorded = await post('officer', '/judgements/new', { ...one, consultation: id });
    expect([recorded.status, recorded.to]).toEqual([303, to]);
    const { html } = await get('employee', to);
    expect(html).toContain('判断を加えた、いまの答え');
    expect(html).toContain('報告は要りません');
    expect(html).toContain('控えから全件を戻せた。');
    expect(html).not.toContain(waits);
    expect((await post('employee', '/ask/breach', damaged)).html).toContain('個人情報保護管理者の判断が要ります');
    const [row] = await server.db.owner.query<{ id: string }>('SELECT id FROM judgements WHERE consultation_id = $1', [
      id,
    ]);
    const [entry] = await logged(row!.id);
    expect(JSON.parse(entry!.entry)).toMatchObject({ judgement: 'damageUndone', consultation: id });
    expect((await get('auditor', '/judgements')).html).toContain(`href="${to}"`);
    clock.moveTo('2027-01-01T10:00:00+09:00');
    sessions.employee = await server.session('employee');
    expect((await get('employee', to)).html).not.toContain('判断を加えた、いまの答え');
    clock.moveTo('2026-11-24T10:00:00+09:00');
    for (const role of ['employee', 'officer', 'auditor'] as const) sessions[role] = await server.session(role);
    await server.db.owner.query('DELETE FROM judgements', []);
  });

  test('同じことを二人が判断すると、後の人は、先に記録された判断を見てから記録する', async () => {
    const { to } = await post('employee', '/ask/breach', { ...damaged, do: 'keep' });
    const id = /consultations\/([0-9a-f-]+)$/.exec(to)![1]!;
    const seenIn = (html: string) => /name="seen" value="([^"]*)"/.exec(html)![1]!;
    const seen = seenIn((await get('officer', `/judgements/new?consultation=${id}&code=damageUndone`)).html);
    const judged = (answer: 'yes' | 'no', more: Answers = {}) =>
      post('officer', '/judgements/new', {
        code: 'damageUndone',
        consultation: id,
        judged: answer,
        why: answer === 'yes' ? '控えから全件を戻せた。' : '控えが半分しかない。',
        until: '2026/12/31',
        seen,
        ...more,
      });
    const rows = async () =>
      (await server.db.owner.query('SELECT answer FROM judgements WHERE consultation_id = $1 ORDER BY id', [id]))
        .length;
    const both = await Promise.all([judged('yes'), judged('no')]);
    expect([both.map(({ status }) => status).toSorted(), await rows()]).toEqual([[303, 409], 1]);
    const second = both.findIndex(({ status }) => status === 409);
    const { html } = both[second]!;
    expect(html).toContain('ほかの人が先に判断を記録しました');
    expect(html).toContain(second === 1 ? '「はい」' : '「いいえ」');
    expect(html).toContain(second === 1 ? '控えが半分しかない。</textarea>' : '控えから全件を戻せた。</textarea>');
    // The same judgement sent twice is one.
    expect([(await judged(second === 1 ? 'yes' : 'no')).status, await rows()]).toEqual([303, 1]);
    const after = await judged(second === 1 ? 'no' : 'yes', { seen: seenIn(html) });
    expect([after.status, await rows()]).toEqual([303, 2]);
    await server.db.owner.query('DELETE FROM judgements', []);
  });

  test('目的の変更が関連するかは、聞く人の言うとおりにはならない。残した相談に管理者が記録すると、答えが出る', async () => {
    const turned = {
      information: 'personal',
      from: 'P1',
      newPurpose: 'お問い合わせの録音を、応対の教育に使う',
      consent: 'no',
    };
    await get('employee', '/ask/purpose-change');
    const asked = await post('employee', '/ask/purpose-change', { ...turned, related: 'yes' });
    expect(asked.html).toContain('個人情報保護管理者の判断：新しい目的が、元の目的と関連するか');
    expect(asked.html).not.toContain('目的を変えてよい');
    // The judgement is about this change alone, so no page offers to record it for a holding, or for everything.
    await get('officer', '/ask/purpose-change');
    expect((await post('officer', '/ask/purpose-change', turned)).html).not.toContain('/judgements/new');
    expect((await get('officer', '/judgements/new')).html).not.toContain('value="purposeRelated"');
    const one = { code: 'purposeRelated', judged: 'yes', why: '録音を聞き返すことは思い描ける。', until: '2026/12/31' };
    const wide = await post('officer', '/judgements/new', { ...one, holding: server.holding });
    expect([wide.status, wide.html.includes('href="#f-code"')]).toEqual([422, true]);
    const { to } = await post('employee', '/ask/purpose-change', { ...turned, do: 'keep' });
    const consultation = /consultations\/([0-9a-f-]+)$/.exec(to)![1]!;
    expect((await get('officer', to)).html).toContain(turned.newPurpose);
    expect((await post('officer', '/judgements/new', { ...one, consultation })).status).toBe(303);
    const { html } = await get('employee', to);
    expect(html).toContain('目的を変えてよい');
    expect(html).toContain('録音を聞き返すことは思い描ける。');
    expect((await post('employee', '/ask/purpose-change', turned)).html).toContain(
      '個人情報保護管理者の判断が要ります',
    );
    await server.db.owner.query('DELETE FROM judgements', []);
  });

  test('急いでマイナンバーを使うときは、だれに知らせるかを言い、管理者がその相談に記録すると使える', async () => {
    const urgent: Answers = {
      affair: 'none',
      designatedHandler: 'yes',
      emergency: 'yes',
      'emergency.item': '18(3)(ii)',
      'emergency.necessary': 'yes',
      'emergency.consentOrDifficult': 'yes',
    };
    await get('employee', '/ask/use-my-number');
    const asked = await post('employee', '/ask/use-my-number', urgent);
    expect(asked.html).toContain('個人情報保護管理者に、いますぐ電話などで知らせる');
    expect(asked.html).toContain('本人の同意だけを根拠に、個人番号を使うことはできません');
    const { to } = await post('employee', '/ask/use-my-number', { ...urgent, do: 'keep' });
    const consultation = /consultations\/([0-9a-f-]+)$/.exec(to)![1]!;
    expect((await get('officer', to)).html).toContain(`consultation=${consultation}&amp;code=numberEmergency`);
    const one = { code: 'numberEmergency', judged: 'yes', why: '薬を確かめる方法がほかにない。', until: '2026/11/25' };
    expect((await post('officer', '/judgements/new', { ...one, consultation })).status).toBe(303);
    const { html } = await get('employee', to);
    expect(html).toContain('急を要した事情と、承認した人を記録する');
    expect((await post('employee', '/ask/use-my-number', urgent)).html).not.toContain('使ってよい');
    await server.db.owner.query('DELETE FROM judgements', []);
  });

  test('急いでマイナンバーを渡すときも、渡す人が言うだけでは足りず、その相談への管理者の判断で渡せる', async () => {
    const urgent: Answers = {
      from: 'company',
      to: 'other',
      basis: '19(xvi)',
      withinNeed: 'yes',
      necessary: 'yes',
      consentOrDifficult: 'yes',
    };
    await get('employee', '/ask/provide-my-number');
    const asked = await post('employee', '/ask/provide-my-number', urgent);
    expect(asked.html).toContain('個人情報保護管理者に、いますぐ電話などで知らせる');
    expect(asked.html).not.toContain('可　渡してよい');
    // An emergency of use that was judged is another case.
    const { to: other } = await post('employee', '/ask/use-my-number', {
      affair: 'none',
      designatedHandler: 'yes',
      emergency: 'yes',
      'emergency.item': '18(3)(ii)',
      do: 'keep',
    });
    const { to } = await post('employee', '/ask/provide-my-number', { ...urgent, do: 'keep' });
    const one = { code: 'numberEmergency', judged: 'yes', why: '搬送先に渡す方法がほかにない。', until: '2026/11/25' };
    const judging = async (path: string) => {
      const consultation = /consultations\/([0-9a-f-]+)$/.exec(path)![1]!;
      await get('officer', path);
      return (await post('officer', '/judgements/new', { ...one, consultation })).status;
    };
    expect(await judging(other)).toBe(303);
    expect((await get('employee', to)).html).not.toContain('可　渡してよい');
    expect(await judging(to)).toBe(303);
    const { html } = await get('employee', to);
    expect(html).toContain('渡してよい');
    expect(html).toContain('急を要した事情と、承認した人を記録する');
    expect((await post('employee', '/ask/provide-my-number', urgent)).html).not.toContain('可　渡してよい');
    await server.db.owner.query('DELETE FROM judgements', []);
  });

  test('ないうちは保留で、管理者には記録する道が見える', async () => {
    await get('employee', '/ask/use');
    const employee = await post('employee', '/ask/use', secret);
    expect(employee.html).toContain('個人情報保護管理者の判断が要ります');
    expect(employee.html).not.toContain('/judgements/new');
    const officer = await post('officer', '/ask/use', secret);
    expect(officer.html).toContain('/judgements/new?code=legalJustification');
  });

  test('足りない欄は、どれも名指しされる', async () => {
    const wrong = await post('officer', '/judgements/new', { until: '2026/11/24', holding: 'x', purpose: 'P99' });
    expect(wrong.status).toBe(422);
    for (const field of ['code', 'holding', 'purpose', 'judged', 'why', 'until']) {
      expect(wrong.html).toContain(`href="#f-${field}"`);
    }
  });

  test('記録すると事実になり、期限が過ぎると保留に戻る。理由は記録の列に入らない', async () => {
    const { status, to } = await post('officer', '/judgements/new', { ...judgement, holding: server.holding });
    expect([status, to]).toEqual([303, '/judgements']);
    const list = await get('auditor', '/judgements');
    expect(list.html).toContain('有効');
    expect(list.html).toContain('回線の障害');
    const asked = { ...secret, holding: server.holding };
    expect((await post('employee', '/ask/use', asked)).html).toContain('可　使ってよい');
    expect((await post('employee', '/ask/use', secret)).html).toContain('個人情報保護管理者の判断が要ります');
    const [row] = await server.db.owner.query<{ id: string }>('SELECT id FROM judgements', []);
    // While a newer one of the same matter is valid, it is not called valid.
    clock.moveTo('2026-11-24T10:00:01+09:00');
    const seen = /name="seen" value="([^"]*)"/.exec((await get('officer', '/judgements/new')).html)?.[1] ?? '';
    const newer = { ...judgement, holding: server.holding, judged: 'no', until: '2026/11/30', seen };
    expect((await post('officer', '/judgements/new', newer)).status).toBe(303);
    const chips = async (lang: string) =>
      [...(await get('auditor', '/judgements', lang)).html.matchAll(/class="chip[^>]*>([^<]*)</g)].map(
        ([, says]) => says,
      );
    expect(await chips('ja')).toEqual(['有効', '新しい判断に交代']);
    expect(await chips('en')).toEqual(['Valid', 'Replaced by a newer one']);
    expect((await post('employee', '/ask/use', asked)).html).not.toContain('可　使ってよい');
    clock.moveTo('2026-12-01T10:00:00+09:00');
    for (const role of ['employee', 'auditor'] as const) sessions[role] = await server.session(role);
    expect(await chips('ja')).toEqual(['期限切れ', '有効']);
    expect((await post('employee', '/ask/use', asked)).html).toContain('可　使ってよい');
    await server.db.owner.query('DELETE FROM judgements WHERE id <> $1', [row!.id]);
    clock.moveTo('2026-11-24T10:00:00+09:00');
    for (const role of ['employee', 'auditor'] as const) sessions[role] = await server.session(role);
    const [entry] = await logged(row!.id);
    expect(JSON.parse(entry!.entry)).toMatchObject({
      action: 'consultation:judge',
      judgement: 'legalJustification',
      judged: true,
      until: '2026-12-31',
    });
    expect(entry!.entry).not.toContain('回線');
    clock.moveTo('2027-01-01T10:00:00+09:00');
    sessions.employee = await server.session('employee');
    sessions.auditor = await server.session('auditor');
    expect((await post('employee', '/ask/use', asked)).html).toContain('個人情報保護管理者の判断が要ります');
    expect((await get('auditor', '/judgements')).html).toContain('期限切れ');
    expect((await get('auditor', '/judgements?state=valid')).html).toContain('この条件に合う判断はありません');
    const file = (await get('auditor', '/judgements/export/judgements-utf8.csv?state=expired&q=法務')).html;
    expect(file.trim().split('\r\n').slice(1)).toEqual([
      expect.stringMatching(
        /^[^,]+,期限切れ,はい,[^,]+、すべての目的,回線の障害.+確かめた。,2026\/11\/24,2026\/12\/31,職員 一人$/,
      ),
    ]);
    clock.moveTo('2026-11-24T10:00:00+09:00');
  });
});

describe('だれが同意したか', () => {
  beforeAll(async () => {
    for (const role of ['employee', 'officer'] as const) sessions[role] = await server.session(role);
  });
  const said: Answers = { ...partner, ...record, ...consent };
  const by = (giver: string) =>
    post('employee', '/ask/provide', { ...said, holding: server.holding, items: ['name'], 'consent.givenBy': giver });

  test('子どもがひとりで同意しても足りず、法定代理人に求めるよう言う', async () => {
    const { html } = await by('without-capacity');
    expect(html).toContain('不可　渡せません');
    expect(html).toContain('法定代理人に、同意を求める');
    expect(html).toContain('法27条5項');
    expect((await by('representative')).html).toContain('可　渡してよい');
  });

  test('判断できるか分からないうちは保留で、管理者が判断すれば答えが出る', async () => {
    const { html } = await by('uncertain-child');
    expect(html).toContain('個人情報保護管理者の判断が要ります');
    expect(html).toContain('12歳から15歳くらいまでの子どもが');
    // What earlier versions said of children and of adults in doubt alike is neither offered nor taken.
    expect(html).not.toContain('以前の版の記録');
    expect((await by('uncertain')).html).not.toContain('渡してよい');
    expect((await post('officer', '/ask/provide', { ...said, 'consent.givenBy': 'uncertain-child' })).html).toContain(
      '/judgements/new?code=consentCapacity',
    );
    const judgement = {
      code: 'consentCapacity',
      why: '申込みの説明を中学生にも読めるように書いた。',
      until: '2026/12/31',
    };
    expect((await post('officer', '/judgements/new', { ...judgement, judged: 'no' })).status).toBe(303);
    expect((await by('uncertain-child')).html).toContain('不可　渡せません');
    // The newer judgement prevails over the older, and the narrower over the wider.
    const narrow = { ...judgement, judged: 'yes', holding: server.holding };
    expect((await post('officer', '/judgements/new', narrow)).status).toBe(303);
    expect((await by('uncertain-child')).html).toContain('可　渡してよい');
  });
});

describe('API', () => {
  const facts = {
    relation: 'third-party',
    recipient: {
      kind: 'corporation',
      name: '株式会社共同企画',
      address: '大阪府例示市中町2-3-4',
      representative: '共同 太郎',
      country: 'JP',
    },
    items: ['name'],
    purpose: 'P3',
    consent: { givenBy: 'principal', on: '2026-11-20', coversPurpose: true, coversRecipient: true, coversItems: true },
  };
  const ask = async (question: string, body: object) => {
    const { token } = await tokenOf(server.app.access, ['checkpoint:ask']);
    const response = await server.fetch(`/api/v1/ask/${question}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'accept-language': 'en' },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const fieldsIn = (body: Record<string, unknown>) => (body.fields as { field: string }[]).map(({ field }) => field);

  test('事実を入れると、根拠と義務のある答えが出る。台帳の知ることは補われる', async () => {
    const { status, body } = await ask('provide', { holding: server.holding, items: ['name'], facts });
    expect(status).toBe(200);
    expect(body).toMatchObject({ law: '2026-11-24', policy: 1, finding: { answer: 'yes' } });
    const { duties } = body.finding as { duties: { do: string; keepUntil: string }[] };
    expect(duties).toMatchObject([{ do: 'record-provision', keepUntil: '2029-11-24' }]);
  });

  test('台帳なしでは、足りない事実の道が返る', async () => {
    const { body } = await ask('use', { facts: {} });
    const { answer, missing } = body.finding as { answer: string; missing: { fact: string }[] };
    expect(answer).toBe('unknown');
    expect(missing.map(({ fact }) => fact)).toEqual(['information', 'purpose', 'holdingPurposes']);
  });

  test('方針が閉じたオプトアウトは、方針の条項を根拠に断る', async () => {
    const optOut = {
      announcedOn: '2026-10-01',
      listed: [
        'provider',
        'provision-is-purpose',
        'items',
        'how-acquired',
        'method',
        'stops-on-request',
        'how-to-request',
        'update-and-start',
      ],
      filedOn: '2026-10-01',
      stopsOnRequest: true,
    };
    const { body } = await ask('provide', {
      holding: server.holding,
      items: ['name'],
      facts: { ...facts, consent: null, optOut },
    });
    const { answer, because } = body.finding as { answer: string; because: { law: string; article: string }[] };
    expect([answer, because.map((g) => `${g.law} ${g.article}`)]).toEqual(['no', ['APPI 27(2)', 'policy 19']]);
  });

  test.each([
    ['知らない事実', { facts: { planet: 'Mars' } }, ['facts.planet']],
    ['型の違う事実', { facts: { consent: { on: 3 } } }, ['facts.consent.on']],
    ['方針の条項は書けない', { facts: { policy: {} } }, ['facts.policy']],
    ['判断は書けない', { facts: { judgements: {} } }, ['facts.judgements']],
    [
      '食い違う事実',
      { facts: { ...facts, consent: { on: '2026-11-20', withdrawnOn: '2026-11-01' } } },
      ['facts.consent.withdrawnOn'],
    ],
    ['ない台帳', { holding: '00000000-0000-7000-8000-000000000000', facts: {} }, ['holding']],
    ['事実なし', {}, ['facts']],
    ['ない日', { on: '2026-02-30', facts: {} }, ['on']],
  ])('%sは、欄を名指しして断る', async (_, body, fields) => {
    const answer = await ask('provide', body);
    expect([answer.status, fieldsIn(answer.body)]).toEqual([422, fields]);
    expect(JSON.stringify(answer.body)).not.toMatch(/Mars/);
  });

  test('台帳の知ることと、ない項目は断る', async () => {
    const twice = await ask('provide', {
      holding: server.holding,
      items: ['name'],
      facts: { information: 'personal' },
    });
    expect([twice.status, fieldsIn(twice.body)]).toEqual([422, ['facts.information']]);
    const strange = await ask('provide', { holding: server.holding, items: ['shoe_size'], facts: {} });
    expect([strange.status, fieldsIn(strange.body)]).toEqual([422, ['items.shoe_size']]);
  });

  test('知らない問いは404', async () => {
    expect((await ask('nothing', { facts: {} })).status).toBe(404);
  });
});

describe('二度送られた「残す」', () => {
  // 前の試験が時計を進めたので、サインインし直す。
  beforeAll(async () => {
    for (const role of ['employee', 'reception'] as const) sessions[role] = await server.session(role);
  });
  const to = '/ask/provide';
  /** 答えの出たページの「残す」が送るもの。 */
  const shown = async (role: 'employee' | 'reception'): Promise<Answers> => {
    await get(role, to);
    return { ...sentBy((await post(role, to, { ...partner, ...record, ...consent })).html, to), do: 'keep' };
  };
  const keep = async (role: 'employee' | 'reception', form: Answers): Promise<string> => {
    const { status, to: kept } = await post(role, to, form);
    expect(status).toBe(303);
    return kept;
  };
  const count = async (): Promise<[kept: number, logged: number]> => {
    const rows = await server.db.owner.query<{ kept: number; logged: number }>(
      `SELECT (SELECT count(*) FROM consultations)::int AS kept,
         (SELECT count(*) FROM log_entries WHERE action = 'consultation:keep')::int AS logged`,
      [],
    );
    return [rows[0]!.kept, rows[0]!.logged];
  };

  test('同じ内容は1件になり、二度目にも、残した相談が出る', async () => {
    const [kept, entries] = await count();
    const form = await shown('employee');
    const first = await keep('employee', form);
    expect(await keep('employee', form)).toBe(`${first}?already=yes`);
    expect(await count()).toEqual([kept + 1, entries + 1]);
    const said = (await get('employee', `${first}?already=yes`)).html;
    expect(said).toContain('この相談は、すでに残してあります');
    expect((await get('employee', first)).html).not.toContain('すでに残してあります');
    // 内容を変えたもの、ほかの人のもの、改めて尋ねたものは、それぞれ別の相談になる。
    const other = await keep('employee', { ...form, 'recipient.name': '株式会社例示商事' });
    const theirs = await keep('reception', { ...(await shown('reception')), shown: form['shown']! });
    clock.moveTo('2026-11-24T10:01:00+09:00');
    const anew = await keep('employee', await shown('employee'));
    expect(new Set([first, other, theirs, anew]).size).toBe(4);
    expect(await count()).toEqual([kept + 4, entries + 4]);
  });

  test('同時に送られても1件になる', async () => {
    const [kept, entries] = await count();
    const form = await shown('reception');
    const send = () => keep('reception', form);
    const both = (await atOnce(server.db, 'consultations', send, send)).toSorted();
    expect(both[1]).toBe(`${both[0]}?already=yes`);
    expect(await count()).toEqual([kept + 1, entries + 1]);
  });
});
