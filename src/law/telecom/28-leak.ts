// Article 28 of the Telecommunications Business Act: a leak of communications secrecy must be reported to the Minister, whatever the APPI says of the
// same incident. Only this report is decided here, not what is secret. A carrier designated under 27-5 also reports leaks of specified user
// information. Whether a leak is one of those is left to the officer, because the rules on it are not among those read here.

import type { Day } from '../../base/day.ts';
import type { Duty, Ground, Grounds, Missing } from '../../base/finding.ts';
import { duty, ground, lacksUnder } from '../answer.ts';
import type { BreachFacts } from '../appi/26-breach.ts';
import { dueDay, type Report } from '../appi/26-report.ts';
import { askEvents, askRecovered, type Condition, type Side } from '../appi/26-situations.ts';
import { asksJudgement, judged } from '../judgement.ts';
import { allInForce, secrecyReportDays, secrecyReportItems } from '../parameters.ts';

const article = '28(1)(ii)';
const rule = ground(
  'TBA',
  article,
  '電気通信事業で通信の秘密が漏れたときは、総務大臣に報告します。',
  'A leak of communications secrecy in a telecommunications business is reported to the Minister.',
);
const leaked = ground(
  'TBA',
  article,
  '通信の秘密に当たる情報が漏れたか、漏れたおそれがあります。',
  'Information under communications secrecy has leaked, or may have.',
);
const notLeaked = ground('TBA', article, '通信の秘密は漏れていません。', 'No communications secrecy has leaked.');
const judgedUnread = ground(
  'TBA',
  article,
  'だれにも知られていないときに漏えいに当たるかは、法律からは決まりません。当たらないと判断されています。',
  'The law does not settle whether it is a leak when nobody learnt of it. It was judged that it is not.',
);
const judgedSpecified = ground(
  'TBA',
  article,
  '指定を受けた事業者の特定利用者情報の漏えいで、報告が要ると判断されています。',
  'It was judged to be a leak of specified user information that a designated carrier reports.',
);
const judgedUnspecified = ground(
  'TBA',
  article,
  '報告の要る特定利用者情報の漏えいに当たらないと判断されています。',
  'It was judged not to be a leak of specified user information that has to be reported.',
);
const lack = (fact: string, ja: string, en: string): Missing => lacksUnder('TBA', fact, article, ja, en);
const askTelecom = lack(
  'telecom',
  '当社の電気通信事業で扱う情報か',
  'Whether it is information of our telecommunications business',
);
const askSecrecy = lack(
  'telecom.secrecy',
  '通信の内容や、だれがいつ通信したかが含まれるか',
  'Whether it tells what was communicated, or who communicated when',
);
const askUnread = asksJudgement(
  'secrecyUnread',
  'TBA',
  article,
  '回収や暗号化でだれにも知られていないとき、通信の秘密の漏えいに当たらないと見るか',
  'whether it is no leak of communications secrecy, since nobody learnt of it',
);

const askDesignated = lack(
  'telecom.designated',
  '当社は、特定利用者情報について総務大臣の指定を受けているか',
  'Whether the Minister has designated us for specified user information',
);
const askSpecified = asksJudgement(
  'specifiedUserLeak',
  'TBA',
  article,
  '報告の要る特定利用者情報の漏えいに当たるか',
  'whether it is a leak of specified user information that has to be reported',
);

const open = (...missing: [Missing, ...Missing[]]): Side => ({ reportable: undefined, because: [rule], missing });

/** The facts that a report of any leak depends on and that are missing. */
function lackingOf(facts: BreachFacts, readable: Condition): Missing[] {
  const missing: Missing[] = [];
  if (!facts.events?.length) missing.push(askEvents);
  else if (facts.recoveredUnviewed === undefined) missing.push(askRecovered);
  if (readable.met === undefined) missing.push(...readable.missing);
  return missing;
}

/** Reportable on these grounds; open while a fact is missing. */
function reportable(because: Grounds, [first, ...more]: Missing[]): Side {
  return first ? open(first, ...more) : { reportable: true, because, longer: false };
}

/** The side when no communications secrecy leaked, for the reason given. A designated carrier may still have to report specified user information. */
function besidesSecrecy(facts: BreachFacts, because: Ground, readable: Condition, on: Day): Side {
  const designated = facts.telecom?.designated;
  if (designated === undefined) return open(askDesignated);
  if (!designated) return { reportable: false, because: [because] };
  const judgement = judged(facts.judgements, 'specifiedUserLeak', on);
  if (judgement === undefined) return open(askSpecified);
  return judgement
    ? reportable([judgedSpecified], lackingOf(facts, readable))
    : { reportable: false, because: [because, judgedUnspecified] };
}

/** TBA 28(1)(ii): is a leak of communications reportable? Call only when it concerns, or may concern, our telecommunications business. */
export function secrecySide(facts: BreachFacts, readable: Condition, on: Day): Side {
  const { telecom, events } = facts;
  if (!telecom) return open(askTelecom);
  if (events?.length && !events.includes('leak')) return { reportable: false, because: [notLeaked] };
  if (telecom.secrecy === false) return besidesSecrecy(facts, notLeaked, readable, on);
  if (facts.recoveredUnviewed || readable.met === false) {
    const judgement = judged(facts.judgements, 'secrecyUnread', on);
    if (judgement) return besidesSecrecy(facts, judgedUnread, readable, on);
    if (judgement === undefined) return telecom.secrecy ? open(askUnread) : open(askSecrecy, askUnread);
  }
  const unsaid = telecom.secrecy === undefined ? [askSecrecy] : [];
  return reportable([rule, leaked], [...unsaid, ...lackingOf(facts, readable)]);
}

/**
 * The two reports to the Minister. The second has no due day, and is left out, while the day of knowing is missing. Undefined on a day without law
 * data.
 */
export function secrecyReport(knownOn: Day | undefined, on: Day): Report | undefined {
  const law = allInForce({ items: secrecyReportItems, days: secrecyReportDays }, on);
  if (!law) return undefined;
  const first: Duty = duty(
    'report-preliminary',
    ['TBA-Rules', '57'],
    'at-once',
    '総務大臣（本社を管轄する総合通信局など）に、速やかに第一報を入れる',
    'Promptly give the Minister (through the regional bureau of the head office) a first report',
    { items: [...law.items] },
  );
  if (knownOn === undefined) return { duties: [first], moved: false };
  const due = dueDay(knownOn, law.days, on);
  if (!due) return undefined;
  const full: Duty = duty(
    'report-full',
    ['TBA-Rules', '57'],
    'later',
    '総務大臣に、詳しい報告書を出す（知った日を1日目と数える慎重な読みによる期限）',
    'Give the Minister the detailed report (the day of knowing counted as day 1, the careful reading)',
    { by: due.by },
  );
  return { duties: [first, full], moved: due.moved };
}
