// A list of people provided to a partner, in a real browser: a handler drafts it, the checkpoint shows who falls out, the officer approves, and
// only the partner can open the file. Then one person by hand. The handler works in Japanese with script, the officer in English without.

import fs from 'node:fs/promises';
import type { Server } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { serve } from '@hono/node-server';
import { Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApp, type App } from '../../src/app.ts';
import type { Role } from '../../src/base/actor.ts';
import { addDays, type Day } from '../../src/base/day.ts';
import { newId } from '../../src/base/id.ts';
import { addFictionalStaff } from '../../src/features/access/index.ts';
import { equip, type Office } from '../../src/office.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { readConfig } from '../../src/platform/config.ts';
import { slashDay } from '../../src/platform/ui/format.ts';
import { testDatabase, type TestDatabase } from '../house.ts';
import { addConsent, addConsentText, addHolding, addPerson, addRecipient, valueOf } from '../people.ts';
import { freePort, root } from '../server.ts';
import { withdrawConsent } from '../../src/features/consent/actions/consents.ts';
import { launchBrowser } from './chromium.ts';
import { choose } from './hands.ts';
import { faultsBothWays, openTab, type Lang, type Tab } from './inspect.ts';

const password = 'tsuki-no-hikari-7';
/** The order of the ledger, which the file keeps. */
const items = ['name', 'email', 'company'];
/** A name with letters that are easily lost, and a company that a spreadsheet or a page would take for something else. */
const rare = { name: '𠮷野 髙辻󠄀', company: '=HYPERLINK("例示"),<b>合資会社</b>', email: 'yoshino@example.jp' };
const sato = { name: '佐藤 花', company: '株式会社みなと印刷', email: 'hana.sato@example.jp' };
const partner = '株式会社共同企画';

let db: TestDatabase;
let folder: string;
let office: Office;
let app: App;
let server: Server;
let browser: Browser;
let identity: string;
let today: Day;
let holding: string;
let kyodo: string;
/** The persons by what the consents say of them; `nobody` is an id that belongs to nobody. */
let ids: Record<'rare' | 'sato' | 'unasked' | 'withdrawn' | 'nobody', string>;
let handler: Tab;
let officer: Tab;

const url = (to: string): string => `${office.config.publicUrl}${to}`;

async function enter(role: Role, lang: Lang, script: boolean): Promise<Tab> {
  const tab = await openTab(browser, { lang, script });
  await tab.page.goto(url(`/sign-in?lang=${lang}`));
  await tab.page.fill('[name=email]', `${role}@example.jp`);
  await tab.page.fill('[name=password]', password);
  await tab.page.click('main form button');
  await tab.page.waitForURL(url('/'));
  return tab;
}

async function register(staff: Record<string, string>): Promise<void> {
  const house = { office, access: app.access, staff };
  const person = async (of: typeof sato) => (await addPerson(house, holding, of)).principal;
  today = office.clock.today();
  holding = await addHolding(house, { name: { ja: 'セミナー参加者名簿', en: 'Seminar participants' } });
  kyodo = await addRecipient(house, { publicKey: await identityToRecipient(identity) });
  const text = await addConsentText(house, { holding, recipients: [kyodo], items, code: 'partner' });
  ids = {
    rare: await person(rare),
    sato: await person(sato),
    unasked: await person({ name: '鈴木 一', company: '例示商店', email: 'suzuki@example.jp' }),
    withdrawn: await person({ name: '高橋 実', company: '例示商店', email: 'takahashi@example.jp' }),
    nobody: newId(0),
  };
  const consented = (principal: string) => addConsent(house, principal, text, addDays(today, -7));
  await consented(ids.rare);
  await consented(ids.sato);
  const by = { actor: { kind: 'sekisho' }, authority: [] } as const;
  const gone = await consented(ids.withdrawn);
  valueOf(await withdrawConsent(office, by, gone, { on: addDays(today, -1), evidence: null }));
}

beforeAll(async () => {
  db = await testDatabase();
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'sekisho-provision-'));
  office = await equip(readConfig({ PORT: String(await freePort()) }, { dataFolder: folder }), systemClock, db.app);
  app = await openApp(office, { root, report: (line) => expect.unreachable(line) });
  const staff: Record<string, string> = {};
  const names = { officer: '関口 真理', handler: '森田 翔' } as const;
  for (const [role, name] of Object.entries(names)) {
    const person = { name, email: `${role}@example.jp`, roles: [role as Role], password };
    staff[role] = await addFictionalStaff(app.access, person);
  }
  identity = await generateX25519Identity();
  await register(staff);
  server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: office.config.port }) as Server;
  browser = await launchBrowser({ japanese: true });
  handler = await enter('handler', 'ja', true);
  officer = await enter('officer', 'en', false);
});

afterAll(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
  await app?.close();
  await db?.drop();
  await fs.rm(folder, { recursive: true, force: true });
});

const settled = async (page: Page): Promise<void> => {
  await page.locator('[aria-busy=true]').waitFor({ state: 'detached' });
};

const titled = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
  await settled(page);
};

