// The table of outcomes in full: every request and every outcome, with its notice, its explanation and whether a fee is possible.

import { expect, test } from 'vitest';
import { outcomes } from '../index.ts';

const suspensions = {
  fee: false,
  notices: {
    granted: ['notify-decision APPI 35(7) decision'],
    partly: ['notify-decision APPI 35(7) decision', 'explain-reasons APPI 36'],
    otherwise: ['notify-decision APPI 35(7) decision', 'explain-reasons APPI 36'],
    refused: ['notify-decision APPI 35(7) decision', 'explain-reasons APPI 36'],
  },
};

/** The expected notice and explanation, written as `article items` and `article`. */
const expected: Record<keyof typeof outcomes, { fee: boolean; notices: Record<string, string[]> }> = {
  'purpose-notice': {
    fee: true,
    notices: {
      granted: ['notify-purpose APPI 32(2) purpose'],
      refused: ['notify-decision APPI 32(3) decision', 'explain-reasons APPI 36'],
    },
  },
  disclosure: {
    fee: true,
    notices: {
      granted: [],
      partly: ['notify-decision APPI 33(3) withheld-part', 'explain-reasons APPI 36'],
      otherwise: ['notify-decision APPI 33(3) method', 'explain-reasons APPI 36'],
      'partly-otherwise': ['notify-decision APPI 33(3) withheld-part,method', 'explain-reasons APPI 36'],
      refused: ['notify-decision APPI 33(3) decision', 'explain-reasons APPI 36'],
      absent: ['notify-decision APPI 33(3) absence', 'explain-reasons APPI 36'],
    },
  },
  'record-disclosure': {
    fee: true,
    notices: {
      granted: [],
      partly: ['notify-decision APPI 33(5) withheld-part', 'explain-reasons APPI 36'],
      otherwise: ['notify-decision APPI 33(5) method', 'explain-reasons APPI 36'],
      'partly-otherwise': ['notify-decision APPI 33(5) withheld-part,method', 'explain-reasons APPI 36'],
      refused: ['notify-decision APPI 33(5) decision', 'explain-reasons APPI 36'],
      absent: ['notify-decision APPI 33(5) absence', 'explain-reasons APPI 36'],
    },
  },
  'foreign-information': {
    fee: false,
    notices: {
      granted: [],
      partly: ['notify-decision APPI-Rules 18(4) decision', 'explain-reasons APPI-Rules 18(5)'],
      refused: ['notify-decision APPI-Rules 18(4) decision', 'explain-reasons APPI-Rules 18(5)'],
    },
  },
  correction: {
    fee: false,
    notices: {
      granted: ['notify-decision APPI 34(3) decision,content'],
      partly: ['notify-decision APPI 34(3) decision,content', 'explain-reasons APPI 36'],
      refused: ['notify-decision APPI 34(3) decision', 'explain-reasons APPI 36'],
    },
  },
  'stop-use': suspensions,
  erasure: suspensions,
  'stop-provision': suspensions,
};

test('結果ごとの通知、理由の説明、手数料', () => {
  const table = Object.entries(outcomes).map(([request, { fee, notices }]) => [
    request,
    {
      fee,
      notices: Object.fromEntries(
        Object.entries(notices).map(([result, duties]) => [
          result,
          duties.map((d) => [d.do, d.law, d.article, d.items?.join(',')].filter(Boolean).join(' ')),
        ]),
      ),
    },
  ]);
  expect(Object.fromEntries(table)).toEqual(expected);
});

test('通知はすべて遅滞なく、日本語と英語で言う', () => {
  for (const { notices } of Object.values(outcomes)) {
    for (const duty of Object.values(notices).flat()) {
      expect(duty.when).toBe('at-once');
      expect(duty.says.ja !== '' && duty.says.en !== '').toBe(true);
    }
  }
});
