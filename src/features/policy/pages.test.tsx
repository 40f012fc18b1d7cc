// The pages and the JSON of the policy through the real routes: the public page can only say what the data says, hostile text stays text,
// and nothing unapproved is shown to the public.

import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fieldsIn, inTwoTabs } from '../../../tests/forms.ts';
import { testDatabase, type TestDatabase } from '../../../tests/house.ts';
import { restingOn } from '../../../tests/people.ts';
import type { Actor } from '../../base/actor.ts';
import type { Lang } from '../../base/bilingual.ts';
import { day } from '../../base/day.ts';
import { integrate, verifyFile } from '../../log/index.ts';
import { equip, type Office } from '../../office.ts';
import { standingClock } from '../../platform/clock.ts';
import { readConfig } from '../../platform/config.ts';
import { mountRoutes, type Gate } from '../../platform/http/index.ts';
import { changesOutdated } from '../ledger/index.ts';
import { checkCommissionPage } from '../recipients/actions/country.ts';
import { readCsv } from '../../platform/sheet.ts';
import { stateWord } from '../../platform/ui/promise-state.tsx';
import { commissionPage } from '../recipients/index.ts';
import { evaluatePromises } from './actions/evaluation.ts';
import {
  loadFirstPolicy,
  policyInForce,
  policyVersion,
  policyVersions,
  policyYaml,
  propose,
  sha256Of,
} from './actions/versions.ts';
import { promiseBoard } from './actions/standings.ts';
import { diffPolicies } from './facts/change.ts';
import type { Operator } from './facts/shape.ts';
import { policyProvers } from './promises.ts';
import { ChangesTable } from './pages/changes.tsx';
import { DeskBlock, PolicyText } from './pages/policy-text.tsx';
import type { PolicyPeople } from './pages/version.tsx';
import { policyRoutes } from './routes.ts';

const clock = standingClock('2026-11-24T09:00:00+09:00');
const officer: Actor = {
  kind: 'staff',
  id: '01890000-0000-7000-8000-000000000001',
  name: '関口 真理',
  roles: ['officer'],
};
const other: Actor = { ...officer, id: '01890000-0000-7000-8000-000000000002' };

let db: TestDatabase;
let office: Office;
let folder: string;
let app: ReturnType<typeof mountRoutes>;
let actor: Actor = officer;

const people: PolicyPeople = {
  officers: () => Promise.resolve(2),
  nameOf: () => Promise.resolve('関口 真理'),
  resting: restingOn,
  outdatedBy: (version) => changesOutdated(office.database, version),
};
const gate: Gate = {
  identify: () => Promise.resolve({ actor, csrf: actor.kind === 'staff' ? 'token' : '' }),
  authorise: (who) => ({ allowed: who.kind !== 'public', policies: ['officer-all-work'] }),
};

beforeAll(async () => {
  db = await testDatabase();
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'sekisho-policy-'));
  office = await equip(readConfig({}, { dataFolder: folder }), clock, db.app);
  await loadFirstPolicy(office, 'policies/example');
  await evaluatePromises(office, policyProvers);
  app = mountRoutes(policyRoutes(office, people, commissionPage), {
    gate,
    publicUrl: 'http://localhost',
    report: (line) => {
      throw new Error(line);
    },
    refusalPage: (c, status, says) => c.text(says.en, status as 403),
    frame: (c) =>
      Promise.resolve({
        lang: c.get('lang'),
        company: '例示情報通信',
        user: { name: '関口 真理', role: '個人情報保護管理者' },
        nav: { groups: [] },
        footer: [],
        csrf: c.get('csrf'),
      }),
  });
});
afterAll(async () => {
  await db.drop();
  await fs.rm(folder, { recursive: true });
});

const get = async (at: string): Promise<{ status: number; text: string }> => {
  const response = await app.request(at);
  return { status: response.status, text: await response.text() };
};

