// The words of the external transmissions, in both languages.

import { both, type Bilingual } from '../../base/bilingual.ts';
import type { Act, Choice, ChoiceKind, Exemption, Service } from './facts.ts';

export const words = {
  title: both('外部送信', 'Transmissions'),
  sub: both(
    'サイトごとに、利用者の端末から外に送る情報と送り先。公表し、断れるようにします',
    'What each web site has visitors’ devices send, and to whom. It is published, and visitors can refuse it',
  ),
  addSite: both('サイトを加える', 'Add a site'),
  noSites: both('まだサイトがありません', 'There is no site yet'),
  noMatch: both('この条件に合うサイトはありません', 'No site matches'),
  noSitesSays: both(
    'タグを入れているウェブサイトを登録すると、タグごとに公開してよいかが分かり、公表ページと同意のお知らせができます。',
    'Register a web site that has tags. You then see for each tag whether it may go live, and get the public page and the notice that asks for consent.',
  ),
  site: both('サイト', 'Site'),
  addresses: both('アドレス', 'Addresses'),
  tags: both('タグ', 'Tags'),
  answers: both('答え', 'Answers'),
  recent: both('30日間の選択', 'Choices in 30 days'),
  changed: both('変わった日', 'Changed'),
  state: both('状態', 'State'),
  review: both('見直す・変える', 'Review or change'),
  addTag: both('タグを加える', 'Add a tag'),
  allTags: both('すべてのタグ', 'All tags'),
  allTagsSub: both('どのサイトが、何を、どこに、何のために送るか', 'Which site sends what to whom, and for what'),
  asList: both('一覧で見る、書き出す', 'See them as a list, or export them'),
  noTagMatches: both('この条件に合うタグはありません', 'No tag matches'),
  toldSince: both('いまの内容にした日', 'In its present form since'),
  noTags: both('まだタグがありません', 'There is no tag yet'),
  noTagsSays: both(
    'サイトに入れているタグを1つずつ登録します。登録のないアドレスへの送信は、お知らせでは止まりません。',
    'Register the tags of the site one by one. The notice does not stop what goes to addresses that are not registered.',
  ),
  about: both('サイトの内容', 'About the site'),
  service: both('サービスの種類', 'Kind of service'),
  linked: both('公表ページへのリンク', 'Link to the public page'),
  notLinked: both('まだ付けていません', 'Not yet'),
  bound: both('1日に受け付ける選択', 'Choices accepted per day'),
  publicPage: both('公表ページ', 'Public page'),
  snippet: both('サイトに入れる部品', 'To put into the site'),
  snippetFirst: both(
    'どのページでも、ほかのどのタグよりも前に入れます。',
    'Put this into every page, before any other tag.',
  ),
  snippetTags: both(
    'HTMLに直接書いたタグは、次のように書き換えます。許可されるまで動きません。',
    'Rewrite tags written directly in the HTML like this. They do not run until they are allowed.',
  ),
  snippetLink: both(
    '選び直すためのボタンと、公表ページへのリンクを、すべてのページに置きます。',
    'Put a button to choose again and a link to the public page on every page.',
  ),
  snippetPolicy: both(
    'サイトでコンテンツセキュリティポリシーを使っているときは、次を加えます。スタイルの許可は要りません。',
    'If the site has a content security policy, add this. No style needs to be allowed.',
  ),
  snippetTrust: both(
    'ほかのホストから取り寄せる自社の部品と、ほかのホストへの呼び出しは、登録簿が届くまで待たされます。待たせない自社のホストは data-trust に並べます。',
    'Your own components from other hosts, and calls to them, wait until the register has arrived. List your hosts that need not wait in data-trust.',
  ),
  snippetHeld: both(
    'お知らせが止めるのは、登録したアドレスへの送信のうち、スクリプト、フレーム、画像、動画、音声、スタイルシートなどの要素によるものと、スクリプトからの呼び出し（フェッチ、XMLHttpRequest、sendBeacon）によるものです。',
    'The notice holds back what goes to registered addresses by elements (scripts, frames, pictures, films, sounds, style sheets and the like) and by fetch, XMLHttpRequest and sendBeacon.',
  ),
  snippetNotHeld: both(
    '次の送信は、お知らせでは止められません。コンテンツセキュリティポリシー（connect-src、img-src、font-src など）で、許す相手だけに絞ってください。',
    'The notice cannot hold back the following. Limit them to the hosts you allow with a content security policy (connect-src, img-src, font-src and the like).',
  ),
  snippetModule: both('ESモジュールとしても使えます。', 'It can also be used as an ES module.'),
  choicesTitle: both('利用者の選択', 'What visitors chose'),
  noChoices: both('この30日に記録された選択はありません', 'No choice was recorded in these 30 days'),
  day: both('日', 'Day'),
  total: both('計', 'Total'),
  fullToday: both('今日の選択が上限に達しました', 'Today’s choices have reached the limit'),
  fullTodaySays: both(
    'これより後の許可は記録できないため、タグは止まったままです。断った選択は守られます。',
    'Permissions can no longer be recorded today, so those tags stay stopped. Refusals are still honoured.',
  ),
  history: both('これまでの版', 'History'),
  version: both('版', 'Version'),
  told: both('お知らせの版', 'Notice'),
  at: both('日時', 'When'),
  act: both('行為', 'Act'),
  record: both('記録', 'Record'),
  seeEntry: both('記録を見る', 'See the entry'),
  saved: both('保存しました', 'Saved'),
  editSite: both('サイトの見直し', 'Review the site'),
  editTag: both('タグの見直し', 'Review the tag'),
  cancel: both('やめる', 'Cancel'),
  save: both('保存する', 'Save'),
  register: both('登録する', 'Register'),
  choose: both('選んでください', 'Choose'),
  tag: both('タグ', 'Tag'),
  asked: both('このタグを公開してよいか', 'May this tag go live?'),
  yesTitle: both('公開してよい', 'it may go live'),
  noTitle: both('まだ公開できません', 'it may not go live yet'),
  holdTitle: both('まだ答えられません', 'no answer yet'),
  yesSays: both(
    'このタグは公表ページに載り、お知らせが選択のとおりに動かします。',
    'It is on the public page, and the notice runs it as visitors choose.',
  ),
  noSays: both(
    'このタグは公表ページに載らず、お知らせがすべての利用者について止めます。',
    'It is not on the public page, and the notice stops it for everybody.',
  ),
  holdSays: both(
    '事実が足りません。分かるまで、お知らせがすべての利用者について止めます。',
    'Facts are missing. Until they are known, the notice stops it for everybody.',
  ),
  offToday: both('答えが変わりました', 'The answer has changed'),
  offTodaySays: both(
    '保存したときは可でしたが、今日の事実と法令では可になりません。見直すまで止まります。',
    'The answer was yes when it was saved, but with today’s facts and law it is not. The tag stays stopped until it is reviewed.',
  ),
  toldOf: both('公表すること', 'What is published'),
  notPublished: both('公表していません', 'Not published'),
  stated: both('確かめたこと', 'What was checked'),
  unknown: both('分からない', 'Not known'),
  yes: both('はい', 'Yes'),
  no: both('いいえ', 'No'),
  unreadable: both('JSONとして読めないか、大きすぎます', 'It cannot be read as JSON, or is too large'),
  noSite: both('このサイトはありません', 'There is no such site'),
  elsewhere: both('このサイトのページからではありません', 'It does not come from a page of the site'),
  full: both('今日受け付けられる数を超えました', 'The number of choices accepted today has been exceeded'),
  often: both(
    '同じネットワークから続けて送られています。しばらくしてから、もう一度お選びください',
    'Too many choices in a row come from this network. Please choose again later',
  ),
} satisfies Record<string, Bilingual>;

