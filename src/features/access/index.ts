// The door of access: who may enter and what they may do.

export {
  addFictionalStaff,
  createGate,
  createSetupLink,
  createSystem,
  createToken,
  listStaff,
  listSystems,
  loadAccessPolicies,
  openAccess,
  type Access,
  type AccessGate,
  type By,
} from './actions.ts';
export type { AccessPolicies, Authority } from './facts.ts';
export { accessRoutes } from './routes.ts';
export { actionWords, roleNames, roleWords } from './words.ts';
