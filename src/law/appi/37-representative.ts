// The documents that show who acts for a person by law, in a request (37(3), Order 13(i)) and in a consent. A mandate does not show that.

/** The persons for whom somebody acts by law. */
export type Represented = 'minor' | 'adult-ward';

/** The family register shows the parents and guardians of minors. It does not show the guardianship of an adult, which has a register of its own. */
const lawfulPapers: Record<Represented, readonly string[]> = {
  minor: ['family-register', 'resident-record', 'other'],
  'adult-ward': ['guardianship-record', 'other'],
};

/** True when one of these documents shows who acts by law for such a person. */
export const showsRepresentative = (represented: Represented, papers: readonly string[]): boolean =>
  papers.some((paper) => lawfulPapers[represented].includes(paper));
