// The door of the personally related information.

export { links, principalOf, type FoundPrincipal, type Identifier } from './actions/links.ts';
export { registerCollection } from './actions/collections.ts';
export { relatedRoutes, type RelatedJson } from './routes.ts';
export { relatedProvers } from './promises.ts';
