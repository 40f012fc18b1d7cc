// Every page of the assembled app, by its list of routes, in a furnished office: in both languages, wide and narrow, and in the states
// that only a form reaches. A page that is not visited here fails the test.

import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import type { Browser, Page } from 'playwright-core';
import readXlsx from 'read-excel-file/node';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { failuresIn } from '../house.ts';
import type { App } from '../../src/app.ts';
import type { Actor, Role } from '../../src/base/actor.ts';
import { addDays } from '../../src/base/day.ts';
import { demoAccounts, demoTokens } from '../../src/demo.ts';
import { listStaff, listSystems, type By } from '../../src/features/access/index.ts';
import { forgetStanding, use } from '../../src/features/checkpoint/index.ts';
import { changeJointUse, publishNotice, registerJointUse } from '../../src/features/joint-use/actions.ts';
import {
  object,
  recordConsent,
  retractObjection,
  withdrawConsent,
} from '../../src/features/consent/actions/consents.ts';
import { startText, writeText } from '../../src/features/consent/actions/texts.ts';
import { simply } from '../../src/features/desk/actions/happen.ts';
import { collect } from '../../src/features/desk/actions/collect.ts';
import { identify, receivePapers } from '../../src/features/desk/actions/receive.ts';
import { registerRequest, type RegisterAsk } from '../../src/features/desk/index.ts';
import { changePurpose, read as readLedger } from '../../src/features/ledger/actions.ts';
import { holdings, registerHolding } from '../../src/features/ledger/index.ts';
import { packageFile } from '../../src/features/provision/actions/file.ts';
import { closePackage, declinePackage, packageOf } from '../../src/features/provision/actions/packages.ts';
import { approvePackage, draftPackage, requestPackage } from '../../src/features/provision/index.ts';
import { allReports, countryReportOn } from '../../src/features/recipients/actions/read.ts';
import { assureRecipient, checkRecipient } from '../../src/features/recipients/actions/assurance.ts';
import { registerRecipient, stopRecipient } from '../../src/features/recipients/actions/recipient.ts';
import { reportCountry } from '../../src/features/recipients/actions/country.ts';
import { listRecipients } from '../../src/features/recipients/index.ts';
import { collections } from '../../src/features/related/actions/collections.ts';
import { link } from '../../src/features/related/actions/links.ts';
import { provide } from '../../src/features/related/actions/provisions.ts';
import { receive } from '../../src/features/related/actions/receipts.ts';
import { registerCollection } from '../../src/features/related/index.ts';
import { append, listEntries, logEntry } from '../../src/log/index.ts';
import { valueWord } from '../../src/features/audit/words.ts';
import type { Office } from '../../src/office.ts';
import { readCsv } from '../../src/platform/sheet.ts';
import { listCode } from '../../src/platform/ui/list.tsx';
import { furnishedOffice, type Furnished } from '../furnished.ts';
import type { TestDatabase } from '../house.ts';
import { askedThemselves, entrusted } from '../people.ts';
import { aWebSite, freePort, must, readers, systemActions } from '../server.ts';
import { launchBrowser } from './chromium.ts';
import { answered } from './hands.ts';
import { faultsOf, foreignTexts, openTab, type Lang, type Tab, shapeFaultsOf } from './inspect.ts';

const langs: readonly Lang[] = ['ja', 'en'];
/** The narrow width is that of a window of 1280 px at fourfold zoom (WCAG 1.4.10). */
const widths = [1280, 320];
/** Axe takes most of the time of a check, so it sees every page in both languages but at one width in each. */
const axeAt: Record<Lang, number> = { ja: 1280, en: 320 };
type Who = 'officer' | 'administrator' | 'nobody';
const whos: readonly Who[] = ['officer', 'administrator', 'nobody'];

let house: Furnished;
let db: TestDatabase;
let office: Office;
let app: App;
let server: Server;
let browser: Browser;
let tabs: Record<Lang, Record<Who, Tab>>;
/** Text written by people, which no page translates. */
let data: string[];
/** Ids of the furnished office, by what they identify. */
let ids: Record<string, string>;

const url = (to: string): string => `${office.config.publicUrl}${to}`;

async function enter(lang: Lang, who: Who | Role): Promise<Tab> {
  const tab = await openTab(browser, { lang });
  const account = demoAccounts.find(({ role }) => role === who);
  await tab.page.goto(url(`/sign-in?lang=${lang}`));
  if (!account) return tab;
  await tab.page.fill('[name=email]', account.email);
  await tab.page.fill('[name=password]', account.password);
  await tab.page.click('main form button');
  await tab.page.waitForURL(url('/'));
  return tab;
}

/** The first id of a kind that a page links to. */
async function firstId(page: Page, from: string, kind: string): Promise<string> {
  await page.goto(url(from));
  const found = new RegExp(`/${kind}/([0-9a-f-]{36})`).exec(await page.content());
  if (!found) throw new Error(`${from} names no ${kind}`);
  return found[1]!;
}

