// Proves promises of the checkpoint from its log entries: that readings have a purpose, that the person had been told of it, that the log can
// only be added to. Every entry of the log is judged, grouped into classes of entries that are alike.

import { both, type Bilingual, type Lang } from '../../base/bilingual.ts';
import { addYears, later } from '../../base/day.ts';
import { groupsOf } from '../../base/groups.ts';
import { counted, countOf, firstNamed, type Evidence, type Lost, type Proof, withUnsaid } from '../../base/promise.ts';
import { LAW_VERSION, parameters } from '../../law/index.ts';
import { keptReading, lossesIn, sharedReading, type Office, type Prover } from '../../office.ts';
import { changesOf } from '../../platform/database/index.ts';
import { slashDay } from '../../platform/ui/format.ts';
import { isLetBeyond } from './facts/limits.ts';
import {
  BEGINNING,
  classesOfEntries,
  classOf,
  limitsStated,
  logRights,
  purposesStated,
  securityStated,
  settledEnd,
  usesTooLate,
  versionsPromising,
  type ClassRow,
  type EntryClass,
  type StatedLimit,
} from './store.ts';

const BEYOND = 'people:use-beyond';
/** Actions that take personal information out of the vault: a use, a use beyond the purpose, a provision of one person, a reading for a package. */
const READING = ['people:use', BEYOND, 'people:provide', 'people:package'];
const REFUSED = 'refused';

/** The classes counted up to a transaction; they hold unless the log is rewritten. */
interface Settled {
  noted: string;
  end: string;
  classes: ReadonlyMap<string, ClassRow>;
}

const settledOf = new WeakMap<Office, Settled>();
const beginning: Omit<Settled, 'noted'> = { end: BEGINNING, classes: new Map() };

/** Adds classes of entries to those counted before. */
function added(before: Settled['classes'], rows: readonly ClassRow[]): Settled['classes'] {
  const sum = new Map(before);
  for (const row of rows) {
    const { n, first, last, ...alike } = row;
    const key = JSON.stringify(alike);
    const known = sum.get(key);
    sum.set(
      key,
      known
        ? {
            ...row,
            n: n + known.n,
            first: first < known.first ? first : known.first,
            last: later(last, known.last),
          }
        : row,
    );
  }
  return sum;
}

/** The whole log in classes. Only entries written since the last call are read. */
const entriesOf = sharedReading(async (office): Promise<EntryClass[]> => {
  const { database } = office;
  const losses = await lossesIn(office);
  const noted = JSON.stringify([await changesOf(database, ['log_entries']), losses.map(({ from, to }) => [from, to])]);
  const kept = settledOf.get(office);
  const before = kept?.noted === noted ? kept : beginning;
  const end = await settledEnd(database);
  const rows = await classesOfEntries(
    database,
    { readings: READING, others: [REFUSED] },
    { start: before.end, end },
    losses,
  );
  const classes = added(
    before.classes,
    rows.filter(({ settled }) => settled),
  );
  settledOf.set(office, { noted, end, classes });
  return [...classes.values(), ...rows.filter(({ settled }) => !settled)].map(classOf);
});

const isReading = ({ action }: EntryClass): boolean => READING.includes(action);
/** Every use and provision on record, in classes of entries that are alike. */
export const readings = async (office: Office): Promise<EntryClass[]> => (await entriesOf(office)).filter(isReading);

/**
 * True for a use beyond the purpose under an item of 18(3), which the policy reserves beside its purposes. Whether the item, the facts and the
 * approver are on record is proved by another promise.
 */
export const isExcepted = ({ action, because }: EntryClass): boolean =>
  action === BEYOND && because.some((ground) => ground.startsWith('APPI 18(3)('));

const numberOf = (classes: readonly EntryClass[]): number => classes.reduce((sum, { n }) => sum + n, 0);

/** Splits readings that break a promise: `lost` are those that may have rested on something a restored backup lacks, `wrong` the others. */
async function lostOf(office: Office, all: readonly EntryClass[]): Promise<{ wrong: EntryClass[]; lost: Lost[] }> {
  const losses = await lossesIn(office);
  const lossIn = ({ loss }: EntryClass) => (loss === null ? undefined : losses[loss]);
  return {
    wrong: all.filter((one) => !lossIn(one)),
    lost: all.flatMap((one) => {
      const loss = lossIn(one);
      return loss ? [{ on: loss.on, reviewed: loss.reviewed, n: one.n }] : [];
    }),
  };
}

