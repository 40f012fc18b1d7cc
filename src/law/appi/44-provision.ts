// Articles 43(4) and 44: providing anonymously processed information. Neither consent nor a record is needed, but the items and the method are
// published first, and the recipient is told expressly what it is.

import type { Day } from '../../base/day.ts';
import type { Duty, Finding, Ground, Missing } from '../../base/finding.ts';
import { appi, duty, lacks, no, outsideText, rules, settle, step } from '../answer.ts';
import { reversed, type Contradiction } from '../contradiction.ts';
import type { AnonymousAnnouncementFacts, ProvisionFacts } from '../facts.ts';
import { sameEntity } from './27-entrustment.ts';
import { neverIdentify, publishSafety } from './43-anonymisation.ts';
import { received, refusedUse } from './45-use.ts';

/** `madeHere`: the company made it itself (43); otherwise it was received as such (44). */
export type AnonymousProvisionFacts = Pick<
  ProvisionFacts,
  'madeHere' | 'relation' | 'items' | 'anonymous' | 'identifies' | 'obtainsDeleted'
>;

const afterMaking = appi(
  '43(3)',
  '作った情報に含まれる項目は、遅滞なく公表します。',
  'The items of the information that was made are published without delay.',
);
const how36 = rules(
  '36(1)',
  'インターネットなどの適切な方法で公表します。',
  'It is published on the internet or in another appropriate way.',
);
const publish: [string, string] = [
  '渡す前に、渡す項目と渡し方を公表し、匿名加工情報であることを相手にはっきり伝えます。',
  'Before it is provided, the items and the method are published, and the recipient is told expressly that it is anonymously processed.',
];
const published: [string, string] = [
  '公表は、インターネットなどの適切な方法によります。',
  'The publication is on the internet or in another appropriate way.',
];
const marked: [string, string] = [
  '相手には、電子メールや書面などの適切な方法で伝えます。',
  'The recipient is told by e-mail, in a document or in another appropriate way.',
];
const by = {
  made: {
    duty: appi('43(4)', ...publish),
    publication: rules('37(1)', ...published),
    marking: rules('37(2)', ...marked),
  },
  received: {
    duty: appi('44', ...publish),
    publication: rules('38(1)', ...published),
    marking: rules('38(2)', ...marked),
  },
};
const notPersonal = appi(
  '2(6)',
  '匿名加工情報は個人情報ではないので、渡すことに本人の同意も提供の記録も要りません。',
  'It is not personal information, so neither consent nor a provision record is due.',
);
const unpublishedMade = appi(
  '43(3)',
  '作った情報の項目をまだ公表していません。',
  'The items of what was made are not published yet.',
);
const unpublishedItems: [string, string] = [
  '渡す項目をまだ公表していません。',
  'The items to be provided are not published yet.',
];
const unpublishedMethod: [string, string] = [
  '渡し方をまだ公表していません。',
  'The method of provision is not published yet.',
];
const unmarked: [string, string] = [
  '匿名加工情報であることを、相手にはっきり伝えていません。',
  'The recipient is not told expressly that it is anonymously processed.',
];
const publishFirst = { ja: '公表してから渡す', en: 'Publish it, then provide' };
const markIt = {
  ja: '匿名加工情報であると、送るメールや書面に書く',
  en: 'Write in the e-mail or the document that it is anonymously processed information',
};
const marking: Duty = duty(
  'mark-anonymous',
  ['APPI', '43(4)'],
  'before',
  '渡すときに、匿名加工情報であることを相手にはっきり伝える',
  'Tell the recipient expressly, on providing it, that it is anonymously processed information',
);

const late = (published: Day | null | undefined, on: Day): boolean =>
  published === null || (published !== undefined && published > on);

/** The refusal when something is known not to be published or told; undefined otherwise. */
function refusal(a: AnonymousAnnouncementFacts, made: boolean | undefined, on: Day): Finding | undefined {
  const article = made === false ? '44' : '43(4)';
  const rule = made === false ? '38' : '37';
  if (made && late(a.madeItemsOn, on)) return no([unpublishedMade, how36], publishFirst);
  if (late(a.providedItemsOn, on))
    return no([appi(article, ...unpublishedItems), rules(`${rule}(1)`, ...published)], publishFirst);
  if (late(a.methodOn, on))
    return no([appi(article, ...unpublishedMethod), rules(`${rule}(1)`, ...published)], publishFirst);
  if (a.marking === 'none') return no([appi(article, ...unmarked), rules(`${rule}(2)`, ...marked)], markIt);
  return undefined;
}

const askMadeHere = lacks('madeHere', '43(4)', '当社が作ったか', 'Whether the company made it');

/** 43(3), (4), 44, Rules 36 to 38. May this anonymously processed information be provided, after which publication and with which marking? */
export function decideAnonymousProvision(facts: AnonymousProvisionFacts, on: Day): Finding {
  const silent = outsideText(on);
  if (silent) return silent;
  const inside = facts.relation === 'same-entity';
  // What the company may not do itself, it may not have done through a recipient: 45 binds the party that receives it.
  const banned = refusedUse(inside ? facts : { ...facts, madeHere: false });
  if (banned) return banned;
  const { madeHere, anonymous: a = {} } = facts;
  if (inside) {
    // The maker holds the deleted information; a party that received the result may not obtain it.
    const open = facts.obtainsDeleted && madeHere === undefined ? [askMadeHere] : [];
    return settle(sameEntity, step([notPersonal], [], open));
  }
  const refused = refusal(a, madeHere, on);
  if (refused) return refused;
  const missing: Missing[] = [];
  const article = madeHere === false ? '44' : '43(4)';
  if (madeHere === undefined) missing.push(askMadeHere);
  const ask = (fact: keyof AnonymousAnnouncementFacts, under: string, ja: string, en: string): void => {
    if (a[fact] === undefined) missing.push(lacks(`anonymous.${fact}`, under, ja, en));
  };
  if (madeHere)
    ask('madeItemsOn', '43(3)', '作った情報の項目を公表した日', 'The day the items of what was made were published');
  ask('providedItemsOn', article, '渡す項目を公表した日', 'The day the items to be provided were published');
  ask('methodOn', article, '渡し方を公表した日', 'The day the method was published');
  ask(
    'marking',
    article,
    '匿名加工情報だと相手にどう伝えるか',
    'How the recipient is told that it is anonymously processed',
  );
  if (!facts.items?.length) missing.push(lacks('items', article, '渡す項目', 'The items to be provided'));
  const first: Ground[] = madeHere ? [afterMaking, how36] : [];
  const { duty, publication, marking: told } = by[madeHere === false ? 'received' : 'made'];
  const duties =
    madeHere === false ? [{ ...marking, article: '44' }, ...received] : [marking, neverIdentify, publishSafety];
  return settle(notPersonal, step([...first, duty, publication, told], duties, missing));
}

/** Facts of a provision of anonymously processed information that cannot all be true. */
export const anonymousProvisionContradictions = (facts: AnonymousProvisionFacts): Contradiction[] => {
  const a = facts.anonymous;
  return reversed(
    a?.madeItemsOn,
    'anonymous.providedItemsOn',
    a?.providedItemsOn,
    '作った情報の項目の公表より前です',
    'This is before the items of what was made were published',
  );
};
