// May a tag or module go live that sends information from the user's device? (TBA 27-12)

import { both } from '../../../base/bilingual.ts';
import {
  transmissionContradictions,
  decideTransmission,
  type TransmissionEntry,
  type TransmissionFacts,
} from '../../../law/index.ts';
import { choice, dayOrNone, exists, question, several, yesNo } from '../facts.ts';
import { consentJudgement, userGiver } from './parts.ts';

export const transmit = question<TransmissionFacts>({
  id: 'transmit',
  group: 'website',
  title: both('ウェブサイトやアプリに、タグや部品を入れたい', 'I want to put a tag or module into a site or an app'),
  when: both(
    '解析、広告、SNSのボタン、動画の埋め込みなどを公開する前に、タグ1つごとに',
    'Before analytics, advertising, social buttons, embedded video and the like go live, tag by tag',
  ),
  answers: { yes: both('公開してよい', 'it may go live'), no: both('まだ公開できません', 'it may not go live yet') },
  decide: decideTransmission,
  contradictions: transmissionContradictions,
  judgements: {
    ...consentJudgement,
    ownSiteOutside: both(
      '自社の紹介だけのサイトで、対象のサービスに当たらないか',
      'Whether the site only presents our own business and is no covered service',
    ),
  },
  fields: {
    sends: yesNo(
      '利用者の端末から、外のサーバーに情報を送らせますか',
      'Does it have the user’s device send information to another server?',
      { ask: 'first' },
    ),
    throughBrowserOrApp: yesNo(
      'ブラウザーやアプリで使うサービスですか',
      'Is the service used in a browser or an app?',
      {
        ask: 'first',
      },
    ),
    service: choice(
      'どんなサービスですか',
      'What kind of service is it?',
      {
        mediation: both(
          'メール、チャット、会議など、人どうしの通信を仲立ちする',
          'Mail, chat, meetings between people',
        ),
        posting: both('掲示板、SNS、動画の共有など、投稿を見せる', 'Boards, social networks, sharing of posts'),
        search: both('ウェブ全体の検索', 'Search of the whole web'),
        information: both('ニュース、天気、地図、動画など、情報を見せる', 'News, weather, maps, video'),
        'own-site': both('自社の紹介や広告だけのサイト', 'A site that only presents or advertises our own business'),
        none: both('どれでもない', 'None of these'),
      },
      { ask: 'first' },
    ),
    entry: exists<TransmissionEntry>(
      'このタグについて、何をどこへ送るかを公表していますか',
      'Have we published what this tag sends, and to whom?',
      {
        publishedOn: dayOrNone('いつから公表していますか', 'Since when?'),
        listed: several('公表に書いてあること', 'What it says', {
          information: both('送る情報の内容', 'The information sent'),
          recipient: both('送り先の会社などの名称', 'Who receives it'),
          purpose: both('何に使うか', 'What it is used for'),
        }),
        plain: yesNo('日本語で、専門用語を避けて書いてありますか', 'Is it in Japanese, without jargon?'),
        readable: yesNo('拡大などをせずに読めますか', 'Can it be read without zooming?'),
        reachable: yesNo(
          'そのページや最初の画面から、すぐ開けますか',
          'Is it easily reached from the page or first screen?',
        ),
      },
      { ask: 'first', options: { yes: both('している', 'Yes'), no: both('していない', 'No') } },
    ),
    exemption: choice(
      '公表しなくてよい場合に当たりますか',
      'Is it a case where nothing need be published?',
      {
        necessary: both(
          '表示、入力、ログイン、不正の防止、負荷の分散に真に必要',
          'Truly needed for display, input, sign-in, fraud prevention or load balancing',
        ),
        'own-identifier': both(
          '当社の付けた識別符号が、当社に戻るだけ',
          'An identifier that we set only comes back to us',
        ),
        consent: both('送る前に利用者が同意する', 'The user consents beforehand'),
        'opt-out': both('利用者が止められる（オプトアウト）', 'The user can stop it (opt-out)'),
        none: both('どれでもない', 'None of these'),
      },
      { ask: 'if-known' },
    ),
    withinNeed: yesNo('その必要の範囲だけで送り、使いますか', 'Is it sent and used only as far as that need requires?'),
    ownIdentifier: yesNo(
      '当社が付けた符号で、当社だけに戻りますか',
      'Did we set the identifier, and does it come back only to us?',
    ),
    userConsented: yesNo(
      'この送信に、送る前に利用者が同意しますか',
      'Does the user consent to this transmission before it is sent?',
    ),
    consentedBy: userGiver,
    optOutListed: several('オプトアウトについて公表していること', 'What is published about the opt-out', {
      'opt-out': both('止められること', 'That it can be stopped'),
      'stops-what': both('止まるのは送信か利用か', 'Whether sending or use stops'),
      'how-to-stop': both('止める方法', 'How to stop it'),
      'limits-of-service': both('止めるとサービスが限られるなら、その内容', 'If stopping limits the service, how'),
      information: both('送る情報の内容', 'The information sent'),
      recipient: both('送り先の会社などの名称', 'Who receives it'),
      purpose: both('何に使うか', 'What it is used for'),
    }),
    optOutWorks: yesNo('求めた人について、実際に止まりますか', 'Does it really stop for a person who asks?'),
  },
});