/** What the notice cannot hold back, for the people who build the site. */
export const notHeld: readonly Bilingual[] = [
  both('登録のないアドレスへの送信', 'What goes to addresses that are not registered'),
  both(
    '書き換えずにHTMLに書いたリンク要素や画像など（ブラウザーが先に取り寄せます）',
    'Links, pictures and the like written in the HTML without rewriting: the browser requests them first',
  ),
  both(
    'スタイルシートの中のアドレスから取り寄せる画像やフォント',
    'Pictures and fonts that a style sheet requests by url()',
  ),
  both(
    'リンクを押したことの通知（ピング）、フォームの送信、ページの移動',
    'The ping of a link, a form that is sent, and going to another page',
  ),
  both(
    'WebSocket、EventSource、ワーカー、フレームの中のページからの送信',
    'WebSocket, EventSource, workers, and what a page in a frame sends',
  ),
];

/** What visitors are told of a tag. */
export const tagWords = {
  information: both('送る情報', 'Information'),
  recipient: both('送り先', 'Recipient'),
  purpose: both('当社の目的', 'Our purpose'),
  theirPurpose: both('送り先の目的', 'Their purpose'),
  choice: both('選び方', 'Choice'),
  limits: both('断ったとき', 'If refused'),
  patterns: both('読み込み元', 'Loaded from'),
} satisfies Record<string, Bilingual>;

export const serviceWords: Record<Service, Bilingual> = {
  information: both('ニュース、天気、地図、動画など、情報を見せる', 'News, weather, maps, video'),
  posting: both('掲示板、SNS、動画の共有など、投稿を見せる', 'Boards, social networks, sharing of posts'),
  mediation: both('メール、チャット、会議など、人どうしの通信を仲立ちする', 'Mail, chat, meetings between people'),
  search: both('ウェブ全体の検索', 'Search of the whole web'),
  'own-site': both('自社の紹介や広告だけのサイト', 'A site that only presents or advertises our own business'),
  none: both('どれでもない', 'None of these'),
};

