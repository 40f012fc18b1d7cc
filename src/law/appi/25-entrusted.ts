// Article 25 as a question of its own: may an entrusted party go on handling the data? The party must be properly chosen, bound by contract and
// monitored, and so must those it re-entrusts. A problem is put right promptly, or the work goes to another party.

import type { Day } from '../../base/day.ts';
import type { Duty, Finding, Ground, Missing } from '../../base/finding.ts';
import { appi, askInformation, duty, ground, lacks, no, outsideText, settle, step, yes } from '../answer.ts';
import { contradiction, type Contradiction } from '../contradiction.ts';
import type { EntrustmentFacts } from '../facts.ts';
import { specificProvision } from '../numbering/30-specific.ts';
import type { DataKind } from './22-accuracy.ts';
import { asked, gaps, nameOnly, parts, supervise } from './27-entrustment.ts';

/** A problem found with an entrusted party. */
export interface SupervisionProblem {
  /** The day the company asked for improvement; null = not yet. */
  improvementRequestedOn?: Day | null;
  improved?: boolean;
}

/** 25: may this entrusted party go on handling the data? */
export interface EntrustedSupervisionFacts extends EntrustmentFacts {
  information?: DataKind;
  /** The party hands work on to others. */
  reEntrusted?: boolean;
  /** The company was asked beforehand and agreed. */
  reEntrustmentApproved?: boolean;
  /** It is known how the re-entrusted parties handle the data. */
  reEntrustedChecked?: boolean;
  /** null = there is no problem to put right. */
  problem?: SupervisionProblem | null;
  /** The clauses that promise to ask for improvement, and to change the party if nothing improves. */
  policy?: { improvementPromisedBy?: string; changePromisedBy?: string };
}

const rule = appi(
  '25',
  '委託先は、適切に選び、契約で安全管理を定め、取扱いの状況を把握して監督します。',
  'An entrusted party is properly chosen, bound by contract to safety, and supervised by monitoring how it handles the data.',
);
const inOrder = appi(
  '25',
  '選定、契約、取扱い状況の把握がそろっています。',
  'Selection, contract and oversight are all in place.',
);
const below = (ja: string, en: string): Ground => ground('Guideline', '3-4-4', ja, en);
const unapproved = below(
  '再委託について、前もって当社に相談や承認の求めがありませんでした。',
  'The company was not asked beforehand about the re-entrustment.',
);
const unchecked = below(
  '再委託先の取扱いの状況を確かめていません。',
  'It has not been checked how the re-entrusted parties handle the data.',
);
const unrequested = appi(
  '25',
  '見つかった問題について、まだ改善を求めていません。',
  'A problem was found, and improvement has not been asked for yet.',
);
const unimproved = appi(
  '25',
  '改善を求めましたが、改善していません。',
  'Improvement was asked for, but nothing has improved.',
);
const improved = appi('25', '見つかった問題は改善しました。', 'The problem that was found has been put right.');
const promised = (clause: string | undefined, ja: string, en: string): Ground[] =>
  clause === undefined ? [] : [{ law: 'policy', article: clause, says: { ja, en } }];
const requestImprovement: Duty = duty(
  'request-improvement',
  ['APPI', '25'],
  'at-once',
  '速やかに改善を求め、期限を決める',
  'Ask for improvement promptly and set a date',
);
const stopEntrustment: Duty = duty(
  'stop-entrustment',
  ['APPI', '25'],
  'at-once',
  '渡すのを止め、委託先を替えるなどの措置をとる',
  'Stop handing over, and change the party or take other action',
);

/** What must be done about a problem; undefined when there is none or it has been put right. */
function openProblem({ problem, policy }: EntrustedSupervisionFacts): Finding | undefined {
  if (problem?.improvementRequestedOn === null) {
    const clause = promised(
      policy?.improvementPromisedBy,
      '問題があれば速やかに改善を求めると約束しています。',
      'The policy promises to ask for improvement promptly.',
    );
    return { answer: 'no', because: [unrequested, ...clause], duties: [requestImprovement] };
  }
  if (problem?.improvementRequestedOn !== undefined && problem.improved === false) {
    const clause = promised(
      policy?.changePromisedBy,
      '改善しなければ、委託先を替えるなどの措置をとると約束しています。',
      'The policy promises to change the party, or take other action, if nothing improves.',
    );
    return { answer: 'no', because: [unimproved, ...clause], duties: [stopEntrustment] };
  }
  return undefined;
}

