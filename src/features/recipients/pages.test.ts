// The pages and the JSON of the recipients behind the real gate: what a form keeps, what is refused at which field, what a reader may see, and
// that the typed client and the pages say the same.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fieldsIn, inTwoTabs } from '../../../tests/forms.ts';
import { openTestOffice, type TestOffice, type Visitor } from '../../../tests/office.ts';
import { entrusted } from '../../../tests/people.ts';
import { addDays } from '../../base/day.ts';
import { sekisho, type Answer, type Problem, type Sekisho } from '../../client.ts';
import { openApiDocument } from '../../platform/http/index.ts';
import { slashDay } from '../../platform/ui/format.ts';
import { createSystem, createToken, type Access } from '../access/index.ts';
import { assureRecipient, checkRecipient } from './actions/assurance.ts';
import { listRecipients } from './actions/read.ts';
import { registerRecipient } from './actions/recipient.ts';
import { everGiven } from '../provision/index.ts';
import { recipientRoutes } from './routes.ts';

let house: TestOffice;
let officer: Visitor;
let english: Visitor;
let auditor: Visitor;
/** A system that the company allows to write. */
let writer: Sekisho;
/** A system under the access policies as delivered. */
let reader: Sekisho;

const must = <T>(outcome: { ok: true; value: T } | { ok: false; problem: unknown }): T => {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problem));
  return outcome.value;
};

const problemOf = (answer: Answer<unknown>): Problem => {
  if (answer.ok) throw new Error('expected a problem');
  return answer.problem;
};

async function clientWith(access: Access, actions: ('ledger:read' | 'recipients:write')[]): Promise<Sekisho> {
  const by = { actor: { kind: 'sekisho' }, authority: [] } as const;
  const { id } = must(await createSystem(access, by, { name: actions.join(' ') }));
  const { token } = must(await createToken(access, by, { systemId: id, actions, purposes: [], days: 30 }, []));
  return sekisho({
    url: house.office.config.publicUrl,
    token,
    lang: 'en',
    fetch: async (to, init) => house.fetch(new Request(String(to), init)),
  });
}

beforeAll(async () => {
  house = await openTestOffice((office, access) => recipientRoutes({ office, access }, everGiven));
  officer = await house.visitor('officer');
  english = await house.visitor('officer', 'en');
  auditor = await house.visitor('auditor');
  writer = await clientWith(house.access, ['ledger:read', 'recipients:write']);
  reader = await clientWith(house.access, ['ledger:read']);
});
afterAll(() => house.close());

const text = async (visitor: Visitor, path: string, status = 200): Promise<string> => {
  const response = await visitor.get(path);
  expect([path, response.status]).toEqual([path, status]);
  return response.text();
};

/** Sends a form; returns where it redirects, or the page that shows it again. */
async function send(
  path: string,
  fields: Record<string, string | string[]>,
  from = path,
): Promise<{ status: number; to: string; html: string }> {
  const response = await officer.post(path, fields, from);
  return { status: response.status, to: response.headers.get('location') ?? '', html: await response.text() };
}

const tab = (from: string) => ({
  get: (at: string) => text(officer, at),
  post: (to: string, fields: Record<string, string | string[]>) => send(to, fields, from),
});

const hanoi = {
  kind: 'corporation',
  name: 'Reiji Hanoi Co., Ltd.',
  address: '1 Reiji Street, Ha Noi',
  representative: 'Reiji Van A',
  country: 'VN',
  relations: ['third-party', 'entrustment'],
};

/** Registers a recipient through the API and returns its id. */
const made = async (name: string, more: Partial<typeof hanoi> = {}): Promise<string> =>
  must(await writer.registerRecipient({ ...hanoi, name, ...more })).id;

test('an empty register says so and leads on; who only reads is not led on', async () => {
  const html = await text(officer, '/recipients');
  expect(html).toContain('まだ提供先がありません');
  expect(html).toContain('href="/recipients/new"');
  expect(await text(auditor, '/recipients')).not.toContain('href="/recipients/new"');
  expect(await text(english, '/countries')).toContain('No report on a country is on record yet');
});

