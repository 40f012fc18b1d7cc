// Which promises the checkpoint can prove from what it logged: that readings carry a purpose, that the purpose was one of the holding's,
// that the log can only be added to. Judged on the newest readings, whose number the evidence names.

import { both, type Bilingual } from '../../base/bilingual.ts';
import { addYears, day } from '../../base/day.ts';
import { counted, countOf, type Proof } from '../../base/promise.ts';
import { decideUse, LAW_VERSION, parameters, type StatedPurpose } from '../../law/index.ts';
import { listEntries, type LogEntry } from '../../log/index.ts';
import type { Office, Prover } from '../../office.ts';
import { standing } from './actions.ts';
import { informationOf, type Standing } from './facts.ts';
import { logRights } from './store.ts';

const lawDay = day(LAW_VERSION);

/** How many of the newest readings are looked at. */
const NEWEST = 1_000;
const SHOWN = '/log?action=people%3Ause';

async function readings(office: Office): Promise<LogEntry[]> {
  const entries = await listEntries(office.database, { actions: ['people:use'], most: NEWEST });
  return entries.map(({ entry }) => entry);
}

async function refusals(office: Office): Promise<number> {
  return (await listEntries(office.database, { actions: ['refused'], most: NEWEST })).length;
}

/** A promise about readings: those that break it, and where there is no reading, nothing shown. */
const aboutReadings = (all: number, wrong: number, wrongLabel: Bilingual): Proof =>
  counted({
    all,
    wrong,
    label: both(`新しい順の利用（${NEWEST}件まで）`, `Newest readings (up to ${NEWEST})`),
    wrongLabel,
    what: both('利用', 'readings'),
    href: SHOWN,
    none: {
      state: 'unknown',
      says: both('利用の記録がまだないため、確認できません。', 'Nothing has been read yet, so this is unknown.'),
    },
    fix: both('その記録を開き、利用した人と経緯を確かめます。', 'Open the entries and find out who read and why.'),
  });

async function purposeBeforeUse(office: Office): Promise<Proof> {
  const all = await readings(office);
  const without = all.filter((entry) => typeof entry.purpose !== 'string' || !entry.decision).length;
  const refused = await refusals(office);
  const proof = aboutReadings(all.length, without, both('目的のない利用', 'Readings without a purpose'));
  const early = both('読む前に断ったもの', 'Refused before reading');
  return {
    ...proof,
    evidence: [...proof.evidence, { label: early, value: countOf(refused), href: '/log?action=refused' }],
  };
}

/** Asks the law again about a reading, with the ledger as it stands now. */
function stillWithin(office: Office, stands: Standing, entry: LogEntry): boolean {
  const holding = typeof entry.holding === 'string' ? stands.holdings.get(entry.holding) : undefined;
  if (!holding || typeof entry.purpose !== 'string' || !Array.isArray(entry.items)) return false;
  const items = entry.items.filter((item) => typeof item === 'string');
  const facts = {
    information: informationOf(holding, items),
    purpose: entry.purpose,
    holdingPurposes: holding.purposes,
    consent: null,
    exception: null,
  };
  return decideUse(facts, office.clock.today()).answer === 'yes';
}

async function withinPurpose(office: Office): Promise<Proof> {
  const [all, stands] = await Promise.all([readings(office), standing(office)]);
  const outside = all.filter((entry) => !stillWithin(office, stands, entry)).length;
  return aboutReadings(all.length, outside, both('台帳の目的の外の利用', 'Readings outside the holding’s purposes'));
}

/** Holdings that are kept for security alone are used for nothing else. `clause` names the purpose: the one that its clause states. */
async function securityOnly(office: Office): Promise<Proof> {
  const [all, stands] = await Promise.all([readings(office), standing(office)]);
  const security = [...stands.purposes.values()].find((purpose) => purpose.clause === stands.securityPurposeBy);
  const about = all.filter((entry) => keptFor(stands, entry, security));
  const wrong = about.filter((entry) => entry.purpose !== security?.id).length;
  return aboutReadings(about.length, wrong, both('安全の確保のほかの利用', 'Readings for anything but security'));
}

