// The texts of acquisition, in both languages.

import type { Bilingual } from '../../base/bilingual.ts';
import { both } from '../../base/bilingual.ts';
import type { AcquisitionSource } from '../../law/index.ts';
import type { Placement } from './facts.ts';

export const words = {
  title: both('取得', 'Acquisitions'),
  sub: both('受け取った情報の記録。新しい順', 'What was taken in, newest first'),
  none: both('まだ取得していません', 'Nothing has been acquired yet'),
  noneSays: both(
    '受け取った情報は、そのときの目的と根拠とともにここに並びます。',
    'What is taken in appears here with its purposes and grounds.',
  ),
  noMatch: both('この条件に合う取得はありません', 'No acquisition matches'),
  acquire: both('取得する', 'Acquire'),
  acquireTitle: both('個人情報を取得する', 'Acquire personal information'),
  chooseTitle: both('台帳を選ぶ', 'Choose a holding'),
  chooseSub: both('台帳のない情報は受け取れません', 'Information without a holding cannot be taken in'),
  record: both('取得の記録', 'Record of the acquisition'),
  holding: both('台帳', 'Holding'),
  person: both('本人', 'Person'),
  at: both('取得した日時', 'Acquired at'),
  by: both('取得した人', 'By'),
  channel: both('入手の方法', 'How it was received'),
  source: both('入手先', 'Source'),
  purposes: both('利用目的', 'Purposes of use'),
  purposesHint: both(
    'この情報を受け取るときに、本人に示したか公表していた目的だけを選びます。ほかの目的には使えません。',
    'Choose only the purposes that were stated to the person or published when the information came in. It may be used for no other purpose.',
  ),
  placement: both('目的の示し方', 'How the purpose was shown'),
  items: both('項目', 'Items'),
  received: both('受け取り方', 'How it is received'),
  values: both('受け取る情報', 'What is taken in'),
  valuesHint: both(
    '受け取った項目だけを書きます。空欄の項目は保管しません。',
    'Fill in what was received. Items left empty are not kept.',
  ),
  grounds: both('根拠', 'Grounds'),
  duties: both('義務', 'Duties'),
  receipt: both('控え', 'Receipt'),
  keepUntil: both('保存の期限', 'Kept until'),
  lost: both(
    'バックアップから戻したときに、法30条の記録が失われた受け取りがあります',
    'There are receipts whose records of Article 30 were lost when a backup was restored',
  ),
  seeLost: both('失われたものを見る', 'See what was lost'),
  see: both('記録を見る', 'See the entry'),
  submit: both('取得する', 'Acquire'),
  cancel: both('やめる', 'Cancel'),
  third: both('本人以外から受け取るとき', 'When it does not come from the person'),
  thirdHint: both(
    '第三者から受け取るときは、相手と取得の経緯を確かめ、記録します（法30条）。公開の情報から受け取るときは、公表している者の名称を書きます。',
    'When a third party gives it, check and record who they are and how they came by it (APPI Art. 30). For public information, give the name of its publisher.',
  ),
  onlyOthers: both(
    '本人以外から受け取ったときだけ書いてください',
    'Fill this in only if it came from somebody other than the person',
  ),
  claim: both('法27条1項各号に当たるとき', 'When an item of APPI Art. 27(1) applies'),
  claimHint: both(
    '相手が法27条1項各号の例外を根拠に渡すときは、どの号かと、その号に要ることを書きます。分からなければ、受け取れません。',
    'If it is given under an exception of APPI Art. 27(1), state the item and what it requires. Until that is known, it cannot be taken in.',
  ),
  onlyClaim: both('どの号に当たるかを選んだときだけ書いてください', 'Fill this in only with the item that applies'),
  onlyConsent: both('同意があるときだけ書いてください', 'Fill this in only if there is a consent'),
  care: both('要配慮個人情報への同意', 'Consent for special care-required information'),
  careHint: both(
    '本人から直接受け取るときは要りません（法20条2項）。判断できない子どもなどについては、法定代理人に同意を求めます。同意をすでに記録してあれば、同意を得た日だけを書けば、記録のとおりになります。',
    'Not needed when the person hands it over (APPI Art. 20(2)). For a child or anybody else who cannot judge it, ask the legal representative. If the consent is on record, give its day alone, and the record counts.',
  ),
  answer: both('関所の答え', 'Answer of the checkpoint'),
  nothingTaken: both('何も保管していません。', 'Nothing was kept.'),
  again: both('入力に戻って直す', 'Back to the form'),
  unknown: both('分からない', 'Not known'),
  keptAlready: both(
    'すでに保管しています。別の内容を書くと置き換わり、新しい内容は上の利用目的だけに使えます',
    'Kept already. Anything else you enter replaces it, and the new content may be used for the purposes above only',
  ),
  overtaken: both(
    'この台帳の内容が、画面を開いた後に変わりました。何も保管していません。これでよければ、もう一度押してください。',
    'What this holding keeps has changed since you opened the page, and nothing was kept. Press again if this is still right.',
  ),
  shared: both('メールアドレス', 'E-mail address'),
  sharedSays: both('ほかの人と共に使うものと示した', 'Stated to be shared with somebody else'),
  changes: both('画面を開いた後に変わった項目', 'What has changed since you opened the page'),
} satisfies Record<string, Bilingual>;

