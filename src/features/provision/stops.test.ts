// The stops of persons against every way of handing over, one by one and as a package: who goes, who does not, and on which article. The stops are
// tested alone, without the objection that comes with them.

import { Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openTestOffice, type TestOffice } from '../../../tests/office.ts';
import {
  addConsent,
  addConsentText,
  addHolding,
  addPerson,
  addRecipient,
  addStop,
  entrusted,
  filedOptOut,
  judgeInTime,
  officerOf,
  openTestCheckpoint,
  valueOf,
} from '../../../tests/people.ts';
import { tampered } from '../../../tests/tamper.ts';
import { day, type Day } from '../../base/day.ts';
import { parameters } from '../../law/index.ts';
import type { By } from '../access/index.ts';
import { forgetStanding, use } from '../checkpoint/index.ts';
import { object, withdrawConsent } from '../consent/actions/consents.ts';
import { endJointUse, jointUse as jointUseOf, publishNotice, registerJointUse } from '../joint-use/actions.ts';
import { linkPeople } from '../people/actions/link.ts';
import { checkRecipient, endAssuranceOf } from '../recipients/actions/assurance.ts';
import { dossierOf } from '../recipients/actions/read.ts';
import { stopRecipient } from '../recipients/actions/recipient.ts';
import { packageFile } from './actions/file.ts';
import { approvePackage, draftPackage, listPeople, packageOf, requestPackage } from './actions/packages.ts';
import { prepareNext } from './actions/prepare.ts';
import { mayProvide } from './actions/decide.ts';
import { provide } from './actions/provide.ts';
import { whyOut, type StatedFacts } from './facts.ts';
import { countProvisions } from './store/counts.ts';

const items = ['name', 'email'];

/** What each person had stopped; for a provision also to whom alone, and whether they consented again later. */
const persons = [
  'nothing',
  'use',
  'use-for-P1',
  'use-for-P3',
  'provision',
  'provision-to-it',
  'provision-to-others',
  'provision-then-consent',
  'both-then-consent',
] as const;
type Person = (typeof persons)[number];

const ways = ['third-party', 'demanded', 'entrustment', 'joint-use', 'same-entity'] as const;
type Way = (typeof ways)[number];
/** The ways that lead out of the company. */
type Outward = Exclude<Way, 'same-entity'>;
const outward = ways.filter((way): way is Outward => way !== 'same-entity');

let house: TestOffice;
let closeCheckpoint: () => Promise<void>;
let holding: string;
let jointUse: string;
let identity: string;
let by: By;
let handler: By;
const ids = {} as Record<Person, string>;
const recipients = {} as Record<Outward, string>;

