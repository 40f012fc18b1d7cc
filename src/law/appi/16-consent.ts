// Consent given in advance (あらかじめ本人の同意), tested for the question at hand. A consent that is later, withdrawn or narrower does not count, and neither
// does one of a person who cannot judge what follows from it: for them the legal representative consents.

import type { Bilingual } from '../../base/bilingual.ts';
import type { Day } from '../../base/day.ts';
import type { Ground, Missing } from '../../base/finding.ts';
import { appi, ground, lacks } from '../answer.ts';
import { reversed, type Contradiction } from '../contradiction.ts';
import type { Consent, RecordedGiver } from '../facts.ts';
import { asksJudgement, judged, type Judgements } from '../judgement.ts';
import { uncertainConsentAges } from '../parameters.ts';

/** The facts by which a consent is tested. */
interface Consenting {
  consent?: Consent | null;
  judgements?: Judgements;
}

/**
 * The result of testing a consent: it is valid, with the ground that says who gave it; it is not, for a reason and with what may be done instead; or
 * that is not known.
 */
export type ConsentTest =
  | { met: true; because: Ground[] }
  | { met: false; because: Ground; instead: Bilingual[] }
  | { met: undefined; missing: Missing[] };

export type ConsentScope = 'coversPurpose' | 'coversRecipient' | 'coversItems' | 'abroad';

/** The scope that a consent to a provision to a third party must cover (27(1)). */
export const thirdPartyScope: readonly ConsentScope[] = ['coversRecipient', 'coversItems', 'coversPurpose'];

const narrow: Record<ConsentScope, [string, string]> = {
  coversPurpose: ['同意はこの目的に及んでいません。', 'The consent does not cover this purpose.'],
  coversRecipient: ['同意はこの提供先に及んでいません。', 'The consent does not cover this recipient.'],
  coversItems: ['同意はこの項目に及んでいません。', 'The consent does not cover these items.'],
  abroad: ['外国への提供についての同意ではありません。', 'The consent does not cover a provision abroad.'],
};

const asked: Record<ConsentScope, [string, string]> = {
  coversPurpose: ['同意がこの目的に及ぶか', 'Whether the consent covers this purpose'],
  coversRecipient: ['同意がこの提供先に及ぶか', 'Whether the consent covers this recipient'],
  coversItems: ['同意がこの項目に及ぶか', 'Whether the consent covers these items'],
  abroad: ['外国への提供についての同意か', 'Whether the consent covers a provision abroad'],
};

const represented = ground(
  'Guideline',
  '2-16',
  '同意するとどうなるかを判断できない本人に代わって、法定代理人が同意しています。',
  'The legal representative consented in place of a person who cannot judge what follows from it.',
);
const incapable = ground(
  'Guideline',
  '2-16',
  '同意したのは、同意するとどうなるかを判断できない人です。この同意は、ないものとして扱います。',
  'It was given by a person who cannot judge what follows from it, and counts as no consent.',
);
const judgedCapable = ground(
  'Guideline',
  'Q1-62',
  '同意した人は、同意するとどうなるかを判断できると、個人情報保護管理者が判断しています。',
  'The privacy officer has judged that the person who consented can judge what follows from it.',
);
const judgedIncapable = ground(
  'Guideline',
  'Q1-62',
  '同意した人は、同意するとどうなるかを判断できないと、個人情報保護管理者が判断しています。',
  'The privacy officer has judged that the person who consented cannot judge what follows from it.',
);
const { from: youngest, to: oldest } = uncertainConsentAges.value;
const askCapacity = asksJudgement(
  'consentCapacity',
  'Guideline',
  'Q1-62',
  `${youngest}歳から${oldest}歳くらいまでの子どもが、この項目と目的について、同意するとどうなるかを判断できるか`,
  `whether a child of about ${youngest} to ${oldest} can judge what follows from a consent for these items and this purpose`,
);
const recordAnew = {
  ja: '以前の版で「本人（判断できるか分からない）」と記録した同意です。子どもかおとなかを確かめ、だれの同意かを選んで記録し直してください。',
  en: 'An earlier version recorded that it was unclear whether the person can judge it. Find out whether they are a child or an adult, and record the consent anew with who gave it.',
};
const askRepresentative = {
  ja: '親権者や後見人などの法定代理人に、同意を求める',
  en: 'Ask the legal representative, such as a parent or a guardian, for the consent',
};

