// The public interface of the keys of the vault: what each version wraps, and the replacement of a key.

export { keepKeys } from './actions.ts';
export { keyPages } from './pages.tsx';
export { words as keyWords } from './words.ts';
