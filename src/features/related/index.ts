// The door of the personally related information.

export { link } from './actions/links.ts';
export { collectionsById, registerCollection } from './actions/collections.ts';
export { sealWaitingDocuments } from './actions/documents.ts';
export { keepExpiring as keepExpiringRelated } from './actions/expire.ts';
export { provide as provideRelated } from './actions/provisions.ts';
export { receipts as relatedReceipts, receive as receiveRelated } from './actions/receipts.ts';
export { relatedCatalogues } from './pages/list.tsx';
export { relatedRoutes, type RelatedJson } from './routes.ts';

export { relatedProvers } from './promises.ts';
export { consentByWords, layerWords, words as relatedWords } from './words.ts';
export { namedUntil as receivedUntil, unlinkAgain, type Received as RelatedReceived } from './store.ts';
