// JSON routes of the joint uses for the company's systems, and the list of all their routes.

import type { Outcome } from '../../base/outcome.ts';
import type { Office } from '../../office.ts';
import {
  answerProblem,
  api,
  bilingualSchema,
  createRoute,
  dayOrNullSchema,
  daySchema,
  guarded,
  guardedByLaw,
  jsonAnswer,
  jsonBody,
  problemAnswer,
  z,
  type ApiContext,
  type Route,
} from '../../platform/http/index.ts';
import { byOf } from '../access/index.ts';
import {
  changeDraft,
  changeJointUse,
  endJointUse,
  jointUse,
  listJointUses,
  publishNotice,
  registerJointUse,
} from './actions.ts';
import { anyChanges, informationKinds, type JointUse, responsibleKinds, sharedInformation } from './facts/joint-use.ts';
import { duesOn, noticeOn, standingOn } from './facts/standing.ts';
import { changePages } from './pages/change.tsx';
import { formPages } from './pages/form.tsx';
import { jointUsePages } from './pages/joint-use.tsx';
import { listPages } from './pages/list.tsx';
import { publicPages } from './pages/public.tsx';

const responsibleSchema = z
  .object({
    kind: z.enum(responsibleKinds as [string, ...string[]]),
    name: bilingualSchema,
    address: bilingualSchema,
    representative: bilingualSchema.nullable(),
  })
  .openapi('JointUseResponsible', { description: 'The person responsible for the management (27(5)(iii)).' });

const shareSchema = z.strictObject({ holding: z.string(), items: z.array(z.string().max(60)).max(64) });

const noticeSchema = z
  .object({
    items: z.array(z.object({ holding: z.uuid(), code: z.string(), label: bilingualSchema })),
    scope: bilingualSchema,
    members: z.array(z.uuid()).openapi({ description: 'Ids of recipients.' }),
    purposes: z.array(z.object({ id: z.string(), text: bilingualSchema })),
    responsible: responsibleSchema,
  })
  .openapi('JointUseNotice');

const termsSchema = z
  .object({
    shares: z.array(z.object({ holding: z.uuid(), items: z.array(z.string()) })),
    scope: bilingualSchema,
    members: z.array(z.uuid()),
    purposes: z.array(z.string()),
    responsible: responsibleSchema,
  })
  .openapi('JointUseTerms');

const jointUseSchema = z
  .object({
    id: z.uuid(),
    name: bilingualSchema,
    information: z.enum(sharedInformation),
    state: z.enum(['draft', 'planned', 'in-force', 'ended']),
    version: z.int().openapi({ description: 'Send it back with every act; of two clerks, the second gets 409.' }),
    replaces: z.uuid().nullable(),
    draft: termsSchema.nullable(),
    notice: noticeSchema.nullable().openapi({ description: 'The notice that is public and in effect today.' }),
    notices: z.array(
      z.object({
        notice: z.int(),
        change: z.string(),
        effective_on: z.iso.date(),
        public_on: z.iso.date().nullable(),
        states: noticeSchema.extend({ responsible: responsibleSchema.partial() }).partial(),
        why: z.string().nullable(),
        log_entry: z.uuid(),
      }),
    ),
    unpublished: z
      .array(z.int())
      .openapi({ description: 'Notices of changes that took effect and are not published.' }),
    registered_at: z.iso.datetime(),
    ended_on: z.iso.date().nullable(),
  })
  .openapi('JointUse');

const wordsSchema = z.strictObject({ ja: z.string(), en: z.string().optional() });

const responsibleInput = z.strictObject({
  kind: z.enum(responsibleKinds as [string, ...string[]]),
  name: wordsSchema,
  address: wordsSchema,
  representative: wordsSchema
    .nullable()
    .optional()
    .openapi({ description: 'Required for a corporation; not allowed for others.' }),
});

const inputShape = {
  name: wordsSchema,
  information: z.enum(informationKinds).openapi({ description: 'A My Number is refused (Numbering Act 19, 30(2)).' }),
  shares: z.array(shareSchema).max(100),
  scope: wordsSchema,
  members: z.array(z.string()).max(1_000),
  purposes: z.array(z.string()).max(100),
  responsible: responsibleInput,
};

const inputSchema = z
  .strictObject({
    ...inputShape,
    replaces: z.string().optional().openapi({ description: 'The joint use whose items or users were to change.' }),
  })
  .openapi('JointUseInput');

const version = z.int().min(1).openapi({ description: 'The version you have seen.' });

const draftSchema = z.strictObject({ ...inputShape, version }).openapi('JointUseDraft');

const publicationSchema = z
  .strictObject({
    version,
    notice: z.int().min(1).openapi({ description: '1 publishes the draft.' }),
    on: daySchema,
  })
  .openapi('JointUsePublication');

const changeSchema = z
  .strictObject({
    version,
    change: z.enum(anyChanges).openapi({
      description:
        'New purposes of the users of personal information wait for the privacy officer’s judgement that they are related to the present ones (17(2)). A system is refused with that judgement as the missing fact; the officer makes the change on its page.',
    }),
    effective_on: daySchema.optional(),
    notice_on: dayOrNullSchema.optional().openapi({ description: 'Day from which the public can read of it.' }),
    purposes: z.array(z.string()).max(100).optional(),
    why: z.string().optional(),
    responsible: responsibleInput.partial().optional(),
  })
  .openapi('JointUseChange');

const endSchema = z.strictObject({ version, on: daySchema, why: z.string() }).openapi('JointUseEnd');

const listSchema = z.object({ joint_uses: z.array(jointUseSchema) });

