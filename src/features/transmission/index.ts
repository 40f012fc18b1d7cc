// The door of the external transmissions: what the company's web sites make visitors' devices send to others, and what visitors chose.

export { publicRegister, putTag, recordChoice, registerSite } from './actions.ts';
export type { Register, TagInput } from './facts.ts';
export { transmissionCatalogue } from './pages/list.tsx';
export { tagListCatalogue } from './pages/tags.tsx';
export { transmissionProvers } from './promises.ts';
export { transmissionRoutes, type TransmissionJson } from './routes.ts';
export { words as transmissionWords } from './words.ts';
