// Providing, receiving and linking on a real office: which record and log entry each writes, what is refused and leaves nothing behind, and what
// happens on repeating, racing, erasing and withdrawing.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { atOnce, beside } from '../../../tests/house.ts';
import { openTestOffice, type TestOffice } from '../../../tests/office.ts';
import { addHolding, addPerson, byOfficer, officerOf, openTestCheckpoint, valueOf } from '../../../tests/people.ts';
import { tampered } from '../../../tests/tamper.ts';
import type { Actor } from '../../base/actor.ts';
import { both } from '../../base/bilingual.ts';
import { day } from '../../base/day.ts';
import { newId } from '../../base/id.ts';
import type { Outcome, Problem } from '../../base/outcome.ts';
import { parameters } from '../../law/index.ts';
import { listEntries } from '../../log/index.ts';
import { standingClock } from '../../platform/clock.ts';
import { eraseAll, forgetStanding } from '../checkpoint/index.ts';
import { object, recordConsent, withdrawConsent } from '../consent/actions/consents.ts';
import { startText, writeText } from '../consent/actions/texts.ts';
import { registerRequest } from '../desk/index.ts';
import { holding as holdingOf } from '../ledger/index.ts';
import { retireHolding } from '../ledger/actions.ts';
import { assureRecipient, checkRecipient } from '../recipients/actions/assurance.ts';
import { registerRecipient, stopRecipient } from '../recipients/actions/recipient.ts';
import { changeCollection, collections, history, registerCollection, retireCollection } from './actions/collections.ts';
import { link, links, principalOf, unlink, unlinkWithdrawn, withdrawnLinks, type LinkAsk } from './actions/links.ts';
import { provide, provisionOf, provisions, type ProvideAsk } from './actions/provisions.ts';
import { receiptOf, receipts, receive, type ReceiveAsk } from './actions/receipts.ts';
import type { Collection, CollectionInput } from './facts/collection.ts';
import { relatedProvers } from './promises.ts';
import { countRelated } from './store.ts';

const today = day('2026-12-01');
let house: TestOffice;
let close: () => Promise<void>;
let holding: string;
let text: { code: string; version: number };
let adco: string;
let hanoi: string;
let texas: string;
let browsing: Collection;
let segments: Collection;
let people = 0;

const by = () => ({ actor: officerOf(house), authority: ['officer-all-work'] });

const collected: CollectionInput = {
  name: { ja: '会員サイトの閲覧履歴', en: 'Browsing on the members’ site' },
  source: 'site',
  place: '会員サイト（https://members.example.jp）',
  searchable: true,
  communications: false,
  items: [
    { code: 'cookie_id', label: { ja: 'クッキーの番号', en: 'Cookie number' }, tells: 'nobody' },
    { code: 'browsing_history', label: { ja: '閲覧の履歴', en: 'Browsing history' }, tells: 'nobody' },
  ],
};

const received: CollectionInput = {
  ...collected,
  name: { ja: '広告会社の関心データ', en: 'Interests from AdCo' },
  source: 'third-party',
  place: '例示広告株式会社',
  items: [
    { code: 'ad_id', label: { ja: '広告の番号', en: 'Advertising number' }, tells: 'nobody' },
    { code: 'interest', label: { ja: '関心の分野', en: 'Interests' }, tells: 'nobody' },
  ],
};

const adcoInput = {
  kind: 'corporation',
  name: '例示広告株式会社',
  address: '東京都港区例示町3-3',
  representative: '例示 花子',
  country: 'JP',
  relations: ['third-party'],
};

beforeAll(async () => {
  house = await openTestOffice(() => [], { at: '2026-12-01T10:00:00+09:00' });
  const own = (code: string, ja: string, en: string) => ({ code, label: { ja, en } });
  holding = await addHolding(house, {
    name: { ja: '会員台帳', en: 'Members' },
    purposes: ['P1', 'P3'],
    items: [
      'name',
      'email',
      own('cookie_id', 'クッキーの番号', 'Cookie number'),
      own('browsing_history', '閲覧の履歴', 'Browsing history'),
      own('ad_id', '広告の番号', 'Advertising number'),
      own('interest', '関心の分野', 'Interests'),
    ],
  });
  close = await openTestCheckpoint(house);
  const { office } = house;
  adco = valueOf(await registerRecipient(office, by(), adcoInput)).id;
  const abroad = { ...adcoInput, name: 'Reiji Hanoi Co., Ltd.', address: '1 Reiji Street, Ha Noi', country: 'VN' };
  hanoi = valueOf(await registerRecipient(office, by(), abroad)).id;
  const assured = { ...adcoInput, name: 'Reiji Texas Inc.', address: '1 Reiji Road, Austin', country: 'US' };
  texas = valueOf(await registerRecipient(office, by(), assured)).id;
  valueOf(
    await assureRecipient(office, by(), texas, {
      kind: 'equivalent-system',
      reference: '覚書 2026-7',
      from: '2026-10-01',
      by: 'contract',
    }),
  );
  valueOf(await checkRecipient(office, by(), texas, { on: '2026-10-01', method: '書面の報告', measures: 'kept' }));
  browsing = valueOf(await registerCollection(office, by(), { ...collected, holding }));
  segments = valueOf(await registerCollection(office, by(), { ...received, holding }));
  const linking = {
    code: 'linking',
    kind: 'linking' as const,
    name: both('閲覧履歴と会員情報の結び付け', 'Linking browsing to members'),
    wording: { ja: '閲覧履歴を会員情報と結び付けることに同意します', en: 'I agree to linking' },
    purposes: ['P3'],
    holding,
    items: ['cookie_id', 'browsing_history', 'ad_id', 'interest'],
    recipients: [],
    abroad: false,
    shown: {},
  };
  valueOf(await writeText(office, by(), linking));
  text = { code: 'linking', version: 1 };
  valueOf(await startText(office, by(), { ...text, from: day('2026-11-01') }));
});
afterAll(async () => {
  await close();
  await house.close();
});

const person = async (): Promise<string> =>
  (await addPerson(house, holding, { name: '例示 会員', email: `related-${++people}@example.jp` })).principal;

/** A person's consent to linking, given on 5 November unless said otherwise. */
const consents = async (principal: string, on = day('2026-11-05'), of = text): Promise<string> => {
  const asked = {
    principal,
    text: of,
    language: 'ja' as const,
    given: { on, at: null },
    givenBy: 'principal' as const,
    representative: null,
    channel: 'web-form',
    method: 'web-form' as const,
    note: null,
    evidence: '申込記録',
    shown: null,
  };
  return valueOf(await recordConsent(house.office, by(), asked)).row.id;
};

const member = async (): Promise<{ principal: string; consent: string }> => {
  const principal = await person();
  return { principal, consent: await consents(principal) };
};

const problemOf = (outcome: Outcome<unknown>): Problem => {
  if (outcome.ok) throw new Error('expected a problem');
  return outcome.problem;
};
const fieldsOf = (outcome: Outcome<unknown>): string[] => {
  const problem = problemOf(outcome);
  if (problem.kind === 'invalid') {
    for (const { says } of problem.fields) expect(says.ja && says.en).toBeTruthy();
    return problem.fields.map(({ field }) => field);
  }
  return problem.kind === 'conflict' ? [`conflict ${problem.field}`] : [problem.kind];
};
/** The grounds of a refusal. Checks that it was logged and carried no permit. */
const refusalOf = (outcome: Outcome<unknown>): { answer: string; because: string[]; missing: string[] } => {
  const problem = problemOf(outcome);
  if (problem.kind !== 'refused') throw new Error(JSON.stringify(problem));
  const { finding } = problem;
  return {
    answer: finding.answer,
    because: finding.because.map((g) => `${g.law} ${g.article}`),
    missing: finding.answer === 'unknown' ? finding.missing.map((m) => m.fact) : [],
  };
};

const newest = async () => (await listEntries(house.office.database, { most: 1 }))[0]!.entry;
const proofOf = (promise: string) => relatedProvers.find((one) => one.promise === promise)!.prove(house.office);

const declared = { on: day('2026-11-30'), by: 'declaration', consented: true } as const;
const bulk = { mode: 'bulk', lastOn: day('2026-12-31') } as const;
const giving = (more: Partial<ProvideAsk> = {}, linkFacts: object = {}): ProvideAsk => ({
  collection: browsing.id,
  recipient: adco,
  items: ['browsing_history', 'cookie_id'],
  facts: { link: { expected: true, byTag: false, confirmation: declared, ...linkFacts } },
  documents: { consent: '申告書 2026-11-30' },
  ...more,
});
const give = (ask: ProvideAsk) => provide(house.office, byOfficer(house), ask);

const provider = {
  kind: 'corporation',
  name: '例示広告株式会社',
  address: '東京都港区例示町3-3',
  representative: '例示 花子',
  country: 'JP',
} as const;
const substitute = { namesUs: true, namesItems: true, evidenceSeen: true };
const taking = (principal: string | undefined, more: Partial<ReceiveAsk> = {}, facts: object = {}): ReceiveAsk => ({
  collection: segments.id,
  principal,
  items: ['ad_id', 'interest'],
  facts: { provider, basis: 'consent', links: principal !== undefined, substitute: null, ...facts },
  documents: {},
  ...more,
});
const take = (ask: ReceiveAsk) => receive(house.office, byOfficer(house), ask);

/** The field of a conflict, if the conflict gives no id of something that exists. */
const elsewhere = (outcome: Outcome<unknown>): string | undefined =>
  !outcome.ok && outcome.problem.kind === 'conflict' && outcome.problem.existing === undefined
    ? outcome.problem.field
    : undefined;

let values = 0;
const aValue = (): string => `GA1.2.value-${++values}`;
const tie = (ask: LinkAsk) => link(house.office, byOfficer(house), ask);
const cookie = (principal: string, value = aValue()): LinkAsk => ({
  collection: browsing.id,
  identifier: 'cookie_id',
  value,
  principal,
});
const search = (value: string, purpose = 'P3', actor: Actor = officerOf(house)) =>
  principalOf(
    house.office,
    { actor, authority: ['x'] },
    { collection: browsing.id, identifier: 'cookie_id', value, purpose },
  );

