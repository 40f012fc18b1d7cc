// Proofs that the policy gives of itself: the version in force is the approved one, every version agrees with the log, and the public page says
// what it must.

import { both, type Bilingual, type Lang } from '../../base/bilingual.ts';
import { dayOf } from '../../base/day.ts';
import { groupsOf } from '../../base/groups.ts';
import { asLogged, countOf, type Evidence, type Lost, type Proof, type PromiseState } from '../../base/promise.ts';
import { heldAgainst, type LogEntry, type Loss, type Said } from '../../log/index.ts';
import { keptReading, type Office, type Prover } from '../../office.ts';
import type { Queryable } from '../../platform/database/index.ts';
import { writtenDay } from '../../platform/ui/format.ts';
import { judgedSaid } from './actions/approval.ts';
import { policyInForce, policyVersions, sha256Of, type PolicyVersion } from './actions/versions.ts';
import { isAskedByPostAlone } from './facts/desk.ts';
import { twinOf, wordingsOf } from './facts/change.ts';
import type { Policy } from './facts/shape.ts';
import { DeskBlock, PolicyText } from './pages/policy-text.tsx';
import { listChecks, loadVersion, tracesOf, unknownSince, type Traces } from './store.ts';
import type { VersionContentRow, WordingRow } from './tables.ts';

const line = (label: Bilingual, value: Bilingual, state?: PromiseState, href?: string): Evidence => ({
  label,
  value,
  ...(state ? { state } : {}),
  ...(href ? { href } : {}),
});

const noPolicy: Proof = {
  state: 'unknown',
  says: both('施行中の方針がありません。', 'No policy is in force.'),
  evidence: [],
  fix: [],
};

/** A prover that examines the version in force. */
const ofVersion = (
  promise: string,
  look: (office: Office, version: PolicyVersion) => Promise<Proof> | Proof,
): Prover => ({
  promise,
  prove: async (office) => {
    const version = await policyInForce(office, office.clock.today());
    return version ? look(office, version) : noPolicy;
  },
});

const htmlOf = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

/** Computes a value once per policy, since a policy is never changed in memory. */
function remembered<T>(of: (policy: Policy) => T): (policy: Policy) => T {
  const known = new WeakMap<Policy, T>();
  return (policy) => {
    const found = known.get(policy) ?? of(policy);
    known.set(policy, found);
    return found;
  };
}

/** The clauses as rendered on the public page. */
const textsOf = remembered((policy) => {
  const text = (lang: Lang): string => String(PolicyText({ policy, lang, commission: null }));
  return { ja: text('ja'), en: text('en') };
});

const hashOf = remembered(sha256Of);

/** The stored version in force: its hash, and whether its content still has that hash. */
const storedOf = keptReading({
  tables: ['policy_versions'],
  given: async (office) => (await policyInForce(office, office.clock.today()))!.version,
  read: async ({ database }, version) => {
    const { content, sha256 } = (await loadVersion(database, version))!;
    return { sha256, whole: sha256Of(content).equals(sha256) };
  },
});

/** Number of clauses that the public page shows word for word in both languages. */
function clausesOnPage(policy: Policy): number {
  const { ja, en } = textsOf(policy);
  return policy.clauses.filter((c) => ja.includes(htmlOf(c.text.ja)) && en.includes(htmlOf(c.text.en))).length;
}

/** Text for a version unchanged since its approval. `byPerson`: a person of the company approved it, not the set-up that loaded it. */
const approvedSays = (version: number, clauses: number, byPerson: boolean): Bilingual =>
  byPerson
    ? both(
        `第${version}版だけが施行中です。承認の記録があり、公表しているページは${clauses}条項すべてがデータと同じ文です。`,
        `Only version ${version} is in force. Its approval is on record, and all ${clauses} clauses on the published page agree word for word with the data.`,
      )
    : both(
        `第${version}版は初期設定で読み込まれたもので、会社のだれかが承認した記録がありません。`,
        `Version ${version} was loaded at set-up: there is no record that anybody in the company approved it.`,
      );

