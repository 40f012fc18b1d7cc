// Proves promises of the joint uses from their own rows: what is public is complete, the users' purposes lie within those of what is shared, no My
// Numbers are included, changes were told when the law requires it, and everything is on record as the log has it. The provisions prove what was
// shared under them.

import { both } from '../../base/bilingual.ts';
import { addYears, type Day } from '../../base/day.ts';
import { groupsOf } from '../../base/groups.ts';
import {
  asLogged,
  counted,
  countOf,
  worst,
  type Counted,
  type Evidence,
  type Proof,
  type PromiseState,
} from '../../base/promise.ts';
import { apart, heldAgainst, type LogEntry, type Said } from '../../log/index.ts';
import { keptReading, type Office, type Prover } from '../../office.ts';
import { holdings } from '../ledger/index.ts';
import { policyInForce } from '../policy/index.ts';
import { agreedSaid, endSaid, known, listJointUses, noticeSaid, peopleShared, publicationSaid } from './actions.ts';
import { actualOn, comingOn, duesOn, lackingIn, noticeOn, publishBy, untoldIn } from './facts/standing.ts';
import {
  isToldAfter,
  isToldBefore,
  type JointUse,
  type Known,
  type Notice,
  type StatedNotice,
} from './facts/joint-use.ts';
import { tracesOf, type Traces } from './store.ts';

const LIST = '/joint-uses';

const hrefOf = (uses: readonly JointUse[]): string => (uses.length === 1 ? `${LIST}/${uses[0]!.id}` : LIST);

const noneInForce: Counted['none'] = {
  state: 'kept',
  says: both('公表中の共同利用はありません。', 'No joint use is in force.'),
};

/** The notices of a joint use that the public can read on a day: the one in effect and those to come. */
const readableOn = (use: JointUse, on: Day): Notice[] =>
  [on, ...comingOn(use, on).map(({ effectiveOn }) => effectiveOn)].flatMap((one) => noticeOn(use, one) ?? []);

/** Returns the joint uses that the public can read, with their notices. */
async function readable(office: Office): Promise<{ use: JointUse; notices: Notice[] }[]> {
  const today = office.clock.today();
  const all = (await listJointUses(office)).map((use) => ({ use, notices: readableOn(use, today) }));
  return all.filter(({ notices }) => notices.length > 0);
}

/** 27(5)(iii): what the public can read of a joint use has every field that the law requires. */
async function noticeComplete(office: Office): Promise<Proof> {
  const today = office.clock.today();
  const all = await readable(office);
  const uses = all.map(({ use }) => use);
  const lacking = all
    .filter(({ notices }) => notices.some((notice) => lackingIn(notice, today).length > 0))
    .map(({ use }) => use);
  return counted({
    all: uses.length,
    wrong: lacking.length,
    label: both('公表中の共同利用', 'Joint uses that are public'),
    wrongLabel: both('公表に欠けた事項のあるもの', 'With something missing from the notice'),
    what: both('公表中の共同利用', 'joint uses'),
    href: hrefOf(lacking.length > 0 ? lacking : uses),
    none: noneInForce,
    fix: both('共有を止め、欠けた事項を公表します。', 'Stop sharing, and publish what is missing.'),
  });
}

/** True when every purpose of the users is among those of every shared holding in use. */
function withinHoldings(use: JointUse, { holdings, purposes }: Known, on: Day): boolean {
  const { items, purposes: used } = noticeOn(use, on)!;
  return used.every(
    ({ id }) => purposes.has(id) && items.every(({ holding }) => holdings.get(holding)?.purposes.has(id) ?? true),
  );
}

const inForceOn = async (office: Office): Promise<JointUse[]> => {
  const today = office.clock.today();
  return (await listJointUses(office)).filter((use) => noticeOn(use, today) !== null);
};

const toldSays = (people: number) =>
  both(
    `共有する台帳の${people}人には、集めたときに共同利用の目的のすべてを伝えていません。その人の情報は、伝えていない目的では渡しません。`,
    people === 1
      ? 'One person in a shared holding was not told of every purpose of the joint use. Their information is not shared for purposes they were not told of.'
      : `${people} persons in shared holdings were not told of every purpose of the joint use. Their information is not shared for purposes they were not told of.`,
  );

