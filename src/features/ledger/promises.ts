// The promises that the ledger can prove: every holding in use has a manager in post, nothing is held outside the ledger, and a refined purpose was
// public before it was relied on. An empty ledger proves nothing, so the answer is then unknown.

import { both, type Bilingual } from '../../base/bilingual.ts';
import { groupsOf } from '../../base/groups.ts';
import { dayOf, type Day } from '../../base/day.ts';
import {
  asLogged,
  counted,
  countOf,
  worst,
  type Evidence,
  type Lost,
  type Proof,
  type PromiseState,
} from '../../base/promise.ts';
import { decisionIn, heldAgainst, type LogEntry, type Loss, type Said } from '../../log/index.ts';
import { keptReading, type Office, type Prover } from '../../office.ts';
import { writtenDay } from '../../platform/ui/format.ts';
import type { Room } from '../access/index.ts';
import { isExcepted, isLetBeyond, readings, type EntryClass } from '../checkpoint/index.ts';
import { refinements, type RefinedPurpose } from '../policy/index.ts';
import { changeSaid, holdings, managersIn, peopleHeld, standing, versionSaid, type Line } from './actions.ts';
import {
  changedFields,
  contentOf,
  stateOf,
  type ChangeOnRecord,
  type Holding,
  type HoldingVersion,
  type RecordedChange,
} from './facts.ts';
import { everyChange, tracesOf, type Traces } from './store.ts';

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

type Judged = Pick<Line, 'holding' | 'state'>;

async function linesOf(room: Room): Promise<Judged[]> {
  const all = await holdings(room.office);
  const now = await standing(room, managersIn(all));
  const today = room.office.clock.today();
  return all.map((holding) => ({ holding, state: stateOf(holding, now, today) }));
}

const hasReason = (field: string) => (line: Judged) => line.state.reasons.some((reason) => reason.field === field);

