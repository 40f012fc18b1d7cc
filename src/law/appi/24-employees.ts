// Article 24: persons who handle personal data under the company's command are supervised. The law does not say how much supervision is enough. The
// measures that the guideline names must exist, and whether they are enough is the privacy officer's judgement.

import type { Day } from '../../base/day.ts';
import type { Duty, Finding, Ground, Missing } from '../../base/finding.ts';
import { appi, duty, ground, lacks, no, outsideText, settle, step, yes } from '../answer.ts';
import { asksJudgement, judged, type Judgements } from '../judgement.ts';

/** 24: are these people supervised well enough to be allowed to handle personal data? */
export interface EmployeeSupervisionFacts {
  /** Under the company's command: officers, staff, part-time and temporary staff, and those sent by an agency. */
  underCommand?: boolean;
  /** Trained in handling personal data. */
  trained?: boolean;
  /** Bound to secrecy by an agreement or by the rules of work. */
  confidentiality?: boolean;
  /** How they really handle the data is checked. */
  checked?: boolean;
  /** `employee-supervision`: the measures are enough for this data and its risk. */
  judgements?: Judgements;
  /** The clause that promises training and an agreement before any handling. */
  policy?: { measuresPromisedBy?: string };
}

const rule = appi(
  '24',
  '個人データを扱わせる従業者を、必要かつ適切に監督します。',
  'Staff who handle personal data are supervised as is necessary and appropriate.',
);
const unsettled = ground(
  'Guideline',
  '3-4-3',
  'どこまでの監督で足りるかを、法令は決めていません。データの性質とリスクを見て判断します。',
  'The law does not settle how much is enough. It is judged by the data and its risk.',
);
const sufficient = appi(
  '24',
  '監督が足りると、個人情報保護管理者が判断しています。',
  'The privacy officer has judged the supervision sufficient.',
);
const insufficient = appi(
  '24',
  '監督が足りないと、個人情報保護管理者が判断しています。',
  'The privacy officer has judged the supervision insufficient.',
);
const outsider = ground(
  'Guideline',
  '3-4-3',
  '当社の指揮命令の下にない人なので、従業者に当たりません。',
  'The person is not under the company’s command and so is not among its staff.',
);
const gaps: Record<'trained' | 'confidentiality' | 'checked', { unmet: Ground; instead: { ja: string; en: string } }> =
  {
    trained: {
      unmet: ground('Guideline', '10-4', '取扱いの教育が済んでいません。', 'The training has not been completed.'),
      instead: { ja: '取扱いの教育を受けてもらう', en: 'Have them complete the training' },
    },
    confidentiality: {
      unmet: ground(
        'Guideline',
        '10-4',
        '秘密を守る約束が、契約にも就業規則にもありません。',
        'Neither an agreement nor the rules of work bind them to secrecy.',
      ),
      instead: { ja: '秘密保持の契約を結ぶ', en: 'Conclude a confidentiality agreement' },
    },
    checked: {
      unmet: appi('24', '取扱いの状況を確かめていません。', 'Nobody checks how they handle the data.'),
      instead: { ja: '点検や監査の方法と時期を決める', en: 'Decide how and when their handling is checked' },
    },
  };
const asked: Record<'underCommand' | keyof typeof gaps, [string, string]> = {
  underCommand: ['当社の指揮命令の下で働くか', 'Whether they work under the company’s command'],
  trained: ['取扱いの教育が済んだか', 'Whether the training is completed'],
  confidentiality: ['秘密を守る約束があるか', 'Whether they are bound to secrecy'],
  checked: ['取扱いの状況を確かめているか', 'Whether their handling is checked'],
};
const measures = ['trained', 'confidentiality', 'checked'] as const;
const supervise: Duty = duty(
  'supervise-employees',
  ['APPI', '24'],
  'later',
  '教育と点検を続け、変わったことがあれば監督を見直す',
  'Keep training and checking, and review the supervision when something changes',
  { items: ['education', 'confidentiality', 'checks'] },
);
const promised = (clause: string): Ground => ({
  law: 'policy',
  article: clause,
  says: {
    ja: '教育、点検、秘密保持の契約をすると約束しています。',
    en: 'The policy promises training, checks and confidentiality agreements.',
  },
});
const judgement = asksJudgement(
  'employee-supervision',
  'APPI',
  '24',
  'このデータとリスクに対して監督が足りるか',
  'whether the supervision suffices for this data and its risk',
);
const asEntrusted = {
  ja: '委託先の人なら、委託先の監督として確かめる',
  en: 'If they belong to an entrusted party, ask about its supervision',
};

/** 24. Are these people supervised well enough to be allowed to handle personal data? */
export function decideEmployeeSupervision(facts: EmployeeSupervisionFacts, on: Day): Finding {
  const silent = outsideText(on);
  if (silent) return silent;
  if (facts.underCommand === false) return no([outsider], asEntrusted);
  const unmet = measures.filter((m) => facts[m] === false);
  const clause = facts.policy?.measuresPromisedBy;
  const promise = clause === undefined ? [] : [promised(clause)];
  if (unmet.length > 0) {
    return no([rule, ...unmet.map((m) => gaps[m].unmet), ...promise], ...unmet.map((m) => gaps[m].instead));
  }
  const enough = judged(facts.judgements, 'employee-supervision', on);
  if (enough === false) return no([insufficient, unsettled]);
  const missing: Missing[] = [];
  for (const f of ['underCommand', ...measures] as const) {
    if (facts[f] === undefined) missing.push(lacks(f, '24', ...asked[f]));
  }
  if (enough === undefined) missing.push(judgement);
  if (missing.length > 0) return settle(rule, step([unsettled], [], missing));
  return yes([sufficient, unsettled, ...promise], [supervise]);
}
