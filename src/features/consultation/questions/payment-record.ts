// Must a payment record be filed, and by when? (Income Tax Act 225)

import { both } from '../../../base/bilingual.ts';
import { paymentRecordContradictions, decidePaymentRecord, type PaymentRecordFacts } from '../../../law/index.ts';
import { choice, count, question, yesNo } from '../facts.ts';
import { calendarYears, horseRacePrize, paymentWords, payeeWords } from './my-number-parts.ts';

export const paymentRecord = question<PaymentRecordFacts>({
  id: 'payment-record',
  group: 'my-number',
  title: both('支払調書を出す支払いか、いつまでか知りたい', 'Must a payment record be filed, and by when?'),
  when: both(
    '年の終わりに、謝礼や家賃などを払った相手ごとに',
    'At the end of the year, for each payee of fees, rent and the like',
  ),
  answers: { yes: both('出します', 'it has to be filed'), no: both('出さなくてよい', 'none is filed') },
  asks: 'must',
  decide: decidePaymentRecord,
  contradictions: paymentRecordContradictions,
  judgements: { horseRacePrize },
  fields: {
    payment: choice('何の支払いですか', 'What was paid for?', paymentWords, { ask: 'first' }),
    payee: choice('相手は個人ですか、法人ですか', 'Is it an individual or a corporation?', payeeWords, {
      ask: 'first',
    }),
    yearTotal: count(
      'この年に相手へ払うことが決まった額の合計（円、消費税を含む。請求書で分けてあれば除いてもよい）',
      'Total that became payable to them in the year, in yen including consumption tax (you may exclude it if the invoice shows it separately)',
      { ask: 'first', least: 0 },
    ),
    year: count('支払いが決まった年（西暦）', 'The year in which it became payable', {
      ask: 'first',
      ...calendarYears,
    }),
    forSettingRight: yesNo(
      '権利金や更新料など、借りる権利を設定する対価ですか',
      'Is it for setting up the right to rent, such as key money or a renewal fee?',
    ),
  },
});
