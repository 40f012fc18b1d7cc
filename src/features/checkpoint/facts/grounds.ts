// The findings for what needs no question of a purpose: correcting, erasing, and giving a person the receipt. Pure.

import { both } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import type { Finding, Ground } from '../../../base/finding.ts';
import {
  decideCorrection,
  decideErasure,
  decideSuspension,
  type InformationKind,
  type SuspensionReason,
} from '../../../law/index.ts';

/** Why a person's information is corrected: asked by the principal (34), or to keep it accurate (22). */
export const correctionGrounds = ['request', 'accuracy'] as const;

/** Why it is erased: no longer needed (22), or because a request for erasure is justified (35). */
export const erasureGrounds = [
  'request-unlawful',
  'request-unneeded',
  'request-breach',
  'request-harm',
  'no-longer-needed',
] as const;

export type CorrectionGround = (typeof correctionGrounds)[number];

export type ErasureGround = (typeof erasureGrounds)[number];

/**
 * The law's answer to a correction. By choosing the ground, the person who corrects states, and answers for, that the content is a fact, that an
 * inquiry found it untrue, and that its purpose needs the correction.
 */
export const correctionFinding = (ground: CorrectionGround, information: InformationKind, on: Day): Finding =>
  decideCorrection(
    {
      information,
      raisedBy: ground === 'request' ? 'principal' : 'company',
      retained: true,
      content: 'fact',
      inquiry: 'untrue',
      purposeNeeds: true,
      otherProcedure: false,
    },
    on,
  );

/** The reason of a person's request to erase (35(1), (5)). */
const reasonOf: Record<Exclude<ErasureGround, 'no-longer-needed'>, SuspensionReason> = {
  'request-unlawful': 'unlawful-handling',
  'request-unneeded': 'no-longer-needed',
  'request-breach': 'breach',
  'request-harm': 'may-harm',
};

/**
 * The law's answer to an erasure of everything held, none of which may be a My Number. By choosing the ground, the person who erases states, and
 * answers for, that the request is justified or the data no longer needed, and that no law requires the company to keep it.
 */
export const erasureFinding = (ground: ErasureGround, on: Day): Finding =>
  ground === 'no-longer-needed'
    ? decideErasure({ information: 'personal', needed: false, keeping: null }, on)
    : decideSuspension(
        { information: 'personal', asks: 'erasure', reason: reasonOf[ground], found: 'all', keeping: null },
        on,
      );

const appi = (article: string, ja: string, en: string): Ground => ({ law: 'APPI', article, says: both(ja, en) });

const yes = (because: Ground): Finding => ({ answer: 'yes', because: [because], duties: [] });

/** A receipt tells a person how their information was handled; only the name is needed, to address it. */
export const receiptFinding = (thirdParty: boolean): Finding =>
  yes(
    thirdParty
      ? appi(
          '33(5)',
          '第三者との受け渡しの記録を、本人に知らせます。宛名の氏名だけを読みます。',
          'The person is shown the record of what passed between us and a third party. Only the name is read, to address it.',
        )
      : appi(
          '33(1)',
          '本人の情報をどう扱ったかを、本人に知らせます。宛名の氏名だけを読みます。',
          'The person is shown how their information was handled. Only the name is read, to address it.',
        ),
  );
