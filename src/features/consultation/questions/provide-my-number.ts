// May My Number information be given by this party to that party? (Numbering Act 19)

import { both, type Bilingual } from '../../../base/bilingual.ts';
import {
  numberProvisionContradictions,
  decideNumberProvision,
  type NumberBasis,
  type NumberParty,
  type NumberProvisionFacts,
} from '../../../law/index.ts';
import { articleLabel } from '../../../platform/ui/article.ts';
import { choice, question, text, yesNo } from '../facts.ts';
import { affair, numberEmergency, numberEntrustment } from './my-number-parts.ts';
import { consent } from './parts.ts';

const partyWords: Readonly<Record<NumberParty, Bilingual>> = {
  company: both('当社', 'Our company'),
  principal: both('番号の本人', 'The person the number belongs to'),
  agent: both('本人の代理人', 'The person’s agent'),
  'tax-office': both('税務署', 'The tax office'),
  'other-authority': both('年金事務所や市区町村など、番号を使うほかの役所', 'Another authority that uses the numbers'),
  'former-employer': both('社員や役員が移る前の会社', 'The company an employee or officer comes from'),
  'new-employer': both('社員や役員が移る先の会社', 'The company an employee or officer moves to'),
  entrusted: both('番号を扱う仕事を任せた相手', 'A contractor entrusted with work that handles the numbers'),
  successor: both('合併や事業の譲渡で引き継ぐ会社', 'A company that takes over the business'),
  commission: both('個人情報保護委員会', 'The Personal Information Protection Commission'),
  'court-or-investigator': both('裁判所、警察、検察、国会など', 'A court, the police, a prosecutor, the Diet'),
  'listed-body': both('政令や規則で決められたほかの機関', 'Another body named by Order or rule'),
  'group-company': both('グループ会社', 'A company of our group'),
  other: both('ほかの会社や人', 'Another company or person'),
};

const item = (article: string, ja: string, en: string): Bilingual =>
  both(
    `${ja}（${articleLabel('NumberingAct', article, 'ja')}）`,
    `${en} (${articleLabel('NumberingAct', article, 'en')})`,
  );

const basisWords: Readonly<Record<NumberBasis, Bilingual>> = {
  '19(i)': item(
    '19(i)',
    '番号を使う役所などが、その事務のために出す',
    'An authority that uses the numbers provides it for its affair',
  ),
  '19(ii)': item(
    '19(ii)',
    '支払調書などの書類を役所に出す',
    'A document such as a payment record is submitted to the authority',
  ),
  '19(iii)': item('19(iii)', '本人や代理人が、事務のために出す', 'The person or the agent provides it for the affair'),
  '19(iv)': item(
    '19(iv)',
    '社員や役員が移るので、前の会社から移る先の会社に渡す',
    'An employee or officer moves from one company to another',
  ),
  '19(vi)': item('19(vi)', '仕事を任せる、または事業を引き継ぐ', 'Work is entrusted, or a business taken over'),
  '19(xiii)': item('19(xiii)', '個人情報保護委員会に求められた', 'The Commission asks for it'),
  '19(xv)': item('19(xv)', '裁判や捜査などのために求められた', 'A court or an investigation asks for it'),
  '19(xvi)': item('19(xvi)', '人の命、体、財産を守る', 'It protects life, body or property'),
  '19(xvii)': item('19(xvii)', '委員会の規則で認められている', 'A rule of the Commission permits it'),
  disclosure: both('本人からの開示の請求に答える', 'The person asked for disclosure'),
  consent: both('本人が同意している', 'The person has consented'),
  'joint-use': both('グループなどで共同で使う', 'It is used jointly, as within a group'),
  'opt-out': both('求めがあれば止める（オプトアウト）', 'It stops on request (opt-out)'),
  none: both('どれでもない', 'None of these'),
};

export const provideMyNumber = question<NumberProvisionFacts>({
  id: 'provide-my-number',
  group: 'my-number',
  title: both('マイナンバーの載ったものを、だれかに渡したい', 'I want to hand over something that carries a My Number'),
  when: both(
    '税務署、税理士、グループ会社、警察、本人など、だれかに渡す前に',
    'Before it goes to the tax office, a tax accountant, a group company, the police, the person or anybody else',
  ),
  answers: { yes: both('渡してよい', 'it may be handed over'), no: both('渡せません', 'it may not be handed over') },
  decide: decideNumberProvision,
  contradictions: numberProvisionContradictions,
  judgements: {
    listedPublicInterest: both(
      '政令の挙げる公益上の必要がある場合に当たるか',
      'Whether the Order lists this public interest',
    ),
    numberEmergency,
    commissionRule: both('委員会の規則が認める提供に当たるか', 'Whether a rule of the Commission permits it'),
  },
  fields: {
    from: choice('だれが渡しますか', 'Who hands it over?', partyWords, { ask: 'first' }),
    to: choice('だれに渡しますか', 'Who receives it?', partyWords, { ask: 'first' }),
    basis: choice('なぜ渡しますか', 'Why is it handed over?', basisWords, { ask: 'first' }),
    affair: { ...affair, ask: undefined },
    withinNeed: yesNo('要る人と項目だけを渡しますか', 'Are only the persons and items needed handed over?'),
    employeeAgreed: yesNo(
      '移る社員や役員の番号で、移る先が決まった後に、本人が渡す先と渡すものを知って同意しましたか',
      'Is it the number of an employee or officer who is moving and who, once the destination was settled, agreed to this knowing what is handed over and to whom?',
    ),
    entrustment: numberEntrustment(),
    document: text('求めてきた文書の番号', 'Reference of the document that requests it'),
    necessary: yesNo('守るために、実際に必要ですか', 'Is it really needed to protect them?'),
    consentOrDifficult: yesNo(
      '本人は同意していますか。または、同意を得るのが難しいですか',
      'Does the person consent, or is consent difficult to obtain?',
    ),
    requesterVerified: yesNo(
      '請求したのが本人か代理人だと確かめましたか',
      'Was it verified that the requester is the person or the agent?',
    ),
    consent,
  },
});
