// The public interface of the search: things of the registers by name, and a link to where people are searched.

export { isCalled, MOST_SHOWN, type Catalogue, type Thing } from './facts.ts';
export { searchPages } from './pages.tsx';
