// Who asked that a use stop, against what is such a use as well: entrusting the handling, joint use and handing over within the company, one by one
// and as a package. The company promises to stop (clause of the purpose) until the person consents anew.

import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestOffice, type TestOffice } from '../../../tests/office.ts';
import {
  addConsent,
  addConsentText,
  addHolding,
  addPerson,
  addRecipient,
  byOfficer,
  entrusted,
  openTestCheckpoint,
  valueOf,
} from '../../../tests/people.ts';
import { day, type Day } from '../../base/day.ts';
import type { By } from '../access/index.ts';
import { use } from '../checkpoint/index.ts';
import { object } from '../consent/actions/consents.ts';
import { publishNotice, registerJointUse } from '../joint-use/actions.ts';
import { packageFile } from './actions/file.ts';
import { approvePackage, draftPackage, listPeople, packageOf, requestPackage } from './actions/packages.ts';
import { prepareNext } from './actions/prepare.ts';
import { provide } from './actions/provide.ts';
import { whyOut } from './facts.ts';

const items = ['name', 'email'];

/** What each person asked to stop, and whether they consented to the use again later. */
const persons = {
  nothing: null,
  everything: { scope: 'everything', purpose: null },
  'its-purpose': { scope: 'purpose', purpose: 'P3' },
  'another-purpose': { scope: 'purpose', purpose: 'P1' },
  'every-provision': { scope: 'provision', purpose: null },
  'then-consented': { scope: 'everything', purpose: null },
} as const;
type Person = keyof typeof persons;
const names = Object.keys(persons) as Person[];
const unwanted: readonly Person[] = ['everything', 'its-purpose'];

const ways = ['entrustment', 'abroad', 'joint-use', 'same-entity'] as const;
type Way = (typeof ways)[number];
const outward = ways.filter((way) => way !== 'same-entity');

let house: TestOffice;
let close: () => Promise<void>;
let holding: string;
let jointUse: string;
let by: By;
let clerk: By;
const ids = {} as Record<Person, string>;
const recipients = {} as Record<Exclude<Way, 'same-entity'>, string>;

beforeAll(async () => {
  house = await openTestOffice(() => [], { at: '2026-12-07T09:00:00+09:00' });
  close = await openTestCheckpoint(house);
  by = byOfficer(house);
  clerk = {
    actor: { kind: 'staff', id: house.staff.desk!, name: '佐伯 健', roles: ['desk'] },
    authority: ['desk-answers'],
  };
  holding = await addHolding(house, { purposes: ['P1', 'P3'] });
  const publicKey = await identityToRecipient(await generateX25519Identity());
  const contractor = { relations: ['entrustment'], publicKey };
  recipients.entrustment = await addRecipient(house, { name: '株式会社みなと発送', ...contractor }, entrusted);
  recipients.abroad = await addRecipient(house, { name: 'Reiji GmbH', country: 'DE', ...contractor }, entrusted);
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
  const text = await addConsentText(house, { holding, recipients: [], items });
  for (const [i, person] of names.entries()) {
    const { principal } = await addPerson(house, holding, { name: `例示 ${i}`, email: `wish-${i}@example.jp` });
    ids[person] = principal;
    const asked = persons[person];
    if (asked) await asks(principal, asked, day('2026-12-01'));
    if (person === 'then-consented') await addConsent(house, principal, text, day('2026-12-05'));
  }
});
afterAll(async () => {
  await close();
  await house.close();
});

async function asks(
  principal: string,
  of: NonNullable<(typeof persons)[Person]>,
  on: Day = house.office.clock.today(),
): Promise<void> {
  valueOf(
    await object(house.office, by, { principal, ...of, recipient: null, said: { on, at: null }, evidence: null }),
  );
}

const asking = (way: Way) => ({
  holding,
  items,
  purpose: 'P3',
  ...(way === 'joint-use' ? { jointUse } : {}),
  facts: { relation: way === 'abroad' ? 'entrustment' : way } as const,
});

test.each(names)('the use itself: %s', async (person) => {
  const answer = await use(house.office, by, { principal: ids[person], holding, items, purpose: 'P3' });
  expect(answer.ok).toBe(!unwanted.includes(person));
});

test.each(ways.flatMap((way) => names.map((person) => [way, person] as const)))(
  'one by one: %s, %s',
  async (way, person) => {
    const recipient = way === 'same-entity' ? null : recipients[way];
    const answer = await provide(house.office, by, { ...asking(way), recipient, principal: ids[person] });
    if (!unwanted.includes(person)) return void valueOf(answer);
    const problem = answer.ok ? null : answer.problem;
    if (problem?.kind !== 'refused' || problem.finding.answer !== 'no') return expect.fail(JSON.stringify(answer));
    const { because, instead } = problem.finding;
    expect(because.map(({ law, article }) => `${law} ${article}`)).toEqual(['policy 13']);
    expect(instead?.map(({ en }) => en)).toEqual(['Obtain and record the person’s consent anew']);
  },
);

test.each(outward)('as a package: %s, also who asks when it is ready', async (way) => {
  const later = await addPerson(house, holding, { name: '例示 後', email: `wish-${way}@example.jp` });
  const ask = { ...asking(way), recipient: recipients[way], everybody: false };
  const { id } = valueOf(await draftPackage(house.office, clerk, ask));
  const list = [...Object.values(ids), later.principal].join('\n');
  valueOf(await listPeople(house.office, clerk, id, list));
  valueOf(await requestPackage(house.office, clerk, id));
  valueOf(await approvePackage(house.office, by, id));
  const { screening } = valueOf(await packageOf(house.office, id));
  const out = screening!.filter(({ finding }) => finding?.answer !== 'yes');
  expect(out.map((one) => [whyOut(one), one.people, one.finding?.because.map(({ article }) => article)])).toEqual([
    ['withdrawn', 2, ['13']],
  ]);
  while (await prepareNext(house.office));
  await asks(later.principal, persons['its-purpose']);
  await valueOf(await packageFile(house.office, by, id)).body.cancel();
  const gone = await house.db.owner.query<{ principal_id: string }>(
    'SELECT w.principal_id FROM provision_people w JOIN provisions p ON p.id = w.provision_id WHERE p.package_id = $1',
    [id],
  );
  const wanted = names.filter((person) => !unwanted.includes(person)).map((person) => ids[person]);
  expect(gone.map((row) => row.principal_id).toSorted()).toEqual(wanted.toSorted());
});
