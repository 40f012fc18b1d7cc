// The day after a backup was restored: what went out, was stopped or was used up since the backup does not go out, open or let in once more.

import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Assembly } from '../../src/app.ts';
import type { Role } from '../../src/base/actor.ts';
import { day } from '../../src/base/day.ts';
import { renewRecoveryCodes } from '../../src/features/access/actions/account.ts';
import { recordSignIn, signIn } from '../../src/features/access/actions/sign-in.ts';
import { attemptKeys, countAttempt } from '../../src/features/access/actions/attempts.ts';
import { FAILURES, LOCK_MS } from '../../src/features/access/facts/session.ts';
import { setRecoveryCodes } from '../../src/features/access/store/credentials.ts';
import type { By } from '../../src/features/access/index.ts';
import { judge, type JudgementContent } from '../../src/features/consultation/actions.ts';
import { confirmDate, goOnInTime } from '../../src/features/date/actions.ts';
import { caseOf, type Case } from '../../src/features/desk/actions/cases.ts';
import { openParcel } from '../../src/features/desk/actions/fetch.ts';
import { digest, sendAgain, sendAnswer, stopParcel } from '../../src/features/desk/actions/parcel.ts';
import { withdraw } from '../../src/features/desk/actions/receive.ts';
import { parcelCode } from '../../src/features/desk/actions/receipt.ts';
import { requestOnWeb } from '../../src/features/desk/actions/web-request.ts';
import { decide, requestNumber } from '../../src/features/desk/index.ts';
import { acquire } from '../../src/features/acquisition/index.ts';
import { correct, eraseAll, recordIn } from '../../src/features/checkpoint/index.ts';
import { stepsLost } from '../../src/features/desk/actions/lost.ts';
import { dropIdentitiesOver } from '../../src/features/people/actions/clear.ts';
import {
  approvePackage,
  draftPackage,
  packageOf,
  requestPackage,
} from '../../src/features/provision/actions/packages.ts';
import { cancelPackage, packageFile, prepareNext, provide } from '../../src/features/provision/index.ts';
import { registerCollection } from '../../src/features/related/actions/collections.ts';
import { provide as giveRelated } from '../../src/features/related/actions/provisions.ts';
import { receive } from '../../src/features/related/actions/receipts.ts';
import { publicRegister, putTag, recordChoice, registerSite } from '../../src/features/transmission/actions.ts';
import type { Register, SiteInput, TagInput } from '../../src/features/transmission/facts.ts';
import { listEntries } from '../../src/log/index.ts';
import { standingClock } from '../../src/platform/clock.ts';
import { readConfig, type Config } from '../../src/platform/config.ts';
import { lostLetters } from '../../src/platform/mail.ts';
import { exportOf, openBackups, type Backups } from '../backup.ts';
import { identified, registered, seen } from '../desk.ts';
import { PASSWORD, signAll } from '../house.ts';
import { mailTo } from '../parcel.ts';
import { addConsent, addConsentText, addHolding, addPerson, addRecipient, byOfficer, specifyFound } from '../people.ts';
import { must, newcomer, sessionIn, settle } from '../server.ts';

const clock = standingClock('2026-12-10T10:00:00+09:00');
const { mail } = readConfig(mailTo(9), { dataFolder: '/nowhere' });
const sekisho: By = { actor: { kind: 'sekisho' }, authority: [] };
let backups: Backups;
let backup: string;
let exported: string;
/** What the key had signed before the loss. */
let signedLast: string;
let known: Awaited<ReturnType<typeof work>>;

/** With mail on, which nobody sends. */
const mailing = (config: Config): Config => ({ ...config, mail });

const ONCE = { name: '模範 次郎', name_kana: 'モハン ジロウ', email: 'once@example.jp' };
const PACKED = { name: '見本 三郎', name_kana: 'ミホン サブロウ', email: 'packed@example.jp' };
const RECEIVED = { name: '手本 四郎', name_kana: 'テホン シロウ', email: 'received@example.jp' };
const RELATED = { name: '仮名 五郎', name_kana: 'カメイ ゴロウ', email: 'related@example.jp' };
const provider = {
  kind: 'corporation',
  name: '例示広告株式会社',
  address: '東京都港区例示町3-3',
  representative: '例示 次郎',
  country: 'JP',
} as const;
const sender = { name: '差出 一人', address: '東京都中央区例示町9-9', email: 'person@example.jp' };

/** An answer whose link is in the outbox. */
async function sent(desk: Assembly, by: By): Promise<Case> {
  const one = await registered(desk, by, 'consultation', { sender, another: true });
  const { id } = one.row;
  const answer = { facts: {}, reason: '', plan: {}, answer: 'お答えします', mayRefuse: true };
  const decided = must(await decide(desk, by, id, seen(one), answer));
  return must(await sendAnswer(desk, by, id, seen(decided), { on: clock.today(), by: 'electronic' }));
}

