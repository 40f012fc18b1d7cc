// What every part must keep: no style attribute and no inline script (the content security policy forbids both), all text escaped, every reference
// resolved, a name for everything that can be reached.

import type { Child } from 'hono/jsx';
import { describe, expect, test } from 'vitest';
import { addDays, day } from '../../base/day.ts';
import type { Finding } from '../../base/finding.ts';
import { articleLabel } from './article.ts';
import { StateChart } from './chart.tsx';
import { ClockStrip } from './clock-strip.tsx';
import { Deadlines } from './deadlines.tsx';
import { FindingView } from './finding.tsx';
import { DateField, ErrorSummary, fieldId, PostForm, problemAt, TextField } from './form.tsx';
import { OfficePage } from './frame.tsx';
import { PartsPage, PublicPartsPage, SignInPartsPage } from '../../../tests/parts.tsx';
import { Progress } from './progress.tsx';
import { Fuda, St } from './promise-state.tsx';
import { Table } from './table.tsx';

const text = async (part: Child): Promise<string> => String(await part);
const count = (html: string, part: RegExp | string): number => html.split(part).length - 1;
const all = (html: string, pattern: RegExp): string[] => [...html.matchAll(pattern)].map((m) => m[1]!);

const pages = [
  ['parts', PartsPage],
  ['public', PublicPartsPage],
  ['sign-in', SignInPartsPage],
] as const;

describe.each(pages.flatMap(([name, Page]) => (['ja', 'en'] as const).map((lang) => ({ name, lang, Page }))))(
  'the $name page in $lang',
  ({ lang, Page }) => {
    test('obeys the content security policy: no style attribute, no inline script, nothing from elsewhere', async () => {
      const html = await text(<Page lang={lang} />);
      expect(html).not.toMatch(/\sstyle=/);
      expect(html).not.toMatch(/\son[a-z]+=/);
      expect(html).not.toContain('<style');
      expect(html).not.toMatch(/(?:src|href|action)="(?:https?:)?\/\//);
      expect(all(html, /<script([^>]*)>/g)).toEqual([' type="module" src="/assets/turbo.js"']);
    });

    test('is a document in its language with one h1, one main and a way to skip to it', async () => {
      const html = await text(<Page lang={lang} />);
      expect(html.startsWith(`<!doctype html><html lang="${lang}">`)).toBe(true);
      expect(count(html, '<h1')).toBe(1);
      expect(count(html, /<main\b/)).toBe(1);
      expect(html).toContain('class="skip" href="#main"');
      expect(html).toContain('name="viewport"');
      expect(html).toContain('<meta name="turbo-prefetch" content="false"');
    });

    test('has unique ids, and every reference to an id finds it', async () => {
      const html = await text(<Page lang={lang} />);
      const ids = all(html, /\sid="([^"]+)"/g);
      expect(new Set(ids).size).toBe(ids.length);
      const referred = all(html, /\s(?:for|aria-describedby|aria-labelledby)="([^"]+)"/g).flatMap((v) => v.split(' '));
      expect(referred.filter((id) => !ids.includes(id))).toEqual([]);
    });

    test('labels every control', async () => {
      const html = await text(<Page lang={lang} />);
      const labelled = all(html, /<label[^>]*\sfor="([^"]+)"/g);
      const controls = all(html, /<(?:input|select|textarea)\s([^>]*)>/g).filter(
        (c) => !/type="(?:hidden|checkbox|radio)"/.test(c),
      );
      expect(controls.filter((c) => !labelled.includes(/id="([^"]+)"/.exec(c)?.[1] ?? ''))).toEqual([]);
    });
  },
);

test('texts that look like markup are shown, never run', async () => {
  const html = await text(<PartsPage lang="ja" />);
  expect(html).not.toContain('<script>alert');
  expect(html).toContain('&lt;script&gt;alert(&quot;髙&quot;)&lt;/script&gt;');
  expect(html).toContain('value="&lt;script&gt;alert(&quot;𠮷&quot;)&lt;/script&gt;"');
});

