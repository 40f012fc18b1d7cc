// The public interface of home.

export { lawEnd } from './facts.ts';
export { homeRoutes } from './pages.tsx';
export { words as homeWords } from './words.ts';