beforeAll(async () => {
  house = await openTestOffice(() => [], { at: '2026-12-07T09:00:00+09:00' });
  closeCheckpoint = await openTestCheckpoint(house);
  by = { actor: officerOf(house), authority: ['officer-all-work'] };
  const clerk = { kind: 'staff', id: house.staff.desk!, name: '佐伯 健', roles: ['desk'] } as const;
  handler = { actor: clerk, authority: ['desk-answers'] };
  holding = await addHolding(house, { purposes: ['P1', 'P3'] });
  identity = await generateX25519Identity();
  const publicKey = await identityToRecipient(identity);
  recipients['third-party'] = await addRecipient(house, { publicKey });
  recipients.demanded = await addRecipient(house, { name: '株式会社照会元', publicKey });
  recipients.entrustment = await addRecipient(
    house,
    { name: '株式会社みなと印刷', relations: ['entrustment'], publicKey },
    entrusted,
  );
  recipients['joint-use'] = await addRecipient(house, {
    name: '例示ホールディングス株式会社',
    relations: ['joint-use'],
    publicKey,
  });
  const draft = valueOf(
    await registerJointUse(house.office, by, {
      name: { ja: 'グループの催しの案内', en: 'Events of the group' },
      information: 'personal',
      shares: [{ holding, items }],
      scope: { ja: '例示ホールディングス株式会社', en: 'Example Holdings' },
      members: [recipients['joint-use']],
      purposes: ['P3'],
      responsible: {
        kind: 'corporation',
        name: { ja: '例示情報通信株式会社', en: 'Example Communications' },
        address: { ja: '東京都例示区1-1', en: '1-1 Reiji, Tokyo' },
        representative: { ja: '例示 一郎', en: 'Ichiro Reiji' },
      },
    }),
  );
  valueOf(await publishNotice(house.office, by, draft, { notice: 1, on: day('2026-12-07') }));
  jointUse = draft.id;
  const text = await addConsentText(house, { holding, recipients: [recipients['third-party']], items });
  for (const [i, person] of persons.entries()) {
    const { principal } = await addPerson(house, holding, { name: `例示 ${i}`, email: `stop-${i}@example.jp` });
    ids[person] = principal;
    await addConsent(house, principal, text, day('2026-11-20'));
    if (person.endsWith('then-consent')) await addConsent(house, principal, text, day('2026-12-05'));
  }
  await addStop(house, ids.use, 'use', '35(2)');
  await addStop(house, ids['use-for-P1'], 'use', '35(6)', { purposes: ['P1'] });
  await addStop(house, ids['use-for-P3'], 'use', '35(6)', { purposes: ['P3'] });
  await addStop(house, ids.provision, 'provision', '35(4)');
  await addStop(house, ids['provision-to-it'], 'provision', '35(6)', { recipients: Object.values(recipients) });
  await addStop(house, ids['provision-to-others'], 'provision', '35(6)', { recipients: [house.staff.desk!] });
  await addStop(house, ids['provision-then-consent'], 'provision', '35(4)');
  await addStop(house, ids['both-then-consent'], 'provision', '35(4)');
  await addStop(house, ids['both-then-consent'], 'use', '35(6)');
  forgetStanding(house.office);
});
afterAll(async () => {
  await closeCheckpoint();
  await house.close();
});

const stated: Record<Way, StatedFacts> = {
  'third-party': { relation: 'third-party' },
  demanded: { relation: 'third-party', exception: { item: '27(1)(i)', legalBasis: '国税通則法 文書番号123' } },
  entrustment: { relation: 'entrustment' },
  'joint-use': { relation: 'joint-use' },
  'same-entity': { relation: 'same-entity' },
};

const asking = (way: Way) => ({
  holding,
  items,
  purpose: 'P3',
  ...(way === 'joint-use' ? { jointUse } : {}),
  facts: stated[way],
});

const packing = (way: Outward) => ({ ...asking(way), recipient: recipients[way], everybody: false });

type Expected = Record<Person, readonly string[] | null>;

const goes = {
  nothing: null,
  'use-for-P1': null,
  'provision-to-others': null,
} as const;
/** Only a stop of use reaches this, because it is a use of the person's information. */
const byUse = (...more: string[]): Expected => ({
  ...goes,
  use: ['35(2)', ...more],
  'use-for-P3': ['35(6)', ...more],
  provision: null,
  'provision-to-it': null,
  'provision-then-consent': null,
  'both-then-consent': ['35(6)', ...more],
});

const expected: Record<Way, Expected> = {
  'third-party': {
    ...goes,
    use: ['35(2)'],
    'use-for-P3': ['35(6)'],
    provision: ['35(4)'],
    'provision-to-it': ['35(6)'],
    'provision-then-consent': null,
    'both-then-consent': ['35(6)'],
  },
  demanded: {
    ...goes,
    use: null,
    'use-for-P3': null,
    provision: null,
    'provision-to-it': null,
    'provision-then-consent': null,
    'both-then-consent': null,
  },
  entrustment: byUse('27(5)(i)'),
  'joint-use': byUse('27(5)(iii)'),
  'same-entity': byUse(),
};

