// People in a test office: the checkpoint open over the real policy and ledger, holdings registered, persons acquired through the real
// actions. Everybody is fictional.

import type { Actor } from '../src/base/actor.ts';
import type { Outcome } from '../src/base/outcome.ts';
import { acquire } from '../src/features/acquisition/index.ts';
import { openCheckpoint } from '../src/features/checkpoint/index.ts';
import { holdings, registerHolding, type HoldingInput } from '../src/features/ledger/index.ts';
import { policyInForce } from '../src/features/policy/index.ts';
import type { TestOffice } from './office.ts';

export const valueOf = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problem));
  return outcome.value;
};

/** Opens the checkpoint over the policy in force and the ledger. Returns what closes it. */
export const openTestCheckpoint = ({ office }: TestOffice): Promise<() => Promise<void>> =>
  openCheckpoint(office, async () => {
    const inForce = await policyInForce(office, office.clock.today());
    if (!inForce) return { policy: null, holdings: [] };
    const { operator, purposes } = inForce.policy;
    return {
      policy: {
        version: inForce.version,
        purposes: purposes
          .filter((purpose) => purpose.scope !== 'my-number')
          .map((purpose) => ({ id: purpose.id, clause: String(purpose.clause), says: purpose.label })),
        channels: operator.acquisition_channels.map(({ id, written }) => ({ id, written })),
        indicationPromisedBy: '17',
        optOutClosedBy: '19',
      },
      holdings: await holdings(office),
    };
  });

export const officerOf = (house: TestOffice): Actor => ({
  kind: 'staff',
  id: house.staff.officer!,
  name: '関口 真理',
  roles: ['officer'],
});

/** Registers a holding and answers its id. */
export async function addHolding(house: TestOffice, more: Partial<HoldingInput> = {}): Promise<string> {
  const by = { actor: officerOf(house), authority: ['officer-all-work'] };
  const input: HoldingInput = {
    name: { ja: 'メールマガジンの読者', en: 'Newsletter readers' },
    department: '営業推進部',
    manager: house.staff.officer!,
    purposes: ['P3'],
    items: ['name', 'name_kana', 'email', 'phone', 'postal_code', 'address', 'company', 'note'],
    place: '会員管理システム（東京）',
    retention: { years: 3, from: '最後の配信' },
    channels: ['web-form', 'oral', 'indirect'],
    principals: ['customer'],
    access: '営業推進部',
    ...more,
  };
  return valueOf(await registerHolding({ office: house.office, access: house.access }, by, input)).id;
}

/** Acquires a person into a holding and answers the ids of the person and of the acquisition. */
export async function addPerson(
  house: TestOffice,
  holding: string,
  items: Record<string, string>,
  principal?: string,
): Promise<{ principal: string; acquisition: string }> {
  const acquired = valueOf(
    await acquire(house.office, officerOf(house), {
      holding,
      channel: 'oral',
      source: 'principal',
      purposes: (await holdings(house.office)).find((one) => one.id === holding)!.purposes,
      items,
      authority: ['officer-all-work'],
      ...(principal ? { principal } : {}),
    }),
  );
  return { principal: acquired.record.principal, acquisition: acquired.record.id };
}
