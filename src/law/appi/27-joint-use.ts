// 27(5)(iii) and 27(6): joint use rests on a complete notice given before the sharing. Some changes of it must be told before they take effect,
// others without delay after.

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
  noLawOn,
  outsideText,
  settle,
  step,
  type Step,
  unknown,
} from '../answer.ts';
import { contradiction, repeated, type Contradiction } from '../contradiction.ts';
import type { JointUseChangeFacts, JointUseFacts, JointUseField, ProvisionFacts } from '../facts.ts';
import { specificJointUse } from '../numbering/30-specific.ts';
import { inForce, jointUseFields } from '../parameters.ts';
import { consentContradictions, testConsent, type ConsentScope } from './16-consent.ts';
import { related, testRelated } from './17-purpose.ts';
import { testPurpose } from './18-use.ts';
import { carried } from './27-entrustment.ts';

const noticed = asserts(
  ['jointUse', 'items', 'purpose'],
  appi(
    '27(5)(iii)',
    '必要な事項を前もって知らせた共同利用です。相手は第三者に当たりません。',
    'All items of the joint use were made known beforehand. The other user is not a third party.',
  ),
  '共同利用として渡すには、必要な事項を前もって知らせ、その範囲で渡す必要があります。',
  'Joint use needs a prior notice with all required items, and what is shared has to stay within it.',
);
const against = (ja: string, en: string): Ground => appi('27(5)(iii)', ja, en);
const unnoticed = against('共同利用の通知または公表がまだです。', 'The joint use has not been made known yet.');
const unlistedItems = against('通知にない項目が含まれています。', 'Some items are not named in the notice.');
const outOfScope = against(
  '相手は、通知した利用者の範囲に含まれません。',
  'The recipient is outside the notified scope of users.',
);
const unlistedPurpose = against('通知にない目的です。', 'The purpose is not named in the notice.');
const incomplete = against('通知の事項がそろっていません。', 'The notice is not complete.');
const nameless: Record<JointUseField, [string, string]> = {
  fact: ['共同利用する旨', 'the fact of joint use'],
  items: ['共同利用する項目', 'the items used jointly'],
  users: ['利用する者の範囲', 'the scope of users'],
  purposes: ['利用する者の目的', 'the users’ purposes'],
  'responsible-name': ['管理責任者の名称', 'the name of the responsible person'],
  'responsible-address': ['管理責任者の住所', 'the address of the responsible person'],
  'responsible-representative': ['管理責任者の代表者の氏名', 'the name of its representative'],
};
const complete = (f: JointUseField): { ja: string; en: string } => ({
  ja: `渡す前に、通知に「${nameless[f][0]}」を加えて公表する`,
  en: `Add ${nameless[f][1]} to the notice and publish it before sharing`,
});
const notifyFirst = { ja: '必要な事項を公表してから渡す', en: 'Publish the required items, then share' };

function lacksOfNotice(j: JointUseFacts): Missing[] {
  const missing: Missing[] = [];
  const ask = (fact: keyof JointUseFacts, ja: string, en: string): void => {
    if (j[fact] === undefined) missing.push(lacks(`jointUse.${fact}`, '27(5)(iii)', ja, en));
  };
  ask('noticeOn', 'いつから知らせているか', 'Since when it has been made known');
  ask('listed', '通知に載せた事項', 'The fields the notice holds');
  ask('responsibleKind', '管理責任者は法人か個人か', 'What kind of party the responsible person is');
  ask('items', '通知したデータの項目', 'The items of data the notice names');
  ask('recipientInScope', '相手が利用者の範囲に含まれるか', 'Whether the recipient is within the scope of users');
  ask('purposes', '通知した利用者の目的', 'The users’ purposes the notice names');
  return missing;
}

/** 27(5)(iii), 18(1). Does this sharing stay within a complete notice given beforehand? A step, or the refusal. */
export function jointUseStep(facts: ProvisionFacts, on: Day): Step | Finding {
  const fields = inForce(jointUseFields, on);
  if (!fields) return noLawOn();
  const j = facts.jointUse ?? {};
  if (j.noticeOn === null || (j.noticeOn !== undefined && j.noticeOn > on)) return no([unnoticed], notifyFirst);
  const { listed, items: named } = j;
  if (listed) {
    const needed =
      j.responsibleKind === 'corporation' ? fields : fields.filter((f) => f !== 'responsible-representative');
    const absent = needed.filter((f) => !listed.includes(f));
    if (absent.length > 0) return no([incomplete], ...absent.map(complete));
  }
  if (named && facts.items?.some((i) => !named.includes(i))) return no([unlistedItems]);
  if (j.recipientInScope === false) return no([outOfScope]);
  if (j.purposes && facts.purpose && !j.purposes.includes(facts.purpose)) return no([unlistedPurpose]);
  const purpose = testPurpose(facts);
  if (purpose.met === false) return no([unlistedPurpose, ...purpose.because]);
  const missing = lacksOfNotice(j);
  if (!facts.items?.length) missing.push(lacks('items', '27(5)(iii)', '渡す項目', 'The items to be shared'));
  if (purpose.met === undefined) missing.push(...purpose.missing);
  return step([noticed, ...(purpose.met ? purpose.because : [])], [], missing);
}