test.each(ways.flatMap((way) => persons.map((person) => [way, person] as const)))(
  '一人ずつ：%s、%s',
  async (way, person) => {
    const recipient = way === 'same-entity' ? null : recipients[way];
    const ask = { ...asking(way), recipient, principal: ids[person] };
    const answer = await provide(house.office, by, ask);
    const why = expected[way][person];
    if (why === null) expect(valueOf(answer).absent).toEqual([]);
    else {
      const problem = answer.ok ? null : answer.problem;
      expect(problem).toMatchObject({ kind: 'refused', finding: { answer: 'no' } });
      expect(problem?.kind === 'refused' && problem.finding.because.map(({ article }) => article)).toEqual(why);
    }
  },
);

/** Prepares a package and fetches it; returns the persons on record as provided. */
async function fetched(id: string): Promise<string[]> {
  while (await prepareNext(house.office));
  await valueOf(await packageFile(house.office, by, id)).body.cancel();
  const written = await house.db.owner.query<{ principal_id: string }>(
    'SELECT w.principal_id FROM provision_people w JOIN provisions p ON p.id = w.provision_id WHERE p.package_id = $1',
    [id],
  );
  return written.map((row) => row.principal_id);
}

test.each(outward)('まとめて：%s', async (way) => {
  const { id } = valueOf(await draftPackage(house.office, handler, packing(way)));
  valueOf(await listPeople(house.office, handler, id, Object.values(ids).join('\n')));
  valueOf(await requestPackage(house.office, handler, id));
  valueOf(await approvePackage(house.office, by, id));
  const { screening } = valueOf(await packageOf(house.office, id));
  const out = screening!.filter(({ finding }) => finding?.answer !== 'yes');
  expect(out.map(whyOut).every((why) => why === 'stopped')).toBe(true);
  const told = out.flatMap(({ people, finding }) =>
    Array<string>(people).fill(finding!.because.map(({ article }) => article).join(' ')),
  );
  const stopped = Object.values(expected[way]).flatMap((why) => (why === null ? [] : [why.join(' ')]));
  expect(told.toSorted()).toEqual(stopped.toSorted());
  const written = await fetched(id);
  const gone = persons.filter((person) => expected[way][person] === null).map((person) => ids[person]);
  expect(written.toSorted()).toEqual(gone.toSorted());
});

test.each<[Person, readonly string[] | null]>([
  ['nothing', null],
  ['use', ['35(2)']],
  ['use-for-P1', null],
  ['use-for-P3', ['35(6)']],
  ['provision', null],
  ['both-then-consent', ['35(6)']],
])('社内での利用：%s', async (person, why) => {
  const ask = { principal: ids[person], holding, items, purpose: 'P3' };
  const answer = await use(house.office, by, ask);
  expect(answer.ok ? null : answer.problem).toEqual(
    why === null
      ? null
      : expect.objectContaining({
          kind: 'refused',
          finding: expect.objectContaining({ because: why.map((article) => expect.objectContaining({ article })) }),
        }),
  );
});

test.each([
  ['準備の間', 1],
  ['用意ができた後', 2],
])('%sに止められた人は、ファイルに入らない', async (_, steps) => {
  const { id } = valueOf(await draftPackage(house.office, handler, packing('third-party')));
  const { principal } = await addPerson(house, holding, { name: '例示 後', email: `stop-later-${steps}@example.jp` });
  const text = await addConsentText(house, { holding, recipients: [recipients['third-party']], items });
  await addConsent(house, principal, text, day('2026-11-20'));
  valueOf(await listPeople(house.office, handler, id, [principal, ids.nothing].join('\n')));
  valueOf(await requestPackage(house.office, handler, id));
  valueOf(await approvePackage(house.office, by, id));
  for (let step = 0; step < steps; step++) expect(await prepareNext(house.office)).toBe(true);
  expect(valueOf(await packageOf(house.office, id)).state).toBe(steps === 1 ? 'preparing' : 'ready');
  await addStop(house, principal, 'provision', '35(4)');
  forgetStanding(house.office);
  expect(await fetched(id)).toEqual([ids.nothing]);
});

