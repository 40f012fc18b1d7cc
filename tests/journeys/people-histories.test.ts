// What comes in about people, what it is used for and what becomes of it, after every act of random histories through the running server: holdings
// that change, acquisitions, additions and corrections, changes of purpose, consents and their ends, objections, stops, uses beyond the purpose,
// erasures, a policy whose next version has begun or not, and an office that is started anew. Each walk begins where it is easy to be wrong.

import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { consentGivers } from '../../src/law/index.ts';
import {
  type Acquiring,
  CARE,
  type Code,
  type Purpose,
  type Using,
  type World,
  codes,
  isStated,
  lasting,
  met,
  policies,
  purposes,
  situations,
  textNames,
  today,
} from './people-law.ts';
import {
  FREE,
  acquire,
  askable,
  beyond,
  changeOf,
  clients,
  closeHouse,
  closes,
  consent,
  correct,
  describe,
  endChange,
  erase,
  finds,
  findsNoValue,
  legislate,
  newEntries,
  object,
  open,
  openHouse,
  pass,
  pick,
  plain,
  register,
  restart,
  retire,
  retract,
  shows,
  stop,
  uses,
  valueOfItem,
  withdraw,
} from './people-acts.ts';

beforeAll(openHouse);
afterAll(closeHouse);

// ---- the acts

const who = fc.nat(5);
const h = fc.constantFrom(0, 0, 0, 0, 0, 1, 2);
const by = fc.constantFrom('all', 'all', 'all', 'all', 'narrow');
const several = <T>(all: readonly T[], least = 0): fc.Arbitrary<T[]> => fc.subarray([...all], { minLength: least });
const ofLedger = fc
  .tuple(several(lasting, 1), fc.constantFrom<Purpose[]>([], [], ['P5']))
  .map(([some, more]): Purpose[] => [...some, ...more]);
const someItems = several(codes, 1).map((some): Code[] => (some.includes('name') ? some : ['name', ...some]));
const channels = several(['oral', 'web-form', 'paper', 'indirect'], 1);
const share = fc.constantFrom('right', 'right', 'none', 'wrong');
const difficult = fc.constantFrom(true, true, false, null);
/** Values come again, and from others. */
const value = fc.nat(5);

const acquiring = fc.record({
  do: fc.constant('acquire' as const),
  who: fc.option(who, { freq: 2 }),
  h,
  by,
  channel: fc.constantFrom('oral', 'oral', 'web-form', 'web-form', 'paper', 'e-mail'),
  source: fc.constantFrom('principal', 'principal', 'principal', 'third-party', 'public', 'observed'),
  placement: fc.constantFrom('before-submit', 'before-submit', 'one-click-link', 'none', null),
  notice: fc.constantFrom(null, null, 'clear', 'partly', 'urgent'),
  items: several(codes, 1).chain((some) =>
    fc.tuple(...some.map((code) => fc.tuple(fc.constant(code), value))).map((all): (readonly [Code, number])[] => all),
  ),
  purposes: fc.oneof(several(['P1', 'P3'], 1), several(purposes)),
  consent: fc.constantFrom(
    'given',
    'given',
    'without-capacity',
    'uncertain-child',
    'less',
    'unsaid',
    'none',
    'unknown',
  ),
  exception: fc.constantFrom('no-claim', 'no-claim', 'no-claim', true, false, null),
  receipt: fc.constantFrom('whole', 'whole', 'whole', 'none', 'unlawful', 'unseen', 'nameless'),
  seen: fc.constantFrom('right', 'right', 'right', 'none', 'stale'),
  share,
  again: fc.boolean(),
  fit: fc.constantFrom(true, true, true, true, true, false),
});

const acts = fc.oneof(
  { weight: 12, arbitrary: acquiring },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('correct' as const),
      who,
      h,
      by,
      items: several(codes, 1).chain((some) =>
        fc
          .tuple(...some.slice(0, 3).map((code) => fc.tuple(fc.constant(code), fc.option(value, { freq: 2 }))))
          .map((all): (readonly [Code, number | null])[] => all),
      ),
      ground: fc.constantFrom('accuracy', 'accuracy', 'accuracy', 'accuracy', 'request'),
      seen: fc.constantFrom('right', 'right', 'right', 'stale'),
      share,
      fit: fc.constantFrom(true, true, true, false),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('beyond' as const),
      who,
      h,
      items: several(codes),
      purpose: fc.constantFrom(...purposes),
      other: fc.boolean(),
      item: fc.constantFrom('18(3)(i)', '18(3)(ii)'),
      difficult,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('change' as const),
      h,
      from: fc.constantFrom(...purposes),
      to: fc.constantFrom(...purposes),
      own: fc.option(fc.nat(3), { freq: 4 }),
      related: fc.constantFrom(true, true, true, false, null),
      ahead: fc.constantFrom(0, 0, 0, 1),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('unchange' as const), h, n: fc.nat(3) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('consent' as const),
      who,
      text: fc.constantFrom(...textNames),
      by: fc.constantFrom('principal', 'principal', ...consentGivers),
      ago: fc.constantFrom(0, 0, 1, 2),
      way: fc.constantFrom('one', 'one', 'file'),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('withdraw' as const), who, n: fc.nat(5) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('object' as const),
      who,
      purpose: fc.constantFrom(...purposes, null),
      ago: fc.constantFrom(0, 0, 1),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('retract' as const), who, n: fc.nat(5) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('stop' as const),
      who,
      purposes: fc.option(several(lasting, 1), { freq: 3 }),
      ago: fc.nat(1),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('erase' as const), who, by }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('describe' as const),
      h,
      purposes: ofLedger,
      items: fc.oneof(fc.constant([...codes]), someItems),
      channels,
      stale: fc.constantFrom(false, false, false, true),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('register' as const), purposes: ofLedger, items: someItems, channels }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('retire' as const), h: fc.nat(3) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('legislate' as const), ahead: fc.constantFrom(0, 1, 1) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
);
type Act = typeof acts extends fc.Arbitrary<infer A> ? A : never;