describe('the form of a recipient', () => {
  test('names what must be mended, and keeps what was typed', async () => {
    const { status, html } = await send('/recipients/new', { ...hanoi, representative: '', publicKey: 'age1wrong' });
    expect(status).toBe(422);
    for (const at of ['f-representative', 'f-publicKey']) {
      expect(html).toContain(`href="#${at}"`);
      expect(html).toMatch(new RegExp(`id="${at}"[^>]*aria-invalid="true"`));
    }
    expect(html).toContain('法人の代表者の氏名を書いてください');
    expect(html).toContain('value="Reiji Hanoi Co., Ltd."');
    expect(html).toContain('value="age1wrong"');
    expect(await listRecipients(house.office)).toEqual([]);
  });

  test('does not take a private person', async () => {
    expect(await text(officer, '/recipients/new')).not.toContain('value="private-person"');
    const { status, html } = await send('/recipients/new', { ...hanoi, kind: 'private-person' });
    expect(status).toBe(422);
    expect(html).toContain('個人の氏名と住所は、この一覧に書けません');
  });

  test('registers, and of a second press leads to the first', async () => {
    const first = await send('/recipients/new', hanoi);
    expect([first.status, first.to]).toEqual([303, expect.stringMatching(/^\/recipients\/[0-9a-f-]{36}\?saved$/)]);
    const again = await send('/recipients/new', hanoi);
    expect(again.status).toBe(409);
    expect(again.html).toContain(`href="${first.to.replace('?saved', '')}"`);
    const html = await text(english, first.to);
    expect(html).toContain('Saved');
    expect(html).toContain('Vietnam');
    expect(html).toContain('Reiji Van A');
  });

  test('asks about one of the same name, and registers it as another on a second press', async () => {
    const name = '株式会社 例示運輸';
    const first = await made(name, { country: 'JP', relations: ['entrustment'] });
    const twice = { ...hanoi, country: 'JP', relations: ['entrustment'], name: '株式会社例示運輸', address: 'x' };
    const asked = await send('/recipients/new', twice);
    expect(asked.status).toBe(409);
    for (const says of [`href="/recipients/${first}"`, 'href="#f-another"', '同じ名称の提供先があります', 'value="x"'])
      expect(asked.html).toContain(says);
    expect((await listRecipients(house.office)).filter((one) => one.name.endsWith('例示運輸'))).toHaveLength(1);
    const done = await send('/recipients/new', { ...twice, another: 'yes' });
    expect(done.status).toBe(303);
    expect((await listRecipients(house.office)).filter((one) => one.name.endsWith('例示運輸'))).toHaveLength(2);
    const html = await text(officer, done.to);
    expect(html).toContain('根拠なし');
    expect(html).not.toContain('提供できる');
    expect(await text(officer, '/recipients?q=例示運輸')).toContain('根拠なし');
  });

  test('of two clerks the second is shown what differs, and may then save over it', async () => {
    const id = await made('例示システムズ株式会社');
    const path = `/recipients/${id}/edit`;
    const input = { ...hanoi, name: '例示システムズ株式会社' };
    expect((await send(path, { ...input, version: '1', contact: '総務部' })).status).toBe(303);
    const second = await send(path, { ...input, version: '1', contact: '営業部' });
    expect(second.status).toBe(409);
    expect(second.html).toContain('ほかの人が先に変えました');
    expect(second.html).toMatch(/総務部[\s\S]*営業部/);
    const version = /name="version" value="(\d+)"/.exec(second.html)![1]!;
    expect((await send(path, { ...input, version, contact: '営業部' })).status).toBe(303);
    const { versions } = must(await reader.recipientVersions(id));
    expect(versions.map((one) => [one.version, one.act, one.content.contact])).toEqual([
      [3, 'change', '営業部'],
      [2, 'change', '総務部'],
      [1, 'register', null],
    ]);
    const html = await text(officer, `/recipients/${id}`);
    expect(html).toMatch(/<del[^>]*>総務部<\/del>/);
  });

  test('of two tabs the second takes nothing back that the first changed', async () => {
    const id = await made('例示保守株式会社', { country: 'JP' });
    const path = `/recipients/${id}/edit`;
    const late = await inTwoTabs(tab(path), path, {
      first: { address: '2 Reiji Street, Hue' },
      second: { contact: '営業部' },
    });
    expect(late.status).toBe(409);
    expect(late.fields).toMatchObject({ version: ['2'], address: ['2 Reiji Street, Hue'], contact: ['営業部'] });
    // An error in another field does not hide that somebody else saved first.
    expect((await send(path, { ...hanoi, version: '1', name: '' })).html).toContain('name="version" value="1"');
    expect((await send(path, late.fields)).status).toBe(303);
    const { versions } = must(await reader.recipientVersions(id));
    expect(versions[0]!.content).toMatchObject({ address: '2 Reiji Street, Hue', contact: '営業部' });
  });
});

describe('a recipient abroad, from its contract to its stop', () => {
  let id: string;
  beforeAll(async () => {
    id = await made('Northwind Events Pte. Ltd.');
  });

  test('the forms of what a provision rests on ask what the law asks', async () => {
    const path = `/recipients/${id}/assurances/new`;
    const empty = await send(path, { kind: 'entrustment' });
    expect(empty.status).toBe(422);
    for (const at of ['reference', 'from', 'ownUse', 'assessed', 'contract', 'monitored'])
      expect(empty.html).toContain(`href="#f-${at}"`);
    const said = { ownUse: 'no', assessed: 'yes', contract: 'yes', monitored: 'yes' };
    expect(
      (await send(path, { kind: 'entrustment', reference: '業務委託契約', from: '令和8年4月1日', ...said })).status,
    ).toBe(303);
    const certificate = { kind: 'equivalent-system', reference: 'CBPR 1', from: '2026/4/1', by: 'certificate' };
    const lacking = await send(path, { ...certificate, checkMonths: '二十' });
    expect(lacking.status).toBe(422);
    for (const at of ['scheme', 'until', 'checkMonths']) expect(lacking.html).toContain(`href="#f-${at}"`);
    // A certificate that was entered is not dropped silently when a contract is chosen.
    const contract = { ...certificate, by: 'contract', scheme: 'apec-cbpr' };
    const dropped = await send(path, contract);
    expect([dropped.status, dropped.html.includes('href="#f-scheme"')]).toEqual([422, true]);
    const whole = { ...certificate, scheme: 'apec-cbpr', until: '2026/12/31', checkMonths: '６' };
    expect((await send(path, whole)).status).toBe(303);
    expect((await send(path, whole)).status).toBe(409);
    const { assurances } = must(await reader.recipient(id));
    expect(assurances.toSorted((a, b) => (a.kind < b.kind ? 1 : -1))).toMatchObject([
      { kind: 'equivalent-system', by: 'certificate', scheme: 'apec-cbpr', check_months: 6, holds: true },
      { kind: 'entrustment', from: '2026-04-01', until: null, own_use: false, monitored: true, holds: true },
    ]);
    // It warns 24 days before its end, on the list and on the page.
    expect(await text(officer, '/recipients')).toContain('期限まで24日');
    expect(await text(officer, `/recipients/${id}`)).toContain('あと24日');
  });

  test('the seven items say what is lacking, on the page as through the API', async () => {
    const { owed, items } = must(await reader.recipientMeasures(id));
    expect([owed, items.length]).toEqual([true, 7]);
    expect(items.filter(({ says }) => says === null).map(({ item }) => item)).toEqual([
      'measures',
      'check-frequency-and-method',
      'foreign-systems',
      'trouble',
      'remedy',
    ]);
    const html = await text(officer, `/recipients/${id}/measures`);
    for (const { says, lacks } of items) expect(html).toContain((says ?? lacks!).ja);
    expect(html.match(/記録がありません<\/span>/g)).toHaveLength(5);
  });

  test('a check that finds that the measures cannot be kept stops it, and the page says why', async () => {
    const path = `/recipients/${id}/checks/new`;
    const failing = { on: '2026/12/7', method: '現地の監査', measures: 'impossible' };
    const lacking = await send(path, failing);
    expect(lacking.status).toBe(422);
    for (const at of ['trouble', 'remedy']) expect(lacking.html).toContain(`href="#f-${at}"`);
    const told = { trouble: '運営会社の交代', remedy: '返却を求めた' };
    const dated = await send(path, { ...failing, ...told, nextDue: '2027/6/1' });
    expect([dated.status, dated.html.includes('href="#f-nextDue"')]).toEqual([422, true]);
    expect((await send(path, { ...failing, ...told })).status).toBe(303);
    expect((await send(path, { ...failing, ...told })).status).toBe(409);
    const html = await text(officer, `/recipients/${id}`);
    expect(html).toContain('この提供先への提供は止まっています');
    expect(html).toContain('運営会社の交代');
    expect(html).toContain(`/recipients/${id}/resume`);
    expect(html).not.toContain(`/recipients/${id}/stop"`);
    expect(must(await reader.recipients({ state: 'stopped' })).recipients.map((one) => one.id)).toEqual([id]);
  });

  test('the stop is not lifted while the last check says so', async () => {
    const path = `/recipients/${id}/resume`;
    const { version } = must(await reader.recipient(id));
    expect((await send(path, { version: String(version), reason: '' })).status).toBe(422);
    const refused = await send(path, { version: String(version), reason: '措置が戻った' });
    expect(refused.status).toBe(409);
    expect(refused.html).toContain('続けられることを確かめて記録してから');
    expect(must(await reader.recipient(id)).state).toBe('stopped');
  });

  test('what a provision rested on is ended once, with a reason', async () => {
    const one = must(await reader.recipient(id)).assurances.find(({ kind }) => kind === 'equivalent-system');
    const path = `/recipients/${id}/assurances/${one!.id}/end`;
    expect(await text(officer, path)).toContain('今日から、この根拠はないものとして扱います');
    expect((await send(path, { reason: ' ' })).status).toBe(422);
    expect((await send(path, { reason: '認証の取消し' })).status).toBe(303);
    expect((await send(path, { reason: '認証の取消し' })).status).toBe(409);
    expect(must(await reader.recipient(id)).assurances.find((now) => now.id === one!.id)).toMatchObject({
      holds: false,
      ended_on: '2026-12-07',
      end_reason: '認証の取消し',
    });
  });
});

