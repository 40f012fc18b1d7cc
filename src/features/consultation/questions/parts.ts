// Declarations of facts that several questions share. Their words are for people who know no article.

import { both, type Bilingual } from '../../../base/bilingual.ts';
import {
  parameters,
  type AcquisitionItem,
  type CommunicationsFacts,
  type Consent,
  type UserConsentGiver,
  type DataKind,
  type ExceptionClaim,
  type FeeFacts,
  type InformationKind,
  type KeepingDuty,
  type NoticeException,
  type Party,
  type PartyKind,
  type ProcessedFacts,
  type ProvisionItem,
  type PseudonymousType,
  type ReceiptFacts,
  type RecordedGiver,
  type RecordExemption,
  type RecordMode,
  type SecrecyConsent,
  type UseItem,
} from '../../../law/index.ts';
import { articleLabel } from '../../../platform/ui/article.ts';
import { giverWords, partyWords } from '../../checkpoint/index.ts';
import {
  aDay,
  choice,
  count,
  country,
  exists,
  prose,
  purposeIds,
  required,
  text,
  yesNo,
  type Choice,
  type Exists,
  type Fields,
  type Plain,
  type YesNo,
} from '../facts.ts';

export const information: Choice<InformationKind> = choice(
  'どんな情報ですか',
  'What kind of information is it?',
  {
    personal: both(
      'ふつうの個人情報（氏名、連絡先など）',
      'Ordinary personal information, such as names and addresses',
    ),
    'special-care': both(
      '病歴、障害、犯罪の経歴など、特に配慮の要る情報を含む',
      'It includes information that needs special care, such as medical history, a disability or a criminal record',
    ),
    'my-number': both('マイナンバー（個人番号）を含む', 'It includes a My Number'),
    pseudonymous: both('氏名などを削除した仮名加工情報', 'Pseudonymously processed: names and the like were removed'),
    anonymous: both(
      'だれのことか分からず、元に戻せない匿名加工情報',
      'Anonymously processed: nobody can be identified from it any more',
    ),
    'personally-related': both(
      '当社にはだれのものか分からない閲覧履歴など（個人関連情報）',
      'Browsing history and the like that we cannot link to a person',
    ),
  },
  { ask: 'first', standing: 'information' },
);

const pseudonymousType: Choice<PseudonymousType> = choice(
  '元の情報など、本人が分かる情報も当社にありますか',
  'Do we also hold information that identifies the person, such as the original?',
  {
    personal: both('ある（個人情報である仮名加工情報）', 'Yes: it is still personal information'),
    'non-personal': both('ない（個人情報でない仮名加工情報）', 'No: it is not personal information'),
  },
);

/** What is done with processed information beyond its purpose. */
export const processed: Fields<ProcessedFacts> = {
  pseudonymousType,
  madeHere: yesNo('当社が作った匿名加工情報ですか', 'Did our company make it?'),
  identifies: yesNo(
    '本人を割り出すために、ほかの情報と照らし合わせますか',
    'Is it matched with other information to identify the person?',
  ),
  contacts: yesNo(
    '中の連絡先を使って、電話や訪問、連絡をしますか',
    'Are contact details in it used to call, visit or write to the person?',
  ),
  obtainsDeleted: yesNo(
    '削除された情報や加工の方法を手に入れますか',
    'Is what was deleted, or how it was processed, obtained?',
  ),
};

/** A recipient or a provider. `who` is what the form calls it. */
export const party = (who: Bilingual, ask?: 'first'): Fields<Party> => {
  const about = ask ? { ask } : {};
  return {
    kind: choice<PartyKind>(
      `${who.ja}は、どんな人や組織ですか`,
      `What kind of person or body is ${who.en}?`,
      partyWords,
      {
        ...about,
        hint: both(
          '都道府県の警察は地方公共団体、税務署や検察庁は国の機関です。',
          'The police of a prefecture belong to a local government, a tax office or a prosecutor to the state.',
        ),
      },
    ),
    name: text(`${who.ja}の名称`, `Name of ${who.en}`, about),
    country: country(`${who.ja}は、どの国にありますか`, `In which country is ${who.en}?`, {
      ...about,
      hint: both(
        '会社や人のいる国で、サーバーのある国ではありません。外国の会社でも、日本にある支店などが相手なら日本です。',
        'The country where the company or person is, not where the servers are. If you deal with the branch or the like of a foreign company in Japan, it is Japan.',
      ),
    }),
    address: text(`${who.ja}の住所`, `Address of ${who.en}`),
    representative: text(`${who.ja}の代表者の氏名`, `Name of the representative of ${who.en}`),
  };
};

