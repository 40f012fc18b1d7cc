// The provers of the promises about personally related information. They read the rows themselves: the law classifies every item anew, and every
// provision, receipt and link is compared with what it rests on.

import { both, type Bilingual } from '../../base/bilingual.ts';
import {
  asLogged,
  counted,
  countOf,
  firstNamed,
  type Evidence,
  type Lost,
  type Proof,
  withUnsaid,
} from '../../base/promise.ts';
import { parameters } from '../../law/index.ts';
import { apart, recordsLost } from '../../log/index.ts';
import { keptReading, type Office, type Prover } from '../../office.ts';
import { stamp } from '../../platform/ui/format.ts';
import { hourUnknown, standing } from '../checkpoint/index.ts';
import { dayReached } from '../date/index.ts';
import { withdrawnLinks } from './actions/links.ts';
import { classOf, layerOf } from './facts/collection.ts';
import {
  allCollections,
  countRelated,
  countUnclassedLinks,
  countUnlogged,
  receiptsWithoutItem,
  relatedAmong,
  type RelatedCounts,
} from './store.ts';

const LIST = '/related';

const nothingElse = () => null;

const countsOf = keptReading({
  tables: [
    'related_provisions',
    'related_provision_records',
    'related_receipts',
    'identifier_links',
    'consents',
    'consent_texts',
    'consent_withdrawals',
    'consent_withdrawal_times',
    'consent_objections',
    'consent_retractions',
    'person_links',
    'recipient_checks',
  ],
  given: nothingElse,
  read: ({ database }) => countRelated(database, parameters),
});

const unclassedOf = keptReading({
  tables: ['identifier_links'],
  given: nothingElse,
  read: ({ database }) => countUnclassedLinks(database),
});

/** The links that are not handled as personal information: of another class, or in a collection without a holding that is in use. */
const impersonalOf = keptReading({
  tables: ['identifier_links'],
  given: async (office) => {
    const { holdings } = await standing(office);
    const homeless = (await allCollections(office.database)).filter(
      ({ holding }) => holding === null || holdings.get(holding)?.state !== 'active',
    );
    return homeless.map(({ id }) => id);
  },
  read: ({ database }, homeless) => countUnclassedLinks(database, homeless),
});

/** Rows and log entries are written together, so they are compared again whenever either table changed. */
const unloggedOf = keptReading({
  tables: ['related_provisions', 'related_receipts', 'identifier_links', 'log_entries'],
  given: nothingElse,
  read: async ({ database }, _, losses) => {
    const { all, wrong, missing } = await countUnlogged(database);
    const { wrong: gone, lost } = await apart(database, losses, missing, (id) => id);
    return { all: all - missing.length + gone.length, wrong: wrong + gone.length, lost };
  },
});

const recordsOf = (action: 'related:provide' | 'related:receive') =>
  keptReading({
    tables: ['related_provisions', 'related_receipts', 'log_entries'],
    given: dayReached,
    read: ({ database }, reached, losses) =>
      recordsLost(database, losses, reached, { actions: [action], among: relatedAmong }),
  });

/** The records that were lost with a backup, before their time is over: of the consent confirmed (31), and of receipts (30). */
const lostRecords = { confirmed: recordsOf('related:provide'), received: recordsOf('related:receive') };

interface Rule {
  promise: string;
  all: 'linkable' | 'abroad' | 'substituted' | 'bySystem' | 'foreign';
  wrong: keyof RelatedCounts['some'];
  label: Bilingual;
  wrongLabel: Bilingual;
  href: string;
  fix: Bilingual;
}

const provided = both('結び付けると想定される相手への提供', 'Provisions to somebody who links it');

