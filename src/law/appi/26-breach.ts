// Article 26 with its counterparts in the Numbering Act (29-4) and the Telecommunications Business Act (28): is this incident reportable, under which
// of them, to whom, and by when? Each statute is asked separately, then the answers are combined. The answer is never that no report is due while a
// missing fact could change that.

import type { Bilingual } from '../../base/bilingual.ts';
import type { Day } from '../../base/day.ts';
import type { Duty, Finding, Ground, Grounds, Missing } from '../../base/finding.ts';
import { appi, duty, noLawOn, outsideText, unknown } from '../answer.ts';
import { contradiction, notYet, reversed, uncountable, type Contradiction } from '../contradiction.ts';
import type { Judgements } from '../judgement.ts';
import { numberSide } from '../numbering/29-4-breach.ts';
import { fullReportDays, inForce, numberFullReportDays, telecomReportsToMinister } from '../parameters.ts';
import { secrecyReport, secrecySide } from '../telecom/28-leak.ts';
import { askKnownOn, numberReleased, releaseDuty, testRelease, type Release } from './26-release.ts';
import { counted, reportUnder, rolled, type Report, type ReportingStatute } from './26-report.ts';
import { ownSide } from './26-reportable.ts';
import { testBreach, testReadable, type Condition, type Side } from './26-situations.ts';

/**
 * What has happened or may have happened. `use` and `provision` are a use or provision of My Numbers against the Numbering Act. They are no leak,
 * loss or damage, and only that Act asks about them.
 */
export type BreachEvent = 'leak' | 'loss' | 'damage' | 'use' | 'provision';

/**
 * The kind of information. `intended`: acquired, or about to be, in order to become personal data, as with a form that somebody tampered with.
 * `scattered`: personal information that is in no database and not meant for one.
 */
export type BreachedData = 'personal-data' | 'intended' | 'scattered' | 'pseudonymous' | 'not-personal';

export interface EncryptionFacts {
  /** The algorithm is on the CRYPTREC list, in ISO/IEC 18033 or the like, and properly implemented. */
  recommended?: boolean;
  /**
   * Why nobody else can use the key: it is kept apart and safe, the key or the data was erased remotely, or only its holder can use it. `exposed`:
   * somebody may have it.
   */
  key?: 'kept-apart' | 'erased-remotely' | 'unusable-by-others' | 'exposed';
}

export interface NumberBreachFacts {
  /** Recorded in a file of specific personal information. */
  inFile?: boolean;
  /** It belongs to a public body’s number system, which the company runs or serves. */
  publicSystem?: boolean;
  viewableByMany?: boolean;
  /** The number of people; while it is uncertain, the largest possible number. */
  principals?: number;
}

export interface TelecomBreachFacts {
  /** It tells what was communicated, or who communicated when. */
  secrecy?: boolean;
  /** The company is designated under 27-5 of the Telecommunications Business Act, and so holds specified user information. */
  designated?: boolean;
}

/** 26: must this incident be reported, and must the principals be told? Data protected as in Rule 7(i) is left out of the counts. */
export interface BreachFacts {
  events?: readonly BreachEvent[];
  data?: BreachedData;
  happenedOn?: Day;
  /** The day any department first knew of it, apart from the person who did it: day 1. */
  knownOn?: Day;
  /** Everything that leaked was recovered before any third party saw it. */
  recoveredUnviewed?: boolean;
  /** The same data is kept elsewhere. */
  copyKept?: boolean;
  /** null = the data was not encrypted. */
  encryption?: EncryptionFacts | null;
  specialCare?: boolean;
  /** Its misuse may damage property, as with card numbers, or the log-in and password of a payment service. */
  propertyDamage?: boolean;
  /** It may result from an act against the company with an improper purpose: intrusion, ransomware, theft, taking data out. */
  improperPurpose?: boolean;
  /** The number of people; while it is uncertain, the largest possible number. */
  principals?: number;
  /** null = no My Number is concerned. */
  numbers?: NumberBreachFacts | null;
  /** null = no telecommunications business of the company is concerned. */
  telecom?: TelecomBreachFacts | null;
  /** The data is handled for another company; `notifiedOn` null = that company has not been told yet. null = the data is the company’s own. */
  entrusted?: { notifiedOn?: Day | null } | null;
  /** Notifying the principals is difficult, for example because they cannot be reached. */
  noticeDifficult?: boolean;
  judgements?: Judgements;
}

