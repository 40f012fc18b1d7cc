// The codes a person holds. With the number of their request, one shows its stage and nothing of whose it is; another opens what is delivered
// electronically. A code is a keyed digest of an id, so it is stored nowhere and cannot be guessed; attempts are counted.

import { timingSafeEqual } from 'node:crypto';
import { both } from '../../../base/bilingual.ts';
import { done, fieldOutcome, invalid, type Outcome } from '../../../base/outcome.ts';
import type { Office } from '../../../office.ts';
import { fingerprint } from '../../../vault/index.ts';
import { countAttempt, takeBack, waitProblem, type Room } from '../../access/index.ts';
import { isFeeOpen, numberFrom, numberOf, type Request } from '../facts/request.ts';
import { requestFrom, type Stage } from '../facts/stage.ts';
import { bodyOf, eventsOf } from '../store/events.ts';
import { findByNumber } from '../store/requests.ts';

/** The 32 letters and digits that cannot be taken for one another. */
const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 10;

/** A code such as `7K3QW-X02MB`: five bits a sign, from a keyed digest of what it is for. */
function codeOf({ vault }: Pick<Office, 'vault'>, of: string): string {
  const digest = fingerprint(vault, of);
  const signs = [...digest.subarray(0, LENGTH)].map((byte) => SIGNS[byte & 31]).join('');
  return `${signs.slice(0, LENGTH / 2)}-${signs.slice(LENGTH / 2)}`;
}

/** The code that shows how far a request is. */
export const receiptCode = (office: Pick<Office, 'vault'>, request: string): string =>
  codeOf(office, `desk receipt\n${request}`);

/** The code that opens an electronic delivery and each of its files. */
export const parcelCode = (office: Pick<Office, 'vault'>, parcel: string): string =>
  codeOf(office, `desk parcel\n${parcel}`);

/** Reads typed text as the signs of a code: lower case, full width, O for 0, I and L for 1. */
const typedCode = (text: string): string =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');

/** Whether a text is a whole code, right or wrong. */
export const isWhole = (text: string): boolean => typedCode(text).length === LENGTH;

/** Whether a text is this code. */
export function isCode(text: string, code: string): boolean {
  const typed = Buffer.from(typedCode(text));
  const right = Buffer.from(code.replace('-', ''));
  return typed.length === right.length && timingSafeEqual(typed, right);
}

export const notWhole = both('英数字10字で書いてください', 'Enter its 10 letters and digits');

const wrongNumber = {
  field: 'number',
  says: both('R-2026-031 のように書いてください', 'Enter it like R-2026-031'),
} as const;
const wrongCode = { field: 'code', says: notWhole } as const;

/** How many may be wrong in a row. An office may share an address, and the holder of a receipt must not be shut out by others. */
const FAILURES = { number: 60, address: 20 };

export interface ReceiptAsk {
  number: string;
  code: string;
  /** The caller's network address; empty where it is not known. */
  address: string;
}

/**
 * The stage of the request a receipt is for, and whether it has a form, is eased, waits for its fee after the identity check, must have its
 * answer sent again, and has no address to answer to. Says the same whether the number or the code is wrong.
 */
export async function stageOfReceipt(
  { office, access }: Room,
  { number, code, address }: ReceiptAsk,
): Promise<
  Outcome<
    { number: string; stage: Stage; feeOpen: boolean } & Pick<
      Request,
      'form' | 'eased' | 'toSendAgain' | 'unreachable' | 'delivered'
    >
  >
> {
  const asked = numberFrom(number);
  if (!asked) return fieldOutcome(isWhole(code) ? [wrongNumber] : [wrongNumber, wrongCode])!;
  if (!isWhole(code)) return invalid(wrongCode.field, wrongCode.says);
  const keys = [
    ...(address === '' ? [] : [{ key: access.directory.index('receipt-address', address), limit: FAILURES.address }]),
    { key: access.directory.index('receipt', numberOf(asked)), limit: FAILURES.number },
  ];
  const { wait } = await countAttempt(access, keys);
  if (wait > 0) return waitProblem(wait);
  const row = await findByNumber(office.database, asked);
  if (!row || !isCode(code, receiptCode(office, row.id))) {
    return invalid(
      'number',
      both(
        '受付番号と確認コードが合いません。手紙のとおりに入れてください',
        'No request has this reference and code. Please enter both exactly as in our letter',
      ),
    );
  }
  await office.database.transaction((tx) => takeBack(tx, keys, true));
  const request = requestFrom((await eventsOf(office.database, row.id)).map(bodyOf));
  const { form, eased, toSendAgain, unreachable, delivered } = request;
  const feeOpen = isFeeOpen(request);
  return done({ number: numberOf(asked), stage: row.stage, feeOpen, form, eased, toSendAgain, unreachable, delivered });
}