/** Invites somebody and returns the path of their link. */
async function invite(page: Page, email: string): Promise<string> {
  await page.goto(url('/staff/new'));
  await page.fill('[name=name]', '招待 一子');
  await page.fill('[name=email]', email);
  await page.check('[name=roles][value=employee]');
  await page.click('main form button:not([name])');
  const link = page.getByText(/\/invitation\//);
  return new URL((await link.first().textContent())!.trim()).pathname;
}

const MEMBER = '例示物流株式会社';

/** A joint use with a change that waits for its publication and one that is announced, and the draft of another. */
async function jointUses(): Promise<{ jointUse: string; jointUseDraft: string }> {
  const by = { actor: { kind: 'sekisho' }, authority: [] } as const;
  const today = office.clock.today();
  const party = { kind: 'corporation', name: MEMBER, address: '例示町2-2', representative: '例示 次郎', country: 'JP' };
  const member = must(await registerRecipient(office, by, { ...party, relations: ['joint-use'] })).id;
  const [holding] = (await holdings(office)).filter(({ state }) => state === 'active');
  const both = (ja: string, en: string) => ({ ja, en });
  const input = {
    name: both('催しの共同案内', 'Joint invitations'),
    information: 'personal',
    shares: [{ holding: holding!.id, items: [holding!.items[0]!.code] }],
    scope: both('当社と例示物流株式会社', 'We and Reiji Logistics'),
    members: [member],
    purposes: holding!.purposes.slice(0, 1),
    responsible: {
      kind: 'corporation',
      name: both('例示情報通信株式会社', 'Reiji Communications'),
      address: both('東京都千代田区例示町1-1', '1-1 Reijicho, Tokyo'),
      representative: both('例示 太郎', 'Taro Reiji'),
    },
  };
  const named = { ...input, name: both('会員の分析', 'Analysis of members'), information: 'pseudonymous' };
  const draft = must(await registerJointUse(office, by, named));
  const drawn = must(await registerJointUse(office, by, input));
  const open = must(await publishNotice(office, by, drawn, { notice: 1, on: today }));
  const moved = must(
    await changeJointUse(office, by, open, {
      change: 'responsible-address',
      effectiveOn: today,
      noticeOn: null,
      responsible: { address: both('東京都港区例示町3-3', '3-3 Reijicho, Tokyo') },
    }),
  );
  const person = { ...input.responsible, name: both('例示販売株式会社', 'Reiji Sales') };
  const announced = { change: 'responsible-person', effectiveOn: addDays(today, 30), noticeOn: today } as const;
  must(await changeJointUse(office, by, moved, { ...announced, responsible: person }));
  return { jointUse: drawn.id, jointUseDraft: draft.id };
}

const REASON = '約束した催しの案内に限るため';

/** Packages in every lasting state, and recipients, one of them stopped. */
async function packages(): Promise<Record<string, string>> {
  const { id: staff, name } = (await listStaff(app.access)).find(({ email }) => email === 'officer@example.jp')!;
  const officer = { actor: { kind: 'staff', id: staff, name, roles: ['officer'] }, authority: [] } as const;
  const other = { actor: { kind: 'sekisho' }, authority: [] } as const;
  const publicKey = await identityToRecipient(await generateX25519Identity());
  const party = { kind: 'corporation', address: '例示町4-4', representative: '例示 三郎', country: 'JP', publicKey };
  const recipient = async (called: string, relations: string[]): Promise<string> =>
    must(await registerRecipient(office, other, { ...party, name: called, relations })).id;
  const third = await recipient('株式会社例示企画', ['third-party', 'entrustment']);
  const printer = await recipient('例示印刷株式会社', ['entrustment']);
  must(await assureRecipient(office, other, printer, { ...entrusted, from: office.clock.today() }));
  const stopped = await recipient('例示停止株式会社', ['third-party']);
  must(await stopRecipient(office, other, { id: stopped, version: 1, reason: REASON }));
  const [holding] = (await holdings(office)).filter(({ state }) => state === 'active');
  const ask = { holding: holding!.id, items: [holding!.items[0]!.code], purpose: holding!.purposes[0]! };
  const draft = async (to: string, relation: 'third-party' | 'entrustment', by: By): Promise<string> =>
    must(await draftPackage(office, by, { ...ask, recipient: to, facts: { relation }, everybody: true })).id;
  const requested = async (by: By): Promise<string> => {
    const id = await draft(printer, 'entrustment', by);
    must(await requestPackage(office, by, id));
    return id;
  };
  const made = {
    packageRecipient: third,
    packageEmpty: must(
      await draftPackage(office, other, {
        ...ask,
        recipient: third,
        facts: { relation: 'third-party' },
        everybody: false,
      }),
    ).id,
    packageRefused: await draft(third, 'third-party', other),
    packageRequested: await requested(other),
    packageOwn: await requested(officer),
    packageReady: await requested(other),
    packageClosed: await requested(other),
    packageDeclined: await requested(other),
  };
  must(await declinePackage(office, officer, made.packageDeclined, REASON));
  for (const id of [made.packageReady, made.packageClosed]) {
    must(await approvePackage(office, officer, id));
    while (must(await packageOf(office, id)).state === 'preparing') await sleep(50);
  }
  await must(await packageFile(office, other, made.packageClosed)).body.cancel();
  must(await closePackage(office, other, made.packageClosed));
  return made;
}

const ABROAD = 'Reiji Hanoi Technology Co., Ltd.';
/** An age recipient whose key nobody has any more. */
const KEY = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p';

/** A recipient abroad with an expired and a valid system, a check and a report; and one that a check has stopped. */
async function recipients(): Promise<{ recipient: string; stopped: string; assurance: string }> {
  const by = { actor: { kind: 'sekisho' }, authority: [] } as const;
  const today = office.clock.today();
  const party = { kind: 'corporation', name: ABROAD, address: '例示町2-2', representative: '例示 次郎', country: 'VN' };
  const relations = ['third-party', 'entrustment'];
  const recipient = must(await registerRecipient(office, by, { ...party, relations, publicKey: KEY })).id;
  const stopped = must(await registerRecipient(office, by, { ...party, address: '例示町2-3', relations })).id;
  const system = { kind: 'equivalent-system', reference: '覚書', by: 'contract', measures: '例示の措置' };
  const [past, until] = [addDays(today, -400), addDays(today, 20)];
  must(await assureRecipient(office, by, recipient, { ...system, from: past, until: addDays(today, -30) }));
  const assurance = must(await assureRecipient(office, by, recipient, { ...system, from: today, until })).id;
  const contract = { ownUse: false, assessed: true, contract: true, monitored: true };
  must(
    await assureRecipient(office, by, recipient, { kind: 'entrustment', reference: '契約', from: past, ...contract }),
  );
  const cloud = { contractExcludesHandling: true, accessControlled: true, serverCountry: 'SG' };
  must(await assureRecipient(office, by, recipient, { kind: 'cloud', reference: '規約', from: past, ...cloud }));
  const trouble = { trouble: '例示の支障', remedy: '例示の対応', foreignSystem: '例示の制度' };
  const found = { on: addDays(today, -340), method: '書面', ...trouble };
  must(await checkRecipient(office, by, recipient, { ...found, measures: 'hindered' }));
  must(await checkRecipient(office, by, stopped, { ...found, measures: 'impossible' }));
  const report = {
    systemExists: true,
    indicators: ['cbpr'],
    missingPrinciples: ['openness'],
    graveSystems: '例示の制度',
    source: 'https://www.example.jp/reports/vn',
    measures: '例示の措置',
  };
  const known = (await allReports(office)).filter(({ country }) => country === 'VN').length;
  for (const [more, days] of [-400, -10].entries()) {
    const input = { ...report, checkedOn: addDays(today, days) };
    must(await reportCountry(office, by, { country: 'VN', version: known + more, input }));
  }
  return { recipient, stopped, assurance };
}

/** What people wrote in a text and on a consent. */
const WORDING = '例示の文面に同意します';

/** A text in force and the draft of its next version, one for abroad, and consents to them: standing, withdrawn, and objected to, once by mistake. */
async function consents(person: string, recipient: string): Promise<Record<string, string>> {
  const by = { actor: { kind: 'sekisho' }, authority: [] } as const;
  const today = office.clock.today();
  const [holding] = (await holdings(office)).filter(({ state }) => state === 'active');
  const both = (ja: string, en: string) => ({ ja, en });
  const news = {
    code: 'news',
    kind: 'use',
    name: both('抽選会のご案内', 'Prize draws'),
    wording: { ja: WORDING },
    purposes: ['P1'],
    holding: holding!.id,
    items: [holding!.items[0]!.code],
    recipients: [],
    abroad: false,
    shown: {},
  } as const;
  const why = { unknown: both('確かめられないため', 'It cannot be found out') };
  const system = { report: (await countryReportOn(office, 'VN', today))!.version };
  const shown = { country: { code: 'VN' }, system, measures: why };
  const abroad = { ...news, code: 'abroad', kind: 'provision-abroad', recipients: [recipient], shown } as const;
  for (const text of [news, abroad]) {
    const { code, version } = must(await writeText(office, by, text));
    must(await startText(office, by, { code, version, from: addDays(today, -9) }));
  }
  must(await writeText(office, by, news, 1));
  const given = {
    principal: person,
    language: 'ja',
    given: { on: today, at: null },
    representative: null,
    channel: 'web-form',
    method: 'paper',
    note: null,
    evidence: '12',
    shown: null,
  } as const;
  const text = { code: 'news', version: 1 };
  const parent = { relation: 'parent', checked: 'family-register' } as const;
  const first = await recordConsent(office, by, { ...given, text, givenBy: 'principal' });
  const consent = must(first).row.id;
  must(await withdrawConsent(office, by, consent, { on: today, evidence: null }));
  const stands = await recordConsent(office, by, { ...given, text, givenBy: 'representative', representative: parent });
  const told = { text: { code: 'abroad', version: 1 }, shown: given.given, givenBy: 'uncertain-child' } as const;
  const ended = await recordConsent(office, by, { ...given, ...told });
  const said = { on: today, at: null };
  const asked = { principal: person, purpose: null, recipient, said, evidence: null } as const;
  const objection = must(await object(office, by, { ...asked, scope: 'recipient' })).row.id;
  const mistake = must(await object(office, by, { ...asked, recipient: null, scope: 'provision' })).row.id;
  must(await retractObjection(office, by, mistake, '別の方の申出でした'));
  return { consent, consentStands: must(stands).row.id, consentEnded: must(ended).row.id, objection, mistake };
}

const ADVERTISER = '株式会社例示アド';

/** Information that a site collects, provided to an advertiser; and some that an advertiser gave on a consent it obtained, linked to a person. */
async function related(person: string, manager: string): Promise<Record<string, string>> {
  const actor = { kind: 'sekisho' } as const;
  const by = { actor, authority: [] };
  const party = { kind: 'corporation', name: ADVERTISER, address: '例示町4-4', representative: '例示 三郎' } as const;
  const recipient = { ...party, country: 'JP', relations: ['third-party'] };
  const advertiser = must(await registerRecipient(office, by, recipient)).id;
  const label = { ja: 'クッキーの番号', en: 'Cookie number' };
  const items = ['name', { code: 'cookie_id', label }];
  const name = { ja: '会員台帳', en: 'Members' };
  const holding = must(await registerHolding(app, by, { ...readers, name, items, manager })).id;
  forgetStanding(office);
  const kept = { place: ADVERTISER, searchable: true, communications: false, holding };
  const one = { ...kept, items: [{ code: 'cookie_id', label, tells: 'nobody' }] };
  const site = { ...one, name: { ja: 'サイトの履歴', en: 'Browsing on the site' }, source: 'site' };
  const given = { ...one, name: { ja: '関心のデータ', en: 'Interests' }, source: 'third-party' };
  const collection = must(await registerCollection(office, by, site)).id;
  const from = must(await registerCollection(office, by, given)).id;
  const confirmation = { on: office.clock.today(), by: 'declaration', consented: true } as const;
  const facts = { link: { expected: true, byTag: false, confirmation } };
  const documents = { consent: '5' };
  const codes = { items: ['cookie_id'], documents };
  const provision = must(
    await provide(office, { actor, authority: [] }, { collection, recipient: advertiser, facts, ...codes }),
  ).id;
  const substitute = { namesUs: true, namesItems: true, evidenceSeen: true };
  const stated = { provider: { ...party, country: 'JP' }, links: true, substitute };
  const received = await receive(
    office,
    { actor, authority: [] },
    { collection: from, principal: person, facts: stated, ...codes },
  );
  const receipt = must(received).id;
  const cookie = { collection: from, identifier: 'cookie_id', value: 'GA1.2.3.4', principal: person, receipt };
  must(await link(office, { actor, authority: [] }, cookie));
  return {
    relatedCollection: collection,
    relatedFrom: from,
    relatedProvision: provision,
    relatedReceipt: receipt,
    advertiser,
  };
}

/** Requests of persons at several stages; the furthest is reviewed item by item. */
async function requests(principal: string): Promise<Record<string, string>> {
  const desk = { office, access: app.access };
  const { id: officer, name } = (await listStaff(app.access)).find(({ email }) => email === 'officer@example.jp')!;
  const by = { actor: { kind: 'staff', id: officer, name, roles: ['officer'] }, authority: [] } as const;
  const on = office.clock.today();
  const sender = { name: '例示 花子', address: '〒104-0000 東京都中央区例示町1-2', email: '' };
  const ask = { kind: 'disclosure', scope: 'customer', channel: 'letter', lang: 'ja', sender, says: '見たい' } as const;
  const register = async (more: Partial<RegisterAsk>): Promise<string> =>
    must(await registerRequest(desk, by, { ...ask, arrivedOn: addDays(on, -3), another: false, ...more })).case.row.id;
  const request = await register({ arrivedOn: addDays(on, -20) });
  const question = await register({ kind: 'consultation' });
  const nobody = { name: '', address: '', email: '' };
  const complaint = await register({ kind: 'consultation', anonymous: true, unreachable: true, sender: nobody });
  const erasure = await register({ kind: 'erasure' });
  const papers = { on, form: 'right', registeredMail: null, method: 'paper', feeYen: 1000, unreadable: false } as const;
  const identified = {
    on,
    ...askedThemselves,
  } as const;
  const specified = {
    event: 'specified',
    on,
    principals: [principal],
    holdings: [],
    searched: ['name'],
    matches: 1,
    toldApart: null,
  } as const;
  const toCollect = async (id: string): Promise<void> => {
    const fee = id === erasure ? 0 : 1000;
    must(await receivePapers(desk, by, id, { seen: 1 }, { ...papers, feeYen: fee }));
    must(await identify(desk, by, id, { seen: 2 }, identified));
    must(await simply(desk, by, id, { seen: 3 }, { event: specified }));
    must(await collect(desk, by, id, { seen: 4 }));
  };
  const review = await register({ sender: { ...sender, name: '例示 次郎' } });
  await toCollect(review);
  await toCollect(erasure);
  const unpaid = await register({ sender: { ...sender, name: '例示 三郎' } });
  must(await receivePapers(desk, by, unpaid, { seen: 1 }, { ...papers, feeYen: 0 }));
  return { request, question, complaint, review, erasureAsked: erasure, unpaid };
}

/** The place where a change of purpose was announced. */
const ANNOUNCED = 'ウェブサイトのお知らせ';

/** The first member of staff with a role, acting with that role alone. */
async function firstWith(role: Role): Promise<Actor & { id: string }> {
  const { id } = (await listStaff(app.access)).find(({ roles }) => roles.includes(role))!;
  return { kind: 'staff', name: '', roles: [role], id };
}

/** A holding that has people, with a change of purpose that stands. */
async function purposeChange(): Promise<{ holdingChanged: string; purposeChange: string }> {
  const by = { actor: await firstWith('officer'), authority: [] };
  const { lines } = await readLedger(app);
  const { holding } = lines.find(({ holding: { state }, people }) => state === 'active' && people > 0)!;
  const [to] = holding.purposes;
  const from = ['P1', 'P2', 'P3'].find((purpose) => purpose !== to)!;
  const announced = { announcedOn: office.clock.today(), announcedWhere: ANNOUNCED };
  const change = { id: holding.id, from, to: to!, related: true, reason: REASON, ...announced };
  return { holdingChanged: holding.id, purposeChange: must(await changePurpose(app, by, change)).id };
}

/** A marked reader, the only officer marked too, and a reader whom the officer has looked into. */
async function openedMuch(): Promise<Record<'marked' | 'markedOfficer' | 'lookedInto', string>> {
  const [handler, officer, desk] = [await firstWith('handler'), await firstWith('officer'), await firstWith('desk')];
  const theirs = { actor: `staff:${handler.id}`, actions: ['people:use'], most: 20 };
  for (const { entry } of await listEntries(office.database, theirs)) {
    const ask = { principal: entry.principal!, holding: String(entry.holding), items: ['name'], purpose: 'P1' };
    must(await use(office, { actor: officer, authority: [] }, ask));
  }
  const reviewed = { staff: desk.id, people: 30, on: office.clock.today(), result: 'their-work' };
  await office.database.transaction((tx) =>
    append(tx, logEntry(office.clock.now(), officer, 'log:reader-reviewed', reviewed)),
  );
  return { marked: handler.id, markedOfficer: officer.id, lookedInto: desk.id };
}

async function findIds(): Promise<Record<string, string>> {
  const { page } = tabs.ja.officer;
  const entrance = tabs.ja.administrator.page;
  const provision = await firstId(page, '/provisions', 'provisions');
  const person = await firstId(page, `/provisions/${provision}`, 'people');
  const staff = (await listStaff(app.access)).find(({ email }) => email === 'employee@example.jp')!.id;
  const erasure = await firstId(page, '/log?action=people:erase', 'log/entries');
  const linking = await firstId(page, '/log?action=people:link', 'log/entries');
  const useBeyond = await firstId(page, '/log?action=people:use-beyond', 'log/entries');
  const abroad = await recipients();
  return {
    provision,
    person,
    erasure,
    erased: await firstId(page, `/log/entries/${erasure}`, 'people'),
    linked: await firstId(page, `/log/entries/${linking}`, 'people'),
    useBeyond,
    beyondHolding: await firstId(page, `/uses-beyond/${useBeyond}`, 'ledger'),
    usedBeyond: await firstId(page, `/log/entries/${useBeyond}`, 'people'),
    receipt: await firstId(page, `/people/${person}`, 'receipts'),
    holding: await firstId(page, '/ledger', 'ledger'),
    acquisition: await firstId(page, '/acquisitions', 'acquisitions'),
    site: (await aWebSite({ office })).id,
    consultation: await firstId(page, '/ask/consultations', 'ask/consultations'),
    staff,
    system: (await listSystems(app.access))[0]!.id,
    token: await firstId(entrance, '/systems', 'systems/tokens'),
    invitation: await invite(entrance, 'invited@example.jp'),
    ...(await openedMuch()),
    ...(await purposeChange()),
    ...(await jointUses()),
    ...(await packages()),
    ...abroad,
    ...(await consents(person, abroad.recipient)),
    ...(await related(person, staff)),
    ...(await requests(person)),
  };
}

/** Names and places that people entered, exactly. */
async function writtenByPeople(): Promise<string[]> {
  const staff = await listStaff(app.access);
  const ledger = await holdings(office);
  const systems = await listSystems(app.access);
  const provided = await db.owner.query<{ name: string; address: string }>(
    "SELECT recipient->>'name' AS name, recipient->>'address' AS address FROM provisions",
    [],
  );
  return [
    ...provided.flatMap(({ name, address }) => [name, address]),
    ...(await listRecipients(office)).flatMap(({ name, address, stopReason }) => [name, address, stopReason ?? '']),
    ...(await allReports(office)).flatMap(({ graveSystems, measures }) => [graveSystems ?? '', measures ?? '']),
    ...(await collections(office)).map(({ collection }) => collection.place),
    REASON,
    MEMBER,
    ABROAD,
    ANNOUNCED,
    ADVERTISER,
    WORDING,
    // A proper name.
    'Excel',
    // Placeholders, which are the same in every language.
    '{day}',
    '{by}',
    ...staff.map(({ name }) => name),
    ...systems.map(({ name }) => name),
    ...ledger.flatMap(({ department, place, access, retention }) => [
      department,
      place,
      access,
      ...('until' in retention ? [retention.until] : [retention.from]),
    ]),
  ].filter((text) => text !== '');
}

beforeAll(async () => {
  // The leap of the clock, made below, is reported if the tests last until the next look at the clock.
  const unexpected = (line: string): unknown =>
    line.startsWith('clock went from') || failuresIn([line]).map(expect.unreachable);
  house = await furnishedOffice(unexpected, await freePort());
  ({ db, office, app } = house);
  await demoTokens(office, app);
  server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: office.config.port }) as Server;
  browser = await launchBrowser({ japanese: true });
  tabs = {} as typeof tabs;
  for (const lang of langs) {
    tabs[lang] = {} as Record<Who, Tab>;
    for (const who of whos) tabs[lang][who] = await enter(lang, who);
  }
  ids = await findIds();
  // Makes the clock look as if it leapt from then.
  await db.owner.query("UPDATE time_reached SET at = at - interval '40 days'", []);
  // The actions of a token have the names of the API's description in both languages.
  data = [...(await writtenByPeople()), ...systemActions];
});

