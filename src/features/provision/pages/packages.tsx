// The list of packages, newest first: the state of each, its recipient and the number of its persons.

import type { Context } from 'hono';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import type { Office } from '../../../office.ts';
import { page, placeOf, type Env, type Route } from '../../../platform/http/index.ts';
import { LinkButton } from '../../../platform/ui/button.tsx';
import { Chip, type ChipKind } from '../../../platform/ui/chip.tsx';
import { crumbsFrom } from '../../../platform/ui/crumbs.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import { number, stamp } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import type { ListColumn } from '../../../platform/ui/list.tsx';
import { isEmpty, NewestBody, newestView, type NewestList } from '../../../platform/ui/newest.tsx';
import { instantsIn } from '../../../platform/ui/period.tsx';
import { None } from '../../../platform/ui/table.tsx';
import { actorName, actorNames, exportPage, fileOfNewest, type Room } from '../../access/index.ts';
import { standing, type Standing } from '../../checkpoint/index.ts';
import { listRecipients, type Recipient } from '../../recipients/index.ts';
import { isCalled, MOST_SHOWN, type Catalogue } from '../../search/index.ts';
import { packages } from '../actions/packages.ts';
import { admitted, fetchBar, neverWent, packageStates, type PackageState, type Screened } from '../facts.ts';
import { findPackage, packageMakers, packagesTo } from '../store/packages.ts';
import type { PackageRow } from '../tables.ts';
import { packageWords, stateWords, words } from '../words.ts';
import { recipientOptions } from './list.tsx';
import { everybodyIn } from './screening.tsx';

export const PATH = '/packages';

export const crumbs = crumbsFrom(packageWords.title, PATH);

/** The name of a package to a recipient. */
export const packageTo = (name: string): Bilingual => both(`${name}への提供ファイル`, `Package to ${name}`);

const chips: Record<PackageState, ChipKind> = {
  draft: 'wait',
  requested: 'now',
  preparing: 'now',
  ready: 'good',
  closed: 'done',
  declined: 'bad',
  refused: 'bad',
  cancelled: 'done',
};

/** Why a package may not be fetched now, or not approved; null where it may, or where neither is the next step. */
export const barOf = (
  { state, public_key }: Pick<PackageRow, 'state' | 'public_key'>,
  recipient: Recipient | null | undefined,
): ReturnType<typeof fetchBar> =>
  (state === 'ready' || state === 'requested') && recipient
    ? fetchBar(public_key, { stopped: recipient.state === 'stopped', publicKey: recipient.publicKey })
    : null;

interface Shown {
  row: Pick<PackageRow, 'state' | 'stuck' | 'public_key'>;
  /** It waits for a change of purpose to be judged anew. */
  waits: boolean;
  recipient: Recipient | null | undefined;
  /** Nobody in it may go at present. Only its own page looks at that. */
  nobody?: boolean;
}

function stateOf({ row, waits, recipient, nobody = false }: Shown): { says: Bilingual; look: ChipKind } {
  if (waits) return { says: packageWords.waiting, look: 'wait' };
  if (row.stuck) return { says: packageWords.stuck, look: 'bad' };
  if (row.state === 'ready' && (nobody || barOf(row, recipient))) return { says: packageWords.barred, look: 'bad' };
  return { says: stateWords[row.state], look: chips[row.state] };
}

export const StateChip = ({ lang, ...shown }: Shown & { lang: Lang }) => {
  const { says, look } = stateOf(shown);
  return <Chip kind={look}>{says[lang]}</Chip>;
};

