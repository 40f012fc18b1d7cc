// How every promise of the policy stands: computed by provers, kept as history, shown as a board. What nobody proves, and what cannot be
// checked, is unknown; nothing here ever turns a gap into "kept". Also the proofs that the policy gives of itself.

import type { Actor } from '../../base/actor.ts';
import { both, type Bilingual } from '../../base/bilingual.ts';
import { addDays, dayOf, daysBetween, readDay, type Day } from '../../base/day.ts';
import { worst, type Evidence, type Proof, type PromiseState } from '../../base/promise.ts';
import { append, logEntry } from '../../log/index.ts';
import type { Office, Prover } from '../../office.ts';
import { writtenDay } from '../../platform/ui/format.ts';
import { policyInForce, policyVersion, policyVersions, sha256Of, type PolicyVersion } from './actions.ts';
import type { Clause, Policy, PolicyPromise } from './facts.ts';
import { DeskBlock, PolicyText } from './pages/policy-text.tsx';
import { addStates, listChanges, listChecks, lockEvaluation, saveChecks, statesBefore } from './store.ts';
import type { CheckRow } from './tables.ts';
import { promiseFix, promiseSays } from './words.ts';

const MINUTE_MS = 60_000;
/** A check younger than this was made in this minute by another process. */
const FRESH_MS = 50_000;
const PROVER_LIMIT_MS = 10_000;
const JST_MIDNIGHT = 'T00:00:00+09:00';

const unknown = (says: Bilingual, fix: Bilingual[] = []): Proof => ({ state: 'unknown', says, evidence: [], fix });

interface Computed {
  proof: Proof;
  /** The prover threw or did not answer in time. */
  failed: boolean;
}

async function prove(office: Office, prover: Prover): Promise<Computed> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Computed>((resolve) => {
    timer = setTimeout(
      () => resolve({ proof: unknown(promiseSays.late, [promiseFix.failed]), failed: true }),
      PROVER_LIMIT_MS,
    );
  });
  try {
    const asked = Promise.resolve()
      .then(() => prover.prove(office))
      .then((proof) => ({ proof, failed: false }));
    return await Promise.race([asked, late]);
  } catch {
    return { proof: unknown(promiseSays.failed, [promiseFix.failed]), failed: true };
  } finally {
    clearTimeout(timer);
  }
}

/** One proof out of those of several features: it stands as the worst of them, and all their evidence is shown. */
function together(proofs: readonly Proof[]): Proof {
  if (proofs.length === 0) return unknown(promiseSays.noProver, [promiseFix.noProver]);
  const state = worst(proofs.map((p) => p.state));
  const decisive = proofs.find((p) => p.state === state)!;
  const evidence = proofs.flatMap((p) => p.evidence);
  if (state === 'kept' && evidence.length === 0) return unknown(promiseSays.noEvidence);
  return { state, says: decisive.says, evidence, fix: proofs.flatMap((p) => (p.state === 'kept' ? [] : p.fix)) };
}

export interface Evaluation {
  /** Milliseconds since the epoch. */
  at: number;
  /** Promises whose state changed. */
  changed: string[];
  /** Promises with a prover that threw or was late. */
  failed: string[];
}

const sekisho: Actor = { kind: 'sekisho' };

/**
 * Computes every promise of the policy in force and writes each change of state with its log entry. Several processes share the work:
 * with `unlessFresh` the answer is null when another process is at it or has just done it. Null also when no policy is in force.
 */