afterAll(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
  await house?.close();
});

/** An address at which a route is checked, by whom, and the status when it is not 200. */
interface Look {
  at: string;
  as?: Who;
  status?: number;
}

/** Every page, by its route. */
const looks = (): Record<string, Look[]> => {
  const { person, holding, staff, system, provision, acquisition, jointUse } = ids;
  const entrance = { as: 'administrator' } as const;
  const outside = { as: 'nobody' } as const;
  return {
    '/': [{ at: '/' }, { at: '/', ...entrance }],
    '/morning-sheet': [{ at: '/morning-sheet' }],
    '/guide': [{ at: '/guide' }],
    '/setup/:token': [{ at: '/setup/used', ...outside, status: 404 }],
    '/invitation/:token': [
      { at: ids.invitation!, ...outside },
      { at: '/invitation/used', ...outside, status: 404 },
    ],
    '/sign-in': [{ at: '/sign-in', ...outside }],
    // Without a password first, it redirects to the sign-in.
    '/sign-in/code': [{ at: '/sign-in/code', ...outside }],
    '/account': [{ at: '/account' }],
    // Without an account shown first, it redirects to the reader's own.
    '/account/company': [{ at: '/account/company' }],
    '/search': [{ at: '/search' }],
    '/staff': [{ at: '/staff' }, { at: '/staff', ...entrance }],
    '/staff/new': [{ at: '/staff/new', ...entrance }],
    '/staff/:id': [{ at: `/staff/${staff}`, ...entrance }],
    '/staff/:id/end': [{ at: `/staff/${staff}/end`, ...entrance }],
    '/staff/:id/reset': [{ at: `/staff/${staff}/reset`, ...entrance }],
    '/systems': [{ at: '/systems' }, { at: '/systems', ...entrance }],
    '/authority': [{ at: '/authority' }, { at: '/authority?may=system&col=rules', ...entrance }],
    '/authority/versions/:version': [{ at: '/authority/versions/1' }],
    '/systems/new': [{ at: '/systems/new', ...entrance }],
    '/systems/:id/token': [{ at: `/systems/${system}/token`, ...entrance }],
    '/systems/:id/end': [{ at: `/systems/${system}/end`, ...entrance }],
    '/systems/tokens/:id/revoke': [{ at: `/systems/tokens/${ids.token}/revoke`, ...entrance }],
    '/policy': [{ at: '/policy', ...outside }],
    '/policy/versions': [{ at: '/policy/versions', ...outside }],
    '/policy/versions/:version': [{ at: '/policy/versions/1', ...outside }],
    '/policy/versions/:version/changes': [{ at: '/policy/versions/1/changes', ...outside, status: 404 }],
    '/living-policy': [{ at: '/living-policy' }],
    '/living-policy/versions': [{ at: '/living-policy/versions' }],
    '/living-policy/versions/:version': [{ at: '/living-policy/versions/1' }],
    '/living-policy/new': [{ at: '/living-policy/new' }],
    '/living-policy/company': [{ at: '/living-policy/company' }],
    '/living-policy/gaps': [{ at: '/living-policy/gaps' }],
    '/living-policy/changes': [{ at: '/living-policy/changes?from=1&to=1' }],
    '/ledger': [
      // The search text is shown, so that it can be removed.
      { at: `/ledger?q=${'0'.repeat(100)}` },
      { at: '/ledger' },
      { at: '/ledger?q=nothing-is-called-that' },
    ],
    '/ledger/new': [{ at: '/ledger/new' }],
    '/ledger/:id': [{ at: `/ledger/${holding}` }, { at: `/ledger/${ids.holdingChanged}` }],
    '/ledger/:id/edit': [{ at: `/ledger/${holding}/edit` }],
    '/ledger/:id/retire': [{ at: `/ledger/${holding}/retire` }],
    '/ledger/:id/purpose': [{ at: `/ledger/${ids.holdingChanged}/purpose` }],
    '/ledger/:id/purpose/:change/end': [{ at: `/ledger/${ids.holdingChanged}/purpose/${ids.purposeChange}/end` }],
    '/desk': [
      { at: '/desk' },
      { at: '/desk?view=calendar' },
      { at: '/desk?stage=closed' },
      { at: '/desk?kind=erasure&who=nobody' },
    ],
    '/desk/all': [{ at: '/desk/all' }, { at: '/desk/all?q=R-1999-001&result=absent' }],
    '/desk/new': [{ at: '/desk/new' }],
    '/desk/report': [{ at: '/desk/report' }],
    '/desk/texts': [{ at: '/desk/texts' }],
    '/desk/texts/versions/:version': [{ at: '/desk/texts/versions/1' }, { at: '/desk/texts/versions/99', status: 404 }],
    '/desk/texts/:group': [
      ...['cover', 'forms', 'notices.disclosure'].map((group) => ({ at: `/desk/texts/${group}` })),
      { at: '/desk/texts/nothing', status: 404 },
    ],
    '/desk/:id': [
      ...['request', 'question', 'review', 'erasureAsked'].map((of) => ({ at: `/desk/${ids[of]}` })),
      { at: `/desk/${ids.unpaid}?do=fee-waived` },
      { at: `/desk/${ids.complaint}` },
      ...['addressed', 'amended'].map((step) => ({ at: `/desk/${ids.complaint}?do=${step}` })),
      ...['papers-received', 'extended', 'withdrawn', 'dismissed', 'assigned'].map((step) => ({
        at: `/desk/${ids.request}?do=${step}`,
      })),
      { at: '/desk/nothing', status: 404 },
    ],
    '/requests': [{ at: '/requests', ...outside }],
    '/requests/status': [{ at: '/requests/status', ...outside }],
    // What these show when they are open is checked in desk-electronic.test.ts.
    '/requests/new': [{ at: '/requests/new', ...outside, status: 404 }],
    '/requests/parcel': [{ at: '/requests/parcel', ...outside, status: 404 }],
    '/people': [{ at: '/people' }],
    '/people/:id': [
      { at: `/people/${person}` },
      { at: `/people/${ids.linked}` },
      { at: `/people/${ids.usedBeyond}` },
      { at: `/people/${ids.erased}` },
    ],
    '/uses-beyond/new': [{ at: `/uses-beyond/new?principal=${ids.usedBeyond}&holding=${ids.beyondHolding}` }],
    '/uses-beyond/:id': [{ at: `/uses-beyond/${ids.useBeyond}` }, { at: '/uses-beyond/nothing', status: 404 }],
    '/people/history': [
      { at: `/people/history?principal=${person}` },
      { at: `/people/history?principal=${person}&item=email&from=2020-01-01&to=2020-01-31` },
    ],
    '/people/:id/correct': [{ at: `/people/${person}/correct` }],
    '/people/:id/erase': [{ at: `/people/${person}/erase` }],
    '/people/:id/link': [
      { at: `/people/${person}/link` },
      { at: `/people/${person}/link?same_as=${ids.linked}&shown_by=details` },
      { at: `/people/${person}/link?same_as=nobody&shown_by=told`, status: 422 },
    ],
    '/people/:id/receipts/:entry{[0-9a-f-]+}': [
      { at: `/people/${person}/receipts/${ids.receipt}` },
      { at: `/people/${ids.erased}/receipts/${ids.erasure}` },
    ],
    '/acquisitions': [{ at: '/acquisitions' }],
    '/acquisitions/:id': [{ at: `/acquisitions/${acquisition}` }],
    '/acquisitions/new': [{ at: '/acquisitions/new' }, { at: `/acquisitions/new?holding=${holding}` }],
    '/ask': [{ at: '/ask' }],
    '/ask/:question': [
      // All questions share one form; these have its longest versions and every kind of field.
      ...['provide', 'breach', 'classify', 'provide-my-number'].map((question) => ({ at: `/ask/${question}` })),
      { at: `/ask/provide?holding=${holding}` },
      { at: '/ask/nothing', status: 404 },
    ],
    '/ask/consultations': [
      { at: '/ask/consultations' },
      { at: '/ask/consultations?answer=no' },
      { at: '/ask/consultations', ...entrance },
    ],
    '/ask/consultations/:id': [{ at: `/ask/consultations/${ids.consultation}` }],
    '/transmissions': [{ at: '/transmissions' }],
    '/transmissions/tags': [{ at: '/transmissions/tags' }, { at: '/transmissions/tags?q=nothing-is-called-that' }],
    '/transmissions/new': [{ at: '/transmissions/new' }],
    '/transmissions/:id': [{ at: `/transmissions/${ids.site}` }],
    '/transmissions/:id/edit': [{ at: `/transmissions/${ids.site}/edit` }],
    '/transmissions/:id/tags/new': [{ at: `/transmissions/${ids.site}/tags/new` }],
    '/transmissions/:id/tags/:tag': [{ at: `/transmissions/${ids.site}/tags/analytics` }],
    '/transmissions/:id/tags/:tag/edit': [{ at: `/transmissions/${ids.site}/tags/analytics/edit` }],
    '/external-transmission': [{ at: '/external-transmission', ...outside }],
    '/external-transmission/:site': [
      { at: '/external-transmission/shop', ...outside },
      { at: '/external-transmission/nothing', ...outside, status: 404 },
    ],
    '/verify': [{ at: '/verify', ...outside }],
    '/judgements': [{ at: '/judgements' }],
    '/judgements/new': [{ at: '/judgements/new' }],
    '/coverage': [{ at: '/coverage' }],
    '/provisions': [{ at: '/provisions' }],
    '/provisions/new': [
      { at: `/provisions/new?principal=${person}&holding=${holding}` },
      { at: `/provisions/new?principal=${person}&holding=${holding}&step=facts`, status: 422 },
      { at: `/provisions/new?principal=${person}&holding=${holding}&recipient=${ids.packageRecipient}` },
    ],
    '/provisions/lost': [{ at: '/provisions/lost' }],
    '/acquisitions/lost': [{ at: '/acquisitions/lost' }],
    '/related/lost': [{ at: '/related/lost' }],
    '/provisions/:id': [{ at: `/provisions/${provision}` }],
    '/packages': [{ at: '/packages' }],
    '/packages/new': [
      { at: '/packages/new' },
      { at: '/packages/new?step=facts', status: 422 },
      { at: `/packages/new?step=facts&holding=${holding}&who=list&recipient=${ids.packageRecipient}` },
    ],
    '/packages/:id': ['Empty', 'Refused', 'Requested', 'Own', 'Ready', 'Closed', 'Declined'].map((state) => ({
      at: `/packages/${ids[`package${state}`]}`,
    })),
    '/packages/:id/decline': [{ at: `/packages/${ids.packageRequested}/decline` }],
    '/packages/:id/cancel': [{ at: `/packages/${ids.packageRequested}/cancel` }],
    '/packages/:id/close': [{ at: `/packages/${ids.packageReady}/close` }],
    '/related': [{ at: '/related' }],
    '/related/collections/new': [{ at: '/related/collections/new' }],
    '/related/collections/:id': [
      { at: `/related/collections/${ids.relatedCollection}` },
      { at: `/related/collections/${ids.relatedFrom}?principal=${person}` },
      { at: `/related/collections/${ids.relatedCollection}?before=2` },
    ],
    '/related/collections/:id/edit': [{ at: `/related/collections/${ids.relatedCollection}/edit` }],
    '/related/collections/:id/retire': [{ at: `/related/collections/${ids.relatedCollection}/retire` }],
    '/related/provisions': [{ at: '/related/provisions' }],
    '/related/provisions/:id': [{ at: `/related/provisions/${ids.relatedProvision}` }],
    '/related/provisions/new': [
      { at: `/related/provisions/new?collection=${ids.relatedCollection}` },
      { at: `/related/provisions/new?collection=${ids.relatedCollection}&recipient=${ids.advertiser}` },
    ],
    '/related/receipts': [{ at: '/related/receipts' }],
    '/related/receipts/:id': [{ at: `/related/receipts/${ids.relatedReceipt}` }],
    '/related/receipts/new': [
      { at: `/related/receipts/new?collection=${ids.relatedFrom}` },
      { at: `/related/receipts/new?collection=${ids.relatedFrom}&begin=1`, status: 422 },
      { at: `/related/receipts/new?collection=${ids.relatedFrom}&begin=1&items=cookie_id` },
      { at: `/related/receipts/new?collection=${ids.relatedFrom}&begin=1&items=cookie_id&principal=${person}` },
    ],
    '/related/links/new': [
      { at: `/related/links/new?collection=${ids.relatedFrom}&receipt=${ids.relatedReceipt}` },
      { at: `/related/links/new?collection=${ids.relatedCollection}` },
    ],
    '/consents': [{ at: '/consents' }, { at: `/consents?principal=${ids.staff}` }],
    '/consents/new': [
      { at: '/consents/new' },
      { at: `/consents/new?code=news&version=1&principal=${person}` },
      { at: '/consents/new?code=abroad&version=1' },
      { at: '/consents/new?code=nothing&version=1', status: 404 },
    ],
    '/consents/import': [{ at: '/consents/import' }],
    '/consents/:id': ['consent', 'consentStands', 'consentEnded'].map((of) => ({ at: `/consents/${ids[of]}` })),
    '/consents/:id/withdraw': [{ at: `/consents/${ids.consentStands}/withdraw` }],
    '/consents/:id/withdrawal-time': [{ at: `/consents/${ids.consent}/withdrawal-time` }],
    '/consents/objections': [
      { at: '/consents/objections' },
      { at: `/consents/objections?principal=${person}&done=${ids.objection}` },
      { at: `/consents/objections?principal=${person}&done=${ids.mistake}` },
      { at: `/consents/objections?principal=${ids.staff}` },
    ],
    '/consents/objections/:id': [
      { at: `/consents/objections/${ids.objection}` },
      { at: `/consents/objections/${ids.mistake}` },
    ],
    '/consents/objections/:id/take-back': [
      { at: `/consents/objections/${ids.objection}/take-back` },
      { at: `/consents/objections/${ids.mistake}/take-back`, status: 404 },
    ],
    '/consents/objections/new': [{ at: `/consents/objections/new?principal=${person}` }],
    '/consents/texts': [{ at: '/consents/texts' }, { at: '/consents/texts?q=no-text-is-called-that' }],
    '/consents/texts/:code/:version{[0-9]+}': [
      { at: '/consents/texts/news/1' },
      { at: '/consents/texts/news/2' },
      { at: '/consents/texts/abroad/1' },
    ],
    '/consents/texts/new': [{ at: '/consents/texts/new' }, { at: '/consents/texts/new?code=abroad&version=1' }],
    '/recipients': [{ at: '/recipients' }, { at: '/recipients?q=nobody-is-called-that' }],
    '/recipients/assurances': [
      { at: '/recipients/assurances' },
      { at: '/recipients/assurances?kind=cloud&state=ended' },
    ],
    '/recipients/checks': [{ at: '/recipients/checks' }],
    '/recipients/new': [{ at: '/recipients/new' }],
    '/recipients/:id': [
      { at: `/recipients/${ids.recipient}` },
      { at: `/recipients/${ids.stopped}` },
      { at: `/recipients/${ids.stopped}?before=2` },
    ],
    '/recipients/:id/edit': [{ at: `/recipients/${ids.recipient}/edit` }],
    '/recipients/:id/measures': [
      { at: `/recipients/${ids.recipient}/measures` },
      { at: `/recipients/${ids.stopped}/measures` },
    ],
    '/recipients/:id/stop': [{ at: `/recipients/${ids.recipient}/stop` }],
    '/recipients/:id/resume': [{ at: `/recipients/${ids.stopped}/resume` }],
    '/recipients/:id/assurances/new': ['entrustment', 'equivalent-system', 'cloud'].map((kind) => ({
      at: `/recipients/${ids.recipient}/assurances/new?kind=${kind}`,
    })),
    '/recipients/:id/assurances/:assurance/end': [
      { at: `/recipients/${ids.recipient}/assurances/${ids.assurance}/end` },
    ],
    '/recipients/:id/checks/new': [{ at: `/recipients/${ids.recipient}/checks/new` }],
    '/countries': [{ at: '/countries' }],
    '/countries/:country': [{ at: '/countries/VN' }, { at: '/countries/SG' }, { at: '/countries/JP', status: 404 }],
    '/country-reports/new': [{ at: '/country-reports/new' }, { at: '/country-reports/new?country=VN' }],
    '/commission-page': [{ at: '/commission-page' }],
    '/joint-use': [{ at: '/joint-use', ...outside }],
    '/joint-use/:id': [
      { at: `/joint-use/${jointUse}`, ...outside },
      { at: '/joint-use/nothing', ...outside, status: 404 },
    ],
    '/joint-use/:id/:day': [
      { at: `/joint-use/${jointUse}/${office.clock.today()}`, ...outside },
      { at: `/joint-use/${jointUse}/2020-01-01`, ...outside, status: 404 },
    ],
    '/joint-uses': [{ at: '/joint-uses' }],
    '/joint-uses/new': [{ at: '/joint-uses/new' }, { at: `/joint-uses/new?from=${jointUse}` }],
    '/joint-uses/:id': [{ at: `/joint-uses/${jointUse}` }, { at: `/joint-uses/${ids.jointUseDraft}` }],
    '/joint-uses/:id/edit': [{ at: `/joint-uses/${ids.jointUseDraft}/edit` }],
    '/joint-uses/:id/change': [
      { at: `/joint-uses/${jointUse}/change` },
      ...['purposes', 'responsible-person', 'responsible-address', 'items'].map((change) => ({
        at: `/joint-uses/${jointUse}/change?change=${change}`,
      })),
    ],
    '/joint-uses/:id/end': [{ at: `/joint-uses/${jointUse}/end` }],
    '/date': [{ at: '/date' }],
    '/log': [{ at: '/log' }],
    '/log/readers': [{ at: '/log/readers' }, { at: '/log/readers?kind=system&mark=to-review' }],
    '/log/readers/:id': [ids.marked, ids.markedOfficer, ids.lookedInto, staff].map((id) => ({
      at: `/log/readers/${id}`,
    })),
    '/keys': [{ at: '/keys' }],
    '/log/entries/:id': [{ at: `/log/entries/${ids.receipt}` }, { at: `/log/entries/${ids.erasure}` }],
    // No routes: the pages for a wrong address and for missing rights.
    missing: [{ at: '/nothing-here', status: 404 }],
    forbidden: [{ at: '/ledger', ...entrance, status: 403 }],
  };
};

