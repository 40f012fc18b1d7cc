// The door of the provisions.

export { provisionRoutes, type ProvisionJson } from './routes.ts';
export {
  packageWords,
  referenceWords,
  registerWords as recipientChoiceWords,
  relationWords,
  words as provisionWords,
} from './words.ts';
export { provisionCatalogue } from './pages/one.tsx';
export { packageCatalogue } from './pages/packages.tsx';
export { afterwardsProvers, everGiven, provisionProvers } from './promises.ts';
export { openPackagesBy } from './store/packages.ts';
export { namedUntil as providedUntil } from './store/records.ts';
export { listProvisions, type Provided } from './store/provisions.ts';
export { mayProvide } from './actions/decide.ts';
export { provide, type ProvideAsk } from './actions/provide.ts';
export { askAgain, provisionTold } from './actions/read.ts';
export {
  approvePackage,
  cancelPackage,
  draftPackage,
  listPeople,
  packagesStuck,
  packagesToApprove,
  requestPackage,
  screenPackage,
  type PackageAsk,
} from './actions/packages.ts';
export { sealWaitingReferences } from './actions/references.ts';
export { packageFile } from './actions/file.ts';
export { admitted, fallsOut, partFacts, type References } from './facts.ts';
export { endPackagesBack, keepProviding, prepareNext } from './actions/prepare.ts';
export { keepTellingOfPackages } from './actions/tell.ts';
