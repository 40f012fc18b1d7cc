// Everything a member of staff is in charge of, in all features; looked up before their account is ended.

import type { Actor } from '../base/actor.ts';
import { both } from '../base/bilingual.ts';
import { dayOf } from '../base/day.ts';
import type { Charge, Room } from '../features/access/index.ts';
import { waitingReaders } from '../features/audit/index.ts';
import { openCases, requestKindWords, requestNumber } from '../features/desk/index.ts';
import { holdings } from '../features/ledger/index.ts';
import { openPackagesBy } from '../features/provision/index.ts';
import { recipientNames } from '../features/recipients/index.ts';
import { slashDay } from '../platform/ui/format.ts';

/** What they opened far more of than usual, for those who may look into it. */
async function openingsOf(room: Room, staff: string, actor: Actor): Promise<Charge> {
  const may = room.access.policies.decide(actor, 'log:review').allowed;
  const waiting = may ? await waitingReaders(room, actor) : [];
  return {
    label: both('ふだんより多く開き、まだ調べていない情報', 'Opened far more than usual, not looked into yet'),
    follows: both('開いた理由を調べてください。', 'Find out why they opened it.'),
    href: '/log/readers?mark=to-review',
    things: waiting
      .filter(({ reader }) => reader === `staff:${staff}`)
      .map(({ href, opened, compared }) => ({
        href,
        name: both(
          `${opened.ja}${compared ? `（${compared.ja}）` : ''}`,
          `Opened ${opened.en}${compared ? ` (${compared.en})` : ''}`,
        ),
      })),
  };
}

/**
 * What a member of staff is in charge of: the holdings they manage, their requests at the desk, and the packages they made; and for this actor what
 * they opened that nobody has looked into.
 */
export async function chargesOf(room: Room, staff: string, actor: Actor): Promise<Charge[]> {
  const { office } = room;
  const managed = (await holdings(office)).filter(({ state, manager }) => state === 'active' && manager === staff);
  const requests = (await openCases({ office })).filter((one) => one.assigned_to === staff);
  const packages = await openPackagesBy(office.database, `staff:${staff}`);
  const recipients = await recipientNames(
    office,
    packages.map(({ recipient_id }) => recipient_id),
  );
  return [
    {
      label: both('管理する台帳', 'Holdings they manage'),
      follows: both(
        '台帳を書ける人が、在籍している人を新しい管理者に選んでください。選ぶまで、管理者を置くという方針の約束は守れていません。',
        'Somebody who may edit the ledger must choose a current member of staff as the new manager. Until then the promise that every holding has a manager is broken.',
      ),
      href: `/ledger?manager=${staff}`,
      things: managed.map(({ id, name }) => ({ name, href: `/ledger/${id}` })),
    },
    {
      label: both('担当する窓口の案件', 'Requests assigned to them'),
      follows: both(
        '窓口の人が、担当をほかの人に替えてください。替えるまで、期限の知らせは窓口の全員に届きます。',
        'Somebody at the desk must assign them to somebody else. Until then everybody at the desk gets the reminders.',
      ),
      href: `/desk?who=${staff}`,
      things: requests.map((one) => ({
        name: both(
          `${requestNumber(one)} ${requestKindWords[one.kind].name.ja}`,
          `${requestNumber(one)} ${requestKindWords[one.kind].name.en}`,
        ),
        href: `/desk/${one.id}`,
      })),
    },
    {
      label: both('作った提供ファイル', 'Packages they made'),
      follows: both(
        '提供をする人が、進めるか取りやめるかを決めてください。',
        'Somebody who provides information must decide whether to go on with them or cancel them.',
      ),
      href: '/packages',
      things: packages.map(({ id, recipient_id: to, made_at }) => ({
        name: both(
          `${recipients.get(to) ?? ''}への提供ファイル（${slashDay(dayOf(made_at.getTime()))}）`,
          `${recipients.get(to) ?? ''} (${slashDay(dayOf(made_at.getTime()))})`,
        ),
        href: `/packages/${id}`,
      })),
    },
    await openingsOf(room, staff, actor),
  ];
}
