// YAML that somebody writes by hand: read whole, or answered with the line that has to be mended.

import { isCollection, isScalar, parseDocument, visit, type Document } from 'yaml';
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

/** What a text says, or in words why it cannot be read. A key that stands twice is none. */
export function readYaml(text: string): { data: unknown } | { says: Bilingual } {
  const document = parseDocument(text, { uniqueKeys: true });
  if (document.errors.length === 0) return { data: document.toJS({ maxAliasCount: 100 }) };
  const line = text.slice(0, openedAt(document, stoppedAt(document))).split('\n').length;
  return { says: both(`${line}行目がYAMLとして読めません`, `Line ${line} cannot be read as YAML`) };
}
