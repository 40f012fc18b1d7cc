// Letters on file. A letter is made once, when the step it goes out with is written, and kept with that step: opened later, it is the letter that was
// sent, with its day, its sentences and what it said of the person then. What is kept is everything its PDF is made of.

import { done, type Outcome } from '../../../base/outcome.ts';
import { append } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { makePdf, type Document } from '../../../platform/pdf.ts';
import { entryBy, type By, type Room } from '../../access/index.ts';
import type { EventBody, EventName } from '../facts/event.ts';
import { numberOf, type OpeningReason } from '../facts/request.ts';
import { requestFrom } from '../facts/stage.ts';
import { reissued } from '../letters/fee-receipt.ts';
import { readdressed, type Addressee } from '../letters/paper.ts';
import type { Texts } from '../letters/texts.ts';
import { bodyOf } from '../store/events.ts';
import { papersOf } from '../store/papers.ts';
import { lockRequest, updateFolded } from '../store/requests.ts';
import { caseFrom, caseOf, type Case } from './cases.ts';
import { foldedOf, mayHappen, ofDecision, simply, type Happening, type Step } from './happen.ts';
import { keepPapers, keyOf, readPaper, textOf, type Paper } from './papers.ts';
import {
  answerLetters,
  correctedName,
  draftsOf,
  lastCopy,
  letterNames,
  onPrinting,
  readyLetters,
  type LetterFile,
  type LetterName,
} from './drafts.ts';
import { makeFrom } from './letters.ts';
import { says } from './making.ts';
import { recipientsTold } from './told.ts';

/** The letters that go out with each event. */
const sentWith: Partial<Record<EventName, (after: Case, event: EventBody) => LetterFile[]>> = {
  // What an earlier version printed is on file already.
  acknowledged: (after, event) =>
    event.event === 'acknowledged' && event.how === 'letter' && !lastCopy(after, 'acknowledgement')
      ? ['acknowledgement']
      : [],
  'forms-sent': () => ['cover', 'form'],
  'papers-short': () => ['lacks'],
  refunded: () => ['refund'],
  extended: ({ request }) => (request.unreachable ? [] : ['extension']),
  eased: (_, event) => (event.event === 'eased' && event.until ? ['lacks'] : []),
  notified: ({ request, papers }) => [...answerLetters(request), ...recipientsTold(papers).map(correctedName)],
};

/** The request as it is after an event. */
const afterwards = (known: Case, event: EventBody): Case => ({
  ...known,
  request: requestFrom([...known.events.map(bodyOf), event]),
});

/** The papers dropped with an answer that an event takes back: what was written of the decision, and its letters, which have not gone out. */
export function takenBack(known: Case, event: EventBody): NonNullable<Happening['drop']> {
  const { request: before } = known;
  const { request: after } = afterwards(known, event);
  return [
    ...(before.decided && !after.decided ? ofDecision : []),
    // A letter that went out and did not arrive was sent, so it stays on file when the request is withdrawn, or has no address to answer to.
    ...(before.notified && (after.withdrawn || after.unreachable ? before.undelivered.length === 0 : !after.notified)
      ? [
          ...[...readyLetters(before), 'data'].map((about) => ({ kind: 'copy' as const, about })),
          { kind: 'sent' as const },
        ]
      : []),
  ];
}

/** A letter as it is kept. */
export const copyOf = (about: LetterFile, document: Document): Paper => ({
  kind: 'copy',
  about,
  text: JSON.stringify(document),
});

/** Makes the letters that go out with a step. */
export async function lettersSent(
  desk: Room,
  by: By,
  known: Case,
  { event, papers = [] }: Pick<Happening, 'event' | 'papers'>,
): Promise<Outcome<Paper[]>> {
  const after = afterwards(known, event);
  const copies: Paper[] = [];
  for (const file of sentWith[event.event]?.(after, event) ?? []) {
    const made = await makeFrom(desk, by, after, file, { sent: event, papers });
    // A form that the policy has dropped since is sent without the program.
    if (!made.ok && made === says.none) continue;
    if (!made.ok) return made;
    copies.push(copyOf(file, made.value));
  }
  return done(copies);
}

/**
 * The letters that lie ready, addressed to somebody else or to another address. They replace those on file, unless these went out and did not arrive:
 * a letter that was sent stays on file.
 */