async function managers(room: Room): Promise<Proof> {
  const lines = (await linesOf(room)).filter(({ holding }) => holding.state === 'active');
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
        both('管理者が在籍していない台帳', 'Holdings without a manager in post'),
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

/** The holdings that were used, by the log, although the ledger never had them, or after it had retired them. */
function usedOutside(uses: readonly EntryClass[], { registered, retiredOn }: Pick<Held, 'registered' | 'retiredOn'>) {
  const isOutside = ({ holding, last }: EntryClass): boolean =>
    holding === null || !registered.has(holding) || last > (retiredOn.get(holding) ?? last);
  return new Set(uses.filter(isOutside).map(({ holding }) => holding)).size;
}

async function complete(room: Room): Promise<Proof> {
  const lines = await linesOf(room);
  const active = lines.filter(({ holding }) => holding.state === 'active');
  const people = await peopleHeld(room.office);
  const known = new Map(lines.map(({ holding }) => [holding.id, holding.state]));
  const outside = [...people].filter(([id, n]) => n > 0 && known.get(id) !== 'active').length;
  const used = usedOutside(await readings(room.office), await heldOf(room.office));
  if (active.length === 0 && outside + used === 0) return nothing;
  const unstated = active.filter(hasReason('purposes'));
  const old = active.filter(hasReason('confirmedAt'));
  const states = {
    outside: outside > 0 ? 'broken' : 'kept',
    used: used > 0 ? 'broken' : 'kept',
    unstated: unstated.length > 0 ? 'broken' : 'kept',
    old: old.length > 0 ? 'risk' : 'kept',
  } as const;
  return {
    state: worst(Object.values(states)),
    says: completeSays({ active: active.length, outside, used, unstated: unstated.length, old: old.length }),
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
        both(
          '台帳にない情報の置き場（廃止した台帳を含む）',
          'Places of information not in the ledger, retired holdings included',
        ),
        outside,
        states.outside,
      ),
      evidence(
        both(
          '台帳にないのに、または廃止した後に使った記録のある置き場',
          'Places of information used on record without a ledger entry, or after they were retired',
        ),
        used,
        states.used,
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
    fix: completeFix({ outside, used, unstated: unstated.length, old: old.length }),
  };
}

type Incomplete = Record<'outside' | 'used' | 'unstated' | 'old', number>;

const completeFix = ({ outside, used, unstated, old }: Incomplete): Bilingual[] => [
  ...(outside > 0 ? [both('廃止した台帳に残る情報を消去します。', 'Erase what is left in retired holdings.')] : []),
  ...(used > 0
    ? [
        both(
          '操作の記録でその利用を開き、使った情報がどこにあり、なぜ使えたのかを確かめます。',
          'Open those uses in the log, and find out where the information was and why it could be used.',
        ),
      ]
    : []),
  ...(unstated > 0
    ? [
        both(
          '台帳の目的を、施行中の方針の目的に合わせます。',
          'Bring the purposes of the holding in line with the policy.',
        ),
      ]
    : []),
  ...(old > 0 ? [both('台帳の内容を確かめて保存します。', 'Check what the holding says and save it.')] : []),
];

function completeSays({ active, outside, used, unstated, old }: Incomplete & { active: number }): Bilingual {
  if (outside > 0)
    return both(
      `使用中の台帳にない情報の置き場が${outside}件あります。`,
      `${outside} ${outside === 1 ? 'place of information is' : 'places of information are'} not in a holding in use.`,
    );
  if (used > 0)
    return both(
      `台帳にないのに、または廃止した後に使った記録のある情報の置き場が${used}件あります。`,
      `${used} ${used === 1 ? 'place of information was' : 'places of information were'} used on record without a ledger entry, or after being retired.`,
    );
  if (unstated > 0)
    return both(
      `施行中の方針にない目的のある台帳が${unstated}件あります。`,
      `${unstated} ${unstated === 1 ? 'holding has' : 'holdings have'} a purpose that the policy does not state.`,
    );
  if (old > 0)
    return both(
      `使用中の台帳${active}件のうち${old}件を、1年以上見直していません。`,
      `${old} of ${active} holdings in use ${old === 1 ? 'has' : 'have'} not been confirmed for more than a year.`,
    );
  return both(
    `保管庫にある情報は、すべて使用中の台帳${active}件にあります。`,
    `Everything in the vault is in ${active === 1 ? 'the one holding' : `the ${active} holdings`} in use.`,
  );
}

/** A refined purpose, with the day on which it becomes public and the first day on which anything relied on it. */
interface Refined {
  name: Bilingual;
  href: string;
  publicOn: Day;
  /** It must be notified or published separately, as no page makes it public. */
  toAnnounce: boolean;
  reliedOn: Day | null;
}

const firstOf = (uses: readonly EntryClass[]): Day | null => uses.map(({ first }) => first).toSorted()[0] ?? null;

const ofPolicy =
  (uses: readonly EntryClass[]) =>
  ({ purpose, version, announcedOn, publicOn, from, until }: RefinedPurpose): Refined => ({
    name: both(`${purpose}（第${version}版）`, `${purpose} (version ${version})`),
    href: `/policy/versions/${version}`,
    publicOn,
    toAnnounce: announcedOn !== null,
    reliedOn: firstOf(
      uses.filter((one) => one.purpose === purpose && (one.policy ?? 0) >= from && (one.policy ?? 0) < until),
    ),
  });

const ofChange =
  (uses: readonly EntryClass[]) =>
  ({ id, holding, code, from, to, announcedOn, until }: RecordedChange): Refined => ({
    name: both(`${code}の${from} → ${to}`, `${code}: ${from} → ${to}`),
    href: `/ledger/${holding}`,
    publicOn: announcedOn,
    toAnnounce: until === null,
    // A provision allowed by a consent or by an item of the law does not depend on the purposes that the information is held for.
    reliedOn: firstOf(uses.filter(({ changes, because }) => changes.includes(id) && !isLetBeyond(because))),
  });

const early = ({ reliedOn, publicOn }: Refined): boolean => reliedOn !== null && reliedOn < publicOn;

const earlyLine = ({ name, href, reliedOn, publicOn }: Refined): Evidence => ({
  label: name,
  value: both(
    `${writtenDay(reliedOn!, 'ja')}に使い、公表は${writtenDay(publicOn, 'ja')}`,
    `used on ${writtenDay(reliedOn!, 'en')}, public on ${writtenDay(publicOn, 'en')}`,
  ),
  state: 'broken',
  href,
});

const waitingLine = ({ name, href, publicOn }: Refined): Evidence => ({
  label: name,
  value: both(`${writtenDay(publicOn, 'ja')}に公表する`, `to be announced on ${writtenDay(publicOn, 'en')}`),
  state: 'risk',
  href,
});

/**
 * A purpose is refined in three ways: a version of the policy rewords it and the officer judged the rewording related; a version states it anew; a
 * change of purpose lets what a holding keeps be used for another purpose. Each becomes public on a day that is on record: the day of the
 * announcement or, for a purpose stated anew, the effective day of the version. That day must not come after the first use or provision that relied
 * on it. A use relies on a rewording when it was made for the purpose under a version with the new words, as the log names it. It relies on a purpose
 * stated for the first time whenever it was made for it. It relies on a change when only the change made it possible: neither an acquisition of the
 * items for the purpose, nor a consent, nor a change that was already public allowed it. Only whole days are compared. An announcement still to come
 * is at risk.
 *
 * It cannot see whether a wording was rightly judged editorial, whether an announcement on record can be read where it says, or what people were told
 * outside the policy. For an item added by a correction it knows only the present record, even if the item has since been acquired or removed. For an
 * erased person it assumes that such an item was held for the same purposes as the acquired ones; where nothing is left to tell, it assumes that a
 * use for the purpose relied on the change.
 */
async function refinedAnnounced(office: Office): Promise<Proof> {
  const [read, { refined, editorial }, changes] = await Promise.all([
    readings(office),
    refinements(office),
    everyChange(office.database),
  ]);
  // A use beyond the purpose is allowed by an item of the law, whatever the wording of the purpose.
  const uses = read.filter((one) => !isExcepted(one));
  const all = [...refined.map(ofPolicy(uses)), ...changes.map(ofChange(uses))];
  const wrong = all.filter(early);
  const today = office.clock.today();
  const waiting = all.filter((one) => !early(one) && one.toAnnounce && one.publicOn > today);
  const proof = counted({
    all: all.length,
    wrong: wrong.length,
    label: both('具体化した利用目的と、目的の変更', 'Refined purposes, and changes of purpose'),
    wrongLabel: both('公表の前に使ったもの', 'Used before it was public'),
    what: both('具体化した利用目的', 'refined purposes'),
    href: '/policy/versions',
    none: {
      state: 'kept',
      says: both('これまでに具体化した利用目的はありません。', 'No purpose has been refined so far.'),
    },
    fix: both(
      'その目的をすぐに知らせるか公表し、先に使ったものを記録で確かめます。',
      'Notify or publish the purpose at once, and check in the log what was used before that.',
    ),
  });
  const evidence = [
    ...proof.evidence,
    {
      label: both('これから公表するもの', 'Still to be announced'),
      value: countOf(waiting.length),
      state: waiting.length > 0 ? 'risk' : 'kept',
    } as const,
    { label: both('文だけを直したと判断したもの', 'Judged to change the wording only'), value: countOf(editorial) },
    ...wrong.map(earlyLine),
    ...waiting.map(waitingLine),
  ];
  if (proof.state !== 'kept' || waiting.length === 0) return { ...proof, evidence };
  return {
    state: 'risk',
    says: both(
      `具体化した利用目的${waiting.length}件は、これから公表します。`,
      `${waiting.length} refined ${waiting.length === 1 ? 'purpose is' : 'purposes are'} still to be announced.`,
    ),
    evidence,
    fix: [
      both(
        '記録した日に、記録した場所で公表します。それまでは、その目的に使いません。',
        'Announce it on the day and in the place on record. Until then, do not use anything for it.',
      ),
    ],
  };
}

/** What the log entry of each row of the ledger must say. */
const rowsOf = ({ versions, changes }: Traces, known: ReadonlyMap<string, Holding>): Said[] => [
  ...versions.map(({ entryId, ...one }) => ({
    ...versionSaid({ id: one.holding, code: known.get(one.holding)?.code }, one),
    id: entryId,
    action: `ledger:${one.act}`,
    at: one.at.toISOString(),
    actor: one.actor,
  })),
  ...changes.map((one) => ({
    ...changeSaid(one.holding, one),
    id: one.id,
    action: 'ledger:purpose',
    at: one.at.toISOString(),
    actor: one.actor,
  })),
];

/**
 * Most by which a row's time may differ from its version's: they are taken separately, one may have waited for the other, and an hour matters to
 * nothing.
 */
const HOUR_MS = 3_600_000;

/** True when a holding agrees with the last of its versions, which are given oldest first. */
function isAsWritten(holding: Holding, versions: readonly HoldingVersion[]): boolean {
  const last = versions.at(-1);
  return (
    versions.every(({ version }, i) => version === i + 1) &&
    last?.version === holding.version &&
    changedFields(holding, contentOf(last.content)).length === 0 &&
    (last.act === 'retire') === (holding.state === 'retired') &&
    Math.abs(holding.confirmedAt.getTime() - last.at.getTime()) < HOUR_MS
  );
}

/** True when a change of purpose was judged under the policy version that its entry names, and ended only where the log says so. */
function isAsJudged(change: ChangeOnRecord, entries: readonly LogEntry[]): boolean {
  const judged = entries.find(({ id }) => id === change.id);
  const ends = entries.filter(({ taken_back, replaces }) => taken_back === change.id || replaces === change.id);
  const { ended, policyVersion } = change;
  const policy = judged && decisionIn(judged)?.policy;
  if (policy !== undefined && policy !== policyVersion) return false;
  if (!ended) return ends.length === 0;
  // A change that a restored backup brought back is ended a second time.
  return ends.some((end) => end.id === ended.entryId && end.actor === ended.actor && end.at === ended.at.toISOString());
}

interface Held {
  all: number;
  wrong: { label: Bilingual; href: string }[];
  lost: readonly Lost[];
  /** Every holding that the ledger ever had, by its versions or by the log; and when it was retired. */
  registered: ReadonlySet<string>;
  retiredOn: ReadonlyMap<string, Day>;
}

/** The holdings, and those that disagree with the log. */
async function held({ database }: Office, _: unknown, losses: readonly Loss[]): Promise<Held> {
  const traces = await tracesOf(database);
  const { holdings: there, versions, changes, entries } = traces;
  const known = new Map(there.map((one) => [one.id, one]));
  const rows = rowsOf(traces, known);
  const been = groupsOf(versions, (one) => one.holding);
  const against = await heldAgainst(
    database,
    losses,
    rows,
    entries.filter(({ action }) => action !== 'ledger:purpose-end'),
    ({ action, holding }) => action === 'ledger:retire' && known.get(String(holding))?.state === 'active',
  );
  const all = new Set([...known.keys(), ...[...rows, ...against.wrong].map((one) => one.holding as string)]);
  const otherwise = new Set([
    ...against.wrong.map((one) => one.holding as string),
    ...changes.filter((one) => !isAsJudged(one, entries)).map((one) => one.holding),
  ]);
  const wrong = [...all].filter((id) => {
    const holding = known.get(id);
    return otherwise.has(id) || !holding || !isAsWritten(holding, been(id));
  });
  const retired = versions.flatMap((one) =>
    one.act === 'retire' ? [[one.holding, dayOf(one.at.getTime())] as const] : [],
  );
  return {
    all: all.size,
    wrong: wrong.map((id) => namedOf(id, known.get(id))),
    lost: against.lost,
    registered: new Set([...versions, ...entries].map((one) => String(one.holding))),
    retiredOn: new Map(retired),
  };
}

const namedOf = (id: string, holding: Holding | undefined): { label: Bilingual; href: string } =>
  holding
    ? {
        label: both(`${holding.code}　${holding.name.ja}`, `${holding.code} ${holding.name.en}`),
        href: `/ledger/${id}`,
      }
    : { label: both('失われた台帳', 'A holding that is gone'), href: '/ledger' };

const heldOf = keptReading({
  // `log_entries` is read for rewritten entries only: a new row always comes with its entry.
  tables: ['holdings', 'holding_versions', 'purpose_changes', 'log_entries'],
  given: () => null,
  read: held,
});

async function ledgerLogged(office: Office): Promise<Proof> {
  const { all, wrong, lost } = await heldOf(office);
  return asLogged(
    {
      all,
      wrong: wrong.length,
      lost,
      label: both('台帳と、その目的の変更', 'Holdings with their changes of purpose'),
      what: both('台帳', 'holdings'),
      href: '/ledger',
      none: { state: 'kept', says: both('台帳はまだありません。', 'There is no holding yet.') },
    },
    wrong,
  );
}

/** The provers of the ledger. */
export const ledgerProvers = (room: Room): Prover[] => [
  { promise: 'holding-has-manager', prove: () => managers(room) },
  { promise: 'ledger-complete', prove: () => complete(room) },
  { promise: 'refined-purpose-announced', prove: refinedAnnounced },
  { promise: 'every-access-logged', prove: ledgerLogged },
];
