// Facts that cannot all be true. They are refused by the name of their field before anything is decided: an answer to an impossible case would be
// relied on as an answer to the real one.

import type { Bilingual } from '../base/bilingual.ts';
import type { Day } from '../base/day.ts';

export interface Contradiction {
  /** Path within the facts, such as `recipient.country`. */
  field: string;
  says: Bilingual;
}

export const contradiction = (field: string, ja: string, en: string): Contradiction => ({ field, says: { ja, en } });

/** A count of people or records that is not a whole number of at least `least`. */
export const uncountable = (field: string, count: number | undefined, least = 1): Contradiction[] =>
  count === undefined || (Number.isSafeInteger(count) && count >= least)
    ? []
    : [contradiction(field, `${least}以上の整数で書いてください`, `Write a whole number from ${least}`)];

/** Two stated days in the wrong order. The problem names the field of the later day. */
export const reversed = (
  first: Day | null | undefined,
  field: string,
  second: Day | null | undefined,
  ja: string,
  en: string,
): Contradiction[] => (second! < first! ? [contradiction(field, ja, en)] : []);

/** A stated day on which something happened that lies after the day asked about. */
export const notYet = (happened: Day | undefined, field: string, on: Day): Contradiction[] =>
  happened !== undefined && happened > on
    ? [contradiction(field, '基準の日より後の日です', 'It is after the day asked about')]
    : [];

/** A list that names the same thing twice. */
export const repeated = (field: string, names: readonly string[] = []): Contradiction[] =>
  new Set(names).size === names.length
    ? []
    : [contradiction(field, '同じものが2つあります', 'The same thing is listed twice')];
