// Imports consents on paper from a file. It is read strictly; every problem is named by line and column, and all lines are written or none. Each
// person's history shows their own consent; a keyed digest of the file is kept, so that it is imported only once.

import { createHash } from 'node:crypto';
import { actorRef } from '../../../base/actor.ts';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import { isId, newId } from '../../../base/id.ts';
import { conflict, done, fieldOutcome, invalid, type FieldProblem, type Outcome } from '../../../base/outcome.ts';
import { readText } from '../../../base/text.ts';
import { append, logEntry } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import type { Queryable } from '../../../platform/database/index.ts';
import { readCsv, noText, type CsvRead, type CsvRow } from '../../../platform/sheet.ts';
import { readJapaneseDate, slashDay } from '../../../platform/ui/format.ts';
import { fingerprint, knowing, othersOf, personKeys } from '../../../vault/index.ts';
import type { By } from '../../access/index.ts';
import { says as checkpointSays, standing } from '../../checkpoint/index.ts';
import { type Column, columns, type Given, givenProblems, says } from '../facts/given.ts';
import { type Moment, representativePapers, representativeRelations, type Text, textState } from '../facts/consent.ts';
import { insertConsents } from '../store/consents.ts';
import { importOf, insertImport, knownAmong, lockPapers, papersOf } from '../store/imports.ts';
import { type ConsentState, doubtOf } from '../facts/standing.ts';
import { isTaken } from '../store/rows.ts';
import { findText, holdStarts } from '../store/texts.ts';
import { historiesOf, withdrewAmong } from '../store/standing.ts';
import { importsWaiting, keyImports } from '../store/waiting.ts';
import type { ConsentRow } from '../tables.ts';
import { columnWords, offeredGivers, paperWords, relationWords } from '../words.ts';
import { consentRow, remarksIn, subjectsOf, todayOf } from './consents.ts';
import { withStates } from './counting.ts';
import { sealRemarks } from './remarks.ts';
import { textOf } from './texts.ts';

const MOST_LINES = 200_000;
/** Most bytes of a file. */
export const MOST_BYTES = 32 * 1024 * 1024;
/** Rows written at a time, so that one large value does not keep other requests waiting. */
const CHUNK = 5_000;
/** Most characters of evidence, as in the form. */
const MOST_EVIDENCE = 200;

export const needed: readonly Column[] = ['principal', 'given_on', 'given_by', 'evidence'];

export interface ImportAsk {
  text: { code: string; version: number };
  language: Lang;
  channel: string;
  bytes: Uint8Array;
}

export interface Imported {
  id: string;
  lines: number;
  /** How many of the lines are in each state today; states that none is in are absent. */
  states: Partial<Record<ConsentState['state'], number>>;
}

const fileSays = {
  empty: both('見出しの下に行がありません', 'There is no line below the headings'),
  many: both(`一度に${MOST_LINES}行までです`, `At most ${MOST_LINES} lines at a time`),
  cells: both(
    `行か列が多すぎます。余分な行や列を除き、一度に${MOST_LINES}行までにしてください`,
    `There are too many lines or columns. Remove those that are not needed, and send at most ${MOST_LINES} lines at a time`,
  ),
  before: both('このファイルは、すでに取り込んでいます', 'This file has already been imported'),
  gone: both(
    '取り込みの間に、本人の情報が消去されました。もう一度送ってください',
    'A person in the file was erased during the import. Send the file again',
  ),
  begun: both(
    '取り込みの間に、文面の使い始めの日が変わりました。もう一度送ってください',
    'The first day of a version of the text changed during the import. Send the file again',
  ),
  day: both('2026/11/1 か 令和8年11月1日 のように書いてください', 'Write it like 2026/11/1 or R8.11.1'),
  giver: both(
    `${Object.values(offeredGivers)
      .map(({ ja }) => ja)
      .join('、')} のどれかを書いてください`,
    `Write one of: ${Object.keys(offeredGivers).join(', ')}`,
  ),
  relation: both(
    `${Object.values(relationWords)
      .map(({ ja }) => ja)
      .join('、')} のどれかを書いてください`,
    `Write one of: ${representativeRelations.join(', ')}`,
  ),
  checked: both(
    `${Object.values(paperWords)
      .map(({ ja }) => ja)
      .join('、')} のどれかを書いてください`,
    `Write one of: ${representativePapers.join(', ')}`,
  ),
  unknown: both('この本人の情報はありません', 'Nothing is held about this person'),
  recorded: both(
    'この本人のこの日の書面の同意は、すでに記録しています。この行を除いてください',
    'The paper consent of this person on this day is already on record. Leave this line out',
  ),
  withdrawnMeanwhile: both(
    '取り込みの間に、同意の取下げが記録されました。もう一度送ってください',
    'A withdrawal was recorded during the import. Send the file again',
  ),
  recordedMeanwhile: both(
    '取り込みの間に、同じ同意が記録されました。もう一度送ってください',
    'Some of these consents were recorded during the import. Send the file again',
  ),
} satisfies Record<string, Bilingual>;

