// Events of a request written by the company’s systems, one route for each. The caller names the last event it saw.

import type { Day } from '../../../base/day.ts';
import type { Outcome } from '../../../base/outcome.ts';
import {
  answerProblem,
  api,
  attemptSchema,
  createRoute,
  daySchema,
  exact,
  guardedByLaw,
  inLines,
  jsonAnswer,
  jsonBody,
  longText,
  problemAnswer,
  shortText,
  z,
  type Route,
} from '../../../platform/http/index.ts';
import { indexKinds } from '../../../vault/index.ts';
import { byOf, type By, type Room } from '../../access/index.ts';
import { sharesEmailWithSchema } from '../../checkpoint/index.ts';
import { address } from '../actions/address.ts';
import { close, deliver } from '../actions/answer.ts';
import { carryOut } from '../actions/carry-out.ts';
import type { Case } from '../actions/cases.ts';
import { askedFor, type Step } from '../actions/happen.ts';
import { collect, review, specify } from '../actions/collect.ts';
import { decide } from '../actions/decide.ts';
import { dismiss } from '../actions/dismiss.ts';
import { sendAnswer } from '../actions/parcel.ts';
import {
  acknowledge,
  assign,
  ease,
  extend,
  identify,
  receivePapers,
  refund,
  sendForms,
  tellShort,
  withdraw,
} from '../actions/receive.ts';
import { amend } from '../actions/amend.ts';
import { seek } from '../actions/seek.ts';
import { undeliver } from '../actions/undelivered.ts';
import { waiveFee } from '../actions/waive.ts';
import {
  addressees,
  attempts,
  authorityDocuments,
  checks,
  decisions,
  dismissalGrounds,
  distinctions,
  envelopes,
  hearings,
  identityDocuments,
  lacks,
  methods,
  requesters,
  undeliveredReasons,
  waiverGrounds,
  ways,
  withholdingGrounds,
  type EventName,
} from '../facts/event.ts';
import { kinds, scopes } from '../facts/kind.ts';
import { answerDocuments } from '../facts/result.ts';
import { requestBody, requestSchema } from './answers.ts';
import { longAgo, MOST_TEXT, named, oneId, text } from './fields.ts';

const MOST_LETTER = 400_000;

/** The holding of a record or, for one of several entries in it, `holding@principal`. */
const place = z.string().max(80);

const seen = {
  seen: z.int().min(1).openapi({ description: 'Number of the last event you saw (409 when there is a later one).' }),
  attempt: attemptSchema('with the same content, nothing happens again; with another, or by another, it is a conflict'),
};

const on = { on: daySchema };

const extent = z.enum(['none', 'part', 'all']);

const factsSchema = z
  .strictObject({
    existenceHarms: z.boolean(),
    otherLaw: z.boolean(),
    method: z.enum(['electronic', 'paper', 'set-by-company']),
    methodDifficult: z.boolean(),
    impedes: extent,
    clear: z.boolean(),
    noticeException: z.strictObject({
      item: z.enum(['21(4)(i)', '21(4)(ii)', '21(4)(iii)']),
      confirmed: z.boolean().optional(),
    }),
    content: z.enum(['fact', 'evaluation']),
    inquiry: z.enum(['untrue', 'partly-untrue', 'true']),
    purposeNeeds: z.boolean(),
    otherProcedure: z.boolean(),
    reason: z.enum(['unlawful-handling', 'unlawful-provision', 'no-longer-needed', 'breach', 'may-harm']),
    found: extent,
    substitute: z.strictObject({ difficult: z.boolean().optional(), protects: z.boolean().optional() }),
    keeping: z
      .strictObject({
        legalBasis: shortText(200).optional(),
        until: daySchema.optional(),
        part: z.boolean().optional().openapi({
          description:
            'Whether a law requires only a part to be kept. If so, the plan removes the rest. What is kept is used for nothing else.',
        }),
      })
      .nullable(),
  })
  .partial()
  .openapi('RequestFactsEstablished', {
    description:
      'The facts that somebody established about a request. Which of them are asked for depends on its kind.',
  });

