// The register of joint uses: what is shared with whom, since when the public can read of it, and what is still to be published.

import type { Context } from 'hono';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import type { Office } from '../../../office.ts';
import { page, placeOf, type Env, type Route } from '../../../platform/http/index.ts';
import { LinkButton } from '../../../platform/ui/button.tsx';
import { Chip, type ChipKind } from '../../../platform/ui/chip.tsx';
import { crumbsFrom } from '../../../platform/ui/crumbs.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import { listed, slashDay } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { ListBody, listView, type List, type ListColumn, type ListView } from '../../../platform/ui/list.tsx';
import { St } from '../../../platform/ui/promise-state.tsx';
import { exportPage, fileOf } from '../../access/index.ts';
import type { Catalogue } from '../../search/index.ts';
import { known, listJointUses } from '../actions.ts';
import { duesOn, noticeOn, publishBy, type Standing, standingOn, standings } from '../facts/standing.ts';
import { noticeOf } from '../facts/read.ts';
import type { JointUse, Known, Notice, StatedNotice } from '../facts/joint-use.ts';
import { standingWords, title } from '../words.ts';

export const PATH = '/joint-uses';
export const PUBLIC = '/joint-use';

export const words = {
  sub: both(
    '個人データを特定の者と共同で利用する取り決め。公表した範囲だけで共有します',
    'Arrangements to use personal data jointly with specific parties. Only what was published is shared',
  ),
  add: both('共同利用を登録する', 'Register a joint use'),
  publicPage: both('公表ページを見る', 'See the public page'),
  none: both('まだ共同利用がありません', 'There is no joint use yet'),
  noneSays: both(
    '共同で利用する前に登録し、5つの事項を公表します。',
    'Register it and publish its five items before anything is shared.',
  ),
  noMatch: both('この条件に合う共同利用はありません', 'No joint use matches'),
  name: both('共同利用', 'Joint use'),
  state: both('状態', 'State'),
  items: both('項目', 'Items'),
  users: both('利用する者の範囲', 'Scope of users'),
  purposes: both('目的', 'Purposes'),
  since: both('公表した日', 'Published on'),
  due: both('公表を待つ変更', 'Changes to publish'),
} satisfies Record<string, Bilingual>;

/** Breadcrumbs from the home page to a page below the register. */
export const crumbs = crumbsFrom(title, PATH);

export { placeOf };

const chips: Record<Standing, ChipKind> = {
  draft: 'wait',
  planned: 'now',
  'in-force': 'good',
  ended: 'done',
};

export const StandingChip = ({ use, today, lang }: { use: JointUse; today: Day; lang: Lang }) => {
  const standing = standingOn(use, today);
  return <Chip kind={chips[standing]}>{standingWords[standing][lang]}</Chip>;
};

/** What a joint use states: the notice in force, the last or planned one, or the draft if every id in it is known. */
export function saysNow(use: JointUse, now: Known, today: Day): Notice | null {
  const stated = noticeOn({ ...use, endedOn: null }, today) ?? (use.notices[0]?.states as Notice | undefined);
  if (stated) return stated;
  const { draft } = use;
  const whole =
    draft?.shares.every(({ holding, items }) => items.every((code) => now.holdings.get(holding)?.items.has(code))) &&
    draft.purposes.every((id) => now.purposes.has(id));
  return draft && whole ? noticeOf(draft, now) : null;
}

/** Items by name, each once. */
export const itemNames = ({ items }: Notice, lang: Lang): string =>
  listed([...new Set(items.map(({ label }) => label[lang]))], lang);

/** Number of changes waiting to be published, and the last day for it. */
function dueText(use: JointUse, today: Day, lang: Lang): string {
  const dues = duesOn(use, today);
  if (dues.length === 0) return '';
  const by = slashDay(publishedBy(dues));
  return lang === 'ja' ? `${dues.length}件（${by}まで）` : `${dues.length} (by ${by})`;
}

const publishedBy = (dues: readonly StatedNotice[]): Day => dues.map(publishBy).sort()[0]!;

/** The alarm for changes waiting to be published. */
const DueMark = ({ use, today, lang }: { use: JointUse; today: Day; lang: Lang }) => (
  <St state={publishedBy(duesOn(use, today)) < today ? 'broken' : 'risk'} lang={lang}>
    {dueText(use, today, lang)}
  </St>
);

