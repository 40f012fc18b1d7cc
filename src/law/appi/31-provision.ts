// Article 31: providing personally related information, such as browsing histories by cookie, to a recipient that links it to persons it knows. The
// provider confirms the persons' consent and records that; it never learns or records who they are.

import type { Day } from '../../base/day.ts';
import type { Duty, Finding, Grounds, Missing } from '../../base/finding.ts';
import { appi, duty, lacks, no, noLawOn, outsideText, rules, settle, step, type Step, unknown } from '../answer.ts';
import { repeated, reversed, type Contradiction } from '../contradiction.ts';
import type { LinkFacts, ProvisionFacts } from '../facts.ts';
import { inForce, relatedRecordItems, relatedRetention } from '../parameters.ts';
import { exceptionGround, recordException, testException } from './18-exceptions.ts';
import { foreignStatus, mayBeAbroad, placeContradictions, systemDuties, type Standing } from './28-foreign.ts';
import { itemsFor, lacksOfParty, publicBody } from './29-record.ts';
import { keepUntil, recordGrounds } from './29-retention.ts';

/** `items` are items of the information, never persons. */
export type RelatedProvisionFacts = Pick<
  ProvisionFacts,
  'recipient' | 'items' | 'link' | 'exception' | 'equivalentSystem' | 'record'
>;

const mustConfirm = appi(
  '31(1)(i)',
  '相手が個人データとして受け取るときは、本人が同意していることを前もって確かめます。',
  'When the recipient will acquire it as personal data, the persons’ consent to that is confirmed beforehand.',
);
const howToConfirm = rules(
  '26(1)',
  '相手の申告などの適切な方法で確かめます。',
  'It is confirmed by the recipient’s declaration or another appropriate way.',
);
const mustInform = appi(
  '31(1)(ii)',
  '相手が外国にあるときは、同意の前に必要な情報が本人に伝えられたことも確かめます。',
  'When the recipient is abroad, it is also confirmed that the persons were told what is required before consenting.',
);
const howToInform = rules(
  '26(2)',
  '伝えたことを示す書面を見せてもらって確かめます。',
  'That is confirmed by being shown a document of what they were told.',
);
const noDatabase = appi(
  '31(1)',
  '検索できるように集めたものから渡すのではないので、確かめる義務はありません。',
  'It does not come from a searchable collection, so nothing has to be confirmed.',
);
const notLinked = appi(
  '31(1)',
  '相手が個人データとして受け取ることは想定されないので、確かめる義務はありません。',
  'The recipient is not expected to acquire it as personal data, so nothing has to be confirmed.',
);
const exempt = appi(
  '31(1)',
  '法律の挙げる場合に当たるので、同意を確かめる義務はありません。',
  'It is one of the cases the law lists, so no consent has to be confirmed.',
);
const unconfirmed = appi(
  '31(1)(i)',
  '本人の同意があることを確かめていません。',
  'The persons’ consent has not been confirmed.',
);
const assumed = rules(
  '26(1)',
  '同意があるはずだと思うだけでは、確かめたことになりません。',
  'To assume that there is consent is not to confirm it.',
);
const notConsented = appi(
  '31(1)(i)',
  '相手が個人データとして受け取ることに、全員が同意してはいません。',
  'Not everybody has consented to the recipient acquiring it as personal data.',
);
const tooLate = appi(
  '31(1)',
  '確かめる日がこの日より後です。前もって確かめる必要があります。',
  'The confirmation is later than this day; it must come first.',
);
const uninformed = appi(
  '31(1)(ii)',
  '外国について本人に伝えたことを示す書面を見ていません。',
  'No document was seen that shows that the persons were told about the foreign country.',
);
const continued = appi(
  '31(2)',
  '相手の体制によるときは、措置が続いていることを確かめ、続かなければ止めます。',
  'Where the provision relies on the recipient’s system, it is checked that the measures continue, and the provision stops if they do not.',
);
const mustRecord = appi('31(3)', '確かめたことを記録し、保存します。', 'What was confirmed is recorded and kept.');
const contents = rules(
  '28(1)',
  '記録事項です。本人がだれかは記録しません。',
  'These are the record items. Who the persons are is not recorded.',
);
const noRecord = appi(
  '31(3)',
  '国の機関などに渡すとき、記録は要りません。',
  'No record is needed of a provision to a public body.',
);
const getDeclaration = [
  {
    ja: '相手が個人データとして受け取ることに全員の同意を得ていると、書面などで申告してもらう',
    en: 'Have the recipient declare, for instance in writing, that everybody consented to its acquiring this as personal data',
  },
  {
    ja: '相手の名前と項目を示して、当社が代わりに本人の同意を得る',
    en: 'Obtain the consent on behalf of the recipient, naming the recipient and the items',
  },
];
const seeDocument = {
  ja: '国の名前、制度、相手の措置を同意の前に伝えたと分かる書面を見せてもらう',
  en: 'Ask to be shown that the country, its system and the recipient’s measures were told before the consent',
};
const askSystem = lacks(
  'equivalentSystem',
  '31(1)',
  '相手に基準適合体制があるか',
  'Whether the recipient has an equivalent-action system',
);
const publishTag: Duty = duty(
  'publish-transmission',
  ['TBA', '27-12'],
  'before',
  '外部に送る情報、送り先、目的を公表すべきサイトやアプリかを確かめ、公表する',
  'Check whether the site or app has to publish what is sent, to whom and why, and publish it',
);