describe('frame', () => {
  const bare = { lang: 'ja', may: () => true, nav: { groups: [] }, company: '例示', footer: [], csrf: '' } as const;
  const page = (path: string, failed = false): Child => (
    <OfficePage
      lang="ja"
      may={() => true}
      title="台帳"
      path={path}
      nav={{
        groups: [
          { links: [{ href: '/', label: 'ホーム' }] },
          {
            links: [
              { href: '/ledger', label: '台帳', count: 3, bad: true },
              { href: '/ledger/archive', label: '廃止' },
            ],
          },
        ],
      }}
      company="<b>例示"
      user={{ name: '関口', role: '管理者' }}
      footer={[]}
      csrf='"token'
      failed={failed}
    />
  );

  test('marks the one place the page belongs to', async () => {
    const current = async (path: string): Promise<string[]> =>
      all(await text(page(path)), /<a href="([^"]+)" aria-current="page"/g);
    expect(await current('/ledger/L-018?tab=2')).toEqual(['/ledger']);
    expect(await current('/ledger/archive')).toEqual(['/ledger/archive']);
    expect(await current('/')).toEqual(['/']);
    expect(await current('/ledgers')).toEqual([]);
  });

  test('leads to the same page in the other language and keeps what was asked', async () => {
    expect(await text(page('/ledger?q=%E5%90%8D&lang=ja'))).toContain('href="/ledger?q=%E5%90%8D&amp;lang=en"');
    expect(await text(page('/ledger'))).toContain('href="/ledger?lang=en"');
  });

  test('begins the title of a failed form with エラー', async () => {
    expect(await text(page('/ledger', true))).toContain('<title>エラー：台帳 | 関所</title>');
    expect(await text(page('/ledger'))).toContain('<title>台帳 | 関所</title>');
  });

  test('signs out by a form that carries the token', async () => {
    const html = await text(page('/ledger'));
    expect(count(html, 'action="/sign-out"')).toBe(2);
    // Including the search.
    expect(count(html, 'name="csrf" value="&quot;token"')).toBe(3);
    expect(html).toContain('&lt;b&gt;例示');
  });

  test('searches from every page by a form whose words stand in no address, and on a narrow screen by a link of the menu', async () => {
    const searchIn = (html: string): string => /<form[^>]*role="search".*?<\/form>/s.exec(html)?.[0] ?? '';
    const html = await text(page('/ledger'));
    expect(searchIn(html)).toMatch(
      /^<form class="head-search" role="search" action="\/search" method="post" data-turbo="false">/,
    );
    expect(searchIn(html)).toMatch(/<label class="sr-only" for="site-search">台帳・案件・条項を探す<\/label>/);
    expect(searchIn(html)).not.toContain(' value=""');
    expect(html).toContain('<a class="find" href="/search">検索</a>');
    // On its own page the search field is in the sheet.
    const own = await text(page('/search'));
    expect(searchIn(own)).toBe('');
    expect(own).toContain('<a class="find" href="/search" aria-current="page">検索</a>');
    // A visitor who is not signed in has no search.
    const without = await text(<OfficePage {...bare} title="台帳" path="/ledger" />);
    expect(without).not.toContain('/search');
  });
});