/**
 * Guideline 2-16, Q1-62. Could the giver of a consent judge what follows from it, or did the legal representative give it? `asks`: the missing fact
 * of who gave it.
 */
export function testGiver(
  givenBy: RecordedGiver | undefined,
  judgements: Judgements | undefined,
  asks: Missing,
  on: Day,
): ConsentTest {
  const none = (because: Ground): ConsentTest => ({ met: false, because, instead: [askRepresentative] });
  switch (givenBy) {
    case 'principal':
      return { met: true, because: [] };
    case 'representative':
      return { met: true, because: [represented] };
    case 'without-capacity':
      return none(incapable);
    case 'uncertain-child': {
      const capable = judged(judgements, 'consentCapacity', on);
      if (capable === undefined) return { met: undefined, missing: [askCapacity] };
      return capable ? { met: true, because: [judgedCapable] } : none(judgedIncapable);
    }
    case 'uncertain':
      return { met: undefined, missing: [{ ...asks, says: recordAnew }] };
    default:
      return { met: undefined, missing: [asks] };
  }
}

/** The same test for a consent that an article of the Act requires. */
export const testCapacity = (
  { givenBy }: Consent,
  judgements: Judgements | undefined,
  article: string,
  on: Day,
): ConsentTest =>
  testGiver(
    givenBy,
    judgements,
    lacks(
      'consent.givenBy',
      article,
      'だれが同意したか。本人なら、同意するとどうなるかを判断できるか',
      'Who consented, and if it was the person, whether they can judge what follows from it',
    ),
    on,
  );

/** Tests a consent on a day. `article` is the provision that requires it; `scope` is what that provision needs it to cover. */
export function testConsent(
  { consent, judgements }: Consenting,
  scope: readonly ConsentScope[],
  article: string,
  on: Day,
): ConsentTest {
  const unmet = (ja: string, en: string): ConsentTest => ({ met: false, because: appi(article, ja, en), instead: [] });
  if (consent === undefined) {
    return {
      met: undefined,
      missing: [lacks('consent', article, '本人の同意があるか', 'Whether the person has consented')],
    };
  }
  if (consent === null) return unmet('本人の同意がありません。', 'The person has not consented.');
  const capacity = testCapacity(consent, judgements, article, on);
  if (capacity.met === false) return capacity;
  if (consent.withdrawnOn !== undefined && consent.withdrawnOn <= on) {
    return unmet('本人が同意を取り下げています。', 'The person has withdrawn the consent.');
  }
  if (consent.on !== undefined && consent.on > on) {
    return unmet(
      '同意の日がこの日より後です。前もって同意を得る必要があります。',
      'The consent is later than this day; it must come first.',
    );
  }
  for (const s of scope) if (consent[s] === false) return unmet(...narrow[s]);
  const missing: Missing[] = capacity.met ? [] : [...capacity.missing];
  if (consent.on === undefined) missing.push(lacks('consent.on', article, '同意を得た日', 'The day consent was given'));
  for (const s of scope) if (consent[s] === undefined) missing.push(lacks(`consent.${s}`, article, ...asked[s]));
  return missing.length > 0 ? { met: undefined, missing } : capacity;
}

/** Contradiction: a consent withdrawn before the day it was given. `path` leads to the facts that contain it. */
export const consentContradictions = (consent: Consent | null | undefined, path = ''): Contradiction[] =>
  reversed(
    consent?.on,
    `${path}consent.withdrawnOn`,
    consent?.withdrawnOn,
    '取り下げた日が、同意を得た日より前です',
    'It was withdrawn before it was given',
  );
