// Proves that the registers of the sites, with their tags and the law's answer to each, are on record as the log has them. Visitors' choices are not
// compared with it.

import { both } from '../../base/bilingual.ts';
import { dayOf } from '../../base/day.ts';
import { groupsOf } from '../../base/groups.ts';
import { asLogged, type Evidence, type Proof } from '../../base/promise.ts';
import { heldAgainst, type Said } from '../../log/index.ts';
import { keptReading, type Office, type Prover } from '../../office.ts';
import { registerSaid } from './actions.ts';
import type { Register } from './facts.ts';
import { tracesOf, type Traces } from './store.ts';

const LIST = '/transmissions';

/** What the log entry of each version must say. If the version wrote a tag, the entry is `transmission:tag`, whether or not anything changed. */
function rowsOf({ registers, entries }: Traces): Said[] {
  const ofTags = new Set(entries.filter(({ action }) => action === 'transmission:tag').map(({ id }) => id));
  return registers.map((one) => ({
    ...registerSaid(one),
    id: one.entryId,
    action: ofTags.has(one.entryId) ? 'transmission:tag' : `transmission:${one.act}`,
    at: one.at.toISOString(),
    actor: one.actor,
  }));
}

/**
 * True when a site goes by an older register than the log has: a tag may run that was turned off since, or that had to wait until a visitor allows
 * it. The entry does not say which, so the register is written or confirmed anew.
 */
const isBehind =
  (been: (site: string) => readonly Register[]) =>
  ({ site, at }: Said): boolean => {
    const newest = been(String(site)).at(-1);
    return newest !== undefined && newest.at.getTime() < Date.parse(String(at));
  };

/** True when a site was registered with its first version, and each notice changed on the day of the version that first had it. */
function isAsWritten({ registered_at: at }: Traces['sites'][number], versions: readonly Register[]): boolean {
  return (
    versions[0]?.at.getTime() === at.getTime() &&
    versions.every((one) => {
      const first = versions.find(({ notice }) => notice === one.notice)!;
      return one.changedOn === dayOf(first.at.getTime());
    })
  );
}

const namedOf = (id: string, newest: Register | undefined): Pick<Evidence, 'label' | 'href'> =>
  newest
    ? { label: both(newest.site.name.ja, newest.site.name.en), href: `${LIST}/${id}` }
    : { label: both('失われたサイト', 'A site that is gone'), href: LIST };

const heldOf = keptReading({
  // Only rewriting of the log counts here: each row comes with its entry.
  tables: ['web_sites', 'web_registers', 'log_entries'],
  given: () => null,
  read: async ({ database }, _, losses) => {
    const traces = await tracesOf(database);
    const { sites, registers, entries } = traces;
    const rows = rowsOf(traces);
    const been = groupsOf(registers, ({ id }) => id);
    const known = new Set(sites.map(({ id }) => id));
    const held = await heldAgainst(database, losses, rows, entries, isBehind(been));
    const wrong = new Set([
      ...held.wrong.map(({ site }) => String(site)),
      ...sites.filter((one) => !isAsWritten(one, been(one.id))).map(({ id }) => id),
      ...registers.filter(({ id }) => !known.has(id)).map(({ id }) => id),
    ]);
    const all = new Set([...known, ...rows.map(({ site }) => String(site)), ...wrong]);
    return {
      all: all.size,
      wrong: [...wrong].map((id) => namedOf(id, known.has(id) ? been(id).at(-1) : undefined)),
      lost: held.lost,
    };
  },
});

async function registersLogged(office: Office): Promise<Proof> {
  const { all, wrong, lost } = await heldOf(office);
  return asLogged(
    {
      all,
      wrong: wrong.length,
      lost,
      label: both('外部送信のサイトとタグ', 'Web sites with their tags'),
      what: both('外部送信のサイト', 'web sites'),
      href: LIST,
      none: { state: 'kept', says: both('外部送信のサイトはまだありません。', 'There is no web site yet.') },
    },
    wrong,
  );
}

export const transmissionProvers: Prover[] = [{ promise: 'every-access-logged', prove: registersLogged }];
