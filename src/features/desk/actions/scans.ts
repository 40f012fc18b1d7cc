// Copies of identity documents as files: what they really are is known by their bytes, they are sealed with the other papers of the request, and
// the check of who asks destroys them.

import { both } from '../../../base/bilingual.ts';
import { isId } from '../../../base/id.ts';
import { done, failed, type Outcome } from '../../../base/outcome.ts';
import { append, logEntry } from '../../../log/index.ts';
import { readUpload, uploadKinds, type UploadKind } from '../../../platform/upload.ts';
import type { By } from '../../access/index.ts';
import { lockRequest, updateFolded } from '../store.ts';
import { caseFrom, fieldInvalid, foldedOf, keepPapers, keyOf, noRequest, readPaper, type Desk } from './cases.ts';

const over = both('本人の確認は済んでいます。写しは要りません', 'Who asks has been checked already; no copy is needed');

/** Seals a copy until it is known who asks. */
export async function keepScan({ office }: Desk, by: By, id: string, file: File): Promise<Outcome<null>> {
  const read = await readUpload(file);
  if (!read.ok) return fieldInvalid({ field: 'scan', says: read.says });
  if (!isId(id)) return noRequest;
  const { kind, bytes } = read.value;
  return office.database.transaction(async (tx) => {
    const row = await lockRequest(tx, id);
    if (!row) return noRequest;
    const { request } = await caseFrom(tx, row);
    const key = keyOf(row);
    if (!key || request.identified !== null || request.closedOn !== null) {
      return fieldInvalid({ field: 'scan', says: over });
    }
    const papers = [{ kind: 'identity', about: kind, text: Buffer.from(bytes).toString('base64') }] as const;
    const kept = await keepPapers(office, tx, row, key, { papers, on: office.clock.today() });
    await updateFolded(tx, id, foldedOf(request, kept));
    const subjects = { request: id, kind, bytes: bytes.length, authority: [...by.authority] };
    await append(tx, logEntry(office.clock.now(), by.actor, 'desk:keep-paper', subjects));
    return done(null);
  });
}

export interface Scan {
  kind: UploadKind;
  bytes: Buffer<ArrayBuffer>;
}

/** A copy as it came; the opening is logged. */
export async function readScan(
  desk: Desk,
  by: By,
  id: string,
  paper: { id: string; about: string | null },
): Promise<Outcome<Scan>> {
  const kind = uploadKinds.find((one) => one === paper.about);
  if (!kind) return failed(noRequest.problem);
  const read = await readPaper(desk, by, id, paper.id);
  return read.ok ? done({ kind, bytes: Buffer.from(read.value, 'base64') }) : read;
}
