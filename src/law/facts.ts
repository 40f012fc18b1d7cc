// The facts with which every question of the law is asked: plain values, without the names of principals and without anything computed here.
// A fact left undefined is not known, and no rule may read it as a yes or as a no; `null` says "there is none".
// A flag that only forbids (`improper`, `wrongfulMeans` …) is set when somebody knows that it applies; left out, nobody raised it.
// A claim (`exception`, `noticeException`, `optOut`, `cloud`, `exemption`) is made or not made; left out, it is not made.

import type { Bilingual } from '../base/bilingual.ts';
import type { Day } from '../base/day.ts';
import type { Judgements } from './judgement.ts';
import type { SecrecyFacts } from './telecom/4-secrecy.ts';

/**
 * The kind of information. `special-care` = 要配慮個人情報 (2(3)); `my-number` = 特定個人情報, which these questions never allow; `pseudonymous`, `anonymous` =
 * 仮名加工情報, 匿名加工情報 (2(5), (6)); `personally-related` = 個人関連情報 (2(7)).
 */
export type InformationKind =
  | 'personal'
  | 'special-care'
  | 'my-number'
  | 'pseudonymous'
  | 'anonymous'
  | 'personally-related';

/**
 * Pseudonymously processed information is still personal information (41) while the company can easily collate it with information that identifies
 * the person, such as the original. Otherwise it is not (42).
 */
export type PseudonymousType = 'personal' | 'non-personal';

/** Prohibited acts with processed information: 41(7), (8), 42(3), 43(5), 45. */
export interface ProcessedFacts {
  pseudonymousType?: PseudonymousType;
  /** Anonymously processed information that the company made itself. */
  madeHere?: boolean;
  /** It is collated with other information so as to identify a person. */
  identifies?: boolean;
  /** Contact data in it is used to telephone, write to, message or visit a person. */
  contacts?: boolean;
  /** The deleted descriptions, or the method of processing, are obtained. */
  obtainsDeleted?: boolean;
}

/** Why information is special care-required: Act 2(3) and Order 2. */
export type SpecialCareKind =
  | 'race'
  | 'creed'
  | 'social-status'
  | 'medical-history'
  | 'criminal-record'
  | 'crime-victim'
  | 'disability'
  | 'health-check'
  | 'treatment'
  | 'criminal-procedure'
  | 'juvenile-procedure';

/**
 * The kind of the other party. `corporation` includes an association with a representative; `individual` is a sole trader who handles personal
 * information as a business; `private-person` does not. The four public kinds are 16(2)(i) to (iv).
 */
export const partyKinds = [
  'corporation',
  'individual',
  'private-person',
  'state-organ',
  'local-government',
  'administrative-agency',
  'local-administrative-agency',
] as const;

export type PartyKind = (typeof partyKinds)[number];

/**
 * True when a party is no natural person, so that what is written of it is nobody's personal information. A party of unknown kind may be a person.
 */
export const isBody = ({ kind }: Pick<Party, 'kind'> = {}): boolean =>
  kind !== undefined && kind !== 'individual' && kind !== 'private-person';

/** A recipient or a provider. `country` is the ISO 3166-1 alpha-2 code of the place of the entity, never of a server. */
export interface Party {
  kind?: PartyKind;
  name?: string;
  address?: string;
  /** Name of the representative; asked for only when the party is a corporation. */
  representative?: string;
  country?: string;
}

/** A purpose the company has specified, with the clause of its policy that states it. */
export interface StatedPurpose {
  id: string;
  clause: string;
  /** The clause in one short sentence, for the ground. */
  says?: Bilingual;
}

/**
 * Who gave a consent. `principal`: the person, who understands what follows from it. `representative`: the legal representative of a person who does
 * not, with the relation checked. `without-capacity`: a person who does not (a child, an adult ward), without a representative. `uncertain-child`: a
 * child at an age that does not tell. Of an adult in doubt no consent counts until the officer has judged that person.
 */
export const consentGivers = ['principal', 'representative', 'without-capacity', 'uncertain-child'] as const;

export type ConsentGiver = (typeof consentGivers)[number];

/**
 * Who gave a consent that is on record. Earlier versions recorded `uncertain` of children and of adults in doubt alike, so the officer's judgement on
 * children does not answer for it: it counts for nothing until the consent is recorded anew.
 */
export const recordedGivers = [...consentGivers, 'uncertain'] as const;

export type RecordedGiver = (typeof recordedGivers)[number];