describe('finding', () => {
  const because: Finding['because'] = [{ law: 'APPI', article: '18(1)', says: { ja: '範囲の外', en: 'Beyond it' } }];
  const view = (finding: Finding): Promise<string> =>
    text(
      <FindingView
        lang="ja"
        finding={finding}
        question="問い"
        title="題"
        says="文"
        permit={[['通行証', 'P-1']]}
        madeUnder="第7版"
      />,
    );

  test('shows a permit with a yes only', async () => {
    expect(await view({ answer: 'yes', because, duties: [] })).toContain('P-1');
    expect(await view({ answer: 'no', because, duties: [] })).not.toContain('P-1');
    const hold = await view({
      answer: 'unknown',
      because,
      missing: [{ fact: 'by', law: 'APPI-Rules', article: '18(1)', says: { ja: '確かめた日', en: 'Day checked' } }],
    });
    expect(hold).not.toContain('P-1');
    expect(hold).toContain('finding-hold');
    expect(hold).toContain('aria-label="保留"');
    expect(hold).toContain('規則18条1項');
    expect(hold).toContain('確かめた日');
  });

  test('says duties in the order they come, with their days', async () => {
    const duty = { do: 'record-provision', law: 'APPI', article: '29(1)' } as const;
    const html = await view({
      answer: 'yes',
      because,
      duties: [
        { ...duty, says: { ja: '三', en: '3' }, when: 'later', by: day('2027-06-03') },
        { ...duty, says: { ja: '二', en: '2' }, when: 'at-once', items: ['code-name'], keepUntil: day('2029-12-07') },
        { ...duty, says: { ja: '一', en: '1' }, when: 'before' },
      ],
    });
    const order = [
      '先に要ること',
      '一',
      'いまの義務',
      '二',
      '2029年12月7日まで保存',
      'あとの義務',
      '三',
      '2027年6月3日まで',
    ];
    const places = order.map((words) => html.indexOf(words, html.indexOf('先に要ること')));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(html).not.toContain('code-name');
  });

  test.each([
    ['APPI', '27(5)(i)', '法27条5項1号', 'APPI Art. 27(5)(i)'],
    ['APPI', '18(3)(ii)', '法18条3項2号', 'APPI Art. 18(3)(ii)'],
    ['APPI-Rules', '20(1)(ii)', '規則20条1項2号', 'APPI Rules Art. 20(1)(ii)'],
    ['APPI', '23', '法23条', 'APPI Art. 23'],
    ['NumberingAct', '19(xiv)', '番号法19条14号', 'Numbering Act Art. 19(xiv)'],
    ['NumberingAct', '19(xvi)', '番号法19条16号', 'Numbering Act Art. 19(xvi)'],
    ['ITA', '225(1)(iii)', '所得税法225条1項3号', 'Income Tax Act Art. 225(1)(iii)'],
    ['TBA-Rules', '22-2-29', '電気通信事業法施行規則22条の2の29', 'TBA Rules Art. 22-2-29'],
    ['NumberingAct-Guideline', 'Q3-9', '特定個人情報ガイドライン Q3-9', 'My Number Guideline Q3-9'],
    ['TBA', '27-12(1)', '電気通信事業法27条の12 1項', 'TBA Art. 27-12(1)'],
    ['TBA', '27-12(iv)', '電気通信事業法27条の12 4号', 'TBA Art. 27-12(iv)'],
    ['APPI', '27(5), 28', '法 27(5), 28', 'APPI Art. 27(5), 28'],
    ['APPI', '21(2) proviso', '法21条2項ただし書', 'APPI Art. 21(2) proviso'],
    ['Guideline', '3-6-1', 'ガイドライン 3-6-1', 'Guideline 3-6-1'],
    ['policy', '19', '方針 条項19', 'Policy clause 19'],
  ] as const)('writes %s %s as people read it', (law, article, ja, en) => {
    expect(articleLabel(law, article, 'ja')).toBe(ja);
    expect(articleLabel(law, article, 'en')).toBe(en);
  });
});

describe('promise', () => {
  test('a plaque is read out by clause and state', async () => {
    expect(await text(<Fuda lang="ja" clause="86" state="broken" href="#c86" />)).toContain(
      'aria-label="条項86：守れていない"',
    );
    expect(await text(<Fuda lang="en" clause="105" state="none" href="#" />)).toContain(
      'aria-label="Clause 105: no promise"',
    );
  });

  test('a mark with other words still says its state', async () => {
    expect(
      await text(
        <St state="broken" lang="ja">
          6日超過
        </St>,
      ),
    ).toContain('<span class="sr-only">守れていない </span>6日超過');
    expect(await text(<St state="unknown" lang="en" />)).toMatch(/Unknown<\/span>$/);
  });

  test('the chart is drawn to scale from zero and has every figure in its table', async () => {
    const bars = [
      { label: '11/30', counts: { broken: 1, risk: 3, unknown: 6 } },
      { label: '12/7', counts: { broken: 2, risk: 8 } },
    ];
    const html = await text(<StateChart lang="ja" bars={bars} label="減った" caption="推移" period="週" />);
    const heights = all(html, /<rect class="c-[a-z]+"[^>]*height="([^"]+)"/g).map((h) => Number(h) + 1);
    expect(heights).toHaveLength(5);
    expect(heights[1]! / heights[0]!).toBeCloseTo(3, 1);
    expect(heights[0]! + heights[1]! + heights[2]!).toBeCloseTo(heights[3]! + heights[4]!, 0);
    expect(html).toContain('role="img" aria-label="減った"');
    expect(all(html, /<td class="r">(\d+)<\/td>/g)).toEqual(['3', '1', '6', '8', '2', '0']);
  });
});

