// Article 35: use is stopped, data erased or provision stopped, as far as a well-founded claim requires. Where that is too costly, other measures
// that protect the person take its place. Where a law requires the company to keep the data, it is set aside instead of erased.

import type { Day } from '../../base/day.ts';
import type { Duty, Finding, Ground, Grounds, Missing } from '../../base/finding.ts';
import { appi, askInformation, duty, ground, lacks, outsideText, settle, step, type Step } from '../answer.ts';
import type { Contradiction } from '../contradiction.ts';
import type { InformationKind } from '../facts.ts';
import { notRetained } from './16-retained.ts';
import { testKeeping, type KeepingDuty } from './22-accuracy.ts';
import { noticesOf, settled } from './36-outcome.ts';
import { feeContradictions, feeStep, type FeeFacts } from './38-fee.ts';

/**
 * The reason for the claim. `unlawful-handling`: used against 18 or 19, or acquired against 20 (35(1)). `unlawful-provision`: provided against 27(1)
 * or 28, or for a My Number against the Numbering Act 19 (35(3)). The other three are 35(5).
 */
export type SuspensionReason = 'unlawful-handling' | 'unlawful-provision' | 'no-longer-needed' | 'breach' | 'may-harm';

/** Other measures in place of the requested one; claimed or not. */
export interface SubstituteClaim {
  /** The requested measure costs a large amount or is otherwise difficult. */
  difficult?: boolean;
  /** Other measures that protect the person's rights are taken. */
  protects?: boolean;
}

/** 35: must the use stop, the data be erased, or the provision stop? */
export interface SuspensionFacts {
  information?: InformationKind;
  asks?: 'stop-use' | 'erasure' | 'stop-provision';
  reason?: SuspensionReason;
  /** How much of the claim was found to be well founded. The measure goes as far as that. */
  found?: 'all' | 'part' | 'none';
  substitute?: SubstituteClaim;
  /** For an erasure; null = no law requires the company to keep the data. `part`: a law requires only a part of the data to be kept. */
  keeping?: (KeepingDuty & { part?: boolean }) | null;
  fee?: FeeFacts | null;
}

const rule = appi(
  '35',
  '請求に理由があると分かったら、必要な限りで遅滞なく、利用の停止、消去または提供の停止をします。',
  'When a claim is found to be well founded, use or provision stops or the data is erased without delay, as far as needed.',
);

/** The paragraphs that apply to a reason, and the grounds when the reason is found to be true and when it is not. */
interface Paragraphs {
  claim: '35(1)' | '35(3)' | '35(5)';
  founded: Ground;
  unfounded: Ground;
  substituted: Ground;
  notSubstituted: Ground;
}

const paragraphs = (
  claim: Paragraphs['claim'],
  act: '35(2)' | '35(4)' | '35(6)',
  founded: [string, string],
  unfounded: [string, string],
): Paragraphs => ({
  claim,
  founded: appi(act, ...founded),
  unfounded: appi(claim, ...unfounded),
  substituted: appi(
    `${act} proviso`,
    '多額の費用がかかるなど難しいので、本人を守る別の措置をとります。',
    'It is too costly or otherwise difficult, so other measures are taken to protect the person.',
  ),
  notSubstituted: appi(
    `${act} proviso`,
    '別の措置に代えられるのは、難しく、かつ本人を守る措置をとるときだけです。',
    'Other measures may take its place only when it is difficult and they protect the person.',
  ),
});

