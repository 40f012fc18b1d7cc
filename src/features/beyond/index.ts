// The door of the uses beyond the purpose.

export { useBeyond } from './actions.ts';
export { OTHER_PURPOSE } from './facts.ts';
export { beyondCatalogue, PersonUsesBeyond } from './pages/one.tsx';
export { beyondProvers } from './promises.ts';
export { beyondRoutes } from './routes.ts';
export { purposeCode, words as beyondWords } from './words.ts';