describe('a collection', () => {
  test('every item is classed by the law, and each version is kept with its log entry', async () => {
    expect(browsing.items.map((item) => item.class)).toEqual(['personally-related', 'personally-related']);
    const [version] = await history(house.office, browsing.id);
    expect(version).toMatchObject({ version: 1, act: 'register', content: { holding, searchable: true } });
    const entry = (await listEntries(house.office.database, { most: 100 })).find(
      (one) => one.entry.id === version!.entry_id,
    );
    expect(entry?.entry).toMatchObject({
      action: 'related:register',
      collection: browsing.id,
      items: ['cookie_id', 'browsing_history'],
      classes: ['personally-related'],
    });
  });

  test.each<[string, Partial<CollectionInput>, string[]]>([
    ['no name', { name: { ja: ' ' } }, ['name.ja']],
    ['a source nobody knows', { source: 'cloud' }, ['source']],
    ['nobody said whether it is searchable', { searchable: undefined }, ['searchable']],
    ['nobody said whether it is communications', { communications: undefined }, ['communications']],
    ['a holding that is not there', { holding: '00000000-0000-7000-8000-000000000000' }, ['holding']],
    ['no item', { items: [] }, ['items']],
    ['a code that is none', { items: [{ ...collected.items[0]!, code: 'Cookie ID' }] }, ['items.0.code']],
    ['a code twice', { items: [collected.items[0]!, collected.items[0]!] }, ['items.1.code']],
    ['nobody said whether it tells who it is', { items: [{ ...collected.items[0]!, tells: '' }] }, ['items.0.tells']],
    ['an item that identifies', { items: [{ ...collected.items[0]!, tells: 'by-itself' }] }, ['items.0.tells']],
    [
      'an item that is easily collated',
      { items: [{ ...collected.items[0]!, tells: 'by-collation' }] },
      ['items.0.tells'],
    ],
    ['no label', { items: [{ ...collected.items[0]!, label: { ja: '' } }] }, ['items.0.label.ja']],
  ])('%s: refused by its field', async (_, more, fields) => {
    const input = { ...collected, name: { ja: '別のまとまり' }, ...more };
    expect(fieldsOf(await registerCollection(house.office, by(), input))).toEqual(fields);
  });

  test('an item that the holding does not keep is refused: what is linked must have its place', async () => {
    const items = [{ code: 'location', label: { ja: '位置情報' }, tells: 'nobody' }];
    const input = { ...collected, name: { ja: '位置情報' }, holding, items };
    expect(fieldsOf(await registerCollection(house.office, by(), input))).toEqual(['items.0.code']);
  });

  test('two clerks register the same: one gets it', async () => {
    const input = { ...collected, name: { ja: '二人が登録' } };
    const all = await Promise.all(Array.from({ length: 4 }, () => registerCollection(house.office, by(), input)));
    expect(all.filter((one) => one.ok)).toHaveLength(1);
    const { id: existing } = valueOf(all.find(({ ok }) => ok)!);
    for (const one of all.filter(({ ok }) => !ok))
      expect(one).toMatchObject({ problem: { kind: 'conflict', field: 'name.ja', existing } });
  });

  test('of two who change the same version, the second is told; items stay; who is retired takes nothing in', async () => {
    const made = valueOf(await registerCollection(house.office, by(), { ...collected, name: { ja: '変わるもの' } }));
    const input = { ...collected, name: { ja: '変わるもの' }, place: '新しいサイト' };
    const change = (version: number, next: CollectionInput = input) =>
      changeCollection(house.office, by(), { id: made.id, version, input: next });
    const both2 = await Promise.all([change(1), change(1)]);
    expect(both2.filter((one) => one.ok)).toHaveLength(1);
    expect(fieldsOf(both2.find((one) => !one.ok)!)).toEqual(['conflict version']);
    expect(fieldsOf(await change(2, { ...input, items: [collected.items[0]!] }))).toEqual(['conflict items']);
    expect(valueOf(await retireCollection(house.office, by(), { id: made.id, version: 2 })).state).toBe('retired');
    expect((await history(house.office, made.id)).map(({ act }) => act)).toEqual(['retire', 'change', 'register']);
    expect(fieldsOf(await change(3))).toEqual(['conflict state']);
    expect(fieldsOf(await give(giving({ collection: made.id })))).toEqual(['conflict state']);
  });
});

describe('providing', () => {
  test('by declaration, over a period: the record has the items of Rules 28(1) and nobody in it', async () => {
    const facts = { ...giving().facts, record: bulk };
    const { id, record } = valueOf(await give(giving({ facts })));
    expect(record).toEqual({
      id,
      made_on: today,
      mode: 'bulk',
      consent_confirmed: true,
      foreign_information_confirmed: false,
      provided_on: null,
      first_on: today,
      last_on: '2026-12-31',
      recipient_name: '例示広告株式会社',
      recipient_address: '東京都港区例示町3-3',
      recipient_representative: '例示 花子',
      items: ['browsing_history', 'cookie_id'],
      keep_until: '2029-12-31',
    });
    const stored = valueOf(await provisionOf(house.office, id));
    expect(stored.record).toEqual(record);
    expect(stored.documents).toEqual({ consent: '申告書 2026-11-30' });
    const columns = await house.db.owner.query<{ name: string }>(
      `SELECT column_name AS name FROM information_schema.columns
       WHERE table_name IN ('related_provisions', 'related_provision_records') AND column_name ~ 'principal|person'`,
      [],
    );
    expect(columns).toEqual([]);
    const entry = await newest();
    expect(entry).toMatchObject({
      id,
      action: 'related:provide',
      collection: browsing.id,
      recipient: adco,
      items: ['browsing_history', 'cookie_id'],
      record: id,
      keep_until: '2029-12-31',
      authority: ['officer-all-work'],
    });
    expect(entry.decision!.because).toEqual(
      expect.arrayContaining(['APPI 31(1)(i)', 'APPI 31(3)', 'APPI-Rules 28(1)']),
    );
    expect(JSON.stringify(entry)).not.toMatch(/例示|申告書/);
  });

  test('abroad, by a system that is assured and checked: consent is confirmed all the same, and the checks go on', async () => {
    const { decision, record } = valueOf(await give(giving({ recipient: texas })));
    expect(record).toMatchObject({ foreign_information_confirmed: false, provided_on: today, mode: 'each' });
    const duties = decision.finding.answer === 'yes' ? decision.finding.duties.map((d) => d.do) : [];
    expect(duties).toEqual(['record-provision', 'check-foreign-measures', 'stop-on-failure']);
    expect(refusalOf(await give(giving({ recipient: texas }, { confirmation: null })))).toMatchObject({
      answer: 'no',
      because: ['APPI 31(1)(i)', 'APPI-Rules 26(1)'],
    });
    expect((await proofOf('related-consent-never-skipped')).state).toBe('kept');
  });

  test('abroad, without a system: the paper that shows what the persons were told is seen and named', async () => {
    const shown = { confirmation: { ...declared, foreignInformationShown: true } };
    expect(fieldsOf(await give(giving({ recipient: hanoi }, shown)))).toEqual(['documents.foreignInformation']);
    const documents = { consent: '申告書 1', foreignInformation: '説明書 VN-3' };
    const { record } = valueOf(await give(giving({ recipient: hanoi, documents }, shown)));
    expect(record).toMatchObject({ foreign_information_confirmed: true, recipient_name: 'Reiji Hanoi Co., Ltd.' });
    const missing = { confirmation: { ...declared, foreignInformationShown: false } };
    expect(refusalOf(await give(giving({ recipient: hanoi }, missing)))).toMatchObject({
      answer: 'no',
      because: ['APPI 31(1)(ii)', 'APPI-Rules 26(2)'],
    });
  });

  test('a refusal is logged with its grounds, and nothing is provided', async () => {
    const before = (await provisions(house.office, { most: 100 })) as { ok: true; value: unknown[] };
    expect(refusalOf(await give(giving({}, { confirmation: { ...declared, by: 'assumed' } })))).toMatchObject({
      answer: 'no',
      because: ['APPI 31(1)(i)', 'APPI-Rules 26(1)'],
    });
    expect(await newest()).toMatchObject({ action: 'refused', asked: 'provide', decision: { answer: 'no' } });
    expect(valueOf(await provisions(house.office, { most: 100 }))).toHaveLength(before.value.length);
  });

  test('communications of others stay closed until their secrecy is lifted', async () => {
    const input = { ...collected, name: { ja: '接続の記録' }, communications: true };
    const carried = valueOf(await registerCollection(house.office, by(), input));
    expect(refusalOf(await give(giving({ collection: carried.id })))).toMatchObject({
      answer: 'unknown',
      missing: ['secrecy.basis'],
    });
  });

  test.each<[string, () => ProvideAsk, string[]]>([
    ['no item', () => giving({ items: [] }), ['items']],
    ['an item of elsewhere', () => giving({ items: ['interest'] }), ['items']],
    ['a recipient nobody registered', () => giving({ recipient: newId(0) }), ['recipient']],
    ['no id of a recipient', () => giving({ recipient: 'AdCo' }), ['recipient']],
    ['a collection that is not there', () => giving({ collection: newId(0) }), ['not-found']],
    ['no paper', () => giving({ documents: {} }), ['documents.consent']],
    [
      'one record for all without a last day',
      () => giving({ facts: { ...giving().facts, record: { mode: 'bulk' } } }),
      ['facts.record.lastOn'],
    ],
    [
      'a last day that is past',
      () => giving({ facts: { ...giving().facts, record: { mode: 'bulk', lastOn: day('2026-11-30') } } }),
      ['facts.record.lastOn'],
    ],
    [
      'a contract nobody named',
      () => giving({ facts: { ...giving().facts, record: { mode: 'contract' } } }),
      ['documents.contract'],
    ],
  ])('%s: refused by its field', async (_, ask, fields) => {
    expect(fieldsOf(await give(ask()))).toEqual(fields);
  });

  test('the same press twenty times provides once', async () => {
    const attempt = newId(house.clock.now());
    const all = await Promise.all(Array.from({ length: 20 }, () => give(giving({ attempt }))));
    const made = all.filter((one) => one.ok);
    expect(made).toHaveLength(1);
    const existing = made[0]!.ok && made[0]!.value.id;
    for (const one of all) if (!one.ok) expect(one.problem).toMatchObject({ field: 'attempt', existing });
  });

  test('an attempt is its actor’s own, and under it nothing else is done', async () => {
    const attempt = newId(house.clock.now());
    const officer = officerOf(house);
    const other = { ...officer, id: house.staff.desk! } as Actor;
    const first = valueOf(await give(giving({ attempt })));
    const theirs = valueOf(await provide(house.office, { actor: other, authority: ['x'] }, giving({ attempt })));
    expect(theirs.id).not.toBe(first.id);
    expect(await give(giving({ attempt }))).toMatchObject({ problem: { field: 'attempt', existing: first.id } });
    expect(elsewhere(await give(giving({ attempt, items: ['cookie_id'] })))).toBe('attempt');
    expect(elsewhere(await give(giving({ attempt, documents: { consent: '申告書 2' } })))).toBe('attempt');

    const { principal } = await member();
    const taken = valueOf(await take(taking(principal, { attempt })));
    const again = valueOf(
      await receive(house.office, { actor: other, authority: ['x'] }, taking(principal, { attempt })),
    );
    expect(again.id).not.toBe(taken.id);
    expect(await take(taking(principal, { attempt }))).toMatchObject({
      problem: { field: 'attempt', existing: taken.id },
    });
    expect(elsewhere(await take(taking(undefined, { attempt })))).toBe('attempt');
    expect(valueOf(await receipts(house.office, { principal, most: 100 }))).toHaveLength(2);
  });

  test('to a recipient that is stopped, nothing goes', async () => {
    const input = { ...adcoInput, name: '停止した会社', address: '東京都例示区9-9' };
    const { id, version } = valueOf(await registerRecipient(house.office, by(), input));
    valueOf(await stopRecipient(house.office, by(), { id, version, reason: '事故のため' }));
    expect(fieldsOf(await give(giving({ recipient: id })))).toEqual(['conflict recipient']);
  });

  test('to somebody who is registered for something else, nothing goes', async () => {
    const input = { ...adcoInput, name: '委託先だけの会社', address: '東京都例示区8-8', relations: ['entrustment'] };
    const { id } = valueOf(await registerRecipient(house.office, by(), input));
    expect(fieldsOf(await give(giving({ recipient: id })))).toEqual(['recipient']);
  });

  test('the application cannot change or take away what was recorded', async () => {
    for (const statement of [
      'UPDATE related_provision_records SET consent_confirmed = true',
      'DELETE FROM related_provision_records',
      'UPDATE related_provisions SET items = items',
      'DELETE FROM related_receipt_records',
      'UPDATE related_receipts SET consent_by = null',
      'UPDATE identifier_links SET class = class',
      'DELETE FROM related_collection_versions',
    ]) {
      await expect(house.db.app.query(statement, [])).rejects.toThrow(/permission denied/);
    }
  });
});

