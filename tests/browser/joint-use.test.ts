// A joint use from its registration to its end, in a real browser: published before anything is shared; its purposes changed with notice before,
// its address with notice after, and its items by a new joint use. In both languages.

import fs from 'node:fs/promises';
import type { Server } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { serve } from '@hono/node-server';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApp, type App } from '../../src/app.ts';
import { day } from '../../src/base/day.ts';
import { jointUseFacts } from '../../src/features/joint-use/index.ts';
import { registerRecipient } from '../../src/features/recipients/actions/recipient.ts';
import { equip, type Office } from '../../src/office.ts';
import { standingClock } from '../../src/platform/clock.ts';
import { readConfig } from '../../src/platform/config.ts';
import { testDatabase, type TestDatabase } from '../house.ts';
import { freePort, must, root, settle } from '../server.ts';
import { launchBrowser } from './chromium.ts';
import { answered, choose, fill, goesOnFrom, press } from './hands.ts';
import { faultsBothWays, openTab, type Lang, type Tab } from './inspect.ts';

const START = '2026-12-07T09:00:00+09:00';
const clock = standingClock(START);

let db: TestDatabase;
let folder: string;
let office: Office;
let app: App;
let server: Server;
let browser: Browser;
let holding: string;
let member: string;

beforeAll(async () => {
  db = await testDatabase();
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'sekisho-joint-use-'));
  office = await equip(readConfig({ PORT: String(await freePort()) }, { dataFolder: folder }), clock, db.app);
  app = await openApp(office, { root, report: (line) => expect.unreachable(line) });
  ({ holding } = await settle(app));
  const by = { actor: { kind: 'sekisho' }, authority: [] } as const;
  const party = { kind: 'corporation', name: '例示物流株式会社', address: '例示町2-2', representative: '例示 次郎' };
  member = must(await registerRecipient(office, by, { ...party, country: 'JP', relations: ['joint-use'] })).id;
  server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: office.config.port }) as Server;
  browser = await launchBrowser({ japanese: true });
});

afterAll(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
  await app?.close();
  await db?.drop();
  await fs.rm(folder, { recursive: true, force: true });
});

const url = (to: string): string => `${office.config.publicUrl}${to}`;

const field = (page: Page, name: string) => page.locator(`main [name="${name}"]:not([type=hidden])`);

const follow = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('main').getByRole('link', { name, exact: true }).first().click();
  await page.waitForLoadState('load');
};

async function signIn({ page }: Tab, lang: Lang): Promise<void> {
  await page.goto(url(`/sign-in?lang=${lang}`));
  await page.fill('[name=email]', 'officer@example.jp');
  await page.fill('[name=password]', 'tsuki-no-hikari-7');
  await page.click('main form button');
  await page.waitForURL(url('/'));
}

/** Expects no faults on the page shown, wide and narrow, and nothing refused by the browser. */
async function sound({ page, complaints }: Tab, lang: Lang, withAxe = false): Promise<void> {
  expect(await faultsBothWays(page, lang, withAxe)).toEqual([]);
  expect(complaints).toEqual([]);
}

interface Words {
  name: string;
  next: string;
  register: string;
  addHolding: string;
  addMember: string;
  registered: string;
  publish: string;
  draft: string;
  record: string;
  same: RegExp;
  coming: string;
  unpublished: string;
  newDraft: string;
  goesOn: string;
  toOld: string;
  end: string;
  endAct: string;
  ended: string;
  no: string;
  articles: { before: string; items: string[] };
  scope: string;
}

const words: Record<Lang, Words> = {
  ja: {
    name: '催しの共同案内',
    next: '催しの共同案内と電話',
    register: '共同利用を登録する',
    addHolding: '台帳を加える',
    addMember: '提供先を加える',
    registered: '案を登録する',
    publish: '公表する',
    draft: '公表前の案',
    record: '変更を記録する',
    same: /その日に公表している目的と同じで、文も変わりません/,
    coming: 'これから変わること',
    unpublished: '公表していない変更があります',
    newDraft: '新しい共同利用の案を作る',
    goesOn: '前の共同利用が、まだ続いています',
    toOld: '前の共同利用へ',
    end: '終える',
    endAct: '共同利用を終える',
    ended: '終わった共同利用',
    no: '不可',
    articles: { before: '法27条6項', items: ['法27条6項', 'ガイドライン 3-6-3'] },
    scope: '当社と例示物流株式会社',
  },
  en: {
    name: 'Joint invitations',
    next: 'Joint invitations by telephone',
    register: 'Register a joint use',
    addHolding: 'Add this holding',
    addMember: 'Add this recipient',
    registered: 'Register the draft',
    publish: 'Publish',
    draft: 'Draft',
    record: 'Record the change',
    same: /These are the same purposes as those published/,
    coming: 'Changes to come',
    unpublished: 'A change has not been published',
    newDraft: 'Draw up a new joint use',
    goesOn: 'The joint use that this one replaces has not ended',
    toOld: 'To that joint use',
    end: 'End it',
    endAct: 'End the joint use',
    ended: 'Joint uses that have ended',
    no: '不可',
    articles: { before: 'APPI Art. 27(6)', items: ['APPI Art. 27(6)', 'Guideline 3-6-3'] },
    scope: 'We and Reiji Logistics',
  },
};