async function searched(page: Page, field: string, typed: string): Promise<void> {
  // The head shows its search field on a wide page.
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.fill(field, typed);
  await page.press(field, 'Enter');
}

const press = (page: Page, nth = 0): Promise<void> =>
  page.locator('main form[method=post] button:not([name])').nth(nth).click();

/** Asks for a use beyond the purpose without stating what its item needs. */
async function askBeyond(page: Page): Promise<void> {
  await page.locator('[name=items]').first().check();
  await page.selectOption('[name=purpose]', 'other');
  await page.selectOption('[name="exception.item"]', '18(3)(ii)');
  await page.fill('[name=situation]', REASON);
  await press(page);
}

/** States of a page that only a form reaches, starting from its address. */
const states: Record<string, Look & { reach(page: Page): Promise<void> }> = {
  'a ledger form with its mistakes': { at: '/ledger/new', reach: (page) => press(page) },
  'a change of purpose with its mistakes': { at: '/ledger/:holdingChanged/purpose', reach: (page) => press(page) },
  'a change of purpose refused': {
    at: '/ledger/:holdingChanged/purpose',
    reach: async (page) => {
      await page.selectOption('[name=to]', { index: 1 });
      await page.selectOption('[name=from]', 'P4');
      await page.check('[name=related][value=no]');
      await page.fill('[name=reason]', REASON);
      await page.fill('[name=announcedOn]', '2026/10/1');
      await page.fill('[name=announcedWhere]', ANNOUNCED);
      await press(page);
    },
  },
  'an acquisition with its mistakes': { at: '/acquisitions/new?holding=:holding', reach: (page) => press(page) },
  'an acquisition refused': {
    at: '/acquisitions/new?holding=:holding',
    reach: async (page) => {
      await page.check('[name=channel][value=paper]');
      await page.check('[name=placement][value=none]');
      await page.fill('[name="items.name"]', '架空 四郎');
      await press(page);
    },
  },
  'sentences of a letter with their mistakes': {
    at: '/desk/texts/lacks',
    reach: async (page) => {
      await page.fill('[name="lacks.lead.ja"]', '');
      await page.fill('[name="lacks.by.en"]', '{day}');
      await page.locator('main form .btn-1').click();
    },
  },
  'a letter with its mistakes': { at: '/desk/new', reach: (page) => press(page) },
  'a step of a request with its mistakes': {
    at: '/desk/:request?do=papers-received',
    reach: (page) => page.locator('#step form button').first().click(),
  },
  'an erasure that is decided': {
    at: '/desk/:erasureAsked',
    reach: async (page) => {
      await page.selectOption('[name=reason]', 'no-longer-needed');
      await page.selectOption('[name=found]', 'all');
      await page.check('[name=keeping][value=no]');
      await page.locator('#ask button:not([name])').last().click();
    },
  },
  'a receipt that fits nothing': {
    at: '/requests/status',
    as: 'nobody',
    reach: async (page) => {
      await page.fill('[name=number]', 'R-2026-001');
      await page.fill('[name=code]', '0000000000');
      await press(page);
    },
  },
  'a collection with its mistakes': { at: '/related/collections/new', reach: (page) => press(page) },
  'a consent with its mistakes': { at: '/consents/new?code=abroad&version=1', reach: (page) => press(page) },
  'a file of consents with its mistakes': { at: '/consents/import', reach: (page) => press(page) },
  'an objection with its mistakes': { at: '/consents/objections/new', reach: (page) => press(page) },
  'taking an objection back without a reason': {
    at: '/consents/objections/:objection/take-back',
    reach: (page) => press(page),
  },
  'a recipient with its mistakes': { at: '/recipients/new', reach: (page) => press(page) },
  'a basis with its mistakes': {
    at: '/recipients/:recipient/assurances/new?kind=equivalent-system',
    reach: (page) => press(page),
  },
  'a check with its mistakes': { at: '/recipients/:recipient/checks/new', reach: (page) => press(page) },
  'a stop that is not lifted': {
    at: '/recipients/:stopped/resume',
    reach: async (page) => {
      await page.fill('[name=reason]', '例示の理由');
      await press(page);
    },
  },
  'a country report with its mistakes': { at: '/country-reports/new?country=SG', reach: (page) => press(page) },
  'people found': {
    at: '/people',
    reach: async (page) => {
      await page.fill('[name=kana]', 'サトウ');
      await press(page);
    },
  },
  'nobody found': {
    at: '/people',
    reach: async (page) => {
      await page.fill('[name=kana]', 'ダレモイナイ');
      await press(page);
    },
  },
  'items opened': {
    at: '/people/:person',
    reach: async (page) => {
      for (const box of await page.locator('[name="items-0"]').all()) await box.check();
      await page.selectOption('[name="purpose-0"]', 'P1');
      await press(page);
    },
  },
  'items that stay closed': {
    at: '/people/:person',
    reach: async (page) => {
      await page.locator('[name="items-0"]').first().check();
      await page.selectOption('[name="purpose-0"]', 'P4');
      await press(page);
    },
  },
  'a use beyond the purpose with its mistakes': {
    at: '/uses-beyond/new?principal=:usedBeyond&holding=:beyondHolding',
    reach: (page) => press(page),
  },
  'a use beyond the purpose that lacks facts': {
    at: '/uses-beyond/new?principal=:usedBeyond&holding=:beyondHolding',
    reach: askBeyond,
  },
  'what was opened beyond the purpose': {
    at: '/uses-beyond/new?principal=:usedBeyond&holding=:beyondHolding',
    reach: async (page) => {
      await answered(page, () => askBeyond(page));
      for (const fact of ['necessary', 'consentDifficult']) await page.check(`[name="exception.${fact}"][value=yes]`);
      await answered(page, () => press(page));
      await answered(page, () => page.click('button[name=do][value=open]'));
    },
  },
  'a correction with its mistakes': { at: '/people/:person/correct', reach: (page) => press(page) },
  'a question without its facts': {
    at: '/ask/provide?holding=:holding',
    reach: async (page) => {
      await page.locator('[name=items]').first().check();
      await page.selectOption('[name=purpose]', 'P1');
      await page.selectOption('[name=relation]', 'third-party');
      await page.selectOption('[name="recipient.country"]', 'VN');
      await page.locator('#ask button:not([name])').last().click();
    },
  },
  'a use that is allowed': {
    at: '/ask/use?holding=:holding',
    reach: async (page) => {
      await page.locator('[name=items]').first().check();
      await page.selectOption('[name=purpose]', 'P1');
      await page.locator('#ask button:not([name])').last().click();
    },
  },
  'a question with its mistakes': {
    at: '/ask/joint-use-change',
    reach: async (page) => {
      await page.fill('[name=effectiveOn]', '2026/2/30');
      await page.locator('#ask button:not([name])').last().click();
    },
  },
  'a web site with its mistakes': { at: '/transmissions/new', reach: (page) => press(page) },
  'a tag with its mistakes': { at: '/transmissions/:site/tags/new', reach: (page) => press(page) },
  'a judgement with its mistakes': { at: '/judgements/new', reach: (page) => press(page) },
  'an invitation with its mistakes': { at: '/staff/new', as: 'administrator', reach: (page) => press(page) },
  'a name and an e-mail with their mistakes': {
    at: '/staff/:staff',
    as: 'administrator',
    reach: async (page) => {
      for (const name of ['name', 'email']) await page.fill(`[name=${name}]`, '');
      await page.click('#name button');
    },
  },
  'what somebody opened, without what was found': { at: '/log/readers/:marked', reach: (page) => press(page) },
  'a search without words': { at: '/search', reach: (page) => press(page) },
  'what a search from the head finds': { at: '/ledger', reach: (page) => searched(page, '#site-search', '1') },
  'what a search by a word finds': { at: '/search', reach: (page) => searched(page, '#f-q', 'a') },
  'a search that finds nothing': {
    at: '/search',
    reach: (page) => searched(page, '#f-q', '00000000-0000-7000-8000-000000000000'),
  },
  'a search for somebody': { at: '/search', reach: (page) => searched(page, '#f-q', 'nobody@example.jp') },
  'an account with its mistakes': { at: '/account', reach: (page) => page.click('#person button') },
  'a token with its mistakes': { at: '/systems/:system/token', as: 'administrator', reach: (page) => press(page) },
  'a joint use with its mistakes': { at: '/joint-uses/new', reach: (page) => press(page) },
  'a joint use whose new responsible person is told too late': {
    at: '/joint-uses/:jointUse/change?change=responsible-person',
    reach: async (page) => {
      await page.selectOption('[name="responsible.kind"]', 'individual');
      await page.fill('[name="responsible.name.ja"]', '例示 一郎');
      await page.fill('[name="responsible.address.ja"]', '例示町9-9');
      for (const name of ['effective_on', 'notice_on']) await page.fill(`[name=${name}]`, '2099/1/15');
      await press(page);
    },
  },
  'one person asked about': {
    at: '/provisions/new?principal=:person&holding=:holding&recipient=:packageRecipient',
    reach: async (page) => {
      await page.locator('[name=items]').first().check();
      await page.selectOption('[name=purpose]', 'P1');
      await page.selectOption('[name=relation]', 'third-party');
      await page.locator('#ask button:not([name])').last().click();
    },
  },
  'a list with its mistakes': {
    at: '/packages/:packageEmpty',
    reach: async (page) => {
      await page.fill('[name=list]', '1');
      await press(page);
    },
  },
  'a package refused': {
    at: '/packages/:packageRefused',
    reach: (page) => page.locator('form[action$="/request"] button').click(),
  },
  'a package declined without a reason': { at: '/packages/:packageRequested/decline', reach: (page) => press(page) },
  ...Object.fromEntries(
    (
      [
        ['good', 'as it was issued'],
        ['bad', 'changed'],
        ['unchecked', 'of something else'],
      ] as const
    ).map(([answer, what]) => [
      `a file ${what}`,
      {
        at: '/verify',
        as: 'nobody' as const,
        reach: async (page: Page) => {
          const issued = await (await fetch(url('/policy/versions/1/proof.json'))).text();
          const text = { good: issued, bad: issued.replace('"at":"2', '"at":"3'), unchecked: 'nothing' }[answer];
          const file = { name: '1.json', mimeType: 'application/json', buffer: Buffer.from(text) };
          await page.setInputFiles('[name=file]', file);
          await page.locator(`[data-answer=${answer}]`).waitFor();
        },
      },
    ]),
  ),
  'a sign-in with its mistakes': { at: '/sign-in', as: 'nobody', reach: (page) => press(page) },
};