const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('main').getByRole('button', { name, exact: true }).click();

const follow = (page: Page, name: string): Promise<void> =>
  page.getByRole('main').getByRole('link', { name, exact: true }).first().click();

/** The rows of the screening: persons, answer, number, share. */
const screeningOn = async (page: Page): Promise<string[]> => {
  const rows = page.locator('main .tbl tbody tr');
  await rows.first().waitFor();
  const cells = await Promise.all((await rows.all()).map((row) => row.locator('th, td').allInnerTexts()));
  return cells.map((row) =>
    row
      .slice(0, 4)
      .map((text) => text.replace(/\s+/g, ' ').trim())
      .join('|'),
  );
};

/** Drafts a package from the list of packages; returns its id. */
async function draft(page: Page): Promise<string> {
  await page.goto(url('/packages'));
  await follow(page, '提供ファイルを作る');
  await titled(page, '提供ファイルを作る');
  await page.selectOption('[name=holding]', holding);
  await choose(page, 'who', 'list');
  await choose(page, 'recipient', kyodo);
  await press(page, '次へ');
  await page.locator('#ask').waitFor();
  await settled(page);
  await choose(page, 'items', ...items);
  await page.selectOption('[name=purpose]', 'P3');
  await press(page, 'この事実で答えを出す');
  await page.locator('.finding-yes').waitFor();
  await press(page, '下書きを作る');
  await titled(page, `${partner}への提供ファイル`);
  return /\/packages\/([0-9a-f-]{36})/.exec(page.url())![1]!;
}

/** Adds the persons to the list, the first ones as a file and the others typed. */
async function list(page: Page, file: readonly string[], typed: readonly string[]): Promise<void> {
  const buffer = Buffer.from(`\uFEFFprincipal,メモ\r\n${file.map((id) => `${id},"一,二"`).join('\r\n')}\r\n`);
  await page.setInputFiles('[name=file]', { name: '名簿.csv', mimeType: 'text/csv', buffer });
  await page.fill('[name=list]', typed.join('\n'));
  await press(page, '名簿に加える');
  await page.locator('main .tbl').waitFor();
  await settled(page);
}

/** What the recipient reads: the lines of the file, as written. */
async function opened(file: string): Promise<string[]> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const clear = await decrypter.decrypt(new Uint8Array(await fs.readFile(file)), 'text');
  return clear.replace(/^\uFEFF/, '').split('\r\n');
}

const quoted = (text: string): string => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const lineOf = (one: typeof sato): string => items.map((code) => quoted(one[code as keyof typeof sato])).join(',');

/** The persons with records of a package, each with the consent it rests on. */
const recorded = (id: string): Promise<{ principal: string; consent: boolean }[]> =>
  db.owner.query(
    `SELECT w.principal_id AS principal, w.consent_id IS NOT NULL AND r.consent_obtained AS consent
     FROM provisions p JOIN provision_records r ON r.provision_id = p.id JOIN provision_people w ON w.provision_id = p.id
     WHERE p.package_id = $1 ORDER BY w.principal_id`,
    [id],
  );

const forged = async ({ page, context }: Tab, to: string): Promise<number> => {
  const csrf = await page.locator('main form [name=csrf]').first().inputValue();
  return (await context.request.post(url(to), { form: { csrf }, maxRedirects: 0 })).status();
};

test('a list of which some did not consent: they fall out, the officer approves, and only the partner opens the file', async () => {
  const { page } = handler;
  const id = await draft(page);
  await list(page, [ids.rare, ids.unasked, ids.rare], [ids.sato, ids.withdrawn, ids.nobody]);
  expect(await screeningOn(page)).toEqual([
    '同意した人 「共催者への提供」第1版|可|2|40%',
    'この提供に及ぶ同意がない|不可|1|20%',
    '同意を取り下げたか、停止を申し出ている 「共催者への提供」第1版|不可|1|20%',
    'この台帳に情報がない|外れる|1|20%',
    '合計|2人の情報を渡せる|5|40%',
  ]);
  expect(await page.getByText('重なっていた1件は除いています').count()).toBe(1);
  await page.getByText('根拠を見る').nth(1).click();
  expect(await page.locator('main .tbl details[open]').innerText()).toContain('本人の同意がありません');
  expect(await faultsBothWays(page, 'ja')).toEqual([]);

  await press(page, '承認を求める');
  await page.getByText('承認できる人の承認を待っています').waitFor();
  expect(await page.getByRole('button', { name: '承認する' }).count()).toBe(0);
  expect(await forged(handler, `/packages/${id}/approve`)).toBe(403);

  await officer.page.goto(url(`/packages/${id}`));
  await titled(officer.page, `Package to ${partner}`);
  expect((await screeningOn(officer.page))[0]).toBe('Consented “Provision to the partner”, version 1|Yes|2|40%');
  await press(officer.page, 'Approve');
  // The page reloads itself without script.
  const download = officer.page.getByRole('button', { name: 'Download the encrypted file' });
  await download.waitFor();
  await page.reload();
  await page.getByRole('button', { name: '暗号化したファイルをダウンロードする' }).waitFor();
  const [file] = await Promise.all([officer.page.waitForEvent('download'), download.click()]);
  expect(file.suggestedFilename()).toBe(`provision-${id}.csv.age`);
  const sealed = await fs.readFile(await file.path(), 'latin1');
  expect(sealed).toMatch(/^age-encryption\.org\/v1\n/);
  expect(sealed).not.toContain('example.jp');
  const [head, ...lines] = await opened(await file.path());
  expect(head).toBe('name,email,company');
  // A value that a spreadsheet would run is text in the file.
  const harmless = { ...rare, company: `'${rare.company}` };
  expect(lines.toSorted()).toEqual(['', lineOf(harmless), lineOf(sato)].toSorted());
  expect(await recorded(id)).toEqual(
    [ids.rare, ids.sato].toSorted().map((principal) => ({ principal, consent: true })),
  );

  await officer.page.goto(url(`/packages/${id}`));
  await follow(officer.page, 'It is delivered: close');
  await titled(officer.page, 'Close the package');
  await press(officer.page, 'Close');
  await officer.page.getByText('It was delivered and closed').waitFor();
  expect([handler.complaints, officer.complaints]).toEqual([[], []]);
});

