// The register of collections. A collection is registered, changed or retired, never deleted. The law classifies every item when it is written
// down. Each act writes its version and its log entry in one transaction; if two clerks change the same version, the second gets a conflict.

import { actorRef } from '../../../base/actor.ts';
import { both } from '../../../base/bilingual.ts';
import { isId, newId } from '../../../base/id.ts';
import { conflict, done, fieldOutcome, invalid, notFound, type Outcome } from '../../../base/outcome.ts';
import { PAGE } from '../../../base/page.ts';
import { append } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { entryBy, type By } from '../../access/index.ts';
import { standing } from '../../checkpoint/index.ts';
import { isInUse } from '../../ledger/index.ts';
import {
  type Collection,
  type CollectionAct,
  type CollectionContent,
  type CollectionInput,
  notInUse,
  readContent,
} from '../facts/collection.ts';
import {
  allCollections,
  findCollection,
  findNamesake,
  insertCollection,
  insertVersion,
  isNameTaken,
  linksByCollection,
  updateCollection,
  versionsOf,
} from '../store.ts';
import type { CollectionVersionRow } from '../tables.ts';

const noCollection = notFound(both('この個人関連情報のまとまりはありません', 'There is no such collection'));

const retired = conflict('state', both('このまとまりは廃止されています', 'This collection is retired'));

/** A collection and how many of its identifiers are linked to a person. */
export interface CollectionLine {
  collection: Collection;
  links: number;
}

export async function collections(office: Office): Promise<CollectionLine[]> {
  const links = await linksByCollection(office.database);
  return (await allCollections(office.database)).map((collection) => ({
    collection,
    links: links.get(collection.id) ?? 0,
  }));
}

/** All collections by id, those retired too. */
export const collectionsById = async (office: Office): Promise<ReadonlyMap<string, Collection>> =>
  new Map((await allCollections(office.database)).map((one) => [one.id, one]));

export async function collectionOf(office: Office, id: string): Promise<Outcome<Collection>> {
  const found = isId(id) ? await findCollection(office.database, id) : null;
  return found ? done(found) : noCollection;
}

/** Finds a collection that is still in use; a retired one is a conflict. */
export async function collectionInUse(office: Office, id: string): Promise<Outcome<Collection>> {
  const found = await collectionOf(office, id);
  return found.ok && found.value.state === 'retired' ? retired : found;
}

/** True when a collection is still as it was read; it then stays so until the transaction ends. */
export const isAsRead = async (tx: Tx, { id, version }: Collection): Promise<boolean> =>
  (await findCollection(tx, id, 'share'))?.version === version;

/** The conflict returned when the collection keeps changing while something is decided on it. */
export const changing = conflict(
  'collection',
  both(
    'まとまり、提供先、同意のどれかの記録が変わり続けています。少し待ってから、もう一度お試しください',
    'The records of the collection, of the recipient or of the consents keep changing. Wait a moment and try again',
  ),
);

/** Versions of a collection, newest first: those before a version, or the newest. One more than a page has. */
export const history = (office: Office, id: string, before: number | null = null): Promise<CollectionVersionRow[]> =>
  versionsOf(office.database, id, { before: Number.isSafeInteger(before) ? before : null, most: PAGE + 1 });

async function check(office: Office, input: CollectionInput): Promise<Outcome<CollectionContent>> {
  const { holdings } = await standing(office);
  const { content, problems } = readContent(input, holdings, office.clock.today());
  return fieldOutcome(problems) ?? done(content);
}

/** The problem when the holding was retired since `check`; null otherwise, and then it is not retired until the transaction ends. */
const holdingProblem = async (tx: Tx, { holding }: CollectionContent): Promise<Outcome<never> | null> =>
  holding === null || (await isInUse(tx, holding)) ? null : invalid('holding', notInUse);

async function record(tx: Tx, office: Office, by: By, one: Collection, act: CollectionAct): Promise<void> {
  const now = office.clock.now();
  const entry = entryBy(by, now, `related:${act}`, {
    collection: one.id,
    version: one.version,
    items: one.items.map((item) => item.code),
    classes: [...new Set(one.items.map((item) => item.class))],
    ...(one.holding ? { holding: one.holding } : {}),
  });
  await insertVersion(tx, one, { act, at: new Date(now), actor: actorRef(by.actor), entry: entry.id });
  await append(tx, entry);
}

