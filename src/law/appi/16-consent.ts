// Consent given in advance (あらかじめ本人の同意), tested for the question at hand. A later, withdrawn or narrower consent is none.

import type { Day } from '../../base/day.ts';
import type { Missing } from '../../base/finding.ts';
import { appi, lacks, tested, type Test } from '../answer.ts';
import { reversed, type Contradiction } from '../contradiction.ts';
import type { Consent } from '../facts.ts';

type ConsentScope = 'coversPurpose' | 'coversRecipient' | 'coversItems' | 'abroad';

const narrow: Record<ConsentScope, [string, string]> = {
  coversPurpose: ['同意はこの目的に及んでいません。', 'The consent does not reach this purpose.'],
  coversRecipient: ['同意はこの提供先に及んでいません。', 'The consent does not reach this recipient.'],
  coversItems: ['同意はこの項目に及んでいません。', 'The consent does not reach these items.'],
  abroad: ['外国への提供についての同意ではありません。', 'The consent is not one to a provision abroad.'],
};

const asked: Record<ConsentScope, [string, string]> = {
  coversPurpose: ['同意がこの目的に及ぶか', 'Whether the consent reaches this purpose'],
  coversRecipient: ['同意がこの提供先に及ぶか', 'Whether the consent reaches this recipient'],
  coversItems: ['同意がこの項目に及ぶか', 'Whether the consent reaches these items'],
  abroad: ['外国への提供についての同意か', 'Whether it is consent to a provision abroad'],
};

/** Tests consent under `article` (the provision that asks for it) for the scope that provision needs, on a day. */
export function testConsent(
  consent: Consent | null | undefined,
  scope: readonly ConsentScope[],
  article: string,
  on: Day,
): Test {
  const unmet = (ja: string, en: string): Test => ({ met: false, because: appi(article, ja, en) });
  if (consent === undefined) {
    return tested([lacks('consent', article, '本人の同意があるか', 'Whether the person has consented')]);
  }
  if (consent === null) return unmet('本人の同意がありません。', 'The person has not consented.');
  if (consent.withdrawnOn !== undefined && consent.withdrawnOn <= on) {
    return unmet('本人が同意を取り下げています。', 'The person has withdrawn the consent.');
  }
  if (consent.on !== undefined && consent.on > on) {
    return unmet(
      '同意がこの日より後です。前もっての同意が要ります。',
      'The consent is later than this day; it must come first.',
    );
  }
  for (const s of scope) if (consent[s] === false) return unmet(...narrow[s]);
  const missing: Missing[] = [];
  if (consent.on === undefined) missing.push(lacks('consent.on', article, '同意を得た日', 'The day consent was given'));
  for (const s of scope) if (consent[s] === undefined) missing.push(lacks(`consent.${s}`, article, ...asked[s]));
  return tested(missing);
}

/** Consent is withdrawn on the day it was given or after it. `path` leads to the facts it stands among. */
export const consentContradictions = (consent: Consent | null | undefined, path = ''): Contradiction[] =>
  reversed(
    consent?.on,
    `${path}consent.withdrawnOn`,
    consent?.withdrawnOn,
    '取り下げた日が、同意を得た日より前です',
    'It was withdrawn before it was given',
  );
