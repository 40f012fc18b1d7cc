// The door of the recipients and of the countries they are in.

export { commissionPage, countryReportOn, listRecipients, recipientFacts, recipientOf } from './actions.ts';
export { countryCodes, countryName, isEquivalent, recheckBy } from './facts.ts';
export type {
  Assurance,
  CommissionPage,
  CountryReport,
  Recipient,
  RecipientFacts,
  RecipientRelation,
} from './facts.ts';
export { recipientRoutes, type RecipientJson } from './routes.ts';
export { recipientProvers } from './promises.ts';