test('by hand: stopped with a reason, and resumed', async () => {
  const id = await made('例示印刷株式会社', { country: 'JP' });
  expect((await send(`/recipients/${id}/stop`, { version: '1', reason: '契約の終了' })).status).toBe(303);
  expect(await text(english, `/recipients/${id}`)).toContain('Provisions to this recipient are stopped');
  expect((await send(`/recipients/${id}/resume`, { version: '2', reason: '再契約' })).status).toBe(303);
  expect(must(await reader.recipient(id))).toMatchObject({ state: 'active', version: 3, stop_reason: null });
});

test('a long history is shown in pages, the newest first, and each version is compared with the one before it', async () => {
  const id = await made('何度も直した株式会社', { country: 'JP' });
  // As many versions as fill a page and begin a second; each says how often the address was changed.
  await house.db.owner.query(
    `INSERT INTO recipient_versions
     SELECT recipient_id, n, 'change', at, actor, content || jsonb_build_object('address', '例示町' || n || '番地'), state, NULL, entry_id
     FROM recipient_versions, generate_series(2, 102) AS n WHERE recipient_id = $1 AND version = 1`,
    [id],
  );
  const at = `/recipients/${id}`;
  const shown = (html: string): number[] => [...html.matchAll(/>第(\d+)版<\/th>/g)].map(([, n]) => Number(n));
  const change = (before: string, after: string) =>
    `<del class="muted" translate="no">${before}</del> → <ins class="no-underline" translate="no">${after}</ins>`;
  const newest = await text(officer, at);
  expect(shown(newest)).toEqual(Array.from({ length: 100 }, (_, i) => 102 - i));
  expect(newest).toContain(change('例示町2番地', '例示町3番地'));
  expect(newest).toContain(`rel="next" href="${at}?before=3#history">これより前の版</a>`);
  expect(newest).not.toContain('最新の版に戻る');
  const older = await text(officer, `${at}?before=3`);
  expect(shown(older)).toEqual([2, 1]);
  expect(older).toContain(change(hanoi.address, '例示町2番地'));
  expect(older).toContain(`href="${at}#history">最新の版に戻る</a>`);
  expect(older).not.toContain('rel="next"');
  // A page that is full leads to no empty one, and what names no version shows the newest.
  expect(await text(officer, `${at}?before=101`)).not.toContain('rel="next"');
  expect(shown(await text(officer, `${at}?before=x`))[0]).toBe(102);
  expect(await text(english, `${at}?before=3`)).toContain('Back to the newest versions');
  // Systems are told all of it.
  expect(must(await reader.recipientVersions(id)).versions).toHaveLength(102);
});

test('leads to what was provided to it, for whoever may see that', async () => {
  const id = await made('例示配送株式会社', { country: 'JP' });
  const html = await text(officer, `/recipients/${id}`);
  expect(html).toContain(`<a href="/provisions?recipient=${id}">この提供先への提供</a>`);
  expect(html).toContain(`<a href="/packages?recipient=${id}">この提供先への提供ファイル</a>`);
});

