// The papers of a request: sealed under its own key, and opened only for the work of the desk, each opening logged.

import type { Actor } from '../../../base/actor.ts';
import { both } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import { isId, newId } from '../../../base/id.ts';
import { done, invalid, notFound, type FieldProblem, type Outcome } from '../../../base/outcome.ts';
import { append, logEntry, type LogEntry, type Subjects } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import type { Queryable, Tx } from '../../../platform/database/index.ts';
import { openPart, sealPart, type PackageKey } from '../../../vault/index.ts';
import type { By, Room } from '../../access/index.ts';
import { openingReasons, type OpeningReason } from '../facts/request.ts';
import { insertPaper, papersOf } from '../store/papers.ts';
import { findRequest } from '../store/requests.ts';
import { reaching } from './reach.ts';
import type { PaperKind, PaperRow, RequestRow } from '../tables.ts';
import { noRequest } from './cases.ts';

export const paperGone = notFound(both('この書類は消去されています', 'This paper has been erased'));

/** A text to be sealed with an event. */
export interface Paper {
  kind: PaperKind;
  about?: string | null;
  text: string;
}

export const keyOf = (row: RequestRow): PackageKey | null =>
  row.wrapped_key === null || row.kek_version === null
    ? null
    : { kekVersion: row.kek_version, wrapped: row.wrapped_key };

/** Seals papers and adds them to those that are there; returns how many there are then. */
export async function keepPapers(
  office: Office,
  tx: Tx,
  row: Pick<RequestRow, 'id' | 'papers'>,
  key: PackageKey,
  { papers, on }: { papers: readonly Paper[]; on: Day },
): Promise<number> {
  let place = row.papers;
  for (const { kind, about, text } of papers) {
    place += 1;
    await insertPaper(tx, {
      id: newId(office.clock.now()),
      request_id: row.id,
      place,
      kind,
      about: about ?? null,
      on_day: on,
      sealed: sealPart(office.vault, key, { package: row.id, part: place }, text),
      gone_at: null,
    });
  }
  return place;
}

const closed = both(
  '終わった請求の書類は、次のどれかの目的でだけ開けます。何のために開くかを選んでください',
  'The papers of a closed request may be opened only for one of these purposes. Choose the purpose',
);

/**
 * Why the papers of a request may not be opened, or null. What came with a request is used for nothing else, so opening a closed one needs a reason.
 */
export const openingProblem = (
  { closed_on: closedOn }: Pick<RequestRow, 'closed_on'>,
  why: OpeningReason | undefined,
): FieldProblem | null =>
  closedOn === null || (why !== undefined && openingReasons.includes(why)) ? null : { field: 'for', says: closed };

/** The log entries of an opening: one for each id of the person, so that it appears in their histories. */
export const openingEntries = (
  at: number,
  actor: Actor,
  { id, principal_ids: principals }: Pick<RequestRow, 'id' | 'principal_ids'>,
  subjects: Subjects,
): LogEntry[] =>
  (principals.length === 0 ? [{}] : principals.map((principal) => ({ principal }))).map((whose) =>
    logEntry(at, actor, 'desk:open-paper', { ...whose, request: id, ...subjects }),
  );

/** How the log names a paper: its kind and, for a letter or a file that was made, which one. */
export const paperNamed = ({ id, kind, about }: Pick<PaperRow, 'id' | 'kind' | 'about'>): Subjects => ({
  paper: id,
  kind,
  ...((kind === 'copy' || kind === 'parcel') && about !== null ? { letter: about } : {}),
});

/** Opens a sealed paper of a request, only for the work of the desk. A closed request needs a reason. Each opening is logged. */
export async function readPaper(
  desk: Room,
  by: By,
  id: string,
  paper: string,
  why?: OpeningReason,
): Promise<Outcome<string>> {
  const { office } = desk;
  const asked = isId(id) && isId(paper) ? await findRequest(office.database, id) : null;
  if (!asked) return noRequest;
  const may = await reaching(desk, by, 'people:use', asked.principal_ids);
  if (!may.ok) return may;
  return office.database.transaction(async (tx) => {
    const row = await findRequest(tx, id);
    const found = row && (await papersOf(tx, id)).find((one) => one.id === paper);
    if (!row || !found) return noRequest;
    const key = keyOf(row);
    if (!key || !found.sealed) return paperGone;
    const problem = openingProblem(row, why);
    if (problem) return invalid(problem.field, problem.says);
    const at = office.clock.now();
    const subjects = {
      ...paperNamed(found),
      ...(row.closed_on !== null && why ? { for: why } : {}),
      authority: [...may.value.authority],
    };
    await append(tx, ...openingEntries(at, by.actor, row, subjects));
    return done(textOf(office, key, found));
  });
}

/** The text of a paper. The caller writes the log entry of the reading. */
export const textOf = (
  office: Office,
  key: PackageKey,
  paper: Pick<PaperRow, 'request_id' | 'place' | 'sealed'>,
): string =>
  openPart(office.vault, key, { package: paper.request_id, part: paper.place }, paper.sealed!).toString('utf8');

/** The latest paper of a kind, opened for a step that has its own log entry; null when there is none. */
export async function latestPaper(
  on: Queryable,
  office: Office,
  row: RequestRow,
  kind: PaperKind,
): Promise<string | null> {
  const key = keyOf(row);
  const paper = (await papersOf(on, row.id)).findLast((one) => one.kind === kind && one.sealed !== null);
  return key && paper ? textOf(office, key, paper) : null;
}