const doubtSays = (on: Day): Bilingual =>
  both(
    `この本人は、この日以後の${slashDay(on)}に、同じことへの同意を取り下げています。この行を除き、いまも同意していることを確かめたときは、同意を記録する画面で1件ずつ記録してください`,
    `On ${slashDay(on)}, this day or later, the person withdrew a consent to the same. Leave this line out; once you have made sure that they still consent, record it by hand`,
  );

/** A problem of a cell, named by line and column. */
const at = (line: number, column: Column, why: Bilingual): FieldProblem => ({
  field: `lines.${line}.${column}`,
  says: both(
    `${line}行目「${columnWords[column].ja}」：${why.ja}`,
    `Line ${line}, ${columnWords[column].en}: ${why.en}`,
  ),
});

/** Reads a cell that names one of several codes, by the code itself or by its word in Japanese. */
const codeOf = <Code extends string>(cell: string, said: Readonly<Record<Code, Bilingual>>): Code | undefined =>
  (Object.keys(said) as Code[]).find((code) => code === cell || said[code].ja === cell);

type Cells = Readonly<Record<Column, string>>;
type Line = { line: number; cells: Cells };

/** Drops empty cells at the end of a line. Excel writes commas for cells that were emptied or only formatted, and none for some empty ones. */
const withoutEmptyEnd = ({ line, cells }: CsvRow): CsvRow => ({
  line,
  cells: cells.slice(0, cells.findLastIndex((cell) => cell.trim() !== '') + 1),
});

/** Returns the rows keyed by column, or the problems of the head or of a row's length. */
function linesOf(rows: readonly CsvRow[]): { lines: Line[] } | { problems: FieldProblem[] } {
  const [head, ...below] = rows.map(withoutEmptyEnd).filter(({ cells }) => cells.length > 0);
  const names = (head?.cells ?? []).map((cell) => cell.trim());
  const known = names.map((name) => columns.find((c) => c === name || columnWords[c].ja === name));
  const strange = names.filter((_, i) => known[i] === undefined);
  const missing = needed.filter((column) => !known.includes(column));
  const twice = known.filter((column, i) => column !== undefined && known.indexOf(column) !== i);
  if (strange.length + missing.length + twice.length > 0) return { problems: [headProblem(missing)] };
  if (below.length === 0) return { problems: [{ field: 'file', says: fileSays.empty }] };
  if (below.length > MOST_LINES) return { problems: [{ field: 'file', says: fileSays.many }] };
  const problems = below
    .filter(({ cells }) => cells.length > names.length)
    .map(({ line }) => lengthProblem(line, names.length));
  if (problems.length > 0) return { problems };
  const lines = below.map(({ line, cells }) => ({
    line,
    cells: Object.fromEntries(
      columns.map((column) => {
        const cell = cells[known.indexOf(column)] ?? '';
        // Free words are kept as they were written.
        return [column, column === 'evidence' ? cell : cell.normalize('NFKC').trim()];
      }),
    ) as Cells,
  }));
  return { lines };
}

const headProblem = (missing: readonly Column[]): FieldProblem => {
  const all = columns.map((column) => columnWords[column].ja).join('、');
  const lack = missing.map((column) => columnWords[column].ja).join('、');
  return {
    field: 'lines.1',
    says: both(
      `1行目の見出しは ${all} です${lack ? `。足りない列：${lack}` : ''}。ほかの列や重なる列は置けません`,
      `The headings in line 1 are ${columns.join(', ')}${missing.length > 0 ? `; missing: ${missing.join(', ')}` : ''}. There must be no other column, and none twice`,
    ),
  };
};