/** The answer on the page: its tegata, and the articles it rests on. */
async function answerOn(page: Page): Promise<{ tegata: string; articles: string[] }> {
  const finding = page.locator('.finding');
  await finding.waitFor();
  return {
    tegata: (await finding.locator('.tegata').textContent())!.replace(/\s/g, ''),
    articles: (await finding.locator('.chip').allTextContents()).map((text) => text.trim()),
  };
}

/** The public page of a joint use: names and values of its notice. */
async function noticeOf({ page }: Tab, id: string): Promise<string[]> {
  await page.goto(url('/joint-use'));
  return page.locator(`section[id="${id}"] > dl > dd`).allTextContents();
}

const idIn = (page: Page): string => /\/joint-uses\/([0-9a-f-]{36})/.exec(page.url())![1]!;

/** Registers a joint use by its form and returns its id. */
async function register(tab: Tab, w: Words, lang: Lang): Promise<string> {
  const { page } = tab;
  await page.goto(url('/joint-uses'));
  await follow(page, w.register);
  await press(page, w.registered);
  await page.locator('.errsum').waitFor();
  await sound(tab, lang);
  await fill(page, { 'name.ja': w.name, 'scope.ja': w.scope });
  // Holdings and members are added to the form one by one, and the focus stays where one was added.
  await page.locator('[name=share]').selectOption(holding);
  await press(page, w.addHolding);
  await expect.poll(() => goesOnFrom(page, 'summary:has(+ div [name=shared])')).toBe(true);
  await choose(page, `items-${holding}`, 'name', 'email');
  await page.locator('[name=member]').selectOption(member);
  await press(page, w.addMember);
  await expect.poll(() => goesOnFrom(page, '[name=members]:checked')).toBe(true);
  expect(await page.locator(`[name="items-${holding}"]:checked`).count()).toBe(2);
  await choose(page, 'purposes', 'P1');
  await press(page, w.registered);
  await page.getByRole('heading', { level: 1, name: w.name, exact: true }).waitFor();
  return idIn(page);
}

