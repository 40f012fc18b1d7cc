// The public interface of the audit: the log for people and machines, and the promise that it is whole.

export { isToReview } from './actions/log.ts';
export { keepTellingOfReaders } from './actions/readers.ts';
export { auditProvers } from './promises.ts';
export { entryCatalogue } from './pages/entry.tsx';
export { title as readersTitle, waitingReaders, words as readerWords, type ReaderToReview } from './pages/readers.tsx';
export { recentAnswers } from './pages/recent.tsx';
export { auditRoutes, type AuditJson } from './routes.ts';
export { words as logWords } from './pages/log.tsx';
export { words as verifyWords } from './pages/verify.tsx';
