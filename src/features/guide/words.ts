// Japanese and English text of the guide, without its tasks.

import { both, type Bilingual } from '../../base/bilingual.ts';
import { consultationWords } from '../consultation/index.ts';

export const words = {
  title: both('手引き', 'Guide'),
  sub: both(
    'あなたの役割の仕事を、どの画面で、どう進めるか',
    'The tasks of your roles: on which page each is done, and how',
  ),
  lead: both(
    `迷ったら、まず「${consultationWords.ask.ja}」を開きます。聞くだけなら、だれの情報も扱わず、記録も残りません。ボタンや欄の名前は、この手引きでは太字です。`,
    `When in doubt, open “${consultationWords.ask.en}” first: asking handles nobody’s information and leaves no record. Names of buttons and fields are in bold here.`,
  ),
  contents: both('仕事の一覧', 'List of tasks'),
  nobody: both(
    'この手順を行える役割は、いまのアクセスの方針にありません。',
    'No role may take this step under the present access policies.',
  ),
};

/** Says who takes a step that is not the reader's. */
export const doneBy = (names: string): Bilingual =>
  both(`この手順は、${names}が行います。`, `This step is taken by: ${names}.`);
