// The door of the desk.

export { close, deliver, notify } from './actions/answer.ts';
export { besideDesk, openAbout } from './actions/beside.ts';
export { carryOut, keptTooLong, standingStops } from './actions/carry-out.ts';
export { caseOf, cases, openCases, openCounted, requestsToDecide, type Case } from './actions/cases.ts';
export { numberOf as requestNumber } from './facts/request.ts';
export { loggedWords, kindWords as requestKindWords, stepWords as deskStepWords } from './words.ts';
export { collect, review, specify } from './actions/collect.ts';
export { decide, type DecideAsk } from './actions/decide.ts';
export { sealWaitingWords } from './actions/event-words.ts';
export { eraseNextPapers, keepErasingPapers } from './actions/erase.ts';
export { endNextParcel, endParcelsBack } from './actions/fetch.ts';
export { acknowledge, assign, identify, receivePapers, refund, sendForms, tellShort } from './actions/receive.ts';
export { type RegisterAsk, registerRequest } from './actions/register.ts';
export { seek } from './actions/seek.ts';
export { requestsLeaked, undeliver } from './actions/undelivered.ts';
export { loadTexts } from './actions/texts.ts';
export { lettersFile, readTexts } from './letters/texts.ts';
export { keepTellingClocks } from './actions/tell.ts';
export { requestCatalogue, words as boardWords } from './pages/board.tsx';
export { words as caseWords } from './pages/case-view.tsx';
export { words as newRequestWords } from './pages/new.tsx';
export { presses as deskPresses } from './pages/step.tsx';
export { words as textFormWords } from './pages/text-form.tsx';
export { letterTextCatalogue, textWords } from './pages/texts.tsx';
export { deskPages } from './pages/desk.tsx';
export { deskProvers, letterProvers } from './promises.ts';
export { deskRoutes, type DeskJson } from './routes/desk.ts';
