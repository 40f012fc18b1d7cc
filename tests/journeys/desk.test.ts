// Requests of persons over HTTP, from the letter to the answer: every kind for customers and for My Number partners, what each outcome brings,
// and what the desk does not take.

import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DeskJson, Sekisho } from '../../src/client.ts';
import { registerCollection } from '../../src/features/related/index.ts';
import { day } from '../../src/base/day.ts';
import { checkRecipient } from '../../src/features/recipients/actions/assurance.ts';
import { noticesOf, outcomes, type RightsRequest } from '../../src/law/index.ts';
import { eraseNextPapers } from '../../src/features/desk/index.ts';
import { standingClock } from '../../src/platform/clock.ts';
import { clockLeapt } from '../house.ts';
import { addHolding, addRecipient, entrusted } from '../people.ts';
import { fetchAll, mailTo } from '../parcel.ts';
import { must, newcomer, openServer, tokenOf, type TestServer } from '../server.ts';
import { mailServer } from '../smtp.ts';

type Kind = DeskJson['registration']['kind'];
type Case = DeskJson['request'];
type Events = DeskJson['events'];
type Name = keyof Events;

const TODAY = '2026-12-07';
const ARRIVED = '2026-12-01';
const NOW = '2026-12-07T10:00:00+09:00';
const clock = standingClock(NOW);
let server: TestServer;
const mails = mailServer();
/** A system that may decide everything: the company lets it act for its officer. */
let client: Sekisho;
beforeAll(async () => {
  server = await openServer({
    clock,
    env: mailTo(await mails.serve()),
    permit: '@id("requests-by-system") permit (principal is System, action == Action::"requests:decide", resource);',
  });
  ({ client } = server);
});
afterAll(async () => {
  await server.close();
  await mails.close();
});

let n = 0;

/** A person in the vault with a name that nobody else has. */
async function someone(
  items: Record<string, string> = {},
  purposes: string[] = ['P3'],
): Promise<{ id: string; name: string }> {
  n += 1;
  const name = `請求 ${String.fromCodePoint(0x4e00 + n)}子`;
  const acquired = must(await client.acquire({ ...newcomer(server.holding, { name, ...items }), purposes }));
  return { id: acquired.principal, name };
}

const letter = (kind: Kind, more: Partial<DeskJson['registration']> = {}): DeskJson['registration'] => ({
  kind,
  scope: 'customer',
  arrived_on: ARRIVED,
  channel: 'letter',
  sender: { name: `差出 ${++n}`, address: '東京都例示区1-2-3', email: `sender-${n}@example.jp` },
  ...more,
});

const formless = new Set<Kind>(['purpose-notice', 'foreign-information', 'consultation']);
const charged = new Set<Kind>(['disclosure', 'record-disclosure']);

type Body<E extends Name> = Omit<Events[E], 'seen' | 'attempt'>;

const papers = (kind: Kind, more: Partial<Body<'papers-received'>> = {}): Body<'papers-received'> => ({
  on: '2026-12-04',
  form: formless.has(kind) ? 'none' : 'right',
  method: 'electronic',
  fee_yen: charged.has(kind) ? 1000 : 0,
  ...more,
});

const checked: Body<'identified'> = {
  on: '2026-12-04',
  requester: 'principal',
  documents: ['driving-licence'],
  checked: ['name', 'address', 'valid'],
  numbers_covered: true,
};

/** Adds an event to a request, after its last one. */
const then = <E extends Name>(one: Case, event: E, body: Body<E>) =>
  client.requests.happen(one.id, event, { ...body, seen: one.last } as Events[E]);

const next = async <E extends Name>(one: Case, event: E, body: Body<E>): Promise<Case> =>
  must(await then(one, event, body));

/** The terms of a search by name, with the first person found. */
const named = async (of: typeof client, name: string) => {
  const [only] = must(await of.search({ name })).principals;
  return { terms: [{ kind: 'name' as const, term: name }], ...(only ? { principal: only.id } : {}) };
};

/** A request about a person, up to what was collected. */
async function collected(
  kind: Kind,
  name: string,
  { scope = 'customer', paid = {} }: { scope?: 'customer' | 'my-number'; paid?: Partial<Body<'papers-received'>> } = {},
): Promise<Case> {
  let one = must(await client.requests.register(letter(kind, { scope })));
  if (!formless.has(kind)) one = await next(one, 'forms-sent', { on: '2026-12-02' });
  one = await next(one, 'papers-received', papers(kind, paid));
  one = await next(one, 'identified', checked);
  one = await next(one, 'specified', await named(client, name));
  return one.principal === null ? one : next(one, 'collected', {});
}

/** Fetches what went out electronically, as the person. */
async function fetched(one: Case): Promise<Case> {
  await fetchAll(server, mails, one);
  return must(await client.requests.one(one.id));
}

/** Closes the request after the sitting in which files may still be fetched. */
async function closedLater(one: Case): Promise<Case> {
  clock.moveTo('2026-12-07T10:31:00+09:00');
  const closed = await next(one, 'closed', { on: TODAY });
  clock.moveTo(NOW);
  return closed;
}

/** Tells the person, hands it over and closes. */
async function answered(one: Case): Promise<Case> {
  const { result = 'refused' } = one.decided ?? {};
  const by =
    charged.has(one.kind) && one.method === 'electronic' && (result === 'granted' || result === 'partly')
      ? 'electronic'
      : 'post';
  let now = await next(one, 'notified', { on: TODAY, by });
  now = by === 'post' ? await next(now, 'delivered', { on: TODAY, by }) : await fetched(now);
  return closedLater(now);
}

const disclosing = { existenceHarms: false, otherLaw: false, methodDifficult: false };
const wrong = { content: 'fact', inquiry: 'untrue', purposeNeeds: true, otherProcedure: false } as const;
const unneeded = { reason: 'no-longer-needed', found: 'all' } as const;

const fieldsOf = (answer: { ok: boolean; problem?: { status: number; fields?: { field: string }[] } }) =>
  answer.ok ? 'accepted' : [answer.problem!.status, ...(answer.problem!.fields ?? []).map(({ field }) => field)];

const rows = <T>(sql: string, values: unknown[]): Promise<T[]> => server.db.owner.query<T>(sql, values);

const logged = async (request: string): Promise<string[]> =>
  (
    await rows<{ action: string }>(
      "SELECT entry->>'action' AS action FROM (SELECT xid, seq, entry::jsonb AS entry FROM log_entries) e WHERE entry->>'request' = $1 ORDER BY xid, seq",
      [request],
    )
  ).map(({ action }) => action);

// ---- each kind

