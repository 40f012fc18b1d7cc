// Midnight between the question and the handing over: what goes out is dated, in its provision, its record and the log, on a day on which it was
// allowed. A clock strikes midnight when it has been looked at so many times.

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
import { dayOf } from '../../base/day.ts';
import { packageFile } from './actions/file.ts';
import { approvePackage, draftPackage, listPeople, requestPackage } from './actions/packages.ts';
import { prepareNext } from './actions/prepare.ts';
import { provide } from './actions/provide.ts';

const items = ['name', 'email'];
const before = Date.parse('2026-12-07T23:59:59+09:00');
const after = Date.parse('2026-12-08T00:00:00+09:00');

let house: TestOffice;
let close: () => Promise<void>;
let holding: string;
let principal: string;
/** Whose contract has its last day before midnight. */
let contractor: string;
let partner: string;

beforeAll(async () => {
  house = await openTestOffice(() => [], { at: '2026-12-07T23:59:59+09:00' });
  close = await openTestCheckpoint(house);
  holding = await addHolding(house, { purposes: ['P3'] });
  const publicKey = await identityToRecipient(await generateX25519Identity());
  contractor = await addRecipient(
    house,
    { name: '株式会社みなと発送', relations: ['entrustment'], publicKey },
    { ...entrusted, until: '2026-12-07' },
  );
  partner = await addRecipient(house, { publicKey });
  const text = await addConsentText(house, { holding, recipients: [partner], items });
  ({ principal } = await addPerson(house, holding, { name: '例示 真夜中', email: 'midnight@example.jp' }));
  await addConsent(house, principal, text);
});
afterAll(async () => {
  await close();
  await house.close();
});

/** Does something while the clock strikes midnight after so many looks at it, and puts it back. */
async function strikingAfter<T>(looks: number, work: () => Promise<T>): Promise<T> {
  const { clock } = house;
  const { now, today } = clock;
  let left = looks;
  clock.now = () => (left-- > 0 ? before : after);
  clock.today = () => dayOf(clock.now());
  try {
    return await work();
  } finally {
    Object.assign(clock, { now, today });
  }
}

interface Given {
  at: Date;
  made_on: string | null;
}

const given = (recipient: string): Promise<Given[]> =>
  house.db.owner.query<Given>(
    `SELECT p.at, r.made_on::text FROM provisions p LEFT JOIN provision_records r ON r.provision_id = p.id
     JOIN log_entries e ON e.id = p.id WHERE p.recipient_id = $1 ORDER BY e.xid DESC, e.seq DESC`,
    [recipient],
  );

const looks = Array.from({ length: 14 }, (_, n) => n);

test.each(looks)('by entrustment whose contract ends with the day, after %i looks', async (n) => {
  const rows = (await given(contractor)).length;
  const ask = {
    principal,
    holding,
    items,
    purpose: 'P3',
    recipient: contractor,
    facts: { relation: 'entrustment' } as const,
  };
  const answer = await strikingAfter(n, () => provide(house.office, byOfficer(house), ask));
  const all = await given(contractor);
  expect(all.length).toBe(rows + (answer.ok ? 1 : 0));
  if (answer.ok) expect(dayOf(all[0]!.at.getTime())).toBe('2026-12-07');
});

test.each(looks)('by consent: the record is of the day of the provision, after %i looks', async (n) => {
  const ask = {
    principal,
    holding,
    items,
    purpose: 'P3',
    recipient: partner,
    facts: { relation: 'third-party' } as const,
  };
  valueOf(await strikingAfter(n, () => provide(house.office, byOfficer(house), ask)));
  const [{ at, made_on } = expect.fail()] = await given(partner);
  expect(made_on).toBe(dayOf(at.getTime()));
});

const clerk = () => ({
  actor: { kind: 'staff', id: house.staff.desk!, name: '佐伯 健', roles: ['desk'] } as const,
  authority: ['desk-answers'],
});

test.each(looks)('as a package, after %i looks', async (n) => {
  for (const [recipient, relation] of [
    [contractor, 'entrustment'],
    [partner, 'third-party'],
  ] as const) {
    const rows = (await given(recipient)).length;
    const asked = { holding, items, purpose: 'P3', recipient, everybody: false, facts: { relation } };
    const { id } = valueOf(await draftPackage(house.office, clerk(), asked));
    valueOf(await listPeople(house.office, clerk(), id, principal));
    valueOf(await requestPackage(house.office, clerk(), id));
    valueOf(await approvePackage(house.office, byOfficer(house), id));
    while (await prepareNext(house.office));
    const file = await strikingAfter(n, () => packageFile(house.office, byOfficer(house), id));
    if (file.ok) await file.value.body.cancel();
    const all = await given(recipient);
    expect(all.length).toBe(rows + (file.ok ? 1 : 0));
    if (relation === 'third-party') expect(file.ok && all[0]!.made_on).toBe(dayOf(all[0]!.at.getTime()));
    else if (file.ok) expect(dayOf(all[0]!.at.getTime())).toBe('2026-12-07');
  }
});
