// A consent as a consent record of ISO/IEC TS 27560:2023 (Privacy technologies — Consent record information structure): header, PII
// processing, parties and events, with its field names. The names are those listed in “Consent Records and Receipts as per ISO/IEC TS
// 27560:2023 using DPV” (W3C DPVCG, final report of 2024-08-01, mapping of terms). It holds ids, codes, days and particulars of companies; never
// a value of a person, the note or the evidence.

import type { Bilingual } from '../../../base/bilingual.ts';
import { z } from '../../../platform/http/index.ts';
import type { Holding } from '../../ledger/index.ts';
import { retentionText } from '../../ledger/index.ts';
import type { Operator } from '../../policy/index.ts';
import type { Recipient } from '../../recipients/index.ts';
import type { Consented } from '../actions/consents.ts';
import { endsOf, partsOf } from '../facts/standing.ts';
import type { ConsentKind, Moment } from '../facts/consent.ts';

const SCHEMA_VERSION = 'ISO/IEC TS 27560:2023';

/** The id of the company itself among the parties. */
const OPERATOR = 'operator';

const basis: Record<ConsentKind, string> = {
  use: 'APPI 18(1)',
  'special-care': 'APPI 20(2)',
  provision: 'APPI 27(1)',
  'provision-abroad': 'APPI 28(1)',
  linking: 'APPI 31(1)',
};

const purposeSchema = z.object({
  purpose: z.string().openapi({ example: 'P3', description: 'Id of a purpose of the policy.' }),
  purpose_type: z.string().openapi({ example: 'provision', description: 'What is consented to.' }),
  lawful_basis: z.string().openapi({ example: 'APPI 27(1)' }),
  pii_information: z.array(
    z.object({
      pii_type: z.string().openapi({ example: 'email', description: 'Code of an item of the holding.' }),
      special_pii_category: z.boolean().openapi({ description: 'Special care-required information (APPI 2(3)).' }),
    }),
  ),
  pii_controllers: z.array(z.string()).openapi({ description: 'Ids of parties.' }),
  collection_method: z.string().openapi({ description: 'The way of acquisition by which the consent was received.' }),
  storage_locations: z.array(z.string()),
  retention_period: z.string(),
  jurisdiction: z.string().openapi({ example: 'JP' }),
  recipient_third_parties: z.array(z.string()).openapi({ description: 'Ids of parties.' }),
  withdrawal_method: z.string(),
});

const partySchema = z.object({
  party_id: z.string(),
  party_name: z.string(),
  party_address: z.string(),
  party_contact: z.string(),
  party_role: z.enum(['pii-controller', 'third-party']),
  party_type: z.string().openapi({ example: 'corporation' }),
});

const eventSchema = z.object({
  event_time: z.string().openapi({ description: 'An instant in UTC, or a day in Japan where no hour is known.' }),
  validity_duration: z.string().openapi({ example: 'until-withdrawn' }),
  entity_id: z.string().openapi({ description: 'The person, or the relation of the legal representative to them.' }),
  event_type: z.literal('explicit'),
  event_state: z
    .enum(['consent_given', 'consent_partly_withdrawn', 'consent_withdrawn'])
    .openapi({ description: 'Partly: some purposes or recipients ended, and others remain.' }),
});

export const recordSchema = z
  .object({
    schema_version: z.literal(SCHEMA_VERSION),
    record_id: z.uuid(),
    pii_principal_id: z.uuid().openapi({ description: 'The id of the person here; it says nothing about them.' }),
    pii_processing: z.object({
      privacy_notice: z.string().openapi({ description: 'Address of the version of the text that was shown.' }),
      language: z.enum(['ja', 'en']),
      purposes: z.array(purposeSchema).openapi({
        description:
          'What remains of the consent, and with whom that may be shared; for an ended consent, everything it covered.',
      }),
    }),
    party_identification: z.array(partySchema),
    event: z.array(eventSchema).openapi({ description: 'Given, and withdrawn or ended by an objection, in order.' }),
  })
  .openapi('ConsentRecord', { description: 'A consent record of ISO/IEC TS 27560:2023.' });

export type ConsentRecord = z.infer<typeof recordSchema>;