const reasons: Record<SuspensionReason, Paragraphs> = {
  'unlawful-handling': paragraphs(
    '35(1)',
    '35(2)',
    [
      '違法な取扱いや取得があり、本人の請求に理由があります。',
      'There was unlawful handling or acquisition, and the claim is well founded.',
    ],
    ['調べた結果、違法な取扱いや取得はありませんでした。', 'No unlawful handling or acquisition was found.'],
  ),
  'unlawful-provision': paragraphs(
    '35(3)',
    '35(4)',
    [
      '違法な提供があり、本人の請求に理由があります。',
      'There was an unlawful provision, and the claim is well founded.',
    ],
    ['調べた結果、違法な提供はありませんでした。', 'No unlawful provision was found.'],
  ),
  'no-longer-needed': paragraphs(
    '35(5)',
    '35(6)',
    [
      '利用する必要がなくなっていて、本人の請求に理由があります。',
      'The data is no longer needed, and the claim is well founded.',
    ],
    ['調べた結果、まだ利用する必要があります。', 'The data was found to be still needed.'],
  ),
  breach: paragraphs(
    '35(5)',
    '35(6)',
    [
      '報告の対象となる漏えいなどが起きていて、本人の請求に理由があります。',
      'A reportable breach occurred, and the claim is well founded.',
    ],
    ['調べた結果、報告の対象となる漏えいなどは起きていませんでした。', 'No reportable breach was found.'],
  ),
  'may-harm': paragraphs(
    '35(5)',
    '35(6)',
    [
      '本人の権利や正当な利益が害されるおそれがあり、請求に理由があります。',
      'The person’s rights or legitimate interests may be harmed, and the claim is well founded.',
    ],
    [
      '調べた結果、本人の権利や正当な利益が害されるおそれはありませんでした。',
      'It was found that neither rights nor legitimate interests of the person are likely to be harmed.',
    ],
  ),
};
const onlyUse = appi(
  '35(1)',
  '違法な取扱いや取得を理由に請求できるのは、利用の停止または消去です。',
  'On the ground of unlawful handling or acquisition, a person can claim that use stops or that the data is erased.',
);
const onlyProvision = appi(
  '35(3)',
  '違法な提供を理由に請求できるのは、第三者への提供の停止です。',
  'On the ground of an unlawful provision, a person can claim that provision to third parties stops.',
);
const byNumberingAct = ground(
  'NumberingAct',
  '19',
  '特定個人情報では、番号法が認めない提供がこれに当たります。',
  'For specific personal information this is a provision the Numbering Act does not permit.',
);
const keptInPart = appi(
  '22',
  'この日はまだ、法令により一部を保存しなければならないので、その部分は消去できません。',
  'A law still requires the company to keep a part of it on this day, so that part cannot be erased.',
);
const askPart = lacks(
  'keeping.part',
  '22',
  '法令が保存を求めるのは、求められた情報の一部だけか',
  'Whether the law requires only a part of the information to be kept',
);
const measures = {
  'stop-use': ['stop-use', '必要な限りで、遅滞なく利用を止める', 'Stop the use without delay, as far as needed'],
  erasure: ['erase', '必要な限りで、遅滞なく消去する', 'Erase without delay, as far as needed'],
  'stop-provision': [
    'stop-provision',
    '遅滞なく第三者への提供を止める',
    'Stop the provision to third parties without delay',
  ],
} as const satisfies Record<string, readonly [Duty['do'], string, string]>;
type Measure = keyof typeof measures;
function measure(asks: Measure, { founded }: Paragraphs): Duty {
  const [what, ja, en] = measures[asks];
  return duty(what, ['APPI', founded.article], 'at-once', ja, en);
}
const substitute = ({ substituted }: Paragraphs): Duty =>
  duty(
    'take-alternative-measures',
    ['APPI', substituted.article],
    'at-once',
    '本人の権利利益を守る別の措置をとる',
    'Take the other measures that protect the person',
  );

/** Do other measures take the place of the requested one (35(2), (4), (6) provisos)? Not claimed is not met. */
function testSubstitute(
  claim: SubstituteClaim | undefined,
  { claim: article }: Paragraphs,
): { met: boolean; missing: Missing[] } {
  if (!claim || claim.difficult === false || claim.protects === false) return { met: false, missing: [] };
  const missing: Missing[] = [];
  if (claim.difficult === undefined) {
    missing.push(
      lacks('substitute.difficult', article, '多額の費用がかかるなど難しいか', 'Whether it is too costly or difficult'),
    );
  }
  if (claim.protects === undefined) {
    missing.push(
      lacks('substitute.protects', article, '本人を守る別の措置をとるか', 'Whether other measures protect the person'),
    );
  }
  return { met: missing.length === 0, missing };
}