describe('開示', () => {
  test('手紙から答えまで：届いた日、手数料、項目ごとの判断、見せた内容、記録', async () => {
    const { id, name } = await someone({ phone: '03-0000-0001' });
    let one = await collected('disclosure', name);
    expect(one).toMatchObject({
      arrived_on: ARRIVED,
      principal: id,
      form: true,
      fee: { due: 1000, over: 0, short: 0 },
    });
    expect(one.number).toMatch(/^R-2026-\d{3,}$/);
    expect(one.holdings).toEqual([{ holding: server.holding, items: ['name', 'name_kana', 'email', 'phone'] }]);
    for (const item of one.holdings[0]!.items)
      one = await next(one, 'reviewed', { holding: server.holding, item, decision: 'disclose' });
    one = await next(one, 'decided', { facts: disclosing });
    expect(one.decided).toMatchObject({ on: TODAY, result: 'granted', notices: [], documents: ['data'] });
    expect(one.decided?.basis).toMatchObject({
      because: ['APPI 33(2)', 'APPI 38(1)'],
      duties: [{ do: 'disclose', article: '33(2)' }],
    });
    expect(must(await client.requests.content(one.id)).data).toEqual([
      {
        holding: server.holding,
        values: expect.objectContaining({ name, phone: '03-0000-0001' }) as Record<string, string>,
      },
    ]);
    expect(fieldsOf(await then(one, 'notified', { on: TODAY, by: 'post' }))).toEqual([422, 'by']);
    one = await answered(one);
    expect(one).toMatchObject({ state: 'closed', stage: 'closed', closed_on: TODAY, due_on: '2027-06-07' });
    expect(one.notified).toEqual({ on: TODAY, by: 'electronic', documents: ['data'] });
    expect(one.events.map(({ event }) => event)).toEqual([
      'registered',
      'forms-sent',
      'papers-received',
      'identified',
      'specified',
      'collected',
      'reviewed',
      'reviewed',
      'reviewed',
      'reviewed',
      'decided',
      'notified',
      'delivered',
      'delivered',
      'delivered',
      'closed',
    ]);
    // Every event has its log entry, and so has each reading and each opening: by the officer, for each letter, and for each of the three files.
    const actions = await logged(one.id);
    const opening = ['desk:disclose', 'desk:open-paper', 'desk:open-parcel'];
    expect(actions.filter((action) => !opening.includes(action)).toSorted()).toEqual(
      one.events.map(({ event }) => `desk:${event}`).toSorted(),
    );
    expect(opening.map((of) => actions.filter((action) => action === of).length)).toEqual([4, 8, 1]);
    // Once it is closed, a purpose must be given to see its content or papers, and nothing is read before that.
    expect(fieldsOf(await client.requests.content(one.id))).toEqual([422, 'for']);
    expect(await logged(one.id)).toEqual(actions);
    const again = must(await client.requests.content(one.id, { for: 'dispute' }));
    expect(again.data[0]!.values).toMatchObject({ name, phone: '03-0000-0001' });
    expect((await logged(one.id)).slice(actions.length)).toEqual(['desk:disclose', 'desk:open-paper']);
    const [newest] = await rows<{ entry: object }>(
      "SELECT entry::jsonb AS entry FROM log_entries WHERE action = 'desk:open-paper' ORDER BY xid DESC, seq DESC LIMIT 1",
      [],
    );
    expect(newest!.entry).toMatchObject({ request: one.id, content: 'disclosure', for: 'dispute' });
    expect(JSON.stringify(newest)).not.toContain(name);
  });

  // O-22
  test('隣人の苦情の入った記録：その部分だけを伏せて電子で開示し、理由を知らせ、手数料はいただく', async () => {
    const { name } = await someone({ note: '隣の人からの苦情の記録' });
    let one = await collected('disclosure', name);
    for (const item of one.holdings[0]!.items) {
      const held = item === 'note';
      one = await next(one, 'reviewed', {
        holding: server.holding,
        item,
        decision: held ? 'withhold' : 'disclose',
        ground: held ? 'harms' : null,
        reason: held ? '第三者の権利利益を害するおそれ' : '',
      });
    }
    expect(fieldsOf(await then(one, 'decided', { facts: disclosing }))).toEqual([422, 'reason']);
    one = await next(one, 'decided', { facts: disclosing, reason: '第三者の申出が含まれるため' });
    expect(one.decided).toMatchObject({
      result: 'partly',
      notices: ['notify-decision', 'explain-reasons'],
      documents: ['data', 'decision'],
    });
    expect(one.decided?.basis?.because).toEqual(['APPI 33(2)', 'APPI 33(2)(i)', 'APPI 38(1)']);
    expect(one.decided?.basis?.duties.map((duty) => `${duty.do} ${duty.article}`)).toEqual([
      'disclose 33(2)',
      'notify-decision 33(3)',
      'explain-reasons 36',
    ]);
    expect(one.fee).toEqual({ due: 1000, received: 1000, returned: 0, waived: 0, over: 0, short: 0 });
    const [shown] = must(await client.requests.content(one.id)).data;
    expect(Object.keys(shown!.values)).not.toContain('note');
    expect(shown!.values.name).toBe(name);
    // The notice of the part held back may not be left out.
    const bare = await then(one, 'notified', { on: TODAY, by: 'electronic', documents: ['data'] });
    expect(fieldsOf(bare)).toEqual([422, 'documents']);
    one = await next(one, 'notified', { on: TODAY, by: 'electronic' });
    one = await closedLater(await fetched(one));
    // The notice, what is disclosed, and the same as data.
    expect(one.delivered).toHaveLength(3);
    expect(one.notified?.documents).toEqual(['data', 'decision']);
  });

  test('伏せた項目には、伏せた後の内容が入る。跡の残らない伏せ方はできない', async () => {
    const { name } = await someone({ note: '担当 田中、隣の佐藤さんより' });
    let one = await collected('disclosure', name);
    for (const item of one.holdings[0]!.items) {
      const held = item === 'note';
      const instead = held ? { ground: 'harms' as const, reason: '第三者', redacted: '担当 田中、■■より' } : {};
      if (held) {
        const cutOut = {
          ...instead,
          holding: server.holding,
          item,
          decision: 'redact' as const,
          redacted: '担当 田中より',
        };
        expect(fieldsOf(await then(one, 'reviewed', cutOut))).toEqual([422, 'redacted']);
      }
      one = await next(one, 'reviewed', {
        holding: server.holding,
        item,
        decision: held ? 'redact' : 'disclose',
        ...instead,
      });
    }
    one = await next(one, 'decided', { facts: disclosing, reason: '第三者の情報のため' });
    const [shown] = must(await client.requests.content(one.id)).data;
    expect(shown!.values.note).toBe('担当 田中、■■より');
  });

  test('いくつもの台帳に別の番号で載っている人には、そのすべてを開示する', async () => {
    const guests = await addHolding(
      { office: server.office, access: server.app.access, staff: server.staff },
      { name: { ja: '説明会の参加者', en: 'Guests of the seminar' }, items: ['name', 'name_kana', 'email', 'address'] },
    );
    const { id, name } = await someone();
    const guest = must(await client.acquire(newcomer(guests, { name }))).principal;
    const terms = [{ kind: 'name' as const, term: name }];
    let one = must(await client.requests.register(letter('disclosure')));
    one = await next(one, 'papers-received', papers('disclosure'));
    one = await next(one, 'identified', checked);
    expect(fieldsOf(await then(one, 'specified', { terms }))).toEqual([422, 'principal']);
    expect(fieldsOf(await then(one, 'specified', { terms, principals: [id, guest] }))).toEqual([422, 'told_apart']);
    one = await next(one, 'specified', { terms, principals: [id, guest], told_apart: 'address' });
    expect(one).toMatchObject({ principals: [id, guest], principal: id });
    // Naming one person in both ways counts once.
    one = await next(one, 'specified', { terms, principal: guest, principals: [guest], told_apart: 'address' });
    expect(one).toMatchObject({ principals: [guest], principal: guest });
    one = await next(one, 'specified', { terms, principal: id, principals: [guest], told_apart: 'address' });
    one = await next(one, 'collected', {});
    expect(one.holdings.map(({ holding }) => holding)).toEqual([server.holding, guests]);
    for (const principal of [id, guest])
      expect(must(await client.requests.all({ principal })).requests.map((head) => head.id)).toEqual([one.id]);
    for (const { holding, items } of one.holdings)
      for (const item of items) one = await next(one, 'reviewed', { holding, item, decision: 'disclose' });
    one = await next(one, 'decided', { facts: disclosing });
    const { data } = must(await client.requests.content(one.id));
    expect(data.map(({ holding, values }) => [holding, values.name])).toEqual([
      [server.holding, name],
      [guests, name],
    ]);
    await answered(one);
  });

  test('保有していない人には、ないことを知らせる', async () => {
    let one = await collected('disclosure', '存在 しない人');
    expect(one).toMatchObject({ principal: null, stage: 'specified' });
    expect(one.next[0]).toBe('decided');
    one = await next(one, 'decided', { facts: disclosing, reason: '該当する情報がありません' });
    expect(one.decided).toMatchObject({ result: 'absent', documents: ['decision'] });
    expect(one.decided?.basis?.because).toContain('APPI 33(3)');
    expect(must(await client.requests.content(one.id)).data).toEqual([]);
    expect((await answered(one)).state).toBe('closed');
  });
});