const deeds: { [D in Act['do']]: (w: World, one: never) => Promise<unknown> } = {
  acquire,
  correct,
  beyond,
  change: changeOf,
  unchange: endChange,
  consent,
  withdraw,
  object,
  retract,
  stop,
  erase,
  describe,
  register,
  retire,
  legislate,
  restart,
};

const perform = (w: World, one: Act): Promise<unknown> => deeds[one.do](w, one as never);

const using = fc.record({
  who,
  h,
  items: fc.oneof(
    several<Code>(['name', 'email'], 1),
    several<Code>(['name', 'email', 'note', 'phone'], 1),
    several(codes),
  ),
  purpose: fc.constantFrom(...purposes, 'P1', 'P3'),
});
const step = fc.record({
  acts: fc.tuple(acts, acts),
  wait: fc.constantFrom(0, 0, 1, 1, 2),
  uses: fc.array(using, { minLength: 4, maxLength: 4 }),
  together: fc.boolean(),
  by,
  n: fc.nat(19),
});

// ---- the openings of a walk

/** Somebody new in the first holding, of whom these items are held for these purposes; returns who in the world they are. */
async function newcomer(w: World, items: readonly Code[], of: readonly Purpose[]): Promise<number> {
  const who = w.people.length;
  await acquire(w, { ...plain, who: null, h: 0, items: items.map((code) => [code, who]), purposes: of });
  expect(w.people).toHaveLength(who + 1);
  return who;
}

const asks = (w: World, all: readonly (readonly [who: number, code: Code, purpose: Purpose])[]): Promise<void> =>
  uses(
    w,
    'all',
    all.map(([who, code, purpose]) => ({ who, h: 0, items: [code], purpose })),
    false,
  );

/** In the first holding, two purposes that it serves. */
interface Told {
  a: Purpose;
  b: Purpose;
  /** Chooses between ways that should make no difference. */
  n: number;
}

