// Words of the policy, in both languages, that more than one file of this feature uses.

import { both, type Bilingual, type Lang } from '../../base/bilingual.ts';
import { listed } from '../../platform/ui/format.ts';
import type { Operator, Policy } from './facts/shape.ts';

export const promiseSays = {
  noProver: both(
    'この約束を確かめる仕組みが、いまの関所にはないため、確認できません。',
    'This version of Sekisho has nothing that checks this promise, so this is unknown.',
  ),
  notComputed: both('まだ一度も計算していません。', 'This has not been computed yet.'),
  anew: both(
    'バックアップから戻したため、確かめ直しています。',
    'A backup was restored, so this is being checked anew.',
  ),
  noRecord: both('この日までの記録がありません。', 'There is no record up to this day.'),
  failed: both(
    '確かめる途中で問題が起きたため、確認できません。守れているとは数えません。',
    'The check could not be completed, so this is unknown. It does not count as kept.',
  ),
  late: both(
    '確かめる処理が時間内に終わらないため、確認できません。守れているとは数えません。',
    'The check did not finish in time, so this is unknown. It does not count as kept.',
  ),
  noEvidence: both('証拠が示されていないため、確認できません。', 'No evidence was shown, so this is unknown.'),
};

/** The letter to those who may change the policy; its number names the clauses whose promises it is about. */
export const promiseLetter = {
  subject: both('守れていない約束か、要注意の約束があります', 'Promises are broken or at risk'),
  says: both(
    '次の条項の約束が、「守れていない」か「要注意」に変わりました。生きた方針のページで、理由と次にすることを確かめてください。',
    'Promises of these clauses are now broken or at risk. The living policy says why, and what to do next.',
  ),
};

/** Names clauses, such as `条項29、34、ほか2条項`; `more`: how many are counted but not named. */
export const clausesNamed = (clauses: readonly number[], more: number, lang: Lang): string => {
  const named = listed(clauses.map(String), lang);
  if (lang === 'ja') return `条項${named}${more > 0 ? `、ほか${more}条項` : ''}`;
  return `${clauses.length === 1 ? 'clause' : 'clauses'} ${named}${more > 0 ? ` and ${more} more` : ''}`;
};

export const promiseFix = {
  noProver: both(
    '個人情報保護管理者が担当者を決め、関所の外で記録をとり、監査のときに示します。関所の操作では「確認できない」のままです。',
    'The privacy officer names somebody who keeps records of it outside Sekisho, to be shown at an audit. Nothing done in Sekisho changes this state.',
  ),
  failed: both('運用管理者に、サーバーのログを見てもらう', 'Ask the administrator to read the server’s log'),
};

/** The steps of a new version, as links and buttons say them. */
export const draftWords = {
  versions: both('版と承認', 'Versions and approval'),
  rewrite: both('会社と窓口を書き換える', 'Change company and desk'),
  write: both('新しい版を作る', 'Write a new version'),
  check: both('点検する', 'Check'),
  propose: both('この内容で提案する', 'Propose this'),
  approve: both('承認する', 'Approve'),
};

export const publicTitle = both('個人情報保護方針', 'Personal Information Protection Policy');

/** A purpose as its id and name; the id alone where the policy no longer states it. */
export function purposeName(policy: Policy | null, id: string, lang: Lang): string {
  const stated = policy?.purposes.find((purpose) => purpose.id === id);
  return stated ? `${id} ${stated.label[lang]}` : id;
}

/** Shown before the ways to reach the desk. It does not ask why a letter is difficult, and neither way is safe for the content of a request. */
export const reachSays = both(
  '通常の書面が難しい方は、次の連絡先から窓口にお尋ねください。お知らせいただくのは、折り返しのご連絡に必要なことだけでかまいません。ほかの個人情報は必要ありません。',
  'If an ordinary letter is difficult for you, please ask the desk in one of these ways. You need tell us only what we need to get back to you, and no other personal information.',
);

interface Way {
  name: Bilingual;
  at: string;
  href: string;
}

/** How a person who finds an ordinary letter difficult reaches the desk; empty where the policy states only its address. */
export const waysToDesk = ({ phone, email }: Operator['desk']): Way[] => [
  ...(phone ? [{ name: both('電話：', 'Telephone: '), at: phone, href: `tel:${phone}` }] : []),
  ...(email ? [{ name: both('電子メール：', 'E-mail: '), at: email, href: `mailto:${email}` }] : []),
];

/** What the policy says of the company, by the field of `operator.yaml` that says it. */
export const companyWords: Readonly<Record<string, Bilingual>> = {
  name: both('会社の名前', 'Name of the company'),
  short_name: both('短い名前', 'Short name'),
  address: both('会社の住所', 'Address of the company'),
  representative: both('代表者の役職と氏名', 'Title and name of the representative'),
  'desk.name': both('窓口の名前', 'Name of the desk'),
  'desk.address': both('窓口の住所', 'Address of the desk'),
  'desk.phone': both('窓口の電話番号', 'Telephone of the desk'),
  'desk.email': both('窓口のメールアドレス', 'E-mail of the desk'),
  'parent_policy.name': both('グループの方針の名前', 'Name of the group policy'),
  'parent_policy.url': both('グループの方針のURL', 'Address of the group policy'),
};
