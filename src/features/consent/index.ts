// The door of the consents, withdrawals and objections.

export { consentRoutes } from './routes.ts';
export { consentProvers } from './promises.ts';