describe('what is stopped or retired at the moment', () => {
  const recipient = async (name: string): Promise<string> =>
    valueOf(await registerRecipient(house.office, by(), { ...adcoInput, name })).id;
  const stop = (id: string) => stopRecipient(house.office, by(), { id, version: 1, reason: '契約の終了' });
  const collection = async (ja: string, of: CollectionInput): Promise<Collection> =>
    valueOf(await registerCollection(house.office, by(), { ...of, name: { ja }, holding }));
  const retire = ({ id }: Collection) => retireCollection(house.office, by(), { id, version: 1 });

  test('nothing is provided to a recipient that is stopped, and the log says so too', async () => {
    const first = await recipient('例示媒体株式会社');
    const [stopped, late] = await atOnce(
      house.db,
      'recipient_versions',
      () => stop(first),
      () => give(giving({ recipient: first })),
    );
    expect(stopped.ok).toBe(true);
    expect(fieldsOf(late)).toEqual(['conflict recipient']);
    const second = await recipient('例示出版株式会社');
    const [given, after] = await atOnce(
      house.db,
      'related_provisions',
      () => give(giving({ recipient: second })),
      () => stop(second),
    );
    expect([given.ok, after.ok]).toEqual([true, true]);
    const entries = await listEntries(house.office.database, { most: 2 });
    expect(entries.map(({ entry }) => entry.action)).toEqual(['recipient:stop', 'related:provide']);
  });

  test('nothing is provided or received of a collection that is retired', async () => {
    const own = await collection('終わる閲覧履歴', collected);
    const [retired, late] = await atOnce(
      house.db,
      'related_collection_versions',
      () => retire(own),
      () => give(giving({ collection: own.id })),
    );
    expect(retired.ok).toBe(true);
    expect(fieldsOf(late)).toEqual(['conflict state']);
    const bought = await collection('終わる関心データ', received);
    const [ended, taken] = await atOnce(
      house.db,
      'related_collection_versions',
      () => retire(bought),
      () => take(taking(undefined, { collection: bought.id })),
    );
    expect(ended.ok).toBe(true);
    expect(fieldsOf(taken)).toEqual(['conflict state']);
  });
});

describe('what is withdrawn at the moment', () => {
  const withdraw = (consent: string) =>
    withdrawConsent(house.office, by(), consent, { on: today, evidence: '窓口の記録' });

  test('is linked to nobody, and the refusal is logged', async () => {
    const { principal, consent } = await member();
    const [linked, withdrawn] = await atOnce(
      house.db,
      'identifier_links',
      () => tie(cookie(principal)),
      () => withdraw(consent),
    );
    expect(withdrawn.ok).toBe(true);
    expect(refusalOf(linked)).toMatchObject({ answer: 'no', because: ['policy 78'] });
    expect(valueOf(await links(house.office, { principal }))).toEqual([]);
    expect((await newest()).action).toBe('refused');
  });

  test('is received for nobody', async () => {
    const { principal, consent } = await member();
    const [taken, withdrawn] = await atOnce(
      house.db,
      'related_receipts',
      () => take(taking(principal)),
      () => withdraw(consent),
    );
    expect(withdrawn.ok).toBe(true);
    expect(refusalOf(taken).because).toEqual(['APPI 31(1)(i)', 'APPI 31(1)(i)']);
    expect(valueOf(await receipts(house.office, { principal, most: 10 }))).toEqual([]);
  });

  test('by an objection, what the provider’s consent carried is linked to nobody', async () => {
    const principal = await person();
    const { id: receipt } = valueOf(await take(taking(principal, { documents: { consent: '写し' } }, { substitute })));
    const everything = { scope: 'everything', purpose: null, recipient: null, evidence: '電話' } as const;
    const [linked, objected] = await atOnce(
      house.db,
      'identifier_links',
      () => tie({ collection: segments.id, identifier: 'ad_id', value: aValue(), principal, receipt }),
      () => object(house.office, by(), { principal, ...everything, said: { on: today, at: null } }),
    );
    expect(objected.ok).toBe(true);
    expect(refusalOf(linked)).toMatchObject({ answer: 'no' });
  });

  test('is found by nobody, though who looks had found the consent to stand', async () => {
    const { principal, consent } = await member();
    const value = aValue();
    valueOf(await tie(cookie(principal, value)));
    const { owner } = house.db;
    const late = await owner.transaction(async (links) => {
      const { begun, rests } = await owner.transaction(async (reading) => {
        await reading.query('LOCK TABLE consents', []);
        const looking = await beside(house.db, reading, () => search(value));
        await links.query('LOCK TABLE identifier_links', []);
        return looking;
      });
      await rests(links);
      valueOf(await withdraw(consent));
      return { begun };
    });
    expect(problemOf(await late.begun).kind).toBe('not-found');
    expect((await newest()).action).toBe('consent:withdraw');
    expect(valueOf(await unlinkWithdrawn(house.office, by(), browsing.id))).toBe(1);
  });
});

