// The fraction of each bench that is run. The tests run a small part of some (`tests/benches.test.ts`), which shows that they still run and
// measures nothing.

const part = Number(process.env.SEKISHO_BENCH_PART ?? 1);

/** The fraction of a number of rows, calls or milliseconds. */
export const partOf = (whole: number, least = 1): number => Math.max(least, Math.round(whole * part));