const fetched = async (house: Assembly, by: By, id: string): Promise<void> => {
  await new Response(must(await packageFile(house.office, by, id)).body).arrayBuffer();
};

/** Packages to a recipient, each in its state: one for each thing that becomes of it after the backup. */
async function packages(house: Assembly, staff: Record<string, string>, holding: string) {
  const { office } = house;
  const here = { office, staff };
  const by = byOfficer(here);
  const { principal } = await addPerson(here, holding, newcomer(holding).items);
  const publicKey = await identityToRecipient(await generateX25519Identity());
  const recipient = await addRecipient(here, { publicKey });
  const text = await addConsentText(here, { holding, recipients: [recipient], items: ['email'] });
  await addConsent(here, principal, text);
  const made = async (to: 'draft' | 'requested' | 'ready'): Promise<string> => {
    const ask = { holding, items: ['email'], purpose: 'P3', recipient, everybody: true };
    const { id } = must(await draftPackage(office, sekisho, { ...ask, facts: { relation: 'third-party' } }));
    if (to !== 'draft') must(await requestPackage(office, sekisho, id));
    if (to === 'ready') must(await approvePackage(office, by, id));
    while (await prepareNext(office));
    return id;
  };
  const some = {
    cancelled: await made('ready'),
    gone: await made('ready'),
    goneBefore: await made('ready'),
    untouched: await made('ready'),
    asked: await made('requested'),
    draftGone: await made('draft'),
    draft: await made('draft'),
  };
  await fetched(house, by, some.goneBefore);
  return { some, principal, recipient, text };
}

const TAG: TagInput = {
  code: 'analytics',
  name: { ja: 'アクセス解析', en: 'Web analytics' },
  information: { ja: '見たページのアドレス', en: 'Addresses of the pages seen' },
  recipient: { name: { ja: '例示解析株式会社', en: 'Reiji Analytics' }, country: 'JP' },
  purpose: { ja: 'サイトの改善', en: 'Improving the site' },
  sends: true,
  thirdPartyId: true,
  plain: true,
  choice: 'opt-in',
  patterns: ['analytics.example'],
};

const SITE: SiteInput = {
  code: 'shop',
  name: { ja: '例示の店', en: 'Reiji shop' },
  origins: ['https://shop.example.jp'],
  service: 'information',
  linkedOn: day('2026-12-01'),
};

/** A web site with a tag that runs once a visitor allows it. */
async function webSite({ office }: Assembly, by: By): Promise<Register> {
  const { id } = must(await registerSite(office, by, SITE));
  return must(await putTag(office, by, { id, version: 1, input: TAG })).register;
}

/** Visitors are told of another purpose, and one of them allows it. Then the tag is turned off. Returns the register that the visitor saw. */
async function changeTag({ office }: Assembly, by: By, { id, version }: Register): Promise<Register> {
  const told = { ...TAG, purpose: { ja: '広告の配信', en: 'Advertising' } };
  const { register } = must(await putTag(office, by, { id, version, tag: TAG.code, input: told }));
  const found = (await publicRegister(office, SITE.code))!;
  const choice = { site: SITE.code, id: randomUUID(), n: 1, notice: register.notice, language: 'ja' } as const;
  const chosen = await recordChoice(office, found, { ...choice, allowed: [TAG.code], refused: [], gpc: false });
  expect(chosen).toMatchObject({ ok: true });
  const off = { id, version: register.version, tag: TAG.code, input: { ...told, state: 'off' } as const };
  must(await putTag(office, by, off));
  return register;
}

/** A collection that is kept with a holding of its own, and two persons of whom something is received after the backup. */
async function collected(house: Parameters<typeof addPerson>[0] & Assembly, by: By) {
  const items = [{ code: 'ad_id', label: { ja: '広告識別子', en: 'Advertising id' } }];
  const name = { ja: '広告の読者', en: 'Readers of advertisements' };
  const holding = await addHolding(house, { name, items: ['name', 'name_kana', 'email', 'note', ...items] });
  const input = {
    name: { ja: '広告会社の関心データ', en: 'Interests from an advertiser' },
    source: 'third-party' as const,
    place: provider.name,
    searchable: true,
    communications: false,
    holding,
    items: items.map((item) => ({ ...item, tells: 'nobody' as const })),
  };
  const collection = must(await registerCollection(house.office, by, input)).id;
  const { principal: received } = await addPerson(house, holding, RECEIVED);
  const { principal: related } = await addPerson(house, holding, RELATED);
  return { holding, collection, received, related };
}

