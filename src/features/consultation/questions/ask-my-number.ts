// May this payee be asked for a My Number? (Numbering Act 14, 15, 20)

import { both } from '../../../base/bilingual.ts';
import { numberRequestContradictions, decideNumberRequest, type NumberRequestFacts } from '../../../law/index.ts';
import { choice, clause, count, countOrNone, question, text, yesNo } from '../facts.ts';
import { calendarYears, horseRacePrize, paymentWords, payeeWords } from './my-number-parts.ts';
import { consent, noticeException } from './parts.ts';

export const askMyNumber = question<NumberRequestFacts>({
  id: 'ask-my-number',
  group: 'my-number',
  title: both('支払う相手に、マイナンバーを出してもらいたい', 'I want to ask a payee for their My Number'),
  when: both(
    '講演や原稿の謝礼、家賃、土地の代金、仲介手数料などを払う前に',
    'Before paying a lecturer’s or author’s fee, rent, the price of land, brokerage and the like',
  ),
  answers: { yes: both('求めてよい', 'it may be asked for'), no: both('求められません', 'it may not be asked for') },
  decide: decideNumberRequest,
  contradictions: numberRequestContradictions,
  judgements: { horseRacePrize },
  fields: {
    affair: choice(
      '何のための番号ですか',
      'What is the number for?',
      {
        ...paymentWords,
        'other-by-law': both(
          '支払調書のほかに、法令により番号を書く書類',
          'Another document on which a law requires the number',
        ),
        none: both(
          'どれでもない（念のため、社内の管理のためなど）',
          'None of these: just in case, or for our own files',
        ),
      },
      { ask: 'first' },
    ),
    legalBasis: text('番号を書くよう定めている法令', 'The law that requires the number to be written'),
    payee: choice('相手は個人ですか、法人ですか', 'Is it an individual or a corporation?', payeeWords, {
      ask: 'first',
    }),
    yearTotal: countOrNone(
      'この年に相手へ払う額の合計（円、消費税を含む。請求書で分けてあれば除いてもよい）',
      'Total payable to them this year, in yen including consumption tax (you may exclude it if the invoice shows it separately)',
      { ask: 'first', least: 0 },
    ),
    certain: yesNo(
      'この年に、もう払わないことが確かですか',
      'Is it certain that nothing more will be paid this year?',
      {
        ask: 'first',
      },
    ),
    year: count('支払いの年（西暦）', 'The year of the payment', calendarYears),
    askedOf: choice('だれに求めますか', 'Who is asked?', {
      principal: both('本人', 'The person'),
      agent: both(
        '法定代理人、または委任状のある代理人',
        'A legal representative, or an agent with a power of attorney',
      ),
      'former-employer': both(
        '社員や役員が当社に移ってくる前の会社',
        'The company that an employee or officer of ours comes from',
      ),
      other: both('ほかの人や会社', 'Somebody else'),
    }),
    employeeAgreed: yesNo(
      '移ってくる社員や役員の番号で、移ることが決まった後に、本人が渡す先と渡すものを知って同意しましたか',
      'Is it the number of an employee or officer who is moving to us and who, once that was settled, agreed to this knowing what is handed over and to whom?',
    ),
    expected: yesNo(
      '契約（雇用を含む）や発注がありますか。または、確かに見込まれますか',
      'Is there a contract (including one of employment) or an order, or is one reliably expected?',
    ),
    purposeIndicated: yesNo(
      '依頼状や画面に、何のための番号かを書きますか',
      'Does the letter or the form say what the number is for?',
    ),
    purposePublished: yesNo('何のための番号かを公表していますか', 'Have we published what the number is for?'),
    noticeException,
    consent,
    policy: {
      affairsClosedBy: clause(
        '番号を使う事務を限る条項',
        'Clause that limits what the numbers are used for',
        'affairsClosedBy',
      ),
      indicationPromisedBy: clause(
        '番号の目的を毎回示すと約束する条項',
        'Clause that promises to indicate the purpose each time',
        'numberIndicationPromisedBy',
      ),
    },
  },
});
