// The door of the keys of the vault: which wrap what, and going over to a new one.

export { keepKeys } from './actions.ts';
export { keyPages } from './pages.tsx';
export { words as keyWords } from './words.ts';