/** Records of what came from somebody else (30), and of what was given that the recipient links to persons (31). */
async function receiveAndGive({ office }: Assembly, by: By): Promise<void> {
  const { collection, holding, received, related } = known.of;
  const { version } = (await recordIn(office.database, received, holding))!;
  must(
    await acquire(office, by, {
      holding,
      principal: received,
      seen: version,
      channel: 'oral',
      source: 'third-party',
      purposes: ['P3'],
      items: { note: '備考' },
      receipt: {
        provider,
        basis: 'consent',
        consentObtained: true,
        howAcquired: '申込書',
        documentSeen: true,
        record: { mode: 'each' },
      },
    }),
  );
  const record = { mode: 'each' } as const;
  const substitute = { namesUs: true, namesItems: true, evidenceSeen: true };
  const facts = { provider, basis: 'consent', links: true, substitute, record } as const;
  const items = ['ad_id'];
  const documents = { consent: '申告書 7号' };
  must(await receive(office, by, { collection, principal: related, items, facts, documents }));
  const confirmation = { on: clock.today(), by: 'declaration', consented: true } as const;
  const link = { expected: true, byTag: false, confirmation } as const;
  must(
    await giveRelated(office, by, {
      collection,
      recipient: known.recipient,
      items,
      facts: { link, record },
      documents,
    }),
  );
}

/** The office on the day of the backup. */
async function work(house: Assembly) {
  const { office, access } = house;
  const { staff } = await settle(house as never);
  const by = byOfficer({ ...house, staff });
  const holding = await addHolding({ ...house, staff });
  const { some: out, principal, recipient, text } = await packages(house, staff, holding);
  const { principal: once } = await addPerson({ ...house, staff }, holding, ONCE);
  // Of the packages, only the one that is requested after the backup has this person.
  const { principal: packed } = await addPerson({ ...house, staff }, holding, PACKED);
  await addConsent({ ...house, staff }, packed, text);
  const answers = {
    stopped: await sent(house, by),
    replaced: await sent(house, by),
    waiting: await sent(house, by),
  };
  await office.database.transaction(async (tx) => {
    for (const role of ['handler', 'desk', 'auditor'] as const)
      await setRecoveryCodes(tx, access.directory, staff[role], [`AAAA-${role}`, `BBBB-${role}`]);
  });
  const judged: JudgementContent = {
    code: 'security-necessary',
    holding_id: holding,
    purpose: null,
    answer: true,
    why: '要る',
    until_day: clock.today(),
  };
  await judge(office, by, judged);
  const asked = {
    kind: 'consultation',
    scope: 'customer',
    lang: 'ja',
    sender,
    says: '尋ねます',
    method: null,
  } as const;
  const web = must(await requestOnWeb(house, { ...asked, scan: { file: null } as never, attempt: 'web', address: '' }));
  const open = await registered(house, by, 'consultation');
  const whose = await identified(house, by, 'record-disclosure');
  const terms = [{ kind: 'name', term: '例示 花子' }] as const;
  const found = must(await specifyFound(house, by, whose.row.id, seen(whose), terms));
  const shop = await webSite(house, by);
  const of = await collected({ ...house, staff }, by);
  await guess(house, FAILURES.account - 1);
  return {
    staff,
    holding,
    shop,
    of,
    out,
    principal,
    once,
    packed,
    text,
    recipient,
    answers,
    judged,
    web,
    open,
    found,
    withdrawn: open.events,
  };
}

/** Guesses the auditor's password `times` times, without the waits in between. */
async function guess({ access }: Assembly, times: number): Promise<void> {
  const email = 'auditor@example.jp';
  const keys = attemptKeys(access, email, '', '');
  for (let n = 0; n < times; n++) {
    await countAttempt(access, keys);
    await access.office.database.query('UPDATE sign_in_attempts SET blocked_until = last_at WHERE failures < $1', [
      FAILURES.account,
    ]);
  }
}

