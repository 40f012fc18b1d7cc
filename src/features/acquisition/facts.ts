// What an acquisition must state before the law is asked (APPI 20, 21, 30), and how its statements become facts of the law. Pure.

import type { Bilingual } from '../../base/bilingual.ts';
import { both } from '../../base/bilingual.ts';
import type { Day } from '../../base/day.ts';
import { isId } from '../../base/id.ts';
import type { FieldProblem } from '../../base/outcome.ts';
import {
  isBody,
  type AcquisitionFacts,
  type AcquisitionItem,
  type AcquisitionSource,
  type Consent,
  type ExceptionClaim,
  type NoticeException,
  type Party,
  type ProvisionItem,
  type ReceiptFacts,
} from '../../law/index.ts';
import { itemProblems } from '../../vault/index.ts';
import {
  informationOf,
  says as checkpointSays,
  sharingProblems,
  type KnownHolding,
  type SharingSaid,
  type Standing,
} from '../checkpoint/index.ts';
import type { ConsentStanding } from '../consent/index.ts';
import { INDIRECT } from '../ledger/index.ts';

export const sources = [
  'principal',
  'third-party',
  'public',
  'observed',
] as const satisfies readonly AcquisitionSource[];
/** Most characters of what is written of who gave it. */
export const MOST_GIVEN = { name: 200, address: 400, representative: 200, howAcquired: 500 } as const;
export const placements = ['before-submit', 'one-click-link', 'none'] as const;
export type Placement = (typeof placements)[number];

/** Whether a source is neither the person nor what we saw of them ourselves. */
export const isIndirect = (source: string | undefined): boolean => source === 'third-party' || source === 'public';

const fromOthers = (holding: KnownHolding, source: AcquisitionSource): boolean =>
  isIndirect(source) && holding.channels.has(INDIRECT);

/** Personal information about to be acquired. The names of the members are those of the law's facts. */
export interface AcquireAsk extends SharingSaid {
  holding: string;
  /** Id of a way of acquisition of the policy. */
  channel: string;
  source: AcquisitionSource;
  /** Ids of purposes; each must be one of the holding's. */
  purposes: readonly string[];
  purposeIndicated?: { placement: Placement } | undefined;
  items: Readonly<Record<string, unknown>>;
  /** A person who is known already: items are added to what is held. Left out, a new person is created. */
  principal?: string | undefined;
  /** The version that was seen of what the holding keeps of that person. Without it nothing already held is replaced. */
  seen?: number | undefined;
  /** For what a third party provides. */
  receipt?: ReceiptFacts | undefined;
  /** Consent to special care-required information (20(2)): null where there is none; left out where that is not known. */
  consent?: Consent | null | undefined;
  exception?: ExceptionClaim<AcquisitionItem> | undefined;
  noticeException?: NoticeException | undefined;
  urgent?: boolean | undefined;
}

const says = {
  channel: both('施行中の方針にない入手の方法です', 'The policy in force does not state this way of acquisition'),
  notThisWay: both('この台帳には、この方法では受け取れません', 'The holding is not acquired this way'),
  indirect: both(
    'この台帳には、本人以外からは受け取れません',
    'The holding is not acquired from anyone but the person',
  ),
  noPurpose: both('目的を1つ以上選んでください', 'Choose at least one purpose'),
  notItsPurpose: both('この台帳の目的ではありません', 'This is not a purpose of the holding'),
  overtaken: both(
    'この台帳の内容が、確かめた後に変わりました。いまの内容を確かめ、これでよければもう一度送ってください。',
    'What this holding keeps has changed since you saw it. Look at what it keeps now, and send this again if it is still right.',
  ),
  unseen: both(
    'この台帳には、送った項目のどれかがすでにあります。いまの内容を確かめ、その版を添えて送ってください。',
    'The holding keeps one of these items already. Look at what it keeps, and say its version.',
  ),
  ofWhom: (clause: string) =>
    both(
      `だれが渡したか、または公表したかを書いてください。取得元を記録することを、方針の条項${clause}で約束しています`,
      `Say who gave or published it: clause ${clause} of the policy promises that this is on record`,
    ),
  howItCame: (clause: string) =>
    both(
      `どのような経緯で渡されたかを書いてください。これを記録することを、方針の条項${clause}で約束しています`,
      `Say how it came from them: clause ${clause} of the policy promises that this is on record`,
    ),
  otherwise: both(
    'この日の同意の記録と違います。記録のとおりにするなら、ここは答えずに送ってください。記録が違うなら、先に同意を記録し直してください。',
    'The consent on record for this day says otherwise. To go by the record, send this without an answer here. If the record is wrong, record the consent anew first.',
  ),
  onRecord: both(
    'この本人の同意が記録されています。記録のとおりにするなら、ここは答えずに送ってください。記録が違うなら、先に同意を記録し直すか、取下げを記録してください。',
    'A consent of this person is on record. To go by the record, send this without an answer here. If the record is wrong, record the consent anew or its withdrawal first.',
  ),
  nothingSeen: both(
    '新しい本人には、まだ記録がありません。この項目は送らないでください',
    'Of a new person there is no record yet: leave this out',
  ),
} satisfies Record<string, Bilingual | ((clause: string) => Bilingual)>;

