// Check digits of a My Number (Numbering Act Order 6) and of a corporate number (Order 35). They catch typing errors only: about one
// wrong digit in fifty passes. A number is looked at here and never kept, returned or put into a message.

import { corporateNumberCheck, myNumberCheck, type CheckDigit } from '../parameters.ts';

/** Σ Pn × Qn, with P1 the digit on the right; the number of digits is the number of weights. */
function weighted(base: string, { weights }: CheckDigit): number {
  if (base.length !== weights.length || !/^\d+$/.test(base)) throw new RangeError(`${weights.length} digits expected`);
  return weights.reduce((sum, q, n) => sum + q * Number(base.at(-1 - n)), 0);
}

/** The check digit after eleven digits: 11 minus the remainder, and 0 where the remainder is 0 or 1. Throws RangeError on anything else. */
export function myNumberCheckDigit(base: string): number {
  const { value } = myNumberCheck;
  const rest = weighted(base, value) % value.modulus;
  return rest <= 1 ? 0 : value.modulus - rest;
}

/** The check digit in front of twelve digits: 9 minus the remainder, so 1 to 9. Throws RangeError on anything else. */
export function corporateNumberCheckDigit(base: string): number {
  const { value } = corporateNumberCheck;
  return value.modulus - (weighted(base, value) % value.modulus);
}

/** Twelve ASCII digits whose last is right. */
export const isMyNumber = (text: string): boolean =>
  /^\d{12}$/.test(text) && myNumberCheckDigit(text.slice(0, -1)) === Number(text.at(-1));

/** Thirteen ASCII digits whose first is right. */
export const isCorporateNumber = (text: string): boolean =>
  /^\d{13}$/.test(text) && corporateNumberCheckDigit(text.slice(1)) === Number(text[0]);
