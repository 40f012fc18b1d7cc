// Proves promises from the register: recipients that fail are stopped, checks and contracts are in date, the systems of the countries are known with
// the measures that follow, and the Commission's page was checked in time. Computed from the rows as they are today.

import { both, type Bilingual } from '../../base/bilingual.ts';
import { groupsOf } from '../../base/groups.ts';
import { addYears, dayOf, type Day } from '../../base/day.ts';
import {
  asLogged,
  countOf,
  worst,
  type Evidence,
  type Lost,
  type Proof,
  type PromiseState,
} from '../../base/promise.ts';
import { heldAgainst, type LogEntry, type Loss, type Said } from '../../log/index.ts';
import { keptReading, type Office, type Prover } from '../../office.ts';
import { countryName, slashDay } from '../../platform/ui/format.ts';
import { allReports, commissionPage, type Line, readRegister } from './actions/read.ts';
import { assuranceSaid, checkSaid, confirmSaid, endSaid, pageSaid, reportSaid, versionSaid } from './actions/record.ts';
import { changedFields, contentOf } from './facts/read.ts';
import {
  assuranceState,
  checkAgainBy,
  checksThere,
  cloudPlaces,
  dueState,
  lastCheck,
  lastReturn,
  recheckBy,
  reportOn,
  standingAssurance,
  stillHas,
  unconfirmedOf,
  type Given,
} from './facts/standing.ts';
import type { CountryReport, Recipient, RecipientVersion } from './facts/register.ts';
import { tracesOf, type Traces } from './store.ts';

const LIST = '/recipients';
const COUNTRIES = '/countries';

const nothing: Proof = {
  state: 'unknown',
  says: both(
    '提供先がまだ登録されていないため、確認できません。',
    'No recipient is registered yet, so this is unknown.',
  ),
  evidence: [{ label: both('登録した提供先', 'Registered recipients'), value: countOf(0), href: LIST }],
  fix: [both('個人情報を渡す相手を登録します。', 'Register those to whom personal information is given.')],
};

const counted = (label: Bilingual, n: number): Evidence => ({ label, value: countOf(n), href: LIST, state: 'kept' });

const isOpen = ({ recipient }: Line): boolean => recipient.state === 'active';

const nameOf = ({ recipient }: Pick<Line, 'recipient'>): Bilingual =>
  both(
    `${recipient.name}（${countryName(recipient.country, 'ja')}）`,
    `${recipient.name} (${countryName(recipient.country, 'en')})`,
  );

const hrefOf = ({ recipient }: Line): string => `${LIST}/${recipient.id}`;

/** 28(3), Rules 18(1): no recipient that cannot keep its measures is open. */
async function stoppedOnFailure(office: Office): Promise<Proof> {
  const lines = await readRegister(office);
  if (lines.length === 0) return nothing;
  const today = office.clock.today();
  const failing = lines.filter(({ checks }) => lastCheck(checks, today)?.measures === 'impossible');
  const open = failing.filter(({ recipient }) => recipient.state === 'active');
  return {
    state: open.length > 0 ? 'broken' : 'kept',
    says:
      open.length > 0
        ? both(
            `措置を続けられない提供先${failing.length}件のうち${open.length}件への提供が止まっていません。`,
            `Of the recipients that cannot keep their measures (${failing.length}), ${open.length} ${open.length === 1 ? 'is' : 'are'} not stopped.`,
          )
        : failing.length > 0
          ? both(
              `措置を続けられない提供先${failing.length}件への提供は、すべて止まっています。`,
              `All recipients that cannot keep their measures are stopped (${failing.length}).`,
            )
          : both(
              `提供先${lines.length}件に、措置を続けられないものはありません。`,
              `None of the registered recipients (${lines.length}) fails to keep its measures.`,
            ),
    evidence: [
      counted(both('登録した提供先', 'Registered recipients'), lines.length),
      ...failing.map((line): Evidence => ({
        label: nameOf(line),
        value:
          line.recipient.stoppedOn === null
            ? both('止まっていない', 'not stopped')
            : both(`${slashDay(line.recipient.stoppedOn)} 停止`, `stopped on ${slashDay(line.recipient.stoppedOn)}`),
        href: hrefOf(line),
        state: line.recipient.state === 'active' ? 'broken' : 'kept',
      })),
    ],
    fix: open.length > 0 ? [both('その提供先への提供を止めます。', 'Stop provisions to that recipient.')] : [],
  };
}

