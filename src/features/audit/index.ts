// The door of the audit: the log as people and machines read it, and the promise that it is whole.

export { isToReview } from './actions.ts';
export { auditProvers } from './promises.ts';
export { entryCatalogue } from './pages/entry.tsx';
export { recentAnswers } from './pages/recent.tsx';
export { auditRoutes, type AuditJson } from './routes.ts';