const written = z.strictObject({
  name: z.string().max(200).optional(),
  address: longText(400).optional(),
  email: z.string().max(254).optional(),
});

const addressChecked = z.boolean().optional().openapi({
  description: 'When an answer that did not reach the person goes out again: the address was confirmed with them.',
});

/** The handing over of an answer in person, as callers state it. */
const handedSchema = z.strictObject({
  by: z.uuid().openapi({ description: 'Id of the member of staff who handed it over.' }),
  identity_checked: z.boolean().openapi({ description: 'It was checked at the desk that this was the requester.' }),
  signed: z.boolean().openapi({ description: 'A receipt was signed; it is kept with the papers on paper.' }),
});

export const bodies = {
  acknowledged: z.strictObject({
    ...seen,
    ...on,
    how: z.enum(hearings).openapi({ description: 'By the acknowledgement letter, which goes on file, or without it.' }),
  }),
  addressed: z.strictObject({
    ...seen,
    ...on,
    sender: written.default({}).openapi({
      description:
        'An address or an e-mail address, and the name if it was missing. Left out where an answer that never arrived can be sent again.',
    }),
  }),
  'forms-sent': z.strictObject({ ...seen, ...on }),
  'papers-received': z.strictObject({
    ...seen,
    ...on,
    form: z.enum(['right', 'wrong', 'none']).openapi({
      description:
        'Of what comes after other papers, `none` leaves the form as it came, unless it was asked for since.',
    }),
    registered_mail: z
      .string()
      .regex(/^[\d-]{6,20}$/)
      .nullable()
      .default(null),
    method: z.enum(methods).nullable().default(null),
    fee_yen: z.int().min(0).max(1_000_000),
    unreadable: z.boolean().default(false),
  }),
  'papers-short': z.strictObject({
    ...seen,
    ...on,
    lacks: z.array(z.enum(lacks)).max(lacks.length),
    addressee: z.enum(addressees).optional().openapi({
      description: 'When it is in doubt whether an agent still acts for the person: to whom the letters go.',
    }),
  }),
  identified: z.strictObject({
    ...seen,
    ...on,
    requester: z.enum(requesters),
    represents: z.enum(['minor', 'adult-ward']).nullable().default(null),
    documents: z.array(z.enum(identityDocuments)).max(identityDocuments.length),
    authority: z.array(z.enum(authorityDocuments)).max(authorityDocuments.length).default([]),
    checked: z.array(z.enum(checks)).max(checks.length),
    numbers_covered: z.boolean(),
    agent: z
      .strictObject({
        name: z.string().max(200),
        address: longText(400),
        email: z.string().max(254).default(''),
        principal: z.string().max(200).default('').openapi({
          description: 'The person they act for, when the agent is the sender; otherwise that is the sender.',
        }),
      })
      .optional()
      .openapi({
        description: 'Who acts for the person; the answer goes to them. Required unless the person makes the request.',
      }),
  }),
  'fee-waived': z.strictObject({
    ...seen,
    ...on,
    ground: z.enum(waiverGrounds),
    reason: text.openapi({ description: 'Why, in words. Required with `other`; kept sealed and in no letter.' }),
  }),
  refunded: z.strictObject({ ...seen, ...on, yen: z.int() }),
  specified: z.strictObject({
    ...seen,
    terms: z
      .array(z.strictObject({ kind: z.enum(indexKinds), term: exact(shortText(254)) }))
      .min(1)
      .max(8),
    principals: z.array(z.uuid()).max(20).default([]).openapi({
      description:
        'The ids among the matches that are the person, even when there is only one match; all of them when the person has several ids in several ledgers. Every id linked with one of them is included too; no two ids that are not linked may be in one ledger.',
    }),
    principal: z.uuid().optional().openapi({ description: 'A single such id, besides `principals` or instead.' }),
    told_apart: z.enum(distinctions).optional(),
  }),
  collected: z.strictObject(seen),
  reviewed: z.strictObject({
    ...seen,
    holding: place,
    item: z.string().max(60),
    decision: z.enum(decisions),
    ground: z.enum(withholdingGrounds).nullable().default(null),
    reason: text,
    redacted: text.openapi({
      description:
        'Of a redacted item: the exact text that the person sees, with ■ in the place of each redacted part. The paper shows a bar there.',
    }),
    version: z.number().int().positive().optional().describe('Version of the record that was looked at'),
  }),
  decided: z.strictObject({
    ...seen,
    facts: factsSchema.default({}),
    reason: text.openapi({
      description: 'The reasons; of a consultation without an address to answer to, what is done about it and why.',
    }),
    changes: z
      .array(
        z.strictObject({
          holding: place,
          items: z.record(z.string().max(60), exact(z.string().max(MOST_TEXT)).nullable()),
          sharesEmailWith: sharesEmailWithSchema,
        }),
      )
      .max(64)
      .optional(),
    purposes: z.array(z.string().max(40)).max(64).optional(),
    recipients: z.array(z.uuid()).max(64).optional(),
    tell: z.array(z.uuid()).max(64).optional(),
    measures: longText(MOST_TEXT).optional(),
    untold: z
      .array(z.strictObject({ recipient: z.uuid(), items: z.array(z.string().max(60)).max(64) }))
      .max(64)
      .optional()
      .openapi({
        description: 'Of the measures of recipients abroad that are told in part: the items that are kept back.',
      }),
    answer: text,
  }),
  'carried-out': z.strictObject({
    ...seen,
    ahead: longText(MOST_TEXT).optional().openapi({
      description:
        'Why this is carried out before another open request of the person that loses something by it is answered. Only for those who may refuse; kept sealed.',
    }),
  }),
  notified: z.strictObject({
    ...seen,
    ...on,
    by: z.enum(ways).openapi({
      description:
        'By post; by a link (`electronic`); in person, where the policy’s desk takes visits; by the company’s own e-mail, where no mail goes out from here and the person asked for it electronically.',
    }),
    email: z
      .string()
      .max(254)
      .optional()
      .openapi({ description: 'Where the link of an electronic answer is sent; the address on record when left out.' }),
    address_checked: addressChecked,
    documents: z.array(z.enum(answerDocuments)).max(answerDocuments.length).optional(),
    sent: z
      .array(z.strictObject({ document: z.enum(answerDocuments), text: inLines(z.string().max(MOST_LETTER)) }))
      .max(answerDocuments.length)
      .optional(),
  }),
  delivered: z.strictObject({
    ...seen,
    ...on,
    by: z.enum(ways),
    address_checked: addressChecked,
    handed: handedSchema.optional().openapi({ description: 'Required for `visit`.' }),
  }),
  undelivered: z.strictObject({
    ...seen,
    ...on,
    by: z.enum(ways).openapi({ description: 'How it had been sent.' }),
    why: z.enum(undeliveredReasons).openapi({
      description:
        'Addressee unknown, moved, refused, not fetched in time, somebody else got it, or nobody knows where it is. In person only `astray`; by the company’s own e-mail `bounced` or `astray`. For an electronic answer `unfetched` or, once it was fetched, `astray`.',
    }),
    envelope: z.enum(envelopes).openapi({
      description:
        'Whether it came back, and whether unopened. For an electronic answer `unopened` while nothing was fetched, then `away`.',
    }),
    kept: text.openapi({ description: 'Where what came back is kept; kept sealed.' }),
  }),
  sought: z.strictObject({
    ...seen,
    ...on,
    how: z.enum(attempts),
    letter: z.boolean().default(false).openapi({
      description:
        'Uses the letter that asks the person to get in touch, which says nothing of the request: it goes on file and, for `email` where mail goes out from here, is sent at once. Only for `letter` and `email`.',
    }),
    send_to: longText(400).default('').openapi({
      description:
        'Where that letter goes: an address or, for `email`, an e-mail address. The one on record when left out.',
    }),
    reason: text.openapi({ description: 'What came of it; kept sealed.' }),
  }),
  closed: z.strictObject({ ...seen, ...on }),
  extended: z.strictObject({ ...seen, ...on, until: daySchema, reason: longText(MOST_TEXT, 1) }),
  withdrawn: z.strictObject({ ...seen, ...on }),
  dismissed: z.strictObject({
    ...seen,
    ...on,
    ground: z.enum(dismissalGrounds),
    reason: text.openapi({ description: 'What the letter says besides the ground.' }),
  }),
  assigned: z.strictObject({ ...seen, to: z.uuid() }),
  eased: z.strictObject({
    ...seen,
    eased: z.boolean().openapi({
      description: 'Whether an alternative to an ordinary letter is used from now on; false undoes a mistake.',
    }),
  }),
  amended: z.strictObject({
    ...seen,
    arrived_on: daySchema.optional(),
    kind: z.enum(kinds).optional(),
    scope: z.enum(scopes).optional(),
    sender: written.default({}),
    anonymous: z
      .boolean()
      .default(false)
      .openapi({ description: 'It gave no name. A name that is filled in undoes this.' }),
    unreachable: z.boolean().default(false).openapi({
      description:
        'It gave no address to answer to. Only for those who may refuse; an address that is filled in undoes this.',
    }),
    agent: written.optional().describe('Corrections of the agent to whom the letters go'),
    long_ago: longAgo,
  }),
};