interface Due {
  label: Bilingual;
  href: string;
  state: PromiseState;
  value: Bilingual;
}

const missingDue = (label: Bilingual, href: string, value: Bilingual): Due => ({ label, href, state: 'broken', value });

function dueOf(label: Bilingual, href: string, due: Day, today: Day): Due {
  const state = dueState(due, today);
  const day = slashDay(due);
  const value = state === 'broken' ? both(`${day} 期限切れ`, `${day}, overdue`) : both(`${day}まで`, `by ${day}`);
  return { label, href, state, value };
}

/** The proof of several things with a last day each: the worst state counts for all. */
function dueProof(
  all: readonly Due[],
  what: { none: Bilingual; kept: Bilingual; late: Bilingual; fix: Bilingual },
): Proof {
  const late = all.filter(({ state }) => state === 'broken').length;
  const soon = all.filter(({ state }) => state === 'risk').length;
  const state = all.length === 0 ? 'kept' : worst(all.map((one) => one.state));
  const times = (says: Bilingual, n: number): Bilingual =>
    both(
      says.ja.replace('%', String(n)).replace('#', String(all.length)),
      says.en.replace('%', String(n)).replace('#', String(all.length)),
    );
  const says =
    all.length === 0
      ? what.none
      : late > 0
        ? times(what.late, late)
        : soon > 0
          ? both(
              `期限まで30日以内のものが${soon}件あります。`,
              `${soon} ${soon === 1 ? 'falls' : 'fall'} due within 30 days.`,
            )
          : times(what.kept, all.length);
  return {
    state,
    says,
    evidence: all.length === 0 ? [{ label: what.none, value: countOf(0), href: LIST }] : [...all],
    fix: late + soon > 0 ? [what.fix] : [],
  };
}

/** Rules 18(1): each open recipient on an equivalent-action system is checked in time, and the system does not expire unnoticed. */
async function checkedYearly(office: Office): Promise<Proof> {
  const today = office.clock.today();
  const lines = (await readRegister(office)).filter(isOpen);
  const waiting = lines.filter((line) => unconfirmedOf(line, today).length > 0);
  const due = lines.flatMap((line): Due[] => {
    const system = standingAssurance(line.assurances, 'equivalent-system', today);
    if (!system) return [];
    const check = lastCheck(checksThere(line.versions, line.checks), today);
    // The line of what waits stands for the check that is not confirmed.
    if (!check && waiting.includes(line)) return [];
    const name = nameOf(line);
    const none =
      line.checks.length > 0
        ? both('国が変わった後の確認の記録なし', 'not checked since it moved to another country')
        : both('確認の記録なし', 'never checked');
    const by = check && checkAgainBy(check, system);
    const next = by ? dueOf(name, hrefOf(line), by, today) : missingDue(name, hrefOf(line), none);
    const runsOut = system.until && dueState(system.until, today) === 'risk';
    return runsOut
      ? [next, dueOf(both(`${name.ja}の根拠`, `Basis for ${name.en}`), hrefOf(line), system.until!, today)]
      : [next];
  });
  const proof = dueProof(due, {
    none: both('体制を根拠とする提供先はありません。', 'No recipient rests on an equivalent-action system.'),
    kept: both(
      '体制を根拠とする提供先の確認は、すべて期限内です。',
      'The checks of all recipients on an equivalent-action system are in time.',
    ),
    late: both(
      '体制を根拠とする提供先の確認のうち%件が、期限を過ぎています。',
      'Checks of recipients on an equivalent-action system that are overdue: %.',
    ),
    fix: both(
      '提供先の措置の実施状況と、その国の制度を確かめて記録します。',
      'Check how the recipient keeps the measures and its country’s system, and record it.',
    ),
  });
  return withUnconfirmed(proof, waiting);
}

