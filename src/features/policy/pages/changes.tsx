// The changes between two versions, clause by clause and fact by fact, the old text beside the new. Shows them without judging.

import type { Bilingual, Lang } from '../../../base/bilingual.ts';
import { Chip } from '../../../platform/ui/chip.tsx';
import { Table, type Column, type Row } from '../../../platform/ui/table.tsx';
import type { Changes, FactChange, PolicyDiff } from '../facts/change.ts';
import type { Clause, Purpose } from '../facts/shape.ts';

const words = {
  added: { ja: '加わった', en: 'Added' },
  removed: { ja: 'なくなった', en: 'Removed' },
  changed: { ja: '変わった', en: 'Changed' },
  what: { ja: 'どこが', en: 'Where' },
  how: { ja: '変わり方', en: 'How' },
  before: { ja: '前', en: 'Before' },
  after: { ja: '後', en: 'After' },
  none: { ja: '変わったところはありません。', en: 'Nothing has changed.' },
  caption: { ja: '版の違い', en: 'Changes between versions' },
  other: { ja: '英語の文：', en: 'Japanese text: ' },
  notes: { ja: '文は同じ。約束、印、引用などが変わりました', en: 'Same text; promises, marks or citations changed' },
} satisfies Record<string, Bilingual>;

export const changeCount = (diff: PolicyDiff): number =>
  [diff.clauses, diff.purposes].reduce((n, c) => n + c.added.length + c.removed.length + c.changed.length, 0) +
  diff.facts.length;

type How = 'added' | 'removed' | 'changed';

interface Line {
  what: string;
  how: How;
  before: string | null;
  after: string | null;
}

/** The texts in the reader's language; if equal there, in the other language; if equal in both, a note that something else changed. */
function textsOf(before: Bilingual, after: Bilingual, lang: Lang): Pick<Line, 'before' | 'after'> {
  if (before[lang] !== after[lang]) return { before: before[lang], after: after[lang] };
  const other = lang === 'ja' ? 'en' : 'ja';
  return before[other] === after[other]
    ? { before: before[lang], after: words.notes[lang] }
    : { before: words.other[lang] + before[other], after: words.other[lang] + after[other] };
}

function linesOf<T extends Clause | Purpose, K>(changes: Changes<T, K>, name: (item: T) => string, lang: Lang): Line[] {
  return [
    ...changes.changed.map(({ before, after }): Line => ({
      what: name(after),
      how: 'changed',
      ...textsOf(before.text, after.text, lang),
    })),
    ...changes.added.map((item): Line => ({ what: name(item), how: 'added', before: null, after: item.text[lang] })),
    ...changes.removed.map((item): Line => ({
      what: name(item),
      how: 'removed',
      before: item.text[lang],
      after: null,
    })),
  ];
}

const factLine = (fact: FactChange): Line => ({
  what: fact.path,
  how: fact.before === null ? 'added' : fact.after === null ? 'removed' : 'changed',
  before: fact.before,
  after: fact.after,
});

const chips = { added: 'good', removed: 'bad', changed: 'now' } as const;

/** All differences in one table, or a sentence that nothing changed. */
export const ChangesTable = ({ diff, lang }: { diff: PolicyDiff; lang: Lang }) => {
  const lines = [
    ...linesOf(diff.clauses, (c) => (lang === 'ja' ? `条項${c.no}` : `Clause ${c.no}`), lang),
    ...linesOf(diff.purposes, (p) => (lang === 'ja' ? `利用目的 ${p.id}` : `Purpose ${p.id}`), lang),
    ...diff.facts.map(factLine),
  ];
  if (lines.length === 0) return <p>{words.none[lang]}</p>;
  const columns: Column[] = [
    { key: 'what', head: words.what, rowHead: true },
    { key: 'how', head: words.how, nowrap: true },
    { key: 'before', head: words.before },
    { key: 'after', head: words.after },
  ];
  const rows = lines.map((line): Row => ({
    cells: {
      what: line.what,
      how: <Chip kind={chips[line.how]}>{words[line.how][lang]}</Chip>,
      before: line.before,
      after: line.after,
    },
  }));
  return <Table lang={lang} caption={words.caption} columns={columns} rows={rows} stack />;
};