/** What happens between the backup and the loss. */
async function later(house: Assembly): Promise<void> {
  const { office, access } = house;
  const { staff, out, answers, open, judged } = known;
  const by = byOfficer({ ...house, staff });
  must(await cancelPackage(office, by, out.cancelled, '内容の誤り'));
  await fetched(house, by, out.gone);
  must(await requestPackage(office, sekisho, out.draftGone));
  must(await approvePackage(office, by, out.draftGone));
  while (await prepareNext(office));
  await fetched(house, by, out.draftGone);
  const giving = { principal: known.principal, holding: known.holding, items: ['email'], purpose: 'P3' };
  const facts = { relation: 'third-party' } as const;
  must(await provide(office, by, { ...giving, recipient: known.recipient, facts }));
  await addConsent({ ...house, staff }, known.once, known.text);
  must(await provide(office, by, { ...giving, principal: known.once, recipient: known.recipient, facts }));
  must(await stopParcel(house, by, answers.stopped.row.id));
  must(await sendAgain(house, by, answers.replaced.row.id, { attempt: 'again', email: '' }));
  known.withdrawn = must(await withdraw(house, by, open.row.id, seen(open), { on: clock.today() })).events;
  const about = { principal: known.principal, holding: known.holding };
  must(await correct(office, by, { ...about, items: { name_kana: 'レイジ ハナ' }, ground: 'request' }));
  const { version } = (await recordIn(office.database, known.principal, known.holding))!;
  must(
    await acquire(office, by, {
      ...newcomer(known.holding),
      ...about,
      seen: version,
      items: { phone: '090-0000-4444' },
    }),
  );
  expect(requestNumber((await registered(house, by, 'consultation')).row)).toBe('R-2026-007');
  const { token } = must(await signIn(access, { email: 'handler@example.jp', password: PASSWORD }, ''));
  const handler: By = {
    actor: { kind: 'staff', id: staff.handler, name: '職員 一人', roles: ['handler'] },
    authority: [],
  };
  must(await renewRecoveryCodes(access, handler, token, PASSWORD));
  const session = { id: known.holding, staffId: staff.desk, sha256: '0'.repeat(64), now: clock.now() };
  await office.database.transaction((tx) => recordSignIn(access, tx, session as never, 'recovery-code'));
  await judge(office, by, { ...judged, answer: false, why: '要らない' });
  await guess(house, FAILURES.account);
  const { id } = must(await registerSite(office, by, { ...SITE, code: 'later' }));
  must(await putTag(office, by, { id, version: 1, input: TAG }));
  const changed = await changeTag(house, by, known.shop);
  expect(changed.notice).toBe(known.shop.notice + 1);
  await receiveAndGive(house, by);
}

beforeAll(async () => {
  backups = await openBackups(clock);
  const today = await backups.copyOf('sekisho_template');
  const config = mailing(today.config);
  known = await backups.within(config, work);
  // What stands in a link is known to its mail alone.
  await backups.owning(today.name, async (owner) => {
    for (const { row } of Object.values(known.answers))
      await owner.query('UPDATE request_parcels SET link = $2 WHERE request_id = $1', [row.id, digest(row.id)]);
  });
  backup = (await backups.copyOf(today.name)).name;
  clock.moveTo('2026-12-10T15:00:00+09:00');
  await backups.within(config, async (house) => {
    await later(house);
    await signAll(house.office.database, house.office.signer);
    exported = await exportOf(house.office);
  });
  signedLast = await fs.readFile(path.join(backups.folder, 'keys', 'log-signed.txt'), 'utf8');
  clock.moveTo('2026-12-10T17:00:00+09:00');
});
afterAll(() => backups.close());

/** Works in the office of the backup after it was restored. */
async function restored(text: string | null, inside: (house: Assembly) => Promise<void>): Promise<void> {
  const { config } = await backups.copyOf(backup);
  await backups.restore(config, text);
  // Once more, as nothing may be ended twice.
  for (const _ of [1, 2]) await backups.within(mailing(config), inside);
  await backups.forget();
}

const states = async ({ office }: Assembly): Promise<object> =>
  Object.fromEntries(
    await Promise.all(
      Object.entries(known.out).map(async ([name, id]) => [name, must(await packageOf(office, id)).state]),
    ),
  );

const endedAgain = async ({ office }: Assembly): Promise<unknown[]> =>
  (await listEntries(office.database, { actions: ['log:ended-again'], most: 9 })).map(({ entry }) => entry);

const codesOf = async ({ office }: Assembly): Promise<string[]> =>
  (
    await office.database.query<{ id: string }>(
      'SELECT DISTINCT staff_id AS id FROM staff_recovery_codes ORDER BY 1',
      [],
    )
  ).map(({ id }) => Object.entries(known.staff).find((one) => one[1] === id)![0]);

const shownTo = async (
  { access, fetch, office }: Assembly,
  to: string,
  lang = 'ja',
  role: Role = 'officer',
): Promise<string> => {
  const url = office.config.publicUrl;
  const go = async (path: string, init?: RequestInit) => fetch(new Request(`${url}${path}`, init));
  const { cookie } = await sessionIn({ access }, role, go);
  return (await go(to, { headers: { cookie: `${cookie}; lang=${lang}` } })).text();
};

/** Expects that no link of the backup opens, and that the answer can be sent anew. */
async function expectClosed(house: Assembly): Promise<void> {
  for (const { row, parcels } of Object.values(known.answers)) {
    const code = parcelCode(house.office, parcels[0]!.id);
    const opened = await openParcel(house, { link: row.id, code, address: '' });
    expect(opened).toMatchObject({ ok: false, problem: { kind: 'not-found' } });
    const now = must(await caseOf(house, row.id));
    expect(now.parcels.at(-1)).toMatchObject({ ended_by: 'closed' });
    expect(now.papers.filter(({ kind, gone_at }) => kind === 'parcel' && gone_at === null)).toEqual([]);
  }
}

