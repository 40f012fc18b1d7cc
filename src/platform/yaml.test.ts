import { expect, test } from 'vitest';
import { readYaml } from './yaml.ts';

test.each([
  ['a bracket that nobody closed', 'frame:\n  person: [\n', 2],
  ['one with more after it', 'x: 1\na: [1, 2\nb: [3]\n', 2],
  ['the innermost of several', 'x: 1\na: [1,\n  {b: 2\nc: 3\n', 3],
  ['a quotation that nobody closed', 'a: 1\nb: "x\nc: 3\nd: 4\n', 2],
  ['one that a later quotation closes', "a: 1\nb: 'x\nc: 'y'\nd: 4\n", 2],
  ['a quotation that is closed too early', "a: 'it's fine'\nb: 2\n", 1],
  ['a key without its colon', '- id: P1\n  label:\n    ja: 名\n    en n\n- id: P2\n', 4],
  ['a full-width colon', '- id: P1\n  label:\n    ja：名\n    en: n\n', 3],
  ['a key that stands twice', 'a: 1\nb: 2\na: 3\n', 3],
  ['a line indented too far', 'a: 1\nb: 2\n   c: 3\nd: 4\n', 3],
  ['one in a list', '- id: P1\n  label: x\n     ja: n\n- id: P2\n', 3],
  ['one after a comment', 'a:\n  b: x\n    # note\n    c: 2\n', 4],
  ['one after a text of two lines', 'a:\n  b: x\n    y\n    c: 2\n', 4],
  ['one indented too little', 'a:\n  b: 1\n c: 2\n', 3],
  ['two colons in a line', 'a: 1\nb: it: is\nc: 3\n', 2],
  ['a tab', 'a:\n\tb: 1\n', 2],
  ['the line ends of a browser', 'a: 1\r\nb: "x\r\nc: 3\r\n', 2],
])('%s is named by its line', (_, text, line) => {
  expect(readYaml(text)).toEqual({
    says: { ja: `${line}行目がYAMLとして読めません`, en: `Line ${line} cannot be read as YAML` },
  });
});

test('what can be read is read, with quotations and brackets over several lines', () => {
  expect(readYaml('a: "x\n  y"\nb: [1,\n  2]\n')).toEqual({ data: { a: 'x y', b: [1, 2] } });
});
