// What the checkpoint knows before a question: the policy in force and the holdings, in the form the law needs; and how a question must look. Pure;
// it never fills in a fact that was not stated.

import { actorRef, isOfficer, type Actor } from '../../base/actor.ts';
import type { Bilingual } from '../../base/bilingual.ts';
import { both } from '../../base/bilingual.ts';
import type { Day } from '../../base/day.ts';
import type { Duty, Finding, Ground, Missing } from '../../base/finding.ts';
import { isId } from '../../base/id.ts';
import type { FieldProblem } from '../../base/outcome.ts';
import {
  decideCorrection,
  decideErasure,
  decidePurposeChange,
  decideSuspension,
  decideUse,
  judgedNow,
  provisionStopped,
  useStopped,
  type Consent,
  type InformationKind,
  type Judgement,
  type Judgements,
  type ProvisionFacts,
  type RequestPolicy,
  type RightsRequest,
  type StatedPurpose,
  type Stop,
  type SuspensionReason,
  type UseFacts,
} from '../../law/index.ts';
import { z } from '../../platform/http/index.ts';
import { MAX_ITEMS, unknownItem } from '../../vault/index.ts';

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

const covers = (one: Suspended, purpose: string, recipient: string | null, on: Day): boolean =>
  one.from <= on &&
  (one.purposes?.includes(purpose) ?? true) &&
  (one.recipients === null || (recipient !== null && one.recipients.includes(recipient)));

const firstOf = <T, R>(all: readonly T[], of: (one: T) => R | null): R | null => {
  for (const one of all) {
    const found = of(one);
    if (found !== null) return found;
  }
  return null;
};

/** The refusal of a use that the person had stopped, whatever its purpose would allow; null where nothing stops it. */
export const stoppedUse = (standing: Standing, principal: string, purpose: string, on: Day): Finding | null =>
  firstOf(standing.suspensions.get(principal) ?? [], (one) =>
    covers(one, purpose, null, on) ? useStopped(one) : null,
  );

/** The refusal where the policy limits one of the items to other purposes; null otherwise. No consent lifts it: the policy would have to say so. */
export const limitedUse = (
  { itemLimits }: Pick<Standing, 'itemLimits'>,
  { items, purpose }: Pick<UseAsk, 'items' | 'purpose'>,
): Finding | null =>
  firstOf(itemLimits, (one) => (items.includes(one.item) && !one.purposes.includes(purpose) ? keptTo(one) : null));

const keptTo = ({ clause }: ItemLimit): Finding => ({
  answer: 'no',
  because: [
    {
      law: 'policy',
      article: clause,
      says: both(
        'この中に、この目的には使わないと方針で約束している項目があります。',
        'The policy promises that one of these items is not used for this purpose.',
      ),
    },
  ],
  duties: [],
  instead: [both('その項目を除いて扱う', 'Leave that item out')],
});

/**
 * True when grounds are a consent to the provision or an item of the law (27(1), 28(1)): these allow a provision for a purpose other than those the
 * item is held for, or limited to.
 */
export const isLetBeyond = (because: readonly string[]): boolean =>
  because.some((ground) => /^APPI (27|28)\(1\)/.test(ground)) &&
  !because.some((ground) => /^APPI 27\((2|5)\)/.test(ground));

/** The answer to a provision, given the limits of the policy. The person’s consent to the provision and the items of the law override a limit. */
export const withinLimits = (finding: Finding, limited: Finding | null): Finding =>
  finding.answer === 'yes' && limited !== null && !isLetBeyond(basisOf(finding).because) ? limited : finding;

/** The same for a use. An item of 18(3) overrides a limit; while it is unknown whether one applies, that is asked first. */
export const useWithinLimits = (finding: Finding, limited: Finding | null): Finding => {
  const byItem =
    finding.answer === 'unknown'
      ? finding.missing.some(({ fact }) => fact.startsWith('exception.'))
      : finding.because.some(({ article }) => article.startsWith('18(3)('));
  return limited === null || (byItem && finding.answer !== 'no') ? finding : limited;
};

/** The refusal of a use for a purpose that the person asked to stop. The company says in the policy's clause of the purpose that it stops then. */
const objectedUse = (purpose: StatedPurpose): Finding => ({
  answer: 'no',
  because: [
    {
      law: 'policy',
      article: purpose.clause,
      says: both(
        'この目的での利用をやめてほしいという、本人の申出があります。',
        'The person has asked that the use for this purpose stop.',
      ),
    },
  ],
  duties: [],
  instead: [both('改めて本人の同意を得て、記録する', 'Obtain and record the person’s consent anew')],
});