const placed = (at: string): string => at.replace(/:(\w+)/g, (_, name: string) => ids[name]!);

/** The faults of the page shown, at both widths, and in its texts. Leaves the page at the other width. */
async function look({ page, complaints }: Tab, lang: Lang): Promise<string[]> {
  const at = new URL(page.url()).pathname;
  const foreign = await foreignTexts(page, lang, data);
  const faults = [
    ...foreign.map((text) => `${at} (${lang}) is not translated: ${text.trim().slice(0, 80)}`),
    ...complaints.splice(0).map((complaint) => `${at} (${lang}) ${complaint}`),
  ];
  const before = page.viewportSize()!.width;
  for (const width of widths.toSorted((a) => (a === before ? -1 : 1))) {
    faults.push(...(await (width === axeAt[lang] ? faultsOf : shapeFaultsOf)(page, lang, width)));
  }
  return faults;
}

test('every page is visited', () => {
  const pages = app.routes
    .filter((route) => route.kind === 'page' && route.method === 'get')
    .map(({ path: at }) => at)
    // These answer with a file, and with a page only if they cannot.
    .filter(
      (at) =>
        !at.endsWith('/export/:file') &&
        !at.endsWith('/letters/:file') &&
        !['/consents/records.json', '/provisions/records.csv', '/desk/report.xlsx', '/desk/report.pdf'].includes(at),
    );
  expect(
    Object.keys(looks())
      .filter((at) => at.startsWith('/'))
      .sort(),
  ).toEqual([...new Set(pages)].sort());
});

