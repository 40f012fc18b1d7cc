// The door of the search: things of the registers by what they are called, and where people are searched instead.

export { isCalled, MOST_SHOWN, type Catalogue, type Thing } from './facts.ts';
export { searchPages } from './pages.tsx';
