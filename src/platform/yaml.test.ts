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
  ['one that stands there as a number and as a text', "a:\n  1: x\n  '1': y\n", 3],
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

test.each([
  ['a text that begins with an asterisk', 'a: 1\nb: *注意\n', 2],
  ['a text that begins with an ampersand, which would be lost', 'a: 1\nb: x\nc: &注意 文\n', 3],
  ['a text that begins with an exclamation mark, which would be lost', 'a: !memo 文\n', 1],
  ['a kind of its own', 'a: !!binary "eA=="\n', 1],
  ['a list that holds itself', 'a: &a [*a]\n', 1],
  [
    'a few lines that would come to a milliard',
    `a: &a [x,x,x]\n${'bcdefghijklmnopqrs'.replaceAll(/./g, (c) => `${c}: &${c} [${`*${String.fromCodePoint(c.codePointAt(0)! - 1)},`.repeat(3)}]\n`)}`,
    1,
  ],
])('%s is named by its line, with how a text is written that begins so', (_, text, line) => {
  const read = readYaml(text);
  expect('says' in read && read.says.ja).toBe(
    `${line}行目に、YAMLで特別な意味を持つ「*」「&」「!」があります。文の初めに書くときは、文を引用符で囲んでください`,
  );
});

test('what can be read is read, with quotations and brackets over several lines', () => {
  expect(readYaml('a: "x\n  y"\nb: [1,\n  2]\n')).toEqual({ data: { a: 'x y', b: [1, 2] } });
  expect(readYaml('a: "*注意"\nb: 5 * 3 & 4!\n')).toEqual({ data: { a: '*注意', b: '5 * 3 & 4!' } });
});

test('what another encoding left of a text is named by its line: it would be published', () => {
  const read = readYaml(Buffer.concat([Buffer.from('a: 1\nb: '), Buffer.from([0x95, 0xfb, 0x90, 0x6a])]).toString());
  expect(read).toEqual({
    says: {
      ja: '2行目に、文字として読めない符号があります。ファイルをUTF-8で保存し直してください',
      en: 'Line 2 contains a code that is not a character. Save the file again in UTF-8',
    },
  });
});

test('a text of many keys is read in the time of its length', () => {
  const many = 60_000;
  const read = readYaml(Array.from({ length: many }, (_, i) => `k${i}: ${i}\n`).join(''));
  expect('data' in read && Object.keys(read.data as object)).toHaveLength(many);
}, 30_000);
