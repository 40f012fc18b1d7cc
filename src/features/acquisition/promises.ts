// The provers of the promises about acquisition. Before anything was acquired, the answer is unknown.

import { both, type Bilingual } from '../../base/bilingual.ts';
import { addDays } from '../../base/day.ts';
import { counted, type Counted, type Lost, type Proof, withUnsaid } from '../../base/promise.ts';
import { apart, recordsLost } from '../../log/index.ts';
import { keptReading, type Office, type Prover } from '../../office.ts';
import { hourUnknown } from '../checkpoint/index.ts';
import { dayReached } from '../date/index.ts';
import {
  countAcquisitions,
  countIncomplete,
  countKeptTooLong,
  countUngrounded,
  countUnlogged,
  recordsMissing,
  STATED,
  type AcquisitionCounts,
  type Ungrounded,
} from './store.ts';

const LIST = '/acquisitions';

interface Counts extends AcquisitionCounts, Ungrounded {
  /** Records of receipts without the giver, whose particulars an earlier version erased with the person. */
  incomplete: number;
  /** Acquisitions that differ from the log: without their entry, gone before their end, or there after it. */
  unlogged: number;
  /** Of these, the number gone; and those that were lost with a backup. */
  missing: number;
  lost: readonly Lost[];
  /** The records of receipts that were lost with a backup, before their time is over. */
  recordsLost: readonly Lost[];
}

interface Rule {
  promise: string;
  of: (c: Counts) => { all: number; wrong: number; lost?: readonly Lost[] };
  label: Bilingual;
  wrongLabel: Bilingual;
  fix: Bilingual;
  /** How many nothing on record says how to judge, and what is said of them. */
  unsaid?: (c: Counts) => [number, Record<'label' | 'says' | 'fix', Bilingual>][];
}

/** What is said of `n` acquisitions of an earlier version, which did not keep what let them in. */
const notKept = (n: number, what: Bilingual, fix: Bilingual): [number, Record<'label' | 'says' | 'fix', Bilingual>] => [
  n,
  {
    label: both(
      `${what.ja}で、根拠の内容が記録に残っていないもの`,
      `${what.en}, of which it was not kept what let it in`,
    ),
    says: both(
      `${what.ja}${n}件は、根拠の内容を以前の版が残していないため、確認できません。`,
      `Of ${n} (${what.en.toLowerCase()}) an earlier version did not keep what let it in, so this is unknown.`,
    ),
    fix,
  },
];

const rules: Rule[] = [
  {
    promise: 'acquisition-proper',
    of: (c) => ({ all: c.all, wrong: c.strange + c.ungrounded }),
    label: both('取得の記録', 'Acquisitions'),
    wrongLabel: both(
      'そのときの方針にない方法によるもの、不正と分かっていたもの、要配慮個人情報を取得できる根拠を示せないもの',
      'By a way that the policy did not state then, known to be wrongful, or special care-required without a basis that is shown',
    ),
    fix: both(
      'その方法を方針に加えるか、その方法での取得をやめます。要配慮個人情報は、本人の同意を得て取得し直すか、消去します。',
      'Add the way to the policy, or stop acquiring by it. Take special care-required information in anew with the person’s consent, or erase it.',
    ),
    unsaid: ({ basisUnkept, unsure }) => [
      notKept(
        basisUnkept,
        both('本人以外からの要配慮個人情報の取得', 'Special care-required information from others'),
        both(
          '根拠を調べ、本人の同意を得て取得し直すか、消去します。',
          'Find out what let it in. Take it in anew with the person’s consent, or erase it.',
        ),
      ),
      [unsure, hourUnknown(unsure, both('取得', unsure === 1 ? 'acquisition was' : 'acquisitions were'))],
    ],
  },
  {
    promise: 'source-recorded',
    of: (c) => ({ all: c.indirect, wrong: c.unsourced + c.incomplete, lost: c.recordsLost }),
    label: both('本人以外からの取得', 'Acquired from others'),
    wrongLabel: both('取得元か、受け取った経緯の記録がないもの', 'Without a record of the source or of how it came'),
    fix: both(
      'どこから受け取ったかを調べて、取得し直します。本人をすでに消去したものは、記録の保存期間が終わるまでここに残ります。',
      'Find out where it came from, and take it in anew. Those of persons who are erased stay here until their period of keeping ends.',
    ),
  },
  {
    promise: 'purpose-indicated-first',
    of: (c) => ({ all: c.written, wrong: c.unindicated }),
    label: both('書面による直接の取得', 'Acquired in writing from the person'),
    wrongLabel: both('先に目的を示した記録がないもの', 'Without a record that the purpose was shown first'),
    fix: both('書式に目的を載せ、本人に目的を知らせます。', 'Put the purpose on the form, and tell the persons.'),
    unsaid: ({ groundUnkept }) => [
      notKept(
        groundUnkept,
        both('目的を示さなかった書面での取得', 'Acquired in writing without the purpose'),
        both(
          '根拠を調べます。分からないときは、本人に目的を知らせます。',
          'Find out what let it in. If that cannot be found out, tell the persons the purpose.',
        ),
      ),
    ],
  },
  {
    promise: 'every-access-logged',
    of: (c) => ({ all: c.all + c.missing, wrong: c.unlogged, lost: c.lost }),
    label: both('取得の記録', 'Acquisitions'),
    wrongLabel: both(
      '操作の記録のないもの、期限の前に失われたもの、期限の後も残っているもの',
      'Without their entry in the log, gone before their time, or there after it',
    ),
    fix: both(
      '「記録の検証」で検証し、その取得の記録が失われた原因を調べます。',
      'Verify the log on its page, and find out how the entry of the acquisition was lost.',
    ),
  },
];