/** What a record needs beside the consent itself. */
export interface RecordAround {
  publicUrl: string;
  operator: Operator | null;
  holdings: ReadonlyMap<string, Holding>;
  recipients: ReadonlyMap<string, Recipient>;
}

const unknown: Bilingual = { ja: '不明', en: 'unknown' };

/** What a record names: the parts of the consent that are in force, since nothing else may go on; of an ended consent, all its parts. */
function namedOf(parts: ReturnType<typeof partsOf>): Map<string, string[]> {
  const left = parts.filter(({ ended }) => ended === null);
  const named = new Map<string, string[]>();
  for (const { purpose, recipient } of left.length > 0 ? left : parts)
    named.set(purpose, [...(named.get(purpose) ?? []), ...(recipient === null ? [] : [recipient])]);
  return named;
}

type Named = ReturnType<typeof namedOf>;

function purposesOf(
  { row, text }: Consented,
  named: Named,
  { operator, holdings }: RecordAround,
): z.infer<typeof purposeSchema>[] {
  const lang = row.language;
  const holding = holdings.get(text.holding_id);
  const special = new Set(holding?.items.filter((item) => item.special_care).map((item) => item.code));
  return [...named].map(([purpose, recipients]) => ({
    purpose,
    purpose_type: text.kind,
    lawful_basis: basis[text.kind],
    pii_information: text.items.map((code) => ({ pii_type: code, special_pii_category: special.has(code) })),
    pii_controllers: [OPERATOR],
    collection_method: row.channel,
    storage_locations: [holding?.place ?? unknown[lang]],
    retention_period: holding ? retentionText(holding.retention, lang) : unknown[lang],
    jurisdiction: 'JP',
    recipient_third_parties: recipients,
    withdrawal_method: operator ? `${operator.desk.name[lang]} ${operator.desk.address[lang]}` : unknown[lang],
  }));
}

function partiesOf(
  { row }: Consented,
  named: Named,
  { operator, recipients }: RecordAround,
): z.infer<typeof partySchema>[] {
  const lang = row.language;
  const own = operator && {
    party_id: OPERATOR,
    party_name: operator.name[lang],
    party_address: operator.address[lang],
    party_contact: `${operator.desk.name[lang]} ${operator.desk.address[lang]}`,
    party_role: 'pii-controller' as const,
    party_type: 'corporation',
  };
  const others = [...new Set([...named.values()].flat())].flatMap((id) => recipients.get(id) ?? []);
  return [
    ...(own ? [own] : []),
    ...others.map((one) => ({
      party_id: one.id,
      party_name: one.name,
      party_address: one.address,
      party_contact: one.contact ?? one.address,
      party_role: 'third-party' as const,
      party_type: one.kind,
    })),
  ];
}

const timeOf = ({ on, at }: Moment): string => (at === null ? on : new Date(at).toISOString());

function eventsOf({ row }: Consented, parts: ReturnType<typeof partsOf>): z.infer<typeof eventSchema>[] {
  const entity = row.representative ? `representative:${row.representative.relation}` : row.principal_id;
  const common = { validity_duration: 'until-withdrawn', event_type: 'explicit' as const };
  const over = parts.every(({ ended }) => ended !== null);
  return [
    {
      ...common,
      event_time: timeOf({ on: row.given_on, at: row.given_at?.getTime() ?? null }),
      entity_id: entity,
      event_state: 'consent_given',
    },
    ...endsOf(parts).map((end, i, all) => ({
      ...common,
      event_time: timeOf(end),
      entity_id: row.principal_id,
      event_state:
        over && i === all.length - 1 ? ('consent_withdrawn' as const) : ('consent_partly_withdrawn' as const),
    })),
  ];
}

export function consentRecord(of: Consented, around: RecordAround): ConsentRecord {
  const { row, text, ...ends } = of;
  const parts = partsOf({ ...row, text }, ends);
  const named = namedOf(parts);
  return {
    schema_version: SCHEMA_VERSION,
    record_id: row.id,
    pii_principal_id: row.principal_id,
    pii_processing: {
      privacy_notice: `${around.publicUrl}/api/v1/consent-texts/${text.code}/${text.version}`,
      language: row.language,
      purposes: purposesOf(of, named, around),
    },
    party_identification: partiesOf(of, named, around),
    event: eventsOf(of, parts),
  };
}
