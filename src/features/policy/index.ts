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
export { feeKinds, identityPapers, policyFiles } from './facts/shape.ts';
export { feeOf, isFeeAskedAfter, papersSuffice, waysToPay } from './facts/desk.ts';
export { readPolicy, withLines } from './facts/read.ts';
export type { Operator, Payment, Policy, Purpose, RequestKind } from './facts/shape.ts';
export type { RefinedPurpose } from './facts/change.ts';
export { lintPolicy, type Gap } from './lint.ts';
export { PromisePlaques } from './pages/board.tsx';
export { clauseCatalogue } from './pages/living.tsx';
export { Forms, OtherWay, requestKindNames } from './pages/policy-text.tsx';
export { versionCatalogue } from './pages/versions.tsx';
export type { PolicyPeople } from './pages/version.tsx';
export { policyRoutes, type PolicyJson } from './routes.ts';
export { draftWords, publicTitle, purposeName, reachSays, waysToDesk } from './words.ts';
