// The sentences of the letters as the company keeps them: versions that are only ever added, the newest of which every letter is written with from
// the moment it is kept. A new installation begins with those of the file.

import fs from 'node:fs/promises';
import path from 'node:path';
import { actorRef, type Actor } from '../../../base/actor.ts';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import { newId } from '../../../base/id.ts';
import { conflict, done, invalid, notFound, type Outcome } from '../../../base/outcome.ts';
import { isLonger } from '../../../base/text.ts';
import { appending, contentHash } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import type { Database } from '../../../platform/database/index.ts';
import { makePdf } from '../../../platform/pdf.ts';
import { StartProblem } from '../../../platform/start-problem.ts';
import { entryBy, type By } from '../../access/index.ts';
import { policyInForce } from '../../policy/index.ts';
import { previews } from '../letters/preview.ts';
import {
  changesBetween,
  checkedTexts,
  completed,
  groups,
  lettersFile,
  placesOf,
  readTexts,
  sentencesAt,
  textsProblems,
  withSentences,
  type Texts,
} from '../letters/texts.ts';
import { findTexts, insertTexts, listTexts, newestTexts } from '../store/texts.ts';
import type { TextsRow } from '../tables.ts';

/** A version of the sentences. */
export interface TextsVersion {
  version: number;
  texts: Texts;
  /** Why it was written; may be empty. */
  note: string;
  at: Date;
  /** Who wrote it, as the log names actors. */
  by: string;
  /** Id of its log entry. */
  entry: string;
}

export type TextsHead = Omit<TextsVersion, 'texts'>;

export const MOST_NOTE = 200;

const says = {
  seen: both(
    'ほかの人が先に新しい版を作りました。内容を確かめてから、もう一度保存してください',
    'Somebody else wrote a new version first. Look at what it says, then save again',
  ),
  same: both('何も変わっていません', 'Nothing has changed'),
  note: both(`${MOST_NOTE}字までの、改行のない文にしてください`, `Write one line of at most ${MOST_NOTE} characters`),
} satisfies Record<string, Bilingual>;

export const noVersion = notFound(both('この版はありません', 'There is no such version'));
const noPaper = notFound(both('この手紙はありません', 'There is no such letter'));

const headOf = ({ version, note, at, by_actor, entry_id }: Omit<TextsRow, 'content'>): TextsHead => ({
  version,
  note,
  at,
  by: by_actor,
  entry: entry_id,
});

/** All versions without their sentences, newest first. */
export const textsHeads = async ({ database }: Office): Promise<TextsHead[]> => (await listTexts(database)).map(headOf);

/** A version never changes, so each is read once. */
const known = new WeakMap<Database, Map<number, TextsVersion>>();

/** One version; null when there is none of this number. */
export async function textsVersion({ database }: Office, version: number): Promise<TextsVersion | null> {
  const read = known.get(database) ?? new Map<number, TextsVersion>();
  known.set(database, read);
  const before = read.get(version);
  if (before) return before;
  const row = Number.isSafeInteger(version) ? await findTexts(database, version) : null;
  if (!row) return null;
  const found = { ...headOf(row), texts: row.content };
  read.set(version, found);
  return found;
}

/** The version that letters are written with now, whichever process kept it. */
export async function currentTexts(office: Office): Promise<TextsVersion> {
  const found = await textsVersion(office, await newestTexts(office.database));
  if (!found) throw new Error('desk: the sentences of the letters were not loaded');
  return found;
}

/** Keeps a version; null when somebody else has kept one of its number. */
async function keep(
  office: Office,
  by: By,
  next: { version: number; texts: Texts; note: string },
  before: Texts | null,
): Promise<TextsVersion | null> {
  const { version, texts, note } = next;
  const at = office.clock.now();
  const row: TextsRow = {
    version,
    content: texts,
    note,
    at: new Date(at),
    by_actor: actorRef(by.actor),
    entry_id: newId(at),
  };
  const subjects = {
    texts: version,
    changed: before ? [...new Set(changesBetween(before, texts).map((change) => change.path))] : [],
    sha256: contentHash(texts),
  };
  const entry = entryBy(by, at, 'desk:texts', subjects, row.entry_id);
  const kept = await insertTexts(office.database, row, appending([{ key: row.entry_id, entry }]));
  return kept ? { ...headOf(row), texts } : null;
}

// ---- at the start

/** The sentences of the file. Throws StartProblem with the file, or with the place of the first sentence that is wrong. */
async function fileTexts(folder: string): Promise<Texts> {
  const file = path.join(folder, lettersFile);
  const yaml = await fs.readFile(file, 'utf8').catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    throw new StartProblem(
      `手紙の文のファイルを読めません（${file}、${code}）。`,
      `The file of the sentences of the letters cannot be read (${file}, ${code}).`,
    );
  });
  const read = readTexts(yaml);
  if (read.ok) return read.value;
  const problem = read.problem.kind === 'invalid' ? read.problem.fields[0] : undefined;
  throw new StartProblem(
    `手紙の文が読めません（${problem?.field ?? lettersFile}）。${problem?.says.ja ?? ''}`,
    `The sentences of the letters cannot be read (${problem?.field ?? lettersFile}). ${problem?.says.en ?? ''}`,
  );
}