describe('提供記録の開示', () => {
  test('本人の提供の記録で応える。ほかの人の記録は出ない', async () => {
    const [{ id, name }, other] = [await someone(), await someone()];
    for (const principal of [id, other.id]) {
      const ask = { principal, holding: server.holding, items: ['email'], purpose: 'P3' };
      must(await client.provide({ ...ask, ...(await server.consented(principal)) }));
    }
    let one = await collected('record-disclosure', name);
    expect(one).toMatchObject({ provisions: 1, receipts: 0 });
    one = await next(one, 'decided', { facts: disclosing });
    expect(one.decided).toMatchObject({ result: 'granted', documents: ['records'] });
    expect(one.decided?.basis?.because).toEqual(['APPI 33(5)', 'APPI 33(2)', 'APPI 38(1)']);
    const content = must(await client.requests.content(one.id));
    expect(content.provisions).toEqual([
      expect.objectContaining({ recipient: '株式会社例示運輸', representative: '運輸 太郎', items: ['email'] }),
    ]);
    expect(content.data).toEqual([]);
    await answered(one);
  });

  test('受領の記録も、規則24条の事項で答え、紙にも載る。関連情報の受領も同じ', async () => {
    const name = `受領 ${String.fromCodePoint(0x4e00 + ++n)}子`;
    const provider = {
      kind: 'corporation',
      name: '株式会社例示名簿',
      address: '大阪府例示市5-5',
      representative: '名簿 花子',
    } as const;
    const taken = must(
      await client.acquire({
        holding: server.holding,
        channel: 'web-form',
        source: 'third-party',
        purposes: ['P3'],
        items: { name, email: `given-${n}@example.jp` },
        receipt: {
          provider,
          basis: 'consent',
          howAcquired: '催しの受付で本人から',
          documentSeen: true,
          consentObtained: true,
        },
      }),
    );
    const label = { ja: 'クッキーの番号', en: 'Cookie number' };
    const by = { actor: { kind: 'sekisho' }, authority: [] } as const;
    const { id: collection } = must(
      await registerCollection(server.office, by, {
        name: { ja: `関心のデータ ${n}` },
        source: 'third-party',
        place: provider.name,
        searchable: true,
        communications: false,
        holding: server.holding,
        items: [{ code: 'note', label, tells: 'nobody' }],
      }),
    );
    const related = must(
      await client.receiveRelated({
        collection,
        principal: taken.principal,
        items: ['note'],
        facts: {
          provider: { ...provider, country: 'JP' },
          links: true,
          substitute: { namesUs: true, namesItems: true, evidenceSeen: true },
        },
        documents: { consent: '同意書 5' },
      }),
    );
    let one = await collected('record-disclosure', name, { paid: { method: 'paper' } });
    expect(one).toMatchObject({ provisions: 0, receipts: 2 });
    one = await next(one, 'decided', { facts: disclosing });
    const shared = {
      on: server.office.clock.today(),
      provider: '株式会社例示名簿',
      address: '大阪府例示市5-5',
      representative: '名簿 花子',
      consent: true,
      filing_published: false,
    };
    expect(must(await client.requests.content(one.id)).receipts).toEqual([
      { ...shared, id: taken.id, how_acquired: '催しの受付で本人から', items: ['name', 'email'] },
      { ...shared, id: related.id, how_acquired: '', items: ['note'] },
    ]);
    const { cookie } = await server.session('officer');
    const paper = await server.fetch(`/desk/${one.id}/letters/disclosed.pdf`, { headers: { cookie } });
    const { text } = await extractText(
      await getDocumentProxy(new Uint8Array(await paper.arrayBuffer()), { verbosity: 0 }),
      { mergePages: true },
    );
    const flat = text.replace(/\s/g, '');
    for (const said of ['株式会社例示名簿', '大阪府例示市5-5', '名簿花子', '催しの受付で本人から']) {
      expect(flat).toContain(said);
    }
    await answered(one);
  });

  test('記録のない人には、ないことを知らせる', async () => {
    const { name } = await someone();
    let one = await collected('record-disclosure', name);
    one = await next(one, 'decided', { facts: disclosing, reason: '第三者への提供はありません' });
    expect(one.decided).toMatchObject({ result: 'absent', documents: ['decision'] });
    await answered(one);
  });
});

test('記録の検証の画面は、窓口の記録を言葉で示し、請求の画面につながる', async () => {
  const { name } = await someone();
  const one = await collected('disclosure', name);
  const [entry] = await server.db.app.query<{ id: string }>(
    "SELECT id FROM log_entries WHERE action = 'desk:identified' AND entry::jsonb->>'request' = $1",
    [one.id],
  );
  const seen = async (role: 'officer' | 'auditor', lang: string): Promise<string> => {
    const { cookie } = await server.session(role);
    const page = await server.fetch(`/log/entries/${entry!.id}?lang=${lang}`, { headers: { cookie } });
    return page.text();
  };
  const ja = await seen('officer', 'ja');
  for (const word of ['開示', '本人', '運転免許証の写し'])
    expect(ja).toContain(`<span class="wrap-anywhere">${word}</span>`);
  expect(ja).toContain(`<a href="/desk/${one.id}">`);
  expect(ja).toMatch(/代理の権限を示す書類<\/dt>\s*<dd><span class="wrap-anywhere">なし</);
  expect(await seen('officer', 'en')).toContain('<span class="wrap-anywhere">Copy of a driving licence</span>');
});

describe('訂正', () => {
  test('調べて直し、直した内容を知らせる。二度は直さない', async () => {
    const { id, name } = await someone({ phone: '03-0000-0002' });
    let one = await collected('correction', name);
    expect(one.fee.due).toBe(0);
    expect(fieldsOf(await then(one, 'decided', { facts: wrong }))).toEqual([422, 'changes']);
    one = await next(one, 'decided', {
      facts: wrong,
      changes: [{ holding: server.holding, items: { phone: '03-0000-9999', note: '訂正済み' } }],
    });
    expect(one.decided).toMatchObject({ result: 'granted', notices: ['notify-decision'], documents: ['decision'] });
    expect(one.decided?.basis?.because).toEqual(['APPI 34(2)']);
    expect(fieldsOf(await then(one, 'notified', { on: TODAY, by: 'post' }))).toEqual([422, 'event']);
    const body = { seen: one.last, attempt: 'carry-out-1' };
    const carried = must(await client.requests.happen(one.id, 'carried-out', body));
    const again = must(await client.requests.happen(one.id, 'carried-out', body));
    expect(again.last).toBe(carried.last);
    const read = must(
      await client.use({ principal: id, holding: server.holding, items: ['phone', 'note'], purpose: 'P3' }),
    );
    expect(read.items).toEqual({ phone: '03-0000-9999', note: '訂正済み' });
    const { records } = must(await client.principal(id)) as { records: { version: number }[] };
    expect(records[0]!.version).toBe(2);
    expect(carried.carried_out?.entries).toHaveLength(1);
    await answered(carried);
  });

  // O-23
  test('「怒っていた」という評価の訂正と手数料：訂正せず、理由を知らせ、手数料を返す', async () => {
    const { name } = await someone({ note: 'お客様は怒っていた' });
    let one = await collected('correction', name, { paid: { fee_yen: 1000 } });
    expect(one.fee).toEqual({ due: 0, received: 1000, returned: 0, waived: 0, over: 1000, short: 0 });
    const facts = { content: 'evaluation', purposeNeeds: true, otherProcedure: false } as const;
    one = await next(one, 'decided', { facts, reason: '評価であり、事実の記録ではありません' });
    expect(one.decided).toMatchObject({
      result: 'refused',
      notices: ['notify-decision', 'explain-reasons'],
      documents: ['decision'],
    });
    expect(one.decided?.basis?.because).toEqual(['APPI 34(1)', 'APPI 38(1)']);
    expect(one.decided?.basis?.duties.map((duty) => duty.do)).toEqual([
      'notify-decision',
      'explain-reasons',
      'refund-fee',
    ]);
    one = await next(one, 'notified', { on: TODAY, by: 'post' });
    one = await next(one, 'delivered', { on: TODAY, by: 'post' });
    expect(fieldsOf(await then(one, 'closed', { on: TODAY }))).toEqual([422, 'fee']);
    expect(fieldsOf(await then(one, 'refunded', { on: TODAY, yen: 1001 }))).toEqual([422, 'yen']);
    one = await next(one, 'refunded', { on: TODAY, yen: 1000 });
    one = await next(one, 'closed', { on: TODAY });
    expect(one).toMatchObject({ state: 'closed', fee: { returned: 1000, waived: 0, over: 0 } });
    expect(one.events.map(({ event }) => event)).not.toContain('carried-out');
  });
});

