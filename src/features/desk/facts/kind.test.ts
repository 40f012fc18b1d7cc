// What the policy of the example company asks for each kind: the fee and the form.

import fs from 'node:fs';
import { expect, test } from 'vitest';
import { policyFiles, readPolicy, type Operator } from '../../policy/index.ts';
import { termsOf, type Kind, type Scope } from './kind.ts';

function example(): Operator {
  const read = readPolicy(
    Object.fromEntries(policyFiles.map((f) => [f, fs.readFileSync(`policies/example/${f}`, 'utf8')])),
  );
  if (!read.ok) throw new Error('the example policy cannot be read');
  return read.value.operator;
}
const operator = example();

test.each<[Kind, Scope, number, boolean]>([
  ['disclosure', 'customer', 1000, true],
  ['record-disclosure', 'customer', 1000, true],
  ['correction', 'customer', 0, true],
  ['stop-use', 'customer', 0, true],
  ['erasure', 'customer', 0, true],
  ['stop-provision', 'customer', 0, true],
  ['purpose-notice', 'customer', 0, false],
  ['foreign-information', 'customer', 0, false],
  ['consultation', 'customer', 0, false],
  ['disclosure', 'my-number', 1000, true],
  ['correction', 'my-number', 0, true],
  ['stop-use', 'my-number', 0, true],
  ['erasure', 'my-number', 0, true],
  ['stop-provision', 'my-number', 0, true],
])('公表した方針では、%s（%s）の手数料は %i 円、用紙は %s', (kind, scope, feeYen, form) => {
  expect(termsOf(operator, { kind, scope })).toEqual({ feeYen, form });
});

test('通常の書面が難しい方には用紙を求めず、手数料は変わらない（37条4項）', () => {
  const asked = { kind: 'disclosure', scope: 'customer' } as const;
  expect(termsOf(operator, asked)).toEqual({ feeYen: 1000, form: true });
  expect(termsOf(operator, { ...asked, eased: true })).toEqual({ feeYen: 1000, form: false });
});

test('手数料の種類と額は方針から来る', () => {
  const other = { ...operator, fee: { ...operator.fee, amount_yen: 300, kinds: ['purpose-notice' as const] } };
  expect(termsOf(other, { kind: 'purpose-notice', scope: 'customer' }).feeYen).toBe(300);
  expect(termsOf(other, { kind: 'disclosure', scope: 'customer' }).feeYen).toBe(0);
});