/** Types of the requests and answers, for the typed client. */
export interface JointUseJson {
  input: z.input<typeof inputSchema>;
  draft: z.input<typeof draftSchema>;
  publication: z.input<typeof publicationSchema>;
  change: z.input<typeof changeSchema>;
  end: z.input<typeof endSchema>;
  jointUse: z.infer<typeof jointUseSchema>;
  jointUses: z.infer<typeof listSchema>;
}

const PATH = '/api/v1/joint-uses';
const params = z.object({ id: z.string() });
const none = { 404: problemAnswer('No such joint use') };

const list = createRoute({
  method: 'get',
  path: PATH,
  operationId: 'jointUses',
  summary: 'All joint uses, including drafts and ended ones',
  responses: { 200: jsonAnswer(listSchema, 'Joint uses'), ...guarded },
});

const one = createRoute({
  method: 'get',
  path: `${PATH}/{id}`,
  operationId: 'jointUse',
  summary: 'One joint use with its notices',
  request: { params },
  responses: { 200: jsonAnswer(jointUseSchema, 'The joint use'), ...none, ...guarded },
});

const register = createRoute({
  method: 'post',
  path: PATH,
  operationId: 'registerJointUse',
  summary: 'Register a joint use as a draft',
  description: 'Nothing may be shared under it before its notice is published.',
  request: jsonBody(inputSchema),
  responses: {
    201: jsonAnswer(jointUseSchema, 'Registered'),
    409: problemAnswer('There is a joint use of this name that has not ended'),
    ...guardedByLaw,
  },
});

const acting = <B extends z.ZodType>(operationId: string, path: string, summary: string, body: B, said: string) =>
  ({
    method: 'post',
    path: `${PATH}/{id}/${path}`,
    operationId,
    summary,
    request: { params, ...jsonBody(body) },
    responses: {
      200: jsonAnswer(jointUseSchema, said),
      409: problemAnswer('Somebody else changed it first, or its state does not allow it'),
      ...none,
      ...guardedByLaw,
    },
  }) as const;

const draft = createRoute(
  acting('draftJointUse', 'draft', 'Correct the draft of a joint use', draftSchema, 'Corrected'),
);
const publication = createRoute(
  acting(
    'publishJointUse',
    'publications',
    'Publish a notice from a day on',
    publicationSchema,
    'Published, or planned for that day',
  ),
);
const change = createRoute(
  acting(
    'changeJointUse',
    'changes',
    'Change a joint use (27(6))',
    changeSchema,
    'Recorded, and published from `notice_on`',
  ),
);
const end = createRoute(acting('endJointUse', 'end', 'End a joint use', endSchema, 'Ended from that day on'));

const bodyOf = (office: Office, use: JointUse): z.infer<typeof jointUseSchema> => {
  const today = office.clock.today();
  return {
    id: use.id,
    name: use.name,
    information: use.information,
    state: standingOn(use, today),
    version: use.version,
    replaces: use.replaces,
    draft: use.draft,
    notice: noticeOn(use, today),
    notices: use.notices.map((stated) => ({
      notice: stated.notice,
      change: stated.change,
      effective_on: stated.effectiveOn,
      public_on: stated.publicOn,
      states: stated.states,
      why: stated.why,
      log_entry: stated.entry,
    })),
    unpublished: duesOn(use, today).map(({ notice }) => notice),
    registered_at: use.registeredAt.toISOString(),
    ended_on: use.endedOn,
  };
};

const apiRoutes = (office: Office): Route[] => {
  const answer = (c: ApiContext, outcome: Outcome<JointUse>) =>
    outcome.ok ? c.json(bodyOf(office, outcome.value), 200) : answerProblem(c, outcome.problem);
  return [
    api('ledger:read', list, async (c) =>
      c.json({ joint_uses: (await listJointUses(office)).map((use) => bodyOf(office, use)) }, 200),
    ),
    api('ledger:read', one, async (c) => answer(c, await jointUse(office, c.req.valid('param').id))),
    api('joint-uses:write', register, async (c) => {
      const { replaces, ...input } = c.req.valid('json');
      const outcome = await registerJointUse(office, byOf(c), input, replaces ?? null);
      return outcome.ok
        ? c.json(bodyOf(office, outcome.value), 201, { location: `${PATH}/${outcome.value.id}` })
        : answerProblem(c, outcome.problem);
    }),
    api('joint-uses:write', draft, async (c) => {
      const { version: seen, ...input } = c.req.valid('json');
      return answer(c, await changeDraft(office, byOf(c), { id: c.req.valid('param').id, version: seen }, input));
    }),
    api('joint-uses:write', publication, async (c) => {
      const { version: seen, ...asked } = c.req.valid('json');
      return answer(c, await publishNotice(office, byOf(c), { id: c.req.valid('param').id, version: seen }, asked));
    }),
    api('joint-uses:write', change, async (c) => {
      const { version: seen, effective_on, notice_on, ...asked } = c.req.valid('json');
      const input = { ...asked, effectiveOn: effective_on, noticeOn: notice_on };
      return answer(c, await changeJointUse(office, byOf(c), { id: c.req.valid('param').id, version: seen }, input));
    }),
    api('joint-uses:write', end, async (c) => {
      const { version: seen, ...asked } = c.req.valid('json');
      return answer(c, await endJointUse(office, byOf(c), { id: c.req.valid('param').id, version: seen }, asked));
    }),
  ];
};

/** Every route of the joint uses: JSON, the office's pages and the public one. */
export const jointUseRoutes = (office: Office): Route[] => [
  ...apiRoutes(office),
  ...listPages(office),
  ...formPages(office),
  ...jointUsePages(office),
  ...changePages(office),
  ...publicPages(office),
];