const lengthProblem = (line: number, cells: number): FieldProblem => ({
  field: `lines.${line}`,
  says: both(
    `${line}行目の列が、見出しの${cells}列より多くあります`,
    `Line ${line} has more columns than the ${cells} in the headings`,
  ),
});

const dayOf = (cell: string): Moment | null => {
  const on = readJapaneseDate(cell);
  return on && { on, at: null };
};

/** Columns of the fields of a consent that have other names in the file. */
const columnOf: Readonly<Record<string, Column>> = {
  representative: 'relation',
  'representative.checked': 'checked',
};

interface Against {
  ask: ImportAsk;
  text: Text;
  channels: { has(id: string): boolean };
  today: ReturnType<typeof todayOf>;
}

type Asked = Given & { principal: string };

/** Reads one line as a consent, or returns everything that is wrong with it. */
function readLine({ line, cells }: Line, { ask, text, channels, today }: Against): Asked | FieldProblem[] {
  const problems: FieldProblem[] = [];
  const given = dayOf(cells.given_on);
  const givenBy = codeOf(cells.given_by, offeredGivers);
  const relation = codeOf(cells.relation, relationWords);
  const checked = codeOf(cells.checked, paperWords);
  const shown = cells.shown_on === '' ? null : dayOf(cells.shown_on);
  const evidence = readText(cells.evidence, { most: MOST_EVIDENCE }, (why) => problems.push(at(line, 'evidence', why)));
  const put = (column: Column, bad: boolean, why: Bilingual): unknown => bad && problems.push(at(line, column, why));
  put('principal', !isId(cells.principal), checkpointSays.principal);
  put('given_on', !given, fileSays.day);
  put('given_by', !givenBy, fileSays.giver);
  put('relation', cells.relation !== '' && !relation, fileSays.relation);
  put('checked', cells.checked !== '' && !checked, fileSays.checked);
  put('shown_on', cells.shown_on !== '' && !shown, fileSays.day);
  // A relation without a paper, or the reverse, makes no representative and would be lost without a word.
  const others = givenBy !== undefined && givenBy !== 'representative';
  put('relation', others && relation !== undefined && cells.checked === '', says.noRepresentative);
  put('checked', others && checked !== undefined && cells.relation === '', says.noRepresentative);
  if (!given || !givenBy || problems.length > 0) return problems;
  const asked: Asked = {
    principal: cells.principal,
    language: ask.language,
    given,
    givenBy,
    representative: relation && checked ? { relation, checked } : null,
    channel: ask.channel,
    method: 'paper',
    note: null,
    evidence: evidence === '' ? null : evidence,
    shown,
  };
  for (const { field, says: why } of givenProblems(asked, text, channels, today)) {
    put(columnOf[field] ?? (field as Column), true, why);
  }
  put('given_on', given.on <= today.today && textState(text, given.on) !== 'in-force', says.notInForce);
  return problems.length > 0 ? problems : asked;
}

/** Problems common to every line, stated once. */
function fileProblems(ask: ImportAsk, text: Text, channels: Against['channels']): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (!text.wording[ask.language]) problems.push({ field: 'language', says: says.language });
  if (!channels.has(ask.channel)) problems.push({ field: 'channel', says: says.channel });
  if (text.from_day === null) problems.push({ field: 'text', says: says.notInForce });
  return problems;
}

/** Key that distinguishes consents to the same text. */
const paperOf = (principal: string, on: Day): string => `${principal} ${on}`;

/** Returns the consents that are already on record: a second one would outlive the withdrawal of the first. */
async function recordedOf(on: Queryable, text: Text, asked: readonly Asked[]): Promise<Set<string>> {
  const principals = asked.map(({ principal }) => principal);
  const papers = await papersOf(on, text.id, principals);
  return new Set(papers.map(({ principal_id, given_on }) => paperOf(principal_id, given_on)));
}

/**
 * The consents among these that are in doubt: on their day or later, their person withdrew another consent to the same. A line of a file can ask
 * nobody whether the person still consents.
 */