export const consent: Exists<Consent> = exists(
  '本人の同意はありますか',
  'Has the person consented?',
  {
    givenBy: choice<RecordedGiver>('だれが同意しましたか', 'Who gave the consent?', giverWords, {
      former: ['uncertain'],
    }),
    on: aDay('同意を得た日', 'Day of the consent'),
    coversPurpose: yesNo('その同意は、今回の目的のためのものですか', 'Does the consent cover this purpose?'),
    coversRecipient: yesNo('その同意は、今回の渡す相手を含みますか', 'Does the consent cover this recipient?'),
    coversItems: yesNo('その同意は、今回渡す項目を含みますか', 'Does the consent cover these items?'),
    abroad: yesNo('外国の相手に渡すことへの同意ですか', 'Does the consent cover handing it to a recipient abroad?'),
    withdrawnOn: aDay('同意が取り下げられた日', 'Day the consent was withdrawn', { ask: 'if-known' }),
  },
  {
    options: {
      yes: both('同意を得ている', 'Consent was obtained'),
      no: both('得ていない', 'No consent'),
    },
  },
);

/** Who gave a consent on the side of a user of telecommunications. */
export const userGiver = choice<UserConsentGiver>(
  'だれが同意しましたか',
  'Who gave the consent?',
  {
    ...giverWords,
    other: both(
      '家族、契約者、権限のない代理の人など、利用者本人でない人',
      'Somebody other than the user: a family member, the contract holder, an agent without authority',
    ),
  },
  { former: ['uncertain'] },
);

const { from: youngest, to: oldest } = parameters.uncertainConsentAges.value;

/** What the officer may judge of children at an age that does not tell whether they could consent. */
export const consentJudgement = {
  consentCapacity: both(
    `${youngest}歳から${oldest}歳くらいまでの子どもが、この項目と目的について、同意するとどうなるかを判断できるか`,
    `Whether a child of about ${youngest} to ${oldest} can judge what follows from a consent for these items and this purpose`,
  ),
};

/** The text of the new purpose. The officer judges whether it is related to the present one. */
export const newPurpose: Plain = prose('新しい目的の文', 'The text of the new purpose');

export const relatedJudgement = {
  purposeRelated: both('新しい目的が、いまの目的と関連するか', 'Whether the new purpose is related to the present one'),
};

const item = (article: string, ja: string, en: string): Bilingual =>
  both(`${ja}（${articleLabel('APPI', article, 'ja')}）`, `${en} (${articleLabel('APPI', article, 'en')})`);

const law: [string, string] = ['法令で決まっている', 'A law or regulation is the basis'];
const life: [string, string] = ['人の命、体、財産を守るために要る', 'Needed to protect life, body or property'];
const health: [string, string] = [
  '公衆衛生や子どもの健全な育成に特に要る',
  'Particularly needed for public health or the sound growth of children',
];
const affairs: [string, string] = ['国や自治体の仕事への協力に要る', 'Needed to cooperate with public affairs'];

export const useItems: Readonly<Record<UseItem, Bilingual>> = {
  '18(3)(i)': item('18(3)(i)', ...law),
  '18(3)(ii)': item('18(3)(ii)', ...life),
  '18(3)(iii)': item('18(3)(iii)', ...health),
  '18(3)(iv)': item('18(3)(iv)', ...affairs),
  '18(3)(v)': item(
    '18(3)(v)',
    '当社が学術研究機関で、研究に使う',
    'We are an academic institution and use it for research',
  ),
  '18(3)(vi)': item('18(3)(vi)', '学術研究機関に、研究のために渡す', 'It goes to an academic institution for research'),
};