const ofAction: Readonly<Record<string, Bilingual>> = {
  'people:use': both('うち、使ったもの', 'Of these used'),
  [BEYOND]: both('うち、目的の範囲を超えて使ったもの', 'Of these used beyond the purpose'),
  'people:provide': both('うち、提供したもの', 'Of these provided'),
  'people:package': both('うち、提供ファイルのために読んだもの', 'Of these read for a package'),
};

const shownAt = (action: string, more: Record<string, string> = {}): string =>
  `/log?${new URLSearchParams({ action, ...more })}`;

/** How many readings there are of each action; the log lists one action at a time. */
const byAction = (all: readonly EntryClass[]): Evidence[] =>
  READING.flatMap((action) => {
    const n = numberOf(all.filter((one) => one.action === action));
    return n > 0 ? [{ label: ofAction[action]!, value: countOf(n), href: shownAt(action) }] : [];
  });

/** Where the log has entries that break a promise: what is alike in them, and their days. */
const named = ({ action, purpose, n, first, last }: EntryClass): Evidence => {
  const on = (lang: Lang): string =>
    first === last ? slashDay(first) : `${slashDay(first)}${lang === 'ja' ? '〜' : ' to '}${slashDay(last)}`;
  return {
    label: both(`${purpose ?? '目的なし'}、${on('ja')}の記録`, `Entries for ${purpose ?? 'no purpose'}, ${on('en')}`),
    value: countOf(n),
    href: shownAt(action, { from: first, to: last }),
    state: 'broken',
  };
};

interface About {
  /** What is counted, where it is not all readings. */
  label?: Bilingual;
  wrongLabel: Bilingual;
  lost?: readonly Lost[];
  /** Readings that break the promise beside `wrong`, known by number only. */
  more?: number;
}

/** The proof of a promise about readings, `wrong` being those that break it; unknown while there are no readings. */
function aboutReadings(
  all: readonly EntryClass[],
  wrong: readonly EntryClass[],
  { label, wrongLabel, lost = [], more = 0 }: About,
): Proof {
  const proof = counted({
    all: numberOf(all),
    wrong: numberOf(wrong) + more,
    lost,
    label: label ?? both('利用と提供の記録', 'Uses and provisions on record'),
    wrongLabel,
    what: both('利用と提供', 'uses and provisions'),
    href: shownAt(READING[0]!),
    none: {
      state: 'unknown',
      says: both('利用の記録がまだないため、確認できません。', 'Nothing has been read yet, so this is unknown.'),
    },
    fix: both(
      'その記録を開き、利用した人と経緯を確かめます。',
      'Open the entries and find out who used the information and why.',
    ),
  });
  const [total, ...others] = proof.evidence;
  const { href: _, ...unlinked } = total!;
  const parts = byAction(all);
  return {
    ...proof,
    evidence: [parts.length > 0 ? unlinked : total!, ...others, ...parts, ...firstNamed(wrong.map(named))],
  };
}

/** A purpose counts if the policy version that the reading was decided under states it. */
async function purposeBeforeUse(office: Office): Promise<Proof> {
  const [entries, stated] = await Promise.all([entriesOf(office), purposesStated(office.database)]);
  const isStated = ({ purpose, policy }: EntryClass): boolean =>
    stated.some((one) => one.purpose === purpose && one.version === policy);
  const all = entries.filter(isReading);
  const without = all.filter(
    (one) => one.purpose === null || one.answer !== 'yes' || !(isStated(one) || isExcepted(one)),
  );
  const refused = numberOf(entries.filter(({ action }) => action === REFUSED));
  const { wrong, lost } = await lostOf(office, without);
  const proof = aboutReadings(all, wrong, {
    wrongLabel: both('公表した目的または答えを欠くもの', 'Without a published purpose or an answer'),
    lost,
  });
  const early = both('読む前に断ったもの', 'Refused before reading');
  return {
    ...proof,
    evidence: [...proof.evidence, { label: early, value: countOf(refused), href: '/log?action=refused' }],
  };
}

/** True for staff and systems let in by a named access policy. What is sealed for an approved package is read by Sekisho itself. */
const isAuthorised = ({ action, who, authorised }: EntryClass): boolean =>
  ((who === 'staff' || who === 'system') && authorised) || (action === 'people:package' && who === 'sekisho');

async function accessAuthorised(office: Office): Promise<Proof> {
  const all = await readings(office);
  const wrong = all.filter((one) => !isAuthorised(one));
  return aboutReadings(all, wrong, {
    wrongLabel: both(
      'だれの、どの権限によるかの記録がないもの',
      'Without a record of who it was and on which authority',
    ),
  });
}

