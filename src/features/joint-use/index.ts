// The door of the joint uses.

export { jointUseRoutes } from './routes.ts';
export { jointUseProvers } from './promises.ts';