async function approved(office: Office, version: PolicyVersion): Promise<Proof> {
  const heads = (await policyVersions(office)).filter((h) => h.approval);
  const rivals = heads.filter((h) => h.version < version.version && h.effectiveOn > version.effectiveOn).length;
  // Both are checked: this process shows what it holds in memory, and the next one will show what the database holds.
  const stored = await storedOf(office);
  const same = stored.whole && hashOf(version.policy).equals(stored.sha256);
  const total = version.policy.clauses.length;
  const shown = clausesOnPage(version.policy);
  const good = version.approval !== null && rivals === 0 && same && shown === total;
  const byPerson = version.approval?.by.startsWith('staff:') === true;
  const day = version.approval ? dayOf(version.approval.at) : version.effectiveOn;
  return {
    state: good ? (byPerson ? 'kept' : 'unknown') : 'broken',
    says: good
      ? approvedSays(version.version, total, byPerson)
      : both(
          '施行中の版の記録と、公表している文が一致しません。',
          'The record of the version in force and the published text do not agree.',
        ),
    evidence: [
      line(
        both('施行中の版', 'Version in force'),
        both(`第${version.version}版`, `Version ${version.version}`),
        'kept',
        `/policy/versions/${version.version}`,
      ),
      line(
        both('後から施行される、より古い承認済みの版', 'Older approved versions that take effect after it'),
        countOf(rivals),
        rivals === 0 ? 'kept' : 'broken',
        '/policy/versions',
      ),
      line(
        both('承認した人', 'Approved by'),
        byPerson
          ? both('個人情報保護管理者', 'a privacy officer')
          : both('いない（初期設定で読み込んだもの）', 'nobody: it was loaded at set-up'),
        byPerson ? 'kept' : 'unknown',
      ),
      line(both('承認の日', 'Approved on'), both(writtenDay(day, 'ja'), writtenDay(day, 'en'))),
      line(
        both('本文のハッシュ', 'Hash of the text'),
        same
          ? both('承認したときと同じ', 'as when approved')
          : both('承認したときと違う', 'differs from what was approved'),
        same ? 'kept' : 'broken',
      ),
      line(
        both('公表ページの条項', 'Clauses on the published page'),
        both(`${total}条項のうち${shown}`, `${shown} of ${total}`),
        shown === total ? 'kept' : 'broken',
        '/policy',
      ),
    ],
    fix: !good
      ? [both('データベースを復旧し、記録を検証する', 'Restore the database and verify the log')]
      : byPerson
        ? []
        : [
            both(
              '「会社と窓口を書き換える」で自社の方針を提案し、個人情報保護管理者が承認します。',
              'Propose the policy of your company under “Change company and desk”, and have a privacy officer approve it.',
            ),
          ],
  };
}

/** The judgements on the purposes of a version, in its order. */
const judgedIn = ({ content }: VersionContentRow, wordings: readonly WordingRow[]) =>
  content.purposes.flatMap(({ id }) =>
    wordings.flatMap(({ purpose, judged, reason, announced_on: on, announced_where: where }) =>
      purpose === id && judged
        ? [{ id, judged, reason: reason!, announced: on === null ? null : { on, where: where! } }]
        : [],
    ),
  );

/** What the log entries of a version's proposal and approval must say; the first version has one entry for both. */
function saidOf(row: VersionContentRow, wordings: readonly WordingRow[]): Said[] {
  const { version, approval_entry: approval, effective_on: effective } = row;
  const said = { version, sha256: row.sha256.toString('hex') };
  const { reasons, ...purposes } = judgedSaid(judgedIn(row, wordings));
  const judged = purposes.reworded.length + purposes.editorial.length > 0 ? { ...purposes, reasons } : purposes;
  const approved: Said[] = approval
    ? [
        {
          ...said,
          ...judged,
          id: approval,
          action: 'policy:approve',
          effective,
          actor: row.approved_by ?? undefined,
          proposer: row.proposed_by,
        },
      ]
    : [];
  if (row.proposal_entry === approval) return approved;
  // The effective day of the proposal is not compared, as the approver may choose another.
  const proposed = { ...said, ...(approval ? {} : { effective }), actor: row.proposed_by };
  return [...approved, { ...proposed, id: row.proposal_entry, action: 'policy:propose' }];
}

/** Earlier versions of Sekisho took the times of a row and of its entry separately. */
const MINUTE_MS = 60_000;

function isAt(at: Date | null, entry: LogEntry | undefined): boolean {
  return entry === undefined || (at !== null && Math.abs(at.getTime() - Date.parse(entry.at)) < MINUTE_MS);
}