export const acquisitionItems: Readonly<Record<AcquisitionItem, Bilingual>> = {
  '20(2)(i)': item('20(2)(i)', ...law),
  '20(2)(ii)': item('20(2)(ii)', ...life),
  '20(2)(iii)': item('20(2)(iii)', ...health),
  '20(2)(iv)': item('20(2)(iv)', ...affairs),
  '20(2)(v)': item(
    '20(2)(v)',
    '当社が学術研究機関で、研究に使う',
    'We are an academic institution and use it for research',
  ),
  '20(2)(vi)': item(
    '20(2)(vi)',
    '学術研究機関から、共同研究のために受け取る',
    'From an academic institution, for joint research',
  ),
  '20(2)(vii)': item(
    '20(2)(vii)',
    '本人や報道機関などが、すでに公開している',
    'The person, the press or the like has made it public',
  ),
  '20(2)(viii)': item(
    '20(2)(viii)',
    '見たり撮ったりすれば、外から明らかに分かる',
    'It is outwardly evident when the person is seen or photographed',
  ),
};

export const provisionItems: Readonly<Record<ProvisionItem, Bilingual>> = {
  '27(1)(i)': item('27(1)(i)', ...law),
  '27(1)(ii)': item('27(1)(ii)', ...life),
  '27(1)(iii)': item('27(1)(iii)', ...health),
  '27(1)(iv)': item('27(1)(iv)', ...affairs),
  '27(1)(v)': item(
    '27(1)(v)',
    '当社が学術研究機関で、成果の公表などに要る',
    'We are an academic institution and publish results',
  ),
  '27(1)(vi)': item(
    '27(1)(vi)',
    '当社が学術研究機関で、相手との共同研究のために渡す',
    'We are an academic institution and do research jointly with the recipient',
  ),
  '27(1)(vii)': item(
    '27(1)(vii)',
    '相手が学術研究機関で、研究に使う',
    'The recipient is an academic institution and uses it for research',
  ),
};

/** The elements the items require, whichever item is claimed. */
const elements: Omit<Fields<ExceptionClaim<UseItem>>, 'item'> = {
  legalBasis: text('根拠の法令と文書の番号', 'The law relied on and the reference of the document', {
    hint: both(
      '日本の法令です（条例を含みます）。外国の法令は根拠になりません。',
      'A law of Japan, including an ordinance. A foreign law is not a basis.',
    ),
  }),
  lawOfJapan: yesNo('それは日本の法令ですか', 'Is it a law of Japan?', {
    hint: both('条例を含みます。外国の法令は含みません。', 'An ordinance counts; a foreign law does not.'),
  }),
  publicAffairs: yesNo(
    '国の機関、自治体、またはその委託を受けた者の、法令で定められた仕事ですか',
    'Does a law prescribe those affairs, for a state organ, a local government or somebody entrusted by one?',
    {
      hint: both(
        '町内会や業界団体の仕事は、国や自治体から委託されていなければ「いいえ」です。外国の機関の仕事も「いいえ」です。',
        'Affairs of a neighbourhood or trade association count only if a public body has entrusted it with them. Affairs of a foreign authority do not count.',
      ),
    },
  ),
  necessary: yesNo('その必要が実際にありますか', 'Does the need really exist?', {
    hint: both(
      '公衆衛生と子どもの育成では、特に必要なときだけ「はい」です。研究成果の公表などでは、そうしなければ公表も教授もできないときだけ「はい」です。',
      'For public health and the growth of children, only if it is particularly needed. For publishing or teaching results, only if there is no other way.',
    ),
  }),
  consentDifficult: yesNo('本人の同意を得るのが難しいですか', 'Is consent difficult to obtain?'),
  consentImpedes: yesNo('同意を求めると、その仕事に支障が出ますか', 'Would asking for consent impede those affairs?'),
  academicInstitution: yesNo(
    '選んだ場合にいう学術研究機関に当たりますか',
    'Is it an academic institution as meant in the case you chose?',
    {
      hint: both(
        '「当社が学術研究機関で」の場合は当社、ほかの場合は相手のことです。',
        'In the cases “We are an academic institution”, this is our company; in the others, the other party.',
      ),
    },
  ),
  jointResearch: yesNo('共同研究をしていますか', 'Is there joint research?'),
  undueInfringement: yesNo(
    'だれかの権利を不当に害するおそれがありますか',
    'Might it unduly infringe anybody’s rights?',
  ),
  publishedByListed: yesNo(
    '公開したのは、本人、国や自治体、報道機関などですか',
    'Was it the person, a public body, the press or the like who made it public?',
    {
      hint: both(
        'ほかに、学術研究機関、著述業、宗教団体、政治団体、外国の政府などです。本人でない人のSNSや掲示板の書き込みは「いいえ」です。',
        'Also an academic institution, a professional writer, a religious or political body, or a foreign government. What somebody else wrote in social media or on a message board does not count.',
      ),
    },
  ),
  outwardlyEvident: yesNo('外から見て明らかに分かりますか', 'Is it outwardly evident?'),
};

