// The list of packages, newest first: where each stands, to whom it goes, of how many persons it is.

import type { Context } from 'hono';
import type { Lang } from '../../../base/bilingual.ts';
import { isId } from '../../../base/id.ts';
import { page, type Env, type Route } from '../../../platform/http/index.ts';
import { LinkButton } from '../../../platform/ui/button.tsx';
import { Chip, type ChipKind } from '../../../platform/ui/chip.tsx';
import { homeCrumb } from '../../../platform/ui/crumbs.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import { number, stamp } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { None, Table } from '../../../platform/ui/table.tsx';
import { actorName, staffNames, systemNames, type Room } from '../../access/index.ts';
import { standing } from '../../checkpoint/index.ts';
import { listRecipients } from '../../recipients/index.ts';
import { packages } from '../actions/packages.ts';
import { admitted, type PackageState } from '../facts.ts';
import type { PackageRow } from '../tables.ts';
import { packageWords, stateWords, words } from '../words.ts';

const PAGE = 50;
export const PATH = '/packages';

export const crumbs = (lang: Lang, ...rest: { label: string; href?: string }[]) => [
  homeCrumb(lang),
  ...(rest.length > 0
    ? [{ label: packageWords.title[lang], href: PATH }, ...rest]
    : [{ label: packageWords.title[lang] }]),
];

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

/** `waits`: for a change of purpose to be judged anew. */
export const StateChip = ({ lang, state, waits }: { lang: Lang; state: PackageState; waits: boolean }) =>
  waits ? (
    <Chip kind="wait">{packageWords.waiting[lang]}</Chip>
  ) : (
    <Chip kind={chips[state]}>{stateWords[state][lang]}</Chip>
  );

/** Names of the staff and of the systems by id. */
export const namesIn = async ({ access }: Room): Promise<ReadonlyMap<string, string>> =>
  new Map([...(await staffNames(access)), ...(await systemNames(access))]);

/** How many would go, of how many. */
function peopleText({ screening }: PackageRow, lang: Lang): string {
  const of = (screening ?? []).reduce((sum, { people }) => sum + people, 0);
  const go = admitted(screening ?? []);
  return lang === 'ja' ? `${number(of)}人中 ${number(go)}人` : `${number(go)} of ${number(of)}`;
}

interface ListProps {
  lang: Lang;
  rows: readonly PackageRow[];
  holdingName(id: string): string;
  recipientName(id: string): string | undefined;
  names: ReadonlyMap<string, string>;
}

const List = ({ lang, rows, holdingName, recipientName, names }: ListProps) => (
  <Table
    lang={lang}
    caption={packageWords.title}
    stack
    columns={[
      { key: 'recipient', head: words.recipient, rowHead: true },
      { key: 'state', head: packageWords.state, nowrap: true },
      { key: 'holding', head: words.holding },
      { key: 'people', head: packageWords.goes, align: 'right' },
      { key: 'by', head: packageWords.asked },
      { key: 'made', head: packageWords.made, nowrap: true },
    ]}
    rows={rows.map((row) => ({
      cells: {
        recipient: (
          <a href={`${PATH}/${row.id}`} translate="no" data-turbo={row.state === 'preparing' ? 'false' : undefined}>
            {recipientName(row.recipient_id) ?? row.recipient_id}
          </a>
        ),
        state: <StateChip lang={lang} state={row.state} waits={row.waits_for !== null} />,
        holding: holdingName(row.holding_id),
        people: row.screening?.length ? peopleText(row, lang) : <None lang={lang} what="undecided" />,
        by: <span translate="no">{actorName(row.made_by, names, lang)}</span>,
        made: stamp(row.made_at.getTime()),
      },
    }))}
  />
);

async function showList(room: Room, c: Context<Env>): Promise<Response> {
  const { office } = room;
  const frame = c.get('frame');
  const { lang } = frame;
  const before = c.req.query('before');
  const found = await packages(office, { ...(before && isId(before) ? { before } : {}), most: PAGE + 1 });
  const rows = found.ok ? found.value.slice(0, PAGE) : [];
  const next = found.ok && found.value.length > PAGE ? `${PATH}?before=${rows.at(-1)!.id}` : undefined;
  const stands = await standing(office);
  const recipients = new Map((await listRecipients(office)).map(({ id, name }) => [id, name]));
  const add = c.get('may')('people:provide') && (
    <LinkButton small icon="plus" href={`${PATH}/new`}>
      {packageWords.add[lang]}
    </LinkButton>
  );
  return c.html(
    <OfficePage
      {...frame}
      title={packageWords.title[lang]}
      path={before ? `${PATH}?before=${before}` : PATH}
      sub={packageWords.sub[lang]}
      crumbs={crumbs(lang)}
      actions={rows.length > 0 && add}
    >
      {rows.length === 0 ? (
        <Empty title={packageWords.none[lang]} actions={add}>
          {packageWords.noneSays[lang]}
        </Empty>
      ) : (
        <>
          <List
            lang={lang}
            rows={rows}
            holdingName={(id) => stands.holdings.get(id)?.name[lang] ?? id}
            recipientName={(id) => recipients.get(id)}
            names={await namesIn(room)}
          />
          {next && (
            <p class="mt-3">
              <a href={next}>{packageWords.older[lang]}</a>
            </p>
          )}
        </>
      )}
    </OfficePage>,
  );
}

export const packageListPages = (room: Room): Route[] => [page('get', PATH, 'packages:read', (c) => showList(room, c))];
