// YAML that somebody writes by hand: read whole, or answered with the line that has to be mended.

import { isAlias, isCollection, isMap, isScalar, isSeq, parseDocument, visit, type Document } from 'yaml';
import { both, type Bilingual } from '../base/bilingual.ts';

/** Where what the reader stopped in begins: a quotation or a bracket that nobody closed is mended where it was opened, however far it was read. */
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
 * Where the reader stopped. A line that is indented too far goes on with the text before it, until its colon says that it should not have: then the
 * reader reports the line where that text began.
 */
function stoppedAt({ errors }: Document): number {
  const [first] = errors;
  const [from] = first!.pos;
  const joined = errors.find(({ code, pos }) => code === 'MULTILINE_IMPLICIT_KEY' && pos[0] === from);
  return first!.code === 'BLOCK_AS_IMPLICIT_KEY' && joined ? joined.pos[1] - 1 : from;
}

/**
 * Where a value refers to another, is referred to, or says of what kind it is. No file of ours asks for that, and few lines of it hold more than fits a
 * memory; what is written there is a text that happens to begin with such a mark, and would be lost.
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

const lineAt = (text: string, place: number): number => text.slice(0, place).split('\n').length;

/** What a text says, or in words why it cannot be read. A key that stands twice is none. */
export function readYaml(text: string): { data: unknown } | { says: Bilingual } {
  const document = parseDocument(text, { uniqueKeys: true, logLevel: 'error' });
  if (document.errors.length > 0) {
    const line = lineAt(text, openedAt(document, stoppedAt(document)));
    return { says: both(`${line}行目がYAMLとして読めません`, `Line ${line} cannot be read as YAML`) };
  }
  const marked = markedAt(document);
  if (marked === null) return { data: document.toJS() };
  const line = lineAt(text, marked);
  return {
    says: both(
      `${line}行目に、YAMLで特別な意味を持つ「*」「&」「!」があります。文の初めに書くときは、文を引用符で囲んでください`,
      `Line ${line} has one of * & ! where YAML gives it a meaning. To begin a text with it, put the text in quotation marks`,
    ),
  };
}

/** Where a place in a text stands, by its line: of what is not there, where it would stand; null where nothing of it is. */
export function linesIn(text: string): (path: readonly (string | number)[]) => number | null {
  const { contents } = parseDocument(text, { uniqueKeys: true, logLevel: 'error' });
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
