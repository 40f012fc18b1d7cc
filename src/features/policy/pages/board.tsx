// The board of promises: one plaque per clause, on rails of neighbouring sections. Shown by home and the living policy.

import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import { groupsOf } from '../../../base/groups.ts';
import type { PromiseState } from '../../../base/promise.ts';
import { clauseId } from '../../../platform/ui/clause.tsx';
import { Board } from '../../../platform/ui/promise-state.tsx';
import { printedNumber } from '../facts/outline.ts';
import type { Policy, Section } from '../facts/shape.ts';
import type { ClauseStanding, PromiseBoard } from '../actions/standings.ts';

/** A row of the board: neighbouring sections of a part. */
export interface BoardRail {
  name: Bilingual;
  clauses: ClauseStanding[];
}

interface Stretch {
  part: Section;
  parent: string;
  from: Section;
  to: Section;
  main: Section;
  mainSize: number;
  clauses: ClauseStanding[];
}

const MOST_ON_A_RAIL = 24;
const GOOD_RAIL = 14;
const SMALL = 2;

/** The sections that make rails, in reading order: a short part as a whole, else its sections, and their sub-sections where these are too long. */
function stretches(policy: Policy, clauses: readonly ClauseStanding[]): Stretch[] {
  const byId = new Map(policy.sections.map((s) => [s.id, s]));
  const pathTo = (section: Section): Section[] => {
    const above = section.parent === undefined ? undefined : byId.get(section.parent);
    return above ? [...pathTo(above), section] : [section];
  };
  const paths = clauses.map((c) => pathTo(byId.get(c.clause.section)!));
  const within = groupsOf(paths.flat(), ({ id }) => id);
  const found = new Map<string, Stretch>();
  for (const [i, standing] of clauses.entries()) {
    const path = paths[i]!;
    const whole = path[0]!;
    const depth =
      [0, 1].find((d) => path[d] && within(path[d].id).length <= (d === 0 ? GOOD_RAIL : MOST_ON_A_RAIL)) ?? 2;
    const section = path[Math.min(depth, path.length - 1)]!;
    const known = found.get(section.id);
    if (known) {
      known.clauses.push(standing);
      known.mainSize += 1;
    } else {
      const parent = section.parent ?? section.id;
      found.set(section.id, {
        part: whole,
        parent,
        from: section,
        to: section,
        main: section,
        mainSize: 1,
        clauses: [standing],
      });
    }
  }
  return [...found.values()];
}

function joins(last: Stretch, next: Stretch): boolean {
  if (last.part.id !== next.part.id || last.part.id === last.from.id) return last.part.id === next.part.id;
  if (last.clauses.length <= SMALL) return true;
  if (next.clauses.length <= SMALL) return last.to.parent === next.from.parent;
  return last.clauses.length + next.clauses.length <= GOOD_RAIL;
}

/** The printed number of a section below its part, such as `2(3)`. */
function numberBelowPart(policy: Policy, section: Section, lang: Lang): string {
  const above = policy.sections.find((s) => s.id === section.parent);
  return above ? numberBelowPart(policy, above, lang) + printedNumber(section, lang) : '';
}

/** A printed number prefixed with the letter of its part, unless the number is complete by itself, such as 第1条. */
export const belowPart = (part: string, number: string): string =>
  number === '' ? part : /^[\p{N}(（]/u.test(number) ? `${part}-${number}` : number;

function railName(policy: Policy, s: Stretch): Bilingual {
  const label = (lang: Lang, dash: string): string => {
    const [from, to] = [numberBelowPart(policy, s.from, lang), numberBelowPart(policy, s.to, lang)];
    return belowPart(s.part.id, !from || !to || from === to ? to : `${from}${dash}${to}`);
  };
  return both(`${label('ja', '〜')} ${s.main.title.ja}`, `${label('en', '–')} ${s.main.title.en}`);
}

/** Groups the clauses into rails of readable length, in reading order, without mixing parts. */
export function boardRails({ version: { policy }, clauses }: Pick<PromiseBoard, 'version' | 'clauses'>): BoardRail[] {
  const rails: Stretch[] = [];
  for (const next of stretches(policy, clauses)) {
    const last = rails.at(-1);
    if (last && joins(last, next)) {
      if (next.mainSize > last.mainSize) {
        last.main = next.main;
        last.mainSize = next.mainSize;
      }
      if (last.from.id === last.part.id) last.from = next.from;
      last.to = next.to;
      last.clauses.push(...next.clauses);
    } else rails.push(next);
  }
  return rails.map((rail) => ({ name: railName(policy, rail), clauses: rail.clauses }));
}

/** The board as plaques. `link` returns the target of a clause. */
export const PromisePlaques = ({
  board,
  lang,
  link = (no) => `/living-policy#${clauseId(String(no))}`,
  state,
}: {
  board: PromiseBoard;
  lang: Lang;
  link?: (clause: number) => string;
  state?: PromiseState;
}) => (
  <Board
    lang={lang}
    rails={boardRails(board)
      .map((rail) => ({
        name: rail.name,
        plaques: rail.clauses
          .filter((c) => state === undefined || c.state === state)
          .map((c) => ({ clause: String(c.clause.no), state: c.state ?? ('none' as const), href: link(c.clause.no) })),
      }))
      .filter((rail) => rail.plaques.length > 0)}
  />
);