/**
 * Who gave a consent on the side of a user of telecommunications. `other`: neither the user nor a person empowered by them, such as the one who pays
 * for the line.
 */
export type UserConsentGiver = RecordedGiver | 'other';

/** The principal's consent, with the facts about its scope that the question needs. */
export interface Consent {
  givenBy?: RecordedGiver;
  /** The day it was given. */
  on?: Day;
  withdrawnOn?: Day;
  coversPurpose?: boolean;
  coversRecipient?: boolean;
  coversItems?: boolean;
  /** It covers a provision to a third party in a foreign country (28(1)). */
  abroad?: boolean;
}

/** A claim that an item of 18(3), 20(2) or 27(1) applies, with the elements the items require. */
export interface ExceptionClaim<Item extends string> {
  item: Item;
  /** (i): the law relied on and the reference of the document. */
  legalBasis?: string;
  /** (i), (iv): the law is a law of Japan, which includes an ordinance. Asked where the recipient may be abroad. */
  lawOfJapan?: boolean;
  /** (iv): the affairs are prescribed by law, and are those of a state organ, a local government or somebody entrusted by one. */
  publicAffairs?: boolean;
  /** The need the item speaks of really exists. */
  necessary?: boolean;
  consentDifficult?: boolean;
  /** Asking for consent is likely to impede the public affairs (iv). */
  consentImpedes?: boolean;
  /** The institution the item speaks of is an academic research institution (16(8)). */
  academicInstitution?: boolean;
  /** There is the joint research with the other party that the item requires. */
  jointResearch?: boolean;
  /** The rights of individuals may be unduly infringed. */
  undueInfringement?: boolean;
  /** 20(2)(vii): made public by the principal or by one of the bodies listed there. */
  publishedByListed?: boolean;
  /** 20(2)(viii), Order 9(i): outwardly evident when seen or photographed. */
  outwardlyEvident?: boolean;
}

export type UseItem = '18(3)(i)' | '18(3)(ii)' | '18(3)(iii)' | '18(3)(iv)' | '18(3)(v)' | '18(3)(vi)';

export const acquisitionItems = [
  '20(2)(i)',
  '20(2)(ii)',
  '20(2)(iii)',
  '20(2)(iv)',
  '20(2)(v)',
  '20(2)(vi)',
  '20(2)(vii)',
  '20(2)(viii)',
] as const;

export type AcquisitionItem = (typeof acquisitionItems)[number];

export const provisionItems = [
  '27(1)(i)',
  '27(1)(ii)',
  '27(1)(iii)',
  '27(1)(iv)',
  '27(1)(v)',
  '27(1)(vi)',
  '27(1)(vii)',
] as const;

export type ProvisionItem = (typeof provisionItems)[number];

/** A case of 21(4), in which the purpose need not be told. */
export interface NoticeException {
  item: '21(4)(i)' | '21(4)(ii)' | '21(4)(iii)' | '21(4)(iv)';
  /** (i) to (iii): a person has confirmed that telling the purpose would do the harm of the item. */
  confirmed?: boolean;
  /** (iv): the ids of the purposes that are clear from the circumstances. */
  clearPurposes?: readonly string[];
}

/** 17(1): is this purpose specified well enough to be used? The officer judges whether a person can foresee the use from its text. */
export interface PurposeFacts {
  /** The text that is judged. */
  text?: string;
  providesToThirdParties?: boolean;
  provisionStated?: boolean;
  analysesBehaviour?: boolean;
  analysisStated?: boolean;
  judgements?: Judgements;
}

/** 17(2): may information held for one purpose be turned to another? The officer judges whether the two are related. */
export interface PurposeChangeFacts {
  information?: InformationKind;
  from?: StatedPurpose;
  /** The new purpose. The officer judges whether it is related to the old one. */
  newPurpose?: string;
  /** Consent to the new purpose; `coversPurpose` is about the new one. */
  consent?: Consent | null;
  /** The new purpose has already been notified or published. */
  published?: boolean;
  noticeException?: NoticeException;
  /** Personally related: it is collated with other information so that a person is identified. */
  identifies?: boolean;
  judgements?: Judgements;
}

/**
 * Claimed when the information concerns communications that the company carries, whose secrecy is decided first: the basis of the handling. The
 * officer's judgement on it is among the question's own.
 */
export type CommunicationsFacts = Omit<SecrecyFacts, 'communications' | 'judgements'>;

