// The provers of the promises about provision. They compare the rows of provisions and records with the registers these rest on. Where nothing was
// provided, the promise is kept and the evidence shows a zero.

import { both, type Bilingual } from '../../base/bilingual.ts';
import { counted, firstNamed, withUnsaid, type Evidence, type Proof } from '../../base/promise.ts';
import { parameters } from '../../law/index.ts';
import { keptReading, type Office, type Prover } from '../../office.ts';
import { stamp } from '../../platform/ui/format.ts';
import { hourUnknown } from '../checkpoint/index.ts';
import { dayReached } from '../date/index.ts';
import {
  checkedAfterwards,
  contractorsSupervised,
  measuresTakenAfterwards,
  systemUnderstoodAfterwards,
} from '../recipients/index.ts';
import { provisionsLost } from './actions/lost.ts';
import { countProvisions, recipientsGiven, type ProvisionCounts, type Unsure, type Wrong } from './store/counts.ts';

const LIST = '/provisions';

interface Rule {
  promise: string;
  all: 'provisions' | 'byConsent' | 'abroad' | 'abroadByConsent' | 'jointUses' | 'alsoUses';
  wrong: Wrong;
  label: Bilingual;
  wrongLabel: Bilingual;
  fix: Bilingual;
}

const rules: Rule[] = [
  {
    promise: 'provision-recorded',
    all: 'provisions',
    wrong: 'unrecorded',
    label: both('提供', 'Provisions'),
    wrongLabel: both('記録が要るのに記録のない提供', 'Provisions without the record they need'),
    fix: both(
      'その提供を開き、記録が失われた原因を調べます。',
      'Open the provision and find out how its record was lost.',
    ),
  },
  {
    promise: 'every-access-logged',
    all: 'provisions',
    wrong: 'unlogged',
    label: both('提供', 'Provisions'),
    wrongLabel: both('操作の記録のない提供', 'Provisions without their entry in the log'),
    fix: both(
      '「記録の検証」で検証し、その提供の記録が失われた原因を調べます。',
      'Verify the log on its page, and find out how the entry of the provision was lost.',
    ),
  },
  {
    promise: 'provision-approved',
    all: 'provisions',
    wrong: 'unapproved',
    label: both('提供', 'Provisions'),
    wrongLabel: both('ほかの人の承認のない提供', 'Provisions that nobody else approved'),
    fix: both(
      'その提供を確かめ、以後は提供ファイルを作って承認を求めます。',
      'Look into it, and from now on make a package and ask for approval.',
    ),
  },
  {
    promise: 'no-opt-out',
    all: 'provisions',
    wrong: 'byOptOut',
    label: both('提供', 'Provisions'),
    wrongLabel: both('オプトアウトによる提供', 'Provisions by opt-out'),
    fix: both('提供を止め、方針を改めるか、本人の同意を得ます。', 'Stop it, and amend the policy or obtain consent.'),
  },
  {
    promise: 'consent-before-provision',
    all: 'byConsent',
    wrong: 'consentLate',
    label: both('同意による提供', 'Provisions by consent'),
    wrongLabel: both(
      '提供の前に、その提供に及ぶ同意のないもの',
      'Without a valid consent that reached the provision beforehand',
    ),
    fix: both('提供先に返却か消去を求めます。', 'Ask the recipient to return or erase it.'),
  },
  {
    promise: 'foreign-information-before-consent',
    all: 'abroadByConsent',
    wrong: 'abroadToldLate',
    label: both('同意による外国への提供', 'Provisions abroad by consent'),
    wrongLabel: both('情報を示す前に同意を得たもの', 'Consent obtained before the information'),
    fix: both('情報を示し、改めて同意を得ます。', 'Show the information and obtain consent anew.'),
  },
  {
    promise: 'foreign-information-complete',
    all: 'abroadByConsent',
    wrong: 'abroadBlank',
    label: both('同意による外国への提供', 'Provisions abroad by consent'),
    wrongLabel: both('3つの事項のどれかが空欄のもの', 'With one of the three matters left blank'),
    fix: both('空欄の事項を示し、改めて同意を得ます。', 'Provide what was left blank and obtain consent anew.'),
  },
  {
    // The three matters are shown to each person before the consent; the Commission's page is no substitute.
    promise: 'foreign-information-individually-given',
    all: 'abroadByConsent',
    wrong: 'abroadUntold',
    label: both('同意による外国への提供', 'Provisions abroad by consent'),
    wrongLabel: both('本人に個別に知らせた記録のないもの', 'Without a record that each person was told'),
    fix: both('本人に個別に知らせ、改めて同意を得ます。', 'Tell each person and obtain consent anew.'),
  },
  {
    promise: 'foreign-provision-checked',
    all: 'abroad',
    wrong: 'abroadUngrounded',
    label: both('外国への提供', 'Provisions abroad'),
    wrongLabel: both(
      '同意、相手の体制、法律の例外のどれにもよらないもの',
      'Resting on no consent, no system and no item of the law',
    ),
    fix: both('提供を止め、提供先に返却か消去を求めます。', 'Stop it, and ask the recipient to return or erase it.'),
  },
  {
    promise: 'foreign-provision-stopped-on-failure',
    all: 'abroad',
    wrong: 'abroadFailing',
    label: both('外国への提供', 'Provisions abroad'),
    wrongLabel: both(
      '措置を続けられないと分かった後のもの',
      'After the recipient was found unable to keep its measures',
    ),
    fix: both('提供を止め、提供先に返却か消去を求めます。', 'Stop it, and ask the recipient to return or erase it.'),
  },
  {
    promise: 'joint-use-registered',
    all: 'jointUses',
    wrong: 'jointUseUnregistered',
    label: both('共同利用での提供', 'Joint uses'),
    wrongLabel: both('登録した共同利用によらないもの', 'In no registered joint use'),
    fix: both(
      '共有を止め、共同利用を登録して公表してから再開します。',
      'Stop sharing until the joint use is registered and published.',
    ),
  },
  {
    promise: 'joint-use-announced-first',
    all: 'jointUses',
    wrong: 'jointUseEarly',
    label: both('共同利用での提供', 'Joint uses'),
    wrongLabel: both('公表の前のもの', 'Before the notice'),
    fix: both('共有を止め、公表してから再開します。', 'Stop sharing until the notice is public.'),
  },
  {
    promise: 'joint-use-notice-complete',
    all: 'jointUses',
    wrong: 'jointUseIncomplete',
    label: both('共同利用での提供', 'Joint uses'),
    wrongLabel: both('公表に欠けた事項のあるもの', 'With something missing from the notice'),
    fix: both('共有を止め、欠けた事項を公表してから再開します。', 'Stop sharing until what is missing is published.'),
  },
  {
    promise: 'my-number-no-joint-use',
    all: 'jointUses',
    wrong: 'jointUseOfNumbers',
    label: both('共同利用での提供', 'Joint uses'),
    wrongLabel: both('個人番号のための情報の提供', 'Of what is kept for My Numbers'),
    fix: both(
      '共有を止め、提供先に返却か消去を求めます。',
      'Stop sharing, and ask the recipient to return or erase it.',
    ),
  },
  {
    promise: 'joint-use-items-kept',
    all: 'jointUses',
    wrong: 'jointUseOtherItems',
    label: both('共同利用での提供', 'Joint uses'),
    wrongLabel: both('公表していない項目を含むもの', 'With an item the notice does not name'),
    fix: both('提供先に、その項目の返却か消去を求めます。', 'Ask the recipient to return or erase those items.'),
  },
  {
    promise: 'joint-use-scope-kept',
    all: 'jointUses',
    wrong: 'jointUseOtherUser',
    label: both('共同利用での提供', 'Joint uses'),
    wrongLabel: both('公表した範囲の外の者への提供', 'To a user outside the announced scope'),
    fix: both('提供先に返却か消去を求めます。', 'Ask the recipient to return or erase it.'),
  },
  {
    promise: 'joint-use-purposes-kept',
    all: 'jointUses',
    wrong: 'jointUseOtherPurpose',
    label: both('共同利用での提供', 'Joint uses'),
    wrongLabel: both('公表していない目的のための提供', 'For a purpose the notice does not name'),
    fix: both(
      'その目的での利用をやめるよう、提供先に求めます。',
      'Ask the recipient to stop using it for that purpose.',
    ),
  },
  {
    // A purpose whose use the person asked to stop is no longer one they were told of; the checkpoint's log tells of the company's own uses.
    promise: 'use-within-purpose',
    all: 'alsoUses',
    wrong: 'unwanted',
    label: both(
      '利用にも当たる提供（委託、共同利用、社内）',
      'Provisions that are uses too: entrusted, joint, within the company',
    ),
    wrongLabel: both('本人が利用の停止を求めた後のもの', 'After the person had asked that the use stop'),
    fix: both(
      'その人の情報の取扱いをやめるよう、渡した相手に求めます。',
      'Ask whoever was given it to stop handling that person’s information.',
    ),
  },
];