describe('receiving', () => {
  test('to be linked, on the consent on record: the record has the items of Rules 24(1)(iii), for that person', async () => {
    const { principal, consent } = await member();
    const record = { mode: 'bulk', lastOn: day('2027-03-31') } as const;
    const outcome = valueOf(await take(taking(principal, {}, { record })));
    expect(outcome.record).toEqual({
      id: outcome.id,
      principal_id: principal,
      made_on: today,
      mode: 'bulk',
      consent_obtained: true,
      provider_name: '例示広告株式会社',
      provider_address: '東京都港区例示町3-3',
      provider_representative: '例示 花子',
      items: ['ad_id', 'interest'],
      keep_until: '2030-03-31',
    });
    const stored = valueOf(await receiptOf(house.office, outcome.id));
    expect(stored).toMatchObject({ consent_by: 'own', consent_id: consent, principal_id: principal });
    expect(valueOf(await receipts(house.office, { principal, most: 10 }))).toHaveLength(1);
    const entry = await newest();
    expect(entry).toMatchObject({
      action: 'related:receive',
      principal,
      consent,
      consent_by: 'own',
      record: outcome.id,
    });
    expect(JSON.stringify(entry)).not.toMatch(/例示/);
  });

  test('before the consent: refused, whoever asks', async () => {
    const principal = await person();
    expect(refusalOf(await take(taking(principal)))).toEqual({
      answer: 'no',
      because: ['APPI 31(1)(i)', 'APPI 31(1)(i)'],
      missing: [],
    });
    expect(await newest()).toMatchObject({ action: 'refused', asked: 'acquire', principal });
    expect(refusalOf(await take(taking(principal, {}, { substitute: undefined }))).missing).toEqual([
      'receipt.substitute',
    ]);
    expect(valueOf(await receipts(house.office, { principal, most: 10 }))).toEqual([]);
  });

  test('on consent the provider obtained: it named us and the items, and the evidence is named', async () => {
    const principal = await person();
    expect(fieldsOf(await take(taking(principal, {}, { substitute })))).toEqual(['documents.consent']);
    const documents = { consent: '提供元の同意画面の写し 12' };
    const { id, decision } = valueOf(await take(taking(principal, { documents }, { substitute })));
    expect(decision.finding.because.map((g) => `${g.law} ${g.article}`)).toContain('Guideline 3-7');
    expect(valueOf(await receiptOf(house.office, id))).toMatchObject({ consent_by: 'substitute', consent_id: null });
    for (const fact of ['namesUs', 'namesItems', 'evidenceSeen']) {
      const lacking = { substitute: { ...substitute, [fact]: false } };
      expect(refusalOf(await take(taking(principal, { documents }, lacking))).because).toEqual([
        'APPI 31(1)(i)',
        'APPI 31(1)(i)',
        'Guideline 3-7',
      ]);
    }
    expect((await proofOf('substitute-consent-evidenced')).state).toBe('kept');
  });

  test('who has objected is not held to the consent that the provider obtained', async () => {
    const principal = await person();
    const ask = {
      principal,
      scope: 'everything' as const,
      purpose: null,
      recipient: null,
      said: { on: today, at: null },
      evidence: '窓口の記録',
    };
    valueOf(await object(house.office, by(), ask));
    const documents = { consent: '写し' };
    expect(refusalOf(await take(taking(principal, { documents }, { substitute })))).toMatchObject({ answer: 'no' });
  });

  test('kept apart from persons it needs neither consent nor record, and names nobody', async () => {
    const { id, record, decision } = valueOf(await take(taking(undefined)));
    expect(record).toBeNull();
    expect(decision.finding.because.map((g) => `${g.law} ${g.article}`)).toEqual(['APPI 31(1)']);
    expect(valueOf(await receiptOf(house.office, id))).toMatchObject({ principal_id: null, consent_by: null });
  });

  test('from a local government: consent is needed, a record is not', async () => {
    const { principal } = await member();
    const facts = { provider: { kind: 'local-government', country: 'JP' } };
    const { record, decision } = valueOf(await take(taking(principal, {}, facts)));
    expect(record).toBeNull();
    expect(decision.finding.because.map((g) => `${g.law} ${g.article}`)).toEqual([
      'APPI 31(1)',
      'APPI 16(2)(ii)',
      'APPI 30(1)',
      'APPI 21(1)',
    ]);
  });

  test.each<[string, () => Promise<ReceiveAsk>, string[]]>([
    ['linked to nobody', () => Promise.resolve(taking(undefined, {}, { links: true })), ['principal']],
    [
      'kept apart, and yet a person',
      async () => taking((await member()).principal, {}, { links: false }),
      ['principal'],
    ],
    ['a person who is none', () => Promise.resolve(taking('nobody')), ['principal']],
    ['a person nobody knows', () => Promise.resolve(taking(newId(0))), ['not-found']],
    [
      'what we collect ourselves',
      () => Promise.resolve(taking(undefined, { collection: browsing.id, items: ['cookie_id'] })),
      ['collection'],
    ],
    [
      'a private person',
      () => Promise.resolve(taking(undefined, {}, { basis: 'private-person', provider: { kind: 'private-person' } })),
      ['facts.provider.kind'],
    ],
    ['no item', () => Promise.resolve(taking(undefined, { items: [] })), ['items']],
  ])('%s: refused by its field', async (_, ask, fields) => {
    expect(fieldsOf(await take(await ask()))).toEqual(fields);
  });

  test('the same press twenty times is received once', async () => {
    const { principal } = await member();
    const attempt = newId(house.clock.now());
    const all = await Promise.all(Array.from({ length: 20 }, () => take(taking(principal, { attempt }))));
    expect(all.filter((one) => one.ok)).toHaveLength(1);
    expect(valueOf(await receipts(house.office, { principal, most: 100 }))).toHaveLength(1);
  });
});