function lacksOf(facts: EntrustedSupervisionFacts): Missing[] {
  const missing = askInformation(facts, '25');
  const ask = (fact: string, value: unknown, ja: string, en: string): void => {
    if (value === undefined) missing.push(lacks(fact, '25', ja, en));
  };
  for (const f of ['ownUse', ...parts] as const) ask(f, facts[f], ...asked[f]);
  ask('reEntrusted', facts.reEntrusted, '再委託しているか', 'Whether the work is handed on to others');
  if (facts.reEntrusted) {
    ask(
      'reEntrustmentApproved',
      facts.reEntrustmentApproved,
      '再委託を前もって承認したか',
      'Whether that was agreed to beforehand',
    );
    ask(
      'reEntrustedChecked',
      facts.reEntrustedChecked,
      '再委託先の状況を確かめたか',
      'Whether the re-entrusted parties’ handling has been checked',
    );
  }
  ask('problem', facts.problem, '見つかった問題があるか', 'Whether a problem has been found');
  if (facts.problem) {
    const { improvementRequestedOn, improved: done } = facts.problem;
    ask(
      'problem.improvementRequestedOn',
      improvementRequestedOn,
      '改善を求めた日',
      'The day improvement was asked for',
    );
    ask('problem.improved', done, '改善したか', 'Whether it has improved');
  }
  return missing;
}

/** 25. May this entrusted party go on handling the data? No says what must be put right first. */
export function decideEntrustedSupervision(facts: EntrustedSupervisionFacts, on: Day): Finding {
  const silent = outsideText(on);
  if (silent) return silent;
  if (facts.ownUse)
    return no([nameOnly], { ja: '契約を改めるか、本人の同意を得る', en: 'Amend the contract, or obtain consent' });
  const unmet = parts.filter((p) => facts[p] === false).map((p) => gaps[p]);
  const [first, ...more] = unmet;
  if (first) return no([first.unmet, ...more.map((g) => g.unmet)], ...unmet.map((g) => g.instead));
  if (facts.reEntrusted && facts.reEntrustmentApproved === false) {
    return no([unapproved], {
      ja: '再委託を止めてもらい、承認の手続をとる',
      en: 'Have the re-entrustment stopped, and start the procedure for approving it',
    });
  }
  if (facts.reEntrusted && facts.reEntrustedChecked === false) {
    return no([unchecked], { ja: '再委託先の状況の報告を求める', en: 'Ask for a report on the re-entrusted parties' });
  }
  const open = openProblem(facts);
  if (open) return open;
  if (facts.information === 'my-number') return specificProvision({ relation: 'entrustment' });
  const missing = lacksOf(facts);
  if (missing.length > 0) return settle(rule, step([], [], missing));
  return yes(facts.problem ? [inOrder, improved] : [inOrder], [supervise(on)]);
}

/** Facts of the supervision of an entrusted party that cannot all be true. */
export function entrustedSupervisionContradictions(facts: EntrustedSupervisionFacts): Contradiction[] {
  const found: Contradiction[] = [];
  if (facts.reEntrusted === false) {
    for (const f of ['reEntrustmentApproved', 'reEntrustedChecked'] as const) {
      if (facts[f] !== undefined)
        found.push(contradiction(f, '再委託していないときは書けません', 'There is no re-entrustment'));
    }
  }
  if (facts.problem?.improvementRequestedOn === null && facts.problem.improved) {
    const field = 'problem.improvementRequestedOn';
    found.push(contradiction(field, '改善したのに、求めた日がありません', 'It improved without having been asked for'));
  }
  return found;
}
