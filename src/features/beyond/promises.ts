// The promises that the uses beyond the purpose can prove, from the log entries and the records, each compared with the other. Without any use, the
// promise is kept and the evidence shows a zero.

import { both } from '../../base/bilingual.ts';
import { counted, type Counted, type Lost } from '../../base/promise.ts';
import { apart } from '../../log/index.ts';
import { keptReading, type Prover } from '../../office.ts';
import { isGrounded, type UseClass } from './facts.ts';
import { classesOfUses } from './store.ts';

const usesOf = keptReading({
  // `log_entries` notes only that the log was rewritten; new entries are seen by their action.
  tables: ['uses_beyond', 'log_entries'],
  logged: 'people:use-beyond',
  given: () => null,
  read: async ({ database }, _, losses): Promise<{ uses: UseClass[]; lost: readonly Lost[] }> => {
    const uses = await classesOfUses(database);
    const missing = uses.flatMap((one) => one.missing);
    const { wrong, lost } = await apart(database, losses, missing, (id) => id);
    const here = ({ n, missing: gone }: UseClass): number => n - gone.filter((id) => !wrong.includes(id)).length;
    return { uses: uses.map((one) => ({ ...one, n: here(one) })), lost };
  },
});

const numberOf = (classes: readonly UseClass[]): number => classes.reduce((sum, { n }) => sum + n, 0);

const USES = '/log?action=people%3Ause-beyond';

const none: Counted['none'] = {
  state: 'kept',
  says: both('これまでに、目的の範囲を超えた利用はありません。', 'Nothing has been used beyond its purpose so far.'),
};

export const beyondProvers: Prover[] = [
  {
    promise: 'exception-grounded',
    prove: async (office) => {
      const { uses, lost } = await usesOf(office);
      return counted({
        all: numberOf(uses),
        lost,
        wrong: numberOf(uses.filter((one) => !isGrounded(one))),
        label: both('目的の範囲を超えた利用', 'Uses beyond the purpose'),
        wrongLabel: both(
          '法律の号、事実、承認者の記録がそろわないもの',
          'Without the item of the law, the facts or the approver on record',
        ),
        what: both('目的の範囲を超えた利用', 'uses beyond the purpose'),
        href: USES,
        none,
        fix: both(
          'その利用の記録を開き、だれが何を根拠に使ったかを確かめ、その情報の利用をやめます。',
          'Open the record of the use, find out who used the information and on what ground, and stop using it.',
        ),
      });
    },
  },
  {
    promise: 'every-access-logged',
    prove: async (office) => {
      const records = (await usesOf(office)).uses.filter(({ exception }) => exception !== null);
      return counted({
        all: numberOf(records),
        wrong: numberOf(records.filter(({ logged }) => !logged)),
        label: both('目的の範囲を超えた利用', 'Uses beyond the purpose'),
        wrongLabel: both('操作の記録のないもの', 'Without their entry in the log'),
        what: both('目的の範囲を超えた利用', 'uses beyond the purpose'),
        href: USES,
        none,
        fix: both(
          '「記録の検証」で検証し、その利用の記録が失われた原因を調べます。',
          'Verify the log on its page, and find out how the entry of the use was lost.',
        ),
      });
    },
  },
];