describe('linking', () => {
  test('a linked cookie is personal information; its value is nowhere; it is found for a purpose, and logged', async () => {
    const { principal, consent } = await member();
    const value = aValue();
    const row = valueOf(await tie(cookie(principal, value)));
    expect(row).toMatchObject({
      principal_id: principal,
      consent_id: consent,
      receipt_id: null,
      class: 'retained-personal-data',
    });
    expect(await newest()).toMatchObject({
      action: 'related:link',
      principal,
      identifier: 'cookie_id',
      class: row.class,
    });
    const dump = await house.db.owner.query<{ t: string }>(
      'SELECT t::text FROM identifier_links t UNION ALL SELECT entry FROM log_entries',
      [],
    );
    expect(dump.filter(({ t }) => t.includes(value) || t.includes(Buffer.from(value).toString('hex')))).toEqual([]);
    expect(valueOf(await search(value))).toMatchObject({ principal, link: row.id });
    expect(await newest()).toMatchObject({ action: 'related:find', principal, link: row.id, purpose: 'P3' });
    expect(valueOf(await links(house.office, { principal }))).toEqual([row]);
  });

  test('without consent: refused by the clause that promises it', async () => {
    const principal = await person();
    expect(refusalOf(await tie(cookie(principal)))).toEqual({ answer: 'no', because: ['policy 78'], missing: [] });
    expect(await newest()).toMatchObject({ action: 'refused', asked: 'acquire', principal });
  });

  test('what was received is linked on its receipt alone, of that person and that item', async () => {
    const { principal } = await member();
    const { id: receipt } = valueOf(await take(taking(principal, { items: ['ad_id'] })));
    const ask = { collection: segments.id, identifier: 'ad_id', value: aValue(), principal };
    expect(fieldsOf(await tie(ask))).toEqual(['receipt']);
    expect(fieldsOf(await tie({ ...ask, identifier: 'interest', receipt }))).toEqual(['receipt']);
    const other = await member();
    expect(fieldsOf(await tie({ ...ask, principal: other.principal, receipt }))).toEqual(['receipt']);
    expect(fieldsOf(await tie({ ...cookie(principal), receipt }))).toEqual(['receipt']);
    expect(valueOf(await tie({ ...ask, receipt }))).toMatchObject({
      receipt_id: receipt,
      class: 'retained-personal-data',
    });
    const apart = valueOf(await take(taking(undefined)));
    expect(fieldsOf(await tie({ ...ask, receipt: apart.id }))).toEqual(['receipt']);
  });

  test('one identifier belongs to one person, however many press at once', async () => {
    const { principal } = await member();
    const value = aValue();
    const all = await Promise.all(Array.from({ length: 8 }, () => tie(cookie(principal, value))));
    expect(new Set(all.map((one) => one.ok && one.value.id)).size).toBe(1);
    const other = await member();
    expect(problemOf(await tie(cookie(other.principal, value)))).toMatchObject({ kind: 'conflict', field: 'value' });
    expect(valueOf(await links(house.office, { principal: other.principal }))).toEqual([]);
  });

  test.each<[string, (principal: string) => LinkAsk, string[]]>([
    ['an item of elsewhere', (p) => ({ ...cookie(p), identifier: 'interest' }), ['identifier']],
    ['an empty value', (p) => cookie(p, ' '), ['value']],
    ['a value without end', (p) => cookie(p, 'x'.repeat(501)), ['value']],
    ['nobody', () => cookie(newId(0)), ['not-found']],
    [
      'no receipt of that id',
      (p) => ({ ...cookie(p), collection: segments.id, identifier: 'ad_id', receipt: newId(0) }),
      ['receipt'],
    ],
  ])('%s: refused by its field', async (_, ask, fields) => {
    const { principal } = await member();
    expect(fieldsOf(await tie(ask(principal)))).toEqual(fields);
  });

  test('a collection without a holding links nobody', async () => {
    const input = { ...collected, name: { ja: '結び付けない' } };
    const { id } = valueOf(await registerCollection(house.office, by(), input));
    const { principal } = await member();
    expect(fieldsOf(await tie({ ...cookie(principal), collection: id }))).toEqual(['collection']);
  });

  test('for another purpose than that of the holding, nobody is looked up', async () => {
    const { principal } = await member();
    const value = aValue();
    valueOf(await tie(cookie(principal, value)));
    expect(refusalOf(await search(value, 'P2'))).toMatchObject({
      answer: 'no',
      because: expect.arrayContaining(['APPI 18(1)']),
    });
    expect(await newest()).toMatchObject({ action: 'refused', asked: 'use', purpose: 'P2' });
    expect(JSON.stringify(await newest())).not.toContain(principal);
    expect(fieldsOf(await search(value, 'P9'))).toEqual(['purpose']);
    // The consent names P3 alone.
    expect(problemOf(await search(value, 'P1')).kind).toBe('not-found');
    expect(problemOf(await search(aValue())).kind).toBe('not-found');
  });

  test('a system reaches nobody beyond the purposes of its token', async () => {
    const { principal } = await member();
    const value = aValue();
    valueOf(await tie(cookie(principal, value)));
    const system = (purposes: string[]): Actor => ({
      kind: 'system',
      id: house.staff.officer!,
      name: '配信システム',
      token: 'x',
      purposes,
      actions: ['people:use'],
    });
    expect(problemOf(await search(value, 'P3', system(['P1']))).kind).toBe('forbidden');
    expect(valueOf(await search(value, 'P3', system(['P3']))).principal).toBe(principal);
  });

  test('once the consent is withdrawn nobody is found, nothing is linked anew, and the links are taken away', async () => {
    const { principal, consent } = await member();
    const value = aValue();
    const { id } = valueOf(await tie(cookie(principal, value)));
    valueOf(await withdrawConsent(house.office, by(), consent, { on: today, evidence: '窓口の記録' }));
    expect(problemOf(await search(value)).kind).toBe('not-found');
    expect(refusalOf(await tie(cookie(principal)))).toMatchObject({ because: ['policy 78'] });
    expect(refusalOf(await take(taking(principal))).because).toEqual(['APPI 31(1)(i)', 'APPI 31(1)(i)']);
    const before = await proofOf('related-consent-before-linking');
    expect([before.state, before.fix.length]).toEqual(['risk', 1]);
    expect((await withdrawnLinks(house.office)).get(browsing.id)).toBe(1);
    expect(valueOf(await unlinkWithdrawn(house.office, by(), browsing.id))).toBe(1);
    expect(await newest()).toMatchObject({ action: 'related:unlink', link: id, principal, reason: 'withdrawal' });
    expect(valueOf(await links(house.office, { principal }))).toEqual([]);
    expect((await proofOf('related-consent-before-linking')).state).toBe('kept');
    // After a new consent, the same identifier may be linked again.
    await consents(principal, today);
    expect((await tie(cookie(principal, value))).ok).toBe(true);
  });

  test('a receipt that an earlier version took under the law without the item is at risk until staff record it anew under one', async () => {
    const principal = await person();
    const saving = { item: '27(1)(ii)', lawOfJapan: true, necessary: true, consentDifficult: true } as const;
    const byItem = () => take(taking(principal, { documents: {} }, { basis: 'exception', exception: saving }));
    const { id } = valueOf(await byItem());
    const proof = () => proofOf('related-consent-before-linking');
    expect((await proof()).state).toBe('kept');
    const bare = (one: string) =>
      house.db.owner.query("UPDATE related_receipts SET facts = facts - 'exception' WHERE id = $1", [one]);
    await bare(id);
    const open = await proof();
    expect([open.state, open.says.en]).toEqual([
      'risk',
      'Of 1 receipt as personal data it is not on record under which item of Article 27(1) it was given.',
    ]);
    expect(open.evidence.slice(2)).toMatchObject([
      { label: { en: 'Receipts under the law without the item of 27(1)' }, state: 'risk' },
      { href: `/related/receipts/${id}`, state: 'risk' },
    ]);
    expect(open.fix.map(({ en }) => en)).toEqual([expect.stringContaining('A privacy officer finds out')]);
    // What a system states of it is no answer for what came in before, and neither is a receipt of other items or of somebody else.
    const { id: again } = valueOf(await byItem());
    const actor = (who: string) =>
      house.db.owner.query('UPDATE related_receipts SET by_actor = $2 WHERE id = $1', [again, who]);
    const of = valueOf(await receiptOf(house.office, again)).by_actor;
    await actor(`system:${principal}`);
    expect((await proof()).state).toBe('risk');
    await actor(of);
    expect((await proof()).state).toBe('kept');
    await bare(again);
    expect((await proof()).evidence[2]).toMatchObject({ value: { en: '2' } });
    valueOf(await byItem());
    expect((await proof()).state).toBe('kept');
  });

  test('an objection ends what the provider’s consent carried', async () => {
    const principal = await person();
    const documents = { consent: '写し' };
    const { id: receipt } = valueOf(await take(taking(principal, { documents }, { substitute })));
    const ask = { collection: segments.id, identifier: 'ad_id', value: aValue(), principal, receipt };
    valueOf(await tie(ask));
    const found = () =>
      principalOf(house.office, { actor: officerOf(house), authority: ['x'] }, { ...ask, purpose: 'P3' });
    expect(valueOf(await found()).principal).toBe(principal);
    const said = { on: today, at: null };
    valueOf(
      await object(house.office, by(), {
        principal,
        scope: 'everything',
        purpose: null,
        recipient: null,
        said,
        evidence: '電話',
      }),
    );
    expect(problemOf(await found()).kind).toBe('not-found');
    expect(valueOf(await unlinkWithdrawn(house.office, by(), segments.id))).toBe(1);
    expect(refusalOf(await tie({ ...ask, value: aValue() }))).toMatchObject({ answer: 'no' });
  });

  test('while the use is stopped nobody is found by an identifier and nothing more is linked; a stop of provision is none', async () => {
    const stops = async (principal: string, stop: 'use' | 'provision'): Promise<void> => {
      const desk = house;
      const sender = { name: '例示 会員', address: '東京都例示区1-2-3', email: '' };
      const letter = { kind: 'stop-use', scope: 'customer', channel: 'letter', lang: 'ja', says: '' } as const;
      const ask = { ...letter, arrivedOn: today, sender, another: true };
      const { case: one } = valueOf(await registerRequest(desk, by(), ask));
      await house.db.owner.query(
        `INSERT INTO suspensions (request_id, principal_id, stops, article, from_day, entry_id, at)
         VALUES ($1, $2, $3, '35(6)', $4, $5, now())`,
        [one.row.id, principal, stop, today, one.events[0]!.entry_id],
      );
      forgetStanding(house.office);
    };
    const [{ principal: halted }, { principal: open }] = [await member(), await member()];
    const [value, other] = [aValue(), aValue()];
    valueOf(await tie(cookie(halted, value)));
    valueOf(await tie(cookie(open, other)));
    await stops(halted, 'use');
    await stops(open, 'provision');
    expect(refusalOf(await search(value))).toMatchObject({ answer: 'no', because: ['APPI 35(6)'] });
    expect(await newest()).toMatchObject({ action: 'refused', asked: 'use', principal: halted });
    expect(refusalOf(await tie(cookie(halted, aValue())))).toMatchObject({ because: ['APPI 35(6)'] });
    expect(valueOf(await search(other)).principal).toBe(open);
    valueOf(await tie(cookie(open, aValue())));
  });

  test('a link is taken away once, and only its log entries remain', async () => {
    const { principal } = await member();
    const { id } = valueOf(await tie(cookie(principal)));
    const all = await Promise.all(Array.from({ length: 4 }, () => unlink(house.office, by(), id, 'mistake')));
    expect(all.filter((one) => one.ok)).toHaveLength(1);
    expect(valueOf(await links(house.office, { principal }))).toEqual([]);
    expect(await newest()).toMatchObject({ action: 'related:unlink', link: id, reason: 'mistake' });
  });

  test('who is erased is linked to nothing from that moment; the record of the receipt stays until its day', async () => {
    const { principal } = await member();
    const { id: receipt } = valueOf(await take(taking(principal)));
    const value = aValue();
    valueOf(await tie(cookie(principal, value)));
    valueOf(await tie({ collection: segments.id, identifier: 'ad_id', value: aValue(), principal, receipt }));
    valueOf(await eraseAll(house.office, byOfficer(house), { principal, ground: 'request-harm' }));
    const left = await house.db.owner.query('SELECT 1 FROM identifier_links WHERE principal_id = $1', [principal]);
    expect(left).toEqual([]);
    expect(problemOf(await search(value)).kind).toBe('not-found');
    expect(valueOf(await receiptOf(house.office, receipt)).record).toMatchObject({ keep_until: '2029-12-01' });
    expect(problemOf(await tie(cookie(principal))).kind).toBe('not-found');
    expect(problemOf(await take(taking(principal))).kind).toBe('not-found');
  });

  test('while anybody is linked the collection stays', async () => {
    const input = { ...collected, name: { ja: '結び付きのある履歴' }, holding };
    const { id } = valueOf(await registerCollection(house.office, by(), input));
    const { principal } = await member();
    const row = valueOf(await tie({ ...cookie(principal), collection: id }));
    expect(fieldsOf(await retireCollection(house.office, by(), { id, version: 1 }))).toEqual(['conflict links']);
    valueOf(await unlink(house.office, by(), row.id, 'not-needed'));
    expect(valueOf(await retireCollection(house.office, by(), { id, version: 1 })).state).toBe('retired');
  });
});

describe('a holding that keeps linked identifiers', () => {
  let made = 0;
  /** A holding that keeps nobody, a collection that keeps there what is linked, and a member who consented to that. */
  async function keeping(): Promise<{ id: string; collection: Collection; principal: string }> {
    const n = ++made;
    const own = { code: 'cookie_id', label: { ja: 'クッキーの番号', en: 'Cookie number' } };
    const name = { ja: `閲覧の台帳${n}`, en: `Browsing ${n}` };
    const id = await addHolding(house, { name, purposes: ['P3'], items: [own] });
    forgetStanding(house.office);
    const items = [{ code: 'cookie_id', label: own.label, tells: 'nobody' as const }];
    const input = { ...collected, name: { ja: `置き場所のある履歴${n}`, en: `Kept history ${n}` }, items, holding: id };
    const collection = valueOf(await registerCollection(house.office, by(), input));
    const words = {
      code: `kept-${n}`,
      kind: 'linking' as const,
      name: both('閲覧履歴の結び付け', 'Linking browsing'),
      wording: { ja: '閲覧履歴を会員情報と結び付けることに同意します', en: 'I agree to linking' },
      purposes: ['P3'],
      holding: id,
      items: ['cookie_id'],
      recipients: [],
      abroad: false,
      shown: {},
    };
    valueOf(await writeText(house.office, by(), words));
    const of = { code: words.code, version: 1 };
    valueOf(await startText(house.office, by(), { ...of, from: day('2026-11-01') }));
    const principal = await person();
    await consents(principal, day('2026-11-05'), of);
    return { id, collection, principal };
  }
  const retire = (id: string) => retireHolding(house, by(), { id, version: 1, reason: '統合' });
  const linksIn = async (id: string): Promise<number> =>
    (
      await house.db.owner.query(
        'SELECT 1 FROM identifier_links l JOIN related_collections c ON c.id = l.collection_id WHERE c.holding_id = $1',
        [id],
      )
    ).length;
  const stateOf = async (id: string): Promise<string> => (await holdingOf(house.office, id))!.state;

  test('is not retired while anybody is linked there: it says which collection is in the way, and how many', async () => {
    const { id, collection, principal } = await keeping();
    const rows = [];
    for (let i = 0; i < 2; i++) rows.push(valueOf(await tie({ ...cookie(principal), collection: collection.id })));
    const before = await holdingOf(house.office, id);
    expect(await retire(id)).toMatchObject({
      ok: false,
      problem: {
        kind: 'conflict',
        field: 'links',
        existing: collection.id,
        says: {
          ja: expect.stringContaining(`「${collection.name.ja}」で2件`),
          en: expect.stringContaining(`“${collection.name.en}”: 2`),
        },
      },
    });
    expect(await holdingOf(house.office, id)).toEqual(before);
    expect((await proofOf('linked-identifiers-personal')).state).toBe('kept');
    for (const { id: one } of rows) valueOf(await unlink(house.office, by(), one, 'not-needed'));
    expect(valueOf(await retire(id)).state).toBe('retired');
    expect(fieldsOf(await tie({ ...cookie(principal), collection: collection.id }))).toEqual(['collection']);
  });

  test('of two clerks at once, one who retires it and one who links: nobody is linked in a retired holding', async () => {
    const link = ({ collection, principal }: Awaited<ReturnType<typeof keeping>>) =>
      tie({ ...cookie(principal), collection: collection.id });
    const first = await keeping();
    const [retired, late] = await atOnce(
      house.db,
      'holding_versions',
      () => retire(first.id),
      () => link(first),
    );
    expect([retired.ok, fieldsOf(late)]).toEqual([true, ['collection']]);
    expect([await stateOf(first.id), await linksIn(first.id)]).toEqual(['retired', 0]);

    const second = await keeping();
    const [linked, refused] = await atOnce(
      house.db,
      'identifier_links',
      () => link(second),
      () => retire(second.id),
    );
    expect([linked.ok, fieldsOf(refused)]).toEqual([true, ['conflict links']]);
    expect([await stateOf(second.id), await linksIn(second.id)]).toEqual(['active', 1]);
  });

  test('that is being retired takes in no collection with its links', async () => {
    const [from, to] = [await keeping(), await keeping()];
    valueOf(await tie({ ...cookie(from.principal), collection: from.collection.id }));
    const { id, version, ...content } = from.collection;
    const [retired, moved] = await atOnce(
      house.db,
      'holding_versions',
      () => retire(to.id),
      () => changeCollection(house.office, by(), { id, version, input: { ...content, holding: to.id } }),
    );
    expect([retired.ok, fieldsOf(moved)]).toEqual([true, ['holding']]);
    expect([await linksIn(from.id), await linksIn(to.id)]).toEqual([1, 0]);
    const input = { ...content, name: { ja: '後からの履歴' }, holding: to.id };
    expect(fieldsOf(await registerCollection(house.office, by(), input))).toEqual(['holding']);
  });
});