const post = async (at: string, fields: Record<string, string | string[]>) => {
  const body = new FormData();
  for (const [name, values] of Object.entries({ csrf: 'token', ...fields }))
    for (const value of [values].flat()) body.append(name, value);
  const response = await app.request(at, { method: 'POST', body });
  return { status: response.status, text: await response.text(), to: response.headers.get('location') };
};

const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };

/** The words a reader sees between the element with this id and its end. */
function wordsOf(html: string, id: string): string {
  const found = new RegExp(`<(p|li)[^>]* id="${id}">(.*?)</\\1>`, 's').exec(html)?.[2] ?? '';
  return found
    .replace(/<br\/?>.*$/s, '')
    .replace(/<[^>]+>/g, '')
    .replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => entities[entity]!);
}

test('says that the version in force is the example company’s, while it is', async () => {
  const { text } = await get('/living-policy/new?lang=ja');
  expect(text).toContain('いまの版は、見本の会社の方針です');
  expect((await get('/living-policy/new?lang=en')).text).toContain('The version in force is the example company’s');
});

describe('the public page', () => {
  test.each(['ja', 'en'] as Lang[])('says all 134 clauses word for word and in order: %s', async (lang) => {
    const { text } = await get(`/policy?lang=${lang}`);
    const { policy } = (await policyInForce(office, clock.today()))!;
    expect(policy.clauses).toHaveLength(134);
    for (const clause of policy.clauses) expect(wordsOf(text, `c${clause.no}`)).toBe(clause.text[lang]);
    const order = [...text.matchAll(/<(?:p|li)[^>]* id="c(\d+)"/g)].map((m) => Number(m[1]));
    expect(order).toEqual(policy.clauses.map((c) => c.no));
    for (const section of policy.sections) expect(text).toContain(`id="s-${section.id}"`);
    expect(text).toContain(lang === 'ja' ? '2026年11月24日 施行' : 'In force from 24 November 2026');
    expect(text).toContain(lang === 'ja' ? '1,000円（税込）' : '¥1,000 (tax included)');
  });

  test('and the data at /policy.json are the same text under the same hash, with a receipt that verifies', async () => {
    const json = JSON.parse((await get('/policy.json')).text);
    const inForce = (await policyInForce(office, clock.today()))!;
    expect(json.policy).toEqual(inForce.policy);
    expect(sha256Of(json.policy).toString('hex')).toBe(json.sha256);
    while ((await get(json.log.proof)).status === 404) await integrate(db.app, office.signer);
    const receipt = (await get(json.log.proof)).text;
    expect(JSON.parse(receipt).entry).toMatchObject({ action: 'policy:approve', sha256: json.sha256 });
    expect(verifyFile(Buffer.from(receipt)).ok).toBe(true);
    const forged = receipt.replace(json.sha256, 'f'.repeat(64));
    expect(verifyFile(Buffer.from(forged)).ok).toBe(false);
  });

  test.each<[Lang, string, string]>([
    ['ja', '（2026年11月1日に確認）', '（2026年11月20日に確認）'],
    ['en', '(checked on 1 November 2026)', '(checked on 20 November 2026)'],
  ])('the Commission’s page is given where it was last found, with the day: %s', async (lang, stated, found) => {
    const shown = async () =>
      /id="c85">.*?<a href="([^"]*)"[^>]*>([^<]*)<\/a>([^<]*)</s
        .exec((await get(`/policy?lang=${lang}`)).text)!
        .slice(1);
    const { ppc_url: page } = (await policyInForce(office, clock.today()))!.policy.operator;
    const current = page === 'none' ? '' : page.current;
    expect((await shown()).map((part) => part.trim())).toEqual([current, current, stated]);
    const url = 'https://www.example.jp/reports/';
    const by = { actor: officer, authority: [] };
    expect((await checkCommissionPage(office, by, { url, checkedOn: '2026-11-20' })).ok).toBe(true);
    try {
      expect((await shown()).map((part) => part.trim())).toEqual([url, url, found]);
    } finally {
      await db.owner.query('DELETE FROM commission_pages', []);
    }
  });

  test('an accredited organisation the company belongs to stands beside the desk, and none where it belongs to none', async () => {
    const { operator } = (await policyInForce(office, clock.today()))!.policy;
    const blocks = (of: Operator) => (['ja', 'en'] as const).map((lang) => String(DeskBlock({ operator: of, lang })));
    for (const html of blocks(operator)) expect(html).not.toMatch(/認定個人情報保護団体|accredited/);
    const name = { ja: '例示個人情報保護協会', en: 'Reiji Privacy Association' };
    const contact = { ja: '東京都千代田区例示町9-9', en: '9-9 Reijicho, Chiyoda-ku, Tokyo' };
    const [ja, en] = blocks({ ...operator, accredited_organisation: { name, contact } });
    expect(ja).toMatch(/認定個人情報保護団体[\s\S]*例示個人情報保護協会[\s\S]*東京都千代田区例示町9-9/);
    expect(en).toMatch(/accredited[\s\S]*Reiji Privacy Association[\s\S]*9-9 Reijicho/);
  });

  test('beside what is accepted instead of a letter stand the telephone number and the address by which one learns how', async () => {
    const { operator } = (await policyInForce(office, clock.today()))!.policy;
    const { email, ...byPost } = operator.desk;
    const blocks = (desk: Operator['desk']) =>
      (['ja', 'en'] as const).map((lang) => String(DeskBlock({ operator: { ...operator, desk }, lang })));
    for (const html of blocks(byPost)) expect(html).not.toMatch(/折り返し|get back to you|href="(?:tel|mailto):/);
    const [ja, en] = blocks({ ...byPost, phone: '0570-000-000', email: 'desk@example.jp' });
    expect(ja).toMatch(/点字の書面[\s\S]*折り返しのご連絡に必要なことだけ[\s\S]*電話：<a href="tel:0570-000-000"/);
    expect(ja).toMatch(/電子メール：<a href="mailto:desk@example.jp"[^>]*>desk@example.jp</);
    expect(en).toMatch(/Braille[\s\S]*no other personal information[\s\S]*Telephone: <a href="tel:0570-000-000"/);
    expect(en).toMatch(/E-mail: <a href="mailto:desk@example.jp"/);
    const [alone] = blocks({ ...byPost, phone: '0570-000-000' });
    expect(alone).toContain('href="tel:0570-000-000"');
    expect(alone).not.toContain('mailto:');
    // The example states an e-mail address, and its own sentence promises the guidance.
    expect((await get('/policy?lang=ja')).text).toContain(`href="mailto:${email}"`);
    expect(JSON.parse((await get('/policy.json')).text).policy.operator.desk).toMatchObject({ email });
  });

  test('hostile text of a policy stays text', async () => {
    const { policy } = (await policyInForce(office, clock.today()))!;
    const evil = `<script>alert(1)</script><img src=x onerror="a">' & "`;
    const clauses = policy.clauses.map((c) => ({ ...c, text: { ja: evil, en: evil } }));
    const html = String(PolicyText({ policy: { ...policy, clauses }, lang: 'ja', commission: null }));
    expect(html).not.toContain('<script');
    expect(html).not.toContain('<img');
    expect(wordsOf(html, 'c1')).toBe(evil);
  });

  test('every public page names the company in full', async () => {
    const { name, short_name } = (await policyInForce(office, clock.today()))!.policy.operator;
    expect(name.ja).not.toBe(short_name.ja);
    for (const at of ['/policy', '/policy/versions', '/policy/versions/1', '/policy/versions/99']) {
      const { text } = await get(at);
      const head = text.slice(text.indexOf('<header'), text.indexOf('</header'));
      expect([at, head.includes(name.ja)]).toEqual([at, true]);
      expect(text).toMatch(new RegExp(`<title>[^<]* \\| ${name.ja}</title>`));
    }
  });

  test('nobody sees an unapproved version or a number that does not exist', async () => {
    const texts = policyYaml((await policyInForce(office, clock.today()))!.policy);
    texts['operator.yaml'] = texts['operator.yaml'].replaceAll('例示 太郎', '<b>例示 花子</b>');
    const proposed = await propose(
      office,
      { actor: officer, authority: [] },
      { texts, effectiveOn: day('2026-12-01') },
    );
    expect(proposed.ok).toBe(true);
    for (const at of [
      '/policy/versions/2',
      '/policy/versions/2/changes',
      '/policy/versions/2/proof.json',
      '/policy.json?version=2',
      '/policy/versions/99',
      '/policy/versions/1e1',
      '/policy.json?version=x',
      '/api/v1/policy/versions/2',
    ]) {
      expect([at, (await get(at)).status]).toEqual([at, 404]);
    }
    for (const at of ['/policy/versions/2/proof.json?lang=en', '/policy.json?version=x&lang=en']) {
      const answer = await app.request(at);
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
      expect(await answer.json()).toEqual({
        type: '/problems/not-found',
        title: 'Not found',
        status: 404,
        detail: 'There is no such version of the policy',
      });
    }
    expect((await get('/policy/versions')).text).not.toContain('/policy/versions/2');
    expect((await get('/living-policy/versions/2')).text).toContain('&lt;b&gt;例示 花子&lt;/b&gt;');
  });
});

