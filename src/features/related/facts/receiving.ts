// Receiving personal-related information as personal data: what is stated, whose consent, and the record (APPI 30, 31). Pure.

import type { Day } from '../../../base/day.ts';
import type { Finding } from '../../../base/finding.ts';
import type { AcquisitionFacts, ReceiptFacts, StatedPurpose } from '../../../law/index.ts';
import type { ConsentStanding } from '../../consent/index.ts';
import { type Question, questionOf, without } from '../../consultation/index.ts';
import type { ReceiptRecordRow } from '../tables.ts';
import { bySubstitute, dutyOf, must } from './providing.ts';

/** The stated facts of a receipt. Whether the person has consented is known from the register of consents. */
export type ReceiptStated = Pick<
  ReceiptFacts,
  'provider' | 'basis' | 'exception' | 'links' | 'substitute' | 'looksUnlawful' | 'record'
>;

/** Who obtained the consent that the receipt rests on: we ourselves, or the provider in our place. */
export type ConsentBy = 'own' | 'substitute';

const receiveQuestion = questionOf('receive-related')!;

/** The question as it is asked for a real receipt. */
export const receiving: Question = { ...without(receiveQuestion, ['consent']), judgements: {} };

/** What a person has consented and objected to, as far as linking goes. `ends` is null where no withdrawal could matter. */
export type LinkingConsent = Pick<ConsentStanding, 'consent' | 'consentId' | 'objectedOn'> & { ends: number | null };

/**
 * The facts of the acquisition (20, 21, 30, 31). A policy in force is always published. A consent that a provider obtained does not count against a
 * person who has objected.
 */
export const receiptFacts = (
  purposes: readonly StatedPurpose[],
  { substitute, ...stated }: ReceiptStated,
  person: LinkingConsent | null,
): AcquisitionFacts => ({
  information: 'personally-related',
  source: 'third-party',
  purposes,
  purposePublished: true,
  receipt: {
    ...stated,
    ...(person ? { consent: person.consent } : {}),
    ...(person?.objectedOn ? { substitute: null } : substitute === undefined ? {} : { substitute }),
  },
});

/** Who obtained the consent on which the yes rests; null where the law asks for none. */
export function consentBehind(finding: Finding, { links, basis }: ReceiptStated): ConsentBy | null {
  if (finding.answer !== 'yes' || links !== true || basis === 'exception') return null;
  return bySubstitute(finding) ? 'substitute' : 'own';
}

/** Splits the facts of a receipt from the reference of the law and the document under which it is given, which is sealed with the papers. */
export function partReceipt({ exception, ...facts }: ReceiptFacts): { facts: ReceiptFacts; legalBasis?: string } {
  if (exception?.legalBasis === undefined) return { facts: { ...facts, ...(exception ? { exception } : {}) } };
  const { legalBasis, ...claim } = exception;
  return { facts: { ...facts, exception: claim }, legalBasis };
}

/** Returns the record that the finding requires, or null when it requires none. */
export function receiptRecord(
  finding: Finding,
  stated: ReceiptStated,
  of: { id: string; principal: string | null; items: readonly string[]; on: Day },
): ReceiptRecordRow | null {
  const duty = dutyOf(finding, 'record-receipt');
  if (!duty?.keepUntil || !duty.items) return null;
  const listed = new Set(duty.items);
  const { provider } = stated;
  return {
    id: of.id,
    principal_id: must(of.principal ?? undefined),
    made_on: of.on,
    mode: stated.record?.mode ?? 'each',
    consent_obtained: listed.has('consent-obtained'),
    provider_name: must(provider?.name),
    provider_address: must(provider?.address),
    provider_representative: listed.has('provider-representative') ? must(provider?.representative) : null,
    items: [...of.items],
    keep_until: duty.keepUntil,
  };
}
