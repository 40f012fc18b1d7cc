// Check digits of a My Number (Numbering Act Order 6) and of a corporate number (Order 35). They catch typing errors only: about one
// wrong digit in fifty passes. A number is looked at here and never kept, returned or put into a message.

import { corporateNumberCheck, myNumberCheck, type CheckDigit } from '../parameters.ts';

/** Σ Pn × Qn, with P1 the rightmost digit. Throws RangeError unless there are as many digits as weights. */
function weighted(base: string, { weights }: CheckDigit): number {
  if (base.length !== weights.length || !/^\d+$/.test(base)) throw new RangeError(`${weights.length} digits expected`);
  return weights.reduce((sum, q, n) => sum + q * Number(base.at(-1 - n)), 0);
}

/** The check digit after eleven digits: 11 minus the remainder, or 0 when the remainder is 0 or 1. Throws RangeError on anything else. */
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

/** True for twelve ASCII digits whose last digit is the right check digit. */
export const isMyNumber = (text: string): boolean =>
  /^\d{12}$/.test(text) && myNumberCheckDigit(text.slice(0, -1)) === Number(text.at(-1));

/** True for thirteen ASCII digits whose first digit is the right check digit. */
export const isCorporateNumber = (text: string): boolean =>
  /^\d{13}$/.test(text) && corporateNumberCheckDigit(text.slice(1)) === Number(text[0]);
