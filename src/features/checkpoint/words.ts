// Words of the checkpoint's screens.

import { both, type Bilingual } from '../../base/bilingual.ts';
import type { PartyKind } from '../../law/index.ts';

export const words = {
  ask: both('関所で確かめる', 'Ask the checkpoint'),
  askSub: both('この情報を、この目的で扱ってよいか', 'May this information be handled for this purpose?'),
  useTitle: both('社内で使う', 'Use it within the company'),
  useSub: both('持っている情報を、ある目的で読む、並べる、送る', 'Read, sort or send what is held, for a purpose'),
  provideTitle: both('社外へ渡す', 'Hand it to somebody else'),
  provideSub: both(
    '第三者への提供、委託、共同利用、外国の相手',
    'Third parties, entrustment, joint use, recipients abroad',
  ),
  holding: both('台帳', 'Holding'),
  items: both('項目', 'Items'),
  purpose: both('目的', 'Purpose'),
  start: both('確かめる', 'Ask'),
  noHolding: both('使用中の台帳がまだありません', 'There is no holding in use yet'),
  noHoldingSays: both(
    '個人情報は、台帳に登録した置き場にだけ入ります。先に台帳を登録してください。',
    'Personal information enters only a registered holding. Register one first.',
  ),
  register: both('台帳を登録する', 'Register a holding'),
  facts: both('うかがった事実', 'What you have said'),
  change: both('変える', 'Change'),
  about: both('何を、何のために', 'What, and what for'),
  first: both('相手', 'The recipient'),
  more: both('ほかの根拠や事情を加える', 'Add another basis or circumstance'),
  missing: both('答えに足りないこと', 'Missing for an answer'),
  answer: both('この事実で答えを出す', 'Answer on these facts'),
  answerSays: {
    useYes: both('この目的で使えます。', 'It may be used for this purpose.'),
    useNo: both('この目的には使えません。', 'It may not be used for this purpose.'),
    provideYes: both(
      '渡せます。下の義務とともに記録が残ります。',
      'It may be handed over. It is recorded, with the duties below.',
    ),
    provideNo: both('渡せません。', 'It may not be handed over.'),
    unknown: both(
      '事実が足りません。分かるまで、扱えません。',
      'Facts are missing. Until they are known, it may not be handled.',
    ),
  },
  titles: {
    useYes: both('使ってよい', 'it may be used'),
    useNo: both('使えません', 'it may not be used'),
    provideYes: both('渡してよい', 'it may be handed over'),
    provideNo: both('渡せません', 'it may not be handed over'),
    unknown: both('まだ答えられません', 'no answer yet'),
  },
  notLogged: both('確かめるだけでは、だれの情報も扱いません。', 'Asking alone handles nobody’s information.'),
} satisfies Record<string, unknown>;

export const madeUnder = (policy: number, law: string): Bilingual =>
  both(
    `方針 第${policy}版、法令データ ${law} による答え。`,
    `Answered under policy version ${policy} and law data of ${law}.`,
  );

/** What a recipient or a provider may be. */
export const partyWords: Readonly<Record<PartyKind, Bilingual>> = {
  corporation: both('会社などの法人', 'A company or other corporation'),
  individual: both('個人で事業を営む人', 'A sole trader'),
  'private-person': both('事業者でない個人', 'A private person'),
  'state-organ': both('国の機関', 'An organ of the state'),
  'local-government': both('地方公共団体', 'A local government'),
  'administrative-agency': both('独立行政法人など', 'An incorporated administrative agency'),
  'local-administrative-agency': both('地方独立行政法人', 'A local incorporated administrative agency'),
};

/** Names of what a record or a notice holds. */
export const itemNames: Record<string, Bilingual> = {
  'consent-obtained': both('同意を得ている旨', 'that consent was obtained'),
  'provided-on': both('提供した日', 'day of provision'),
  'recipient-name': both('提供先の氏名または名称', 'name of the recipient'),
  'recipient-address': both('提供先の住所', 'address of the recipient'),
  'recipient-representative': both('代表者の氏名', 'name of its representative'),
  principal: both('本人を特定する事項', 'what identifies the person'),
  items: both('データの項目', 'items of data'),
};
