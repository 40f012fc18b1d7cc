// 27(5)(iii): joint use rests on a complete notice given before the sharing.

import type { Day } from '../../base/day.ts';
import type { Finding, Ground, Missing } from '../../base/finding.ts';
import { appi, asserts, lacks, no, noLawOn, step, type Step } from '../answer.ts';
import { contradiction, repeated, type Contradiction } from '../contradiction.ts';
import type { JointUseFacts, JointUseField, ProvisionFacts } from '../facts.ts';
import { inForce, jointUseFields } from '../parameters.ts';
import { testPurpose } from './18-use.ts';

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
