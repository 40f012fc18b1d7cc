// What the pages of acquisition share: their place in the office, and what things are called.

import type { Context } from 'hono';
import type { Bilingual, Lang } from '../../../base/bilingual.ts';
import type { Office } from '../../../office.ts';
import type { Env } from '../../../platform/http/index.ts';
import { homeCrumb, type Crumb } from '../../../platform/ui/crumbs.tsx';
import { itemOf } from '../../../vault/index.ts';
import { holdingsById, type Holding } from '../../ledger/index.ts';
import { policyInForce, type Policy } from '../../policy/index.ts';
import { words } from '../words.ts';

export type Request = Context<Env>;

export const PATH = '/acquisitions';
export const LOST = `${PATH}/lost`;

export const crumbs = (lang: Lang, last: Bilingual): Crumb[] => [
  homeCrumb(lang),
  { label: words.title[lang], href: PATH, may: 'records:read' },
  { label: last[lang] },
];

export const channelName = (policy: Policy | null, id: string, lang: Lang): string =>
  policy?.operator.acquisition_channels.find((channel) => channel.id === id)?.name[lang] ?? id;

export const labelOf = (holding: Holding | undefined, code: string, lang: Lang): string =>
  (holding?.items.find((item) => item.code === code)?.label ?? itemOf(code).label)[lang];

/** What rows name, as it is called now. */
export interface Names {
  ledger: ReadonlyMap<string, Holding>;
  policy: Policy | null;
}

export async function namesOf(office: Office): Promise<Names> {
  const ledger = await holdingsById(office);
  return { ledger, policy: (await policyInForce(office, office.clock.today()))?.policy ?? null };
}