const rules: Rule[] = [
  {
    promise: 'related-consent-confirmed',
    all: 'linkable',
    wrong: 'unconfirmed',
    label: provided,
    wrongLabel: both('先に同意を確かめた記録のないもの', 'Without a record that consent was confirmed first'),
    href: `${LIST}/provisions`,
    fix: both(
      '提供を止め、提供先に消去を求めます。同意を確かめてから渡し直します。',
      'Stop it and ask the recipient to erase it. Confirm the consent before it is provided again.',
    ),
  },
  {
    promise: 'related-foreign-information-confirmed',
    all: 'abroad',
    wrong: 'uninformed',
    label: both(
      '外国の相手への提供（相手の体制によるものを除く）',
      'Provisions abroad, except on an equivalent-action system',
    ),
    wrongLabel: both('本人に示した書面を見た記録のないもの', 'Without a record of what the persons were shown'),
    href: `${LIST}/provisions`,
    fix: both(
      '提供を止め、本人に示した書面を見せてもらいます。',
      'Stop it and ask to see what the persons were shown.',
    ),
  },
  {
    promise: 'substitute-consent-evidenced',
    all: 'substituted',
    wrong: 'unevidenced',
    label: both('提供元が得た同意による受け取り', 'Receipts on consent the provider obtained'),
    wrongLabel: both('当社と項目を示した証拠のないもの', 'Without proof that it named us and the items'),
    href: `${LIST}/receipts`,
    fix: both(
      '提供元に証拠を求めます。示されなければ結び付きを解きます。',
      'Ask the provider for the proof. Without it, unlink what was linked.',
    ),
  },
  {
    promise: 'related-consent-never-skipped',
    all: 'bySystem',
    wrong: 'skipped',
    label: both('相手の体制による外国への提供', 'Provisions abroad on an equivalent-action system'),
    wrongLabel: both('同意を確かめていないもの', 'Without the consent confirmed'),
    href: `${LIST}/provisions`,
    fix: both('提供を止め、同意を確かめます。', 'Stop it and confirm the consent.'),
  },
  {
    promise: 'foreign-provision-stopped-on-failure',
    all: 'foreign',
    wrong: 'failing',
    label: both('外国への個人関連情報の提供', 'Provisions of related information abroad'),
    wrongLabel: both(
      '措置を続けられないと分かった後のもの',
      'After the recipient was found unable to keep its measures',
    ),
    href: `${LIST}/provisions`,
    fix: both('提供を止め、提供先に消去を求めます。', 'Stop it, and ask the recipient to erase it.'),
  },
];

/** Evidence of what breaks a promise, each with a link. */
const named = (some: RelatedCounts['some'][Rule['wrong']], href: string): Evidence[] =>
  some.map(({ id, at }) => ({
    label: both(`${stamp(Date.parse(at))}の記録`, `Record of ${stamp(Date.parse(at))}`),
    value: both('約束のとおりでない', 'does not keep it'),
    href: `${href}/${id}`,
    state: 'broken',
  }));

function proofOf({ all, wrong, label, wrongLabel, href, fix }: Rule, counts: RelatedCounts, lost: Lost[]): Proof {
  const proof = counted({
    all: counts[all],
    wrong: counts[wrong],
    lost,
    label,
    wrongLabel,
    what: both(label.ja, label.en.charAt(0).toLowerCase() + label.en.slice(1)),
    href,
    none: { state: 'kept', says: both('これまでに該当するものはありません。', 'There has been none so far.') },
    fix,
  });
  return { ...proof, evidence: [...proof.evidence, ...firstNamed(named(counts.some[wrong], href), counts[wrong])] };
}

/** The proof when there is no law data for the day, without which the law cannot classify items. */
const withoutLaw: Pick<Proof, 'state' | 'says' | 'fix'> = {
  state: 'unknown',
  says: both(
    '今日の法令データがないため、項目がどう分類されるかを確かめられません。',
    'There is no law data for today, so it cannot be checked how the items are classed.',
  ),
  fix: [
    both(
      '関所を新しい版に替えるよう、サーバーを動かす人に頼みます。',
      'Ask whoever runs the server to install a newer version of Sekisho.',
    ),
  ],
};

