// The door of the recipients and of the countries they are in.

export { assureRecipient, checkRecipient } from './actions/assurance.ts';
export { changeRecipient, registerRecipient, stopRecipient } from './actions/recipient.ts';
export {
  commissionPage,
  countryReportOn,
  dossierOf,
  listRecipients,
  readRegister,
  recipientFacts,
  recipientNames,
  recipientOf,
  recipientsOf,
  registerDues,
  unconfirmedRecords,
} from './actions/read.ts';
export { reportCountry } from './actions/country.ts';
export type { Line, Unconfirmed } from './actions/read.ts';
export type { AssuranceInput, CountryReport, Recipient, RecipientFacts, RecipientInput } from './facts/register.ts';
export { countryCatalogue } from './pages/countries.tsx';
export { recipientCatalogue } from './pages/list.tsx';
export { assuranceCatalogue, checkCatalogue } from './pages/registers.tsx';
export { recipientRoutes, type RecipientJson } from './routes.ts';
export {
  byLaw,
  elsewhere,
  failedBefore,
  holdAsRead,
  type LawOfRecipients,
  notInJapan,
  provedException,
  provedSystem,
  publicBody,
  recipientAsRead,
} from './store.ts';
export { AddedRecipients, OfferedRecipients, searchLabels } from './pages/offer.tsx';
export { measuresAnswer } from './letters/measures.ts';
export { assuranceWords, itemWords as measureItemWords, measureWords, words as recipientWords } from './words.ts';
export {
  checkedAfterwards,
  contractorsSupervised,
  measuresTakenAfterwards,
  recipientProvers,
  systemUnderstoodAfterwards,
} from './promises.ts';