const OVER = { packages_over: 5, parcels_over: 3, letters_over: 1 };

test('from an export: packages, deliveries and letters of the backup do not go out, and given-up codes let nobody in', async () => {
  await restored(exported, async (house) => {
    expect(await states(house)).toEqual({
      cancelled: 'cancelled',
      gone: 'cancelled',
      goneBefore: 'closed',
      untouched: 'cancelled',
      asked: 'cancelled',
      draftGone: 'cancelled',
      draft: 'draft',
    });
    const { cancelled } = known.out;
    const refused = await packageFile(house.office, byOfficer({ ...house, staff: known.staff }), cancelled);
    expect(refused).toMatchObject({ ok: false, problem: { kind: 'conflict', field: 'state' } });
    expect(await shownTo(house, `/packages/${cancelled}`)).toContain('バックアップから戻したため');
    await expectClosed(house);
    expect(await codesOf(house)).toEqual(['auditor']);
    expect(await endedAgain(house)).toMatchObject([{ ...OVER, packages_over: 6, codes_out: 2 }]);
  });
});

test('without an export, the same, and nothing tells of drafts and codes', async () => {
  await restored(null, async (house) => {
    expect(await states(house)).toMatchObject({ cancelled: 'cancelled', gone: 'cancelled', draftGone: 'draft' });
    await expectClosed(house);
    expect((await codesOf(house)).toSorted()).toEqual(['auditor', 'desk', 'handler']);
    expect(await endedAgain(house)).toMatchObject([{ ...OVER, codes_out: 0 }]);
  });
});

test('letters that waited in the backup are named on home, and were not sent', async () => {
  await restored(exported, async (house) => {
    const { database, clock: now } = house.office;
    expect(await lostLetters(database, now)).toMatchObject([{ about: known.web.number, why: 'restored' }]);
    const waits = await database.query("SELECT 1 FROM mail_outbox WHERE state = 'waiting' AND outside", []);
    expect(waits).toEqual([]);
    expect(await shownTo(house, '/')).toContain('バックアップから戻したため、送らなかったメールが1通あります');
    const english = await shownTo(house, '/', 'en');
    expect(english).toContain('One e-mail was not sent because a backup was restored');
    expect(english).not.toContain('could not be delivered');
  });
});

