// The file of a package: its sealed parts, opened one after the other and encrypted on the way out to the recipient's own key (age,
// https://c2sp.org/age). Nobody in the house, and nobody on the way, can read what leaves.

import { Encrypter } from 'age-encryption';
import { both } from '../../../base/bilingual.ts';
import { isId } from '../../../base/id.ts';
import { done, failed, notFound, type Outcome } from '../../../base/outcome.ts';
import { append, logEntry } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import { openPart, type PackageKey } from '../../../vault/index.ts';
import type { By } from '../../access/index.ts';
import { tokenProblem } from '../../checkpoint/index.ts';
import { recipientFacts } from '../../recipients/index.ts';
import { csvLine, isKey } from '../facts.ts';
import { lockPackage, movePackage, partAfter } from '../store.ts';
import type { PackageRow } from '../tables.ts';
import { subjectsOf } from './packages.ts';

const BOM = '\uFEFF';

/** The file in clear, part by part: a head with the codes of the items, then a line for each person. */
function clear(office: Office, row: PackageRow, key: PackageKey): ReadableStream<Uint8Array> {
  let part = -1;
  return new ReadableStream<Uint8Array>({
    start: (out) => out.enqueue(Buffer.from(BOM + csvLine(row.items))),
    pull: async (out) => {
      const next = await partAfter(office.database, row.id, part);
      if (!next) return out.close();
      part = next.part;
      out.enqueue(openPart(office.vault, key, { package: row.id, part }, next.sealed));
    },
  });
}

const says = {
  notReady: both('まだ用意できていないか、すでに終わっています', 'It is not ready yet, or over already'),
  stopped: both('この相手への提供は止められています', 'Provision to this recipient has been stopped'),
  key: both('この相手の鍵が読めません', 'The recipient’s key cannot be read'),
};

export interface PackageFile {
  name: string;
  body: ReadableStream<Uint8Array>;
}

/** The encrypted file, made anew each time and never kept. Each fetching is logged before the first byte. */
export async function packageFile(office: Office, by: By, id: string): Promise<Outcome<PackageFile>> {
  const taken = isId(id)
    ? await office.database.transaction(async (tx): Promise<Outcome<PackageRow & { publicKey: string }> | null> => {
        const row = await lockPackage(tx, id);
        if (!row) return null;
        const outside = tokenProblem(by.actor, [row.purpose]);
        if (outside) return outside;
        if (row.state !== 'ready') return failed({ kind: 'conflict', field: 'state', says: says.notReady });
        const known = await recipientFacts(office, row.recipient_id, office.clock.today());
        if (!known.ok) return known;
        const { publicKey, stopped } = known.value;
        if (stopped) return failed({ kind: 'conflict', field: 'recipient', says: says.stopped });
        if (publicKey === null || !isKey(publicKey)) {
          return failed({ kind: 'conflict', field: 'recipient', says: says.key });
        }
        await movePackage(tx, id, { fetched: row.fetched + 1 });
        await append(
          tx,
          logEntry(office.clock.now(), by.actor, 'package:fetch', { ...subjectsOf(row), authority: [...by.authority] }),
        );
        return done({ ...row, publicKey });
      })
    : null;
  if (!taken) return notFound('この提供ファイルはありません', 'There is no such package');
  if (!taken.ok) return taken;
  const row = taken.value;
  const encrypter = new Encrypter();
  encrypter.addRecipient(row.publicKey);
  const body = await encrypter.encrypt(clear(office, row, { kekVersion: row.kek_version!, wrapped: row.wrapped_key! }));
  return done({ name: `provision-${row.id}.csv.age`, body });
}