async function doubtsOf(office: Office, on: Queryable, text: Text, asked: readonly Asked[]): Promise<Map<Asked, Day>> {
  const withdrew = await withdrewAmong(
    on,
    asked.map(({ principal }) => principal),
  );
  const others = await othersOf(on, withdrew);
  const idsOf = (principal: string): string[] => [principal, ...(others.get(principal) ?? [])];
  const history = await historiesOf(on, withdrew.flatMap(idsOf));
  const persons = new Map(withdrew.map((principal) => [principal, idsOf(principal).map(history)]));
  const today = office.clock.today();
  return new Map(
    asked.flatMap((one) => {
      const given = { id: '', given_on: one.given.on, given_at: null, text };
      const doubt = doubtOf(persons.get(one.principal) ?? [], given, today);
      return doubt ? [[one, doubt.on]] : [];
    }),
  );
}

/**
 * Problems of lines with a person and day that occur twice, in the file or on record, of consents in doubt, and of persons about whom nothing is
 * held.
 */
async function personProblems(office: Office, text: Text, lines: readonly (Asked & { line: number })[]) {
  const known = await knownAmong(office.database, knowing(lines.map(({ principal }) => principal)));
  const recorded = await recordedOf(office.database, text, lines);
  const doubts = await doubtsOf(office, office.database, text, lines);
  const first = new Map<string, number>();
  return lines.flatMap((asked): FieldProblem[] => {
    const { line, principal, given } = asked;
    const doubt = doubts.get(asked);
    const paper = paperOf(principal, given.on);
    if (!known.has(principal)) return [at(line, 'principal', fileSays.unknown)];
    if (recorded.has(paper)) return [at(line, 'principal', fileSays.recorded)];
    if (doubt) return [at(line, 'principal', doubtSays(doubt))];
    const before = first.get(paper);
    if (before === undefined) {
      first.set(paper, line);
      return [];
    }
    return [
      at(
        line,
        'principal',
        both(`${before}行目と同じ本人と日です`, `This is the same person and day as in line ${before}`),
      ),
    ];
  });
}

async function readFile(office: Office, ask: ImportAsk, text: Text): Promise<Outcome<Asked[]>> {
  const { channels } = await standing(office);
  const around = fieldOutcome(fileProblems(ask, text, channels));
  if (around) return around;
  const read = readCsv(ask.bytes);
  if ('wrong' in read) return invalid('file', unread(read));
  const found = linesOf(read.rows);
  if ('problems' in found) return fieldOutcome(found.problems)!;
  const against = { ask, text, channels, today: todayOf(office) };
  const consents: (Asked & { line: number })[] = [];
  const problems: FieldProblem[] = [];
  for (const line of found.lines) {
    const one = readLine(line, against);
    if (Array.isArray(one)) problems.push(...one);
    else consents.push({ ...one, line: line.line });
  }
  const all = problems.concat(await personProblems(office, text, consents));
  all.sort((a, b) => Number(a.field.split('.')[1]) - Number(b.field.split('.')[1]));
  return fieldOutcome(all) ?? done(consents);
}

/** Why a file could not be read. */
function unread(read: Extract<CsvRead, { wrong: string }>): Bilingual {
  if (read.wrong === 'many') return fileSays.cells;
  if (read.wrong !== 'quotes') return noText[read.wrong];
  const { line } = read;
  return both(`${line}行目の引用符（"）が閉じていません`, `A quotation mark (") in line ${line} is not closed`);
}

/** Thrown to undo an import: since the file was read, a person in it was erased or consented, or another version of the text came into force. */
class Meanwhile extends Error {
  readonly says: Bilingual;
  constructor(says: Bilingual) {
    super(says.en);
    this.says = says;
  }
}