/** The facts of a claim that an item of the law's exceptions applies. `ask`: whether somebody has to bring it up. */
function claimOf<Item extends string>(
  options: Readonly<Record<Item, Bilingual>>,
  about: { ask?: 'if-known' } = {},
): Fields<ExceptionClaim<Item>> {
  const item = required(
    choice<Item>('同意の要らない場合のどれに当たりますか', 'Which case that needs no consent applies?', options, about),
  );
  // The elements do not depend on the item, but the compiler cannot see that through a type parameter.
  return { item, ...elements } as unknown as Fields<ExceptionClaim<Item>>;
}

/** A claim that an item of the law's exceptions applies. */
export const exception = <Item extends string>(
  options: Readonly<Record<Item, Bilingual>>,
): Exists<ExceptionClaim<Item>> =>
  exists<ExceptionClaim<Item>>(
    '法律の挙げる特別な場合に当たりますか',
    'Does one of the special cases that the law lists apply?',
    claimOf(options, { ask: 'if-known' }),
  );

/** A case where the purpose need not be told. */
export const noticeException: Fields<NoticeException> = {
  item: required(
    choice<NoticeException['item']>(
      '目的を伝えなくてよい場合に当たりますか',
      'Is it a case where the purpose need not be told?',
      {
        '21(4)(iv)': item(
          '21(4)(iv)',
          '名刺交換など、状況から目的が明らか',
          'The purpose is clear, as with a business card',
        ),
        '21(4)(i)': item(
          '21(4)(i)',
          '伝えると、だれかの命や財産などを害する',
          'Telling it may harm somebody’s life or property',
        ),
        '21(4)(ii)': item(
          '21(4)(ii)',
          '伝えると、当社の権利や正当な利益を害する',
          'Telling it may harm our rights or legitimate interests',
        ),
        '21(4)(iii)': item(
          '21(4)(iii)',
          '伝えると、国や自治体の仕事に支障が出る',
          'Telling it may impede public affairs',
        ),
      },
      { ask: 'if-known' },
    ),
  ),
  confirmed: yesNo('そのおそれがあると確かめましたか', 'Has the risk of that harm been confirmed?'),
  clearPurposes: purposeIds('どの目的が、状況から明らかですか', 'Which purposes are clear from the circumstances?', {
    hint: both(
      '名刺なら、今後の連絡と、当社の広告の冊子やメールを送ることがそうです。',
      'With a business card: further contact, and sending brochures and e-mails that advertise our company.',
    ),
  }),
};

/** How a record is made. */
export const record: Fields<RecordMode> = {
  mode: required(
    choice<RecordMode['mode']>(
      '記録をどう作りますか',
      'How is the record made?',
      {
        each: both('そのつど作る', 'Each time'),
        bulk: both('続けて、または繰り返すので、まとめて作る', 'One record for all, because it continues or repeats'),
        contract: both(
          '本人への商品やサービスの提供に関するやり取りで、その契約書などに記録の事項がすべてあるので、それを記録とする',
          'It is about goods or services for the person, and a contract or the like with all items of the record serves as the record',
        ),
      },
      { ask: 'if-known' },
    ),
  ),
  lastOn: aDay('最後に受け渡す日', 'Day of the last provision or receipt'),
};

/** Cases in which the guideline reads no provision or no receipt. They count once a person has confirmed the case. */
export const exemption: Fields<RecordExemption> = {
  kind: required(
    choice<RecordExemption['kind']>(
      'ガイドラインが記録は要らないとする場合に当たりますか',
      'Does the guideline say that no record is needed in this case?',
      {
        'by-principal': both('本人が自分で渡している', 'The person provides it themselves'),
        'for-principal': both('本人に代わって渡している', 'It is provided on behalf of the person'),
        'one-with-principal': both(
          '相手が本人の代理人や家族など、本人と一体',
          'The other party counts as one with the person, such as an agent or a relative',
        ),
        'public-source': both('だれでも見られる公開の情報', 'It comes from a public source'),
        'not-data-for-recipient': both(
          '受け取る側では個人データにならない',
          'It is no personal data for the recipient',
        ),
        viewing: both('見るだけで、受け取らない', 'It is only looked at'),
      },
      { ask: 'if-known' },
    ),
  ),
  approvedBy: text('記録は要らないと認めた人の番号', 'Id of the person who approved that no record is needed'),
};