/** Evidence of the provisions that break a promise, each with a link. */
const named = (wrong: ProvisionCounts['some'][Wrong]): Evidence[] =>
  wrong.map(({ id, at }) => ({
    label: both(`${stamp(at.getTime())}の提供`, `Provision of ${stamp(at.getTime())}`),
    value: both('約束のとおりでない', 'does not keep it'),
    href: `${LIST}/${id}`,
    state: 'broken',
  }));

const isUnsure = (wrong: Wrong): wrong is Unsure => wrong === 'consentLate' || wrong === 'unwanted';

function proofOf({ all, wrong, label, wrongLabel, fix }: Rule, counts: Counts): Proof {
  const n = counts.wrong[wrong];
  const proof = counted({
    all: counts[all],
    wrong: n,
    // Who was provided what without the record of 29 is known from the log alone.
    lost: wrong === 'unrecorded' ? counts.recordsLost : [],
    label,
    wrongLabel,
    what: both(label.ja, 'provisions'),
    href: LIST,
    none: {
      state: 'kept',
      says: both('これまでに該当する提供はありません。', 'There has been no such provision so far.'),
    },
    fix,
  });
  const known = { ...proof, evidence: [...proof.evidence, ...firstNamed(named(counts.some[wrong]), n)] };
  if (!isUnsure(wrong)) return known;
  const unsure = counts.unsure[wrong];
  return withUnsaid(
    known,
    unsure,
    hourUnknown(unsure, both('提供', unsure === 1 ? 'provision was' : 'provisions were')),
  );
}

