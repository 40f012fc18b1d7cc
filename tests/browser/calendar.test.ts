// The calendar of the desk in the browser: what is due can be reached from the month to its day and to the request with the keyboard alone, and
// nothing is wider than the window.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays, day } from '../../src/base/day.ts';
import { acknowledge, registerRequest } from '../../src/features/desk/index.ts';
import { standingClock } from '../../src/platform/clock.ts';
import { must } from '../server.ts';
import { openBrowserOffice, type BrowserOffice } from './office.ts';
import { faultsBothWays, type Lang } from './inspect.ts';

const DUE = day('2026-12-15');
const ON_THE_DAY = 9;
let on: BrowserOffice;

beforeAll(async () => {
  on = await openBrowserOffice(standingClock('2026-12-07T09:00:00+09:00'));
  const desk = on.app;
  const by = { actor: { kind: 'sekisho' }, authority: [] } as const;
  const letter = { kind: 'consultation', scope: 'customer', channel: 'letter', lang: 'ja', says: '' } as const;
  for (let i = 0; i < ON_THE_DAY + 3; i++) {
    const arrivedOn = addDays(DUE, i < ON_THE_DAY ? -14 : -16 - i);
    const sender = { name: `例示 ${i}`, address: '東京都例示区1-2-3', email: '' };
    const { case: one } = must(await registerRequest(desk, by, { ...letter, arrivedOn, sender, another: false }));
    // Only the answer of the request is still due.
    must(await acknowledge(desk, by, one.row.id, { seen: 1 }, { on: arrivedOn, how: 'otherwise' }));
  }
});
afterAll(() => on.close());

test.each<[Lang, number]>([
  ['ja', 390],
  ['en', 1280],
])('%s at %i px', async (lang, width) => {
  const tab = await on.enter('desk', lang, width);
  const { page } = tab;
  /** Presses Tab until the focus is on this link, and opens it. */
  const open = async (href: RegExp): Promise<void> => {
    for (let i = 0; i < 200; i++) {
      await page.keyboard.press('Tab');
      const at = await page.evaluate<string>("document.activeElement?.getAttribute('href') ?? ''");
      if (!href.test(at)) continue;
      await Promise.all([page.waitForURL((url) => href.test(url.pathname + url.search)), page.keyboard.press('Enter')]);
      await page.waitForFunction("document.querySelector('[aria-busy=true]') === null");
      return;
    }
    throw new Error(`no link to ${href.source} is reached`);
  };
  for (const place of ['/desk?view=calendar', '/desk?view=calendar&week=2026-12-15']) {
    await page.goto(on.url(place));
    expect(await faultsBothWays(page, lang)).toEqual([]);
  }
  await page.setViewportSize({ width, height: 800 });
  await page.goto(on.url('/desk?view=calendar'));
  await open(/^\/desk\?day=2026-12-15$/);
  const rows = await page.locator('main tbody tr').count();
  expect(rows).toBe(ON_THE_DAY);
  await open(/^\/desk\/[0-9a-f-]{36}$/);
  expect(await page.locator('h1').innerText()).toMatch(/R-2026-/);
  await page.goto(on.url('/desk?view=calendar&week=2026-12-15'));
  await open(/view=calendar&week=2026-12-20$/);
  await open(/view=calendar&month=2026-12$/);
  expect(await page.locator('main h2').first().innerText()).toContain(lang === 'ja' ? '2026年12月' : 'Dec');
});
