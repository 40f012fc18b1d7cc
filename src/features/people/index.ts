// The door of people: the pages about one person.

export { peopleProvers } from './promises.ts';
export { peopleRoutes, type PeopleJson } from './routes.ts';
export {
  eraseThoseBack,
  keepClearing,
  keepDroppingIdentities,
  linkAsLogged,
  linkPeople,
  takeOutThoseBack,
  unlinkPeople,
} from './actions.ts';
export { itemWord, linkWayWords, reachedText } from './words.ts';
