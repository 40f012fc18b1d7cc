// The door of the joint uses.

export { changeJointUse, jointUseFacts, listJointUses, publishNotice, registerJointUse } from './actions.ts';
export { noticeOn, standingOn, type JointUse } from './facts.ts';
export { jointUseAsRead } from './store.ts';
export { jointUseCatalogue } from './pages/list.tsx';
export { jointUseRoutes, type JointUseJson } from './routes.ts';
export { jointUseProvers } from './promises.ts';
export { changeWords, informationWords } from './words.ts';