const namedOnce =
  (office: Office, one: Pick<Collection, 'name'>) =>
  async (error: unknown): Promise<Outcome<never>> => {
    if (!isNameTaken(error)) throw error;
    const existing = (await findNamesake(office.database, one)) ?? undefined;
    return conflict(
      'name.ja',
      both('同じ名前のまとまりが使われています', 'A collection of this name is in use'),
      existing,
    );
  };

/**
 * Registers a collection. Problems: `invalid` names the fields of CollectionInput; `conflict` names the name, with the id of the other collection.
 */
export async function registerCollection(office: Office, by: By, input: CollectionInput): Promise<Outcome<Collection>> {
  const checked = await check(office, input);
  if (!checked.ok) return checked;
  const now = office.clock.now();
  const made: Collection = {
    ...checked.value,
    id: newId(now),
    state: 'active',
    version: 1,
    registeredAt: new Date(now),
  };
  return office.database
    .transaction(async (tx) => {
      const retiring = await holdingProblem(tx, made);
      if (retiring) return retiring;
      await insertCollection(tx, made);
      await record(tx, office, by, made, 'register');
      return done(made);
    })
    .catch(namedOnce(office, made));
}

/** Writes the next version of a collection over the version that was seen. */
async function next(
  office: Office,
  by: By,
  { id, version, act }: { id: string; version: number; act: CollectionAct },
  change: (before: Collection, tx: Tx) => Promise<Outcome<Collection>>,
): Promise<Outcome<Collection>> {
  if (!isId(id)) return noCollection;
  return office.database.transaction(async (tx) => {
    const before = await findCollection(tx, id, 'update');
    if (!before) return noCollection;
    if (before.state === 'retired') return retired;
    if (before.version !== version) {
      return conflict(
        'version',
        both(
          'ほかの人が先に変えました。いまの内容を確かめてから、もう一度保存してください',
          'Somebody else changed it first. Check what it says now, then save again',
        ),
        id,
      );
    }
    const changed = await change(before, tx);
    if (!changed.ok) return changed;
    const one = { ...changed.value, version: version + 1 };
    if (!(await updateCollection(tx, one))) throw new Error('related: a version was overtaken under the lock');
    await record(tx, office, by, one, act);
    return done(one);
  });
}

const itemsStay = conflict(
  'items',
  both(
    'これまでの記録が参照しているため、一度加えた項目は除けません。符号を変えずに残してください',
    'Items cannot be removed once added, because records refer to them. Keep their codes as they are',
  ),
);

/** Changes a collection. Items are never removed, because records and links refer to them by code. */
export async function changeCollection(
  office: Office,
  by: By,
  { id, version, input }: { id: string; version: number; input: CollectionInput },
): Promise<Outcome<Collection>> {
  const checked = await check(office, input);
  if (!checked.ok) return checked;
  const codes = new Set(checked.value.items.map((item) => item.code));
  return next(office, by, { id, version, act: 'change' }, async (before, tx) => {
    if (!before.items.every((item) => codes.has(item.code))) return itemsStay;
    return (await holdingProblem(tx, checked.value)) ?? done({ ...before, ...checked.value });
  }).catch(namedOnce(office, checked.value));
}

/** Takes a collection out of use. Refused while an identifier of it is linked to anybody. */
export const retireCollection = (
  office: Office,
  by: By,
  { id, version }: { id: string; version: number },
): Promise<Outcome<Collection>> =>
  next(office, by, { id, version, act: 'retire' }, async (before, tx) => {
    const links = (await linksByCollection(tx)).get(id) ?? 0;
    return links === 0
      ? done({ ...before, state: 'retired' })
      : conflict(
          'links',
          both(
            `${links}件の識別子が本人と結び付いています。結び付きを解いてから廃止してください`,
            `Identifiers linked to persons: ${links}. Unlink them before you retire the collection`,
          ),
        );
  });
