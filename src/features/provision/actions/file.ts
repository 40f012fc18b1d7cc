// The file of a package: its sealed parts are opened one after another and encrypted to the recipient's own key (age, https://c2sp.org/age) while
// they are sent. Nobody in the company and nobody on the way can read it. The first fetch provides the persons in it and writes the records and log
// entries: exactly the persons in the file are on record.

import { Encrypter } from 'age-encryption';
import { actorRef } from '../../../base/actor.ts';
import { both } from '../../../base/bilingual.ts';
import { dayOf } from '../../../base/day.ts';
import type { Finding } from '../../../base/finding.ts';
import { isId } from '../../../base/id.ts';
import { conflict, done, failed, type Outcome } from '../../../base/outcome.ts';
import { LAW_VERSION } from '../../../law/index.ts';
import { append } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { openPart, SealBroken } from '../../../vault/index.ts';
import { entryBy, type By } from '../../access/index.ts';
import { decide, entryOf, tokenProblem } from '../../checkpoint/index.ts';
import { recipientFacts } from '../../recipients/index.ts';
import { csvLine, fetchBar, recordFor } from '../facts.ts';
import { findPackage, lockPackage, movePackage } from '../store/packages.ts';
import { destroyPart, findPart, release, sealedByClass, sealedParts, type SealedPart } from '../store/parts.ts';
import { isAsRead } from '../store/provisions.ts';
import { settlePeople } from '../store/screening.ts';
import type { PackageRow, ProvisionRow } from '../tables.ts';
import { knownFor, noPackage, screen, subjectsOf } from './packages.ts';
import { keptWords, withReferences } from './references.ts';
import {
  endPackage,
  goingOn,
  holdBack,
  noteFallen,
  sealNext,
  subjectsFor,
  waitingIn,
  type Going,
  type Hindrance,
} from './prepare.ts';

const BOM = '\uFEFF';

const openOf = ({ vault }: Office, row: PackageRow, part: number, sealed: Buffer): Buffer =>
  openPart(vault, { kekVersion: row.kek_version!, wrapped: row.wrapped_key! }, { package: row.id, part }, sealed);

/** The file in clear, part by part: a head with the codes of the items, then a line for each person. Fails when a part was destroyed meanwhile. */
function clear(office: Office, { row, parts }: Handed): ReadableStream<Uint8Array> {
  const left = parts.values();
  return new ReadableStream<Uint8Array>({
    start: (out) => out.enqueue(Buffer.from(BOM + csvLine(row.items))),
    pull: async (out) => {
      const { value: next } = left.next();
      if (!next) return out.close();
      const sealed = await findPart(office.database, row.id, next);
      if (!sealed) throw new Error('package: a part is not there any more');
      out.enqueue(openOf(office, row, next.part, sealed));
    },
  });
}

const says = {
  notReady: both('まだ用意できていないか、すでに終わっています', 'It is not ready yet, or over already'),
  stopped: both('この相手への提供は止められています', 'Provision to this recipient is stopped'),
  key: both(
    'この相手の鍵が、承認されたときの鍵と違います。どちらが相手の鍵かを確かめ、この提供ファイルを終えて作り直してください',
    'This recipient’s key is not the one that was approved. Find out which of the two is the recipient’s, end this package and make it again',
  ),
  nobody: both('渡せる人が、だれもいなくなりました', 'Nobody is left whose information may go'),
};

export interface PackageFile {
  name: string;
  body: ReadableStream<Uint8Array>;
}

/** What is handed over: these parts, to this key. */
interface Handed {
  row: PackageRow;
  publicKey: string;
  parts: readonly SealedPart[];
}

/**
 * Provides everybody in the sealed parts: writes provisions, persons, records and log entries. False, and nothing is written, where midnight came
 * while it was asked: what was allowed on one day is not handed over on the next.
 */
async function provideAll(
  office: Office,
  by: By,
  tx: Tx,
  row: PackageRow,
  { going: { basis, classes }, people: all }: { going: Going; people: number },
): Promise<boolean> {
  const { holding_id: holding, items, purpose } = row;
  const counts = new Map((await sealedByClass(tx, row.id)).map((one) => [one.class, one.people]));
  const made = classes.flatMap((one) => {
    const people = counts.get(one.no) ?? 0;
    if (people === 0) return [];
    const scope = { act: 'provide', principals: [], holding, items, purposes: [purpose] } as const;
    const decision = decide(office, basis.stands.policy, one.finding, scope);
    const { facts } = one;
    const provision: ProvisionRow = {
      id: decision.id,
      at: new Date(decision.at),
      by_actor: actorRef(by.actor),
      holding_id: holding,
      purpose,
      items,
      relation: facts.relation!,
      recipient_id: row.recipient_id,
      recipient: facts.recipient ?? {},
      joint_use_id: row.joint_use_id,
      facts,
      finding: one.finding,
      law_version: LAW_VERSION,
      policy_version: basis.stands.policy,
      people,
      attempt: null,
      attempt_digest: null,
      package_id: row.id,
      referenced: [],
      sealed: null,
    };
    const record = recordFor(one.finding, facts, { provision: decision.id, items, on: basis.on });
    return [{ class: one.no, row: provision, record, decision }];
  });
  if (made.some(({ decision }) => dayOf(decision.at) !== basis.on)) return false;
  const { sealed_of: person } = row;
  const written = person
    ? await Promise.all(made.map(async (one) => ({ ...one, row: await withReferences(office, tx, one.row, person) })))
    : made;
  if ((await release(tx, row.id, written)) !== all) throw new Error('package: its persons and its records differ');
  await append(
    tx,
    ...made.map(({ decision, row: { people, relation }, record }) =>
      entryOf(by, decision, 'package:provide', {
        ...subjectsFor(row),
        relation,
        people,
        ...(record ? { record: decision.id, keep_until: record.keep_until } : {}),
      }),
    ),
  );
  return true;
}