describe('the list', () => {
  test.each([
    ['?state=stopped', ['Northwind Events Pte. Ltd.']],
    ['?q=ベトナム', ['Northwind Events Pte. Ltd.', 'Reiji Hanoi Co., Ltd.', '例示システムズ株式会社']],
    ['?q=べとなむ', ['Northwind Events Pte. Ltd.', 'Reiji Hanoi Co., Ltd.', '例示システムズ株式会社']],
    ['?q=ＨＡＮＯＩ', ['Reiji Hanoi Co., Ltd.']],
    ['?q=印刷&relation=entrustment', ['例示印刷株式会社']],
    ['?relation=succession', []],
    // The representative of a company is a person, whose name would appear in the address of the page.
    ['?q=Reiji Van A', []],
    // A sole trader may do business where they live.
    ['?q=Reiji Street', []],
    // An unknown filter value leaves nothing out.
    ['?relation=nonsense&state=stopped', ['Northwind Events Pte. Ltd.']],
  ])('recipients%s', async (query, expected) => {
    const html = await text(officer, `/recipients${encodeURI(query)}`);
    const names = [...html.matchAll(/<th scope="row"[^>]*><a href="\/recipients\/[^"]*"[^>]*>([^<]*)<\/a>/g)];
    expect(names.map((m) => m[1]).sort()).toEqual([...expected].sort());
    if (expected.length === 0) expect(html).toContain('この条件に合う提供先はありません');
  });

  test('what is typed is shown as text', async () => {
    const html = await text(officer, `/recipients?q=${encodeURIComponent('"><script>alert(1)</script>')}`);
    expect(html).not.toContain('<script>alert');
  });
});

describe('countries', () => {
  test('the equivalent ones stand with the day of the law data; a country without a report is pointed out', async () => {
    const html = await text(officer, '/countries');
    expect(html).toContain('ドイツ');
    expect(html).toContain('規則15条');
    expect(html).toContain('href="/countries/VN"');
    expect(html).toContain('記録がありません');
    const file = '/countries/export/countries-utf8.csv';
    const [, vietnam, ...more] = (await text(officer, `${file}?system=lacking`)).trim().split('\r\n');
    expect([vietnam, more]).toEqual([
      'ベトナム,"Reiji Hanoi Co., Ltd.、例示システムズ株式会社",記録がありません,,,',
      [],
    ]);
    expect((await text(officer, `${file}?system=exists`)).trim().split('\r\n')).toHaveLength(1);
    expect(await text(officer, '/countries/VN')).toContain('この国の調査は、まだありません');
    for (const at of ['/countries/JP', '/countries/XX', '/countries/vn']) await text(officer, at, 404);
    const { equivalent, reports, commission_page } = must(await reader.countries());
    expect([equivalent.countries.length, equivalent.article, reports]).toEqual([31, 'APPI-Rules 15', []]);
    expect(commission_page).toMatchObject({ checked_on: '2026-11-01', recorded: false });
  });

  test('a cloud that was stopped or whose terms ended stays listed with its state, until what was there is known to be gone', async () => {
    const at = { contract_excludes_handling: true, access_controlled: true, server_country: 'MY' };
    const terms = { kind: 'cloud', reference: '規約', from: '2026-04-01', ...at };
    const stopped = await made('Reiji Cloud Pte. Ltd.', { country: 'SG' });
    must(await writer.assureRecipient(stopped, terms));
    const ended = await made('例示雲株式会社', { country: 'JP' });
    const over = must(await writer.assureRecipient(ended, terms));
    const before = await text(english, '/countries/MY');
    expect([before.includes('Reiji Cloud Pte. Ltd.'), before.includes('not known')]).toEqual([true, false]);
    must(await writer.stopRecipient(stopped, { version: 1, reason: '解約' }));
    must(await writer.endAssurance(ended, over.id, '解約'));
    const stays = {
      ja: ['サーバー。2026/12/07に停止、返却・消去は未確認', 'サーバー。2026/12/07に終了、返却・消去は未確認'],
      en: [
        'servers; stopped on 2026/12/07, not known to be returned or erased',
        'servers; ended on 2026/12/07, not known to be returned or erased',
      ],
    };
    for (const [visitor, says] of [[officer, stays.ja] as const, [english, stays.en] as const])
      for (const path of ['/countries', '/countries/MY']) {
        const html = await text(visitor, path);
        expect([path, says.filter((one) => !html.includes(one))]).toEqual([path, []]);
      }
    // The vendor itself can hold it too, so its own country stays as well.
    expect(await text(english, '/countries/SG')).toContain('stopped on 2026/12/07, not known to be returned or erased');
    const file = await text(officer, '/countries/export/countries-utf8.csv');
    for (const one of stays.ja) expect(file).toContain(one);
    // On the very day: it was written down after the stop and the end.
    const back = { on: '2026-12-07', method: '書面', measures: 'returned', proof: '消去証明書 9' };
    for (const id of [stopped, ended])
      expect((await send(`/recipients/${id}/checks/new`, back, `/recipients/${id}/checks/new`)).status).toBe(303);
    expect(await text(english, '/countries')).not.toContain('not known to be returned');
    expect(await text(english, '/countries/MY')).not.toContain('Reiji Cloud');
  });

  test('a stopped recipient abroad stays listed in its country until what it was given is known to be gone', async () => {
    const [held, never] = [
      await made('Reiji Perth Pty Ltd', { country: 'AU' }),
      await made('Reiji Sydney Pty Ltd', { country: 'AU' }),
    ];
    for (const id of [held, never]) must(await writer.stopRecipient(id, { version: 1, reason: '契約の終了' }));
    expect(await text(english, '/countries')).not.toContain('Pty Ltd');
    // As it was provided the hour before the stop.
    await house.db.owner.transaction(async (tx) => {
      await tx.query("SET LOCAL session_replication_role = 'replica'", []);
      await tx.query(
        `INSERT INTO provisions (id, at, relation, recipient_id, recipient, holding_id, items, purpose, people, by_actor, facts, finding, law_version, policy_version)
         VALUES (gen_random_uuid(), $2::timestamptz - interval '1 hour', 'entrustment', $1, '{"country":"AU"}', $1, '{name}', 'P3', 1, 'staff:a', '{}',
           '{"answer":"yes","because":[],"duties":[]}', '2026-01-01', 1)`,
        [held, new Date(house.clock.now()).toISOString()],
      );
    });
    for (const [visitor, says] of [
      [officer, 'Reiji Perth Pty Ltd（2026/12/07に停止、返却・消去は未確認）'],
      [english, 'Reiji Perth Pty Ltd (stopped on 2026/12/07, not known to be returned or erased)'],
    ] as const) {
      const file = await text(visitor, '/countries/export/countries-utf8.csv');
      expect([file.includes(says), file.includes('Sydney')]).toEqual([true, false]);
      expect(await text(visitor, '/countries/AU')).toContain('Reiji Perth Pty Ltd');
    }
    const path = `/recipients/${held}/checks/new`;
    const back = { on: '2026-12-07', method: '書面', measures: 'returned', proof: '消去証明書 11' };
    expect((await send(path, back, path)).status).toBe(303);
    expect(await text(english, '/countries')).not.toContain('Pty Ltd');
  });

  test('a report: every problem at once, none and some refused, then versions', async () => {
    const path = '/country-reports/new';
    expect(await text(officer, path)).toContain('name="country"');
    const at = `${path}?country=VN`;
    const empty = await send(path, { country: 'VN', version: '0' }, at);
    expect(empty.status).toBe(422);
    const order = ['systemExists', 'missingPrinciples', 'grave', 'source', 'checkedOn'];
    expect([...empty.html.matchAll(/<a href="#f-(\w+)"/g)].map((m) => m[1])).toEqual(order);
    const looked = {
      country: 'VN',
      version: '0',
      systemExists: 'yes',
      grave: 'some',
      graveSystems: 'データの国内保存の義務',
      source: 'https://www.example.jp/reports/vn',
      checkedOn: '2026/12/7',
    };
    const both = await send(path, { ...looked, missingPrinciples: ['none', 'openness'] }, at);
    expect(both.status).toBe(422);
    expect(both.html).toContain('href="#f-missingPrinciples"');
    const first = await send(path, { ...looked, missingPrinciples: ['none'] }, at);
    expect([first.status, first.to]).toEqual([303, '/countries/VN']);
    const late = await send(path, { ...looked, missingPrinciples: ['openness'] }, at);
    expect(late.status).toBe(409);
    const version = /name="version" value="(\d+)"/.exec(late.html)![1]!;
    expect((await send(path, { ...looked, version, missingPrinciples: ['openness'] }, at)).status).toBe(303);
    const { standing, reports } = must(await reader.country('VN'));
    expect(reports.map((one) => [one.version, one.missing_principles])).toEqual([
      [2, ['openness']],
      [1, []],
    ]);
    expect(standing).toMatchObject({ version: 2, recheck_by: '2027-12-07', measures: null });
    const html = await text(english, '/countries/VN');
    expect(html).toContain('Not decided yet');
    expect(html).toContain('Reiji Hanoi Co., Ltd.');
    // A stopped recipient receives nothing, so it is not listed.
    expect(html).not.toContain('Northwind Events');
    // The day of the report and the day of its renewal are side by side, in one format in both languages.
    for (const one of [html, await text(officer, '/countries/VN')]) {
      expect([...one.matchAll(/<dd[^>]*>(?:<[^>]*>)*(202\d[^<]*)</g)].map((m) => m[1])).toEqual([
        '2026/12/07',
        '2027/12/07',
        '2026/12/07',
      ]);
      expect(one).not.toMatch(/<dd[^>]*>(2026年|7 December)/);
    }
  });

  test('an outline is not dropped because it is chosen that there is none; that of the report before goes with the choice', async () => {
    const at = '/country-reports/new?country=PH';
    const looked = {
      country: 'PH',
      version: '0',
      systemExists: 'yes',
      missingPrinciples: ['none'],
      grave: 'none',
      graveSystems: '治安機関による広い調査権',
      source: 'https://www.example.jp/reports/ph',
      checkedOn: '2026/12/7',
    };
    const lost = await send('/country-reports/new', looked, at);
    expect([lost.status, fieldsIn(lost.html)['graveSystems']]).toEqual([422, [looked.graveSystems]]);
    expect(lost.html).toContain('href="#f-graveSystems"');
    expect(lost.html).toContain('制度があるときだけ書いてください');
    const en = await english.post('/country-reports/new', looked, at);
    expect(await en.text()).toContain('Write this only if there is one');
    expect((await send('/country-reports/new', { ...looked, grave: 'some' }, at)).status).toBe(303);
    const began = fieldsIn(await text(officer, at));
    const other = { ...began, grave: 'none', graveSystems: '国内での保存の義務' };
    expect((await send('/country-reports/new', other, at)).status).toBe(422);
    expect((await send('/country-reports/new', { ...began, grave: 'none' }, at)).status).toBe(303);
    const { reports } = must(await reader.country('PH'));
    expect(reports.map((one) => [one.version, one.grave_systems])).toEqual([
      [2, null],
      [1, looked.graveSystems],
    ]);
  });

  test('of two reports that began from the same one the later takes nothing back', async () => {
    const at = '/country-reports/new?country=VN';
    const late = await inTwoTabs(tab(at), at, {
      first: { graveSystems: '治安機関による広い調査権' },
      second: { measures: '写しを国内に置かない' },
    });
    expect(late.status).toBe(409);
    expect(late.html).toContain('治安機関による広い調査権');
    expect(late.fields).toMatchObject({
      version: ['3'],
      graveSystems: ['治安機関による広い調査権'],
      measures: ['写しを国内に置かない'],
    });
    expect((await send('/country-reports/new', late.fields, at)).status).toBe(303);
    const { reports } = must(await reader.country('VN'));
    expect(reports.map((one) => [one.grave_systems, one.measures]).slice(0, 2)).toEqual([
      ['治安機関による広い調査権', '写しを国内に置かない'],
      ['治安機関による広い調査権', null],
    ]);
  });

  test('the Commission’s page is looked up and recorded with its day', async () => {
    expect(await text(officer, '/commission-page')).toContain('enforcement/infoprovision/laws/');
    expect((await send('/commission-page', { url: 'ppc', checkedOn: '2027/1/1' })).status).toBe(422);
    const found = { url: 'https://www.example.jp/laws', checkedOn: 'R8.12.7' };
    expect((await send('/commission-page', found)).status).toBe(303);
    expect((await send('/commission-page', found)).status).toBe(409);
    expect(await text(officer, '/countries')).toContain('https://www.example.jp/laws');
    expect(must(await reader.countries()).commission_page).toEqual({
      url: 'https://www.example.jp/laws',
      checked_on: '2026-12-07',
      recorded: true,
    });
  });
});

describe('the API', () => {
  test('systems read, and write only where the company lets them', async () => {
    expect(must(await reader.recipients()).recipients.length).toBeGreaterThan(2);
    expect(problemOf(await reader.registerRecipient({ ...hanoi, name: 'x' })).status).toBe(403);
    expect(
      problemOf(await reader.checkCommissionPage({ url: 'https://x.example', checked_on: '2026-12-07' })).status,
    ).toBe(403);
  });

  test('every field is named as the API names it', async () => {
    const fieldsOf = (answer: Answer<unknown>) => problemOf(answer).fields?.map(({ field }) => field);
    const id = await made('例示総研株式会社');
    expect(fieldsOf(await writer.registerRecipient({ ...hanoi, name: 'x', representative: null }))).toEqual([
      'representative',
    ]);
    expect(fieldsOf(await writer.registerRecipient({ ...hanoi, name: 'x', public_key: 'age1' }))).toEqual([
      'public_key',
    ]);
    expect(fieldsOf(await writer.assureRecipient(id, { kind: 'cloud', reference: 'x', from: '2026-01-01' }))).toEqual([
      'contract_excludes_handling',
      'access_controlled',
      'server_country',
    ]);
    const trouble = { trouble: 'x', remedy: 'x' };
    const check = { on: '2026-12-07', method: 'x', measures: 'impossible', ...trouble, next_due: '2028-01-01' };
    expect(fieldsOf(await writer.checkRecipient(id, check))).toEqual(['next_due']);
    const report = {
      version: 0,
      system_exists: false,
      indicators: [],
      missing_principles: null,
      grave_systems: null,
      source: 'https://www.example.jp',
      checked_on: '2027-01-01',
    };
    expect(fieldsOf(await writer.reportCountry('TH', report))).toEqual(['missing_principles', 'checked_on']);
    expect(fieldsOf(await writer.checkCommissionPage({ url: 'x', checked_on: 'y' }))).toEqual(['url', 'checked_on']);
    expect(problemOf(await writer.reportCountry('JP', report)).status).toBe(404);
    expect(problemOf(await writer.stopRecipient(id, { version: 1, reason: '' })).status).toBe(422);
  });

  test('every verb through the typed client', async () => {
    const id = await made('例示物流株式会社');
    const changed = must(
      await writer.changeRecipient(id, { ...hanoi, name: '例示物流株式会社', contact: '物流部', version: 1 }),
    );
    expect(changed).toMatchObject({ version: 2, contact: '物流部' });
    expect(problemOf(await writer.changeRecipient(id, { ...hanoi, version: 1 }))).toMatchObject({
      status: 409,
      existing: id,
    });
    const system = { kind: 'equivalent-system', reference: '覚書', from: '2026-04-01', by: 'contract' };
    expect(problemOf(await writer.assureRecipient(id, system)).status).toBe(403);
    const at = { contract_excludes_handling: true, access_controlled: true, server_country: 'VN' };
    const input = { kind: 'cloud', reference: '規約', from: '2026-04-01', ...at };
    const assured = must(await writer.assureRecipient(id, input));
    expect(assured).toMatchObject({ server_country: 'VN', holds: true });
    const check = { on: '2026-12-07', method: '書面', measures: 'kept' };
    expect(problemOf(await writer.checkRecipient(id, check)).status).toBe(403);
    const home = must(await writer.registerRecipient({ ...hanoi, name: '例示港運株式会社', country: 'JP' }));
    const checked = must(await writer.checkRecipient(home.id, check));
    expect(checked).toMatchObject({ next_due: '2027-12-07', trouble: null });
    expect(must(await writer.endAssurance(id, assured.id, '解約')).holds).toBe(false);
    expect(must(await writer.stopRecipient(id, { version: 2, reason: '解約' })).state).toBe('stopped');
    expect(must(await writer.resumeRecipient(id, { version: 3, reason: '再開' })).state).toBe('active');
    const reported = must(
      await writer.reportCountry('TH', {
        version: 0,
        system_exists: true,
        indicators: ['cbpr'],
        missing_principles: null,
        grave_systems: null,
        source: 'https://www.example.jp',
        checked_on: '2026-12-01',
        measures: '暗号化',
      }),
    );
    expect(must(await writer.country('TH'))).toEqual({ country: 'TH', standing: reported, reports: [reported] });
    for (const one of ['x', '01890000-0000-7000-8000-000000000009']) {
      expect(problemOf(await writer.recipient(one)).status).toBe(404);
      expect(problemOf(await writer.recipientMeasures(one)).status).toBe(404);
      expect(problemOf(await writer.recipientVersions(one)).status).toBe(404);
      expect(problemOf(await writer.endAssurance(id, one, 'x')).status).toBe(404);
    }
  });

  test('every answer is declared', () => {
    const document = openApiDocument(recipientRoutes(house, everGiven), house.office.config.publicUrl) as unknown as {
      paths: Record<string, Record<string, { responses: Record<string, unknown> }>>;
    };
    const operations = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, { responses }]) => [`${method} ${path}`, Object.keys(responses)] as const),
    );
    expect(operations).toHaveLength(15);
    for (const [name, statuses] of operations) {
      expect([name, statuses.some((one) => one.startsWith('2'))]).toEqual([name, true]);
      if (name.startsWith('post'))
        expect([name, statuses]).toEqual([name, expect.arrayContaining(['409', '422', '403'])]);
    }
  });
});

