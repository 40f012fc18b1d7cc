// The door of the date: the moment by which things are over, and the confirmation of the clock after a leap.

export { dayReached, keepTime, leapOf, timeReached } from './actions.ts';
export type { Leap } from './facts.ts';
export { datePages } from './pages.tsx';
export { leapTitle, words as dateWords } from './words.ts';
