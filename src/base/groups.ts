// Rows by what they belong to.

/** Finds the rows of each of many in one go through all of them; of nobody there are none. The order of the rows stays. */
export function groupsOf<Row>(rows: readonly Row[], of: (row: Row) => string): (whose: string) => Row[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const whose = of(row);
    const known = groups.get(whose);
    if (known) known.push(row);
    else groups.set(whose, [row]);
  }
  return (whose) => groups.get(whose) ?? [];
}
