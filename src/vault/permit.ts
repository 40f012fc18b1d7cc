// The permit that opens the vault: the yes of one decision, bound to exactly what was decided. Only features/checkpoint may import `mint`;
// everything else sees only the type. A permit expires after a minute and never covers more than the decision did.

export type Act = 'acquire' | 'use' | 'provide' | 'correct' | 'erase' | 'receipt';

export interface PermitScope {
  /** Id of the decision, which is also the id of its log entry. */
  decision: string;
  act: Act;
  /** Ids of the persons. */
  principals: readonly string[];
  /** Id of the holding; 'all' for an act on everything held about the person. */
  holding: string | 'all';
  /** Codes of the items. */
  items: readonly string[] | 'all';
  /** Ids of the purposes; an acquired item is held for these. Empty when the act follows from the law itself (correction, erasure). */
  purposes: readonly string[];
  /** Milliseconds since the epoch. */
  until: number;
}

/** A class only because a private member can be neither forged nor copied. */
class Minted {
  readonly #scope: PermitScope;
  constructor(scope: PermitScope) {
    this.#scope = scope;
  }
  static scopeOf(permit: Permit): PermitScope | null {
    return typeof permit === 'object' && permit !== null && #scope in permit ? permit.#scope : null;
  }
}

export type Permit = Minted;

/** Only for features/checkpoint. */
export const mint = (scope: PermitScope): Permit => new Minted(scope);

/** Thrown when the vault is used without the right permit: always a bug in Sekisho, never an expected outcome. */
export class PermitBreach extends Error {
  constructor(why: string) {
    super(`vault: ${why}`);
    this.name = 'PermitBreach';
  }
}

export interface Entry {
  act: Act | readonly Act[];
  principal: string;
  holding: string | 'all';
  items: readonly string[] | 'all';
  /** Milliseconds since the epoch. */
  now: number;
}

const covers = (granted: readonly string[] | 'all', wanted: readonly string[] | 'all'): boolean => {
  if (granted === 'all' || granted === wanted) return true;
  return wanted !== 'all' && wanted.every((one) => granted.includes(one));
};

/** Returns the scope of the permit. Throws PermitBreach unless the permit is genuine, unexpired, and covers the whole entry. */
export function admit(permit: Permit, entry: Entry): PermitScope {
  const scope = Minted.scopeOf(permit);
  if (!scope) throw new PermitBreach('this is not a permit');
  if (entry.act !== scope.act && !entry.act.includes(scope.act))
    throw new PermitBreach('the permit is for another act');
  if (entry.now > scope.until) throw new PermitBreach('the permit has run out');
  if (!scope.principals.includes(entry.principal)) throw new PermitBreach('the permit is for another person');
  if (scope.holding !== 'all' && scope.holding !== entry.holding)
    throw new PermitBreach('the permit is for another holding');
  if (!covers(scope.items, entry.items)) throw new PermitBreach('the permit does not cover every item');
  return scope;
}
