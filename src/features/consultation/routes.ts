// Asking the checkpoint through the API. Each question has a route of its own, so that the OpenAPI document publishes the schema of its facts. Facts
// go in and the finding comes out; nothing is kept and nobody's information is handled.

import type { RouteConfig } from '@hono/zod-openapi';
import type { Day } from '../../base/day.ts';
import type { Finding } from '../../base/finding.ts';
import { fieldOutcome, type FieldProblem } from '../../base/outcome.ts';
import { LAW_VERSION } from '../../law/index.ts';
import type { Office } from '../../office.ts';
import {
  answerProblem,
  api,
  bilingualSchema,
  createRoute,
  daySchema,
  guarded,
  jsonAnswer,
  jsonBody,
  problemAnswer,
  z,
  type ApiContext,
  type Route,
} from '../../platform/http/index.ts';
import { unknownItem } from '../../vault/index.ts';
import type { Room } from '../access/index.ts';
import { says, standing, type KnownHolding, type Standing } from '../checkpoint/index.ts';
import { answer } from './actions.ts';
import type { Facts, Question } from './facts.ts';
import { askPages } from './pages/ask.tsx';
import { consultationPages } from './pages/consultations.tsx';
import { coveragePages } from './pages/coverage.tsx';
import { judgementPages } from './pages/judgements.tsx';
import { questions } from './questions/index.ts';

const groundSchema = z.object({ law: z.string(), article: z.string(), says: bilingualSchema });

const findingSchema = z
  .object({
    answer: z
      .string()
      .openapi({ description: '`yes`, `no`, `unknown`, or the kind of information that was asked for.' }),
    also: z.array(z.string()).optional().openapi({ description: 'Further marks of the information beside its kind.' }),
    because: z.array(groundSchema),
    duties: z
      .array(
        groundSchema.extend({
          do: z.string(),
          when: z.enum(['before', 'at-once', 'later']),
          items: z.array(z.string()).optional(),
          by: z.iso.date().optional(),
          keepUntil: z.iso.date().optional(),
        }),
      )
      .optional()
      .openapi({
        description:
          'What has to be done. With `unknown`: what has to be done whatever the missing facts turn out to be.',
      }),
    instead: z.array(bilingualSchema).optional(),
    missing: z
      .array(groundSchema.extend({ fact: z.string().openapi({ description: 'Path of the missing fact.' }) }))
      .optional(),
  })
  .openapi('Finding');

const answerSchema = z.object({ finding: findingSchema, law: z.iso.date(), policy: z.int() }).openapi('Answer', {
  description: 'The finding, with the versions of the law data and the policy it was made under.',
});

/** The request and response bodies, for the typed client. */
export interface ConsultationJson {
  ask: { on?: string; holding?: string; items?: string[]; facts: Record<string, unknown> };
  answer: z.infer<typeof answerSchema>;
}

/** `purpose-change` → `PurposeChange` */
const pascal = (id: string): string => id.replace(/(?:^|-)(\w)/g, (_, first: string) => first.toUpperCase());

const bodyOf = (question: Question) =>
  z
    .strictObject({
      on: daySchema.optional().openapi({ description: 'The day the law is asked about; today when left out.' }),
      holding: z.string().optional().openapi({
        format: 'uuid',
        description: 'A holding of the ledger. Facts that the holding gives are then filled in.',
      }),
      items: z.array(z.string().max(60)).max(64).optional().openapi({ description: 'Codes of items of that holding.' }),
      get facts() {
        return question.asked.openapi(`${pascal(question.id)}Facts`);
      },
    })
    .openapi(`${pascal(question.id)}Question`);

const routeOf = (question: Question) =>
  createRoute({
    method: 'post',
    path: `/api/v1/ask/${question.id}`,
    operationId: `ask.${question.id}`,
    summary: question.title.en,
    description: `${question.when.en}. What is not known is left out: the finding then says which facts are missing. Facts that contradict each other are refused, never decided.`,
    request: jsonBody(bodyOf(question)),
    responses: {
      200: jsonAnswer(answerSchema, 'The finding'),
      422: problemAnswer('Bad input: each field is named'),
      ...guarded,
    },
  }) satisfies RouteConfig;

interface Body {
  on?: Day;
  holding?: string;
  items?: readonly string[];
  facts: Facts;
}

/** Problems of the members around the facts. */
function problemsOf({ holding, items = [] }: Body, stands: Standing): FieldProblem[] {
  const known = holding === undefined ? undefined : stands.holdings.get(holding);
  if (holding !== undefined && !known) return [{ field: 'holding', says: says.holding }];
  return items.filter((code) => !known?.items.has(code)).map((code) => unknownItem(code, 'items'));
}

const findingBody = (finding: Finding<string>): z.infer<typeof findingSchema> => ({ ...finding });

async function answerTo(office: Office, c: ApiContext, question: Question, body: Body): Promise<Response> {
  const stands = await standing(office);
  const wrong = fieldOutcome(problemsOf(body, stands));
  if (wrong) return answerProblem(c, wrong.problem);
  const holding: KnownHolding | null = body.holding === undefined ? null : stands.holdings.get(body.holding)!;
  const asked = await answer(office, stands, {
    question,
    stated: body.facts,
    holding,
    items: body.items ?? [],
    on: body.on ?? office.clock.today(),
  });
  if ('problems' in asked) {
    const stated = fieldOutcome(asked.problems.map((p) => ({ ...p, field: `facts.${p.field}` })))!;
    return answerProblem(c, stated.problem);
  }
  return c.json({ finding: findingBody(asked.finding), law: LAW_VERSION, policy: stands.policy }, 200);
}

const askApi = (office: Office): Route[] =>
  questions.map((question) =>
    api(
      'checkpoint:ask',
      routeOf(question),
      (c) => answerTo(office, c, question, c.req.valid('json') as unknown as Body) as never,
    ),
  );

/** Every route of the consultations: JSON and pages. */
export const consultationRoutes = (room: Room): Route[] => [
  ...consultationPages(room),
  ...judgementPages(room),
  ...coveragePages,
  ...askPages(room),
  ...askApi(room.office),
];
