// The door of the vault, where personal information lives. Values come out only for a permit, which only the checkpoint mints.

export {
  admitAll,
  amend,
  clearKeys,
  creating,
  EmailTaken,
  emailHolders,
  erase,
  fingerprint,
  heldAbout,
  heldAlike,
  knowing,
  heldIn,
  listHeld,
  open,
  opening,
  openVault,
  peopleByHolding,
  peopleByItem,
  personKeys,
  purposesHeld,
  seal,
  search,
  uncleared,
  type Uncleared,
  type Amended,
  type Asked,
  type Barrier,
  type Amendment,
  type Creation,
  type Erasure,
  type Found,
  type Held,
  type HeldAlike,
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
  masked,
  MAX_CHARACTERS,
  MAX_ITEMS,
  standardItems,
  unknownItem,
  valueProblem,
  type IndexKind,
  type Item,
} from './items.ts';
export { openBeside, sealBeside, sealWaiting } from './beside.ts';
export { KeyMismatch, type KeyKeeper } from './keys.ts';
export { openPart, packageKey, sealPart, type PackageKey, type PartPlace } from './package.ts';
export type { HeldFor } from './purposes.ts';
export { endLink, link, linksAbout, MOST_SAME, othersOf, sameAs, type Link } from './same.ts';
export { SealBroken } from './seal.ts';
export { PermitBreach, type Act, type Permit, type PermitScope } from './permit.ts';