const sekisho: Actor = { kind: 'sekisho' };

/**
 * Makes the file of the folder the first version of a new installation. Where there are versions, completes the newest from the file, as a new
 * version, in the places that a later release adds or fills with other values; otherwise the file is not read. Throws StartProblem when it cannot be.
 */
export async function loadTexts(office: Office, folder: string): Promise<void> {
  const newest = await textsVersion(office, await newestTexts(office.database));
  if (newest && textsProblems(newest.texts).length === 0) return;
  const file = await fileTexts(folder);
  const texts = newest ? completed(newest.texts, file) : file;
  const by = { actor: sekisho, authority: [] };
  // A process that starts at the same moment keeps the same.
  await keep(office, by, { version: (newest?.version ?? 0) + 1, texts, note: '' }, newest?.texts ?? null);
}

// ---- in the office

const overtaken = conflict('seen', says.seen);

/** A note is one line that the database can store. */
const isNote = (note: string): boolean => !isLonger(note, MOST_NOTE) && !/[\p{Cc}\p{Cs}]/u.test(note);

/** Checks sentences and keeps them as the version after the newest. */
async function follow(
  office: Office,
  by: By,
  newest: TextsVersion,
  { given, note }: { given: unknown; note: string },
): Promise<Outcome<TextsVersion>> {
  if (!isNote(note)) return invalid('note', says.note);
  const checked = checkedTexts(given);
  if (!checked.ok) return checked;
  const texts = checked.value;
  if (changesBetween(newest.texts, texts).length === 0) return invalid('', says.same);
  const kept = await keep(office, by, { version: newest.version + 1, texts, note }, newest.texts);
  return kept ? done(kept) : overtaken;
}

export interface WriteAsk {
  /** The version that was seen: a later one since is a conflict. */
  seen: number;
  /** All sentences; they are checked. */
  texts: unknown;
  note: string;
}

/** Keeps the next version, all sentences at once. */
export async function writeTexts(office: Office, by: By, ask: WriteAsk): Promise<Outcome<TextsVersion>> {
  const newest = await currentTexts(office);
  if (newest.version !== ask.seen) return overtaken;
  return follow(office, by, newest, { given: ask.texts, note: ask.note });
}

/** Sentences by the paths of their places. */
export type Sentences = ReadonlyMap<string, readonly Bilingual[]>;

export interface GroupAsk {
  seen: number;
  group: string;
  sentences: Sentences;
  note: string;
}

const groupOf = (texts: Texts, group: string): string =>
  JSON.stringify(placesOf(group).map(({ path: at }) => sentencesAt(texts, at).map(({ ja, en }) => [ja, en])));

/** Keeps the next version, with the sentences of one group. It does not conflict with a change of another group made meanwhile. */
export async function writeGroup(office: Office, by: By, ask: GroupAsk): Promise<Outcome<TextsVersion>> {
  const newest = await currentTexts(office);
  const seen = await textsVersion(office, ask.seen);
  if (!seen || !groups.includes(ask.group)) return noVersion;
  if (groupOf(seen.texts, ask.group) !== groupOf(newest.texts, ask.group)) return overtaken;
  return follow(office, by, newest, { given: withSentences(newest.texts, ask.sentences), note: ask.note });
}

/** Goes back to an older version by keeping a new one that says the same. */
export async function restoreTexts(
  office: Office,
  by: By,
  { seen, version, note }: { seen: number; version: number; note: string },
): Promise<Outcome<TextsVersion>> {
  const newest = await currentTexts(office);
  const older = await textsVersion(office, version);
  if (!older) return noVersion;
  if (newest.version !== seen) return overtaken;
  return follow(office, by, newest, { given: completed(older.texts, newest.texts), note });
}

/** A paper about fictional people with the sentences of a group as typed; nothing is kept. */
export async function previewTexts(
  office: Office,
  { sentences, paper, lang }: { sentences: Sentences; paper: string; lang: Lang },
): Promise<Outcome<Uint8Array>> {
  const checked = checkedTexts(withSentences((await currentTexts(office)).texts, sentences));
  if (!checked.ok) return checked;
  const inForce = await policyInForce(office, office.clock.today());
  const all = inForce && previews(inForce.policy.operator);
  const made = all && Object.hasOwn(all, paper) && all[paper];
  if (!made) return noPaper;
  return done(makePdf(made({ operator: inForce.policy.operator, texts: checked.value, lang })));
}