export async function evaluatePromises(
  office: Office,
  provers: readonly Prover[],
  options: { unlessFresh?: boolean } = {},
): Promise<Evaluation | null> {
  const inForce = await policyInForce(office, office.clock.today());
  if (!inForce) return null;
  return office.database.transaction(async (tx) => {
    if (!(await lockEvaluation(tx, !options.unlessFresh))) return null;
    if (options.unlessFresh) {
      const newest = Math.max(...(await listChecks(tx)).map((check) => check.at.getTime()));
      if (office.clock.now() - newest < FRESH_MS) return null;
    }
    const failed: string[] = [];
    const proofs = await Promise.all(
      inForce.policy.promises.map(async ({ id }) => {
        const mine = await Promise.all(provers.filter((p) => p.promise === id).map((p) => prove(office, p)));
        if (mine.some((m) => m.failed)) failed.push(id);
        return { promise: id, ...together(mine.map((m) => m.proof)) };
      }),
    );
    const at = new Date(office.clock.now());
    const before = new Map((await statesBefore(tx, new Date(at.getTime() + 1))).map((row) => [row.promise, row.state]));
    const changes = proofs
      .filter((proof) => before.get(proof.promise) !== proof.state)
      .map((proof) => ({
        proof,
        entry: logEntry(at.getTime(), sekisho, 'policy:promise', {
          promise: `promise/${proof.promise}`,
          state: proof.state,
          version: inForce.version,
        }),
      }));
    await saveChecks(
      tx,
      proofs.map((proof) => ({ ...proof, at })),
    );
    if (changes.length > 0) {
      await append(tx, ...changes.map((change) => change.entry));
      await addStates(
        tx,
        changes.map(({ proof, entry }) => ({ ...proof, at, policy: inForce.version, entry: entry.id })),
      );
    }
    return { at: at.getTime(), changed: changes.map((change) => change.proof.promise), failed };
  });
}

/** Computes the promises now and every minute, once among all processes. `report` gets one line of ids. Returns how to stop. */
export function keepEvaluating(
  office: Office,
  provers: readonly Prover[],
  report: (line: string) => void,
): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve();
  const once = async (): Promise<void> => {
    try {
      const evaluation = await evaluatePromises(office, provers, { unlessFresh: true });
      if (evaluation && evaluation.failed.length > 0) report(`promises not checked: ${evaluation.failed.join(' ')}`);
    } catch (error) {
      report(`promises not computed: ${error instanceof Error ? error.name : 'unknown'}`);
    }
  };
  const next = (): void => {
    running = running.then(once);
  };
  next();
  const timer = setInterval(next, MINUTE_MS);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}

/** A promise as it stands. Instants are milliseconds since the epoch; null where it was never computed. */
export interface PromiseStanding extends PolicyPromise {
  state: PromiseState;
  /** Since when it is in this state. */
  since: number | null;
  /** When it was last computed; for a past day, when it came into this state. */
  computed: number | null;
  why: Bilingual;
  evidence: Evidence[];
  fix: Bilingual[];
  /** The log entry of its last change of state. */
  entry: string | null;
}

/** A clause with its promises. `state` is the worst of them; null for a clause without promises. */
export interface ClauseStanding {
  clause: Clause;
  promises: PromiseStanding[];
  state: PromiseState | null;
}

export interface PromiseBoard {
  version: PolicyVersion;
  on: Day;
  /** When the promises were last computed; null before the first time, and for a past day. */
  computed: number | null;
  promises: PromiseStanding[];
  clauses: ClauseStanding[];
  /** Clauses by state. */
  tally: Record<PromiseState, number>;
}

/** Each clause with the worst state of its promises. A promise that `standings` does not know is left out of the clause. */
export function clauseStates(policy: Policy, standings: readonly PromiseStanding[]): ClauseStanding[] {
  const byId = new Map(standings.map((s) => [s.id, s]));
  return policy.clauses.map((clause) => {
    const promises = clause.promises.flatMap((id) => byId.get(id) ?? []);
    return { clause, promises, state: promises.length > 0 ? worst(promises.map((p) => p.state)) : null };
  });
}

const count = (clauses: readonly ClauseStanding[]): Record<PromiseState, number> => ({
  kept: clauses.filter((c) => c.state === 'kept').length,
  risk: clauses.filter((c) => c.state === 'risk').length,
  broken: clauses.filter((c) => c.state === 'broken').length,
  unknown: clauses.filter((c) => c.state === 'unknown').length,
});

