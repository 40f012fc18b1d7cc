// 27(6): changes of a joint use. Some must be told before they take effect, others without delay after, and some cannot be made by a notice at all.
// For pseudonymously processed information only a publication counts, 17(2) sets no limit, and consent opens nothing (41(6), (9), 42(2)).

import type { Day } from '../../base/day.ts';
import type { Duty, Finding, Ground, Missing } from '../../base/finding.ts';
import {
  appi,
  askInformation,
  asserts,
  duty,
  ground,
  lacks,
  no,
  outsideText,
  settle,
  step,
  type Step,
  unknown,
} from '../answer.ts';
import { contradiction, type Contradiction } from '../contradiction.ts';
import type { Consent } from '../facts.ts';
import type { Judgements } from '../judgement.ts';
import { specificJointUse } from '../numbering/30-specific.ts';
import { consentContradictions, testConsent, type ConsentScope } from './16-consent.ts';
import { related, testRelated, unlimited } from './17-purpose.ts';
import type { DataKind } from './22-accuracy.ts';
import { carried } from './27-entrustment.ts';

/** 27(6): may the joint use be changed like this? */
export interface JointUseChangeFacts {
  information?: DataKind;
  change?:
    | 'responsible-name'
    | 'responsible-address'
    | 'responsible-representative'
    | 'purposes'
    | 'responsible-person'
    | 'items'
    | 'users';
  effectiveOn?: Day;
  /** The day of the notice or publication, past or planned; null = none is planned. */
  noticeOn?: Day | null;
  /** information `pseudonymous`: it is published. Telling the persons alone is not enough (41(6), 42(2)). */
  published?: boolean;
  /** change `purposes`: the new purpose of the users. It must be related to the present one (17(2)), except for pseudonymous information (41(9)). */
  newPurpose?: string;
  /**
   * change `users`: a user has a new name (`renamed`), the business of one passed to another (`succeeded`), or users are added or exchanged
   * (`other`).
   */
  userChange?: 'renamed' | 'succeeded' | 'other';
  /** userChange `renamed`, `succeeded`: the items stay as they are. */
  itemsStay?: boolean;
  /** change `items`, `users`: the persons’ consent to exactly that. `coversRecipient` = it names the users. */
  consent?: Consent | null;
  judgements?: Judgements;
}

/** How a change is made known, with the grounds of it. */
interface Telling {
  /** What is told before it takes effect; what, after it. */
  before: [Ground, ...Ground[]];
  after: [Ground, ...Ground[]];
  late: Ground;
  /** The sentences of the duty, before and after. */
  duty: (when: 'before' | 'at-once', by?: { by: Day }) => Duty;
}

/** Personal information: the persons are notified, or can easily know. */
const notified: Telling = {
  before: [
    appi(
      '27(6)',
      '利用する者の目的を変えるときや、管理責任者を替えるときは、効力の生じる前に知らせます。',
      'A change of the users’ purposes or of the responsible person is made known before it takes effect.',
    ),
  ],
  after: [
    appi(
      '27(6)',
      '管理責任者の名称、住所、代表者の変更は、変えた後に遅滞なく知らせます。',
      'A change of the responsible person’s name, address or representative is made known without delay after it.',
    ),
  ],
  late: appi(
    '27(6)',
    '効力の生じる日より前の通知または公表がありません。',
    'There is no notice or publication before the day it takes effect.',
  ),
  duty: (when, by) =>
    when === 'before'
      ? duty(
          'publish-joint-use',
          ['APPI', '27(6)'],
          when,
          '効力の生じる前に、変更を通知または公表する',
          'Make the change known before it takes effect',
          by,
        )
      : duty(
          'publish-joint-use',
          ['APPI', '27(6)'],
          when,
          '変更の後、遅滞なく通知または公表する',
          'Make the change known without delay after it',
        ),
};

/** What 41(6) says, and that 42(2) says the same of what is no personal information. */
const ofBoth = (ja: string, en: string): [Ground, Ground] => [
  appi('41(6)', ja, en),
  appi(
    '42(2)',
    '個人情報でない仮名加工情報も、同じです。',
    'The same holds for pseudonymously processed information that is not personal information.',
  ),
];

/** 41(6), 42(2). Pseudonymously processed information: it is published. */
const published: Telling = {
  before: ofBoth(
    '仮名加工情報の共同利用では、利用する者の目的を変えるときや、管理責任者を替えるときは、効力の生じる前に公表します。',
    'In a joint use of pseudonymously processed information, a change of the users’ purposes or of the responsible person is published before it takes effect.',
  ),
  after: ofBoth(
    '仮名加工情報の共同利用では、管理責任者の名称、住所、代表者の変更は、変えた後に遅滞なく公表します。',
    'In a joint use of pseudonymously processed information, a change of the responsible person’s name, address or representative is published without delay after it.',
  ),
  late: appi(
    '41(6)',
    '効力の生じる日より前の公表がありません。本人への通知では足りません。',
    'There is no publication before the day it takes effect; telling the persons is not enough.',
  ),
  duty: (when, by) =>
    when === 'before'
      ? duty(
          'publish-joint-use',
          ['APPI', '41(6)'],
          when,
          '効力の生じる前に、変更を公表する。本人への通知では足りない',
          'Publish the change before it takes effect; telling the persons does not replace it',
          by,
        )
      : duty(
          'publish-joint-use',
          ['APPI', '41(6)'],
          when,
          '変更の後、遅滞なく公表する。本人への通知では足りない',
          'Publish the change without delay after it; telling the persons does not replace it',
        ),
};

