// What the desk returns to the company’s systems: requests as they stand, and what the person is shown.

import type { Office } from '../../../office.ts';
import { z } from '../../../platform/http/index.ts';
import { basisOf, basisSchema } from '../../checkpoint/index.ts';
import type { Case, Listed } from '../actions/cases.ts';
import type { Shown } from '../actions/shown.ts';
import { addressChecks } from '../facts/address.ts';
import { clocksOf, dueOf, dueOn } from '../facts/clocks.ts';
import {
  attempts,
  channels,
  decisions,
  dismissalGrounds,
  envelopes,
  lacks,
  methods,
  requesters,
  undeliveredReasons,
  ways,
  withholdingGrounds,
} from '../facts/event.ts';
import { kinds, scopes } from '../facts/kind.ts';
import { offeredEvents } from '../facts/next.ts';
import { feeOver, feeShort, isByHand, numberOf } from '../facts/request.ts';
import { answerDocuments, documentsFor, noticesFor, results } from '../facts/result.ts';
import { stages, states } from '../facts/stage.ts';
import { breachFactsOf } from '../facts/undelivered.ts';

const dayOrNull = z.iso.date().nullable();

const headShape = {
  id: z.uuid(),
  number: z.string().openapi({ example: 'R-2026-031' }),
  kind: z.enum(kinds),
  scope: z.enum(scopes),
  arrived_on: z.iso.date(),
  registered_at: z.iso.datetime(),
  state: z.enum(states),
  stage: z.enum(stages),
  last: z.int().openapi({ description: 'Number of the last event; a write gives it as `seen`.' }),
  due_on: dayOrNull,
  assigned_to: z.uuid().nullable(),
  unreachable: z.boolean().openapi({ description: 'There is no address to answer to, so no answer is owed.' }),
  principals: z.array(z.uuid()).openapi({
    description: 'Every id of the person it is about; empty before the person is found, or when nobody is found.',
  }),
  principal: z.uuid().nullable().openapi({ description: 'The first of `principals`.' }),
};

const headSchema = z.object(headShape).openapi('RequestHead');

const reviewSchema = z.object({
  holding: z.string(),
  item: z.string(),
  decision: z.enum(decisions),
  ground: z.enum(withholdingGrounds).nullable(),
});

const decidedSchema = z.object({
  on: z.iso.date(),
  result: z.enum(results),
  ground: z.enum(dismissalGrounds).nullable().openapi({ description: 'Only of a dismissal.' }),
  /** Empty for a consultation, about which no article decides. */
  basis: basisSchema,
  notices: z.array(z.string()).openapi({ description: 'What the person must be told, as duties.' }),
  documents: z.array(z.enum(answerDocuments)).openapi({ description: 'What goes to the person.' }),
});

const undeliveredSchema = z.object({
  on: z.iso.date(),
  by: z.enum(ways),
  why: z.enum(undeliveredReasons),
  envelope: z.enum(envelopes),
  breach: z
    .object({
      events: z.array(z.enum(['leak'])),
      data: z.enum(['personal-data']),
      principals: z.int(),
      knownOn: z.iso.date(),
      recoveredUnviewed: z.boolean().optional(),
    })
    .nullable()
    .openapi({
      description:
        'When somebody else may have the answer, it may be a leak, which must be reported to the Commission and the person within days (26; Rules 7, 8): what is known of it, to ask `/api/v1/ask/breach` with at once. Null when nobody else can have it.',
    }),
});

type Undelivered = z.infer<typeof undeliveredSchema>;