/**
 * 18(1), 27(5)(iii): the purposes of every joint use in force are among those of the holdings, and among those that the persons in them were told.
 * Sharing beyond them is detected from the log.
 */
async function purposesKept(office: Office): Promise<Proof> {
  const today = office.clock.today();
  const [uses, now, people] = await Promise.all([inForceOn(office), known(office), peopleShared(office)]);
  const beyond = uses.filter((use) => !withinHoldings(use, now, today));
  const proof = counted({
    all: uses.length,
    wrong: beyond.length,
    label: both('公表中の共同利用', 'Joint uses in force'),
    wrongLabel: both('目的が台帳の利用目的に収まらないもの', 'With a purpose beyond those of a shared holding'),
    what: both('公表中の共同利用', 'joint uses'),
    href: hrefOf(beyond.length > 0 ? beyond : uses),
    none: noneInForce,
    fix: both(
      '収まらない目的での共有を止め、目的の変更を先に公表します。',
      'Stop sharing for that purpose, and announce a change of the purposes before it takes effect.',
    ),
  });
  // 41(9): pseudonymously processed information may change its purpose beyond 17(2), and the vault keeps none of it.
  const personal = uses.filter(({ information }) => information === 'personal');
  const untold = personal.flatMap((use) => {
    const some = untoldIn(noticeOn(use, today)!, people, now);
    return some.length > 0 ? [{ use, people: some.reduce((sum, one) => sum + one.people, 0) }] : [];
  });
  const n = untold.reduce((sum, one) => sum + one.people, 0);
  const told: Evidence = {
    label: both(
      '集めたときに共同利用の目的を伝えていない人',
      'Persons who were not told of a purpose of the joint use',
    ),
    value: both(`${n}人`, String(n)),
    state: n > 0 ? 'risk' : 'kept',
    ...(n > 0 ? { href: hrefOf(untold.map(({ use }) => use)) } : {}),
  };
  const evidence = [...proof.evidence, told];
  if (n === 0) return { ...proof, evidence };
  return {
    state: worst([proof.state, 'risk']),
    says: proof.state === 'broken' ? proof.says : toldSays(n),
    evidence,
    fix: [
      ...proof.fix,
      both(
        'その人たちに伝えた目的と関連するかを台帳で判断し、目的の変更を公表するか、共同利用の目的から外します。',
        'Judge in the ledger whether the purpose is related to those they were told, and announce the change of purpose; or take the purpose out of the joint use.',
      ),
    ],
  };
}

/** When a change that is told after it was no longer to be told: its joint use had ended. */
const overOn = ({ publicOn }: StatedNotice, { endedOn }: JointUse): Day | null => publicOn ?? endedOn;

/** The changes that were told after them, but not without delay, or were overdue when their joint use ended; for a year after that. */
const toldLate = (use: JointUse, today: Day): StatedNotice[] =>
  use.notices.filter((one) => {
    const over = overOn(one, use);
    return isToldAfter(one.change) && over !== null && over > publishBy(one) && addYears(over, 1) >= today;
  });

/** True for a change that had to be told before it took effect and was not. */
const toldTooLate = ({ change, publicOn, effectiveOn }: StatedNotice): boolean =>
  isToldBefore(change) && (publicOn === null || publicOn >= effectiveOn);