test('of many recipients a page shows some and counts all that match; its order and its files are of all', async () => {
  const names = Array.from({ length: 130 }, (_, i) => `多数例示商店 ${String(i + 1).padStart(3, '0')}`);
  for (const [i, name] of names.entries()) {
    const relations = i % 2 === 0 ? (['entrustment'] as const) : (['joint-use'] as const);
    const one = {
      kind: 'corporation',
      name,
      address: `例示市${i}`,
      representative: '例示 花子',
      country: 'JP',
      relations,
    };
    must(await writer.registerRecipient({ ...one, relations: [...relations] }));
  }
  const first = await text(officer, '/recipients?q=多数例示');
  const namesIn = (html: string): string[] => [...html.matchAll(/多数例示商店 \d{3}(?=<\/a>)/g)].map(([name]) => name);
  expect(namesIn(first)).toEqual(names.slice(0, 100));
  expect(first).toContain('130件のうち 1〜100件');
  const next = /href="([^"]+)"[^>]*rel="next"/.exec(first)![1]!.replaceAll('&amp;', '&');
  const second = await text(officer, next);
  expect(namesIn(second)).toEqual(names.slice(100));
  expect(second).toContain('130件のうち 101〜130件');
  const jointly = await text(officer, '/recipients?q=多数例示&relation=joint-use&page=9');
  expect(namesIn(jointly)).toEqual(names.filter((_, i) => i % 2 === 1));
  // All of them fit on one page, so only their number is stated.
  expect(jointly).toContain('<b class="num">65件</b>');
  expect(namesIn(await text(officer, '/recipients?q=多数例示&sort=-name'))).toEqual(names.toReversed().slice(0, 100));
  // The page reads details only for its own rows; they must equal those in the file, which reads all.
  const entrusted = (await listRecipients(house.office)).find(({ name }) => name === '多数例示商店 129')!;
  const terms = { own_use: false, assessed: true, contract: true, monitored: true };
  must(
    await writer.assureRecipient(entrusted.id, {
      kind: 'entrustment',
      reference: '契約',
      from: '2026-11-01',
      ...terms,
    }),
  );
  const cellsOf = (row: string): string[] =>
    [...row.matchAll(/<t[hd][^>]*>([\s\S]*?)<\/t[hd]>/g)].map(([, cell]) => cell!.replace(/<[^>]*>/g, '').trim());
  for (const sort of ['name', '-name', 'basis', '-state']) {
    const asked = `q=${encodeURIComponent('多数例示')}&sort=${sort}`;
    const rows = [1, 2].map(async (page) => {
      const html = await text(officer, `/recipients?${asked}&page=${page}`);
      return [.../<tbody>([\s\S]*)<\/tbody>/.exec(html)![1]!.matchAll(/<tr[\s\S]*?<\/tr>/g)].map(([row]) =>
        cellsOf(row),
      );
    });
    const shown = (await Promise.all(rows))
      .flat()
      .map((row) => row.map((cell) => (cell === 'なし' ? '' : cell)).join());
    const lines = (await text(officer, `/recipients/export/recipients-utf8.csv?${asked}`))
      .trim()
      .split('\r\n')
      .slice(1);
    expect([sort, shown]).toEqual([sort, lines]);
    expect(shown.filter((row) => row.includes('委託契約'))).toHaveLength(1);
  }
  const file = await officer.get(
    `/recipients/export/recipients-utf8.csv?q=${encodeURIComponent('多数例示')}&relation=joint-use`,
  );
  expect((await file.text()).match(/多数例示商店/g)).toHaveLength(65);
});

