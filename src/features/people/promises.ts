// Proves from the log that nobody leaves the vault except by an erasure, that nobody comes back after one, and that the identity of an erased
// person stays as long as their records. Where a key was lost with a restored backup, the loss is shown apart.

import { both, type Bilingual } from '../../base/bilingual.ts';
import { addDays } from '../../base/day.ts';
import { asLogged, type Proof } from '../../base/promise.ts';
import { apart } from '../../log/index.ts';
import { keptReading, type Office, type Prover } from '../../office.ts';
import { recordsKeptOf } from '../checkpoint/index.ts';
import { dayReached } from '../date/index.ts';
import {
  countErased,
  countIdentities,
  strangeIdentities,
  strangePersons,
  type StrangeIdentity,
  type StrangePerson,
} from './store.ts';

/** The most persons named of whom vault and log differ. */
const MOST_NAMED = 20;

const whyWords: Record<StrangePerson['why'], Bilingual> = {
  lost: both('消去の記録なしに失われた', 'gone without an erasure on record'),
  unlogged: both('消去の記録がない', 'no erasure is in the log'),
  back: both('消去の後に、再び保有している', 'held again after the erasure'),
};

const heldOf = keptReading({
  // Counts rewriting of the log only: an acquisition or erasure changes the other tables too.
  tables: ['vault_principals', 'vault_erasures', 'log_entries'],
  given: () => null,
  read: async ({ database }, _, losses) => {
    const [erased, strange] = [await countErased(database), await strangePersons(database)];
    const gone = strange.filter(({ why }) => why === 'lost');
    const { wrong, lost } = await apart(database, losses, gone, ({ entry }) => entry);
    return { erased, wrong: [...strange.filter(({ why }) => why !== 'lost'), ...wrong], lost };
  },
});

async function erasuresLogged(office: Office): Promise<Proof> {
  const { erased, wrong, lost } = await heldOf(office);
  return asLogged(
    {
      all: erased + wrong.filter(({ why }) => why !== 'back').length,
      wrong: wrong.length,
      lost,
      label: both('本人の情報の消去', 'Erasures of persons'),
      what: both('本人の情報の消去', 'erasures of persons'),
      href: '/log?action=people%3Aerase',
      none: { state: 'kept', says: both('これまでに消去した本人はいません。', 'Nobody has been erased so far.') },
    },
    wrong.slice(0, MOST_NAMED).map(({ principal_id: id, why }) => ({
      label: both(`本人 ${id.slice(-8)}：${whyWords[why].ja}`, `Person ${id.slice(-8)}: ${whyWords[why].en}`),
      href: `/people/${id}`,
    })),
  );
}

const identityWords: Record<StrangeIdentity['why'], Bilingual> = {
  lost: both('消去の記録なしに失われた', 'gone without an erasure on record'),
  unlogged: both('残した記録がない', 'nothing in the log says that it is kept'),
  late: both('記録の保存が終わった後も残っている', 'still held after the end of its records'),
};

const identitiesOf = keptReading({
  // Counts rewriting of the log only: keeping or dropping an identity changes the other table too.
  tables: ['kept_identities', 'log_entries'],
  // The round drops an expired identity within the hour; it counts as late only from the next day.
  given: async (office) => addDays(await dayReached(office), -1),
  read: async (office, before, losses) => {
    const { database } = office;
    const [all, strange] = [await countIdentities(database), await strangeIdentities(database, before)];
    const late = strange.filter(({ why }) => why === 'late').map(({ principal_id: id }) => id);
    const named = await recordsKeptOf(office)(database, late, before);
    const gone = strange.filter(({ why }) => why === 'lost');
    const { wrong, lost } = await apart(database, losses, gone, ({ entry }) => entry!);
    const there = strange.filter(({ why, principal_id: id }) => why !== 'lost' && !(why === 'late' && named.has(id)));
    return { all, wrong: [...there, ...wrong], lost };
  },
});

/** The identity that a record needs stays as long as the record does, and no longer. */
async function identitiesLogged(office: Office): Promise<Proof> {
  const { all, wrong, lost } = await identitiesOf(office);
  return asLogged(
    {
      all: all + wrong.filter(({ why }) => why === 'lost').length,
      wrong: wrong.length,
      lost,
      label: both('消去した本人の、だれの記録かを示すもの', 'What tells whose the records of erased persons are'),
      what: both('だれの記録かを示すもの', 'identities kept for records'),
      href: '/log?action=people%3Aidentity-over',
      none: {
        state: 'kept',
        says: both('消去した本人のために残しているものはありません。', 'Nothing is kept of anybody who was erased.'),
      },
    },
    wrong.slice(0, MOST_NAMED).map(({ principal_id: id, why }) => ({
      label: both(`本人 ${id.slice(-8)}：${identityWords[why].ja}`, `Person ${id.slice(-8)}: ${identityWords[why].en}`),
      href: `/people/${id}`,
    })),
  );
}

export const peopleProvers: Prover[] = [
  { promise: 'every-access-logged', prove: erasuresLogged },
  { promise: 'every-access-logged', prove: identitiesLogged },
];
