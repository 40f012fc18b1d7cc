// The policy for the company's systems: any version, and the one in force with the states of its promises. Also lists all routes of this feature.

import type { Office } from '../../office.ts';
import {
  answerProblem,
  api,
  bilingualSchema,
  createRoute,
  guarded,
  jsonAnswer,
  numberParameter,
  problemAnswer,
  z,
  type Route,
} from '../../platform/http/index.ts';
import { promiseBoard, type PromiseBoard } from './actions/standings.ts';
import { policyJson, policyVersion } from './actions/versions.ts';
import { companyRoutes } from './pages/company.tsx';
import { livingRoutes } from './pages/living.tsx';
import { noVersion, publicRoutes, type CommissionPageOf } from './pages/public.tsx';
import { gapRoutes } from './pages/gaps.tsx';
import { versionRoutes } from './pages/versions.tsx';
import type { PolicyPeople } from './pages/version.tsx';

const state = z.enum(['broken', 'risk', 'unknown', 'kept']);
const instant = z.iso.datetime().nullable();

const inForceSchema = z
  .object({
    version: z.int(),
    effective_on: z.iso.date(),
    sha256: z.string(),
    computed_at: instant.openapi({ description: 'When the promises were last computed.' }),
    clauses: z.array(
      z.object({
        no: z.int(),
        section: z.string(),
        text: bilingualSchema,
        promises: z.array(z.string()),
        state: state.nullable().openapi({ description: 'The worst of its promises; null for a clause without one.' }),
      }),
    ),
    promises: z.array(
      z.object({
        id: z.string(),
        title: bilingualSchema,
        says: bilingualSchema,
        state,
        since: instant,
        why: bilingualSchema,
        log_entry: z.uuid().nullable(),
      }),
    ),
    purposes: z.array(z.object({ id: z.string(), scope: z.string(), label: bilingualSchema, text: bilingualSchema })),
  })
  .openapi('PolicyInForce');

const versionSchema = z
  .object({
    version: z.int(),
    effective_on: z.iso.date(),
    approved_at: instant,
    sha256: z.string(),
    hashed: z.string(),
    log: z.object({ entry: z.uuid(), proof: z.string() }).nullable(),
    policy: z.record(z.string(), z.unknown()).openapi({
      description: 'The whole text and facts, by the parts of a policy folder.',
    }),
  })
  .openapi('PolicyVersion');

/** The JSON bodies, for the typed client. */
export interface PolicyJson {
  inForce: z.infer<typeof inForceSchema>;
  version: z.infer<typeof versionSchema>;
}

const missing = { 404: problemAnswer('There is none') };

const inForceRoute = createRoute({
  method: 'get',
  path: '/api/v1/policy',
  operationId: 'policy',
  summary: 'The policy in force, with the state of each promise',
  tags: ['policy'],
  responses: {
    200: jsonAnswer(inForceSchema, 'In force today'),
    ...missing,
    ...guarded,
  },
});

const versionRoute = createRoute({
  method: 'get',
  path: '/api/v1/policy/versions/{n}',
  operationId: 'policyVersion',
  summary: 'An approved version of the policy, whole',
  tags: ['policy'],
  request: { params: z.object({ n: numberParameter(1, 1_000_000) }) },
  responses: {
    200: jsonAnswer(versionSchema, 'The version'),
    ...missing,
    ...guarded,
  },
});

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

const inForceBody = (board: PromiseBoard): z.infer<typeof inForceSchema> => ({
  version: board.version.version,
  effective_on: board.version.effectiveOn,
  sha256: board.version.sha256,
  computed_at: iso(board.computed),
  clauses: board.clauses.map(({ clause, state: of }) => ({
    no: clause.no,
    section: clause.section,
    text: clause.text,
    promises: clause.promises,
    state: of,
  })),
  promises: board.promises.map((p) => ({
    id: p.id,
    title: p.title,
    says: p.says,
    state: p.state,
    since: iso(p.since),
    why: p.why,
    log_entry: p.entry,
  })),
  purposes: board.version.policy.purposes.map(({ id, scope, label, text }) => ({ id, scope, label, text })),
});

const apiRoutes = (office: Office): Route[] => [
  api('policy:read', inForceRoute, async (c) => {
    const board = await promiseBoard(office);
    return board ? c.json(inForceBody(board), 200) : answerProblem(c, noVersion);
  }),
  api('policy:read', versionRoute, async (c) => {
    const version = await policyVersion(office, c.req.valid('param').n);
    return version?.approval
      ? c.json({ ...policyJson(version), policy: { ...version.policy } }, 200)
      : answerProblem(c, noVersion);
  }),
];

/** Every route of the policy. */
export const policyRoutes = (office: Office, people: PolicyPeople, commissionPage: CommissionPageOf): Route[] => [
  ...publicRoutes(office, commissionPage),
  ...livingRoutes(office),
  ...versionRoutes(office, people),
  ...companyRoutes(office),
  ...gapRoutes(office),
  ...apiRoutes(office),
];