/** The ground when the paragraph of this reason does not provide for the requested measure; undefined when it does. */
function mismatch(asks: Measure, reason: SuspensionReason): Ground | undefined {
  if (asks === 'stop-provision') return reason === 'unlawful-handling' ? onlyUse : undefined;
  return reason === 'unlawful-provision' ? onlyProvision : undefined;
}

function lacksOf(facts: SuspensionFacts): Missing[] {
  const missing = askInformation(facts, '35');
  const ask = (fact: keyof SuspensionFacts, ja: string, en: string): void => {
    if (facts[fact] === undefined) missing.push(lacks(fact, '35', ja, en));
  };
  ask('asks', '何を求められたか', 'What the person asks for');
  ask('reason', '何を理由とする請求か', 'The reason for the claim');
  ask('found', '調べた結果、請求に理由があったか', 'Whether the claim was found to be well founded');
  return missing;
}

/** The answer to a well-founded claim: the requested measure, or another in its place. */
function meet(facts: SuspensionFacts, asks: Measure, reason: Paragraphs, fee: Step, on: Day): Finding {
  const claimed = facts.reason === 'unlawful-provision' && facts.information === 'my-number';
  const first: Grounds = claimed ? [reason.founded, byNumberingAct] : [reason.founded];
  const keeping = testKeeping(asks === 'erasure' ? facts.keeping : null, on);
  const otherwise = noticesOf(asks, 'otherwise');
  const part = keeping.kept ? facts.keeping?.part : undefined;
  if (keeping.kept && part === false) return settled('no', [...first, keeping.because], keeping.duties, otherwise, fee);
  const other = testSubstitute(facts.substitute, reason);
  const extent = keeping.kept && part === undefined ? [askPart] : [];
  const missing = [...(keeping.kept ? extent : keeping.missing), ...other.missing, ...fee.missing];
  if (missing.length > 0) return settle(rule, step([], [], missing));
  if (other.met) return settled('no', [...first, reason.substituted], [substitute(reason)], otherwise, fee);
  const because: Grounds = [
    ...first,
    ...(facts.substitute ? [reason.notSubstituted] : []),
    ...(keeping.kept ? [keptInPart] : []),
  ];
  const aside = keeping.kept ? keeping.duties : [];
  const notices = noticesOf(asks, facts.found === 'part' || part ? 'partly' : 'granted');
  return settled('yes', because, [measure(asks, reason), ...aside], notices, fee);
}

/** 35. Must the requested measure be taken? Any other outcome is told to the person as well, with the reasons. */
export function decideSuspension(facts: SuspensionFacts, on: Day): Finding {
  const silent = outsideText(on);
  if (silent) return silent;
  const outside = notRetained(facts);
  if (outside) return outside;
  const { asks, reason, found } = facts;
  const missing = lacksOf(facts);
  if (!asks || !reason) return settle(rule, step([], [], missing));
  const fee = feeStep(asks, facts.fee);
  const wrong = mismatch(asks, reason);
  if (wrong) return settled('no', [wrong], [], noticesOf(asks, 'refused'), fee);
  if (found === 'none') return settled('no', [reasons[reason].unfounded], [], noticesOf(asks, 'refused'), fee);
  return missing.length > 0 ? settle(rule, step([], [], missing)) : meet(facts, asks, reasons[reason], fee, on);
}

/** Facts of a suspension that cannot all be true. */
export const suspensionContradictions = (facts: SuspensionFacts): Contradiction[] => feeContradictions(facts.fee);
