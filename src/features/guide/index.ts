// The door of the guide: the tasks of each role, step by step.

export { guidePages } from './pages.tsx';
export { words as guideWords } from './words.ts';