test('paper says as of when it is and who printed it, and shows no field that nobody can fill in there', async () => {
  const { page } = await enter('ja', 'officer');
  await page.goto(url(`/people/${ids.person}`));
  const line = page.locator('.foot').getByText(/^\d{4}\/\d\d\/\d\d \d\d:\d\d　関口 真理$/);
  const fields = page.locator('main').locator('select, .tbl input').filter({ visible: true });
  expect([await line.isVisible(), (await fields.count()) > 0]).toEqual([false, true]);
  await page.emulateMedia({ media: 'print' });
  expect([await line.isVisible(), await fields.count()]).toEqual([true, 0]);
  await page.context().close();
});

test.each(langs)(
  'the morning sheet of up to fourteen tasks lies on the two sides of one sheet, however long its words are (%s)',
  async (lang) => {
    const { page } = await enter(lang, 'officer');
    await page.goto(url('/morning-sheet'));
    // Their number depends on the day on which this runs.
    expect(await page.locator('#tasks tbody tr').count()).toBeGreaterThan(9);
    await page.evaluate(
      "document.querySelectorAll('#tasks tbody tr:nth-child(n + 15)').forEach((row) => row.remove())",
    );
    const paper = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(paper.match(/\/Type\s*\/Page\b/g)).toHaveLength(2);
    await page.context().close();
  },
);

