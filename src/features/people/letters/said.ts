// What a receipt says of a consent, of its end or of an objection: which one it is, how far it reaches, and the days that were stated.

import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import { dayOf, type Day } from '../../../base/day.ts';
import type { RecordedGiver } from '../../../law/index.ts';
import type { LogEntry } from '../../../log/index.ts';
import { clockTime, eraDay, writtenDay } from '../../../platform/ui/format.ts';
import { consentWords, giverColumn, kindWords, scopeWords } from '../../consent/index.ts';
import type { Told } from '../actions/receipt.ts';

const words = {
  consent: both('同意', 'Consent'),
  kind: consentWords.kind,
  givenOn: consentWords.givenOn,
  givenBy: consentWords.givenBy,
  withdrawnOn: consentWords.withdrawOn,
  scope: consentWords.what,
  saidOn: consentWords.saidOn,
} satisfies Record<string, Bilingual>;

/** Who consented, to the person whose information it is. */
const givers: Readonly<Record<RecordedGiver, Bilingual>> = {
  principal: both('ご本人', 'You'),
  representative: giverColumn.representative,
  'without-capacity': both('ご本人（判断できない）', 'You, when you could not judge it'),
  'uncertain-child': both(
    'ご本人（子ども。判断できるか分からない）',
    'You, as a child; unclear whether you could judge it',
  ),
  uncertain: both(
    'ご本人（判断できるか分からない。以前の版の記録）',
    'You; unclear whether you could judge it (recorded by an earlier version)',
  ),
};

export const writtenTime = (ms: number, lang: Lang): string =>
  lang === 'ja'
    ? `${eraDay(dayOf(ms))} ${clockTime(ms)}（日本時間）`
    : `${writtenDay(dayOf(ms), 'en')}, ${clockTime(ms)} (Japan time)`;

/** A day as stated, with its time where that was stated too. */
const statedText = ({ on, at }: { on: Day; at: Date | null }, lang: Lang): string =>
  at ? writtenTime(at.getTime(), lang) : lang === 'ja' ? eraDay(on) : writtenDay(on, 'en');

/** The day of a withdrawal, as far as the entry states it: its time may have become known only later. */
const withdrawalText = ({ action, on, said_at }: LogEntry, lang: Lang): string => {
  if (action === 'consent:withdraw') return statedText({ on: on as Day, at: null }, lang);
  return action === 'consent:withdrawal-time' ? writtenTime(Date.parse(String(said_at)), lang) : '';
};

export function saidFacts({ entry, said: { consent, objection } }: Told, lang: Lang): [Bilingual, string][] {
  if (consent) {
    const { row, text } = consent;
    const version = lang === 'ja' ? `（第${text.version}版）` : ` (version ${text.version})`;
    return [
      [words.consent, `${text.name[lang]}${version}`],
      [words.kind, kindWords[text.kind][lang]],
      [words.givenOn, statedText({ on: row.given_on, at: row.given_at }, lang)],
      [words.givenBy, givers[row.given_by][lang]],
      [words.withdrawnOn, withdrawalText(entry, lang)],
    ];
  }
  if (!objection) return [];
  return [
    [words.scope, scopeWords[objection.scope][lang]],
    [words.saidOn, statedText({ on: objection.on_day, at: objection.said_at }, lang)],
  ];
}
