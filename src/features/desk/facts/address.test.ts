import { expect, test } from 'vitest';
import { addressCheckOf, isSamePlace } from './address.ts';

test.each([
  ['東京都中央区例示町1-2-3', '東京都中央区例示町１丁目２番３号'],
  ['東京都中央区例示町1-2-3', '〒104-0000 中央区例示町一丁目2番地の3'],
  ['東京都中央区例示町12-3', '104-0000　東京都中央区例示町十二丁目３'],
  ['東京都中央区例示町1-2-3', '東京都中央区例示町1-2-3 例示マンション'],
  ['東京都中央区例示町1-2-3 例示マンション101号室', '東京都中央区例示町1−2−3　例示マンション101'],
  ['神奈川県横浜市例示区例示2番4号', '横浜市例示区例示2-4'],
  ['1-2-3 Rei, Chuo-ku', '1-2-3 rei  chuo-ku'],
])('%s と %s は同じところ', (one, other) => {
  expect([isSamePlace(one, other), isSamePlace(other, one)]).toEqual([true, true]);
});

test.each([
  ['東京都中央区例示町1-2-3', '東京都中央区例示町1-2-4'],
  ['東京都中央区例示町1-2-3', '東京都中央区例示町1-2-31'],
  ['東京都中央区例示町1-2', '東京都中央区例示町1-2-3'],
  ['東京都中央区例示町1-2-3 101', '東京都中央区例示町1-2-3 102'],
  ['東京都中央区例示町1-2-3', '大阪府大阪市例示区例示町1-2-3'],
  ['東京都中央区', '東京都中央区例示町1-2-3'],
  ['', '東京都中央区例示町1-2-3'],
])('%s と %s は同じところと言わない', (one, other) => {
  expect([isSamePlace(one, other), isSamePlace(other, one)]).toEqual([false, false]);
});

test('どれか1つの台帳と違えば違い、住所が1つもなければ、ないとする', () => {
  const to = '東京都中央区例示町1-2-3';
  expect(addressCheckOf(to, [])).toBe('none');
  expect(addressCheckOf(to, ['中央区例示町1丁目2番3号', to])).toBe('same');
  expect(addressCheckOf(to, [to, '大阪府大阪市例示区9-9'])).toBe('other');
});
