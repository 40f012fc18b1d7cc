// The door of the vault, where personal information lives. Values come out only for a permit, which only the checkpoint mints.

export {
  admitAll,
  amend,
  clearKeys,
  creating,
  EmailTaken,
  emailHolders,
  erase,
  eraseAgain,
  fingerprint,
  heldAbout,
  heldAlike,
  itemsAsRead,
  itemsHeld,
  knowing,
  heldIn,
  holdPersons,
  holdSharing,
  listHeld,
  open,
  opening,
  openVault,
  peopleByHolding,
  peopleByItem,
  openingKeys,
  personKeys,
  seal,
  search,
  takeOutAgain,
  uncleared,
  type Amended,
  type Asked,
  type Barrier,
  type Erasure,
  type Found,
  type Held,
  type HeldAlike,
  type ItemsHeld,
  type Match,
  type PersonKey,
  type SealedPerson,
  type SearchTerm,
  type Values,
  type Vault,
} from './vault.ts';
export {
  indexKinds,
  itemOf,
  itemProblem,
  itemProblems,
  MAX_CHARACTERS,
  MAX_ITEMS,
  standardItems,
  tellingItems,
  unknownItem,
  valueProblem,
  type IndexKind,
} from './items.ts';
export { openBeside, sealBeside, sealWaiting, unreadWords, type Unread } from './beside.ts';
export { admitKey, prepareKey } from './key-files.ts';
export { adoptKeys, keyVersions, rewrap, type KeyVersion, type Rest } from './rotation.ts';
export { openPart, packageKey, sealPart, type PackageKey } from './package.ts';
export { endLink, link, linksAbout, MOST_SAME, othersOf, sameAs, type Link } from './same.ts';
export { SealBroken } from './seal.ts';
export { type Act, type Permit, type PermitScope } from './permit.ts';
