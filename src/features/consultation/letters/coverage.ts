// Law coverage as a document that can be read beside the statute. docs/law-coverage.md is this text; a test compares the two.

import type { Bilingual } from '../../../base/bilingual.ts';
import type { Coverage } from '../../../law/index.ts';
import { LAW_VERSION } from '../../../law/index.ts';
import { articleLabel } from '../../../platform/ui/article.ts';
import { coverageByLaw, questionsBy } from '../facts.ts';
import { questions } from '../questions/index.ts';
import { coverageStates, lawNames } from '../words.ts';

const cell = ({ ja, en }: Bilingual): string => `${ja}<br>${en}`;

function lineOf({ law, article, title, state, by, asks, says }: Coverage): string {
  const asked = [...(asks ? [cell(asks)] : []), ...questionsBy(questions, by).map(({ id }) => `\`${id}\``)];
  const cells = [
    cell({
      ja: `${articleLabel(law, article, 'ja')} ${title.ja}`,
      en: `${articleLabel(law, article, 'en')} ${title.en}`,
    }),
    cell(coverageStates[state]),
    asked.join(' ') || '—',
    by.map((name) => `\`${name}\``).join(' ') || '—',
    cell(says),
  ];
  return `| ${cells.join(' | ')} |`;
}

const head = [
  '| 条 / Article | 扱い / State | 問い / Questions | 関数 / Functions | 中身と理由 / What and why |',
  '| --- | --- | --- | --- | --- |',
];

/** The document in Markdown. `sekisho ask <question>` asks the questions it names. */
export const coverageDocument = (): string =>
  [
    '# 法令との対応 / Law coverage',
    '',
    `法令データ / Law data ${LAW_VERSION}. \`src/law/coverage.ts\` から作られます。直すのはそちらです。 / Made from \`src/law/coverage.ts\`: mend it there.`,
    ...coverageByLaw().flatMap(([law, lines]) => [
      '',
      `## ${lawNames[law]?.ja ?? law} / ${lawNames[law]?.en ?? law}`,
      '',
      ...head,
      ...lines.map(lineOf),
    ]),
    '',
  ].join('\n');
