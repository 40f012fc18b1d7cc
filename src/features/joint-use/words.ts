// The words of the joint uses, in both languages.

import { both, type Bilingual } from '../../base/bilingual.ts';
import type { JointUseField } from '../../law/index.ts';
import type { AnyChange, SharedInformation } from './facts/joint-use.ts';
import type { Standing } from './facts/standing.ts';

export const title = both('共同利用', 'Joint uses');

export const informationWords: Record<SharedInformation, Bilingual> = {
  personal: both('個人データ', 'Personal data'),
  pseudonymous: both('仮名加工情報', 'Pseudonymously processed information'),
};

export const standingWords: Record<Standing, Bilingual> = {
  draft: both('公表前の案', 'Draft'),
  planned: both('公表待ち', 'To be published'),
  'in-force': both('公表中', 'Published'),
  ended: both('終了', 'Ended'),
};

/** The five items of a notice, the fifth item in its parts. */
export const noticeWords: Record<JointUseField, Bilingual> = {
  fact: both('共同利用する旨', 'The fact of joint use'),
  items: both('共同利用する項目', 'Items used jointly'),
  users: both('利用する者の範囲', 'Scope of users'),
  purposes: both('利用する者の利用目的', 'The users’ purposes'),
  'responsible-name': both('管理について責任を有する者', 'Person responsible for the management'),
  'responsible-address': both('その住所', 'Its address'),
  'responsible-representative': both('その代表者の氏名', 'Represented by'),
};

/** The first of the five items, in the words of the notice. */
export const factWords: Record<SharedInformation, Bilingual> = {
  personal: both('次のとおり個人データを共同利用します。', 'We use personal data jointly, as follows.'),
  pseudonymous: both(
    '次のとおり仮名加工情報を共同利用します。',
    'We use pseudonymously processed information jointly, as follows.',
  ),
};

export const changeWords: Record<'start' | AnyChange, Bilingual> = {
  start: both('最初の公表', 'First notice'),
  purposes: both('利用目的', 'Purposes'),
  'responsible-person': both('責任者を別の者に替える', 'Another responsible person'),
  'responsible-name': both('責任者の名称', 'Name of the responsible person'),
  'responsible-address': both('責任者の住所', 'Address of the responsible person'),
  'responsible-representative': both('責任者の代表者', 'Representative of the responsible person'),
  items: both('共同利用する項目', 'Items used jointly'),
  users: both('利用する者の範囲', 'Scope of users'),
};

export const responsibleWords = {
  kind: both('責任者の種類', 'Kind of responsible person'),
  name: both('名称または氏名', 'Name'),
  address: both('住所', 'Address'),
  representative: both('代表者の氏名', 'Representative'),
} satisfies Record<string, Bilingual>;

export const noDay = both(
  '2027/1/15 や 令和9年1月15日 のように、実在する日にしてください',
  'Give a day that exists, such as 2027/1/15',
);
