// Article 26(1) proviso and Rule 9, with their counterparts in the Numbering Act: a company that handles the data for another is released from report
// and notice by telling that company. A late notice alone never counts as a release.

import type { Day } from '../../base/day.ts';
import type { Duty, Grounds, Missing } from '../../base/finding.ts';
import { appi, duty, ground, lacks } from '../answer.ts';
import { asksJudgement, judged } from '../judgement.ts';
import { breachReportItems, inForce } from '../parameters.ts';
import type { BreachFacts } from './26-breach.ts';
import { preliminaryWindow } from './26-report.ts';

const released = appi(
  '26(1) proviso',
  '委託元に速やかに知らせたので、委託先としての報告と本人への通知は要りません。',
  'The entrusting party was told promptly, so the entrusted party need not report or notify.',
);
export const numberReleased = ground(
  'NumberingAct',
  '29-4(1) proviso',
  '同じ理由で、番号法の報告と本人への通知も要りません。',
  'For the same reason no report or notice is due under the Numbering Act either.',
);
const late = appi(
  '26(1) proviso',
  '知らせるのが遅れたときに報告を免れるかは、法律からは決まりません。免れると判断されています。',
  'The law does not settle whether a late notice releases the company. It was judged that it does.',
);
const askEntrusted = lacks(
  'entrusted',
  '26(1)',
  'ほかの会社から任されて扱っている情報か',
  'Whether the data is handled for another company',
);
const askNotified = lacks(
  'entrusted.notifiedOn',
  '26(1)',
  '委託元に知らせたか、いつ知らせたか',
  'Whether and when the entrusting party was told',
);
export const askKnownOn = lacks(
  'knownOn',
  '26(1)',
  '社内のどこかの部署が、初めて知った日',
  'The day any department first knew',
);
const askLate = asksJudgement(
  'lateNotice',
  'APPI-Rules',
  '9',
  '目安を過ぎてからの通知でも、報告を免れると見るか',
  'whether a notice after the usual days still releases the company from reporting',
);

export type Release =
  | { released: true; because: Grounds }
  | { released: false }
  | { released: undefined; missing: Missing };

/** Has a notice to the entrusting party released the company? Undefined on a day without law data. */
export function testRelease({ entrusted, knownOn, judgements }: BreachFacts, on: Day): Release | undefined {
  if (entrusted === null) return { released: false };
  if (entrusted === undefined) return { released: undefined, missing: askEntrusted };
  const { notifiedOn } = entrusted;
  if (notifiedOn === undefined) return { released: undefined, missing: askNotified };
  if (notifiedOn === null || notifiedOn > on) return { released: false };
  if (knownOn === undefined) return { released: undefined, missing: askKnownOn };
  const window = preliminaryWindow(knownOn, on);
  if (!window) return undefined;
  if (notifiedOn <= window.last) return { released: true, because: [released] };
  const judgement = judged(judgements, 'lateNotice', on);
  if (judgement === undefined) return { released: undefined, missing: askLate };
  return judgement ? { released: true, because: [late] } : { released: false };
}

/**
 * The duty to tell the entrusting party, unless it has been told. A planned notice does not release the company. Undefined on a day without law data.
 */
export function releaseDuty({ entrusted }: BreachFacts, on: Day): Duty[] | undefined {
  const notifiedOn = entrusted?.notifiedOn;
  if (notifiedOn === undefined || (notifiedOn !== null && notifiedOn <= on)) return [];
  const items = inForce(breachReportItems, on);
  return (
    items && [
      duty(
        'notify-entrusting-party',
        ['APPI-Rules', '9'],
        'at-once',
        '委託元に、分かっていることを速やかに知らせる。知らせれば、報告と本人への通知は要らない',
        'Tell the entrusting party promptly what is known; once told, no report or notice is due from us',
        { items: [...items] },
      ),
    ]
  );
}
