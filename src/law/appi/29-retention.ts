// How a record of a provision (29), a receipt (30) or a confirmation (31) is made, and how long it is kept. The Rules follow the same pattern for all
// three.

import { addDays, lastOfMonths, later, type Day } from '../../base/day.ts';
import type { Ground } from '../../base/finding.ts';
import { rules } from '../answer.ts';
import type { RecordMode } from '../facts.ts';
import type { RetentionYears } from '../parameters.ts';

type Mode = RecordMode['mode'];

const each: [string, string] = ['やり取りのたびに、速やかに記録を作ります。', 'A record is made promptly, each time.'];
const bulk: [string, string] = [
  '続けて、または繰り返しやり取りするので、記録をまとめて作れます。',
  'The exchange is continuous or repeated, so one record may cover it.',
];
const contract: [string, string] = [
  '本人への商品やサービスの提供に関するやり取りで、その契約書などに記録事項がそろっているので、それを記録に代えられます。',
  'The exchange is about goods or services for the person, and its contract or the like contains all items, so that it may take the place of the record.',
];
const fromMaking: [string, string] = [
  '保存の期間は作った日から数えます。',
  'The retention period runs from the day it was made.',
];
const fromLast: [string, string] = [
  '保存の期間は最後のやり取りから数えます。',
  'The retention period runs from the last exchange.',
];
const contractKept: [string, string] = [
  '契約書などは、最後のやり取りから数えて保存します。',
  'The retention period of the contract runs from the last exchange.',
];

/** The grounds for making and keeping a record in each mode, as the Rules number them for provisions, receipts and confirmations under 31. */
export const recordGrounds = {
  provision: {
    each: [rules('19(2)', ...each), rules('21(iii)', ...fromMaking)],
    bulk: [rules('19(2)', ...bulk), rules('21(ii)', ...fromLast)],
    contract: [rules('19(3)', ...contract), rules('21(i)', ...contractKept)],
  },
  receipt: {
    each: [rules('23(2)', ...each), rules('25(iii)', ...fromMaking)],
    bulk: [rules('23(2)', ...bulk), rules('25(ii)', ...fromLast)],
    contract: [rules('23(3)', ...contract), rules('25(i)', ...contractKept)],
  },
  related: {
    each: [rules('27(2)', ...each), rules('29(iii)', ...fromMaking)],
    bulk: [rules('27(2)', ...bulk), rules('29(ii)', ...fromLast)],
    contract: [rules('27(3)', ...contract), rules('29(i)', ...contractKept)],
  },
} satisfies Record<string, Record<Mode, [Ground, Ground]>>;

/** The last day of a period of years that begins on the day after `on` (Civil Code 140). */
const yearsAfter = (on: Day, years: number): Day => lastOfMonths(addDays(on, 1), 12 * years);

/**
 * The last day a record is kept: counted from its making on `on` or, for bulk and contract, from the last exchange. Every further exchange moves the
 * latter.
 */
export function keepUntil(record: RecordMode | undefined, years: RetentionYears, on: Day): Day {
  const { mode = 'each', lastOn = on }: Partial<RecordMode> = record ?? {};
  return yearsAfter(mode === 'each' ? on : later(lastOn, on), years[mode]);
}
