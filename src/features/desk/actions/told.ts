// Telling those who were given what was wrong, where the person asks for it: what was corrected is provided to them anew, as the checkpoint lets
// it, with the record of its own. Whom it may not be given to any more hears nothing, and that is on record too.

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

/** By these a recipient knows whose information it is. */
const NAMES: readonly string[] = ['name', 'name_kana'];

/** What somebody was given about the person out of one holding in one way, over all provisions. */
export interface Given {
  recipient: string;
  /** Of a correction the place of the record that is corrected. */
  holding: string;
  items: readonly string[];
  /** The newest of them. */
  last: Provided;
}

/** To whom, out of which holding, for which purpose and as what: so far what may be given is decided alike. */
const keyOf = ({
  recipient_id: recipient,
  holding_id: holding,
  purpose,
  relation,
  joint_use_id: jointUse,
}: Provided): string => [recipient, holding, purpose, relation, ...(jointUse ? [jointUse] : [])].join('/');

/** Who was given what about the person, by recipient, holding and the way; `recorded`: only what a record of 29(1) was made of. */
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

/** What is corrected of what a recipient was given; null takes the item out. Empty where nothing of it is. */
const changedOf = ({ holding, items }: Given, changes: Plan['changes']): [item: string, value: string | null][] =>
  (changes ?? [])
    .filter((one) => one.holding === holding)
    .flatMap((one) => Object.entries(one.items))
    .filter(([item]) => items.includes(item));

/**
 * Who was given what about the person of a request, by every id they have; of a correction out of a ledger by the id that has its record there,
 * which is the one corrected.
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
  'This recipient was given nothing of what is corrected',
);

/** What is wrong with whom a correction is to be told to. */
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

/** What a recipient was told of. */
export interface Told {
  recipient: string;
  holding: string;
  givenOn: Day;
  /** What was corrected of it. */
  items: readonly string[];
  /** What they were given again: what was corrected, and by what they know whose it is. */
  values: Values;
}

/** Whom a correction was told to, as far as it can still be read. */
export const readTold = (office: Office, key: PackageKey, papers: readonly PaperRow[]): Told[] =>
  papers
    .filter(({ kind, sealed }) => kind === 'told' && sealed !== null)
    .map((paper) => JSON.parse(textOf(office, key, paper)) as Told);

/** Ids of the recipients a correction was told to, who each get a letter. */
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

/** The recipients of a plan with what each is told of, a holding and a way at a time. */
export const tellingsOf = (given: readonly Given[], { tell: chosen = [], changes }: Plan): Given[] =>
  given.filter((one) => chosen.includes(one.recipient) && changedOf(one, changes).length > 0);

/** By place too: what one of two entries was given by is told apart from what the other was. */
const wayOf = ({ last, holding }: Given): string => keyOf({ ...last, holding_id: holding });

/** Begins with `tell:` and the recipient. */
export const tellingStep = (given: Given): string => `tell:${wayOf(given)}`;

/** How far what was to be told to a recipient was told, as the steps of a request and its papers show. */
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
 * Provides what was corrected to one recipient. Answers the log entry: of the provision, or of its being left out where the checkpoint or a
 * register does not let it go to them. `ended` writes that the step is done, in the same transaction.
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
  // What was only taken out is told without anything being given, where it might be given.
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