/** The end of a day in JST. */
const endOf = (day: Day): Date => new Date(`${addDays(day, 1)}${JST_MIDNIGHT}`);

async function standingsOn(office: Office, policy: Policy, on: Day): Promise<PromiseStanding[]> {
  const today = office.clock.today();
  const changes = new Map((await statesBefore(office.database, endOf(on))).map((row) => [row.promise, row]));
  const checks = new Map<string, CheckRow>();
  if (on >= today) for (const check of await listChecks(office.database)) checks.set(check.promise, check);
  return policy.promises.map((promise) => {
    const change = changes.get(promise.id);
    const found = checks.get(promise.id) ?? change;
    return {
      ...promise,
      state: found?.state ?? 'unknown',
      since: change?.at.getTime() ?? null,
      computed: found?.at.getTime() ?? null,
      why: found?.says ?? (on >= today ? promiseSays.notComputed : promiseSays.noRecord),
      evidence: found?.evidence ?? [],
      fix: checks.get(promise.id)?.fix ?? [],
      entry: change?.entry ?? null,
    };
  });
}

/**
 * The board of a version (else of the one in force) with the states of a day (else of now). Null when there is no such version, or none was
 * in force on that day.
 */
export async function promiseBoard(
  office: Office,
  asked: { on?: Day; version?: number } = {},
): Promise<PromiseBoard | null> {
  const on = asked.on ?? office.clock.today();
  const version =
    asked.version === undefined ? await policyInForce(office, on) : await policyVersion(office, asked.version);
  if (!version) return null;
  const promises = await standingsOn(office, version.policy, on);
  const clauses = clauseStates(version.policy, promises);
  const computed = on >= office.clock.today() ? Math.max(0, ...promises.map((p) => p.computed ?? 0)) : 0;
  return {
    version,
    on,
    computed: computed || null,
    promises,
    clauses,
    tally: count(clauses),
  };
}

/** How many promises of the policy in force were in each state at the end of a day (now, for today). */
export interface TrendDay {
  on: Day;
  counts: Record<PromiseState, number>;
}

/** The states of the last days that have a record, oldest first, at most `most`. Days before the first record do not exist. */
export async function promiseTrend(office: Office, most: number): Promise<TrendDay[]> {
  const today = office.clock.today();
  const inForce = await policyInForce(office, today);
  const changes = await listChanges(office.database);
  const first = changes[0];
  if (!inForce || !first) return [];
  const wanted = new Set(inForce.policy.promises.map((p) => p.id));
  const recorded = daysBetween(dayOf(first.at.getTime()), today) + 1;
  const days = Math.min(most, recorded);
  const states = new Map<string, PromiseState>();
  const trend: TrendDay[] = [];
  let next = 0;
  for (let back = days - 1; back >= 0; back--) {
    const on = addDays(today, -back);
    for (; next < changes.length && changes[next]!.at < endOf(on); next++) {
      const change = changes[next]!;
      if (wanted.has(change.promise)) states.set(change.promise, change.state);
    }
    const counts = { broken: 0, risk: 0, unknown: 0, kept: 0 };
    for (const state of states.values()) counts[state] += 1;
    trend.push({ on, counts });
  }
  return trend;
}

/** The state of one promise at the end of each recorded day from `from` to `to`, oldest first, with the first such day. */
export async function promiseDays(
  office: Office,
  promise: string,
  from: Day,
  to: Day,
): Promise<{ first: Day; states: PromiseState[] } | null> {
  const changes = (await listChanges(office.database)).filter((c) => c.promise === promise);
  const started = changes[0] && dayOf(changes[0].at.getTime());
  if (!started || started > to) return null;
  const first = started > from ? started : from;
  const states = Array.from({ length: daysBetween(first, to) + 1 }, (_, i) => {
    const end = endOf(addDays(first, i));
    return changes.findLast((c) => c.at < end)!.state;
  });
  return { first, states };
}