export const requestSchema = z
  .object({
    ...headShape,
    channel: z.enum(channels),
    eased: z.boolean().openapi({ description: 'Taken by an alternative to an ordinary letter (37(4)).' }),
    anonymous: z.boolean().openapi({ description: 'It gives no name.' }),
    addressed_on: dayOrNull.openapi({
      description:
        'When an address to answer to became known, where there had been none; the answer is owed from then.',
    }),
    lang: z.enum(['ja', 'en']),
    by_hand: z.boolean().openapi({
      description:
        'The fonts of the letters lack characters of the name or the address that they go to, which must be written by hand.',
    }),
    form: z.boolean(),
    acknowledged_on: dayOrNull.openapi({
      description:
        'When the requester first heard that the request has come: by the acknowledgement, the form, another letter or the answer.',
    }),
    due: z.object({
      forms: dayOrNull,
      acknowledgement: dayOrNull,
      identity: dayOrNull,
      alarm: dayOrNull,
      decision: dayOrNull,
      lawsuit: dayOrNull,
      erase: dayOrNull,
    }),
    fee: z.object({
      due: z.int().openapi({ description: 'Without what was waived.' }),
      received: z.int(),
      returned: z.int(),
      waived: z.int(),
      over: z.int(),
      short: z.int(),
    }),
    method: z.enum(methods).nullable(),
    lacks: z.array(z.enum(lacks)),
    waits_until: dayOrNull.openapi({
      description:
        'The last day the desk waits for what is missing, as the person was told; from the next day the request may be dismissed.',
    }),
    requester: z.enum(requesters).nullable(),
    address_check: z.enum(addressChecks).nullable().openapi({
      description: 'Whether the answer goes to the address kept for the person; null when that was not compared',
    }),
    holdings: z.array(
      z.object({
        holding: z.string().openapi({
          description:
            'The holding; when two entries of the person are in one holding, `holding@principal` for each. Decisions and changes name it this way.',
        }),
        items: z.array(z.string()),
      }),
    ),
    provisions: z.int(),
    receipts: z.int(),
    reviews: z.array(reviewSchema),
    decided: decidedSchema.nullable(),
    carried_out: z
      .object({
        on: z.iso.date(),
        entries: z.array(z.uuid()),
        ahead: z.array(z.uuid()).openapi({
          description: 'Other requests of the person that were not yet answered and lost something by it.',
        }),
      })
      .nullable(),
    notified: z.object({ on: z.iso.date(), by: z.enum(ways), documents: z.array(z.enum(answerDocuments)) }).nullable(),
    delivered: z
      .array(
        z.object({
          on: z.iso.date(),
          by: z.enum(ways),
          handed: z
            .object({ by: z.uuid(), identity_checked: z.boolean(), signed: z.boolean() })
            .optional()
            .openapi({ description: 'Of an answer handed over in person: who handed it over, and the proof of it.' }),
        }),
      )
      .openapi({ description: 'Deliveries, without those known not to have arrived.' }),
    undelivered: z.array(undeliveredSchema).openapi({ description: 'Each time the answer did not reach the person.' }),
    to_send_again: z
      .boolean()
      .openapi({ description: 'The answer did not reach the person and has not gone out again.' }),
    sought: z
      .array(z.object({ on: z.iso.date(), how: z.enum(attempts) }))
      .openapi({ description: 'Attempts to reach the person since the answer last came back.' }),
    closed_on: dayOrNull,
    next: z.array(z.string()).openapi({ description: 'Events that may happen now, the next one first.' }),
    events: z.array(
      z.object({
        no: z.int(),
        event: z.string(),
        on: z.iso.date(),
        at: z.iso.datetime(),
        by: z.string(),
        entry: z.uuid(),
      }),
    ),
    papers: z.array(
      z.object({
        id: z.uuid(),
        kind: z.string(),
        about: z.string().nullable(),
        on: z.iso.date(),
        gone: z.boolean(),
      }),
    ),
  })
  .openapi('Request');

export const requestsSchema = z.object({ requests: z.array(headSchema), next: z.uuid().nullable() });

export const paperSchema = z.object({ text: z.string() });

export const shownSchema = z
  .object({
    data: z.array(z.object({ holding: z.string(), values: z.record(z.string(), z.string()) })),
    provisions: z.array(
      z.object({
        id: z.uuid(),
        made_on: z.iso.date(),
        recipient: z.string(),
        address: z.string(),
        representative: z.string().nullable(),
        items: z.array(z.string()),
      }),
    ),
    receipts: z.array(
      z.object({
        id: z.uuid(),
        on: z.iso.date(),
        provider: z.string().nullable().openapi({
          description:
            'Null, with `address` and `how_acquired`, where a private individual gave it and an earlier version erased that with the person.',
        }),
        address: z.string().nullable(),
        representative: z.string().nullable(),
        how_acquired: z.string().nullable(),
        items: z.array(z.string()),
        consent: z.boolean(),
        filing_published: z.boolean().openapi({
          description:
            'Whether it was given by an opt-out whose filing the Commission has published (APPI-Rules 24(1)(i)).',
        }),
      }),
    ),
    purposes: z.array(z.object({ holding: z.string(), purposes: z.array(z.string()) })),
    abroad: z.array(z.object({ provision: z.uuid(), recipient: z.uuid().nullable(), country: z.string().nullable() })),
  })
  .openapi('RequestContent');

