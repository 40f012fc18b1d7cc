// The consent needed to handle a user's communications or to have their device send something: the user's own. Consent of the person who pays for the
// line, of a family member, or of an agent without the power to consent is not enough. A user who cannot judge what follows is represented.

import type { Day } from '../../base/day.ts';
import { ground, lacksUnder } from '../answer.ts';
import { testGiver, type ConsentTest } from '../appi/16-consent.ts';
import type { UserConsentGiver } from '../facts.ts';
import type { Judgements } from '../judgement.ts';

/** Did the user consent, or a person who may do so for them? `fact` is the path of the giver; `article` is the one that requires the consent. */
export function testUser(
  givenBy: UserConsentGiver | undefined,
  judgements: Judgements | undefined,
  [fact, article]: readonly [string, '4(1)' | '27-12(iii)'],
  on: Day,
): ConsentTest {
  if (givenBy === 'other') {
    const because = ground(
      'TBA',
      article,
      '同意したのは、利用者本人でも、本人に代わって同意できる人でもありません。',
      'It was given neither by the user nor by a person who may consent for them.',
    );
    return { met: false, because, instead: [{ ja: '利用者本人の同意を得る', en: 'Obtain the user’s own consent' }] };
  }
  const asks = lacksUnder(
    'TBA',
    fact,
    article,
    'だれが同意したか。利用者本人なら、同意するとどうなるかを判断できるか',
    'Who consented, and if it was the user, whether they can judge what follows from it',
  );
  return testGiver(givenBy, judgements, asks, on);
}
