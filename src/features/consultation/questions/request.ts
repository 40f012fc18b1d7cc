// May this request be taken up as it stands? (APPI 37, 38, 28(3))

import { both } from '../../../base/bilingual.ts';
import { decideRequest, requestContradictions, type RequestFacts } from '../../../law/index.ts';
import { choice, clause, count, question, yesNo } from '../facts.ts';
import { fee } from './parts.ts';

export const request = question<RequestFacts>({
  id: 'request',
  group: 'answer',
  title: both('本人や代理の人からの請求を受け付けたい', 'A request has come in from a person or an agent'),
  when: both(
    '開示、訂正、利用の停止などの請求が届いたとき。手数料や書類を求めてよいか迷ったときも',
    'When a request for disclosure, correction or suspension arrives, or you are unsure whether to ask for a fee or documents',
  ),
  answers: {
    yes: both('受け付けます', 'it is taken up'),
    no: both('このままでは受け付けられません。直すことがあります', 'something has to be put right first'),
  },
  decide: decideRequest,
  contradictions: requestContradictions,
  fields: {
    kind: choice<NonNullable<RequestFacts['kind']>>(
      '何を求められましたか',
      'What is asked for?',
      {
        'purpose-notice': both('利用目的を知らせてほしい', 'To be told the purpose'),
        disclosure: both('情報を見せてほしい', 'To see the information'),
        'record-disclosure': both('ほかに渡した記録を見せてほしい', 'To see the record of what was provided'),
        correction: both('内容を直してほしい', 'A correction'),
        'stop-use': both('使うのをやめてほしい', 'That use stops'),
        erasure: both('消してほしい', 'That it is erased'),
        'stop-provision': both('ほかに渡すのをやめてほしい', 'That provision stops'),
        'foreign-information': both(
          '外国の提供先がとる措置を知らせてほしい',
          'To be told about the measures of a recipient abroad',
        ),
      },
      { ask: 'first' },
    ),
    requester: choice(
      'だれからの請求ですか',
      'Who asks?',
      {
        principal: both('本人', 'The person'),
        'legal-representative': both(
          '親権者、後見人などの法定代理人',
          'A parent, guardian or other legal representative',
        ),
        'mandated-agent': both('本人から頼まれた代理人', 'An agent mandated by the person'),
        other: both('頼まれていない家族など、そのほかの人', 'Somebody else, such as a relative who was not asked'),
      },
      { ask: 'first' },
    ),
    manner: choice(
      'どの方法で来ましたか',
      'How did it come?',
      {
        written: both('書面', 'In writing'),
        electronic: both('メール、フォーム', 'By e-mail or a form'),
        oral: both('電話、口頭', 'By telephone or word of mouth'),
        visit: both('来社', 'By a visit'),
      },
      { ask: 'first' },
    ),
    identityChecked: yesNo(
      '請求した人がだれかを、書類などで確かめましたか',
      'Has it been checked who the requester is?',
      { ask: 'first' },
    ),
    represents: choice('だれの法定代理人ですか', 'Whom do they represent?', {
      minor: both('未成年者', 'A minor'),
      'adult-ward': both('成年被後見人', 'An adult ward'),
      neither: both('どちらでもない（成人した子など）', 'Neither, such as a grown-up child'),
    }),
    authorityShown: yesNo(
      '委任状や戸籍などで、代理の権限を確かめましたか',
      'Has the authority been shown, such as by a power of attorney?',
    ),
    atDesk: yesNo('公表している窓口に届きましたか', 'Did it come to the published desk?'),
    specified: yesNo('どの情報のことか分かりますか', 'Is it clear which information it is about?'),
    fee,
    feePaid: yesNo('手数料は、公表した方法で納められましたか', 'Has the fee been paid in the published way?', {
      ask: 'if-known',
    }),
    writingDifficult: yesNo(
      '障害などのため、書面で出すのが難しい人ですか',
      'Is it difficult for the person to write a letter, for example because of a disability?',
      { ask: 'if-known' },
    ),
    excessive: yesNo(
      '公表した以上の書類や、必要のないことを求めますか',
      'Do we ask for more documents than we have published, or for something that is not needed?',
      { ask: 'if-known' },
    ),
    keepsNumber: yesNo(
      '確認の書類に見えたマイナンバーを、隠さずに残しますか',
      'Would a My Number visible on a verification document be kept without being covered?',
      { ask: 'if-known' },
    ),
    policy: {
      writtenOnlyBy: clause(
        '書面で連絡するよう定める条項',
        'Clause that asks for requests in writing',
        'writtenOnlyBy',
      ),
      noVisitsBy: clause('来訪を受けないと定める条項', 'Clause that rules out visits', 'noVisitsBy'),
      feeBy: clause('手数料を定める条項', 'Clause that sets the fee', 'feeBy'),
      feeYen: count('方針で公表した手数料（円、税込）', 'Fee the policy publishes, in yen, tax included', {
        ask: 'if-known',
        standing: 'feeYen',
        least: 0,
      }),
      onlyForRequestBy: clause(
        '請求とともに届いた情報の利用を限る条項',
        'Clause that limits the use of what comes with a request',
        'onlyForRequestBy',
      ),
    },
  },
  judgements: {
    measuresAgent: both(
      '外国にある提供先の措置を、本人の代理人の求めにも応じて伝えるか',
      'Whether the measures of a recipient abroad are told at the request of the person’s agent too',
    ),
    measuresProcedure: both(
      '外国にある提供先の措置の求めにも、請求の手続の定めを当てはめるか',
      'Whether the procedure for applications is followed for the measures of a recipient abroad too',
    ),
  },
});
