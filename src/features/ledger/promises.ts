// Which promises the ledger can prove: every holding in use has a manager who is in post, and nothing is held outside the ledger.
// A ledger without an entry proves nothing: then the answer is unknown.

import { both, type Bilingual } from '../../base/bilingual.ts';
import { countOf, worst, type Evidence, type Proof, type PromiseState } from '../../base/promise.ts';
import { keptReading, type Prover } from '../../office.ts';
import { peopleByHolding } from '../../vault/index.ts';
import { holdings, standing, type Ledger, type Line } from './actions.ts';
import { stateOf } from './facts.ts';

const evidence = (label: Bilingual, n: number, state: PromiseState, href?: string): Evidence => ({
  label,
  value: countOf(n),
  state,
  ...(href ? { href } : {}),
});

const href = (lines: readonly Judged[]): string =>
  lines.length === 1 ? `/ledger/${lines[0]!.holding.id}` : '/ledger?state=broken';

const nothing: Proof = {
  state: 'unknown',
  says: both('使用中の台帳がまだないため、確認できません。', 'No holding is in use yet, so this is unknown.'),
  evidence: [{ label: both('使用中の台帳', 'Holdings in use'), value: countOf(0), href: '/ledger' }],
  fix: [both('個人情報の置き場を台帳に登録します。', 'Register the places where personal information is kept.')],
};

const peopleOf = keptReading({
  tables: ['vault_records'],
  // Whoever comes into the vault comes with an acquisition.
  logged: 'people:acquire',
  given: () => null,
  read: ({ database }) => peopleByHolding(database),
});

type Judged = Pick<Line, 'holding' | 'state'>;

async function linesOf(ledger: Ledger): Promise<Judged[]> {
  const [all, now] = await Promise.all([holdings(ledger.office), standing(ledger)]);
  const today = ledger.office.clock.today();
  return all.map((holding) => ({ holding, state: stateOf(holding, now, today) }));
}

const hasReason = (field: string) => (line: Judged) => line.state.reasons.some((reason) => reason.field === field);

async function managers(ledger: Ledger): Promise<Proof> {
  const lines = (await linesOf(ledger)).filter(({ holding }) => holding.state === 'active');
  if (lines.length === 0) return nothing;
  const without = lines.filter(hasReason('manager'));
  const n = without.length;
  return {
    state: n > 0 ? 'broken' : 'kept',
    says:
      n > 0
        ? both(
            `使用中の台帳${lines.length}件のうち${n}件に、在籍している管理者がいません。`,
            `${n} of ${lines.length} holdings in use ${n === 1 ? 'has' : 'have'} no manager in post.`,
          )
        : both(
            `使用中の台帳${lines.length}件のすべてに、在籍している管理者がいます。`,
            lines.length === 1
              ? 'The one holding in use has a manager in post.'
              : `All ${lines.length} holdings in use have a manager in post.`,
          ),
    evidence: [
      evidence(both('使用中の台帳', 'Holdings in use'), lines.length, 'kept', '/ledger'),
      evidence(
        both('管理者が在籍していない台帳', 'Without a manager in post'),
        n,
        n > 0 ? 'broken' : 'kept',
        n > 0 ? href(without) : undefined,
      ),
    ],
    fix:
      n > 0
        ? [
            both(
              'それぞれの台帳を開き、在籍している管理者を選びます。',
              'Open each holding and choose a manager who is in post.',
            ),
          ]
        : [],
  };
}

async function complete(ledger: Ledger): Promise<Proof> {
  const lines = await linesOf(ledger);
  const active = lines.filter(({ holding }) => holding.state === 'active');
  const people = await peopleOf(ledger.office);
  const known = new Map(lines.map(({ holding }) => [holding.id, holding.state]));
  const outside = [...people].filter(([id, n]) => n > 0 && known.get(id) !== 'active').length;
  if (active.length === 0 && outside === 0) return nothing;
  const unstated = active.filter(hasReason('purposes'));
  const old = active.filter(hasReason('confirmedAt'));
  const states = {
    outside: outside > 0 ? 'broken' : 'kept',
    unstated: unstated.length > 0 ? 'broken' : 'kept',
    old: old.length > 0 ? 'risk' : 'kept',
  } as const;
  return {
    state: worst(Object.values(states)),
    says: completeSays(active.length, outside, unstated.length, old.length),
    evidence: [
      evidence(
        both(
          '使用中の台帳（目的・保存期間・管理者の記載あり）',
          'Holdings in use, each with purposes, retention and manager',
        ),
        active.length,
        'kept',
        '/ledger',
      ),
      evidence(
        both('台帳にない、または廃止した台帳の情報の集まり', 'Collections held outside a holding in use'),
        outside,
        states.outside,
      ),
      evidence(
        both('施行中の方針にない目的のある台帳', 'Holdings with a purpose the policy does not state'),
        unstated.length,
        states.unstated,
        unstated.length > 0 ? href(unstated) : undefined,
      ),
      evidence(
        both('1年以上見直していない台帳', 'Holdings not confirmed for more than a year'),
        old.length,
        states.old,
        old.length > 0 ? '/ledger?state=risk' : undefined,
      ),
    ],
    fix: [
      ...(outside > 0 ? [both('廃止した台帳に残る情報を消去します。', 'Erase what is left in retired holdings.')] : []),
      ...(unstated.length > 0
        ? [
            both(
              '台帳の目的を、施行中の方針の目的に直します。',
              'Bring the purposes of the holding in line with the policy.',
            ),
          ]
        : []),
      ...(old.length > 0 ? [both('台帳の内容を確かめて保存します。', 'Check what the holding says and save it.')] : []),
    ],
  };
}

function completeSays(active: number, outside: number, unstated: number, old: number): Bilingual {
  if (outside > 0)
    return both(
      `使用中の台帳にない情報の集まりが${outside}件あります。`,
      `${outside} ${outside === 1 ? 'collection is' : 'collections are'} held outside a holding in use.`,
    );
  if (unstated > 0)
    return both(
      `施行中の方針にない目的を持つ台帳が${unstated}件あります。`,
      `${unstated} ${unstated === 1 ? 'holding has' : 'holdings have'} a purpose that the policy does not state.`,
    );
  if (old > 0)
    return both(
      `使用中の台帳${active}件のうち${old}件を、1年以上見直していません。`,
      `${old} of ${active} holdings in use ${old === 1 ? 'has' : 'have'} not been confirmed for more than a year.`,
    );
  return both(
    `預かっている情報は、すべて使用中の台帳${active}件にあります。`,
    `Everything held is in ${active === 1 ? 'the one holding' : `the ${active} holdings`} in use.`,
  );
}

/** The provers of the ledger. */
export const ledgerProvers = (ledger: Ledger): Prover[] => [
  { promise: 'holding-has-manager', prove: () => managers(ledger) },
  { promise: 'ledger-complete', prove: () => complete(ledger) },
];
