// The door of the recipients and of the countries they are in.

export { recipientRoutes } from './routes.ts';
export { recipientProvers } from './promises.ts';