describe('the living policy', () => {
  test('shows every clause with the states of its promises, and the evidence of the chosen one', async () => {
    const { text } = await get('/living-policy?lang=ja');
    expect([...text.matchAll(/class="clause"/g)]).toHaveLength(134);
    const chosen = await get('/living-policy?lang=ja&promise=policy-approved&clause=1');
    expect(chosen.text).toContain('条項1 の約束 1／1');
    expect(chosen.text).toContain('134条項のうち134');
    expect(chosen.text).toContain('最終計算 2026/11/24 9:00');
    const unknown = await get('/living-policy?lang=ja&promise=no-opt-out');
    expect(unknown.text).toContain('確かめる仕組みが、いまの関所にはない');
    expect(unknown.text).toContain('示せる証拠はありません');
  });

  test('underlines only words of the text: the clause reads the same with its marks taken out', async () => {
    const { policy } = (await policyInForce(office, clock.today()))!;
    for (const lang of ['ja', 'en'] as Lang[]) {
      const { text } = await get(`/living-policy?lang=${lang}`);
      const read = [...text.matchAll(/<p class="text">(.*?)<\/p>/gs)].map((m) =>
        m[1]!
          .replace(/<span class="sr-only">.*?<\/span>/gs, '')
          .replace(/<[^>]+>/g, '')
          .replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => entities[entity]!),
      );
      expect(read).toEqual(policy.clauses.map((c) => c.text[lang]));
    }
  });

  test('filters by state, by section and by day; a day that cannot be read is said, and today is shown', async () => {
    const kept = await get('/living-policy?lang=ja&state=kept');
    const n = [...kept.text.matchAll(/class="clause"/g)].length;
    expect(kept.text).toContain(`守れている ${n}`);
    expect(n).toBeGreaterThan(0);
    const section = await get('/living-policy?lang=ja&rail=1');
    expect([...section.text.matchAll(/class="clause"/g)]).toHaveLength(6);
    expect((await get('/living-policy?lang=ja&state=broken')).text).toContain('この状態の条項はありません');
    expect((await get('/living-policy?lang=ja&on=%E4%BB%A4%E5%92%8C8%E5%B9%B41%E6%9C%881%E6%97%A5')).status).toBe(404);
    const odd = await get(`/living-policy?lang=ja&on=${encodeURIComponent('<script>')}`);
    expect(odd.text).toContain('aria-invalid="true"');
    expect(odd.text).not.toContain('<script>');
  });
});

