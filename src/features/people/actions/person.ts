// One person and what is written of them: who they are in each holding, finding them, and the history of their information.

import { isId } from '../../../base/id.ts';
import { done, type Outcome } from '../../../base/outcome.ts';
import { idOf, type Page, pageOf } from '../../../base/page.ts';
import { type EntryQuery, listEntries } from '../../../log/index.ts';
import type { Erasure, Held, SearchTerm } from '../../../vault/index.ts';
import type { By, Room } from '../../access/index.ts';
import { find, held, othersFor, peopleIn, type Standing, standing } from '../../checkpoint/index.ts';
import { type Holding, holdingsById } from '../../ledger/index.ts';
import { type Policy, policyInForce, type Purpose } from '../../policy/index.ts';
import { collectionsById } from '../../related/index.ts';
import type { Place } from '../words.ts';

/** What the pages about a person need beside the person: the ledger by id, and the policy in force. */
export interface Surroundings {
  ledger: ReadonlyMap<string, Holding>;
  /** The ledger and the collections of related information by id, for the names of what an entry is about. */
  places: ReadonlyMap<string, Place>;
  policy: { version: number; policy: Policy } | null;
  /** The purposes the checkpoint can be asked with. */
  purposes: Purpose[];
  /** The standing facts that it would be asked against. */
  stands: Standing;
}

export async function surroundings({ office }: Room): Promise<Surroundings> {
  const [ledger, collections, policy, stands] = await Promise.all([
    holdingsById(office),
    collectionsById(office),
    policyInForce(office, office.clock.today()),
    standing(office),
  ]);
  return {
    ledger,
    places: new Map<string, Place>([...ledger, ...collections]),
    policy,
    purposes: policy?.policy.purposes.filter((purpose) => stands.purposes.has(purpose.id)) ?? [],
    stands,
  };
}

export type Person = Surroundings & { id: string } & ({ held: Held } | { erasure: Erasure });

export type HeldPerson = Extract<Person, { held: Held }>;

/** What is held about a person, without values, in the order of the ledger; or their erasure. */
export async function personOf(room: Room, id: string): Promise<Outcome<Person>> {
  const found = await held(room.office, id);
  if (!found.ok) return found;
  const around = await surroundings(room);
  if ('entry' in found.value) return done({ ...around, id, erasure: found.value });
  const code = ({ holding }: { holding: string }): string => around.ledger.get(holding)?.code ?? '';
  const records = found.value.records.toSorted((a, b) => (code(a) < code(b) ? -1 : 1));
  return done({ ...around, id, held: { ...found.value, records } });
}

/** The most persons shown of one search. A search that finds more should be narrowed. */
export const MOST_SHOWN = 20;

/** A person found: for each of their ids, where it is kept and since when. No value is read. */
export type FoundPerson = readonly { id: string; holdings: string[]; since: Date }[];

/** Finds persons. `total` is how many matched. */
export async function search(
  { office }: Room,
  by: By,
  terms: readonly SearchTerm[],
  holding: string | null,
): Promise<Outcome<{ total: number; shown: FoundPerson[] }>> {
  const found = await find(office, by, { terms, holding });
  if (!found.ok) return found;
  const matching = found.value.map(({ principal }) => principal);
  const others = await othersFor(office, by.actor, matching);
  // Of several matching ids of one person, the first stands for all.
  const first = matching.filter((id, i) => !matching.slice(0, i).some((before) => others.get(id)?.includes(before)));
  const shown = await Promise.all(
    first.slice(0, MOST_SHOWN).map(async (person): Promise<FoundPerson> => {
      const ids = [person, ...(others.get(person) ?? [])];
      const about = await Promise.all(ids.map((id) => held(office, id)));
      return about.flatMap((one) =>
        one.ok && 'since' in one.value
          ? [
              {
                id: one.value.principal,
                holdings: one.value.records.map((record) => record.holding),
                since: one.value.since,
              },
            ]
          : [],
      );
    }),
  );
  return done({ total: first.length, shown: shown.filter((person) => person.length > 0) });
}

/** The most persons on one page of the list of a holding. */
const MOST_LISTED = 50;

/** A page of the persons of a holding, after the id `after`. */
export async function listHolding(
  { office }: Room,
  by: By,
  holding: string,
  after: string | null,
): Promise<Outcome<Page<{ id: string; since: Date }>>> {
  const found = await peopleIn(office, by, { holding, after, most: MOST_LISTED + 1 });
  if (!found.ok) return found;
  const people = found.value.map(({ principal, since }) => ({ id: principal, since }));
  return done(pageOf(people, MOST_LISTED, idOf));
}

/** What was done with a person's information, newest first. */
export const historyEntries = ({ office }: Room, principal: string, query: Omit<EntryQuery, 'principal'>) =>
  listEntries(office.database, { ...query, principal });

/** True when the log says that a person was acquired. Asked about an id of which nothing is held and no erasure is on record. */
export const isLost = async (room: Room, principal: string): Promise<boolean> =>
  isId(principal) && (await historyEntries(room, principal, { actions: ['people:acquire'], most: 1 })).length > 0;