async function writeFile(
  office: Office,
  by: By,
  { text, digest, consents }: { text: Text; digest: Buffer; consents: readonly Asked[] },
): Promise<{ id: string; rows: ConsentRow[] }> {
  const now = office.clock.now();
  const id = newId(now);
  const authority = [...by.authority];
  const of = { text: text.id, now, actor: by.actor, import: id };
  return office.database.transaction(async (tx) => {
    await holdStarts(tx, text.code);
    const held = await findText(tx, text.code, text.version);
    if (held?.until_day !== text.until_day) throw new Meanwhile(fileSays.begun);
    const note = {
      id,
      text_id: text.id,
      digest,
      lines: consents.length,
      at: new Date(now),
      by_actor: actorRef(by.actor),
    };
    await insertImport(tx, note);
    await lockPapers(tx, text.id);
    const recorded = await recordedOf(tx, text, consents);
    if (consents.some(({ principal, given }) => recorded.has(paperOf(principal, given.on)))) {
      throw new Meanwhile(fileSays.recordedMeanwhile);
    }
    if ((await doubtsOf(office, tx, text, consents)).size > 0) throw new Meanwhile(fileSays.withdrawnMeanwhile);
    const subjects = {
      text: text.id,
      code: text.code,
      version: text.version,
      lines: consents.length,
      digest: digest.toString('hex'),
      authority,
    };
    await append(tx, logEntry(now, by.actor, 'consent:import', subjects, id));
    const all: ConsentRow[] = [];
    for (let from = 0; from < consents.length; from += CHUNK) {
      const some = consents.slice(from, from + CHUNK);
      const keys = await personKeys(tx, [...new Set(some.map(({ principal }) => principal))]);
      const rows = some.map((asked): ConsentRow => {
        const place = { principal: asked.principal, of: newId(now) };
        const key = keys.get(place.principal);
        if (!key) throw new Meanwhile(fileSays.gone);
        return consentRow(asked, { ...of, id: place.of, sealed: sealRemarks(office, key, place, remarksIn(asked)) });
      });
      const written = await insertConsents(tx, knowing(rows.map((row) => row.principal_id)), rows);
      if (written !== rows.length) throw new Meanwhile(fileSays.gone);
      const entries = rows.map((row) =>
        logEntry(now, by.actor, 'consent:record', { ...subjectsOf(row, text), import: id, authority }, row.id),
      );
      await append(tx, ...entries);
      all.push(...rows);
    }
    return { id, rows: all };
  });
}

/** Counts consents by their state today: a paper may come after its person objected, or beside another consent to the same. */
async function statesOf(office: Office, text: Text, rows: readonly ConsentRow[]): Promise<Imported['states']> {
  const states: Imported['states'] = {};
  for (let from = 0; from < rows.length; from += CHUNK) {
    const some = rows.slice(from, from + CHUNK).map((row) => ({ row, text }));
    for (const { state } of await withStates(office, some)) states[state.state] = (states[state.state] ?? 0) + 1;
  }
  return states;
}

/** Returns the digest of a file as it is stored: keyed, so that nobody without the key can test guesses. */
const keyed = ({ vault }: Office, sha256: string): Buffer => fingerprint(vault, `consent file\n${sha256}`);

/** Keys the digests that an earlier version stored without a key. */
export const keyWaitingImports = (office: Office): Promise<void> =>
  office.database.transaction(async (tx) => {
    const waiting = await importsWaiting(tx);
    if (waiting.length === 0) return;
    await keyImports(
      tx,
      waiting.map(({ id, sha256 }) => ({ id, digest: keyed(office, sha256) })),
    );
  });

/**
 * Imports a file of consents on paper to one version of a text. `invalid` names the lines and columns (`lines.12.given_on`); a file that was
 * imported before is a conflict, with the id of that import.
 */
export async function importConsents(office: Office, by: By, ask: ImportAsk): Promise<Outcome<Imported>> {
  const found = await textOf(office, ask.text.code, ask.text.version);
  if (!found.ok) return invalid('text', says.text);
  const text = found.value;
  const digest = keyed(office, createHash('sha256').update(ask.bytes).digest('hex'));
  const read = await readFile(office, ask, text);
  // Checked last: if the same file was sent at the same moment, its lines are on record by now.
  const before = await importOf(office.database, text.id, digest);
  if (before) return takenBefore(before);
  if (!read.ok) return read;
  try {
    const { id, rows } = await writeFile(office, by, { text, digest, consents: read.value });
    return done({ id, lines: rows.length, states: await statesOf(office, text, rows) });
  } catch (error) {
    if (error instanceof Meanwhile) return conflict('file', error.says);
    if (isTaken(error, 'consent_imports_taken')) return takenBefore(await importOf(office.database, text.id, digest));
    throw error;
  }
}

const takenBefore = (existing: string | null): Outcome<never> =>
  conflict('file', fileSays.before, existing ?? undefined);
