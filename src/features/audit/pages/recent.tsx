// The newest answers of the checkpoint in short form, for home.

import { dayOf } from '../../../base/day.ts';
import type { Lang } from '../../../base/bilingual.ts';
import { decisionIn, listEntries, type LogEntry } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import type { Answer, FindingLine } from '../../../platform/ui/finding.tsx';
import { begun, clockTime, dayFrom } from '../../../platform/ui/format.ts';
import { purposeCode } from '../../beyond/index.ts';
import { purposeName, type Policy } from '../../policy/index.ts';
import { actionWord, valueWord } from '../words.ts';

/** The actions that the checkpoint answers. */
const ANSWERED = [
  'refused',
  'people:use',
  'people:use-beyond',
  'people:provide',
  'people:acquire',
  'people:correct',
  'people:erase',
];

/** What was asked: for a refusal, the action that it refused. */
function askedOf(entry: LogEntry, policy: Policy | null, lang: Lang): string {
  const isRefusal = entry.action === 'refused' && typeof entry.asked === 'string';
  const purpose = typeof entry.purpose === 'string' ? purposeCode(purposeName(policy, entry.purpose, lang), lang) : '';
  const word = isRefusal
    ? begun(valueWord(entry.action, ['asked', entry.asked as string], new Map(), lang))
    : actionWord(entry.action, lang);
  return purpose === '' ? word : lang === 'ja' ? `${word}（目的 ${purpose}）` : `${word} (purpose ${purpose})`;
}

/** The newest answers first. They are about all users, so only readers of the log may see them. */
export async function recentAnswers(
  { clock, database }: Office,
  { policy, lang, most }: { policy: Policy | null; lang: Lang; most: number },
): Promise<FindingLine[]> {
  const today = clock.today();
  const entries = await listEntries(database, { actions: ANSWERED, most });
  return entries.map(({ entry }) => {
    const at = Date.parse(entry.at);
    const day = dayOf(at);
    return {
      answer: (decisionIn(entry)?.answer ?? 'unknown') as Answer,
      label: askedOf(entry, policy, lang),
      href: `/log/entries/${entry.id}`,
      when: day === today ? clockTime(at) : dayFrom(today, day, lang),
    };
  });
}