async function changesAnnounced(office: Office): Promise<Proof> {
  const today = office.clock.today();
  const uses = await listJointUses(office);
  const changes = uses.flatMap(({ notices }) => notices.filter(({ change }) => change !== 'start'));
  const dues = uses.flatMap((use) => duesOn(use, today));
  const overdue = dues.filter((one) => publishBy(one) < today);
  const waiting = dues.length - overdue.length;
  const before = changes.filter(toldTooLate);
  const late = uses.flatMap((use) => toldLate(use, today));
  const href = hrefOf(uses.filter((use) => duesOn(use, today).length > 0));
  const line = (ja: string, en: string, n: number, bad: PromiseState, to?: string): Evidence => ({
    label: both(ja, en),
    value: countOf(n),
    state: n > 0 ? bad : 'kept',
    ...(to ? { href: to } : {}),
  });
  const evidence: Evidence[] = [
    { label: both('共同利用の変更', 'Changes of joint uses'), value: countOf(changes.length), href: LIST },
    line('先に公表されなかった目的や責任者の変更', 'Not told before they took effect', before.length, 'broken', LIST),
    line('公表が遅れている変更', 'Overdue for publication', overdue.length, 'broken', href),
    line('公表を待つ変更', 'Waiting for publication', waiting, 'risk', href),
    line(
      'この1年に遅れて公表したか、公表しないまま共同利用が終わった変更',
      'Published late, or never before the joint use ended, within the last year',
      late.length,
      'risk',
      LIST,
    ),
  ];
  const wrong = before.length + overdue.length;
  return {
    state: worst(['kept', ...evidence.flatMap(({ state }) => state ?? [])]),
    says: changesSay(changes.length, wrong, waiting, late.length),
    evidence,
    fix: [
      ...(dues.length > 0 ? [both('待っている変更を公表します。', 'Publish the waiting changes.')] : []),
      ...(before.length > 0
        ? [
            both(
              '変更の前の内容に戻し、先に公表してから変えます。',
              'Return to the contents before the change, and announce the change before you make it.',
            ),
          ]
        : []),
      ...(late.length > 0
        ? [both('次の変更は、変わった日に公表します。', 'Publish the next change on the day it takes effect.')]
        : []),
    ],
  };
}

/**
 * Numbering Act 19, 30(2): no holding kept for My Numbers and no purpose of theirs is in a joint use, neither in what the public can read nor in the
 * terms in effect. Sharing them all the same is detected from the provisions.
 */
async function noMyNumbers(office: Office): Promise<Proof> {
  const today = office.clock.today();
  const policy = (await policyInForce(office, today))?.policy;
  const theirs = new Set(policy?.purposes.filter(({ scope }) => scope === 'my-number').map(({ id }) => id));
  const kept = new Set(
    (await holdings(office)).flatMap((one) => (one.purposes.some((id) => theirs.has(id)) ? [one.id] : [])),
  );
  const all = await readable(office);
  const uses = all.map(({ use }) => use);
  const ofNumbers = ({ items, purposes }: Notice): boolean =>
    items.some(({ holding }) => kept.has(holding)) || purposes.some(({ id }) => theirs.has(id));
  const wrong = all
    .filter(({ use, notices }) => [...notices, actualOn(use, today) ?? []].flat().some(ofNumbers))
    .map(({ use }) => use);
  return counted({
    all: uses.length,
    wrong: wrong.length,
    label: both('公表中の共同利用', 'Joint uses that are public'),
    wrongLabel: both('個人番号のための台帳か目的を含むもの', 'With a holding or a purpose of My Numbers'),
    what: both('公表中の共同利用', 'joint uses'),
    href: hrefOf(wrong.length > 0 ? wrong : uses),
    none: noneInForce,
    fix: both('共有を止め、その共同利用を終えます。', 'Stop sharing, and end the joint use.'),
  });
}

function changesSay(all: number, wrong: number, waiting: number, late: number) {
  if (all === 0) return both('これまでに共同利用の変更はありません。', 'No joint use has been changed so far.');
  if (wrong > 0) {
    return both(
      `共同利用の変更${all}件のうち${wrong}件が、定めの時までに公表されていません。`,
      `Changes of joint uses that were not published in time: ${wrong} of ${all}.`,
    );
  }
  if (waiting > 0) {
    return both(
      `共同利用の変更${all}件のうち${waiting}件が、公表を待っています。`,
      `${waiting} of ${all} changes of joint uses ${waiting === 1 ? 'waits' : 'wait'} for publication.`,
    );
  }
  if (late > 0) {
    return both(
      `共同利用の変更${late}件の公表が、遅れたか、共同利用が終わるまでありませんでした。`,
      `Changes of joint uses published late, or not before the joint use ended: ${late}.`,
    );
  }
  return both(
    `共同利用の変更${all}件のすべてを、先に、または遅滞なく公表しています。`,
    `All changes of joint uses (${all}) were published before they took effect or without delay after.`,
  );
}

const REGISTER = 'joint-use:register';
const DRAFT = 'joint-use:draft';
const END = 'joint-use:end';