test('a request says which of its steps were lost, and no number is given twice', async () => {
  let serial = 8;
  await restored(exported, async (house) => {
    const lost = 'バックアップから戻したときに失われました';
    const page = await shownTo(house, `/desk/${known.open.row.id}`);
    expect(page).toContain(lost);
    expect(page).toMatch(/<p>[^<]*<a href="\/log\/entries\/[-0-9a-f]{36}">取下げ<\/a><\/p>/);
    expect(page.match(/<p>[^<]*<a href="\/log\/entries\//g)).toHaveLength(1);
    expect(await shownTo(house, `/desk/${known.open.row.id}`, 'en')).toContain(
      'Later steps of this request were lost when a backup was restored',
    );
    expect(await shownTo(house, `/desk/${known.answers.waiting.row.id}`)).not.toContain(lost);
    // Who may not read the log is told the step without a way to its entry.
    const told = await shownTo(house, `/desk/${known.open.row.id}`, 'ja', 'desk');
    expect(told).toContain('<p>12月10日　取下げ</p>');
    expect(told).not.toContain('/log/entries/');
    // A step that is here, though the loss covers its entry, is not lost; one that is missing from before the backup is no loss.
    const { row, events } = must(await caseOf(house, known.open.row.id));
    const steps = async (some: typeof events) =>
      (await stepsLost(house.office, { row, events: some })).map(({ event }) => event);
    expect(await steps(known.withdrawn)).toEqual([]);
    expect(await steps([])).toEqual(['withdrawn']);
    expect(await steps(events)).toEqual(['withdrawn']);
    // R-2026-007 is the number of a request that was lost.
    const by = byOfficer({ ...house, staff: known.staff });
    expect(requestNumber((await registered(house, by, 'consultation')).row)).toBe(`R-2026-00${serial++}`);
  });
});

test('a judgement that a lost one had replaced breaks the promise until the matter is judged anew', async () => {
  await restored(exported, async (house) => {
    const { office, provers } = house;
    const proofs = async () => {
      const all = provers.filter(({ promise }) => promise === 'every-access-logged');
      const found = (await Promise.all(all.map((one) => one.prove(office)))).filter(({ state }) => state === 'broken');
      // The register of a web site is behind too.
      return found.filter(({ evidence }) => !evidence.some(({ href }) => href?.startsWith('/transmissions/')));
    };
    const broken = await proofs();
    const judged = broken.flatMap(({ evidence }) => evidence.filter(({ label }) => label.ja.startsWith('判断：')));
    const isAnew = (await listEntries(office.database, { actions: ['consultation:judge'], most: 9 })).length > 2;
    expect([broken.length, judged.length]).toEqual(isAnew ? [0, 0] : [1, 1]);
    if (isAnew) return;
    await judge(office, byOfficer({ ...house, staff: known.staff }), { ...known.judged, why: 'やはり要る' });
    expect(await proofs()).toEqual([]);
  });
});

test('where nothing tells what was lost, that is put on record once, and the same is ended', async () => {
  const { config } = await backups.copyOf(backup);
  // The folder of keys came out of the same backup, so its file names a checkpoint that the backup has.
  await backups.within(config, () => Promise.resolve());
  await expect(backups.restore(config, null)).rejects.toThrow('remove log-signed.txt there, and run this again');
  await backups.forget();
  const { here, size, lost } = await backups.restore(config, null);
  expect([here, lost]).toEqual([size, 0]);
  await expect(backups.restore(config, null)).rejects.toThrow('Nothing is lost that is not on record already');
  await backups.within(mailing(config), async (house) => {
    await expectClosed(house);
    expect(await endedAgain(house)).toMatchObject([OVER]);
    const [home, log] = [await shownTo(house, '/'), await shownTo(house, '/log', 'en')];
    expect(home).toContain('バックアップから戻しました');
    expect(log).toContain('it is not known how many were lost');
    expect(log).toContain('Information of persons who were erased may be back');
  });
  await backups.forget();
});

test('a request says that the log alone has what was provided of its person since the backup', async () => {
  await restored(exported, async (house) => {
    const page = await shownTo(house, `/desk/${known.found.row.id}`);
    // An acquisition, a correction, a provision, and two packages that went out: one read before the backup, one after it.
    expect(page).toContain('取得、訂正、提供のうち5件は、操作の記録にだけ残っています');
    expect(page).toContain(`href="/log?principal=${known.principal}"`);
    expect(page).not.toContain('この請求のその後の動き');
    expect(await shownTo(house, `/desk/${known.found.row.id}`, 'en')).toContain(
      '5 acquisitions, corrections or provisions remain in the log alone.',
    );
    // What is done after the restore is on record, and counted by nobody as lost.
    const items = { name_kana: 'レイジ ハナコサン' };
    const { principal, holding } = known;
    const by = byOfficer({ ...house, staff: known.staff });
    await correct(house.office, by, { principal, holding, items, ground: 'request' });
    const corrected = await listEntries(house.office.database, { principal, actions: ['people:correct'], most: 9 });
    expect(corrected.length).toBeGreaterThan(1);
    expect(await shownTo(house, `/desk/${known.found.row.id}`)).toContain('のうち5件は');
    expect(await shownTo(house, `/desk/${known.open.row.id}`)).not.toContain('操作の記録にだけ残っています');
  });
});

/** The cells of each row of a table on a page, as people read them, each with the last digits of the id that it leads to. */
const rowsOf = (page: string): string[][] =>
  [...page.matchAll(/<tr\b[^>]*>(.*?)<\/tr>/gs)]
    .slice(1)
    .map(([, row]) =>
      [...row!.matchAll(/<t[hd]\b[^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell]) =>
        cell!
          .replaceAll(/<a\b[^>]*href="([^"]+)"[^>]*>/g, (_, to: string) => `[${to.replace(/[-0-9a-f]{28}/, '')}]`)
          .replaceAll(/<[^>]+>/g, ''),
      ),
    );

test('the provisions whose records were lost are listed with all that the log has of them, until their time is over', async () => {
  await restored(exported, async (house) => {
    const { database } = house.office;
    const { principal, once, out, recipient } = known;
    for (const at of ['/provisions', '/log']) expect(await shownTo(house, at)).toContain('href="/provisions/lost"');
    const page = await shownTo(house, '/provisions/lost');
    const last = (id: string): string => id.slice(-8);
    const whose = (id: string): string => `[/people/${last(id)}]${last(id)}`;
    const readings = (id: string): string => `[/log?action=people:package&amp;package=${last(id)}]読み出しの記録`;
    const row = (people: string, of: string, consent: string): string[] => [
      expect.stringMatching(/^\[\/log\/entries\/[0-9a-f]{8}\]2026\/12\/10 15:00$/),
      `[/recipients/${last(recipient)}]株式会社共同企画`,
      '第三者',
      people,
      of,
      'メールアドレス',
      'メールマガジンの読者',
      consent,
      '2029/12/10',
    ];
    expect(rowsOf(page)).toEqual([
      row('1人', whose(once), '得ている'),
      row('1人', whose(principal), '得ている'),
      row('2人', readings(out.draftGone), '記録からは分からない'),
      row('1人', readings(out.gone), '記録からは分からない'),
    ]);
    const read = await shownTo(house, `/log?action=people:package&package=${out.draftGone}`);
    expect(rowsOf(read)).toHaveLength(2);
    expect(rowsOf(await shownTo(house, '/provisions/lost', 'en'))[0]!.slice(2, 4)).toEqual(['Third party', '1 person']);
    const recorded = house.provers.find(({ promise }) => promise === 'provision-recorded')!;
    const proof = await recorded.prove(house.office);
    expect([proof.state, proof.evidence.at(-1)!.value.ja]).toEqual(['risk', '4件']);
    expect(proof.says.ja).toContain('4件を確かめられません');
    // The rows of the other provisions are here, such as that of the package that was fetched before the backup.
    expect(await database.query('SELECT package_id AS id FROM provisions', [])).toEqual([{ id: out.goneBefore }]);
    const then = new Date(clock.now()).toISOString();
    clock.moveTo('2029-12-11T10:00:00+09:00');
    const over = await shownTo(house, '/provisions/lost');
    expect(over).toContain('記録が失われた提供はありません');
    expect(await recorded.prove(house.office)).toMatchObject({ state: 'kept', evidence: [{}, {}] });
    expect(await shownTo(house, '/provisions')).not.toContain('href="/provisions/lost"');
    clock.moveTo(then);
  });
});

test('the records of what was received and of what was confirmed count as lost, until their time is over', async () => {
  await restored(exported, async ({ office, provers }) => {
    const promises = ['source-recorded', 'related-consent-confirmed', 'related-consent-before-linking'];
    const proofs = () =>
      Promise.all(provers.filter(({ promise }) => promises.includes(promise)).map((one) => one.prove(office)));
    for (const { state, says, evidence } of await proofs()) {
      expect([state, evidence.at(-1)!.value.ja]).toEqual(['risk', '1件']);
      expect(says.ja).toContain('1件を確かめられません');
    }
    expect(await proofs()).toHaveLength(3);
    const then = new Date(clock.now()).toISOString();
    clock.moveTo('2029-12-11T10:00:00+09:00');
    expect((await proofs()).map(({ state }) => state)).toEqual(['kept', 'kept', 'kept']);
    clock.moveTo(then);
  });
});

test('the receipts and the confirmations whose records were lost are listed too, until their time is over', async () => {
  let times = 0;
  await restored(exported, async (house) => {
    const { received, related } = known.of;
    const last = (id: string): string => id.slice(-8);
    const at = expect.stringMatching(/^\[\/log\/entries\/[0-9a-f]{8}\]2026\/12\/10 15:00$/);
    const person = (id: string): string => `[/people/${last(id)}]${last(id)}`;
    const rows = async () => rowsOf(await shownTo(house, '/acquisitions/lost'));
    const one = (whose: string) => [at, whose, '備考', '広告の読者', 'P3', '口頭', '2029/12/10'];
    expect(await rows()).toEqual([one(person(received))]);
    expect(rowsOf(await shownTo(house, '/related/lost'))).toEqual([
      [
        at,
        '提供（法31条）',
        '株式会社共同企画',
        '当社では分からない',
        '広告識別子',
        '広告会社の関心データ',
        '2029/12/10',
      ],
      [at, '受け取り（法30条）', 'なし', person(related), '広告識別子', '広告会社の関心データ', '2029/12/10'],
    ]);
    for (const lost of ['/acquisitions', '/related']) {
      expect(await shownTo(house, lost)).toContain(`href="${lost}/lost"`);
      expect(await shownTo(house, '/log')).toContain(`href="${lost}/lost"`);
    }
    if (++times === 1) return;
    // Of who is no longer held only the log tells.
    const by = byOfficer({ ...house, staff: known.staff });
    must(await eraseAll(house.office, by, { principal: received, ground: 'no-longer-needed' }));
    expect(await rows()).toEqual([one(`[/log?principal=${last(received)}]${last(received)}`)]);
    const then = new Date(clock.now()).toISOString();
    clock.moveTo('2029-12-11T10:00:00+09:00');
    for (const lost of ['/acquisitions', '/related']) {
      expect(rowsOf(await shownTo(house, `${lost}/lost`))).toEqual([]);
      expect(await shownTo(house, lost)).not.toContain(`href="${lost}/lost"`);
    }
    clock.moveTo(then);
  });
});

test('who a lost record is about stays known after an erasure, as long as the record has to be kept', async () => {
  let times = 0;
  await restored(exported, async (house) => {
    const { database } = house.office;
    const by = byOfficer({ ...house, staff: known.staff });
    const about = [known.once, known.packed, known.of.received, known.of.related];
    const kept = async () =>
      (await database.query<{ id: string }>('SELECT id FROM kept_identities ORDER BY id', [])).map(({ id }) => id);
    for (const principal of about) {
      if ((await kept()).includes(principal)) continue;
      must(await eraseAll(house.office, by, { principal, ground: 'no-longer-needed' }));
      const [erased] = await listEntries(database, { principal, actions: ['people:erase'], most: 1 });
      expect(erased!.entry.identity_until).toBe('2029-12-10');
    }
    expect(await dropIdentitiesOver(house.office)).toBe(0);
    expect(await kept()).toEqual(about.toSorted());
    if (++times === 1) return;
    // The time of the record is over by the clock of the office, and only once an officer has confirmed that it is right.
    const then = new Date(clock.now()).toISOString();
    await goOnInTime(house);
    clock.moveTo('2029-12-11T10:00:00+09:00');
    expect(await dropIdentitiesOver(house.office)).toBe(0);
    must(await confirmDate(house.office, by, '2029-12-11'));
    expect(await dropIdentitiesOver(house.office)).toBe(about.length);
    clock.moveTo(then);
  });
});

/** The pages of the promise that everything is in the log which say that a register of web sites is not as the log has it. */
const otherSites = async ({ office, provers }: Assembly): Promise<string[]> => {
  const all = provers.filter(({ promise }) => promise === 'every-access-logged');
  const proofs = await Promise.all(all.map((one) => one.prove(office)));
  return proofs.flatMap(({ state, evidence }) =>
    state === 'broken' ? evidence.flatMap(({ href }) => (href?.startsWith('/transmissions/') ? [href] : [])) : [],
  );
};

test.each(['an export', 'no export', 'nothing that tells how much was lost'])(
  'what a visitor allowed under a lost notice is no permission under another: with %s',
  async (with_) => {
    const signed = path.join(backups.folder, 'keys', 'log-signed.txt');
    if (with_ === 'no export') await fs.writeFile(signed, signedLast);
    else await backups.forget();
    const { id, version, notice } = known.shop;
    let next = version;
    await restored(with_ === 'an export' ? exported : null, async (house) => {
      const by = byOfficer({ ...house, staff: known.staff });
      // The tag that was turned off runs again, for visitors who allowed it before the backup.
      const again = next === version;
      if (again) {
        const { seen } = (await publicRegister(house.office, SITE.code))!;
        expect(seen).toMatchObject({ notice, tags: [{ code: TAG.code }], blocked: [] });
      }
      expect(await otherSites(house)).toEqual(again && with_ === 'an export' ? [`/transmissions/${id}`] : []);
      if (!again) return;
      const told = { ...TAG, purpose: { ja: '商品のおすすめ', en: 'Recommendations' } };
      const { register } = must(await putTag(house.office, by, { id, version, tag: TAG.code, input: told }));
      next = register.version;
      // Two notices were told: the one that the visitor allowed, and that the tag is off.
      expect(register.notice).toBeGreaterThan(notice + 2);
      expect(await otherSites(house)).toEqual([]);
      const then = must(
        await putTag(house.office, by, {
          id,
          version: next,
          tag: TAG.code,
          input: { ...told, plain: true, choice: 'opt-out' },
        }),
      );
      expect(then.register.notice).toBe(register.notice + 1);
    });
  },
);

test('a site that was lost and is registered again begins above the notices that its visitors know', async () => {
  await restored(exported, async (house) => {
    const by = byOfficer({ ...house, staff: known.staff });
    const made = await registerSite(house.office, by, { ...SITE, code: 'later' });
    if (made.ok) expect(made.value.notice).toBe(3);
  });
});

test('who guesses a password has no more tries after a restore than at any other time', async () => {
  const then = new Date(clock.now()).toISOString();
  await backups.forget();
  const { config } = await backups.copyOf(backup);
  await backups.restore(config, exported);
  await backups.within(mailing(config), async ({ access }) => {
    const tried = async (password: string): Promise<string | undefined> => {
      const outcome = await signIn(access, { email: 'auditor@example.jp', password }, '');
      // Longer than the wait after each wrong one, and all of them within the time of a lock.
      clock.moveTo(new Date(clock.now() + 70_000).toISOString());
      return outcome.ok || outcome.problem.kind !== 'invalid' ? undefined : outcome.problem.fields[0].field;
    };
    // The count was near its end in the backup, and a lock was made since.
    for (let n = 0; n < FAILURES.account; n++) expect([n, await tried('kaze-no-mukashi-1')]).toEqual([n, 'password']);
    expect(await tried(PASSWORD)).toBe('attempts');
    clock.moveTo(new Date(clock.now() + LOCK_MS).toISOString());
    expect(await tried(PASSWORD)).toBeUndefined();
  });
  await backups.forget();
  clock.moveTo(then);
});