describe('もう一度ダウンロードするとき', () => {
  const system = {
    kind: 'equivalent-system',
    reference: '覚書 2026-8',
    from: '2026-11-01',
    until: '2026-12-08',
    by: 'contract',
    measures: '日本の定めに沿う措置',
    checkMethod: '書面と訪問',
    checkMonths: 12,
  };

  /** A package about these persons that was fetched once, by all of them. */
  async function onceFetched(way: Outward, recipient: string, principals: string[]): Promise<string> {
    const { id } = valueOf(await draftPackage(house.office, handler, { ...packing(way), recipient }));
    valueOf(await listPeople(house.office, handler, id, principals.join('\n')));
    valueOf(await requestPackage(house.office, handler, id));
    valueOf(await approvePackage(house.office, by, id));
    expect((await fetched(id)).toSorted()).toEqual(principals.toSorted());
    house.clock.moveTo('2026-12-08T09:00:00+09:00');
    return id;
  }

  /** The addresses in the file as it is fetched now. */
  async function again(id: string): Promise<string[]> {
    const { body } = valueOf(await packageFile(house.office, by, id));
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    const clear = await new Response(await decrypter.decrypt(body)).text();
    return clear
      .trimEnd()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(',').at(-1)!)
      .toSorted();
  }

  afterEach(() => house.clock.moveTo('2026-12-07T09:00:00+09:00'));

  const objects =
    (scope: 'everything' | 'provision', more: object = {}) =>
    async (principal: string) => {
      const said = { on: house.office.clock.today(), at: null };
      const of = { principal, scope, purpose: null, recipient: null, said, evidence: null, ...more } as const;
      valueOf(await object(house.office, by, of));
    };
  const withdraws = async (_: string, consent: string) =>
    valueOf(await withdrawConsent(house.office, by, consent, { on: house.office.clock.today(), evidence: null }));
  const isStopped = (stops: 'use' | 'provision', article: '35(2)' | '35(4)') => (principal: string) =>
    addStop(house, principal, stops, article, { on: '2026-12-08' });

  const since: [Outward, string, (principal: string, consent: string) => Promise<unknown>][] = [
    ['third-party', '提供をやめるよう申し出た', objects('provision')],
    ['third-party', '同意を撤回した', withdraws],
    ['third-party', '提供が止められた', isStopped('provision', '35(4)')],
    ['third-party', '利用が止められた', isStopped('use', '35(2)')],
    ['entrustment', 'すべてをやめるよう申し出た', objects('everything')],
    ['entrustment', '利用が止められた', isStopped('use', '35(2)')],
  ];

  test.each(['third-party', 'entrustment'] as const)('%s：間に求めた人も止められた人も、入らない', async (way) => {
    const recipient = recipients[way];
    const text = await addConsentText(house, { holding, recipients: [recipient], items });
    const rows = since.filter(([of]) => of === way);
    const all: { principal: string; consent: string }[] = [];
    for (const no of [...rows.keys(), 'stays']) {
      const kept = { name: '例示 再', email: `${way}-${no}@example.jp` };
      const { principal } = await addPerson(house, holding, kept);
      const consent = way === 'third-party' ? await addConsent(house, principal, text, day('2026-11-20')) : '';
      all.push({ principal, consent });
    }
    const id = await onceFetched(
      way,
      recipient,
      all.map(({ principal }) => principal),
    );
    const left = [...rows.keys(), 'stays'].map((no) => `${way}-${no}@example.jp`);
    expect(await again(id)).toEqual(left);
    for (const [no, [, , happens]] of rows.entries()) {
      await happens(all[no]!.principal, all[no]!.consent);
      forgetStanding(house.office);
      left.shift();
      expect(await again(id)).toEqual(left);
    }
    house.clock.moveTo('2026-12-08T09:10:00+09:00');
    expect(await again(id)).toEqual(left);
    const { wrong } = await countProvisions(house.office.database, parameters);
    expect([wrong.consentLate, wrong.unwanted]).toEqual([0, 0]);
    // Had they not been left out, it would count: the log alone shows that they were.
    const unsaid = `DELETE FROM log_entries WHERE action = 'package:fall-out' AND entry::jsonb->>'package' = '${id}'`;
    const counts = () => countProvisions(house.office.database, parameters);
    const seen = (await tampered(house.db, ['log_entries'], unsaid, counts)).wrong;
    expect([seen.consentLate, seen.unwanted]).toEqual(way === 'third-party' ? [1, 0] : [0, 1]);
  });

  const current = async (id: string) => valueOf(await dossierOf(house.office, id));
  const endsTerms = (kind: string) => async (recipient: string) => {
    const { id } = (await current(recipient)).assurances.find(({ terms }) => terms.kind === kind)!;
    valueOf(await endAssuranceOf(house.office, by, { recipient, assurance: id, reason: '契約の終了' }));
  };
  const stops = async (id: string) => {
    const { version } = (await current(id)).recipient;
    valueOf(await stopRecipient(house.office, by, { id, version, reason: '契約の終了' }));
  };
  const fails = async (id: string) => {
    const check = { on: '2026-12-08', method: '書面', measures: 'impossible', trouble: '例示', remedy: '例示' };
    valueOf(await checkRecipient(house.office, by, id, check));
  };
  const ends = async () => {
    const { id, version } = valueOf(await jointUseOf(house.office, jointUse));
    valueOf(await endJointUse(house.office, by, { id, version }, { on: day('2026-12-08'), why: '終了' }));
  };
  const nextDay = async () => house.clock.moveTo('2026-12-09T09:00:00+09:00');

  const noProvision = expect.objectContaining({ kind: 'conflict', field: 'recipient' });

  test.each<[string, Outward, string, (recipient: string) => Promise<unknown>, unknown]>([
    ['相手への提供が止められた', 'entrustment', 'JP', stops, noProvision],
    ['委託の契約が終わった', 'entrustment', 'JP', endsTerms('entrustment'), ['27(5)(i)', '18(1)', '13', '25', '29(1)']],
    ['相手が措置を続けられなくなった', 'entrustment', 'SG', fails, noProvision],
    ['体制の根拠が終わった', 'entrustment', 'SG', endsTerms('equivalent-system'), ['28(1)', '28(1)']],
    ['体制の期限が過ぎた', 'entrustment', 'SG', nextDay, ['28(1)', '28(1)']],
    ['共同利用が終わった', 'joint-use', 'JP', ends, ['27(5)(iii)']],
  ])('%s後は、渡らない', async (name, way, country, happens, why) => {
    let recipient = recipients[way];
    if (way === 'entrustment') {
      const publicKey = await identityToRecipient(identity);
      const party = { name: `例示${name}`, country, relations: ['entrustment'], publicKey };
      recipient = await addRecipient(house, party, entrusted, ...(country === 'JP' ? [] : [system]));
      if (country !== 'JP') {
        const check = { on: '2026-11-20', method: '書面', measures: 'kept' };
        valueOf(await checkRecipient(house.office, by, recipient, check));
      }
    }
    const id = await onceFetched(way, recipient, [ids.nothing]);
    const { fetched_at } = valueOf(await packageOf(house.office, id));
    expect(await again(id)).toEqual(['stop-0@example.jp']);
    const second = valueOf(await packageOf(house.office, id));
    expect([second.fetched, second.fetched_at! > fetched_at!]).toEqual([2, true]);
    await happens(recipient);
    forgetStanding(house.office);
    const answer = await packageFile(house.office, by, id);
    const problem = answer.ok ? null : answer.problem;
    expect(problem?.kind === 'refused' ? problem.finding.because.map(({ article }) => article) : problem).toEqual(why);
    const { fetched: times, fetched_at: last } = valueOf(await packageOf(house.office, id));
    expect([times, last]).toEqual([2, second.fetched_at]);
  });
});