/** Numbers of the uses made after their person had asked that they stop, surely or perhaps, where that was recorded only after the use. */
const tooLate = keptReading({
  tables: [
    'consents',
    'consent_texts',
    'consent_objections',
    'consent_withdrawals',
    'consent_withdrawal_times',
    'consent_retractions',
    'person_links',
    // A new use comes after everything on record, so it does not change the count.
    'log_entries',
  ],
  given: () => null,
  read: ({ database }) => usesTooLate(database),
});

/**
 * What is said of `n` uses or provisions, named by `what`, of the day of an objection or of the withdrawal of a consent, whose hour nobody wrote down
 * before the next day.
 */
export const hourUnknown = (n: number, what: Bilingual): Record<'label' | 'says' | 'fix', Bilingual> => ({
  label: both(
    '本人が停止を求めたか同意を取り下げた日のもので、その時刻が分からないもの',
    'On the day the person asked that it stop or withdrew a consent, at an unknown hour',
  ),
  says: both(
    `${what.ja}${n}件は、本人が停止を求めたか同意を取り下げた日のもので、その時刻の記録がないため、どちらが先かを確認できません。`,
    `${n} ${what.en} made on the day the person asked that it stop or withdrew a consent. The hour of that is not on record, so it is unknown which came first.`,
  ),
  fix: both(
    '後の日に時刻なしで記録した申出と取下げについて、受けた時刻を調べます。取下げの時刻は、その同意のページで記録します。申出は、記録を取り消し、時刻を付けて記録し直します。',
    'Find the objections and withdrawals that were recorded on a later day without a time, and find out when they were received. Record the time of a withdrawal on the page of its consent. Retract an objection, and record it anew with the time.',
  ),
});

/** Readings without a purpose are counted by another promise. A purpose whose use the person asked to stop is no longer one they were told of. */
async function withinPurpose(office: Office): Promise<Proof> {
  const [all, late] = await Promise.all([readings(office), tooLate(office)]);
  const isBeyond = (one: EntryClass): boolean => one.untold && !isLetBeyond(one.because) && !isExcepted(one);
  const { wrong, lost } = await lostOf(
    office,
    all.filter((one) => isBeyond(one) || one.stopped),
  );
  const stopped = numberOf(wrong.filter((one) => !isBeyond(one))) + late.late;
  const known = aboutReadings(all, wrong, {
    wrongLabel: both('集めたときの目的の範囲を超えたもの', 'Beyond what it was collected for'),
    lost,
    more: late.late,
  });
  const proof = withUnsaid(
    known,
    late.unsure,
    hourUnknown(late.unsure, both('利用の記録', late.unsure === 1 ? 'use was' : 'uses were')),
  );
  if (stopped === 0) return proof;
  const label = both('うち、本人が停止を求めた後のもの', 'Of these, after the person had asked that it stop');
  return { ...proof, evidence: [...proof.evidence, { label, value: countOf(stopped), state: 'broken' }] };
}

/** 27(5)(iii), 18(1): what is shared in a joint use is shared only for purposes the person had been told of. */
async function sharedWithinPurpose(office: Office): Promise<Proof> {
  const shared = (await readings(office)).filter(({ because }) => because.includes('APPI 27(5)(iii)'));
  const { wrong, lost } = await lostOf(
    office,
    shared.filter(({ untold }) => untold),
  );
  return counted({
    all: numberOf(shared),
    wrong: numberOf(wrong),
    lost,
    label: both('共同利用で渡した記録', 'What was shared in joint uses'),
    wrongLabel: both('集めたときの目的の範囲を超えたもの', 'Beyond what it was collected for'),
    what: both('共同利用での提供', 'records of sharing'),
    href: '/log?action=people%3Aprovide',
    none: {
      state: 'kept',
      says: both('これまでに共同利用で渡した情報はありません。', 'Nothing has been shared in a joint use so far.'),
    },
    fix: both('渡した相手に、その情報の返却か消去を求めます。', 'Ask whoever has it to return or erase it.'),
  });
}

const limitsOf = keptReading({
  tables: ['policy_versions'],
  given: () => null,
  read: ({ database }) => limitsStated(database),
});

/** The limits on the items of a reading by the policy version it was decided under. */
const limitsAt = (limits: readonly StatedLimit[], { items, policy }: EntryClass): StatedLimit[] =>
  limits.filter(({ item, version }) => items.includes(item) && policy === version);

