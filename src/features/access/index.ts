// The public interface of access: who may enter and what they may do.

export {
  asActor,
  byOf,
  entryBy,
  loadAccessPolicies,
  openAccess,
  type Access,
  type By,
  type Room,
} from './actions/access.ts';
export { countAttempt, takeBack, waitProblem } from './actions/attempts.ts';
export { endingTokens, keepTellingOfTokens, tellOfEndingTokens, type EndingToken } from './actions/endings.ts';
export { recordExport } from './actions/exports.ts';
export { dropCodesBack, letInAsLogged } from './actions/as-logged.ts';
export { createGate, type AccessGate } from './actions/gate.ts';
export { createOfficerLink, createSetupLink, officerLinks } from './actions/links.ts';
export { mailStaff, type StaffLetter } from './actions/mail.ts';
export { followPolicies, keepPolicies, policyVersions, type PolicyVersion } from './actions/policies.ts';
export {
  addFictionalStaff,
  holdsRight,
  listStaff,
  namesInCharge,
  staffInPost,
  staffNames,
  staffWhoMay,
  worksAlone,
  type Named,
} from './actions/staff.ts';
export {
  actorNames,
  createSystem,
  createToken,
  listSystems,
  madeToken,
  narrowTokens,
  revokeToken,
  systemNames,
  withTokens,
} from './actions/systems.ts';
export { Authority, ruleWord, versionPlace } from './pages/authority.tsx';
export { exportPage, fileOf, fileOfNewest, inBatches, type ListFile } from './pages/exports.tsx';
export { callerAddress } from './pages/sign-in.tsx';
export { systemCatalogue } from './pages/systems.tsx';
export { accessProvers } from './promises.ts';
export { accessRoutes } from './routes.ts';
export { linkGrounds, type Charge, type LinkGround, type OfficerLink, type StaffMember } from './tables.ts';
export {
  accountWords,
  actionWords,
  actorName,
  authorityWords,
  leftWords,
  linkGroundWords,
  personWords,
  roleNames,
  roleWords,
  staffWords,
  systemWords,
} from './words.ts';