/** 18, 19, and 41 to 45 for processed information: may this information be used for this purpose? */
export interface UseFacts extends ProcessedFacts {
  information?: InformationKind;
  /** Id of the purpose of this use. */
  purpose?: string;
  /**
   * The purposes the information is held for. After a succession, those from before it (18(2)); for pseudonymously processed information, those
   * published for it (41(4)).
   */
  holdingPurposes?: readonly StatedPurpose[];
  /** A person has judged that the use may encourage or induce unlawful or unjust acts (19). */
  improper?: boolean;
  consent?: Consent | null;
  exception?: ExceptionClaim<UseItem> | null;
  secrecy?: CommunicationsFacts | null;
  judgements?: Judgements;
}

/** `business-card`: given freely and by custom, not on a form of the company's, so not a document in the sense of 21(2) (guideline 3-3-4). */
export type Channel = 'oral' | 'written' | 'business-card' | 'electronic' | 'audio' | 'video' | 'email' | 'web';

/** Where the information comes from. `principal`: handed over by the principal; `observed`: seen or recorded by the company. */
export type AcquisitionSource = 'principal' | 'third-party' | 'public' | 'observed';

/** 20, 21 and, when it comes from a third party, 30: may this information be acquired? */
export interface AcquisitionFacts {
  information?: InformationKind;
  channel?: Channel;
  source?: AcquisitionSource;
  /** The purposes it is acquired for. */
  purposes?: readonly StatedPurpose[];
  /** The purposes have already been published. */
  purposePublished?: boolean;
  /** How the purpose was indicated to the principal when the information was handed over in writing. */
  purposeIndicated?: { placement: 'before-submit' | 'one-click-link' | 'none' };
  /** Urgent for life, body or property (21(2) proviso). */
  urgent?: boolean;
  noticeException?: NoticeException;
  /** Deceit or other wrongful means (20(1)). */
  wrongfulMeans?: boolean;
  specialCare?: SpecialCareKind;
  /**
   * Consent to the acquisition of special care-required information, which must cover these items and this purpose. For information that the person
   * hands over, only `givenBy` counts.
   */
  consent?: Consent | null;
  exception?: ExceptionClaim<AcquisitionItem> | null;
  receipt?: Omit<ReceiptFacts, 'judgements'>;
  /** The clause of the policy that promises to indicate the purpose in advance. */
  policy?: { indicationPromisedBy?: string };
  judgements?: Judgements;
}

/** How the record is made, which depends on how often data moves between the same two parties. */
export interface RecordMode {
  /** `bulk`: continuous or repeated provision, one record for all of it. `contract`: a contract made for the principal holds all items. */
  mode: 'each' | 'bulk' | 'contract';
  /** The last planned provision or receipt, for `bulk` and `contract`; the day asked about when left out. */
  lastOn?: Day;
}

/**
 * Cases that the guideline on checking and recording reads as no provision and no receipt (2-2-1). The last two (2-2-2) free only the recipient, and
 * the provider records them.
 */
export interface RecordExemption {
  kind:
    | 'by-principal'
    | 'for-principal'
    | 'one-with-principal'
    | 'public-source'
    | 'not-data-for-recipient'
    | 'viewing';
  /** Id of the person who confirmed the case. */
  approvedBy?: string;
}

/** The basis on which the third party provides: consent under 27(1), 27(2), an item of 27(1), an item of 27(5), or that it is no operator. */
export type ReceiptBasis = 'consent' | 'opt-out' | 'exception' | 'not-third-party' | 'private-person';

/** 30: what must be checked and recorded when personal data comes from a third party? */
export interface ReceiptFacts {
  /** Asked when the receipt is a question of its own. Within an acquisition the outer field counts. */
  information?: InformationKind;
  provider?: Party;
  basis?: ReceiptBasis;
  /** How the provider came to have the data. */
  howAcquired?: string;
  /** A contract or another document showing it was seen. */
  documentSeen?: boolean;
  /** basis `exception`: the item of 27(1) under which the provider provides, with what it requires. */
  exception?: ExceptionClaim<ProvisionItem>;
  /** basis `consent`: the provider has the principals' consent. Whether they could give it is for the provider to see to, and is not asked here. */
  consentObtained?: boolean;
  /** basis `opt-out`: the Commission has published the filing. */
  filingPublished?: boolean;
  /**
   * basis `not-third-party`: the handling is entrusted to the company, which also uses the data for itself or mixes it with that of others. Then it
   * is no entrustment. False for a joint use and a succession.
   */
  ownUse?: boolean;
  /** The provider is known, or easily seen, to break the law. */
  looksUnlawful?: boolean;
  record?: RecordMode;
  exemption?: RecordExemption;
  pseudonymousType?: PseudonymousType;
  /** Personally related: the company links it to persons it knows, which makes it personal data. */
  links?: boolean;
  /** Personally related: the persons' consent to exactly that, obtained by the company. `coversRecipient` = it names the company. */
  consent?: Consent | null;
  /** Personally related: consent that the provider obtained in place of the company. */
  substitute?: SubstituteConsent | null;
  judgements?: Judgements;
}

