// What the pages of the desk have in common: their addresses, who may see what, and the words for a stage, a day, a member of staff.

import type { Context } from 'hono';
import { both, type Lang } from '../../../base/bilingual.ts';
import { daysBetween, type Day } from '../../../base/day.ts';
import { placeOf, type Env } from '../../../platform/http/index.ts';
import { Chip, type ChipKind } from '../../../platform/ui/chip.tsx';
import { crumbsFrom } from '../../../platform/ui/crumbs.tsx';
import { untilDue } from '../../../platform/ui/format.ts';
import { roleNames, staffWhoMay, type Room, type StaffMember } from '../../access/index.ts';
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
  const named = (one: StaffMember): string =>
    lang === 'ja' ? `${one.name}（${roleNames(one.roles, 'ja')}）` : `${one.name} (${roleNames(one.roles, 'en')})`;
  return new Map((await staffWhoMay(access, 'requests:write')).map((one) => [one.id, named(one)]));
}

/** Id of the member of staff who looks; empty for a system. */
export const staffIn = (c: Asked): string => {
  const actor = c.get('actor');
  return actor.kind === 'staff' ? actor.id : '';
};
