// The result of each outcome of the law, and the documents that tell it.

import { describe, expect, test } from 'vitest';
import { day } from '../../../base/day.ts';
import {
  decideCorrection,
  decideDisclosure,
  decidePurposeNotice,
  decideSuspension,
  noticesOf,
  outcomes,
  type RightsRequest,
} from '../../../law/index.ts';
import { kinds, type Kind } from './kind.ts';
import { documentsFor, explains, isRefusal, resultOf, resultsOf, type Result } from './result.ts';

describe('結果と知らせ方', () => {
  test.each<[Kind, Result, readonly string[], boolean, boolean]>([
    ['purpose-notice', 'granted', ['purposes'], false, false],
    ['purpose-notice', 'refused', ['decision'], true, true],
    ['disclosure', 'granted', ['data'], false, false],
    ['disclosure', 'partly', ['data', 'decision'], true, true],
    ['disclosure', 'otherwise', ['data', 'decision'], true, true],
    ['disclosure', 'partly-otherwise', ['data', 'decision'], true, true],
    ['disclosure', 'refused', ['decision'], true, true],
    ['disclosure', 'absent', ['decision'], true, true],
    ['record-disclosure', 'granted', ['records'], false, false],
    ['record-disclosure', 'partly', ['records', 'decision'], true, true],
    ['record-disclosure', 'absent', ['decision'], true, true],
    ['foreign-information', 'granted', ['measures'], false, false],
    ['foreign-information', 'partly', ['measures', 'decision'], true, true],
    ['foreign-information', 'refused', ['decision'], true, true],
    ['correction', 'granted', ['decision'], false, false],
    ['correction', 'partly', ['decision'], true, true],
    ['correction', 'refused', ['decision'], true, true],
    ['stop-use', 'granted', ['decision'], false, false],
    ['stop-use', 'otherwise', ['decision'], true, true],
    ['erasure', 'granted', ['decision'], false, false],
    ['erasure', 'refused', ['decision'], true, true],
    ['stop-provision', 'granted', ['decision'], false, false],
    ['stop-provision', 'partly', ['decision'], true, true],
    ['consultation', 'answered', ['answer'], false, false],
    ['consultation', 'handled', [], false, false],
  ])('%s %s は %j で知らせる', (kind, result, documents, reasons, refusal) => {
    expect(documentsFor(kind, result)).toEqual(documents);
    expect(explains(kind, result)).toBe(reasons);
    expect(isRefusal(result)).toBe(refusal);
  });

  test('どの種類のどの結果にも、知らせる書類がある', () => {
    for (const kind of kinds) {
      for (const result of resultsOf(kind)) expect(documentsFor(kind, result), `${kind} ${result}`).not.toEqual([]);
    }
    expect(kinds.flatMap((kind) => resultsOf(kind))).toHaveLength(
      1 + Object.values(outcomes).reduce((n, { notices }) => n + Object.keys(notices).length, 0),
    );
  });

  const on = day('2026-12-10');
  const data = {
    what: 'data',
    information: 'personal',
    exists: true,
    existenceHarms: false,
    otherLaw: false,
    harms: 'none',
    impedes: 'none',
    violates: 'none',
    method: 'electronic',
    methodDifficult: false,
    fee: null,
  } as const;
  const wrong = {
    information: 'personal',
    raisedBy: 'principal',
    retained: true,
    content: 'fact',
    inquiry: 'untrue',
    purposeNeeds: true,
    otherProcedure: false,
    fee: null,
  } as const;
  const stop = {
    information: 'personal',
    asks: 'erasure',
    reason: 'no-longer-needed',
    found: 'all',
    keeping: null,
    fee: null,
  } as const;
  const keeping = { legalBasis: '法人税法', until: day('2030-03-31'), part: false };
  const told = {
    information: 'personal',
    retained: true,
    clear: false,
    noticeException: undefined,
    fee: null,
  } as const;

  test.each<[RightsRequest, Result | null, () => ReturnType<typeof decideDisclosure>]>([
    ['disclosure', 'granted', () => decideDisclosure(data, on)],
    ['disclosure', 'partly', () => decideDisclosure({ ...data, harms: 'part' }, on)],
    ['disclosure', 'otherwise', () => decideDisclosure({ ...data, methodDifficult: true }, on)],
    ['disclosure', 'partly-otherwise', () => decideDisclosure({ ...data, harms: 'part', methodDifficult: true }, on)],
    ['disclosure', 'refused', () => decideDisclosure({ ...data, violates: 'all' }, on)],
    ['disclosure', 'absent', () => decideDisclosure({ ...data, exists: false }, on)],
    ['disclosure', null, () => decideDisclosure({ what: 'data', information: 'personal' }, on)],
    ['record-disclosure', 'absent', () => decideDisclosure({ ...data, what: 'records', exists: false }, on)],
    ['foreign-information', 'granted', () => decideDisclosure({ ...data, what: 'foreign-measures' }, on)],
    [
      'foreign-information',
      'partly',
      () => decideDisclosure({ ...data, what: 'foreign-measures', impedes: 'part' }, on),
    ],
    [
      'foreign-information',
      'refused',
      () => decideDisclosure({ ...data, what: 'foreign-measures', impedes: 'all' }, on),
    ],
    ['correction', 'granted', () => decideCorrection(wrong, on)],
    ['correction', 'partly', () => decideCorrection({ ...wrong, inquiry: 'partly-untrue' }, on)],
    ['correction', 'refused', () => decideCorrection({ ...wrong, inquiry: 'true' }, on)],
    ['erasure', 'granted', () => decideSuspension(stop, on)],
    ['erasure', 'partly', () => decideSuspension({ ...stop, found: 'part' }, on)],
    ['erasure', 'otherwise', () => decideSuspension({ ...stop, keeping }, on)],
    ['erasure', 'otherwise', () => decideSuspension({ ...stop, substitute: { difficult: true, protects: true } }, on)],
    ['erasure', 'refused', () => decideSuspension({ ...stop, found: 'none' }, on)],
    ['stop-use', 'granted', () => decideSuspension({ ...stop, asks: 'stop-use' }, on)],
    ['purpose-notice', 'granted', () => decidePurposeNotice(told, on)],
    ['purpose-notice', 'refused', () => decidePurposeNotice({ ...told, clear: true }, on)],
  ])('%s：法律の答えから %s', (kind, result, decided) => {
    const finding = decided();
    expect(resultOf(kind, finding)).toBe(result);
    // The duties to tell in the finding are those of the table for this result.
    if (result === null || finding.answer === 'unknown') return;
    for (const duty of noticesOf(kind, result as never)) expect(finding.duties).toContainEqual(duty);
  });
});