/** Purposes by number and name. */
export const purposesText = (ids: Iterable<string>, now: Known, lang: Lang): string =>
  listed(
    [...ids].map((id) => now.purposeName(id, lang)),
    lang,
  );

/** A joint use and what it states now. */
interface Line {
  use: JointUse;
  notice: Notice | null;
}

const columnsOf = (now: Known, today: Day): readonly ListColumn<Line>[] => [
  {
    key: 'name',
    head: words.name,
    rowHead: true,
    value: ({ use }, lang) => use.name[lang],
    cell: ({ use }, lang) => <a href={`${PATH}/${use.id}`}>{use.name[lang]}</a>,
  },
  {
    key: 'state',
    head: words.state,
    nowrap: true,
    unsearched: true,
    value: ({ use }, lang) => standingWords[standingOn(use, today)][lang],
    cell: ({ use }, lang) => <StandingChip use={use} today={today} lang={lang} />,
    order: ({ use }) => standings.indexOf(standingOn(use, today)),
  },
  { key: 'items', head: words.items, value: ({ notice }, lang) => (notice ? itemNames(notice, lang) : '') },
  {
    key: 'users',
    head: words.users,
    value: ({ use, notice }, lang) => (notice?.scope ?? use.draft?.scope)?.[lang] ?? '',
  },
  {
    key: 'purposes',
    head: words.purposes,
    value: ({ use, notice }, lang) =>
      purposesText(notice?.purposes.map(({ id }) => id) ?? use.draft?.purposes ?? [], now, lang),
  },
  {
    key: 'since',
    head: words.since,
    nowrap: true,
    value: ({ use }) => (use.notices[0]?.publicOn ? slashDay(use.notices[0].publicOn) : ''),
  },
  {
    key: 'due',
    head: words.due,
    nowrap: true,
    unsearched: true,
    value: ({ use }, lang) => dueText(use, today, lang),
    cell: ({ use }, lang) => (duesOn(use, today).length > 0 ? <DueMark use={use} today={today} lang={lang} /> : null),
  },
];

async function viewOf(office: Office, c: Context<Env>): Promise<ListView<Line>> {
  const today = office.clock.today();
  const now = await known(office);
  const list: List<Line> = {
    path: PATH,
    title,
    columns: columnsOf(now, today),
    filters: [
      {
        name: 'state',
        label: words.state,
        options: standings.map((value) => ({ value, label: standingWords[value] })),
        keeps: ({ use }, state) => standingOn(use, today) === state,
      },
    ],
    rows: (await listJointUses(office)).map((use) => ({ use, notice: saysNow(use, now, today) })),
    order: 'name',
    noMatch: words.noMatch,
    stack: true,
  };
  return listView(list, c.req.url, c.get('lang'));
}

async function show(office: Office, c: Context<Env>): Promise<Response> {
  const { lang } = c.get('frame');
  const view = await viewOf(office, c);
  const any = view.list.rows.length > 0;
  const add = c.get('may')('joint-uses:write') && (
    <LinkButton small icon="plus" href={`${PATH}/new`}>
      {words.add[lang]}
    </LinkButton>
  );
  return c.html(
    <OfficePage
      {...c.get('frame')}
      title={title[lang]}
      path={placeOf(c)}
      sub={words.sub[lang]}
      crumbs={crumbs(lang)}
      actions={
        any && (
          <>
            {add}
            <LinkButton small kind="text" href={PUBLIC}>
              {words.publicPage[lang]}
            </LinkButton>
          </>
        )
      }
    >
      <ListBody
        view={view}
        none={
          <Empty title={words.none[lang]} actions={add}>
            {words.noneSays[lang]}
          </Empty>
        }
      />
    </OfficePage>,
  );
}

export const listPages = (office: Office): Route[] => [
  page('get', PATH, 'ledger:read', (c) => show(office, c)),
  exportPage(office, { path: PATH, may: 'ledger:read' }, async (c) => fileOf(await viewOf(office, c))),
];

export const jointUseCatalogue = (office: Office): Catalogue => ({
  title,
  list: PATH,
  things: async () =>
    (await listJointUses(office)).map((use) => ({
      name: use.name,
      href: `${PATH}/${use.id}`,
      numbers: [use.id],
      says: standingWords[standingOn(use, office.clock.today())],
    })),
});