/**
 * True when each purpose of an approved version has the meaning that follows from its words and their judgement. `before`: the earlier approved
 * versions, newest first.
 */
function isMeant(
  { version, content }: VersionContentRow,
  before: readonly VersionContentRow[],
  wordingsIn: (version: number) => readonly WordingRow[],
): boolean {
  const mine = wordingsIn(version);
  const approved = before.map((one) => ({ version: one.version, policy: one.content }));
  return (
    mine.length === content.purposes.length &&
    content.purposes.every((purpose) => {
      const row = mine.find((one) => one.purpose === purpose.id);
      const wordings = wordingsOf(purpose.id, approved);
      const same = row?.judged === 'editorial' ? wordings[0] : twinOf(purpose, wordings);
      const meant = same && wordingsIn(same.version).find((one) => one.purpose === purpose.id)?.meaning;
      return row?.meaning === (meant ?? version);
    })
  );
}

interface Held {
  all: number;
  wrong: number[];
  lost: readonly Lost[];
}

/** Number of versions, and those that disagree with the log. */
async function heldIn(on: Queryable, losses: readonly Loss[], { versions, wordings, entries }: Traces): Promise<Held> {
  const grouped = groupsOf(wordings, (one) => String(one.version));
  const wordingsIn = (version: number): WordingRow[] => grouped(String(version));
  const logged = new Map(entries.map((entry) => [entry.id, entry]));
  const rows = versions.flatMap((row) => saidOf(row, wordingsIn(row.version)));
  const approved = versions.filter((row) => row.approved_at !== null);
  const otherwise = versions.filter(
    (row) =>
      !sha256Of(row.content).equals(row.sha256) ||
      !isAt(row.proposed_at, logged.get(row.proposal_entry)) ||
      !isAt(row.approved_at, logged.get(row.approval_entry ?? '')) ||
      (row.approved_at === null
        ? wordingsIn(row.version).length > 0
        : !isMeant(
            row,
            approved.filter(({ version }) => version < row.version),
            wordingsIn,
          )),
  );
  // Entries leave empty lists out.
  const whole = entries.map((entry): LogEntry => ({ reworded: [], editorial: [], ...entry }));
  const held = await heldAgainst(on, losses, rows, whole);
  const wrong = [...held.wrong, ...otherwise].map(({ version }) => Number(version));
  return {
    all: new Set([...rows.map(({ version }) => Number(version)), ...wrong]).size,
    wrong: [...new Set(wrong)].toSorted((a, b) => a - b),
    lost: held.lost,
  };
}

const heldOf = keptReading({
  // `log_entries` is read for rewritten entries only: a new row always comes with its entry.
  tables: ['policy_versions', 'purpose_wordings', 'log_entries'],
  given: () => null,
  read: async ({ database }, _, losses) => heldIn(database, losses, await tracesOf(database)),
});

async function versionsLogged(office: Office): Promise<Proof> {
  const { all, wrong, lost } = await heldOf(office);
  return asLogged(
    {
      all,
      wrong: wrong.length,
      lost,
      label: both('方針の版と、その目的の文', 'Versions of the policy, with the wording of their purposes'),
      what: both('方針の版', 'versions of the policy'),
      href: '/policy/versions',
      none: { state: 'unknown', says: both('方針はまだありません。', 'There is no policy yet.') },
    },
    wrong.map((version) => ({
      label: both(`第${version}版`, `Version ${version}`),
      href: `/policy/versions/${version}`,
    })),
  );
}

const HOUR_MS = 60 * 60_000;

const UNKNOWN = '/living-policy?view=table&state=unknown';

const clausesSay = (promising: number, open: number, failing: number): Bilingual => {
  if (failing > 0) {
    return both(
      `以前は確かめられていた${failing}件の約束を、1時間より長く確かめられていません。`,
      `${failing} ${failing === 1 ? 'promise that was' : 'promises that were'} checked before could not be checked for more than an hour.`,
    );
  }
  return open === 0
    ? both(
        `約束のある${promising}条項のすべてに、動いている規則、記録または点検が結び付いています。`,
        `All ${promising} clauses that promise something are tied to a working rule, record or check.`,
      )
    : both(
        `約束のある${promising}条項のうち${open}条項は、証拠を示す仕組みがまだそろっていません。`,
        `For ${open} of the ${promising} clauses that promise something, evidence cannot be shown in full yet.`,
      );
};

