// The receipt on paper.

import { expect, test } from 'vitest';
import { linesOn } from '../../../../tests/lines.ts';
import { makePdf } from '../../../platform/pdf.ts';
import { receiptTemplate, type ReceiptLetter } from './receipt.ts';

test.each([
  ['ja', '〒104-0000'],
  ['ja', '33条2項3号'],
  ['en', 'APPI 33(2)(iii)'],
] as const)('a receipt in %s has %s on one line wherever it stands', async (lang, cited) => {
  const grounds = Array.from({ length: 40 }, (_, n) => ({
    article: 'A',
    says: `${(lang === 'ja' ? 'あ' : 'a ').repeat(20 + n)}（${cited}）。`,
  }));
  const letter: ReceiptLetter = {
    title: 'T',
    sender: ['S'],
    addressee: 'N',
    issued: 'D',
    lead: 'L',
    facts: [],
    groundsTitle: 'G',
    grounds,
    proofTitle: 'P',
    proof: [],
    marks: [],
    closing: 'C',
    attachment: 'proof',
    seal: 'seal',
  };
  const lines = await linesOn(makePdf({ template: receiptTemplate, data: letter, lang }));
  expect(lines.filter(({ text }) => text.includes(`${cited}）`))).toHaveLength(40);
});
