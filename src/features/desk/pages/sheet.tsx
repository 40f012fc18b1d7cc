// What the pages of the desk have in common: their addresses, who may see what, and the words for a stage, a day, a member of staff.

import type { Context } from 'hono';
import { both, type Lang } from '../../../base/bilingual.ts';
import { daysBetween, type Day } from '../../../base/day.ts';
import { placeOf, type Env } from '../../../platform/http/index.ts';
import { Chip, type ChipKind } from '../../../platform/ui/chip.tsx';
import { crumbsFrom } from '../../../platform/ui/crumbs.tsx';
import { untilDue } from '../../../platform/ui/format.ts';
import { listStaff, roleNames, type Room, type StaffMember } from '../../access/index.ts';
import type { Stage } from '../facts/stage.ts';
import { stageWords } from '../words.ts';

export const PATH = '/desk';

export type Asked = Context<Env>;

export type { Room };

export const title = both('窓口', 'Desk');

export const crumbs = crumbsFrom(title, PATH);

export { placeOf };

export const chooseOne = both('選んでください', 'Choose one');

/** The codes among these that were sent. */
export const chosenOf = <Code extends string>(codes: readonly Code[], sent: readonly string[]): Code[] =>
  codes.filter((code) => sent.includes(code));

const stageLook: Partial<Record<Stage, ChipKind>> = {
  waiting: 'wait',
  'fee-asked': 'wait',
  closed: 'done',
  delivered: 'done',
};

export const StageChip = ({ lang, stage }: { lang: Lang; stage: Stage }) => (
  <Chip kind={stageLook[stage] ?? 'now'}>{stageWords[stage][lang]}</Chip>
);

/** Days before a due day from which it is marked as pressing. */
const SOON_DAYS = 4;

/** How long is left, in the common form of deadlines. */
export const DueChip = ({ lang, today, due }: { lang: Lang; today: Day; due: Day }) => {
  const left = daysBetween(today, due);
  return <Chip kind={left < 0 ? 'bad' : left <= SOON_DAYS ? 'warn' : 'plain'}>{untilDue(today, due, lang)}</Chip>;
};

/** Those who may work on requests, by id, with their roles, so that a reader who does not know the names finds the officer. */
export async function clerkNames({ access }: Room, lang: Lang): Promise<ReadonlyMap<string, string>> {
  // Decided once for each set of roles, of which there are few: the policies take a tenth of a millisecond to answer.
  const decided = new Map<string, boolean>();
  const may = ({ id, name, roles }: StaffMember): boolean => {
    const alike = roles.join(' ');
    const known =
      decided.get(alike) ?? access.policies.decide({ kind: 'staff', id, name, roles }, 'requests:write').allowed;
    decided.set(alike, known);
    return known;
  };
  const named = (one: StaffMember): string =>
    lang === 'ja' ? `${one.name}（${roleNames(one.roles, 'ja')}）` : `${one.name} (${roleNames(one.roles, 'en')})`;
  const staff = (await listStaff(access)).filter((one) => one.state === 'active' && may(one));
  return new Map(staff.map((one) => [one.id, named(one)]));
}