const countsOf = keptReading({
  tables: [
    'provisions',
    'provision_records',
    'provision_people',
    'packages',
    'consents',
    'consent_texts',
    'consent_withdrawals',
    'consent_withdrawal_times',
    'consent_objections',
    'consent_retractions',
    'person_links',
    'joint_uses',
    'joint_use_notices',
    'joint_use_publications',
    'holding_versions',
    'recipient_checks',
    // Rewriting of the log counts too. New entries need not: each provision changes the tables above.
    'log_entries',
  ],
  given: dayReached,
  read: async (office, reached, losses) => ({
    ...(await countProvisions(office.database, parameters)),
    recordsLost: await provisionsLost(office, reached, losses),
  }),
});

type Counts = Awaited<ReturnType<typeof countsOf>>;

const givenOn = (basis: 'equivalent-system' | 'entrustment') =>
  keptReading({
    tables: ['provisions', 'packages', 'related_provisions'],
    given: () => null,
    read: ({ database }) => recipientsGiven(database, basis, parameters),
  });

const given = { 'equivalent-system': givenOn('equivalent-system'), entrustment: givenOn('entrustment') };

/** What was provided on a basis goes on being watched after the basis has ended. */
const afterwards = (promise: string, basis: keyof typeof given): Prover => ({
  promise,
  prove: async (office) => checkedAfterwards(office, basis, await given[basis](office)),
});

/** To whom something was provided on either basis, each with the last time of that. */
export async function everGiven(office: Office): Promise<ReadonlyMap<string, Date>> {
  const all = await Promise.all(Object.values(given).map((read) => read(office)));
  return new Map(all.flatMap((one) => [...one]).toSorted(([, a], [, b]) => a.getTime() - b.getTime()));
}

/** What a stopped recipient abroad was given on one of the bases is still handled there. */
const abroadAfterwards = (promise: string, proof: typeof systemUnderstoodAfterwards): Prover => ({
  promise,
  prove: async (office) => proof(office, await everGiven(office)),
});

export const provisionProvers: Prover[] = rules.map((rule) => ({
  promise: rule.promise,
  prove: async (office) => proofOf(rule, await countsOf(office)),
}));

/** The provers of what becomes of provisions afterwards. */
export const afterwardsProvers: Prover[] = [
  {
    promise: 'contractors-supervised',
    prove: async (office) => contractorsSupervised(office, await given.entrustment(office)),
  },
  afterwards('equivalent-measures-checked-yearly', 'equivalent-system'),
  afterwards('contractors-supervised', 'entrustment'),
  abroadAfterwards('foreign-system-understood', systemUnderstoodAfterwards),
  abroadAfterwards('foreign-measures-taken', measuresTakenAfterwards),
];