/** 2(7): every item has the class that the law gives it today, and what is linked to a person is noted as personal information. */
async function classified(office: Office): Promise<Proof> {
  const collections = await allCollections(office.database);
  const on = office.clock.today();
  const items = collections
    .filter(({ state }) => state === 'active')
    .flatMap((one) => one.items.map((item) => ({ noted: item.class, now: layerOf(classOf(item, one, false, on)) })));
  const unsaid = items.some(({ now }) => now === undefined);
  const wrong = items.filter(({ noted, now }) => now !== undefined && noted !== now).length;
  const { links } = await countsOf(office);
  const unclassed = await unclassedOf(office);
  const proof = counted({
    all: items.length + links,
    wrong: wrong + unclassed,
    label: both('扱っている項目と、本人との結び付き', 'Items handled, and links to persons'),
    wrongLabel: both('分類がいまの法律と違うもの', 'Classed differently from the law today'),
    what: both('項目と結び付き', 'items and links'),
    href: LIST,
    none: {
      state: 'kept',
      says: both('扱っている個人関連情報はありません。', 'No personally related information is handled.'),
    },
    fix: both('そのまとまりを開き、項目を見直して保存します。', 'Open the collection, review its items and save it.'),
  });
  const isOpen = unsaid && proof.state === 'kept';
  return {
    ...proof,
    ...(isOpen ? withoutLaw : {}),
    evidence: [
      ...proof.evidence.map((one) => (isOpen && one.state ? { ...one, state: withoutLaw.state } : one)),
      {
        label: both('うち個人情報として扱う結び付き', 'Of those, links handled as personal information'),
        value: countOf(links - unclassed),
      },
    ],
  };
}

/** 2(1), 16(4): what is linked to a person is listed as theirs and handled as personal information from then on, in a holding of the ledger. */
async function linkedPersonal(office: Office): Promise<Proof> {
  const { links } = await countsOf(office);
  return counted({
    all: links,
    wrong: await impersonalOf(office),
    label: both('本人に結び付けた識別子', 'Identifiers linked to a person'),
    wrongLabel: both('個人情報として扱っていないもの', 'Not handled as personal information'),
    what: both('識別子', 'identifiers'),
    href: LIST,
    none: {
      state: 'kept',
      says: both('本人に結び付けた識別子はありません。', 'No identifier is linked to anybody.'),
    },
    fix: both(
      '結び付きを解くか、使用中の台帳を持つまとまりに結び付け直します。',
      'Remove the link, or link it anew in a collection with a holding that is in use.',
    ),
  });
}

/** 31(1): nothing becomes personal data before the consent is on record, and nothing stays so after the consent is withdrawn. */
async function consentFirst(office: Office): Promise<Proof> {
  const counts = await countsOf(office);
  const fallen = await withdrawnLinks(office);
  const withdrawn = [...fallen.values()].reduce((sum, n) => sum + n, 0);
  const known = counted({
    all: counts.linked + counts.links,
    wrong: counts.early + counts.adrift,
    lost: await lostRecords.received(office),
    label: both('個人データとしての受け取りと、本人との結び付き', 'Receipts as personal data, and links to persons'),
    wrongLabel: both('同意の記録が先にないもの', 'Without a consent on record before it'),
    what: both('受け取りと結び付き', 'receipts and links'),
    href: `${LIST}/receipts`,
    none: {
      state: 'kept',
      says: both('本人と結び付けたものはありません。', 'Nothing has been linked to anybody.'),
    },
    fix: both('結び付きを解き、本人の同意を得ます。', 'Unlink it and obtain the person’s consent.'),
  });
  const unsure = both('受け取りと結び付き', counts.unsure === 1 ? 'receipt or link was' : 'receipts or links were');
  const proof = withUnsaid(known, counts.unsure, hourUnknown(counts.unsure, unsure));
  const open = [withdrawnOpen(fallen, withdrawn), itemOpen(await receiptsWithoutItem(office.database))].flat();
  if (open.length === 0) return proof;
  const state = proof.state === 'broken' ? 'broken' : 'risk';
  return {
    ...proof,
    state,
    says:
      state === 'broken'
        ? proof.says
        : both(open.map(({ says }) => says.ja).join(''), open.map(({ says }) => says.en).join(' ')),
    evidence: [...proof.evidence, ...open.flatMap(({ evidence }) => evidence)],
    fix: [...proof.fix, ...open.map(({ fix }) => fix)],
  };
}

