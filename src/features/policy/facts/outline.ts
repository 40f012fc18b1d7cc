// The policy as it is read: a tree of sections and clauses.

import type { Lang } from '../../../base/bilingual.ts';
import type { Clause, Policy, Section } from './shape.ts';

/** A section with its clauses by number and the sections below it, in reading order. */
export interface OutlineNode {
  section: Section;
  clauses: Clause[];
  sections: OutlineNode[];
}

/** The printed number of a section; '' where it has none. */
export const printedNumber = ({ number }: Section, lang: Lang): string =>
  typeof number === 'object' ? number[lang] : (number ?? '');

/** The policy as a tree of sections, for headings, paragraphs and lists. A section's own clauses come before its sub-sections. */
export function outline(policy: Policy): OutlineNode[] {
  const below = (parent: string | undefined): OutlineNode[] =>
    policy.sections
      .filter((s) => s.parent === parent)
      .map((section) => ({
        section,
        clauses: policy.clauses.filter((c) => c.section === section.id),
        sections: below(section.id),
      }));
  return below(undefined);
}
