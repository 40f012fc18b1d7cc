// The door of the desk.

export { eraseNextPapers, keepErasingPapers, shownOf, type Shown } from './actions/answer.ts';
export { stoppedUses } from './actions/carry-out.ts';
export { caseOf, cases, type Case, type Desk, type Source } from './actions/cases.ts';
export { loadTexts } from './actions/letters.ts';
export { registerRequest, type RegisterAsk } from './actions/receive.ts';
export { deskPages } from './pages/desk.tsx';
export { deskProvers } from './promises.ts';
export { deskRoutes, type DeskJson } from './routes.ts';
