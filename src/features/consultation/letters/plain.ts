// The answer to a file of facts as plain text, for the command line. Needs no office: the file also states the facts that an office would fill in.

import { both, type Lang } from '../../../base/bilingual.ts';
import { day, readDay, type Day } from '../../../base/day.ts';
import type { Duty, Finding, Ground } from '../../../base/finding.ts';
import { done, failed, fieldOutcome, invalid, type Outcome } from '../../../base/outcome.ts';
import { LAW_VERSION } from '../../../law/index.ts';
import { daySchema, readInput, z } from '../../../platform/http/index.ts';
import { articleLabel } from '../../../platform/ui/article.ts';
import { answerWord, dutyItems } from '../../../platform/ui/finding.tsx';
import { listed, writtenDay } from '../../../platform/ui/format.ts';
import { itemName } from '../../checkpoint/index.ts';
import { marksOf, readFacts, type Question } from '../facts.ts';
import { answerWords, plainWords, plaqueOf } from '../words.ts';

/** A file of facts. `expected`, in an example, is read only by the test that checks it. */
const fileSchema = z.strictObject({
  on: daySchema.optional(),
  facts: z.record(z.string(), z.unknown()),
  expected: z.unknown().optional(),
});

/** Decides a question on the facts of a file. `on` takes precedence over the day in the file; `today` is used when neither states one. */
export function decideFile(
  question: Question,
  text: string,
  { on, today }: { on: string | undefined; today: Day },
): Outcome<{ finding: Finding<string>; on: Day }> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return invalid('file', both('JSONとして読めません', 'The file cannot be read as JSON'));
  }
  const file = readInput(fileSchema, json, text);
  if (!file.ok) return failed({ kind: 'invalid', fields: file.problems });
  const asked = on === undefined ? (file.value.on ?? today) : readDay(on);
  if (!asked)
    return invalid(
      '--on',
      both('2026-11-24 のように、実在する日を書いてください', 'Write a valid date, such as 2026-11-24'),
    );
  const read = readFacts(question, question.schema, file.value.facts, day(asked));
  if ('problems' in read) return fieldOutcome(read.problems.map((p) => ({ ...p, field: `facts.${p.field}` })))!;
  return done({ finding: question.decide(read.facts, day(asked)), on: day(asked) });
}

const underArticle = ({ law, article, says }: Pick<Ground, 'law' | 'article' | 'says'>, lang: Lang): string =>
  `  - ${says[lang]}${lang === 'ja' ? '（' : ' ('}${articleLabel(law, article, lang)}${lang === 'ja' ? '）' : ')'}`;

function dutyLines(duty: Duty, lang: Lang): string[] {
  const items = dutyItems(duty, lang, itemName(lang));
  const by = duty.by && `${plainWords.by[lang]} ${writtenDay(duty.by, lang)}`;
  const kept = duty.keepUntil && `${plainWords.keepUntil[lang]} ${writtenDay(duty.keepUntil, lang)}`;
  const more = [by, kept, items.length > 0 && listed(items, lang)].filter((one) => !!one);
  return [underArticle(duty, lang), ...more.map((one) => `      ${String(one)}`)];
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', title, ...lines];

/** A finding in plain words: the answer, its grounds, what must be done before, at once and later, or what is missing. */
export function findingLines(question: Question, finding: Finding<string>, on: Day, lang: Lang): string[] {
  const { title, says } = answerWords(question, finding);
  const plaque = plaqueOf(question, finding.answer);
  const word = plaque ? `${answerWord[plaque][lang]}${lang === 'ja' ? '　' : ': '}` : '';
  const duties = finding.duties ?? [];
  const when = (at: Duty['when']): string[] => duties.filter((d) => d.when === at).flatMap((d) => dutyLines(d, lang));
  const missing = 'missing' in finding ? finding.missing : [];
  return [
    question.title[lang],
    `${word}${title[lang]}`,
    ...marksOf(question, finding).map((mark) => `＋ ${mark[lang]}`),
    says[lang],
    ...section(
      plainWords.grounds[lang],
      finding.because.map((g) => underArticle(g, lang)),
    ),
    ...section(plainWords.before[lang], when('before')),
    ...section(plainWords.atOnce[lang], when('at-once')),
    ...section(plainWords.later[lang], when('later')),
    ...section(
      plainWords.missing[lang],
      missing.map((m) => `${underArticle(m, lang)} [${m.fact}]`),
    ),
    ...section(
      plainWords.instead[lang],
      ('instead' in finding ? (finding.instead ?? []) : []).map((one) => `  - ${one[lang]}`),
    ),
    '',
    `${plainWords.asOf[lang]} ${writtenDay(on, lang)}　${plainWords.lawData[lang]} ${LAW_VERSION}`,
  ];
}
