// The door of the provisions.

export { provisionRoutes, type ProvisionJson } from './routes.ts';
export { relationWords } from './words.ts';
export { provisionProvers } from './promises.ts';
export { listProvisions, type Provided } from './store.ts';
export { provide, provisionOf, type ProvideAsk } from './actions.ts';
