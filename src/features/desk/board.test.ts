// The board of the desk: the list of one day, the calendar in words, and what the officers see where mail is off.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { registered } from '../../../tests/desk.ts';
import { openTestOffice, type TestOffice, type Visitor } from '../../../tests/office.ts';
import { openTestCheckpoint, valueOf } from '../../../tests/people.ts';
import { closedDays } from '../../base/calendar.ts';
import { addDays, day, type Day } from '../../base/day.ts';
import type { Role } from '../../base/actor.ts';
import { close, deliver, notify } from './actions/answer.ts';
import { cases, type Listed } from './actions/cases.ts';
import { decide } from './actions/decide.ts';
import { acknowledge, assign } from './actions/receive.ts';
import { monthOf, readReport } from './actions/report.ts';
import { clocksOf, dueOn } from './facts/clocks.ts';
import { numberOf } from './facts/request.ts';
import { readCsv } from '../../platform/sheet.ts';
import { boardPages } from './pages/board.tsx';
import { casePages } from './pages/case.tsx';
import { reportPages } from './pages/report.tsx';

const MANY = 8;
let house: TestOffice;
let closeCheckpoint: () => Promise<void>;
let clerk: Visitor;
/** Numbers of the requests due on 15 and on 18 December. */
const due: Record<string, string[]> = { '2026-12-15': [], '2026-12-18': [] };

const open = (env: Record<string, string> = {}): Promise<TestOffice> =>
  openTestOffice((office, access) => boardPages({ office, access }), {
    at: '2026-12-07T09:00:00+09:00',
    env,
  });

beforeAll(async () => {
  house = await open();
  closeCheckpoint = await openTestCheckpoint(house);
  const desk = house;
  const by = { actor: { kind: 'sekisho' }, authority: [] } as const;
  for (const [n, on] of [...Array<string>(MANY).fill('2026-12-15'), '2026-12-18'].entries()) {
    const one = await registered(desk, by, 'consultation', { arrivedOn: addDays(day(on), -14) });
    due[on]!.push(numberOf(one.row));
    valueOf(await acknowledge(desk, by, one.row.id, { seen: 1 }, { on: day('2026-12-07'), how: 'otherwise' }));
    if (n === 0)
      valueOf(await assign(desk, by, one.row.id, { seen: 2 }, { on: day('2026-12-07'), to: house.staff.desk! }));
  }
  clerk = await house.visitor('desk');
});
afterAll(async () => {
  await closeCheckpoint();
  await house.close();
});

const textOf = async (visitor: Visitor, path: string): Promise<string> => {
  const answer = await visitor.get(path);
  expect(answer.status).toBe(200);
  return answer.text();
};

/** The numbers of the requests that a piece of a page links to. */
const numbersIn = (html: string): string[] =>
  [...html.matchAll(/<a href="\/desk\/[0-9a-f-]{36}">([^<]*)<\/a>/g)].map(([, number]) => number!);

/** The numbers of requests in the file of a list. */
const numbersInFile = async (visitor: Visitor, query: string): Promise<string[]> => {
  const read = readCsv(new Uint8Array(await (await visitor.get(`/desk/export/desk-utf8.csv?${query}`)).arrayBuffer()));
  return 'rows' in read ? read.rows.slice(1).map(({ cells }) => cells[0]!) : [];
};