/**
 * The judgement that an act makes and records itself, if its actor is an officer. An answer by any other actor is no judgement. That holds for a
 * system too, even one with an officer's token: the token was issued before anybody knew what there would be to judge.
 */
export const judgedHere = (
  actor: Actor,
  code: string,
  answer: boolean | undefined,
  of: Pick<Judgement, 'on' | 'why'>,
): Judgements =>
  answer === undefined || !isOfficer(actor) ? {} : judgedNow(code, answer, { ...of, by: actorRef(actor) });

/** The holding as if its outdated changes to a purpose had been judged anew; null where none is outdated. */
export function asJudged(holding: KnownHolding, purpose: string): KnownHolding | null {
  const waits = ({ to, outdated }: PurposeChange): boolean => outdated && to === purpose;
  if (!holding.changes.some(waits)) return null;
  return {
    ...holding,
    changes: holding.changes.map((one) => (waits(one) ? { ...one, outdated: false } : one)),
  };
}

/** Changes in a holding that must be judged anew: the purposes whose change to this one the policy outdated, in the order of their ids. */
export interface Awaited {
  holding: string;
  purpose: string;
  from: string[];
}

export const awaitedIn = ({ holdings }: Pick<Standing, 'holdings'>): Awaited[] =>
  [...holdings.values()].flatMap(({ id: holding, changes }) => {
    const waiting = changes.filter(({ outdated }) => outdated);
    return [...new Set(waiting.map(({ to }) => to))].map((purpose) => ({
      holding,
      purpose,
      from: waiting.flatMap(({ from, to }) => (to === purpose ? from : [])).toSorted(),
    }));
  });

const once = <T extends Ground | Missing>(all: readonly T[]): T[] => [
  ...new Map(all.map((one) => [`${one.law} ${one.article} ${'fact' in one ? one.fact : ''}`, one])).values(),
];

/**
 * The answer to a handling that rests on a change of purpose judged on wording that the policy no longer has. Whether the purposes are related, and
 * whether the persons were told, depends on the wording (17(2), 21(3)), so nobody has judged it yet and the answer is unknown.
 * `held`: for each item the purposes it is held for; null where only the changes are known. `would`: the answer if the change were judged anew,
 * which is not a no.
 */
export function unjudged(
  { purposes }: Pick<Standing, 'purposes'>,
  { holding, items, purpose }: { holding: KnownHolding; items: readonly string[]; purpose: string },
  held: PersonUse['held'] | null,
  would: Finding,
  on: Day,
): Finding {
  const information = informationOf(holding, items);
  const told = held && new Set(held.flat());
  const open = holding.changes
    .filter(({ from, to, outdated }) => outdated && to === purpose && (told?.has(from) ?? true))
    .map(({ from }) => {
      const stated = purposes.get(from);
      const facts = { information, newPurpose: purpose, consent: null };
      return decidePurposeChange({ ...facts, ...(stated ? { from: stated } : {}) }, on);
    });
  if (would.answer === 'unknown') open.push(would);
  const [lack, ...more] = once(open.flatMap((one) => (one.answer === 'unknown' ? one.missing : [])));
  if (!lack) throw new RangeError('checkpoint: no change of purpose waits to be judged anew');
  return {
    answer: 'unknown',
    because: [rewordedSince(purposes.get(purpose)!), ...once(open.flatMap(({ because }) => because))],
    missing: [lack, ...more],
  };
}

/** Why a change of purpose no longer allows anything; `purpose` is the one it was to. */
const rewordedSince = ({ clause }: StatedPurpose): Ground => ({
  law: 'policy',
  article: clause,
  says: both(
    '利用目的の変更を判断した後に、方針にある目的の文が変わりました。前の判断は、前の文についてのものです。',
    'The wording of a purpose in the policy has changed since the change of purpose was judged. The judgement was about the former wording.',
  ),
});

/** What is known of a person when a use of their information is asked about. */
export interface PersonUse {
  /** For each of the items that are held, the purposes it is held for. */
  held: readonly (readonly string[])[];
  /** Consent to this use of all the items. */
  consent: Consent | null;
  /** The day they asked that uses for this purpose stop. */
  objectedOn: Day | null;
}

/** The answer to a use of a person's items. Granted stops are checked first, then the limits of the policy, the person's objections, and the law. */
export function personUse(
  standing: Standing,
  { principal, holding, items, purpose }: UseAsk,
  { held, consent, objectedOn }: PersonUse,
  on: Day,
): Finding {
  const stopped = stoppedUse(standing, principal, purpose, on) ?? limitedUse(standing, { items, purpose });
  if (stopped) return stopped;
  if (objectedOn) return objectedUse(standing.purposes.get(purpose)!);
  const known = standing.holdings.get(holding)!;
  const holdingPurposes = purposesFor(known, held);
  const facts: UseFacts = {
    information: informationOf(known, items),
    purpose,
    holdingPurposes,
    consent,
    exception: null,
  };
  const finding = decideUse(facts, on);
  const judged = finding.answer === 'no' ? asJudged(known, purpose) : null;
  if (!judged) return finding;
  const would = decideUse({ ...facts, holdingPurposes: purposesFor(judged, held) }, on);
  return would.answer === 'no' ? finding : unjudged(standing, { holding: known, items, purpose }, held, would, on);
}

