// What kind of information is this, and which articles attach to it? (APPI 2, 16)

import { both, type Bilingual } from '../../../base/bilingual.ts';
import {
  classificationContradictions,
  decideClassification,
  type ClassificationFacts,
  type InformationLayer,
  type Mark,
} from '../../../law/index.ts';
import { choice, question, several, yesNo } from '../facts.ts';
import { carried } from './parts.ts';
import { madeHere } from './processed-parts.ts';

export const classify = question<ClassificationFacts, InformationLayer>({
  id: 'classify',
  group: 'know',
  title: both('これは個人情報なのか、どの種類なのかを知りたい', 'I want to know what kind of information this is'),
  when: both(
    '扱い方を決める前に、その情報に法律のどの決まりがかかるかを知りたいとき',
    'When you want to know which rules of the law apply to information, before you decide how to handle it',
  ),
  answers: {
    personal: both('個人情報です', 'personal information'),
    'personal-data': both('個人データです', 'personal data'),
    'retained-personal-data': both('保有個人データです', 'retained personal data'),
    pseudonymous: both(
      '仮名加工情報で、個人情報でもあります',
      'pseudonymously processed, and still personal information',
    ),
    'pseudonymous-non-personal': both(
      '仮名加工情報で、個人情報ではありません',
      'pseudonymously processed, and not personal information',
    ),
    anonymous: both('匿名加工情報です', 'anonymously processed information'),
    'personally-related': both('個人関連情報です', 'personally related information'),
    none: both('生きている個人についての情報ではありません', 'not about a living individual'),
  },
  asks: 'what',
  marks: {
    'special-care': both('要配慮個人情報を含む', 'includes special care-required information'),
    'identification-code': both('個人識別符号を含む', 'includes an identification code'),
    'my-number': both('マイナンバーを含む', 'includes a My Number'),
    'specific-personal': both('特定個人情報', 'specific personal information'),
    'communications-secrecy': both('通信の秘密に当たる', 'under the secrecy of communications'),
  } satisfies Record<Mark, Bilingual>,
  decide: decideClassification,
  contradictions: classificationContradictions,
  fields: {
    subject: choice(
      'だれについての情報ですか',
      'Whom is it about?',
      {
        living: both('生きている人', 'Living people'),
        deceased: both('亡くなった人', 'People who have died'),
        nobody: both('会社、機械、全体の集計など。人についてではない', 'Companies, machines, totals: not about people'),
      },
      { ask: 'first' },
    ),
    identifies: yesNo(
      '氏名、顔写真、生年月日などから、だれのことか分かりますか',
      'Do names, photographs, birth dates or the like show who it is about?',
      { ask: 'first' },
    ),
    collatable: yesNo(
      '社内のほかの情報と簡単に照らし合わせれば、だれのことか分かりますか',
      'Can it easily be matched with other information we hold to show who it is about?',
      {
        hint: both(
          '社員番号や会員番号から、名簿をたどれるときなどです。',
          'For example, when a staff or member number can be looked up in a list.',
        ),
      },
    ),
    processing: choice('個人が分からないように加工しましたか', 'Was it processed so that nobody can be identified?', {
      none: both('していない', 'No'),
      pseudonymised: both('仮名加工情報として加工した', 'Yes, as pseudonymously processed information'),
      anonymised: both('匿名加工情報として加工した', 'Yes, as anonymously processed information'),
    }),
    madeHere,
    myNumber: yesNo(
      'マイナンバーか、その代わりの符号を含みますか',
      'Does it include a My Number or a code used in its place?',
      {
        hint: both(
          '暗号にしたもの、一部だけのもの、照合の鍵に使うハッシュ値も含みます。',
          'This includes encrypted numbers, parts of a number, and hashes used as a key.',
        ),
      },
    ),
    codes: several('次の番号や特徴のデータを含みますか', 'Which of these does it include?', {
      'my-number': both('個人番号', 'My Number'),
      passport: both('旅券の番号', 'Passport number'),
      'driving-licence': both('免許証の番号、免許情報記録の番号', 'Driving licence number'),
      'basic-pension': both('基礎年金番号', 'Basic pension number'),
      'resident-record': both('住民票コード', 'Resident record code'),
      'residence-card': both('在留カードの番号', 'Residence card number'),
      'special-permanent-resident': both('特別永住者証明書の番号', 'Special permanent resident certificate number'),
      'foreign-passport': both('外国の旅券の番号', 'Passport number of another country'),
      'health-insurance': both('健康保険の記号、番号、保険者番号', 'Health insurance symbols and numbers'),
      'national-health-insurance': both('国民健康保険の記号、番号', 'National Health Insurance symbols and numbers'),
      'elderly-medical': both('後期高齢者医療の番号', 'Late-elderly medical insurance number'),
      'long-term-care': both('介護保険の番号', 'Long-term care insurance number'),
      'mariners-insurance': both('船員保険の記号、番号', 'Mariners’ insurance symbols and numbers'),
      'employment-insurance': both('雇用保険の被保険者番号', 'Employment insurance number'),
      'private-school-mutual-aid': both('私立学校の共済の番号', 'Private school mutual aid number'),
      'national-officers-mutual-aid': both('国家公務員の共済の番号', 'National officers’ mutual aid number'),
      'local-officers-mutual-aid': both('地方公務員の共済の番号', 'Local officers’ mutual aid number'),
      face: both('顔の認証に使うデータ', 'Face recognition data'),
      fingerprint: both('指紋、掌紋のデータ', 'Fingerprint or palm print data'),
      vein: both('静脈のデータ', 'Vein data'),
      iris: both('虹彩のデータ', 'Iris data'),
      voice: both('声紋のデータ', 'Voice recognition data'),
      gait: both('歩き方のデータ', 'Gait data'),
      dna: both('DNAの配列', 'DNA sequence'),
    }),
    specialCare: several('次のことが書かれていますか', 'Does it state any of these?', {
      race: both('人種', 'Race'),
      creed: both('信条', 'Creed'),
      'social-status': both('社会的身分', 'Social status'),
      'medical-history': both('病歴', 'Medical history'),
      disability: both('障害', 'A disability'),
      'health-check': both('健康診断などの結果', 'Results of a health check'),
      treatment: both('診療や調剤を受けたこと', 'That treatment or dispensing was given'),
      'criminal-record': both('犯罪の経歴', 'A criminal record'),
      'crime-victim': both('犯罪の被害を受けたこと', 'Having been the victim of a crime'),
      'criminal-procedure': both(
        '逮捕、捜索など、刑事手続を受けたこと',
        'Arrest, search or another criminal procedure',
      ),
      'juvenile-procedure': both('少年の保護事件の手続を受けたこと', 'A juvenile protection procedure'),
    }),
    database: yesNo(
      'パソコンや索引で検索できる形にまとめたものの一部ですか',
      'Is it part of a collection that can be searched by computer or by an index?',
    ),
    publishedDirectory: yesNo(
      'だれでも買える電話帳や名簿を、そのまま使うものですか',
      'Is it a telephone directory or list that anybody can buy, used as it is?',
      {
        ask: 'if-known',
      },
    ),
    authority: yesNo(
      '当社に、本人に見せる、直す、消すなどを決める権限がありますか',
      'Has our company the authority to show it to the person, correct it and erase it?',
    ),
    existenceHarm: choice(
      'その情報があると答えるだけで、害が生じますか',
      'Would merely answering that it exists do harm?',
      {
        'life-body-property': both(
          '本人や第三者の命、体、財産が危うくなる',
          'Somebody’s life, body or property would be in danger',
        ),
        'unlawful-acts': both('違法や不当な行為を助長するおそれがある', 'It may further unlawful or unjust acts'),
        'national-security': both('国の安全や外交を害する', 'It would harm national security or diplomacy'),
        'public-safety': both(
          '犯罪の予防や捜査などに支障が出る',
          'It would impede the prevention or investigation of crime',
        ),
      },
      { ask: 'if-known' },
    ),
    relinked: yesNo(
      'だれのものか分からなかった情報を、個人と結び付けたものですか',
      'Is it information that identified nobody and was then linked to a person?',
      {
        ask: 'if-known',
      },
    ),
    communications: yesNo(carried.ja, carried.en),
  },
});