const securityOf = keptReading({
  tables: ['policy_versions', 'purpose_wordings'],
  given: () => null,
  read: async ({ database }) => {
    const [clauses, purposes] = await Promise.all([securityStated(database), purposesStated(database)]);
    const stated = groupsOf(purposes, ({ version }) => String(version));
    return new Map(
      clauses.map((one) => [
        one.version,
        { ...one, stated: new Set(stated(String(one.version)).map(({ purpose }) => purpose)) },
      ]),
    );
  },
});

/**
 * Holdings kept for security alone are used for nothing else, and neither are items of other holdings that the same clause limits to security. Both
 * are as they were when the use was decided on: the purposes of the holding by the ledger of then, the clause and the purpose it states by the policy
 * of then. Where the ledger does not say what the holding was for, nobody knows.
 */
async function securityOnly(office: Office): Promise<Proof> {
  const [all, versions, limits] = await Promise.all([readings(office), securityOf(office), limitsOf(office)]);
  const of = ({ policy }: EntryClass) => versions.get(policy ?? 0);
  const isLimited = (one: EntryClass): boolean =>
    limitsAt(limits, one).some(({ clause }) => clause === of(one)?.clause);
  const isKeptFor = (one: EntryClass): boolean =>
    one.served?.every((purposes) => {
      const stated = purposes.filter((id) => of(one)?.stated.has(id));
      return stated.length === 1 && stated[0] === of(one)?.purpose;
    }) === true;
  const about = all.filter((one) => isKeptFor(one) || isLimited(one));
  const others = about.filter((one) => one.purpose !== null && one.purpose !== of(one)?.purpose);
  const excepted = others.filter(isExcepted);
  const wrong = others.filter((one) => !isExcepted(one));
  const proof = aboutReadings(about, wrong, {
    label: both('安全のための台帳と項目の、利用と提供の記録', 'Uses and provisions of what is kept for security'),
    wrongLabel: both('安全の確保以外の目的のもの', 'For something other than security'),
  });
  const label = both(
    '法18条3項により、安全の確保以外の目的に使ったもの',
    'Used for something else under Article 18(3)',
  );
  const told = { label, value: countOf(numberOf(excepted)), href: `/log?action=${encodeURIComponent(BEYOND)}` };
  const known = { ...proof, evidence: [...proof.evidence, ...(excepted.length > 0 ? [told] : [])] };
  const unsaid = all.filter((one) => one.served === null && of(one) !== undefined && !isExcepted(one));
  const n = numberOf(unsaid.filter((one) => one.purpose !== of(one)?.purpose));
  return withUnsaid(known, n, {
    label: both('台帳に、そのときの目的の記録がないもの', 'Whose holding the ledger does not know the purposes of'),
    says: both(
      `利用と提供の記録${n}件は、そのときの台帳の目的が分からないため、確認できません。`,
      `For ${n} ${n === 1 ? 'use or provision' : 'uses and provisions'} the ledger does not say what the holding was for, so this is unknown.`,
    ),
    fix: both(
      'その記録を開き、台帳の記録が失われた原因を調べます。',
      'Open the entries and find out how the record of the ledger was lost.',
    ),
  });
}

const RECORDING = 'recording';

const promisingOf = keptReading({
  tables: ['policy_versions'],
  given: () => null,
  read: ({ database }) => versionsPromising(database, 'call-recording-limited'),
});

/**
 * Recordings of calls are read only for the purposes the policy limits them to, unless the law or the person allows another use or provision. Where a
 * policy makes the promise and limits them to nothing, nobody can tell which of its purposes it means.
 */
async function recordingsKept(office: Office): Promise<Proof> {
  const [all, limits, promising] = await Promise.all([readings(office), limitsOf(office), promisingOf(office)]);
  const kept = limits.filter(({ item }) => item === RECORDING);
  const read = all.filter((one) => limitsAt(kept, one).length > 0);
  const wrong = read.filter(
    (one) =>
      !isLetBeyond(one.because) &&
      !isExcepted(one) &&
      limitsAt(kept, one).some(({ purposes }) => one.purpose === null || !purposes.includes(one.purpose)),
  );
  const proof = aboutReadings(read, wrong, {
    label: both('通話の録音の、利用と提供の記録', 'Uses and provisions of recordings'),
    wrongLabel: both('ほかの目的のもの', 'For another purpose'),
  });
  const unlimited = all.filter(
    (one) =>
      one.items.includes(RECORDING) &&
      promising.includes(one.policy ?? 0) &&
      limitsAt(kept, one).length === 0 &&
      !isLetBeyond(one.because) &&
      !isExcepted(one),
  );
  const n = numberOf(unlimited);
  return withUnsaid(proof, n, {
    label: both(
      '録音を何の目的に限るかが方針にないもの',
      'Under a policy that does not say which purposes recordings are kept to',
    ),
    says: both(
      `録音の利用と提供の記録${n}件は、録音を何の目的に限るかが、そのときの方針のデータにないため、確認できません。`,
      `For ${n} ${n === 1 ? 'use or provision' : 'uses and provisions'} of recordings the policy of that time does not say which purposes they are kept to, so this is unknown.`,
    ),
    fix: both(
      'operator.yaml の item_limits に、録音（recording）の目的を書いた版を提案します。',
      'Propose a version that names the purposes of recordings (recording) in item_limits of operator.yaml.',
    ),
  });
}