function keptFor(stands: Standing, entry: LogEntry, purpose: StatedPurpose | undefined): boolean {
  const holding = typeof entry.holding === 'string' ? stands.holdings.get(entry.holding) : undefined;
  return purpose !== undefined && holding !== undefined && holding.purposes.every((one) => one.id === purpose.id);
}

async function everyAccessLogged(office: Office): Promise<Proof> {
  const [rights, all] = await Promise.all([logRights(office.database), readings(office)]);
  const without = all.filter((entry) => typeof entry.purpose !== 'string').length;
  const sound = rights.may_insert && !rights.may_change && without === 0;
  return {
    state: sound ? 'kept' : 'broken',
    says: sound
      ? both(
          '読むことと記録することが1つの処理で行われ、記録は足すことしかできません。',
          'Reading and recording are one statement, and the log can only be added to.',
        )
      : both('記録を書き換えられるか、書けない状態です。', 'The log could be changed, or cannot be written.'),
    evidence: [
      {
        label: both('記録を足す権利', 'Right to add to the log'),
        value: both(rights.may_insert ? 'あり' : 'なし', rights.may_insert ? 'yes' : 'no'),
        state: rights.may_insert ? 'kept' : 'broken',
      },
      {
        label: both('記録を変える権利', 'Right to change the log'),
        value: both(rights.may_change ? 'あり' : 'なし', rights.may_change ? 'yes' : 'no'),
        state: rights.may_change ? 'broken' : 'kept',
      },
      {
        label: both(
          `目的のある利用の記録（新しい順に${NEWEST}件まで）`,
          `Readings with their purpose (newest ${NEWEST})`,
        ),
        value: countOf(all.length - without),
        href: SHOWN,
      },
    ],
    fix: sound
      ? []
      : [
          both(
            'データベースの権利を、移行の定めたとおりに戻します。',
            'Put the database rights back as the migrations set them.',
          ),
        ],
  };
}

/** The law data is looked at once a year; a figure marked `to-confirm` still waits for a person to compare it with its authority. */
function countriesDated({ clock }: Office): Promise<Proof> {
  const { value, from, citation, status } = parameters.equivalentCountries;
  const late = addYears(lawDay, 1) < clock.today();
  const state = from === null || late ? 'broken' : status === 'verified' ? 'kept' : 'risk';
  const says = {
    broken: both(
      '同等の国の一覧を、1年以内に確かめていません。',
      'The list of equivalent countries was not checked within a year.',
    ),
    risk: both(
      `同等の国${value.size}か国の一覧は法令データ ${LAW_VERSION} のものですが、原典との照合がまだです。`,
      `The list of ${value.size} equivalent countries is of the law data of ${LAW_VERSION}, but not yet compared with its authority.`,
    ),
    kept: both(
      `同等の国${value.size}か国の一覧は、法令データ ${LAW_VERSION} で確かめたものです。`,
      `The list of ${value.size} equivalent countries was checked for the law data of ${LAW_VERSION}.`,
    ),
  };
  return Promise.resolve({
    state,
    says: says[state],
    evidence: [
      { label: both('国の数', 'Countries'), value: both(`${value.size}か国`, String(value.size)) },
      { label: both('適用の初日', 'In force from'), value: both(from ?? 'なし', from ?? 'none') },
      { label: both('根拠', 'Authority'), value: both(`規則${citation.article}条`, `Rules ${citation.article}`) },
      { label: both('法令データの日', 'Day of the law data'), value: both(LAW_VERSION, LAW_VERSION), state },
    ],
    fix:
      state === 'kept'
        ? []
        : [both('一覧を個人情報保護委員会の告示と照らします。', 'Compare the list with the Commission’s notice.')],
  });
}

export const checkpointProvers: Prover[] = [
  { promise: 'purpose-before-use', prove: purposeBeforeUse },
  { promise: 'use-within-purpose', prove: withinPurpose },
  { promise: 'security-records-for-security', prove: securityOnly },
  { promise: 'every-access-logged', prove: everyAccessLogged },
  { promise: 'equivalent-countries-dated', prove: countriesDated },
];