describe('利用の停止、消去、提供の停止', () => {
  const use = (principal: string, purpose: string) =>
    client.use({ principal, holding: server.holding, items: ['email'], purpose });
  const provide = async (principal: string) =>
    client.provide({
      principal,
      holding: server.holding,
      items: ['email'],
      purpose: 'P3',
      recipient: server.recipient,
      facts: { relation: 'third-party' },
    });

  const entrusting = (principal: string) => ({
    principal,
    holding: server.holding,
    items: ['email'],
    purpose: 'P3',
    facts: { relation: 'entrustment' as const },
  });
  let known: string | undefined;
  const processor = async (): Promise<string> =>
    (known ??= await addRecipient(
      server,
      {
        name: '例示印刷株式会社',
        relations: ['entrustment'],
        publicKey: await identityToRecipient(await generateX25519Identity()),
      },
      entrusted,
    ));

  test('利用を止めると、その人の利用と提供はすぐに断られ、ほかの人は変わらない', async () => {
    const [{ id, name }, other] = [await someone(), await someone()];
    await server.consented(id);
    let one = await collected('stop-use', name);
    one = await next(one, 'decided', { facts: unneeded });
    expect(one.decided?.basis?.because).toEqual(['APPI 35(6)']);
    must(await use(id, 'P3'));
    one = await next(one, 'carried-out', {});
    const refused = await use(id, 'P3');
    expect(refused).toMatchObject({
      ok: false,
      problem: { status: 403, finding: { answer: 'no', because: [{ law: 'APPI', article: '35(6)' }] } },
    });
    expect(await provide(id)).toMatchObject({ ok: false, problem: { status: 403 } });
    must(await use(other.id, 'P3'));
    // An entrustment is a use too; what a law demands is not stopped.
    const handed = await client.provide({ ...entrusting(id), recipient: await processor() });
    expect(handed).toMatchObject({
      problem: { status: 403, finding: { because: [{ article: '35(6)' }, { article: '27(5)(i)' }] } },
    });
    must(await client.provide({ ...entrusting(other.id), recipient: await processor() }));
    const { principal: _, ...file } = { ...entrusting(id), recipient: await processor(), everybody: false };
    const draft = must(await client.packages.draft(file));
    must(await client.packages.list(draft.id, [id, other.id]));
    expect(must(await client.packages.screen(draft.id)).screening).toMatchObject({
      admitted: 1,
      falling_out: [{ why: 'stopped', people: 1, because: ['APPI 35(6)', 'APPI 27(5)(i)'] }],
    });
    await answered(one);
    expect(await rows('SELECT stops, purposes FROM suspensions WHERE request_id = $1', [one.id])).toEqual([
      { stops: 'use', purposes: null },
    ]);
  });

  test('一部の目的だけを止めると、その目的だけが断られる', async () => {
    const { id, name } = await someone({}, ['P1', 'P3']);
    let one = await collected('stop-use', name);
    const partly = { facts: { reason: 'may-harm', found: 'part' } as const, reason: '宣伝だけを止めます' };
    expect(fieldsOf(await then(one, 'decided', partly))).toEqual([422, 'purposes']);
    one = await next(one, 'decided', { ...partly, purposes: ['P3'] });
    expect(one.decided).toMatchObject({ result: 'partly', notices: ['notify-decision', 'explain-reasons'] });
    one = await next(one, 'carried-out', {});
    expect((await use(id, 'P3')).ok).toBe(false);
    must(await use(id, 'P1'));
    await answered(one);
  });

  test('消去すると、何も残らず、証明になる記録が決定に結び付く', async () => {
    const { id, name } = await someone();
    let one = await collected('erasure', name);
    one = await next(one, 'decided', { facts: { ...unneeded, keeping: null } });
    one = await next(one, 'carried-out', {});
    const erasure = must(await client.erasure(id));
    expect(one.carried_out?.entries).toEqual([erasure.entry]);
    expect(await use(id, 'P3')).toMatchObject({ ok: false, problem: { status: 404 } });
    await answered(one);
  });

  test('法律が保存を求めるときは消去せず、保存のためだけに置き、ほかの利用を止める', async () => {
    const { id, name } = await someone();
    let one = await collected('erasure', name);
    const keeping = { legalBasis: '法人税法施行規則 請求書', until: '2031-03-31', part: false };
    one = await next(one, 'decided', { facts: { ...unneeded, keeping }, reason: '請求書の保存の義務があるため' });
    expect(one.decided).toMatchObject({ result: 'otherwise', notices: ['notify-decision', 'explain-reasons'] });
    expect(one.decided?.basis?.duties).toContainEqual({ do: 'erase', article: '22', by: '2031-04-01' });
    one = await next(one, 'carried-out', {});
    expect(must(await client.principal(id))).toMatchObject({ id });
    expect((await use(id, 'P3')).ok).toBe(false);
    await answered(one);
  });

  test('別の措置に代えるときは、その措置を書かせ、情報は変えない', async () => {
    const { id, name } = await someone();
    let one = await collected('stop-use', name);
    const facts = { ...unneeded, substitute: { difficult: true, protects: true } };
    expect(fieldsOf(await then(one, 'decided', { facts, reason: '費用が多額のため' }))).toEqual([422, 'measures']);
    one = await next(one, 'decided', { facts, reason: '費用が多額のため', measures: '表示しない設定にします' });
    expect(one.decided?.result).toBe('otherwise');
    one = await next(one, 'carried-out', {});
    expect(one.carried_out?.entries).toEqual([]);
    must(await use(id, 'P3'));
    await answered(one);
  });

  test('提供を止めると、同意があった提供も断られ、利用はできる', async () => {
    const { id, name } = await someone();
    await server.consented(id);
    must(await provide(id));
    let one = await collected('stop-provision', name);
    one = await next(one, 'decided', { facts: { reason: 'unlawful-provision', found: 'all' } });
    expect(one.decided?.basis?.because).toEqual(['APPI 35(4)']);
    one = await next(one, 'carried-out', {});
    expect(await provide(id)).toMatchObject({
      ok: false,
      problem: { status: 403, finding: { because: [{ article: '35(4)' }] } },
    });
    // An entrusted party is no third party, so that goes on, and so does the use in the company.
    must(await client.provide({ ...entrusting(id), recipient: await processor() }));
    must(await use(id, 'P3'));
    await answered(one);
  });

  test('理由が認められないときは断り、何も変えない', async () => {
    const { id, name } = await someone();
    let one = await collected('erasure', name);
    const facts = { reason: 'breach', found: 'none', keeping: null } as const;
    one = await next(one, 'decided', { facts, reason: '漏えいはありませんでした' });
    expect(one.decided).toMatchObject({ result: 'refused' });
    expect(fieldsOf(await then(one, 'carried-out', {}))).toEqual([422, 'event']);
    must(await use(id, 'P3'));
    await answered(one);
  });
});

test('利用目的の通知：用紙も手数料もなく、目的を知らせる', async () => {
  const { name } = await someone();
  let one = await collected('purpose-notice', name);
  expect(one).toMatchObject({ form: false, fee: { due: 0 } });
  one = await next(one, 'decided', { facts: { clear: false } });
  expect(one.decided).toMatchObject({ result: 'granted', notices: ['notify-purpose'], documents: ['purposes'] });
  expect(must(await client.requests.content(one.id)).purposes).toEqual([{ holding: server.holding, purposes: ['P3'] }]);
  await answered(one);
});

