// Tells recipients that were given what was wrong, when the person asks for it. What was corrected is provided to them anew, as the checkpoint
// allows, with a record of its own. A recipient it may no longer be given to is told nothing, and that is on record too.

import { both } from '../../../base/bilingual.ts';
import { dayOf, type Day } from '../../../base/day.ts';
import { done, type FieldProblem, type Outcome } from '../../../base/outcome.ts';
import { append } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { PackageKey, Values } from '../../../vault/index.ts';
import { entryBy, type By, type Room } from '../../access/index.ts';
import { askAgain, listProvisions, mayProvide, provide, type Provided } from '../../provision/index.ts';
import { inHolding, placeIn } from '../facts/place.ts';
import type { Request } from '../facts/request.ts';
import type { PaperRow } from '../tables.ts';
import { keepDuring } from './happen.ts';
import { textOf } from './papers.ts';
import type { Plan } from './decide.ts';

/** Items by which a recipient knows whose information it is. */
const NAMES: readonly string[] = ['name', 'name_kana'];

/** What a recipient was given about the person out of one holding in one way, over all provisions. */
export interface Given {
  recipient: string;
  /** For a correction, the place of the record that is corrected. */
  holding: string;
  items: readonly string[];
  /** The newest of the provisions. */
  last: Provided;
}

/** The recipient, holding, purpose and relation of a provision: within one key, what may be given is decided alike. */
const keyOf = ({
  recipient_id: recipient,
  holding_id: holding,
  purpose,
  relation,
  joint_use_id: jointUse,
}: Provided): string => [recipient, holding, purpose, relation, ...(jointUse ? [jointUse] : [])].join('/');

/** Who was given what about the person, by recipient, holding and way; `recorded`: only what a record of 29(1) was made of. */
async function givenAbout({ database }: Office, principal: string, { recorded = false } = {}): Promise<Given[]> {
  const found = new Map<string, Given>();
  for (const last of await listProvisions(database, { principal, recorded })) {
    if (last.recipient_id === null) continue;
    const key = keyOf(last);
    const before = found.get(key);
    const items = [...new Set([...(before?.items ?? []), ...last.items])];
    found.set(key, {
      recipient: last.recipient_id,
      holding: last.holding_id,
      items,
      last: before?.last ?? last,
    });
  }
  return [...found.values()];
}

/** What is corrected of what a recipient was given; null removes the item. Empty when nothing of it is. */
const changedOf = ({ holding, items }: Given, changes: Plan['changes']): [item: string, value: string | null][] =>
  (changes ?? [])
    .filter((one) => one.holding === holding)
    .flatMap((one) => Object.entries(one.items))
    .filter(([item]) => items.includes(item));

/**
 * Who was given what about the person of a request, under every id; for a correction, only under the id that has its record in that ledger, which is
 * the one corrected.
 */
export async function givenOf(office: Office, request: Request, only: { recorded?: boolean } = {}): Promise<Given[]> {
  const all = (request.specified?.principals ?? []).map(async (principal) =>
    (await givenAbout(office, principal, only)).flatMap((given): Given[] => {
      if (request.kind !== 'correction') return [given];
      const place = placeIn(request, given.holding, principal);
      return place === null ? [] : [{ ...given, holding: place }];
    }),
  );
  return (await Promise.all(all)).flat();
}

const stranger = both(
  'この提供先には、直す項目を渡していません',
  'This recipient was not given any of the items to be corrected',
);

/** The problem of recipients chosen to be told of a correction that were given nothing of it. */
export async function tellProblems(
  office: Office,
  request: Request,
  { tell: chosen = [], changes }: Plan,
): Promise<FieldProblem[]> {
  if (chosen.length === 0) return [];
  const given = (await givenOf(office, request)).filter((one) => changedOf(one, changes).length > 0);
  const known = new Set(given.map(({ recipient }) => recipient));
  return chosen.every((id) => known.has(id)) ? [] : [{ field: 'tell', says: stranger }];
}