test('since when a promise is as it is, is said with its year in another', async () => {
  const seen = async (on: string, lang: string): Promise<string> => {
    clock.moveTo(`${on}T09:00:00+09:00`);
    const { text } = await get(`/living-policy?lang=${lang}&promise=policy-approved&clause=1`);
    clock.moveTo('2026-11-24T09:00:00+09:00');
    return text.replaceAll(/<[^>]*>/g, ' ');
  };
  expect(await seen('2026-12-01', 'ja')).toMatch(/ 11月24日 9:00 から/);
  expect(await seen('2029-05-01', 'ja')).toContain('2026年11月24日 9:00 から');
  expect(await seen('2029-05-01', 'en')).toContain('since 9:00 on 24 November 2026');
});

describe('the states of the promises as a file', () => {
  const rowsOf = async (query: string): Promise<string[][]> => {
    const answer = await app.request(`/living-policy/export/living-policy-utf8.csv?lang=ja&view=table${query}`);
    const read = readCsv(new Uint8Array(await answer.arrayBuffer()));
    return 'rows' in read ? read.rows.map(({ cells }) => cells) : [];
  };

  test('has every promise of every clause with its state, since when and why; filtered, those alone', async () => {
    const { policy } = (await policyInForce(office, clock.today()))!;
    const [head, ...rows] = await rowsOf('');
    expect(head).toEqual(['条項', '約束', '状態', 'いつから', '理由']);
    expect(rows.map(([clause]) => Number(clause))).toEqual(
      policy.clauses.flatMap(({ no, promises }) => promises.map(() => no)),
    );
    const kept = rows.filter(([, , state]) => state === '守れている');
    expect(kept.length).toBeGreaterThan(0);
    expect((await rowsOf('&state=kept')).slice(1)).toEqual(kept);
    expect(new Set(kept.map(([, , , since]) => since))).toEqual(new Set(['2026/11/24']));
    expect(await rowsOf('&state=broken')).toEqual([head]);
  });

  test('is called by the day that it is of; of a day on which no version was in force it has none', async () => {
    const of = (query: string) => app.request(`/living-policy/export/living-policy.xlsx?lang=ja${query}`);
    expect((await of('')).headers.get('content-disposition')).toContain('living-policy-2026-11-24.xlsx');
    expect(await rowsOf('&on=2026/01/01')).toHaveLength(1);
  });

  test('of a day that is over says that a reason, with its figures, is of the day since when it has been so', async () => {
    clock.moveTo('2026-11-25T09:00:00+09:00');
    const [head] = await rowsOf('&on=2026/11/24');
    const page = await (await app.request('/living-policy?lang=en&view=table&on=2026-11-24')).text();
    clock.moveTo('2026-11-24T09:00:00+09:00');
    expect(head?.at(-1)).toBe('理由（「いつから」の日に確かめた内容）');
    expect(page).toContain('Why, as found on the day under “Since”');
  });
});