const after = appi(
  '27(6)',
  '管理責任者の名称、住所、代表者の変更は、変えた後に遅滞なく知らせます。',
  'A change of the responsible person’s name, address or representative is made known without delay after it.',
);
const before = appi(
  '27(6)',
  '利用する者の目的を変えるときや、管理責任者を替えるときは、効力の生じる前に知らせます。',
  'A change of the users’ purposes or of the responsible person is made known before it takes effect.',
);
const late = appi(
  '27(6)',
  '効力の生じる日より前の通知または公表がありません。',
  'There is no notice or publication before the day it takes effect.',
);
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
const askChangeConsent = {
  ja: '変わる項目や利用する者を示して、前もって本人の同意を得る',
  en: 'Obtain the persons’ consent beforehand, naming the items or users that change',
};
const startAnew = {
  ja: '新しい共同利用として、必要な事項を公表してから始める',
  en: 'Start it as a new joint use, after publishing the required items',
};
const publishBefore = (by: Day): Duty =>
  duty(
    'publish-joint-use',
    ['APPI', '27(6)'],
    'before',
    '効力の生じる前に、変更を通知または公表する',
    'Make the change known before it takes effect',
    { by },
  );
const publishAfter: Duty = duty(
  'publish-joint-use',
  ['APPI', '27(6)'],
  'at-once',
  '変更の後、遅滞なく通知または公表する',
  'Make the change known without delay after it',
);

/** Changes that must be told beforehand: of the users' purposes, or of the responsible person. */
function changeToldBefore(facts: JointUseChangeFacts, missing: Missing[], on: Day): Finding {
  const { noticeOn, effectiveOn } = facts;
  const relation = facts.change === 'purposes' ? testRelated(facts, on) : undefined;
  if (relation?.met === false) return no([relation.because]);
  if (noticeOn === null || (noticeOn !== undefined && effectiveOn !== undefined && noticeOn >= effectiveOn)) {
    return no([late, before], { ja: '効力の生じる日より前に公表する', en: 'Publish before the day it takes effect' });
  }
  if (noticeOn === undefined) {
    missing.push(lacks('noticeOn', '27(6)', '通知または公表する日', 'The day it is made known'));
  }
  if (relation && !relation.met) missing.push(...relation.missing);
  const duties = noticeOn !== undefined && noticeOn > on ? [publishBefore(noticeOn)] : [];
  return settle(before, step(relation ? [related] : [], duties, missing));
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
  if (what === undefined) return unknown([notCovered, newJointUse], [askUserChange, ...missing]);
  const asked = effectiveOn === undefined ? [...missing, askEffective] : missing;
  if ((what === 'renamed' || what === 'succeeded') && itemsStay !== false) {
    return settle(...goesOn[what], step([], [], itemsStay ? asked : [askItemsStay, ...asked]));
  }
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

/** 27(6), 17(2). May the joint use be changed like this, and when must it be told? */
export function decideJointUseChange(facts: JointUseChangeFacts, on: Day): Finding {
  const silent = outsideText(on);
  if (silent) return silent;
  if (facts.information === 'my-number') return specificJointUse();
  const { change, noticeOn, effectiveOn } = facts;
  const missing = askInformation(facts, '27(6)');
  if (change === 'items' || change === 'users') {
    return changeOfScope(facts, change, missing, on);
  }
  if (change === undefined) {
    return settle(before, step([], [], [...missing, lacks('change', '27(6)', '何を変えるか', 'What is changed')]));
  }
  if (effectiveOn === undefined) {
    missing.push(askEffective);
  }
  if (change === 'purposes' || change === 'responsible-person') return changeToldBefore(facts, missing, on);
  const told = noticeOn && effectiveOn !== undefined && noticeOn >= effectiveOn && noticeOn <= on;
  return settle(after, step([], told ? [] : [publishAfter], missing));
}

/** Facts of a notice of joint use that cannot all be true. */
export const noticeContradictions = (notice: JointUseFacts = {}): Contradiction[] => {
  const found = [...repeated('jointUse.items', notice.items), ...repeated('jointUse.listed', notice.listed)];
  if (notice.published && notice.noticeOn === null) {
    found.push(
      contradiction(
        'jointUse.noticeOn',
        '公表したのに、知らせた日がありません',
        'It is published, but the day since when it has been made known is missing',
      ),
    );
  }
  return found;
};

/** Facts of a change that cannot all be true: each fact may be stated only for the kind of change it is about. */
export function jointUseChangeContradictions(facts: JointUseChangeFacts): Contradiction[] {
  const { change, newPurpose, userChange, itemsStay } = facts;
  const found = consentContradictions(facts.consent);
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
