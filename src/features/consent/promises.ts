// Which promises the consents, withdrawals and objections can prove: that they are on record as the log has them. What rests on them is held against
// them by whoever uses and provides.

import { both } from '../../base/bilingual.ts';
import { asLogged, type Proof } from '../../base/promise.ts';
import { unlike } from '../../log/index.ts';
import { keptReading, type Office, type Prover } from '../../office.ts';
import { textSaid } from './actions/texts.ts';
import { countConsents, countUnlogged, textTraces } from './store.ts';

const given = () => null;

const countOf = keptReading({
  tables: ['consents'],
  logged: 'consent:record',
  given,
  read: ({ database }) => countConsents(database),
});

/** The application only ever adds a consent, with its entry. They are many: held against each other where anybody else changed one of them. */
const consentsOf = keptReading({
  tables: ['consents', 'log_entries'],
  given,
  read: ({ database }) => countUnlogged(database, ['consent:record']),
});

const textsOf = keptReading({
  tables: ['consent_texts', 'log_entries'],
  given,
  read: async ({ database }) => {
    const { texts, entries } = await textTraces(database);
    const rows = texts.map(({ id, at, by_actor: actor, ...text }) => ({
      ...textSaid(text),
      id,
      action: 'consent:text',
      at: at.toISOString(),
      actor,
    }));
    const wrong = new Set(unlike(rows, entries).map(({ id }) => id));
    return { all: new Set([...rows, ...entries].map(({ id }) => id)).size, wrong: wrong.size };
  },
});

/** What ended consents, and the days from which their texts were in force. */
const othersOf = keptReading({
  tables: ['consent_text_starts', 'consent_withdrawals', 'consent_objections', 'consent_retractions', 'log_entries'],
  given,
  read: ({ database }) =>
    countUnlogged(database, ['consent:start', 'consent:withdraw', 'consent:object', 'consent:retract-objection']),
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
