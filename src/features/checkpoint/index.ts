// The door of the checkpoint: every handling of personal information passes here.

export {
  addressee,
  amendTogether,
  correct,
  decide,
  emailTaken,
  entryOf,
  eraseAll,
  fieldOutcome,
  find,
  forgetStanding,
  held,
  MOST_MATCHES,
  openCheckpoint,
  refuse,
  standing,
  tokenProblem,
  use,
  useMany,
  type AddressAsk,
  type CorrectAsk,
  type Decision,
  type EraseAsk,
  type FindAsk,
  type Scope,
  type Used,
} from './actions.ts';
export {
  basisOf,
  basisSchema,
  correctionGrounds,
  erasureGrounds,
  informationOf,
  says,
  useProblems,
  type Basis,
  type CorrectionGround,
  type ErasureGround,
  type KnownHolding,
  type Standing,
  type StandingFacts,
  type StandingHolding,
  type StandingPolicy,
  type UseAsk,
} from './facts.ts';
export { checkpointProvers } from './promises.ts';
export { checkpointApi, type CheckpointJson } from './routes.ts';
export { AskView, askPages, askWith, type Asked } from './pages/ask.tsx';
export { itemNames, madeUnder, partyWords } from './words.ts';