const line = (label: Bilingual, value: Bilingual, state?: PromiseState, href?: string): Evidence => ({
  label,
  value,
  ...(state ? { state } : {}),
  ...(href ? { href } : {}),
});

const noPolicy = unknown(both('施行中の方針がありません。', 'No policy is in force.'));

/** A prover that looks at the version in force. */
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

/** How many clauses the public page says word for word, in both languages. */
function clausesOnPage(policy: Policy): number {
  const ja = String(PolicyText({ policy, lang: 'ja' }));
  const en = String(PolicyText({ policy, lang: 'en' }));
  return policy.clauses.filter((c) => ja.includes(htmlOf(c.text.ja)) && en.includes(htmlOf(c.text.en))).length;
}

async function approved(office: Office, version: PolicyVersion): Promise<Proof> {
  const today = office.clock.today();
  const heads = (await policyVersions(office)).filter((h) => h.approval && h.effectiveOn <= today);
  const same = sha256Of(version.policy).toString('hex') === version.sha256;
  const total = version.policy.clauses.length;
  const shown = clausesOnPage(version.policy);
  const good = heads.length > 0 && version.approval !== null && same && shown === total;
  const day = version.approval ? dayOf(version.approval.at) : version.effectiveOn;
  return {
    state: good ? 'kept' : 'broken',
    says: good
      ? both(
          `第${version.version}版だけが施行中です。承認の記録があり、公表しているページは${total}条項すべてがデータと同じ文です。`,
          `Version ${version.version} alone is in force. Its approval is on record, and the published page says all ${total} clauses word for word as the data.`,
        )
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
    fix: good ? [] : [both('データベースを復旧し、記録を検証する', 'Restore the database and verify the log')],
  };
}

async function everyClause(office: Office, version: PolicyVersion): Promise<Proof> {
  const checks = (await listChecks(office.database)).filter((c) => c.promise !== 'every-clause-controlled');
  const shown = new Set(checks.filter((c) => c.evidence.length > 0).map((c) => c.promise));
  const promising = version.policy.clauses
    .map((c) => ({ no: c.no, ids: c.promises.filter((id) => id !== 'every-clause-controlled') }))
    .filter((c) => c.ids.length > 0);
  const backed = promising.filter((c) => c.ids.every((id) => shown.has(id))).length;
  const silent = version.policy.clauses.filter((c) => c.promises.length === 0).length;
  const all = backed === promising.length;
  return {
    state: all ? 'kept' : 'unknown',
    says: all
      ? both(
          `約束のある${promising.length}条項のすべてに、動いている規則、記録または点検が結び付いています。`,
          `All ${promising.length} clauses that promise something are tied to a working rule, record or check.`,
        )
      : both(
          `約束のある${promising.length}条項のうち${promising.length - backed}条項は、証拠を示すしくみがまだそろっていません。`,
          `For ${promising.length - backed} of the ${promising.length} clauses that promise something, evidence cannot be shown in full yet.`,
        ),
    evidence: [
      line(
        both('証拠のそろった条項', 'Clauses with full evidence'),
        both(`${promising.length}条項のうち${backed}`, `${backed} of ${promising.length}`),
        all ? 'kept' : 'unknown',
        '/living-policy?view=board',
      ),
      line(both('約束のない条項', 'Clauses without a promise'), both(`${silent}条項`, `${silent}`)),
    ],
    fix: all ? [] : [both('確認できない約束から、記録をとり始める', 'Start keeping records for the unknown promises')],
  };
}

function deskShown(version: PolicyVersion): Proof {
  const { desk } = version.policy.operator;
  const said = (lang: 'ja' | 'en'): boolean => {
    const block = String(DeskBlock({ operator: version.policy.operator, lang }));
    const text = String(PolicyText({ policy: version.policy, lang }));
    return (
      [desk.name, desk.address].every((part) => block.includes(htmlOf(part[lang]))) &&
      text.includes(htmlOf(desk.name[lang]))
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
            'The published page gives the desk and the address of the policy’s data, in Japanese and English.',
          )
        : both(
            '公表ページの条項が、データとは違う窓口を案内しています。',
            'The clauses on the published page name another desk than the data.',
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
              'Propose a version whose clauses and operator.yaml name one desk',
            ),
          ],
  };
}

