// The public interface of the log. An event is appended here, in the transaction or statement in which it happens; nothing else may write entries.

export { decisionIn, decisionOf, entryText, itemsIn, logEntry, type LogEntry, type Subjects } from './entry.ts';
export {
  append,
  appending,
  BEGINNING,
  entriesAfter,
  entriesNoted,
  entriesOf,
  entriesWithin,
  lastCheckpoint,
  leavesBetween,
  awaitReview,
  listEntries,
  placeOf,
  positionsOf,
  READER_MARKED,
  READER_REVIEWED,
  RESTORED,
  earlierReadings,
  readingsOf,
  statedUntil,
  waitingSince,
  type EntryQuery,
  type NotedAction,
  type Place,
  type Positioned,
  type EarlierReadings,
  type Reading,
  type ReadingQuery,
  type ListedEntry,
  type StoredCheckpoint,
} from './store.ts';
export { contentHash, otherwiseIn, unlike, type Said } from './register.ts';
export { Disagreement, integrate } from './integrate.ts';
export { lastCheck, startLog, verifyAndRecord } from './start.ts';
export { saysOf, verify, type LogCheck } from './verify.ts';
export { checkpointText, consistency, consistencyOf, inclusion, readEntries, readTile, receiptOf } from './proof.ts';
export { readTilePath } from './tiles.ts';
export { numberAnew } from './moved.ts';
export { checkSigned, forgetSigned, isAnySigned, openSigner, signedBeyond } from './signer.ts';
export { ERASURE, erasureCertificate, proofFile, type ErasureCertificate, type Receipt } from './receipt.ts';
export { exportLog } from './export.ts';
export { apart, entriesLost, heldAgainst, lossesOf, recordsLost, restoredAt, REVIEWED, type Loss } from './lost.ts';
export { goOnWithout, restoreLog, type Restored } from './restore.ts';
export { sealPlaceholder } from './seal.ts';
export { sealPdf, vkeyOf, type Signer } from './sign.ts';
export { verifyFile } from './file.ts';
export { answerOf, answerWords, exitCodes, kindWords, verificationLines, type Answer } from './verification.ts';
export { canonical, type Json } from './canonical.ts';
