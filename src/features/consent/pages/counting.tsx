// Says which consent counts for what a text covers, and why, before a consent is recorded and after.

import type { Lang } from '../../../base/bilingual.ts';
import { listed } from '../../../platform/ui/format.ts';
import type { Counting } from '../facts/standing.ts';
import type { ConsentRow } from '../tables.ts';
import { countingText, doubtText, weakWords, words } from '../words.ts';
import { PATH, purposeName, recipientNames, type Around } from './sheet.tsx';

/** Handlings for which the same is to be said, in their order. */
function alike(counting: readonly Counting[]): Counting[][] {
  const groups = new Map<string, Counting[]>();
  for (const one of counting) {
    const { row, why, beside } = one.counts ?? {};
    const key = [row?.id, why, beside?.id, one.counts?.withdrawn?.row.id].join(' ');
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

/** What is handled; empty where all that the text covers is alike. */
function handled(of: readonly Counting[], all: readonly Counting[], around: Around, lang: Lang): string {
  if (of.length === all.length) return '';
  const names = of.map(({ purpose, recipient }) =>
    [purposeName(around, purpose, lang), recipient && recipientNames(around, [recipient], lang)]
      .filter(Boolean)
      .join(lang === 'ja' ? '・' : ', '),
  );
  return lang === 'ja' ? `${listed(names, lang)}：` : `${names.join('; ')}: `;
}

interface Line {
  says: string;
  /** Id of the consent that counts. */
  consent: string | null;
}

/** What counts, in sentences. `id`: the consent that they call this one. */
export const countingLines = (counting: readonly Counting[], id: string, around: Around, lang: Lang): Line[] =>
  alike(counting).map((of) => {
    const { counts } = of[0]!;
    const weak = counts && weakWords[counts.row.given_by];
    const doubt = counts?.withdrawn && doubtText(counts.withdrawn);
    const says = [countingText(of[0]!, id), weak, doubt]
      .flatMap((one) => one?.[lang] ?? [])
      .join(lang === 'ja' ? '' : ' ');
    return { says: `${handled(of, counting, around, lang)}${says}`, consent: counts?.row.id ?? null };
  });

/**
 * The ids of the consents of which whoever records this one should know: somebody else's counts, this one counts instead of somebody else's or after
 * another to the same was withdrawn, or `none` does. Null where there is nothing of the kind: of two by the same giver, it makes no difference which one counts.
 */
export function unexpectedIn(
  counting: readonly Counting[],
  { id, given_by }: Pick<ConsentRow, 'id' | 'given_by'>,
): string | null {
  const others = counting.flatMap(({ counts }) => {
    if (!counts) return ['none'];
    const { row, beside, why, withdrawn } = counts;
    const other = row.id === id ? beside : row;
    return [
      ...(other && (other.given_by !== given_by || why === 'only') ? [other.id] : []),
      ...(row.id === id && withdrawn ? [withdrawn.row.id] : []),
    ];
  });
  return others.length > 0 ? [...new Set(others)].toSorted().join(' ') : null;
}

/** The same on the page of one consent, with links to the others. */
export const CountingSays = ({
  lang,
  id,
  around,
  counting,
}: {
  lang: Lang;
  id: string;
  around: Around;
  counting: readonly Counting[];
}) => (
  <>
    {countingLines(counting, id, around, lang).map(({ says, consent }) => (
      <p>
        {says}
        {consent !== null && consent !== id && (
          <>
            {' '}
            <a class="small" href={`${PATH}/${consent}`}>
              {words.seeCounting[lang]}
            </a>
          </>
        )}
      </p>
    ))}
  </>
);