function operatorNamed(version: PolicyVersion): Proof {
  const { operator } = version.policy;
  const named = (['ja', 'en'] as const).every((lang) =>
    String(PolicyText({ policy: version.policy, lang })).includes(htmlOf(operator.name[lang])),
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

const PPC_CHECK_DAYS = 365;
const PPC_WARN_DAYS = 30;

function ppcChecked(office: Office, version: PolicyVersion): Proof {
  const { checked } = version.policy.operator.ppc_url;
  const on = readDay(checked)!;
  const due = addDays(on, PPC_CHECK_DAYS);
  const left = daysBetween(office.clock.today(), due);
  const state = left < 0 ? 'broken' : left <= PPC_WARN_DAYS ? 'risk' : 'kept';
  return {
    state,
    says:
      left < 0
        ? both(`所在の確認が${-left}日前に期限を過ぎました。`, `The check of the address lapsed ${-left} days ago.`)
        : both(
            `${writtenDay(on, 'ja')}に所在を確かめました。次は${writtenDay(due, 'ja')}までです。`,
            `The address was checked on ${writtenDay(on, 'en')}. The next check is due by ${writtenDay(due, 'en')}.`,
          ),
    evidence: [
      line(both('確かめた日', 'Checked on'), both(writtenDay(on, 'ja'), writtenDay(on, 'en'))),
      line(both('期限', 'Due'), both(writtenDay(due, 'ja'), writtenDay(due, 'en')), state),
    ],
    fix:
      state === 'kept'
        ? []
        : [
            both(
              'ページを開いて確かめ、確かめた日を書いた版を出す',
              'Open the page, then propose a version with the day of the check',
            ),
          ],
  };
}

/** Joint uses in the data: their notice is whole because the shape of the data asks for it, and their purposes are published ones. */
function jointUses(version: PolicyVersion, what: 'notice' | 'purposes'): Proof {
  const { agreed } = version.policy.jointUses;
  const own = new Set(version.policy.purposes.filter((p) => p.scope === 'customer').map((p) => p.id));
  const wide = what === 'purposes' ? agreed.filter((a) => a.purposes.some((id) => !own.has(id))).length : 0;
  return {
    state: wide === 0 ? 'kept' : 'broken',
    says:
      agreed.length === 0
        ? both('登録した共同利用はありません。', 'No joint use is registered.')
        : wide > 0
          ? both(
              `${agreed.length}件のうち${wide}件の目的が、公表した利用目的を超えています。`,
              `${wide} of ${agreed.length} joint uses go beyond the published purposes.`,
            )
          : both(
              `${agreed.length}件の共同利用のすべてで守れています。`,
              `This holds for all ${agreed.length} joint uses.`,
            ),
    evidence: [
      line(
        both('登録した共同利用', 'Joint uses registered'),
        both(`${agreed.length}件`, `${agreed.length}`),
        wide === 0 ? 'kept' : 'broken',
        '/policy',
      ),
    ],
    fix:
      wide === 0
        ? []
        : [
            both(
              '共同利用の目的を、公表した利用目的に収める',
              'Keep the purposes of joint use within the published ones',
            ),
          ],
  };
}

/** What the policy can prove of itself. */
export const policyProvers: Prover[] = [
  ofVersion('policy-approved', approved),
  ofVersion('every-clause-controlled', everyClause),
  ofVersion('desk-address-shown', (_, version) => deskShown(version)),
  ofVersion('operator-named', (_, version) => operatorNamed(version)),
  ofVersion('ppc-page-checked', ppcChecked),
  ofVersion('joint-use-notice-complete', (_, version) => jointUses(version, 'notice')),
  ofVersion('joint-use-purposes-kept', (_, version) => jointUses(version, 'purposes')),
];