describe('the contracts and the checks of all recipients', () => {
  const by = { actor: { kind: 'sekisho' }, authority: [] } as const;
  const called = { ...hanoi, name: '一覧例示株式会社', country: 'JP', relations: ['entrustment'] };
  const cells = async (address: string): Promise<string[][]> => {
    const [, list, query = ''] = /^([^?]*)(\?.*)?$/.exec(address)!;
    const file = `${list}/export/${list!.slice(1).replaceAll('/', '-')}-utf8.csv${query}`;
    return (await text(auditor, file))
      .trim()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(','));
  };

  test('stand in a list each, with files of what is asked for', async () => {
    const { office } = house;
    const { id } = must(await registerRecipient(office, by, called));
    const today = office.clock.today();
    const lasts = { ...entrusted, reference: '覚書9-1', from: addDays(today, -400), until: addDays(today, 20) };
    must(await assureRecipient(office, by, id, lasts));
    const past = { ...entrusted, reference: '覚書8-1', from: addDays(today, -800), until: addDays(today, -400) };
    must(await assureRecipient(office, by, id, past));
    const seen = {
      on: addDays(today, -3),
      method: '実地で確かめた',
      measures: 'hindered',
      trouble: '施錠の漏れ',
      remedy: '改めた',
    };
    must(await checkRecipient(office, by, id, { ...seen, nextDue: addDays(today, 300) }));

    const mine = async (address: string) => (await cells(address)).filter(([name]) => name === called.name);
    const references = async (query: string) => (await mine(`/recipients/assurances${query}`)).map((row) => row[3]);
    expect(await references('?sort=until')).toEqual(['覚書8-1', '覚書9-1']);
    expect(await references('?state=holds')).toEqual(['覚書9-1']);
    expect(await references('?state=expired&kind=entrustment')).toEqual(['覚書8-1']);
    expect(await references('?kind=cloud')).toEqual([]);
    const page = await text(auditor, '/recipients/assurances?state=holds');
    expect(page).toContain(`<a href="/recipients/${id}" translate="no">${called.name}</a>`);
    expect(page).toContain('あと20日');

    const checks = await mine('/recipients/checks?measures=hindered');
    expect(checks.map((row) => row.slice(1, 3))).toEqual([[slashDay(seen.on), '支障に対応した']]);
    expect(checks.flat()).toEqual(expect.arrayContaining(['実地で確かめた', '施錠の漏れ', '改めた']));
    expect(await mine('/recipients/checks?measures=kept')).toEqual([]);
    expect(await text(auditor, '/recipients')).toContain('href="/recipients/assurances"');
  });
});