describe('暦', () => {
  test('月は、日ごとにはじめの5件と、残りの数からその日の一覧へのリンクを見せる', async () => {
    const html = await textOf(clerk, '/desk?view=calendar&month=2026-12');
    const cells = html
      .split('<td')
      .slice(1)
      .filter((cell) => cell.includes('/desk/'));
    expect(cells).toHaveLength(2);
    const [busy, calm] = cells as [string, string];
    expect(numbersIn(busy)).toEqual(due['2026-12-15']!.slice(0, 5));
    expect(busy).toContain(`<a href="/desk?day=2026-12-15" aria-label="12月15日のほか${MANY - 5}件">`);
    expect(busy).toContain(`aria-label="12月15日が期限の${MANY}件"`);
    expect(numbersIn(calm)).toEqual(due['2026-12-18']);
    expect(calm).not.toContain('のほか');
    expect(await textOf(clerk, '/desk?view=calendar&month=2027-01')).not.toContain('href="/desk/0');
  });

  test('リンクの先は、その日が期限のものだけの一覧で、外せば全部に戻る', async () => {
    const html = await textOf(clerk, '/desk?day=2026-12-15');
    expect(numbersIn(html)).toEqual(due['2026-12-15']);
    expect(html).toContain('次の期限：12月15日');
    expect(html).toContain('name="day" value="2026-12-15"');
    expect(numbersIn(await textOf(clerk, '/desk'))).toHaveLength(MANY + 1);
    expect(numbersIn(await textOf(clerk, '/desk?day=2026-12-16'))).toEqual([]);
    expect(numbersIn(await textOf(clerk, '/desk?day=2026-13-45'))).toHaveLength(MANY + 1);
    expect(numbersIn(await textOf(clerk, '/desk?day=2026-12-15&who=me'))).toEqual(due['2026-12-15']!.slice(0, 1));
    expect(await numbersInFile(clerk, 'day=2026-12-15')).toEqual(due['2026-12-15']);
    expect(await numbersInFile(clerk, 'day=2026-12-15&who=me')).toEqual(due['2026-12-15']!.slice(0, 1));
  });

  test('週は、日曜から土曜まで、段階と担当を添えて見せる', async () => {
    const html = await textOf(clerk, '/desk?view=calendar&week=2026-12-16');
    expect([...html.matchAll(/<h3[^>]*>([^<]*)/g)].map(([, name]) => name)).toEqual(
      ['13日（日）', '14日（月）', '15日（火）', '16日（水）', '17日（木）', '18日（金）', '19日（土）'].map(
        (name) => `12月${name}`,
      ),
    );
    expect(numbersIn(html)).toEqual([...due['2026-12-15']!, ...due['2026-12-18']!]);
    expect(html.match(/担当なし/g)).toHaveLength(MANY);
    expect(html.match(/佐伯 健/g)!.length).toBeGreaterThan(0);
    expect(html).toContain('view=calendar&amp;week=2026-12-06');
    expect(html).toContain('view=calendar&amp;week=2026-12-20');
    expect(html).toContain('view=calendar&amp;month=2026-12');
    const english = await textOf(await house.visitor('desk', 'en'), '/desk?view=calendar&week=2026-12-16');
    expect(english).toContain('13 December – 19 December 2026');
    expect(english).toContain('Tuesday 15 December');
  });

  test('月の絞り込みは、暦でも一覧でも残る', async () => {
    const html = await textOf(clerk, '/desk?view=calendar&who=me&month=2026-12');
    expect(numbersIn(html)).toEqual(due['2026-12-15']!.slice(0, 1));
    expect(html).toContain('who=me&amp;view=calendar&amp;month=2027-01');
  });
});

describe('期限を過ぎたもの', () => {
  test('一覧と月の報告は同じ数を言い、用紙の遅れも、用意しただけの答えも数える', async () => {
    const late = await openTestOffice(
      (office, access) => [
        ...reportPages({ office, access }),
        ...boardPages({ office, access }),
        ...casePages({ office, access }),
      ],
      { at: '2026-12-07T09:00:00+09:00' },
    );
    const forget = await openTestCheckpoint(late);
    const desk = late;
    const by = { actor: { kind: 'sekisho' }, authority: [] } as const;
    const form = await registered(desk, by, 'correction', { arrivedOn: day('2026-12-01') });
    const ready = await registered(desk, by, 'consultation', { arrivedOn: day('2026-11-20') });
    const { id } = ready.row;
    const answer = { facts: {}, reason: '', plan: {}, answer: 'お答えします', mayRefuse: true };
    valueOf(await decide(desk, by, id, { seen: 1 }, answer));
    valueOf(await notify(desk, by, id, { seen: 2 }, { on: day('2026-12-07'), by: 'post' }));
    const visitor = await late.visitor('desk');
    expect(await textOf(visitor, '/desk?state=closed')).toContain('終わった請求はありません');
    expect(await textOf(visitor, '/desk')).toContain('進行中2件　期限超過2件');
    const report = await readReport(desk, monthOf(day('2026-12-01'), day('2026-12-07')));
    expect(report.due.reduce((n, { overdue }) => n + overdue, 0)).toBe(2);
    // The page of the request says the same about the form as the board.
    const about = await textOf(visitor, `/desk/${form.row.id}`);
    expect(about).toContain('用紙は12月3日まで（4日超過）');
    expect(await textOf(visitor, `/desk/${id}`)).toContain('<b>3日超過</b>');
    const posted = valueOf(await deliver(desk, by, id, { seen: 3 }, { on: day('2026-12-07'), by: 'post' }));
    expect(dueOn(clocksOf(posted.request))).toBeNull();
    expect(await textOf(visitor, '/desk')).toContain('進行中2件　期限超過1件');
    valueOf(await close(desk, by, id, { seen: 4 }, { on: day('2026-12-07') }));
    const closed = await textOf(visitor, '/desk?state=closed');
    expect([closed.includes('書類の消去'), closed.includes('次の期限'), closed.includes('>残り<')]).toEqual([
      true,
      false,
      false,
    ]);
    await forget();
    await late.close();
  });
});

