// The promise that the judgements and consultations can prove: their rows are as the log has them. The checkpoint's answers rest on a judgement until
// its last day.

import { both } from '../../base/bilingual.ts';
import { dayOf, type Day } from '../../base/day.ts';
import { asLogged, type Evidence, type Proof } from '../../base/promise.ts';
import { heldAgainst, type LogEntry, type Said } from '../../log/index.ts';
import { keptReading, type Office, type Prover } from '../../office.ts';
import { consultationSaid, judgementCodes, judgementSaid } from './actions.ts';
import { questionOf } from './questions/index.ts';
import { tracesOf, type Traces } from './store.ts';

const JUDGE = 'consultation:judge';

/** What a log entry means by leaving a member out: no single consultation, any holding, any purpose. */
const ofAny = { consultation: null, holding: null, purpose: null };

const written = (
  action: string,
  { id, at, by_actor: actor }: Traces['judgements' | 'consultations'][number],
  says: object,
): Said => ({ ...ofAny, ...says, id, action, at: at.toISOString(), actor });

/** The log entry that each row must have. */
const rowsOf = ({ judgements, consultations }: Traces): Said[] => [
  ...judgements.map((one) => written(JUDGE, one, judgementSaid(one))),
  ...consultations.map((one) => written('consultation:keep', one, consultationSaid(one))),
];

/** Entries of an earlier version also left out the day a judgement takes effect: it was always the day of the entry. */
const meant = (entry: LogEntry): LogEntry => ({
  ...ofAny,
  ...(entry.action === JUDGE ? { on: dayOf(Date.parse(entry.at)) } : {}),
  ...entry,
});

function namedOf({ judgement, question }: Said | LogEntry): Pick<Evidence, 'label' | 'href'> {
  if (judgement === undefined) {
    const title = questionOf(String(question))?.title ?? both(String(question), String(question));
    return { label: both(`相談：${title.ja}`, `Consultation: ${title.en}`), href: '/ask/consultations' };
  }
  const code = judgementCodes().get(String(judgement)) ?? both(String(judgement), String(judgement));
  return { label: both(`判断：${code.ja}`, `Judgement: ${code.en}`), href: '/judgements' };
}

const isSameMatter = (one: Said, other: Said): boolean =>
  (['consultation', 'holding', 'purpose'] as const).every((member) => one[member] === other[member]);

/** Of one that is for any, `null`; one for any covers each. */
const covers = (one: Said, other: Said, member: 'consultation' | 'holding' | 'purpose'): boolean =>
  one[member] === null || one[member] === other[member];

/**
 * Whether a judgement still allows what a later one, which is missing, no longer allowed. It does so until its last day, or until the matter is judged
 * anew.
 */
const stillAllows =
  (rows: readonly Said[], today: Day) =>
  (missing: Said): boolean =>
    missing.action === JUDGE &&
    missing.judged === false &&
    !rows.some((one) => one.judgement === missing.judgement && isSameMatter(one, missing) && one.id > missing.id) &&
    rows.some(
      (one) =>
        one.judgement === missing.judgement &&
        one.judged === true &&
        one.id < missing.id &&
        String(one.until) >= today &&
        (['consultation', 'holding', 'purpose'] as const).every((member) => covers(one, missing, member)),
    );

const heldOf = keptReading({
  // `log_entries` notes only that the log was rewritten: a new entry comes with its row.
  tables: ['judgements', 'consultations', 'log_entries'],
  given: ({ clock }) => clock.today(),
  read: async ({ database }, today, losses) => {
    const traces = await tracesOf(database);
    const rows = rowsOf(traces);
    const held = await heldAgainst(database, losses, rows, traces.entries.map(meant), stillAllows(rows, today));
    // Records are named as the log has them, where it has them.
    const wrong = new Map(held.wrong.map((one) => [one.id, one]));
    const all = new Set([...rows.map(({ id }) => id), ...wrong.keys()]);
    return { all: all.size, wrong: [...wrong.values()].map(namedOf), lost: held.lost };
  },
});

async function judgedLogged(office: Office): Promise<Proof> {
  const { all, wrong, lost } = await heldOf(office);
  return asLogged(
    {
      all,
      wrong: wrong.length,
      lost,
      label: both('管理者の判断と、残した相談', 'Judgements of the officer, and consultations that were kept'),
      what: both('判断と相談', 'judgements and consultations'),
      href: '/judgements',
      none: {
        state: 'kept',
        says: both(
          'これまでに判断も相談もありません。',
          'So far, no judgement has been recorded and no consultation kept.',
        ),
      },
    },
    wrong,
  );
}

export const consultationProvers: Prover[] = [{ promise: 'every-access-logged', prove: judgedLogged }];