/**
 * Consent that the provider obtained from the persons for the recipient (guideline 3-7). Who gave it is not asked: the company knows none of the
 * persons and relies on the evidence it is shown.
 */
export interface SubstituteConsent {
  /** The persons were told that this company will link the information. */
  namesUs?: boolean;
  /** The persons were told which items. */
  namesItems?: boolean;
  /** The company was shown evidence of the consent. */
  evidenceSeen?: boolean;
}

/**
 * The recipient's relation to the company. `same-entity`: another department. A cloud that is claimed not to handle the data is an `entrustment`
 * until the claim is proved.
 */
export type Relation = 'third-party' | 'entrustment' | 'succession' | 'joint-use' | 'same-entity';

export interface EntrustmentFacts {
  /** The entrusted party may use the data for itself or mix it with other clients' data. */
  ownUse?: boolean;
  /** The party was assessed and properly selected. */
  assessed?: boolean;
  /** The contract has safety terms. */
  contract?: boolean;
  /** There is a way to know how the party handles the data. */
  monitored?: boolean;
}

/** What is handed over with a business (27(5)(ii)). */
export interface SuccessionFacts {
  /** Only data of the business that the recipient takes over. */
  ofBusiness?: boolean;
  /**
   * `agreed`: the succession is agreed. `inquiry`: it is not yet, and the recipient looks into the business under a contract on the purpose, the
   * handling, and what is done after a leak or if nothing comes of it. `unbound`: the same without such a contract (guideline 3-6-3).
   */
  stage?: 'agreed' | 'inquiry' | 'unbound';
}

/** One field of the joint-use notice: the five items of 27(5)(iii), with the fifth in its parts. */
export type JointUseField =
  | 'fact'
  | 'items'
  | 'users'
  | 'purposes'
  | 'responsible-name'
  | 'responsible-address'
  | 'responsible-representative';

export interface JointUseFacts {
  /** The day since when principals have been notified or can easily know; null = never. */
  noticeOn?: Day | null;
  /** The fields that the notice in fact contains. */
  listed?: readonly JointUseField[];
  responsibleKind?: PartyKind;
  /** The items of data the notice names. */
  items?: readonly string[];
  /** The recipient is within the scope of users the notice names. */
  recipientInScope?: boolean;
  /** Ids of the purposes of the users that the notice names. */
  purposes?: readonly string[];
  /** The notice is published. For pseudonymously processed information, telling the persons alone is not enough (41(6), 42(2)). */
  published?: boolean;
}

/** One of the eight items of an opt-out: 27(2)(i) to (viii). */
export type OptOutField =
  | 'provider'
  | 'provision-is-purpose'
  | 'items'
  | 'how-acquired'
  | 'method'
  | 'stops-on-request'
  | 'how-to-request'
  | 'update-and-start';

export interface OptOutFacts {
  announcedOn?: Day | null;
  listed?: readonly OptOutField[];
  filedOn?: Day | null;
  stopsOnRequest?: boolean;
  acquiredUnlawfully?: boolean;
  receivedByOptOut?: boolean;
  /** All items to be provided are among those that were made known and filed. */
  coversItems?: boolean;
  /** The principal has asked that the provision stop. */
  objected?: boolean;
}

/** A cloud that does not handle the data. Using it is no provision, provided that both contract and access control ensure this. */
export interface CloudFacts {
  contractExcludesHandling?: boolean;
  accessControlled?: boolean;
  /** Country of the servers, alpha-2. */
  serverCountry?: string;
}

/** The equivalent-action system of a recipient abroad: Rule 16. */
export interface EquivalentSystemFacts {
  by?: 'contract' | 'group-rules' | 'certificate';
  /** null = it has no last day. A certificate always has one. */
  validUntil?: Day | null;
  /** The day the measures and the foreign system were last checked; at the start, the day of the first check. */
  checkedOn?: Day | null;
  /** The recipient can no longer keep the measures. */
  failing?: boolean;
}

/**
 * What the principal was told before consenting to a provision abroad: 28(2). `unknown-told` = it is not known, and the principal was told so, with
 * the reason and any substitute information (Rule 17(3), (4)).
 */