describe('the promises', () => {
  test('are kept by what was done here', async () => {
    const states = await Promise.all(
      relatedProvers.map(async (one) => [one.promise, (await one.prove(house.office)).state]),
    );
    expect(Object.fromEntries(states)).toEqual({
      'related-consent-confirmed': 'kept',
      'related-foreign-information-confirmed': 'kept',
      'substitute-consent-evidenced': 'kept',
      'related-consent-never-skipped': 'kept',
      'foreign-provision-stopped-on-failure': 'kept',
      'related-information-classified': 'kept',
      'linked-identifiers-personal': 'kept',
      'related-consent-before-linking': 'kept',
      'every-access-logged': 'kept',
    });
    expect((await collections(house.office)).length).toBeGreaterThan(3);
  });

  test('on a day without law data nobody can say how an item is to be classed, which is no fault of who classed it', async () => {
    const classed = relatedProvers.find(({ promise }) => promise === 'related-information-classified')!;
    const on = async (day: string) => {
      const clock = standingClock(`${day}T09:00:00+09:00`);
      const { state, says, fix, evidence } = await classed.prove({ ...house.office, clock });
      return [state, says.en, fix.map(({ en }) => en), evidence[1]?.state];
    };
    expect(await on('2028-07-16')).toMatchObject(['kept', expect.anything(), [], 'kept']);
    expect(await on('2028-07-17')).toEqual([
      'unknown',
      'There is no law data for today, so it cannot be checked how the items are classed.',
      ['Ask whoever runs the server to install a newer version of Sekisho.'],
      'unknown',
    ]);
  });

  test('whether a country is equivalent is asked of the day of the provision, not of the day of the look', async () => {
    const input = { ...adcoInput, name: 'Reiji London Ltd', address: '1 Reiji Street, London', country: 'GB' };
    const { id: recipient } = valueOf(await registerRecipient(house.office, by(), input));
    valueOf(await give(giving({ recipient })));
    const kept = await proofOf('related-foreign-information-confirmed');
    expect(kept.state).toBe('kept');
    // On this day no list of equivalent countries was in force yet.
    house.clock.moveTo('2022-03-31T10:00:00+09:00');
    expect(await proofOf('related-foreign-information-confirmed')).toEqual(kept);
    house.clock.moveTo('2026-12-01T10:00:00+09:00');
    const abroad = async (more: object) => {
      const equivalentCountries = { ...parameters.equivalentCountries, ...more };
      return (await countRelated(house.office.database, { ...parameters, equivalentCountries })).abroad;
    };
    const now = await abroad({});
    expect(await abroad({ to: day('2026-12-01') })).toBe(now);
    expect([await abroad({ to: day('2026-11-30') }), await abroad({ from: day('2026-12-02') })]).toEqual([
      now + 1,
      now + 1,
    ]);
  });

  const breaches: [string, string, string][] = [
    [
      'related-consent-confirmed',
      "UPDATE related_provisions SET facts = jsonb_set(facts, '{link,confirmation,on}', '\"2026-12-02\"')",
      'related_provisions',
    ],
    ['related-consent-confirmed', "UPDATE related_provisions SET documents = '{}'", 'related_provisions'],
    [
      'related-foreign-information-confirmed',
      'UPDATE related_provision_records SET foreign_information_confirmed = false',
      'related_provision_records',
    ],
    [
      'related-consent-never-skipped',
      "UPDATE related_provisions SET facts = jsonb_set(facts, '{link,confirmation}', 'null')",
      'related_provisions',
    ],
    [
      'substitute-consent-evidenced',
      "UPDATE related_receipts SET documented = '{}', sealed = NULL",
      'related_receipts',
    ],
    [
      'substitute-consent-evidenced',
      "UPDATE related_receipts SET facts = facts #- '{substitute,namesItems}'",
      'related_receipts',
    ],
    [
      'related-consent-before-linking',
      "UPDATE related_receipts SET facts = jsonb_set(facts, '{consent,on}', '\"2026-12-02\"') WHERE consent_by = 'own'",
      'related_receipts',
    ],
    ['related-consent-before-linking', "UPDATE related_receipts SET at = at + interval '1 day'", 'related_receipts'],
    [
      'related-consent-before-linking',
      "UPDATE related_receipts SET facts = facts #- '{substitute,namesUs}' WHERE consent_by = 'substitute'",
      'related_receipts',
    ],
    // The register of consents contradicts: the consent is another person's, later, given by somebody who could not, gone, or to something else.
    ...['principal_id = gen_random_uuid()', "given_on = '2026-12-02'", "given_by = 'without-capacity'"].map(
      (set): [string, string, string] => ['related-consent-before-linking', `UPDATE consents SET ${set}`, 'consents'],
    ),
    [
      'related-consent-before-linking',
      'DELETE FROM consents WHERE id NOT IN (SELECT consent_id FROM consent_withdrawals)',
      'consents',
    ],
    ...["items = '{interest}'", "kind = 'special-care'"].map((set): [string, string, string] => [
      'related-consent-before-linking',
      `UPDATE consent_texts SET ${set}`,
      'consent_texts',
    ]),
    [
      'related-consent-before-linking',
      `INSERT INTO consent_withdrawals (consent_id, entry_id, principal_id, on_day, at, by_actor, evidenced)
       SELECT id, id, principal_id, '2026-11-30', '2026-12-03T10:00+09', 'staff:a', false FROM consents c
       WHERE NOT EXISTS (SELECT 1 FROM consent_withdrawals d WHERE d.consent_id = c.id)`,
      'consent_withdrawals',
    ],
    [
      'related-consent-before-linking',
      `INSERT INTO consent_objections (id, principal_id, scope, on_day, at, by_actor, evidenced)
       SELECT gen_random_uuid(), principal_id, 'everything', '2026-11-30', '2026-11-30T10:00+09', 'staff:a', false FROM identifier_links`,
      'consent_objections',
    ],
    // What was said under an id that was taken for the person's then, and no longer is.
    [
      'related-consent-before-linking',
      `WITH others AS (SELECT principal_id, gen_random_uuid() AS id FROM identifier_links), linked AS (
         INSERT INTO person_links (id, principal_id, other_id, shown_by, at, actor, ended_at, ended_by, ended_entry)
         SELECT id, principal_id, id, 'asked', '2026-11-29T10:00+09', 'staff:a', '2026-12-31T10:00+09', 'staff:a', id FROM others)
       INSERT INTO consent_objections (id, principal_id, scope, on_day, at, by_actor, evidenced)
       SELECT id, id, 'everything', '2026-11-30', '2026-11-30T10:00+09', 'staff:a', false FROM others`,
      'consent_objections',
    ],
    [
      'related-consent-before-linking',
      'UPDATE identifier_links SET consent_id = NULL, receipt_id = NULL',
      'identifier_links',
    ],
    [
      'related-foreign-information-confirmed',
      "UPDATE related_provisions SET finding = jsonb_set(finding, '{duties}', '[{\"do\":\"record-provision\"}]'), facts = jsonb_set(facts, '{link,confirmation,foreignInformationShown}', 'false') WHERE facts #>> '{recipient,country}' = 'VN'",
      'related_provisions',
    ],
    [
      'related-information-classified',
      "UPDATE related_collections SET items = jsonb_set(items, '{0,class}', '\"anonymous\"')",
      'related_collections',
    ],
    ['related-information-classified', "UPDATE identifier_links SET class = 'personally-related'", 'identifier_links'],
    ['linked-identifiers-personal', "UPDATE identifier_links SET class = 'personally-related'", 'identifier_links'],
    [
      'foreign-provision-stopped-on-failure',
      `INSERT INTO recipient_checks (id, recipient_id, on_day, method, measures, trouble, remedy, at, actor, entry_id)
       SELECT gen_random_uuid(), recipient_id, '2026-11-29', '書面', 'impossible', '例示', '例示', '2026-11-29', 'staff:a', gen_random_uuid()
       FROM related_provisions WHERE facts #>> '{recipient,country}' = 'VN' LIMIT 1`,
      'recipient_checks',
    ],
    ['linked-identifiers-personal', 'UPDATE related_collections SET holding_id = NULL', 'related_collections'],
    // The log contradicts: another recipient or person, another time, missing or added rows.
    ...[
      ['UPDATE related_provisions SET recipient_id = gen_random_uuid()', 'related_provisions'],
      ["UPDATE related_provisions SET at = at - interval '1 day'", 'related_provisions'],
      ["UPDATE related_provisions SET items = '{cookie_id}' WHERE items <> '{cookie_id}'", 'related_provisions'],
      [
        'UPDATE related_receipts SET principal_id = gen_random_uuid() WHERE principal_id IS NOT NULL',
        'related_receipts',
      ],
      ['UPDATE identifier_links SET receipt_id = NULL WHERE receipt_id IS NOT NULL', 'identifier_links'],
      [
        `UPDATE identifier_links SET class = CASE class WHEN 'personal' THEN 'personal-data' ELSE 'personal' END`,
        'identifier_links',
      ],
      ['DELETE FROM identifier_links', 'identifier_links'],
      ['DELETE FROM related_receipts WHERE principal_id IS NULL', 'related_receipts'],
      [
        `INSERT INTO identifier_links SELECT gen_random_uuid(), collection_id, identifier, sha256(digest), principal_id, receipt_id, consent_id, class, at, by_actor
         FROM identifier_links`,
        'identifier_links',
      ],
    ].map(([change, table]): [string, string, string] => ['every-access-logged', change!, table!]),
  ];

  test('of every promise there is a row that breaks it', () => {
    expect(new Set(breaches.map(([promise]) => promise))).toEqual(
      new Set(relatedProvers.map(({ promise }) => promise)),
    );
  });

  const ofRecords = [
    'related-consent-confirmed',
    'related-foreign-information-confirmed',
    'related-consent-never-skipped',
    'substitute-consent-evidenced',
    'foreign-provision-stopped-on-failure',
  ];

  test.each(breaches)('%s is broken by: %s', async (promise, tampering, table) => {
    // A link on a valid receipt, so that every promise has something to look at.
    const { principal } = await member();
    const { id: receipt } = valueOf(await take(taking(principal)));
    valueOf(await tie({ collection: segments.id, identifier: 'ad_id', value: aValue(), principal, receipt }));
    await house.db.owner.query(`CREATE TABLE untouched AS SELECT * FROM ${table}`, []);
    try {
      await house.db.owner.query(tampering, []);
      const proof = await proofOf(promise);
      expect(proof.state).toBe('broken');
      expect(proof.fix.length).toBeGreaterThan(0);
      // The evidence links to each record that breaks the promise.
      const records = table === 'related_receipts' ? 'receipts' : 'provisions';
      if (ofRecords.includes(promise))
        expect(proof.evidence.slice(2).map(({ href }) => href)).toContainEqual(
          expect.stringMatching(new RegExp(`^/related/${records}/[0-9a-f-]{36}$`)),
        );
    } finally {
      await house.db.owner.transaction(async (tx) => {
        await tx.query('SET LOCAL session_replication_role = replica', []);
        await tx.query(`DELETE FROM ${table}`, []);
        await tx.query(`INSERT INTO ${table} SELECT * FROM untouched`, []);
        await tx.query('DROP TABLE untouched', []);
      });
    }
    expect((await proofOf(promise)).state).toBe('kept');
  });

  /** SQL that records on a later day that a person objected, or withdrew their consent, on the day of what they had linked. */
  const laterOf = (table: 'consent_withdrawals' | 'consent_objections', principal: string, said: string | null) =>
    table === 'consent_objections'
      ? `INSERT INTO consent_objections (id, principal_id, scope, on_day, said_at, at, by_actor, evidenced)
         VALUES (gen_random_uuid(), '${principal}', 'everything', '2026-12-01', ${said}, '2026-12-03T10:00+09', 'staff:a', false)`
      : `WITH c AS (SELECT id, principal_id FROM consents WHERE principal_id = '${principal}'), stated AS (
           INSERT INTO consent_withdrawal_times (consent_id, entry_id, principal_id, said_at, at, by_actor)
           SELECT id, id, principal_id, said, '2026-12-03T10:00+09', 'staff:a' FROM c, (SELECT ${said}::timestamptz AS said) s WHERE said IS NOT NULL)
         INSERT INTO consent_withdrawals (consent_id, entry_id, principal_id, on_day, at, by_actor, evidenced)
         SELECT id, id, principal_id, '2026-12-01', '2026-12-03T10:00+09', 'staff:a', false FROM c`;

  describe.each(['consent_withdrawals', 'consent_objections'] as const)(
    'with one of %s written down later',
    (table) => {
      test.each([
        ['nobody knows when', null, { wrong: 0, unsure: 2 }],
        ['before', "'2026-12-01T00:01+09'", { wrong: 2, unsure: 0 }],
        ['after', "'2026-12-01T23:59+09'", { wrong: 0, unsure: 0 }],
      ])('a receipt and a link of its own day: %s', async (_, said, added) => {
        const { principal } = await member();
        valueOf(await take(taking(principal)));
        valueOf(await tie(cookie(principal)));
        const count = async () => {
          const { early, adrift, unsure } = await countRelated(house.office.database, parameters);
          const { evidence } = await proofOf('related-consent-before-linking');
          expect(evidence.filter(({ label }) => label.en.includes('at an unknown hour'))).toHaveLength(
            unsure > 0 ? 1 : 0,
          );
          return { wrong: early + adrift, unsure };
        };
        const before = await count();
        const change = laterOf(table, principal, said);
        const after = await tampered(house.db, [table, 'consent_withdrawal_times'], change, count);
        expect({ wrong: after.wrong - before.wrong, unsure: after.unsure - before.unsure }).toEqual(added);
      });
    },
  );

  describe('with what the provider’s consent carried', () => {
    let principal: string;
    let consent: string;
    beforeAll(async () => {
      principal = await person();
      ({ consent } = await member());
      const { id: receipt } = valueOf(
        await take(taking(principal, { documents: { consent: '写し' } }, { substitute })),
      );
      valueOf(await tie({ collection: segments.id, identifier: 'ad_id', value: aValue(), principal, receipt }));
    });

    const later = '2026-12-03T10:00+09';
    /** SQL: an objection of the person that was written down later. */
    const objection = (on: string, { said = 'NULL', scope = 'everything', at = later, of = `'${principal}'` } = {}) =>
      `INSERT INTO consent_objections (id, principal_id, scope, on_day, said_at, at, by_actor, evidenced)
       SELECT id, ${of}, '${scope}', '${on}', ${said}, '${at}', 'staff:a', false FROM other`;
    const also = (...others: string[]) =>
      `WITH other AS (SELECT gen_random_uuid() AS id) ${others.map((one, i) => `, also_${i} AS (${one})`).join('')}`;
    const takenBack = (at: string) =>
      `INSERT INTO consent_retractions (objection_id, entry_id, principal_id, on_day, at, by_actor, sealed)
       SELECT id, id, '${principal}', '2026-12-01', '${at}', 'staff:a', '' FROM other`;
    const linked = (ended: string) =>
      `INSERT INTO person_links (id, principal_id, other_id, shown_by, at, actor, ended_at, ended_by, ended_entry)
       SELECT id, '${principal}', id, 'asked', '2026-11-29T10:00+09', 'staff:a', '${ended}', 'staff:a', id FROM other`;
    /** SQL: a consent of the person to the linking. */
    const consented = (on: string, at: string) =>
      `INSERT INTO consents SELECT (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'principal_id', '${principal}',
         'given_on', '${on}', 'at', '${at}'))).* FROM consents c WHERE c.id = '${consent}'`;
    const early = { early: 1, adrift: 1, unsure: 0 };
    const none = { early: 0, adrift: 0, unsure: 0 };

    test.each<[string, typeof none, () => string]>([
      ['objected before', early, () => also() + objection('2026-11-30')],
      ['objected on that day, nobody knows when', { ...none, unsure: 2 }, () => also() + objection('2026-12-01')],
      [
        'objected on that day, before',
        early,
        () => also() + objection('2026-12-01', { said: "'2026-12-01T00:01+09'" }),
      ],
      ['objected on that day, after', none, () => also() + objection('2026-12-01', { said: "'2026-12-01T23:59+09'" })],
      ['objected the day after', none, () => also() + objection('2026-12-02')],
      ['objected to provisions only', none, () => also() + objection('2026-11-30', { scope: 'provision' })],
      [
        'took an objection back before',
        none,
        () => also(objection('2026-11-29', { at: '2026-11-29T10:00+09' })) + takenBack('2026-11-30T10:00+09'),
      ],
      [
        'took an objection back only afterwards',
        early,
        () => also(objection('2026-11-29', { at: '2026-11-29T10:00+09' })) + takenBack(later),
      ],
      [
        'objected under another id',
        early,
        () => also(objection('2026-11-30', { of: 'id' })) + linked('2026-12-31T10:00+09'),
      ],
      [
        'was no longer taken for whoever objected when that was written down',
        none,
        () => also(objection('2026-11-30', { of: 'id' })) + linked('2026-12-02T10:00+09'),
      ],
      [
        'objected before a consent to us',
        none,
        () => also(consented('2026-11-30', '2026-12-02T10:00+09')) + objection('2026-11-29'),
      ],
      [
        'objected after a consent to us',
        early,
        () => also(consented('2026-11-28', '2026-12-02T10:00+09')) + objection('2026-11-29'),
      ],
      [
        'objected before a consent to us that was written down after everything',
        early,
        () => also(consented('2026-11-30', '2026-12-03T10:02+09')) + objection('2026-11-29'),
      ],
    ])('whose person %s: %j', async (_, added, change) => {
      const count = async () => {
        const { early: receipts_, adrift, unsure, unevidenced } = await countRelated(house.office.database, parameters);
        return { early: receipts_, adrift, unsure, unevidenced };
      };
      const before = await count();
      const tables = ['consents', 'consent_objections', 'consent_retractions', 'person_links'];
      const changed = tables.filter((table) => change().includes(table));
      const after = await tampered(house.db, changed, change(), count);
      const more = Object.entries(after).map(([of, n]) => [of, n - before[of as keyof typeof before]]);
      expect(Object.fromEntries(more)).toEqual({ ...added, unevidenced: 0 });
    });
  });

  test('count no link on a receipt under the law as resting on a consent that was withdrawn', async () => {
    const { principal, consent } = await member();
    valueOf(await withdrawConsent(house.office, by(), consent, { on: today, evidence: null }));
    const exception = { item: '27(1)(ii)', necessary: true, consentDifficult: true } as const;
    const lawful = { substitute: undefined, basis: 'exception', exception };
    const { id: receipt } = valueOf(await take(taking(principal, {}, lawful)));
    const ask = { collection: segments.id, identifier: 'ad_id', value: aValue(), principal, receipt };
    expect(valueOf(await tie(ask))).toMatchObject({ receipt_id: receipt, consent_id: null });
    expect((await proofOf('related-consent-before-linking')).state).toBe('kept');
  });

  describe('excuse nothing by what is only claimed or unknown', () => {
    beforeAll(async () => {
      const shown = { confirmation: { ...declared, foreignInformationShown: true } };
      const documents = { consent: '申告書 1', foreignInformation: '説明書 VN-3' };
      for (const ask of [giving(), giving({ recipient: texas }), giving({ recipient: hanoi, documents }, shown)])
        valueOf(await give(ask));
      const { principal } = await member();
      const { id: receipt } = valueOf(await take(taking(principal)));
      valueOf(await tie({ collection: segments.id, identifier: 'ad_id', value: aValue(), principal, receipt }));
    });

    const brokenOnes = async () => {
      const found: string[] = [];
      for (const promise of [...ofRecords, 'related-consent-before-linking'])
        if ((await proofOf(promise)).state === 'broken') found.push(promise);
      return found;
    };

    const to = (country: string) => `WHERE facts #>> '{recipient,country}' = '${country}'`;
    /** SQL that changes the facts of the provisions to a country, and more of them. */
    const given = (country: string, facts: string, more = '') =>
      `UPDATE related_provisions SET facts = ${facts}${more} ${to(country)}`;
    const put = (path: string, value: unknown, facts = 'facts') =>
      `jsonb_set(${facts}, '{${path}}', '${JSON.stringify(value)}')`;
    const unconfirmed = put('link,confirmation', null);
    const claimed = (exception: object) => put('exception', exception, unconfirmed);
    const excepted = `, finding = jsonb_set(finding, '{duties}', '[{"do":"record-exception"}]')`;
    const saving = { item: '27(1)(ii)', necessary: true, consentDifficult: true };
    const inquiry = { item: '27(1)(i)', legalBasis: '例示法 第1号' };
    const noRecord = (facts: string) =>
      `WITH gone AS (DELETE FROM related_provision_records WHERE id IN (SELECT id FROM related_provisions ${to('JP')}))
       ${given('JP', facts, `, documents = '{}', finding = jsonb_set(finding, '{duties}', '[]')`)}`;
    const failed = (change: string) =>
      `WITH found AS (INSERT INTO recipient_checks (id, recipient_id, on_day, method, measures, trouble, remedy, at, actor, entry_id)
         SELECT gen_random_uuid(), recipient_id, '2026-11-29', '書面', 'impossible', '例示', '例示', '2026-11-29', 'staff:a', gen_random_uuid()
         FROM related_provisions ${to('VN')} LIMIT 1) ${change}`;
    /** SQL that changes the receipts on which a link rests. */
    const received = (change: string) =>
      `UPDATE related_receipts SET ${change} WHERE id IN (SELECT receipt_id FROM identifier_links)`;
    const byItem = (exception: object, more = '') =>
      received(`consent_by = NULL${more}, facts = facts || '${JSON.stringify({ basis: 'exception', exception })}'`);

    const consent = 'related-consent-confirmed';
    const information = 'related-foreign-information-confirmed';
    const stopped = 'foreign-provision-stopped-on-failure';
    const linking = 'related-consent-before-linking';

    test.each<[string, string[], string]>([
      ...[
        { failing: true },
        { checkedOn: null },
        { checkedOn: '2025-11-30' },
        { checkedOn: '2026-12-02' },
        { validUntil: '2026-11-30' },
        { by: 'certificate', validUntil: null },
        { by: null },
      ].map((system): [string, string[], string] => [
        `a system that proves nothing, with ${JSON.stringify(system)}`,
        [information],
        given('US', `jsonb_set(facts, '{equivalentSystem}', facts->'equivalentSystem' || '${JSON.stringify(system)}')`),
      ]),
      ['a system of which nothing but its name is known', [information], given('US', put('equivalentSystem', {}))],
      [
        'a system on the last day of its check and of itself',
        [],
        given('US', put('equivalentSystem', { by: 'certificate', checkedOn: '2025-12-01', validUntil: '2026-12-01' })),
      ],
      ['a country that nobody knows', [information], given('JP', "facts #- '{recipient,country}'")],
      [
        'a collection of which nobody knows whether it is searchable',
        [consent],
        given('JP', `${unconfirmed} #- '{link,fromDatabase}'`),
      ],
      [
        'a recipient of whom nobody knows whether it links',
        [consent],
        given('JP', `${unconfirmed} #- '{link,expected}'`),
      ],
      ['a recipient that is not expected to link', [], given('JP', put('link,expected', false, unconfirmed))],
      ['what is not searchable', [], given('JP', put('link,fromDatabase', false, unconfirmed))],
      ['a finding that speaks of an item without one', [consent], given('JP', unconfirmed, excepted)],
      ['an item without its need', [consent], given('JP', claimed({ ...saving, necessary: false }), excepted)],
      [
        'an item where consent may be easy',
        [consent],
        given('JP', claimed({ item: '27(1)(ii)', necessary: true }), excepted),
      ],
      ['an item that is proven with all it needs', [], given('JP', claimed(saving), excepted)],
      ['a law, within Japan', [], given('JP', claimed(inquiry), excepted)],
      ['a law that nobody names', [consent], given('JP', claimed({ ...inquiry, legalBasis: ' ' }), excepted)],
      ['a foreign law', [consent], given('JP', claimed({ ...inquiry, lawOfJapan: false }), excepted)],
      ['a law that may be a foreign one', [consent, information], given('VN', claimed(inquiry), excepted)],
      ['a law of Japan, abroad', [], given('VN', claimed({ ...inquiry, lawOfJapan: true }), excepted)],
      ['a finding that asks for no record', [consent], noRecord('facts')],
      ['a public body, of which none is made', [], noRecord(put('recipient,kind', 'local-government'))],
      ['a paper without a reference', [consent], given('JP', 'facts', `, documents = '{"consent":" "}'`)],
      [
        'a paper on the country without a reference',
        [information],
        given('VN', 'facts', `, documents = documents || '{"foreignInformation":" "}'`),
      ],
      [
        'a record that was made only afterwards',
        [consent],
        `UPDATE related_provision_records SET made_on = '2026-12-02'
         WHERE id IN (SELECT id FROM related_provisions ${to('JP')})`,
      ],
      [
        'a failure, by an item without its need',
        [stopped],
        failed(given('VN', put('exception', { ...saving, necessary: false }))),
      ],
      ['a failure, in a country that nobody knows', [stopped], failed(given('VN', "facts #- '{recipient,country}'"))],
      ['a failure, under an item that is proven', [], failed(given('VN', put('exception', saving)))],
      [
        'a receipt of which nobody knows whether it is linked',
        [linking],
        received("consent_by = NULL, facts = facts - 'links'"),
      ],
      [
        'a receipt for a person that is said to be linked to nobody',
        [linking],
        received('consent_by = NULL, facts = facts || \'{"links":false}\''),
      ],
      ['a receipt by an item without its need', [linking], byItem({ ...saving, necessary: false })],
      ['a receipt by an item that is proven', [], byItem(saving)],
      [
        'a receipt by a law that may be a foreign one',
        [linking],
        byItem({ item: '27(1)(i)' }, ", documented = '{legalBasis}', sealed = 'x'").replace(
          ' WHERE',
          ` || '{"provider":{}}' WHERE`,
        ),
      ],
      [
        'a receipt by a law that nobody names',
        [linking],
        byItem({ item: '27(1)(i)', lawOfJapan: true }, ", documented = '{}', sealed = NULL"),
      ],
      [
        'a receipt by a law, from a public body',
        [],
        byItem({ item: '27(1)(i)' }, ", documented = '{legalBasis}', sealed = 'x'").replace(
          ' WHERE',
          ` || '{"provider":{"kind":"state-organ"}}' WHERE`,
        ),
      ],
      [
        'a link on a receipt that was kept apart from persons',
        [linking],
        received(
          "principal_id = NULL, consent_by = NULL, documented = '{}', sealed = NULL, facts = facts || '{\"links\":false}'",
        ),
      ],
      ['a link on a receipt of something else', [linking], received("items = '{interest}'")],
      ['a link on a receipt of another collection', [linking], received('collection_id = gen_random_uuid()')],
      [
        'a link on a receipt that is gone',
        [linking],
        'DELETE FROM related_receipts WHERE id IN (SELECT receipt_id FROM identifier_links)',
      ],
    ])('%s breaks %j', async (_, broken, change) => {
      const tables = ['related_provisions', 'related_provision_records', 'related_receipts', 'recipient_checks'];
      const changed = tables.filter((table) => change.includes(table));
      expect(await tampered(house.db, changed, change, brokenOnes)).toEqual(broken);
    });
  });
});
