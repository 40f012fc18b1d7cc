// Must this incident be reported, and the people told? (APPI 26, Numbering Act 29-4, TBA 28)

import { both } from '../../../base/bilingual.ts';
import { breachContradictions, decideBreach, type BreachFacts } from '../../../law/index.ts';
import { aDay, choice, count, dayOrNone, exists, question, several, yesNo } from '../facts.ts';

export const breach = question<BreachFacts>({
  id: 'breach',
  group: 'incident',
  title: both(
    '漏えいや紛失が起きた。報告や本人への通知は要るか',
    'Something leaked or was lost. Must it be reported, and must the people be told?',
  ),
  when: both(
    '誤送信、紛失、盗難、不正アクセス、ウイルス、公開の設定の誤りなどに気づいたら、すぐに。起きたかどうか確かでなくても',
    'As soon as you notice misdirected mail, loss, theft, unauthorised access, a virus, a setting that made data public or the like, even if it is not certain that it happened',
  ),
  answers: {
    yes: both('報告が要ります', 'it must be reported'),
    no: both('報告は要りません', 'no report is due'),
  },
  asks: 'must',
  decide: decideBreach,
  contradictions: breachContradictions,
  judgements: {
    damageUndone: both(
      '同じデータがほかに残っているので、毀損に当たらないと見るか',
      'Whether it is no damage, since the same data is kept elsewhere',
    ),
    protection: both(
      'この守り方が、高度な暗号化などの必要な措置に当たるか',
      'Whether this protection is a necessary measure such as advanced encryption',
    ),
    lateNotice: both(
      '目安を過ぎてから委託元に知らせても、報告を免れると見るか',
      'Whether a late notice to the entrusting party still releases us from reporting',
    ),
    secrecyUnread: both(
      '回収や暗号化でだれにも知られていないので、通信の秘密の漏えいに当たらないと見るか',
      'Whether it is no leak of communications secrecy, since nobody learnt of it',
    ),
    specifiedUserLeak: both(
      '報告の要る特定利用者情報の漏えいに当たるか',
      'Whether it is a leak of specified user information that has to be reported',
    ),
  },
  fields: {
    events: several(
      '何が起きましたか（起きたかもしれないことも選ぶ）',
      'What happened? Include what may have happened',
      {
        leak: both(
          '外に出た（誤送信、盗難、社外での紛失、不正アクセスなど）',
          'It got out: misdirected mail, theft, loss outside the company, unauthorised access and the like',
        ),
        loss: both(
          'なくなった（社内での紛失、誤った削除など）',
          'It is gone: lost inside the company, deleted by mistake and the like',
        ),
        damage: both('書き換わった、または使えなくなった', 'It was altered or can no longer be used'),
        use: both(
          'マイナンバーを、決められた事務のほかに使った',
          'My Numbers were used for something other than their affair',
        ),
        provision: both(
          'マイナンバーを、渡してはいけない相手に渡した',
          'My Numbers were given to somebody who may not receive them',
        ),
      },
      { ask: 'first' },
    ),
    data: choice(
      'どんな情報ですか',
      'What kind of information was it?',
      {
        'personal-data': both(
          'システムや名簿など、検索できる形の個人情報',
          'Personal information in a system or list that can be searched',
        ),
        intended: both(
          '入力フォームなど、これから登録されるはずの個人情報',
          'Personal information about to be registered, such as through a form',
        ),
        scattered: both(
          'ばらばらのメモなど、検索できず登録の予定もない個人情報',
          'Personal information that cannot be searched and was not to be registered, such as loose notes',
        ),
        pseudonymous: both('仮名加工情報', 'Pseudonymised information'),
        'not-personal': both('個人に関しない情報', 'Information that is not about people'),
      },
      { ask: 'first' },
    ),
    knownOn: aDay('社内のだれかが初めて知った日', 'The day somebody in the company first knew of it', {
      ask: 'first',
      hint: both(
        'どの部署でもかまいません。その日が1日目です。不正をした本人は数えません。',
        'Any department counts, and that day is day 1. The person who did it does not count.',
      ),
    }),
    happenedOn: aDay('起きた日', 'The day it happened', { ask: 'if-known' }),
    principals: count('何人分の情報ですか', 'How many people’s information is it?', {
      ask: 'first',
      hint: both(
        '確かでない間は、考えられる最大の人数を書きます。',
        'While it is not certain, give the largest possible number.',
      ),
    }),
    improperPurpose: yesNo(
      '不正アクセス、ウイルス、盗難、持ち出しなど、だれかの悪意によるかもしれませんか',
      'Might it be the result of malicious intent, such as unauthorised access, a virus, theft or taking data out?',
      { ask: 'first' },
    ),
    specialCare: yesNo(
      '病歴、障害、犯罪の経歴など、特に配慮の要る情報を含みますか',
      'Does it include information that needs special care, such as medical history, a disability or a criminal record?',
    ),
    propertyDamage: yesNo(
      'クレジットカード番号や決済のパスワードなど、悪用されるとお金の被害が出る情報を含みますか',
      'Does it include card numbers, payment passwords or the like, whose misuse would cause financial loss?',
    ),
    recoveredUnviewed: yesNo(
      'ほかの人に見られる前に、すべて取り戻せましたか',
      'Was all of it recovered before anybody else saw it?',
      {
        hint: both(
          '相手が開かずに消したと確かめられたときも「はい」です。',
          'Also yes where the recipient is confirmed to have deleted it unopened.',
        ),
      },
    ),
    copyKept: yesNo('同じデータが、ほかに残っていますか', 'Is the same data kept elsewhere?'),
    encryption: exists(
      'データは暗号化されていましたか',
      'Was the data encrypted?',
      {
        recommended: yesNo(
          '国の推奨する暗号方式が、正しく使われていましたか',
          'Was a government-recommended encryption method used properly?',
          {
            hint: both(
              '電子政府推奨暗号リストやISO/IEC 18033の方式です。情報システムの担当に確かめます。',
              'A method on the CRYPTREC list or in ISO/IEC 18033. Check with the IT department.',
            ),
          },
        ),
        key: choice('鍵やパスワードは、どうなっていますか', 'What is the state of the key or password?', {
          'kept-apart': both('データと別に置いてあり、漏れていない', 'Kept apart from the data, and not leaked'),
          'erased-remotely': both('遠隔操作で、データか鍵を消した', 'The data or the key was erased remotely'),
          'unusable-by-others': both('ほかの人には使えない仕組みになっている', 'Nobody else is able to use it'),
          exposed: both('一緒に漏れた、または漏れたかもしれない', 'It leaked too, or may have'),
        }),
      },
      { options: { yes: both('されていた', 'Yes'), no: both('されていなかった', 'No') } },
    ),
    numbers: exists(
      'マイナンバー（個人番号）を含みますか',
      'Does it include My Numbers?',
      {
        inFile: yesNo(
          'システムや一覧など、検索できる形のマイナンバーですか',
          'Were the My Numbers in a system or list that can be searched?',
        ),
        publicSystem: yesNo(
          '役所から任されたマイナンバーの仕組みの情報ですか',
          'Does it come from a My Number system that a public body entrusted to us?',
        ),
        viewableByMany: yesNo(
          'インターネットなどで、だれにでも見られる状態になりましたか',
          'Could anybody view it, on the internet for instance?',
        ),
        principals: count(
          '何人分のマイナンバーですか（確かでない間は最大の人数）',
          'How many people’s My Numbers? While it is not certain, give the largest possible number',
        ),
      },
      { options: { yes: both('含む', 'Yes'), no: both('含まない', 'No') } },
    ),
    telecom: exists(
      '当社の電気通信事業（通信サービス）の情報ですか',
      'Is it information of our telecommunications services?',
      {
        secrecy: yesNo(
          '通信の内容や、だれがいつだれと通信したかが分かりますか',
          'Does it show what was communicated, or who communicated with whom and when?',
        ),
        designated: yesNo(
          '当社は、特定利用者情報について総務大臣の指定を受けていますか',
          'Has the Minister designated us for specified user information?',
          {
            hint: both(
              '利用者の特に多い会社だけが、総務大臣から個別に指定されます。通知がなければ「いいえ」です。',
              'Only companies with very many users are designated, each by name. Without such a notice the answer is no.',
            ),
          },
        ),
      },
    ),
    entrusted: exists(
      'ほかの会社から任されて扱っている情報ですか',
      'Do we handle this information for another company?',
      { notifiedOn: dayOrNone('任せた会社に知らせた日', 'The day that company was told') },
      { options: { yes: both('はい', 'Yes'), no: both('いいえ、当社の情報です', 'No, it is our own') } },
    ),
    noticeDifficult: yesNo(
      '連絡先が分からないなど、本人に知らせるのが難しいですか',
      'Is it difficult to tell the people, for example because their addresses are not known?',
      { ask: 'if-known' },
    ),
  },
});
