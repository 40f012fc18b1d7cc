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
export { find, held, heldFor, MOST_MATCHES, othersFor, peopleIn } from './actions/find.ts';
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
  awaitedIn,
  basisOf,
  basisSchema,
  correctionGrounds,
  erasureGrounds,
  informationOf,
  isLetBeyond,
  judgedHere,
  limitedUse,
  keptOut,
  personUse,
  purposesFor,
  says,
  servedBy,
  sharesEmailWithSchema,
  sharingProblems,
  stoppedProvision,
  stoppedUse,
  unjudged,
  useProblems,
  useWithinLimits,
  withinLimits,
  type Awaited,
  type Basis,
  type CorrectionGround,
  type ErasureGround,
  type KeptOut,
  type KnownHolding,
  type Standing,
  type StandingFacts,
  type StandingHolding,
  type StandingPolicy,
  type NumberPromises,
  type PersonUse,
  type PurposeChange,
  type SharingSaid,
  type Suspended,
  type SupervisionPromises,
  type UseAsk,
} from './facts.ts';
export { checkpointProvers, isExcepted, readings } from './promises.ts';
export { checkpointApi, type CheckpointJson } from './routes.ts';
export type { EntryClass } from './store.ts';
export { giverHint, giverWords, identityRows, itemName, itemNames, madeUnder, modeWords, partyWords } from './words.ts';