/** What a system is told of whether the assurances and the checks of a recipient count. */
async function told(id: string): Promise<[{ holds: boolean; state: string }[], boolean[]]> {
  const { assurances, checks } = must(await reader.recipient(id));
  return [assurances.map(({ holds, state }) => ({ holds, state })), checks.map(({ unconfirmed }) => unconfirmed)];
}

test('what a system recorded of a recipient abroad is confirmed with one button, by those who may write', async () => {
  const id = await made('Reiji Hue Co., Ltd.');
  const certificate = { kind: 'equivalent-system', reference: 'CBPR 2', from: '2026/4/1', by: 'certificate' };
  const whole = { ...certificate, scheme: 'apec-cbpr', until: '2027/3/31' };
  expect((await send(`/recipients/${id}/assurances/new`, whole)).status).toBe(303);
  const sent = { on: '2026/12/1', method: '書面', measures: 'kept' };
  expect((await send(`/recipients/${id}/checks/new`, sent)).status).toBe(303);
  for (const table of ['recipient_assurances', 'recipient_checks'])
    await house.db.owner.query(`UPDATE ${table} SET actor = $2 WHERE recipient_id = $1`, [id, `system:${id}`]);
  const page = await text(officer, `/recipients/${id}`);
  const buttons = [...page.matchAll(/action="(\/recipients\/[^"]+\/records\/[^"]+\/confirm)"/g)].map(([, at]) => at!);
  expect([buttons.length, page.includes('確認待ち')]).toEqual([2, true]);
  expect(await told(id)).toEqual([[{ holds: false, state: 'unconfirmed' }], [true]]);
  expect(await text(auditor, `/recipients/${id}`)).not.toContain('/confirm"');
  for (const at of buttons) expect((await send(at, {}, `/recipients/${id}`)).status).toBe(303);
  const after = await text(officer, `/recipients/${id}`);
  expect([after.includes('/confirm"'), after.includes('社内での確認')]).toEqual([false, true]);
  expect(await told(id)).toEqual([[{ holds: true, state: 'holds' }], [false]]);
});