/** 28(1): while nobody on the staff answers for what a system recorded of these recipients, the promise is at risk. */
function withUnconfirmed(proof: Proof, lines: readonly Line[]): Proof {
  if (lines.length === 0) return proof;
  const waiting = lines.map((line): Evidence => ({
    label: nameOf(line),
    value: both('社内の人の確認待ち', 'waits for staff to confirm it'),
    href: hrefOf(line),
    state: 'risk',
  }));
  return {
    state: worst([proof.state, 'risk']),
    says:
      proof.state === 'broken'
        ? proof.says
        : both(
            `システムが記録した体制や確認を、社内の人がまだ確かめていない提供先が${lines.length}件あります。`,
            `Recipients whose system or check was recorded by one of our systems and not yet confirmed by staff: ${lines.length}.`,
          ),
    evidence: [...waiting, ...proof.evidence],
    fix: [
      both(
        'システムが記録した内容を契約などで確かめ、提供先のページで確かめたことを記録します。',
        'Check what the system recorded against the contract or the like, and confirm it on the recipient’s page.',
      ),
      ...proof.fix,
    ],
  };
}

/**
 * The line of an entrusted party that has nothing more: its contract is over, and a check found all that it was ever given returned or erased.
 * Undefined while something is left to supervise.
 */
function nothingLeft(line: Line, given: Given, today: Day): Due | undefined {
  const contracts = line.assurances.filter(({ terms }) => terms.kind === 'entrustment');
  const states = contracts.map((one) => assuranceState(one, today));
  const isOver = !states.includes('holds') && states.some((one) => one === 'ended' || one === 'expired');
  const returned = lastReturn(line.checks);
  if (!isOver || !returned || stillHas(line, given)) return undefined;
  const day = slashDay(returned.on);
  const value = both(`${day}に返却・消去を確認`, `returned or erased, as found on ${day}`);
  return { label: nameOf(line), href: hrefOf(line), state: 'kept', value };
}

/**
 * 25: each open entrusted party was assessed, is under contract, is supervised, and was checked in time, for as long as something is left to
 * supervise. `given`: the ids of those to whom something was provided as entrusted parties, with the last time of that.
 */
export async function contractorsSupervised(office: Office, given: Given): Promise<Proof> {
  const today = office.clock.today();
  const all = await readRegister(office);
  if (all.length === 0) return nothing;
  const lines = all.filter((line) => isOpen(line) && line.recipient.relations.includes('entrustment'));
  const due = lines.flatMap((line): Due[] => {
    const name = nameOf(line);
    const terms = standingAssurance(line.assurances, 'entrustment', today)?.terms;
    // A cloud that does not handle the data is not entrusted with anything, unless the same party has an entrustment too.
    if (!terms && standingAssurance(line.assurances, 'cloud', today)) return [];
    const over = nothingLeft(line, given, today);
    if (over) return [over];
    if (!terms?.assessed || !terms.contract || !terms.monitored)
      return [
        missingDue(
          name,
          hrefOf(line),
          both('評価・契約・状況の把握がそろわない', 'assessment, contract or oversight lacking'),
        ),
      ];
    const next = lastCheck(line.checks, today)?.nextDue;
    return [
      next
        ? dueOf(name, hrefOf(line), next, today)
        : missingDue(name, hrefOf(line), both('確認の記録なし', 'never checked')),
    ];
  });
  return dueProof(due, {
    none: both('提供できる委託先はありません。', 'There is no entrusted party that may receive anything.'),
    kept: both(
      '委託先のすべてに、選定の評価、契約、期限内の確認の記録があるか、契約の終了と渡した情報の返却・消去の記録があります。',
      'Every entrusted party was assessed, is under contract and was checked in time, or its contract is over and what it was given was returned or erased.',
    ),
    late: both(
      '委託先#件のうち%件に、評価、契約、期限内の確認のどれかがありません。',
      'Entrusted parties that lack an assessment, a contract or a check in time: % of #.',
    ),
    fix: both(
      '委託契約の記録と確認の記録を加えます。契約が終わった委託先は、渡した情報の返却・消去を確かめて記録します。',
      'Record the entrustment contract and a check. Where the contract is over, find out that what was given was returned or erased, and record it.',
    ),
  });
}

