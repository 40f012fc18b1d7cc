// The public interface of the ledger: what the company holds, and whether that is in order.

export { changeHolding, holding, holdings, holdingsById, holdingsOf, registerHolding } from './actions.ts';
export { INDIRECT, retentionText, type Holding, type HoldingInput } from './facts.ts';
export { areMany, ChooseHolding } from './pages/choose.tsx';
export { ledgerCatalogue, words as ledgerWords } from './pages/table.tsx';
export { ledgerProvers } from './promises.ts';
export { ledgerRoutes, type LedgerJson } from './routes.ts';
export { admitting, changesOutdated, changesSpeakingOf, hasHoldings, isInUse } from './store.ts';
export { words as holdingWords } from './pages/holding.tsx';
export { words as purposeChangeWords } from './pages/purpose.tsx';
export { changeWords as purposeWords, presses as holdingPresses } from './words.ts';
