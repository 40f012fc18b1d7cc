// The words of the consents, in both languages.

import { both, type Bilingual } from '../../base/bilingual.ts';
import type { ConsentGiver } from '../../law/index.ts';
import type { Column, ConsentKind, Method, ObjectionScope, Remains, Representative, TextState } from './facts.ts';

/** The columns of a file of consents, as its head may name them. */
export const columnWords: Readonly<Record<Column, Bilingual>> = {
  principal: both('本人の番号', 'principal'),
  given_on: both('同意した日', 'given_on'),
  given_by: both('同意した人', 'given_by'),
  evidence: both('証拠の置き場所', 'evidence'),
  relation: both('法定代理人の関係', 'relation'),
  checked: both('確かめた書類', 'checked'),
  shown_on: both('情報を示した日', 'shown_on'),
};

/** Who consented, in the short words of a column. */
export const giverColumn: Readonly<Record<ConsentGiver, Bilingual>> = {
  principal: both('本人', 'the person'),
  representative: both('法定代理人', 'legal representative'),
  'without-capacity': both('判断できない本人', 'a person who cannot judge it'),
  uncertain: both('本人（判断できるか分からない）', 'the person; unclear whether they can judge it'),
};

export const relationWords: Readonly<Record<Representative['relation'], Bilingual>> = {
  parent: both('親権者', 'Parent'),
  'guardian-of-minor': both('未成年後見人', 'Guardian of a minor'),
  'guardian-of-adult': both('成年後見人', 'Guardian of an adult'),
};

export const paperWords: Readonly<Record<Representative['checked'], Bilingual>> = {
  'family-register': both('戸籍', 'Family register'),
  'resident-record': both('住民票', 'Resident record'),
  'guardianship-record': both('登記事項証明書', 'Certificate of registered guardianship'),
  other: both('その他の書類', 'Another paper'),
};

export const kindWords: Readonly<Record<ConsentKind, Bilingual>> = {
  use: both('目的を超える利用（法18条1項）', 'Use beyond the purpose (APPI Art. 18(1))'),
  'special-care': both(
    '要配慮個人情報の取得（法20条2項）',
    'Acquisition of special care-required information (Art. 20(2))',
  ),
  provision: both('第三者への提供（法27条1項）', 'Provision to a third party (Art. 27(1))'),
  'provision-abroad': both('外国にある第三者への提供（法28条1項）', 'Provision to a third party abroad (Art. 28(1))'),
  linking: both('個人関連情報の結び付け（法31条1項）', 'Linking of personally related information (Art. 31(1))'),
};

export const shortKindWords: Readonly<Record<ConsentKind, Bilingual>> = {
  use: both('利用', 'Use'),
  'special-care': both('要配慮情報の取得', 'Special care'),
  provision: both('提供', 'Provision'),
  'provision-abroad': both('外国への提供', 'Provision abroad'),
  linking: both('結び付け', 'Linking'),
};

export const methodWords: Readonly<Record<Method, Bilingual>> = {
  'web-form': both('ウェブの画面', 'Web form'),
  paper: both('書面', 'Paper'),
  'e-mail': both('電子メール', 'E-mail'),
  oral: both('口頭', 'By word of mouth'),
};

export const scopeWords: Readonly<Record<ObjectionScope, Bilingual>> = {
  everything: both('すべての取扱いをやめる', 'Stop everything'),
  provision: both('第三者への提供をすべてやめる', 'Stop every provision'),
  purpose: both('ある目的の利用をやめる', 'Stop one purpose'),
  recipient: both('ある提供先への提供をやめる', 'Stop providing to one recipient'),
};

export const textStateWords: Readonly<Record<TextState, Bilingual>> = {
  draft: both('下書き', 'Draft'),
  coming: both('使う予定', 'Coming'),
  'in-force': both('使用中', 'In use'),
  superseded: both('前の版', 'Superseded'),
};

export const remainsWords: Readonly<Record<Remains['state'], Bilingual>> = {
  stands: both('有効', 'Stands'),
  partly: both('一部終了', 'Partly ended'),
  ended: both('終了', 'Ended'),
};