export const headBody = (row: Omit<Listed, 'erased'>): z.infer<typeof headSchema> => ({
  id: row.id,
  number: numberOf(row),
  kind: row.kind,
  scope: row.scope,
  arrived_on: row.arrived_on,
  registered_at: row.registered_at.toISOString(),
  state: row.state,
  stage: row.stage,
  last: row.last,
  due_on: row.due_on,
  assigned_to: row.assigned_to,
  unreachable: row.unreachable,
  principals: row.principal_ids,
  principal: row.principal_ids[0] ?? null,
});

const decidedBody = ({ request: { kind, decided } }: Case): z.infer<typeof decidedSchema> | null =>
  decided && {
    on: decided.on,
    result: decided.result,
    ground: decided.ground ?? null,
    basis: decided.finding ? basisOf(decided.finding) : { because: [], duties: [] },
    notices: noticesFor(kind, decided.result).map((duty) => duty.do),
    documents: documentsFor(kind, decided.result),
  };

const dueBody = ({ request }: Case): z.infer<typeof requestSchema>['due'] => {
  const due = dueOf(clocksOf(request));
  return {
    ...due,
    forms: due.forms ?? null,
    acknowledgement: due.acknowledgement ?? null,
    identity: due.identity ?? null,
  };
};

const breachBody = (event: Case['request']['undelivered'][number]): Undelivered['breach'] =>
  breachFactsOf(event) as Undelivered['breach'];

export const requestBody = ({ clock, mail }: Office, one: Case): z.infer<typeof requestSchema> => {
  const { row, request } = one;
  const { fee, carriedOut, notified } = request;
  return {
    ...headBody({ ...row, due_on: dueOn(clocksOf(request)) }),
    channel: request.channel,
    eased: request.eased,
    anonymous: request.anonymous,
    addressed_on: request.addressedOn,
    lang: request.lang,
    by_hand: isByHand(request),
    form: request.form,
    acknowledged_on: request.acknowledgedOn,
    due: dueBody(one),
    fee: { ...fee, over: feeOver(request), short: feeShort(request) },
    method: request.method,
    lacks: [...request.lacks],
    waits_until: request.waitsUntil,
    requester: request.identified?.requester ?? null,
    address_check: request.specified?.address ?? null,
    holdings: (request.collected?.holdings ?? []).map(({ holding, items }) => ({ holding, items: [...items] })),
    provisions: request.collected?.provisions ?? 0,
    receipts: request.collected?.receipts ?? 0,
    reviews: [...request.reviews],
    decided: decidedBody(one),
    carried_out: carriedOut && {
      on: carriedOut.on,
      entries: [...carriedOut.entries],
      ahead: [...(carriedOut.ahead ?? [])],
    },
    notified: notified && { ...notified, documents: [...notified.documents] },
    delivered: request.delivered.map(({ handed, ...one }) => ({
      ...one,
      ...(handed ? { handed: { by: handed.by, identity_checked: handed.identityChecked, signed: handed.signed } } : {}),
    })),
    undelivered: request.undelivered.map((event) => ({ ...event, breach: breachBody(event) })),
    to_send_again: request.toSendAgain,
    sought: [...request.sought],
    closed_on: request.closedOn,
    next: offeredEvents(request, one.since, { today: clock.today(), mail: mail.on }),
    events: one.events.map((event) => ({
      no: event.no,
      event: event.event,
      on: event.on_day,
      at: event.at.toISOString(),
      by: event.by_actor,
      entry: event.entry_id,
    })),
    papers: one.papers.map(({ id, kind, about, on_day, gone_at }) => ({
      id,
      kind,
      about,
      on: on_day,
      gone: gone_at !== null,
    })),
  };
};

export const shownBody = (shown: Shown): z.infer<typeof shownSchema> => ({
  data: shown.data.map(({ holding, values }) => ({ holding, values: { ...values } })),
  provisions: shown.provisions.flatMap(({ id, record }) =>
    record
      ? [
          {
            id,
            made_on: record.made_on,
            recipient: record.recipient_name,
            address: record.recipient_address,
            representative: record.recipient_representative,
            items: record.items,
          },
        ]
      : [],
  ),
  receipts: shown.receipts.map(({ id, on, provider, how, items, consent, published }) => ({
    id,
    on,
    provider: provider?.name ?? null,
    address: provider?.address ?? null,
    representative: provider?.representative ?? null,
    how_acquired: how,
    items: [...items],
    consent,
    filing_published: published,
  })),
  purposes: shown.purposes.map(({ holding, purposes }) => ({ holding, purposes: [...purposes] })),
  abroad: shown.abroad.map(({ id, recipient_id, recipient }) => ({
    provision: id,
    recipient: recipient_id,
    country: recipient.country ?? null,
  })),
});