/** Why nothing more is provided to a recipient on a basis; null while the register's own promises look after it. */
function overFor(line: Line, basis: 'equivalent-system' | 'entrustment', today: Day): Bilingual | null {
  const { recipient, assurances } = line;
  if (!isOpen(line)) return both('提供を停止', 'stopped');
  const stands = standingAssurance(assurances, basis, today) !== undefined;
  if (basis === 'equivalent-system')
    return stands || unconfirmedOf(line, today).length > 0
      ? null
      : both('根拠は終了', 'its basis is no longer in force');
  const entrusted = recipient.relations.includes('entrustment');
  return entrusted && (stands || !standingAssurance(assurances, 'cloud', today))
    ? null
    : both('委託先ではなくなった', 'no longer entrusted');
}

/**
 * 25; 28(3), Rules 18(1): what was provided on a basis is to be watched for as long as the recipient handles it, also once the recipient is stopped
 * or the basis has ended. Whether it still does is not on record, so nothing here is broken: without a check in time the promise is at risk.
 * What a check later found returned or erased is not asked about. `given`: the ids of those to whom something was provided on the basis, with the last
 * time of that.
 */
export async function checkedAfterwards(
  office: Office,
  basis: 'equivalent-system' | 'entrustment',
  given: Given,
): Promise<Proof> {
  const today = office.clock.today();
  const lines = (await readRegister(office)).filter((line) => stillHas(line, given));
  const due = lines.flatMap((line): Due[] => {
    const over = overFor(line, basis, today);
    if (!over) return [];
    const checks = basis === 'equivalent-system' ? checksThere(line.versions, line.checks) : line.checks;
    const last = lastCheck(checks, today);
    const by = last && (last.nextDue ?? addYears(last.on, 1));
    const known = by
      ? dueOf(nameOf(line), hrefOf(line), by, today)
      : missingDue(nameOf(line), hrefOf(line), both('確認の記録なし', 'never checked'));
    const value = both(`${known.value.ja}（提供あり、${over.ja}）`, `${known.value.en}; provided, and ${over.en}`);
    return [{ ...known, value }];
  });
  return afterwardsProof(due, {
    label: both(
      '渡した情報があり、いまはその根拠で渡していない提供先',
      'Recipients that were given something and are given nothing more',
    ),
    late: both(
      '停止したか根拠の終わった提供先%件について、渡した情報がいまどう扱われているかの確認の期限が、近いか過ぎています。',
      'Recipients that were stopped or whose basis ended, and whose handling of what they were given is to be checked now or is overdue: %.',
    ),
    kept: both(
      '停止したか根拠の終わった提供先についても、渡した情報の確認は期限内です。',
      'What was given to recipients that were stopped or whose basis ended was checked in time too.',
    ),
    fix: both(
      '渡した情報の返却か消去、またはいまの取扱いを確かめて、確認として記録します。',
      'Find out whether what was given has been returned or erased, or how it is handled now, and record it as a check.',
    ),
  });
}

