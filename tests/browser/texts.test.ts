// The sentences of the letters in a real browser: what is typed can be previewed beside the page and stays typed, it is saved with one press, and
// of two officers with the same form open the second loses nothing.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { failuresIn } from '../house.ts';
import { standingClock } from '../../src/platform/clock.ts';
import { openBrowserOffice, type BrowserOffice } from './office.ts';

let house: BrowserOffice;
beforeAll(async () => {
  house = await openBrowserOffice(standingClock('2026-12-07T10:00:00+09:00'));
});
afterAll(() => house.close());

const TITLE = '[name="consultation.title.ja"]';
const AT = '/desk/texts/consultation';

test('an officer looks at a letter beside the form, keeps it, and a second one is told and loses nothing', async () => {
  const first = (await house.enter('officer', 'ja')).page;
  const second = (await house.enter('officer', 'ja')).page;
  for (const page of [first, second]) await page.goto(house.url(AT));

  await first.fill(TITLE, 'お返事');
  const [answer] = await Promise.all([
    first.context().waitForEvent('response', (response) => response.url().endsWith(`${AT}/preview`)),
    first.getByRole('button', { name: 'PDFで見る' }).click(),
  ]);
  expect([answer.status(), answer.headers()['content-type']]).toEqual([200, 'application/pdf']);
  expect([first.url(), await first.inputValue(TITLE)]).toEqual([house.url(AT), 'お返事']);

  await first.getByRole('button', { name: '新しい版として保存する' }).click();
  await first.getByRole('status').getByText('保存しました').waitFor();
  expect([first.url(), await first.inputValue(TITLE)]).toEqual([house.url(`${AT}?saved`), 'お返事']);

  await second.fill(TITLE, 'ご回答');
  await second.getByRole('button', { name: '新しい版として保存する' }).click();
  await second.getByRole('alert').getByText('ほかの人が先に').waitFor();
  expect(await second.inputValue(TITLE)).toBe('ご回答');
  await second.getByText('いまの文：お返事').waitFor();
  await second.getByRole('button', { name: '新しい版として保存する' }).click();
  await second.getByRole('status').getByText('保存しました').waitFor();

  await second.goto(house.url('/desk/texts/versions/3'));
  const row = second.getByRole('row').filter({ hasText: 'ご回答' });
  expect(await row.innerText()).toContain('お返事');
  expect(failuresIn(house.reported)).toEqual([]);
});