test('whoever withdraws on the page of the consents is left out of the next package', async () => {
  const { page } = officer;
  await page.goto(url(`/consents?principal=${ids.rare}`));
  await page.locator('main .tbl tbody a').first().click();
  await follow(page, 'Withdraw');
  await titled(page, 'Withdraw');
  await press(page, 'Withdraw');
  await page.waitForURL(/\/consents\/[0-9a-f-]{36}$/);

  const id = await draft(handler.page);
  await list(handler.page, [ids.rare], [ids.sato]);
  expect(await screeningOn(handler.page)).toEqual([
    '同意した人 「共催者への提供」第1版|可|1|50%',
    '同意を取り下げたか、停止を申し出ている 「共催者への提供」第1版|不可|1|50%',
    '合計|1人の情報を渡せる|2|50%',
  ]);
  await press(handler.page, '承認を求める');
  await handler.page.getByText('承認できる人の承認を待っています').waitFor();
  await page.goto(url(`/packages/${id}`));
  await press(page, 'Approve');
  const download = page.getByRole('button', { name: 'Download the encrypted file' });
  await download.waitFor();
  const [file] = await Promise.all([page.waitForEvent('download'), download.click()]);
  expect((await opened(await file.path())).slice(1)).toEqual([lineOf(sato), '']);
  expect(await recorded(id)).toEqual([{ principal: ids.sato, consent: true }]);
});

test('one person: refused without consent, provided once it is recorded', async () => {
  const { page, complaints } = handler;
  await page.goto(url(`/provisions/new?principal=${ids.unasked}&holding=${holding}`));
  await press(page, '次へ');
  await page.getByRole('alert').waitFor();
  expect(await page.locator('#f-recipient-e').innerText()).toBe('＊渡す相手を選んでください');
  await choose(page, 'recipient', kyodo);
  await press(page, '次へ');
  const asking = async () => {
    await page.locator('#ask').waitFor();
    await settled(page);
    await choose(page, 'items', ...items);
    await page.selectOption('[name=purpose]', 'P3');
    await press(page, 'この事実で答えを出す');
    await page.locator('.finding').waitFor();
  };
  await page.locator('#ask').waitFor();
  const at = page.url();
  await asking();
  expect(await page.locator('.finding h2').innerText()).toContain('渡せません');
  expect(await page.getByRole('button', { name: '渡して記録する' }).count()).toBe(0);
  expect(await faultsBothWays(page, 'ja', false)).toEqual([]);

  await follow(page, '同意を記録する');
  await follow(page, '共催者への提供 第1版');
  await page.locator('[name=principal]').waitFor();
  await settled(page);
  expect(await page.inputValue('[name=principal]')).toBe(ids.unasked);
  await choose(page, 'language', 'ja');
  await page.fill('[name=given_on]', slashDay(today));
  await choose(page, 'given_by', 'principal');
  await choose(page, 'channel', 'paper');
  await page.fill('[name=evidence]', '同意書つづり 2026-4');
  await page.locator('main form button:not([name])').last().click();
  await page.waitForURL(url(`/people/${ids.unasked}`));

  await page.goto(at);
  await asking();
  expect(await page.locator('.finding h2').innerText()).toContain('渡してよい');
  await press(page, '渡して記録する');
  await titled(page, '渡しました');
  expect(await page.getByRole('main').innerText()).toContain('鈴木 一');
  const rows = await db.owner.query<{ recipient: string; consent: boolean }>(
    `SELECT r.recipient_name AS recipient, r.consent_obtained AS consent FROM provision_people w
     JOIN provision_records r ON r.provision_id = w.provision_id WHERE w.principal_id = $1`,
    [ids.unasked],
  );
  expect(rows).toEqual([{ recipient: partner, consent: true }]);
  expect(complaints).toEqual([]);
});