/** TBA 27-12. A tag on the company's own pages has a duty of its own, whatever 31 says. */
function tagStep(link: LinkFacts): Step {
  if (link.byTag === undefined) {
    return step(
      [],
      [],
      [
        lacks(
          'link.byTag',
          '31(1)',
          '当社のサイトやアプリのタグが送るか',
          'Whether a tag on the company’s pages sends it',
        ),
      ],
    );
  }
  return step([], link.byTag ? [publishTag] : []);
}

/** The reason why what was confirmed is not enough; undefined while it may be. */
function unmet(link: LinkFacts, on: Day): Grounds | undefined {
  const c = link.confirmation;
  if (c === null) return [unconfirmed, howToConfirm];
  if (c?.by === 'assumed') return [unconfirmed, assumed];
  if (c?.consented === false) return [notConsented];
  return c?.on && c.on > on ? [tooLate] : undefined;
}

function lacksOfConfirmation(link: LinkFacts, abroad: boolean): Missing[] {
  const c = link.confirmation;
  const missing: Missing[] = [];
  const ask = (fact: string, article: string, ja: string, en: string): void => {
    missing.push(lacks(`link.confirmation${fact}`, article, ja, en));
  };
  if (!c) {
    ask('', '31(1)(i)', '本人の同意を確かめたか', 'Whether the persons’ consent was confirmed');
    return missing;
  }
  if (!c.on) ask('.on', '31(1)', '確かめた日', 'The day it was confirmed');
  if (!c.by) ask('.by', '31(1)(i)', 'どうやって確かめたか', 'How it was confirmed');
  if (c.consented === undefined)
    ask('.consented', '31(1)(i)', '全員が同意しているか', 'Whether everybody has consented');
  if (abroad && c.foreignInformationShown === undefined) {
    ask(
      '.foreignInformationShown',
      '31(1)(ii)',
      '外国について伝えた書面を見たか',
      'Whether a document of that was seen',
    );
  }
  return missing;
}

/** 31(3), Rules 27 to 29. The record of the confirmation, or why none is made; undefined without law data. */
function recordStep(facts: RelatedProvisionFacts, abroad: boolean, on: Day): Step | undefined {
  const { recipient, record } = facts;
  const body = publicBody(recipient?.kind, on);
  if (body) return step([body, noRecord]);
  const mode = record?.mode ?? 'each';
  const items = inForce(relatedRecordItems, on)?.[mode];
  const years = inForce(relatedRetention, on);
  if (!items || !years) return undefined;
  const [consent = '', ...rest] = items;
  const all = abroad ? [consent, 'foreign-information-confirmed', ...rest] : items;
  const make = duty(
    'record-provision',
    ['APPI', '31(3)'],
    'at-once',
    '同意を確かめたことの記録を速やかに作り、保存する',
    'Make the record of the confirmation promptly and keep it',
    {
      items: itemsFor(recipient, all),
      keepUntil: keepUntil(record, years, on),
    },
  );
  const [making, keeping] = recordGrounds.related[mode];
  return step([mustRecord, making, contents, keeping], [make], lacksOfParty(recipient, 'recipient', '31(3)'));
}