describe('form', () => {
  const problems = [
    { field: 'recipient.name', says: { ja: '名称を入れてください', en: 'enter the name' } },
    { field: 'form', says: { ja: '読み直してください', en: 'reload' } },
  ];

  test('the summary links each sentence to its field, and the field says the same sentence', async () => {
    const labels = { 'recipient.name': { ja: '提供先', en: 'Recipient' } };
    const summary = await text(<ErrorSummary lang="ja" problems={problems} labels={labels} />);
    expect(summary).toContain('role="alert"');
    expect(summary).toContain('2か所を直してください');
    expect(summary).toContain('<a href="#f-recipient-name" data-turbo="false">提供先：名称を入れてください</a>');
    expect(summary).toContain('<li>読み直してください</li>');
    const field = await text(
      <TextField
        lang="ja"
        name="recipient.name"
        label="提供先"
        need="required"
        hint="登記の名称"
        value='"><script>'
        error={problemAt(problems, 'recipient.name', 'ja')}
      />,
    );
    expect(field).toContain('id="f-recipient-name"');
    expect(field).toContain('aria-invalid="true"');
    expect(field).toContain('aria-describedby="f-recipient-name-h f-recipient-name-e"');
    expect(field).toContain('名称を入れてください');
    expect(field).toContain('※必須');
    expect(field).toContain('value="&quot;&gt;&lt;script&gt;"');
    expect(fieldId('recipient.name')).toBe('f-recipient-name');
  });

  test('there is no summary without problems', async () => {
    expect(await text(<ErrorSummary lang="ja" problems={[]} labels={{}} />)).not.toContain('alert');
  });

  test('where no field is wrong, the summary asks to put none right', async () => {
    const problems = [{ field: '', says: { ja: '3秒後にもう一度入れてください', en: 'Try again in 3 seconds' } }];
    const summary = await text(<ErrorSummary lang="ja" problems={problems} labels={{ email: 'メールアドレス' }} />);
    expect(summary).toContain('受け付けられませんでした');
    expect(summary).not.toContain('直してください');
  });

  test('a password is never written back', async () => {
    const html = await text(<TextField lang="ja" name="p" type="password" label="合言葉" value="secret" />);
    expect(html).not.toContain('secret');
  });

  test('a day that was understood is said back in words', async () => {
    const html = await text(<DateField lang="ja" name="d" label="日" value="R8.12.7" understood={day('2026-12-07')} />);
    expect(html).toContain('value="R8.12.7"');
    expect(html).toContain('2026年12月7日（月） 令和8年と読みました');
    expect(html).toContain('aria-describedby="f-d-h f-d-u"');
  });

  test('a form carries the token and its hidden values, escaped', async () => {
    const html = await text(<PostForm action="/x" csrf={'a"b'} values={{ next: '/y', gone: undefined }} />);
    expect(html).toContain('<input type="hidden" name="csrf" value="a&quot;b"/>');
    expect(html).toContain('name="next" value="/y"');
    expect(html).not.toContain('gone');
  });
});

describe('table', () => {
  test('has a name, a header for every row, its sort order, and words where a cell is empty', async () => {
    const html = await text(
      <Table
        lang="ja"
        caption="台帳の表"
        stack
        columns={[
          { key: 'name', head: '台帳', rowHead: true, sort: { href: '?s', now: 'descending' } },
          { key: 'people', head: '人数', align: 'right' },
          { key: 'act', head: '操作', quiet: true },
        ]}
        rows={[{ cells: { name: '<i>', people: 0, act: '' } }]}
      />,
    );
    expect(html).toContain('role="region" aria-label="台帳の表"');
    expect(html).toContain('<caption class="sr-only">台帳の表</caption>');
    expect(html).toContain('aria-sort="descending"');
    expect(html).toContain('<th scope="row">&lt;i&gt;</th>');
    expect(html).toContain('<td class="r" data-label="人数">0</td>');
    expect(html).toContain('<span class="muted">なし</span>');
  });
});