/** Consent to our linking what another company gives us (31(1)(i)). Here we are the recipient. */
const linkConsent: Exists<Consent> = {
  ...consent,
  label: both(
    '当社が自社の名簿と結び付けて持つことに、本人が同意していますか',
    'Has the person consented to our linking it to them?',
  ),
  fields: {
    ...consent.fields,
    coversRecipient: yesNo('その同意は、当社が受け取ることを示して得ましたか', 'Did the consent name our company?'),
    coversItems: yesNo('その同意は、今回受け取る項目を含みますか', 'Does the consent cover the items we receive?'),
  },
};

/** The items of 27(1) as the company sees them that receives. */
const receivedItems: Readonly<Record<ProvisionItem, Bilingual>> = {
  ...provisionItems,
  '27(1)(v)': item(
    '27(1)(v)',
    '相手が学術研究機関で、成果の公表などに要る',
    'The provider is an academic institution and publishes results',
  ),
  '27(1)(vi)': item(
    '27(1)(vi)',
    '相手が学術研究機関で、当社との共同研究のために渡す',
    'The provider is an academic institution and does research jointly with us',
  ),
  '27(1)(vii)': item(
    '27(1)(vii)',
    '当社が学術研究機関で、研究に使う',
    'We are an academic institution and use it for research',
  ),
};

/** What is checked and recorded when the information comes from somebody else. */
export const receipt: Omit<Fields<ReceiptFacts>, 'information'> = {
  provider: party(both('渡してくる相手', 'the provider')),
  basis: choice(
    '相手は、何を根拠に渡してきますか',
    'On what basis does the provider give it?',
    {
      consent: both('本人の同意', 'The person’s consent'),
      'opt-out': both('オプトアウト（届け出て、求めがあれば止める）', 'Opt-out, filed with the Commission'),
      exception: both('法令などの特別な場合', 'A case that the law lists'),
      'not-third-party': both('委託、共同利用、事業の承継', 'Entrustment, joint use or succession'),
      'private-person': both('相手は事業者でない個人', 'The provider is a private person'),
    },
    {
      hint: both(
        '法令などの特別な場合は、法令に基づく、人の命や財産を守る、公衆衛生、国や自治体の事務、学術研究だけです。',
        'The cases that the law lists are only: under a law, to protect life or property, public health, public affairs, academic research.',
      ),
    },
  ),
  exception: claimOf(receivedItems),
  ownUse: yesNo(
    '委託で受け取る情報を、任された業務のほかに、当社のためにも使いますか',
    'If it is entrusted to us: will we also use it for ourselves, beyond that work?',
    {
      hint: both(
        'ほかの会社の情報と混ぜるときも「はい」です。共同利用や事業の承継で受け取るときは「いいえ」です。',
        'Also yes if it is mixed with other companies’ data. No for joint use and succession.',
      ),
    },
  ),
  howAcquired: text('相手は、その情報をどうやって手に入れましたか', 'How did the provider come to have it?'),
  documentSeen: yesNo(
    '手に入れた経緯を示す契約書などを見ましたか',
    'Did we see a contract or another document that shows how they came to have it?',
  ),
  consentObtained: yesNo('相手は、本人の同意を得ていますか', 'Has the provider obtained the persons’ consent?', {
    hint: both(
      '特に配慮の要る情報では、相手が集めるとき（要る場合）と、渡すときの同意です。',
      'For special care-required information: consent to acquiring it, where that is needed, and to providing it.',
    ),
  }),
  filingPublished: yesNo('相手の届出は、公表されていますか', 'Has the Commission published its filing?'),
  looksUnlawful: yesNo('不正に集められたように見えますか', 'Does it look unlawfully acquired?', { ask: 'if-known' }),
  record,
  exemption,
  pseudonymousType,
  links: yesNo('自社の名簿と結び付けて、だれのものか分かる形にしますか', 'Will we link it to persons we know?'),
  consent: linkConsent,
  substitute: exists(
    '相手が当社の代わりに、本人の同意を得ていますか',
    'Did the provider obtain the persons’ consent on our behalf?',
    {
      namesUs: yesNo('当社が受け取ると本人に示しましたか', 'Were the persons told that our company receives it?'),
      namesItems: yesNo('項目を本人に示しましたか', 'Were they told which items?'),
      evidenceSeen: yesNo('その証拠を見ましたか', 'Was evidence of it seen?'),
    },
  ),
};