/** The proof of what is due about information given earlier: at risk where it is due or missing, never broken. */
function afterwardsProof(all: readonly Due[], what: Record<'label' | 'late' | 'kept' | 'fix', Bilingual>): Proof {
  const due = all.map((one): Due => ({ ...one, state: one.state === 'broken' ? 'risk' : one.state }));
  const open = due.filter(({ state }) => state !== 'kept').length;
  const { ja, en } = what.late;
  return {
    state: open > 0 ? 'risk' : 'kept',
    says: open > 0 ? both(ja.replace('%', String(open)), en.replace('%', String(open))) : what.kept,
    evidence: [{ label: what.label, value: countOf(due.length), href: LIST }, ...due],
    fix: open > 0 ? [what.fix] : [],
  };
}

const foreign = (countries: readonly string[]): string[] =>
  [...new Set(countries)].filter((country) => country !== 'JP').sort();

/** Returns the foreign countries where something is handled: by open recipients, and on the servers of their clouds. */
const countriesOf = (lines: readonly Line[], today: Day): string[] =>
  foreign(
    lines.flatMap((line) => [
      line.recipient.country,
      ...cloudPlaces(line, today).flatMap(({ country, left }) => (left ? [] : [country])),
    ]),
  );

/** Returns where something may still be on clouds no longer in use: on their servers, or with a stopped vendor. */
const countriesLeft = (lines: readonly Line[], today: Day): string[] =>
  lines.flatMap((line) => {
    const left = cloudPlaces(line, today).filter((place) => place.left);
    return left.length > 0 ? [line.recipient.country, ...left.map(({ country }) => country)] : [];
  });

interface Abroad {
  countries: string[];
  reports: CountryReport[];
}

/** Null before any recipient is registered. */
async function abroad(office: Office): Promise<Abroad | null> {
  const lines = await readRegister(office);
  if (lines.length === 0) return null;
  return { countries: countriesOf(lines.filter(isOpen), office.clock.today()), reports: await allReports(office) };
}

const noneAbroad = both(
  '外国にある提供先もサーバーも登録されていません。',
  'No recipient and no server abroad is registered.',
);
const nameOfCountry = (code: string): Bilingual => both(countryName(code, 'ja'), countryName(code, 'en'));

/** For each country, the day by which it is to be examined again. */
const reportDues = ({ countries, reports }: Abroad, today: Day): Due[] =>
  countries.map((country): Due => {
    const newest = reports.find((report) => report.country === country);
    const href = `${COUNTRIES}/${country}`;
    return newest
      ? dueOf(nameOfCountry(country), href, recheckBy(newest), today)
      : missingDue(nameOfCountry(country), href, both('調査なし', 'no report'));
  });

/** 23, guideline 10-7: each country where information is handled has a report in force. */
async function systemUnderstood(office: Office): Promise<Proof> {
  const known = await abroad(office);
  if (!known) return nothing;
  return dueProof(reportDues(known, office.clock.today()), {
    none: noneAbroad,
    kept: both(
      '取扱いのある外国のすべてに、期限内の調査があります。',
      'Every country where information is handled has a report in date.',
    ),
    late: both(
      '取扱いのある外国#か国のうち%か国に、期限内の調査がありません。',
      'Countries where information is handled without a report in date: % of #.',
    ),
    fix: both('その国の制度を調べて記録します。', 'Examine that country’s system and record it.'),
  });
}

/** For each country, whether its report in use states the measures that follow from it. */
const measuresDues = ({ countries, reports }: Abroad, today: Day): Due[] =>
  countries.map((country): Due => {
    const report = reportOn(
      reports.filter((one) => one.country === country),
      today,
    );
    const taken = report !== null && report.measures !== null;
    return {
      label: nameOfCountry(country),
      href: `${COUNTRIES}/${country}`,
      state: taken ? 'kept' : 'broken',
      value: taken
        ? both('措置の記録あり', 'measures on record')
        : report
          ? both('措置の記録なし', 'no measures on record')
          : both('期限内の調査なし', 'no report in date'),
    };
  });