describe('time', () => {
  const from = day('2026-12-01');
  const clock = (today: string, warn?: string): Promise<string> =>
    text(
      <ClockStrip
        from={from}
        today={day(today)}
        warn={warn === undefined ? undefined : day(warn)}
        due={day('2026-12-15')}
        rest={new Set([addDays(from, 4)])}
        labels={{ from: '届いた日', today: '今日', warn: '警告', due: '期限' }}
        says="残り8日"
      />,
    );

  test('the clock has one cell a day, past, today, rest, warning and deadline', async () => {
    const html = await clock('2026-12-07', '2026-12-11');
    expect(count(html, '<i>')).toBe(15);
    expect(all(html, /class="(clk-day[^"]*)"/g).filter((c) => c.includes('past'))).toHaveLength(6);
    expect(html).toContain('clk-day past rest');
    expect(html).toContain('clk-day warn key');
    expect(html).toContain('clk-day due key');
    expect(html).toContain('role="img" aria-label="残り8日"');
  });

  test('of more days than a month only those that are named have their number', async () => {
    expect(await clock('2026-12-31')).not.toContain('clk-long');
    expect(await clock('2027-01-01')).toContain('clk-long');
  });

  test('it goes on past the deadline, and labels that would touch stand on two lines', async () => {
    const html = await clock('2026-12-17');
    expect(count(html, '<i>')).toBe(17);
    expect(html).toContain('clk-day past due key');
    expect(html).toContain('clk-up');
    expect(html).toContain('clk-2');
  });

  test('days ahead have a cell each, one mark for all that is due on one, and every row in the table', async () => {
    const part = (await text(<PartsPage lang="ja" />)).split('id="ahead"')[1]!.split('</section>')[0]!;
    expect([...part.matchAll(/class="due-day[ "]/g)]).toHaveLength(28);
    expect([...part.matchAll(/class="due-day due-closed"/g)]).toHaveLength(8);
    expect([...part.matchAll(/<circle class="due-(\w+)"/g)].map(([, kind]) => kind)).toEqual([
      'late',
      'coming',
      'coming',
      'coming',
    ]);
    const names = [...part.matchAll(/<text class="due-name([^"]*)" x="([\d.]+)" y="(\d+)">([^<]*)/g)];
    expect(names.map(([, end, , y, text]) => [end, y, text])).toEqual([
      ['', '50', 'R-2026-027 2日超過'],
      ['', '34', 'R-2026-029 ほか1件'],
      ['', '18', 'R-2026-031'],
      [' end', '50', 'Northwind Events'],
    ]);
    expect([...part.matchAll(/<th scope="row"/g)]).toHaveLength(5);
  });

  test('of more than fit a page the table has the first, says how many there are besides, and the picture has all', async () => {
    const today = day('2026-12-07');
    const ahead = (lang: 'ja' | 'en', n: number): Promise<string> =>
      text(
        <Deadlines
          lang={lang}
          today={today}
          days={28}
          isClosed={() => false}
          items={Array.from({ length: n }, (_, i) => ({
            on: addDays(today, Math.floor(i / 20)),
            name: `R-${i}`,
            title: `R-${i}`,
            href: `/desk/${i}`,
          }))}
          label="期限"
          caption="期限"
        />,
      );
    const rows = (html: string): number => count(html, '<th scope="row"');
    const [all, more] = [await ahead('ja', 60), await ahead('ja', 1269)];
    expect([rows(all), rows(more)]).toEqual([60, 60]);
    expect(all).not.toContain('ほかに');
    expect(more).toContain('期限の早いものから60件です。ほかに1,209件が、それぞれの一覧にあります。');
    expect(more).toContain('R-540 ほか19件');
    expect(await ahead('en', 1269)).toContain('The 60 that are due first. 1,209 more stand in their lists.');
    expect(await ahead('en', 61)).toContain('The 60 that are due first. 1 more stands in its list.');
  });

  test('progress never says more than all', async () => {
    const at = async (done: number, total: number): Promise<string | undefined> =>
      all(await text(<Progress label="書き出し" done={done} total={total} />), /aria-valuenow="(\d+)"/g)[0];
    expect(await at(11270, 18400)).toBe('61');
    expect(await at(18400, 18400)).toBe('100');
    expect(await at(5, 0)).toBe('0');
    expect(await at(9, 3)).toBe('100');
  });
});