function purposeProblems(
  standing: Standing,
  holding: KnownHolding | undefined,
  purposes: readonly string[],
): FieldProblem[] {
  if (purposes.length === 0) return [{ field: 'purposes', says: says.noPurpose }];
  return purposes.flatMap((id, i) => {
    if (!standing.purposes.has(id)) return [{ field: `purposes.${i}`, says: checkpointSays.purpose }];
    return holding && !holding.purposes.some((purpose) => purpose.id === id)
      ? [{ field: `purposes.${i}`, says: says.notItsPurpose }]
      : [];
  });
}

/** Problems of the question's own fields, before the law is asked. */
export function acquireProblems(standing: Standing, ask: AcquireAsk, today: Day): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const holding = standing.holdings.get(ask.holding);
  if (!holding) problems.push({ field: 'holding', says: checkpointSays.holding });
  else if (holding.state === 'retired') problems.push({ field: 'holding', says: checkpointSays.retired });
  if (!standing.channels.has(ask.channel)) problems.push({ field: 'channel', says: says.channel });
  else if (holding && !holding.channels.has(ask.channel) && !fromOthers(holding, ask.source))
    problems.push({ field: 'channel', says: says.notThisWay });
  if (holding && isIndirect(ask.source) && !fromOthers(holding, ask.source))
    problems.push({ field: 'source', says: says.indirect });
  problems.push(...purposeProblems(standing, holding, ask.purposes));
  if (holding) problems.push(...itemProblems(ask.items, holding.items, 'items', today));
  problems.push(...sharingProblems(ask));
  if (ask.principal === undefined) {
    if (ask.seen !== undefined) problems.push({ field: 'seen', says: says.nothingSeen });
  } else if (!isId(ask.principal)) problems.push({ field: 'principal', says: checkpointSays.principal });
  return problems;
}

/**
 * Problems with what the policy promises to record about information that does not come from the person, even where the law requires nothing (30).
 */
export function sourceProblems(
  { sourcePromisedBy: clause }: Standing,
  { source, receipt }: AcquireAsk,
): FieldProblem[] {
  if (clause === undefined || !isIndirect(source)) return [];
  const came = source === 'public' || receipt?.basis || receipt?.howAcquired;
  return [
    ...(receipt?.provider?.name ? [] : [{ field: 'receipt.provider.name', says: says.ofWhom(clause) }]),
    ...(came ? [] : [{ field: 'receipt.howAcquired', says: says.howItCame(clause) }]),
  ];
}

/** The result of an addition to what a holding keeps of a person: its version, and the codes of items that were replaced. */
interface Added {
  version: number;
  replaced: readonly string[];
}

/**
 * Why an addition must be undone: the version it saw is not the one it was added to, or it replaces items without naming a version. Null when it
 * may stand.
 */
export function overtaken(seen: number | undefined, { version, replaced }: Added): Bilingual | null {
  if (seen !== undefined) return version === seen + 1 ? null : says.overtaken;
  return replaced.length > 0 ? says.unseen : null;
}

/** The facts the law is asked with. What was not stated stays unknown; a policy in force is a published one. */
export function acquisitionFacts(standing: Standing, holding: KnownHolding, ask: AcquireAsk): AcquisitionFacts {
  const facts: AcquisitionFacts = {
    information: informationOf(holding, Object.keys(ask.items)),
    channel: standing.channels.get(ask.channel) ? 'written' : 'oral',
    source: ask.source,
    purposes: ask.purposes.map((id) => standing.purposes.get(id)!),
    purposePublished: true,
    exception: ask.exception ?? null,
  };
  if (ask.consent !== undefined) facts.consent = ask.consent;
  if (ask.purposeIndicated) facts.purposeIndicated = ask.purposeIndicated;
  if (ask.urgent !== undefined) facts.urgent = ask.urgent;
  if (ask.noticeException) facts.noticeException = ask.noticeException;
  if (ask.receipt) facts.receipt = ask.receipt;
  if (standing.indicationPromisedBy) facts.policy = { indicationPromisedBy: standing.indicationPromisedBy };
  return facts;
}

/** The facts of a consent that the register of consents knows, and that a caller may state too. */
const recordedFacts = ['givenBy', 'coversItems', 'coversPurpose'] as const;

