// What a caller may state about a provision, and what becomes of a yes: the row of the provision and the record of APPI 29 with exactly
// the items that Rules 20(1) lists. Pure.

import type { Day } from '../../base/day.ts';
import type { Duty, Finding } from '../../base/finding.ts';
import { partyKinds, type ProvisionFacts } from '../../law/index.ts';
import { daySchema, shortText, z } from '../../platform/http/index.ts';
import type { RecordRow } from './tables.ts';

const told = z.enum(['told', 'unknown-told', 'not-told']);
const partyKind = z.enum(partyKinds);

export const partySchema = z
  .strictObject({
    kind: partyKind.optional(),
    name: shortText(200).optional(),
    address: shortText(400).optional(),
    representative: shortText(200).optional(),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .optional()
      .openapi({ description: 'ISO 3166-1 alpha-2 of the place of the entity, never of a server.', example: 'JP' }),
  })
  .openapi('Party');

const fields = <const T extends readonly [string, ...string[]]>(names: T) => z.array(z.enum(names)).max(names.length);

/** The facts of a provision that a caller states. The rest (kind of information, purposes held, policy) stands in the office. */
export const provisionFactsSchema = z
  .strictObject({
    relation: z.enum(['third-party', 'entrustment', 'succession', 'joint-use', 'same-entity']).optional(),
    recipient: partySchema.optional(),
    consent: z
      .strictObject({
        on: daySchema.optional(),
        withdrawnOn: daySchema.optional(),
        coversPurpose: z.boolean().optional(),
        coversRecipient: z.boolean().optional(),
        coversItems: z.boolean().optional(),
        abroad: z.boolean().optional(),
      })
      .nullable()
      .optional(),
    exception: z
      .strictObject({
        item: z.enum(['27(1)(i)', '27(1)(ii)', '27(1)(iii)', '27(1)(iv)', '27(1)(v)', '27(1)(vi)', '27(1)(vii)']),
        legalBasis: shortText(400).optional(),
        necessary: z.boolean().optional(),
        consentDifficult: z.boolean().optional(),
        consentImpedes: z.boolean().optional(),
        academicInstitution: z.boolean().optional(),
        jointResearch: z.boolean().optional(),
        undueInfringement: z.boolean().optional(),
      })
      .nullable()
      .optional(),
    entrustment: z
      .strictObject({
        ownUse: z.boolean().optional(),
        assessed: z.boolean().optional(),
        contract: z.boolean().optional(),
        monitored: z.boolean().optional(),
      })
      .optional(),
    jointUse: z
      .strictObject({
        noticeOn: daySchema.nullable().optional(),
        listed: fields([
          'fact',
          'items',
          'users',
          'purposes',
          'responsible-name',
          'responsible-address',
          'responsible-representative',
        ]).optional(),
        responsibleKind: partyKind.optional(),
        items: z.array(shortText(60)).max(64).optional(),
        recipientInScope: z.boolean().optional(),
        purposes: z.array(shortText(40)).max(64).optional(),
      })
      .optional(),
    optOut: z
      .strictObject({
        announcedOn: daySchema.nullable().optional(),
        listed: fields([
          'provider',
          'provision-is-purpose',
          'items',
          'how-acquired',
          'method',
          'stops-on-request',
          'how-to-request',
          'update-and-start',
        ]).optional(),
        filedOn: daySchema.nullable().optional(),
        stopsOnRequest: z.boolean().optional(),
        acquiredUnlawfully: z.boolean().optional(),
        receivedByOptOut: z.boolean().optional(),
        objected: z.boolean().optional(),
      })
      .nullable()
      .optional(),
    cloud: z
      .strictObject({
        contractExcludesHandling: z.boolean().optional(),
        accessControlled: z.boolean().optional(),
        serverCountry: z
          .string()
          .regex(/^[A-Z]{2}$/)
          .optional(),
      })
      .nullable()
      .optional(),
    equivalentSystem: z
      .strictObject({
        by: z.enum(['contract', 'group-rules', 'certificate']).optional(),
        validUntil: daySchema.nullable().optional(),
        checkedOn: daySchema.nullable().optional(),
        failing: z.boolean().optional(),
      })
      .nullable()
      .optional(),
    foreignInformation: z
      .strictObject({
        on: daySchema.optional(),
        country: told.optional(),
        system: told.optional(),
        measures: told.optional(),
      })
      .nullable()
      .optional(),
    record: z.strictObject({ mode: z.enum(['each', 'bulk', 'contract']), lastOn: daySchema.optional() }).optional(),
    improper: z.boolean().optional(),
  })
  .openapi('ProvisionFacts');

export type StatedFacts = z.infer<typeof provisionFactsSchema>;

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
