// Home through its real routes: what is broken and due, the board, and no figure without a record behind it.

import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../tests/house.ts';
import { restingOn } from '../../../tests/people.ts';
import type { Actor } from '../../base/actor.ts';
import { addDays, day } from '../../base/day.ts';
import { append, listEntries, logEntry } from '../../log/index.ts';
import { equip, type Office } from '../../office.ts';
import { standingClock } from '../../platform/clock.ts';
import { readConfig } from '../../platform/config.ts';
import { mountRoutes, type Gate } from '../../platform/http/index.ts';
import type { OfficerLink } from '../access/index.ts';
import {
  approve,
  evaluatePromises,
  loadFirstPolicy,
  policyInForce,
  policyProvers,
  policyYaml,
  propose,
} from '../policy/index.ts';
import { barsOf } from './facts.ts';
import { homeRoutes } from './index.ts';

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

const gate: Gate = {
  identify: () => Promise.resolve({ actor: officer, csrf: 'token' }),
  authorise: () => ({ allowed: true, policies: ['staff-ask'] }),
};

const open = (routes: ReturnType<typeof homeRoutes>, by: Gate = gate): ReturnType<typeof mountRoutes> =>
  mountRoutes(routes, {
    gate: by,
    publicUrl: 'http://localhost',
    report: (line) => {
      throw new Error(line);
    },
    refusalPage: (c, status, says) => c.text(says.en, status as 403),
    frame: (c) =>
      Promise.resolve({
        lang: c.get('lang'),
        company: '例示情報通信株式会社',
        user: { name: '関口 真理', role: '個人情報保護管理者' },
        nav: { groups: [] },
        footer: [],
        csrf: c.get('csrf'),
      }),
  });

beforeAll(async () => {
  db = await testDatabase();
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'sekisho-home-'));
  office = await equip(readConfig({}, { dataFolder: folder }), clock, db.app);
  app = open(homeRoutes(office));
});
afterAll(async () => {
  await db.drop();
  await fs.rm(folder, { recursive: true });
});

const get = async (at: string): Promise<{ status: number; text: string }> => {
  const response = await app.request(at);
  return { status: response.status, text: await response.text() };
};

