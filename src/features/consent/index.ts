// The door of the consents, withdrawals and objections.

export { consentsOf, consentStanding } from './actions/consents.ts';
export { standingConsents } from './store.ts';
export type { ConsentAsk, ConsentScope, ConsentStanding, History as ConsentHistory } from './facts.ts';
export { consentRoutes, type ConsentJson } from './routes.ts';
export { consentProvers } from './promises.ts';