/** A provision: its purpose and its recipient, null within the company. */
export interface Providing {
  purpose: string;
  recipient: string | null;
  facts: ProvisionFacts;
}

/** The refusal of a provision that the person had stopped, given the consent in `facts`; null where no stop reaches it. */
export const stoppedProvision = (
  standing: Standing,
  principal: string,
  { purpose, recipient, facts }: Providing,
  on: Day,
): Finding | null =>
  firstOf(standing.suspensions.get(principal) ?? [], (one) =>
    covers(one, purpose, recipient, on) ? provisionStopped(one, facts, on) : null,
  );

/** A person whom a stop keeps out of a provision. */
export interface KeptOut {
  principal: string;
  stop: Stop;
}

/** Every person who had a provision stopped, whatever they have consented to, with the stop that no later consent takes back, if there is one. */
export const keptOut = (standing: Standing, providing: Providing, on: Day): KeptOut[] =>
  [...standing.suspensions].flatMap(([principal, all]) => {
    const facts = { ...providing.facts, consent: null };
    const [first] = all
      .filter(
        (one) => covers(one, providing.purpose, providing.recipient, on) && provisionStopped(one, facts, on) !== null,
      )
      .toSorted((a, b) => b.stops.localeCompare(a.stops) || b.from.localeCompare(a.from));
    if (!first) return [];
    const { stops, article, from } = first;
    return [{ principal, stop: { stops, article, from } }];
  });

/** What kind of information these items of a holding are. */
export const informationOf = (holding: KnownHolding, codes: readonly string[]): InformationKind =>
  holding.specialCare.size > 0 && codes.some((code) => holding.specialCare.has(code)) ? 'special-care' : 'personal';

export const says = {
  holding: both('この台帳はありません', 'There is no such holding'),
  retired: both(
    'この台帳は廃止されているため、新しく受け取れません',
    'This holding is retired and takes in nothing new',
  ),
  purpose: both('施行中の方針にない目的です', 'The policy in force does not state this purpose'),
  principal: both('本人の番号の形が正しくありません', 'This is not the id of a person'),
  sharing: both(
    'メールアドレスを書いたときだけ、共に使う人を示してください',
    'Name people who share the e-mail address only if you enter one',
  ),
  noItems: both('項目を1つ以上選んでください', 'Choose at least one item'),
  acquire: both(
    'まだ持っていない要配慮個人情報です。訂正ではなく、取得として受け取ってください（法20条2項）',
    'This is special care-required information that is not held yet. Take it in as an acquisition, not as a correction (APPI Art. 20(2))',
  ),
  manyItems: both(`項目は${MAX_ITEMS}個までです`, `At most ${MAX_ITEMS} items`),
} satisfies Record<string, Bilingual>;

/** The question whether named items may be read for a purpose. */
export interface UseAsk {
  principal: string;
  holding: string;
  /** Codes of items of the holding. */
  items: readonly string[];
  /** Id of a purpose of the policy. */
  purpose: string;
}

/** Problems of the question's own fields, before the law is asked. */
export function useProblems(standing: Standing, ask: UseAsk): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (!isId(ask.principal)) problems.push({ field: 'principal', says: says.principal });
  const holding = standing.holdings.get(ask.holding);
  if (!holding) problems.push({ field: 'holding', says: says.holding });
  if (ask.items.length === 0) problems.push({ field: 'items', says: says.noItems });
  if (ask.items.length > MAX_ITEMS) problems.push({ field: 'items', says: says.manyItems });
  else if (holding) {
    for (const code of ask.items) if (!holding.items.has(code)) problems.push(unknownItem(code, 'items'));
  }
  if (!standing.purposes.has(ask.purpose)) problems.push({ field: 'purpose', says: says.purpose });
  return problems;
}

/** Why a person's information is corrected: asked by the principal (34), or to keep it accurate (22). */
export const correctionGrounds = ['request', 'accuracy'] as const;

/** Why it is erased: no longer needed (22), or because a request for erasure is justified (35). */
export const erasureGrounds = [
  'request-unlawful',
  'request-unneeded',
  'request-breach',
  'request-harm',
  'no-longer-needed',
] as const;