/** Guideline 10-7: each report in use states the measures that follow from it. */
async function measuresTaken(office: Office): Promise<Proof> {
  const known = await abroad(office);
  if (!known) return nothing;
  return dueProof(measuresDues(known, office.clock.today()), {
    none: noneAbroad,
    kept: both(
      '外国の制度の調査のすべてに、それを踏まえた措置の記録があります。',
      'Every country report has the measures that follow from it on record.',
    ),
    late: both(
      '取扱いのある外国#か国のうち%か国に、踏まえた措置の記録がありません。',
      'Countries where information is handled without measures on record: % of #.',
    ),
    fix: both(
      'その国で取り扱うときにとる措置を、調査に書きます。',
      'State in the report which measures are taken there.',
    ),
  });
}

/**
 * The countries of stopped recipients that still have what they were given on one of the bases, and of clouds no longer in use, without those at which
 * `abroad` looks already. `given`: as for `checkedAfterwards`, on either basis.
 */
async function abroadAfterwards(office: Office, given: Given): Promise<Abroad> {
  const lines = await readRegister(office);
  const today = office.clock.today();
  const looked = countriesOf(lines.filter(isOpen), today);
  const stopped = lines.filter((line) => !isOpen(line) && stillHas(line, given));
  const all = [...stopped.map(({ recipient }) => recipient.country), ...countriesLeft(lines, today)];
  return { countries: foreign(all).filter((country) => !looked.includes(country)), reports: await allReports(office) };
}

const countriesAfterwards = both(
  '停止した提供先か使い終えたクラウドに、渡した情報が残る外国',
  'Countries where stopped recipients have what they were given, or where it may be on clouds no longer in use',
);

/** 23, guideline 10-7: what a stopped recipient abroad still has is handled there, so its country is examined as before. */
export async function systemUnderstoodAfterwards(office: Office, given: Given): Promise<Proof> {
  const known = await abroadAfterwards(office, given);
  return afterwardsProof(reportDues(known, office.clock.today()), {
    label: countriesAfterwards,
    late: both(
      '停止した提供先か使い終えたクラウドに渡した情報が残る外国%か国について、調査の期限が近いか過ぎています。',
      'Countries with what was given to recipients now stopped or to clouds no longer in use, and with a report that is due or overdue: %.',
    ),
    kept: both(
      '停止した提供先か使い終えたクラウドに渡した情報が残る外国についても、調査は期限内です。',
      'Countries with what was given to recipients now stopped or to clouds no longer in use have a report in date too.',
    ),
    fix: both(
      'その国の制度を調べて記録するか、渡した情報の返却・消去を確かめて記録します。',
      'Examine that country’s system and record it, or record that what was given was returned or erased.',
    ),
  });
}

/** Guideline 10-7: the measures taken there are stated for as long as a stopped recipient has what it was given. */
export async function measuresTakenAfterwards(office: Office, given: Given): Promise<Proof> {
  const known = await abroadAfterwards(office, given);
  return afterwardsProof(measuresDues(known, office.clock.today()), {
    label: countriesAfterwards,
    late: both(
      '停止した提供先か使い終えたクラウドに渡した情報が残る外国%か国に、踏まえた措置の記録がありません。',
      'Countries with what was given to recipients now stopped or to clouds no longer in use, without measures on record: %.',
    ),
    kept: both(
      '停止した提供先か使い終えたクラウドに渡した情報が残る外国についても、踏まえた措置の記録があります。',
      'Countries with what was given to recipients now stopped or to clouds no longer in use have measures on record too.',
    ),
    fix: both(
      'その国で取り扱うときにとる措置を調査に書くか、渡した情報の返却・消去を確かめて記録します。',
      'State in the report which measures are taken there, or record that what was given was returned or erased.',
    ),
  });
}