export interface ForeignInformationFacts {
  on?: Day;
  country?: 'told' | 'unknown-told' | 'not-told';
  system?: 'told' | 'unknown-told' | 'not-told';
  measures?: 'told' | 'unknown-told' | 'not-told';
}

/** 31(1), Rule 26: how the company confirmed the persons' consent to the recipient's linking. */
export interface LinkConfirmation {
  on?: Day;
  /** `declaration`: the recipient declared it. `other`: another appropriate way. `assumed`: nobody asked. */
  by?: 'declaration' | 'other' | 'assumed';
  /**
   * The consent covers every person and the acquisition by this recipient as personal data. Who gave it is not asked: the recipient obtained it, and
   * the provider knows none of the persons.
   */
  consented?: boolean;
  /** A document showed that, before consenting, the persons were told about the foreign country (31(1)(ii)). */
  foreignInformationShown?: boolean;
}

/** 31: what the recipient does with personally related information. */
export interface LinkFacts {
  /** It comes from a collection that can be searched for such information (16(7)). */
  fromDatabase?: boolean;
  /** The recipient is expected to link it to persons it knows, and so to acquire it as personal data. */
  expected?: boolean;
  /** A script on the company's site or app sends it. */
  byTag?: boolean;
  /** null = nothing was confirmed. */
  confirmation?: LinkConfirmation | null;
}

/** 43, 44: what was published about anonymously processed information, and how the recipient is told what it is. */
export interface AnonymousAnnouncementFacts {
  /** The day the items it contains were published, after making (43(3)); null = not published. */
  madeItemsOn?: Day | null;
  /** The day the items to be provided were published; it must be before the provision. */
  providedItemsOn?: Day | null;
  /** The day the method of provision was published; it must be before the provision. */
  methodOn?: Day | null;
  /** How the recipient is told that it is anonymously processed information. */
  marking?: 'e-mail' | 'document' | 'other' | 'none';
}

/** 27, 28, 29, and 31 or 41 to 44 for other kinds: may this information be provided to this recipient? */
export interface ProvisionFacts extends ProcessedFacts {
  information?: InformationKind;
  relation?: Relation;
  recipient?: Party;
  /** The items of personal data to be provided (ids or names; not their content). */
  items?: readonly string[];
  /** Id of the purpose of the provision. */
  purpose?: string;
  holdingPurposes?: readonly StatedPurpose[];
  consent?: Consent | null;
  exception?: ExceptionClaim<ProvisionItem> | null;
  entrustment?: EntrustmentFacts;
  succession?: SuccessionFacts;
  jointUse?: JointUseFacts;
  optOut?: OptOutFacts | null;
  cloud?: CloudFacts | null;
  equivalentSystem?: EquivalentSystemFacts | null;
  /** null = nothing required by 28(2) was told. */
  foreignInformation?: ForeignInformationFacts | null;
  record?: RecordMode;
  exemption?: RecordExemption;
  /** A person has judged that it may encourage or induce unlawful or unjust acts (19). */
  improper?: boolean;
  /** The clause that closes opt-outs, where the company promised more than the law requires. */
  policy?: { optOutClosedBy?: string };
  /** Personally related: 31. */
  link?: LinkFacts;
  /** Anonymously processed: 43, 44. */
  anonymous?: AnonymousAnnouncementFacts;
  secrecy?: CommunicationsFacts | null;
  judgements?: Judgements;
}

/** The payments that payment records under 225(1)(iii) of the Income Tax Act report, divided as the thresholds of ITR 84(2) require. */
export type RemunerationKind =
  | 'remuneration'
  | 'medical-fee'
  | 'boxer'
  | 'commissioned-sales'
  | 'bill-collector'
  | 'meter-reader'
  | 'hosting'
  | 'advertising-prize'
  | 'horse-race-prize';

/** The payments of 225(1)(ix): rent and other charges for use, the price of a purchase, brokerage. */
export type RealEstateKind = 'real-estate-use' | 'real-estate-purchase' | 'real-estate-brokerage';

export type PaymentKind = RemunerationKind | RealEstateKind;

/** Who is paid. A corporation has a public corporate number and no My Number. Corporations of a foreign country are a kind of their own. */
export type Payee = 'individual' | 'domestic-corporation' | 'foreign-corporation';

/** The affair that a My Number serves: one of the four payment records, another affair set by a law, or none. */
export type NumberAffair = 'remuneration' | RealEstateKind | 'other-by-law' | 'none';