test.each<Lang>(['ja', 'en'])('a joint use is registered, published, changed and replaced (%s)', async (lang) => {
  clock.moveTo(START);
  const w = words[lang];
  const tab = await openTab(browser, { lang });
  const outside = await openTab(browser, { lang });
  const { page } = tab;
  await outside.page.goto(url(`/joint-use?lang=${lang}`));
  await signIn(tab, lang);

  // A draft is not public, and nothing may be shared.
  const id = await register(tab, w, lang);
  await sound(tab, lang);
  expect(await noticeOf(outside, id)).toEqual([]);
  const facts = async () =>
    must(await jointUseFacts(office.database, { jointUse: id, recipient: member, holding }, today()));
  const today = () => day(office.clock.today());
  expect(await facts()).toMatchObject({ noticeOn: null, published: false, recipientInScope: false });

  // Published: the five items are public, and sharing may begin.
  await press(page, w.publish);
  const published = await noticeOf(outside, id);
  expect(published).toContain(w.scope);
  await sound(outside, lang);
  expect(await facts()).toMatchObject({ noticeOn: '2026-12-07', published: true, recipientInScope: true });

  // Purposes: a notice on the day of the change is too late; after a notice in advance they change by themselves on their day.
  await page.goto(url(`/joint-uses/${id}/change`));
  await sound(tab, lang);
  await page.goto(url(`/joint-uses/${id}/change?change=purposes`));
  await fill(page, { why: w.scope, effective_on: '2027/2/1', notice_on: '2026/12/8' });
  await choose(page, 'related', 'yes');
  await press(page, w.record);
  expect(await page.locator('.errsum').textContent()).toMatch(w.same);
  await choose(page, 'purposes', 'P3');
  await fill(page, { notice_on: '2027/2/1' });
  await press(page, w.record);
  const late = await answerOn(page);
  expect([late.tegata, late.articles[0]]).toEqual([w.no, w.articles.before]);
  await sound(tab, lang, true);
  await fill(page, { notice_on: '2026/12/7' });
  await press(page, w.record);
  await page.getByRole('heading', { level: 1, name: w.name, exact: true }).waitFor();
  expect(await noticeOf(outside, id)).toEqual(published);
  expect(await outside.page.locator(`section[id="${id}"]`).textContent()).toContain(w.coming);

  // The address: recorded after it changed, with an alarm until it is published.
  await page.goto(url(`/joint-uses/${id}/change?change=responsible-address`));
  await fill(page, { 'responsible.address.ja': '東京都港区例示町3-3', effective_on: '2026/12/7' });
  await press(page, w.record);
  await page.getByText(w.unpublished, { exact: true }).waitFor();
  await sound(tab, lang);
  expect(await noticeOf(outside, id)).toEqual(published);
  await press(page, w.publish);
  expect(await page.getByText(w.unpublished, { exact: true }).count()).toBe(0);
  expect(await noticeOf(outside, id)).toContain('東京都港区例示町3-3');

  // Items: the law requires a new joint use, and the old one becomes its draft.
  await page.goto(url(`/joint-uses/${id}/change?change=items`));
  expect(await answerOn(page)).toEqual({ tegata: w.no, articles: w.articles.items });
  await sound(tab, lang);
  await follow(page, w.newDraft);
  expect(await field(page, 'scope.ja').inputValue()).toBe(w.scope);
  expect(await page.locator(`[name="items-${holding}"][value=email]`).isChecked()).toBe(true);
  await choose(page, `items-${holding}`, 'phone');
  await fill(page, { 'name.ja': w.next });
  await press(page, w.registered);
  await page.getByRole('heading', { level: 1, name: w.next, exact: true }).waitFor();
  const next = idIn(page);
  expect(next).not.toBe(id);
  await press(page, w.publish);
  await page.getByText(w.goesOn, { exact: true }).waitFor();
  await follow(page, w.toOld);
  await page.getByRole('heading', { level: 1, name: w.name, exact: true }).waitFor();

  // On their day the purposes change without anybody's action.
  clock.moveTo('2027-02-01T09:00:00+09:00');
  expect((await facts()).purposes).toEqual(['P1', 'P3']);
  expect(await noticeOf(outside, id)).not.toEqual(published);
  expect(await outside.page.locator(`section[id="${id}"]`).textContent()).not.toContain(w.coming);
  await outside.page.getByRole('link', { name: '2026/12/07', exact: true }).first().click();
  await outside.page.waitForLoadState('load');
  await sound(outside, lang);

  // The old one ends and is public only among past ones.
  await signIn(tab, lang);
  await page.goto(url(`/joint-uses/${id}/end`));
  await fill(page, { why: w.next });
  await press(page, w.endAct);
  await page.getByRole('heading', { level: 1, name: w.name, exact: true }).waitFor();
  expect((await facts()).noticeOn).toBeNull();
  expect(await noticeOf(outside, id)).toEqual([]);
  expect(await noticeOf(outside, next)).toContain(w.scope);
  await outside.page.getByRole('heading', { name: w.ended, exact: true }).waitFor();
  await sound(outside, lang, true);
  await page.goto(url('/joint-uses'));
  await sound(tab, lang, true);
});

test.each<Lang>(['ja', 'en'])(
  'of a long register a recipient is found with Enter and added, and whoever did so goes on from there (%s)',
  async (lang) => {
    clock.moveTo(START);
    await db.owner.query(
      `INSERT INTO recipients (id, kind, name, address, representative, country, relations, state, registered_at, changed_at)
       SELECT gen_random_uuid(), 'corporation', '多数例示商店 ' || to_char(i, 'FM0000'), '例示市' || i, '例示 花子', 'JP',
         '{third-party,joint-use}', 'active', now(), now() FROM generate_series(1, 500) AS i`,
      [],
    );
    const tab = await openTab(browser, { lang });
    const { page } = tab;
    await signIn(tab, lang);
    for (const [at, one, all, typed] of [
      ['/joint-uses/new', 'member', 'members', 'name.ja'],
      [`/consents/texts/new?holding=${holding}`, 'recipient', 'recipients', 'nameJa'],
    ] as const) {
      await page.goto(url(at));
      await fill(page, { [typed]: words[lang].name, q: '商店　０４９８' });
      await answered(page, () => field(page, 'q').press('Enter'));
      await expect.poll(() => goesOnFrom(page, '#found')).toBe(true);
      await sound(tab, lang, true);
      await field(page, one).selectOption({ index: 1 });
      await press(page, words[lang].addMember);
      await expect.poll(() => goesOnFrom(page, `[name=${all}]:checked`)).toBe(true);
      expect(await field(page, typed).inputValue()).toBe(words[lang].name);
      expect(await page.locator('label:has(:checked)').filter({ hasText: '多数例示商店 0498' }).count()).toBe(1);
      await sound(tab, lang);
    }
    await db.owner.query(`DELETE FROM recipients WHERE name LIKE '多数例示商店%'`, []);
  },
);