const isPseudonymous = ({ information }: Pick<JointUseChangeFacts, 'information'>): boolean =>
  information === 'pseudonymous';
const tellingOf = (facts: JointUseChangeFacts): Telling => (isPseudonymous(facts) ? published : notified);

const notCovered = appi(
  '27(6)',
  '項目や利用する者の範囲の変更は、ここでいう変更に含まれません。',
  'A change of the items or of the scope of users is not among the changes provided for.',
);
const on363 = (ja: string, en: string): Ground => ground('Guideline', '3-6-3', ja, en);
const newJointUse = on363(
  '原則として本人の同意を得るか、新しい共同利用として始めます。',
  'As a rule, it needs the persons’ consent, or is started as a new joint use.',
);
const consentedChange = on363(
  '変えることについて前もって本人の同意を得ているので、共同利用を続けられます。',
  'The persons consented to the change beforehand, so the joint use may go on.',
);
const consentedLate = on363(
  '同意の日が、変わる日より後です。前もって同意を得る必要があります。',
  'The consent is later than the day of the change; it must come first.',
);
const renamed = asserts(
  ['itemsStay'],
  on363(
    '利用する者の名称が変わるだけで、項目は変わらないので、共同利用を続けられます。',
    'Only the name of a user changes and the items stay the same, so the joint use may go on.',
  ),
  '利用する者の名称が変わるだけなら、項目が変わらない限り、共同利用を続けられます。',
  'Where only the name of a user changes, the joint use may go on as long as the items stay the same.',
);
const succeeded = asserts(
  ['itemsStay'],
  on363(
    '利用する者の事業が承継され、項目は変わらないので、共同利用を続けられます。',
    'Another party succeeds to a user’s business and the items stay the same, so the joint use may go on.',
  ),
  '利用する者の事業が承継されるなら、項目が変わらない限り、共同利用を続けられます。',
  'Where another party succeeds to a user’s business, the joint use may go on as long as the items stay the same.',
);
const askEffective = lacks('effectiveOn', '27(6)', '変更の効力が生じる日', 'The day the change takes effect');
const askUserChange = lacks(
  'userChange',
  '27(6)',
  '利用する者がどう変わるか（名称だけか、事業の承継か、ほかの者か）',
  'How the users change: only in name, by a succession of business, or by another user',
);
const askItemsStay = lacks('itemsStay', '27(6)', '項目は変わらないか', 'Whether the items stay the same');
const askPublished = lacks(
  'published',
  '41(6)',
  '本人に知らせるだけでなく、公表するか',
  'Whether it is published, and not only told to the persons',
);
const noConsentCounts = ofBoth(
  '仮名加工情報は、本人の同意があっても、項目や利用する者を変えて渡すことはできません。新しい共同利用として始めます。',
  'The items or users of pseudonymously processed information cannot be changed even with the persons’ consent. It is started as a new joint use.',
);
const askChangeConsent = {
  ja: '変わる項目や利用する者を示して、前もって本人の同意を得る',
  en: 'Obtain the persons’ consent beforehand, naming the items or users that change',
};
const startAnew = {
  ja: '新しい共同利用として、必要な事項を公表してから始める',
  en: 'Start it as a new joint use, after publishing the required items',
};
/** What is not known of whether the notice of a change counts: for pseudonymously processed information only a publication does. */
const askIfPublished = (facts: JointUseChangeFacts): Missing[] =>
  isPseudonymous(facts) && facts.noticeOn && facts.published === undefined ? [askPublished] : [];

/** Changes that must be told beforehand: of the users' purposes, or of the responsible person. */
function changeToldBefore(facts: JointUseChangeFacts, missing: Missing[], on: Day): Finding {
  const { noticeOn, effectiveOn } = facts;
  const told = tellingOf(facts);
  const free = isPseudonymous(facts);
  const relation = facts.change === 'purposes' && !free ? testRelated(facts, on) : undefined;
  if (relation?.met === false) return no([relation.because]);
  const isLate = noticeOn !== undefined && noticeOn !== null && effectiveOn !== undefined && noticeOn >= effectiveOn;
  if (noticeOn === null || isLate || (free && facts.published === false)) {
    return no([told.late, ...told.before], {
      ja: '効力の生じる日より前に公表する',
      en: 'Publish before the day it takes effect',
    });
  }
  if (noticeOn === undefined) {
    missing.push(lacks('noticeOn', '27(6)', '通知または公表する日', 'The day it is made known'));
  }
  missing.push(...askIfPublished(facts));
  if (relation && !relation.met) missing.push(...relation.missing);
  const duties = noticeOn !== undefined && noticeOn > on ? [told.duty('before', { by: noticeOn })] : [];
  const [lead, ...more] = told.before;
  const purposes = facts.change === 'purposes' ? [free ? unlimited : related] : [];
  return settle(lead, step([...more, ...purposes], duties, missing));
}

