// Article 43(3), Rule 36: a company that made anonymously processed information publishes the items it contains, without delay after making it.
// Telling persons individually is no publication. Under an entrustment, the entrusting company publishes.

import type { Day } from '../../base/day.ts';
import type { Finding, Missing } from '../../base/finding.ts';
import { appi, lacks, no, outsideText, rules, settle, step } from '../answer.ts';
import { contradiction, reversed, type Contradiction } from '../contradiction.ts';

export interface AnonymousPublicationFacts {
  madeOn?: Day;
  /** null = not published. */
  publishedOn?: Day | null;
  means?: 'internet' | 'other-public' | 'told-individually';
  /** The items of information about individuals it contains. */
  items?: readonly string[];
  /** The items that the publication names. */
  publishedItems?: readonly string[];
  /** It was made for another company, which entrusted the work. */
  entrusted?: boolean;
  publishedBy?: 'company' | 'entrusting-company';
}

const mustPublish = appi(
  '43(3)',
  '匿名加工情報を作ったら、含まれる項目を公表します。',
  'A company that makes anonymously processed information publishes the items it contains.',
);
const how = rules(
  '36(1)',
  '作った後遅滞なく、インターネットなどの適切な方法で公表します。',
  'It is published without delay after making, on the internet or in another appropriate way.',
);
const unpublished = appi(
  '43(3)',
  '含まれる項目をまだ公表していません。',
  'The items it contains are not published yet.',
);
const inPrivate = rules(
  '36(1)',
  '個別に知らせるだけでは、公表したことになりません。',
  'To tell people individually is not to publish.',
);
const incomplete = appi(
  '43(3)',
  '公表にない項目が含まれています。',
  'It contains items that the publication does not name.',
);
const byEntrusting = rules(
  '36(2)',
  '委託されて作ったときは、委託元が公表します。',
  'What was made under an entrustment is published by the entrusting company.',
);
const publishNow = {
  ja: '含まれる項目を、遅滞なくウェブサイトなどで公表する',
  en: 'Publish the items on the web site or the like without delay',
};
const addItems = { ja: '足りない項目を公表に加える', en: 'Add the missing items to the publication' };
const askEntrusting = { ja: '委託元に公表してもらう', en: 'Have the entrusting company publish it' };

/** 43(3), Rule 36. Is this the publication that is due after making anonymously processed information? */
export function decideAnonymousPublication(facts: AnonymousPublicationFacts, on: Day): Finding {
  const silent = outsideText(on);
  if (silent) return silent;
  const { publishedOn, items, publishedItems: listed } = facts;
  if (publishedOn === null || (publishedOn && publishedOn > on)) return no([unpublished, how], publishNow);
  if (facts.means === 'told-individually') return no([inPrivate], publishNow);
  if (items && listed && items.some((i) => !listed.includes(i))) return no([incomplete], addItems);
  if (facts.entrusted && facts.publishedBy === 'company') return no([byEntrusting], askEntrusting);
  const missing: Missing[] = [];
  const ask = (fact: keyof AnonymousPublicationFacts, ja: string, en: string): void => {
    if (facts[fact] === undefined) missing.push(lacks(fact, '43(3)', ja, en));
  };
  ask('madeOn', '作った日', 'The day it was made');
  ask('publishedOn', '公表した日', 'The day it was published');
  ask('means', '公表の方法', 'How it was published');
  if (!items?.length) missing.push(lacks('items', '43(3)', '含まれる項目', 'The items it contains'));
  if (!listed?.length) missing.push(lacks('publishedItems', '43(3)', '公表した項目', 'The items published'));
  ask('entrusted', '委託されて作ったか', 'Whether it was made under an entrustment');
  if (facts.entrusted) ask('publishedBy', 'だれが公表したか', 'Who published it');
  return settle(mustPublish, step([how, ...(facts.entrusted ? [byEntrusting] : [])], [], missing));
}

/** Facts of a publication that cannot all be true. */
export const anonymousPublicationContradictions = (facts: AnonymousPublicationFacts): Contradiction[] => [
  ...reversed(
    facts.madeOn,
    'publishedOn',
    facts.publishedOn,
    '作った日より前です',
    'This is before the day it was made',
  ),
  ...(facts.entrusted === false && facts.publishedBy === 'entrusting-company'
    ? [
        contradiction(
          'publishedBy',
          '委託元がいるのは、委託されて作ったときだけです',
          'There is an entrusting company only when the work was entrusted',
        ),
      ]
    : []),
];
