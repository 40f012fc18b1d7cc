// Which promises the consents, withdrawals and objections can prove: that they are on record as the log has them. What rests on them is held against
// them by whoever uses and provides.

import { both } from '../../base/bilingual.ts';
import { asLogged, type Proof } from '../../base/promise.ts';
import { keptReading, type Office, type Prover } from '../../office.ts';
import { countConsents, countUnlogged } from './store.ts';

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

/** What ended consents, and the texts with the days from which they were in force. */
const othersOf = keptReading({
  tables: [
    'consent_texts',
    'consent_text_starts',
    'consent_withdrawals',
    'consent_objections',
    'consent_retractions',
    'log_entries',
  ],
  given,
  read: ({ database }) =>
    countUnlogged(database, [
      'consent:text',
      'consent:start',
      'consent:withdraw',
      'consent:object',
      'consent:retract-objection',
    ]),
});

async function consentsLogged(office: Office): Promise<Proof> {
  const [count, consents, others] = await Promise.all([countOf(office), consentsOf(office), othersOf(office)]);
  const label = both('同意とその文面、取下げ、申出', 'Consents, their texts, withdrawals and objections');
  return asLogged({
    all: Math.max(count, consents.wrong) + others.all,
    wrong: consents.wrong + others.wrong,
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