/** Events that a caller can write; the registration has its own route, and papers are erased by the clock. */
export type Made = keyof typeof bodies & EventName;

const summaries: Record<Made, string> = {
  acknowledged: 'The requester was told that the request has come, when no form sent out says so',
  addressed:
    'There is an address to answer to, where there was none, or a person whose answer never arrived can be reached: the answer is owed from that day. A closed request is reopened unless its papers have been erased',
  'forms-sent': 'The form was posted',
  'papers-received': 'Papers came, with or without the fee',
  'papers-short':
    'The person was told what is missing; if that is a paper that shows who asks, the requester is checked again and everything starts over from there',
  identified: 'The requester was identified; copies of identity documents are destroyed',
  'fee-waived':
    'The company does not take what is missing of the fee, and the request goes on from that day. What came is kept. Only for those who may refuse',
  refunded: 'Money that is not due was returned',
  specified:
    'Find whose information it is. A match must be chosen, even when there is only one. A request for records (33(5)) also finds an erased person whom a record names',
  collected: 'Collect what is held about the person, and the records of provision and receipt',
  reviewed:
    'Decide about one item; an item that has changed since can be decided again, and then the request is decided again',
  decided:
    'Decide: the law answers with the facts that were established. Can be repeated until the decision is carried out or told',
  'carried-out': 'Carry out what was decided; continues where it stopped',
  notified: 'The person is told the outcome; electronically, a link goes out by e-mail',
  delivered:
    'The answer was posted, handed over, or sent by the company’s own e-mail; one that goes out by a link is recorded when it is fetched',
  undelivered:
    'The answer did not reach the person: it came back, or somebody else got it. It can then be sent again; a closed request is reopened unless its papers have been erased',
  sought: 'Somebody tried to reach the person whose answer did not arrive, to ask where it can go',
  closed:
    'Close the request: nothing is left to do. Without an address to answer to, that is recorded with it. So is an answer that never arrived, some weeks after the last attempt to reach the person; only for those who may refuse',
  extended: 'Extend the time for the answer',
  withdrawn: 'The person withdrew the request',
  dismissed:
    'End the request without a decision: the requester may not ask, or what was asked for did not come in time. Until the letter is posted, what comes takes the dismissal back',
  assigned: 'Assign the request to a member of staff',
  eased:
    'An ordinary letter is difficult for the requester (37(4)), so no form is asked for. Possible until the answer has gone out',
  amended: 'Correct a mistake in the registration; what is left out stays as it is',
};

