// Articles 18 and 19: information is used only as its purposes require, unless the person consented or an exception applies, and never in a way that
// furthers unlawful or unjust acts.

import type { Day } from '../../base/day.ts';
import type { Finding, Ground, Missing } from '../../base/finding.ts';
import { appi, askInformation, clauseOf, lacks, no, outsideText, settle, step } from '../answer.ts';
import { repeated, type Contradiction } from '../contradiction.ts';
import type { StatedPurpose, UseFacts } from '../facts.ts';
import { specificUse } from '../numbering/30-specific.ts';
import { joinedContradictions, withSecrecy } from '../telecom/4-joined.ts';
import { consentContradictions, testConsent } from './16-consent.ts';
import { exceptionGround, nameCase, recordException, testException } from './18-exceptions.ts';
import { decidePseudonymousUse } from './41-use.ts';
import { decideAnonymousUse } from './45-use.ts';

export const improper = appi(
  '19',
  '違法または不当な行為を助長するおそれがあると判断された取扱いです。',
  'It was judged that this may further unlawful or unjust acts.',
);
/** What may be done instead of an improper use or provision. */
export const insteadImproper = {
  ja: '違法または不当な行為を助長しないやり方に改める',
  en: 'Change it so that it does not further unlawful or unjust acts',
};
const limited = appi(
  '18(1)',
  '情報は、決めた目的の範囲でだけ扱えます。',
  'Information is handled only within its stated purposes.',
);
export const within = appi('18(1)', '決めた目的の範囲内の利用です。', 'The use is within the stated purposes.');
export const beyond = appi(
  '18(1)',
  '決めた目的の範囲を超えます。本人の同意なしには扱えません。',
  'This goes beyond the stated purposes and is not possible without the person’s consent.',
);
export const consentedBeyond = appi(
  '18(1)',
  '目的の範囲を超えますが、前もって本人の同意を得ています。',
  'It goes beyond the stated purposes, but the person consented beforehand.',
);
const noException = appi('18(3)', '例外に当たる事実がありません。', 'No fact brings it under an exception.');
/** What may be done instead of a use beyond the purposes. */
export const insteadBeyond = [
  { ja: 'この目的について本人の同意を得る', en: 'Obtain the person’s consent to this purpose' },
  { ja: 'この目的で集めた情報を使う', en: 'Use information that was collected for this purpose' },
  {
    ja: '目的を変えられるか、個人情報保護管理者に確かめる',
    en: 'Ask the privacy officer whether the purpose can change',
  },
];

type PurposeTest =
  | { met: true; because: Ground[] }
  | { met: false; because: Ground[] }
  | { met: undefined; missing: Missing[] };

/** 18(1). Is the purpose among those the information is held for? Either way, the grounds name the policy's clauses. */
export function testPurpose(facts: { purpose?: string; holdingPurposes?: readonly StatedPurpose[] }): PurposeTest {
  const { purpose, holdingPurposes: held } = facts;
  if (!purpose || !held) {
    const missing: Missing[] = [];
    if (!purpose) missing.push(lacks('purpose', '18(1)', '何のために扱うか', 'What it is handled for'));
    if (!held) missing.push(lacks('holdingPurposes', '18(1)', '何のために集めた情報か', 'What it was collected for'));
    return { met: undefined, missing };
  }
  const match = held.find((p) => p.id === purpose);
  return match
    ? { met: true, because: [within, clauseOf(match)] }
    : { met: false, because: [beyond, ...held.map(clauseOf)] };
}

const unlinked = appi(
  '2(7)',
  '個人関連情報は、個人と結び付けずに使う限り、目的の制限がありません。',
  'Personally related information is not limited by a purpose as long as it is not linked to a person.',
);
const askLink = lacks(
  'identifies',
  '2(7)',
  'ほかの情報と照らし合わせて、だれのものかを調べるか',
  'Whether it is collated to find out whose it is',
);

/** 2(7). The use of personally related information is free while nobody links it. Once linked, it is used as personal information. */
export function usedUnlinked(facts: Pick<UseFacts, 'information' | 'identifies'>): Finding | undefined {
  if (facts.information !== 'personally-related' || facts.identifies) return undefined;
  return settle(unlinked, step([], [], facts.identifies === undefined ? [askLink] : []));
}

/** 18(1), (3). Within the purposes it is held for, by consent, or under an exception. */
function usedAsHeld(facts: UseFacts, on: Day): Finding {
  const free = usedUnlinked(facts);
  if (free) return free;
  const missing = askInformation(facts, '18(1)');
  const purpose = testPurpose(facts);
  if (purpose.met === undefined) return settle(limited, step([], [], [...missing, ...purpose.missing]));
  if (purpose.met) return settle(within, step(purpose.because.slice(1), [], missing));
  const consent = testConsent(facts, ['coversPurpose'], '18(1)', on);
  if (consent.met) return settle(consentedBeyond, step(consent.because, [], missing));
  const claim = facts.exception;
  const exception = claim ? testException(claim) : undefined;
  if (claim && exception?.met) {
    return settle(exceptionGround(claim.item), step([], [recordException(claim.item)], missing));
  }
  const held = purpose.because.slice(1);
  const open = exception && exception.met === undefined ? exception.missing : [];
  if (consent.met === undefined) return settle(beyond, step(held, [], [...missing, ...consent.missing, ...open]));
  missing.push(...open);
  if (missing.length > 0) return settle(beyond, step(held, [], missing));
  const reason = exception?.met === false ? exception.because : noException;
  const invalid = facts.consent ? [consent.because] : [];
  const cases = nameCase(claim, '18(3)');
  return no([beyond, ...held, ...invalid, reason], ...consent.instead, ...insteadBeyond, ...cases);
}

/** 18(1), 18(3), 19; 41, 42, 43 and 45 for processed information. May this information be used for this purpose? */
export function decideUse(facts: UseFacts, on: Day): Finding {
  const silent = outsideText(on);
  if (silent) return silent;
  if (facts.improper) return no([improper], insteadImproper);
  if (facts.information === 'my-number') return specificUse();
  return withSecrecy(facts, on, () => byKind(facts, on));
}

/** Processed information, which has articles of its own: 41, 42, 43 and 45. */
function byKind(facts: UseFacts, on: Day): Finding {
  if (facts.information === 'pseudonymous') return decidePseudonymousUse(facts, on);
  if (facts.information === 'anonymous') return decideAnonymousUse(facts, on);
  return usedAsHeld(facts, on);
}

/** Facts of a use that cannot all be true. */
export const useContradictions = (facts: UseFacts): Contradiction[] => [
  ...repeated(
    'holdingPurposes',
    facts.holdingPurposes?.map((p) => p.id),
  ),
  ...consentContradictions(facts.consent),
  ...joinedContradictions(facts.secrecy),
];
