// The door of the consents, withdrawals and objections.

export { consentsOf, consentStanding, informationOfTexts, recordConsent } from './actions/consents.ts';
export { startText, writeText } from './actions/texts.ts';
export { texts as consentTexts } from './actions/texts.ts';
export { standingConsents } from './store.ts';
export type { ConsentAsk, ConsentScope, ConsentStanding, History as ConsentHistory, TextInput } from './facts.ts';
export { consentRoutes, type ConsentJson } from './routes.ts';
export { consentProvers } from './promises.ts';
