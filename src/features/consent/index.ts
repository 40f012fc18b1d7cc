// The door of the consents, withdrawals and objections.

export {
  type Consented,
  consentOf,
  consentsOf,
  consentStanding,
  informationOfTexts,
  object,
  recordConsent,
  useRegister,
  withdrawConsent,
} from './actions/consents.ts';
export { importConsents, keyWaitingImports } from './actions/imports.ts';
export { sealWaitingRemarks } from './actions/remarks.ts';
export { startText, writeText } from './actions/texts.ts';
export { texts as consentTexts } from './actions/texts.ts';
export { consentedIn } from './store/consents.ts';
export { endAgain as endConsentsAgain, objectionsById } from './store/ends.ts';
export { objectedAt, vagueDays, withdrawnAt, type Unsaid } from './store/said.ts';
export { consentsAsRead, consentsNaming, objectionsTo, standAsRead, standingConsents } from './store/standing.ts';
export { textsById } from './store/texts.ts';
export { objectionScopes } from './facts/consent.ts';
export { standingOn, usesFor } from './facts/standing.ts';
export type { History as ConsentHistory, ConsentStanding, StandingForUse } from './facts/standing.ts';
export type { ObjectionScope } from './facts/consent.ts';
export type { ObjectionRow as Objection } from './tables.ts';
export type { TextInput } from './facts/text.ts';
export { objectionCatalogue, PersonObjections } from './pages/objections.tsx';
export { consentCatalogue } from './pages/list.tsx';
export { consentTextCatalogue } from './pages/texts.tsx';
export { consentRoutes, type ConsentJson } from './routes.ts';
export {
  giverColumn,
  kindWords,
  languageWords,
  methodWords,
  paperWords,
  relationWords as representativeWords,
  scopeWords,
  words as consentWords,
} from './words.ts';
export { consentProvers } from './promises.ts';
