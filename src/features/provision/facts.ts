// What a caller may state about a provision, and what becomes of a yes: the row of the provision and the record of APPI 29 with exactly
// the items that Rules 20(1) lists. Pure.

import type { Day } from '../../base/day.ts';
import type { Duty, Finding } from '../../base/finding.ts';
import { partyKinds, type ProvisionFacts } from '../../law/index.ts';
import { shortText, z } from '../../platform/http/index.ts';
import { provideQuestion, without } from '../consultation/index.ts';
import type { RecordRow } from './tables.ts';

export const partySchema = z
  .strictObject({
    kind: z.enum(partyKinds).optional(),
    name: shortText(500).optional(),
    address: shortText(500).optional(),
    representative: shortText(500).optional(),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .optional()
      .openapi({ description: 'ISO 3166-1 alpha-2 of the place of the entity, never of a server.', example: 'JP' }),
  })
  .openapi('Party');

/**
 * The question as it is asked when something of a person is really handed over: what a holding keeps is neither anonymous nor of nobody,
 * and nobody leaves the record out by their own word.
 */
export const providing = without(provideQuestion, [
  'exemption',
  'link',
  'anonymous',
  'pseudonymousType',
  'madeHere',
  'identifies',
  'contacts',
  'obtainsDeleted',
]);

/** What is stated beside the facts, or stands in the office. */
type Elsewhere = 'information' | 'items' | 'purpose' | 'holdingPurposes' | 'policy' | 'judgements';

export type StatedFacts = Omit<ProvisionFacts, Elsewhere>;

/** As JSON has it: a day is a text. */
type Json<T> = T extends Day
  ? string
  : T extends readonly (infer E)[]
    ? Json<E>[]
    : T extends object
      ? { [K in keyof T]: Json<T[K]> }
      : T;

/** The facts of a provision that a caller states. The rest (kind of information, purposes held, policy) stands in the office. */
export const provisionFactsSchema = without(providing, [
  'information',
  'items',
  'purpose',
  'holdingPurposes',
]).asked.openapi('ProvisionFacts') as unknown as z.ZodType<StatedFacts, Json<StatedFacts>>;

const recordDuty = (finding: Finding): Duty | undefined =>
  finding.answer === 'unknown' ? undefined : finding.duties.find((duty) => duty.do === 'record-provision');

/** A yes without an item that its record needs would be a bug of the law: no record is made up. */
function must(item: string | undefined): string {
  if (!item) throw new Error('provision: the finding is yes but an item of its record is missing');
  return item;
}

/**
 * The record that the finding asks for, or null when it asks for none. The law has already said that name, address and representative
 * are known; an item it did not list is left out.
 */
export function recordFor(
  finding: Finding,
  facts: ProvisionFacts,
  of: { id: string; principal: string; items: readonly string[]; on: Day },
): RecordRow | null {
  const duty = recordDuty(finding);
  if (!duty?.keepUntil || !duty.items) return null;
  const listed = new Set(duty.items);
  return {
    id: of.id,
    principal_id: of.principal,
    made_on: of.on,
    mode: facts.record?.mode ?? 'each',
    consent_obtained: listed.has('consent-obtained'),
    provided_on: listed.has('provided-on') ? of.on : null,
    recipient_name: must(facts.recipient?.name),
    recipient_address: must(facts.recipient?.address),
    recipient_representative: listed.has('recipient-representative') ? must(facts.recipient?.representative) : null,
    items: [...of.items],
    keep_until: duty.keepUntil,
  };
}