/** The recipient links it: what must be confirmed, given the recipient's status under 28. */
function linked(facts: RelatedProvisionFacts, standing: Standing, missing: Missing[], on: Day): Finding {
  const link = facts.link ?? {};
  const abroad = standing.status === 'OTHER';
  const short = abroad && link.confirmation?.foreignInformationShown === false;
  if (short && facts.equivalentSystem === undefined) return unknown([mustInform], [askSystem, ...missing]);
  if (short && missing.length === 0) return no([uninformed, howToInform, ...standing.because], seeDocument);
  const record = recordStep(facts, abroad, on);
  if (!record) return noLawOn();
  const items = facts.items?.length ? [] : [lacks('items', '31(3)', '渡す項目', 'The items to be provided')];
  const system = standing.status === 'RULE16';
  const duties = system ? systemDuties(on, standing.nextCheck).filter((d) => d.do !== 'answer-on-request') : [];
  return settle(
    mustConfirm,
    step([howToConfirm, ...(abroad ? [mustInform, howToInform] : [])], [], lacksOfConfirmation(link, abroad)),
    step(standing.because, [], standing.missing),
    record,
    step(system ? [continued] : [], duties, [...items, ...missing]),
    tagStep(link),
  );
}

/** 31, 28(3). May this personally related information be provided to this recipient, with which confirmation and record? */
export function decideRelatedProvision(facts: RelatedProvisionFacts, on: Day): Finding {
  const silent = outsideText(on);
  if (silent) return silent;
  const link = facts.link ?? {};
  if (link.fromDatabase === false) return settle(noDatabase, tagStep(link));
  if (link.expected === false) return settle(notLinked, tagStep(link));
  const claim = facts.exception;
  const item = claim ? testException(claim, mayBeAbroad(facts.recipient)) : undefined;
  if (claim && item?.met) {
    return settle(exceptionGround(claim.item), step([exempt], [recordException(claim.item)]), tagStep(link));
  }
  const missing: Missing[] = item?.met === undefined && item ? [...item.missing] : [];
  if (link.fromDatabase === undefined) {
    missing.push(
      lacks('link.fromDatabase', '31(1)', '検索できるように集めたものか', 'Whether the collection is searchable'),
    );
  }
  if (link.expected === undefined) {
    missing.push(
      lacks(
        'link.expected',
        '31(1)',
        '相手が個人データとして受け取るか',
        'Whether the recipient acquires it as personal data',
      ),
    );
  }
  const reason = unmet(link, on);
  if (reason && missing.length > 0) return unknown([mustConfirm], missing);
  if (reason) return no(item?.met === false ? [...reason, item.because] : reason, ...getDeclaration);
  const { recipient, equivalentSystem } = facts;
  const standing = foreignStatus({ recipient, equivalentSystem }, on);
  return standing ? linked(facts, standing, missing, on) : noLawOn();
}

/** Contradiction: a recorded provision before the day of the confirmation. */
export const confirmationContradictions = ({ link, record }: RelatedProvisionFacts): Contradiction[] =>
  reversed(
    link?.confirmation?.on,
    'record.lastOn',
    record?.lastOn,
    '確かめた日より前です',
    'This is before the day of the confirmation',
  );

/** Facts of a provision of personally related information that cannot all be true. */
export const relatedProvisionContradictions = (facts: RelatedProvisionFacts): Contradiction[] => [
  ...placeContradictions(facts),
  ...repeated('items', facts.items),
  ...confirmationContradictions(facts),
];
