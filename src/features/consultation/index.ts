// The door of the consultations: asking the checkpoint, and the questions as other features and pages need them.

export { consult, consultationsWaiting, decideJudged, judge } from './actions.ts';
export { consultationProvers } from './promises.ts';
export { consultationRoutes, type ConsultationJson } from './routes.ts';
export {
  items,
  MOST_PROSE,
  prose,
  purposeId,
  question,
  statedFacts,
  without,
  type Facts,
  type Leaf,
  type Question,
} from './facts.ts';
export { questionOf, questions } from './questions/index.ts';
export { carried, exception, secrecy, secrecyJudgement, useItems } from './questions/parts.ts';
export { provide as provideQuestion } from './questions/provide.ts';
export { use as useQuestion } from './questions/use.ts';
export { FactValue, factTexts, storedText } from './pages/fields.tsx';
export { questionCatalogue } from './pages/ask.tsx';
export { consultationCatalogue } from './pages/consultations.tsx';
export { actPage, attemptIn, type ActProps } from './pages/act.tsx';
export { AskView, askWith, type Round } from './pages/view.tsx';
export { decideFile, findingLines } from './letters/plain.ts';
export { words as consultationWords } from './words.ts';
