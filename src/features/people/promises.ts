// That nobody leaves the vault but by an erasure, and comes back after one, as the log has it. Where a key went with a backup that was brought back,
// the loss is told apart.

import { both, type Bilingual } from '../../base/bilingual.ts';
import { asLogged, type Proof } from '../../base/promise.ts';
import { apart } from '../../log/index.ts';
import { keptReading, type Office, type Prover } from '../../office.ts';
import { countErased, strangePersons, type StrangePerson } from './store.ts';

/** Named of those of whom vault and log do not say the same. */
const MOST_NAMED = 20;

const whyWords: Record<StrangePerson['why'], Bilingual> = {
  lost: both('消去の記録なしに失われた', 'gone without an erasure on record'),
  unlogged: both('消去の記録がない', 'no erasure is in the log'),
  back: both('消去の後にまたある', 'held again after the erasure'),
};

const heldOf = keptReading({
  // Of the log its rewriting: who is acquired or erased comes with an entry.
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

export const peopleProvers: Prover[] = [{ promise: 'every-access-logged', prove: erasuresLogged }];
