// One person's information through the whole office, in a real browser against the real program: from the one-time link to a receipt that
// anybody can check. In Japanese with script, in English without.

import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../src/platform/clock.ts';
import { slashDay } from '../../src/platform/ui/format.ts';
import { testDatabase, type TestDatabase } from '../house.ts';
import { endPrograms, startProgram, type Program } from '../server.ts';
import { launchBrowser } from './chromium.ts';
import { choose, fill, goesOnFrom } from './hands.ts';
import { faultsOf, openTab, type Tab } from './inspect.ts';

const officer = { name: '髙橋 𠮷乃 <b>主任</b>', email: 'yoshino@example.jp', password: 'tsuki-no-hikari-7' };
/** A name with letters that are easily lost, and one that looks like HTML. The third has a variation selector. */
const rare = '𠮷野 髙辻󠄀';
const markup = '<img src=x onerror=alert(1)> & <script>alert(2)</script>';

let db: TestDatabase;
let folder: string;
let program: Program;
let browser: Browser;
/** Uses an installed font: for the English journey, which checks neither look nor width. */
let quickBrowser: Browser;
let recoveryCodes: string[] = [];

beforeAll(async () => {
  db = await testDatabase({ durable: true });
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'sekisho-journey-'));
  [program, browser, quickBrowser] = await Promise.all([
    startProgram(path.join(folder, 'data'), { DATABASE_URL: db.url }),
    launchBrowser(),
    launchBrowser({ japanese: true }),
  ]);
  await program.ready();
});

afterAll(async () => {
  await Promise.all([browser?.close(), quickBrowser?.close()]);
  endPrograms();
  await program?.ended;
  await db.drop();
  await fs.rm(folder, { recursive: true, force: true });
});

/** The code of RFC 6238 with SHA-1, 30 s and six digits, written from the standard. `ahead`: number of steps from now. */
function codeNow(base32: string, ahead = 0): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...base32.replace(/\s/g, '')].map((c) => letters.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + ahead));
  const mac = createHmac('sha1', key).update(counter).digest();
  const at = mac.at(-1)! & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

const settled = (page: Page): Promise<void> => page.locator('[aria-busy=true]').waitFor({ state: 'detached' });

const titled = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
  await settled(page);
};

const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();

/** Sends the form of the page with its main button, which has no name. */
const send = (page: Page): Promise<void> => page.locator('main form button:not([name])').last().click();

const follow = (page: Page, name: string): Promise<void> =>
  page.getByRole('main').getByRole('link', { name, exact: true }).first().click();

const field = (page: Page, name: string) => page.locator(`main [name="${name}"]:not([type=hidden])`);

