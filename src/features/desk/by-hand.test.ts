// The page tells whoever registers, corrects or prints that our fonts cannot print a name or an address, so that it is written by hand.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDesk, registered, rightPapers, seen, wordsOf } from '../../../tests/desk.ts';
import type { TestOffice, Visitor } from '../../../tests/office.ts';
import { askedThemselves, valueOf } from '../../../tests/people.ts';
import { listEntries } from '../../log/index.ts';
import type { By, Room } from '../access/index.ts';
import { bodyOf } from './store/events.ts';
import type { Case } from './actions/cases.ts';
import { printLetter } from './actions/copies.ts';
import { amend } from './actions/amend.ts';
import { identify, receivePapers } from './actions/receive.ts';
import { isByHand } from './facts/request.ts';
import { deskPages } from './pages/desk.tsx';

let house: TestOffice;
let desk: Room;
let by: By;
let clerk: Visitor;
beforeAll(async () => {
  ({ house, desk, by } = await openTestDesk((office, access) => deskPages({ office, access })));
  clerk = await house.visitor('desk');
});
afterAll(() => house.close());

const place = '〒104-0000 東京都中央区例示町9-9';
const from = (name: string, address = place) => ({ sender: { name, address, email: '' } });
const warned = async ({ row }: Case): Promise<boolean> =>
  (await (await clerk.get(`/desk/${row.id}`)).text()).includes('氏名か住所に、印刷できない文字があります');
const label = async ({ row }: Case): Promise<string> =>
  wordsOf(valueOf(await printLetter(desk, by, row.id, 'labels')).bytes);

test.each([
  ['氏名', from('𪚥田 花子')],
  ['住所', from('例示 花子', '東京都中央区𪚥町1-1')],
])('受け付けた差出人の%sに印刷できない文字があれば、その請求の画面とラベルの用紙で知らせる', async (_, sender) => {
  const one = await registered(desk, by, 'disclosure', { ...sender, another: true });
  expect([isByHand(one.request), await warned(one)]).toEqual([true, true]);
  expect(await label(one)).toContain('〓は印刷できない文字です。届いた手紙を見て、手で書いてください');
});

test('印刷できる名前なら、稀な字でも知らせない', async () => {
  const one = await registered(desk, by, 'disclosure', from('髙橋 𠮷辻󠄀之介'));
  expect([isByHand(one.request), await warned(one)]).toEqual([false, false]);
  expect(await label(one)).not.toContain('〓');
});

test('差出人を直せば、直した名前のとおりに知らせる', async () => {
  const one = await registered(desk, by, 'disclosure', from('例示 平太'));
  const right = (name: string, now: Case) => amend(desk, by, one.row.id, seen(now), { sender: { name } });
  const rare = valueOf(await right('例示 𪚥太', one));
  expect([isByHand(rare.request), await warned(rare)]).toEqual([true, true]);
  const plain = valueOf(await right('例示 平太郎', rare));
  expect([isByHand(plain.request), await warned(plain)]).toEqual([false, false]);
  // Nothing else about it is on record.
  expect(plain.events.map(bodyOf).filter(({ event }) => event === 'amended')).toMatchObject([
    { byHand: { sender: true, agent: null } },
    { byHand: { sender: false, agent: null } },
  ]);
  const logged = await listEntries(desk.office.database, { actions: ['desk:amended'], most: 2 });
  expect(JSON.stringify(logged)).not.toMatch(/例示|𪚥/);
});

test('手紙が代理人に送られるなら、代理人の宛名による', async () => {
  const one = await registered(desk, by, 'correction', from('𪚥田 次郎'));
  const on = desk.office.clock.today();
  const came = valueOf(await receivePapers(desk, by, one.row.id, seen(one), { on, ...rightPapers, feeYen: 0 }));
  const agent = { name: '代理 三郎', address: place, email: '', principal: '' };
  const mandate = { requester: 'mandated-agent', authority: ['power-of-attorney'] } as const;
  const known = await identify(desk, by, one.row.id, seen(came), { on, ...askedThemselves, ...mandate, agent });
  expect([isByHand(came.request), isByHand(valueOf(known).request)]).toEqual([true, false]);
  const moved = { sender: {}, agent: { address: '東京都中央区𪚥町1-1' } };
  expect(isByHand(valueOf(await amend(desk, by, one.row.id, seen(valueOf(known)), moved)).request)).toBe(true);
});
