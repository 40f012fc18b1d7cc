// Who acts for a person by law, in a request (37(3), Order 13(i)) and in a consent: by which papers that is shown. A mandate shows nobody who does.

/** For whom somebody acts by law. */
export type Represented = 'minor' | 'adult-ward';

/** Parents and guardians of minors stand in the family register; the guardianship of an adult does not, and has a register of its own. */
const lawfulPapers: Record<Represented, readonly string[]> = {
  minor: ['family-register', 'resident-record', 'other'],
  'adult-ward': ['guardianship-record', 'other'],
};

/** Whether one of these papers shows who acts by law for such a person. */
export const showsRepresentative = (represented: Represented, papers: readonly string[]): boolean =>
  papers.some((paper) => lawfulPapers[represented].includes(paper));
