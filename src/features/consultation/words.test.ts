// Nothing that a question can return appears as a code on a page: every answer, mark, article, duty item and missing fact has words in both
// languages. Checked in the findings of all examples and in the lists of the law's parameters.

import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { both, type Bilingual } from '../../base/bilingual.ts';
import { day } from '../../base/day.ts';
import type { Finding, Source } from '../../base/finding.ts';
import { inForce, parameters, type Parameter } from '../../law/index.ts';
import { articleLabel } from '../../platform/ui/article.ts';
import { itemNames } from '../checkpoint/index.ts';
import { leavesFor, marksOf, readFacts, type Asks, type Facts, type Question } from './facts.ts';
import { findingLines } from './letters/plain.ts';
import { questionOf, questions } from './questions/index.ts';
import { answerWords, plaqueOf } from './words.ts';

const root = path.resolve(import.meta.dirname, '../../../examples/facts');
const files = fs
  .readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.json'))
  .sort();

const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

/** The texts that lack one of the languages. A code in place of a word is no Japanese. */
const unsaid = (texts: readonly Bilingual[]): Bilingual[] =>
  texts.filter(({ ja, en }) => !japanese.test(ja) || en.trim() === '' || japanese.test(en));

/** True for an article in the form that programs use. Sections of guidelines have only numbers. */
const unwritten = ({ law, article }: { law: Source; article: string }): boolean =>
  !law.endsWith('Guideline') && /[a-z(]/i.test(articleLabel(law, article, 'ja'));

/** Everything in a finding that would appear as a code on a page or on paper. */
function rawOf(question: Question, finding: Finding<string>): unknown[] {
  const { duties = [] } = finding;
  const missing = 'missing' in finding ? finding.missing : [];
  const said = [...finding.because, ...duties, ...missing];
  const listed = duties.filter((duty) => duty.do !== 'observe-articles').flatMap(({ items = [] }) => items);
  const observed = duties.flatMap((duty) => (duty.do === 'observe-articles' ? [duty] : []));
  return [
    ...unsaid([
      answerWords(question, finding).title,
      ...marksOf(question, finding),
      ...said.map(({ says }) => says),
      ...missing.flatMap((one) => leavesFor(question, one).map(({ field }) => field.label)),
      ...(('instead' in finding && finding.instead) || []),
    ]),
    ...said.filter(unwritten),
    ...observed.flatMap(({ law, items = [] }) => items.map((article) => ({ law, article })).filter(unwritten)),
    ...listed.filter((item) => !Object.hasOwn(itemNames, item)),
  ];
}

test('a question is answered in words that answer it: only what is asked to exist is or is not there', () => {
  const asked = questions.flatMap(({ id, leaves }) =>
    leaves.flatMap(({ path: fact, field }) => (field.control === 'exists' ? [{ at: `${id} ${fact}`, field }] : [])),
  );
  expect(asked.length).toBeGreaterThan(30);
  const odd = asked.filter(({ field: { label, options } }) => options.yes.ja === 'ある' && !label.ja.includes('あり'));
  expect(odd.map(({ at }) => at)).toEqual([]);
});

test('a fact of the secrecy of communications is asked in the same words, whichever question it is part of', () => {
  const asked = (id: string, facts: RegExp) =>
    Object.fromEntries(
      questionOf(id)!.leaves.flatMap(({ path: fact, field: { label, hint, ...field } }) =>
        facts.test(fact)
          ? [[fact.replace(/^secrecy\./, ''), [label, hint, 'options' in field ? field.options : null]]]
          : [],
      ),
    );
  const alone = asked('secrecy', /^(?!communications$)/);
  expect(Object.keys(alone).length).toBeGreaterThan(6);
  for (const id of ['use', 'provide']) expect([id, asked(id, /^secrecy\./)]).toEqual([id, alone]);
  const carried = questionOf('secrecy')!.leaves.find(({ path: fact }) => fact === 'communications')!.field.label;
  expect(carried.ja).toContain('場所');
  const claims = [
    ['use', 'secrecy'],
    ['provide', 'secrecy'],
    ['classify', 'communications'],
  ] as const;
  for (const [id, at] of claims) {
    expect([id, questionOf(id)!.leaves.find(({ path: fact }) => fact === at)!.field.label]).toEqual([id, carried]);
  }
});

test('what is no word is seen', () => {
  expect(unsaid([both('本人', 'the person'), both('principal', 'principal'), both('本人', ''), both('', 'x')])).toEqual(
    [both('principal', 'principal'), both('本人', ''), both('', 'x')],
  );
  const articles = ['27(5)(i)', '27-12', '26b', 'amendment'].map((article) => ({ law: 'APPI' as const, article }));
  expect(articles.filter(unwritten).map(({ article }) => article)).toEqual(['26b', 'amendment']);
});

test.each(files)('%s: no code in its finding', (file) => {
  const question = questionOf(path.dirname(file))!;
  const { on, facts } = JSON.parse(fs.readFileSync(path.join(root, file), 'utf8')) as { on: string; facts: unknown };
  const read = readFacts(question, question.schema, facts, day(on));
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  expect(rawOf(question, question.decide(read.facts, day(on)))).toEqual([]);
});

test('only what may be done is called allowed, and nobody is told to wait with what they must do', () => {
  const asking = (what: Asks): string[] => questions.flatMap(({ id, asks }) => (asks === what ? [id] : [])).toSorted();
  expect(asking('claim')).toEqual(['correct', 'disclose', 'purpose-notice', 'suspend']);
  expect(asking('must')).toEqual(['breach', 'erase', 'payment-record']);
  expect(asking('what')).toEqual(['classify', 'publish-anonymous', 'publish-matters', 'purpose', 'sue']);
  for (const question of questions) {
    const { id, asks } = question;
    const says = (answer: string): string => answerWords(question, { answer }).says.ja;
    const plaque = asks === 'may' || asks === 'claim';
    expect([id, plaqueOf(question, 'yes'), plaqueOf(question, 'no')]).toEqual([
      id,
      plaque ? 'yes' : null,
      plaque ? 'no' : null,
    ]);
    expect([id, says('yes').includes('できます')]).toEqual([id, asks === 'may']);
    expect([id, says('unknown').includes('行わないで')]).toEqual([id, asks === 'may']);
  }
});

test('what has to be done already is said though the answer is open', () => {
  const breach = questionOf('breach')!;
  const { facts } = JSON.parse(fs.readFileSync(path.join(root, 'breach/o-18-other-statutes-open.json'), 'utf8')) as {
    facts: Facts;
  };
  const lines = findingLines(breach, breach.decide(facts, day('2026-10-05')), day('2026-10-05'), 'ja');
  expect(lines[1]).toBe('保留　まだすべては答えられません');
  expect(lines.find((line) => line.includes('速報する'))).toContain(
    '個人情報保護委員会（電気通信事業のことなら総務大臣）',
  );
  expect(lines.join('\n')).toContain('2026年10月9日');
});

test('what may be done waits for the answer, whatever has to be done already', () => {
  const { facts } = JSON.parse(
    fs.readFileSync(path.join(root, 'use-my-number/disaster-person-cannot-be-asked.json'), 'utf8'),
  ) as { facts: Facts };
  const question = questionOf('use-my-number')!;
  const lines = findingLines(question, question.decide(facts, day('2026-11-24')), day('2026-11-24'), 'ja');
  expect(lines[2]).toContain('答えが出るまで、行わないでください');
  expect(lines.find((line) => line.includes('いますぐ電話'))).toContain('個人情報保護管理者');
});

test('whatever the law lists for a record or a notice has a name', () => {
  const lists = Object.entries<unknown>(parameters).filter(([name]) => /(Items|Means|Measures|Matters)$/.test(name));
  const codes = lists.flatMap(([, one]) => {
    const value = inForce(one as Parameter<readonly string[] | Record<string, readonly string[]>>, day('2026-11-24'));
    return value === undefined ? [] : Array.isArray(value) ? (value as string[]) : Object.values(value).flat();
  });
  expect(codes.length).toBeGreaterThan(80);
  expect([...new Set(codes)].filter((one) => !Object.hasOwn(itemNames, one))).toEqual([]);
  expect(unsaid(Object.values(itemNames))).toEqual([]);
});

test('whatever a rule lists itself has a name', () => {
  const law = path.resolve(import.meta.dirname, '../../law');
  const rules = fs.readdirSync(law, { recursive: true, encoding: 'utf8' }).filter((one) => /^[^.]+\.ts$/.test(one));
  const lists = rules.flatMap((one) => [
    ...fs
      .readFileSync(path.join(law, one), 'utf8')
      .matchAll(/(?:items: |disclosed\(|corrected\(|abroadDuties\()\[('[^\]]*)\]/g),
  ]);
  const codes = lists.flatMap(([, list]) => [...list!.matchAll(/'([a-z-]+)'/g)].map(([, one]) => one!));
  expect(codes.length).toBeGreaterThan(40);
  expect([...new Set(codes)].filter((one) => !Object.hasOwn(itemNames, one))).toEqual([]);
});
