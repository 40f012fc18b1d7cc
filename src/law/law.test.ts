// Properties of every question of the law, for any facts: unknown is never yes, a prohibition never helps, the same facts give the same finding, and
// every answer cites known articles.

import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, day, type Day } from '../base/day.ts';
import type { Duty, Finding, Ground } from '../base/finding.ts';
import { assertionOf } from './answer.ts';
import type { AcquisitionFacts, ProvisionFacts, ReceiptFacts, UseFacts } from './facts.ts';
import * as law from './index.ts';
import { jointUseFields, optOutFields, publishedMatters, type Parameter } from './parameters.ts';

const today = day('2026-11-24');
/** Computed once, because hundreds of thousands of cases draw from it. */
const around = Array.from({ length: 801 }, (_, i) => addDays(today, i - 400));
const days = fc.integer({ min: -400, max: 400 }).map((n) => around[n + 400]!);

/** A record of which any key may be left out, as in the facts of the form and of the API. */
const some = <T extends object>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Partial<T>> =>
  fc.record(model, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>;

const bool = fc.boolean();
const information = fc.constantFrom('personal', 'special-care', 'my-number');
const purposes = fc.subarray([
  { id: 'P1', clause: '11' },
  { id: 'P2', clause: '12' },
  { id: 'P3', clause: '13' },
]);
const purpose = fc.constantFrom('P1', 'P2', 'P3', 'P9');
const consent = fc.option(
  some({
    givenBy: fc.constantFrom(...law.recordedGivers),
    on: days,
    withdrawnOn: days,
    coversPurpose: bool,
    coversRecipient: bool,
    coversItems: bool,
    abroad: bool,
  }),
);
const party = some({
  kind: fc.constantFrom('corporation', 'individual', 'private-person', 'state-organ', 'administrative-agency'),
  name: fc.constantFrom('', '例示株式会社'),
  address: fc.constant('例示町1'),
  representative: fc.constant('例示 太郎'),
  country: fc.constantFrom('JP', 'DE', 'GB', 'US', 'VN'),
});
const roman = ['i', 'ii', 'iii', 'iv', 'v', 'vi'];
const claimed = (items: readonly string[]) =>
  fc
    .tuple(
      fc.constantFrom(...items),
      some({
        legalBasis: fc.constantFrom('', '国税通則法'),
        lawOfJapan: bool,
        necessary: bool,
        consentDifficult: bool,
        consentImpedes: bool,
        publicAffairs: bool,
        academicInstitution: bool,
        jointResearch: bool,
        undueInfringement: bool,
        publishedByListed: bool,
        outwardlyEvident: bool,
      }),
    )
    .map(([item, elements]) => ({ item, ...elements }));
const claim = (items: string[]) => fc.option(claimed(items));
const mode = some({ mode: fc.constantFrom('each', 'bulk', 'contract'), lastOn: days });
const exemption = some({ kind: fc.constantFrom('for-principal', 'viewing'), approvedBy: fc.constant('u1') });

const judgementOf = (...codes: string[]) =>
  some(
    Object.fromEntries(
      codes.map((code) => [
        code,
        fc.record({
          answer: bool,
          by: fc.constant('u1'),
          on: fc.constant(addDays(today, -1)),
          why: fc.constant('例'),
          until: fc.constant(addDays(today, 30)),
        }),
      ]),
    ),
  );

const consenting = judgementOf('consentCapacity');

const useFacts = some({
  information,
  purpose,
  holdingPurposes: purposes,
  improper: bool,
  consent,
  exception: claim(roman.map((r) => `18(3)(${r})`)),
  judgements: consenting,
}) as fc.Arbitrary<UseFacts>;

const receiptFacts = some({
  information,
  provider: party,
  basis: fc.constantFrom('consent', 'opt-out', 'exception', 'not-third-party', 'private-person'),
  exception: claimed(law.provisionItems),
  howAcquired: fc.constant('申込書'),
  documentSeen: bool,
  consentObtained: bool,
  filingPublished: bool,
  ownUse: bool,
  looksUnlawful: bool,
  record: mode,
  exemption,
}) as fc.Arbitrary<ReceiptFacts>;

const acquisitionFacts = some({
  information,
  channel: fc.constantFrom('oral', 'written', 'business-card', 'electronic', 'audio', 'video', 'email', 'web'),
  source: fc.constantFrom('principal', 'third-party', 'public', 'observed'),
  purposes,
  purposePublished: bool,
  purposeIndicated: fc.record({ placement: fc.constantFrom('before-submit', 'one-click-link', 'none') }),
  urgent: bool,
  noticeException: some({ item: fc.constantFrom('21(4)(ii)', '21(4)(iv)'), confirmed: bool }).map((n) => ({
    item: '21(4)(i)',
    ...n,
  })),
  wrongfulMeans: bool,
  specialCare: fc.constantFrom('disability', 'race', 'treatment'),
  consent,
  exception: claim([...roman, 'vii', 'viii'].map((r) => `20(2)(${r})`)),
  receipt: receiptFacts,
  judgements: consenting,
}) as fc.Arbitrary<AcquisitionFacts>;

/** Special care-required information from others, of which all is stated but what lets it in: few random facts get as far as that. */
const careFromOthers = fc.record(
  {
    information: fc.constant('special-care'),
    source: fc.constant('third-party'),
    purposes: fc.constant([{ id: 'P1', clause: '11' }]),
    purposePublished: fc.constant(true),
    consent: fc.option(
      fc.record(
        {
          givenBy: fc.constantFrom(...law.recordedGivers),
          on: fc.constantFrom(addDays(today, -5), addDays(today, 1)),
          withdrawnOn: fc.constant(addDays(today, -1)),
          coversPurpose: bool,
          coversItems: bool,
        },
        { requiredKeys: [] },
      ),
    ),
    exception: claim(['20(2)(i)', '20(2)(ii)', '20(2)(vi)', '20(2)(viii)']),
    receipt: fc.record(
      {
        provider: fc.constantFrom(
          { kind: 'corporation', name: '例示株式会社', address: '例示町1', representative: '例示 太郎' },
          { kind: 'local-government' },
        ),
        howAcquired: fc.constant('申込書'),
        documentSeen: fc.constant(true),
        basis: fc.constantFrom('consent', 'opt-out', 'exception', 'not-third-party'),
        exception: claimed(law.provisionItems),
        consentObtained: bool,
        filingPublished: bool,
        ownUse: bool,
        exemption,
      },
      { requiredKeys: ['provider', 'howAcquired', 'documentSeen'] },
    ),
    judgements: consenting,
  },
  { requiredKeys: ['information', 'source', 'purposes', 'purposePublished', 'receipt'] },
) as fc.Arbitrary<AcquisitionFacts>;

const provisionFacts = some({
  information,
  relation: fc.constantFrom('third-party', 'entrustment', 'succession', 'joint-use', 'same-entity'),
  recipient: party,
  items: fc.subarray(['氏名', '住所']),
  purpose,
  holdingPurposes: purposes,
  consent,
  exception: claim([...roman, 'vii'].map((r) => `27(1)(${r})`)),
  entrustment: some({ ownUse: bool, assessed: bool, contract: bool, monitored: bool }),
  succession: some({ ofBusiness: bool, stage: fc.constantFrom('agreed', 'inquiry', 'unbound') }),
  jointUse: some({
    noticeOn: fc.option(days),
    listed: fc.subarray([...jointUseFields.value], { minLength: 5 }),
    responsibleKind: fc.constantFrom('corporation', 'individual'),
    items: fc.subarray(['氏名', '住所']),
    recipientInScope: bool,
    purposes: fc.subarray(['P1', 'P2', 'P3']),
  }),
  optOut: fc.option(
    some({
      announcedOn: fc.option(days),
      listed: fc.subarray([...optOutFields.value], { minLength: 7 }),
      filedOn: fc.option(days),
      stopsOnRequest: bool,
      acquiredUnlawfully: bool,
      receivedByOptOut: bool,
      coversItems: bool,
      objected: bool,
    }),
  ),
  cloud: fc.option(some({ contractExcludesHandling: bool, accessControlled: bool, serverCountry: fc.constant('JP') })),
  equivalentSystem: fc.option(
    some({
      by: fc.constantFrom('contract', 'certificate'),
      validUntil: fc.option(days),
      checkedOn: fc.option(days),
      failing: bool,
    }),
  ),
  foreignInformation: fc.option(
    some({
      on: days,
      country: fc.constantFrom('told', 'unknown-told', 'not-told'),
      system: fc.constantFrom('told', 'unknown-told', 'not-told'),
      measures: fc.constantFrom('told', 'unknown-told', 'not-told'),
    }),
  ),
  record: mode,
  exemption,
  improper: bool,
  policy: some({ optOutClosedBy: fc.constant('19') }),
  judgements: judgementOf('consentCapacity', 'timeToObject'),
}) as fc.Arbitrary<ProvisionFacts>;

const purposeChangeFacts = some({
  information,
  from: fc.constant({ id: 'P1', clause: '11' }),
  newPurpose: fc.constant('調査'),
  consent,
  published: bool,
  judgements: judgementOf('consentCapacity', 'purposeRelated'),
});
const jointUseChangeFacts = some({
  information,
  change: fc.constantFrom('responsible-name', 'purposes', 'responsible-person', 'items', 'users'),
  effectiveOn: days,
  noticeOn: fc.option(days),
  newPurpose: fc.constant('調査'),
  userChange: fc.constantFrom('renamed', 'succeeded', 'other'),
  itemsStay: bool,
  consent,
  judgements: judgementOf('consentCapacity', 'purposeRelated'),
});
const optOutChangeFacts = some({
  information: fc.constantFrom('personal', 'personal', 'special-care', 'my-number', 'pseudonymous'),
  change: fc.constantFrom(...optOutFields.value, 'end'),
  effectiveOn: days,
  announcedOn: fc.option(days),
  filedOn: fc.option(days),
  acquiredUnlawfully: bool,
  receivedByOptOut: bool,
  policy: some({ optOutClosedBy: fc.constant('19') }),
  judgements: judgementOf('changeTimeToObject'),
});
const purposeFacts = some({
  text: fc.constant('例'),
  providesToThirdParties: bool,
  provisionStated: bool,
  analysesBehaviour: bool,
  analysisStated: bool,
  judgements: judgementOf('purposeConcrete'),
});

const keeping = fc.option(some({ legalBasis: fc.constantFrom('', '法人税法施行規則59条'), until: days, part: bool }));
const fee = fc.option(some({ yen: fc.constantFrom(500, 1000, 3000), published: bool, reasonable: bool }));
const anyInformation = fc.constantFrom('personal', 'special-care', 'my-number', 'pseudonymous');
const extent = fc.constantFrom('none', 'part', 'all');
const erasureFacts = some({ information: anyInformation, needed: bool, keeping });
const employeeSupervisionFacts = some({
  underCommand: bool,
  trained: bool,
  confidentiality: bool,
  checked: bool,
  judgements: bool.map((answer) => ({
    'employee-supervision': { answer, by: 'u1', on: addDays(today, -1), why: '足りる', until: addDays(today, 1) },
  })),
  policy: fc.constant({ measuresPromisedBy: '50' }),
});
const entrustedSupervisionFacts = some({
  information: anyInformation,
  ownUse: bool,
  assessed: bool,
  contract: bool,
  monitored: bool,
  reEntrusted: bool,
  reEntrustmentApproved: bool,
  reEntrustedChecked: bool,
  problem: fc.option(some({ improvementRequestedOn: fc.option(days), improved: bool })),
  policy: fc.constant({ improvementPromisedBy: '52', changePromisedBy: '53' }),
});
const publishedMattersFacts = some({
  published: fc.subarray([...publishedMatters.value], { minLength: 12 }),
  onRequest: fc.subarray([...publishedMatters.value], { minLength: 1 }),
  corporation: bool,
  feeSet: bool,
  handledAbroad: bool,
  measuresConcrete: bool,
  accreditedMember: bool,
  noticeException: some({ confirmed: bool }).map((n) => ({ item: '21(4)(i)', ...n })),
});
const purposeNoticeFacts = some({
  information: anyInformation,
  retained: bool,
  clear: bool,
  noticeException: some({ confirmed: bool }).map((n) => ({ item: '21(4)(i)', ...n })),
  fee,
});
const disclosureFacts = some({
  what: fc.constantFrom('data', 'records', 'foreign-measures'),
  information: anyInformation,
  exists: bool,
  existenceHarms: bool,
  recordUnder: fc.constantFrom('29(1)', '30(3)', '31(3)', 'none'),
  otherLaw: bool,
  harms: extent,
  impedes: extent,
  violates: extent,
  method: fc.constantFrom('electronic', 'paper', 'set-by-company'),
  methodDifficult: bool,
  fee,
});
const correctionFacts = some({
  information: anyInformation,
  raisedBy: fc.constantFrom('principal', 'company'),
  retained: bool,
  content: fc.constantFrom('fact', 'evaluation'),
  inquiry: fc.constantFrom('untrue', 'partly-untrue', 'true'),
  purposeNeeds: bool,
  otherProcedure: bool,
  fee,
});
const suspensionFacts = some({
  information: anyInformation,
  asks: fc.constantFrom('stop-use', 'erasure', 'stop-provision'),
  reason: fc.constantFrom('unlawful-handling', 'unlawful-provision', 'no-longer-needed', 'breach', 'may-harm'),
  found: fc.constantFrom('all', 'part', 'none'),
  substitute: some({ difficult: bool, protects: bool }),
  keeping,
  fee,
});
const requestFacts = some({
  kind: fc.constantFrom('purpose-notice', 'disclosure', 'record-disclosure', 'correction', 'erasure'),
  requester: fc.constantFrom('principal', 'legal-representative', 'mandated-agent', 'other'),
  represents: fc.constantFrom('minor', 'adult-ward', 'neither'),
  authorityShown: bool,
  identityChecked: bool,
  manner: fc.constantFrom('written', 'electronic', 'oral', 'visit'),
  writingDifficult: bool,
  atDesk: bool,
  specified: bool,
  excessive: bool,
  keepsNumber: bool,
  fee,
  policy: some({
    writtenOnlyBy: fc.constant('30'),
    noVisitsBy: fc.constant('42'),
    feeBy: fc.constant('34'),
    feeYen: fc.constant(1000),
    onlyForRequestBy: fc.constant('40'),
  }),
});
const lawsuitFacts = some({ arrivedOn: fc.option(days), refusedOn: fc.option(days) });

const judgement = fc.record({
  answer: bool,
  by: fc.constant('u1'),
  on: fc.constant(today),
  why: fc.constant('記録のとおり'),
  until: fc.constant(today),
});
const people = fc.constantFrom(1, 100, 101, 1000, 1001);
const breachFacts = some({
  events: fc.subarray(['leak', 'loss', 'damage', 'use', 'provision']),
  data: fc.constantFrom('personal-data', 'personal-data', 'intended', 'scattered', 'pseudonymous'),
  knownOn: days,
  recoveredUnviewed: bool,
  copyKept: bool,
  encryption: fc.option(
    some({ recommended: bool, key: fc.constantFrom('kept-apart', 'erased-remotely', 'unusable-by-others', 'exposed') }),
  ),
  specialCare: bool,
  propertyDamage: bool,
  improperPurpose: bool,
  principals: people,
  numbers: fc.option(some({ inFile: bool, publicSystem: bool, viewableByMany: bool, principals: people })),
  telecom: fc.option(some({ secrecy: bool, designated: bool })),
  entrusted: fc.option(some({ notifiedOn: fc.option(days) })),
  noticeDifficult: bool,
  judgements: some({
    damageUndone: judgement,
    protection: judgement,
    lateNotice: judgement,
    secrecyUnread: judgement,
    specifiedUserLeak: judgement,
  }),
}) as fc.Arbitrary<law.BreachFacts>;

const payments = [...Object.keys(law.parameters.remunerationThresholds.value), 'horse-race-prize'];
const estates = Object.keys(law.parameters.realEstateThresholds.value);
const payment = fc.constantFrom(...payments, ...estates);
const payee = fc.constantFrom('individual', 'domestic-corporation', 'foreign-corporation');
const affair = fc.constantFrom('remuneration', 'real-estate-use', 'other-by-law', 'none');
const yen = fc.constantFrom(0, 50_000, 50_001, 150_001, 500_001, 1_000_001);
const numberRequestFacts = some({
  affair: fc.constantFrom(...payments, ...estates, 'other-by-law', 'none'),
  legalBasis: fc.constantFrom('', '健康保険法'),
  payee,
  askedOf: fc.constantFrom('principal', 'agent', 'former-employer', 'other'),
  employeeAgreed: bool,
  purposePublished: bool,
  expected: bool,
  yearTotal: fc.option(yen),
  certain: bool,
  year: fc.constantFrom(2026, 2027),
  purposeIndicated: bool,
  noticeException: some({ confirmed: bool }).map((n) => ({ item: '21(4)(i)', ...n })),
  consent,
  judgements: judgementOf('horseRacePrize'),
  policy: some({ affairsClosedBy: fc.constant('95'), indicationPromisedBy: fc.constant('100') }),
}) as fc.Arbitrary<law.NumberRequestFacts>;

const identityFacts = some({
  giver: fc.constantFrom('principal', 'principal', 'legal-agent', 'mandated-agent', 'corporate-agent'),
  channel: fc.constantFrom('in-person', 'mail', 'online', 'phone'),
  checkDigit: bool,
  number: fc.constantFrom(
    'my-number-card',
    'card-record',
    'official-record',
    'residence-record',
    'notification-card',
    'verified-file',
    'accepted-document',
    'none',
  ),
  notificationCardCurrent: bool,
  numberDocumentUnavailable: bool,
  documentAccepted: bool,
  identity: fc.subarray([
    'passport',
    'driving-history',
    'health-insurance',
    'pension-number',
    'signature-certificate',
    'registry-certificate',
    'proof-of-relation',
    'card-record',
  ]),
  photoUnavailable: bool,
  drivingHistoryOn: fc.constantFrom(day('2012-03-31'), day('2012-04-01')),
  evident: bool,
  knowsOwnFacts: bool,
  agency: fc.constantFrom('none', 'family-register', 'power-of-attorney'),
  consistent: bool,
  consent,
  judgements: judgementOf('agentByPhone'),
}) as fc.Arbitrary<law.IdentityFacts>;

const numberUseFacts = some({
  affair,
  legalBasis: fc.constantFrom('', '健康保険法'),
  purposeTold: bool,
  withinNeed: bool,
  designatedHandler: bool,
  beyondAffairFile: bool,
  emergency: fc.option(
    some({ necessary: bool, consentOrDifficult: bool }).chain((e) =>
      fc.constantFrom('18(3)(i)', '18(3)(ii)').map((item) => ({ item, ...e })),
    ),
  ),
  consent,
  policy: some({ affairsClosedBy: fc.constant('95') }),
  judgements: judgementOf('numberEmergency'),
}) as fc.Arbitrary<law.NumberUseFacts>;

const numberEntrustmentFacts = some({
  level: fc.constantFrom('entrustment', 're-entrustment', 'further'),
  withinAffair: bool,
  permission: fc.option(
    some({
      by: fc.constantFrom('first-entruster', 'other'),
      on: days,
      advance: bool,
      partyNamed: bool,
      abilityProved: bool,
      reportingAgreed: bool,
    }),
  ),
  earlierPermitted: bool,
  ownUse: bool,
  assessed: bool,
  contract: bool,
  monitored: bool,
  indirectlySupervised: bool,
  country: fc.constantFrom('JP', 'US'),
  cloud: fc.option(some({ contractExcludesHandling: bool, accessControlled: bool })),
  consent,
}) as fc.Arbitrary<law.NumberEntrustmentFacts>;

const numberParty = fc.constantFrom('company', 'principal', 'tax-office', 'entrusted', 'successor', 'listed-body');
const numberProvisionFacts = some({
  from: numberParty,
  to: numberParty,
  basis: fc.constantFrom(
    ...['i', 'ii', 'iii', 'iv', 'vi', 'vi', 'xiii', 'xv', 'xvi', 'xvii'].map((r) => `19(${r})`),
    'disclosure',
    'consent',
    'joint-use',
    'opt-out',
    'none',
  ),
  affair,
  withinNeed: bool,
  employeeAgreed: bool,
  entrustment: numberEntrustmentFacts,
  document: fc.constantFrom('', '文書番号1'),
  necessary: bool,
  consentOrDifficult: bool,
  requesterVerified: bool,
  consent,
  judgements: judgementOf('listedPublicInterest', 'commissionRule', 'numberEmergency'),
}) as fc.Arbitrary<law.NumberProvisionFacts>;

const numberKeepingFacts = some({
  lawfullyHeld: bool,
  affairContinues: bool,
  document: fc.constantFrom('number-only', 'payment-record-copy', 'books-and-vouchers', 'wage-declaration'),
  filedOn: days,
  ownYears: fc.constantFrom(1, 7, 9),
  fiscalYearEndsOn: fc.constantFrom(day('2019-03-31'), day('2025-03-31')),
  dueOn: fc.constantFrom(day('2017-01-31'), day('2025-01-31')),
  consent,
}) as fc.Arbitrary<law.NumberKeepingFacts>;

const paymentRecordFacts = some({
  payment,
  payee,
  yearTotal: yen,
  year: fc.constantFrom(2026, 2027),
  forSettingRight: bool,
  judgements: judgementOf('horseRacePrize'),
}) as fc.Arbitrary<law.PaymentRecordFacts>;

const userGiver = fc.constantFrom(...law.recordedGivers, 'other' as const);

const transmissionFacts = some({
  sends: bool,
  throughBrowserOrApp: bool,
  service: fc.constantFrom('information', 'posting', 'own-site', 'none'),
  entry: fc.option(
    some({
      publishedOn: fc.option(days),
      listed: fc.subarray([...law.parameters.transmissionItems.value], { minLength: 2 }),
      plain: bool,
      readable: bool,
      reachable: bool,
    }),
  ),
  exemption: fc.constantFrom('none', 'necessary', 'own-identifier', 'consent', 'opt-out'),
  withinNeed: bool,
  ownIdentifier: bool,
  userConsented: bool,
  consentedBy: userGiver,
  optOutListed: fc.subarray([...law.parameters.transmissionOptOutItems.value], { minLength: 6 }),
  optOutWorks: bool,
  judgements: judgementOf('ownSiteOutside', 'consentCapacity'),
}) as fc.Arbitrary<law.TransmissionFacts>;

const secrecyFacts = some({
  communications: bool,
  basis: fc.constantFrom('warrant', 'consent', 'inquiry', 'justification', 'none'),
  warrant: fc.constantFrom('', '令状1'),
  withinWarrant: bool,
  consent: fc.option(some({ givenBy: userGiver, individual: bool, clear: bool, withdrawn: bool })),
  judgements: judgementOf('legalJustification', 'consentCapacity'),
}) as fc.Arbitrary<law.SecrecyFacts>;

// Processed and personally related information. Facts that contradict each other are refused before they reach a rule, so they are filtered out here.
const replacements = fc.subarray(['deleted', 'random', 'keyed-hash', 'plain-hash']);
const measures = fc.option(some({ authority: bool, rules: bool, blocked: bool }));
const original = fc.constantFrom('personal', 'special-care');
const pseudonymousType = fc.constantFrom('personal', 'non-personal');
const link = some({
  fromDatabase: bool,
  expected: bool,
  byTag: bool,
  confirmation: fc.option(
    some({
      on: days,
      by: fc.constantFrom('declaration', 'other', 'assumed'),
      consented: bool,
      foreignInformationShown: bool,
    }),
  ),
});
const anonymous = some({
  madeItemsOn: fc.option(days),
  providedItemsOn: fc.option(days),
  methodOn: fc.option(days),
  marking: fc.constantFrom('e-mail', 'none'),
});
const substitute = fc.option(some({ namesUs: bool, namesItems: bool, evidenceSeen: bool }));
const secrecy = fc.option(
  some({
    basis: fc.constantFrom('warrant', 'consent', 'inquiry', 'justification', 'none'),
    warrant: fc.constant('令状12号'),
    withinWarrant: bool,
    consent: fc.option(some({ givenBy: userGiver, individual: bool, clear: bool, withdrawn: bool })),
  }),
);
const processed = { pseudonymousType, madeHere: bool, identifies: bool, contacts: bool, obtainsDeleted: bool };
const otherKind = fc.constantFrom('pseudonymous', 'anonymous', 'personally-related');

const classificationFacts = some({
  subject: fc.constantFrom('living', 'living', 'deceased', 'nobody'),
  myNumber: bool,
  codes: fc.subarray(['passport', 'face']),
  identifies: bool,
  collatable: bool,
  specialCare: fc.subarray(['race', 'disability']),
  database: bool,
  publishedDirectory: bool,
  authority: bool,
  existenceHarm: fc.constant('public-safety'),
  processing: fc.constantFrom('none', 'pseudonymised', 'anonymised'),
  madeHere: bool,
  relinked: bool,
  communications: bool,
});
const relatedProvisionFacts = some({
  recipient: party,
  items: fc.subarray(['閲覧の履歴']),
  link,
  exception: claim([...roman, 'vii'].map((r) => `27(1)(${r})`)),
  equivalentSystem: fc.option(
    some({ by: fc.constant('contract'), validUntil: fc.option(days), checkedOn: fc.option(days), failing: bool }),
  ),
  record: mode,
});
const relatedReceiptFacts = some({
  provider: party,
  basis: fc.constantFrom('consent', 'opt-out'),
  links: bool,
  consent,
  substitute,
  looksUnlawful: bool,
  record: mode,
  judgements: consenting,
});
const pseudonymisationFacts = some({
  information: original,
  intent: fc.constant('pseudonymised'),
  descriptions: bool,
  codes: bool,
  propertyDamage: bool,
  replacements,
  deleted: measures,
});
const pseudonymousUseFacts = some({
  pseudonymousType,
  purpose,
  holdingPurposes: purposes,
  exception: claim(roman.map((r) => `18(3)(${r})`)),
  identifies: bool,
  contacts: bool,
  obtainsDeleted: bool,
});
const pseudonymousProvisionFacts = some({
  pseudonymousType,
  relation: fc.constantFrom('third-party', 'entrustment', 'succession', 'joint-use', 'same-entity'),
  recipient: party,
  items: fc.subarray(['氏名', '住所']),
  purpose,
  holdingPurposes: purposes,
  exception: claim([...roman, 'vii'].map((r) => `27(1)(${r})`)),
  entrustment: some({ ownUse: bool, assessed: bool, contract: bool, monitored: bool }),
  succession: some({ ofBusiness: bool, stage: fc.constantFrom('agreed', 'inquiry', 'unbound') }),
  jointUse: some({
    noticeOn: fc.option(days),
    published: bool,
    listed: fc.subarray([...jointUseFields.value], { minLength: 6 }),
    responsibleKind: fc.constantFrom('corporation', 'individual'),
    items: fc.constant(['氏名', '住所']),
    recipientInScope: bool,
    purposes: fc.constant(['P1', 'P2', 'P3']),
  }),
  judgements: some({
    pseudonymousAbroad: fc.constant({ answer: true, by: 'u1', on: today, why: '確かめた', until: today }),
  }),
  identifies: bool,
  contacts: bool,
});
const anonymisationFacts = some({
  information: original,
  descriptions: bool,
  codes: bool,
  linkingCodes: bool,
  peculiar: bool,
  replacements,
  differences: bool,
  method: measures,
  entrusted: bool,
  judgements: some({
    anonymousEnough: fc.constant({ answer: true, by: 'u1', on: today, why: '測った', until: today }),
  }),
});
const anonymousPublicationFacts = some({
  madeOn: days,
  publishedOn: fc.option(days),
  means: fc.constantFrom('internet', 'other-public', 'told-individually'),
  items: fc.subarray(['年代', '地域']),
  publishedItems: fc.subarray(['年代', '地域']),
  entrusted: bool,
  publishedBy: fc.constantFrom('company', 'entrusting-company'),
});
const anonymousProvisionFacts = some({
  madeHere: bool,
  relation: fc.constantFrom('third-party', 'entrustment'),
  items: fc.subarray(['年代']),
  anonymous,
  identifies: bool,
  obtainsDeleted: bool,
});
const anonymousUseFacts = some({ madeHere: bool, identifies: bool, obtainsDeleted: bool });
const useOfOtherKind = some({
  information: otherKind,
  ...processed,
  purpose,
  holdingPurposes: purposes,
  improper: bool,
  consent,
  exception: claim(roman.map((r) => `18(3)(${r})`)),
  secrecy,
});
const provisionOfOtherKind = fc
  .tuple(
    pseudonymousProvisionFacts,
    relatedProvisionFacts,
    anonymousProvisionFacts,
    some({ information: otherKind, secrecy }),
  )
  .map(([p, r, a, kind]) => ({ ...r, ...a, ...p, ...kind }));
const receiptModel = {
  information: otherKind,
  provider: party,
  basis: fc.constantFrom('consent', 'opt-out', 'exception', 'not-third-party', 'private-person'),
  exception: claimed(law.provisionItems),
  ownUse: bool,
  pseudonymousType,
  links: bool,
  consent,
  substitute,
  record: mode,
};
const receiptOfOtherKind = some({ ...receiptModel, looksUnlawful: bool, judgements: consenting });
const acquisitionOfOtherKind = some({
  information: otherKind,
  source: fc.constantFrom('third-party', 'observed', 'public'),
  purposes,
  purposePublished: bool,
  wrongfulMeans: bool,
  receipt: some(receiptModel),
  judgements: consenting,
});

interface Question {
  name: string;
  facts: fc.Arbitrary<object>;
  decide: (facts: object, on: Day) => Finding;
  /** Facts without which the answer can never be yes. */
  mandatory: string[];
  /** Facts that only forbid. */
  prohibitions: object[];
}

const question = <F extends object>(
  name: string,
  facts: fc.Arbitrary<F>,
  decide: (facts: F, on: Day) => Finding,
  mandatory: string[],
  prohibitions: Partial<F>[],
): Question => ({ name, facts, decide: decide as Question['decide'], mandatory, prohibitions });

const questions: Question[] = [
  question('decideUse', useOfOtherKind as fc.Arbitrary<UseFacts>, law.decideUse, ['information'], [{ improper: true }]),
  question(
    'decideAcquisition',
    acquisitionOfOtherKind as fc.Arbitrary<AcquisitionFacts>,
    law.decideAcquisition,
    ['information', 'source'],
    [{ wrongfulMeans: true }],
  ),
  question(
    'decideReceipt',
    receiptOfOtherKind as fc.Arbitrary<ReceiptFacts>,
    law.decideReceipt,
    ['information'],
    [{ looksUnlawful: true }],
  ),
  question(
    'decideProvision',
    provisionOfOtherKind as fc.Arbitrary<ProvisionFacts>,
    law.decideProvision,
    ['information'],
    [{ improper: true }],
  ),
  question(
    'decideClassification',
    (classificationFacts as fc.Arbitrary<law.ClassificationFacts>).filter(
      (f) => law.classificationContradictions(f).length === 0,
    ),
    law.decideClassification as unknown as (f: law.ClassificationFacts, on: Day) => Finding,
    ['subject'],
    [],
  ),
  question(
    'decideRelatedProvision',
    relatedProvisionFacts as fc.Arbitrary<law.RelatedProvisionFacts>,
    law.decideRelatedProvision,
    ['link'],
    [],
  ),
  question(
    'decideRelatedReceipt',
    relatedReceiptFacts as fc.Arbitrary<law.RelatedReceiptFacts>,
    law.decideRelatedReceipt,
    ['links'],
    [{ looksUnlawful: true }],
  ),
  question(
    'decidePseudonymisation',
    pseudonymisationFacts as fc.Arbitrary<law.PseudonymisationFacts>,
    law.decidePseudonymisation,
    ['information', 'intent', 'descriptions', 'codes', 'propertyDamage', 'replacements', 'deleted'],
    [{ descriptions: false }, { codes: false }, { propertyDamage: false }, { replacements: ['plain-hash'] }],
  ),
  question(
    'decidePseudonymousUse',
    pseudonymousUseFacts as fc.Arbitrary<law.PseudonymousUseFacts>,
    law.decidePseudonymousUse,
    ['pseudonymousType', 'identifies', 'contacts'],
    [{ identifies: true }, { contacts: true }],
  ),
  question(
    'decidePseudonymousProvision',
    pseudonymousProvisionFacts as fc.Arbitrary<law.PseudonymousProvisionFacts>,
    law.decidePseudonymousProvision,
    ['pseudonymousType'],
    [],
  ),
  question(
    'decideAnonymisation',
    anonymisationFacts as fc.Arbitrary<law.AnonymisationFacts>,
    law.decideAnonymisation,
    [
      'information',
      'descriptions',
      'codes',
      'linkingCodes',
      'peculiar',
      'replacements',
      'differences',
      'method',
      'entrusted',
      'judgements',
    ],
    [
      { descriptions: false },
      { codes: false },
      { linkingCodes: false },
      { peculiar: false },
      { differences: false },
      { replacements: ['plain-hash'] },
    ],
  ),
  question(
    'decideAnonymousPublication',
    anonymousPublicationFacts as fc.Arbitrary<law.AnonymousPublicationFacts>,
    law.decideAnonymousPublication,
    ['madeOn', 'publishedOn', 'means', 'items', 'publishedItems', 'entrusted'],
    [{ publishedOn: null }, { means: 'told-individually' }],
  ),
  question(
    'decideAnonymousProvision',
    anonymousProvisionFacts as fc.Arbitrary<law.AnonymousProvisionFacts>,
    law.decideAnonymousProvision,
    ['madeHere', 'items', 'anonymous'],
    [{ anonymous: { marking: 'none' } }, { identifies: true }],
  ),
  question(
    'decideAnonymousUse',
    anonymousUseFacts as fc.Arbitrary<law.AnonymousUseFacts>,
    law.decideAnonymousUse,
    ['madeHere', 'identifies'],
    [{ identifies: true }],
  ),
  question('decideUse', useFacts, law.decideUse, ['information', 'purpose', 'holdingPurposes'], [{ improper: true }]),
  question(
    'decideAcquisition',
    acquisitionFacts,
    law.decideAcquisition,
    ['information', 'purposes', 'source'],
    [{ wrongfulMeans: true }],
  ),
  question(
    'decideAcquisition',
    careFromOthers,
    law.decideAcquisition,
    ['information', 'purposes', 'source', 'receipt'],
    [{ wrongfulMeans: true }],
  ),
  question('decideReceipt', receiptFacts, law.decideReceipt, ['information'], [{ looksUnlawful: true }]),
  question('decideProvision', provisionFacts, law.decideProvision, ['information', 'relation'], [{ improper: true }]),
  question('decidePurposeChange', purposeChangeFacts, law.decidePurposeChange, ['information', 'from'], []),
  question(
    'decideJointUseChange',
    jointUseChangeFacts,
    law.decideJointUseChange,
    ['information', 'change', 'effectiveOn'],
    [],
  ),
  question(
    'decideOptOutChange',
    optOutChangeFacts as fc.Arbitrary<law.OptOutChangeFacts>,
    law.decideOptOutChange,
    ['information', 'change', 'effectiveOn'],
    [{ change: 'stops-on-request' }, { change: 'provision-is-purpose' }],
  ),
  question('decideBreach', breachFacts, law.decideBreach, ['events', 'encryption', 'telecom', 'knownOn'], []),
  question('decidePurpose', purposeFacts, law.decidePurpose, ['judgements', 'providesToThirdParties'], []),
  question(
    'decideErasure',
    erasureFacts as fc.Arbitrary<law.ErasureFacts>,
    law.decideErasure,
    ['information', 'needed', 'keeping'],
    [],
  ),
  question(
    'decideEmployeeSupervision',
    employeeSupervisionFacts,
    law.decideEmployeeSupervision,
    ['underCommand', 'trained', 'confidentiality', 'checked', 'judgements'],
    [],
  ),
  question(
    'decideEntrustedSupervision',
    entrustedSupervisionFacts as fc.Arbitrary<law.EntrustedSupervisionFacts>,
    law.decideEntrustedSupervision,
    ['information', 'ownUse', 'assessed', 'contract', 'monitored', 'reEntrusted', 'problem'],
    [{ ownUse: true }],
  ),
  question(
    'decidePublishedMatters',
    publishedMattersFacts as fc.Arbitrary<law.PublishedMattersFacts>,
    law.decidePublishedMatters,
    ['published', 'onRequest', 'measuresConcrete'],
    [],
  ),
  question(
    'decidePurposeNotice',
    purposeNoticeFacts as fc.Arbitrary<law.PurposeNoticeFacts>,
    law.decidePurposeNotice,
    ['retained', 'clear'],
    [],
  ),
  question(
    'decideDisclosure',
    disclosureFacts as fc.Arbitrary<law.DisclosureFacts>,
    law.decideDisclosure,
    ['what', 'exists', 'impedes'],
    [],
  ),
  question(
    'decideCorrection',
    correctionFacts as fc.Arbitrary<law.CorrectionFacts>,
    law.decideCorrection,
    ['raisedBy', 'content', 'inquiry', 'purposeNeeds'],
    [],
  ),
  question(
    'decideSuspension',
    suspensionFacts as fc.Arbitrary<law.SuspensionFacts>,
    law.decideSuspension,
    ['asks', 'reason', 'found'],
    [],
  ),
  question(
    'decideRequest',
    (requestFacts as fc.Arbitrary<law.RequestFacts>).filter((f) => law.requestContradictions(f).length === 0),
    law.decideRequest,
    ['kind', 'requester', 'identityChecked', 'atDesk', 'specified'],
    [{ excessive: true }, { keepsNumber: true }],
  ),
  question('decideLawsuit', lawsuitFacts, law.decideLawsuit, ['arrivedOn'], []),
  question(
    'decideNumberRequest',
    numberRequestFacts,
    law.decideNumberRequest,
    ['affair', 'payee', 'askedOf', 'expected'],
    [{ payee: 'domestic-corporation' }, { askedOf: 'other' }, { affair: 'none' }, { expected: false }],
  ),
  question(
    'decideIdentity',
    identityFacts,
    law.decideIdentity,
    ['giver', 'channel', 'checkDigit', 'number', 'consistent'],
    [{ checkDigit: false }],
  ),
  question(
    'decideNumberUse',
    numberUseFacts,
    law.decideNumberUse,
    ['designatedHandler'],
    [{ beyondAffairFile: true }, { designatedHandler: false }],
  ),
  question(
    'decideNumberEntrustment',
    numberEntrustmentFacts,
    law.decideNumberEntrustment,
    ['withinAffair', 'country'],
    [{ withinAffair: false }],
  ),
  question(
    'decideNumberProvision',
    numberProvisionFacts,
    law.decideNumberProvision,
    ['from', 'to', 'basis'],
    [{ basis: 'consent' }, { basis: 'joint-use' }, { basis: 'opt-out' }, { basis: 'none' }],
  ),
  question(
    'decideNumberKeeping',
    numberKeepingFacts,
    law.decideNumberKeeping,
    ['lawfullyHeld', 'affairContinues'],
    [{ lawfullyHeld: false }],
  ),
  question('decidePaymentRecord', paymentRecordFacts, law.decidePaymentRecord, ['payment', 'payee', 'year'], []),
  question('decideTransmission', transmissionFacts, law.decideTransmission, ['sends'], []),
  question('decideSecrecy', secrecyFacts, law.decideSecrecy, ['communications'], []),
];

const full = { givenBy: 'principal', on: today, coversPurpose: true, coversRecipient: true, coversItems: true };
const corporation = (country: string): object => ({
  kind: 'corporation',
  name: '例示株式会社',
  address: '例示町1',
  representative: '例示 太郎',
  country,
});

const item = '(?:\\((?:\\d+|[ivx]+)\\))';
const known: Record<Ground['law'], RegExp> = {
  APPI: new RegExp(
    `^(?:1[6-9]|2\\d|3\\d|4[0-6]|2|150)${item}{0,2}$|^(?:2[16]\\([12]\\)|35\\([246]\\)|39\\(1\\)) proviso$`,
  ),
  'APPI-Order': new RegExp(`^(?:(?:1|2|4|5|9|10|12|13)${item}|5|11|13)$`),
  'APPI-Rules': new RegExp(`^(?:4|[7-9]|1[014-9]|2\\d|3[0-8])(?:${item}){0,2}$`),
  Guideline: /^(?:\d+(?:-\d+)+|Q\d+-\d+)$/,
  NumberingAct: new RegExp(`^(?:2|9|1[0-25-6]|14|19|20|29|29-4|30)(?:${item})?( proviso)?$`),
  'NumberingAct-Order': new RegExp(`^(?:6|12|35)(?:${item}){0,2}$`),
  'NumberingAct-Rules': new RegExp(`^(?:[1-9]|1[01])(?:${item}){0,2}$`),
  'NumberingAct-Guideline': /^Q\d+(?:-\d+)+$/,
  'NumberingAct-BreachRules': new RegExp(`^[2-5](?:${item}){0,2}$`),
  TBA: new RegExp(`^(?:4|27-12|28|164)(?:${item}){0,2}$`),
  'TBA-Rules': new RegExp(`^22-2-(?:2[7-9]|3[01])(?:${item}){0,2}$|^57$`),
  ITA: /^225\(1\)(?:\((?:iii|ix)\))?$/,
  'ITA-Rules': new RegExp(`^(?:76-3|84|90)(?:${item}){0,2}$`),
  'CTA-Rules': /^59$/,
  NTL: /^10\(2\)$/,
  ClosedDaysAct: /^2$/,
  DisabilityAct: /^8\(2\)$/,
  policy: /^\d+$/,
};

const cited = (x: Ground | Duty): boolean => known[x.law].test(x.article) && x.says.ja !== '' && x.says.en !== '';

/** The value at a path such as `recipient.name`. */
function valueAt(facts: object, path: string): unknown {
  let at: unknown = facts;
  for (const k of path.split('.')) at = (at as Record<string, unknown> | null | undefined)?.[k];
  return at;
}

/** True when the fact is stated. Within an acquisition, the facts of a receipt may be under `receipt`. `a|b` means either. */
const stated = (facts: object, paths: string): boolean =>
  paths.split('|').some((p) => valueAt(facts, p) !== undefined || valueAt(facts, `receipt.${p}`) !== undefined);

/** Sentences that say what the law asks, whatever the case. Each was read and judged, and a new one has to be. */
const asking = new Set([
  '事業の承継に伴って渡せるのは、承継される事業のデータだけです。',
  '要配慮個人情報は、渡す側の根拠のほかに、当社が取得してよい場合かも確かめます。',
  '仮名加工情報の目的は、元の目的と関連しなくても変えられますが、変えた目的の公表が要ります。',
  '個人情報でない仮名加工情報に、目的の制限はありません。本人を割り出すことと本人に連絡することは禁じられます。',
  '匿名加工情報は個人情報ではないので、目的の制限はありません。',
  '匿名加工情報を、ほかの情報と照らし合わせて本人を割り出すことはできません。',
  '個人関連情報は、個人と結び付けずに使う限り、目的の制限がありません。',
  '仮名加工情報は、公表した目的の範囲か、法令に基づく場合にだけ使えます。',
  '受け取った匿名加工情報について、削除された情報や加工の方法を手に入れることはできません。',
  '通信に関して知った他人の秘密は、職を退いた後も守ります。',
  '仮名加工情報の例外は、法令に基づく場合だけです。',
  '仮名加工情報を受け取れるのは、法令に基づく場合と、委託、事業の承継、共同利用だけです。',
  '個人と結び付けて持つと個人データになるので、本人の同意が前もって要ります。',
  '仮名加工情報の提供には28条1項が働きません。相手の措置を本人に伝える義務があるかは、条文から分かりません。',
  '提供元の名称、住所、代表者を確かめます。',
  '個人関連情報を個人データとして受け取るときの記録事項です。取得の経緯は要りません。',
  '個人と結び付けずに持つ個人関連情報は個人情報ではないので、取得の制限はありません。',
  '匿名加工情報は個人情報ではないので、受け取るときの確認も記録も要りません。',
  '受け取った者も、本人を割り出すことも、削除された情報などを手に入れることはできません。',
  '仮名加工情報をこの根拠で受け取るとき、確認と記録は要りません。',
  '当社の名前と項目を示して提供元が得た同意でも足ります。',
  '国の機関などから受け取るとき、確認と記録は要りません。',
  '仮名加工情報は、法令に基づく場合と、委託、事業の承継、共同利用のほかは渡せません。',
  '個人情報でない仮名加工情報も、法令に基づく場合と、委託、事業の承継、共同利用のほかは渡せません。',
  '外国にある相手に仮名加工情報の取扱いを任せるとき、28条の確認が要るかを、法令ははっきり定めていません。',
  '相手が個人データとして受け取るときは、本人が同意していることを前もって確かめます。',
  '相手の申告などの適切な方法で確かめます。',
  '国の機関などに渡すとき、記録は要りません。',
  '匿名加工情報は個人情報ではないので、渡すことに本人の同意も提供の記録も要りません。',
  '作った情報に含まれる項目は、遅滞なく公表します。',
  'インターネットなどの適切な方法で公表します。',
  '渡す前に、渡す項目と渡し方を公表し、匿名加工情報であることを相手にはっきり伝えます。',
  '公表は、インターネットなどの適切な方法によります。',
  '相手には、電子メールや書面などの適切な方法で伝えます。',
  '確かめたことを記録し、保存します。',
  '記録事項です。本人がだれかは記録しません。',
  '相手が外国にあるときは、同意の前に必要な情報が本人に伝えられたことも確かめます。',
  '伝えたことを示す書面を見せてもらって確かめます。',
  '相手の体制によるときは、措置が続いていることを確かめ、続かなければ止めます。',
  '亡くなった人の個人番号にも、番号法の制限が及びます。',
  'どの種類の情報かは、だれについての情報か、何を含むか、どう加工したかで決まります。',
  '仮名加工情報は、規則の定める3つの基準に従って作ります。',
  '個人を特定できる記述を削除するか、置き換えます。',
  '個人識別符号をすべて削除するか、置き換えます。',
  'カード番号など、悪用されると財産の被害が生じるおそれのある記述を削除するか、置き換えます。',
  '削除した情報と加工の方法を、安全に管理します。',
  '匿名加工情報は、規則の定める5つの基準に従って作ります。',
  '元の情報とつなぐ番号を削除するか、つながらないものに置き換えます。',
  '特異な記述を削除するか、置き換えます。',
  'ほかの人のデータとの違いなどを見て、必要な措置をとります。どこまで要るかは、法令が数字で決めていません。',
  '加工の方法についての情報を、安全に管理します。',
  '匿名加工情報を作ったら、含まれる項目を公表します。',
  '作った後遅滞なく、インターネットなどの適切な方法で公表します。',
  '委託されて作ったときは、委託元が公表します。',
  '個人の権利利益を害するおそれの大きい漏えいなどは、報告します。確かめている間も、速報までの日数は進みます。',
  '特定個人情報について重大な事態が起きたときは、個人情報保護委員会に報告します。',
  '電気通信事業で通信の秘密が漏れたときは、総務大臣に報告します。',
  '目的はできる限り具体的に特定します。',
  '目的を変えられるのは、元の目的と関連すると合理的に認められる範囲だけです。',
  '情報は、決めた目的の範囲でだけ扱えます。',
  '情報は、適正な方法だけで受け取ります。',
  '要配慮個人情報は、前もって本人の同意を得て受け取ります。',
  '本人が渡すときや、ほかの者が本人に代わって渡すときは、受け取ることへの同意があったものとして扱います。',
  '目的は公表しておくか、受け取った後速やかに本人に知らせます。',
  '書面や画面で本人から直接受け取るときは、前もって目的をはっきり示します。',
  '変えた目的は本人に通知または公表します。',
  '事業者かサーバーが外国にあれば、両方の国を知り得るようにする必要があります。',
  '外国の事業者のクラウドでも同じです。',
  '安全管理は当社の義務のままです。',
  '委託するには、相手を適切に選び、契約で安全管理を定め、取扱いの状況を把握する必要があります。',
  '委託と言えるのは、目的の達成に必要な範囲で、相手が自社のために使わないときだけです。',
  '第三者に渡すには、前もって本人の同意を得るか、法律の挙げる場合に当たる必要があります。',
  'オプトアウトで渡すには、求めに応じて止めること、必要な事項を知らせること、届出が必要です。',
  '共同利用として渡すには、必要な事項を前もって知らせ、その範囲で渡す必要があります。',
  '利用する者の目的を変えるときや、管理責任者を替えるときは、効力の生じる前に知らせます。',
  '項目や利用する者の範囲の変更は、ここでいう変更に含まれません。',
  '原則として本人の同意を得るか、新しい共同利用として始めます。',
  '利用する者の名称が変わるだけなら、項目が変わらない限り、共同利用を続けられます。',
  '利用する者の事業が承継されるなら、項目が変わらない限り、共同利用を続けられます。',
  '管理責任者の名称、住所、代表者の変更は、変えた後に遅滞なく知らせます。',
  '当社の名称、住所、代表者の変更とオプトアウトの終わりは、遅滞なく知らせ、届け出ます。',
  '項目、取得や提供の方法、求めの受付け、更新と開始の変更は、前もって知らせ、届け出ます。',
  '本人が提供の停止を求めるのに必要な期間をおいて知らせます。',
  '外国にある第三者に渡すには、そのことへの本人の同意が前もって要ります。',
  '外国にある第三者に渡すには、そのことへの本人の同意か、相手に日本の定めに沿う体制が要ります。',
  '同意を得る前に、必要な情報を本人に伝える必要があります。',
  '国の名前、その国の制度、相手の措置を伝えます。',
  '日本の定めに沿う措置を続ける体制が相手にあれば、国内の相手と同じに扱います。',
  '体制は契約、グループの規程または国際的な認証によります。',
  'この根拠で渡すとき、提供の記録は要りません。',
  '記録を省けるのは、ガイドラインの挙げる場合に当たると、担当者が承認したときだけです。',
  '第三者への提供は記録します。',
  'やり取りのたびに、速やかに記録を作ります。',
  '同意に基づいて渡すときの記録事項です。',
  'オプトアウトで渡すときの記録事項です。',
  '保存の期間は作った日から数えます。',
  '記録を決められた期間保存します。',
  'だれから、どう取得された情報かを確かめます。',
  '確認と記録を省けるのは、ガイドラインの挙げる場合に当たると、担当者が承認したときだけです。',
  'この根拠で受け取るとき、確認と記録は要りません。',
  '相手の申告などで相手を確かめます。',
  '取得の経緯を、契約書などを見せてもらって確かめます。',
  '同意に基づいて受け取るときの記録事項です。',
  'オプトアウトで受け取るときの記録事項です。',
  '事業者でない人から受け取るときの記録事項です。',
  '確かめたことを記録します。',
  '個人番号は、法令で定められた事務に必要な限りで使えます。',
  '急を要する場合でも、この件についての個人情報保護管理者の判断が先です。',
  '本人の同意だけを根拠に、個人番号を使うことはできません。',
  '番号法が提供を認める場合のほかは、他人の個人番号を集めることも持つこともできません。',
  '特定個人情報を渡せるのは、番号法が挙げる場合だけです。',
  '利用する必要がなくなったデータは、遅滞なく消去するよう努めます。',
  '個人データを扱わせる従業者を、必要かつ適切に監督します。',
  'どこまでの監督で足りるかを、法令は決めていません。データの性質とリスクを見て判断します。',
  '委託先は、適切に選び、契約で安全管理を定め、取扱いの状況を把握して監督します。',
  '保有個人データに関する事項を、本人の知り得る状態に置きます。',
  '本人から求められたら、利用目的を遅滞なく通知します。',
  '本人の請求を受けたら、本人の選んだ方法で遅滞なく開示します。',
  '第三者提供記録も、保有個人データと同じように開示します。',
  '外国の提供先の措置について求められたら、遅滞なく情報を伝えます。',
  '請求を受けたら遅滞なく調べ、内容が事実でなければ訂正などをします。',
  '個人データを、目的に必要な範囲で正確で最新の内容に保ちます。',
  '請求に理由があると分かったら、必要な限りで遅滞なく、利用の停止、消去または提供の停止をします。',
  '請求は、定めて公表した方法で受け付けます。定めがなければ、どの方法でも受け付けます。',
  '本人が訴えを起こせるのは、前もって請求し、届いた日から2週間が過ぎた後です。',
  '法律の挙げる支払いは、1年の額が基準を超えると支払調書を出します。',
  '個人番号は、事務に必要なときに、本人か代理人に求めます。',
  '個人番号は、事務に必要なときに、その人が移ってくる前の会社にも求められます。',
  '番号を受け取るときは、番号の確認と身元の確認の両方をします。',
  '再委託には、最初に委託した者の許諾が前もって要ります。',
  '委託先を選び、契約し、取扱いの状況を把握して、必要かつ適切に監督します。',
  '利用者の端末から外に情報を送らせるときは、前もって、送信ごとに必要な事項を利用者が知り得るようにします。',
  '通信の秘密は侵してはなりません。内容だけでなく、だれが、いつ、どこで、だれと通信したかも含みます。',
]);

const sayings: Record<string, string[]> = {
  exemption: ['確認と記録が要らないのは受け取る側だけなので、渡す側の記録は要ります。'],
  subject: ['生きている個人についての情報ではありません。'],
  processing: [
    '個人を特定できず、元にも戻せないように加工した、匿名加工情報です。',
    'ほかの情報と照らし合わせない限り個人を特定できないように加工した、仮名加工情報です。',
  ],
  collatable: [
    'ほかの情報と簡単に照らし合わせて、生きている個人を特定できます。',
    '元の情報などと照らし合わせられるので、個人情報でもあります。',
    '照らし合わせる情報を持たないので、個人情報ではありません。',
  ],
  identifies: [
    '氏名などの記述で、生きている個人を特定できます。',
    '生きている個人についての情報で、個人情報にも加工した情報にも当たらない、個人関連情報です。',
  ],
  codes: ['個人識別符号です。'],
  'codes|myNumber': [
    '個人識別符号を含むので、それだけで個人情報です。',
    '個人番号またはそれに代わる符号を含む、特定個人情報です。',
    '個人情報保護法の一部の定めは働かず、番号法の定めが加わります。',
  ],
  database: [
    '検索できるように集めたものの一部なので、個人データです。',
    '検索できるように集めたものの一部ではありません。',
  ],
  publishedDirectory: ['販売のために発行された名簿などで、個人情報データベース等から除かれています。'],
  authority: [
    '開示、訂正、利用の停止などをする権限が当社にあるので、保有個人データです。',
    '開示や訂正などをする権限が当社にないので、保有個人データではありません。',
  ],
  existenceHarm: ['あるかどうかを答えるだけで害があるので、保有個人データから除かれます。'],
  relinked: [
    '匿名加工情報を個人と結び付けることは禁じられています。結び付けたものは個人情報として扱います。',
    '個人と結び付けたので、個人情報になりました。',
    '仮名加工情報を個人と結び付けることは禁じられています。結び付けたものは個人情報として扱います。',
  ],
  communications: ['通信の秘密に当たる情報です。'],
  judgements: [
    '外国にある相手に渡してよいと、個人情報保護管理者が判断しています。',
    'とった措置で足りると、個人情報保護管理者が判断しています。',
  ],
  'link.expected': ['相手が個人データとして受け取ることは想定されないので、確かめる義務はありません。'],
  'link.fromDatabase': ['検索できるように集めたものから渡すのではないので、確かめる義務はありません。'],
  equivalentSystem: [
    '相手が措置を続けられないので、提供を止めます。',
    '相手の措置の定期的な確認が済んでいません。',
    '体制の根拠が期限を過ぎています。',
  ],
  basis: ['法律の挙げる場合に当たるので、同意の確認も記録も要りません。'],
  'secrecy.warrant|warrant': ['裁判官の令状に、その範囲で応じます。'],
  'consent.givenBy|secrecy.consent.givenBy|consentedBy': [
    '同意するとどうなるかを判断できない本人に代わって、法定代理人が同意しています。',
    '同意したのは、同意するとどうなるかを判断できない人です。この同意は、ないものとして扱います。',
  ],
  'judgements.consentCapacity': [
    '同意した人は、同意するとどうなるかを判断できると、個人情報保護管理者が判断しています。',
    '同意した人は、同意するとどうなるかを判断できないと、個人情報保護管理者が判断しています。',
  ],
  'secrecy.consent|consent': ['利用者本人が、個別に、はっきりと同意しています。'],
  propertyDamage: ['悪用されると財産の被害が出るおそれのあるデータです。'],
  improperPurpose: [
    '不正の目的で当社に対して行われた行為によるおそれがあります。1人でも報告の対象です。',
    '特定個人情報が、不正の目的で漏らされ、使われ、または渡されたおそれがあります。',
  ],
  principals: ['本人の数が基準を超えるか、超えるおそれがあります。'],
  'numbers.publicSystem': ['行政機関などの番号の仕組みの特定個人情報が漏れるなどしました。'],
  'numbers.viewableByMany': ['特定個人情報が、電子的に、だれにでも見られる状態になりました。'],
  'numbers.principals': ['特定個人情報の本人の数が、基準を超えるか、超えるおそれがあります。'],
  'judgements.specifiedUserLeak': ['指定を受けた事業者の特定利用者情報の漏えいで、報告が要ると判断されています。'],
  'telecom.secrecy': ['通信の秘密に当たる情報が漏れたか、漏れたおそれがあります。'],
  information: ['特定個人情報には個人情報保護法のこの定めが働きません。同意があっても変わりません。'],
  specialCare: ['この情報は要配慮個人情報です。', '要配慮個人情報が含まれます。'],
  'judgements.purposeRelated': ['元の目的と関連する範囲を超えています。'],
  published: ['変えた目的を本人に通知または公表しています。'],
  holdingPurposes: [
    '仮名加工情報について公表した目的の範囲内です。',
    '決めた目的の範囲を超えます。本人の同意なしには扱えません。',
    '決めた目的の範囲内の利用です。',
  ],
  consent: [
    '目的の範囲を超えますが、前もって本人の同意を得ています。',
    '新しい目的について本人の同意があります。',
    '前もって本人の同意を得ています。',
    '変えることについて前もって本人の同意を得ているので、共同利用を続けられます。',
    '外国にある第三者への提供に、本人が前もって同意しています。',
    '同意の日がこの日より後です。前もって同意を得る必要があります。',
    '同意はこの目的に及んでいません。',
    '同意はこの提供先に及んでいません。',
    '同意はこの項目に及んでいません。',
    '外国への提供についての同意ではありません。',
    '本人が同意を取り下げています。',
    '本人の同意がありません。',
  ],
  exception: [
    '法律の挙げる場合に当たるので、同意を確かめる義務はありません。',
    '法令に基づく場合です。',
    '人の生命、身体または財産を守るために必要で、同意を得るのが難しい場合です。',
    '公衆衛生または子どもの健全な育成に特に必要で、同意を得るのが難しい場合です。',
    '国や自治体の法令の事務に協力する必要があり、同意を求めると支障が出るおそれがある場合です。',
    '当社が学術研究機関等で、研究のために必要な場合です。個人の権利利益を不当に害しません。',
    '当社が学術研究機関等で、研究成果の公表や教授のためにやむを得ない場合です。',
    '相手が学術研究機関等で、研究のために必要な場合です。個人の権利利益を不当に害しません。',
    '学術研究機関等との共同研究のための場合です。個人の権利利益を不当に害しません。',
    '当社が学術研究機関等で、相手と共同で行う研究のために渡す必要がある場合です。個人の権利利益を不当に害しません。',
    '相手が学術研究機関等で、研究成果の公表や教授のためにやむを得ない場合です。',
    '相手が学術研究機関等で、当社と共同で行う研究のために渡す必要がある場合です。個人の権利利益を不当に害しません。',
    '本人、国や自治体、報道機関などがすでに公開している情報です。',
    '見たり撮ったりすれば外から明らかに分かる情報です。',
  ],
  source: ['本人が自分で伝えたので、受け取ることへの同意があったものとして扱います。'],
  purposePublished: ['目的をすでに公表しています。', '目的を公表していないので、速やかに本人に知らせるか公表します。'],
  'purposeIndicated.placement': ['渡す前の本人に、目的をはっきり示しています。'],
  urgent: ['人の生命、身体または財産を守るために急を要するので、前もって示さなくてかまいません。'],
  noticeException: [
    '目的を伝えると、だれかの生命、身体、財産などを害するおそれがあります。',
    '目的を伝えると、当社の権利または正当な利益を害するおそれがあります。',
  ],
  'receipt.basis|basis': [
    '委託、事業の承継または共同利用によって受け取ります。',
    'この受け取り方に本人の同意は要りません。',
  ],
  'receipt.consentObtained|consentObtained': [
    '相手が本人の必要な同意を得て渡すので、当社が改めて同意を得る必要はありません。',
  ],
  relation: [
    '委託、事業の承継、共同利用のどれにも当たらないので、相手は第三者です。',
    '同じ会社の中の部署なので、第三者への提供に当たりません。',
  ],
  'succession.stage': [
    '承継の契約の前の調査のために渡すので、目的、取扱い、漏えいや不調のときの措置を契約で定めています。',
  ],
  'relation|userChange': ['承継の前の目的が、承継した後も続きます。'],
  'recipient.country': [
    '外国で取り扱うので、その国の制度を把握したうえで安全管理をします。',
    '相手は、日本と同等の水準と認められた国にあります。国内の相手と同じに扱います。',
    '個人情報保護委員会が定める国です。',
  ],
  foreignInformation: [
    '同意の前に必要な情報を伝えていません。',
    '国の名前、その国の制度、相手の措置がそろっていません。',
    '国を特定できないことと理由を伝えています。',
    '措置を伝えられないことと理由を伝えています。',
  ],
  cloud: ['事業者がデータを取り扱わないクラウドなので、提供に当たりません。'],
  'record.mode': [
    '続けて、または繰り返しやり取りするので、記録をまとめて作れます。',
    '保存の期間は最後のやり取りから数えます。',
    '本人への商品やサービスの提供に関するやり取りで、その契約書などに記録事項がそろっているので、それを記録に代えられます。',
    '契約書などは、最後のやり取りから数えて保存します。',
  ],
  'recipient.kind|provider.kind': ['相手は個人情報取扱事業者ではありません。'],
};

/** Sentences about the case, each with the fact that must be stated before the sentence may be used. */
const said = new Map(Object.entries(sayings).flatMap(([fact, says]) => says.map((ja) => [ja, fact] as const)));

/**
 * The facts without the field at a path such as `recipient.name`; the same object where there is no such field. That is safe, because no question
 * changes its facts.
 */
function forget(facts: object, path: string): object {
  const [key = '', ...rest] = path.split('.');
  if (!Object.hasOwn(facts, key)) return facts;
  const { [key]: at, ...others } = facts as Record<string, unknown>;
  if (rest.length === 0) return others;
  const less = typeof at === 'object' && at !== null ? forget(at, rest.join('.')) : at;
  return less === at ? facts : { ...facts, [key]: less };
}

/** Facts within another fact that only forbid when they are stated, and the item of a claim, without which there is no claim. */
const raised = new Set(['withdrawnOn', 'failing', 'looksUnlawful', 'item']);

/** The paths of the facts within other facts, as far as none of them is a claim, a list or a judgement, or only forbids. */
const within = (facts: object): string[] =>
  Object.entries(facts).flatMap(([key, at]) =>
    claims.has(key) || key === 'judgements' || typeof at !== 'object' || at === null || Array.isArray(at)
      ? []
      : Object.keys(at)
          .filter((inner) => !raised.has(inner) && !claims.has(inner))
          .map((inner) => `${key}.${inner}`),
  );

/** Questions of those who want to collect, use or send something: a no leaves them something to do. */
const handlings = new Set<unknown>([
  law.decideUse,
  law.decidePurpose,
  law.decidePurposeChange,
  law.decideAcquisition,
  law.decideReceipt,
  law.decideRelatedReceipt,
  law.decideTransmission,
  law.decideSecrecy,
]);

/** Facts that open a way of their own once stated, as a claim does, or that overrule a judgement of the officer: a key known to be exposed. */
const opens = new Set(['emergency', 'evident', 'urgent', 'writingDifficult', 'encryption.key']);

/** The same by the case: an item claimed for a receipt (31), or that anonymously processed information stays within the company. */
const opensWay = (f: object, path: string): boolean =>
  (/^(?:receipt\.)?basis$/.test(path) && claimsItem(f)) ||
  (path === 'relation' && (f as ProvisionFacts).information === 'anonymous');

/** Facts that the office refuses as contradictory, so that no answer to them is ever given. */
const impossible = (decide: Question['decide'], f: object): boolean => {
  if (decide === law.decideAcquisition) return law.acquisitionContradictions(f).length > 0;
  return decide === law.decideReceipt && law.receiptContradictions(f).length > 0;
};

/** Calls `expect` only on a failure: there are thousands of cases, and `expect` costs ten times as much as a decision. */
function holds(is: boolean, of: string): void {
  if (!is) expect.fail(of);
}

/**
 * True when a consent to the acquisition is looked at only for what speaks against it: when the person hands the information over or has it handed
 * over.
 */
const onlyForbids = (facts: object): boolean => {
  const { source, receipt } = facts as AcquisitionFacts;
  const handedOver = receipt?.exemption?.kind === 'by-principal' || receipt?.exemption?.kind === 'for-principal';
  return source === 'principal' || (source === 'third-party' && handedOver);
};

/**
 * True when an item of the law is claimed as the basis of receiving personally related information. Without that claim, the consent to linking it is
 * asked for instead (31).
 */
const claimsItem = (facts: object): boolean => {
  const { information = 'personally-related', basis, receipt } = facts as ReceiptFacts & AcquisitionFacts;
  return information === 'personally-related' && (receipt?.basis ?? basis) === 'exception';
};

describe.each(questions)('$name', ({ facts, decide, mandatory, prohibitions }) => {
  test('根拠のない答えはなく、条の書き方は決まったものだけ', () => {
    fc.assert(
      fc.property(facts, (f) => {
        const finding = decide(f, today);
        const duties = finding.answer === 'unknown' ? [] : finding.duties;
        const lacking = finding.answer === 'unknown' ? finding.missing : [];
        holds(finding.because.length > 0, 'it has grounds');
        for (const g of [...finding.because, ...duties]) holds(cited(g), `${g.law} ${g.article}`);
        holds(finding.answer !== 'unknown' || lacking.length > 0, 'it says what is lacking');
        holds(new Set(lacking.map((m) => m.fact)).size === lacking.length, 'and says it once');
      }),
      { numRuns: 1000 },
    );
  });

  test('欠かせない事実が足りなければ「可」にならない', () => {
    fc.assert(
      fc.property(facts, fc.constantFrom(...mandatory), (f, key) => {
        holds(decide(forget(f, key), today).answer !== 'yes', key);
      }),
      { numRuns: 1000 },
    );
  });

  test('足りないと答えた事実は、本当に渡されていない', () => {
    fc.assert(
      fc.property(facts, (f) => {
        const finding = decide(f, today);
        if (finding.answer !== 'unknown') return;
        for (const { fact } of finding.missing) {
          const at = valueAt(f, fact);
          // What earlier versions recorded of a child or of an adult in doubt has to be recorded anew.
          const former = at === 'uncertain';
          holds(at === undefined || at === '' || (Array.isArray(at) && at.length === 0) || former, fact);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('言い切る根拠は、よりどころの事実がそろうときだけ。ひとつ忘れれば、もう言い切らない', () => {
    fc.assert(
      fc.property(facts, (f) => {
        const finding = decide(f, today);
        if (finding.answer === 'no') return;
        const lacking = finding.answer === 'unknown' ? finding.missing.map((m) => m.fact) : [];
        for (const g of finding.because) {
          for (const fact of assertionOf(g)?.restsOn ?? []) {
            holds(!lacking.some((m) => `.${m}.`.includes(`.${fact}.`)), `${fact} is not lacking`);
            const less = forget(forget(f, fact), `receipt.${fact}`);
            holds(less !== f, `${fact} is stated`);
            holds(!decide(less, today).because.includes(g), `${g.says.ja} ${fact}`);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('「保留」の根拠は、法の求めるところか、述べられた事実だけを言う', () => {
    fc.assert(
      fc.property(facts, (f) => {
        const finding = decide(f, today);
        if (finding.answer !== 'unknown') return;
        for (const g of finding.because) {
          // Clauses of the policy are quoted as they were published.
          if (g.law === 'policy' || assertionOf(g) || asking.has(g.says.ja)) continue;
          const fact = said.get(g.says.ja);
          holds(fact !== undefined && stated(f, fact), g.says.ja);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('事実をひとつ忘れて「不可」が「可」になることはない', () => {
    fc.assert(
      fc.property(facts, fc.nat(), (f, n) => {
        const keys = Object.keys(f).filter((k) => !claims.has(k));
        const key = keys[n % Math.max(keys.length, 1)];
        if (key === undefined || decide(f, today).answer !== 'no') return;
        if (prohibitions.some((p) => key in p)) return;
        if (key === 'consent' && onlyForbids(f)) return;
        if (key === 'basis' && claimsItem(f)) return;
        holds(decide(forget(f, key), today).answer !== 'yes', key);
      }),
      { numRuns: 1000 },
    );
  });

  test('奥にある事実をひとつ忘れて、「不可」や「保留」が「可」になることもない', () => {
    fc.assert(
      fc.property(facts, fc.nat(), (f, n) => {
        const paths = within(f);
        const path = paths[n % Math.max(paths.length, 1)];
        if (path === undefined || decide(f, today).answer === 'yes') return;
        if (path === 'receipt.basis' && claimsItem(f)) return;
        // The yes of a breach is the duty to report.
        if (decide === law.decideBreach) return;
        holds(decide(forget(f, path), today).answer !== 'yes', path);
      }),
      { numRuns: 1000 },
    );
  });

  test('「不可」は、まだ述べられていない事実が分かっても「可」にならない', () => {
    fc.assert(
      fc.property(facts, (f) => {
        if (decide(f, today).answer !== 'yes' || impossible(decide, f)) return;
        const keys = Object.keys(f).filter((k) => !claims.has(k) && k !== 'judgements');
        for (const path of [...keys, ...within(f)].filter((p) => !opens.has(p) && !opensWay(f, p)))
          holds(decide(forget(f, path), today).answer !== 'no', path);
      }),
      { numRuns: 1000 },
    );
  });

  if (handlings.has(decide))
    test('「不可」は、代わりにできることを言う', () => {
      fc.assert(
        fc.property(facts, (f) => {
          const finding = decide(f, today);
          holds(finding.answer !== 'no' || (finding.instead ?? []).length > 0, JSON.stringify(finding.because));
        }),
        { numRuns: 2000 },
      );
    });

  test('禁止の事実を加えても「不可」は「可」にならず、「可」は残らない', () => {
    fc.assert(
      fc.property(facts, (f) => {
        for (const p of prohibitions) holds(decide({ ...f, ...p }, today).answer === 'no', JSON.stringify(p));
      }),
      { numRuns: prohibitions.length > 0 ? 500 : 1 },
    );
  });

  test('同じ事実には同じ答え、事実は書き換えない', () => {
    fc.assert(
      fc.property(facts, days, (f, on) => {
        const before = structuredClone(f);
        holds(isDeepStrictEqual(decide(f, on), decide(structuredClone(f), on)), 'it is the same finding');
        holds(isDeepStrictEqual(structuredClone(f), before), 'the facts are as they were');
      }),
      { numRuns: 300 },
    );
  });

  test('法令データのない日には答えない', () => {
    fc.assert(
      fc.property(facts, fc.constantFrom(day('2022-03-31'), day('2028-07-17')), (f, on) => {
        const finding = decide(f, on);
        expect(finding.answer === 'unknown' && finding.missing.map((m) => m.fact)).toEqual(['on']);
      }),
      { numRuns: 100 },
    );
  });

  if (mandatory.includes('information'))
    test('個人番号は、どんな事実でも「可」にならない', () => {
      fc.assert(
        fc.property(facts, (f) => {
          holds(decide({ ...f, information: 'my-number' }, today).answer !== 'yes', 'it is never yes');
        }),
        { numRuns: 500 },
      );
    });
});

/**
 * Claims open a way of their own, so leaving one out may change the way. Flags only forbid, once somebody raises them. Neither is a fact that can be
 * forgotten.
 */
const claims = new Set([
  'exception',
  'optOut',
  'cloud',
  'exemption',
  'noticeException',
  'policy',
  'record',
  'fee',
  'substitute',
  'existenceHarms',
  'secrecy',
  'identifies',
  'contacts',
  'obtainsDeleted',
]);

/** Cases whose finding is yes, each with every fact that it cannot do without. */
const complete: { name: string; decide: (facts: never, on: Day) => Finding; facts: object; needs: string[] }[] = [
  {
    name: '同意による提供',
    decide: law.decideProvision,
    facts: {
      information: 'personal',
      relation: 'third-party',
      items: ['氏名'],
      recipient: corporation('JP'),
      consent: full,
    },
    needs: [
      'information',
      'relation',
      'items',
      'recipient.kind',
      'recipient.name',
      'recipient.address',
      'recipient.representative',
      'recipient.country',
      'consent',
      'consent.givenBy',
      'consent.on',
      'consent.coversPurpose',
      'consent.coversRecipient',
      'consent.coversItems',
    ],
  },
  {
    name: '外国にある第三者への同意による提供',
    decide: law.decideProvision,
    facts: {
      information: 'personal',
      relation: 'third-party',
      items: ['氏名'],
      recipient: corporation('VN'),
      consent: { ...full, abroad: true },
      equivalentSystem: null,
      foreignInformation: { on: today, country: 'told', system: 'told', measures: 'told' },
    },
    needs: [
      'recipient.country',
      'recipient.representative',
      'consent.abroad',
      'foreignInformation',
      'foreignInformation.on',
      'foreignInformation.country',
      'foreignInformation.system',
      'foreignInformation.measures',
    ],
  },
  {
    name: '基準適合体制のある委託先',
    decide: law.decideProvision,
    facts: {
      information: 'personal',
      relation: 'entrustment',
      recipient: { country: 'US' },
      purpose: 'P1',
      holdingPurposes: [{ id: 'P1', clause: '11' }],
      entrustment: { ownUse: false, assessed: true, contract: true, monitored: true },
      equivalentSystem: { by: 'contract', validUntil: null, checkedOn: today },
    },
    needs: [
      'purpose',
      'holdingPurposes',
      'entrustment.ownUse',
      'entrustment.assessed',
      'entrustment.contract',
      'entrustment.monitored',
      'equivalentSystem.by',
      'equivalentSystem.validUntil',
      'equivalentSystem.checkedOn',
    ],
  },
  {
    name: '事業の承継',
    decide: law.decideProvision,
    facts: {
      information: 'personal',
      relation: 'succession',
      recipient: { country: 'JP' },
      succession: { ofBusiness: true, stage: 'agreed' },
    },
    needs: ['information', 'relation', 'recipient.country', 'succession.ofBusiness', 'succession.stage'],
  },
  {
    name: '共同利用',
    decide: law.decideProvision,
    facts: {
      information: 'personal',
      relation: 'joint-use',
      items: ['氏名'],
      recipient: { country: 'JP' },
      purpose: 'P1',
      holdingPurposes: [{ id: 'P1', clause: '11' }],
      jointUse: {
        noticeOn: today,
        listed: jointUseFields.value,
        responsibleKind: 'corporation',
        items: ['氏名'],
        recipientInScope: true,
        purposes: ['P1'],
      },
    },
    needs: [
      'items',
      'purpose',
      'holdingPurposes',
      'jointUse.noticeOn',
      'jointUse.listed',
      'jointUse.responsibleKind',
      'jointUse.items',
      'jointUse.recipientInScope',
      'jointUse.purposes',
    ],
  },
  {
    name: 'オプトアウト',
    decide: law.decideProvision,
    facts: {
      information: 'personal',
      relation: 'third-party',
      items: ['氏名'],
      purpose: 'P1',
      holdingPurposes: [{ id: 'P1', clause: '11' }],
      recipient: corporation('JP'),
      consent: null,
      optOut: {
        announcedOn: today,
        listed: optOutFields.value,
        filedOn: today,
        stopsOnRequest: true,
        acquiredUnlawfully: false,
        receivedByOptOut: false,
        coversItems: true,
        objected: false,
      },
      judgements: law.judgedNow('timeToObject', true, { by: 'staff:o', on: today, why: '例' }),
    },
    needs: [
      'purpose',
      'holdingPurposes',
      'optOut.announcedOn',
      'optOut.listed',
      'optOut.filedOn',
      'optOut.stopsOnRequest',
      'judgements.timeToObject',
      'optOut.acquiredUnlawfully',
      'optOut.receivedByOptOut',
      'optOut.coversItems',
      'optOut.objected',
    ],
  },
  {
    name: '取り扱わないクラウド',
    decide: law.decideProvision,
    facts: {
      information: 'personal',
      relation: 'entrustment',
      recipient: { country: 'US' },
      cloud: { contractExcludesHandling: true, accessControlled: true, serverCountry: 'JP' },
    },
    needs: [
      'information',
      'relation',
      'recipient.country',
      'cloud.contractExcludesHandling',
      'cloud.accessControlled',
      'cloud.serverCountry',
    ],
  },
  {
    name: '第三者からの受け取り',
    decide: law.decideAcquisition,
    facts: {
      information: 'personal',
      source: 'third-party',
      purposes: [{ id: 'P1', clause: '11' }],
      purposePublished: true,
      receipt: {
        basis: 'consent',
        provider: corporation('JP'),
        howAcquired: '申込書',
        documentSeen: true,
        consentObtained: true,
      },
    },
    needs: [
      'information',
      'source',
      'purposes',
      'purposePublished',
      'receipt.basis',
      'receipt.provider.kind',
      'receipt.provider.name',
      'receipt.provider.address',
      'receipt.provider.representative',
      'receipt.howAcquired',
      'receipt.documentSeen',
      'receipt.consentObtained',
    ],
  },
  {
    name: '画面での申込み',
    decide: law.decideAcquisition,
    facts: {
      information: 'personal',
      channel: 'web',
      source: 'principal',
      purposes: [{ id: 'P1', clause: '11' }],
      purposeIndicated: { placement: 'before-submit' },
    },
    needs: ['information', 'channel', 'source', 'purposes', 'purposeIndicated'],
  },
];

const flat = complete.flatMap(({ name, decide, facts, needs }) =>
  needs.map((path) => ({ name, path, facts, decide: decide as Question['decide'] })),
);

test.each(complete)('そろえば「可」：$name', ({ decide, facts }) => {
  expect((decide as Question['decide'])(facts, today).answer).toBe('yes');
});

test.each(flat)('$name：$path だけが足りないと、その名前だけを尋ねる', ({ path, facts, decide }) => {
  const finding = decide(forget(facts, path), today);
  expect(finding.answer === 'unknown' && finding.missing.map((m) => m.fact)).toEqual([path]);
});

/** Every question that may concern a My Number: those of the Numbering Act, and those of the APPI when they are asked about one. */
const ofMyNumber = questions.filter(
  ({ name, mandatory }) =>
    name.startsWith('decideNumber') || name === 'decideIdentity' || mandatory.includes('information'),
);

test.each(ofMyNumber)('個人番号の同意は、どの答えも変えない：$name', ({ facts, decide, mandatory }) => {
  fc.assert(
    fc.property(facts, consent, (f, given) => {
      const asked = mandatory.includes('information') ? { ...f, information: 'my-number' } : f;
      const without = decide(forget(asked, 'consent'), today);
      for (const one of [given, null, full])
        holds(
          isDeepStrictEqual(decide({ ...asked, consent: one }, today), without),
          `the same with ${JSON.stringify(one)}`,
        );
    }),
    { numRuns: 500 },
  );
});

/** Facts that would be refused if one fact were known, which is asked for because another answer to it would allow it. */
const notYetRefused: { name: string; decide: (facts: never, on: Day) => Finding; facts: object; missing: string[] }[] =
  [
    {
      name: '27条は匿名加工情報などに働かない',
      decide: law.decideProvision,
      facts: { relation: 'third-party', recipient: corporation('JP'), items: ['氏名'], consent: null },
      missing: ['information'],
    },
    {
      name: '本人の同意があれば、オプトアウトの要件は要らない',
      decide: law.decideProvision,
      facts: {
        information: 'personal',
        relation: 'third-party',
        recipient: corporation('JP'),
        items: ['氏名'],
        optOut: { announcedOn: null },
      },
      missing: ['consent'],
    },
    {
      name: '法令に基づくなら、公表した目的のほかにも社内で使える',
      decide: law.decidePseudonymousProvision,
      facts: {
        pseudonymousType: 'personal',
        relation: 'same-entity',
        exception: { item: '27(1)(i)', legalBasis: '照会 9号' },
        purpose: 'P1',
        holdingPurposes: [],
        identifies: false,
        contacts: false,
      },
      missing: ['exception.lawOfJapan'],
    },
    {
      name: '前の会社に求めるなら、本人に目的を示す定めは働かない',
      decide: law.decideNumberRequest,
      facts: {
        affair: 'other-by-law',
        legalBasis: '健康保険法',
        payee: 'individual',
        expected: true,
        purposePublished: false,
        purposeIndicated: false,
      },
      missing: ['askedOf'],
    },
    {
      name: '個人番号カードなら、それだけで身元も分かる',
      decide: law.decideIdentity,
      facts: {
        giver: 'principal',
        channel: 'in-person',
        checkDigit: true,
        identity: ['health-insurance', 'pension-number'],
        photoUnavailable: false,
        consistent: true,
      },
      missing: ['number'],
    },
  ];

test.each(notYetRefused)('「不可」とはまだ言わない：$name', ({ decide, facts, missing }) => {
  const finding = decide(facts as never, today);
  expect(finding.answer === 'unknown' && finding.missing.map((m) => m.fact)).toEqual(missing);
});

test('方針が閉じたオプトアウトは、どの事実でも開かない', () => {
  fc.assert(
    fc.property(provisionFacts, (f) => {
      const closed = { ...f, policy: { optOutClosedBy: '19' } };
      const finding = law.decideProvision(closed, today);
      const byOptOut = finding.because.some((g) => g.article === '27(2)');
      if (finding.answer === 'yes') expect(byOptOut).toBe(false);
      if (byOptOut) expect(finding.because.some((g) => g.law === 'policy' && g.article === '19')).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('方針が閉じたオプトアウトで変えられるのは、やめることだけ', () => {
  fc.assert(
    fc.property(optOutChangeFacts as fc.Arbitrary<law.OptOutChangeFacts>, (f) => {
      const finding = law.decideOptOutChange({ ...f, policy: { optOutClosedBy: '19' } }, today);
      if (finding.answer === 'yes') expect(f.change).toBe('end');
    }),
    { numRuns: 2000 },
  );
});

test('問いの関数はすべて、この試験の対象になっている', () => {
  const exported = Object.keys(law).filter((k) => k.startsWith('decide'));
  expect(exported.sort()).toEqual([...new Set(questions.map((q) => q.name))].sort());
});

test('第4章の17条から46条までと、使う番号法と電気通信事業法の条に、ひとつ残らず扱いが書いてある', () => {
  const [first, last] = law.parameters.actText.value;
  const all = Array.from({ length: last - first + 1 }, (_, i) => String(first + i));
  const ofAct = (act: Ground['law']): string[] => law.coverage.filter((c) => c.law === act).map((c) => c.article);
  expect(ofAct('APPI')).toEqual(all);
  expect(ofAct('NumberingAct')).toEqual(expect.arrayContaining([...law.parameters.numberingText.value]));
  expect(ofAct('NumberingAct')).toEqual(expect.arrayContaining([...law.parameters.specificArticles.value.added]));
  expect(ofAct('TBA')).toEqual(expect.arrayContaining([...law.parameters.telecomText.value]));
  for (const c of law.coverage) {
    expect(c.says.ja !== '' && c.says.en !== '').toBe(true);
    // A line in the state `asked` may name functions whose facts carry the judgement. A line in the state `outside` names none.
    if (c.state !== 'asked') expect(c.state === 'decided').toBe(c.by.length > 0);
    expect(c.state === 'asked').toBe(c.asks !== null);
    for (const name of c.by) expect(Object.keys(law)).toContain(name);
  }
});

describe('法令の数値', () => {
  const parameters = Object.entries<unknown>(law.parameters).filter((e): e is [string, Parameter<unknown>] =>
    Object.hasOwn(Object(e[1]) as object, 'citation'),
  );

  test('施行日のない定めは、いつの日でも使えない', () => {
    const pending = parameters.filter(([, p]) => p.from === null);
    expect(pending.map(([name]) => name).sort()).toEqual([
      'breachNoticeRelief',
      'childAge',
      'contactableMeans',
      'entrustedPartyRelief',
      'loosenedPublicInterest',
      'notAgainstWill',
      'optOutRecipientCheck',
      'specifiedBiometrics',
      'statisticsAcquisition',
      'statisticsException',
      'surchargePersons',
    ]);
    fc.assert(
      fc.property(days, (on) => {
        for (const [, p] of pending) expect(law.inForce(p, on)).toBeUndefined();
      }),
    );
  });

  test('効力のある日の前と後には値がない', () => {
    for (const [, p] of parameters) {
      if (p.from === null) continue;
      expect(law.inForce(p, p.from)).toBe(p.value);
      expect(law.inForce(p, addDays(p.from, -1))).toBeUndefined();
      if (p.to) {
        expect(law.inForce(p, p.to)).toBe(p.value);
        expect(law.inForce(p, addDays(p.to, 1))).toBeUndefined();
      }
    }
  });

  test('同等の国は、欧州経済領域の30か国と英国', () => {
    const countries = law.parameters.equivalentCountries.value;
    expect(countries.size).toBe(31);
    for (const c of ['DE', 'IS', 'LI', 'NO', 'GB']) expect(countries.has(c)).toBe(true);
    for (const c of ['US', 'CH', 'VN', 'JP']) expect(countries.has(c)).toBe(false);
  });
});
