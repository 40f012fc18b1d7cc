// The promise that the log is whole: somebody independent of the writers recomputes it all the time. Kept only while the last result is
// good and recent; a verifier that went quiet proves nothing.

import { both } from '../../base/bilingual.ts';
import type { Evidence, Proof } from '../../base/promise.ts';
import { saysOf } from '../../log/index.ts';
import type { Prover } from '../../office.ts';
import { number, stamp } from '../../platform/ui/format.ts';
import type { Room } from '../access/index.ts';
import { logState, type LogState } from './actions.ts';

const MINUTE_MS = 60_000;
/** The verifier runs every minute; five without a result is late, an hour is silence. */
const LATE_MS = 5 * MINUTE_MS;
const SILENT_MS = 60 * MINUTE_MS;
/** The integrator runs every second. */
const LAG_MS = 30_000;

function evidenceOf({ head, last, waitingSince }: LogState, lagging: boolean): Evidence[] {
  return [
    ...(last
      ? [
          {
            label: both('最後の検証', 'Last verification'),
            value: both(stamp(last.at.getTime()), stamp(last.at.getTime())),
            href: '/log',
            state: last.check.ok ? ('kept' as const) : ('broken' as const),
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
      label: both('取り込み待ちの記録', 'Entries waiting to be signed'),
      value: waitingSince
        ? both(`${stamp(waitingSince.getTime())}から`, `since ${stamp(waitingSince.getTime())}`)
        : both('なし', 'None'),
      state: lagging ? 'risk' : 'kept',
    },
  ];
}

/** How the log stands at an instant in milliseconds since the epoch. */
export function logProof(state: LogState, now: number): Proof {
  const { last, waitingSince } = state;
  const lagging = waitingSince !== null && now - waitingSince.getTime() > LAG_MS;
  const evidence = evidenceOf(state, lagging);
  const verify = both('「記録の検証」で、いま検証します。', 'Verify now on the page of the log.');
  if (!last)
    return {
      state: 'unknown',
      says: both(
        'まだ一度も検証していないため、確認できません。',
        'Nothing has been verified yet, so this is unknown.',
      ),
      evidence,
      fix: [verify],
    };
  if (!last.check.ok)
    return {
      state: 'broken',
      says: saysOf(last.check),
      evidence,
      fix: [
        both(
          '書き出したファイルと控えを残したまま、事故として調べます。',
          'Keep the exports and backups as they are, and look into it as an incident.',
        ),
      ],
    };
  const age = now - last.at.getTime();
  const minutes = Math.floor(age / MINUTE_MS);
  if (age > SILENT_MS)
    return {
      state: 'unknown',
      says: both(
        `自動の検証が${minutes}分間動いていないため、確認できません。`,
        `The verifier has not run for ${minutes} minutes, so this is unknown.`,
      ),
      evidence,
      fix: [verify],
    };
  if (age > LATE_MS)
    return {
      state: 'risk',
      says: both(`自動の検証が${minutes}分間動いていません。`, `The verifier has not run for ${minutes} minutes.`),
      evidence,
      fix: [verify],
    };
  if (lagging)
    return {
      state: 'risk',
      says: both('署名を待つ記録がたまっています。', 'Entries are waiting to be signed.'),
      evidence,
      fix: [both('サーバーの動きとデータベースを確かめます。', 'Check that the server and the database are well.')],
    };
  return {
    state: 'kept',
    says: both(
      `${number(last.check.size)}件の記録が、署名のとおりであることを確かめました。`,
      `${number(last.check.size)} entries were found to be as signed.`,
    ),
    evidence,
    fix: [],
  };
}

export const auditProvers = (room: Room): Prover[] => [
  { promise: 'log-verified', prove: async ({ clock }) => logProof(await logState(room), clock.now()) },
];