/** Waits for the form with this field. */
const reached = async (page: Page, name: string): Promise<void> => {
  await field(page, name).first().waitFor();
  await settled(page);
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

/** The names and values of a list of facts. */
const factsIn = async (page: Page, panel: string): Promise<Record<string, string>> => {
  const list = page.locator('.panel', { has: page.getByRole('heading', { name: panel, exact: true }) }).locator('dl');
  await list.first().waitFor();
  const [terms, values] = await Promise.all([
    list.locator('dt').allTextContents(),
    list.locator('dd').allTextContents(),
  ]);
  return Object.fromEntries(terms.map((term, i) => [term, values[i]!]));
};

interface Registered {
  name: string;
  items: string[];
  channels: string[];
}

async function registerHolding(page: Page, { name, items, channels }: Registered): Promise<string> {
  await page.goto(`${program.url}/ledger/new`);
  await fill(page, { 'name.ja': name, 'name.en': name, department: name, place: name, access: name, count: '3' });
  await field(page, 'manager').selectOption({ label: officer.name });
  await choose(page, 'purposes', 'P1');
  await choose(page, 'items', ...items);
  await choose(page, 'principals', 'customer');
  await choose(page, 'channels', ...channels);
  await choose(page, 'retention', 'years');
  await send(page);
  await titled(page, name);
  return /\/ledger\/([0-9a-f-]{36})/.exec(page.url())![1]!;
}

interface Party {
  name: string;
  address: string;
  representative: string;
}

/** On the form of a new recipient, which starts with a corporation in Japan: registers a third party. Returns its id. */
async function registerRecipient(page: Page, party: Party): Promise<string> {
  await reached(page, 'representative');
  await fill(page, { ...party });
  await choose(page, 'relations', 'third-party');
  await send(page);
  await titled(page, party.name);
  return /\/recipients\/([0-9a-f-]{36})/.exec(page.url())![1]!;
}

/** What is handed over for P1, about whom and to whom. */
interface Giving {
  principal: string;
  holding: string;
  recipient: string;
  items: string[];
}

/** Writes a text of consent to it and puts it in force today on its page. `title`: of the first version. */
async function startText(page: Page, giving: Giving, text: Record<string, string>, title: string): Promise<void> {
  await page.goto(`${program.url}/consents/texts/new`);
  await field(page, 'holding').selectOption(giving.holding);
  await send(page);
  await reached(page, 'code');
  await fill(page, text);
  await choose(page, 'kind', 'provision');
  await choose(page, 'purposes', 'P1');
  await choose(page, 'items', ...giving.items);
  await field(page, 'recipient').selectOption(giving.recipient);
  await send(page);
  await reached(page, 'recipients');
  await expect.poll(() => goesOnFrom(page, '[name=recipients]:checked')).toBe(true);
  await send(page);
  await titled(page, title);
  const start = page.locator('main form[action$="/start"]');
  expect(await start.count()).toBe(1);
  await send(page);
  await start.waitFor({ state: 'detached' });
  await settled(page);
}

const toProvide = ({ principal, holding }: Pick<Giving, 'principal' | 'holding'>): string =>
  `${program.url}/provisions/new?${new URLSearchParams({ principal, holding })}`;

/** Asks whether it may be handed over, starting with the choice of the recipient. What the registers know is no field. */
async function askToProvide(page: Page, giving: Giving): Promise<{ tegata: string; articles: string[] }> {
  await page.goto(toProvide(giving));
  await choose(page, 'recipient', giving.recipient);
  await send(page);
  await reached(page, 'purpose');
  expect(await page.locator('#ask [name^="recipient."], #ask [name^="consent"]').count()).toBe(0);
  await choose(page, 'items', ...giving.items);
  await field(page, 'purpose').selectOption('P1');
  await send(page);
  return answerOn(page);
}

/** On the form of a consent, reached from the person: records one given today by the person on paper. `title`: of the page of a consent. */
async function recordConsent(page: Page, principal: string, title: string): Promise<void> {
  await reached(page, 'given_on');
  expect(await field(page, 'principal').inputValue()).toBe(principal);
  await fill(page, { given_on: slashDay(systemClock.today()), evidence: '2026-4' });
  await choose(page, 'given_by', 'principal');
  await choose(page, 'channel', 'paper');
  await send(page);
  await titled(page, title);
}

/** Runs the verifier as the receipt says: the program that the office hands out, and nothing else beside it. */
async function run(file: string): Promise<{ code: number; out: string }> {
  const verifier = await fetch(`${program.url}/assets/verify.mjs`);
  expect(verifier.status).toBe(200);
  const alone = path.join(folder, 'alone');
  await fs.mkdir(alone, { recursive: true });
  await fs.writeFile(path.join(alone, 'verify.mjs'), Buffer.from(await verifier.arrayBuffer()));
  return new Promise((resolve) => {
    execFile(process.execPath, ['verify.mjs', file], { cwd: alone, env: {} }, (error, out) =>
      resolve({ code: error ? Number(error.code) : 0, out }),
    );
  });
}

/** What the page /verify says in both languages, without a network: the answer, and whether it says that the key is the office's own. */
async function checkedOnPage(file: string): Promise<[answer: string, own: boolean][]> {
  const said: [string, boolean][] = [];
  for (const lang of ['ja', 'en'] as const) {
    const { page, context, complaints } = await openTab(browser, { lang });
    await page.goto(`${program.url}/verify?lang=${lang}`);
    await page.waitForLoadState('networkidle');
    await context.setOffline(true);
    await page.setInputFiles('[name=file]', file);
    const answer = page.locator('[data-answer]:visible');
    await answer.waitFor();
    said.push([(await answer.locator('h2').textContent())!, await page.locator('[data-key=own]').isVisible()]);
    expect(complaints).toEqual([]);
    await context.close();
  }
  return said;
}

/** Downloads the receipt of the newest act and has it checked: whole, then with one byte changed. */
async function receiptHolds(page: Page, press: string, name: string): Promise<void> {
  // An entry is signed within a second or two; until then the page says so.
  await expect
    .poll(async () => {
      await page.reload();
      return page.getByRole('button', { name: press, exact: true }).count();
    })
    .toBe(1);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: press, exact: true }).click(),
  ]);
  const file = path.join(folder, name);
  await download.saveAs(file);
  const bytes = await fs.readFile(file);
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
  const whole = await run(file);
  expect(whole.out).toMatch(/^一致/);
  expect(whole.code).toBe(0);
  expect(await checkedOnPage(file)).toEqual([
    ['一致', true],
    ['Good', true],
  ]);
  const turned = Buffer.from(bytes);
  const middle = turned.length >> 1;
  turned[middle] = turned[middle]! ^ 1;
  await fs.writeFile(file, turned);
  const broken = await run(file);
  expect(broken.out).toMatch(/^不一致/);
  expect(broken.code).toBe(1);
  expect(await checkedOnPage(file)).toEqual([
    ['不一致', false],
    ['Not good', false],
  ]);
}