/** Acts that lead one after the other to where it is easy to be wrong. Each is about people of its own, whatever the others did. */
const openings = {
  async 'another value'(w, { a, b }) {
    const who = await newcomer(w, ['name', 'phone'], [a]);
    await acquire(w, { ...plain, who, h: 0, items: [['phone', who + 1]], purposes: [b] });
    await asks(w, [
      [who, 'phone', a],
      [who, 'phone', b],
      [who, 'name', a],
    ]);
  },

  async 'an item is added'(w, { a, b }) {
    // Which comes first in the record must make no difference.
    for (const wider of ['name', 'note'] as const) {
      const who = await newcomer(w, ['name', 'note'], [a]);
      await acquire(w, { ...plain, who, h: 0, items: [[wider, who]], purposes: [b] });
      await correct(w, { ...plain, who, h: 0, items: [['phone', who]], ground: 'accuracy', seen: 'right' });
      await asks(w, [
        [who, 'phone', b],
        [who, 'phone', a],
      ]);
    }
  },

  async 'a purpose changes'(w, { a, b }) {
    const [first, second] = [await newcomer(w, ['name'], [a]), await newcomer(w, ['name'], [b])];
    await changeOf(w, { h: 0, from: a, to: b, own: null, related: true, ahead: 0 });
    await asks(w, [
      [first, 'name', b],
      [second, 'name', a],
    ]);
    await endChange(w, { h: 0, n: w.holdings[0]!.changes.length - 1 });
    await asks(w, [[first, 'name', b]]);
  },

  async 'the policy changes'(w, { a }) {
    // Once in all walks: a version of the policy takes longer than all the others together.
    if (met.has('a purpose begins at midnight') && met.has('a purpose ends at midnight')) return;
    const who = await newcomer(w, ['name'], [a]);
    const asked: Using = { who, h: 0, items: ['name'], purpose: 'P5' };
    if (policies.at(-1)!.from > today()) await pass(w, 1, asked);
    for (const stated of [isStated('P5'), !isStated('P5')]) {
      if (stated) {
        const first = w.holdings[0]!;
        const of = [...new Set<Purpose>([...first.purposes, 'P5'])];
        await describe(w, { ...first, h: 0, purposes: of, stale: false });
        await acquire(w, { ...plain, who, h: 0, items: [['name', who]], purposes: ['P5'] });
      }
      await legislate(w, { ahead: 1 });
      await pass(w, 1, asked);
    }
  },

  async 'an address passes on'(w, { a }) {
    const code = 'email';
    const items = [
      ['name', 3],
      [code, FREE],
    ] as const;
    const comes = (share: Acquiring['share']) => acquire(w, { ...plain, who: null, h: 0, items, purposes: [a], share });
    const at = w.people.length;
    for (const share of ['none', 'right', 'right'] as const) await comes(share);
    const owner = (): number =>
      w.people.indexOf(w.addresses.get(`${w.holdings[0]!.id} ${valueOfItem(w, code, FREE)}`)!.of);
    expect([w.people.length, owner()]).toEqual([at + 3, at]);
    await erase(w, { who: owner(), by: 'all' });
    await comes('none');
    await correct(w, { ...plain, who: owner(), h: 0, items: [[code, null]], ground: 'accuracy', seen: 'right' });
    await comes('none');
    await erase(w, { who: owner(), by: 'all' });
    await comes('none');
  },

  async 'a consent ends'(w, { a, b, n }) {
    const who = await newcomer(w, ['name'], [a]);
    await consent(w, { who, text: 'notes', by: 'principal', ago: n % 3, way: n % 2 ? 'one' : 'file' });
    await asks(w, [[who, 'name', b]]);
    await withdraw(w, { who, n: 0 });
    await asks(w, [
      [who, 'name', b],
      [who, 'name', a],
    ]);
    await consent(w, { who, text: 'notes', by: 'principal', ago: 0, way: 'one' });
    await object(w, { who, purpose: n % 2 ? b : null, ago: 0 });
    await asks(w, [[who, 'name', b]]);
  },

  async 'a consent to acquisition ends'(w, { a, b, n }) {
    const who = await newcomer(w, ['name'], [a]);
    const needs: Acquiring = { ...plain, who, h: 0, items: [[CARE, 0]], purposes: [b], source: 'observed' };
    await consent(w, { who, text: 'care', by: n % 2 ? 'principal' : 'representative', ago: n % 3, way: 'one' });
    await acquire(w, needs);
    await withdraw(w, { who, n: 0 });
    await acquire(w, needs);
  },

  async 'a use is objected to, and stopped'(w, { a, n }) {
    const who = await newcomer(w, ['name'], [a]);
    await object(w, { who, purpose: n % 2 ? a : null, ago: n % 2 });
    await asks(w, [[who, 'name', a]]);
    await retract(w, { who, n: 0 });
    await asks(w, [[who, 'name', a]]);
    await stop(w, { who, purposes: null, ago: 0 });
    await asks(w, [[who, 'name', a]]);
  },

  async 'the purpose is not shown'(w, { a, b, n }) {
    const who = n % 2 ? await newcomer(w, ['name'], [b]) : null;
    const form: Acquiring = { ...plain, who, h: 0, channel: 'web-form', items: [['name', 3]], purposes: [a] };
    await acquire(w, { ...form, placement: 'none' });
    await acquire(w, { ...form, placement: 'none', notice: 'partly' });
    await acquire(w, { ...form, placement: n % 2 ? 'before-submit' : 'one-click-link' });
  },
} satisfies Record<string, (w: World, told: Told) => Promise<void>>;
type Opening = keyof typeof openings;
const openingNames = Object.keys(openings) as Opening[];
/** All of them, in any order. */
const begin = fc.record({
  order: fc.shuffledSubarray(openingNames, { minLength: openingNames.length }),
  told: fc.constantFrom<Pick<Told, 'a' | 'b'>>({ a: 'P1', b: 'P3' }, { a: 'P3', b: 'P1' }),
  n: fc.nat(5),
});

/** Few walks, because each opens a world of its own; long ones, because much has to have happened before a rule can be broken. */
const WALKS = 2;
const STEPS = 9;

test(
  'what is taken in, opened, changed and erased is what the law makes of all that happened',
  { timeout: 300_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.noBias(begin),
        fc.noBias(fc.array(step, { minLength: STEPS, maxLength: STEPS })),
        async ({ order, told, n: m }, steps) => {
          const w = await open();
          for (const [i, one] of order.entries()) await openings[one](w, { ...told, n: m + i });
          for (const { acts: both, wait, uses: asked, together, by: token, n } of steps) {
            await pass(w, wait, asked[0]!);
            if (today() > w.until) Object.assign(w, await clients());
            await newEntries(w);
            for (const act of both) await perform(w, act);
            const act = both[1];
            const first = 'who' in act && act.who !== null ? act.who : n;
            await uses(w, token, askable(w, [{ ...asked[0]!, who: first }, ...asked.slice(1)], n), together);
            await shows(w, pick(w.people, first)!, token);
            await finds(w, token, n);
          }
          await closes(w);
          await findsNoValue(w);
        },
      ),
      { numRuns: WALKS, seed: 1, endOnFailure: true },
    );
    expect(situations.filter((one) => !met.has(one))).toEqual([]);
  },
);