/** Consents for several purposes as one: given by whoever is the least able to judge it, and covering what all of them cover. */
function together([first, ...more]: readonly Consent[]): Consent | undefined {
  if (!first) return undefined;
  const all = [first, ...more];
  const weaker = all.find(({ givenBy }) => givenBy !== 'principal' && givenBy !== 'representative');
  return {
    ...(first.on === undefined ? {} : { on: first.on }),
    givenBy: (weaker ?? first).givenBy!,
    coversItems: all.every(({ coversItems }) => coversItems === true),
    coversPurpose: all.every(({ coversPurpose }) => coversPurpose === true),
  };
}

const covering = (standings: readonly ConsentStanding[]): Consent[] =>
  standings.flatMap(({ consent }) => (consent?.coversItems && consent.coversPurpose ? [consent] : []));

/** The days on which the person's word for one of the purposes ended: a withdrawal, or an objection; the earliest first. */
const endsOf = (standings: readonly ConsentStanding[]): Day[] =>
  [
    ...covering(standings).flatMap(({ withdrawnOn }) => withdrawnOn ?? []),
    ...standings.flatMap(({ objectedOn }) => objectedOn ?? []),
  ].toSorted();

/** A consent as the law is asked about it, with the problems of what was stated of it. */
interface Completed {
  consent: Consent | null | undefined;
  problems: FieldProblem[];
}

/**
 * Completes a consent that is stated with its day. `standings`: how the person stands for each purpose. `given`: the same by the consents of that day
 * alone. The register counts, and whoever stated otherwise is told so.
 */
export function completed(
  stated: Consent & { on: Day },
  standings: readonly ConsentStanding[],
  given: readonly ConsentStanding[],
): Completed {
  const recorded = together(given.flatMap(({ consent }) => consent ?? []));
  const [ended] = endsOf(standings).filter((on) => on >= stated.on);
  const differing = recordedFacts.filter(
    (fact) => recorded && stated[fact] !== undefined && stated[fact] !== recorded[fact],
  );
  return {
    consent: { ...stated, ...recorded, ...(ended === undefined ? {} : { withdrawnOn: ended }) },
    problems: differing.map((fact) => ({ field: `consent.${fact}`, says: says.otherwise })),
  };
}

/**
 * The consent of a person of whom none is stated. One that has ended speaks against the acquisition, and so does one of somebody who may not be able to
 * judge it; one that stands for every purpose lets it in. Whoever stated that there is none is told of one that has not ended.
 */
export function unstated(stated: null | undefined, standings: readonly ConsentStanding[]): Completed {
  // A consent that was given after the person objected counts, as it does where it is stated.
  const ended = standings
    .flatMap((one) => endsOf([one]).filter((on) => covering([one]).every((given) => given.on! <= on)))
    .toSorted()
    .at(-1);
  if (ended !== undefined) return { consent: { withdrawnOn: ended }, problems: [] };
  const consents = covering(standings);
  const recorded = together(consents);
  const capable = recorded?.givenBy === 'principal' || recorded?.givenBy === 'representative';
  if (!recorded || (capable && consents.length < standings.length)) return { consent: stated, problems: [] };
  return { consent: recorded, problems: stated === null ? [{ field: 'consent', says: says.onRecord }] : [] };
}

/**
 * What a record says in free words: of a person who gave the information and how they came by it, and of the law and the document under which it was
 * given, which may name the person it is about.
 */
export type Particulars = Pick<Party, 'name' | 'address' | 'representative'> &
  Pick<ReceiptFacts, 'howAcquired'> &
  Pick<ExceptionClaim<ProvisionItem>, 'legalBasis'>;

/** Splits a receipt from its particulars; `particulars` is null where there are none to keep apart. What is written of a body stays in clear. */
export function partReceipt(receipt: ReceiptFacts): { receipt: ReceiptFacts; particulars: Particulars | null } {
  const { provider, howAcquired, exception, ...rest } = receipt;
  const { legalBasis, ...claim } = exception ?? ({} as Partial<ExceptionClaim<ProvisionItem>>);
  const { name, address, representative, ...kept } = provider ?? {};
  const body = isBody(provider);
  const particulars = stated({ ...(body ? {} : { name, address, representative, howAcquired }), legalBasis });
  return {
    receipt: {
      ...rest,
      ...(body && howAcquired !== undefined ? { howAcquired } : {}),
      ...(exception ? { exception: claim as ExceptionClaim<ProvisionItem> } : {}),
      ...(provider ? { provider: body ? provider : kept } : {}),
    },
    particulars: Object.keys(particulars).length > 0 ? particulars : null,
  };
}

/** The receipt as it was stated. */
export const joinReceipt = (
  receipt: ReceiptFacts,
  { howAcquired, legalBasis, ...party }: Particulars,
): ReceiptFacts => ({
  ...receipt,
  ...(receipt.exception && legalBasis !== undefined ? { exception: { ...receipt.exception, legalBasis } } : {}),
  ...(receipt.provider ? { provider: { ...receipt.provider, ...party } } : {}),
  ...stated({ howAcquired }),
});

const stated = (facts: Particulars): Particulars =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