test('オプトアウト：止めるよう求めた人は、一人ずつでもまとめてでも渡らない。用意ができた後に求めた人も（27条2項）', async () => {
  await closeCheckpoint();
  closeCheckpoint = await openTestCheckpoint(house, { optOutOpen: true });
  const readers = await addHolding(house, { name: { ja: '冊子の読者', en: 'Readers' }, purposes: ['P3'] });
  const recipient = recipients['third-party'];
  const words = await addConsentText(house, { holding: readers, recipients: [recipient], items });
  const asked = ['silent', 'asks-later', 'asked', 'linked', 'asked-then-consented', 'stopped-then-withdrew'] as const;
  const readerIds = {} as Record<(typeof asked)[number], string>;
  for (const [i, one] of asked.entries()) {
    const kept = { name: `例示 読者${i}`, email: `reader-${i}@example.jp` };
    readerIds[one] = (await addPerson(house, readers, kept)).principal;
  }
  const asks = async (principal: string, on: Day) => {
    const said = { on, at: null };
    const of = { principal, scope: 'provision', purpose: null, recipient: null, said, evidence: null } as const;
    valueOf(await object(house.office, by, of));
  };
  await asks(readerIds.asked, day('2026-12-01'));
  const same = { principal: readerIds.asked, sameAs: readerIds.linked, shownBy: 'document' } as const;
  valueOf(await linkPeople(house, by, same));
  await asks(readerIds['asked-then-consented'], day('2026-12-01'));
  await addConsent(house, readerIds['asked-then-consented'], words, day('2026-12-02'));
  await addStop(house, readerIds['stopped-then-withdrew'], 'provision', '35(4)');
  const consent = await addConsent(house, readerIds['stopped-then-withdrew'], words, day('2026-12-02'));
  valueOf(await withdrawConsent(house.office, by, consent, { on: day('2026-12-03'), evidence: null }));
  forgetStanding(house.office);
  const facts = { relation: 'third-party', optOut: filedOptOut } as const;
  const ask = { ...asking('third-party'), holding: readers, recipient, facts };
  const unjudged = await mayProvide(house.office, by, { ...ask, principal: readerIds.silent });
  expect(unjudged).toMatchObject({
    ok: false,
    problem: { finding: { answer: 'unknown', missing: [{ fact: 'judgements.timeToObject' }] } },
  });
  await judgeInTime(house, readers);
  const goOneByOne = [];
  for (const one of asked)
    if ((await mayProvide(house.office, by, { ...ask, principal: readerIds[one] })).ok) goOneByOne.push(one);
  expect(goOneByOne).toEqual(['silent', 'asks-later', 'asked-then-consented']);

  for (const everybody of [true, false]) {
    const { id } = valueOf(await draftPackage(house.office, handler, { ...ask, everybody }));
    if (!everybody) valueOf(await listPeople(house.office, handler, id, Object.values(readerIds).join('\n')));
    valueOf(await requestPackage(house.office, handler, id));
    valueOf(await approvePackage(house.office, by, id));
    const { screening } = valueOf(await packageOf(house.office, id));
    const out = screening!.filter(({ finding }) => finding?.answer !== 'yes');
    expect(out.map((one) => [whyOut(one), one.people]).toSorted()).toEqual(
      everybody
        ? [
            ['stopped', 1],
            ['withdrawn', 2],
          ]
        : [
            ['stopped', 1],
            ['withdrawn', 3],
          ],
    );
    while (await prepareNext(house.office));
    if (everybody) await asks(readerIds['asks-later'], house.office.clock.today());
    const going = [readerIds.silent, readerIds['asked-then-consented']];
    expect((await fetched(id)).toSorted()).toEqual(going.toSorted());
  }
});
