// The door of the personally related information.

export { relatedRoutes } from './routes.ts';
export { relatedProvers } from './promises.ts';