const scopes: Record<'items' | NonNullable<JointUseChangeFacts['userChange']>, readonly ConsentScope[]> = {
  items: ['coversItems'],
  other: ['coversRecipient'],
  renamed: ['coversItems', 'coversRecipient'],
  succeeded: ['coversItems', 'coversRecipient'],
};

const goesOn: Record<'renamed' | 'succeeded', [Ground, Step]> = {
  renamed: [renamed, step()],
  succeeded: [succeeded, step([carried])],
};

/**
 * Guideline 3-6-3. Changes that cannot be made by a notice: of the items or of the users. Three are possible all the same: with consent, when a user
 * only has a new name, and in a succession.
 */
function changeOfScope(facts: JointUseChangeFacts, change: 'items' | 'users', missing: Missing[], on: Day): Finding {
  const { userChange, itemsStay, effectiveOn, consent } = facts;
  const what = change === 'items' ? change : userChange;
  if (what === undefined) {
    const then: Ground[] = isPseudonymous(facts) ? noConsentCounts : [newJointUse];
    return unknown([notCovered, ...then], [askUserChange, ...missing]);
  }
  const asked = effectiveOn === undefined ? [...missing, askEffective] : missing;
  if ((what === 'renamed' || what === 'succeeded') && itemsStay !== false) {
    return settle(...goesOn[what], step([], [], itemsStay ? asked : [askItemsStay, ...asked]));
  }
  if (isPseudonymous(facts)) return no([notCovered, ...noConsentCounts], startAnew);
  const agreed = testConsent(facts, scopes[what], '27(6)', on);
  if (agreed.met === undefined) return unknown([notCovered, newJointUse], [...agreed.missing, ...missing]);
  if (!agreed.met) {
    const invalid = consent ? [agreed.because] : [];
    return no([notCovered, newJointUse, ...invalid], ...agreed.instead, askChangeConsent, startAnew);
  }
  const late = effectiveOn !== undefined && consent?.on !== undefined && consent.on > effectiveOn;
  if (late) return no([consentedLate, notCovered, newJointUse], startAnew);
  return settle(consentedChange, step(agreed.because, [], asked));
}

/** Changes that are told without delay after: of the responsible person's name, address or representative. */
function changeToldAfter(facts: JointUseChangeFacts, missing: Missing[], on: Day): Finding {
  const { noticeOn, effectiveOn } = facts;
  const { after, duty: telling } = tellingOf(facts);
  const isPast = noticeOn && effectiveOn !== undefined && noticeOn >= effectiveOn && noticeOn <= on;
  const isTold = isPast && !(isPseudonymous(facts) && facts.published === false);
  const [lead, ...more] = after;
  return settle(lead, step(more, isTold ? [] : [telling('at-once')], [...missing, ...askIfPublished(facts)]));
}

/** 27(6), 17(2), for pseudonymously processed information 41(6), (9), 42(2). May the joint use be changed like this, and when must it be told? */
export function decideJointUseChange(facts: JointUseChangeFacts, on: Day): Finding {
  const silent = outsideText(on);
  if (silent) return silent;
  if (facts.information === 'my-number') return specificJointUse();
  const { change, effectiveOn } = facts;
  const missing = askInformation(facts, '27(6)');
  if (change === 'items' || change === 'users') {
    return changeOfScope(facts, change, missing, on);
  }
  if (change === undefined) {
    const [lead, ...more] = tellingOf(facts).before;
    return settle(lead, step(more, [], [...missing, lacks('change', '27(6)', '何を変えるか', 'What is changed')]));
  }
  if (effectiveOn === undefined) {
    missing.push(askEffective);
  }
  if (change === 'purposes' || change === 'responsible-person') return changeToldBefore(facts, missing, on);
  return changeToldAfter(facts, missing, on);
}

/** Facts of a change that cannot all be true: each fact may be stated only for the kind of change it is about. */
export function jointUseChangeContradictions(facts: JointUseChangeFacts): Contradiction[] {
  const { change, newPurpose, userChange, itemsStay } = facts;
  const found = consentContradictions(facts.consent);
  if (facts.published && facts.noticeOn === null) {
    found.push(
      contradiction('noticeOn', '公表するのに、その日がありません', 'It is published, but the day is missing'),
    );
  }
  if (change !== undefined && change !== 'purposes' && newPurpose !== undefined) {
    found.push(contradiction('newPurpose', '目的を変えるときだけ書いてください', 'Only where the purposes change'));
  }
  if (change !== undefined && change !== 'users' && userChange !== undefined) {
    found.push(contradiction('userChange', '利用する者が変わるときだけ書いてください', 'Only where the users change'));
  }
  if (itemsStay !== undefined && (change === 'items' || userChange === 'other')) {
    found.push(
      contradiction(
        'itemsStay',
        '名称だけの変更か、事業の承継のときだけ書いてください',
        'Only for a change of name or a succession of business',
      ),
    );
  }
  return found;
}
