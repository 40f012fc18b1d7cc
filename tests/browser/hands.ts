// What a person does with a page, for the browser tests: filling, choosing, pressing, waiting for the answer, and where the focus is then.

import type { Page } from 'playwright-core';

export const fill = async (page: Page, fields: Record<string, string>): Promise<void> => {
  for (const [name, value] of Object.entries(fields))
    await page.locator(`main [name="${name}"]:not([type=hidden])`).fill(value);
};

export const choose = async (page: Page, name: string, ...values: string[]): Promise<void> => {
  for (const value of values) await page.locator(`main [name="${name}"][value="${value}"]`).check();
};

/**
 * A promise in the window. It resolves to true when something else is shown and nothing is in progress, to false after too long. While a form is
 * being sent its button is disabled, which is a change but not the answer.
 */
const WATCH = `window.answer = new Promise((resolve) => {
  const shown = () => document.querySelector('main').innerHTML;
  const before = shown();
  const watcher = new MutationObserver(() => {
    if (document.querySelector('[aria-busy=true]') === null && shown() !== before) end(true);
  });
  const end = (found) => { watcher.disconnect(); clearTimeout(late); resolve(found); };
  const late = setTimeout(end, 120_000, false);
  watcher.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
}); 0`;

/** True in a new document once it is complete; false in the old one, whose window has the promise. */
const LOADED = "window.answer === undefined && document.readyState === 'complete'";

/** Does something and waits for the answer, which changes what is shown, in this document or a new one. */
export async function answered(page: Page, act: () => Promise<unknown>): Promise<void> {
  await page.evaluate(WATCH);
  await act();
  // A new document has no such promise, and while it is loading, evaluating fails.
  const found = await page.evaluate<boolean | undefined>('window.answer').catch(() => undefined);
  if (found === false) throw new Error(`${new URL(page.url()).pathname}: nothing changed`);
  if (found) return;
  // A form that leaves the page is sent only once the office has answered that it is there, so the time is unknown.
  while (!(await page.evaluate<boolean>(LOADED).catch(() => false))) await page.waitForTimeout(20);
}

/** Presses a button in the main part of the page and waits for the answer. */
export const press = (page: Page, name: string): Promise<void> =>
  answered(page, () => page.getByRole('main').getByRole('button', { name, exact: true }).click());

/** True when the focused element matches and is wholly in the window. */
export const goesOnFrom = (page: Page, selector: string): Promise<boolean> =>
  page.evaluate<boolean>(`(() => {
    const one = document.activeElement;
    const { top, bottom } = one.getBoundingClientRect();
    return one.matches(${JSON.stringify(selector)}) && top >= 0 && bottom <= innerHeight;
  })()`);

/** True when the focused element matches, is in the window and shows its focus. */
export const isAt = (page: Page, selector: string): Promise<boolean> =>
  page.evaluate<boolean>(`(() => {
    const one = document.activeElement;
    const { top, bottom } = one.getBoundingClientRect();
    return one.matches(${JSON.stringify(selector)}) && one.checkVisibility() && top < innerHeight && bottom > 0 &&
      getComputedStyle(one).outlineStyle !== 'none';
  })()`);