test('利用目的の通知に届いた手数料は、公表していないので返す', async () => {
  const { name } = await someone();
  let one = await collected('purpose-notice', name, { paid: { fee_yen: 1000 } });
  one = await next(one, 'decided', { facts: { clear: false } });
  expect(one.decided?.basis?.because).toEqual(['APPI 32(2)', 'APPI 32(1)(iii)']);
  one = await next(one, 'notified', { on: TODAY, by: 'post' });
  one = await next(one, 'delivered', { on: TODAY, by: 'post' });
  expect(fieldsOf(await then(one, 'closed', { on: TODAY }))).toEqual([422, 'fee']);
});

test('外国の提供先の措置：体制による提供がない人には、そのことを知らせる', async () => {
  const { name } = await someone();
  let one = await collected('foreign-information', name);
  expect(one).toMatchObject({ form: false, fee: { due: 0 } });
  one = await next(one, 'decided', { facts: { impedes: 'none' }, reason: '外国への提供はありません' });
  expect(one.decided).toMatchObject({ result: 'refused', documents: ['decision'] });
  expect(one.decided?.basis?.because).toEqual(['APPI 28(3)']);
  await answered(one);
});

let vietNam: string | undefined;

/** Provides a person's information to a recipient abroad, on the recipient's own system. */
async function providedAbroad(principal: string): Promise<string> {
  vietNam ??= await abroadOnSystem();
  const ask = { principal, holding: server.holding, items: ['email'], purpose: 'P3', recipient: vietNam };
  must(await client.provide({ ...ask, facts: { relation: 'entrustment' } }));
  return vietNam;
}

async function abroadOnSystem(): Promise<string> {
  const from = '2026-04-01';
  const assured = { ownUse: false, assessed: true, contract: true, monitored: true };
  const recipient = await addRecipient(
    server,
    { name: 'Reiji Viet Nam', address: 'Ha Noi', country: 'VN', relations: ['entrustment'] },
    {
      kind: 'equivalent-system',
      reference: '認証',
      from,
      until: '2099-03-31',
      by: 'certificate',
      scheme: 'global-cbpr',
    },
    { kind: 'entrustment', reference: '契約', from, ...assured },
  );
  const by = { actor: { kind: 'sekisho' }, authority: [] } as const;
  const check = {
    on: day('2026-11-20'),
    method: '書面',
    measures: 'kept',
    trouble: '',
    remedy: '',
    foreignSystem: '制度',
  };
  must(await checkRecipient(server.office, by, recipient, check));
  return recipient;
}

test('外国の提供先の措置：体制による提供があれば伝える', async () => {
  const { id, name } = await someone();
  const abroad = await providedAbroad(id);
  let one = await collected('foreign-information', name);
  one = await next(one, 'decided', { facts: { impedes: 'none' } });
  expect(one.decided).toMatchObject({ result: 'granted', documents: ['measures'] });
  expect(must(await client.requests.content(one.id)).abroad).toEqual([
    expect.objectContaining({ recipient: abroad, country: 'VN' }),
  ]);
  await answered(one);
});

test('相談：だれの情報も見ずに答える', async () => {
  let one = must(await client.requests.register(letter('consultation', { says: '安全管理について教えてください' })));
  expect(one.next[0]).toBe('decided');
  expect(fieldsOf(await then(one, 'specified', { terms: [{ kind: 'name', term: '例示' }] }))).toEqual([422, 'event']);
  expect(fieldsOf(await then(one, 'decided', {}))).toEqual([422, 'answer']);
  one = await next(one, 'decided', { answer: '措置の内容は次のとおりです。' });
  expect(one.decided).toMatchObject({ result: 'answered', basis: { because: [] }, documents: ['answer'] });
  await answered(one);
});

describe('お取引先の特定個人情報', () => {
  let partners: string;
  const partner = async (): Promise<{ id: string; name: string }> => {
    n += 1;
    const name = `講師 ${String.fromCodePoint(0x4e00 + n)}郎`;
    const acquired = must(await client.acquire(newcomer(partners, { name })));
    return { id: acquired.principal, name };
  };
  beforeAll(async () => {
    partners = await addHolding(
      { office: server.office, access: server.app.access, staff: server.staff },
      { name: { ja: 'お取引先台帳', en: 'Partners' }, items: ['name', 'name_kana', 'email', 'address'] },
    );
  });

  test('開示：手数料をいただき、特定個人情報の様式で応える', async () => {
    const { name } = await partner();
    let one = await collected('disclosure', name, { scope: 'my-number' });
    expect(one).toMatchObject({ scope: 'my-number', form: true, fee: { due: 1000 } });
    for (const item of one.holdings[0]!.items)
      one = await next(one, 'reviewed', { holding: partners, item, decision: 'disclose' });
    one = await next(one, 'decided', { facts: disclosing });
    expect(one.decided?.result).toBe('granted');
    expect(must(await client.requests.content(one.id)).data[0]!.values.name).toBe(name);
    await answered(one);
  });

  test('訂正：番号の確認が要ると答え、直す', async () => {
    const { id, name } = await partner();
    let one = await collected('correction', name, { scope: 'my-number' });
    one = await next(one, 'decided', {
      facts: wrong,
      changes: [{ holding: partners, items: { address: '東京都例示区9-9-9' } }],
    });
    expect(one.decided?.basis?.because).toEqual(['APPI 34(2)', 'NumberingAct 16']);
    expect(one.decided?.basis?.duties.map((duty) => duty.do)).toEqual([
      'verify-identity',
      'correct',
      'notify-decision',
    ]);
    one = await next(one, 'carried-out', {});
    const read = must(await client.use({ principal: id, holding: partners, items: ['address'], purpose: 'P3' }));
    expect(read.items.address).toBe('東京都例示区9-9-9');
    await answered(one);
  });

  test.each(['stop-use', 'erasure', 'stop-provision'] as const)('%s：番号法の根拠で決め、実施する', async (kind) => {
    const { id, name } = await partner();
    let one = await collected(kind, name, { scope: 'my-number' });
    const reason = kind === 'stop-provision' ? 'unlawful-provision' : 'no-longer-needed';
    one = await next(one, 'decided', {
      facts: { reason, found: 'all', ...(kind === 'erasure' ? { keeping: null } : {}) },
    });
    expect(one.decided?.result).toBe('granted');
    if (kind === 'stop-provision') expect(one.decided?.basis?.because).toContain('NumberingAct 19');
    one = await next(one, 'carried-out', {});
    const read = await client.use({ principal: id, holding: partners, items: ['name'], purpose: 'P3' });
    expect(read.ok).toBe(kind === 'stop-provision');
    await answered(one);
  });

  test.each(['record-disclosure', 'foreign-information'] as const)('%s という請求はない', async (kind) => {
    expect(fieldsOf(await client.requests.register(letter(kind, { scope: 'my-number' })))).toEqual([422, 'kind']);
  });
});

// ---- outcome → notice

const matrix = (Object.keys(outcomes) as RightsRequest[]).flatMap((kind) =>
  Object.keys(outcomes[kind].notices).map((result) => [kind, result] as const),
);

/** Facts, and for a disclosure the decisions on the items, that come out as wanted. */
const ways: Record<
  string,
  Partial<Body<'decided'>> & { hold?: 'part' | 'all'; nobody?: true; provided?: true; abroad?: true }
