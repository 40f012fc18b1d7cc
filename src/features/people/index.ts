// The door of people: the pages about one person.

export { peopleProvers } from './promises.ts';
export { peopleRoutes, type PeopleJson } from './routes.ts';
export {
  eraseThoseBack,
  keepClearing,
  keepDroppingIdentities,
  linkAsLogged,
  takeOutThoseBack,
} from './actions/clear.ts';
export { linkPeople, unlinkPeople } from './actions/link.ts';
export { words as changeWords } from './pages/change.tsx';
export { words as historyWords } from './pages/history.tsx';
export { words as personWords } from './pages/person.tsx';
export { words as receiptWords } from './pages/receipt.tsx';
export { words as sameWords } from './pages/same.tsx';
export { words as peopleWords } from './pages/search.tsx';
export { itemWord, linkWayWords, type Place, placeWord, reachedText } from './words.ts';
