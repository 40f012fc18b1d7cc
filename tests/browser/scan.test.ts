// A copy of an identity paper is covered in the clerk's browser: with mouse, finger and keyboard. What is under a box is black in what arrives, the
// camera's metadata is gone, and nothing is sent before the clerk has said that no number can be seen.

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readScan, type Scan } from '../../src/features/desk/actions/scans.ts';
import { receivePapers } from '../../src/features/desk/actions/receive.ts';
import { registerRequest } from '../../src/features/desk/index.ts';
import { standingClock } from '../../src/platform/clock.ts';
import { officerOf, valueOf } from '../people.ts';
import { press } from './hands.ts';
import { faultsBothWays, openTab, type Lang } from './inspect.ts';
import { openBrowserOffice, type BrowserOffice } from './office.ts';
import type { Room } from '../../src/features/access/index.ts';

const by = { actor: { kind: 'sekisho' }, authority: [] } as const;
/** What a camera adds to a picture: the place, and a thumbnail that shows everything. */
const PLACE = 'N35-39-29 E139-44-28';

let on: BrowserOffice;
let desk: Room;
/** A photo of 12 million pixels, lying on its side as cameras keep it: red is the number, the rest is green. */
let photo: Buffer;
/** The forms with a copy, as they arrived. */
const arrived: Buffer[] = [];

