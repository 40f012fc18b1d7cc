// What a search finds, and in which order.

import { describe, expect, test } from 'vitest';
import { both } from '../../base/bilingual.ts';
import { foundIn, idIn, isCalled, isOfSomebody, MOST_SHOWN, type Thing } from './facts.ts';

const id = '0193a1b2-c3d4-7000-8000-00000000000a';
const things: Thing[] = [
  { name: both('株式会社 みなと印刷', 'Minato Printing Co.'), href: '/r/1', says: both('委託先、日本', 'Entrusted') },
  { name: both('印刷物の発送', 'Mailing'), href: '/r/2', numbers: [id, 'L-012'] },
  { name: both('データの分析', 'Analysis of data'), href: '/r/3', says: both('第12部', 'Department 12') },
  { name: both('条項12', 'Clause 12'), href: '/r/4', numbers: ['12', '1,234'], says: both('印刷しません', 'No print') },
];
const find = (typed: string, may: (href: string) => boolean = () => true): string[] =>
  foundIn({ title: both('もの', 'Things') }, things, typed, may)?.things.map(({ href }) => href) ?? [];

describe('a thing is found', () => {
  test.each([
    ['みなと', ['/r/1']],
    ['ミナト', ['/r/1']],
    ['ﾐﾅﾄ印刷', ['/r/1']],
    ['株式会社みなと印刷', ['/r/1']],
    ['minato  PRINTING', ['/r/1']],
    ['ＭＩＮＡＴＯ', ['/r/1']],
    ['でーた', ['/r/3']],
    ['委託 みなと', ['/r/1']],
    ['entrusted', ['/r/1']],
    // A name that begins with the text, then one that contains it, then a thing whose line does.
    ['印刷', ['/r/2', '/r/1', '/r/4']],
    // A whole number before a name that contains it.
    ['12', ['/r/4', '/r/3']],
    ['L-012', ['/r/2']],
    ['ｌ０１２', ['/r/2']],
    ['1234', ['/r/4']],
    [id.toUpperCase(), ['/r/2']],
    [id.slice(0, 8), []],
    ['L-01', []],
    ['無い', []],
    ['みなと 分析', []],
  ])('%s', (typed, hrefs) => expect(find(typed.normalize('NFKC'))).toEqual(hrefs));
});

test('a name that is the text comes before one that begins with it, and a name before a line', () => {
  const longer: Thing = { name: both('データの分析の手順', 'How to analyse'), href: '/r/5' };
  const found = (typed: string) =>
    foundIn({ title: both('もの', 'Things') }, [longer, ...things.toReversed()], typed, () => true)?.things.map(
      ({ href }) => href,
    );
  expect(found('データの分析')).toEqual(['/r/3', '/r/5']);
  expect(found('印刷')).toEqual(['/r/2', '/r/1', '/r/4']);
});

test('what the reader may not open is not found, but for where they go instead', () => {
  expect(find('印刷', (href) => href !== '/r/2')).toEqual(['/r/1', '/r/4']);
  const place: Thing = { name: both('取得', 'Acquisitions'), href: '/list', or: '/new' };
  const at = (may: (href: string) => boolean) =>
    foundIn({ title: both('画面', 'Pages') }, [place], '取得', may)?.things.map(({ href }) => href);
  expect(at(() => true)).toEqual(['/list']);
  expect(at((href) => href === '/new')).toEqual(['/new']);
  expect(at(() => false)).toBeUndefined();
});

test('so many of a kind are shown, and that there are more is said', () => {
  const many = Array.from({ length: MOST_SHOWN + 1 }, (_, i) => ({
    name: both(`台帳${i}`, `Holding ${i}`),
    href: '/x',
  }));
  const found = (of: readonly Thing[]) => foundIn({ title: both('台帳', 'Ledger') }, of, '台帳', () => true);
  expect(found(many)).toMatchObject({ more: true, things: { length: MOST_SHOWN } });
  expect(found(many.slice(1))).toMatchObject({ more: false, things: { length: MOST_SHOWN } });
  expect(isCalled(both('台帳', 'Ledger'), 'led')).toBe(true);
  expect(isCalled(both('台帳', 'Ledger'), 'reg')).toBe(false);
});

test('what is written like the address or the number of somebody is known as that', () => {
  for (const typed of [
    'hana@example.jp',
    'hana＠example.jp',
    '03-0000-0000',
    '090 0000 0000',
    '+81 3 0000 0000',
    '03ー0000ー0000',
    '012345678',
  ])
    expect([typed, isOfSomebody(typed.normalize('NFKC'))]).toEqual([typed, true]);
  for (const typed of ['R-2026-031', '2026-031', '12', '1,234', '12345678', 'L-0123456789', '例示 花'])
    expect([typed, isOfSomebody(typed)]).toEqual([typed, false]);
  expect([idIn(id.toUpperCase()), idIn('12')]).toEqual([id, null]);
});
