// What the checkpoint knows before a question: the policy in force and the holdings, in the form the law needs. Pure.

import type { Bilingual } from '../../../base/bilingual.ts';
import type { RequestPolicy, RightsRequest, StatedPurpose, Stop } from '../../../law/index.ts';

/** The clauses that promise how staff and entrusted parties are supervised. */
export interface SupervisionPromises {
  measuresPromisedBy?: string;
  improvementPromisedBy?: string;
  changePromisedBy?: string;
}

/** The clauses that close the list of affairs for which My Numbers are used, and that promise to indicate the purpose with every request for one. */
export interface NumberPromises {
  affairsClosedBy?: string;
  numberIndicationPromisedBy?: string;
}

/** An item that the policy limits to some of its purposes, whatever else its holding serves; the clause is where it says so. */
export interface ItemLimit {
  /** Code of the item. */
  item: string;
  /** Ids of purposes. */
  purposes: readonly string[];
  clause: string;
}

/** How requests are taken, and the fee in yen for each kind that may carry one. */
export type StandingRequests = Omit<RequestPolicy, 'feeYen'> & {
  feeYen?: Readonly<Partial<Record<RightsRequest, number>>>;
};

export interface StandingPolicy {
  version: number;
  /** Every purpose the policy in force states. */
  purposes: readonly StatedPurpose[];
  /** Ways of acquisition; `written`: handing over this way is acquisition in writing (APPI 21(2)). */
  channels: readonly { id: string; written: boolean }[];
  /** The clause that promises to indicate the purpose in advance. */
  indicationPromisedBy?: string;
  /** The clause that promises to record from whom and how anything was obtained that did not come from the person. */
  sourcePromisedBy?: string;
  /** The clause that closes opt-out (APPI 27(2)), where the policy promises more than the law asks. */
  optOutClosedBy?: string;
  /** The clause that limits records of visits and connections to security. */
  securityPurposeBy?: string;
  /** The clause that requires a second person to approve every provision, where the policy makes that promise. */
  provisionApprovedBy?: string;
  itemLimits?: readonly ItemLimit[];
  /** How requests of principals are taken, and for what fee. */
  requests?: StandingRequests;
  supervision?: SupervisionPromises;
  numbers?: NumberPromises;
}

export interface StandingHolding {
  id: string;
  name: Bilingual;
  /** Ids of purposes of the policy. */
  purposes: readonly string[];
  items: readonly { code: string; label: Bilingual; special_care: boolean }[];
  /** Ids of channels, and `indirect` for information that does not come from the principal. */
  channels: readonly string[];
  /** Changes of the purposes it is used for (17(2)). */
  changes?: readonly PurposeChange[];
  state: 'active' | 'retired';
}

/** Information held for one purpose is used for another too, as the law allowed and the persons could learn (17(2), 21(3)). Ids of purposes. */
export interface PurposeChange {
  from: string;
  to: string;
  /** True when the policy words one of the two differently than when the change was judged: it allows nothing until it is judged anew. */
  outdated: boolean;
}

/** A stop that a person asked for and was granted (35), from a day on. */
export interface Suspended extends Stop {
  principal: string;
  /** Of a use, ids of purposes; null = all of them. */
  purposes: readonly string[] | null;
  /** Of a provision, ids of recipients; null = all of them. */
  recipients: readonly string[] | null;
}

/** The facts at this moment. The assembler of the office loads them, and again when any of them changes. */
export interface StandingFacts {
  /** Null before the first policy is in force: then nothing may be handled. */
  policy: StandingPolicy | null;
  holdings: readonly StandingHolding[];
  suspensions: readonly Suspended[];
}

/** A holding, indexed for questions. */
export interface KnownHolding {
  id: string;
  name: Bilingual;
  state: 'active' | 'retired';
  items: ReadonlySet<string>;
  /** Labels of the items by code, in the order of the ledger. */
  labels: ReadonlyMap<string, Bilingual>;
  specialCare: ReadonlySet<string>;
  /** Those of its purposes that the policy in force states. */
  purposes: readonly StatedPurpose[];
  changes: readonly PurposeChange[];
  channels: ReadonlySet<string>;
}

/** The standing facts, indexed for questions. */
export interface Standing {
  policy: number;
  purposes: ReadonlyMap<string, StatedPurpose>;
  /** Channel → whether it is in writing. */
  channels: ReadonlyMap<string, boolean>;
  indicationPromisedBy: string | undefined;
  sourcePromisedBy: string | undefined;
  optOutClosedBy: string | undefined;
  securityPurposeBy: string | undefined;
  provisionApprovedBy: string | undefined;
  itemLimits: readonly ItemLimit[];
  requests: StandingRequests;
  supervision: SupervisionPromises;
  numbers: NumberPromises;
  holdings: ReadonlyMap<string, KnownHolding>;
  /** By id of the person. */
  suspensions: ReadonlyMap<string, readonly Suspended[]>;
}

function byPrincipal(suspensions: readonly Suspended[]): Map<string, Suspended[]> {
  const known = new Map<string, Suspended[]>();
  for (const one of suspensions) known.set(one.principal, [...(known.get(one.principal) ?? []), one]);
  return known;
}

export function standingOf({ policy, holdings, suspensions }: StandingFacts): Standing {
  const purposes = new Map((policy?.purposes ?? []).map((purpose) => [purpose.id, purpose]));
  const known = holdings.map((h): [string, KnownHolding] => [
    h.id,
    {
      id: h.id,
      name: h.name,
      state: h.state,
      items: new Set(h.items.map((item) => item.code)),
      labels: new Map(h.items.map((item) => [item.code, item.label])),
      specialCare: new Set(h.items.filter((item) => item.special_care).map((item) => item.code)),
      purposes: h.purposes.flatMap((id) => purposes.get(id) ?? []),
      changes: h.changes ?? [],
      channels: new Set(h.channels),
    },
  ]);
  return {
    policy: policy?.version ?? 0,
    purposes,
    channels: new Map((policy?.channels ?? []).map((channel) => [channel.id, channel.written])),
    indicationPromisedBy: policy?.indicationPromisedBy,
    sourcePromisedBy: policy?.sourcePromisedBy,
    optOutClosedBy: policy?.optOutClosedBy,
    securityPurposeBy: policy?.securityPurposeBy,
    provisionApprovedBy: policy?.provisionApprovedBy,
    itemLimits: policy?.itemLimits ?? [],
    requests: policy?.requests ?? {},
    supervision: policy?.supervision ?? {},
    numbers: policy?.numbers ?? {},
    holdings: new Map(known),
    suspensions: byPrincipal(suspensions),
  };
}

/** The purposes of which information must be held for at least one to be used for this one: itself, and those changed to it. Never by two steps. */
export const servedBy = ({ changes }: Pick<KnownHolding, 'changes'>, purpose: string): string[] => [
  purpose,
  ...changes.filter(({ to, outdated }) => to === purpose && !outdated).map(({ from }) => from),
];

/** The purposes of a holding for which all of a person's items may be used. `held`: for each item, the purposes it is held for. */
export const purposesFor = (holding: KnownHolding, held: readonly (readonly string[])[]): StatedPurpose[] =>
  holding.purposes.filter(({ id }) => {
    const serving = servedBy(holding, id);
    return held.every((purposes) => purposes.some((purpose) => serving.includes(purpose)));
  });
