// Articles 32 to 36 together: what each outcome of a principal's request requires. Every question about a request uses this one table, so that no
// outcome is left without its notice and no fee is taken for a request that article 38 does not name.

import type { Duty, Finding, Grounds } from '../../base/finding.ts';
import { duty, type Step } from '../answer.ts';

/** The outcomes a request can have. `otherwise`: another measure in place of the requested one. `absent`: there is nothing to disclose. */
interface Results {
  'purpose-notice': 'granted' | 'refused';
  disclosure: 'granted' | 'partly' | 'otherwise' | 'partly-otherwise' | 'refused' | 'absent';
  'record-disclosure': 'granted' | 'partly' | 'otherwise' | 'partly-otherwise' | 'refused' | 'absent';
  'foreign-information': 'granted' | 'partly' | 'refused';
  correction: 'granted' | 'partly' | 'refused';
  'stop-use': 'granted' | 'partly' | 'otherwise' | 'refused';
  erasure: 'granted' | 'partly' | 'otherwise' | 'refused';
  'stop-provision': 'granted' | 'partly' | 'otherwise' | 'refused';
}

/** What a principal may ask for: 32(2), 33(1), 33(5), 28(3), 34(1), and 35(1), (3), (5). */
export type RightsRequest = keyof Results;

type Matrix = {
  readonly [K in RightsRequest]: {
    /** True when Article 38 allows a fee. */
    readonly fee: boolean;
    readonly notices: { readonly [R in Results[K]]: readonly Duty[] };
  };
};

const explain = duty(
  'explain-reasons',
  ['APPI', '36'],
  'at-once',
  '理由を説明するよう努める',
  'Try to explain the reasons to the person',
);

const toldPurpose = duty(
  'notify-purpose',
  ['APPI', '32(2)'],
  'at-once',
  '利用目的を遅滞なく本人に通知する',
  'Tell the person the purpose without delay',
  { items: ['purpose'] },
);
const untoldPurpose = duty(
  'notify-decision',
  ['APPI', '32(3)'],
  'at-once',
  '利用目的を通知しないと決めたことを、遅滞なく本人に通知する',
  'Tell the person without delay that the purpose will not be notified',
  { items: ['decision'] },
);

const disclosed = (items: string[], article: string): Duty =>
  duty(
    'notify-decision',
    ['APPI', article],
    'at-once',
    '開示についての決定を、遅滞なく本人に通知する',
    'Tell the person without delay what was decided about the disclosure',
    { items },
  );

/** 33(3), also as applied by 33(5) to records of provision and receipt. A full disclosure is its own notice. */
const disclosures = (article: '33(3)' | '33(5)'): Matrix['disclosure'] => ({
  fee: true,
  notices: {
    granted: [],
    partly: [disclosed(['withheld-part'], article), explain],
    otherwise: [disclosed(['method'], article), explain],
    'partly-otherwise': [disclosed(['withheld-part', 'method'], article), explain],
    refused: [disclosed(['decision'], article), explain],
    absent: [disclosed(['absence'], article), explain],
  },
});

const withheld = duty(
  'notify-decision',
  ['APPI-Rules', '18(4)'],
  'at-once',
  '伝えないと決めたことを、遅滞なく本人に通知する',
  'Tell the person without delay that it was decided not to tell it',
  { items: ['decision'] },
);
const explainWithheld: Duty = { ...explain, law: 'APPI-Rules', article: '18(5)' };

const corrected = (items: string[]): Duty =>
  duty(
    'notify-decision',
    ['APPI', '34(3)'],
    'at-once',
    '訂正などをしたこととその内容、またはしないと決めたことを、遅滞なく本人に通知する',
    'Tell the person without delay what was corrected, or that it was decided not to correct it',
    { items },
  );

const suspended = duty(
  'notify-decision',
  ['APPI', '35(7)'],
  'at-once',
  '利用の停止などをしたこと、またはしないと決めたことを、遅滞なく本人に通知する',
  'Tell the person without delay that the measure was taken, or that it was decided not to take it',
  { items: ['decision'] },
);
const suspensions: Matrix['erasure'] = {
  fee: false,
  notices: {
    granted: [suspended],
    partly: [suspended, explain],
    otherwise: [suspended, explain],
    refused: [suspended, explain],
  },
};

export const outcomes: Matrix = {
  'purpose-notice': { fee: true, notices: { granted: [toldPurpose], refused: [untoldPurpose, explain] } },
  disclosure: disclosures('33(3)'),
  'record-disclosure': disclosures('33(5)'),
  'foreign-information': {
    fee: false,
    notices: { granted: [], partly: [withheld, explainWithheld], refused: [withheld, explainWithheld] },
  },
  correction: {
    fee: false,
    notices: {
      granted: [corrected(['decision', 'content'])],
      partly: [corrected(['decision', 'content']), explain],
      refused: [corrected(['decision']), explain],
    },
  },
  'stop-use': suspensions,
  erasure: suspensions,
  'stop-provision': suspensions,
};

/** The notice and the explanation that an outcome requires. */
export const noticesOf = <K extends RightsRequest>(request: K, result: Results[K]): readonly Duty[] =>
  outcomes[request].notices[result];

/**
 * A settled request: its grounds, the measures, the notices of its outcome, and what the fee adds. The answer is yes only when the request is carried
 * out as asked, in whole or in part.
 */
export const settled = (
  answer: 'yes' | 'no',
  because: Grounds,
  measures: readonly Duty[],
  notices: readonly Duty[],
  fee: Step,
): Finding => ({
  answer,
  because: [...because, ...fee.because],
  duties: [...measures, ...notices, ...fee.duties],
});