const clausesFix = (failing: number, unrecorded: number, uncheckable: number): Bilingual[] => [
  ...(failing > 0
    ? [
        both(
          'サーバーとデータベースの動きを確かめ、点検が動かない原因を取り除きます。',
          'Check that the server and the database are running, and remove what keeps the check from working.',
        ),
      ]
    : []),
  ...(unrecorded > 0
    ? [
        both(
          '記録のない約束のページを開き、そこに書かれたとおりに記録をとり始めます。',
          'Start keeping records of the promises that have none, as their pages say.',
        ),
      ]
    : []),
  ...(uncheckable > 0
    ? [
        both(
          '関所が確かめられない約束は、それぞれ担当者を決め、関所の外で記録をとり、監査のときに示します。',
          'For each promise that Sekisho cannot check, name somebody who keeps records of it outside Sekisho, to be shown at an audit.',
        ),
      ]
    : []),
];

/**
 * A promise never checked here may be backed outside the office, so it is unknown. A check that once worked and has been without evidence for an
 * hour no longer works; a single minute does not count, as the office may have been too busy.
 */
async function everyClause(office: Office, version: PolicyVersion): Promise<Proof> {
  const checks = (await listChecks(office.database)).filter((c) => c.promise !== 'every-clause-controlled');
  // An unknown state backs nothing, whatever evidence was looked at.
  const shown = new Set(checks.filter((c) => c.evidence.length > 0 && c.state !== 'unknown').map((c) => c.promise));
  const promising = version.policy.clauses
    .map((c) => ({ no: c.no, ids: c.promises.filter((id) => id !== 'every-clause-controlled') }))
    .filter((c) => c.ids.length > 0);
  const made = new Set(promising.flatMap(({ ids }) => ids));
  const silent = checks.filter(({ promise, evidence }) => made.has(promise) && evidence.length === 0);
  const failing = await unknownSince(
    office.database,
    silent.map(({ promise }) => promise),
    new Date(office.clock.now() - HOUR_MS),
  );
  const open = [...made].filter((id) => !shown.has(id));
  const uncheckable = open.filter((id) => silent.some(({ promise }) => promise === id)).length;
  const backed = promising.filter((c) => c.ids.every((id) => shown.has(id))).length;
  const plain = version.policy.clauses.filter((c) => c.promises.length === 0).length;
  const all = backed === promising.length;
  return {
    state: failing.length > 0 ? 'broken' : all ? 'kept' : 'unknown',
    says: clausesSay(promising.length, promising.length - backed, failing.length),
    evidence: [
      line(
        both('証拠のそろった条項', 'Clauses with full evidence'),
        both(`${promising.length}条項のうち${backed}`, `${backed} of ${promising.length}`),
        all ? 'kept' : 'unknown',
        '/living-policy?view=board',
      ),
      line(
        both('関所が確かめられない約束', 'Promises that Sekisho cannot check'),
        countOf(uncheckable),
        uncheckable > 0 ? 'unknown' : 'kept',
        UNKNOWN,
      ),
      line(
        both('記録がまだないか足りない約束', 'Promises without records yet, or without enough of them'),
        countOf(open.length - uncheckable),
        open.length > uncheckable ? 'unknown' : 'kept',
        UNKNOWN,
      ),
      line(
        both('確かめられなくなった約束', 'Promises whose check no longer works'),
        countOf(failing.length),
        failing.length > 0 ? 'broken' : 'kept',
      ),
      line(both('約束のない条項', 'Clauses without a promise'), both(`${plain}条項`, `${plain}`)),
    ],
    fix: clausesFix(failing.length, open.length - uncheckable, uncheckable),
  };
}