/** What changed the items that a holding keeps of a person, by the action in the log. */
export const changeWords: Record<string, Bilingual> = {
  'people:acquire': both('取得', 'Acquired'),
  'people:correct': both('訂正', 'Corrected'),
};

export const sourceWords: Record<AcquisitionSource, Bilingual> = {
  principal: both('本人から', 'From the person'),
  observed: both('当社が見聞きしたか、記録した', 'Seen, heard or recorded by us'),
  'third-party': both('第三者から', 'From a third party'),
  public: both('公開の情報から', 'From public information'),
};

export const placementWords: Record<Placement, Bilingual> = {
  'before-submit': both('渡す前に読める位置で示した', 'Shown where it is read before handing over'),
  'one-click-link': both('渡す前に開けるリンクで示した', 'Shown by a link that can be opened before handing over'),
  none: both('示していない', 'Not shown'),
};

export const basisWords: Record<string, Bilingual> = {
  consent: both('本人の同意', 'The person’s consent'),
  'opt-out': both('オプトアウト（法27条2項）', 'Opt-out (APPI Art. 27(2))'),
  exception: both('法27条1項各号の例外', 'An exception of APPI Art. 27(1)'),
  'not-third-party': both(
    '委託、承継または共同利用（法27条5項）',
    'Entrustment, succession or joint use (APPI Art. 27(5))',
  ),
  'private-person': both('事業者でない個人から', 'It comes from a private person'),
};

/** The facts about a third party, by the field of the form. */
export const providerWords: Record<string, Bilingual> = {
  'receipt.provider.kind': both('提供元の種類', 'Type of provider'),
  'receipt.provider.name': both('提供元の名称', 'Name of the provider'),
  'receipt.provider.address': both('提供元の住所', 'Address of the provider'),
  'receipt.provider.representative': both('代表者の氏名（法人の場合）', 'Representative (of a corporation)'),
  'receipt.basis': both('相手は何を根拠に渡すか', 'On what basis it is given'),
  'receipt.howAcquired': both('相手が取得した経緯', 'How the provider came by it'),
  'receipt.documentSeen': both('経緯を示す契約書などを見たか', 'A contract or other document showing this was seen'),
  'receipt.consentObtained': both('相手は本人の同意を得ているか', 'The provider has the person’s consent'),
  'receipt.filingPublished': both('オプトアウトの届出が公表されているか', 'The opt-out filing is published'),
  'receipt.ownUse': both(
    '委託で受け取るとき、任された業務のほかに当社のためにも使うか（共同利用と承継では「いいえ」）',
    'If it is entrusted to us, we also use it for ourselves (“no” for joint use and succession)',
  ),
  consent: both('本人の同意', 'The person’s consent'),
  'consent.givenBy': both('同意した人', 'Who consented'),
  'consent.on': both('同意を得た日', 'The day consent was given'),
  'consent.coversItems': both(
    'その同意は、今回受け取る配慮の要る項目を含むか',
    'It covers the special care-required items taken in now',
  ),
  'consent.coversPurpose': both('その同意は、上で選んだ目的のすべてを含むか', 'It covers every purpose chosen above'),
};
