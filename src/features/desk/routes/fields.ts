// What the routes of the desk have in common.

import { longText, z, type FieldNames } from '../../../platform/http/index.ts';
import { deskDays } from '../facts/clocks.ts';

export const MOST_TEXT = 4_000;

export const text = longText(MOST_TEXT).default('');

export const longAgo = z
  .boolean()
  .default(false)
  .openapi({ description: `Confirms that it arrived more than ${deskDays.longAgo} days before it was registered.` });

export const oneId = { params: z.object({ id: z.string() }) };

/** The API's names of the fields. */
export const named: FieldNames = {
  arrivedOn: 'arrived_on',
  longAgo: 'long_ago',
  feeYen: 'fee_yen',
  toldApart: 'told_apart',
  numbersCovered: 'numbers_covered',
  addressChecked: 'address_checked',
  sendTo: 'send_to',
  handedBy: 'handed.by',
  identityChecked: 'handed.identity_checked',
};
