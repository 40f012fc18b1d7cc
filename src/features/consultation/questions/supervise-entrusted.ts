// May this entrusted party go on handling the data? (APPI 25)

import { both } from '../../../base/bilingual.ts';
import {
  decideEntrustedSupervision,
  entrustedSupervisionContradictions,
  type EntrustedSupervisionFacts,
} from '../../../law/index.ts';
import { clause, dayOrNone, exists, question, yesNo } from '../facts.ts';
import { dataInformation } from './parts.ts';

export const superviseEntrusted = question<EntrustedSupervisionFacts>({
  id: 'supervise-entrusted',
  group: 'keep',
  title: both('委託先に、このまま任せてよいか知りたい', 'May a contractor go on handling it?'),
  when: both(
    '委託先を点検したとき、再委託を知ったとき、委託先に問題が見つかったとき',
    'When a contractor is checked, hands work on to others, or turns out to have a problem',
  ),
  answers: {
    yes: both('このまま任せられます', 'it may go on'),
    no: both('このままでは任せられません', 'it may not go on like this'),
  },
  decide: decideEntrustedSupervision,
  contradictions: entrustedSupervisionContradictions,
  fields: {
    assessed: yesNo('選ぶときに、安全に扱えるかを評価しましたか', 'Was the contractor assessed when it was chosen?', {
      ask: 'first',
    }),
    contract: yesNo('契約に、安全管理の定めがありますか', 'Does the contract have safety terms?', { ask: 'first' }),
    monitored: yesNo('点検や報告で、扱い方を把握していますか', 'Do inspections or reports show how it is handled?', {
      ask: 'first',
    }),
    ownUse: yesNo(
      '相手は、その情報を自社のために使ったり、ほかの会社の情報と混ぜたりできますか',
      'May the contractor use it for itself, or mix it with other clients’ data?',
    ),
    reEntrusted: yesNo('さらに別の会社に任せていますか（再委託）', 'Does it hand the work on to somebody else?', {
      ask: 'first',
    }),
    reEntrustmentApproved: yesNo('その再委託を、前もって承認しましたか', 'Did we agree to that beforehand?'),
    reEntrustedChecked: yesNo('再委託先の扱い方を確かめましたか', 'Has it been checked how those parties handle it?'),
    problem: exists(
      '委託先に、直してもらうことが見つかりましたか',
      'Has anything been found that the contractor has to put right?',
      {
        improvementRequestedOn: dayOrNone('改善を求めた日', 'Day improvement was asked for'),
        improved: yesNo('改善しましたか', 'Has it improved?'),
      },
    ),
    information: dataInformation,
    policy: {
      improvementPromisedBy: clause(
        '速やかに改善を求めると約束する条項',
        'Clause that promises to ask for improvement promptly',
        'improvementPromisedBy',
      ),
      changePromisedBy: clause(
        '改善しなければ委託先を替えると約束する条項',
        'Clause that promises to change the contractor if nothing improves',
        'changePromisedBy',
      ),
    },
  },
});