/** Each clause that gives the desk, and the section on the desk below them, name the same desk and address as the policy's data. */
function deskShown(version: PolicyVersion): Proof {
  const { clauses, operator } = version.policy;
  const { desk } = operator;
  const said = (lang: 'ja' | 'en'): boolean => {
    const block = String(DeskBlock({ operator, lang }));
    const page = textsOf(version.policy)[lang];
    const given = desk.clauses.map((clause) => clauses.find(({ no }) => no === clause)?.text[lang] ?? '');
    return [desk.name[lang], desk.address[lang]].every(
      (part) =>
        block.includes(htmlOf(part)) && page.includes(htmlOf(part)) && given.every((text) => text.includes(part)),
    );
  };
  const [ja, en] = [said('ja'), said('en')];
  const shown = (yes: boolean): Bilingual =>
    yes ? both('載っている', 'shown') : both('条項の文と違う', 'differs from the clauses');
  return {
    state: ja && en ? 'kept' : 'broken',
    says:
      ja && en
        ? both(
            '公表ページに、方針のデータと同じ窓口の名称と宛先が、日本語と英語で載っています。',
            'The published page gives the same desk and address as the policy’s data, in Japanese and English.',
          )
        : both(
            '公表ページの条項が、データとは違う窓口を案内しています。',
            'The clauses on the published page name a different desk from the data.',
          ),
    evidence: [
      line(
        both('公表ページ（日本語）', 'Published page, Japanese'),
        shown(ja),
        ja ? 'kept' : 'broken',
        '/policy?lang=ja#desk',
      ),
      line(
        both('公表ページ（英語）', 'Published page, English'),
        shown(en),
        en ? 'kept' : 'broken',
        '/policy?lang=en#desk',
      ),
    ],
    fix:
      ja && en
        ? []
        : [
            both(
              '条項の文と operator.yaml の窓口をそろえた版を出す',
              'Propose a version whose clauses and operator.yaml name the same desk',
            ),
          ],
  };
}

/** Proves that the public page offers the other route. Whether the desk offered it to each person is proved from the requests. */
function routeOffered(version: PolicyVersion): Proof {
  const { desk } = version.policy.operator;
  const closed = isAskedByPostAlone(desk);
  return {
    state: closed ? 'broken' : 'kept',
    says: closed
      ? both(
          '書面が難しい方が窓口に尋ねる方法が、郵便しかありません。',
          'People who find a letter difficult can ask the desk only by post.',
        )
      : both(
          '公表ページに、書面に代わる方法と、それを窓口に尋ねる方法が載っています。',
          'The published page gives an alternative to a letter, and how to ask the desk about it.',
        ),
    evidence: [
      line(
        both('書面が難しい方が窓口に尋ねる方法', 'How people who find a letter difficult can ask the desk'),
        closed ? both('郵便だけ', 'only by post') : both('公表ページに載っている', 'shown on the published page'),
        closed ? 'broken' : 'kept',
        '/policy#desk',
      ),
    ],
    fix: closed
      ? [
          both(
            '「会社と窓口を書き換える」で、窓口の電話番号かメールアドレスを書いた版を提案します。',
            'Propose a version that gives a telephone number or an e-mail address of the desk, under “Change company and desk”.',
          ),
        ]
      : [],
  };
}

function operatorNamed(version: PolicyVersion): Proof {
  const { operator } = version.policy;
  const named = (['ja', 'en'] as const).every((lang) =>
    textsOf(version.policy)[lang].includes(htmlOf(operator.name[lang])),
  );
  return {
    state: named ? 'kept' : 'broken',
    says: named
      ? both(
          '公表ページの条項に、登録した名称が載っています。',
          'The clauses on the published page give the registered name.',
        )
      : both(
          '公表ページの条項に、登録した名称がありません。',
          'The clauses on the published page do not give the registered name.',
        ),
    evidence: [
      line(both('登録した名称', 'Registered name'), operator.name, named ? 'kept' : 'broken', '/policy'),
      line(
        both('代表者', 'Representative'),
        both('公表ページの表題の下に載っている', 'shown below the title of the published page'),
      ),
    ],
    fix: named ? [] : [both('名称を書いた条項を加えた版を出す', 'Propose a version with a clause that gives the name')],
  };
}

/** The provers of what the policy can prove of itself. */
export const policyProvers: Prover[] = [
  ofVersion('policy-approved', approved),
  ofVersion('every-clause-controlled', everyClause),
  ofVersion('desk-address-shown', (_, version) => deskShown(version)),
  ofVersion('written-route-offered', (_, version) => routeOffered(version)),
  ofVersion('operator-named', (_, version) => operatorNamed(version)),
  { promise: 'policy-approved', prove: versionsLogged },
];
