// Proves that consents, withdrawals and objections are on record as the log has them, and that consents to a provision abroad came after the
// information on the country. The features that use and provide compare what rests on them
// with these records.

import { both } from '../../base/bilingual.ts';
import { asLogged, counted, type Lost, type Proof } from '../../base/promise.ts';
import { apart, heldAgainst, type Loss } from '../../log/index.ts';
import { keptReading, type Office, type Prover } from '../../office.ts';
import { textSaid } from './actions/texts.ts';
import { blankIn } from './facts/text.ts';
import { countConsents, countShown, countUnlogged, textsShown, textTraces, type LoggedAct } from './store/logged.ts';

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
  tables: [
    'consent_text_starts',
    'consent_withdrawals',
    'consent_withdrawal_times',
    'consent_objections',
    'consent_retractions',
    'log_entries',
  ],
  given,
  read: heldOf([
    'consent:start',
    'consent:withdraw',
    'consent:withdrawal-time',
    'consent:object',
    'consent:retract-objection',
  ]),
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

const shownOf = keptReading({
  tables: ['consents', 'consent_texts'],
  logged: 'consent:record',
  given,
  read: ({ database }) => countShown(database),
});

/** 28(2): every consent to a provision abroad was given after the information was shown, whether or not anything was provided on it. */
async function shownFirst(office: Office): Promise<Proof> {
  const { all, late } = await shownOf(office);
  return counted({
    all,
    wrong: late,
    label: both('外国への提供の同意', 'Consents to a provision abroad'),
    wrongLabel: both(
      '情報を示す前に得たもの、示した日の分からないもの',
      'Given before the information was shown, or shown on an unknown day',
    ),
    what: both('外国への提供の同意', 'consents to a provision abroad'),
    href: '/consents',
    none: {
      state: 'kept',
      says: both('これまでに外国への提供の同意はありません。', 'Nobody has consented to a provision abroad so far.'),
    },
    fix: both('情報を示し、改めて同意を得ます。', 'Show the information and obtain consent anew.'),
  });
}

/** 28(2), Rules 17: no text that persons are asked with leaves one of the three matters blank. */
async function textsComplete({ database }: Office): Promise<Proof> {
  const texts = await textsShown(database);
  return counted({
    all: texts.length,
    wrong: texts.filter(({ shown }) => blankIn(shown ?? {}).length > 0).length,
    label: both('外国への提供の同意を求める文面', 'Texts that ask for consent to a provision abroad'),
    wrongLabel: both('3つの事項のどれかが空欄のもの', 'With one of the three matters left blank'),
    what: both('文面', 'texts'),
    href: '/consents/texts',
    none: {
      state: 'kept',
      says: both('外国への提供の同意を求めたことはありません。', 'Consent to a provision abroad was never asked for.'),
    },
    fix: both(
      '空欄の事項を書いた次の版を作り、その文面で得た同意は改めて得ます。',
      'Write the next version with what was left blank, and obtain anew the consents given to this text.',
    ),
  });
}

export const consentProvers: Prover[] = [
  { promise: 'every-access-logged', prove: consentsLogged },
  { promise: 'foreign-information-before-consent', prove: shownFirst },
  { promise: 'foreign-information-complete', prove: textsComplete },
];
