// Copies of identity documents as pictures. Their type is told from their bytes, the numbers on them are covered before they come here, they are
// sealed with the other papers of the request, and the identity check destroys them.

import { both, type Bilingual } from '../../../base/bilingual.ts';
import { isId } from '../../../base/id.ts';
import { done, failed, invalid, type Outcome } from '../../../base/outcome.ts';
import { append } from '../../../log/index.ts';
import { readUpload, uploadKinds, type Covering, type Uploaded, type UploadKind } from '../../../platform/upload.ts';
import { entryBy, type By, type Room } from '../../access/index.ts';
import { lockRequest, updateFolded } from '../store/requests.ts';
import { caseFrom, noRequest } from './cases.ts';
import { foldedOf } from './happen.ts';
import { keepPapers, keyOf, readPaper, type Paper } from './papers.ts';

const says = {
  over: both('本人の確認は済んでいます。写しは要りません', 'The identity has already been checked; no copy is needed'),
  picture: both(
    'この形式のファイルでは、番号を黒く塗れません。紙を写真に撮るか、画像（JPEGかPNG）にして入れてください',
    'Numbers cannot be blacked out in such a file. Take a picture of the paper, or save it as JPEG or PNG',
  ),
  covered: both(
    '見えている番号を黒く塗るか、どこにも見えないことを確かめて印を付けてください',
    'Black out the numbers that can be seen, or check that there are none, and tick the box',
  ),
} satisfies Record<string, Bilingual>;

/** A picture shows everything in it; a PDF may hold what a black box only hides. */
const pictures: readonly UploadKind[] = ['jpeg', 'png'];

/** A copy as it is sent. `covered`: how the numbers on it were covered; empty when not stated. */
export interface SentScan {
  file: File;
  covered: Covering | '';
}

/** Reads what was sent, if it can be kept. */
export async function readSent({ file, covered }: SentScan): Promise<Outcome<Uploaded>> {
  const read = await readUpload(file);
  if (!read.ok) return invalid('scan', read.says);
  if (!pictures.includes(read.value.kind)) return invalid('scan', says.picture);
  return covered === '' ? invalid('covered', says.covered) : done(read.value);
}

/** How a copy is sealed with the papers of a request. */
export const scanPaper = ({ kind, bytes }: Uploaded): Paper => ({
  kind: 'identity',
  about: kind,
  text: Buffer.from(bytes).toString('base64'),
});

/** Seals a copy until the requester is identified. */
export async function keepScan({ office }: Room, by: By, id: string, sent: SentScan): Promise<Outcome<null>> {
  const read = await readSent(sent);
  if (!read.ok) return read;
  if (!isId(id)) return noRequest;
  const { covered } = sent;
  const { kind, bytes } = read.value;
  return office.database.transaction(async (tx) => {
    const row = await lockRequest(tx, id);
    if (!row) return noRequest;
    const { request } = await caseFrom(tx, row);
    const key = keyOf(row);
    if (!key || request.identified !== null || request.closedOn !== null) {
      return invalid('scan', says.over);
    }
    const papers = [scanPaper(read.value)];
    const kept = await keepPapers(office, tx, row, key, { papers, on: office.clock.today() });
    await updateFolded(tx, id, foldedOf(request, kept));
    const subjects = { request: id, kind, covered, bytes: bytes.length };
    await append(tx, entryBy(by, office.clock.now(), 'desk:keep-paper', subjects));
    return done(null);
  });
}

export interface Scan {
  kind: UploadKind;
  bytes: Buffer<ArrayBuffer>;
}

/** A copy as it came; the opening is logged. */
export async function readScan(
  desk: Room,
  by: By,
  id: string,
  paper: { id: string; about: string | null },
): Promise<Outcome<Scan>> {
  const kind = uploadKinds.find((one) => one === paper.about);
  if (!kind) return failed(noRequest.problem);
  const read = await readPaper(desk, by, id, paper.id);
  return read.ok ? done({ kind, bytes: Buffer.from(read.value, 'base64') }) : read;
}