export const exemptionWords: Record<Exemption, Bilingual> = {
  none: both('どれでもない（公表する）', 'None of these (it is published)'),
  necessary: both(
    '表示、入力、ログイン、不正の防止、負荷の分散に真に必要',
    'Truly needed for display, input, sign-in, fraud prevention or load balancing',
  ),
  'own-identifier': both('当社の付けた識別符号が、当社に戻るだけ', 'An identifier that we set only comes back to us'),
  consent: both('送る前に利用者が同意する', 'The user consents beforehand'),
  'opt-out': both('利用者が止められる（オプトアウト）', 'The user can stop it (opt-out)'),
};

export const choiceWords: Record<Choice, Bilingual> = {
  'opt-in': both('許可されるまで送らない', 'Waits until it is allowed'),
  'opt-out': both('断られたら送らない', 'Stops once it is refused'),
  notice: both('お知らせだけをする', 'Visitors are only told of it'),
};

export const siteStateWords = { active: both('使用中', 'In use'), retired: both('終了', 'Ended') };
export const tagStateWords = { active: both('使用中', 'In use'), off: both('使っていない', 'Not in use') };

export const actWords: Record<Act, Bilingual> = {
  register: both('登録', 'Registered'),
  change: both('変更', 'Changed'),
  confirm: both('見直し（変更なし）', 'Confirmed, no change'),
};

export const kindWords: Record<ChoiceKind, Bilingual> = {
  allowed: both('許可', 'Allowed'),
  some: both('一部を許可', 'Allowed some'),
  refused: both('拒否', 'Refused'),
  gpc: both('ブラウザーの設定（GPC）', 'By the browser (GPC)'),
};

/** Labels of the form, by field name. */
export const siteLabels = {
  code: both('符号', 'Code'),
  'name.ja': both('サイトの名前', 'Name of the site (Japanese)'),
  'name.en': both('サイトの名前（英語）', 'Name of the site (English)'),
  origins: both('アドレス', 'Addresses'),
  service: both('どんなサービスですか', 'What kind of service is it?'),
  linkedOn: both('いつから公表ページへのリンクがありますか', 'Since when does it link to the public page?'),
  choicesADay: both('1日に受け付ける選択の数', 'How many choices are accepted per day'),
  state: both('状態', 'State'),
} satisfies Record<string, Bilingual>;

export const tagLabels = {
  code: both('符号', 'Code'),
  'name.ja': both('タグの名前', 'Name of the tag (Japanese)'),
  'name.en': both('タグの名前（英語）', 'Name of the tag (English)'),
  'information.ja': both('送る情報の内容', 'The information sent (Japanese)'),
  'information.en': both('送る情報の内容（英語）', 'The information sent (English)'),
  'recipient.name.ja': both('送り先の会社などの名称', 'Name of the recipient (Japanese)'),
  'recipient.name.en': both('送り先の名称（英語）', 'Name of the recipient (English)'),
  'recipient.country': both('送り先の国', 'Country of the recipient'),
  'purpose.ja': both('当社は何に使いますか', 'What do we use it for? (Japanese)'),
  'purpose.en': both('当社の目的（英語）', 'Our purpose (English)'),
  'theirPurpose.ja': both('送り先は何に使いますか', 'What does the recipient use it for? (Japanese)'),
  'theirPurpose.en': both('送り先の目的（英語）', 'The recipient’s purpose (English)'),
  'limits.ja': both(
    '断るとサービスはどう限られますか',
    'How is the service limited for visitors who refuse? (Japanese)',
  ),
  'limits.en': both('断ったときの制限（英語）', 'Limits for visitors who refuse (English)'),
  sends: both(
    '利用者の端末から、外のサーバーに情報を送らせますか',
    'Does it have the visitor’s device send information to another server?',
  ),
  thirdPartyId: both(
    '送り先が、利用者のブラウザーに識別符号を付けますか',
    'Does the recipient set an identifier in the visitor’s browser?',
  ),
  exemption: both('公表しなくてよい場合に当たりますか', 'Is it a case where nothing need be published?'),
  withinNeed: both('その必要の範囲だけで送り、使いますか', 'Is it sent and used only as far as that need requires?'),
  ownIdentifier: both(
    '当社が付けた符号で、当社だけに戻りますか',
    'Did we set the identifier, and does it come back only to us?',
  ),
  stops: both(
    '断った人の送信が実際に止まることを、試しましたか',
    'Was it tested that a refusal really stops the sending?',
  ),
  plain: both(
    '上の説明は日本語で、専門用語を避けて書いてありますか',
    'Is the description above in Japanese, without jargon?',
  ),
  choice: both('利用者は、どう選べますか', 'How can visitors choose?'),
  patterns: both('どこから読み込まれますか', 'Where is it loaded from?'),
  state: both('状態', 'State'),
} satisfies Record<string, Bilingual>;