export type CorrectionGround = (typeof correctionGrounds)[number];
export type ErasureGround = (typeof erasureGrounds)[number];

/**
 * The law's answer to a correction. By choosing the ground, the person who corrects states, and answers for, that the content is a fact, that an
 * inquiry found it untrue, and that its purpose needs the correction.
 */
export const correctionFinding = (ground: CorrectionGround, information: InformationKind, on: Day): Finding =>
  decideCorrection(
    {
      information,
      raisedBy: ground === 'request' ? 'principal' : 'company',
      retained: true,
      content: 'fact',
      inquiry: 'untrue',
      purposeNeeds: true,
      otherProcedure: false,
    },
    on,
  );

/** The reason of a person's request to erase (35(1), (5)). */
const reasonOf: Record<Exclude<ErasureGround, 'no-longer-needed'>, SuspensionReason> = {
  'request-unlawful': 'unlawful-handling',
  'request-unneeded': 'no-longer-needed',
  'request-breach': 'breach',
  'request-harm': 'may-harm',
};

/**
 * The law's answer to an erasure of everything held, none of which may be a My Number. By choosing the ground, the person who erases states, and
 * answers for, that the request is justified or the data no longer needed, and that no law requires the company to keep it.
 */
export const erasureFinding = (ground: ErasureGround, on: Day): Finding =>
  ground === 'no-longer-needed'
    ? decideErasure({ information: 'personal', needed: false, keeping: null }, on)
    : decideSuspension(
        { information: 'personal', asks: 'erasure', reason: reasonOf[ground], found: 'all', keeping: null },
        on,
      );

const appi = (article: string, ja: string, en: string): Ground => ({ law: 'APPI', article, says: both(ja, en) });

const yes = (because: Ground): Finding => ({ answer: 'yes', because: [because], duties: [] });

/** A receipt tells a person how their information was handled; only the name is needed, to address it. */
export const receiptFinding = (thirdParty: boolean): Finding =>
  yes(
    thirdParty
      ? appi(
          '33(5)',
          '第三者との受け渡しの記録を、本人に知らせます。宛名の氏名だけを読みます。',
          'The person is shown the record of what passed between us and a third party. Only the name is read, to address it.',
        )
      : appi(
          '33(1)',
          '本人の情報をどう扱ったかを、本人に知らせます。宛名の氏名だけを読みます。',
          'The person is shown how their information was handled. Only the name is read, to address it.',
        ),
  );

/** Grounds and duties in the short form that is stored and returned: `APPI 18(1)`. */
export interface Basis {
  because: string[];
  duties: Pick<Duty, 'do' | 'article' | 'by' | 'keepUntil'>[];
}

export const basisOf = (finding: Finding): Basis => ({
  because: finding.because.map((g) => `${g.law} ${g.article}`),
  duties:
    finding.answer === 'unknown'
      ? []
      : finding.duties.map((d) => ({
          do: d.do,
          article: d.article,
          ...(d.by ? { by: d.by } : {}),
          ...(d.keepUntil ? { keepUntil: d.keepUntil } : {}),
        })),
});

/** The statement that the others who have the e-mail address share it: each was looked at and is somebody else. It names everybody who has it. */
export interface SharingSaid {
  /** Ids of persons. */
  sharesEmailWith?: readonly string[] | undefined;
}

/** Most persons who may share one address. */
const MOST_SHARING = 100;

export const sharesEmailWithSchema = z.array(z.string()).min(1).max(MOST_SHARING).optional().openapi({
  description:
    'Ids of the others in the holding who use the same e-mail address, as couples and companies may. States that you looked at each of them and that this is a different person. Name everybody who uses it, as listed in `principals` of the 409 that is answered without this; if anybody else uses it by then, nothing is written (409).',
});

/** Problems of that statement, before it is known who has the address. */
export const sharingProblems = ({
  items,
  sharesEmailWith,
}: SharingSaid & { items: Readonly<Record<string, unknown>> }): FieldProblem[] => {
  if (!sharesEmailWith) return [];
  if (typeof items.email !== 'string') return [{ field: 'sharesEmailWith', says: says.sharing }];
  return sharesEmailWith.every(isId) ? [] : [{ field: 'sharesEmailWith', says: says.principal }];
};

/** The basis as the JSON routes return it. */
export const basisSchema = z
  .object({
    because: z.array(z.string()).openapi({ example: ['APPI 18(1)', 'policy 13'] }),
    duties: z.array(
      z.object({
        do: z.string(),
        article: z.string(),
        by: z.iso.date().optional(),
        keepUntil: z.iso.date().optional(),
      }),
    ),
  })
  .openapi('Basis');