/** The address that people are given was checked within a year. */
async function pageChecked(office: Office): Promise<Proof> {
  const page = await commissionPage(office);
  const fix = both('ページを開いて所在を確かめ、記録します。', 'Open the page, check its address, and record it.');
  if (!page)
    return {
      state: 'unknown',
      says: both(
        '委員会のページの所在が記録されていません。',
        'The address of the Commission’s page is not on record.',
      ),
      evidence: [],
      fix: [fix],
    };
  const due = dueOf(
    both('委員会のページの所在', 'Address of the Commission’s page'),
    COUNTRIES,
    recheckBy(page),
    office.clock.today(),
  );
  const on = slashDay(page.checkedOn);
  return {
    state: due.state,
    says:
      due.state === 'broken'
        ? both(`${on}に確かめてから、1年を過ぎました。`, `It was last checked on ${on}, more than a year ago.`)
        : both(`${on}に所在を確かめました。`, `The address was checked on ${on}.`),
    evidence: [{ label: both('確かめた日', 'Checked on'), value: both(on, on), href: COUNTRIES }, due],
    fix: due.state === 'kept' ? [] : [fix],
  };
}

/** An earlier version took the time of a version and of its entry separately; up to a minute between them does not matter. */
const MINUTE_MS = 60_000;

/** What the log entry of each version must say. */
function versionsOf({ versions, entries }: Traces): Said[] {
  const logged = new Map(entries.map(({ id, at }) => [id, new Date(at)]));
  return versions.map((one) => {
    const at = logged.get(one.entryId) ?? one.at;
    const alike = Math.abs(one.at.getTime() - at.getTime()) < MINUTE_MS;
    return written(`recipient:${one.act}`, alike ? { ...one, at } : one, versionSaid(one));
  });
}

/** What the log entry of each row of the registers must say. */
const rowsOf = (traces: Traces): Said[] => {
  const { assurances, checks, reports, pages } = traces;
  return [
    ...versionsOf(traces),
    ...assurances.map((one) => written('recipient:assure', one, assuranceSaid(one))),
    ...assurances.flatMap((one) =>
      one.ended
        ? [{ id: one.ended.entryId, action: 'recipient:end-assurance', ...endSaid(one, one.ended.reason) }]
        : [],
    ),
    ...checks.map((one) => written('recipient:check', one, checkSaid(one))),
    ...[...assurances, ...checks].flatMap((one) =>
      one.confirmed ? [written('recipient:confirm', one.confirmed, confirmSaid(one))] : [],
    ),
    ...reports.map((one) => written('country:report', { ...one, entryId: one.entry_id }, reportSaid(one))),
    ...pages.map((one) =>
      written('country:page', { ...one, entryId: one.id }, pageSaid({ url: one.url, checkedOn: one.checked_on })),
    ),
  ];
};

const written = (action: string, { entryId, at, actor }: Wrote, says: object): Said => ({
  ...says,
  id: entryId,
  action,
  at: at.toISOString(),
  actor,
});

type Wrote = Pick<RecipientVersion, 'entryId' | 'at' | 'actor'>;

/** The version that stopped the recipient, if it is stopped now. */
function stopIn(versions: readonly RecipientVersion[]): RecipientVersion | null {
  const last = versions.findLast(({ act }) => act !== 'change');
  return last?.act === 'stop' ? last : null;
}

/** True when a recipient and each of its versions agree with the acts of the versions, given oldest first. */
function isAsActed(recipient: Recipient, versions: readonly RecipientVersion[]): boolean {
  const last = versions.at(-1);
  const stop = stopIn(versions);
  return (
    versions.every(
      ({ version, state }, i) =>
        version === i + 1 && (state === 'stopped') === (stopIn(versions.slice(0, version)) !== null),
    ) &&
    last?.version === recipient.version &&
    last.state === recipient.state &&
    changedFields(recipient, contentOf(last.content)).length === 0 &&
    recipient.stoppedOn === (stop && dayOf(stop.at.getTime())) &&
    recipient.stopReason === (stop && stop.reason)
  );
}

/** The recipient, the country or the check of the Commission’s page that a row or an entry is about. */
const subjectOf = ({ recipient, country, id }: Said | LogEntry): string => String(recipient ?? country ?? id);

interface Held {
  all: number;
  /** What differs from the log. */
  wrong: { label: Bilingual; href: string }[];
  lost: readonly Lost[];
}