/** What of a promise is still open: it puts it at risk. */
interface Open {
  says: Bilingual;
  evidence: Evidence[];
  fix: Bilingual;
}

const withdrawnOpen = (fallen: ReadonlyMap<string, number>, withdrawn: number): Open[] => {
  if (withdrawn === 0) return [];
  const [id] = fallen.keys();
  return [
    {
      says: both(
        `同意のなくなった結び付きが${withdrawn}件残っています。使われることはありません。`,
        `${withdrawn} ${withdrawn === 1 ? 'link is' : 'links are'} left whose consent was withdrawn. Nobody can use ${withdrawn === 1 ? 'it' : 'them'}.`,
      ),
      evidence: [
        {
          label: both('同意のなくなった結び付き', 'Links whose consent was withdrawn'),
          value: countOf(withdrawn),
          href: fallen.size === 1 ? `${LIST}/collections/${id}` : LIST,
          state: 'risk',
        },
      ],
      fix: both('まとまりを開き、同意のなくなった結び付きを解きます。', 'Open the collection and remove those links.'),
    },
  ];
};

const itemOpen = ({ n, some }: Awaited<ReturnType<typeof receiptsWithoutItem>>): Open[] =>
  n === 0
    ? []
    : [
        {
          says: both(
            `個人データとしての受け取り${n}件に、27条1項のどの号の場合かの記録がありません。`,
            `Of ${n} ${n === 1 ? 'receipt' : 'receipts'} as personal data it is not on record under which item of Article 27(1) ${n === 1 ? 'it was' : 'they were'} given.`,
          ),
          evidence: [
            {
              label: both('27条1項の号の記録がない受け取り', 'Receipts under the law without the item of 27(1)'),
              value: countOf(n),
              href: `${LIST}/receipts`,
              state: 'risk',
            },
            ...firstNamed(
              some.map(({ id, at }) => ({
                label: both(`${stamp(Date.parse(at))}の記録`, `Record of ${stamp(Date.parse(at))}`),
                value: both('号の記録がない', 'item not on record'),
                href: `${LIST}/receipts/${id}`,
                state: 'risk',
              })),
              n,
            ),
          ],
          fix: both(
            '個人情報保護管理者が、相手が27条1項のどの号の場合に渡したかを調べ、その受け取りを開いて、号とともに記録し直します。どの号にも当たらなければ、結び付きを解き、本人の同意を得ます。',
            'A privacy officer finds out under which item of Article 27(1) the provider gave it, opens the receipt, and records it anew with the item. If none applies, unlink what was linked and obtain the person’s consent.',
          ),
        },
      ];

/** The log has an entry for every provision, receipt and link, and they agree. */
async function everythingLogged(office: Office): Promise<Proof> {
  const label = both('個人関連情報の提供、受け取り、結び付き', 'Provisions, receipts and links of related information');
  return asLogged({
    ...(await unloggedOf(office)),
    label,
    what: both(label.ja, 'provisions, receipts and links of related information'),
    href: LIST,
    none: {
      state: 'kept',
      says: both(
        'これまでに個人関連情報の提供、受け取り、結び付きはありません。',
        'No related information has been provided, received or linked so far.',
      ),
    },
  });
}

export const relatedProvers: Prover[] = [
  ...rules.map((rule): Prover => ({
    promise: rule.promise,
    prove: async (office) =>
      proofOf(rule, await countsOf(office), rule.wrong === 'unconfirmed' ? await lostRecords.confirmed(office) : []),
  })),
  { promise: 'related-information-classified', prove: classified },
  { promise: 'linked-identifiers-personal', prove: linkedPersonal },
  { promise: 'related-consent-before-linking', prove: consentFirst },
  { promise: 'every-access-logged', prove: everythingLogged },
];
