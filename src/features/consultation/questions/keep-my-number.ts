// May a My Number still be kept? (Numbering Act 20)

import { both } from '../../../base/bilingual.ts';
import { numberKeepingContradictions, decideNumberKeeping, type NumberKeepingFacts } from '../../../law/index.ts';
import { aDay, choice, count, question, yesNo } from '../facts.ts';
import { consent } from './parts.ts';

export const keepMyNumber = question<NumberKeepingFacts>({
  id: 'keep-my-number',
  group: 'my-number',
  title: both('預かったマイナンバーを、まだ持っていてよいか', 'May a My Number we hold still be kept?'),
  when: both(
    '契約が終わったとき、支払調書を出した後、年に一度の点検のとき',
    'When a contract has ended, after filing, and at the yearly check',
  ),
  answers: { yes: both('持っていてよい', 'it may be kept'), no: both('消します', 'it has to be destroyed') },
  decide: decideNumberKeeping,
  contradictions: numberKeepingContradictions,
  fields: {
    affairContinues: yesNo(
      '契約が続いていますか。または、これから出す支払調書がありますか',
      'Does the contract continue, or is a payment record still to be filed?',
      { ask: 'first' },
    ),
    document: choice(
      '番号は何に載っていますか',
      'What is the number written on?',
      {
        'payment-record-copy': both('支払調書の控え', 'Copies of payment records'),
        'books-and-vouchers': both('法令により保存する帳簿や書類', 'Books and vouchers that a law requires to be kept'),
        'wage-declaration': both('扶養控除などの申告書', 'Declarations of wage earners'),
        'number-only': both(
          '番号の一覧や届出など、保存の決まりのないもの',
          'A list, a notification or the like that no rule requires to be kept',
        ),
      },
      { ask: 'first' },
    ),
    lawfullyHeld: yesNo(
      '支払調書などの事務のために受け取った番号ですか',
      'Was it received for an affair such as payment records?',
      { ask: 'first' },
    ),
    filedOn: aDay('支払調書を最後に出した日', 'Day the last record was filed'),
    ownYears: count('社内の決まりで控えを残す年数', 'Years for which our own rule keeps copies'),
    fiscalYearEndsOn: aDay('その帳簿の事業年度の終わりの日', 'Last day of the fiscal year of the books'),
    dueOn: aDay('申告書の提出期限', 'Day the declaration was due'),
    consent,
  },
});