describe('the evidence of the promises as a file', () => {
  const rowsOf = async (query: string): Promise<string[][]> => {
    const answer = await app.request(`/living-policy/evidence/export/living-policy-evidence-utf8.csv?lang=ja${query}`);
    const read = readCsv(new Uint8Array(await answer.arrayBuffer()));
    return 'rows' in read ? read.rows.map(({ cells }) => cells) : [];
  };

  test('of one promise has what its page shows, and the page links to it', async () => {
    const { text } = await get('/living-policy?lang=ja&promise=policy-approved&clause=1');
    const table = /証拠の一覧[\s\S]*?<\/table>/.exec(text)![0];
    const shown = [...table.matchAll(/<tr[^>]*>([\s\S]*?)<\/tr>/g)]
      .slice(1)
      .map(([, row]) =>
        [...row!.matchAll(/<t[hd][^>]*>([\s\S]*?)<\/t[hd]>/g)].map(([, cell]) => cell!.replaceAll(/<[^>]*>/g, '')),
      );
    expect(shown.length).toBeGreaterThan(0);
    expect(text).toContain(
      'href="/living-policy/evidence/export/living-policy-evidence-utf8.csv?promise=policy-approved&amp;clause=1"',
    );
    const [head, ...rows] = await rowsOf('&promise=policy-approved&clause=1');
    expect(head).toEqual([
      '条項',
      '約束',
      '状態',
      'いつから',
      '最終計算',
      '見たもの',
      '証拠の状態',
      '結果',
      '見る場所',
      '状態が変わった記録',
    ]);
    const hrefs = [...table.matchAll(/<a href="([^"]+)"/g)].map(([, href]) => href!);
    expect(hrefs.length).toBeGreaterThan(0);
    expect(rows.flatMap((cells) => cells[8] || [])).toEqual(hrefs);
    for (const cells of rows) expect(text).toContain(`/log/entries/${cells[9]}"`);
    expect(rows.map(([, , , , , label, state, value]) => [label, state ? `${state} ${value}` : value])).toEqual(shown);
    const { promises } = (await promiseBoard(office, {}))!;
    const { title, state } = promises.find(({ id }) => id === 'policy-approved')!;
    for (const cells of rows) expect(cells.slice(0, 4)).toEqual(['1', title.ja, stateWord[state].ja, '2026/11/24']);
    expect(rows[0]![4]).toMatch(/^2026\/11\/24 \d/);
  });

  test('of all promises that are shown has each of them, one without evidence too', async () => {
    const { policy } = (await policyInForce(office, clock.today()))!;
    const [, ...rows] = await rowsOf('&view=table');
    const promises = (some: string[][]) => [...new Set(some.map(([clause, promise]) => `${clause} ${promise}`))];
    expect(promises(rows)).toHaveLength(policy.clauses.reduce((sum, one) => sum + one.promises.length, 0));
    const kept = rows.filter(([, , state]) => state === '守れている');
    expect((await rowsOf('&view=table&state=kept')).slice(1)).toEqual(kept);
    expect((await rowsOf('&promise=nothing')).length).toBe(1);
    expect((await get('/living-policy?lang=ja&view=table')).text).toContain(
      'href="/living-policy/evidence/export/living-policy-evidence-utf8.csv?view=table"',
    );
  });
});

