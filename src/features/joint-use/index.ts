// The door of the joint uses.

export { changeJointUse, jointUseFacts, listJointUses, publishNotice, registerJointUse } from './actions.ts';
export { noticeOn, standingOn } from './facts/standing.ts';
export type { JointUse } from './facts/joint-use.ts';
export { jointUseAsRead } from './store.ts';
export { jointUseCatalogue, words as jointUsesWords } from './pages/list.tsx';
export { jointUseRoutes, type JointUseJson } from './routes.ts';
export { jointUseProvers } from './promises.ts';
export { changeWords, informationWords } from './words.ts';
export { words as jointUseWords } from './pages/joint-use.tsx';
