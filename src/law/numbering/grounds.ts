// What the Numbering Act asks in every case: the sentences that its questions and those of the APPI share, and the duties that follow every handling
// of a number.

import type { Duty, Ground, Missing } from '../../base/finding.ts';
import { duty, ground, lacksUnder } from '../answer.ts';
import { asksJudgement } from '../judgement.ts';

export const act = (article: string, ja: string, en: string): Ground => ground('NumberingAct', article, ja, en);

export const limitedUse = act(
  '9(4)',
  '個人番号は、法令で定められた事務に必要な限りで使えます。',
  'A My Number may be used only as far as an affair set by law needs it.',
);
export const limitedCollection = act(
  '20',
  '番号法が提供を認める場合のほかは、他人の個人番号を集めることも持つこともできません。',
  'Nobody may collect or keep another person’s My Number unless the Numbering Act permits its provision.',
);
export const limitedProvision = act(
  '19',
  '特定個人情報を渡せるのは、番号法が挙げる場合だけです。',
  'Specific personal information may be provided only in the cases the Numbering Act lists.',
);
export const closed = act(
  '30(2)',
  '特定個人情報には個人情報保護法のこの定めが働きません。同意があっても変わりません。',
  'These rules of the APPI do not apply to specific personal information. Consent changes nothing.',
);
export const noAffair = act(
  '9(4)',
  '法令で定められた個人番号の事務に当たりません。',
  'It is not an affair for which a law provides that My Numbers are used.',
);

/** The clause of the policy that closes the list of affairs. */
export const affairsClosed = (clause: string): Ground => ({
  law: 'policy',
  article: clause,
  says: {
    ja: '個人番号を使う事務を、公表した支払調書の作成に限っています。',
    en: 'The policy limits the affairs to the payment records it publishes.',
  },
});

export const limitHandlers: Duty = duty(
  'limit-handlers',
  ['NumberingAct', '12'],
  'at-once',
  '事務取扱担当者だけが扱い、ほかの人の目に触れないようにする',
  'Let only the designated handlers handle it, out of everyone else’s sight',
);
export const destroyInTime: Duty = duty(
  'destroy-number',
  ['NumberingAct', '20'],
  'later',
  '事務が終わり、保存の期間も過ぎたら、できるだけ早く元に戻せない形で消す',
  'Once the affair and the retention period have ended, destroy it beyond recovery as soon as possible',
);
export const verify: Duty = duty(
  'verify-identity',
  ['NumberingAct', '16'],
  'at-once',
  '受け取ったら、番号、身元、検査用数字を確かめる',
  'On receipt verify the number, the identity and the check digit',
  { items: ['number-check', 'identity-check', 'check-digit'] },
);
export const noteRefusal: Duty = duty(
  'note-refused-request',
  ['NumberingAct', '14(1)'],
  'later',
  '番号をもらえなかったときは、求めた経緯を残し、番号のないまま書類を出す',
  'If the payee withholds the number, note the requests and file without it',
);

/** The law that sets an affair other than the payment records. */
export const askLaw: Missing = lacksUnder(
  'NumberingAct',
  'legalBasis',
  '9(4)',
  '番号を使うと定める法令',
  'The law that provides that the number is used',
);

/**
 * An emergency to protect life, body or property: 30(2) for a use, 19(xvi) for a provision. The officer judges that very case before anything is
 * done, and is called at once.
 */
export const emergencyUnder = (article: '30(2)' | '19(xvi)') => ({
  applies: act(
    article,
    '人の生命、身体または財産を守るために必要で、本人の同意があるか、同意を得るのが難しい場合です。',
    'It is needed to protect life, body or property, and the person consents or consent is difficult to obtain.',
  ),
  judgedFirst: act(
    article,
    '急を要する場合でも、この件についての個人情報保護管理者の判断が先です。',
    'In an emergency too, the privacy officer first judges that very case.',
  ),
  judgedNone: act(
    article,
    '急を要する場合に当たらないと、個人情報保護管理者が判断しています。',
    'The privacy officer has judged that this is no such emergency.',
  ),
  asks: asksJudgement(
    'numberEmergency',
    'NumberingAct',
    article,
    'この件が、人の生命、身体または財産を守るための、急を要する場合に当たるか',
    'whether this case is an emergency to protect life, body or property',
  ),
  callOfficer: duty(
    'call-officer',
    ['NumberingAct', article],
    'at-once',
    '個人情報保護管理者に、いますぐ電話などで知らせる。この答えを相談として残せば、管理者はその画面から、1分ほどで判断を記録できる',
    'Call the privacy officer now. If you keep this answer as a consultation, the officer can record the judgement from its page in about a minute',
  ),
  record: duty(
    'record-exception',
    ['NumberingAct', article],
    'at-once',
    '急を要した事情と、承認した人を記録する',
    'Record the emergency and who approved it',
    { items: ['item', 'facts', 'approver'] },
  ),
});