/** Expects that the browser refused nothing and no name became markup. */
async function unharmed({ page, complaints }: Tab): Promise<void> {
  expect(complaints).toEqual([]);
  expect(await page.locator('img, main b, main script').count()).toBe(0);
}

/** Pages that are only seen on the way in, at both widths. */
const sound = async (page: Page): Promise<void> =>
  expect([...(await faultsOf(page, 'ja', 390)), ...(await faultsOf(page, 'ja', 1280))]).toEqual([]);

async function signIn(page: Page, code: string, button: string, confirm: string): Promise<void> {
  await page.goto(`${program.url}/sign-in`);
  await fill(page, { email: officer.email, password: officer.password });
  await press(page, button);
  await page.locator('[name=code]').waitFor();
  await page.locator('[name=code]').fill(code);
  await press(page, confirm);
}

test('日本語：最初の登録から、取得、拒否、利用、同意、提供、控えの検証まで', async () => {
  const tab = await openTab(browser, { lang: 'ja' });
  const { page } = tab;
  await expect.poll(() => program.out()).toMatch(/\/setup\/[\w-]{43}\n/);
  const link = /http:\S+\/setup\/[\w-]+/.exec(program.out())![0];
  await page.goto(link);
  await sound(page);

  // The first officer.
  const secret = (await page.locator('#authenticator-secret').textContent())!;
  await fill(page, {
    name: officer.name,
    email: officer.email,
    password: officer.password,
    'password-again': officer.password,
    code: codeNow(secret),
  });
  await press(page, '登録して入る');
  await titled(page, '復旧コード');
  await sound(page);
  recoveryCodes = await page.locator('#recovery-codes li').allTextContents();
  expect(new Set(recoveryCodes).size).toBe(10);
  await page.goto(link);
  await titled(page, 'このリンクは使えません');
  await page.goto(`${program.url}/account`);
  await page
    .locator('summary, .user')
    .first()
    .click()
    .catch(() => undefined);
  await page.getByRole('button', { name: 'サインアウト' }).first().click();
  await titled(page, 'サインイン');
  await signIn(page, 'いまの数字ではない', 'サインイン', '確かめて入る');
  await page.locator('.errsum').waitFor();
  await sound(page);
  await page.locator('[name=code]').fill(codeNow(secret, 1));
  await press(page, '確かめて入る');
  await titled(page, 'ホーム');
  expect(await page.locator('header').textContent()).toContain(officer.name);
  await unharmed(tab);

  const items = ['name', 'name_kana', 'email', 'address', 'note'];
  const holding = await registerHolding(page, { name: '例示 <i>お客様</i> 台帳', items, channels: ['paper'] });
  const typed = {
    'items.name': rare,
    'items.name_kana': 'ヨシノ タカツジ',
    'items.email': 'takatsuji@example.jp',
    'items.address': '東京都中央区例示町1-2-3',
    'items.note': markup,
  };

  // A written form that did not show its purpose is refused, and nothing of it is kept; once the purpose is shown first, it is taken in.
  await page.goto(`${program.url}/acquisitions/new?holding=${holding}`);
  expect(await page.locator('.banner-info').textContent()).toContain('P1');
  await choose(page, 'channel', 'paper');
  await choose(page, 'placement', 'none');
  await fill(page, typed);
  await press(page, '取得する');
  const refused = await answerOn(page);
  expect(refused.tegata).toBe('不可');
  expect(refused.articles).toContain('法21条2項');
  expect(await page.locator('.finding').textContent()).toContain('何も保管していません');
  await press(page, '入力に戻って直す');
  await titled(page, '個人情報を取得する');
  expect(await field(page, 'items.name').inputValue()).toBe(rare);
  expect(await field(page, 'items.note').inputValue()).toBe(markup);
  await choose(page, 'placement', 'before-submit');
  await press(page, '取得する');
  await page.getByText('取得しました', { exact: true }).waitFor();
  const principal = /\/people\/([0-9a-f-]{36})/.exec(page.url())![1]!;

  // Found by another spelling of the name; the list names nobody.
  await page.goto(`${program.url}/people`);
  await fill(page, { name: '吉野　高辻' });
  await press(page, '探す');
  await page.getByRole('link', { name: principal.slice(-8) }).click();
  await titled(page, `本人 ${principal.slice(-8)}`);
  expect(await page.locator('main').textContent()).not.toContain('𠮷野');

  // Opened, exactly as written, for the purpose it was collected for, and for no other.
  await choose(page, 'items-0', 'name', 'note');
  await field(page, 'purpose-0').selectOption('P1');
  await press(page, '関所を通して開く');
  expect((await answerOn(page)).tegata).toBe('可');
  const opened = await factsIn(page, '例示 <i>お客様</i> 台帳');
  expect(opened).toEqual({ 氏名: rare, 備考: markup });
  await unharmed(tab);
  await follow(page, '閉じて本人の画面に戻る');
  await choose(page, 'items-0', 'name');
  await field(page, 'purpose-0').selectOption('P4');
  await press(page, '関所を通して開く');
  const closed = await answerOn(page);
  expect(closed.tegata).toBe('不可');
  expect(closed.articles).toContain('法18条1項');
  expect(closed.articles).toContainEqual(expect.stringMatching(/^方針 条項\d+$/));
  expect(await page.locator('main').textContent()).not.toContain(rare);

  // A third party must be registered first, and is refused while the person has not consented to a text.
  const party = { name: '株式会社例示配送', address: '東京都中央区例示町2-2', representative: '配送 太郎' };
  await page.goto(toProvide({ principal, holding }));
  await page.getByText('提供先がまだ登録されていません').waitFor();
  await follow(page, '提供先を登録する');
  const recipient = await registerRecipient(page, party);
  const giving = { principal, holding, recipient, items: ['name', 'address'] };
  const text = {
    code: 'delivery',
    nameJa: '配送会社への提供',
    nameEn: 'Provision to the carrier',
    wordingJa: '氏名と住所を、株式会社例示配送に渡すことに同意します。',
  };
  await startText(page, giving, text, '配送会社への提供 第1版');
  const unasked = await askToProvide(page, giving);
  expect(unasked.tegata).toBe('不可');
  expect(unasked.articles).toContain('法27条1項');
  expect(await page.getByRole('button', { name: '渡して記録する' }).count()).toBe(0);
  await follow(page, '同意を記録する');
  await follow(page, '配送会社への提供 第1版');
  await recordConsent(page, principal, '同意の記録');
  const yes = await askToProvide(page, giving);
  expect(yes.tegata).toBe('可');
  expect(yes.articles).toEqual(expect.arrayContaining(['法27条1項', '法29条1項']));
  await press(page, '渡して記録する');
  await titled(page, '渡しました');
  expect(await factsIn(page, '渡す内容')).toEqual({ 氏名: rare, 住所: '東京都中央区例示町1-2-3' });
  await follow(page, '残った記録を見る');
  // Rules 20(1)(ii): consent, recipient and representative, person, items; no day. Beside them what the record itself is.
  expect(await factsIn(page, '提供の記録')).toEqual({
    本人の同意: '得ている',
    提供先: party.name,
    住所: party.address,
    代表者: party.representative,
    本人: principal,
    項目: '氏名、住所',
    記録を作った日: expect.any(String),
    保存の期限: expect.any(String),
  });

  await page.goto(`${program.url}/people/${principal}`);
  await page.locator('#history').getByRole('row', { name: /^提供/ }).getByRole('link', { name: '控え' }).click();
  await titled(page, '控え');
  await receiptHolds(page, 'PDF（日本語）', 'receipt-ja.pdf');
  await unharmed(tab);
  await tab.context.close();
});

