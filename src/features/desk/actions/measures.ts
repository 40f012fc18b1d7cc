// What there is to tell of the measures of recipients abroad (28(3), Rules 18(3)), and what of it a decision in part keeps back.

import type { Bilingual } from '../../../base/bilingual.ts';
import type { Office } from '../../../office.ts';
import { dossierOf, measuresAnswer } from '../../recipients/index.ts';
import type { Provided } from '../../provision/index.ts';
import type { Request } from '../facts/request.ts';
import type { Result } from '../facts/result.ts';
import type { Plan } from './decide.ts';

export interface Measure {
  recipient: string;
  name: string;
  item: string;
  /** Null where the register does not have it. */
  says: Bilingual | null;
}

/** The items about each recipient of these provisions, as its register has them today. */
export async function measuresOf(office: Office, abroad: readonly Provided[]): Promise<Measure[]> {
  const all: Measure[] = [];
  for (const id of new Set(abroad.flatMap(({ recipient_id: of }) => of ?? []))) {
    const found = await dossierOf(office, id);
    if (!found.ok) continue;
    const { recipient, items } = measuresAnswer(found.value, office.clock.today());
    all.push(...items.map(({ item, says }) => ({ recipient: id, name: recipient.name, item, says })));
  }
  return all;
}

export const isUntold = ({ untold = [] }: Plan, { recipient, item }: Pick<Measure, 'recipient' | 'item'>): boolean =>
  untold.some((one) => one.recipient === recipient && one.items.includes(item));

/** Whether some of the measures of recipients abroad are told and some are kept back. */
export const isPartOfMeasures = ({ kind }: Pick<Request, 'kind'>, result: Result | undefined): boolean =>
  kind === 'foreign-information' && result === 'partly';

/** Whether a decision keeps back a part that it does not name. Whatever was told then might be that part. */
export const keepsUnnamed = (request: Request, { untold = [] }: Plan): boolean =>
  isPartOfMeasures(request, request.decided?.result) && untold.every(({ items }) => items.length === 0);
