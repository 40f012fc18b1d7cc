// A new version of the policy in a real browser: a purpose is reworded, the checks are shown, it is proposed, and the officer judges the new
// wording before approval.

import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { failuresIn } from '../house.ts';
import { standingClock } from '../../src/platform/clock.ts';
import { openBrowserOffice, type BrowserOffice } from './office.ts';

let house: BrowserOffice;
beforeAll(async () => {
  house = await openBrowserOffice(standingClock('2026-12-07T10:00:00+09:00'));
});
afterAll(() => house.close());

/** Types `now` over each `old` in place: typing a whole long text anew keeps the browser busy for many seconds. */
async function retype(page: Page, text: Locator, old: string, now: string): Promise<void> {
  await text.focus();
  const selected = (): Promise<boolean> =>
    text.evaluate((area: { value: string; setSelectionRange(from: number, to: number): void }, words) => {
      const at = area.value.indexOf(words);
      if (at >= 0) area.setSelectionRange(at, at + words.length);
      return at >= 0;
    }, old);
  while (await selected()) await page.keyboard.insertText(now);
}

test('a purpose is worded otherwise: written, checked, gone back to, proposed, judged and approved', async () => {
  const { page } = await house.enter('officer', 'ja');
  await page.goto(house.url('/living-policy/new'));
  await page.fill('[name="effective_on"]', '2026/12/20');
  const [old, now] = ['セミナーやフォーラムのご案内', 'セミナーとフォーラムのご案内'];
  for (const [label, file] of [
    ['利用目的', 'purposes.yaml'],
    ['条項', 'clauses.yaml'],
  ] as const) {
    await page.locator('summary', { hasText: file }).click();
    const text = page.locator(`[name="${file}"]`);
    await retype(page, text, old, now);
    expect([label, (await text.inputValue()).includes(now)]).toEqual([label, true]);
  }
  await page.getByRole('button', { name: '点検する' }).click();
  await page.getByRole('heading', { name: '新しい版の点検' }).waitFor();
  await page.getByRole('row').filter({ hasText: '利用目的 P3' }).first().waitFor();

  await page.getByRole('button', { name: '書き直す' }).click();
  await page.getByRole('heading', { name: '新しい版', exact: true }).waitFor();
  expect(await page.locator('[name="purposes.yaml"]').inputValue()).toContain(now);
  await page.getByRole('button', { name: '点検する' }).click();
  await page.getByRole('button', { name: 'この内容で提案する' }).click();
  await page.waitForURL(house.url('/living-policy/versions/2'));

  await page.locator('[name="judged.P3"][value="editorial"]').check();
  await page.fill('[name="reason.P3"]', '言い回しだけの変更');
  await page.getByRole('button', { name: '承認する' }).click();
  const judged = () =>
    house.db.owner.query("SELECT judged FROM purpose_wordings WHERE version = 2 AND purpose = 'P3'", []);
  await expect.poll(judged).toEqual([{ judged: 'editorial' }]);
  expect(failuresIn(house.reported)).toEqual([]);
});