test('English, without script: refused, acquired, opened, consented, provided, and the receipt checked', async () => {
  const tab = await openTab(quickBrowser, { lang: 'en', script: false });
  const { page } = tab;
  await signIn(page, recoveryCodes[0]!, 'Sign in', 'Check and enter');
  await titled(page, 'Home');
  const name = 'Customers & <i>friends</i>';
  const holding = await registerHolding(page, { name, items: ['name', 'email', 'note'], channels: ['web-form'] });

  await page.goto(`${program.url}/acquisitions/new?holding=${holding}`);
  await choose(page, 'channel', 'web-form');
  await choose(page, 'placement', 'none');
  await fill(page, { 'items.name': markup, 'items.email': 'friend@example.jp', 'items.note': rare });
  await press(page, 'Acquire');
  expect(await answerOn(page)).toMatchObject({
    tegata: '不可',
    articles: expect.arrayContaining(['APPI Art. 21(2)']),
  });
  await press(page, 'Back to the form');
  await choose(page, 'placement', 'before-submit');
  await press(page, 'Acquire');
  await page.getByText('It was acquired', { exact: true }).waitFor();
  const principal = /\/people\/([0-9a-f-]{36})/.exec(page.url())![1]!;

  await choose(page, 'items-0', 'name', 'note');
  await field(page, 'purpose-0').selectOption('P3');
  await press(page, 'Open through the checkpoint');
  const closed = await answerOn(page);
  expect(closed.tegata).toBe('不可');
  expect(closed.articles).toContain('APPI Art. 18(1)');
  expect(closed.articles).toContainEqual(expect.stringMatching(/^Policy clause \d+$/));
  await page.goto(`${program.url}/people/${principal}`);
  await choose(page, 'items-0', 'name', 'note');
  await field(page, 'purpose-0').selectOption('P1');
  await press(page, 'Open through the checkpoint');
  expect(await factsIn(page, name)).toEqual({ Name: markup, Note: rare });
  await unharmed(tab);

  const party = { name: '例示 <b>倉庫</b> 株式会社', address: '東京都港区例示町3-3', representative: '倉庫 花' };
  await page.goto(toProvide({ principal, holding }));
  await follow(page, 'Register a recipient');
  const recipient = await registerRecipient(page, party);
  const giving = { principal, holding, recipient, items: ['name'] };
  const text = {
    code: 'storage',
    nameJa: '倉庫会社への提供',
    nameEn: 'Provision to the warehouse',
    wordingEn: 'I consent to my name going to the warehouse.',
  };
  await startText(page, giving, text, 'Provision to the warehouse, version 1');
  expect(await askToProvide(page, giving)).toMatchObject({
    tegata: '不可',
    articles: expect.arrayContaining(['APPI Art. 27(1)']),
  });
  expect(await page.getByRole('button', { name: 'Hand over and record' }).count()).toBe(0);
  await follow(page, 'Record a consent');
  await follow(page, 'Provision to the warehouse, version 1');
  await recordConsent(page, principal, 'Consent');
  expect((await askToProvide(page, giving)).tegata).toBe('可');
  await press(page, 'Hand over and record');
  await titled(page, 'It has been handed over');
  expect(await factsIn(page, 'What to hand over')).toEqual({ Name: markup });
  await follow(page, 'See what was recorded');
  expect(await factsIn(page, 'Record of provision')).toEqual({
    Consent: 'Obtained',
    Recipient: party.name,
    Address: party.address,
    Representative: party.representative,
    Person: principal,
    Items: 'Name',
    'Record made': expect.any(String),
    'Kept until': expect.any(String),
  });
  await unharmed(tab);

  await page.goto(`${program.url}/people/${principal}`);
  await page
    .locator('#history')
    .getByRole('row', { name: /^Provided/ })
    .getByRole('link', { name: 'Receipt' })
    .click();
  await titled(page, 'Receipt');
  await receiptHolds(page, 'PDF (English)', 'receipt-en.pdf');
  await unharmed(tab);
  await tab.context.close();
});