const eventRoute = <E extends Made>(event: E) =>
  createRoute({
    method: 'post',
    path: `/api/v1/requests/{id}/events/${event}`,
    operationId: `requests.happen.${event}`,
    summary: summaries[event],
    request: { ...oneId, ...jsonBody(bodies[event]) },
    responses: {
      200: jsonAnswer(requestSchema, 'The request after it'),
      404: problemAnswer('No such request'),
      409: problemAnswer('Something else has happened since `seen`, or under this attempt'),
      ...guardedByLaw,
    },
  });

type Take<E extends Made> = (
  of: { by: By; id: string; step: Step },
  body: Omit<z.output<(typeof bodies)[E]>, 'seen' | 'attempt'>,
) => Promise<Outcome<Case>>;

/** The action of each event. */
const takes = (desk: Room): { [E in Made]: Take<E> } => {
  const { office, access } = desk;
  const today = (): Day => office.clock.today();
  return {
    acknowledged: ({ by, id, step }, body) => acknowledge(desk, by, id, step, body),
    addressed: ({ by, id, step }, body) => address(desk, by, id, step, body),
    'forms-sent': ({ by, id, step }, body) => sendForms(desk, by, id, step, body),
    'papers-received': ({ by, id, step }, { registered_mail: registeredMail, fee_yen: feeYen, ...body }) =>
      receivePapers(desk, by, id, step, { ...body, registeredMail, feeYen }),
    'papers-short': ({ by, id, step }, body) => tellShort(desk, by, id, step, body),
    identified: ({ by, id, step }, { numbers_covered: numbersCovered, agent = null, ...body }) =>
      identify(desk, by, id, step, { ...body, numbersCovered, agent }),
    'fee-waived': ({ by, id, step }, body) => waiveFee(desk, by, id, step, body),
    refunded: ({ by, id, step }, body) => refund(desk, by, id, step, body),
    specified: ({ by, id, step }, { told_apart: toldApart, principal, principals, ...body }) =>
      specify(desk, by, id, step, {
        ...body,
        principals: principal === undefined ? principals : [principal, ...principals],
        toldApart,
      }),
    collected: ({ by, id, step }) => collect(desk, by, id, step),
    reviewed: ({ by, id, step }, body) => review(desk, by, id, step, body),
    decided: ({ by, id, step }, { facts, reason, answer, ...plan }) =>
      decide(desk, by, id, step, {
        facts,
        reason,
        answer,
        plan,
        mayRefuse: access.policies.decide(by.actor, 'requests:decide').allowed,
      }),
    'carried-out': ({ by, id, step }, body) => carryOut(desk, by, id, step, body),
    notified: ({ by, id, step }, { address_checked: checked, ...body }) =>
      sendAnswer(desk, by, id, step, { ...body, addressChecked: checked }),
    delivered: ({ by, id, step }, { address_checked: checked, handed, ...body }) =>
      deliver(desk, by, id, step, {
        ...body,
        addressChecked: checked,
        ...(handed
          ? { handed: { by: handed.by, identityChecked: handed.identity_checked, signed: handed.signed } }
          : {}),
      }),
    undelivered: ({ by, id, step }, body) => undeliver(desk, by, id, step, body),
    sought: ({ by, id, step }, { send_to: sendTo, ...body }) => seek(desk, by, id, step, { ...body, sendTo }),
    closed: ({ by, id, step }, body) => close(desk, by, id, step, body),
    extended: ({ by, id, step }, body) => extend(desk, by, id, step, body),
    withdrawn: ({ by, id, step }, body) => withdraw(desk, by, id, step, body),
    dismissed: ({ by, id, step }, body) => dismiss(desk, by, id, step, body),
    amended: ({ by, id, step }, { arrived_on: arrivedOn, long_ago: longAgo, ...body }) =>
      amend(desk, by, id, step, { ...body, arrivedOn, longAgo }),
    eased: ({ by, id, step }, body) => ease(desk, by, id, step, body),
    assigned: ({ by, id, step }, { to }) => assign(desk, by, id, step, { on: today(), to }),
  };
};

/** One route for each event. */
export const eventRoutes = (desk: Room): Route[] => {
  const all = takes(desk);
  return (Object.keys(bodies) as Made[]).map((event) =>
    api('requests:write', eventRoute(event), async (c) => {
      const { seen: last, attempt, ...body } = c.req.valid('json' as never) as Step & object;
      const of = {
        by: byOf(c),
        id: c.req.valid('param').id,
        step: { seen: last, attempt, asked: askedFor(event, body) },
      };
      const taken = await (all[event] as (of: object, body: object) => Promise<Outcome<Case>>)(of, body);
      return taken.ok ? c.json(requestBody(desk.office, taken.value), 200) : answerProblem(c, taken.problem, named);
    }),
  );
};