/** What the log entries of a joint use's registration, of its last agreed terms and of its end must say. */
function saidOf(use: JointUse, entries: readonly LogEntry[]): Said[] {
  const written = (action: string, says: object): Said => ({
    ...says,
    id: entries.findLast((entry) => entry.action === action)?.id ?? use.id,
    action,
  });
  const agreed = entries.findLast(({ action }) => action === DRAFT)?.action ?? REGISTER;
  return [
    written(REGISTER, { jointUse: use.id, replaces: use.replaces, at: use.registeredAt.toISOString() }),
    written(agreed, agreedSaid(use)),
    ...(use.endedOn ? [written(END, endSaid(use))] : []),
  ];
}

function rowsOf({ uses, notices, publications }: Traces, been: (use: string) => readonly LogEntry[]): Said[] {
  return [
    ...uses.flatMap((use) => saidOf(use, been(use.id))),
    ...notices.map((one) => ({
      ...noticeSaid(one),
      id: one.entry_id,
      action: 'joint-use:change',
      at: one.at.toISOString(),
      actor: one.actor,
    })),
    ...publications.map((one) => ({
      ...publicationSaid(one),
      id: one.entry,
      action: 'joint-use:publish',
      at: one.at.toISOString(),
      actor: one.actor,
    })),
  ];
}

const namedOf = (id: string, use: JointUse | undefined): Pick<Evidence, 'label' | 'href'> =>
  use
    ? { label: both(use.name.ja, use.name.en), href: `${LIST}/${id}` }
    : { label: both('失われた共同利用', 'A joint use that is gone'), href: LIST };

const heldOf = keptReading({
  // Only rewriting of the log counts here: each row comes with its entry.
  tables: ['joint_uses', 'joint_use_notices', 'joint_use_publications', 'log_entries'],
  given: () => null,
  read: async ({ database }, _, losses) => {
    const traces = await tracesOf(database);
    const { uses, notices } = traces;
    const entries = traces.entries.map((entry): LogEntry => ({ replaces: null, ...entry }));
    const { wrong: there } = await apart(database, losses, entries, ({ id }) => id);
    const been = groupsOf(there, ({ jointUse }) => String(jointUse));
    const rows = rowsOf(traces, been);
    // Of an earlier state of a corrected draft, only the log entry remains.
    const last = entries.filter((one) => one.action !== DRAFT || rows.some(({ id }) => id === one.id));
    const noticed = new Set(notices.map((one) => one.joint_use_id));
    const inUse = new Set(uses.flatMap(({ id, endedOn }) => (endedOn ? [] : [id])));
    const held = await heldAgainst(
      database,
      losses,
      rows,
      last,
      ({ action, jointUse }) => action === END && inUse.has(String(jointUse)),
    );
    const wrong = new Set([
      ...held.wrong.map(({ jointUse }) => String(jointUse)),
      // The agreed terms are in the draft or in the first notice, never in both or neither.
      ...uses.filter(({ id, draft }) => (draft === null) !== noticed.has(id)).map(({ id }) => id),
    ]);
    const all = new Set([...rows.map(({ jointUse }) => String(jointUse)), ...wrong]);
    const known = new Map(uses.map((use) => [use.id, use]));
    return { all: all.size, wrong: [...wrong].map((id) => namedOf(id, known.get(id))), lost: held.lost };
  },
});

async function jointUsesLogged(office: Office): Promise<Proof> {
  const { all, wrong, lost } = await heldOf(office);
  return asLogged(
    {
      all,
      wrong: wrong.length,
      lost,
      label: both('共同利用と、その公表と変更', 'Joint uses with their notices and changes'),
      what: both('共同利用', 'joint uses'),
      href: LIST,
      none: { state: 'kept', says: both('共同利用はまだありません。', 'There is no joint use yet.') },
    },
    wrong,
  );
}

export const jointUseProvers: Prover[] = [
  { promise: 'joint-use-notice-complete', prove: noticeComplete },
  { promise: 'joint-use-purposes-kept', prove: purposesKept },
  { promise: 'joint-use-changes-announced', prove: changesAnnounced },
  { promise: 'my-number-no-joint-use', prove: noMyNumbers },
  { promise: 'every-access-logged', prove: jointUsesLogged },
];
