// What was decided at the desk, compared with what is allowed afterwards: random requests of random persons are decided and carried out, and then
// every act is tried for every id. A small oracle derives from the decisions alone who is refused, and under which paragraph.

import fc from 'fast-check';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asking, identified, openTestDesk, seen } from '../../../tests/desk.ts';
import type { TestOffice } from '../../../tests/office.ts';
import {
  addConsent,
  addConsentText,
  addHolding,
  addPerson,
  addRecipient,
  entrusted,
  valueOf,
} from '../../../tests/people.ts';
import { addDays, day, type Day } from '../../base/day.ts';
import type { Outcome } from '../../base/outcome.ts';
import type { By } from '../access/index.ts';
import { useBeyond } from '../beyond/actions.ts';
import { OTHER_PURPOSE } from '../beyond/facts.ts';
import { correct, useMany } from '../checkpoint/index.ts';
import { linkPeople, unlinkPeople } from '../people/index.ts';
import { packageFile } from '../provision/actions/file.ts';
import { approvePackage, draftPackage, listPeople, requestPackage } from '../provision/actions/packages.ts';
import { prepareNext } from '../provision/actions/prepare.ts';
import { provide, type ProvideAsk } from '../provision/actions/provide.ts';
import type { StatedFacts } from '../provision/facts.ts';
import { notify } from './actions/answer.ts';
import { carryOut } from './actions/carry-out.ts';
import type { Case } from './actions/cases.ts';
import { collect, specify } from './actions/collect.ts';
import { decide, type DecideAsk, type Plan } from './actions/decide.ts';
import type { Kind } from './facts/kind.ts';

const PEOPLE = 6;
const STEPS = 10;
/** A seed that produces many of the possible answers. */
const SEED = 7;
const begin = day('2026-12-07');
const items = ['name', 'email'];
const purposes = ['P1', 'P3'] as const;

let house: TestOffice;
let by: By;
let clerk: By;
let holding: string;
const recipients: string[] = [];
let texts: { code: string; version: number }[];

beforeAll(async () => {
  ({ house, by } = await openTestDesk());
  house.clock.moveTo(`${begin}T09:00:00+09:00`);
  clerk = {
    actor: { kind: 'staff', id: house.staff.desk!, name: '佐伯 健', roles: ['desk'] },
    authority: ['desk-answers'],
  };
  holding = await addHolding(house, { purposes: [...purposes] });
  const publicKey = await identityToRecipient(await generateX25519Identity());
  const relations = ['third-party', 'entrustment'];
  recipients.push(
    await addRecipient(house, { publicKey, relations }, entrusted),
    await addRecipient(house, { name: '例示配送株式会社', publicKey, relations }, entrusted),
  );
  texts = [];
  for (const recipient of recipients)
    texts.push(await addConsentText(house, { holding, recipients: [recipient], items }));
});
afterAll(() => house.close());

// ---- the oracle

interface Stop {
  stops: 'use' | 'provision';
  article: string;
  purposes: readonly string[] | null;
  recipients: readonly string[] | null;
  from: Day;
}

interface Somebody {
  id: string;
  name: string;
  stops: Stop[];
  consents: { recipient: string; on: Day }[];
  erased: boolean;
  linked: Set<Somebody>;
}

/** Every id of the same person, through any number of links. */
function same(one: Somebody): Somebody[] {
  const all = new Set([one]);
  for (const each of all) for (const other of each.linked) all.add(other);
  return [...all];
}

const reaching = (one: Somebody): Stop[] =>
  same(one)
    .flatMap(({ stops }) => stops)
    .toSorted((a, b) => a.from.localeCompare(b.from));

type Way = 'third-party' | 'demanded' | 'entrustment' | 'same-entity';

const stated: Record<Way, StatedFacts> = {
  'third-party': { relation: 'third-party' },
  demanded: { relation: 'third-party', exception: { item: '27(1)(i)', legalBasis: '国税通則法 照会書1号' } },
  entrustment: { relation: 'entrustment' },
  'same-entity': { relation: 'same-entity' },
};

/** The expected answer to a use for a purpose. */
function used(one: Somebody, purpose: string): string {
  const stop = reaching(one).find((all) => all.stops === 'use' && (all.purposes?.includes(purpose) ?? true));
  return stop ? stop.article : one.erased ? 'nothing' : 'yes';
}

/** The expected answer to a provision for P3. */
function provided(one: Somebody, way: Way, recipient: string | null): string {
  if (one.erased) return 'nothing';
  if (way === 'demanded') return 'yes';
  const last = one.consents.findLast((consent) => consent.recipient === recipient)?.on ?? null;
  const reached = reaching(one).filter(
    (stop) => (stop.purposes?.includes('P3') ?? true) && (stop.recipients?.includes(recipient ?? '') ?? true),
  );
  const stop = reached.find((all) => all.stops === 'use' || (way === 'third-party' && !(last && last > all.from)));
  if (stop) return way === 'entrustment' ? `${stop.article} 27(5)(i)` : stop.article;
  return way !== 'third-party' || last ? 'yes' : '27(1)';
}