function loggedSays(sound: boolean, without: number): Bilingual {
  if (!sound)
    return both(
      '記録を書き換えられる状態か、記録を書けない状態です。',
      'The log could be changed, or cannot be written.',
    );
  if (without > 0) {
    return both(
      `目的のない利用と提供の記録が${without}件あります。`,
      `${without} ${without === 1 ? 'use or provision is' : 'uses and provisions are'} on record without a purpose.`,
    );
  }
  return both(
    '読むことと記録することは1つの処理で行い、記録には足すことしかできません。',
    'Reading and recording are one statement, and the log can only be added to.',
  );
}

/** Every reading is in the log with its purpose, and no entry can be removed. Features compare their own registers with the log. */
async function everyAccessLogged(office: Office): Promise<Proof> {
  const [rights, all] = await Promise.all([logRights(office.database), readings(office)]);
  const sound = rights.may_insert && !rights.may_change;
  const without = numberOf(all.filter(({ purpose }) => purpose === null));
  return {
    state: sound && without === 0 ? 'kept' : 'broken',
    says: loggedSays(sound, without),
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
        label: both('目的のない記録', 'On record without a purpose'),
        value: countOf(without),
        state: without > 0 ? 'broken' : 'kept',
      },
      { label: both('利用と提供の記録', 'Uses and provisions on record'), value: countOf(numberOf(all)) },
      ...byAction(all),
    ],
    fix: [
      ...(sound
        ? []
        : [
            both(
              'データベースの権利を、移行の定めたとおりに戻します。',
              'Restore the database rights as the migrations set them.',
            ),
          ]),
      ...(without === 0
        ? []
        : [
            both(
              'その記録を開き、利用した人と経緯を確かめます。',
              'Open the entries and find out who used the information and why.',
            ),
          ]),
    ],
  };
}

/** The law data is reviewed once a year. A figure marked `to-confirm` has not yet been compared with its authority by a person. */
function countriesDated({ clock }: Office): Promise<Proof> {
  const { value, from, citation, status } = parameters.equivalentCountries;
  const late = addYears(LAW_VERSION, 1) < clock.today();
  const state = from === null || late ? 'broken' : status === 'verified' ? 'kept' : 'risk';
  const says = {
    broken: both(
      '同等の国の一覧を、1年以内に確かめていません。',
      'The list of equivalent countries has not been checked within the last year.',
    ),
    risk: both(
      `同等の国${value.size}か国の一覧は法令データ ${LAW_VERSION} のものですが、原典との照合がまだです。`,
      `The list of ${value.size} equivalent countries is from the law data of ${LAW_VERSION}, but has not yet been compared with the original text.`,
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
        : [
            both(
              '日本と同等の水準と認められた国の一覧を、個人情報保護委員会の告示と照合します。',
              'Compare the list of countries recognised as equivalent with the Commission’s notice.',
            ),
            both(
              '一覧は法令データの一部なので、照合した結果は法令データの次の版に入ります。この画面では記録しません。',
              'The list is part of the law data: the result goes into the next version of that data and is not recorded here.',
            ),
          ],
  });
}

export const checkpointProvers: Prover[] = [
  { promise: 'purpose-before-use', prove: purposeBeforeUse },
  { promise: 'use-within-purpose', prove: withinPurpose },
  { promise: 'joint-use-purposes-kept', prove: sharedWithinPurpose },
  { promise: 'security-records-for-security', prove: securityOnly },
  { promise: 'call-recording-limited', prove: recordingsKept },
  { promise: 'access-authorised', prove: accessAuthorised },
  { promise: 'every-access-logged', prove: everyAccessLogged },
  { promise: 'equivalent-countries-dated', prove: countriesDated },
];
