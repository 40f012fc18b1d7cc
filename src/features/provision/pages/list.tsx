// The list of provisions, newest first, with the statutory record of each.

import type { Context } from 'hono';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import type { Relation } from '../../../law/index.ts';
import type { Office } from '../../../office.ts';
import { page, placeOf, type Env, type Route } from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { LinkButton } from '../../../platform/ui/button.tsx';
import { Chip } from '../../../platform/ui/chip.tsx';
import { crumbsFrom } from '../../../platform/ui/crumbs.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import { listed, number, slashDay, stamp } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import type { ListColumn } from '../../../platform/ui/list.tsx';
import { addressOf, NewestBody, newestView, type Chosen, type NewestList } from '../../../platform/ui/newest.tsx';
import { instantsIn } from '../../../platform/ui/period.tsx';
import { exportPage, fileOfNewest } from '../../access/index.ts';
import { standing, type KnownHolding, type Standing } from '../../checkpoint/index.ts';
import { listRecipients, type Recipient } from '../../recipients/index.ts';
import { lostProvisions } from '../actions/lost.ts';
import { provisions } from '../actions/read.ts';
import type { Provided } from '../store/provisions.ts';
import { relationWords, words } from '../words.ts';

export const PATH = '/provisions';
export const RECORDS_FILE = `${PATH}/records.csv`;
export const LOST = `${PATH}/lost`;

export const crumbs = crumbsFrom(words.title, PATH);

/** The names of items of a holding, listed. */
export const itemsText = (holding: KnownHolding | undefined, codes: readonly string[], lang: Lang): string =>
  listed(
    codes.map((code) => holding?.labels.get(code)?.[lang] ?? code),
    lang,
  );

/** A purpose by its number and, where the policy in force states it, its name. */
export const purposeText = (stands: Standing, id: string, lang: Lang): string => {
  const stated = stands.purposes.get(id)?.says;
  return stated ? `${id} ${stated[lang]}` : id;
};

export const peopleText = (n: number, lang: Lang): string =>
  lang === 'ja' ? `${number(n)}人` : `${number(n)} ${n === 1 ? 'person' : 'persons'}`;

const columnsOf = ({ holdings }: Standing): readonly ListColumn<Provided>[] => [
  {
    key: 'at',
    head: words.at,
    rowHead: true,
    nowrap: true,
    value: (row) => stamp(row.at.getTime()),
    cell: (row) => (
      <a class="num" href={`${PATH}/${row.id}`}>
        {stamp(row.at.getTime())}
      </a>
    ),
  },
  {
    key: 'recipient',
    head: words.recipient,
    value: ({ recipient }) => recipient.name ?? '',
    cell: ({ recipient }) => recipient.name && <span translate="no">{recipient.name}</span>,
  },
  { key: 'relation', head: words.relation, nowrap: true, value: ({ relation }, lang) => relationWords[relation][lang] },
  { key: 'people', head: words.people, align: 'right', value: ({ people }) => people },
  {
    key: 'items',
    head: words.items,
    value: ({ holding_id, items }, lang) => itemsText(holdings.get(holding_id), items, lang),
  },
  {
    key: 'holding',
    head: words.holding,
    value: ({ holding_id }, lang) => holdings.get(holding_id)?.name[lang] ?? holding_id,
  },
  {
    key: 'record',
    head: words.record,
    nowrap: true,
    value: ({ record }, lang) => (record ? words.recorded : words.noRecord)[lang],
    cell: ({ record }, lang) => (record ? <Chip kind="good">{words.recorded[lang]}</Chip> : words.noRecord[lang]),
  },
  {
    key: 'keepUntil',
    head: words.keepUntil,
    nowrap: true,
    value: ({ record }) => (record ? slashDay(record.keep_until) : ''),
  },
];

/** The registered recipients as options of a filter. */
export const recipientOptions = (recipients: readonly Recipient[]): { value: string; label: Bilingual }[] =>
  recipients.map(({ id, name }) => ({ value: id, label: both(name, name) }));

/** What the list and the file of the records are asked for. */
export const asked = ({ principal, recipient, relation, ...chosen }: Chosen) => ({
  principal,
  recipient,
  relation: relation as Relation | undefined,
  ...instantsIn(chosen),
});

export async function listOf(office: Office): Promise<NewestList<Provided>> {
  return {
    path: PATH,
    title: words.title,
    columns: columnsOf(await standing(office)),
    filters: [
      { name: 'recipient', label: words.recipient, options: recipientOptions(await listRecipients(office)) },
      {
        name: 'relation',
        label: words.relation,
        options: Object.entries(relationWords).map(([value, label]) => ({ value, label })),
      },
      { name: 'recorded', label: words.record, options: [{ value: 'yes', label: words.recorded }] },
    ],
    period: true,
    person: words.person,
    read: async (chosen, page) => {
      const found = await provisions(office, { ...asked(chosen), recorded: chosen.recorded === 'yes', ...page });
      return found.ok ? found.value : [];
    },
    noMatch: words.noMatch,
    stack: true,
  };
}

async function showList(office: Office, c: Context<Env>): Promise<Response> {
  const { lang } = c.get('frame');
  const view = await newestView(await listOf(office), c.req.url, lang);
  const anyLost = (await lostProvisions(office, { most: 1 })).length > 0;
  return c.html(
    <OfficePage
      {...c.get('frame')}
      title={words.title[lang]}
      path={placeOf(c)}
      sub={words.sub[lang]}
      crumbs={crumbs(lang)}
      actions={
        <LinkButton small kind="second" icon="download" download href={addressOf({ path: RECORDS_FILE }, view.chosen)}>
          {words.exportRecords[lang]}
        </LinkButton>
      }
    >
      {anyLost && (
        <div class="mb-5">
          <Banner
            kind="warn"
            icon="warn"
            title={words.lost[lang]}
            action={{ href: LOST, label: words.seeLost[lang] }}
          />
        </div>
      )}
      <NewestBody
        view={view}
        none={
          <Empty title={words.none[lang]} actions={<LinkButton href="/people">{words.toPeople[lang]}</LinkButton>}>
            {words.noneSays[lang]}
          </Empty>
        }
      />
    </OfficePage>,
  );
}

export const listPages = (office: Office): Route[] => [
  page('get', PATH, 'records:read', (c) => showList(office, c)),
  exportPage(office, { path: PATH, may: 'records:read' }, async (c) => fileOfNewest(await listOf(office), c.req.url)),
];
