// The door of the law: one function per question. Everything behind it is pure; the day is always passed in.

export type * from './facts.ts';
export { partyKinds } from './facts.ts';
export { decidePurpose, decidePurposeChange } from './appi/17-purpose.ts';
export { decideUse } from './appi/18-use.ts';
export { decideAcquisition } from './appi/20-acquisition.ts';
export { decideProvision } from './appi/27-third-party.ts';
export { decideJointUseChange } from './appi/27-joint-use.ts';
export { foreignStatus, type ForeignStatus, type Standing } from './appi/28-foreign.ts';
export { decideReceipt } from './appi/30-receipt.ts';
export type { Contradiction } from './contradiction.ts';
export { coverage, type Coverage } from './coverage.ts';
export { judged, type Judgement, type Judgements } from './judgement.ts';
export { outline, type Outline } from './outline.ts';
export { inForce, LAW_VERSION, type Parameter } from './parameters.ts';
export * as parameters from './parameters.ts';