const toMinister = appi(
  '150(1)',
  '電気通信事業については委員会の権限が委任されているので、総務大臣に報告します。',
  'For telecommunications business the Commission’s power is delegated, so the report goes to the Minister.',
);
const commission: Bilingual = { ja: '個人情報保護委員会', en: 'the Commission' };
const minister: Bilingual = { ja: '総務大臣', en: 'the Minister for Internal Affairs' };
const either: Bilingual = {
  ja: '個人情報保護委員会（電気通信事業のことなら総務大臣）',
  en: 'the Commission (the Minister for Internal Affairs, if it concerns telecommunications business)',
};
const ownReports: ReportingStatute = {
  law: 'APPI',
  rules: 'APPI-Rules',
  preliminary: '8(1)',
  full: '8(2)',
  days: fullReportDays,
  notice: '10',
  alternative: '26(2) proviso',
};
const numberReports: ReportingStatute = {
  law: 'NumberingAct',
  rules: 'NumberingAct-BreachRules',
  preliminary: '3(1)',
  full: '3(2)',
  days: numberFullReportDays,
  notice: '5',
  alternative: '29-4(2) proviso',
};

const respond: Duty = duty(
  'respond-to-breach',
  ['Guideline', '3-5-2'],
  'at-once',
  '責任者に報告して被害を止め、原因と範囲を調べ、再発を防ぐ',
  'Report to the person in charge and stop the damage, investigate the cause and scope, and prevent a recurrence',
  { items: ['contain', 'investigate', 'scope', 'prevent', 'publish-if-needed'] },
);
const logDecision: Duty = duty(
  'keep-decision-log',
  ['APPI', '26(1)'],
  'at-once',
  '報告が要らないと判断した理由と、判断した人を記録に残す',
  'Record why no report is due and who judged so',
  { items: ['facts', 'reason', 'assessor'] },
);
const openSuspension: Duty = duty(
  'receive-suspension-requests',
  ['APPI', '35(5)'],
  'later',
  '本人からの利用の停止や第三者への提供の停止の請求を受け付ける',
  'Be ready for people to ask that use or provision stops',
);

interface Part extends Report {
  because: Ground[];
}

/** All grounds, each one once. */
function all(...lists: (readonly Ground[])[]): Grounds {
  const found: Ground[] = [];
  for (const list of lists) for (const g of list) if (!found.includes(g)) found.push(g);
  const [first = counted, ...more] = found;
  return [first, ...more];
}

interface Sides {
  own: Side;
  /** Left out where it does not concern the incident. */
  number?: Side;
  secrecy?: Side;
}

const reasons = ({ because }: { because: Ground[] }): Ground[] => because;
const listed = ({ own, number, secrecy }: Sides): Side[] => [own, number, secrecy].filter((side) => side !== undefined);

/**
 * The side of a statute once a notice to the entrusting party has made its report unnecessary. A side that needed no report anyway keeps its own
 * reason.
 */
const withheld = (side: Side, because: Grounds): Side =>
  side.reportable === false ? side : { reportable: false, because };

/** The side of each statute, after a release. Undefined on a day without law data. */
function sidesOf(facts: BreachFacts, breach: Condition, release: Release, on: Day): Sides | undefined {
  const readable = testReadable(facts, on);
  const own = ownSide(facts, breach, readable, on);
  const number = facts.numbers === null ? null : numberSide(facts, breach, readable, on);
  if (!own || number === undefined) return undefined;
  const sides: Sides = { own: release.released ? withheld(own, release.because) : own };
  if (number) sides.number = release.released ? withheld(number, [numberReleased]) : number;
  if (facts.telecom !== null) sides.secrecy = secrecySide(facts, readable, on);
  return sides;
}

/** Everything the answer still lacks where a report may be due, each fact once. */
function lackingIn(sides: Sides, release: Release, knownOn: Day | undefined): Missing[] {
  const found: Missing[] = [];
  for (const side of listed(sides)) {
    if (side.reportable === undefined) found.push(...side.missing);
    else if (side.reportable && typeof side.longer === 'object') found.push(side.longer);
  }
  const personal = [sides.own, sides.number].some((side) => side && side.reportable !== false);
  if (personal && release.released === undefined) found.push(release.missing);
  if (!knownOn) found.push(askKnownOn);
  return [...new Map(found.map((missing) => [missing.fact, missing])).values()];
}

const ifKnown = (longer: boolean | Missing): boolean | undefined => (typeof longer === 'boolean' ? longer : undefined);

/** The grounds and duties under each statute that requires a report. An element is undefined when there is no law data for the day. */
function partsOf({ own, number, secrecy }: Partial<Sides>, facts: BreachFacts, on: Day): (Part | undefined)[] {
  const { knownOn } = facts;
  const noticeDifficult = facts.noticeDifficult === true;
  const parts: (Part | undefined)[] = [];
  if (own?.reportable) {
    const delegates = inForce(telecomReportsToMinister, on) === true;
    const delegated = delegates && !!facts.telecom;
    const to = delegated ? minister : delegates && facts.telecom === undefined ? either : commission;
    const report = reportUnder(ownReports, { knownOn, longer: ifKnown(own.longer), noticeDifficult, to }, on);
    parts.push(report && { ...report, because: delegated ? [...own.because, toMinister] : own.because });
  }
  if (number?.reportable) {
    const { because } = number;
    const longer = ifKnown(number.longer);
    const report = reportUnder(numberReports, { knownOn, longer, noticeDifficult, to: commission }, on);
    parts.push(report && { ...report, because });
  }
  if (secrecy?.reportable) {
    const report = secrecyReport(knownOn, on);
    parts.push(report && { ...report, because: secrecy.because });
  }
  return parts;
}