const columnsOf = ({
  holdings,
  recipients,
  names,
}: {
  holdings: Standing['holdings'];
  recipients: readonly Recipient[];
  names: ReadonlyMap<string, string>;
}): readonly ListColumn<PackageRow>[] => {
  const known = new Map(recipients.map((one) => [one.id, one]));
  const recipientName = ({ recipient_id }: PackageRow): string => known.get(recipient_id)?.name ?? recipient_id;
  const shown = (row: PackageRow): Shown => ({
    row,
    waits: row.waits_for !== null,
    recipient: known.get(row.recipient_id),
  });
  // A draft with an empty list has no count yet.
  const counted = ({ screening }: PackageRow, count: (classes: readonly Screened[]) => number): number | '' =>
    screening?.length ? count(screening) : '';
  const goes = (row: PackageRow) => counted(row, (classes) => admitted(classes) - neverWent(row.fallen));
  const countCell = (n: number | '', lang: Lang) => (n === '' ? <None lang={lang} what="undecided" /> : number(n));
  return [
    {
      key: 'recipient',
      head: words.recipient,
      rowHead: true,
      value: recipientName,
      cell: (row) => (
        <a href={`${PATH}/${row.id}`} translate="no" data-turbo={row.state === 'preparing' ? 'false' : undefined}>
          {recipientName(row)}
        </a>
      ),
    },
    {
      key: 'state',
      head: packageWords.state,
      nowrap: true,
      value: (row, lang) => stateOf(shown(row)).says[lang],
      cell: (row, lang) => <StateChip lang={lang} {...shown(row)} />,
    },
    {
      key: 'holding',
      head: words.holding,
      value: ({ holding_id }, lang) => holdings.get(holding_id)?.name[lang] ?? holding_id,
    },
    {
      key: 'goes',
      head: packageWords.goes,
      align: 'right',
      value: goes,
      cell: (row, lang) => countCell(goes(row), lang),
    },
    {
      key: 'of',
      head: packageWords.of,
      align: 'right',
      value: (row) => counted(row, everybodyIn),
      cell: (row, lang) => countCell(counted(row, everybodyIn), lang),
    },
    {
      key: 'by',
      head: packageWords.asked,
      value: ({ made_by }, lang) => actorName(made_by, names, lang),
      cell: ({ made_by }, lang) => <span translate="no">{actorName(made_by, names, lang)}</span>,
    },
    { key: 'made', head: packageWords.made, nowrap: true, value: ({ made_at }) => stamp(made_at.getTime()) },
  ];
};

async function listOf(room: Room): Promise<NewestList<PackageRow>> {
  const { office } = room;
  const { holdings } = await standing(office);
  const recipients = await listRecipients(office);
  const [names, makers] = await Promise.all([actorNames(room.access, 'everybody'), packageMakers(office.database)]);
  return {
    path: PATH,
    title: packageWords.title,
    columns: columnsOf({ holdings, recipients, names }),
    filters: [
      {
        name: 'state',
        label: packageWords.stage,
        options: packageStates.map((state) => ({ value: state, label: stateWords[state] })),
      },
      { name: 'recipient', label: words.recipient, options: recipientOptions(recipients) },
      {
        name: 'by',
        label: packageWords.asked,
        options: makers.map((by) => ({
          value: by,
          label: both(actorName(by, names, 'ja'), actorName(by, names, 'en')),
        })),
      },
    ],
    period: true,
    read: async ({ state, recipient, by, ...chosen }, page) => {
      const query = { state: state as PackageState | undefined, recipient, by };
      const found = await packages(office, { ...query, ...instantsIn(chosen), ...page });
      return found.ok ? found.value : [];
    },
    noMatch: packageWords.noMatch,
    stack: true,
  };
}

async function showList(room: Room, c: Context<Env>): Promise<Response> {
  const { lang } = c.get('frame');
  const view = await newestView(await listOf(room), c.req.url, lang);
  const add = c.get('may')('people:provide') && (
    <LinkButton small icon="plus" href={`${PATH}/new`}>
      {packageWords.add[lang]}
    </LinkButton>
  );
  return c.html(
    <OfficePage
      {...c.get('frame')}
      title={packageWords.title[lang]}
      path={placeOf(c)}
      sub={packageWords.sub[lang]}
      crumbs={crumbs(lang)}
      actions={!isEmpty(view) && add}
    >
      <NewestBody
        view={view}
        none={
          <Empty title={packageWords.none[lang]} actions={add}>
            {packageWords.noneSays[lang]}
          </Empty>
        }
      />
    </OfficePage>,
  );
}

export const packageListPages = (room: Room): Route[] => [
  page('get', PATH, 'packages:read', (c) => showList(room, c)),
  exportPage(room.office, { path: PATH, may: 'packages:read' }, async (c) =>
    fileOfNewest(await listOf(room), c.req.url),
  ),
];

/** Finds the newest packages of the recipients with that name: a package has no name of its own. */
export const packageCatalogue = (office: Office): Catalogue => ({
  title: packageWords.title,
  list: PATH,
  things: async ({ id, typed }) => {
    const { database } = office;
    const recipients = new Map((await listRecipients(office)).map((one) => [one.id, one]));
    const called = [...recipients.values()]
      .filter(({ name }) => isCalled(both(name, name), typed))
      .map(({ id: to }) => to);
    const one = id && (await findPackage(database, id));
    const rows = one ? [one] : await packagesTo(database, called, MOST_SHOWN + 1);
    return rows.map((row) => {
      const [recipient, made] = [recipients.get(row.recipient_id), stamp(row.made_at.getTime())];
      const { says } = stateOf({ row, waits: row.waits_for !== null, recipient });
      return {
        name: packageTo(recipient?.name ?? ''),
        href: `${PATH}/${row.id}`,
        numbers: [row.id],
        says: both(`${says.ja}　${made}`, `${says.en}, ${made}`),
      };
    });
  },
});