const nothing: Counted['none'] = {
  state: 'unknown',
  says: both('取得の記録がまだないため、確認できません。', 'Nothing has been acquired yet, so this is unknown.'),
};
const noSuch: Counted['none'] = {
  state: 'kept',
  says: both('これまでに該当する取得はありません。', 'There has been no such acquisition so far.'),
};

function proofOf({ of, label, wrongLabel, fix, unsaid }: Rule, counts: Counts): Proof {
  const proof = counted({
    ...of(counts),
    label,
    wrongLabel,
    what: both(label.ja, 'acquisitions'),
    href: LIST,
    none: counts.all === 0 ? nothing : noSuch,
    fix,
  });
  return (unsaid?.(counts) ?? []).reduce((known, [n, says]) => withUnsaid(known, n, says), proof);
}

const countsOf = keptReading({
  tables: ['acquisitions', 'acquisition_providers', 'policy_versions'],
  logged: 'people:acquire',
  given: () => null,
  read: ({ database }) => countAcquisitions(database),
});

/** Apart from the other counts: consents change far more often than anything that those look at, and few acquisitions are read for this one. */
const ungroundedOf = keptReading({
  tables: [
    'acquisitions',
    'policy_versions',
    'holding_versions',
    'consents',
    'consent_texts',
    'consent_withdrawals',
    'consent_withdrawal_times',
    'consent_objections',
    'consent_retractions',
    'person_links',
  ],
  logged: 'people:acquire',
  given: () => null,
  read: ({ database }) => countUngrounded(database),
});

/** An acquisition and its entry are written in one statement, so they are compared again only when something else changed either table. */
const unloggedOf = keptReading({
  tables: ['acquisitions', 'log_entries'],
  given: dayReached,
  read: async ({ database }, reached, losses) => {
    const unlogged = await countUnlogged(database);
    const { wrong, lost } = await apart(database, losses, await recordsMissing(database), (id) => id);
    const records = await recordsLost(database, losses, reached, STATED);
    return { unlogged: unlogged + wrong.length, missing: wrong.length, lost, recordsLost: records };
  },
});

/** Expired records are erased within the hour; they count as late only from the next day. */
const keptTooLong = async (office: Office): Promise<number> =>
  countKeptTooLong(office.database, addDays(await dayReached(office), -1));

export const acquisitionProvers: Prover[] = rules.map((rule) => ({
  promise: rule.promise,
  prove: async (office) => {
    const [counts, ungrounded, incomplete, logged, late] = await Promise.all([
      countsOf(office),
      ungroundedOf(office),
      countIncomplete(office.database, office.clock.today()),
      unloggedOf(office),
      keptTooLong(office),
    ]);
    return proofOf(rule, { ...counts, ...ungrounded, incomplete, ...logged, unlogged: logged.unlogged + late });
  },
}));
