// The door of the external transmissions.

export { transmissionRoutes } from './routes.ts';
export { transmissionProvers } from './promises.ts';