describe('home', () => {
  const broken = {
    // Made by two clauses.
    promise: 'forms-sent-promptly',
    prove: () =>
      Promise.resolve({
        state: 'broken' as const,
        says: { ja: '用紙を送っていない請求が1件あります。', en: 'One request waits for its form.' },
        evidence: [],
        fix: [{ ja: '用紙を送る', en: 'Send the form' }],
      }),
  };

  test('without a policy it says that nothing is allowed, and shows no board', async () => {
    const { status, text } = await get('/?lang=ja');
    expect(status).toBe(200);
    expect(text).toContain('施行中の方針がありません');
    expect(text).not.toContain('class="fuda');
    await loadFirstPolicy(office, 'policies/example');
    expect((await get('/?lang=ja')).text).toContain('まだ計算していない');
  });

  test('names what is broken and what to do, hangs every clause, and invents no history', async () => {
    await evaluatePromises(office, [...policyProvers, broken]);
    const { text } = await get('/?lang=ja');
    expect(text).toContain('守れていない条項が2件あります');
    expect(text).toContain('条項31、107 用紙の送付：用紙を送っていない請求が1件あります。');
    expect(text).toContain('2条項を見る');
    expect([...text.matchAll(/class="fuda f-broken"/g)]).toHaveLength(2);
    expect(text).toContain('用紙を送る');
    expect([...text.matchAll(/class="fuda /g)]).toHaveLength(134);
    expect(text).toContain('1日の動き');
    expect(text).not.toContain('先週から');
    expect(text).toContain('まだ答えはありません');
    expect((await get('/morning-sheet?lang=en')).text).toContain('prepared by 関口 真理');
  });

  test('every task leaves as a file of exactly what the morning sheet shows, on record', async () => {
    const sheet = (await get('/morning-sheet?lang=ja')).text;
    expect(sheet).toContain('href="/morning-sheet/export/morning-sheet-utf8.csv"');
    const { status, text } = await get('/morning-sheet/export/morning-sheet-utf8.csv?lang=ja');
    const [head, ...lines] = text.trimEnd().split('\r\n');
    expect([status, head]).toEqual([200, '期限・いつから,仕事,条項,担当,状態']);
    const tasks = /仕事の一覧[\s\S]*?<\/table>/.exec(sheet)![0].match(/<th scope="row"/g)!.length;
    expect(lines).toHaveLength(tasks);
    expect(lines.find((line) => line.includes('用紙を送る'))).toMatch(/^.*,用紙を送る,31、107,,守れていない$/);
    const [last] = await listEntries(office.database, { actions: ['list:export'], most: 1 });
    expect(last!.entry).toMatchObject({ actor: `staff:${officer.id}`, list: 'morning-sheet', format: 'csv-utf8' });
  });

  test('asks the database for nothing twice', async () => {
    const asked: string[] = [];
    const query: Office['database']['query'] = (text, values, name) => {
      asked.push(`${text} ${JSON.stringify(values)}`);
      return office.database.query(text, values, name);
    };
    const routes = homeRoutes({ ...office, database: { ...office.database, query } });
    expect((await open(routes).request('/?lang=ja')).status).toBe(200);
    expect(asked.some((one) => one.includes('FROM policy_versions WHERE approved_at'))).toBe(true);
    expect(asked.filter((one, i) => asked.indexOf(one) < i)).toEqual([]);
  });

  test('says when this server has another file than the access policies in force', async () => {
    const says = 'このサーバーには、使用中の規則と違うファイルがあります';
    const shown = async (hasOtherPolicies: () => boolean, by?: Gate) =>
      (await open(homeRoutes(office, { hasOtherPolicies }), by).request('/?lang=ja')).text();
    expect(await shown(() => true)).toMatch(new RegExp(`${says}[\\s\\S]*href="/authority"`));
    expect(await shown(() => false)).not.toContain(says);
    const blind: Gate = { ...gate, authorise: (_, action) => ({ allowed: action !== 'staff:read', policies: ['x'] }) };
    expect(await shown(() => true, blind)).not.toContain(says);
  });

  test('says when the promises have not been computed for a while', async () => {
    expect((await get('/?lang=ja')).text).not.toContain('約束の計算が止まっています');
    clock.moveTo('2026-11-24T09:20:00+09:00');
    expect((await get('/?lang=ja')).text).toContain('約束の計算が止まっています');
  });

  test('shows mail that did not arrive by the number it was about, for a week', async () => {
    expect((await get('/?lang=en')).text).not.toContain('could not be delivered');
    await db.owner.query(
      `INSERT INTO mail_outbox (id, about, queued_at, next_at, state, ended_at, problem)
       VALUES (gen_random_uuid(), 'R-2026-031', $1, $1, 'given-up', $1, 'refused')`,
      [new Date(clock.now())],
    );
    expect((await get('/?lang=en')).text).toContain('One e-mail could not be delivered');
    const { text } = await get('/?lang=ja');
    expect(text).toContain('R-2026-031についてのメールです。');
    expect(text).toContain('宛先のアドレスが受け付けられませんでした。');
  });

  test('tells of a link for a new officer, why it was made and who came in by it', async () => {
    expect((await get('/?lang=en')).text).not.toContain('made a link for a new privacy officer');
    const link = { at: clock.now(), ground: 'lost' as const, staff: null };
    const home = async (lang: string, ...officerLinks: OfficerLink[]): Promise<string> => {
      const namesInPost = () => Promise.resolve(new Map([[other.id, '例示 二郎']]));
      const routes = homeRoutes(office, { namesInPost, officerLinks: () => Promise.resolve(officerLinks) });
      return (await open(routes).request(`/?lang=${lang}`)).text();
    };
    expect(await home('en', link)).toContain(
      '2026/11/24 09:20. Reason: The privacy officers have lost their means of signing in. Nobody has registered with it yet.',
    );
    expect(await home('ja', link, { ...link, ground: 'away', staff: other.id })).toContain(
      '2026/11/24 09:20。理由：個人情報保護管理者が、サインインの手段をなくした。登録した人：例示 二郎。',
    );
  });

  test('a proposal that waits is a task with its day', async () => {
    expect((await get('/?lang=en')).text).toContain('Replace the example company’s policy with your own');
    const texts = policyYaml((await policyInForce(office, clock.today()))!.policy);
    texts['operator.yaml'] = texts['operator.yaml'].replaceAll('例示 太郎', '例示 三郎');
    await propose(office, { actor: officer, authority: [] }, { texts, effectiveOn: day('2026-12-04') });
    const { text } = await get('/?lang=en');
    expect(text).toContain('Decide on version 2 of the policy');
    expect(text).toContain('in 10 days');
    expect(text).not.toContain('Replace the example company’s policy');
    await approve(
      office,
      { actor: other, authority: [] },
      {
        version: 2,
        effectiveOn: day('2026-12-04'),
        officers: 2,
        judged: {},
        resting: restingOn,
      },
    );
    expect((await get('/?lang=en')).text).not.toContain('Decide on version');
  });

  test('a week later the tally says what moved; the newest answers of the checkpoint are there for readers of the log', async () => {
    const mended = {
      ...broken,
      prove: async () => {
        const evidence = [{ label: { ja: '請求', en: 'Requests' }, value: { ja: '1件', en: '1' } }];
        return { ...(await broken.prove()), state: 'kept' as const, evidence, fix: [] };
      },
    };
    for (const on of ['11-25', '11-26', '11-27', '11-28', '11-29', '11-30', '12-01']) {
      clock.moveTo(`2026-${on}T09:00:00+09:00`);
      await evaluatePromises(office, [...policyProvers, mended]);
    }
    const [first, ...others] = ['P1', 'P2', 'P3', 'P4'].map((purpose) =>
      logEntry(clock.now(), officer, 'refused', { asked: 'people:use', purpose }),
    );
    await office.database.transaction((tx) => append(tx, first!, ...others));
    const { text } = await get('/?lang=ja');
    expect(text).toContain('8日の動き');
    expect(text).toContain('先週から');
    expect(text).toContain('−2');
    for (const { id } of others) expect(text).toContain(`href="/log/entries/${id}"`);
    expect(text).not.toContain(first!.id);
    const mayNot: Gate = { ...gate, authorise: (_, action) => ({ allowed: action !== 'log:read', policies: [] }) };
    expect(await (await open(homeRoutes(office), mayNot).request('/?lang=ja')).text()).not.toContain('最近の答え');
    expect(text).toContain('届かなかったメールが1通あります');
    clock.moveTo('2026-12-02T09:00:00+09:00');
    expect((await get('/?lang=ja')).text).not.toContain('届かなかったメール');
  });
});

describe('the trend', () => {
  const counts = { kept: 0, risk: 0, broken: 0, unknown: 0 };
  const days = (n: number) => Array.from({ length: n }, (_, i) => ({ on: addDays(day('2026-09-01'), i), counts }));

  test('shows every day up to 13, then every seventh back from the last, 13 at most', () => {
    expect(barsOf(days(13))).toEqual({ weekly: false, days: days(13) });
    expect(barsOf(days(15)).days.map((d) => d.on)).toEqual(['2026-09-01', '2026-09-08', '2026-09-15']);
    const long = barsOf(days(91));
    expect(long.weekly).toBe(true);
    expect(long.days).toHaveLength(13);
    expect(long.days.at(-1)!.on).toBe(days(91).at(-1)!.on);
    expect(barsOf([]).days).toEqual([]);
  });
});

describe('the last day of the law data', () => {
  /** Home on a day, for somebody who may do everything or for somebody who does not see how the office runs. */
  const homeOn = async (at: string, runs: boolean, lang = 'ja'): Promise<string> => {
    const mayNot = runs
      ? gate
      : { ...gate, authorise: (_: Actor, action: string) => (action === 'keys:read' ? no : all) };
    const then = open(homeRoutes({ ...office, clock: standingClock(`${at}T09:00:00+09:00`) }), mayNot);
    return (await then.request(`/?lang=${lang}`)).text();
  };
  const all = { allowed: true, policies: ['staff-ask'] };
  const no = { allowed: false, policies: [] };
  const ENDS = '法令データは2028年7月16日までです';
  const ENDED = '法令データは2028年7月16日で終わりました';

  test('is told half a year before to whoever sees how the office runs', async () => {
    expect(await homeOn('2028-01-15', true)).not.toContain('法令データは');
    expect(await homeOn('2028-01-16', true)).toContain(ENDS);
    expect(await homeOn('2028-07-16', true)).toContain(ENDS);
    expect(await homeOn('2028-07-16', true, 'en')).toContain('The law data ends on 16 July 2028');
    expect(await homeOn('2028-07-16', false)).not.toContain('法令データは');
  });

  test('is told to everybody once it is over, with what to do', async () => {
    for (const runs of [true, false]) {
      const page = await homeOn('2028-07-17', runs);
      expect(page).toContain(ENDED);
      expect(page).toContain('関所を新しい版に替える');
      expect(page).not.toContain(ENDS);
      // The promises had last been computed two years before.
      expect(page).toMatch(/最後の計算は2026年\d+月/);
    }
  });
});
