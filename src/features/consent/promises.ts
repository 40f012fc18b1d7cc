// Proves that consents, withdrawals and objections are on record as the log has them. The features that use and provide compare what rests on them
// with these records.

import { both } from '../../base/bilingual.ts';
import { asLogged, type Lost, type Proof } from '../../base/promise.ts';
import { apart, heldAgainst, type Loss } from '../../log/index.ts';
import { keptReading, type Office, type Prover } from '../../office.ts';
import { textSaid } from './actions/texts.ts';
import { countConsents, countUnlogged, textTraces, type LoggedAct } from './store/logged.ts';

const given = () => null;

interface Held {
  all: number;
  wrong: number;
  lost: readonly Lost[];
}

/** Compares what these actions wrote with the log. */
const heldOf =
  (acts: readonly LoggedAct[]) =>
  async ({ database }: Office, _: unknown, losses: readonly Loss[]): Promise<Held> => {
    const { all, wrong, missing } = await countUnlogged(database, acts);
    const { wrong: gone, lost } = await apart(database, losses, missing, (id) => id);
    return { all: all - missing.length + gone.length, wrong: wrong + gone.length, lost };
  };

const countOf = keptReading({
  tables: ['consents'],
  logged: 'consent:record',
  given,
  read: ({ database }) => countConsents(database),
});

/** The application only adds consents, each with its entry. There are many, so they are compared again only when something else changed one. */
const consentsOf = keptReading({
  tables: ['consents', 'log_entries'],
  given,
  read: heldOf(['consent:record']),
});

const textsOf = keptReading({
  tables: ['consent_texts', 'log_entries'],
  given,
  read: async ({ database }, _, losses): Promise<Held> => {
    const { texts, entries } = await textTraces(database);
    const rows = texts.map(({ id, at, by_actor: actor, ...text }) => ({
      ...textSaid(text),
      id,
      action: 'consent:text',
      at: at.toISOString(),
      actor,
    }));
    const held = await heldAgainst(database, losses, rows, entries);
    const wrong = new Set(held.wrong.map(({ id }) => id));
    return { all: new Set([...rows.map(({ id }) => id), ...wrong]).size, wrong: wrong.size, lost: held.lost };
  },
});

/** What ended consents, and the days on which their texts came into force. */
const othersOf = keptReading({
  tables: ['consent_text_starts', 'consent_withdrawals', 'consent_objections', 'consent_retractions', 'log_entries'],
  given,
  read: heldOf(['consent:start', 'consent:withdraw', 'consent:object', 'consent:retract-objection']),
});

async function consentsLogged(office: Office): Promise<Proof> {
  const [count, consents, texts, others] = await Promise.all([
    countOf(office),
    consentsOf(office),
    textsOf(office),
    othersOf(office),
  ]);
  const label = both('同意とその文面、取下げ、申出', 'Consents, their texts, withdrawals and objections');
  return asLogged({
    all: Math.max(count, consents.wrong) + texts.all + others.all,
    wrong: consents.wrong + texts.wrong + others.wrong,
    lost: [...consents.lost, ...texts.lost, ...others.lost],
    label,
    what: both(label.ja, 'consents, texts, withdrawals and objections'),
    href: '/consents',
    none: {
      state: 'kept',
      says: both('これまでに同意も申出もありません。', 'Nobody has consented or objected so far.'),
    },
  });
}

export const consentProvers: Prover[] = [{ promise: 'every-access-logged', prove: consentsLogged }];