/** What a recipient was told. */
export interface Told {
  recipient: string;
  holding: string;
  givenOn: Day;
  /** The items that were corrected. */
  items: readonly string[];
  /** What they were given again: what was corrected, and the items by which they know whose it is. */
  values: Values;
}

/** What recipients were told of a correction, as far as it can still be read. */
export const readTold = (office: Office, key: PackageKey, papers: readonly PaperRow[]): Told[] =>
  papers
    .filter(({ kind, sealed }) => kind === 'told' && sealed !== null)
    .map((paper) => JSON.parse(textOf(office, key, paper)) as Told);

/** Ids of the recipients that were told of a correction, who each get a letter. */
export const recipientsTold = (papers: readonly Pick<PaperRow, 'kind' | 'about'>[]): string[] => [
  ...new Set(papers.filter(({ kind }) => kind === 'told').map(({ about }) => about!.split('/')[0]!)),
];

interface Telling {
  desk: Room;
  by: By;
  /** Id of the request. */
  request: string;
  principal: string;
}

/** What the recipients of a plan are told, one entry for each holding and way. */
export const tellingsOf = (given: readonly Given[], { tell: chosen = [], changes }: Plan): Given[] =>
  given.filter((one) => chosen.includes(one.recipient) && changedOf(one, changes).length > 0);

/** The key with the place, so that provisions out of two entries in one holding are kept apart. */
const wayOf = ({ last, holding }: Given): string => keyOf({ ...last, holding_id: holding });

/** The name of the step: `tell:`, then the recipient and the way. */
export const tellingStep = (given: Given): string => `tell:${wayOf(given)}`;

/** How far a recipient was told, as the steps of a request and its papers show. */
export function toldTo(
  recipient: string,
  steps: readonly string[],
  told: readonly Told[],
): 'told' | 'partly' | 'untold' {
  const due = steps.filter((step) => step.startsWith(`tell:${recipient}/`)).length;
  const done = told.filter((one) => one.recipient === recipient).length;
  return done === 0 ? 'untold' : done < due ? 'partly' : 'told';
}

/**
 * Provides what was corrected to one recipient. Returns the log entry: of the provision, or of its omission when the checkpoint or a register does
 * not allow it. `ended` records that the step is done, in the same transaction.
 */
export async function tell(
  { desk, by, request, principal }: Telling,
  given: Given,
  changes: Plan['changes'],
  ended: (tx: Tx, entry: string) => Promise<void>,
): Promise<Outcome<string>> {
  const { office } = desk;
  const { recipient, holding, last } = given;
  const corrected = changedOf(given, changes);
  const givenOn = last.record?.provided_on ?? dayOf(last.at.getTime());
  const paper = { recipient, holding, givenOn, items: corrected.map(([item]) => item) };
  const keep = (tx: Tx, values: Values): Promise<void> =>
    keepDuring(desk, by, tx, {
      request,
      of: { recipient, ...inHolding(holding) },
      kind: 'told',
      about: wayOf(given),
      text: JSON.stringify({ ...paper, values }),
    });
  const record = async (tx: Tx, entry: string, values: Values): Promise<void> => {
    await ended(tx, entry);
    await keep(tx, values);
  };
  const stays = corrected.flatMap(([item, value]) => (value === null ? [] : [item]));
  const items = given.items.filter((item) => stays.includes(item) || NAMES.includes(item));
  const ask = { ...(await askAgain(office, last)), principal };
  if (items.length > 0) {
    const provided = await provide(office, by, { ...ask, items, record });
    if (provided.ok) return done(provided.value.id);
    if (provided.problem.kind === 'conflict') return provided;
  }
  // When items were only removed, the recipient is told without being given anything, provided it might be given.
  const told = items.length === 0 && (await mayProvide(office, by, { ...ask, items: paper.items })).ok;
  return office.database.transaction(async (tx) => {
    const subjects = { request, principal, recipient, ...inHolding(holding), told };
    const entry = entryBy(by, office.clock.now(), 'desk:tell-recipient', subjects);
    await append(tx, entry);
    await ended(tx, entry.id);
    if (told) await keep(tx, {});
    return done(entry.id);
  });
}