describe('次の期限', () => {
  test('閉庁日が変われば、次の動きを待たずに、一覧も、ほかの仕組みも、請求の画面と同じ新しい日を言う', async () => {
    const moved = await openTestOffice(
      (office, access) => [...boardPages({ office, access }), ...casePages({ office, access })],
      { at: '2026-12-07T09:00:00+09:00' },
    );
    const forget = await openTestCheckpoint(moved);
    const desk = moved;
    const by = { actor: { kind: 'sekisho' }, authority: [] } as const;
    const { row } = await registered(desk, by, 'correction');
    const visitor = await moved.visitor('desk');
    const listed = async () => (await cases(desk, { most: 10 })).map((one) => one.due_on);
    const saysOf = async () => [
      /<td[^>]*>(2026\/12\/\d+)/.exec(await textOf(visitor, '/desk'))?.[1],
      /用紙は(12月\d+日)まで/.exec(await textOf(visitor, `/desk/${row.id}`))?.[1],
      numbersIn(await textOf(visitor, '/desk?day=2026-12-10')),
      ...(await listed()),
    ];
    expect(await saysOf()).toEqual(['2026/12/09', '12月9日', [], '2026-12-09']);
    // With the closed days of another version of the program.
    const closed = closedDays.holidays as Set<Day>;
    closed.add(day('2026-12-08'));
    try {
      expect(await saysOf()).toEqual(['2026/12/10', '12月10日', [numberOf(row)], '2026-12-10']);
    } finally {
      closed.delete(day('2026-12-08'));
    }
    await forget();
    await moved.close();
  });
});

