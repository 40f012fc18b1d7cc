// The door of the date: by which time what is over is destroyed, and who says that the clock is right after a leap.

export { keepTime, leapOf, timeReached } from './actions.ts';
export type { Leap } from './facts.ts';
export { datePages } from './pages.tsx';
export { leapTitle, words as dateWords } from './words.ts';
