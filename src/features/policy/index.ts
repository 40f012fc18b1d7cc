// The public interface of the policy: the version in force, the states of its promises, and how they are computed.

export { evaluatePromises, keepEvaluating } from './actions/evaluation.ts';
export {
  promiseBoard,
  promiseTrend,
  type PromiseBoard,
  type PromiseStanding,
  type TrendDay,
} from './actions/standings.ts';
export { approve, refinements, type RestingOn } from './actions/approval.ts';
export {
  isExample,
  loadFirstPolicy,
  numberToday,
  policyInForce,
  policyVersion,
  policyVersions,
  policyYaml,
  propose,
  versionStanding,
  type VersionHead,
} from './actions/versions.ts';
export { remainsIn } from './actions/company.ts';
export { policyProvers } from './promises.ts';
export {
  feeKinds,
  feeOf,
  isFeeAskedAfter,
  identityPapers,
  papersSuffice,
  policyFiles,
  readPolicy,
  waysToPay,
  withLines,
} from './facts.ts';
export type { Operator, Payment, Policy, Purpose, RefinedPurpose, RequestKind } from './facts.ts';
export { lintPolicy, type Gap } from './lint.ts';
export { PromisePlaques } from './pages/board.tsx';
export { clauseCatalogue } from './pages/living.tsx';
export { Forms, OtherWay, requestKindNames } from './pages/policy-text.tsx';
export { versionCatalogue, type PolicyPeople } from './pages/versions.tsx';
export { policyRoutes, type PolicyJson } from './routes.ts';
export { draftWords, publicTitle, purposeName, reachSays, waysToDesk } from './words.ts';
