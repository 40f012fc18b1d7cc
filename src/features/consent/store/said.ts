// At what instant a person objected or withdrew a consent, as SQL for the counts of the promises. The hour may not be known.

/**
 * What is taken for the hour of an objection or a withdrawal that was written down on a later day without it: that it came after everything else of
 * its own day, or before it.
 */
export type Unsaid = 'after' | 'before';

/** SQL: true when the row `d` was written down on a later day than its own. */
const isLate = (d: string): string => `${d}.on_day < (${d}.at AT TIME ZONE INTERVAL '9 hours')::date`;

const instantOf = (d: string, said: string, unsaid: Unsaid): string =>
  unsaid === 'after'
    ? `coalesce(${said}, ${d}.at)`
    : `coalesce(${said}, CASE WHEN ${isLate(d)} THEN '-infinity' ELSE ${d}.at END)`;

/** SQL: the instant of the row `o` of `consent_objections`. */
export const objectedAt = (o: string, unsaid: Unsaid): string => instantOf(o, `${o}.said_at`, unsaid);

const statedOf = (d: string): string =>
  `(SELECT s.said_at FROM consent_withdrawal_times s WHERE s.consent_id = ${d}.consent_id)`;

/** SQL: the instant of the row `d` of `consent_withdrawals`. */
export const withdrawnAt = (d: string, unsaid: Unsaid): string => instantOf(d, statedOf(d), unsaid);

/** SQL: the days on which persons, by each of their ids, objected or withdrew a consent at an hour that nobody wrote down on that day or stated since. */
export const vagueDays = `SELECT d.principal_id, d.on_day FROM consent_withdrawals d WHERE ${isLate('d')} AND ${statedOf('d')} IS NULL
       UNION
       SELECT ever_same_person(o.principal_id), o.on_day FROM consent_objections o WHERE o.said_at IS NULL AND ${isLate('o')}`;
