// How much of each bench is run. A test runs a small part of all, which shows that they still run and is no measure of anything.

const part = Number(process.env.SEKISHO_BENCH_PART ?? 1);

/** The part of a number of rows, calls or milliseconds. */
export const partOf = (whole: number, least = 1): number => Math.max(least, Math.round(whole * part));