describe('終わったもの', () => {
  const ENDED = 1_250;

  test('何件あっても、書類を消す日の順に、いちばん古いものまで並び、絞っても同じ', async () => {
    const over = await open();
    const staff = over.staff.desk!;
    // Ends of months whose day does not exist half a year later; some requests without papers; several with the same days and arrivals.
    await over.db.owner.query(
      `INSERT INTO requests (id, year, serial, kind, scope, arrived_on, registered_at, by_actor, last, state, stage, closed_on, kek_version, wrapped_key, assigned_to)
       SELECT gen_random_uuid(), 2026, i, (ARRAY['disclosure', 'correction', 'consultation'])[1 + i % 3], 'customer', date '2026-01-01' + i % 40, now(), 'sekisho', 1,
              CASE WHEN i % 7 = 0 THEN 'withdrawn' ELSE 'closed' END, 'closed', date '2026-08-20' + i % 23, key, CASE WHEN key IS NULL THEN NULL ELSE decode('00', 'hex') END,
              CASE WHEN i % 5 = 0 THEN $2::uuid END
       FROM (SELECT i, CASE WHEN i % 4 > 0 THEN 1 END AS key FROM generate_series(1, $1::int) i) AS r`,
      [ENDED, staff],
    );
    const all = await cases({ office: over.office }, { most: 10_000 });
    expect(all).toHaveLength(ENDED);
    const inOrder = all.toSorted(
      (a, b) =>
        (a.due_on ?? '9999').localeCompare(b.due_on ?? '9999') ||
        b.arrived_on.localeCompare(a.arrived_on) ||
        a.serial - b.serial,
    );
    const visitor = await over.visitor('desk');
    /** The numbers on every page of a list. */
    const walk = async (query: string): Promise<string[]> => {
      const found: string[] = [];
      for (let page = 1; ; page++) {
        const html = await textOf(visitor, `/desk?state=closed${query}&page=${page}`);
        found.push(...numbersIn(html));
        if (!html.includes('rel="next"')) return found;
      }
    };
    const day = inOrder[0]!.due_on;
    expect(day).toBe('2027-02-20');
    for (const [query, is] of [
      ['', () => true],
      ['&kind=correction', ({ kind }) => kind === 'correction'],
      ['&who=me', ({ assigned_to: to }) => to === staff],
      ['&who=nobody&kind=disclosure', ({ assigned_to: to, kind }) => to === null && kind === 'disclosure'],
      ['&day=2027-02-28', ({ due_on: due }) => due === '2027-02-28'],
      ['&from=2026-08-25&to=2026-08-31', ({ closed_on: on }) => on! >= '2026-08-25' && on! <= '2026-08-31'],
      ['&to=2026-08-20&kind=correction', ({ closed_on: on, kind }) => on === '2026-08-20' && kind === 'correction'],
      // A day that is none leaves nothing out.
      ['&from=x', () => true],
      [`&who=${staff}&stage=closed`, ({ assigned_to: to }) => to === staff],
      ['&stage=papers', () => false],
      ['&who=ffffffff-ffff-ffff-ffff-ffffffffffff', () => false],
      ['&who=------------------------------------', () => false],
    ] as [string, (one: Listed) => boolean][]) {
      const numbers = inOrder.filter(is).map((one) => numberOf(one));
      expect([query, await walk(query)]).toEqual([query, numbers]);
      expect([query, await numbersInFile(visitor, `state=closed${query}`)]).toEqual([query, numbers]);
    }
    expect(inOrder.filter(({ due_on: due }) => due === '2027-02-28').length).toBeGreaterThan(100);
    const first = await textOf(visitor, '/desk?state=closed');
    expect(first).toContain(`終わった（${ENDED}）`);
    expect(first).toContain('1,250件のうち 1〜100件');
    expect(first).toContain('終わった日');
    const narrowed = await textOf(visitor, '/desk?state=closed&from=2026-08-25&to=2026-08-31');
    expect(narrowed).toContain('終わった日 2026/08/25から2026/08/31まで');
    expect(narrowed).toContain('name="from" type="date" value="2026-08-25"');
    // What is open has not ended.
    expect(await textOf(visitor, '/desk?from=2026-08-25')).not.toContain('終わった日');
    await over.close();
  });
});

describe('メールのないこと', () => {
  /** Whether the board says so on the first look, and on the next one of the same browser. */
  const looks = async (at: TestOffice, role: Role): Promise<[boolean, boolean]> => {
    const visitor = await at.visitor(role);
    const answer = await visitor.get('/desk');
    const cookie = answer.headers.getSetCookie().find((one) => one.startsWith('desk-mail-off='));
    const first = (await answer.text()).includes('メールの送信は設定されていません');
    expect(cookie !== undefined).toBe(first);
    if (!cookie) return [first, false];
    expect(cookie).toContain('Path=/desk; HttpOnly');
    const again = await visitor.get('/desk', cookie.split(';')[0]);
    return [first, (await again.text()).includes('メールの送信は設定されていません')];
  };

  test.each<[Role, [boolean, boolean]]>([
    ['officer', [true, false]],
    ['desk', [false, false]],
  ])('%sには、初めて開いたときだけ：%j', async (role, seen) => {
    expect(await looks(house, role)).toEqual(seen);
  });

  test('メールがあれば、だれにも言わない', async () => {
    const mailing = await open({ SEKISHO_SMTP: 'smtp://localhost:2525', SEKISHO_MAIL_FROM: 'desk@example.jp' });
    expect(await looks(mailing, 'officer')).toEqual([false, false]);
    await mailing.close();
  });
});