/** The heads of the first table of a page. */
const headsIn = (html: string): string[] =>
  [...(/<table[\s\S]*?<\/table>/.exec(html)?.[0] ?? '').matchAll(/<th scope="col"[^>]*>([\s\S]*?)<\/th>/g)].map(
    ([, content]) => content!.replace(/<[^>]*>/g, '').trim(),
  );

test('every list is had as a file of the columns and rows that it shows, and who takes it along is on record', async () => {
  const lists = app.routes.flatMap(({ path: at }) =>
    at.endsWith('/export/:file') ? at.replace('/export/:file', '') : [],
  );
  const { request } = tabs.en.officer.context;
  // Their pages show more than the list, and its file has in columns of their own what the page has in one.
  const parts: Record<string, string> = {
    '/living-policy/evidence': '?promise=policy-approved&clause=1',
    '/packages/screening': `?package=${ids.packageReady}`,
  };
  for (const [part, query] of Object.entries(parts))
    expect((await request.get(url(`${part}/export/${listCode(part)}.xlsx${query}`))).status(), part).toBe(200);
  // Of the log, entries that no longer grow in number during the test.
  const asked: Record<string, string> = {
    '/log': '?action=ledger:register',
    '/living-policy': '?view=table',
    '/people/history': `?principal=${ids.erased}`,
  };
  for (const list of lists.filter((one) => !(one in parts))) {
    const html = await (await request.get(url(list + (asked[list] ?? '')))).text();
    const files = [...html.matchAll(/href="([^"]*\/export\/[^"]*)"/g)]
      .map(([, href]) => href!)
      .filter((href) => href.startsWith(`${list}/export/`));
    const get = async (ends: string): Promise<Buffer> =>
      (await request.get(url(files.find((href) => href.split('?')[0]!.endsWith(ends)) ?? '/none'))).body();
    const csv = readCsv(await get('-utf8.csv'));
    const rows = 'rows' in csv ? csv.rows.map(({ cells }) => cells) : [];
    const [sheet] = await readXlsx(await get('.xlsx'));
    const shown = /<tbody>([\s\S]*?)<\/tbody>/.exec(html)?.[1]!.match(/<tr/g)?.length ?? 0;
    expect(shown, list).toBeGreaterThan(0);
    // Files have no links to receipts. The page of systems has one table in each panel; its file names in each row the system of the token, and has
    // no column of operations.
    const ways: Record<string, string> = { '/systems': 'Operations', '/people/history': 'Receipt' };
    const heads = headsIn(html).filter((head) => head !== ways[list]);
    const system = ['Name of the system', 'State of the system', 'Since'];
    expect({ files: files.length, head: rows[0], whole: rows.length > shown }, list).toEqual({
      files: 3,
      head: list === '/systems' ? [...system, ...heads] : heads,
      whole: true,
    });
    expect(
      sheet!.data.map((row) => row.map((cell) => String(cell ?? ''))),
      list,
    ).toEqual(rows);
  }
  const logged = await listEntries(office.database, { actions: ['list:export'], most: 1_000 });
  const codes = [...new Set(logged.map(({ entry }) => entry.list as string))];
  expect(codes.toSorted()).toEqual(lists.map(listCode).toSorted());
  expect(codes.filter((code) => valueWord('list:export', ['list', code], new Map(), 'ja') === code)).toEqual([]);
});

