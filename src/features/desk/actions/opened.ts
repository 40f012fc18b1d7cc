// Opens items of a person for a request and nothing else: the law is asked as for every use, and each opening is logged with its finding.

import { both } from '../../../base/bilingual.ts';
import { done, notFound, type Outcome } from '../../../base/outcome.ts';
import { decideUse } from '../../../law/index.ts';
import { appending } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import { open, opening, type Values } from '../../../vault/index.ts';
import type { By, Room } from '../../access/index.ts';
import { decide as mintFor, entryOf, informationOf, refuse, type Standing } from '../../checkpoint/index.ts';
import { policyInForce } from '../../policy/index.ts';
import { numberOf } from '../facts/request.ts';
import { readToDisclose } from '../store/effects.ts';
import type { Case } from './cases.ts';

const gone = both('この台帳に、集めた情報はもうありません', 'What was collected is no longer in this holding');

/** The purpose for which the policy in force handles requests. */
const purposeOf = async (office: Office): Promise<string> =>
  (await policyInForce(office, office.clock.today()))?.policy.purposes.find(({ scope }) => scope === 'rights')?.id ??
  'rights';

/** The items of one record to open, and the article of the Act under which they are opened for the request. */
interface Opened {
  /** Place of the record, as `stands` has it. */
  place: string;
  principal: string;
  items: readonly string[];
  article: string;
}

/** Opens some items of one record for a request. */
export async function openFor(
  { office }: Room,
  by: By,
  { row }: Pick<Case, 'row'>,
  stands: Standing,
  { place, principal, items, article }: Opened,
): Promise<Outcome<{ values: Values; version: number }>> {
  const known = stands.holdings.get(place)!;
  const holding = known.id;
  const purpose = await purposeOf(office);
  const legalBasis = `APPI ${article} ${numberOf(row)}`;
  const finding = decideUse(
    {
      information: informationOf(known, items),
      purpose,
      holdingPurposes: known.purposes,
      consent: null,
      // The Act requires the request to be looked into, whatever else the holding is for.
      exception: { item: '18(3)(i)', legalBasis },
    },
    office.clock.today(),
  );
  const scope = { act: 'use', principals: [principal], holding, items, purposes: [purpose] } as const;
  const decision = mintFor(office, stands.policy, finding, scope);
  const subjects = { request: row.id, principal, holding, items: [...items], purpose };
  if (!decision.permit) return refuse(office, by, decision, 'use', subjects);
  const sealed = await readToDisclose(
    office.database,
    opening([{ key: decision.id, principal, holding, items, purposes: null }]),
    appending([{ key: decision.id, entry: entryOf(by, decision, 'desk:look', subjects) }]),
  );
  if (!sealed) return notFound(gone);
  const values = open(office.vault, decision.permit, sealed, { principal, holding, items, now: decision.at });
  return done({ values, version: sealed.version });
}