> = {
  'purpose-notice granted': { facts: { clear: false } },
  'purpose-notice refused': { facts: { clear: true } },
  'disclosure granted': { facts: disclosing },
  'disclosure partly': { facts: disclosing, hold: 'part' },
  'disclosure otherwise': { facts: { ...disclosing, methodDifficult: true } },
  'disclosure partly-otherwise': { facts: { ...disclosing, methodDifficult: true }, hold: 'part' },
  'disclosure refused': { facts: disclosing, hold: 'all' },
  'disclosure absent': { facts: disclosing, nobody: true },
  'record-disclosure granted': { facts: disclosing, provided: true },
  'record-disclosure otherwise': { facts: { ...disclosing, methodDifficult: true }, provided: true },
  'record-disclosure absent': { facts: disclosing },
  'record-disclosure partly': { facts: disclosing, provided: true, hold: 'part' },
  'record-disclosure partly-otherwise': {
    facts: { ...disclosing, methodDifficult: true },
    provided: true,
    hold: 'part',
  },
  'record-disclosure refused': { facts: disclosing, provided: true, hold: 'all' },
  'foreign-information granted': { facts: { impedes: 'none' }, abroad: true },
  'foreign-information partly': { facts: { impedes: 'part' }, abroad: true, untold: [] },
  'foreign-information refused': { facts: { impedes: 'all' }, abroad: true },
  'correction granted': { facts: wrong, changes: [] },
  'correction partly': { facts: { ...wrong, inquiry: 'partly-untrue' }, changes: [] },
  'correction refused': { facts: { ...wrong, inquiry: 'true' } },
};
for (const kind of ['stop-use', 'erasure', 'stop-provision'] as const) {
  const facts = { ...unneeded, ...(kind === 'erasure' ? { keeping: null } : {}) };
  ways[`${kind} granted`] = { facts };
  ways[`${kind} partly`] = { facts: { ...facts, found: 'part' }, purposes: ['P3'], changes: [], recipients: [] };
  ways[`${kind} otherwise`] = {
    facts: { ...facts, substitute: { difficult: true, protects: true } },
    measures: '表示しない',
  };
  ways[`${kind} refused`] = { facts: { ...facts, found: 'none' } };
}
test('結果の表のどの行にも、HTTPでたどる道がある', () => {
  expect(Object.keys(ways).toSorted()).toEqual(matrix.map((row) => row.join(' ')).toSorted());
});

test.each(matrix)('%s が %s のとき、表のとおりに知らせる', async (kind, result) => {
  const { hold, nobody, provided, abroad, ...way } = ways[`${kind} ${result}`]!;
  const { id, name } = await someone();
  const outside = abroad ? await providedAbroad(id) : '';
  for (const item of provided ? ['email', 'name'] : []) {
    const ask = { principal: id, holding: server.holding, items: [item], purpose: 'P3' };
    must(await client.provide({ ...ask, ...(await server.consented(id)) }));
  }
  let one = await collected(kind, nobody ? '存在 しない人' : name);
  if ((kind === 'disclosure' && !nobody) || (kind === 'record-disclosure' && hold)) {
    const [{ holding, items }] = one.holdings as [Case['holdings'][number]];
    for (const [i, item] of items.entries()) {
      const withhold = hold === 'all' || (hold === 'part' && i === 0);
      one = await next(one, 'reviewed', {
        holding,
        item,
        decision: withhold ? 'withhold' : 'disclose',
        ...(withhold ? { ground: 'harms', reason: '第三者' } : {}),
      });
    }
  }
  const planned = {
    ...way,
    ...(way.changes ? { changes: [{ holding: server.holding, items: { name_kana: null } }] } : {}),
    ...(way.recipients ? { recipients: [server.recipient] } : {}),
    ...(way.untold ? { untold: [{ recipient: outside, items: ['trouble', 'remedy'] }] } : {}),
  };
  one = await next(one, 'decided', { ...planned, reason: '調べた結果' });
  const notices = noticesOf(kind, result as never) as readonly { do: string; law: string; article: string }[];
  expect(one.decided?.result).toBe(result);
  expect(one.decided?.notices).toEqual(notices.map((duty) => duty.do));
  for (const duty of notices) expect(one.decided?.basis?.duties).toContainEqual({ do: duty.do, article: duty.article });
  const decision = notices.some((duty) => duty.do === 'notify-decision');
  expect(one.decided?.documents.includes('decision')).toBe(decision);
  if (one.next[0] === 'carried-out') one = await next(one, 'carried-out', {});
  one = await answered(one);
  expect(one).toMatchObject({ state: 'closed', notified: { documents: one.decided?.documents } });
});

// ---- what the desk does not take

