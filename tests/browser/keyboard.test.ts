// The focus of a reader who works with the keyboard: it is on what they opened, visible, and given back; and after a question or search it is on
// the answer.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { standingClock } from '../../src/platform/clock.ts';
import { addHolding, addPerson, addRecipient } from '../people.ts';
import { answered, choose, fill, isAt, press } from './hands.ts';
import type { Lang } from './inspect.ts';
import { openBrowserOffice, type BrowserOffice } from './office.ts';

let on: BrowserOffice;
beforeAll(async () => {
  on = await openBrowserOffice(standingClock('2026-12-07T10:00:00+09:00'));
});
afterAll(() => on.close());

test('at 390 px the menu takes the focus, and gives it back when it is closed, by its link and by Escape', async () => {
  const { page } = await on.enter('officer', 'ja', 390);
  await page.goto(on.url('/ledger'));
  const menu = page.locator('#menu');
  const openIt = async (): Promise<void> => {
    await page.locator('.menu-link').focus();
    await page.keyboard.press('Enter');
    await menu.waitFor();
    await expect.poll(() => isAt(page, '#menu')).toBe(true);
  };
  await openIt();
  await page.keyboard.press('Tab');
  expect(await isAt(page, '#menu .close')).toBe(true);
  await page.keyboard.press('Enter');
  await menu.waitFor({ state: 'hidden' });
  await expect.poll(() => isAt(page, '.menu-link')).toBe(true);
  await openIt();
  for (let i = 0; i < 3; i++) await page.keyboard.press('Tab');
  expect(await isAt(page, '#menu li a')).toBe(true);
  await page.keyboard.press('Escape');
  await menu.waitFor({ state: 'hidden' });
  await expect.poll(() => isAt(page, '.menu-link')).toBe(true);
  await page.context().close();
});

test.each([1280, 390])('Escape closes what a button dropped and goes back to the button (%i px)', async (width) => {
  const { page } = await on.enter('officer', 'ja', width);
  await page.goto(on.url('/ledger'));
  for (const at of ['.head-user', '.drop:has([name=col])', '.drop:has([download])']) {
    const drop = page.locator(`details${at}`);
    if (!(await drop.isVisible())) continue;
    await drop.locator('summary').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await isAt(page, `details${at}[open] .drop-box *`)).toBe(true);
    await page.keyboard.press('Escape');
    expect([at, await drop.locator('.drop-box').isVisible()]).toEqual([at, false]);
    expect(await isAt(page, `details${at} > summary`)).toBe(true);
  }
  // An open part without the focus is closed too, and the focus stays where it is.
  await page.locator('details:has(> form [name=col]) > summary').click();
  await page.locator('#q-q').focus();
  await page.keyboard.press('Escape');
  expect(await page.locator('details.drop[open]').count()).toBe(0);
  expect(await isAt(page, '#q-q')).toBe(true);
  await page.context().close();
});

const answerIt: Record<Lang, string> = { ja: 'この事実で答えを出す', en: 'Get an answer on these facts' };

test.each<Lang>(['ja', 'en'])(
  'who hears the pages hears which one has come, and not twice what has the focus (%s)',
  async (lang) => {
    const { page } = await on.enter('officer', lang);
    await page.goto(on.url('/ledger'));
    const said = page.locator('body > [role=status]');
    expect(await said.textContent()).toBe('');
    await page
      .locator('#menu')
      .getByRole('link', { name: { ja: '生きた方針', en: 'Living policy' }[lang] })
      .click();
    await page.waitForURL(on.url('/living-policy'));
    await expect.poll(() => said.textContent()).toBe(await page.title());
    expect(await page.title()).toContain({ ja: '生きた方針', en: 'The living policy' }[lang]);
    await page.goto(on.url('/ask/joint-use-change'));
    await fill(page, { effectiveOn: '2026/2/30' });
    await press(page, answerIt[lang]);
    await expect.poll(() => isAt(page, '.errsum')).toBe(true);
    expect(await said.textContent()).toBe('');
    await page.context().close();
  },
);

test.each<[Lang, number]>([
  ['ja', 1280],
  ['en', 390],
])('who asks the checkpoint lands on the answer, or on what is to be put right (%s, %i px)', async (lang, width) => {
  const { page } = await on.enter('officer', lang, width);
  // On a narrow page, missing facts are reported above their fields, because the grounds are below.
  await page.goto(on.url('/ask/breach'));
  expect(await page.evaluate('document.activeElement.tagName')).toBe('BODY');
  await press(page, answerIt[lang]);
  await expect.poll(() => isAt(page, width === 390 ? '.answer-bar' : '#finding')).toBe(true);
  await page.goto(on.url('/ask/use-anonymous'));
  await page.check('[name=identifies][value=yes]');
  await press(page, answerIt[lang]);
  expect(await page.locator('.finding .tegata').textContent()).toContain('不可');
  await expect.poll(() => isAt(page, '#finding')).toBe(true);
  await page.goto(on.url('/ask/joint-use-change'));
  await fill(page, { effectiveOn: '2026/2/30' });
  await press(page, answerIt[lang]);
  await expect.poll(() => isAt(page, '.errsum')).toBe(true);
  await page.context().close();
});

test.each<[Lang, number]>([
  ['ja', 1280],
  ['en', 390],
])('who searches a long register for the recipient lands on what was found (%s, %i px)', async (lang, width) => {
  const house = { ...on, access: on.app.access };
  const name = { ja: `会員台帳 ${lang}`, en: `Members ${lang}` };
  const holding = await addHolding(house, { name });
  const { principal } = await addPerson(house, holding, { name: '例示 花' });
  const many = Array.from({ length: 20 }, (_, i) => `多数商店 ${lang}${i + 10}`);
  const recipients = await Promise.all(many.map((one) => addRecipient(house, { name: one })));
  const { page } = await on.enter('officer', lang, width);
  await page.goto(on.url(`/provisions/new?principal=${principal}&holding=${holding}`));
  const [chosen, sought] = [recipients[0]!, recipients[19]!];
  await choose(page, 'recipient', chosen);
  await fill(page, { q: `${lang}29` });
  // Enter searches; it does not go on with an earlier choice.
  await answered(page, () => page.locator('main [name=q]').press('Enter'));
  await expect.poll(() => isAt(page, '#found')).toBe(true);
  const offered = page.locator('[name=recipient]');
  expect(await offered.evaluateAll((all) => all.map((one) => one.getAttribute('value')))).toEqual([
    chosen,
    sought,
    'inside',
  ]);
  expect(await page.isChecked(`[name=recipient][value="${chosen}"]`)).toBe(true);
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  expect(await page.isChecked(`[name=recipient][value="${sought}"]`)).toBe(true);
  await page.context().close();
});
