// What a person does with a page, for the browser tests: filling, choosing, pressing, waiting for the answer, and where they are then.

import type { Page } from 'playwright-core';

export const fill = async (page: Page, fields: Record<string, string>): Promise<void> => {
  for (const [name, value] of Object.entries(fields))
    await page.locator(`main [name="${name}"]:not([type=hidden])`).fill(value);
};

export const choose = async (page: Page, name: string, ...values: string[]): Promise<void> => {
  for (const value of values) await page.locator(`main [name="${name}"][value="${value}"]`).check();
};

/**
 * A promise in the window: of the answer, when something else is shown and nothing is under way; of nothing, when that takes too long. While a
 * form is under way its button is switched off, which is a change but not the answer.
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

/** Of the document that has come; of the one before it, whose promise is in the window, it is not true. */
const LOADED = "window.answer === undefined && document.readyState === 'complete'";

/** Does something and waits for its answer, which changes what is shown, in this document or in another. */
export async function answered(page: Page, act: () => Promise<unknown>): Promise<void> {
  await page.evaluate(WATCH);
  await act();
  // Another document has no such promise, and while it comes there is nobody to ask.
  const found = await page.evaluate<boolean | undefined>('window.answer').catch(() => undefined);
  if (found === false) throw new Error(`${new URL(page.url()).pathname}: nothing changed`);
  if (found) return;
  // A form that leaves the page is sent once the office has answered that it is there, and nobody knows when.
  while (!(await page.evaluate<boolean>(LOADED).catch(() => false))) await page.waitForTimeout(20);
}

/** Presses a button of the page's own and waits for the answer. */
export const press = (page: Page, name: string): Promise<void> =>
  answered(page, () => page.getByRole('main').getByRole('button', { name, exact: true }).click());

/** Whether what has the focus is this, and is whole in the window. */
export const goesOnFrom = (page: Page, selector: string): Promise<boolean> =>
  page.evaluate<boolean>(`(() => {
    const one = document.activeElement;
    const { top, bottom } = one.getBoundingClientRect();
    return one.matches(${JSON.stringify(selector)}) && top >= 0 && bottom <= innerHeight;
  })()`);

/** Whether what has the focus is this, is in the window, and shows that it has it. */
export const isAt = (page: Page, selector: string): Promise<boolean> =>
  page.evaluate<boolean>(`(() => {
    const one = document.activeElement;
    const { top, bottom } = one.getBoundingClientRect();
    return one.matches(${JSON.stringify(selector)}) && one.checkVisibility() && top < innerHeight && bottom > 0 &&
      getComputedStyle(one).outlineStyle !== 'none';
  })()`);
