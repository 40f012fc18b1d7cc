// The promise that the log is whole and constantly confirmed: somebody independent of the writers recomputes it. Kept only while the last result is
// good and recent. Where nobody has confirmed anything for an hour the promise is not kept, whatever the log contains.

import { both, type Bilingual } from '../../base/bilingual.ts';
import { worst, type Evidence, type Proof, type PromiseState } from '../../base/promise.ts';
import { saysOf, type LogEntry } from '../../log/index.ts';
import type { Prover } from '../../office.ts';
import { number, stamp } from '../../platform/ui/format.ts';
import type { Room } from '../access/index.ts';
import { logState, type LogState } from './actions/log.ts';

const MINUTE_MS = 60_000;
/** The verifier runs every minute: five minutes without a result is late, an hour is silence. */
const LATE_MS = 5 * MINUTE_MS;
const SILENT_MS = 60 * MINUTE_MS;
/** The integrator runs every second. */
const LAG_MS = 30_000;

const lateness = (ms: number, lateMs: number): PromiseState =>
  ms > SILENT_MS ? 'broken' : ms > lateMs ? 'risk' : 'kept';

/** Time between the last result and now. A result dated ahead, by a wrong clock or on purpose, counts as that much old. */
const ageOf = ({ last }: LogState, now: number): number => (last ? Math.abs(now - last.at.getTime()) : Infinity);

/** How late the verifier is. While no process ran, there was none to be silent. */
const quiet = (state: LogState, now: number): PromiseState =>
  lateness(Math.min(ageOf(state, now), state.runningMs), LATE_MS);

/** How late the signatures are: nobody confirms what is not signed. */
const unsigned = ({ waitingSince }: LogState, now: number): PromiseState =>
  waitingSince ? lateness(now - waitingSince.getTime(), LAG_MS) : 'kept';

/** Says when a backup was last restored, from where to where the log was brought forward, and what was lost. */
export function restoredSays({ at, here, size, lost }: LogEntry): Bilingual {
  if (here === size && lost === 0)
    return both(
      `${stamp(Date.parse(at))}　${number(Number(here))}件から。何件が失われたかは分からない`,
      `${stamp(Date.parse(at))}, from ${number(Number(here))} entries; it is not known how many were lost`,
    );
  const [on, from, to, gone] = [
    stamp(Date.parse(at)),
    number(Number(here)),
    number(Number(size)),
    number(Number(lost)),
  ];
  return both(
    `${on}　${from}件から${to}件まで復元${lost === 0 ? '' : `、${gone}件が失われた`}`,
    `${on}, log restored from ${from} to ${to} entries${lost === 0 ? '' : `; ${gone} lost`}`,
  );
}

export const restoredLabel = both('バックアップから戻した日時', 'A backup was restored');

function evidenceOf(state: LogState, now: number): Evidence[] {
  const { head, last, waitingSince, restored } = state;
  return [
    ...(last
      ? [
          {
            label: both('最後の検証', 'Last verification'),
            value: both(stamp(last.at.getTime()), stamp(last.at.getTime())),
            href: '/log',
            state: last.check.ok ? quiet(state, now) : ('broken' as const),
          },
        ]
      : []),
    ...(head
      ? [
          {
            label: both('署名された記録', 'Entries signed'),
            value: both(`${number(head.size)}件`, number(head.size)),
            href: '/log',
          },
        ]
      : []),
    {
      label: both('署名を待つ記録', 'Entries waiting to be signed'),
      value: waitingSince
        ? both(`${stamp(waitingSince.getTime())}から`, `since ${stamp(waitingSince.getTime())}`)
        : both('なし', 'None'),
      state: unsigned(state, now),
    },
    ...(restored ? [{ label: restoredLabel, value: restoredSays(restored), href: `/log/entries/${restored.id}` }] : []),
  ];
}

const verify = both('「記録の検証」で「いま検証する」を押します。', 'Press “Verify now” on the page “The log”.');
const incident = both(
  '書き出したファイルとバックアップを残したまま、事故として調べます。',
  'Keep the exports and backups as they are, and investigate this as an incident.',
);
const bringForward = both(
  'データベースが古いものに替わっていないか（待機系への切り替え、バックアップからの復元）を確かめます。替わったのなら、関所を止め、docs/ja/backup.md のとおりに、記録の書き出しから復元します。消去や取下げが、元に戻っています。',
  'Find out whether the database was replaced by an older one, by a switch to a standby or a restored backup. If so, stop Sekisho and restore the log from an export, as docs/backup.md says: erasures and withdrawals have been undone.',
);
const wake = both('サーバーの動きとデータベースを確かめます。', 'Check that the server and the database are running.');

/** Says that the verifier has not answered in time, or not yet. */
function quietSays({ last, runningMs }: LogState, now: number): Bilingual {
  if (!last)
    return both(
      'まだ一度も検証していません。記録が書き換えられていないことを、だれも確かめていません。',
      'Nothing has been verified yet: nobody has confirmed that the log was not rewritten.',
    );
  const age = now - last.at.getTime();
  const minutes = Math.floor(Math.abs(age) / MINUTE_MS);
  if (age < 0)
    return both(
      `最後の検証の日時が、いまの時計より${minutes}分先です。このため、その後に確かめられたとは言えません。`,
      `The last verification is dated ${minutes} minutes ahead of the clock, so nothing is known to have been confirmed since.`,
    );
  if (runningMs < age && runningMs <= LATE_MS)
    return both(
      'サーバーが動き始めてから、まだ検証していないため、確認できません。',
      'Nothing has been verified since the server started, so this is unknown.',
    );
  return both(
    `自動の検証が${minutes}分間動いていません。その間に書き換えられていないことを、だれも確かめていません。`,
    `The verifier has not run for ${minutes} minutes: nobody has confirmed since that the log was not rewritten.`,
  );
}

/** The state of the log at `now`, in milliseconds since the epoch. */
export function logProof(state: LogState, now: number): Proof {
  const { last } = state;
  const evidence = evidenceOf(state, now);
  if (last && !last.check.ok)
    return {
      state: 'broken',
      says: saysOf(last.check),
      evidence,
      fix: last.check.part === 'end' ? [incident, bringForward] : [incident],
    };
  const [silence, waiting] = [quiet(state, now), unsigned(state, now)];
  if (silence !== 'kept' && worst([silence, waiting]) === silence)
    return { state: silence, says: quietSays(state, now), evidence, fix: [verify, wake] };
  if (waiting !== 'kept')
    return {
      state: waiting,
      says: both(
        '署名を待つ記録がたまっています。署名のない記録は、まだ検証されません。',
        'Entries are waiting to be signed. Entries without a signature are not verified yet.',
      ),
      evidence,
      fix: [wake],
    };
  // A process that has just started says nothing about the time before.
  if (!last || ageOf(state, now) > LATE_MS)
    return { state: 'unknown', says: quietSays(state, now), evidence, fix: [verify] };
  return {
    state: 'kept',
    says: both(
      `${number(last.check.size)}件の記録が、署名のとおりであることを確かめました。`,
      `${number(last.check.size)} entries were verified to be as signed.`,
    ),
    evidence,
    fix: [],
  };
}

export const auditProvers = (room: Room): Prover[] => [
  { promise: 'log-verified', prove: async ({ clock }) => logProof(await logState(room), clock.now()) },
];