// ---- what is done

let n = 0;

async function collected(kind: Kind, of: Somebody): Promise<Case> {
  let one = await identified(house, by, kind);
  const { id } = one.row;
  const several = same(of).filter(({ erased }) => !erased).length > 1;
  const found = { terms: [{ kind: 'name', term: of.name }], principals: [of.id] } as const;
  one = valueOf(
    await specify(house, by, id, seen(one), { ...found, ...(several ? { toldApart: 'birth-date' as const } : {}) }),
  );
  return valueOf(await collect(house, by, id, seen(one)));
}

async function carried(kind: Kind, of: Somebody, facts: DecideAsk['facts'], plan: Plan): Promise<void> {
  let one = await collected(kind, of);
  one = valueOf(await decide(house, by, one.row.id, seen(one), asking(facts, plan)));
  if (one.request.decided!.result !== 'refused') one = valueOf(await carryOut(house, by, one.row.id, seen(one)));
  valueOf(await notify(house, by, one.row.id, seen(one), { on: house.office.clock.today(), by: 'post', sent: [] }));
}

const reasons = {
  'unlawful-handling': '35(2)',
  'unlawful-provision': '35(4)',
  'may-harm': '35(6)',
} as const;
type Reason = keyof typeof reasons;

const step = fc.record({
  who: fc.nat(PEOPLE - 1),
  other: fc.nat(PEOPLE - 1),
  what: fc.constantFrom(
    ...([
      'stop-use',
      'stop-use',
      'stop-provision',
      'stop-provision',
      'erasure',
      'consent',
      'consent',
      'again',
      'link',
      'unlink',
    ] as const),
  ),
  reason: fc.constantFrom<Reason>('unlawful-handling', 'may-harm'),
  found: fc.constantFrom('all', 'all', 'part', 'part', 'none', 'instead'),
  purpose: fc.constantFrom(...purposes),
  recipient: fc.nat(1),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** Decides and carries out a request, and tells the oracle what was decided. */
async function request(of: Somebody, { what, reason: drawn, found, purpose, recipient }: Step): Promise<void> {
  const reason = what === 'stop-provision' && drawn === 'unlawful-handling' ? 'unlawful-provision' : drawn;
  const instead = found === 'instead';
  const keeping = { legalBasis: '法人税法126条 帳簿', until: day('2034-03-31'), part: false };
  const facts = {
    reason,
    found: instead ? 'all' : found,
    ...(what === 'erasure'
      ? { keeping: instead ? keeping : null }
      : instead
        ? { substitute: { difficult: true, protects: true } }
        : {}),
  } as DecideAsk['facts'];
  const plan: Plan = {
    ...(what === 'stop-use' ? { purposes: [purpose] } : {}),
    ...(what === 'stop-provision' ? { recipients: [recipients[recipient]!] } : {}),
    ...(what === 'erasure'
      ? {
          changes: [
            {
              holding: same(of).filter((one) => !one.erased).length > 1 ? `${holding}@${of.id}` : holding,
              items: { phone: null },
            },
          ],
        }
      : {}),
    measures: '送付をやめます',
  };
  // Gives an erasure in part something to take out.
  if (what === 'erasure' && found === 'part') await addPerson(house, holding, { phone: '03-0000-0000' }, of.id);
  const from = house.office.clock.today();
  await carried(what as Kind, of, facts, plan);
  const theirs = same(of).filter(({ erased }) => !erased);
  if (what === 'erasure') {
    if (found === 'all') for (const one of theirs) one.erased = true;
    if (!instead) return;
  }
  if (found === 'none' || (instead && what !== 'erasure')) return;
  const part = found === 'part';
  const stop: Stop = {
    stops: what === 'stop-provision' ? 'provision' : 'use',
    article: reasons[reason],
    purposes: part && what === 'stop-use' ? [purpose] : null,
    recipients: part && what === 'stop-provision' ? [recipients[recipient]!] : null,
    from,
  };
  for (const one of theirs) one.stops.push(stop);
}

async function take(of: Step, people: readonly Somebody[]): Promise<void> {
  const [one, other] = [people[of.who]!, people[of.other]!];
  if (one.erased) return;
  if (of.what === 'consent') {
    const on = house.office.clock.today();
    await addConsent(house, one.id, texts[of.recipient]!, on);
    one.consents.push({ recipient: recipients[of.recipient]!, on });
  } else if (of.what === 'again') await addPerson(house, holding, { note: `控え ${++n}` }, one.id);
  else if (of.what === 'link' || of.what === 'unlink') {
    if (one === other || other.erased) return;
    const pair = { principal: one.id, sameAs: other.id };
    if (of.what === 'link' && !same(one).includes(other)) {
      valueOf(await linkPeople(house, by, { ...pair, shownBy: 'document' }));
      one.linked.add(other);
      other.linked.add(one);
    } else if (of.what === 'unlink' && one.linked.has(other)) {
      valueOf(await unlinkPeople(house, by, pair));
      one.linked.delete(other);
      other.linked.delete(one);
    }
  } else await request(one, of);
}

// ---- what is asked

const answer = (outcome: Outcome<unknown>): string => {
  if (outcome.ok) return 'yes';
  const { problem } = outcome;
  if (problem.kind === 'refused') return problem.finding.because.map(({ article }) => article).join(' ');
  return problem.kind === 'not-found' ? 'nothing' : JSON.stringify(problem);
};

/** Thrown to undo a provision that would be made. */
class Undone extends Error {}

async function answerTo(ask: ProvideAsk): Promise<string> {
  const record = () => Promise.reject(new Undone());
  try {
    return answer(await provide(house.office, by, { ...ask, record }));
  } catch (error) {
    if (error instanceof Undone) return 'yes';
    throw error;
  }
}

async function answersAbout(one: Somebody): Promise<Record<string, string>> {
  const said: Record<string, string> = {};
  const asks = purposes.map((purpose) => ({
    ok: true as const,
    value: { principal: one.id, holding, items, purpose },
  }));
  const reading = [...useMany(house.office, by, asks)];
  for (const [i, purpose] of purposes.entries()) said[`use ${purpose}`] = answer(await reading[i]!.answer);
  for (const way of ['third-party', 'demanded', 'entrustment', 'same-entity'] as const)
    for (const recipient of way === 'same-entity' ? [null] : recipients) {
      const ask = { principal: one.id, holding, items, purpose: 'P3', recipient, facts: stated[way] };
      said[`${way} ${recipients.indexOf(recipient ?? '')}`] = await answerTo(ask);
    }
  const exception = { item: '18(3)(ii)', necessary: true, consentDifficult: true } as const;
  const beyond = { principal: one.id, holding, items, purpose: OTHER_PURPOSE, exception, situation: '安否を確かめる' };
  said.beyond = answer(await useBeyond(house.office, by, beyond));
  const right = { principal: one.id, holding, items: { note: '直し' }, ground: 'request' } as const;
  said.correct = answer(await correct(house.office, by, right));
  return said;
}

function expectedOf(one: Somebody): Record<string, string> {
  const said: Record<string, string> = {};
  for (const purpose of purposes) said[`use ${purpose}`] = used(one, purpose);
  for (const way of ['third-party', 'demanded', 'entrustment', 'same-entity'] as const)
    for (const recipient of way === 'same-entity' ? [null] : recipients)
      said[`${way} ${recipients.indexOf(recipient ?? '')}`] = provided(one, way, recipient);
  const there = one.erased ? 'nothing' : 'yes';
  return { ...said, beyond: there, correct: there };
}

test('決めたことと、後で通るものと通らないものは、いつも同じ', async () => {
  const people: Somebody[] = [];
  for (let i = 0; i < PEOPLE; i++) {
    const name = `歩み ${String.fromCodePoint(0x4e00 + ++n)}子`;
    const { principal: id } = await addPerson(house, holding, { name, email: `walk-${n}@example.jp` });
    const one: Somebody = { id, name, stops: [], consents: [], erased: false, linked: new Set() };
    for (const [r, recipient] of recipients.entries()) {
      const on = addDays(begin, -3);
      await addConsent(house, id, texts[r]!, on);
      one.consents.push({ recipient, on });
    }
    people.push(one);
  }
  // A package waits for approval the whole time.
  const facts = stated['third-party'];
  const draft = { holding, items, purpose: 'P3', recipient: recipients[0]!, facts, everybody: false };
  const { id } = valueOf(await draftPackage(house.office, clerk, draft));
  valueOf(await listPeople(house.office, clerk, id, people.map((one) => one.id).join('\n')));
  valueOf(await requestPackage(house.office, clerk, id));
  const steps = fc.sample(step, { numRuns: STEPS, seed: SEED });
  const told = new Set<string>();
  for (const [i, one] of steps.entries()) {
    house.clock.moveTo(`${addDays(begin, i + 1)}T09:00:00+09:00`);
    await take(one, people);
    const about = people[one.who]!;
    const said = await answersAbout(about);
    expect([i, one, said]).toEqual([i, one, expectedOf(about)]);
    for (const what of Object.values(said)) told.add(what);
  }
  house.clock.moveTo(`${addDays(begin, STEPS + 1)}T09:00:00+09:00`);
  for (const one of people) expect([one.name, await answersAbout(one)]).toEqual([one.name, expectedOf(one)]);
  const going = people.filter((one) => provided(one, 'third-party', recipients[0]!) === 'yes');
  const approved = await approvePackage(house.office, by, id);
  expect(approved.ok).toBe(going.length > 0);
  if (going.length > 0) {
    while (await prepareNext(house.office));
    await valueOf(await packageFile(house.office, by, id)).body.cancel();
  }
  const written = await house.db.owner.query<{ principal_id: string }>(
    'SELECT w.principal_id FROM provision_people w JOIN provisions p ON p.id = w.provision_id WHERE p.package_id = $1',
    [id],
  );
  expect(written.map((row) => row.principal_id).toSorted()).toEqual(going.map((one) => one.id).toSorted());
  // The answers really differ, so that the comparison means something.
  expect(told.size).toBeGreaterThan(4);
});
