// What a person does with a page, for the browser tests: filling, choosing, pressing, and waiting for the answer.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';

export const fill = async (page: Page, fields: Record<string, string>): Promise<void> => {
  for (const [name, value] of Object.entries(fields))
    await page.locator(`main [name="${name}"]:not([type=hidden])`).fill(value);
};

export const choose = async (page: Page, name: string, ...values: string[]): Promise<void> => {
  for (const value of values) await page.locator(`main [name="${name}"][value="${value}"]`).check();
};

/** Whether something is under way, and what is shown; asked with one question, as a form waits for each. */
const STATE = "[document.querySelector('[aria-busy=true]') !== null, document.querySelector('main').innerHTML]";

/**
 * Does something and waits for its answer, which changes what is shown. Asked from here: waiting inside the page would need to evaluate text,
 * which the page's own policy forbids. While a form is under way its button is switched off, which is a change but not the answer.
 */
export async function answered(page: Page, act: () => Promise<unknown>): Promise<void> {
  const before = await page.locator('main').innerHTML();
  await act();
  const underWay = async (): Promise<boolean> => {
    const [busy, shown] = await page.evaluate<[boolean, string]>(STATE).catch(() => [true, before] as const);
    return busy || shown === before;
  };
  for (let i = 0; await underWay(); i++) {
    if (i === 1000) throw new Error(`${new URL(page.url()).pathname}: nothing changed`);
    await sleep(20);
  }
  await page.waitForLoadState('load');
}

/** Presses a button of the page's own and waits for the answer. */
export const press = (page: Page, name: string): Promise<void> =>
  answered(page, () => page.getByRole('main').getByRole('button', { name, exact: true }).click());