describe('a new version, by the forms', () => {
  const fields = async (change: (texts: Record<string, string>) => void): Promise<Record<string, string>> => {
    const texts: Record<string, string> = policyYaml((await policyInForce(office, clock.today()))!.policy);
    change(texts);
    return { ...texts, effective_on: 'R8.12.1', seen: String((await policyVersions(office))[0]!.version) };
  };

  test('says no more that the version in force is the example company’s, once somebody has written one', async () => {
    expect((await get('/living-policy/new?lang=ja')).text).not.toContain('いまの版は、見本の会社の方針です');
  });

  test('a mistake comes back as 422 with its place and everything that was typed', async () => {
    const sent = await fields((t) => {
      t['clauses.yaml'] = t['clauses.yaml']!.replace('no: 2\n', 'no: 1\n');
    });
    const answer = await post('/living-policy/new', sent);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('clauses.yaml: clauses[1].no');
    expect(answer.text).toContain('R8.12.1');
  });

  test('checks show what changes and what the law misses; proposing and approving follow, each by its own person', async () => {
    const sent = await fields((t) => {
      t['operator.yaml'] = t['operator.yaml']!.replaceAll('例示 太郎', '例示 次郎');
    });
    const check = await post('/living-policy/new', { ...sent, step: 'check' });
    expect(check.status).toBe(200);
    expect(check.text).toContain('operator.representative.ja');
    expect(check.text).toContain('G-4');
    const proposed = await post('/living-policy/new', { ...sent, step: 'propose' });
    expect([proposed.status, proposed.to]).toEqual([303, '/living-policy/versions/3']);
    const own = await post('/living-policy/versions/3/approve', { effective_on: '2026/12/1' });
    expect(own.status).toBe(403);
    expect(own.text).toContain('自分が出した案は承認できません');
    actor = other;
    const bad = await post('/living-policy/versions/3/approve', { effective_on: '2026/2/30' });
    expect(bad.status).toBe(422);
    const approved = await post('/living-policy/versions/3/approve', { effective_on: '2026/12/1' });
    expect(approved.status).toBe(303);
    actor = officer;
    expect((await get('/policy/versions/3')).text).toContain('2026年12月1日に施行される版');
    expect((await get('/policy/versions/3/changes')).status).toBe(200);
    expect((await get('/policy')).text).not.toContain('例示 次郎');
  });

  test('of two tabs the second takes nothing back that the first proposed, and what waits is said to be replaced', async () => {
    const at = '/living-policy/new';
    const tab = {
      get: async (to: string) => (await get(to)).text,
      post: async (to: string, sent: Record<string, string | string[]>) => {
        const { status, text: html } = await post(to, { ...sent, effective_on: '2026/12/2', step: 'propose' });
        return { status, html };
      },
    };
    const form = fieldsIn((await get(at)).text);
    // The form begins from the newest version, including one approved for a later day.
    expect(form['operator.yaml']![0]).toContain('例示 次郎');
    const changed = (file: string, from: string, to: string) => ({ [file]: form[file]![0]!.replaceAll(from, to) });
    const late = await inTwoTabs(tab, at, {
      first: changed('operator.yaml', '例示 次郎', '例示 四郎'),
      second: changed('measures.yaml', '規程', '規則'),
    });
    expect(late.status).toBe(409);
    expect(late.html).toContain('ほかの人が先に変えました');
    expect(late.fields['operator.yaml']![0]).toContain('例示 四郎');
    expect(late.fields['measures.yaml']![0]).toContain('規則');
    expect(late.fields['seen']).toEqual(['4']);
    expect((await get(at)).text).toContain('第4版は、承認を待っている案です');
    // A check in between keeps the version that was seen.
    const checked = await post(at, { ...late.fields, step: 'check' });
    expect(checked.text).toContain('name="seen" value="4"');
    expect((await tab.post(at, late.fields)).status).toBe(303);
    const { operator, measures } = (await policyVersion(office, 5))!.policy;
    expect([operator.representative.ja, JSON.stringify(measures).includes('規則')]).toEqual([
      '代表取締役　例示 四郎',
      true,
    ]);
  });

  test('a change of one language alone is shown in both', async () => {
    const { policy } = (await policyInForce(office, office.clock.today()))!;
    const after = structuredClone(policy);
    const clause = after.clauses.find(({ no }) => no === 1)!;
    clause.text.ja = `${clause.text.ja}（改）`;
    const diff = diffPolicies(policy, after);
    const shown = (lang: Lang): string => String(ChangesTable({ diff, lang }));
    expect(shown('ja')).toContain(clause.text.ja);
    expect(shown('en')).toContain(`Japanese text: ${clause.text.ja}`);
    expect(shown('en')).not.toContain('Same text');
  });

  test('a version exports as the files it can be read from, and as JSON', async () => {
    const { text } = await get('/living-policy/versions/3/operator.yaml');
    expect(text).toContain('例示 次郎');
    expect((await get('/living-policy/versions/3/passwd')).status).toBe(404);
    expect(JSON.parse((await get('/living-policy/versions/3/policy.json')).text).version).toBe(3);
    expect((await get('/living-policy/changes?from=1&to=3')).text).toContain('operator.representative.ja');
  });
});

describe('for systems', () => {
  test('the policy in force with the state of every promise', async () => {
    const body = JSON.parse((await get('/api/v1/policy')).text);
    expect(body.version).toBe(1);
    expect(body.clauses).toHaveLength(134);
    expect(body.promises.find((p: { id: string }) => p.id === 'policy-approved')).toMatchObject({ state: 'unknown' });
    expect(body.promises.find((p: { id: string }) => p.id === 'no-opt-out')).toMatchObject({ state: 'unknown' });
    expect(JSON.parse((await get('/api/v1/policy/versions/1')).text).sha256).toBe(body.sha256);
    expect((await get('/api/v1/policy/versions/abc')).status).toBe(422);
  });
});
