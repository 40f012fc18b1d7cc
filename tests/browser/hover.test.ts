// A link that is only pointed at is not fetched: looking at a page may be logged, and pointing is not looking.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { standingClock } from '../../src/platform/clock.ts';
import { openBrowserOffice, type BrowserOffice } from './office.ts';

let on: BrowserOffice;
beforeAll(async () => {
  on = await openBrowserOffice(standingClock('2026-12-07T10:00:00+09:00'));
});
afterAll(() => on.close());

test('a link under the mouse asks for nothing until it is pressed', async () => {
  const { page } = await on.enter('officer', 'ja');
  await page.goto(on.url('/ledger'));
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  const link = page.locator('a[href="/consents"]').first();
  await link.hover();
  // Turbo would wait a tenth of a second.
  await page.waitForTimeout(600);
  expect(asked).toEqual([]);
  await link.click();
  await page.waitForURL(on.url('/consents'));
  expect(asked).toContain('/consents');
  await page.context().close();
});