/** Whether information falls under the secrecy of communications. */
export const carried: Bilingual = both(
  '当社が取り次ぐ通信の内容や、その相手、日時、場所が分かる情報ですか',
  'Does it show the content of communications that we carry, or with whom, when or where somebody communicated?',
);

/** What communications are handled on. The question of their secrecy asks for the basis `first`. */
export const communicationsFacts = (ask?: 'first'): Fields<CommunicationsFacts> => ({
  basis: choice(
    '何に基づいて扱いますか',
    'What is the handling based on?',
    {
      warrant: both('裁判官の令状', 'A judge’s warrant'),
      consent: both('利用者本人の個別の同意', 'The user’s own individual consent'),
      inquiry: both('照会の文書（捜査関係事項照会書など）', 'A letter of inquiry, such as from the police'),
      justification: both(
        '通信を届ける、急いで人の命や設備を守るなどの理由',
        'Carrying the communication, saving a life, protecting the network and the like',
      ),
      none: both('どれもない', 'None of these'),
    },
    ask ? { ask } : {},
  ),
  warrant: text('令状の番号', 'Reference of the warrant'),
  withinWarrant: yesNo('令状に書かれた範囲だけを渡しますか', 'Is only what the warrant names handed over?'),
  consent: exists<SecrecyConsent>('利用者本人の同意はありますか', 'Has the user consented?', {
    givenBy: userGiver,
    individual: yesNo(
      '規約でまとめてではなく、個別に得ましたか',
      'Was it obtained individually, not as part of the terms of use?',
    ),
    clear: yesNo(
      'どの通信をどう扱うかを知ったうえでの、はっきりした同意ですか',
      'Did the user agree clearly, knowing which communications are handled and how?',
    ),
    withdrawn: yesNo('同意は取り下げられましたか', 'Has the consent been withdrawn?'),
  }),
});

/** Communications that the company carries. Their secrecy is decided first. */
export const secrecy: Exists<CommunicationsFacts> = exists(carried.ja, carried.en, communicationsFacts(), {
  ask: 'if-known',
});

/** What the officer may judge where communications are touched. */
export const secrecyJudgement = {
  legalJustification: both(
    '通信の秘密に当たる情報を扱うことに、緊急避難や正当な業務など、違法でないとする理由があるか',
    'Whether the law justifies handling information under the secrecy of communications, such as by necessity or legitimate business',
  ),
};

const { personal, 'special-care': specialCare, 'my-number': myNumber, pseudonymous } = information.options;

/** The kind of personal data, or of information made from it. */
export const dataInformation: Choice<DataKind> = choice(
  information.label.ja,
  information.label.en,
  { personal, 'special-care': specialCare, 'my-number': myNumber, pseudonymous },
  { ask: 'first', standing: 'information' },
);

/** Whether the company retains data about the person who asks. */
export const retained: YesNo = yesNo('この人の情報を持っていますか', 'Do we hold information about this person?', {
  ask: 'first',
});

/** A law that requires the company to keep the data. */
export const keeping: Exists<KeepingDuty> = exists(
  '法律で保存が義務づけられていますか（帳簿、契約の控え、提供の記録など）',
  'Does a law require us to keep it (books, copies of contracts, records of provision and the like)?',
  {
    legalBasis: text('義務があるとき：何という法律の、どの書類ですか', 'If so: which law, and which document?', {
      hint: both('人の名は書かないでください。', 'Do not write names of people.'),
    }),
    until: aDay('義務があるとき：いつまで保存しますか', 'If so: until when is it kept?'),
  },
);

/** A fee the company asks of the person. */
export const fee: Exists<FeeFacts> = exists(
  '本人に手数料を求めますか',
  'Do we ask the person for a fee?',
  {
    yen: count('手数料の額（円、税込）', 'The fee in yen, tax included'),
    published: yesNo(
      'その額を、この請求について公表していますか',
      'Is that amount published for this kind of request?',
    ),
    reasonable: yesNo('実費を考えて、合理的な額ですか', 'Is the amount reasonable in view of the actual cost?'),
  },
  { ask: 'if-known', options: { yes: both('求める', 'A fee is asked for'), no: both('求めない', 'No fee') } },
);
