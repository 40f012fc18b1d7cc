// Rows grouped by the owner they belong to.

/** Groups rows in one pass. Returns a function that gives the rows of one owner in their order, or an empty list for an owner without rows. */
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
