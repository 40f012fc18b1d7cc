// The door of the law: one function per question. Everything behind it is pure; the day is always passed in.

export type * from './facts.ts';
export { acquisitionItems, consentGivers, isBody, partyKinds, provisionItems, recordedGivers } from './facts.ts';
export { decidePurpose, decidePurposeChange, purposeChangeContradictions } from './appi/17-purpose.ts';
export { provingClaims, testException } from './appi/18-exceptions.ts';
export { decideUse, useContradictions } from './appi/18-use.ts';
export { acquisitionContradictions, decideAcquisition } from './appi/20-acquisition.ts';
export { decideErasure, type DataKind, type ErasureFacts, type KeepingDuty } from './appi/22-accuracy.ts';
export { decideEmployeeSupervision, type EmployeeSupervisionFacts } from './appi/24-employees.ts';
export {
  decideEntrustedSupervision,
  entrustedSupervisionContradictions,
  type EntrustedSupervisionFacts,
} from './appi/25-entrusted.ts';
export { breachContradictions, decideBreach, type BreachFacts } from './appi/26-breach.ts';
export { preliminaryWindow } from './appi/26-report.ts';
export { decideProvision, provisionContradictions } from './appi/27-third-party.ts';
export {
  decideJointUseChange,
  jointUseChangeContradictions,
  type JointUseChangeFacts,
} from './appi/27-joint-use-change.ts';
export { decideOptOutChange, type OptOutChange, type OptOutChangeFacts } from './appi/27-opt-out-change.ts';
export { foreignStatus } from './appi/28-foreign.ts';
export { identityKeptUntil, keepingIdentity, type RecordsNaming } from './appi/29-identity.ts';
export { decideReceipt, receiptContradictions } from './appi/30-receipt.ts';
export {
  classificationContradictions,
  decideClassification,
  type Classification,
  type ClassificationFacts,
  type InformationLayer,
  type Mark,
} from './appi/02-classification.ts';
export {
  relatedProvisionContradictions,
  decideRelatedProvision,
  type RelatedProvisionFacts,
} from './appi/31-provision.ts';
export { decideRelatedReceipt, type RelatedReceiptFacts } from './appi/31-receipt.ts';
export { decidePseudonymisation, type MethodMeasures, type PseudonymisationFacts } from './appi/41-pseudonymisation.ts';
export { decidePseudonymousUse, type PseudonymousUseFacts } from './appi/41-use.ts';
export {
  pseudonymousProvisionContradictions,
  decidePseudonymousProvision,
  type PseudonymousProvisionFacts,
} from './appi/42-provision.ts';
export { decideAnonymisation, type AnonymisationFacts } from './appi/43-anonymisation.ts';
export {
  anonymousPublicationContradictions,
  decideAnonymousPublication,
  type AnonymousPublicationFacts,
} from './appi/43-publication.ts';
export {
  anonymousProvisionContradictions,
  decideAnonymousProvision,
  type AnonymousProvisionFacts,
} from './appi/44-provision.ts';
export { decideAnonymousUse, type AnonymousUseFacts } from './appi/45-use.ts';
export { decidePublishedMatters, type PublishedMatter, type PublishedMattersFacts } from './appi/32-matters.ts';
export { decidePurposeNotice, purposeNoticeContradictions, type PurposeNoticeFacts } from './appi/32-purpose.ts';
export {
  decideDisclosure,
  disclosureContradictions,
  type DisclosureFacts,
  type DisclosureMethod,
  type Extent,
} from './appi/33-disclosure.ts';
export { correctionContradictions, decideCorrection, type CorrectionFacts } from './appi/34-correction.ts';
export {
  decideSuspension,
  suspensionContradictions,
  type SuspensionFacts,
  type SuspensionReason,
} from './appi/35-suspension.ts';
export { provisionStopped, useStopped, type Stop, type StopArticle } from './appi/35-stop.ts';
export { noticesOf, outcomes, type RightsRequest } from './appi/36-outcome.ts';
export { decideRequest, requestContradictions, type RequestFacts, type RequestPolicy } from './appi/37-request.ts';
export { showsRepresentative, type Represented } from './appi/37-representative.ts';
export { type FeeFacts } from './appi/38-fee.ts';
export { decideLawsuit, lawsuitContradictions, type LawsuitFacts } from './appi/39-lawsuit.ts';
export {
  numberUseContradictions,
  decideNumberUse,
  type NumberEmergency,
  type NumberUseFacts,
} from './numbering/09-use.ts';
export {
  numberEntrustmentContradictions,
  decideNumberEntrustment,
  type EntrustmentPermission,
  type NumberEntrustmentFacts,
} from './numbering/10-entrustment.ts';
export { numberRequestContradictions, decideNumberRequest, type NumberRequestFacts } from './numbering/14-request.ts';
export {
  identityContradictions,
  decideIdentity,
  type IdentityFacts,
  type IdentityProof,
  type NumberProof,
} from './numbering/16-identity.ts';
export {
  numberProvisionContradictions,
  decideNumberProvision,
  type NumberBasis,
  type NumberParty,
  type NumberProvisionFacts,
} from './numbering/19-provision.ts';
export { numberKeepingContradictions, decideNumberKeeping, type NumberKeepingFacts } from './numbering/20-keeping.ts';
export {
  paymentRecordContradictions,
  decidePaymentRecord,
  paymentRecordDueDay,
  type PaymentRecordFacts,
} from './numbering/225-payment-record.ts';
export {
  corporateNumberCheckDigit,
  isCorporateNumber,
  isMyNumber,
  myNumberCheckDigit,
} from './numbering/check-digit.ts';
export {
  transmissionContradictions,
  decideTransmission,
  type TransmissionEntry,
  type TransmissionFacts,
} from './telecom/27-12-transmission.ts';
export { secrecyContradictions, decideSecrecy, type SecrecyConsent, type SecrecyFacts } from './telecom/4-secrecy.ts';
export type { Contradiction } from './contradiction.ts';
export { lawLastDay } from './answer.ts';
export { coverage, type Coverage } from './coverage.ts';
export { judgedNow, type Judgement, type Judgements } from './judgement.ts';
export { inForce, LAW_VERSION, type Parameter } from './parameters.ts';
export * as parameters from './parameters.ts';