/** An Exif segment that says to turn the picture to the right, and the place. */
function exif(): Buffer {
  const entry = (tag: number, type: number, count: number, value: number): Buffer => {
    const bytes = Buffer.alloc(12);
    bytes.writeUInt16BE(tag, 0);
    bytes.writeUInt16BE(type, 2);
    bytes.writeUInt32BE(count, 4);
    if (type === 3) bytes.writeUInt16BE(value, 8);
    else bytes.writeUInt32BE(value, 8);
    return bytes;
  };
  const text = Buffer.from(`${PLACE}\0`);
  const ifd = [Buffer.from([0, 2]), entry(0x0112, 3, 1, 6), entry(0x010e, 2, text.length, 38), Buffer.alloc(4), text];
  const body = Buffer.concat([Buffer.from('Exif\0\0MM\0\x2a\0\0\0\x08', 'latin1'), ...ifd]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/** The place of the number on the stored photo, in shares of its sides. */
const number = { x: 0.5, y: 0.4, width: 0.4, height: 0.1 };

const drawn = `(async () => {
  const canvas = new OffscreenCanvas(4000, 3000);
  const context = canvas.getContext('2d');
  context.fillStyle = '#00a000';
  context.fillRect(0, 0, 4000, 3000);
  context.fillStyle = '#d00000';
  context.fillRect(${number.x} * 4000, ${number.y} * 3000, ${number.width} * 4000, ${number.height} * 3000);
  const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.95 })).arrayBuffer());
  return bytes.toBase64 ? bytes.toBase64() : btoa(Array.from(bytes, (one) => String.fromCharCode(one)).join(''));
})()`;

interface Seen {
  width: number;
  height: number;
  /** The brightest value of each colour at these places. */
  red: number[];
  green: number[];
}

/** The colours of a picture at places given in shares of its sides. */
async function lookAt({ bytes }: Scan, places: readonly (readonly [number, number])[]): Promise<Seen> {
  const { page, context } = await openTab(on.browser, { lang: 'en' });
  const seen = await page.evaluate<Seen>(`(async () => {
    const bytes = Uint8Array.from(atob('${bytes.toString('base64')}'), (one) => one.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes]), { imageOrientation: 'none' });
    const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
    context.drawImage(picture, 0, 0);
    const at = ${JSON.stringify(places)}.map(([x, y]) =>
      context.getImageData(Math.floor(x * picture.width), Math.floor(y * picture.height), 1, 1).data);
    const { width, height } = picture;
    return { width, height, red: at.map(([red]) => red), green: at.map(([, green]) => green) };
  })()`);
  await context.close();
  return seen;
}

beforeAll(async () => {
  on = await openBrowserOffice(standingClock('2026-12-07T10:00:00+09:00'), async (request) => {
    if (request.method === 'POST' && request.url.endsWith('/scans'))
      arrived.push(Buffer.from(await request.arrayBuffer()));
  });
  desk = on.app;
  const { page, context } = await openTab(on.browser, { lang: 'en' });
  const bare = Buffer.from(await page.evaluate<string>(drawn), 'base64');
  photo = Buffer.concat([bare.subarray(0, 2), exif(), bare.subarray(2)]);
  await context.close();
});
afterAll(() => on?.close());

let letters = 0;

/** A request whose papers have come; returns its id. */
async function withPapers(): Promise<string> {
  const sender = { name: `差出 ${++letters}`, address: '東京都中央区例示町9-9', email: '' };
  const ask = { kind: 'erasure', scope: 'customer', channel: 'letter', lang: 'ja', sender, says: '' } as const;
  const arrivedOn = on.office.clock.today();
  const { row } = valueOf(await registerRequest(desk, by, { ...ask, arrivedOn, another: false })).case;
  const papers = { form: 'right', registeredMail: null, method: null, feeYen: 0, unreadable: false } as const;
  valueOf(await receivePapers(desk, by, row.id, { seen: 1 }, { on: arrivedOn, ...papers }));
  return row.id;
}

/** The copies kept for a request, with what the log says of how they were covered. */
async function kept(id: string): Promise<{ scan: Scan; covered: string }[]> {
  const papers = await on.db.owner.query<{ id: string; about: string }>(
    "SELECT id, about FROM request_papers WHERE request_id = $1 AND kind = 'identity' ORDER BY place",
    [id],
  );
  const logged = await on.db.owner.query<{ covered: string }>(
    `SELECT e->>'covered' AS covered FROM (SELECT seq, entry::jsonb AS e FROM log_entries) l
     WHERE e->>'action' = 'desk:keep-paper' AND e->>'request' = $1 ORDER BY seq`,
    [id],
  );
  return Promise.all(
    papers.map(async (paper, i) => ({
      scan: valueOf(await readScan(desk, { actor: officerOf(on), authority: [] }, id, paper)),
      covered: logged[i]!.covered,
    })),
  );
}

const choosePhoto = async (page: Page): Promise<void> => {
  await page.locator('#f-scan').setInputFiles({ name: '例示花子の免許証.jpg', mimeType: 'image/jpeg', buffer: photo });
  await page.locator('.cover-view').waitFor();
};

/** Scrolls to a place of the picture, given in shares of its sides, and returns its position on the screen. */
async function placeOn(page: Page, x: number, y: number): Promise<{ x: number; y: number }> {
  const box = (await page.locator('.cover-stage').boundingBox())!;
  return { x: box.x + x * box.width, y: box.y + y * box.height };
}

const status = (page: Page): Promise<string | null> => page.locator('.cover [role=status]').textContent();

const says: Record<Lang, Record<'keep' | 'left' | 'right' | 'add' | 'remove' | 'one' | 'two' | 'none', string>> = {
  ja: {
    keep: '写しを入れる',
    left: '左に回す',
    right: '右に回す',
    add: '四角を置く',
    remove: '四角を消す',
    one: '1か所を黒く塗りました',
    two: '2か所を黒く塗りました',
    none: '黒く塗ったところはありません',
  },
  en: {
    keep: 'Add the copy',
    left: 'Turn left',
    right: 'Turn right',
    add: 'Add a box',
    remove: 'Remove the box',
    one: '1 place is blacked out',
    two: '2 places are blacked out',
    none: 'Nothing is blacked out',
  },
};

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

test('what is under a box is black in what arrives, and what the camera wrote is gone', async () => {
  const id = await withPapers();
  const { page, complaints, context } = await on.enter('desk', 'ja');
  const words = says.ja;
  await page.goto(on.url(`/desk/${id}`));
  await choosePhoto(page);
  expect(await status(page)).toBe(words.none);
  // The picture is shown upright as the camera meant it; turned to the left it lies as the number was drawn.
  await button(page, words.left).click();
  await page.locator('.cover-view').scrollIntoViewIfNeeded();
  const from = await placeOn(page, number.x - 0.01, number.y - 0.01);
  const to = await placeOn(page, number.x + number.width + 0.01, number.y + number.height + 0.01);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2);
  await page.mouse.move(to.x, to.y);
  await page.mouse.up();
  expect(await status(page)).toBe(words.one);
  expect(await faultsBothWays(page, 'ja')).toEqual([]);
  // The box turns with the picture.
  await button(page, words.right).click();
  const before = arrived.length;
  await press(page, words.keep);
  const [{ scan, covered } = expect.unreachable('no copy is kept'), ...more] = await kept(id);
  expect([covered, more.length, scan.kind]).toEqual(['here', 0, 'jpeg']);
  // Points under the box, at its corners and in the middle; then around it.
  const under = [
    [0.505, 0.505],
    [0.595, 0.895],
    [0.55, 0.7],
    [0.595, 0.505],
  ] as const;
  const around = [
    [0.3, 0.7],
    [0.7, 0.7],
    [0.55, 0.3],
    [0.55, 0.97],
  ] as const;
  const { width, height, red, green } = await lookAt(scan, [...under, ...around]);
  expect([width, height]).toEqual([1800, 2400]);
  expect([...red.slice(0, 4), ...green.slice(0, 4)].every((value) => value < 16)).toBe(true);
  expect(green.slice(4).every((value) => value > 120)).toBe(true);
  expect(red.every((value) => value < 80)).toBe(true);
  // Only the covered picture arrived, under a neutral name.
  const form = arrived[before]!;
  expect(form.includes(scan.bytes.subarray(-4000))).toBe(true);
  expect(form.toString('latin1').match(/filename="[^"]*"/g)).toEqual(['filename="copy.jpg"']);
  expect(form.length - scan.bytes.length).toBeLessThan(1500);
  expect(['Exif', PLACE, '花子'].filter((trace) => form.includes(trace))).toEqual([]);
  expect(['Exif', PLACE].filter((trace) => photo.includes(trace))).toEqual(['Exif', PLACE]);
  expect(complaints).toEqual([]);
  await context.close();
});

test('boxes are put, moved, resized and removed by keyboard, and nothing goes before the confirmation', async () => {
  const id = await withPapers();
  const { page, complaints, context } = await on.enter('desk', 'en');
  const words = says.en;
  await page.goto(on.url(`/desk/${id}`));
  const alert = page.locator('cover-picture [role=alert]');
  await button(page, words.keep).click();
  await alert.getByText('Choose a picture').waitFor();
  await choosePhoto(page);
  await button(page, words.add).focus();
  await page.keyboard.press('Enter');
  const box = page.locator('.cover-box');
  expect([await box.getAttribute('aria-label'), await status(page)]).toEqual(['Black box 1', words.one]);
  const tenth = (value: number): number => Math.round(value * 10) / 10;
  const shares = async (): Promise<number[]> => {
    const style = await box.getAttribute('style');
    return ['left', 'top', 'width', 'height'].map((side) => {
      const [, share] = new RegExp(`\\b${side}: ([\\d.]+)%`).exec(style ?? '')!;
      return tenth(Number(share));
    });
  };
  const [left, top, width, height] = (await shares()) as [number, number, number, number];
  for (const key of ['ArrowLeft', 'ArrowLeft', 'ArrowUp', 'Shift+ArrowRight', 'Shift+ArrowDown'])
    await page.keyboard.press(key);
  expect(await shares()).toEqual([tenth(left - 2), tenth(top - 1), tenth(width + 1), tenth(height + 1)]);
  expect(await page.locator('.cover-box:focus-visible').count()).toBe(1);
  await button(page, words.add).click();
  expect(await status(page)).toBe(words.two);
  await page.keyboard.press('Delete');
  await button(page, words.remove).click();
  expect([await status(page), await box.count()]).toEqual([words.none, 0]);
  // Without a box, the clerk must say that no number can be seen.
  const before = arrived.length;
  await button(page, words.keep).click();
  await alert.getByText(/tick the box/).waitFor();
  expect(await page.locator('[name=none-seen]:focus').count()).toBe(1);
  expect(await faultsBothWays(page, 'en')).toEqual([]);
  expect([arrived.length, await kept(id)]).toEqual([before, []]);
  await page.check('[name=none-seen]');
  await press(page, words.keep);
  const [one] = await kept(id);
  expect([one!.covered, one!.scan.bytes.includes('Exif')]).toEqual(['none-seen', false]);
  // Turned as the camera meant it, with the number upright and visible.
  expect(await lookAt(one!.scan, [[0.55, 0.7]])).toMatchObject({ width: 1800, height: 2400 });
  expect(complaints).toEqual([]);
  await context.close();
});

test('a finger draws a box on a telephone, and a PDF or a broken picture is said to be none', async () => {
  const id = await withPapers();
  const { page, complaints, context } = await on.enter('desk', 'ja', 390);
  await page.goto(on.url(`/desk/${id}`));
  const alert = page.locator('cover-picture [role=alert]');
  const pdf = { name: 'a.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 %%EOF') };
  await page.locator('#f-scan').setInputFiles(pdf);
  await alert.getByText(/紙を写真に撮るか/).waitFor();
  await page.locator('#f-scan').setInputFiles({ ...pdf, name: 'a.png', mimeType: 'image/png' });
  await alert.getByText(/この画像は開けません/).waitFor();
  await choosePhoto(page);
  expect(await alert.isVisible()).toBe(false);
  await page.locator('.cover-view').scrollIntoViewIfNeeded();
  const finger = await context.newCDPSession(page);
  const touch = async (type: 'touchStart' | 'touchMove' | 'touchEnd', x = 0, y = 0): Promise<void> => {
    const touchPoints = type === 'touchEnd' ? [] : [await placeOn(page, x, y)];
    await finger.send('Input.dispatchTouchEvent', { type, touchPoints });
  };
  await touch('touchStart', 0.2, 0.2);
  for (const step of [0.3, 0.4, 0.5]) await touch('touchMove', step, step);
  await touch('touchEnd');
  expect(await status(page)).toBe(says.ja.one);
  await press(page, says.ja.keep);
  const [{ scan } = expect.unreachable('no copy is kept')] = await kept(id);
  const seen = await lookAt(scan, [
    [0.25, 0.25],
    [0.45, 0.45],
    [0.15, 0.15],
  ]);
  expect([...seen.green.slice(0, 2), ...seen.red.slice(0, 2)].every((value) => value < 16)).toBe(true);
  expect(seen.green[2]).toBeGreaterThan(120);
  expect(complaints).toEqual([]);
  await context.close();
});

test('a browser of December 2022 opens a picture too, the way up the camera says', async () => {
  const { page, complaints, context } = await on.enter('desk', 'ja');
  // Chrome before 111 does not know `from-image`, and rejects unknown values.
  await context.addInitScript(`const make = createImageBitmap;
    window.createImageBitmap = (from, options) => options?.imageOrientation === 'from-image'
      ? Promise.reject(new TypeError('from-image is not a valid enum value')) : make(from, options);`);
  await page.goto(on.url(`/desk/${await withPapers()}`));
  await choosePhoto(page);
  const size = await page.evaluate(
    `(({ width, height }) => [width, height])(document.querySelector('cover-picture canvas'))`,
  );
  expect([size, await status(page), complaints]).toEqual([[1800, 2400], says.ja.none, []]);
  await context.close();
});

test('without script the clerk states that the numbers are covered', async () => {
  const id = await withPapers();
  const { page, context } = await openTab(on.browser, { lang: 'ja', script: false });
  await on.signIn({ page, context, complaints: [] }, 'desk', 'ja');
  await page.goto(on.url(`/desk/${id}`));
  await page.locator('#f-scan').setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: photo });
  await button(page, says.ja.keep).click();
  await page.getByRole('link', { name: /^番号の黒塗り：見えている番号を黒く塗るか/ }).waitFor();
  await page.locator('#f-scan').setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: photo });
  await page.check('[name=covered]');
  await button(page, says.ja.keep).click();
  await page.waitForURL(on.url(`/desk/${id}`));
  const [{ scan, covered } = expect.unreachable('no copy is kept')] = await kept(id);
  expect(covered).toBe('stated');
  // The camera's metadata is removed here, and the picture is untouched.
  expect(['Exif', PLACE].filter((trace) => scan.bytes.includes(trace))).toEqual([]);
  const seen = await lookAt(scan, [
    [0.7, 0.45],
    [0.2, 0.2],
  ]);
  expect(seen).toMatchObject({ width: 4000, height: 3000 });
  expect([seen.red[0]! > 180, seen.green[1]! > 120]).toEqual([true, true]);
  await context.close();
});
