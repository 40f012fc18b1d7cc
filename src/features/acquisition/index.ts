// The door of acquisition: how personal information comes in.

export {
  acquire,
  acquisition,
  acquisitionsOf,
  asStated,
  keepExpiring as keepExpiringAcquisitions,
  sealWaitingProviders,
  type AcquireRequest,
} from './actions.ts';
export { type AcquireAsk } from './facts.ts';
export type { AcquisitionRecord, StoredRecord } from './tables.ts';
export { namedUntil as acquiredUntil } from './store.ts';
export { sourceWords, words as acquisitionWords } from './words.ts';
export { acquisitionProvers } from './promises.ts';
export { acquisitionApi, type AcquisitionJson } from './routes.ts';
export { ItemField, itemField, itemFieldLabel, typedItem } from './pages/items.tsx';
export { havingOf, namedIn, SharingField, sharingLabel, shownIn, type Having } from './pages/sharing.tsx';
export { acquisitionCatalogue, acquisitionPages } from './pages/list.tsx';
