// YAML written by hand: read completely, or answered with the line to correct.

import { isAlias, isCollection, isMap, isScalar, isSeq, parseDocument, visit, type Document } from 'yaml';
import { both, type Bilingual } from '../base/bilingual.ts';

/**
 * The start of the construct at which the reader stopped: an unclosed quotation or bracket is corrected where it was opened, however far the reader
 * got.
 */
function openedAt(document: Document, stop: number): number {
  let from = stop;
  visit(document, {
    Node(_, node) {
      const encloses = isCollection(node) ? node.flow : isScalar(node) && (node.type ?? '').startsWith('QUOTE');
      if (encloses && node.range && node.range[0] < stop && node.range[1] === stop) from = node.range[0];
    },
  });
  return from;
}

/**
 * Where the reader stopped. A line indented too far continues the text before it until its colon shows the mistake; the reader then reports the
 * line where that text began.
 */
function stoppedAt({ errors }: Document): number {
  const [first] = errors;
  const [from] = first!.pos;
  const joined = errors.find(({ code, pos }) => code === 'MULTILINE_IMPLICIT_KEY' && pos[0] === from);
  return first!.code === 'BLOCK_AS_IMPLICIT_KEY' && joined ? joined.pos[1] - 1 : from;
}

/**
 * The first anchor, alias or tag; null without one. No file of ours needs them, and with them a few lines can describe more than memory holds.
 * Usually the author meant a text that begins with such a mark, which would be lost.
 */
function markedAt(document: Document): number | null {
  let from: number | null = null;
  visit(document, {
    Node(_, node) {
      if (!isAlias(node) && node.anchor === undefined && node.tag === undefined) return undefined;
      from = node.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return from;
}

/** The position of a key that occurs twice in its map, compared as after reading; null when there is none. */
function twiceAt(document: Document): number | null {
  let from: number | null = null;
  visit(document, {
    Map(_, { items }) {
      const known = new Set<string>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        if (known.has(name)) {
          from = key.range?.[0] ?? 0;
          return visit.BREAK;
        }
        known.add(name);
      }
      return undefined;
    },
  });
  return from;
}

const parse = (text: string) =>
  // Duplicate keys are searched for here, because the reader would compare every key with every other.
  parseDocument(text, { uniqueKeys: false, logLevel: 'error' });

/** The character that replaces bytes invalid in the encoding they were read in. */
const NO_CHARACTER = '\uFFFD';

const lineAt = (text: string, place: number): number => text.slice(0, place).split('\n').length;

/** Parses a text, or says in words why it cannot be read. A duplicate key is an error. */
export function readYaml(text: string): { data: unknown } | { says: Bilingual } {
  const lost = text.indexOf(NO_CHARACTER);
  if (lost >= 0) {
    const line = lineAt(text, lost);
    return {
      says: both(
        `${line}行目に、文字として読めない符号があります。ファイルをUTF-8で保存し直してください`,
        `Line ${line} contains a code that is not a character. Save the file again in UTF-8`,
      ),
    };
  }
  const document = parse(text);
  const wrong = document.errors.length > 0 ? openedAt(document, stoppedAt(document)) : twiceAt(document);
  if (wrong !== null) {
    const line = lineAt(text, wrong);
    return { says: both(`${line}行目がYAMLとして読めません`, `Line ${line} cannot be read as YAML`) };
  }
  const marked = markedAt(document);
  if (marked === null) return { data: document.toJS() };
  const line = lineAt(text, marked);
  return {
    says: both(
      `${line}行目に、YAMLで特別な意味を持つ「*」「&」「!」があります。文の初めに書くときは、文を引用符で囲んでください`,
      `Line ${line} has one of * & ! where it has a special meaning in YAML. To begin a text with it, put the text in quotation marks`,
    ),
  };
}

/** Returns a function that gives the line of a path in the text; for a missing path, that of its nearest existing part, or null when there is none. */
export function linesIn(text: string): (path: readonly (string | number)[]) => number | null {
  const { contents } = parse(text);
  return (path) => {
    let node: unknown = contents;
    let from: number | undefined;
    for (const step of path) {
      const pair = isMap(node)
        ? node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
        : undefined;
      const item = pair?.key ?? (isSeq(node) && typeof step === 'number' ? node.items[step] : undefined);
      if (!(isScalar(item) || isCollection(item)) || !item.range) break;
      [from] = item.range;
      node = pair ? pair.value : item;
    }
    return from === undefined ? null : lineAt(text, from);
  };
}