export async function readyFor(
  office: Office,
  tx: Tx,
  known: Case,
  to: Addressee,
  texts: Texts,
): Promise<Pick<Happening, 'papers' | 'drop'>> {
  const key = keyOf(known.row);
  const ready = readyLetters(known.request).flatMap((name) => lastCopy(known, name) ?? []);
  if (!key || ready.length === 0) return {};
  const kept = await papersOf(tx, known.row.id);
  const papers = ready.map(({ id, about }) => {
    const before = JSON.parse(
      textOf(
        office,
        key,
        kept.find((one) => one.id === id)!,
      ),
    ) as Document;
    return copyOf(about as LetterFile, readdressed(before, to, { texts, lang: known.request.lang }));
  });
  const { toSendAgain } = known.request;
  return { papers, drop: toSendAgain ? [] : ready.map(({ about }) => ({ kind: 'copy', about: about! })) };
}

/** Takes a step and keeps the letters that go out with it. */
export async function sending(
  desk: Room,
  by: By,
  id: string,
  step: Step,
  happening: Happening,
): Promise<Outcome<Case>> {
  const ready = await mayHappen(desk, by, id, step, () => happening.event);
  if (!ready.ok) return ready;
  const { known, repeated } = ready.value;
  if (repeated) return done(known);
  const letters = await lettersSent(desk, by, known, happening);
  if (!letters.ok) return letters;
  return simply(desk, by, id, step, {
    ...happening,
    papers: [...(happening.papers ?? []), ...letters.value],
    drop: [...(happening.drop ?? []), ...takenBack(known, happening.event)],
  });
}

/** A letter as a file: its name and the number of its request. */
export interface LetterPdf {
  number: string;
  name: string;
  bytes: Uint8Array;
}

/** The PDF of a letter on file, or the data that went out, as they were sent. A closed request needs a reason. The opening is logged. */
export async function readCopy(
  desk: Room,
  by: By,
  known: Case,
  paper: Pick<Case['papers'][number], 'id' | 'about'>,
  why?: OpeningReason,
): Promise<Outcome<LetterPdf>> {
  const read = await readPaper(desk, by, known.row.id, paper.id, why);
  if (!read.ok) return read;
  const data = paper.about === 'data';
  const bytes = data ? Buffer.from(read.value) : makePdf(JSON.parse(read.value) as Document);
  return done({ number: numberOf(known.row), name: paper.about ?? '', bytes });
}

/**
 * Puts a letter on file that no step sends, when it is first printed. The copy of a receipt for the fee is marked as reissued, since there is one
 * original. False when somebody else has printed it at the same moment.
 */
const putOnFile = ({ office }: Room, by: By, id: string, name: LetterName, document: Document): Promise<boolean> =>
  office.database.transaction(async (tx) => {
    const row = await lockRequest(tx, id);
    const key = row && keyOf(row);
    if (!row || !key) return false;
    const known = await caseFrom(tx, row);
    if (lastCopy(known, name)) return false;
    const copy = copyOf(name, name === 'receipt' ? reissued(document) : document);
    const kept = await keepPapers(office, tx, row, key, { papers: [copy], on: office.clock.today() });
    await updateFolded(tx, id, foldedOf(known.request, kept));
    const subjects = { request: id, kind: copy.kind, letter: name };
    await append(tx, entryBy(by, office.clock.now(), 'desk:keep-paper', subjects));
    return true;
  });

/** The PDF of a letter of a request: the copy on file if it was sent, else a draft of today. A closed request needs a reason. */
export async function printLetter(
  desk: Room,
  by: By,
  id: string,
  name: LetterFile,
  why?: OpeningReason,
): Promise<Outcome<LetterPdf>> {
  const found = await caseOf(desk, id);
  if (!found.ok) return found;
  const known = found.value;
  const drafted = letterNames.find((one) => one === name && draftsOf(known).includes(one));
  if (!drafted) {
    const copy = lastCopy(known, name);
    if (copy) return readCopy(desk, by, known, copy, why);
    // For a recipient told before letters were kept on file, the letter can still be made.
    if (!isDraftTo(known, name)) return says.none;
  }
  const made = await makeFrom(desk, by, known, name, { sent: null, papers: [], why });
  if (!made.ok) return made;
  if (drafted && onPrinting.includes(drafted) && !(await putOnFile(desk, by, id, drafted, made.value)))
    return printLetter(desk, by, id, name, why);
  return done({ number: numberOf(known.row), name, bytes: makePdf(made.value) });
}

/** Whether this is the letter to a recipient told of a correction that can still be made: the request is open and its papers are there. */
const isDraftTo = ({ request, papers }: Case, name: LetterFile): boolean =>
  request.closedOn === null &&
  recipientsTold(papers.filter(({ gone_at }) => gone_at === null))
    .map(correctedName)
    .includes(name as never);
