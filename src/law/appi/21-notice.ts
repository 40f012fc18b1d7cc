// Article 21: the principal learns the purpose. Before handing over, when information is given in writing; otherwise it is published, or told
// promptly.

import type { Bilingual } from '../../base/bilingual.ts';
import type { Duty, Finding, Ground } from '../../base/finding.ts';
import { appi, duty, lacks, no, step, type Step } from '../answer.ts';
import type { AcquisitionFacts, Channel, NoticeException, StatedPurpose } from '../facts.ts';
import { recordException } from './18-exceptions.ts';

const cases: Record<NoticeException['item'], Ground> = {
  '21(4)(i)': appi(
    '21(4)(i)',
    '目的を伝えると、だれかの生命、身体、財産などを害するおそれがあります。',
    'Telling the purpose may harm somebody’s life, body, property or other rights.',
  ),
  '21(4)(ii)': appi(
    '21(4)(ii)',
    '目的を伝えると、当社の権利または正当な利益を害するおそれがあります。',
    'Telling the purpose may harm the company’s rights or legitimate interests.',
  ),
  '21(4)(iii)': appi(
    '21(4)(iii)',
    '目的を伝えると、国や自治体の事務に支障が出るおそれがあります。',
    'Telling the purpose may impede the affairs of public bodies.',
  ),
  '21(4)(iv)': appi(
    '21(4)(iv)',
    '取得の状況から目的が明らかです。',
    'The purpose is clear from the circumstances of the acquisition.',
  ),
};

/** 21(4). Tests a claimed case. `purposes` are those the information is acquired for. A case that is not claimed is not met. */
export function testNoticeException(
  claim: NoticeException | undefined,
  purposes: readonly StatedPurpose[] | undefined,
): { met: boolean; step: Step } {
  if (!claim) return { met: false, step: step() };
  const { item, confirmed, clearPurposes: clear } = claim;
  const fact = item === '21(4)(iv)' ? clear : confirmed;
  if (fact === undefined) {
    const lack =
      item === '21(4)(iv)'
        ? lacks('noticeException.clearPurposes', item, 'どの目的が明らかか', 'Which purposes are clear')
        : lacks(
            'noticeException.confirmed',
            item,
            'そのおそれがあると確かめたか',
            'Whether the risk of that harm has been confirmed',
          );
    return { met: false, step: step([], [], [lack]) };
  }
  if (item === '21(4)(iv)') {
    const met = purposes !== undefined && purposes.every((p) => clear?.includes(p.id));
    return { met, step: met ? step([cases[item]]) : step() };
  }
  return confirmed ? { met: true, step: step([cases[item]], [recordException(item)]) } : { met: false, step: step() };
}

const indicated = appi(
  '21(2)',
  '渡す前の本人に、目的をはっきり示しています。',
  'The purpose is clearly shown to the person before handing over.',
);
const mustShow = appi(
  '21(2)',
  '書面や画面で本人から直接受け取るときは、前もって目的をはっきり示します。',
  'When the person hands it over in writing or on a screen, the purpose is clearly shown first.',
);
const notIndicated = appi(
  '21(2)',
  '渡す前の本人に、目的を示していません。方針の公表だけでは足りません。',
  'The purpose is not shown to the person before handing over. Publishing it is not enough.',
);
const urgent = appi(
  '21(2) proviso',
  '人の生命、身体または財産を守るために急を要するので、前もって示さなくてかまいません。',
  'It is urgent, to protect life, body or property, so the purpose need not be shown first.',
);
const published = appi('21(1)', '目的をすでに公表しています。', 'The purpose is already published.');
const mustTell = appi(
  '21(1)',
  '目的は公表しておくか、受け取った後速やかに本人に知らせます。',
  'The purpose is published beforehand, or told to the person promptly afterwards.',
);
const tellPromptly = appi(
  '21(1)',
  '目的を公表していないので、速やかに本人に知らせるか公表します。',
  'The purpose is not published, so it is told to the person or published promptly.',
);
const notifyOrPublish: Duty = duty(
  'notify-or-publish-purpose',
  ['APPI', '21(1)'],
  'at-once',
  '速やかに目的を本人に通知または公表する',
  'Promptly notify the person of the purpose, or publish it',
);
const tellFirst: Bilingual[] = [
  { ja: '送ってもらう前に、目的を書いて知らせる', en: 'State the purpose in writing before anything is sent' },
];
/** What can be done so that the acquisition is allowed, by channel. */
const showFirst: Partial<Record<Channel, Bilingual[]>> = {
  written: [
    { ja: '用紙の、記入する欄より前に目的を書く', en: 'State the purpose on the form, before what is to be filled in' },
    { ja: '目的を書いた紙を、受け取る前に渡す', en: 'Hand over a paper that states the purpose before you receive it' },
  ],
  web: [
    { ja: '送信ボタンの上に目的を表示する', en: 'Show the purpose above the submit button' },
    { ja: 'ボタンのそばに、目的を開くリンクを置く', en: 'Put a link beside the button that opens the purpose' },
  ],
};
const direct: ReadonlySet<Channel | undefined> = new Set<Channel>(['written', 'electronic', 'email', 'web']);

/** 21(1), (2), (4). How the principal learns the purpose of this acquisition: a step of the answer, or the refusal. */
export function noticeOfPurpose(facts: AcquisitionFacts, purposes: readonly StatedPurpose[]): Step | Finding {
  const inWriting = facts.source === 'principal' && direct.has(facts.channel);
  const placement = facts.purposeIndicated?.placement;
  if (inWriting && placement !== undefined && placement !== 'none') return step([indicated]);
  if ((!inWriting || facts.urgent) && facts.purposePublished)
    return step(inWriting ? [urgent, published] : [published]);
  const exception = testNoticeException(facts.noticeException, purposes);
  if (exception.met) return exception.step;
  if (exception.step.missing.length > 0) return step([inWriting ? mustShow : mustTell], [], exception.step.missing);
  if (inWriting && !facts.urgent) {
    if (placement === undefined) {
      return step(
        [mustShow],
        [],
        [lacks('purposeIndicated', '21(2)', '渡す前に目的を示したか', 'Whether the purpose was shown beforehand')],
      );
    }
    const clause = facts.policy?.indicationPromisedBy;
    const ways = (facts.channel && showFirst[facts.channel]) ?? tellFirst;
    return clause === undefined ? no([notIndicated], ...ways) : no([notIndicated, promised(clause)], ...ways);
  }
  if (facts.purposePublished === undefined) {
    return step(
      [mustTell],
      [],
      [lacks('purposePublished', '21(1)', '目的を公表しているか', 'Whether the purpose is published')],
    );
  }
  return step(inWriting ? [urgent, tellPromptly] : [tellPromptly], [notifyOrPublish]);
}

const promised = (clause: string): Ground => ({
  law: 'policy',
  article: clause,
  says: {
    ja: '書面で直接受け取るときは前もって目的を示す、と約束しています。',
    en: 'The policy promises to show the purpose first when receiving in writing.',
  },
});
