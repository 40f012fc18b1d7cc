// Pages of a list. Each is read with one row more than it has: without that, a last page that is full would lead to an empty one.

/** The most rows of a page, unless the reader chooses. */
export const PAGE = 100;

export interface Page<Row> {
  rows: readonly Row[];
  /** The place after the last row; null when there is no page after this one. */
  next: string | null;
}

/** The page of at most `most` rows that `found`, read with a limit of one more, begins with. */
export const pageOf = <Row>(found: readonly Row[], most: number, placeOf: (row: Row) => string): Page<Row> => {
  const rows = found.slice(0, most);
  return { rows, next: found.length > most ? placeOf(rows.at(-1)!) : null };
};

export const idOf = ({ id }: { id: string }): string => id;