interface Due {
  parts: Part[];
  duties: Duty[];
}

/** The duties of these sides, as far as they require a report. Undefined on a day without law data. */
function dueUnder(sides: Partial<Sides>, facts: BreachFacts, on: Day): Due | undefined {
  const parts = partsOf(sides, facts, on);
  const told = releaseDuty(facts, on);
  if (!told || !parts.every((part) => part !== undefined)) return undefined;
  const duties: Duty[] = [];
  if (sides.own?.reportable || sides.number?.reportable) duties.push(...told);
  for (const part of parts) duties.push(...part.duties);
  if (sides.own?.reportable && facts.entrusted === null && facts.data === 'personal-data') duties.push(openSuspension);
  return { parts, duties };
}

/** The finding that a report is due: the statutes that require one, with their situations, then those that do not, and all duties. */
function mustReport(sides: Sides, facts: BreachFacts, on: Day): Finding {
  const due = dueUnder(sides, facts, on);
  if (!due) return noLawOn();
  const days: Ground[] = sides.own.reportable || sides.number?.reportable ? [counted] : [];
  if (due.parts.some((part) => part.moved)) days.push(rolled);
  const because = all(...due.parts.map(reasons), days, ...listed(sides).map(reasons));
  return { answer: 'yes', because, duties: [respond, ...due.duties] };
}

/**
 * The duties that hold already while facts are missing. What is or may be a breach must be dealt with, and a report or notice that is certainly due
 * must be made, whatever another statute or the day of the full report still waits for. What may be left to the entrusting party is not certain.
 */
function dueAlready(sides: Sides, facts: BreachFacts, breach: Condition, release: Release, on: Day): Duty[] {
  const { own, number, secrecy } = sides;
  const certain: Partial<Sides> = { ...(release.released === false && { own, number }), secrecy };
  const duties = dueUnder(certain, facts, on)?.duties ?? [];
  const mayBe = facts.events !== undefined && facts.events.length > 0 && breach.met !== false;
  return mayBe || duties.length > 0 ? [respond, ...duties] : [];
}

/** Not reportable under any statute. A breach is still dealt with inside the company. */
const needNotReport = (sides: Sides, breach: Condition): Finding => ({
  answer: 'no',
  because: all(...listed(sides).map(reasons)),
  duties: breach.met === false ? [logDecision] : [respond, logDecision],
});

/** 26, Numbering Act 29-4, TBA 28. Must this incident be reported and must the principals be told, under which statute, to whom, and by when? */
export function decideBreach(facts: BreachFacts, on: Day): Finding {
  const silent = outsideText(on);
  if (silent) return silent;
  const release = testRelease(facts, on);
  const breach = testBreach(facts, on);
  const sides = release && sidesOf(facts, breach, release, on);
  if (!sides) return noLawOn();
  const asking = listed(sides).filter((side) => side.reportable !== false);
  if (asking.length === 0) return needNotReport(sides, breach);
  const missing = lackingIn(sides, release, facts.knownOn);
  if (missing.length === 0) return mustReport(sides, facts, on);
  return unknown(all(...asking.map(reasons)), missing, dueAlready(sides, facts, breach, release, on));
}

/** Facts of one incident that cannot all be true. */
export function breachContradictions(facts: BreachFacts, on: Day): Contradiction[] {
  const { numbers, principals, data, entrusted } = facts;
  const found = [
    ...uncountable('principals', principals),
    ...uncountable('numbers.principals', numbers?.principals),
    ...notYet(facts.knownOn, 'knownOn', on),
    ...notYet(facts.happenedOn, 'happenedOn', on),
    ...reversed(
      facts.happenedOn,
      'knownOn',
      facts.knownOn,
      '知った日が、起きた日より前です',
      'It was known before it happened',
    ),
    ...reversed(
      facts.knownOn,
      'entrusted.notifiedOn',
      entrusted?.notifiedOn,
      '委託元に知らせた日が、知った日より前です',
      'The entrusting party was told before it was known',
    ),
  ];
  if ((numbers?.principals ?? 0) > (principals ?? Infinity)) {
    found.push(
      contradiction(
        'numbers.principals',
        '個人番号の本人の数が、全体の本人の数を超えています',
        'More people’s My Numbers than people',
      ),
    );
  }
  if (numbers && (data === 'pseudonymous' || data === 'not-personal')) {
    found.push(
      contradiction(
        'numbers',
        '仮名加工情報や個人に関しない情報に、個人番号は含まれません',
        'Such information holds no My Number',
      ),
    );
  }
  if (numbers?.inFile && data === 'scattered') {
    found.push(
      contradiction(
        'numbers.inFile',
        '検索できる形の個人番号は、個人データです',
        'My Numbers in a searchable list are personal data',
      ),
    );
  }
  return found;
}
