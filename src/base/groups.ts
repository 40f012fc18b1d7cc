// Rows by what they belong to.

/** Groups rows in one pass. What it answers gives the rows of one owner in their order, and none for an owner who has none. */
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
