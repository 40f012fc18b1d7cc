// The public interface of HTTP: how features declare routes, and how answers and problems are sent.

export {
  api,
  formTexts,
  page,
  placeOf,
  plain,
  type ApiContext,
  type Env,
  type Form,
  type Frame,
  type Kept,
  type Route,
  type Texts,
} from './route.ts';
export { AGAIN, problemBody, problemStatus, type ProblemBody } from './problem.ts';
export { fieldProblems, readInput, type InputRead } from './fields.ts';
export {
  answerProblem,
  apiResponse,
  guarded,
  guardedByLaw,
  jsonAnswer,
  jsonBody,
  problemAnswer,
  type FieldNames,
} from './answers.ts';
export {
  attemptSchema,
  bilingualSchema,
  dayOrNullSchema,
  daySchema,
  exact,
  inLines,
  longText,
  numberParameter,
  queryOfPeriod,
  reversedPeriod,
  shortText,
  unreadableSchema,
} from './schema.ts';
export { unconnected } from './csp.ts';
export { assetRoutes } from './assets.ts';
export { inParts } from './parts.ts';
export { published } from './published.ts';
export { openApiDocument } from './openapi.ts';
export { JSON_TYPE, mediaType } from './api.ts';
export { mountRoutes, type MountOptions } from './mount.ts';
export { listener } from './direct.ts';
export { httpServer } from './unparsed.ts';
export type { Gate, Identity } from './gate.ts';
export { z, createRoute } from '@hono/zod-openapi';