/** Locks a package and checks that it may be fetched; returns it with the key of its recipient. */
async function readyPackage(
  office: Office,
  by: By,
  tx: Tx,
  id: string,
): Promise<Outcome<{ row: PackageRow; publicKey: string }>> {
  const row = await lockPackage(tx, id);
  if (!row) return noPackage;
  const outside = tokenProblem(by.actor, [row.purpose]);
  if (outside) return outside;
  if (row.state !== 'ready') return conflict('state', says.notReady);
  const known = await recipientFacts(tx, row.recipient_id, office.clock.today());
  if (!known.ok) return known;
  const bar = fetchBar(row.public_key, known.value);
  return bar ? conflict('recipient', says[bar]) : done({ row, publicKey: known.value.publicKey! });
}

/** The most parts sealed anew in one transaction. Few, because the log takes in no entry younger than one whose transaction still runs. */
const SEALED_AT_ONCE = 50;

/** Seals destroyed parts anew; false when more of them are left. */
async function sealed(office: Office, tx: Tx, row: PackageRow, going: Going): Promise<boolean> {
  for (let n = 0; n < SEALED_AT_ONCE; n++) if (!(await sealNext(office, tx, row, going))) return true;
  return false;
}

/** True when a part opens. Throws KeyMismatch when the key of its package does not. */
function opens(...part: Parameters<typeof openOf>): boolean {
  try {
    openOf(...part);
    return true;
  } catch (error) {
    if (error instanceof SealBroken) return false;
    throw error;
  }
}

/**
 * Destroys parts that no longer open, so that they are sealed anew. Otherwise the file would break off on its way and still be on record as
 * provided.
 */
async function destroyDamaged(office: Office, id: string): Promise<void> {
  const { database } = office;
  const row = await findPackage(database, id);
  if (row?.state !== 'ready') return;
  for (const part of await sealedParts(database, id)) {
    const bytes = await findPart(database, id, part);
    if (bytes && !opens(office, row, part.part, bytes)) await destroyPart(database, id, part);
  }
}

/** Ends a package into which the law lets nobody any more, and returns the refusal. */
const refusedFor = async (
  office: Office,
  tx: Tx,
  row: PackageRow,
  hindrance: Extract<Hindrance, { finding: Finding }>,
) => failed({ kind: 'refused', finding: hindrance.finding, decision: await endPackage(office, tx, row, hindrance) });

/**
 * Removes persons whom the registers and the law no longer let in, keeps those who consented anew on their new consent, seals destroyed parts anew,
 * and hands the package over as it then is. The first time, this provides it. Returns null when it must be asked again: there is more to seal, the
 * recipient changed since it was read, or midnight came. Where everybody who is left waits for a change of purpose to be judged anew, it is refused
 * and stays as it is.
 */
async function handOver(office: Office, by: By, tx: Tx, id: string): Promise<Outcome<Handed | null>> {
  const found = await readyPackage(office, by, tx, id);
  if (!found.ok) return found;
  let { row } = found.value;
  const going = await goingOn(office, tx, row);
  if ('reason' in going) return conflict('state', going.reason);
  if ('finding' in going) return refusedFor(office, tx, row, going);
  const { asRead, publicKey } = going.basis;
  if (publicKey !== found.value.publicKey || !(await isAsRead(tx, asRead))) return done(null);
  const waiting = await waitingIn(tx, row, going);
  if (waiting) {
    return failed({
      kind: 'refused',
      finding: waiting.finding,
      decision: await holdBack(office, by, tx, row, waiting),
    });
  }
  const gone = await settlePeople(tx, row, knownFor(row, going.basis), going.classes);
  if (gone.length > 0) {
    const { policy } = going.basis.stands;
    await noteFallen(office, by, tx, { row, policy }, await screen(tx, row, going.basis, gone));
  }
  if (!(await sealed(office, tx, row, going))) return done(null);
  const parts = await sealedParts(tx, id);
  const people = parts.reduce((sum, one) => sum + one.people, 0);
  if (people === 0) {
    await endPackage(office, tx, row, { reason: says.nobody });
    return conflict('state', says.nobody);
  }
  if (row.fetched === 0) {
    row = { ...row, ...(await keptWords(office, tx, row)) };
    if (!(await provideAll(office, by, tx, row, { going, people }))) return done(null);
  }
  const { words, sealed: closed, sealed_of } = row;
  const now = office.clock.now();
  const fetched = { fetched: row.fetched + 1, fetched_at: new Date(now) };
  await movePackage(tx, id, { ...fetched, words, sealed: closed, sealed_of });
  const subjects = { ...subjectsOf(row), people };
  await append(tx, entryBy(by, now, 'package:fetch', subjects));
  return done({ ...found.value, parts });
}

/**
 * The encrypted file, made anew for each fetch and never stored. It holds the persons who may be handed over at this moment and what is held about
 * them at this moment. Each fetch is logged before the first byte; the first one records the provision.
 */
export async function packageFile(office: Office, by: By, id: string): Promise<Outcome<PackageFile>> {
  if (!isId(id)) return noPackage;
  await destroyDamaged(office, id);
  for (;;) {
    const handed = await office.database.transaction((tx) => handOver(office, by, tx, id));
    if (!handed.ok) return handed;
    if (handed.value === null) continue;
    const encrypter = new Encrypter();
    encrypter.addRecipient(handed.value.publicKey);
    const body = await encrypter.encrypt(clear(office, handed.value));
    return done({ name: `provision-${id}.csv.age`, body });
  }
}