describe('受け付けないもの', () => {
  test('足りない手数料では進めず、残りが届くと進む', async () => {
    let one = must(await client.requests.register(letter('disclosure')));
    one = await next(one, 'papers-received', papers('disclosure', { fee_yen: 400 }));
    expect(one.fee).toMatchObject({ short: 600 });
    expect(fieldsOf(await then(one, 'identified', checked))).toEqual([422, 'fee']);
    one = await next(one, 'papers-short', { on: TODAY, lacks: ['fee'] });
    expect(one).toMatchObject({ stage: 'waiting', lacks: ['fee'] });
    one = await next(one, 'papers-received', papers('disclosure', { on: TODAY, fee_yen: 600 }));
    one = await next(one, 'identified', { ...checked, on: TODAY });
    expect(one.stage).toBe('identified');
  });

  test('多すぎる手数料は、返すまで取り下げられない', async () => {
    let one = must(await client.requests.register(letter('disclosure')));
    one = await next(one, 'papers-received', papers('disclosure', { fee_yen: 1500 }));
    expect(one.fee.over).toBe(500);
    expect(fieldsOf(await then(one, 'withdrawn', { on: TODAY }))).toEqual([422, 'fee']);
    one = await next(one, 'refunded', { on: TODAY, yen: 500 });
    one = await next(one, 'withdrawn', { on: TODAY });
    expect(one).toMatchObject({ state: 'withdrawn', stage: 'closed' });
  });

  test('多すぎる手数料でも、決めるときに返すと言うのは超えた分だけ', async () => {
    const { name } = await someone();
    let one = await collected('disclosure', name, { paid: { fee_yen: 1500, method: 'paper' } });
    for (const item of one.holdings[0]!.items) {
      const shown = { holding: server.holding, item, decision: 'disclose', ground: null, reason: '' } as const;
      one = await next(one, 'reviewed', shown);
    }
    one = await next(one, 'decided', { facts: disclosing });
    // The fee that is due is kept (38); only the excess is returned, before the case is closed.
    expect(one.decided?.basis?.because).toContain('APPI 38(1)');
    expect(one.decided?.basis?.duties.map((duty) => duty.do)).not.toContain('refund-fee');
    one = await next(one, 'notified', { on: TODAY, by: 'post' });
    one = await next(one, 'delivered', { on: TODAY, by: 'post' });
    expect(fieldsOf(await then(one, 'closed', { on: TODAY }))).toEqual([422, 'fee']);
    one = await next(one, 'refunded', { on: TODAY, yen: 500 });
    one = await next(one, 'closed', { on: TODAY });
    expect(one.fee).toEqual({ due: 1000, received: 1500, returned: 500, waived: 0, over: 0, short: 0 });
    // Nothing was carried out, so there is no paper about it.
    expect(one.papers.map(({ kind }) => kind).filter((kind) => kind !== 'copy')).toEqual(['sender']);
  });

  test('呼び出しの名前は、呼び出した人ごとに一度だけ', async () => {
    const asked = letter('disclosure', { attempt: 'the-same-name-1', another: true });
    const first = must(await client.requests.register(asked));
    const again = must(await client.requests.register(asked));
    expect(again.id).toBe(first.id);
    const { token } = await tokenOf(server.app.access);
    const other = must(await server.clientWith(token).requests.register(asked));
    expect(other.id).not.toBe(first.id);
  });

  test('呼び出しの名前は、した人、した事、その内容に結び付き、違えば409で何も起きない', async () => {
    const attempt = 'bound-attempt-1';
    const asked = letter('erasure', { attempt });
    const one = must(await client.requests.register(asked));
    expect(must(await client.requests.register(asked)).id).toBe(one.id);
    const count = async (): Promise<number> => (await rows<object>('SELECT id FROM requests', [])).length;
    const before = await count();
    for (const other of [
      { ...asked, kind: 'correction' as const },
      { ...asked, sender: { ...asked.sender, name: '別の 人' } },
      { ...asked, says: '別のこと' },
    ])
      expect(fieldsOf(await client.requests.register(other))).toEqual([409, 'attempt']);
    expect(await count()).toBe(before);
    const step = { seen: one.last, on: TODAY, attempt: 'bound-attempt-2' };
    const sent = must(await client.requests.happen(one.id, 'forms-sent', step));
    expect(must(await client.requests.happen(one.id, 'forms-sent', step))).toEqual(sent);
    // A different step, content or system: none of it has happened, so the answer does not say that it has.
    const withdrawn = await client.requests.happen(one.id, 'withdrawn', { ...step, seen: sent.last });
    expect(fieldsOf(withdrawn)).toEqual([409, 'attempt']);
    const later = { ...step, on: '2026-12-06' } as const;
    expect(fieldsOf(await client.requests.happen(one.id, 'forms-sent', later as never))).toEqual([409, 'attempt']);
    const { token } = await tokenOf(server.app.access);
    const theirs = await server.clientWith(token).requests.happen(one.id, 'forms-sent', step);
    expect(fieldsOf(theirs)).toEqual([409, 'attempt']);
    const now = must(await client.requests.one(one.id));
    expect([now.state, now.last]).toEqual(['open', sent.last]);
    // Only a digest is kept, which does not reveal what was sent.
    const [kept] = await rows<{ asked: Buffer }>('SELECT asked FROM requests WHERE id = $1', [one.id]);
    expect(kept?.asked).toHaveLength(32);
  });

  test('違う用紙', async () => {
    let one = must(await client.requests.register(letter('correction')));
    one = await next(one, 'papers-received', papers('correction', { form: 'wrong' }));
    expect(fieldsOf(await then(one, 'identified', checked))).toEqual([422, 'papers']);
  });

  test.each<[string, Partial<Body<'identified'>>, string]>([
    ['委任状のない代理人', { requester: 'mandated-agent', authority: ['family-register'] }, 'authority'],
    ['成年の子の親', { requester: 'legal-representative', authority: ['family-register'] }, 'represents'],
    ['番号を隠していない', { numbers_covered: false }, 'numbers_covered'],
    ['住所を確かめていない', { checked: ['name', 'valid'] }, 'checked'],
  ])('%s', async (_, change, field) => {
    let one = must(await client.requests.register(letter('correction')));
    one = await next(one, 'papers-received', papers('correction'));
    expect(fieldsOf(await then(one, 'identified', { ...checked, ...change }))).toEqual([422, field]);
  });

  test('同じ手紙は黙って二重に受け付けず、別の請求だと言えば受け付ける', async () => {
    const first = letter('disclosure');
    const { id } = must(await client.requests.register(first));
    const sender = { name: first.sender.name.replace(' ', '　'), address: '東京都例示区１－２－３' };
    const same = await client.requests.register({ ...first, sender });
    expect(same).toMatchObject({ ok: false, problem: { status: 409, existing: id } });
    const another = must(await client.requests.register({ ...first, another: true }));
    expect(another.id).not.toBe(id);
    must(await client.requests.register({ ...first, kind: 'correction' }));
  });

  test('同じ操作は一度だけ起きる', async () => {
    const asked = letter('disclosure', { attempt: `attempt-${n}-register` });
    const one = must(await client.requests.register(asked));
    expect(must(await client.requests.register(asked)).id).toBe(one.id);
    const body = { seen: one.last, on: TODAY, attempt: 'attempt-forms' };
    const sent = must(await client.requests.happen(one.id, 'forms-sent', body));
    expect(must(await client.requests.happen(one.id, 'forms-sent', body))).toEqual(sent);
    const { name } = await someone();
    let found = await collected('correction', name);
    const decision = { seen: found.last, facts: wrong, changes: [{ holding: server.holding, items: { note: '直' } }] };
    found = must(await client.requests.happen(found.id, 'decided', { ...decision, attempt: 'attempt-decided' }));
    found = await next(found, 'carried-out', {});
    const late = { ...decision, attempt: 'attempt-decided' };
    expect(must(await client.requests.happen(found.id, 'decided', late))).toEqual(found);
    // Without the attempt it is a second step, based on an older state.
    const stale = await client.requests.happen(one.id, 'forms-sent', { seen: one.last, on: TODAY });
    expect(fieldsOf(stale)).toEqual([409, 'seen']);
  });

  test('大勢が同時に集めても、待ち合って止まらない', async () => {
    const { name } = await someone();
    const many = await Promise.all(
      Array.from({ length: 24 }, async () => {
        let one = must(await client.requests.register(letter('correction')));
        one = await next(one, 'papers-received', papers('correction'));
        one = await next(one, 'identified', checked);
        one = await next(one, 'specified', await named(client, name));
        return next(one, 'collected', {});
      }),
    );
    expect(new Set(many.map(({ number }) => number)).size).toBe(24);
    expect(many.every(({ holdings }) => holdings.length === 1)).toBe(true);
  });

  test('同時に進めた二人のうち、一人だけが進む', async () => {
    const one = must(await client.requests.register(letter('correction')));
    const both = await Promise.all(
      ['right', 'none'].map((form) => then(one, 'papers-received', papers('correction', { form: form as 'right' }))),
    );
    expect(both.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
    expect(must(await client.requests.one(one.id)).last).toBe(2);
  });

  test('同じ名前の人が二人いるときは推測せず、見分けて選ばせる', async () => {
    const { id, name } = await someone();
    const twin = must(await client.acquire(newcomer(server.holding, { name }))).principal;
    let one = must(await client.requests.register(letter('correction')));
    one = await next(one, 'papers-received', papers('correction'));
    const terms: Body<'specified'>['terms'] = [{ kind: 'name', term: name }];
    // Nobody is searched for before the sender is identified.
    expect(fieldsOf(await then(one, 'specified', { terms }))).toEqual([422, 'identified']);
    one = await next(one, 'identified', checked);
    expect(fieldsOf(await then(one, 'specified', { terms }))).toEqual([422, 'principal']);
    expect(fieldsOf(await then(one, 'specified', { terms, principal: twin }))).toEqual([422, 'told_apart']);
    const stranger = (await someone()).id;
    const chosen = { terms, principal: stranger, told_apart: 'birth-date' as const };
    expect(fieldsOf(await then(one, 'specified', chosen))).toEqual([422, 'principal']);
    one = await next(one, 'specified', { ...chosen, principal: twin });
    expect(one.principal).toBe(twin);
    expect(one.principal).not.toBe(id);
  });

  test('足りない事実は、その名前で答える', async () => {
    const { name } = await someone();
    const one = await collected('correction', name);
    const answer = await then(one, 'decided', { facts: { content: 'fact' } });
    expect(fieldsOf(answer)).toEqual([422, 'facts.inquiry', 'facts.purposeNeeds', 'facts.otherProcedure']);
    expect(fieldsOf(await then(one, 'decided', { facts: { ...wrong, clear: true } }))).toEqual([422, 'facts.clear']);
    const impossible = { ...wrong, content: 'evaluation' as const };
    expect(fieldsOf(await then(one, 'decided', { facts: impossible }))).toEqual([422, 'facts.inquiry']);
  });

  test('窓口は認める決定だけができ、断る決定は個人情報保護管理者が行う', async () => {
    const plain = await openServer({ clock });
    try {
      const { client: desk } = plain;
      const by = async (one: Case, event: Name, body: object): Promise<Case> =>
        must(await desk.requests.happen(one.id, event, { ...body, seen: one.last }));
      const name = '権限 太郎';
      must(await desk.acquire(newcomer(plain.holding, { name })));
      let one = must(await desk.requests.register(letter('correction')));
      one = await by(one, 'papers-received', papers('correction'));
      one = await by(one, 'identified', checked);
      one = await by(one, 'specified', await named(desk, name));
      one = await by(one, 'collected', {});
      const refusing = { facts: { ...wrong, inquiry: 'true' }, reason: '事実でした', seen: one.last } as const;
      expect(await desk.requests.happen(one.id, 'decided', refusing)).toMatchObject({ problem: { status: 403 } });
      expect(must(await desk.requests.one(one.id)).last).toBe(one.last);
      const changes = [{ holding: plain.holding, items: { note: '直しました' } }];
      expect((await by(one, 'decided', { facts: wrong, changes })).decided?.result).toBe('granted');
    } finally {
      await plain.close();
    }
  });

  test('ない請求、ない書類', async () => {
    const nobody = '01890000-0000-7000-8000-0000000000ff';
    expect(await client.requests.one(nobody)).toMatchObject({ problem: { status: 404 } });
    expect(await client.requests.one('x')).toMatchObject({ problem: { status: 404 } });
    const one = must(await client.requests.register(letter('disclosure')));
    expect(await client.requests.paper(one.id, nobody)).toMatchObject({ problem: { status: 404 } });
    expect(await client.requests.content(one.id)).toMatchObject({ problem: { status: 409 } });
  });

  test('氏名のない手紙、住所のない手紙、未来の日', async () => {
    const bare = letter('disclosure', { sender: { name: ' ', address: '' } });
    expect(fieldsOf(await client.requests.register(bare))).toEqual([422, 'sender.name', 'sender.address']);
    const sender = { name: '差出 一人', address: '東京都例示区1-2-3' };
    const electronic = letter('disclosure', { channel: 'electronic', sender });
    expect(fieldsOf(await client.requests.register(electronic))).toEqual([422, 'sender.email']);
    const future = letter('disclosure', { arrived_on: '2026-12-08' });
    expect(fieldsOf(await client.requests.register(future))).toEqual([422, 'arrived_on']);
  });
});

// ---- papers

test('書類は封じてあり、開くたびに記録され、期限が来ると読めなくなる', async () => {
  const asked = letter('consultation', { says: '秘密の相談です' });
  let one = must(await client.requests.register(asked));
  const paper = (kind: string) => one.papers.find((found) => found.kind === kind)!.id;
  expect(must(await client.requests.paper(one.id, paper('letter'))).text).toBe('秘密の相談です');
  expect(JSON.parse(must(await client.requests.paper(one.id, paper('sender'))).text)).toMatchObject(asked.sender);
  expect(await logged(one.id)).toEqual(['desk:registered', 'desk:open-paper', 'desk:open-paper']);
  // Nothing of it is stored in clear anywhere.
  for (const table of ['requests', 'request_events', 'request_papers', 'log_entries']) {
    const [{ found }] = (await rows<{ found: number }>(
      `SELECT count(*)::int AS found FROM ${table} t WHERE t::text LIKE '%秘密の相談%' OR t::text LIKE $1`,
      [`%${asked.sender.name}%`],
    )) as [{ found: number }];
    expect([table, found]).toEqual([table, 0]);
  }
  one = await next(one, 'decided', { answer: 'お答えします。' });
  one = await answered(one);
  // Once it is closed, a purpose must be given to open a paper. A letter that was sent is returned as its file.
  expect(fieldsOf(await client.requests.paper(one.id, paper('letter')))).toEqual([422, 'for']);
  const opened = await client.requests.paper(one.id, paper('letter'), { for: 'dispute' });
  expect(must(opened).text).toBe('秘密の相談です');
  const copy = must(await client.requests.paper(one.id, paper('copy'), { for: 'question' }));
  expect(Buffer.from(copy.text, 'base64').toString('latin1')).toMatch(/^%PDF-/);
  clock.moveTo('2027-06-06T10:00:00+09:00');
  try {
    expect(await eraseNextPapers(server.office)).toBe(false);
    clock.moveTo('2027-06-07T10:00:00+09:00');
    // After such a leap of the clock, somebody must first say that it is right.
    expect(await eraseNextPapers(server.office)).toBe(false);
    await clockLeapt(server.db, null);
    while (await eraseNextPapers(server.office));
    // The token of this system was not renewed up to that time.
    clock.moveTo('2026-12-07T10:00:00+09:00');
    expect(await client.requests.paper(one.id, paper('letter'))).toMatchObject({ problem: { status: 404 } });
    one = must(await client.requests.one(one.id));
    expect(one.events.at(-1)).toMatchObject({ event: 'papers-erased', on: '2027-06-07', by: 'sekisho' });
    expect(one.papers.every(({ gone }) => gone)).toBe(true);
    const [row] = await rows<object>('SELECT wrapped_key, sender FROM requests WHERE id = $1', [one.id]);
    expect(row).toEqual({ wrapped_key: null, sender: null });
    expect(one.arrived_on).toBe(ARRIVED);
  } finally {
    clock.moveTo('2026-12-07T10:00:00+09:00');
  }
});

test('通常の書面が難しいと後から分かっても、受け付けたときに分かったのと同じになり、誤りなら取り消せる', async () => {
  const known = must(await client.requests.register({ ...letter('disclosure'), eased: true }));
  let one = must(await client.requests.register(letter('disclosure')));
  expect([one.form, one.next[0], one.due.forms === null]).toEqual([true, 'forms-sent', false]);
  expect(fieldsOf(await then(one, 'eased', { eased: false }))).toEqual([422, 'event']);
  one = await next(one, 'eased', { eased: true });
  for (const said of ['eased', 'form', 'stage', 'due', 'due_on', 'fee', 'next', 'lacks'] as const)
    expect([said, one[said]]).toEqual([said, known[said]]);
  one = await next(one, 'eased', { eased: false });
  expect([one.eased, one.form, one.next[0]]).toEqual([false, true, 'forms-sent']);
  expect(await logged(one.id)).toEqual(['desk:registered', 'desk:eased', 'desk:eased']);
});

test('受付の誤りは、何を直したかを残して直せる', async () => {
  let one = must(await client.requests.register(letter('disclosure')));
  expect(fieldsOf(await then(one, 'amended', { sender: { email: 'x' } }))).toEqual([422, 'sender.email']);
  expect(fieldsOf(await then(one, 'amended', { arrived_on: day('2026-10-01') }))).toEqual([422, 'long_ago']);
  expect(fieldsOf(await then(one, 'amended', {}))).toEqual([422, 'event']);
  one = await next(one, 'amended', {
    arrived_on: day('2026-11-30'),
    kind: 'purpose-notice',
    sender: { email: 'amended@example.jp' },
  });
  expect(one).toMatchObject({
    kind: 'purpose-notice',
    arrived_on: '2026-11-30',
    form: false,
    fee: { due: 0 },
    due: { forms: null, decision: '2026-12-14' },
  });
  expect(one.papers.filter(({ kind }) => kind === 'sender')).toHaveLength(2);
  const old = letter('disclosure', { arrived_on: '2026-10-01' });
  expect(fieldsOf(await client.requests.register(old))).toEqual([422, 'long_ago']);
  expect(must(await client.requests.register({ ...old, long_ago: true })).arrived_on).toBe('2026-10-01');
});

test('一覧は、状態、種類、担当、本人で絞れる', async () => {
  const { id, name } = await someone();
  let one = await collected('stop-use', name);
  one = await next(one, 'assigned', { to: server.staff.desk });
  expect(fieldsOf(await then(one, 'assigned', { to: id }))).toEqual([422, 'to']);
  expect(must(await client.requests.all({ principal: id })).requests).toEqual([
    expect.objectContaining({ id: one.id, kind: 'stop-use', stage: 'collected', due_on: '2026-12-15', last: one.last }),
  ]);
  const mine = must(await client.requests.all({ assigned: server.staff.desk, state: 'open' })).requests;
  expect(mine.map((row) => row.id)).toEqual([one.id]);
  one = await next(one, 'extended', { on: TODAY, until: day('2026-12-25'), reason: '確認に時間がかかるため' });
  expect(one).toMatchObject({ due_on: '2026-12-25', due: { decision: '2026-12-25', lawsuit: '2026-12-15' } });
});
