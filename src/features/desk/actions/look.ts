// Looking at what is judged: a disclosure is decided item by item and a correction by what stands there, so whoever decides may see it, for this
// request and nothing else. The law is asked as for every use, and each look is logged with its finding.

import { both } from '../../../base/bilingual.ts';
import { done, failed, type Outcome } from '../../../base/outcome.ts';
import { decideUse } from '../../../law/index.ts';
import { appending } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import { open, opening, type Values } from '../../../vault/index.ts';
import type { By, Room } from '../../access/index.ts';
import { decide as mintFor, entryOf, informationOf, refuse, standing } from '../../checkpoint/index.ts';
import { policyInForce } from '../../policy/index.ts';
import type { Kind } from '../facts/kind.ts';
import { ownerIn, withPlaces } from '../facts/place.ts';
import { numberOf, type Request } from '../facts/request.ts';
import { readToDisclose } from '../store.ts';
import { caseOf, fieldInvalid } from './cases.ts';
import { partedProblem } from './collect.ts';
import { reaching } from './reach.ts';

/** Under which paragraph each kind is judged by what stands there. */
const judgedUnder: Partial<Record<Kind, string>> = { disclosure: '33(2)', correction: '34(2)' };

/** Whether what was collected may be looked at: while it is judged, until the person is told. */
export const mayLook = ({ kind, collected, notified, closedOn }: Request): boolean =>
  judgedUnder[kind] !== undefined && collected !== null && notified === null && closedOn === null;

const says = {
  over: both('いまは、この請求のために中身を見る段階ではありません', 'Nothing is looked at for this request now'),
  gone: both('この台帳に、集めた情報はもうありません', 'What was collected is no longer in this holding'),
};

/** What one holding keeps of what was collected. */
export interface Looked {
  /** Its place. */
  holding: string;
  values: Values;
  /** Of the record. */
  version: number;
}

/** The purpose for which the policy in force handles requests. */
const purposeOf = async (office: Office): Promise<string> =>
  (await policyInForce(office, office.clock.today()))?.policy.purposes.find(({ scope }) => scope === 'rights')?.id ??
  'rights';

/** Opens what one place keeps of what was collected for a request. */
export async function lookAt(desk: Room, by: By, id: string, place: string): Promise<Outcome<Looked>> {
  const { office } = desk;
  const found = await caseOf(desk, id);
  if (!found.ok) return found;
  const { row, request } = found.value;
  const stands = withPlaces(await standing(office), request);
  const principal = ownerIn(request, place);
  const items = request.collected?.holdings.find((one) => one.holding === place)?.items;
  const known = stands.holdings.get(place);
  if (!mayLook(request) || !principal || !items || !known) return fieldInvalid({ field: 'holding', says: says.over });
  const parted = partedProblem(found.value);
  if (parted) return fieldInvalid(parted);
  const holding = known.id;
  const may = await reaching(desk, by, 'people:use', [principal]);
  if (!may.ok) return may;
  const purpose = await purposeOf(office);
  const legalBasis = `APPI ${judgedUnder[request.kind]} ${numberOf(row)}`;
  const finding = decideUse(
    {
      information: informationOf(known, items),
      purpose,
      holdingPurposes: known.purposes,
      consent: null,
      // The Act has the request looked into, whatever else the holding is for.
      exception: { item: '18(3)(i)', legalBasis },
    },
    office.clock.today(),
  );
  const scope = { act: 'use', principals: [principal], holding, items, purposes: [purpose] } as const;
  const decision = mintFor(office, stands.policy, finding, scope);
  const { actor, authority } = may.value;
  const subjects = { request: id, principal, holding, items: [...items], purpose };
  if (!decision.permit) return refuse(office, actor, authority, decision, 'use', subjects);
  const sealed = await readToDisclose(
    office.database,
    opening([{ key: decision.id, principal, holding, items, purposes: null }]),
    appending([{ key: decision.id, entry: entryOf(actor, authority, decision, 'desk:look', subjects) }]),
  );
  if (!sealed) return failed({ kind: 'not-found', says: says.gone });
  const values = open(office.vault, decision.permit, sealed, { principal, holding, items, now: decision.at });
  return done({ holding: place, values, version: sealed.version });
}