/** True when a recipient or an assurance is in use although an entry says that it was stopped or ended, and no later one that it was resumed. */
function isInUse({ recipients, assurances, entries }: Traces): (entry: Said) => boolean {
  const resumed = groupsOf(
    entries.filter(({ action }) => action === 'recipient:resume'),
    (one) => String(one.recipient),
  );
  return ({ action, recipient, at, ended: over }) =>
    (action === 'recipient:stop' &&
      recipients.some(({ id, state }) => id === recipient && state !== 'stopped') &&
      !resumed(String(recipient)).some((one) => one.at > String(at))) ||
    (action === 'recipient:end-assurance' && assurances.some(({ id, ended }) => id === over && !ended));
}

async function held({ database }: Office, _: unknown, losses: readonly Loss[]): Promise<Held> {
  const traces = await tracesOf(database);
  const { recipients, versions, assurances, entries } = traces;
  const rows = rowsOf(traces);
  const been = groupsOf(
    versions.toSorted((a, b) => a.version - b.version),
    (one) => one.recipient,
  );
  const endedOn = new Map(entries.map((entry) => [entry.id, dayOf(Date.parse(entry.at))]));
  const known = new Map(recipients.map((one) => [one.id, one]));
  const against = await heldAgainst(database, losses, rows, entries, isInUse(traces));
  const wrong = new Set([
    ...against.wrong.map(subjectOf),
    ...recipients.filter((one) => !isAsActed(one, been(one.id))).map(({ id }) => id),
    ...versions.filter(({ recipient }) => !known.has(recipient)).map(({ recipient }) => recipient),
    ...assurances
      .filter(({ ended }) => ended && ended.on !== endedOn.get(ended.entryId))
      .map(({ recipient }) => recipient),
  ]);
  const all = new Set([...known.keys(), ...rows.map(subjectOf), ...wrong]);
  return {
    all: all.size,
    wrong: [...wrong].map((subject) => namedOf(subject, known.get(subject))),
    lost: against.lost,
  };
}

function namedOf(subject: string, recipient: Recipient | undefined): Held['wrong'][number] {
  if (recipient) return { label: nameOf({ recipient }), href: `${LIST}/${subject}` };
  if (/^[A-Z]{2}$/.test(subject)) return { label: nameOfCountry(subject), href: `${COUNTRIES}/${subject}` };
  return {
    label: both(
      '失われた提供先か、委員会のページの所在',
      'A recipient that is gone, or the address of the Commission’s page',
    ),
    href: LIST,
  };
}

const heldOf = keptReading({
  tables: [
    'recipients',
    'recipient_versions',
    'recipient_assurances',
    'recipient_checks',
    'country_reports',
    'commission_pages',
    // Only rewriting of the log counts here: each row comes with its entry.
    'log_entries',
  ],
  given: () => null,
  read: held,
});

async function registersLogged(office: Office): Promise<Proof> {
  const { all, wrong, lost } = await heldOf(office);
  return asLogged(
    {
      all,
      wrong: wrong.length,
      lost,
      label: both('提供先、外国の制度、委員会のページ', 'Recipients, countries and the Commission’s page'),
      what: both('提供先と外国の登録', 'registrations of recipients and countries'),
      href: LIST,
      none: {
        state: 'kept',
        says: both('提供先と外国の登録はありません。', 'No recipient and no country is registered.'),
      },
    },
    wrong,
  );
}

export const recipientProvers: Prover[] = [
  { promise: 'foreign-provision-stopped-on-failure', prove: stoppedOnFailure },
  { promise: 'equivalent-measures-checked-yearly', prove: checkedYearly },
  { promise: 'foreign-system-understood', prove: systemUnderstood },
  { promise: 'foreign-measures-taken', prove: measuresTaken },
  { promise: 'ppc-page-checked', prove: pageChecked },
  { promise: 'every-access-logged', prove: registersLogged },
];
