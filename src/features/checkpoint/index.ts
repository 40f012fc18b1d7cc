// The door of the checkpoint: every handling of personal information passes here.

export {
  attemptTaken,
  digestOfAttempt,
  keyConflict,
  keyOfAttempt,
  keyOfCall,
  keyProblem,
  keyWaitingCalls,
  type Idempotency,
} from './actions/calls.ts';
export {
  amendTogether,
  correct,
  emailTaken,
  eraseAll,
  holdShared,
  identityUntil,
  leavingIdentity,
  SharedByOthers,
  sharedCode,
  Undone,
  type CorrectAsk,
} from './actions/change.ts';
export { decide, entryOf, personChanging, refuse, untilItRests, type Decision, type Scope } from './actions/decide.ts';
export { find, held, heldAsTold, MOST_MATCHES, othersFor, peopleIn, recordIn, recordsHeld } from './actions/find.ts';
export { asTold, holdingsProblem, isTold, purposesTold, tokenProblem, toldOf } from './actions/reach.ts';
export {
  forgetStanding,
  openCheckpoint,
  recordsKeptOf,
  standing,
  type RecordsKept,
  type UseRegister,
} from './actions/standing.ts';
export { addressee, notHeld, use, useMany, type Used } from './actions/use.ts';
export {
  asJudged,
  type Awaited,
  awaitedIn,
  informationOf,
  isLetBeyond,
  isUseToo,
  judgedHere,
  keptOut,
  type KeptOut,
  limitedUse,
  objectedUse,
  personUse,
  type PersonUse,
  stoppedProvision,
  stoppedUse,
  unjudged,
  useWithinLimits,
  withinLimits,
} from './facts/limits.ts';
export {
  type Basis,
  basisOf,
  basisSchema,
  says,
  sharesEmailWithSchema,
  sharingProblems,
  type SharingSaid,
  type UseAsk,
  useProblems,
} from './facts/ask.ts';
export { type CorrectionGround, correctionGrounds, type ErasureGround, erasureGrounds } from './facts/grounds.ts';
export {
  type KnownHolding,
  type NumberPromises,
  type PurposeChange,
  purposesFor,
  servedBy,
  type Standing,
  type StandingFacts,
  type StandingHolding,
  type StandingPolicy,
  type SupervisionPromises,
  type Suspended,
} from './facts/standing.ts';
export { checkpointProvers, hourUnknown, isExcepted, readings } from './promises.ts';
export { checkpointApi, type CheckpointJson } from './routes.ts';
export type { EntryClass } from './store.ts';
export { giverHint, giverWords, identityRows, itemName, itemNames, madeUnder, modeWords, partyWords } from './words.ts';