test('a system is told why something does not count: not yet, expired, ended, or to be confirmed', async () => {
  const id = await made('Reiji Da Nang Co., Ltd.');
  const today = house.office.clock.today();
  const contract = { kind: 'entrustment', own_use: false, assessed: true, contract: true, monitored: true } as const;
  const days = [
    { from: addDays(today, 1), until: null },
    { from: addDays(today, -9), until: addDays(today, -1) },
    { from: addDays(today, -5), until: null },
    { from: addDays(today, -3), until: null },
  ];
  const recorded: string[] = [];
  for (const [n, day] of days.entries())
    recorded.push(must(await writer.assureRecipient(id, { ...contract, reference: `契約 ${n}`, ...day })).state);
  expect(recorded).toEqual(['not-yet', 'expired', 'holds', 'holds']);
  // Both are in force, and the one that began last counts: so say its page and the list, in both languages.
  const chips = async (visitor: Visitor) => {
    const section = /<section class="border-t.*?<\/section>/gs;
    const parts = [...(await text(visitor, `/recipients/${id}`)).matchAll(section)].map(([of]) => of);
    const rows = (await text(visitor, '/recipients/assurances?q=Da+Nang')).split('<tr').slice(2);
    const called = (of: readonly string[]) =>
      of.map((html) => [/契約 \d/.exec(html)?.[0], /class="chip[^>]*>([^<]*)</.exec(html)?.[1]].join(' ')).toSorted();
    return [called(parts), called(rows)];
  };
  const ja = ['契約 0 始まる前', '契約 1 期限切れ', '契約 2 後のものが根拠', '契約 3 有効'];
  expect(await chips(officer)).toEqual([ja, ja]);
  const en = ['契約 0 Not yet in force', '契約 1 Expired', '契約 2 A later one counts', '契約 3 In force'];
  expect(await chips(english)).toEqual([en, en]);
  expect(await text(officer, '/recipients/assurances?q=Da+Nang&state=holds')).not.toContain('契約 2');
  const { assurances } = must(await reader.recipient(id));
  const third = assurances.find(({ reference }) => reference === '契約 2')!;
  expect(must(await writer.endAssurance(id, third.id, '解約'))).toMatchObject({ holds: false, state: 'ended' });
  const states = must(await reader.recipient(id)).assurances.map(({ reference, holds, state }) => [
    reference,
    holds,
    state,
  ]);
  expect(states.toSorted()).toEqual([
    ['契約 0', false, 'not-yet'],
    ['契約 1', false, 'expired'],
    ['契約 2', false, 'ended'],
    ['契約 3', true, 'holds'],
  ]);
  // Abroad, a contract is a basis, but does not let anything be provided by itself. What has expired is not called overdue beside it.
  for (const [visitor, basis, not] of [
    [officer, '根拠あり', ['提供できる', '日超過']],
    [english, 'Has a basis', ['May receive', 'overdue']],
  ] as const) {
    const [page, list] = [await text(visitor, `/recipients/${id}`), await text(visitor, '/recipients?q=Da+Nang')];
    for (const html of [page, list]) {
      expect(html).toContain(basis);
      for (const says of not) expect(html).not.toContain(says);
    }
  }
  // At home nobody has to confirm what a system recorded.
  const home = await made('例示運輸株式会社', { country: 'JP' });
  const check = { on: today, method: '書面', measures: 'kept', next_due: addDays(today, 300) } as const;
  expect(must(await writer.checkRecipient(home, check)).unconfirmed).toBe(false);
  expect((await told(home))[1]).toEqual([false]);
});