const VISIT = (to: string): string => `new Promise((resolve) => {
  const answers = [];
  const keep = ({ detail }) => answers.push(detail.fetchResponse.statusCode);
  addEventListener('turbo:before-fetch-response', keep);
  addEventListener('turbo:load', () => {
    removeEventListener('turbo:before-fetch-response', keep);
    resolve(answers[0]);
  }, { once: true });
  Turbo.visit(${JSON.stringify(to)}, { action: 'replace' });
})`;

/**
 * Visits a page like a reader who follows a link: Turbo replaces the page and the window stays, with axe in it; loading axe again takes twice as
 * long as the page. The page that fetches nothing is loaded by the browser itself, to and from. Returns the status.
 */
const visit = async (page: Page, to: string): Promise<number> => {
  const isApart = [page.url(), url(to)].some((one) => new URL(one).pathname === '/verify');
  return isApart ? (await page.goto(url(to)))!.status() : page.evaluate<number>(VISIT(to));
};

test('a page that refuses is come upon like any other: in its look and its language, from its top', async () => {
  const tab = await openTab(browser, { lang: 'ja' });
  // The window is so low that the page of the refusal scrolls too.
  await tab.page.setViewportSize({ width: 390, height: 200 });
  await tab.page.goto(url('/policy?lang=ja'));
  await tab.page.evaluate(`{
    window.lookBefore = document.querySelector('link[rel=stylesheet]');
    scrollTo(0, document.body.scrollHeight);
  }`);
  expect(await tab.page.evaluate<number>('scrollY')).toBeGreaterThan(1000);

  expect(await visit(tab.page, '/nothing-here?lang=en')).toBe(404);

  expect(await tab.page.title()).toContain('There is no such page');
  expect(
    await tab.page.evaluate(
      "[document.querySelector('link[rel=stylesheet]') === lookBefore, document.documentElement.lang, scrollY]",
    ),
  ).toEqual([true, 'en', 0]);
  await tab.context.close();
});

/** Addresses of one kind differ only in ids, numbers, and the values of the query. */
const kindOf = (to: string): string =>
  to
    .replace(/\?.*/, '')
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '*')
    .replace(/\d+/g, '*');

/** Follows the links from page to page, one of each kind. Returns the refused ones with the pages that link there. */
async function refusedTo(role: Role): Promise<{ visited: number; refused: string[] }> {
  const { context } = await enter('ja', role);
  const answers = new Map<string, number>();
  const links = new Set<string>();
  const next = ['/'];
  for (let at = next.pop(); at; at = next.pop()) {
    const kind = kindOf(at);
    if (answers.has(kind)) continue;
    const answer = await context.request.get(url(at), { maxRedirects: 0 });
    answers.set(kind, answer.status());
    if (!answer.headers()['content-type']?.startsWith('text/html')) continue;
    for (const [, to] of (await answer.text()).matchAll(/<a [^>]*href="(\/[^"#]*)/g)) {
      if (/\.\w+$|\/export/.test(kindOf(to!))) continue;
      links.add(`${kindOf(to!)} from ${kind}`);
      next.push(to!.replaceAll('&amp;', '&'));
    }
  }
  await context.close();
  const isRefused = (link: string): boolean => answers.get(link.slice(0, link.indexOf(' '))) === 403;
  return { visited: answers.size, refused: [...links].filter(isRefused) };
}

test.each(['handler', 'desk', 'administrator', 'reception'] as const)(
  'no page leads its reader where they may not go (%s)',
  async (role) => {
    const { visited, refused } = await refusedTo(role);
    expect(refused).toEqual([]);
    expect(visited).toBeGreaterThan(20);
  },
);

/** Checks every page, as a reader in one language meets them. */
async function faultsOfPages(lang: Lang): Promise<string[]> {
  const faults: string[] = [];
  for (const [route, all] of Object.entries(looks())) {
    for (const { at, as = 'officer', status = 200 } of all) {
      const tab = tabs[lang][as];
      const answer = await visit(tab.page, at);
      if (answer !== status) faults.push(`${route} (${lang}) answers ${answer}`);
      faults.push(...(await look(tab, lang)));
    }
  }
  return faults;
}

/** Checks the states that only a form reaches. */
async function faultsOfStates(lang: Lang): Promise<string[]> {
  const faults: string[] = [];
  for (const { at, as = 'officer', reach } of Object.values(states)) {
    const tab = tabs[lang][as];
    await visit(tab.page, placed(at));
    await answered(tab.page, () => reach(tab.page));
    faults.push(...(await look(tab, lang)));
  }
  return faults;
}

// Both languages run at once: most of the time is the browser's, which has a process for each.
test.concurrent.each(langs)(
  'every page and what its forms reach is sound, wide and narrow (%s)',
  { timeout: 3_600_000 },
  async (lang) => {
    expect([...(await faultsOfPages(lang)), ...(await faultsOfStates(lang))]).toEqual([]);
  },
);
